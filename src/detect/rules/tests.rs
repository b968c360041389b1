//! Phrasings of dates, terms and renewals with what they mean.

mod beside;
mod everyday;
mod front;
mod hostile;
mod renewals;
mod silence;
mod spans;
mod terms;

use jiff::civil::date;

use crate::calendar::{Period, Unit};
use crate::detect::{Findings, detect};
use crate::record::value::{Anchor, DateValue, EndOf, Renewal, RenewalKind, TermEnd};
use crate::record::{DocumentId, Status};
use crate::segment::segment;
use crate::text::DocumentText;

fn read(plain: &str) -> Findings {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    detect(&text, &segment(&text))
}

fn day(fact: Option<&crate::record::Fact<DateValue>>) -> Option<String> {
    fact.and_then(|f| f.value()).map(ToString::to_string)
}

#[test]
fn agreement_dates() {
    for (text, want) in [
        (
            "THIS AGREEMENT is made and entered into as of March 3, 2021, by and between A Corp and B Corp.",
            "2021-03-03",
        ),
        (
            "This Supply Agreement (the \"Agreement\") dated this 4th day of June, 2012 is between A Ltd and B Ltd.",
            "2012-06-04",
        ),
        ("Hosting Agreement\nDated as of 1 May 2019\nbetween A GmbH and B GmbH", "2019-05-01"),
        (
            "WHEREAS, the parties entered into a Lease dated May 1, 2010;\nThis Amendment is made as of July 2, 2014.",
            "2014-07-02",
        ),
        (
            "The parties agree as follows.\nIN WITNESS WHEREOF the parties have executed this Agreement on 7 July 2011.",
            "2011-07-07",
        ),
        ("We agree to the terms.\nBy: /s/ Ann Lee\nDate: 3/14/18\nBy: /s/ Bo Li\nDate: 3/27/18", "2018-03-27"),
        (
            "DATA PROCESSING ADDENDUM\n\nThis DPA is dated March 3, 2021 and is made between A Inc. and B Ltd.",
            "2021-03-03",
        ),
        (
            "MASTER SERVICES AGREEMENT\n\nThis MSA is entered into on 3 March 2021 between A Inc. and B Ltd.",
            "2021-03-03",
        ),
        ("SUPPLY CONTRACT\n\nconcluded in Tartu on 3 March 2021 by and between A OU and B AS", "2021-03-03"),
        (
            "INSURANCE CONTRACT\n\nThis insurance contract is concluded on 3 March 2021 between A NV and B BV and takes effect on 1 May 2021.",
            "2021-03-03",
        ),
    ] {
        assert_eq!(day(read(text).facts.agreement_date.as_ref()).as_deref(), Some(want), "{text}");
    }
}

#[test]
fn blanks_stay_unknown() {
    let findings = read("This Agreement is made as of June __, 2012 between A Corp and B Corp.");
    let date = findings.facts.agreement_date.unwrap();
    assert_eq!((date.value(), date.status()), (None, Status::Unresolved));
}

#[test]
fn day_and_month_that_can_change_places_conflict() {
    let findings = read("This Agreement is made on 03/04/2019 between A and B.");
    let date = findings.facts.agreement_date.unwrap();
    assert_eq!(date.status(), Status::Conflicting);
}

#[test]
fn effective_dates() {
    for (text, want) in [
        ("This Agreement is entered into as of May 2, 2018 (the \"Effective Date\") by A and B.", Some("2018-05-02")),
        (
            "This Agreement is made on May 2, 2018 between A and B.\n\"Effective Date\" means June 1, 2018.",
            Some("2018-06-01"),
        ),
        ("This Agreement is made on May 2, 2018 and is effective as of 1 June 2018.", Some("2018-06-01")),
        (
            "This Agreement is made on May 2, 2018 by A and B.\nThis Agreement shall become effective on the date first written above.",
            Some("2018-05-02"),
        ),
        (
            "This Agreement is made on May 2, 2018 by A and B.\nThe term of this Agreement shall commence on July 1, 2018.",
            Some("2018-07-01"),
        ),
        ("This Agreement is made on May 2, 2018 by A and B.", None),
        ("This Agreement is dated 2 May 2018.\nThis Agreement takes effect on its date.", Some("2018-05-02")),
        ("This Agreement is dated 2 May 2018.\nThis Agreement binds the parties from its date.", Some("2018-05-02")),
        (
            "This Agreement is made on 2 May 2018.\nEither party may terminate this Agreement effective as of 1 June 2021.",
            None,
        ),
        (
            "The parties agree as follows.\nHer employment under this Agreement starts on 1 June 2018 (the \"Start Date\").",
            Some("2018-06-01"),
        ),
    ] {
        assert_eq!(day(read(text).facts.effective_date.as_ref()).as_deref(), want, "{text}");
    }
}

