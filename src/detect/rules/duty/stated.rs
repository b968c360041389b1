//! Duties that no word binds: said in the present tense ("the Operator pays the royalty on the tenth of each month"), as a
//! request ("Send us a report by 31 January in every year"), or as a line that says what is due and when ("Rent: £7,000 in two
//! halves on 6 April and 11 October", "on 15 January 2027 £6,000"). Each must name its days.

use super::super::pattern::pattern;
use super::super::reader::tail;
use super::actor::Who;
use super::timing::Time;
use super::{Bound, Finder};
use crate::lexicon::{Reading, dates, sums};
use crate::record::value::{DutyCategory, TimingKind};
use crate::record::{Part as _, Span};

// What somebody does, and what is done, in the present tense.
pattern!(
    DOES,
    r"\b(?:pays?|hands?\s+(?:in|over)|delivers?|sends?|submits?|remits?|provides?|files?|furnish(?:es)?|transfers?|settles?|returns?)\s"
);
pattern!(
    DONE,
    r"\b(?:(?:is|are)\s+(?:then\s+|each\s+)?(?:paid|due|debited|collected|transferred|handed\s+in|delivered|submitted|sent|furnished)|falls?\s+due|fall\s+due)\b"
);
pattern!(GETS, r"\b(?:receives?|gets?)\s");
// A line about money.
pattern!(
    OF_MONEY,
    r"^\W*(?:[0-9.]+\W+|[a-z]\W\s*)?(?:[\w-]+\s+){0,2}(?:rent|rentals?|royalt(?:y|ies)|fees?|price|charges?|payments?|salary|instal?ments?|subscription|premium|stipend|contribution|wages?)\b"
);
// A line about what is handed over.
pattern!(OF_DEEDS, r"^\W*(?:[0-9.]+\W+)?(?:[\w-]+\s+){0,2}(?:delivery|deliveries|submission|completion|handover|hand-over|installation|reports?|accounts)\b");
pattern!(LABELS, r"^[^.;:]{2,48}:\s");
// What is asked of somebody.
pattern!(
    ASKED,
    r"^\W*(?:please\s+)?(?:let\s+us\s+have|send|pay|give|return|submit|provide|file|deliver|hand\s+in|bring)\s"
);
// The day is one by which, or on which, something is done.
pattern!(ON_DAY, r"\b(?:on|by|before|than|until)\s+(?:the\s+|its\s+)?$");
// Nobody is bound by what is denied, past, or a condition.
pattern!(UNBOUND, r"^\W*(?:if|where|when|should|unless|as)\b|\b(?:not|no|never|neither|was|were|had)\b");
// Words about paying above the lines of a plan.
pattern!(PLAN, r"\b(?:pay\w*|paid|instal?ments?|cheques?|rent|fees?|price|milestones?|due)\b");

impl Finder<'_> {
    /// Reads a part of a sentence without a binding word.
    pub(super) fn stated(&mut self, i: usize, at: usize, text: &str) {
        const LONGEST: usize = 500;
        if text.len() > LONGEST || UNBOUND.is_match(text) {
            return;
        }
        let mut times = self.times(i, text);
        times.retain(|t| {
            let on_day = ON_DAY.is_match(tail(text.part(..t.range.start), 16));
            t.timing.names_its_days() || t.timing.kind == TimingKind::Absolute && on_day
        });
        if times.is_empty() {
            return;
        }
        let comes_again = times.iter().any(|t| t.timing.kind == TimingKind::Recurring);
        let heading = self.reader.heading(i);
        let labelled = |of: &super::super::pattern::Pattern| {
            LABELS.is_match(text) && of.is_match(text) || of.is_match(heading) && heading.len() < 48
        };
        let bound = Bound::new(i, text, at, 0.6);
        let does = DOES.find(text).filter(|_| comes_again);
        let subject = does.as_ref().and_then(|m| Some((m.start(), self.doer(text.part(..m.start()))?)));
        let bound = if let Some((verb, who)) = subject {
            Bound { who, verb, ..bound }
        } else if ASKED.is_match(text) {
            bound
        } else if labelled(&OF_MONEY) || comes_again && self.is_paid(text) {
            Bound { category: Some(DutyCategory::Payment), ..bound }
        } else if labelled(&OF_DEEDS) && !comes_again {
            Bound { category: Some(DutyCategory::Delivery), ..bound }
        } else {
            return;
        };
        self.emit(&bound, &times, 0);
    }

    /// Whether a sentence says what is paid to somebody: "rent is paid on the 12th", "she receives a stipend".
    fn is_paid(&self, text: &str) -> bool {
        let money = !sums(text).is_empty() || PLAN.is_match(text);
        money && (DONE.is_match(text) || GETS.is_match(text))
    }

    /// The subject before a verb in the present tense: a party, or a word that stands for one; `None` for a thing.
    fn doer(&self, before: &str) -> Option<Option<Who>> {
        pattern!(PRONOUN, r"(?:^|[\s,;])(?:it|they|he|she|we|you|i)\s*$");
        let named = self.actors.subject(before).map(|mention| mention.who);
        (named.is_some() || PRONOUN.is_match(before)).then_some(named)
    }

    /// Reads a line of a plan of payments: one day and one sum, beside another such line. `false` where it is none.
    pub(super) fn part_of_a_plan(&mut self, i: usize, span: Span, words: &str) -> bool {
        const ABOVE: usize = 12;
        let Some(time) = self.day_and_sum(words) else { return false };
        let beside = |at: Option<usize>| at.is_some_and(|at| self.day_and_sum(self.reader.sentence(at)).is_some());
        let after = Some(i + 1).filter(|&next| next < self.reader.segments.sentences.len());
        let planned = || (i.saturating_sub(ABOVE)..i).any(|at| PLAN.is_match(self.reader.sentence(at)));
        if !(beside(i.checked_sub(1)) || beside(after)) || !planned() {
            return false;
        }
        let who = self.open.as_ref().and_then(|(_, lead)| lead.who.clone());
        let bound = Bound { who, category: Some(DutyCategory::Payment), ..Bound::new(i, words, span.start(), 0.6) };
        self.emit(&bound, &[time], 0);
        true
    }

    /// The day of a line that holds one day, one sum and hardly another word.
    fn day_and_sum(&self, words: &str) -> Option<Time> {
        const LONGEST: usize = 90;
        const MOST_WORDS: usize = 4;
        if words.len() > LONGEST {
            return None;
        }
        let (sums, dates) = (sums(words), dates(words, self.style()));
        let ([sum], [date]) = (sums.as_slice(), dates.as_slice()) else { return None };
        let inside = |at: usize| sum.range.contains(&at) || date.range.contains(&at);
        let mut at = 0;
        let others = words.split_inclusive(char::is_whitespace).filter(|word| {
            let start = at;
            at += word.len();
            !inside(start) && word.contains(char::is_alphabetic)
        });
        let Reading::Known(day) = date.value.reading else { return None };
        let plain = date.value.other.is_none() && others.count() <= MOST_WORDS;
        plain.then(|| Time::on(day, date.range.clone()))
    }
}
