//! Running a query.

use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError, Term};

use super::fields::Fields;
use super::query::{Part, Query};
use super::snippet::snippet;
use super::{Index, IndexError};
use crate::contain::contained;
use crate::provenance::DocumentId;

/// Weight of a word in a clause's heading, next to 1 in its text.
const HEADING: f32 = 2.5;
/// Weight of a word in the title, the parties or the file name, on the first clause of a contract.
const HEAD: f32 = 2.0;
/// Weight of the same on the other clauses: it lets a query name the contract, and hardly ranks.
const CONTEXT: f32 = 0.05;

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
    /// Excerpt of the clause.
    pub snippet: String,
    /// The matches, as byte ranges of the excerpt.
    pub marks: Vec<(usize, usize)>,
    /// How well it fits; only the order within one search means something.
    pub score: f32,
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
            let all = Find { fields: self.fields, query, only, all: true };
            let (total, found) = all.run(&searcher, limit)?;
            if total > 0 || query.wanted.len() < 2 {
                return Ok(Results { total, partial: false, hits: self.hits(&searcher, query, found)? });
            }
            let some = Find { all: false, ..all };
            let (total, found) = some.run(&searcher, limit)?;
            Ok(Results { total, partial: total > 0, hits: self.hits(&searcher, query, found)? })
        };
        // A file damaged since it was opened shows only here.
        match contained(run) {
            Ok(results) => results.map_err(|source| self.error(source)),
            Err(message) => Err(IndexError::Damaged { path: self.path.clone(), message }),
        }
    }

    fn hits(
        &self,
        searcher: &Searcher,
        query: &Query,
        found: Vec<(f32, DocAddress)>,
    ) -> Result<Vec<Hit>, TantivyError> {
        let f = &self.fields;
        let mut weights = Vec::with_capacity(query.wanted.len());
        for Part(stems) in &query.wanted {
            let mut rarest = u64::MAX;
            for stem in stems {
                rarest = rarest.min(searcher.doc_freq(&Term::from_field_text(f.body, stem))?);
            }
            weights.push(1.0 / (1.0 + rarest as f32).ln_1p());
        }
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let doc: TantivyDocument = searcher.doc(address)?;
            let text = |field: Field| doc.get_first(field).and_then(|v| v.as_str());
            let ordinal = doc.get_first(f.ordinal).and_then(|v| v.as_u64()).unwrap_or(0);
            let id = text(f.contract).unwrap_or_default();
            let contract: DocumentId = id.parse().map_err(TantivyError::InternalError)?;
            let body = text(f.body).unwrap_or_default();
            let excerpt = snippet(body, &query.wanted, &weights);
            let first = excerpt.range.start + excerpt.marks.first().map_or(0, |m| m.start);
            let hit = Hit {
                contract,
                file_name: text(f.file_name).unwrap_or_default().to_owned(),
                title: text(f.title).map(str::to_owned),
                number: text(f.number).map(str::to_owned),
                heading: text(f.heading).map(str::to_owned),
                page: page_at(text(f.pages).unwrap_or_default(), first),
                snippet: body[excerpt.range].to_owned(),
                marks: excerpt.marks.into_iter().map(|m| (m.start, m.end)).collect(),
                score,
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

fn page_at(pages: &str, offset: usize) -> u32 {
    let pages: Vec<(usize, u32)> = serde_json::from_str(pages).unwrap_or_default();
    let after = pages.partition_point(|(start, _)| *start <= offset);
    pages.get(after.saturating_sub(1)).map_or(1, |(_, page)| *page)
}

#[derive(Clone, Copy)]
struct Find<'a> {
    fields: Fields,
    query: &'a Query,
    only: Option<&'a [DocumentId]>,
    /// Whether a clause must have all parts, or one of them at least.
    all: bool,
}

impl Find<'_> {
    fn run(&self, searcher: &Searcher, limit: usize) -> Result<(usize, Vec<(f32, DocAddress)>), TantivyError> {
        let top = TopDocs::with_limit(limit.max(1)).order_by_score();
        let (found, total) = searcher.search(&self.build(), &(top, Count))?;
        Ok((total, found))
    }

    fn build(&self) -> BooleanQuery {
        let f = &self.fields;
        let wanted = &self.query.wanted;
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        if self.all && wanted.len() > 1 {
            let fields = [(f.body, 1.0), (f.heading, HEADING), (f.head, HEAD), (f.context, CONTEXT)];
            clauses.extend(wanted.iter().map(|p| (Occur::Must, any_field(p, &fields))));
            let own = [(f.body, 1.0), (f.heading, 1.0), (f.head, 1.0)];
            let any: Vec<_> = wanted.iter().map(|p| (Occur::Should, any_field(p, &own))).collect();
            clauses.push((Occur::Must, Box::new(BoostQuery::new(Box::new(BooleanQuery::new(any)), 0.0))));
        } else {
            let own = [(f.body, 1.0), (f.heading, HEADING), (f.head, HEAD)];
            let any: Vec<_> = wanted.iter().map(|p| (Occur::Should, any_field(p, &own))).collect();
            clauses.push((Occur::Must, Box::new(BooleanQuery::new(any))));
        }
        let own = [(f.body, 1.0), (f.heading, 1.0), (f.head, 1.0)];
        clauses.extend(self.query.unwanted.iter().map(|p| (Occur::MustNot, any_field(p, &own))));
        if let Some(only) = self.only {
            let set = TermSetQuery::new(only.iter().map(|id| f.document(id)));
            clauses.push((Occur::Must, Box::new(BoostQuery::new(Box::new(set), 0.0))));
        }
        BooleanQuery::new(clauses)
    }
}

/// A part in any of the fields, each with its weight.
fn any_field(part: &Part, fields: &[(Field, f32)]) -> Box<dyn TantivyQuery> {
    let each = fields.iter().map(|(field, boost)| -> (Occur, Box<dyn TantivyQuery>) {
        let mut terms: Vec<Term> = part.0.iter().map(|stem| Term::from_field_text(*field, stem)).collect();
        let query: Box<dyn TantivyQuery> = match terms.len() {
            1 => Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        };
        (
            Occur::Should,
            if (*boost - 1.0).abs() < f32::EPSILON { query } else { Box::new(BoostQuery::new(query, *boost)) },
        )
    });
    Box::new(BooleanQuery::new(each.collect()))
}
