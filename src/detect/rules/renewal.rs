//! What happens at the end of the term. Kinds and their order: C1.

mod condition;
mod words;

use std::ops::Range;

use super::notice::{self, Notice};
use super::pattern::Match;
use super::reader::{Reader, around, head, tail};
use super::term;
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::hints::Topic;
use crate::lexicon::{Found, PeriodText, Reading, count, periods};
use crate::record::value::{Renewal, RenewalKind, TermEnd};
use crate::record::{Confidence, Diagnostic, Fact, Origin, Severity, Span, Stage, Status};
use words::{
    AUTOMATIC, BY_ITSELF, FIRST_NAMED, FIRST_TERM, FOREIGN, GATE, GIVES_NOTICE, IF, LIMIT, MAY, MONTH, MONTHLY, MUTUAL,
    NEVER, NOT_BY_ITSELF, NOTICE_TALK, ONCE, OPTION, PASSING, RUNS_ON, SAME, SELF, STOPPABLE, TERM_HEADING, UP_TO,
    VERB, YEARLY,
};

/// One sentence's reading.
#[derive(Clone)]
struct RenewalCandidate {
    score: i32,
    sentence: usize,
    kind: RenewalKind,
    period: Option<Reading<Period>>,
    words: Range<usize>,
}

/// Fills in the renewal terms.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut best: Option<RenewalCandidate> = None;
    let mut mutual: Option<RenewalCandidate> = None;
    for (i, _, words) in reader.sentences() {
        if words.len() < 20 || words.len() > 6_000 || !GATE.is_match(words) {
            continue;
        }
        let Some(mut candidate) = read(reader, findings, i, words) else { continue };
        candidate.score += reader.hint(i, Topic::Renewal);
        if candidate.kind == RenewalKind::MutualAgreement && mutual.as_ref().is_none_or(|m| candidate.score > m.score) {
            mutual = Some(candidate.clone());
        }
        if best.as_ref().is_none_or(|b| candidate.score > b.score) {
            best = Some(candidate);
        }
    }
    let Some(mut best) = best else { return };
    // "Shall not renew automatically; any extension needs the agreement of both": the second is what can happen.
    let possible = mutual
        .filter(|m| m.period.is_some() || NOT_BY_ITSELF.is_match(reader.sentence(best.sentence)))
        .filter(|_| best.kind == RenewalKind::None);
    if let Some(agreed) = possible {
        best = agreed;
    }
    let fact = fact(reader, findings, &best);
    findings.facts.renewal = Some(fact);
}

/// Reads one sentence as a renewal clause.
fn read(reader: &Reader<'_>, findings: &Findings, i: usize, words: &str) -> Option<RenewalCandidate> {
    let verb = verb(words);
    let runs_on = RUNS_ON.is_match(words);
    if verb.is_none() && !runs_on || !SELF.is_match(words) {
        return None;
    }
    let own_subject = verb.as_ref().is_some_and(|m| {
        let lower = tail(&words[..m.start], 120).to_ascii_lowercase();
        ["this agreement", "the agreement", "the term", "initial term", "this contract", "the contract", "this lease"]
            .iter()
            .any(|s| lower.contains(s))
    });
    if FOREIGN.is_match(words) && !own_subject {
        return None;
    }
    let heading = reader.heading(i);
    let titled = heading.len() < 80 && TERM_HEADING.is_match(heading);
    let (kind, mut score) = kind(words, runs_on)?;
    // "Unless extended by mutual agreement, shall continue for three years": the years are those of the first term.
    let aside = verb.as_ref().and_then(|m| {
        let weak = matches!(kind, RenewalKind::MutualAgreement | RenewalKind::Option);
        term::aside(words).find(|r| weak && r.start <= m.start && m.end <= r.end)
    });
    let within = aside.map_or(words, |r| &words[..r.end]);
    // "Extended for up to four months if the launch is late" is no renewal.
    if IF.is_match(words)
        && kind == RenewalKind::Automatic
        && UP_TO.is_match(words)
        && !AUTOMATIC.is_match(words)
        && !YEARLY.is_match(words)
    {
        return None;
    }
    let passing = kind == RenewalKind::MutualAgreement && PASSING.is_match(words);
    let period = verb.clone().filter(|_| !passing).and_then(|verb| renewal_period(within, &verb, kind, findings));
    // "If the law asks for longer notice, the agreement goes on from month to month": a case, not the rule.
    if kind == RenewalKind::MonthToMonth && IF.is_match(words) {
        score -= 5;
    }
    score += match period {
        Some((Reading::Known(_), _)) => 4,
        Some(_) => 2,
        None => 0,
    };
    score += i32::from(titled) * 2 + i32::from(own_subject) * 2;
    score -= i32::from(reader.attached(i)) * 3;
    let (period, words_of) = match period {
        Some((p, range)) => (Some(p), range),
        None => (None, verb.unwrap_or(0..0)),
    };
    // An option or an agreement without a length is often only mentioned in passing.
    if matches!(kind, RenewalKind::MutualAgreement | RenewalKind::Option) && period.is_none() && !titled && !own_subject
    {
        return None;
    }
    Some(RenewalCandidate { score, sentence: i, kind, period, words: words_of })
}

