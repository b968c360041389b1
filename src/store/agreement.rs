//! Which files are one agreement: later versions of a file, and files with the same words.
//!
//! What a document is a file of is decided once, when it is first read or takes the place of another, and is kept. So it does
//! not depend on how well a later version of tickler reads, and what people say of an agreement stays with it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde::Serialize;

use super::chain::{Entry, log};
use super::{ContractRow, EventKind, Store, StoreError};
use crate::family::{Card, is_same_text};
use crate::record::value::signature::Execution;
use crate::record::{Contract, DocumentId};

/// How a document became one of the files of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// It took the place of an earlier file.
    Version,
    /// It has the same words as another file.
    Copy,
    /// A person said so.
    Hand,
}

impl Joined {
    /// As in the database, such as `version`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Copy => "copy",
            Self::Hand => "hand",
        }
    }

    /// What an event says of how a document joined an agreement.
    #[must_use]
    pub fn told(detail: &str) -> Option<Self> {
        let how = detail.split(' ').nth(1)?;
        [Self::Version, Self::Copy, Self::Hand].into_iter().find(|joined| joined.as_str() == how)
    }
}

/// Each row as its event tells it.
pub(super) const ROWS: &str = "SELECT document, agreement || ' ' || how || ' ' || apart FROM agreements";

/// How many documents a new one is compared with at most: those that are the nearest in length.
const COMPARED: usize = 8;

impl Store {
    /// The agreement that a document is a file of: a stable name for what people think of as one contract.
    ///
    /// It is the ID of the first document of the agreement, and stays the same for a new version of the file, for a renamed
    /// file, for copies with the same words, and however the file is read again, also when that first document is removed.
    /// What people say of a contract belongs to it. Amendments are agreements of their own here; into which agreement they
    /// are folded says [`crate::family::Families::base`].
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn agreement(&self, document: &DocumentId) -> Result<DocumentId, StoreError> {
        let of = || -> rusqlite::Result<Option<DocumentId>> {
            let sql = "SELECT agreement FROM agreements WHERE document = ?1 AND apart = 0";
            self.db.prepare_cached(sql)?.query_row([document.as_str()], |r| super::query::document_id(r, 0)).optional()
        };
        Ok(of().map_err(|e| StoreError::sql(&self.path, e))?.unwrap_or_else(|| document.clone()))
    }

    /// The same for all documents that are files of an agreement of another name.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn agreements(&self) -> Result<BTreeMap<DocumentId, DocumentId>, StoreError> {
        let read = || -> rusqlite::Result<BTreeMap<DocumentId, DocumentId>> {
            let sql = "SELECT document, agreement FROM agreements WHERE apart = 0 AND agreement <> document";
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let mut out = BTreeMap::new();
            while let Some(row) = rows.next()? {
                // What is no ID is found, and told, where the contracts are listed.
                if let (Ok(document), Ok(agreement)) =
                    (super::query::document_id(row, 0), super::query::document_id(row, 1))
                {
                    out.insert(document, agreement);
                }
            }
            Ok(out)
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Makes a document, and the other files of its agreement, files of the agreement of `other`, because a person says so.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn join(&mut self, document: &DocumentId, other: &DocumentId, now: Timestamp) -> Result<(), StoreError> {
        let (own, agreement) = (self.agreement(document)?, self.agreement(other)?);
        if own == agreement {
            return Ok(());
        }
        self.change(|tx| {
            let sql = "SELECT document FROM agreements WHERE agreement = ?1 AND apart = 0 AND document <> ?1";
            let others = |r: &rusqlite::Row<'_>| r.get::<_, String>(0);
            let mut files: Vec<String> =
                tx.prepare(sql)?.query_map([own.as_str()], others)?.collect::<Result<_, _>>()?;
            files.push(own.to_string());
            files.iter().try_for_each(|file| put(tx, now, file, agreement.as_str(), Joined::Hand))
        })
    }

    /// Makes a document that joined an agreement one of its own, because a person says so; or takes back what people said of
    /// it, so that it is what it was found to be. From the first document of an agreement all others are set apart.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn set_apart(&mut self, document: &DocumentId, apart: bool, now: Timestamp) -> Result<(), StoreError> {
        self.change(|tx| {
            let sql = "SELECT document FROM agreements WHERE ?1 IN (document, agreement)
                       AND apart <> iif(how = 'hand', 1, ?2) ORDER BY document";
            let rows = |r: &rusqlite::Row<'_>| r.get::<_, String>(0);
            let others: Vec<String> =
                tx.prepare(sql)?.query_map(params![document.as_str(), apart], rows)?.collect::<Result<_, _>>()?;
            for other in others {
                tx.execute("UPDATE agreements SET apart = 1 - apart WHERE document = ?1", [&other])?;
                log_row(tx, now, &other)?;
            }
            Ok(())
        })
    }

