//! `tickler export --format sql`

use std::process::ExitCode;

use tickler::export::sql::{Source, Sql};

use super::Asked;
use super::counted::Counted;
use crate::cli::app::App;
use crate::cli::sink;

/// Writes a script for `psql` that makes its tables what the store holds.
pub(super) fn run(app: &mut App, asked: Asked<'_>) -> anyhow::Result<ExitCode> {
    let Asked { store, rows, as_of, settings, output, .. } = asked;
    let (event, first) = (store.last_event()?, store.event_hash(1)?.unwrap_or_default());
    let source = Source { store: &first, event, as_of };
    let mut counted = Counted::of(store, rows)?;
    let mut unread = std::mem::take(&mut counted.unread);
    let tables = counted.tables(&settings.us, as_of);
    sink::write(app, output, false, |mut out| {
        let mut sql = Sql::begin(&mut out, source)?;
        let mut records = asked.records(&counted.rows);
        for record in &mut records {
            unread.remove(tables.contract(&record.contract.document.id));
            for row in tables.rows(&record) {
                sql.row(&row)?;
            }
        }
        records.finish()?;
        for contract in &unread {
            sql.unread(contract)?;
        }
        Ok(sql.end(source)?)
    })?;
    Ok(ExitCode::SUCCESS)
}
