//! Names of dates: `1 May 2026 (the "Go-Live")`, `"Start" means 1 May 2026`, `The Handover Date is 1 May 2026`.

use crate::detect::labels::behind_number;
use crate::detect::rules::reader::head;
use crate::lexicon::label::{self, Field};
use crate::lexicon::{among, is_weekday};
use crate::record::Part as _;

const QUOTES: [char; 6] = ['"', '“', '”', '\'', '‘', '’'];
/// Longest name in words.
const MOST: usize = 5;

/// The name that stands behind a date in quotes. Without a bracket it must call itself a date.
pub(super) fn behind(after: &str) -> Option<&str> {
    const LEAD: usize = 40;
    if let Some(name) = plain(after) {
        return Some(name);
    }
    let open = after.find(QUOTES)?;
    let lead = after.part(..open).trim_matches([' ', ',']);
    if lead.len() > LEAD || lead.contains(|c: char| c.is_uppercase() || c == ')' || c == ';') {
        return None;
    }
    let inside = after.part(open..).trim_start_matches(QUOTES).trim_start();
    let name = inside.part(..inside.find(QUOTES)?).trim();
    let bracket = lead.strip_prefix('(').is_some_and(|words| words.split_whitespace().count() <= 2);
    (is_name(name) && (bracket || is_date(name))).then_some(bare(name))
}

/// A name without quotes, alone in its bracket: "1 May 2026 (the acceptance date)", "(Service Start)".
fn plain(after: &str) -> Option<&str> {
    const STARTS: &str = "start commencement handover acceptance entry opening launch delivery";
    let inside = after.trim_start_matches([' ', ',']).strip_prefix('(')?;
    let inside = inside.part(..inside.find(')')?).trim();
    let article = inside.strip_prefix("the ");
    let name = article.unwrap_or(inside);
    let words = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ' || b == b'-');
    let count = name.split(' ').count();
    let last = || name.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    let begins = || name.starts_with(char::is_uppercase) && (name == "Go-Live" || among(STARTS, &last()));
    let named = (2..=MOST).contains(&count) && article.is_some() && is_date(name) || count <= 3 && begins();
    (words && named).then_some(name)
}

/// The name that stands before a date, with a verb or a colon: in quotes, or with capitals and "Date" at its end.
pub(super) fn before(before: &str) -> Option<&str> {
    const LEADS: [&str; 4] = ["the date of", "the", "on", ":"];
    // "Handover Date means Friday 12 February 2027".
    let without_weekday = |left| {
        let (rest, day) = str::rsplit_once(left, |c: char| !c.is_alphanumeric())?;
        is_weekday(day).then(|| rest.trim_end())
    };
    let before = before.trim_end();
    // "Handover took place on D".
    let happened = [" took place on", " occurred on"].iter().find_map(|verb| before.strip_suffix(verb));
    if let Some(name) = happened.and_then(|left| event(left, 1)) {
        return Some(name);
    }
    let mut left = before;
    while let Some(rest) = LEADS.iter().find_map(|lead| strip(left, lead)).or_else(|| without_weekday(left)) {
        left = rest;
    }
    let colon = left.len() < before.len() && before.ends_with(':');
    // `"Start Date" 1 May 2026;` in a list of definitions.
    let quoted = left.ends_with(QUOTES);
    let subject = verb(left);
    let verbless = subject.is_none() && !colon;
    let left = subject.or((colon || quoted).then_some(left))?;
    // "Commencement Date per Quote: D".
    let left = left.rfind(" per ").filter(|at| colon && left.len() - at < 20).map_or(left, |at| left.part(..at));
    let mut left = left.trim_end();
    // `"Start Date" (clause 2) of this Agreement means`.
    if left.ends_with(')') {
        left = left.part(..left.rfind('(')?).trim_end();
    }
    if let Some(at) = left.rfind(" of this ").filter(|at| left.len() - at < 30) {
        left = left.part(..at).trim_end();
    }
    if left.ends_with(QUOTES) {
        let inside = left.trim_end_matches(QUOTES);
        let name = inside.part(inside.rfind(QUOTES)?..).trim_start_matches(QUOTES).trim();
        return (is_name(name) && (!verbless || is_date(name))).then_some(bare(name));
    }
    let start = left.rsplit(' ').take(MOST + 1).take_while(|w| w.starts_with(char::is_uppercase) || *w == "date");
    let len = start.map(|w| w.len() + 1).sum::<usize>().saturating_sub(1);
    let name = bare(left.part(left.len() - len.min(left.len())..));
    // "A2 The Service Start Date is": the number of the clause.
    let name = name.rsplit(" The ").next().unwrap_or(name);
    (is_date(name) && name.contains(' ') && is_name(name)).then_some(name).or_else(|| event(left, 2).filter(|_| colon))
}

/// What a label before a colon, or a sentence, says happens on the day behind it: "First delivery: 1 April 2026". It has at
/// least so many words.
fn event(left: &str, least: usize) -> Option<&str> {
    let name = left.rsplit(['.', ';', '\n', '\t']).next()?.trim();
    let words = name.split(' ').count();
    ((least..=MOST).contains(&words)
        && name.starts_with(char::is_uppercase)
        && name.bytes().all(|b| b.is_ascii_alphabetic() || b" -'".contains(&b)))
    .then_some(bare(name))
}

