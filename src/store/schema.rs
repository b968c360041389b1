//! The parts of a database: tables, indexes and triggers. Others than tickler's own could change what it reads or writes.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction};

use super::migrate::migrate_to;
use super::{SCHEMA_VERSION, Store, StoreError};

/// Makes a connection deaf to what a database brings along: functions in its schema, and views. Tickler has no views.
pub(super) fn harden(db: &Connection) -> rusqlite::Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    Ok(())
}

/// Kind and name.
type Part = (String, String);
/// Each part with its definition, without white space and quotation marks.
type Parts = BTreeMap<Part, String>;

fn name((kind, name): &Part) -> String {
    format!("{kind} {name:?}")
}

fn added(own: &Parts, found: &Parts) -> Vec<String> {
    found.keys().filter(|part| !own.contains_key(*part)).map(name).collect()
}

fn parts(db: &Connection) -> rusqlite::Result<Parts> {
    let sql = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema";
    let plain = |sql: &str| -> String { sql.chars().filter(|c| !c.is_whitespace() && *c != '"').collect() };
    let row = |r: &rusqlite::Row<'_>| Ok(((r.get(0)?, r.get(1)?), plain(r.get_ref(2)?.as_str()?)));
    let mut parts: Parts = db.prepare(sql)?.query_map([], row)?.collect::<Result<_, _>>()?;
    // Made by ANALYZE, which harms nobody.
    parts.retain(|(_, name), _| !name.starts_with("sqlite_stat"));
    Ok(parts)
}

/// An empty database of a version, as tickler makes it.
fn model(version: u32) -> Result<Connection, StoreError> {
    let path = Path::new("memory");
    let mut db = Connection::open_in_memory().map_err(|e| StoreError::sql(path, e))?;
    migrate_to(version, &mut db, path, Timestamp::UNIX_EPOCH)?;
    Ok(db)
}

impl Store {
    /// The parts of the database that are not as tickler makes them, such as `trigger "t"`.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn foreign(&self) -> Result<Vec<String>, StoreError> {
        let (own, found) = self.parts()?;
        let mut out = added(&own, &found);
        let other = |(part, sql): &(&Part, &String)| own.get(*part).is_some_and(|own| own != *sql);
        out.extend(found.iter().filter(other).map(|(part, _)| format!("{} in another form", name(part))));
        out.extend(own.keys().filter(|part| !found.contains_key(*part)).map(|part| format!("no {}", name(part))));
        Ok(out)
    }

    /// The parts of the database that would change what is written to it. An earlier version is judged by names alone,
    /// since its parts will be made anew.
    pub(super) fn meddling(&self) -> Result<Vec<String>, StoreError> {
        match self.version()? {
            0 => Ok(Vec::new()),
            SCHEMA_VERSION => self.foreign(),
            _ => self.parts().map(|(own, found)| added(&own, &found)),
        }
    }

    /// The parts that the database should have, and those that it has.
    fn parts(&self) -> Result<(Parts, Parts), StoreError> {
        let sql = |e| StoreError::sql(&self.path, e);
        Ok((parts(&model(self.version()?)?).map_err(sql)?, parts(&self.db).map_err(sql)?))
    }

    /// Whether the database has all tables of its version, each a table that holds rows of its own.
    pub(super) fn has_tables(&self) -> Result<bool, StoreError> {
        let (own, found) = self.parts()?;
        let is_table = |sql: &String| sql.to_ascii_lowercase().starts_with("createtable");
        let mut tables = own.keys().filter(|(kind, _)| kind == "table");
        Ok(tables.all(|part| found.get(part).is_some_and(is_table)))
    }

    /// Copies the rows of the tables that tickler knows, and nothing else, into the empty database `to`.
    pub(super) fn copy_rows(&self, to: &mut Connection, goal: &Path) -> Result<(), StoreError> {
        let version = self.version()?;
        migrate_to(version, to, goal, Timestamp::UNIX_EPOCH)?;
        let tables = || -> rusqlite::Result<Vec<String>> {
            // A row comes after those that it refers to: the documents refer to the runs, deliveries to the outbox, and the
            // others to documents.
            // What is derived is derived anew, and not taken from elsewhere.
            let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('sqlite_sequence', 'dates', 'overview')
                       ORDER BY name <> 'runs', name <> 'documents', name <> 'outbox', name";
            to.prepare(sql)?.query_map([], |r| r.get(0))?.collect()
        };
        let tables = tables().map_err(|e| StoreError::sql(goal, e))?;
        let tx = to.transaction().map_err(|e| StoreError::sql(goal, e))?;
        for table in &tables {
            self.copy_table(table, &tx, goal)?;
        }
        // The numbers of events go on where they were.
        let sequences = || -> rusqlite::Result<Vec<(String, i64)>> {
            let mut statement = self.db.prepare("SELECT name, seq FROM sqlite_sequence")?;
            statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        for (name, seq) in sequences().map_err(|e| StoreError::sql(&self.path, e))? {
            if tables.contains(&name) {
                let put = || -> rusqlite::Result<()> {
                    tx.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [&name])?;
                    tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", (&name, seq)).map(drop)
                };
                put().map_err(|e| StoreError::sql(goal, e))?;
            }
        }
        tx.commit().map_err(|e| StoreError::sql(goal, e))
    }

    fn copy_table(&self, table: &str, to: &Transaction<'_>, goal: &Path) -> Result<(), StoreError> {
        let theirs = |e| StoreError::sql(goal, e);
        let ours = |e| StoreError::sql(&self.path, e);
        let columns = || -> rusqlite::Result<Vec<String>> {
            to.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?
                .query_map([table], |r| r.get(0))?
                .collect()
        };
        let columns = columns().map_err(theirs)?;
        let (list, marks) = (columns.join(", "), vec!["?"; columns.len()].join(", "));
        let mut insert = to.prepare(&format!("INSERT INTO {table} ({list}) VALUES ({marks})")).map_err(theirs)?;
        let mut select = self.db.prepare(&format!("SELECT {list} FROM {table}")).map_err(ours)?;
        let mut rows = select.query([]).map_err(ours)?;
        while let Some(row) = rows.next().map_err(ours)? {
            for i in 0..columns.len() {
                let value = rusqlite::types::ToSqlOutput::Borrowed(row.get_ref(i).map_err(ours)?);
                insert.raw_bind_parameter(i + 1, value).map_err(theirs)?;
            }
            insert.raw_execute().map_err(theirs)?;
        }
        Ok(())
    }
}
