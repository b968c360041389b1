//! Rules and model together: clauses become facts, and where both say the same, that counts.

use super::Findings;
use super::model::{Classifier, FOUND, ScoredClause};
use crate::record::value::Clause;
use crate::record::{Confidence, Fact, Origin, OriginKind, Span, Status};
use crate::text::DocumentText;

/// Fields of a record, and the category of clause that proves them.
macro_rules! agree {
    ($clauses:expr, $($fact:expr => $category:literal),+ $(,)?) => {
        $(for fact in $fact.iter_mut() { agree(fact, $category, $clauses); })+
    };
}

/// Adds the model's clauses to what the rules found.
pub(super) fn merge(text: &DocumentText, model: &dyn Classifier, clauses: &[ScoredClause], findings: &mut Findings) {
    let origin = || Origin { kind: OriginKind::Model, id: model.name().to_owned() };
    findings.facts.clauses = clauses
        .iter()
        .map(|c| {
            let category = model.categories()[c.category].clone();
            let kind = format!("clause.{category}");
            let cited = text.cited(Clause { category }, c.span);
            Fact::found(&kind, cited, text.slice(c.span), origin(), Confidence::new(c.probability))
        })
        .collect();
    let found: Vec<(&str, Span)> = clauses
        .iter()
        .filter(|c| c.probability >= FOUND)
        .map(|c| (model.categories()[c.category].as_str(), c.span))
        .collect();
    agree!(&found,
        findings.facts.title => "Document Name",
        findings.facts.parties => "Parties",
        findings.facts.agreement_date => "Agreement Date",
        findings.facts.effective_date => "Effective Date",
        findings.term_ends => "Expiration Date",
        findings.facts.renewal => "Renewal Term",
        findings.facts.governing_law => "Governing Law",
    );
    let open = Open { text, model, clauses };
    open.fill(&mut findings.facts.agreement_date, "agreement_date", "Agreement Date");
    open.fill(&mut findings.facts.effective_date, "effective_date", "Effective Date");
    open.fill(&mut findings.facts.renewal, "renewal", "Renewal Term");
    if findings.term_ends.is_empty() {
        let mut end = None;
        open.fill(&mut end, "term_end", "Expiration Date");
        findings.term_ends.extend(end);
    }
}

/// Clauses of which no rule could read the value: the field is left open with the clause as its proof, for a person.
struct Open<'a> {
    text: &'a DocumentText,
    model: &'a dyn Classifier,
    clauses: &'a [ScoredClause],
}

impl Open<'_> {
    fn fill<T>(&self, fact: &mut Option<Fact<T>>, kind: &str, category: &str) {
        let sure = self.clauses.iter().filter(|c| self.model.categories()[c.category] == category);
        let best = sure.filter(|c| c.probability >= FOUND).max_by(|a, b| a.probability.total_cmp(&b.probability));
        if let (None, Some(clause)) = (&fact, best) {
            let (evidence, raw) = (self.text.cite(clause.span), self.text.slice(clause.span));
            let origin = Origin { kind: OriginKind::Model, id: self.model.name().to_owned() };
            let confidence = Confidence::new(clause.probability);
            *fact = Some(Fact::unknown(kind, evidence, raw, Status::Unresolved, origin, confidence));
        }
    }
}

/// A rule's value whose proof the model also takes for that clause: likelier right, by half of what was missing.
fn agree<T>(fact: &mut Fact<T>, category: &str, found: &[(&str, Span)]) {
    let proved = |span: Span| found.iter().any(|(c, s)| *c == category && s.overlaps(span));
    if fact.origin().kind == OriginKind::Rule && fact.evidence().iter().any(|e| proved(e.span())) {
        fact.confirm();
    }
}
