//! The families of a store, and the current view of an agreement.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, params};

use super::{Store, StoreError};
use crate::family::{Card, Families, Part, View};
use crate::record::DocumentId;

/// A manual link of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByHand {
    /// The document belongs to this one.
    To(DocumentId),
    /// It belongs to no other document.
    Nothing,
    /// Undo a manual link.
    Automatic,
}

impl Store {
    /// The documents by family, by what they say and by manual links.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn families(&self) -> Result<Families, StoreError> {
        let cards = || -> rusqlite::Result<Vec<(DocumentId, Option<String>)>> {
            let sql = "SELECT document, card FROM contracts INDEXED BY contracts_cards ORDER BY document";
            let row = |r: &rusqlite::Row<'_>| Ok((super::query::document_id(r, 0)?, r.get(1)?));
            self.db.prepare_cached(sql)?.query_map([], row)?.collect()
        };
        let mut found = Vec::new();
        for (id, card) in cards().map_err(|e| StoreError::sql(&self.path, e))? {
            match card {
                Some(json) => found.push(self.parse("card", id.as_str(), &json)?),
                None => found.extend(self.contract(&id)?.as_ref().map(Card::of)),
            }
        }
        let links = || -> rusqlite::Result<BTreeMap<DocumentId, Option<DocumentId>>> {
            let sql = "SELECT child, kind, parent FROM links WHERE id IN (SELECT max(id) FROM links GROUP BY child)";
            let mut out = BTreeMap::new();
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let child = super::query::document_id(row, 0)?;
                match row.get::<_, String>(1)?.as_str() {
                    "to" => drop(out.insert(child, Some(super::query::document_id(row, 2)?))),
                    "none" => drop(out.insert(child, None)),
                    _ => {}
                }
            }
            Ok(out)
        };
        Ok(Families::resolve(found, &links().map_err(|e| StoreError::sql(&self.path, e))?))
    }

    /// Records a manual link of `child`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn link(&mut self, child: &DocumentId, said: &ByHand, now: Timestamp) -> Result<(), StoreError> {
        let (kind, parent) = match said {
            ByHand::To(parent) => ("to", Some(parent.as_str())),
            ByHand::Nothing => ("none", None),
            ByHand::Automatic => ("auto", None),
        };
        self.change(|tx| {
            let sql = "INSERT INTO links (at, child, kind, parent) VALUES (?1, ?2, ?3, ?4)";
            tx.execute(sql, params![now.to_string(), child.as_str(), kind, parent]).map(drop)
        })
    }

    /// The terms of a document in force on `day`, with the amendments that had effect by then; without a day, with all
    /// amendments. `None` when the document is not in the store.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn view(
        &self,
        families: &Families,
        document: &DocumentId,
        day: Option<Date>,
    ) -> Result<Option<View>, StoreError> {
        let Some(base) = self.contract(document)? else { return Ok(None) };
        let mut amendments = Vec::new();
        for member in families.members(document) {
            let counts = day.is_none_or(|day| member.card.since.is_some_and(|since| since <= day));
            if counts && matches!(member.card.part, Part::Amendment | Part::Restatement) {
                amendments.extend(self.contract(&member.card.document)?);
            }
        }
        let sections = if amendments.is_empty() { Vec::new() } else { self.sections(document)? };
        Ok(Some(View::of(base, &sections, amendments)))
    }

    /// The numbered clauses of a document and their places in its text.
    fn sections(&self, document: &DocumentId) -> Result<Vec<(String, crate::record::Span)>, StoreError> {
        let sql = "SELECT clauses FROM texts WHERE document = ?1";
        let found: Option<String> = self
            .db
            .query_row(sql, [document.as_str()], |r| r.get(0))
            .optional()
            .map_err(|e| StoreError::sql(&self.path, e))?;
        let Some(found) = found else { return Ok(Vec::new()) };
        let clauses: Vec<super::StoredClause> = self.parse("clauses", document.as_str(), &found)?;
        Ok(clauses.into_iter().filter_map(|c| Some((c.number?, c.span))).collect())
    }
}
