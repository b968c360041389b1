//! `tickler corrections`

use std::io::Write as _;
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;
use tickler::record::{DocumentId, Evidence};
use tickler::said::Correction;

use super::app::App;
use super::clean::Cleaned;
use super::filter::Chosen;

/// Print the values that people confirmed or corrected, as labelled examples
///
/// Each line has what was read, what is right, and the words of the contract, so that rules can be tested on them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler corrections > examples.ndjson\n  \
    tickler corrections --wrong --format json")]
pub(super) struct Args {
    /// Print only those where another value was read, or none
    #[arg(long)]
    wrong: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Ndjson,
    Json,
}

/// One example.
#[derive(Serialize)]
struct Example {
    contract: DocumentId,
    file_name: String,
    #[serde(flatten)]
    correction: Correction,
    /// Whether the program reads the right value.
    right: bool,
    /// The words of the contract that prove the value.
    evidence: Value,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let current = args.chosen.current(&store)?;
    let mut examples = Vec::new();
    for row in args.chosen.rows(app, &store, &current, app.today)? {
        if !row.counts() || current.said.values(&row.id).is_empty() {
            continue;
        }
        let Some(view) = current.view(&row.id)? else { continue };
        let facts = view.contract.facts();
        for correction in &view.corrections {
            let proof = facts.iter().find(|f| *f.id == correction.fact).map_or(&[] as &[Evidence], |f| f.evidence);
            let right = correction.read.as_ref() == Some(&correction.value);
            if !args.wrong || !right {
                examples.push(Example {
                    contract: row.id.clone(),
                    file_name: row.file_name.clone(),
                    correction: correction.clone(),
                    right,
                    evidence: serde_json::to_value(proof)?,
                });
            }
        }
    }
    match args.format {
        Format::Json => app.json(&examples)?,
        Format::Ndjson => {
            for example in &examples {
                let mut out = Cleaned::json(&mut app.out);
                serde_json::to_writer(&mut out, example)?;
                writeln!(out)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
