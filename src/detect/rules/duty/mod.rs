//! Duties and prohibitions: who owes what to whom, on what condition, by when.
//!
//! A sentence is cut into clauses that each hold one binding word; its subject gives the obligor, its verb the action,
//! its periods, dates and frequencies the timing. List items inherit the binding words that lead them in. Rights,
//! definitions and declarations ("shall be governed by") are told apart and left out.

mod action;
mod actor;
mod category;
mod clause;
mod cue;
mod table;
mod timing;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::ascii::{Pattern, pattern};
use super::reader::{Reader, head};
use crate::calendar::Unit;
use crate::detect::Findings;
use crate::detect::value::{DutyCategory, Modality, Obligation, Timing, TimingKind};
use crate::lexicon::DateStyle;
use crate::provenance::{Cited, Confidence, Fact, FactId, Origin, Span};
use actor::{Actors, Who};
use cue::{Cue, Force};
use timing::Time;

/// Sentences that bind nobody: recitals, definitions, testimonies, forms to fill in.
static UNBINDING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"^\W*(?:whereas|recitals?|witnesseth|in\s+witness|now,?\s+therefore)\b|"[^"]{1,60}"\s*(?:\([^)]*\)\s*)?,?\s*(?:shall\s+|will\s+)?(?:means?|refers?\s+to|has\s+the|have\s+the|is\s+defined|includes?)\b"#,
    )
});
/// Subjects of which a "shall" only says how things are.
static THE_PAPER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:this|the|that|such|master|said)\s+(?:[\w-]+\s+){0,3}?(?:agreement|contract|amendment|addendum|lease|term|termination|expiration|renewal|section|article|clause|exhibit|schedule|provisions?|license|licence|sow|statement\s+of\s+work|waiver|assignment|failure|foregoing|liability|laws?|courts?|arbitrators?|tribunal|word|words|headings?|remed(?:y|ies)|rights?)\s*(?:\([^)]*\)\s*)?(?:hereto|hereof|hereunder)?[\s,]*$|\b(?:nothing|it|there|liability|section\s+[0-9.]+|article\s+[ivxl0-9]+|term|period|periods|damages|law)\s*$",
    )
});
/// A duty that outlives the contract: "the obligations of this Article shall survive for five years".
static OUTLIVES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:obligations?|confidentiality|restrictions?|covenants?|undertakings?|survival\s+period|article|section|provisions?)\b[^.;]{0,140}\b(?:surviv\w+|continu\w+|remain\w*|appl(?:y|ies)|endure|last)\b",
    )
});
/// A level of service: counted with the levels, not the duties.
static SERVICE_LEVEL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:severity|priority|p[1-4]|sev\s?[1-4]|response\s+times?|resolution\s+times?|respond|acknowledge|restor\w+|uptime|availability|rto|rpo|recovery\s+(?:time|point))\b",
    )
});
/// Begins a condition: a time in it is that of the condition.
static CONDITIONAL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:[\w.()]+\s+)?(?:if|unless|in\s+the\s+event|where|when|should|to\s+the\s+extent|provided|whenever|once|except)\b",
    )
});
/// A passive or impersonal verb: the clause need not name who acts.
static PASSIVE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"^(?:not\s+)?(?:be|have\s+been)\s+(?:[a-z]+ly\s+|due\s+and\s+|made\s+and\s+)?(?:[a-z]+(?:ed|en|id|lt|pt|ne|nt|ld|ught|ut|de)|due|payable|paid|made|kept|held|given|sent|submitted|complete)\b|^(?:due|payable)\b")
});
/// Nouns with which duties of list items begin that need no verb.
static OPEN_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"^\W*(?:(?:do|perform|comply\s+with|provide|undertake|observe|take|each|all|of|the|following|as\s+follows|obligations|actions|steps|things|duties)\s*)*\W*$")
});

/// Longest clause that is quoted as a whole, in words.
const WHOLE: usize = 52;

/// What binds the items of a list.
#[derive(Debug, Clone)]
struct Lead {
    force: Force,
    who: Option<Who>,
    /// The words that lead in, within the document.
    span: Span,
    /// Whether they end with the binding words, so that each item is an action of its own.
    bare: bool,
    /// A time that holds for every item.
    timing: Option<Timing>,
}

/// Adds the duties of a document to `findings`.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let actors = Actors::of(&findings.parties, reader.text.as_str());
    let mut finder = Finder { reader, actors, leads: HashMap::new(), out: Vec::new(), ids: HashSet::new() };
    for (i, span, words) in reader.sentences() {
        if words.len() < 16 || words.len() > 12_000 || UNBINDING.is_match(head(words, 400)) {
            continue;
        }
        finder.sentence(i, span, words);
    }
    findings.obligations = finder.out;
}

