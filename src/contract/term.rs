//! The end of the first term: a date that is stated, or one that is counted from an anchor.
//!
//! The end of "one year from 1 January 2024" is 1 January 2025 (start + N), as 111 of 127 annotated contracts have it
//! (C3); the schedule carries the last day of the term beside it.

use jiff::civil::Date;

use super::sanity;
use crate::calendar::{DerivationBuilder, Period, Readings, Rule, Unit};
use crate::detect::Findings;
use crate::detect::rules::signed;
use crate::lexicon::disputed_figure;
use crate::lexicon::label::Field;
use crate::record::value::{Anchor, DateValue, EndOf, RenewalKind, TermEnd};
use crate::record::{Cited, Confidence, Contract, Diagnostic, Fact, Severity, Stage, Status};

/// The expiration date and the length of the first term, as far as the findings settle them.
pub(super) fn settle(findings: &mut Findings) -> (Option<Fact<DateValue>>, Option<Fact<Period>>) {
    let Some(best) = findings.term_ends.first() else { return (None, None) };
    let sentence = |f: &Fact<TermEnd>| f.evidence()[0].span();
    // "The later of five years and completion": of the ends in one sentence, the first that gives a day.
    let in_sentence = findings.term_ends.iter().filter(|f| sentence(f) == sentence(best));
    let ends = |f| Some((f, end(findings, f)?));
    // An end that lies before the start is that of something else, if another end fits.
    let settled = in_sentence.clone().find_map(ends).map(|first| {
        let late = || findings.term_ends.iter().find_map(|f| ends(f).filter(|(_, e)| !sanity::is_early(findings, e)));
        if sanity::is_early(findings, &first.1) { late().unwrap_or(first) } else { first }
    });
    let settled = settled.map(|computed| stated(findings, &computed).unwrap_or(computed));
    let settling = settled.as_ref().map(|(source, _)| *source);
    let term = settling.into_iter().chain(in_sentence).chain(findings.term_ends.iter()).find_map(initial_term);
    let mut remarks = Vec::new();
    let expiration = if let Some((source, expiration)) = settled {
        let other = findings.term_ends.iter().find_map(|f| Some((disagreement(findings, f, source, &expiration)?, f)));
        if let Some(((day, words), other)) = other {
            let message = format!("The contract gives two ends of its term; the other one is {day} (\"{words}\").");
            let remark =
                Diagnostic::new("contract.conflicting_expiration", Severity::Warning, Stage::Contract, message);
            remarks.push(remark.at(sentence(source)));
            expiration.with_status(Status::Conflicting).with_evidence(other.evidence()[0].clone())
        } else if let Some(doubt) = sanity::doubt(findings, &expiration, term.as_ref()) {
            remarks.push(doubt.at(sentence(source)));
            expiration.with_status(Status::Conflicting)
        } else if source.status() == Status::Conflicting {
            // Of an end that is one of several the rule has told already.
            remarks.extend((source.origin().id != "term.one_of").then(|| two_readings(source).at(sentence(source))));
            expiration.with_status(Status::Conflicting)
        } else {
            expiration
        }
    } else {
        let remark = Diagnostic::new(OPEN, Severity::Info, Stage::Contract, reason(findings, best));
        remarks.push(remark.at(sentence(best)));
        unsettled(best)
    };
    findings.diagnostics.append(&mut remarks);
    // A first term of unknown end, and then until terminated: all that is known is that no day ends it.
    let open = expiration.value().is_none();
    let endless = if open { endless(findings, term.as_ref()) } else { None };
    (Some(endless.unwrap_or(expiration)), term)
}

/// The end that the contract states as a day, where a counted one means the same: a year from 1 July ends on the next 1 July or
/// on 30 June, and the contract says "30 June".
fn stated<'f>(
    findings: &'f Findings,
    (source, expiration): &(&Fact<TermEnd>, Fact<DateValue>),
) -> Option<(&'f Fact<TermEnd>, Fact<DateValue>)> {
    let Some(TermEnd::After { .. }) = source.value() else { return None };
    let counted = expiration.value()?.date()?;
    let same = |f: &&Fact<TermEnd>| {
        let Some(TermEnd::On(day)) = f.value() else { return false };
        f.status() == Status::Found && (0..=1).contains(&(counted - *day).get_days())
    };
    let day = findings.term_ends.iter().find(same)?;
    Some((day, end(findings, day)?))
}

