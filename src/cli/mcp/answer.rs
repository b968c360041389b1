//! What a tool answers: what its command prints, in parts that an assistant can read.

use clap::Parser as _;
use rmcp::model::JsonObject;
use tickler::record::Part as _;

use super::super::app::App;
use super::super::exit::Usage;
use super::super::{Cli, run};
use super::tools::{Offer, PART};

/// Longest part of an answer, in bytes: about 5,000 words of a model.
const LONGEST: usize = 20_000;

/// Runs the command of a tool; `by` is who says what is kept.
pub(super) fn of(offer: &Offer, mut given: JsonObject, by: &str, app: &mut App) -> anyhow::Result<String> {
    let part = if offer.writes { None } else { given.remove(PART) };
    let number = match part.filter(|part| !part.is_null()) {
        None => 1,
        Some(part) => {
            let number = part.as_u64().and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
            number.ok_or_else(|| Usage(format!("{PART:?} is a number from 1, not {part}")))?
        }
    };
    let cli = Cli::try_parse_from(offer.line(given, by)?).map_err(|error| Usage(problem(&error)))?;
    if let Some(command) = cli.command {
        run(command, None, app)?;
    }
    app.tell_passed_over()?;
    let text = narrow(&app.kept());
    if offer.writes {
        // A second call would say it again.
        return Ok(text);
    }
    let parts = parts(&text);
    let Some(part) = number.checked_sub(1).and_then(|n| parts.get(n)) else {
        return Err(Usage(format!("the answer has {} parts; there is no part {number}", parts.len())).into());
    };
    let more = match parts.len() {
        1 => String::new(),
        all if number == all => format!("\n[Part {number} of {all}, the last one.]"),
        all => format!("\n[Part {number} of {all}. Ask again with \"{PART}\": {}, or ask for less.]", number + 1),
    };
    Ok(format!("{part}{more}"))
}

/// What is wrong with the arguments, without the hints for people at a terminal.
fn problem(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let hints = ["\n\nUsage:", "\n\nFor more information"];
    let end = hints.iter().filter_map(|hint| text.find(hint)).min().unwrap_or(text.len());
    text.part(..end).trim_start_matches("error: ").trim().to_owned()
}

/// Tables without the spaces that only put their columns below each other: who reads by words pays for each of them.
fn narrow(text: &str) -> String {
    let line = |line: &str| {
        let (indent, words) = line.split_at(line.len() - line.trim_start().len());
        let cells: Vec<&str> = words.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        format!("{indent}{}\n", cells.join("  "))
    };
    text.lines().map(line).collect()
}

/// An answer in whole lines; a line that is longer than a part is cut.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while rest.len() > LONGEST {
        let most = rest.floor_char_boundary(LONGEST);
        let end = rest.part(..most).rfind('\n').map_or(most, |at| at + 1);
        let (part, more) = rest.split_at(end);
        parts.push(part);
        rest = more;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_their_words_and_their_indent() {
        assert_eq!(narrow("  a b     c  d   \n\n    e\n"), "  a b  c  d\n\n    e\n");
        assert_eq!(narrow(""), "");
    }

    #[test]
    fn parts_lose_nothing_and_end_with_a_line() {
        let lines = "one line of a list é\n".repeat(3000);
        let cut = parts(&lines);
        assert!(cut.len() > 2 && cut.iter().all(|part| part.len() <= LONGEST && part.ends_with('\n')));
        assert_eq!(cut.concat(), lines);
        let line = "é".repeat(LONGEST);
        assert_eq!(parts(&line).concat(), line);
        assert_eq!(parts(""), [""]);
    }
}
