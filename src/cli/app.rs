//! What every command needs: the settings, the store, the date and the output.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal as _, Stderr, Stdout, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use etcetera::BaseStrategy as _;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use tickler::config::{Settings, SettingsFile};
use tickler::index::{Followed, Index};
use tickler::store::{ContractRow, PassedOver, Store, StoreError};
use tracing::level_filters::LevelFilter;

use super::clean::{Cleaned, clean};
use super::current::Current;
use super::exit::Usage;
use super::pager::Pager;
use super::{Color, Global, Wait};

/// Everything that commands share.
pub(crate) struct App {
    /// Where commands print.
    pub(crate) out: Out,
    pub(crate) settings: Settings,
    /// Where they are from.
    pub(crate) settings_files: Vec<SettingsFile>,
    /// Today in the time zone of the user.
    pub(crate) today: Date,
    pub(crate) now: Timestamp,
    pub(crate) quiet: bool,
    pub(super) color: Color,
    /// Whether long lists are shown page by page.
    pages: bool,
    store: Option<PathBuf>,
    /// How long to wait for a store that is in use.
    wait: Option<Wait>,
    /// What the stores passed over that were opened.
    passed: RefCell<Vec<PassedOver>>,
    /// Remarks, where what is printed is kept.
    remarks: RefCell<Vec<String>>,
}

/// Where commands print.
pub(crate) enum Out {
    /// Standard output; escape codes are removed where colours are off.
    Standard(BufWriter<AutoStream<Stdout>>),
    /// It is kept, for the page and for assistants.
    Kept(Vec<u8>),
}

impl Write for Out {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(buf),
            Self::Kept(out) => out.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Kept(out) => out.flush(),
        }
    }
}

impl Out {
    /// Whether somebody runs the command who sees the files of this computer: the page and assistants must learn nothing of
    /// them.
    pub(crate) const fn is_standard(&self) -> bool {
        matches!(self, Self::Standard(_))
    }
}

/// What the page and assistants run commands with: each request has an [`App`] of its own, since the day changes while they
/// are open.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    settings: Settings,
    store: PathBuf,
    as_of: Option<Date>,
}

impl Seat {
    /// For one request.
    pub(crate) fn app(&self) -> App {
        let (now, today) = clock();
        App {
            out: Out::Kept(Vec::new()),
            settings: self.settings.clone(),
            settings_files: Vec::new(),
            today: self.as_of.unwrap_or(today),
            now,
            quiet: true,
            color: Color::Never,
            pages: false,
            store: Some(self.store.clone()),
            // A reader waits only while a store of an earlier version is brought up to date.
            wait: Some(Wait::Seconds(MOMENT)),
            passed: RefCell::default(),
            remarks: RefCell::default(),
        }
    }
}

/// So many computed dates make a list slow.
const MANY: usize = 50;
/// How many seconds somebody who says something waits for another one who does.
const MOMENT: u32 = 5;

/// Emphasis of headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// Details.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Standard error in the colours asked for.
pub(super) fn stderr(color: Color) -> AutoStream<Stderr> {
    let err = io::stderr();
    AutoStream::new(err, choice(color, AutoStream::choice(&io::stderr())))
}

