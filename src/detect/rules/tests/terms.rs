//! Forms of terms, of notice and of conflicts, with what they mean.

use jiff::civil::date;

use super::{read, renewal};
use crate::calendar::{Period, Unit};
use crate::config::Settings;
use crate::contract::assemble;
use crate::record::testing::document;
use crate::record::value::{Anchor, DateValue, EndOf, NoticeTerm, RenewalKind, TermEnd};
use crate::record::{Contract, DocumentId, Status};
use crate::text::DocumentText;

pub(super) fn contract(text: &str) -> Contract {
    let document = document(DocumentId::of(text.as_bytes()));
    let plain = DocumentText::from_plain(document.id.clone(), text);
    assemble(document, read(text), &[], &plain, &Settings::default())
}

fn expiration(text: &str) -> Option<String> {
    contract(text).expiration_date.and_then(|f| f.value().map(ToString::to_string))
}

fn years(n: u32) -> Period {
    Period::new(n, Unit::Year)
}

const MADE: &str =
    "This Agreement is made as of March 10, 2021 (the \"Effective Date\") between Alder Ltd and Birch Ltd.\n";

#[test]
fn days_on_which_terms_end() {
    for (clause, want) in [
        ("This Agreement shall continue until the last day of February, 2024.", "2024-02-29"),
        ("The term of this Agreement runs from the Effective Date to the end of the month of June 2025.", "2025-06-30"),
        (
            "This Agreement shall remain in force until the last day of the month in which the third anniversary of the \
             Effective Date falls.",
            "2024-03-31",
        ),
        ("This Agreement shall remain in effect until the end of the then-current calendar year.", "2021-12-31"),
        (
            "Unless earlier terminated, the Term is five years; provided that after the second anniversary of the Effective \
             Date, the Customer may terminate this Agreement on six months' notice.",
            "2026-03-10",
        ),
        ("This Agreement shall remain in force from the Effective Date until December 31 of that year.", "2021-12-31"),
        ("This Agreement shall continue until the end of the second Contract Year.", "2023-03-10"),
        ("The term of this Agreement begins on the Effective Date and will end upon the end of Year 3.", "2024-03-10"),
        (
            "The Term of the Parent Agreement currently extends to June 1, 2023.\nThis Agreement shall continue until May 5, \
             2025.",
            "2025-05-05",
        ),
        ("The term of this Agreement will be 3 years from Effective Date.", "2024-03-10"),
        (
            "The initial term of this Agreement is two years from the Effective Date. It continues thereafter until \
             terminated by either party on ninety days' notice.",
            "2023-03-10",
        ),
        (
            "This Agreement shall continue until the last day of June 2023, the conclusion of the 2022/23 season.",
            "2023-06-30",
        ),
    ] {
        let text = format!("{MADE}{clause}");
        assert_eq!(expiration(&text).as_deref(), Some(want), "{clause}");
    }
}

#[test]
fn ends_in_old_and_in_short_words() {
    for (clause, want) in [
        ("The contract began on 1 April 2021 and ends on 31 March 2024.", "2024-03-31"),
        ("Your employment ends without the need for notice on 30 June 2022.", "2022-06-30"),
        ("The appointment will come to an end without notice on 30 September 2022.", "2022-09-30"),
        (
            "The Lessor demises the premises to the Lessee to hold the same for and during the term of ten years from the 1st day \
             of May 2021.",
            "2031-04-30",
        ),
        ("The premises are leased from 1 May 2021 to 30 April 2026.", "2026-04-30"),
        ("The shop is let to the Tenant from 1 May 2021 to 30 April 2024 at the rent stated.", "2024-04-30"),
        ("Term: 1 year\nFrom: 1 April 2021\nTo: 31 March 2022\n", "2022-03-31"),
        (
            "\"Commencement Date\" 17 March 2021;\nThe Employment shall commence on the Commencement Date and shall continue for a \
             fixed term of five years.",
            "2026-03-17",
        ),
    ] {
        let end = expiration(&format!("{MADE}{clause}"));
        let days = |s: &str| s.parse::<jiff::civil::Date>().ok();
        let near = end.as_deref().and_then(days).zip(days(want)).map(|(a, b)| (a - b).get_days().abs());
        assert!(near.is_some_and(|n| n <= 1), "{clause}: {end:?} not {want}");
    }
}

