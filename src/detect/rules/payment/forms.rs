//! The forms of payment terms (C5). `@` marks the time, the joining word before an event, or how often.

use crate::phrase::forms;

/// What must follow a time that a form marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// Nothing: the form says all.
    Anything,
    /// The end of the words about it, or what it runs from.
    Close,
    /// What it runs from.
    Start,
    /// What it runs from, which is an invoice.
    Invoice,
}
use Follows::{Anything, Close, Invoice, Start};

// A length of time that is a time to pay.
forms!(pub(super) static TIMES: Follows = [
    Anything => "net ..1 @period", "Support fees: net 30 days.";
    Anything => "pay|due|terms|invoice|money|settle ..12-act|legal @period ..1 net", "Payment terms are strictly 30 days net.";
    Start => "credit of @period", "The Owner grants credit of 30 days from the date of each invoice.";
    Anything => "@period credit", "The Seller allows 30 days' credit.";
    Close => "terms ..5-if|unless|act|must|period|number @period", "Payment terms: 30 days";
    Close => "terms pause? stop ..2 @period", "Credit terms\t30 days";
    Close => "^ ..1 pay|invoice|settle pause|stop ..4-must|may|act|be @period", "Payment: 45 days from receipt of invoice";
    Close => "^ ..1 stop pay|invoice pause|stop ..4-must|may|act|be @period", "7. Payment: within 14 days.";
    Close => "pay|due ..24-if|unless within ..4-pause|period @period", "The Buyer shall pay the price within 30 days.";
    Start => "pay|due ..24-if|unless within|atleast|be|take|pause ..2-pause @period", "Each fee is due not later than 14 days after delivery.";
    Start => "pay|due upon|of? contract|terms? of? @period", "Invoices are payable on terms of 14 days from issue.";
    Start => "pay|invoice|money ..12-act|legal|if|unless|period pay|due upon ..1-number|period @period ..1 after",
        "Payment is due on the fifteenth day following receipt of the invoice.", not "Reports are due on the tenth day after a quarter.";
    Start => "due|pay ..1 @period ..1 after|from", "An invoice falls due forty-five days from its date.",
        not "Sums due under the lease run for 30 days from entry.";
    Start => "pay|due by ..1 party|name @period ..1 after|from", "The balance is payable by the Client 35 days after delivery.";
    Start => "invoice ..1 be ..1 pay upon ..1-number|period @period ..1 after", "Invoices are payable on the thirtieth day after their date.";
    Start => "pay ..6-if|unless|act|late|not must ..1-not arrive|given ..8-pause|period|within @period ..1 after|from", "Payments must be received 14 days from the date of the invoice.";
    Start => "pay must be act ..1 party @period ..1 after|from", "Payment shall be due to the Seller twenty days after the billing date.";
    Close => "pay|due ..12-if|unless within word? word ..2 pause ..2 pause @period pause?", "The bill is payable within a fortnight, that is, 14 days, of its date.";
    Anything => "invoice ..6-if|unless|act|not party? take @period ..3-late|not to pay", "After we send a bill you have 21 days in which to pay it.";
    Start => "pay|due ..24-if|unless within|atleast ..4-pause|period @period", "It shall pay no later than a period of thirty days from the date on which the invoice is found valid.";
    Anything => "party take ..1 @period to pay|settle ..3-late from|after ..4 invoice", "You have thirty days to pay from the date of our invoice.";
    Close => "pay|due upon @period", "Invoices are due and payable upon 30 days.";
    Start => "must pay ..10-if|unless|act|breach|notice|legal|late|end|send|must|pause|number @period ..1 after", "It shall pay its share ten days after it gets the bill.";
    Start => "contract be ..2-not|number|period @period ..12 invoice", "Our terms are 14 days from the end of the month of invoice.";
    Close => "settle ..4 invoice|money ..16 within|atleast|of ..2 @period", "The Buyer discharges every bill within 21 days of its date.",
        not "The Carrier shall discharge the cargo within 10 days of arrival.";
    Start => "invoice must ..6-must|stop|if|breach and must be settle|pay within ..2 @period", "Invoices shall be sent at month end and shall be settled within 14 days of receipt.",
        not "Invoices shall be sent each month and disputes shall be settled within 14 days of notice.";
    Start => "invoice|money ..8-stop|if|unless|legal|breach|pause|refund settle pause? by? ..6-act|legal|if|unless|must|period|notice|number|pause pause? @period ..1 after|from",
        "Invoices are to be settled, by credit transfer, 30 days after their receipt.", not "Invoices are paid, and disputes are settled 30 days after notice.";
    Start => "settle ..4-stop|pause|legal|must invoice ..3-act|legal|if|unless|must|pause|period|number|notice @period ..1 after|from",
        "The Buyer settles the Grower's invoices 45 days from the last day of the month of delivery.";
    Start => "pay pause by ..6-act|legal|if|unless|must|pause|period|number|late|notice pause @period ..1 after|from",
        "Fees are payable, by bank transfer, 30 days after the date of the invoice.";
    Close => "terms ..3-if|unless|act|must|period|number number be ..2-not|if|must|period|number @period",
        "The payment period in clause 5 is reduced to 14 days.";
    Close => "invoice|money ..6 settle ..6 within|atleast|of ..2 @period", "Sums owing are settled within 14 days of demand.";
    Start => "invoice|money ..16-must|stop|if|unless|breach|legal must|be ..1 be? ..2-not|if settle ..24-must|if|unless|act|legal|period within|atleast ..2 @period",
        "Every invoice that the Seller has properly raised shall be settled by the Buyer, by transfer, not later than 28 days after it is received.";
    Start => "must ..1 settle ..20-must|stop|if|unless|act|legal|period invoice ..3-must|not within|atleast ..2 @period",
        "The Buyer is to settle, by transfer to the account shown on it, each invoice not later than 28 days after it arrives.";
    Start => "pay by ..5-act|legal|if|unless|pause|number|period|must|breach|late|notice @period ..1 after|from",
        "Invoices are payable by bank transfer 45 days from the end of the month of their issue.",
        not "The price is payable by the Buyer if it accepts 45 days from delivery.";
    Start => "take|be ..2-late|not @period ..12-late|not to pay", "The Client has 45 days from the invoice date to pay.";
    Start => "within|atleast ..2 @period ..16-act|legal|notice|breach|pay|send|and must ..2 pay|settle", "Within 30 days of a valid invoice the Buyer must pay it.";
    Start => "reimburse ..16-parties within|atleast ..2 @period", "The Tenant reimburses the Landlord within 20 days of demand.";
    Start => "pay ..6-if|unless|act|legal|breach|late|end|send|must|pause of @period ..1 after|from", "Pay the bill in 30 days after you receive it.";
    Start => "settle be ..6-act|legal|not of|within ..1 @period", "Settlement is made by transfer at 45 days from the date of the invoice.";
    Close => "pay be ..2-act|not @period", "The Dealer's time to pay is thirty days.";
    Invoice => "^ ..16-act|legal|notice|breach|must|may|if|end|send|update|stop|refund|late @period", "$1,875 a month, 30 days from the invoice date.",
        not "The Supplier shall deliver within 30 days from the invoice date.";
]);

