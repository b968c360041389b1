//! Dates beside signatures: who signed when, and where a signature waits for its date.

use super::pattern::{contains_fold, pattern};
use super::reader::{DateHit, Reader, around, head, known, tail};
use crate::detect::{Findings, SignatureDate};
use crate::lexicon::Reading;
use crate::lexicon::label::Field;
use crate::record::value::{DateValue, Party};
use crate::record::{Confidence, Fact, Origin, Part as _, Span, Status};

// "Signed for Acme Ltd:", "Accepted electronically by Anna Reed,".
const SIGNED_FOR: &str = r"(?:signed|executed|accepted|agreed)\s+(?:(?:electronically|digitally|online)\s+)?(?:for|by|on\s+behalf\s+of)\b[^:]{2,70}[:,]\s*";
// "Place, date: Hamburg," and "Place/Date Controller: Hamburg,": nothing but a signature is dated so.
const PLACED: &str = r"(?:place|location|city|ort)\s*(?:/|,|and|&|-)\s*(?:date|datum)\b[^:\n]{0,40}:[^:\n]{0,40}|date\s*(?:/|,|and|&)\s*place\b[^:\n]{0,40}:\s*";
// "For the Provider: Anna Reed, Director,": who signs for whom, and since when.
const SIGNER: &str = r"(?:(?:signed|executed|accepted|agreed)\s+)?(?:for|by|on\s+behalf\s+of)\b[^:]{2,60}:\s*[^:,]{3,40},(?:\s*[^:,]{3,40},)?(?:\s+on)?\s*";
// "On" alone, or behind a verb of signing: "your employment began on D" signs nothing.
const SIGNED_DAY: &str = r"(?:^\W*|\b(?:signed|executed|accepted|agreed|delivered|sealed|witnessed|authenticated|given|done|approved)\b[^.;:]{0,50}\s)on";
// A date label in a signature block.
pattern!(
    SIGNED,
    &format!(
        r"(?:^\W*(?:{SIGNED_FOR}|{SIGNER}|{PLACED})|{SIGNED_DAY}\s*|\b(?:dated?(?:\s+(?:signed|of\s+(?:signature|signing|execution)|executed))?|signed|signature\s+date)\s*[:._\s-]*|^\s*(?:[A-Z][\w./-]+(?:\s[A-Z][\w-]+)?\s*,\s*)?)$"
    )
);
pattern!(
    SIGNATURE,
    r"/s/|\b(?:by|name|title|its)\s*:|signature|{signing}|\((?:sign|print)\)|[\n\t]\W*(?:signed\s*:|(?:signed|executed|accepted|agreed)\s+(?:by|for)\b|for\s+the\s+\w+\s*[\n\t:]|for\s+[^\n]{3,70}\n\W*date[:\s]*$)"
);
// A cell that says itself that somebody signed on its date: "Signed at Durban on", "Digitally signed:", and one of several
// date lines in a row.
pattern!(
    SIGNED_ON,
    &format!(
        r"^\W*(?:signed\s+(?:at|on|in|this)|(?:digitally|electronically|e-?)\s*signed)\b|^\W*(?:{SIGNED_FOR}|{SIGNER}|{PLACED})$"
    )
);
// A line in which somebody signs and nothing else stands: "Signed for Acme Ltd: Anna Reed, Director", and the day beside it.
pattern!(
    SIGNED_LINE,
    exact,
    r"(?:^|\n)\W*(?i:signed|executed|accepted|agreed)(?:\s+(?i:for|by|on\s+behalf\s+of)\s[^:\n;]{2,60})?(?:\s*\([^()\n]{2,30}\))?\s*:\s*(?:[A-Z][\w.’'&-]*[ ,]*){1,10}[\t ,]+$"
);
pattern!(
    DATE_LINE,
    r"^\W*(?:dated?(?:\s+(?:signed|of\s+(?:signature|signing|execution)))?\s*[:_]|signed\s+(?:at|on|in|by|this)\b)"
);
// A signature itself, not the words that announce one.
pattern!(MARK, r"/s/|\bby\s*:|\bname\s*:|\btitle\s*:|\bsignature\s*:");
// A date label with a line to fill in, or nothing, behind it.
pattern!(OPEN, r"^\W*(?:dated?|date\s+(?:signed|of\s+(?:signature|signing|execution))|signature\s+date)\s*:?[\s_]*$");
// "terminates on", "expires on": a date of the body, however near the signatures stand.
pattern!(
    ENDS,
    r"\b(?:expir(?:es?|ing)|terminat(?:es?|ing)|start(?:s|ing)?|begins?|beginning|commenc(?:es?|ing)|until|through|ends?|ending|from|by|before|payable)\s+(?:on\s+)?$"
);

