//! Reminders on their way to people.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension as _, Row, Transaction};
use serde::Serialize;

use super::chain::{Entry, log};
use super::seal::{DELIVERIES, OUTBOX, Sealed};
use super::{EventKind, Store, StoreError, seal};
use crate::record::EntryId;
use crate::remind::{Channel, Known, Reminder, Words};

/// Where a reminder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It waits to be sent.
    Waiting,
    /// It was delivered.
    Delivered,
    /// It became moot before it was sent.
    Lapsed,
}

/// A reminder and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Posted {
    /// The reminder.
    #[serde(flatten)]
    pub reminder: Reminder,
    /// Where it stands.
    pub state: Delivery,
    /// Since when.
    pub since: Timestamp,
    /// How it was delivered, or why it is moot.
    pub how: Option<String>,
}

/// When reminders were last written, as of which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fill {
    /// When.
    pub at: Timestamp,
    /// The day that counted as today.
    pub day: Date,
}

impl Store {
    /// What was told before.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn reminded(&self) -> Result<Known, StoreError> {
        let read = || -> rusqlite::Result<Known> {
            let mut known = Known::default();
            let mut statement = self.db.prepare("SELECT key, entry, act_by, told FROM outbox")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                known.keys.insert(row.get(0)?);
                let text = |i| row.get::<_, String>(i);
                let (entry, act_by, told) = (text(1)?.parse::<EntryId>(), text(2)?.parse(), text(3)?.parse());
                // A row that is damaged is told where it is to be sent.
                if let (Ok(entry), Ok(act_by), Ok(told)) = (entry, act_by, told) {
                    let first: &mut Date = known.first.entry((entry, act_by)).or_insert(told);
                    *first = told.min(*first);
                }
            }
            Ok(known)
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// The reminders that wait to be sent. One that is not as it was written is passed over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn waiting(&self) -> Result<Vec<Reminder>, StoreError> {
        self.reminders(&format!("{} WHERE key NOT IN (SELECT key FROM deliveries) ORDER BY rowid", OUTBOX.all()))
    }

    /// All reminders with what became of them, in the order in which they were written. One that is not as it was written is
    /// passed over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn outbox(&self) -> Result<Vec<Posted>, StoreError> {
        let reminders = self.reminders(&format!("{} ORDER BY rowid", OUTBOX.all()))?;
        let mut ends = self.deliveries()?;
        let posted = |reminder: Reminder| {
            let (state, since, how) = match ends.remove(&reminder.key) {
                Some((state, since, how)) => (state, since, Some(how)),
                None => (Delivery::Waiting, reminder.at, None),
            };
            Posted { reminder, state, since, how }
        };
        Ok(reminders.into_iter().map(posted).collect())
    }

    /// Puts reminders into the outbox, and says which ones among those that wait are moot, and why. A reminder that is there
    /// already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn fill(
        &mut self,
        reminders: &[Reminder],
        moot: &BTreeMap<String, &str>,
        day: Date,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let last = self.last_fill()?;
        self.change(|tx| {
            for reminder in reminders {
                put(tx, reminder, now)?;
            }
            for (key, why) in moot {
                end(tx, key, EventKind::Lapsed, why, now)?;
            }
            // Once a day is enough to tell when it was.
            let news = !reminders.is_empty() || !moot.is_empty() || last.is_none_or(|last| last.day != day);
            let entry = Entry::of(EventKind::Filled, None, None);
            if news { log(tx, now, &Entry { detail: Some(&day.to_string()), ..entry }) } else { Ok(()) }
        })
    }

    /// The names of the messages that somebody has begun to send. What is told later goes into another one: a repeat of a
    /// message must say the same.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn begun(&self) -> Result<HashSet<String>, StoreError> {
        let read = || -> rusqlite::Result<HashSet<String>> {
            let mut statement = self.db.prepare("SELECT detail FROM events WHERE kind = ?1 AND detail IS NOT NULL")?;
            statement.query_map([EventKind::Sending.name()], |r| r.get(0))?.collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Notes that messages are about to be sent.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn begin<'a>(&mut self, messages: impl IntoIterator<Item = &'a str>, now: Timestamp) -> Result<(), StoreError> {
        let begun = self.begun()?;
        let new: Vec<&str> = messages.into_iter().filter(|name| !begun.contains(*name)).collect();
        if new.is_empty() {
            return Ok(());
        }
        self.change(|tx| new.iter().try_for_each(|name| log(tx, now, &Entry::of(EventKind::Sending, None, Some(name)))))
    }

    /// Notes that reminders were delivered.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn delivered<'a>(
        &mut self,
        keys: impl IntoIterator<Item = &'a str>,
        how: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.change(|tx| keys.into_iter().try_for_each(|key| end(tx, key, EventKind::Delivered, how, now)))
    }

    /// When reminders were last written; `None` where they are not in use.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn last_fill(&self) -> Result<Option<Fill>, StoreError> {
        let sql = "SELECT at, detail FROM events WHERE kind = ?1 ORDER BY id DESC LIMIT 1";
        let row = |r: &Row<'_>| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?.unwrap_or_default()));
        let found = self.db.query_row(sql, [EventKind::Filled.name()], row).optional();
        let found = found.map_err(|e| StoreError::sql(&self.path, e))?;
        Ok(found.and_then(|(at, day)| Some(Fill { at: at.parse().ok()?, day: day.parse().ok()? })))
    }

    /// When a reminder was last delivered.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn last_delivery(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT at FROM deliveries WHERE state = 'delivered' ORDER BY rowid DESC LIMIT 1";
        let found = self.db.query_row(sql, [], |r| r.get::<_, String>(0)).optional();
        Ok(found.map_err(|e| StoreError::sql(&self.path, e))?.and_then(|at| at.parse().ok()))
    }

    fn reminders(&self, sql: &str) -> Result<Vec<Reminder>, StoreError> {
        self.whole(&OUTBOX, sql, reminder)
    }

    fn deliveries(&self) -> Result<BTreeMap<String, (Delivery, Timestamp, String)>, StoreError> {
        Ok(self.whole(&DELIVERIES, &DELIVERIES.all(), delivery)?.into_iter().collect())
    }
}

