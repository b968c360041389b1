//! Page furniture: running headers and footers, page numbers and line numbers, which belong to the page and not to the
//! contract.

use std::collections::HashMap;

use super::lines::Row;

/// How many lines at the top and at the bottom of a page may be furniture.
const DEPTH: usize = 4;

/// Marks the furniture: one flag for each row of each page. `pages` holds the rows and the height of each page.
pub(super) fn mark(pages: &[(Vec<Row>, f32)]) -> Vec<Vec<bool>> {
    let mut marks: Vec<Vec<bool>> = pages.iter().map(|(rows, _)| vec![false; rows.len()]).collect();
    let edges: Vec<Vec<Edge>> = pages.iter().map(|(rows, _)| edge(rows)).collect();
    // How many pages carry a text, digits made alike.
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for edge in &edges {
        let mut here: Vec<&str> = edge.iter().map(|e| e.pattern.as_str()).collect();
        here.sort_unstable();
        here.dedup();
        for text in here {
            *seen.entry(text).or_default() += 1;
        }
    }
    let needed = if pages.len() <= 3 { 2 } else { 3.max(pages.len() / 4) };
    let offset = page_number_offset(&edges);
    for (index, ((edge, marks), (rows, height))) in edges.iter().zip(&mut marks).zip(pages).enumerate() {
        for e in edge {
            let row = &rows[e.row];
            let outside = row.bottom() < 0.12 * height || row.top() > 0.88 * height;
            // On few pages a repeated line says little, unless it stands in the margin.
            let repeated = seen[e.pattern.as_str()] >= needed && e.repeatable && (outside || pages.len() > 3);
            let counted = e.number.is_some() && e.number.map(|n| n - signed(index)) == offset;
            marks[e.row] = repeated || counted || (outside && is_page_number(&row.text()));
        }
        clear_inner(rows, marks);
    }
    marks
}

/// A row near the top or the bottom of its page.
struct Edge {
    row: usize,
    pattern: String,
    /// Whether the text may count as a running header or footer when it repeats: not a line of a signature block.
    repeatable: bool,
    /// The number, when there is nothing else.
    number: Option<i64>,
}

/// The rows nearest to the top and the bottom. Rank decides, not height: a page may end anywhere.
fn edge(rows: &[Row]) -> Vec<Edge> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].top().total_cmp(&rows[b].top()));
    let mut picked: Vec<usize> = order.iter().take(DEPTH).chain(order.iter().rev().take(DEPTH)).copied().collect();
    picked.sort_unstable();
    picked.dedup();
    let describe = |row: usize| {
        let text = rows[row].text();
        let signature = ["By", "Name", "Title", "Date", "/s/", "IN WITNESS"].iter().any(|s| text.starts_with(s));
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let repeatable = letters >= 3 && text.len() < 160 && !text.ends_with(':') && !signature;
        let bare = text.trim_matches(|c: char| c.is_whitespace() || c == '-');
        Edge { row, pattern: pattern(&text), repeatable, number: bare.parse().ok() }
    };
    picked.into_iter().map(describe).collect()
}

fn signed(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// The difference between printed page numbers and page indices, when half of the pages or more agree on it.
fn page_number_offset(edges: &[Vec<Edge>]) -> Option<i64> {
    let mut votes: HashMap<i64, usize> = HashMap::new();
    for (index, edge) in edges.iter().enumerate() {
        let mut offsets: Vec<i64> = edge
            .iter()
            .filter_map(|e| e.number)
            .filter(|n| (0..10_000).contains(n))
            .map(|n| n - signed(index))
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        for offset in offsets {
            *votes.entry(offset).or_default() += 1;
        }
    }
    let best = votes.into_iter().max_by_key(|&(offset, count)| (count, -offset.abs()))?;
    (best.1 >= 2 && best.1 * 2 >= edges.len()).then_some(best.0)
}

/// The text with every number replaced by `#` and without white space, so that `Page 3 of 9` repeats.
pub(super) fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else if !c.is_whitespace() {
            out.push(c);
        }
    }
    out
}

/// `3`, `- 3 -`, `Page 3`, `Page 3 of 9`, `3/9`, `iv`, `A-2`, `[3]`.
fn is_page_number(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    let core = lower.strip_prefix("page").unwrap_or(&lower);
    let core = core
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '[' | ']' | '.' | '|' | '(' | ')'));
    if core.is_empty() || core.len() > 12 {
        return core.is_empty() && lower.starts_with("page");
    }
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    let roman = |s: &str| !s.is_empty() && s.len() <= 6 && s.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    if digits(core) || roman(core) {
        return true;
    }
    let by = |sep: &str| core.split_once(sep).is_some_and(|(a, b)| digits(a.trim()) && digits(b.trim()));
    let lettered = core.split_once('-').is_some_and(|(a, b)| a.len() == 1 && digits(b));
    by("of") || by("/") || lettered
}

/// Keeps a mark only where all rows between it and the edge of the page are marked too.
fn clear_inner(rows: &[Row], marks: &mut [bool]) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].top().total_cmp(&rows[b].top()));
    let from_top = order.iter().take_while(|&&i| marks[i]).count();
    let from_bottom = order.iter().rev().take_while(|&&i| marks[i]).count();
    if from_top + from_bottom < order.len() {
        for &i in &order[from_top..order.len() - from_bottom] {
            marks[i] = false;
        }
    } else if rows.len() > 2 {
        // A page is never furniture alone: a form that repeats from page to page is text.
        marks.fill(false);
    }
}

/// Removes the numbers in the margin of a pleading-style page, which count its lines: 1, 2, 3, ... down the page.
pub(super) fn strip_line_numbers(rows: &mut Vec<Row>) {
    let first_number = |row: &Row| -> Option<u32> {
        let word: String = row.cells[0][0].chars.iter().map(|p| p.c).take_while(|c| *c != ' ').take(4).collect();
        word.parse().ok()
    };
    let numbers: Vec<u32> = rows.iter().filter_map(first_number).collect();
    let rising = numbers.windows(2).filter(|w| w[1] == w[0] + 1).count();
    if rising < 12 || rising * 10 < rows.len() * 7 {
        return;
    }
    rows.retain_mut(|row| {
        if first_number(row).is_some() {
            let piece = &mut row.cells[0][0];
            let word = piece.chars.iter().take_while(|p| p.c != ' ').count();
            piece.chars.drain(..(word + 1).min(piece.chars.len()));
            if let Some(first) = piece.chars.first() {
                piece.x0 = first.x0;
            } else {
                row.cells.remove(0);
            }
        }
        !row.cells.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for yes in ["3", "- 3 -", "Page 3", "Page 3 of 9", "3/9", "iv", "A-2", "[12]", "Page"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["Section 3", "30 days", "2024-01-01", "", "Exhibit A", "12345"] {
            assert!(!is_page_number(no), "{no}");
        }
    }
}