/// The dates beside the signatures, in the order of the text, those left open included.
///
/// A date stands after a date label, alone in its line or cell, or in the cell under a label. `parties` are those known
/// so far: the one named above the date signed it.
pub(super) fn signatures(reader: &Reader<'_>, parties: &[Fact<Party>]) -> Vec<SignatureDate> {
    let mut out: Vec<SignatureDate> = reader
        .dates
        .iter()
        .filter(|hit| beside_signature(reader, hit))
        .map(|hit| SignatureDate {
            date: reader.date_fact("signature_date", hit, "date.signature", 0.85),
            party: signer(reader, hit.span, parties),
        })
        .collect();
    out.extend(open(reader, parties));
    out.sort_by_key(|s| s.date.evidence()[0].span().start());
    out
}

pub(super) fn beside_signature(reader: &Reader<'_>, hit: &DateHit) -> bool {
    if hit.date.reading == Reading::Redacted {
        return false;
    }
    let before = reader.before(hit, 160);
    // The label stands right before the date, or the date stands alone in its cell or line.
    let cell = before.rsplit(['\t', '\n']).next().unwrap_or(before);
    if SIGNED_LINE.is_match(before) {
        return true;
    }
    if !SIGNED.is_match(cell) || ENDS.is_match(cell) {
        return false;
    }
    // "End date: D" among the key terms of a form that also has lines for names.
    if [Field::Start, Field::End, Field::FormerEnd].iter().any(|&f| reader.labels.is_value(f, hit.span)) {
        return false;
    }
    if SIGNED_ON.is_match(cell) || side_by_side(reader, hit) {
        return true;
    }
    let all = reader.text.as_str();
    let (near, next) = around(all, &(hit.span.start()..hit.span.end()), 600);
    // A date without a label must stand closer to a signature, or under the label.
    let beside = before.trim_end().rsplit(['\t', '\n']).next().is_some_and(|label| OPEN.is_match(label));
    let labelled = cell.trim().is_empty() && beside
        || cell.trim_end().ends_with(|c: char| c.is_ascii_alphabetic() || c == ':' || c == '_');
    let line = near.rfind('\n').unwrap_or(near.len());
    let above = near.part(..line).rsplit('\n').next().unwrap_or("");
    let under = !above.is_empty() && above.split('\t').all(|c| OPEN.is_match(c));
    (labelled || under) && SIGNATURE.is_match(near)
        || tail(near, 160).contains("/s/")
        || head(next, 120).contains("/s/")
}

/// Whether a date is one of several in a row of nothing but date lines: two parties sign side by side.
pub(super) fn side_by_side(reader: &Reader<'_>, hit: &DateHit) -> bool {
    const LONGEST: usize = 240;
    let all = reader.text.as_str();
    let (before, after) = around(all, &hit.span.range(), LONGEST);
    let start = hit.span.start() - before.rsplit('\n').next().map_or(0, str::len);
    let end = hit.span.end() + after.split('\n').next().map_or(0, str::len);
    let row = all.part(start..end);
    row.len() <= LONGEST && row.contains('\t') && row.split('\t').all(|cell| DATE_LINE.is_match(cell))
}

