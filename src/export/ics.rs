//! iCalendar (RFC 5545): one all-day event for each day on which somebody must act, with its reminders as alarms.
//!
//! A calendar that is written again tells what changed since the last time: an event whose day or words changed has a higher
//! SEQUENCE and a new LAST-MODIFIED, and one whose entry fell away, or is settled, is cancelled, since calendars keep what an
//! import no longer names. What was written before is a [`Feed`], which the caller keeps.
//!
//! Why not the `icalendar` crate? It stamps every alarm with the clock and a random number, folds lines one octet too
//! late, and holds a whole calendar in memory. The few properties written here need two small functions, [`escape`] and
//! [`fold`].

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Record, is_unprintable, others, plain_title};
use crate::calendar::Basis;
use crate::record::{DocumentId, EntryId};
use crate::schedule::{EntryKind, ScheduleEntry};
use crate::store::{Feed, Written};
use tickler_pdf::cite::Part as _;

/// What programs show a calendar as that is not of one owner.
pub const CALENDAR: &str = "Contract deadlines";

/// Longest quote in a description, in characters; a calendar is no place to read a page of contract.
const QUOTE_LIMIT: usize = 600;

/// Hour of the day, in the reader's own zone, at which an alarm rings.
const ALARM_HOUR: i64 = 9;

/// A calendar that is being written.
#[derive(Debug)]
pub struct Calendar<'a, W> {
    out: W,
    /// The time of export (DTSTAMP).
    stamp: Timestamp,
    /// Names of the user's own companies.
    us: &'a [String],
    /// The address of the page that shows the contracts.
    site: Option<&'a str>,
    before: Feed,
    now: Feed,
}

