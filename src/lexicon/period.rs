//! Lengths of time: "60-day", "three (3) years", "four years and six months", `[***] days`.

use super::number::{Number, number, ordinal_at};
use super::token::{Kind, Tokens};
use super::{Found, Reading};
use crate::calendar::{Period, Unit};
use tickler_pdf::cite::Part as _;

/// A length of time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodText {
    /// The length, or why it is not known.
    pub reading: Reading<Period>,
    /// Words and figure differ; the words were taken (R16).
    pub disputed: bool,
    /// Written with an article only, as in "a year": often a rate ("twice a year"), so the context must confirm it.
    pub article: bool,
    /// "Clear days": neither end counts (R4).
    pub clear: bool,
}

impl PeriodText {
    /// Whether it is one month.
    #[must_use]
    pub fn is_month(&self) -> bool {
        self.reading == Reading::Known(Period::new(1, Unit::Month))
    }
}

/// All lengths of time in `text`, in order.
#[must_use]
pub fn periods(text: &str) -> Vec<Found<PeriodText>> {
    let tokens = Tokens::of(text);
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(first) = tokens.get(i) {
        if let Some((value, next)) = period(&tokens, i).or_else(|| hole(&tokens, i)) {
            out.push(Found { value, range: first.start..tokens.end(next - 1) });
            i = next;
        } else {
            // A number that is no length of time is passed as a whole, or "one hundred days" would give "days" twice.
            i = number(&tokens, i).map_or(i + 1, |(_, next)| next.max(i + 1));
        }
    }
    out
}

/// A number filled into brackets: the 45 of `[45] days`.
fn filled(tokens: &Tokens<'_>, i: usize) -> Option<(Number, usize)> {
    let (value, close) = number(tokens, i + 1).filter(|_| tokens.is(i, Kind::Open))?;
    tokens.is(close, Kind::Close).then_some((value, close + 1))
}

/// A length of time whose number was never filled in and left no line: "at least      days".
fn hole(tokens: &Tokens<'_>, i: usize) -> Option<(PeriodText, usize)> {
    let before = i.checked_sub(1)?;
    if !tokens.is_word(before, &["least", "than"]) || tokens.is_word(i, &["one"]) {
        return None;
    }
    let (_, clear, next) = unit_at(tokens, i)?;
    let last = tokens.word(next - 1)?;
    let reading = Reading::Blank;
    last.ends_with('s').then_some((PeriodText { reading, disputed: false, article: false, clear }, next))
}

/// What the figure says in `raw`, a length of time whose words (they make `period`) and figure differ: the 60 days of
/// "thirty (60) days".
#[must_use]
pub fn disputed_figure(raw: &str, period: Period) -> Option<Period> {
    let open = raw.find(['(', '['])?;
    let figure = Period::new(super::count(raw.part(open..))?.value, period.unit);
    (figure != period).then_some(figure)
}

/// The unit that a word names.
fn unit(word: &str) -> Option<Unit> {
    let table: [(&[&str], Unit); 8] = [
        (&["day", "days", "dys"], Unit::Day),
        (&["week", "weeks", "wk", "wks"], Unit::Week),
        (&["month", "months", "mos", "mths"], Unit::Month),
        (&["quarter", "quarters"], Unit::Quarter),
        (&["year", "years", "yr", "yrs"], Unit::Year),
        (&["hour", "hours", "hrs", "hr"], Unit::Hour),
        (&["minute", "minutes", "mins"], Unit::Minute),
        (&["workday", "workdays"], Unit::BusinessDay),
    ];
    table.iter().find(|(names, _)| names.iter().any(|n| word.eq_ignore_ascii_case(n))).map(|&(_, u)| u)
}

const ADJECTIVES: [&str; 34] = [
    "calendar",
    "consecutive",
    "full",
    "whole",
    "successive",
    "additional",
    "further",
    "extra",
    "complete",
    "contract",
    "fiscal",
    "continuous",
    "more",
    "other",
    "entire",
    "elapsed",
    "separate",
    "renewal",
    "subsequent",
    "annual",
    "lunar",
    "academic",
    "school",
    "lease",
    "licence",
    "license",
    "membership",
    "service",
    "supply",
    "subscription",
    "program",
    "programme",
    "grazing",
    "operating",
];

