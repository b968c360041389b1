//! The parts of a report in their order, for everything that draws it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, ChangeKind, Deadline, Line, Month, Report};
use crate::lexicon::Decimal;
use crate::record::capital;
use crate::record::value::worth::money;
use crate::schedule::Standing;

/// Most rows of a table.
const MOST: usize = 40;

/// What stands below it. What is typed stands between back quotes.
pub(super) const FOOTER: &str =
    "Made by tickler from the contracts of this store. Every value has its proof: `tickler explain` shows it.";

/// A part.
pub(super) enum Part<'a> {
    /// Numbers, each with what it counts.
    Tiles(Vec<(usize, &'static str)>),
    Heading(String),
    Subheading(&'static str),
    /// What is typed stands between back quotes.
    Text(String),
    Note(String),
    Table(Table<'a>),
    /// Contracts, each with what stands behind its name.
    Names(Vec<(&'a Line, String)>),
    List(Vec<String>),
    /// Twelve months, day by day.
    Strip,
    /// The value at stake in a currency by month, and the words below it.
    Bars(String, String),
}

/// A table; one of shares has no headings.
pub(super) struct Table<'a> {
    pub(super) heads: &'static [Head],
    pub(super) rows: Vec<Row<'a>>,
}

/// The heading of a column.
pub(super) struct Head {
    pub(super) title: &'static str,
    pub(super) is_number: bool,
}

pub(super) struct Row<'a> {
    pub(super) cells: Vec<Cell<'a>>,
    /// Whether its day passed and nobody saw to it.
    pub(super) is_missed: bool,
}

pub(super) enum Cell<'a> {
    /// What the row is about.
    Head(String),
    Text(String),
    Day(String),
    Number(String),
    Contract(Option<&'a Line>),
    /// So many of so many, as a bar.
    Share(usize, usize),
}

const DECISIONS: [Head; 6] =
    [text("Act by"), text("Contract"), text("What"), text("Owner"), text("Decision"), number("At stake")];
const BREACHES: [Head; 6] =
    [text("Contract"), text("Level"), text("Period"), text("Measured"), text("Credit"), text("Claim by")];
const SUMS: [Head; 3] = [text("Currency"), number("Contracts"), number("Paid in a year")];

const fn text(title: &'static str) -> Head {
    Head { title, is_number: false }
}

const fn number(title: &'static str) -> Head {
    Head { title, is_number: true }
}

/// The title of a report.
pub(super) fn title(report: &Report) -> String {
    let whose = report.whose.as_ref().map_or_else(String::new, |whose| format!(" {whose}"));
    format!("Contracts{whose} as of {}", report.as_of.strftime("%-d %B %Y"))
}

/// The parts of a report; `months` are its [`Report::months`].
pub(super) fn parts<'a>(report: &'a Report, months: &[Month]) -> Vec<Part<'a>> {
    let mut out = figures(report);
    out.extend(decisions(report));
    out.extend(stake(months));
    out.extend(gaps(report));
    out.extend(duties(report));
    out.extend(performance(report));
    out.extend(review(report));
    out.extend(value(report));
    out.extend(changes(report));
    out
}

fn heading(text: &str) -> Part<'static> {
    Part::Heading(text.to_owned())
}

fn row(cells: Vec<Cell<'_>>) -> Row<'_> {
    Row { cells, is_missed: false }
}

fn figures(report: &Report) -> Vec<Part<'_>> {
    let live = report.live().count();
    let unowned = report.live().filter(|(_, line)| line.owner.is_none()).count();
    let decisions = report.decisions();
    let undecided = decisions.iter().filter(|d| d.is_undecided() && d.standing != Standing::Missed).count();
    let missed = decisions.iter().filter(|d| d.standing == Standing::Missed).count();
    let breaches = report.contracts.iter().flat_map(|line| &line.measured).filter(|o| !o.met).count();
    let tiles = vec![
        (live, "contracts that bind"),
        (undecided, "decisions within a year"),
        (missed, "decisions missed"),
        (unowned, "without owner"),
        (breaches, if breaches == 1 { "breach of service levels" } else { "breaches of service levels" }),
    ];
    let all = report.contracts.len();
    let states = report.states().into_iter().map(|(state, n)| shared(capital(state.as_str()), n, all));
    vec![Part::Tiles(tiles), heading("Where they stand"), Part::Table(Table { heads: &[], rows: states.collect() })]
}

