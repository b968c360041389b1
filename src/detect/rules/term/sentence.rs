//! The readings of one sentence about the term: days, lengths, anniversaries, calendar years, no end.

use std::ops::Range;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::start::{anchor_of, begins, first_day_counts};
use super::words::{
    ANNIVERSARY, ASIDE, AT_LATEST, BARE_HEADING, BLANK, CALENDAR_YEAR, CAN_END, CAPPED, CONTRACT_YEAR_END, DAY_BEFORE,
    DEFINES_YEAR, FOREVER, FROM_START, FULL_MONTH, HAPPENING, HAPPENS, IF_NOTICED, INITIAL, LENGTH, LENGTH_LISTED,
    MONTHLY, NAMED_YEAR, NEXT_TERM, NO_EARLIER, NOT_END, NOT_LENGTH_AFTER, NOT_LENGTH_BEFORE, RENEWS, SILENTLY, SINCE,
    TO_END_OF, WITH_ANOTHER, YEAR_END,
};
use super::{Ending, TermCandidate, endless};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::rules::anchor;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::{Reader, around, head, settled, tail};
use crate::lexicon::bound::{self, Bound};
use crate::lexicon::{Class, Found, PeriodText, Reading, blanked, dates, months, ordinal, periods, tick};
use crate::phrase::Phrases;
use crate::record::value::{Anchor, EndOf, TermEnd};
use crate::record::{Part as _, Span, Status};

