//! Rights to end a contract for no reason: by notice, at any time, or on break dates.

use jiff::civil::Date;

use super::forms::{
    BREAKS, CONDITIONAL, EARLY, EARLY_RIGHTS, FREE_NOTICES, HEADED, IN_RENEWALS, LEADS, LED, LIMITED, NOTICE_BEHIND,
    NOTICE_DAYS, PLAIN, REASONED, RIGHTS, ROLLING, SHARED, THROUGHOUT, UNFIXED, UNLESS_ENDED, is_mention,
};
use super::named::{BREAK_DATE, COUNTED, NamedBreaks, breaks_of};
use super::parts::{items, parts};
use super::{actor, each, giver, long, notice, right};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::rules::notice::{holder, is_named};
use crate::detect::rules::pattern::{contains_fold, pattern, starts_fold};
use crate::detect::rules::reader::{DateHit, Reader, head, known};
use crate::lexicon::label::Field;
use crate::lexicon::{Class, count, ordinal, periods};
use crate::phrase::{Kind, Phrases};
use crate::record::Part as _;
use crate::record::value::termination::{BreakDay, Termination, TerminationKind};

// A notice of no fixed length.
pattern!(REASONABLE, ["reasonable (prior/advance/written) (written) notice"]);
// A condition that denies, before the ending.
pattern!(IF_NOT, r"^\W*(?:[0-9.]+\W+)?(?:if|where|should)\s+(?:it|this|the|that|they)\b[^.;]{0,240},");
// "You don't need a reason", under a heading that speaks of leaving.
pattern!(
    NO_REASON,
    [
        "need/needs no reason, no reason ~3 needed/required/given",
        "not/don't/doesn't/neither/nobody ~4 need/needs/give a/any reason",
    ]
);
// "When you have completed your probationary period": the time from which on the right is there, and no condition.
pattern!(
    PROBATION_OVER,
    [
        "when/once/where/if (the) you/employee/executive/worker (has/have/had) ~1 complete/completes/completed/passed/finished/served your/the/a/his/her/their ~2 probation/probationary",
    ]
);
// A right that was talked about and not given: "the parties discussed a clause by which … and decided against it".
pattern!(
    NOT_GIVEN,
    [
        "talked/discussed/considered/negotiated/debated ..200 decided-against/decided-not/rejected/dropped/refused",
        "talked/discussed/considered/negotiated/debated ..200 not agreed/accepted/adopted/included",
    ]
);
// An end of a calendar month or quarter is no end of the term: "may end it for the last day of any month".
pattern!(
    END_OF_MONTH,
    [
        "end/close/expiry/expiration/day of a/an/any/each/every/some/that/such ~2 month/quarter/half-year",
        "end/close/expiry/expiration/day of a/any/each ~1 rental/payment/billing/rent/fee period",
        "end/close/expiry/expiration/day of the next/following/then-current ~1 month/quarter/half-year",
        "day of a/any/each/every january/march/april/june/july/september/october/december",
    ]
);
// The month of the term with whose end it can be ended: "the end of the 36th month of the Lease Term".
pattern!(
    MONTH_OF_TERM,
    r"\b(?:end|expiry|expiration|close|last\s+day)\s+of\s+the\s+([a-z]+(?:-[a-z]+)?|[0-9]{1,3}(?:st|nd|rd|th))\s+(?:\([^()]{1,6}\)\s*)?(?:full\s+|calendar\s+)*month\s+(?:of|after|following|from)\b"
);
// "One month's notice expiring on a rent payment date".
pattern!(
    PAY_DAY,
    r"\b(?:rent|rental|payment|billing)\s+(?:payment\s+|due\s+)?(?:days?|dates?|periods?|months?|cycles?)\b"
);
/// Rights to end the contract for no reason, in the sentence `i`.
pub(super) fn find(
    reader: &Reader<'_>,
    i: usize,
    above: Option<usize>,
    findings: &Findings,
    named_breaks: &mut NamedBreaks,
    out: &mut Vec<(Termination, usize)>,
) {
    let own = reader.sentence(i);
    let whole = reader.phrases(i);
    let introduced = above.map(|l| reader.phrases(l));
    let lead = above.map_or("", |l| reader.sentence(l));
    let (of_heading, reasonless) = (HEADED.matches(whole), NO_REASON.is_match(own));
    let below = (of_heading || reasonless) && under_ending(reader, i);
    let (under, free) = (of_heading && below, reasonless && below);
    let start = findings.facts.effective_date.as_ref().and_then(|fact| fact.value()?.date());
    let items = if introduced.is_none() { items(own) } else { Vec::new() };
    let led_in = !items.is_empty() || introduced.is_some_and(|l| l.has_any(&[Class::End, Class::Expire]));
    let so = || does_so(reader, i, own);
    if !(ROLLING.matches(whole) || whole.has(Class::End) || BREAKS.matches(whole) || led_in || below || so())
        || NOT_GIVEN.is_match(own)
    {
        return;
    }
    let stem = items.first().map(|&(at, _)| (Phrases::of(own.part(..at)), own.part(..at)));
    let (introduced, lead) = stem.as_ref().map_or((introduced, lead), |(phrases, words)| (Some(phrases), *words));
    let parts = if items.is_empty() { parts(own, whole) } else { items };
    let mut before = None;
    for (n, &(at, part)) in parts.iter().enumerate() {
        let read;
        let phrases = if part.len() == own.len() {
            whole
        } else {
            read = Phrases::of(part);
            &read
        };
        let shared = before.filter(|_| SHARED.matches(phrases));
        before = is_free(part, phrases, introduced, lead).or(shared);
        // "Early end. Without cause: at any time, on ninety days' notice", "Leaving. You need no reason".
        let headed =
            || (under && n == 0 || free && !phrases.has(Class::If) && !is_mention(phrases)).then_some(Free::Said);
        before = before.or_else(headed);
        before = before.or_else(|| (n == 0 && does_so(reader, i, own)).then_some(Free::OnNotice));
        // On the Break Date it may be ended whatever else is asked for.
        let on_notice = before == Some(Free::OnNotice);
        let allowed = || RIGHTS.matches(phrases) && !is_mention(phrases) && !phrases.has(Class::Breach);
        let named = if on_notice || before.is_none() && BREAK_DATE.is_match(part) && allowed() {
            breaks_of(reader, part, findings, named_breaks)
        } else {
            Vec::new()
        };
        let Some(free) = (if named.is_empty() { before } else { Some(Free::Break) }) else { continue };
        let mut said = FREE_NOTICES.iter().chain(ROLLING.iter());
        let free_notice = said.find_map(|form| phrases.lengths().find(|&(n, _)| form.marks(phrases, n)));
        let free_notice = free_notice.map(|(_, p)| p);
        let notice = free_notice.or_else(|| notice(phrases));
        // "By giving the Notice Period", whose length stands among the key terms.
        let elsewhere = || SET_OUT.is_match(part);
        let key = if named.is_empty() && !is_named(part) && !elsewhere() { None } else { key_notice(reader) };
        let mut days = named;
        if free == Free::Break && days.is_empty() {
            days = breaks(reader, i, part, phrases, at);
            each::years(part, start, &mut days);
            each::later(part, &mut days);
            // "At the end of each calendar year".
            if days.is_empty() {
                days = each::days(part, start);
            }
            if let [BreakDay { notice_on: day @ None, .. }] = days.as_mut_slice() {
                *day = day_behind(reader, i).filter(|_| notice.is_none());
            }
        }
        if free == Free::OnNotice && notice.is_some() {
            days = each::days(part, start);
        }
        let behind = (notice.is_none() && n + 1 == parts.len()).then(|| behind(reader, i)).flatten();
        let told =
            notice.is_some() || behind.is_some() || key.is_some() || days.iter().any(|day| day.notice_on.is_some());
        let ended = |at: usize| phrases.list().iter().any(|p| p.is(Class::End) && p.range.end <= at);
        let asked = notice.is_some()
            || behind.is_some()
            || key.is_some()
            || REASONABLE.find(part).is_some_and(|m| ended(m.start()));
        // "It may be ended sooner without cause: by the Principal on 20 days' notice, and by …".
        let opens = notice.is_none() && n + 1 < parts.len() && part.trim_end().ends_with(':');
        if free == Free::Break && (days.is_empty() || !told) || free == Free::OnNotice && !asked || opens {
            continue;
        }
        let stop = phrases.list().iter().rfind(|p| matches!(p.kind, Kind::Words(Class::Free | Class::End)));
        let end = notice.map_or_else(|| stop.map_or(part.len(), |p| p.range.end), |p| p.range.end);
        // "To give to the landlord one month's notice": who gets the notice does not give it.
        let by = actor(part, part.len())
            .or_else(|| giver::of(part, lead, findings))
            .or_else(|| giver::noticing(part).filter(|_| free == Free::Break))
            .or_else(|| holder(phrases, part))
            .or_else(|| actor(lead, lead.len()));
        let end = behind.map_or(end, |(_, end)| end - at);
        let notice = notice.and_then(|p| p.value.reading.known()).or(key).or(behind.map(|(period, _)| period));
        let later = IN_RENEWALS.matches(phrases) && !THROUGHOUT.matches(phrases);
        let event = later.then(|| "after_the_first_term".to_owned()).or_else(|| not_before(own));
        out.push((Termination { by, notice, event, breaks: days, ..right(TerminationKind::Convenience) }, at + end));
    }
}

