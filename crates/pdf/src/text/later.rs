//! Words that signatures after the first one show. A signer may put a seal on the page, but no words into the contract
//! that others signed before.

use std::collections::HashSet;

use hayro_interpret::kurbo::Affine;
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};
use hayro_syntax::page::{Page, Resources};

use super::annotations;
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
        annotations::look(page, widget, |content, resources, place, _| read(content, resources, place, &mut own));
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
