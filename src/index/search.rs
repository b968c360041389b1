//! Running a query.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use serde::Serialize;
use tantivy::collector::{Count, FilterCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, PhraseQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::{DocAddress, DocId, DocSet as _, Score, Searcher, SegmentReader, TantivyDocument, TantivyError, Term};

use super::fields::{Fields, KEY, ORDINAL, key};
use super::query::{Part, Query};
use super::snippet::{sentence, snippet};
use super::statistics::Statistics;
use super::{Index, IndexError};
use crate::record::DocumentId;
use tickler_pdf::cite::Part as _;
use tickler_pdf::contained;

/// Weight of a word in the heading of a clause; in its text the weight is 1.
const HEADING: f32 = 2.5;
/// Weight of a word in the title, the parties or the file name, on the first clause of a contract.
const HEAD: f32 = 2.0;
/// Weight of the same on the other clauses: a query can name the contract, but this hardly changes the ranking.
const CONTEXT: f32 = 0.05;
/// A word that is in more than one of this many titles, parties or file names does not identify a contract.
const COMMON: u64 = 5;

/// One clause that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The contract document.
    pub contract: DocumentId,
    /// Name of its file.
    pub file_name: String,
    /// Title of the contract.
    pub title: Option<String>,
    /// Number of the clause.
    pub number: Option<String>,
    /// Heading of the clause.
    pub heading: Option<String>,
    /// Page of the first match shown, from 1.
    pub page: u32,
    /// Text of the clause; of a long one the passage that was found.
    pub text: String,
    /// Excerpt of it.
    pub snippet: String,
    /// The matches, as byte ranges of the excerpt.
    pub marks: Vec<(usize, usize)>,
    /// How well it fits; only the order within one search means something.
    pub score: f32,
    /// In a semantic search, the similarity of the question and the best sentence of the clause, up to 1; none where the
    /// clause was found by its words alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f32>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// Clauses that fit, whether listed or not.
    pub total: usize,
    /// True when no clause has all the words and these have some of them.
    pub partial: bool,
    /// The best of them, the best first.
    pub hits: Vec<Hit>,
}

impl Index {
    /// The clauses that fit `query` best, at most `limit`, in the contracts `only` (all when `None`).
    ///
    /// A clause fits when it has every word and phrase, in its text or heading; words may also stand in the title,
    /// parties or file name of its contract, as long as one of them stands in the clause.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be read.
    pub fn search(&self, query: &Query, only: Option<&[DocumentId]>, limit: usize) -> Result<Results, IndexError> {
        let searcher = self.reader.searcher();
        let run = || -> Result<Results, TantivyError> {
            let all = Find { searcher: &searcher, fields: self.fields, query, only, all: true };
            let (total, found) = all.run(limit)?;
            if total > 0 || query.wanted.len() < 2 {
                return Ok(Results { total, partial: false, hits: self.hits(&searcher, query, by_words(found))? });
            }
            let some = Find { all: false, ..all };
            let (total, found) = some.run(limit)?;
            Ok(Results { total, partial: total > 0, hits: self.hits(&searcher, query, by_words(found))? })
        };
        // A file that was damaged after it was opened is found here.
        match contained(run) {
            Ok(results) => results.map_err(|source| self.error(source)),
            Err(message) => Err(IndexError::Damaged { path: self.path.clone(), message }),
        }
    }

