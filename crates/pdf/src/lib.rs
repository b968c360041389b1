//! PDF bytes to text whose every word can be cited, and digital signatures checked: all code of tickler that parses
//! untrusted bytes.
//!
//! 1. [`text`] makes one normalised text whose every character leads back to its page and box;
//! 2. [`signature`] says who signed a file digitally, and whether it was changed since;
//! 3. [`worker`] runs both in processes that a bad file may end without harm.
//!
//! [`cite`] is the vocabulary of proof that every later stage uses.

pub mod cite;
mod contain;
mod process;
pub mod signature;
pub mod text;
#[cfg(unix)]
pub mod worker;

pub use contain::contained;
#[cfg(unix)]
pub use process::become_tied;

/// The words of the numbers from zero to nineteen, by value.
pub const NUMBERS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