struct Finder<'a> {
    reader: &'a Reader<'a>,
    actors: Actors,
    /// What the sentences that lead in lists leave open.
    leads: HashMap<usize, Lead>,
    out: Vec<Fact<Obligation>>,
    ids: HashSet<FactId>,
}

/// One clause with its binding word.
struct Bound<'t> {
    /// Index of the sentence.
    sentence: usize,
    /// The clause, and its place in the document.
    words: &'t str,
    at: usize,
    force: Force,
    who: Option<Who>,
    /// Where its action begins.
    verb: usize,
    lead: Option<Span>,
    confidence: f32,
}

impl<'a> Finder<'a> {
    fn sentence(&mut self, i: usize, span: Span, words: &'a str) {
        let outer = self.reader.segments.sentences.get(i).and_then(|s| s.lead_in).and_then(|l| self.leads.get(&l)).cloned();
        if words.contains('\t') && !words.starts_with('(') && self.row(i, span, words) {
            return;
        }
        let mut inner: Option<Lead> = None;
        let pieces = clause::pieces(words);
        for (k, piece) in pieces.iter().enumerate() {
            let text = &words[piece.range.clone()];
            let at = span.start() + piece.range.start;
            let cues = cue::cues(text);
            let reaches = clause::reaches(text, &cues, &self.actors);
            let lead = if piece.item { inner.as_ref().or(outer.as_ref()) } else { outer.as_ref() };
            let own = reaches.iter().flatten().next().is_some();
            if !own {
                if let Some(lead) = lead.filter(|_| piece.item || k == 0).cloned() {
                    self.item(i, at, text, &lead);
                    if !piece.item && ends_open(text) {
                        self.leads.insert(i, lead);
                    }
                } else {
                    self.bare_terms(i, at, text);
                }
                continue;
            }
            let next_is_item = pieces.get(k + 1).is_some_and(|p| p.item);
            let last = cues.iter().zip(&reaches).rposition(|(_, r)| r.is_some());
            for (n, (cue, reach)) in cues.iter().zip(&reaches).enumerate() {
                let Some(reach) = reach.clone() else { continue };
                let leads = Some(n) == last && (next_is_item || k + 1 == pieces.len() && ends_open(text));
                let lead = self.clause(i, at, text, cue, reach, leads);
                if let Some(lead) = lead {
                    if next_is_item {
                        inner = Some(lead);
                    } else {
                        self.leads.insert(i, lead);
                    }
                }
            }
        }
    }

    /// A clause with a binding word of its own; what it leaves open for a list, when it `leads` one in.
    fn clause(&mut self, i: usize, at: usize, text: &str, cue: &Cue, reach: Range<usize>, leads: bool) -> Option<Lead> {
        let words = &text[reach.clone()];
        let (start, end) = (cue.range.start - reach.start, cue.range.end - reach.start);
        let before = &words[..start];
        let verb = cue::verb(&words[end..]);
        let verb_at = words.len() - verb.len();
        let subject = self.actors.subject(before);
        let passive = PASSIVE.is_match(verb) || words[start..end].ends_with("due") || words[start..end].ends_with("payable");
        let who = if passive { self.agent(verb) } else { subject.as_ref().map(|m| m.who.clone()) };
        let times = self.times(words);
        let lead = leads.then(|| Lead {
            force: cue.force,
            who: subject.as_ref().map(|m| m.who.clone()),
            span: Span::new(at + reach.start, at + reach.end),
            bare: OPEN_LEAD.is_match(verb),
            timing: chosen(&times, words, start).first().map(|t| t.timing.clone()),
        });
        let mut force = cue.force;
        if force == Force::Declaration || force == Force::Permission && verb.starts_with("have no") {
            let outlives = OUTLIVES.is_match(words) && times.iter().any(|t| t.timing.kind == TimingKind::Relative);
            if !outlives || !self.secret(i, words) {
                return lead;
            }
            force = Force::Duty;
            self.emit(Bound { sentence: i, words, at: at + reach.start, force, who: Some(Who::Role("Receiving Party".to_owned())), verb: 0, lead: None, confidence: 0.7 }, &times, start);
            return lead;
        }
        if force == Force::Permission || lead.as_ref().is_some_and(|l| l.bare) {
            return lead;
        }
        let named = subject.is_some();
        if !named && THE_PAPER.is_match(before) && !(OUTLIVES.is_match(words) && self.secret(i, words)) {
            return lead;
        }
        if !named && (cue.weak && times.is_empty() || !passive && times.is_empty()) {
            return lead;
        }
        let confidence = if named { 0.85 } else { 0.7 };
        let verb_at = if passive || !named { 0 } else { verb_at };
        self.emit(Bound { sentence: i, words, at: at + reach.start, force, who, verb: verb_at, lead: None, confidence }, &times, start);
        lead
    }

