//! Words that are struck or crossed out, and boxes that are ticked.

use crate::common::Bench;
use crate::visible::{LINE, Leaf, OTHER, SEEN, read};

#[test]
fn words_with_a_line_through_them_are_not_in_force() {
    let bench = Bench::empty();
    let two = "BT /F1 11 Tf 72 650 Td (It ends on June 30, 2039 March 31, 2041 for all.) Tj ET";
    let struck = |line: &str| format!("{two} {line}");
    // "June 30, 2039" stands between these places.
    for line in [
        "0.5 w 123.6 653.5 m 193 653.5 l S",
        "1 0 0 RG 1 w 123.6 653.5 m 193 653.5 l S",
        "123.6 653 69.4 0.7 re f",
        "0.5 w 123.6 652.6 m 193 652.6 l S 123.6 654.2 m 193 654.2 l S",
        // Pens: up and down, a curve, a slope.
        "0.7 w 123.6 654.5 m 135 651.8 l 147 654.5 l 158 651.8 l 170 654.5 l 181 651.8 l 193 654.5 l S",
        "122 652.5 m 145 655.5 165 650.5 195 654.5 c S",
        "123 651.8 m 194 655 l S",
        // A row of dots, and a line in pieces.
        "[0.6 1] 0 d 1.2 w 123.6 653.5 m 193 653.5 l S",
        "123.6 653 23 0.7 re f 146.6 653 23 0.7 re f 169.6 653 23.4 0.7 re f",
        "BT /F1 11 Tf 123.6 650 Td (XXXXXXXXX) Tj ET",
        // It ends inside a word.
        "0.5 w 123.6 653.5 m 182 653.5 l S",
    ] {
        let after = struck(line);
        let (text, hidden, told) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains("It ends on March 31, 2041 for all."), "{line}: {text} {hidden:?}");
        assert_eq!(hidden, [("strike".to_owned(), "June 30, 2039".to_owned())], "{line}");
        assert!(told.contains("struck out: 3 words on page 1, not in force: \u{201c}June 30, 2039\u{201d}"), "{told}");
    }
    // A line that goes further than the words.
    let (text, hidden, _) =
        read(&bench, &Leaf { after: &format!("{LINE} 0.5 w 60 653.5 m 270 653.5 l S"), ..Leaf::default() });
    assert!(!text.contains("2039") && hidden == [("strike".to_owned(), OTHER.to_owned())], "{text} {hidden:?}");
    let note = "<< /Type /Annot /Subtype /StrikeOut /F 4 /Rect [123 647 193.5 661] /QuadPoints [123 661 193.5 661 123 647 193.5 647] >>";
    let page = Leaf { after: two, page: "/Annots [6 0 R]", more: vec![note], ..Leaf::default() };
    let (text, hidden, _) = read(&bench, &page);
    assert!(text.contains("It ends on March 31, 2041 for all.") && hidden.len() == 1, "{text} {hidden:?}");
    for line in ["/Subtype /Line /L [123 653 194 653.5]", "/Subtype /Ink /InkList [[123 652 140 655 160 652 194 654]]"]
    {
        let note = format!("<< /Type /Annot {line} /F 4 /Rect [123 647 194 661] >>");
        let (text, hidden, _) = read(&bench, &Leaf { more: vec![&note], ..page.clone() });
        assert!(text.contains("It ends on March 31, 2041 for all.") && hidden.len() == 1, "{text} {hidden:?}");
    }
    // A note that is not shown, and lines that strike nothing out.
    let hidden_note = note.replace("/F 4", "/F 2");
    let (text, ..) = read(&bench, &Leaf { more: vec![&hidden_note], ..page.clone() });
    assert!(text.contains("June 30, 2039"), "{text}");
    for line in [
        "123.6 648.8 m 193 648.8 l S",
        "72 661 m 330 661 l S",
        "60 653.5 m 500 653.5 l S",
        "150 640 m 150 670 l S",
        "123.6 640 69 20 re S",
        // A wavy line below, dashes beside, and one line across.
        "0.5 w 123.6 648 m 147 646 l 170 648 l 193 646 l S",
        "BT /F1 11 Tf 123.6 636 Td (------------) Tj ET",
        // The end of one line and the beginning of the next.
        "BT /F1 11 Tf 420 650 Td (--------) Tj -348 -12 Td (----) Tj ET",
        "72 640 m 330 665 l S",
    ] {
        let after = struck(line);
        let (text, hidden, _) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains("June 30, 2039 March 31, 2041") && hidden.is_empty(), "{line}: {text} {hidden:?}");
    }
}