#[test]
fn ends_of_whatever_the_contract_is_about() {
    for clause in [
        "Coverage begins March 15, 2021 and ends May 31, 2023.",
        "The Board employs the Dean for two years, the first opening on June 1, 2021 and the second closing on May 31, 2023.",
        "You paid $228 up front for the time that began June 1, 2021 and runs through May 31, 2023.",
        "The facility is available from June 1, 2021 until May 31, 2023.",
        "The Seller may offer invoices from June 1, 2021 until May 31, 2023.",
        "The Supplier shall bring the goods to the depots between June 1, 2021 and May 31, 2023.",
        "The policies that we have placed for you run from June 1, 2021 to May 31, 2023.",
        "She moves in on June 1, 2021 and moves out on May 31, 2023.",
        "Birch has the keys from June 1, 2021 and hands them back on May 31, 2023.",
        "The agreement is in place from June 1, 2021, and falls away on May 31, 2023.",
        "You will be with us from June 1, 2021 until the day before June 1, 2023.",
        "June 1, 2021 is the first day of this agreement, and May 31, 2023 the last, and that is the rule.",
        "Your last day of work, and the last day that is paid, will be Wednesday, May 31, 2023.",
        "Term. Twenty-four months, June 1, 2021 to May 31, 2023.",
        "Term. From June 1, 2021, the day of the first delivery, to May 31, 2023.",
        "Commencing on June 1, 2021, and for two years thence, that is until May 31, 2023, Alder shall keep the code.",
        "It closes for good at the end of the last Wednesday in May of the year 2023.",
        "The arrangement shall stand determined on the afternoon of May 31, 2023, without any notice being necessary.",
        "The agreement ends by operation of law on May 31, 2023, without any notice of termination being required.",
        "The contract begins on June 1, 2021 and ends, without needing to be terminated, on May 31, 2023.",
        "All must be gone when the lease terminates, which it will do on the last day of May, 2023, without anyone saying so.",
        "Alder lets and Birch takes Suite 3 for two years from June 1, 2021 to May 31, 2023. Either of them may bring the lease to \
         an end at the close of May 31, 2022.",
    ] {
        assert_eq!(expiration(&format!("{MADE}{clause}")).as_deref(), Some("2023-05-31"), "{clause}");
    }
    for clause in [
        "The price is locked from June 1, 2021 until May 31, 2023.",
        "If it rains, the tents are put up from June 1, 2021 to May 31, 2023.",
        "Trucks are replaced at the latest on May 31, 2023.",
        "The term is twenty-four months. It starts on the day on which the City issues the certificate of occupancy.",
        "\"Commencement Date\" means the first day of the second month that begins after possession was given. The lease is for \
         four years from the Commencement Date.",
    ] {
        assert_eq!(expiration(&format!("{MADE}{clause}")), None, "{clause}");
    }
}

#[test]
fn what_the_other_contract_says_ranks_behind() {
    let own = "\"Extended Term\" means the period that follows the original Expiration Date and continues through 30 September 2029.";
    for recital in [
        "WHEREAS, the Parent Agreement provides for: (i) the premises in Article II; (ii) the charges in Article III; (iii) \
         the initial term and expiration date of 30 September 2026 in Article IV; and (iv) amendments in Article XVI;",
        "WHEREAS the Original Lease sets out, besides the premises, the parking spaces, the charges and the insurance of both \
         parties, an initial term that expires on 30 September 2026;",
    ] {
        let got = expiration(&format!("{MADE}{recital}\n\n{own}"));
        assert_eq!(got.as_deref(), Some("2029-09-30"), "{recital}");
    }
}

