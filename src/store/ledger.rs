//! What the log says that the tables hold, and where they hold something else.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use super::seal::{self, DELIVERIES, OF_DOCUMENTS, OUTBOX, Sealed};
use super::{EventKind, Store, StoreError, agreement, feeds};

/// What stands behind the document of a path whose file is not there any more.
const GONE: &str = " gone";

/// A document as the log tells it.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) seal: Option<String>,
    pub(super) outdated: bool,
}

/// What the tables hold, by the log alone.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) documents: BTreeMap<String, Known>,
    agreements: BTreeMap<String, String>,
    paths: BTreeMap<String, String>,
    failures: BTreeMap<String, String>,
    statements: Vec<String>,
    /// The document and the seal of each reminder, by its key.
    reminders: BTreeMap<String, (String, String)>,
    deliveries: BTreeMap<String, String>,
    /// The seal over the rows of each calendar.
    feeds: BTreeMap<String, String>,
}

/// One event, as far as it changes tables.
struct Change {
    kind: Option<EventKind>,
    document: Option<String>,
    detail: String,
    seal: Option<String>,
}

impl Change {
    fn of(r: &Row<'_>) -> rusqlite::Result<Self> {
        let kind = EventKind::named(r.get_ref(0)?.as_str()?);
        Ok(Self {
            kind,
            document: r.get(1)?,
            detail: r.get::<_, Option<String>>(2)?.unwrap_or_default(),
            seal: r.get(3)?,
        })
    }
}

impl Ledger {
    /// What the log says.
    pub(super) fn of(db: &Connection) -> rusqlite::Result<Self> {
        let mut ledger = Self::default();
        let mut statement = db.prepare("SELECT kind, document, detail, seal FROM events ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ledger.add(Change::of(row)?);
        }
        Ok(ledger)
    }

    fn add(&mut self, change: Change) {
        let Change { kind, document, detail, seal } = change;
        match (kind, document) {
            (Some(EventKind::Ingested | EventKind::ReExtracted), Some(document)) => {
                self.documents.insert(document.clone(), Known { seal, outdated: false });
                self.failures.remove(&detail);
                self.paths.insert(detail, document);
            }
            (Some(EventKind::Sealed), Some(document)) => {
                self.documents.insert(document, Known { seal, outdated: detail == "outdated" });
            }
            (Some(EventKind::PathAdded), Some(document)) => {
                self.failures.remove(&detail);
                self.paths.insert(detail, document);
            }
            (Some(EventKind::Removed), Some(document)) => {
                self.documents.remove(&document);
                self.agreements.remove(&document);
                self.reminders.retain(|_, (of, _)| *of != document);
                self.deliveries.retain(|key, _| self.reminders.contains_key(key));
                self.paths.retain(|_, of| of.strip_suffix(GONE).unwrap_or(of) != document);
            }
            (Some(EventKind::Failed), document) => {
                // Failures of earlier versions were sealed when the store was brought up to date.
                let Some(seal) = seal else { return };
                if let Some(known) = document.and_then(|document| self.documents.get_mut(&document)) {
                    known.outdated = true;
                }
                self.failures
                    .insert(detail.rsplit_once('\n').map_or_else(String::new, |(uri, _)| uri.to_owned()), seal);
            }
            (Some(EventKind::Joined), Some(document)) => drop(self.agreements.insert(document, detail)),
            (Some(EventKind::Gone), Some(document)) => drop(self.paths.insert(detail, document + GONE)),
            (Some(EventKind::Left), _) => drop(self.paths.remove(&detail)),
            (Some(EventKind::Renamed), Some(document)) => {
                if let Some(known) = self.documents.get_mut(&document) {
                    known.seal = seal;
                }
            }
            (Some(EventKind::Stated), _) => self.statements.extend(seal),
            (Some(EventKind::Reminded), Some(document)) => {
                drop(self.reminders.insert(key_of(&detail), (document, seal.unwrap_or_default())));
            }
            (Some(EventKind::Exported), _) => match seal {
                Some(seal) => drop(self.feeds.insert(detail, seal)),
                None => drop(self.feeds.remove(&detail)),
            },
            (Some(EventKind::Delivered | EventKind::Lapsed), _) => {
                drop(self.deliveries.insert(key_of(&detail), seal.unwrap_or_default()));
            }
            _ => {}
        }
    }
}

