//! Reminders, from the store to a person.

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rusqlite::Connection;
use serde_json::Value;
use sha2::Sha256;

use crate::common::{Bench, CONTRACTS};
use crate::mail::{Begin, Receiver, Smtp};

const MSA: &str = CONTRACTS[0];
/// The decision of this contract is to be made by 25 November 2026.
const ACT_BY: &str = "2026-11-25";

fn bench(settings: &str) -> Bench {
    let bench = Bench::ingested();
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    configure(&bench, settings);
    bench
}

fn configure(bench: &Bench, settings: &str) {
    bench.write("home/.config/tickler/tickler.toml", settings);
}

const PEOPLE: &str = "us = [\"Holloway\"]\n[remind]\nto = \"all@example.com\"\n\
    [[person]]\nname = \"Ann Field\"\nemail = \"ann@example.com\"\n\
    [[person]]\nname = \"Bo Lind\"\nemail = \"bo@example.com\"\n";

/// The reminders that a run writes.
fn remind(bench: &Bench, day: &str) -> Vec<Value> {
    let report = bench.json(&["remind", "--as-of", day, "--format", "json"]);
    report["reminders"].as_array().unwrap().clone()
}

/// Those about the decision of the one contract: to whom, and for which day.
fn about(reminders: &[Value]) -> Vec<(&str, &str)> {
    let ours = reminders.iter().filter(|one| one["act_by"] == ACT_BY);
    ours.map(|one| (one["recipient"].as_str().unwrap(), one["day"].as_str().unwrap())).collect()
}

fn files(folder: PathBuf) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut all: Vec<(String, String)> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    all.sort();
    all
}

/// The states of the outbox, by how often they occur.
fn states(bench: &Bench, state: &str) -> usize {
    let all = bench.json(&["remind", "--list", "--format", "json"]);
    all.as_array().unwrap().iter().filter(|one| one["state"] == state).count()
}

#[test]
fn a_reminder_becomes_a_message_in_a_folder() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    assert!(!bench.out(&["today"]).contains("Reminders") && !bench.out(&["doctor"]).contains("Reminders"));
    let dry = bench.out(&["remind", "--as-of", "2026-11-12", "--dry-run"]);
    assert!(dry.contains("ann@example.com: ") && dry.contains("Nothing was written"), "{dry}");
    assert!(dry.lines().all(|line| line.chars().count() <= 80), "{dry}");
    assert!(bench.out(&["remind", "--list"]).contains("No reminder was written yet"));
    let first = remind(&bench, "2026-11-12");
    assert_eq!(about(&first), [("ann@example.com", "2026-11-11")]);
    let sent = bench.out(&["send"]);
    assert!(sent.contains("ann@example.com in "), "{sent}");
    let messages = files(bench.path("store/mail"));
    let (name, message) = messages.iter().find(|(_, text)| text.contains("To: \"Ann Field\" <ann@example.com>")).unwrap();
    let id = name.strip_suffix(".eml").unwrap();
    assert!(message.contains(&format!("Message-ID: <{id}@localhost>\r\n")), "{message}");
    assert!(message.contains("Auto-Submitted: auto-generated\r\n"), "{message}");
    for part in ["25 November 2026 (in 13 days) *", "It must arrive by 2026-12-01.", "page 2", "BEGIN:VCALENDAR"] {
        assert!(message.replace("=\r\n", "").contains(part), "{part}: {message}");
    }
    assert!(message.replace("=\r\n", "").contains("DTSTART;VALUE=DATE:20261125"), "{message}");
    // What is sent is told in the log, and the store is sound.
    let log = bench.out(&["log", MSA]);
    assert!(log.contains("reminder written: mail to ann@example.com") && log.contains("reminder delivered"), "{log}");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
    assert_eq!((states(&bench, "waiting"), states(&bench, "delivered")), (0, first.len()));
    assert!(bench.out(&["send"]).contains("Nothing waits to be sent"));
    for command in ["today", "doctor"] {
        assert!(bench.out(&[command]).contains("last looked for 20"), "{command}");
    }
    let list = bench.out(&["remind", "--list"]);
    assert!(list.contains("sent") && list.contains(ACT_BY), "{list}");
}

