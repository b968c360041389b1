//! Pages that fill from the top, and are numbered when all of them are there.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};

use super::BadPdf;
use super::letters::{Letters, Run};

/// A4, in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;

/// The margins on all sides.
const MARGIN: f32 = 46.0;

/// The height of a line, in parts of the size of its letters.
pub(super) const LINE: f32 = 1.35;

/// The size of what stands at the foot of a page.
const FOOT: f32 = 7.5;

/// How wide and how high the part of a page is that can be filled.
pub(super) const ROOM: f32 = WIDTH - 2.0 * MARGIN;
const DEPTH: f32 = HEIGHT - 2.0 * MARGIN - 14.0;

/// A colour, as `0xRRGGBB`.
#[derive(Clone, Copy)]
pub(super) struct Color(pub(super) u32);

pub(super) const INK: Color = Color(0x1c_24_30);
pub(super) const DIM: Color = Color(0x5c_66_72);
pub(super) const RULE: Color = Color(0xd5_da_e0);

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) is_bold: bool,
    pub(super) size: f32,
    pub(super) color: Color,
}

impl Style {
    pub(super) const fn plain(size: f32) -> Self {
        Self { is_bold: false, size, color: INK }
    }

    pub(super) const fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    pub(super) const fn color(self, color: Color) -> Self {
        Self { color, ..self }
    }

    /// The height of a line.
    pub(super) fn height(self) -> f32 {
        self.size * LINE
    }
}

/// What stands on a page; places are from the left and from the top of what can be filled.
enum Mark {
    Text { x: f32, y: f32, run: Run, style: Style },
    Area { x: f32, y: f32, width: f32, height: f32, color: Color },
}

/// The pages so far.
pub(super) struct Sheet {
    regular: Letters,
    bold: Letters,
    pages: Vec<Vec<Mark>>,
    /// How far down the last page is filled.
    pub(super) y: f32,
}

impl Sheet {
    pub(super) fn new() -> Result<Self, BadPdf> {
        let (regular, bold) = (Letters::new(dejavu::sans::regular())?, Letters::new(dejavu::sans::bold())?);
        Ok(Self { regular, bold, pages: vec![Vec::new()], y: 0.0 })
    }

    pub(super) fn letters(&self, style: Style) -> &Letters {
        if style.is_bold { &self.bold } else { &self.regular }
    }

    /// Whether so much fits on the page.
    pub(super) fn has_room(&self, height: f32) -> bool {
        self.y + height <= DEPTH
    }

    /// Goes to the next page where less is left; true where it did. What fits on no page begins a page as well.
    pub(super) fn make_room(&mut self, height: f32) -> bool {
        let goes_on = !self.has_room(height) && self.y > 0.0;
        if goes_on {
            self.pages.push(Vec::new());
            self.y = 0.0;
        }
        goes_on
    }

    /// The lines of a text in a column of this width.
    pub(super) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Run> {
        self.letters(style).lines(text, style.size, width)
    }

    /// Writes a line from `x` on, whose top lies `down` below what is filled.
    pub(super) fn write(&mut self, x: f32, down: f32, run: Run, style: Style) {
        // The letters stand on a line that lies about so far down.
        let y = self.y + down + style.size * 1.02;
        self.mark(Mark::Text { x, y, run, style });
    }

    /// The same, ending at `right`.
    pub(super) fn write_to(&mut self, right: f32, down: f32, run: Run, style: Style) {
        self.write(right - run.width * style.size, down, run, style);
    }

    /// The same, around `middle`.
    pub(super) fn write_around(&mut self, middle: f32, down: f32, text: &str, style: Style) {
        let run = self.letters(style).run(text);
        self.write(middle - run.width * style.size / 2.0, down, run, style);
    }

    /// Fills an area, whose top lies `down` below what is filled.
    pub(super) fn fill(&mut self, x: f32, down: f32, width: f32, height: f32, color: Color) {
        let y = self.y + down;
        self.mark(Mark::Area { x, y, width, height, color });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// The file, with `foot` and its number at the foot of each page.
    pub(super) fn finish(self, title: &str) -> Result<Vec<u8>, BadPdf> {
        let mut document = Document::new_with(SerializeSettings::default());
        document.set_metadata(Metadata::new().title(title.to_owned()).language("en".to_owned()));
        let all = self.pages.len();
        let page_size = || PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| BadPdf("a page has no size".to_owned()));
        for (number, marks) in (1..).zip(&self.pages) {
            let mut page = document.start_page_with(page_size()?);
            let mut surface = page.surface();
            for mark in marks {
                self.draw(&mut surface, mark);
            }
            let style = Style::plain(FOOT).color(DIM);
            let told = [(title.to_owned(), false), (format!("Page {number} of {all}"), true)];
            for (text, is_right) in told {
                let run = self.letters(style).run(&text);
                let x = if is_right { ROOM - run.width * FOOT } else { 0.0 };
                self.draw(&mut surface, &Mark::Text { x, y: HEIGHT - 2.0 * MARGIN, run, style });
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| BadPdf(error.to_string()))
    }

    fn draw(&self, surface: &mut Surface<'_>, mark: &Mark) {
        match mark {
            Mark::Text { x, y, run, style } => {
                surface.set_fill(Some(filled(style.color)));
                let font = self.letters(*style).font.clone();
                let at = Point::from_xy(MARGIN + x, MARGIN + y);
                surface.draw_glyphs(at, &run.glyphs, font, &run.text, style.size, false);
            }
            Mark::Area { x, y, width, height, color } => {
                surface.set_fill(Some(filled(*color)));
                if let Some(path) = area(MARGIN + x, MARGIN + y, *width, *height) {
                    surface.draw_path(&path);
                }
            }
        }
    }
}

fn area(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

fn filled(Color(color): Color) -> Fill {
    let [_, red, green, blue] = color.to_be_bytes();
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}
