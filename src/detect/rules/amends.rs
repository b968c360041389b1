//! The agreement that an amendment, an addendum, a statement of work or an order belongs to.
//!
//! Forms: "Amendment No. 2 to the Supply Agreement dated 1 May 2019"; "that certain Lease dated as of …, bearing
//! reference number X"; "Parent Contract Reference Number: X"; "issued under the Master Services Agreement".

use jiff::civil::Date;

use super::pattern::{floor, pattern};
use crate::lexicon::{DateOrder, DateStyle, dates};
use crate::record::value::Amends;
use crate::record::{Confidence, Fact, Origin, Span};
use crate::text::DocumentText;

pattern!(
    PARENT,
    exact,
    r"(?i:\b(?:that\s+certain|those\s+certain|to\s+the|to\s+that|amends?(?:\s+and\s+supplements?)?\s+(?:the|that)|under\s+the|pursuant\s+to\s+the|parties\s+to\s+(?:the|an?|that)|entered\s+into\s+(?:an?|the|that)|reference\s+is\s+(?:hereby\s+)?made\s+to\s+the|amend(?:ment|ing)(?:\s+(?:no\.?|number|\#)?\s*\d+)?\s+to|addendum(?:\s+(?:no\.?|number|\#)?\s*\d+)?\s+to|supplement(?:s|ation\s+of|al\s+to)?\s+the|relat(?:es?|ed|ing)\s+to\s+the|in\s+connection\s+with\s+the|made\s+part\s+of\s+the|governed\s+by\s+the|incorporated\s+into\s+the|executed)\s+(?:certain\s+)?)((?:(?:[A-Z][\w’'&/®.,-]*|and|of|for|the|to|&)\s+){0,12}?(?:Agreement|AGREEMENT|Contract|CONTRACT|Lease|LEASE|License|LICENSE|Licence|LICENCE|MSA|DPA|SLA|SOW|Statement\s+of\s+Work|STATEMENT\s+OF\s+WORK|(?:Work|Purchase|Service)\s+Order|(?:WORK|PURCHASE|SERVICE)\s+ORDER|Order\s+Form|ORDER\s+FORM|Indenture|INDENTURE|Deed|DEED)(?:\s+(?:Agreement|AGREEMENT))?)\b"
);
pattern!(
    PARENT_REFERENCE,
    exact,
    r"(?i)\b(?:parent|master|original|principal|main)\s+(?:contract|agreement|sow|msa)\s+(?:ref(?:erence|\.)?(?:\s+(?:no\.?|number|id))?|no\.?|number|id)\s*[:.#]?\s*([A-Z0-9][\w/–-]*\d[\w/-]*)"
);
pattern!(
    NUMBER_AFTER,
    exact,
    r"(?i)\b(?:ref(?:erence[d]?|\.)?(?:\s+(?:no\.?|number|as))?|contract\s+(?:no\.?|number)|agreement\s+(?:no\.?|number)|number|no\.)\s*[:.#]?\s*([A-Z0-9][\w/–-]*\d[\w/-]*)"
);
pattern!(NUMBER_NEXT, exact, r"^\s*,?\s*\(?([A-Z]{2,}[A-Z0-9]*[-–/][\w/–-]*\d[\w/-]*)");
pattern!(
    DATED,
    exact,
    r"(?i)\b(?:dated|effective|made|entered\s+into|executed|dated\s+and\s+effective)\b[\s,]*(?:and\s+(?:entered\s+into|effective)\s+)?(?:as\s+of\s+|on\s+|the\s+)*(?:the\s+)?"
);

