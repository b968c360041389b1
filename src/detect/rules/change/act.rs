//! What a document does to another agreement as a whole: it ends it, says when it began, or lets a party step in. "We do not
//! renew the Agreement"; "the Tenant surrenders the Lease with effect from 24 December 2026"; "the Commencement Date is 9 February
//! 2026"; "in place of the Outgoing Party".

use jiff::civil::Date;

use crate::detect::rules::pattern::{Match, contains_fold, pattern};
use crate::detect::rules::reader::tail;
use crate::detect::rules::title::{begins_another, ends_another, moves_another};
use crate::lexicon::{DateStyle, dates};
use crate::record::Part as _;
use crate::record::value::change::{Change, ChangeAction};

pattern!(ENDED, exact, r"(?i){acted_on}[^.;]{0,140}?\s{ended_so}");
pattern!(ENDS, exact, r"(?i){ends_it}");
pattern!(NOT_RENEWED, exact, r"(?i){not_renewed}");
// What somebody may do, or would, and does not do here.
pattern!(pub(in super::super) PERHAPS, exact, r"(?i){only_perhaps}");
pattern!(MOVED, exact, r"(?i){party_replaced}");
pattern!(BEGUN, exact, r"(?i){begun_on}");
pattern!(
    LAST,
    ["expire/expires/expiring/end/ends/ending/terminates on/at", "expiration/expiry/termination/end date ..40 is"]
);
// What a notice says before it says what it does.
pattern!(GIVES, ["give/gives/giving/serve/serves/serving ..30 notice", "notify/notifies/notice that/notice of"]);
// The date of another document, or the one that is left behind.
pattern!(
    OTHER_DATE,
    exact,
    r"(?i)\b(?:dated|made|signed|executed|concluded|entered\s+into|instead|rather|place)(?:\s+(?:and|as|of|on|the|than|at))*\s*$|\b(?:agreement|contract|lease|tenancy)\s+of\s*$"
);
pattern!(AT_DATE, exact, r"(?i)\b(?:from|on|of|at|by|effective|until|to|is|midnight|date)\W*$");

// In a document that is not there to end anything, these words tell what was agreed before.
pattern!(
    TELLS,
    [
        "^ whereas/background/recital",
        "which/that/and/it ends/terminates/expires/lapses",
        "lease/agreement/contract ends/expires"
    ]
);

/// What a document may do to the whole of another agreement, by its title and by how it names it.
#[expect(clippy::struct_excessive_bools, reason = "independent things that one document may do")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Acts {
    ends: bool,
    begins: bool,
    moves: bool,
    /// The document does nothing but speak of the other agreement.
    is_letter: bool,
    /// It is what one party says.
    is_notice: bool,
}

impl Acts {
    /// Those of a document with this title; `is_letter`: it has no kind of its own. `refuses`: it says that somebody does not renew.
    pub(super) fn of(title: Option<&str>, is_letter: bool, refuses: bool) -> Self {
        let is = |does: fn(&str) -> bool| title.is_some_and(does);
        let titled = |words: &[&str]| title.is_some_and(|t| words.iter().any(|w| contains_fold(t, w)));
        let is_notice = titled(&["notice"]) || refuses && !titled(&["agreement", "deed"]) || is_letter;
        Self { ends: is(ends_another), begins: is(begins_another), moves: is(moves_another), is_letter, is_notice }
    }

    /// What one sentence does; `names`: it names the other agreement. With the name of the rule.
    pub(super) fn read(self, words: &str, names: bool, style: DateStyle) -> Vec<(Change, &'static str)> {
        if self.begins {
            return begun(words, style);
        }
        self.one(words, names, style).into_iter().collect()
    }

