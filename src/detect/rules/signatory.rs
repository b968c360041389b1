//! Signatories: each signature block of the contract, with its party and day.

use super::party::block::{Block, blocks};
use super::pattern::contains_fold;
use super::reader::{Reader, known};
use super::signed::{beside_signature, signer};
use crate::detect::Findings;
use crate::record::value::Party;
use crate::record::value::signature::{Signatory, Signature, SignatureKind};
use crate::record::{Confidence, Fact, Origin, Span};

/// Finds the signatories.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let blocks = blocks(reader.text);
    let direct = |b: &Block| party(reader.text.slice(b.party?), b.is_company, &findings.facts.parties);
    // A known party that is named somewhere above a block signs there, unless it is named above several.
    let above = |b: &Block| signer(reader, b.line, &findings.facts.parties);
    let of: Vec<Option<String>> = blocks.iter().map(|b| direct(b).or_else(|| above(b))).collect();
    let alone = |name: &String| of.iter().flatten().filter(|n| *n == name).count() == 1;
    let party_of = |(b, named): (&Block, &Option<String>)| direct(b).or_else(|| named.clone().filter(alone));
    let parties: Vec<Option<String>> = blocks.iter().zip(&of).map(party_of).collect();
    findings.signatories = blocks.iter().zip(parties).map(|(b, party)| signatory(reader, b, party)).collect();
}

fn signatory(reader: &Reader<'_>, block: &Block, party: Option<String>) -> Signatory {
    let kind = if block.conformed { SignatureKind::Conformed } else { SignatureKind::Block };
    let inside = |span: Span| block.cells.iter().any(|c| c.start() <= span.start() && span.end() <= c.end());
    let day = reader.dates.iter().filter(|d| inside(d.span) && beside_signature(reader, d)).find_map(known);
    // Who has put a day beside an empty line has likely signed it: copies lose signatures that are pictures.
    let signed = if day.is_some() && block.signed == Some(false) { None } else { block.signed };
    let mut signature = Signature::new(kind, signed);
    signature.signer.clone_from(&block.signer);
    signature.title.clone_from(&block.title);
    signature.party = party;
    signature.signed_on = day;
    let mut evidence = block.party.into_iter().chain(block.cells.iter().copied()).map(|span| reader.text.cite(span));
    let (text, line) = (reader.text, block.line);
    // The line is what proves it; the party above it and the words below say who.
    let mut cited = text.cited(signature, line);
    for more in evidence.by_ref().filter(|e| !e.quote().is_empty()) {
        cited = cited.with(more);
    }
    let confidence = match signed {
        Some(true) => 0.95,
        Some(false) => 0.9,
        None => 0.8,
    };
    let origin = Origin::rule("signature.block");
    let signature = Fact::found("signature", cited, text.slice(line), origin, Confidence::new(confidence));
    Signatory { signature, line }
}

/// The name of the party as the contract spells it.
fn party(words: &str, is_company: bool, parties: &[Fact<Party>]) -> Option<String> {
    let folded = words.to_ascii_lowercase();
    let known = parties.iter().filter_map(Fact::value).find(|p| {
        let name = p.name.to_ascii_lowercase();
        contains_fold(words, &name) || name.contains(&folded)
    });
    // Other words in capitals are roles and headings.
    known.map(|p| p.name.clone()).or_else(|| is_company.then(|| words.to_owned()))
}
