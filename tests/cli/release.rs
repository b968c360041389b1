//! The script that makes releases, tried with the program that is there, and what the documents say about installing one.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::Bench;
use crate::examples::{install, not_printed};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The program without what debuggers need, which is most of its size.
fn program(bench: &Bench) -> PathBuf {
    let (whole, small) = (assert_cmd::cargo::cargo_bin!("tickler").to_owned(), bench.path("tickler"));
    let stripped = Command::new("strip").arg("-o").arg(&small).arg(&whole).status();
    if stripped.is_ok_and(|status| status.success()) { small } else { whole }
}

/// A release in this folder.
fn release(bench: &Bench, program: &Path, folder: &str) -> PathBuf {
    let dist = bench.path(folder);
    let mut script = Command::new("bash");
    script.arg(root().join("contrib/release.sh")).env("PROGRAM", program).env("DIST", &dist);
    done(script.env_remove("DOWNLOADS").env_remove("HOMEPAGE"));
    dist
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    entries.collect()
}

#[test]
fn a_release_holds_what_it_should_and_is_installed_as_the_documents_say() {
    let bench = Bench::empty();
    let program = program(&bench);
    let dist = release(&bench, &program, "dist");
    let sums = fs::read_to_string(dist.join("SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), 1, "{sums}");
    done(Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&dist));

    for page in ["engineer.md", "manager.md"] {
        let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
        let commands = install(&text);
        assert!(commands.len() > 3, "{page} tells how to install the program");
        let place = bench.path(page);
        fs::create_dir_all(place.join("home")).unwrap();
        for name in names(&dist) {
            fs::copy(dist.join(&name), place.join(&name)).unwrap();
        }
        let shell = |line: &str| {
            let mut bash = Command::new("bash");
            bash.args(["-c", line]).current_dir(&place).env_clear().env("HOME", place.join("home"));
            bash.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", place.join("home/.local/bin").display()));
            String::from_utf8(done(&mut bash).stdout).unwrap()
        };
        for (command, prints) in commands {
            let printed = shell(&command);
            assert_eq!(not_printed(&prints, &printed), None, "{page}: {command} prints {printed}");
        }
        // What is installed is found, and reads a contract.
        fs::create_dir(place.join("in")).unwrap();
        fs::copy(crate::common::fixture("mutual-nda-perpetual.pdf"), place.join("in/nda.pdf")).unwrap();
        assert!(shell("tickler ingest --no-model in").starts_with("1 new, "));
    }

    let place = bench.path("engineer.md");
    let mut folders = names(&place).into_iter().map(|name| place.join(name)).filter(|path| path.is_dir());
    let folder = folders.find(|path| path.join("tickler").exists()).expect("the folder of the archive");
    let held = names(&folder);
    for name in
        ["tickler", "README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "completions", "man"]
    {
        assert!(held.contains(name), "{name} is missing: {held:?}");
    }
    let shells = names(&folder.join("completions"));
    assert_eq!(shells.len(), 5, "{shells:?}");
    for name in shells {
        assert!(fs::read_to_string(folder.join("completions").join(&name)).unwrap().contains("ingest"), "{name}");
    }
    bench.run(&["man", "man"]).assert().success();
    assert_eq!(names(&folder.join("man")), names(&bench.path("man")));
}

/// The same files make the same archive. One that only calls the program is packed sooner.
#[test]
fn a_release_of_the_same_files_is_the_same() {
    let bench = Bench::empty();
    let calls = bench.path("calls");
    fs::write(&calls, format!("#!/bin/sh\nexec {:?} \"$@\"\n", assert_cmd::cargo::cargo_bin!("tickler"))).unwrap();
    fs::set_permissions(&calls, fs::Permissions::from_mode(0o755)).unwrap();
    let sums = ["one", "two"].map(|name| fs::read_to_string(release(&bench, &calls, name).join("SHA256SUMS")).unwrap());
    assert_eq!(sums[0], sums[1]);
}

/// Manifests of package managers get version, addresses and sums; none is written with a hole in it.
#[test]
fn manifests_are_filled_in_or_not_written() {
    let bench = Bench::empty();
    let packaging = root().join("contrib/packaging");
    let manifests = ["tickler.rb", "scoop.json", "winget.yaml"];
    let fill = |dist: &Path| {
        let mut python = Command::new("python3");
        python.arg(packaging.join("fill.py")).arg("manifests").arg(dist).arg("9.8.7");
        done(python.env("DOWNLOADS", "https://example.com/d").env("HOMEPAGE", "https://example.com"))
    };
    let mut sums = String::new();
    for manifest in manifests {
        let text = fs::read_to_string(packaging.join(manifest)).unwrap();
        for target in text.split("{SHA256 ").skip(1).filter_map(|rest| rest.split('}').next()) {
            let end = if target.contains("windows") { "zip" } else { "tar.gz" };
            let line = format!("{:064x}  tickler-9.8.7-{target}.{end}\n", sums.len() + 1);
            if !sums.contains(target) {
                sums.push_str(&line);
            }
        }
    }
    assert!(sums.lines().count() > 2, "{sums}");
    let whole = bench.path("whole");
    fs::create_dir(&whole).unwrap();
    fs::write(whole.join("SHA256SUMS"), &sums).unwrap();
    fill(&whole);
    for manifest in manifests {
        let text = fs::read_to_string(whole.join(manifest)).unwrap();
        assert!(text.contains("9.8.7") && text.contains("https://example.com/d"), "{text}");
        assert!(!["{SHA256", "{VERSION", "{DOWNLOADS", "{HOMEPAGE"].iter().any(|hole| text.contains(hole)), "{text}");
    }
    let json = fs::read_to_string(whole.join("scoop.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&json).unwrap();
    // Without the archives there is nothing to point to.
    fs::write(whole.join("SHA256SUMS"), sums.lines().next().unwrap()).unwrap();
    let told = String::from_utf8(fill(&whole).stderr).unwrap();
    assert!(told.contains("is not written, without an archive for"), "{told}");
    assert!(manifests.iter().any(|manifest| !whole.join(manifest).exists()));
}