    /// An item of a list.
    fn item(&mut self, i: usize, at: usize, text: &str, lead: &Lead) {
        if !matches!(lead.force, Force::Duty | Force::Prohibition) || text.len() < 12 {
            return;
        }
        let times = self.times(text);
        if !lead.bare && times.is_empty() && lead.timing.is_none() {
            return;
        }
        let times = match (&lead.timing, times.is_empty()) {
            (Some(timing), true) if lead.bare => vec![Time { timing: timing.clone(), range: 0..0 }],
            _ => times,
        };
        if !lead.bare && times.is_empty() {
            return;
        }
        let body = text.trim_start_matches(|c: char| !c.is_alphabetic() && c != '(');
        let body = body.split_once(") ").filter(|(m, _)| m.len() < 6).map_or(body, |(_, b)| b);
        let verb = text.len() - body.len();
        let bound = Bound { sentence: i, words: text, at, force: lead.force, who: lead.who.clone(), verb, lead: Some(lead.span), confidence: 0.75 };
        self.emit(bound, &times, 0);
    }

    /// Terms of payment without a verb: "Net 30 days from the date of invoice".
    fn bare_terms(&mut self, i: usize, at: usize, text: &str) {
        static NET: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\bnet\s+(?:[a-z]+\s+)?\(?[0-9]+|\bdue\s+(?:and\s+payable\s+)?(?:upon|within|on|net)\b|\bpayable\s+(?:within|monthly|quarterly|annually|in)\b"));
        if text.len() > 400 || !NET.is_match(text) {
            return;
        }
        let times = self.times(text);
        if times.is_empty() {
            return;
        }
        let bound = Bound { sentence: i, words: text, at, force: Force::Duty, who: None, verb: 0, lead: None, confidence: 0.6 };
        self.emit(bound, &times, 0);
    }

    /// The times of a clause that can be those of a duty.
    fn times(&self, words: &str) -> Vec<Time> {
        let mut times = timing::times(words, self.style());
        let short = |t: &Time| {
            t.timing.offset.is_some_and(|p| matches!(p.unit, Unit::Hour | Unit::Minute | Unit::BusinessHour))
        };
        if times.iter().any(short) && SERVICE_LEVEL.is_match(words) {
            times.retain(|t| !short(t));
        }
        times
    }

    fn style(&self) -> DateStyle {
        self.reader.style
    }

    /// Who acts in a passive clause: "shall be paid by the Customer".
    fn agent(&self, verb: &str) -> Option<Who> {
        let mentions = self.actors.mentions(head(verb, 200));
        mentions.into_iter().find(|m| {
            let before = verb[..m.range.start].trim_end();
            let before = before.strip_suffix("the").unwrap_or(before).trim_end();
            before.ends_with(" by")
        }).map(|m| m.who)
    }

    fn secret(&self, i: usize, words: &str) -> bool {
        category::category(words, "", self.reader.heading(i)) == DutyCategory::Confidentiality
            || category::category("", "", self.reader.heading(i)) == DutyCategory::Confidentiality
    }

    /// Adds the duty of a clause, once for each of its times.
    fn emit(&mut self, bound: Bound<'_>, times: &[Time], cue: usize) {
        let chosen = chosen(times, bound.words, cue);
        if chosen.is_empty() {
            self.add(&bound, None, cue);
        }
        for time in chosen {
            self.add(&bound, Some(time), cue);
        }
    }

    fn add(&mut self, bound: &Bound<'_>, time: Option<&Time>, cue: usize) {
        let words = bound.words;
        let action = action::phrase(&words[bound.verb..]);
        if action.len() < 3 {
            return;
        }
        let heading = self.reader.heading(bound.sentence);
        let category = category::category(&action, words, heading);
        let who = bound.who.clone().or_else(|| self.actors.unnamed(category, words));
        let named = self.actors.mentions(&words[bound.verb.min(words.len())..]);
        let obligee = who.as_ref().and_then(|w| self.actors.opposite(w, &named));
        let timing = time.map(|t| t.timing.clone()).unwrap_or_default();
        let obligation = Obligation {
            obligor: who.as_ref().map(|w| self.actors.label(w)),
            obligee,
            modality: if bound.force == Force::Prohibition { Modality::Prohibition } else { Modality::Duty },
            action,
            condition: action::condition(words).map(|(c, _)| c),
            exception: action::exception(words),
            category,
            timing,
        };
        let quote = quote(words, time, cue);
        let span = Span::new(bound.at + quote.start, bound.at + quote.end);
        let raw = time.filter(|t| !t.range.is_empty()).map_or(&words[quote], |t| &words[t.range.clone()]).to_owned();
        self.keep(obligation, span, bound.lead, &raw, bound.confidence);
    }

    /// Keeps a duty, unless it has been stated before: then the words prove the one that is there.
    fn keep(&mut self, obligation: Obligation, span: Span, lead: Option<Span>, raw: &str, confidence: f32) {
        let text = self.reader.text;
        let evidence = text.cite(span);
        let same = self.out.iter().position(|f| {
            f.value().is_some_and(|o| {
                o.timing == obligation.timing
                    && o.obligor == obligation.obligor
                    && o.modality == obligation.modality
                    && alike(f.evidence()[0].quote(), evidence.quote())
            })
        });
        if let Some(at) = same {
            let fact = self.out.remove(at).with_evidence(evidence);
            self.out.insert(at, fact);
            return;
        }
        let rule = match obligation.timing.kind {
            TimingKind::Absolute => "duty.absolute",
            TimingKind::Relative => "duty.relative",
            TimingKind::Recurring => "duty.recurring",
            TimingKind::None => "duty.untimed",
        };
        let cited = Cited::new(obligation, evidence);
        let mut fact = Fact::found("obligation", cited, raw, Origin::rule(rule), Confidence::new(confidence));
        if let Some(lead) = lead {
            let words = text.slice(lead);
            let start = words.len() - super::reader::tail(words, 160).len();
            fact = fact.with_evidence(text.cite(Span::new(lead.start() + start, lead.end())));
        }
        if self.ids.insert(fact.id().clone()) {
            self.out.push(fact);
        }
    }
}

/// Whether a sentence leaves a list open.
fn ends_open(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '?', '!'])
}

