//! Rights to end or suspend a contract early: for convenience, for breach and non-payment with the time to cure, for
//! insolvency, and for events such as repeated failure of a service level.

mod convenience;
mod cure;
mod each;
mod forms;
mod giver;
mod named;
mod parts;
mod scale;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;

use convenience::DO_SO;
use forms::{
    AT_BREACH, DENIED, HANGS, HANGS_ON, LIMITED, MAIN, NOTICE_PERIODS, NOTICES_UNDER, RIGHTS, UNLESS_ENDED, is_mention,
};

use super::notice::{holder, is_notice, is_reply};
use super::pattern::{Pattern, contains_fold, pattern};
use super::reader::{Reader, head, tail};
use crate::calendar::Unit;
use crate::detect::Findings;
use crate::detect::labels::Label;
use crate::lexicon::label::Field;
use crate::lexicon::{Class, Found, PeriodText, among, periods};
use crate::phrase::Phrases;
use crate::record::value::termination::{Effect, Termination, TerminationKind};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

// Words without which a sentence ends nothing.
pattern!(
    ENDS,
    r"\b(?:terminat|cancel|suspen|cur(?:e[ds]?|ing)\b|uncured|remed(?:y|ied|ying)\b|unremedied|rectif|default|breach|late\s+fees?)"
);
pattern!(
    RIGHT,
    [
        "may/can/terminable/cancelable/cancellable, right to, option to, reserve/reserves the right",
        "shall/has/have (have) the right/option, is/be entitled",
    ]
);
pattern!(TERMINATE, r"\b(?:terminat(?:e[ds]?|ing|ion)|terminable|cancel(?:s|led|ed|lable|able|lation)?|end\s+this)\b");
pattern!(
    UNPAID,
    [
        "payment/payments ~3 not (been) made, fail/fails/failed/failure/failing ..62 pay*, non-payment, late payment, late fee/fees, default in (the) payment",
        "payment obligation/obligations/default/defaults/breach*, unpaid, not (been) paid, past-due, overdue, monetary default/breach, in arrear/arrears for",
    ]
);
pattern!(
    NOT_PAID,
    r"\bnot\s+(?:paid|pay)\b|\blate\s+(?:with|in|payment)\b|\b(?:sum|amount|payment|rent|rental|charge|premium|due|instal?ment|fee)s?\b[^.;]{0,30}\bnot\s+(?:been\s+)?received\b"
);
pattern!(SUSPEND, r"\bsuspen(?:d|sion|ding)\b");
pattern!(
    INSOLVENT,
    [
        "insolven*, bankrupt*, receiver, winding-up, liquidation/liquidator",
        "assignment for the benefit of (its) creditors",
    ]
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
    let parties = r"(?:of\s+the\s+|one\s+of\s+the\s+)?part(?:y|ies)(?:\s+hereto)?|sides?|of\s+us|(?:the\s+)?\w+\s+or\s+(?:the\s+)?\w+";
    let pair = r"(?:the\s+)?\w+\s+and\s+(?:the\s+)?\w+";
    let any = format!(r"((?i:either|each|any|both|one)\s+(?i:{parties})|(?i:both|each)\s+(?i:(?:of\s+)?{pair}))");
    let other = r"non-(?i:breaching|defaulting)\s+(?i:party)|other (?i:party)";
    let name = r"[A-Z][\w&.'’-]*(?:\s+(?:of\s+)?[A-Z][\w&.'’-]*){0,3}";
    let may = r"(?i:may|can|(?:shall|will)\s+have|has|have|(?:shall\s+be|will\s+be|is)\s+entitled|reserves)";
    let also = r"(?:(?i:too|also|likewise|equally)\s+)?";
    let before = format!(r"(?:{any}|(?-u:\b)(?i:the\s+)?({other}|{name}))\s*,?\s+{also}{may}(?-u:\b)");
    let behind = format!(
        r"(?-u:\b)(?i:by|at\s+the\s+(?:request|option|election|instance)\s+of)\s+(?:{any}|(?i:the\s+)?({name}))"
    );
    // "On either side", "it is open to either party".
    let on = format!(r"(?-u:\b)(?i:on|open\s+to|competent\s+(?:to|for))\s+{any}");
    // "The Lessor and the Lessee may each", "the Lessor or the Lessee may", "until one of the parties gives".
    let each = format!(r"(?-u:\b)((?i:{pair}))\s+(?i:may|can|shall|will|are|have)\s+(?i:each|both)(?-u:\b)");
    let ours = r"(?i:you\s+or\s+we|we\s+or\s+you)";
    let or = format!(r"(?-u:\b)((?i:the\s+)?[A-Z]\w+\s+(?i:or)\s+(?i:the\s+)?[A-Z]\w+|{ours})\s+{may}(?-u:\b)");
    // "You may", not "you have breached".
    let us = r"(?-u:\b)((?i:you|we))\s+(?i:may|can|are\s+entitled)(?-u:\b)";
    let gives = format!(r"(?-u:\b){any}\s+(?i:gives?|serves?)(?-u:\b)");
    Regex::new(&format!("{before}|{behind}|{on}|{each}|{or}|{us}|{gives}")).unwrap_or_else(|e| unreachable!("{e}"))
});

