//! The duty of a clause on its way into the record: who acts, what is quoted, and whether it has been stated before.

use std::ops::Range;

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{head, tail};
use super::actor::Who;
use super::choice::{alike, also, chosen, quote, quote_from, vocabulary};
use super::cue::Force;
use super::timing::Time;
use super::{Bound, Finder, action, category};
use crate::record::value::{Modality, Obligation, TimingKind};
use crate::record::{Cited, Confidence, Fact, Origin, Part as _, Span};

/// Most places that prove one duty.
const PROOFS: usize = 50;

impl Finder<'_> {
    /// Who acts in a passive clause: "shall be paid by the Customer", and of two parties the one that is not acted upon:
    /// "shall be returned to the Customer", "must be received by the Supplier".
    pub(super) fn agent(&self, verb: &str) -> Option<Who> {
        pattern!(RECEIVED, r"^(?:not\s+)?be\s+(?:[a-z]+ly\s+)?received\b");
        // "Shall reach the Supplier": the other one sends it.
        pattern!(REACHES, r"^(?:reach|be\s+with|arrive\s+(?:at|with)|be\s+lodged\s+with)$");
        let verb = head(verb, 160);
        let received = RECEIVED.is_match(verb);
        for mention in self.actors.mentions(verb) {
            let before = verb.part(..mention.range.start).trim_end();
            let before = before.strip_suffix("the").unwrap_or(before).trim_end();
            let to = before.ends_with(" to") && before.split(' ').count() <= 6 || REACHES.is_match(before);
            if before.ends_with(" by") && !received {
                return Some(mention.who);
            }
            if to || before.ends_with(" by") {
                return self.actors.other(&mention.who);
            }
        }
        None
    }

    /// Who owes what the subject gets: "the Buyer shall be refunded", "the Buyer will receive a refund".
    pub(super) fn giver(&self, verb: &str, subject: Option<&Who>) -> Option<Who> {
        pattern!(
            GETS,
            [
                "^ be refunded/reimbursed/repaid/credited/compensated, ^ be paid back",
                "^ receive/get ..22 refund/rebate/credit/reimbursement/repayment",
            ]
        );
        subject.filter(|_| GETS.is_match(head(verb, 60))).and_then(|who| self.actors.other(who))
    }

    /// Whether a clause, or the heading over it, speaks of confidentiality.
    pub(super) fn secret(&self, i: usize, words: &str) -> bool {
        let mut at = self.reader.segments.sentences.get(i).map(|s| s.section);
        let mut under = false;
        while let Some(clause) = at.and_then(|c| self.reader.segments.sections.get(c)) {
            under |= clause.heading.as_deref().is_some_and(category::is_secret);
            at = clause.parent;
        }
        under || contains_fold(words, "confidential")
    }

    /// Adds the duty of a clause, once for each of its times.
    pub(super) fn emit(&mut self, bound: &Bound<'_>, times: &[Time], cue: usize) {
        let chosen = chosen(times, bound.words, cue);
        if chosen.is_empty() {
            self.add(bound, None, None, cue);
        }
        for (n, time) in chosen.iter().enumerate() {
            // A second time is quoted with the words from the first on.
            let from = (n > 0).then(|| chosen[0].range.clone());
            self.add(bound, Some(time), from, cue);
        }
    }

    fn add(&mut self, bound: &Bound<'_>, time: Option<&Time>, from: Option<Range<usize>>, cue: usize) {
        let words = bound.words;
        let action = from.as_ref().zip(time).and_then(|(from, time)| second_action(bound, from, time));
        let action = action.or_else(|| bound.action.clone());
        let row = bound.category.is_some() && words.contains('\t');
        let plain = || if row { action::row(words) } else { action::phrase(words.part(bound.verb..)) };
        let said = || if row { None } else { behind_its_time(words, bound.verb, time?) };
        let mut action = action.or_else(said).unwrap_or_else(plain);
        if let Some(thing) = time.filter(|_| from.is_none()).and_then(|time| thing_behind(&action, words, time)) {
            action = format!("{action} {thing}");
        }
        if bound.lead.is_some() {
            // "(a) a report and", before the next item.
            let ends = action.trim_end_matches(" and").trim_end_matches(" or").trim_end_matches(',').len();
            action.truncate(ends);
        }
        let few = words.split(' ').filter(|w| w.contains(char::is_alphabetic)).count() < 4;
        // "(a) £10,000 on 1 February 2027", under words that bind.
        let few = few && !(bound.lead.is_some() && super::names_a_sum(words));
        if action.len() < 3 || time.is_some() && few && !words.contains('\t') && bound.category.is_none() {
            return;
        }
        let heading = self.reader.heading(bound.sentence);
        let category = bound.category.unwrap_or_else(|| category::category(&action, words, heading));
        let clause = self.reader.segments.sentences.get(bound.sentence).map(|s| s.section);
        let who = bound.who.clone().or_else(|| self.actors.unnamed(category, words.part(cue..))).or_else(|| {
            // "Such records shall be kept": by whoever the clause has bound before.
            self.last.clone().filter(|(at, _)| Some(*at) == clause).map(|(_, who)| who)
        });
        self.last = clause.zip(who.clone()).or(self.last.take());
        let named = self.actors.mentions(words.part(bound.verb.min(words.len())..));
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
            Some(from) => {
                let quote = quote_from(words, from.start, time);
                // The whole of it proves the first time already: each has words of its own.
                let whole = quote.start == 0 && quote.end == words.trim_end().len();
                if whole { from.start..quote.end } else { quote }
            }
            None => quote(words, time, cue),
        };
        let span = Span::new(bound.at + quote.start, bound.at + quote.end);
        let raw =
            time.filter(|t| !t.range.is_empty()).map_or(words.part(quote), |t| words.part(t.range.clone())).to_owned();
        self.keep(obligation, span, bound.lead, &raw, bound.confidence);
    }

    /// Keeps a duty, unless it has been stated before: then the words prove the one that is there.
    fn keep(&mut self, obligation: Obligation, span: Span, lead: Option<Span>, raw: &str, confidence: f32) {
        let text = self.reader.text;
        let evidence = text.cite(span);
        let said = vocabulary(text.slice(span));
        let same = self.out.iter().zip(&self.said).position(|(f, before)| {
            f.value().is_some_and(|o| {
                o.timing == obligation.timing
                    && o.obligor == obligation.obligor
                    && o.modality == obligation.modality
                    && alike(before, &said)
            })
        });
        if let Some(at) = same {
            if self.out[at].evidence().len() < PROOFS {
                let fact = self.out.remove(at).with_evidence(evidence);
                self.out.insert(at, fact);
            }
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
            let start = words.len() - tail(words, 160).len();
            fact = fact.with_evidence(text.cite(Span::new(lead.start() + start, lead.end())));
        }
        if self.ids.insert(fact.id().clone()) {
            self.out.push(fact);
            self.said.push(said);
        }
    }
}

