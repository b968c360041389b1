//! What every command needs: the settings, the store, the date and the output.

use std::io::{self, BufWriter, IsTerminal as _, Stderr, Stdout, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use etcetera::BaseStrategy as _;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use tickler::config::Settings;
use tickler::index::{Followed, Index};
use tickler::store::{ContractRow, Store};
use tracing::level_filters::LevelFilter;

use super::clean::{Cleaned, clean};
use super::exit::Usage;
use super::{Color, Global};

/// Everything that commands share.
pub(super) struct App {
    /// Standard output; escape codes are removed where colours are off.
    pub(super) out: BufWriter<AutoStream<Stdout>>,
    pub(super) settings: Settings,
    /// Today in the time zone of the user.
    pub(super) today: Date,
    pub(super) now: Timestamp,
    pub(super) quiet: bool,
    color: Color,
    store: Option<PathBuf>,
}

/// Emphasis of headings.
pub(super) const BOLD: Style = Style::new().bold();
/// Details.
pub(super) const DIM: Style = Style::new().dimmed();

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
        let Global { store, config, color, verbose, quiet } = global;
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
        let settings = match find_config(config) {
            Some(path) => {
                tracing::info!(path = %path.display(), "settings");
                Settings::load(&path)?
            }
            None => Settings::default(),
        };
        let (now, today) = clock();
        let out = AutoStream::new(io::stdout(), choice(color, AutoStream::choice(&io::stdout())));
        Ok(Self { out: BufWriter::new(out), settings, today, now, quiet, color, store })
    }

    /// Folder of the store.
    pub(super) fn store_dir(&self) -> anyhow::Result<PathBuf> {
        match &self.store {
            Some(dir) if !dir.as_os_str().is_empty() => Ok(dir.clone()),
            _ => Ok(strategy()?.data_dir().join("tickler")),
        }
    }

    /// Whether a store has been made.
    pub(super) fn has_store(&self) -> bool {
        self.store_dir().is_ok_and(|dir| Store::exists(&dir))
    }

    /// The store, for reading.
    pub(super) fn read_store(&self) -> anyhow::Result<Store> {
        Ok(Store::read(&self.store_dir()?, self.now)?)
    }

    /// The store, for writing.
    pub(super) fn write_store(&self) -> anyhow::Result<Store> {
        Ok(Store::write(&self.store_dir()?, self.now)?)
    }

    /// The index of the store, up to date where that is possible.
    pub(super) fn index(&self, store: &mut Store) -> anyhow::Result<Index> {
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

    /// A remark on standard error, unless the user wants quiet.
    pub(super) fn note(&self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { writeln!(stderr(self.color), "{DIM}note:{DIM:#} {}", clean(text)) }
    }

    /// A document that failed, on standard error.
    pub(super) fn failed(&self, path: &str, why: &str) -> io::Result<()> {
        writeln!(stderr(self.color), "{BOLD}failed:{BOLD:#} {}: {}", clean(path), clean(why))
    }

    /// Writes a value as indented JSON and a line break.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let mut out = Cleaned::json(&mut self.out);
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
        Ok(())
    }

    /// Whether standard output is a terminal.
    pub(super) fn on_terminal() -> bool {
        io::stdout().is_terminal()
    }
}

/// The one contract that `name` means.
pub(super) fn one(store: &Store, name: &str) -> anyhow::Result<ContractRow> {
    the_one(store.find(name)?, name)
}

/// The one contract that `name` means. A part of its file name, title or party is enough, or its reference number: this is
/// for showing, not for removing.
pub(super) fn one_like(store: &Store, name: &str) -> anyhow::Result<ContractRow> {
    let found = store.find(name)?;
    the_one(if found.is_empty() && name.len() >= 3 { store.find_part(name)? } else { found }, name)
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

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn clock() -> (Timestamp, Date) {
    (Timestamp::now(), Zoned::now().date())
}

fn strategy() -> anyhow::Result<impl etcetera::BaseStrategy> {
    etcetera::choose_base_strategy()
        .map_err(|_| Usage("found no home folder for the store; name a folder with --store".to_owned()).into())
}

fn find_config(named: Option<PathBuf>) -> Option<PathBuf> {
    if let Some(path) = named.filter(|p| !p.as_os_str().is_empty()) {
        return Some(path);
    }
    let here = Path::new("tickler.toml");
    if here.is_file() {
        return Some(here.to_owned());
    }
    // Without a home folder there is no settings file either.
    let path = strategy().ok()?.config_dir().join("tickler").join("tickler.toml");
    path.is_file().then_some(path)
}