#[test]
fn what_two_lines_cross_out_is_not_in_force() {
    let bench = Bench::empty();
    let three = "BT /F1 11 Tf 72 650 Td (HID) Tj 0 -14 Td (It renews every year.) Tj 0 -40 Td (It ends on March 31, 2041.) Tj ET";
    for (lines, count) in [
        ("60 625 m 330 665 l S 60 665 m 330 625 l S", 2),
        // By hand, and without lifting the pen.
        ("60 625 m 150 636 250 656 330 665 c S 60 665 m 120 655 l 200 646 l 330 625 l S", 2),
        ("60 625 m 330 665 l 330 625 l 60 665 l S", 2),
        ("60 625 m 330 665 l S", 0),
        ("60 625 m 120 665 250 665 330 665 c S 60 665 m 120 625 250 625 330 625 c S", 0),
    ] {
        let after = format!("{three} {lines}");
        let (text, hidden, _) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains("It ends on March 31, 2041.") && text.contains(SEEN), "{lines}: {text}");
        assert_eq!(hidden.len(), count, "{lines}: {hidden:?}");
        assert_eq!(text.contains("It renews every year."), count == 0, "{lines}: {text}");
    }
}

#[test]
fn boxes_that_are_ticked_stand_in_the_text() {
    let bench = Bench::empty();
    let labels = "BT /F1 11 Tf 90 650 Td (It renews for one year.) Tj 0 -20 Td (It does not renew.) Tj ET";
    let boxes = "72 648 11 11 re S 72 628 11 11 re S";
    let field = |state: &str, y: u32| {
        format!("<< /Type /Annot /Subtype /Widget /FT /Btn /F 4 /AS /{state} /Rect [72 {y} 83 {}] >>", y + 11)
    };
    let (first, second) = (field("Off", 648), field("Yes", 628));
    let drawn = |mark: &str| format!("{labels} {boxes} {mark}");
    let want = "\u{2610} It renews for one year.\n\u{2612} It does not renew.";
    for mark in [
        "74 630 m 81 637 l S 74 637 m 81 630 l S",
        "73 633 m 76 629 l 84 640 l S",
        "74 630 7 7 re f",
        "BT /F1 11 Tf 74 630 Td (X) Tj ET",
        "2 w 67 623 m 88 645 l S 67 645 m 88 623 l S",
        "72 628 11 11 re f",
    ] {
        let after = drawn(mark);
        let (text, ..) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains(want), "{mark}: {text}");
    }
    let page = Leaf { after: labels, page: "/Annots [6 0 R 7 0 R]", more: vec![&first, &second], ..Leaf::default() };
    let (text, ..) = read(&bench, &page);
    assert!(text.contains(want), "{text}");
    // Frames that are filled, as printers of web pages write them, and a tick on a coloured ground.
    for boxes in [
        "72 648 11 11 re 73 649 9 9 re f* 72 628 11 11 re 73 629 9 9 re f* 74 630 7 7 re f",
        "0.4 g 72 648 11 11 re 73 649 9 9 re f* 0 0.4 1 rg 72 628 11 11 re f 1 g 74 632 m 76 630 l 81 636 l 80 637 l f",
    ] {
        let after = format!("{labels} {boxes}");
        let (text, ..) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains(want), "{boxes}: {text}");
    }
    // Boxes for single letters, and squares without words.
    let after = format!(
        "{labels} 72 560 8 8 re f 200 500 11 11 re S 211 500 11 11 re S BT /F1 9 Tf 203 502 Td (4) Tj 11 0 Td (2) Tj ET 400 400 11 11 re S"
    );
    let (text, ..) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
    assert!(!text.contains(['\u{2610}', '\u{2612}']), "{text}");
}
