//! Corrections of what tesseract misreads, where only one reading makes sense: ordinals, the first of a month, months in
//! two parts, and the edges of boxes around words.

use super::Word;
use crate::MONTHS;

/// Corrects the words of a line.
pub(super) fn correct(line: &mut Vec<Word>) {
    join_months(line);
    let opens = |w: &Word| w.text.starts_with(['[', '|']);
    let closed = line.iter().any(|w| w.text.contains(']'));
    for i in 0..line.len() {
        let month = line.get(i + 1).is_some_and(|next| MONTHS.contains(&next.text.trim_end_matches([',', '.'])));
        let word = &mut line[i];
        if month && matches!(&*word.text, "|" | "I" | "l" | "]") {
            "1".clone_into(&mut word.text);
        } else if let Some(ordinal) = ordinal(&word.text) {
            word.text = ordinal;
        } else if opens(word) && !closed && word.text.len() > 2 {
            // The left edge of a box; a bracket that somebody wrote is closed somewhere.
            word.text.remove(0);
        }
    }
}

/// `J une` is June: a wide letter may stand apart from the rest of its word.
fn join_months(line: &mut Vec<Word>) {
    let mut i = 1;
    while i < line.len() {
        let both = format!("{}{}", line[i - 1].text, line[i].text);
        if line[i - 1].text.len() == 1 && MONTHS.contains(&both.trim_end_matches([',', '.'])) {
            let rest = line.remove(i);
            let word = &mut line[i - 1];
            *word = Word {
                text: both,
                x1: rest.x1,
                y0: word.y0.min(rest.y0),
                y1: word.y1.max(rest.y1),
                confidence: word.confidence.min(rest.confidence),
                ..word.clone()
            };
        }
        i += 1;
    }
}

/// `Ist` is 1st and `Sth` is 5th: letters that look like digits, before the ending that the number has.
fn ordinal(text: &str) -> Option<String> {
    let (word, mark) = text.split_at(text.trim_end_matches([',', '.']).len());
    let (digits, ending) = word.split_at_checked(word.len().checked_sub(2)?)?;
    if !matches!(ending, "st" | "nd" | "rd" | "th") || !(1..=2).contains(&digits.len()) {
        return None;
    }
    let read: String = digits
        .chars()
        .map(|c| match c {
            'S' | 's' => '5',
            'I' | 'l' | '|' | 'i' => '1',
            'O' | 'o' => '0',
            'Z' => '2',
            c => c,
        })
        .collect();
    let number: u32 = read.parse().ok().filter(|n| (1..=31).contains(n))?;
    let right = match number {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    (ending == right && read != digits).then(|| format!("{read}{ending}{mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(line: &str) -> String {
        let word =
            |text: &str| Word { text: text.to_owned(), x0: 0.0, y0: 0.0, x1: 9.0, y1: 9.0, line: 1, confidence: 90 };
        let mut words: Vec<Word> = line.split(' ').map(word).collect();
        correct(&mut words);
        words.into_iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_makes_sense_is_changed() {
        for (read, meant) in [
            ("the Sth day of January,", "the 5th day of January,"),
            ("the Ist, 2Ist and l1th", "the 1st, 21st and 11th"),
            ("means | February 2024;", "means 1 February 2024;"),
            ("on J une 13, until M ay, and J uly.", "on June 13, until May, and July."),
            ("Client: [Redfern Milling Company", "Client: Redfern Milling Company"),
        ] {
            assert_eq!(corrected(read), meant);
        }
        for same in [
            "East and worth",
            "Sst of the Sth-most",
            "the 5th day",
            "I February",
            "[DATE] and [NAME]",
            "I shall | pay",
            "a march with J unes",
            "on the 0th",
            "[ ]",
            "lth Ind",
        ] {
            let expected = if same == "I February" { "1 February" } else { same };
            assert_eq!(corrected(same), expected);
        }
    }
}
