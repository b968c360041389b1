//! `tickler export --since CURSOR`

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::record::DocumentId;
use tickler::store::{ContractRow, Cursor, Revised, Store};

use super::Records;
use super::counted::Counted;
use crate::cli::app::App;
use crate::cli::current::Current;
use crate::cli::exit::Usage;
use crate::cli::sink;

/// The change, and the revision, of a contract whose record cannot be read.
const DAMAGED: &str = "damaged";

/// A line: what happened to a contract.
#[derive(Serialize)]
struct Line<'a> {
    /// The place behind this line: whoever has worked it off goes on from there.
    cursor: String,
    contract_id: &'a DocumentId,
    change: &'static str,
    /// What it says now; null where it is gone or damaged.
    record: Option<Record>,
}

/// Writes the contracts whose records say something else than at the place `since` of the log, and those that are gone.
pub(super) fn run(
    app: &mut App,
    since: &Cursor,
    as_of: Date,
    settings: &Settings,
    output: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    if !store.knows(since)? {
        return Err(Usage(format!(
            "the cursor {since} is none of this store: it is another store's, or the store was restored from a backup since. \
             Begin anew with `--since start`, and drop what it does not name"
        ))
        .into());
    }
    let (current, rows) = (Current::new(&store, None)?, store.list()?);
    let counted = Counted::of(&store, &rows)?;
    let changes = changes(&store, &current, &counted, as_of, settings)?;
    let known = current.known();
    store.revise(&changes, app.now)?;
    let told: Vec<Revised> = store.revisions()?.into_iter().filter(|r| r.cursor.event > since.event).collect();
    let current = Current::of(&store, None, known);
    let by_contract: HashMap<&DocumentId, &ContractRow> =
        counted.rows.iter().map(|row| (counted.contract(&row.id), row)).collect();
    sink::write(app, output, true, |out| {
        for Revised { contract, revision, cursor } in &told {
            let row = by_contract.get(contract).filter(|_| revision.is_some());
            let record = row.map_or(Ok(None), |row| current.record(row, as_of, settings))?.map(Record::revised);
            let change = match (&record, revision) {
                (Some(_), _) => "changed",
                (None, Some(_)) => DAMAGED,
                (None, None) => "removed",
            };
            let line = Line { cursor: cursor.to_string(), contract_id: contract, change, record };
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The contracts whose records say something else than what was last told of them, and those that are gone.
fn changes(
    store: &Store,
    current: &Current<'_>,
    counted: &Counted,
    as_of: Date,
    settings: &Settings,
) -> anyhow::Result<Vec<(DocumentId, Option<String>)>> {
    let mut unread = counted.unread.clone();
    let revisions = store.revisions()?.into_iter();
    let mut told: BTreeMap<DocumentId, String> = revisions.filter_map(|r| Some((r.contract, r.revision?))).collect();
    let mut changes = Vec::new();
    let mut records = Records::new(current, &counted.rows, as_of, settings, Record::revised);
    for record in &mut records {
        let contract = counted.contract(&record.contract.document.id).clone();
        unread.remove(&contract);
        if told.remove(&contract) != record.revision {
            changes.push((contract, record.revision));
        }
    }
    records.finish()?;
    // What is damaged is not gone, and is told anew when it can be read again.
    for contract in unread {
        if told.remove(&contract).is_none_or(|revision| revision != DAMAGED) {
            changes.push((contract, Some(DAMAGED.to_owned())));
        }
    }
    changes.extend(told.into_keys().map(|contract| (contract, None)));
    Ok(changes)
}
