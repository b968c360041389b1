//! Contracts that belong together: an agreement, what amends it, and the terms as they stand after the amendments.
//!
//! Documents are linked by what they say of each other ([`Families`]), or by hand. [`View::of`] folds the amendments of
//! an agreement into it in the order in which they take effect, so that every value is the one in force and names the
//! document it comes from; what it displaced is kept beside it. Wording knowledge: C7.

mod card;
mod doubt;
mod fold;
mod link;
mod same;
#[cfg(test)]
mod tests;

pub use card::{Act, Card, Part};
pub use doubt::Doubt;
pub use fold::{Displaced, View};
pub use link::{Families, How, Kinship, Link, Member};
pub use same::{blanks, is_same_text};
