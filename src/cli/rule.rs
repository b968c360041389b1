//! Rules in `tickler explain`: what `--rule` prints, and the titles below the steps of a date.

use std::io::{self, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;
use tickler::calendar::{Derivation, Rule};

use super::Format;
use super::app::{App, BOLD, DIM};
use super::table;

/// What `--rule` asks for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    All,
    One(Rule),
}

/// Reads the name of a rule, or `all`.
pub(super) fn parser() -> impl TypedValueParser<Value = Wanted> {
    let names = Rule::ALL.iter().map(|rule| rule.id()).chain(["all"]);
    PossibleValuesParser::new(names).map(|name| Rule::find(&name).map_or(Wanted::All, Wanted::One))
}

/// A rule as JSON.
#[derive(Serialize)]
struct Printed {
    id: Rule,
    title: &'static str,
    text: &'static str,
    source: &'static str,
}

impl From<&Rule> for Printed {
    fn from(&rule: &Rule) -> Self {
        Self { id: rule, title: rule.title(), text: rule.text(), source: rule.source() }
    }
}

pub(super) fn run(wanted: Wanted, format: Format, app: &mut App) -> anyhow::Result<()> {
    match (wanted, format) {
        (Wanted::All, Format::Json) => app.json(&Rule::ALL.iter().map(Printed::from).collect::<Vec<_>>())?,
        (Wanted::One(rule), Format::Json) => app.json(&Printed::from(&rule))?,
        (Wanted::All, Format::Text) => titles(Rule::ALL, &mut app.out)?,
        (Wanted::One(rule), Format::Text) => {
            let out = &mut app.out;
            writeln!(out, "{BOLD}{rule}  {}{BOLD:#}", rule.title())?;
            print(rule.text(), out)?;
            print(&format!("Source: {}", rule.source()), out)?;
        }
    }
    Ok(())
}

/// Names the rules that a derivation cites.
pub(super) fn legend(derivation: &Derivation, out: &mut impl Write) -> io::Result<()> {
    let texts = derivation.steps.iter().map(|step| &step.note).chain(&derivation.assumptions);
    let texts: Vec<&String> = texts.collect();
    let cited = |rule: &Rule| {
        let in_brackets = format!("({rule})");
        derivation.steps.iter().any(|step| step.rule == *rule) || texts.iter().any(|text| text.contains(&in_brackets))
    };
    let rules: Vec<Rule> = Rule::ALL.iter().copied().filter(cited).collect();
    let Some(last) = rules.last() else { return Ok(()) };
    writeln!(out, "\n{BOLD}Rules{BOLD:#}")?;
    titles(&rules, out)?;
    writeln!(out, "  {DIM}`tickler explain --rule {last}` prints a rule with its source{DIM:#}")
}

fn titles(rules: &[Rule], out: &mut impl Write) -> io::Result<()> {
    rules.iter().try_for_each(|rule| writeln!(out, "  {rule:<3}  {}", rule.title()))
}

/// Prints the paragraphs and lists of `markdown`, as wide as the terminal.
fn print(markdown: &str, out: &mut impl Write) -> io::Result<()> {
    let plain = markdown.replace("**", "");
    for block in plain.split("\n\n") {
        let mut rows = table::bare();
        match block.strip_prefix("* ") {
            Some(list) => list.split("\n* ").for_each(|item| table::row(&mut rows, &["*", &one_line(item)])),
            None => table::row(&mut rows, &[&one_line(block)]),
        }
        write!(out, "\n{}", table::text(&rows))?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
