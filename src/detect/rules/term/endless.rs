//! Terms without an end: "carries on until ended by either party", "stays in effect until a party terminates it".

use std::ops::Range;

use crate::phrase::{Phrases, forms};

forms! {
    static ENDLESS: () = [
        () => "continue|be|then|start|contract ..12-period|number until ..6-expire|close|unless|if|period|date|number end",
            "This agreement carries on until ended by either party.",
            not "This agreement continues for two years unless terminated.";
        () => "continue|be|then|start|contract ..12-period|number until ..2 party|parties ..9-date|number notice",
            "The Agreement stays in effect until either party gives notice.",
            not "The Agreement continues until 5 May 2027.";
        () => "thing ..1-must|may until ..2 party|parties ..9-date|number notice",
            "There is no minimum term: it runs until you or we give the other one month's notice.",
            not "It may be used until the Supplier gives notice.";
        () => "continue|be|then ..4-period unless word? until ..4-expire|close|date end",
            "This contract remains in force unless and until terminated by either party.",
            not "This contract remains in force until completion of the works.";
        () => "contract|thing|continue|then be? ..5-not|party|must|be|if indefinite", "It came into force on 1 May and stays in force with no closing date.",
            not "The Company may use it without limit.";
        () => "date ..4-period|if|not|price until ..3 party|parties ..2 end", "It starts on 11 January 2027 and runs until either of us stops it.";
        () => "thing ..2-must|may|not until ..3 party|parties ..1 end", "It lasts until one of them stops it.",
            not "It may be used until the Supplier stops the line.";
        () => "date pause? ..2 indefinite", "Our retainer takes effect on 5 January 2026 and has no limit of time.";
        () => "date ..1 be indefinite", "This contract takes effect on 1 March 2026 and is open-ended.";
        () => "must ..1 end if ..1 end",
            "The term of this Agreement will end when terminated by either party.",
            not "The Agreement shall end when the services are complete.";
        () => "then pause? unless ..2 end",
            "and thereafter unless sooner terminated by either party.",
            not "and thereafter for a year.";
    ]
}

/// The words by which a sentence says that only its parties end the contract, behind byte `from`.
pub(super) fn until_ended(phrases: &Phrases, from: usize) -> Option<Range<usize>> {
    let first = phrases.list().iter().position(|p| p.range.end > from)?;
    let found = ENDLESS.find_at(phrases, first)?;
    let (a, b) = (phrases.get(found.range.start)?, phrases.get(found.range.end - 1)?);
    Some(a.range.start..b.range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let wrong = crate::phrase::wrong(&ENDLESS);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn until_somebody_ends_it() {
        let read = |s: &str| until_ended(&Phrases::of(s), 0).is_some();
        for s in [
            "This agreement starts on 1 April 2026 and carries on until ended by either party on three months' notice.",
            "The Agreement is effective March 1, 2026 and stays in effect until a party terminates it.",
            "This Agreement shall remain in full force and effect until terminated as provided herein.",
            "The tenancy runs until it is brought to an end by either party.",
            "Your subscription continues until you cancel it.",
            "The contract shall continue until terminated by either Party giving not less than 60 days notice.",
            "It shall be effective as of the date hereof until cancelled by the Supplier.",
            "The appointment will continue until the Company tells the Agent otherwise in writing.",
            "This Agreement commences on 1 April 2026 and shall continue, unless terminated earlier, until either party gives to \
             the other not less than three months' written notice to terminate.",
            "The engagement is valid until either party gives one month's notice.",
            "This SLA continues until terminated.",
        ] {
            assert!(read(s), "{s}");
        }
        for s in [
            "The Agreement continues for three years, until terminated for cause or expiry.",
            "The Agreement runs until 31 March 2029 unless ended sooner.",
            "The lease continues until the expiry of the licence.",
            "This Agreement remains in force until completion of the services.",
        ] {
            assert!(!read(s), "{s}");
        }
    }
}
