//! Terms by label: "Initial term: 36 months", "Expiry date: 31 March 2028".

use super::sentence::length_anchor;
use super::start::{begins, begins_at};
use super::{Ending, TermCandidate, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::labels::Label;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::{DateHit, Reader, known, settled};
use crate::lexicon::label::{Field, leads};
use crate::lexicon::{among, bound, dates, months, periods, tick};
use crate::record::value::{Anchor, EndOf, TermEnd};
use crate::record::{Part as _, Span};

/// Score of an end and of a length by label: the key terms of a document beat its boilerplate.
const END: i32 = 15_000;
const LENGTH: i32 = 12_000;
/// How far two days under a label of a length are behind an end with a label of its own.
const DATED: i32 = 1_000;
/// In an attachment, a label may speak of something else than the contract.
const ATTACHED: i32 = 6_000;

/// Adds the ends and lengths that labels give.
pub(super) fn labelled(reader: &Reader<'_>, findings: &mut Findings, out: &mut Vec<TermCandidate>) {
    for (field, score) in [(Field::End, END), (Field::Length, LENGTH)] {
        for (n, label) in reader.labels.all(field).enumerate() {
            let sentence = reader.sentence_at(label.value.start());
            let attached = reader.attached(sentence) && !referred(reader, label);
            // The rows of a list in an exhibit are things, not the contract.
            if attached && label.column
                || offered(reader, label)
                || of_paper(reader, label)
                || field == Field::Length && least(reader, label)
            {
                continue;
            }
            let behind = i32::try_from(n).unwrap_or(99) + if attached { ATTACHED } else { 0 };
            let Some((end, words, disputed)) = value(reader, findings, label, sentence) else { continue };
            let gap = matches!(end, Ending::Gap(_));
            let dated = field == Field::Length && matches!(end, Ending::Known(TermEnd::On(_)));
            // "Tenancy Term: one year fixed", "Tenancy Period: 11 January 2027 to 10 January 2028": the days are surer.
            let score = if dated { END - DATED } else { score } - behind - if gap { 8_000 } else { 0 };
            out.push(TermCandidate { score, sentence, words, end, rule: "term.label", disputed });
            // "15 April through 15 October 2000 (6 months)": the length beside the days.
            let beside = || bracketed(reader, label).or_else(|| length(reader, findings, label, sentence));
            if let Some((end, words, disputed)) = dated.then(beside).flatten() {
                out.push(TermCandidate { score: score - 500, sentence, words, end, rule: "term.label", disputed });
            }
        }
    }
    completed(reader, out);
}

/// "Completion date: 30 April 2027", where the first day has a label too.
fn completed(reader: &Reader<'_>, out: &mut Vec<TermCandidate>) {
    let begins = reader.labels.get(Field::Start).is_some();
    let completes = |label: &&Label| {
        reader.text.slice(label.name).to_ascii_lowercase().trim_start_matches("the ").starts_with("completion date")
    };
    let label = reader.labels.all(Field::OtherDate).chain(reader.labels.all(Field::End)).find(completes);
    if !begins || !out.is_empty() {
        return;
    }
    let Some(label) = label else {
        // "The completion date is 30 April 2027."
        let says =
            |hit: &&DateHit| reader.before(hit, 40).trim_end().to_ascii_lowercase().ends_with("completion date is");
        let said = reader.dates.iter().find(says).and_then(|hit| Some((hit, known(hit)?)));
        out.extend(said.map(|(hit, date)| TermCandidate {
            score: END - DATED,
            sentence: hit.sentence,
            words: hit.span,
            end: Ending::Known(TermEnd::On(date)),
            rule: "term.label",
            disputed: false,
        }));
        return;
    };
    let words = reader.text.slice(label.value);
    let day = dates(words, reader.style).into_iter().next().filter(|d| leads(words.part(..d.range.start)));
    let Some((d, date)) = day.and_then(|d| settled(d.value.reading).ok().map(|date| (d, date))) else { return };
    let sentence = reader.sentence_at(label.value.start());
    let words = Span::from(d.range).shift(label.value.start());
    let end = Ending::Known(TermEnd::On(date));
    out.push(TermCandidate { score: END - DATED, sentence, words, end, rule: "term.label", disputed: false });
}

/// Whether a length is only the least of a hire that another label leaves open: "Minimum hire period: 4 weeks", "Hire period:
/// from delivery until terminated".
fn least(reader: &Reader<'_>, label: &Label) -> bool {
    pattern!(
        OPEN,
        r"\buntil\s+(?:it\s+is\s+|the\s+\w+\s+(?:is|are)\s+)?(?:terminated|ended|cancelled|collected|returned|off-?hired|further\s+notice|(?:either|one|any)\b[^.;]{0,30}\b(?:ends?|terminates?|cancels?|gives?)\b)"
    );
    let name = reader.text.slice(label.name);
    let open = |other: &Label| {
        let value = head(reader.text.slice(other.value), 160);
        OPEN.is_match(value) && periods(value).is_empty() && dates(value, reader.style).is_empty()
    };
    ["minimum", "least"].iter().any(|word| contains_fold(name, word)) && reader.labels.all(Field::Length).any(open)
}

/// Whether a clause sends its reader to the label: "lasts for the hosting term in Schedule 1".
fn referred(reader: &Reader<'_>, label: &Label) -> bool {
    const NEAR: usize = 40;
    const MOST: usize = 50;
    pattern!(
        THERE,
        r"^\s+(?:(?:is|as|that\s+is)\s+)?(?:\w+\s+){0,2}?(?:in|at|on|by)\s+(?:the\s+)?(?:\w+\s+)?(?:schedule|annex\w*|appendix|exhibit|order|item|particulars|attachment|part|table)\b"
    );
    let name = reader.text.slice(label.name).to_ascii_lowercase();
    let body = reader.sentences().filter(|&(i, ..)| !reader.attached(i));
    let mut found =
        body.filter(|(_, place, words)| !place.contains(label.name) && contains_fold(words, &name)).take(MOST);
    found.any(|(_, _, words)| {
        let lower = words.to_ascii_lowercase();
        lower.match_indices(&name).any(|(at, _)| THERE.is_match(head(lower.part(at + name.len()..), NEAR)))
    })
}

/// Whether it is a paper that expires: "ID type: Passport", and under it "Expiry date: 17 May 2031".
fn of_paper(reader: &Reader<'_>, label: &Label) -> bool {
    pattern!(
        PAPER,
        [
            "passport/visa/permit/identification/id-type/id-number/id-no, driving/driver's licence/license, insurance policy"
        ]
    );
    let above = tail(reader.text.as_str().part(..label.name.start()), 120);
    let lines = above.trim_end().rsplit('\n').take(2);
    label.field == Field::End && lines.into_iter().any(|line| PAPER.is_match(line))
}

/// Whether a sentence is such a row.
pub(super) fn is_least(reader: &Reader<'_>, sentence: Span) -> bool {
    reader.labels.all(Field::Length).any(|l| sentence.contains(l.value) && least(reader, l))
}

/// Whether an offer is valid until a day, not the contract: "Valid until | 31 October | Pricing is valid only if".
fn offered(reader: &Reader<'_>, label: &Label) -> bool {
    const OFFERS: [&str; 5] = ["pric", "quot", "offer", "proposal", "if signed"];
    let valid = contains_fold(reader.text.slice(label.name), "valid");
    let all = reader.text.as_str();
    let row = head(all.part(label.name.start()..), 160);
    let row = row.split('\n').next().unwrap_or(row);
    // "Quote date | 8 September", and in the next line "Valid until | 30 September".
    let above = tail(all.part(..label.name.start()).trim_end(), 80);
    let above = above.rsplit('\n').next().unwrap_or(above);
    let row = format!("{above}\n{row}");
    let row = row.as_str();
    valid && OFFERS.iter().any(|word| contains_fold(row, word))
}

/// Whether a sentence is the label of another time than the first term: of the end that an amendment replaces, or of a later term
/// ("Further term: one term of three years").
pub(super) fn is_another(reader: &Reader<'_>, sentence: Span) -> bool {
    let others = [Field::FormerEnd, Field::Extension, Field::RenewalTerm];
    let mut labels = others.into_iter().flat_map(|field| reader.labels.all(field));
    labels.any(|l| sentence.contains(l.value) && sentence.contains(l.name))
}

/// The end or the length that a labelled value begins with.
fn value(reader: &Reader<'_>, findings: &mut Findings, label: &Label, sentence: usize) -> Option<(Ending, Span, bool)> {
    if let Some(end) = from_to(reader, findings, label, sentence) {
        return Some(end);
    }
    let (at, words) = (label.value.start(), reader.text.slice(label.value));
    let words = &*tick::chosen(head(words, 300));
    let found = dates(words, reader.style);
    let places: Vec<_> = found.iter().map(|d| d.range.clone()).collect();
    // "Term: 1 May 2026 to 30 April 2027"; "24 months, beginning 1 May 2026 and ending 30 April 2028".
    // A paragraph under the heading "Term" is no value.
    // "Term: The term of this Lease is 36 months, commencing on 1 May 2026 and ending on 30 April 2029".
    let stated = periods(words).into_iter().next().filter(|p| leads(words.part(..p.range.start)));
    let near = |i: &usize| {
        let left = words.part(..places[0].start);
        let from = stated.as_ref().map_or(0, |p| p.range.end).min(left.len());
        *i == 0 && left.part(from..).trim_start().len() < 50 && !left.contains(". ")
    };
    let range = bound::ranges(words, &places).first().copied().filter(|i| near(i) && label.field == Field::Length);
    let end = match range {
        Some(_) => {
            begins(reader, findings, sentence, at, &found[0]);
            found.get(1)
        }
        None => found.first().filter(|d| {
            let left = words.part(..d.range.start);
            // "Validity: up to 31 March 2029".
            let ends = label.field == Field::End || bound::before(left) == Some(bound::Bound::End);
            // "13 months, expiring 31 January 2027".
            let behind = periods(left).into_iter().next().filter(|p| p.range.start == 0).map_or(0, |p| p.range.end);
            ends && leads(left.part(behind..))
        }),
    };
    if let Some(d) = end {
        let ending = settled(d.value.reading).map_or_else(Ending::Gap, |date| Ending::Known(TermEnd::On(date)));
        return Some((ending, Span::from(d.range.clone()).shift(at), d.value.other.is_some()));
    }
    if label.field == Field::End {
        let month = months(words, reader.style).into_iter().next().filter(|m| leads(words.part(..m.range.start)));
        if let Some(month) = month {
            let end = Ending::Known(TermEnd::On(month.value.last_of_month()));
            return Some((end, Span::from(month.range).shift(at), false));
        }
    }
    length(reader, findings, label, sentence)
}

/// The last day of a length that stands in cells of its own with the first one: "Term: 1 year", "From: D", "To: D".
fn from_to(
    reader: &Reader<'_>,
    findings: &mut Findings,
    label: &Label,
    sentence: usize,
) -> Option<(Ending, Span, bool)> {
    pattern!(CELLS, r"^[^\n]{0,40}?\s*\bfrom\s*[:\t][^\n]{4,40}\s+(?:to|until)\s*[:\t][^\n]{4,30}");
    if label.field != Field::Length {
        return None;
    }
    let at = label.value.start();
    let cells = CELLS.find(head(reader.text.as_str().part(at..), 160))?;
    let words = cells.as_str().replace([':', '\t', '\n'], " ");
    let found = dates(&words, reader.style);
    let [first, last] = found.as_slice() else { return None };
    if !bound::is_range(words.part(..first.range.start), words.part(first.range.end..last.range.start)) {
        return None;
    }
    begins(reader, findings, sentence, at, first);
    let ending = settled(last.value.reading).map_or_else(Ending::Gap, |date| Ending::Known(TermEnd::On(date)));
    Some((ending, Span::from(last.range.clone()).shift(at), last.value.other.is_some()))
}

/// The length with which a value begins: "Sixty (60) months, beginning on the Commencement Date"; "36" under "Term (months)".
fn length(
    reader: &Reader<'_>,
    findings: &mut Findings,
    label: &Label,
    sentence: usize,
) -> Option<(Ending, Span, bool)> {
    let (at, words) = (label.value.start(), going_on(reader, label));
    let skip = translation(words);
    let (at, words) = (at + skip, words.part(skip..));
    let words = &*tick::chosen(words);
    let name = reader.text.slice(label.name).to_ascii_lowercase();
    if let (Ok(count), Some(unit)) = (words.trim_end_matches('.').parse(), unit(&name)) {
        let end = begins_at(reader, findings, Period::new(count, unit), sentence, at, words, words.len());
        return Some((Ending::Known(end), label.value, false));
    }
    let first = periods(head(words, 200)).into_iter().next().filter(|p| leads(words.part(..p.range.start)))?;
    let span = Span::from(first.range.clone()).shift(at);
    let after = words.part(first.range.end..);
    // "3 months' notice", "30 days before the end": no length.
    if length_anchor(after) {
        return None;
    }
    // "Length of contract, counted from the first collection".
    let told = name.find(", counted").map_or("", |at| name.part(at + 1..));
    let whole = [words.part(..first.range.end), told].concat();
    let words =
        if after.trim_matches([' ', '.', '☐', '□']).is_empty() && !told.is_empty() { &whole } else { words };
    let ending = match settled(first.value.reading) {
        Ok(period) if period.count == 0 || matches!(period.unit, Unit::Hour | Unit::Minute) => return None,
        Ok(period) => Ending::Known(begins_at(reader, findings, period, sentence, at, words, first.range.end)),
        Err(status) => Ending::Gap(status),
    };
    Some((ending, span, first.value.disputed))
}

/// Where the English begins behind the same in another language: "5 ans / 5 years".
fn translation(words: &str) -> usize {
    const MOST: usize = 24;
    let Some((other, own)) = words.split_once(" / ").filter(|(other, _)| other.len() < MOST) else { return 0 };
    let figure = |words: &str| words.split(' ').next().filter(|w| w.parse::<u16>().is_ok()).map(str::to_owned);
    let same = figure(other).is_some_and(|n| figure(own).as_ref() == Some(&n));
    if same && periods(other).is_empty() { words.len() - own.len() } else { 0 }
}

/// The value of a label, with the next line where the last word of its own joins it to that: "3 years from the date of".
fn going_on<'r>(reader: &'r Reader<'_>, label: &Label) -> &'r str {
    const LONGEST: usize = 200;
    const JOINING: &str = "of from the date on in to with";
    let value = reader.text.slice(label.value);
    let last = value.rsplit(' ').next().unwrap_or_default();
    if !among(JOINING, last) {
        return value;
    }
    let more = head(reader.text.as_str().part(label.value.start()..), value.len() + LONGEST);
    let end = more.match_indices('\n').map(|(at, _)| at).find(|&at| at > value.len() + 1);
    more.part(..end.unwrap_or(more.len()))
}

/// The length that a value gives in brackets.
fn bracketed(reader: &Reader<'_>, label: &Label) -> Option<(Ending, Span, bool)> {
    let words = head(reader.text.slice(label.value), 200);
    let found = periods(words).into_iter().find(|p| words.part(..p.range.start).trim_end().ends_with('('))?;
    let period = found.value.reading.known()?;
    let end = TermEnd::After { period, anchor: Anchor::Unstated, to: EndOf::Day };
    Some((Ending::Known(end), Span::from(found.range).shift(label.value.start()), found.value.disputed))
}

/// The unit that a label itself names.
fn unit(name: &str) -> Option<Unit> {
    let units = [("month", Unit::Month), ("year", Unit::Year), ("week", Unit::Week)];
    units.into_iter().find(|(word, _)| name.contains(word)).map(|(_, unit)| unit)
}
