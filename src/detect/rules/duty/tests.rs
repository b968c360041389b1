//! Wordings of duties with what they mean.

mod handed;
mod named;
mod stated;
mod times;

use crate::detect::detect;
use crate::record::value::{DutyCategory, Modality, Obligation, TimingKind};
use crate::record::{DocumentId, Fact};
use crate::segment::segment;
use crate::text::DocumentText;

const HEAD: &str = "SERVICES AGREEMENT\nThis Services Agreement is made as of 3 May 2021 (the \"Effective Date\") by and \
    between Northwind Traders, Inc., a Delaware corporation (the \"Client\"), and Harbor Works LLC, a Texas limited \
    liability company (the \"Supplier\").\nThe parties agree as follows:\n";

fn facts(body: &str) -> Vec<Fact<Obligation>> {
    let plain = format!("{HEAD}{body}");
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), &plain);
    detect(&text, &segment(&text)).facts.obligations
}

fn read(body: &str) -> Vec<Obligation> {
    facts(body).iter().filter_map(|f| f.value().cloned()).collect()
}

fn one(body: &str) -> Obligation {
    let found = read(body);
    assert_eq!(found.len(), 1, "{body}: {found:#?}");
    found[0].clone()
}

#[test]
fn who_is_bound() {
    for (text, obligor, obligee) in [
        ("The Supplier shall deliver the goods.", Some("Supplier"), Some("Client")),
        ("The Client is responsible for providing access by 15 June 2026.", Some("Client"), Some("Supplier")),
        ("It is the Supplier's responsibility to insure the goods.", Some("Supplier"), Some("Client")),
        ("The Supplier is to deliver the plan by 15 June 2026.", Some("Supplier"), Some("Client")),
        ("The report shall be delivered by the Supplier by 15 June 2026.", Some("Supplier"), Some("Client")),
        ("Each party shall keep its own records.", Some("each party"), Some("the other party")),
        ("The Client and the Supplier shall meet weekly.", Some("each party"), Some("the other party")),
        ("All invoices shall be paid within 30 days of the invoice date.", Some("Client"), Some("Supplier")),
        ("Expenses shall be invoiced monthly in arrears.", Some("Supplier"), Some("Client")),
        (
            "The request must be received by the Supplier at least 5 days before the visit.",
            Some("Client"),
            Some("Supplier"),
        ),
        (
            "Any deposit shall be refunded by the Supplier within 10 days after termination.",
            Some("Supplier"),
            Some("Client"),
        ),
        (
            "The mediation shall be completed within 60 days after the request.",
            Some("each party"),
            Some("the other party"),
        ),
        (
            "If the Client disputes an invoice, it shall notify the Supplier within 10 days of receipt.",
            Some("Client"),
            Some("Supplier"),
        ),
        ("It is for the Client to clear the store.", Some("Client"), Some("Supplier")),
        ("It is the duty of the Supplier to bag the flour.", Some("Supplier"), Some("Client")),
        ("It shall be the responsibility of the Client to keep the gate locked.", Some("Client"), Some("Supplier")),
        ("It is the sole obligation of the Supplier to insure the goods.", Some("Supplier"), Some("Client")),
        ("It will be for the Supplier to obtain the permits.", Some("Supplier"), Some("Client")),
        ("It falls to the Client to unload the lorry.", Some("Client"), Some("Supplier")),
        ("It is up to the Client to check the weight.", Some("Client"), Some("Supplier")),
        ("It is incumbent on the Supplier to report spills.", Some("Supplier"), Some("Client")),
        ("It shall be the task of the Supplier to stack the pallets.", Some("Supplier"), Some("Client")),
        ("It is entirely for the Client to choose the colours by 15 June 2026.", Some("Client"), Some("Supplier")),
        (
            "The Receiving Party shall protect the Confidential Information.",
            Some("Receiving Party"),
            Some("Disclosing Party"),
        ),
    ] {
        let found = one(text);
        assert_eq!((found.obligor.as_deref(), found.obligee.as_deref()), (obligor, obligee), "{text}");
    }
}

#[test]
fn what_binds() {
    let cues = [
        "shall deliver",
        "must deliver",
        "will deliver",
        "agrees to deliver",
        "undertakes to deliver",
        "covenants to deliver",
        "is required to deliver",
        "is obligated to deliver",
        "is responsible for delivering",
        "hereby agrees to deliver",
        "shall, at its own expense, deliver",
    ];
    for cue in cues {
        let found = one(&format!("The Supplier {cue} the goods."));
        assert_eq!((found.modality, found.obligor.as_deref()), (Modality::Duty, Some("Supplier")), "{cue}");
    }
    for cue in [
        "shall not sell",
        "must not sell",
        "may not sell",
        "will not sell",
        "agrees not to sell",
        "is prohibited from selling",
    ] {
        assert_eq!(one(&format!("The Supplier {cue} the goods.")).modality, Modality::Prohibition, "{cue}");
    }
    assert_eq!(one("Neither party shall assign this Agreement.").modality, Modality::Prohibition);
}

