//! The first engine: hayro's interpreter with a device that only listens for text.

use std::cell::Cell;
use std::collections::HashSet;

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, ObjectIdentifier};
use hayro_syntax::page::Page;

use super::annotations::{self, Annotations};
use super::boxes::{self, Boxes};
use super::drawn::Drawn;
use super::engine::MAX_PAGES;
use super::glyph::{FreeGlyph, Sheet, upright};
use super::hidden::HiddenBy;
use super::ink::{Brush, Ink, Sight};
use super::layers::Layers;
use super::{later, strike, unread};
use crate::signature::later_widgets;

/// Glyphs are given in units of a thousandth of the font size.
const UNITS_PER_EM: f64 = 1000.0;
/// Curves of a line that may be drawn by hand; a box with round corners has four.
const CURVES: usize = 6;
/// Most pages of a file that are drawn to see what they hide.
const MOST_DRAWN: u32 = 40;
/// Most drawings of a page that are told apart.
const MAX_DRAWINGS: usize = 200;

/// Listens to the drawing of one page.
struct TextDevice<'r> {
    glyphs: Vec<FreeGlyph>,
    page_area: f64,
    image_cover: f64,
    /// Places of images and curved drawings.
    drawings: Vec<[f32; 4]>,
    page: Rect,
    limit: usize,
    ink: Ink,
    boxes: Boxes,
    /// The run before: its first glyph, and the place of that.
    before: Option<(usize, Affine)>,
    /// What tells which layers are seen; none where all of them count.
    layers: Option<&'r Layers>,
    /// Whether the marked content that is open is on a layer that the engine draws, and that is not seen.
    unseen: Vec<bool>,
}

impl<'a> Device<'a> for TextDevice<'_> {
    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let layer = properties.filter(|_| tag == b"OC").zip(self.layers);
        let is_unseen = self.is_unseen() || layer.is_some_and(|(layer, layers)| layers.is_drawn_unseen(layer));
        self.unseen.push(is_unseen);
    }

    fn end_marked_content(&mut self) {
        self.unseen.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        let own = matches!(**first, FontGlyph::Type3(_));
        let bold = is_bold(first);
        let brush = self.ink.brush(&props, mode, own);
        let start = self.glyphs.len();
        let place = props.transform * first.transform();
        if matches!(mode, DrawMode::Stroke(_))
            && let Some((from, _)) = self.before.filter(|(_, before)| *before == place)
            && self.glyphs[from..].iter().any(|glyph| glyph.hidden.is_some())
        {
            // Letters that are filled and stroked come twice. Where the ground hides the first, the second may be seen.
            let again = self.glyphs.split_off(from);
            for (glyph, positioned) in again.into_iter().zip(run.glyphs()) {
                let seen = self.ink.judge(&glyph, ems(props.transform * positioned.transform(), own), brush);
                self.glyphs.push(FreeGlyph { hidden: glyph.hidden.and(seen.hidden()), ..glyph });
            }
            return;
        }
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
            let set = Set { place, advance: f64::from(advance.unwrap_or(500.0)), bold, code: glyph.char_code(), own };
            let from = self.glyphs.len();
            if let Sight::Doubtful(by) = self.place(glyph.as_unicode(), set, brush)
                && is_drawn(glyph)
            {
                self.ink.doubts.drawn(from..self.glyphs.len(), by);
            }
        }
        self.before = Some((start, place));
        if self.is_unseen() {
            for glyph in &mut self.glyphs[start..] {
                glyph.hidden = Some(HiddenBy::Layer);
            }
        } else if matches!(mode, DrawMode::Invisible) {
            self.ink.maybe_stencil(start, self.glyphs.len());
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if self.is_unseen() {
            return;
        }
        // An image is drawn in units of its own pixels.
        let area = props.transform.determinant().abs() * f64::from(image.width()) * f64::from(image.height());
        self.image_cover = self.image_cover.max(area / self.page_area);
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(pixels);
        self.drawn(place);
        self.ink.image(&image, &props, place, &mut self.glyphs);
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if self.is_unseen() {
            return;
        }
        let is_curve = |e: &&PathEl| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..));
        let place = props.transform.transform_rect_bbox(path.control_box());
        if path.elements().iter().filter(is_curve).take(CURVES).count() == CURVES {
            self.drawn(place);
        }
        self.boxes.path(path, place, mode, self.ink.inks(&props));
        self.ink.draw(Drawn::Path(path), place, &props, mode, &mut self.glyphs);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        if self.is_unseen() {
            return;
        }
        let place = props.transform.transform_rect_bbox(*rect);
        self.boxes.rect(place, mode, self.ink.inks(&props));
        self.ink.draw(Drawn::Rect(rect), place, &props, mode, &mut self.glyphs);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.ink.push_clip(clip, self.glyphs.len());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.ink.push_clip_rect(*rect);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.ink.push_group(opacity, mask.is_some(), blend);
    }

    fn pop_clip(&mut self) {
        self.ink.pop_clip();
    }

    fn pop_transparency_group(&mut self) {
        self.ink.pop_group();
    }
}

