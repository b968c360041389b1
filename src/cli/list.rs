//! `tickler list`

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::record::value::worth::Worth;
use tickler::said::Owner;
use tickler::schedule::{Glance, Life, OpenEntry, Openness};
use tickler::store::{ContractRow, FailureRow};

use super::Format;
use super::agenda;
use super::app::App;
use super::clean::short;
use super::current::{Asked, Current, Outlook, of_file};
use super::filter::{Chosen, date};
use super::{sink, table};

/// A screen of so many columns has room for all that a list tells.
const WIDE: u16 = 160;

/// List the contracts in the store
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler list --party Holloway\n  \
    tickler list --renewal automatic --notice-before 2026-12-31\n  \
    tickler list --failures")]
pub(super) struct Args {
    /// List the files that could not be read
    #[arg(long)]
    failures: bool,
    /// List contracts that have ended or were superseded, too
    #[arg(long)]
    ended: bool,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

/// A contract in a list.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    #[serde(flatten)]
    pub(crate) row: ContractRow,
    /// The day to act by of the next decision, as other lists call it.
    act_by: Option<Date>,
    /// The same, under the name that it had first.
    pub(crate) next_notice_deadline: Option<Date>,
    /// What of it cannot be dated.
    pub(crate) open: Option<OpenEntry>,
    /// Where it stands in its life; null for an amendment.
    pub(crate) life: Option<Life>,
    /// Who answers for it.
    pub(crate) owner: Option<Owner>,
    /// Who stands in, as in other lists.
    backup: Option<String>,
    /// What it is worth in all.
    pub(crate) contract_value: Option<Worth>,
    /// What is paid in a year.
    pub(crate) annual_value: Option<Worth>,
    /// Whether the day to act by rests on an assumption.
    pub(crate) assumed: bool,
    #[serde(skip)]
    foreign: bool,
}

impl Line {
    /// Whether the contract has ended, or something took its place.
    pub(crate) fn is_over(&self) -> bool {
        self.life.as_ref().is_some_and(|life| life.state.is_over())
    }

