//! `tickler report`

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::record::{DocumentId, Fact, ReviewItem};
use tickler::report::{Deadline, Line, Report, html, pdf};
use tickler::source;
use tickler::store::Store;

use super::agenda::{self, Wanted};
use super::app::App;
use super::changes::changes;
use super::clean::clean;
use super::current::{Asked, Current};
use super::filter::{Owned, Since, date, since};
use super::{measure, reported, sink};

/// Write a report on all contracts: one HTML file, or a PDF to print
///
/// Status, days to act by in the next twelve months, value at stake, owners, duties, service levels, review, and what has
/// changed. The file needs nothing besides itself: no script, no font, no network.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler report                          # writes contracts-report.html\n  \
    tickler report --out march.html --since 1m\n  \
    tickler report --out march.pdf          # A4 pages\n  \
    tickler report --format json            # the figures, on standard output")]
pub(super) struct Args {
    /// File to write; one that is there is replaced [default: contracts-report.html, or .pdf]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Tell changes from DAY on: a date, a length of time before today, or `last` [default: the day of the last report that
    /// was written to a file, else 1m]
    #[arg(long, value_name = "DAY", value_parser = since)]
    since: Option<Since>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format [default: pdf for a FILE that ends so, else html]
    #[arg(long, value_enum)]
    format: Option<Format>,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    owned: Owned,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One HTML file
    #[value(alias = "text")]
    Html,
    /// A PDF of A4 pages
    Pdf,
    /// The figures, on standard output
    Json,
}

impl Args {
    fn format(&self) -> Format {
        let by_name = self.out.as_deref().filter(|path| source::is_called(path, "pdf")).map(|_| Format::Pdf);
        self.format.or(by_name).unwrap_or(Format::Html)
    }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = Current::new(&store, None)?;
    let month = || as_of.saturating_sub(1.month());
    let since = match args.since {
        Some(since) => since.day(app, as_of)?,
        None => reported::last(app, as_of).unwrap_or_else(month),
    };
    let report = gather(app, &store, &current, &args.owned, since, as_of)?;
    let (file, name) = match args.format() {
        Format::Json => {
            app.json(&report)?;
            app.keep_dates(&current, as_of);
            return Ok(ExitCode::SUCCESS);
        }
        Format::Html => (html(&report).into_bytes(), "contracts-report.html"),
        Format::Pdf => (pdf(&report)?, "contracts-report.pdf"),
    };
    let path = args.out.clone().unwrap_or_else(|| name.into());
    // A private file: what contracts are worth is nobody else's business.
    sink::write(app, Some(&path), false, |to| Ok(to.write_all(&file)?))?;
    // A report on some contracts is not the one that the next report goes on from.
    if args.owned.is_all()
        && let Err(error) = reported::keep(app, as_of)
    {
        app.note(&format!("the day of this report cannot be remembered: {error:#}"))?;
    }
    let (count, path) = (report.live().count(), path.display().to_string());
    writeln!(app.out, "{}: {count} contracts", clean(&path))?;
    app.keep_dates(&current, as_of);
    Ok(ExitCode::SUCCESS)
}

/// The figures of a report.
pub(crate) fn gather(
    app: &App,
    store: &Store,
    current: &Current<'_>,
    owned: &Owned,
    since: Date,
    as_of: Date,
) -> anyhow::Result<Report> {
    let mut rows = store.list()?;
    owned.keep(app, current, &mut rows)?;
    let asked = Asked { as_of, until: as_of, settings: &app.settings };
    let mut contracts = Vec::new();
    let mut places: HashMap<DocumentId, usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.counts() && !current.is_folded(&row.id)) {
        let (Some(outlook), Some(view)) = (current.outlook(&row.id, asked, false)?, current.view(&row.id)?) else {
            continue;
        };
        let contract = &view.contract;
        let (measured, _) = measure::kept(current, row, contract, &app.settings);
        let items = current.to_review(&row.id, &view, app.settings.review_below, Asked::far(as_of, &app.settings));
        let responsible = current.owner(row, &app.settings);
        let name = agenda::name(row, &app.settings.us);
        places.insert(row.id.clone(), contracts.len());
        contracts.push(Line {
            id: row.id.clone(),
            file_name: row.file_name.clone(),
            name,
            owner: responsible.map(|one| one.name),
            state: outlook.glance(as_of).life.state,
            contract_value: contract.contract_value.as_ref().and_then(Fact::value).cloned(),
            annual_value: contract.annual_value.as_ref().and_then(Fact::value).cloned(),
            to_review: items.iter().filter(|item| ReviewItem::is_key(item)).count(),
            measured,
        });
    }
    let until = as_of.saturating_add(1.year());
    let wanted = Wanted { duties: true, others: true, ..Wanted::between(as_of, until) };
    let found = agenda::agenda(app, current, &rows, &wanted)?;
    let deadlines = found.items.into_iter().filter_map(|item| {
        Some(Deadline {
            contract: *places.get(&item.whose.contract)?,
            kind: item.entry.kind,
            act_by: item.entry.act_by,
            label: item.label,
            standing: item.standing,
            decision: item.said.as_ref().and_then(|said| said.decision.as_ref()).map(|decided| decided.decision),
        })
    });
    let deadlines = deadlines.collect();
    let changes = changes(app, store, current, (&rows, owned.is_all()), since, as_of)?;
    Ok(Report { as_of, whose: owned.in_words(app), since, contracts, deadlines, changes })
}
