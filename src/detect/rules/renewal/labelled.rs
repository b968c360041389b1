//! Renewal by labels: "Extension period: 12 months", "Auto-renewal: yes", "Non-renewal notice: 60 days before the end".

use crate::calendar::Period;
use crate::detect::labels::Label;
use crate::detect::rules::reader::Reader;
use crate::lexicon::label::Field;
use crate::lexicon::{Class, periods};
use crate::phrase::Phrases;
use crate::record::value::{Renewal, RenewalKind, RenewalNotice};
use crate::record::{Confidence, Fact, Origin, Span};

/// How sure a renewal is that key terms give.
const CONFIDENCE: f32 = 0.85;

/// The renewal that the labels of the document give, where no clause does.
pub(super) fn find(reader: &Reader<'_>) -> Option<Fact<Renewal>> {
    let get = |field| reader.labels.get(field);
    let (extension, term) = (get(Field::Extension), get(Field::RenewalTerm));
    let kind = kind(reader)?;
    let mut renewal = Renewal::of(kind);
    let mut proof: Vec<&Label> = Vec::new();
    if kind != RenewalKind::None {
        let length = if kind == RenewalKind::Option { extension.or(term) } else { term.or(extension) };
        renewal.period = length.and_then(|label| value(reader, label));
        proof.extend(length);
        if let Some((way, label)) = notice(reader) {
            renewal.set_notices(vec![way]);
            proof.push(label);
        }
    }
    proof.extend(get(Field::Renewal));
    proof.sort_by_key(|label| label.name.start());
    let mut lines = proof.into_iter().map(|label| label.name.cover(label.value));
    let first = lines.next()?;
    let cited = reader.text.cited(renewal, first);
    let raw = reader.text.slice(first);
    let fact = Fact::found("renewal", cited, raw, Origin::rule("renewal.label"), Confidence::new(CONFIDENCE));
    Some(lines.fold(fact, |fact, line: Span| fact.with_evidence(reader.text.cite(line))))
}

/// What the key terms say beside a clause: it goes before the clause, which is often the text of a form.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The notice, and the sentence of its label.
    pub(super) notice: Option<(RenewalNotice, usize)>,
    /// The length of a renewal term.
    pub(super) term: Option<Period>,
}

/// The key terms of the document about renewal.
pub(super) fn beside(reader: &Reader<'_>) -> Beside {
    let notice = notice(reader).map(|(way, label)| (way, reader.sentence_at(label.value.start())));
    let bare = |label: &Label| {
        let found = periods(reader.text.slice(label.value)).into_iter().next()?;
        found.value.reading.known().filter(|_| found.range.start == 0)
    };
    let term = reader.labels.get(Field::RenewalTerm).and_then(bare);
    Beside { notice, term }
}

/// The notice that a label gives, and the label.
fn notice<'r>(reader: &'r Reader<'_>) -> Option<(RenewalNotice, &'r Label)> {
    let label = reader.labels.get(Field::RenewalNotice)?;
    let period = value(reader, label)?;
    let way = RenewalNotice { period: Some(period), ..RenewalNotice::default() };
    Some((way, label))
}

/// What happens at the end of the term, by the labels alone.
fn kind(reader: &Reader<'_>) -> Option<RenewalKind> {
    let words = |label: &Label| Phrases::of(reader.text.slice(label.name.cover(label.value)));
    let all = [Field::Renewal, Field::RenewalTerm, Field::RenewalNotice, Field::Extension];
    let labels: Vec<Phrases> = all.iter().filter_map(|&field| reader.labels.get(field)).map(words).collect();
    let has = |class| labels.iter().any(|phrases| phrases.has(class));
    if let Some(said) = reader.labels.get(Field::Renewal).map(|label| Phrases::of(reader.text.slice(label.value)))
        && said.has(Class::Not)
    {
        return Some(RenewalKind::None);
    }
    if has(Class::Auto) || has(Class::AutoRenew) || has(Class::NonRenewal) {
        return Some(RenewalKind::Automatic);
    }
    let asks = reader.labels.get(Field::Extension).is_some() || has(Class::Option);
    asks.then_some(RenewalKind::Option)
}

/// The length of time that the value of a label begins with.
fn value(reader: &Reader<'_>, label: &Label) -> Option<Period> {
    periods(reader.text.slice(label.value)).into_iter().find_map(|p| p.value.reading.known())
}
