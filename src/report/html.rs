//! The report as HTML: as one file, with no script, no picture and no font from elsewhere; and as a part of another page.

use std::collections::{BTreeMap, BTreeSet};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Change, ChangeKind, Deadline, Line, Month, Report, chart};
use crate::lexicon::Decimal;
use crate::record::capital;
use crate::record::value::worth::money;
use crate::schedule::Standing;

const STYLE: &str = include_str!("report.css");

/// How the parts of a report look, for whoever shows [`content`]. It draws with the colours `--ink`, `--dim`, `--rule`,
/// `--warn`, `--bar`, and
/// `--blank`, `--few`, `--some` and `--many` for days with so many decisions.
pub const PARTS_STYLE: &str = include_str!("parts.css");

/// Most rows of a table.
const MOST: usize = 40;

/// How a contract is named, such as by a link to its page.
type Name<'a> = &'a dyn Fn(&Line) -> Markup;

/// The whole file.
#[must_use]
pub fn html(report: &Report) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Contracts as of " (report.as_of) }
                style { (PreEscaped(STYLE)) (PreEscaped(PARTS_STYLE)) }
            }
            body {
                (content(report, &|line| html! { (line.name) }))
                footer { "Made by tickler from the contracts of this store. Every value has its proof: " code { "tickler explain" } " shows it." }
            }
        }
    };
    page.into_string()
}

/// What the report tells, from its heading on.
pub fn content(report: &Report, name: Name<'_>) -> Markup {
    let months = report.months();
    html! {
        h1 { "Contracts as of " (report.as_of.strftime("%-d %B %Y")) }
        (figures(report))
        (decisions(report, &months, name))
        (stake(&months))
        (gaps(report, name))
        (duties(report))
        (performance(report, name))
        (review(report, name))
        (changes(report))
    }
}

fn figures(report: &Report) -> Markup {
    let live = report.live().count();
    let unowned = report.live().filter(|(_, line)| line.owner.is_none()).count();
    let decisions = report.decisions();
    let undecided = decisions.iter().filter(|d| d.is_undecided() && d.standing != Standing::Missed).count();
    let missed = decisions.iter().filter(|d| d.standing == Standing::Missed).count();
    let breaches = report.contracts.iter().flat_map(|line| &line.measured).filter(|o| !o.met).count();
    let tiles = [
        (live, "contracts that bind"),
        (undecided, "decisions within a year"),
        (missed, "decisions missed"),
        (unowned, "without owner"),
        (breaches, "breaches of service levels"),
    ];
    html! {
        ul.tiles { @for (n, what) in tiles { li { b { (n) } " " (what) } } }
        h2 { "Where they stand" }
        table {
            @for (state, n) in report.states() {
                tr { th scope="row" { (capital(state.as_str())) } td.number { (n) } td { (chart::share(n, report.contracts.len())) } }
            }
        }
    }
}

fn decisions(report: &Report, months: &[Month], name: Name<'_>) -> Markup {
    let ahead: Vec<&Deadline> = report.decisions().into_iter().filter(|d| d.standing != Standing::Past).collect();
    html! {
        h2 { "Days to act by in the next twelve months" }
        (chart::strip(months))
        h2 { "Renewals, options and breaks" }
        @if ahead.is_empty() { p { "Nothing has to be decided." } } @else {
            table {
                thead { tr { th scope="col" { "Act by" } th scope="col" { "Contract" } th scope="col" { "What" } th scope="col" { "Owner" } th scope="col" { "Decision" } th.number scope="col" { "At stake" } } }
                @for deadline in ahead.iter().take(MOST) {
                    @let line = report.contracts.get(deadline.contract);
                    tr class=(if deadline.standing == Standing::Missed { "missed" } else { "" }) {
                        td.day { (deadline.act_by) }
                        td { @if let Some(line) = line { (name(line)) } }
                        td { (deadline.label) @if deadline.standing == Standing::Missed { " (missed)" } }
                        td { (line.and_then(|l| l.owner.as_deref()).unwrap_or("nobody")) }
                        td { (deadline.decision.map_or("undecided", |d| d.as_str())) }
                        td.number { (line.and_then(Line::at_stake).map_or(String::new(), |(c, a)| money(c, a))) }
                    }
                }
            }
            (more(ahead.len()))
        }
    }
}

fn stake(months: &[Month]) -> Markup {
    let currencies: BTreeSet<&String> = months.iter().flat_map(|m| m.at_stake.keys()).collect();
    let unvalued: usize = months.iter().map(|m| m.unvalued).sum();
    html! {
        h2 { "Value at stake by month" }
        @if currencies.is_empty() { p { "No value is known of the contracts about which something has to be decided." } }
        @for currency in currencies {
            figure { (chart::bars(months, currency)) figcaption { (currency) ": what is paid in a year, else the whole value, in the month of the first decision" } }
        }
        @if unvalued > 0 { p.note { (unvalued) " more contracts with a decision, of which no value is known." } }
    }
}

