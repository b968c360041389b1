//! The options for reading documents that `ingest` and `extract` share.

use tickler::batch;
use tickler::config::Settings;
use tickler::detect::model::{Classifier, Model};
use tickler::pipeline::ReadOptions;
use tickler::signature::Trust;
use tickler::source::Ask;
use tickler::text::{Engines, Tesseract};

use super::app::App;
use super::model::ModelArgs;
use super::passwords::PasswordArgs;
use super::scans::{self, OcrArgs};
use super::trust::TrustArgs;
use super::worker;

/// How documents are read
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArgs {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    passwords: PasswordArgs,
    #[command(flatten)]
    ocr: OcrArgs,
    #[command(flatten)]
    trust: TrustArgs,
    /// Number of documents to read in parallel [default: number of processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
}

/// How paths are found
#[derive(Debug, clap::Args)]
pub(super) struct SourceArgs {
    /// The paths on standard input end in NUL, as those of `find -print0` do
    #[arg(short = '0', long)]
    null: bool,
    /// Follow links that lead out of their folder; those to devices and files of the system are never followed
    #[arg(long)]
    follow_links: bool,
}

impl SourceArgs {
    pub(super) fn ask(&self) -> Ask {
        Ask { nul: self.null, follow_links: self.follow_links }
    }
}

/// What the documents of one command are read with.
#[derive(Debug)]
pub(super) struct Reading {
    model: Option<Model>,
    engines: Box<dyn Engines>,
    tesseract: Tesseract,
    pub(super) trust: Trust,
    pub(super) jobs: usize,
}

impl ReadingArgs {
    /// Puts the choices into the settings and loads the files that they name.
    pub(super) fn load(&self, app: &mut App) -> anyhow::Result<Reading> {
        Ok(Reading {
            model: self.model.load(app)?,
            trust: self.trust.load(app)?,
            engines: worker::engines(self.passwords.load()?)?,
            tesseract: self.ocr.reader(app),
            jobs: self.jobs.map_or_else(batch::default_jobs, usize::from),
        })
    }
}

impl Reading {
    /// Calls `done` after each scanned page.
    pub(super) fn watched(self, done: impl Fn() + Send + Sync + 'static) -> Self {
        Self { tesseract: self.tesseract.watched(done), ..self }
    }

    pub(super) fn options<'a>(&'a self, settings: &'a Settings) -> ReadOptions<'a> {
        ReadOptions {
            settings,
            model: self.model.as_ref().map(|m| m as &dyn Classifier),
            engines: &*self.engines,
            scans: scans::scans(&self.tesseract, settings),
            trust: &self.trust,
        }
    }
}
