//! `tickler export --format tables`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::export::tables::{DESCRIPTION, Table, csv_head, csv_row, description};

use super::Asked;
use super::counted::Counted;
use crate::cli::exit::Usage;
use crate::cli::sink;

/// Writes each table as CSV and as NDJSON, and what their columns are.
pub(super) fn run(asked: Asked<'_>) -> anyhow::Result<ExitCode> {
    let Asked { store, rows, as_of, settings, output, bom, .. } = asked;
    let Some(folder) = output.filter(|path| path.as_os_str() != "-") else {
        return Err(Usage("tables are several files: name a folder with --output".to_owned()).into());
    };
    let counted = Counted::of(store, rows)?;
    let tables = counted.tables(&settings.us, as_of);
    let names = |ending: &str| Table::ALL.map(|table| format!("{}.{ending}", table.name()));
    let names: Vec<String> = names("csv").into_iter().chain(names("ndjson")).chain([DESCRIPTION.to_owned()]).collect();
    sink::folder(folder, &names, |outs| {
        let (csv, rest) = outs.split_at_mut(Table::ALL.len());
        let (ndjson, last) = rest.split_at_mut(Table::ALL.len());
        for (table, out) in Table::ALL.into_iter().zip(&mut *csv) {
            out.write_all(bom.as_bytes())?;
            csv_head(table, out)?;
        }
        let mut records = asked.records(&counted.rows);
        for record in &mut records {
            for row in tables.rows(&record) {
                let at = row.table as usize;
                csv_row(&row, &mut csv[at])?;
                serde_json::to_writer(&mut ndjson[at], &row)?;
                writeln!(ndjson[at])?;
            }
        }
        records.finish()?;
        last.iter_mut().try_for_each(|out| -> anyhow::Result<()> {
            serde_json::to_writer_pretty(&mut *out, &description())?;
            Ok(writeln!(out)?)
        })
    })?;
    Ok(ExitCode::SUCCESS)
}