fn gaps(report: &Report, name: Name<'_>) -> Markup {
    let unowned: Vec<&Line> = report.live().map(|(_, line)| line).filter(|line| line.owner.is_none()).collect();
    let all = report.live().count();
    html! {
        h2 { "Owners" }
        p { (all - unowned.len()) " of " (all) " contracts have an owner." }
        @if !unowned.is_empty() {
            ul.names { @for line in unowned.iter().take(MOST) { li { (name(line)) } } }
            (more(unowned.len()))
        }
    }
}

fn duties(report: &Report) -> Markup {
    let duties = report.duties();
    let most = duties.values().copied().max().unwrap_or_default();
    html! {
        h2 { "Duties of the next 30 days" }
        @if duties.is_empty() { p { "None has a day." } } @else {
            table {
                @for (owner, n) in duties {
                    tr { th scope="row" { (if owner.is_empty() { "Nobody" } else { owner }) } td.number { (n) } td { (chart::share(n, most)) } }
                }
            }
        }
    }
}

fn performance(report: &Report, name: Name<'_>) -> Markup {
    let measured: Vec<_> = report.contracts.iter().flat_map(|l| l.measured.iter().map(move |o| (l, o))).collect();
    let breaches: Vec<_> = measured.iter().filter(|(_, o)| !o.met).collect();
    html! {
        h2 { "Service levels" }
        @if measured.is_empty() { p { "No measured values are kept; " code { "tickler measure --save" } " keeps them." } } @else {
            p { (measured.len()) " measured values, " (breaches.len()) " breaches." }
        }
        @if !breaches.is_empty() {
            table {
                thead { tr { th scope="col" { "Contract" } th scope="col" { "Level" } th scope="col" { "Period" } th scope="col" { "Measured" } th scope="col" { "Credit" } th scope="col" { "Claim by" } } }
                @for (line, o) in breaches.iter().take(MOST) {
                    @let row = &o.measurement;
                    tr {
                        td { (name(line)) }
                        td { (row.told()) }
                        td.day { (row.period.map_or_else(String::new, |p| p.to_string())) }
                        td { (row.raw) }
                        td { (o.credit.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)) }
                        td.day { @if o.automatic { "automatic" } @else if let Some(day) = &o.claim_by { (day.readings.conservative) } }
                    }
                }
            }
            (more(breaches.len()))
        }
    }
}

fn review(report: &Report, name: Name<'_>) -> Markup {
    let mut open: Vec<&Line> = report.live().map(|(_, line)| line).filter(|line| line.to_review > 0).collect();
    open.sort_by_key(|line| std::cmp::Reverse(line.to_review));
    let sums = sums(report);
    html! {
        h2 { "Review" }
        p { (report.live().count() - open.len()) " of " (report.live().count()) " contracts have no key value left to look at." }
        @if !open.is_empty() {
            ul.names { @for line in open.iter().take(MOST) { li { (name(line)) ": " (line.to_review) } } }
            (more(open.len()))
        }
        h2 { "Value" }
        @if sums.is_empty() { p { "No values are known." } } @else {
            table {
                thead { tr { th scope="col" { "Currency" } th.number scope="col" { "Contracts" } th.number scope="col" { "Paid in a year" } } }
                @for (currency, (n, sum)) in sums { tr { td { (currency) } td.number { (n) } td.number { (money(currency, sum)) } } }
            }
        }
    }
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

fn changes(report: &Report) -> Markup {
    let of = |kind: ChangeKind| report.changes.iter().filter(move |c| c.kind == kind).collect::<Vec<&Change>>();
    html! {
        h2 { "Changes since " (report.since.strftime("%-d %B %Y")) }
        @if report.changes.is_empty() { p { "Nothing has changed." } }
        @for kind in ChangeKind::ALL {
            @let changes = of(kind);
            @if !changes.is_empty() {
                h3 { (kind.heading()) }
                ul { @for change in changes.iter().take(MOST) {
                    li { (change.at) " · " (change.file_name) ": " (change.what) @if let Some(who) = &change.who { " (" (who) ")" } }
                } }
                (more(changes.len()))
            }
        }
    }
}

/// That a list is longer than what is shown of it.
fn more(all: usize) -> Markup {
    html! { @if all > MOST { p.note { (all - MOST) " more are not listed here." } } }
}
