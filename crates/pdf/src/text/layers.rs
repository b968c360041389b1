//! Words on layers that are switched off (optional content groups, ISO 32000-1, 8.11).

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// Layers that are switched off when the file is opened.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
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
        Self { off }
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
        if self.off.is_empty() {
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
            let layer = form.dict().get_ref(b"OC").map(ObjectIdentifier::from);
            if layer.is_some_and(|layer| self.off.contains(&layer))
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
