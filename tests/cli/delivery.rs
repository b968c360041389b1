//! Reminders on their way: over a mail server, to a webhook, and through kills.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use crate::common::Bench;
use crate::fire::{Dice, Held, SMALL, kill_within, kills_or, start, verify, wait};
use crate::mail::{Begin, Receiver, Smtp};
use crate::remind::{ACT_BY, MSA, PEOPLE, about, bench, configure, files, forget_deliveries, remind, states};

/// Settings that send by a server.
fn by_smtp(server: &Smtp, more: &str) -> String {
    format!(
        "{PEOPLE}[send]\nfrom = \"tickler@example.com\"\n[send.smtp]\nhost = \"localhost\"\nport = {}\n{more}\n",
        server.port
    )
}

#[test]
fn mail_goes_over_starttls_with_a_login() {
    let bench = bench(PEOPLE);
    let server = Smtp::start(Begin::Starttls);
    bench.write("ca.pem", &server.ca);
    bench.write("password", "hunter2\n");
    let login = format!(
        "ca = {:?}\nuser = \"tickler\"\npassword = {{ file = {:?} }}",
        bench.path("ca.pem"),
        bench.path("password")
    );
    configure(&bench, &by_smtp(&server, &login));
    remind(&bench, "2026-11-12");
    let sent = bench.json(&["send", "--format", "json"]);
    assert_eq!(sent[0]["delivered"], "all@example.com by localhost", "{sent}");
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let mail = &taken[0];
    assert!(
        mail.secret && mail.from.contains("<tickler@example.com>") && mail.to.contains("<all@example.com>"),
        "{mail:?}"
    );
    assert_eq!(BASE64.decode(mail.login.as_ref().unwrap()).unwrap(), b"\0tickler\0hunter2");
    let id = sent[0]["id"].as_str().unwrap();
    assert_eq!(mail.header("Message-ID"), Some(&*format!("<{id}@example.com>")));
    assert!(
        mail.data.contains(&format!("boundary=\"tickler-{id}\"")) && mail.data.contains("contract-dates.ics"),
        "{mail:?}"
    );
    // The program forgets that it was sent: the repeat is the same to the last byte.
    forget_deliveries(&bench);
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
    let more = format!(
        "tls = \"implicit\"\nca = {:?}\nuser = \"t\"\npassword = {{ command = [\"echo\", \"p\"] }}",
        bench.path("ca.pem")
    );
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
    let bad =
        by_smtp(&own, &format!("ca = {:?}", bench.path("ca.pem"))).replace("ann@example.com", "refused@example.com");
    configure(&bench, &bad);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    remind(&bench, "2026-11-26");
    let before = own.taken().len();
    let (_, message) = bench.fails(&["send"]);
    assert!(message.contains("refused@example.com") && message.contains("no such mailbox"), "{message}");
    assert!(own.taken().len() > before && states(&bench, "waiting") > 0);
}

/// A server that begins TLS in the other way is silent, or speaks plain text. That is told, and tried once.
#[test]
fn a_server_that_begins_otherwise_is_told_once_with_the_setting() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    assert!(remind(&bench, "2026-11-26").len() > 2);
    let waiting = states(&bench, "waiting");
    let (at_once, later) = (Smtp::start(Begin::Implicit), Smtp::start(Begin::Starttls));
    for (server, tls, why, other) in [
        (&later, "implicit", "does not speak TLS where TLS is expected", "tls = \"starttls\", mostly with port 587"),
        (&at_once, "starttls", "no answer within 30 seconds", "tls = \"implicit\", mostly with port 465"),
    ] {
        configure(&bench, &by_smtp(server, &format!("tls = \"{tls}\"")));
        let begun = Instant::now();
        let (code, message) = bench.fails(&["send"]);
        assert!(begun.elapsed() < Duration::from_secs(59), "each message waited");
        let lines: Vec<&str> = message.lines().filter(|line| line.starts_with("failed: ")).collect();
        assert!(code == 1 && lines.len() > 1, "{message}");
        assert!(lines[0].contains(why) && lines[0].contains(other) && !message.contains("os error"), "{message}");
        assert!(lines[1..].iter().all(|line| line.contains("not tried")), "{message}");
        assert_eq!((states(&bench, "waiting"), server.taken().len()), (waiting, 0));
    }
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

/// How many are killed by folder and by server together.
const KILLS: u32 = 200;

/// A store with contracts that fall due now and then, with these settings.
fn many(settings: &str) -> Bench {
    let bench = Bench::empty();
    bench.add(&SMALL);
    bench.run(&["ingest", "in"]).assert().success();
    configure(&bench, settings);
    bench
}

