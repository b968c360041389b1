//! Certificates of completion: the pages that a signing platform appends, with who was sent the contract and who signed
//! when. What they say is no term of the contract.

mod pages;
mod signers;
#[cfg(test)]
mod tests;

use super::pattern::pattern;
use crate::record::value::signature::{Certified, Signature, SignatureKind};
use crate::record::{Confidence, Diagnostic, Fact, Origin, Part as _, Severity, Span, Stage};
use crate::text::DocumentText;
use signers::{Person, State};

pattern!(ENVELOPE, exact, r"(?i)\b(?:envelope|transaction|document)\s*id\s*:?\s+([0-9A-Za-z][0-9A-Za-z-]{11,80})");
pattern!(REFERENCE, exact, r"(?i)\breference\s+number\s*:?\s+([0-9A-Z][0-9A-Z-]{7,60})");
pattern!(DOCUSIGN, exact, r"(?i)\bdocusign\b|\benvelope\s+originator\b|\bsigner\s+events\b");
pattern!(ADOBE, exact, r"(?i)\badobe\s+(?:acrobat\s+)?sign\b|\bfinal\s+audit\s+report\b");
pattern!(DROPBOX, exact, r"(?i)\bhellosign\b|\bdropbox\s+sign\b|\baudit\s+trail\s+date\s+format\b");
pattern!(PANDADOC, exact, r"(?i)\bpandadoc\b|\bdocument\s+completed\s+by\s+all\s+parties\b");
pattern!(SIGNNOW, exact, r"(?i)\bsignnow\b");

/// The certificate of a document.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::detect) struct Certificate {
    /// Its pages, from 1, in order.
    pub(in crate::detect) pages: Vec<u32>,
    /// Who shall sign, and has.
    pub(in crate::detect) certified: Certified,
    /// That these pages are not read as the contract.
    pub(in crate::detect) remark: Diagnostic,
}

/// The certificate in a document, if it has one.
pub(in crate::detect) fn find(text: &DocumentText) -> Option<Certificate> {
    let pages = pages::of_certificate(text);
    let first = *pages.first()?;
    let spans: Vec<Span> = text.blocks().iter().filter(|b| pages.contains(&b.page)).map(|b| b.span).collect();
    // Pages that follow each other are one text.
    let mut parts: Vec<Span> = Vec::new();
    for span in spans {
        match parts.last_mut() {
            Some(last) if text.as_str().part(last.end()..span.start()).trim().is_empty() => *last = last.cover(span),
            _ => parts.push(span),
        }
    }
    let (mut signatures, mut complete) = (Vec::new(), None);
    for part in &parts {
        let read = signers::read(text.slice(*part));
        complete = complete.or(read.complete);
        let facts = read.people.iter().map(|p| signature(text, part.start(), p, read.complete));
        signatures.extend(facts);
    }
    let whole: Vec<&str> = parts.iter().map(|p| text.slice(*p)).collect();
    let remark = remark(&whole.join("\n"), &pages).on_page(first);
    Some(Certificate { pages, certified: Certified { signatures, complete }, remark })
}

/// What the certificate says of one person; `offset` is where its text begins in the document.
fn signature(text: &DocumentText, offset: usize, person: &Person, complete: Option<bool>) -> Fact<Signature> {
    let signed = match person.state {
        State::Signed => Some(true),
        // All are said to have signed, and this one's event could not be read.
        State::Asked if complete == Some(true) => None,
        State::Asked | State::Declined => Some(false),
    };
    let value = Signature {
        signer: Some(person.name.clone().unwrap_or_else(|| person.mail.clone())),
        signed_on: person.day,
        integrity: None,
        ..Signature::new(SignatureKind::Platform, signed)
    };
    let at = |span: &Span| Span::new(span.start() + offset, span.end() + offset);
    // The last event is what decides; the words before it say who.
    let spans: Vec<Span> = person.spans.iter().rev().map(at).collect();
    let mut cited = text.cited(value, spans[0]);
    for more in &spans[1..] {
        cited = cited.with(text.cite(*more));
    }
    let confidence = if signed.is_some() { 0.95 } else { 0.8 };
    let origin = Origin::rule("signature.platform");
    Fact::found("signature", cited, text.slice(spans[0]), origin, Confidence::new(confidence))
}

fn remark(words: &str, pages: &[u32]) -> Diagnostic {
    let known = [
        (&ADOBE, "Adobe Sign"),
        (&DROPBOX, "Dropbox Sign"),
        (&PANDADOC, "PandaDoc"),
        (&SIGNNOW, "signNow"),
        (&DOCUSIGN, "DocuSign"),
    ];
    let platform = known.iter().find(|(p, _)| p.is_match(words)).map(|(_, name)| (*name).to_owned());
    let number = ENVELOPE.captures(words).or_else(|| REFERENCE.captures(words)).and_then(|c| c.get(1));
    let number = number.filter(|m| m.as_str().contains(|c: char| c.is_ascii_digit()) || m.as_str().contains('-'));
    let from: Vec<String> = platform.into_iter().chain(number.map(|m| m.as_str().to_owned())).collect();
    let from = if from.is_empty() { String::new() } else { format!(" ({})", from.join(", ")) };
    let (which, verb) = match pages {
        [one] => (format!("page {one}"), "is"),
        [first, .., last] if usize::try_from(last - first).is_ok_and(|n| n + 1 == pages.len()) => {
            (format!("pages {first} to {last}"), "are")
        }
        _ => (format!("pages {}", pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")), "are"),
    };
    let message = format!("{which} {verb} the certificate of a signing platform{from}, and not read as the contract");
    Diagnostic::new("signature.certificate", Severity::Info, Stage::Detect, message)
}
