//! What happens at the end of the term. Kinds and their order: C1.

mod asked;
mod condition;
mod disapplied;
mod forms;
mod kind;
mod labelled;
mod length;
mod limit;
mod mutual;
mod subject;
mod unclear;

use std::ops::Range;

use super::notice::{self, Notice};
use super::pattern::{contains_fold, pattern};
use super::reader::{Reader, head, settled};
use super::term;
use crate::calendar::Period;
use crate::detect::Findings;
use crate::detect::hints::Topic;
use crate::lexicon::{Class, Reading};
use crate::phrase::{Kind, Phrase, Phrases};
use crate::record::value::{NoticeTerm, Renewal, RenewalKind, RenewalNotice};
use crate::record::{Confidence, Diagnostic, Fact, Origin, Part as _, Severity, Span, Stage, Status};
use forms::{GATE, GOES_ON, Meaning, NEEDS_BOTH, PASSING};
use kind::kind;
use labelled::Beside;
use length::{first_year, renewal_period};
use subject::{Subject, once_more, plain, subject};

/// The score of a form that says "automatically".
const CERTAIN: i32 = 9;
/// Holding over is what a contract says about the end of its term only where it says nothing else.
const HELD_OVER: i32 = 20;

// "Shall not renew automatically" leaves room for an agreement; "does not renew" does not.
pattern!(NOT_BY_ITSELF, r"\bautomatic");
// The option is past.
pattern!(SPENT, ["option/options ..60 was/were/has/have/had not (been) exercised/used"]);
// The rent of one who should have left.
pattern!(PENAL, r"[0-9]\s?%|\b(?:per\s?cent|double|twice|treble)\b");
// With leave it is no wrong, whatever it costs.
pattern!(CONSENTED, ["with (the) ..30 consent/approval/permission/agreement"]);
// What a word of a form would mean, ticked or not.
pattern!(WOULD_MEAN, r#"["“”']\s+would\s+mean\s"#);
// Rights in inventions and names are renewed and extended on their own.
pattern!(
    OF_RIGHTS,
    [
        "patent*/trademark*/copyright* ..200 extension/extensions/renewal/renewals of",
        "divisional/divisionals/reissue/reissues/re-examinations, supplementary protection",
    ]
);
// What is paid or told month by month.
pattern!(
    BY_MONTH,
    r"\b(?:paid|pays?|payable|bill\w*|invoic\w*|report\w*|measured|calculated|charged|collected|accrue\w*|differs?|var(?:y|ies)|fluctuates?|number|quantity|volume|unused)\b[^.;,]{0,40}\bmonth\b"
);
// What both must want, not terms that both settle.
pattern!(BY_BOTH, ["mutual (written) consent/agreement"]);
pattern!(TERM_HEADING, r"\b(?:terms?|duration|renewal|extension|period|option|expiration)\b");
/// Classes with which a sentence goes on about the one before.
const LEADS: [Class; 11] = [
    Class::Thing,
    Class::Renewal,
    Class::Party,
    Class::Parties,
    Class::If,
    Class::Unless,
    Class::Then,
    Class::Again,
    Class::Yearly,
    Class::NewTerm,
    Class::Continue,
];

/// One sentence's reading.
#[derive(Clone)]
struct RenewalCandidate {
    score: i32,
    sentence: usize,
    kind: RenewalKind,
    period: Option<Reading<Period>>,
    words: Range<usize>,
    /// Somebody stays without a new contract.
    held: bool,
}

/// Fills in the renewal terms.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut spent = false;
    let disapplied = disapplied::clauses(reader);
    let mut all: Vec<RenewalCandidate> = Vec::new();
    for (i, _, words) in reader.sentences() {
        if words.len() < 12 || words.len() > 6_000 {
            continue;
        }
        let phrases = reader.phrases(i);
        spent |= phrases.has(Class::Option) && phrases.has(Class::Not) && SPENT.is_match(words);
        // "Unless the Owner asks for one more year" has no verb.
        let asks = phrases.has(Class::Unless) && phrases.has(Class::Require)
            || phrases.has_any(&[
                Class::Option,
                Class::Unless,
                Class::Take,
                Class::Grant,
                Class::Mutual,
                Class::Require,
            ]) && phrases.lengths().next().is_some();
        let void = reader.segments.sentences.get(i).is_some_and(|s| disapplied.contains(&s.section));
        if !void
            && (asks || phrases.has_any(&GATE))
            && let Some(mut candidate) = read(reader, findings, i, words)
        {
            candidate.score += reader.hint(i, Topic::Renewal);
            all.push(candidate);
        }
    }
    // "The option was not exercised": what else the contract says goes on.
    if spent && all.iter().any(|c| c.kind != RenewalKind::Option) {
        all.retain(|c| c.kind != RenewalKind::Option);
    }
    // Of two that are as strong the first one counts.
    let strongest =
        |of: &dyn Fn(&RenewalCandidate) -> bool| all.iter().filter(|&c| of(c)).rev().max_by_key(|c| c.score).cloned();
    let Some(mut best) = strongest(&|_| true) else {
        findings.facts.renewal = labelled::find(reader).or_else(|| unclear::find(reader));
        return;
    };
    if let Some(labelled) = labelled::find(reader)
        && (best.score < 0 || labelled.value().is_some_and(|r| r.kind == RenewalKind::None))
    {
        findings.facts.renewal = Some(labelled);
        return;
    }
    // "Shall not renew automatically; any extension needs the agreement of both": the second is what can happen.
    let by_itself = || NOT_BY_ITSELF.is_match(reader.sentence(best.sentence));
    let possible = strongest(&|c| c.kind == RenewalKind::MutualAgreement)
        .filter(|m| m.period.is_some() || by_itself())
        .or_else(|| strongest(&|c| c.kind == RenewalKind::Option && c.score > 0).filter(|_| by_itself()))
        .filter(|_| best.kind == RenewalKind::None);
    if let Some(agreed) = possible {
        best = agreed;
    }
    // "The Manager may extend it twice. Any extension needs an amendment executed by both": nobody alone has the right.
    // A right that is used by a notice in time is one, whatever its terms will be.
    let own = reader.phrases(best.sentence);
    let noticed = own.lengths().any(|(n, _)| notice::is_notice(own, n));
    let needs_both =
        || NEEDS_BOTH.matches(reader.phrases(best.sentence + 1)) || BY_BOTH.is_match(reader.sentence(best.sentence));
    if best.kind == RenewalKind::Option && !noticed && needs_both() {
        best.kind = RenewalKind::MutualAgreement;
    }
    // "It is set to auto-renew. On its close it is carried forward for one more year": how long stands beside it.
    let bare = best.kind == RenewalKind::Automatic && best.period.is_none();
    let near = (best.sentence + 1)..(best.sentence + 3);
    let next = all.iter().find(|c| bare && near.contains(&c.sentence) && c.kind == best.kind && c.period.is_some());
    if let Some(next) = next.filter(|c| c.score > 0 && reader.share_section(best.sentence, c.sentence)) {
        best = next.clone();
    }
    let like = all.iter().filter(|c| c.kind == best.kind && c.sentence != best.sentence && c.score > 0);
    let like: Vec<usize> = like.map(|c| c.sentence).collect();
    let fact = fact(reader, findings, &best, &like);
    findings.term_ends.extend(first_year(reader, findings, &best, &like));
    findings.facts.renewal = Some(fact);
}

