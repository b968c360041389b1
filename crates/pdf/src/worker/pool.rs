//! The parent's side: workers, started when they are needed and used again.

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::Signal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::limits::{Isolation, Limits};
use super::protocol::{self, Answer, BESIDE, FrameError, Hello, Request, SMALL, Task};
use super::timed::Timed;
use crate::cite::{Diagnostic, DocumentId, Severity, Stage};
use crate::process::work;
use crate::signature::{DigitalSignature, Trust};
use crate::text::{Drawn, Engine, EngineError, EngineOutput, Engines, PageImage, Scan};

/// Time for a new worker to say hello; a machine may be very busy.
const START: Duration = Duration::from_secs(30);
/// After so much work a worker is replaced, so that what an engine leaks cannot add up. Each document counts as one, and
/// each of its mebibytes.
const REUSE: u64 = 512;
/// How much of a worker's last words is kept.
const WORDS: usize = 4096;

/// Workers that read PDFs, as many as there are threads that ask at a time.
#[derive(Debug)]
pub struct Pool {
    program: Program,
    limits: Limits,
    isolation: Isolation,
    passwords: Vec<String>,
    idle: Mutex<Vec<Worker>>,
}

/// How a worker is started: a program, and the arguments that make it call [`super::serve()`].
#[derive(Debug)]
struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

/// Why there is no worker.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The program could not be started.
    #[error("cannot start a process to read PDFs in")]
    Start(#[source] io::Error),
    /// It ended, or said something else than expected.
    #[error("the process to read PDFs in did not start well: {reason}")]
    Hello {
        /// What is known of it.
        reason: String,
    },
}

impl Pool {
    /// A pool whose workers are the program at `path` with `arguments` and, after them, the memory limit in bytes: it must
    /// call [`super::serve()`] with it.
    ///
    /// The first worker is started here, so that a machine that allows none is noticed before the first document.
    ///
    /// # Errors
    /// [`WorkerError`] when that fails.
    pub fn start(path: PathBuf, mut arguments: Vec<OsString>, limits: Limits) -> Result<Self, WorkerError> {
        arguments.push(limits.memory.to_string().into());
        let program = Program { path, arguments };
        let (worker, isolation) = Worker::start(&program)?;
        Ok(Self { program, limits, isolation, passwords: Vec::new(), idle: Mutex::new(vec![worker]) })
    }

    /// Has the workers try these passwords on files that need one; together less than 60 KiB.
    #[must_use]
    pub fn with_passwords(self, passwords: Vec<String>) -> Self {
        Self { passwords, ..self }
    }

    /// What the workers are held to here.
    #[must_use]
    pub fn isolation(&self) -> Isolation {
        self.isolation
    }

    /// What the workers may use.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lost(&self, task: Task, why: &Loss) -> Diagnostic {
        let budget = self.limits.budget(task);
        let (code, text) = match why {
            Loss::Time => {
                let (work, wall) = (budget.cpu_seconds, budget.wall.as_secs_f32());
                ("worker.time", format!("{task} takes more than {work} s of work or {wall} s in all"))
            }
            Loss::Memory => {
                ("worker.memory", format!("{task} needs more memory than {} MiB", self.limits.memory >> 20))
            }
            Loss::Output => ("worker.output", format!("{task} answers more than {} MiB", self.limits.answer >> 20)),
            Loss::Died(how) => ("worker.died", format!("{task} ended early: {how}")),
        };
        Diagnostic::new(code, Severity::Error, Stage::Text, text)
    }
}

impl Engines for Pool {
    fn read(&self, engine: Engine, bytes: &[u8], scans: &[Scan]) -> Result<EngineOutput, EngineError> {
        // A text with places of another document would prove nothing.
        let fits =
            |output: &EngineOutput| output.text.as_ref().is_none_or(|l| *l.text.document() == DocumentId::of(bytes));
        self.ask(Task::Read(engine), bytes, &scans, fits)
    }

    fn render(&self, bytes: &[u8], page: u32) -> Result<Drawn, EngineError> {
        let (picture, work) = self.measured(Task::Render(page), bytes, &(), |_| true)?;
        Ok(Drawn { picture, work })
    }

    fn image(&self, bytes: &[u8], page: u32) -> Result<PageImage, EngineError> {
        self.ask(Task::Image(page), bytes, &(), |_| true)
    }

    fn signatures(&self, bytes: &[u8], trust: &Trust) -> Result<Vec<DigitalSignature>, EngineError> {
        self.ask(Task::Signatures, bytes, &trust.anchors(), |_| true)
    }
}

