//! The columns of the flat tables, once for all formats. What is the same in all of them (the contract and the ID of the row)
//! stands before these.

use super::{Cell, Kind};
use crate::calendar::Period;
use crate::detect::rules::party::is_us;
use crate::export::row::{Decision, Of, send_by};
use crate::lexicon::Decimal;
use crate::record::value::service::ServiceLevel;
use crate::record::value::worth::Worth;
use crate::record::value::{DateValue, Obligation, Party, Renewal};
use crate::record::{Confidence, DocumentId, EntryId, Evidence, Fact, variant};
use crate::schedule::ScheduleEntry;
use Kind::{Day, Flag, Number, Text, Time, Whole};

/// A column: its name, its type, what it says, and its cell in the row of something.
pub(super) type Column<F> = (&'static str, Kind, &'static str, F);

/// A contract, by the agreement that it is a part of.
type OfContract = fn(&Of<'_, Option<DocumentId>>) -> Cell;
type OfParty = for<'a> fn(&Of<'a, Place<'a>>) -> Cell;
type OfDeadline = for<'a> fn(&Of<'a, Deadline<'a>>) -> Cell;
type OfDuty = for<'a> fn(&Of<'a, &'a Fact<Obligation>>) -> Cell;
type OfLevel = for<'a> fn(&Of<'a, &'a Fact<ServiceLevel>>) -> Cell;
type OfDecision = for<'a> fn(&Of<'a, Decision<'a>>) -> Cell;

/// A party and its place in the contract, from 1.
pub(super) struct Place<'a> {
    pub(super) number: u32,
    pub(super) party: &'a Fact<Party>,
}

impl Place<'_> {
    fn part<T>(&self, part: impl Fn(&Party) -> Option<T>) -> Cell
    where
        T: Into<Cell>,
    {
        self.party.value().and_then(part).into()
    }
}

/// A date of a schedule.
pub(super) struct Deadline<'a>(pub(super) &'a ScheduleEntry);