/// Reads one sentence as a renewal clause.
fn read(reader: &Reader<'_>, findings: &Findings, i: usize, words: &str) -> Option<RenewalCandidate> {
    let phrases = reader.phrases(i);
    if WOULD_MEAN.is_match(head(words, 60)) || OF_RIGHTS.is_match(words) {
        return None;
    }
    let (Meaning { kind, mut score }, verb) = kind(phrases, words).or_else(|| behind_first_term(reader, i))?;
    // What force majeure extends is a time for something.
    if matches!(kind, RenewalKind::Option | RenewalKind::Automatic) && phrases.has(Class::Force) {
        return None;
    }
    // "The time from 1 March shall be deemed the "Extension Term"": a name, no renewal.
    let called = |p: &Phrase| p.is(Class::NewTerm) && words.part(..p.range.start).ends_with(['"', '“']);
    // "From 8 to 6, or such other extended period as may be agreed".
    let such_other = |p: &Phrase| p.is(Class::NewTerm) && words.part(..p.range.start).ends_with("such other ");
    if phrases.get(verb).is_some_and(such_other) {
        return None;
    }
    let deemed = || phrases.list()[..verb].iter().rev().take(3).any(|p| p.is(Class::Deemed));
    if phrases.get(verb).is_some_and(called) && deemed() {
        return None;
    }
    let heading = reader.heading(i);
    // "Automatic Renewal: if the member has authorised it, …": a heading in the line of its clause.
    let run_in = words.split_once(':').is_some_and(|(label, _)| label.len() < 40 && TERM_HEADING.is_match(label));
    let titled = run_in || names_term(heading);
    let over = if heading.len() < 80 { Phrases::of(heading) } else { Phrases::default() };
    // "It can be extended", "An extension is possible", "We may stop it", behind the end of the contract.
    let ends = |p: &Phrases| {
        let bounded = p.list().iter().filter(|p| p.kind == Kind::Date).count() == 2;
        let over = p.has_any(&[Class::End, Class::Expire, Class::Close, Class::Until]);
        bounded || over && p.has_any(&[Class::Contract, Class::Thing])
    };
    let lead = |p: &Phrase| matches!(p.kind, Kind::Period(_)) || LEADS.iter().any(|&class| p.is(class));
    let leads = phrases.list().iter().take(2).any(lead);
    let goes_on =
        || leads && !phrases.has_any(&[Class::Foreign, Class::Breach]) && i > 0 && ends(reader.phrases(i - 1));
    let title = findings.facts.title.as_ref().and_then(Fact::value);
    let of_policy = title.is_some_and(|title| contains_fold(title, "policy"));
    let subject = match subject(phrases, words, verb, of_policy) {
        Subject::Far if of_the_line_before(reader, i) => return None,
        Subject::Far | Subject::Unknown if kind == RenewalKind::MutualAgreement && goes_on() => Subject::Contract,
        Subject::Unknown if goes_on() => Subject::Far,
        other => other,
    };
    // "Probation: the Company may extend it once".
    let strange = over.has(Class::Foreign) && !titled;
    // Who stays without leave has no new contract, unless both agree on one.
    if over.has(Class::Holdover) && kind == RenewalKind::MutualAgreement {
        return None;
    }
    if strange && (subject != Subject::Contract || kind == RenewalKind::MutualAgreement) {
        return None;
    }
    let held = over.has(Class::Holdover)
        || phrases.has(Class::Holdover) && matches!(kind, RenewalKind::MonthToMonth | RenewalKind::Evergreen);
    if disapplied::says(words)
        || kind == RenewalKind::MonthToMonth && BY_MONTH.is_match(words)
        || held && PENAL.is_match(words) && !CONSENTED.is_match(words)
    {
        return None;
    }
    score -= if held { HELD_OVER } else { 0 };
    let own_subject = match subject {
        Subject::Contract => true,
        Subject::Far => false,
        Subject::Unknown if titled => false,
        // "Tenant holds an option to renew for five years": nothing else is named that could be renewed.
        Subject::Unknown if plain(phrases, verb, kind) || once_more(words, phrases, verb) => false,
        Subject::Unknown | Subject::Other => return None,
    };
    // "Unless extended by mutual agreement, shall continue for three years": the years are those of the first term.
    let aside = term::aside(words).find(|r| {
        let weak = matches!(kind, RenewalKind::MutualAgreement | RenewalKind::Option);
        weak && phrases.get(verb).is_some_and(|p| r.start <= p.range.start && p.range.end <= r.end)
    });
    let within = aside.map_or(words.len(), |r| r.end);
    let conditional = phrases.list().iter().take(3).any(|p| p.is(Class::If));
    // "Extended for up to four months if the launch is late" is no renewal.
    if conditional && kind == RenewalKind::Automatic && score < CERTAIN && phrases.has(Class::UpTo) {
        return None;
    }
    // "The parties agree to extend the term by two years, so that it expires on 31 March 2029": that is done here and now.
    pattern!(
        AGREED_NOW,
        r"\b(?:parties|we)\s+(?:hereby\s+|have\s+)?agreed?\s+to\s+(?:extend|renew|prolong)\b[^.;]{4,160}\b(?:19|20)[0-9]{2}\b"
    );
    let done = || AGREED_NOW.is_match(words) && !phrases.has_any(&[Class::If, Class::May]);
    if kind == RenewalKind::MutualAgreement && done() {
        return None;
    }
    // "Unless extended or terminated as set out below" mentions a renewal in passing.
    let passing = kind == RenewalKind::MutualAgreement && PASSING.matches(phrases);
    let period = if passing { None } else { renewal_period(words, phrases, verb, within, kind, findings) };
    // "If the law asks for longer notice, the agreement goes on from month to month": a case, not the rule.
    if kind == RenewalKind::MonthToMonth && conditional {
        score -= 5;
    }
    score += match period {
        Some((Reading::Known(_), _)) => 4,
        Some(_) => 2,
        None => 0,
    };
    score += i32::from(titled) * 2 + i32::from(own_subject) * 2;
    score -= i32::from(reader.attached(i)) * 3;
    score += i32::from(kind == RenewalKind::MutualAgreement && mutual::agreed_before(reader, i).is_some());
    let (period, words_of) = match period {
        Some((p, range)) => (Some(p), range),
        None => (None, phrases.get(verb).map_or(0..0, |p| p.range.clone())),
    };
    // An option or an agreement without a length is often only mentioned in passing.
    let noticed = || match kind {
        RenewalKind::Option => phrases.lengths().any(|(i, _)| notice::is_notice(phrases, i)),
        // "Before it runs out the two shall talk in good faith about an extension".
        _ => phrases.has(Class::Before) && phrases.has_any(&[Class::Expire, Class::Close]),
    };
    let weak = matches!(kind, RenewalKind::MutualAgreement | RenewalKind::Option) && period.is_none();
    if weak && (strange || !titled && !own_subject && !noticed()) {
        return None;
    }
    Some(RenewalCandidate { score, sentence: i, kind, period, words: words_of, held })
}

