//! Many documents: a parallel map with one ordered consumer.
//!
//! Workers take documents in the order of the input. They may be ahead of the consumer by a fixed number only, so memory
//! does not grow with the batch. The consumer gets the results in the order of the input, for any number of workers.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

use crate::pipeline::{self, ReadOptions, Reading};
use crate::record::{Diagnostic, DocumentId, Severity, Stage};
use crate::source;
use tickler_pdf::contained;

/// Stack of a worker: page trees and nested forms of real files need deep recursion.
const STACK: usize = 16 * 1024 * 1024;
/// How many documents a worker may be ahead of the consumer.
const AHEAD: usize = 4;

/// The outcome for one file.
#[derive(Debug)]
pub enum Outcome {
    /// It was read: its contracts, at least one, and its size in bytes.
    Read(Vec<Reading>, u64),
    /// Its content is known already and needs no reading.
    Known(DocumentId),
    /// Its content is that of an earlier file of this batch.
    Duplicate(DocumentId),
    /// It could not be read; the ID is known if its bytes could be read.
    Failed(Option<DocumentId>, Diagnostic),
}

/// What to do with files of the same content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// Read the first; the others are [`Outcome::Duplicate`].
    Once,
    /// Read each: every file has a record under its own name.
    Each,
}

/// Number of threads if the user gives none.
#[must_use]
pub fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Reads `files` with `jobs` workers and calls `consume` with each outcome, in the order of `files`.
///
/// `known` says which contents need no reading; `uri` makes the path that a record names. The consumer can stop the
/// batch with [`ControlFlow::Break`], whose value is returned.
///
/// # Errors
/// When the worker threads cannot be started.
pub fn documents<B>(
    files: &[PathBuf],
    jobs: usize,
    options: ReadOptions<'_>,
    copies: Copies,
    known: impl Fn(&DocumentId) -> bool + Sync,
    uri: impl Fn(&Path) -> String + Sync,
    mut consume: impl FnMut(&Path, Outcome) -> ControlFlow<B>,
) -> Result<Option<B>, BatchError> {
    // The lowest index at which a content was seen. A worker that finds a lower index need not read. If the higher index
    // was read first, the consumer drops that result. So the outcome does not depend on which worker was first.
    let claims: Mutex<HashMap<DocumentId, usize>> = Mutex::new(HashMap::new());
    let limit = options.settings.max_file_mib.saturating_mul(1024 * 1024);
    let work = |index: usize, path: &Path| {
        let bytes = match source::read_limited(path, limit) {
            Ok(bytes) => bytes,
            Err(e) => return (None, Outcome::Failed(None, e.diagnostic())),
        };
        let id = DocumentId::of(&bytes);
        if copies == Copies::Once {
            let mut claims = lock(&claims);
            let first = claims.entry(id.clone()).or_insert(index);
            if *first < index {
                return (Some(id.clone()), Outcome::Duplicate(id));
            }
            *first = index;
        }
        if known(&id) {
            return (Some(id.clone()), Outcome::Known(id));
        }
        let outcome = match document(&bytes, &source::file_name(path), &uri(path), options) {
            Ok(readings) => Outcome::Read(readings, bytes.len() as u64),
            Err(why) => Outcome::Failed(Some(id.clone()), why),
        };
        (Some(id), outcome)
    };
    // The outcome of each content, so that a copy of an unreadable document counts as unreadable too.
    let mut done: HashMap<DocumentId, Option<Diagnostic>> = HashMap::new();
    let items = files.iter().enumerate();
    ordered(
        items,
        jobs,
        |(index, path)| (path, work(index, path)),
        |(path, (id, outcome))| {
            let outcome = match id.filter(|_| copies == Copies::Once) {
                None => outcome,
                Some(id) => match done.get(&id) {
                    Some(None) => Outcome::Duplicate(id),
                    Some(Some(failure)) => Outcome::Failed(Some(id), failure.clone()),
                    None => {
                        let failure = if let Outcome::Failed(_, why) = &outcome { Some(why.clone()) } else { None };
                        done.insert(id, failure);
                        outcome
                    }
                },
            };
            consume(path, outcome)
        },
    )
}

/// Reads one file, and gives its contracts, at least one.
///
/// # Errors
/// Why it cannot be read, also where reading it ends in a panic.
pub fn document(
    bytes: &[u8],
    file_name: &str,
    uri: &str,
    options: ReadOptions<'_>,
) -> Result<Vec<Reading>, Diagnostic> {
    match contained(|| pipeline::read(bytes, file_name, uri, options)) {
        Ok(Ok(readings)) => Ok(readings),
        Ok(Err(failure)) => Err(failure.diagnostic),
        Err(message) => {
            let text = format!("internal error while reading: {message}");
            Err(Diagnostic::new("pipeline.internal_error", Severity::Error, Stage::Text, text))
        }
    }
}

/// The batch could not start.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// No threads.
    #[error("cannot start {jobs} worker threads")]
    Threads {
        /// How many were wanted.
        jobs: usize,
        /// Why not.
        source: rayon::ThreadPoolBuildError,
    },
}

