//! The form and its fields: what a later signature may add to them, and what filling a field may change.

use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Rect};

use super::super::field::{self, copy, dictionary, identifier, list};
use super::{Difference, Node, Walk, changed, entries, of, words};

/// Deepest nesting of fields.
const DEPTH: usize = 16;
/// What may change in a field, and where it is shown, when it is filled.
const FILLED: [&[u8]; 9] = [b"V", b"AP", b"AS", b"F", b"M", b"MK", b"I", b"RV", b"P"];
/// What of it stays as it was where it was there: the page of a widget, and the looks of a button, of which it takes another.
type Fixed = &'static [&'static [u8]];
const FIXED: Fixed = &[b"P"];
const FIXED_OF_BUTTONS: Fixed = &[b"P", b"AP", b"MK"];
/// What a new field for a signature consists of. Actions are not among it.
const NEW: [&[u8]; 24] = [
    b"Type", b"Subtype", b"FT", b"T", b"TU", b"TM", b"Ff", b"V", b"AP", b"AS", b"Rect", b"P", b"F", b"M", b"MK", b"DA",
    b"Lock", b"SV", b"Parent", b"Kids", b"Border", b"BS", b"NM", b"H",
];

/// A field above others.
struct Above<'a> {
    name: &'a str,
    kind: Option<Vec<u8>>,
    depth: usize,
}