/// Signatures whose date label has nothing behind it and no date under it.
fn open<'a>(reader: &'a Reader<'_>, parties: &'a [Fact<Party>]) -> impl Iterator<Item = SignatureDate> + 'a {
    let all = reader.text.as_str();
    let blocks = reader.text.blocks();
    let dated = |span: Span| reader.dates_in(span).any(|d| known(d).is_some());
    blocks.iter().enumerate().filter(|(_, b)| b.span.len() < 120).flat_map(move |(i, b)| {
        let row = reader.text.slice(b.span);
        let mut at = b.span.start();
        let mut out = Vec::new();
        if contains_fold(row, "date")
            && !dated(b.span)
            && !blocks.get(i + 1).is_some_and(|n| n.span.len() < 60 && dated(n.span))
        {
            for cell in row.split('\t') {
                let start = at + (cell.len() - cell.trim_start().len());
                let span = Span::new(start, start + cell.trim().len());
                at += cell.len() + 1;
                if cell.trim().is_empty() || !OPEN.is_match(cell) || !MARK.is_match(tail(all.part(..start), 240)) {
                    continue;
                }
                let origin = Origin::rule("date.signature");
                let fact: Fact<DateValue> = Fact::unknown(
                    "signature_date",
                    reader.text.cite(span),
                    cell.trim(),
                    Status::Unresolved,
                    origin,
                    Confidence::new(0.6),
                );
                out.push(SignatureDate { date: fact, party: signer(reader, span, parties) });
            }
        }
        out
    })
}

/// A longer block is no row of signatures.
const LONGEST_ROW: usize = 4_096;

/// The party whose name stands in the same column, in one of the lines above `span`.
pub(super) fn signer(reader: &Reader<'_>, span: Span, parties: &[Fact<Party>]) -> Option<String> {
    let blocks = reader.text.blocks();
    let row = blocks.partition_point(|b| b.span.end() < span.start());
    let cell = |i: usize| reader.text.slice(blocks[i].span).split('\t');
    let columns = |i: usize| cell(i).count();
    let here = blocks.get(row).filter(|b| b.span.len() <= LONGEST_ROW)?.span.start();
    let k = reader.text.as_str().get(here..span.start())?.matches('\t').count();
    for i in (row.saturating_sub(12)..=row).rev() {
        if blocks[i].span.len() > LONGEST_ROW {
            continue;
        }
        // Two cells of the dates' row, label and date, may stand under one of the names.
        let at = if columns(i) == columns(row) || columns(i) == 1 {
            k.min(columns(i) - 1)
        } else {
            k * columns(i) / columns(row)
        };
        let Some(words) = cell(i).nth(at).filter(|w| w.len() < 200) else { continue };
        let named = parties.iter().filter_map(Fact::value).find(|p| contains_fold(words, &p.name.to_ascii_lowercase()));
        if let Some(party) = named {
            return Some(party.name.clone());
        }
    }
    None
}

/// The date beside the signature of the one party that a sentence names: "the signature of the Licensor", "the Buyer signs it".
pub(super) fn by_one<'a>(reader: &Reader<'_>, findings: &'a Findings, words: &str) -> Option<&'a Fact<DateValue>> {
    pattern!(
        SIGNER,
        exact,
        r"(?:signature|execution|signing)\s+(?:of|by)\s+(?:the\s+)?([A-Z][\w-]+)\b|(?:which|when)\s+(?:the\s+)?([A-Z][\w-]+)\s+(?:has\s+)?(?:counter-?)?(?:sign(?:s|ed)|execute[sd])\b"
    );
    let found = SIGNER.captures(words)?;
    let role = found.get(1).or_else(|| found.get(2))?.as_str();
    let parties = || findings.facts.parties.iter().filter_map(Fact::value);
    let names = |p: &'a Party| p.role.iter().chain(&p.aliases).chain([&p.name]);
    let party = parties().find(|p| names(p).any(|name| name.eq_ignore_ascii_case(role)))?;
    // The name or the role that stands nearest above the date.
    let nearest = |s: &&SignatureDate| {
        let above = reader.text.as_str().part(..s.date.evidence()[0].span().start());
        let above = tail(above, 240).to_ascii_lowercase();
        let at = |p: &'a Party| names(p).filter_map(|name| above.rfind(&name.to_ascii_lowercase())).max();
        parties().filter(|p| at(p).is_some()).max_by_key(|p| at(p)).is_some_and(|p| p.name == party.name)
    };
    let mut dated = findings.signature_dates.iter().filter(|s| s.date.status() == Status::Found);
    dated.rfind(nearest).map(|s| &s.date)
}

