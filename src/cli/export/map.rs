//! `tickler export --map MAP`

use std::path::Path;
use std::process::ExitCode;

use tickler::export::map::{FieldMap, SHIPPED};

use super::Asked;
use super::counted::Counted;
use crate::cli::app::App;
use crate::cli::exit::Usage;
use crate::cli::sink;

/// The map of a file, or one that the program brings along.
pub(in crate::cli) fn load(name: &Path) -> anyhow::Result<FieldMap> {
    let shipped = SHIPPED.iter().find(|(shipped, _)| name.as_os_str() == *shipped && !name.exists());
    let text = if let Some((_, text)) = shipped {
        (*text).to_owned()
    } else {
        let names = SHIPPED.map(|(name, _)| name).join(", ");
        let problem = |e| Usage(format!("cannot read the map {}: {e}; tickler itself has {names}", name.display()));
        std::fs::read_to_string(name).map_err(problem)?
    };
    FieldMap::parse(&text).map_err(|why| Usage(format!("the map {} is not valid\n{why}", name.display())).into())
}

/// Writes contracts under the names of a map.
pub(super) fn run(app: &mut App, map: &FieldMap, asked: Asked<'_>) -> anyhow::Result<ExitCode> {
    let counted = Counted::of(asked.store, asked.rows)?;
    let tables = counted.tables(&asked.settings.us, asked.as_of);
    sink::write(app, asked.output, map.is_json(), |mut out| {
        out.write_all(asked.bom.as_bytes())?;
        map.head(&mut out)?;
        let mut records = asked.records(&counted.rows);
        for record in &mut records {
            map.write(&tables.rows(&record), &mut out)?;
        }
        records.finish()
    })?;
    Ok(ExitCode::SUCCESS)
}
