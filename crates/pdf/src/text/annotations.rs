//! Annotations of a page: which of them are shown, and what they look like.

use hayro_interpret::kurbo::{Affine, Rect, Shape as _};
use hayro_interpret::util::{RectExt as _, TransformExt as _};
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Rect as PdfRect, Stream};
use hayro_syntax::page::{Page, Resources};

use super::hidden::HiddenBy;
use super::layers::Layers;

/// Flags of annotations that are not shown: hidden, and no view.
const NOT_SHOWN: u32 = 1 << 1 | 1 << 5;

/// The annotations of a page.
#[derive(Default)]
pub(super) struct Annotations<'a> {
    pub(super) shown: Vec<Dict<'a>>,
    /// Those that nobody sees, and why.
    pub(super) unseen: Vec<(Dict<'a>, HiddenBy)>,
    /// Whether the engine would draw one of these.
    pub(super) are_sorted: bool,
}

impl<'a> Annotations<'a> {
    pub(super) fn of(page: &Page<'a>, layers: &Layers) -> Self {
        let mut out = Self::default();
        for annotation in page.raw().get::<Array<'_>>(b"Annots").iter().flat_map(Array::iter::<Dict<'_>>) {
            let is_flagged = annotation.get::<u32>(b"F").unwrap_or(0) & NOT_SHOWN != 0;
            let is_popup = annotation.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"Popup");
            let is_on = |dict: &Dict<'_>| dict.get::<Dict<'_>>(b"OC").is_none_or(|layer| layers.shows(&layer));
            let is_off = !is_on(&annotation) || appearance(&annotation).is_some_and(|look| !is_on(look.dict()));
            if is_off || is_popup || is_flagged {
                out.are_sorted |= !is_flagged;
                out.unseen.push((annotation, if is_off { HiddenBy::Layer } else { HiddenBy::Invisible }));
            } else {
                out.shown.push(annotation);
            }
        }
        out
    }
}

/// Gives `read` what an annotation looks like: its content and resources, how they are set on the page as it is displayed, and
/// the place where they are seen.
pub(super) fn look<'a>(
    page: &Page<'a>,
    annotation: &Dict<'a>,
    read: impl FnOnce(TypedIter<'_>, &Resources<'a>, Affine, Rect),
) {
    let Some((look, rect)) = appearance(annotation).zip(annotation.get::<PdfRect>(b"Rect")) else { return };
    let (Ok(content), Some(place)) = (look.decoded_data(), place(&look, rect.to_kurbo())) else { return };
    let resources = look.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
    let to_page = page.initial_transform(true).to_kurbo();
    let seen = to_page.transform_rect_bbox(rect.to_kurbo());
    read(TypedIter::new(content.as_ref()), resources.as_ref().unwrap_or(page.resources()), to_page * place, seen);
}

/// What an annotation shows (ISO 32000-2, 12.5.5).
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'_>>(b"AP")?.get::<Object<'_>>(b"N")? {
        Object::Stream(look) => Some(look),
        Object::Dict(looks) => {
            let state = annotation.get::<Name<'_>>(b"AS").and_then(|state| looks.get::<Stream<'_>>(state));
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
