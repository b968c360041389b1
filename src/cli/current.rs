//! Contracts with the terms in force after their amendments.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::calendar::Basis;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::family::{Families, View};
use tickler::record::{Contract, DocumentId, EntryId, ReviewItem};
use tickler::said::{Content, DutyKey, EntrySaid, Owner, Plan, Said, Sent, Statement, Told, Traits, item_key, owner};
use tickler::schedule::{self, Brief, DIGEST_VERSION, Digest, Glance, Life, OpenEntry, ScheduleEntry, Standing};
use tickler::store::{ContractRow, Dates, InForce, LARGE, MadeDates, MadePart, Overview, Store, StoreError};

/// The documents of a store, with the terms in force on a day.
pub(crate) struct Current<'a> {
    store: &'a Store,
    pub(crate) families: Arc<Families>,
    /// What people said.
    pub(crate) said: Arc<Said>,
    day: Option<Date>,
    /// The state of the store before any of it was read.
    state: String,
    /// What the kept dates must have been made of.
    grounds: Arc<OnceLock<Grounds>>,
    /// The dates that were asked for.
    dates: RefCell<HashMap<DocumentId, Rc<Dates>>>,
    /// Those among them that the store has not kept.
    made: RefCell<Vec<MadeDates>>,
}

/// What is known of a whole store, for others who look at it in the same state.
#[derive(Clone)]
pub(crate) struct Known {
    families: Arc<Families>,
    said: Arc<Said>,
    state: String,
    grounds: Arc<OnceLock<Grounds>>,
}

/// What tells the grounds of dates without reading the records.
enum Grounds {
    /// For each agreement what its dates must have been made of.
    Kept(HashMap<DocumentId, String>),
    /// The seals of all records, from which that is made.
    Seals { seals: HashMap<String, String>, settings: String, made_of: String },
}

/// Which dates are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The day that counts as today.
    pub(crate) as_of: Date,
    /// The last day that is looked at.
    pub(crate) until: Date,
    pub(crate) settings: &'a Settings,
}

impl<'a> Asked<'a> {
    /// Those from a day on, as far ahead as most people look.
    pub(crate) fn far(as_of: Date, settings: &'a Settings) -> Self {
        Self { as_of, until: as_of.saturating_add(5.years()), settings }
    }
}

/// What lists need of an agreement.
pub(crate) enum Outlook {
    /// Its dates, which the store may have kept, and what people said of them.
    Dates(Rc<Dates>, Told),
    /// With what people said and measured, computed anew.
    Planned(Box<Planned>),
}

impl Outlook {
    /// Whether the agreement has ended, by the schedule until the day that was asked for.
    pub(crate) fn is_over(&self, until: Date) -> bool {
        match self {
            Self::Dates(dates, told) => {
                told.life.as_ref().map_or_else(|| dates.digest.is_over(until), |life| life.state.is_over())
            }
            Self::Planned(planned) => planned.plan.life.state.is_over(),
        }
    }

    /// Whether it has an entry, to act by a day, in the schedule until the day that was asked for.
    pub(crate) fn has(&self, id: &EntryId, act_by: Date, until: Date) -> bool {
        match self {
            Self::Dates(dates, told) => {
                let is_it = |e: &Brief| e.id == *id && e.act_by == act_by;
                dates.digest.until(until).into_iter().any(|e| is_it(e) && told.keeps(e))
            }
            Self::Planned(planned) => planned.plan.entries.iter().any(|e| e.id == *id && e.act_by == act_by),
        }
    }

    /// What people said of an entry.
    pub(crate) fn said_of(&self, id: &EntryId) -> Option<&EntrySaid> {
        match self {
            Self::Dates(_, told) => told.of_entry(id),
            Self::Planned(planned) => planned.plan.said.get(id),
        }
    }

    /// The values in force.
    pub(crate) fn terms(&self) -> InForce {
        match self {
            Self::Dates(dates, _) => dates.terms.clone(),
            Self::Planned(planned) => InForce::of(&planned.contract),
        }
    }

