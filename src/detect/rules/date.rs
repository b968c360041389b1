//! The date that a document bears, dates beside signatures, and dates that the contract defines by name.
//!
//! Sources of the agreement date in the order of C3 (RULES of wording in ARCHITECTURE.md): "is made and entered into as
//! of D" in the opening words; "Dated as of D" or a bare date on the title page; "executed this 5th day of …" at the
//! end; the last of the dates beside the signatures.

use std::sync::LazyLock;

use regex::Regex;

use super::reader::{DateHit, Reader, head, known, pattern, tail};
use crate::detect::Findings;
use crate::detect::value::DateValue;
use crate::lexicon::Reading;
use crate::provenance::{Fact, Status};

/// The words that join a making verb to its date: "as of the", "this", "on", "dated".
static JOINED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:\b(?:as\s+of|as\s+at|dated?|on|this|the|effective|from|made|into|effect|date\s+of)|:)[\s"“”'(_,:]*(?:(?:the|this|of|as|date|day)[\s"“(_,:]*){0,2}$"#,
    )
});
/// A making verb not far before the date.
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:made|entered|enter|executed|concluded|signed|dated?|effective|delivered|issued|entering)\b(?:[^0-9A-Za-z]+[0-9A-Za-z&'’.-]+){0,30}[^0-9A-Za-z]*$",
    )
});
/// The opening words name the document: "This Agreement", or its title.
static THIS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\b(?:this|the\s+present|these)\s+(?:[\w&.,’'#/-]+\s+){0,12}?(?:agreement|contract|amendment|addendum|lease|deed|memorandum|letter|order|undertaking|statement|terms|endorsement|exhibit|supplement|schedule|indenture|mou|jsma|plan|policy|note|guaranty|guarantee|certificate|settlement|release|license|assignment|consent|waiver|attachment|document|instrument|power|sow)|^[\W0-9]*(?:[\w&.,’'-]+\s+){0,9}?(?:agreement|contract|amendment|addendum|lease|deed|memorandum|letter)\b|\(\s*(?:the|this|hereinafter)?\s*(?:called\s+)?(?:the\s+)?["“”']+\s*agreement"#,
    )
});
/// A definition speaks of another document.
static DEFINES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^[\W0-9]*["“”'][^"“”']{2,60}["“”']\s*(?:\([^)]*\)\s*)?(?:means|shall\s+mean|has\s+the\s+meaning|the\s+agreement|:)"#,
    )
});
static ENDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:expir\w*|terminat\w*|until|through|end(?:s|ing)?|conclud\w*)\b"));
static ONLY_EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\beffective\b[^;]{0,40}$"));
static MAKING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:made|entered|executed|concluded|signed|dated?|enter)\b"));
/// The date of another document.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:whereas|that\s+certain|pursuant\s+to|as\s+amended|prior|previous(?:ly)?|original(?:ly)?|existing|amends|amending|hereby\s+amend\w*|under|supersed\w+|supplement\w*|incorporated|organi[sz]ed|born|parties\s+to)\b[^;]{0,160}$",
    )
});
/// "to the Distribution Agreement dated": the date of the agreement that is amended.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:to|of|under|with|in|by|and|the|a|certain)\s+(?:the|that|a|an|certain|such)\s+(?:[A-Z][\w&.,'’-]*\s+|of\s+|and\s+|the\s+|for\s+){0,9}(?:agreement|contract|lease|plan|indenture|memorandum|letter|license)\b[^;]{0,140}$",
    )
});
/// The whole block before a date on a title page.
static COVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?:exhibit\s+[\w.()]+\s+|ex-[\w.()]+\s+){0,2}[\s"“(_-]*(?:(?:made|executed|entered\s+into|agreement|contract|this|is|the)\s+)*(?:dated?|as\s+of|execution\s+date|agreement\s+date|contract\s+date|date\s+of\s+(?:this\s+)?(?:agreement|contract|signing|signature|execution)|last\s+(?:updated|revised)|of|this|the|on|\s)*[\s:_–-]*$"#,
    )
});
/// The end of the body, where parties sign.
static WITNESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"in\s+witness\s+w?hereof|(?:have|has)\s+(?:caused\s+|duly\s+)*(?:this|executed|signed)|executed\s+(?:as\s+a\s+deed\s+)?(?:by|on|this|at)|done\s+and\s+signed|signed\s+(?:and\s+effective\s+)?(?:at|on|in|this)|agreed\s+(?:and|to)\s+accept|accepted\s+and\s+agreed|signed\s+and\s+delivered",
    )
});
/// A date label in a signature block.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:dated?(?:\s+(?:signed|of\s+signature|executed))?|signed|on|signature\s+date)\s*[:._\s-]*|^\s*(?:[A-Z][\w./-]+(?:\s[A-Z][\w-]+)?\s*,\s*)?)$",
    )
});
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"/s/|\bby\s*:|\bname\s*:|\btitle\s*:|signature|in\s+witness\s+w?hereof|authori[sz]ed\s+(?:signatory|representative)|\bits\s*:",
    )
});
/// A name given to the date after it: `("Commencement Date")`.
static NAMED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^[\s,]*\(?[^()A-Z]{0,40}["“”'‘]\s*((?:[A-Z][A-Za-z-]*\s+){0,4}(?:Date|DATE))\s*["“”'’]"#)
        .unwrap_or_else(|e| unreachable!("{e}"))
});
/// A name defined before it: `"Commencement Date" means`.
static NAMED_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?:^|["“”'‘\s])((?:[A-Z][A-Za-z-]*\s+){1,4}(?:Date|DATE))\s*["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?:of\s+(?:this\s+)?[A-Z][a-z]+\s*)?(?::|means?|MEANS?|shall\s+(?:mean|be)|is|will\s+be)\s*:?\s*(?:the\s+date\s+of\s+|the\s+|on\s+)?$"#,
    )
    .unwrap_or_else(|e| unreachable!("{e}"))
});