/// A unit with the words before it from token `i`: the unit, whether the days are clear ones, the token after it.
fn unit_at(tokens: &Tokens<'_>, i: usize) -> Option<(Unit, bool, usize)> {
    let (mut at, mut business, mut clear) = (place(tokens, i), false, false);
    for _ in 0..4 {
        if tokens.is(at, Kind::Dash) {
            at += 1;
        } else if tokens.is_word(at, &["or"]) && tokens.is_word(at + 1, &["more"]) {
            // "Ninety or more days".
            at += 2;
        } else if tokens.is_word(at, &["business", "working", "banking", "trading"]) {
            business = true;
            at += 1;
        } else if tokens.is_word(at, &["clear"]) {
            clear = true;
            at += 1;
        } else if tokens.is_word(at, &ADJECTIVES) {
            at += 1;
        } else {
            break;
        }
    }
    let mut unit = unit(tokens.word(at)?)?;
    at += 1;
    if business {
        unit = match unit {
            Unit::Day => Unit::BusinessDay,
            Unit::Hour => Unit::BusinessHour,
            other => other,
        };
    }
    Some((unit, clear, at))
}

/// The token after the name of a place before working days: "two New York Business Days".
fn place(tokens: &Tokens<'_>, i: usize) -> usize {
    let capital = |at: usize| {
        tokens.word(at).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()) && unit(w).is_none())
    };
    let working = ["business", "working", "banking", "trading", "workday", "workdays"];
    (i + 1..=i + 3).find(|&at| tokens.is_word(at, &working)).filter(|&at| (i..at).all(capital)).unwrap_or(i)
}

/// The length `number` of `unit`; fractions go to the next smaller unit where that is exact.
fn length(number: Number, unit: Unit) -> Option<Period> {
    if let Some(count) = number.whole() {
        return Some(Period::new(count, unit));
    }
    let (factor, smaller) = match unit {
        Unit::Year => (12, Unit::Month),
        Unit::Quarter => (3, Unit::Month),
        Unit::Week => (7, Unit::Day),
        Unit::Day => (24, Unit::Hour),
        Unit::Hour => (60, Unit::Minute),
        _ => return None,
    };
    let scaled = number.thousandths.checked_mul(factor)?;
    scaled.is_multiple_of(1000).then(|| u32::try_from(scaled / 1000).ok()).flatten().map(|n| Period::new(n, smaller))
}

/// A length of time from token `i`, and the token after it.
fn period(tokens: &Tokens<'_>, i: usize) -> Option<(PeriodText, usize)> {
    let plain = PeriodText { reading: Reading::Blank, disputed: false, article: false, clear: false };
    if let Some(gap) = tokens.gap(i) {
        // "[***] ([***]) months", "____ (__) days".
        let mut at = i + 1;
        while tokens.gap(at).is_some() {
            at += 1;
        }
        let (_, _, next) = unit_at(tokens, at)?;
        let reading = if gap == Reading::Redacted { Reading::Redacted } else { Reading::Blank };
        return Some((PeriodText { reading, ..plain }, next));
    }
    if tokens.is_word(i, &["a", "an"]) {
        let (unit, clear, next) = unit_at(tokens, i + 1)?;
        return Some((
            PeriodText { reading: Reading::Known(Period::new(1, unit)), article: true, clear, ..plain },
            next,
        ));
    }
    if let Some(day) = counted_day(tokens, i) {
        return Some(day);
    }
    let (mut value, next) = number(tokens, i).or_else(|| filled(tokens, i))?;
    // "sixty (60 days)": the unit stands inside the bracket.
    if tokens.is(next, Kind::Open)
        && let Some((inner, at)) = number(tokens, next + 1)
        && let Some((unit, clear, close)) = unit_at(tokens, at)
        && tokens.is(close, Kind::Close)
    {
        value.disputed |= inner.thousandths != value.thousandths;
        let reading = Reading::Known(length(value, unit)?);
        return Some((PeriodText { reading, disputed: value.disputed, clear, ..plain }, close + 1));
    }
    // "Ninety (90), days": the mark of an aside that was put in.
    let aside = tokens.is_mark(next, ",") && tokens.is(next - 1, Kind::Close);
    let (unit, clear, mut next) = unit_at(tokens, next + usize::from(aside))?;
    let mut total = length(value, unit)?;
    // "two years (2)".
    if tokens.is(next, Kind::Open)
        && let Some((figure, close)) = number(tokens, next + 1)
        && tokens.is(close, Kind::Close)
    {
        value.disputed |= figure.thousandths != value.thousandths;
        next = close + 1;
    }
    if let Some((more, after)) = rest(tokens, next, total) {
        total = more;
        next = after;
    }
    Some((PeriodText { reading: Reading::Known(total), disputed: value.disputed, clear, ..plain }, next))
}

/// "The thirtieth (30th) day before", "the fifteenth day following": a day that is counted is a length of time.
fn counted_day(tokens: &Tokens<'_>, i: usize) -> Option<(PeriodText, usize)> {
    let (count, at) = ordinal_at(tokens, i)?;
    let (unit, clear, next) = unit_at(tokens, at)?;
    let counted = matches!(unit, Unit::Day | Unit::BusinessDay)
        && tokens.is_word(next, &["before", "prior", "preceding", "after", "following"]);
    let reading = Reading::Known(Period::new(count, unit));
    counted.then_some((PeriodText { reading, disputed: false, article: false, clear }, next))
}

