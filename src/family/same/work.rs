//! A comparison whose work is bounded, so that texts that were made to be slow are not.

use std::cell::Cell;
use std::hash::Hash;
use std::ops::Index;

use similar::{Algorithm, DiffOp, capture_diff};

/// How often the words of two texts may be looked at, for each of them. Copies need a few dozen.
const LOOKS: usize = 100;
/// How often those of short texts may be.
const LEAST: usize = 200_000;

/// How much may still be done for one comparison. It is counted, because time would differ from one run to the next.
pub(super) struct Work {
    #[cfg(test)]
    most: usize,
    left: Cell<usize>,
}

impl Work {
    /// The work that two texts with together so many words are worth.
    pub(super) fn for_words(count: usize) -> Self {
        let most = LEAST + LOOKS * count;
        Self {
            #[cfg(test)]
            most,
            left: Cell::new(most),
        }
    }

    /// Whether there was not enough of it: what was found is worth nothing then.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Which part of it was done.
    #[cfg(test)]
    pub(super) fn share(&self) -> f64 {
        (self.most - self.left.get()) as f64 / self.most as f64
    }

    /// What differs between two lists.
    pub(super) fn diff<T: Eq + Hash + Ord>(&self, algorithm: Algorithm, a: &[T], b: &[T]) -> Vec<DiffOp> {
        let Some(end) = a.first().or(b.first()) else { return Vec::new() };
        let [old, new] = [a, b].map(|items| Watched { items, end, work: self });
        capture_diff(algorithm, &old, 0..a.len(), &new, 0..b.len())
    }

    fn look(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        !self.is_spent()
    }
}

/// A list whose items are counted when they are looked at. When the work is spent all of them are equal, which ends every
/// comparison.
struct Watched<'a, T> {
    items: &'a [T],
    end: &'a T,
    work: &'a Work,
}

impl<T> Index<usize> for Watched<'_, T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        if self.work.look() { &self.items[at] } else { self.end }
    }
}
