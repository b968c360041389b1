//! How far a contract has been signed: its signature blocks, the digital signatures of its file, and what a signing platform
//! says, put together.

use super::certified;
use crate::record::value::signature::{Certified, Execution, Signatory, Signature, SignatureKind};
use crate::record::{Cited, Confidence, Diagnostic, Fact, Origin, PageRegion, Severity, Stage};
use crate::signature::{DigitalSignature, Integrity};
use crate::text::DocumentText;

/// How far a signature in ink reaches beyond the line it stands on, in points: to the right, up and down.
const INK: (f32, f32, f32) = (240.0, 30.0, 14.0);

/// The status of the contract, and its signatories in the order of the text; digital signatures without a block follow.
pub(super) fn settle(
    text: &DocumentText,
    signatories: Vec<Signatory>,
    digital: &[DigitalSignature],
    certified: Option<Certified>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Fact<Execution>>, Vec<Fact<Signature>>) {
    let mut left: Vec<&DigitalSignature> = digital.iter().filter(|d| !d.is_time_stamp).collect();
    diagnostics.extend(left.iter().filter_map(|d| remark(d)));
    let mut signatures = Vec::new();
    for Signatory { signature, line } in signatories {
        let area: Vec<PageRegion> = text.regions(line).into_iter().map(|r| reach(text, r)).collect();
        let own = left.iter().position(|d| lies_over(d, &area) || is_same_person(d, signature.value()));
        if let Some(found) = own {
            let digital = left.remove(found);
            signatures.push(signature.map(|block| joined(digital, block)));
        } else if text.drawings().iter().any(|d| area.iter().any(|a| overlap(a, d))) {
            // A drawing over the line may be a signature, or a picture.
            signatures.push(signature.map(doubted));
        } else {
            signatures.push(signature);
        }
    }
    // A signature that is shown nowhere, or elsewhere, may be that of any block.
    let strays = left.iter().any(|d| d.integrity != Integrity::Unsigned);
    if strays || names_an_envelope(text) {
        signatures = signatures.into_iter().map(|fact| fact.map(doubted)).collect();
    }
    let vouched = certified.map_or(0, |certified| certified::join(&mut signatures, certified));
    signatures.extend(left.into_iter().map(|d| alone(text, d)));
    (status(&signatures, vouched), signatures)
}

/// Whether a signing platform has numbered the document, which it does when it is sent, and not when it is signed.
fn names_an_envelope(text: &DocumentText) -> bool {
    text.as_str().contains("DocuSign Envelope ID") || text.as_str().contains("Docusign Envelope ID")
}

/// The status that follows from the signatories. Its proof is the line of each. So many lines of which it cannot be told are
/// `vouched` for: a signing platform says that they are signed.
fn status(signatures: &[Fact<Signature>], vouched: usize) -> Option<Fact<Execution>> {
    let first = signatures.first()?;
    let of = |wanted: Option<bool>| signatures.iter().filter(move |f| f.value().is_some_and(|s| s.signed == wanted));
    let (signed, empty) = (of(Some(true)).count(), of(Some(false)).count());
    let open = of(None).count().saturating_sub(vouched);
    let status = match (signed, empty, open) {
        (_, 0, 0) => Execution::Signed,
        (0, _, 0) => Execution::Unsigned,
        // What one open line means does not change that another is empty.
        (1.., 1.., _) => Execution::PartiallySigned,
        _ => Execution::Unknown,
    };
    // The words that decide are those of the first line that is not signed.
    let deciding = match status {
        Execution::Signed => of(Some(true)).next(),
        _ => of(Some(false)).next().or_else(|| of(None).next()),
    };
    let deciding = deciding.unwrap_or(first);
    let mut cited = Cited::new(status, deciding.evidence()[0].clone());
    for fact in signatures {
        cited = cited.with(fact.evidence()[0].clone());
    }
    let least = signatures.iter().map(|f| f.confidence().get()).fold(1.0, f32::min);
    let origin = Origin::rule("signature.execution");
    Some(Fact::found("execution", cited, deciding.raw(), origin, Confidence::new(least)))
}

/// The block, of which it cannot be told whether it is signed where its line is empty.
pub(super) fn doubted(block: Signature) -> Signature {
    if block.signed == Some(false) { Signature { signed: None, integrity: None, ..block } } else { block }
}

/// Where a signature on the line in `r` would be drawn.
fn reach(text: &DocumentText, r: PageRegion) -> PageRegion {
    let (right, up, down) = INK;
    let width = text.pages().get(r.page as usize - 1).map_or(0.0, |p| p.width);
    // In a row of two columns the second begins near the middle.
    let end = (r.x0 + right).max(r.x1);
    let middle = width / 2.0;
    let end = if r.x0 < 0.4 * width && r.x1 < middle { end.min(middle) } else { end };
    PageRegion { x1: end, y0: r.y0 - up, y1: r.y1 + down, ..r }
}