/// Classes of which a sentence that ends a contract has one.
const ENDING: [Class; 7] =
    [Class::Expire, Class::End, Class::Until, Class::Cure, Class::Breach, Class::Unpaid, Class::Free];

/// Finds the rights, in the order of the text.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut out: Vec<(Termination, Fact<Termination>)> = Vec::new();
    let mut named_breaks = named::NamedBreaks::new();
    for (i, _, own) in reader.sentences() {
        let above = reader.segments.sentences.get(i).and_then(|s| s.lead_in);
        let item = || above.is_some() && reader.phrases(i).has(Class::Notice);
        if own.len() > 6_000
            || !ENDS.is_match(own) && !reader.phrases(i).has_any(&ENDING) && !item() && !DO_SO.is_match(own)
        {
            continue;
        }
        let lead = above.map_or("", |l| reader.sentence(l));
        let mut found: Vec<(Termination, usize)> = Vec::new();
        let phrases = reader.phrases(i);
        convenience::find(reader, i, above, findings, &mut named_breaks, &mut found);
        // "May not terminate unless": the exception is a right. What stands over the items of a list denies all of them.
        let denied =
            |p: &Phrases, words: &str| DENIED.matches(p) && !p.has(Class::Unless) && !contains_fold(words, " except");
        if denied(phrases, own) || above.is_some_and(|l| denied(reader.phrases(l), lead)) {
            continue;
        }
        // "We will give you 14 days to put it right. If you have not done so by then, we may end it".
        let wrong = phrases.has_any(&[Class::Breach, Class::Unpaid, Class::Cure]);
        let behind =
            (wrong && reader.share_section(i, i + 1)).then(|| reader.phrases(i + 1)).filter(|p| HANGS_ON.matches(p));
        // "Each party may terminate for a good reason. If that is a breach, thirty days must pass without a remedy".
        let both = phrases.has(Class::Cure) && phrases.has(Class::Breach);
        let ahead = i.checked_sub(1).filter(|&before| both && reader.share_section(before, i));
        let ahead = ahead.map(|before| reader.phrases(before));
        let ahead = ahead.filter(|p| !p.has(Class::Cure) && RIGHTS.matches(p) && !is_mention(p));
        let above = above.map(|l| reader.phrases(l));
        cure::find(phrases, own, above.or(behind).or(ahead), lead, reader.heading(i), &mut found);
        if let Some(before) = i.checked_sub(1).filter(|&before| found.is_empty() && reader.share_section(before, i)) {
            cure::undone(reader.phrases(before), phrases, own, &mut found);
        }
        insolvency(phrases, own, lead, &mut found);
        event(phrases, own, &mut found);
        if found.is_empty() {
            for_wrong(phrases, own, &mut found);
        }
        if found.is_empty() {
            // "The Customer may terminate this Agreement: (a) by three months' notice, if …".
            let right_above = above.filter(|p| RIGHTS.matches(p) && !is_mention(p)).map(|_| lead);
            on_condition(phrases, own, right_above, &mut found);
        }
        for (mut right, end) in found {
            right.by = right.by.map(|by| role(&by, findings));
            if out.iter().any(|(r, _)| same(r, &right)) {
                findings.read_again.push(reader.span(i).start() + end);
                continue;
            }
            let fact = fact(reader, i, &right, end);
            out.push((right, fact));
        }
    }
    for (right, fact) in scale::find(reader) {
        if !out.iter().any(|(r, _)| same(r, &right)) {
            out.push((right, fact));
        }
    }
    if out.iter().all(|(right, _)| right.breaks.is_empty()) {
        out.extend(named::in_particulars(reader));
    }
    key_terms(reader, &mut out);
    if !out.iter().any(|(right, _)| right.kind == TerminationKind::Convenience) {
        let label = reader.labels.get(Field::Notice).and_then(|label| labelled(reader, label));
        match label {
            Some(label) => out.push(label),
            None => out.extend(stated(reader)),
        }
    }
    findings.facts.terminations = out.into_iter().map(|(_, fact)| fact).collect();
}

