//! Days that the contract gives under a name: "Commencement Date", "Date of acceptance", "Delivery date".

use super::Findings;
use crate::lexicon::label::{self, Field};
use crate::record::Fact;
use crate::record::value::DateValue;

impl Findings {
    /// The names that have a day, with their facts.
    fn dated(&self) -> impl Iterator<Item = (&str, &Fact<DateValue>)> + Clone {
        self.named_dates.iter().filter(|(_, f)| f.value().is_some()).map(|(name, f)| (name.as_str(), f))
    }

    /// The day that the contract gives under a name. Its words for a start ("Commencement Date", "Start date") stand for each
    /// other where the name itself is not dated.
    pub(crate) fn day_named(&self, name: &str) -> Option<&Fact<DateValue>> {
        let bare = canonical(name);
        let exact = self.dated().find(|(n, _)| canonical(n) == bare);
        let start = || {
            (!self.waits_for(&bare) && label::field(&bare) == Some(Field::Start))
                .then(|| self.day_labelled(Field::Start))
                .flatten()
        };
        // "the Commencement Date of this Agreement": the name may go on.
        let longer = |n: &str| bare.len() >= 8 && n.len() > bare.len() && n.to_lowercase().starts_with(&bare);
        // "Order placed on: D" for "the date of the order".
        let order = || bare.ends_with("order date").then(|| self.day_labelled(Field::OrderDate)).flatten();
        let found = exact
            .or_else(start)
            .or_else(|| order().map(|(_, f)| (f.raw(), f)))
            .or_else(|| self.dated().find(|(n, _)| longer(n)));
        found.map(|(_, f)| f)
    }

    /// The day of an event: that of its name, or the one whose name says that it took place, "Delivery date" for "the vehicle is
    /// delivered".
    pub(crate) fn day_of_event(&self, event: &str) -> Option<&Fact<DateValue>> {
        const STEM: usize = 6;
        const LEAST: usize = 5;
        let words = event.to_ascii_lowercase();
        let says = |name: &str| {
            let name = canonical(name);
            let (act, date) = name.split_once(' ')?;
            let stem = act.get(..STEM).unwrap_or(act);
            (date == "date" && stem.len() >= LEAST && words.split(' ').any(|word| word.starts_with(stem))).then_some(())
        };
        let happened = || self.dated().find(|(name, _)| says(name).is_some()).map(|(_, f)| f);
        self.day_named(event).or_else(happened)
    }

    /// The first dated name whose words are a label of `field`.
    pub(crate) fn day_labelled(&self, field: Field) -> Option<(&str, &Fact<DateValue>)> {
        let stated = self.dated().filter(|(_, f)| f.origin().id != "term.start");
        stated.into_iter().find(|(name, _)| label::field(name) == Some(field))
    }

    /// Whether the contract says that a name stands for the day of an event, or for one of the days of a month.
    pub(crate) fn waits_for(&self, name: &str) -> bool {
        self.undated(&[EVENT, MONTH]).any(|n| n.eq_ignore_ascii_case(name))
    }

    /// The name for the start of the contract, where all that the contract gives is its month.
    pub(crate) fn start_in_month(&self) -> Option<&str> {
        self.undated(&[MONTH]).next().filter(|_| self.day_labelled(Field::Start).is_none())
    }

    /// The names without a day that one of the rules found.
    fn undated<'f>(&'f self, rules: &'f [&str]) -> impl Iterator<Item = &'f str> {
        self.named_dates.iter().filter(|(_, f)| rules.contains(&f.origin().id.as_str())).map(|(n, _)| n.as_str())
    }
}

/// The rule of names that stand for the day of an event.
pub(crate) const EVENT: &str = "date.event";
/// The rule of starts that are given as a month.
pub(crate) const MONTH: &str = "date.month";

/// A name in lower case, without its article, and with "date" at its end: "the Date of Order" is the "order date".
fn canonical(name: &str) -> String {
    let name = name.to_lowercase();
    let bare = name.strip_prefix("the ").unwrap_or(&name);
    bare.strip_prefix("date of ")
        .map_or_else(|| bare.to_owned(), |act| format!("{} date", act.trim_start_matches("the ")))
}
