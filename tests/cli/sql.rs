//! The script for `psql`, loaded into a real PostgreSQL.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::common::{Bench, DAY, fixture};
use crate::postgres::Postgres;

const NAMES: [&str; 6] = ["contracts", "parties", "deadlines", "duties", "levels", "decisions"];
const CONTRACTS: [&str; 4] = [
    "cloud-msa-auto-renewal.pdf",
    "office-lease-option.pdf",
    "service-level-agreement.pdf",
    "sponsorship-no-renewal.pdf",
];

fn export(bench: &Bench, name: &str) -> PathBuf {
    bench.run(&["export", "--format", "sql", "-o", name, "--as-of", DAY]).assert().success();
    bench.path(name)
}

fn load(postgres: &Postgres, script: &Path) {
    let output = postgres.load(script);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Everything that the tables hold, also when rows were changed and removed.
fn all(postgres: &Postgres) -> Vec<String> {
    NAMES.iter().map(|name| postgres.ask(&format!("SELECT t FROM tickler.{name} t ORDER BY t::text"))).collect()
}

/// How many rows of each table differ.
fn changed(before: &[String], after: &[String]) -> Vec<(&'static str, usize)> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let count = |(name, (before, after)): (&'static str, (&String, &String))| {
        (name, lines(after).difference(&lines(before)).count())
    };
    NAMES.into_iter().zip(before.iter().zip(after)).map(count).filter(|(_, count)| *count > 0).collect()
}

fn refused(postgres: &Postgres, script: &Path, why: &str) {
    let before = all(postgres);
    let output = postgres.load(script);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains(why) && told.contains("HINT"), "{told}");
    assert_eq!(all(postgres), before);
}

/// The commands and the query that docs/engineer.md shows, as they stand there.
#[test]
fn the_pipe_of_the_documents_fills_a_database() {
    let bench = Bench::empty();
    bench.add(&CONTRACTS);
    bench.run(&["ingest", "in"]).assert().success();
    let postgres = Postgres::start();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/engineer.md")).unwrap();
    let block = |language: &str, with: &str| {
        let fence = format!("```{language}\n");
        let mut blocks = text.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
        blocks.find(|block| block.contains(with)).unwrap_or_else(|| panic!("a block of {language}")).to_owned()
    };
    let run = |line: &str| {
        let mut bash = bench.process(&[]);
        let bin = Path::new(bash.get_program()).parent().unwrap().to_owned();
        bash = std::process::Command::new("bash");
        bash.args(["-c", &format!("set -euo pipefail\n{line}")]).current_dir(bench.path("."));
        bash.env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
        bash.env("HOME", bench.path("home")).env("TICKLER_STORE", bench.path("store")).env("TICKLER_MODEL", "none");
        let output = postgres.of(&mut bash).output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&block("text", "psql"));
    let query = block("sql", "next_decisions");
    bench.write("query.sql", &query);
    let printed = run("psql --no-psqlrc --dbname contracts --file query.sql");
    assert!(printed.contains("days_left") && printed.contains("counterparty"), "{printed}");
    let count = run("psql -X -A -t -d contracts -c 'SELECT count(*) FROM tickler.contracts'");
    assert_eq!(count.trim(), CONTRACTS.len().to_string());
}

