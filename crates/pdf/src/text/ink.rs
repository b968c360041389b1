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
use super::pictures::{self, Picture};

/// A side of a painted area below this, in points, holds no glyph.
const LEAST: f64 = 3.0;
/// Several areas with sides of at least this may cover a glyph together.
const STRIP: f64 = 1.0;
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
/// Paint of no more than this, a tenth in 255 steps, leaves nothing to see.
const CLEAR: f32 = 0.103;
/// Colours whose parts differ by less look alike: light grey on white has a contrast of 1.3 to 1 then, and 3 to 1 is the least
/// that people are asked to read.
const ALIKE: f32 = 0.11;
/// The same for letters of a watermark, and how tall they are.
const ALIKE_TALL: f32 = 0.06;
const TALL: f64 = 18.0;
/// The parts of a dark colour are less than this together.
const DARK: f32 = 1.9;
/// Text below this size is not read, in points.
const TINY: f64 = 2.0;
/// Text that is squeezed to less than this width of an em is not read either.
const NARROW: f64 = 1.0;
/// Part of a glyph that has to be inside a clip.
const SHOWN: f64 = 0.1;
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

/// What a run of glyphs is drawn with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brush {
    hidden: Option<HiddenBy>,
    colour: Option<Rgb>,
    /// How its glyphs may be hidden, where the paint is not followed.
    odd: Option<HiddenBy>,
}

/// What is known of a glyph that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    Seen,
    Hidden(HiddenBy),
    /// Only the picture of the page tells whether it is hidden so.
    Doubtful(HiddenBy),
}

impl Sight {
    pub(super) fn hidden(self) -> Option<HiddenBy> {
        if let Self::Hidden(by) = self { Some(by) } else { None }
    }
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
    /// Whether the colour of any of them is not known.
    unknown: bool,
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
    /// Glyphs without ink that are taken for the text of a picture.
    pub(super) layer: Vec<usize>,
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
        let hidden = |by| Brush { hidden: Some(by), colour: None, odd: None };
        if matches!(mode, DrawMode::Invisible) {
            return hidden(HiddenBy::Invisible);
        }
        match self.paint(props) {
            Some((_, alpha)) if alpha <= CLEAR => hidden(HiddenBy::Transparency),
            Some((colour, _)) if !own => {
                let plain = is_paper(colour)
                    || self.colours.len() >= MOST_COLOURS
                    || self.colours.iter().any(|c| alike(*c, colour, ALIKE));
                let odd = (!self.window().1).then_some(HiddenBy::Clip);
                Brush { hidden: None, colour: plain.then_some(colour), odd }
            }
            // Glyphs that bring their own drawing may draw nothing.
            paint => {
                let by = if paint.is_none() { HiddenBy::Colour } else { HiddenBy::Invisible };
                Brush { hidden: None, colour: None, odd: Some(by) }
            }
        }
    }

    /// Whether this glyph, drawn last, is seen.
    pub(super) fn judge(&self, glyph: &FreeGlyph, em: (f64, f64), brush: Brush) -> Sight {
        let ink = glyph.ink();
        let middle = ink.center();
        if !self.page.contains(middle) {
            return Sight::Hidden(HiddenBy::OffPage);
        }
        let (window, _) = self.window();
        if !window.contains(middle) {
            let shown = window.intersect(ink);
            let part = shown.width().max(0.0) * shown.height().max(0.0) / ink.area().max(0.01);
            if part < SHOWN {
                return Sight::Hidden(HiddenBy::Clip);
            }
        }
        if let Some(by) = brush.hidden {
            return Sight::Hidden(by);
        }
        if em.0 < NARROW || em.1 < TINY {
            return Sight::Hidden(HiddenBy::Size);
        }
        let odd = brush.odd.map_or(Sight::Seen, Sight::Doubtful);
        if brush.colour.is_none() && !self.unknown {
            return odd;
        }
        let under = self.paints.iter().rev().find(|paint| paint.holds(middle));
        let most = if f64::from(glyph.size) < TALL { ALIKE } else { ALIKE_TALL };
        match (under.map(|under| under.colour), brush.colour) {
            (Some(None), _) => Sight::Doubtful(HiddenBy::Colour),
            (Some(Some(ground)), Some(colour)) if alike(ground, colour, most) => Sight::Hidden(HiddenBy::Colour),
            (None, Some(colour)) if alike(colour, [1.0; 3], most) => Sight::Hidden(HiddenBy::Colour),
            _ => odd,
        }
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
        if !solid {
            self.doubts.under(place.intersect(self.window().0), glyphs.len());
        }
        if paint.is_some_and(|(_, alpha)| alpha <= CLEAR) {
            return;
        }
        if let DrawMode::Stroke(stroke) = mode {
            let width = f64::from(stroke.line_width) * props.transform.determinant().abs().sqrt();
            if width >= LEAST && path.is_slanted_or_curved(props.transform) {
                let place = place.inflate(width / 2.0, width / 2.0).intersect(self.window().0);
                self.doubts.under(place, glyphs.len());
                self.remember(Painted { place, shape: None, colour: None });
            }
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
            if width.min(height) >= STRIP && colour.is_some_and(|colour| !is_paper(colour)) {
                if self.bands.touches(place, glyphs) {
                    self.doubts.under(place, glyphs.len());
                }
                self.remember(Painted { place, shape, colour: None });
            }
            return;
        }
        let colour = colour.filter(|_| exact);
        let painted = Painted { place, shape, colour };
        if colour.is_some() && !self.markers.iter().any(|m| m.inflate(2.0, 2.0).intersect(place) == place) {
            self.bands.cover(painted.place, glyphs, |ink| {
                let corners = [(ink.x0, ink.y0), (ink.x1, ink.y0), (ink.x0, ink.y1), (ink.x1, ink.y1)];
                corners.iter().all(|&corner| painted.is_inked(corner.into()))
            });
            // What it covers in part, another one may cover as well.
            if self.bands.touches(painted.place, glyphs) {
                self.doubts.under(painted.place, glyphs.len());
            }
        }
        self.remember(painted);
    }

    fn remember(&mut self, painted: Painted) {
        match painted.colour {
            Some(colour)
                if self.colours.len() < MOST_COLOURS && !self.colours.iter().any(|c| alike(*c, colour, ALIKE)) =>
            {
                self.colours.push(colour);
            }
            _ => {}
        }
        self.unknown |= painted.colour.is_none();
        if self.paints.len() < MOST {
            self.paints.push(painted);
        } else if let Some(last) = self.paints.last_mut() {
            // Of a page with more, it is not known what lies beneath its words.
            *last = Painted { place: self.page, shape: None, colour: None };
            self.unknown = true;
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
        self.layer = pictures::settle(&self.pictures, self.page.area(), glyphs);
        self.bands.forget();
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

fn alike(a: Rgb, b: Rgb, most: f32) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < most)
}

fn is_paper(colour: Rgb) -> bool {
    alike(colour, [1.0; 3], ALIKE)
}