// "Net 30": days, though nothing says so.
forms!(pub(super) static NETS: Follows = [
    Close => "terms|pay|due|settle|invoice ..10-act|legal|period net @number", "Invoices are payable net 60.";
    Close => "terms|pay|invoice|contract pause? stop net @number", "Payment\tNet 45";
    Close => "net @number terms|pay", "The fee is invoiced in advance. Net 30 payment terms.";
    Close => "^ ..1 contract pause net @number", "Terms: net 15";
    Close => "^ ..1 terms pause @number", "Payment terms: 21";
    Start => "net @number", "Support fees: net 30 of the anniversary date.", not "The margin is net 30% of the price.";
]);

// The value under the label "Payment terms", of a line or a cell.
forms!(pub(super) static BELOW: Follows = [
    Close => "net ..1 @period|number", "Annual\tNet 30\tUSD";
    Close => "^ ..1 within? @period", "30 days from the invoice";
    Close => "stop within? @period", "Annual\t30 days\tUSD";
]);

// A promise to pay: what is said of the invoice before its time is no other act.
forms!(pub(super) static PROMISED: () = [
    () => "must ..1 pay|settle ..24-must|may|unless|if|late|breach|notice|end|cure @period",
        "The Buyer shall pay each invoice submitted to it by the Supplier within 30 days.";
]);

// Another act stands between the paying and the time, and has it.
forms!(pub(super) static OTHER_ACTS: () = [
    () => "act|legal|notice|end|send|posting|cure|breach|respond|resolve|cap|copy|update|late ..20-pay|due|settle|reimburse @period",
        "Any dispute on payment is notified within 10 days of the invoice.";
]);

