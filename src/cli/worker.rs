//! `tickler worker`: the processes in which PDFs are parsed, and how commands get them.

use std::ffi::OsString;
use std::process::ExitCode;

use tickler::text::Engines;

/// Parse PDFs for another tickler process, over standard input and output
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Limit on memory in bytes
    memory: u64,
}

#[cfg(unix)]
pub(super) fn run(args: &Args) -> ExitCode {
    tickler::worker::serve(args.memory)
}

/// Run a program that ends when the process that asks for it ends
#[derive(Debug, clap::Args)]
pub(super) struct TiedArgs {
    /// Number of that process
    parent: u32,
    /// The program and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<OsString>,
}

/// What to put before a program, and the number of this process, to tie it to this process; nothing where that cannot be.
pub(super) fn tie() -> Vec<OsString> {
    if cfg!(target_os = "linux") { vec!["/proc/self/exe".into(), "tied".into()] } else { Vec::new() }
}

#[cfg(unix)]
pub(super) fn run_tied(args: &TiedArgs) -> ExitCode {
    match tickler_pdf::become_tied(args.parent, &args.command).kind() {
        std::io::ErrorKind::NotFound => ExitCode::from(127),
        _ => ExitCode::from(126),
    }
}

#[cfg(not(unix))]
pub(super) fn run_tied(_: &TiedArgs) -> ExitCode {
    ExitCode::FAILURE
}

/// The engines, in processes of their own; `passwords` are tried on files that need one.
#[cfg(unix)]
pub(super) fn engines(passwords: Vec<String>) -> anyhow::Result<Box<dyn Engines>> {
    Ok(Box::new(pool()?.with_passwords(passwords)))
}

/// For people: how untrusted files are isolated on this system.
#[cfg(unix)]
pub(super) fn describe() -> anyhow::Result<String> {
    let pool = pool()?;
    let (isolation, limits) = (pool.isolation(), pool.limits());
    let seconds = limits.first.wall + limits.second.wall;
    let parts = [
        (isolation.memory, format!("{} MiB of memory", limits.memory >> 20)),
        (isolation.processor, format!("{} s of processor time", limits.first.cpu_seconds + limits.second.cpu_seconds)),
        (true, format!("{} s in all", seconds.as_secs_f32())),
        (isolation.files, "no files, no network".to_owned()),
        (isolation.system_calls, "system calls filtered (seccomp)".to_owned()),
    ];
    let active: Vec<String> = parts.into_iter().filter(|(on, _)| *on).map(|(_, what)| what).collect();
    Ok(format!("each PDF in a process of its own: {}", active.join(", ")))
}

#[cfg(unix)]
fn pool() -> anyhow::Result<tickler::worker::Pool> {
    // On Linux the very program that runs, even if another one has taken its place on disk.
    let program = if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { std::env::current_exe()? };
    Ok(tickler::worker::Pool::start(program, vec!["worker".into()], tickler::worker::Limits::default())?)
}

#[cfg(not(unix))]
pub(super) fn run(_: &Args) -> ExitCode {
    ExitCode::FAILURE
}

/// The engines, in this process: there are no workers on this system yet.
#[cfg(not(unix))]
pub(super) fn engines(_: Vec<String>) -> anyhow::Result<Box<dyn Engines>> {
    Ok(Box::new(tickler::text::InProcess))
}

/// For people: how untrusted files are isolated on this system.
#[cfg(not(unix))]
pub(super) fn describe() -> anyhow::Result<String> {
    Ok("PDFs are parsed in this process: workers need Unix".to_owned())
}
