//! Rights to end or suspend a contract early: for convenience, for breach and non-payment with the time to cure, for
//! insolvency, and for events such as repeated failure of a service level.

mod forms;

use std::sync::LazyLock;

use regex::Regex;

use forms::{BREAKS, CURES, LIMITED, MENTIONS, PLAIN, REASONED, RIGHTS, ROLLING};

use super::notice::{holder, is_notice, is_reply};
use super::pattern::{Pattern, pattern};
use super::reader::{DateHit, Reader, head, known, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::labels::Label;
use crate::lexicon::label::Field;
use crate::lexicon::{Class, Found, PeriodText, ordinal, periods};
use crate::phrase::{Form, Kind, Phrases};
use crate::record::value::termination::{BreakDay, Effect, Termination, TerminationKind};
use crate::record::{Confidence, Fact, Origin, Span};

// Words without which a sentence ends nothing.
pattern!(
    ENDS,
    r"\b(?:terminat|cancel|suspen|cur(?:e[ds]?|ing)\b|uncured|remed(?:y|ied|ying)\b|unremedied|rectif|default|breach|late\s+fees?)"
);
pattern!(
    RIGHT,
    r"\b(?:may|can|shall\s+have\s+the\s+(?:right|option)|has\s+the\s+(?:right|option)|have\s+the\s+(?:right|option)|is\s+entitled|be\s+entitled|shall\s+be\s+entitled|reserves?\s+the\s+right|right\s+to|terminable|cancell?able|may\s+be|option\s+to)\b"
);
pattern!(TERMINATE, r"\b(?:terminat(?:e[ds]?|ing|ion)|terminable|cancel(?:s|led|ed|lable|able|lation)?|end\s+this)\b");
pattern!(
    UNPAID,
    r"\b(?:fail(?:s|ed|ure|ing)?\b[^.;]{0,60}\bpay\w*|non-?payment|payment\s+(?:obligations?|defaults?|breach\w*)|unpaid|not\s+(?:been\s+)?paid|past[\s-]due|overdue|monetary\s+(?:default|breach)|late\s+payment|late\s+fees?|default\s+in\s+(?:the\s+)?payment)"
);
pattern!(NOT_PAID, r"\bnot\s+(?:paid|pay)\b|\blate\s+(?:with|in|payment)\b");
pattern!(WRONG, r"\b(?:breach\w*|default\w*|violat\w+|fail\w*|non-?compliance|non-?performance|infraction)\b");
pattern!(SUSPEND, r"\bsuspen(?:d|sion|ding)\b");
pattern!(
    INSOLVENT,
    r"\b(?:insolven|bankrupt|receiver\b|assignment\s+for\s+the\s+benefit\s+of\s+(?:its\s+)?creditors|winding[\s-]up|liquidat(?:ion|or))"
);
pattern!(
    AFTER_NOTICE,
    r"^[\s'’]*s?['’]?\s*(?:\([^()]{0,20}\)\s*)?(?:after|of|from|following)\s+(?:(?:the\s+|its\s+)?(?:receipt|receiving|date|delivery|giving)\s+(?:of\s+)?)?(?:[\w'’-]+\s+){0,4}?(?:notice|notification|reminder|demand|due\s+date|when\s+due|becoming\s+due|applicable\s+due)\b"
);
static EVENTS: LazyLock<[(Pattern, &str); 3]> = LazyLock::new(|| {
    [
        (
            Pattern::new(
                r"\b(?:service\s+levels?|sla\b|slas\b|uptime|availability)\b(?:[^.]|\.[0-9]){0,160}\b(?:consecutive|rolling|(?:two|three|four|five|six|[2-6])\b[^.]{0,20}\bmonths)",
            ),
            "service_level_failure",
        ),
        (
            Pattern::new(r"\bforce\s+majeure\b[^.]{0,200}\b(?:continu|exceed|more\s+than|longer\s+than|persist|last)"),
            "force_majeure",
        ),
        (Pattern::new(r"\bchange\s+(?:of|in)\s+control\b"), "change_of_control"),
    ]
});
static ACTOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:((?i:either|each|any|both|one))\s+(?i:of\s+the\s+|one\s+of\s+the\s+)?(?i:part(?:y|ies))|(?-u:\b)(?i:the\s+)?(non-(?i:breaching|defaulting)\s+(?i:party)|other (?i:party)|[A-Z][\w&.'’-]*(?:\s+(?:of\s+)?[A-Z][\w&.'’-]*){0,3}))\s*,?\s+(?i:may|can|shall\s+have|will\s+have|has|have|shall\s+be\s+entitled|is\s+entitled|will\s+be\s+entitled|reserves)(?-u:\b)|(?-u:\b)(?i:by)\s+(?:((?i:either|each|any))\s+(?i:of\s+the\s+)?(?i:part(?:y|ies))|(?i:the\s+)?([A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*){0,2}))",
    )
    .unwrap_or_else(|e| unreachable!("{e}"))
});

