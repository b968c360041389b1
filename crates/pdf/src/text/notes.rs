//! What a file carries beside its pages: restrictions, scripts, attachments. None of it is followed; it is only said.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::Page;

use super::layers::Layers;
use crate::cite::{Diagnostic, Severity, Stage};

/// Actions, annotations and branches looked at in all: a file of millions is no contract.
const MOST: u32 = 20_000;
/// Pages whose layers are looked at.
const PAGES: usize = 500;
/// Damaged pages that are told.
const MOST_LOST: usize = 20;
/// How deep chains of actions and trees of names are followed.
const DEEP: u8 = 8;

/// Kinds of actions that do something to the reader's machine or with its data (ISO 32000-1, table 198).
const ACTIONS: [(&[u8], &str); 5] = [
    (b"JavaScript", "JavaScript"),
    (b"Launch", "a command that starts a program"),
    (b"SubmitForm", "a form that sends itself"),
    (b"ImportData", "a command that imports data"),
    (b"RichMediaExecute", "a command to embedded media"),
];

/// What a permission to the user is called, and its bit (ISO 32000-1, table 22).
const PERMISSIONS: [(i32, &str); 4] =
    [(1 << 2, "printing"), (1 << 3, "changing"), (1 << 4, "copying"), (1 << 5, "annotating")];

/// Remarks on a file; `encrypted` says whether its bytes name an encryption, since looking for it takes time.
pub(super) fn notes(pdf: &Pdf, encrypted: bool) -> Vec<Diagnostic> {
    let note = |severity, code: &str, message: String| Diagnostic::new(code, severity, Stage::Text, message);
    let mut out = Vec::new();
    if let Some(denied) = encrypted.then(|| denied(pdf)).flatten() {
        let message = format!("its maker restricts {}; it was read for your own use", denied.join(", "));
        out.push(note(Severity::Info, "text.restricted", message));
    }
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return out };
    if is_dynamic_form(&catalog) {
        let message = "the file is a dynamic XFA form, which only Adobe's program draws: its pages are a placeholder; print \
                       the filled form to PDF and read that";
        out.push(note(Severity::Warning, "text.xfa", message.to_owned()));
    }
    if catalog.contains_key(b"OCProperties") && layers_by_use(pdf) {
        let message = "layers of the file are switched by conditions that are not followed here: look at the pages, words of \
                       layers that are off may be in the text";
        out.push(note(Severity::Warning, "text.layers", message.to_owned()));
    }
    if let Some(said) = other_count(pdf, &catalog) {
        let read = pdf.pages().len();
        let message = format!("the file says that it has {said} pages, and lists {read}: some programs show fewer");
        out.push(note(Severity::Warning, "text.page_count", message));
    }
    let mut search = Search { found: [false; ACTIONS.len()], left: MOST };
    search.holder(&catalog, b"OpenAction");
    let names = catalog.get::<Dict<'_>>(b"Names").unwrap_or_else(Dict::empty);
    search.found[0] |= names.contains_key(b"JavaScript");
    for page in pdf.pages().iter() {
        search.holder(page.raw(), b"A");
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { continue };
        for annotation in annotations.iter::<Dict<'_>>() {
            search.holder(&annotation, b"A");
            if search.left == 0 {
                break;
            }
        }
    }
    let carried: Vec<&str> =
        ACTIONS.iter().zip(search.found).filter(|(_, found)| *found).map(|((_, name), _)| *name).collect();
    if !carried.is_empty() {
        let message = format!("the file carries {}; nothing of it was run", carried.join(", "));
        out.push(note(Severity::Warning, "text.active_content", message));
    }
    let mut left = MOST;
    let message = match names.get::<Dict<'_>>(b"EmbeddedFiles").map_or(0, |tree| leaves(&tree, DEEP, &mut left)) {
        0 => return out,
        1 => "a file attached to the PDF was not read".to_owned(),
        n => format!("{n} files attached to the PDF were not read"),
    };
    out.push(note(Severity::Warning, "text.attachment", message));
    out
}

/// Remarks on pages of which a part is there and cannot be read. It is asked after the pages were read, because the engine
/// searches the whole file for what it does not find.
pub(super) fn lost(pdf: &Pdf) -> Vec<Diagnostic> {
    let lost = |(_, page): &(u32, &Page<'_>)| has_lost_content(pdf, page) || has_lost_form(page);
    let pages = (1..).zip(pdf.pages().iter()).filter(lost).take(MOST_LOST);
    let tell = |(number, _): (u32, _)| {
        let message = format!("page {number}: a part of it is damaged and was not read; look at the page");
        Diagnostic::new("text.lost_content", Severity::Warning, Stage::Text, message).on_page(number)
    };
    pages.map(tell).collect()
}

fn has_lost_content(pdf: &Pdf, page: &Page<'_>) -> bool {
    match page.raw().get::<Object<'_>>(b"Contents") {
        Some(Object::Array(parts)) => parts.raw_iter().any(|part| match part {
            MaybeRef::Ref(part) => pdf.xref().get::<Stream<'_>>(part.into()).is_none(),
            MaybeRef::NotRef(_) => true,
        }),
        _ => page.raw().contains_key(b"Contents") && page.page_stream().is_none(),
    }
}

