//! The flat tables for PostgreSQL, as a script for `psql`.
//!
//! The script is one transaction. It makes the schema `tickler` or brings it up to date, copies all rows into a stage, changes
//! the rows whose hash differs, and marks those that are gone. If it is cut off, nothing has changed. The columns are those of
//! [`super::tables`].

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::civil::Date;

use super::is_unprintable;
use super::tables::{Kind, Row, Table};
use crate::record::{DocumentId, Part as _};

/// Version of the schema. It is raised with every change of the columns or the views; a change that is more than a new column
/// needs statements of its own in `schema.rs`, which an older schema runs through.
pub const VERSION: u32 = 5;

const VIEWS: &str = include_str!("views.sql");

/// A script that rows are added to.
pub struct Sql<'a, W> {
    out: &'a mut W,
}

/// Of which store, and of which state of it, a script is.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What no other store has: the hash of its first event.
    pub store: &'a str,
    /// The number of the last event.
    pub event: i64,
    /// The day that counts as today.
    pub as_of: Date,
}

impl<'a, W: Write> Sql<'a, W> {
    /// Writes what stands before the rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(out: &'a mut W, source: Source<'_>) -> io::Result<Self> {
        let Source { store, event, .. } = source;
        writeln!(
            out,
            "-- Contracts, deadlines and decisions for PostgreSQL. Load it with psql: it uses commands of that program.
\\set ON_ERROR_STOP on
BEGIN;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL client_min_messages = warning;
-- One load at a time.
DO $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('tickler')); END $$;
SELECT to_regclass('tickler.loaded') IS NULL AS is_new \\gset
\\if :is_new
CREATE SCHEMA IF NOT EXISTS tickler;
CREATE TABLE tickler.loaded (version integer NOT NULL, store text NOT NULL, event bigint NOT NULL, as_of date NOT NULL);
\\endif
DO $$
DECLARE
    known tickler.loaded;
BEGIN
    SELECT * INTO known FROM tickler.loaded;
    IF known.version > {VERSION} THEN
        RAISE EXCEPTION 'the schema tickler is that of a later version of tickler'
            USING HINT = 'Export with that version.';
    ELSIF known.store <> '{store}' THEN
        RAISE EXCEPTION 'the schema tickler holds the contracts of another store'
            USING HINT = 'Load each store into a database of its own. To take this one over, delete the row of tickler.loaded.';
    ELSIF known.event > {event} THEN
        RAISE EXCEPTION 'this export is older than the one that was loaded last'
            USING HINT = 'Export again. If the store was restored from a backup, delete the row of tickler.loaded first.';
    END IF;
END $$;
SELECT coalesce(max(version), 0) < {VERSION} AS is_older FROM tickler.loaded \\gset
\\if :is_older
{}\\endif
CREATE TEMPORARY TABLE tickler_stage (kind text NOT NULL, hash text NOT NULL, content jsonb NOT NULL) ON COMMIT DROP;
COPY tickler_stage FROM STDIN;",
            schema()
        )?;
        Ok(Self { out })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of the script.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        self.stage(row.table.name(), &serde_json::to_string(row)?)
    }

    /// Says that a contract is in the store and could not be read, so that its rows stay as they are.
    ///
    /// # Errors
    /// Those of the script.
    pub fn unread(&mut self, contract: &DocumentId) -> io::Result<()> {
        self.stage("unread", &serde_json::json!({ "contract_id": contract }).to_string())
    }

    fn stage(&mut self, kind: &str, json: &str) -> io::Result<()> {
        let hash = blake3::hash(json.as_bytes()).to_hex();
        writeln!(self.out, "{kind}\t{}\t{}", hash.part(..32), copied(json))
    }

    /// Writes what stands behind the rows.
    ///
    /// # Errors
    /// Those of the script.
    pub fn end(self, source: Source<'_>) -> io::Result<()> {
        let Source { store, event, as_of } = source;
        let merges: String = Table::ALL.into_iter().map(merge).collect();
        writeln!(
            self.out,
            "\\.
ANALYZE tickler_stage;
{merges}DELETE FROM tickler.loaded
    WHERE (version, store, event, as_of) IS DISTINCT FROM ({VERSION}, '{store}', {event}, '{as_of}'::date);
INSERT INTO tickler.loaded SELECT {VERSION}, '{store}', {event}, '{as_of}' WHERE NOT EXISTS (SELECT FROM tickler.loaded);
COMMIT;"
        )
    }
}

