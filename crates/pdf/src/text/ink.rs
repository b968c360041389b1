//! What a reader sees of the glyphs of a page: what they are drawn with and on, what clips them, and what is drawn over
//! them later.
//!
//! All of it is judged by geometry and in the order of drawing. Where something is drawn in a way that is not followed
//! here (patterns, masks, blending), what it covers is doubtful, and the picture of the page tells (`doubt.rs`).

use hayro_interpret::kurbo::{BezPath, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint};

use super::bands::Bands;
use super::doubt::Doubts;
use super::drawn::{Drawn, is_rect};
use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// A side of a painted area below this, in points, holds no glyph.
const LEAST: f64 = 3.0;
/// A line is at most this thick, in points.
const THIN: f64 = 2.5;
/// The ends of two lines that cross something out are as near as this, in parts of its shorter side.
const CORNER: f64 = 0.25;
/// Areas of paint and lines of one page that are remembered; a page with more is a drawing.
const MOST: usize = 5_000;
/// Most slanted lines that are kept of a page.
const SLANTS: usize = 400;
/// Paint that lets less through is solid.
const SOLID: f32 = 0.9;
/// Paint that lets more through than this leaves nothing to see.
const CLEAR: f32 = 0.05;
/// Colours whose parts differ by less look alike.
const ALIKE: f32 = 0.06;
/// The parts of a dark colour are less than this together.
const DARK: f32 = 1.9;
/// Text below this size is not read, in points.
const TINY: f64 = 2.0;
/// Text that is squeezed to less than this width of an em is not read either.
const NARROW: f64 = 1.0;
/// Part of a glyph that has to be inside a clip.
const SHOWN: f64 = 0.1;
/// Pictures over this part of a page make it a scan.
const SCAN: f64 = 0.6;
/// A picture over this part of a page can have text of its own.
const PICTURE: f64 = 0.1;

type Rgb = [f32; 3];

/// An area of paint.
#[derive(Debug)]
struct Painted {
    place: Rect,
    /// Its shape, where it is not all of `place`.
    shape: Option<(BezPath, FillRule)>,
    /// Its colour, where it is plain.
    colour: Option<Rgb>,
}

impl Painted {
    fn holds(&self, point: Point) -> bool {
        self.place.contains(point) && self.is_inked(point)
    }

    /// Whether a point of its place is in its shape.
    fn is_inked(&self, point: Point) -> bool {
        self.shape.as_ref().is_none_or(|(path, rule)| inside(path, *rule, point))
    }
}

fn inside(path: &BezPath, rule: FillRule, point: Point) -> bool {
    let winding = path.winding(point);
    match rule {
        FillRule::NonZero => winding != 0,
        FillRule::EvenOdd => winding % 2 != 0,
    }
}

/// A picture.
#[derive(Debug)]
struct Picture {
    place: Rect,
    /// Glyphs drawn before it.
    after: usize,
    /// Whether nothing shows through it.
    solid: bool,
}

/// What a run of glyphs is drawn with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brush {
    hidden: Option<HiddenBy>,
    colour: Option<Rgb>,
    /// Whether the paint is not followed.
    pub(super) odd: bool,
}

/// What has been drawn on a page.
#[derive(Debug, Default)]
pub(super) struct Ink {
    page: Rect,
    /// What is left by the clips so far, and whether it is all of that rectangle.
    clips: Vec<(Rect, bool)>,
    /// Opacity of the groups so far, and whether they are plain.
    groups: Vec<(f32, bool)>,
    paints: Vec<Painted>,
    colours: Vec<Rgb>,
    pictures: Vec<Picture>,
    /// Straight lines along the axes.
    lines: Vec<Rect>,
    /// Places of other lines that are long and low.
    pen: Vec<Rect>,
    /// Slanted lines.
    slants: Vec<(Point, Point)>,
    /// What paint that is not followed may hide.
    pub(super) doubts: Doubts,
    bands: Bands,
    /// Glyphs of an invisible run that may be a stencil, and the clip that it makes.
    stencil: Option<(usize, usize, usize)>,
    /// Places of marker pens, through which words are seen.
    markers: Vec<Rect>,
}