/// The times that are those of the duty itself: outside the condition if there are any. A second one is taken when it
/// is of another kind and belongs to a second verb ("within 60 days and updated annually").
fn chosen<'t>(times: &'t [Time], words: &str, cue: usize) -> Vec<&'t Time> {
    let comma = words[..cue].rfind(", ").unwrap_or(0);
    let conditional = |t: &Time| t.range.start < comma && CONDITIONAL.is_match(words);
    let main: Vec<&Time> = times.iter().filter(|t| !conditional(t)).collect();
    let pool = if main.is_empty() { times.iter().collect() } else { main };
    let best = pool
        .iter()
        .find(|t| t.timing.kind == TimingKind::Relative)
        .or_else(|| pool.iter().find(|t| t.timing.kind == TimingKind::Absolute))
        .or_else(|| pool.first());
    let Some(best) = best else { return Vec::new() };
    static SECOND: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\band\s+(?:(?:shall|will)\s+)?(?:be\s+)?[a-z]+(?:\s+[a-z]+){0,3}\s*$"));
    let mut out = vec![*best];
    if let Some(second) = pool.iter().find(|t| {
        t.timing.kind == TimingKind::Recurring
            && t.timing.kind != best.timing.kind
            && t.range.start > best.range.end
            && SECOND.is_match(&words[best.range.end..t.range.start])
    }) {
        out.push(second);
    }
    out
}

/// The part of a clause that is quoted: all of it, or the words from its subject or time to where both are said.
fn quote(words: &str, time: Option<&Time>, cue: usize) -> Range<usize> {
    let time = time.map(|t| t.range.clone()).filter(|r| !r.is_empty()).unwrap_or(cue..cue);
    let trimmed = words.trim_end().len();
    if words.split(' ').count() <= WHOLE {
        return 0..trimmed;
    }
    let back = |at: usize, n: usize| {
        let tail = super::reader::tail(&words[..at], n);
        let from = at - tail.len();
        if from == 0 { 0 } else { tail.find(' ').map_or(from, |s| from + s + 1) }
    };
    let edge = |at: usize, n: usize| {
        let ahead = head(&words[at..], n);
        let stop = if at + ahead.len() >= trimmed { trimmed } else { ahead.find([';', '.']).or_else(|| ahead.rfind(' ')).map_or(at + ahead.len(), |e| at + e) };
        stop.max(at)
    };
    let start = if time.start < cue { back(time.start, 40) } else { back(cue, 70) };
    let end = edge(time.end.max(cue), 120).min(trimmed);
    // A time far behind its verb is quoted with the words around it.
    let start = if end - start > 520 { back(time.start, 200) } else { start };
    start..end.max(start + 1)
}

/// Whether two quotes say the same.
fn alike(a: &str, b: &str) -> bool {
    fn set(s: &str) -> HashSet<&str> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).collect()
    }
    let (a, b) = (set(a), set(b));
    let both = a.intersection(&b).count();
    both * 10 >= (a.len() + b.len() - both) * 8
}
