//! Title, kind and reference number of the document.
//!
//! A title is a short block near the top in capitals or title case that names a kind of document ("… Agreement").
//! Exhibit numbers that filings print above it, file headers and marks such as "Execution version" are not part of it.
//! Without one, the preamble's own words serve: "This Supply Agreement (this "Agreement") …".

mod kind;

use std::sync::LazyLock;

use super::pattern::{Match, Pattern, floor, pattern};
use crate::lexicon::among;
use crate::record::{Confidence, Fact, Origin, Part as _, Span};
use crate::text::{Block, BlockKind, DocumentText};
pub(crate) use kind::changes_another;
use kind::kind_of;
pub(super) use kind::{begins_another, ends_another, extends_another, moves_another};

pattern!(NOUN, exact, r"(?i){documents_titled}");
pattern!(FILING_HEADER, exact, r"(?i)^\s*EX-\S+\s+\d+\s+\S+\.(?:htm|txt)\S*\s*(?:EX(?:HIBIT)?[- ]?\S*\s*)?");
// What filings and drafts print above a title.
static LEAD_NOISE: LazyLock<Pattern> = LazyLock::new(|| {
    let number = r"(?:no\.?\s*)?[\dA-Z]{1,3}(?:[.(-][\w.()-]*)?(?:\s+|$|[:.–-])";
    let exhibit =
        format!(r"(?:exhibit|annex|appendix|attachment|schedule)\s+{number}|exhibit\s+\([a-z\d()]+\)|ex-\S+\s*");
    let version = r"\(?(?:final\s+)?(?:execution|conformed|compiled|signature)\s+(?:version|copy|form)\)?";
    let secret =
        r"(?:strictly\s+|private\s+(?:and|&)\s+)?confidential(?:ial)?(?:\s+treatment\s+request\w*)?(?:[\s.:]|$)";
    let redacted = r"certain\s+(?:confidential|identified|information)[^.]*?(?:\.\s+|$)";
    let day = r"dated(?:\s+as\s+of)?[:\s]+[\w ,]{6,24}?\d{4}\s*|\d{1,2}\s+{month_names}\s+\d{4}\s*|\d+\s*$";
    let mark =
        r"page\s+\d+(?:\s+of\s+\d+)?|final(?:\s+version|\s+form)?\b|draft\b|form\s+of\s+|copy\b|\[\s*(?:logo|\*+)\s*\]";
    let all = [r"[\s*_=–—.·•-]+", &exhibit, mark, version, secret, redacted, day].join("|");
    Pattern::exact(&format!("(?i)^(?:{all})"))
});
// What stands behind a title in its line.
static TAIL_NOISE: LazyLock<Pattern> = LazyLock::new(|| {
    let of = r"(?:annex|appendix|exhibit|schedule)\s+\w{1,3}\s+to\s+(?:the|that)";
    let number = r"reference:?\s+[A-Z]*[/-]?\d\w*|ref\.\s|source:|page\s+\d";
    let term = r"\(?\s*(?:the|this)\s+[“\x22]";
    Pattern::exact(&format!(r"(?i)[\s,:;–—-]*(?:\b(?:{{behind_title}}|{of}|{number}|{term}).*|[*_=.·•–—-]+\s*)$"))
});
// "This First Amendment to the Supply Agreement (".
static PREAMBLE: LazyLock<Pattern> = LazyLock::new(|| {
    let word = r"(?:[A-Z][\w’'&/®.-]*|&|No\.\s*\d+|#\s*\d+|and|of|for|to|the|on|in|or|with|not|by)";
    let more = format!(r"(?:,?\s+(?:{word}|\d+|compete|solicit)){{0,14}}?");
    let end = r"(?:,|\(|\b(?:is|dated|made|entered|effective|between|by|shall|sets?|governs?|describes)\b)";
    Pattern::exact(&format!(r"\b(?i:this)\s+({word}{more})\s*{end}"))
});
// "Contract Reference No.: WO-77".
static REFERENCE: LazyLock<Pattern> = LazyLock::new(|| {
    let number = r"(?:no\.?|number|nr\.?|code)";
    let label = format!(r"(?:reference|ref\.?|identification|id)(?:\s+{number})?|no\.?|number|nr\.?|num\.?|#");
    let value = r"[A-Z0-9][A-Z0-9/_.–-]*\d[A-Z0-9/_.–-]*|\d[A-Z0-9/_.-]*";
    let document = r"(?:{own_documents}|policy|our|your|project)\s+";
    Pattern::exact(&format!(r"(?i)\b(?:{document})?(?:{label})\s*[:.#]?\s*[:#]?\s*({value})"))
});
pattern!(OWN_NUMBER, exact, r"(?i){own_documents}|\b(?:reference|ref)\b");
pattern!(OTHER_NUMBER, exact, r"(?i){numbered_otherwise}[^.\n]{0,40}$");

