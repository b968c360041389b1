//! What is done to an agreement as a whole: it ends, it began on a day that it left open, another party steps in.

use super::{Fallen, Fold, ends_after};
use crate::detect::rules::party::key;
use crate::record::Folder as _;
use crate::record::value::change::{Change, ChangeAction};
use crate::record::value::signature::Execution;
use crate::record::value::{DateValue, Party, Renewal, RenewalKind};
use crate::record::{Cited, Contract, Fact, FactRef, Field, Many};

use super::Displaced;

/// Words in the role of a party that steps in.
const COMING: [&str; 6] = ["incoming", "assignee", "transferee", "new ", "substitut", "successor"];
/// Words in the role of a party that leaves.
const GOING: [&str; 6] = ["outgoing", "assignor", "transferor", "retiring", "departing", "old "];

/// The party of a deed that has one of `roles`.
fn with_role<'a>(parties: &'a Many<Party>, roles: &[&str]) -> Option<&'a Fact<Party>> {
    parties.iter().find(|fact| {
        let role = fact.value().and_then(|party| party.role.as_deref()).unwrap_or_default().to_lowercase();
        roles.iter().any(|word| role.starts_with(word) || role.contains(&format!(" {word}")))
    })
}

/// Whether a deed tells which party steps in.
pub(in crate::family) fn tells_who_steps_in(deed: &Contract) -> bool {
    with_role(&deed.parties, &COMING).is_some()
}

/// Whether a document that ends another one may count: what nobody signed may never have been sent.
pub(in crate::family) fn counts(document: &Contract) -> bool {
    document.execution.as_ref().and_then(Fact::value) != Some(&Execution::Unsigned)
}

/// Takes out of a document what it says of itself, where it does no more than end an agreement or move it to another party: the
/// price of a surrender is not that of the lease.
pub(super) fn without_own(document: &mut Contract, changes: &[Fact<Change>]) {
    let does = |action| changes.iter().filter_map(Fact::value).any(|c| c.action == action);
    let (ends, moves) = (does(ChangeAction::Ended), does(ChangeAction::PartyReplaced));
    let dated = changes.iter().filter_map(Fact::value).any(|c| c.action == ChangeAction::Ended && c.until.is_some());
    if dated || ends && !counts(document) {
        (document.expiration_date, document.initial_term, document.renewal) = (None, None, None);
    }
    // "The Commencement Date of the Lease is D" may read like an end that is D.
    let begun =
        changes.iter().filter_map(Fact::value).filter(|c| c.action == ChangeAction::Begun).find_map(|c| c.until);
    let end = document.expiration_date.as_ref().and_then(Fact::value).and_then(|end| end.date());
    if begun.is_some() && begun == end {
        document.expiration_date = None;
    }
    if ends || moves {
        (document.contract_value, document.annual_value, document.governing_law) = (None, None, None);
        document.payment_terms.clear();
        document.terminations.clear();
        document.provisions.clear();
    }
}

impl Fold<'_> {
    /// The agreement ends on a day, and renews no more.
    pub(super) fn end(&mut self, change: &Fact<Change>) {
        let Some(Change { until: Some(day), .. }) = change.value() else { return };
        let (evidence, origin) = (change.evidence()[0].clone(), change.origin().clone());
        let end = Cited::new(DateValue::On(*day), evidence.clone());
        let end = Fact::found("expiration_date", end, change.raw(), origin.clone(), change.confidence());
        let none = Cited::new(Renewal::of(RenewalKind::None), evidence);
        let none = Fact::found("renewal", none, change.raw(), origin, change.confidence());
        let contract = &mut self.view.contract;
        let mut fallen = Fallen { out: &mut self.view.displaced, by: &self.by };
        fallen.displace(Field::expiration_date, &mut contract.expiration_date, Some(end));
        fallen.displace(Field::renewal, &mut contract.renewal, Some(none));
    }

    /// The agreement began on a day, from which its length is counted.
    pub(super) fn begin(&mut self, change: &Fact<Change>) {
        let Some(Change { until: Some(day), .. }) = change.value() else { return };
        let cited = Cited::new(DateValue::On(*day), change.evidence()[0].clone());
        let start = Fact::found("effective_date", cited, change.raw(), change.origin().clone(), change.confidence());
        let contract = &mut self.view.contract;
        let mut fallen = Fallen { out: &mut self.view.displaced, by: &self.by };
        fallen.displace(Field::effective_date, &mut contract.effective_date, Some(start));
        let term = contract.initial_term.as_ref().and_then(|f| f.value()).copied();
        if let Some(end) = term.and_then(|term| ends_after(contract, term, change)) {
            fallen.displace(Field::expiration_date, &mut contract.expiration_date, Some(end));
        }
    }

    /// A party of a deed steps in, in the place of another one if the deed tells which.
    pub(super) fn replace_party(&mut self, parties: &Many<Party>, change: &Fact<Change>) {
        let here = |party: &Party| {
            let known = key(&party.name);
            self.view.contract.parties.iter().position(|f| f.value().is_some_and(|p| key(&p.name) == known))
        };
        let strangers: Vec<&Fact<Party>> =
            parties.iter().filter(|f| f.value().is_some_and(|p| here(p).is_none())).collect();
        let only = || strangers.first().filter(|_| strangers.len() == 1).copied();
        let Some(new) = with_role(parties, &COMING).or_else(only) else { return };
        let Some(party) = new.value().filter(|party| here(party).is_none()) else { return };
        // Of a deed between two, the one that is a party already leaves.
        let other = || parties.iter().find(|f| parties.len() == 2 && f.id() != new.id());
        let going = with_role(parties, &GOING).or_else(other).and_then(Fact::value).and_then(here);
        let words = change.evidence()[0].quote().to_lowercase();
        // Who assigns the benefit alone stays bound.
        let stays = words.contains("benefit")
            && !["assum", "obligation", "burden", "bound", "novat"].iter().any(|w| words.contains(w));
        let contract = &mut self.view.contract;
        match going.filter(|_| !stays).and_then(|at| contract.parties.get_mut(at)) {
            Some(old) => {
                // Its duties are those of its role.
                let (role, aliases) = old.value().map(|p| (p.role.clone(), p.aliases.clone())).unwrap_or_default();
                let party = Party { role, aliases, ..party.clone() };
                let fact = new.clone().map(|_| party);
                self.view.displaced.push(Displaced::of(FactRef::of(Field::parties, old), &self.by));
                *old = fact;
            }
            None => contract.parties.push(new.clone()),
        }
    }
}