    fn one(self, words: &str, names: bool, style: DateStyle) -> Option<(Change, &'static str)> {
        let may = |by_title: bool| by_title || names || self.is_letter;
        if may(self.ends)
            && let Some((change, rule)) = ended(words, style)
            && (self.ends || !TELLS.is_match(words))
        {
            let rule = if self.is_notice { "change.notice" } else { rule };
            return Some((change, rule));
        }
        // "As if it were a party" is no condition.
        let moved =
            MOVED.find(words).filter(|verb| !PERHAPS.is_match(&words.part(..verb.start()).replace("as if", "as")));
        (moved.is_some() && (self.moves || names))
            .then(|| (Change::of(ChangeAction::PartyReplaced, None), "change.party"))
    }
}

/// Whether a sentence says that somebody does not renew.
pub(super) fn refuses(words: &str) -> bool {
    NOT_RENEWED.is_match(words)
}

/// The day on which the agreement began, and that on which it ends then.
fn begun(words: &str, style: DateStyle) -> Vec<(Change, &'static str)> {
    let on = |action, verb: Match<'_>| {
        let until = Some(day_behind(words, verb.end(), style)?);
        Some((Change { until, ..Change::of(action, None) }, "change.begun"))
    };
    let start = BEGUN.find(words).and_then(|verb| on(ChangeAction::Begun, verb));
    let end = LAST.find(words).and_then(|verb| on(ChangeAction::Extended, verb));
    start.into_iter().chain(end).collect()
}