#[test]
fn a_confidentiality_agreement_binds_from_its_date() {
    let findings = read("NON-DISCLOSURE AGREEMENT\nThis Agreement is made on May 2, 2018 by A and B.");
    assert_eq!(day(findings.facts.effective_date.as_ref()).as_deref(), Some("2018-05-02"));
}

#[test]
fn ends_of_terms() {
    let after = |count, unit, anchor| TermEnd::After { period: Period::new(count, unit), anchor, to: EndOf::Day };
    for (text, want) in [
        (
            "This Agreement shall continue until December 31, 2026, unless earlier terminated.",
            TermEnd::On(date(2026, 12, 31)),
        ),
        (
            "The term of this Agreement shall be three (3) years from the Effective Date.",
            after(3, Unit::Year, Anchor::EffectiveDate),
        ),
        (
            "This Agreement shall commence on the Effective Date and, unless terminated as set out in Section 9, shall \
             continue for an initial term of eighteen months.",
            after(18, Unit::Month, Anchor::EffectiveDate),
        ),
        (
            "This Agreement shall remain in force until the fifth (5th) anniversary of the date hereof.",
            after(5, Unit::Year, Anchor::AgreementDate),
        ),
        (
            "This Agreement shall remain in effect for two years after the First Delivery Date.",
            after(2, Unit::Year, Anchor::Named("First Delivery Date".to_owned())),
        ),
        ("This Agreement shall continue in force until terminated by either party.", TermEnd::UntilTerminated),
        ("Expiration Date: 30 June 2027", TermEnd::On(date(2027, 6, 30))),
    ] {
        let findings = read(text);
        assert_eq!(findings.term_ends.first().and_then(|f| f.value()), Some(&want), "{text}");
    }
}

#[test]
fn other_periods_are_no_terms() {
    for text in [
        "The obligations of secrecy shall survive for three years after termination of this Agreement.",
        "Either party may terminate this Agreement upon sixty (60) days' written notice.",
        "During the term of this Agreement and for one year thereafter the Agent shall not compete.",
        "If a breach of this Agreement continues for a period of thirty (30) days, the other party may terminate it.",
    ] {
        assert!(read(text).term_ends.is_empty(), "{text}: {:?}", read(text).term_ends);
    }
}

#[test]
fn removed_lengths_are_redacted() {
    let findings = read("The term of this Agreement shall be for a period of [***] years from the Effective Date.");
    assert_eq!(findings.term_ends[0].status(), Status::Redacted);
}

fn renewal(text: &str) -> Option<Renewal> {
    read(text).facts.renewal.and_then(|f| f.value().cloned())
}

/// Count and unit of a period.
type Length = Option<(u32, Unit)>;

