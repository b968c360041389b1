//! The days of the reports that were written to files, so that the next one tells what has changed since.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use jiff::civil::Date;
use tickler::private::Draft;

use super::app::App;

/// As many days are remembered.
const MOST: usize = 100;

fn file(app: &App) -> anyhow::Result<PathBuf> {
    Ok(app.store_dir()?.join("reports"))
}

/// All of them, in order. A file that cannot be read is one without days.
fn days(app: &App) -> BTreeSet<Date> {
    let text = file(app).ok().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    text.lines().filter_map(|line| line.parse().ok()).collect()
}

/// The last one before a day: the report of a day says the same when it is written twice.
pub(super) fn last(app: &App, before: Date) -> Option<Date> {
    days(app).range(..before).next_back().copied()
}

/// Remembers that a report was written as of a day.
pub(super) fn keep(app: &App, day: Date) -> anyhow::Result<()> {
    let mut days = days(app);
    if !days.insert(day) {
        return Ok(());
    }
    let text: Vec<String> = days.iter().rev().take(MOST).map(ToString::to_string).collect();
    let mut draft = Draft::of(&file(app)?)?;
    draft.file().write_all(text.join("\n").as_bytes())?;
    Ok(draft.publish()?)
}
