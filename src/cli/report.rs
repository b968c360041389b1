//! `tickler report`

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::record::{DocumentId, Fact, ReviewItem};
use tickler::report::{Deadline, Line, Report, html};
use tickler::store::Store;

use super::Format;
use super::agenda::{self, Wanted};
use super::app::App;
use super::changes::changes;
use super::clean::clean;
use super::current::{Asked, Current};
use super::filter::{Since, date, since};
use super::{measure, sink};

/// Write a report on all contracts: one HTML file that can be printed
///
/// Status, days to act by in the next twelve months, value at stake, owners, duties, service levels, review, and what has
/// changed. The file needs nothing besides itself: no script, no network. Print it from the browser to get a PDF.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler report                          # writes contracts-report.html\n  \
    tickler report --out march.html --since 1m\n  \
    tickler report --format json            # the figures, on standard output")]
pub(super) struct Args {
    /// File to write; one that is there is replaced
    #[arg(long, value_name = "FILE", default_value = "contracts-report.html")]
    out: PathBuf,
    /// Tell changes from DAY on, a date or a length of time before today
    #[arg(long, value_name = "DAY", default_value = "1m", value_parser = since)]
    since: Since,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// An HTML file, or the figures as JSON
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = Current::new(&store, None)?;
    let report = gather(app, &store, &current, args.since.day(as_of), as_of)?;
    match args.format {
        Format::Json => app.json(&report)?,
        Format::Text => {
            let path = args.out.display().to_string();
            // A private file: what contracts are worth is nobody else's business.
            sink::write(app, Some(&args.out), false, |to| Ok(to.write_all(html(&report).as_bytes())?))?;
            writeln!(app.out, "{}: {} contracts", clean(&path), report.live().count())?;
        }
    }
    app.keep_dates(&current, as_of);
    Ok(ExitCode::SUCCESS)
}

/// The figures of a report.
pub(crate) fn gather(
    app: &App,
    store: &Store,
    current: &Current<'_>,
    since: Date,
    as_of: Date,
) -> anyhow::Result<Report> {
    let rows = store.list()?;
    let asked = Asked { as_of, until: as_of, settings: &app.settings };
    let mut contracts = Vec::new();
    let mut places: HashMap<DocumentId, usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.counts() && !current.is_folded(&row.id)) {
        let (Some(outlook), Some(view)) = (current.outlook(&row.id, asked, false)?, current.view(&row.id)?) else {
            continue;
        };
        let contract = &view.contract;
        let (measured, _) = measure::kept(current, row, contract, &app.settings);
        let items = current.to_review(&row.id, &view, app.settings.review_below);
        let owner = current.owner(row, &app.settings);
        let name = agenda::name(row, &app.settings.us);
        places.insert(row.id.clone(), contracts.len());
        contracts.push(Line {
            id: row.id.clone(),
            file_name: row.file_name.clone(),
            name,
            owner: owner.map(|owner| owner.name),
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
    let changes = changes(app, store, current, &rows, since, as_of)?;
    Ok(Report { as_of, since, contracts, deadlines, changes })
}
