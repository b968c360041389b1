//! Sentences by their embeddings.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

use rusqlite::Transaction;

use super::seal::MEANINGS;
use super::{Store, StoreError};
use crate::detect::model::{Embedding, Embeddings};
use crate::record::{DocumentId, Span};

/// A sentence that is similar to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// The document.
    pub document: DocumentId,
    /// The sentence in its text.
    pub span: Span,
    /// Similarity of the embeddings: 1 for the same meaning, 0 for none in common.
    pub similarity: f32,
}

/// The sentences most similar to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Closest {
    /// The best first.
    pub sentences: Vec<Similar>,
    /// Documents that this model has not read, so that no sentence of theirs can be found.
    pub unread: usize,
}

impl Store {
    /// The `most` sentences most similar to `question`, an embedding made by the model called `model`, in the documents `only` (all when `None`). Every vector is compared: 10,000 documents take about a tenth of a second.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or a row is unreadable.
    pub fn closest(
        &self,
        model: &str,
        question: &Embedding,
        only: Option<&[DocumentId]>,
        most: usize,
    ) -> Result<Closest, StoreError> {
        let sql = "SELECT documents.id, spans, vectors FROM documents
                   LEFT JOIN meanings ON meanings.document = documents.id AND model = ?1";
        let only: Option<HashSet<&DocumentId>> = only.map(|only| only.iter().collect());
        let mut best = BinaryHeap::with_capacity(most + 1);
        let mut unread = 0;
        let mut read = || -> Result<(), rusqlite::Error> {
            let mut statement = self.db.prepare(sql)?;
            let mut rows = statement.query([model])?;
            while let Some(row) = rows.next()? {
                // An ID that is none is found, and told, where the contracts are listed.
                let Ok(document) = super::query::document_id(row, 0) else { continue };
                if only.as_ref().is_some_and(|only| !only.contains(&document)) {
                    continue;
                }
                let Some(spans) = row.get_ref(1)?.as_blob_or_null()? else {
                    unread += 1;
                    continue;
                };
                let spans = spans.as_chunks::<8>().0;
                let vectors = row.get_ref(2)?.as_blob()?;
                // A row that is too short has fewer sentences, which does no harm.
                let size = (vectors.len() / spans.len().max(1)).max(1);
                for ([a, b, c, d, e, f, g, h], vector) in spans.iter().zip(vectors.chunks_exact(size)) {
                    let (start, end) = (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h]));
                    if start > end {
                        continue;
                    }
                    let similarity = question.similarity(vector);
                    if best.len() < most || best.peek().is_some_and(|Worst(worst)| worst.similarity < similarity) {
                        let span = Span::new(start as usize, end as usize);
                        best.push(Worst(Similar { document: document.clone(), span, similarity }));
                        if best.len() > most {
                            best.pop();
                        }
                    }
                }
            }
            Ok(())
        };
        read().map_err(|e| StoreError::sql(&self.path, e))?;
        Ok(Closest { sentences: best.into_sorted_vec().into_iter().map(|Worst(similar)| similar).collect(), unread })
    }
}

/// Replaces the embeddings of a document.
pub(super) fn put(tx: &Transaction<'_>, document: &str, embeddings: Option<&Embeddings>) -> rusqlite::Result<()> {
    let Some(embeddings) = embeddings else {
        return tx.prepare_cached("DELETE FROM meanings WHERE document = ?1")?.execute([document]).map(drop);
    };
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let spans: Vec<u8> =
        embeddings.sentences.iter().flat_map(|(s, _)| [number(s.start()), number(s.end())].concat()).collect();
    let vectors: Vec<u8> = embeddings.sentences.iter().flat_map(|(_, embedding)| embedding.bytes()).collect();
    MEANINGS.put(tx, &[document.into(), (&*embeddings.model).into(), (&*spans).into(), (&*vectors).into()])
}

/// A sentence in a heap whose top is the one least similar to the question.
struct Worst(Similar);

impl Ord for Worst {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |similar: &Similar| (similar.document.clone(), similar.span.start());
        other.0.similarity.total_cmp(&self.0.similarity).then_with(|| place(&self.0).cmp(&place(&other.0)))
    }
}

impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Worst {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Worst {}
