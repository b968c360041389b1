//! Seals: hashes over the rows that an export depends on.
//!
//! Each row of what was read from a document carries its own seal, so that a row that changed is never taken for what was
//! read. The event that wrote the rows carries a seal over all of them, and the chain covers the event. What people say
//! and failures are one row each, sealed by their event.

use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, Transaction, params_from_iter};

use super::EventKind;
use super::chain::{Entry, log};

/// A table whose rows carry their own seal: its name, and the values that the seal covers.
pub(super) struct Sealed {
    pub(super) table: &'static str,
    columns: &'static [&'static str],
    /// What the row is, for people.
    pub(super) what: &'static str,
}

pub(super) const CONTRACTS: Sealed = Sealed {
    table: "contracts",
    columns: &[
        "document",
        "record",
        "title",
        "type",
        "parties",
        "parties_folded",
        "law",
        "law_folded",
        "effective",
        "expiration",
        "renewal",
        "card",
    ],
    what: "record",
};
pub(super) const TEXTS: Sealed =
    Sealed { table: "texts", columns: &["document", "length", "body", "pages", "clauses"], what: "text" };
pub(super) const MEANINGS: Sealed = Sealed {
    table: "meanings",
    columns: &["document", "model", "spans", "vectors"],
    what: "list of the meanings of its sentences",
};

/// Derived data: no event covers it.
pub(super) const DATES: Sealed =
    Sealed { table: "dates", columns: &["document", "made_of", "digest"], what: "list of dates" };

/// Derived data as well.
pub(super) const OVERVIEW: Sealed =
    Sealed { table: "overview", columns: &["part", "made_of", "body"], what: "overview of the store" };

pub(super) const HIDDEN: Sealed = Sealed {
    table: "hidden",
    columns: &["document", "page", "reason", "words"],
    what: "list of the words that cannot be seen",
};

/// What people said; the event of each row covers its seal as well.
pub(super) const STATEMENTS: Sealed = Sealed {
    table: "statements",
    columns: &["id", "at", "who", "why", "agreement", "kind", "content"],
    what: "statement",
};

/// Reminders; the event of each row covers its seal as well.
pub(super) const OUTBOX: Sealed = Sealed {
    table: "outbox",
    columns: &["key", "at", "message", "channel", "recipient", "document", "entry", "act_by", "day", "told", "content"],
    what: "reminder",
};

/// What became of reminders; as above.
pub(super) const DELIVERIES: Sealed =
    Sealed { table: "deliveries", columns: &["key", "at", "state", "how"], what: "delivery of the reminder" };

/// What calendars held; the event of each calendar covers the seals of its rows as well.
pub(super) const FEEDS: Sealed = Sealed {
    table: "feeds",
    columns: &["feed", "entry", "document", "day", "sequence", "modified", "content", "cancelled"],
    what: "event of the calendar",
};

/// The tables with what was read from a document.
pub(super) const OF_DOCUMENTS: [Sealed; 4] = [CONTRACTS, TEXTS, MEANINGS, HIDDEN];

/// The rows of a document as its events seal them; the seals of its hidden words come behind these.
const DOCUMENT: &str = "SELECT d.id, d.file_name, d.uri, d.sha256, d.bytes, d.pages, d.run, d.pipeline_version, \
     d.settings_hash, c.seal, t.seal, m.seal FROM documents d LEFT JOIN contracts c ON c.document = d.id \
     LEFT JOIN texts t ON t.document = d.id LEFT JOIN meanings m ON m.document = d.id WHERE d.id = ?1";
/// Tables of earlier versions, which became statements.
pub(super) const LINKS: &str = "SELECT id, at, child, kind, parent FROM links";
pub(super) const EVENT_DATES: &str = "SELECT id, at, document, kind, event, day FROM event_dates";
pub(super) const FAILURES: &str = "SELECT uri, document, code, message, at FROM failures";