    /// Joins the documents whose files have others in their place to the agreements of these.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub(super) fn settle_versions(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.change(|tx| settle(tx, now))
    }

    /// The agreement of a document in the store that has the same words as `contract`, a new one.
    pub(super) fn same_words(&self, contract: &Contract, text: &str) -> Result<Option<DocumentId>, StoreError> {
        let columns = super::rows::Columns::of(contract);
        let candidates = || -> rusqlite::Result<Vec<DocumentId>> {
            let near = "SELECT c.document FROM contracts c JOIN texts t ON t.document = c.document
                        WHERE c.document <> ?1 AND length(?2) > 0 AND t.length BETWEEN ?3 * 9 / 10 AND ?3 * 10 / 9";
            let mut out = Vec::new();
            let length = i64::try_from(text.len()).unwrap_or(i64::MAX / 4);
            for (column, value) in
                [("c.parties_folded", Some(columns.parties.to_lowercase())), ("c.title", columns.title.clone())]
            {
                let sql = format!("{near} AND {column} = ?2 ORDER BY abs(t.length - ?3), c.document LIMIT {COMPARED}");
                let mut statement = self.db.prepare_cached(&sql)?;
                let mut rows = statement.query(params![contract.document.id.as_str(), value, length])?;
                while let Some(row) = rows.next()? {
                    out.extend(super::query::document_id(row, 0).ok().filter(|id| !out.contains(id)));
                }
            }
            Ok(out)
        };
        for id in candidates().map_err(|e| StoreError::sql(&self.path, e))? {
            let other = self.or_pass_over(&id, self.text(&id))?.flatten();
            let Some(other) = other else { continue };
            let known = self.or_pass_over(&id, self.contract(&id))?.flatten();
            let pictures = [Some(contract), known.as_ref()].into_iter().flatten().any(|c| c.document.ocr.is_some());
            if is_same_text(&other.text, text, pictures) {
                return self.agreement(&id).map(Some);
            }
        }
        Ok(None)
    }

    /// Tells which rows are not the file of their agreement that counts: those of earlier versions, and copies. Of several
    /// files the one counts that is there, then the one that is signed, then the one with fewer blanks, then the first one.
    pub(super) fn with_agreements(&self, mut rows: Vec<ContractRow>) -> Result<Vec<ContractRow>, StoreError> {
        if rows.is_empty() {
            return Ok(rows);
        }
        let members = self.members().map_err(|e| StoreError::sql(&self.path, e))?;
        let leaders = leaders(&members);
        let of: HashMap<&str, &Member> = members.iter().map(|member| (&*member.document, member)).collect();
        for row in &mut rows {
            let Some(member) = of.get(row.id.as_str()) else {
                // No other took its place.
                row.replaced = false;
                continue;
            };
            let leader = leaders.get(&*member.agreement).filter(|leader| leader.document != member.document);
            row.copy_of = leader.filter(|_| !row.replaced).and_then(|leader| leader.document.parse().ok());
            row.replaced &= leader.is_some();
            row.gone &= !row.replaced;
        }
        Ok(rows)
    }

    /// The documents that are not the file of their agreement that counts.
    pub(super) fn superseded(&self) -> Result<HashSet<String>, StoreError> {
        let members = self.members().map_err(|e| StoreError::sql(&self.path, e))?;
        let leaders = leaders(&members);
        let counts = |member: &&Member| leaders[&*member.agreement].document == member.document;
        Ok(members.iter().filter(|member| !counts(member)).map(|member| member.document.clone()).collect())
    }

    /// The documents of agreements with several files.
    fn members(&self) -> rusqlite::Result<Vec<Member>> {
        let sql = "WITH joined AS (SELECT document, agreement FROM agreements WHERE apart = 0),
                member AS (SELECT document, agreement FROM joined
                    UNION SELECT agreement, agreement FROM joined
                        WHERE agreement NOT IN (SELECT document FROM joined) AND agreement IN (SELECT id FROM documents))
            SELECT m.document, m.agreement, (SELECT min(gone) FROM paths p WHERE p.document = m.document),
                (SELECT card FROM contracts c INDEXED BY contracts_cards WHERE c.document = m.document)
            FROM member m ORDER BY m.agreement, m.document <> m.agreement, m.document";
        let member = |r: &rusqlite::Row<'_>| {
            let card: Option<String> = r.get(3)?;
            let card = card.and_then(|json| serde_json::from_str::<Card>(&json).ok());
            let (execution, blanks) = card.map_or((None, 0), |card| (card.execution, card.blanks));
            Ok(Member { document: r.get(0)?, agreement: r.get(1)?, gone: r.get(2)?, execution, blanks })
        };
        self.db.prepare_cached(sql)?.query_map([], member)?.collect()
    }
}

