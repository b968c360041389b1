//! Every example that people read is run: those of the help, and those of README.md, CONTRIBUTING.md and docs/.
//!
//! The documents mark a command by `$ ` in a block of the language `console`. The comment `# exit code 1` after a command
//! says that it may end so. The lines below a command are what it prints, in their order; `...` stands for what is left out of a
//! line or between lines. `cargo run --release -- ARGS` stands for `tickler ARGS`; of commands for developers, which
//! would build or change the repository, only the paths are checked. Blocks of the language `python` are run as well, in the
//! same folder. What stands under the heading "Install" needs a release: `release.rs` runs it, and that of the wheel
//! `contrib/python/test.sh`.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Bench, fixture};
use crate::tools::{INSTALL, interpreter};

/// Commands for developers.
const NOT_RUN: [&str; 9] = ["cargo", "git", "just", "python3", "bash", "rustup", "apt", "dnf", "brew"];
/// Commands whose output also hangs on what the store held before, on the model, or on the clock and the user.
const VARY: [&str; 3] = ["tickler ingest ", "--semantic", "tickler log "];
/// Widest line of the help.
const COLUMNS: usize = 100;

/// What finds the clauses of the examples: the first stage is fast enough without optimisation.
const MODEL: &str = if cfg!(feature = "embedded-model") { "fast" } else { "none" };

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A store with the contracts of the fixtures, from which each text gets its own copy.
fn contracts() -> Bench {
    let bench = Bench::empty();
    bench.out(&["ingest", fixture("").to_str().unwrap(), "--model", MODEL]);
    bench
}

/// A folder in which the examples of one text are run, in their order.
struct Place {
    dir: PathBuf,
}

impl Place {
    fn new(bench: &Bench, name: &str) -> Self {
        let dir = bench.path(name);
        fs::create_dir_all(dir.join("bin")).unwrap();
        fs::create_dir(dir.join("home")).unwrap();
        symlink(assert_cmd::cargo::cargo_bin!("tickler"), dir.join("bin/tickler")).unwrap();
        symlink(root().join("fixtures"), dir.join("fixtures")).unwrap();
        symlink(fixture(""), dir.join("home/contracts")).unwrap();
        let store = bench.path("store");
        for entry in walkdir::WalkDir::new(&store).into_iter().map(Result::unwrap) {
            let copy = dir.join("store").join(entry.path().strip_prefix(&store).unwrap());
            if entry.file_type().is_dir() {
                tickler::private::create_folder(&copy).unwrap();
            } else {
                fs::copy(entry.path(), copy).unwrap();
            }
        }
        Self { dir }
    }

    /// Runs a recipe for Python with the module of contrib/python, and says what is wrong with it.
    fn run_python(&self, recipe: &str) -> Result<(), String> {
        let mut python = Command::new(interpreter());
        python.args(["-c", recipe]).current_dir(&self.dir).env("PYTHONPATH", root().join("contrib/python/src"));
        python.env("TICKLER_PROGRAM", self.dir.join("bin/tickler")).env("TICKLER_MODEL", MODEL);
        python.env("HOME", self.dir.join("home"));
        let output = python.output().map_err(|error| format!("no Python ({error}): {INSTALL}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        match output.status.success() {
            true => Ok(()),
            false if said.contains("ModuleNotFoundError") => Err(format!("{said}{INSTALL}")),
            false => Err(said.into_owned()),
        }
    }

    /// Runs one example that prints these lines, and says what is wrong with it.
    fn run(&self, line: &str, prints: &[String]) -> Result<(), String> {
        let (words, comment) = line.split_once(" #").unwrap_or((line, ""));
        let is_capital = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        if let Some(word) = words.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').find(is_capital) {
            return Err(format!("{word} looks like a placeholder; name something that exists"));
        }
        let mut bash = Command::new("bash");
        // The page goes on until somebody ends it.
        let line = if words.trim_start().starts_with("tickler serve") {
            format!("timeout 10 {} || [ $? = 124 ]", words.trim())
        } else {
            line.to_owned()
        };
        bash.arg("-c").arg(format!("set -o pipefail\n{line}")).current_dir(&self.dir).env_clear();
        let path = std::env::var("PATH").unwrap();
        bash.env("PATH", format!("{}:{path}", self.dir.join("bin").display()));
        bash.env("HOME", self.dir.join("home")).env("TICKLER_STORE", self.dir.join("store"));
        // A question needs the full model, which reads just this one sentence.
        if !words.contains("--semantic") {
            bash.env("TICKLER_MODEL", MODEL);
        }
        let output = bash.output().unwrap();
        let code = output.status.code();
        if code != Some(0) && !(code == Some(1) && comment.contains("exit code 1")) {
            return Err(format!("exit code {code:?}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        if VARY.iter().any(|part| words.contains(part)) {
            return Ok(());
        }
        let printed = String::from_utf8_lossy(&output.stdout);
        let missing = not_printed(prints, &printed);
        missing.map_or(Ok(()), |line| Err(format!("it does not print {line:?}, but\n{printed}")))
    }
}

/// The first line that is shown of an output and not printed.
pub(crate) fn not_printed<'a>(shown: &'a [String], printed: &str) -> Option<&'a str> {
    let mut printed = printed.lines();
    shown.iter().map(String::as_str).find(|shown| !(*shown == "..." || printed.any(|line| is_shown(line, shown))))
}

