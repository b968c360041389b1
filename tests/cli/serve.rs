//! The page: who may come in, and that what is said there counts everywhere.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::common::{Bench, CONTRACTS};
use crate::remind;
use crate::served::{Page, id};

const MSA: &str = CONTRACTS[0];

fn record(bench: &Bench) -> Value {
    bench.json(&["show", MSA, "--as-of", "2026-03-01", "--format", "json"])
}

/// Duties whose day has passed come first, until somebody says what became of them.
#[test]
fn overdue_duties_can_be_marked_done() {
    let bench = Bench::ingested();
    let all = bench.json(&[
        "schedule",
        "--kind",
        "obligation-due",
        "--as-of",
        "2026-03-01",
        "--within",
        "30d",
        "--format",
        "json",
    ]);
    let late = all.as_array().unwrap().iter().find(|e| e["file_name"] == MSA).unwrap();
    let (duty, day) = (late["id"].as_str().unwrap(), late["act_by"].as_str().unwrap());
    let page = Page::on(&bench, "2026-04-20");
    let overdue = || {
        let body = page.get("/obligations").body;
        let (first, _) = body.split_once("What falls due in the next").unwrap();
        first.to_owned()
    };
    let shown = overdue();
    assert!(shown.contains("Overdue") && shown.contains(day) && shown.contains(duty), "{shown}");
    let contract = id(&bench, MSA);
    page.say(&format!("/contract/{contract}/done"), &format!("back=/obligations&duty={duty}&state=done&on={day}"));
    assert!(!overdue().contains(duty));
    page.say(&format!("/contract/{contract}/undo"), "back=/obligations");
    assert!(overdue().contains(duty), "it is open again");
}

/// The points to review of a contract of high value are answered where they stand, on both pages.
#[test]
fn the_review_of_a_contract_of_high_value_is_done_point_by_point() {
    let bench = Bench::ingested();
    bench.write("tickler.toml", "high_value_above = [\"USD 1\"]\n");
    bench.out(&["set", "cloud-msa", "annual_value", "USD 250,000"]);
    let page = Page::on(&bench, "2024-02-20");
    let contract = format!("/contract/{}", id(&bench, MSA));
    let shown = || page.get(&contract).body.split_once("Review after signing: ").unwrap().1.to_owned();
    let first = shown();
    assert!(first.starts_with("0 of 4 points seen to"), "{first}");
    // The form of the first point.
    let points: Vec<&str> = first.split("as its value is high").skip(1).collect();
    let duty = |of: &str| of.split_once("name=\"duty\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let point = duty(points[0]);
    let listed = page.get("/obligations").body;
    assert!(listed.contains(&format!("value=\"{point}\"")), "it is among the things to do: {listed}");
    page.say(&format!("{contract}/done"), &format!("duty={point}&state=done&on=2024-02-19&evidence=minutes.docx"));
    let then = shown();
    assert!(then.starts_with("1 of 4 points seen to") && then.contains("minutes.docx"), "{then}");
    assert!(!page.get("/obligations").body.contains(&format!("value=\"{point}\"")), "it left the list");
    // Long after its day the rest can still be answered.
    let late = Page::on(&bench, "2026-03-01");
    let body = late.get(&contract).body;
    assert!(body.contains("1 of 4 points seen to"), "{body}");
    late.say(&format!("{contract}/done"), &format!("duty={}&state=waived", duty(points[1])));
    assert!(late.get(&contract).body.contains("2 of 4 points seen to"));
}

/// A duty as a whole, with or without dates, has its words, and what is said of it counts for each date.
#[test]
fn duties_are_answered_as_a_whole() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let contract = format!("/contract/{}", id(&bench, MSA));
    let record = record(&bench);
    let duties = record["obligations"].as_array().unwrap();
    let body = page.get(&contract).body;
    let all = body.split_once("All obligations (").unwrap().1;
    for duty in duties {
        let id = duty["id"].as_str().unwrap();
        let (_, own) = all.split_once(&format!("id=\"fact-{id}\"")).unwrap();
        assert!(own.contains(&format!("?fact={id}")), "no words for {id}");
        assert!(own.contains(&format!("name=\"duty\" value=\"{id}\"")), "no form for {id}");
    }
    let dated = |duty: &str| {
        let all = bench.json(&["schedule", "--duties", "--within", "2y", "--as-of", "2026-03-01", "--format", "json"]);
        all.as_array().unwrap().iter().filter(|e| e["facts"][0] == duty).count()
    };
    let duty = duties.iter().map(|d| d["id"].as_str().unwrap()).find(|id| dated(id) > 1).unwrap();
    page.say(&format!("{contract}/done"), &format!("duty={duty}&state=not-ours&why=theirs"));
    assert_eq!(dated(duty), 0, "none of its dates is left");
    let body = page.get(&contract).body;
    let own = body.split_once(&format!("id=\"fact-{duty}\"")).unwrap().1;
    assert!(own.split_once("<form").unwrap().0.contains("not ours"), "{own}");
    // Of recurring duties there are many dates: the next ones, and the others where they are asked for.
    let count = |body: &str| body.split_once("All obligations (").unwrap().0.matches("name=\"duty\"").count();
    if body.contains("more dates</a>") {
        assert!(count(&page.get(&format!("{contract}?duties=all")).body) > count(&body));
    }
}

