//! When a duty is due, from the words of its clause. Wording: C6 and C8.

use std::ops::Range;

use super::super::pattern::pattern;
use super::super::reader::{around, head};
use crate::calendar::{Period, Unit};
use crate::lexicon::{DateStyle, Reading, dates, periods};
use crate::record::value::{Direction, Timing, TimingKind};

/// A time in a clause, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) timing: Timing,
    pub(super) range: Range<usize>,
}

// Cheap test for words that may hold a time.
pattern!(
    TIMEISH,
    r"\b(?:days?|weeks?|months?|quarters?|years?|hours?|daily|weekly|bi-?weekly|fortnightly|monthly|bi-?monthly|quarterly|annual(?:ly)?|semi-?annual(?:ly)?|yearly|net\s+[0-9]|(?:19|20)[0-9]{2}|anniversary)\b"
);
// Words after a period that count back from an event.
pattern!(
    BACK,
    r"^[\s']*s?'?[\s,-]*(?:\([^()]{0,40}\)[\s,]*)?(?:calendar\s+|business\s+)?(?:(?:or\s+more|and)\s+)?(?:(?:advance|advanced|prior|written|previous|cure\s+period|in)\s+)*(?:prior(?:\s+to)?|before|advance|preceding|ahead\s+of|notice|notification)\b"
);
// Words after a period that count on from an event.
pattern!(
    ON,
    r"^[\s']*s?'?[\s,]*(?:\([^()]{0,80}\)[\s,]*)?(?:(?:inspection|review|cure|acceptance|testing|notice)\s+period\s*,?\s*)?(?:(?:immediately|directly|next)\s+)?(after|from|following|of|since|subsequent\s+to|upon|thereafter|as\s+of|past|beyond)\b"
);
// Words before a period that make it a limit.
pattern!(
    LIMIT,
    r"\b(?:within|with\s+in|no\s+later\s+than|not\s+later\s+than|no\s+more\s+than|not\s+more\s+than|not\s+(?:\w+\s+)?exceed(?:ing)?|in\s+no\s+event\s+(?:later|more|longer)\s+than|inside|net|the\s+next|in\s+less\s+than|at\s+the\s+latest|and\s+for)\s*(?:(?:a|an|the|period|maximum|of|first|additional|further|reasonable|such|next|least|another|exactly)\s+)*$"
);
// Words before a period that make it the length of a duty.
pattern!(
    LENGTH,
    r"\b(?:(?:for|during)\s+(?:(?:a|an|the|period|minimum|maximum|term|of|up\s+to|at\s+least|additional|further|not\s+less\s+than|no\s+less\s+than|no\s+fewer\s+than|first|entire|another|full)\s+)*|period\s+of\s+(?:(?:at\s+least|up\s+to|not\s+less\s+than|no\s+less\s+than)\s+)?|until\s+|minimum\s+of\s+)$"
);
// Words before a period that give a party so long to act.
pattern!(
    GIVEN,
    r"\b(?:has|have|had|be\s+(?:given|allowed|afforded|granted))\s+(?:(?:up|to|not|less|more|than|at|least|a|an|the|then|period|of|additional|further)\s+)*$"
);
// A length that measures the past or a thing, not the time of a duty.
pattern!(
    MEASURE,
    r"\b(?:preceding|previous|prior|last|past|trailing|rolling|consecutive|any|each|every|than|aged?|per|initial|first\s+[\w-]+\s+of\s+the)\s+(?:\(?[\w-]+\)?\s+)?$"
);
// Words after a period that make it the past of something.
pattern!(
    PAST,
    r"^\s*(?:period\s+)?(?:immediately\s+)?(?:preceding|prior\s+to)\s+(?:the\s+)?(?:event|claim|date\s+(?:on\s+which|of\s+the\s+(?:claim|event))|act|first\s+event|incident|cause)|^\s*(?:old|of\s+(?:age|experience)|term\b|overdue|late\b|past\s+due|in\s+(?:duration|length))"
);
// A frequency in one word, and what it is.
pattern!(
    OFTEN,
    r"\b(?:(twice|two\s+(?:\(2\)\s+)?times|once|three\s+(?:\(3\)\s+)?times|four\s+(?:\(4\)\s+)?times|one\s+(?:\(1\)\s+)?time)[\s-]+(?:(?:a|an|per|each|every|in\s+(?:each|any|every|a)|during\s+(?:each|any)|in)\s+)?(?:(?:given|calendar|contract|fiscal|single|rolling|lease|consecutive)\s+)?(day|week|month|quarter|year|annually|yearly|monthly|weekly|daily|quarterly)|(?:each|every|per)\s+(?:(?:and\s+every|succeeding|subsequent|following|full|partial|calendar|contract|fiscal|business|working|lease|rental|license|renewal|other|such|applicable)\s+)*(day|week|month|quarter|year|anniversary)s?|(daily|bi-?weekly|fortnightly|weekly|bi-?monthly|monthly|quarterly|semi-?annual(?:ly)?|half-?yearly|bi-?annual(?:ly)?|yearly|annual(?:ly)?)|each\s+(?:annual\s+)?(anniversary))\b"
);
// Things that are made again and again when an adjective of frequency stands before them.
pattern!(
    REPEATED,
    r"^[\s,/-]*(?:(?:and|or)(?:/or)?\s+[\w-]+\s+)?(?:basis\b|in\s+(?:advance|arrears?)\b|installments?\b|(?:[\w/-]+\s+){0,4}?(?:reports?|reviews?|meetings?|statements?|summary|summaries|audits?|backups?|back-ups?|checks?|inspections?|invoices?|installments?|instalments?|updates?|assessments?|tests?|testing|trainings?|calls?|forecasts?|reconciliations?|measurements?|walkthroughs?|accounting|certifications?|certificates?|visits?|payments?|scans?|copy|copies|maintenance|intervals|budgets?|estimates?|evaluations?|minutes|plans?|analysis|conference|dashboards?|teleconferences?|briefings?|surveys?|patch\w*|logs?|exercises?|drills?))(?:[\s,.;:)]|$)"
);
// What a thing that repeats is the price or the measure of.
pattern!(
    SUM,
    r"^\s*(?:and\s+[\w-]+\s+)?(?:fees?|charges?|rates?|amounts?|periods?|credits?|terms?|costs?|price|percentage|minimum|limit|volume|revenues?)\b"
);
pattern!(
    PAID,
    r"\b(?:pay|pays|remit)\s+(?:to\s+)?(?:[\w.]+\s+){0,4}?(?:a|an|the|its|fixed|base|total)\s+(?:[\w-]+\s+){0,2}$"
);
pattern!(
    SUM_AHEAD,
    r"^\s+(?:[\w-]+\s+){0,5}?(?:fees?|charges?|rent|rental|retainer|subscription|minimum|royalty|installments?|amount)\b"
);
// Words that make a time a rate or a cap and no time.
pattern!(
    RATE,
    r"(?:%|\bpercent\)?|\bper\s+cent|[$€£]\s?[0-9][0-9,.]*(?:\s+\w+)?|\b(?:hours|hrs|usd|dollars|units?|days|rate|interest|minutes|hour|times|calls|tickets|users|maximum|visits)\)?)[\s)]*(?:of\s+[\w\s]{0,40}|\([^()]*\)\s*)?$"
);
// The end of a period that comes again: what follows from it recurs.
pattern!(
    RECURRING_ANCHOR,
    r"^\s*(?:the\s+)?(?:(?:end|close|last\s+day|first\s+day|beginning|start|expiration|conclusion|commencement|completion)\s+of\s+)?(?:each|every|any|a)\s+(?:and\s+every\s+|such\s+)?(?:full\s+|calendar\s+|contract\s+|fiscal\s+|license\s+|lease\s+|annual\s+|financial\s+)*(month|quarter|half[\s-]year|year|week|anniversary|month-end|quarter-end|year-end)\b|^\s*(?:the\s+)?(quarter|month|year)[\s-](?:end|close)\b"
);
// A day of each month or year: "the 15th day of each month".
pattern!(
    DAY_OF,
    r"\b(?:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|fifth|tenth|fifteenth|twentieth|last|(?:[\w-]+\s+)?\([0-9]{1,2}(?:st|nd|rd|th)?\))\s+(?:business\s+|working\s+|calendar\s+)?day\s+of\s+(?:the\s+)?(each|every|following|next|succeeding|such|any)\s+(?:(?:and\s+every|calendar|contract|fiscal|succeeding)\s+)*(month|quarter|year)"
);
// Words before a date that make it the day by which, or on which, something is done.
pattern!(
    DATED,
    r"\b(?:by|on|on\s+or\s+before|before|no\s+later\s+than|not\s+later\s+than|later\s+than|until|through|to|prior\s+to|not\s+after|due|as\s+of|at|than|date|date:|beginning|commencing|starting|from)\s*(?:\((?:and|or)[^)]*\)\s*)?(?:the\s+|midnight\s+(?:of|on)\s+|close\s+of\s+business\s+on\s+|[a-z]+day,?\s+)*$"
);
// Words before a date that name a paper or the past.
pattern!(
    PAPER,
    r"\b(?:dated|agreement|made|effective|entered|executed|signed|act|version|amended|section|published|as\s+of|since|founded|incorporated|report|of)\s*(?:as\s+of\s+|on\s+|of\s+)?(?:the\s+)?$|\b(?:executed|entered\s+into|signed|filed|issued|dated)\b[^,;]{0,30}\bon\s*$"
);

