//! The time for which an option is open, which is the term of an agreement on one: "The option may be exercised within eighteen
//! months of 20 August 2025", "The Option Period runs from 1 March 2026 to 28 February 2028".

use super::{SERVED, TermCandidate, sentence};
use crate::detect::Findings;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::Reader;
use crate::record::Fact;

// The option, or its time, and how long it lasts.
pattern!(
    LASTS,
    r"\boption(?:\s+period)?\b[^.;]{0,40}?\b(?:exercisable|is\s+open|(?:run|remain|last|continue|expire|lapse|end|begin|start|commence)s?|is\s+(?:for\s+)?(?:a|the)\s+period)\b"
);
pattern!(EXERCISED, r"\boption\b[^.;]{0,40}?\b(?:may|can|must|shall)\s+(?:only\s+)?be\s+exercised\b");
pattern!(
    EXERCISES,
    r"\bexercise\s+(?:the|this|its)\s+option\b[^.;]{0,60}\b(?:before|by|until|within|during|no\s+later)\b"
);
pattern!(LABELLED, r"\boption\s+period\b[^.;]{0,12}:");
// Longer times, and what follows an exercise.
pattern!(
    OTHER,
    ["extend/extended/extends/extension/renew/renewed/if/unless/after (the/such) exercise, if ..20 not exercised"]
);

/// Adds the ends that such sentences give, in an agreement whose title names an option.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings, out: &mut Vec<TermCandidate>) {
    const LONGEST: usize = 400;
    let title = findings.facts.title.as_ref().and_then(Fact::value);
    if !title.is_some_and(|title| contains_fold(title, "option")) {
        return;
    }
    for (i, place, words) in reader.sentences() {
        let lasts = || [&LASTS, &EXERCISED, &EXERCISES, &LABELLED].iter().any(|p| p.is_match(words));
        if words.len() < LONGEST && lasts() && !OTHER.is_match(words) && !reader.attached(i) {
            sentence::read(reader, findings, i, place.start(), words, 0..0, SERVED, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::detect::detect;
    use crate::record::DocumentId;
    use crate::record::value::TermEnd;
    use crate::segment::segment;
    use crate::text::DocumentText;

    #[test]
    fn options_are_open_for_a_time() {
        let ends = |plain: &str| {
            let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
            let ends = detect(&text, &segment(&text)).term_ends;
            ends.first().and_then(|fact| fact.value().cloned())
        };
        for words in [
            "The option may be exercised during a period of eighteen (18) months that starts on August 20, 2025.",
            "The Option Period lasts for two years from the date of this deed.",
        ] {
            let end = ends(&format!("OPTION AGREEMENT\n\n{words}"));
            assert!(matches!(end, Some(TermEnd::After { .. })), "{words}: {end:?}");
        }
        for words in
            ["The Option Period runs from 1 March 2026 to 28 February 2028.", "The Option expires on 28 February 2028."]
        {
            let end = ends(&format!("OPTION TO PURCHASE AGREEMENT\n\n{words}"));
            assert_eq!(end, Some(TermEnd::On(jiff::civil::date(2028, 2, 28))), "{words}");
        }
        assert_eq!(ends("SERVICES AGREEMENT\n\nThe option may be exercised during a period of two years."), None);
    }
}