pattern!(SUBJECT, exact, r"(?i)^\s*(?:re|subject|regarding)\s*:\s*");
// A number without "No.": "Contract MH-5520" on a line, or between dots and dashes, of its own.
pattern!(
    BARE_NUMBER,
    exact,
    r"(?m)(?:^|[·•|\t]|\s[–—]\s)[ ]*(?i:contract|agreement|document|reference|ref\.?)[ ]+([A-Z][A-Z0-9]*[/-][A-Z0-9/-]*\d[A-Z0-9/-]*)[ ]*(?:$|[·•|\t]|\s[–—]\s)"
);
// "Office Lease No. PT-310-24", "Hosting Agreement MH-5520", "Ref. SEC/NSW/77" in a running header.
pattern!(
    RUNNING_NUMBER,
    exact,
    r"\b(?i:agreement|contract|lease|addendum|licen[cs]e|order|document|reference|ref|number|no)\b[ :.#]{1,3}([A-Z]{1,8}[A-Z0-9]*[/-][A-Z0-9/-]*\d[A-Z0-9/-]*)"
);
// "This Reseller Agreement, No. RS-1 (this "Agreement")", and "No. RS-1" or "Member No. HB-2" alone below the title.
pattern!(
    THIS,
    exact,
    r"(?i)^this\s[\w &-]{0,80}(?:agreement|contract|lease|deed|licen[cs]e|addendum|amendment|order),?\s*$"
);
pattern!(ALONE, exact, r"(?i)^\s*(?:(?:member(?:ship)?|account|deal|file|case)\s+)?(?:no|nr|number)\b");
// Words before a number that make it another document's.
pattern!(
    OTHER_DOCUMENT,
    exact,
    r"(?i)\b(?:supplement(?:s|ing|al\s+to)|to\s+(?:the|that)|under|(?:terms|provisions|conditions)\s+of|between\s+the\s+parties|have\s+(?:concluded|entered)|parties\s+to)\b[^.\n]{0,120}$|\b(?:purchase|to)\s*$"
);

/// What is known of the document itself.
#[derive(Debug, Default)]
pub(super) struct Identity {
    /// Title as printed.
    pub(super) title: Option<Fact<String>>,
    /// Kind of contract.
    pub(super) kind: Option<Fact<String>>,
    /// Reference number.
    pub(super) reference: Option<Fact<String>>,
}

/// Reads title, kind and reference.
pub(super) fn identity(text: &DocumentText) -> Identity {
    let printed = printed_title(text).or_else(|| subject_line(text));
    let opening = opening_title(text);
    let (span, rule, confidence) = match (&printed, &opening) {
        (Some(p), Some(o)) if same(text.slice(*p), text.slice(*o)) => (*p, "title.printed", 0.95),
        // "AGREEMENT" alone says less than the preamble.
        (Some(p), Some(o))
            if text.slice(*p).split_whitespace().count() < 2 && text.slice(*o).split_whitespace().count() > 1 =>
        {
            (*o, "title.preamble", 0.8)
        }
        (Some(p), _) => (*p, "title.printed", 0.85),
        (None, Some(o)) => (*o, "title.preamble", 0.75),
        (None, None) => return Identity { reference: reference(text), ..Identity::default() },
    };
    let title = squeeze(text.slice(span));
    let kind = kind_of(&title).or_else(|| opening.and_then(|o| kind_of(&squeeze(text.slice(o)))));
    Identity {
        kind: kind.map(|k| {
            Fact::found(
                "type",
                text.cited(k.to_owned(), span),
                &title,
                Origin::rule("type.title"),
                Confidence::new(confidence),
            )
        }),
        title: Some(Fact::found(
            "title",
            text.cited(title.clone(), span),
            &title,
            Origin::rule(rule),
            Confidence::new(confidence),
        )),
        reference: reference(text),
    }
}

fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(a: &str, b: &str) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