impl Ink {
    pub(super) fn new(page: Rect) -> Self {
        Self { page, ..Self::default() }
    }

    pub(super) fn marker(&mut self, place: Rect) {
        self.markers.push(place);
    }

    /// The straight lines along the axes.
    pub(super) fn lines(&self) -> &[Rect] {
        &self.lines
    }

    /// The lines that a pen may have drawn.
    pub(super) fn pen(&self) -> &[Rect] {
        &self.pen
    }

    /// Places that two lines cross out, from corner to corner.
    pub(super) fn crosses(&self) -> Vec<Rect> {
        let place = |(from, to): (Point, Point)| Rect::from_points(from, to);
        let rises = |(from, to): (Point, Point)| (to.x > from.x) == (to.y > from.y);
        let mut out = Vec::new();
        for (i, &a) in self.slants.iter().enumerate() {
            let (size, near) = (place(a), CORNER * place(a).width().min(place(a).height()));
            let corners = |b: Rect| {
                (size.x0 - b.x0).abs().max((size.y0 - b.y0).abs()) < near
                    && (size.x1 - b.x1).abs().max((size.y1 - b.y1).abs()) < near
            };
            if self.slants[..i].iter().any(|&b| rises(a) != rises(b) && corners(place(b))) {
                out.push(size);
            }
        }
        out
    }

    pub(super) fn push_clip(&mut self, clip: &ClipPath, glyphs: usize) {
        let exact = is_rect(clip.path.iter());
        self.clip(clip.path.control_box(), exact);
        if let Some((from, to, 0)) = self.stencil.filter(|s| s.1 == glyphs && !exact) {
            self.stencil = Some((from, to, self.clips.len()));
        }
    }

    pub(super) fn push_clip_rect(&mut self, rect: Rect) {
        self.clip(rect, true);
    }

    fn clip(&mut self, rect: Rect, exact: bool) {
        let (outer, whole) = self.window();
        let inner = outer.intersect(rect);
        // Nothing is left; a rectangle of kurbo may then be inside out.
        let inner = if inner.width() > 0.0 && inner.height() > 0.0 { inner } else { Rect::ZERO };
        self.clips.push((inner, whole && exact));
    }

    pub(super) fn pop_clip(&mut self) {
        self.clips.pop();
        if self.stencil.is_some_and(|s| s.2 > self.clips.len()) {
            self.stencil = None;
        }
    }

    fn window(&self) -> (Rect, bool) {
        self.clips.last().copied().unwrap_or((self.page, true))
    }

    pub(super) fn push_group(&mut self, opacity: f32, masked: bool, blend: BlendMode) {
        let (outer, plain) = self.group();
        self.groups.push((outer * opacity, plain && !masked && blend == BlendMode::Normal));
    }

    pub(super) fn pop_group(&mut self) {
        self.groups.pop();
    }

    fn group(&self) -> (f32, bool) {
        self.groups.last().copied().unwrap_or((1.0, true))
    }

    /// The colour of a paint, and how solid it is; none where that is not known.
    fn paint(&self, props: &DrawProps<'_>) -> Option<(Rgb, f32)> {
        let (opacity, plain) = self.group();
        let Paint::Color(colour) = &props.paint else { return None };
        let [r, g, b, a] = colour.to_rgba().components();
        (plain && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal)
            .then_some(([r, g, b], a * opacity))
    }

    /// Whether what is drawn so is dark on the paper.
    pub(super) fn inks(&self, props: &DrawProps<'_>) -> bool {
        self.paint(props).is_some_and(|([r, g, b], alpha)| alpha >= SOLID && r + g + b < DARK)
    }

