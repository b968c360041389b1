//! `tickler assign`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::said::Content;

use super::Format;
use super::app::{App, one};
use super::clean::clean;
use super::current::Current;
use super::exit::Usage;
use super::tell::{Telling, Told};

/// Say who answers for a contract
///
/// Each agreement has one owner, and perhaps a backup. Rules in the settings (`[[owner]]`) name owners by folder, party, type
/// or law; what is said here stands over them. An amendment has the owner of its agreement.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`tickler list --unowned` lists the contracts that nobody answers for; `tickler today --owner me` is what you \
    have to do.\n\nExamples:\n  \
    tickler assign cloud-msa 'Ann Field' --backup 'Bo Lind'\n  \
    tickler assign cloud-msa me\n  \
    tickler assign cloud-msa --nobody --why 'left the company'"
)]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Name of the owner; `me` for yourself
    #[arg(required_unless_present = "nobody")]
    pub(crate) owner: Option<String>,
    /// Name of the one who stands in
    #[arg(long, value_name = "NAME", requires = "owner")]
    pub(crate) backup: Option<String>,
    /// Say that nobody answers for it, whatever the rules say
    #[arg(long, conflicts_with = "owner")]
    pub(crate) nobody: bool,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let mut row = one(&store, &args.contract)?;
    let base = Current::new(&store, None)?.families.base(&row.id).clone();
    if base != row.id {
        // The agreement has the owner.
        row = store.find(base.as_str())?.pop().unwrap_or(row);
    }
    let (owner, backup) = owners(app, args.owner.as_deref(), args.backup.as_deref())?;
    if owner.is_none() && !args.nobody {
        return Err(Usage("give the owner a name, or say --nobody".to_owned()).into());
    }
    let content = Content::Owner { owner: owner.clone(), backup: backup.clone() };
    let statement = args.telling.tell(app, &mut store, &row, content)?;
    if args.telling.format == Format::Json {
        app.json(&Told { file_name: &row.file_name, statement })?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = clean(&row.file_name);
    match (owner, backup) {
        (Some(owner), Some(backup)) => {
            writeln!(app.out, "{file}: {} answers for it, {} stands in.", clean(&owner), clean(&backup))?;
        }
        (Some(owner), None) => writeln!(app.out, "{file}: {} answers for it.", clean(&owner))?,
        (None, _) => writeln!(app.out, "{file}: nobody answers for it.")?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The owner and the one who stands in, as somebody names them; no name, or an empty one, is nobody.
pub(super) fn owners(
    app: &App,
    owner: Option<&str>,
    backup: Option<&str>,
) -> anyhow::Result<(Option<String>, Option<String>)> {
    let named = |name: Option<&str>| {
        let name = name.map(str::trim).filter(|name| !name.is_empty())?;
        Some(app.person(name))
    };
    let (owner, backup) = (named(owner), named(backup));
    if backup.is_some() && backup == owner {
        return Err(Usage("the one who stands in must be somebody else".to_owned()).into());
    }
    if backup.is_some() && owner.is_none() {
        return Err(Usage("where nobody is the owner, nobody stands in".to_owned()).into());
    }
    Ok((owner, backup))
}