/// Fills in the agreement date, the signature dates and the named dates.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    findings.signature_dates = signatures(reader);
    for hit in &reader.dates {
        let name = NAMED_AFTER
            .captures(reader.after(hit, 110))
            .or_else(|| NAMED_BEFORE.captures(reader.before(hit, 140)))
            .and_then(|c| c.get(1));
        if let Some(name) = name {
            let fact = reader.date_fact("named_date", hit, "date.named", 0.9);
            findings.named_dates.push((name.as_str().to_owned(), fact));
        }
    }
    let (made, takes_effect) = opening(reader);
    findings.agreement_date = made
        .or_else(|| title_page(reader, findings))
        .or_else(|| witness(reader))
        .or_else(|| last_signature(reader, findings))
        .or(takes_effect);
}

/// How far the opening words of a contract may lie from its beginning: title page, contents and confidentiality legends
/// come before them.
fn opening_end(reader: &Reader<'_>) -> usize {
    let all = reader.text.as_str().len();
    (all / 4).clamp(4_000, 30_000)
}

/// "This Agreement is made and entered into as of D": the first that does not speak of another document. And, apart, a
/// date that is only called effective: it is the date of the document when there is no other.
fn opening(reader: &Reader<'_>) -> (Option<Fact<DateValue>>, Option<Fact<DateValue>>) {
    let end = opening_end(reader);
    let mut first: Option<&DateHit> = None;
    let mut effective: Option<&DateHit> = None;
    for hit in reader.dates.iter().take_while(|h| h.span.start() < end) {
        let before = reader.before(hit, 600);
        if before.len() > 590 || !JOINED.is_match(tail(before, 60)) || !MADE.is_match(tail(before, 280)) {
            continue;
        }
        let sentence = reader.sentence(hit.sentence);
        if !THIS.is_match(head(sentence, 300)) || DEFINES.is_match(head(sentence, 120)) || !own(before) {
            continue;
        }
        let near = tail(before, 90);
        if ENDS.is_match(tail(before, 45)) {
            continue;
        }
        if ONLY_EFFECTIVE.is_match(near) && !MAKING.is_match(near) {
            effective = effective.or(Some(hit));
            continue;
        }
        match first {
            None => first = Some(hit),
            // A blank in the opening words is filled in by a later date only if that is in the same sentence.
            Some(prior) if prior.sentence == hit.sentence && known(prior).is_none() => first = Some(hit),
            Some(_) => {}
        }
        if first.is_some_and(|f| known(f).is_some()) {
            break;
        }
    }
    (
        first.map(|hit| reader.date_fact("agreement_date", hit, "date.opening", 0.96)),
        effective.map(|hit| reader.date_fact("agreement_date", hit, "date.effective", 0.85)),
    )
}

