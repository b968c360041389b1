//! One case of a clause on deemed receipt: the ways to send that it names, and when they count.

use std::ops::Range;

use super::forms::{DELAYS, HANDED_OVER};
use crate::calendar::{Period, Unit};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::head;
use crate::lexicon::{Class, blanked, ordinal};
use crate::phrase::{Kind, Phrase, Phrases};
use crate::record::Part as _;
use crate::record::value::{Delivery, DeliveryMethod, Effective};

// "The third business day after", "the next business day", "the following day".
pattern!(
    NTH_DAY,
    r"\b(next|following|[a-z0-9]{1,9}(?:st|nd|rd|th))\s+(?:\([^()]{1,12}\)\s+)?(?:full\s+|calendar\s+|succeeding\s+)?(?:(business|working|banking)\s+)?days?\b"
);
pattern!(DAY_AFTER, r"\b(?:(business|working|banking)\s+)?day\s+(?:next\s+)?(?:after|following)\b");
// An hour up to which a notice counts on its day; "at 9.00 am" is the hour of arrival.
pattern!(
    UNTIL,
    r"\b(?:before|after|by|to|than|until|till|past|and)\s+([0-9]{1,2}(?:[:.][0-9]{2})?\s*[ap]\.?\s?m\b\.?|[0-2]?[0-9][:.][0-5][0-9]\b(?:\s*hours)?)"
);
pattern!(OFF_DAY, r"\b(?:not|than)\s+(?:on\s+)?a\s+(?:business|working)\s+day|non-(?:business|working)\s+day");
// "Three (or ten, if posted abroad) business days": the longer time is that of other places.
pattern!(
    ALTERNATIVE,
    r"\((?:or|and)\s+[^()]{0,90}\)|\bor\s+\w+\s*,?\s+if\s+(?:posted|sent)\s+to\s+or\s+from\s[^,;]{3,60},"
);

/// When something counts: on arrival, or how long after what.
type Moment = (Effective, Option<Period>);

/// A case and its phrases.
pub(super) struct Case {
    words: String,
    phrases: Phrases,
}

impl Case {
    /// Reads a case, without the times of other places.
    pub(super) fn of(words: &str) -> Self {
        let words = blanked(words, ALTERNATIVE.find_iter(words).map(|m| m.range()));
        let phrases = Phrases::of_dealings(&words);
        Self { words, phrases }
    }

    /// Its words.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// The ways that it names, without those of a copy.
    pub(super) fn methods(&self) -> Vec<DeliveryMethod> {
        use DeliveryMethod::{CertifiedMail, Courier, Email, Fax, Mail, Personal};
        let of = |(i, p): (usize, &Phrase)| {
            let ways = [
                (Class::Hand, Personal),
                (Class::Courier, Courier),
                (Class::Registered, CertifiedMail),
                (Class::Mail, Mail),
                (Class::Posting, Mail),
                (Class::Fax, Fax),
                (Class::Email, Email),
            ];
            let way = ways.into_iter().find(|(class, _)| p.is(*class))?.1;
            // Couriers are prepaid, too.
            let paid = way == Mail && ["postage", "prepaid", "pre-paid"].contains(&self.text(p).as_str());
            (!self.is_beside(i)).then_some((way, paid))
        };
        let mut found: Vec<_> = self.phrases.list().iter().enumerate().filter_map(of).collect();
        let has = |found: &[(DeliveryMethod, bool)], way| found.iter().any(|(w, _)| *w == way);
        let proof = |p: &&Phrase| p.is(Class::Proof) && self.text(p).starts_with("return receipt");
        if has(&found, Mail) && self.phrases.list().iter().any(|p| proof(&p)) {
            found.push((CertifiedMail, false));
        }
        let certified = has(&found, CertifiedMail);
        let carried = certified || has(&found, Courier);
        found.retain(|&(way, paid)| way != Mail || !(certified || paid && carried));
        found.sort_unstable();
        let mut ways: Vec<_> = found.into_iter().map(|(way, _)| way).collect();
        ways.dedup();
        ways
    }

    /// When it takes effect.
    pub(super) fn effect(&self) -> Option<Moment> {
        let (arrives, leaves) = (self.first(|p| self.arrives(p)), self.first(|p| self.leaves(p)));
        let zero = Period::new(0, Unit::Day);
        let same_day = match (arrives, leaves) {
            (Some(a), l) if l.is_none_or(|l| a < l) => Some((Effective::Receipt, None)),
            (_, Some(_)) => Some((Effective::Dispatch, Some(zero))),
            _ => None,
        };
        let Some((period, at)) = self.delay() else { return same_day };
        // "When sent, or on the next business day if sent after 5 p.m.": the moment holds, the hour is a cut-off.
        if period.count == 1 && (self.cut_off().is_some() || OFF_DAY.is_match(&self.words)) {
            return same_day;
        }
        let behind = |p: &Phrase| (at.end..at.end + 60).contains(&p.range.start);
        let receipt = self.first(|p| behind(p) && self.arrives(p)).filter(|&r| r < at.end + 24);
        let sending = self.first(|p| behind(p) && self.leaves(p));
        // "Five days after receipt" is not a delay that sending earlier can make good.
        let on_receipt = receipt.is_some_and(|r| sending.is_none_or(|s| r < s));
        Some((if on_receipt { Effective::Receipt } else { Effective::Dispatch }, Some(period)))
    }

