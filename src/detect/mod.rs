//! What the text says: rules and the model turn segments into facts.

pub mod cut;
pub(crate) mod hints;
mod labels;
mod merge;
pub mod model;
mod named;
pub mod rules;

use std::ops::Range;

use jiff::civil::Date;

use crate::calendar::Period;
use crate::lexicon::tick;
use crate::record::value::signature::{Certified, Signatory};
use crate::record::value::{DateValue, TermEnd};
use crate::record::{Diagnostic, Fact, Facts, Part as _, Severity, Span, Stage};
use crate::segment::{Segments, segment};
use crate::text::DocumentText;
use hints::Hints;
use model::{Classifier, Embeddings};

/// Everything the rules found in one document, before it is put together into a contract.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// What goes into the contract as it is. The end and the length of the term, the execution and the signatures are
    /// settled later, from what follows here.
    pub facts: Facts,
    /// Dates beside signatures.
    pub signature_dates: Vec<SignatureDate>,
    /// The contract's own signature blocks, in the order of the text.
    pub signatories: Vec<Signatory>,
    /// What the certificate of a signing platform says, where the document has one.
    pub certified: Option<Certified>,
    /// Other dates that the contract defines by name, such as `Commencement Date`.
    pub named_dates: Vec<(String, Fact<DateValue>)>,
    /// Ends of the initial term, the best first.
    pub term_ends: Vec<Fact<TermEnd>>,
    /// What the clauses on the life of the contract and on payment name, for the list of what was not read.
    pub quantities: Vec<Quantity>,
    /// Where the values of rights to end the contract end that were read before in other words, in bytes of the text.
    pub read_again: Vec<usize>,
    /// Embeddings of sentences, for the search.
    pub embeddings: Option<Embeddings>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

impl Findings {
    /// Whether a date at `span` stands beside a signature.
    fn signs_at(&self, span: Span) -> bool {
        self.signature_dates.iter().any(|s| s.date.evidence()[0].span().overlaps(span))
    }
}

/// A date beside a signature.
#[derive(Debug, Clone, PartialEq)]
pub struct SignatureDate {
    /// The date; unresolved where its line was left open.
    pub date: Fact<DateValue>,
    /// Name of the party that signs there, where the block tells.
    pub party: Option<String>,
}

/// A length of time or a day that a clause names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// What the clause is about.
    pub family: Family,
    /// The sentence.
    pub sentence: Span,
    /// The words of the quantity, within the document.
    pub words: Span,
    /// Its value.
    pub measure: Measure,
    /// How the family is known.
    pub known: Known,
    /// Whether the sentence names an end or a renewal.
    pub on_life: bool,
}

/// How it is known what a clause with a quantity is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A form of phrases says so.
    ByForm,
    /// Words of it point that way.
    ByWords,
    /// Not at all: it may belong to what was read around it, which is here.
    ByPlace(Span),
}

/// What a clause with a quantity is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The length or the end of the contract.
    Term,
    /// Its renewal.
    Renewal,
    /// Notice before its end.
    Notice,
    /// Ending it early.
    Termination,
    /// Money that is due.
    Payment,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 5] = [Self::Term, Self::Renewal, Self::Notice, Self::Termination, Self::Payment];

    /// Its name in codes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Renewal => "renewal",
            Self::Notice => "notice",
            Self::Termination => "termination",
            Self::Payment => "payment",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn topic(self) -> &'static str {
        match self {
            Self::Term => "the term",
            Self::Renewal => "renewal",
            Self::Notice => "notice before the end",
            Self::Termination => "termination",
            Self::Payment => "payment",
        }
    }
}

/// The value of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A length of time.
    Length(Period),
    /// A day.
    Day(Date),
    /// A day of each month or year.
    Named,
}

impl Measure {
    /// As records write it; none of a day that is known by its words alone.
    #[must_use]
    pub fn written(self) -> Option<String> {
        match self {
            Self::Length(period) => Some(period.to_string()),
            Self::Day(day) => Some(day.to_string()),
            Self::Named => None,
        }
    }
}

/// Least probability of a clause that is kept in a record.
const LEAST: f32 = 0.01;

/// Runs every rule over a document, without a model.
#[must_use]
pub fn detect(text: &DocumentText, segments: &Segments) -> Findings {
    detect_with(text, segments, None)
}

/// Runs the model, if there is one, and the rules, which look closer where it sees a clause; then puts both together.
#[must_use]
pub fn detect_with(text: &DocumentText, segments: &Segments, model: Option<&dyn Classifier>) -> Findings {
    let choice = |block: &tickler_pdf::text::Block| tick::Choice { place: block.span.range(), indent: block.indent };
    let blocks: Vec<_> = text.blocks().iter().map(choice).collect();
    let not_chosen = tick::not_chosen(text.as_str(), &blocks);
    if !not_chosen.is_empty() {
        let chosen = text.without(&not_chosen);
        let mut findings = detect_chosen(&chosen, &segment(&chosen), model);
        findings.diagnostics.insert(0, not_ticked(text, &not_chosen));
        return findings;
    }
    detect_chosen(text, segments, model)
}

/// Says which choices nobody ticked.
fn not_ticked(text: &DocumentText, places: &[Range<usize>]) -> Diagnostic {
    /// Most characters of a choice that are quoted.
    const QUOTED: usize = 60;
    let quote = |place: &Range<usize>| {
        let words = text.as_str().part(place.clone()).trim();
        let short: String = words.chars().take(QUOTED).collect();
        let more = if short.len() < words.len() { "\u{2026}" } else { "" };
        format!("\u{201c}{short}{more}\u{201d}")
    };
    let quotes: Vec<String> = places.iter().take(8).map(quote).collect();
    let message = format!("choices with an empty box, where another is ticked, do not hold: {}", quotes.join(", "));
    let first = places.first().map_or(0..0, Clone::clone);
    let remark = Diagnostic::new("text.not_ticked", Severity::Info, Stage::Detect, message);
    remark.on_page(text.page_at(first.start)).at(Span::new(first.start, first.end))
}

fn detect_chosen(text: &DocumentText, segments: &Segments, model: Option<&dyn Classifier>) -> Findings {
    // What a platform says about the signing is no part of the contract: nothing else reads these pages.
    if let Some(found) = rules::platform::find(text) {
        let contract = text.without_pages(&found.pages);
        let mut findings = read(&contract, &segment(&contract), model);
        findings.certified = Some(found.certified);
        findings.diagnostics.insert(0, found.remark);
        return findings;
    }
    read(text, segments, model)
}

fn read(text: &DocumentText, segments: &Segments, model: Option<&dyn Classifier>) -> Findings {
    let mut findings = Findings { diagnostics: segments.remarks.clone(), ..Findings::default() };
    let judged = model.and_then(|model| match model.judge(&model::passages(text, segments)) {
        Ok(judgement) => Some((model, judgement)),
        Err(error) => {
            let message = format!("the model could not judge this document: {error}");
            findings.diagnostics.push(Diagnostic::new("model.failed", Severity::Warning, Stage::Detect, message));
            None
        }
    });
    rules::run(text, segments, judged.as_ref().map(|(m, j)| Hints::new(*m, j)), &mut findings);
    if let Some((model, judgement)) = judged {
        let clauses = model::clauses(model, &judgement, text, segments, &findings, LEAST);
        merge::merge(text, model, &clauses, &mut findings);
        let sentences = judgement.embeddings.into_iter().map(|(i, e)| (segments.sentences[i].span, e)).collect();
        findings.embeddings = Some(Embeddings { model: model.name().to_owned(), sentences });
    }
    findings
}