    /// The agreement in one line, as of a day.
    pub(crate) fn glance(self, as_of: Date) -> Glance {
        match self {
            Self::Dates(dates, told) => {
                let settled = |e: &Brief| told.of_entry(&e.id).is_some_and(|said| said.settled);
                let glance = dates.digest.glance(as_of, |e| told.keeps(e) && !settled(e));
                Glance { life: told.life.unwrap_or(glance.life), ..glance }
            }
            Self::Planned(planned) => planned.glance(as_of),
        }
    }
}

/// An agreement with its entries and what people said of them.
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    /// What cannot be dated.
    pub(crate) open: Vec<OpenEntry>,
    /// The terms that they follow from.
    pub(crate) contract: Contract,
}

impl Planned {
    /// The contract in one line, as of a day.
    fn glance(self, as_of: Date) -> Glance {
        let Self { plan, open, contract } = self;
        let ahead = |e: &&ScheduleEntry| matches!(plan.standing(e, as_of), Standing::Now | Standing::Ahead);
        let next = plan.entries.iter().filter(|e| e.kind.is_decision()).find(ahead);
        Glance {
            next_deadline: next.map(|e| e.act_by),
            assumed: next.is_some_and(|e| e.basis == Basis::Assumed),
            open: open.into_iter().find(|e| !e.kind.is_duty()),
            life: plan.life,
            foreign: contract.not_read().is_some(),
        }
    }
}

impl<'a> Current<'a> {
    /// With the terms in force on `day`, or with all amendments.
    pub(crate) fn new(store: &'a Store, day: Option<Date>) -> Result<Self, StoreError> {
        // First: what is made of anything later does not count as made in this state.
        let state = store.state()?;
        let said = store.said()?;
        let families = store.families(&said, &state)?;
        let (families, said, grounds) = (Arc::new(families), Arc::new(said), Arc::default());
        Ok(Self::of(store, day, Known { families, said, state, grounds }))
    }

    /// The same, with what was read before.
    pub(crate) fn of(store: &'a Store, day: Option<Date>, known: Known) -> Self {
        let Known { families, said, state, grounds } = known;
        let (dates, made) = (RefCell::default(), RefCell::default());
        Self { store, families, said, day, state, grounds, dates, made }
    }

    /// What is known of the store.
    pub(crate) fn known(&self) -> Known {
        let (families, said, grounds) = (Arc::clone(&self.families), Arc::clone(&self.said), Arc::clone(&self.grounds));
        Known { families, said, state: self.state.clone(), grounds }
    }

    /// A document with its amendments applied; `None` when it is not in the store, or cannot be read and is passed over:
    /// terms without one of their amendments would be wrong.
    pub(crate) fn view(&self, document: &DocumentId) -> Result<Option<View>, StoreError> {
        let view = self.store.view(&self.families, &self.said, document, self.day);
        Ok(self.store.or_pass_over(document, view)?.flatten())
    }

    /// Whether the terms of a document are others than those that were read from it alone.
    pub(crate) fn is_changed(&self, document: &DocumentId) -> bool {
        let is_told = !self.said.values(document).is_empty() || !self.said.events(document).is_empty();
        self.families.is_amended(document) || is_told
    }

    /// Who answers for a contract; for an amendment, who answers for its agreement.
    pub(crate) fn owner(&self, row: &ContractRow, settings: &Settings) -> Option<Owner> {
        let traits = Traits {
            path: &row.uri,
            parties: &row.parties,
            kind: row.kind.as_deref(),
            law: row.governing_law.as_deref(),
        };
        owner(&self.said, &settings.owner, self.families.base(&row.id), traits)
    }