pub(super) const CONTRACTS: [Column<OfContract>; 42] = [
    ("document_id", Text, "BLAKE3 of the file that counts", |c| c.record.contract.document.id.as_str().into()),
    ("sha256", Text, "SHA-256 of that file", |c| c.record.contract.document.sha256.as_str().into()),
    ("file_name", Text, "Name of that file", |c| c.record.contract.document.file_name.as_str().into()),
    ("uri", Text, "Where it was found", |c| c.record.contract.document.uri.as_str().into()),
    ("pages", Whole, "Number of its pages", |c| c.record.contract.document.pages.into()),
    ("text_source", Text, "embedded, ocr or mixed", |c| variant(&c.record.contract.document.text_source).into()),
    ("title", Text, "Title, else the name of the file", |c| c.record.title().into()),
    ("type", Text, "Kind of contract, such as msa or lease", |c| value(c.record.contract.document.kind.as_ref())),
    ("reference", Text, "Its own reference number", |c| value(c.record.contract.document.reference.as_ref())),
    ("part_of", Text, "The contract whose terms it amends, or under which it was made", |c| {
        c.what.as_ref().map(DocumentId::as_str).into()
    }),
    ("counterparty", Text, "The other party in short; all parties where none is known to be yours", |c| {
        c.with().into()
    }),
    ("parties", Text, "Names of all parties, separated by semicolons", |c| {
        c.record.party_names().collect::<Vec<_>>().join("; ").into()
    }),
    ("agreement_date", Day, "Date that the document bears", |c| day(c.record.contract.agreement_date.as_ref())),
    ("effective_date", Day, "Date from which it has effect", |c| day(c.record.contract.effective_date.as_ref())),
    ("expiration_date", Day, "End of the initial term", |c| day(c.record.contract.expiration_date.as_ref())),
    ("perpetual", Flag, "Whether it runs until somebody ends it; null where its end is not known", |c| {
        let end = c.record.contract.expiration_date.as_ref().and_then(Fact::value);
        end.map(|end| *end == DateValue::Perpetual).into()
    }),
    ("initial_term", Text, "Length of the initial term in words", |c| words(initial(c))),
    ("initial_term_iso", Text, "The same in ISO 8601", |c| iso(initial(c))),
    ("state", Text, "Where it stands: in_force, in_notice_window, ended, ...", |c| {
        c.record.life.as_ref().map(|life| variant(&life.state)).into()
    }),
    ("term_ends", Day, "Last day of the present term, or of the last one", |c| {
        c.record.life.as_ref().and_then(|life| life.term_ends).into()
    }),
    ("renewal_kind", Text, "automatic, option, mutual_agreement, evergreen, month_to_month or none", |c| {
        renewal(c).map(|r| variant(&r.kind)).into()
    }),
    ("renewal_period", Text, "Length of a renewal term in words", |c| words(renewal(c).and_then(|r| r.period))),
    ("renewal_period_iso", Text, "The same in ISO 8601", |c| iso(renewal(c).and_then(|r| r.period))),
    ("max_renewals", Whole, "How often it may renew", |c| renewal(c).and_then(|r| r.max_renewals).into()),
    ("notice_period", Text, "How long before the end notice must be given, in words", |c| {
        words(renewal(c).and_then(|r| r.notice_period))
    }),
    ("notice_period_iso", Text, "The same in ISO 8601; null for business days, which it cannot say", |c| {
        iso(renewal(c).and_then(|r| r.notice_period))
    }),
    ("notice_by", Text, "Who may give notice", |c| renewal(c).and_then(|r| r.notice_by.clone()).into()),
    ("act_by", Day, "Day to act for the next decision", |c| c.next().map(|e| e.act_by).into()),
    ("notice_deadline", Day, "Day by which that notice must have arrived", |c| c.next().map(|e| e.date).into()),
    ("send_by", Text, "Last day to send it by each way, where the contract says when notices count as given", |c| {
        c.next().and_then(ways).into()
    }),
    ("decision", Text, "What was decided about it: renew, renegotiate or end", |c| {
        let said = c.next().and_then(|e| c.record.said.get(&e.id));
        said.and_then(|said| said.decision.as_ref()).map(|d| variant(&d.decision)).into()
    }),
    ("owner", Text, "Who answers for it", |c| c.record.owner.as_ref().map(|o| o.name.as_str()).into()),
    ("backup", Text, "Who stands in", |c| c.record.owner.as_ref().and_then(|o| o.backup.as_deref()).into()),
    ("governing_law", Text, "Law that governs it", |c| value(c.record.contract.governing_law.as_ref())),
    ("signed", Text, "signed, partially_signed, unsigned or unknown", |c| {
        c.record.contract.execution.as_ref().and_then(Fact::value).map(variant).into()
    }),
    ("contract_value", Number, "What it is worth in all", |c| amount(c.record.contract.contract_value.as_ref())),
    ("contract_value_currency", Text, "Its currency (ISO 4217)", |c| {
        currency(c.record.contract.contract_value.as_ref())
    }),
    ("contract_value_kind", Text, "stated, estimated, ceiling or rates", |c| {
        binding(c.record.contract.contract_value.as_ref())
    }),
    ("annual_value", Number, "What is paid in a year", |c| amount(c.record.contract.annual_value.as_ref())),
    ("annual_value_currency", Text, "Its currency (ISO 4217)", |c| currency(c.record.contract.annual_value.as_ref())),
    ("annual_value_kind", Text, "stated, estimated, ceiling or rates", |c| {
        binding(c.record.contract.annual_value.as_ref())
    }),
    ("to_review", Whole, "How many values a person should look at", |c| {
        u32::try_from(c.record.needs_review.len()).ok().into()
    }),
];

pub(super) const PARTIES: [Column<OfParty>; 9] = [
    ("number", Whole, "Its place among the parties, from 1", |p| p.what.number.into()),
    ("name", Text, "Full name as written", |p| p.what.part(|party| Some(party.name.clone()))),
    ("role", Text, "Defined role, such as Customer", |p| p.what.part(|party| party.role.clone())),
    ("entity_type", Text, "Legal form", |p| p.what.part(|party| party.entity_type.clone())),
    ("jurisdiction", Text, "Where it is organised", |p| p.what.part(|party| party.jurisdiction.clone())),
    ("address", Text, "Address as written", |p| p.what.part(|party| party.address.clone())),
    ("is_us", Flag, "Whether it is one of your own companies", |p| p.what.part(|party| party.is_us)),
    ("confidence", Number, "How likely the value is right, 0 to 1", |p| sure(p.what.party.confidence())),
    ("page", Whole, "Page of the proof", |p| page(p.what.party.evidence())),
];

