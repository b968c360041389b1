//! The table that tesseract writes: a line for each page, block, paragraph, line and word.

use super::Word;
use super::correct::correct;
use super::glyphs::median;

/// Confidence, in %, below which stand specks, folds and signatures, but also words whose letters are whole and rare: names.
const LEAST: u8 = 20;
/// So many words of a line must have more confidence than that for it to be a line of print.
const PRINT: usize = 3;

/// The words of a table; lines of another shape are left out.
pub(super) fn words(table: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let (mut line, mut number) = ([""; 4], 0);
    for row in table.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let [level, page, block, paragraph, in_paragraph, _, left, top, width, height, confidence, text] = fields[..]
        else {
            continue;
        };
        if level != "5" {
            continue;
        }
        let here = [page, block, paragraph, in_paragraph];
        if here != line {
            line = here;
            number += 1;
        }
        let numbers = [left, top, width, height, confidence].map(|field| field.parse::<f32>().unwrap_or(f32::NAN));
        let [x, y, width, height, confidence] = numbers;
        let placed = numbers.iter().all(|v| v.is_finite()) && width > 0.0 && height > 0.0;
        if !placed || confidence < 0.0 {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let confidence = confidence.clamp(0.0, 100.0).round() as u8;
        out.push(Word { text: text.to_owned(), x0: x, y0: y, x1: x + width, y1: y + height, line: number, confidence });
    }
    let mut lines: Vec<Vec<Word>> = out.chunk_by(|a, b| a.line == b.line).map(<[Word]>::to_vec).collect();
    for line in &mut lines {
        correct(line);
        line.retain(|word| says_something(&word.text));
    }
    lines.into_iter().flat_map(printed).collect()
}

/// The words of a line without what is none. A doubtful one is kept where it looks like its neighbours.
fn printed(line: Vec<Word>) -> Vec<Word> {
    let height = |w: &Word| w.y1 - w.y0;
    let heights: Vec<f32> = line.iter().filter(|w| w.confidence >= LEAST).map(height).collect();
    let print = heights.len() >= PRINT;
    let usual = median(heights).unwrap_or(0.0);
    let like_print = |w: &Word| {
        let letters = w.text.chars().filter(|c| c.is_alphanumeric()).count();
        print && letters >= 2 && (0.6..1.7).contains(&(height(w) / usual))
    };
    line.into_iter().filter(|w| w.confidence >= LEAST || like_print(w)).collect()
}

/// Rules of tables and edges of the paper come as strokes.
fn says_something(text: &str) -> bool {
    !text
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '|' | '~' | '\u{a6}' | '`' | '\u{2018}' | '\\' | '\u{ab}' | '\u{bb}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_lines() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1700\t2200\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t50\t80\t20\t96.4\tThis\n\
            5\t1\t1\t1\t1\t2\t190\t50\t10\t40\t90\t|\n\
            5\t1\t1\t1\t1\t3\t200\t50\t90\t20\t12\tsmudge\n\
            5\t1\t1\t1\t2\t1\t100\t80\t70\t22\t80\tterm\n\
            5\t1\t1\t1\t2\t1\tx\t80\t70\t22\t80\tlost\n\
            5\t1\n";
        let read: Vec<_> = words(table).into_iter().map(|w| (w.text, w.line, w.confidence, w.x1, w.y1)).collect();
        assert_eq!(read, [("This".to_owned(), 1, 96, 180.0, 70.0), ("term".to_owned(), 2, 80, 170.0, 102.0)]);
    }

    #[test]
    fn words_of_low_confidence_are_kept_among_others() {
        let row = |word: u32, confidence: f32, height: u32, text: &str| {
            format!("5\t1\t1\t1\t1\t{word}\t{}\t50\t60\t{height}\t{confidence}\t{text}\n", word * 70)
        };
        let print = row(1, 95.0, 20, "between") + &row(2, 93.0, 21, "the") + &row(3, 96.0, 20, "company");
        let said = |table: &str| words(table).into_iter().map(|w| w.text).collect::<Vec<_>>().join(" ");
        assert_eq!(said(&(print.clone() + &row(4, 0.0, 22, "TALLOWMERE"))), "between the company TALLOWMERE");
        // A stroke, and a signature.
        assert_eq!(said(&(print.clone() + &row(4, 0.0, 4, "cece"))), "between the company");
        assert_eq!(said(&(print + &row(4, 0.0, 60, "Jnn"))), "between the company");
        assert_eq!(said(&(row(1, 0.0, 20, "suolew") + &row(2, 95.0, 20, "is"))), "is", "no line of print");
    }
}