/// The words for a start with which a sentence or a limb of it begins: "The commencement date shall be".
pub(super) fn start(before: &str) -> Option<&str> {
    let left = verb(before.trim_end())?;
    let limbs = [left.rfind(", ").map(|at| at + 2), left.rfind(" and ").map(|at| at + 5)];
    let limbs = std::iter::once(Some(behind_number(left))).chain(limbs).flatten();
    limbs.map(|at| left.part(at..).trim()).find(|name| label::field(name) == Some(Field::Start)).map(bare)
}

/// `left` without the verb at its end, or without the words that explain what stands before a comma or a bracket: "the
/// Commencement Date, being D".
fn verb(left: &str) -> Option<&str> {
    const VERBS: [&str; 7] = ["shall mean", "means", "shall be", "will be", "is", "mean", "was"];
    const EXPLAINS: [&str; 11] = [
        "which shall be",
        "which will be",
        "which the parties agree is",
        "which is",
        "which was",
        "that is to say",
        "that is",
        "being",
        "namely",
        "i.e.",
        "viz.",
    ];
    let explained = EXPLAINS.iter().find_map(|words| strip(left.trim_end_matches([' ', ',']), words));
    if let Some(left) = explained.filter(|left| left.ends_with([',', '(', '–', '-'])) {
        return Some(left.trim_end_matches([' ', ',', '(', '–', '-']));
    }
    VERBS.iter().find_map(|verb| strip(left, verb))
}

/// `left` without the words `end`, whatever their case.
fn strip<'a>(left: &'a str, end: &str) -> Option<&'a str> {
    let at = left.len().checked_sub(end.len()).filter(|&at| left.is_char_boundary(at))?;
    let apart = end == ":" || left.part(..at).ends_with(|c: char| !c.is_alphanumeric());
    (apart && left.part(at..).eq_ignore_ascii_case(end)).then(|| left.part(..at).trim_end())
}

fn bare(name: &str) -> &str {
    ["The ", "THE ", "the "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

/// A few words with a capital. A term or a year is no day.
fn is_name(name: &str) -> bool {
    let bare = bare(name);
    let last = bare.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    bare.starts_with(char::is_uppercase)
        && bare.split(' ').count() <= MOST
        && !["term", "period", "year", "agreement", "contract"].contains(&&*last)
        && head(bare, 60) == bare
}

fn is_date(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case("date") || w == "Day")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_a_date() {
        for (words, want) in [
            (" (the \"Go-Live\").", Some("Go-Live")),
            (", the \"Transfer Date\"", Some("Transfer Date")),
            (" (\"Start\")", Some("Start")),
            (" (hereinafter called the “Handover Date”)", Some("Handover Date")),
            (" (‘Opening’)", Some("Opening")),
            (" between Acme (\"Acme\")", None),
            (" by and between \"Acme\"", None),
            (" (the \"Initial Term\")", None),
            (" (this \"Agreement\")", None),
            (" (the acceptance date)", Some("acceptance date")),
            (" (the last date)", Some("last date")),
            (" (the date)", None),
            (" (Service Start)", Some("Service Start")),
            (" (the Handover)", Some("Handover")),
            (" (Monday)", None),
            (" (delivery)", None),
        ] {
            assert_eq!(behind(words), want, "{words}");
        }
    }

    #[test]
    fn names_before_a_date() {
        for (words, want) in [
            ("\"Opening\" means ", Some("Opening")),
            ("In the Order 'Start' means ", Some("Start")),
            ("The Transfer Date is ", Some("Transfer Date")),
            ("“Commencement Date” shall mean the date of ", Some("Commencement Date")),
            ("\"Access Date\": ", Some("Access Date")),
            ("“Access Date” ", Some("Access Date")),
            ("“Access Code” ", None),
            ("Opening Day: ", Some("Opening Day")),
            ("the Handover Date (clause 2) shall be ", Some("Handover Date")),
            ("2 March 2026. First delivery: ", Some("First delivery")),
            ("It is let. The handover took place on ", Some("handover")),
            ("The parties record that the Go-Live Date was ", Some("Go-Live Date")),
            ("In this deed: Handover Date means Friday ", Some("Handover Date")),
            ("This contract begins on the Commencement Date, being ", Some("Commencement Date")),
            ("It begins on the Commencement Date (being ", Some("Commencement Date")),
            ("The Services start on the Go-Live Date, which is ", Some("Go-Live Date")),
            ("It runs from the Start Date, that is to say ", Some("Start Date")),
            ("A2 The Service Start Date is ", Some("Service Start Date")),
            ("The Landlord, being ", None),
            ("The price is ", None),
            ("Your first day is ", None),
            ("\"Initial Term\" means ", None),
        ] {
            assert_eq!(before(words), want, "{words}");
        }
    }

    #[test]
    fn starts_in_words() {
        for (words, want) in [
            ("The commencement date shall be ", Some("commencement date")),
            ("1. The starting date is ", Some("starting date")),
            ("The fee is fixed and the start date will be ", Some("start date")),
            ("The date of commencement of the services is ", Some("date of commencement of the services")),
            ("The start date of the warranty is ", None),
            ("The expiry date is ", None),
        ] {
            assert_eq!(start(words), want, "{words}");
        }
    }
}