pub(super) const DEADLINES: [Column<OfDeadline>; 18] = [
    ("kind", Text, "What happens, such as notice_deadline or expiration", |d| d.what.0.kind.as_str().into()),
    ("term", Whole, "The term it belongs to: 0 for the first, k for the k-th renewal", |d| d.what.0.occurrence.into()),
    ("act_by", Day, "Day on which somebody must act at the latest", |d| d.what.0.act_by.into()),
    ("date", Day, "The deadline itself, by the careful reading", |d| d.what.0.date.into()),
    ("literal_date", Day, "The deadline by the plain count", |d| d.what.0.literal_date.into()),
    ("send_by", Text, "Of a notice, the last day to send it by each way", |d| ways(d.what.0).into()),
    ("label", Text, "What happens, in words", |d| d.what.0.label.as_str().into()),
    ("standing", Text, "missed, now, ahead, past or settled", |d| variant(&d.standing(d.what.0)).into()),
    ("basis", Text, "What the date rests on: stated, computed or assumed", |d| variant(&d.what.0.basis).into()),
    ("is_decision", Flag, "Whether somebody must decide by it", |d| d.what.0.kind.is_decision().into()),
    ("is_duty", Flag, "Whether a party must do something by it", |d| d.what.0.kind.is_duty().into()),
    ("state", Text, "What was said of it: a decision, or done, waived, not_ours", |d| {
        let said = d.record.said.get(&d.what.0.id);
        let decided = said.and_then(|said| said.decision.as_ref()).map(|d| variant(&d.decision));
        decided.or_else(|| said.and_then(|said| said.duty.as_ref()).map(|duty| variant(&duty.state))).into()
    }),
    ("settled", Flag, "Whether nothing is left to do", |d| {
        d.record.said.get(&d.what.0.id).is_some_and(|said| said.settled).into()
    }),
    ("snoozed_until", Day, "Day until which nobody is reminded", |d| {
        d.record.said.get(&d.what.0.id).and_then(|said| said.snoozed_until).into()
    }),
    ("arithmetic", Text, "How the date was reached", |d| {
        d.what.0.derivation.steps.iter().map(|s| s.note.as_str()).collect::<Vec<_>>().join("; ").into()
    }),
    ("assumptions", Text, "What was assumed", |d| d.what.0.derivation.assumptions.join(" ").into()),
    ("quote", Text, "The words that prove it", |d| quote(proof(d, d.what.0))),
    ("page", Whole, "Their page", |d| page(proof(d, d.what.0))),
];

pub(super) const DUTIES: [Column<OfDuty>; 17] = [
    ("obligor", Text, "Who owes it", |d| d.duty().and_then(|duty| duty.obligor.clone()).into()),
    ("obligee", Text, "To whom", |d| d.duty().and_then(|duty| duty.obligee.clone()).into()),
    ("is_ours", Flag, "Whether it is yours", |d| {
        d.duty().and_then(|duty| is_us(duty.obligor.as_deref()?, d.us)).into()
    }),
    ("modality", Text, "duty or prohibition", |d| d.duty().map(|duty| variant(&duty.modality)).into()),
    ("action", Text, "What, in the words of the contract", |d| d.duty().map(|duty| duty.action.as_str()).into()),
    ("condition", Text, "On what it hangs", |d| d.duty().and_then(|duty| duty.condition.clone()).into()),
    ("exception", Text, "What is left out of it", |d| d.duty().and_then(|duty| duty.exception.clone()).into()),
    ("category", Text, "What it is about, such as payment or reporting", |d| {
        d.duty().map(|duty| duty.category.as_str()).into()
    }),
    ("timing_kind", Text, "absolute, relative, recurring or none", |d| {
        d.duty().map(|duty| variant(&duty.timing.kind)).into()
    }),
    ("timing", Text, "When, in words", |d| d.duty().map(|duty| duty.timing.to_string()).into()),
    ("due", Day, "Its next day to act; where none lies ahead, the last one", |d| d.entry().map(|e| e.act_by).into()),
    ("basis", Text, "What that day rests on", |d| d.entry().map(|e| variant(&e.basis)).into()),
    ("deadline_id", Text, "The row of that day among the deadlines", |d| d.entry().map(|e| entry_id(&e.id)).into()),
    ("state", Text, "What was said of it: done, waived or not_ours", |d| {
        let said = d.entry().and_then(|e| d.record.said.get(&e.id));
        said.and_then(|said| said.duty.as_ref()).map(|duty| variant(&duty.state)).into()
    }),
    ("confidence", Number, "How likely the value is right, 0 to 1", |d| sure(d.what.confidence())),
    ("quote", Text, "The words that prove it", |d| quote(d.what.evidence())),
    ("page", Whole, "Their page", |d| page(d.what.evidence())),
];

