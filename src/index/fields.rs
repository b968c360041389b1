//! The fields of the index: one entry per clause; a long clause is split into passages.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{TantivyDocument, Term};

use crate::record::{Contract, DocumentId};
use crate::store::{StoredClause, StoredText};
use tickler_pdf::cite::Part as _;

/// Version of the fields: an index of another version is rebuilt.
pub(super) const VERSION: u32 = 3;
/// Name of the column that restricts a search to some contracts.
pub(super) const KEY: &str = "key";
/// Name of the column that orders the clauses of a contract.
pub(super) const ORDINAL: &str = "ordinal";
/// Name under which the analyser of contract English is registered.
pub(super) const ANALYSER: &str = "contract_english";
/// A clause with more bytes is split into passages at its paragraphs, so that a hit leads to a place.
const PASSAGE: usize = 6_000;

/// Words of the fields of an average entry, in hundredths, as the contracts of `fixtures/contracts` have them.
const AVERAGE_BODY: u64 = 2_900;
const AVERAGE_HEADING: u64 = 160;
const AVERAGE_HEAD: u64 = 46;
const AVERAGE_CONTEXT: u64 = 1_700;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// ID of the contract document.
    pub(super) contract: Field,
    /// The same as a number, which is fast to compare for every match.
    pub(super) key: Field,
    /// Position of the passage in its document.
    pub(super) ordinal: Field,
    /// Number of the clause.
    pub(super) number: Field,
    /// Heading of the clause.
    pub(super) heading: Field,
    /// Text of the passage.
    pub(super) body: Field,
    /// On the first passage of a contract only: its title, parties and file name.
    pub(super) head: Field,
    /// On every passage: the same, so that one query can name the contract and the clause.
    pub(super) context: Field,
    /// Page changes within the passage, as JSON: `[[byte, page], …]`.
    pub(super) pages: Field,
    /// Title of the contract, to show.
    pub(super) title: Field,
    /// Name of the file, to show.
    pub(super) file_name: Field,
}

/// The words in lower case, reduced to their English stem. There is no stop list, because phrases need all words.
pub(super) fn analyser() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build()
}

impl Fields {
    pub(super) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let text = |stored: bool, norms: bool| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(ANALYSER)
                .set_fieldnorms(norms)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            let options = TextOptions::default().set_indexing_options(indexing);
            if stored { options.set_stored() } else { options }
        };
        let fields = Self {
            contract: schema.add_text_field("contract", STRING | STORED),
            key: schema.add_u64_field(KEY, NumericOptions::default() | FAST),
            ordinal: schema.add_u64_field(ORDINAL, NumericOptions::default() | INDEXED | FAST),
            number: schema.add_text_field("number", STORED),
            heading: schema.add_text_field("heading", text(true, true)),
            body: schema.add_text_field("body", text(true, true)),
            head: schema.add_text_field("head", text(false, true)),
            context: schema.add_text_field("context", text(false, false)),
            pages: schema.add_text_field("pages", STORED),
            title: schema.add_text_field("title", STORED),
            file_name: schema.add_text_field("file_name", STORED),
        };
        (schema.build(), fields)
    }

    /// How many hundredths of a word a field has in an average entry.
    pub(super) fn average(&self, field: Field) -> u64 {
        match field {
            f if f == self.body => AVERAGE_BODY,
            f if f == self.heading => AVERAGE_HEADING,
            f if f == self.head => AVERAGE_HEAD,
            _ => AVERAGE_CONTEXT,
        }
    }

    /// The term that stands for all passages of a document.
    pub(super) fn document(&self, id: &DocumentId) -> Term {
        Term::from_field_text(self.contract, id.as_str())
    }

    /// The term of the passage with this position in its document.
    pub(super) fn passage(&self, ordinal: u64) -> Term {
        Term::from_field_u64(self.ordinal, ordinal)
    }

    /// The entries of one contract.
    pub(super) fn entries(&self, contract: &Contract, text: &StoredText) -> Vec<TantivyDocument> {
        let info = &contract.document;
        let title = info.title.as_ref().and_then(|f| f.value());
        let mut names: Vec<&str> = title.map(String::as_str).into_iter().collect();
        names.extend(contract.parties.iter().filter_map(|p| p.value()).map(|p| p.name.as_str()));
        names.push(&info.file_name);
        let names = names.join("\n");

        let entry = |(ordinal, clause, (start, end)): (u64, &StoredClause, (usize, usize))| {
            let mut entry = TantivyDocument::new();
            entry.add_text(self.contract, info.id.as_str());
            entry.add_u64(self.key, key(&info.id));
            entry.add_u64(self.ordinal, ordinal);
            if let Some(number) = &clause.number {
                entry.add_text(self.number, number);
            }
            if let Some(heading) = &clause.heading {
                entry.add_text(self.heading, heading);
            }
            entry.add_text(self.body, text.text.part(start..end));
            if ordinal == 0 {
                entry.add_text(self.head, &names);
            }
            entry.add_text(self.context, &names);
            entry.add_text(self.pages, pages(text, start, end));
            if let Some(title) = title {
                entry.add_text(self.title, title);
            }
            entry.add_text(self.file_name, &info.file_name);
            entry
        };
        all_passages(text).map(entry).collect()
    }
}

