//! A workbook for people who work with spreadsheets: contracts, decisions, what has no day to decide by, duties, service
//! levels, and what to review.
//!
//! Cells have types (days are days, text is never a formula), the headings stay in sight, every column can be filtered, and
//! the name of a file leads to its page. Owners, decisions and what was confirmed can come back ([`read`]), and their cells offer
//! what can stand there.

mod returned;
mod sheet;

use std::collections::BTreeSet;
use std::io::{self, Write};

use jiff::civil::Date;
use rust_xlsxwriter::Workbook as Book;

use super::Record;
use super::row::{Of, dated, open, send_by};
use crate::config::Settings;
use crate::detect::rules::party::is_us;
use crate::record::value::service::ServiceLevel;
use crate::record::value::{DateValue, Obligation};
use crate::record::{Describe, Evidence, Fact, FactRef, Field, ReviewItem, variant};
use crate::schedule::{OpenEntry, ScheduleEntry};
pub use returned::{BadWorkbook, read};
pub use sheet::cell_text;
use sheet::{Cell, Linked, Sheet, Styles, broken, listed};

/// A column: its heading, its width in characters, and what stands there in the row of something.
type Column<F> = (&'static str, f64, F);
type OfContract = fn(&Of<'_, ()>) -> Cell;
type OfDecision = fn(&Of<'_, &ScheduleEntry>) -> Cell;
type OfOpen = fn(&Of<'_, &OpenEntry>) -> Cell;
type OfDuty = fn(&Of<'_, &Fact<Obligation>>) -> Cell;
type OfLevel = fn(&Of<'_, &Fact<ServiceLevel>>) -> Cell;
type OfItem = fn(&Of<'_, &ReviewItem>) -> Cell;

const CONTRACTS: [Column<OfContract>; 21] = [
    ("ID", 14.0, |r| r.record.contract.document.id.short().into()),
    ("File", 36.0, |_| Cell::File),
    ("Title", 36.0, |r| r.record.title().into()),
    ("Type", 14.0, |r| r.record.contract.document.kind.as_ref().and_then(Fact::value).cloned().into()),
    ("With", 26.0, |r| r.with().into()),
    ("Parties", 44.0, |r| r.record.party_names().collect::<Vec<_>>().join("; ").into()),
    ("Effective", 12.0, |r| day(r.record.contract.effective_date.as_ref())),
    ("Term ends", 12.0, |r| {
        let present = r.record.life.as_ref().and_then(|life| life.term_ends);
        present.map_or_else(|| day(r.record.contract.expiration_date.as_ref()), Cell::Day)
    }),
    ("Perpetual", 10.0, |r| {
        let ends = r.record.contract.expiration_date.as_ref().and_then(Fact::value);
        if ends == Some(&DateValue::Perpetual) { "yes".into() } else { Cell::Empty }
    }),
    ("Renewal", 40.0, |r| words(r.record.contract.renewal.as_ref())),
    ("State", 16.0, |r| r.record.life.as_ref().map(|life| life.state.as_str()).into()),
    ("Act by", 12.0, |r| r.next().map(|e| e.act_by).into()),
    ("Must arrive by", 14.0, |r| r.next().map(|e| e.date).into()),
    ("Send by", 30.0, |r| r.next().map(|e| plain(&send_by(e))).into()),
    ("Decision", 12.0, |r| {
        let said = r.next().and_then(|e| r.record.said.get(&e.id));
        said.and_then(|said| said.decision.as_ref()).map(|d| d.decision.as_str()).into()
    }),
    ("Owner", 18.0, |r| r.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Backup", 18.0, |r| r.record.owner.as_ref().and_then(|o| o.backup.clone()).into()),
    ("Governing law", 18.0, |r| words(r.record.contract.governing_law.as_ref())),
    ("Signed", 16.0, |r| words(r.record.contract.execution.as_ref())),
    ("Pages", 8.0, |r| Cell::Number(f64::from(r.record.contract.document.pages))),
    ("To review", 10.0, |r| Cell::Number(r.record.needs_review.len() as f64)),
];

const DECISIONS: [Column<OfDecision>; 17] = [
    ("Act by", 12.0, |d| d.what.act_by.into()),
    ("Must arrive by", 14.0, |d| d.what.date.into()),
    ("Send by", 30.0, |d| plain(&send_by(d.what)).into()),
    ("Plain count", 12.0, |d| d.what.literal_date.into()),
    ("What", 48.0, |d| d.what.label.as_str().into()),
    ("With", 26.0, |d| d.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |d| page(d.what.facts.first().map(|id| d.record.evidence(id)).unwrap_or_default())),
    ("Standing", 12.0, |d| standing(d, d.what).into()),
    ("Rests on", 12.0, |d| variant(&d.what.basis).into()),
    ("Decision", 12.0, |d| d.said().and_then(|s| s.decision.as_ref()).map(|d| d.decision.as_str()).into()),
    ("Decided by", 18.0, |d| d.said().and_then(|s| s.decision.as_ref()?.by.clone()).into()),
    ("Notice sent", 12.0, |d| d.said().and_then(|s| s.notice.as_ref()).map(|n| n.on).into()),
    ("In time", 16.0, |d| d.said().and_then(|s| s.notice.as_ref()).map(|n| plain(&variant(&n.timely))).into()),
    ("Owner", 18.0, |d| d.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Entry ID", 18.0, |d| d.what.id.as_str().into()),
    ("Contract ID", 14.0, |d| d.record.contract.document.id.short().into()),
];

/// What has no day, and so nothing to decide by it.
const OPEN: [Column<OfOpen>; 7] = [
    ("What", 48.0, |o| o.what.label.as_str().into()),
    ("Missing", 60.0, |o| o.what.missing.as_str().into()),
    ("With", 26.0, |o| o.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |o| Cell::Page(o.what.page)),
    ("Owner", 18.0, |o| o.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Contract ID", 14.0, |o| o.record.contract.document.id.short().into()),
];

const DUTIES: [Column<OfDuty>; 14] = [
    ("Due", 12.0, |d| d.entry().map(|e| e.act_by).into()),
    ("Rests on", 12.0, |d| d.entry().map(|e| variant(&e.basis)).into()),
    ("Whose", 10.0, |d| {
        let ours = d.duty().and_then(|duty| is_us(duty.obligor.as_deref()?, d.us));
        ours.map(|ours| if ours { "ours" } else { "theirs" }).into()
    }),
    ("Who", 26.0, |d| d.duty().and_then(|duty| duty.obligor.clone()).into()),
    ("Duty", 60.0, |d| d.duty().map(|duty| duty.action.clone()).into()),
    ("When", 30.0, |d| d.duty().map(|duty| duty.timing.to_string()).into()),
    ("Condition", 30.0, |d| d.duty().and_then(|duty| duty.condition.clone()).into()),
    ("State", 10.0, |d| {
        let said = d.entry().and_then(|e| d.record.said.get(&e.id));
        said.and_then(|said| said.duty.as_ref()).map(|duty| plain(&variant(&duty.state))).into()
    }),
    ("With", 26.0, |d| d.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |d| page(d.what.evidence())),
    ("Owner", 18.0, |d| d.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Fact ID", 18.0, |d| d.what.id().as_str().into()),
    ("Contract ID", 14.0, |d| d.record.contract.document.id.short().into()),
];

const LEVELS: [Column<OfLevel>; 9] = [
    ("Level", 60.0, |l| l.what.value().map(ServiceLevel::words).into()),
    ("Applies to", 16.0, |l| l.what.value().and_then(|level| level.severity.clone()).into()),
    ("Measured over", 18.0, |l| l.what.value().and_then(|level| level.window.clone()).into()),
    ("Owed by", 26.0, |l| l.what.value().and_then(|level| level.obligor.clone()).into()),
    ("With", 26.0, |l| l.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |l| page(l.what.evidence())),
    ("Fact ID", 18.0, |l| l.what.id().as_str().into()),
    ("Contract ID", 14.0, |l| l.record.contract.document.id.short().into()),
];

const REVIEW: [Column<OfItem>; 11] = [
    ("Field", 20.0, |i| {
        Field::named(&i.what.field).map_or_else(|| i.what.field.clone(), |f| f.label().to_owned()).into()
    }),
    ("Why", 20.0, |i| plain(&variant(&i.what.reason)).into()),
    ("Words", 70.0, |i| i.what.raw.as_str().into()),
    ("Value", 40.0, |i| {
        let facts = i.record.contract.facts();
        facts.iter().find(|fact| *fact.id == i.what.fact).and_then(FactRef::words).into()
    }),
    // For people to fill in.
    ("Confirm", 10.0, |_| Cell::Empty),
    ("Certainty, %", 12.0, |i| Cell::Number(f64::from((i.what.confidence.get() * 100.0).round()))),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |i| Cell::Page(i.what.page)),
    ("Owner", 18.0, |i| i.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Fact ID", 18.0, |i| i.what.fact.as_str().into()),
    ("Contract ID", 14.0, |i| i.record.contract.document.id.short().into()),
];

/// A name of the state or the reason of a record, as words.
fn plain(name: &str) -> String {
    name.replace('_', " ")
}

fn day(fact: Option<&Fact<DateValue>>) -> Cell {
    fact.and_then(Fact::value).and_then(|value| value.date()).into()
}

fn words<T: Describe>(fact: Option<&Fact<T>>) -> Cell {
    fact.and_then(Fact::value).map(Describe::words).into()
}

fn page(evidence: &[Evidence]) -> Cell {
    evidence.first().map_or(Cell::Empty, |e| Cell::Page(e.page()))
}

fn standing<T>(row: &Of<'_, T>, entry: &ScheduleEntry) -> String {
    plain(&variant(&row.standing(entry)))
}

/// A workbook that records are added to.
pub struct Workbook<'a> {
    us: &'a [String],
    /// Who is known: those with an address, and those who answer for a contract.
    people: BTreeSet<String>,
    as_of: Date,
    styles: Styles,
    contracts: Sheet,
    decisions: Sheet,
    open: Sheet,
    duties: Sheet,
    levels: Sheet,
    review: Sheet,
}

impl<'a> Workbook<'a> {
    /// An empty workbook; `as_of` is the day that counts as today.
    ///
    /// # Errors
    /// Never, as far as is known: those of the library that writes it.
    pub fn new(settings: &'a Settings, as_of: Date) -> io::Result<Self> {
        let styles = Styles::new();
        Ok(Self {
            us: &settings.us,
            people: settings.person.iter().map(|person| person.name.clone()).collect(),
            as_of,
            contracts: Sheet::new("Contracts", &CONTRACTS, &styles).map_err(broken)?,
            decisions: Sheet::new("Decisions", &DECISIONS, &styles).map_err(broken)?,
            open: Sheet::new("Without a day", &OPEN, &styles).map_err(broken)?,
            duties: Sheet::new("Duties", &DUTIES, &styles).map_err(broken)?,
            levels: Sheet::new("Levels", &LEVELS, &styles).map_err(broken)?,
            review: Sheet::new("Review", &REVIEW, &styles).map_err(broken)?,
            styles,
        })
    }

    /// Adds the rows of a record.
    ///
    /// # Errors
    /// Those of the library that writes it.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        let (us, as_of, styles) = (self.us, self.as_of, &self.styles);
        let file = Linked::of(record);
        let owner = record.owner.iter().flat_map(|owner| owner.backup.iter().chain([&owner.name]));
        self.people.extend(owner.cloned());
        let of = Of { record, us, as_of, what: () };
        self.contracts.add(&file, CONTRACTS.iter().map(|(.., cell)| cell(&of)), styles)?;
        for what in dated(record) {
            let of = Of { record, us, as_of, what };
            self.decisions.add(&file, DECISIONS.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in open(record) {
            let of = Of { record, us, as_of, what };
            self.open.add(&file, OPEN.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in &record.contract.obligations {
            let of = Of { record, us, as_of, what };
            self.duties.add(&file, DUTIES.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in &record.contract.service_levels {
            let of = Of { record, us, as_of, what };
            self.levels.add(&file, LEVELS.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in &record.needs_review {
            let of = Of { record, us, as_of, what };
            self.review.add(&file, REVIEW.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        Ok(())
    }

    /// Writes the workbook, and gives how many rows had no place in it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, out: &mut impl Write) -> io::Result<u32> {
        let mut book = Book::new();
        let mut left_out = 0;
        for mut sheet in [self.contracts, self.decisions, self.open, self.duties, self.levels, self.review] {
            sheet.finish(self.people.len()).map_err(broken)?;
            left_out += sheet.left_out;
            book.push_worksheet(*sheet.page);
        }
        if !self.people.is_empty() {
            book.push_worksheet(listed(&self.people).map_err(broken)?);
        }
        // The library must be able to seek, and not every sink can.
        let bytes = book.save_to_buffer().map_err(broken)?;
        out.write_all(&bytes)?;
        Ok(left_out)
    }
}
