//! Names in the line under a label: "LESSOR", and below it "ACME LTD".

use super::super::super::pattern::pattern;
use super::super::name::{self, NameKind};
use super::super::signature::{Cell, cells};
use super::super::{Found, pair, row};
use super::{NO_LABEL, REGISTERED, STREET, TITLE, ends, found, is_field, is_organisation, is_public, lines, role};
use crate::lexicon::among;
use crate::record::{Part as _, Span};
use crate::text::{Block, DocumentText};

pattern!(AND, exact, r"(?i)^[\s,]*(?:and|&)(?:\s+|$)");

/// The parties whose names stand in the line under a label.
pub(super) fn parties(text: &DocumentText) -> Vec<Found> {
    let blocks: Vec<_> = text.blocks().iter().take(90).filter(|b| b.page <= 3 && b.span.len() < 400).collect();
    // Labels and names that the layout joined to one paragraph stand in lines of their own.
    let is_label = |line: &Span| {
        let words = text.slice(*line);
        words.trim_end().ends_with(':') && role(words).is_some_and(|r| !r.is_empty())
    };
    let split = |(i, b): (usize, &&Block)| {
        let lines = lines(text, b);
        let under = i.checked_sub(1).is_some_and(|above| is_label(&blocks[above].span));
        if under || lines.iter().any(is_label) { lines } else { vec![b.span] }
    };
    let rows: Vec<Vec<Cell<'_>>> = blocks.iter().enumerate().flat_map(split).map(|line| cells(text, line)).collect();
    let mut out = pair::boxes(&rows);
    let mut persons = Vec::new();
    let mut labelled: Vec<String> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (k, cell) in row.iter().enumerate() {
            let under = |n: usize| rows.get(i + n).and_then(|r| r.get(if r.len() == row.len() { k } else { 0 }));
            let named = role(cell.text).is_some_and(|r| !r.is_empty()) && !among(NO_LABEL, cell.text);
            // The next line goes on from a value beside the label.
            let has_value = row
                .get(k + 1)
                .is_some_and(|right| right.text.len() > 3 && role(right.text).is_none() && !is_field(right.text));
            let fits = |v: &&Cell<'_>| {
                let below = rows[i + 1].len();
                named
                    && (k == 0 && !(has_value && below == 1) || row.len() == below || k + 1 == row.len() && below == 1)
                    && role(v.text).is_none()
            };
            let Some(value) = under(1).filter(fits) else {
                continue;
            };
            let mut below = under_label(value, under(2));
            // Two values that the layout joined: "Acme Group Inc. Thunder Bay, Ontario".
            if below.is_empty() && row.len() > rows[i + 1].len() {
                below.extend(company_of(value));
            }
            // "(a) Johan Reed, identity number 880917", "(b) Carla Reed".
            below.extend(
                (2..=3)
                    .map_while(under)
                    .take_while(|cell| counted_len(cell.text) > 0)
                    .flat_map(|cell| under_label(cell, None)),
            );
            let lives = |f: &Found| {
                let tail = text.slice(f.span).part(f.name_len..);
                let carded = row::is_personal(tail.trim_end()) && tail.contains(|c: char| c.is_ascii_digit());
                f.kind == NameKind::Person && (STREET.is_match(tail) || carded || counted_len(value.text) > 0)
            };
            let sure = |f: &Found| is_organisation(text.slice(f.span).part(..f.name_len)) || lives(f);
            // Labels in a row, a name under each, and its address under that.
            let street = |v: &Cell<'_>| {
                v.text.starts_with(|c: char| c.is_ascii_digit()) && name::name_len(value.text) == Some(value.text.len())
            };
            let addressed = || cell.text.ends_with(':') && under(2).is_some_and(street);
            if below.iter().all(sure) || addressed() {
                out.extend(below);
            } else if below.iter().all(|f| f.kind == NameKind::Person && f.name_len == value.text.len()) {
                persons.extend(below);
                labelled.extend(role(cell.text).filter(|_| cell.text.ends_with(':')));
            }
        }
    }
    labelled.sort();
    labelled.dedup();
    // Two capitalised words under "Tenant" may be a heading, unless another label has a company under it, or two labels end
    // with a colon: "LODGER:" and "HOUSEHOLDER:".
    if !out.is_empty() || labelled.len() > 1 {
        out.extend(persons);
    }
    out
}

/// Length of the letter or number that counts the names of a list.
fn counted_len(words: &str) -> usize {
    pattern!(COUNTED, exact, r"^(?:\(\s*(?:[a-h]|\d|[ivx]{1,3})\s*\)|(?:[a-h]|\d)\))\s+");
    COUNTED.prefix_len(words)
}

/// Whether words say of somebody that he is none of the parties.
fn says_no_party(words: &str) -> bool {
    pattern!(NO_PARTY, r"\b(?:not|neither|no)\s+(?:a\s+|itself\s+a\s+)?party\b");
    NO_PARTY.is_match(words)
}

/// Whether a line is the name of one public body, in which "and" joins places or matters.
fn whole_body(line: &str) -> bool {
    let first = line.split(" and ").next().unwrap_or(line);
    let capital = |w: &str| w.starts_with(char::is_uppercase) || among("and of the for upon", w);
    !line.contains([',', ';', '(', ':']) && line.split(' ').all(capital) && is_public(line) && !is_organisation(first)
}

/// The company whose name begins a cell, whatever stands behind it.
fn company_of(cell: &Cell<'_>) -> Option<Found> {
    let len = name::name_len(cell.text)?;
    let name = cell.text.part(..len);
    (name::kind(name) == NameKind::Company).then(|| found(cell.start, name, len))
}

/// The names in the cell under a label; joined by "and", the last of them may stand in the `next` line.
fn under_label(cell: &Cell<'_>, next: Option<&Cell<'_>>) -> Vec<Found> {
    let mut out = Vec::new();
    // No part of the list is the party.
    if says_no_party(cell.text) {
        return out;
    }
    let number = counted_len(cell.text);
    let (mut rest, mut at) = (cell.text.part(number..), cell.start + number);
    // "Mill and Teme Valley Fire and Rescue Authority": one public body fills the line.
    if rest.contains(" and ") && whole_body(rest) {
        return vec![found(at, rest, rest.len())];
    }
    let mut below = next;
    loop {
        let title = TITLE.prefix_len(rest);
        let words = rest.part(title..);
        let Some(len) = name::name_len(words) else { return out };
        let tail = words.part(len..);
        let number = REGISTERED.prefix_len(tail);
        let and = AND.prefix_len(tail.part(number..));
        let behind = tail.part(number + and..);
        if and == 0 && !ends(tail) {
            return out;
        }
        out.push(found(at + title, words.part(..len), if and > 0 { len + number } else { words.len() }));
        match (and > 0, behind.is_empty(), below.take()) {
            (true, true, Some(line)) => (rest, at) = (line.text, line.start),
            (true, false, line) => {
                below = line;
                at += rest.len() - behind.len();
                rest = behind;
            }
            _ => return out,
        }
    }
}