#[test]
fn contracts_are_chosen_by_their_open_decisions_and_reports_by_owner() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let undecided = || page.get("/contracts?decision=undecided").body;
    let listed = bench.json(&["list", "--undecided", "--as-of", "2026-03-01", "--format", "json"]);
    let names: Vec<&str> = listed.as_array().unwrap().iter().map(|row| row["file_name"].as_str().unwrap()).collect();
    assert!(names.contains(&MSA) && names.len() < CONTRACTS.len(), "{names:?}");
    for name in CONTRACTS {
        assert_eq!(undecided().contains(name), names.contains(&name), "{name}");
    }
    page.say(&format!("/contract/{}/decide", id(&bench, MSA)), "decision=renew");
    assert!(!undecided().contains(MSA), "it is decided");
    assert!(page.get("/contracts?decision=perhaps").body.contains("role=\"alert\""));

    bench.out(&["assign", MSA, "Bo Lind"]);
    for (query, args) in [("owner=Bo+Lind", ["--owner", "Bo Lind"].as_slice()), ("owner=-", &["--unowned"])] {
        bench.out(&[&["report", "--as-of", "2026-03-01", "--since", "7d", "--out", "r.html"], args].concat());
        let file = page.get(&format!("/reports/contracts-report.html?since=7d&{query}"));
        assert_eq!(file.body, std::fs::read_to_string(bench.path("r.html")).unwrap(), "{query}");
    }
}