/// The title among the first blocks.
fn printed_title(text: &DocumentText) -> Option<Span> {
    let blocks = text.blocks();
    let usual = blocks.iter().find(|b| b.span.len() > 300).map_or(0.0, |b| b.size);
    let mut header = None;
    let mut best: Option<(i32, Span)> = None;
    for (i, block) in blocks.iter().take(45).enumerate().filter(|(_, b)| b.page <= 3) {
        let (span, filed) = trimmed(text, block.span);
        let s = text.slice(span);
        if s.len() > 600 && i > 0 && best.is_some() {
            break;
        }
        if !titled(s) || block.kind == BlockKind::TableRow && s.contains('\t') {
            continue;
        }
        if filed {
            header.get_or_insert(span);
            continue;
        }
        let score = i32::from(block.bold)
            + i32::from(block.centered)
            + 2 * i32::from(block.size > usual + 0.9)
            + 2 * i32::from(is_caps(s))
            + 4;
        if best.is_none_or(|(b, _)| score > b + 2) {
            best = Some((score, joined(text, blocks, i, span)));
        }
    }
    best.map(|b| b.1).or(header)
}

/// The subject of a letter: "Re: Confidentiality agreement".
fn subject_line(text: &DocumentText) -> Option<Span> {
    text.blocks().iter().take(30).filter(|b| b.page <= 2 && b.span.len() < 220).find_map(|b| {
        let s = text.slice(b.span);
        let subject = s.part(SUBJECT.find(s)?.end()..);
        NOUN.is_match(subject).then(|| {
            let from = b.span.start() + s.len() - subject.trim_start().len();
            Span::new(from, from + subject.trim().len())
        })
    })
}

/// A block without exhibit numbers and other marks around its title, and whether a filing's file header stood before.
fn trimmed(text: &DocumentText, span: Span) -> (Span, bool) {
    let s = text.slice(span);
    let s = s.part(..floor(s, 1200));
    let mut from = FILING_HEADER.find(s).map_or(0, |m| m.end());
    let filed = from > 0;
    while let Some(m) = LEAD_NOISE.find(s.part(from..)) {
        if m.is_empty() {
            break;
        }
        from += m.end();
    }
    let mut to = s.len();
    while let Some(m) = TAIL_NOISE.find(s.part(from..to)) {
        // "Modification No. 1 to Contract No. MH-5520": the number names what is modified.
        let joined = s.part(from..from + m.start()).trim_end().rsplit(' ').next().unwrap_or("");
        // "Change Agreement No. 3": its noun is no part of the number.
        let joined = joined.to_ascii_lowercase();
        let bare = joined == "change" && NOUN.is_match(m.as_str());
        if m.is_empty() || bare || among("to of under", &joined) {
            break;
        }
        to = from + m.start();
    }
    let lead = s.part(from..to).len() - s.part(from..to).trim_start().len();
    (Span::new(from + lead, from + lead + s.part(from..to).trim().len()).shift(span.start()), filed)
}

/// Whether `s` reads like a title.
fn titled(s: &str) -> bool {
    const SENTENCES: &str =
        "this |the parties|whereas|in witness|these |now, |section |article |note|pursuant|portions|certain ";
    if s.len() < 5
        || s.len() > 170
        || !NOUN.is_match(s)
        || s.contains("...")
        || s.contains(". . .")
        || s.contains('“')
        || s.contains('"')
    {
        return false;
    }
    let words: Vec<&str> = s.split_whitespace().filter(|w| w.starts_with(char::is_alphabetic)).collect();
    let large = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    let small = words
        .iter()
        .filter(|w| w.starts_with(char::is_lowercase) && !among("of and the for to in on or by with a an not as", w))
        .count();
    let lower = s.to_lowercase();
    let begins_sentence = SENTENCES.split('|').any(|w| lower.starts_with(w));
    large > 0
        && small * 3 <= large
        && !begins_sentence
        && !(s.ends_with('.') && words.len() > 9)
        && !s.starts_with(|c: char| c.is_ascii_digit())
}

fn is_caps(s: &str) -> bool {
    s.chars().all(|c| !c.is_lowercase())
}

