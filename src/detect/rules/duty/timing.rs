//! When a duty is due, from the words of its clause. Wording: C6 and C8.

use std::ops::Range;

use jiff::civil::Date;

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{around, head};
use super::cycle::{of_the_cycle, series};
use super::frequency::{cycle, frequencies, nth_anniversary};
use super::years;
use crate::calendar::{DayKind, NamedDay, Period, Unit, month_number};
use crate::lexicon::{DateStyle, Found, NamedDays, Reading, among, dates, months, named_days, periods, yearless};
use crate::record::Part as _;
use crate::record::value::{Direction, Timing, TimingKind};

/// A time in a clause, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) timing: Timing,
    pub(super) range: Range<usize>,
}

impl Time {
    /// A day by which something is due.
    pub(super) fn on(day: Date, range: Range<usize>) -> Self {
        let direction = Some(Direction::Within);
        Self { timing: Timing { kind: TimingKind::Absolute, date: Some(day), direction, ..Timing::default() }, range }
    }
}

// Cheap test for words that may hold a time.
pattern!(TIMEISH, r"{timeish}|{feasts}|\bnet\s+[0-9]|\b(?:19|20)[0-9]{2}\b");
pattern!(NAMED_MONTH, r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b");
// Words after a period that count back from an event, and on from one.
pattern!(BACK, r"^[\s']*s?'?[\s,-]*(?:\([^()]{0,40}\)[\s,]*)?(?:{of_notice}\s+)*{ahead}");
pattern!(
    ON,
    r"^[\s']*s?'?[\s,]*(?:\([^()]{0,80}\)[\s,]*)?(?:{period_named}\s*,?\s*)?(?:(?:immediately|directly|next)\s+)?({since})"
);
// Words before a period that make it a limit, or the length of a duty.
pattern!(LIMIT, r"{limits}\s*(?:(?:{fillers}|such|next|reasonable|least|exactly)\s+)*$");
pattern!(LENGTH, r"\b(?:(?:for|during|period\s+of)\s+(?:{fillers}\s+)*|until\s+|minimum\s+of\s+)$");
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
pattern!(PAST, r"^\s*(?:period\s+)?(?:immediately\s+)?(?:preceding|prior\s+to)\s+(?:the\s+)?{cause}|^\s*{not_a_time}");
// The end of a period that comes again: what follows from it recurs.
pattern!(
    RECURRING_ANCHOR,
    r"^\s*(?:the\s+)?(?:{edge}\s+of\s+)?(?:each|every|any|a)\s+(?:{kinds_of_period}\s+)*({returning})|^\s*(?:the\s+)?(quarter|month|year)[\s-](?:ends?|closes?)\b"
);
pattern!(
    OWN_YEAR,
    r"^\s*(?:(?:the\s+)?{edge}\s+of\s+)?(?:its|their|your|our)\s+(?:(?:financial|fiscal|accounting)\s+)?year\b"
);
// Words before a named day that do not make it the day of a duty: the end of what is measured, or of a time.
pattern!(
    NOT_DUE,
    r"\b(?:as\s+(?:of|at)|from|between|since|through|until|till|to|up\s+to|end(?:s|ed|ing)|expir(?:es|ing)|outstanding|after|following|accrued)\s+(?:on\s+|at\s+|by\s+)?(?:the\s+)?(?:each\s+|every\s+)?$"
);
// ... unless something is handed over up to then.
pattern!(MADE_UP_TO, r"\b(?:made|paid|pay|settled|effected|delivered|submitted)\s+up\s+to\s+(?:the\s+)?$");
// Words before a day of the year by which something is done, and a year that would be that of the day.
pattern!(BY_DAY, r"\b(?:by|on\s+or\s+before|by\s+or\s+before|(?:no|not)\s+later\s+than)\s+(?:the\s+)?$");
pattern!(
    DUE_DAY,
    r"\b(?:due|payable|paid|pay|charged|debited)\s+(?:in\s+(?:advance|arrears)\s+)?(?:(?:on|by)\s+)?(?:the\s+)?$"
);
pattern!(A_YEARLY_SUM, r"\b(?:per\s+annum|per\s+year|a\s+year|annual|yearly|p\.a\.)");
pattern!(
    A_MONTHLY_SUM,
    r"(?:[0-9]|vat\)?)\s*(?:(?:a|per|each|every)\s+|/\s?)(?:calendar\s+)?month\b|[0-9]\s*p\.?c\.?m\b|\bmonthly\b"
);
pattern!(A_YEAR, r"\b(?:19|20)[0-9]{2}\b");
// "Before D" leaves D out, "on or before D" does not (R2).
pattern!(EXCLUDES, r"\b(?:before|prior\s+to)\s+(?:the\s+|each\s+|every\s+)?$");
pattern!(INCLUDES, r"\bor\s+(?:before|prior\s+to)\s+(?:the\s+)?$");
// The first of a series.
pattern!(
    pub(super) FIRST_ON,
    r"\b(?:first\b[^,;.]{0,30}\b(?:on|by|being|due)|(?:commenc|begin|start)\w*(?:\s+(?:on|with|from|in))?|from(?:\s+and\s+including)?)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?$"
);
// Words before a date that make it the day by which, or on which, something is done.
pattern!(
    pub(super) DATED,
    r"(?:{by_date}|\bdates?\s*[:\t]|\bche(?:que|ck)s?\s+dated)\s*(?:\((?:and|or)[^)]*\)\s*)?(?:{of_day},?\s+)*$"
);
// Dates of one list, and the words before its first: or before one that is in it.
pattern!(LIST, r"^\s*(?:,|and|&|,\s*and)\s*(?:(?:on|by)\s+)?(?:the\s+)?$");
pattern!(
    DUE_ON,
    r"(?:\b(?:on|by|before|than|due|che(?:que|ck)s?\s+dated)\s+(?:the\s+|each\s+of\s+)?|\bdates?\s*[:\t]\s*|[0-9a-z]\s*(?:,|\band|&|,\s*and)\s*(?:the\s+)?)$"
);
// Words before a date that name a paper or the past.
pattern!(PAPER, r"{of_paper}\s*(?:as\s+of\s+|on\s+|of\s+)?(?:the\s+)?$|{signed}[^,;]{0,30}\bon\s*$");
// Cheques are paid on the days that they bear; "on each of 1 June 2027 and 1 September 2027" names no paper.
pattern!(CHEQUES, r"\bche(?:que|ck)s?\s+dated\s+(?:the\s+)?$|\b(?:on|by)\s+each\s+of\s+(?:the\s+)?$");
// What somebody did on a date in the past: "the plan that the Funder approved on".
pattern!(
    DONE_ON,
    [
        "that/which the/it/they/he/she/both/we/you ~2 approved/agreed/adopted/accepted/gave/sent/issued/submitted/presented on $",
        "the ~1 agreed/approved/adopted/accepted/presented/submitted/notified/published/enacted/issued/gazetted on $",
        "that/which was/were/is/are (last) ~1 revised/updated/approved/agreed/published/issued/adopted/current/valid/in-force/in-effect on $",
        "quarter/month/year/period/season/week that/which ends/ended/closes/closed on $",
        "as notified/amended/published/enacted/revised/adopted/updated/approved/agreed on $",
    ]
);

// A new price and its day: "$4,000 a month, rising to $4,200 on".
pattern!(
    PRICE_STEP,
    r"\b(?:ris(?:es?|ing)|increas(?:es?|ed|ing)|step(?:s|ped|ping)\s+up|fall(?:s|ing)?|reduc(?:es?|ed|ing)|go(?:es|ing)?\s+(?:up|down))\s+to\s+[^;]{0,100}\bon\s+(?:the\s+)?$"
);

/// The times in `words`, in order.
pub(super) fn times(words: &str, style: DateStyle) -> Vec<Time> {
    if !TIMEISH.is_match(words) && !NAMED_MONTH.is_match(words) {
        return Vec::new();
    }
    let named = named_days(words);
    let mut out: Vec<Time> = Vec::new();
    for p in periods(words) {
        let Reading::Known(length) = p.value.reading else { continue };
        if p.value.article || length.count == 0 || named.iter().any(|n| overlap(&n.range, &p.range)) {
            continue;
        }
        if let Some(time) = relative(words, length, p.range, style) {
            out.push(after_a_named_day(words, time, &named));
        }
    }
    for d in dates(words, style) {
        let (before, _) = around(words, &d.range, 60);
        // "On 1 February, 1 June and 1 October 2027": the year is that of all of them.
        let year = d.value.reading.known().filter(|_| d.value.other.is_none()).map(Date::year);
        for day in year.map(|_| yearless(words.part(..d.range.start))).unwrap_or_default() {
            let date = Date::new(year.unwrap_or_default(), day.value.month.unwrap_or_default(), day.value.nth).ok();
            let lead = around(words, &day.range, 60).0;
            let due = DATED.is_match(lead) && !PAPER.is_match(lead) && !DONE_ON.is_match(lead);
            if let Some(date) = date.filter(|_| due || is_listed(words, &out, &day.range)) {
                let mut time = Time::on(date, day.range);
                time.timing.direction = Some(bound(lead));
                out.push(time);
            }
        }
        let listed = || is_listed(words, &out, &d.range);
        if let Some(date) = d.value.reading.known().filter(|_| d.value.other.is_none())
            && (DATED.is_match(before) || FIRST_ON.is_match(before) || listed())
            && (!PAPER.is_match(before) || CHEQUES.is_match(before))
            && !DONE_ON.is_match(before)
            && !PRICE_STEP.is_match(around(words, &d.range, 130).0)
        {
            let timing = Timing {
                kind: TimingKind::Absolute,
                date: Some(date),
                direction: Some(bound(before)),
                ..Timing::default()
            };
            out.push(Time { timing, range: d.range });
        }
    }
    years::of_years(words, style, &mut out);
    out.extend(month_ends(words, style));
    out.extend(nth_anniversary(words));
    let (sure, open): (Vec<_>, Vec<_>) = named.into_iter().partition(|n| n.value.every.is_some());
    on_named_days(words, sure, None, &mut out);
    frequencies(words, &mut out);
    // "Monthly, on the 5th": the rhythm stands elsewhere in the sentence.
    let rhythm = out.iter().find(|t| t.timing.kind == TimingKind::Recurring).and_then(|t| t.timing.every);
    on_named_days(words, open, rhythm, &mut out);
    of_the_cycle(words, &mut out);
    series(words, &mut out);
    out.sort_by_key(|t| t.range.start);
    out
}

/// Whether a date goes on with the list that the last time is in: "on 15 January 2027, 15 April 2027 and 15 July 2027".
fn is_listed(words: &str, out: &[Time], range: &Range<usize>) -> bool {
    out.last().is_some_and(|l| {
        let gap = words.get(l.range.end..range.start).unwrap_or("none");
        l.timing.kind == TimingKind::Absolute && LIST.is_match(gap) && DUE_ON.is_match(around(words, &l.range, 60).0)
    })
}

/// "By the end of March 2027".
fn month_ends(words: &str, style: DateStyle) -> Vec<Time> {
    pattern!(END_OF, r"{by_date}\s+(?:the\s+)?(?:end|close|last\s+day)\s+of\s+$");
    if !["end of", "close of", "last day of"].iter().any(|w| contains_fold(words, w)) {
        return Vec::new();
    }
    let ends = months(words, style).into_iter().filter(|m| END_OF.is_match(around(words, &m.range, 40).0));
    let time = |m: Found<Date>| {
        let date = Some(m.value.last_of_month());
        let direction = Some(Direction::Within);
        Time { timing: Timing { kind: TimingKind::Absolute, date, direction, ..Timing::default() }, range: m.range }
    };
    ends.map(time).collect()
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether the words before a day include it (R2).
pub(super) fn bound(before: &str) -> Direction {
    if EXCLUDES.is_match(before) && !INCLUDES.is_match(before) { Direction::Before } else { Direction::Within }
}

/// Adds the days that are those of a duty. Days that do not say how often they come take `rhythm`, which must be months
/// for a day of the month, and years for a day of the year.
fn on_named_days(words: &str, named: Vec<Found<NamedDays>>, rhythm: Option<Period>, out: &mut Vec<Time>) {
    for Found { value, range } in named {
        let (before, _) = around(words, &range, 60);
        if NOT_DUE.is_match(before) && !MADE_UP_TO.is_match(before) || out.iter().any(|t| overlap(&t.range, &range)) {
            continue;
        }
        let yearly = value.days.iter().any(|d| d.month.is_some());
        // "Twice a year, in May and November".
        let spread = u32::try_from(value.days.len()).unwrap_or(1);
        let fits = |p: &Period| {
            p.months().is_some_and(|m| if yearly { m == 12 || m.saturating_mul(spread) == 12 } else { m < 12 })
        };
        // "Sow the cover crop by November 1": without a year it is a day of each year.
        let by_itself = || {
            let alone = rhythm.is_none() && out.is_empty() && value.days.len() == 1;
            // "A fee of £5,000 per annum, due on 1 February".
            let by_day = BY_DAY.is_match(before) || DUE_DAY.is_match(before) && A_YEARLY_SUM.is_match(words);
            // "£1,500 per month, due on the 3rd".
            let monthly = !yearly && rhythm.is_none() && DUE_DAY.is_match(before) && A_MONTHLY_SUM.is_match(words);
            let yearly = alone && yearly && by_day && !A_YEAR.is_match(words);
            (yearly || monthly).then(|| Period::new(1, if monthly { Unit::Month } else { Unit::Year }))
        };
        let Some(every) = value.every.or(rhythm.filter(fits)).or_else(by_itself) else { continue };
        let text = words.part(range.clone());
        let edge = text.starts_with(['e', 'E', 'c', 'C']);
        let told = value.offset.and_then(|_| anchor_after(text)).unwrap_or(text).trim_end_matches(['.', ',']);
        let whole_month = value.days.iter().all(|d| d.nth < 0 && d.month.is_some())
            && told.split([' ', ',']).next().and_then(month_number).is_some();
        let timing = Timing {
            kind: TimingKind::Recurring,
            every: Some(every),
            offset: value.offset,
            direction: (!edge && bound(before) == Direction::Before).then_some(Direction::Before),
            anchor: Some(if whole_month { format!("end of {told}") } else { told.to_owned() }),
            days: value.days,
            ..Timing::default()
        };
        out.push(Time { timing, range });
    }
}

/// What "the 10th day after the end of each quarter" counts from.
fn anchor_after(text: &str) -> Option<&str> {
    [" after ", " following ", " from "]
        .iter()
        .find_map(|w| Some(text.part(text.find(w)? + w.len()..).trim_start_matches("the ")))
}

/// "Within 60 days after 31 December in each year" comes again each year.
fn after_a_named_day(words: &str, mut time: Time, named: &[Found<NamedDays>]) -> Time {
    let near = named.iter().find(|n| n.range.start >= time.range.end && n.range.start - time.range.end < 28);
    let Some(n) = near.filter(|n| n.value.every.is_some() && n.value.offset.is_none()) else { return time };
    let between = words.part(time.range.end..n.range.start);
    let counts = matches!(between.trim(), "of" | "of the" | "of each" | "of every")
        || NOT_DUE.is_match(between)
        || EXCLUDES.is_match(between);
    if time.timing.direction == Some(Direction::After) || !counts {
        return time;
    }
    time.timing.kind = TimingKind::Recurring;
    time.timing.every = n.value.every;
    time.timing.days.clone_from(&n.value.days);
    time.timing.anchor = Some(words.part(n.range.clone()).to_owned());
    time.range.end = n.range.end;
    time
}

/// The time that a period gives, with the words around it.
fn relative(words: &str, length: Period, range: Range<usize>, style: DateStyle) -> Option<Time> {
    let (before, after) = around(words, &range, 70);
    let after_long = head(words.part(range.end..), 260);
    // "Fourteen days prior to the Event" may be one that the contract names.
    if PAST.is_match(after) && !after.contains(" the Event") {
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
        anchor(after_long.part(word.end()..))
    };
    let (direction, anchor) = if let Some(m) = back.filter(|_| !(limited && on.is_some())) {
        if limited && !m.as_str().to_ascii_lowercase().contains("prior") && !m.as_str().contains("before") {
            (Direction::Within, None)
        } else {
            (Direction::Before, anchor(after_long.part(m.end()..)))
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
        (Direction::Within, anchor(after_long.part(m.end()..)))
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
    from_a_date(&mut time, after_long, style);
    if direction == Direction::Before {
        let each = |a: &&str| ["each ", "every "].iter().any(|w| contains_fold(a, w));
        let anchor = time.timing.anchor.clone();
        recur(&mut time, anchor.as_deref().filter(each).unwrap_or(""));
    } else if direction == Direction::Within {
        recur(&mut time, on.and_then(|c| c.get(1).map(|m| after_long.part(m.end()..))).unwrap_or(""));
    }
    Some(time)
}

/// "30 days after January 15, 2027": the day that it is counted from.
fn from_a_date(time: &mut Time, after: &str, style: DateStyle) {
    pattern!(
        JOINS,
        r"^[\s']*(?:\([^()]{0,40}\)\s*)?(?:after|from|following|of|before|prior\s+to|preceding)\s+(?:the\s+)?$"
    );
    let found =
        dates(head(after, 90), style).into_iter().next().filter(|d| JOINS.is_match(after.part(..d.range.start)));
    if let Some(date) = found.as_ref().and_then(|d| d.value.reading.known().filter(|_| d.value.other.is_none())) {
        time.timing.date = Some(date);
        time.timing.anchor = found.map(|d| after.part(d.range).to_owned());
    }
}

/// "Within 10 days after the end of each month" comes again each month.
fn recur(time: &mut Time, anchor: &str) {
    let found = RECURRING_ANCHOR.captures(anchor);
    let word = found.and_then(|c| c.get(1).or(c.get(2))).map(|m| m.as_str());
    let Some(every) = word.or_else(|| OWN_YEAR.is_match(anchor).then_some("year")).and_then(cycle) else { return };
    time.timing.kind = TimingKind::Recurring;
    time.timing.every = Some(every);
    // "Its year end, which is 30 September", "each half-year ending on 31 March and 30 September".
    pattern!(ENDING, r"^[^.;]{0,50}?\b(?:ending|ends|which\s+(?:is|ends|falls)|being)\s+(?:on\s+)?(?:the\s+)?");
    let told = ENDING.find(anchor).map(|m| days_of_year(anchor.part(m.end()..))).unwrap_or_default();
    if !told.is_empty() {
        time.timing.days = told;
    }
}

/// The days of the year with which `words` begin: "31 March and 30 September", "the last day of February, May or August".
pub(super) fn days_of_year(words: &str) -> Vec<NamedDay> {
    pattern!(LAST_DAY, r"^(?:the\s+)?(?:last\s+days?|end)\s+of\s+");
    let last = LAST_DAY.prefix_len(words);
    if last == 0 {
        let first = named_days(words).into_iter().next().filter(|day| day.range.start == 0);
        let days = first.map(|day| day.value.days).unwrap_or_default();
        return if days.iter().all(|day| day.month.is_some()) { days } else { Vec::new() };
    }
    let listed = words.part(last..).split([' ', ',']).filter(|w| !w.is_empty() && !matches!(*w, "and" | "or"));
    let listed = listed.map_while(|word| month_number(word.trim_end_matches(['.', ';'])));
    listed.map(|m| NamedDay { month: Some(m), nth: -1, of: DayKind::Day }).collect()
}

/// Length of "every", "each" or "once in" at the end of the words before a period.
fn every_before(before: &str) -> Option<usize> {
    pattern!(
        EVERY,
        r"\b(?:every|(?:once|twice)\s+(?:every|in\s+(?:any|each|every|a)|per|during\s+(?:any|each))|each|intervals\s+of)\s+(?:(?:rolling|consecutive|calendar|period\s+of|such|given|{no_later}|up\s+to)\s+)*$"
    );
    EVERY.find(before).map(|m| m.end() - m.start())
}

/// What follows "after" or "before", up to where something new begins.
pub(super) fn anchor(words: &str) -> Option<&str> {
    pattern!(END, r"[.;,:()]|{ends_anchor}");
    pattern!(
        LEAD,
        r"^[\s,']*(?:to\s+(?:the\s+)?[\w.']+(?:\s+[\w.']+)?\s+of\s+)?(?:(?:prior|to|of|notice|before|written|in\s+advance|advance|the\s+date\s+on\s+which|from|its|thereof)\s+)*(?:the\s+)?"
    );
    // "Each anniversary of the Commencement Date the Franchisee shall deliver": who acts is no part of it.
    pattern!(
        SUBJECT,
        exact,
        r"\s(?:the\s+(?:[A-Z][\w&.'’-]*\s+){1,2}|[A-Z][\w&.'’-]*\s+)(?:shall|will|must|may|agrees)\b"
    );
    // "The end of the Term", "any Equipment": the noun belongs to the word before it.
    const JOINING: &str = "of from after before to by on in for following any each every such this that the its";
    let words = words.part(LEAD.find(words).map_or(0, |m| m.end())..);
    let apart = |at: &usize| !among(JOINING, words.part(..*at).rsplit(' ').next().unwrap_or_default());
    let subject = SUBJECT.find(words).map(|m| m.start()).filter(|at| *at > 2 && apart(at));
    let end = END.find(words).map(|m| m.start()).into_iter().chain(subject).min().unwrap_or(words.len());
    let words = head(words, end.min(100)).trim();
    let cut = if words.len() == 100 { words.rsplit_once(' ').map_or(words, |(w, _)| w) } else { words };
    (cut.len() > 2).then_some(cut)
}
