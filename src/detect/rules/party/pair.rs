//! The two boxes of an offer or an order: "From" over the name of one party, and "For" or "To" over that of the other.

use super::Found;
use super::label::{ends, found};
use super::name::{self, NameKind};
use super::signature::Cell;
use crate::lexicon::among;
use crate::record::Part as _;

/// The names under the two words, where both have one.
pub(super) fn boxes(rows: &[Vec<Cell<'_>>]) -> Vec<Found> {
    let from = under(rows, "from");
    let to = under(rows, "for to");
    from.zip(to).map_or_else(Vec::new, |(from, to)| vec![from, to])
}

fn under(rows: &[Vec<Cell<'_>>], words: &str) -> Option<Found> {
    let place = |(i, row): (usize, &Vec<Cell<'_>>)| {
        let label = |cell: &Cell<'_>| among(words, cell.text.trim_end_matches([':', ' ']));
        let k = row.iter().position(label)?;
        let below = rows.get(i + 1)?;
        let cell = if below.len() == row.len() { below.get(k) } else { below.first().filter(|_| row.len() == 1) }?;
        let len = name::name_len(cell.text).filter(|&len| ends(cell.text.part(len..)))?;
        let kind = name::kind(cell.text.part(..len));
        (kind != NameKind::Other).then(|| found(cell.start, cell.text.part(..len), cell.text.len()))
    };
    rows.iter().enumerate().find_map(place)
}