/// The first 64 bits of an ID. A collision of two contracts in one store is extremely unlikely.
pub(super) fn key(id: &DocumentId) -> u64 {
    u64::from_str_radix(id.as_str().part(..16), 16).unwrap_or(0)
}

/// The passages of a text, each with its position, its clause and its place.
fn all_passages(text: &StoredText) -> impl Iterator<Item = (u64, &StoredClause, (usize, usize))> {
    let all = text.clauses.iter().flat_map(|clause| passages(&text.text, clause).map(move |p| (clause, p)));
    (0..).zip(all).map(|(ordinal, (clause, place))| (ordinal, clause, place))
}

/// The passage in which byte `at` of a text stands: its position, and where it starts.
pub(super) fn passage_at(text: &StoredText, at: usize) -> Option<(u64, usize)> {
    let holds = |(_, _, (start, end)): &(u64, &StoredClause, (usize, usize))| (*start..*end).contains(&at);
    all_passages(text).find(holds).map(|(ordinal, _, (start, _))| (ordinal, start))
}

/// A clause as one passage, or a long one cut at its line feeds.
fn passages(text: &str, clause: &StoredClause) -> impl Iterator<Item = (usize, usize)> {
    let (mut start, end) = (clause.span.start(), clause.span.end().min(text.len()));
    std::iter::from_fn(move || {
        // A span outside the text means a damaged row; such a clause is skipped.
        let rest = text.get(start..end).filter(|rest| !rest.trim().is_empty())?;
        let wanted = (0..=PASSAGE.min(rest.len())).rev().find(|i| rest.is_char_boundary(*i)).unwrap_or(0);
        let cut = if rest.len() <= PASSAGE {
            rest.len()
        } else {
            let (near, far) = rest.split_at(wanted);
            near.rfind('\n').map(|i| i + 1).or_else(|| far.find('\n').map(|i| wanted + i + 1)).unwrap_or(rest.len())
        };
        let passage = (start, start + cut);
        start += cut;
        Some(passage)
    })
}

/// The pages of a passage as JSON, by byte from its start.
fn pages(text: &StoredText, start: usize, end: usize) -> String {
    let mut out = vec![(0, text.page_at(start))];
    for (at, page) in &text.pages {
        let at = *at as usize;
        if at > start && at < end {
            out.push((at - start, *page));
        }
    }
    serde_json::to_string(&out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Span;

    #[test]
    fn long_clauses_are_cut_at_paragraphs_and_nothing_is_lost() {
        let paragraph = format!("{} ü.\n", "word ".repeat(300));
        let text = paragraph.repeat(20);
        let clause = StoredClause { number: None, heading: None, page: 1, span: Span::new(0, text.len()) };
        let cut: Vec<_> = passages(&text, &clause).collect();
        assert!(cut.len() > 3);
        assert!(cut.iter().all(|(a, b)| b - a <= PASSAGE && text.part(*a..*b).ends_with('\n')));
        let joined: String = cut.iter().map(|(a, b)| text.part(*a..*b)).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn one_endless_paragraph_stays_whole() {
        let text = "ü".repeat(PASSAGE);
        let clause = StoredClause { number: None, heading: None, page: 1, span: Span::new(0, text.len()) };
        assert_eq!(passages(&text, &clause).count(), 1);
        let beyond = StoredClause { span: Span::new(3, text.len() + 10), ..clause };
        assert_eq!(passages(&text, &beyond).count(), 0, "a span inside a character is left out, not a panic");
    }
}
