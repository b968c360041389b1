//! What a reader sees of two revisions: their words, and the pictures of their pages.

use hayro_interpret::{TransformExt as _, kurbo};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::revision::{Difference, Patch};
use crate::text::{Drawing, Look, Mark, draw, is_box, looks, scale};

/// Pages that are drawn though no object of theirs differs.
const DRAWN: usize = 16;
/// Most pages that are drawn because something on them may differ.
const MOST: usize = 48;
/// Most words that are told of a change.
const WORDS: usize = 12;
/// What a pixel must change by to look different.
const VISIBLE: i32 = 48;
/// Part of the contrast of a letter that must be left.
const LEGIBLE: f32 = 0.6;
/// How far the character for a box may stand beyond it, in points: it stands on the line of its label.
const BOX_EDGE: f32 = 2.0;
/// Part of a new place that may have been printed on.
const INK: f32 = 0.03;

/// Compares what can be seen of `old` and `new`, but for the places of `patches`.
///
/// # Errors
/// The first difference, or that it cannot be told.
pub(super) fn compare(old: &Pdf, new: &Pdf, patches: &[Patch]) -> Result<(), Difference> {
    let (before, after) = looks(old).zip(looks(new)).ok_or(Difference::Unknown)?;
    if before.len() != after.len() || before.len() != old.pages().len() {
        return Err(Difference::Changed("the number of its pages was changed".to_owned()));
    }
    let mut drawn = 0;
    for (number, (old, new)) in old.pages().iter().zip(new.pages().iter()).enumerate() {
        let own: Vec<Place> = patches.iter().filter(|p| p.page == number).map(|p| Place::of(p, new)).collect();
        let (before, after) = (&before[number], &after[number]);
        if printed(&before.page, &own) != printed(&after.page, &own)
            || outside(&before.fields, &own) != outside(&after.fields, &own)
        {
            return Err(Difference::Changed(told(number, before, after)));
        }
        if own.is_empty() && number >= DRAWN {
            continue;
        }
        drawn += 1;
        if drawn > MOST {
            return Err(Difference::Unknown);
        }
        let (Some(a), Some(b)) = (draw(old), draw(new)) else { continue };
        if let Some(what) = differs(&a, &b, before, &own, scale(old)) {
            return Err(Difference::Changed(format!("page {} {what}", number + 1)));
        }
    }
    Ok(())
}

/// The words that differ, in the first page where any do.
pub(super) fn words(old: &Pdf, new: &Pdf) -> Option<String> {
    let (before, after) = looks(old).zip(looks(new))?;
    if before.len() != after.len() {
        return Some(format!("it had {} pages and has {}", before.len(), after.len()));
    }
    let mut pages = before.iter().zip(&after).enumerate();
    if let Some((number, (old, new))) =
        pages.find(|(_, (old, new))| old.words != new.words || old.field_words != new.field_words)
    {
        return Some(told(number, old, new));
    }
    let mut pages = old.pages().iter().zip(new.pages().iter()).enumerate().take(DRAWN);
    pages
        .find(|(_, (old, new))| draw(old) != draw(new))
        .map(|(number, _)| format!("page {} looks different", number + 1))
}

/// `page 2: "two years" became "ten years"`.
fn told(number: usize, before: &Look, after: &Look) -> String {
    // What stands on the page itself matters more than what a later signature shows.
    let is_page = before.words != after.words;
    let (old, new) = if is_page { (&before.words, &after.words) } else { (&before.field_words, &after.field_words) };
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - first;
    let last = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |words: &[String]| {
        let part = &words[first..words.len() - last];
        let text = part.iter().take(WORDS).map(String::as_str).collect::<Vec<_>>().join(" ");
        let text: String = text.chars().filter(|c| !c.is_control()).take(160).collect();
        let more = if part.len() > WORDS { " ..." } else { "" };
        (!part.is_empty()).then(|| format!("\"{text}{more}\""))
    };
    let page = number + 1;
    match (part(old), part(new)) {
        (Some(old), Some(new)) => format!("page {page}: {old} became {new}"),
        (Some(old), None) => format!("page {page}: {old} is gone"),
        (None, Some(new)) => format!("page {page}: {new} was added"),
        (None, None) => format!("page {page}: words were put at other places"),
    }
}

/// A patch on the page as it is displayed, in points.
struct Place {
    edges: [f32; 4],
    is_new: bool,
}

impl Place {
    fn of(patch: &Patch, page: &Page<'_>) -> Self {
        let rect = kurbo::Rect::new(patch.rect.x0, patch.rect.y0, patch.rect.x1, patch.rect.y1);
        let shown = page.initial_transform(true).to_kurbo().transform_rect_bbox(rect);
        #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
        let edges = [shown.x0, shown.y0, shown.x1, shown.y1].map(|v| v as f32);
        Self { edges, is_new: patch.is_new }
    }

    /// Whether a point lies in it, or so far beyond its edges.
    fn holds(&self, (x, y): (f32, f32), beyond: f32) -> bool {
        let [x0, y0, x1, y1] = self.edges;
        (x0 - beyond..=x1 + beyond).contains(&x) && (y0 - beyond..=y1 + beyond).contains(&y)
    }
}

