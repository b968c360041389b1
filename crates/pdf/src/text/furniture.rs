//! Page furniture: running headers and footers, page numbers and line numbers, which belong to the page and not to the
//! contract.

use std::collections::HashMap;

use super::flow;
use super::lines::Row;

/// How many lines at the top and at the bottom of a page may be furniture.
const DEPTH: usize = 4;

/// What a row is to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A part of it.
    Body,
    /// The first of many that say the same, of the contract: it is read once, beside the running text.
    Once,
    /// A running header or footer, or a page number.
    Furniture,
}

/// Marks the furniture: one mark for each row of each page. `pages` holds the rows and the height of each page.
pub(super) fn mark(pages: &[(Vec<Row>, f32)]) -> Vec<Vec<Mark>> {
    let mut marks: Vec<Vec<Mark>> = pages.iter().map(|(rows, _)| vec![Mark::Body; rows.len()]).collect();
    let edges: Vec<Vec<Edge>> = pages.iter().map(|(rows, _)| edge(rows)).collect();
    let mut runs = running(&edges);
    let forms = forms(pages, &edges, &runs);
    // What runs on other pages as well is a running header on the pages of a form, too.
    let widely = 2 * forms.iter().filter(|form| **form).count();
    let offset = page_number_offset(&edges);
    for (index, ((edge, marks), (rows, height))) in edges.iter().zip(&mut marks).zip(pages).enumerate() {
        for e in edge {
            let row = &rows[e.row];
            let outside = row.bottom() < 0.12 * height || row.top() > 0.88 * height;
            // On few pages a repeated line says little, unless it stands in the margin.
            let run = runs
                .get_mut(e.pattern.as_str())
                .filter(|run| e.repeatable && (outside || pages.len() > 3) && (!forms[index] || run.pages >= widely));
            let counted = e.number.is_some() && e.number.map(|n| n - signed(index)) == offset;
            marks[e.row] = match run {
                Some(run) => run.take(),
                None if counted || (outside && is_page_number(&row.text())) => Mark::Furniture,
                None => Mark::Body,
            };
        }
        clear_inner(rows, marks);
    }
    for (page, row) in counting(pages) {
        marks[page][row] = Mark::Furniture;
        // Plain text has a rule across the page beside its number.
        let beside = [row.checked_sub(1), Some(row + 1)].into_iter().flatten();
        for rule in beside.filter(|&at| pages[page].0.get(at).is_some_and(|row| is_rule(&row.text()))) {
            marks[page][rule] = Mark::Furniture;
        }
    }
    // A file has some text: where nothing else is on its pages, what runs on them is it.
    if marks.iter().flatten().all(|mark| *mark == Mark::Furniture) {
        for marks in &mut marks {
            marks.fill(Mark::Body);
        }
    }
    marks
}

/// The rows that count pages wherever they stand, each as its page and its place there: a converter may have cut the pages of the
/// original elsewhere. Numbers on lines of their own, a page's length apart, that rise by one.
fn counting(pages: &[(Vec<Row>, f32)]) -> Vec<(usize, usize)> {
    const SHORTEST: usize = 4;
    /// Characters of a line: the texts of longer ones need not be made.
    const LONGEST: usize = 12;
    /// Rows between two numbers: a page has more than a list has between its items.
    const APART: std::ops::Range<usize> = 20..140;
    let all = pages
        .iter()
        .enumerate()
        .flat_map(|(page, (rows, _))| rows.iter().enumerate().map(move |(i, row)| (page, i, row)));
    let numbered = all.enumerate().filter(|(_, (.., row))| row.line().is_some_and(|line| line.chars.len() <= LONGEST));
    let numbered = numbered.filter_map(|(at, (page, i, row))| Some((at, lone_number(&row.text())?, (page, i))));
    let found: Vec<(usize, i64, (usize, usize))> = numbered.collect();
    // The longest count that ends at each of them, with the number before it.
    let mut counts: Vec<(usize, Option<usize>)> = Vec::with_capacity(found.len());
    for (k, (at, number, _)) in found.iter().enumerate() {
        let near = (0..k).rev().take_while(|&j| at - found[j].0 < APART.end);
        let before =
            near.filter(|&j| found[j].1 + 1 == *number && at - found[j].0 >= APART.start).max_by_key(|&j| counts[j].0);
        counts.push((before.map_or(1, |j| counts[j].0 + 1), before));
    }
    // From the end of each count back to its first number, each number once.
    let mut counted = vec![false; found.len()];
    for (k, &(length, before)) in counts.iter().enumerate().rev() {
        counted[k] |= length >= SHORTEST;
        if let Some(before) = before.filter(|_| counted[k]) {
            counted[before] = true;
        }
    }
    found.into_iter().zip(counted).filter(|(_, counted)| *counted).map(|((.., place), _)| place).collect()
}

/// Whether a line is drawn with characters.
fn is_rule(text: &str) -> bool {
    text.len() > 8 && text.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | ' '))
}

