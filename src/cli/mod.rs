//! The command line: arguments, printing, progress and exit codes. One file a subcommand.

mod agenda;
mod app;
mod backup;
mod calendars;
mod clauses;
mod clean;
mod completions;
mod current;
mod doctor;
mod event;
mod exit;
mod explain;
mod export;
mod extract;
mod facts;
mod filter;
mod ingest;
mod link;
mod list;
mod measure;
mod model;
mod passwords;
mod reading;
mod reindex;
mod remove;
mod restore;
mod review;
mod rule;
mod scans;
mod schedule;
mod schema;
mod search;
mod show;
mod sink;
mod table;
mod text;
mod trust;
mod verify;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use app::App;

/// Reads signed contracts and keeps track of their deadlines, on this machine only.
#[derive(Debug, Parser)]
#[command(
    name = "tickler",
    version,
    about = "Reads signed contract PDFs on this computer and lists their deadlines and obligations, with proof for every value.",
    after_help = "Examples:\n  \
        tickler ingest fixtures/contracts      # read a folder of contracts into the store\n  \
        tickler schedule --within 90d          # list what is due in the next 90 days\n  \
        tickler show cloud-msa                 # show one contract, by a part of its file name\n  \
        tickler search '\"written notice\"' --party Holloway\n  \
        tickler explain 82439a9c               # show the text behind a value\n\n\
        Exit codes: 0 success; 1 some documents could not be read, or a check found a problem; \
        2 wrong usage, settings or store; 3 internal error.",
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// Store folder [default: tickler in your data folder]
    #[arg(long, global = true, env = "TICKLER_STORE", value_name = "DIR")]
    store: Option<PathBuf>,
    /// Settings file [default: tickler.toml in this folder or in your configuration folder]
    #[arg(long, global = true, env = "TICKLER_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Print more on standard error; give it twice for details
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Print only errors on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Text for people, or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// The commands, in the order of the help: by what people do.
#[derive(Debug, Subcommand)]
enum Command {
    // Read contracts.
    Ingest(ingest::Args),
    Extract(extract::Args),
    Text(text::Args),
    // Find out what they say.
    Schedule(schedule::Args),
    List(list::Args),
    Show(show::Args),
    Search(search::Args),
    Clauses(clauses::Args),
    Explain(explain::Args),
    Review(review::Args),
    // Add what they do not say.
    Event(event::Args),
    Link(link::Args),
    Measure(measure::Args),
    // Use the records elsewhere.
    Export(export::Args),
    // Look after the store.
    Remove(remove::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Verify(verify::Args),
    Reindex(reindex::Args),
    Doctor(doctor::Args),
    // Look something up.
    Calendars(calendars::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    #[command(hide = true)]
    Worker(worker::Args),
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    tickler::offline::seal();
    let cli = Cli::parse();
    // A worker needs no settings and no store of the user, and must not touch them.
    if let Command::Worker(args) = &cli.command {
        return worker::run(args);
    }
    let color = cli.global.color;
    match App::new(cli.global).and_then(|mut app| run(cli.command, &mut app)) {
        Ok(code) => code,
        Err(error) => exit::report(&error, color),
    }
}

fn run(command: Command, app: &mut App) -> anyhow::Result<ExitCode> {
    let code = match command {
        Command::Ingest(args) => ingest::run(&args, app),
        Command::Extract(args) => extract::run(&args, app),
        Command::Text(args) => text::run(&args, app),
        Command::Schedule(args) => schedule::run(&args, app),
        Command::List(args) => list::run(&args, app),
        Command::Show(args) => show::run(&args, app),
        Command::Search(args) => search::run(&args, app),
        Command::Clauses(args) => clauses::run(&args, app),
        Command::Explain(args) => explain::run(&args, app),
        Command::Review(args) => review::run(&args, app),
        Command::Event(args) => event::run(&args, app),
        Command::Link(args) => link::run(&args, app),
        Command::Measure(args) => measure::run(&args, app),
        Command::Export(args) => export::run(&args, app),
        Command::Remove(args) => remove::run(&args, app),
        Command::Backup(args) => backup::run(&args, app),
        Command::Restore(args) => restore::run(&args, app),
        Command::Verify(args) => verify::run(&args, app),
        Command::Reindex(args) => reindex::run(&args, app),
        Command::Doctor(args) => doctor::run(&args, app),
        Command::Calendars(args) => calendars::run(&args, app),
        Command::Schema(args) => schema::run(&args, app),
        Command::Completions(args) => completions::run(&args, app),
        Command::Worker(args) => Ok(worker::run(&args)),
    }?;
    // Output that cannot be written is an error.
    std::io::Write::flush(&mut app.out)?;
    Ok(code)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn arguments_are_consistent() {
        super::Cli::command().debug_assert();
        // What clap checks only in builds for debugging: flattened arguments must not share a name.
        for command in super::Cli::command().get_subcommands() {
            let mut ids: Vec<_> = command.get_arguments().map(clap::Arg::get_id).collect();
            let all = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), all, "{}: two arguments of one name", command.get_name());
        }
    }
}
