//! Two readings of a file, as it was signed and as it is: which of their objects differ, and whether signing explains it.
//!
//! Both are walked from the catalog, side by side, by the engine that reads text and draws pages. Everything must be the
//! same, in the same order, but for the few places where a later signature, or what is needed to check one, belongs.

mod form;

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Rect, String as PdfString};

use super::appended;
use super::field::{copy, dictionary, identifier, resolve};
use super::permission::Permission;
use super::syntax::Id;

/// Most pairs of objects that are compared: more than any contract has.
const STEPS: usize = 500_000;
/// Most objects that a file may name and not have, where it is asked what leads where.
const UNDEFINED: usize = 100;
/// Properties that programs write by themselves.
const STAMPED: [&[u8]; 2] = [b"ModDate", b"Producer"];
/// What is needed to check signatures later (ISO 32000-2, 12.8.4.3).
const SECURITY_STORE: [&[u8]; 5] = [b"Type", b"VRI", b"Certs", b"CRLs", b"OCSPs"];

type Node<'a> = MaybeRef<Object<'a>>;
/// Two objects to compare, and whether they stand in a list of fields or widgets.
type Pair<'o, 'n> = (Option<Node<'o>>, Option<Node<'n>>, bool);

/// Why a revision is not the same but for signatures.
#[derive(Debug)]
pub(super) enum Difference {
    /// Something else was changed, in words.
    Changed(String),
    /// It cannot be told.
    Unknown,
}

fn changed<T>(what: impl Into<String>) -> Result<T, Difference> {
    Err(Difference::Changed(what.into()))
}

/// A place that a later signature, or a value of a form that may be filled, draws on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patch {
    /// Page, from 0.
    pub(super) page: usize,
    pub(super) rect: Rect,
    /// Whether it was not there when the document was signed.
    pub(super) is_new: bool,
}

/// What may differ, and does.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    /// Objects that were compared, or that signing explains.
    pub(super) explained: BTreeSet<ObjectIdentifier>,
    pub(super) patches: Vec<Patch>,
    /// Names of fields that were filled, as the certification permits.
    pub(super) filled: Vec<String>,
}

/// Compares `old`, the signed revision, with `new`. `signs` tells whether a dictionary is a signature that was made later
/// and is one of the bytes that it names.
pub(super) fn compare(
    old: &Pdf,
    new: &Pdf,
    permission: &Permission,
    signs: impl Fn(&Dict<'_>) -> bool,
) -> Result<Allowed, Difference> {
    let mut walk = Walk {
        old,
        new,
        permission,
        signs: &signs,
        seen: BTreeSet::new(),
        judged: BTreeSet::new(),
        shown: BTreeMap::new(),
        signed: BTreeSet::new(),
        left: STEPS,
        out: Allowed::default(),
    };
    walk.document()?;
    Ok(walk.out)
}

struct Walk<'o, 'n, 'r> {
    old: &'o Pdf,
    new: &'n Pdf,
    permission: &'r Permission,
    signs: &'r dyn Fn(&Dict<'_>) -> bool,
    /// Pairs of objects that have been compared, or are.
    seen: BTreeSet<(ObjectIdentifier, ObjectIdentifier)>,
    /// Fields and widgets that have been compared by the rules for forms.
    judged: BTreeSet<ObjectIdentifier>,
    /// Widgets that may look different, with the rectangle where they do, and whether they are new.
    shown: BTreeMap<ObjectIdentifier, (Rect, bool)>,
    /// Signatures that have a field.
    signed: BTreeSet<ObjectIdentifier>,
    left: usize,
    out: Allowed,
}