/// The renewing verb. What "continues for two years, and thereafter" renews comes after "thereafter"; and where no time
/// comes before it, "continue thereafter" speaks of the first term, if there is another verb.
fn verb(words: &str) -> Option<Range<usize>> {
    let mut found = VERB.find_iter(words).map(|m| m.range());
    let first = found.next()?;
    let Some(at) = words[first.clone()].to_ascii_lowercase().find("thereafter") else { return Some(first) };
    let at = first.start + at;
    if periods(&words[..at]).is_empty()
        && let Some(next) = found.next()
    {
        return Some(next);
    }
    Some(at..first.end.max(at + "thereafter".len()))
}

/// The kind that a sentence gives, in the order of C1, and how strong it is.
fn kind(words: &str, runs_on: bool) -> Option<(RenewalKind, i32)> {
    if let Some(m) = NEVER.find(words)
        && !NOTICE_TALK.is_match(tail(&words[..m.start()], 60))
        && !GIVES_NOTICE.is_match(&words[..m.start()])
    {
        return Some((RenewalKind::None, 6));
    }
    let monthly = MONTHLY.is_match(words);
    if AUTOMATIC.is_match(words) {
        let automatic = if monthly && !words.to_ascii_lowercase().contains("successive") {
            RenewalKind::MonthToMonth
        } else {
            RenewalKind::Automatic
        };
        let endless = RUNS_ON.find(words).is_some_and(|m| {
            let m = m.as_str().to_ascii_lowercase();
            m.contains("indefinite") || m.contains("unlimited")
        });
        return Some((if endless { RenewalKind::Evergreen } else { automatic }, 9));
    }
    if monthly {
        return Some((RenewalKind::MonthToMonth, 7));
    }
    let mutual = MUTUAL.is_match(words);
    let option = OPTION.is_match(words);
    let stoppable = STOPPABLE.is_match(words);
    if !option && (!mutual || stoppable) && (stoppable || !MAY.is_match(words)) && BY_ITSELF.is_match(words) {
        return Some((RenewalKind::Automatic, 7));
    }
    // "may be extended by mutual agreement" also reads as an option: agreement of both is the stronger condition.
    if mutual {
        return Some((RenewalKind::MutualAgreement, 2));
    }
    if option {
        return Some((RenewalKind::Option, 5));
    }
    // Without a first term there is nothing to go on after: such a contract is perpetual from the start.
    let lower = words.to_ascii_lowercase();
    let named = ["initial term", "initial period", "first term", "first period", "fixed term", "minimum period"];
    let has_term = named.iter().any(|n| lower.contains(n))
        || periods(words).iter().any(|p| p.value.reading.known().is_some_and(|p| p.months().is_some()));
    if runs_on && has_term {
        return Some((RenewalKind::Evergreen, 4));
    }
    None
}

