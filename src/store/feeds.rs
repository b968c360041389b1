//! What calendar files held when they were last written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, Transaction};

use super::chain::{Entry, log};
use super::seal::{self, FEEDS};
use super::{EventKind, Store, StoreError};
use crate::record::{DocumentId, EntryId};

/// What a calendar said of an event when it was last written. Nothing of the contract's text is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The contract.
    pub document: DocumentId,
    /// Its day.
    pub day: Date,
    /// How often it was changed.
    pub sequence: u32,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Hash of what it said.
    pub content: String,
    /// Whether it was cancelled.
    pub cancelled: bool,
}

/// The events that a calendar held when it was last written, by the entries that they are of.
pub type Feed = BTreeMap<EntryId, Written>;

impl Store {
    /// The events that the calendar `feed` held when it was last written. A row that is not as it was written is passed over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn feed(&self, feed: &str) -> Result<Feed, StoreError> {
        // A name that is none is that of no calendar.
        let is_its = |r: &Row<'_>| r.get_ref(0).is_ok_and(|name| name.as_str() == Ok(feed));
        let found = self.whole(&FEEDS, &FEEDS.all(), |r| if is_its(r) { written(r).map(Some) } else { Ok(None) })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Keeps what the calendar `feed` holds now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn keep_feed(&mut self, feed: &str, held: &Feed, now: Timestamp) -> Result<(), StoreError> {
        self.change(|tx| {
            tx.execute("DELETE FROM feeds WHERE feed = ?1", [feed])?;
            for (id, w) in held {
                let (day, modified) = (w.day.to_string(), w.modified.to_string());
                FEEDS.add(
                    tx,
                    &[
                        feed.into(),
                        id.as_str().into(),
                        w.document.as_str().into(),
                        (&*day).into(),
                        ValueRef::Integer(w.sequence.into()),
                        (&*modified).into(),
                        (&*w.content).into(),
                        ValueRef::Integer(w.cancelled.into()),
                    ],
                )?;
            }
            written_now(tx, feed, now)
        })
    }
}

/// The calendars that the store knows, each with a seal over its rows.
pub(super) fn seals(db: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut statement = db.prepare(&format!("{} ORDER BY feed, entry", FEEDS.all()))?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        rows.entry(row.get(0)?).or_default().push(seal::of_row(row)?);
    }
    let over = |seals: Vec<String>| seal::seal(seals.iter().map(|seal| ValueRef::from(&**seal)));
    Ok(rows.into_iter().map(|(feed, seals)| (feed, over(seals))).collect())
}

/// Logs that a calendar was written, with the seal over its rows; none where it holds nothing any more.
fn written_now(tx: &Transaction<'_>, feed: &str, now: Timestamp) -> rusqlite::Result<()> {
    let seal = seals(tx)?.remove(feed);
    log(tx, now, &Entry { seal: seal.as_deref(), ..Entry::of(EventKind::Exported, None, Some(feed)) })
}

/// Seals the calendars of a store of an earlier version.
pub(super) fn begin(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    let values = |r: &Row<'_>| (0..FEEDS.count()).map(|i| r.get(i)).collect::<rusqlite::Result<Vec<Value>>>();
    let rows: Vec<Vec<Value>> = tx.prepare(&FEEDS.all())?.query_map([], values)?.collect::<Result<_, _>>()?;
    for row in &rows {
        FEEDS.put(tx, &row.iter().map(ValueRef::from).collect::<Vec<_>>())?;
    }
    seals(tx)?.keys().try_for_each(|feed| written_now(tx, feed, now))
}

fn written(r: &Row<'_>) -> Result<(EntryId, Written), String> {
    let text = |i| r.get::<_, String>(i).map_err(|e| e.to_string());
    let time = |e: jiff::Error| e.to_string();
    let written = Written {
        document: text(2)?.parse()?,
        day: text(3)?.parse().map_err(time)?,
        sequence: r.get(4).map_err(|e| e.to_string())?,
        modified: text(5)?.parse().map_err(time)?,
        content: text(6)?,
        cancelled: r.get(7).map_err(|e| e.to_string())?,
    };
    Ok((text(1)?.parse()?, written))
}