/// The readings of one sentence.
#[expect(clippy::too_many_arguments, reason = "the sentence with its place, and the lists that it adds to")]
pub(super) fn read(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    words: &str,
    subject: Range<usize>,
    score: i32,
    out: &mut Vec<TermCandidate>,
) {
    let asides = aside(words).chain(SILENTLY.find_iter(words).map(|m| m.range()));
    let plain = &*blanked(&tick::chosen(words), asides);
    let from = subject.start;
    let push = |out: &mut Vec<TermCandidate>, bonus: i32, range: Range<usize>, end: Ending, rule, disputed| {
        out.push(TermCandidate {
            score: score + bonus * 1000,
            sentence: index,
            words: Span::from(range).shift(offset),
            end,
            rule,
            disputed,
        });
    };
    let before = out.len();

    let named = months(plain, reader.style);
    let mut found = dates(plain, reader.style);
    found.retain(|d| d.value.reading.known().is_some() || named.iter().all(|m| m.range.start != d.range.start));
    let places: Vec<_> = found.iter().map(|d| d.range.clone()).collect();
    let opening = bound::ranges(plain, &places);
    let first = found.first().cloned();
    for (n, d) in found.into_iter().enumerate() {
        let left = plain.part(from.min(d.range.start)..d.range.start);
        let closes = n > 0 && opening.contains(&(n - 1));
        if opening.contains(&n) {
            begins(reader, findings, index, offset, &d);
        }
        let after = plain.part(d.range.end..);
        let bound = bound::before(left).or_else(|| whichever(left, after));
        let bound = bound.filter(|b| *b == Bound::End).and_then(|_| other_end(after)).or(bound);
        // "Is to be completed by D" after the day on which it starts.
        let done = closes && contains_fold(tail(left, 24), "completed");
        let ends = match bound {
            _ if opening.contains(&n) => false,
            Some(Bound::End | Bound::Later | Bound::Earlier | Bound::Stated) => true,
            _ => closes || left.trim_end().ends_with(['-', '–']),
        };
        if d.range.start < from
            || !ends
            || bound::is_foreign(tail(left, 120))
            || !done && NOT_END.is_match(tail(left, 50)) && !AT_LATEST.is_match(left)
            || CAN_END.is_match(tail(plain.part(..d.range.start), 160))
            || IF_NOTICED.is_match(tail(left, 300))
        {
            continue;
        }
        // "Until the day before D".
        let back = i64::from(DAY_BEFORE.is_match(left));
        let last = |date: Date| date.saturating_sub(back.days());
        let end = settled(d.value.reading).map_or_else(Ending::Gap, |date| Ending::Known(TermEnd::On(last(date))));
        let bonus = if RENEWS.is_match(left) { -4 } else { 3 };
        let one = one_of(bound, plain.part(d.range.end..));
        if one {
            push(out, bonus, d.range, end, "term.one_of", true);
        } else {
            push(out, bonus, d.range, end, "term.until_date", d.value.other.is_some());
        }
    }
    for m in named {
        let left = plain.part(from.min(m.range.start)..m.range.start);
        if let Some(d) =
            first.as_ref().filter(|d| plain.get(d.range.end..m.range.start).is_some_and(|b| bound::is_range("", b)))
        {
            begins(reader, findings, index, offset, d);
        }
        // "31 June 2028": there is no such day, and the month alone is not what was meant.
        let no_day = left.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let bound = bound::before(left.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()));
        let ends = matches!(bound, Some(Bound::End | Bound::Later | Bound::Earlier));
        if m.range.start < from || !ends || NOT_END.is_match(tail(left, 50)) {
            continue;
        }
        if no_day {
            push(out, 3, m.range, Ending::Gap(Status::Unresolved), "term.until_date", false);
            continue;
        }
        let bonus = if RENEWS.is_match(left) { -4 } else { 3 };
        let whole = ["end of", "last day"].iter().any(|w| contains_fold(tail(left, 50), w));
        let rule = if whole { "term.until_date" } else { "term.until_month" };
        let one = one_of(bound, plain.part(m.range.end..));
        let rule = if one { "term.one_of" } else { rule };
        push(out, bonus, m.range, Ending::Known(TermEnd::On(m.value.last_of_month())), rule, one);
    }
    for m in FULL_MONTH.find_iter(plain).filter(|m| m.start() >= from) {
        if let Some((n, range)) = last_ordinal(plain, m.start()) {
            // From "after" or "following" on.
            let counts = plain.part(..m.end()).rfind(' ').unwrap_or(m.start());
            let anchor = anchor_of(reader, findings, index, offset, plain, plain.part(counts..), m.end());
            let to = EndOf::FullMonth;
            let end = TermEnd::After { period: Period::new(n, Unit::Month), anchor, to };
            push(out, 3, range.start..m.end(), Ending::Known(end), "term.period", false);
        }
    }
    if let Some(c) = YEAR_END.captures(plain).or_else(|| NAMED_YEAR.captures(plain))
        && let Some(year) = c.get(1)
        && year.start() >= from
        && let Some(date) = year.as_str().parse().ok().and_then(|y| Date::new(y, 12, 31).ok())
    {
        push(out, 1, year.range(), Ending::Known(TermEnd::On(date)), "term.until_date", false);
    }
    if let Some(m) = CALENDAR_YEAR.find(plain).filter(|m| {
        // The definition of "Calendar Year" speaks of its last day too.
        let left = plain.part(..m.start());
        m.start() >= from
            && !RENEWS.is_match(plain.part(from..m.start()))
            && !left.to_ascii_lowercase().contains("calendar year")
            && !NOT_END.is_match(tail(left, 60))
    }) {
        let anchor = anchor_of(reader, findings, index, offset, plain, "", m.end());
        let end = TermEnd::After { period: Period::new(0, Unit::Year), anchor, to: EndOf::Year };
        push(out, 1, m.range(), Ending::Known(end), "term.calendar_year", false);
    }
    for m in ANNIVERSARY.find_iter(plain) {
        if m.start() < from {
            continue;
        }
        if let Some((period, range)) = anniversary(plain, m.start())
            && (!NOT_END.is_match(tail(plain.part(..range.start), 50))
                || DAY_BEFORE.is_match(plain.part(..range.start)))
            && !RENEWS.is_match(plain.part(from..range.start.max(from)))
            && !CAN_END.is_match(tail(plain.part(..range.start), 120))
            && ![&SINCE, &NO_EARLIER].iter().any(|p| p.is_match(tail(plain.part(..range.start), 100)))
        {
            let after = plain.part(m.end()..);
            let anchor = anchor_of(reader, findings, index, offset, plain, after, m.end());
            let to = end_of(plain.part(from..range.start.max(from)));
            let to = if DAY_BEFORE.is_match(plain.part(..range.start)) { EndOf::DayBefore } else { to };
            let end = Ending::Known(TermEnd::After { period, anchor, to });
            push(out, 2, range.start..m.end(), end, "term.anniversary", false);
        }
    }
    if let Some(c) = CONTRACT_YEAR_END.captures(plain)
        && let Some(word) = c.get(1).or_else(|| c.get(2))
        && let Some(n) = ordinal(word.as_str()).or_else(|| crate::lexicon::count(word.as_str()))
    {
        let anchor = if counts_its_own_years(reader) {
            Anchor::Named("first Contract Year".to_owned())
        } else {
            anchor_of(reader, findings, index, offset, plain, "", word.end())
        };
        let period = Period::new(n.value, Unit::Year);
        push(
            out,
            1,
            word.range(),
            Ending::Known(TermEnd::After { period, anchor, to: EndOf::Day }),
            "term.contract_year",
            false,
        );
    }
    for p in periods(plain) {
        if p.range.start < from || !is_length(plain, from, &p) {
            continue;
        }
        let after = plain.part(p.range.end..);
        // "Ten years less three days".
        let less = less_days(after);
        let after = after.part(less.map_or(0, |(_, end)| end)..);
        let end = match settled(p.value.reading) {
            Ok(period) => {
                let anchor = anchor_of(reader, findings, index, offset, plain, after, p.range.end);
                let to = end_of(plain.part(from..p.range.start));
                let to = if to == EndOf::Day && first_day_counts(plain, after) { EndOf::DayBefore } else { to };
                let to = match (less, to) {
                    (Some((days, _)), EndOf::DayBefore) => EndOf::Less(days + 1),
                    (Some((days, _)), EndOf::Day) => EndOf::Less(days),
                    _ => to,
                };
                Ending::Known(TermEnd::After { period, anchor, to })
            }
            Err(status) => Ending::Gap(status),
        };
        let bonus = if out.len() > before { -1 } else { 1 };
        push(out, bonus, p.range, end, "term.period", p.value.disputed);
    }
    if out.len() == before {
        let fixed = INITIAL.is_match(words) && !reader.phrases(index).has(Class::Indefinite);
        let goes_on = fixed || RENEWS.is_match(words) || MONTHLY.is_match(words);
        let forever = || {
            let named = FOREVER.find(plain.part(from..)).map(|m| shift(m.range(), from));
            named.or_else(|| endless::until_ended(reader.phrases(index), from)).or_else(|| {
                // "Remains in force, barring termination under Article 9, until one Party ends it".
                (plain != words).then(|| endless::until_ended(&Phrases::of(plain), from)).flatten()
            })
        };
        if let Some(gap) = open_end(plain, from).filter(|_| subject.end > 0) {
            push(out, 3, gap, Ending::Gap(Status::Unresolved), "term.until_date", false);
        } else if let Some(other) = WITH_ANOTHER.captures(plain.part(from..)).and_then(|c| Some(c.get(1)?.range())) {
            let end = TermEnd::Event(format!("the end of {}", plain.part(from..).part(other.clone()).trim()));
            push(out, 1, shift(other, from), Ending::Known(end), "term.event", false);
        } else if let Some(words) = (!goes_on).then(forever).flatten() {
            // "Takes effect on 1 March and runs until either party ends it".
            let start = first.filter(|d| d.range.start < words.end && starts(plain.part(..d.range.start)));
            if let Some(d) = start {
                begins(reader, findings, index, offset, &d);
            }
            push(out, -2, words, Ending::Known(TermEnd::UntilTerminated), "term.until_terminated", false);
        } else if score < 7_000 || subject.end == 0 {
            // Too little to call it the end of the contract.
        } else if let Some(event) = happening(plain.part(from..)) {
            let end = Ending::Known(TermEnd::Event(plain.part(from..).part(event.clone()).trim().to_owned()));
            push(out, -6, shift(event, from), end, "term.event", false);
        }
    }
}

