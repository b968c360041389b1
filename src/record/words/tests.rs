//! What each type of value says.

mod terms;

use jiff::civil::date;

use super::Describe;
use crate::calendar::{DayKind, Period, Roll, Unit};
use crate::record::value::change::{Change, ChangeAction};
use crate::record::value::signature::{Execution, Signature, SignatureKind};
use crate::record::value::{
    Amends, BusinessDay, Clause, DateRoll, DateValue, Delivery, DeliveryMethod, Direction, DutyCategory, Effective,
    Modality, Notices, Obligation, Party, Timing, TimingKind,
};
use crate::signature::{CertificateInfo, Integrity, TrustLevel, Validity};

fn say(cases: &[(&dyn Words, &str)]) {
    for (value, want) in cases {
        assert_eq!(value.say(), *want, "{value:?}");
    }
}

/// [`Describe`] for values of several types in one table.
trait Words: std::fmt::Debug {
    fn say(&self) -> String;
}

impl<T: Describe> Words for T {
    fn say(&self) -> String {
        self.words()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "spares the table of values its wrapping")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "as above")]
const fn days(count: u32) -> Option<Period> {
    Some(Period::new(count, Unit::Day))
}

const YEAR: Period = Period::new(1, Unit::Year);

#[test]
fn plain_values() {
    say(&[
        (&"New York".to_owned(), "New York"),
        (&true, "yes"),
        (&YEAR, "1 year"),
        (&DateValue::On(date(2026, 1, 31)), "2026-01-31"),
        (&DateValue::Perpetual, "none; runs until a party ends it"),
        (&Clause { category: "Audit Rights".to_owned() }, "Audit Rights"),
    ]);
}

#[test]
fn parties() {
    let acme = Party { name: "Acme Ltd".to_owned(), ..Party::default() };
    let formed = |form: &str, place: Option<&str>| Party {
        entity_type: some(form),
        jurisdiction: place.map(str::to_owned),
        ..acme.clone()
    };
    let full = Party {
        role: some("Customer"),
        aliases: vec!["Acme".to_owned(), "Buyer".to_owned()],
        address: some("1 Main Street, Dover"),
        is_us: Some(true),
        ..formed("corporation", Some("Delaware"))
    };
    say(&[
        (&acme, "Acme Ltd"),
        (
            &Party { role: some("Customer"), is_us: Some(false), ..acme.clone() },
            "Acme Ltd (Customer); not your own company",
        ),
        (&Party { aliases: vec!["Acme".to_owned()], ..acme.clone() }, "Acme Ltd (also Acme)"),
        (&Party { jurisdiction: some("Ireland"), ..acme.clone() }, "Acme Ltd, of Ireland"),
        (&formed("individual", None), "Acme Ltd, an individual"),
        (&formed("corporation", Some("Utah")), "Acme Ltd, a Utah corporation"),
        (&formed("unincorporated association", None), "Acme Ltd, an unincorporated association"),
        (
            &formed("private limited company", Some("England and Wales")),
            "Acme Ltd, a private limited company of England and Wales",
        ),
        (
            &full,
            "Acme Ltd (Customer, also Acme and Buyer), a Delaware corporation; address: 1 Main Street, Dover; your own company",
        ),
    ]);
}

#[test]
fn duties() {
    let report = Obligation {
        obligor: some("Supplier"),
        obligee: some("Customer"),
        modality: Modality::Duty,
        action: "deliver the monthly report".to_owned(),
        condition: None,
        exception: None,
        category: DutyCategory::Reporting,
        timing: Timing {
            kind: TimingKind::Relative,
            offset: Some(Period::new(5, Unit::BusinessDay)),
            direction: Some(Direction::Within),
            anchor: some("the end of each month"),
            ..Timing::default()
        },
    };
    let secret = Obligation {
        obligor: some("each party"),
        obligee: None,
        modality: Modality::Prohibition,
        action: "disclose the terms".to_owned(),
        condition: some("if asked"),
        exception: some("unless the law requires it"),
        category: DutyCategory::DataProtection,
        timing: Timing::default(),
    };
    say(&[
        (
            &report,
            "Supplier must deliver the monthly report within 5 business days of the end of each month; owed to Customer; \
             category: reporting",
        ),
        (
            &secret,
            "Each party must not disclose the terms; if asked; unless the law requires it; category: data protection",
        ),
        (&Obligation { obligor: None, exception: None, condition: None, ..secret.clone() }, {
            "Somebody must not disclose the terms; category: data protection"
        }),
    ]);
}