/// A row with a number and its share of another.
fn shared(what: String, n: usize, all: usize) -> Row<'static> {
    row(vec![Cell::Head(what), Cell::Number(n.to_string()), Cell::Share(n, all)])
}

fn decisions(report: &Report) -> Vec<Part<'_>> {
    let ahead: Vec<&Deadline> = report.decisions().into_iter().filter(|d| d.standing != Standing::Past).collect();
    let mut out =
        vec![heading("Days to act by in the next twelve months"), Part::Strip, heading("Renewals, options and breaks")];
    if ahead.is_empty() {
        out.push(Part::Text("Nothing has to be decided.".to_owned()));
        return out;
    }
    let rows = ahead.iter().take(MOST).map(|deadline| {
        let line = report.contracts.get(deadline.contract);
        let is_missed = deadline.standing == Standing::Missed;
        let missed = if is_missed { " (missed)" } else { "" };
        let cells = vec![
            Cell::Day(deadline.act_by.to_string()),
            Cell::Contract(line),
            Cell::Text(format!("{}{missed}", deadline.label)),
            Cell::Text(line.and_then(|l| l.owner.as_deref()).unwrap_or("nobody").to_owned()),
            Cell::Text(deadline.decision.map_or("undecided", |d| d.as_str()).to_owned()),
            Cell::Number(line.and_then(Line::at_stake).map_or_else(String::new, |(c, a)| money(c, a))),
        ];
        Row { cells, is_missed }
    });
    out.push(Part::Table(Table { heads: &DECISIONS, rows: rows.collect() }));
    out.extend(more(ahead.len()));
    out
}

fn stake(months: &[Month]) -> Vec<Part<'static>> {
    let currencies: BTreeSet<&String> = months.iter().flat_map(|m| m.at_stake.keys()).collect();
    let unvalued: usize = months.iter().map(|m| m.unvalued).sum();
    let mut out = vec![heading("Value at stake by month")];
    if currencies.is_empty() {
        let none = "No value is known of the contracts about which something has to be decided.";
        out.push(Part::Text(none.to_owned()));
    }
    out.extend(currencies.into_iter().map(|currency| {
        let caption =
            format!("{currency}: what is paid in a year, else the whole value, in the month of the first decision");
        Part::Bars(currency.clone(), caption)
    }));
    if unvalued > 0 {
        out.push(Part::Note(format!("{unvalued} more contracts with a decision, of which no value is known.")));
    }
    out
}

fn gaps(report: &Report) -> Vec<Part<'_>> {
    let unowned: Vec<&Line> = report.live().map(|(_, line)| line).filter(|line| line.owner.is_none()).collect();
    let all = report.live().count();
    let owned = format!("{} of {all} contracts have an owner.", all - unowned.len());
    let mut out = vec![heading("Owners"), Part::Text(owned)];
    if !unowned.is_empty() {
        out.push(Part::Names(unowned.iter().take(MOST).map(|line| (*line, String::new())).collect()));
        out.extend(more(unowned.len()));
    }
    out
}

fn duties(report: &Report) -> Vec<Part<'_>> {
    let duties = report.duties();
    let most = duties.values().copied().max().unwrap_or_default();
    let told = if duties.is_empty() {
        Part::Text("None has a day.".to_owned())
    } else {
        let name = |owner: &str| if owner.is_empty() { "Nobody".to_owned() } else { owner.to_owned() };
        let rows = duties.into_iter().map(|(owner, n)| shared(name(owner), n, most));
        Part::Table(Table { heads: &[], rows: rows.collect() })
    };
    vec![heading("Duties of the next 30 days"), told]
}