/// Whether the words before a date make it a first day.
fn starts(left: &str) -> bool {
    bound::is_start(left) && !bound::is_foreign(tail(left, 120))
}

/// What the end depends on: "until completion of the works".
fn happening(words: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(m) = HAPPENS.find_at(words, from) {
        let event = HAPPENS.captures(m.as_str())?.get(1)?.range();
        let at = shift(event, m.start());
        if HAPPENING.is_match(words.part(at.clone())) {
            return Some(at);
        }
        from = at.start;
    }
    None
}

/// A place left to fill in where the last day would stand: `ends on [DATE]`.
fn open_end(plain: &str, from: usize) -> Option<Range<usize>> {
    BLANK.find_iter(plain.part(from..)).map(|m| shift(m.range(), from)).find(|gap| {
        let left = plain.part(from..gap.start);
        let ends = bound::before(left) == Some(Bound::End) && !left.trim_end().ends_with(" to");
        ends && !plain.part(gap.end..).trim_start().starts_with(char::is_alphanumeric)
    })
}

/// The asides of a sentence: "unless earlier terminated as provided in Section 9,".
pub(in super::super) fn aside(words: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    ASIDE.find_iter(words).map(|m| m.range())
}

/// Whether the contract defines its years otherwise than from its start or the anniversaries of it: from a July 1.
fn counts_its_own_years(reader: &Reader<'_>) -> bool {
    reader.sentences().any(|(_, _, words)| DEFINES_YEAR.is_match(words) && !FROM_START.is_match(words))
}

