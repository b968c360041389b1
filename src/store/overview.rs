//! What lists need of the whole store at once, kept so that a store of thousands of contracts is not gone through anew for
//! each list. It is derived data: a part that does not fit the log of events is as good as none.

use rusqlite::OptionalExtension as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::seal::OVERVIEW;
use super::{ContractRow, EventKind, Store, StoreError};
use crate::family::Families;
use crate::said::{Content, Said};

/// From how many documents on parts are kept: fewer are read as fast.
pub const LARGE: usize = 500;

/// A part of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The rows of the list.
    Rows,
    /// The documents by family.
    Families,
    /// What the kept dates of each document must have been made of.
    Grounds,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Families => "families",
            Self::Grounds => "grounds",
        }
    }
}

/// A part on its way into the store.
#[derive(Debug, Clone)]
pub struct MadePart {
    part: Part,
    /// The state that it was made in.
    state: String,
    made_of: String,
    body: Vec<u8>,
}

/// Events that change nothing of the overview.
const UNCHANGING: [EventKind; 6] = [
    EventKind::Reminded,
    EventKind::Delivered,
    EventKind::Lapsed,
    EventKind::Filled,
    EventKind::Revised,
    EventKind::Hooked,
];

impl Store {
    /// A hash over all events up to the last one that changes what is kept in the overview: rows, families, or the terms that
    /// dates follow from.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn state(&self) -> Result<String, StoreError> {
        let quoted = |names: &[&str]| names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT hash FROM events WHERE kind NOT IN ({})
             AND (kind <> '{}' OR coalesce(detail, '') NOT IN ({})) ORDER BY id DESC LIMIT 1",
            quoted(&UNCHANGING.map(EventKind::name)),
            EventKind::Stated.name(),
            quoted(&Content::UNCHANGING),
        );
        let read = || self.db.prepare_cached(&sql)?.query_row([], |r| r.get(0)).optional();
        Ok(read().map_err(|e| StoreError::sql(&self.path, e))?.unwrap_or_default())
    }

    /// A part, if it was made of this and is as it was written.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn overview<T: DeserializeOwned>(&self, part: Part, made_of: &str) -> Result<Option<T>, StoreError> {
        let row = |r: &rusqlite::Row<'_>| {
            let fits = r.get_ref(1)?.as_str() == Ok(made_of) && OVERVIEW.holds(r)?;
            Ok(r.get_ref(2)?.as_blob().ok().filter(|_| fits).and_then(|bytes| postcard::from_bytes(bytes).ok()))
        };
        let sql = format!("{} WHERE part = ?1", OVERVIEW.all());
        let read = || self.db.prepare_cached(&sql)?.query_row([part.name()], row).optional();
        read().map(Option::flatten).map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Remembers a part that had to be made, for [`Self::take_overview`].
    pub fn made_overview(&self, part: Part, state: &str, made_of: &str, value: &impl Serialize) {
        if let Ok(body) = postcard::to_stdvec(value) {
            let (state, made_of) = (state.to_owned(), made_of.to_owned());
            let mut made = self.made.borrow_mut();
            made.retain(|made| made.part != part);
            made.push(MadePart { part, state, made_of, body });
        }
    }

    /// The parts that had to be made, and that the store does not keep.
    #[must_use]
    pub fn take_overview(&self) -> Vec<MadePart> {
        self.made.take()
    }

    /// The parts that are kept, and are not what the store gives when it is read anew; those that dates are made of apart.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn wrong_overview(&self, said: &Said) -> Result<Vec<&'static str>, StoreError> {
        let (state, mut out) = (self.state()?, Vec::new());
        if let Some(rows) = self.overview::<Vec<ContractRow>>(Part::Rows, &state)?
            && rows != self.listed()?.0
        {
            out.push("the list of contracts that is kept is not that of its documents");
        }
        if let Some(families) = self.overview::<Families>(Part::Families, &state)?
            && families != self.linked(said)?.0
        {
            out.push("the families that are kept are not those of its documents");
        }
        Ok(out)
    }

    /// Forgets the overview and all kept dates, which the next list makes anew.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn forget_derived(&mut self) -> Result<(), StoreError> {
        self.change(|tx| tx.execute_batch("DELETE FROM overview; DELETE FROM dates;"))
    }

    /// Keeps parts, unless the store has changed since they were made.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn keep_overview(&mut self, parts: &[MadePart]) -> Result<(), StoreError> {
        // There is one writer at a time, so the state stays as it is.
        let state = self.state()?;
        let fit: Vec<&MadePart> = parts.iter().filter(|made| made.state == state).collect();
        if fit.is_empty() {
            return Ok(());
        }
        self.change(|tx| {
            fit.iter().try_for_each(|made| {
                OVERVIEW.put(tx, &[made.part.name().into(), made.made_of.as_str().into(), (&*made.body).into()])
            })
        })
    }
}
