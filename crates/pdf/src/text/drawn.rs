//! Rectangles and paths that are drawn: where they lie, and their shape.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{DrawMode, FillRule};

/// Points of a shape that is followed exactly.
const MOST_POINTS: usize = 2_000;
/// Pieces of one path that are looked at.
const MOST_SEGMENTS: usize = 5_000;

/// A line of a pen through one line of words is lower than this, in points.
const HIGHEST_LINE: f64 = 9.0;
/// Slanted lines of one path that are looked at.
const MOST_SLANTS: usize = 16;

/// A hand that draws a straight line leaves it by at most this part of its length, or by so many points.
const BENDS: f64 = 0.06;
const TREMBLES: f64 = 1.5;
/// Most points of a stroke.
const MOST_OF_STROKE: usize = 256;

/// A rectangle or a path that is drawn.
#[derive(Clone, Copy)]
pub(super) enum Drawn<'a> {
    Rect(&'a Rect),
    Path(&'a BezPath),
}

impl Drawn<'_> {
    /// Its straight pieces along the axes of the page.
    pub(super) fn segments(self, transform: Affine) -> Vec<Rect> {
        match self {
            Self::Rect(rect) => segments(rect.path_elements(0.1), transform),
            Self::Path(path) if path.elements().len() <= MOST_POINTS => segments(path.iter(), transform),
            Self::Path(_) => Vec::new(),
        }
    }

    /// The place of a line that a pen may have drawn: long, low, and not along the axes.
    pub(super) fn pen(self, transform: Affine, place: Rect) -> Option<Rect> {
        let Self::Path(path) = self else { return None };
        let (long, wide) = (place.width().max(place.height()), place.width().min(place.height()));
        let is_line = long > 3.0 * wide && wide < HIGHEST_LINE && path.elements().len() <= MOST_POINTS;
        let along_axes = || self.segments(transform).len() + 1 >= path.elements().len();
        (is_line && !along_axes()).then_some(place)
    }

    /// The ends of each slanted line that is straight, or nearly so, as a hand draws it.
    pub(super) fn slant(self, transform: Affine) -> Vec<(Point, Point)> {
        let Self::Path(path) = self else { return Vec::new() };
        let mut out = Vec::new();
        // Of a stroke without a corner: its ends count.
        let mut stroke: Vec<Point> = Vec::new();
        for element in path.iter().take(MOST_POINTS).map(|element| transform * element) {
            match element {
                PathEl::MoveTo(to) => {
                    out.extend(slanted(&stroke));
                    stroke = vec![to];
                }
                PathEl::LineTo(to) => turn(&mut stroke, &mut out, &[to]),
                PathEl::QuadTo(by, to) => turn(&mut stroke, &mut out, &[by, to]),
                PathEl::CurveTo(by, on, to) => turn(&mut stroke, &mut out, &[by, on, to]),
                PathEl::ClosePath => {}
            }
        }
        out.extend(slanted(&stroke));
        out.truncate(MOST_SLANTS);
        out
    }

    /// Whether any piece of it is slanted or bent.
    pub(super) fn is_slanted_or_curved(self, transform: Affine) -> bool {
        let Self::Path(path) = self else { return false };
        let pieces = path.elements().iter().filter(|e| !matches!(e, PathEl::MoveTo(_))).take(MOST_POINTS + 1).count();
        self.segments(transform).len() < pieces
    }

    /// Its shape, where that is not the rectangle around it.
    pub(super) fn shape(self, transform: Affine, mode: &DrawMode) -> Option<(BezPath, FillRule)> {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let level = (b.abs() < 1e-6 && c.abs() < 1e-6) || (a.abs() < 1e-6 && d.abs() < 1e-6);
        let rule = if let DrawMode::Fill(rule) = mode { *rule } else { FillRule::NonZero };
        match self {
            Self::Rect(_) if level => None,
            Self::Rect(rect) => Some((transform * rect.to_path(0.1), rule)),
            Self::Path(path) if path.elements().len() <= MOST_POINTS => {
                let placed = || path.iter().map(|element| transform * element);
                (!is_rect(placed())).then(|| (closed(placed()), rule))
            }
            // Too much to follow: it may leave anything free.
            Self::Path(_) => Some((BezPath::new(), rule)),
        }
    }
}

/// The straight pieces of a path that lie along the axes.
fn segments(path: impl Iterator<Item = PathEl>, transform: Affine) -> Vec<Rect> {
    let (mut start, mut from) = (Point::ZERO, Point::ZERO);
    let mut out = Vec::new();
    for element in path {
        let to = match element {
            PathEl::MoveTo(p) => {
                (start, from) = (p, p);
                continue;
            }
            PathEl::LineTo(p) => p,
            PathEl::ClosePath => start,
            PathEl::CurveTo(.., p) | PathEl::QuadTo(_, p) => {
                from = p;
                continue;
            }
        };
        let line = Rect::from_points(transform * from, transform * to);
        if line.width().min(line.height()) < 0.5 && out.len() < MOST_SEGMENTS {
            out.push(line);
        }
        from = to;
    }
    out
}

/// The same path with every part closed, as filling does.
fn closed(path: impl Iterator<Item = PathEl>) -> BezPath {
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
pub(super) fn is_rect(path: impl Iterator<Item = PathEl>) -> bool {
    let mut points = Vec::with_capacity(6);
    for element in path {
        match element {
            PathEl::MoveTo(p) | PathEl::LineTo(p) if points.len() < 5 => points.push(p),
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

/// Adds points to a stroke, or begins the next one where they turn away from it.
fn turn(stroke: &mut Vec<Point>, out: &mut Vec<(Point, Point)>, points: &[Point]) {
    let before = stroke.len();
    stroke.extend(points);
    if before > 1 && (before > MOST_OF_STROKE || !is_straight(stroke)) {
        let last = stroke[before - 1];
        out.extend(slanted(&stroke[..before]));
        *stroke = [&[last], points].concat();
    }
}

/// The ends of a stroke that is a slanted line.
fn slanted(stroke: &[Point]) -> Option<(Point, Point)> {
    let (from, to) = (*stroke.first()?, *stroke.last()?);
    let size = to - from;
    (is_straight(stroke) && size.x.abs() > HIGHEST_LINE && size.y.abs() > HIGHEST_LINE).then_some((from, to))
}

fn is_straight(stroke: &[Point]) -> bool {
    let [from, .., to] = stroke else { return true };
    let along = *to - *from;
    let length = along.hypot().max(1.0);
    let most = (BENDS * length).max(TREMBLES);
    stroke.iter().all(|&point| {
        let (ahead, aside) = ((point - *from).dot(along) / length, (point - *from).cross(along) / length);
        aside.abs() <= most && (-most..=length + most).contains(&ahead)
    })
}
