//! The families of a store, and the current view of an agreement.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

use super::{EventKind, Store, StoreError, seal};
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
        let cards = || -> rusqlite::Result<Vec<(Option<DocumentId>, Option<String>)>> {
            let sql = "SELECT document, card FROM contracts INDEXED BY contracts_cards ORDER BY document";
            // An ID or a card that is none is found, and told, where the contracts are listed or read.
            let row = |r: &rusqlite::Row<'_>| Ok((super::query::document_id(r, 0).ok(), r.get(1).unwrap_or_default()));
            self.db.prepare_cached(sql)?.query_map([], row)?.collect()
        };
        let mut found = Vec::new();
        for (id, card) in cards().map_err(|e| StoreError::sql(&self.path, e))? {
            let Some(id) = id else { continue };
            match card.and_then(|json| serde_json::from_str::<Card>(&json).ok()) {
                Some(card) if card.document == id => found.push(card),
                _ => found.extend(self.or_pass_over(&id, self.contract(&id))?.flatten().as_ref().map(Card::of)),
            }
        }
        let mut by_hand = BTreeMap::new();
        let mut links = || -> rusqlite::Result<()> {
            let sql = "SELECT child, kind, parent FROM links WHERE id IN (SELECT max(id) FROM links GROUP BY child)
                       AND kind <> 'auto'";
            let link = |r: &rusqlite::Row<'_>| {
                let parent =
                    if r.get_ref(1)?.as_str()? == "to" { Some(super::query::document_id(r, 2)?) } else { None };
                Ok::<_, rusqlite::Error>((super::query::document_id(r, 0)?, parent))
            };
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                match link(row) {
                    Ok((child, parent)) => drop(by_hand.insert(child, parent)),
                    Err(error) => self.pass_over("a manual link", &self.row_error("manual link", "", &error)),
                }
            }
            Ok(())
        };
        links().map_err(|e| StoreError::sql(&self.path, e))?;
        Ok(Families::resolve(found, &by_hand))
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
            tx.execute(sql, params![now.to_string(), child.as_str(), kind, parent])?;
            seal::log_row(tx, now, EventKind::Linked, child.as_str(), seal::LINKS)
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
        let text = self.text(document)?;
        let clauses = text.map_or_else(Vec::new, |text| text.clauses);
        Ok(clauses.into_iter().filter_map(|c| Some((c.number?, c.span))).collect())
    }
}
