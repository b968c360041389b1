//! Values of form fields that carry no appearance of their own: the reader program would draw them.

use hayro_interpret::kurbo::{Affine, Point};
use hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro_syntax::page::Page;

use super::glyph::FreeGlyph;

/// Adds the text values of fields without an appearance stream, spread evenly over their boxes.
pub(super) fn without_appearance(page: &Page<'_>, to_page: Affine, out: &mut Vec<FreeGlyph>) {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return };
    for annotation in annotations.iter::<Dict<'_>>() {
        let shown = annotation.get::<u32>(b"F").unwrap_or(0) & super::strike::NOT_SHOWN == 0;
        if annotation.contains_key(b"AP") || !shown {
            continue;
        }
        let text = match annotation.get::<Name<'_>>(b"Subtype") {
            Some(kind) if kind.as_ref() == b"Widget" => value(&annotation, b"V"),
            Some(kind) if kind.as_ref() == b"FreeText" => value(&annotation, b"Contents"),
            _ => None,
        };
        let (Some(text), Some(rect)) = (text, annotation.get::<Rect>(b"Rect")) else { continue };
        spread(&text, rect, to_page, out);
    }
}

/// A text value of the annotation, or of the field above it.
fn value(annotation: &Dict<'_>, key: &[u8]) -> Option<String> {
    let own = annotation.get::<PdfString<'_>>(key);
    let inherited = || annotation.get::<Dict<'_>>(b"Parent").and_then(|parent| parent.get::<PdfString<'_>>(key));
    let text = super::engine::text_string(own.or_else(inherited)?.as_bytes());
    (!text.trim().is_empty()).then_some(text)
}

/// Sets the text as one line in the middle of its box.
fn spread(text: &str, rect: Rect, to_page: Affine, out: &mut Vec<FreeGlyph>) {
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
            out.push(FreeGlyph { c, x, y, dx, dy, size, bold: false, code: 0, hidden: None });
        }
    }
}
