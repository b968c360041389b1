//! Tables read back.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::calendar::{Period, Unit};
use crate::config::Settings;
use crate::record::testing::{contract, fact, running};
use crate::record::value::{DateValue, Renewal, RenewalKind};
use crate::schedule::Openness;

fn record() -> Record {
    let year = Period::new(1, Unit::Year);
    let after = Renewal {
        period: Some(year),
        notice_period: Some(Period::new(60, Unit::Day)),
        notice_by: Some("=cmd|' /C calc'!A0".to_owned()),
        ..Renewal::of(RenewalKind::Automatic)
    };
    Record::new(running(date(2025, 1, 1), year, after), None, &Settings::default())
}

fn read(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    ::csv::Reader::from_reader(bytes).deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_contract_reads_back() {
    let mut out = Vec::new();
    contracts_csv([record(), Record::new(contract(), None, &Settings::default())], &mut out).unwrap();
    let rows = read(&out);
    assert_eq!(rows.len(), 2);
    for (column, want) in [
        ("title", "Master Services Agreement"),
        ("parties", "Acme, Inc.; Bolt GmbH"),
        ("initial_term", "1 year"),
        ("expiration_date", "2026-01-01"),
        ("expiration_status", "computed"),
        ("perpetual", "false"),
        ("act_by", "2025-10-31"),
        ("send_by", ""),
        ("renewal_kind", "automatic"),
        ("renewal_quote", "notice must be given, \"in writing\", at least 60 days"),
        ("renewal_page", "1"),
        ("notice_by", "'=cmd|' /C calc'!A0"),
        ("term_last_day", "2025-12-31"),
        ("notice_deadline", "2025-10-31"),
        ("notice_deadline_literal", "2025-11-02"),
        ("text_source", "embedded"),
    ] {
        assert_eq!(rows[0][column], want, "{column}");
    }
    assert_eq!((rows[1]["expiration_date"].as_str(), rows[1]["notice_deadline"].as_str()), ("", ""));
    assert_eq!(rows[1]["perpetual"], "");
    // A day is a day, and whether there is one stands beside it.
    let mut endless = contract();
    endless.expiration_date = Some(fact("expiration_date", DateValue::Perpetual, "Acme, Inc."));
    let mut out = Vec::new();
    contracts_csv([Record::new(endless, None, &Settings::default())], &mut out).unwrap();
    let row = &read(&out)[0];
    assert_eq!((row["expiration_date"].as_str(), row["perpetual"].as_str()), ("", "true"));
}

#[test]
fn a_schedule_reads_back() {
    let mut out = Vec::new();
    let why = Openness::Rolling;
    let undated = OpenEntry {
        id: EntryId::of(&record().contract.document.id, "x", "x", 0),
        kind: EntryKind::NoticeDeadline,
        why,
        label: "Runs on".to_owned(),
        missing: "no day is fixed".to_owned(),
        page: 3,
        facts: Vec::new(),
    };
    let record = Record { open: vec![undated], ..record() };
    let follows = Some("it renews".to_owned());
    schedule_csv(schedule_rows(&record, |_| (Standing::Missed, follows.clone())), &mut out).unwrap();
    let rows = read(&out);
    assert_eq!(rows.len(), record.schedule.len() + 1);
    let open = rows.last().unwrap();
    for (column, want) in
        [("act_by", ""), ("date", ""), ("standing", "rolling"), ("label", "Runs on: no day is fixed"), ("page", "3")]
    {
        assert_eq!(open[column], want, "{column}");
    }
    assert_eq!((rows[0]["standing"].as_str(), rows[0]["follows"].as_str()), ("missed", "it renews"));
    let notice = rows.iter().find(|r| r["kind"] == "notice_deadline").unwrap();
    assert_eq!((notice["date"].as_str(), notice["literal_date"].as_str()), ("2025-10-31", "2025-11-02"));
    assert!(notice["derivation"].contains("2026-01-01 minus 60 days = 2025-11-02 (R3)"));
    assert!(notice["quote"].contains("\"in writing\""));
    // No spreadsheet takes an ID for a number.
    assert!(rows.iter().all(|row| row["entry_id"].starts_with("entry-")));
}

#[test]
fn formulas_are_disarmed() {
    for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"] {
        assert_eq!(disarm(cell), format!("'{cell}"));
    }
    for cell in ["", "a=b", "2025-01-01", "'quoted", "Acme, Inc.; Bolt GmbH", "non-renewal, e-mail", "a\nb"] {
        assert_eq!(disarm(cell), cell);
    }
    for (cell, harmless) in [
        ("Title;=1+41;", "Title;'=1+41;"),
        ("a, +1", "a, '+1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\n'=1"),
        ("a\t@b", "a\t'@b"),
        ("a|-b", "a|'-b"),
        ("a;\"=1\"", "a;\"'=1\""),
        ("a\n=1", "a\n'=1"),
        ("a\r=1", "a\n'=1"),
        (" =1", "' =1"),
        ("\"=1\"", "'\"=1\""),
        ("\u{feff}=1", "'\\u{feff}=1"),
        ("a;\u{202e}=1", "a;\\u{202e}'=1"),
        ("a;＝1", "a;'＝1"),
        ("a\u{9b}31mb\u{61c}", "a\\u{9b}31mb\\u{61c}"),
    ] {
        assert_eq!(disarm(cell), harmless);
    }
    let mut armed = contract();
    armed.governing_law = Some(fact("governing_law", "-2+3".to_owned(), "Acme, Inc."));
    let mut out = Vec::new();
    contracts_csv([Record::new(armed, None, &Settings::default())], &mut out).unwrap();
    assert_eq!(read(&out)[0]["governing_law"], "'-2+3");
    let mut out = Vec::new();
    failures_csv([["=cmd|' /C calc'!A0", "source.not_found", "@no such file, or folder"]], &mut out).unwrap();
    let row = &read(&out)[0];
    assert_eq!((row["path"].as_str(), row["code"].as_str()), ("'=cmd|' /C calc'!A0", "source.not_found"));
    assert_eq!(row["message"], "'@no such file, or folder");
}
