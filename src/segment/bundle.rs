//! Several contracts in one file: an agreement of confidentiality bound before the supply agreement, order forms one after
//! the other, copies and counterparts.
//!
//! A new contract begins at the head of a page, with a title and words that open a contract, after the one before it has
//! been signed. What is headed as a schedule or an exhibit belongs to the contract before it.

use std::collections::HashSet;

use crate::lexicon::label::{field, named_role};
use crate::record::{Diagnostic, PageRange, Severity, Stage};
use crate::text::{Block, DocumentText};

/// Blocks at the head of a page among which a title is looked for.
const HEAD: usize = 4;
/// Blocks after the title among which the contract opens.
const OPENING: usize = 9;
/// Longest title in bytes.
const TITLE: usize = 110;

/// What a part of a file is to the contract before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A contract of its own.
    Contract,
    /// The same text once more.
    Copy,
    /// It changes or supplements the contract, or is made under it, and is read with it.
    Supplement,
}

/// A part of a file that has a title and an opening of its own.
#[derive(Debug)]
struct Part {
    title: String,
    /// Index of its first block.
    block: usize,
    pages: PageRange,
    kind: Kind,
}

/// The contracts of a file, and what to say of it.
#[derive(Debug)]
pub struct Bundle {
    /// The pages of each contract, with those of what changes it or is made under it, in order.
    pub contracts: Vec<PageRange>,
    /// Pages that say once more what others say.
    pub copies: Vec<u32>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

impl Bundle {
    /// The pages of other contracts than the one on `own`.
    #[must_use]
    pub fn others(&self, own: PageRange) -> Vec<u32> {
        let others = self.contracts.iter().filter(|range| **range != own);
        others.flat_map(|range| range.first..=range.last).collect()
    }
}

/// Looks for several contracts in one text.
#[must_use]
pub fn bundle(text: &DocumentText) -> Bundle {
    let parts = parts(text);
    let whole = PageRange { first: 1, last: u32::try_from(text.pages().len()).unwrap_or(u32::MAX) };
    let mut out = Bundle { contracts: vec![whole], copies: Vec::new(), diagnostics: Vec::new() };
    let Some((first, rest)) = parts.split_first().filter(|(_, rest)| !rest.is_empty()) else { return out };
    for part in rest {
        match (part.kind, out.contracts.last_mut()) {
            (Kind::Contract, Some(before)) => {
                before.last = part.pages.first.saturating_sub(1).max(before.first);
                out.contracts.push(PageRange { last: whole.last.max(part.pages.first), ..part.pages });
            }
            (Kind::Copy, _) => out.copies.extend(part.pages.first..=part.pages.last),
            _ => {}
        }
    }
    let named = |kind: Kind| -> Vec<String> {
        rest.iter().filter(|p| p.kind == kind).map(|p| format!("{} ({})", p.pages, p.title)).collect()
    };
    let mut remark =
        |code: &str, message| out.diagnostics.push(Diagnostic::new(code, Severity::Info, Stage::Segment, message));
    let (contracts, copies, supplements) = (named(Kind::Contract), named(Kind::Copy), named(Kind::Supplement));
    if !contracts.is_empty() {
        let (all, others) = (contracts.len() + 1, contracts.join(", "));
        let message = format!(
            "this file holds {all} contracts, each with its own record: {} ({}), {others}",
            first.pages, first.title
        );
        remark("segment.several_contracts", message);
    }
    if !copies.is_empty() {
        let message = format!("the contract stands in this file more than once: {} repeat it", copies.join(", "));
        remark("segment.copies", message);
    }
    if !supplements.is_empty() {
        let message = format!(
            "this file holds other documents beside the contract, which are read with it: {}",
            supplements.join(", ")
        );
        remark("segment.several_documents", message);
    }
    out
}

/// The parts of a file, in order.
fn parts(text: &DocumentText) -> Vec<Part> {
    let blocks = text.blocks();
    let mut out: Vec<Part> = Vec::new();
    let mut signed = false;
    let mut attached = false;
    for (i, block) in blocks.iter().enumerate() {
        let words = text.slice(block.span);
        let new_page = i == 0 || blocks[i - 1].page != block.page;
        if new_page {
            let title = title(text, &blocks[i..]);
            let first = out.is_empty();
            let begins = first || signed && !attached && !is_attachment(text.slice(blocks[i - 1].span));
            if let Some(title) = title.filter(|_| begins) {
                let kind = if first { Kind::Contract } else { kind(&title, &out[0].title) };
                let pages = PageRange { first: block.page, last: block.page };
                out.push(Part { title, block: i, pages, kind });
                signed = false;
            }
        }
        // An exhibit lasts until something is signed after it.
        attached = is_attachment(words) || attached && !is_signature(words);
        signed |= is_signature(words);
    }
    let last = text.pages().len();
    for i in 0..out.len() {
        let end =
            out.get(i + 1).map_or(u32::try_from(last).unwrap_or(u32::MAX), |next| next.pages.first.saturating_sub(1));
        out[i].pages.last = end.max(out[i].pages.first);
        let until = |n: usize| out.get(n + 1).map_or(blocks.len(), |next| next.block);
        let same = i > 0 && is_copy(text, &blocks[out[0].block..until(0)], &blocks[out[i].block..until(i)]);
        if same {
            out[i].kind = Kind::Copy;
        }
    }
    out
}

/// The title of the contract that begins with these blocks, if one does.
fn title(text: &DocumentText, blocks: &[Block]) -> Option<String> {
    let page = blocks[0].page;
    let head = || blocks.iter().take(HEAD).take_while(|b| b.page == page).map(|b| text.slice(b.span));
    // The name of the contract stands over its exhibits, too.
    let at = head().position(is_title).filter(|_| !head().any(is_attachment))?;
    let words = text.slice(blocks[at].span);
    let opening = || blocks[at + 1..].iter().take(OPENING).take_while(|b| b.page == page).map(|b| text.slice(b.span));
    // "Customer: Acme Limited", "Date: 3 May 2026": key terms name a party, and something else.
    let named = || opening().any(names_party) && opening().filter(|words| is_key_term(words)).count() > 1;
    (opening().any(opens) || named()).then(|| words.trim().to_owned())
}

/// Whether a line is a label of key terms with its value.
fn is_key_term(words: &str) -> bool {
    names_party(words) || words.split_once([':', '\t']).is_some_and(|(label, _)| field(label).is_some())
}

/// Whether a line is the label of a party with its name: "Customer: Acme Limited".
fn names_party(words: &str) -> bool {
    let (label, name) = words.split_once([':', '\t']).unwrap_or_default();
    named_role(label).is_some() && name.trim().starts_with(char::is_uppercase)
}

const KINDS: [&str; 9] =
    ["agreement", "contract", "lease", "license", "licence", "deed", "order form", "memorandum", "note"];
const SUPPLEMENTS: [&str; 14] = [
    "amendment",
    "addendum",
    "change order",
    "renewal",
    "extension",
    "side letter",
    "waiver",
    "termination",
    "consent",
    "supplement",
    "guaranty",
    "guarantee",
    "assignment",
    "certificate",
];
/// Words for what is attached, at the head of a page or in a title ("FRANCHISE AGREEMENT EXHIBIT C").
const ATTACHED: [&str; 5] = ["exhibit", "annex", "appendix", "attachment", "schedule"];
const ORDERS: [&str; 4] = ["order form", "statement of work", "work order", "purchase order"];

/// A short line in the letters of a title that names a kind of contract.
fn is_title(words: &str) -> bool {
    let text = words.trim();
    let lower = text.to_ascii_lowercase();
    let begins_big = |w: &str| !w.starts_with(|c: char| c.is_lowercase());
    let (mut all, mut big) = (0, 0);
    for word in text.split_whitespace() {
        all += 1;
        big += usize::from(begins_big(word) || word.len() <= 3);
    }
    text.len() < TITLE
        && !text.ends_with(['.', ';', ','])
        && !text.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == '"')
        && all == big
        && !lower.starts_with("form of")
        && !lower.contains(':')
        && !ATTACHED.iter().any(|word| lower.contains(word))
        && KINDS.iter().chain(&SUPPLEMENTS).chain(&ORDERS).any(|kind| lower.contains(kind))
}

