//! Words on layers that are switched off (optional content groups, ISO 32000-1, 8.11).

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// Deepest nesting of conditions.
const DEEP: u8 = 16;

/// Layers that are switched off when the file is opened.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
    /// Whether the file has any.
    are_any: bool,
    /// Those that are off by the list alone, which is what the engine looks at.
    off_by_list: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// Those of a file.
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut off = HashSet::new();
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let all = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"OCProperties"));
        let Some((all, default)) = all.and_then(|all| Some((all.clone(), all.get::<Dict<'_>>(b"D")?))) else {
            return Self::default();
        };
        let listed = |dict: &Dict<'_>, key: &[u8]| -> Vec<ObjectIdentifier> {
            let array = dict.get::<Array<'_>>(key);
            array
                .iter()
                .flat_map(|a| a.raw_iter().filter_map(|o| o.as_obj_ref().map(Into::into)).collect::<Vec<_>>())
                .collect()
        };
        if default.get::<Name<'_>>(b"BaseState").is_some_and(|state| state.as_ref() == b"OFF") {
            off.extend(listed(&all, b"OCGs"));
            for on in listed(&default, b"ON") {
                off.remove(&on);
            }
        }
        off.extend(listed(&default, b"OFF"));
        let off_by_list = off.clone();
        let says = |dict: &Dict<'_>, key: &[u8], word: &[u8]| {
            dict.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == word)
        };
        let events = default.get::<Array<'_>>(b"AS");
        for event in events.iter().flat_map(Array::iter::<Dict<'_>>).filter(|event| says(event, b"Event", b"View")) {
            for id in listed(&event, b"OCGs") {
                let usage = pdf.xref().get::<Dict<'_>>(id).and_then(|layer| layer.get::<Dict<'_>>(b"Usage"));
                let view = usage.and_then(|usage| usage.get::<Dict<'_>>(b"View")).unwrap_or_default();
                if says(&view, b"ViewState", b"OFF") {
                    off.insert(id);
                } else if says(&view, b"ViewState", b"ON") {
                    off.remove(&id);
                }
            }
        }
        Self { off, are_any: true, off_by_list }
    }

    /// Whether what belongs to a layer, or to a condition over layers, is seen on a screen.
    pub(super) fn shows(&self, layer: &Dict<'_>) -> bool {
        match layer.get::<Array<'_>>(b"VE") {
            Some(condition) if is_condition(layer) => self.holds(&condition, DEEP),
            _ => shown_by_policy(layer, &self.off),
        }
    }

    /// Whether the engine draws what belongs to it, though it is not seen.
    pub(super) fn is_drawn_unseen(&self, layer: &Dict<'_>) -> bool {
        !self.shows(layer) && shown_by_policy(layer, &self.off_by_list)
    }

    fn holds(&self, condition: &Array<'_>, deep: u8) -> bool {
        let mut parts = condition.raw_iter();
        let Some(operator) = parts.next().and_then(|first| match first {
            MaybeRef::NotRef(Object::Name(name)) => Some(name),
            _ => None,
        }) else {
            return true;
        };
        let mut parts = parts.map(|part| match part {
            MaybeRef::Ref(layer) => !self.off.contains(&layer.into()),
            MaybeRef::NotRef(Object::Array(condition)) if deep > 0 => self.holds(&condition, deep - 1),
            MaybeRef::NotRef(_) => true,
        });
        match operator.as_ref() {
            b"Not" => !parts.next().unwrap_or(false),
            b"Or" => parts.any(|holds| holds),
            _ => parts.all(|holds| holds),
        }
    }

    /// The glyphs of a page that are on a layer that is off; `seen` are those that were drawn. `read` interprets with a
    /// device that listens for glyphs.
    pub(super) fn hidden<'a>(
        &self,
        page: &Page<'a>,
        seen: &[FreeGlyph],
        mut read: impl FnMut(TypedIter<'_>, &Resources<'a>, &mut Vec<FreeGlyph>),
    ) -> Vec<FreeGlyph> {
        let resources = page.resources();
        if !self.are_any {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut every = resources.clone();
        if resources.properties.keys().next().is_some() {
            // Without the names of layers, no word is on one.
            every.properties = Dict::empty();
            read(page.typed_operations(), &every, &mut found);
        }
        for name in resources.x_objects.keys() {
            let Some(form) = resources.x_objects.get::<Stream<'_>>(name.clone()) else { continue };
            let layer = form.dict().get::<Dict<'_>>(b"OC");
            if layer.is_some_and(|layer| !self.shows(&layer))
                && let Ok(content) = form.decoded_data()
            {
                let mut own = form.dict().get::<Dict<'_>>(b"Resources").map_or_else(|| every.clone(), Resources::new);
                own.properties = Dict::empty();
                read(TypedIter::new(content.as_ref()), &own, &mut found);
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "a place to a quarter of a point")]
        let key = |g: &FreeGlyph| (g.c, (g.x * 4.0).round() as i32, (g.y * 4.0).round() as i32);
        let seen: HashSet<_> = seen.iter().map(key).collect();
        found.retain(|g| !seen.contains(&key(g)));
        for glyph in &mut found {
            glyph.hidden = Some(HiddenBy::Layer);
        }
        found
    }
}

fn is_condition(layer: &Dict<'_>) -> bool {
    layer.get::<Name<'_>>(b"Type").is_some_and(|kind| kind.as_ref() == b"OCMD")
}

/// Whether a layer, or most conditions over layers, is on where these are off (ISO 32000-1, table 99).
fn shown_by_policy(layer: &Dict<'_>, off: &HashSet<ObjectIdentifier>) -> bool {
    if !is_condition(layer) {
        return layer.obj_id().is_none_or(|id| !off.contains(&id));
    }
    let one = || layer.get_ref(b"OCGs").map(ObjectIdentifier::from).into_iter().collect();
    let all: Vec<ObjectIdentifier> = match layer.get::<Array<'_>>(b"OCGs") {
        Some(all) => all.raw_iter().filter_map(|o| o.as_obj_ref().map(Into::into)).collect(),
        None => one(),
    };
    let is_off = |id: &ObjectIdentifier| off.contains(id);
    match layer.get::<Name<'_>>(b"P").as_deref() {
        _ if all.is_empty() => true,
        Some(b"AllOn") => !all.iter().any(is_off),
        Some(b"AnyOff") => all.iter().any(is_off),
        Some(b"AllOff") => all.iter().all(is_off),
        _ => !all.iter().all(is_off),
    }
}
