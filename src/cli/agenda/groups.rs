//! Lists in other orders, and in groups.

use clap::ValueEnum;
use tickler::export::others;

use super::super::clean::clean;
use super::{Item, OpenItem, Whose};

/// What lines of a list are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// A heading for each contract
    Contract,
    /// A heading for each month
    Month,
    /// A heading for each party that is not us
    Party,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Sort {
    /// What must be done first comes first
    #[default]
    ActBy,
    /// By the name of the file
    Contract,
    /// By the name of the party that is not us
    Party,
}

/// Lines under one heading.
#[derive(Debug, Default)]
pub(crate) struct Group<'a> {
    pub(crate) heading: String,
    pub(crate) items: Vec<&'a Item>,
    pub(crate) open: Vec<&'a OpenItem>,
}

/// Puts items, which stand by the day to act, into another order.
pub(crate) fn sort(items: &mut [Item], order: Sort, us: &[String]) {
    match order {
        Sort::ActBy => {}
        Sort::Contract => items.sort_by(|a, b| a.whose.file_name.cmp(&b.whose.file_name)),
        Sort::Party => items.sort_by_cached_key(|item| others(&item.whose.parties, us).to_lowercase()),
    }
}

/// The lines in groups, in the order in which each group comes up; what has no date joins its group or ends the list.
pub(crate) fn grouped<'a>(items: &'a [Item], open: &'a [OpenItem], by: By, us: &[String]) -> Vec<Group<'a>> {
    let of = |whose: &Whose| match by {
        By::Party => others(&whose.parties, us),
        By::Contract | By::Month => whose.file_name.clone(),
    };
    let mut groups: Vec<Group<'a>> = Vec::new();
    for item in items {
        let month = (by == By::Month).then(|| item.entry.act_by.strftime("%B %Y").to_string());
        group(&mut groups, month.unwrap_or_else(|| of(&item.whose))).items.push(item);
    }
    for item in open {
        let month = (by == By::Month).then(|| "Without a date".to_owned());
        group(&mut groups, month.unwrap_or_else(|| of(&item.whose))).open.push(item);
    }
    for group in &mut groups {
        group.heading = if group.heading.is_empty() { "No party was found".to_owned() } else { clean(&group.heading) };
    }
    groups
}

/// The group of a heading, which is made if there is none.
fn group<'g, 'a>(groups: &'g mut Vec<Group<'a>>, heading: String) -> &'g mut Group<'a> {
    let at = groups.iter().position(|g| g.heading == heading).unwrap_or_else(|| {
        groups.push(Group { heading, ..Group::default() });
        groups.len() - 1
    });
    &mut groups[at]
}
