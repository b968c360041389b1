//! Lines of a list that say what is due and when: "Interim report: 30 June 2027", under "shall deliver no later than the dates
//! shown:".

use super::super::pattern::pattern;
use super::super::reader::tail;
use super::cue::Force;
use super::timing::Time;
use super::{Bound, Finder, category};
use crate::lexicon::{Reading, dates};
use crate::record::value::DutyCategory;
use crate::record::{Part as _, Span};

// What stands between a thing and its day.
pattern!(
    JOINS,
    r"^[^.;]*[a-z]\)?\s*(?:[:\t–—(-]\s*|,\s*|[:,(]?\s*due\s+|[:,]?\s*(?:due\s+)?(?:by|on|before|on\s+or\s+before|(?:no|not)\s+later\s+than)\s+(?:the\s+)?)$"
);
pattern!(ENDS, r"^\)?\s*(?:[.;,]|;?\s*and)?\s*$");
pattern!(THEN, r"^\s*[:\t–—-]\s*\(?[a-z]");

impl Finder<'_> {
    /// Reads a line of a list that a duty leads in. `false` where it is none.
    pub(super) fn listed(&mut self, i: usize, span: Span, words: &str) -> bool {
        const MOST: usize = 30;
        let Some((time, verb)) = self.thing_and_day(words) else { return false };
        let above = (i.saturating_sub(MOST)..i).rev().find(|&k| self.thing_and_day(self.reader.sentence(k)).is_none());
        let Some((above, lead)) = above.and_then(|k| Some((k, self.leads.get(&k)?))) else { return false };
        let leading = self.reader.sentence(above);
        if lead.force != Force::Duty || !leading.trim_end().ends_with(':') {
            return false;
        }
        let about = category::category(leading, words, self.reader.heading(i));
        let bound = Bound::new(i, words, span.start(), 0.7);
        let bound = Bound { who: lead.who.clone(), verb, lead: Some(lead.span), category: Some(about), ..bound };
        self.emit(&bound, &[time], 0);
        true
    }

    /// Reads a line of a list of stages: "Milestone 3: draft report, due 26 February 2027". `false` where it is none.
    pub(super) fn stage(&mut self, i: usize, span: Span, words: &str) -> bool {
        pattern!(STAGE, r"^\W*(?:milestone|stage|phase|deliverable)\s+[0-9]{1,2}\s*[:.–—-]?\s+[a-z]");
        // The label stands in the sentence before where its point ended one.
        pattern!(LABEL, r"(?:^|[\s;])(?:milestone|stage|phase|deliverable)\s+[0-9]{1,2}\s*[.:]\s*$");
        pattern!(NEXT_LABEL, r"\s(?:milestone|stage|phase|deliverable)\s+[0-9]{1,2}\s*[.:]?\s*$");
        pattern!(DONE, r"\b(?:was|were|completed|signed|started|starts?|begins?|began|commence[sd]?|from)\b");
        let before = i.checked_sub(1).map_or("", |above| self.reader.sentence(above));
        let words = NEXT_LABEL.find(words).map_or(words, |next| words.part(..next.start()));
        if !STAGE.is_match(words) && !LABEL.is_match(tail(before, 30)) || DONE.is_match(words) {
            return false;
        }
        let Some((time, verb)) = self.thing_and_day(words) else { return false };
        let category = Some(DutyCategory::Delivery);
        self.emit(&Bound { verb, category, ..Bound::new(i, words, span.start(), 0.6) }, &[time], 0);
        true
    }

    /// Reads an item that names a party, what it does and its day: "(b) of Purchaser - to name a manager, December 11, 2026",
    /// "Supplier: to deliver the training by 5 March 2027". `false` where it is none.
    pub(super) fn of_a_party(&mut self, i: usize, at: usize, text: &str) -> bool {
        pattern!(
            LEADS,
            r"^\W*(?:\(?(?:[a-z]|[ivx]{1,4}|[0-9]{1,2})[.)]\s+)?(?:[^:.;]{3,40}:\s+)?(?:(?:of|for|by)\s+)?(?:the\s+)?$"
        );
        pattern!(ACTS, r"^(?:\s*:|\s+[–—-])?\s+to\s+[a-z]");
        let Some((time, _)) = self.thing_and_day(text) else { return false };
        let named = self.actors.mentions(text).into_iter().next();
        let Some(named) = named.filter(|m| LEADS.is_match(text.part(..m.range.start))) else { return false };
        let Some(joint) = ACTS.find(text.part(named.range.end..)) else { return false };
        let bound = Bound::new(i, text, at, 0.7);
        self.emit(&Bound { who: Some(named.who), verb: named.range.end + joint.end() - 1, ..bound }, &[time], 0);
        true
    }

    /// The day of a line that names one thing and one day, and where the thing begins.
    fn thing_and_day(&self, words: &str) -> Option<(Time, usize)> {
        const LONGEST: usize = 120;
        if words.len() > LONGEST || !words.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let dates = dates(words, self.style());
        let [date] = dates.as_slice() else { return None };
        let Reading::Known(day) = date.value.reading else { return None };
        let (before, after) = (words.part(..date.range.start), words.part(date.range.end..));
        let last = JOINS.is_match(before) && ENDS.is_match(after);
        let first = !before.contains(char::is_alphabetic) && THEN.is_match(after);
        let thing =
            if first { words.len() - after.trim_start_matches(|c: char| !c.is_alphanumeric()).len() } else { 0 };
        (date.value.other.is_none() && (last || first)).then(|| (Time::on(day, date.range.clone()), thing))
    }
}