/// The second part of "four years and six months": the sum and the token after it.
fn rest(tokens: &Tokens<'_>, i: usize, first: Period) -> Option<(Period, usize)> {
    let at = i + usize::from(tokens.is_mark(i, ","));
    let at = at + usize::from(tokens.is_word(at, &["and"]));
    // Without a word or mark between them two lengths are two values.
    if at == i {
        return None;
    }
    let (value, next) = number(tokens, at)?;
    let (unit, _, next) = unit_at(tokens, next)?;
    let second = length(value, unit)?;
    let sum = match (first.unit, second.unit) {
        (Unit::Year, Unit::Month) => Period::new(first.months()?.checked_add(second.count)?, Unit::Month),
        (Unit::Week, Unit::Day) => Period::new(first.days()?.checked_add(second.count)?, Unit::Day),
        (Unit::Hour, Unit::Minute) => {
            Period::new(first.count.checked_mul(60)?.checked_add(second.count)?, Unit::Minute)
        }
        _ => return None,
    };
    Some((sum, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        use Unit::{BusinessDay, Day, Hour, Minute, Month, Quarter, Week, Year};
        for (text, count, unit) in [
            ("60-day", 60, Day),
            ("thirty (30) days", 30, Day),
            ("thirty (30)-day", 30, Day),
            ("thirty-day", 30, Day),
            ("sixty(60) days", 60, Day),
            ("thirty [30] days", 30, Day),
            ("three (3) years", 3, Year),
            ("eighteen months", 18, Month),
            ("one (1) year", 1, Year),
            ("one (I) year", 1, Year),
            ("two years (2)", 2, Year),
            ("1.5 years", 18, Month),
            ("two and one-half years", 30, Month),
            ("two and one-half (2 1/2) years", 30, Month),
            ("four years and six months", 54, Month),
            ("four (4) years, six (6) months", 54, Month),
            ("five (5) Business Days", 5, BusinessDay),
            ("ten working days", 10, BusinessDay),
            ("ten (10) New York Business Days", 10, BusinessDay),
            ("one South African workday", 1, BusinessDay),
            ("forty-eight (48) hours", 48, Hour),
            ("2 quarters", 2, Quarter),
            ("sixty (60 days)", 60, Day),
            ("Thirty-six (36) months", 36, Month),
            ("three calendar months", 3, Month),
            ("12 consecutive months", 12, Month),
            ("3~year", 3, Year),
            ("6 weeks", 6, Week),
            ("two (2) additional years", 2, Year),
            ("1 hour and 30 minutes", 90, Minute),
            ("ninety (90), days", 90, Day),
        ] {
            let found = periods(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].value.reading, Reading::Known(Period::new(count, unit)), "{text}");
            assert_eq!(found[0].range, 0..text.len(), "{text}");
            assert!(!found[0].value.disputed, "{text}");
        }
    }

    #[test]
    fn counted_days() {
        for (text, want) in [
            ("up to the thirtieth day before the term ends", Some((30, Unit::Day))),
            ("by the ninetieth (90th) day prior to expiry", Some((90, Unit::Day))),
            ("not later than the 10th business day before the end", Some((10, Unit::BusinessDay))),
            ("on the tenth day of May", None),
            ("the third day after the notice", Some((3, Unit::Day))),
            ("on the fifteenth day following receipt", Some((15, Unit::Day))),
        ] {
            let found = periods(text).first().map(|p| p.value.reading);
            assert_eq!(found, want.map(|(n, unit)| Reading::Known(Period::new(n, unit))), "{text}");
        }
    }

    #[test]
    fn gaps_and_disputes() {
        let one = |t: &str| periods(t)[0].value;
        assert_eq!(one("[***] months").reading, Reading::Redacted);
        assert_eq!(one("[* * *] ([* * *]) days").reading, Reading::Redacted);
        assert_eq!(one("*** months").reading, Reading::Redacted);
        assert_eq!(one("____ (__) days").reading, Reading::Blank);
        assert_eq!(one("[●] days").reading, Reading::Blank);
        assert!(one("ninety (60) days").disputed);
        assert_eq!(one("ninety (60) days").reading, Reading::Known(Period::new(90, Unit::Day)));
        assert!(one("twice a year").article);
        assert!(one("14 clear days").clear);
        assert_eq!(periods("one hundred and eighty (180) days").len(), 1);
        assert_eq!(periods("two thousand dollars, the year 2020").len(), 0);
    }
}
