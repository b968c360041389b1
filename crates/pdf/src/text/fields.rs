//! Values of form fields that carry no appearance of their own: the reader program would draw them.

use std::collections::HashSet;

use hayro_interpret::kurbo::{Affine, Point, Rect as Place};
use hayro_interpret::util::RectExt as _;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Rect, String as PdfString};
use hayro_syntax::page::Page;

use super::annotations::Annotations;
use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;
use crate::cite::{Diagnostic, Severity, Stage};

/// Adds the text values of fields without an appearance stream, spread evenly over their boxes. Where `redrawn`, reader
/// programs draw the fields anew, so that an empty appearance does not count; `glyphs` from `first` on are those of the
/// appearances.
pub(super) fn without_appearance(
    page: &Page<'_>,
    annotations: &Annotations<'_>,
    to_page: Affine,
    redrawn: bool,
    first: usize,
    glyphs: &mut Vec<FreeGlyph>,
) {
    let drawn = glyphs.len();
    let unseen = annotations.unseen.iter().map(|(annotation, by)| (annotation, Some(*by)));
    for (annotation, unseen) in annotations.shown.iter().map(|annotation| (annotation, None)).chain(unseen) {
        let kind = annotation.get::<Name<'_>>(b"Subtype");
        let is = |name: &[u8]| kind.as_ref().is_some_and(|kind| kind.as_ref() == name);
        if annotation.contains_key(b"AP") && !(redrawn && is(b"Widget")) {
            continue;
        }
        let text = if is(b"Widget") {
            value(annotation)
        } else if is(b"FreeText") {
            annotation.get::<PdfString<'_>>(b"Contents").and_then(|text| written(&text))
        } else {
            None
        };
        let (Some(text), Some(rect)) = (text, annotation.get::<Rect>(b"Rect")) else { continue };
        let place = to_page.transform_rect_bbox(rect.to_kurbo());
        let hidden = unseen.or_else(|| not_shown(annotation, place, page));
        let inside = |glyph: &FreeGlyph| {
            let [x, y] = glyph.middle();
            !glyph.c.is_whitespace() && place.contains((f64::from(x), f64::from(y)))
        };
        if unseen.is_some() || !glyphs[first..drawn].iter().any(inside) {
            spread(&text, rect, to_page, hidden, glyphs);
        }
    }
}

/// Bit of the field flags of a password, of which only dots are shown.
const PASSWORD: u32 = 1 << 13;
/// A field narrower or lower than this shows nothing, in points.
const LEAST: f64 = 2.0;

/// Why the value of a field is not seen.
fn not_shown(field: &Dict<'_>, place: Place, page: &Page<'_>) -> Option<HiddenBy> {
    let above = || field.get::<Dict<'_>>(b"Parent")?.get::<u32>(b"Ff");
    let flags = field.get::<u32>(b"Ff").or_else(above).unwrap_or(0);
    let (width, height) = page.render_dimensions();
    let center = place.center();
    let is_on_page = (0.0..f64::from(width)).contains(&center.x) && (0.0..f64::from(height)).contains(&center.y);
    let reasons = [
        (flags & PASSWORD != 0, HiddenBy::Invisible),
        (place.width() < LEAST || place.height() < LEAST, HiddenBy::Size),
        (!is_on_page, HiddenBy::OffPage),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map(|(_, by)| by)
}

fn written(text: &PdfString<'_>) -> Option<String> {
    let text = super::engine::text_string(text.as_bytes());
    (!text.trim().is_empty()).then_some(text)
}

/// The text of a field, which may be that of the field above it; of a list, what is shown for its value.
fn value(widget: &Dict<'_>) -> Option<String> {
    let parent = widget.get::<Dict<'_>>(b"Parent");
    let above = |key: &[u8]| parent.as_ref().and_then(|parent| parent.get::<PdfString<'_>>(key));
    let text = written(&widget.get::<PdfString<'_>>(b"V").or_else(|| above(b"V"))?)?;
    let options =
        widget.get::<Array<'_>>(b"Opt").or_else(|| parent.as_ref().and_then(|parent| parent.get::<Array<'_>>(b"Opt")));
    let shown = options.iter().flat_map(Array::iter::<Array<'_>>).find_map(|option| {
        let mut pair = option.iter::<PdfString<'_>>();
        let (value, shown) = (pair.next()?, pair.next()?);
        (written(&value).as_ref() == Some(&text)).then(|| written(&shown)).flatten()
    });
    Some(shown.unwrap_or(text))
}