pub(super) const LEVELS: [Column<OfLevel>; 12] = [
    ("metric", Text, "What is measured, such as availability or response_time", |l| {
        level(l, |v| Some(variant(&v.metric)))
    }),
    ("name", Text, "What the contract calls it", |l| level(l, |v| Some(v.name.clone()))),
    ("comparator", Text, "Which side of the target is good: >=, <= or =", |l| {
        level(l, |v| Some(variant(&v.comparator)))
    }),
    ("target", Number, "The target", |l| level(l, |v| Some(v.target))),
    ("unit", Text, "Its unit", |l| level(l, |v| Some(variant(&v.unit)))),
    ("severity", Text, "Severity or priority that it applies to", |l| level(l, |v| v.severity.clone())),
    ("measured_over", Text, "Time over which it is measured", |l| level(l, |v| v.window.clone())),
    ("obligor", Text, "Who owes it", |l| level(l, |v| v.obligor.clone())),
    ("allowed_downtime_minutes", Number, "Of an availability, how long the service may be down", |l| {
        level(l, |v| v.allowed_downtime.as_ref().map(|allowed| allowed.minutes))
    }),
    ("confidence", Number, "How likely the value is right, 0 to 1", |l| sure(l.what.confidence())),
    ("quote", Text, "The words that prove it", |l| quote(l.what.evidence())),
    ("page", Whole, "Their page", |l| page(l.what.evidence())),
];

pub(super) const DECISIONS: [Column<OfDecision>; 22] = [
    ("kind", Text, "notice_deadline, option_deadline or break_deadline", |d| match d.what {
        Decision::Dated(entry) => entry.kind.as_str().into(),
        Decision::Open(entry) => entry.kind.as_str().into(),
    }),
    ("term", Whole, "The term it belongs to: 0 for the first, k for the k-th renewal", |d| {
        d.entry().map(|e| e.occurrence).into()
    }),
    ("act_by", Day, "Day on which somebody must act at the latest; null where it is not known", |d| {
        d.entry().map(|e| e.act_by).into()
    }),
    ("date", Day, "Day by which notice must have arrived, by the careful reading", |d| {
        d.entry().map(|e| e.date).into()
    }),
    ("literal_date", Day, "The same by the plain count", |d| d.entry().map(|e| e.literal_date).into()),
    ("send_by", Text, "Last day to send it by each way, such as 2026-11-25 courier; 2026-11-20 certified_mail", |d| {
        d.entry().and_then(ways).into()
    }),
    ("label", Text, "What is to be decided, in words", |d| match d.what {
        Decision::Dated(entry) => entry.label.as_str().into(),
        Decision::Open(entry) => entry.label.as_str().into(),
    }),
    ("missing", Text, "What is missing to a date", |d| match d.what {
        Decision::Dated(_) => Cell::Empty,
        Decision::Open(entry) => entry.missing.as_str().into(),
    }),
    ("standing", Text, "missed, now, ahead or settled", |d| d.entry().map(|e| variant(&d.standing(e))).into()),
    ("basis", Text, "What the date rests on: stated, computed or assumed", |d| {
        d.entry().map(|e| variant(&e.basis)).into()
    }),
    ("decision", Text, "What was decided: renew, renegotiate or end", |d| {
        d.said().and_then(|s| s.decision.as_ref()).map(|d| variant(&d.decision)).into()
    }),
    ("decided_by", Text, "Who decided", |d| d.said().and_then(|s| s.decision.as_ref()?.by.clone()).into()),
    ("decided_at", Time, "When", |d| {
        d.said().and_then(|s| s.decision.as_ref()).map_or(Cell::Empty, |d| Cell::Time(d.at.clone()))
    }),
    ("why", Text, "Why", |d| d.said().and_then(|s| s.decision.as_ref()?.why.clone()).into()),
    ("until", Day, "By when what follows from it is to be done", |d| {
        d.said().and_then(|s| s.decision.as_ref()?.until).into()
    }),
    ("notice_sent_on", Day, "Day on which notice was sent", |d| {
        d.said().and_then(|s| s.notice.as_ref()).map(|n| n.on).into()
    }),
    ("notice_way", Text, "How", |d| d.said().and_then(|s| s.notice.as_ref()).map(|n| variant(&n.way)).into()),
    ("notice_timely", Text, "in_time, plain_count_only, late, too_early or other_way", |d| {
        d.said().and_then(|s| s.notice.as_ref()).map(|n| variant(&n.timely)).into()
    }),
    ("to_send", Flag, "Whether notice must be sent for what was decided", |d| {
        d.said().is_some_and(|s| s.to_send).into()
    }),
    ("settled", Flag, "Whether nothing is left to do", |d| d.said().is_some_and(|s| s.settled).into()),
    ("quote", Text, "The words that prove it", |d| match d.what {
        Decision::Dated(entry) => quote(proof(d, entry)),
        Decision::Open(entry) => quote(entry.facts.first().map(|id| d.record.evidence(id)).unwrap_or_default()),
    }),
    ("page", Whole, "Their page", |d| match d.what {
        Decision::Dated(entry) => page(proof(d, entry)),
        Decision::Open(entry) => entry.page.into(),
    }),
];