    /// What a run of glyphs is drawn with; `own` for glyphs that bring their own colours. `glyphs` is the number before it.
    pub(super) fn brush(&mut self, props: &DrawProps<'_>, mode: &DrawMode, own: bool) -> Brush {
        let hidden = |by| Brush { hidden: Some(by), colour: None, odd: false };
        if matches!(mode, DrawMode::Invisible) {
            return hidden(HiddenBy::Invisible);
        }
        match self.paint(props) {
            Some((_, alpha)) if alpha < CLEAR => hidden(HiddenBy::Transparency),
            Some((colour, _)) if !own => {
                let plain = is_paper(colour)
                    || self.colours.len() >= MOST_COLOURS
                    || self.colours.iter().any(|c| alike(*c, colour));
                Brush { hidden: None, colour: plain.then_some(colour), odd: false }
            }
            paint => Brush { hidden: None, colour: None, odd: paint.is_none() },
        }
    }

    /// Why this glyph, drawn last, is not seen.
    pub(super) fn judge(&self, glyph: &FreeGlyph, em: (f64, f64), brush: Brush) -> Option<HiddenBy> {
        let ink = glyph.ink();
        let middle = ink.center();
        if !self.page.contains(middle) {
            return Some(HiddenBy::OffPage);
        }
        let (window, _) = self.window();
        if !window.contains(middle) {
            let shown = window.intersect(ink);
            let part = shown.width().max(0.0) * shown.height().max(0.0) / ink.area().max(0.01);
            if part < SHOWN {
                return Some(HiddenBy::Clip);
            }
        }
        if brush.hidden.is_some() {
            return brush.hidden;
        }
        if em.0 < NARROW || em.1 < TINY {
            return Some(HiddenBy::Size);
        }
        let colour = brush.colour?;
        let under = self.paints.iter().rev().find(|paint| paint.holds(middle));
        let same = under.map_or_else(|| is_paper(colour), |under| under.colour.is_some_and(|c| alike(c, colour)));
        same.then_some(HiddenBy::Colour)
    }

    /// A run that is drawn without ink may be a stencil for what follows.
    pub(super) fn maybe_stencil(&mut self, from: usize, to: usize) {
        self.stencil = match self.stencil {
            Some((first, last, 0)) if last == from => Some((first, to, 0)),
            Some(held @ (.., 1..)) => Some(held),
            _ => Some((from, to, 0)),
        };
    }

    /// Something that is not plain shows through a stencil, so its letters are seen.
    fn through_stencil(&mut self, glyphs: &mut [FreeGlyph]) {
        if let Some((from, to, 1..)) = self.stencil {
            let run = glyphs.get_mut(from..to).unwrap_or_default();
            run.iter_mut().filter(|g| g.hidden == Some(HiddenBy::Invisible)).for_each(|g| g.hidden = None);
        }
    }

    /// A rectangle or a path, filled or stroked, after `glyphs`; `place` is the rectangle around it.
    pub(super) fn draw(
        &mut self,
        path: Drawn<'_>,
        place: Rect,
        props: &DrawProps<'_>,
        mode: &DrawMode,
        glyphs: &mut [FreeGlyph],
    ) {
        self.through_stencil(glyphs);
        let paint = self.paint(props);
        let solid = paint.is_some_and(|(_, alpha)| alpha >= SOLID);
        let colour = paint.filter(|_| solid).map(|(colour, _)| colour);
        if paint.is_none() {
            self.doubts.under(place.intersect(self.window().0), glyphs.len());
        }
        if paint.is_some_and(|(_, alpha)| alpha < CLEAR) {
            return;
        }
        if let DrawMode::Stroke(stroke) = mode {
            let width = f64::from(stroke.line_width) * props.transform.determinant().abs().sqrt();
            if self.pen.len() < MOST {
                self.pen.extend(path.pen(props.transform, place).map(|line| line.intersect(self.window().0)));
            }
            // A page with many of them is a drawing, and what nobody sees crosses nothing out.
            if self.slants.len() < SLANTS && !colour.is_some_and(is_paper) {
                let window = self.window().0;
                let seen = |(from, to): &(Point, Point)| window.contains(*from) && window.contains(*to);
                self.slants.extend(path.slant(props.transform).into_iter().filter(seen));
            }
            for line in path.segments(props.transform) {
                let place = line.inflate(width.max(0.1) / 2.0, width.max(0.1) / 2.0);
                self.area(place, None, colour, glyphs);
            }
        } else {
            let holds_glyphs = place.width() >= LEAST && place.height() >= LEAST;
            let shape = if holds_glyphs { path.shape(props.transform, mode) } else { None };
            self.area(place, shape, colour, glyphs);
        }
    }

