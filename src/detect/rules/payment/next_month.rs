//! Days of the next month: "paid by the 20th of the month following the invoice".

use super::{Clause, PaymentDraft};
use crate::calendar::{Period, Unit};
use crate::detect::rules::pattern::{Match, contains_fold, pattern};
use crate::lexicon::Class;
use crate::record::Part as _;

// "The 20th of the month following the invoice": a day of the next month, or the end of that.
pattern!(
    NEXT_MONTH,
    r"\b(?:(end|last\s+day)|(?:[0-9]{1,2}(?:st|nd|rd|th)|[a-z-]+(?:st|nd|rd|th))\s*(?:\([^()]{1,16}\)\s*)?(?:day)?)\s+of\s+the\s+{month_after}\s*([^.;,]{0,60})"
);

impl Clause<'_> {
    /// "Paid by the end of the month following the invoice": a month after the end of its month. "By the 20th" of it is a
    /// day, and no length of time.
    pub(super) fn next_month(&self) -> Vec<PaymentDraft> {
        let Some(c) = NEXT_MONTH.captures(self.words) else { return Vec::new() };
        let billed = self.phrases.has(Class::Invoice)
            || ["account", "supply", "delivery"].iter().any(|word| contains_fold(self.words, word));
        let Some(all) = c.get(0).filter(|m| billed && self.pays_before(m.start())) else {
            return Vec::new();
        };
        let is_end = c.get(1).is_some();
        // "Of the following month": what comes behind is something else.
        let named = |m: &Match<'_>| !self.words.part(..m.start()).trim_end().ends_with("month");
        let behind = c.get(2).filter(named);
        let lead = ["that of ", "the ", "date of ", "the ", "month of ", "month ", "the "];
        let of = behind.map_or("", |m| m.as_str()).trim();
        let of = lead.iter().fold(of, |of, w| of.strip_prefix(w).unwrap_or(of));
        let of = if of.is_empty() { "invoice" } else { of };
        let month = if of.starts_with("in ") { format!("month {of}") } else { format!("month of {of}") };
        if is_end {
            let due = Some(Period::new(1, Unit::Month));
            return vec![self.draft(all.range(), due, Some(format!("end of the {month}")), 0.75)];
        }
        let mut draft = self.draft(all.range(), None, Some(month), 0.75);
        let day = self.words.part(all.start()..c.get(2).map_or(all.end(), |m| m.start())).trim().to_lowercase();
        let often = draft.frequency.take().filter(|often| !day.contains(often.as_str()));
        draft.frequency = Some(often.map_or_else(|| day.clone(), |often| format!("{often}, {day}")));
        vec![draft]
    }
}
