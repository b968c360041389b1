//! What was added to a file after somebody signed it.
//!
//! A PDF grows by revisions. A signature covers the file up to its own; a later revision that only adds signatures, and
//! what is needed to check them, takes nothing from it. All else counts as a change.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// What a later revision may change in the catalog.
const CATALOG: [&[u8]; 6] = [b"AcroForm", b"DSS", b"Extensions", b"Metadata", b"Perms", b"Version"];
/// What it may change in the form.
const FORM: [&[u8]; 4] = [b"Fields", b"SigFlags", b"DR", b"DA"];

/// Whether `new`, a later revision of `old`, says the same but for signatures.
pub(super) fn only_signatures(old: &Document, new: &Document) -> bool {
    let change = Change { old, new };
    let root = |d: &Document| d.trailer.get(b"Root").and_then(Object::as_reference).ok();
    if root(old).is_none() || root(old) != root(new) {
        return false;
    }
    old.objects.iter().all(|(id, before)| match new.objects.get(id) {
        Some(after) => same(before, after) || change.is_allowed(*id, before, after),
        None => is_bookkeeping(before),
    })
}

/// Tables of where objects stand: each revision has its own.
fn is_bookkeeping(object: &Object) -> bool {
    object.as_stream().is_ok_and(|s| s.dict.has_type(b"XRef") || s.dict.has_type(b"ObjStm"))
}

fn same(before: &Object, after: &Object) -> bool {
    match (before, after) {
        // Where a stream stands in the file is no part of it.
        (Object::Stream(a), Object::Stream(b)) => a.dict == b.dict && a.content == b.content,
        _ => before == after,
    }
}

struct Change<'a> {
    old: &'a Document,
    new: &'a Document,
}

impl Change<'_> {
    fn is_allowed(&self, id: ObjectId, before: &Object, after: &Object) -> bool {
        if is_bookkeeping(before) || self.is_aside(id) {
            return true;
        }
        if let (Object::Array(before), Object::Array(after)) = (before, after) {
            return self.grew(before, after);
        }
        let (Object::Dictionary(before), Object::Dictionary(after)) = (before, after) else { return false };
        if self.is_at(id, &[b"Root"]) {
            differ(before, after, &CATALOG) && self.form(before.get(b"AcroForm").ok(), after.get(b"AcroForm").ok())
        } else if self.is_at(id, &[b"Root", b"AcroForm"]) {
            self.form_fields(before, after)
        } else if before.has_type(b"Page") {
            let grew = match (before.get(b"Annots").ok(), after.get(b"Annots").ok()) {
                (before, Some(after)) => self.list_grew(before, after),
                (before, None) => before.is_none(),
            };
            grew && differ(before, after, &[b"Annots"])
        } else {
            // A place for a signature that has been filled.
            let filled = |d: &Dictionary, document: &Document| {
                d.get(b"V").is_ok() || document.get_dict_in_dict(d, b"Parent").is_ok_and(|p| p.get(b"V").is_ok())
            };
            is_signature_field(before, self.old)
                && is_signature_field(after, self.new)
                && !filled(before, self.old)
                && filled(after, self.new)
        }
    }

    /// Whether an object is one that no page shows: properties of the file, and what later checks of signatures need. What
    /// is used in a second place is not taken for one, however it is named.
    fn is_aside(&self, id: ObjectId) -> bool {
        const ASIDE: [&[&[u8]]; 7] = [
            &[b"Info"],
            &[b"Root", b"Metadata"],
            &[b"Root", b"DSS"],
            &[b"Root", b"DSS", b"VRI"],
            &[b"Root", b"DSS", b"Certs"],
            &[b"Root", b"DSS", b"CRLs"],
            &[b"Root", b"DSS", b"OCSPs"],
        ];
        ASIDE.iter().any(|path| {
            let most = usize::from(path.len() > 1);
            self.is_at(id, path) && [self.old, self.new].iter().all(|d| uses(d, id) <= most)
        })
    }

    /// Whether the trailer's path led to this object when the document was signed.
    fn is_at(&self, id: ObjectId, path: &[&[u8]]) -> bool {
        let Some((last, way)) = path.split_last() else { return false };
        let mut at = Some(&self.old.trailer);
        for key in way {
            at = at.and_then(|d| self.old.get_dict_in_dict(d, key).ok());
        }
        at.and_then(|d| d.get(last).ok()?.as_reference().ok()) == Some(id)
    }

    /// The form itself, where it stands in the catalog and not in an object of its own.
    fn form(&self, before: Option<&Object>, after: Option<&Object>) -> bool {
        match (before, after) {
            (Some(Object::Dictionary(before)), Some(Object::Dictionary(after))) => self.form_fields(before, after),
            (Some(before), Some(after)) => before == after,
            (None, Some(after)) => {
                let after = self.new.dereference(after).ok().and_then(|(_, o)| o.as_dict().ok());
                after.is_some_and(|after| self.form_fields(&Dictionary::new(), after))
            }
            (before, None) => before.is_none(),
        }
    }

    fn form_fields(&self, before: &Dictionary, after: &Dictionary) -> bool {
        differ(before, after, &FORM)
            && after
                .get(b"Fields")
                .map_or(before.get(b"Fields").is_err(), |fields| self.list_grew(before.get(b"Fields").ok(), fields))
    }

    fn list_grew(&self, before: Option<&Object>, after: &Object) -> bool {
        let list = |document: &Document, object: &Object| -> Option<Vec<Object>> {
            Some(document.dereference(object).ok()?.1.as_array().ok()?.clone())
        };
        let before = before.map_or(Some(Vec::new()), |b| list(self.old, b));
        matches!((before, list(self.new, after)), (Some(before), Some(after)) if self.grew(&before, &after))
    }

    /// Whether only signature fields were added to a list.
    fn grew(&self, before: &[Object], after: &[Object]) -> bool {
        let is_field = |o: &Object| {
            let field = self.new.dereference(o).ok().and_then(|(_, o)| o.as_dict().ok());
            field.is_some_and(|f| is_signature_field(f, self.new))
        };
        before.iter().all(|b| after.contains(b)) && after.iter().filter(|a| !before.contains(a)).all(is_field)
    }
}

/// Whether a field, or the one above it, is one for signatures.
fn is_signature_field(field: &Dictionary, document: &Document) -> bool {
    let signs = |d: &Dictionary| d.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig");
    signs(field) || document.get_dict_in_dict(field, b"Parent").is_ok_and(signs)
}

/// How many references lead to an object.
fn uses(document: &Document, id: ObjectId) -> usize {
    fn count(object: &Object, id: ObjectId) -> usize {
        match object {
            Object::Reference(to) => usize::from(*to == id),
            Object::Array(items) => items.iter().map(|o| count(o, id)).sum(),
            Object::Dictionary(dict) => dict.iter().map(|(_, o)| count(o, id)).sum(),
            Object::Stream(stream) if !is_bookkeeping(object) => stream.dict.iter().map(|(_, o)| count(o, id)).sum(),
            _ => 0,
        }
    }
    document.objects.values().map(|o| count(o, id)).sum()
}

/// Whether two dictionaries differ in nothing but `keys`.
fn differ(before: &Dictionary, after: &Dictionary, keys: &[&[u8]]) -> bool {
    let same = |a: &Dictionary, b: &Dictionary| {
        a.iter().all(|(key, value)| keys.contains(&key.as_slice()) || b.get(key).is_ok_and(|other| other == value))
    };
    same(before, after) && same(after, before)
}