/// What was and what will be, in its order, with what people said.
#[test]
fn a_contract_has_a_timeline() {
    let bench = Bench::empty();
    let (parent, amendment) = ("maintenance-agreement-parent.pdf", "maintenance-agreement-amendment-1.pdf");
    bench.add(&[parent, amendment]);
    bench.run(&["ingest", "in"]).assert().success();
    bench.out(&["event", parent, "the handover", "2026-01-15"]);
    let page = Page::open(&bench);
    let contract = format!("/contract/{}", id(&bench, parent));
    let body = page.get(&contract).body;
    let line = body.split_once("<ol class=\"timeline\">").unwrap().1.split_once("</ol>").unwrap().0;
    let days: Vec<&str> = line.split("datetime=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(days.len() > 4 && days.is_sorted(), "{days:?}");
    let at = |words: &str| line.find(words).unwrap_or_else(|| panic!("{words}: {line}"));
    assert!(at("It takes effect") < at(amendment) && at(amendment) < at("Today"), "{line}");
    assert!(at("the handover") < at("Today") && at("Today") < at("Last day for notice"), "{line}");

    // Apart, and together again: on the page as with the command.
    let amends = format!("/contract/{}", id(&bench, amendment));
    let told = page.say(&format!("{amends}/link"), "how=none&back=/contracts");
    assert!(told.contains("belongs to no other agreement"), "{told}");
    assert!(!page.get(&contract).body.contains("Amended by"));
    let told = page.say(&format!("{amends}/link"), "how=part&parent=maintenance-agreement-parent&back=/contracts");
    assert!(told.contains(&format!("belongs to {parent}")), "{told}");
    assert!(page.get(&contract).body.contains("Amended by"));
    for (form, why) in
        [("how=part", "name the other file"), ("how=rival", "how the two belong"), ("how=part&parent=xyz", "xyz")]
    {
        let refused = page.post(&format!("{amends}/link"), form);
        assert!(refused.code == 422 && refused.body.contains(why), "{form}: {}", refused.body);
    }
}

/// A hit leads to its page, where the words that were found are marked.
#[test]
fn words_that_were_found_are_marked_on_their_page() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let hits = page.get("/search?q=renewal+notice&by=words").body;
    let (_, rest) = hits.split_once("<ol class=\"hits\">").unwrap();
    let link = rest.split('"').find(|part| part.contains("/page/")).unwrap().replace("&amp;", "&");
    assert!(link.contains("found=") && link.ends_with("#mark"), "{link}");
    let body = page.get(link.trim_end_matches("#mark")).body;
    let marked = body.split_once("class=\"box found\"").unwrap().1.split_once("</g>").unwrap().0;
    assert!(marked.contains("id=\"mark\"") && marked.matches("<rect").count() > 1, "{marked}");
    assert!(body.contains("the words that were found are marked"), "{body}");
    let nowhere = page.get(&format!("/contract/{}/page/1?found=xylophone", id(&bench, MSA))).body;
    assert!(!nowhere.contains("box found") && nowhere.contains("is not known"), "{nowhere}");
    // The excerpt of a hit by meaning.
    let quote = "This+Agreement+is+governed+by";
    let found = page.get(&format!("/contract/{}/page/3?quote={quote}", id(&bench, MSA))).body;
    assert!(found.contains("box found") || found.contains("is not known"), "{found}");
}

#[test]
fn only_the_printed_link_opens_it() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let (host, cookie) = (format!("Host: {}", page.host()), page.cookie());
    assert_eq!(page.token.len(), 64);

    let stranger = page.send("GET /", &[&host], "");
    assert_eq!(stranger.code, 403);
    assert!(stranger.body.contains("tickler serve"), "it tells what to do: {}", stranger.body);
    for path in ["/contracts", "/static/page.css", "/?token=", "/contracts?token=x"] {
        assert_eq!(page.send(&format!("GET {path}"), &[&host], "").code, 403, "{path}");
    }
    let wrong = format!("GET /?token={}", "0".repeat(64));
    assert_eq!(page.send(&wrong, &[&host], "").code, 403);
    let other = format!("Cookie: tickler-{}={}", page.port, "0".repeat(64));
    assert_eq!(page.send("GET /", &[&host, &other], "").code, 403);

    let entered = page.send(&format!("GET /?token={}", page.token), &[&host], "");
    assert_eq!(entered.code, 303);
    let cookie_line = entered.head.lines().find(|line| line.starts_with("set-cookie")).unwrap();
    assert!(cookie_line.contains("httponly") && cookie_line.contains("samesite=strict"), "{cookie_line}");
    assert!(entered.head.contains("location: /\r\n") || entered.head.ends_with("location: /"), "{}", entered.head);
    assert_eq!(page.send("GET /", &[&host, &cookie], "").code, 200);

    for name in ["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"] {
        assert_eq!(page.send("GET /", &[&format!("Host: {name}"), &cookie], "").code, 421, "{name}");
    }
    assert_eq!(page.send("GET /", &[&cookie], "").code / 100, 4, "no host at all");

    let note = format!("POST /contract/{}/note", id(&bench, MSA));
    let kind = "Content-Type: application/x-www-form-urlencoded";
    assert_eq!(page.send(&note, &[&host, &cookie, kind], "text=x").code, 403, "without an origin");
    for origin in ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:1"] {
        let origin = format!("Origin: {origin}");
        assert_eq!(page.send(&note, &[&host, &cookie, &origin, kind], "text=x").code, 403, "{origin}");
    }
    let own = format!("Origin: http://{}", page.host());
    assert_eq!(page.send(&note, &[&host, &own, kind], "text=x").code, 403, "without the cookie");
    assert!(!bench.out(&["log", MSA]).contains("note: x"), "nothing of it was said");
}

