//! Page furniture: running headers and footers, page numbers and line numbers, which belong to the page and not to the
//! contract.

use std::collections::HashMap;

use super::lines::Row;

/// How many lines at the top and at the bottom of a page may be furniture.
const DEPTH: usize = 4;

/// Marks the furniture: one flag for each row of each page.
pub(super) fn mark(pages: &[(Vec<Row>, f32)]) -> Vec<Vec<bool>> {
    let mut marks: Vec<Vec<bool>> = pages.iter().map(|(rows, _)| vec![false; rows.len()]).collect();
    // How many pages carry a text (digits made alike) at about the same height.
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    let edges: Vec<Vec<(usize, String, i32)>> = pages.iter().map(|(rows, height)| edge(rows, *height)).collect();
    for edge in &edges {
        for (_, text, band) in edge {
            *seen.entry((text.clone(), *band)).or_default() += 1;
        }
    }
    let often = |text: &str, band: i32| -> usize {
        // A header may wander by a line from page to page.
        (-1..=1).filter_map(|d| seen.get(&(text.to_owned(), band + d))).sum()
    };
    let needed = if pages.len() <= 3 { 2 } else { 3.max(pages.len() / 4) };
    for ((edge, marks), (rows, height)) in edges.iter().zip(&mut marks).zip(pages) {
        for (i, text, band) in edge {
            let outside = rows[*i].bottom() < 0.12 * height || rows[*i].top() > 0.88 * height;
            let repeated = often(text, *band) >= needed && (outside || text.len() < 90);
            marks[*i] = repeated || (outside && is_page_number(&rows[*i].text()));
        }
        // Furniture is at the very edge: nothing below body text counts.
        clear_inner(rows, marks);
    }
    marks
}

/// The rows nearest to the top and bottom edge: index, text with digits made alike, height in bands of 12 points.
fn edge(rows: &[Row], height: f32) -> Vec<(usize, String, i32)> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].top().total_cmp(&rows[b].top()));
    let top = order.iter().copied().take(DEPTH).filter(|&i| rows[i].bottom() < 0.25 * height);
    let bottom = order.iter().rev().copied().take(DEPTH).filter(|&i| rows[i].top() > 0.75 * height);
    let mut out: Vec<(usize, String, i32)> = top
        .chain(bottom)
        .map(|i| {
            #[expect(clippy::cast_possible_truncation, reason = "a height on a page in bands of 12 points")]
            let band = (rows[i].bottom() / 12.0) as i32;
            (i, pattern(&rows[i].text()), band)
        })
        .collect();
    out.sort_by_key(|(i, ..)| *i);
    out.dedup_by_key(|(i, ..)| *i);
    out
}

/// The text with every number replaced by `#` and without white space, so that `Page 3 of 9` repeats.
fn pattern(text: &str) -> String {
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
            match piece.chars.first() {
                Some(first) => piece.x0 = first.x0,
                None => return false,
            }
        }
        true
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
