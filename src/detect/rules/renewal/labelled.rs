//! Renewal by labels: "Extension period: 12 months", "Auto-renewal: yes", "Non-renewal notice: 60 days before the end".

use crate::calendar::{Period, Unit};
use crate::detect::labels::Label;
use crate::detect::rules::notice;
use crate::detect::rules::pattern::{contains_fold, pattern, starts_fold};
use crate::detect::rules::reader::{Reader, head};
use crate::lexicon::label::Field;
use crate::lexicon::{Class, count, periods};
use crate::phrase::Phrases;
use crate::record::value::{Renewal, RenewalKind, RenewalNotice};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

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
        let length = length.or(get(Field::Renewal));
        renewal.period = length.and_then(|label| value(reader, label));
        proof.extend(length.filter(|l| l.field != Field::Renewal));
        renewal.max_renewals = length.and_then(|label| times(reader.text.slice(label.value)));
        if let Some((way, label)) = notice_in(reader, Field::RenewalNotice).or_else(|| notice_in(reader, Field::Notice))
        {
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
    /// A notice of which the label says no more: it counts where nothing else gives one.
    pub(super) any_notice: Option<(RenewalNotice, usize)>,
    /// The length of a renewal term.
    pub(super) term: Option<Period>,
    /// The length for which an option extends.
    pub(super) option: Option<Period>,
    /// How often it does.
    pub(super) limit: Option<u32>,
}

/// The key terms of the document about renewal, of which the clause `sentence` may name one.
pub(super) fn beside(reader: &Reader<'_>, sentence: usize) -> Beside {
    let way = |field| notice_in(reader, field).map(|(way, label)| (way, reader.sentence_at(label.value.start())));
    let get = |field| reader.labels.get(field);
    let labelled = [Field::Renewal, Field::RenewalTerm, Field::Extension].into_iter().any(|field| get(field).is_some());
    // "Within the window stated in the Contract Details", a sentence or two before.
    let before = sentence.saturating_sub(2)..=sentence;
    let named = || {
        before.clone().any(|i| notice::is_named(reader.sentence(i)))
            || get(Field::Notice).is_some_and(|l| calls(reader, sentence, l))
    };
    let bare = |label: &Label| {
        let found = periods(reader.text.slice(label.value)).into_iter().next()?;
        found.value.reading.known().filter(|_| found.range.start == 0)
    };
    Beside {
        notice: way(Field::RenewalNotice),
        any_notice: way(Field::Notice).filter(|_| labelled || named()),
        term: get(Field::RenewalTerm).and_then(bare),
        option: get(Field::Extension).or(get(Field::RenewalTerm)).and_then(|label| value(reader, label)),
        limit: get(Field::Extension).and_then(|label| times(reader.text.slice(label.value))),
    }
}

/// Whether a clause, or the sentence behind it, names a label: "given the Exit Notice", "the number of days in Item 7".
fn calls(reader: &Reader<'_>, sentence: usize, label: &Label) -> bool {
    let name = reader.text.slice(label.name);
    let before = reader.text.as_str().part(..label.name.start());
    let number = before.rsplit(['\n', '\t']).next().unwrap_or("").trim_matches(|c: char| !c.is_ascii_digit());
    let item = format!("item {number}");
    // Not "Item 12" for the first one.
    let names_item = |words: &str| {
        let words = words.to_ascii_lowercase();
        let ends = |at: usize| !words.part(at + item.len()..).starts_with(|c: char| c.is_ascii_digit());
        !number.is_empty() && words.match_indices(&item).any(|(at, _)| ends(at))
    };
    let next = Some(sentence + 1).filter(|&next| reader.share_section(sentence, next));
    std::iter::once(sentence)
        .chain(next)
        .map(|i| reader.sentence(i))
        .any(|words| contains_fold(words, name) || names_item(words))
}

/// The notice that the label of `field` gives, and the label.
fn notice_in<'r>(reader: &'r Reader<'_>, field: Field) -> Option<(RenewalNotice, &'r Label)> {
    let label = reader.labels.get(field)?;
    Some((notice::labelled(reader.text.slice(label.value))?, label))
}