// The same without its verb: "either of us may do so by two months' notice".
pattern!(
    pub(super) DO_SO,
    r"\b(?:may|can|(?:is|are)\s+(?:free|entitled)\s+to)\s+(?:(?:each|both|then)\s+)?do\s+(?:so|that|this)\s+(?:at\s+any\s+time\s+)?(?:by|on|upon|with)\b[^.;]{0,60}?\bnotice\b"
);

/// Whether a sentence lets somebody do what the one before speaks of, and that is to end the contract: "It goes on until one of us
/// ends it. Either of us may do so by two months' notice".
fn does_so(reader: &Reader<'_>, i: usize, own: &str) -> bool {
    if !DO_SO.is_match(own) {
        return false;
    }
    let Some(before) = i.checked_sub(1).filter(|&before| reader.share_section(before, i)) else { return false };
    let (above, phrases) = (reader.phrases(before), reader.phrases(i));
    let conditional = |p: &Phrases| p.has_any(&[Class::If, Class::Breach, Class::Cause, Class::Cure, Class::Renew]);
    above.has(Class::End) && above.has(Class::Until) && !conditional(above) && !conditional(phrases)
}

/// What an ending waits for: "provided that such termination shall not be effective prior to 31 March 2028", "may terminate this
/// lease after the second anniversary of the commencement date on six months' notice".
fn not_before(words: &str) -> Option<String> {
    const LONGEST: usize = 120;
    pattern!(
        AFTER,
        r"\b(?:terminate|cancel|end|determine)\s+(?:[\w’']+\s+){0,4}?(?:at\s+any\s+time\s+)?((?:after|following)\s+(?:the\s+)?(?:[\w-]+\s+){0,6}?(?:anniversary|months?|years?|term|period)\b[^.;,]{0,60}?)\s*,?\s+(?:on|by|upon|with|giving)\b"
    );
    pattern!(
        WAITS,
        r"\bterminat\w+\s+(?:[\w’']+\s+){0,4}?(?:shall|may|will|can)\s+(not\s+(?:be(?:come)?|take)\s+effect(?:ive)?\s+(?:prior\s+to|before|until|sooner\s+than|earlier\s+than)\s[^.;]+)"
    );
    // "As long as the notice does not run out before 1 April 2028".
    pattern!(
        RUNS_OUT,
        r"\b(?:(?:as|so)\s+long\s+as|provided,?(?:\s+that)?|but)\s+((?:the|such|that|any)\s+notice\s+(?:does|shall|may|must|will|can)\s*not\s+(?:run\s+out|expire|end|take\s+effect|lapse)\s+(?:before|until|prior\s+to|earlier\s+than|sooner\s+than)\s[^.;]+)"
    );
    // "But not so as to take effect before 31 March 2027".
    pattern!(
        NOT_SO,
        r"\b(not\s+so\s+as\s+to\s+(?:take\s+effect|expire|end)\s+(?:before|until|prior\s+to|earlier\s+than)\s[^.;]+)"
    );
    let waits = WAITS.captures(words).or_else(|| AFTER.captures(words)).or_else(|| RUNS_OUT.captures(words));
    let waits = waits.or_else(|| NOT_SO.captures(words));
    let waits = waits?.get(1)?.as_str();
    Some(head(waits, LONGEST).trim_end_matches([',', ' ']).to_owned())
}

