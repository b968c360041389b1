//! What people said, in the store.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Row, Transaction};
use serde_json::Value;

use super::chain::{Entry, log};
use super::seal::STATEMENTS;
use super::{EventKind, Store, StoreError, seal};
use crate::record::{DocumentId, Evidence};
use crate::said::{ByHand, Content, Proofs, Said, Saying, Statement};
use crate::store::StoredText;

impl Store {
    /// Keeps what a person says of the agreement of `document`; gives the number of the statement.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn say(&mut self, document: &DocumentId, saying: &Saying, now: Timestamp) -> Result<i64, StoreError> {
        let agreement = self.agreement(document)?;
        let who = Some(saying.who.as_str()).filter(|who| !who.is_empty());
        let content =
            content_of(&saying.content).map_err(|e| self.row_error(STATEMENTS.what, document.as_str(), &e))?;
        let kind = saying.content.kind();
        self.change(|tx| {
            put(tx, now, &now.to_string(), [who, saying.why.as_deref()], agreement.as_str(), kind, &content)
        })
    }

    /// All that people said. A statement that is not as it was written is passed over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn said(&self) -> Result<Said, StoreError> {
        let statements = self.whole(&STATEMENTS, &format!("{} ORDER BY id", STATEMENTS.all()), statement)?;
        let agreements = if statements.is_empty() { BTreeMap::new() } else { self.agreements()? };
        Ok(Said::new(statements, agreements))
    }
}

fn content_of(content: &Content) -> serde_json::Result<String> {
    serde_json::to_string(content)
}

/// Adds a row with its seal and its event.
fn put(
    tx: &Transaction<'_>,
    now: Timestamp,
    at: &str,
    [who, why]: [Option<&str>; 2],
    agreement: &str,
    kind: &str,
    content: &str,
) -> rusqlite::Result<i64> {
    let next = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'statements'), 0) + 1";
    let id: i64 = tx.query_row(next, [], |r| r.get(0))?;
    let values =
        [ValueRef::Integer(id), at.into(), who.into(), why.into(), agreement.into(), kind.into(), content.into()];
    STATEMENTS.add(tx, &values)?;
    let seal = tx.query_row(&format!("{} WHERE id = ?1", STATEMENTS.all()), [id], seal::of_row)?;
    let entry = Entry { seal: Some(&seal), ..Entry::of(EventKind::Stated, Some(agreement), Some(kind)) };
    log(tx, now, &entry)?;
    Ok(id)
}

/// The statement of a row; why it is none.
fn statement(row: &Row<'_>) -> Result<Statement, String> {
    let broken = |e: rusqlite::Error| e.to_string();
    let text = |i| row.get::<_, Option<String>>(i).map_err(broken);
    let at = text(1)?.unwrap_or_default();
    let content: Value = serde_json::from_str(&text(6)?.unwrap_or_default()).map_err(|e| e.to_string())?;
    Ok(Statement {
        id: row.get(0).map_err(broken)?,
        at: at.parse().map_err(|e| format!("its time is none: {e}"))?,
        who: text(2)?,
        why: text(3)?,
        agreement: super::query::document_id(row, 4).map_err(broken)?,
        content: serde_json::from_value(content).map_err(|e| e.to_string())?,
    })
}

/// Takes the manual links and the days of events of a store of an earlier version into the statements. Where they are not as
/// the log tells of them, an event without a statement is left, by which `verify` tells that something was wrong before.
pub(super) fn begin(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    for (kind, sql) in [("linked", seal::LINKS), ("dated", seal::EVENT_DATES)] {
        let mut rows = Vec::new();
        let mut select = tx.prepare(&format!("{sql} ORDER BY id"))?;
        let mut found = select.query([])?;
        while let Some(row) = found.next()? {
            // A row that cannot be read was damaged: that is told, and stops no update.
            rows.push((seal::of_row(row)?, earlier(row, kind).ok()));
        }
        let told = "SELECT seal FROM events WHERE kind = ?1 ORDER BY id";
        let told: Vec<String> = tx.prepare(told)?.query_map([kind], |r| r.get(0))?.collect::<Result<_, _>>()?;
        let sound = rows.iter().map(|(seal, _)| seal).eq(&told) && rows.iter().all(|(_, said)| said.is_some());
        for (at, document, content) in rows.into_iter().filter_map(|(_, said)| said) {
            let json = content_of(&content).unwrap_or_default();
            put(tx, now, &at, [None, None], &document, content.kind(), &json)?;
        }
        if !sound {
            let seal = Some("the rows of an earlier version were not as they were written");
            log(tx, now, &Entry { seal, ..Entry::of(EventKind::Stated, None, Some(kind)) })?;
        }
    }
    tx.execute_batch("DROP TABLE links; DROP TABLE event_dates;")
}

/// What a row of an earlier version says: when, of which document, and what.
fn earlier(row: &Row<'_>, kind: &str) -> rusqlite::Result<(String, String, Content)> {
    let bad = |reason: String| rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, reason.into());
    let text = |i| row.get::<_, String>(i);
    let (at, document) = (text(1)?, text(2)?);
    let content = if kind == "linked" {
        let parent = match text(3)?.as_str() {
            "to" => ByHand::To(text(4)?.parse().map_err(bad)?),
            "none" => ByHand::Nothing,
            _ => ByHand::Automatic,
        };
        Content::Link { parent }
    } else {
        let on = text(5)?.parse().map_err(|e: jiff::Error| bad(e.to_string()))?;
        Content::Event { event: text(4)?, on, happened: text(3)? == "happened" }
    };
    Ok((at, document, content))
}

/// The texts of an agreement and its amendments, to look up what people quote.
pub(super) struct Texts<'a> {
    store: &'a Store,
    /// The agreement first. A text is read once, when the first quote is looked up in it.
    texts: Vec<(DocumentId, OnceCell<Option<StoredText>>)>,
}

impl<'a> Texts<'a> {
    /// The texts of `documents`, the agreement first.
    pub(super) fn of(store: &'a Store, documents: impl IntoIterator<Item = DocumentId>) -> Self {
        Self { store, texts: documents.into_iter().map(|document| (document, OnceCell::new())).collect() }
    }
}

impl Proofs for Texts<'_> {
    fn find(&self, quote: &str, page: Option<u32>) -> Option<Evidence> {
        let look = |page: Option<u32>| {
            self.texts.iter().find_map(|(document, text)| {
                let text = text.get_or_init(|| self.store.text(document).ok().flatten()).as_ref()?;
                text.quoted(document, quote, page).ok()
            })
        };
        // In another version of the file the words may stand on another page.
        page.and_then(|page| look(Some(page))).or_else(|| look(None))
    }
}