/// The length of a renewal term and its words.
fn renewal_period(
    words: &str,
    verb: &Range<usize>,
    kind: RenewalKind,
    findings: &Findings,
) -> Option<(Reading<Period>, Range<usize>)> {
    if matches!(kind, RenewalKind::None | RenewalKind::Evergreen) {
        return None;
    }
    let all = periods(words);
    let usable = |p: &&Found<PeriodText>| {
        let (before, after) = around(words, &p.range, 70);
        !notice::is_notice(before, after)
            && !notice::is_reply(after)
            && !FIRST_TERM.is_match(before)
            && !FIRST_NAMED.is_match(after)
            && plausible(p)
    };
    if kind == RenewalKind::MonthToMonth {
        let range = MONTH.find(words).map_or_else(|| verb.clone(), |m| m.range());
        return Some((Reading::Known(Period::new(1, Unit::Month)), range));
    }
    let after_verb: Vec<_> = all.iter().filter(|p| p.range.start >= verb.start).filter(usable).collect();
    let article = |p: &&&Found<PeriodText>| !p.value.article;
    if let Some(p) = after_verb.iter().find(article) {
        return Some((p.value.reading, p.range.clone()));
    }
    let rest = &words[verb.start..];
    let shift = |m: Match<'_>| m.start() + verb.start..m.end() + verb.start;
    if let Some(m) = SAME.find(rest)
        && let Some(period) = initial(findings)
    {
        return Some((Reading::Known(period), shift(m)));
    }
    if let Some(m) = MONTH.find(rest)
        && !YEARLY.is_match(head(rest, m.start()))
    {
        return Some((Reading::Known(Period::new(1, Unit::Month)), shift(m)));
    }
    if let Some(m) = YEARLY.find(rest).or_else(|| YEARLY.find(words)) {
        let range = if m.as_str().len() + m.start() <= rest.len() && rest[m.start()..].starts_with(m.as_str()) {
            shift(m)
        } else {
            m.range()
        };
        return Some((Reading::Known(Period::new(1, Unit::Year)), range));
    }
    // "successive one-year terms shall follow automatically": the length stands before the verb.
    let before = all.iter().filter(|p| p.range.end <= verb.start).filter(usable).find(|p| {
        let (left, right) = around(words, &p.range, 40);
        let near = |s: &str| {
            let s = s.to_ascii_lowercase();
            ["successive", "additional", "renewal", "further", "consecutive", "another", "subsequent"]
                .iter()
                .any(|w| s.contains(w))
        };
        // "With automatic two-year term extensions".
        let between = words[p.range.end..verb.start].trim_matches([' ', '-']).to_ascii_lowercase();
        near(left) || near(head(right, 20)) || ["", "term", "period", "renewal"].contains(&between.as_str())
    });
    before.map(|p| (p.value.reading, p.range.clone()))
}

/// Renewal terms last months or years; a few days are something else.
fn plausible(p: &Found<PeriodText>) -> bool {
    match p.value.reading {
        Reading::Known(p) => match p.unit {
            Unit::Year | Unit::Month | Unit::Quarter => (1..=600).contains(&p.count),
            Unit::Week => p.count >= 2,
            Unit::Day => p.count >= 28,
            _ => false,
        },
        _ => true,
    }
}

fn initial(findings: &Findings) -> Option<Period> {
    findings.term_ends.iter().find_map(|t| match t.value() {
        Some(TermEnd::After { period, .. }) => Some(*period),
        _ => None,
    })
}