    /// What a person should look at in a document with this `view` on a day, and has not dismissed: values that are less than
    /// `sure`, and what was said of what has changed.
    pub(crate) fn to_review(&self, document: &DocumentId, view: &View, sure: f32, asked: Asked<'_>) -> Vec<ReviewItem> {
        let mut told: Vec<ReviewItem> = view.corrections.iter().filter_map(|c| c.to_review(&view.contract)).collect();
        let of_days = |s: &Statement| matches!(s.content, Content::Decided { .. } | Content::Sent { .. });
        if !self.is_folded(document) && self.said.standing(document).any(of_days) {
            let Planned { plan, contract, .. } = self.plan(document, view.contract.clone(), asked, false);
            told.extend(plan.to_review(&contract, asked.as_of));
        }
        told.extend(self.families.doubts(document).into_iter().map(|doubt| doubt.to_review(document)));
        let dismissed = self.said.dismissed(document);
        let mut items = view.contract.needs_review(sure);
        // What a person gave is looked at already, unless the contract has changed under it.
        items.retain(|item| !view.corrections.iter().any(|c| c.fact == item.fact));
        told.into_iter().chain(items).filter(|item| !dismissed.contains(&*item_key(item))).collect()
    }

    /// Whether people said something from which entries follow that the store keeps no dates of: what was measured, and a day
    /// on which a contract ends that can be ended at any time.
    fn adds_entries(&self, document: &DocumentId) -> bool {
        self.said.ending(document).is_some()
            || self.said.standing(document).any(|s| matches!(s.content, Content::Measured(_)))
    }

    /// What lists need of an agreement; `assumed`: dates of duties that are only assumed are among what is planned.
    /// `None` as for [`Self::view`].
    pub(crate) fn outlook(
        &self,
        document: &DocumentId,
        asked: Asked<'_>,
        assumed: bool,
    ) -> Result<Option<Outlook>, StoreError> {
        let is_told = !self.said.story(document).is_empty();
        if is_told && (assumed || self.adds_entries(document)) {
            let planned = self.planned(document, asked, assumed)?;
            return Ok(planned.map(|planned| Outlook::Planned(Box::new(planned))));
        }
        let Some(dates) = self.dates(document, asked)? else { return Ok(None) };
        let mut told = if is_told { self.told(document, &dates.digest, asked) } else { Told::default() };
        if told.has_moved_notice() {
            // Whether it is in time is told from the terms.
            let planned = self.planned(document, asked, false)?;
            return Ok(planned.map(|planned| Outlook::Planned(Box::new(planned))));
        }
        told.life = self.superseded(document, dates.digest.life(), asked.as_of).or(told.life);
        Ok(Some(Outlook::Dates(dates, told)))
    }

    /// What people said of the entries of an agreement.
    fn told(&self, document: &DocumentId, digest: &Digest, asked: Asked<'_>) -> Told {
        let key = |entry: &&Brief| {
            let duty = digest.duty(entry)?.to_owned();
            Some(DutyKey { duty, date: Some((entry.occurrence, entry.date)) })
        };
        let of_duties = self.said.standing(document).any(|s| s.content.is_about_duty());
        let entries = if of_duties { digest.until(asked.until) } else { digest.without_duties(asked.until) };
        let as_sent = |_: &&Brief, _: &Sent| None;
        Told::of((&self.said, document), digest.renews(), &entries, key, as_sent, (digest.life(), asked.as_of))
    }

    /// The values in force of an agreement. `None` as for [`Self::view`].
    pub(crate) fn terms(&self, document: &DocumentId, asked: Asked<'_>) -> Result<Option<InForce>, StoreError> {
        Ok(self.dates(document, asked)?.map(|dates| dates.terms.clone()))
    }

    /// The entries of an agreement with what people said, computed anew; `assumed`: with dates of duties that are only
    /// assumed. `None` as for [`Self::view`].
    pub(crate) fn planned(
        &self,
        document: &DocumentId,
        asked: Asked<'_>,
        assumed: bool,
    ) -> Result<Option<Planned>, StoreError> {
        Ok(self.view(document)?.map(|view| self.plan(document, view.contract, asked, assumed)))
    }