#[test]
fn renewals() {
    use RenewalKind::{Automatic, Evergreen, MonthToMonth, MutualAgreement, None as Never, Option as Choice};
    let (d, m, y) = (Unit::Day, Unit::Month, Unit::Year);
    let table: [(&str, RenewalKind, Length, Length, Option<u32>); 18] = [
        (
            "This Agreement shall automatically renew for successive one (1) year terms unless either party gives notice of \
             non-renewal at least ninety (90) days prior to the end of the then-current term.",
            Automatic,
            Some((1, y)),
            Some((90, d)),
            None,
        ),
        (
            "Thereafter this Agreement renews from year to year unless cancelled by six months' prior written notice.",
            Automatic,
            Some((1, y)),
            Some((6, m)),
            None,
        ),
        (
            "This Agreement shall be renewed for additional periods of two years each, unless a party notifies the other not \
             less than 60 days before expiration.",
            Automatic,
            Some((2, y)),
            Some((60, d)),
            None,
        ),
        (
            "The Lessee shall have the option to renew this Lease for up to two (2) additional terms of five (5) years each by \
             notice given no later than nine months before the end of the term.",
            Choice,
            Some((5, y)),
            Some((9, m)),
            Some(2),
        ),
        (
            "This Agreement may be extended by mutual written agreement of the parties for a further year.",
            MutualAgreement,
            Some((1, y)),
            None,
            None,
        ),
        ("This Agreement shall not automatically renew.", Never, None, None, None),
        ("This Agreement does not renew.", Never, None, None, None),
        ("It is not subject to renewal.", Never, None, None, None),
        (
            "This Agreement does not renew automatically. The parties may extend this Agreement for further periods of two \
             years, but only by a signed instrument.",
            MutualAgreement,
            Some((2, y)),
            None,
            None,
        ),
        (
            "At the end of the Initial Term this Agreement shall automatically renew for one (1) twelve-month period, unless \
             either party gives sixty days' prior written notice.",
            Automatic,
            Some((12, m)),
            Some((60, d)),
            Some(1),
        ),
        (
            "This Agreement then renews automatically for further terms of one year, unless ended by notice: by the Seller, \
             not less than six months before the end of a term; by the Buyer, not less than three months before that end.",
            Automatic,
            Some((1, y)),
            Some((6, m)),
            None,
        ),
        (
            "After the initial term this Agreement continues on a month-to-month basis until either party ends it by at least \
             thirty days' written notice.",
            MonthToMonth,
            Some((1, m)),
            Some((30, d)),
            None,
        ),
        (
            "After the initial term this Agreement continues on a month-to-month basis.",
            MonthToMonth,
            Some((1, m)),
            None,
            None,
        ),
        (
            "This Agreement has an initial term of two years and continues thereafter until terminated by either party on \
             thirty days' notice.",
            Evergreen,
            None,
            Some((30, d)),
            None,
        ),
        ("This Agreement is renewed tacitly every year.", Automatic, Some((1, y)), None, None),
        (
            "The Initial Term of this Agreement is three years. It shall automatically be extended for terms of the same length.",
            Automatic,
            Some((3, y)),
            None,
            None,
        ),
        (
            "The Term shall automatically extend for one-month periods, unless stopped by 15 days' advance notice.",
            Automatic,
            Some((1, m)),
            Some((15, d)),
            None,
        ),
        (
            "This Agreement may be renewed by the Buyer once, for a further term of 12 months.",
            Choice,
            Some((12, m)),
            None,
            Some(1),
        ),
    ];
    for (text, kind, period, notice, limit) in table {
        let got = renewal(text).unwrap_or_else(|| panic!("no renewal: {text}"));
        let length = |l: Length| l.map(|(n, u)| Period::new(n, u));
        assert_eq!(
            (got.kind, got.period, got.notice_period, got.max_renewals),
            (kind, length(period), length(notice), limit),
            "{text}"
        );
    }
}

#[test]
fn a_window_has_two_ends() {
    let got = renewal(
        "The Distributor may renew this Agreement for a further three years by notice given no earlier than 120 days and no \
         later than 60 days before its expiry.",
    )
    .unwrap();
    assert_eq!(got.window_opens, Some(Period::new(120, Unit::Day)));
    assert_eq!(got.notice_period, Some(Period::new(60, Unit::Day)));
    assert_eq!(got.comparator.as_deref(), Some("no later than"));
}

#[test]
fn false_friends() {
    for text in [
        "The Supplier shall renew its insurance policies each year during the term of this Agreement.",
        "The time for payment shall be extended by ten days.",
        "Licensee shall renew the domain name registration annually.",
        "The Supplier's warehouse lease renews every year unless notice is given six months before.",
        "The Agency's licence under the Guards Act is renewed automatically every five years.",
        "This Agreement ends on 1 May 2028. Unused days roll forward for a year unless the Client gives notice.",
        "Clause 3 (under which the contract renews for one year unless a party objects) does not apply.",
        "The share of revenues of a month under this Agreement is carried forward to the next month automatically.",
        "All other provisions of this Agreement remain in force unless, in each case, such declaration shall serve to deprive a party.",
        "This Agreement ends on 1 May 2028. The quantity of stock may vary from month to month.",
        "This Agreement ends on 1 May 2028. You keep the evergreen hedge beside it cut.",
        "This Agreement ends on 1 May 2028. The Landlord gives no promise of a further tenancy.",
        "This Agreement ends on 1 May 2028. The rent for another year is adjusted automatically.",
    ] {
        assert_eq!(renewal(text), None, "{text}");
    }
}

#[test]
fn notice_in_the_next_sentence() {
    let got = renewal(
        "This Agreement shall automatically renew for successive one-year terms. Either party may prevent renewal by notice \
         of non-renewal given at least 45 days before the end of the term.",
    )
    .unwrap();
    assert_eq!(got.notice_period, Some(Period::new(45, Unit::Day)));
}
