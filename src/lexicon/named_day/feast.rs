//! Days that leases call by the feasts of the year: "at Lady Day and Michaelmas", "Whitsunday (28 May) and Martinmas".

use super::of_year::{is_capital, month_day};
use crate::lexicon::token::{Kind, Tokens};

/// A feast in the words of a text.
struct Feast {
    name: &'static str,
    month: i8,
    day: i8,
    /// The token after it.
    next: usize,
}

const ENGLISH: [(&str, i8, i8); 4] =
    [("lady", 3, 25), ("midsummer", 6, 24), ("michaelmas", 9, 29), ("christmas", 12, 25)];
/// Those of Scotland, as the Act of 1990 fixes them.
const SCOTTISH: [(&str, i8, i8); 5] =
    [("candlemas", 2, 28), ("whitsunday", 5, 28), ("whitsun", 5, 28), ("lammas", 8, 28), ("martinmas", 11, 28)];

/// The feast at `i`, whatever stands beside it.
fn named(t: &Tokens<'_>, i: usize) -> Option<Feast> {
    let all = || ENGLISH.iter().chain(&SCOTTISH);
    let &(name, month, day) = all().find(|(name, ..)| t.is_word(i, &[name])).filter(|_| is_capital(t, i))?;
    let with_day = t.is_word(i + 1, &["day"]);
    // "Lady" alone is somebody.
    (with_day || name != "lady").then(|| Feast { name, month, day, next: i + 1 + usize::from(with_day) })
}

/// The day of a feast at `i`: its month, its day, and the token after it. `listed`: it goes on with a list of days.
pub(super) fn feast(t: &Tokens<'_>, i: usize, listed: bool) -> Option<(i8, i8, usize)> {
    let feast = named(t, i)?;
    if let Some(found) = beside(t, &feast) {
        return Some(found);
    }
    let scottish = |name: &str| SCOTTISH.iter().any(|(known, ..)| *known == name);
    let mut then = feast.next;
    while t.is_mark(then, ",;&") || t.is_word(then, &["and", "or", "at", "on"]) {
        then += 1;
    }
    let followed = || named(t, then).is_some_and(|next| scottish(next.name) == scottish(feast.name));
    // One feast alone is the day of a holiday, or moves with the year.
    let alone = matches!(feast.name, "lady" | "michaelmas");
    (listed || alone || then > feast.next && followed()).then_some((feast.month, feast.day, feast.next))
}

/// The date that stands beside a feast: "Michaelmas Day, 29 September", "Martinmas (11 November)".
fn beside(t: &Tokens<'_>, feast: &Feast) -> Option<(i8, i8, usize)> {
    let bracket = t.is(feast.next, Kind::Open);
    if !bracket && !t.is_mark(feast.next, ",") {
        return None;
    }
    let (month, day, next) = month_day(t, feast.next + 1)?;
    let same = (month, day) == (feast.month, feast.day);
    let closed = bracket && t.is(next, Kind::Close);
    (closed || !bracket && same).then_some((month, day, next + usize::from(closed)))
}

/// The token after the name of a feast in brackets behind its date at `i`: "29 September (Michaelmas)".
pub(super) fn past_name(t: &Tokens<'_>, i: usize) -> usize {
    let name = named(t, i + 1).filter(|feast| t.is(i, Kind::Open) && t.is(feast.next, Kind::Close));
    name.map_or(i, |feast| feast.next + 1)
}
