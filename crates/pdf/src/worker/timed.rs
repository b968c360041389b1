//! The pipe to a worker, on which nothing lasts too long.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use crate::process::work;

/// How long a worker that is working is waited for beyond its time, before it is looked at again.
const LOOK: Duration = Duration::from_secs(2);
/// However busy the machine, no worker is waited for longer than so many times its time.
const BUSY: u32 = 10;

/// A pipe that times out.
///
/// On a busy machine a worker may get little of a processor. Its work has a limit of its own; so one that is seen to be
/// working is waited for, and only one that waits for nothing is given up.
pub(super) struct Timed<'a> {
    pipe: &'a UnixStream,
    worker: u32,
    /// Work that it had done when it was last looked at.
    worked: Option<u64>,
    end: Instant,
    last: Instant,
}

impl<'a> Timed<'a> {
    /// The pipe to the process with this number, for so long.
    pub(super) fn new(pipe: &'a UnixStream, worker: u32, time: Duration) -> Self {
        let now = Instant::now();
        Self { pipe, worker, worked: work(worker), end: now + time, last: now + time * BUSY }
    }

    /// Time that is left, or the error that none is.
    fn left(&mut self) -> io::Result<Option<Duration>> {
        let now = Instant::now();
        if now >= self.end {
            let worked = work(self.worker);
            if now >= self.last || worked <= self.worked {
                return Err(io::ErrorKind::TimedOut.into());
            }
            (self.worked, self.end) = (worked, self.last.min(now + LOOK));
        }
        Ok(Some(self.end.saturating_duration_since(now).max(Duration::from_millis(1))))
    }

    /// Tries until the time is up.
    fn patiently<T>(
        &mut self,
        mut attempt: impl FnMut(&UnixStream, Option<Duration>) -> io::Result<T>,
    ) -> io::Result<T> {
        loop {
            let left = self.left()?;
            match attempt(self.pipe, left) {
                // The system says "would block" where a time has run out.
                Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                other => return other,
            }
        }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.patiently(|mut pipe, left| {
            pipe.set_read_timeout(left)?;
            pipe.read(buffer)
        })
    }
}

impl Write for Timed<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.patiently(|mut pipe, left| {
            pipe.set_write_timeout(left)?;
            pipe.write(buffer)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn one_that_works_is_waited_for_and_one_that_sleeps_is_not() {
        let waits = |script: &str| {
            let (ours, _theirs) = UnixStream::pair().unwrap();
            let (stdin, stdout) = (Stdio::piped(), Stdio::piped());
            let mut child = Command::new("sh").args(["-c", script]).stdin(stdin).stdout(stdout).spawn().unwrap();
            // It is up, and what it did for that does not count.
            child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
            let mut pipe = Timed::new(&ours, child.id(), Duration::from_millis(500));
            let first = pipe.end;
            assert_eq!(pipe.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::TimedOut);
            let extended = pipe.end > first;
            child.kill().unwrap();
            child.wait().unwrap();
            extended
        };
        assert!(waits("echo; while :; do :; done"));
        assert!(!waits("echo; read line"));
        assert!(work(u32::MAX).is_none());
    }
}