/// After its first term an evergreen contract runs until somebody ends it: it has no day of expiry.
fn endless(findings: &Findings, term: Option<&Fact<Period>>) -> Option<Fact<DateValue>> {
    let renewal =
        findings.facts.renewal.as_ref().filter(|r| r.value().is_some_and(|r| r.kind == RenewalKind::Evergreen))?;
    let cited = Cited::new(DateValue::Perpetual, renewal.evidence()[0].clone());
    term.map(|_| Fact::found("expiration_date", cited, renewal.raw(), renewal.origin().clone(), renewal.confidence()))
}

/// The remark on an end that its own words give twice: words against figure, or day against month.
fn two_readings(source: &Fact<TermEnd>) -> Diagnostic {
    let raw = source.raw();
    let (code, what) = match source.value() {
        Some(TermEnd::After { period, .. }) => {
            let figure = disputed_figure(raw, *period).map_or_else(String::new, |f| format!(" The figure says {f}."));
            (
                "period.words_and_figures",
                format!("Words and figure of the term differ (\"{raw}\"); the words are taken.{figure}"),
            )
        }
        _ => (
            "date.day_or_month",
            format!("Day and month of the end can change places (\"{raw}\"); one reading is taken."),
        ),
    };
    Diagnostic::new(code, Severity::Warning, Stage::Contract, what)
}

/// The fact that the text promises an end that it does not give.
fn unsettled(best: &Fact<TermEnd>) -> Fact<DateValue> {
    let status = if best.status() == Status::Redacted { Status::Redacted } else { Status::Unresolved };
    let origin = best.origin().clone();
    Fact::unknown("expiration_date", best.evidence()[0].clone(), best.raw(), status, origin, best.confidence())
}

fn reason(findings: &Findings, best: &Fact<TermEnd>) -> String {
    match best.value() {
        Some(TermEnd::Event(event)) => format!("{ENDS_WITH}{event}."),
        Some(TermEnd::After { anchor: Anchor::Event(event) | Anchor::Ending(event), .. }) => {
            format!("{FROM_EVENT}{event}.")
        }
        Some(TermEnd::After { anchor: Anchor::Named(name), .. }) => format!("{FROM_NAMED}{name}{NOT_GIVEN}"),
        Some(TermEnd::After { .. }) => findings.start_in_month().map_or_else(
            || "The date from which the term is counted is not in the document.".to_owned(),
            |name| format!("{FROM_NAMED}{name}{NOT_GIVEN}"),
        ),
        _ => "The end of the term is left open or was removed from the text.".to_owned(),
    }
}

/// The code of the remark that a term has no dated end.
const OPEN: &str = "contract.open_expiration";
const ENDS_WITH: &str = "The term ends with an event: ";
const FROM_EVENT: &str = "The term is counted from an event whose date is not in the document: ";
const FROM_NAMED: &str = "The term is counted from the ";
const NOT_GIVEN: &str = ", whose date is not in the document.";

