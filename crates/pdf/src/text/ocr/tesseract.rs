//! Running the program `tesseract`.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::{Ocr, OcrError, OcrPage, Picture, tsv};
use crate::process::work;

/// Time for one page. An ordinary one takes two to four seconds of processor time; a machine may be busy.
const TIME: Duration = Duration::from_mins(2);
/// How a program that ties another one says that the other is not there, as shells do.
const NOT_FOUND: i32 = 127;
/// Time to say its version.
const BRIEF: Duration = Duration::from_secs(20);
/// Most that is read of what it writes: fifty times a dense page.
const MOST: u64 = 16 << 20;
/// Address space, in bytes.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 2 << 30;

/// The program `tesseract`, found as the system finds programs.
pub struct Tesseract {
    program: OsString,
    language: String,
    name: OnceLock<Result<String, OcrError>>,
    page_done: Option<Box<dyn Fn() + Send + Sync>>,
    /// The program, with its first arguments, that ties what follows them to this process.
    tie: Vec<OsString>,
}

impl fmt::Debug for Tesseract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tesseract")
            .field("program", &self.program)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Tesseract {
    /// Reads `language`, in its own names: `eng`, `eng+deu`.
    #[must_use]
    pub fn new(language: &str) -> Self {
        Self::at("tesseract".into(), language)
    }

    /// The same, of the program at a path.
    fn at(program: OsString, language: &str) -> Self {
        Self { program, language: language.to_owned(), name: OnceLock::new(), page_done: None, tie: Vec::new() }
    }

    /// Starts it through `tie`, a program with its first arguments, which gets the number of this process, the program and
    /// its arguments, and must call [`become_tied`](crate::become_tied) with them: no process that reads a page is left
    /// when this one is killed.
    #[must_use]
    pub fn tied(self, tie: Vec<OsString>) -> Self {
        Self { tie, ..self }
    }

    fn command(&self) -> Command {
        let [program, arguments @ ..] = self.tie.as_slice() else { return Command::new(&self.program) };
        let mut command = Command::new(program);
        command.args(arguments).arg(std::process::id().to_string()).arg(&self.program);
        command
    }

    /// Calls `done` after each page.
    #[must_use]
    pub fn watched(mut self, done: impl Fn() + Send + Sync + 'static) -> Self {
        self.page_done = Some(Box::new(done));
        self
    }

    /// Whether it is there, with data for the language.
    ///
    /// # Errors
    /// [`OcrError`] when it is not.
    pub fn check(&self) -> Result<(), OcrError> {
        // It looks for its data only when there is something to read.
        let white = Picture::new(32, 32, 0.36, vec![u8::MAX; 32 * 32]);
        white.map_or(Ok(()), |picture| self.words(&picture).map(drop))
    }

    /// Runs it with `input` on its standard input, and returns what it writes.
    fn run(&self, arguments: &[&str], input: Vec<u8>, time: Duration) -> Result<(Vec<u8>, Duration), OcrError> {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // One thread: documents are read in parallel, and several threads make one page hardly faster.
        command.env("OMP_THREAD_LIMIT", "1").env("LC_ALL", "C");
        let mut child = command.spawn().map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => OcrError::Missing,
            _ => OcrError::Failed(e.to_string()),
        })?;
        bound(&child);
        let start = Instant::now();
        let end = finish(&mut child, input, time);
        let work = work(child.id()).map_or_else(|| start.elapsed(), |n| Duration::from_millis(n * 10));
        // After a good end both do nothing.
        let _ = child.kill();
        let status = child.wait().map_err(|e| OcrError::Failed(e.to_string()))?;
        let (out, said) = end?;
        let said = String::from_utf8_lossy(&said);
        // Of several languages it goes on with those that it has, and would read the others wrongly.
        let unknown = said.lines().find_map(|line| line.strip_prefix("Failed loading language '")?.strip_suffix('\''));
        match unknown {
            Some(language) => Err(OcrError::Language(language.to_owned())),
            None if status.success() => Ok((out, work)),
            None if !self.tie.is_empty() && status.code() == Some(NOT_FOUND) => Err(OcrError::Missing),
            None => Err(OcrError::Failed(said.lines().last().map_or_else(|| status.to_string(), str::to_owned))),
        }
    }
}

