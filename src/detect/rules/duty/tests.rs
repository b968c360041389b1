//! Wordings of duties with what they mean.

mod stated;

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
fn times() {
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "The Client shall pay each invoice within thirty (30) days after receipt of the invoice.",
            "within 30 days of receipt of the invoice",
        ),
        (
            "At least ten (10) Business Days before any planned outage, the Supplier shall notify the Client.",
            "at least 10 business days before any planned outage",
        ),
        (
            "The Supplier shall give the Client at least 60 days' prior written notice of any price change.",
            "at least 60 days before any price change",
        ),
        ("The Supplier shall deliver the plan no later than 30 June 2021.", "by 2021-06-30"),
        ("The Supplier shall deliver the plan before July 1, 2021.", "before 2021-07-01"),
        (
            "The Supplier shall retain the logs for a period of two (2) years after termination of this Agreement.",
            "for 2 years after termination of this Agreement",
        ),
        ("The Supplier shall submit monthly status reports to the Client.", "every 1 month"),
        (
            "The Client shall pay the rent on the first day of each calendar month.",
            "every 1 month, first day of each calendar month",
        ),
        ("The Supplier shall test the backups twice a year.", "every 6 months"),
        ("The Supplier shall test the backups every six (6) months.", "every 6 months"),
        ("The Supplier shall review the plan on a quarterly basis.", "every 3 months"),
        (
            "Within 45 days after the end of each calendar quarter, the Supplier shall deliver a statement.",
            "every 3 months, 45 days after end of each calendar quarter",
        ),
        ("The Supplier will inspect the equipment annually.", "every 1 year"),
        ("The Supplier shall promptly repair the equipment.", ""),
        ("The Supplier shall invoice the monthly service fee.", ""),
        (
            "The Client shall pay the monthly fee on or before the 5th day of each month.",
            "every 1 month, 5th day of each month",
        ),
        (
            "The Supplier shall submit a monthly report within fifteen (15) days after the end of each month.",
            "every 1 month, 15 days after end of each month",
        ),
        (
            "The Client shall pay rent in monthly installments in advance on or before the 1st day of each month.",
            "every 1 month, 1st day of each month",
        ),
        (
            "The Client shall pay the fee on the last working day of each month.",
            "every 1 month, last working day of each month",
        ),
        (
            "The Supplier shall submit a report no later than March 31 of each year.",
            "every 1 year, March 31 of each year",
        ),
        ("The Supplier shall furnish a certificate annually on or before October 1.", "every 1 year, October 1"),
        (
            "By 30 September each year the Supplier must give to the Client accounts for the year that ended on 30 June.",
            "every 1 year, 30 September each year",
        ),
        (
            "The Client shall pay the fee on January 1, April 1, July 1 and October 1.",
            "every 3 months, January 1, April 1, July 1 and October 1",
        ),
        ("The Client shall pay the quarterly rent on the usual quarter days.", "every 3 months, usual quarter days"),
        (
            "The Supplier shall deliver a certificate every six months, the first on 31 March 2025.",
            "every 6 months, first on 2025-03-31",
        ),
        (
            "The Client shall pay the price in 12 equal monthly instalments starting with Jun 16, 2026.",
            "every 1 month, first on 2026-06-16, 12 times",
        ),
        (
            "The Client shall pay the price in twelve equal monthly instalments, the first on 2 December 2026.",
            "every 1 month, first on 2026-12-02, 12 times",
        ),
        ("The Client shall pay the fee monthly in advance, on the 1st.", "every 1 month, 1st"),
        (
            "The Supplier shall deliver accounts within 60 days after 31 December in each year.",
            "every 1 year, 60 days after 31 December in each year",
        ),
        ("The Supplier shall deliver the plan on or before 30 June 2021.", "by 2021-06-30"),
        ("The Supplier shall deliver the plan prior to July 1, 2021.", "before 2021-07-01"),
        (
            "The Client shall release the deposit within thirty (30) days after January 15, 2027.",
            "within 30 days of January 15, 2027",
        ),
        (
            "Terms are net 30 days: the Client shall pay within 30 days after the end of the calendar month in which the \
             invoice is dated.",
            "within 30 days of end of the calendar month in which the invoice is dated",
        ),
        (
            "The Supplier shall produce the policy to the Client on 1 May in every year.",
            "every 1 year, 1 May in every year",
        ),
        ("Rent: $900 payable on the 1st day of each calendar month", "every 1 month, 1st day of each calendar month"),
        (
            "The Supplier invoices on the last day of each month, and the Client must pay within 30 days after receipt.",
            "within 30 days of receipt",
        ),
        (
            "The Client shall pay the fee on or before the 10th day of each English calendar month.",
            "every 1 month, 10th day of each English calendar month",
        ),
        ("Progress reports due: 31 May and 30 November each year", "every 6 months, 31 May and 30 November each year"),
        ("Rent due: 1st day of each month", "every 1 month, 1st day of each month"),
        ("Payment dates: 1st and 15th of each month", "every 1 month, 1st and 15th of each month"),
        (
            "Reporting dates: 31 March and 30 September in each year",
            "every 6 months, 31 March and 30 September in each year",
        ),
        ("Deadline for the annual accounts: 30 June each year", "every 1 year, 30 June each year"),
        ("Invoice date: last working day of each month", "every 1 month, last working day of each month"),
        ("Licence fee payable: 5th day of each calendar month", "every 1 month, 5th day of each calendar month"),
        ("Inspection dates: 1 April and 1 October each year", "every 6 months, 1 April and 1 October each year"),
        ("Final report due: by 30 June 2022", "by 2022-06-30"),
        ("Report due date: 30 June 2022", "by 2022-06-30"),
        ("The Supplier shall use the days by June 30 of the following year.", ""),
        ("The Supplier shall maintain 99.9% uptime of the platform in each month.", ""),
        ("The Supplier shall provide up to twenty cartons in each month.", ""),
        ("The Supplier shall keep the log up to date at the end of each week.", "every 1 week"),
        ("The Supplier shall keep the hours below an average of 40 in each month.", ""),
    ] {
        let got: Vec<String> = read(text).iter().map(|o| o.timing.to_string()).collect();
        if got != [want] {
            wrong.push(format!("{got:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn days_that_the_contract_defines() {
    let body = "1. Hand-over. The Supplier shall hand the shop over on January 15, 2027 (the \"Handover Date\").\n\
        2. Keys. The Supplier shall deliver the keys within twenty (20) days after the Handover Date.";
    let found = read(body);
    let keys = found.iter().find(|o| o.action.contains("keys")).unwrap();
    assert_eq!(keys.timing.date, Some(jiff::civil::date(2027, 1, 15)));
    assert_eq!(keys.timing.to_string(), "within 20 days of Handover Date");
    let lease = "1. Quarter Days: 1 January, 1 April, 1 July and 1 October.\n\
        2. Rent. The Client shall pay the rent on each Quarter Day.";
    let rent = read(lease).into_iter().find(|o| o.action.contains("rent")).unwrap();
    assert_eq!(rent.timing.days.first().map(|d| (d.month, d.nth)), Some((Some(1), 1)));
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
fn times_in_other_words() {
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "The Supplier shall notify the Client within 24 hours after becoming aware of a spill.",
            "within 24 hours of becoming aware of a spill",
        ),
        ("The Supplier will report any accident to the Client within seventy-two (72) hours.", "within 72 hours"),
        (
            "The Supplier shall report accidents not later than 72 hours after they happen.",
            "within 72 hours of they happen",
        ),
        (
            "The Supplier must supply the figures no later than the fifth Business Day of each month.",
            "every 1 month, fifth Business Day of each month",
        ),
        (
            "The Supplier shall send a report by the 5th working day of every month.",
            "every 1 month, 5th working day of every month",
        ),
        (
            "The Supplier shall send the summary on the last working day of the month.",
            "every 1 month, last working day of the month",
        ),
        ("The Supplier shall service the boiler twice a year, in May and November.", "every 6 months"),
        ("The Supplier shall clean the gutters each May and November.", "every 6 months"),
        ("The Supplier shall clean the windows every other Friday.", "every 2 weeks"),
        ("The Supplier shall clean the windows every second week.", "every 2 weeks"),
        ("The Supplier shall clean the windows every other month.", "every 2 months"),
        ("The Supplier shall empty the bins every Monday.", "every 1 week"),
        ("The Supplier shall empty the bins each Monday and Thursday.", "every 1 week"),
        (
            "The Supplier shall submit a report within 10 days after the end of each calendar quarter.",
            "every 3 months, 10 days after end of each calendar quarter",
        ),
        (
            "The Supplier shall submit a report within ten days of each quarter end.",
            "every 3 months, 10 days after each quarter end",
        ),
        (
            "The Supplier shall submit accounts within 90 days following the close of its financial year.",
            "every 1 year, 90 days after close of its financial year",
        ),
        (
            "The Supplier shall submit accounts within six months of its year end.",
            "every 1 year, 6 months after year end",
        ),
        (
            "The Supplier shall deliver the accounts not later than 120 days after each financial year.",
            "every 1 year, 120 days after each financial year",
        ),
        ("The Supplier shall provide a certificate of insurance each year on renewal of the policy.", "every 1 year"),
        ("The Supplier shall provide evidence of insurance once every calendar year.", "every 1 year"),
        (
            "The Supplier shall provide a certificate of insurance upon each anniversary of the Effective Date.",
            "every 1 year",
        ),
        ("The Supplier shall provide quarterly performance reports.", "every 3 months"),
        ("Quarterly, the Supplier shall provide performance figures.", "every 3 months"),
        ("The Supplier shall, every six months, test the alarm.", "every 6 months"),
        ("The Supplier shall test the alarm half-yearly.", "every 6 months"),
        ("The Supplier shall test the alarm at six-monthly intervals.", "every 6 months"),
        ("The Supplier shall test the alarm at intervals of not more than six months.", "every 6 months"),
        ("The Supplier shall test the alarm at least once in every three month period.", "every 3 months"),
        ("The Supplier shall test the alarm four times a year.", "every 3 months"),
        ("The Supplier shall test the alarm on a weekly basis.", "every 1 week"),
        (
            "The Client shall return the tools within 14 days of the end of the Term.",
            "within 14 days of end of the Term",
        ),
        (
            "The Client shall, no later than 30 days after expiry of this Agreement, return the tools.",
            "within 30 days of expiry of this Agreement",
        ),
        (
            "The Client shall return the tools not more than 14 days after the end of the Term.",
            "within 14 days of end of the Term",
        ),
        ("The Client shall allow an audit on ten (10) days' prior notice.", "at least 10 days"),
        ("The Supplier shall deliver the drawings on or before 15 March 2027.", "by 2027-03-15"),
        ("The Supplier shall have delivered the drawings by 15 March 2027.", "by 2027-03-15"),
        ("The drawings must be with the Client by 15 March 2027.", "by 2027-03-15"),
        ("By no later than 15 March 2027 the Supplier shall deliver the drawings.", "by 2027-03-15"),
        ("The Supplier shall bill the Client at the end of every month.", "every 1 month, end of every month"),
        (
            "The Supplier shall pay the premium on the first Monday of each month.",
            "every 1 month, first Monday of each month",
        ),
        (
            "The Supplier shall pay the premium on the 1st and the 15th of each month.",
            "every 1 month, 1st and the 15th of each month",
        ),
        ("The Supplier shall answer each request in writing within five working days.", "within 5 business days"),
        ("The Supplier shall fortnightly send a list of the hours.", "every 2 weeks"),
        ("The Supplier shall permit an audit not more than once a year.", ""),
        ("Each quarter the Supplier shall send the Client a list of faults.", "every 3 months"),
        (
            "The Supplier shall send a list of faults monthly, within ten days after the end of the month.",
            "every 1 month, 10 days after end of the month",
        ),
        ("The Supplier shall hand over the keys by the last day of April 2027.", "by 2027-04-30"),
        (
            "The Supplier shall send the Client a list of faults at the end of each quarter.",
            "every 3 months, end of each quarter",
        ),
        (
            "The Supplier shall tell the Client of a loss as soon as possible and in any event within two working days.",
            "within 2 business days",
        ),
        (
            "The Supplier shall tell the Client of a loss without delay, and no later than 48 hours after learning of it.",
            "within 48 hours of learning of it",
        ),
        (
            "The Client will give the Supplier not less than 14 days' written notice of each visit.",
            "at least 14 days before each visit",
        ),
        ("The Supplier shall give five clear days' notice before each visit.", "at least 5 days before each visit"),
        (
            "The Supplier shall renew the policy not later than 10 days before it expires.",
            "at least 10 days before it expires",
        ),
        ("The Supplier shall on 1 April in each year deliver a certificate.", "every 1 year, 1 April in each year"),
        ("The Supplier shall deliver a certificate by 1 April each year.", "every 1 year, 1 April each year"),
        ("The Supplier shall report on or before the 20th of each month.", "every 1 month, 20th of each month"),
        (
            "The Supplier shall report by the 10th day following the end of each month.",
            "every 1 month, 10 days after end of each month",
        ),
        (
            "The Supplier shall return the deposit no more than one month after the Term ends.",
            "within 1 month of Term ends",
        ),
        ("The Supplier shall complete the works by the end of March 2027.", "by 2027-03-31"),
        ("The Supplier shall hand in the plan on Friday, 5 March 2027.", "by 2027-03-05"),
        ("The Supplier shall inspect the lift once a month.", "every 1 month"),
        ("The Supplier shall inspect the lift every 90 days.", "every 90 days"),
        ("The Supplier shall inspect the lift at least annually.", "every 1 year"),
        ("The Supplier shall make a yearly inspection of the lift.", "every 1 year"),
        ("The Supplier shall report weekly, each Friday.", "every 1 week"),
        ("The Supplier shall report on Mondays.", ""),
    ] {
        let got: Vec<String> = read(text).iter().map(|o| o.timing.to_string()).collect();
        if got != [want] {
            wrong.push(format!("{got:?} not {want:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
