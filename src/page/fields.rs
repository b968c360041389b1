//! What a form or an address holds.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Deserialize;
use tickler::export::percent_encoded;

use crate::cli::Format;
use crate::cli::exit::Usage;
use crate::cli::tell::Telling;

/// The fields of a form, or of the query of an address. An empty field is as good as none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The text of a field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The same, to keep.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// Whether the form has a field, filled in or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The text of a field that must be filled in.
    pub(super) fn needed(&self, name: &str) -> anyhow::Result<String> {
        self.text(name).ok_or_else(|| Usage(format!("fill in the field \u{201c}{name}\u{201d}")).into())
    }

    /// A day.
    pub(super) fn day(&self, name: &str) -> anyhow::Result<Option<Date>> {
        let bad = |_| Usage(format!("write the field \u{201c}{name}\u{201d} as YYYY-MM-DD, such as 2026-03-31"));
        Ok(self.get(name).map(str::parse).transpose().map_err(bad)?)
    }

    /// A number, or anything else that is written in one word.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> anyhow::Result<Option<T>> {
        let bad = |_| Usage(format!("the field \u{201c}{name}\u{201d} does not hold what it should"));
        Ok(self.get(name).map(str::parse).transpose().map_err(bad)?)
    }

    /// What goes with everything that is said.
    pub(super) fn telling(&self) -> Telling {
        Telling { why: self.text("why"), by: None, format: Format::Text }
    }
}

/// An address with a query; `pairs` without a value are left out.
pub(super) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (n, (name, value)) in pairs.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        out.push_str(&percent_encoded(value, b""));
    }
    out
}
