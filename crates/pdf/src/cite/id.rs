//! Identifiers made of content, so that they survive a second run.

use crate::cite::Part as _;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(with = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as lower-case hexadecimal digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(s: &str) -> Result<Self, String> {
                if s.len() == $len && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
                    Ok(Self(s.to_owned()))
                } else {
                    Err(format!("an identifier is {} lower-case hexadecimal digits, not {s:?}", $len))
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(s: String) -> Result<Self, String> {
                s.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

hex_id! {
    /// The BLAKE3 hash of a document's bytes: 64 hexadecimal digits.
    DocumentId, 64
}
hex_id! {
    /// A fact: BLAKE3 of (document, kind, span, rule), 16 hexadecimal digits.
    FactId, 16
}
hex_id! {
    /// A schedule entry: BLAKE3 of (document, kind, label, occurrence), 16 hexadecimal digits.
    EntryId, 16
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        // A separator that text cannot hold, so that ("ab", "c") and ("a", "bc") differ.
        hasher.update(&[0xff]);
    }
    hasher.finalize().to_hex().part(..16).to_owned()
}

impl DocumentId {
    /// The identifier of a document with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }

    /// The identifier of the contract that begins on `page` of this file, which holds another before it.
    #[must_use]
    pub fn beginning_on(&self, page: u32) -> Self {
        Self::of(format!("{self}#page={page}").as_bytes())
    }

    /// The first twelve digits: what people see and type.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.part(..12)
    }
}

impl FactId {
    /// The identifier of a fact of `kind`, found by `rule` at `span` of `document`.
    #[must_use]
    pub fn of(document: &DocumentId, kind: &str, span: super::Span, rule: &str) -> Self {
        Self(digest(&[document.as_str(), kind, &span.start().to_string(), &span.end().to_string(), rule]))
    }
}

impl EntryId {
    /// The identifier of the schedule entry of `kind` with this `label` and `occurrence` in `document`.
    ///
    /// The date is not part of it: a calendar entry whose date changes is updated, not doubled.
    #[must_use]
    pub fn of(document: &DocumentId, kind: &str, label: &str, occurrence: u32) -> Self {
        Self(digest(&[document.as_str(), kind, label, &occurrence.to_string()]))
    }
}