/// "Notice period for termination without reason: 30 days" among the key terms goes before a clause that leaves room for it.
fn key_terms(reader: &Reader<'_>, out: &mut Vec<(Termination, Fact<Termination>)>) {
    let Some((mut right, fact)) = reader.labels.get(Field::EndNotice).and_then(|label| labelled(reader, label)) else {
        return;
    };
    let gives_way = |(general, fact): &(Termination, Fact<Termination>)| {
        let i = reader.sentence_at(fact.evidence()[0].span().start());
        general.kind == TerminationKind::Convenience && reader.phrases(i).has(Class::Otherwise)
    };
    right.by = out.iter().find(|o| gives_way(o)).and_then(|(general, _)| general.by.clone());
    out.retain(|o| !gives_way(o));
    let by = right.by.clone();
    let fact = fact.map(|right| Termination { by, ..right });
    let said =
        |(r, _): &(Termination, Fact<Termination>)| r.kind == TerminationKind::Convenience && r.notice == right.notice;
    if !out.iter().any(said) {
        out.push((right, fact));
    }
}

/// "Notice period: three months" among the key terms.
fn labelled(reader: &Reader<'_>, label: &Label) -> Option<(Termination, Fact<Termination>)> {
    // "Notice: 60 days before the end" is about renewal.
    if Phrases::of(reader.text.slice(label.value)).has(Class::Before) {
        return None;
    }
    let notice = periods(reader.text.slice(label.value)).into_iter().find_map(|p| p.value.reading.known())?;
    // "Incident notice: 72 hours".
    if matches!(notice.unit, Unit::Hour | Unit::Minute) {
        return None;
    }
    let right = Termination { notice: Some(notice), ..right(TerminationKind::Convenience) };
    let line = label.name.cover(label.value);
    let proof = reader.text.cited(right.clone(), line);
    let origin = Origin::rule("termination.label");
    Some((right, Fact::found("termination", proof, reader.text.slice(line), origin, Confidence::new(0.7))))
}