fn choice(color: Color, auto: ColorChoice) -> ColorChoice {
    match color {
        Color::Auto => auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}

impl App {
    pub(super) fn new(global: Global) -> anyhow::Result<Self> {
        let Global { store, config, color, no_pager, verbose, quiet, wait } = global;
        let level = match (quiet, verbose) {
            (true, _) => LevelFilter::ERROR,
            (false, 0) => LevelFilter::WARN,
            (false, 1) => LevelFilter::INFO,
            (false, _) => LevelFilter::DEBUG,
        };
        let ansi = choice(color, AutoStream::choice(&io::stderr())) != ColorChoice::Never;
        let subscriber = tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(ansi).with_max_level(level);
        // It can be set once per process; nobody else sets it.
        let _ = subscriber.without_time().with_target(false).try_init();
        let (settings, settings_files) = load_settings(config)?;
        let (now, today) = clock();
        let out = AutoStream::new(io::stdout(), choice(color, AutoStream::choice(&io::stdout())));
        let out = Out::Standard(BufWriter::new(out));
        let (pages, passed, remarks) = (!no_pager, RefCell::default(), RefCell::default());
        let app = Self { out, settings, settings_files, today, now, quiet, color, pages, store, wait, passed, remarks };
        app.tell_settings()?;
        Ok(app)
    }

    /// What the page and assistants run commands with; `as_of` is the day that counts as today, `me` the name of the user.
    pub(crate) fn seat(&self, as_of: Option<Date>, me: Option<&str>) -> anyhow::Result<Seat> {
        let mut settings = self.settings.clone();
        settings.me = me.map(str::to_owned).or(settings.me);
        Ok(Seat { settings, store: self.store_dir()?, as_of })
    }

    /// What was printed and kept, and then the remarks; escape codes are removed.
    pub(crate) fn kept(&mut self) -> String {
        match &mut self.out {
            Out::Standard(_) => String::new(),
            Out::Kept(out) => {
                let text = String::from_utf8_lossy(&std::mem::take(out)).into_owned();
                let remarks = self.remarks.take().concat();
                anstream::adapter::strip_str(&text).to_string() + &remarks
            }
        }
    }

    /// Says which settings come from the working folder.
    fn tell_settings(&self) -> io::Result<()> {
        for file in self.settings_files.iter().filter(|file| file.working_folder) {
            let path = file.path.display();
            if let Some(problem) = &file.problem {
                self.note(&format!("the settings of {path} in this folder do not count: {problem}"))?;
            }
            if !file.in_force.is_empty() {
                self.note(&format!("settings of {path} in this folder are in force: {}", file.in_force.join(", ")))?;
            }
            if !file.ignored.is_empty() {
                let ignored = file.ignored.join(", ");
                self.note(&format!(
                    "settings of {path} in this folder do not count: {ignored}; --config {path} makes all of them count"
                ))?;
            }
        }
        Ok(())
    }

    /// Folder of the store.
    pub(crate) fn store_dir(&self) -> anyhow::Result<PathBuf> {
        match &self.store {
            Some(dir) if !dir.as_os_str().is_empty() => Ok(dir.clone()),
            _ => Ok(strategy()?.data_dir().join("tickler")),
        }
    }

    /// Whether a store has been made.
    pub(crate) fn has_store(&self) -> bool {
        self.store_dir().is_ok_and(|dir| Store::exists(&dir))
    }

    /// The store, for reading.
    pub(crate) fn read_store(&self) -> anyhow::Result<Store> {
        let dir = self.store_dir()?;
        Ok(self.opened(self.patiently(|| Store::read(&dir, self.now))?))
    }

    /// The store, for writing.
    pub(crate) fn write_store(&self) -> anyhow::Result<Store> {
        let dir = self.store_dir()?;
        Ok(self.opened(self.patiently(|| Store::write(&dir, self.now))?))
    }

    /// The store, to say something: another one who says something too is waited for.
    pub(crate) fn store_to_tell(&self) -> anyhow::Result<Store> {
        let dir = self.store_dir()?;
        // Not made anew: what is said is about a contract that is there.
        self.read_store()?;
        let wait = self.wait.unwrap_or(Wait::Seconds(MOMENT));
        Ok(self.opened(self.waiting(Some(wait), || Store::write(&dir, self.now))?))
    }

    /// Who the user is: as the settings say, else as the system does.
    pub(crate) fn me(&self) -> String {
        let filled = |name: &String| !name.trim().is_empty();
        let variable = |name: &&str| std::env::var(name).ok().filter(filled);
        let system = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(variable).or_else(account);
        let named = self.settings.me.clone().filter(filled).or_else(system).filter(filled);
        named.unwrap_or_else(|| "the user of this computer".to_owned())
    }

    /// The person that somebody names: `me` is the user.
    pub(crate) fn person(&self, name: &str) -> String {
        if name == "me" { self.me() } else { name.to_owned() }
    }

    fn opened(&self, store: Store) -> Store {
        self.passed.borrow_mut().push(store.passed_over());
        store.of_us(&self.settings.us)
    }

    /// Tries again while another tickler uses the store, for as long as the user wants to wait.
    pub(crate) fn patiently<T>(&self, attempt: impl FnMut() -> Result<T, StoreError>) -> anyhow::Result<T> {
        self.waiting(self.wait, attempt)
    }

    fn waiting<T>(&self, wait: Option<Wait>, mut attempt: impl FnMut() -> Result<T, StoreError>) -> anyhow::Result<T> {
        let begun = Instant::now();
        let mut told = false;
        loop {
            match attempt() {
                Err(StoreError::Locked { holder, .. }) if wait.is_some_and(|wait| wait.goes_on(begun.elapsed())) => {
                    if !told {
                        told = true;
                        let by = holder.map_or_else(String::new, |holder| format!(" (process {holder})"));
                        self.note(&format!("the store is in use by another tickler{by}; waiting for it"))?;
                    }
                    std::thread::sleep(Duration::from_millis(100));
                }
                other => return Ok(other?),
            }
        }
    }

    /// Tells what could not be read of the stores and was passed over; says whether there was anything.
    pub(crate) fn tell_passed_over(&self) -> io::Result<bool> {
        let all: BTreeMap<String, String> = self.passed.borrow().iter().flat_map(PassedOver::take).collect();
        for (name, why) in &all {
            self.failed(name, why)?;
        }
        Ok(!all.is_empty())
    }

    /// Keeps the dates that a list had to compute as of today, where they are many, and the overview that it had to make. A store that is in use or cannot be
    /// written stays as it is: the next list computes them again.
    pub(crate) fn keep_dates(&self, current: &Current<'_>, as_of: Date) {
        let mut made = current.take_made();
        if as_of != self.today || made.len() < MANY {
            made.clear();
        }
        let keep = || -> anyhow::Result<()> {
            let parts = current.take_overview()?;
            if made.is_empty() && parts.is_empty() {
                return Ok(());
            }
            let mut store = Store::write(&self.store_dir()?, self.now)?;
            store.keep_dates(&made)?;
            Ok(store.keep_overview(&parts)?)
        };
        if let Err(error) = keep() {
            tracing::debug!(%error, "cannot keep the dates that were computed");
        }
    }

    /// The index of the store, up to date where that is possible.
    pub(crate) fn index(&self, store: &mut Store) -> anyhow::Result<Index> {
        let (index, followed) = Index::open(store)?;
        match followed {
            Followed::Fresh => {}
            Followed::Updated { contracts } => tracing::info!(contracts, "search index updated"),
            Followed::Rebuilt { contracts } => tracing::info!(contracts, "search index rebuilt"),
            Followed::Behind => {
                self.note("another tickler is writing to the store; the newest documents may be missing")?;
            }
            Followed::InMemory => self.note("the search index cannot be written; this search uses a temporary one")?,
        }
        Ok(index)
    }

    /// A remark on standard error, unless the user wants quiet; where what is printed is kept, so is the remark.
    pub(crate) fn note(&self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.remark("note:", DIM, &clean(text)) }
    }

    /// A document that failed, on standard error; or kept as a remark is.
    pub(crate) fn failed(&self, path: &str, why: &str) -> io::Result<()> {
        self.remark("failed:", BOLD, &format!("{}: {}", clean(path), clean(why)))
    }

    fn remark(&self, kind: &str, style: Style, text: &str) -> io::Result<()> {
        if !self.quiet && matches!(self.out, Out::Kept(_)) {
            self.remarks.borrow_mut().push(format!("{kind} {text}\n"));
            return Ok(());
        }
        writeln!(stderr(self.color), "{style}{kind}{style:#} {text}")
    }

    /// What shows long output, where that is a terminal.
    pub(super) fn pager(&self) -> Option<Pager> {
        (self.pages && io::stdout().is_terminal()).then(|| Pager::of(|name| std::env::var_os(name))).flatten()
    }

    /// Writes a value as indented JSON and a line break.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let mut out = Cleaned::json(&mut self.out);
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
        Ok(())
    }
}

