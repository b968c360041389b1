//! The command line: arguments, printing, progress and exit codes. One file a subcommand.

pub(crate) mod agenda;
pub(crate) mod app;
pub(crate) mod assign;
mod backup;
mod calendars;
mod changes;
mod clauses;
pub(crate) mod clean;
mod completions;
pub(crate) mod confirm;
mod corrections;
pub(crate) mod current;
pub(crate) mod decide;
pub(crate) mod dismiss;
mod doctor;
pub(crate) mod done;
pub(crate) mod event;
pub(crate) mod exit;
mod explain;
pub(crate) mod export;
mod extract;
pub(crate) mod facts;
pub(crate) mod feed;
pub(crate) mod filter;
mod gaps;
mod hooks;
mod import;
mod ingest;
pub(crate) mod letter;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod log;
mod man;
mod mcp;
pub(crate) mod measure;
pub(crate) mod model;
mod pager;
mod passwords;
mod reading;
mod reindex;
mod remind;
mod remove;
pub(crate) mod report;
mod reported;
mod restore;
pub(crate) mod review;
mod rule;
mod scans;
mod schedule;
mod schema;
pub(crate) mod search;
mod send;
pub(crate) mod sent;
mod serve;
pub(crate) mod set;
mod show;
mod sink;
mod stream;
mod table;
pub(crate) mod tell;
mod text;
pub(crate) mod today;
mod trust;
pub(crate) mod undo;
mod verify;
mod worker;
mod wrap;

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use clap::{ArgAction, Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use app::App;

/// Reads signed contracts and keeps track of their deadlines, on this machine only.
#[derive(Debug, Parser)]
#[command(
    name = "tickler",
    version,
    about = "Reads signed contract PDFs on this computer and lists their deadlines and obligations, with proof for every value.",
    after_help = "Examples:\n  \
        tickler ingest fixtures/contracts      # read a folder of contracts into the store\n  \
        tickler                                # show what has to be decided now and soon\n  \
        tickler schedule --within 90d          # list what is due in the next 90 days\n  \
        tickler show cloud-msa                 # show one contract, by a part of its file name\n  \
        tickler search '\"written notice\"' --party Holloway\n  \
        tickler explain 82439a9c               # show the text behind a value\n\n\
        Exit codes: 0 success; 1 some documents could not be read, or a check found a problem; \
        2 wrong usage, settings or store; 3 internal error.",
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: Global,
    /// Without one: `today`, when there is a store.
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// Store folder [default: tickler in your data folder]
    #[arg(long, global = true, env = "TICKLER_STORE", value_name = "DIR")]
    store: Option<PathBuf>,
    /// Settings file [default: tickler.toml in your configuration folder; of one in this folder only harmless settings count]
    #[arg(long, global = true, env = "TICKLER_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Wait while another tickler writes to the store, SECONDS at most [without a number: until it is free]
    #[arg(long, global = true, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "forever")]
    wait: Option<Wait>,
    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Do not show long lists page by page
    #[arg(long, global = true)]
    no_pager: bool,
    /// Print more on standard error; give it twice for details
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Print only errors on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
}

/// How long to wait for the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    Forever,
    Seconds(u32),
}

impl Wait {
    /// Whether to wait on after so long a time.
    fn goes_on(self, waited: Duration) -> bool {
        match self {
            Self::Forever => true,
            Self::Seconds(most) => waited < Duration::from_secs(u64::from(most)),
        }
    }
}

