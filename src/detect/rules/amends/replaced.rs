//! The earlier agreements whose place this one takes: "This Agreement supersedes and replaces the Services Agreement dated
//! 1 May 2019"; "the Lease dated 1 May 2019 is terminated and replaced by this Lease". What has neither a date nor a number
//! ("all prior agreements") names none.

use super::{NUMBER_AFTER, NUMBER_NEXT, dated, name};
use crate::detect::rules::pattern::{floor, pattern};
use crate::lexicon::{DateOrder, DateStyle};
use crate::record::value::Amends;
use crate::record::{Cited, Confidence, Fact, Origin, Part as _, Span};
use crate::segment::Segments;
use crate::text::DocumentText;

pattern!(
    TAKES,
    [
        "supersede/supersedes/superseding/replace/replaces/replacing (and) (supersede/supersedes/superseding/replace/replaces/replacing)",
        "in replacement/substitution of/for",
        "take/takes the place of",
        "amend/amends/amending ..6 restate/restates/restating (and) (replace/replaces/supersede/supersedes)",
    ]
);
pattern!(
    TAKEN,
    [
        "is/are/be (hereby) (terminated/cancelled) (and) (hereby) superseded/replaced ..20 by this",
        "is/are/be (hereby) amended ..6 restated ..40 by this/herein",
    ]
);
// What takes the place is this document as a whole, not an exhibit of it.
pattern!(
    WHOLE,
    [
        "this/these agreement/contract/deed/lease/licence/license/document/terms/order/msa/nda ~12 $",
        "it ~2 $",
        "parties ~5 $"
    ]
);
pattern!(HEDGED, ["not/if/unless/until/nothing ..40 $", "may (also/only) $"]);
// "supersedes all prior agreements on its subject, including the ..."; "..., and the ...".
pattern!(
    LEADS,
    r"^\W*(?:and\s+)?(?:all\s+(?:prior|previous|earlier)\b[^.;]{0,200}?\bincluding\b[\s,]*(?:without\s+limitation[\s,]*)?)?(?:(?:in\s+(?:its|their)\s+entirety|entirely)[\s,]*)?(?:the|that|their|our|an?)\s+(?:(?:certain|prior|previous|existing|earlier|original)\s+)?"
);
pattern!(THE, ["the/that/their/our (certain) (prior/previous/existing/earlier/original)"]);

/// How far behind a name its date or number stands.
const NEAR: usize = 90;

/// The agreements that a document says it takes the place of.
pub(in crate::detect::rules) fn replaces(text: &DocumentText, segments: &Segments) -> Vec<Fact<Amends>> {
    let style = DateStyle::of(text.as_str(), DateOrder::Unknown);
    let fact = |value: Amends, span: Span| {
        let raw = value.title.clone().or_else(|| value.reference.clone()).unwrap_or_default();
        Fact::found("replaces", text.cited(value, span), &raw, Origin::rule("replaces.named"), Confidence::new(0.85))
    };
    let of = |span: Span| named(text.slice(span), style).into_iter().map(move |value| (value, span));
    segments.sentences.iter().flat_map(|s| of(s.span)).map(|(value, span)| fact(value, span)).collect()
}

/// The agreement that a document restates, of those that it says it replaces.
pub(in crate::detect::rules) fn restated(replaced: &Fact<Amends>) -> Option<Fact<Amends>> {
    let cited = Cited::new(replaced.value()?.clone(), replaced.evidence()[0].clone());
    Some(Fact::found("amends", cited, replaced.raw(), Origin::rule("amends.restated"), replaced.confidence()))
}

/// The agreements that one sentence names as replaced.
fn named(words: &str, style: DateStyle) -> Vec<Amends> {
    if let Some(verb) = TAKES.find(words) {
        let before = words.part(..verb.start());
        if WHOLE.is_match(before) && !HEDGED.is_match(before) {
            return listed(words.part(verb.end()..), style);
        }
    }
    let Some(verb) = TAKEN.find(words) else { return Vec::new() };
    let before = words.part(..verb.start());
    let all = THE.find_iter(before).filter(|lead| !HEDGED.is_match(before.part(..lead.start())));
    all.filter_map(|lead| Some(agreement(before.part(lead.end()..), style)?.0)).last().into_iter().collect()
}