fn middle(mark: &Mark) -> (f32, f32) {
    let [x0, y0, x1, y1] = mark.edges;
    (f32::midpoint(x0, x1), f32::midpoint(y0, y1))
}

fn outside(marks: &[Mark], places: &[Place]) -> Vec<Mark> {
    let is_outside = |m: &&Mark| !places.iter().any(|p| p.holds(middle(m), 0.0));
    marks.iter().filter(is_outside).copied().collect()
}

/// What is printed on a page: the character for a box that is a field is none of it where the field may be ticked.
fn printed(marks: &[Mark], places: &[Place]) -> Vec<Mark> {
    let is_own = |m: &Mark| is_box(m.c) && places.iter().any(|p| !p.is_new && p.holds(middle(m), BOX_EDGE));
    marks.iter().filter(|m| !is_own(m)).copied().collect()
}

/// What is different about a page, but for what the places may show.
fn differs(old: &Drawing, new: &Drawing, before: &Look, places: &[Place], scale: f32) -> Option<&'static str> {
    if old.width != new.width || old.pixels.len() != new.pixels.len() {
        return Some("has another size");
    }
    if places.is_empty() {
        return (old != new).then_some("looks different");
    }
    let at = |i: usize| ((i % old.width) as f32 / scale, (i / old.width) as f32 / scale);
    // A pixel on the edge belongs to both sides.
    let edge = 1.5 / scale;
    let changed = (0..old.pixels.len()).filter(|i| old.pixels[*i] != new.pixels[*i]);
    if changed.map(at).any(|point| !places.iter().any(|p| p.holds(point, edge))) {
        return Some("looks different");
    }
    let letters = before.page.iter().map(|m| (m, false)).chain(before.fields.iter().map(|m| (m, true)));
    for (mark, is_field) in letters.filter(|(m, _)| m.c.is_alphanumeric() || m.c == '\u{fffd}') {
        // A field that was there may be drawn anew; what is printed on the page, or another field, may not be hidden.
        let over = places.iter().any(|p| p.holds(middle(mark), 0.0) && (p.is_new || !is_field));
        if over && is_hidden(old, new, mark, scale) {
            return Some("has words that a later signature covers");
        }
    }
    let covers = |p: &&Place| p.is_new && ink_lost(old, new, p, scale);
    places.iter().find(covers).map(|_| "has print that a later signature covers")
}

/// The pixels of a rectangle.
fn pixels(drawing: &Drawing, edges: [f32; 4], scale: f32) -> Vec<usize> {
    let height = drawing.pixels.len() / drawing.width.max(1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the size of the page")]
    let [x0, y0, x1, y1] = {
        let clamp = |v: f32, most: usize| (v * scale).clamp(0.0, most as f32);
        [
            clamp(edges[0], drawing.width).floor() as usize,
            clamp(edges[1], height).floor() as usize,
            clamp(edges[2], drawing.width).ceil() as usize,
            clamp(edges[3], height).ceil() as usize,
        ]
    };
    (y0..y1).flat_map(|y| (x0..x1).map(move |x| y * drawing.width + x)).collect()
}

fn light(pixel: [u8; 3]) -> i32 {
    let [r, g, b] = pixel.map(i32::from);
    (77 * r + 150 * g + 29 * b) >> 8
}

/// Whether a letter that could be read can be read no more: what was dark of it and what was light are alike now.
fn is_hidden(old: &Drawing, new: &Drawing, mark: &Mark, scale: f32) -> bool {
    let all = pixels(old, mark.edges, scale);
    let lights: Vec<i32> = all.iter().map(|i| light(old.pixels[*i])).collect();
    let (Some(least), Some(most)) = (lights.iter().min(), lights.iter().max()) else { return false };
    if most - least < VISIBLE {
        // It could not be read before.
        return false;
    }
    let middle = i32::midpoint(*least, *most);
    let contrast = |of: &Drawing| {
        let (mut dark, mut bright) = ((0i32, 0i32), (0i32, 0i32));
        for (i, before) in all.iter().zip(&lights) {
            let side = if *before < middle { &mut dark } else { &mut bright };
            *side = (side.0 + light(of.pixels[*i]), side.1 + 1);
        }
        let mean = |(sum, n): (i32, i32)| sum as f32 / n.max(1) as f32;
        mean(bright) - mean(dark)
    };
    contrast(new) < LEGIBLE * contrast(old)
}

/// Whether more than a line to sign on was printed where something else is now.
fn ink_lost(old: &Drawing, new: &Drawing, place: &Place, scale: f32) -> bool {
    let all = pixels(old, place.edges, scale);
    let is_lost = |i: &&usize| {
        let before = light(old.pixels[**i]);
        before < 255 - VISIBLE && (light(new.pixels[**i]) - before).abs() > VISIBLE
    };
    let lost = all.iter().filter(is_lost).count();
    lost > 30 && lost as f32 > INK * all.len() as f32
}
