//! The families of a store, and the current view of an agreement.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::statements::Texts;
use super::{LARGE, Overview, Store, StoreError};
use crate::family::{Card, Families, Part, View};
use crate::record::DocumentId;
use crate::said::{self, ByHand, Said};

impl Store {
    /// The documents by family, by what they say and by manual links. Of several files of an agreement only the one that
    /// counts has a family: an earlier version of an amendment must not be folded in beside the later one. `state` is that of
    /// the store before `said` was read ([`Store::state`]): families that were kept in this state are not made anew.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn families(&self, said: &Said, state: &str) -> Result<Families, StoreError> {
        if let Some(families) = self.overview(Overview::Families, state)? {
            return Ok(families);
        }
        let (families, all) = self.linked(said)?;
        if all {
            self.made_overview(Overview::Families, state, state, &families);
        }
        Ok(families)
    }

    /// The same, linked anew, and whether the store is so large, and so sound, that they should be kept.
    pub(super) fn linked(&self, said: &Said) -> Result<(Families, bool), StoreError> {
        let cards = || -> rusqlite::Result<Vec<(Option<DocumentId>, Option<String>)>> {
            let sql = "SELECT document, card FROM contracts INDEXED BY contracts_cards ORDER BY document";
            // An ID or a card that is none is found, and told, where the contracts are listed or read.
            let row = |r: &rusqlite::Row<'_>| Ok((super::query::document_id(r, 0).ok(), r.get(1).unwrap_or_default()));
            self.db.prepare_cached(sql)?.query_map([], row)?.collect()
        };
        let superseded = self.superseded()?;
        let (mut found, mut all) = (Vec::new(), true);
        for (id, card) in cards().map_err(|e| StoreError::sql(&self.path, e))? {
            let Some(id) = id else {
                all = false;
                continue;
            };
            if superseded.contains(id.as_str()) {
                continue;
            }
            match card.and_then(|json| serde_json::from_str::<Card>(&json).ok()) {
                Some(card) if card.document == id => found.push(card),
                // A card of an earlier version, or one that was changed: it is looked at anew each time.
                _ => {
                    all = false;
                    found.extend(self.or_pass_over(&id, self.contract(&id))?.flatten().as_ref().map(Card::of));
                }
            }
        }
        let (by_hand, count) = (by_hand(&found, said), found.len());
        Ok((Families::resolve(found, &by_hand), all && count >= LARGE))
    }

    /// The terms of a document in force on `day`, with the amendments that had effect by then; without a day, with all
    /// amendments. Values that people gave take the place of those that were read. `None` when the document is not in the
    /// store.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn view(
        &self,
        families: &Families,
        said: &Said,
        document: &DocumentId,
        day: Option<Date>,
    ) -> Result<Option<View>, StoreError> {
        let Some(base) = self.contract(document)? else { return Ok(None) };
        let mut amendments = Vec::new();
        for member in families.members(document) {
            let counts = day.is_none_or(|day| member.card.since.is_some_and(|since| since <= day));
            if counts && member.card.touches_parent() && member.card.part != Part::Base {
                let mut amendment = self.contract(&member.card.document)?;
                if let Some(contract) = &mut amendment {
                    let texts = Texts::of(self, [contract.document.id.clone()]);
                    said::correct(contract, &member.card.document, said, &texts, day.is_some());
                }
                amendments.extend(amendment);
            }
        }
        let sections = if amendments.is_empty() { Vec::new() } else { self.sections(document)? };
        let amending = amendments.iter().map(|a| &a.document.id);
        let texts = Texts::of(self, std::iter::once(document).chain(amending).cloned());
        let mut view = View::of(base, &sections, amendments);
        view.corrections = said::correct(&mut view.contract, document, said, &texts, day.is_some());
        // Of the parties that people named, too.
        self.tell_us(&mut view.contract);
        Ok(Some(view))
    }

    /// The numbered clauses of a document and their places in its text.
    fn sections(&self, document: &DocumentId) -> Result<Vec<(String, crate::record::Span)>, StoreError> {
        let text = self.text(document)?;
        let clauses = text.map_or_else(Vec::new, |text| text.clauses);
        Ok(clauses.into_iter().filter_map(|c| Some((c.number?, c.span))).collect())
    }
}

/// The manual links of documents. A link stays when another file takes the place of either of its ends.
fn by_hand(cards: &[Card], said: &Said) -> BTreeMap<DocumentId, Option<DocumentId>> {
    let mut out = BTreeMap::new();
    for child in cards.iter().map(|card| &card.document) {
        let parent = match said.link(child) {
            // They became files of one agreement since.
            Some(ByHand::To(parent)) if said.agreement(parent) == said.agreement(child) => continue,
            Some(ByHand::To(parent)) => {
                let counts = |id: &&DocumentId| said.agreement(id) == said.agreement(parent);
                Some(cards.iter().map(|card| &card.document).find(counts).unwrap_or(parent).clone())
            }
            Some(ByHand::Nothing) => None,
            Some(ByHand::Automatic) | None => continue,
        };
        out.insert(child.clone(), parent);
    }
    out
}
