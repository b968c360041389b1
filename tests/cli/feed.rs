//! Calendars that people subscribe to, and those of each owner, read by the Python package icalendar.

use serde_json::Value;

use crate::common::{Bench, CONTRACTS};
use crate::served::Page;
use crate::tools::python;

const MSA: &str = CONTRACTS[0];

/// Reads a calendar as a calendar program does.
const READ: &str = "
import icalendar, json, sys
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
def event(e):
    return {'uid': str(e['UID']), 'sequence': int(e['SEQUENCE']), 'start': e['DTSTART'].dt.isoformat(),
            'url': str(e.get('URL', '')), 'status': str(e.get('STATUS', '')), 'summary': str(e['SUMMARY']),
            'alarms': len(e.walk('VALARM')), 'errors': e.errors}
refresh = calendar.get('REFRESH-INTERVAL')
names = sorted({str(calendar.get(name, '')) for name in ('NAME', 'X-WR-CALNAME')})
json.dump({'names': names, 'refresh': refresh and refresh.to_ical().decode(), 'events': [event(e) for e in calendar.walk('VEVENT')]}, sys.stdout)
";

fn read(bench: &Bench, file: &str) -> Value {
    let calendar: Value = serde_json::from_str(&python(READ, &bench.path(file))).unwrap();
    for event in calendar["events"].as_array().unwrap() {
        assert_eq!(event["errors"], serde_json::json!([]), "{event}");
    }
    calendar
}

/// The events of a calendar that are about the contract of this name.
fn about<'a>(calendar: &'a Value, name: &str) -> Vec<&'a Value> {
    let all = calendar["events"].as_array().unwrap();
    all.iter().filter(|event| event["summary"].as_str().unwrap().contains(name)).collect()
}

#[test]
fn a_calendar_program_subscribes_to_the_page() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let body = page.get("/calendar").body;
    let (_, rest) = body.split_once(&format!("http://{}/calendar.ics?token=", page.host())).unwrap();
    let secret = rest.split('<').next().unwrap().to_owned();
    assert_eq!(secret.len(), 64);
    assert_ne!(secret, page.token);
    let host = format!("Host: {}", page.host());
    let ask = |path: &str| page.send(&format!("GET {path}"), &[&host], "");
    let get = |query: &str| {
        let answer = ask(&format!("/calendar.ics?token={secret}{query}"));
        assert!(answer.code == 200 && answer.head.contains("text/calendar"), "{}", answer.head);
        bench.write("page.ics", &answer.body);
        read(&bench, "page.ics")
    };

    // It has what the file has, and leads to the page.
    let first = get("");
    assert_eq!(first["refresh"], "PT4H");
    bench.out(&["export", "--format", "ics", "--as-of", "2026-03-01", "-o", "file.ics"]);
    let days = |calendar: &Value| -> Vec<(String, String)> {
        let all = calendar["events"].as_array().unwrap().iter();
        let mut all: Vec<_> = all.map(|e| (e["uid"].to_string(), e["start"].to_string())).collect();
        all.sort();
        all
    };
    let file = read(&bench, "file.ics");
    assert_eq!(days(&first), days(&file));
    assert_eq!(file["refresh"], "PT4H");
    let msa = about(&first, "Master Subscription")[0].clone();
    assert!(msa["url"].as_str().unwrap().starts_with(&format!("http://{}/contract/", page.host())), "{msa}");
    assert!(msa["alarms"].as_u64().unwrap() > 0 && msa["sequence"] == 0, "{msa}");
    assert_eq!(
        page.get(msa["url"].as_str().unwrap().split_once(&page.host()).unwrap().1.split('#').next().unwrap()).code,
        200
    );

    // The secret opens the calendar and nothing else, and nothing else opens it.
    for path in [
        format!("/?token={secret}"),
        format!("/contracts?token={secret}"),
        format!("/calendar?token={secret}"),
        format!("/calendar.ics?token={}", page.token),
        format!("/calendar.ics?token={}", "0".repeat(64)),
        "/calendar.ics?token=".to_owned(),
        "/calendar.ics".to_owned(),
    ] {
        assert_eq!(ask(&path).code, 403, "{path}");
    }
    let other = page.send(&format!("GET /calendar.ics?token={secret}"), &["Host: evil.example"], "");
    assert_eq!(other.code, 421);

    // A moved day has the next number; what fell away is cancelled; both once.
    bench.out(&["set", MSA, "renewal.notice_period", "90 days"]);
    let moved = about(&get(""), "Master Subscription")[0].clone();
    assert_eq!((&moved["uid"], &moved["sequence"]), (&msa["uid"], &1.into()));
    assert_ne!(moved["start"], msa["start"]);
    assert_eq!(about(&get(""), "Master Subscription")[0]["sequence"], 1);
    bench.out(&["remove", MSA]);
    let gone = get("");
    let gone: Vec<&Value> = gone["events"].as_array().unwrap().iter().filter(|e| e["uid"] == msa["uid"]).collect();
    assert_eq!((gone.len(), &gone[0]["status"], &gone[0]["sequence"]), (1, &"CANCELLED".into(), &2.into()));

    // The address is the same in the next run, and each owner has an own calendar.
    bench.out(&["assign", CONTRACTS[1], "Bo Lind"]);
    drop(page);
    let page = Page::open(&bench);
    assert!(page.get("/calendar").body.contains(&secret));
    let host = format!("Host: {}", page.host());
    let of = |owner: &str| page.send(&format!("GET /calendar.ics?token={secret}&owner={owner}"), &[&host], "");
    assert_eq!(of("Nobody+Known").code, 404);
    bench.write("bo.ics", of("Bo%20Lind").body);
    let own = read(&bench, "bo.ics")["events"].as_array().unwrap().clone();
    assert!(!own.is_empty() && own.iter().all(|event| event["status"] == ""), "{own:?}");
    bench.out(&["assign", CONTRACTS[1], "Cy Dale"]);
    bench.write("bo.ics", of("Bo%20Lind").body);
    let left = read(&bench, "bo.ics")["events"].as_array().unwrap().clone();
    assert!(left.len() == own.len() && left.iter().all(|event| event["status"] == "CANCELLED"), "{left:?}");
}