    fn area(&mut self, place: Rect, shape: Option<(BezPath, FillRule)>, colour: Option<Rgb>, glyphs: &mut [FreeGlyph]) {
        let (window, exact) = self.window();
        let place = place.intersect(window);
        let (width, height) = (place.width(), place.height());
        if !(width > 0.0 && height > 0.0) {
            return;
        }
        // A line may be a row of dots.
        let is_dot = width.max(height) <= THIN;
        if (is_dot || width.min(height) <= THIN && width.max(height) > LEAST) && self.lines.len() < MOST {
            self.lines.push(place);
        }
        if colour.is_some_and(is_paper) && (width < LEAST || height < LEAST) || colour.is_some() && !exact {
            self.doubts.under(place, glyphs.len());
        }
        if width < LEAST || height < LEAST {
            return;
        }
        let colour = colour.filter(|_| exact);
        let painted = Painted { place, shape, colour };
        if colour.is_some() && !self.markers.iter().any(|m| m.inflate(2.0, 2.0).intersect(place) == place) {
            self.bands.cover(painted.place, glyphs, |ink| {
                let corners = [(ink.x0, ink.y0), (ink.x1, ink.y0), (ink.x0, ink.y1), (ink.x1, ink.y1)];
                corners.iter().all(|&corner| painted.is_inked(corner.into()))
            });
        }
        self.remember(painted);
    }

    fn remember(&mut self, painted: Painted) {
        match painted.colour {
            Some(colour) if self.colours.len() < MOST_COLOURS && !self.colours.iter().any(|c| alike(*c, colour)) => {
                self.colours.push(colour);
            }
            _ => {}
        }
        if self.paints.len() < MOST {
            self.paints.push(painted);
        } else if let Some(last) = self.paints.last_mut() {
            // Of a page with more, it is not known what lies beneath its words.
            *last = Painted { place: self.page, shape: None, colour: None };
        }
    }

    /// A picture, drawn after `glyphs`.
    pub(super) fn image(
        &mut self,
        image: &Image<'_, '_>,
        props: &ImageDrawProps<'_>,
        place: Rect,
        glyphs: &mut [FreeGlyph],
    ) {
        self.through_stencil(glyphs);
        let (window, exact) = self.window();
        let place = place.intersect(window);
        if !(place.width() > 0.0 && place.height() > 0.0) {
            return;
        }
        let (opacity, plain) = self.group();
        let opaque = match image {
            Image::Raster(raster) => {
                let stream = raster.stream();
                !stream.dict().contains_key(b"SMask") && !stream.dict().contains_key(b"Mask")
            }
            Image::Stencil(_) => false,
        };
        let plain =
            plain && exact && opacity >= SOLID && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        if !(plain && opaque) {
            self.doubts.under(place, glyphs.len());
        }
        if self.pictures.len() < MOST {
            self.pictures.push(Picture { place, after: glyphs.len(), solid: plain && opaque });
        }
        self.remember(Painted { place, shape: None, colour: None });
    }

    /// Settles what only the whole page tells: text behind and before pictures, and words that are drawn more than once.
    pub(super) fn settle(&mut self, glyphs: &mut [FreeGlyph]) {
        self.pictures(glyphs);
        whole_words(glyphs);
        let unseen = |g: &FreeGlyph| g.hidden.is_some() && g.hidden != Some(HiddenBy::Strike);
        if !glyphs.iter().any(unseen) {
            return;
        }
        // A word that is seen at the same place is drawn twice; nothing of it is hidden.
        self.bands.fill(glyphs);
        for i in 0..glyphs.len() {
            if unseen(&glyphs[i]) && self.bands.has_copy(&glyphs[i], glyphs) {
                glyphs[i].c = super::glyph::NOTHING;
            }
        }
    }