/// One glyph as it is set.
#[derive(Clone, Copy)]
struct Set {
    place: Affine,
    advance: f64,
    bold: bool,
    code: u32,
    /// Whether it brings its own drawing, so that its size is its own affair.
    own: bool,
}

/// Width and height of an em on the page; without end where a font has its own measure.
fn ems(place: Affine, own: bool) -> (f64, f64) {
    let origin = place * Point::ZERO;
    let em = |x, y| if own { f64::MAX } else { origin.distance(place * Point::new(x, y)) };
    (em(UNITS_PER_EM, 0.0), em(0.0, UNITS_PER_EM))
}

impl<'r> TextDevice<'r> {
    fn new(width: f32, height: f32, limit: usize, layers: Option<&'r Layers>) -> Self {
        let page = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        Self {
            glyphs: Vec::new(),
            page_area: page.area().max(1.0),
            image_cover: 0.0,
            drawings: Vec::new(),
            page,
            limit,
            ink: Ink::new(page),
            boxes: Boxes::default(),
            before: None,
            layers,
            unseen: Vec::new(),
        }
    }

    fn is_unseen(&self) -> bool {
        self.unseen.last().is_some_and(|unseen| *unseen)
    }

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

    /// Adds the characters of one glyph; those of a ligature share its width. Says whether it is seen.
    fn place(&mut self, unicode: Option<BfString>, set: Set, brush: Brush) -> Sight {
        let Set { place, advance, bold, code, own } = set;
        let origin = place * Point::ZERO;
        let end = place * Point::new(advance, 0.0);
        let up = place * Point::new(0.0, UNITS_PER_EM);
        #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32 with room to spare")]
        let [x, y, dx, dy, size] =
            [origin.x, origin.y, end.x - origin.x, end.y - origin.y, origin.distance(up)].map(|v| v as f32);
        if ![x, y, dx, dy, size].iter().all(|v| v.is_finite()) {
            return Sight::Seen;
        }
        let whole = FreeGlyph { c: super::glyph::UNREAD, x, y, dx, dy, size, bold, code, hidden: None };
        let sight = self.ink.judge(&whole, ems(place, own), brush);
        let whole = FreeGlyph { hidden: sight.hidden(), ..whole };
        let mut put = |c: char, from: f32, part: f32| {
            let (x, y, dx, dy) = (x + dx * from, y + dy * from, dx * part, dy * part);
            self.glyphs.push(FreeGlyph { c, x, y, dx, dy, ..whole });
        };
        match unicode {
            None => put(whole.c, 0.0, 1.0),
            Some(BfString::Char(c)) => put(c, 0.0, 1.0),
            Some(BfString::String(s)) => {
                let n = s.chars().count().max(1) as f32;
                for (i, c) in s.chars().enumerate() {
                    put(c, i as f32 / n, 1.0 / n);
                }
            }
        }
        sight
    }
}

/// Whether a picture of the page can tell: a glyph that is missing in a font that stands in for another one is drawn by other
/// programs.
fn is_drawn(glyph: &FontGlyph<'_>) -> bool {
    match glyph {
        FontGlyph::Outline(glyph) => !glyph.outline().elements().is_empty(),
        FontGlyph::Type3(_) => true,
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
    let reader = Reader {
        pdf,
        cache: InterpreterCache::new(),
        layers: Layers::of(pdf),
        later: later_widgets(pdf),
        redrawn: redrawn(pdf),
        drawn: Cell::new(0),
    };
    let mut left = limit;
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let (sheet, read) = reader.page(page, left);
        consume(sheet);
        // A ligature at the end may pass the limit.
        left = left.saturating_sub(read);
        if left == 0 {
            return false;
        }
    }
    pdf.pages().len() <= MAX_PAGES
}

/// Whether the form of a file asks for this (ISO 32000-1, table 218).
fn redrawn(pdf: &Pdf) -> bool {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let form = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"AcroForm"));
    form.and_then(|form| form.get::<bool>(b"NeedAppearances")).unwrap_or(false)
}

/// What is the same for all pages of a file.
struct Reader<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    layers: Layers,
    /// Where signatures after the first one are shown.
    later: HashSet<ObjectIdentifier>,
    /// Whether reader programs draw the values of fields anew.
    redrawn: bool,
    /// Pages that were drawn to see what they hide.
    drawn: Cell<u32>,
}

impl<'a> Reader<'a> {
    /// Draws the page where glyphs of it are doubtful or the text of a picture, and hides those that are not seen.
    fn look_closer(&self, page: &Page<'a>, ink: &Ink, glyphs: &mut [FreeGlyph]) {
        let doubtful = ink.doubts.glyphs(glyphs);
        if doubtful.is_empty() && ink.layer.is_empty() || self.drawn.get() >= MOST_DRAWN {
            return;
        }
        self.drawn.set(self.drawn.get() + 1);
        super::doubt::settle(page, &doubtful, &ink.layer, glyphs);
    }

