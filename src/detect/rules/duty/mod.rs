//! Duties and prohibitions: who owes what to whom, on what condition, by when.
//!
//! A sentence is cut into clauses that each hold one binding word; its subject gives the obligor, its verb the action,
//! its periods, dates and frequencies the timing. List items inherit the binding words that lead them in. Rights,
//! definitions and declarations ("shall be governed by") are told apart and left out.

mod action;
mod actor;
mod category;
mod choice;
mod clause;
mod cue;
mod cycle;
mod defined;
mod emit;
mod frequency;
mod listed;
mod stated;
mod table;
#[cfg(test)]
mod tests;
mod timing;
mod words;
mod years;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::pattern::{contains_fold, pattern};
use super::reader::{Reader, head};
use jiff::civil::Date;

use crate::calendar::Unit;
use crate::detect::Findings;
use crate::lexicon::{DateStyle, among};
use crate::record::value::{Direction, DutyCategory, Obligation, Timing, TimingKind};
use crate::record::{Fact, FactId, Part as _, Span};
use actor::{Actors, Who};
use choice::chosen;
use cue::{Cue, Force};
use defined::Defined;
use timing::Time;
use words::{
    ANSWER, DUE, EVENT, GROWS, HANDS_OVER, LEVEL_TABLE, OPEN_LEAD, OUTLIVES, PASSIVE, PRICE, SERVICE_LEVEL, SURVIVES,
    THE_PAPER, UNBINDING, ends_open, thing,
};

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

/// Most duties of a document: a contract of two hundred pages has some hundreds.
const MOST: usize = 3_000;

/// Adds the duties of a document to `findings`.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let actors = Actors::of(&findings.facts.parties, reader.text.as_str());
    let effective = findings.facts.effective_date.as_ref().and_then(Fact::value).and_then(|d| d.date());
    let mut finder = Finder {
        reader,
        actors,
        leads: HashMap::new(),
        out: Vec::new(),
        said: Vec::new(),
        ids: HashSet::new(),
        last: None,
        open: None,
        effective,
        defined: Defined::of(reader, findings.facts.governing_law.as_ref().and_then(Fact::value).map(String::as_str)),
    };
    for (i, span, words) in reader.sentences() {
        if finder.out.len() >= MOST {
            findings.diagnostics.push(super::limited("duties"));
            break;
        }
        if words.len() < 16 || words.len() > 12_000 || UNBINDING.is_match(head(words, 400)) {
            continue;
        }
        finder.sentence(i, span, words);
    }
    findings.facts.obligations = finder.out;
}

struct Finder<'a> {
    reader: &'a Reader<'a>,
    actors: Actors,
    /// What the sentences that lead in lists leave open.
    leads: HashMap<usize, Lead>,
    out: Vec<Fact<Obligation>>,
    /// The words that prove each of them.
    said: Vec<HashSet<&'a str>>,
    ids: HashSet<FactId>,
    /// Who was bound last, and in which clause of the contract.
    last: Option<(usize, Who)>,
    /// The last sentence of a list, and what leads the list in.
    open: Option<(usize, Lead)>,
    /// The day on which the contract takes effect.
    effective: Option<Date>,
    /// Days to which the contract gives a name.
    defined: Defined,
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
    /// What it is about, where that is known beforehand.
    category: Option<DutyCategory>,
    /// What is to be done, where the words are a row that does not say it.
    action: Option<String>,
    confidence: f32,
}

impl<'t> Bound<'t> {
    /// A duty of nobody named, whose words are its action.
    fn new(sentence: usize, words: &'t str, at: usize, confidence: f32) -> Self {
        Self {
            sentence,
            words,
            at,
            force: Force::Duty,
            who: None,
            verb: 0,
            lead: None,
            category: None,
            action: None,
            confidence,
        }
    }
}

/// What a label of days is about.
fn labelled(label: &str) -> Option<DutyCategory> {
    const PAID: [&str; 8] = ["pay", "rent", "instal", "premium", "cheque", "gale", "debit", "collection"];
    let has = |words: &[&str]| words.iter().any(|word| contains_fold(label, word));
    has(&PAID).then_some(DutyCategory::Payment).or_else(|| has(&["delivery"]).then_some(DutyCategory::Delivery))
}

/// Whether a short item is a sum of money to pay, and no title.
fn names_a_sum(words: &str) -> bool {
    words.contains(['£', '$', '€'])
}