/// Words with which the text of a contract opens.
fn opens(words: &str) -> bool {
    const WORDS: [&str; 12] = [
        "made as of",
        "entered into",
        "is made",
        "dated as of",
        "by and between",
        "is dated",
        "made and",
        "effective as of",
        "is between",
        "made on",
        "made this",
        "dated this",
    ];
    // Those of a form that nobody has filled in.
    const BLANKS: [&str; 6] = ["____", "day of ,", "between (", "[party", "[name", "[date"];
    let lower: String = words.chars().take(400).collect::<String>().to_ascii_lowercase();
    let is_blank = BLANKS.iter().any(|blank| lower.contains(blank));
    // "Made on 3 May 2026 between A and B", "Licence made 3 May 2026 by A in favour of B".
    let opening = lower.split(' ').take(3).any(|w| matches!(w, "made" | "dated" | "entered"));
    let joined = [" between ", " in favour of ", " by and "].iter().any(|w| lower.contains(w));
    let made = opening && joined && lower.contains(|c: char| c.is_ascii_digit());
    (lower.starts_with("this ") && WORDS.iter().any(|w| lower.contains(w)) || made) && !is_blank
        || (lower.starts_with("between ") || lower.starts_with("parties:") || lower.trim_end_matches(':') == "between")
}

