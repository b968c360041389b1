//! The `tickler` program: reads the arguments, runs the command, and turns its outcome into an exit code.
//!
//! 0: all good; 1: finished, but some documents could not be read; 2: wrong usage or configuration, or a store that
//! cannot be used; 3: something failed that the user could not have known.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
