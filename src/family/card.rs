//! What linking needs to know of a document: little, so that those of a whole store fit in memory.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::detect::rules::party::key;
use crate::record::value::change::{Change, ChangeAction};
use crate::record::value::signature::Execution;
use crate::record::value::{Amends, DateValue};
use crate::record::{Contract, Describe as _, DocumentId, Fact, FactId, Field};

use super::fold::whole;

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

/// What a document says it does to the whole of another agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// Its fact.
    pub fact: FactId,
    /// What it does, in words for people.
    pub words: String,
    /// Name of the field that it touches.
    pub field: String,
    /// Page on which it stands, from 1.
    pub page: u32,
    /// Whether it is taken into the terms, and need not be looked at: it gives the day or the party, and is no notice of one side,
    /// which may have been late.
    pub sure: bool,
}

impl Act {
    fn of(fact: &Fact<Change>, contract: &Contract) -> Option<Self> {
        let change = fact.value().filter(|change| change.is_of_whole())?;
        let (field, sure) = match change.action {
            ChangeAction::Ended => {
                let agreed = fact.origin().id != "change.notice";
                (Field::expiration_date, change.until.is_some() && agreed && whole::counts(contract))
            }
            ChangeAction::PartyReplaced => (Field::parties, whole::tells_who_steps_in(contract)),
            ChangeAction::Begun => (Field::effective_date, true),
            _ => (Field::expiration_date, true),
        };
        let (words, field) = (change.words(), field.name().to_owned());
        Some(Self { fact: fact.id().clone(), words, field, page: fact.evidence()[0].page(), sure })
    }
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
    /// What it says it does to the whole of its parent.
    #[serde(default)]
    pub acts: Vec<Act>,
    /// How far it is signed.
    #[serde(default)]
    pub execution: Option<Execution>,
    /// Whether it amends another document and is neither signed nor dated: a draft.
    #[serde(default)]
    pub is_draft: bool,
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
        let acts: Vec<Act> = contract.changes.iter().filter_map(|fact| Act::of(fact, contract)).collect();
        let part = match contract.document.kind.as_ref().and_then(Fact::value).map(String::as_str) {
            _ if restates => Part::Restatement,
            Some("amendment" | "addendum") => Part::Amendment,
            // A letter that ends or extends an agreement has no terms of its own.
            None if amends.is_some() && !acts.is_empty() => Part::Amendment,
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
            acts,
            execution: contract.execution.as_ref().and_then(Fact::value).copied(),
            is_draft: part == Part::Amendment && agreement.is_none() && !whole::counts(contract),
            blanks: 0,
        }
    }
    /// Whether the document may change its parent. What is made under an agreement leaves it as it is, unless it says that it ends
    /// or extends it.
    #[must_use]
    pub fn touches_parent(&self) -> bool {
        self.part != Part::Subordinate || !self.acts.is_empty()
    }
}
