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
#[cfg(test)]
mod tests;
mod timing;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::ascii::{Pattern, pattern};
use super::pattern::contains_fold;
use super::reader::{Reader, head};
use jiff::civil::Date;

use crate::calendar::Unit;
use crate::detect::Findings;
use crate::detect::value::{Direction, Modality, Obligation, Timing, TimingKind};
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
/// Words by which levels are told apart, and what is measured.
static LEVEL_TABLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bseverity\b|\bpriority\s+[1-4]|\(p[1-4]\)|\bp[1-4]\b|\bsev\s?[1-4]|\bservice\s+levels?\b|\bresponse\s+times?",
    )
});
static ANSWER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\brespon[sd]\w*|\bresol\w+|\backnowledg\w+|\brestor\w+|\bworkaround"));
/// "Is due and payable", "are payable": what is owed, with no party as subject.
static DUE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b(?:due|payable)$"));
/// A verb of outliving, where the subject stands in the clause before.
static SURVIVES: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^\W*(?:shall|will|must)?\s*(?:surviv|continu|remain)"));
/// Begins a condition: a time in it is that of the condition.
static CONDITIONAL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:[\w.()]+\s+)?(?:if|unless|in\s+the\s+event|where|when|should|to\s+the\s+extent|provided|whenever|once|except)\b",
    )
});
static FAILING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:not|unable|fails?|failed|failure|cannot|unsuccessful|unresolved|no)\b"));
/// A passive or impersonal verb: the clause need not name who acts.
static PASSIVE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(?:not\s+)?(?:be|have\s+been)\s+(?:[a-z]+ly\s+|due\s+and\s+|made\s+and\s+)?(?:[a-z]+(?:ed|en|id|lt|pt|ne|nt|ld|ught|ut|de)|due|payable|paid|made|kept|held|given|sent|submitted|complete)\b|^(?:due|payable)\b",
    )
});
/// An item that tells when something counts as received, or what counts as a default: an event and no act.
static EVENT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:if|when|upon|on|after|by|in)\b[^.;]{0,60}\b(?:mailed|postmark|deposit(?:ed)?|couriers?|facsimile|certified\s+mail|registered\s+mail|transmi\w+|overnight|hand[\s-]delivered|delivered\s+personally|personal\s+delivery)\b|\b(?:fails?|failed|failure|ceases?|becomes?)\s+(?:to|insolvent|bankrupt)\b|\bis\s+not\s+cured\b",
    )
});
/// Nouns with which duties of list items begin that need no verb.
static OPEN_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:do|perform|comply\s+with|provide|undertake|observe|take|each|all|of|the|following|as\s+follows|obligations|actions|steps|things|duties)\s*)*\W*$",
    )
});

/// Longest clause that is quoted as a whole, in words.
const WHOLE: usize = 52;

/// What binds the items of a list.
#[derive(Debug, Clone)]
struct Lead {
    force: Force,
    who: Option<Who>,
    /// The words that bind, with their subject, within the document.
    span: Span,
    /// Whether they end with the binding words, so that each item is an action of its own.
    bare: bool,
    /// A time that holds for every item.
    timing: Option<Timing>,
}

/// Adds the duties of a document to `findings`.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let actors = Actors::of(&findings.parties, reader.text.as_str());
    let effective = findings.effective_date.as_ref().and_then(Fact::value).and_then(|d| d.date());
    let mut finder = Finder {
        reader,
        actors,
        leads: HashMap::new(),
        out: Vec::new(),
        ids: HashSet::new(),
        last: None,
        open: None,
        effective,
    };
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
    /// Who was bound last, and in which clause of the contract.
    last: Option<(usize, Who)>,
    /// The last sentence of a list, and what leads the list in.
    open: Option<(usize, Lead)>,
    /// The day on which the contract takes effect.
    effective: Option<Date>,
}

/// Where a clause stands: the sentence, the part of it that begins at byte `at` of the document, and the reach in that.
struct Place<'t> {
    sentence: usize,
    text: &'t str,
    at: usize,
    reach: Range<usize>,
}

