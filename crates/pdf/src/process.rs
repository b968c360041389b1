//! Processes that are started from here: what they inherit, when they end, and how much they worked.

use std::ffi::OsString;
use std::io;

/// Closes what this process inherited beside its three standard streams. Call it before anything is opened.
///
/// Linux only; elsewhere, and on kernels before 5.9, nothing happens.
pub(crate) fn close_inherited() {
    #[cfg(target_os = "linux")]
    #[expect(unsafe_code, reason = "descriptors are closed by number; nothing in this process owns one of them yet")]
    // SAFETY: the call takes numbers only, and no value of Rust stands for the descriptors from 3 on.
    let _ = unsafe { libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32) };
}

/// Turns this process into the program `command`, which the system ends when the process `parent`, that started this one,
/// ends. Returns only when that fails.
#[cfg(unix)]
#[must_use]
pub fn become_tied(parent: u32, command: &[OsString]) -> io::Error {
    use std::os::unix::process::CommandExt as _;
    let [program, arguments @ ..] = command else { return io::ErrorKind::InvalidInput.into() };
    close_inherited();
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        if let Err(error) = set_parent_process_death_signal(Some(Signal::KILL)) {
            return error.into();
        }
        // It may have ended before the system was told.
        if getppid().and_then(|pid| u32::try_from(pid.as_raw_nonzero().get()).ok()) != Some(parent) {
            return io::ErrorKind::BrokenPipe.into();
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = parent;
    std::process::Command::new(program).args(arguments).exec()
}

/// Processor time of a process so far, in hundredths of a second; `None` where the system does not tell.
///
/// Linux tells in the fields utime and stime of /proc/PID/stat (man 5 proc).
pub(crate) fn work(process: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before them stands in brackets and may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_ascii_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}