/// Writes and sends reminders for days that go on, each time killed at some moment; at last both run to their end. Gives what
/// the outbox then holds, and how many were killed before their end. Half of those that send are killed when something has
/// arrived, which `arrived` counts, and may not have been noted yet.
fn under_fire(bench: &Bench, kills: u32, dice: &mut Dice, arrived: impl Fn() -> usize) -> (Vec<Value>, u32) {
    let mut day: jiff::civil::Date = "2026-03-01".parse().unwrap();
    let (mut before, mut cut_short) = (Held::of(bench), 0);
    // How long one takes here, so that the kills fall everywhere in it.
    let begun = Instant::now();
    bench.run(&["remind", "--as-of", &day.to_string()]).assert().success();
    let whole = begun.elapsed() + Duration::from_millis(100);
    for n in 0..kills {
        day = day.saturating_add(jiff::ToSpan::days(i64::try_from(dice.below(9)).unwrap()));
        let day = day.to_string();
        let args: &[&str] = if n % 3 == 0 { &["remind", "--as-of", &day] } else { &["send"] };
        let alive = if n % 3 == 1 {
            let (mut child, before) = (start(bench, args), arrived());
            let alive = wait(&mut child, || arrived() > before);
            std::thread::sleep(Duration::from_micros(dice.below(3_000)));
            let _ = child.kill();
            child.wait().unwrap();
            alive
        } else {
            kill_within(bench, args, whole, dice).0
        };
        cut_short += u32::from(alive);
        // Something to send each time.
        if n % 3 == 0 {
            bench.run(&["remind", "--as-of", &day]).assert().success();
        }
        let after = Held::of(bench);
        assert!(after.events.starts_with(&before.events), "kill {n} of {args:?}: events were lost");
        before = after;
    }
    bench.run(&["remind", "--as-of", &day.to_string()]).assert().success();
    bench.run(&["send"]).assert().success();
    verify(bench, SMALL.len());
    let all = bench.json(&["remind", "--list", "--format", "json"]).as_array().unwrap().clone();
    // Kills that come too late prove nothing.
    assert!(cut_short > kills / 3, "only {cut_short} of {kills} came before the end");
    (all, cut_short)
}

/// The messages in which reminders went out, and those all of whose reminders became moot first.
fn messages(all: &[Value]) -> (BTreeSet<String>, BTreeSet<String>) {
    let name = |one: &Value| one["message"].as_str().unwrap().to_owned();
    assert!(all.iter().all(|one| one["state"] != "waiting"), "something was lost");
    // What is moot was told by a later one.
    for one in all.iter().filter(|one| one["state"] == "lapsed" && one["how"] == "a later one tells of the same date") {
        let same = |other: &&Value| ["entry", "act_by", "recipient"].iter().all(|key| other[key] == one[key]);
        let last = all.iter().filter(same).max_by_key(|other| other["day"].as_str().unwrap()).unwrap();
        assert!(last["day"].as_str() > one["day"].as_str(), "{one}");
    }
    let (sent, moot): (Vec<&Value>, Vec<&Value>) = all.iter().partition(|one| one["state"] == "delivered");
    let sent: BTreeSet<String> = sent.into_iter().map(name).collect();
    let moot = moot.into_iter().map(name).filter(|name| !sent.contains(name)).collect();
    (sent, moot)
}

#[test]
#[expect(clippy::print_stderr, reason = "how many were killed in time, for who asks with --nocapture")]
fn killed_at_any_moment_nothing_is_lost_and_a_maildir_gets_nothing_twice() {
    let bench = many("");
    configure(&bench, &format!("{PEOPLE}[send]\nmaildir = {:?}\n", bench.path("Maildir")));
    let new = bench.path("Maildir/new");
    let arrived = || fs::read_dir(&new).map_or(0, Iterator::count);
    let (all, cut_short) = under_fire(&bench, kills_or(KILLS) / 2, &mut Dice::new(), arrived);
    let (sent, moot) = messages(&all);
    let names =
        files(bench.path("Maildir/new")).into_iter().map(|(name, _)| name.split('.').nth(1).unwrap().to_owned());
    let names: Vec<String> = names.collect();
    let once: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(names.len(), once.len(), "a message is there twice");
    assert!(sent.is_subset(&once), "lost: {:?}", sent.difference(&once));
    assert!(once.difference(&sent).all(|name| moot.contains(name)), "nobody wrote these");
    assert!(files(bench.path("Maildir/tmp")).len() <= 1);
    eprintln!("{} reminders in {} messages, {cut_short} killed before their end", all.len(), names.len());
}

#[test]
#[expect(clippy::print_stderr, reason = "how many were killed in time, for who asks with --nocapture")]
fn killed_at_any_moment_servers_get_everything_and_repeats_have_one_id() {
    let (server, receiver) = (Smtp::start(Begin::Starttls), Receiver::start(&[]));
    let bench = many("");
    bench.write("ca.pem", &server.ca);
    let smtp = by_smtp(&server, &format!("ca = {:?}", bench.path("ca.pem")));
    let hook =
        format!("[[webhook]]\nname = \"crm\"\nurl = \"http://127.0.0.1:{}/\"\nsecret = \"{KEY}\"\n", receiver.port);
    configure(&bench, &format!("{smtp}{hook}"));
    let arrived = || server.taken().len() + receiver.requests().len();
    let (all, cut_short) = under_fire(&bench, kills_or(KILLS) / 2, &mut Dice::new(), arrived);
    let (sent, moot) = messages(&all);
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    for mail in server.taken() {
        let id = mail.header("Message-ID").unwrap().trim_matches(['<', '>']);
        *taken.entry(id.strip_suffix("@example.com").unwrap().to_owned()).or_default() += 1;
    }
    for request in receiver.requests() {
        *taken.entry(request.headers["webhook-id"].clone()).or_default() += 1;
    }
    let got: BTreeSet<String> = taken.keys().cloned().collect();
    assert!(sent.is_subset(&got), "lost: {:?}", sent.difference(&got));
    assert!(got.difference(&sent).all(|name| moot.contains(name)), "nobody wrote these");
    let repeats: u32 = taken.values().map(|n| n - 1).sum();
    eprintln!(
        "{} reminders in {} messages, {repeats} sent again, {cut_short} killed before their end",
        all.len(),
        got.len()
    );
}