#[test]
fn each_stage_is_told_once_and_late_rather_than_never() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    for (day, told) in [
        ("2026-08-26", &[][..]),
        ("2026-08-27", &[("ann@example.com", "2026-08-27")]),
        ("2026-08-27", &[]),
        ("2026-09-20", &[]),
        // The computer was off for four weeks, in which sixty and thirty days were left; nobody reacted since August.
        ("2026-10-27", &[("ann@example.com", "2026-10-26"), ("bo@example.com", "2026-10-26")]),
        ("2026-11-25", &[("ann@example.com", "2026-11-25"), ("bo@example.com", "2026-11-25")]),
        ("2026-11-26", &[("ann@example.com", "2026-11-26"), ("bo@example.com", "2026-11-26")]),
        ("2026-12-02", &[]),
        ("2026-12-03", &[("ann@example.com", "2026-12-03"), ("bo@example.com", "2026-12-03")]),
    ] {
        assert_eq!(about(&remind(&bench, day)), told, "{day}");
    }
    // Somebody reacts.
    bench.run(&["decide", MSA, "renew"]).assert().success();
    assert_eq!(about(&remind(&bench, "2026-12-10")), []);
    // All of it waits in one message a person: the newest says what the older ones said.
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn a_decision_that_passed_while_the_computer_was_off_is_told() {
    let bench = bench(PEOPLE);
    assert_eq!(about(&remind(&bench, "2026-08-20")), []);
    // Its term goes on, or it was long ago: both are told once.
    for day in ["2026-12-20", "2027-06-20"] {
        let bench = self::bench(PEOPLE);
        remind(&bench, "2026-08-20");
        let told = remind(&bench, day);
        let ours = told.iter().find(|one| one["act_by"] == ACT_BY).unwrap_or_else(|| panic!("{day}: {told:?}"));
        assert_eq!(ours["overdue"], true);
    }
}

