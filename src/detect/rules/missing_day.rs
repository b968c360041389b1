//! Days that no calendar has: "the balance on 30 February 2027". No date can be read from them, and each is told.

use super::reader::Reader;
use crate::detect::Findings;
use crate::lexicon::missing_days;
use crate::record::{Diagnostic, Part as _, Severity, Span, Stage};

/// Most remarks of a document.
const MOST: usize = 20;

/// Tells the days that do not exist.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let all = reader.sentences().flat_map(|(i, span, words)| {
        missing_days(words)
            .into_iter()
            .map(move |range| (i, Span::new(range.start, range.end).shift(span.start()), range))
    });
    for (i, span, range) in all.take(MOST) {
        let day = reader.sentence(i).part(range).trim_end_matches([',', '.']);
        let message =
            format!("there is no day {day:?}: what falls on it stays open until somebody says which day is meant");
        let remark = Diagnostic::new("date.no_such_day", Severity::Warning, Stage::Detect, message);
        findings.diagnostics.push(remark.at(reader.quote(i, span)));
    }
}

#[cfg(test)]
mod tests {
    use crate::detect::detect;
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    #[test]
    fn a_day_that_does_not_exist_is_told() {
        let plain = "The Sponsor shall pay half on 15 January 2027 and half on 30 February 2027.";
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let findings = detect(&text, &segment(&text));
        let told: Vec<_> = findings.diagnostics.iter().filter(|d| d.code == "date.no_such_day").collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].message.contains("30 February 2027"));
    }
}