/// The ID of an entry of a schedule in these tables.
pub(super) fn entry_id(id: &EntryId) -> String {
    format!("entry-{id}")
}

/// The last day to send by each way; nothing where the contract names none.
fn ways(entry: &ScheduleEntry) -> Option<String> {
    Some(send_by(entry)).filter(|ways| !ways.is_empty())
}

fn renewal<'a, T>(row: &Of<'a, T>) -> Option<&'a Renewal> {
    row.record.contract.renewal.as_ref().and_then(Fact::value)
}

fn initial<T>(row: &Of<'_, T>) -> Option<Period> {
    row.record.contract.initial_term.as_ref().and_then(Fact::value).copied()
}

fn level<T: Into<Cell>>(row: &Of<'_, &Fact<ServiceLevel>>, part: impl Fn(&ServiceLevel) -> Option<T>) -> Cell {
    row.what.value().and_then(part).into()
}

fn value(fact: Option<&Fact<String>>) -> Cell {
    fact.and_then(Fact::value).map(String::as_str).into()
}

fn day(fact: Option<&Fact<DateValue>>) -> Cell {
    fact.and_then(Fact::value).and_then(|value| value.date()).into()
}

fn words(period: Option<Period>) -> Cell {
    period.map(|period| period.to_string()).into()
}

fn iso(period: Option<Period>) -> Cell {
    period.and_then(Period::iso).into()
}

fn amount(fact: Option<&Fact<Worth>>) -> Cell {
    fact.and_then(Fact::value).map(|worth| worth.amount).into()
}

fn currency(fact: Option<&Fact<Worth>>) -> Cell {
    fact.and_then(Fact::value).map(|worth| worth.currency.as_str()).into()
}

fn binding(fact: Option<&Fact<Worth>>) -> Cell {
    fact.and_then(Fact::value).map(|worth| variant(&worth.kind)).into()
}

fn sure(confidence: Confidence) -> Cell {
    Decimal::nearest(confidence.into()).into()
}

/// The evidence of the most telling fact that an entry rests on.
fn proof<'a, T>(row: &Of<'a, T>, entry: &ScheduleEntry) -> &'a [Evidence] {
    entry.facts.first().map(|id| row.record.evidence(id)).unwrap_or_default()
}

fn quote(evidence: &[Evidence]) -> Cell {
    evidence.first().map(Evidence::quote).into()
}

fn page(evidence: &[Evidence]) -> Cell {
    evidence.first().map(Evidence::page).into()
}