/// Classes of which a sentence that ends a contract has one.
const ENDING: [Class; 3] = [Class::End, Class::Until, Class::Cure];

/// Finds the rights, in the order of the text.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut out: Vec<(Termination, Fact<Termination>)> = Vec::new();
    for (i, _, own) in reader.sentences() {
        if own.len() > 6_000 || !ENDS.is_match(own) && !ENDING.iter().any(|&class| reader.phrases(i).has(class)) {
            continue;
        }
        let above = reader.segments.sentences.get(i).and_then(|s| s.lead_in);
        let lead = above.map_or("", |l| reader.sentence(l));
        let mut found: Vec<(Termination, usize)> = Vec::new();
        convenience(reader, i, above, findings, &mut found);
        cure(reader.phrases(i), own, lead, &mut found);
        insolvency(own, lead, &mut found);
        event(own, &mut found);
        if found.is_empty() {
            for_wrong(reader.phrases(i), own, &mut found);
        }
        for (mut right, end) in found {
            right.by = right.by.map(|by| role(&by, findings));
            if out.iter().any(|(r, _)| same(r, &right)) {
                continue;
            }
            let fact = fact(reader, i, &right, end);
            out.push((right, fact));
        }
    }
    if !out.iter().any(|(right, _)| right.kind == TerminationKind::Convenience) {
        out.extend(reader.labels.get(Field::Notice).and_then(|label| labelled(reader, label)));
    }
    findings.facts.terminations = out.into_iter().map(|(_, fact)| fact).collect();
}

/// "Notice period: three months" among the key terms.
fn labelled(reader: &Reader<'_>, label: &Label) -> Option<(Termination, Fact<Termination>)> {
    // "Notice: 60 days before the end" is about renewal.
    if Phrases::of(reader.text.slice(label.value)).has(Class::Before) {
        return None;
    }
    let notice = periods(reader.text.slice(label.value)).into_iter().find_map(|p| p.value.reading.known())?;
    let right = Termination { notice: Some(notice), ..right(TerminationKind::Convenience) };
    let line = label.name.cover(label.value);
    let proof = reader.text.cited(right.clone(), line);
    let origin = Origin::rule("termination.label");
    Some((right, Fact::found("termination", proof, reader.text.slice(line), origin, Confidence::new(0.7))))
}

/// The role with which a name ends, where a party has it: "Effective Date Customer" is a heading and the customer.
fn role(by: &str, findings: &Findings) -> String {
    let roles = findings.facts.parties.iter().filter_map(Fact::value).flat_map(|p| p.role.iter().chain(&p.aliases));
    let mut fitting = roles.filter(|r| by.ends_with(r.as_str()));
    fitting.next().map_or_else(|| by.to_owned(), Clone::clone)
}

