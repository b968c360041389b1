//! `tickler confirm`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::family::View;
use tickler::record::Evidence;
use tickler::said::{Content, ValueSaid, fact_key, is_settable};

use super::Format;
use super::app::App;
use super::clean::clean;
use super::exit::Usage;
use super::facts as words;
use super::tell::{self, Telling, Told};

/// Say that values were read rightly
///
/// A confirmed value is certain, and stays when the contract is read again. If the reading changes, `tickler review` tells.
#[derive(Debug, clap::Args)]
#[command(after_help = "`tickler undo` takes a statement back; `tickler log` lists them.\n\nExamples:\n  \
    tickler confirm cloud-msa expiration_date renewal\n  \
    tickler confirm cloud-msa parties\n  \
    tickler confirm cloud-msa 82439a9c --why 'compared with the signed original'")]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Fields, such as expiration_date or parties, or first digits of the IDs of values
    #[arg(required = true, value_name = "FIELD")]
    pub(crate) fields: Vec<String>,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, _, view) = tell::viewed(&store, &args.contract)?;
    // All are looked up before the first is kept.
    let mut contents = Vec::new();
    for name in &args.fields {
        contents.extend(values(&view, name)?);
    }
    let mut told = Vec::new();
    for (label, words, said) in contents {
        let statement = args.telling.tell(app, &mut store, &row, Content::Value(said))?;
        if args.telling.format == Format::Text {
            writeln!(app.out, "Confirmed: {label} is {}.", clean(&words))?;
        }
        told.push(Told { file_name: &row.file_name, statement });
    }
    if args.telling.format == Format::Json {
        app.json(&told)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The values of a field, or that of an ID, as confirmed: each with the name of its field and in words.
pub(super) fn values(view: &View, name: &str) -> anyhow::Result<Vec<(&'static str, String, ValueSaid)>> {
    let mut contents = Vec::new();
    for fact in tell::facts(view, name)? {
        let json = fact.to_json()?;
        let Some(value) = json.value().cloned() else {
            let problem = format!(
                "{} has no value that could be confirmed ({}); `tickler set` gives it one",
                fact.field.name(),
                words::value(&fact)
            );
            return Err(Usage(problem).into());
        };
        // What is confirmed may be what somebody set.
        let earlier = view.corrections.iter().find(|c| c.fact == *fact.id);
        let read = earlier.map_or_else(|| Some(value.clone()), |c| c.read.clone());
        let several = !is_settable(fact.field);
        let proof = fact.evidence.first().filter(|e| !e.quote().is_empty());
        let said = ValueSaid {
            field: fact.field.name().to_owned(),
            fact: several.then(|| fact_key(fact.raw)),
            confirmed: read.as_ref() == Some(&value),
            value,
            read,
            quote: proof.map(|e| e.quote().to_owned()),
            page: proof.map(Evidence::page),
        };
        contents.push((fact.field.label(), words::value(&fact), said));
    }
    Ok(contents)
}
