//! Names of what is up for review.

use super::fact_key;
use crate::record::{ReviewItem, variant};

/// A name for what is up for review that is the same in the next reading, as long as the words are.
#[must_use]
pub fn item_key(item: &ReviewItem) -> String {
    let ReviewItem { field, reason, raw, .. } = item;
    format!("{field}/{}/{}", variant(reason), fact_key(raw))
}