/// Fields that are looked at.
const MOST: usize = 10_000;
/// Deepest nesting of fields.
const DEEP: u8 = 16;
/// Values that are told.
const TOLD: usize = 10;

/// Remarks on values of a form that no page shows.
pub(super) fn nowhere(pdf: &Pdf) -> Vec<Diagnostic> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let Some(form) = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"AcroForm")) else { return Vec::new() };
    let on_page = |page: &Page<'_>| -> Vec<_> {
        let all = page.raw().get::<Array<'_>>(b"Annots");
        all.iter().flat_map(Array::iter::<Dict<'_>>).filter_map(|annotation| annotation.obj_id()).collect()
    };
    let shown: HashSet<ObjectIdentifier> = pdf.pages().iter().flat_map(on_page).collect();
    let mut left: Vec<(Dict<'_>, u8)> = below(&form, b"Fields").map(|field| (field, DEEP)).collect();
    let (mut out, mut seen) = (Vec::new(), 0);
    while let Some((field, deep)) = left.pop().filter(|_| seen < MOST && out.len() < TOLD) {
        seen += 1;
        let kids: Vec<_> = below(&field, b"Kids").collect();
        let is_shown = |field: &Dict<'_>| field.obj_id().is_none_or(|id| shown.contains(&id));
        // What stands above other fields holds no value of its own.
        let is_last = kids.iter().all(|kid| !kid.contains_key(b"T"));
        let is_seen = is_shown(&field) || kids.iter().any(is_shown);
        if deep > 0 {
            left.extend(kids.into_iter().map(|kid| (kid, deep - 1)));
        }
        if !is_last || !field.contains_key(b"T") || is_seen {
            continue;
        }
        if let Some(value) = value(&field) {
            let value: String = value.chars().filter(|c| !c.is_control()).take(240).collect();
            let message = format!("a field holds a value that no page shows, and that was not read: {value:?}");
            out.push(Diagnostic::new("text.hidden_field", Severity::Warning, Stage::Text, message));
        }
    }
    out
}

fn below<'a>(dict: &Dict<'a>, key: &[u8]) -> impl Iterator<Item = Dict<'a>> {
    let all: Vec<_> = dict.get::<Array<'_>>(key).iter().flat_map(Array::iter::<Dict<'_>>).take(MOST).collect();
    all.into_iter()
}

/// Sets the text as one line in the middle of its box.
fn spread(text: &str, rect: Rect, to_page: Affine, hidden: Option<HiddenBy>, out: &mut Vec<FreeGlyph>) {
    const EM: f64 = 0.5;
    let (width, height) = (rect.x1 - rect.x0, rect.y1 - rect.y0);
    let n = text.chars().count().clamp(1, 10_000) as f64;
    let step = (width / n).min(10.0 * EM);
    let size = height.clamp(6.0, 10.0);
    for (i, c) in text.chars().take(10_000).enumerate() {
        let x = rect.x0 + step * i as f64;
        let y = f64::midpoint(rect.y0, rect.y1) - 0.3 * size;
        let (from, to) = (to_page * Point::new(x, y), to_page * Point::new(x + step, y));
        #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
        let [x, y, dx, dy, size] = [from.x, from.y, to.x - from.x, to.y - from.y, size].map(|v| v as f32);
        if [x, y, dx, dy].iter().all(|v| v.is_finite()) {
            out.push(FreeGlyph { c, x, y, dx, dy, size, bold: false, code: 0, hidden });
        }
    }
}