// Not paying, paying back, and paying early for less.
forms!(pub(super) static NOT_TIMES: () = [
    () => "breach ..16-must pay|due|settle ..24-must @period", "If the Client fails to pay within 30 days of notice.";
    () => "not ..4-must|pause pay|due|settle ..24-must @period", "Sums that are not paid within 30 days of demand.";
    () => "not ..2 arrive|given ..6 @period", "Payments not received within 10 days of the due date.";
    () => "if ..10-must|pause|unless|due pay ..16-must @period", "If the Buyer pays within 10 days of the invoice it takes 2% off.";
    () => "if ..12-pay|due|invoice|must|pause within ..2 @period", "If the Agent accepts a request within 10 days, the Principal pays.";
    () => "discount ..10-due|net @period", "A discount is given for payment within 10 days of invoice.";
    () => "@period ..12-pause|stop discount", "Payment within 7 days of invoice earns a discount.";
    () => "legal word|upon|of ..2 invoice ..2 be? settle ..24-must @period", "Disputes about an invoice are settled within 28 days of notice.";
    () => "refund ..16-must|invoice @period", "The Landlord returns the deposit within 14 days of the end.";
    () => "refund ..6 must ..3 pay ..12 @period", "Credits shall be paid within 30 days of the claim.";
    () => "^ ..2 update be ..1 due ..4 @period", "Reports are due within 15 days of each quarter end.";
    () => "@period ..1 after ..1 late", "Payment is made 10 days after the due date.";
]);

// Due at an event, without any time.
forms!(pub(super) static AT_ONCE: () = [
    () => "due|pay ..4-must|may|if|act|not|within|when|upon|end @upon ..2-of|period moment|arrive", "All fees are due upon receipt.";
    () => "due|pay ..3-must|may|if|act|not|within|when|upon|end @of ..1-of|period moment", "The price is payable in full at closing.";
    () => "share ..4-share|of @upon ..2-of|period|close moment|arrive", "The price is paid 50% on signature and 50% on delivery.";
    () => "atonce @due", "All amounts are immediately due and payable.";
    () => "@due ..1 atonce", "The price is due and payable immediately.";
]);

/// What comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The payment.
    Paid,
    /// The invoice.
    Billed,
}
use Again::{Billed, Paid};

// How often is paid, or billed.
forms!(pub(super) static RHYTHMS: Again = [
    Paid => "pay|due ..5-act|notice|legal|update|send|breach|to|if @rhythm money|pay|advance|stop|pause|and|upon|by|of|to|within|then|from|atleast",
        "Rent is payable monthly in advance.", not "The Buyer pays the price less the annual guarantee.";
    Paid => "pay|due ..5-act|notice|legal|update|send|breach|to|if @advance", "Fees are paid in advance.";
    Paid => "must|party|name ..1 pay ..4-act|notice|legal @rhythm ..2 money", "The Employer pays to him a monthly salary.",
        not "A payment equal to the annual fee ends it.";
    Paid => "@rhythm ..1 money ..6-act|notice|legal|update|send|to be ..1 pay|due", "The monthly fee is payable by the 25th.";
    Paid => "terms|pay ..1 pause|stop ..2 @rhythm", "Payment frequency: quarterly";
    Paid => "^ ..1 money pause ..3 @rhythm money", "Rentals: 35 monthly rentals by direct debit.";
    Billed => "invoice must? be send|act|update @rhythm", "Invoices will be issued weekly in arrears.";
    Billed => "invoice ..6-act|notice|send @rhythm", "Fees are invoiced annually in advance.";
]);

// The same, where nothing says what is paid.
forms!(pub(super) static ALONE: () = [
    () => "^ ..1 pay must? be ..3-not|if|breach|period @rhythm stop", "Payments shall be made on a bi-weekly basis.",
        not "Payments shall not be made on a monthly basis.";
]);

// What is said not to be due at a time or an event.
forms!(pub(super) static DENIED: () = [
    () => "not be? ..2-must|pause|stop|if|late|be pay|due|settle ..24-must|stop @period", "Buyer is not obliged to pay each invoice net thirty days.",
        not "Invoices that are not in dispute shall be paid within thirty days.";
    () => "not be? pay|due ..2 @upon", "Payment shall not be due upon receipt.";
]);

// Nothing is to be paid.
forms!(pub(super) static UNPAID: () = [
    () => "not ..6-pause pay|due", "The Licensee is not required to pay the royalty.";
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::{Phrases, wrong_as};

    #[test]
    fn every_form_has_its_example() {
        for forms in [&*ALONE, &PROMISED, &OTHER_ACTS, &NOT_TIMES, &AT_ONCE, &DENIED, &UNPAID] {
            assert_eq!(wrong_as(forms, Phrases::of_dealings), [""; 0]);
        }
        for forms in [&*TIMES, &NETS, &BELOW] {
            assert_eq!(wrong_as(forms, Phrases::of_dealings), [""; 0]);
        }
        assert_eq!(wrong_as(&RHYTHMS, Phrases::of_dealings), [""; 0]);
    }
}