/// Whether a form or picture of the page is an object, and no stream.
fn has_lost_form(page: &Page<'_>) -> bool {
    let forms = &page.resources().x_objects;
    forms
        .keys()
        .take(MOST as usize)
        .any(|name| forms.get::<Stream<'_>>(name.as_ref()).is_none() && forms.get::<Dict<'_>>(name.as_ref()).is_some())
}

/// The number of pages that a file says it has, where it lists another number.
fn other_count(pdf: &Pdf, catalog: &Dict<'_>) -> Option<i32> {
    let said = catalog.get::<Dict<'_>>(b"Pages")?.get::<i32>(b"Count")?;
    (usize::try_from(said) != Ok(pdf.pages().len())).then_some(said)
}

/// Whether the pages are made by the form's own program when it is opened.
fn is_dynamic_form(catalog: &Dict<'_>) -> bool {
    let Some(form) = catalog.get::<Dict<'_>>(b"AcroForm").filter(|form| form.contains_key(b"XFA")) else {
        return false;
    };
    let no_fields = form.get::<Array<'_>>(b"Fields").is_none_or(|fields| fields.raw_iter().next().is_none());
    catalog.get::<bool>(b"NeedsRendering").unwrap_or(no_fields)
}

/// Whether a form or picture is on a layer that is off by a condition (ISO 32000-1, 8.11.2.2 and 8.11.4.4), which the engine does
/// not follow there.
fn layers_by_use(pdf: &Pdf) -> bool {
    let layers = Layers::of(pdf);
    pdf.pages().iter().take(PAGES).any(|page| {
        let forms = &page.resources().x_objects;
        let mut layer_of = forms
            .keys()
            .take(MOST as usize)
            .filter_map(|name| forms.get::<Stream<'_>>(name.as_ref())?.dict().get::<Dict<'_>>(b"OC"));
        layer_of.any(|layer| layers.is_drawn_unseen(&layer))
    })
}

/// What the user may not do with an encrypted file, which any reader is asked to heed and none can be made to.
fn denied(pdf: &Pdf) -> Option<Vec<&'static str>> {
    let dictionaries = pdf.objects().into_iter().filter_map(hayro_syntax::object::Object::into_dict);
    let encryption =
        dictionaries.take(1_000_000).find(|d| [&b"O"[..], b"U", b"P", b"V"].iter().all(|key| d.contains_key(key)))?;
    let permitted = encryption.get::<i32>(b"P")?;
    let denied: Vec<_> = PERMISSIONS.iter().filter(|(bit, _)| permitted & bit == 0).map(|(_, name)| *name).collect();
    (!denied.is_empty()).then_some(denied)
}

struct Search {
    found: [bool; ACTIONS.len()],
    left: u32,
}

impl Search {
    /// The action of a dictionary under `key`, and those that it takes when something happens.
    fn holder(&mut self, holder: &Dict<'_>, key: &[u8]) {
        self.left = self.left.saturating_sub(1);
        if let Some(action) = holder.get::<Dict<'_>>(key) {
            self.action(&action, DEEP);
        }
        if let Some(triggers) = holder.get::<Dict<'_>>(b"AA") {
            for name in triggers.keys() {
                if let Some(action) = triggers.get::<Dict<'_>>(name) {
                    self.action(&action, DEEP);
                }
            }
        }
    }

    fn action(&mut self, action: &Dict<'_>, deep: u8) {
        if self.left == 0 || deep == 0 {
            return;
        }
        self.left -= 1;
        if let Some(kind) = action.get::<Name<'_>>(b"S")
            && let Some(at) = ACTIONS.iter().position(|(name, _)| *name == kind.as_ref())
        {
            self.found[at] = true;
        }
        if let Some(next) = action.get::<Dict<'_>>(b"Next") {
            self.action(&next, deep - 1);
        }
        for next in action.get::<Array<'_>>(b"Next").iter().flat_map(Array::iter::<Dict<'_>>) {
            self.action(&next, deep - 1);
        }
    }
}

/// Number of names in a name tree.
fn leaves(node: &Dict<'_>, deep: u8, left: &mut u32) -> u32 {
    if *left == 0 || deep == 0 {
        return 0;
    }
    *left -= 1;
    let own = node.get::<Array<'_>>(b"Names").map_or(0, |names| names.raw_iter().take(MOST as usize).count() / 2);
    let mut all = u32::try_from(own).unwrap_or(0);
    for kid in node.get::<Array<'_>>(b"Kids").iter().flat_map(Array::iter::<Dict<'_>>) {
        all += leaves(&kid, deep - 1, left);
    }
    all
}