/// By the careful reading its day has passed, by the plain count there is time: it is in the calendar, and so is that
/// somebody settled it.
#[test]
fn what_is_settled_on_its_last_days_is_cancelled() {
    let bench = Bench::ingested();
    let msa = |day: &str| -> (Value, Value) {
        bench.out(&["export", "--format", "ics", "--as-of", day, "-o", "all.ics"]);
        let calendar = read(&bench, "all.ics");
        let all = calendar["events"].as_array().unwrap();
        let event = all.iter().find(|event| event["start"] == crate::remind::ACT_BY).expect("the event");
        (event["status"].clone(), event["sequence"].clone())
    };
    assert_eq!(msa("2026-11-27"), ("".into(), 0.into()));
    bench.out(&["decide", MSA, "renew", "--entry", crate::remind::ENTRY]);
    assert_eq!(msa("2026-11-28"), ("CANCELLED".into(), 1.into()));
    assert_eq!(msa("2026-11-29"), ("CANCELLED".into(), 1.into()));
    bench.out(&["undo", MSA]);
    assert_eq!(msa("2026-11-30"), ("".into(), 2.into()));
}

#[test]
fn each_owner_has_a_calendar() {
    let bench = Bench::ingested();
    bench.out(&["assign", MSA, "Ann Field"]);
    let export = || {
        bench.out(&["export", "--format", "ics", "--by-owner", "--as-of", "2026-03-01", "-o", "calendars"]);
        let files = std::fs::read_dir(bench.path("calendars")).unwrap();
        let mut files: Vec<_> = files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        files
    };
    assert_eq!(export(), ["ann-field.ics", "nobody.ics"]);
    let ann = read(&bench, "calendars/ann-field.ics");
    assert!(!about(&ann, "Master Subscription").is_empty());
    assert_eq!(ann["names"], serde_json::json!(["Contract deadlines: Ann Field"]));
    assert!(about(&read(&bench, "calendars/nobody.ics"), "Master Subscription").is_empty());
    // The contract goes to somebody else: the dates fall away from one calendar and come into another one.
    bench.out(&["assign", MSA, "Bo Lind"]);
    assert_eq!(export(), ["ann-field.ics", "bo-lind.ics", "nobody.ics"]);
    let left = read(&bench, "calendars/ann-field.ics");
    let left = left["events"].as_array().unwrap();
    assert!(left.len() == ann["events"].as_array().unwrap().len() && left.iter().all(|e| e["status"] == "CANCELLED"));
    assert!(!about(&read(&bench, "calendars/bo-lind.ics"), "Master Subscription").is_empty());
    // However its name is written.
    std::fs::remove_dir_all(bench.path("calendars")).unwrap();
    std::fs::create_dir(bench.path("calendars")).unwrap();
    bench.out(&["export", "--format", "ics", "--as-of", "2026-03-01", "-o", "calendars/ALL.ICS"]);
    export();
    let all = read(&bench, "calendars/ALL.ICS");
    let all = all["events"].as_array().unwrap();
    assert!(!all.is_empty() && all.iter().all(|event| event["status"] == "CANCELLED"), "{all:?}");
    // Two whose names are written in nearly the same way never get each other's dates, whoever comes and goes.
    let mine = |owner: &str| {
        bench.out(&["assign", MSA, owner]);
        let files = export();
        let calendars = files.iter().map(|file| (file.clone(), read(&bench, &format!("calendars/{file}"))));
        let mut calendars =
            calendars.filter(|(_, calendar)| calendar["names"][0] == format!("Contract deadlines: {owner}"));
        let (file, calendar) = calendars.next().unwrap();
        assert!(calendars.next().is_none() && about(&calendar, "Master Subscription").len() == 1, "{calendar}");
        file
    };
    bench.out(&["assign", CONTRACTS[1], "a-b"]);
    let first = mine("A B");
    let second = mine("a-b");
    assert_ne!(first, second);
    bench.out(&["assign", CONTRACTS[1], "A B"]);
    assert_eq!((mine("A B"), mine("a-b")), (first, second));
    let (code, message) = bench.fails(&["export", "--by-owner", "-o", "calendars"]);
    assert!(code == 2 && message.contains("--format ics"), "{message}");
}