/// What makes the tables, adds the columns that an older schema lacks, and describes them.
fn schema() -> String {
    let mut out = String::new();
    for table in Table::ALL {
        let (name, key) = (table.name(), table.key());
        let parent = if table == Table::Contracts { "" } else { " REFERENCES tickler.contracts" };
        let keys: Vec<_> = key.iter().map(|key| format!("{key} text NOT NULL{}", parent_of(key, parent))).collect();
        let _ = writeln!(
            out,
            "CREATE TABLE IF NOT EXISTS tickler.{name} ({}, hash text NOT NULL, changed_at timestamptz NOT NULL DEFAULT \
             now(), removed_at timestamptz, PRIMARY KEY ({}));",
            keys.join(", "),
            key.join(", ")
        );
        let _ = writeln!(out, "COMMENT ON TABLE tickler.{name} IS {};", quoted(table.about()));
        for head in table.heads() {
            let column = head.name;
            if !key.contains(&column) {
                let kind = type_of(head.kind);
                let _ = writeln!(out, "ALTER TABLE tickler.{name} ADD COLUMN IF NOT EXISTS \"{column}\" {kind};");
            }
            let _ = writeln!(out, "COMMENT ON COLUMN tickler.{name}.\"{column}\" IS {};", quoted(head.about));
        }
    }
    out + VIEWS
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What a column of the key points to.
fn parent_of<'a>(key: &str, parent: &'a str) -> &'a str {
    if key == Table::Contracts.key()[0] { parent } else { "" }
}

/// What takes the rows of a table over from the stage.
fn merge(table: Table) -> String {
    let (name, key, heads) = (table.name(), table.key(), table.heads());
    let list = |each: &dyn Fn(&str) -> String| heads.iter().map(|head| each(head.name)).collect::<Vec<_>>().join(", ");
    let (columns, read) = (list(&|name| format!("\"{name}\"")), list(&|name| format!("r.\"{name}\"")));
    let set = list(&|name| format!("\"{name}\" = excluded.\"{name}\""));
    let typed: Vec<_> = heads.iter().map(|head| format!("\"{}\" {}", head.name, type_of(head.kind))).collect();
    let same: Vec<_> = key.iter().map(|key| format!("s.content ->> '{key}' = t.{key}")).collect();
    format!(
        "INSERT INTO tickler.{name} AS t ({columns}, hash)
    SELECT {read}, s.hash FROM tickler_stage s, jsonb_to_record(s.content) AS r ({}) WHERE s.kind = '{name}'
    ON CONFLICT ({}) DO UPDATE SET {set}, hash = excluded.hash, changed_at = now(), removed_at = NULL
    WHERE t.hash <> excluded.hash OR t.removed_at IS NOT NULL;
UPDATE tickler.{name} t SET removed_at = now()
    WHERE t.removed_at IS NULL
    AND NOT EXISTS (SELECT FROM tickler_stage s WHERE s.kind = '{name}' AND {})
    AND NOT EXISTS (SELECT FROM tickler_stage s WHERE s.kind = 'unread' AND s.content ->> 'contract_id' = t.contract_id);
",
        typed.join(", "),
        key.join(", "),
        same.join(" AND ")
    )
}

const fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Day => "date",
        Kind::Time => "timestamptz",
        Kind::Whole => "bigint",
        Kind::Number => "numeric",
        Kind::Flag => "boolean",
    }
}

/// JSON as a field of COPY. What a terminal would obey stands in escapes of JSON, so that nothing on the way spells it out in
/// another form.
fn copied(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            c if is_unprintable(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A schema that is in use changes only with its version.
    #[test]
    fn the_version_of_the_schema_is_that_of_its_columns_and_views() {
        let hash = blake3::hash(schema().as_bytes()).to_hex();
        assert_eq!(
            (VERSION, hash.part(..16)),
            (5, "a6f32c58a245bdfc"),
            "the columns or the views have changed: raise VERSION, and keep the new hash here"
        );
    }

    #[test]
    fn text_reaches_the_database_as_it_is() {
        assert_eq!(copied(r#"{"a":"x\ny\\"}"#), r#"{"a":"x\\ny\\\\"}"#);
        assert_eq!(copied("\u{202e}\u{1b}\u{e0001}é"), r"\\u202e\\u001b\\udb40\\udc01é");
    }
}