#[test]
fn anchors_by_name_and_by_what_happened() {
    let mut wrong = Vec::new();
    for (clause, want) in [
        (
            "This Agreement continues for thirty-six months from the first day of the month following the day on which the set-up is complete (the \"Commencement Date\"). Commencement Date per Quote: October 1, 2022.",
            Some("2025-10-01"),
        ),
        (
            "This Agreement continues for three years from the day on which the set-up is complete (the \"Commencement Date\").",
            None,
        ),
        (
            "\"Commencement Date\" means the date of closing under the purchase agreement.\nThis Agreement commences on the Commencement Date and continues for three years.",
            None,
        ),
        (
            "Term: 36 months\nDelivery date: 15 June 2022\nThe Term shall commence on the date that the Vehicle is delivered to you.",
            Some("2025-06-15"),
        ),
        (
            "The Services will begin on January 13, 2022 and are expected to be completed by December 19, 2022.",
            Some("2022-12-19"),
        ),
        ("The works shall start on 1 June 2022 and are to be completed by 30 November 2022.", Some("2022-11-30")),
        (
            "The term of this Order is co-terminous with the Master Agreement, which expires on 31 December 2027.",
            Some("2027-12-31"),
        ),
        ("This Agreement is co-terminous with the Lease.", None),
        (
            "This Agreement starts on 1 April 2022 with a maximum total duration of four years, being an initial term of two years and two options of one year.",
            Some("2024-04-01"),
        ),
    ] {
        let got = expiration(&format!("{MADE}{clause}"));
        if got.as_deref() != want {
            wrong.push(format!("{got:?} not {want:?} for {clause}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_end_of_a_month_or_a_year_is_shown_in_the_arithmetic() {
    let text = format!(
        "{MADE}This Agreement shall remain in force until the end of the month in which the first anniversary of the Effective Date falls."
    );
    let end = contract(&text).expiration_date.unwrap();
    assert_eq!(end.status(), Status::Computed);
    let notes: Vec<_> = end.derivation().unwrap().steps.iter().map(|s| s.note.clone()).collect();
    assert!(notes.last().unwrap().contains("Last day of that month: 2022-03-31"), "{notes:?}");
}

#[test]
fn the_end_of_something_else_gives_no_length() {
    let text = format!(
        "{MADE}This Agreement shall expire two years after the date on which the Director ceases to hold office."
    );
    let got = contract(&text);
    assert_eq!(got.initial_term, None);
    assert_eq!(got.expiration_date.map(|e| e.status()), Some(Status::Unresolved));
}

#[test]
fn an_exhibit_gives_the_day_that_a_clause_refers_to() {
    let text = format!(
        "{MADE}The Term begins on the Effective Date and continues until the termination date specified in Exhibit A.\n\
         Termination Date: September 30, 2024"
    );
    assert_eq!(expiration(&text).as_deref(), Some("2024-09-30"));
}

#[test]
fn a_contract_that_defines_its_years_is_not_counted_from_its_start() {
    let text = format!(
        "{MADE}\"Contract Year\" means a period of twelve months beginning on July 1.\nThis Agreement shall continue until the \
         end of the second Contract Year."
    );
    let end = contract(&text).expiration_date.unwrap();
    assert_eq!((end.value(), end.status()), (None, Status::Unresolved));
}

#[test]
fn words_and_figures_that_differ_conflict() {
    let text = format!("{MADE}The term of this Agreement shall be three (5) years from the Effective Date.");
    let got = contract(&text);
    let (term, end) = (got.initial_term.unwrap(), got.expiration_date.unwrap());
    assert_eq!((term.value(), term.status()), (Some(&years(3)), Status::Conflicting));
    assert_eq!((end.value(), end.status()), (Some(&DateValue::On(date(2024, 3, 10))), Status::Conflicting));
    let remarks: Vec<_> = got.diagnostics.iter().filter(|d| d.code == "period.words_and_figures").collect();
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    assert!(remarks[0].message.contains("5 years"), "{}", remarks[0].message);

    let text = "This Agreement shall automatically renew for one-year terms unless either party gives notice at least \
                thirty (60) days before the end of the term.";
    let fact = read(text).facts.renewal.unwrap();
    let got = fact.value().unwrap();
    assert_eq!(fact.status(), Status::Conflicting);
    assert_eq!(got.notice_period, Some(Period::new(30, Unit::Day)));
    assert_eq!(got.notices[0].figure, Some(Period::new(60, Unit::Day)));
}

#[test]
fn two_ends_conflict_and_both_are_proved() {
    let text = format!(
        "{MADE}1. Term\nThis Agreement shall continue until December 31, 2025.\n2. Duration\nThe term of this Agreement \
         expires on June 30, 2026."
    );
    let got = contract(&text);
    let end = got.expiration_date.unwrap();
    assert_eq!(end.status(), Status::Conflicting);
    let proof: Vec<_> = end.evidence().iter().map(|e| e.quote().to_owned()).collect();
    assert!(proof.iter().any(|q| q.contains("2025")) && proof.iter().any(|q| q.contains("2026")), "{proof:?}");
    assert_eq!(got.diagnostics.iter().filter(|d| d.code == "contract.conflicting_expiration").count(), 1);
}

#[test]
fn the_last_signature_counts_when_every_signature_is_dated() {
    let clause = "This Supply Agreement is made between Alder Ltd and Birch Ltd.\nThe term of this Agreement is one year from the \
                  date of the last signature below.\n";
    let signed = |second: &str| {
        format!("{clause}ALDER LTD\nBy: /s/ Ann Lee\nDate: March 3, 2022\nBIRCH LTD\nBy: /s/ Bo Li\n{second}")
    };
    assert_eq!(expiration(&signed("Date: March 9, 2022")).as_deref(), Some("2023-03-09"));
    let open = contract(&signed("")).expiration_date.unwrap();
    assert_eq!((open.value(), open.status()), (None, Status::Unresolved));
}

#[test]
fn notices_differ_by_party() {
    for text in [
        "This Agreement then renews automatically for further terms of one year, unless ended by notice: by the Seller, not \
         less than six months before the end of a term; by the Buyer, not less than three months before that end.",
        "This Agreement shall automatically renew for successive one-year terms unless notice of non-renewal is given at \
         least six months by the Seller, or three months by the Buyer, before the end of the term.",
    ] {
        let got = renewal(text).unwrap();
        let ways: Vec<_> = got.notices.iter().map(|n| (n.by.as_deref(), n.period.map(|p| p.count))).collect();
        assert_eq!(ways, [(Some("Seller"), Some(6)), (Some("Buyer"), Some(3))], "{text}");
        assert_eq!((got.notice_period, got.notice_by.as_deref()), (Some(Period::new(6, Unit::Month)), Some("Seller")));
    }
}

#[test]
fn notices_differ_by_term() {
    let got = renewal(
        "This Agreement shall automatically renew for successive terms of one year unless either party gives notice at least \
         120 days prior to the end of the initial term, or at least 60 days prior to the end of any renewal term.",
    )
    .unwrap();
    let ways: Vec<_> = got.notices.iter().map(|n| (n.term, n.period.map(|p| p.count), n.by.as_deref())).collect();
    let either = Some("either");
    assert_eq!(ways, [(NoticeTerm::Initial, Some(120), either), (NoticeTerm::Renewal, Some(60), either)]);
    assert_eq!(got.notice_period, Some(Period::new(120, Unit::Day)));
}

#[test]
fn notice_by_a_day() {
    let got = renewal(
        "This Agreement shall automatically renew for successive terms of one calendar year, unless either party notifies \
         the other in writing, on or before October 1 of the then-current term, that it elects not to renew.",
    )
    .unwrap();
    assert_eq!(got.kind, RenewalKind::Automatic);
    assert_eq!(got.notice_period, None);
    assert_eq!(got.notice_on.map(|d| d.to_string()).as_deref(), Some("--10-01"));
    assert_eq!(got.notices.len(), 1);
}

#[test]
fn a_contract_that_can_be_stopped_at_any_time_before_its_end() {
    let got = renewal(
        "This Agreement is renewed tacitly every year. It can be cancelled at any time by either party before the expiry date \
         of this Agreement or any of its renewals, upon three months prior written notice.",
    )
    .unwrap();
    assert_eq!(got.notice_period, Some(Period::new(3, Unit::Month)));
}

#[test]
fn an_answer_to_a_notice_is_no_notice_period() {
    let findings = read(
        "Unless the Customer notifies the Vendor of its intent not to renew within three (3) months following the Renewal \
         Notice, this Agreement shall automatically renew for one (1) twelve-month period. The Vendor shall send a written \
         renewal notice at least twelve (12) months prior to the expiration of the term.",
    );
    let got = findings.facts.renewal.unwrap();
    assert_eq!(got.value().unwrap().notice_period, None);
    assert!(findings.diagnostics.iter().any(|d| d.code == "renewal.gap"));
}

#[test]
fn what_only_looks_like_a_renewal() {
    let got = renewal(
        "This Agreement shall commence on the Effective Date and continue thereafter for a period of two (2) years, unless \
         extended by written agreement of both parties.",
    );
    assert_eq!(got.and_then(|r| r.period), None);
    let got = renewal(
        "This Agreement shall continue in effect for two years from the date hereof, and thereafter shall continue \
         automatically for successive annual periods.",
    );
    assert_eq!(got.and_then(|r| r.period), Some(years(1)));
}

#[test]
fn a_case_that_may_arise_is_not_the_term() {
    for text in [
        "In the event this Agreement is terminated, the party in default shall not, for a period of six months, serve others.",
        "The representations and warranties in this Agreement shall terminate one year from the Closing Date.",
        "Section 2 of this Agreement is hereby amended to allow work during the period of July 5, 2011 through September 30, \
         2011.",
    ] {
        assert!(read(text).term_ends.is_empty(), "{text}: {:?}", read(text).term_ends);
    }
}

#[test]
fn a_term_to_the_end_of_its_month_keeps_its_length() {
    let findings =
        read("This Agreement shall end on the last day of the month fifteen (15) years from the Effective Date.");
    let want = TermEnd::After { period: years(15), anchor: Anchor::EffectiveDate, to: EndOf::Month };
    assert_eq!(findings.term_ends.first().and_then(|f| f.value()), Some(&want));
}
