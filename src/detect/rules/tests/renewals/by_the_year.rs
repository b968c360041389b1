//! Contracts that are taken year by year, notice at any time before the end, and renewals in words that no form understands.

use super::super::{read, renewal};
use super::check;
use crate::record::Status;

#[test]
fn taken_by_the_year() {
    check(&[
        (
            "The first term ends on 31 August 2027. After that it runs for one school year at a time, unless the School or the \
             Caterer tells the other in writing by 31 March that it is to stop.",
            "Automatic, for 1 year",
        ),
        (
            "The lease ends on 28 May 2028. After 28 May 2028 it is taken year by year, unless either side calls a halt in writing.",
            "Automatic, for 1 year",
        ),
        (
            "Once that term is over it runs in further periods of twelve months, each of which a party may stop by 60 days' notice \
             before it begins.",
            "Automatic, for 12 months, notice 60 days",
        ),
        (
            "At the end of the term it carries on for one more year, unless by the preceding 1 January one of us has opted out.",
            "Automatic, for 1 year",
        ),
        (
            "Unless terminated the let shall thereafter continue by tacit relocation from year to year. Either Party may prevent the \
             let from continuing beyond 28 May 2028 by notice not less than forty days before the 28 May in question.",
            "Automatic, for 1 year, notice 40 days",
        ),
        ("The parties agree that tacit relocation is excluded.", "None"),
        ("Tacit relocation shall not operate in respect of this lease.", "None"),
        ("Term: 6 months rolling contract until terminated by either party.", "Automatic, for 6 months"),
        (
            "After the end of the term the Supplier continues to provide the services for a further period of three months.",
            "nothing",
        ),
    ]);
}

#[test]
fn notice_before_the_end() {
    let notice = |text: &str| {
        let notices = renewal(text).map(|r| r.notices).unwrap_or_default();
        notices.first().and_then(|way| way.period).map(|period| period.to_string())
    };
    for (text, want) in [
        (
            "The Buyer may extend this Agreement once for twelve months by written notice given on or before the last day of the Term.",
            Some("0 days"),
        ),
        (
            "This Agreement renews for one year unless either party notifies the other prior to its expiry.",
            Some("0 days"),
        ),
        (
            "This Agreement renews for one year unless notice is given before its end. The notice of non-renewal must be given at \
             least 60 days before the end of the term.",
            Some("60 days"),
        ),
        ("This Agreement renews for one year unless a party gives ______ days' written notice before it ends.", None),
    ] {
        assert_eq!(notice(text).as_deref(), want, "{text}");
    }
}

#[test]
fn limits_of_the_next_clause() {
    check(&[(
        "When the Initial Term ends this Agreement shall be extended automatically for one Extension Term of 12 months, unless \
         either party has objected. There shall be no more than two Extension Terms.",
        "Automatic, for 12 months, times 2",
    )]);
}

#[test]
fn words_that_no_form_understands_are_open() {
    let text = "The Agreement expires on 31 March 2028. On its expiry the Agreement is carried on with the same terms.";
    let fact = read(text).facts.renewal;
    let open = fact.as_ref().map(|fact| (fact.value().is_none(), fact.status()));
    assert_eq!(open, Some((true, Status::Unresolved)));
    for text in [
        "The Agreement expires on 31 March 2028. Thereafter the fee is adjusted each year.",
        "The Agreement expires on 31 March 2028. After its expiry the Supplier shall keep the records for six years.",
    ] {
        assert!(read(text).facts.renewal.is_none(), "{text}");
    }
}