/// Adds a reminder with its seal and its event.
fn put(tx: &Transaction<'_>, reminder: &Reminder, now: Timestamp) -> rusqlite::Result<()> {
    let Reminder { key, message, channel, recipient, document, entry, act_by, day, told, words, .. } = reminder;
    if tx.prepare_cached("SELECT 1 FROM outbox WHERE key = ?1")?.exists([key])? {
        return Ok(());
    }
    let json = |e: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(e.into());
    let (content, at) = (serde_json::to_string(words).map_err(json)?, now.to_string());
    let dates = [act_by, day, told].map(ToString::to_string);
    let texts = [key, &at, message, channel.as_str(), recipient, document.as_str(), entry.as_str()];
    let texts = texts.into_iter().chain(dates.iter().map(String::as_str)).chain([&*content]);
    OUTBOX.add(tx, &texts.map(ValueRef::from).collect::<Vec<_>>())?;
    let detail = format!("{key}\n{channel} to {recipient}, about {act_by}");
    event(tx, &OUTBOX, key, EventKind::Reminded, document.as_str(), &detail, now)
}

/// Adds what became of a reminder, once. Its state has the name of the event.
fn end(tx: &Transaction<'_>, key: &str, kind: EventKind, how: &str, now: Timestamp) -> rusqlite::Result<()> {
    let sql = "SELECT document FROM outbox WHERE key = ?1 AND key NOT IN (SELECT key FROM deliveries)";
    // It may have been removed with its document since.
    let Some(document) = tx.prepare_cached(sql)?.query_row([key], |r| r.get::<_, String>(0)).optional()? else {
        return Ok(());
    };
    let at = now.to_string();
    DELIVERIES.add(tx, &[key, &at, kind.name(), how].map(ValueRef::from))?;
    event(tx, &DELIVERIES, key, kind, &document, &format!("{key}\n{how}"), now)
}

/// Adds the event of a row, which seals it.
fn event(
    tx: &Transaction<'_>,
    table: &Sealed,
    key: &str,
    kind: EventKind,
    document: &str,
    detail: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let sql = format!("{} WHERE key = ?1", table.all());
    let seal = tx.prepare_cached(&sql)?.query_row([key], seal::of_row)?;
    log(tx, now, &Entry { seal: Some(&seal), ..Entry::of(kind, Some(document), Some(detail)) })
}

fn reminder(row: &Row<'_>) -> Result<Reminder, String> {
    let text = |i| row.get::<_, String>(i).map_err(|e| e.to_string());
    let day = |i| text(i)?.parse::<Date>().map_err(|e| e.to_string());
    let words: Words = serde_json::from_str(&text(10)?).map_err(|e| e.to_string())?;
    Ok(Reminder {
        key: text(0)?,
        at: text(1)?.parse().map_err(|e: jiff::Error| e.to_string())?,
        message: text(2)?,
        channel: Channel::named(&text(3)?).ok_or("it has no known channel")?,
        recipient: text(4)?,
        document: text(5)?.parse()?,
        entry: text(6)?.parse()?,
        act_by: day(7)?,
        day: day(8)?,
        told: day(9)?,
        words,
    })
}

fn delivery(row: &Row<'_>) -> Result<(String, (Delivery, Timestamp, String)), String> {
    let text = |i| row.get::<_, String>(i).map_err(|e| e.to_string());
    let state = if text(2)? == "lapsed" { Delivery::Lapsed } else { Delivery::Delivered };
    let at = text(1)?.parse().map_err(|e: jiff::Error| e.to_string())?;
    Ok((text(0)?, (state, at, text(3)?)))
}
