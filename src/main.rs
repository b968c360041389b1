//! The `tickler` program: reads the arguments, runs the command, and turns its outcome into an exit code.
//!
//! 0: success; 1: some documents could not be read, or a check found a problem; 2: wrong usage or settings, or a store
//! that cannot be used; 3: an internal error, which the user could not have avoided.

mod cli;
mod page;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