impl Store {
    /// What the log says.
    pub(super) fn ledger(&self) -> Result<Ledger, StoreError> {
        Ledger::of(&self.db).map_err(|e| StoreError::sql(&self.path, e))
    }

    /// What is wrong with the rows of a document, by their own seals and by the log, as far as it is known; `None` when
    /// nothing is.
    pub(super) fn unsealed(&self, ledger: Option<&Ledger>, document: &str) -> Result<Option<String>, StoreError> {
        let check = || -> rusqlite::Result<Option<String>> {
            for table in OF_DOCUMENTS {
                let mut statement = self.db.prepare_cached(&table.sql())?;
                let mut rows = statement.query([document])?;
                while let Some(row) = rows.next()? {
                    if !table.holds(row)? {
                        return Ok(Some(format!("its {} is not as it was written", table.what)));
                    }
                }
            }
            let Some(ledger) = ledger else { return Ok(None) };
            let Some(known) = ledger.documents.get(document) else {
                return Ok(Some("the log does not know of it".to_owned()));
            };
            if known.seal != Some(seal::of_document(&self.db, document)?) {
                return Ok(Some("its rows are not those that the log tells of".to_owned()));
            }
            let sql = "SELECT status <> 'current' FROM documents WHERE id = ?1";
            let outdated: bool = self.db.prepare_cached(sql)?.query_row([document], |r| r.get(0))?;
            Ok((outdated != known.outdated).then(|| "its state is not the one that the log tells of".to_owned()))
        };
        check().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Where the tables differ from the log, apart from the rows of documents that are there.
    pub(super) fn off_the_ledger(&self, ledger: &Ledger) -> Result<Vec<String>, StoreError> {
        let check = || -> rusqlite::Result<Vec<String>> {
            let mut out = Vec::new();
            let documents: BTreeSet<String> =
                self.db.prepare("SELECT id FROM documents")?.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            let missing = ledger.documents.keys().filter(|id| !documents.contains(*id));
            out.extend(missing.map(|id| format!("document {id} is missing, and no event removed it")));
            let pair = |r: &Row<'_>| Ok((r.get(0)?, r.get(1)?));
            let mut statement = self.db.prepare("SELECT uri, document || iif(gone, ?1, '') FROM paths")?;
            let paths = statement.query_map([GONE], pair)?.collect::<Result<_, _>>()?;
            differences("the path", &paths, &ledger.paths, &mut out);
            let mut statement = self.db.prepare(agreement::ROWS)?;
            let agreements = statement.query_map([], pair)?.collect::<Result<_, _>>()?;
            differences("the agreement of", &agreements, &ledger.agreements, &mut out);
            let mut statement = self.db.prepare(seal::FAILURES)?;
            let failure = |r: &Row<'_>| Ok((r.get(0)?, seal::of_row(r)?));
            let failures = statement.query_map([], failure)?.collect::<Result<_, _>>()?;
            differences("the failure to read", &failures, &ledger.failures, &mut out);
            if seal::of_rows(&self.db, &format!("{} ORDER BY id", seal::STATEMENTS.all()))? != ledger.statements {
                out.push("what people said (statements) is not what the log tells of".to_owned());
            }
            let seals = |table: &Sealed| -> rusqlite::Result<BTreeMap<String, String>> {
                self.db.prepare(&table.all())?.query_map([], |r| Ok((r.get(0)?, seal::of_row(r)?)))?.collect()
            };
            let told = ledger.reminders.iter().map(|(key, (_, seal))| (key.clone(), seal.clone())).collect();
            differences("the reminder", &seals(&OUTBOX)?, &told, &mut out);
            differences("the delivery of the reminder", &seals(&DELIVERIES)?, &ledger.deliveries, &mut out);
            differences("the calendar", &feeds::seals(&self.db)?, &ledger.feeds, &mut out);
            Ok(out)
        };
        check().map_err(|e| StoreError::sql(&self.path, e))
    }
}

/// The key of a reminder, with which the detail of its events begins.
fn key_of(detail: &str) -> String {
    detail.lines().next().unwrap_or_default().to_owned()
}

/// Says which rows of a table are not what the log says.
fn differences(what: &str, found: &BTreeMap<String, String>, told: &BTreeMap<String, String>, out: &mut Vec<String>) {
    let names: BTreeSet<&String> = found.keys().chain(told.keys()).collect();
    let wrong = names.into_iter().filter(|name| found.get(*name) != told.get(*name));
    out.extend(wrong.map(|name| format!("{what} {name} is not what the log tells of it")));
}