/// Whether the words before a date speak of this document, not of another one.
pub(super) fn own(before: &str) -> bool {
    let near = tail(before, 200);
    // The making verb of this document stands after any mention of the other one.
    let verb = |words: &str| {
        [
            "is entered into",
            "is made",
            "made and entered",
            "is dated",
            "is effective",
            "is executed",
            "is hereby",
            "are entered into",
        ]
        .iter()
        .any(|v| tail(words, 70).to_ascii_lowercase().contains(v))
    };
    (!OTHER.is_match(near) && !OBJECT.is_match(near))
        || verb(before) && !before.to_ascii_lowercase().contains("whereas")
}

/// A date that stands alone, or after "Dated as of", near the beginning.
fn title_page(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let end = opening_end(reader).min(9_000);
    let hit = reader.dates.iter().take_while(|h| h.span.start() < end).find(|hit| {
        let before = reader.before(hit, 200);
        let beside_signature = findings.signature_dates.iter().any(|f| f.evidence()[0].span().overlaps(hit.span));
        if beside_signature && before.to_ascii_lowercase().contains("date:") {
            return false;
        }
        let after = reader.after(hit, 60).trim_start_matches(['.', ',', ' ', ')', '_', '”', '"']);
        COVER.is_match(before) && (after.len() < 40 || before.len() > 4)
    })?;
    Some(reader.date_fact("agreement_date", hit, "date.title_page", 0.9))
}

/// "Executed this 31st day of March 2001", "IN WITNESS WHEREOF … as of D".
fn witness(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let hit = reader.dates.iter().filter(|h| known(h).is_some()).find(|hit| {
        let before = reader.before(hit, 400);
        JOINED.is_match(tail(before, 60)) && WITNESS.is_match(before)
    })?;
    Some(reader.date_fact("agreement_date", hit, "date.witness", 0.88))
}

/// The latest of the dates beside the signatures: the contract exists once the last party has signed.
fn last_signature(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let known = findings.signature_dates.iter().filter(|f| f.status() == Status::Found);
    let last = known.max_by_key(|f| f.value().and_then(|d| d.date()))?;
    Some(reader.restate(last, "agreement_date", "date.last_signature", 0.85))
}

/// Dates beside signatures: after a date label, or alone in a line, near the words of a signature block.
fn signatures(reader: &Reader<'_>) -> Vec<Fact<DateValue>> {
    let mut out = Vec::new();
    for hit in &reader.dates {
        if matches!(hit.date.reading, Reading::Redacted) {
            continue;
        }
        let before = reader.before(hit, 60);
        // The label stands right before the date, or the date stands alone in its cell or line.
        let cell = before.rsplit(['\t', '\n']).next().unwrap_or(before);
        if !SIGNED.is_match(cell) {
            continue;
        }
        let all = reader.text.as_str();
        let near = tail(&all[..hit.span.start()], 600);
        let next = head(&all[hit.span.end()..], 120);
        // A date without a label must stand closer to a signature.
        let labelled = cell.trim_end().ends_with(|c: char| c.is_ascii_alphabetic() || c == ':' || c == '_');
        let close = tail(near, 160);
        if labelled && SIGNATURE.is_match(near) || close.contains("/s/") || next.contains("/s/") {
            out.push(reader.date_fact("signature_date", hit, "date.signature", 0.85));
        }
    }
    out
}