/// The last of the dates beside the signatures; `None` without one.
pub(crate) fn last(dates: &[SignatureDate]) -> Option<&Fact<DateValue>> {
    let known = dates.iter().map(|s| &s.date).filter(|f| f.status() == Status::Found);
    known.max_by_key(|f| f.value().and_then(|d| d.date()))
}

/// The first of the dates beside the signatures, where none is open.
pub(crate) fn first(dates: &[SignatureDate]) -> Option<&Fact<DateValue>> {
    let known = dates.iter().all(|s| s.date.status() == Status::Found);
    dates.iter().map(|s| &s.date).filter(|_| known).min_by_key(|f| f.value().and_then(|d| d.date()))
}

/// A signature that still waits for its date, among those that stand together with a dated one: forms attached to a
/// contract have open lines too.
pub(crate) fn waiting(dates: &[SignatureDate]) -> Option<&Fact<DateValue>> {
    let at = |s: &SignatureDate| s.date.evidence()[0].span().start();
    let known = || dates.iter().filter(|s| s.date.status() == Status::Found).map(at);
    let near = |s: &&SignatureDate| known().count() == 0 || known().any(|d| d.abs_diff(at(s)) < 1_500);
    dates.iter().filter(|s| s.date.status() == Status::Unresolved).find(near).map(|s| &s.date)
}

#[cfg(test)]
mod tests {
    use crate::detect::{Findings, detect};
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn read(plain: &str) -> Findings {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        detect(&text, &segment(&text))
    }

    /// Date and signer of each signature.
    fn signed(plain: &str) -> Vec<(Option<String>, Option<String>)> {
        let date = |s: &crate::detect::SignatureDate| s.date.value().map(ToString::to_string);
        read(plain).signature_dates.iter().map(|s| (date(s), s.party.clone())).collect()
    }

    const OPENING: &str = "This Agreement is made between Acme Tools, Inc. (\"Acme\") and Harbor LLC (\"Buyer\").\n";

    #[test]
    fn days_beside_those_who_sign() {
        for (line, day) in [
            ("Signed for Acme Tools, Inc.: Anna Reed, Director\t9 January 2026", Some("2026-01-09")),
            ("Accepted for the Buyer: Sr. Agnes Mutua, Principal, January 9, 2026", Some("2026-01-09")),
            ("Job title: Clerk\nYour employment with us began on 9 January 2026.", None),
        ] {
            let days: Vec<_> = signed(&format!("{OPENING}{line}\n")).into_iter().filter_map(|(day, _)| day).collect();
            assert_eq!(days.first().map(String::as_str), day, "{line}");
        }
    }

    #[test]
    fn signers_in_columns_and_one_below_the_other() {
        let want = [
            (Some("2018-03-14".to_owned()), Some("Acme Tools, Inc.".to_owned())),
            (Some("2018-03-27".to_owned()), Some("Harbor LLC".to_owned())),
        ];
        for block in [
            "ACME TOOLS, INC.\tHARBOR LLC\nBy: /s/ A. Reed\tBy: /s/ H. Stone\nDate: 3/14/18\tDate: 3/27/18",
            "ACME TOOLS, INC.\tHARBOR LLC\nBy: /s/ A. Reed\tBy: /s/ H. Stone\nDate:\tDate:\n3/14/18\t3/27/18",
            "ACME TOOLS, INC.\nBy: /s/ A. Reed\nDate: 3/14/18\nHARBOR LLC\nBy: /s/ H. Stone\nDate: 3/27/18",
        ] {
            assert_eq!(signed(&format!("{OPENING}{block}")), want, "{block}");
        }
    }