#[test]
fn every_answer_is_closed_to_other_pages() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    for path in ["/", "/static/page.css", "/nothing", "/contract/00"] {
        let head = page.get(path).head;
        for line in [
            "content-security-policy: default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action \
             'self'; base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(line), "{path}: {head}");
        }
    }
    for path in
        ["/static/../page.rs", "/static/%2e%2e%2fCargo.toml", "/static/..%2f..%2fetc%2fpasswd", "/static/x", "/static/"]
    {
        assert_eq!(page.get(path).code, 404, "{path}");
    }
    let large = format!("text={}", "x".repeat(100_000));
    assert_eq!(page.post(&format!("/contract/{}/note", id(&bench, MSA)), &large).code, 413);
}

#[test]
fn each_page_shows_what_the_commands_show() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let id = id(&bench, MSA);
    for (path, wanted) in [
        ("/", "Sunday, 1 March 2026".to_owned()),
        ("/contracts?state=all", MSA.to_owned()),
        ("/contracts?state=all&sort=name&q=holloway", "1</span>".to_owned()),
        (&*format!("/contract/{id}"), "Last day for notice of non-renewal".to_owned()),
        ("/calendar", "November 2026".to_owned()),
        ("/calendar?month=2026-11", "to act".to_owned()),
        ("/review", "Review".to_owned()),
        ("/obligations", "Obligations".to_owned()),
        ("/performance", "Performance".to_owned()),
        ("/reports?since=7d", "Contracts as of 1 March 2026".to_owned()),
        ("/search?q=terminate&by=words", "<mark>".to_owned()),
    ] {
        let answer = page.get(path);
        assert_eq!(answer.code, 200, "{path}: {}", answer.body);
        assert!(answer.body.contains(&wanted), "{path} has no {wanted}");
        assert!(!answer.body.contains("<style") && !answer.body.contains(" style="), "no style inside {path}");
    }
    assert_eq!(page.get("/search?q=price&by=meaning").code, 422, "no model was given");
    assert_eq!(page.get(&format!("/contract/{}", "0".repeat(64))).code, 404);
    let letter = page.get(&format!("/contract/{id}/letter?from=Holloway"));
    assert!(
        letter.code == 200 && letter.head.contains("text/plain") && letter.body.contains("DRAFT"),
        "{}",
        letter.body
    );
}