/// The one contract that `name` means.
pub(crate) fn one(store: &Store, name: &str) -> anyhow::Result<ContractRow> {
    the_one(find(store, name)?, name)
}

/// The contracts that `name` may mean: its file name, its path, the first digits of its ID, its reference number, or a part of
/// its file name, its title or a party.
pub(crate) fn find(store: &Store, name: &str) -> Result<Vec<ContractRow>, StoreError> {
    let mut found = store.find(name)?;
    if found.len() != 1 {
        // Of several files with a name the one that is here is meant.
        let here = store.find_path(name)?;
        found = if here.is_empty() { found } else { here };
    }
    if found.is_empty() && name.len() >= 3 {
        found = store.find_part(name)?;
    }
    // Of the versions of a file the present one is meant.
    if found.iter().any(|row| !row.replaced) {
        found.retain(|row| !row.replaced || name.to_ascii_lowercase().starts_with(row.id.short()));
    }
    Ok(found)
}

fn the_one(mut found: Vec<ContractRow>, name: &str) -> anyhow::Result<ContractRow> {
    match found.len() {
        1 => Ok(found.swap_remove(0)),
        0 => Err(Usage(format!(
            "no contract is called {name:?}: give its file name, its path, the first digits of its ID, its reference number, \
             or a part of its title or of the name of a party (see `tickler list`)"
        ))
        .into()),
        n => {
            let names: Vec<String> =
                found.iter().map(|row| format!("  {}  {}", row.id.short(), clean(&row.uri))).collect();
            Err(Usage(format!("{n} contracts are called {name:?}; give an ID:\n{}", names.join("\n"))).into())
        }
    }
}