impl Pool {
    /// Has a worker do `task` on a document, with what it needs `beside` it; an answer that does not pass `check` is none.
    fn ask<T: DeserializeOwned>(
        &self,
        task: Task,
        bytes: &[u8],
        beside: &impl Serialize,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, EngineError> {
        self.measured(task, bytes, beside, check).map(|(answer, _)| answer)
    }

    /// The same, with the processor time that it took; none where the system does not tell.
    fn measured<T: DeserializeOwned>(
        &self,
        task: Task,
        bytes: &[u8],
        beside: &impl Serialize,
        check: impl Fn(&T) -> bool,
    ) -> Result<(T, Duration), EngineError> {
        let waiting = self.idle().pop();
        let mut worker = match waiting {
            Some(worker) => worker,
            None => Worker::start(&self.program).map(|(worker, _)| worker).map_err(|error| {
                let reason = std::error::Error::source(&error).map_or_else(String::new, |source| format!(": {source}"));
                EngineError::Lost(Diagnostic::new(
                    "worker.start",
                    Severity::Error,
                    Stage::Text,
                    format!("{error}{reason}"),
                ))
            })?,
        };
        let passwords = self.passwords.clone();
        let before = work(worker.child.id());
        match worker.exchange(task, bytes, beside, passwords, self.limits, check) {
            Ok(answer) => {
                let hundredths = work(worker.child.id()).zip(before).map_or(0, |(after, before)| after - before);
                worker.work += 1 + (bytes.len() as u64 >> 20);
                if worker.work < REUSE {
                    self.idle().push(worker);
                }
                answer.map(|answer| (answer, Duration::from_millis(hundredths * 10)))
            }
            Err(error) => {
                let why = worker.end(&error);
                tracing::debug!(?error, ?why, "a worker is replaced");
                Err(EngineError::Lost(self.lost(task, &why)))
            }
        }
    }
}

/// Why a worker gave no answer.
#[derive(Debug)]
enum Loss {
    Time,
    Memory,
    Output,
    Died(String),
}

/// One process.
#[derive(Debug)]
struct Worker {
    child: Child,
    pipe: UnixStream,
    /// Collects what the process says on standard error; ends with it.
    words: Option<JoinHandle<String>>,
    /// Documents and mebibytes so far.
    work: u64,
}

impl Worker {
    fn start(program: &Program) -> Result<(Self, Isolation), WorkerError> {
        let (ours, theirs) = UnixStream::pair().map_err(WorkerError::Start)?;
        let mut command = Command::new(&program.path);
        command.arg0("tickler").args(&program.arguments);
        // One arena: the limit on memory counts address space, of which glibc reserves much for each thread.
        command.env_clear().env("MALLOC_ARENA_MAX", "1");
        // Both ways over one socket, because libraries may print on standard output.
        command.stdin(Stdio::from(OwnedFd::from(theirs))).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(WorkerError::Start)?;
        // It holds the other end of the pipe, which only the child may.
        drop(command);
        let words = child.stderr.take().map(|from| std::thread::spawn(move || last_words(from)));
        let mut worker = Self { child, pipe: ours, words, work: 0 };
        let mut timed = Timed::new(&worker.pipe, worker.child.id(), START);
        match protocol::receive::<Hello>(&mut timed, SMALL) {
            Ok(hello) if hello.version == env!("CARGO_PKG_VERSION") => Ok((worker, hello.isolation)),
            Ok(hello) => Err(WorkerError::Hello { reason: format!("it is version {}", hello.version) }),
            Err(error) => Err(WorkerError::Hello { reason: format!("{:?}", worker.end(&error)) }),
        }
    }

    /// Has one document read.
    fn exchange<T: DeserializeOwned>(
        &self,
        task: Task,
        bytes: &[u8],
        beside: &impl Serialize,
        passwords: Vec<String>,
        limits: Limits,
        check: impl Fn(&T) -> bool,
    ) -> Result<Answer<T>, FrameError> {
        let budget = limits.budget(task);
        let mut pipe = Timed::new(&self.pipe, self.child.id(), budget.wall);
        let length = bytes.len() as u64;
        let request = Request { task, cpu_seconds: budget.cpu_seconds, most: limits.answer, length, passwords };
        protocol::send(&mut pipe, &request, SMALL)?;
        pipe.write_all(bytes)?;
        protocol::send(&mut pipe, beside, BESIDE)?;
        let answer: Answer<T> = protocol::receive(&mut pipe, limits.answer)?;
        if answer.as_ref().is_ok_and(|given| !check(given)) {
            return Err(FrameError::Garbled(postcard::Error::SerdeDeCustom));
        }
        Ok(answer)
    }

    /// Ends the process and finds out why it gave no answer.
    fn end(&mut self, error: &FrameError) -> Loss {
        // One that is dying keeps its own cause of death.
        let _ = self.child.kill();
        let status = self.child.wait();
        let words = self.words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        match error {
            FrameError::Pipe(e) if matches!(e.kind(), io::ErrorKind::TimedOut) => Loss::Time,
            FrameError::TooLarge { .. } => Loss::Output,
            FrameError::Garbled(e) => Loss::Died(format!("its answer makes no sense ({e})")),
            FrameError::Pipe(_) => match status {
                Ok(status) => cause(status, &words),
                Err(e) => Loss::Died(e.to_string()),
            },
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // An idle worker has nothing to lose. The waiting leaves no zombie; after `end`, both do nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Why a process ended by itself.
fn cause(status: ExitStatus, words: &str) -> Loss {
    if status.signal() == Some(Signal::XCPU.as_raw()) {
        return Loss::Time;
    }
    // The runtime aborts in both cases, and tells them apart in words only.
    if words.contains("memory allocation of") {
        return Loss::Memory;
    }
    if words.contains("overflowed its stack") {
        return Loss::Died("the file is nested too deeply".to_owned());
    }
    match (status.signal(), status.code()) {
        // Not by us, so by the system, which does so when the machine runs out of memory.
        (Some(signal), _) if signal == Signal::KILL.as_raw() => Loss::Memory,
        (Some(signal), _) => Loss::Died(format!("signal {signal}")),
        (None, code) => Loss::Died(code.map_or_else(|| "no exit code".to_owned(), |code| format!("exit code {code}"))),
    }
}

/// Reads to the end and keeps the last of it, so that a process that says much never waits for us.
fn last_words(mut from: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut part = [0; WORDS];
    while let Ok(n @ 1..) = from.read(&mut part) {
        kept.extend_from_slice(&part[..n]);
        kept.drain(..kept.len().saturating_sub(WORDS));
    }
    String::from_utf8_lossy(&kept).into_owned()
}
