//! The numbers behind the ranking, so that they are the same however the index was built.
//!
//! Tantivy counts clauses that were deleted until their segment is merged, which depends on the order of the ingests. Here
//! only those count that are there, and the length of a clause is compared with a fixed average.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term};

use super::fields::Fields;
use super::query::Part;

/// What ranks the clauses of one search.
pub(super) struct Statistics<'a> {
    searcher: &'a Searcher,
    fields: Fields,
}

impl<'a> Statistics<'a> {
    pub(super) fn of(searcher: &'a Searcher, fields: Fields) -> Self {
        Self { searcher, fields }
    }

    /// In how many clauses a word stands.
    fn frequency(&self, term: &Term) -> Result<u64, TantivyError> {
        let mut clauses = 0;
        for segment in self.searcher.segment_readers() {
            let words = segment.inverted_index(term.field())?;
            let there = match segment.alive_bitset() {
                None => words.doc_freq(term)?,
                Some(alive) => words
                    .read_postings(term, IndexRecordOption::Basic)?
                    .map_or(0, |postings| postings.doc_freq_given_deletes(alive)),
            };
            clauses += u64::from(there);
        }
        Ok(clauses)
    }

    /// In how many clauses the rarest word of a part stands.
    pub(super) fn rarest(&self, part: &Part, field: Field) -> Result<u64, TantivyError> {
        let mut rarest = u64::MAX;
        for stem in &part.0 {
            rarest = rarest.min(self.frequency(&Term::from_field_text(field, stem))?);
        }
        Ok(rarest)
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> Result<u64, TantivyError> {
        // Hundredths of a word, by the contracts of `fixtures/contracts`.
        let average = self.fields.average(field);
        Ok((self.searcher.num_docs() * average).div_ceil(100))
    }

    fn total_num_docs(&self) -> Result<u64, TantivyError> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        self.frequency(term)
    }
}