#[test]
fn rights_definitions_and_declarations_bind_nobody() {
    for text in [
        "The Client may terminate this Agreement upon 30 days' notice.",
        "The Client is entitled to a credit within 30 days.",
        "The Client shall have the right to audit the Supplier once a year.",
        "The Supplier shall not be required to deliver on holidays.",
        "\"Fees\" shall mean the amounts payable each month.",
        "This Agreement shall be governed by the laws of Texas.",
        "This Agreement shall continue for a period of two years after the Effective Date.",
        "The Supplier shall be deemed an independent contractor.",
        "Sections 4 and 5 shall survive for 2 years after termination.",
        "Nothing herein shall limit the rights of the Client for 30 days after notice.",
        "The Supplier employs the staff at will.",
        "WHEREAS, the Supplier shall deliver the goods within 30 days after the order.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn secrecy_that_outlives_the_contract_binds_who_was_told() {
    let body = "5. CONFIDENTIALITY\n5.1 Term. The obligations under this Article 5 shall survive for three (3) years \
        after termination of this Agreement.";
    let found = one(body);
    assert_eq!(found.obligor.as_deref(), Some("Receiving Party"));
    assert_eq!(found.category, DutyCategory::Confidentiality);
    assert_eq!(found.timing.to_string(), "for 3 years after termination of this Agreement");
}

#[test]
fn list_items_inherit_what_leads_them_in() {
    let inline = "The Supplier shall: (a) deliver a plan within 10 days after the Effective Date; (b) keep the plan up to \
        date; and (c) report progress weekly.";
    let blocks = "2. The Supplier shall:\n(a) deliver a plan within 10 days after the Effective Date;\n(b) keep the plan up \
        to date; and\n(c) report progress weekly.";
    for body in [inline, blocks] {
        let found = read(body);
        let times: Vec<String> = found.iter().map(|o| o.timing.to_string()).collect();
        assert_eq!(times, ["within 10 days of Effective Date", "", "every 1 week"], "{found:#?}");
        assert!(found.iter().all(|o| o.obligor.as_deref() == Some("Supplier")));
        assert!(found[0].action.starts_with("deliver a plan"), "{}", found[0].action);
    }
    let shared =
        "Within 30 days after termination, the Supplier shall: (a) return the equipment; and (b) delete the files.";
    assert!(read(shared).iter().all(|o| o.timing.to_string() == "within 30 days of termination"));
    assert_eq!(read("The Client may: (a) inspect the site every month; and (b) copy the plans within 10 days."), []);
}

#[test]
fn one_sentence_can_hold_several_duties() {
    let body = "The Supplier shall perform daily backups of the files and shall retain such backups for 30 days after they \
        are made, and the Client shall pay the storage fee within 10 days of the invoice date.";
    let found: Vec<_> = read(body).into_iter().map(|o| (o.obligor.unwrap(), o.timing.kind)).collect();
    let of = |who: &str, kind| (who.to_owned(), kind);
    let want = [
        of("Supplier", TimingKind::Recurring),
        of("Supplier", TimingKind::Relative),
        of("Client", TimingKind::Relative),
    ];
    assert_eq!(found, want);
    let updated = "The Supplier shall deliver the manual within 60 days of the Effective Date and updated annually.";
    assert_eq!(read(updated).len(), 2);
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "The Supplier shall deliver an estimate by 15 December of the preceding year and a statement within 120 days after \
             the end of each calendar year.",
            "deliver a statement: every 1 year, 120 days after end of each calendar year",
        ),
        (
            "The Supplier shall review the plan by 31 January of each year, and send the Client a summary of it within 21 days \
             after the review.",
            "send the Client a summary of it: within 21 days of review",
        ),
        (
            "The Supplier shall deliver a draft by 1 May 2026 and submit the final report within 30 days after approval.",
            "submit the final report: within 30 days of approval",
        ),
        (
            "The Supplier shall start the works by 1 May 2026 and complete them within 60 days after the start.",
            "complete them: within 60 days of start",
        ),
        (
            "The Client shall pay the first half by 1 May 2026 and pay the rest within 14 days after acceptance.",
            "pay the rest: within 14 days of acceptance",
        ),
        (
            "The Supplier shall answer within 5 days after the call and repair the fault within 20 days after the call.",
            "repair the fault: within 20 days of call",
        ),
        (
            "The Supplier shall file accounts within 60 days after the end of each quarter and an audit report within 120 days \
             after the end of each year.",
            "file an audit report: every 1 year, 120 days after end of each year",
        ),
        (
            "The Client must give notice by 30 June 2026 and return the keys not later than 10 days after the notice.",
            "return the keys: within 10 days of notice",
        ),
        (
            "The Supplier shall deliver the goods by 1 May 2026 and an invoice within 7 days after delivery.",
            "deliver an invoice: within 7 days of delivery",
        ),
        (
            "The Supplier shall test the alarm on 1 March in each year and provide a certificate within 10 days after the test.",
            "provide a certificate: within 10 days of test",
        ),
    ] {
        let found = read(text);
        let told = found.last().map(|o| format!("{}: {}", o.action, o.timing));
        if told.as_deref() != Some(want) || found.len() != 2 {
            wrong.push(format!("{told:?} of {} for {text}", found.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn conditions_and_exceptions() {
    let found = one("If a defect is found, the Supplier shall repair the goods, except damage by the Client.");
    assert_eq!(found.condition.as_deref(), Some("If a defect is found"));
    assert_eq!(found.exception.as_deref(), Some("except damage by the Client"));
    assert_eq!(found.action, "repair the goods");
    // The time of the condition is that of the duty only where something has not been done in time.
    let open = one("If the dispute is not resolved within 30 days after notice, the parties shall start mediation.");
    assert_eq!(open.timing.to_string(), "within 30 days of notice");
    let met = one("If the goods arrive within 5 days after the order, the Client shall praise the Supplier.");
    assert_eq!(met.timing.kind, TimingKind::None);
}

#[test]
fn a_duty_stated_twice_is_one() {
    let twice = "2. The Client shall pay all undisputed invoices within 30 days of the invoice date.\n\
        3. The Client shall pay all undisputed invoices within 30 days of the invoice date.";
    let found = facts(twice);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].evidence().len(), 2);
}

#[test]
fn tables_of_what_is_due() {
    let body = "Schedule A\nDeliverable\tDue date\nProject plan\t15 July 2021\nStatus report\tmonthly";
    let found: Vec<String> = read(body).iter().map(|o| o.timing.to_string()).collect();
    assert_eq!(found, ["by 2021-07-15", "every 1 month"]);
}

#[test]
fn categories() {
    use DutyCategory as C;
    for (text, want) in [
        ("The Client shall pay the fees.", C::Payment),
        ("The Supplier shall deliver the goods.", C::Delivery),
        ("The Supplier shall submit a report.", C::Reporting),
        ("The Supplier shall notify the Client of any delay.", C::Notice),
        ("The Supplier shall not disclose any secret of the Client.", C::Confidentiality),
        ("The Supplier shall notify the Client of a data breach.", C::DataProtection),
        ("The Supplier shall maintain liability insurance.", C::Insurance),
        ("The Supplier shall allow an audit of its books.", C::Audit),
        ("The Supplier shall comply with all laws.", C::Compliance),
        ("The Supplier shall repair the equipment.", C::Support),
        ("The parties shall meet weekly.", C::Governance),
        ("The Supplier shall provide transition assistance.", C::Transition),
        ("The Supplier shall retain the records.", C::Records),
        ("The Supplier shall hire a band.", C::Other),
    ] {
        assert_eq!(one(text).category, want, "{text}");
    }
}

#[test]
fn owners_in_other_words() {
    let mut wrong = Vec::new();
    for (text, obligor) in [
        ("The plan shall be delivered by the Supplier within 10 days after the order.", "Supplier"),
        ("The plan must be approved in writing by the Client within 10 days after receipt.", "Client"),
        ("It is the responsibility of the Supplier to insure the goods.", "Supplier"),
        ("It shall be the Client's duty to insure the goods.", "Client"),
        ("The Supplier is responsible for the upkeep of the store.", "Supplier"),
        ("The Supplier shall be responsible for the upkeep of the store.", "Supplier"),
        ("The Supplier bears responsibility for the upkeep of the store.", "Supplier"),
        ("The Supplier assumes responsibility for the upkeep of the store.", "Supplier"),
        ("The Supplier undertakes to insure the goods.", "Supplier"),
        ("The Supplier hereby covenants and agrees to insure the goods.", "Supplier"),
        ("The Supplier agrees that it will insure the goods.", "Supplier"),
        ("The Supplier hereby irrevocably undertakes to insure the goods.", "Supplier"),
        ("The Supplier covenants with the Client to insure the goods.", "Supplier"),
        ("The Supplier commits to insuring the goods.", "Supplier"),
        ("The Supplier is bound to insure the goods.", "Supplier"),
        ("The Supplier is under an obligation to insure the goods.", "Supplier"),
        ("The Supplier is under a duty to insure the goods.", "Supplier"),
        ("The Supplier has to insure the goods.", "Supplier"),
        ("The Supplier has an obligation to insure the goods.", "Supplier"),
        ("The Client shall ensure that the Supplier has access to the site.", "Client"),
        ("The Supplier, at its own cost, shall insure the goods.", "Supplier"),
        ("The Client agrees that the Supplier shall insure the goods.", "Supplier"),
        ("It is agreed that the Client shall repaint the shop every five years.", "Client"),
        ("It is hereby understood and agreed that the Supplier will insure the goods.", "Supplier"),
        ("A final report is due 60 days after the end of the project.", "Supplier"),
        ("Status reports are due on the 15th day of each month.", "Supplier"),
        ("The drawings are due on 15 June 2026.", "Supplier"),
        ("The rent is due on the 15th day of each month.", "Client"),
        ("It shall be incumbent upon the Supplier to insure the goods.", "Supplier"),
        ("The Supplier hereby agrees with the Client to insure the goods.", "Supplier"),
        ("Subject to clause 4, the Supplier shall insure the goods.", "Supplier"),
        ("Throughout the Term, the Supplier shall insure the goods.", "Supplier"),
        ("The Supplier is obliged to insure the goods.", "Supplier"),
        ("A copy of the policy must be given to the Client within 5 days after the order.", "Supplier"),
        ("The bill is to be settled by the Client within 5 days after the order.", "Client"),
        ("The Supplier and its agents shall keep the goods dry.", "Supplier"),
    ] {
        let got: Vec<_> = read(text).into_iter().map(|o| o.obligor.unwrap_or_default()).collect();
        if got != [obligor] {
            wrong.push(format!("{got:?} not {obligor:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn plain_english_binds_you_and_us() {
    let body = "1. You must pay each invoice within 14 days after its date.\n2. We will send you a statement each month.\n\
        3. You will keep the goods insured.\n4. You agree to keep your password secret.\n5. We'll reply within 2 days after your call.\n\
        6. Unless we agree otherwise, you need to return the goods within 7 days after the end of the hire.";
    let who: Vec<_> = read(body).into_iter().filter_map(|o| o.obligor).collect();
    assert_eq!(who, ["Client", "Supplier", "Client", "Client", "Supplier", "Client"]);
}

#[test]
fn refunds_are_owed_by_the_other_side() {
    for text in [
        "The Client shall be refunded the unused fees within 14 days of cancellation.",
        "The Client will receive a pro rata refund from the Supplier within 30 days of termination.",
        "The Client shall be paid back the deposit within 14 days of cancellation.",
    ] {
        assert_eq!(one(text).obligor.as_deref(), Some("Supplier"), "{text}");
    }
}

#[test]
fn what_is_no_duty() {
    let mut wrong = Vec::new();
    for text in [
        "thirty (30) days",
        "Within thirty (30) days after the date of invoice.",
        "Notice period: 30 days",
        "Term: 12 months from 1 May 2026",
        "The Client may, at any time within 30 days after delivery, return the goods.",
        "The Client can return the goods within 30 days after delivery.",
        "The Client has the right to inspect the site every month.",
        "The Client shall be entitled, upon 10 days' notice, to inspect the site.",
        "If the Supplier fails to deliver within 30 days after the order, the Client may cancel it.",
        "If the Client shall fail to pay within 30 days after the invoice date, interest accrues.",
        "The Supplier represents and warrants that it is duly organised and existing.",
        "The Supplier represents that it has paid all taxes within the last 12 months.",
        "Business Day shall mean a day other than a Saturday or Sunday in London.",
        "For purposes of this Agreement, Quarter shall mean each period of three months.",
        "Notices shall be deemed received three days after mailing.",
        "Any goods not rejected within 10 days after delivery shall be deemed accepted.",
        "The goods will be deemed to have been accepted within 10 days after delivery.",
        "The fees will be considered accepted 10 days after the invoice.",
        "The Client shall have the option to buy the machine within 30 days after the end of the term.",
        "The Client reserves the right to inspect the site each month.",
        "The Supplier is not obliged to deliver within 10 days after the order.",
        "The Client need not pay within 10 days after the invoice.",
        "Neither party shall be liable for any delay of less than 10 days.",
        "The warranty shall run for 12 months after delivery.",
        "The rights of the Client shall lapse 12 months after delivery.",
        "Delivery shall be deemed late after 10 days.",
        "The Supplier warrants to the Client that it has held a licence for the last 10 years.",
        "The parties acknowledge and agree that the fees are fair.",
        "It is agreed that the risk in the goods passes within 10 days after the order.",
        "The Supplier is under no obligation to deliver within 10 days after the order.",
        "All rights that the Client has to the name end 10 days after the Term.",
        "Each day shall count as a working day.",
        "The price shall be subjected to annual revision.",
        "No failure to act within 10 days shall be a waiver.",
    ] {
        let got: Vec<_> = read(text).into_iter().map(|o| (o.action, o.timing.to_string())).collect();
        if !got.is_empty() {
            wrong.push(format!("{got:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
