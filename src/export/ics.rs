//! iCalendar (RFC 5545): one all-day event per date, with its reminders as alarms.
//!
//! Why not the `icalendar` crate? It stamps every alarm with the clock and a random number, folds lines one octet too
//! late, and holds a whole calendar in memory. The few properties written here need two small functions, [`escape`] and
//! [`fold`].

use std::borrow::Borrow;
use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Record, is_unprintable};
use crate::schedule::ScheduleEntry;
use tickler_pdf::cite::Part as _;

/// Longest quote in a description, in characters; a calendar is no place to read a page of contract.
const QUOTE_LIMIT: usize = 600;

/// Hour of the day, in the reader's own zone, at which an alarm rings.
const ALARM_HOUR: i64 = 9;

/// Writes one calendar with an event for each schedule entry. The identifier of an event is that of its entry, so that
/// importing again updates it. `stamp` is the time of export (DTSTAMP).
///
/// # Errors
/// Those of `out`.
pub fn ics<R: Borrow<Record>>(
    records: impl IntoIterator<Item = R>,
    stamp: Timestamp,
    out: &mut impl Write,
) -> io::Result<()> {
    let stamp = stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    frame(out, "BEGIN", "VCALENDAR")?;
    put(out, "VERSION", "2.0")?;
    put(out, "PRODID", concat!("-//tickler//tickler ", env!("CARGO_PKG_VERSION"), "//EN"))?;
    put(out, "CALSCALE", "GREGORIAN")?;
    put(out, "X-WR-CALNAME", "Contract deadlines")?;
    for record in records {
        let record = record.borrow();
        for entry in &record.schedule {
            event(record, entry, &stamp, out)?;
        }
    }
    frame(out, "END", "VCALENDAR")
}

fn event(record: &Record, entry: &ScheduleEntry, stamp: &str, out: &mut impl Write) -> io::Result<()> {
    let summary = escape(&format!("{}: {}", entry.label, record.title()));
    frame(out, "BEGIN", "VEVENT")?;
    put(out, "UID", entry.id.as_str())?;
    put(out, "DTSTAMP", stamp)?;
    put(out, "LAST-MODIFIED", stamp)?;
    put(out, "DTSTART;VALUE=DATE", &day(entry.act_by))?;
    // The end is exclusive. On the last day of the calendar there is none after it, and one day is the default.
    if let Ok(next) = entry.act_by.tomorrow() {
        put(out, "DTEND;VALUE=DATE", &day(next))?;
    }
    put(out, "SUMMARY", &summary)?;
    put(out, "DESCRIPTION", &escape(&description(record, entry)))?;
    put(out, "CATEGORIES", entry.kind.as_str())?;
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
        if !quoted.contains(&evidence.span()) {
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
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::config::Settings;
    use crate::record::testing::{fact, running};
    use crate::record::value::{Renewal, RenewalKind};

    fn record(title: &str) -> Record {
        let year = Period::new(1, Unit::Year);
        let after = Renewal {
            period: Some(year),
            notice_period: Some(Period::new(60, Unit::Day)),
            ..Renewal::of(RenewalKind::Automatic)
        };
        let mut contract = running(date(2025, 1, 1), year, after);
        contract.document.title = Some(fact("title", title.to_owned(), "MASTER"));
        Record::new(contract, None, &Settings::default())
    }

    fn export(records: &[Record]) -> String {
        let mut out = Vec::new();
        ics(records, "2025-01-02T03:04:05Z".parse().unwrap(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The content lines, unfolded as RFC 5545 section 3.1 says.
    fn lines(calendar: &str) -> Vec<String> {
        let unfolded = calendar.replace("\r\n ", "");
        unfolded.strip_suffix("\r\n").unwrap().split("\r\n").map(str::to_owned).collect()
    }

    /// The text of a value, by RFC 5545 section 3.3.11.
    fn unescape(value: &str) -> String {
        let mut chars = value.chars();
        let mut out = String::new();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                (_, true) => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(c) => out.push(c),
                    None => panic!("a lone backslash ends {value:?}"),
                },
                (',' | ';', _) => panic!("unescaped {c:?} in {value:?}"),
                _ => out.push(c),
            }
        }
        out
    }

    #[test]
    fn an_event_has_what_calendars_need() {
        let record = record("Supply, delivery; and more");
        let calendar = export(std::slice::from_ref(&record));
        assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tickler//"));
        assert!(calendar.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        assert!(calendar.split("\r\n").all(|l| l.len() <= 75 && !l.contains(['\n', '\r'])), "{calendar}");

        let notice = record.schedule.iter().find(|e| e.kind.as_str() == "notice_deadline").unwrap();
        let lines = lines(&calendar);
        let at = lines.iter().position(|l| *l == format!("UID:{}", notice.id)).unwrap();
        let event = &lines[at..at + lines[at..].iter().position(|l| l == "END:VEVENT").unwrap()];
        assert_eq!(event[1], "DTSTAMP:20250102T030405Z");
        assert_eq!(event[2], "LAST-MODIFIED:20250102T030405Z");
        assert_eq!(event[3], "DTSTART;VALUE=DATE:20251031");
        assert_eq!(event[4], "DTEND;VALUE=DATE:20251101");
        assert_eq!(
            unescape(event[5].strip_prefix("SUMMARY:").unwrap()),
            "Last day for notice of non-renewal: Supply, delivery; and more"
        );
        let description = unescape(event[6].strip_prefix("DESCRIPTION:").unwrap());
        assert!(description.contains("- 2026-01-01 minus 60 days = 2025-11-02 (R3)\n"), "{description}");
        assert!(description.contains("Page 1: \"notice must be given, \"in writing\", at least 60 days\""));
        assert_eq!(event[7], "CATEGORIES:notice_deadline");
        let triggers: Vec<_> = event.iter().filter_map(|l| l.strip_prefix("TRIGGER:")).collect();
        assert_eq!(triggers, ["-P89DT15H", "-P59DT15H", "-P29DT15H", "-P13DT15H", "-P6DT15H", "-PT15H"]);
        assert_eq!(event.iter().filter(|l| *l == "BEGIN:VALARM").count(), 6);
    }

    #[test]
    fn alarms_ring_in_the_morning() {
        let day = date(2025, 10, 31);
        assert_eq!(trigger(day, day), "PT9H");
        assert_eq!(trigger(day, date(2025, 10, 30)), "-PT15H");
        assert_eq!(trigger(day, date(2025, 10, 29)), "-P1DT15H");
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        assert_eq!(export(&[record("A")]), export(&[record("A")]));
    }

    proptest! {
        #[test]
        fn hostile_titles_stay_inside_their_line(title in "[\\PC\r\n\t,;:\\\\老é\u{7}\u{85}\u{2028}]{0,200}") {
            let calendar = export(&[record(&title)]);
            prop_assert!(calendar.split("\r\n").all(|l| l.len() <= 75 && !l.contains(['\n', '\r'])));
            let begins = lines(&calendar).iter().filter(|l| l.starts_with("BEGIN:VEVENT")).count();
            prop_assert_eq!(begins, 4);
            for line in lines(&calendar).iter().filter(|l| l.starts_with("SUMMARY:Review")) {
                let text = unescape(line.strip_prefix("SUMMARY:").unwrap());
                let kept: String = title.chars().filter(|&c| c == '\n' || c == '\t' || !is_unprintable(c)).collect();
                prop_assert_eq!(text, format!("Review after signing: {kept}"));
            }
        }
    }
}