/// Writes all of the input and reads all of the output, each on a thread, until the time is over.
fn finish(child: &mut Child, input: Vec<u8>, time: Duration) -> Result<(Vec<u8>, Vec<u8>), OcrError> {
    if let Some(mut stdin) = child.stdin.take() {
        // One that ends early says why on standard error.
        thread::spawn(move || stdin.write_all(&input));
    }
    let (sender, receiver) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::spawn(move || {
        let said = thread::spawn(move || stderr.map(all));
        let out = stdout.map(all).unwrap_or_default();
        // Nobody listens when the time is over.
        let _ = sender.send((out, said.join().ok().flatten().unwrap_or_default()));
    });
    receiver.recv_timeout(time).map_err(|_| OcrError::Time(time.as_secs()))
}

/// What comes, up to a limit; then the pipe is closed.
fn all(from: impl Read) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = from.take(MOST).read_to_end(&mut out);
    out
}

/// Limits on the process, before it has seen a pixel.
#[cfg(target_os = "linux")]
fn bound(child: &Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Fsize, 0), (Resource::Core, 0)] {
        // One that cannot be set leaves the limit on time.
        let _ = prlimit(Some(pid), resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

/// The limit on time alone.
#[cfg(not(target_os = "linux"))]
fn bound(_: &Child) {}

impl Ocr for Tesseract {
    fn name(&self) -> Result<String, OcrError> {
        let ask = || {
            let (said, _) = self.run(&["--version"], Vec::new(), BRIEF)?;
            let said = String::from_utf8_lossy(&said);
            let name = said.lines().next().map(str::trim).filter(|line| !line.is_empty());
            Ok(name.unwrap_or("tesseract").to_owned())
        };
        self.name.get_or_init(ask).clone()
    }

    fn words(&self, picture: &Picture) -> Result<OcrPage, OcrError> {
        let dots = format!("{:.0}", picture.dots_per_inch());
        let arguments = ["stdin", "stdout", "-l", &self.language, "--psm", PSM, "--dpi", &dots, "tsv"];
        let (table, work) = self.run(&arguments, picture.pgm(), TIME)?;
        Ok(OcrPage { words: tsv::words(&String::from_utf8_lossy(&table)), work })
    }

    fn page_done(&self) {
        if let Some(done) = &self.page_done {
            done();
        }
    }
}

/// Layout analysis without orientation, which is found here.
const PSM: &str = "3";

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Picture {
        Picture::new(20, 20, 0.36, vec![255; 400]).unwrap()
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let none = Tesseract::at("/nowhere/tesseract".into(), "eng");
        assert_eq!(none.words(&blank()), Err(OcrError::Missing));
        assert_eq!(none.name(), Err(OcrError::Missing));
        assert!(OcrError::Missing.to_string().contains("apt install tesseract-ocr"));
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_fails_or_hangs_is_given_up() {
        let failing = Tesseract::at("false".into(), "eng");
        assert!(matches!(failing.words(&blank()), Err(OcrError::Failed(_))));
        let hanging = Tesseract::at("sleep".into(), "eng");
        assert_eq!(hanging.run(&["60"], Vec::new(), Duration::from_millis(50)), Err(OcrError::Time(0)));
    }

    #[test]
    fn a_language_without_data_is_named() {
        let unknown = Tesseract::new("eng+xyzzy");
        assert_eq!(unknown.words(&blank()), Err(OcrError::Language("xyzzy".to_owned())), "{NEEDED}");
    }

    #[test]
    fn it_says_its_name() {
        assert_eq!(Tesseract::new("eng").check(), Ok(()), "{NEEDED}");
        let name = Tesseract::new("eng").name().expect(NEEDED);
        assert!(name.starts_with("tesseract"), "{name}");
    }

    const NEEDED: &str = "this test needs the program tesseract with English data: apt install tesseract-ocr";
}