/// Whether the words before an end move it to the end of its month or year.
fn end_of(left: &str) -> EndOf {
    match TO_END_OF.captures(tail(left, 80)).and_then(|c| c.get(1)) {
        Some(m) if m.as_str().eq_ignore_ascii_case("month") => EndOf::Month,
        Some(_) => EndOf::Year,
        None => EndOf::Day,
    }
}

/// Whether an end is one of several, of which the text does not say now which will be the last, or the first.
///
/// "The earlier of 30 June 2027 and termination" is no choice: any contract can be terminated.
fn one_of(bound: Option<Bound>, after: &str) -> bool {
    let other = head(after, 120);
    match bound {
        Some(Bound::Later) => true,
        Some(Bound::Earlier) => !["terminat", "cancel"].iter().any(|w| contains_fold(other, w)),
        _ => false,
    }
}

/// The bound of the last of several ends: "terminates upon acceptance or on D, whichever occurs first".
fn whichever(left: &str, after: &str) -> Option<Bound> {
    pattern!(FIRST, r"^[\s,]*whichever\b[^.;,]{0,30}\b(?:first|earlier|earliest|sooner)\b");
    pattern!(LAST, r"^[\s,]*whichever\b[^.;,]{0,30}\b(?:last|later|latest)\b");
    pattern!(
        ENDS_OR,
        r"\b(?:terminat|expir|end|continu|until|remain|last)\w*\b[^.;]{0,160}\bor\s+(?:on\s+|until\s+|by\s+)?$"
    );
    let which = if FIRST.is_match(after) {
        Bound::Earlier
    } else if LAST.is_match(after) {
        Bound::Later
    } else {
        return None;
    };
    ENDS_OR.is_match(left).then_some(which)
}

/// The bound of the first of two ends: "until D or until the works are accepted, whichever is later", "to D or, if later, the day".
fn other_end(after: &str) -> Option<Bound> {
    pattern!(
        LAST,
        r"^[\s,]*or\s+(?:until|the|when|on|upon|such)\b[^.;]{0,160}\bwhichever\b[^.;,]{0,30}\b(?:last|later|latest)\b"
    );
    pattern!(IF_LATER, r"^[\s,]*or\W{1,2}if\s+(?:that\s+is\s+|it\s+is\s+)?later\b");
    (LAST.is_match(after) || IF_LATER.is_match(after)).then_some(Bound::Later)
}

/// The days by which a length is shortened, and where the words end that say it: "less one day", "(less the last three days)".
fn less_days(after: &str) -> Option<(u32, usize)> {
    pattern!(LESS, r"^[\s,(]*less\s+(?:the\s+)?(?:last\s+)?");
    let at = LESS.find(after)?.end();
    let found = periods(after.part(at..)).into_iter().next().filter(|p| p.range.start == 0)?;
    let days = found.value.reading.known().filter(|p| p.unit == Unit::Day)?;
    let end = at + found.range.end;
    Some((days.count, end + after.part(end..).len() - after.part(end..).trim_start_matches(')').len()))
}

/// Whether the words behind a length make it that of something else.
pub(super) fn length_anchor(after: &str) -> bool {
    NOT_LENGTH_AFTER.is_match(after)
}