/// That a sentence ends the agreement, or keeps it from renewing.
fn ended(words: &str, style: DateStyle) -> Option<(Change, &'static str)> {
    let verbs: [Option<Match<'_>>; 3] = [NOT_RENEWED.find(words), ENDS.find(words), ENDED.find(words)];
    let verb = verbs.into_iter().flatten().min_by_key(super::super::pattern::Match::start)?;
    if PERHAPS.is_match(words.part(..verb.end())) {
        return None;
    }
    // "Ends" of the gap before a verb are not its own.
    let from = if ENDED.find(words).is_some_and(|e| e.start() == verb.start()) { verb.start() } else { verb.end() };
    let until = day(words, from, style);
    let rule = if GIVES.is_match(words) || NOT_RENEWED.is_match(words) { "change.notice" } else { "change.ended" };
    Some((Change { until, ..Change::of(ChangeAction::Ended, None) }, rule))
}

/// The first day behind a verb.
fn day_behind(words: &str, verb: usize, style: DateStyle) -> Option<Date> {
    let found = dates(words.part(verb..), style).into_iter().find(|d| d.value.other.is_none() && d.range.start < 60)?;
    found.value.reading.known()
}

/// The day of what a sentence does: the first behind its verb, else the last before it.
fn day(words: &str, verb: usize, style: DateStyle) -> Option<Date> {
    let own = |at: usize| {
        let left = tail(words.part(..at), 40);
        !OTHER_DATE.is_match(left) && AT_DATE.is_match(left)
    };
    let found = dates(words, style).into_iter().filter(|d| d.value.other.is_none() && own(d.range.start));
    let (before, behind): (Vec<_>, Vec<_>) = found.partition(|d| d.range.start < verb);
    behind.first().or(before.last()).and_then(|d| d.value.reading.known())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lexicon::DateOrder;

    fn read(words: &str, title: &str) -> Option<Change> {
        let style = DateStyle::of(words, DateOrder::Unknown);
        Acts::of(Some(title), false, false).read(words, false, style).into_iter().next().map(|(change, _)| change)
    }

    #[test]
    fn what_ends_an_agreement() {
        for words in [
            "The Tenant surrenders and yields up the premises to the Landlord with effect from 24 December 2026 (the \"Surrender \
             Date\"), on which day the term of the Lease shall come to an end.",
            "The Agreement is surrendered on 24 December 2026.",
            "The Services Agreement dated 2 November 2025 shall end on 24 December 2026 and neither party has any further claim.",
            "We give you notice that we terminate the Services Agreement dated 2 November 2025 between us with effect from 24 \
             December 2026.",
            "It will end on 24 December 2026.",
            "With effect from 24 December 2026 the Contract is hereby terminated.",
            "The parties agree to bring the Contract to an end on 24 December 2026.",
            "The Customer terminates its subscription effective 24 December 2026.",
            "The Lease made on 3 May 2020 will therefore expire on 24 December 2026.",
            "We cancel our order with effect on 24 December 2026.",
            "The tenancy will come to an end at midnight on 24 December 2026.",
            "We hereby give notice to terminate the Contract on 24 December 2026.",
            "The Engagement shall cease on 24 December 2026 instead of 31 March 2028.",
            "We do not wish to renew the Agreement of 3 May 2020, which ends on 24 December 2026.",
            "The licence is mutually terminated as of 24 December 2026.",
            "Both parties rescind the Agreement with effect from 24 December 2026.",
            "From 24 December 2026 the Agreement has no further effect.",
            "The Supplier has elected not to renew the term that ends on 24 December 2026.",
            "The Agreement terminates on 24 December 2026.",
            "The Agreement shall be terminated by mutual consent on 24 December 2026.",
        ] {
            let found = read(words, "DEED OF SURRENDER");
            let found = found.filter(|change| change.action == ChangeAction::Ended).and_then(|change| change.until);
            assert_eq!(found, Some(date(2026, 12, 24)), "{words}");
        }
    }

    #[test]
    fn what_ends_nothing() {
        for words in [
            "If the Tenant fails to pay, the Lease will end on 24 May 2026.",
            "Either party may terminate the Contract on 24 December 2026.",
            "Nothing in this deed terminates the Agreement.",
            "Until that date the Contract continues on its terms.",
            "The Surgery shall pay the last invoice by 31 March 2027.",
        ] {
            assert_eq!(read(words, "DEED OF SURRENDER"), None, "{words}");
        }
        assert_eq!(read("The Contract ends on 24 December 2026.", "FIRST AMENDMENT"), None);
    }

    #[test]
    fn beginnings_and_parties() {
        let title = "COMMENCEMENT DATE MEMORANDUM";
        for words in [
            "The parties agree that the Commencement Date of the Lease is February 9, 2026 and that its term expires on March 31, \
             2031.",
            "The parties confirm that it began on February 9, 2026 and that it ends on March 31, 2031.",
            "The term of the Lease commenced on February 9, 2026.",
        ] {
            let found = read(words, title).filter(|change| change.action == ChangeAction::Begun);
            assert_eq!(found.and_then(|change| change.until), Some(date(2026, 2, 9)), "{words}");
        }
        let words = "The parties confirm that it began on February 9, 2026 and that it ends on March 31, 2031.";
        let both = Acts::of(Some(title), false, false).read(words, false, DateStyle::of(words, DateOrder::Unknown));
        let last = both.last().and_then(|(change, _)| Some((change.action, change.until?)));
        assert_eq!(last, Some((ChangeAction::Extended, date(2031, 3, 31))));
        for words in [
            "The Incoming Party shall perform the Contract and be bound by its terms as if it were the original party to it in place of \
             the Outgoing Party.",
            "The Incoming Party shall perform the Contract in place of the Outgoing Party.",
            "The Incoming Party takes the place of the Outgoing Party in the Agreement.",
            "The Assignor assigns to the Assignee the benefit of the Agreement.",
            "The Agreement is novated to Sedgeley Linen Limited.",
            "The Transferor transfers all its rights and obligations under the Contract to the Transferee.",
            "The New Supplier is substituted for the Old Supplier as party to the Contract.",
            "From 1 January 2027 the Assignee assumes all obligations of the Assignor under the Agreement.",
            "The Assignor hereby assigns and transfers to the Assignee all its right, title and interest in the Lease.",
            "The Existing Supplier novates the Contract to the New Supplier.",
            "The New Tenant steps into the position of the Old Tenant.",
        ] {
            let found = read(words, "DEED OF NOVATION").map(|change| change.action);
            assert_eq!(found, Some(ChangeAction::PartyReplaced), "{words}");
        }
    }
}