/// A title that goes on in the blocks beside it: "AMENDMENT NO. 1 / TO / SUPPLY AGREEMENT".
fn joined(text: &DocumentText, blocks: &[Block], at: usize, span: Span) -> Span {
    let mut out = span;
    let here = text.slice(span).to_lowercase();
    let partial = here == "agreement" || ["to ", "and ", "of "].iter().any(|w| here.starts_with(w));
    if partial && let Some(before) = at.checked_sub(1).and_then(|i| blocks.get(i)) {
        let (b, _) = trimmed(text, before.span);
        let s = text.slice(b);
        let fits = s.len() > 3
            && s.len() < 120
            && (is_caps(s) == is_caps(text.slice(span)))
            && before.centered == blocks[at].centered;
        if fits && !s.ends_with(['.', ';', ':']) && s.split_whitespace().count() > 1 {
            out = b.cover(out);
        }
    }
    // An amendment's title names what it amends; what a statement of work is issued under is a line of its own.
    let issued = kind_of(&here).is_some_and(|k| matches!(k, "sow" | "work_order"));
    for next in blocks.iter().skip(at + 1).take(4) {
        let (n, _) = trimmed(text, next.span);
        let s = text.slice(n);
        let lower = s.to_lowercase();
        // "Schedule 3 to the Services Agreement" below a title says where it belongs.
        let attached = n.start() > next.span.start();
        if (issued || attached) && lower.starts_with("to ") {
            break;
        }
        let ending = squeeze(text.slice(out)).to_lowercase();
        let open = ["to", "of", "and", "for", "to the", "&"]
            .iter()
            .any(|w| ending.ends_with(&format!(" {w}")) || ending == *w);
        let continues =
            lower == "to" || lower == "to the" || lower.starts_with("to ") && s.len() < 120 || lower == "and";
        if (open || continues) && s.len() < 140 && !s.is_empty() && next.page == blocks[at].page {
            out = out.cover(n);
        } else {
            break;
        }
    }
    let whole = squeeze(text.slice(out)).to_lowercase();
    if [" to", " of", " and", " the"].iter().any(|w| whole.ends_with(w)) { span } else { out }
}

/// The name that the preamble gives the document.
fn opening_title(text: &DocumentText) -> Option<Span> {
    let all = text.as_str();
    let head = all.part(..floor(all, 6000));
    PREAMBLE.captures_iter(head).take(12).filter_map(|c| c.get(1)).find_map(|m| {
        let s = m.as_str();
        let named = NOUN.is_match(s) && s.split_whitespace().count() > 1;
        named.then(|| Span::new(m.start(), m.end()))
    })
}

/// The document's own reference number.
fn reference(text: &DocumentText) -> Option<Fact<String>> {
    let all = text.as_str();
    let head = all.part(..floor(all, 5000));
    let labelled = REFERENCE.captures_iter(head).find_map(|m| own_number(head, m.get(0)?, m.get(1)?));
    let bare = || {
        let opening = head.part(..floor(head, 1500));
        BARE_NUMBER.captures(opening).and_then(|m| m.get(1)).map(|n| Span::new(n.start(), n.end()))
    };
    let span = labelled.or_else(bare).or_else(|| running_number(text))?;
    let value = text.slice(span);
    let number = value.part(value.rfind([' ', '\t', '\n', ':', '#']).map_or(0, |i| i + 1)..);
    Some(Fact::found(
        "reference",
        text.cited(number.to_owned(), span),
        number,
        Origin::rule("reference.label"),
        Confidence::new(0.85),
    ))
}

/// A number in a running header or footer, after a word that says what it is: law firms print file numbers there too.
fn running_number(text: &DocumentText) -> Option<Span> {
    text.margins().iter().find_map(|margin| {
        let found = RUNNING_NUMBER.captures(text.slice(margin.span))?.get(1)?;
        let digits = found.as_str().bytes().filter(u8::is_ascii_digit).count();
        (digits >= 2).then(|| Span::from(found.range()).shift(margin.span.start()))
    })
}

