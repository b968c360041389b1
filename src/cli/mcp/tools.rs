//! Which tools there are: a tool is a command, with those of its arguments that an assistant may set.
//!
//! Names, help and kinds of the arguments are those of the command line, so that they are written down once.

use std::sync::Arc;

use anyhow::Context as _;
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

use super::super::Cli;
use super::super::exit::Usage;

/// A tool.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) name: &'static str,
    /// The command that it runs.
    command: &'static str,
    /// The names of its arguments, as clap knows them.
    arguments: &'static [&'static str],
    /// Those that the tool needs, though the command does not.
    needed: &'static [&'static str],
    /// Whether it keeps something.
    pub(super) writes: bool,
}

const fn reads(name: &'static str, command: &'static str, arguments: &'static [&'static str]) -> Offer {
    Offer { name, command, arguments, needed: &[], writes: false }
}

const fn writes(name: &'static str, arguments: &'static [&'static str], needed: &'static [&'static str]) -> Offer {
    Offer { name, command: name, arguments, needed, writes: true }
}

/// Tools that change nothing.
pub(super) const READING: &[Offer] = &[
    reads("list", "list", &["party", "contract_type", "law", "renewal", "owner", "ended", "failures"]),
    reads(
        "due",
        "schedule",
        &["within", "overdue", "duties", "all", "kind", "ended", "party", "contract_type", "owner"],
    ),
    reads("show", "show", &["contract", "quotes", "obligations", "version_as_of"]),
    reads("explain", "explain", &["id", "rule"]),
    reads("search", "search", &["query", "semantic", "not", "limit", "party", "contract_type", "hidden"]),
    reads("review", "review", &["field", "all", "below", "party"]),
    reads("log", "log", &["contract"]),
];

/// Tools that keep what the user says.
pub(super) const WRITING: &[Offer] = &[
    writes("assign", &["contract", "owner", "backup", "why"], &["owner"]),
    writes("decide", &["contract", "decision", "entry", "ends", "until", "why"], &[]),
    writes("sent", &["contract", "way", "on", "accept", "entry", "why"], &[]),
    writes("done", &["contract", "duty", "on", "evidence", "waived", "not_ours", "why"], &[]),
    writes("snooze", &["contract", "duty", "until", "why"], &[]),
    writes("note", &["contract", "text", "about"], &[]),
    writes("confirm", &["contract", "fields", "why"], &[]),
    writes("set", &["contract", "field", "value", "quote", "page", "why"], &[]),
    writes("unset", &["contract", "field", "why"], &[]),
    writes("dismiss", &["contract", "item", "why"], &[]),
    writes("event", &["contract", "event", "date", "why"], &["event", "date"]),
    writes("undo", &["contract", "statement", "why"], &[]),
];

/// The argument of tools that change nothing which asks for the next part of a long answer.
pub(super) const PART: &str = "part";

impl Offer {
    /// What an assistant is told of it.
    pub(super) fn tool(&self) -> Tool {
        let command = self.of_command();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let more = help.split("Examples:").next().unwrap_or_default().trim();
        let keeps = if self.writes { "; this is kept as said by the user" } else { "" };
        let mut properties: JsonObject = self.arguments(&command).map(|arg| (name(arg), schema(arg))).collect();
        if !self.writes {
            let part = json!({"type": "integer", "minimum": 1, "description": "Part of a long answer [default: 1]"});
            properties.insert(PART.to_owned(), part);
        }
        let required: Vec<String> = self.arguments(&command).filter(|arg| self.needs(arg)).map(name).collect();
        let mut input = JsonObject::new();
        input.insert("type".to_owned(), "object".into());
        input.insert("properties".to_owned(), properties.into());
        input.insert("required".to_owned(), required.into());
        input.insert("additionalProperties".to_owned(), false.into());
        // Nothing that was said is ever deleted, and all of it stays on this computer.
        let hints = ToolAnnotations::new().read_only(!self.writes).destructive(false).open_world(false);
        Tool::new(self.name, format!("{about}{keeps}. {more}").trim().to_owned(), Arc::new(input))
            .with_annotations(hints)
    }

    /// The command line that answers; `by` is who says what is kept.
    pub(super) fn line(&self, mut given: JsonObject, by: &str) -> anyhow::Result<Vec<String>> {
        let command = self.of_command();
        let (mut options, mut positions) = (vec!["tickler".to_owned(), self.command.to_owned()], Vec::new());
        let mut left_out = None;
        for arg in self.arguments(&command) {
            let name = name(arg);
            let value = given.remove(&name).filter(|value| !value.is_null());
            if value.is_none() && self.needs(arg) {
                return Err(Usage(format!("{name:?} is missing")).into());
            }
            let words = value.map_or_else(|| Ok(Vec::new()), |value| words(arg, &name, &value))?;
            match arg.get_long() {
                Some(long) if is_flag(arg) => options.extend(words.iter().map(|_| format!("--{long}"))),
                Some(long) => options.extend(words.iter().map(|word| format!("--{long}={word}"))),
                None if words.is_empty() => left_out = Some(name),
                // A word in the place of another one would mean something else.
                None if left_out.is_some() => {
                    return Err(Usage(format!("{name:?} needs {:?}", left_out.unwrap_or_default())).into());
                }
                None => positions.extend(words),
            }
        }
        if let Some(unknown) = given.keys().next() {
            return Err(Usage(format!("the tool {:?} has no argument {unknown:?}", self.name)).into());
        }
        if self.writes {
            options.push(format!("--by={by}"));
        }
        options.push("--".to_owned());
        options.extend(positions);
        Ok(options)
    }

    fn of_command(&self) -> Command {
        let mut all = Cli::command();
        all.build();
        all.find_subcommand(self.command).cloned().unwrap_or_default()
    }

    fn arguments<'a>(&'a self, command: &'a Command) -> impl Iterator<Item = &'a Arg> {
        self.arguments.iter().filter_map(|name| command.get_arguments().find(|arg| arg.get_id() == *name))
    }

    fn needs(&self, arg: &Arg) -> bool {
        arg.is_required_set() || self.needed.iter().any(|name| arg.get_id() == *name)
    }
}

/// The name under which an assistant knows an argument.
fn name(arg: &Arg) -> String {
    arg.get_long().unwrap_or(arg.get_id().as_str()).replace('-', "_")
}

fn is_flag(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

fn schema(arg: &Arg) -> Value {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let choices: Vec<String> = arg.get_possible_values().iter().map(|choice| choice.get_name().to_owned()).collect();
    let mut one = json!({"type": "string"});
    if !choices.is_empty() && !arg.is_hide_possible_values_set() {
        one["enum"] = choices.into();
    }
    match arg.get_action() {
        ArgAction::SetTrue => json!({"type": "boolean", "description": help}),
        ArgAction::Append => json!({"type": "array", "items": one, "description": help}),
        _ => {
            one["description"] = help.into();
            one
        }
    }
}

/// The words of the command line for one argument.
fn words(arg: &Arg, name: &str, value: &Value) -> anyhow::Result<Vec<String>> {
    let word = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let words = match (value, arg.get_action()) {
        (Value::Bool(on), ArgAction::SetTrue) => Some(on.then(String::new).into_iter().collect()),
        (Value::Array(all), ArgAction::Append) => all.iter().map(word).collect(),
        (one, ArgAction::Append | ArgAction::Set) => word(one).map(|word| vec![word]),
        _ => None,
    };
    words.with_context(|| format!("{name:?} cannot be {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static Offer> {
        READING.iter().chain(WRITING)
    }

    fn line(name: &str, given: Value) -> Result<Vec<String>, String> {
        let Value::Object(given) = given else { return Err("no object".to_owned()) };
        all().find(|offer| offer.name == name).unwrap().line(given, "Ann").map_err(|error| error.to_string())
    }

    #[test]
    fn every_argument_exists_and_is_explained() {
        for offer in all() {
            let command = offer.of_command();
            assert_eq!(command.get_name(), offer.command);
            for name in offer.arguments {
                let arg = command.get_arguments().find(|arg| arg.get_id() == *name);
                let arg = arg.unwrap_or_else(|| panic!("{}: no argument {name}", offer.name));
                assert!(arg.get_help().is_some(), "{}: {name}", offer.name);
            }
            // A word that an assistant cannot give must not be needed.
            for arg in command.get_arguments().filter(|arg| arg.is_required_set()) {
                assert!(offer.arguments.iter().any(|name| arg.get_id() == *name), "{}: {}", offer.name, arg.get_id());
            }
            assert!(!offer.tool().description.unwrap_or_default().is_empty());
        }
    }

    #[test]
    fn words_of_an_assistant_are_never_options() {
        let given = json!({"query": ["--format=json", "-n"], "limit": 3, "semantic": false, "party": "--x"});
        let told = ["tickler", "search", "--limit=3", "--party=--x", "--", "--format=json", "-n"];
        assert_eq!(line("search", given).unwrap(), told);
        let told = ["tickler", "confirm", "--by=Ann", "--", "lease", "parties", "renewal"];
        assert_eq!(line("confirm", json!({"contract": "lease", "fields": ["parties", "renewal"]})).unwrap(), told);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert!(line("show", json!({})).unwrap_err().contains("\"contract\" is missing"));
        assert!(line("event", json!({"contract": "x", "date": "2026-01-01"})).unwrap_err().contains("\"event\""));
        assert!(
            line("show", json!({"contract": "x", "output": "/etc/x"})).unwrap_err().contains("no argument \"output\"")
        );
        assert!(line("show", json!({"contract": {"a": 1}})).unwrap_err().contains("cannot be"));
        assert!(line("due", json!({"overdue": "yes"})).unwrap_err().contains("cannot be"));
        assert!(line("note", json!({"contract": "x", "text": "y", "by": "Bo"})).unwrap_err().contains("\"by\""));
    }
}
