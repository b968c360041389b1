//! Names of places that have a law of their own: the US states, the provinces of Canada, the states of Australia and
//! of India, the parts of the United Kingdom and the countries that contracts name, with their adjectives ("English law").

mod names;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::DateOrder;
use names::{ABBREVIATIONS, ADJECTIVES, COUNTRIES, PARTS, SPELLINGS};
use tickler_pdf::cite::Part as _;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A state of a federation, a province, a territory.
    Part,
    /// A country.
    Country,
}

/// A place found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it stands, in bytes of the text searched.
    pub range: Range<usize>,
    /// Its usual English name.
    pub name: &'static str,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether the text has the adjective ("Swiss") and not the noun.
    pub adjective: bool,
}

/// The place that `text` begins with in an abbreviation, and its end. "WA" is Western Australia where Australia follows.
#[must_use]
pub fn abbreviated(text: &str) -> Option<Place> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '.').unwrap_or(text.len());
    let word = text.part(..end).trim_end_matches('.');
    let (_, name) = ABBREVIATIONS.iter().find(|(forms, _)| forms.split(' ').any(|f| f == word))?;
    let rest = text.part(end..).trim_start_matches([',', ' ']);
    let name = if word == "WA" && rest.starts_with("Australia") { "Western Australia" } else { *name };
    Some(Place { range: 0..word.len(), name, kind: PlaceKind::Part, adjective: false })
}

struct Lexicon {
    pattern: Regex,
    names: HashMap<String, (&'static str, PlaceKind, bool)>,
}

static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let kind_of = |name: &str| if PARTS.contains(&name) { PlaceKind::Part } else { PlaceKind::Country };
    for &name in PARTS.iter().chain(COUNTRIES) {
        names.insert(name.to_lowercase(), (name, kind_of(name), false));
    }
    for &(spelling, name) in SPELLINGS {
        names.insert(spelling.to_lowercase(), (name, kind_of(name), false));
    }
    for &(adjective, name) in ADJECTIVES {
        names.insert(adjective.to_lowercase(), (name, kind_of(name), true));
    }
    let mut keys: Vec<&str> = names.keys().map(String::as_str).collect();
    // The longest first, so that "New York" is not cut short and "West Virginia" is not Virginia.
    keys.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    let words: Vec<String> =
        keys.iter().map(|k| regex::escape(k).replace(r"\ ", r"\s+").replace(' ', r"\s+")).collect();
    let pattern = Regex::new(&format!(r"(?i)(?-u:\b)(?:{})(?:$|(?-u:\b)|[^A-Za-z])", words.join("|"))).ok()?;
    Some(Lexicon { pattern, names })
});

/// All places named in `text`, in order. Letters of either case count, except that a short form such as `UK` or
/// `ROC` must be in capitals.
#[must_use]
pub fn places(text: &str) -> Vec<Place> {
    let Some(lexicon) = LEXICON.as_ref() else { return Vec::new() };
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(m) = lexicon.pattern.find_at(text, from) {
        // The pattern may take one character more than the name, to see where a name with a final stop ends.
        let mut end = m.end();
        let mut hit = None;
        for trim in [0, 1] {
            let cut = m.as_str().chars().rev().take(trim).map(char::len_utf8).sum::<usize>();
            let key = squeeze(m.as_str().part(..m.len() - cut));
            if let Some(found) = lexicon.names.get(&key) {
                end = m.end() - cut;
                hit = Some(*found);
                break;
            }
        }
        if let Some((name, kind, adjective)) = hit {
            let written = text.part(m.start()..end);
            let initials = written.len() <= 6 && written.chars().filter(|c| c.is_alphabetic()).count() <= 4;
            if !initials || name.len() <= 4 || written.chars().all(|c| !c.is_lowercase()) {
                out.push(Place { range: m.start()..end, name, kind, adjective });
            }
        }
        from = end.max(m.start() + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
    }
    out
}

/// The first place named in `text`; adjectives do not count.
#[must_use]
pub fn first_place(text: &str) -> Option<Place> {
    places(text).into_iter().find(|p| !p.adjective)
}

/// How people in `place` write a numeric date: month first in the United States, day first in the other countries.
/// Canada and the Philippines write both; what is no place says nothing.
#[must_use]
pub fn date_order(place: &str) -> DateOrder {
    let Some(found) = first_place(place) else { return DateOrder::Unknown };
    // The parts are listed country by country.
    let at = |name: &str| PARTS.iter().position(|p| *p == name);
    match at(found.name) {
        Some(i) if Some(i) < at("Ontario") => DateOrder::MonthFirst,
        Some(i) if Some(i) < at("New South Wales") => DateOrder::Unknown,
        None if matches!(found.name, "United States") => DateOrder::MonthFirst,
        None if matches!(found.name, "Canada" | "Philippines") => DateOrder::Unknown,
        _ => DateOrder::DayFirst,
    }
}

fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests;