#[test]
fn what_is_said_on_the_page_counts_on_the_command_line_and_stays() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let contract = format!("/contract/{}", id(&bench, MSA));
    let told = page.say(&format!("{contract}/assign"), "owner=Bo+Lind&backup=me&why=new");
    assert!(told.contains("Bo Lind answers for it, Ann Field stands in"), "{told}");
    page.say(&format!("{contract}/confirm"), "field=governing_law");
    let quote = "at+least+sixty+%2860%29+days";
    let form = format!("field=renewal.notice_period&value=90+days&page=3&quote={quote}&why=letter");
    let told = page.say(&format!("{contract}/set"), &form);
    assert!(told.contains("The next day to act is"), "{told}");
    let told = page.say(&format!("{contract}/decide"), "decision=end&why=too+dear");
    assert!(told.contains("Decided: end"), "{told}");
    let told = page.say(&format!("{contract}/sent"), "way=courier&on=2026-03-01");
    assert!(told.contains("IN TIME"), "{told}");
    let schedule = record(&bench)["schedule"].as_array().unwrap().clone();
    let duty =
        schedule.iter().find(|e| e["kind"] == "obligation_due" && e["act_by"].as_str() > Some("2026-03-01")).unwrap();
    page.say(&format!("{contract}/done"), &format!("duty={}&state=not-ours", duty["id"].as_str().unwrap()));
    let told = page.say(&format!("{contract}/note"), "text=%3Cscript%3Ealert%281%29%3C%2Fscript%3E");
    assert!(told.contains("&lt;script&gt;alert") && !told.contains("<script>alert"), "escaped: {told}");

    let check = |when: &str| {
        let record = record(&bench);
        assert_eq!(record["owner"]["name"], "Bo Lind", "{when}");
        assert_eq!(record["renewal"]["value"]["notice_period"]["iso"], "P90D", "{when}");
        assert_eq!(record["corrections"].as_array().unwrap().len(), 2, "{when}");
        let said = record["said"].to_string();
        for word in ["\"decision\":\"end\"", "\"in_time\"", "not_ours"] {
            assert!(said.contains(word), "{when}: no {word} in {said}");
        }
        let log = bench.out(&["log", MSA]);
        assert!(log.contains("Ann Field") && log.contains("note: <script>alert(1)</script>"), "{when}: {log}");
        assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true, "{when}");
    };
    check("at once");
    bench.run(&["ingest", "in", "--force"]).assert().success();
    check("read again, beside the page");
    assert!(page.get("/contracts?state=all").body.contains("Bo Lind"));

    // What cannot be is told, and nothing is kept.
    for (act, form) in [
        ("set", "field=expiration_date&value=soon"),
        ("set", "field=nothing&value=1"),
        ("decide", "decision=perhaps"),
        ("sent", "way=pigeon"),
        ("snooze", "duty=0000000000000000&until=2027-01-01"),
        ("confirm", ""),
        ("event", "event=x&on=yesterday"),
    ] {
        let refused = page.post(&format!("{contract}/{act}"), form);
        assert_eq!(refused.code, 422, "{act} {form}: {}", refused.body);
        assert!(refused.body.contains("role=\"alert\""), "{act}");
    }
    assert_eq!(page.post(&format!("{contract}/destroy"), "").code, 404);
    // The way back never leads elsewhere.
    let answer = page.post(&format!("{contract}/note"), "text=y&back=//evil.example/");
    assert!(!answer.head.contains("evil.example"), "{}", answer.head);
}

#[test]
fn levels_are_measured_on_the_page_as_on_the_command_line() {
    let bench = Bench::empty();
    bench.add(&["managed-cloud-services.pdf"]);
    bench.run(&["ingest", "in"]).assert().success();
    let page = Page::open(&bench);
    let record = bench.json(&["show", "managed-cloud", "--format", "json"]);
    let levels = record["service_levels"].as_array().unwrap();
    let level = levels.iter().find(|level| level["value"]["metric"] == "availability").unwrap();
    let (level, path) =
        (level["id"].as_str().unwrap(), format!("/contract/{}/measure", id(&bench, "managed-cloud-services.pdf")));
    let told = page.say(&path, &format!("level={level}&period=2026-01&value=99.2%25&back=/performance"));
    assert!(told.contains("Kept: availability in 2026-01: 99.2%, BREACH; the credit is"), "{told}");
    assert!(told.contains("1 measured value, 1 breach."), "{told}");
    let history = bench.json(&["measure", "--history", "managed-cloud", "--format", "json"]);
    assert_eq!(history["outcomes"][0]["measurement"]["raw"], "99.2%");
    let claim = history["outcomes"][0]["claim_by"]["readings"]["conservative"].as_str().unwrap();
    assert!(page.get("/performance").body.contains(claim), "the last day to claim");
    assert!(page.get("/reports").body.contains("1 measured values, 1 breaches."));
    for (form, why) in [
        (format!("level={level}&period=soon&value=99"), "is no period"),
        (format!("level={level}&period=2026-01&value=much"), "is no measured value"),
        ("level=0&period=2026-01&value=99".to_owned(), "no such level"),
    ] {
        let answer = page.post(&path, &form);
        assert!(answer.code == 422 && answer.body.contains(why), "{form}: {}", answer.body);
    }
    let history = bench.json(&["measure", "--history", "managed-cloud", "--format", "json"]);
    assert_eq!(history["outcomes"].as_array().unwrap().len(), 1);
}

