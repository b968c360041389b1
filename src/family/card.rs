//! What linking needs to know of a document: little, so that those of a whole store fit in memory.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::detect::rules::party::key;
use crate::record::value::change::ChangeAction;
use crate::record::value::signature::Execution;
use crate::record::value::{Amends, DateValue};
use crate::record::{Contract, DocumentId, Fact};

/// The part that a document plays in its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// An agreement of its own.
    Base,
    /// Changes an agreement: an amendment or addendum.
    Amendment,
    /// Takes the place of an agreement: "amended and restated".
    Restatement,
    /// Made under an agreement, with terms of its own: a statement of work, an order.
    Subordinate,
}

/// The identity of a document, and what it says of its parent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The document.
    pub document: DocumentId,
    /// Name of its file.
    pub file_name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its own reference number.
    pub reference: Option<String>,
    /// The parties, folded so that spellings of one name are equal.
    pub parties: Vec<String>,
    /// The dates by which others may name it: those that it bears and from which it has effect.
    pub dates: Vec<Date>,
    /// Day from which it counts among its family: that of its effect, else the one it bears.
    pub since: Option<Date>,
    /// Its part.
    pub part: Part,
    /// What it says of its parent.
    pub amends: Option<Amends>,
    /// The agreements whose place it says it takes.
    #[serde(default)]
    pub replaces: Vec<Amends>,
    /// How far it is signed.
    #[serde(default)]
    pub execution: Option<Execution>,
    /// How many blanks of its text wait to be filled in; 0 where nobody counted them.
    #[serde(default)]
    pub blanks: usize,
}

impl Card {
    /// The card of a contract.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        let day = |fact: &Option<Fact<DateValue>>| fact.as_ref().and_then(Fact::value).and_then(|d| d.date());
        let (agreement, effective) = (day(&contract.agreement_date), day(&contract.effective_date));
        let mut dates: Vec<Date> = agreement.into_iter().chain(effective).collect();
        dates.dedup();
        let text = |fact: &Option<Fact<String>>| fact.as_ref().and_then(Fact::value).cloned();
        let mut parties: Vec<String> = contract.parties.iter().filter_map(Fact::value).map(|p| key(&p.name)).collect();
        parties.retain(|p| !p.is_empty());
        parties.sort();
        parties.dedup();
        let amends = contract.amends.as_ref().and_then(Fact::value).cloned();
        let restates = contract
            .changes
            .iter()
            .filter_map(Fact::value)
            .any(|c| c.action == ChangeAction::Replaced && c.section.is_none());
        let part = match contract.document.kind.as_ref().and_then(Fact::value).map(String::as_str) {
            _ if restates => Part::Restatement,
            Some("amendment" | "addendum") => Part::Amendment,
            _ if amends.is_some() => Part::Subordinate,
            _ => Part::Base,
        };
        Self {
            document: contract.document.id.clone(),
            file_name: contract.document.file_name.clone(),
            title: text(&contract.document.title),
            reference: text(&contract.document.reference),
            parties,
            dates,
            since: effective.or(agreement),
            part,
            amends,
            replaces: contract.replaces.iter().filter_map(Fact::value).cloned().collect(),
            execution: contract.execution.as_ref().and_then(Fact::value).copied(),
            blanks: 0,
        }
    }
}