/// What is handed over, where it stands behind the time: "deliver to the Landlord within 21 days of each anniversary of 1 May 2026 a
/// return of the gas consumed".
fn thing_behind(action: &str, words: &str, time: &Time) -> Option<String> {
    const MOST_WORDS: usize = 8;
    pattern!(
        HANDS,
        r"^(?:to\s+)?(?:deliver|send|give|provide|submit|furnish|supply|hand|make|file|render|produce)(?:\s+(?:over\s+)?to\s+(?:the\s+)?[\w’']+(?:\s+[\w’']+)?)?$"
    );
    // "Deliver to the Owner every year, by 30 April, a statement", "send the Buyer each month".
    pattern!(
        HANDS_EACH,
        [
            "^ (to) deliver/send/give/provide/submit/furnish/supply/make/file/render/produce ~4 each/every ~1 year/quarter/month/week $"
        ]
    );
    pattern!(THING, r"^\s*,?\s*((?:an?|its|the|all|such|full|proof|evidence|copies)\s[^,.;:]{3,})");
    if action.split(' ').count() > MOST_WORDS || ![&HANDS, &HANDS_EACH].iter().any(|p| p.is_match(action)) {
        return None;
    }
    let behind = words.part(time.range.end..);
    let anchor = time.timing.anchor.as_deref().and_then(|a| Some(behind.find(a)? + a.len())).unwrap_or(0);
    let thing = THING.captures(behind.part(anchor..))?.get(1)?;
    Some(action::phrase(thing.as_str()))
}

/// What is to be done, where the time stands before the verb without a comma: "shall no later than noon on the last Friday of
/// every month send the file".
fn behind_its_time(words: &str, verb: usize, time: &Time) -> Option<String> {
    pattern!(
        ONLY_WHEN,
        r"^(?:(?:no|not)\s+later\s+than|by|on|before|within|in|at)\s+(?:(?:on|or|before|the|a|noon|midnight|[0-9.:]+|[ap]\.?m\.?)[\s,]+)*$"
    );
    pattern!(
        ACT,
        r"^\s*,?\s*((?:deliver|send|give|provide|submit|furnish|supply|make|file|render|produce|pay|upload|issue|return|report)\s.*)"
    );
    if !ONLY_WHEN.is_match(words.get(verb..time.range.start)?) {
        return None;
    }
    let behind = words.part(time.range.end..);
    let anchor = time.timing.anchor.as_deref().and_then(|a| Some(behind.find(a)? + a.len())).unwrap_or(0);
    Some(action::phrase(ACT.captures(behind.part(anchor..))?.get(1)?.as_str()))
}

/// What is to be done by the second time of a clause: its own verb, or the verb of the first with a thing of its own.
fn second_action(bound: &Bound<'_>, first: &Range<usize>, time: &Time) -> Option<String> {
    let between = bound.words.get(first.end..time.range.start)?;
    let second = action::phrase(bound.words.part(first.end + also(between)?..));
    let thing = ["a ", "an ", "its "].iter().any(|w| second.starts_with(w));
    let verb = bound.words.part(bound.verb..).split(' ').next().filter(|_| thing);
    Some(verb.map_or(second.clone(), |verb| format!("{verb} {second}")))
}