/// Whether two rights are one said twice.
fn same(a: &Termination, b: &Termination) -> bool {
    let by = a.by == b.by || a.by.is_none() || b.by.is_none();
    let once = matches!(a.kind, TerminationKind::Insolvency | TerminationKind::Other);
    a.kind == b.kind
        && a.effect == b.effect
        && a.event == b.event
        && (once || a.notice == b.notice && a.cure == b.cure && (by || a.kind != TerminationKind::Convenience))
}

fn fact(reader: &Reader<'_>, i: usize, right: &Termination, end: usize) -> Fact<Termination> {
    let whole = reader.span(i);
    let words = reader.sentence(i);
    // Up to the value, so that two rights in one sentence have proofs of their own.
    let stop = end + head(&words[end..], 160).find(['.', ';', ',']).unwrap_or(0);
    let start = stop - tail(&words[..stop], 500).len();
    let cited = Span::new(whole.start() + start, whole.start() + stop);
    let (rule, confidence) = match right.kind {
        TerminationKind::Convenience => ("termination.convenience", if right.notice.is_some() { 0.9 } else { 0.6 }),
        TerminationKind::Breach => ("termination.breach", 0.9),
        TerminationKind::Nonpayment => ("termination.nonpayment", 0.85),
        TerminationKind::Insolvency => ("termination.insolvency", 0.85),
        TerminationKind::Other => ("termination.event", 0.75),
    };
    let proof = reader.text.cited(right.clone(), cited);
    Fact::found("termination", proof, &words[start..stop], Origin::rule(rule), Confidence::new(confidence))
}

/// A right of `kind` of which nothing else is said.
fn right(kind: TerminationKind) -> Termination {
    Termination { kind, effect: Effect::Terminate, by: None, notice: None, cure: None, event: None, breaks: Vec::new() }
}

