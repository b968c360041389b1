//! When reminders were last looked for and sent, for `doctor` and `today`.

use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;
use tickler::store::Store;

use super::super::agenda::count;
use super::super::log::when;

/// After so many hours without a look something is wrong with what starts it.
const LATE: i64 = 50;

/// How reminders go.
#[derive(Debug, Clone, Copy, Serialize)]
pub(in super::super) struct Last {
    /// When they were last looked for.
    looked: Timestamp,
    /// When one was last delivered.
    sent: Option<Timestamp>,
    /// How many wait to be sent.
    waiting: usize,
}

impl Last {
    /// How they go in a store; `None` where they are not in use.
    pub(in super::super) fn of(store: &Store) -> anyhow::Result<Option<Self>> {
        let Some(fill) = store.last_fill()? else { return Ok(None) };
        Ok(Some(Self { looked: fill.at, sent: store.last_delivery()?, waiting: store.waiting()?.len() }))
    }

    /// In words.
    pub(in super::super) fn words(&self) -> String {
        let sent = self.sent.map_or_else(|| "none sent yet".to_owned(), |at| format!("last sent {}", when(at)));
        let waiting = match self.waiting {
            0 => String::new(),
            n => format!(", {}", count(n, "waits", "wait")),
        };
        format!("last looked for {}, {sent}{waiting}", when(self.looked))
    }

    /// What is wrong, where they were not looked for or not sent for days.
    pub(in super::super) fn problem(&self, now: Timestamp) -> Option<String> {
        let late = |at: Timestamp| at.checked_add(LATE.hours()).is_ok_and(|until| until < now);
        let fix = "`tickler remind --unit` prints what runs it each morning";
        if late(self.looked) {
            return Some(format!("reminders have not been looked for since {}; {fix}", self.looked));
        }
        // Where none was ever delivered, sending was never set up.
        let unsent = self.waiting > 0 && self.sent.is_none_or(late);
        unsent.then(|| {
            format!("{} to be sent; run `tickler send`", count(self.waiting, "reminder waits", "reminders wait"))
        })
    }
}
