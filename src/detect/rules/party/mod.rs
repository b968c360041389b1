//! The contracting parties.
//!
//! Three places name them: the opening of the contract, which is the best source; the signature blocks; the section on
//! notices. A group that the contract defines ("affiliates", "the Parties") is no party unless it signs.

mod describe;
mod name;
mod preamble;

use crate::detect::value::Party;
use crate::provenance::{Confidence, Fact, Origin, Span};
use crate::segment::Segments;
use crate::text::DocumentText;
use name::NameKind;

/// A party's description in the text.
#[derive(Debug, Clone)]
struct Found {
    /// The description: name, form, address, defined names.
    span: Span,
    /// Length of the name at its start.
    name_len: usize,
    /// What the name looks like.
    kind: NameKind,
    /// Whether the contract defines a short name for it.
    defined: bool,
    /// Rule that found it.
    rule: &'static str,
}

/// Finds the parties.
pub(super) fn parties(text: &DocumentText, _segments: &Segments) -> Vec<Fact<Party>> {
    let all = text.as_str();
    let found = preamble::parties(all);
    let mut out: Vec<Fact<Party>> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for f in found {
        let words = text.slice(f.span);
        let party = describe::describe(words, f.name_len.min(words.len()));
        let key = key(&party.name);
        if key.is_empty() || keys.contains(&key) {
            continue;
        }
        keys.push(key);
        let raw = party.name.clone();
        out.push(Fact::found("party", text.cited(party, f.span), &raw, Origin::rule(f.rule), confidence(&f)));
    }
    out
}

fn confidence(f: &Found) -> Confidence {
    let base: f32 = if f.rule == "party.preamble" { 0.8 } else { 0.6 };
    let named = if f.kind == NameKind::Company { 0.08 } else { 0.0 };
    let defined = if f.defined { 0.08 } else { 0.0 };
    Confidence::new(base + named + defined)
}

/// A name without case, punctuation and legal form, to see that two are the same.
fn key(name: &str) -> String {
    let folded: String = name.to_lowercase().replace(['.', '\'', '’'], "").replace(|c: char| !c.is_alphanumeric(), " ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    const FORMS: &[&str] = &[
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "llc",
        "ltd",
        "limited",
        "lp",
        "llp",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "nv",
        "bv",
    ];
    while words.len() > 1 && words.last().is_some_and(|w| FORMS.contains(w)) {
        words.pop();
    }
    words.retain(|w| !matches!(*w, "the" | "and"));
    words.concat()
}

/// Whether a party is one of the user's own companies: `None` when the user named none.
#[must_use]
pub fn is_us(name: &str, us: &[String]) -> Option<bool> {
    let wanted = key(name);
    (!us.is_empty()).then(|| us.iter().any(|u| key(u) == wanted && !wanted.is_empty()))
}