    /// The same, of the terms that [`Self::view`] gave.
    pub(crate) fn plan(&self, document: &DocumentId, contract: Contract, asked: Asked<'_>, assumed: bool) -> Planned {
        let Asked { as_of, until, settings } = asked;
        let events = self.said.events(document);
        let mut entries = schedule::until(&contract, &events, as_of, until, settings);
        let open = schedule::open(&contract, &entries);
        if assumed {
            entries.extend(schedule::assumed(&contract, &events, Some(as_of), settings));
        }
        let plan = self.planned_of(&contract, entries, as_of, settings);
        let open = plan.open(open);
        Planned { plan, open, contract }
    }

    /// The entries of an agreement with what people said, and where it stands.
    fn planned_of(&self, contract: &Contract, entries: Vec<ScheduleEntry>, as_of: Date, settings: &Settings) -> Plan {
        let mut plan = Plan::of(&self.said, contract, entries, as_of, settings);
        if let Some(life) = self.superseded(&contract.document.id, &plan.life, as_of) {
            plan.life = life;
        }
        plan
    }

    /// Where an agreement that would stand at `life` stands because another one has taken its place.
    pub(crate) fn superseded(&self, document: &DocumentId, life: &Life, as_of: Date) -> Option<Life> {
        let card = self.families.successor(document, as_of)?;
        let since = card.since.map_or_else(String::new, |since| format!(" since {since}"));
        Some(life.clone().superseded(format!("{} takes its place{since}", card.file_name)))
    }

