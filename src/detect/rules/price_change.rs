//! Changes of prices: with an index, by a share, with a renewal, or by notice. Wording: C5.

mod told;

use std::ops::Range;

use super::pattern::pattern;
use super::reader::{Reader, head, tail};
use crate::calendar::{DayKind, Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{DateStyle, Decimal, NamedDays, dates, named_days, percents, periods, sums};
use crate::record::value::price::{PriceChange, PriceChangeKind, PriceDay};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

// Words without which no price changes, and the rates that are no price.
pattern!(MOVES, r"{moves}");
pattern!(PRICES, r"{prices}");
pattern!(ELSE, r"{other_rates}|^\W*(?:by\s+way\s+of|for)\s+(?:example|illustration)\b");
// "May adjust its rates", "the fees shall be increased", "an increase in the rent".
pattern!(
    CHANGES,
    r"{moves}\s+(?:[\w'’()-]+\s+){0,8}?{prices}|(?:{prices}|\bamounts?\b)[^.;]{0,90}{moves}|\bannual\s+{moves}|^\W*(?:[0-9.]+\W+)?(?:[\w-]+\s+)?escalation\s*[:\t]"
);
pattern!(MAY, r"\b(?:may|shall|will|right\s+to|entitled\s+to|subject\s+to|notice\s+of)\s+(?:[\w,-]+\s+){0,6}?{raises}");
pattern!(PUT_UP, r"\bputs?\s+(?:[\w'’]+\s+){0,3}?{prices}\s+up\b");
// The prices of the sentence before: "They rise to $0.0095 on 1 July 2028", "it is then indexed".
pattern!(
    THEY_MOVE,
    r"\b(?:it|they|these|those|both|which)\s+(?:(?:is|are|shall|will|may|be|each|then|thereupon|thereafter|again)\s+)*{raises}"
);
// The limits of the change that the sentence before speaks of: "They shall not go up by more than 5% in a year".
pattern!(
    THEY_STAY,
    r"\b(?:it|they|these|those)\s+(?:shall|will|may|must|can|do(?:es)?)\s*not\s+(?:be\s+|however\s+|ever\s+)*{raises}"
);
// Prices that stay: "does not go up with the index or for any other cause".
pattern!(STAYS, r"\b(?:not|never)\s+(?:be\s+)?{raises}");
pattern!(
    BUT,
    r"\b(?:more\s+than|exceed\w*|until|before|unless|except|during|other\s+than|save|first|without|less|only)\b"
);
// A sentence that goes on about the change of the one before it.
pattern!(
    GOES_ON,
    r"\b(?:such|any|the|each|annual|no|in\s+no\s+event)\s+(?:[\w-]+\s+){0,4}?(?:increase|adjustment|escalat|change\b|rise\b|uplift|revision)"
);
pattern!(HEADING, r"{prices}.{0,20}\b(?:adjust|increas|escalat|review|chang)|\bescalat|\bindexation");
pattern!(INDEX, r"{index}");
// Words before a share that make it the most, the least, or the change itself.
pattern!(
    CAP_BEFORE,
    r"\b(?:exceed(?:ing|s)?|(?:no|not|be)\s+(?:by\s+)?(?:more|greater)\s+than|maximum\s+(?:[\w-]+\s+){0,3}of|up\s+to|(?:lesser|lower)\s+of|at\s+most|capped\s+at|cap\s+of|limited\s+to)\b[^;]{0,40}$"
);
// "Shall not increase by more than": the negation may stand far before.
pattern!(NOT_MORE, r"\b(?:not|no|never|neither|nor|cannot)\b[^;]{0,120}\bmore\s+than\b[^;]{0,40}$");
pattern!(
    FLOOR_BEFORE,
    r"\b(?:(?:greater|higher)\s+of|at\s+least|(?:no|not|be)\s+less\s+than|minimum\s+(?:[\w-]+\s+){0,3}of|(?:collar|floor)\s+of)\b[^;]{0,40}$"
);
pattern!(
    BY_BEFORE,
    r"{moves}[^;]{0,90}\b(?:by|of|at)\s+(?:(?:an?|additional|fixed|further|rate\s+of)\s+)*$|\bescalation\s*[:\t]\s*$"
);
pattern!(BY_AFTER, r"^[\s)]*(?:(?:per|annum|annual|yearly|year|rent)\s+)*(?:increase|escalat|uplift|rise)");
pattern!(LESS, r"\bwhichever\s+is\s+(?:the\s+)?(?:less|lower|smaller)");
pattern!(MORE, r"\bwhichever\s+is\s+(?:the\s+)?(?:great|high|larg|more)");
pattern!(
    NEVER_DOWN,
    r"\b(?:never|not|no\s+event)\b[^.;]{0,60}\b(?:decreas|reduc|go(?:es)?\s+down|come\s+down|fall\b|drop\b|lowered|less\s+than\s+the\s+(?:(?:then|prior|previous|preceding|current)\b|{prices}))|\bupwards?[\s-]+only"
);
pattern!(YEARLY, r"{yearly_words}");
pattern!(
    ANNIVERSARY,
    r"\banniversar(?:y|ies)(?:\s+(?:date\s+)?of\s+(?:(?:the|this)\s+)?{own_start}|\s+(?:thereof|thereafter|during|by|the|in)\b|\s*[,.;)])"
);
pattern!(
    CONTRACT_YEAR,
    r"\b(?:beginning|start|commencement|first\s+day)\s+of\s+each\s+(?:[\w-]+\s+)?(?:contract|agreement|lease)\s+year"
);
// "After every 24 months from the Term Commencement Date".
pattern!(
    EVERY_FROM_START,
    r"\b(?:every|each|intervals\s+of)\s+(?:[\w()-]+\s+){1,4}?(?:months?|years?)\s+(?:after|from|following|of)\s+(?:the\s+|this\s+)?(?:[\w-]+\s+){0,2}?{own_start}"
);
// An anniversary of something else.
pattern!(OTHER_ANNIVERSARY, r"\banniversar(?:y|ies)\s+(?:date\s+)?of\b");
pattern!(
    JANUARY,
    r"\b(?:each|every|on|effective)\s+(?:january\s+1(?:st)?|1(?:st)?\s+(?:of\s+)?january)\b(?:\s+of\s+each|[^\d]{0,6}(?:each|every|of|,?\s*[a-z]))|\bfirst\s+day\s+of\s+(?:each|every)\s+calendar\s+year"
);
pattern!(RENEWAL, r"{renewing}");
// When for the first time.
pattern!(
    BEGINS,
    r"\b(?:(?:beginning|commencing|starting)\s+(?:on|with|from|upon|in|at|after)|fixed\s+(?:for|until|during))\s+(?:the\s+)?([^,;.]{5,90})"
);
// The same before a date, which needs no joining word.
pattern!(
    FROM_DAY,
    r"\b(?:beginning|commencing|starting|effective|with\s+effect|first\s+time)(?:\s+(?:on|from|as\s+of|the))*\s*$"
);
// "Increases by 3% on D".
pattern!(MOVED_ON, r"{raises}[^.;]{0,30}\bon\s+$");
pattern!(
    NTH,
    r"\b(?:(?:after|following)\s+the\s+({nth}\s+[^,;.]{4,60})|on\s+the\s+({nth}\s+(?:\([^)]*\)\s+)?anniversary[^,;.]{0,60}))"
);
// "Increases to $2,100", "and once more, to $2,200": a date behind it is that of the step.
pattern!(STEP, r"{moves}(?:[^.;]|\.[0-9]){0,160}?\bto\s+$");
pattern!(TO, r"\bto\s+$");
// The number of one anniversary, and of the next: "from the first anniversary, and again from the second".
pattern!(ONE_ANNIVERSARY, r"\b({nth})\s+(?:\([^)]*\)\s*)?anniversary\b");
pattern!(
    NEXT_ANNIVERSARY,
    r"^[^.;]{0,60}?(?:,|\band\b)\s+(?:again\s+)?(?:(?:from|on|upon|after|at)\s+)?(?:the\s+)?({nth})\b"
);
// Words by which a change comes again each year.
pattern!(
    COMES_AGAIN,
    r"\bannual(?:ly)?\b|\b(?:each|every|per|any)\b|\byearly\b|\bthereafter\b|\bsubsequent|\banniversaries\b|\b(?:beginning|commencing|starting)\b|\ba\s+year\b"
);
pattern!(
    NOTICE_AFTER,
    r"^[\s'’]*s?['’]?\s*(?:{notice_words}[\s,'’]+){0,5}notice\b|^[\s'’]*(?:prior\s+to|before|in\s+advance\s+of)\b[^.;]{0,60}{takes_effect}"
);

/// How many sentences prove a change beside its first one. A text that says it over and over proves it no better.
const GOES_ON_FOR: usize = 16;

/// A change on its way to a fact.
struct PriceDraft {
    sentence: usize,
    last: usize,
    more: Vec<usize>,
    range: Range<usize>,
    value: PriceChange,
}

/// Finds the changes of prices, in the order of the text.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut out: Vec<PriceDraft> = Vec::new();
    for (i, _, words) in reader.sentences() {
        let stays = || STAYS.is_match(words) && !BUT.is_match(words);
        if let Some(draft) = out.last_mut().filter(|d| reader.share_section(d.last, i)) {
            told::ahead(draft, i, words);
        }
        if let Some(draft) = out.last_mut().filter(|d| i - d.last <= told::LABEL_REACH) {
            told::on_a_day(draft, i, words, reader.style);
        }
        let last = out.last().map(|d| d.last);
        if let Some(draft) =
            i.checked_sub(1).filter(|&b| last.is_none_or(|l| l < b)).and_then(|b| told::later(reader, b, i))
        {
            out.push(draft);
            continue;
        }
        if words.len() > 4_000 || !MOVES.is_match(words) || ELSE.is_match(words) || stays() {
            continue;
        }
        let Some((value, range)) = read(words, reader.style) else { continue };
        let next = |d: &PriceDraft| i - d.last == 1 && THEY_STAY.is_match(words);
        let before = out.last_mut().filter(|d| i - d.last <= 2 && GOES_ON.is_match(words) || next(d));
        let value = match &before {
            Some(d) if d.value.index.is_some() && value.floor.is_none() && NEVER_DOWN.is_match(words) => {
                PriceChange { floor: Some(Decimal::whole(0)), ..value }
            }
            _ => value,
        };
        if let Some(draft) = before.filter(|d| fits(&d.value, &value)) {
            if draft.more.len() < GOES_ON_FOR {
                draft.more.push(i);
            }
            draft.last = i;
            draft.value = joined(&draft.value, value);
            continue;
        }
        let titled = PRICES.is_match(words) && HEADING.is_match(reader.heading(i));
        let timed = value.every.is_some() || value.on.is_some() || value.notice.is_some() || value.first.is_some();
        let sized = value.index.is_some() || value.percent.is_some() || value.cap.is_some() || value.floor.is_some();
        // A share alone, such as "by 25 % for each further processor", is no change over time; notice or a date alone
        // must be of a change that a party makes.
        let may = MAY.is_match(words);
        let they = || {
            let before = i.checked_sub(1).filter(|&before| reader.share_section(before, i));
            THEY_MOVE.is_match(words) && before.is_some_and(|before| PRICES.is_match(reader.sentence(before)))
        };
        let changes = CHANGES.is_match(words) || PUT_UP.is_match(words) || timed && they();
        let over_time = timed && changes || titled && (timed || sized && may);
        let steps = steps(words, reader.style);
        if over_time && (sized || may || !steps.is_empty()) {
            let later = later_ones(words, &value, &steps, reader.style);
            let draft = |(value, range)| PriceDraft { sentence: i, last: i, more: Vec::new(), range, value };
            out.push(draft((value, range)));
            out.extend(later.into_iter().map(draft));
        }
    }
    findings.facts.price_changes = out.into_iter().map(|d| fact(reader, d)).collect();
}