/// The number of a line that has nothing else: `3`, `- 3 -`, `Page 3`.
fn lone_number(text: &str) -> Option<i64> {
    let bare = text.strip_prefix("Page ").or_else(|| text.strip_prefix("PAGE ")).unwrap_or(text);
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}'));
    (bare.len() <= 3).then(|| bare.parse().ok()).flatten()
}

/// A text that runs at the edge of many pages.
struct Running {
    /// Whether it says something of the contract, and has not been read yet.
    speaks: bool,
    /// Number of pages on which it stands.
    pages: usize,
}

impl Running {
    fn take(&mut self) -> Mark {
        if std::mem::take(&mut self.speaks) { Mark::Once } else { Mark::Furniture }
    }
}

/// The texts that repeat on many pages, the number of the page aside.
fn running(edges: &[Vec<Edge>]) -> HashMap<&str, Running> {
    let mut seen: HashMap<&str, Vec<(usize, &Edge)>> = HashMap::new();
    for (index, edge) in edges.iter().enumerate() {
        for e in edge {
            let all = seen.entry(e.pattern.as_str()).or_default();
            if all.last().is_none_or(|(last, _)| *last != index) {
                all.push((index, e));
            }
        }
    }
    let needed = if edges.len() <= 3 { 2 } else { 3.max(edges.len() / 4) };
    seen.retain(|_, all| all.len() >= needed);
    let judge = |all: &[(usize, &Edge)]| {
        let same = all.iter().all(|(_, e)| e.text == all[0].1.text);
        (same || counts_pages(all)).then(|| Running { speaks: is_term(&all[0].1.text), pages: all.len() })
    };
    seen.into_iter().filter_map(|(pattern, all)| Some((pattern, judge(&all)?))).collect()
}

/// Whether the only number that differs counts the pages: it rises with them, and is not that of a form or a schedule.
fn counts_pages(all: &[(usize, &Edge)]) -> bool {
    // On many pages, a scan has misread some of them.
    let nearly = |count: usize, of: usize| if of < 10 { count == of } else { count * 10 >= of * 9 };
    let n = numbers(&all[all.len() / 2].1.text).len();
    let like: Vec<(usize, &Edge)> = all.iter().copied().filter(|(_, e)| numbers(&e.text).len() == n).collect();
    if !nearly(like.len(), all.len()) {
        return false;
    }
    let all = like;
    let numbers: Vec<_> = all.iter().map(|(_, e)| numbers(&e.text)).collect();
    let value = |page: usize, i: usize| numbers[page][i].1;
    let varies = |i: usize| {
        let same = |page: usize| (0..all.len()).filter(|&other| value(other, i) == value(page, i)).count();
        !nearly(same(0).max(same(all.len() / 2)), all.len())
    };
    (0..n).filter(|&i| varies(i)).all(|i| {
        let steps = all.windows(2).enumerate();
        let even = steps.filter(|(k, p)| value(k + 1, i) - value(*k, i) == signed(p[1].0) - signed(p[0].0)).count();
        let counted = all.iter().zip(&numbers).filter(|((_, e), own)| is_page_count(&e.text, own[i].0)).count();
        even * 10 >= (all.len() - 1) * 6 && nearly(counted, all.len())
    })
}

/// The numbers of a text, each with the place where it begins.
fn numbers(text: &str) -> Vec<(usize, i64)> {
    let mut out: Vec<(usize, i64)> = Vec::new();
    let mut inside = false;
    for (at, b) in text.bytes().enumerate() {
        let digit = b.is_ascii_digit();
        match out.last_mut().filter(|_| digit && inside) {
            Some(last) => last.1 = (last.1 * 10 + i64::from(b - b'0')).min(1 << 40),
            None if digit => out.push((at, i64::from(b - b'0'))),
            None => {}
        }
        inside = digit;
    }
    out
}

/// Whether the number at byte `at` is not that of a form, a schedule or another thing with a name, and no part of a date, a
/// period or an amount.
fn is_page_count(text: &str, at: usize) -> bool {
    const NAMED: [&str; 26] = [
        "no",
        "nos",
        "number",
        "form",
        "order",
        "exhibit",
        "schedule",
        "annex",
        "appendix",
        "section",
        "article",
        "clause",
        "part",
        "lot",
        "site",
        "invoice",
        "quote",
        "statement",
        "phase",
        "month",
        "year",
        "version",
        "amendment",
        "addendum",
        "item",
        "copy",
    ];
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let before = before.trim_end();
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or_default();
    let next = after.split_whitespace().next().unwrap_or_default();
    let joined =
        before.ends_with(['#', '$', ':', '/', '.', '\u{20ac}', '\u{a3}']) || after.starts_with(['/', '.', ',', '%']);
    let named = NAMED.contains(&word.to_ascii_lowercase().as_str()) || flow::is_month(word);
    let start = text.get(..at).and_then(|t| t.rfind(char::is_whitespace)).map_or(0, |i| i + 1);
    // "1/2" at the end of a line.
    let is_last = at > 0 && text.get(start..).is_some_and(|last| last.contains('/') && is_page_number(last));
    is_last || !joined && !named && !flow::is_unit(next) && !flow::is_month(next)
}