impl<'o, 'n> Walk<'o, 'n, '_> {
    fn document(&mut self) -> Result<(), Difference> {
        let root = self.old.xref().root_id();
        if root != self.new.xref().root_id() {
            return changed("it has another catalog");
        }
        let before = self.old.xref().get::<Dict<'_>>(root);
        let after = self.new.xref().get::<Dict<'_>>(root);
        let (Some(before), Some(after)) = (before, after) else { return Err(Difference::Unknown) };
        self.out.explained.insert(root);
        self.seen.insert((root, root));
        let pages = self.listed_pages()?;
        self.form(before.get(b"AcroForm"), after.get(b"AcroForm"), after.get_ref(b"AcroForm").map(Into::into))?;
        self.pages(&pages)?;
        for (key, old, new) in entries(&before, &after).map_err(|e| of(e, "the catalog"))? {
            match key.as_slice() {
                b"AcroForm" => {}
                b"Extensions" | b"Version" => self.explain(new),
                b"Metadata" if !self.permission.allows_nothing() => self.explain(new),
                b"DSS" => self.store(new)?,
                b"Perms" if old.is_none() => self.certified_later(new)?,
                _ => self
                    .same(old, new, false)
                    .map_err(|e| of(e, &format!("the entry {} of the catalog", words(&key))))?,
            }
        }
        let is_seen = |rect: &Rect| rect.x0 < rect.x1 && rect.y0 < rect.y1;
        if self.permission.allows_nothing() && self.shown.values().any(|(rect, _)| is_seen(rect)) {
            return changed("something is shown that was not");
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Difference> {
        self.left = self.left.checked_sub(1).ok_or(Difference::Unknown)?;
        Ok(())
    }

    fn resolve_new(&mut self, node: Node<'n>) -> Option<Object<'n>> {
        self.out.explained.extend(identifier(&node));
        resolve(self.new, node)
    }

    /// What two lists hold; nothing where there is no list.
    fn lists(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>) -> (Vec<Node<'o>>, Vec<Node<'n>>) {
        let before = old.and_then(|n| resolve(self.old, n)).and_then(Object::into_array);
        let after = new.and_then(|n| self.resolve_new(n)).and_then(Object::into_array);
        let (before, after) = (before.iter().flat_map(Array::raw_iter), after.iter().flat_map(Array::raw_iter));
        (before.collect(), after.collect())
    }

    /// Takes an object, and what hangs on it, for explained.
    fn explain(&mut self, node: Option<Node<'n>>) {
        let mut left: Vec<Node<'n>> = node.into_iter().collect();
        while let Some(node) = left.pop() {
            if identifier(&node).is_some_and(|id| !self.out.explained.insert(id)) || self.step().is_err() {
                continue;
            }
            match resolve(self.new, node) {
                Some(Object::Array(array)) => left.extend(array.raw_iter()),
                Some(Object::Dict(dict)) => left.extend(below(&dict)),
                Some(Object::Stream(stream)) => left.extend(below(stream.dict())),
                _ => {}
            }
        }
    }

    /// What is kept for later checks of signatures.
    fn store(&mut self, node: Option<Node<'n>>) -> Result<(), Difference> {
        let store = node.as_ref().and_then(|n| dictionary(self.new, copy(n)));
        if store.is_some_and(|s| s.keys().any(|key| !SECURITY_STORE.contains(&key.as_ref()))) {
            return changed("more than certificates was added to what is kept for checks of signatures");
        }
        self.explain(node);
        Ok(())
    }

    /// A later signature may certify the document.
    fn certified_later(&mut self, node: Option<Node<'n>>) -> Result<(), Difference> {
        let permissions = node.as_ref().and_then(|n| dictionary(self.new, copy(n)));
        let is_signed = permissions.is_some_and(|p| {
            p.keys().all(|key| key.as_ref() == b"DocMDP")
                && p.get::<Dict<'_>>(b"DocMDP").is_some_and(|d| (self.signs)(&d))
        });
        if !is_signed {
            return changed("permissions were added that no signature gives");
        }
        self.explain(node);
        Ok(())
    }

    /// Whether two objects, and all that hangs on them, are the same. `listed` says that they are widgets or fields of a
    /// list, which may have been compared as such.
    fn same(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>, listed: bool) -> Result<(), Difference> {
        let mut left = vec![(old, new, listed)];
        while let Some((old, new, listed)) = left.pop() {
            self.step()?;
            let ids = (old.as_ref().and_then(identifier), new.as_ref().and_then(identifier));
            if let (Some(a), Some(b)) = ids {
                let is_judged = listed && a == b && self.judged.contains(&a);
                if is_judged || !self.seen.insert((a, b)) {
                    continue;
                }
            }
            let old = old.and_then(|node| resolve(self.old, node));
            let new = new.and_then(|node| self.resolve_new(node));
            match (old, new) {
                (None, None) => {}
                (Some(Object::Dict(old)), Some(Object::Dict(new))) => pairs(&old, &new, &mut left)?,
                (Some(Object::Stream(old)), Some(Object::Stream(new))) => {
                    if old.raw_data() != new.raw_data() {
                        return changed("its data differ");
                    }
                    pairs(old.dict(), new.dict(), &mut left)?;
                }
                (Some(Object::Array(old)), Some(Object::Array(new))) => {
                    let (old, new): (Vec<_>, Vec<_>) = (old.raw_iter().collect(), new.raw_iter().collect());
                    if old.len() != new.len() {
                        return changed("a list of it is longer or shorter");
                    }
                    left.extend(old.into_iter().zip(new).map(|(a, b)| (Some(a), Some(b), listed)));
                }
                (Some(Object::Number(old)), Some(Object::Number(new)))
                    if old.as_f64().total_cmp(&new.as_f64()).is_eq() => {}
                (Some(Object::Boolean(old)), Some(Object::Boolean(new))) if old == new => {}
                (Some(Object::String(old)), Some(Object::String(new))) if old == new => {}
                (Some(Object::Name(old)), Some(Object::Name(new))) if old == new => {}
                (None, Some(_)) => return changed("something was put where nothing was"),
                (Some(_), None) => return changed("a part of it is gone"),
                _ => return changed("a part of it was replaced"),
            }
        }
        Ok(())
    }

    /// The pages, which must be the same in the same order. Each is compared by itself; what leads to one, such as the
    /// page of a widget, only names it.
    fn listed_pages(&mut self) -> Result<Vec<bool>, Difference> {
        let (old, new) = (self.old.pages(), self.new.pages());
        if old.len() != new.len() {
            return changed(format!("it had {} pages and has {}", old.len(), new.len()));
        }
        let mut listed = Vec::new();
        for (page, (old, new)) in old.iter().zip(new.iter()).enumerate() {
            let ids = page_id(self.old, old).zip(page_id(self.new, new));
            if ids.is_some_and(|(a, b)| a != b) {
                return changed(format!("page {} is another one", page + 1));
            }
            listed.push(ids.is_some());
            if let Some((a, b)) = ids {
                self.seen.insert((a, b));
                self.out.explained.insert(b);
            }
        }
        Ok(listed)
    }

    fn pages(&mut self, listed: &[bool]) -> Result<(), Difference> {
        let pages = self.old.pages().iter().zip(self.new.pages().iter()).zip(listed).enumerate();
        for (page, ((old, new), _)) in pages.filter(|(_, (_, listed))| **listed) {
            let what = format!("page {}", page + 1);
            for (key, before, after) in entries(old.raw(), new.raw()).map_err(|e| of(e, &what))? {
                if key == b"Annots" {
                    self.annotations(before, after, page)?;
                } else {
                    self.same(before, after, false).map_err(|e| of(e, &what))?;
                }
            }
        }
        Ok(())
    }

    /// Annotations of a page: the old ones in their order, and after them widgets of signatures.
    fn annotations(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>, page: usize) -> Result<(), Difference> {
        let (before, after) = self.lists(old, new);
        if after.len() < before.len() {
            return changed(format!("an annotation on page {} is gone", page + 1));
        }
        for node in &after {
            if let Some((rect, is_new)) = identifier(node).and_then(|id| self.shown.get(&id)) {
                self.out.patches.push(Patch { page, rect: *rect, is_new: *is_new });
            }
        }
        let mut after = after.into_iter();
        for (old, new) in before.into_iter().zip(after.by_ref()) {
            self.same(Some(old), Some(new), true).map_err(|e| of(e, &format!("an annotation on page {}", page + 1)))?;
        }
        for new in after {
            if identifier(&new).is_none_or(|id| !self.shown.contains_key(&id)) {
                return changed(format!("an annotation was added on page {}", page + 1));
            }
        }
        Ok(())
    }
}

/// The object of a page; none where it has no object of its own.
fn page_id(pdf: &Pdf, page: &hayro_syntax::page::Page<'_>) -> Option<ObjectIdentifier> {
    let id = page.raw().obj_id()?;
    let own = pdf.xref().get::<Dict<'_>>(id)?;
    std::ptr::eq(own.data(), page.raw().data()).then_some(id)
}

/// What hangs on a dictionary, but for the ways back up.
fn below<'a>(dict: &Dict<'a>) -> Vec<Node<'a>> {
    let keys = dict.keys().filter(|key| !matches!(key.as_ref(), b"P" | b"Parent"));
    keys.filter_map(|key| dict.get_raw(key.as_ref())).collect()
}

