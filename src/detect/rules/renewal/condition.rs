//! The condition on which a renewal hangs, kept in the words of the contract.

use crate::detect::rules::pattern::pattern;
use crate::record::Part as _;

// Words that begin a condition, and the condition.
pattern!(
    CONDITION,
    r"\b((?:provided\s*,?\s+(?:however\s*,?\s+)?(?:that\b)?|so\s+long\s+as|only\s+if|on\s+condition\s+that|subject\s+to(?:\s+the)?|if)\s+(?:[^.;]|\.[0-9]){12,400})"
);
// A condition on an option or a renewal that stands in the next sentence.
pattern!(
    NEXT,
    r"^[^a-z]*(?:the|this|such|any|said)\s+(?:option|renewal|right|extension)\b[^.;]{0,80}?\b((?:only\s+if|provided\s+that|subject\s+to|condition(?:al|ed)\s+(?:up)?on)\s+(?:[^.;]|\.[0-9]){8,400})"
);
// The end of a condition that begins its sentence: "…, the Tenant shall have the option".
pattern!(MAIN, r"\s*,\s+(?:then\s+)?(?:(?:the\s+|this\s+)?[a-z]\w*(?:\s+\w+){0,3}?\s+)?(?:shall|may|will|can)\b");
// What stands where a condition can stand, and is none: the wish to renew, other clauses, a way to end.
pattern!(
    NONE,
    [
        "^ if any/applicable/so, ^ if ..62 wish*/desire*/elect*/exercis*/want*/unable/delayed",
        "^ subject to (the) (other/any/earlier/early/such/all) provision/provisions/term/terms/section/sections/article/articles",
        "^ subject to (the) (other/any/earlier/early/such/all) paragraph/subparagraph/clause/terminat*/adjust*/automatic/renewal/extension",
        "^ provided ..42 terminate/such-notice, ^ provided ..42 the extending, ^ provided ..12 that the term of such",
    ]
);
// Between the clauses of a condition.
pattern!(JOIN, r",\s+(?:and\s+)?(?:\([a-z0-9]{1,3}\)|and\b)");
// A notice is not a condition: it stops the renewal.
pattern!(TOLD, r"\bnoti(?:ce|f)|\bunless\b|\b(?:terminat|cancel)\w+\s+(?:as|in\s+accordance|pursuant|by)");

/// The condition that `words` put on the renewal, else the one that the sentence after it does.
pub(super) fn read(words: &str, next: Option<&str>) -> Option<String> {
    let mut from = 0;
    while let Some(m) = CONDITION.captures(words.part(from..)).and_then(|c| c.get(1)) {
        let (start, text) = (from + m.start(), m.as_str());
        from = start + 2;
        if NONE.is_match(text) {
            continue;
        }
        let text = MAIN.find(text).filter(|cut| cut.start() > 10).map_or(text, |cut| text.part(..cut.start()));
        let head = TOLD.find(text).map_or(text, |cut| text.part(..cut.start()));
        // What stands before the notice may be a condition of its own; a few words are its lead only.
        if head.len() == text.len() || head.len() > 60 {
            // The clause in which the notice stands is none, with what joins it to the others.
            let cut = if head.len() < text.len() { JOIN.find_iter(head).last() } else { None };
            return Some(tidy(cut.map_or(head, |join| head.part(..join.start()))));
        }
    }
    let m = NEXT.captures(next?)?.get(1)?;
    Some(tidy(m.as_str()))
}

/// Without the marks and joining words at its end.
fn tidy(text: &str) -> String {
    let mut text = text.trim_end();
    while let Some(rest) = [",", "(", " and", " or", " that", " (c)", " (b)", " (d)", " no", " has not delivered"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
    {
        text = rest.trim_end();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_of_renewals() {
        for (words, want) in [
            (
                "Provided that no default continues, Lessee shall have the option to renew this Lease.",
                Some("Provided that no default continues"),
            ),
            (
                "This Agreement renews for one year, so long as the volume of the last year was met.",
                Some("so long as the volume of the last year was met"),
            ),
            (
                "Provided that the Agent sells goods for $45,420.00 a year, this Agreement shall be renewed yearly.",
                Some("Provided that the Agent sells goods for $45,420.00 a year"),
            ),
            ("Subject to the other provisions of Section 8, this Agreement renews for one year.", None),
            ("If the Tenant wishes to extend the term, it may do so for one year.", None),
            ("If neither party gives notice sixty days before, this Agreement renews for one year.", None),
            ("This Agreement renews for terms of one year each.", None),
        ] {
            assert_eq!(read(words, None).as_deref(), want, "{words}");
        }
    }

    #[test]
    fn a_condition_in_the_next_sentence() {
        let next = "The option may be exercised only if the Buyer has paid all invoices.";
        let read = read("The Buyer may extend this Agreement once.", Some(next));
        assert_eq!(read.as_deref(), Some("only if the Buyer has paid all invoices"));
    }
}
