//! `tickler explain`

use std::io::Write;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use tickler::calendar::Derivation;
use tickler::record::{Contract, Evidence, Fact, FactId};
use tickler::said::Correction;
use tickler::schedule::{OpenEntry, ScheduleEntry};
use tickler::store::ContractRow;

use super::Format;
use super::agenda;
use super::app::{App, BOLD, DIM};
use super::clean::clean;
use super::current::{Asked, Current, Planned};
use super::exit::Usage;
use super::facts;
use super::filter::date;
use super::rule;
use super::wrap::Wrap;

/// Show the proof of a value, the computation of a date step by step, or a rule
#[derive(Debug, clap::Args)]
#[command(after_help = "`show`, `schedule`, `review` and the exports print the IDs.\n\nExamples:\n  \
    tickler explain 82439a9c                       # a value\n  \
    tickler explain 99f8e282 --as-of 2026-11-01    # a date\n  \
    tickler explain --rule R5                      # the rule that a step names, with its source\n  \
    tickler explain --rule all                     # a list of all rules")]
pub(super) struct Args {
    /// ID of a value or of a date, or its first digits (at least four)
    #[arg(value_name = "ID", required_unless_present = "rule")]
    id: Option<String>,
    /// Print a rule of reading (C1 to C8) or of arithmetic (R1 to R17); `all` lists them
    #[arg(long, value_name = "RULE", conflicts_with_all = ["id", "as_of"], value_parser = rule::parser(),
        ignore_case = true, hide_possible_values = true)]
    rule: Option<rule::Wanted>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What an ID stands for.
#[derive(Serialize)]
#[serde(untagged)]
enum Thing {
    Fact {
        contract: ContractRow,
        label: &'static str,
        fact: Box<Fact<Value>>,
        /// What was read in its place, where a person confirmed or set the value.
        #[serde(skip_serializing_if = "Option::is_none")]
        correction: Option<Box<Correction>>,
        #[serde(skip)]
        words: String,
    },
    Entry {
        contract: ContractRow,
        entry: Box<ScheduleEntry>,
        rests_on: Vec<Ground>,
    },
    Open {
        contract: ContractRow,
        entry: Box<OpenEntry>,
        rests_on: Vec<Ground>,
    },
}