/// A document of an agreement with several files.
struct Member {
    document: String,
    agreement: String,
    /// Whether its file is gone; `None` when another content is in its place.
    gone: Option<bool>,
    execution: Option<Execution>,
    /// How many blanks wait to be filled in.
    blanks: usize,
}

impl Member {
    /// Of two files of an agreement the one with the higher rank counts.
    fn rank(&self) -> (Option<bool>, u8, Reverse<usize>) {
        let signed = match self.execution {
            Some(Execution::Signed) => 3,
            Some(Execution::PartiallySigned) => 2,
            Some(Execution::Unknown) | None => 1,
            Some(Execution::Unsigned) => 0,
        };
        (self.gone.map(|gone| !gone), signed, Reverse(self.blanks))
    }
}

/// The file that counts of each agreement.
fn leaders(members: &[Member]) -> HashMap<&str, &Member> {
    let mut leaders: HashMap<&str, &Member> = HashMap::new();
    for member in members {
        let leader = leaders.entry(&member.agreement).or_insert(member);
        if member.rank() > leader.rank() {
            *leader = member;
        }
    }
    leaders
}

/// Puts a document into an agreement.
pub(super) fn put(
    tx: &Transaction<'_>,
    now: Timestamp,
    document: &str,
    agreement: &str,
    how: Joined,
) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO agreements (document, agreement, how, apart) VALUES (?1, ?2, ?3, 0)";
    tx.prepare_cached(sql)?.execute([document, agreement, how.as_str()])?;
    log_row(tx, now, document)
}

fn log_row(tx: &Transaction<'_>, now: Timestamp, document: &str) -> rusqlite::Result<()> {
    let sql = format!("{ROWS} WHERE document = ?1");
    let detail: String = tx.query_row(&sql, [document], |r| r.get(1))?;
    log(tx, now, &Entry::of(EventKind::Joined, Some(document), Some(&detail)))
}