impl<'a, W: Write> Calendar<'a, W> {
    /// Begins a calendar that held `before` when it was last written. Programs show it as `name`.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(mut out: W, name: &str, stamp: Timestamp, us: &'a [String], before: Feed) -> io::Result<Self> {
        open(&mut out, name)?;
        // How often programs that read it again should do so: RFC 7986 section 5.7, and the older name of the same.
        for name in ["REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL"] {
            put(&mut out, name, "PT4H")?;
        }
        Ok(Self { out, stamp, us, site: None, before, now: Feed::new() })
    }

    /// Makes it a calendar of the page at `site`, such as `http://127.0.0.1:8765`: each event leads to its contract.
    #[must_use]
    pub fn of_page(mut self, site: &'a str) -> Self {
        self.site = Some(site);
        self
    }

    /// Writes an event for each schedule entry of a record, but for dates that are only assumed. One about which nothing is
    /// left to do is cancelled, if the calendar held it.
    ///
    /// # Errors
    /// Those of the output.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        for entry in record.schedule.iter().filter(|e| e.basis != Basis::Assumed) {
            if !record.is_settled(entry) {
                self.event(record, entry)?;
            } else if self.before.contains_key(&entry.id) {
                let summary = format!("Settled: {}", escape(&summary(record, entry, self.us)));
                self.cancelled(&entry.id, &record.contract.document.id, entry.act_by, &summary)?;
            }
        }
        Ok(())
    }

    fn event(&mut self, record: &Record, entry: &ScheduleEntry) -> io::Result<()> {
        let summary = escape(&summary(record, entry, self.us));
        let description = escape(&description(record, entry));
        let content = hash(&[&entry.act_by.to_string(), &summary, &description, entry.kind.as_str()]);
        let document = &record.contract.document.id;
        let written = self.revised(&entry.id, document, entry.act_by, content, false);
        self.head(&entry.id, &written)?;
        let out = &mut self.out;
        put(out, "DTSTART;VALUE=DATE", &day(entry.act_by))?;
        // The end is exclusive. On the last day of the calendar there is none after it, and one day is the default.
        if let Ok(next) = entry.act_by.tomorrow() {
            put(out, "DTEND;VALUE=DATE", &day(next))?;
        }
        put(out, "SUMMARY", &summary)?;
        put(out, "DESCRIPTION", &description)?;
        put(out, "CATEGORIES", entry.kind.as_str())?;
        if let Some(site) = self.site {
            put(out, "URL", &format!("{site}/contract/{document}#entry-{}", entry.id))?;
        }
        // A deadline does not make the day busy.
        put(out, "TRANSP", "TRANSPARENT")?;
        for &reminder in &entry.reminders {
            frame(out, "BEGIN", "VALARM")?;
            put(out, "ACTION", "DISPLAY")?;
            put(out, "TRIGGER", &trigger(entry.act_by, reminder))?;
            put(out, "DESCRIPTION", &format!("{summary} ({})", entry.act_by))?;
            frame(out, "END", "VALARM")?;
        }
        frame(out, "END", "VEVENT")
    }

    /// Takes an event out of calendars.
    fn cancelled(&mut self, id: &EntryId, document: &DocumentId, on: Date, summary: &str) -> io::Result<()> {
        let content = hash(&["cancelled", summary]);
        let written = self.revised(id, document, on, content, true);
        self.head(id, &written)?;
        put(&mut self.out, "DTSTART;VALUE=DATE", &day(on))?;
        put(&mut self.out, "STATUS", "CANCELLED")?;
        put(&mut self.out, "SUMMARY", summary)?;
        frame(&mut self.out, "END", "VEVENT")
    }

    /// What every event begins with.
    fn head(&mut self, id: &EntryId, written: &Written) -> io::Result<()> {
        let stamp = time(self.stamp);
        let out = &mut self.out;
        frame(out, "BEGIN", "VEVENT")?;
        put(out, "UID", id.as_str())?;
        put(out, "DTSTAMP", &stamp)?;
        put(out, "LAST-MODIFIED", &time(written.modified))?;
        put(out, "SEQUENCE", &written.sequence.to_string())
    }

    /// Notes what is written of an event: with the next number if it says something new.
    fn revised(&mut self, id: &EntryId, document: &DocumentId, day: Date, content: String, cancelled: bool) -> Written {
        let (sequence, modified) = match self.before.get(id) {
            Some(old) if old.content == content && old.cancelled == cancelled => (old.sequence, old.modified),
            Some(old) => (old.sequence.saturating_add(1), self.stamp),
            None => (0, self.stamp),
        };
        let written = Written { document: document.clone(), day, sequence, modified, content, cancelled };
        self.now.insert(id.clone(), written.clone());
        written
    }

    /// Ends the calendar. Events of earlier times that `still_stands` denies, and whose day is not before `today`, are
    /// cancelled; gives what the calendar holds now, for the next time.
    ///
    /// # Errors
    /// Those of the output.
    pub fn end(
        mut self,
        today: Date,
        mut still_stands: impl FnMut(&EntryId, &Written) -> bool,
    ) -> io::Result<(Feed, W)> {
        let gone = self.before.iter().filter(|(id, _)| !self.now.contains_key(*id));
        let gone: Vec<(EntryId, Written)> = gone.map(|(id, old)| (id.clone(), old.clone())).collect();
        for (id, old) in gone {
            if old.day < today {
                // What has passed is history, in the calendar as well.
            } else if still_stands(&id, &old) {
                // Not asked for this time.
                self.now.insert(id, old);
            } else {
                self.cancelled(&id, &old.document, old.day, "No longer a deadline")?;
            }
        }
        frame(&mut self.out, "END", "VCALENDAR")?;
        Ok((self.now, self.out))
    }
}

/// The event of one entry of a record; `moved`: how often its day was another one when it was told. Empty for a date that is
/// only assumed.
///
/// # Errors
/// None but those of memory.
pub fn event(
    record: &Record,
    entry: &ScheduleEntry,
    stamp: Timestamp,
    us: &[String],
    moved: u32,
) -> io::Result<String> {
    if entry.basis == Basis::Assumed {
        return Ok(String::new());
    }
    let (document, day) = (record.contract.document.id.clone(), entry.act_by);
    let told =
        |n: u32| Written { document, day, sequence: n - 1, modified: stamp, content: String::new(), cancelled: false };
    let before = (moved > 0).then(|| (entry.id.clone(), told(moved))).into_iter().collect();
    let mut calendar = Calendar { out: Vec::new(), stamp, us, site: None, before, now: Feed::new() };
    calendar.event(record, entry)?;
    String::from_utf8(calendar.out).map_err(io::Error::other)
}

/// A calendar of events that [`event`] made.
///
/// # Errors
/// None but those of memory.
pub fn calendar<'a>(events: impl IntoIterator<Item = &'a str>) -> io::Result<String> {
    let mut out = Vec::new();
    open(&mut out, CALENDAR)?;
    for event in events {
        out.write_all(event.as_bytes())?;
    }
    frame(&mut out, "END", "VCALENDAR")?;
    String::from_utf8(out).map_err(io::Error::other)
}

