//! What people say, under fire: a process or the page is killed while somebody speaks, and what was answered is kept.

use std::time::{Duration, Instant};

use crate::common::{Bench, CONTRACTS};
use crate::fire::{Dice, Held, kill_within, kills_or, verify};
use crate::served::{Page, id};

#[test]
#[expect(clippy::print_stderr, reason = "how many were cut short, for who asks with --nocapture")]
fn killed_at_any_moment_what_was_said_is_kept_whole() {
    const LEVELS: &str = "managed-cloud-services.pdf";
    let bench = Bench::new();
    bench.add(&[LEVELS]);
    bench.run(&["ingest", "in"]).assert().success();
    let documents = CONTRACTS.len() + 1;
    bench.write(
        "values.csv",
        "contract,metric,severity,period,value\nmanaged-cloud-services.pdf,availability,,2026-10,99.2%\n",
    );
    let record = bench.json(&["show", CONTRACTS[0], "--format", "json"]);
    let duty = record["obligations"][0]["id"].as_str().unwrap();
    let mut dice = Dice::new();
    let sayings: [&[&str]; 16] = [
        &["assign", CONTRACTS[0], "Ann Field", "--backup", "Bo Lind"],
        &["decide", CONTRACTS[0], "end"],
        &["sent", CONTRACTS[0], "--way", "courier", "--on", "2026-02-02"],
        &["done", CONTRACTS[0], duty, "--waived"],
        &["snooze", CONTRACTS[0], duty, "--until", "2190-01-01"],
        &["note", CONTRACTS[1], "a note"],
        &["confirm", CONTRACTS[0], "renewal", "parties"],
        &["set", CONTRACTS[0], "governing_law", "Ohio", "--why", "test"],
        &["unset", CONTRACTS[0], "governing_law"],
        &["dismiss", CONTRACTS[0], "execution"],
        &["event", CONTRACTS[1], "the handover", "2026-03-02"],
        &["measure", "--csv", "values.csv", "--save"],
        &["link", CONTRACTS[1], CONTRACTS[2]],
        &["link", CONTRACTS[1], "--none"],
        &["link", CONTRACTS[1], "--automatic"],
        &["undo", CONTRACTS[0]],
    ];
    // What would be refused for another reason would prove nothing.
    for args in sayings {
        let code = bench.process(args).output().unwrap().status.code();
        assert!(code == Some(0) || code == Some(1) && args[0] == "measure", "{args:?}: {code:?}");
    }
    let two: &[&str] = &["confirm", CONTRACTS[0], "renewal", "parties"];
    bench.run(two).assert().success();
    let begun = Instant::now();
    bench.run(two).assert().success();
    let whole = begun.elapsed();
    let mut before = Held::of(&bench);
    let (mut cut_short, mut kept) = (0, 0);
    for n in 0..kills_or(200) {
        let args = sayings[usize::try_from(n).unwrap() % sayings.len()];
        let (alive, done) = kill_within(&bench, args, whole, &mut dice);
        let after = Held::of(&bench);
        after.keeps(&before, &format!("kill {n} of {args:?}"));
        let more = after.said.len() - before.said.len();
        // The same value of a month again is nothing new.
        assert!(more > 0 || !done || args[0] == "measure", "kill {n}: {args:?} ended well and was not kept");
        let stated = after.events.iter().skip(before.events.len()).filter(|event| event.contains("|stated|")).count();
        assert_eq!(stated, more, "kill {n} of {args:?}: each statement has its event");
        (cut_short, kept) = (cut_short + u32::from(alive), kept + u32::from(more > 0));
        if n % 12 == 0 {
            verify(&bench, documents);
        }
        before = after;
    }
    eprintln!("{} times, {cut_short} of them killed while it ran; {kept} times something was said", kills_or(200));
    bench.run(&["log"]).assert().success();
    verify(&bench, documents);
}

/// Somebody speaks, and the page is killed: what it has answered to is kept, and nothing is there by half.
#[test]
#[expect(clippy::print_stderr, reason = "how many were killed, for who asks with --nocapture")]
fn killed_while_somebody_speaks_the_page_loses_nothing() {
    let bench = Bench::ingested();
    let note = format!("/contract/{}/note", id(&bench, CONTRACTS[0]));
    let (mut dice, mut answered, mut asked) = (Dice::new(), Vec::new(), 0);
    for n in 0..kills_or(40) {
        let mut page = Page::open(&bench);
        let mut process = page.process.take().unwrap();
        let pause = Duration::from_micros(dice.below(400_000));
        std::thread::scope(|scope| {
            let speaks = scope.spawn(|| {
                let mut done = Vec::new();
                for m in 0.. {
                    asked += 1;
                    match page.try_post(&note, &format!("text=kill+{n}+note+{m}.")) {
                        Ok(answer) if answer.code == 303 => done.push(format!("note: kill {n} note {m}.")),
                        _ => break,
                    }
                }
                done
            });
            std::thread::sleep(pause);
            process.kill().unwrap();
            process.wait().unwrap();
            answered.extend(speaks.join().unwrap());
        });
        if n % 16 == 0 {
            verify(&bench, CONTRACTS.len());
        }
    }
    eprintln!("{} pages were killed; of {asked} notes, {} were answered", kills_or(40), answered.len());
    let log = bench.out(&["log", CONTRACTS[0]]);
    for note in &answered {
        assert_eq!(log.matches(note.as_str()).count(), 1, "{note} is lost, or there twice");
    }
    // The last one of each page may be there although nobody heard of it.
    assert!(log.matches("note: kill ").count() <= asked && !answered.is_empty());
    verify(&bench, CONTRACTS.len());
}