fn overlap(a: &PageRegion, b: &PageRegion) -> bool {
    a.page == b.page && a.x0.max(b.x0) < a.x1.min(b.x1) && a.y0.max(b.y0) < a.y1.min(b.y1)
}

fn lies_over(digital: &DigitalSignature, area: &[PageRegion]) -> bool {
    let Some(place) = digital.place else { return false };
    let Some([x0, y0, x1, y1]) = place.edges else { return false };
    area.iter().any(|a| overlap(a, &PageRegion { page: place.page, x0, y0, x1, y1 }))
}

fn is_same_person(digital: &DigitalSignature, block: Option<&Signature>) -> bool {
    let (Some(one), Some(other)) = (&digital.signer, block.and_then(|b| b.signer.as_ref())) else { return false };
    one.eq_ignore_ascii_case(other)
}

/// Whether a digital signature is worth one. A broken one is a mark on paper: it does not tell.
fn is_signed(digital: &DigitalSignature) -> Option<bool> {
    match digital.integrity {
        Integrity::Intact | Integrity::ChangedAfterSigning => Some(true),
        Integrity::Broken | Integrity::Unverified => None,
        Integrity::Unsigned => Some(false),
    }
}

/// What the block says and the digital signature does not.
fn joined(digital: &DigitalSignature, block: Signature) -> Signature {
    // An empty field over a signed line is a field that was not used.
    if digital.integrity == Integrity::Unsigned {
        return Signature { field: Some(digital.field.clone()), ..block };
    }
    let own = value(digital);
    Signature {
        signer: own.signer.or(block.signer),
        title: block.title,
        party: block.party.or(own.party),
        signed_on: own.signed_on.or(block.signed_on),
        ..own
    }
}

fn value(digital: &DigitalSignature) -> Signature {
    Signature {
        signer: digital.signer.clone(),
        party: digital.organisation.clone(),
        signed_on: digital.signed_on,
        signed_at: digital.signed_at,
        clock: digital.clock,
        integrity: Some(digital.integrity),
        covers_whole_file: (digital.integrity != Integrity::Unsigned).then_some(digital.covers_whole_file),
        algorithm: digital.algorithm.clone(),
        weak: digital.weak,
        field: Some(digital.field.clone()).filter(|name| !name.is_empty()),
        certificate: digital.certificate.clone(),
        ..Signature::new(SignatureKind::Digital, is_signed(digital))
    }
}

/// A digital signature without a block: its proof is the place where it is shown, and in the end the file itself.
fn alone(text: &DocumentText, digital: &DigitalSignature) -> Fact<Signature> {
    let pages = u32::try_from(text.pages().len()).unwrap_or(u32::MAX);
    let page = digital.place.map_or(1, |p| p.page).clamp(1, pages.max(1));
    let evidence = text.cite_place(page, digital.place.and_then(|p| p.edges));
    // Several may be shown nowhere: the bytes that they cover tell them apart.
    let kind = format!("signature {} {:?}", digital.field, digital.covered);
    let raw = evidence.quote().to_owned();
    let cited = Cited::new(value(digital), evidence);
    Fact::found(&kind, cited, &raw, Origin::rule("signature.digital"), Confidence::new(0.95))
}

/// What a reader of the record should know of a digital signature.
fn remark(digital: &DigitalSignature) -> Option<Diagnostic> {
    let who = digital.signer.as_deref().unwrap_or("an unknown signer");
    let because = digital.problem.as_deref().unwrap_or_default();
    let (code, message) = match digital.integrity {
        Integrity::Broken => ("signature.broken", format!("the digital signature of {who} is broken: {because}")),
        Integrity::Unverified => {
            ("signature.unverified", format!("the digital signature of {who} was not checked: {because}"))
        }
        Integrity::ChangedAfterSigning => {
            ("signature.changed", format!("the file was changed after {who} signed it digitally: {because}"))
        }
        Integrity::Intact if digital.weak => {
            let with = digital.algorithm.as_deref().unwrap_or("SHA-1");
            (
                "signature.weak",
                format!("the digital signature of {who} is weak ({with}): such signatures can be forged"),
            )
        }
        Integrity::Intact if !because.is_empty() => {
            let message = format!("the file was added to after {who} signed it digitally: {because}");
            return Some(Diagnostic::new("signature.filled", Severity::Info, Stage::Signature, message));
        }
        Integrity::Intact | Integrity::Unsigned => return None,
    };
    Some(Diagnostic::new(code, Severity::Warning, Stage::Signature, message))
}
