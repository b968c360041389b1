//! Ends that cannot be: before the start, weeks after it, far from the length that the contract gives.

use jiff::civil::Date;

use crate::calendar::{Period, Unit, add};
use crate::detect::Findings;
use crate::detect::rules::title::changes_another;
use crate::record::value::{DateValue, RenewalKind};
use crate::record::{Confidence, Diagnostic, Fact, Severity, Stage};

/// A contract of fewer days is doubted, unless it gives its length in days or weeks itself.
const SHORT: i32 = 28;
/// How many days the end may lie from start and length together, before the two are told as contradicting.
const APART: i32 = 62;

/// The first day of the contract: where it has effect from, else the date that it bears. That of an amendment is not the
/// start of what it amends.
fn start(findings: &Findings) -> Option<Date> {
    let day = |f: &Option<Fact<DateValue>>| f.as_ref()?.value()?.date();
    let kind = findings.facts.kind.as_ref().and_then(Fact::value);
    let amends = kind.is_some_and(|kind| changes_another(kind));
    day(&findings.facts.effective_date).or_else(|| day(&findings.facts.agreement_date).filter(|_| !amends))
}

/// Whether an end lies before the start of the contract.
pub(super) fn is_early(findings: &Findings, end: &Fact<DateValue>) -> bool {
    let end = end.value().and_then(|d| d.date());
    start(findings).zip(end).is_some_and(|(start, end)| end < start)
}

/// What makes an end doubtful, in the words of a remark.
pub(super) fn doubt(findings: &Findings, end: &Fact<DateValue>, length: Option<&Fact<Period>>) -> Option<Diagnostic> {
    let remark = |code: &str, message: String| Some(Diagnostic::new(code, Severity::Warning, Stage::Contract, message));
    let (first, last) = (start(findings)?, end.value()?.date()?);
    let days = (last - first).get_days();
    if days < 0 {
        return remark("term.end_before_start", format!("The end, {last}, lies before the start, {first}."));
    }
    // A length that is hardly the contract's contradicts nothing.
    let sure = length.filter(|f| f.confidence() >= Confidence::new(0.8));
    let length = length.and_then(|f| f.value());
    let brief = length.is_some_and(|p| matches!(p.unit, Unit::Day | Unit::Week | Unit::BusinessDay));
    if days < SHORT && !brief {
        return remark("term.short", format!("The contract would run for {days} days only, from {first} to {last}."));
    }
    let effective = findings.facts.effective_date.as_ref()?.value()?.date()?;
    let counted = sure
        .and_then(|f| f.value())
        .filter(|p| p.months().is_some_and(|m| m >= 6))
        .and_then(|p| Some((p, add(effective, *p)?)));
    let (length, counted) = counted?;
    let apart = (last - counted).get_days().abs();
    if end.derivation().is_none() && apart > APART {
        let message =
            format!("A term of {length} from {effective} would end on {counted}, but the end given is {last}.");
        return remark("term.length_and_end", message);
    }
    None
}

/// Tells of a notice of renewal that is longer than the first term. One that no later term is long enough for is not taken:
/// it was misread, or the contract is wrong.
pub(super) fn refuse_long_notice(findings: &mut Findings, end: Option<&Fact<DateValue>>) {
    let Some((first, last)) = start(findings).zip(end.and_then(|e| e.value()?.date())) else { return };
    let Some(fact) = findings.facts.renewal.take() else { return };
    let reach = |period: Period| add(first, period);
    let notice = fact.value().and_then(|r| r.notices.iter().filter_map(|n| n.period).max_by_key(|&p| reach(p)));
    let Some(notice) = notice.filter(|&p| first < last && reach(p) > last.tomorrow().ok()) else {
        findings.facts.renewal = Some(fact);
        return;
    };
    let later = fact.value().filter(|r| r.kind != RenewalKind::Option).and_then(|r| r.period);
    let fits = later.is_some_and(|period| reach(notice) <= reach(period));
    let message = if fits {
        format!(
            "The notice period, {notice}, is longer than the first term: its last day for notice lies before the start."
        )
    } else {
        format!(
            "The notice period read, {notice}, is longer than the term and was not taken: see the clause for the notice."
        )
    };
    let remark = Diagnostic::new("renewal.notice_long", Severity::Warning, Stage::Contract, message);
    findings.diagnostics.push(remark.at(fact.evidence()[0].span()));
    findings.facts.renewal = Some(fact.map(|mut renewal| {
        if !fits {
            renewal.set_notices(Vec::new());
        }
        renewal
    }));
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use crate::contract::assemble;
    use crate::detect::detect;
    use crate::record::testing::document;
    use crate::record::{Contract, DocumentId, Status};
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn contract(plain: &str) -> Contract {
        let document = document(DocumentId::of(plain.as_bytes()));
        let text = DocumentText::from_plain(document.id.clone(), plain);
        assemble(document, detect(&text, &segment(&text)), &[], &text, &Settings::default())
    }

    #[test]
    fn doubtful_ends() {
        const MADE: &str =
            "This Agreement is made as of March 10, 2021 (the \"Effective Date\") between Alder Ltd and Birch Ltd.\n";
        for (clause, code) in [
            ("This Agreement shall continue until March 1, 2020.", "term.end_before_start"),
            ("This Agreement shall continue until March 20, 2021.", "term.short"),
            (
                "The term of this Agreement is three (3) years.\nIt shall expire on December 31, 2029.\nExpiry date: 31 December 2029",
                "term.length_and_end",
            ),
        ] {
            let got = contract(&format!("{MADE}{clause}"));
            let end = got.expiration_date.unwrap();
            assert_eq!(end.status(), Status::Conflicting, "{clause}: {end:?}");
            let codes: Vec<_> = got.diagnostics.iter().map(|d| d.code.clone()).collect();
            assert!(codes.iter().any(|c| c == code || c == "contract.conflicting_expiration"), "{clause}: {codes:?}");
        }
        let got = contract(&format!("{MADE}This Agreement has a term of fourteen (14) days from the Effective Date."));
        assert_eq!(got.expiration_date.map(|e| e.status()), Some(Status::Computed));
    }
}