/// Whether a heading is that of a clause on the term.
fn names_term(heading: &str) -> bool {
    heading.len() < 80 && TERM_HEADING.is_match(heading)
}

/// "Your domain name. It is registered with a registrar, which renews it automatically": the line before names what is renewed.
fn of_the_line_before(reader: &Reader<'_>, i: usize) -> bool {
    const LINE: usize = 8;
    let before = i.checked_sub(1).filter(|&b| reader.share_section(b, i)).map(|b| reader.phrases(b));
    !reader.phrases(i).has(Class::Contract)
        && before.is_some_and(|p| p.list().len() <= LINE && p.has(Class::Foreign) && !p.has(Class::Contract))
}

/// "After the minimum period: the rental simply continues": the heading says that it is the first term that is over.
fn behind_first_term(reader: &Reader<'_>, i: usize) -> Option<(Meaning, usize)> {
    const SHORT: usize = 80;
    let (&means, verb) = GOES_ON.first(reader.phrases(i))?;
    let line = i.checked_sub(1).map_or("", |before| reader.sentence(before));
    let over = |heading: &str| {
        let over = Phrases::of(heading);
        heading.len() < SHORT
            && over.has_any(&[Class::After, Class::Once, Class::Close])
            && over.has_any(&[Class::First, Class::AtLeast])
    };
    (over(reader.heading(i)) || over(line)).then_some((means, verb))
}