/// The pages that are copies of one form: what they have in common is no running header, but the form.
fn forms(pages: &[(Vec<Row>, f32)], edges: &[Vec<Edge>], runs: &HashMap<&str, Running>) -> Vec<bool> {
    const HEADERS: usize = 2;
    let repeated = |edge: &[Edge]| edge.iter().filter(|e| runs.contains_key(e.pattern.as_str())).count();
    if !edges.iter().any(|edge| repeated(edge) > HEADERS) {
        return vec![false; pages.len()];
    }
    let patterns: Vec<Vec<String>> =
        pages.iter().map(|(rows, _)| rows.iter().map(|r| pattern(&r.text())).collect()).collect();
    let mut on: HashMap<&str, usize> = HashMap::new();
    for own in &patterns {
        let mut own: Vec<&str> = own.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        for text in own {
            *on.entry(text).or_default() += 1;
        }
    }
    let form = |own: &Vec<String>| {
        let inner: Vec<&str> = own.iter().map(String::as_str).filter(|text| !runs.contains_key(text)).collect();
        let alike = inner.iter().filter(|text| on[**text] > 1).count();
        alike >= 4 && alike * 2 > inner.len()
    };
    patterns.iter().map(form).collect()
}

/// Whether a line says something of a contract: a date, a period, an amount, a label with its value, a numbered clause or
/// a party with its role.
pub(super) fn is_of_contract(text: &str) -> bool {
    has_date(text)
        || has_period(text)
        || text.contains("(\"")
        || text.contains(['$', '€', '£'])
        || flow::is_labelled(text) && !text.to_ascii_lowercase().starts_with("page")
        || flow::looks_numbered(text) && !text.starts_with('-') && text.contains(|c: char| c.is_lowercase())
}

/// Whether a line that is the same on every page tells a term of the contract, rather than when it was printed or filed.
fn is_term(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "start",
        "end",
        "term",
        "expir",
        "renew",
        "commenc",
        "effective",
        "notice",
        "fee",
        "price",
        "rent",
        "period",
        "option",
        "due",
        "valid",
        "until",
    ];
    // The version of a printed form says nothing of what was agreed.
    const PRINTED: [&str; 7] = ["rev", "revision", "version", "template", "printed", "form", "source"];
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphabetic());
    let named = words.clone().any(|word| WORDS.iter().any(|w| word.starts_with(w)));
    named && !words.any(|word| PRINTED.contains(&word)) && (has_date(text) || has_period(text))
}

fn has_date(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\t']).collect();
    let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let written =
        words.windows(2).any(|w| flow::is_month(w[0]) && number(w[1]) || number(w[0]) && flow::is_month(w[1]));
    let parts = |w: &str, sep: char| {
        let parts: Vec<&str> = w.trim_matches(|c: char| !c.is_ascii_digit()).split(sep).collect();
        parts.len() == 3 && parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()))
    };
    written || words.iter().any(|w| ['/', '.', '-'].iter().any(|sep| parts(w, *sep)))
}

fn has_period(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\t']).collect();
    words.windows(2).any(|w| flow::is_number(w[0]) && flow::is_unit(w[1]))
}

/// A row near the top or the bottom of its page.
struct Edge {
    row: usize,
    text: String,
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
        Edge { row, pattern: pattern(&text), repeatable, number: bare.parse().ok(), text }
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
fn clear_inner(rows: &[Row], marks: &mut [Mark]) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].top().total_cmp(&rows[b].top()));
    let from_top = order.iter().take_while(|&&i| marks[i] != Mark::Body).count();
    let from_bottom = order.iter().rev().take_while(|&&i| marks[i] != Mark::Body).count();
    if from_top + from_bottom < order.len() {
        for &i in &order[from_top..order.len() - from_bottom] {
            marks[i] = Mark::Body;
        }
    } else if rows.len() > 2 {
        // A page is never furniture alone: a form that repeats from page to page is text.
        marks.fill(Mark::Body);
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
    fn words_of_a_contract() {
        for yes in [
            "End Date: February 20, 2026",
            "due on 01/02/2026",
            "for 12 months",
            "Alpha LLC (\"Customer\")",
            "Fee $12",
            "4. Term of it",
        ] {
            assert!(is_of_contract(yes), "{yes}");
        }
        for no in ["Master Agreement", "Page 3 of 9", "Confidential", "Page: 3", "ORDER FORM No. 3"] {
            assert!(!is_of_contract(no), "{no}");
        }
        assert!(is_term("Term ends 31 December 2026"));
        assert!(!is_term("Source: ACME, 10-K, 3/12/2019"));
        assert!(!is_term("HR-14 rev. 6, effective 1 July 2022"));
        assert!(is_page_count("Order template, January 2024 1/2", 29));
        for (text, at, counts) in [
            ("Order Form No. 3", 15, false),
            ("Acme - Supply - 3", 16, true),
            ("Page 3", 5, true),
            ("March 3, 2024", 6, false),
            ("within 3 days", 7, false),
        ] {
            assert_eq!(is_page_count(text, at), counts, "{text}");
        }
    }

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
