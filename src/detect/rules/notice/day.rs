//! Notice by a day that the contract names: "by 31 August 2026", "on or before October 1 of each year".

use super::head;
use super::tail;
use crate::detect::rules::pattern::pattern;
use crate::lexicon::ordinal;
use crate::record::value::{NoticeDay, NoticeTerm, RenewalNotice};

// A day of a month, with its year or without one, after words that make it the last day.
pattern!(
    DAY,
    r"\b(on\s+or\s+before|on\s+or\s+prior\s+to|no\s+later\s+than|not\s+later\s+than|prior\s+to|before|by)\s+(?:the\s+)?(?:([0-9]{1,2}(?:\s?(?:st|nd|rd|th))?|[a-z]+(?:-[a-z]+)?\s*(?:\([^()]{1,6}\)\s*)?day\s+of)\s+(?:day\s+)?(?:of\s+)?(january|february|march|april|may|june|july|august|september|october|november|december)|(january|february|march|april|may|june|july|august|september|october|november|december)\s+([0-9]{1,2})(?:\s?(?:st|nd|rd|th))?)\b(?:\s*,?\s*(?:of\s+)?((?:19|20)[0-9]{2})\b)?"
);
// Words of telling the other side.
pattern!(TELLS, r"\bnoti(?:f|ce)|\bin\s+writing\b|\badvise|\binform|\belects?\b|\bobjects?\b");
// The day is that of something else.
pattern!(OTHER_DAY, r"\b(?:dated|paid|pay|payment|invoice\w*|deliver(?:ed|y)|effective|reports?|budget)\b");

/// The way to give notice that `words`, a sentence about renewal, names a day for.
pub(super) fn read(words: &str) -> Option<RenewalNotice> {
    let mut from = 0;
    while let Some(c) = DAY.captures(&words[from..]) {
        let whole = c.get(0)?;
        let before = tail(&words[..from + whole.start()], 140);
        let told = TELLS.is_match(before) || TELLS.is_match(head(&words[from + whole.end()..], 60));
        from += whole.end();
        if !told || OTHER_DAY.is_match(tail(before, 50)) {
            continue;
        }
        let (month, day) = (c.get(3).or_else(|| c.get(4))?.as_str(), c.get(2).or_else(|| c.get(5))?.as_str());
        let day = match day.trim_end_matches(|c: char| !c.is_ascii_digit()).parse() {
            Ok(day) => day,
            Err(_) => i8::try_from(ordinal(day)?.value).ok()?,
        };
        let year = c.get(6).and_then(|y| y.as_str().parse().ok());
        return Some(RenewalNotice {
            by: None,
            term: NoticeTerm::Any,
            period: None,
            figure: None,
            on: Some(NoticeDay::new(year, number(month)?, day)?),
            window_opens: None,
            comparator: c.get(1).map(|m| m.as_str().to_ascii_lowercase()),
        });
    }
    None
}

/// The number of a month written out.
fn number(month: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(&month[..3]))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_for_notice() {
        for (words, on, comparator) in [
            (
                "If the Client does not notify the Agency in writing by 31 August 2026 that it ends, it renews.",
                "2026-08-31",
                "by",
            ),
            ("unless either party gives notice on or before October 1 of the current term", "--10-01", "on or before"),
            ("unless notice is given no later than the 15th of March in any year", "--03-15", "no later than"),
            ("by written notice given before the first day of June of each year", "--06-01", "before"),
            ("unless it notifies the other not later than December 31, 2024", "2024-12-31", "not later than"),
        ] {
            let notice = read(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(notice.on.map(|d| d.to_string()).as_deref(), Some(on), "{words}");
            assert_eq!(notice.comparator.as_deref(), Some(comparator), "{words}");
        }
    }

    #[test]
    fn days_of_something_else() {
        for words in [
            "The term ends by 31 August 2026 and does not renew.",
            "shall renew if the fee is paid by 31 August 2026",
            "notice may be given by the Manager",
        ] {
            assert!(read(words).is_none(), "{words}");
        }
    }
}