/// What a sentence says of a change, and the words that say it; `None` where it says nothing that can be counted.
fn read(words: &str, style: DateStyle) -> Option<(PriceChange, Range<usize>)> {
    let mut value = PriceChange {
        kind: PriceChangeKind::Other,
        index: None,
        percent: None,
        cap: None,
        floor: None,
        every: None,
        on: None,
        first: None,
        notice: None,
    };
    let mut said: Vec<Range<usize>> = Vec::new();
    if let Some(m) = INDEX.find(words) {
        value.index = Some(index_name(m.as_str(), words).to_owned());
        said.push(m.range());
    }
    shares(words, &mut value, &mut said);
    if value.index.is_some() && value.floor.is_none() && NEVER_DOWN.is_match(words) {
        value.floor = Some(Decimal::whole(0));
    }
    let all: Vec<_> = periods(words).into_iter().filter(|p| !p.value.article).collect();
    let noticed = all.iter().filter(|p| NOTICE_AFTER.is_match(head(words.part(p.range.end..), 100)));
    let noticed = noticed.filter_map(|p| Some((p.value.reading.known()?, p.range.clone())));
    let short = |unit| matches!(unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Month);
    if let Some((notice, range)) = noticed.into_iter().find(|(p, _)| short(p.unit)) {
        value.notice = Some(notice);
        said.push(range);
    }
    value.on = day(words);
    let steps = steps(words, style);
    // "Every two years", "in any 12-month period".
    let each = |before: &str| {
        ["every", "each", "any", "per", "intervals of"].iter().any(|w| before.to_ascii_lowercase().ends_with(w))
    };
    let rhythm = all.iter().filter(|p| each(tail(words.part(..p.range.start), 14).trim_end()));
    let rhythm = rhythm.filter_map(|p| p.value.reading.known()).find(|p| p.months().is_some());
    let once = ONE_ANNIVERSARY.is_match(words) && !COMES_AGAIN.is_match(words);
    value.every =
        rhythm.or_else(|| (!once && steps.len() < 2 && YEARLY.is_match(words)).then_some(Period::new(1, Unit::Year)));
    let starts = |d: &crate::lexicon::Found<_>| {
        let before = tail(words.part(..d.range.start), 60);
        FROM_DAY.is_match(before) || MOVED_ON.is_match(before)
    };
    let dated = dates(words, style).into_iter().find(starts).map(|d| words.part(d.range).to_owned());
    let first = || BEGINS.captures(words).or_else(|| NTH.captures(words));
    value.first = dated.or_else(|| first().and_then(|c| Some(c.get(1).or(c.get(2))?.as_str().trim().to_owned())));
    if once && value.first.is_none() {
        value.first = ONE_ANNIVERSARY.find(words).map(|m| m.as_str().to_owned());
    }
    if let Some((date, range)) = steps.into_iter().next().filter(|_| said.is_empty()) {
        value.first = Some(date);
        said.push(range);
    }
    value.kind = kind(&value);
    Some((value, said.iter().map(|r| r.start).min()?..said.iter().map(|r| r.end).max()?))
}