/// The times in `words`, in order.
pub(super) fn times(words: &str, style: DateStyle) -> Vec<Time> {
    if !TIMEISH.is_match(words) {
        return Vec::new();
    }
    let mut out: Vec<Time> = Vec::new();
    for p in periods(words) {
        let Reading::Known(length) = p.value.reading else { continue };
        if p.value.article || length.count == 0 {
            continue;
        }
        if let Some(time) = relative(words, length, p.range) {
            out.push(time);
        }
    }
    for d in dates(words, style) {
        let (before, _) = around(words, &d.range, 60);
        if let Some(date) = d.value.reading.known().filter(|_| d.value.other.is_none())
            && DATED.is_match(before)
            && !PAPER.is_match(before)
        {
            let direction = before.trim_end().ends_with("before").then_some(Direction::Before);
            let timing = Timing {
                kind: TimingKind::Absolute,
                date: Some(date),
                direction: direction.or(Some(Direction::Within)),
                ..Timing::default()
            };
            out.push(Time { timing, range: d.range });
        }
    }
    frequencies(words, &mut out);
    out.sort_by_key(|t| t.range.start);
    out
}

/// The time that a period gives, with the words around it.
fn relative(words: &str, length: Period, range: Range<usize>) -> Option<Time> {
    let (before, after) = around(words, &range, 70);
    let after_long = head(&words[range.end..], 260);
    if PAST.is_match(after) {
        return None;
    }
    // "every 6 months", "each twelve (12) month period".
    if let Some(lead) = every_before(before) {
        let timing = Timing { kind: TimingKind::Recurring, every: Some(length), ..Timing::default() };
        return Some(Time { timing, range: range.start - lead..range.end });
    }
    let limited = LIMIT.is_match(before);
    let back = BACK.find(after);
    let on = ON.captures(after);
    let long = LENGTH.is_match(before);
    // "Thereafter" counts from what was said before.
    let counted_from = || {
        let word = on.as_ref()?.get(1).filter(|m| !m.as_str().eq_ignore_ascii_case("thereafter"))?;
        anchor(&after_long[word.end()..])
    };
    let (direction, anchor) = if let Some(m) = back.filter(|_| !(limited && on.is_some())) {
        if limited && !m.as_str().to_ascii_lowercase().contains("prior") && !m.as_str().contains("before") {
            (Direction::Within, None)
        } else {
            (Direction::Before, anchor(&after_long[m.end()..]))
        }
    } else if long {
        (Direction::After, counted_from())
    } else if limited {
        (Direction::Within, counted_from())
    } else if let Some(m) = on.as_ref().and_then(|c| c.get(1)) {
        if MEASURE.is_match(before) && !GIVEN.is_match(before) || m.as_str().eq_ignore_ascii_case("upon") {
            return None;
        }
        let word = m.as_str().to_ascii_lowercase();
        if word == "of" && !GIVEN.is_match(before) {
            return None;
        }
        if word == "past" {
            return None;
        }
        // "Payable 30 days after the invoice": a day, not a length.
        (Direction::Within, anchor(&after_long[m.end()..]))
    } else if GIVEN.is_match(before) {
        (Direction::Within, None)
    } else {
        return None;
    };
    let timing = Timing {
        kind: TimingKind::Relative,
        offset: Some(length),
        direction: Some(direction),
        anchor: anchor.map(str::to_owned),
        ..Timing::default()
    };
    let mut time = Time { timing, range };
    if direction == Direction::Within {
        recur(&mut time, on.and_then(|c| c.get(1).map(|m| &after_long[m.end()..])).unwrap_or(""));
    }
    Some(time)
}