/// An entry of two dictionaries: its key, and its value in each that has it.
type Entry<'o, 'n> = (Vec<u8>, Option<Node<'o>>, Option<Node<'n>>);

/// The entries of both, in the order of their keys. What the engine cannot read, it cannot compare: where there is such an
/// entry, only the bytes can tell that the dictionaries are the same.
fn entries<'o, 'n>(old: &Dict<'o>, new: &Dict<'n>) -> Result<Vec<Entry<'o, 'n>>, Difference> {
    let keys: BTreeSet<Vec<u8>> = old.keys().chain(new.keys()).map(|key| key.to_vec()).collect();
    let both = |key: Vec<u8>| {
        let (before, after) = (old.get_raw::<Object<'_>>(&key), new.get_raw::<Object<'_>>(&key));
        let unread = (before.is_none() && old.contains_key(&key)) || (after.is_none() && new.contains_key(&key));
        if unread && old.data() != new.data() {
            return changed("a part of it that cannot be read was replaced");
        }
        Ok((key, before, after))
    };
    keys.into_iter().map(both).collect()
}

/// Puts the entries of two dictionaries among the pairs that are left to compare.
fn pairs<'o, 'n>(old: &Dict<'o>, new: &Dict<'n>, left: &mut Vec<Pair<'o, 'n>>) -> Result<(), Difference> {
    for (key, old, new) in entries(old, new)? {
        let listed = matches!(key.as_slice(), b"Annots" | b"Kids" | b"Parent" | b"Obj" | b"Fields" | b"CO");
        left.push((old, new, listed));
    }
    Ok(())
}

