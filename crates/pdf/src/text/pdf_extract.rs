//! The second engine: pdf-extract, for files that the first cannot read.

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

use super::engine::{MAX_PAGES, Pages};
use super::glyph::{FreeGlyph, Sheet, upright};
use super::ocr::Scan;
use crate::contained;

struct Collector<'a> {
    pages: Pages<'a>,
    sheet: Option<Sheet>,
    glyphs: Vec<FreeGlyph>,
    origin: (f64, f64),
    height: f64,
    left: usize,
    /// Whether there was more than may be read.
    cut: bool,
}

impl Collector<'_> {
    fn close(&mut self) {
        if let Some(mut sheet) = self.sheet.take() {
            // This engine does not say what is drawn.
            sheet.drawings = vec![[0.0, 0.0, sheet.info.width, sheet.info.height]];
            upright(&mut sheet, &self.glyphs, &[]);
            self.glyphs.clear();
            self.pages.add(&sheet);
        }
    }

    /// Ends the reading: the engine stops at an error.
    fn stop(&mut self) -> Result<(), OutputError> {
        self.cut = true;
        Err(OutputError::FormatError(std::fmt::Error))
    }
}

impl OutputDev for Collector<'_> {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.close();
        if self.pages.rows.len() >= MAX_PAGES {
            return self.stop();
        }
        self.origin = (media.llx, media.lly);
        self.height = media.ury - media.lly;
        #[expect(clippy::cast_possible_truncation, reason = "page sizes fit f32")]
        let (width, height) = ((media.urx - media.llx) as f32, self.height as f32);
        self.sheet = Some(Sheet::new(width, height));
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.close();
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _: f64,
        size: f64,
        chars: &str,
    ) -> Result<(), OutputError> {
        let n = chars.chars().count();
        if n == 0 {
            return Ok(());
        }
        if self.left < n {
            return self.stop();
        }
        self.left -= n;
        let scale = (trm.m21.hypot(trm.m22)).abs();
        let (x, y) = (trm.m31 - self.origin.0, self.height - (trm.m32 - self.origin.1));
        let (dx, dy) = (trm.m11 * width * size / n as f64, -trm.m12 * width * size / n as f64);
        for (i, c) in chars.chars().enumerate() {
            let i = i as f64;
            #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
            let [x, y, dx, dy, size] = [x + dx * i, y + dy * i, dx, dy, scale * size].map(|v| v as f32);
            if [x, y, dx, dy, size].iter().all(|v| v.is_finite()) {
                self.glyphs.push(FreeGlyph { c, x, y, dx, dy, size, bold: false, code: 0, hidden: None });
            }
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Reads up to `limit` characters and [`MAX_PAGES`] pages, and says whether that was all; `None` when the engine can make
/// nothing of the file. What was read before an error or a panic is kept.
pub(super) fn read_pages<'a>(bytes: &[u8], scans: &'a [Scan], limit: usize) -> Option<(Pages<'a>, bool)> {
    let mut collector = Collector {
        pages: Pages { scans, ..Pages::default() },
        sheet: None,
        glyphs: Vec::new(),
        origin: (0.0, 0.0),
        height: 0.0,
        left: limit,
        cut: false,
    };
    // Its errors are of no use to a user: the first engine has failed already, and whatever came out is better.
    let _ = contained(|| Document::load_mem(bytes).ok().map(|document| output_doc(&document, &mut collector)));
    collector.close();
    (!collector.pages.is_empty()).then_some((collector.pages, !collector.cut))
}