/// "Within 10 days after the end of each month" comes again each month.
fn recur(time: &mut Time, anchor: &str) {
    let Some(found) = RECURRING_ANCHOR.captures(anchor) else { return };
    let Some(word) = (1..3).find_map(|i| found.get(i)) else { return };
    time.timing.kind = TimingKind::Recurring;
    time.timing.every = cycle(word.as_str());
}

/// Length of "every", "each" or "once in" at the end of the words before a period.
fn every_before(before: &str) -> Option<usize> {
    pattern!(
        EVERY,
        r"\b(?:every|(?:once|twice)\s+(?:every|in\s+(?:any|each|every|a)|per|during\s+(?:any|each))|each)\s+(?:(?:rolling|consecutive|calendar|period\s+of|such|given)\s+)*$"
    );
    EVERY.find(before).map(|m| m.end() - m.start())
}

/// What follows "after" or "before", up to where something new begins.
fn anchor(words: &str) -> Option<&str> {
    pattern!(
        END,
        r"[.;,:()]|\b(?:shall|will|must|may|unless|provided|if|except|and\s+(?:shall|will|to|in)|specifying|describing|stating|whichever|in\s+writing|neither\s+party|each\s+party|the\s+parties|and\s+negotiate|and\s+attempt|and\s+continue|to\s+(?:review|inspect|correct|cure|remedy|test|allow)|in\s+order)\b"
    );
    pattern!(
        LEAD,
        r"^[\s,']*(?:to\s+(?:the\s+)?[\w.']+(?:\s+[\w.']+)?\s+of\s+)?(?:(?:prior|to|of|notice|before|written|in\s+advance|advance|the\s+date\s+on\s+which|from|its|thereof)\s+)*(?:the\s+)?"
    );
    let words = &words[LEAD.find(words).map_or(0, |m| m.end())..];
    let end = END.find(words).map_or(words.len(), |m| m.start());
    let words = head(words, end.min(100)).trim();
    let cut = if words.len() == 100 { words.rsplit_once(' ').map_or(words, |(w, _)| w) } else { words };
    (cut.len() > 2).then_some(cut)
}