fn of(difference: Difference, what: &str) -> Difference {
    match difference {
        Difference::Changed(how) => Difference::Changed(format!("{what} was changed: {how}")),
        Difference::Unknown => Difference::Unknown,
    }
}

fn words(key: &[u8]) -> String {
    String::from_utf8_lossy(key).chars().filter(|c| !c.is_control()).take(60).collect()
}

/// The numbers of all objects that something in a file leads to, from its catalog and from `named`. None where that cannot
/// be told: an entry of a dictionary cannot be read, or an object that is written in `bytes`.
pub(super) fn reached(pdf: &Pdf, bytes: &[u8], named: &BTreeSet<Id>) -> Option<BTreeSet<u32>> {
    let mut seen: BTreeSet<ObjectIdentifier> = BTreeSet::new();
    let mut left: Vec<Node<'_>> = Vec::new();
    let mut ids: Vec<ObjectIdentifier> = named.iter().map(|id| appended::id(*id)).collect();
    ids.push(pdf.xref().root_id());
    let mut steps = STEPS;
    let mut undefined = 0;
    loop {
        while let Some(node) = left.pop() {
            steps = steps.checked_sub(1)?;
            match node {
                MaybeRef::Ref(id) => ids.push(id.into()),
                MaybeRef::NotRef(Object::Array(array)) => left.extend(array.raw_iter()),
                MaybeRef::NotRef(Object::Dict(dict)) => left.extend(all_below(&dict)?),
                MaybeRef::NotRef(Object::Stream(stream)) => left.extend(all_below(stream.dict())?),
                MaybeRef::NotRef(_) => {}
            }
        }
        let Some(id) = ids.pop() else { return Some(seen.iter().map(|id| id.obj_number).collect()) };
        if !seen.insert(id) {
            continue;
        }
        if let Some(object) = pdf.xref().get::<Object<'_>>(id) {
            left.push(MaybeRef::NotRef(object));
        } else {
            undefined += 1;
            let header = format!("{} {} obj", id.obj_number, id.gen_number);
            let is_written = memchr::memmem::find(bytes, header.as_bytes()).is_some();
            (!is_written && undefined <= UNDEFINED).then_some(())?;
        }
    }
}

/// All that hangs on a dictionary; none where an entry cannot be read.
fn all_below<'a>(dict: &Dict<'a>) -> Option<Vec<Node<'a>>> {
    dict.keys().map(|key| dict.get_raw(key.as_ref())).collect()
}

/// The properties of a document: nothing but short values.
pub(super) fn is_plain(pdf: &Pdf, id: ObjectIdentifier) -> bool {
    let Some(dict) = pdf.xref().get::<Dict<'_>>(id) else { return false };
    dict.entries().all(|(_, value)| {
        matches!(value, MaybeRef::NotRef(Object::String(_) | Object::Name(_) | Object::Number(_) | Object::Boolean(_)))
    })
}

/// Whether properties differ only in what programs write there by themselves when they add to a file.
pub(super) fn is_stamped_only(old: &Pdf, new: &Pdf, id: ObjectIdentifier) -> bool {
    let [before, after] = [old, new].map(|pdf| pdf.xref().get::<Dict<'_>>(id).unwrap_or_default());
    before.keys().chain(after.keys()).all(|key| {
        let both = before.get::<PdfString<'_>>(key.as_ref()).zip(after.get::<PdfString<'_>>(key.as_ref()));
        STAMPED.contains(&key.as_ref()) || both.is_some_and(|(before, after)| before == after)
    })
}
