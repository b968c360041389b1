//! `tickler export --format ics --by-owner`

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use tickler::export::returned::digest;
use tickler::record::capital;
use tickler::source;
use tickler::store::ContractRow;

use super::Asked;
use crate::cli::app::App;
use crate::cli::feed::{self, Whose};
use crate::cli::sink;

/// The name of the calendar of what nobody answers for, without its ending.
const NOBODY: &str = "nobody";
/// Most characters that a name of a file takes from the name of an owner.
const LONGEST: usize = 60;

impl Asked<'_> {
    /// Writes a calendar for each owner into a folder, and one of what nobody answers for.
    pub(super) fn calendars(&self, app: &mut App, folder: &Path) -> anyhow::Result<ExitCode> {
        let mut by_owner: BTreeMap<Option<String>, Vec<ContractRow>> = BTreeMap::new();
        for row in self.rows {
            let owner = self.current.owner(row, self.settings).map(|owner| owner.name);
            by_owner.entry(owner).or_default().push(row.clone());
        }
        sink::make_folder(folder)?;
        let (mut written, mut assumed) = (BTreeSet::new(), 0);
        for (owner, rows) in &by_owner {
            let name = owner.as_deref().map_or_else(|| NOBODY.to_owned(), name_of);
            let file = folder.join(format!("{name}.ics"));
            let whose = owner.as_deref().map_or(Whose::Nobody, Whose::Owner);
            assumed += self.write(app, Some(&file), whose, rows)?;
            written.insert(file);
        }
        // Those of people who answer for nothing any more: their events are cancelled.
        for entry in fs::read_dir(folder)? {
            let file = entry?.path();
            let is_calendar = source::is_called(&file, "ics");
            if is_calendar && !written.contains(&file) && !self.store.feed(&feed::name(&file))?.is_empty() {
                self.write(app, Some(&file), Whose::Owner(""), &[])?;
            }
        }
        feed::tell_assumed(app, assumed)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The name of the calendar of an owner, without its ending: that of nobody else, whoever else there is. A name that "ann-field"
/// does not stand for as plainly as for "Ann Field" has a few digits behind it.
fn name_of(owner: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = owner.chars().take(LONGEST).map(plain).collect();
    let usual = name.split('-').map(capital).collect::<Vec<_>>().join(" ");
    if owner == usual && name != NOBODY { name } else { format!("{name}_{}", digest(owner)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_owner_has_a_name_of_a_file() {
        assert_eq!(name_of("Ann Field"), "ann-field");
        assert_eq!(name_of("Zoë Müller"), "zoë-müller");
        let same = ["A B", "a-b", "a b", "A-B", "a.b", "A/B"];
        let names: BTreeSet<String> = same.iter().map(|owner| name_of(owner)).collect();
        assert_eq!((names.len(), names.first().map(String::as_str)), (same.len(), Some("a-b")), "{names:?}");
        assert!(names.iter().all(|name| name.starts_with("a-b")), "{names:?}");
        assert_ne!(name_of("Nobody"), NOBODY);
        assert_ne!(name_of(&"x".repeat(300)), name_of(&"x".repeat(301)));
        assert!(name_of(&"\u{10400}".repeat(300)).len() < 250, "file systems take 255 bytes");
    }
}