#[test]
fn what_waits_lapses_when_it_is_moot() {
    let bench = bench(PEOPLE);
    let first = remind(&bench, "2026-11-12");
    assert_eq!(about(&first), [("all@example.com", "2026-11-11")]);
    // A week later the next stage says the same.
    let report = bench.json(&["remind", "--as-of", "2026-11-18", "--format", "json"]);
    assert!(report["moot"].to_string().contains("a later one tells of the same date"), "{report}");
    // The date moves.
    bench.run(&["set", MSA, "renewal.notice_period", "90 days", "--why", "side letter"]).assert().success();
    let report = bench.json(&["remind", "--as-of", "2026-11-18", "--format", "json"]);
    assert!(report["moot"].to_string().contains("its date has moved or fallen away"), "{report}");
    let moved = report["reminders"].as_array().unwrap().iter().find(|one| one["document"] == first[0]["document"]);
    assert!(moved.is_some_and(|one| one["overdue"] == true), "{report}");
    // Somebody sees to it.
    bench.run(&["decide", MSA, "renew"]).assert().success();
    let report = bench.json(&["remind", "--as-of", "2026-11-18", "--format", "json"]);
    assert!(report["moot"].to_string().contains("somebody saw to it"), "{report}");
    bench.run(&["send"]).assert().success();
    let sent = files(bench.path("store/mail"));
    assert!(sent.iter().all(|(_, text)| !text.contains("25 November 2026")), "{sent:?}");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
    // With its contract a reminder goes.
    bench.run(&["remove", MSA]).assert().success();
    assert!(!bench.out(&["remind", "--list"]).contains(ACT_BY));
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn an_owner_without_an_address_is_told_and_everybody_gets_it() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Cy Stone"]).assert().success();
    let output = bench.run(&["remind", "--as-of", "2026-11-12", "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("Cy Stone: has no address") && message.contains("[[person]]"), "{message}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(about(report["reminders"].as_array().unwrap()), [("all@example.com", "2026-11-11")]);
}

#[test]
fn a_changed_reminder_is_passed_over_and_told() {
    let bench = bench(PEOPLE);
    let all = remind(&bench, "2026-11-12");
    let db = Connection::open(bench.path("store/tickler.db")).unwrap();
    db.execute("UPDATE outbox SET recipient = 'mallory@example.com' WHERE act_by = ?1", [ACT_BY]).unwrap();
    drop(db);
    let (code, message) = bench.fails(&["send"]);
    assert_eq!(code, 1);
    assert!(message.contains("reminder") && message.contains("not as it was written"), "{message}");
    let sent = files(bench.path("store/mail"));
    assert!(sent.iter().all(|(_, text)| !text.contains("mallory")), "{sent:?}");
    assert!(all.len() > 1 && states(&bench, "delivered") == all.len() - 1);
    let (code, found) = (bench.run(&["verify"]).output().unwrap().status.code(), bench.run(&["verify"]).output().unwrap());
    assert_eq!(code, Some(1));
    assert!(String::from_utf8(found.stdout).unwrap().contains("the reminder "));
}

#[test]
fn a_backup_holds_what_was_told() {
    let bench = bench(PEOPLE);
    remind(&bench, "2026-11-12");
    bench.run(&["send"]).assert().success();
    bench.run(&["backup", "b.db"]).assert().success();
    bench.run(&["restore", "b.db"]).assert().success();
    assert!(remind(&bench, "2026-11-12").is_empty());
    assert!(bench.out(&["send"]).contains("Nothing waits"));
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn a_maildir_gets_a_message_once() {
    let bench = bench("");
    configure(&bench, &format!("{PEOPLE}[send]\nmaildir = {:?}\n", bench.path("Maildir")));
    remind(&bench, "2026-11-12");
    bench.run(&["send"]).assert().success();
    let new = files(bench.path("Maildir/new"));
    assert_eq!(new.len(), 1);
    assert!(!new[0].1.contains('\r') && new[0].1.contains("To: \"everybody\" <all@example.com>\n") || new[0].1.contains("To: everybody <all@example.com>\n"), "{}", new[0].1);
    // Somebody read it, and the program forgot that it was delivered.
    fs::rename(bench.path("Maildir/new").join(&new[0].0), bench.path("Maildir/cur").join(format!("{}:2,S", new[0].0))).unwrap();
    let db = Connection::open(bench.path("store/tickler.db")).unwrap();
    db.execute("DELETE FROM deliveries", []).unwrap();
    drop(db);
    bench.run(&["send"]).assert().success();
    assert!(files(bench.path("Maildir/new")).is_empty() && files(bench.path("Maildir/tmp")).is_empty());
}

/// Settings that send by a server.
fn by_smtp(server: &Smtp, more: &str) -> String {
    format!("{PEOPLE}[send]\nfrom = \"tickler@example.com\"\n[send.smtp]\nhost = \"localhost\"\nport = {}\n{more}\n", server.port)
}

#[test]
fn mail_goes_over_starttls_with_a_login() {
    let bench = bench(PEOPLE);
    let server = Smtp::start(Begin::Starttls);
    bench.write("ca.pem", &server.ca);
    bench.write("password", "hunter2\n");
    let login = format!("ca = {:?}\nuser = \"tickler\"\npassword = {{ file = {:?} }}", bench.path("ca.pem"), bench.path("password"));
    configure(&bench, &by_smtp(&server, &login));
    remind(&bench, "2026-11-12");
    let sent = bench.json(&["send", "--format", "json"]);
    assert_eq!(sent[0]["delivered"], "all@example.com by localhost", "{sent}");
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let mail = &taken[0];
    assert!(mail.secret && mail.from.contains("<tickler@example.com>") && mail.to.contains("<all@example.com>"), "{mail:?}");
    assert_eq!(BASE64.decode(mail.login.as_ref().unwrap()).unwrap(), b"\0tickler\0hunter2");
    let id = sent[0]["id"].as_str().unwrap();
    assert_eq!(mail.header("Message-ID"), Some(&*format!("<{id}@example.com>")));
    assert!(mail.data.contains(&format!("boundary=\"tickler-{id}\"")) && mail.data.contains("contract-dates.ics"), "{mail:?}");
    // The program forgets that it was sent: the repeat is the same to the last byte.
    let db = Connection::open(bench.path("store/tickler.db")).unwrap();
    db.execute("DELETE FROM deliveries", []).unwrap();
    drop(db);
    bench.run(&["send"]).assert().success();
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].data, taken[1].data);
}

#[test]
fn mail_goes_over_implicit_tls_with_a_password_from_a_command() {
    let bench = bench(PEOPLE);
    let server = Smtp::start(Begin::Implicit);
    bench.write("ca.pem", &server.ca);
    let more = format!("tls = \"implicit\"\nca = {:?}\nuser = \"t\"\npassword = {{ command = [\"echo\", \"p\"] }}", bench.path("ca.pem"));
    configure(&bench, &by_smtp(&server, &more));
    remind(&bench, "2026-11-12");
    bench.run(&["send"]).assert().success();
    let taken = server.taken();
    assert!(taken.len() == 1 && taken[0].secret, "{taken:?}");
    assert_eq!(BASE64.decode(taken[0].login.as_ref().unwrap()).unwrap(), b"\0t\0p");
}

#[test]
fn what_cannot_be_sent_stays_and_says_why() {
    let bench = bench(PEOPLE);
    let (own, plain) = (Smtp::start(Begin::Starttls), Smtp::start(Begin::Never));
    remind(&bench, "2026-11-12");
    let try_with = |settings: &str| {
        configure(&bench, settings);
        let (code, message) = bench.fails(&["send"]);
        assert_eq!(code, 1, "{message}");
        assert_eq!(states(&bench, "delivered"), 0);
        message
    };
    let unknown = try_with(&by_smtp(&own, ""));
    assert!(unknown.contains("self-signed") && unknown.contains("`ca`"), "{unknown}");
    let open = try_with(&by_smtp(&plain, ""));
    assert!(open.to_lowercase().contains("starttls"), "{open}");
    assert!(own.taken().is_empty() && plain.taken().is_empty());
    let nobody = by_smtp(&own, "").replace(&format!("port = {}", own.port), "port = 1");
    assert!(try_with(&nobody).contains("localhost"), "a server that is not there");
    // A password in the clear is used, and told.
    bench.write("ca.pem", &own.ca);
    let clear = format!("ca = {:?}\nuser = \"t\"\npassword = \"p\"", bench.path("ca.pem"));
    configure(&bench, &by_smtp(&own, &clear));
    let output = bench.run(&["send"]).assert().success().get_output().clone();
    assert!(String::from_utf8(output.stderr).unwrap().contains("in the clear"));
    // One mailbox that is refused keeps no other from its mail.
    let bad = by_smtp(&own, &format!("ca = {:?}", bench.path("ca.pem"))).replace("ann@example.com", "refused@example.com");
    configure(&bench, &bad);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    remind(&bench, "2026-11-26");
    let before = own.taken().len();
    let (_, message) = bench.fails(&["send"]);
    assert!(message.contains("refused@example.com") && message.contains("no such mailbox"), "{message}");
    assert!(own.taken().len() > before && states(&bench, "waiting") > 0);
}

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn hook(port: u16, more: &str) -> String {
    format!("{PEOPLE}[[webhook]]\nname = \"crm\"\nurl = \"http://127.0.0.1:{port}/in\"\n{more}\n")
}

#[test]
fn a_webhook_gets_signed_messages_and_repeats_have_one_id() {
    let bench = bench(PEOPLE);
    let receiver = Receiver::start(&[503]);
    configure(&bench, &hook(receiver.port, &format!("secret = \"{KEY}\"")));
    let told = remind(&bench, "2026-11-12");
    assert_eq!(about(&told), [("all@example.com", "2026-11-11"), ("crm", "2026-11-11")]);
    bench.run(&["send"]).assert().success();
    let requests = receiver.requests();
    assert_eq!(requests.len(), 2, "busy, then taken");
    let header = |i: usize, name: &str| requests[i].headers.get(name).cloned().unwrap_or_default();
    assert_eq!(header(0, "webhook-id"), header(1, "webhook-id"));
    assert_eq!(requests[1].path, "/in");
    // As the receiver does it.
    let key = BASE64.decode(KEY.strip_prefix("whsec_").unwrap()).unwrap();
    let signed = format!("{}.{}.{}", header(1, "webhook-id"), header(1, "webhook-timestamp"), requests[1].body);
    let mac = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(signed).finalize().into_bytes();
    assert_eq!(header(1, "webhook-signature"), format!("v1,{}", BASE64.encode(mac)));
    let body: Value = serde_json::from_str(&requests[1].body).unwrap();
    assert_eq!(body["type"], "contract_dates.due");
    let dates = body["data"]["dates"].as_array().unwrap();
    assert!(dates.iter().any(|one| one["act_by"] == ACT_BY && one["confirmed"] == false), "{body}");
}

#[test]
fn a_webhook_that_sends_elsewhere_or_refuses_is_told() {
    for (status, part) in [(&[302][..], "sends elsewhere"), (&[400], "status 400"), (&[410], "gone")] {
        let bench = bench(PEOPLE);
        let receiver = Receiver::start(status);
        configure(&bench, &hook(receiver.port, &format!("secret = \"{KEY}\"")));
        remind(&bench, "2026-11-12");
        let (code, message) = bench.fails(&["send"]);
        assert_eq!(code, 1);
        assert!(message.contains("crm") && message.contains(part), "{message}");
        assert_eq!(receiver.requests().len(), 1);
    }
}

#[test]
fn chats_get_messages_in_their_own_form() {
    for (format, pointer) in [("slack", "/blocks/0/type"), ("teams", "/attachments/0/content/type")] {
        let bench = bench(PEOPLE);
        let receiver = Receiver::start(&[]);
        configure(&bench, &hook(receiver.port, &format!("format = \"{format}\"")));
        remind(&bench, "2026-11-12");
        bench.run(&["send"]).assert().success();
        let request = &receiver.requests()[0];
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let want = if format == "slack" { "header" } else { "AdaptiveCard" };
        assert_eq!(body.pointer(pointer).and_then(Value::as_str), Some(want), "{body}");
        assert!(request.body.contains(ACT_BY) && !request.headers.contains_key("webhook-signature"));
    }
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let bench = bench("");
    for (settings, part) in [
        ("[remind]\nto = \"nobody\"\n", "addresses"),
        ("[[person]]\nname = \"Ann\"\nemail = \"ann\"\n", "person"),
        ("[send]\nfolder = \"/a\"\nmaildir = \"/b\"\n", "one way"),
        ("[send.smtp]\nhost = \"x\"\n", "send.from and remind.to"),
        ("[[webhook]]\nname = \"x\"\nurl = \"https://example.com\"\n", "whsec_"),
    ] {
        configure(&bench, settings);
        let (code, message) = bench.fails(&["remind", "--dry-run"]);
        assert_eq!(code, 2);
        assert!(message.contains(part), "{message}");
    }
    // An address in the clear on the way is refused before anything is sent.
    configure(&bench, &format!("{PEOPLE}[[webhook]]\nname = \"x\"\nurl = \"http://example.com\"\nformat = \"slack\"\n"));
    remind(&bench, "2026-11-12");
    assert!(bench.fails(&["send"]).1.contains("https://"));
}

#[test]
fn settings_of_the_working_folder_send_nothing_anywhere() {
    let bench = Bench::ingested();
    bench.write("tickler.toml", "[send]\nfolder = \"stolen\"\n[remind]\nto = \"mallory@example.com\"\n");
    bench.run(&["remind", "--as-of", "2026-11-12"]).assert().success();
    bench.run(&["send"]).assert().success();
    assert!(!bench.path("stolen").exists());
    assert!(files(bench.path("store/mail")).iter().all(|(_, text)| !text.contains("mallory")));
}

#[test]
fn units_name_the_program_and_the_store() {
    let bench = Bench::ingested();
    let store = bench.path("store").to_str().unwrap().to_owned();
    for (unit, part) in [("systemd", "OnCalendar"), ("cron", "0 7 * * *"), ("launchd", "StartCalendarInterval")] {
        let text = bench.out(&["remind", "--unit", unit]);
        assert!(text.contains(part) && text.contains(&store) && text.contains("send"), "{text}");
    }
    // The line of cron works as it stands.
    let line = bench.out(&["remind", "--unit", "cron"]);
    let command = line.lines().last().unwrap().strip_prefix("0 7 * * * ").unwrap().to_owned();
    let status = std::process::Command::new("sh").args(["-c", &command]).env_clear().env("HOME", bench.path("home")).status();
    assert!(status.unwrap().success(), "{command}");
}