impl<'a> Finder<'a> {
    fn sentence(&mut self, i: usize, span: Span, words: &'a str) {
        let outer =
            self.reader.segments.sentences.get(i).and_then(|s| s.lead_in).and_then(|l| self.leads.get(&l)).cloned();
        if self.part_of_a_plan(i, span, words)
            || self.listed(i, span, words)
            || self.stage(i, span, words)
            || words.contains('\t') && !words.starts_with('(') && self.row(i, span, words)
        {
            return;
        }
        let outer = outer.or_else(|| self.carried(i, words));
        let mut inner: Option<Lead> = None;
        let pieces = clause::pieces(words);
        for (k, piece) in pieces.iter().enumerate() {
            let text = words.part(piece.range.clone());
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
                } else if !self.of_a_party(i, at, text) && !self.bare_terms(i, at, text) {
                    self.stated(i, at, text);
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
        pattern!(FIRST, r"^(?:\(?(?:a|i|1)[.)]|[-•▪●*])\s");
        pattern!(LATER, r"^\(?(?:[b-z]|i[ivx]+|v[i]*|x[ivx]*|[2-9]|1[0-9])\)\s");
        let (last, lead) = self.open.as_ref()?;
        let before = self.reader.sentence(*last).trim_end();
        // "What the Cleaner must do", and under it "(a) Send a report".
        let heads = || before.len() < 60 && ends_open(before) && FIRST.is_match(words);
        let goes_on = i == last + 1 && (before.ends_with([':', ';', ',']) || before.ends_with("; and") || heads());
        (goes_on || i <= last + 6 && LATER.is_match(words)).then(|| lead.clone())
    }

    /// A clause with a binding word of its own; what it leaves open for a list, when it `leads` one in. `previous` is the
    /// subject of the clause before it in the sentence.
    fn clause(&mut self, place: Place<'_>, cue: &Cue, leads: bool, previous: &mut Previous) -> Option<Lead> {
        // "Your policy expires on 28 February 2027, and you will send us the next": the duty begins behind it.
        pattern!(
            AFTER_END,
            r"^[^.;:]{3,100}?\b(?:expires?|lapses?|runs?\s+out|comes\s+to\s+an\s+end)\s+on\s+[^.;:]{6,24}?,?\s+and\s+"
        );
        let Place { sentence, text, at, reach } = place;
        let reach = reach.start + AFTER_END.prefix_len(text.part(reach.start..cue.range.start))..reach.end;
        let words = text.part(reach.clone());
        let (start, end) = (cue.range.start - reach.start, cue.range.end - reach.start);
        let before = words.part(..start);
        let verb = cue::verb(words.part(end..));
        let verb_at = words.len() - verb.len();
        let mention = self.actors.subject(before);
        let subject = mention.as_ref().map(|m| m.who.clone()).or_else(|| self.meant(before, previous.who.as_ref()));
        let passive = PASSIVE.is_match(verb) || DUE.is_match(words.part(start..end));
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
        let bound = Bound::new(sentence, words, at + reach.start, 0.85);
        let mut bound = Bound { force: cue.force, who: subject.clone(), verb: verb_at, ..bound };
        let outlives = times.iter().any(|t| t.timing.kind == TimingKind::Relative)
            && (OUTLIVES.is_match(words) || continued && SURVIVES.is_match(words))
            && self.secret(sentence, words);
        if outlives && subject.is_none() {
            bound.force = Force::Duty;
            bound.who = Some(Who::Role(self.actors.receiver()));
            bound.category = Some(DutyCategory::Confidentiality);
            bound.verb = 0;
            self.emit(&bound, &times, start);
            return lead;
        }
        if !matches!(cue.force, Force::Duty | Force::Prohibition) || lead.as_ref().is_some_and(|l| l.bare) {
            return lead;
        }
        // "Rent not received within five days after it is due": when it was due, not that it is.
        let late = |before: &str| {
            let words = before.trim_end().trim_end_matches("it").trim_end_matches("they").trim_end();
            among("after when until once before if that date time", words.rsplit(' ').next().unwrap_or_default())
        };
        // "There is to be delivered by 30 June", "it shall pay": whoever "it" is, this is no paper.
        let acts = || match before.trim_end().rsplit(' ').next().unwrap_or_default() {
            "there" | "There" => passive,
            // "It is payable yearly in advance on": money.
            "it" | "It" | "they" | "They" => {
                HANDS_OVER.is_match(verb) || !late(before) && DUE.is_match(words.part(start..end))
            }
            _ => false,
        };
        if subject.is_none() && paper && (!acts() || chosen(&times, words, start).is_empty()) {
            return lead;
        }
        // "Until the patent expires, which, if fees are paid, will be on 3 August 2038".
        if cue.weak && verb.starts_with("be on ") && contains_fold(before, "which") {
            return lead;
        }
        // "The service charge shall escalate at 5% a year": a price that rises by itself, which nobody does.
        if subject.is_none() && GROWS.is_match(verb) && PRICE.is_match(thing(before)) {
            return lead;
        }
        let reached = subject.is_none() && ["reach ", "arrive "].iter().any(|w| verb.starts_with(w));
        let agent = if passive || reached { self.agent(verb) } else { None };
        // "The drains are to be cleared by the Tenant".
        let told =
            || agent.is_some() && words.part(start..end).ends_with("to") && contains_fold(head(verb, 160), " by ");
        if subject.is_none() && times.is_empty() && (!passive || cue.weak && !told()) {
            return lead;
        }
        if passive || reached {
            bound.who = agent.or_else(|| self.giver(verb, subject.as_ref()));
        } else if let Some(giver) = self.giver(verb, subject.as_ref()) {
            bound.who = Some(giver);
            bound.verb = 0;
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
        let plain = |w: &str| w.len() > 3 && w.starts_with(|c: char| c.is_lowercase());
        let title = text.split(' ').count() < 7 && text.ends_with('.') && !text.split(' ').any(plain);
        if !matches!(lead.force, Force::Duty | Force::Prohibition) || text.len() < 12 || EVENT.is_match(text) {
            return;
        }
        let times = self.times(i, text);
        if title && (times.is_empty() || !names_a_sum(text)) {
            return;
        }
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
        let bound = Bound::new(i, text, at, 0.75);
        let who = lead.who.clone();
        self.emit(&Bound { force: lead.force, who, verb, lead: Some(lead.span), ..bound }, &times, 0);
    }

    /// Terms without a verb: "Net 30 days from the date of invoice", "Progress reports due: 31 May each year".
    fn bare_terms(&mut self, i: usize, at: usize, text: &str) -> bool {
        pattern!(DUE_LABEL, r"^\W*(?:[0-9.]+\s+)?[^:.;\t]{0,60}{due_labels}\s*[:\t]|^deadline\s+for\b[^:.;]{3,60}:");
        pattern!(
            NET,
            r"\bnet\s+(?:[a-z]+\s+)?\(?[0-9]+|\bdue\s+(?:and\s+payable\s+)?(?:upon|within|on|by|net|each|every|the\s+[0-9]+(?:st|nd|rd|th))\b|\bpayable\s+(?:{adverbs_of_time}|within|in|on|by|each|every)\b"
        );
        if text.len() > 400 || !NET.is_match(text) && !DUE_LABEL.is_match(text) || self.defined.lists(text) {
            return false;
        }
        let mut times = self.times(i, text);
        // "Is invoiced on 1 March and payable by 31 March each year".
        let net = NET.find(text).map_or(0, |net| net.start());
        let billed = contains_fold(text.part(..net), "invoiced") && times.iter().any(|t| t.range.start > net);
        let from = if billed { net } else { 0 };
        times.retain(|t| t.range.start >= from);
        if !times.is_empty() {
            // "Instalment dates: 1 April 2027 and 1 July 2027", "Delivery date: 22 January 2027".
            let category = DUE_LABEL.find(text).and_then(|label| labelled(label.as_str()));
            self.emit(&Bound { category, ..Bound::new(i, text, at, 0.6) }, &times, from);
        }
        !times.is_empty()
    }

    /// The times of a clause that can be those of a duty.
    fn times(&self, i: usize, words: &str) -> Vec<Time> {
        pattern!(ON_EFFECT, r"\b(?:shall|will|must)\b[^.;]{0,160}\b(?:on|by)\s+(the\s+effective\s+date)\b");
        let mut times = timing::times(words, self.style());
        for time in &mut times {
            self.defined.apply(&mut time.timing);
        }
        self.defined.name_days(words, &mut times);
        self.defined.begin(words, &mut times);
        if times.is_empty() {
            times.extend(self.defined.on(words));
        }
        if times.is_empty() {
            // The one event whose day is known already.
            let day = self.effective.filter(|_| contains_fold(words, "effective date"));
            let named = day.and_then(|day| Some((day, ON_EFFECT.captures(words)?.get(1)?)));
            if let Some((day, found)) = named {
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
}