/// The event that gives a term its end, in words of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited<'a> {
    /// The term is counted from it.
    Start(&'a str),
    /// The term ends with it.
    End(&'a str),
}

impl<'a> Awaited<'a> {
    /// That of a contract whose term waits for one.
    #[must_use]
    pub fn of(contract: &'a Contract) -> Option<Self> {
        let message = &contract.diagnostics.iter().find(|d| d.code == OPEN)?.message;
        let event = |prefix| message.strip_prefix(prefix)?.strip_suffix('.');
        let named = || message.strip_prefix(FROM_NAMED)?.strip_suffix(NOT_GIVEN);
        event(ENDS_WITH).map(Self::End).or_else(|| event(FROM_EVENT).or_else(named).map(Self::Start))
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'a str {
        match self {
            Self::Start(words) | Self::End(words) => words,
        }
    }
}

/// The length of the first term, if this end gives one.
fn initial_term(fact: &Fact<TermEnd>) -> Option<Fact<Period>> {
    let Some(TermEnd::After { period, anchor, .. }) = fact.value().filter(|_| fact.status() != Status::Redacted) else {
        return None;
    };
    // "Until the end of the calendar year" has no length of its own, nor has "a year after it ceases to trade".
    if period.count == 0 || matches!(anchor, Anchor::Ending(_)) {
        return None;
    }
    let cited = Cited::new(*period, fact.evidence()[0].clone());
    let term = Fact::found("initial_term", cited, fact.raw(), fact.origin().clone(), fact.confidence());
    Some(if fact.status() == Status::Conflicting { term.with_status(Status::Conflicting) } else { term })
}

/// Another end of the term, as surely read, that falls on another day.
fn disagreement(
    findings: &Findings,
    fact: &Fact<TermEnd>,
    source: &Fact<TermEnd>,
    expiration: &Fact<DateValue>,
) -> Option<(Date, String)> {
    let chosen = expiration.value()?.date()?;
    if fact.id() == source.id() || fact.confidence() < Confidence::new(0.85) {
        return None;
    }
    // A few weeks or months are the time of a notice, a cure or a trial, not of a contract.
    if let Some(TermEnd::After { period, .. }) = fact.value()
        && (period.unit == Unit::Day || period.unit == Unit::Month && period.count <= 3)
    {
        return None;
    }
    let other = end(findings, fact)?.value()?.date()?;
    // Start + N and its last day are the same end.
    ((other - chosen).get_days().abs() > 1).then(|| (other, fact.raw().to_owned()))
}

/// The day of one end.
fn end(findings: &Findings, fact: &Fact<TermEnd>) -> Option<Fact<DateValue>> {
    let evidence = fact.evidence()[0].clone();
    let origin = fact.origin().clone();
    match fact.value()? {
        TermEnd::On(date) => {
            let cited = Cited::new(DateValue::On(*date), evidence);
            Some(Fact::found("expiration_date", cited, fact.raw(), origin, fact.confidence()))
        }
        TermEnd::UntilTerminated => {
            let cited = Cited::new(DateValue::Perpetual, evidence);
            Some(Fact::found("expiration_date", cited, fact.raw(), origin, fact.confidence()))
        }
        TermEnd::Event(_) => None,
        TermEnd::After { period, anchor, to } => {
            let start = start(findings, anchor)?;
            let mut builder = DerivationBuilder::new();
            let from = start.fact.value()?.date()?;
            builder.anchor(from, &start.name, Rule::C3);
            match start.assumption {
                // A term begins when the contract does, unless it says otherwise.
                Some(assumption) if start.is_usual => builder.assume(assumption),
                Some(assumption) => builder.presume(assumption),
                None => {}
            }
            if start.fact.status() == Status::Conflicting {
                builder.assume(format!("The {} can be read in two ways; this one was taken.", start.name));
            }
            let mut day = if period.count == 0 { from } else { builder.add(from, *period)? };
            match to {
                EndOf::Day => {}
                EndOf::Year => day = builder.anchor(day.last_of_year(), "Last day of that year", Rule::C3),
                EndOf::DayBefore => day = builder.clear_first_day(day)?,
                EndOf::Less(days) => day = builder.subtract_literal(day, Period::new(*days, Unit::Day))?,
                // From the first of a month, that month is whole too.
                EndOf::FullMonth if from.day() == 1 => day = builder.clear_first_day(day)?,
                EndOf::Month | EndOf::FullMonth => {
                    day = builder.anchor(day.last_of_month(), "Last day of that month", Rule::C3);
                }
            }
            let derivation = builder.finish(day, Readings { literal: day, conservative: day });
            let cited = Cited::new(DateValue::On(day), evidence).with(start.fact.evidence()[0].clone());
            let sure = fact.confidence().get() * start.confidence;
            let confidence = Confidence::new(sure);
            Some(Fact::computed("expiration_date", cited, fact.raw(), origin, confidence, derivation))
        }
    }
}

/// The date that a term is counted from.
struct Start<'a> {
    name: String,
    fact: &'a Fact<DateValue>,
    assumption: Option<String>,
    /// The assumption is what everybody takes for granted.
    is_usual: bool,
    confidence: f32,
}

