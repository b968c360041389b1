//! The first engine: hayro's interpreter with a device that only listens for text.

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::Pdf;

use super::engine::MAX_PAGES;
use super::glyph::{FreeGlyph, Sheet, upright};

/// Glyphs are given in units of a thousandth of the font size.
const UNITS_PER_EM: f64 = 1000.0;
/// Curves of a line that may be drawn by hand; a box with round corners has four.
const CURVES: usize = 6;
/// Most drawings of a page that are told apart.
const MAX_DRAWINGS: usize = 200;

/// Listens to the drawing of one page.
struct TextDevice {
    glyphs: Vec<FreeGlyph>,
    page_area: f64,
    image_cover: f64,
    /// Places of images and curved drawings.
    drawings: Vec<[f32; 4]>,
    page: Rect,
    limit: usize,
}

impl<'a> Device<'a> for TextDevice {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let bold = run.glyphs().first().is_some_and(|g| is_bold(g));
        for positioned in run.glyphs() {
            if self.glyphs.len() >= self.limit {
                return;
            }
            let glyph: &FontGlyph<'_> = positioned;
            let place = props.transform * positioned.transform();
            let advance = match glyph {
                FontGlyph::Outline(g) => g.advance_width(),
                FontGlyph::Type3(g) => g.advance_width(),
            };
            self.place(glyph.as_unicode(), place, f64::from(advance.unwrap_or(500.0)), bold);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // An image is drawn in units of its own pixels.
        let area = props.transform.determinant().abs() * f64::from(image.width()) * f64::from(image.height());
        self.image_cover = self.image_cover.max(area / self.page_area);
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.drawn(props.transform.transform_rect_bbox(pixels));
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        let is_curve = |e: &&PathEl| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..));
        if path.elements().iter().filter(is_curve).take(CURVES).count() == CURVES {
            self.drawn(props.transform.transform_rect_bbox(path.control_box()));
        }
    }
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl TextDevice {
    /// Notes a drawing; of many, only that there are some.
    fn drawn(&mut self, place: Rect) {
        let place = place.intersect(self.page);
        if !(place.width() > 0.0 && place.height() > 0.0) {
            return;
        }
        let place = if self.drawings.len() < MAX_DRAWINGS { place } else { self.page };
        if self.drawings.len() <= MAX_DRAWINGS {
            #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
            self.drawings.push([place.x0, place.y0, place.x1, place.y1].map(|v| v as f32));
        }
    }

    /// Adds the characters of one glyph; those of a ligature share its width.
    fn place(&mut self, unicode: Option<BfString>, place: Affine, advance: f64, bold: bool) {
        let origin = place * Point::ZERO;
        let end = place * Point::new(advance, 0.0);
        let up = place * Point::new(0.0, UNITS_PER_EM);
        #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32 with room to spare")]
        let [x, y, dx, dy, size] =
            [origin.x, origin.y, end.x - origin.x, end.y - origin.y, origin.distance(up)].map(|v| v as f32);
        if ![x, y, dx, dy, size].iter().all(|v| v.is_finite()) {
            return;
        }
        let mut put = |c: char, from: f32, part: f32| {
            let (x, y, dx, dy) = (x + dx * from, y + dy * from, dx * part, dy * part);
            self.glyphs.push(FreeGlyph { c, x, y, dx, dy, size, bold });
        };
        match unicode {
            None => put('\u{fffd}', 0.0, 1.0),
            Some(BfString::Char(c)) => put(c, 0.0, 1.0),
            Some(BfString::String(s)) => {
                let n = s.chars().count().max(1) as f32;
                for (i, c) in s.chars().enumerate() {
                    put(c, i as f32 / n, 1.0 / n);
                }
            }
        }
    }
}

fn is_bold(glyph: &FontGlyph<'_>) -> bool {
    let FontGlyph::Outline(outline) = glyph else { return false };
    outline.font_data().is_some_and(|font| {
        font.weight.is_some_and(|w| w >= 600)
            || font.postscript_name.is_some_and(|name| name.contains("Bold") || name.contains("Black"))
    })
}

/// Reads page after page and hands each to `consume`, until the document ends or `limit` glyphs or [`MAX_PAGES`] pages
/// have been read.
/// Returns whether all of it was read.
pub(super) fn read_pages(pdf: &Pdf, limit: usize, mut consume: impl FnMut(Sheet)) -> bool {
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let mut left = limit;
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let (width, height) = page.render_dimensions();
        let mut sheet = Sheet::new(width, height);
        let mut device = TextDevice {
            glyphs: Vec::new(),
            page_area: f64::from(width * height).max(1.0),
            image_cover: 0.0,
            drawings: Vec::new(),
            page: Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            limit: left,
        };
        let bbox = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bbox, &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, &mut device);
        let glyphs = std::mem::take(&mut device.glyphs);
        // A ligature at the end may pass the limit.
        left = left.saturating_sub(glyphs.len());
        device.limit = left;
        if page.raw().contains_key(b"Annots") {
            let overlay = InterpreterSettings { render_content: RenderContent::ANNOTATIONS, ..settings.clone() };
            let mut context = Context::new(transform, bbox, &cache, pdf.xref(), overlay);
            interpret_page(page, &mut context, &mut device);
            super::fields::without_appearance(page, transform, &mut device.glyphs);
            left = left.saturating_sub(device.glyphs.len());
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let cover = device.image_cover.min(1.0) as f32;
        sheet.image_cover = cover;
        sheet.drawings = std::mem::take(&mut device.drawings);
        upright(&mut sheet, &glyphs, &device.glyphs);
        consume(sheet);
        if left == 0 {
            return false;
        }
    }
    pdf.pages().len() <= MAX_PAGES
}