/// The notice that the next sentence of the clause asks for, "Three months' notice must be given", and where it ends behind
/// the start of this one.
fn behind(reader: &Reader<'_>, i: usize) -> Option<(Period, usize)> {
    let next = next_of_clause(reader, i)?;
    let phrases = reader.phrases(next);
    let (_, found) = phrases.lengths().find(|&(n, p)| NOTICE_BEHIND.marks(phrases, n) && long(p))?;
    let start = reader.span(next).start() - reader.span(i).start();
    Some((found.value.reading.known()?, start + found.range.end))
}

/// The last day for notice that the next sentence of the clause names: "The other must have had notice by 31 July 2028".
fn day_behind(reader: &Reader<'_>, i: usize) -> Option<Date> {
    let next = next_of_clause(reader, i)?;
    let (phrases, start) = (reader.phrases(next), reader.span(next).start());
    let at = |hit: &DateHit| phrases.list().iter().position(|p| p.range.start == hit.span.start() - start);
    let told = |hit: &&DateHit| at(hit).is_some_and(|k| NOTICE_DAYS.marks(phrases, k));
    reader.dates_of_sentence(next).iter().find(told).and_then(known)
}

/// The sentence behind the sentence `i`, where it belongs to the same clause.
fn next_of_clause(reader: &Reader<'_>, i: usize) -> Option<usize> {
    Some(i + 1).filter(|&next| reader.share_section(i, next))
}