impl FromStr for Wait {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "forever" => Ok(Self::Forever),
            seconds => seconds.parse().map(Self::Seconds).map_err(|_| "give a number of seconds, such as --wait=60"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Text for people, or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
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
    Today(today::Args),
    Schedule(schedule::Args),
    List(list::Args),
    Show(show::Args),
    Search(search::Args),
    Clauses(clauses::Args),
    Explain(explain::Args),
    Review(review::Args),
    Changes(changes::Args),
    Report(report::Args),
    Serve(serve::Args),
    Mcp(mcp::Args),
    // Say what is right, and what they do not say.
    Assign(assign::Args),
    Decide(decide::Args),
    Letter(letter::Args),
    Sent(sent::Args),
    Done(done::Args),
    Snooze(done::SnoozeArgs),
    Note(done::NoteArgs),
    Confirm(confirm::Args),
    Set(set::Args),
    Unset(set::UnsetArgs),
    Dismiss(dismiss::Args),
    Event(event::Args),
    Link(link::Args),
    Measure(measure::Args),
    Undo(undo::Args),
    Log(log::Args),
    // Use the records elsewhere.
    Export(export::Args),
    Import(import::Args),
    Corrections(corrections::Args),
    // Tell people.
    Remind(remind::Args),
    Send(send::Args),
    Hooks(hooks::Args),
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
    Man(man::Args),
    #[command(hide = true)]
    Worker(worker::Args),
    #[command(hide = true)]
    Tied(worker::TiedArgs),
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    // Nothing was opened yet. Only the page keeps one socket, which listens on this machine; and only what was written for
    // others leaves it, by `send` and by the commands that `hooks` starts.
    let door = match &cli.command {
        Some(Command::Serve(args)) => Some(serve::Door::open(args)),
        Some(Command::Send(_) | Command::Hooks(_)) => None,
        _ => {
            tickler::offline::seal();
            None
        }
    };
    // A worker needs no settings and no store of the user, and must not touch them.
    match &cli.command {
        Some(Command::Worker(args)) => return worker::run(args),
        Some(Command::Tied(args)) => return worker::run_tied(args),
        _ => {}
    }
    let color = cli.global.color;
    let run = |mut app: App| match cli.command {
        Some(command) => tell(run(command, door, &mut app), &app),
        None if app.has_store() => tell(run(Command::Today(today::Args::default()), door, &mut app), &app),
        None => {
            Cli::command().print_help()?;
            Ok(exit::usage())
        }
    };
    match App::new(cli.global).and_then(run) {
        Ok(code) => code,
        Err(error) => exit::report(&error, color),
    }
}

/// Tells what the command passed over. It did its work, but not with all documents.
fn tell(done: anyhow::Result<ExitCode>, app: &App) -> anyhow::Result<ExitCode> {
    let some = app.tell_passed_over()?;
    done.map(|code| if some && code == ExitCode::SUCCESS { ExitCode::from(exit::SOME_FAILED) } else { code })
}

/// Runs a command; `door` is that of the page.
fn run(command: Command, door: Option<anyhow::Result<serve::Door>>, app: &mut App) -> anyhow::Result<ExitCode> {
    let code = match command {
        Command::Ingest(args) => ingest::run(&args, app),
        Command::Extract(args) => extract::run(&args, app),
        Command::Text(args) => text::run(&args, app),
        Command::Today(args) => today::run(&args, app),
        Command::Schedule(args) => schedule::run(&args, app),
        Command::List(args) => list::run(&args, app),
        Command::Show(args) => show::run(&args, app),
        Command::Search(args) => search::run(&args, app),
        Command::Clauses(args) => clauses::run(&args, app),
        Command::Explain(args) => explain::run(&args, app),
        Command::Review(args) => review::run(&args, app),
        Command::Changes(args) => changes::run(&args, app),
        Command::Report(args) => report::run(&args, app),
        Command::Serve(args) => door.transpose().and_then(|door| serve::run(&args, app, door)),
        Command::Mcp(args) => mcp::run(&args, app),
        Command::Assign(args) => assign::run(&args, app),
        Command::Decide(args) => decide::run(&args, app),
        Command::Letter(args) => letter::run(&args, app),
        Command::Sent(args) => sent::run(&args, app),
        Command::Done(args) => done::run(&args, app),
        Command::Snooze(args) => done::snooze(&args, app),
        Command::Note(args) => done::note(&args, app),
        Command::Confirm(args) => confirm::run(&args, app),
        Command::Set(args) => set::run(&args, app),
        Command::Unset(args) => set::unset(&args, app),
        Command::Dismiss(args) => dismiss::run(&args, app),
        Command::Event(args) => event::run(&args, app),
        Command::Link(args) => link::run(&args, app),
        Command::Measure(args) => measure::run(&args, app),
        Command::Undo(args) => undo::run(&args, app),
        Command::Log(args) => log::run(&args, app),
        Command::Export(args) => export::run(&args, app),
        Command::Import(args) => import::run(&args, app),
        Command::Corrections(args) => corrections::run(&args, app),
        Command::Remind(args) => remind::run(&args, app),
        Command::Send(args) => send::run(&args, app),
        Command::Hooks(args) => hooks::run(&args, app),
        Command::Remove(args) => remove::run(&args, app),
        Command::Backup(args) => backup::run(&args, app),
        Command::Restore(args) => restore::run(&args, app),
        Command::Verify(args) => verify::run(&args, app),
        Command::Reindex(args) => reindex::run(&args, app),
        Command::Doctor(args) => doctor::run(&args, app),
        Command::Calendars(args) => calendars::run(&args, app),
        Command::Schema(args) => schema::run(&args, app),
        Command::Completions(args) => completions::run(&args, app),
        Command::Man(args) => man::run(&args, app),
        Command::Worker(args) => Ok(worker::run(&args)),
        Command::Tied(args) => Ok(worker::run_tied(&args)),
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