/// "Your notice period is one month", where nothing else is said of ending; each party may have a period of its own.
fn stated(reader: &Reader<'_>) -> Vec<(Termination, Fact<Termination>)> {
    let all = reader.sentences().map(|(i, _, words)| stated_in(reader, i, words));
    all.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

fn stated_in(reader: &Reader<'_>, i: usize, words: &str) -> Vec<(Termination, Fact<Termination>)> {
    pattern!(
        UNDER,
        r"^\W*(?:[0-9.]+\W+)?(?:notice|notice\s+periods?|periods?\s+of\s+notice|resignation|termination\s+of\s+employment)\W*$"
    );
    let named = || contains_fold(words, "notice period") || contains_fold(words, "period of notice");
    let headed = || UNDER.is_match(reader.heading(i));
    if words.len() > 400 || !(named() || headed()) {
        return Vec::new();
    }
    let phrases = reader.phrases(i);
    // "Counted from the last day of the month in which it was given".
    pattern!(FROM_MONTH, ["from/at/to (the) end/close/last-day of the/a/any ~1 month"]);
    let at_end = phrases.has(Class::Close) && !FROM_MONTH.is_match(words);
    if at_end || phrases.has_any(&[Class::Before, Class::Renew, Class::Renewal, Class::NewTerm]) {
        return Vec::new();
    }
    let told = |n| named() && NOTICE_PERIODS.marks(phrases, n) || headed() && NOTICES_UNDER.marks(phrases, n);
    let lengths: Vec<_> = phrases.lengths().filter(|&(n, _)| told(n)).map(|(_, period)| period).collect();
    let right = |(k, period): (usize, &&Found<PeriodText>)| {
        let until = lengths.get(k + 1).map_or(words.len(), |next| next.range.start);
        let by = if lengths.len() > 1 { whose(words.part(period.range.end..until)) } else { actor(words, words.len()) };
        let notice = Some(period.value.reading.known()?);
        let right = Termination { by, notice, ..right(TerminationKind::Convenience) };
        let fact = fact(reader, i, &right, period.range.end);
        Some((right, fact.with_confidence(Confidence::new(0.7))))
    };
    lengths.iter().enumerate().filter_map(right).collect()
}

/// Whose notice it is: "two months for the Client".
fn whose(after: &str) -> Option<String> {
    pattern!(
        OF,
        exact,
        r"^\s*(?:for|by|from|on\s+the\s+part\s+of)\s+(?:the\s+)?([A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*){0,2})"
    );
    OF.captures(after).and_then(|c| c.get(1)).map(|name| name.as_str().trim_end_matches('.').to_owned())
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
    // The notice may stand in the next sentence.
    let whole = if end > reader.sentence(i).len() { reader.span(i).cover(reader.span(i + 1)) } else { reader.span(i) };
    let words = reader.text.slice(whole);
    // Up to the value, so that two rights in one sentence have proofs of their own.
    let stop = end + head(words.part(end..), 160).find(['.', ';', ',']).unwrap_or(0);
    let start = stop - tail(words.part(..stop), 500).len();
    let cited = Span::new(whole.start() + start, whole.start() + stop);
    let (rule, confidence) = match right.kind {
        TerminationKind::Convenience => ("termination.convenience", if right.notice.is_some() { 0.9 } else { 0.6 }),
        TerminationKind::Breach => ("termination.breach", 0.9),
        TerminationKind::Nonpayment => ("termination.nonpayment", 0.85),
        TerminationKind::Insolvency => ("termination.insolvency", 0.85),
        TerminationKind::Other => ("termination.event", 0.75),
    };
    let proof = reader.text.cited(right.clone(), cited);
    Fact::found("termination", proof, words.part(start..stop), Origin::rule(rule), Confidence::new(confidence))
}

/// A right of `kind` of which nothing else is said.
fn right(kind: TerminationKind) -> Termination {
    Termination { kind, effect: Effect::Terminate, by: None, notice: None, cure: None, event: None, breaks: Vec::new() }
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
fn notice(phrases: &Phrases) -> Option<&Found<PeriodText>> {
    let found = phrases.lengths().find(|&(n, p)| is_notice(phrases, n) && !is_reply(phrases, n) && long(p));
    found.map(|(_, p)| p)
}

/// The notice for an ending that hangs on a condition.
fn hanging(phrases: &Phrases) -> Option<&Found<PeriodText>> {
    // "To pay it within five days of such notice" is another time.
    let due = |n: usize| n.checked_sub(1).and_then(|before| phrases.get(before)).is_some_and(|p| p.is(Class::Within));
    phrases.lengths().find(|&(n, _)| HANGS.marks(phrases, n) && !due(n)).map(|(_, p)| p)
}

/// Who has the right: the last party named before `end` that may do something.
fn actor(words: &str, end: usize) -> Option<String> {
    pattern!(
        WRONG_OF,
        ["breach/breaches/default/defaults/non-performance/nonperformance/failure/performance/violation ~2 $"]
    );
    pattern!(
        HELD,
        r"^[\s,]+(?:[\w-]+[\s,]+){0,6}?(?:rights?|options?|power|authority|liberty|freedom|privilege|choice)\b"
    );
    let all = ACTOR.captures_iter(head(words, end));
    let mut best: Option<String> = None;
    for c in all {
        if [1, 3, 5, 6, 7, 9].iter().any(|&group| c.get(group).is_some()) {
            best = best.or_else(|| Some("either".to_owned()));
            continue;
        }
        let Some(whole) = c.get(0) else { continue };
        // "Nonperformance by the Company": who does wrong.
        let wrongs = || WRONG_OF.is_match(tail(words.part(..whole.start()), 60));
        let Some(m) = c.get(2).or(c.get(8)).or(c.get(4).filter(|_| !wrongs())) else { continue };
        // "If the Contractor has not corrected it": a verb of the past, and no right.
        let verb = whole.as_str().rsplit(' ').next().unwrap_or_default();
        if among("has have", verb) && !HELD.is_match(words.part(whole.end()..)) {
            continue;
        }
        let name = m.as_str().trim_end_matches(['.', ',', '\'', '’']);
        // "A. Seller may": the letter of the item is no name.
        let name = name.split_once(". ").filter(|(letter, _)| letter.len() == 1).map_or(name, |(_, rest)| rest);
        let lower = name.to_ascii_lowercase();
        let skip = "section article this agreement contract lease licence license tenancy membership such it term the law services termination";
        if lower.ends_with("event") || among(skip, lower.split(' ').next().unwrap_or_default()) {
            continue;
        }
        // "SUPPLIER OR CUSTOMER MAY".
        let both = lower.contains("party") || lower.contains(" or ");
        best = best.or_else(|| Some(if both { "either".to_owned() } else { name.to_owned() }));
    }
    best
}

fn insolvency(phrases: &Phrases, own: &str, lead: &str, out: &mut Vec<(Termination, usize)>) {
    let Some(m) = INSOLVENT.find(own) else { return };
    let ends =
        |s: &str| TERMINATE.is_match(s) && (RIGHT.is_match(s) || s.to_ascii_lowercase().contains("automatically"));
    if ends(own) || ends(lead) || phrases.has(Class::End) && RIGHTS.matches(phrases) {
        let by = actor(own, own.len()).or_else(|| actor(lead, lead.len()));
        let notice = hanging(phrases).and_then(|p| p.value.reading.known());
        out.push((Termination { by, notice, ..right(TerminationKind::Insolvency) }, m.end()));
    }
}

/// Whether words speak of money that is owed and not paid.
fn is_unpaid(words: &str) -> bool {
    UNPAID.is_match(words) || NOT_PAID.is_match(words)
}

/// A right to end by notice because of a wrong of the other party, without a time to cure.
fn for_wrong(phrases: &Phrases, own: &str, out: &mut Vec<(Termination, usize)>) {
    if !RIGHTS.matches(phrases) || is_mention(phrases) {
        return;
    }
    let unpaid = || (phrases.has(Class::If) && is_unpaid(own)).then(|| notice(phrases)).flatten();
    let breach = || phrases.lengths().find(|&(n, _)| AT_BREACH.marks(phrases, n)).map(|(_, p)| p);
    let unpaid = unpaid().map(|p| (TerminationKind::Nonpayment, p));
    let Some((kind, notice)) = unpaid.or_else(|| Some((TerminationKind::Breach, breach()?))) else { return };
    let by = actor(own, own.len()).or_else(|| holder(phrases, own));
    let period = notice.value.reading.known();
    out.push((Termination { by, notice: period, ..right(kind) }, notice.range.end));
}

/// A right to end by notice that hangs on a condition of its own, which is kept in the words of the contract. An item may
/// stand under words that give the right, `led`.
fn on_condition(phrases: &Phrases, own: &str, led: Option<&str>, out: &mut Vec<(Termination, usize)>) {
    const LONGEST: usize = 160;
    const SHORTEST: usize = 4;
    pattern!(
        IN_BREACH,
        ["in/of (a/any) (material/serious/substantial/fundamental) breach/default, breaches, defaults"]
    );
    // "If it cannot rebuild unless the Agreement ends": what the condition says.
    let first = |class| phrases.first(class, 0).map(|p| p.range.start);
    let inside = first(Class::If).zip(first(Class::Unless)).is_some_and(|(condition, unless)| condition < unless);
    let limited = LIMITED.matches(phrases) || UNLESS_ENDED.matches(phrases) && !inside;
    if !RIGHTS.matches(phrases) && led.is_none() || is_mention(phrases) || limited {
        return;
    }
    let Some((notice, condition)) = hanging(phrases).zip(phrases.first(Class::If, 0)) else { return };
    let main = phrases.list().iter().position(|p| p == condition).and_then(|at| MAIN.find_at(phrases, at));
    let main = main.and_then(|m| phrases.get(*m.marked.first()?));
    let whole = own.part(condition.range.start..main.map_or(own.len(), |p| p.range.start.max(condition.range.end)));
    let words = head(whole, LONGEST);
    let clause = words.split([',', ';', '.']).next().unwrap_or(words).trim();
    // "If (a) its availability …": the items say what the condition is.
    let words = if clause.split(' ').count() < SHORTEST { words.trim() } else { clause };
    let words = words.trim_end_matches(" the").trim_end_matches([',', ' ']);
    let by = led.and_then(|lead| actor(lead, lead.len())).or_else(|| actor(own, own.len()));
    let by = by.or_else(|| holder(phrases, own));
    let breach = IN_BREACH.is_match(words);
    let kind = if breach { TerminationKind::Breach } else { TerminationKind::Other };
    let event = (!breach && words.contains(' ')).then(|| words.to_owned());
    let period = notice.value.reading.known();
    out.push((Termination { by, notice: period, event, ..right(kind) }, notice.range.end));
}

fn event(phrases: &Phrases, own: &str, out: &mut Vec<(Termination, usize)>) {
    if !(TERMINATE.is_match(own) && RIGHT.is_match(own) || RIGHTS.matches(phrases)) {
        return;
    }
    let Some((m, event)) = EVENTS.iter().find_map(|(re, event)| Some((re.find(own)?, event))) else { return };
    let notice = notice(phrases).and_then(|n| n.value.reading.known());
    let by = actor(own, own.len());
    out.push((Termination { by, notice, event: Some((*event).to_owned()), ..right(TerminationKind::Other) }, m.end()));
}