    fn context(&self, page: &Page<'a>, content: RenderContent) -> Context<'a> {
        self.context_at(page, page.initial_transform(true).to_kurbo(), content)
    }

    fn context_at(&self, page: &Page<'a>, place: Affine, content: RenderContent) -> Context<'a> {
        let (width, height) = page.render_dimensions();
        let bbox = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings { render_content: content, ..InterpreterSettings::default() };
        Context::new(place, bbox, &self.cache, self.pdf.xref(), settings)
    }

    /// Draws the annotations that are shown. The engine knows too few reasons not to show one.
    fn draw(&self, page: &Page<'a>, annotations: &Annotations<'a>, device: &mut TextDevice<'_>) {
        if !annotations.are_sorted {
            interpret_page(page, &mut self.context(page, RenderContent::ANNOTATIONS), device);
            return;
        }
        for annotation in &annotations.shown {
            annotations::look(page, annotation, |operations, resources, place, seen| {
                device.push_clip_rect(&seen);
                interpret(operations, resources, &mut self.context_at(page, place, RenderContent::PAGE), device);
                device.pop_clip();
            });
        }
    }

    /// The glyphs of the annotations that nobody sees.
    fn unseen(&self, page: &Page<'a>, annotations: &Annotations<'a>, limit: usize) -> Vec<FreeGlyph> {
        let (width, height) = page.render_dimensions();
        let mut out = Vec::new();
        for (annotation, by) in &annotations.unseen {
            annotations::look(page, annotation, |operations, resources, place, _| {
                let mut device = TextDevice::new(width, height, limit.saturating_sub(out.len()), None);
                interpret(operations, resources, &mut self.context_at(page, place, RenderContent::PAGE), &mut device);
                out.extend(device.glyphs.into_iter().map(|glyph| FreeGlyph { hidden: Some(*by), ..glyph }));
            });
        }
        out
    }

    /// One page, and the number of its glyphs.
    fn page(&self, page: &Page<'a>, limit: usize) -> (Sheet, usize) {
        let (width, height) = page.render_dimensions();
        let mut sheet = Sheet::new(width, height);
        let mut device = TextDevice::new(width, height, limit, Some(&self.layers));
        interpret_page(page, &mut self.context(page, RenderContent::PAGE), &mut device);
        let mut fields = device.glyphs.len();
        let to_page = page.initial_transform(true).to_kurbo();
        let mut buttons = Vec::new();
        let (mut struck, mut pen) = (Vec::new(), Vec::new());
        let mut unseen = Vec::new();
        if page.raw().contains_key(b"Annots") {
            let annotations = Annotations::of(page, &self.layers);
            for place in strike::places(&annotations.shown, b"Highlight", to_page) {
                device.ink.marker(place);
            }
            self.draw(page, &annotations, &mut device);
            unseen = self.unseen(page, &annotations, limit);
            super::fields::without_appearance(page, &annotations, to_page, self.redrawn, fields, &mut device.glyphs);
            buttons = boxes::buttons(&annotations.shown, to_page);
            struck = strike::places(&annotations.shown, b"StrikeOut", to_page);
            pen = strike::annotated_lines(&annotations.shown, to_page);
        }
        let TextDevice { mut glyphs, image_cover, drawings, mut ink, boxes, .. } = device;
        ink.settle(&mut glyphs);
        let layer = ink.layer.len();
        self.look_closer(page, &ink, &mut glyphs);
        super::hidden::small_pages(&mut glyphs);
        let seals = if self.later.is_empty() { Vec::new() } else { later::widgets(page, &self.later) };
        if !seals.is_empty() {
            later::mark(page, &seals, &mut glyphs[fields..], |operations, resources, place, found| {
                let mut device = TextDevice::new(width, height, limit, None);
                interpret(operations, resources, &mut self.context_at(page, place, RenderContent::PAGE), &mut device);
                found.append(&mut device.glyphs);
            });
        }
        struck.extend(ink.crosses());
        pen.extend(ink.pen());
        strike::strike(&mut glyphs, ink.lines(), &pen, &struck);
        boxes.set(&buttons, &mut glyphs, &mut fields);
        unread::mark(&mut glyphs);
        let read = glyphs.len();
        let hidden = self.layers.hidden(page, &glyphs, |operations, resources, found| {
            let mut device = TextDevice::new(width, height, limit, None);
            interpret(operations, resources, &mut self.context(page, RenderContent::PAGE), &mut device);
            found.append(&mut device.glyphs);
        });
        let over = glyphs.split_off(fields);
        glyphs.extend(hidden);
        glyphs.extend(unseen);
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let cover = image_cover.min(1.0) as f32;
        sheet.image_cover = cover;
        sheet.layered = 2 * layer > fields;
        sheet.drawings = drawings;
        upright(&mut sheet, &glyphs, &over);
        super::blanks::fill(&mut sheet);
        (sheet, read)
    }
}