    #[test]
    fn an_open_date_is_kept_as_open() {
        let block = "ACME TOOLS, INC.\nBy: /s/ A. Reed\nDate: 3/14/18\nHARBOR LLC\nBy: /s/ H. Stone\nDate: ________";
        let got = signed(&format!("{OPENING}{block}"));
        assert_eq!(got[1], (None, Some("Harbor LLC".to_owned())));
    }

    #[test]
    fn effect_from_the_last_signature_waits_for_it() {
        let clause = "This Agreement shall become effective on the date of the last signature below.\n";
        let first = "ACME TOOLS, INC.\nBy: /s/ A. Reed\nDate: 3/14/18\nHARBOR LLC\nBy: /s/ H. Stone\n";
        let effective = |end: &str| read(&format!("{OPENING}{clause}{first}{end}")).facts.effective_date.unwrap();
        assert_eq!(effective("Date: 3/27/18").value().map(ToString::to_string).as_deref(), Some("2018-03-27"));
        let open = effective("Date: ________");
        assert_eq!((open.value(), open.status()), (None, crate::record::Status::Unresolved));
    }

    #[test]
    fn the_contract_is_made_on_the_later_signature() {
        for block in [
            "Harbor agrees.\nHarbor agrees.\nBoston, 27 March 2026\nAcme Tools, Inc.\tHarbor LLC\nBy: /s/ A. Reed\tBy: /s/ H. Stone",
            "For the Buyer\tFor the Seller\nA. Reed, Director\tH. Stone, Chair\nDate: 14 March 2026\tDate: 27 March 2026",
            "Signed at Leeds on 14 March 2026\tSigned at York on 27 March 2026\nA. Reed\tH. Stone",
            "For and on behalf of Acme\nA. Reed\nDate: 14 March 2026\nFor and on behalf of Harbor\nH. Stone\nDate: 27 March 2026",
            "Signed for us\tA. Reed\tDate\t14 March 2026\nSigned for you\tH. Stone\tDate\t27 March 2026",
        ] {
            let made = read(&format!("{OPENING}{block}")).facts.agreement_date;
            assert_eq!(made.and_then(|d| d.value().map(ToString::to_string)).as_deref(), Some("2026-03-27"), "{block}");
        }
    }

    #[test]
    fn what_came_before_does_not_date_the_contract() {
        for head in [
            "Approved by Council Resolution 7 on 2 February 2026\nThis Agreement is made on 14 March 2026 between Acme Tools, Inc. and Harbor LLC.",
            "Request for Proposals issued 2 February 2026. This Contract is made this 14th day of March, 2026, by and between Acme Tools, Inc. and Harbor LLC.",
            "Agreement date 14 March 2026\tStart date 1 April 2026\nThis Agreement is between Acme Tools, Inc. and Harbor LLC.",
            "Start date\tThis Agreement starts on 1 April 2026 and is valid for 24 months.\nAcme Tools, Inc.\nBy: /s/ A. Reed\nDate: 14 March 2026",
        ] {
            let made = read(head).facts.agreement_date;
            assert_eq!(made.and_then(|d| d.value().map(ToString::to_string)).as_deref(), Some("2026-03-14"), "{head}");
        }
    }

    #[test]
    fn a_date_in_the_last_clause_is_no_signature_date() {
        let s = format!("{OPENING}By: /s/ A. Reed\nThe lease terminates on July 31, 2029.");
        assert_eq!(signed(&s), []);
    }
}