/// The subject of the clause before, which a verb alone shares.
#[derive(Debug, Default)]
struct Previous {
    who: Option<Who>,
    /// Whether it is the contract or a part of it.
    paper: bool,
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
        let outer =
            self.reader.segments.sentences.get(i).and_then(|s| s.lead_in).and_then(|l| self.leads.get(&l)).cloned();
        if words.contains('\t') && !words.starts_with('(') && self.row(i, span, words) {
            return;
        }
        let outer = outer.or_else(|| self.carried(i, words));
        let mut inner: Option<Lead> = None;
        let pieces = clause::pieces(words);
        for (k, piece) in pieces.iter().enumerate() {
            let text = &words[piece.range.clone()];
            let at = span.start() + piece.range.start;
            let cues = cue::cues(text);
            let reaches = clause::reaches(text, &cues, &self.actors);
            // The items of a list inside an item hang on that item.
            let nested = inner.is_some() || !pieces[0].item;
            let lead = if piece.item && nested { inner.as_ref() } else { outer.as_ref() };
            let own = reaches.iter().flatten().next().is_some();
            if !own {
                if let Some(lead) = lead.filter(|_| piece.item || k == 0).cloned() {
                    self.item(i, at, text, &lead);
                    self.open = Some((i, lead.clone()));
                    if !piece.item && ends_open(text) {
                        self.leads.insert(i, lead);
                    }
                } else {
                    self.bare_terms(i, at, text);
                }
                continue;
            }
            let mut previous = Previous::default();
            let next_is_item = pieces.get(k + 1).is_some_and(|p| p.item);
            let last = cues.iter().zip(&reaches).rposition(|(_, r)| r.is_some());
            for (n, (cue, reach)) in cues.iter().zip(&reaches).enumerate() {
                let Some(reach) = reach.clone() else { continue };
                let leads = Some(n) == last && (next_is_item || k + 1 == pieces.len() && ends_open(text));
                let lead = self.clause(Place { sentence: i, text, at, reach }, cue, leads, &mut previous);
                if let Some(lead) = lead {
                    if next_is_item {
                        inner = Some(lead);
                    } else {
                        self.open = Some((i, lead.clone()));
                        self.leads.insert(i, lead);
                    }
                }
            }
        }
    }

    /// The lead-in of a list whose items stand in paragraphs of their own without a tie to it: the sentence goes on where
    /// the one before left off, or bears a mark that is not the first of a list.
    fn carried(&self, i: usize, words: &str) -> Option<Lead> {
        static LATER: LazyLock<Pattern> =
            LazyLock::new(|| pattern(r"^\(?(?:[b-z]|i[ivx]+|v[i]*|x[ivx]*|[2-9]|1[0-9])\)\s"));
        let (last, lead) = self.open.as_ref()?;
        let before = self.reader.sentence(*last).trim_end();
        let goes_on = i == last + 1 && before.ends_with([':', ';', ',']) || before.ends_with("; and") && i == last + 1;
        (goes_on || i <= last + 6 && LATER.is_match(words)).then(|| lead.clone())
    }

    /// A clause with a binding word of its own; what it leaves open for a list, when it `leads` one in. `previous` is the
    /// subject of the clause before it in the sentence.
    fn clause(&mut self, place: Place<'_>, cue: &Cue, leads: bool, previous: &mut Previous) -> Option<Lead> {
        let Place { sentence, text, at, reach } = place;
        let words = &text[reach.clone()];
        let (start, end) = (cue.range.start - reach.start, cue.range.end - reach.start);
        let before = &words[..start];
        let verb = cue::verb(&words[end..]);
        let verb_at = words.len() - verb.len();
        let mention = self.actors.subject(before);
        let subject = mention.as_ref().map(|m| m.who.clone()).or_else(|| self.meant(before, previous.who.as_ref()));
        let passive = PASSIVE.is_match(verb) || DUE.is_match(&words[start..end]);
        let times = self.times(sentence, words);
        let lead = leads.then(|| Lead {
            // "The Services shall include: (a) monthly reports": an item that gives a time is owed.
            force: if verb.starts_with("include") { Force::Duty } else { cue.force },
            who: subject.clone(),
            span: Span::new(
                at + reach.start + mention.as_ref().map_or(start, |m| m.range.start),
                at + reach.start + end,
            ),
            bare: OPEN_LEAD.is_match(verb),
            timing: chosen(&times, words, start)
                .first()
                .filter(|t| t.timing.kind == TimingKind::Relative)
                .map(|t| t.timing.clone()),
        });
        let continued = before.trim().is_empty();
        let paper = if continued { previous.paper } else { THE_PAPER.is_match(thing(before)) };
        if subject.is_some() || !continued {
            *previous = Previous { who: subject.clone(), paper };
        }
        let mut bound = Bound {
            sentence,
            words,
            at: at + reach.start,
            force: cue.force,
            who: subject.clone(),
            verb: verb_at,
            lead: None,
            confidence: 0.85,
        };
        let outlives = (OUTLIVES.is_match(words) || continued && SURVIVES.is_match(words))
            && times.iter().any(|t| t.timing.kind == TimingKind::Relative)
            && self.secret(sentence, words);
        if outlives && subject.is_none() {
            bound.force = Force::Duty;
            bound.who = Some(Who::Role(self.actors.receiver()));
            bound.verb = 0;
            self.emit(&bound, &times, start);
            return lead;
        }
        if !matches!(cue.force, Force::Duty | Force::Prohibition) || lead.as_ref().is_some_and(|l| l.bare) {
            return lead;
        }
        if subject.is_none() && paper {
            return lead;
        }
        if subject.is_none() && times.is_empty() && (cue.weak || !passive) {
            return lead;
        }
        if passive {
            bound.who = self.agent(verb);
        }
        if passive || subject.is_none() {
            bound.verb = 0;
            bound.confidence = 0.7;
        }
        self.emit(&bound, &times, start);
        lead
    }

    /// Whom a clause means that names nobody: "it" is the party named before, a verb alone has the subject of the last one.
    fn meant(&self, before: &str, previous: Option<&Who>) -> Option<Who> {
        if before.trim().is_empty() {
            return previous.cloned();
        }
        let pronoun = before.trim_end();
        let last = pronoun.rsplit([' ', ',']).next().unwrap_or_default();
        if !matches!(last, "it" | "It" | "they" | "They" | "he" | "she" | "He" | "She") {
            return None;
        }
        let named = self.actors.mentions(before).into_iter().find(|m| matches!(m.who, Who::Party(_) | Who::Role(_)));
        named.map(|m| m.who).or_else(|| previous.cloned())
    }

    /// An item of a list.
    fn item(&mut self, i: usize, at: usize, text: &str, lead: &Lead) {
        let title = text.split(' ').count() < 7 && text.ends_with('.');
        if !matches!(lead.force, Force::Duty | Force::Prohibition) || text.len() < 12 || title || EVENT.is_match(text) {
            return;
        }
        let times = self.times(i, text);
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
        let verb = text.len() - action::past_intro(body).len();
        let bound = Bound {
            sentence: i,
            words: text,
            at,
            force: lead.force,
            who: lead.who.clone(),
            verb,
            lead: Some(lead.span),
            confidence: 0.75,
        };
        self.emit(&bound, &times, 0);
    }

    /// Terms of payment without a verb: "Net 30 days from the date of invoice".
    fn bare_terms(&mut self, i: usize, at: usize, text: &str) {
        static NET: LazyLock<Pattern> = LazyLock::new(|| {
            pattern(
                r"\bnet\s+(?:[a-z]+\s+)?\(?[0-9]+|\bdue\s+(?:and\s+payable\s+)?(?:upon|within|on|net)\b|\bpayable\s+(?:within|monthly|quarterly|annually|in)\b",
            )
        });
        if text.len() > 400 || !NET.is_match(text) {
            return;
        }
        let times = self.times(i, text);
        if times.is_empty() {
            return;
        }
        let bound =
            Bound { sentence: i, words: text, at, force: Force::Duty, who: None, verb: 0, lead: None, confidence: 0.6 };
        self.emit(&bound, &times, 0);
    }

    /// The times of a clause that can be those of a duty.
    fn times(&self, i: usize, words: &str) -> Vec<Time> {
        static ON_EFFECT: LazyLock<Pattern> =
            LazyLock::new(|| pattern(r"\b(?:shall|will|must)\b[^.;]{0,160}\b(?:on|by)\s+(the\s+effective\s+date)\b"));
        let mut times = timing::times(words, self.style());
        if times.is_empty() {
            // The one event whose day is known already.
            let named =
                self.effective.filter(|_| contains_fold(words, "effective date")).zip(ON_EFFECT.captures(words));
            if let Some((day, found)) = named.and_then(|(day, c)| Some((day, c.get(1)?))) {
                let timing = Timing {
                    kind: TimingKind::Absolute,
                    date: Some(day),
                    direction: Some(Direction::Within),
                    anchor: Some("Effective Date".to_owned()),
                    ..Timing::default()
                };
                times.push(Time { timing, range: found.range() });
            }
            return times;
        }
        if LEVEL_TABLE.is_match(words) || LEVEL_TABLE.is_match(self.reader.heading(i)) {
            times.retain(|t| t.timing.kind != TimingKind::Relative || !ANSWER.is_match(words));
        }
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

    /// Who acts in a passive clause: "shall be paid by the Customer", and of two parties the one that is not acted upon:
    /// "shall be returned to the Customer", "must be received by the Supplier".
    fn agent(&self, verb: &str) -> Option<Who> {
        static RECEIVED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^(?:not\s+)?be\s+(?:[a-z]+ly\s+)?received\b"));
        let verb = head(verb, 160);
        let received = RECEIVED.is_match(verb);
        for mention in self.actors.mentions(verb) {
            let before = verb[..mention.range.start].trim_end();
            let before = before.strip_suffix("the").unwrap_or(before).trim_end();
            let to = before.ends_with(" to") && before.split(' ').count() <= 6;
            if before.ends_with(" by") && !received {
                return Some(mention.who);
            }
            if to || before.ends_with(" by") {
                return self.actors.other(&mention.who);
            }
        }
        None
    }

    /// Whether a clause, or the heading over it, speaks of confidentiality.
    fn secret(&self, i: usize, words: &str) -> bool {
        let mut at = self.reader.segments.sentences.get(i).map(|s| s.clause);
        let mut under = false;
        while let Some(clause) = at.and_then(|c| self.reader.segments.clauses.get(c)) {
            under |= clause.heading.as_deref().is_some_and(category::is_secret);
            at = clause.parent;
        }
        under || contains_fold(words, "confidential")
    }

    /// Adds the duty of a clause, once for each of its times.
    fn emit(&mut self, bound: &Bound<'_>, times: &[Time], cue: usize) {
        let chosen = chosen(times, bound.words, cue);
        if chosen.is_empty() {
            self.add(bound, None, None, cue);
        }
        for (n, time) in chosen.iter().enumerate() {
            // A second time is quoted with the words from the first on.
            let from = (n > 0).then(|| chosen[0].range.start);
            self.add(bound, Some(time), from, cue);
        }
    }

    fn add(&mut self, bound: &Bound<'_>, time: Option<&Time>, from: Option<usize>, cue: usize) {
        let words = bound.words;
        let action = action::phrase(&words[bound.verb..]);
        let few = words.split(' ').filter(|w| w.contains(char::is_alphabetic)).count() < 5;
        if action.len() < 3 || time.is_some() && few {
            return;
        }
        let heading = self.reader.heading(bound.sentence);
        let category = category::category(&action, words, heading);
        let clause = self.reader.segments.sentences.get(bound.sentence).map(|s| s.clause);
        let who = bound.who.clone().or_else(|| self.actors.unnamed(category, &words[cue..])).or_else(|| {
            // "Such records shall be kept": by whoever the clause has bound before.
            self.last.clone().filter(|(at, _)| Some(*at) == clause).map(|(_, who)| who)
        });
        self.last = clause.zip(who.clone()).or(self.last.take());
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
        let quote = match from {
            Some(from) => quote_from(words, from, time),
            None => quote(words, time, cue),
        };
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

/// The noun that stands for the subject in the words before a verb: "the obligations" of "the obligations under this
/// Article".
fn thing(before: &str) -> &str {
    static FIRST: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"\s(?:of|under|arising|set|in|for|to|by|from|with|pursuant|that|which|due|owed|made|incurred|hereunder|on|between|required|specified|described|related)\s",
        )
    });
    let clause = before.trim_end().trim_end_matches(',');
    let clause = clause.rsplit(", ").next().unwrap_or(clause);
    FIRST.find(clause).map_or(clause, |m| &clause[..m.start()])
}