/// State that workers and consumer share: the number of the next item, and of the one that the consumer waits for.
struct Turn {
    next: usize,
    consumed: usize,
    stop: bool,
}

/// Maps `items` with `work` on `jobs` threads and calls `consume` with the results in their order, on the calling thread. An
/// item may be slow to come: the results of those before it do not wait for it.
///
/// The consumer can end it with [`ControlFlow::Break`], whose value is returned once no worker waits for an item.
///
/// # Errors
/// When the threads cannot be started.
pub fn ordered<I, R: Send, B>(
    items: impl Iterator<Item = I> + Send,
    jobs: usize,
    work: impl Fn(I) -> R + Sync,
    mut consume: impl FnMut(R) -> ControlFlow<B>,
) -> Result<Option<B>, BatchError> {
    let most = items.size_hint().1.unwrap_or(usize::MAX);
    let jobs = jobs.clamp(1, 512).min(most.max(1));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|i| format!("reader-{i}"))
        .build()
        .map_err(|source| BatchError::Threads { jobs, source })?;
    let window = jobs * AHEAD;
    let items = Mutex::new(items.fuse());
    let turn = Mutex::new(Turn { next: 0, consumed: 0, stop: false });
    let moved = Condvar::new();
    let (sender, receiver) = mpsc::sync_channel::<(usize, R)>(window);
    let mut broken = None;
    pool.in_place_scope(|scope| {
        for _ in 0..jobs {
            let sender = sender.clone();
            let (items, turn, moved, work) = (&items, &turn, &moved, &work);
            scope.spawn(move |_| {
                while let Some((index, item)) = take(items, turn, moved, window) {
                    if sender.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut expected = 0;
        'receive: for (index, result) in &receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&expected) {
                let flow = consume(result);
                expected += 1;
                let mut turn = lock(&turn);
                turn.consumed = expected;
                if let ControlFlow::Break(value) = flow {
                    broken = Some(value);
                    turn.stop = true;
                }
                let stop = turn.stop;
                drop(turn);
                moved.notify_all();
                if stop {
                    break 'receive;
                }
            }
        }
        // Workers that still send see that the receiver is gone.
        drop(receiver);
    });
    Ok(broken)
}

/// The next item and its number, as soon as the consumer is not too far behind it.
fn take<I>(
    items: &Mutex<impl Iterator<Item = I>>,
    turn: &Mutex<Turn>,
    moved: &Condvar,
    window: usize,
) -> Option<(usize, I)> {
    // One worker at a time waits for an item; the number is its place among the items.
    let mut items = lock(items);
    if lock(turn).stop {
        return None;
    }
    let item = items.next()?;
    let mut state = lock(turn);
    let index = state.next;
    state.next += 1;
    drop(items);
    // The worker of the item that the consumer needs next never waits here, so there is always progress.
    while !state.stop && index >= state.consumed + window {
        state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    (!state.stop).then_some((index, item))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while the lock is held cannot leave these small states inconsistent.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn order_holds_and_memory_is_bounded() {
        let (alive, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut seen = Vec::new();
        let work = |i: usize| {
            let now = alive.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
            if i.is_multiple_of(7) {
                std::thread::sleep(Duration::from_millis(5));
            }
            i * 2
        };
        let end: Option<()> = ordered(0..200, 3, work, |r| {
            alive.fetch_sub(1, Ordering::SeqCst);
            seen.push(r / 2);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert!(end.is_none());
        assert_eq!(seen, (0..200).collect::<Vec<_>>());
        assert!(most.load(Ordering::SeqCst) <= 3 * AHEAD + 1);
    }

    #[test]
    fn the_consumer_can_stop() {
        let started = AtomicUsize::new(0);
        let work = |i| {
            started.fetch_add(1, Ordering::SeqCst);
            i
        };
        let flow = |i| if i == 3 { ControlFlow::Break("full") } else { ControlFlow::Continue(()) };
        let end = ordered(0..10_000, 2, work, flow);
        assert_eq!(end.unwrap(), Some("full"));
        assert!(started.load(Ordering::SeqCst) < 100);
    }

    #[test]
    fn a_result_does_not_wait_for_the_next_item() {
        let (ask, asked) = mpsc::channel();
        ask.send(0).unwrap();
        let mut ask = Some(ask);
        let mut seen = Vec::new();
        // The next item comes only after the result of the one before it.
        let end: Option<()> = ordered(
            asked.into_iter(),
            3,
            |i: usize| i,
            |i| {
                seen.push(i);
                match ask.as_ref().filter(|_| i < 5) {
                    Some(ask) => ask.send(i + 1).unwrap(),
                    None => drop(ask.take()),
                }
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        assert_eq!((end, seen), (None, vec![0, 1, 2, 3, 4, 5]));
    }

    #[test]
    fn nothing_to_do_is_fine() {
        let end: Option<()> = ordered(0..0, 4, |_| (), |()| ControlFlow::Continue(())).unwrap();
        assert!(end.is_none());
    }
}