    /// The moment of proof: "upon confirmation of receipt of a facsimile".
    pub(super) fn proved(&self) -> Option<Moment> {
        let proof = self.phrases.list().iter().find(|p| p.is(Class::Proof)).map(|p| self.text(p))?;
        if proof.contains("receipt") || proof.contains("delivery") {
            return Some((Effective::Receipt, None));
        }
        proof.contains("transmission").then(|| (Effective::Dispatch, Some(Period::new(0, Unit::Day))))
    }

    /// What it says about one of its ways. What is handed over by hand counts then, whatever else the case delays.
    pub(super) fn of_way(&self, method: DeliveryMethod, after: Effective, delay: Option<Period>) -> Delivery {
        if method == DeliveryMethod::Personal && self.first(|p| self.arrives(p)).is_some() {
            return Delivery { method, after: Effective::Receipt, delay: None };
        }
        Delivery { method, after, delay }
    }

    /// Its delay, and the place of that.
    pub(super) fn delay(&self) -> Option<(Period, Range<usize>)> {
        let days = |unit| matches!(unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Hour | Unit::BusinessHour);
        let counted = self.phrases.lengths().find_map(|(i, p)| {
            let period = p.value.reading.known().filter(|p| days(p.unit))?;
            // Hours go on by the day: 24 hours after sending is the next day.
            let period = match period.unit {
                Unit::Hour => Period::new(period.count.div_ceil(24), Unit::Day),
                Unit::BusinessHour => Period::new(1, Unit::BusinessDay),
                _ => period,
            };
            // Longer than a month is the time of something else.
            (period.count <= 30 && DELAYS.marks(&self.phrases, i)).then(|| (period, p.range.clone()))
        });
        // "Next day delivery" is a service.
        let proof = |at: usize| self.phrases.list().iter().any(|p| p.is(Class::Proof) && p.range.contains(&at));
        let unit = |business: bool| if business { Unit::BusinessDay } else { Unit::Day };
        let nth = NTH_DAY.captures_iter(&self.words).find_map(|found| {
            let whole = found.get(0)?.range();
            let count = match &*found.get(1)?.as_str().to_ascii_lowercase() {
                "next" | "following" => 1,
                word => ordinal(word)?.value,
            };
            (!proof(whole.start)).then_some((Period::new(count, unit(found.get(2).is_some())), whole))
        });
        let after = DAY_AFTER.captures(&self.words);
        let after = after.and_then(|found| Some((Period::new(1, unit(found.get(1).is_some())), found.get(0)?.range())));
        let nth = nth.or(after);
        match (counted, nth) {
            (Some(a), Some(b)) if b.1.start < a.1.start => Some(b),
            (a, b) => a.or(b),
        }
    }

    /// The hour of the day, or the hours of business, after which the next day counts.
    pub(super) fn cut_off(&self) -> Option<String> {
        let hour = UNTIL.captures(&self.words).and_then(|c| c.get(1)).map(|m| m.as_str());
        let hours = || self.phrases.first(Class::Hours, 0).map(|p| self.words.part(p.range.clone()));
        Some(hour.or_else(hours)?.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Where the first phrase begins that `is` something.
    fn first(&self, is: impl Fn(&Phrase) -> bool) -> Option<usize> {
        self.phrases.list().iter().find(|p| is(p)).map(|p| p.range.start)
    }

    /// Whether a phrase is the moment of arrival.
    fn arrives(&self, p: &Phrase) -> bool {
        (p.is(Class::Arrive) || p.is(Class::Hand) && self.text(p).contains("deliver")) && !self.is_handed_over(p)
    }

    /// Whether a phrase is the moment of sending.
    fn leaves(&self, p: &Phrase) -> bool {
        let sent = || ["ed", "ing", "ion"].iter().any(|end| self.text(p).ends_with(end));
        p.is(Class::Send)
            || p.is(Class::Posting)
            || (p.is(Class::Email) || p.is(Class::Fax)) && sent()
            || self.is_handed_over(p)
    }

    /// Whether phrase `i` belongs to a copy that goes another way: "with a copy by email", "followed by a letter".
    fn is_beside(&self, i: usize) -> bool {
        let ends = |p: &&Phrase| p.kind == Kind::Stop || [Class::If, Class::When, Class::Upon].iter().any(|&c| p.is(c));
        let near = &self.phrases.list()[i.saturating_sub(14)..i];
        near.iter().rev().take_while(|p| !ends(p)).any(|p| p.is(Class::Copy))
    }

    fn is_handed_over(&self, p: &Phrase) -> bool {
        let at = self.phrases.list().partition_point(|q| q.range.start < p.range.start);
        p.is(Class::Arrive) && HANDED_OVER.marks(&self.phrases, at)
    }

    /// The words of a phrase, at most a line of them.
    fn text(&self, p: &Phrase) -> String {
        head(self.words.part(p.range.clone()), 60).to_ascii_lowercase()
    }
}