/// Finds the agreement that a document of `kind` changes or belongs to.
/// `title` and `reference` are the document's own.
pub(super) fn amends(
    text: &DocumentText,
    kind: Option<&str>,
    title: Option<&str>,
    reference: Option<&str>,
) -> Option<Fact<Amends>> {
    let kind = kind.filter(|k| super::title::changes_another(k))?;
    let all = text.as_str();
    let head = &all[..floor(all, 9000)];
    let style = DateStyle::of(head, DateOrder::Unknown);
    let own = title.unwrap_or_default().to_lowercase();
    let mut best: Option<(i32, Amends, Span, String)> = None;
    for m in PARENT.captures_iter(head).take(24) {
        let (Some(whole), Some(named)) = (m.get(0), m.get(1)) else { continue };
        let name = named.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = name.to_lowercase();
        // "this Agreement" and bare defined words name nothing.
        if name.split(' ').count() < 2 && !matches!(name.as_str(), "Lease" | "MSA")
            || lower.starts_with("parent")
            || lower.starts_with("amendment")
            || lower.starts_with("addendum")
            || lower == own
        {
            continue;
        }
        let line_end = head[named.end()..].find('\n').map_or(head.len(), |i| named.end() + i);
        let after = &head[named.end()..floor(head, line_end.min(named.end() + 260))];
        let dated = dated(&after[..floor(after, 120)], style);
        // "the Statement of Work SOW-24-17 dated …", "…, reference number SOW-24-17".
        let number = NUMBER_NEXT.captures(after).or_else(|| NUMBER_AFTER.captures(after)).and_then(|c| c.get(1));
        let number = number.filter(|n| Some(n.as_str()) != reference);
        let date = dated.map(|(date, _)| date);
        let score = i32::from(own.contains(&lower)) * 2
            + i32::from(date.is_some()) * 3
            + i32::from(number.is_some()) * 2
            + i32::from(name.split(' ').count() > 1);
        let ends = [dated.map(|(_, end)| end), number.map(|n| n.end())];
        let end = named.end() + ends.into_iter().flatten().max().unwrap_or(0);
        if best.as_ref().is_none_or(|b| score > b.0) {
            let value = Amends { reference: number.map(|n| n.as_str().to_owned()), title: Some(name.clone()), date };
            best = Some((score, value, Span::new(whole.start(), end), name));
        }
    }
    let parent = PARENT_REFERENCE.captures(head).and_then(|c| Some((c.get(0)?, c.get(1)?)));
    let parent = parent.filter(|(_, n)| Some(n.as_str()) != reference);
    // Statements of work and orders need not say under what they are issued; without a date or number it is a guess.
    let (score, mut value, span, raw) = match (best, parent) {
        (Some(b), _) => b,
        (None, Some((whole, n))) => {
            (3, Amends::default(), Span::new(whole.start(), whole.end()), n.as_str().to_owned())
        }
        (None, None) => return None,
    };
    if !matches!(kind, "amendment" | "addendum") && score < 3 && parent.is_none() {
        return None;
    }
    let mut cited = text.cite(span);
    if let Some((whole, n)) = parent
        && value.reference.is_none()
    {
        value.reference = Some(n.as_str().to_owned());
        if score == 0 {
            cited = text.cite(Span::new(whole.start(), whole.end()));
        }
    }
    let confidence = if score >= 3 { 0.85 } else { 0.6 };
    let fact = Fact::found(
        "amends",
        crate::record::Cited::new(value, cited),
        &raw,
        Origin::rule("amends.parent"),
        Confidence::new(confidence),
    );
    Some(match parent {
        Some((whole, _)) => fact.with_evidence(text.cite(Span::new(whole.start(), whole.end()))),
        None => fact,
    })
}

/// The date that follows a word such as "dated" in `after`: its value and where it ends.
///
/// Where the order of day and month is open, it stays unknown.
fn dated(after: &str, style: DateStyle) -> Option<(Date, usize)> {
    let word = DATED.find(after)?;
    let found = dates(&after[word.end()..], style).into_iter().next().filter(|d| d.range.start == 0)?;
    let date = found.value.reading.known().filter(|_| found.value.other.is_none())?;
    Some((date, word.end() + found.range.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    fn read(plain: &str, title: &str) -> Option<Amends> {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        amends(&text, Some("amendment"), Some(title), Some("AM-7/20")).and_then(|f| f.value().cloned())
    }

    #[test]
    fn names_its_parent() {
        let a = read(
            "FIRST AMENDMENT TO SUPPLY AGREEMENT\nThis First Amendment is made by Acme and Harbor.\nWHEREAS, the parties entered into \
             that certain Supply Agreement dated as of May 3, 2018, bearing Contract Reference Number SUP-18;",
            "FIRST AMENDMENT TO SUPPLY AGREEMENT",
        )
        .unwrap();
        assert_eq!(a.title.as_deref(), Some("Supply Agreement"));
        assert_eq!(a.reference.as_deref(), Some("SUP-18"));
        assert_eq!(a.date, Some(jiff::civil::date(2018, 5, 3)));
    }

    #[test]
    fn parents_of_other_kinds_and_numbers_of_their_own() {
        let title = "ADDENDUM TO STATEMENT OF WORK";
        let a = read(
            "ADDENDUM TO STATEMENT OF WORK\nReference Number: AM-7/20\nThis Addendum, number AM-7/20, is entered into in \
             supplementation of the Statement of Work referenced as SOW-5/19 dated 4 March 2019.",
            title,
        )
        .unwrap();
        assert_eq!((a.reference.as_deref(), a.date), (Some("SOW-5/19"), Some(jiff::civil::date(2019, 3, 4))));
        let a = read("This Addendum amends that certain Statement of Work SOW-5/19 dated 4 March 2019.", "").unwrap();
        assert_eq!(a.reference.as_deref(), Some("SOW-5/19"));
        let a = read("Parent Contract Reference: LSE-5/19\nReference Number: AM-7/20", "AMENDMENT TO LEASE").unwrap();
        assert_eq!(a.reference.as_deref(), Some("LSE-5/19"));
        let a = read("AMENDMENT TO LEASE\nbetween the parties to the Lease, reference number AM-7/20", "");
        assert_eq!(a.and_then(|a| a.reference), None);
    }

    #[test]
    fn dates() {
        let read = |after: &str| dated(after, DateStyle::of(after, DateOrder::Unknown)).map(|(date, _)| date);
        assert_eq!(read(" dated the 3rd day of June, 2010"), Some(jiff::civil::date(2010, 6, 3)));
        assert_eq!(read(" dated 2010-06-03"), Some(jiff::civil::date(2010, 6, 3)));
        assert_eq!(read(" dated as of 6/13/2010"), Some(jiff::civil::date(2010, 6, 13)));
        assert_eq!(read(" dated 5/6/2010"), None);
    }

    #[test]
    fn only_what_changes_another() {
        let text =
            DocumentText::from_plain(DocumentId::of(b"x"), "under the Master Services Agreement dated May 3, 2018");
        assert!(amends(&text, Some("lease"), None, None).is_none());
    }
}
