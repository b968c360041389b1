//! What a reader sees of the glyphs of a page: what they are drawn with and on, what clips them, and what is drawn over
//! them later.
//!
//! All of it is judged by geometry and in the order of drawing. Where something is drawn in a way that is not followed
//! here (patterns, masks, blending), what it covers counts as seen.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint};

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// A side of a painted area below this, in points, holds no glyph.
const LEAST: f64 = 3.0;
/// A line is at most this thick, in points.
const THIN: f64 = 2.5;
/// Areas of paint and lines of one page that are remembered; a page with more is a drawing.
const MOST: usize = 5_000;
/// Points of a shape that is followed exactly.
const MOST_POINTS: usize = 2_000;
/// Paint that lets less through is solid.
const SOLID: f32 = 0.9;
/// Paint that lets more through than this leaves nothing to see.
const CLEAR: f32 = 0.05;
/// Colours whose parts differ by less look alike.
const ALIKE: f32 = 0.06;
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
/// Height of the bands in which glyphs are looked up, in points.
const BAND: f64 = 12.0;

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
        self.place.contains(point) && self.shape.as_ref().is_none_or(|(path, rule)| inside(path, *rule, point))
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

    pub(super) fn push_clip(&mut self, clip: &ClipPath, glyphs: usize) {
        let exact = is_rect(&clip.path);
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

    /// What a run of glyphs is drawn with; `own` for glyphs that bring their own colours. `glyphs` is the number before it.
    pub(super) fn brush(&mut self, props: &DrawProps<'_>, mode: &DrawMode, own: bool) -> Brush {
        let hidden = |by| Brush { hidden: Some(by), colour: None };
        if matches!(mode, DrawMode::Invisible) {
            return hidden(HiddenBy::Invisible);
        }
        match self.paint(props) {
            Some((_, alpha)) if alpha < CLEAR => hidden(HiddenBy::Transparency),
            Some((colour, _)) if !own => {
                let plain = is_paper(colour)
                    || self.colours.len() >= MOST_COLOURS
                    || self.colours.iter().any(|c| alike(*c, colour));
                Brush { hidden: None, colour: plain.then_some(colour) }
            }
            _ => Brush { hidden: None, colour: None },
        }
    }

    /// Why this glyph, drawn last, is not seen.
    pub(super) fn judge(&self, glyph: &FreeGlyph, em: (f64, f64), brush: Brush) -> Option<HiddenBy> {
        let core = core(glyph);
        let middle = core.center();
        if !self.page.contains(middle) {
            return Some(HiddenBy::OffPage);
        }
        let (window, _) = self.window();
        let shown = window.intersect(core);
        let part = shown.width().max(0.0) * shown.height().max(0.0) / core.area().max(0.01);
        if part < SHOWN && !window.contains(middle) {
            return Some(HiddenBy::Clip);
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

    /// A rectangle or a path, filled or stroked, after `glyphs`.
    pub(super) fn draw(&mut self, path: Drawn<'_>, props: &DrawProps<'_>, mode: &DrawMode, glyphs: &mut [FreeGlyph]) {
        self.through_stencil(glyphs);
        let paint = self.paint(props);
        let solid = paint.is_some_and(|(_, alpha)| alpha >= SOLID);
        let colour = paint.filter(|_| solid).map(|(colour, _)| colour);
        if paint.is_some_and(|(_, alpha)| alpha < CLEAR) {
            return;
        }
        if let DrawMode::Stroke(stroke) = mode {
            let width = f64::from(stroke.line_width) * props.transform.determinant().abs().sqrt();
            for line in path.segments(props.transform) {
                let place = line.inflate(width.max(0.1) / 2.0, width.max(0.1) / 2.0);
                self.area(place, None, colour, glyphs);
            }
        } else {
            let place = path.place(props.transform);
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
        if width.min(height) <= THIN && width.max(height) > LEAST && self.lines.len() < MOST {
            self.lines.push(place);
        }
        if width < LEAST || height < LEAST {
            return;
        }
        let colour = colour.filter(|_| exact);
        let painted = Painted { place, shape, colour };
        if colour.is_some() && !self.markers.iter().any(|m| m.inflate(2.0, 2.0).intersect(place) == place) {
            self.bands.covered(&painted, glyphs);
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
            settle_pictures(&all, true, glyphs, &mut self.bands);
        } else {
            for picture in std::mem::take(&mut self.pictures) {
                let scan = picture.place.area() >= PICTURE * page;
                settle_pictures(std::slice::from_ref(&picture), scan, glyphs, &mut self.bands);
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

/// Decides on the text behind and before pictures that belong together. Text without ink in the place of a picture is the
/// text of the picture, unless the picture is a ground on which more words are written.
fn settle_pictures(pictures: &[Picture], scan: bool, glyphs: &mut [FreeGlyph], bands: &mut Bands) {
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
            let covers = over.any(|p| p.solid && p.after > i && p.place.inflate(1.0, 1.0).contains_rect(core(g)));
            if covers {
                under.push(i);
            } else {
                written += usize::from(g.c.is_alphanumeric());
            }
        }
    }
    if scan && read.len() + under.len() >= written.max(1) {
        for i in read {
            glyphs[i].hidden = None;
        }
    } else {
        for i in under {
            glyphs[i].hidden = Some(HiddenBy::Cover);
        }
    }
    bands.forget();
}

/// A rectangle or a path that is drawn.
#[derive(Clone, Copy)]
pub(super) enum Drawn<'a> {
    Rect(&'a Rect),
    Path(&'a BezPath),
}

impl Drawn<'_> {
    /// Its straight pieces along the axes of the page.
    fn segments(self, transform: Affine) -> Vec<Rect> {
        let path = match self {
            Self::Rect(rect) => rect.to_path(0.1),
            Self::Path(path) if path.elements().len() <= MOST_POINTS => path.clone(),
            Self::Path(_) => return Vec::new(),
        };
        let (mut start, mut from) = (Point::ZERO, Point::ZERO);
        let mut out = Vec::new();
        for element in path.elements() {
            let to = match element {
                PathEl::MoveTo(p) => {
                    (start, from) = (*p, *p);
                    continue;
                }
                PathEl::LineTo(p) => *p,
                PathEl::ClosePath => start,
                PathEl::CurveTo(.., p) | PathEl::QuadTo(_, p) => {
                    from = *p;
                    continue;
                }
            };
            let line = Rect::from_points(transform * from, transform * to);
            if line.width().min(line.height()) < 0.5 && out.len() < MOST {
                out.push(line);
            }
            from = to;
        }
        out
    }

    /// The rectangle around it.
    pub(super) fn place(self, transform: Affine) -> Rect {
        match self {
            Self::Rect(rect) => transform.transform_rect_bbox(*rect),
            Self::Path(path) => transform.transform_rect_bbox(path.control_box()),
        }
    }

    /// Its shape, where that is not the rectangle around it.
    fn shape(self, transform: Affine, mode: &DrawMode) -> Option<(BezPath, FillRule)> {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let level = (b.abs() < 1e-6 && c.abs() < 1e-6) || (a.abs() < 1e-6 && d.abs() < 1e-6);
        let rule = if let DrawMode::Fill(rule) = mode { *rule } else { FillRule::NonZero };
        match self {
            Self::Rect(_) if level => None,
            Self::Rect(rect) => Some((transform * rect.to_path(0.1), rule)),
            Self::Path(path) if path.elements().len() <= MOST_POINTS => {
                let path = closed(transform * path.clone());
                (!is_rect(&path)).then_some((path, rule))
            }
            // Too much to follow: it may leave anything free.
            Self::Path(_) => Some((BezPath::new(), rule)),
        }
    }
}

/// The same path with every part closed, as filling does.
fn closed(path: BezPath) -> BezPath {
    let mut out = BezPath::new();
    let mut open = false;
    for element in path {
        if matches!(element, PathEl::MoveTo(_)) && open {
            out.push(PathEl::ClosePath);
        }
        open = !matches!(element, PathEl::MoveTo(_) | PathEl::ClosePath);
        out.push(element);
    }
    if open {
        out.push(PathEl::ClosePath);
    }
    out
}

/// Whether a path is one rectangle along the axes.
fn is_rect(path: &BezPath) -> bool {
    let mut points = Vec::with_capacity(6);
    for element in path.elements() {
        match element {
            PathEl::MoveTo(p) | PathEl::LineTo(p) if points.len() < 5 => points.push(*p),
            PathEl::ClosePath => {}
            _ => return false,
        }
    }
    if points.len() == 5 && points[0].distance(points[4]) < 0.01 {
        points.pop();
    }
    let along = |a: Point, b: Point| (a.x - b.x).abs() < 0.01 || (a.y - b.y).abs() < 0.01;
    points.len() == 4 && (0..4).all(|i| along(points[i], points[(i + 1) % 4]))
}

fn alike(a: Rgb, b: Rgb) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < ALIKE)
}

fn is_paper(colour: Rgb) -> bool {
    alike(colour, [1.0; 3])
}

/// The middle part of a glyph, where there is ink in nearly every letter.
fn core(glyph: &FreeGlyph) -> Rect {
    let [x0, y0, x1, y1] = glyph.bounds(0.08, 0.45).map(f64::from);
    let (dx, dy) = if (x1 - x0) > (y1 - y0) { (0.1 * (x1 - x0), 0.0) } else { (0.0, 0.1 * (y1 - y0)) };
    Rect::new(x0 + dx, y0 + dy, x1 - dx, y1 - dy)
}

/// The glyphs of a page by their height, to find those at a place.
#[derive(Debug, Default)]
pub(super) struct Bands {
    bands: Vec<Vec<u32>>,
    /// So many glyphs are in the bands.
    done: usize,
}

/// Bands of the tallest page; what is below shares the last one.
const MOST_BANDS: usize = 2_000;

impl Bands {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small number")]
    fn band(y: f64) -> usize {
        (y / BAND).clamp(0.0, MOST_BANDS as f64) as usize
    }

    /// Takes in the glyphs that are seen and new.
    pub(super) fn fill(&mut self, glyphs: &[FreeGlyph]) {
        for (i, glyph) in glyphs.iter().enumerate().skip(self.done).filter(|(_, g)| g.hidden.is_none()) {
            let band = Self::band(f64::from(glyph.middle()[1]));
            if self.bands.len() <= band {
                self.bands.resize(band + 1, Vec::new());
            }
            self.bands[band].push(u32::try_from(i).unwrap_or(u32::MAX));
        }
        self.done = glyphs.len();
    }

    /// The glyphs whose middle may lie between these heights.
    pub(super) fn between(&self, y0: f64, y1: f64) -> impl Iterator<Item = usize> {
        let (from, to) = (Self::band(y0), Self::band(y1));
        self.bands.iter().take(to + 1).skip(from).flatten().map(|&i| i as usize)
    }

    /// What is in them may no longer be so.
    fn forget(&mut self) {
        *self = Self::default();
    }

    /// Hides the glyphs over which something was painted.
    fn covered(&mut self, painted: &Painted, glyphs: &mut [FreeGlyph]) {
        if glyphs.is_empty() {
            return;
        }
        self.fill(glyphs);
        let place = painted.place.inflate(0.5, 0.5);
        let (from, to) = (Self::band(place.y0), Self::band(place.y1));
        for band in self.bands.iter_mut().take(to + 1).skip(from) {
            band.retain(|&i| {
                let glyph = &mut glyphs[i as usize];
                let core = core(glyph);
                // Blanks are there to be written on.
                let hides = glyph.c != '_'
                    && place.contains_rect(core)
                    && painted.shape.as_ref().is_none_or(|(path, rule)| {
                        let corners = [(core.x0, core.y0), (core.x1, core.y0), (core.x0, core.y1), (core.x1, core.y1)];
                        corners.iter().all(|&corner| inside(path, *rule, corner.into()))
                    });
                if hides {
                    glyph.hidden = Some(HiddenBy::Cover);
                }
                !hides
            });
        }
    }

    /// Whether the same character is seen at about the same place.
    fn has_copy(&self, glyph: &FreeGlyph, glyphs: &[FreeGlyph]) -> bool {
        let [x, y] = glyph.middle();
        let near = 0.35 * glyph.size.max(4.0);
        let at = self.between(f64::from(y - near), f64::from(y + near)).map(|i| &glyphs[i]);
        at.filter(|other| other.c == glyph.c).any(|other| {
            let [ox, oy] = other.middle();
            (ox - x).abs() < near && (oy - y).abs() < near
        })
    }
}