/// The shares of a sentence: the change itself, the most and the least of it.
fn shares(words: &str, value: &mut PriceChange, said: &mut Vec<Range<usize>>) {
    let (mut from, mut between) = (0, false);
    for p in percents(words) {
        let before = tail(words.part(from..p.range.start), 160);
        let after = head(words.part(p.range.end..), 160);
        from = p.range.end;
        let ranged = std::mem::replace(&mut between, before.trim_end().to_ascii_lowercase().ends_with("between"));
        let slot = if p.value >= Decimal::whole(100) {
            continue;
        } else if between || MORE.is_match(after) {
            &mut value.floor
        } else if ranged || LESS.is_match(after) || CAP_BEFORE.is_match(before) || NOT_MORE.is_match(before) {
            &mut value.cap
        } else if FLOOR_BEFORE.is_match(before) {
            &mut value.floor
        } else if BY_BEFORE.is_match(before) || BY_AFTER.is_match(after) {
            &mut value.percent
        } else {
            continue;
        };
        if slot.is_none() {
            *slot = Some(p.value);
            said.push(p.range);
        }
    }
}

/// The steps to a new price: the date of each, and its words from the sum to the date.
fn steps(words: &str, style: DateStyle) -> Vec<(String, Range<usize>)> {
    let sums = sums(words);
    let is_step = |at: usize| {
        let before = words.part(..at);
        TO.is_match(before) && STEP.is_match(tail(before, 200))
    };
    let steps: Vec<_> = sums.into_iter().map(|sum| sum.range).filter(|range| is_step(range.start)).collect();
    let all: Vec<_> = dates(words, style).into_iter().filter(|d| d.value.reading.known().is_some()).collect();
    // "On 1 April 2027 it rises to $2,100, and on 1 April 2028 to $2,200": the dates stand before the sums.
    let last = steps.last().map_or(0, |step| step.end);
    let ahead = steps.len() > 1 && !all.iter().any(|d| d.range.start >= last);
    let dated = |(k, step): (usize, &Range<usize>)| {
        let until = steps.get(k + 1).map_or(words.len(), |next| next.start);
        let behind = all.iter().find(|d| d.range.start >= step.end && d.range.start < until && !ahead);
        let from = k.checked_sub(1).map_or(0, |k| steps[k].end);
        let before = all.iter().rfind(|d| d.range.start >= from && d.range.end <= step.start && ahead);
        // "On 1 April 2027 it rises to $2,100".
        let date = behind.or(before).or_else(|| all.first().filter(|_| k == 0))?.clone();
        let range = step.start.min(date.range.start)..step.end.max(date.range.end);
        Some((words.part(date.range).to_owned(), range))
    };
    steps.iter().enumerate().filter_map(dated).collect()
}