/// What every calendar begins with.
fn open(out: &mut impl Write, name: &str) -> io::Result<()> {
    frame(out, "BEGIN", "VCALENDAR")?;
    put(out, "VERSION", "2.0")?;
    put(out, "PRODID", concat!("-//tickler//tickler ", env!("CARGO_PKG_VERSION"), "//EN"))?;
    put(out, "CALSCALE", "GREGORIAN")?;
    // RFC 7986 section 5.1, and the older name of the same.
    ["NAME", "X-WR-CALNAME"].into_iter().try_for_each(|property| put(out, property, &escape(name)))
}

/// What somebody has to do, with whom, and by when it must be there.
fn summary(record: &Record, entry: &ScheduleEntry, us: &[String]) -> String {
    let what = match entry.kind {
        EntryKind::NoticeDeadline => "Send notice",
        EntryKind::OptionDeadline => "Send notice to renew",
        EntryKind::BreakDeadline => "Send notice to break",
        _ => &entry.label,
    };
    let parties: Vec<&str> = record.party_names().collect();
    let whom = others(&parties, us);
    let comma = if whom.is_empty() { "" } else { ", " };
    let mut out = format!("{what}: {whom}{comma}{}", plain_title(record.title()));
    if entry.act_by != entry.date {
        let _ = write!(out, "; must arrive by {}", entry.date.strftime("%-d %b %Y"));
    }
    out
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes()).update(&[0xff]);
    }
    hasher.finalize().to_hex().to_string()
}

fn time(stamp: Timestamp) -> String {
    stamp.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What the date is about, the arithmetic, and the text that it is based on.
fn description(record: &Record, entry: &ScheduleEntry) -> String {
    let mut text = String::new();
    let parties: Vec<_> = record.party_names().collect();
    if !parties.is_empty() {
        let _ = writeln!(text, "Parties: {}", parties.join("; "));
    }
    let _ = writeln!(text, "Document: {}", record.contract.document.file_name);
    if entry.literal_date != entry.date {
        let _ = writeln!(text, "Literal reading: {}; conservative reading: {}", entry.literal_date, entry.date);
    }
    if let Some(first) = entry.send_by.first() {
        let last = entry.date;
        let _ = writeln!(text, "Send notice by {}, to be in time by any way; it must arrive by {last}", first.date);
    }
    text.push('\n');
    for step in &entry.derivation.steps {
        let _ = writeln!(text, "- {}", step.note);
    }
    for assumption in &entry.derivation.assumptions {
        let _ = writeln!(text, "* {assumption}");
    }
    let mut quoted = Vec::new();
    for evidence in entry.facts.iter().filter_map(|id| record.evidence(id).first()) {
        if !evidence.quote().is_empty() && !quoted.contains(&evidence.span()) {
            quoted.push(evidence.span());
            let _ = write!(text, "\nPage {}: \"{}\"", evidence.page(), clip(evidence.quote()));
        }
    }
    text
}

/// How long before the beginning of the all-day event on `date` an alarm rings on the morning of `reminder`.
fn trigger(date: Date, reminder: Date) -> String {
    let days = i64::from((date - reminder).get_days());
    match days * 24 - ALARM_HOUR {
        hours @ 1.. if hours >= 24 => format!("-P{}DT{}H", hours / 24, hours % 24),
        hours @ 1.. => format!("-PT{hours}H"),
        hours => format!("PT{}H", -hours),
    }
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// A TEXT value (RFC 5545 section 3.3.11). Control characters are forbidden; of them only line breaks and tabs stay. Marks of
/// direction go too, so that a title reads as it is written.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(c),
            c if is_unprintable(c) => {}
            c => out.push(c),
        }
    }
    out
}

fn clip(quote: &str) -> String {
    match quote.char_indices().nth(QUOTE_LIMIT) {
        Some((end, _)) => format!("{}…", quote.part(..end)),
        None => quote.to_owned(),
    }
}

fn frame(out: &mut impl Write, what: &str, component: &str) -> io::Result<()> {
    write!(out, "{what}:{component}\r\n")
}

/// Writes one property; `value` is escaped already where it is text.
fn put(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    fold(&format!("{name}:{value}"), out)
}

/// Writes a content line, folded so that no line is longer than 75 octets and no character is cut (section 3.1).
fn fold(line: &str, out: &mut impl Write) -> io::Result<()> {
    let mut rest = line;
    let mut limit = 75;
    while rest.len() > limit {
        let (head, tail) = rest.split_at(rest.floor_char_boundary(limit));
        write!(out, "{head}\r\n ")?;
        rest = tail;
        // The space that begins a continuation counts.
        limit = 74;
    }
    write!(out, "{rest}\r\n")
}

#[cfg(test)]
mod tests;