// "The written notice set out in Schedule 1".
pattern!(
    SET_OUT,
    [
        "notice (period) set-out/stated/specified/shown/given/stipulated/named/indicated in/on/above (the) schedule/schedules/item/particulars/table/annex/appendix/form/above",
        "notice (period) set-out/stated/specified/shown/given above",
    ]
);

/// The notice that the key terms give: "Break notice: six months".
fn key_notice(reader: &Reader<'_>) -> Option<Period> {
    let label = reader.labels.get(Field::EndNotice).or_else(|| reader.labels.get(Field::Notice))?;
    periods(reader.text.slice(label.value)).into_iter().find_map(|p| p.value.reading.known())
}

/// The notice that a label of breaks gives: "Break notice: six months".
pub(super) fn break_notice(reader: &Reader<'_>) -> Option<Period> {
    let label = reader.labels.get(Field::EndNotice).or_else(|| reader.labels.get(Field::Notice))?;
    let named = contains_fold(reader.text.slice(label.name), "break");
    let found = periods(reader.text.slice(label.value)).into_iter().find_map(|p| p.value.reading.known());
    found.filter(|_| named)
}

/// How far a part of a sentence lets a party go without a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Free {
    /// It says so: "for convenience".
    Said,
    /// Nothing but notice is asked for.
    OnNotice,
    /// On days that it names.
    Break,
}

/// Whether the heading over a sentence speaks of ending, or the short line before it: "Leaving. You need no reason".
fn under_ending(reader: &Reader<'_>, i: usize) -> bool {
    const SHORT: usize = 30;
    let line = i.checked_sub(1).map(|above| reader.sentence(above)).filter(|line| line.len() < SHORT);
    ends(reader.heading(i)) || line.is_some_and(ends)
}

/// Whether a heading speaks of ending the contract.
fn ends(heading: &str) -> bool {
    pattern!(
        LEAVING,
        r"^\W*(?:[0-9.]+\W+)?(?:leaving|ending|stopping|getting\s+out|cancelling|canceling|walking\s+away)\b"
    );
    let phrases = Phrases::of(heading);
    !heading.is_empty() && !phrases.has(Class::Not) && (phrases.has(Class::End) || LEAVING.is_match(heading))
}

/// Longest heading that asks when somebody may leave.
const TITLE: usize = 50;