/// The parts of a sentence that give a right to one party each.
fn parts(words: &str) -> Vec<(usize, &str)> {
    let mut cuts: Vec<usize> = vec![0];
    for m in ACTOR.find_iter(words) {
        let before = words[..m.start()].trim_end();
        if before.ends_with([';', ':'])
            || before.ends_with("and") && TERMINATE.is_match(&words[cuts[cuts.len() - 1]..m.start()])
        {
            cuts.push(m.start());
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([words.len()]).collect::<Vec<_>>();
    cuts.iter().zip(ends).map(|(&a, b)| (a, &words[a..b])).collect()
}

/// Rights to end the contract for no reason, in the sentence `i`.
fn convenience(
    reader: &Reader<'_>,
    i: usize,
    above: Option<usize>,
    findings: &Findings,
    out: &mut Vec<(Termination, usize)>,
) {
    let own = reader.sentence(i);
    let whole = reader.phrases(i);
    let introduced = above.map(|l| reader.phrases(l));
    let lead = above.map_or("", |l| reader.sentence(l));
    let runs_on = ROLLING.iter().any(|form| form.matches(whole));
    if !runs_on && !whole.has(Class::End) && !introduced.is_some_and(|l| l.has(Class::End)) {
        return;
    }
    let parts = parts(own);
    for &(at, part) in &parts {
        let read;
        let phrases = if parts.len() == 1 {
            whole
        } else {
            read = Phrases::of(part);
            &read
        };
        let Some(free) = is_free(phrases, introduced) else { continue };
        let named = if free == Free::OnNotice { named_break(part, findings) } else { None };
        let free = if named.is_some() { Free::Break } else { free };
        let notice = phrases.lengths().find(|&(n, p)| is_notice(phrases, n) && !is_reply(phrases, n) && long(p));
        let days = match named {
            Some(day) => vec![day],
            None if free == Free::Break => breaks(reader, i, part),
            None => Vec::new(),
        };
        if free == Free::Break && (days.is_empty() || notice.is_none()) || free == Free::OnNotice && notice.is_none() {
            continue;
        }
        let stop = phrases.list().iter().rfind(|p| matches!(p.kind, Kind::Words(Class::Free | Class::End)));
        let end = notice.map_or_else(|| stop.map_or(part.len(), |p| p.range.end), |(_, p)| p.range.end);
        let by = actor(part, part.len()).or_else(|| holder(phrases, part)).or_else(|| actor(lead, lead.len()));
        let notice = notice.and_then(|(_, p)| p.value.reading.known());
        out.push((Termination { by, notice, breaks: days, ..right(TerminationKind::Convenience) }, at + end));
    }
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

fn is_free(phrases: &Phrases, lead: Option<&Phrases>) -> Option<Free> {
    let any = |forms: &[Form<()>]| forms.iter().any(|form| form.matches(phrases));
    if any(&MENTIONS) {
        return None;
    }
    if any(&BREAKS) && !phrases.has(Class::Breach) {
        return Some(Free::Break);
    }
    let allowed_above = lead.is_some_and(|l| l.has(Class::End) && RIGHTS.iter().any(|form| form.matches(l)));
    let said = [Class::Free, Class::AnyTime].iter().any(|&class| phrases.has(class));
    let allowed = any(&RIGHTS) || any(&PLAIN) || allowed_above && said;
    let conditional = REASONED.first().is_some_and(|form| form.matches(phrases));
    if phrases.has(Class::Free) && allowed && !conditional {
        return Some(if any(&PLAIN) { Free::Said } else { Free::OnNotice });
    }
    let reason = [Class::Breach, Class::Cause, Class::Price, Class::Force].iter().any(|&class| phrases.has(class))
        || lead.is_some_and(|l| l.has(Class::Breach) || l.has(Class::If));
    if any(&ROLLING) && !reason {
        return Some(Free::OnNotice);
    }
    let limited = any(&LIMITED) && !phrases.has(Class::AnyTime) || any(&REASONED) || reason;
    if limited || !any(&RIGHTS) {
        return None;
    }
    Some(if any(&PLAIN) && !phrases.has(Class::If) { Free::Said } else { Free::OnNotice })
}

/// The break that hangs on a date with a name: "may end this Lease on the Break Date".
fn named_break(part: &str, findings: &Findings) -> Option<BreakDay> {
    pattern!(NAMED, exact, r"\bon\s+(?:the|a|any|either)\s+((?:[A-Z][a-z]+\s+){1,3}Date)\b");
    let name = NAMED.captures(part)?.get(1)?.as_str();
    let (_, fact) = findings.named_dates.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(BreakDay { on: Some(fact.value()?.date()?), after: None })
}

/// The days after the ending words of `part` on which it ends the contract.
fn breaks(reader: &Reader<'_>, i: usize, part: &str) -> Vec<BreakDay> {
    pattern!(
        COUNTED,
        r"\b([a-z]+(?:-[a-z]+)?|[0-9]{1,2}(?:st|nd|rd|th))\s+(?:\([^()]{1,6}\)\s*)?(?:anniversary|year\s+of\s+the\s+(?:term|tenancy|lease))"
    );
    let start = reader.span(i).start();
    let offset = reader.sentence(i).find(part).unwrap_or(0);
    let inside =
        |hit: &&DateHit| hit.sentence == i && (offset..offset + part.len()).contains(&(hit.span.start() - start));
    let dates = reader.dates.iter().filter(inside).filter_map(known).map(|on| BreakDay { on: Some(on), after: None });
    let mut days: Vec<BreakDay> = dates.collect();
    if days.is_empty() {
        let counts = COUNTED.captures_iter(part).filter_map(|c| ordinal(c.get(1)?.as_str()));
        let years = counts.map(|n| Period::new(n.value, Unit::Year));
        days.extend(years.map(|after| BreakDay { on: None, after: Some(after) }));
    }
    days
}

/// A notice is not counted in hours, and not in many years.
fn long(p: &Found<PeriodText>) -> bool {
    p.value.reading.known().is_none_or(|p| match p.unit {
        Unit::Year => p.count <= 2,
        Unit::Hour | Unit::Minute => false,
        _ => true,
    })
}

/// The notice that a right hangs on.
fn notice(words: &str) -> Option<Found<PeriodText>> {
    let phrases = Phrases::of(words);
    let found = phrases.lengths().find(|&(n, p)| is_notice(&phrases, n) && !is_reply(&phrases, n) && long(p));
    found.map(|(_, p)| p.clone())
}

/// Who has the right: the last party named before `end` that may do something.
fn actor(words: &str, end: usize) -> Option<String> {
    let all = ACTOR.captures_iter(head(words, end));
    let mut best: Option<String> = None;
    for c in all {
        if c.get(1).or(c.get(3)).is_some() {
            best = best.or_else(|| Some("either".to_owned()));
            continue;
        }
        let Some(m) = c.get(2).or(c.get(4)) else { continue };
        let name = m.as_str().trim_end_matches(['.', ',', '\'', '’']);
        // "A. Seller may": the letter of the item is no name.
        let name = name.split_once(". ").filter(|(letter, _)| letter.len() == 1).map_or(name, |(_, rest)| rest);
        let lower = name.to_ascii_lowercase();
        let skip =
            ["section", "article", "this", "agreement", "such", "it", "term", "the", "law", "services", "termination"];
        if lower.ends_with("event") || skip.iter().any(|w| lower == *w || lower.starts_with(&format!("{w} "))) {
            continue;
        }
        let both = lower.contains("party");
        best = best.or_else(|| Some(if both { "either".to_owned() } else { name.to_owned() }));
    }
    best
}

fn cure(phrases: &Phrases, own: &str, lead: &str, out: &mut Vec<(Termination, usize)>) {
    let all: Vec<_> = phrases.lengths().collect();
    let cures = |k: usize| all.get(k).is_some_and(|&(at, _)| CURES.iter().any(|form| form.marks(phrases, at)));
    let scene = format!("{lead} {own}");
    let wrong = WRONG.is_match(&scene) || UNPAID.is_match(&scene) || NOT_PAID.is_match(&scene);
    let ends = TERMINATE.is_match(&scene) || SUSPEND.is_match(&scene) || OTHERWISE.is_match(own);
    if !ends && !phrases.has(Class::End) {
        return;
    }
    for (k, &(_, p)) in all.iter().enumerate() {
        let Some(period) = p.value.reading.known().filter(|_| sized(p)) else { continue };
        let before = tail(&own[..p.range.start], 320);
        let after = head(&own[p.range.end..], 160);
        let unpaid_for = UNPAID.is_match(tail(before, 110)) && AFTER_NOTICE.is_match(after) && WRONG_END.is_match(own);
        // "Fails to pay within 45 days after the due date, and fails to cure within 15 days": the second is the time to cure.
        let named = cures(k) && !(unpaid_for && cures(k + 1));
        let beside = k > 0 && cures(k - 1) && PAYMENT.is_match(head(after, 80));
        if !(named || beside || unpaid_for && !cures(k + 1))
            || !wrong && !phrases.has(Class::Cure)
            || is_waiting(before, after)
        {
            continue;
        }
        let inside = before.rfind('(') > before.rfind(')');
        let clause = head(after, 110).split(';').next().unwrap_or_default();
        let wider =
            if inside { format!("{before} {clause}") } else { format!("{} {}", outside(before), outside(clause)) };
        let kind = if UNPAID.is_match(&wider) || NOT_PAID.is_match(&wider) {
            TerminationKind::Nonpayment
        } else {
            TerminationKind::Breach
        };
        let suspends = SUSPEND.is_match(&wider) || SUSPEND.is_match(own) && !TERMINATE.is_match(own);
        let effect = if suspends { Effect::Suspend } else { Effect::Terminate };
        let by = actor(own, own.len()).or_else(|| actor(lead, lead.len()));
        out.push((Termination { by, effect, cure: Some(period), ..right(kind) }, p.range.end));
    }
}

/// `words` without what stands in brackets.
fn outside(words: &str) -> String {
    let mut depth = 0_u32;
    words
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

// "(or ten (10) days in the case of non-payment)" beside another time to cure.
pattern!(
    PAYMENT,
    r"^\s*(?:for|in\s+(?:the\s+)?(?:case|event)\s+of|in\s+respect\s+of)\s+(?:an?\s+|any\s+)?(?:[\w-]+\s+){0,2}?(?:non-?payment|payment|monetary)"
);

// What follows from not paying.
pattern!(WRONG_END, r"\b(?:terminat|suspen|material\s+breach|event\s+of\s+default|default|late\s+fees?)");
// Times to cure that stand without the words that end a contract.
pattern!(
    OTHERWISE,
    r"\b(?:cure\s+period|event\s+of\s+default|in\s+default|(?:material|substantial)(?:ly)?\s+(?:breach|default)|late\s+fees?|release\s+of\s+(?:the\s+)?source)"
);

/// Times of other things near words of cure: notice to end, time to begin a cure.
fn is_waiting(before: &str, after: &str) -> bool {
    pattern!(BEGIN, r"\b(?:upon|giving|with|on|least)\s+(?:at\s+least\s+|not\s+less\s+than\s+)?$");
    pattern!(
        NOTICE,
        r"^[\s'’]*s?['’]?\s*(?:prior\s+)?(?:advance\s+)?(?:written\s+)?notice\b(?:[^.;]{0,40}\b(?:of\s+terminat|to\s+terminat|terminat))?"
    );
    pattern!(
        TO_CURE,
        r"\b(?:to\s+(?:cure|remedy)|cure\s+period|and\s+(?:an?\s+)?opportunity|without\s+cure|not\s+(?:been\s+)?(?:cured|remedied)|un(?:cured|remedied))"
    );
    BEGIN.is_match(tail(before, 40)) && NOTICE.is_match(after) && !TO_CURE.is_match(after)
}

fn sized(p: &Found<PeriodText>) -> bool {
    p.value
        .reading
        .known()
        .is_some_and(|p: Period| p.count > 0 && !matches!(p.unit, Unit::Year | Unit::Quarter | Unit::Minute))
}

fn insolvency(own: &str, lead: &str, out: &mut Vec<(Termination, usize)>) {
    let Some(m) = INSOLVENT.find(own) else { return };
    let ends =
        |s: &str| TERMINATE.is_match(s) && (RIGHT.is_match(s) || s.to_ascii_lowercase().contains("automatically"));
    if ends(own) || ends(lead) {
        let by = actor(own, own.len()).or_else(|| actor(lead, lead.len()));
        out.push((Termination { by, ..right(TerminationKind::Insolvency) }, m.end()));
    }
}

/// A right to end by notice because of a wrong of the other party, without a time to cure.
fn for_wrong(phrases: &Phrases, own: &str, out: &mut Vec<(Termination, usize)>) {
    let allowed = RIGHTS.iter().any(|form| form.matches(phrases)) && !MENTIONS.iter().any(|form| form.matches(phrases));
    let unpaid = UNPAID.is_match(own) || NOT_PAID.is_match(own);
    if !allowed || !phrases.has(Class::If) || !unpaid {
        return;
    }
    let notice = phrases.lengths().find(|&(n, p)| is_notice(phrases, n) && !is_reply(phrases, n) && long(p));
    let Some((_, notice)) = notice else { return };
    let by = actor(own, own.len()).or_else(|| holder(phrases, own));
    let period = notice.value.reading.known();
    out.push((Termination { by, notice: period, ..right(TerminationKind::Nonpayment) }, notice.range.end));
}

fn event(own: &str, out: &mut Vec<(Termination, usize)>) {
    if !TERMINATE.is_match(own) || !RIGHT.is_match(own) {
        return;
    }
    let Some((m, event)) = EVENTS.iter().find_map(|(re, event)| Some((re.find(own)?, event))) else { return };
    let notice = notice(own).and_then(|n| n.value.reading.known());
    let by = actor(own, own.len());
    out.push((Termination { by, notice, event: Some((*event).to_owned()), ..right(TerminationKind::Other) }, m.end()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn rights(plain: &str) -> Vec<String> {
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let found = crate::detect::detect(&text, &segment(&text)).facts.terminations;
        let period = |p: Option<Period>| p.map_or_else(|| "-".to_owned(), |p| p.to_string());
        let line = |t: &Termination| {
            let by = t.by.as_deref().unwrap_or("?");
            format!(
                "{:?} {by} notice {} cure {}{}",
                t.kind,
                period(t.notice),
                period(t.cure),
                if t.effect == Effect::Suspend { " suspend" } else { "" }
            )
        };
        found.iter().filter_map(Fact::value).map(line).collect()
    }

    #[test]
    fn convenience_in_every_dress() {
        for (text, want) in [
            (
                "Either Party may terminate this Agreement for convenience upon not less than thirty (30) days' prior written notice to the other Party.",
                "Convenience either notice 30 days cure -",
            ),
            (
                "Client may terminate this Agreement on sixty (60) days written notice without cause.",
                "Convenience Client notice 60 days cure -",
            ),
            (
                "The Agreement is cancellable at any time by any of the parties upon three months prior written notice.",
                "Convenience either notice 3 months cure -",
            ),
            (
                "The Buyer may cancel this Contract at any time by giving the Seller 90 days notice.",
                "Convenience Buyer notice 90 days cure -",
            ),
        ] {
            assert_eq!(rights(text), [want], "{text}");
        }
        let two = "The Client may terminate for its convenience on 30 days' notice; and the Vendor may terminate for its convenience on 90 days' notice.";
        assert_eq!(
            rights(two),
            ["Convenience Client notice 30 days cure -", "Convenience Vendor notice 90 days cure -"]
        );
    }

    #[test]
    fn what_is_no_right_to_go() {
        for text in [
            "Neither party may terminate this Agreement for convenience.",
            "If Client terminates this Agreement for convenience under Section 4, Client shall pay the fees for 30 days.",
            "The Agreement renews unless either party gives notice of termination 60 days before its end.",
            "Upon termination for any reason, the Supplier shall return the data within 30 days.",
        ] {
            assert_eq!(rights(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn times_to_cure() {
        for (text, want) in [
            (
                "Either Party may terminate if the other Party materially breaches this Agreement and fails to cure such breach within thirty (30) days after receiving written notice thereof.",
                "Breach either notice - cure 30 days",
            ),
            (
                "This Agreement may be terminated for a substantial breach which is not remedied within 20 business days of notice.",
                "Breach ? notice - cure 20 business days",
            ),
            (
                "If undisputed amounts remain unpaid for more than thirty (30) days after written notice of non-payment, Vendor may suspend the Services.",
                "Nonpayment Vendor notice - cure 30 days suspend",
            ),
            (
                "The Provider shall give notice of late payment and a fifteen (15)-day cure period before it may suspend Services for non-payment.",
                "Nonpayment ? notice - cure 15 days suspend",
            ),
        ] {
            assert_eq!(rights(text), [want], "{text}");
        }
        assert_eq!(rights("The Supplier shall correct defects in the goods within ten (10) days."), [""; 0]);
    }

    #[test]
    fn insolvency_and_events() {
        assert_eq!(
            rights("Either party may terminate this Agreement if the other becomes insolvent or files for bankruptcy."),
            ["Insolvency either notice - cure -"]
        );
        assert_eq!(
            rights(
                "If uptime is below 98% in three (3) consecutive months, Client may terminate upon 30 days' written notice."
            ),
            ["Other Client notice 30 days cure -"]
        );
    }
}