pub(super) fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Whether a period is the length of the term by the words around it.
fn is_length(plain: &str, from: usize, p: &Found<PeriodText>) -> bool {
    if let Reading::Known(period) = p.value.reading {
        let short = matches!(period.unit, Unit::Hour | Unit::Minute | Unit::BusinessHour | Unit::BusinessDay);
        if short || period.count == 0 || period.unit == Unit::Day && period.count < 14 || period.count > 1_200 {
            return false;
        }
        if p.value.article && !tail(plain.part(..p.range.start), 12).to_ascii_lowercase().contains("for") {
            return false;
        }
    }
    let (_, after) = around(plain, &p.range, 60);
    let left = plain.part(from..p.range.start);
    // "A notice takes effect at the end of the month in which the thirty days run out".
    let renewed = IS_RENEWED.is_match(left) && anchor::dated(plain.part(p.range.end..));
    if RENEWS.is_match(left) && !renewed
        || goes_on(plain, left)
        || end_of(left) != EndOf::Day && contains_fold(left, "notice")
    {
        return false;
    }
    // "One additional term of three years is available"; not "renew it for a further term of five years from 1 October".
    let counts = || after_starts(plain.part(p.range.end..));
    if NEXT_TERM.is_match(tail(plain.part(..p.range.start), 60)) && !counts() {
        return false;
    }
    let near = tail(left, 30);
    // "A total duration of four years, being an initial term of two years and two options".
    if CAPPED.is_match(near) && INITIAL.is_match(plain.part(p.range.end..)) {
        return false;
    }
    (LENGTH.is_match(near) || LENGTH_LISTED.is_match(near) || end_of(left) != EndOf::Day)
        && !NOT_LENGTH_BEFORE.is_match(tail(left, 60))
        && !NOT_LENGTH_AFTER.is_match(after)
        || (left.trim().is_empty() || BARE_HEADING.is_match(left)) && from < 40 && !NOT_LENGTH_AFTER.is_match(after)
}

// What a deed does to the term: "the term of the Lease is renewed for a period of 3 years from 1 June 2026".
pattern!(
    IS_RENEWED,
    r"\b(?:term|lease|tenancy|agreement|contract)\b[^.;]{0,60}\b(?:is|are)\s+(?:hereby\s+)?(?:renewed|extended)\s+for\b"
);

/// Whether a length is that of what follows the term: "thereafter continues for 12 months"; not that of "commences on 1 May and
/// shall thereafter continue for 24 months".
fn goes_on(plain: &str, left: &str) -> bool {
    pattern!(GOES_ON, ["thereafter (shall) continu*"]);
    pattern!(BEGINS, r"\b(?:commenc|begin|start)\w*\s+(?:on|from)\b");
    let m = GOES_ON.find(left);
    m.is_some() && !(BEGINS.is_match(plain) && periods(plain).len() == 1)
}

/// Whether the words behind a length say from when it counts.
fn after_starts(after: &str) -> bool {
    pattern!(FROM, r"^\W{0,3}(?:commencing|starting|beginning|running|from|with\s+effect)\b");
    FROM.is_match(after)
}

/// The period of an anniversary: "the third (3rd) anniversary", "the five (5) year anniversary".
fn anniversary(plain: &str, at: usize) -> Option<(Period, Range<usize>)> {
    let left = tail(plain.part(..at), 50);
    let base = at - left.len();
    if let Some(p) = periods(left).pop().filter(|p| left.part(p.range.end..).trim_matches([' ', '-', '–']).is_empty())
    {
        return Some((p.value.reading.known()?, shift(p.range, base)));
    }
    let (n, range) = last_ordinal(plain, at)?;
    (plain.part(range.end..at).trim().len() < 12).then(|| (Period::new(n, Unit::Year), range))
}

/// The last ordinal in the 50 bytes before `at`.
fn last_ordinal(plain: &str, at: usize) -> Option<(u32, Range<usize>)> {
    let left = tail(plain.part(..at), 50);
    let base = at - left.len();
    let mut found = None;
    let mut start = 0;
    while let Some(o) = ordinal(left.part(start..)) {
        let range = shift(o.range, start);
        start = range.end;
        found = Some((o.value, shift(range, base)));
    }
    found
}