/// "By 3% on 1 March 2028 and again on 1 March 2029": the days on which the same change is made once more, or a change by another
/// share.
fn again_on(words: &str, first: &PriceChange, style: DateStyle) -> Vec<(PriceChange, Range<usize>)> {
    pattern!(
        AGAIN,
        r"^\s*,?\s*(?:(?:and|then|again|once\s+more|by\s+the\s+same\s+(?:percentage|amount|share))\s+)*(?:by\s+(?:a\s+)?(?:further\s+|another\s+)?[^,;.]{1,24}\s+)?(?:on|from|with\s+effect\s+from)\s+(?:the\s+)?$"
    );
    let all = dates(words, style);
    let known = |d: &crate::lexicon::Found<_>| first.first.as_deref() == Some(words.part(d.range.clone()));
    let Some(start) = all.iter().position(known).filter(|_| first.percent.is_some()) else { return Vec::new() };
    let pairs = all.iter().skip(start).zip(all.iter().skip(start + 1)).map_while(|(before, next)| {
        let between = before.range.end..next.range.start;
        if !AGAIN.is_match(words.part(between.clone())) {
            return None;
        }
        let percent = percents(words.part(between)).first().map(|p| p.value).or(first.percent);
        let day = Some(words.part(next.range.clone()).to_owned());
        Some((PriceChange { first: day, percent, ..first.clone() }, next.range.clone()))
    });
    pairs.collect()
}

