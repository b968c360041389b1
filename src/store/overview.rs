//! What lists need of the whole store at once, kept so that a store of thousands of contracts is not gone through anew for
//! each list. It is derived data: a part that does not fit the log of events is as good as none.

use rusqlite::OptionalExtension as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::seal::OVERVIEW;
use super::{ContractRow, EventKind, Store, StoreError};
use crate::family::Families;
use crate::said::{Content, Said};
use crate::schedule::DIGEST_VERSION;

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
const UNCHANGING: [EventKind; 8] = [
    EventKind::Reminded,
    EventKind::Sending,
    EventKind::Delivered,
    EventKind::Lapsed,
    EventKind::Filled,
    EventKind::Revised,
    EventKind::Hooked,
    EventKind::Exported,
];

/// What a part is made of, with the program that made it: another one may resolve families or list documents in another way.
fn of_program(made_of: &str) -> String {
    format!("{made_of} {DIGEST_VERSION}")
}

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
        let made_of = of_program(made_of);
        let row = |r: &rusqlite::Row<'_>| {
            let fits = r.get_ref(1)?.as_str() == Ok(&*made_of) && OVERVIEW.holds(r)?;
            Ok(r.get_ref(2)?.as_blob().ok().filter(|_| fits).and_then(|bytes| postcard::from_bytes(bytes).ok()))
        };
        let sql = format!("{} WHERE part = ?1", OVERVIEW.all());
        let read = || self.db.prepare_cached(&sql)?.query_row([part.name()], row).optional();
        read().map(Option::flatten).map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Remembers a part that had to be made, for [`Self::take_overview`].
    pub fn made_overview(&self, part: Part, state: &str, made_of: &str, value: &impl Serialize) {
        if let Ok(body) = postcard::to_stdvec(value) {
            let (state, made_of) = (state.to_owned(), of_program(made_of));
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

    /// The parts that are kept, and are not what the store gives when it is read anew, except what dates are made of.
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::Timestamp;

    use super::*;
    use crate::record::DocumentId;
    use crate::record::value::RenewalKind;
    use crate::said::{ByHand, Saying};
    use crate::store::tests::{reading, store};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn two(dir: &Path) -> (Store, [DocumentId; 2]) {
        let mut store = store(dir);
        let run = store.begin_run("h", NOW).unwrap();
        let both = ["a.pdf", "b.pdf"].map(|name| {
            let text = format!("The agreement of {name}");
            let one = reading(name, &text, "Beta Inc.", RenewalKind::None, "2024-01-01");
            store.save(&one, 10, run, "h", NOW).unwrap();
            one.contract.document.id
        });
        (store, both)
    }

    /// Keeps all parts of a store that is too small for it.
    fn keep(store: &mut Store) {
        let (state, said) = (store.state().unwrap(), store.said().unwrap());
        store.made_overview(Part::Rows, &state, &state, &store.listed().unwrap().0);
        store.made_overview(Part::Families, &state, &state, &store.linked(&said).unwrap().0);
        let parts = store.take_overview();
        assert_eq!(parts.len(), 2);
        store.keep_overview(&parts).unwrap();
    }

    fn say(store: &mut Store, document: &DocumentId, content: Content) {
        store.say(document, &Saying { who: "Ann".to_owned(), why: None, content }, NOW).unwrap();
    }

    /// Whether the list is the kept one: the other tells what was slipped into the database.
    fn is_kept(store: &Store) -> bool {
        store.list().unwrap().iter().all(|row| row.title.as_deref() != Some("slipped in"))
    }

    fn slip_in(store: &Store) {
        store.db.execute("UPDATE contracts SET title = 'slipped in'", []).unwrap();
    }

    #[test]
    fn parts_are_used_until_something_changes_them() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, [a, b]) = two(dir.path());
        keep(&mut store);
        let before = store.list().unwrap();
        slip_in(&store);
        assert_eq!(store.list().unwrap(), before);
        say(&mut store, &a, Content::Owner { owner: Some("Bo".to_owned()), backup: None });
        say(&mut store, &a, Content::Noted { duty: None, text: "asked".to_owned() });
        assert!(is_kept(&store), "what was said changes nothing of it");
        let alone = store.families(&store.said().unwrap(), &store.state().unwrap()).unwrap();
        assert_eq!(alone.links().count(), 0);
        say(&mut store, &b, Content::Link { parent: ByHand::To(a.clone()) });
        assert!(!is_kept(&store));
        let linked = store.families(&store.said().unwrap(), &store.state().unwrap()).unwrap();
        assert_eq!(linked.base(&b), &a);
        keep(&mut store);
        let kept = store.families(&store.said().unwrap(), &store.state().unwrap()).unwrap();
        assert_eq!((kept.base(&b), &kept), (&a, &linked));
        store.remove(&b, NOW).unwrap();
        assert_eq!(store.list().unwrap().len(), 1);
    }

    #[test]
    fn a_part_that_was_made_before_a_change_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, [a, _]) = two(dir.path());
        let (state, rows) = (store.state().unwrap(), store.listed().unwrap().0);
        store.made_overview(Part::Rows, &state, &state, &rows);
        store.remove(&a, NOW).unwrap();
        let late = store.take_overview();
        store.keep_overview(&late).unwrap();
        assert_eq!(store.list().unwrap().len(), 1);
        assert_eq!(store.overview::<Vec<ContractRow>>(Part::Rows, &state).unwrap(), None);
    }

    #[test]
    fn a_changed_part_is_not_used_and_a_wrong_one_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, _) = two(dir.path());
        keep(&mut store);
        let said = store.said().unwrap();
        assert!(store.wrong_overview(&said).unwrap().is_empty());
        slip_in(&store);
        assert!(is_kept(&store));
        let sql = "UPDATE overview SET body = CAST('changed' AS BLOB) WHERE part = 'rows'";
        assert_eq!(store.db.execute(sql, []).unwrap(), 1);
        assert!(!is_kept(&store), "its seal is broken");
        // One that somebody has sealed.
        let state = store.state().unwrap();
        let none: Vec<ContractRow> = Vec::new();
        store.made_overview(Part::Rows, &state, &state, &none);
        let parts = store.take_overview();
        store.keep_overview(&parts).unwrap();
        assert_eq!(store.wrong_overview(&said).unwrap().len(), 1);
        store.forget_derived().unwrap();
        assert!(store.wrong_overview(&said).unwrap().is_empty());
        assert_eq!(store.list().unwrap().len(), 2);
    }
}