    /// When to act, in words.
    pub(crate) fn when(&self, as_of: Date) -> String {
        match (self.next_notice_deadline, &self.open) {
            (Some(day), _) if day < as_of => format!("{day} (now)"),
            (Some(day), _) => day.to_string(),
            (None, Some(OpenEntry { why: Openness::Rolling, .. })) => "any time".to_owned(),
            (None, Some(_)) => "open".to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The end of the present term, which is the first one's only until it renews.
    pub(crate) fn ends(&self) -> String {
        let ends = self.life.as_ref().and_then(|life| life.term_ends);
        ends.map_or_else(|| self.row.expiration_date.clone().unwrap_or_default(), |day| day.to_string())
    }
}

/// The lines of `rows`.
pub(crate) fn lines(
    app: &App,
    current: &Current<'_>,
    rows: Vec<ContractRow>,
    as_of: Date,
) -> anyhow::Result<Vec<Line>> {
    let asked = Asked { as_of, until: as_of, settings: &app.settings };
    let mut lines = Vec::new();
    for row in rows {
        let owner = current.owner(&row, &app.settings);
        // An amendment that is folded into its agreement has no dates and no value of its own.
        let outlook = if current.is_folded(&row.id) { None } else { current.outlook(&row.id, asked, false)? };
        let terms = outlook.as_ref().map(Outlook::terms);
        let (contract_value, annual_value) = terms.map_or((None, None), |t| (t.contract_value, t.annual_value));
        let (next_notice_deadline, assumed, open, life, foreign) = match outlook.map(|outlook| outlook.glance(as_of)) {
            Some(Glance { next_deadline, assumed, open, life, foreign }) => {
                (next_deadline, assumed, open, Some(of_file(&row, life)), foreign)
            }
            None => (None, false, None, None, false),
        };
        let act_by = next_notice_deadline;
        let backup = owner.as_ref().and_then(|owner| owner.backup.clone());
        lines.push(Line {
            row,
            act_by,
            next_notice_deadline,
            open,
            life,
            owner,
            backup,
            contract_value,
            annual_value,
            assumed,
            foreign,
        });
    }
    Ok(lines)
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    if args.failures {
        let failures = store.failures()?;
        match args.format {
            Format::Json => app.json(&failures)?,
            Format::Text => write!(app.out, "{}", failed(&failures))?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let lines = lines(app, &current, rows, as_of)?;
    match args.format {
        // Programs choose for themselves.
        Format::Json => app.json(&lines)?,
        Format::Text => {
            let (over, lines): (Vec<Line>, Vec<Line>) =
                lines.into_iter().partition(|line| !args.ended && line.is_over());
            let text = match table::screen() {
                Some(width) if width < WIDE => narrow(&lines, &app.settings.us, as_of, usize::from(width).max(80)),
                _ => whole(&current, &lines, &app.settings.us, as_of),
            };
            sink::page(app, None, |to| {
                write!(to, "{text}")?;
                agenda::left_out(over.len()).map_or(Ok(()), |words| Ok(writeln!(to, "{words}")?))
            })?;
        }
    }
    app.keep_dates(&current, as_of);
    Ok(ExitCode::SUCCESS)
}

/// Everything that a list tells, a row for each contract.
fn whole(current: &Current<'_>, lines: &[Line], us: &[String], as_of: Date) -> String {
    // A column that would be empty is left out.
    let columns = if lines.iter().any(|line| line.owner.is_some()) { 11 } else { 10 };
    let header =
        ["ID", "FILE", "TYPE", "PARTIES", "EFFECTIVE", "EXPIRES", "RENEWAL", "STATE", "ACT BY", "VALUE", "OWNER"];
    let mut out = table::table(&header[..columns]);
    for line in lines {
        let Line { row, life, owner, contract_value, annual_value, foreign, .. } = line;
        let text = |s: &Option<String>| s.clone().unwrap_or_default();
        let kind = if *foreign { "not in English".to_owned() } else { text(&row.kind) };
        let mut file = short(&row.file_name, 48) + mark(row);
        if let Some(parent) = current.families.card(current.families.base(&row.id)).filter(|c| c.document != row.id) {
            let _ = write!(file, " (amends {})", short(&parent.file_name, 48));
        }
        let cells = [
            row.id.short(),
            &file,
            &kind,
            &agenda::parties(&row.parties, us),
            &text(&row.effective_date),
            &line.ends(),
            &text(&row.renewal),
            life.as_ref().map_or("", |life| life.state.as_str()),
            &format!("{}{}", line.when(as_of), if line.assumed { " (assumed)" } else { "" }),
            &value(contract_value.as_ref(), annual_value.as_ref()),
            &owner.as_ref().map_or_else(String::new, |owner| short(&owner.name, 24)),
        ];
        table::row(&mut out, &cells[..columns]);
    }
    table::text(&out)
}

/// What people look for first, in one line for each contract, none wider than the screen, with its ID whole.
fn narrow(lines: &[Line], us: &[String], as_of: Date, width: usize) -> String {
    let mut out = String::new();
    let mut add = |id: &str, (assumed, act_by): (bool, &str), state: &str, name: &str| {
        let line = format!("  {id:<12} {}{act_by:<16}  {state:<16}  {name}", agenda::mark(assumed));
        let _ = writeln!(out, "{}", line.trim_end());
    };
    add("ID", (false, "ACT BY"), "STATE", "CONTRACT");
    for line in lines {
        let (row, mark) = (&line.row, mark(&line.row));
        let name = short(&agenda::name(row, us), width - 52 - mark.len()) + mark;
        let day = (line.assumed, &*line.when(as_of));
        add(row.id.short(), day, line.life.as_ref().map_or("", |life| life.state.as_str()), &name);
    }
    if lines.iter().any(|line| line.assumed) {
        let _ = writeln!(out, "  {}", agenda::LEGEND);
    }
    out
}

/// What a list says behind the name of a file that does not count, or is not as it was read.
fn mark(row: &ContractRow) -> &'static str {
    match (row.replaced, &row.copy_of, row.gone, row.current) {
        (true, ..) => " (replaced)",
        (_, Some(_), ..) => " (copy)",
        (.., true, _) => " (gone)",
        (.., false) => " (outdated)",
        (.., true) => "",
    }
}

/// What is paid in a year, else what it is worth in all.
fn value(whole: Option<&Worth>, annual: Option<&Worth>) -> String {
    match (annual, whole) {
        (Some(annual), _) => format!("{annual} a year"),
        (None, Some(whole)) => whole.to_string(),
        (None, None) => String::new(),
    }
}

/// A table of the files that could not be read.
pub(super) fn failed(failures: &[FailureRow]) -> String {
    let mut out = table::table(&["PATH", "REASON"]);
    for f in failures {
        table::row(&mut out, &[&f.uri, &f.message]);
    }
    table::text(&out)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tickler::record::DocumentId;
    use tickler::schedule::State;

    use super::*;

    #[test]
    fn a_narrow_screen_shows_whole_ids() {
        let row = ContractRow {
            id: DocumentId::of(b"x"),
            file_name: format!("{}.pdf", "a-very-long-name-".repeat(9)),
            uri: String::new(),
            title: None,
            kind: None,
            parties: Vec::new(),
            governing_law: None,
            effective_date: None,
            expiration_date: None,
            renewal: None,
            pages: 1,
            current: true,
            replaced: true,
            gone: false,
            copy_of: None,
        };
        let window = Life { state: State::InNoticeWindow, reason: String::new(), term_ends: None };
        let line = Line {
            row,
            act_by: Some(date(2026, 3, 1)),
            next_notice_deadline: Some(date(2026, 3, 1)),
            assumed: true,
            open: None,
            life: Some(window),
            owner: None,
            backup: None,
            contract_value: None,
            annual_value: None,
            foreign: false,
        };
        for width in [80, 120] {
            let text = narrow(std::slice::from_ref(&line), &[], date(2026, 4, 1), width);
            let told = text.lines().nth(1).unwrap();
            assert_eq!(told.chars().count(), width, "{text}");
            assert!(text.lines().last().unwrap().contains("rests on an assumption"), "{text}");
            for part in [line.row.id.short(), " ~2026-03-01 (now)", "in notice window", "… (replaced)"] {
                assert!(told.contains(part), "{part}: {text}");
            }
        }
    }
}
