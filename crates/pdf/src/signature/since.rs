//! What happened to a file since somebody signed it.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, ObjectIdentifier};

use super::permission::Permission;
use super::revision::{self, Allowed, Difference};
use super::syntax::is_space;
use super::{Integrity, appended, field, second, sight};
use crate::contained;
use crate::text::open;

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
        let Ok((old, _)) = open(self.bytes[..self.end].to_vec(), self.passwords) else {
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

    /// Whether somebody had certified the document as it was before this signature.
    fn is_forbidden(&self) -> bool {
        let Some(file) = self.file else { return false };
        self.made.iter().filter(|(_, end)| *end < self.end).any(|(id, _)| {
            let value = file.xref().get::<Dict<'_>>(*id);
            value.is_some_and(|v| Permission::of_signature(&v).allows_nothing())
        })
    }

    fn compare(&self, old: &Pdf, new: &Pdf) -> Result<Allowed, Difference> {
        let permission = self.permission(old);
        if permission.allows_nothing() {
            let why = "it was certified so that nothing may be added, and something was";
            return Err(Difference::Changed(why.to_owned()));
        }
        let added = appended::account(self.bytes, self.end, old, new).map_err(Difference::Changed)?;
        let is_later = |value: &Dict<'_>| {
            value.contains_key(b"ByteRange")
                && self.made.iter().any(|(id, end)| Some(*id) == value.obj_id() && *end > self.end)
        };
        let allowed = revision::compare(old, new, &permission, is_later)?;
        let properties: BTreeSet<_> = added.properties.iter().map(|id| appended::id(*id)).collect();
        for object in added.objects {
            let id = appended::id(object);
            let is_known = allowed.explained.contains(&id) || properties.contains(&id) && revision::is_plain(new, id);
            if !is_known {
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
