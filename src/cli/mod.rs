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
    about = "Reads signed contract PDFs on your own machine and turns them into dated obligations, with proof for every value.",
    after_help = "Examples:\n  \
        tickler ingest ~/contracts            read a folder into the store\n  \
        tickler schedule --within 90d         what is due in the next 90 days\n  \
        tickler search '\"notice of termination\" --party Acme'\n  \
        tickler explain 3f2a9c0b              show the words and the arithmetic behind a date\n  \
        tickler extract a.pdf | jq .schedule  read one file without a store\n\n\
        Exit codes: 0 all good; 1 finished, some documents could not be read; 2 usage, configuration or store;\n\
        3 internal error.",
    max_term_width = 120,
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
struct Global {
    /// Folder of the store [default: tickler in your data folder]
    #[arg(long, global = true, env = "TICKLER_STORE", value_name = "DIR")]
    store: Option<PathBuf>,
    /// Settings file [default: tickler.toml in this folder, else in your configuration folder]
    #[arg(long, global = true, env = "TICKLER_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Say more on standard error; twice for details
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Say nothing on standard error but errors
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

#[derive(Debug, Subcommand)]
enum Command {
    Ingest(ingest::Args),
    Extract(extract::Args),
    Search(search::Args),
    Schedule(schedule::Args),
    Clauses(clauses::Args),
    Show(show::Args),
    Explain(explain::Args),
    Event(event::Args),
    Measure(measure::Args),
    List(list::Args),
    Link(link::Args),
    Export(export::Args),
    Review(review::Args),
    Remove(remove::Args),
    Reindex(reindex::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Verify(verify::Args),
    Calendars(calendars::Args),
    Schema(schema::Args),
    #[command(hide = true)]
    Worker(worker::Args),
    Doctor(doctor::Args),
    Completions(completions::Args),
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    tickler::offline::seal();
    let cli = Cli::parse();
    // A worker needs nothing of the user's, and should not touch it.
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
        Command::Search(args) => search::run(&args, app),
        Command::Schedule(args) => schedule::run(&args, app),
        Command::Clauses(args) => clauses::run(&args, app),
        Command::Show(args) => show::run(&args, app),
        Command::Explain(args) => explain::run(&args, app),
        Command::Event(args) => event::run(&args, app),
        Command::Link(args) => link::run(&args, app),
        Command::Measure(args) => measure::run(&args, app),
        Command::List(args) => list::run(&args, app),
        Command::Export(args) => export::run(&args, app),
        Command::Review(args) => review::run(&args, app),
        Command::Remove(args) => remove::run(&args, app),
        Command::Reindex(args) => reindex::run(&args, app),
        Command::Backup(args) => backup::run(&args, app),
        Command::Restore(args) => restore::run(&args, app),
        Command::Verify(args) => verify::run(&args, app),
        Command::Calendars(args) => calendars::run(&args, app),
        Command::Schema(args) => schema::run(&args, app),
        Command::Worker(args) => Ok(worker::run(&args)),
        Command::Doctor(args) => doctor::run(&args, app),
        Command::Completions(args) => completions::run(&args, app),
    }?;
    // What does not reach its reader has not been said.
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
