//! Semantic search, joined with the search by words.

use std::collections::HashMap;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, TantivyError};

use super::fields::passage_at;
use super::search::{Find, Match, place};
use super::{Index, IndexError, Query, Results};
use crate::detect::model::Embedding;
use crate::record::DocumentId;
use crate::store::{Similar, Store, StoredText};
use tickler_pdf::contained;

/// Passages of each ranking that are looked at, for every one that is shown.
const DEEP: usize = 5;
/// The constant of reciprocal rank fusion: Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and
/// individual Rank Learning Methods" (2009).
const RANK: f32 = 60.0;
/// Weight of the rank by words; the rank by similarity has weight 1. Most words of a question say nothing about the clause.
const WORDS: f32 = 0.3;

/// A question and its embedding.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Name of the model.
    pub model: &'a str,
    /// The embedding.
    pub embedding: &'a Embedding,
}

impl Index {
    /// The clauses most similar to `question`, at most `limit`, in the contracts `only` (all when `None`):
    /// the ranking by the best sentence of each clause and the ranking by the words of `query`, joined by reciprocal
    /// rank fusion. Also says how many of the contracts the model has not read.
    ///
    /// # Errors
    /// [`IndexError`] when the index or the store cannot be read.
    pub fn semantic_search(
        &self,
        store: &Store,
        query: &Query,
        question: &Question<'_>,
        only: Option<&[DocumentId]>,
        limit: usize,
    ) -> Result<(Results, usize), IndexError> {
        let deep = (limit * DEEP).max(100);
        let closest = store.closest(question.model, question.embedding, only, deep)?;
        let mut texts = HashMap::new();
        for similar in &closest.sentences {
            if !texts.contains_key(&similar.document) {
                let text = store.or_pass_over(&similar.document, store.text(&similar.document))?.flatten();
                texts.insert(&similar.document, text);
            }
        }
        let searcher = self.reader.searcher();
        let run = || -> Result<Results, TantivyError> {
            let find = Find { searcher: &searcher, fields: self.fields, query, only, all: false };
            let mut found: HashMap<DocAddress, (f32, Option<Match>)> = HashMap::new();
            let mut rank = 0.0;
            for similar in &closest.sentences {
                let text = texts.get(&similar.document).and_then(Option::as_ref);
                let Some((address, matched)) = self.passage(&searcher, text, similar)? else { continue };
                // A passage counts by its best sentence.
                if !found.contains_key(&address) && !find.excludes(address)? {
                    rank += 1.0;
                    found.insert(address, (1.0 / (RANK + rank), Some(matched)));
                }
            }
            let mut rank = 0.0;
            for (_, address) in find.run(deep)?.1 {
                rank += 1.0;
                found.entry(address).or_default().0 += WORDS / (RANK + rank);
            }
            let mut placed = Vec::new();
            for (address, (score, matched)) in found {
                placed.push((place(&searcher, address)?, (score, address, matched)));
            }
            placed.sort_by(|(a, (m, ..)), (b, (n, ..))| n.total_cmp(m).then_with(|| a.cmp(b)));
            let found: Vec<_> = placed.into_iter().take(limit).map(|(_, hit)| hit).collect();
            let hits = self.hits(&searcher, query, found)?;
            Ok(Results { total: hits.len(), partial: false, hits })
        };
        match contained(run) {
            Ok(results) => Ok((results.map_err(|source| self.error(source))?, closest.unread)),
            Err(message) => Err(IndexError::Damaged { path: self.path.clone(), message }),
        }
    }

    /// The passage in which a sentence stands. None where the index does not know the document yet.
    fn passage(
        &self,
        searcher: &Searcher,
        text: Option<&StoredText>,
        similar: &Similar,
    ) -> Result<Option<(DocAddress, Match)>, TantivyError> {
        let Some((ordinal, start)) = text.and_then(|text| passage_at(text, similar.span.start())) else {
            return Ok(None);
        };
        let term =
            |term| -> Box<dyn tantivy::query::Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
        let both = vec![term(self.fields.document(&similar.document)), term(self.fields.passage(ordinal))];
        let found = searcher.search(&BooleanQuery::intersection(both), &TopDocs::with_limit(1).order_by_score())?;
        let place = similar.span.start() - start..similar.span.end() - start;
        Ok(found.first().map(|(_, address)| (*address, Match { similarity: similar.similarity, place })))
    }
}
