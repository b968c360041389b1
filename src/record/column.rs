//! Columns of the table of contracts, and what their cells say. An empty cell is a value that is not known.

#![expect(clippy::ref_option, reason = "a cell takes the member as the contract holds it")]

use serde::Serialize;

use super::facts::One;
use super::value::Amends;
use super::value::signature::Signature;
use super::{Contract, Evidence, Fact};

/// A column of the table of contracts.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) name: &'static str,
    /// What stands under it for one contract.
    pub(crate) cell: fn(&Contract) -> String,
}

/// What `say` makes of the member of a contract; spares closures the name of its type.
pub(super) fn cell<S>(member: &S, say: impl Fn(&S) -> String) -> String {
    say(member)
}

/// The value.
pub(super) fn value<T: ToString>(fact: &One<T>) -> String {
    part(fact, |value| Some(value.to_string()))
}

/// A part of the value.
pub(super) fn part<T, P: ToString>(fact: &One<T>, part: impl Fn(&T) -> Option<P>) -> String {
    fact.as_ref().and_then(Fact::value).and_then(part).map(|p| p.to_string()).unwrap_or_default()
}

/// Parts of the values of a list.
pub(super) fn list<T>(facts: &[Fact<T>], part: impl Fn(&T) -> Option<String>) -> String {
    facts.iter().filter_map(Fact::value).filter_map(part).collect::<Vec<_>>().join("; ")
}

/// How the value came to be known, or why it is not.
pub(super) fn status<T>(fact: &One<T>) -> String {
    fact.as_ref().map(|f| variant(&f.status())).unwrap_or_default()
}

/// The words that prove it.
pub(super) fn quote<T>(fact: &One<T>) -> String {
    proof(fact).map(|e| e.quote().to_owned()).unwrap_or_default()
}

/// The page that they begin on.
pub(super) fn page<T>(fact: &One<T>) -> String {
    proof(fact).map(|e| e.page().to_string()).unwrap_or_default()
}

fn proof<T>(fact: &One<T>) -> Option<&Evidence> {
    fact.as_ref()?.evidence().first()
}

/// What the agreement is known by that an amendment changes.
pub(super) fn agreement(amends: &Amends) -> Option<String> {
    amends.reference.clone().or_else(|| amends.title.clone())
}

/// Who has signed, with the day where it is known.
pub(super) fn signed(signature: &Signature) -> Option<String> {
    let signer = signature.signer.as_ref().filter(|_| signature.signed == Some(true))?;
    Some(signature.signed_on.map_or_else(|| signer.clone(), |day| format!("{signer} ({day})")))
}

/// The name that a unit variant has in JSON, so that both exports say the same.
pub(crate) fn variant(variant: &impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
