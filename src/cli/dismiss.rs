//! `tickler dismiss`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::record::ReviewItem;
use tickler::said::{Content, item_key};

use super::Format;
use super::app::App;
use super::clean::short;
use super::current::Asked;
use super::exit::Usage;
use super::review::why;
use super::tell::{self, Telling, Told};

/// Say that an item of the review list needs no more looking at
///
/// It comes back when the words change that it is about.
#[derive(Debug, clap::Args)]
#[command(after_help = "`tickler review` prints the IDs.\n\nExamples:\n  \
    tickler dismiss sow-form-fields expiration_date --why 'ends with the project'")]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// First digits of an ID of the list, or a field, of which all items are meant
    pub(crate) item: String,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, current, view) = tell::viewed(&store, &args.contract)?;
    // Every value, so that what a list with another --below shows can be dismissed, too.
    let items = current.to_review(&row.id, &view, 1.0, Asked::far(app.today, &app.settings));
    let field = tell::field(&args.item);
    let is_it = |item: &&ReviewItem| match field {
        Some((field, _)) => item.field == field.name(),
        None => item.field == args.item || tell::begins(item.fact.as_str(), &args.item),
    };
    let found: Vec<&ReviewItem> = items.iter().filter(is_it).collect();
    if found.is_empty() {
        let problem = format!("no item for review is called {:?}; `tickler review` lists them", args.item);
        return Err(Usage(problem).into());
    }
    let mut told = Vec::new();
    for item in found {
        let (field, text) = (item.field.clone(), format!("{}: {}", why(item.reason), item.raw));
        let content = Content::Dismissed { item: item_key(item), field, text: text.clone() };
        let statement = args.telling.tell(app, &mut store, &row, content)?;
        if args.telling.format == Format::Text {
            writeln!(app.out, "Dismissed: {}, {}", item.field.replace('_', " "), short(&text, 80))?;
        }
        told.push(Told { file_name: &row.file_name, statement });
    }
    if args.telling.format == Format::Json {
        app.json(&told)?;
    }
    Ok(ExitCode::SUCCESS)
}