fn is_attachment(words: &str) -> bool {
    let lower: String = words.trim_start().chars().take(12).collect::<String>().to_ascii_lowercase();
    words.len() < TITLE && ATTACHED.iter().chain(&["form of"]).any(|w| lower.starts_with(w))
}

fn is_signature(words: &str) -> bool {
    const WORDS: [&str; 10] = [
        "by:",
        "/s/",
        "signed",
        "signature",
        "in witness",
        "executed as",
        "executed by",
        "for and on behalf",
        "accepted for",
        "agreed and accepted",
    ];
    let lower: String = words.trim_start().chars().take(20).collect::<String>().to_ascii_lowercase();
    // "Alder Works Inc. - per Ann Field".
    let acts = words.len() < TITLE && [" per ", " by "].iter().any(|by| signs_by(words, by));
    WORDS.iter().any(|w| lower.starts_with(w))
        || words.contains("By: /s/")
        || words.len() < TITLE && words.contains("/s/")
        || acts
}

/// Whether a line is the name of a company and, behind `by`, that of a person.
fn signs_by(words: &str, by: &str) -> bool {
    const MOST: usize = 6;
    let Some((company, person)) = words.split_once(by) else { return false };
    let named = |part: &str, most: usize| {
        let mut words = part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(most);
        words.all(|w| w.starts_with(char::is_uppercase) || w == "and" || w == "of")
    };
    !company.starts_with(|c: char| c.is_ascii_digit()) && named(company, usize::MAX) && named(person, MOST)
}

/// What a part with this title is to the contract of the title `first`.
fn kind(title: &str, first: &str) -> Kind {
    let (title, first) = (title.to_ascii_lowercase(), first.to_ascii_lowercase());
    let is = |words: &[&str], text: &str| words.iter().any(|w| text.contains(w));
    if is(&SUPPLEMENTS, &title) || is(&ORDERS, &title) && !is(&ORDERS, &first) {
        Kind::Supplement
    } else {
        Kind::Contract
    }
}

