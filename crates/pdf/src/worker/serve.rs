//! The worker's side.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::process::ExitCode;
use std::thread;

use serde::Serialize;

use super::limits::{self, Isolation};
use super::protocol::{self, Answer, BESIDE, FrameError, Hello, Request, SMALL, Task};
use crate::cite::{Diagnostic, Severity, Stage};
use crate::contained;
use crate::process::close_inherited;
use crate::signature::{Trust, signatures};
use crate::text::{self, EngineError, Scan};

/// Stack of the thread that reads: page trees and nested forms of real files recurse deeply.
const STACK: usize = 16 * 1024 * 1024;

/// Serves the parent at the other end of standard input until it hangs up. `memory` is the limit in bytes.
///
/// The process must be a fresh one: it gives up nearly all that a process may do, for good.
#[must_use]
pub fn serve(memory: u64) -> ExitCode {
    close_inherited();
    let entered = limits::enter(memory);
    let served = thread::Builder::new().stack_size(STACK).spawn(move || serve_here(entered));
    let ended = served.map(thread::JoinHandle::join);
    match ended {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        other => {
            // The parent reads this when it looks why its worker is gone.
            let _ = writeln!(io::stderr(), "worker: {other:?}");
            ExitCode::FAILURE
        }
    }
}

fn serve_here(entered: Isolation) -> Result<(), FrameError> {
    // The second engine spreads its work over threads; here it works in this one, with its large stack. This can fail
    // only where a pool was made before, which nobody did.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    let mut pipe = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let isolation = limits::seal(entered);
    protocol::send(&mut pipe, &Hello { version: env!("CARGO_PKG_VERSION").to_owned(), isolation }, SMALL)?;
    loop {
        let request: Request = match protocol::receive(&mut pipe, SMALL) {
            // The parent needs no more.
            Err(FrameError::Pipe(e)) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        };
        limits::allow_cpu(request.cpu_seconds);
        let bytes = protocol::bytes(&mut pipe, request.length)?;
        match request.task {
            Task::Read(engine) => {
                let scans: Vec<Scan> = protocol::receive(&mut pipe, BESIDE)?;
                answer(&mut pipe, &request, || engine.read(bytes, &scans, &request.passwords))?;
            }
            Task::Render(page) => {
                let () = protocol::receive(&mut pipe, BESIDE)?;
                answer(&mut pipe, &request, || text::render(bytes, page, &request.passwords))?;
            }
            Task::Image(page) => {
                let () = protocol::receive(&mut pipe, BESIDE)?;
                answer(&mut pipe, &request, || text::image(bytes, page, &request.passwords))?;
            }
            Task::Signatures => {
                let trust = Trust::from_anchors(protocol::receive(&mut pipe, BESIDE)?);
                answer(&mut pipe, &request, || Ok(signatures(&bytes, &trust, &request.passwords)))?;
            }
        }
    }
}

/// Does the work and sends what comes of it.
fn answer<T: Serialize>(
    pipe: &mut File,
    request: &Request,
    work: impl FnOnce() -> Answer<T>,
) -> Result<(), FrameError> {
    let answer: Answer<T> = contained(work).unwrap_or_else(|message| Err(EngineError::internal(&message)));
    match protocol::send(pipe, &answer, request.most) {
        // Of the answer, nothing has been sent.
        Err(FrameError::TooLarge { .. }) => {
            let text = format!("{} gives more from it than {} MiB", request.task, request.most >> 20);
            let lost = EngineError::Lost(Diagnostic::new("worker.output", Severity::Error, Stage::Text, text));
            protocol::send(pipe, &Answer::<T>::Err(lost), SMALL)
        }
        other => other,
    }
}
