//! Contracts for tests, with real evidence in a plain text.

use jiff::civil::Date;

use crate::calendar::{DerivationBuilder, Period, Readings, Rule};
use crate::record::value::{DateValue, Party, Renewal};
use crate::record::{Confidence, Contract, DocumentId, DocumentInfo, Fact, Facts, Origin, Span};
use crate::text::DocumentText;

const TEXT: &str = "MASTER SERVICES AGREEMENT between Acme, Inc. and Bolt GmbH\n\
    This Agreement begins on the Effective Date and continues for the Initial Term.\n\
    It renews; notice must be given, \"in writing\", at least 60 days prior to expiration.\n";

/// The text that [`fact`] quotes.
fn text() -> DocumentText {
    DocumentText::from_plain(DocumentId::of(TEXT.as_bytes()), TEXT)
}

/// A fact of `kind`, proved by the words `quote` of the text.
pub(crate) fn fact<T>(kind: &str, value: T, quote: &str) -> Fact<T> {
    let text = text();
    let at = text.as_str().find(quote).unwrap();
    let cited = text.cited(value, Span::new(at, at + quote.len()));
    Fact::found(kind, cited, quote, Origin::rule("test"), Confidence::new(0.9))
}

/// A computed expiration: `start` + `period`, as the contract stage makes it.
fn expiration(start: Date, period: Period) -> Fact<DateValue> {
    let mut builder = DerivationBuilder::new();
    builder.anchor(start, "Effective date", Rule::R6);
    let end = builder.add(start, period).unwrap();
    let derivation = builder.finish(end, Readings { literal: end, conservative: end });
    let text = text();
    let at = text.as_str().find("continues").unwrap();
    let cited = text.cited(DateValue::On(end), Span::new(at, at + 9));
    Fact::computed("expiration_date", cited, "Initial Term", Origin::rule("test"), Confidence::new(0.9), derivation)
}

/// A file of which nothing but its text is known.
pub(crate) fn document(id: DocumentId) -> DocumentInfo {
    DocumentInfo { uri: "contracts/acme.pdf".to_owned(), sha256: "0".repeat(64), ..DocumentInfo::named(id, "acme.pdf") }
}

/// A contract of no dates.
pub(crate) fn contract() -> Contract {
    let party = |name: &str| fact("party", Party { name: name.to_owned(), ..Party::default() }, name);
    let facts = Facts {
        title: Some(fact("title", "Master Services Agreement".to_owned(), "MASTER SERVICES AGREEMENT")),
        parties: vec![party("Acme, Inc."), party("Bolt GmbH")],
        ..Facts::default()
    };
    Contract::new(document(DocumentId::of(TEXT.as_bytes())), facts, Vec::new())
}

/// A contract that starts on `start`, runs for `term`, and then does what `after` says.
pub(crate) fn running(start: Date, term: Period, after: Renewal) -> Contract {
    Contract {
        effective_date: Some(fact("effective_date", DateValue::On(start), "Effective Date")),
        initial_term: Some(fact("initial_term", term, "Initial Term")),
        expiration_date: Some(expiration(start, term)),
        renewal: Some(fact("renewal", after, "notice must be given, \"in writing\", at least 60 days")),
        ..contract()
    }
}

/// A contract whose end is a date in the text.
pub(crate) fn until(end: Date, after: Renewal) -> Contract {
    Contract {
        expiration_date: Some(fact("expiration_date", DateValue::On(end), "Initial Term")),
        renewal: Some(fact("renewal", after, "It renews")),
        ..contract()
    }
}