/// Joins each document without a file to the agreement of the one that is in its place.
pub(super) fn settle(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    let mut orphans = ids(tx, "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM paths) ORDER BY id")?;
    if orphans.is_empty() {
        return Ok(());
    }
    let mut joined = Agreements::of(tx)?;
    orphans.retain(|id| joined.is_orphan(id));
    if orphans.is_empty() {
        return Ok(());
    }
    let places = Places::of(tx)?;
    for orphan in &orphans {
        // A file that another one was joined with is one of its agreement as well.
        if !joined.is_orphan(orphan) {
            continue;
        }
        let Some(path) = places.lost.get(orphan) else { continue };
        let sql = "SELECT document FROM paths WHERE uri = ?1";
        let Some(heir) = tx.query_row(sql, [path], |r| r.get::<_, String>(0)).optional()? else { continue };
        // What was never anything else is the new version; what has a name of its own takes the old one in.
        let (document, of) = if places.first.get(&heir) == Some(path) && !joined.knows(&heir) {
            (heir.as_str(), joined.agreement(orphan).to_owned())
        } else {
            (orphan.as_str(), joined.agreement(&heir).to_owned())
        };
        put(tx, now, document, &of, Joined::Version)?;
        joined.join(document, of);
    }
    Ok(())
}

/// The documents that `sql` selects.
fn ids(db: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(sql)?.query_map([], |r| r.get(0))?.collect()
}

/// The table of agreements, and which of them have files.
struct Agreements {
    rows: HashMap<String, (String, bool)>,
    first: HashSet<String>,
    /// The agreements of the documents that have a path.
    placed: HashSet<String>,
}

impl Agreements {
    fn of(db: &Connection) -> rusqlite::Result<Self> {
        let mut statement = db.prepare_cached("SELECT document, agreement, apart FROM agreements")?;
        let rows = statement.query_map([], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
        let rows: HashMap<String, (String, bool)> = rows.collect::<Result<_, _>>()?;
        let first = rows.values().map(|(agreement, _)| agreement.clone()).collect();
        let mut out = Self { rows, first, placed: HashSet::new() };
        let with_path = ids(db, "SELECT DISTINCT document FROM paths")?;
        out.placed = with_path.iter().map(|document| out.agreement(document).to_owned()).collect();
        Ok(out)
    }

    fn agreement<'a>(&'a self, document: &'a str) -> &'a str {
        self.rows.get(document).filter(|(_, apart)| !apart).map_or(document, |(agreement, _)| agreement)
    }

    /// Whether a document has joined an agreement, or is the first one of one.
    fn knows(&self, document: &str) -> bool {
        self.rows.contains_key(document) || self.first.contains(document)
    }

    /// Whether no document of the agreement of this one, which has no path, has one, and no person said what it is.
    fn is_orphan(&self, document: &str) -> bool {
        let apart = || self.rows.get(document).is_some_and(|(_, apart)| *apart);
        // One that was set apart from this one must not be joined to it again.
        let left = || self.rows.values().any(|(agreement, apart)| *apart && agreement == document);
        !self.placed.contains(self.agreement(document)) && !apart() && !left()
    }

    /// Takes in that a document joined an agreement, which has a path by that.
    fn join(&mut self, document: &str, agreement: String) {
        self.first.insert(agreement.clone());
        self.placed.insert(agreement.clone());
        self.rows.insert(document.to_owned(), (agreement, false));
    }
}

/// Where documents were, by the log.
#[derive(Default)]
struct Places {
    /// The path at which each document was first seen.
    first: HashMap<String, String>,
    /// The last path at which another content took the place of each.
    lost: HashMap<String, String>,
}

impl Places {
    fn of(db: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT kind, document, detail FROM events WHERE document IS NOT NULL AND detail IS NOT NULL
                   AND kind IN ('ingested', 're_extracted', 'path_added', 'left') ORDER BY id";
        let mut out = Self::default();
        let mut holders: HashMap<String, String> = HashMap::new();
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (document, path): (String, String) = (row.get(1)?, row.get(2)?);
            if row.get_ref(0)?.as_str()? == EventKind::Left.name() {
                holders.remove(&path);
                continue;
            }
            out.first.entry(document.clone()).or_insert_with(|| path.clone());
            let before = holders.insert(path.clone(), document.clone());
            if let Some(before) = before.filter(|before| *before != document) {
                out.lost.insert(before, path);
            }
        }
        Ok(out)
    }
}