/// Puts the clause and its notice together; `like` are the other clauses that say the same.
fn fact(reader: &Reader<'_>, findings: &mut Findings, best: &RenewalCandidate, like: &[usize]) -> Fact<Renewal> {
    let words = reader.sentence(best.sentence);
    let limit = limit::of_clause(reader, best.sentence);
    let condition = match best.kind {
        RenewalKind::Automatic | RenewalKind::Option | RenewalKind::MonthToMonth => {
            let next = best.sentence + 1;
            let next = reader.share_section(best.sentence, next).then(|| reader.sentence(next));
            condition::read(words, next)
        }
        RenewalKind::MutualAgreement => {
            [best.sentence].iter().chain(like).find_map(|&i| mutual::agreed_before(reader, i)).map(str::to_owned)
        }
        _ => None,
    };
    let terms = labelled::beside(reader, best.sentence);
    let notice = notice_of(reader, best, like, &terms);
    let length = match best.kind {
        RenewalKind::Automatic => {
            terms.term.map(Reading::Known).or(best.period).or_else(|| terms.option.map(Reading::Known))
        }
        // "For the Renewal Term", which the key terms give.
        RenewalKind::Option => best.period.or_else(|| terms.option.map(Reading::Known)),
        _ => best.period,
    };
    let (period, gap) = match length.map(settled) {
        Some(Ok(period)) => (Some(period), None),
        Some(Err(status)) => (None, Some(status)),
        None => (None, None),
    };
    let mut renewal = Renewal {
        period,
        max_renewals: limit
            .or(terms.limit.filter(|_| best.kind == RenewalKind::Option))
            .filter(|_| best.kind != RenewalKind::Evergreen),
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
    if notice.is_none() && matches!(best.kind, RenewalKind::Automatic | RenewalKind::Option) {
        let what = match best.kind {
            RenewalKind::Option => {
                "There is an option to renew, but no notice period for it was found: the last day to use it is unknown."
            }
            _ => {
                "The contract renews automatically, but no notice period was found: the last day to stop it is unknown."
            }
        };
        remark("renewal.notice_open", Severity::Warning, span, what.to_owned());
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

/// The notice of a clause; that of the key terms, if there is one, goes before it.
fn notice_of(reader: &Reader<'_>, best: &RenewalCandidate, like: &[usize], terms: &Beside) -> Option<Notice> {
    // A time to agree, or to meet, before the end stops nothing and secures nothing.
    match best.kind {
        RenewalKind::None => return None,
        RenewalKind::MutualAgreement => return mutual::asked_for(reader, best.sentence),
        _ => {}
    }
    let of = |(way, sentence): (RenewalNotice, usize)| Notice::of(way, sentence);
    let mut label = terms.notice.clone().map(of);
    let found = notice::find(reader, best.sentence, best.kind).or_else(|| label.take());
    let found = found.or_else(|| like.iter().find_map(|&i| notice::read(reader, i, best.kind, true)));
    let found = found.or_else(|| terms.any_notice.clone().map(of));
    let mut notice = match (found, label) {
        (Some(found), Some(label))
            if label.ways[0].period.is_some() && found.ways.iter().any(|w| w.period != label.ways[0].period) =>
        {
            return Some(label);
        }
        (found, _) => found?,
    };
    // Who holds over gives notice then, not before the end of the term.
    if best.held {
        notice.ways.iter_mut().for_each(|way| way.term = NoticeTerm::Renewal);
    }
    if best.kind == RenewalKind::Option {
        let holder = notice::holder(reader.phrases(best.sentence), reader.sentence(best.sentence));
        notice.ways.iter_mut().filter(|way| way.by.is_none()).for_each(|way| way.by.clone_from(&holder));
    }
    Some(notice)
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
