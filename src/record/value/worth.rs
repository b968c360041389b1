//! What a contract is worth: its price, or what is paid in a year. Wording: C5.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::Decimal;

/// How far an amount binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorthKind {
    /// The contract gives the amount.
    #[default]
    Stated,
    /// The contract estimates it.
    Estimated,
    /// Most that may be paid: what is paid is not known.
    Ceiling,
    /// Only prices of units are given: the whole hangs on how many are used.
    Rates,
}

/// What a contract is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Worth {
    /// How much; of [`WorthKind::Rates`], the price of one unit.
    pub amount: Decimal,
    /// Code of the currency (ISO 4217).
    pub currency: String,
    /// How far it binds.
    #[serde(default)]
    pub kind: WorthKind,
    /// Of rates, what the amount is paid for, such as `hour`.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whether taxes are in it; null where nothing is said.
    #[serde(default)]
    pub with_tax: Option<bool>,
    /// How an amount that the contract does not give follows from one that it gives: `12 × GBP 2,000 a month`.
    #[serde(default)]
    pub arithmetic: Option<String>,
}

impl Worth {
    /// The amount if it can be added to others: one that is paid, or estimated to be.
    #[must_use]
    pub fn adds_up(&self) -> Option<Decimal> {
        matches!(self.kind, WorthKind::Stated | WorthKind::Estimated).then_some(self.amount)
    }
}

/// `GBP 120,000`, `at most USD 50,000`, `USD 150 per hour`.
impl fmt::Display for Worth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lead = match self.kind {
            WorthKind::Stated | WorthKind::Rates => "",
            WorthKind::Estimated => "about ",
            WorthKind::Ceiling => "at most ",
        };
        write!(f, "{lead}{}", money(&self.currency, self.amount))?;
        match &self.unit {
            Some(unit) => write!(f, " per {unit}"),
            None => Ok(()),
        }
    }
}

/// An amount with its currency, for people: `GBP 1,250.50`.
#[must_use]
pub fn money(currency: &str, amount: Decimal) -> String {
    let text = amount.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let part = if part.is_empty() { String::new() } else { format!(".{part:0<2}") };
    format!("{currency} {sign}{grouped}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_for_people() {
        for (millionths, want) in [
            (1_250_500_000, "GBP 1,250.50"),
            (150_000_000, "GBP 150"),
            (1_000_000_000_000, "GBP 1,000,000"),
            (50_000, "GBP 0.05"),
        ] {
            assert_eq!(money("GBP", Decimal::from_millionths(millionths)), want);
        }
    }
}