    /// Clauses to show, each found by its words, or by a sentence that is like the question.
    pub(super) fn hits(
        &self,
        searcher: &Searcher,
        query: &Query,
        found: impl IntoIterator<Item = (f32, DocAddress, Option<Match>)>,
    ) -> Result<Vec<Hit>, TantivyError> {
        let f = &self.fields;
        let statistics = Statistics::of(searcher, *f);
        let mut weights = Vec::with_capacity(query.wanted.len());
        for part in &query.wanted {
            weights.push(1.0 / (1.0 + statistics.rarest(part, f.body)? as f32).ln_1p());
        }
        let mut hits = Vec::new();
        for (score, address, matched) in found {
            let doc: TantivyDocument = searcher.doc(address)?;
            let text = |field: Field| doc.get_first(field).and_then(|v| v.as_str());
            let (_, ordinal) = place(searcher, address)?;
            let id = text(f.contract).unwrap_or_default();
            let contract: DocumentId = id.parse().map_err(TantivyError::InternalError)?;
            let body = text(f.body).unwrap_or_default();
            let similarity = matched.as_ref().map(|matched| matched.similarity);
            let excerpt = match matched {
                Some(matched) => sentence(body, matched.place),
                None => snippet(body, &query.wanted, &weights),
            };
            let first = excerpt.range.start + excerpt.marks.first().map_or(0, |m| m.start);
            let hit = Hit {
                contract,
                file_name: text(f.file_name).unwrap_or_default().to_owned(),
                title: text(f.title).map(str::to_owned),
                number: text(f.number).map(str::to_owned),
                heading: text(f.heading).map(str::to_owned),
                page: page_at(text(f.pages).unwrap_or_default(), first),
                text: body.to_owned(),
                snippet: body.part(excerpt.range).to_owned(),
                marks: excerpt.marks.into_iter().map(|m| (m.start, m.end)).collect(),
                score,
                similarity,
            };
            hits.push((ordinal, hit));
        }
        // Equal scores in an order that does not depend on how the index was built.
        hits.sort_by(|(m, a), (n, b)| {
            b.score.total_cmp(&a.score).then_with(|| (&a.contract, m).cmp(&(&b.contract, n)))
        });
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
    }
}

/// A score without its last bits, which depend on the order in which it was added up.
fn rounded(score: Score) -> Score {
    f32::from_bits(score.to_bits().saturating_add(0x80) & !0xff)
}

fn column(segment: &SegmentReader, name: &str) -> Option<Column<u64>> {
    segment.fast_fields().u64(name).ok()
}

/// The place of a clause among all others: its contract, and its position there.
pub(super) fn place(searcher: &Searcher, address: DocAddress) -> Result<(u64, u64), TantivyError> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    let of = |name| Ok::<_, TantivyError>(columns.u64(name)?.first(address.doc_id).unwrap_or(0));
    Ok((of(KEY)?, of(ORDINAL)?))
}

/// A sentence of a passage that is like the question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Match {
    pub(super) similarity: f32,
    /// Its bytes in the passage.
    pub(super) place: Range<usize>,
}

fn by_words(found: Vec<(f32, DocAddress)>) -> impl Iterator<Item = (f32, DocAddress, Option<Match>)> {
    found.into_iter().map(|(score, address)| (score, address, None))
}

fn page_at(pages: &str, offset: usize) -> u32 {
    let pages: Vec<(usize, u32)> = serde_json::from_str(pages).unwrap_or_default();
    let after = pages.partition_point(|(start, _)| *start <= offset);
    pages.get(after.saturating_sub(1)).map_or(1, |(_, page)| *page)
}

#[derive(Clone, Copy)]
pub(super) struct Find<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: Fields,
    pub(super) query: &'a Query,
    pub(super) only: Option<&'a [DocumentId]>,
    /// Whether a clause must have all parts, or one of them at least.
    pub(super) all: bool,
}