/// Whether a line is one that is shown. The width of columns hangs on rows that are not.
fn is_shown(line: &str, shown: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (line, shown) = (plain(line), plain(shown));
    let mut parts = shown.split("...");
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else { return false };
    let mut is_open = false;
    for part in parts {
        is_open = part.is_empty();
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    is_open || rest.is_empty()
}

/// Whether this program has the model that the example needs.
fn can_run(line: &str) -> bool {
    cfg!(feature = "embedded-model") || !["--semantic", "tickler clauses "].iter().any(|part| line.contains(part))
}

/// The commands of the section "Examples" of a help text.
fn examples(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    lines.take_while(|line| !line.is_empty()).map(str::trim_start).collect()
}

#[test]
fn every_example_of_the_help_runs() {
    let bench = contracts();
    let top = bench.out(&["help"]);
    let commands = top.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let mut texts = vec![("help".to_owned(), top.clone())];
    for name in commands.map(|line| line.split_whitespace().next().unwrap()).filter(|name| *name != "help") {
        texts.push((name.to_owned(), bench.out(&[name, "--help"])));
    }
    assert!(texts.len() > 20, "{top}");
    let mut wrong = Vec::new();
    for (name, help) in &texts {
        wrong.extend(help.lines().filter(|l| l.chars().count() > COLUMNS).map(|l| format!("{name}: too wide: {l}")));
        let lines = examples(help);
        if lines.is_empty() {
            wrong.push(format!("{name}: no example"));
        }
        let place = Place::new(&bench, &format!("help-{name}"));
        for line in lines.into_iter().filter(|line| can_run(line)) {
            if !line.contains("tickler ") {
                wrong.push(format!("{name}: wrapped, or no command: {line}"));
            } else if let Err(why) = place.run(line, &[]) {
                wrong.push(format!("{name}: {line}\n  {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a document shows.
#[derive(Debug, PartialEq)]
enum Example {
    /// A command of a block of the language `console`, and the lines below it; a backslash at the end of a line continues it.
    Command(String, Vec<String>),
    /// A block of the language `python`.
    Python(String),
}

fn shown(markdown: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let (mut language, mut goes_on) = ("", false);
    for line in markdown.lines() {
        if let Some(after) = line.trim_start().strip_prefix("```") {
            (language, goes_on) = (after.trim(), false);
            if language == "python" {
                examples.push(Example::Python(String::new()));
            }
        } else if let ("python", Some(Example::Python(recipe))) = (language, examples.last_mut()) {
            recipe.push_str(line);
            recipe.push('\n');
        } else if let Some(command) = line.trim_start().strip_prefix("$ ").filter(|_| language == "console") {
            goes_on = command.ends_with('\\');
            examples.push(Example::Command(command.trim_end_matches('\\').to_owned(), Vec::new()));
        } else if let ("console", Some(Example::Command(last, prints))) = (language, examples.last_mut()) {
            if goes_on {
                goes_on = line.ends_with('\\');
                last.push_str(line.trim_end_matches('\\').trim_start());
            } else {
                prints.push(line.to_owned());
            }
        }
    }
    examples
}

/// The commands of the section "Install" and the lines that they print.
pub(crate) fn install(markdown: &str) -> Vec<(String, Vec<String>)> {
    let commands = shown(section(markdown)).into_iter().filter_map(|example| match example {
        Example::Command(command, prints) => Some((command, prints)),
        Example::Python(_) => None,
    });
    commands.collect()
}

/// The section "Install".
fn section(markdown: &str) -> &str {
    let behind = markdown.split_once("\n## Install\n").map_or("", |(_, behind)| behind);
    behind.split("\n## ").next().unwrap_or_default()
}

fn without_install(markdown: &str) -> String {
    match section(markdown) {
        "" => markdown.to_owned(),
        section => markdown.replacen(section, "", 1),
    }
}

/// The first path of a command that does not exist in the repository.
fn missing_path(command: &str) -> Option<&str> {
    let words = command.split_whitespace().map(|word| word.trim_matches(['\'', '"', '(', ')', ';']));
    let is_path = |word: &&str| {
        let elsewhere = ["-", "/", "~", "../", "target/", "$", "http"].iter().any(|start| word.starts_with(start));
        // A name of git, such as a branch, may have a slash too.
        let named = !command.starts_with("git ") || Path::new(word).extension().is_some();
        word.contains('/') && !elsewhere && named && !word.contains(['*', '=', '<', '{'])
    };
    words.filter(is_path).find(|word| !root().join(word).exists())
}

fn check(place: &Place, command: &str, prints: &[String]) -> Result<(), String> {
    let run = command.split("cargo run ").collect::<Vec<_>>();
    let command = if let [before, after] = run[..]
        && let Some((_, args)) = after.split_once("-- ")
    {
        format!("{before}tickler {args}")
    } else {
        command.to_owned()
    };
    let is_setting = |word: &&str| word.split_once('=').is_some_and(|(name, _)| name.chars().all(|c| c != '-'));
    let program = command.split_whitespace().find(|word| !is_setting(word) && *word != "sudo").unwrap_or_default();
    if NOT_RUN.contains(&program) {
        return missing_path(&command).map_or(Ok(()), |path| Err(format!("{path} does not exist")));
    }
    if can_run(&command) { place.run(&command, prints) } else { Ok(()) }
}

#[test]
fn every_example_of_the_documents_runs() {
    let bench = contracts();
    let mut files = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    files.extend(fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    files.retain(|path| path.extension().is_some_and(|e| e == "md") && path.is_file());
    files.sort();
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let place = Place::new(&bench, &name);
        for example in shown(&without_install(&fs::read_to_string(&file).unwrap())) {
            checked += 1;
            let (text, done) = match &example {
                Example::Command(command, prints) => (command, check(&place, command, prints)),
                // The worked example of CONTRIBUTING.md makes a file of the repository.
                Example::Python(recipe) if recipe.contains("sys.argv") => (recipe, Ok(())),
                Example::Python(recipe) => (recipe, place.run_python(recipe)),
            };
            if let Err(why) = done {
                wrong.push(format!("{name}: {text}\n  {why}"));
            }
        }
    }
    assert!(checked > 3, "README.md has examples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_are_found_in_blocks_of_their_language() {
    let text = "$ no\n```console\n$ tickler list \\\n    --party Acme\nout\n$ cargo test\n```\n```sh\n$ no\n```\n\
                ```python\nif True:\n    $ x\n```\n";
    let command = |text: &str, prints: &[&str]| {
        Example::Command(text.to_owned(), prints.iter().map(|line| (*line).to_owned()).collect())
    };
    let recipe = Example::Python("if True:\n    $ x\n".to_owned());
    assert_eq!(shown(text), [command("tickler list --party Acme", &["out"]), command("cargo test", &[]), recipe]);
    let lines = ["a", "...", "c  1...3"].map(str::to_owned);
    assert_eq!((not_printed(&lines, "a\nb\nc 123\n"), not_printed(&lines, "c 123\na\n")), (None, Some("c  1...3")));
    assert!(is_shown("a 1 b", "a ...") && is_shown("a", "a") && !is_shown("a b", "a") && !is_shown("a b c", "a ...b"));
    assert_eq!(missing_path("python3 fixtures/make.py target/x /tmp/y"), None);
    assert_eq!(missing_path("bash tests/none.sh"), Some("tests/none.sh"));
    assert_eq!(missing_path("git switch -c rule/notice"), None);
}
