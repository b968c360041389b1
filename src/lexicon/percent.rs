//! Shares of a hundred: "99.9%", "ninety-nine point five percent (99.5%)", "five per cent"; and exact decimal numbers.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Found;
use super::number::number;
use super::token::Tokens;
use tickler_pdf::cite::Part as _;

/// Millionths in one.
const SCALE: i64 = 1_000_000;

/// A decimal number of at most six places, exact: 99.9 is not 99.90000000000001.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "f64", into = "f64")]
#[schemars(with = "f64")]
pub struct Decimal {
    millionths: i64,
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub const fn whole(n: u32) -> Self {
        Self { millionths: n as i64 * SCALE }
    }

    /// `n` millionths.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self { millionths }
    }

    /// The number in millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.millionths
    }

    /// The sum of both; the greatest or least number where it would be beyond that.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self { millionths: self.millionths.saturating_add(other.millionths) }
    }

    /// `n` times the number; the greatest or least number where it would be beyond that.
    #[must_use]
    pub const fn saturating_mul(self, n: u32) -> Self {
        Self { millionths: self.millionths.saturating_mul(n as i64) }
    }

    /// A number in figures, such as `99.95` or `1,000`; `None` for anything else and for more than six places.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let whole: String = whole.chars().filter(|c| *c != ',').collect();
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(&whole) || whole.len() > 9 || !part.is_empty() && !digits(part) || part.len() > 6 {
            return None;
        }
        let places: i64 = format!("{part:0<6}").parse().ok()?;
        Some(Self { millionths: whole.parse::<i64>().ok()? * SCALE + places })
    }

    /// The nearest number to `n` with six places.
    #[must_use]
    pub fn nearest(n: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "saturates; contracts hold no numbers of this size")]
        let millionths = (n * 1e6).round() as i64;
        Self { millionths }
    }

    /// How many decimal places the number needs.
    #[must_use]
    pub fn places(self) -> u32 {
        let mut rest = self.millionths.unsigned_abs();
        let mut places = 6;
        while places > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            places -= 1;
        }
        places
    }
}

impl From<f64> for Decimal {
    fn from(n: f64) -> Self {
        Self::nearest(n)
    }
}

impl From<Decimal> for f64 {
    fn from(d: Decimal) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "contracts hold no numbers of this size")]
        let n = d.millionths as f64;
        n / 1e6
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.millionths.unsigned_abs();
        let sign = if self.millionths < 0 { "-" } else { "" };
        let scale = SCALE.unsigned_abs();
        let part = format!("{:06}", n % scale);
        let part = part.trim_end_matches('0');
        let dot = if part.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{dot}{part}", n / scale)
    }
}

/// All percentages in `text`, in order. A figure in brackets after words is the value of both.
#[must_use]
pub fn percents(text: &str) -> Vec<Found<Decimal>> {
    let mut out: Vec<Found<Decimal>> = Vec::new();
    for (at, len) in signs(text) {
        let before = text.part(..at).trim_end_matches([' ', ')', '(']);
        let figure = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || ".,".contains(c)).len();
        let read = if figure > 0 {
            let digits = before.part(before.len() - figure..).trim_start_matches(['.', ',']);
            Decimal::parse(digits).map(|value| (value, before.len() - digits.len()))
        } else {
            words(before)
        };
        let Some((value, start)) = read else { continue };
        // "five percent (5%)" and "ninety-nine point nine percent (99.9%)" say one thing twice; the figure is exact.
        if let Some(last) = out.last_mut()
            && text.get(last.range.end..start).is_some_and(|gap| gap.trim() == "(")
        {
            last.value = value;
            let close = usize::from(text.part(at + len..).starts_with(')'));
            last.range.end = at + len + close;
            continue;
        }
        out.push(Found { value, range: start..at + len });
    }
    out
}

/// Places and lengths of `%`, `percent` and `per cent`.
fn signs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(i, b)| match b {
        b'%' => Some((i, 1)),
        b'p' | b'P' => ["percent", "per cent"].iter().find_map(|w| {
            let found = bytes.get(i..i + w.len())?.eq_ignore_ascii_case(w.as_bytes());
            // "percentage" is no sign.
            let ends = !bytes.get(i + w.len()).is_some_and(u8::is_ascii_alphabetic);
            (found && ends && i > 0 && !bytes[i - 1].is_ascii_alphabetic()).then_some((i, w.len()))
        }),
        _ => None,
    })
}

/// The number in words with which `text` ends, and where it begins.
fn words(text: &str) -> Option<(Decimal, usize)> {
    let mut from = text.len().saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tokens = Tokens::of(text.part(from..));
    (0..tokens.len()).find_map(|i| {
        let (n, next) = number(&tokens, i)?;
        let value = Decimal::from_millionths(i64::try_from(n.thousandths).ok()?.checked_mul(1000)?);
        (next == tokens.len()).then_some((value, from + tokens.get(i)?.start))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phrasings() {
        for (text, want) in [
            ("99.9%", "99.9"),
            ("at 99.999 % of the time", "99.999"),
            ("ninety-nine point nine percent (99.9%)", "99.9"),
            ("twenty percent (20%)", "20"),
            ("five per cent", "5"),
            ("one and one-half percent (1.5%)", "1.5"),
            ("one and one-half percent per month", "1.5"),
            ("95 percent", "95"),
            ("(1.5)%", "1.5"),
        ] {
            let found = percents(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].value.to_string(), want, "{text}");
        }
        assert!(percents("a percentage of the fee; per centre").is_empty());
        assert_eq!(percents("between 98.0% and 98.99%: 10%").len(), 3);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(n in 0_i64..1_000_000_000_000) {
            let d = Decimal::from_millionths(n);
            prop_assert_eq!(Decimal::parse(&d.to_string()), Some(d));
            prop_assert_eq!(percents(&format!("x {d}% y"))[0].value, d);
            prop_assert_eq!(Decimal::from(f64::from(d)), d);
        }
    }
}
