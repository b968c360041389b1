//! Lines with Hebrew or Arabic words, in the order in which they are read.
//!
//! Files set such words as they stand on the page, from left to right. The order of reading is the one from which the
//! rules of the Unicode Bidirectional Algorithm (UAX 9) make that line: its last step, turned round.

use super::lines::Placed;

/// How a character is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Left,
    Right,
    Digit,
    Neutral,
}

fn class(c: char) -> Class {
    match c {
        '\u{590}'..='\u{8ff}' if c.is_numeric() => Class::Digit,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' => Class::Right,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphabetic() => Class::Left,
        _ => Class::Neutral,
    }
}

/// Puts the characters of a line, which stand as on the page, into the order of reading.
pub(super) fn logical(chars: &mut [Placed]) {
    // Nearly no line has such words.
    if !chars.iter().any(|p| p.c >= '\u{590}' && class(p.c) == Class::Right) {
        return;
    }
    let mut classes: Vec<Class> = chars.iter().map(|p| class(p.c)).collect();
    // The point of "10.5", the stroke of a date: one sign between two digits is part of the number.
    for i in 1..chars.len().saturating_sub(1) {
        let between = classes[i - 1] == Class::Digit && class(chars[i + 1].c) == Class::Digit;
        if between && matches!(chars[i].c, '.' | ',' | '/' | ':' | '-') {
            classes[i] = Class::Digit;
        }
    }
    let mut levels = levels(&classes);
    for least in 1..=2 {
        let mut from = 0;
        while from < levels.len() {
            let run = levels[from..].iter().take_while(|level| **level >= least).count();
            chars[from..from + run].reverse();
            levels[from..from + run].reverse();
            from += run + 1;
        }
    }
}

/// The level of each character: odd where it is written from right to left.
fn levels(classes: &[Class]) -> Vec<u8> {
    let count = |class: Class| classes.iter().filter(|c| **c == class).count();
    let from_right = count(Class::Right) > count(Class::Left);
    let mut out = vec![u8::from(from_right); classes.len()];
    // What stands between two characters of a kind, without one of the other, is written as they are.
    let mut mark = |inside: &dyn Fn(Class) -> bool, edge: &dyn Fn(Class) -> bool, level: u8| {
        let mut from = 0;
        while from < classes.len() {
            let run = classes[from..].iter().take_while(|c| inside(**c)).count();
            let held = &classes[from..from + run];
            if let (Some(first), Some(last)) = (held.iter().position(|c| edge(*c)), held.iter().rposition(|c| edge(*c)))
            {
                out[from + first..=from + last].fill(level);
            }
            from += run + 1;
        }
    };
    if from_right {
        mark(&|c| c != Class::Right, &|c| matches!(c, Class::Left | Class::Digit), 2);
    } else {
        mark(&|c| c != Class::Left, &|c| c == Class::Right, 1);
    }
    // Numbers inside are written from left to right; spaces part them.
    for (level, class) in out.iter_mut().zip(classes) {
        if *level == 1 && *class == Class::Digit {
            *level = 2;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let mut chars: Vec<Placed> = line.chars().map(|c| Placed { c, x0: 0.0, x1: 0.0, confidence: 100 }).collect();
        logical(&mut chars);
        chars.iter().map(|p| p.c).collect()
    }

    #[test]
    fn lines_are_in_the_order_of_reading() {
        for (page, read_as) in [
            ("Term: two years.", "Term: two years."),
            ("\u{5dd}\u{5db}\u{5e1}\u{5d4} \u{5d6}\u{5d4}", "\u{5d4}\u{5d6} \u{5d4}\u{5e1}\u{5db}\u{5dd}"),
            // An English line with two words, and a number between them.
            ("the \u{5d1}\u{5d0} 45 \u{5d2}\u{5d1} end", "the \u{5d1}\u{5d2} 45 \u{5d0}\u{5d1} end"),
            ("the \u{5d1}\u{5d0} 10.5 \u{5d2}\u{5d1} end", "the \u{5d1}\u{5d2} 10.5 \u{5d0}\u{5d1} end"),
            ("by \u{5d1}\u{5d0} 01/02/2026 \u{5d2}\u{5d1} end", "by \u{5d1}\u{5d2} 01/02/2026 \u{5d0}\u{5d1} end"),
            // A Hebrew line with an English name: it begins at the right.
            (
                "2026 \u{5d1}\u{5d0}\u{5d2} Tarn \u{5d2}\u{5d1}\u{5d0}",
                "\u{5d0}\u{5d1}\u{5d2} Tarn \u{5d2}\u{5d0}\u{5d1} 2026",
            ),
        ] {
            assert_eq!(read(page), read_as, "{page}");
        }
    }
}