fn is_free(part: &str, phrases: &Phrases, lead: Option<&Phrases>, lead_words: &str) -> Option<Free> {
    // "All obligations survive any termination of this Agreement for whatever cause".
    let survives = contains_fold(part, "surviv") && !RIGHTS.matches(phrases);
    if is_mention(phrases) || survives {
        return None;
    }
    if BREAKS.matches(phrases)
        && !END_OF_MONTH.is_match(part)
        && !PAY_DAY.is_match(part)
        && (!phrases.has(Class::Breach) || is_in_order(part, phrases))
        && !THROUGHOUT.matches(phrases)
    {
        return Some(Free::Break);
    }
    let plain = PLAIN.matches(phrases);
    let listed = || LED.matches(phrases) && lead.is_some_and(|l| LEADS.matches(l) && !l.has(Class::Not));
    let right = RIGHTS.matches(phrases) || EARLY_RIGHTS.matches(phrases) || listed();
    let above = lead.is_some_and(|l| l.has(Class::End) && RIGHTS.matches(l));
    let allowed = right || plain || above && phrases.has_any(&[Class::Free, Class::AnyTime]);
    // "If it has not been rebuilt within three years, either party may end it".
    let if_not = phrases.has(Class::Unless) && IF_NOT.is_match(part);
    let fixed = !UNFIXED.matches(phrases) && !PROBATION_OVER.is_match(part);
    let conditional = (CONDITIONAL.matches(phrases) || if_not) && fixed;
    if phrases.has(Class::Free) && allowed && !conditional {
        return Some(if plain { Free::Said } else { Free::OnNotice });
    }
    // "Upon 120 days' notice and payment of two months' rent".
    pattern!(AND_PAYMENT, r"\b(?:and|with|upon|plus)\s+(?:the\s+|a\s+)?(?:payment|paying)\s+(?:of|to)?\b");
    let paid = phrases.has(Class::ExitFee) || AND_PAYMENT.is_match(part) || PAY_DAY.is_match(part);
    let priced = phrases.has(Class::Price) && !paid;
    // "Provided always and it is agreed as follows" is no condition.
    let said = lead_words.trim_start_matches(|c: char| !c.is_alphabetic());
    let provided = || starts_fold(said, "provided");
    // "When we may cancel": a heading.
    let titled = || starts_fold(said, "when ") && said.len() < TITLE && !said.trim_end().ends_with(':');
    let reason = priced
        || phrases.has_any(&[Class::Breach, Class::Cause, Class::Force, Class::Wronged])
        || lead.is_some_and(|l| l.has(Class::Breach) || l.has(Class::If) && !provided() && !titled());
    if ROLLING.matches(phrases) && !reason {
        // "Unless it is returned the hire goes on by the month until ended by a month's notice": what follows the term.
        // "From year to year until ended by two months' notice": it ends with a year.
        let follows = phrases.has(Class::Unless) && phrases.has(Class::Monthly) || phrases.has(Class::Yearly);
        return (!follows).then_some(Free::OnNotice);
    }
    // "At the end of the minimum term, or later at the end of a month".
    pattern!(
        OR_LATER,
        r"\bor\s+(?:at\s+any\s+(?:time\s+|\w+\s+end\s+)?|at\s+)?(?:later|thereafter|afterwards|after\s+that)\b"
    );
    let always = phrases.has(Class::AnyTime)
        || OR_LATER.is_match(part)
        || THROUGHOUT.matches(phrases)
        || END_OF_MONTH.is_match(part);
    let unless = UNLESS_ENDED.matches(phrases) && !EARLY.matches(phrases);
    let limited = (LIMITED.matches(phrases) || unless) && !always && !IN_RENEWALS.matches(phrases);
    let reasoned = REASONED.matches(phrases) && !UNFIXED.matches(phrases) && !EARLY_RIGHTS.matches(phrases);
    if !right || limited || conditional || reasoned || reason {
        return None;
    }
    Some(if plain && !phrases.has(Class::If) { Free::Said } else { Free::OnNotice })
}

/// Whether a part speaks of a breach only where it asks, at its start, that there be none: "provided that the Tenant is not then in
/// default, it may terminate this Lease on 31 August 2029".
fn is_in_order(part: &str, phrases: &Phrases) -> bool {
    pattern!(
        NO_DEFAULT,
        r"^\W*(?:[0-9.]+\W+)*(?:provided|(?:so|as)\s+long\s+as|if)\b(?:\s+that)?\s[^.;]{0,80}?\b(?:no|not)\b[^.;,]{0,60}\b(?:default|breach)\b[^.;,]{0,80},"
    );
    phrases.list().iter().filter(|p| p.is(Class::Breach)).count() == 1 && NO_DEFAULT.is_match(part)
}

