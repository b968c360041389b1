//! When and how money is due.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// When something is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentTerm {
    /// Who pays, where the clause or the roles of the parties say so.
    pub payer: Option<String>,
    /// Time to pay; 0 days is at once, null where only a rhythm is given.
    pub due: Option<Period>,
    /// What the time runs from, in the words of the contract: `receipt of the invoice` is not `invoice date`.
    pub from: Option<String>,
    /// How often it is invoiced or paid, such as `monthly in arrears`.
    pub frequency: Option<String>,
    /// Interest on late payment, such as `1.5% per month`.
    pub late_interest: Option<String>,
}