/// Whether `b` says what `a` says: the same dates, numbers and sentences; the lines of signatures may differ.
fn is_copy(text: &DocumentText, a: &[Block], b: &[Block]) -> bool {
    let words = |block: &Block| text.slice(block.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let signing = |w: &str| ["By", "Name", "Title", "Date", "/s/", "Signed"].iter().any(|s| w.starts_with(s));
    let known: HashSet<String> = a.iter().map(words).collect();
    let (mut all, mut same) = (0, 0);
    for words in b.iter().map(words).filter(|w| !signing(w)) {
        all += 1;
        if known.contains(&words) {
            same += 1;
        } else if words.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    all > 2 && same * 10 >= all * 9 && all * 10 >= a.len() * 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    /// The pages that say nothing of the first contract, and the codes of what is told.
    fn found(pages: &[&str]) -> (Vec<u32>, Vec<String>) {
        let bundle = read(pages);
        let apart = [bundle.others(bundle.contracts[0]), bundle.copies].concat();
        (apart, bundle.diagnostics.into_iter().map(|d| d.code).collect())
    }

    fn read(pages: &[&str]) -> Bundle {
        bundle(&DocumentText::from_plain(DocumentId::of(b"t"), &pages.join("\u{c}")))
    }

    const SUPPLY: &str = "SUPPLY AGREEMENT\nThis Supply Agreement is made as of March 1, 2024 between Alpha and Beta.\n\
        1. Supply. Beta supplies.\n2. Term. It ends on December 31, 2028.\nBy: /s/ A. Quill\nName: A. Quill";
    const NDA: &str = "Mutual Non-Disclosure Agreement\nThis Agreement is made as of January 5, 2024 between Alpha and Beta.\n\
        1. Secrets. They are kept.\n2. Term. It ends on January 4, 2027.\nBy: /s/ A. Quill\nName: A. Quill";

    #[test]
    fn contracts_copies_and_supplements() {
        let one = |code: &str| vec![format!("segment.{code}")];
        assert_eq!(found(&[NDA, SUPPLY]), (vec![2], one("several_contracts")));
        let unsigned = SUPPLY.replace("By: /s/ A. Quill\n", "");
        assert_eq!(found(&[&unsigned, "3. More of it.", NDA]), (vec![], vec![]), "not signed before");
        assert_eq!(found(&["Cover", SUPPLY, NDA, "4. More."]).0, [3, 4]);
        assert_eq!(found(&[SUPPLY, &SUPPLY.replace("A. Quill", "B. Fern")]), (vec![2], one("copies")));
        assert_eq!(found(&[SUPPLY, &SUPPLY.replace("2028", "2029")]), (vec![2], one("several_contracts")));
        let labelled =
            "PIANO MAINTENANCE AGREEMENT\nCustomer: Alpha Limited\nTechnician: Ada Quill\nDate: 2 March 2026\n1. Work.";
        assert_eq!(found(&[SUPPLY, labelled]), (vec![2], one("several_contracts")));
        let hire = "HIRE AGREEMENT\nNo. 12\nMade on 2 May 2026 between Alpha Limited (the Owner) and Gamma plc (the Hirer)\n1. Hire.";
        assert_eq!(found(&[SUPPLY, hire]), (vec![2], one("several_contracts")));
        let by = SUPPLY.replace("By: /s/ A. Quill\nName: A. Quill", "Alpha Works Inc. - per Ada Quill, Treasurer");
        let licence =
            "PARKING LICENCE\nLicence made May 2, 2026 by ALPHA INC. (\"Licensor\") in favour of BETA LTD.\n1. Stalls.";
        assert_eq!(found(&[&by, licence]), (vec![2], one("several_contracts")));
        let amendment = SUPPLY.replace("SUPPLY AGREEMENT", "FIRST AMENDMENT TO SUPPLY AGREEMENT");
        assert_eq!(found(&[SUPPLY, &amendment]), (vec![], one("several_documents")));
    }

    #[test]
    fn each_contract_has_its_pages() {
        let amendment = SUPPLY.replace("SUPPLY AGREEMENT", "FIRST AMENDMENT TO SUPPLY AGREEMENT");
        let bundle = read(&["Cover", NDA, SUPPLY, &amendment, &SUPPLY.replace("2028", "2029")]);
        let pages: Vec<_> = bundle.contracts.iter().map(|range| (range.first, range.last)).collect();
        assert_eq!(pages, [(1, 2), (3, 4), (5, 5)], "an amendment stays with the contract before it");
        assert_eq!(bundle.others(bundle.contracts[1]), [1, 2, 5]);
    }

    #[test]
    fn what_is_one_contract() {
        let exhibit = format!("EXHIBIT A\n{NDA}");
        let in_title = NDA.replace("Mutual Non-Disclosure Agreement", "SUPPLY AGREEMENT EXHIBIT C");
        let named = format!("SUPPLY AGREEMENT\nEXHIBIT F-1\n{NDA}");
        let blank = NDA.replace("as of January 5, 2024", "this day of , 202 ,");
        for pages in [
            vec![SUPPLY],
            vec![SUPPLY, &exhibit],
            vec![SUPPLY, &in_title],
            vec![SUPPLY, &named],
            vec![SUPPLY, &blank],
            vec![SUPPLY, "EXHIBIT A", NDA],
            vec![SUPPLY, "Fees\nThey are due."],
        ] {
            assert_eq!(found(&pages), (vec![], vec![]), "{pages:?}");
        }
    }
}
