//! What happened to a file since somebody signed it.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, ObjectIdentifier};

use super::permission::Permission;
use super::revision::{self, Allowed, Difference};
use super::syntax::{Id, is_space};
use super::{Integrity, appended, field, second, sight};
use crate::contained;
use crate::text::{Opened, open};

/// Most names of fields that are told.
const NAMES: usize = 8;

/// A signature that is one of the bytes that it names, and the file around it.
pub(super) struct Since<'a> {
    pub(super) bytes: &'a [u8],
    /// Where the revision that was signed ends.
    pub(super) end: usize,
    /// The whole file.
    pub(super) file: Option<&'a Pdf>,
    pub(super) passwords: &'a [String],
    /// All signatures of the file that are what they say: the objects that they stand in, and where their revisions end.
    pub(super) made: &'a [(ObjectIdentifier, usize)],
    /// The object that this one stands in.
    pub(super) id: Option<ObjectIdentifier>,
}

impl Since<'_> {
    /// Whether the file still is what was signed, and what to say of it.
    pub(super) fn verdict(&self) -> (Integrity, Option<String>) {
        if self.is_forbidden() {
            let why = "it was made in a document that had been certified so that nothing may be added";
            return (Integrity::ChangedAfterSigning, Some(why.to_owned()));
        }
        // Many programs pad files.
        if self.bytes[self.end..].iter().all(|b| is_space(*b)) {
            return (Integrity::Intact, None);
        }
        let unread = |what: &str| (Integrity::Unverified, Some(what.to_owned()));
        let Some(new) = self.file else {
            return unread("something was added later to the file, which cannot be read as a whole");
        };
        let Ok(Opened { pdf: old, .. }) = open(self.bytes[..self.end].to_vec(), self.passwords) else {
            return unread("something was added later, and the revision that was signed cannot be read by itself");
        };
        let compared = contained(|| self.compare(&old, new)).unwrap_or(Err(Difference::Unknown));
        match compared {
            Ok(_) if second::disagrees(&self.bytes[..self.end], self.bytes) => {
                unread("something was added later, and another reader finds other pages in the file")
            }
            Ok(allowed) if allowed.filled.is_empty() => (Integrity::Intact, None),
            Ok(allowed) => {
                let names: Vec<_> = allowed.filled.iter().take(NAMES).map(|n| format!("{n:?}")).collect();
                let said = format!("fields were filled later, as its certification permits: {}", names.join(", "));
                (Integrity::Intact, Some(said))
            }
            Err(Difference::Changed(why)) => {
                let seen = contained(|| sight::words(&old, new)).ok().flatten();
                let said = match seen {
                    Some(seen) if seen != why => format!("{seen} ({why})"),
                    _ => why,
                };
                (Integrity::ChangedAfterSigning, Some(said))
            }
            Err(Difference::Unknown) => unread("something was added later, and the two revisions cannot be compared"),
        }
    }

    /// Whether somebody had certified the document as it was before this signature. A time stamp over it may be added always
    /// (ISO 32000-2, table 257).
    fn is_forbidden(&self) -> bool {
        let Some(file) = self.file else { return false };
        if self.id.and_then(|id| file.xref().get::<Dict<'_>>(id)).is_some_and(|value| is_time_stamp(&value)) {
            return false;
        }
        self.made.iter().filter(|(_, end)| *end < self.end).any(|(id, _)| {
            let value = file.xref().get::<Dict<'_>>(*id);
            value.is_some_and(|v| Permission::of_signature(&v).allows_nothing())
        })
    }

    fn compare(&self, old: &Pdf, new: &Pdf) -> Result<Allowed, Difference> {
        let permission = self.permission(old);
        let compared = self.compare_as(old, new, &permission);
        match compared {
            Err(Difference::Changed(why)) if permission.allows_nothing() => {
                let why = format!("it was certified so that nothing may be added, and something was: {why}");
                Err(Difference::Changed(why))
            }
            other => other,
        }
    }

    fn compare_as(&self, old: &Pdf, new: &Pdf, permission: &Permission) -> Result<Allowed, Difference> {
        let added = appended::account(self.bytes, self.end, old, new).map_err(Difference::Changed)?;
        let is_later = |value: &Dict<'_>| {
            value.contains_key(b"ByteRange")
                && (!permission.allows_nothing() || is_time_stamp(value))
                && self.made.iter().any(|(id, end)| Some(*id) == value.obj_id() && *end > self.end)
        };
        let allowed = revision::compare(old, new, permission, is_later)?;
        let is_known = |object: &Id| {
            let id = appended::id(*object);
            let is_property = || {
                let may_differ = !permission.allows_nothing() || revision::is_stamped_only(old, new, id);
                added.properties.contains(object) && may_differ && revision::is_plain(new, id)
            };
            allowed.explained.contains(&id) || is_property()
        };
        let mut others = added.objects.iter().filter(|object| !is_known(object)).peekable();
        if others.peek().is_some() {
            // Programs that sign in two steps leave the first look of a field behind, and nothing shows it.
            let reached = revision::reached(new, self.bytes, &added.named).ok_or(Difference::Unknown)?;
            let counts = |object: &&Id| reached.contains(&object.0) || permission.allows_nothing();
            if let Some(object) = others.find(counts) {
                return Err(Difference::Changed(format!("object {} was added, which no signature needs", object.0)));
            }
        }
        sight::compare(old, new, &allowed.patches)?;
        Ok(allowed)
    }

    /// What its signer allows, as it says in the revision that was signed.
    fn permission(&self, old: &Pdf) -> Permission {
        let fields = field::fields(old);
        let own = fields.iter().find(|f| self.id.is_some() && f.value.as_ref().and_then(Dict::obj_id) == self.id);
        let loose = || self.id.and_then(|id| old.xref().get::<Dict<'_>>(id));
        let value = own.and_then(|f| f.value.clone()).or_else(loose);
        Permission::of(value.as_ref(), own.map(|f| &f.dict), old)
    }
}

fn is_time_stamp(value: &Dict<'_>) -> bool {
    value.get::<Name<'_>>(b"SubFilter").is_some_and(|format| format.as_ref() == b"ETSI.RFC3161")
}