/// The years in "on the fifth anniversary of", before a date.
fn anniversary_of(left: &str) -> Option<i64> {
    pattern!(OF, r"^\s+of\s+(?:the\s+)?$");
    let last = COUNTED.captures_iter(left).last()?;
    let named = last.get(0)?;
    let counts = named.as_str().ends_with("anniversary") && OF.is_match(left.part(named.end()..));
    counts.then(|| ordinal(last.get(1)?.as_str()).map(|n| i64::from(n.value))).flatten()
}

/// The time from the start behind which the contract can be ended: "at the end of the first six months of the term".
fn first_part(part: &str) -> Option<Period> {
    pattern!(
        FIRST,
        r"\b(?:end|expiry|expiration|expiring|close|completion)\s+of\s+(?:the\s+|an?\s+)?(?:(?:first|initial|fixed|minimum|period\s+of)\s+)+"
    );
    let from = FIRST.find(part)?.end();
    let length = periods(part.part(from..)).into_iter().next().filter(|p| p.range.start == 0)?;
    length.value.reading.known().filter(|p| p.months().is_some())
}

/// The years up to "the end of year two" of the term.
fn numbered_year(part: &str) -> Option<Period> {
    pattern!(
        NUMBERED,
        r"\b(?:end|close|expiry)\s+of\s+(?:(?:contract|lease|licen[cs]e)\s+)?year\s+(one|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})\b"
    );
    let years = count(NUMBERED.captures(part)?.get(1)?.as_str())?.value;
    Some(Period::new(years, Unit::Year)).filter(|_| years > 0)
}

/// The days on which `part`, at byte `at` of the sentence, ends the contract, with those by which notice must be given.
fn breaks(reader: &Reader<'_>, i: usize, part: &str, phrases: &Phrases, at: usize) -> Vec<BreakDay> {
    let start = reader.span(i).start() + at;
    let inside = |hit: &&DateHit| (start..start + part.len()).contains(&hit.span.start());
    let last_for_notice = |hit: &DateHit| {
        let phrase = phrases.list().iter().position(|p| p.range.start == hit.span.start() - start);
        phrase.is_some_and(|k| NOTICE_DAYS.marks(phrases, k))
    };
    let mut days: Vec<BreakDay> = Vec::new();
    let mut last = None;
    for hit in reader.dates_of_sentence(i).iter().filter(inside) {
        let Some(on) = known(hit) else { continue };
        // "On the fifth anniversary of 24 June 2024".
        let left = reader.text.as_str().part(start..hit.span.start());
        let years = anniversary_of(left).and_then(|years| on.checked_add(jiff::Span::new().years(years)).ok());
        let on = years.unwrap_or(on);
        if !last_for_notice(hit) {
            days.push(BreakDay { on: Some(on), notice_on: last.take(), ..BreakDay::default() });
        } else if let Some(day) = days.last_mut() {
            day.notice_on = Some(on);
        } else {
            last = Some(on);
        }
    }
    if days.is_empty() {
        days.extend(first_part(part).map(|after| BreakDay { after: Some(after), ..BreakDay::default() }));
    }
    if days.is_empty() {
        let counts = COUNTED.captures_iter(part).filter_map(|c| ordinal(c.get(1)?.as_str()));
        let years = counts.map(|n| Period::new(n.value, Unit::Year));
        days.extend(years.map(|after| BreakDay { after: Some(after), ..BreakDay::default() }));
    }
    if days.is_empty() {
        let months = MONTH_OF_TERM.captures(part).and_then(|c| ordinal(c.get(1)?.as_str()));
        days.extend(months.map(|n| BreakDay { after: Some(Period::new(n.value, Unit::Month)), ..BreakDay::default() }));
    }
    if days.is_empty() {
        days.extend(numbered_year(part).map(|after| BreakDay { after: Some(after), ..BreakDay::default() }));
    }
    days
}
