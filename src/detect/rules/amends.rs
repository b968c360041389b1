//! The agreement that an amendment, an addendum, a statement of work or an order belongs to.
//!
//! Forms: "Amendment No. 2 to the Supply Agreement dated 1 May 2019"; "that certain Lease dated as of …, bearing
//! reference number X"; "Parent Contract Reference Number: X"; "issued under the Master Services Agreement".

mod acted;
pub(super) mod replaced;

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::pattern::{Pattern, ceil, contains_fold, floor, pattern};
use crate::lexicon::{DateOrder, DateStyle, among, dates};
use crate::record::value::Amends;
use crate::record::value::change::Change;
use crate::record::{Cited, Confidence, Fact, Facts, Origin, Part as _, Span};
use crate::text::DocumentText;

// Words that lead to the name of the other agreement.
pattern!(
    OF,
    exact,
    r"(?i)\b(?:th(?:at|ose)\s+certain|(?:to|under|executed)\s+(?:the|that|their)|executed|(?:part\s+of|connection\s+with|governed\s+by|incorporated\s+into)\s+the)\s+(?:certain\s+)?"
);
pattern!(
    CHANGES,
    exact,
    r"(?i)\b(?:(?:parties\s+to|entered\s+into|signed|executed|concluded)(?:\s+(?:the|an?|that|their))?|(?:amend(?:ment|ing)|addendum|modification|variation|change\s+order|rider)(?:\s+(?:no\.?|number|#)?\s*\d+)?\s+(?:to|of)|supplement(?:s|ation\s+of)?\s+the)\s+(?:certain\s+)?"
);
// "To renew under Section 3.2 of the Lease", "this letter relates to the lease".
pattern!(
    WITHIN,
    exact,
    r"(?i)\b(?:(?:{parts})\s+[\w.()]+\s+(?:of|in)|relates?\s+to|relating\s+to|in\s+respect\s+of)\s+(?:the|that|our|your|an?)\s+(?:certain\s+)?"
);
pattern!(
    VARIES,
    exact,
    r"(?i)\b(?:{changes_it}|(?:terminate|end)s?|(?:bring|put)s?\s+to\s+an\s+end|supplement(?:al|ary)\s+to)(?:\s+and\s+\w+)?\s+(?:(?:the|that|their|our|an?)\s+)?(?:certain\s+)?"
);
// A letter refers to what it changes, or says that it does.
static REFERS: LazyLock<Pattern> = LazyLock::new(|| {
    let refers = r"(?:we\s+refer|with\s+reference|further|reference\s+is\s+(?:hereby\s+)?made)\s+to";
    let letter = r"this\s+(?:side\s+)?(?:letter|note|notice|document|e-?mail)\s+(?:hereby\s+)?{changes_it}";
    Pattern::exact(&format!(r"(?i)\b(?:{refers}|{letter})\s+(?:the|that|our|your)\s+(?:certain\s+)?"))
});
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
// What an agreement is about, or its number, before its date.
pattern!(
    NAMED_BY,
    exact,
    r"^,?\s(?:for|of|on|relating|no\.|number|ref|signed|made|entered|concluded|executed|between)\b"
);
// "AMENDMENT TO THE LEASE ("Amendment") is made as of D".
pattern!(
    MADE_NOW,
    exact,
    r#"^\s*\(["“]?(?:the\s+)?["“]?[\w ]{0,20}(?i:amendment|addendum|deed|letter|supplement)["”]?\)"#
);
pattern!(NUMBER_NEXT, exact, r"^\s*,?\s*\(?([A-Z]{2,}[A-Z0-9]*[-–/][\w/–-]*\d[\w/-]*)");
pattern!(
    DATED,
    exact,
    r"(?i)\b(?:dated|effective|made|entered\s+into|executed|concluded|signed|dated\s+and\s+effective)\b(?:\s+for\s+(?:\w+\s+of\s+)?reference(?:\s+(?:purposes|only))*|\s+(?:at|in)\s+[\w-]+|\s+(?:by|between)\s[^;\n]{0,110}?\s(?:on|and\s+dated)\b)?[\s,:]*(?:and\s+(?:entered\s+into|effective)\s+)?(?:as\s+of\s+|on\s+|the\s+)*(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:and|&)\s+)?"
);

