//! What those who signed allow to be done afterwards (ISO 32000-2, 12.8.2.2 and 12.8.2.4).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, String as PdfString};

use super::field::text;

/// What is allowed after a signature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Permission {
    /// 1: nothing, 2: filling forms and signing, 3: annotations too; none where nobody certified the document.
    level: Option<i64>,
    /// Fields that stay as they are.
    locks: Vec<Lock>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Lock {
    All,
    Only(Vec<String>),
    AllBut(Vec<String>),
}

impl Permission {
    /// What the signature `value` allows by itself.
    pub(super) fn of_signature(value: &Dict<'_>) -> Self {
        let mut out = Self::default();
        out.references(value);
        out
    }

    /// What the signature `value` in `field` allows, and the certification of the revision that was signed.
    pub(super) fn of(value: Option<&Dict<'_>>, field: Option<&Dict<'_>>, signed: &Pdf) -> Self {
        let mut out = value.map(Self::of_signature).unwrap_or_default();
        if let Some(lock) = field.and_then(|f| f.get::<Dict<'_>>(b"Lock")) {
            out.lock(&lock);
            if let Some(level) = lock.get::<i32>(b"P") {
                out.limit(i64::from(level));
            }
        }
        let catalog = signed.xref().get::<Dict<'_>>(signed.xref().root_id());
        let certified = catalog.and_then(|c| c.get::<Dict<'_>>(b"Perms")).and_then(|p| p.get::<Dict<'_>>(b"DocMDP"));
        if let Some(certified) = certified {
            out.references(&certified);
        }
        out
    }

    fn references(&mut self, value: &Dict<'_>) {
        for reference in value.get::<Array<'_>>(b"Reference").iter().flat_map(Array::iter::<Dict<'_>>) {
            let parameters = reference.get::<Dict<'_>>(b"TransformParams").unwrap_or_default();
            match reference.get::<Name<'_>>(b"TransformMethod").as_deref() {
                Some(b"DocMDP") => self.limit(parameters.get::<i32>(b"P").map_or(2, i64::from)),
                Some(b"FieldMDP") => self.lock(&parameters),
                _ => {}
            }
        }
    }

    fn limit(&mut self, level: i64) {
        self.level = Some(self.level.map_or(level, |l| l.min(level)));
    }

    fn lock(&mut self, parameters: &Dict<'_>) {
        let names = || {
            let names = parameters.get::<Array<'_>>(b"Fields");
            names.iter().flat_map(Array::iter::<PdfString<'_>>).map(|name| text(name.as_bytes())).collect()
        };
        self.locks.push(match parameters.get::<Name<'_>>(b"Action").as_deref() {
            Some(b"Include") => Lock::Only(names()),
            Some(b"Exclude") => Lock::AllBut(names()),
            _ => Lock::All,
        });
    }

    /// Whether the document was certified as it is, for good.
    pub(super) fn allows_nothing(&self) -> bool {
        self.level.is_some_and(|level| level < 2)
    }

    /// Whether an empty field may be filled.
    pub(super) fn allows_filling(&self, field: &str) -> bool {
        self.level.is_some_and(|level| level >= 2) && !self.locks(field)
    }

    /// Whether a field was locked by name.
    pub(super) fn locks(&self, field: &str) -> bool {
        let is_in = |names: &[String]| {
            names.iter().any(|n| field == n || field.strip_prefix(n.as_str()).is_some_and(|rest| rest.starts_with('.')))
        };
        self.locks.iter().any(|lock| match lock {
            Lock::All => true,
            Lock::Only(names) => is_in(names),
            Lock::AllBut(names) => !is_in(names),
        })
    }
}