impl Find<'_> {
    pub(super) fn run(&self, limit: usize) -> Result<(usize, Vec<(f32, DocAddress)>), TantivyError> {
        let query = self.build()?;
        // Of clauses that fit equally well, those of a fixed order are kept, not those that were indexed first.
        let ranked = TopDocs::with_limit(limit.max(1)).tweak_score(|segment: &SegmentReader| {
            let (key, ordinal) = (column(segment, KEY), column(segment, ORDINAL));
            let of = |column: &Option<Column<u64>>, doc| column.as_ref().and_then(|c| c.first(doc)).unwrap_or(0);
            move |doc: DocId, score: Score| (rounded(score), Reverse(of(&key, doc)), Reverse(of(&ordinal, doc)))
        });
        let collect = (ranked, Count);
        let statistics = Statistics::of(self.searcher, self.fields);
        let (found, total) = match self.only {
            None => self.searcher.search_with_statistics_provider(&query, &collect, &statistics)?,
            Some(only) => {
                let only: HashSet<u64> = only.iter().map(key).collect();
                let wanted = move |key: u64| only.contains(&key);
                let filter = FilterCollector::new(KEY.to_owned(), wanted, collect);
                self.searcher.search_with_statistics_provider(&query, &filter, &statistics)?
            }
        };
        Ok((total, found.into_iter().map(|((score, ..), address)| (score, address)).collect()))
    }

    fn build(&self) -> Result<BooleanQuery, TantivyError> {
        let f = &self.fields;
        let wanted = &self.query.wanted;
        let own = [(f.body, 1.0), (f.heading, HEADING), (f.head, HEAD)];
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        if self.all && wanted.len() > 1 {
            let mut by_context_alone = true;
            for part in wanted {
                let mut fields = own.to_vec();
                if self.names_contracts(part)? {
                    fields.push((f.context, CONTEXT));
                } else {
                    by_context_alone = false;
                }
                clauses.push((Occur::Must, self.any_field(part, &fields)?));
            }
            if by_context_alone {
                clauses.push((Occur::Must, Box::new(BoostQuery::new(self.any_part(wanted, &own)?, 0.0))));
            }
        } else {
            clauses.push((Occur::Must, self.any_part(wanted, &own)?));
        }
        for part in &self.query.unwanted {
            clauses.push((Occur::MustNot, self.any_field(part, &own)?));
        }
        Ok(BooleanQuery::new(clauses))
    }

    /// Whether a passage has a word or phrase that must not occur.
    pub(super) fn excludes(&self, address: DocAddress) -> Result<bool, TantivyError> {
        for part in &self.query.unwanted {
            let query =
                self.any_field(part, &[(self.fields.body, 1.0), (self.fields.heading, 1.0), (self.fields.head, 1.0)])?;
            let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
            let segment = self.searcher.segment_reader(address.segment_ord);
            let mut found = weight.scorer(segment, 1.0)?;
            if found.doc() == address.doc_id
                || found.doc() < address.doc_id && found.seek(address.doc_id) == address.doc_id
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a part stands in titles, parties or file names, and in few enough of them to name a contract by.
    fn names_contracts(&self, part: &Part) -> Result<bool, TantivyError> {
        let rarest = self.rarest(part, self.fields.context)?;
        Ok(rarest > 0 && rarest.saturating_mul(COMMON) < self.searcher.num_docs())
    }

    /// In how many entries the rarest word of a part stands.
    fn rarest(&self, part: &Part, field: Field) -> Result<u64, TantivyError> {
        Statistics::of(self.searcher, self.fields).rarest(part, field)
    }

    /// Any of the parts in any of the fields.
    fn any_part(&self, parts: &[Part], fields: &[(Field, f32)]) -> Result<Box<dyn TantivyQuery>, TantivyError> {
        let any = parts.iter().map(|part| Ok((Occur::Should, self.any_field(part, fields)?)));
        Ok(Box::new(BooleanQuery::new(any.collect::<Result<_, TantivyError>>()?)))
    }

    /// A part in any of the fields, each with its weight. Fields that cannot hold it are left out, which saves reading
    /// the positions of its other words.
    fn any_field(&self, part: &Part, fields: &[(Field, f32)]) -> Result<Box<dyn TantivyQuery>, TantivyError> {
        let mut any: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        for (field, boost) in fields {
            if self.rarest(part, *field)? == 0 {
                continue;
            }
            let mut terms: Vec<Term> = part.0.iter().map(|stem| Term::from_field_text(*field, stem)).collect();
            let query: Box<dyn TantivyQuery> = match terms.len() {
                1 => Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new(terms)),
            };
            let plain = (*boost - 1.0).abs() < f32::EPSILON;
            any.push((Occur::Should, if plain { query } else { Box::new(BoostQuery::new(query, *boost)) }));
        }
        Ok(Box::new(BooleanQuery::new(any)))
    }
}
