//! `tickler export --format sql`

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::sql::{Source, Sql};
use tickler::export::tables::Tables;
use tickler::record::DocumentId;
use tickler::store::{ContractRow, Store};

use super::tables::counted;
use super::Records;
use crate::cli::app::App;
use crate::cli::current::Current;
use crate::cli::sink;

/// Writes a script for `psql` that makes its tables what the store holds.
pub(super) fn run(
    app: &mut App,
    store: &Store,
    current: &Current<'_>,
    rows: &[ContractRow],
    as_of: Date,
    settings: &Settings,
    output: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let (event, first) = (store.last_event()?, store.event_hash(1)?.unwrap_or_default());
    let source = Source { store: &first, event, as_of };
    let agreements = store.agreements()?;
    let tables = Tables { agreements: &agreements, us: &settings.us, as_of };
    let counted = counted(rows);
    // A contract that is damaged is not gone.
    let listed: HashSet<&DocumentId> = rows.iter().map(|row| &row.id).collect();
    let documents = store.documents()?;
    let mut unread: HashSet<&DocumentId> = documents.iter().filter(|id| !listed.contains(id)).collect();
    unread.extend(counted.iter().map(|row| &row.id));
    sink::write(app, output, false, |mut out| {
        let mut sql = Sql::begin(&mut out, source)?;
        let mut records = Records::new(current, &counted, as_of, settings, |r| r);
        for record in &mut records {
            unread.remove(&record.contract.document.id);
            for row in tables.rows(&record) {
                sql.row(&row)?;
            }
        }
        records.finish()?;
        for document in unread {
            sql.unread(tables.contract(document))?;
        }
        Ok(sql.end(source)?)
    })?;
    Ok(ExitCode::SUCCESS)
}
