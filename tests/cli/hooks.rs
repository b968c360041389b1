//! Commands that hear of what is new.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::common::{Bench, CONTRACTS, DAY};

/// Settings of the user: each hook is a name, an event and what else stands there. Its command is the script of its name.
fn settings(bench: &Bench, hooks: &[(&str, &str, &str)]) {
    let entry = |(name, event, more): &(&str, &str, &str)| {
        put(bench, name, "cat >> \"$1.heard\"");
        let script = bench.path(name).display().to_string();
        format!("[[hook]]\nname = {name:?}\nevent = {event:?}\ncommand = [{script:?}, {name:?}]\n{more}\n")
    };
    let text: Vec<String> = hooks.iter().map(entry).collect();
    std::fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", text.concat());
}

fn put(bench: &Bench, name: &str, script: &str) {
    // Put in its place whole: a file that is open for writing cannot be started.
    bench.write("script", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(bench.path("script"), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::rename(bench.path("script"), bench.path(name)).unwrap();
}

fn run(bench: &Bench, day: &str) {
    bench.run(&["hooks", "--as-of", day]).assert().success();
}

/// What a hook has heard since this was asked last.
fn heard(bench: &Bench, name: &str) -> Vec<Value> {
    let file = bench.path(&format!("{name}.heard"));
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let _ = std::fs::remove_file(file);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn id(event: &Value) -> &str {
    event["id"].as_str().unwrap()
}

/// The settings and the map that docs/engineer.md shows.
#[test]
fn what_the_documents_show_in_toml_is_understood() {
    let bench = Bench::ingested();
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/engineer.md")).unwrap();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let (hooks, maps): (Vec<&str>, Vec<&str>) = blocks.iter().partition(|block| block.contains("[[hook]]"));
    assert!(!hooks.is_empty() && !maps.is_empty(), "{blocks:?}");
    for block in hooks {
        std::fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
        bench.write("home/.config/tickler/tickler.toml", block);
        let told = bench.out(&["hooks", "--dry-run", "--as-of", DAY]);
        for name in block.split("name = \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(told.contains(name), "{name}: {told}");
        }
    }
    for block in maps {
        bench.write("map.toml", block);
        let rows = bench.out(&["export", "--map", "map.toml", "--as-of", DAY]);
        let heads: Vec<&str> = block.split("name = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(heads.len() > 2 && heads.iter().all(|head| rows.lines().next().unwrap().contains(head)), "{rows}");
        assert!(rows.lines().count() > 1, "{rows}");
    }
}

#[test]
fn contracts_are_told_when_they_are_new_have_changed_or_are_gone() {
    let bench = Bench::ingested();
    settings(&bench, &[("crm", "contract", "")]);
    let dry = bench.json(&["hooks", "--dry-run", "--format", "json", "--as-of", DAY]);
    assert!(heard(&bench, "crm").is_empty(), "nothing was run");
    run(&bench, DAY);
    let first = heard(&bench, "crm");
    assert_eq!(first.len(), CONTRACTS.len());
    assert_eq!(dry[0]["events"], Value::from(first.clone()));
    let name = |event: &Value| event["contract"]["file_name"].as_str().unwrap().to_owned();
    assert!(first.iter().all(|e| e["event"] == "contract" && e["hook"] == "crm" && e["change"] == "changed"));
    run(&bench, DAY);
    assert!(heard(&bench, "crm").is_empty());

    bench.run(&["assign", CONTRACTS[1], "Ann Field"]).assert().success();
    run(&bench, DAY);
    let assigned = heard(&bench, "crm");
    assert_eq!(
        (assigned.len(), name(&assigned[0]), &assigned[0]["contract"]["owner"]),
        (1, CONTRACTS[1].to_owned(), &"Ann Field".into())
    );
    // It is as it was before, which is news again.
    bench.run(&["undo", CONTRACTS[1]]).assert().success();
    run(&bench, DAY);
    let undone = heard(&bench, "crm");
    let before = first.iter().find(|event| name(event) == CONTRACTS[1]).unwrap();
    assert_eq!((undone.len(), &undone[0]["revision"]), (1, &before["revision"]));
    assert!(id(&undone[0]) != id(before) && id(&undone[0]) != id(&assigned[0]));

    bench.run(&["remove", CONTRACTS[1]]).assert().success();
    run(&bench, DAY);
    let gone = heard(&bench, "crm");
    assert_eq!(
        (gone.len(), &gone[0]["change"], &gone[0]["contract_id"]),
        (1, &"removed".into(), &before["contract_id"])
    );
    run(&bench, DAY);
    assert!(heard(&bench, "crm").is_empty());
    bench.run(&["verify"]).assert().success();
}

#[test]
fn what_a_command_did_not_take_is_told_again_with_the_same_id() {
    let bench = Bench::ingested();
    settings(&bench, &[("bad", "contract", ""), ("good", "contract", ""), ("none", "contract", "")]);
    put(&bench, "bad", "cat >> \"$1.heard\"; exit 3");
    std::fs::remove_file(bench.path("none")).unwrap();
    let output = bench.run(&["hooks", "--as-of", DAY]).assert().code(1);
    let told = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(told.contains("hook bad") && told.contains("exit status: 3") && told.contains("hook none"), "{told}");
    let first = heard(&bench, "bad");
    assert_eq!((first.len(), heard(&bench, "good").len()), (3, 3), "one that fails stops no other");
    // One that reads nothing, or only a part, is none that fails.
    put(&bench, "bad", "head -n 1 >> \"$1.heard\"; cat > /dev/null; echo output; exit 9");
    let lines = bench.run(&["hooks", "--as-of", DAY, "--format", "json"]).assert().code(1).get_output().stdout.clone();
    let lines: Value = serde_json::from_slice(&lines).expect("the output of a command is not ours");
    assert_eq!((&lines[0]["told"], &lines[1]["told"]), (&false.into(), &Value::Null));
    assert_eq!(heard(&bench, "bad"), first[..1]);
    put(&bench, "bad", "cat >> \"$1.heard\"");
    put(&bench, "none", "exit 0");
    run(&bench, DAY);
    assert_eq!(heard(&bench, "bad"), first);
    assert!(heard(&bench, "good").is_empty());
}

#[test]
fn deadlines_are_told_once_when_they_are_near_and_again_when_they_move() {
    let bench = Bench::empty();
    bench.add(&["sponsorship-no-renewal.pdf", CONTRACTS[0]]);
    bench.run(&["ingest", "in"]).assert().success();
    settings(&bench, &[("near", "deadline", "within_days = 10"), ("decided", "decision", "")]);
    run(&bench, "2026-11-10");
    let early = heard(&bench, "near");
    assert!(early.iter().all(|e| e["deadline"]["act_by"].as_str().unwrap() <= "2026-11-20"), "{early:?}");
    run(&bench, "2026-11-16");
    let near: Vec<Value> =
        heard(&bench, "near").into_iter().filter(|e| e["deadline"]["kind"] == "notice_deadline").collect();
    assert_eq!(
        (near.len(), &near[0]["deadline"]["act_by"], &near[0]["days_left"]),
        (1, &"2026-11-25".into(), &9.into())
    );
    run(&bench, "2026-11-17");
    assert!(
        heard(&bench, "near").iter().all(|e| id(e) != id(&near[0]) && e["deadline"]["id"] != near[0]["deadline"]["id"])
    );
    // The day moves by one, and 26 November is a holiday.
    bench.run(&["set", CONTRACTS[0], "effective_date", "2024-02-02", "--why", "x"]).assert().success();
    bench.run(&["set", CONTRACTS[0], "expiration_date", "2027-02-02", "--why", "x"]).assert().success();
    run(&bench, "2026-11-17");
    let moved: Vec<Value> =
        heard(&bench, "near").into_iter().filter(|e| e["deadline"]["id"] == near[0]["deadline"]["id"]).collect();
    assert_eq!((moved.len(), &moved[0]["deadline"]["act_by"]), (1, &"2026-11-27".into()));

    // Decisions, and what becomes of them: `decide` goes by the clock.
    let now = || drop(bench.run(&["hooks"]).assert().success());
    now();
    assert!(heard(&bench, "decided").is_empty());
    bench.run(&["decide", CONTRACTS[0], "end"]).assert().success();
    now();
    let made = heard(&bench, "decided");
    assert_eq!(
        (made.len(), &made[0]["change"], &made[0]["decision"]["decision"]),
        (1, &"decided".into(), &"end".into())
    );
    bench.run(&["undo", CONTRACTS[0]]).assert().success();
    now();
    let back = heard(&bench, "decided");
    assert_eq!((back.len(), &back[0]["change"]), (1, &"withdrawn".into()));
    now();
    assert!(heard(&bench, "decided").is_empty());
}

#[test]
fn bad_signatures_are_told() {
    let bench = Bench::empty();
    for name in ["two-signatures.pdf", "changed-after-signing.pdf", "broken.pdf", "unsigned.pdf"] {
        let from = format!("{}/fixtures/signatures/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(from, bench.path("in").join(name)).unwrap();
    }
    bench.run(&["ingest", "in"]).assert().success();
    settings(&bench, &[("signed", "signature", "")]);
    // Files with the same words are copies, of which one counts.
    for row in bench.json(&["list", "--format", "json"]).as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        let _ = bench.run(&["link", id, "--none"]).ok();
    }
    run(&bench, DAY);
    let mut bad: Vec<String> = heard(&bench, "signed")
        .iter()
        .map(|e| format!("{} {}", e["contract"]["file_name"], e["signature"]["value"]["integrity"]).replace('"', ""))
        .collect();
    bad.sort();
    assert_eq!(bad, ["broken.pdf broken", "changed-after-signing.pdf changed_after_signing"]);
    run(&bench, DAY);
    assert!(heard(&bench, "signed").is_empty());
}

/// Whoever names the command may reach the network with it; a stranger names none.
#[test]
fn commands_are_those_of_the_user_and_have_the_network() {
    let bench = Bench::ingested();
    settings(&bench, &[("net", "contract", "")]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    put(&bench, "net", &format!("cat >> \"$1.heard\"; exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}'"));
    run(&bench, DAY);
    assert_eq!(heard(&bench, "net").len(), 3);
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_ok(), "it was reached");

    put(&bench, "theirs", "echo > theirs.heard");
    let script = bench.path("theirs").display().to_string();
    bench.write("tickler.toml", format!("[[hook]]\nname = \"theirs\"\nevent = \"contract\"\ncommand = [{script:?}]\n"));
    let output = bench.run(&["hooks", "--as-of", DAY]).assert().success().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("do not count: hook"));
    assert!(!bench.path("theirs.heard").exists());
}

#[test]
fn settings_of_hooks_are_checked() {
    let bench = Bench::ingested();
    for (text, why) in [
        ("name = \"a\"\nevent = \"contract\"\ncommand = []", "needs a command"),
        ("name = \" \"\nevent = \"contract\"\ncommand = [\"x\"]", "needs a name"),
        ("name = \"a\"\nevent = \"contract\"\ncommand = [\"x\"]\nwithin_days = 3", "only deadlines"),
        ("name = \"a\"\nevent = \"sunset\"\ncommand = [\"x\"]", "contract"),
        ("name = \"a\"\nevent = \"contract\"\ncommand = \"x\"", "command"),
    ] {
        bench.write("hooks.toml", format!("[[hook]]\n{text}\n"));
        let (code, told) = bench.fails(&["hooks", "--config", "hooks.toml"]);
        assert!(code == 2 && told.contains(why), "{told}");
    }
    let twice = "[[hook]]\nname = \"a\"\nevent = \"contract\"\ncommand = [\"x\"]\n".repeat(2);
    bench.write("hooks.toml", twice);
    assert!(bench.fails(&["hooks", "--config", "hooks.toml"]).1.contains("name of its own"));
    assert!(bench.out(&["hooks"]).contains("no [[hook]]"));
}