#[test]
fn the_report_of_the_page_is_that_of_the_command() {
    let bench = Bench::ingested();
    bench.out(&["assign", MSA, "Bo Lind"]);
    let page = Page::open(&bench);
    bench.out(&["report", "--as-of", "2026-03-01", "--since", "7d", "--out", "r.html"]);
    let file = page.get("/reports/contracts-report.html?since=7d");
    assert_eq!(file.body, std::fs::read_to_string(bench.path("r.html")).unwrap());
    assert!(file.head.contains("content-disposition: attachment"), "{}", file.head);
    let pdf = page.get("/reports/contracts-report.pdf?since=7d");
    assert!(pdf.head.contains("content-type: application/pdf") && pdf.body.starts_with("%PDF-"), "{}", pdf.head);
    let shown = page.get("/reports?since=7d").body;
    assert!(shown.contains("href=\"/reports/contracts-report.pdf?since=7d\""), "{shown}");
    assert!(shown.contains("Bo Lind") && shown.contains(&format!("href=\"/contract/{}\"", id(&bench, MSA))), "{shown}");
    // What is said is in the next one.
    page.say(&format!("/contract/{}/assign", id(&bench, MSA)), "owner=Cy+Dale");
    assert!(page.get("/reports").body.contains("Cy Dale"));
    assert_eq!(page.get("/reports?since=lately").code, 422);
    assert!(page.get("/static/report.css").head.contains("text/css"));
}

#[test]
fn a_letter_is_drafted_on_the_page() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let contract = format!("/contract/{}", id(&bench, MSA));
    let text = page.get(&format!("{contract}/letter?from=Holloway"));
    assert!(text.body.contains("NOTICE OF NON-RENEWAL"), "{}", text.body);
    let document = page.get(&format!("{contract}/letter?from=Holloway&as=docx"));
    assert!(document.head.contains("notice-draft.docx") && document.body.starts_with("PK"), "{}", document.head);
    // A contract that can be ended at any time asks for the day.
    let shown = page.get(&contract).body;
    assert!(shown.contains("End it on a day"), "{shown}");
    page.say(&format!("{contract}/decide"), "decision=end&ends=2040-06-29");
    let said = page.get(&contract).body;
    assert!(said.contains("to end the contract on 2040-06-29") && !said.contains("End it on a day"), "{said}");
}

/// Two people at once: each of them is heard.
#[test]
fn the_page_and_the_command_line_lose_nothing_of_each_other() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let note = format!("/contract/{}/note", id(&bench, MSA));
    std::thread::scope(|scope| {
        scope.spawn(|| (0..10).for_each(|n| drop(page.say(&note, &format!("text=page+{n}")))));
        scope.spawn(|| (0..10).for_each(|n| drop(page.say(&note, &format!("text=other+{n}")))));
        (0..10).for_each(|n| drop(bench.out(&["--wait=60", "note", MSA, &format!("line {n}")])));
    });
    let log = bench.out(&["log", MSA]);
    for n in 0..10 {
        for who in ["page", "other", "line"] {
            assert!(log.contains(&format!("note: {who} {n}")), "{who} {n} is lost: {log}");
        }
    }
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

/// Whoever sends nothing keeps nobody waiting.
#[test]
fn a_slow_client_stops_nobody() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let mut slow = TcpStream::connect(page.host()).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    assert_eq!(page.get("/").code, 200);
    slow.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"), "the connection was closed");
}

#[test]
fn the_list_of_contracts_names_the_other_party() {
    let bench = remind::bench("us = [\"Holloway Freight Partners LLC\"]\n");
    let page = Page::open(&bench);
    let shown = page.get("/contracts?state=all&q=holloway").body;
    assert!(shown.contains("<td>Brightwater Analytics</td>"), "{shown}");
}
