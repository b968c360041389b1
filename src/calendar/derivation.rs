//! How a date was reached, step by step, so that a person can check it by hand.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Rule;

/// One step of arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What was done: `anchor`, `add`, `subtract`, `exclude_day`, `roll`, ...
    pub op: String,
    /// What it was done to, as text: dates in ISO form, periods in words.
    pub inputs: Vec<String>,
    /// The rule that allows it, such as `R6`.
    #[schemars(with = "String")]
    pub rule: Rule,
    /// The step in a sentence, with its result.
    pub note: String,
}

/// The two readings of a deadline where law and custom are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Readings {
    /// The plain count.
    #[schemars(with = "String", extend("format" = "date"))]
    pub literal: Date,
    /// The earliest defensible date: what alerts use.
    #[schemars(with = "String", extend("format" = "date"))]
    pub conservative: Date,
}

/// What a date rests on. The order is from the surest to the least sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The contract names the day.
    Stated,
    /// It follows by arithmetic from what the contract names.
    #[default]
    Computed,
    /// It rests on something that the contract does not say, such as the day of the month on which a duty falls.
    Assumed,
}

/// The arithmetic behind a computed date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Derivation {
    /// The date that came out.
    #[schemars(with = "String", extend("format" = "date"))]
    pub result: Date,
    /// The way to it.
    pub steps: Vec<Step>,
    /// What was assumed because the contract does not say.
    pub assumptions: Vec<String>,
    /// Both readings.
    pub readings: Readings,
    /// What the date rests on.
    #[serde(default)]
    pub basis: Basis,
}
