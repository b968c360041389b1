//! The `tickler` program.

fn main() {}