/// Whether a sentence leaves a list open.
fn ends_open(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '?', '!'])
}

/// The times that are those of the duty itself: outside the condition if there are any. A second one is taken when it
/// is of another kind and belongs to a second verb ("within 60 days and updated annually").
fn chosen<'t>(times: &'t [Time], words: &str, cue: usize) -> Vec<&'t Time> {
    let comma = words[..cue].rfind(", ").unwrap_or(0);
    let condition = CONDITIONAL.is_match(words);
    let main: Vec<&Time> =
        times.iter().filter(|t| !(condition && t.range.start < comma) && !of_a_thing(words, t)).collect();
    // "If the dispute is not resolved within 30 days": then the duty begins.
    let after = |t: &&Time| condition && t.range.start < comma && FAILING.is_match(&words[..t.range.start]);
    let pool = if main.is_empty() { times.iter().filter(after).collect() } else { main };
    let best = pool
        .iter()
        .find(|t| t.timing.kind == TimingKind::Relative)
        .or_else(|| pool.iter().find(|t| t.timing.kind == TimingKind::Absolute))
        .or_else(|| pool.first());
    let Some(best) = best else { return Vec::new() };
    static SECOND: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"\band\s+(?:(?:shall|will)\s+)?(?:be\s+)?[a-z]+(?:\s+[a-z]+){0,3}\s*$"));
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