/// The agreements with which `words` begin, one after the other.
fn listed(mut words: &str, style: DateStyle) -> Vec<Amends> {
    let mut out = Vec::new();
    while let Some(lead) = LEADS.find(words)
        && let Some((one, end)) = agreement(words.part(lead.end()..), style)
    {
        out.push(one);
        words = words.part(lead.end() + end..);
    }
    out
}

/// The agreement with whose name `words` begin, if it has a date or a number, and where they end.
fn agreement(words: &str, style: DateStyle) -> Option<(Amends, usize)> {
    let len = name(words, true).or_else(|| name(words, false))?;
    let after = words.part(len..floor(words, (len + NEAR).min(words.len())));
    // What is named next has a number of its own.
    let after = after.split(" and the ").next().unwrap_or(after);
    let date = dated(after, style);
    let number = NUMBER_NEXT.captures(after).or_else(|| NUMBER_AFTER.captures(after)).and_then(|c| c.get(1));
    let end = date.map(|(_, end)| end).max(number.map(|n| n.end()))?;
    let title = words.part(..len).split_whitespace().collect::<Vec<_>>().join(" ");
    let title = Some(title).filter(|title| !title.eq_ignore_ascii_case("agreement"));
    Some((
        Amends { reference: number.map(|n| n.as_str().to_owned()), title, date: date.map(|(day, _)| day) },
        len + end,
    ))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::DocumentId;

    fn read(plain: &str) -> Vec<Amends> {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let found = replaces(&text, &crate::segment::segment(&text));
        found.into_iter().filter_map(|f| f.value().cloned()).collect()
    }

    #[test]
    fn names_what_it_replaces() {
        let may = Some(date(2019, 5, 1));
        for (words, title) in [
            (
                "This Agreement supersedes and replaces the Master Services Agreement dated 1 May 2019.",
                "Master Services Agreement",
            ),
            (
                "This Agreement is the entire agreement of the parties and supersedes all prior agreements on its subject, including \
                 the Supply Agreement between the parties dated 1 May 2019.",
                "Supply Agreement",
            ),
            (
                "It amends, restates and replaces in its entirety the Supply Agreement dated as of May 1, 2019 between the parties.",
                "Supply Agreement",
            ),
            (
                "It amends and restates the Services Agreement between the parties dated 1 May 2019.",
                "Services Agreement",
            ),
            (
                "This Agreement amends, restates and supersedes the Supply Agreement dated May 1, 2019 in full.",
                "Supply Agreement",
            ),
            ("This Lease takes the place of the lease made on 1 May 2019.", "lease"),
            ("It replaces the Supply Agreement dated 1 May 2019.", "Supply Agreement"),
            ("The parties hereby amend and restate the Supply Agreement dated May 1, 2019.", "Supply Agreement"),
            (
                "The Supply Agreement dated May 1, 2019 is amended and restated in its entirety by this Agreement.",
                "Supply Agreement",
            ),
            ("From the Effective Date this Lease replaces in its entirety the lease dated 1 May 2019.", "lease"),
            ("The Office Lease dated May 1, 2019 is hereby terminated and replaced by this Lease.", "Office Lease"),
            (
                "This Contract takes the place of that certain Supply Agreement made as of May 1, 2019.",
                "Supply Agreement",
            ),
        ] {
            let found = read(words);
            assert_eq!(found.len(), 1, "{words}: {found:?}");
            assert_eq!((found[0].title.as_deref(), found[0].date), (Some(title), may), "{words}");
        }
        let two = read(
            "This Agreement supersedes the Supply Agreement dated 1 May 2019 and the Framework Agreement, reference number FA-17/3.",
        );
        assert_eq!((two.len(), two[1].reference.as_deref()), (2, Some("FA-17/3")));
    }

    #[test]
    fn names_nothing() {
        for words in [
            "This Agreement supersedes all prior agreements and understandings.",
            "This Agreement does not supersede the Supply Agreement dated 1 May 2019.",
            "Exhibit B replaces the Service Level Agreement dated 1 May 2019.",
            "This Agreement supersedes all prior agreements, except the Confidentiality Agreement dated 1 May 2019.",
            "This Agreement replaces the terms on which work was done under the Supply Agreement dated 1 May 2019.",
            "Unless this Agreement replaces the Supply Agreement dated 1 May 2019, nothing changes.",
        ] {
            assert_eq!(read(words), [], "{words}");
        }
    }
}