fn performance(report: &Report) -> Vec<Part<'_>> {
    let measured: Vec<_> = report.contracts.iter().flat_map(|l| l.measured.iter().map(move |o| (l, o))).collect();
    let breaches: Vec<_> = measured.iter().filter(|(_, o)| !o.met).collect();
    let told = if measured.is_empty() {
        "No measured values are kept; `tickler measure --save` keeps them.".to_owned()
    } else {
        format!("{} measured values, {} breaches.", measured.len(), breaches.len())
    };
    let mut out = vec![heading("Service levels"), Part::Text(told)];
    if breaches.is_empty() {
        return out;
    }
    let rows = breaches.iter().take(MOST).map(|(line, o)| {
        let measurement = &o.measurement;
        let claim = o.claim_by.as_ref().map_or_else(String::new, |day| day.readings.conservative.to_string());
        row(vec![
            Cell::Contract(Some(line)),
            Cell::Text(measurement.told()),
            Cell::Day(measurement.period.map_or_else(String::new, |p| p.to_string())),
            Cell::Text(measurement.raw.clone()),
            Cell::Text(o.credit.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)),
            Cell::Day(if o.automatic { "automatic".to_owned() } else { claim }),
        ])
    });
    out.push(Part::Table(Table { heads: &BREACHES, rows: rows.collect() }));
    out.extend(more(breaches.len()));
    out
}

fn review(report: &Report) -> Vec<Part<'_>> {
    let mut open: Vec<&Line> = report.live().map(|(_, line)| line).filter(|line| line.to_review > 0).collect();
    open.sort_by_key(|line| std::cmp::Reverse(line.to_review));
    let all = report.live().count();
    let done = format!("{} of {all} contracts have no key value left to look at.", all - open.len());
    let mut out = vec![heading("Review"), Part::Text(done)];
    if !open.is_empty() {
        out.push(Part::Names(open.iter().take(MOST).map(|line| (*line, format!(": {}", line.to_review))).collect()));
        out.extend(more(open.len()));
    }
    out
}

fn value(report: &Report) -> Vec<Part<'_>> {
    let sums = sums(report);
    let told = if sums.is_empty() {
        Part::Text("No values are known.".to_owned())
    } else {
        let rows = sums.into_iter().map(|(currency, (n, sum))| {
            let (n, sum) = (Cell::Number(n.to_string()), Cell::Number(money(currency, sum)));
            row(vec![Cell::Text(currency.to_owned()), n, sum])
        });
        Part::Table(Table { heads: &SUMS, rows: rows.collect() })
    };
    vec![heading("Value"), told]
}

/// What is paid in a year by the contracts that bind, by currency.
fn sums(report: &Report) -> BTreeMap<&str, (usize, Decimal)> {
    let mut out: BTreeMap<&str, (usize, Decimal)> = BTreeMap::new();
    for worth in report.live().filter_map(|(_, line)| line.annual_value.as_ref()) {
        let Some(amount) = worth.adds_up() else { continue };
        let (n, sum) = out.entry(&worth.currency).or_default();
        *n += 1;
        *sum = sum.saturating_add(amount);
    }
    out
}

fn changes(report: &Report) -> Vec<Part<'_>> {
    let mut out = vec![Part::Heading(format!("Changes since {}", report.since.strftime("%-d %B %Y")))];
    if report.changes.is_empty() {
        out.push(Part::Text("Nothing has changed.".to_owned()));
    }
    for kind in ChangeKind::ALL {
        let changes: Vec<&Change> = report.changes.iter().filter(|c| c.kind == kind).collect();
        if changes.is_empty() {
            continue;
        }
        let told = |change: &&Change| {
            let who = change.who.as_ref().map_or_else(String::new, |who| format!(" ({who})"));
            format!("{} · {}: {}{who}", change.at, change.file_name, change.what)
        };
        out.push(Part::Subheading(kind.heading()));
        out.push(Part::List(changes.iter().take(MOST).map(told).collect()));
        out.extend(more(changes.len()));
    }
    out
}

/// That a list is longer than what is shown of it.
fn more(all: usize) -> Option<Part<'static>> {
    (all > MOST).then(|| Part::Note(format!("{} more are not listed here.", all - MOST)))
}