/// The seal of these values. Kind and length come first, so that two different rows never give the same bytes.
pub(super) fn seal<'a>(values: impl IntoIterator<Item = ValueRef<'a>>) -> String {
    let mut hasher = blake3::Hasher::new();
    for value in values {
        let number;
        let (kind, bytes): (u8, &[u8]) = match value {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(n) => {
                number = n.to_le_bytes();
                (1, &number)
            }
            ValueRef::Real(x) => {
                number = x.to_le_bytes();
                (2, &number)
            }
            ValueRef::Text(text) => (3, text),
            ValueRef::Blob(blob) => (4, blob),
        };
        hasher.update(&[kind]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    }
    hasher.finalize().to_hex().to_string()
}

/// The seal of all values of a row.
pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<String> {
    of_first(row, row.as_ref().column_count())
}

/// The seal of the first `count` values of a row.
fn of_first(row: &Row<'_>, count: usize) -> rusqlite::Result<String> {
    let values: Vec<ValueRef<'_>> = (0..count).map(|i| row.get_ref(i)).collect::<Result<_, _>>()?;
    Ok(seal(values))
}

impl Sealed {
    /// How many values the seal of a row covers.
    pub(super) const fn count(&self) -> usize {
        self.columns.len()
    }

    /// Selects the values of all rows, and then the seal of each.
    pub(super) fn all(&self) -> String {
        format!("SELECT {}, seal FROM {}", self.columns.join(", "), self.table)
    }

    /// The same for the rows of a document.
    pub(super) fn sql(&self) -> String {
        format!("{} WHERE document = ?1", self.all())
    }

    /// Whether a row that [`Self::all`] or [`Self::sql`] selected is as it was written.
    pub(super) fn holds(&self, row: &Row<'_>) -> rusqlite::Result<bool> {
        let kept = row.get_ref(self.columns.len())?;
        Ok(kept == ValueRef::from(&*of_first(row, self.columns.len())?))
    }

    /// Puts a row with its seal; in tables that have one for each document, in place of the one that is there.
    pub(super) fn put(&self, tx: &Transaction<'_>, values: &[ValueRef<'_>]) -> rusqlite::Result<()> {
        self.insert(tx, "INSERT OR REPLACE", values)
    }

    /// Adds a row with its seal.
    pub(super) fn add(&self, tx: &Transaction<'_>, values: &[ValueRef<'_>]) -> rusqlite::Result<()> {
        self.insert(tx, "INSERT", values)
    }

    fn insert(&self, tx: &Transaction<'_>, verb: &str, values: &[ValueRef<'_>]) -> rusqlite::Result<()> {
        let (columns, marks) = (self.columns.join(", "), "?, ".repeat(self.columns.len()));
        let sql = format!("{verb} INTO {} ({columns}, seal) VALUES ({marks}?)", self.table);
        let seal = seal(values.iter().copied());
        let row = values.iter().copied().chain([ValueRef::from(&*seal)]).map(ToSqlOutput::Borrowed);
        tx.prepare_cached(&sql)?.execute(params_from_iter(row)).map(drop)
    }

    /// Seals the rows of a document in a store of an earlier version.
    pub(super) fn begin(&self, tx: &Transaction<'_>, document: &str) -> rusqlite::Result<()> {
        let count = self.columns.len();
        let sql = format!("SELECT {}, rowid FROM {} WHERE document = ?1", self.columns.join(", "), self.table);
        let seals: Vec<(String, i64)> = tx
            .prepare_cached(&sql)?
            .query_map([document], |row| Ok((of_first(row, count)?, row.get(count)?)))?
            .collect::<Result<_, _>>()?;
        let sql = format!("UPDATE {} SET seal = ?1 WHERE rowid = ?2", self.table);
        seals.into_iter().try_for_each(|row| tx.prepare_cached(&sql)?.execute(row).map(drop))
    }
}

/// The seal over all rows of a document. Its state is not in it: the log tells that.
pub(super) fn of_document(db: &Connection, document: &str) -> rusqlite::Result<String> {
    let sql = "SELECT coalesce(seal, '') FROM hidden WHERE document = ?1 ORDER BY rowid";
    let hidden: Vec<String> = db.prepare_cached(sql)?.query_map([document], |r| r.get(0))?.collect::<Result<_, _>>()?;
    of_visible(db, document, &hidden)
}

/// The same for a document whose hidden words have the seals `hidden`. Without any, it is that of the versions in which hidden
/// words had no seals.
pub(super) fn of_visible(db: &Connection, document: &str, hidden: &[String]) -> rusqlite::Result<String> {
    db.prepare_cached(DOCUMENT)?.query_row([document], |row| {
        let mut values: Vec<ValueRef<'_>> =
            (0..row.as_ref().column_count()).map(|i| row.get_ref(i)).collect::<Result<_, _>>()?;
        values.extend(hidden.iter().map(|seal| ValueRef::from(&**seal)));
        Ok(seal(values))
    })
}

/// The seals of the rows that `sql` selects.
pub(super) fn of_rows(db: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare(sql)?.query_map([], of_row)?.collect()
}

/// Seals what a store of an earlier version holds, each row with an event.
pub(super) fn begin(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    let sql = "SELECT id, status FROM documents ORDER BY id";
    let documents: Vec<(String, String)> =
        tx.prepare(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    for (id, status) in &documents {
        for table in [CONTRACTS, TEXTS, MEANINGS] {
            table.begin(tx, id)?;
        }
        let seal = of_visible(tx, id, &[])?;
        log(tx, now, &Entry { seal: Some(&seal), ..Entry::of(EventKind::Sealed, Some(id), Some(status)) })?;
    }
    let failures: Vec<(Option<String>, String, String)> = tx
        .prepare(&format!("{FAILURES} ORDER BY uri"))?
        .query_map([], |r| {
            Ok((r.get(1)?, failure_detail(&r.get::<_, String>(0)?, &r.get::<_, String>(3)?), of_row(r)?))
        })?
        .collect::<Result<_, _>>()?;
    for (document, detail, seal) in &failures {
        let entry = Entry::of(EventKind::Failed, document.as_deref(), Some(detail));
        log(tx, now, &Entry { seal: Some(seal), ..entry })?;
    }
    for (sql, kind) in [(LINKS, EventKind::Linked), (EVENT_DATES, EventKind::Dated)] {
        let rows: Vec<(String, String)> = tx
            .prepare(&format!("{sql} ORDER BY id"))?
            .query_map([], |r| Ok((r.get(2)?, of_row(r)?)))?
            .collect::<Result<_, _>>()?;
        for (document, seal) in &rows {
            log(tx, now, &Entry { seal: Some(seal), ..Entry::of(kind, Some(document), None) })?;
        }
    }
    Ok(())
}

/// What the log says of a failure: the path and, behind the last line feed, the reason.
pub(super) fn failure_detail(uri: &str, message: &str) -> String {
    format!("{uri}\n{}", message.replace('\n', " "))
}