/// How often: the 2 of "2 x 5 years".
fn times(value: &str) -> Option<u32> {
    pattern!(TERMS, r"^\w+\s+(?:\([0-9]+\)\s*)?(?:\w+\s+)?(?:terms?|periods?|options?|extensions?|renewals?)\s+of\b");
    // "Up to two periods of 12 months each".
    let value = if starts_fold(value, "up to ") { value.part("up to ".len()..) } else { value };
    // "One (1) term of 60 months".
    let (number, rest) = value.split_once([' ', 'x', '×'])?;
    if TERMS.is_match(head(value, 40)) {
        return count(number).map(|n| n.value);
    }
    rest.trim_start_matches([' ', 'x', '×'])
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| count(number))?
        .map(|n| n.value)
}

/// What happens at the end of the term, by the labels alone.
fn kind(reader: &Reader<'_>) -> Option<RenewalKind> {
    const SHORT: usize = 80;
    let words = |label: &Label| Phrases::of(reader.text.slice(label.name.cover(label.value)));
    let all = [Field::Renewal, Field::RenewalTerm, Field::RenewalNotice, Field::Extension];
    let labels: Vec<Phrases> = all.iter().filter_map(|&field| reader.labels.get(field)).map(words).collect();
    let has = |class| labels.iter().any(|phrases| phrases.has(class));
    // "By written agreement of the parties. No option."
    if labels.iter().any(|p| p.has(Class::Mutual)) && !has(Class::Auto) && !has(Class::AutoRenew) {
        return Some(RenewalKind::MutualAgreement);
    }
    // A paragraph under "Renewal" is read as a clause.
    let denied = |field| {
        let said = reader.labels.get(field).map(|label| reader.text.slice(label.value));
        said.is_some_and(|value| value.len() <= SHORT && is_denied(value))
    };
    if denied(Field::Renewal) || denied(Field::Extension) {
        return Some(RenewalKind::None);
    }
    // The word alone is as often part of a name.
    let evergreen =
        reader.labels.get(Field::Renewal).is_some_and(|l| contains_fold(reader.text.slice(l.name), "evergreen"));
    if evergreen || has(Class::Auto) || has(Class::AutoRenew) || has(Class::NonRenewal) {
        return Some(RenewalKind::Automatic);
    }
    // "Membership option: monthly membership" is a choice among kinds of contract.
    let extends = |label: &Label| {
        let name = reader.text.slice(label.name);
        ["exten", "renew", "further"].iter().any(|w| contains_fold(name, w)) || value_has_length(reader, label)
    };
    let asks = reader.labels.get(Field::Extension).is_some_and(extends)
        || has(Class::Option) && reader.labels.get(Field::Extension).is_none();
    asks.then_some(RenewalKind::Option)
}

/// Whether a value says that there is nothing of the kind: "None", "Nil", "Not applicable".
fn is_denied(value: &str) -> bool {
    pattern!(NOTHING, r"^\W*(?:nil|n\.?\s?/\s?a|-+|—|–)\W*$");
    Phrases::of(value).has(Class::Not) || NOTHING.is_match(value)
}

fn value_has_length(reader: &Reader<'_>, label: &Label) -> bool {
    !periods(reader.text.slice(label.value)).is_empty()
}

/// The length of time that the value of a label begins with.
fn value(reader: &Reader<'_>, label: &Label) -> Option<Period> {
    let words = reader.text.slice(label.value);
    // "Yes, automatically, year by year".
    let rhythm = || {
        let phrases = Phrases::of(words);
        let monthly = phrases.has_any(&[Class::Monthly, Class::ByMonth]).then_some(Unit::Month);
        monthly.or(phrases.has(Class::Yearly).then_some(Unit::Year)).map(|unit| Period::new(1, unit))
    };
    periods(words).into_iter().find_map(|p| p.value.reading.known()).or_else(rhythm)
}
