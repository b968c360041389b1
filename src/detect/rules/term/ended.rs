//! A document that ends another contract: what is ended renews no more.

use crate::detect::Findings;
use crate::detect::rules::title::ends_another;
use crate::record::value::{Renewal, RenewalKind, TermEnd};
use crate::record::{Cited, Fact, Origin};

/// Says that nothing renews, in a document whose title is that it ends a contract, and that gives the day.
pub(in super::super) fn ended(findings: &mut Findings) {
    let title = findings.facts.title.as_ref().and_then(Fact::value);
    let Some(end) = findings.term_ends.first().filter(|_| title.is_some_and(|t| ends_another(t))) else { return };
    if !matches!(end.value(), Some(TermEnd::On(_))) {
        return;
    }
    let cited = Cited::new(Renewal::of(RenewalKind::None), end.evidence()[0].clone());
    findings.facts.renewal =
        Some(Fact::found("renewal", cited, end.raw(), Origin::rule("renewal.ended"), end.confidence()));
}
