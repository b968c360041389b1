//! Signature blocks, and what the certificate of a signing platform says of the same people.

use super::execution::doubted;
use crate::record::Fact;
use crate::record::value::signature::{Certified, Signature, SignatureKind};

/// Puts the entries of a certificate in place of the blocks of the same people, and the others behind. Who signs on a platform
/// leaves the lines of the contract empty, so that an empty line tells nothing any more. Says how many of the lines that are
/// left the certificate vouches for.
pub(super) fn join(signatures: &mut Vec<Fact<Signature>>, certified: Certified) -> usize {
    let Certified { signatures: entries, complete } = certified;
    let mut strangers = Vec::new();
    for entry in entries {
        let own = signatures.iter().position(|block| is_same_person(block.value(), entry.value()));
        match own {
            Some(own) => {
                let block = signatures[own].clone();
                signatures[own] = joined(&block, entry);
            }
            None => strangers.push(entry),
        }
    }
    for block in signatures.iter_mut().filter(|f| f.value().is_some_and(is_block)) {
        *block = block.clone().map(doubted);
    }
    let signed = |f: &&Fact<Signature>| f.value().is_some_and(|s| s.signed == Some(true));
    let lines = signatures.iter().filter(|f| f.value().is_some_and(|s| is_block(s) && s.signed.is_none())).count();
    let theirs = strangers.iter().filter(signed).count();
    signatures.extend(strangers);
    // A line for which nobody was asked on the platform may still be empty.
    if complete == Some(true) { lines.min(theirs) } else { 0 }
}

fn is_block(signature: &Signature) -> bool {
    signature.kind == SignatureKind::Block
}

/// What the certificate says, and for whom by the block. The certificate proves it; where there is a digital signature of the
/// same person, that one counts.
fn joined(block: &Fact<Signature>, entry: Fact<Signature>) -> Fact<Signature> {
    let Some(known) = block.value().cloned() else { return entry };
    if known.kind == SignatureKind::Digital {
        return entry.evidence().iter().cloned().fold(block.clone(), Fact::with_evidence);
    }
    let fact = entry.map(|own| Signature {
        // A signature that stands in the text is one, whatever the certificate says.
        signed: if known.signed == Some(true) { known.signed } else { own.signed },
        title: own.title.or(known.title),
        party: own.party.or(known.party),
        signed_on: own.signed_on.or(known.signed_on),
        ..own
    });
    block.evidence().iter().cloned().fold(fact, Fact::with_evidence)
}

/// Whether a block and an entry name the same person, who may leave out a middle name in one of them.
fn is_same_person(block: Option<&Signature>, entry: Option<&Signature>) -> bool {
    let ends = |s: Option<&Signature>| {
        let name = s?.signer.as_ref()?.to_ascii_lowercase();
        let mut words = name.split_whitespace().map(|w| w.trim_matches([',', '.']).to_owned());
        let first = words.next()?;
        Some((first, words.next_back()?))
    };
    let free = block.is_some_and(|b| b.kind != SignatureKind::Platform);
    free && ends(block).is_some_and(|one| ends(entry) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Confidence, DocumentId, Origin, Span};
    use crate::text::DocumentText;

    fn fact(kind: SignatureKind, signed: Option<bool>, name: &str, n: usize) -> Fact<Signature> {
        let text = DocumentText::from_plain(DocumentId::of(b"x"), "one two three four five six");
        let mut value = Signature::new(kind, signed);
        value.signer = (!name.is_empty()).then(|| name.to_owned());
        let cited = text.cited(value, Span::new(n, n + 3));
        Fact::found("signature", cited, "x", Origin::rule("test"), Confidence::new(0.9))
    }

    /// Lines vouched for; kind, whether signed and signer of each entry. `blocks` are empty lines with these names.
    fn join_all(blocks: &[&str], people: &[(&str, Option<bool>)], complete: Option<bool>) -> (usize, Vec<String>) {
        let block = |(n, name): (usize, &&str)| fact(SignatureKind::Block, Some(false), name, n);
        let entry =
            |(n, (name, signed)): (usize, &(&str, Option<bool>))| fact(SignatureKind::Platform, *signed, name, 10 + n);
        let mut signatures: Vec<_> = blocks.iter().enumerate().map(block).collect();
        let entries = people.iter().enumerate().map(entry).collect();
        let vouched = join(&mut signatures, Certified { signatures: entries, complete });
        let words = |f: &Fact<Signature>| {
            let s = f.value().unwrap();
            format!("{:?} {:?} {}", s.kind, s.signed, s.signer.as_deref().unwrap_or("-"))
        };
        (vouched, signatures.iter().map(words).collect())
    }

    #[test]
    fn blocks_and_entries_of_the_same_people() {
        let all = [("Alice Reed", Some(true)), ("Harold Stone", Some(true))];
        let both = vec!["Platform Some(true) Alice Reed".to_owned(), "Platform Some(true) Harold Stone".to_owned()];
        assert_eq!(join_all(&["Alice B. Reed", "Harold Stone"], &all, Some(true)), (0, both));
        let half = [("Alice Reed", Some(true)), ("Harold Stone", Some(false))];
        let (_, entries) = join_all(&["Harold Stone", "Alice Reed"], &half, Some(false));
        assert_eq!(entries, ["Platform Some(false) Harold Stone", "Platform Some(true) Alice Reed"]);
    }

    #[test]
    fn lines_of_nobody_are_vouched_for_by_those_who_signed() {
        let all = [("Alice Reed", Some(true)), ("Harold Stone", Some(true))];
        assert_eq!(join_all(&["", ""], &all, Some(true)).0, 2);
        // One line more than people: whose it is, is not known.
        assert_eq!(join_all(&["", "", ""], &all, Some(true)).0, 2);
        assert_eq!(join_all(&["", ""], &all, None).0, 0);
        assert_eq!(join_all(&[""], &[], None), (0, vec!["Block None -".to_owned()]));
    }
}