/// What a sentence says of later changes: the second step, "and again from the second anniversary".
fn later_ones(
    words: &str,
    first: &PriceChange,
    steps: &[(String, Range<usize>)],
    style: DateStyle,
) -> Vec<(PriceChange, Range<usize>)> {
    if first.every.is_some() {
        return Vec::new();
    }
    let stepped = first.percent.is_none() && first.first.as_ref() == steps.first().map(|(date, _)| date);
    if stepped {
        let later = |(date, range): &(String, Range<usize>)| {
            (PriceChange { first: Some(date.clone()), ..first.clone() }, range.clone())
        };
        return steps.iter().skip(1).map(later).collect();
    }
    let mut out = again_on(words, first, style);
    let Some(mut at) = ONE_ANNIVERSARY.find(words).map(|m| m.end()) else { return out };
    while let Some((nth, next)) = NEXT_ANNIVERSARY.captures(words.part(at..)).and_then(|c| Some((c.get(1)?, c.get(0)?)))
    {
        let range = at + nth.start()..at + nth.end();
        let value = PriceChange { first: Some(format!("{} anniversary", nth.as_str())), ..first.clone() };
        out.push((value, range));
        at += next.end();
    }
    out
}

/// The day of a change; `None` where the contract counts from a day that is not its own.
fn day(words: &str) -> Option<PriceDay> {
    if ANNIVERSARY.is_match(words) || CONTRACT_YEAR.is_match(words) || EVERY_FROM_START.is_match(words) {
        Some(PriceDay::Anniversary)
    } else if JANUARY.is_match(words) {
        Some(PriceDay::CalendarYear)
    } else {
        let renewal = || (!OTHER_ANNIVERSARY.is_match(words) && RENEWAL.is_match(words)).then_some(PriceDay::Renewal);
        of_year(words).or_else(renewal)
    }
}