fn start<'a>(findings: &'a Findings, anchor: &Anchor) -> Option<Start<'a>> {
    let dated = |fact: Option<&'a Fact<DateValue>>| fact.filter(|f| f.value().and_then(|d| d.date()).is_some());
    let effective = dated(findings.facts.effective_date.as_ref());
    let agreement = dated(findings.facts.agreement_date.as_ref());
    let plain =
        |name: &str, fact| Start { name: name.to_owned(), fact, assumption: None, is_usual: false, confidence: 1.0 };
    let assumed = |name: &str, fact, why: &str| Start {
        name: name.to_owned(),
        fact,
        assumption: Some(why.to_owned()),
        is_usual: false,
        confidence: 0.9,
    };
    match anchor {
        Anchor::EffectiveDate => effective.map(|f| plain("Effective date", f)).or_else(|| {
            let why = "No effective date is given; the date of the agreement is taken.";
            // Where the last signature decides and has no date yet, an earlier one does not stand for it.
            let open =
                findings.facts.effective_date.as_ref().is_some_and(|f| f.origin().id == "effective.last_signature");
            agreement.filter(|_| !open).map(|f| assumed("Agreement date", f, why))
        }),
        Anchor::AgreementDate => agreement.map(|f| plain("Agreement date", f)).or_else(|| {
            let why = "The agreement bears no date; its effective date is taken.";
            effective.map(|f| assumed("Effective date", f, why))
        }),
        Anchor::LastSignature => last_signature(findings).map(|f| plain("Last signature", f)).or_else(|| {
            let why = "Not every signature bears a date; the effective date that the text gives is taken.";
            effective.map(|f| assumed("Effective date", f, why))
        }),
        Anchor::Named(name) => findings.day_named(name).map(|f| plain(name, f)).or_else(|| {
            // A contract that names its own start without dating it starts when it takes effect.
            let own = [
                "commencement date",
                "start date",
                "agreement date",
                "execution date",
                "contract date",
                "signing date",
                "date",
            ];
            let own = own.iter().any(|n| name.eq_ignore_ascii_case(n));
            let why = format!("The {name} is not given; the effective date, else the date of the agreement, is taken.");
            // The name says that the day is another one, as often as not.
            let guess = |f| Start { confidence: 0.8, ..assumed(name, f, &why) };
            effective.or(agreement).filter(|_| own && !findings.waits_for(name)).map(guess)
        }),
        // "36 months from the delivery date", whose day stands in the key terms.
        Anchor::Event(name) => findings.day_of_event(name).map(|f| plain(name, f)),
        Anchor::Ending(_) => None,
        // A day is known to be another one, and only its month is given.
        Anchor::Unstated if findings.start_in_month().is_some() => None,
        Anchor::Unstated => {
            let why = "The contract does not say when the term begins; the effective date is taken.";
            let instead = "The contract does not say when the term begins; the date of the agreement is taken.";
            let row = findings.day_labelled(Field::Start);
            row.map(|(n, f)| assumed(n, f, "The contract does not say when the term begins; its start date is taken."))
                .or_else(|| effective.map(|f| Start { is_usual: true, ..assumed("Effective date", f, why) }))
                .or_else(|| {
                    let why = "The contract does not say when the term begins; the date of the order is taken.";
                    findings.day_labelled(Field::OrderDate).map(|(n, f)| assumed(n, f, why))
                })
                .or_else(|| agreement.map(|f| assumed("Agreement date", f, instead)))
        }
    }
}

/// The last of the dates beside the signatures, when everybody's is there: one that is missing can be the last.
fn last_signature(findings: &Findings) -> Option<&Fact<DateValue>> {
    let dates = &findings.signature_dates;
    let all = signed::waiting(dates).is_none() && dates.len() >= findings.facts.parties.len().clamp(1, 2);
    signed::last(dates).filter(|_| all)
}
