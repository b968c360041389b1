//! Words that signatures after the first one show. A signer may put a seal on the page, but no words into the contract
//! that others signed before.

use std::collections::HashSet;

use hayro_interpret::kurbo::{Affine, Rect, Shape as _};
use hayro_interpret::util::{RectExt as _, TransformExt as _};
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Rect as PdfRect, Stream};
use hayro_syntax::page::{Page, Resources};

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// The same glyph, drawn once more, lies as near as this, in points.
const SAME: f32 = 0.1;

/// Marks those of the glyphs of fields that `widgets` of this page draw, which are in the order of the page. `read`
/// interprets an appearance, set on the page by its transform.
pub(super) fn mark<'a>(
    page: &Page<'a>,
    widgets: &[Dict<'a>],
    fields: &mut [FreeGlyph],
    mut read: impl FnMut(TypedIter<'_>, &Resources<'a>, Affine, &mut Vec<FreeGlyph>),
) {
    let mut own = Vec::new();
    for widget in widgets {
        let Some((look, rect)) = appearance(widget).zip(widget.get::<PdfRect>(b"Rect")) else { continue };
        let (Ok(content), Some(place)) = (look.decoded_data(), place(&look, rect.to_kurbo())) else { continue };
        let resources = look.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
        let place = page.initial_transform(true).to_kurbo() * place;
        read(TypedIter::new(content.as_ref()), resources.as_ref().unwrap_or(page.resources()), place, &mut own);
    }
    // What came later stands further back, so that the same glyph of an older field stays.
    let mut end = fields.len();
    for glyph in own.iter().rev() {
        let same = |f: &FreeGlyph| f.c == glyph.c && (f.x - glyph.x).abs() < SAME && (f.y - glyph.y).abs() < SAME;
        if let Some(at) = fields[..end].iter().rposition(same) {
            fields[at].hidden = fields[at].hidden.or(Some(HiddenBy::Later));
            end = at;
        }
    }
}

/// The widgets on a page that are among these objects.
pub(super) fn widgets<'a>(page: &Page<'a>, among: &HashSet<ObjectIdentifier>) -> Vec<Dict<'a>> {
    let all = page.raw().get::<Array<'_>>(b"Annots");
    let is_among = |widget: &Dict<'_>| widget.obj_id().is_some_and(|id| among.contains(&id));
    all.iter().flat_map(Array::iter::<Dict<'_>>).filter(is_among).collect()
}

/// What a widget shows (ISO 32000-2, 12.5.5).
fn appearance<'a>(widget: &Dict<'a>) -> Option<Stream<'a>> {
    match widget.get::<Dict<'_>>(b"AP")?.get::<Object<'_>>(b"N")? {
        Object::Stream(look) => Some(look),
        Object::Dict(looks) => {
            let state = widget.get::<Name<'_>>(b"AS").and_then(|state| looks.get::<Stream<'_>>(state));
            state.or_else(|| looks.get::<Stream<'_>>(b"Off"))
        }
        _ => None,
    }
}

/// How an appearance is set into its rectangle.
fn place(look: &Stream<'_>, rect: Rect) -> Option<Affine> {
    let [x0, y0, x1, y1] = look.dict().get::<[f64; 4]>(b"BBox")?;
    let matrix = look.dict().get::<[f64; 6]>(b"Matrix").map_or(Affine::IDENTITY, Affine::new);
    let own = (matrix * Rect::new(x0, y0, x1, y1).to_path(0.1)).bounding_box();
    let (wide, high) = (rect.width() / own.width(), rect.height() / own.height());
    Some(Affine::new([wide, 0.0, 0.0, high, rect.x0 - wide * own.x0, rect.y0 - high * own.y0]) * matrix)
}
