//! `tickler serve`

use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;

use jiff::civil::Date;

use super::app::App;
use super::exit::Usage;
use super::filter::date;
use super::model::ModelArgs;
use super::passwords::PasswordArgs;
use super::worker;
use crate::page::{self, Pictures, Token};

/// Open the page in the browser of this computer
///
/// The page shows what `today`, `list`, `show`, `schedule`, `review` and `search` show, and says what `assign`, `decide`,
/// `sent`, `done`, `confirm`, `set` and their like say. It is for this computer alone: it listens on 127.0.0.1, and only the
/// link that is printed opens it. Calendar programs of this computer can subscribe to it; its Calendar shows the address. It ends
/// with Ctrl-C.
#[derive(Debug, clap::Args)]
#[command(after_help = "Other commands may be used beside it, `tickler ingest` too.\n\nExamples:\n  \
    tickler serve\n  \
    tickler serve --port 8765 --by 'Ann Field'    # the same address each time, for calendars")]
pub(super) struct Args {
    /// Port to listen on [default: any that is free]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Who says what is said on the page [default: `me` of the settings, else the user of this system]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    passwords: PasswordArgs,
}

/// The one socket on which the page answers.
pub(super) struct Door(TcpListener);

impl Door {
    /// Listens on this machine, and gives up all other use of the network.
    pub(super) fn open(args: &Args) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(|error| {
            tickler::offline::seal();
            Usage(format!("cannot listen on port {}: {error}", args.port))
        })?;
        tickler::offline::seal_but(&listener);
        Ok(Self(listener))
    }
}

pub(super) fn run(args: &Args, app: &mut App, door: Option<Door>) -> anyhow::Result<ExitCode> {
    let Door(listener) = door.ok_or_else(|| anyhow::anyhow!("the page has no socket to answer on"))?;
    // A store that cannot be read is told here, not in the browser.
    app.read_store()?;
    let model = args.model.load(app)?;
    let seat = app.seat(args.as_of, args.by.as_deref())?;
    let limit = app.settings.max_file_mib.saturating_mul(1024 * 1024);
    let pictures = Pictures::new(worker::engines(args.passwords.load()?)?, limit);
    let token = Token::random()?;
    // In a store that cannot be written, subscriptions end with the page.
    let calendar = Token::kept(&app.store_dir()?.join("calendar.token")).or_else(|_| Token::random())?;
    let address = listener.local_addr()?;
    writeln!(app.out, "http://{address}/?token={token}")?;
    app.out.flush()?;
    app.note("open this link in your browser; Ctrl-C ends the page")?;
    page::serve(listener, seat, token, calendar, model, pictures)?;
    Ok(ExitCode::SUCCESS)
}