    /// The dates of an agreement, with the values and events that people gave: those that the store keeps, where they are
    /// still right, else computed. `None` as for [`Self::view`].
    fn dates(&self, document: &DocumentId, asked: Asked<'_>) -> Result<Option<Rc<Dates>>, StoreError> {
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
            let digest = Digest::of(&contract, &self.said.events(document), as_of, until, settings);
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

    /// What the dates of an agreement must have been made of. `None` where there is no record.
    fn made_of(&self, document: &DocumentId, settings: &Settings) -> Result<Option<String>, StoreError> {
        match self.grounds(settings)? {
            Grounds::Kept(known) => Ok(known.get(document).cloned()),
            Grounds::Seals { seals, settings, .. } => self.hashed(document, seals, settings),
        }
    }

    /// A hash over everything that the dates of an agreement are computed from: the program, the settings, its record and
    /// those of its amendments in their order, and what people said of their values and events. `None` where there is no
    /// record.
    fn hashed(
        &self,
        document: &DocumentId,
        seals: &HashMap<String, String>,
        settings: &str,
    ) -> Result<Option<String>, StoreError> {
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &str| {
            hasher.update(part.as_bytes()).update(&[0xff]);
        };
        add(DIGEST_VERSION);
        add(settings);
        let members = self.families.members(document);
        let mut quotes = !members.is_empty();
        for id in std::iter::once(document).chain(members.iter().map(|m| &m.card.document)) {
            let Some(seal) = seals.get(id.as_str()) else { return Ok(None) };
            add(seal);
            let gives = |content: &Content| {
                matches!(content, Content::Value(_) | Content::Unset { .. } | Content::Event { .. })
            };
            for statement in self.said.standing(id).filter(|s| gives(&s.content)) {
                add(&statement.id.to_string());
                quotes = true;
            }
        }
        // Amendments name clauses of the text, and people quote it.
        if quotes {
            add(&self.store.text_seal(document)?.unwrap_or_default());
        }
        Ok(Some(hasher.finalize().to_hex().to_string()))
    }

    /// The agreements whose kept dates are not those that follow from what they were made of.
    pub(crate) fn wrong_dates(
        &self,
        rows: Vec<ContractRow>,
        today: Date,
        settings: &Settings,
    ) -> Result<Vec<ContractRow>, StoreError> {
        let (seals, hash) = (self.store.seals()?, settings.schedule_hash());
        let kept = match self.grounds(settings)? {
            Grounds::Kept(kept) => Some(kept),
            Grounds::Seals { .. } => None,
        };
        let mut wrong = Vec::new();
        for row in rows.into_iter().filter(|row| row.counts() && !self.is_folded(&row.id)) {
            let Some(made_of) = self.hashed(&row.id, &seals, &hash)? else { continue };
            let grounds = kept.is_none_or(|kept| kept.get(&row.id) == Some(&made_of));
            let sound = match self.store.dates(&row.id, &made_of)? {
                None => true,
                Some(dates) => self.view(&row.id)?.is_none_or(|view| {
                    let (day, until) = (dates.digest.held_on(today), dates.digest.horizon());
                    let anew = Digest::of(&view.contract, &self.said.events(&row.id), day, until, settings);
                    dates.digest.agrees(&anew) && dates.terms == InForce::of(&view.contract)
                }),
            };
            if !sound || !grounds {
                wrong.push(row);
            }
        }
        Ok(wrong)
    }

    fn grounds(&self, settings: &Settings) -> Result<&Grounds, StoreError> {
        if let Some(grounds) = self.grounds.get() {
            return Ok(grounds);
        }
        let (state, settings) = (&self.state, settings.schedule_hash());
        let made_of = blake3::hash(format!("{state} {DIGEST_VERSION} {settings}").as_bytes()).to_hex().to_string();
        let grounds = match self.store.overview(Overview::Grounds, &made_of)? {
            Some(known) => Grounds::Kept(known),
            None => Grounds::Seals { seals: self.store.seals()?, settings, made_of },
        };
        Ok(self.grounds.get_or_init(|| grounds))
    }

    /// The parts of the overview that had to be made, and that the store does not keep.
    pub(crate) fn take_overview(&self) -> Result<Vec<MadePart>, StoreError> {
        if let Some(Grounds::Seals { seals, settings, made_of }) = self.grounds.get()
            && seals.len() >= LARGE
        {
            let mut known: HashMap<DocumentId, String> = HashMap::new();
            for row in self.store.list()?.into_iter().filter(|row| row.counts() && !self.is_folded(&row.id)) {
                known.extend(self.hashed(&row.id, seals, settings)?.map(|hash| (row.id, hash)));
            }
            self.store.made_overview(Overview::Grounds, &self.state, made_of, &known);
        }
        Ok(self.store.take_overview())
    }

    /// The dates that were computed and that the store does not keep.
    pub(crate) fn take_made(&self) -> Vec<MadeDates> {
        self.made.take()
    }

    /// Whether the document amends another one, so that its terms are part of that one.
    pub(crate) fn is_folded(&self, document: &DocumentId) -> bool {
        self.families.base(document) != document
    }

    /// The record of a document. An amendment has no schedule: the schedule of its agreement has its dates.
    pub(crate) fn record(
        &self,
        row: &ContractRow,
        as_of: Date,
        settings: &Settings,
    ) -> Result<Option<Record>, StoreError> {
        let document = &row.id;
        let Some(view) = self.view(document)? else { return Ok(None) };
        let needs_review = self.to_review(document, &view, settings.review_below, Asked::far(as_of, settings));
        let View { contract, displaced, corrections } = view;
        let mut record = Record::with_events(contract, self.said.events(document), Some(as_of), settings);
        let schedule = std::mem::take(&mut record.schedule);
        let plan = self.planned_of(&record.contract, schedule, as_of, settings);
        record.open = plan.open(std::mem::take(&mut record.open));
        record.schedule = plan.entries;
        record.life = Some(of_file(row, plan.life));
        record.said = plan.said.into_iter().collect();
        record.owner = self.owner(row, settings);
        record.needs_review = needs_review;
        record.corrections = corrections;
        if self.is_folded(document) {
            record.schedule.clear();
            record.open.clear();
            record.life = None;
        }
        record.family = self.families.kinship(document, displaced);
        Ok(Some(record))
    }
}

/// Where what one file says stands: a later version may be in its place.
pub(crate) fn of_file(row: &ContractRow, life: Life) -> Life {
    if row.replaced { life.superseded("a later version of the file is in its place".to_owned()) } else { life }
}