/// Puts the clause and its notice together.
fn fact(reader: &Reader<'_>, findings: &mut Findings, best: &RenewalCandidate) -> Fact<Renewal> {
    let words = reader.sentence(best.sentence);
    let limit = LIMIT.captures(words).and_then(|c| c.get(1)).and_then(|m| count(m.as_str())).map(|n| n.value);
    let limit = limit.or_else(|| ONCE.is_match(words).then_some(1));
    let condition = match best.kind {
        RenewalKind::Automatic | RenewalKind::Option | RenewalKind::MonthToMonth => {
            let clause = |i: usize| reader.segments.sentences.get(i).map(|s| s.section);
            let next = best.sentence + 1;
            let next = (clause(next) == clause(best.sentence)).then(|| reader.sentence(next));
            condition::read(words, next)
        }
        _ => None,
    };
    let notice = match best.kind {
        // A time to meet before the end stops nothing and secures nothing.
        RenewalKind::None | RenewalKind::MutualAgreement => None,
        _ => notice::find(reader, best.sentence, best.kind),
    };
    let mut gap = None;
    let period = match best.period {
        Some(Reading::Known(p)) => Some(p),
        Some(Reading::Redacted) => {
            gap = Some(Status::Redacted);
            None
        }
        Some(Reading::Blank) => {
            gap = Some(Status::Unresolved);
            None
        }
        None => None,
    };
    let mut renewal = Renewal {
        period,
        max_renewals: limit.filter(|_| best.kind != RenewalKind::Evergreen),
        condition,
        ..Renewal::of(best.kind)
    };
    renewal.set_notices(notice.as_ref().map_or_else(Vec::new, |n| n.ways.clone()));
    let start = reader.span(best.sentence).start();
    let span = Span::from(best.words.clone()).shift(start);
    let raw = reader.text.slice(span);
    let cited = reader.text.cited(renewal, reader.quote(best.sentence, span));
    let (rule, confidence) = rule(best, notice.as_ref());
    let mut fact = Fact::found("renewal", cited, raw, Origin::rule(rule), Confidence::new(confidence));
    let told = notice.as_ref().map_or(&[][..], |n| &n.sentences);
    for &sentence in told.iter().filter(|&&i| i != best.sentence) {
        fact = fact.with_evidence(reader.text.cite(reader.quote(sentence, reader.span(sentence))));
    }
    let place = told.first().map_or(span, |&i| reader.span(i));
    let mut remark = |code, severity, place, message: String| {
        findings.diagnostics.push(Diagnostic::new(code, severity, Stage::Detect, message).at(place));
    };
    if let Some(status) = gap {
        let message = format!("The length of the renewal term {}.", missing(status));
        remark("renewal.gap", Severity::Warning, span, message);
    }
    if let Some(n) = &notice {
        if let Some(status) = n.gap {
            let what = if n.ways.is_empty() { "hangs on a notice of the other party" } else { missing(status) };
            remark("renewal.gap", Severity::Warning, place, format!("The notice period {what}."));
        }
        if n.differs() {
            let what = "The notice differs by party or by term; the strictest for the first term is given first.";
            remark("renewal.notice_differs", Severity::Info, place, what.to_owned());
        }
        if let Some(raw) = &n.disputed {
            let what = format!("Words and figure of the notice period differ (\"{raw}\"); the words are taken.");
            remark("period.words_and_figures", Severity::Warning, place, what);
            fact = fact.with_status(Status::Conflicting);
        }
    }
    fact
}

/// Why a length is not known.
fn missing(status: Status) -> &'static str {
    if status == Status::Redacted { "was removed from the text" } else { "is left blank" }
}

fn rule(best: &RenewalCandidate, notice: Option<&Notice>) -> (&'static str, f32) {
    let sure = if best.period.is_some() { 0.0 } else { 0.15 } + if notice.is_some() { 0.0 } else { 0.03 };
    match best.kind {
        RenewalKind::Automatic => ("renewal.automatic", 0.95 - sure),
        RenewalKind::MonthToMonth => ("renewal.month_to_month", 0.75 - sure),
        RenewalKind::Option => ("renewal.option", 0.85 - sure),
        RenewalKind::MutualAgreement => ("renewal.mutual_agreement", 0.7 - sure),
        RenewalKind::Evergreen => ("renewal.evergreen", 0.85),
        RenewalKind::None => ("renewal.none", 0.9),
    }
}