#[test]
fn a_database_follows_the_store() {
    let bench = Bench::empty();
    bench.add(&CONTRACTS);
    bench.run(&["ingest", "in"]).assert().success();
    let hostile = "O'Hara\t\\.\\n $$ :is_new\u{202e}\u{1b}[31m\\";
    bench.run(&["assign", "cloud-msa", hostile]).assert().success();
    let postgres = Postgres::start();
    let first = export(&bench, "first.sql");
    load(&postgres, &first);

    // All rows are there, as the flat tables have them.
    bench.run(&["export", "--format", "tables", "-o", "tables", "--as-of", DAY]).assert().success();
    for name in NAMES {
        let rows = std::fs::read_to_string(bench.path("tables").join(name).with_extension("ndjson")).unwrap();
        assert_eq!(postgres.ask(&format!("SELECT count(*) FROM tickler.{name}")), rows.lines().count().to_string());
        for line in rows.lines() {
            // What the row says is what was written, column by column.
            let literal = line.replace('\'', "''");
            let found = postgres.ask(&format!(
                "SELECT count(*) FROM tickler.{name} t WHERE (to_jsonb(t) - '{{hash,changed_at,removed_at}}'::text[]) \
                 = '{literal}'::jsonb"
            ));
            assert_eq!(found, "1", "{name}: {line}");
        }
    }
    let owner = postgres.ask("SELECT to_json(owner) FROM tickler.contracts WHERE owner IS NOT NULL");
    assert_eq!(serde_json::from_str::<String>(&owner).unwrap(), hostile);

    // The same again changes nothing, nor does a pipe in place of a file.
    let before = all(&postgres);
    load(&postgres, &first);
    let text = bench.out(&["export", "--format", "sql", "--as-of", DAY]);
    bench.write("pipe.sql", &text);
    load(&postgres, &bench.path("pipe.sql"));
    assert_eq!(all(&postgres), before);

    views(&postgres);

    // A date that has moved is one row; of a script that is cut off nothing is taken.
    bench.run(&["set", "sponsorship", "expiration_date", "2027-01-31", "--why", "side letter"]).assert().success();
    let moved = export(&bench, "moved.sql");
    let script = std::fs::read(&moved).unwrap();
    let commit = script.len() - b"COMMIT;\n".len();
    let cuts = (1..16).map(|n| script.len() * n / 16).chain([commit, commit + 3]);
    for cut in cuts {
        bench.write("cut.sql", &script[..cut]);
        postgres.load(&bench.path("cut.sql"));
        assert_eq!(all(&postgres), before, "cut off at {cut} of {}", script.len());
    }
    load(&postgres, &moved);
    let after = all(&postgres);
    assert_eq!(changed(&before, &after), [("contracts", 1), ("deadlines", 1)]);
    refused(&postgres, &first, "older");

    // What is removed is marked, and comes back.
    bench.run(&["remove", "sponsorship-no-renewal.pdf"]).assert().success();
    load(&postgres, &export(&bench, "removed.sql"));
    for name in NAMES {
        let wrong = postgres.ask(&format!(
            "SELECT count(*) FROM tickler.{name} JOIN tickler.contracts c USING (contract_id)
             WHERE ({name}.removed_at IS NOT NULL) <> (c.file_name LIKE 'sponsorship%')",
        ));
        assert_eq!(wrong, "0", "{name}");
    }
    assert_eq!(postgres.ask("SELECT file_name FROM tickler.contracts WHERE removed_at IS NOT NULL"), CONTRACTS[3]);
    bench.run(&["ingest", "in"]).assert().success();
    load(&postgres, &export(&bench, "back.sql"));
    assert_eq!(postgres.ask("SELECT count(*) FROM tickler.contracts WHERE removed_at IS NOT NULL"), "0");

    schemas(&bench, &postgres);
    damage(&bench, &postgres);
}