    fn pictures(&mut self, glyphs: &mut [FreeGlyph]) {
        let area: f64 = self.pictures.iter().map(|p| p.place.area()).sum();
        let page = self.page.area().max(1.0);
        if area >= SCAN * page {
            // One scan, in one piece or in strips.
            let all = std::mem::take(&mut self.pictures);
            settle_pictures(&all, Shows::Page, glyphs, &mut self.bands);
        } else {
            for picture in std::mem::take(&mut self.pictures) {
                let shows = if picture.place.area() >= PICTURE * page { Shows::Words } else { Shows::Nothing };
                settle_pictures(std::slice::from_ref(&picture), shows, glyphs, &mut self.bands);
            }
        }
    }
}

/// A word of which some is seen is read whole, where an edge cuts through it.
fn whole_words(glyphs: &mut [FreeGlyph]) {
    let cut = |g: &FreeGlyph| matches!(g.hidden, Some(HiddenBy::Clip | HiddenBy::OffPage));
    let one_word = |a: &FreeGlyph, b: &FreeGlyph| {
        let (along, across) = a.to(b);
        across.abs() < 0.2 && along.abs() < 0.15 && !a.c.is_whitespace() && !b.c.is_whitespace()
    };
    for i in 1..glyphs.len() {
        if cut(&glyphs[i]) && glyphs[i - 1].hidden.is_none() && one_word(&glyphs[i - 1], &glyphs[i]) {
            glyphs[i].hidden = None;
        }
    }
    for i in (1..glyphs.len()).rev() {
        if cut(&glyphs[i - 1]) && glyphs[i].hidden.is_none() && one_word(&glyphs[i - 1], &glyphs[i]) {
            glyphs[i - 1].hidden = None;
        }
    }
}

/// Colours that are remembered.
const MOST_COLOURS: usize = 64;

/// What pictures that belong together can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// A scan of the page: what lies under it is its text.
    Page,
    /// Words without ink are its text; ink under it is covered.
    Words,
    /// It has no text of its own.
    Nothing,
}

/// Decides on the text behind and before pictures that belong together. Text without ink in the place of a picture is the
/// text of the picture, unless the picture is a ground on which more words are written.
fn settle_pictures(pictures: &[Picture], shows: Shows, glyphs: &mut [FreeGlyph], bands: &mut Bands) {
    let by_picture =
        |g: &FreeGlyph| matches!(g.hidden, Some(HiddenBy::Invisible | HiddenBy::Transparency | HiddenBy::Colour));
    let (mut read, mut written) = (Vec::new(), 0);
    let mut under = Vec::new();
    for (i, g) in glyphs.iter().enumerate().filter(|(_, g)| !g.c.is_whitespace()) {
        let [x, y] = g.middle();
        let middle = Point::new(f64::from(x), f64::from(y));
        let mut over = pictures.iter().filter(|p| p.place.contains(middle)).peekable();
        if over.peek().is_none() {
            continue;
        }
        if by_picture(g) {
            read.push(i);
        } else if g.hidden.is_none() {
            let covers = over.any(|p| p.solid && p.after > i && p.place.inflate(1.0, 1.0).contains_rect(g.ink()));
            if covers {
                under.push(i);
            } else {
                written += usize::from(g.c.is_alphanumeric());
            }
        }
    }
    let is_text = shows != Shows::Nothing && read.len() + under.len() >= written.max(1);
    if is_text {
        for i in read {
            glyphs[i].hidden = None;
        }
    }
    if !is_text || shows == Shows::Words {
        for i in under {
            glyphs[i].hidden = Some(HiddenBy::Cover);
        }
    }
    bands.forget();
}

fn alike(a: Rgb, b: Rgb) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < ALIKE)
}

fn is_paper(colour: Rgb) -> bool {
    alike(colour, [1.0; 3])
}
