//! Wordings of payment terms, all invented.

mod in_plain_words;

use super::*;
use crate::record::DocumentId;
use crate::segment::segment;
use crate::text::DocumentText;

fn terms(plain: &str) -> Vec<PaymentTerm> {
    let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
    crate::detect::detect(&text, &segment(&text))
        .facts
        .payment_terms
        .iter()
        .filter_map(|f| f.value().cloned())
        .collect()
}

#[test]
fn times_to_pay() {
    let mut wrong = Vec::new();
    for (text, due, from) in [
        (
            "The Client shall pay all undisputed invoices within sixty (60) days of the invoice date (\"Net 60\").",
            "60 days",
            "invoice date",
        ),
        ("Fees are payable within 30 days after receipt of each invoice.", "30 days", "receipt of each invoice"),
        (
            "All amounts shall be due and payable thirty days after the date of the invoice.",
            "30 days",
            "date of the invoice",
        ),
        (
            "Resolved amounts shall be paid within ten (10) Business Days following resolution.",
            "10 business days",
            "resolution",
        ),
        (
            "Customer shall reimburse Vendor within thirty (30) days of receiving a statement.",
            "30 days",
            "receiving a statement",
        ),
        ("Maintenance Fees: Net 30 days from the anniversary date.", "30 days", "anniversary date"),
        ("Support Fees: Net 30 of the anniversary date.", "30 days", "anniversary date"),
        (
            "The Tenant shall have 45 days from the invoice date to remit payment.",
            "45 days",
            "invoice date to remit payment",
        ),
        ("Invoices are due upon receipt.", "0 days", "receipt"),
        (
            "The Buyer shall pay each invoice due and submitted to it by the Supplier within 30 days of receipt to a \
             bank account nominated in writing by the Supplier.",
            "30 days",
            "receipt to a bank account nominated in writing by the Supplier",
        ),
        (
            "Customer will pay within [20] business days after receiving an invoice.",
            "20 business days",
            "receiving an invoice",
        ),
        ("Payment terms: net 30 EOM.", "30 days", "end of month"),
        ("Payment terms are 30 days end of month.", "30 days", "end of month"),
        ("Fees are payable 14 days from date of invoice.", "14 days", "date of invoice"),
        ("Invoices are due thirty days after receipt.", "30 days", "receipt"),
        ("The Council will pay within 28 days of a valid invoice.", "28 days", "a valid invoice"),
        (
            "The Buyer shall settle invoices by the end of the month following the month of invoice.",
            "1 month",
            "end of the month of invoice",
        ),
        ("Invoices fall due for payment 45 days after they are issued.", "45 days", "they are issued"),
        (
            "The Client shall discharge each invoice not later than 10 Business Days following its receipt.",
            "10 business days",
            "receipt of the invoice",
        ),
        ("The Buyer discharges every invoice within 21 days of its date.", "21 days", "date of the invoice"),
        ("The Council shall honour valid invoices within 30 days of receipt.", "30 days", "receipt"),
        (
            "Each bill shall be settled not later than five working days after it is presented.",
            "5 business days",
            "it is presented",
        ),
        ("Sums owed shall be discharged within 14 days of demand.", "14 days", "demand"),
        ("The Seller allows 30 days' credit from the date of invoice.", "30 days", "date of invoice"),
    ] {
        let found: Vec<_> = terms(text).into_iter().map(|t| (t.due.map(|d| d.to_string()), t.from)).collect();
        if found != [(Some(due.to_owned()), Some(from.to_owned()))] {
            wrong.push(format!("{found:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_day_of_the_next_month_is_no_length_of_time() {
    for (text, from, day) in [
        (
            "The Buyer shall pay no later than the 20th of the month following the invoice.",
            "month of invoice",
            "20th of the month following",
        ),
        (
            "All invoices are to be paid by the 15th of the following month.",
            "month of invoice",
            "15th of the following month",
        ),
        (
            "The Customer must pay each bill by the tenth (10th) day of the month after the month in which it is dated.",
            "month in which it is dated",
            "tenth (10th) day of the month after",
        ),
        (
            "Accounts shall be paid on the 7th (seventh) day of the month following delivery.",
            "month of delivery",
            "7th (seventh) day of the month following",
        ),
    ] {
        let found = terms(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let term = &found[0];
        assert_eq!(
            (term.due, term.from.as_deref(), term.frequency.as_deref()),
            (None, Some(from), Some(day)),
            "{text}"
        );
    }
}

#[test]
fn what_was_filled_in_goes_before_the_clause() {
    for text in [
        "Payment Terms: 21\nMethod: bank transfer\n4. The Customer shall pay each invoice within 10 days of the date of invoice \
         (unless agreed otherwise in the Particulars).",
        "Payment terms are 21 days.\nUnless otherwise stated, invoices are payable within 10 days of the date of invoice.",
    ] {
        let found: Vec<_> = terms(text).into_iter().map(|t| (t.due.map(|d| d.to_string()), t.from)).collect();
        assert_eq!(found, [(Some("21 days".to_owned()), Some("date of invoice".to_owned()))], "{text}");
    }
    let capitals = terms("PAYMENT IS DUE ON THE TENTH DAY FOLLOWING RECEIPT OF INVOICE.");
    assert_eq!(capitals[0].from.as_deref(), Some("receipt of invoice"));
}

#[test]
fn other_times() {
    for text in [
        "If Client fails to pay within thirty (30) days of notice, Vendor may suspend the Services.",
        "Client shall notify Vendor of any disputed invoice within fifteen (15) days of receipt.",
        "Vendor shall retain payment records for thirty (30) days after the invoice date.",
        "The term is two years from the date of payment.",
        "Net 30 applies where an order form says so.",
        "The Supplier shall honour warranty claims within 30 days of notice.",
        "The Supplier shall discharge the cargo within 10 days of arrival.",
        "The margin is net 30% of the price.",
    ] {
        assert!(terms(text).is_empty(), "{text}: {:?}", terms(text));
    }
}

#[test]
fn terms_that_name_no_beginning() {
    let mut wrong = Vec::new();
    for (text, days) in [
        ("Payment terms: 30 days", 30),
        ("Payment Terms\t30 days", 30),
        ("Payment terms are strictly 30 days net.", 30),
        ("Invoices are payable net 60.", 60),
        ("Invoices are due net 45.", 45),
        ("All fees are to be paid on net 30 terms.", 30),
        ("The Customer shall pay invoices net-60.", 60),
        ("Payment terms: Net 45", 45),
        ("Payment Terms\tNet 30", 30),
        ("Payment terms are net 30.", 30),
        ("Billing terms: net 15, by bank transfer", 15),
        ("Invoices shall be paid Net 90, without set-off.", 90),
        ("The charges are payable net 30 in accordance with clause 4.", 30),
        ("The Supplier gives the Buyer 30 days' credit.", 30),
        (
            "PAYMENT FOR SERVICES WILL BE BILLED MONTHLY WITH PAYMENT DUE ON THE FIFTEENTH DAY FOLLOWING RECEIPT OF INVOICE.",
            15,
        ),
        ("Invoices are payable on the thirtieth day after the date of invoice.", 30),
        ("Fees must reach our account no later than 5 days after the invoice is issued.", 5),
    ] {
        let found = terms(text).first().and_then(|t| t.due).map(|d| d.to_string());
        if found != Some(format!("{days} days")) {
            wrong.push(format!("{found:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn interest_and_payer() {
    let found = terms(
        "Invoices shall be paid by the Client within 30 days of the invoice date. Late payments bear interest at 1.5% per month.",
    );
    assert_eq!(found[0].late_interest.as_deref(), Some("1.5% per month"));
    assert_eq!(found[0].payer.as_deref(), Some("Client"));
}

/// Every term as `days from` or `- frequency`.
#[test]
fn windows_rhythms_and_key_terms() {
    for (text, due, often) in [
        ("The monthly fee is payable within the first five (5) days of each month.", None, Some("month")),
        ("Rentals: 35 monthly Rentals of £385.00 by direct debit on the 15th of each month", None, Some("monthly")),
        ("The fee of $20 is direct debited fortnightly.", None, Some("fortnightly")),
        (
            "Invoicing arrangements shall be on a quarterly basis in arrears. Charges are payable within thirty (30) days of receipt of a valid invoice.",
            Some("30 days"),
            Some("quarterly"),
        ),
        (
            "Payment terms: net 45 days.\nExcept as stated in the Order Form, the Buyer shall pay all invoices within 30 days of receipt.",
            Some("45 days"),
            None,
        ),
    ] {
        let found = terms(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].due.map(|p| p.to_string()).as_deref(), due, "{text}");
        let frequency = found[0].frequency.as_deref().unwrap_or_default();
        assert!(often.map_or(frequency.is_empty(), |word| frequency.contains(word)), "{text}: {frequency}");
    }
    assert!(
        terms("The Agent may earn an annual bonus payable within 90 days after the end of each fiscal year.")
            .is_empty()
    );
}

fn said(text: &str) -> String {
    let one = |t: PaymentTerm| match t.due {
        Some(due) => format!("{due} {}", t.from.unwrap_or_default()).trim().to_owned(),
        None => format!("- {}", t.frequency.unwrap_or_default()),
    };
    terms(text).into_iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn terms_in_many_words() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("The Buyer shall pay net thirty (30) days from the invoice date.", "30 days invoice date"),
        ("Invoices are due 30 days net.", "30 days"),
        ("Fees are payable within 45 days of receipt of a valid invoice.", "45 days receipt of a valid invoice"),
        ("Invoices are payable 14 days after issue.", "14 days issue"),
        (
            "Within 30 days of receipt of a valid invoice the Buyer shall pay it.",
            "30 days receipt of a valid invoice the Buyer shall pay it",
        ),
        ("No later than 14 days after each delivery, the Purchaser shall pay the price.", "14 days each delivery"),
        ("You must pay each bill within 7 days of getting it.", "7 days getting the bill"),
        ("Payment is due within 28 days from the date of the invoice.", "28 days date of the invoice"),
        ("Payment shall be made by bank transfer within 30 days after the invoice date.", "30 days invoice date"),
        ("Payment: 45 days from receipt of invoice", "45 days receipt of invoice"),
        ("Payment terms: within 14 days of invoice", "14 days invoice"),
        ("Payment\tNet 45", "45 days"),
        ("Payment terms\tNet 30\tCurrency\tUSD", "30 days"),
        ("Credit terms\t30 days from invoice", "30 days invoice"),
        ("Terms: net 30", "30 days"),
        ("Billing\tPayment terms\tTerm\nAnnual\tNet 30\t12 months", "30 days"),
        ("Payment terms\n30 days from the invoice date", "30 days invoice date"),
        ("The Client pays the monthly charge. Invoices are due within 14 days of receipt.", "14 days receipt"),
        ("The Fee is due at signing.", "0 days signing"),
        ("Payment within 30 days EOM.", "30 days end of month"),
        (
            "Payment shall be made within 30 days of the end of the month of invoice.",
            "30 days end of the month of invoice",
        ),
        ("The Hirer pays the hire charges weekly in arrears.", "- weekly in arrears"),
        ("Invoices must be settled within 60 days of their date.", "60 days date of the invoices"),
        ("Each invoice is payable on presentation.", "0 days presentation"),
        ("The Employer pays the salary monthly on the 28th of each month.", "- monthly, 28th of each month"),
        ("Payment is due immediately upon receipt of the invoice.", "0 days receipt of the invoice"),
        ("The price is payable on demand.", "0 days demand"),
        ("The licence fee is payable in full on signature of this Agreement.", "0 days signature of this Agreement"),
        ("The price is payable 50% on signature and 50% on delivery.", "0 days signature; 0 days delivery"),
        ("Rent is payable monthly in advance.", "- monthly in advance"),
        ("The rent is payable in advance on the first day of each month.", "- in advance, first day of each month"),
        (
            "The Tenant shall pay the rent by equal quarterly payments in advance on the usual quarter days.",
            "- quarterly in advance, usual quarter days",
        ),
        ("The Customer shall pay the monthly fee by the 25th of each month.", "- monthly, 25th of each month"),
        ("The monthly fee is payable by the 25th.", "- monthly, 25th"),
        ("Rent shall be paid on or before the 1st of every month.", "- 1st of every month"),
        (
            "Your salary will be paid monthly in arrears on the last working day of each month.",
            "- monthly in arrears, last working day of each month",
        ),
        ("Wages are paid fortnightly.", "- fortnightly"),
        ("The Fee is payable by twelve equal monthly instalments.", "- monthly"),
        ("Fees are invoiced annually in advance. Invoices are payable within 30 days of receipt.", "30 days receipt"),
        ("These are one-time fees, paid in advance.", "- in advance"),
    ] {
        let found = said(text);
        if found != want {
            wrong.push(format!("{found} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_no_payment_term() {
    let mut wrong = Vec::new();
    for text in [
        "Interest accrues on sums not paid within 30 days of the invoice date.",
        "Late payments bear interest from 10 days after the due date.",
        "The Landlord shall return the deposit within 14 days of the end of the tenancy.",
        "The Supplier shall refund any prepaid fees within 30 days after termination.",
        "Service credits are issued within 30 days of the claim.",
        "The Company reimburses reasonable expenses within 30 days of a claim.",
        "If the Client pays within 10 days of the invoice date it may deduct 2%.",
        "A party must dispute an invoice within 15 days of receipt.",
        "The Supplier may suspend the Services if an invoice is 30 days overdue.",
        "The fees paid in the 12 months before the claim are the limit of liability.",
        "The Supplier shall send its invoice within 10 days of the end of each month.",
        "The Distributor shall report its sales monthly.",
        "Reports under this clause are due on the ninetieth day following the close of each quarter.",
    ] {
        if !terms(text).is_empty() {
            wrong.push(format!("{} for {text}", said(text)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_due() {
    for text in [
        "The Buyer is not obliged to pay each invoice net thirty (30) days.",
        "Invoices shall not be payable within 45 days net.",
        "Payment shall not be due upon receipt of the invoice.",
        "The price is not payable on delivery.",
    ] {
        assert!(terms(text).is_empty(), "{:?} for {text}", terms(text));
    }
    let text = "Invoices that are not in dispute shall be paid within 45 days of their date.";
    assert_eq!(terms(text).len(), 1, "{text}");
}

#[test]
fn who_is_to_pay() {
    for text in [
        "Hospital is to pay each invoice within thirty (30) days after receipt.",
        "The Hospital is required to pay each invoice within thirty (30) days after receipt.",
        "The Hospital is obliged to pay each invoice within thirty (30) days after receipt.",
    ] {
        let payers: Vec<_> = terms(text).into_iter().map(|t| t.payer).collect();
        assert_eq!(payers, [Some("Hospital".to_owned())], "{text}");
    }
}
