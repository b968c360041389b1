//! Which pages are a certificate: a title that stands alone, and words that only a log of events has.

use std::sync::LazyLock;

use super::super::pattern::{Pattern, pattern};
use crate::text::DocumentText;

// "Certificate Of Completion", "Final Audit Report 2024-03-20", "Document History"; the name of the platform before it.
static TITLE: LazyLock<Pattern> = LazyLock::new(|| {
    let platform = r"(?:powered\s+by\s+)?(?:docusign|adobe(?:\s+acrobat)?(?:\s+sign)?|hellosign|dropbox\s+sign|pandadoc|signnow)\W*";
    let history = r#"(?:document|signature|"[^"]{1,150}")\s+history"#;
    Pattern::exact(&format!(r"(?i)^\W*(?:{platform})?(?:{{certificates}}|{history})\W*(?:\d{{4}}-\d\d-\d\d\W*)?$"))
});
// "10:11:12 AM", "17:05:40 UTC", "4:15 PM GMT": contracts name hours, and no moments.
pattern!(CLOCK, exact, r"(?i)\b\d{1,2}:\d\d:\d\d\b|\b\d{1,2}:\d\d\s*(?:[ap]\.?m\.?\s+)?(?:UTC|GMT)\b");
// Words of contracts.
pattern!(TERMS, exact, r"(?i)\b(?:shall|hereby|hereof|herein|hereto|thereof)\b");
// The consent to electronic records, which follows the certificate.
pattern!(DISCLOSURE, exact, r"(?i)\belectronic\s+record\s+and\s+signature\s+disclosure\b");
pattern!(
    CONSENT,
    [
        "withdraw/withdrawing your consent, paper copy/copies, notices and disclosures, hardware and software, docusign system",
        "receive (such) notices/documents/communications ..80 electronically",
    ]
);

pattern!(NUMBERED, exact, r"(?i)\benvelope\s*id\s*:|\b(?:transaction|document)\s+id\b|\breference\s+number\b");
pattern!(SIGNERS, exact, r"(?i)\bsigner\s+events\b|\bsigner\b[\s|]+timestamp\b|\bsigned\s+the\s+document\b");
pattern!(
    TRACKING,
    exact,
    r"(?i)\brecord\s+tracking\b|\bcertificate\s+pages\s*:|\benvelope\s+originator\b|\bautonav\s*:"
);
pattern!(
    COPIED,
    exact,
    r"(?i)\b(?:carbon\s+copy|certified\s+delivery|(?:editor|agent|intermediary)\s+delivery|in\s+person\s+signer|envelope\s+summary|notary|witness|payment)\s+events\b"
);
pattern!(
    EVENT,
    exact,
    r"(?i)\b(?:document|e-?mail|agreement)\s+(?:(?:e-?mailed|sent)\s+to|viewed\s+by|created\s+by|opened\s+by|e-?signed\s+by)\b|\b(?:e-?signed|viewed|declined|signed)\s+by\s+[^()\n]{2,80}\([^()\s]+@"
);
pattern!(SENT, exact, r"(?i)\b(?:sent|out|waiting|awaiting)\s+for\s+signatures?\b|\bcompleted\s+by\s+all\s+parties\b");
pattern!(DONE, exact, r"(?i)\bagreement\s+completed\b|\bdocument\s+has\s+been\s+completed\b|\benvelope\s+sent\b");
pattern!(ADDRESS, exact, r"(?i)\bIP(?:\s+address)?\s*:\s*\d|\bIP\s+address\b");
pattern!(DATED, exact, r"(?i)\b(?:sent|resent|viewed|signed|delivered|completed|accepted|declined)\s*:\s*\d");
pattern!(STAMPED, exact, r"(?i)\btime\s+source\s*:|\bsignature\s+date\s*:|\bserver\s+time\b|\btime\s+zone\s*:");
pattern!(
    SECURED,
    exact,
    r"(?i)\bsecurity\s+level\s*:|\bsignature\s+adoption\s*:|\bemail\s+verified\b|\bsignature\s+id\b"
);
pattern!(
    STATUS,
    exact,
    r"(?i)\bstatus\s*:?\W{0,4}(?:completed|signed|sent|delivered|declined|voided|original|out\s+for|pending)"
);
pattern!(MAIL, exact, r"[\w.+-]+@[\w-]+\.[\w.]+");

/// The pages of the certificate, in order.
pub(super) fn of_certificate(text: &DocumentText) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    let blocks = text.blocks();
    let mut at = 0;
    while let Some(first) = blocks.get(at) {
        let page = first.page;
        let end = blocks[at..].iter().position(|b| b.page != page).map_or(blocks.len(), |n| at + n);
        let lines: Vec<&str> = blocks[at..end].iter().map(|b| text.slice(b.span)).collect();
        if is_certificate(&lines) || out.last().is_some_and(|last| last + 1 == page) && goes_on(&lines) {
            out.push(page);
        }
        at = end;
    }
    out
}

fn is_certificate(lines: &[&str]) -> bool {
    let titled = lines.iter().flat_map(|l| l.split('\t')).take(20).any(|c| c.len() < 180 && TITLE.is_match(c.trim()));
    // Without a title, all the more must speak for it.
    let page = lines.join("\n");
    marks(&page) >= if titled { 3 } else { 6 } && CLOCK.is_match(&page) && TERMS.find_iter(&page).count() < 3
}

/// Whether a page that follows a certificate belongs to it.
fn goes_on(lines: &[&str]) -> bool {
    let page = lines.join("\n");
    let consent = CONSENT.find_iter(&page).count();
    DISCLOSURE.is_match(&page) && consent > 0
        || consent > 1
        || marks(&page) > 1 && CLOCK.is_match(&page) && TERMS.find_iter(&page).count() < 3
}

/// How many kinds of words of a log there are.
fn marks(page: &str) -> usize {
    let kinds = [
        &NUMBERED, &SIGNERS, &TRACKING, &COPIED, &EVENT, &SENT, &DONE, &ADDRESS, &DATED, &STAMPED, &SECURED, &STATUS,
        &MAIL,
    ];
    kinds.iter().filter(|p| p.is_match(page)).count()
}
