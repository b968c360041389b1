//! Days named by the week: "the first Monday of December 2026", "the last Saturday in August of the year 2029".

use super::{DateText, Reading, Scan, civil};
use crate::lexicon::named_day::weekday_at;
use crate::lexicon::number::ordinal_at;

impl Scan<'_> {
    /// The weekday of a month of one year at token `i`, and the token after it.
    pub(super) fn nth_weekday(&self, i: usize) -> Option<(DateText, usize)> {
        let t = self.tokens;
        let (nth, at) = if t.is_word(i, &["last"]) { (-1, i + 1) } else { ordinal(self, i)? };
        let weekday = weekday_at(t, at)?.weekday()?;
        let at = at + 1 + usize::from(t.is_word(at + 1, &["of", "in"]));
        let (month, at) = self.month(at)?;
        let (year, next) = self.year(at, false)?;
        let day = civil(year.known()?, i16::from(month), 1)?.nth_weekday_of_month(nth, weekday).ok()?;
        Some((DateText { reading: Reading::Known(day), other: None }, next))
    }
}

fn ordinal(scan: &Scan<'_>, i: usize) -> Option<(i8, usize)> {
    let (n, next) = ordinal_at(scan.tokens, i)?;
    Some((i8::try_from(n).ok().filter(|n| (1..=5).contains(n))?, next))
}
