//! Calendars and what they tell when they are written again.

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

fn stamp(day: u32) -> Timestamp {
    format!("2025-01-{day:02}T03:04:05Z").parse().unwrap()
}

/// The calendar of some records on a day of January, and what it holds.
fn again(records: &[Record], on: u32, before: Feed, stands: bool) -> (String, Feed) {
    let mut calendar = Calendar::begin(Vec::new(), CALENDAR, stamp(on), &[], before).unwrap();
    for record in records {
        calendar.add(record).unwrap();
    }
    let (feed, out) = calendar.end(date(2025, 1, i8::try_from(on).unwrap()), |_, _| stands).unwrap();
    (String::from_utf8(out).unwrap(), feed)
}

fn export(records: &[Record]) -> String {
    again(records, 2, Feed::new(), true).0
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
    assert_eq!(event[3], "SEQUENCE:0");
    assert_eq!(event[4], "DTSTART;VALUE=DATE:20251031");
    assert_eq!(event[5], "DTEND;VALUE=DATE:20251101");
    assert_eq!(
        unescape(event[6].strip_prefix("SUMMARY:").unwrap()),
        "Send notice: Acme / Bolt, Supply, delivery; and more"
    );
    let description = unescape(event[7].strip_prefix("DESCRIPTION:").unwrap());
    assert!(description.contains("- 2026-01-01 minus 60 days = 2025-11-02 (R3)\n"), "{description}");
    assert!(description.contains("Page 1: \"notice must be given, \"in writing\", at least 60 days\""));
    assert_eq!(event[8], "CATEGORIES:notice_deadline");
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

/// The values of a property in the events of an entry kind that is told by its day.
fn values(calendar: &str, property: &str) -> Vec<String> {
    let prefix = format!("{property}:");
    lines(calendar).iter().filter_map(|l| l.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[test]
fn a_calendar_tells_what_changed_since_it_was_written() {
    let mut record = record("A");
    record.schedule.retain(|e| e.kind == EntryKind::NoticeDeadline);
    let (first, feed) = again(std::slice::from_ref(&record), 2, Feed::new(), true);
    let (same, kept) = again(std::slice::from_ref(&record), 5, feed.clone(), true);
    assert_eq!(kept, feed);
    assert_eq!(same.replace("DTSTAMP:20250105", "DTSTAMP:20250102"), first, "nothing changed but the stamp");
    // A new day is a new version.
    record.schedule[0].act_by = date(2025, 10, 30);
    let (moved, feed) = again(std::slice::from_ref(&record), 6, feed, true);
    assert_eq!(values(&moved, "SEQUENCE"), ["1"]);
    assert_eq!(values(&moved, "LAST-MODIFIED"), ["20250106T030405Z"]);
    assert_eq!(values(&moved, "UID"), values(&first, "UID"));
    // What was not asked for stays as it is; what is gone is cancelled, each time until its day.
    let (unasked, feed) = again(&[], 7, feed, true);
    assert!(values(&unasked, "UID").is_empty() && feed.len() == 1);
    let (gone, feed) = again(&[], 8, feed, false);
    assert_eq!(
        (values(&gone, "STATUS"), values(&gone, "SEQUENCE")),
        (vec!["CANCELLED".to_owned()], vec!["2".to_owned()])
    );
    assert_eq!(values(&gone, "UID"), values(&first, "UID"));
    assert!(!gone.contains("Acme"));
    let (still, feed) = again(&[], 9, feed, false);
    assert_eq!(values(&still, "SEQUENCE"), ["2"]);
    // It can come back.
    let (back, feed) = again(std::slice::from_ref(&record), 10, feed, true);
    assert_eq!((values(&back, "STATUS").len(), values(&back, "SEQUENCE")), (0, vec!["3".to_owned()]));
    // What has passed is neither told again nor cancelled.
    let calendar = Calendar::begin(Vec::new(), CALENDAR, stamp(2), &[], feed).unwrap();
    let (feed, out) = calendar.end(date(2025, 11, 1), |_, _| false).unwrap();
    assert!(feed.is_empty() && !String::from_utf8(out).unwrap().contains("VEVENT"));
}

#[test]
fn assumed_dates_are_no_events() {
    let mut record = record("A");
    for entry in &mut record.schedule {
        entry.basis = Basis::Assumed;
    }
    assert!(!export(&[record]).contains("VEVENT"));
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
            let called = plain_title(&title);
            let called: String = called.chars().filter(|&c| c == '\n' || c == '\t' || !is_unprintable(c)).collect();
            prop_assert_eq!(text, format!("Review after signing: Acme / Bolt, {called}"));
        }
    }
}
