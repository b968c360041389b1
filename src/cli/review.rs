//! `tickler review`

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tickler::family::View;
use tickler::record::{DocumentId, ReviewItem, ReviewReason};

use super::app::App;
use super::clean::short;
use super::extract::confidence;
use super::filter::Chosen;
use super::{Format, table};

/// List the values that a person should check
#[derive(Debug, clap::Args)]
#[command(after_help = "`tickler explain` with an ID of the list shows the text behind a value.\n\nExamples:\n  \
    tickler review --party Holloway\n  \
    tickler review --field expiration_date --field renewal\n  \
    tickler review --below 0.9 --format json")]
pub(super) struct Args {
    /// List only values of this field of the record; repeatable
    #[arg(long, value_name = "FIELD")]
    field: Vec<String>,
    /// List values below this confidence, 0 to 1 [default: that of the settings, 0.75]
    #[arg(long, value_name = "P", value_parser = confidence)]
    below: Option<f32>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Serialize)]
struct Line {
    contract: DocumentId,
    file_name: String,
    #[serde(flatten)]
    item: ReviewItem,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let sure = args.below.unwrap_or(app.settings.review_below);
    let mut lines = Vec::new();
    let current = args.chosen.current(&store)?;
    for row in args.chosen.rows(app, &store, &current, app.today)? {
        let Some(View { contract, .. }) = current.view(&row.id)? else { continue };
        let wanted = |i: &ReviewItem| args.field.is_empty() || args.field.contains(&i.field);
        for item in contract.needs_review(sure).into_iter().filter(wanted) {
            lines.push(Line { contract: row.id.clone(), file_name: row.file_name.clone(), item });
        }
    }
    match args.format {
        Format::Json => app.json(&lines)?,
        Format::Text if lines.is_empty() => writeln!(app.out, "Nothing to review.")?,
        Format::Text => {
            let mut out = table::table(&["FILE", "FIELD", "REASON", "CONFIDENCE", "PAGE", "TEXT", "ID"]);
            for Line { file_name, item, .. } in &lines {
                let why = match item.reason {
                    ReviewReason::Unresolved => "unresolved",
                    ReviewReason::Conflicting => "conflicting values",
                    ReviewReason::Redacted => "redacted",
                    ReviewReason::Uncertain => "uncertain",
                    ReviewReason::Unsigned => "not signed",
                    ReviewReason::PartiallySigned => "partially signed",
                    ReviewReason::ChangedAfterSigning => "changed after signing",
                    ReviewReason::BrokenSignature => "broken signature",
                    ReviewReason::DoubtfulSignature => "doubtful signature",
                    ReviewReason::NotEnglish => "not in English",
                    ReviewReason::NotRead => "not read",
                    ReviewReason::PartlyRead => "partly read",
                };
                let certain = format!("{:.0} %", item.confidence.get() * 100.0);
                let page = item.page.to_string();
                let field = item.field.replace('_', " ");
                let row =
                    [&*short(file_name, 48), &field, why, &certain, &page, &short(&item.raw, 60), item.fact.as_str()];
                table::row(&mut out, &row);
            }
            write!(app.out, "{}", table::text(&out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