/// The views have the rows that they should have, by the day of the database.
fn views(postgres: &Postgres) {
    let today = postgres.ask("SELECT current_date");
    assert!(today.as_str() > "2026-01-01", "{today}");
    let unowned = postgres.ask("SELECT count(*) FROM tickler.contracts WHERE owner IS NULL AND part_of IS NULL");
    assert_ne!(unowned, "0");
    assert_eq!(postgres.ask("SELECT count(*) FROM tickler.unowned WHERE file_name LIKE 'cloud%'"), "0");
    // Days that lie ahead of any day on which this runs.
    let shift = "BEGIN; UPDATE tickler.decisions SET act_by = current_date + 5, date = current_date + 8,
                     literal_date = current_date + 9, settled = false WHERE act_by IS NOT NULL;
                 UPDATE tickler.deadlines SET act_by = current_date + 5, date = current_date + 8 WHERE kind = 'notice_deadline';
                 UPDATE tickler.contracts SET state = 'in_force', term_ends = current_date + 30;";
    let ask = |sql: &str| postgres.ask(&format!("{shift} {sql}; ROLLBACK"));
    let decisions = postgres.ask("SELECT count(*) FROM tickler.decisions WHERE act_by IS NOT NULL");
    assert_ne!(decisions, "0");
    assert_eq!(ask("SELECT count(*) FROM tickler.next_decisions WHERE days_left = 5"), decisions);
    assert_eq!(ask("SELECT count(*) FROM tickler.expiring WHERE days_left = 30"), CONTRACTS.len().to_string());
    let windows = postgres.ask("SELECT count(*) FROM tickler.deadlines WHERE kind = 'notice_deadline'");
    assert_ne!(windows, "0");
    assert_eq!(ask("SELECT count(*) FROM tickler.notice_windows WHERE kind = 'notice_deadline' AND is_open"), windows);
}

/// A schema of an earlier version is brought up to date, one of a later version is left alone, and so is another store's.
fn schemas(bench: &Bench, postgres: &Postgres) {
    let script = export(bench, "schema.sql");
    let values = "SELECT contract_id, governing_law FROM tickler.contracts ORDER BY 1";
    let before = postgres.ask(values);
    postgres.ask("ALTER TABLE tickler.contracts DROP COLUMN governing_law; DROP VIEW tickler.expiring");
    postgres.ask("UPDATE tickler.contracts SET hash = ''; UPDATE tickler.loaded SET version = 0");
    load(postgres, &script);
    assert_eq!(postgres.ask(values), before);
    postgres.ask("SELECT * FROM tickler.expiring");
    postgres.ask("UPDATE tickler.loaded SET version = version + 1");
    refused(postgres, &script, "later version");
    postgres.ask("UPDATE tickler.loaded SET version = version - 1");
    let other = Bench::ingested();
    refused(postgres, &export(&other, "other.sql"), "another store");
    // All filters are refused: what they leave out would count as removed.
    for filter in [&["--party", "Holloway"][..], &["--unowned"], &["--version-as-of", "2026-01-01"]] {
        let (code, why) = bench.fails(&[&["export", "--format", "sql"][..], filter].concat());
        assert!(code == 2 && why.contains("whole store"), "{why}");
    }
}

/// A contract whose record is damaged is not gone.
fn damage(bench: &Bench, postgres: &Postgres) {
    let db = rusqlite::Connection::open(bench.path("store/tickler.db")).unwrap();
    db.execute("UPDATE contracts SET record = '{}' WHERE title LIKE '%SPONSOR%' OR record LIKE '%sponsorship%'", [])
        .unwrap();
    drop(db);
    let before = all(postgres);
    let output = bench.run(&["export", "--format", "sql", "-o", "damaged.sql", "--as-of", DAY]).assert().code(1);
    assert!(String::from_utf8_lossy(&output.get_output().stderr).contains("sponsorship"));
    load(postgres, &bench.path("damaged.sql"));
    assert_eq!(all(postgres), before);
}

/// The command of the documents: what `psql` reads from a pipe.
#[test]
fn a_pipe_that_breaks_changes_nothing() {
    let bench = Bench::empty();
    bench.run(&["ingest", fixture("mutual-nda-perpetual.pdf").to_str().unwrap()]).assert().success();
    let postgres = Postgres::start();
    let mut psql = postgres.psql(&[]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let script = bench.out(&["export", "--format", "sql", "--as-of", DAY]);
    let half = script.find("\\.\n").unwrap();
    std::io::Write::write_all(psql.stdin.as_mut().unwrap(), &script.as_bytes()[..half]).unwrap();
    psql.kill().unwrap();
    psql.wait().unwrap();
    assert_eq!(postgres.ask("SELECT to_regclass('tickler.contracts') IS NULL"), "t");
}