/// Whether a time tells things apart ("for any sale that occurs within six months") and is not that of the duty.
fn of_a_thing(words: &str, time: &Time) -> bool {
    static APART: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"\b(?:that|which|if|unless|where|when)\s+(?:[\w']+\s+){0,5}?(?:occurs?|arises?|arose|becomes?|was|were|has|have|is|are|fails?|does|did)\b[^,;]{0,80}$",
        )
    });
    time.timing.kind == TimingKind::Relative && APART.is_match(super::reader::tail(&words[..time.range.start], 130))
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
        let stop = if at + ahead.len() >= trimmed {
            trimmed
        } else {
            ahead.find([';', '.']).or_else(|| ahead.rfind(' ')).map_or(at + ahead.len(), |e| at + e)
        };
        stop.max(at)
    };
    let start = if time.start < cue { back(time.start, 40) } else { back(cue, 70) };
    let end = edge(time.end.max(cue), 120).min(trimmed);
    // A time far behind its verb is quoted with the words around it.
    let start = if end - start > 520 { back(time.start, 200) } else { start };
    start..end.max(start + 1)
}

/// The words before byte `from` that lead to it, and all up to the end of `time`.
fn quote_from(words: &str, from: usize, time: Option<&Time>) -> Range<usize> {
    let lead = super::reader::tail(&words[..from], 48);
    let start = from - lead.len() + if lead.len() == from { 0 } else { lead.find(' ').map_or(0, |s| s + 1) };
    start..time.map_or(words.len(), |t| t.range.end).max(from)
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
