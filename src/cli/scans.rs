//! The options for scanned pages.

use clap::ValueEnum;
use tickler::config::{OcrChoice, Settings, check_language};
use tickler::text::{Ocr as _, Scans, Tesseract};

use super::app::App;
use super::worker;

/// How scanned pages are read
#[derive(Debug, clap::Args)]
pub(super) struct OcrArgs {
    /// When to read pages from their image with the program tesseract [default: auto]
    #[arg(long, env = "TICKLER_OCR", value_enum, value_name = "WHEN")]
    ocr: Option<When>,
    /// Language of scanned pages as tesseract names it, such as eng or eng+deu [default: eng]
    #[arg(long, env = "TICKLER_OCR_LANGUAGE", value_name = "LANG", value_parser = language)]
    ocr_language: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    /// Scanned pages: an image without text
    Auto,
    /// No page
    Never,
    /// Every page, for files whose own text is wrong
    Always,
}

fn language(text: &str) -> Result<String, String> {
    check_language(text).map(|()| text.to_owned()).map_err(|problem| format!("it {problem}"))
}

impl OcrArgs {
    /// Puts the choice into the settings and returns the reader.
    pub(super) fn reader(&self, app: &mut App) -> Tesseract {
        if let Some(when) = self.ocr {
            app.settings.ocr = match when {
                When::Auto => OcrChoice::Auto,
                When::Never => OcrChoice::Never,
                When::Always => OcrChoice::Always,
            };
        }
        if let Some(language) = &self.ocr_language {
            app.settings.ocr_language.clone_from(language);
        }
        tesseract(&app.settings)
    }
}

fn tesseract(settings: &Settings) -> Tesseract {
    Tesseract::new(&settings.ocr_language).tied(worker::tie())
}

/// What the settings say of scanned pages.
pub(super) fn scans<'a>(tesseract: &'a Tesseract, settings: &Settings) -> Scans<'a> {
    match settings.ocr {
        OcrChoice::Never => Scans::Leave,
        choice => Scans::Read { ocr: tesseract, every_page: choice == OcrChoice::Always },
    }
}

/// For people: which program reads scanned pages, or how to install one.
pub(super) fn describe(settings: &Settings) -> String {
    if settings.ocr == OcrChoice::Never {
        return "not read: switched off in the settings".to_owned();
    }
    let tesseract = tesseract(settings);
    match tesseract.check() {
        Ok(()) => {
            let name = tesseract.name().unwrap_or_default();
            format!("read by {name}, language {}", settings.ocr_language)
        }
        Err(error) => format!("not read: {error}"),
    }
}