/// The unit of time that a word names.
fn cycle(word: &str) -> Option<Period> {
    let word = word.to_ascii_lowercase();
    let unit = |count, unit| Some(Period::new(count, unit));
    match word.replace('-', "").as_str() {
        "day" | "daily" => unit(1, Unit::Day),
        "week" | "weekly" => unit(1, Unit::Week),
        "biweekly" | "fortnightly" => unit(2, Unit::Week),
        "month" | "monthly" | "monthend" => unit(1, Unit::Month),
        "bimonthly" => unit(2, Unit::Month),
        "quarter" | "quarterly" | "quarterend" => unit(3, Unit::Month),
        "semiannual" | "semiannually" | "halfyearly" | "half year" | "halfyear" | "biannual" | "biannually" => {
            unit(6, Unit::Month)
        }
        "year" | "yearly" | "annual" | "annually" | "anniversary" | "yearend" => unit(1, Unit::Year),
        _ => None,
    }
}

/// `times` in each `period`: twice a year is every six months.
fn divided(times: u32, period: Period) -> Option<Period> {
    match (period.months(), period.unit, times) {
        (_, _, 1) => Some(period),
        (Some(months), _, n) if n > 0 && months % n == 0 => Some(Period::new(months / n, Unit::Month)),
        // Half a month is fifteen days to those who pay twice a month.
        (Some(1), _, 2) => Some(Period::new(15, Unit::Day)),
        _ => None,
    }
}

