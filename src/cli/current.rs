//! Contracts with the terms in force after their amendments.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::family::{Families, View};
use tickler::record::DocumentId;
use tickler::schedule::{DIGEST_VERSION, Digest, EventDate};
use tickler::store::{Dates, InForce, MadeDates, Store, StoreError};

/// The documents of a store, with the terms in force on a day.
pub(super) struct Current<'a> {
    store: &'a Store,
    pub(super) families: Families,
    day: Option<Date>,
    /// What the kept dates must have been made of.
    grounds: OnceCell<Grounds>,
    /// The dates that were asked for.
    dates: RefCell<HashMap<DocumentId, Rc<Dates>>>,
    /// Those among them that the store has not kept.
    made: RefCell<Vec<MadeDates>>,
}

/// What tells the grounds of dates without reading the records.
struct Grounds {
    seals: HashMap<String, String>,
    with_events: HashSet<String>,
    settings: String,
}

/// Which dates are asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The day that counts as today.
    pub(super) as_of: Date,
    /// The last day that is looked at.
    pub(super) until: Date,
    pub(super) settings: &'a Settings,
}

impl<'a> Current<'a> {
    /// With the terms in force on `day`, or with all amendments.
    pub(super) fn new(store: &'a Store, day: Option<Date>) -> Result<Self, StoreError> {
        let families = store.families()?;
        let (grounds, dates, made) = (OnceCell::new(), RefCell::default(), RefCell::default());
        Ok(Self { store, families, day, grounds, dates, made })
    }

    /// A document with its amendments applied; `None` when it is not in the store, or cannot be read and is passed over:
    /// terms without one of their amendments would be wrong.
    pub(super) fn view(&self, document: &DocumentId) -> Result<Option<View>, StoreError> {
        let view = self.store.view(&self.families, document, self.day);
        Ok(self.store.or_pass_over(document, view)?.flatten())
    }

    /// The events that the user recorded for a document.
    pub(super) fn events(&self, document: &DocumentId) -> Result<Vec<EventDate>, StoreError> {
        Ok(self.store.or_pass_over(document, self.store.event_dates(document))?.unwrap_or_default())
    }

    /// The dates of an agreement: those that the store keeps, where they are still right, else computed. `None` as for
    /// [`Self::view`].
    pub(super) fn dates(&self, document: &DocumentId, asked: Asked<'_>) -> Result<Option<Rc<Dates>>, StoreError> {
        let Asked { as_of, until, settings } = asked;
        if let Some(dates) = self.dates.borrow().get(document).filter(|d| d.digest.serves(as_of, until)) {
            return Ok(Some(Rc::clone(dates)));
        }
        // Terms of another day are not kept.
        let made_of = if self.day.is_none() { self.made_of(document, settings)? } else { None };
        let kept = made_of.as_ref().map_or(Ok(None), |made_of| self.store.dates(document, made_of))?;
        let dates = if let Some(dates) = kept.filter(|d| d.digest.serves(as_of, until)) {
            Rc::new(dates)
        } else {
            let Some(View { contract, .. }) = self.view(document)? else { return Ok(None) };
            let digest = Digest::of(&contract, &self.events(document)?, as_of, until, settings);
            let dates = Rc::new(Dates { digest, terms: InForce::of(&contract) });
            // One that looks far ahead is large.
            let near = as_of.checked_add(1.year()).is_ok_and(|year| until <= year);
            let (document, made_of) = (document.clone(), made_of.filter(|_| near));
            let made = made_of.map(|made_of| MadeDates { document, made_of, dates: Rc::clone(&dates) });
            self.made.borrow_mut().extend(made);
            dates
        };
        self.dates.borrow_mut().insert(document.clone(), Rc::clone(&dates));
        Ok(Some(dates))
    }

    /// A hash over everything that the dates of an agreement are computed from: the program, the settings, its record and
    /// those of its amendments in their order, and the events that people recorded. `None` where there is no record.
    fn made_of(&self, document: &DocumentId, settings: &Settings) -> Result<Option<String>, StoreError> {
        let grounds = self.grounds(settings)?;
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &str| {
            hasher.update(part.as_bytes()).update(&[0xff]);
        };
        add(DIGEST_VERSION);
        add(&grounds.settings);
        let members = self.families.members(document);
        for id in std::iter::once(document).chain(members.iter().map(|m| &m.card.document)) {
            let Some(seal) = grounds.seals.get(id.as_str()) else { return Ok(None) };
            add(seal);
        }
        // Amendments name clauses of the text.
        if !members.is_empty() {
            add(&self.store.text_seal(document)?.unwrap_or_default());
        }
        if grounds.with_events.contains(document.as_str()) {
            for event in self.events(document)? {
                add(&event.event);
                add(&event.on.to_string());
            }
        }
        Ok(Some(hasher.finalize().to_hex().to_string()))
    }

    fn grounds(&self, settings: &Settings) -> Result<&Grounds, StoreError> {
        if let Some(grounds) = self.grounds.get() {
            return Ok(grounds);
        }
        let (seals, with_events) = (self.store.seals()?, self.store.with_event_dates()?);
        let settings = settings.schedule_hash();
        Ok(self.grounds.get_or_init(|| Grounds { seals, with_events, settings }))
    }

    /// The dates that were computed and that the store does not keep.
    pub(super) fn take_made(&self) -> Vec<MadeDates> {
        self.made.take()
    }

    /// Whether the document amends another one, so that its terms are part of that one.
    pub(super) fn is_folded(&self, document: &DocumentId) -> bool {
        self.families.base(document) != document
    }

    /// The record of a document. An amendment has no schedule: the schedule of its agreement has its dates.
    pub(super) fn record(
        &self,
        document: &DocumentId,
        as_of: Date,
        settings: &Settings,
    ) -> Result<Option<Record>, StoreError> {
        let Some(View { contract, displaced }) = self.view(document)? else { return Ok(None) };
        let mut record = Record::with_events(contract, self.events(document)?, Some(as_of), settings);
        if self.is_folded(document) {
            record.schedule.clear();
            record.open.clear();
        }
        record.family = self.families.kinship(document, displaced);
        Ok(Some(record))
    }
}