impl<'o, 'n> Walk<'o, 'n, '_> {
    /// The form, whose dictionary is the object `at` where it is one.
    pub(super) fn form(
        &mut self,
        before: Option<Dict<'o>>,
        after: Option<Dict<'n>>,
        at: Option<ObjectIdentifier>,
    ) -> Result<(), Difference> {
        self.out.explained.extend(at);
        let Some(after) = after else {
            return if before.is_none() { Ok(()) } else { changed("its form is gone") };
        };
        let before = before.unwrap_or_else(Dict::empty);
        let above = Above { name: "", kind: None, depth: DEPTH };
        for (key, old, new) in entries(&before, &after).map_err(|e| of(e, "its form"))? {
            match key.as_slice() {
                b"Fields" => self.fields(old, new, &above)?,
                b"SigFlags" => self.explain(new),
                b"DA" if old.is_none() => self.explain(new),
                b"DR" => self.resources(old, new)?,
                _ => self.same(old, new, true).map_err(|e| of(e, "its form"))?,
            }
        }
        Ok(())
    }

    /// Resources of the form: fonts and the like may be added, for the appearance of a signature.
    fn resources(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>) -> Result<(), Difference> {
        let (Some(before), Some(after)) = (
            old.as_ref().and_then(|n| dictionary(self.old, copy(n))),
            new.as_ref().and_then(|n| dictionary(self.new, copy(n))),
        ) else {
            return self.same_or_added(old, new);
        };
        self.out.explained.extend(new.as_ref().and_then(identifier));
        let drawn_with = |e| of(e, "what the fields of its form are drawn with");
        for (key, old, new) in entries(&before, &after).map_err(drawn_with)? {
            let both = (before.get::<Dict<'_>>(&key), after.get::<Dict<'_>>(&key));
            if let (Some(before), Some(after)) = both {
                self.out.explained.extend(new.as_ref().and_then(identifier));
                for (_, old, new) in entries(&before, &after).map_err(drawn_with)? {
                    self.same_or_added(old, new).map_err(drawn_with)?;
                }
            } else {
                self.same_or_added(old, new).map_err(drawn_with)?;
            }
        }
        Ok(())
    }

    /// What was there must be the same; what was not may be there now.
    fn same_or_added(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>) -> Result<(), Difference> {
        if old.is_some() {
            return self.same(old, new, false);
        }
        self.explain(new);
        Ok(())
    }

    /// Fields of a form or below a field: the old ones in their order, and after them new ones for signatures.
    fn fields(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>, above: &Above<'_>) -> Result<(), Difference> {
        let (before, after) = self.lists(old, new);
        let mut after = after.into_iter();
        for old in before {
            let Some(new) = after.next() else { return changed("a field of its form is gone") };
            self.field(old, new, above)?;
        }
        for new in after {
            self.new_field(&new, above)?;
        }
        Ok(())
    }

    fn field(&mut self, old: Node<'o>, new: Node<'n>, above: &Above<'_>) -> Result<(), Difference> {
        self.step()?;
        let ids = (identifier(&old), identifier(&new));
        if ids.0 != ids.1 {
            return changed("the fields of its form were put in another order");
        }
        self.out.explained.extend(ids.1);
        let (before, after) = (dictionary(self.old, copy(&old)), dictionary(self.new, copy(&new)));
        let (Some(before), Some(after)) = (before, after) else { return self.same(Some(old), Some(new), false) };
        if above.depth == 0 {
            return Err(Difference::Unknown);
        }
        // A field that is met again was compared, or is.
        if ids.0.is_some_and(|id| !self.judged.insert(id)) {
            return Ok(());
        }
        let name = field::full_name(above.name, &before);
        let kind = before.get::<Name<'_>>(b"FT").map(|k| k.to_vec()).or_else(|| above.kind.clone());
        let kids = list(Some(&before), b"Kids");
        let has_fields = kids.iter().any(|kid| field::is_named(self.old, kid));
        let may_differ = self.filled(&before, &after, &name, kind.as_deref())?;
        let what = format!("the field {}", name_of(&name));
        for (key, old, new) in entries(&before, &after).map_err(|e| of(e, &what))? {
            if key == b"Kids" && has_fields {
                self.fields(old, new, &Above { name: &name, kind: kind.clone(), depth: above.depth - 1 })?;
            } else if key == b"Kids" {
                self.widgets(old, new, may_differ, &what)?;
            } else {
                self.entry(&key, old, new, may_differ).map_err(|e| of(e, &what))?;
            }
        }
        if may_differ.is_some() {
            self.shows(ids.0, &before, false);
        }
        Ok(())
    }

    /// One entry of a field or a widget, which must be the same unless filling may change it. The page of a widget may be
    /// added, and nothing else may be put in its place.
    fn entry(
        &mut self,
        key: &[u8],
        old: Option<Node<'o>>,
        new: Option<Node<'n>>,
        may_differ: Option<Fixed>,
    ) -> Result<(), Difference> {
        let differs = |fixed: Fixed| FILLED.contains(&key) && !(old.is_some() && fixed.contains(&key));
        if !may_differ.is_some_and(differs) {
            return self.same(old, new, true);
        }
        if key != b"P" {
            self.explain(new);
        }
        Ok(())
    }

    /// What stays of a field that was empty and has been filled, as it may be; none where it must be the same.
    fn filled(
        &mut self,
        before: &Dict<'o>,
        after: &Dict<'n>,
        name: &str,
        kind: Option<&[u8]>,
    ) -> Result<Option<Fixed>, Difference> {
        let value = |d: &Dict<'_>| d.get::<Object<'_>>(b"V").is_some_and(|v| !is_empty(&v));
        if value(before) || !value(after) {
            return Ok(None);
        }
        if kind != Some(b"Sig") {
            let may = self.permission.allows_filling(name);
            if may {
                self.out.filled.push(name.to_owned());
            }
            let fixed = if kind == Some(b"Btn") { FIXED_OF_BUTTONS } else { FIXED };
            return Ok(may.then_some(fixed));
        }
        self.takes(after, name)?;
        Ok(Some(FIXED))
    }

    /// A signature that was put into a field.
    fn takes(&mut self, field: &Dict<'n>, name: &str) -> Result<(), Difference> {
        if self.permission.locks(name) {
            return changed(format!("the field {}, which was locked, was signed", name_of(name)));
        }
        let value = field.get::<Dict<'_>>(b"V");
        let Some(value) = value.filter(|v| (self.signs)(v)) else {
            return changed(format!("the field {} was filled with what is no valid signature", name_of(name)));
        };
        if value.obj_id().is_none_or(|id| !self.signed.insert(id)) {
            return changed(format!("the field {} shows the signature of another field", name_of(name)));
        }
        self.explain(field.get_raw(b"V"));
        Ok(())
    }

    /// The places where one field is shown.
    fn widgets(
        &mut self,
        old: Option<Node<'o>>,
        new: Option<Node<'n>>,
        may_differ: Option<Fixed>,
        what: &str,
    ) -> Result<(), Difference> {
        let (before, after) = self.lists(old, new);
        if before.len() != after.len() {
            return changed(format!("{what} is shown at other places"));
        }
        for (old, new) in before.into_iter().zip(after) {
            let id = identifier(&old);
            let both = (dictionary(self.old, copy(&old)), dictionary(self.new, copy(&new)));
            let (Some(_), (Some(before), Some(after)), true) = (may_differ, both, id == identifier(&new)) else {
                self.same(Some(old), Some(new), true).map_err(|e| of(e, what))?;
                continue;
            };
            self.out.explained.extend(id);
            self.judged.extend(id);
            for (key, old, new) in entries(&before, &after).map_err(|e| of(e, what))? {
                self.entry(&key, old, new, may_differ).map_err(|e| of(e, what))?;
            }
            self.shows(id, &before, false);
        }
        Ok(())
    }

    fn shows(&mut self, id: Option<ObjectIdentifier>, widget: &Dict<'_>, is_new: bool) {
        if let (Some(id), Some(rect)) = (id, widget.get::<Rect>(b"Rect")) {
            self.shown.insert(id, (rect, is_new));
        }
    }

    /// A field that was not there: only one for a signature may be, and only a valid signature may show anything.
    fn new_field(&mut self, node: &Node<'n>, above: &Above<'_>) -> Result<(), Difference> {
        let no_signature = || changed("a field that is none for a signature was added to its form");
        let Some((id, dict)) = self.added(node).filter(|_| above.depth > 0) else { return no_signature() };
        let name = field::full_name(above.name, &dict);
        let kind = dict.get::<Name<'_>>(b"FT").map(|k| k.to_vec()).or_else(|| above.kind.clone());
        let kids = list(Some(&dict), b"Kids");
        self.out.explained.extend(dict.get_ref(b"Kids").map(ObjectIdentifier::from));
        if kids.iter().any(|kid| field::is_named(self.new, kid)) {
            let below = Above { name: &name, kind, depth: above.depth - 1 };
            return kids.iter().try_for_each(|kid| self.new_field(kid, &below));
        }
        if kind.as_deref() != Some(b"Sig") {
            return no_signature();
        }
        let is_signed = dict.get::<Object<'_>>(b"V").is_some();
        if is_signed {
            self.takes(&dict, &name)?;
        } else if self.permission.allows_nothing() {
            return changed("an empty field was added to its form");
        }
        self.new_widget(id, &dict, is_signed)?;
        for kid in kids {
            let Some((id, widget)) = self.added(&kid) else { return no_signature() };
            self.new_widget(id, &widget, is_signed)?;
        }
        Ok(())
    }

    /// An object that was not there, is met for the first time, and has nothing that a field for a signature has not.
    fn added(&mut self, node: &Node<'n>) -> Option<(ObjectIdentifier, Dict<'n>)> {
        let (id, dict) = (identifier(node)?, dictionary(self.new, copy(node))?);
        let is_new = self.old.xref().get::<Object<'_>>(id).is_none() && self.judged.insert(id);
        if !is_new || dict.keys().any(|key| !NEW.contains(&key.as_ref())) {
            return None;
        }
        self.out.explained.insert(id);
        Some((id, dict))
    }

    fn new_widget(&mut self, id: ObjectIdentifier, widget: &Dict<'n>, is_signed: bool) -> Result<(), Difference> {
        if !is_signed && (widget.contains_key(b"AP") || widget.contains_key(b"MK")) {
            return changed("an empty field for a signature was added that shows something");
        }
        if widget.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() != b"Widget") {
            return changed("an annotation was added that calls itself a field for a signature");
        }
        for key in widget.keys() {
            if !matches!(key.as_ref(), b"P" | b"Parent" | b"Kids" | b"V") {
                self.explain(widget.get_raw(key.as_ref()));
            }
        }
        self.shows(Some(id), widget, true);
        Ok(())
    }
}

fn is_empty(value: &Object<'_>) -> bool {
    match value {
        Object::String(text) => text.as_bytes().is_empty() || text.as_bytes() == [0xfe, 0xff],
        Object::Name(name) => name.as_ref() == b"Off",
        Object::Null(_) => true,
        _ => false,
    }
}

fn name_of(name: &str) -> String {
    let name = words(name.as_bytes());
    if name.is_empty() { "without a name".to_owned() } else { format!("{name:?}") }
}