/// Finds the agreement that a document of `kind` changes or belongs to.
/// `title` and `reference` are the document's own.
pub(super) fn amends(
    text: &DocumentText,
    kind: Option<&str>,
    title: Option<&str>,
    reference: Option<&str>,
) -> Option<Fact<Amends>> {
    let is_contract = kind.is_some_and(|kind| !super::title::changes_another(kind) && kind != "settlement");
    let kind = kind.filter(|k| super::title::changes_another(k));
    let all = text.as_str();
    let head = all.part(..floor(all, 9000));
    let style = DateStyle::of(head, DateOrder::Unknown);
    let own = title.unwrap_or_default().to_lowercase();
    let mut best: Option<(i32, Amends, Span, String)> = None;
    // The subject of a letter is of the other agreement, and so is the number in it.
    let speaks = kind.is_some() || acted::is_letter(head);
    let subjects = if speaks { acted::subjects(head, style, title) } else { Vec::new() };
    let acted = acted::acted(head, style, is_contract);
    let leads = named(head, style, kind.is_none()).into_iter().take(MOST);
    let all = subjects.iter().cloned().chain(leads).chain(acted.iter().cloned());
    for (start, named) in all {
        let name = head.part(named.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = name.to_lowercase();
        let line_end = head.part(named.end..).find('\n').map_or(head.len(), |i| named.end + i);
        let after = head.part(named.end..floor(head, line_end.min(named.end + 260)));
        // "Second Amendment to Office Lease (this “Amendment”) is entered into as of D": its own date.
        let bracket = after.trim_start().trim_start_matches(['(', '"', '“']);
        let own_name = bracket.starts_with("this ") || MADE_NOW.is_match(after);
        // "This Amendment to Services Agreement, dated as of D (this "Amendment")".
        let itself = |end: usize| after.part(end..).trim_start_matches([',', ' ']).starts_with("(this ");
        let dated = dated(after.part(..floor(after, NEAR)), style).filter(|&(_, end)| !own_name && !itself(end));
        // "this Agreement" and bare defined words name nothing; "the lease dated …" does.
        let in_subject = subjects.iter().any(|(_, subject)| *subject == named);
        // What is done to "the Services Agreement dated D" is not done to the one at hand, which has the same name.
        let other_one = dated.is_some() && (in_subject || acted.iter().any(|(_, range)| *range == named));
        let bare = name.split(' ').count() < 2 && !matches!(name.as_str(), "Lease" | "MSA");
        // "Modification No. 1 to Contract No. MH-5520".
        let numbered = kind.is_some() && NUMBER_AFTER.find(after).is_some_and(|m| m.start() <= 2);
        // "The Agreement effective D" can be this one.
        let plain = lower == "agreement";
        let other = !plain || !["effective", "hereby"].iter().any(|w| contains_fold(super::reader::head(after, 40), w));
        if bare && (dated.is_none() && !numbered || !other)
            || kind.is_none() && dated.is_none()
            || lower.starts_with("parent")
            || lower.starts_with("amendment")
            || lower.starts_with("addendum")
            || lower == own && !other_one
        {
            continue;
        }
        // "the Statement of Work SOW-24-17 dated …", "…, reference number SOW-24-17".
        let number = NUMBER_NEXT.captures(after).or_else(|| NUMBER_AFTER.captures(after)).and_then(|c| c.get(1));
        let number = number.filter(|n| in_subject || Some(n.as_str()) != reference);
        let date = dated.map(|(date, _)| date);
        let score = i32::from(own.contains(&lower) || in_subject) * 2
            + i32::from(date.is_some()) * 3
            + i32::from(number.is_some()) * 2
            + i32::from(name.split(' ').count() > 1);
        let ends = [dated.map(|(_, end)| end), number.map(|n| n.end())];
        let end = named.end + ends.into_iter().flatten().max().unwrap_or(0);
        if best.as_ref().is_none_or(|b| score > b.0) {
            let title = Some(name.clone()).filter(|_| !plain);
            let value = Amends { reference: number.map(|n| n.as_str().to_owned()), title, date };
            best = Some((score, value, Span::new(start, end), name));
        }
    }
    let parent = PARENT_REFERENCE.captures(head).and_then(|c| Some((c.get(0)?, c.get(1)?)));
    let parent = parent.filter(|(_, n)| kind.is_some() && Some(n.as_str()) != reference);
    // Statements of work and orders need not say under what they are issued; without a date or number it is a guess.
    let (score, mut value, span, raw) = match (best, parent) {
        (Some(b), _) => b,
        (None, Some((whole, n))) => {
            (3, Amends::default(), Span::new(whole.start(), whole.end()), n.as_str().to_owned())
        }
        (None, None) => return None,
    };
    if !matches!(kind, Some("amendment" | "addendum")) && score < 3 && parent.is_none() {
        return None;
    }
    let mut cited = text.cite(span);
    let mut more = None;
    if let Some((whole, n)) = parent
        && value.reference.is_none()
    {
        value.reference = Some(n.as_str().to_owned());
        if score == 0 {
            cited = text.cite(Span::new(whole.start(), whole.end()));
        }
    }
    if value.date.is_none()
        && let Some((date, place)) = value.title.as_deref().and_then(|title| fixed(head, title, style))
    {
        value.date = Some(date);
        more = Some(text.cite(place));
    }
    let confidence = if score >= 3 { 0.85 } else { 0.6 };
    let of_subject = kind.is_none() && subjects.iter().any(|(start, _)| *start == span.start());
    let rule = if of_subject { "amends.subject" } else { "amends.parent" };
    let fact = Fact::found("amends", Cited::new(value, cited), &raw, Origin::rule(rule), Confidence::new(confidence));
    let cited = parent.map(|(whole, _)| text.cite(Span::new(whole.start(), whole.end())));
    Some(more.into_iter().chain(cited).fold(fact, Fact::with_evidence))
}

/// The kind of a letter on the agreement that its subject names: an amendment, where it does something to it. The kind of the
/// agreement was taken from the subject too.
pub(super) fn of_letter(facts: &Facts) -> Option<Fact<String>> {
    let amends = facts.amends.as_ref().filter(|fact| fact.origin().id == "amends.subject")?;
    let acts = facts.changes.iter().filter_map(Fact::value).any(Change::is_of_whole);
    let cited = Cited::new("amendment".to_owned(), amends.evidence()[0].clone());
    acts.then(|| Fact::found("type", cited, amends.raw(), Origin::rule("type.letter"), amends.confidence()))
}

/// How far behind the name of an agreement its date may stand.
const NEAR: usize = 160;
/// How many places are looked at.
const MOST: usize = 24;
/// Kinds of document, as the last word of their name.
const NOUNS: &str = "agreement contract lease license licence indenture deed msa dpa sla sow tenancy";
/// Two words that name a kind together, or three: "Statement of Work".
const PAIRS: &str = "work-order purchase-order service-order order-form of-work";
/// Words that lead to a name and are none of it.
const LEADING: &str = "under that certain the this which was is a an";
/// Words inside a name that have no capital.
const JOINING: &str = "and of for the to";
/// Longest name in words.
const LONGEST: usize = 13;

/// The names of agreements behind words that lead to one, each with the place of those words: in capitals or title case,
/// or, with its date, in any.
fn named(head: &str, style: DateStyle, letter: bool) -> Vec<(usize, Range<usize>)> {
    let all = [&*REFERS, &*OF, &*CHANGES, &*VARIES, &*WITHIN];
    let leads = all.into_iter().take(if letter { 1 } else { all.len() });
    let mut leads: Vec<_> = leads.flat_map(|p| p.find_iter(head).map(|m| (m.start(), m.end()))).collect();
    leads.sort_unstable();
    leads.dedup_by_key(|lead| lead.1);
    let name = |&(start, at): &(usize, usize)| {
        let title = name(head.part(at..), true);
        let plain = || {
            let len = name(head.part(at..), false)?;
            // "The contract for grounds maintenance dated 22 March 2023", "the lease of 40 Mill Street signed by A and B on D".
            let near = if NAMED_BY.is_match(head.part(at + len..)) { NEAR } else { 40 };
            dated(head.part(at + len..floor(head, (at + len + near).min(head.len()))), style).map(|_| len)
        };
        title.or_else(plain).map(|len| (start, at..at + len))
    };
    leads.iter().filter_map(name).collect()
}

/// Length of the name of an agreement with which `words` begin.
fn name(words: &str, capital: bool) -> Option<usize> {
    let mut at = 0;
    let mut last = "";
    let mut found = None;
    for word in words.split_inclusive(char::is_whitespace).take(LONGEST) {
        let bare = word.trim().trim_end_matches([',', '.', ';', ':', ')', '"', '”', '’']);
        let upper = bare.starts_with(|c: char| c.is_uppercase() || c == '&');
        let noun = among(NOUNS, bare) || among(PAIRS, &format!("{last}-{bare}"));
        let noun = noun && (upper || !capital);
        // "Lease Agreement" is one name.
        if found.is_some() && !(noun && bare.eq_ignore_ascii_case("agreement")) {
            return found;
        }
        if noun {
            found = Some(at + bare.len());
        }
        let fits = upper
            || JOINING.split(' ').any(|j| j == bare)
            || !capital && !among(LEADING, bare) && bare.chars().all(char::is_alphanumeric);
        if bare.is_empty() || !noun && !fits {
            return found;
        }
        // A mark ends the name.
        if noun && bare.len() < word.trim().len() || !capital && bare.len() < word.trim().len() {
            return found;
        }
        at += word.len();
        last = bare;
    }
    found
}

/// The date of an agreement that is named again in other places: "Tenancy agreement dated: D" in a list of its own, or "on D
/// (the Original Agreement)". With the words that say so.
fn fixed(head: &str, title: &str, style: DateStyle) -> Option<(Date, Span)> {
    // Places in folded text are those of the text only where no letter changes its length.
    let folded = head.to_ascii_lowercase();
    folded.match_indices(&title.to_ascii_lowercase()).take(MOST).find_map(|(at, name)| {
        let end = at + name.len();
        let after = head.part(end..floor(head, (end + 40).min(head.len())));
        if let Some((date, len)) =
            dated(after, style).filter(|_| DATED.find(after).is_some_and(|word| word.start() < 4))
        {
            return Some((date, Span::new(at, end + len)));
        }
        let from = ceil(head, at.saturating_sub(80));
        let before = head.part(from..at);
        let inside = before.trim_end_matches(['"', '“', '\'', '‘']);
        let named = ["(the ", "(“the ", "(\"the ", "("].iter().find_map(|mark| inside.strip_suffix(mark))?;
        let found = dates(named, style).pop().filter(|d| named.trim_end().len() <= d.range.end)?;
        let date = found.value.reading.known().filter(|_| found.value.other.is_none())?;
        Some((date, Span::new(from + found.range.start, end)))
    })
}

/// The date that follows a word such as "dated" in `after`: its value and where it ends.
///
/// Where the order of day and month is open, it stays unknown.
fn dated(after: &str, style: DateStyle) -> Option<(Date, usize)> {
    pattern!(OF_DATE, r"^\s*(?:of|on)\s+(?:the\s+)?|^(?:\s*\([^)]{2,30}\))?,\s*");
    let at = |from: usize| {
        let found = dates(after.part(from..), style).into_iter().next().filter(|d| d.range.start == 0)?;
        let date = found.value.reading.known().filter(|_| found.value.other.is_none())?;
        Some((date, from + found.range.end))
    };
    // "The contract of 8 July 2024".
    OF_DATE.find(after).and_then(|word| at(word.end())).or_else(|| at(DATED.find(after)?.end()))
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
    fn names_of_any_case() {
        let may = Some(jiff::civil::date(2024, 5, 3));
        for (words, name) in [
            ("It varies the catering agreement dated 3 May 2024 between them.", "catering agreement"),
            ("This deed amends the lease dated 3 May 2024.", "lease"),
            ("Landlord and Tenant signed a lease on 3 May 2024.", "lease"),
            (
                "The parties entered into a Logistics Services Agreement dated 3 May 2024.",
                "Logistics Services Agreement",
            ),
            ("The parties to the framework contract dated 3 May 2024 agree:", "framework contract"),
            ("This document terminates the Licence Agreement made on 3 May 2024.", "Licence Agreement"),
            ("This amendment modifies that certain Statement of Work dated May 3, 2024.", "Statement of Work"),
            ("They extend the tenancy agreement dated 3 May 2024.", "tenancy agreement"),
            (
                "They change the supply contract concluded between them on 3 May 2024 and titled \"S\".",
                "supply contract",
            ),
            (
                "Ash and Burn are parties to Fleet Services Agreement number FM-93 dated 3 May 2024.",
                "Fleet Services Agreement",
            ),
            ("They have executed a Warehousing Agreement on 3 May 2024.", "Warehousing Agreement"),
            (
                "The Parties concluded a Security Services Agreement signed on 2 and 3 May 2024.",
                "Security Services Agreement",
            ),
            ("Ash exercises its option under Section 3.2 of the Lease dated 3 May 2024.", "Lease"),
            (
                "This letter relates to the lease of 40 Mill Street signed by Mill LLC and Rye Inc. on 3 May 2024.",
                "lease",
            ),
            ("It amends Contract No. 2023-114 between the parties, dated 3 May 2024.", "Contract"),
            ("This is Amendment No. 2 to Master Services Agreement, dated May 3, 2024.", "Master Services Agreement"),
            ("They vary their services agreement made on 3 May 2024.", "services agreement"),
            (
                "executed under that certain Supply and Licensing Agreement dated May 3, 2024.",
                "Supply and Licensing Agreement",
            ),
        ] {
            let got = read(&format!("DEED OF VARIATION\n{words}\n"), "DEED OF VARIATION").unwrap_or_default();
            assert_eq!((got.title.as_deref(), got.date), (Some(name), may), "{words}");
        }
    }

    #[test]
    fn a_number_alone() {
        for words in [
            "MODIFICATION NO. 1 TO CONTRACT NO. TK-88-2",
            "Change Order No. 3 to Agreement No. TK-88-2",
            "VARIATION OF CONTRACT NO. TK-88-2",
        ] {
            let got = read(words, words).unwrap_or_default();
            assert_eq!((got.reference.as_deref(), got.date), (Some("TK-88-2"), None), "{words}");
        }
    }

    #[test]
    fn a_date_that_stands_elsewhere() {
        let may = Some(jiff::civil::date(2024, 5, 3));
        for words in [
            "ADDENDUM TO TENANCY AGREEMENT\nAddendum date: 20 April 2026\nTenancy agreement dated: 3 May 2024",
            "DEED OF AMENDMENT\nThe parties made a Courier Services Agreement on 3 May 2024 (the Original Agreement).\nItem 4 in the \
             Schedule to the Original Agreement is replaced.",
            "VARIATION OF LEASE\nThis deed varies the Lease Agreement.\nThe Lease Agreement was made on 3 May 2024.",
        ] {
            let title = words.lines().next().unwrap_or_default();
            let got = read(words, title).unwrap_or_default();
            let plain = title == "VARIATION OF LEASE";
            assert_eq!(got.date, if plain { None } else { may }, "{words}");
        }
    }

    #[test]
    fn its_own_date() {
        let got = read(
            "AMENDMENT TO MAINTENANCE AGREEMENT (\"Amendment\") is made and entered into as of May 3, 2024 by Acme and Harbor.",
            "AMENDMENT TO MAINTENANCE AGREEMENT",
        );
        assert_eq!(got.and_then(|a| a.date), None);
        let got = read(
            "This SECOND AMENDMENT TO SERVICES AGREEMENT, dated and effective as of March 1, 2016, (this \"Second Amendment\"), is made.",
            "SECOND AMENDMENT TO SERVICES AGREEMENT",
        );
        assert_eq!(got.and_then(|a| a.date), None);
    }

    #[test]
    fn agreements_without_a_name() {
        let may = Some(jiff::civil::date(2024, 5, 3));
        for words in [
            "Modification No. 3, dated March 16, 2026, to the Agreement dated May 3, 2024 between Acme and Harbor.",
            "We refer to the agreement between us dated 3 May 2024.",
            "Reference is made to the Agreement dated May 3, 2024 by and between the parties.",
            "Further to our agreement of services dated 3 May 2024 we confirm the following.",
            "This change order amends the Snow Removal Contract dated May 3, 2024.",
            "to the agreement concluded on 3 May 2024 between Acme and Harbor",
            "It is supplemental to the Treatment Agreement dated 3 May 2024.",
            "It is supplemental to an agreement for cleaning services, reference OH-118, dated 3 May 2024.",
        ] {
            let got = read(words, "MODIFICATION").unwrap_or_default();
            assert_eq!(got.date, may, "{words}");
        }
        let letter = |words: &str| {
            let text = DocumentText::from_plain(DocumentId::of(b"x"), words);
            amends(&text, None, None, None).and_then(|f| f.value().and_then(|a| a.date))
        };
        assert_eq!(letter("Dear Ann,\nWe refer to the agreement between us dated 3 May 2024."), may);
        assert_eq!(letter("Dear Ann,\nThis letter changes the cleaning contract dated 3 May 2024 between us."), may);
        assert_eq!(letter("Dear Ann,\nThis note extends our lease of the hall dated 3 May 2024."), may);
        assert_eq!(letter("This Agreement is made under the Services Agreement dated 3 May 2024."), None);
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