/// The name of the user's account: jobs of `cron` and services have no variable that tells it.
#[cfg(unix)]
fn account() -> Option<String> {
    let number = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    // Name, password, number, ...
    let named = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    named.filter(|user| user.get(2) == Some(&&*number)).find_map(|user| user.first().map(|name| (*name).to_owned()))
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn clock() -> (Timestamp, Date) {
    (Timestamp::now(), Zoned::now().date())
}

fn strategy() -> anyhow::Result<impl etcetera::BaseStrategy> {
    etcetera::choose_base_strategy()
        .map_err(|_| Usage("found no home folder for the store; name a folder with --store".to_owned()).into())
}

/// The settings in force and the files that they come from: the file that the user named; else that of the configuration
/// folder, and over it what is harmless in the working folder, since that may be a stranger's.
fn load_settings(named: Option<PathBuf>) -> anyhow::Result<(Settings, Vec<SettingsFile>)> {
    if let Some(path) = named.filter(|p| !p.as_os_str().is_empty()) {
        let (settings, file) = Settings::load(&path)?;
        return Ok((settings, vec![file]));
    }
    let (mut settings, mut files) = (Settings::default(), Vec::new());
    // Without a home folder there is no settings file either.
    let own = strategy().ok().map(|folders| folders.config_dir().join("tickler").join("tickler.toml"));
    if let Some((loaded, file)) = own.as_deref().map(Settings::load_own).transpose()?.flatten() {
        settings = loaded;
        files.push(file);
    }
    let here = Path::new("tickler.toml");
    let same = |own: &PathBuf| std::fs::canonicalize(own).ok() == std::fs::canonicalize(here).ok();
    if here.is_file() && !own.as_ref().is_some_and(same) {
        let (both, file) = settings.with_harmless(here);
        settings = both;
        files.push(file);
    }
    for file in &files {
        tracing::info!(path = %file.path.display(), "settings");
    }
    Ok((settings, files))
}
