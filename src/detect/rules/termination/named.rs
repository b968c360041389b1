//! Breaks on dates with a name: "may end this Lease on the Break Date", whose day stands among the particulars.

use std::collections::HashMap;
use std::ops::Range;

use super::{convenience, right};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{Reader, head, known};
use crate::lexicon::ordinal;
use crate::record::value::termination::{BreakDay, Termination, TerminationKind};
use crate::record::{Confidence, Fact, Origin, Part as _};

// An anniversary, or a year of the term.
pattern!(
    pub(super) COUNTED,
    r"\b([a-z]+(?:-[a-z]+)?|[0-9]{1,2}(?:st|nd|rd|th))\s+(?:\([^()]{1,6}\)\s*)?(?:anniversary|(?:(?:contract|lease|agreement|licen[cs]e|service|term)\s+)?year\b)"
);
// A date whose name says that it is for ending the contract.
pattern!(pub(super) BREAK_DATE, exact, r"\b(?:Break|Early\s+Termination|Exit)\s+(?:Option\s+)?Date\b");

/// The breaks on dates with a name that were looked for, by the name in lower case.
pub(super) type NamedBreaks = HashMap<String, Vec<BreakDay>>;

/// The breaks that hang on a date with a name: "may end this Lease on the Break Date", "by notice six months before the Break
/// Date".
pub(super) fn breaks_of(
    reader: &Reader<'_>,
    part: &str,
    findings: &Findings,
    known: &mut NamedBreaks,
) -> Vec<BreakDay> {
    pattern!(
        NAMED,
        exact,
        r"\bon\s+(?:the|a|any|either)\s+(?:(?:next|relevant|applicable|specified|said)\s+)*(?:[A-Z][a-z]+[’']s\s+)?((?:[A-Z][a-z]+\s+){1,3}Date)\b"
    );
    pattern!(
        COUNTED_BACK,
        exact,
        r"\b(?:before|prior\s+to|preceding)\s+(?:the|a|any|either)\s+(?:[A-Z][a-z]+[’']s\s+)?((?:[A-Z][a-z]+\s+)?(?:Break|Option|Early)\s+(?:[A-Z][a-z]+\s+)?Date)\b"
    );
    let found = NAMED.captures(part).or_else(|| COUNTED_BACK.captures(part));
    let Some(name) = found.and_then(|c| Some(c.get(1)?.as_str().to_ascii_lowercase())) else { return Vec::new() };
    known.entry(name.clone()).or_insert_with(|| breaks_on(reader, &name, findings)).clone()
}

/// The breaks on the date with the name `name`, in lower case: their days, or the years after which they come.
fn breaks_on(reader: &Reader<'_>, name: &str, findings: &Findings) -> Vec<BreakDay> {
    let listed = listed(reader, name);
    if listed.len() > 1 {
        return listed;
    }
    // "The Tenant's Break Date" is the Break Date.
    let same = |known: &str| {
        let known = known.to_ascii_lowercase();
        known.strip_suffix(name).is_some_and(|owner| owner.is_empty() || owner.ends_with("s "))
    };
    let dated = findings.named_dates.iter().find(|(known, _)| same(known)).and_then(|(_, fact)| fact.value()?.date());
    let dated = dated.map(|on| BreakDay { on: Some(on), ..BreakDay::default() }).or(listed.first().copied());
    let counted = || Some(BreakDay { after: Some(defined(reader, name)?), ..BreakDay::default() });
    dated.or_else(counted).into_iter().collect()
}

/// The days that the definition of a name lists: "Break Dates: 24 June 2028 and 24 June 2031".
fn listed(reader: &Reader<'_>, name: &str) -> Vec<BreakDay> {
    let found = reader.sentences().find_map(|(i, _, words)| {
        let behind = definition(words, name)?;
        let start = reader.span(i).start();
        let (start, end) = (start + behind.start, start + behind.end);
        let days =
            reader.dates_of_sentence(i).iter().filter(|hit| (start..end).contains(&hit.span.start())).filter_map(known);
        let days: Vec<BreakDay> = days.map(|on| BreakDay { on: Some(on), ..BreakDay::default() }).collect();
        (!days.is_empty()).then_some(days)
    });
    found.unwrap_or_default()
}

/// Where a sentence says what a date with the name `name` is.
fn definition(words: &str, name: &str) -> Option<Range<usize>> {
    const NEAR: usize = 24;
    // "At least nine months before the Break Date, which is 25 March 2032."
    pattern!(
        APART,
        r"^s?[\s,(]+(?:(?:which|that)\s+(?:is|are|shall\s+be|will\s+be)|being|namely|that\s+is|i\.e\.)\s*,?\s*([^.;)]+)"
    );
    let lower = words.to_ascii_lowercase();
    let behind = lower.find(name)? + name.len();
    if let Some(day) = APART.captures(words.part(behind..)).and_then(|c| c.get(1)) {
        return Some(behind + day.start()..behind + day.end());
    }
    let rest = words.part(behind..).trim_start_matches(['s', '"', '”', '’', '\'', ' ']);
    let told = [":", "means", "mean", "is", "are", "\t"].iter().any(|w| rest.starts_with(w));
    (told && behind <= name.len() + NEAR).then(|| words.len() - rest.len()..words.len())
}

/// The years after which a date with a name comes, by its definition: "Break Date: the fifth anniversary of the start".
fn defined(reader: &Reader<'_>, name: &str) -> Option<Period> {
    let years = |words: &str| Some(Period::new(ordinal(COUNTED.captures(words)?.get(1)?.as_str())?.value, Unit::Year));
    reader.sentences().find_map(|(_, _, words)| years(head(words.part(definition(words, name)?), 120)))
}

/// The break that the particulars alone give: "Break date: 15 January 2029 (Tenant only)" and "Break notice: 6 months before it".
pub(super) fn in_particulars(reader: &Reader<'_>) -> Option<(Termination, Fact<Termination>)> {
    const LONGEST: usize = 120;
    pattern!(LINE, r"^\W*(?:[0-9.]+\W+)?(?:(?:the\s+)?([a-z]+)[’']s\s+)?break\s+(?:option\s+)?dates?\s*[:\t]");
    pattern!(ONLY, r"\((?:the\s+)?([a-z]+)(?:\s+only|[’']s\s+(?:break|option))\)");
    let notice = convenience::break_notice(reader)?;
    reader.sentences().find_map(|(i, _, words)| {
        let line = LINE.captures(words).filter(|_| words.len() < LONGEST)?;
        let hits = reader.dates_of_sentence(i);
        let breaks: Vec<_> =
            hits.iter().filter_map(known).map(|on| BreakDay { on: Some(on), ..BreakDay::default() }).collect();
        let last = hits.last().filter(|_| !breaks.is_empty())?;
        let only = ONLY.captures(words);
        let by = line.get(1).or(only.as_ref().and_then(|c| c.get(1))).map(|m| m.as_str().to_owned());
        let right = Termination { by, notice: Some(notice), breaks, ..right(TerminationKind::Convenience) };
        let span = reader.quote(i, last.span);
        let proof = reader.text.cited(right.clone(), span);
        let origin = Origin::rule("termination.label");
        Some((right, Fact::found("termination", proof, reader.text.slice(span), origin, Confidence::new(0.7))))
    })
}