/// "monthly", "each quarter", "twice a year", "on the first day of each month".
fn frequencies(words: &str, out: &mut Vec<Time>) {
    let mut at = 0;
    while let Some(found) = OFTEN.captures(&words[at..]) {
        let Some(all) = found.get(0) else { break };
        let range = at + all.start()..at + all.end();
        at = range.end;
        if out.iter().any(|t| t.range.start < range.end && range.start < t.range.end) {
            continue;
        }
        let (before, after) = around(words, &range, 60);
        let every = if let (Some(count), Some(unit)) = (found.get(1), found.get(2)) {
            let count = count.as_str().to_ascii_lowercase();
            let times = match count.split(' ').next() {
                Some("twice" | "two") => 2,
                Some("three") => 3,
                Some("four") => 4,
                _ => 1,
            };
            cycle(unit.as_str()).and_then(|p| divided(times, p))
        } else if let Some(unit) = found.get(3) {
            if within_anchor(before) || RATE.is_match(before) {
                continue;
            }
            cycle(unit.as_str())
        } else if let Some(word) = found.get(4) {
            if adjective(word.as_str(), before, after) {
                continue;
            }
            let twice = before.trim_end().to_ascii_lowercase().ends_with("twice");
            cycle(word.as_str()).and_then(|p| if twice { divided(2, p) } else { Some(p) })
        } else {
            if within_anchor(before) {
                continue;
            }
            cycle("year")
        };
        let Some(every) = every else { continue };
        let timing = Timing { kind: TimingKind::Recurring, every: Some(every), ..Timing::default() };
        out.push(Time { timing, range });
    }
    for found in DAY_OF.find_iter(words) {
        let unit = DAY_OF.captures(found.as_str()).and_then(|c| c.get(2).map(|m| m.as_str()));
        let Some(every) = unit.and_then(cycle) else { continue };
        out.retain(|t| t.range.end <= found.start() || found.end() <= t.range.start);
        let timing = Timing {
            kind: TimingKind::Recurring,
            every: Some(every),
            anchor: Some(found.as_str().to_owned()),
            ..Timing::default()
        };
        out.push(Time { timing, range: found.range() });
    }
}

/// "after the end of each" belongs to the period before it.
fn within_anchor(before: &str) -> bool {
    pattern!(
        INSIDE,
        r"\b(?:days?|months?|hours?)'?\s+(?:\([^()]*\)\s+)?(?:after|following|of|from|prior\s+to|before)\s+(?:the\s+)?(?:(?:end|close|beginning|start|last\s+day|expiration)\s+of\s+)?$|\b(?:fees?|amounts?|charges|revenue|sales)\s+(?:paid|payable|for|in)\s+(?:in\s+)?$"
    );
    INSIDE.is_match(before)
}

/// Whether "monthly" only tells a kind of thing apart ("the monthly fee"), and does not say how often something is done.
fn adjective(word: &str, before: &str, after: &str) -> bool {
    const FOLLOW: [&str; 31] = [
        "",
        "in",
        "on",
        "by",
        "and",
        "or",
        "to",
        "for",
        "with",
        "at",
        "during",
        "after",
        "as",
        "the",
        "these",
        "this",
        "based",
        "thereafter",
        "from",
        "within",
        "throughout",
        "until",
        "unless",
        "if",
        "upon",
        "through",
        "following",
        "via",
        "beginning",
        "commencing",
        "starting",
    ];
    if let Some(thing) = REPEATED.find(after) {
        // "The annual maintenance fee" is a sum, and repeats nothing by itself.
        return SUM.is_match(&after[thing.end()..]);
    }
    if before.trim_end().ends_with(',') && after.starts_with(',') {
        return true;
    }
    // "Shall pay an annual licence fee".
    if PAID.is_match(before) && after.split('.').next().is_some_and(|a| SUM_AHEAD.is_match(a)) {
        return false;
    }
    let adverb = matches!(
        word.to_ascii_lowercase().replace('-', "").as_str(),
        "annually"
            | "semiannually"
            | "biannually"
            | "monthly"
            | "quarterly"
            | "weekly"
            | "daily"
            | "yearly"
            | "biweekly"
    );
    if !adverb || before.trim_end().ends_with('%') {
        return true;
    }
    // An adverb stands at the end of its phrase, or after a verb; before a noun it is an adjective.
    let next = after.trim_start();
    let word = next.split([' ', ',', '.', ';', ')', '(']).next().unwrap_or_default();
    !FOLLOW.contains(&word)
}