/// The label and number of a match of [`REFERENCE`], if it numbers this document and not another one.
fn own_number(head: &str, whole: Match<'_>, number: Match<'_>) -> Option<Span> {
    let line = head.part(..whole.start()).rfind('\n').map_or(0, |i| i + 1);
    let before = head.part(line..whole.start());
    let prefix = head.part(whole.start()..number.start());
    let digits = number.as_str();
    // Below the title, where nothing but the number stands on the line, it is the document's.
    let alone = whole.start() < 700
        && ALONE.is_match(head.part(line..number.start()))
        && matches!(head.part(number.end()..).chars().next(), None | Some('\n' | '\t'));
    let own = OWN_NUMBER.is_match(prefix)
        || before.len() < 4 && prefix.to_lowercase().contains("ref")
        || alone
        || THIS.is_match(before);
    let ordinal = digits.len() < 4 && digits.chars().all(|c| c.is_ascii_digit());
    let section = digits.contains('.') && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let other = !alone && OTHER_NUMBER.is_match(before) || OTHER_DOCUMENT.is_match(before);
    let length = digits.trim_end_matches(['.', '-', '–', '/']).len();
    (own && !section && !ordinal && !other).then(|| Span::new(whole.start(), number.start() + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    fn read(plain: &str) -> (Option<String>, Option<String>, Option<String>) {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let i = identity(&text);
        let value = |f: Option<Fact<String>>| f.and_then(|f| f.value().cloned());
        (value(i.title), value(i.kind), value(i.reference))
    }

    #[test]
    fn titles() {
        let cases = [
            (
                "Exhibit 10.4\nSUPPLY AGREEMENT\nThis Supply Agreement (this “Agreement”) is made",
                "SUPPLY AGREEMENT",
                "supply",
            ),
            (
                "AMENDMENT NO. 2\nTO\nSOFTWARE LICENSE AGREEMENT\nThis Amendment No. 2",
                "AMENDMENT NO. 2\nTO\nSOFTWARE LICENSE AGREEMENT",
                "amendment",
            ),
            (
                "EXHIBIT 99.1 EXECUTION VERSION HOSTING AND MAINTENANCE AGREEMENT by and between\nACME INC.",
                "HOSTING AND MAINTENANCE AGREEMENT",
                "hosting",
            ),
            (
                "Acme Inc.\nThis Mutual Non-Disclosure Agreement (the “Agreement”) is entered into by Acme Inc.",
                "Mutual Non-Disclosure Agreement",
                "nda",
            ),
            ("MASTER SERVICES AND LEASE AGREEMENT\ntext", "MASTER SERVICES AND LEASE AGREEMENT", "msa"),
            (
                "Service Level Agreement Schedule 3 to the Network Services Agreement\ntext",
                "Service Level Agreement",
                "sla",
            ),
            ("Service Level Agreement\nSchedule 3 to the Network Agreement\ntext", "Service Level Agreement", "sla"),
            (
                "FIRST AMENDMENT\nto the Lift Agreement, reference LM-104\ntext",
                "FIRST AMENDMENT to the Lift Agreement",
                "amendment",
            ),
            ("STATEMENT OF WORK NO. 7\nto Master Consulting Agreement MCA-33\ntext", "STATEMENT OF WORK NO. 7", "sow"),
            (
                "May 2, 2019\nRe: Confidentiality agreement – sale of Acme\nDear Sir:",
                "Confidentiality agreement – sale of Acme",
                "nda",
            ),
            (
                "HARBOR COUNTY\nMODIFICATION NO. 1 TO CONTRACT NO. RB-2031-4\nIssued",
                "MODIFICATION NO. 1 TO CONTRACT NO. RB-2031-4",
                "amendment",
            ),
            ("EX-10.1 2 dex101.htm CONFIDENTIALITY AGREEMENT\nDear Sir:", "CONFIDENTIALITY AGREEMENT", "nda"),
        ];
        for (plain, title, kind) in cases {
            let (t, k, _) = read(plain);
            assert_eq!(t.as_deref(), Some(squeeze(title).as_str()), "{plain}");
            assert_eq!(k.as_deref(), Some(kind), "{plain}");
        }
    }

    #[test]
    fn references() {
        assert_eq!(read("WORK ORDER\nContract Reference No.: WO-77-2024\n").2.as_deref(), Some("WO-77-2024"));
        assert_eq!(read("SUPPLY AGREEMENT\nAgreement Number 4500123\n").2.as_deref(), Some("4500123"));
        assert_eq!(read("HOSTING AGREEMENT\nContract HX-881\nThis").2.as_deref(), Some("HX-881"));
        assert_eq!(read("Service Levels\nSchedule 2 · Document SL-VA-3\nThis").2.as_deref(), Some("SL-VA-3"));
        assert_eq!(read("SUPPLY AGREEMENT\nNo. RV-2031/7\nbetween").2.as_deref(), Some("RV-2031/7"));
        assert_eq!(read("This Resale Agreement, No. RS-7719 (this “Agreement”)").2.as_deref(), Some("RS-7719"));
        assert_eq!(read("ADDENDUM\nsupplementing the Services Agreement No. LS-2022-8").2, None);
        assert_eq!(read("FIRST AMENDMENT\nto the Lift Agreement, reference LM-104").2, None);
        assert_eq!(read("AMENDMENT NO. 2 TO CONTRACT NO. RB-2031-4\n").2, None);
        assert_eq!(read("MODIFICATION 3\nAll other terms of Contract No. RB-2031-4 stay as they are.\n").2, None);
        assert_eq!(read("WORK ORDER\nPurchase order number: RM-882").2, None);
        assert_eq!(read("AMENDMENT No. 1\nParent Contract Reference Number: LSE-12\n").2, None);
    }
}