/// "On 1 July each year", "on each anniversary of 1 July 2026".
fn of_year(words: &str) -> Option<PriceDay> {
    pattern!(ON, r"(?:^|\b(?:on|from|effective|each|every))\s*(?:or\s+about\s+)?(?:the\s+)?$");
    pattern!(MEASURED, r"\b(?:publi\w+|announced|calculated|measured|ended|stood)\s+on\s+$");
    let year = Period::new(1, Unit::Year);
    let yearly = |days: &NamedDays| days.every == Some(year) || days.every.is_none() && YEARLY.is_match(words);
    named_days(words).into_iter().filter(|d| yearly(&d.value)).find_map(|d| {
        let before = tail(words.part(..d.range.start), 40);
        let [one] = d.value.days.as_slice() else { return None };
        let day = (one.of == DayKind::Day && one.nth > 0).then_some(one.nth)?;
        (ON.is_match(before) && !MEASURED.is_match(before)).then_some(PriceDay::OfYear { month: one.month?, day })
    })
}

fn kind(value: &PriceChange) -> PriceChangeKind {
    if value.index.is_some() {
        PriceChangeKind::Index
    } else if value.on == Some(PriceDay::Renewal) {
        PriceChangeKind::RenewalUplift
    } else if value.percent.is_some() || value.cap.is_some() || value.floor.is_some() {
        PriceChangeKind::Percent
    } else {
        PriceChangeKind::Other
    }
}

/// The short name of the index named `name` in `words`.
fn index_name(name: &str, words: &str) -> &'static str {
    let (name, words) = (name.to_ascii_lowercase(), words.to_ascii_lowercase());
    let urban = words.contains("cpi-u") || words.contains("all urban consumers");
    let wage = words.contains("cpi-w") || words.contains("wage earners");
    match name.as_str() {
        "cpih" => "CPIH",
        "rpix" => "RPIX",
        "ppi" => "PPI",
        "inflation" => "inflation",
        n if n.starts_with("producer") => "PPI",
        n if n.starts_with("employment") => "ECI",
        n if n.starts_with("rpi") || n.starts_with("retail") => "RPI",
        n if n.starts_with("hicp") || n.starts_with("harmoni") => "HICP",
        _ if urban => "CPI-U",
        _ if wage => "CPI-W",
        _ => "CPI",
    }
}

/// Whether `more` says nothing else about what `value` already says.
fn fits(value: &PriceChange, more: &PriceChange) -> bool {
    let same = |a: Option<Decimal>, b: Option<Decimal>| a.is_none() || b.is_none() || a == b;
    same(value.percent, more.percent)
        && same(value.cap, more.cap)
        && same(value.floor, more.floor)
        && (value.index.is_none() || more.index.is_none() || value.index == more.index)
}

fn joined(value: &PriceChange, more: PriceChange) -> PriceChange {
    let value = value.clone();
    let mut both = PriceChange {
        kind: value.kind,
        index: value.index.or(more.index),
        percent: value.percent.or(more.percent),
        cap: value.cap.or(more.cap),
        floor: value.floor.or(more.floor),
        every: value.every.or(more.every),
        on: value.on.or(more.on),
        first: value.first.or(more.first),
        notice: value.notice.or(more.notice),
    };
    both.kind = kind(&both);
    both
}

fn fact(reader: &Reader<'_>, d: PriceDraft) -> Fact<PriceChange> {
    let whole = reader.span(d.sentence);
    let raw = reader.sentence(d.sentence).part(d.range.clone());
    let place = Span::new(whole.start() + d.range.start, whole.start() + d.range.end);
    let (rule, sure) = match d.value.kind {
        PriceChangeKind::Index => ("price.index", 0.8),
        PriceChangeKind::Percent => ("price.percent", 0.8),
        PriceChangeKind::RenewalUplift => ("price.renewal", 0.75),
        PriceChangeKind::Other => ("price.notice", 0.65),
    };
    let cited = reader.text.cited(d.value, reader.quote(d.sentence, place));
    let fact = Fact::found("price_change", cited, raw, Origin::rule(rule), Confidence::new(sure));
    d.more.into_iter().fold(fact, |f, i| f.with_evidence(reader.text.cite(reader.quote(i, reader.span(i)))))
}

#[cfg(test)]
mod tests;
