//! Kept dates change no answer; calendars tell what changed.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rusqlite::Connection;

use crate::common::{Bench, CONTRACTS, DAY, fixture};

fn database(bench: &Bench) -> Connection {
    Connection::open(bench.path("store/tickler.db")).unwrap()
}

fn kept(bench: &Bench) -> i64 {
    database(bench).query_row("SELECT count(*) FROM dates", [], |r| r.get(0)).unwrap()
}

fn forget(bench: &Bench) {
    database(bench).execute_batch("DELETE FROM dates").unwrap();
}

/// What every list says on some days.
fn lists(bench: &Bench, days: &[Date]) -> Vec<String> {
    let lists: [&[&str]; 5] = [
        &["list", "--notice-after", "2000-01-01", "--format", "json"],
        &["today"],
        &["schedule", "--within", "-60d..1y", "--duties"],
        &["schedule", "--all", "--by", "contract"],
        &["schedule", "--within", "90d", "--format", "json"],
    ];
    let at = |day: &Date| lists.map(|list| bench.out(&[list, &["--as-of", &day.to_string()]].concat()));
    days.iter().flat_map(at).collect()
}

#[test]
fn kept_dates_answer_as_computed_ones() {
    let bench = Bench::empty();
    let folder = fixture("");
    bench.run(&["ingest", folder.to_str().unwrap(), "--as-of", DAY]).assert().success();
    bench.run(&["event", "managed-cloud", "receipt of invoice", "2026-02-20"]).assert().success();
    bench.run(&["link", "data-processing-addendum.pdf", "managed-cloud-services.pdf"]).assert().success();
    bench.write("tickler.toml", "us = [\"Holloway Freight Partners LLC\"]\n");
    // Keeps them for this day again, after the changes.
    bench.run(&["ingest", folder.to_str().unwrap(), "--as-of", DAY]).assert().success();
    assert!(kept(&bench) > 30);
    let day: Date = DAY.parse().unwrap();
    let days = [-1, 0, 1, 31, 400].map(|n: i32| day.checked_add(n.days()).unwrap());
    let with = lists(&bench, &days);
    forget(&bench);
    let without = lists(&bench, &days);
    for (with, without) in with.iter().zip(&without) {
        let differ = with.lines().zip(without.lines()).find(|(a, b)| a != b);
        assert!(with == without, "{differ:?}");
    }
}

#[test]
fn a_changed_row_of_dates_changes_no_date() {
    let bench = Bench::new();
    bench.run(&["ingest", "in", "--as-of", DAY]).assert().success();
    let days = [DAY.parse().unwrap()];
    let right = lists(&bench, &days);
    assert_eq!(kept(&bench), 3);
    let db = database(&bench);
    for change in [
        "UPDATE dates SET digest = CAST(substr(digest, 1, 40) || x'00' || substr(digest, 42) AS BLOB)",
        "UPDATE dates SET digest = zeroblob(1)",
        "UPDATE dates SET digest = (SELECT digest FROM dates ORDER BY document LIMIT 1)",
        "UPDATE dates SET made_of = 'x'",
        "UPDATE dates SET seal = ''",
    ] {
        db.execute_batch(change).unwrap();
        assert_eq!(lists(&bench, &days), right, "{change}");
        bench.run(&["ingest", "in", "--as-of", DAY]).assert().success();
    }
    // A changed setting counts at once, and a removed contract is gone.
    let reviews = || bench.json(&["schedule", "--all", "--kind", "review", "--format", "json", "--as-of", DAY]);
    let before = reviews();
    bench.write("tickler.toml", "review_after_days = 400\n");
    assert_ne!(reviews(), before);
    bench.run(&["remove", CONTRACTS[0]]).assert().success();
    assert_eq!(kept(&bench), 2);
}

/// The values of a property of a calendar file.
fn values(bench: &Bench, file: &str, property: &str) -> Vec<String> {
    let calendar = std::fs::read_to_string(bench.path(file)).unwrap().replace("\r\n ", "");
    let prefix = format!("{property}:");
    calendar.lines().filter_map(|l| l.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[test]
fn a_calendar_has_one_event_a_decision_and_cancels_what_fell_away() {
    let bench = Bench::ingested();
    bench.write("tickler.toml", "us = [\"Holloway Freight Partners LLC\"]\n");
    let export = |file: &str, more: &[&str]| {
        let day = if more.contains(&"--as-of") { &[][..] } else { &["--as-of", "2026-11-10"] };
        let within = if more.contains(&"--within") { &[][..] } else { &["--within", "1y"] };
        let args = [&["schedule", "--format", "ics", "-o", file], more, day, within].concat();
        bench.run(&args).assert().success();
    };
    export("a.ics", &[]);
    export("b.ics", &[]);
    let decisions = bench.json(&["schedule", "--within", "1y", "--format", "json", "--as-of", "2026-11-10"]);
    let is_decision = |e: &&serde_json::Value| {
        ["notice_deadline", "option_deadline", "break_deadline"].iter().any(|kind| e["kind"] == *kind)
    };
    let dated = decisions.as_array().unwrap().iter().filter(|e| !e["act_by"].is_null()).filter(is_decision).count();
    let ids = values(&bench, "a.ics", "UID");
    assert!(dated > 0 && ids.len() == dated, "{ids:?}");
    let summaries = values(&bench, "a.ics", "SUMMARY");
    let wanted =
        "Send notice: Brightwater Analytics\\, Master Subscription and Services Agreement\\; must arrive by 1 Dec 2026";
    assert!(summaries.iter().any(|s| s == wanted), "{summaries:?}");
    assert!(values(&bench, "a.ics", "DTSTART;VALUE=DATE").contains(&"20261125".to_owned()));
    // Written again, it is the same.
    let before = std::fs::read(bench.path("a.ics")).unwrap();
    export("a.ics", &[]);
    assert_eq!(std::fs::read(bench.path("a.ics")).unwrap(), before);
    // A narrower question cancels nothing.
    export("a.ics", &["--within", "1d", "--party", "Holloway"]);
    assert!(values(&bench, "a.ics", "STATUS").is_empty());
    bench.run(&["remove", CONTRACTS[0]]).assert().success();
    for file in ["a.ics", "b.ics"] {
        export(file, &[]);
        assert_eq!(values(&bench, file, "STATUS"), ["CANCELLED"], "{file}");
        assert_eq!(values(&bench, file, "UID").len(), ids.len(), "{file}");
    }
    // Standard output is nobody's calendar.
    let out = bench.out(&["schedule", "--within", "1y", "--format", "ics", "--as-of", "2026-11-10"]);
    assert!(!out.contains("CANCELLED"));
    // Once its day has passed, it is history.
    export("a.ics", &["--as-of", "2027-01-10"]);
    assert!(values(&bench, "a.ics", "STATUS").is_empty());
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_still_gives_a_calendar() {
    use std::os::unix::fs::PermissionsExt as _;

    let bench = Bench::ingested();
    std::fs::remove_file(bench.path("store/lock")).unwrap();
    // Also root cannot lock a folder.
    std::fs::create_dir(bench.path("store/lock")).unwrap();
    let args = ["export", "--format", "ics", "-o", "a.ics", "--as-of", "2026-11-10"];
    let said = bench.run(&args).assert().success().get_output().stderr.clone();
    assert!(String::from_utf8(said).unwrap().contains("cannot be remembered"));
    assert!(!values(&bench, "a.ics", "UID").is_empty());
    assert_eq!(std::fs::metadata(bench.path("a.ics")).unwrap().permissions().mode() & 0o077, 0);
}