#[test]
fn days_and_notices() {
    let banks = BusinessDay {
        calendars: vec!["gb-eng".to_owned(), "sg".to_owned()],
        places: vec!["London".to_owned(), "Singapore".to_owned()],
        banks: true,
        weekend: vec![],
    };
    let way = |method, after, delay| Delivery { method, after, delay };
    let three = Some(Period::new(3, Unit::BusinessDay));
    let notices = Notices {
        methods: vec![
            way(DeliveryMethod::Personal, Effective::Receipt, None),
            way(DeliveryMethod::CertifiedMail, Effective::Dispatch, three),
        ],
        cut_off: some("5 pm"),
    };
    say(&[
        (&banks, "A day on which banks are open in London and Singapore; holidays: gb-eng, sg"),
        (&BusinessDay::default(), "A day on which business is done"),
        (
            &BusinessDay { weekend: vec![DayKind::Friday, DayKind::Saturday], ..BusinessDay::default() },
            "A day on which business is done; weekend: Friday and Saturday",
        ),
        (&DateRoll { roll: Roll::Following }, "A last day that is no business day moves to the next one"),
        (&DateRoll { roll: Roll::None }, "A last day that is no business day does not move"),
        (
            &notices,
            "Notice counts on receipt by hand, 3 business days after dispatch by certified mail; after 5 pm notice counts on the \
             next business day",
        ),
        (
            &Notices { methods: Vec::new(), cut_off: some("business hours") },
            "After the end of business hours notice counts on the next business day",
        ),
    ]);
}

#[test]
fn amendments() {
    let change = |action, section: Option<&str>| Change::of(action, section.map(str::to_owned));
    let amends = Amends { reference: some("SUP-17"), title: some("Supply Agreement"), date: Some(date(2020, 5, 1)) };
    say(&[
        (&amends, "Supply Agreement (SUP-17) of 2020-05-01"),
        (&Amends { title: None, date: None, ..amends.clone() }, "SUP-17"),
        (&Amends { date: Some(date(2020, 5, 1)), ..Amends::default() }, "An agreement of 2020-05-01"),
        (&change(ChangeAction::Replaced, None), "The whole agreement is replaced"),
        (&change(ChangeAction::Deleted, Some("9.2")), "Section 9.2 is deleted"),
        (&change(ChangeAction::Added, Some("Exhibit A")), "Exhibit A is added"),
        (
            &Change { old: some("60 days"), new: some("90 days"), ..change(ChangeAction::Reworded, Some("1.2")) },
            "Section 1.2 is reworded: \u{201c}60 days\u{201d} becomes \u{201c}90 days\u{201d}",
        ),
        (
            &Change { until: Some(date(2027, 5, 31)), ..change(ChangeAction::Extended, None) },
            "The term is extended until 2027-05-31",
        ),
        (
            &Change { until: Some(date(2027, 5, 31)), ..change(ChangeAction::Ended, None) },
            "The agreement ends on 2027-05-31",
        ),
        (&change(ChangeAction::PartyReplaced, None), "A party is replaced"),
        (&Change { by: Some(YEAR), ..change(ChangeAction::Extended, Some("2")) }, {
            "The term is extended (Section 2) by 1 year"
        }),
    ]);
}

#[test]
fn signatures() {
    let alice = |kind, signed| Signature {
        signer: some("Alice Reed"),
        title: some("President"),
        party: some("Acme Inc."),
        signed_on: Some(date(2024, 3, 14)),
        ..Signature::new(kind, signed)
    };
    let digital = Signature {
        integrity: Some(Integrity::Intact),
        weak: true,
        certificate: Some(CertificateInfo {
            subject: "Alice Reed".to_owned(),
            issuer: "Root".to_owned(),
            serial: "01".to_owned(),
            valid_from: jiff::Timestamp::UNIX_EPOCH,
            valid_to: jiff::Timestamp::UNIX_EPOCH,
            at_signing: Validity::Expired,
            trust: TrustLevel::Untrusted,
        }),
        ..alice(SignatureKind::Digital, Some(true))
    };
    say(&[
        (
            &digital,
            "Alice Reed, President, signed for Acme Inc. on 2024-03-14; digital signature: intact, made in a weak way; \
             certificate: not trusted, expired at signing, issued by Root",
        ),
        (
            &alice(SignatureKind::Conformed, Some(true)),
            "Alice Reed, President, signed for Acme Inc. on 2024-03-14; the name is typed",
        ),
        (&Signature::new(SignatureKind::Block, Some(false)), "Somebody has not signed"),
        (
            &alice(SignatureKind::Block, None),
            "Alice Reed, President, may have signed for Acme Inc., dated 2024-03-14; it cannot be told",
        ),
        (
            &Signature::new(SignatureKind::Platform, Some(true)),
            "Somebody signed; by the certificate of a signing platform",
        ),
        (&Execution::Signed, "Signed: every signature block is signed"),
        (&Execution::PartiallySigned, "Partly signed: at least one signature block is empty"),
        (&Execution::Unsigned, "Not signed: every signature block is empty"),
        (&Execution::Unknown, "Not known: whether the signature blocks are signed cannot be told"),
    ]);
}
