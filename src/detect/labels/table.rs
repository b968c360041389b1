//! Tables: the heads of columns, and which row below them is meant.

use super::{Cell, is_label};
use crate::lexicon::among;

/// Most rows under a head that are looked at to tell a list.
const LIST: usize = 20;

/// The cells under the heads `rows[0]` where the first of them, on two lines, was taken for a row of its own.
pub(super) fn torn<'a>(rows: &[Vec<Cell<'a>>]) -> Option<Vec<Cell<'a>>> {
    let [head, first, rest, ..] = rows else { return None };
    (head.len() > 2 && first.len() == 1 && rest.len() + 1 == head.len()).then(|| [first.as_slice(), rest].concat())
}

/// Whether `row` holds the heads of columns: labels over cells that are none.
pub(super) fn is_head(row: &[Cell<'_>], next: &[Cell<'_>]) -> bool {
    let heads = row.iter().filter(|c| is_label(c)).count();
    let short = row.iter().all(|c| c.words.len() <= 40 && !c.words.contains(|c: char| c.is_ascii_digit()));
    row.len() == next.len() && short && (heads >= 2 || heads == 1 && row.len() >= 3) && !next.iter().any(is_label)
}

/// Of a row under the heads "As signed" and "As amended", the cell of what holds now.
pub(super) fn amended<'a>(above: &[Vec<Cell<'a>>], row: &[Cell<'a>]) -> Option<Cell<'a>> {
    const FORMER: &str = "as signed original originally before current currently existing previous previously present old \
        former now at was stated";
    const NEW: &str = "as amended new revised after amendment varied replacement changed will be now";
    let [_, _, now] = row else { return None };
    let all = |cell: &Cell<'_>, set: &str| {
        !cell.words.is_empty() && cell.words.split(' ').all(|w| among(set, &w.to_ascii_lowercase()))
    };
    let heads = |cells: &Vec<Cell<'_>>| match cells.as_slice() {
        [former, new] | [_, former, new] => all(former, FORMER) && all(new, NEW),
        _ => false,
    };
    above.iter().rev().take(LIST).any(heads).then_some(*now)
}

/// Whether rows under a head give different days: they are a list of things, each with its own.
pub(super) fn is_list(rows: &[Vec<Cell<'_>>]) -> bool {
    let Some(first) = rows.first() else { return false };
    let same = rows[1..].iter().take(LIST).take_while(|row| row.len() == first.len());
    let year = |words: &str| {
        words.split(|c: char| !c.is_ascii_digit()).any(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
    };
    same.flat_map(|row| row.iter().zip(first))
        .any(|(cell, of)| year(cell.words) && year(of.words) && cell.words != of.words)
}

/// Of rows with days of their own, the one that names the first term: "Initial" between "Set-up" and "Renewal".
pub(super) fn first_term<'r, 'a>(rows: &'r [Vec<Cell<'a>>], cells: usize) -> Option<&'r [Cell<'a>]> {
    const NAMES: &str = "initial first base committed original term period";
    let named = |row: &&Vec<Cell<'_>>| {
        let mut words = row[0].words.split(' ').map(str::to_ascii_lowercase);
        words.all(|w| among(NAMES, &w)) && row[0].words != "Term" && row[0].words != "Period"
    };
    rows.iter().take(LIST).take_while(|row| row.len() == cells).find(named).map(Vec::as_slice)
}