/// A value that a date is based on.
#[derive(Serialize)]
struct Ground {
    label: &'static str,
    #[serde(flatten)]
    fact: Fact<Value>,
    #[serde(skip)]
    words: String,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    if let Some(wanted) = args.rule {
        rule::run(wanted, args.format, app)?;
        return Ok(ExitCode::SUCCESS);
    }
    let id = args.id.as_deref().unwrap_or_default().to_ascii_lowercase();
    // As in flat tables.
    let id = ["entry-", "fact-"].iter().find_map(|word| id.strip_prefix(word)).unwrap_or(&id).to_owned();
    if id.len() < 4 || id.len() > 16 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        let problem = "an ID has 16 hexadecimal digits; give at least the first four; `--rule` prints a rule";
        return Err(Usage(problem.to_owned()).into());
    }
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let mut found = Vec::new();
    let current = Current::new(&store, None)?;
    for row in store.list()? {
        if let Some(contract) = store.or_pass_over(&row.id, store.contract(&row.id))?.flatten() {
            let view = current.view(&row.id)?.filter(|_| !current.is_folded(&row.id));
            if let Some(view) = view {
                facts_of(&id, &row, &view.contract, &view.corrections, &mut found)?;
                entries_of(&id, &row, &view.contract, &current, as_of, app, &mut found)?;
            }
            // Values that an amendment replaced can be explained too; dates are those in force.
            facts_of(&id, &row, &contract, &[], &mut found)?;
        }
    }
    match found.len() {
        0 => Err(Usage(format!(
            "no value or date has the ID {id:?}; `tickler show` and `tickler schedule` list the IDs"
        ))
        .into()),
        1 => {
            match args.format {
                Format::Json => app.json(&found)?,
                Format::Text => {
                    found.iter().try_for_each(|thing| print(thing, as_of, &mut Wrap::screen(&mut app.out)))?;
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        n => Err(Usage(format!("{n} values or dates have IDs that begin with {id:?}; give more digits")).into()),
    }
}

fn facts_of(
    id: &str,
    row: &ContractRow,
    contract: &Contract,
    corrections: &[Correction],
    found: &mut Vec<Thing>,
) -> anyhow::Result<()> {
    for fact in facts::of(contract).iter().filter(|f| f.id.as_str().starts_with(id)) {
        // A value of an amendment is also a value of its agreement.
        let known = |t: &Thing| matches!(t, Thing::Fact { fact: known, .. } if known.id() == fact.id);
        if found.iter().any(known) {
            continue;
        }
        found.push(Thing::Fact {
            contract: row.clone(),
            label: fact.field.label(),
            fact: Box::new(fact.to_json()?),
            correction: corrections.iter().find(|c| c.fact == *fact.id).cloned().map(Box::new),
            words: facts::value(fact),
        });
    }
    Ok(())
}

fn entries_of(
    id: &str,
    row: &ContractRow,
    contract: &Contract,
    current: &Current<'_>,
    as_of: Date,
    app: &App,
    found: &mut Vec<Thing>,
) -> anyhow::Result<()> {
    let known = facts::of(contract);
    let rests_on = |facts: &[FactId]| -> anyhow::Result<Vec<Ground>> {
        let known = facts.iter().filter_map(|id| known.iter().find(|f| f.id == id));
        known.map(|f| Ok(Ground { label: f.field.label(), fact: f.to_json()?, words: facts::value(f) })).collect()
    };
    // As far ahead as most users let `schedule` look.
    let until = as_of.saturating_add(jiff::Span::new().years(5));
    let asked = Asked { as_of, until, settings: &app.settings };
    let Planned { plan, open, .. } = current.plan(&row.id, contract.clone(), asked, true);
    for entry in plan.entries.into_iter().filter(|e| e.id.as_str().starts_with(id)) {
        let rests_on = rests_on(&entry.facts)?;
        found.push(Thing::Entry { contract: row.clone(), rests_on, entry: Box::new(entry) });
    }
    for entry in open.into_iter().filter(|e| e.id.as_str().starts_with(id)) {
        let rests_on = rests_on(&entry.facts)?;
        found.push(Thing::Open { contract: row.clone(), rests_on, entry: Box::new(entry) });
    }
    Ok(())
}

fn print(thing: &Thing, as_of: Date, out: &mut impl Write) -> anyhow::Result<()> {
    match thing {
        Thing::Fact { contract, label, fact, correction, words } => {
            writeln!(out, "{BOLD}{label}{BOLD:#}  {}", clean(words))?;
            source(contract, out)?;
            let (status, confidence) = (facts::status(fact.status()), facts::percent(fact.confidence()));
            writeln!(out, "\n{status}; confidence {confidence}; source: {}.", facts::origin(fact.origin()))?;
            if let Some(correction) = correction {
                writeln!(out, "{}", clean(&facts::told(correction)))?;
            }
            if fact.raw() != words && !fact.raw().is_empty() {
                writeln!(out, "Text of the document: \u{201c}{}\u{201d}", clean(fact.raw()))?;
            }
            quotes("Proof", fact.evidence(), out)?;
            if let Some(derivation) = fact.derivation() {
                arithmetic(derivation, out)?;
            }
        }
        Thing::Entry { contract, entry, rests_on } => {
            let when = agenda::away(as_of, entry.act_by);
            writeln!(out, "{BOLD}{}{BOLD:#}  {} ({when})", clean(&entry.label), entry.act_by)?;
            source(contract, out)?;
            arithmetic(&entry.derivation, out)?;
            send_by(entry, out)?;
            based_on(rests_on, out)?;
            if !entry.reminders.is_empty() {
                let days: Vec<String> = entry.reminders.iter().map(ToString::to_string).collect();
                writeln!(out, "\n{BOLD}Reminders{BOLD:#}\n  {}", days.join(", "))?;
            }
        }
        Thing::Open { contract, entry, rests_on } => {
            writeln!(out, "{BOLD}{}{BOLD:#}", clean(&entry.label))?;
            source(contract, out)?;
            writeln!(out, "\nMissing: {}.", clean(&entry.missing))?;
            based_on(rests_on, out)?;
        }
    }
    Ok(())
}

fn based_on(rests_on: &[Ground], out: &mut impl Write) -> anyhow::Result<()> {
    for Ground { label, fact, words } in rests_on {
        let heading = format!("Based on: {label}, {} ({})", clean(words), fact.id());
        quotes(&heading, fact.evidence(), out)?;
    }
    Ok(())
}

/// The last days to send notice.
fn send_by(entry: &ScheduleEntry, out: &mut impl Write) -> anyhow::Result<()> {
    if !entry.send_by.is_empty() {
        writeln!(out, "\n{BOLD}Send by{BOLD:#}")?;
    }
    for last in &entry.send_by {
        let how = match last.method {
            None => "by any method that the contract names".to_owned(),
            Some(method) => serde_json::to_value(method)?.as_str().unwrap_or_default().replace('_', " "),
        };
        writeln!(out, "  {}  {how}", weekday(last.date))?;
    }
    Ok(())
}

/// A date with the day of the week.
fn weekday(date: Date) -> String {
    date.strftime("%Y-%m-%d (%A)").to_string()
}

fn source(row: &ContractRow, out: &mut impl Write) -> anyhow::Result<()> {
    let title = row.title.as_deref().map_or_else(String::new, |t| format!("{}, ", clean(t)));
    Ok(writeln!(out, "{DIM}{title}{}, {}{DIM:#}", clean(&row.file_name), row.id.short())?)
}

fn quotes(heading: &str, evidence: &[Evidence], out: &mut impl Write) -> anyhow::Result<()> {
    // A value that somebody gave may rest on no words of the contract.
    if evidence.iter().all(|e| e.quote().is_empty()) {
        return Ok(writeln!(out, "\n{BOLD}{heading}{BOLD:#}\n  no words of the contract")?);
    }
    writeln!(out, "\n{BOLD}{heading}{BOLD:#}")?;
    for e in evidence {
        writeln!(out, "  page {}: \u{201c}{}\u{201d}", e.page(), clean(e.quote()))?;
        let boxes: Vec<String> = e
            .regions()
            .iter()
            .map(|r| format!("({:.0}, {:.0}) to ({:.0}, {:.0}) on page {}", r.x0, r.y0, r.x1, r.y1, r.page))
            .collect();
        if !boxes.is_empty() {
            writeln!(out, "    {DIM}at {} in points from the top left{DIM:#}", boxes.join("; "))?;
        }
    }
    Ok(())
}

fn arithmetic(derivation: &Derivation, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "\n{BOLD}Arithmetic{BOLD:#}")?;
    for (number, step) in (1..).zip(&derivation.steps) {
        // Most notes contain the rule already.
        let rule = Some(step.rule).filter(|rule| !step.note.contains(&format!("({rule})")));
        let rule = rule.map_or_else(String::new, |rule| format!(" {DIM}({rule}){DIM:#}"));
        writeln!(out, "  {number}. {}{rule}", clean(&step.note))?;
    }
    let readings = derivation.readings;
    if readings.literal == readings.conservative {
        writeln!(out, "  Result: {}", weekday(derivation.result))?;
    } else {
        writeln!(out, "  Conservative reading: {}", weekday(readings.conservative))?;
        writeln!(out, "  Literal reading:      {}", weekday(readings.literal))?;
    }
    if !derivation.assumptions.is_empty() {
        writeln!(out, "\n{BOLD}Assumptions{BOLD:#}")?;
    }
    for assumption in &derivation.assumptions {
        writeln!(out, "  {}", clean(assumption))?;
    }
    rule::legend(derivation, out)?;
    Ok(())
}
