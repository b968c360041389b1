//! The text stage on pages set by hand: every glyph half as wide as its size.

mod files;

pub(crate) use files::written;

use proptest::prelude::*;

use super::engine::{Pages, build};
use super::glyph::{FULL_CONFIDENCE, Glyph, Sheet};
use super::{BlockKind, DocumentText, PageInfo, Rotation, TextBuilder};
use crate::cite::{DocumentId, Span};

/// A page of 600 by 800 points with these texts: left edge, baseline, size.
fn sheet(texts: &[(f32, f32, f32, &str)]) -> Sheet {
    let mut sheet = Sheet::new(600.0, 800.0);
    for &(x, y, size, text) in texts {
        let width = 0.5 * size;
        for (i, c) in text.chars().enumerate() {
            let x0 = x + width * i as f32;
            sheet.glyphs.push(Glyph { c, x0, x1: x0 + width, y, size, bold: false, confidence: FULL_CONFIDENCE });
        }
    }
    sheet
}

fn text(sheets: &[Sheet]) -> DocumentText {
    let mut pages = Pages::default();
    for sheet in sheets {
        pages.add(sheet);
    }
    build(DocumentId::of(b"test"), pages).text
}

fn blocks(sheets: &[Sheet]) -> Vec<String> {
    let text = text(sheets);
    text.blocks().iter().map(|b| text.slice(b.span).to_owned()).collect()
}

const FULL: &str = "The Supplier shall deliver the goods to the Customer at the place that it names, and";

#[test]
fn lines_flow_into_paragraphs() {
    let page = sheet(&[
        (50.0, 100.0, 10.0, FULL),
        (50.0, 112.0, 10.0, "shall insure them."),
        (50.0, 136.0, 10.0, "The Customer shall pay."),
    ]);
    assert_eq!(blocks(&[page]), [&format!("{FULL} shall insure them."), "The Customer shall pay."]);
}

#[test]
fn lines_of_a_form_stand_for_themselves() {
    let lines = ["Start date: 1 May 2026", "Notice period: 30 days", "Fee: 42 a month", "and more"];
    let page = |lines: &[&str]| {
        sheet(&lines.iter().zip(0..).map(|(l, i)| (50.0, 100.0 + 12.0 * i as f32, 10.0, *l)).collect::<Vec<_>>())
    };
    assert_eq!(
        blocks(&[page(&lines)]),
        ["Start date: 1 May 2026", "Notice period: 30 days", "Fee: 42 a month and more"]
    );
    let signature = ["By: /s/ Ada Quill", "Name: Ada Quill", "Title: Director of all"];
    assert_eq!(blocks(&[page(&signature)]).len(), 1);
}

#[test]
fn labels_over_their_values_stand_for_themselves() {
    let lines = [
        "Customer",
        "Harbour Logistics Ltd",
        "Open for acceptance until",
        "19 June 2026",
        "Product",
        "Dispatch",
        "Start date",
        "1 July 2026",
    ];
    let form =
        sheet(&lines.iter().zip(0..).map(|(l, i)| (50.0, 100.0 + 25.0 * i as f32, 10.0, *l)).collect::<Vec<_>>());
    let terms = sheet(&[(50.0, 100.0, 10.0, FULL), (50.0, 112.0, 10.0, "shall insure them.")]);
    let got = blocks(&[form, terms]);
    assert_eq!(got[..lines.len()], lines);
}

#[test]
fn numbers_of_pages_that_were_cut_elsewhere() {
    // Thirty lines a page, and the number of the printed page behind every forty.
    let lines: Vec<String> =
        (0..180).map(|i| if i % 41 == 40 { (i / 41 + 1).to_string() } else { format!("{FULL} {i} times") }).collect();
    let pages: Vec<Sheet> = lines
        .chunks(30)
        .map(|page| {
            sheet(
                &page
                    .iter()
                    .zip(0..)
                    .map(|(l, i)| (50.0, 60.0 + 20.0 * i as f32, 10.0, l.as_str()))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    let all = blocks(&pages).join(" ");
    assert!(!all.contains("times 1 The") && !all.contains("times 3 The"), "{all}");
    assert!(all.contains(" 170 times"));
}

#[test]
fn hyphens_at_line_ends() {
    let cut = sheet(&[
        (
            50.0,
            100.0,
            10.0,
            "The Supplier shall deliver the goods to the Customer at the place that it names by agree-",
        ),
        (50.0, 112.0, 10.0, "ment of the parties, on a non-exclusive basis and without any charge, and on a non-"),
        (50.0, 124.0, 10.0, "exclusive basis only."),
    ]);
    let got = blocks(&[cut]).remove(0);
    assert!(got.contains("by agreement of"), "{got}");
    assert!(got.ends_with("on a non-exclusive basis only."), "{got}");
    let soft = sheet(&[
        (
            50.0,
            100.0,
            10.0,
            "The Supplier shall deliver the goods to the Customer at the place that it names by agree\u{ad}",
        ),
        (50.0, 112.0, 10.0, "ment of the parties."),
    ]);
    assert!(blocks(&[soft])[0].ends_with("by agreement of the parties."));
}

#[test]
fn soft_hyphens_split_no_word() {
    let mut page = sheet(&[(50.0, 100.0, 10.0, "it renews auto\u{ad}matically for one year")]);
    let at = page.glyphs.iter().position(|g| g.c == '\u{ad}').unwrap();
    for (glyphs, room) in [(at..at + 1, 2.5), (at + 1..page.glyphs.len(), 5.0)] {
        for glyph in &mut page.glyphs[glyphs] {
            (glyph.x0, glyph.x1) = (glyph.x0 + room, glyph.x1 + room);
        }
    }
    assert_eq!(blocks(&[page]), ["it renews automatically for one year"]);
}

#[test]
fn spellings_and_double_drawing() {
    let mut page = sheet(&[(50.0, 100.0, 10.0, "the \u{201c}\u{fb01}nal\u{a0}term\u{201d}")]);
    let again: Vec<Glyph> = page.glyphs.iter().map(|g| Glyph { x0: g.x0 + 0.3, x1: g.x1 + 0.3, ..*g }).collect();
    page.glyphs.extend(again);
    assert_eq!(blocks(&[page]), ["the \"final term\""]);
}

#[test]
fn raised_ordinals_stay_in_their_line() {
    let page = sheet(&[(50.0, 100.0, 10.0, "the 19"), (80.0, 96.5, 7.0, "th"), (90.0, 100.0, 10.0, "day of May")]);
    assert_eq!(blocks(&[page]), ["the 19th day of May"]);
}

#[test]
fn marks_of_notes_are_no_digits() {
    let page = sheet(&[(50.0, 100.0, 10.0, "a term of 36"), (110.0, 96.5, 6.5, "12"), (120.0, 100.0, 10.0, "months")]);
    assert_eq!(blocks(&[page]), ["a term of 36¹² months"]);
    let page = sheet(&[(50.0, 100.0, 10.0, "the"), (68.0, 96.5, 7.0, "19th"), (90.0, 100.0, 10.0, "day of May")]);
    assert_eq!(blocks(&[page]), ["the 19th day of May"]);
}

#[test]
fn headers_footers_and_page_numbers_are_left_out() {
    let bodies =
        ["The Supplier delivers.", "The Customer pays.", "Notices are in writing.", "The law of Texas applies."];
    let pages: Vec<Sheet> = (1..=4)
        .zip(bodies)
        .map(|(n, body)| {
            sheet(&[
                (50.0, 40.0, 9.0, "Master Agreement - Confidential"),
                (50.0, 100.0, 10.0, body),
                (290.0, 770.0, 9.0, &format!("Page {n} of 4")),
            ])
        })
        .collect();
    assert_eq!(blocks(&pages), bodies);
}

#[test]
fn forms_that_differ_in_numbers_only_are_no_running_heads() {
    let page = |n: usize| {
        let lines = [
            format!("ORDER FORM No. {n}"),
            format!("Start Date: March {n}, 2024"),
            format!("End Date: February 2{n}, 2026"),
            "Services: tracking of vehicles.".to_owned(),
            format!("Fee: {n}00 a month."),
            "The law of Texas applies.".to_owned(),
            "By: ______".to_owned(),
            "Name: J. Doe".to_owned(),
        ];
        let placed = lines.iter().zip(0..).map(|(l, i)| (50.0, 60.0 + 28.0 * i as f32, 10.0, l.as_str()));
        sheet(&placed.collect::<Vec<_>>())
    };
    let pages: Vec<Sheet> = (1..=5).map(page).collect();
    let got = blocks(&pages);
    for n in 1..=5 {
        assert!(got.contains(&format!("ORDER FORM No. {n}")), "{got:?}");
        assert!(got.contains(&format!("End Date: February 2{n}, 2026")), "{got:?}");
    }
}

#[test]
fn a_running_head_that_tells_a_term_is_read_once() {
    let pages: Vec<Sheet> = (1..=5)
        .map(|n| {
            sheet(&[
                (50.0, 40.0, 9.0, "Master Agreement - Term ends December 31, 2026"),
                (50.0, 100.0, 10.0, &format!("Clause {n} of the agreement says more.")),
            ])
        })
        .collect();
    let got = blocks(&pages);
    assert_eq!(got.iter().filter(|b| b.contains("Term ends")).count(), 1, "{got:?}");
    assert_eq!(got.len(), 6);
}

#[test]
fn text_in_another_direction_is_read_after_its_page() {
    let mut page = sheet(&[(50.0, 100.0, 10.0, "The Supplier delivers.")]);
    let mut side = Sheet::new(800.0, 600.0);
    side.info.rotation.orientation = 1;
    side.glyphs = sheet(&[(50.0, 20.0, 10.0, "The term ends on 31 December 2026.")]).glyphs;
    page.turned.push(side);
    let text = text(&[page, sheet(&[(50.0, 100.0, 10.0, "The Customer pays.")])]);
    let got: Vec<&str> = text.blocks().iter().map(|b| text.slice(b.span)).collect();
    assert_eq!(got, ["The Supplier delivers.", "The term ends on 31 December 2026.", "The Customer pays."]);
    let at = text.as_str().find("31 Dec").expect("the date");
    let regions = text.regions(Span::new(at, at + 2));
    // The line runs down the right edge of the page.
    assert!(regions.len() == 1 && regions[0].x0 > 570.0 && regions[0].y1 - regions[0].y0 > 9.0, "{regions:?}");
}

#[test]
fn late_values_lie_in_their_blanks() {
    let page = sheet(&[
        (50.0, 100.0, 10.0, "The term begins on ____________________ and ends later."),
        (50.0, 130.0, 10.0, "Notice period:"),
        (50.0, 160.0, 10.0, "The law of Texas applies."),
        (150.0, 98.5, 10.0, "March 1, 2024"),
        (180.0, 130.0, 10.0, "60 days"),
    ]);
    let expected = "The term begins on March 1, 2024 and ends later. Notice period: 60 days The law of Texas applies.";
    assert_eq!(blocks(&[page]).join(" "), expected);
}

#[test]
fn last_words_of_a_sentence_follow_it_whenever_they_are_drawn() {
    let line = (50.0, 130.0, 10.0, "1. Term. The term of this Agreement ends on");
    let (before, after) =
        ((50.0, 100.0, 10.0, "This is a contract."), (50.0, 160.0, 10.0, "The law of Texas applies."));
    let last = (268.0, 130.0, 10.0, "December 31, 2026.");
    let expected =
        "This is a contract. 1. Term. The term of this Agreement ends on December 31, 2026. The law of Texas applies.";
    for lines in [[before, line, after, last], [last, before, line, after]] {
        assert_eq!(blocks(&[sheet(&lines)]).join(" "), expected);
    }
    // Further away they may belong to another column.
    let apart = (290.0, 130.0, 10.0, "December 31, 2026.");
    assert!(!blocks(&[sheet(&[before, line, after, apart])]).join(" ").contains("on December"));
}

#[test]
fn three_columns_written_across_are_read_one_after_the_other() {
    let columns =
        ["words of the first that run on", "words of the second that run on", "words of the third that run on"];
    let texts: Vec<(f32, f32, f32, &str)> = (0..8)
        .flat_map(|i| (0..3).map(move |k| (40.0 + 185.0 * k as f32, 100.0 + 10.0 * i as f32, 8.0, columns[k])))
        .collect();
    let got = blocks(&[sheet(&texts)]).join(" ");
    assert!(got.rfind("first") < got.find("second") && got.rfind("second") < got.find("third"), "{got}");
}

#[test]
fn cells_centred_in_height_keep_their_pairs() {
    let page = sheet(&[
        (50.0, 100.0, 10.0, "Start"),
        (200.0, 100.0, 10.0, "March 1, 2024"),
        (50.0, 142.0, 10.0, "Term"),
        (200.0, 130.0, 10.0, "Thirty-six months that begin on"),
        (200.0, 142.0, 10.0, "the start and end on the last"),
        (200.0, 154.0, 10.0, "of February 2027"),
        (50.0, 184.0, 10.0, "Fee"),
        (200.0, 184.0, 10.0, "42 a month"),
    ]);
    let expected = "Term\tThirty-six months that begin on the start and end on the last of February 2027";
    assert!(blocks(&[page]).contains(&expected.to_owned()));
}

#[test]
fn letters_drawn_twice_count_once() {
    let mut page = sheet(&[(50.0, 100.0, 10.0, "will end in full")]);
    let again = |g: Glyph| [g, Glyph { x0: g.x0 + 0.3, x1: g.x1 + 0.3, ..g }];
    page.glyphs = page.glyphs.iter().flat_map(|g| again(*g)).collect();
    let second: Vec<Glyph> = page.glyphs.clone();
    page.glyphs.extend(sheet(&[(50.0, 130.0, 10.0, "Another line.")]).glyphs);
    page.glyphs.extend(second);
    assert_eq!(blocks(&[page]).join(" "), "will end in full Another line.");
}

#[test]
fn line_numbers_in_the_margin_are_left_out() {
    let lines: Vec<String> = (1..=20).map(|n| format!("{n}")).collect();
    let mut texts = Vec::new();
    for (i, number) in lines.iter().enumerate() {
        let y = 100.0 + 24.0 * i as f32;
        texts.push((30.0, y, 6.0, number.as_str()));
        texts.push((60.0, y, 10.0, "words of the contract that say"));
    }
    let got = blocks(&[sheet(&texts)]).join(" ");
    assert!(!got.contains(|c: char| c.is_ascii_digit()), "{got}");
}

#[test]
fn paragraphs_run_over_page_breaks() {
    let first = sheet(&[(50.0, 100.0, 10.0, FULL), (50.0, 112.0, 10.0, FULL)]);
    let second = sheet(&[(50.0, 100.0, 10.0, "shall insure them.")]);
    let text = text(&[first, second]);
    assert_eq!(text.blocks().len(), 1);
    let end = text.as_str().find("insure").expect("the second page");
    assert_eq!((text.page_at(0), text.page_at(end)), (1, 2));
    let regions = text.regions(Span::new(0, text.as_str().len()));
    assert_eq!(regions.iter().map(|r| r.page).collect::<Vec<_>>(), [1, 1, 2]);
}

#[test]
fn table_rows_stay_together() {
    let page = sheet(&[
        (50.0, 100.0, 10.0, "Severity"),
        (150.0, 100.0, 10.0, "Response"),
        (300.0, 100.0, 10.0, "Restoration"),
        (50.0, 130.0, 10.0, "Critical"),
        (150.0, 124.0, 10.0, "15 minutes,"),
        (150.0, 136.0, 10.0, "day and night"),
        (300.0, 130.0, 10.0, "4 hours"),
        (50.0, 160.0, 10.0, "Minor"),
        (150.0, 160.0, 10.0, "4 hours"),
        (300.0, 160.0, 10.0, "2 days"),
    ]);
    let text = text(&[page]);
    let rows: Vec<&str> =
        text.blocks().iter().filter(|b| b.kind == BlockKind::TableRow).map(|b| text.slice(b.span)).collect();
    let expected =
        ["Severity\tResponse\tRestoration", "Critical\t15 minutes, day and night\t4 hours", "Minor\t4 hours\t2 days"];
    assert_eq!(rows, expected);
}

#[test]
fn two_columns_written_across_are_read_one_after_the_other() {
    let left = "words of the left column that run";
    let right = "words of the right column that go";
    let texts: Vec<(f32, f32, f32, &str)> = (0..20)
        .flat_map(|i| {
            let y = 100.0 + 12.0 * i as f32;
            [(50.0, y, 10.0, left), (320.0, y, 10.0, right)]
        })
        .collect();
    let got = blocks(&[sheet(&texts)]).join(" ");
    let (last_left, first_right) = (got.rfind("left").expect("left"), got.find("right").expect("right"));
    assert!(last_left < first_right, "{got}");
}

#[test]
fn a_title_across_columns_breaks_no_paragraph() {
    let page = sheet(&[
        (130.0, 60.0, 16.0, "AGREEMENT FOR THE HOSTING OF SERVERS"),
        (50.0, 100.0, 10.0, "The Host is a company of the State of Washington"),
        (50.0, 112.0, 10.0, "Territory and keeps its offices there."),
        (320.0, 100.0, 10.0, "The Client is a union of the State of Oregon."),
    ]);
    assert!(blocks(&[page]).contains(
        &"The Host is a company of the State of Washington Territory and keeps its offices there.".to_owned()
    ));
}

#[test]
fn numbers_join_their_clauses() {
    let page = sheet(&[
        (50.0, 100.0, 10.0, "4.1"),
        (110.0, 100.0, 10.0, "Term. One year."),
        (50.0, 130.0, 10.0, "(a)"),
        (90.0, 130.0, 10.0, "first"),
    ]);
    assert_eq!(blocks(&[page]), ["4.1 Term. One year.", "(a) first"]);
}

proptest! {
    /// Every visible character leads back to a page and a box, and every quote is the text of its span.
    #[test]
    fn the_map_is_lossless(lines in prop::collection::vec("[a-zA-Z0-9.,;“”ﬁé ()-]{1,60}", 1..40), cut in any::<(u16, u16)>()) {
        let texts: Vec<(f32, f32, f32, &str)> =
            lines.iter().enumerate().map(|(i, l)| (50.0, 100.0 + 15.0 * i as f32, 10.0, l.as_str())).collect();
        let text = text(&[sheet(&texts)]);
        let whole = text.as_str();
        for (at, c) in whole.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let regions = text.regions(Span::new(at, at + c.len_utf8()));
            prop_assert_eq!(regions.len(), 1);
            let r = regions[0];
            prop_assert!(r.page == 1 && r.x0 < r.x1 && r.y0 < r.y1 && r.x0 >= 49.0, "{c:?}: {r:?}");
        }
        let boundary = |n: u16| (0..=n as usize % (whole.len() + 1)).rev().find(|&i| whole.is_char_boundary(i)).unwrap_or(0);
        let span = Span::new(boundary(cut.0), boundary(cut.1));
        let evidence = text.cite(span);
        prop_assert_eq!(evidence.quote(), text.slice(evidence.span()));
        prop_assert!(span.is_empty() || span.contains(evidence.span()));
    }

    /// Nothing that was put in is lost, and blocks neither overlap nor leave text out.
    #[test]
    fn blocks_cover_the_text(lines in prop::collection::vec("[a-z ]{0,20}", 0..12)) {
        let mut builder = TextBuilder::new(DocumentId::of(b"t"));
        builder.page(PageInfo { width: 600.0, height: 800.0, rotation: Rotation::default() });
        for line in &lines {
            builder.begin_block();
            builder.push_unplaced(line.trim(), 1);
            builder.end_block(super::document::plain_block(BlockKind::Paragraph, 1));
        }
        let text = builder.finish();
        let kept: Vec<&str> = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
        prop_assert_eq!(text.as_str(), kept.join("\n"));
        prop_assert_eq!(text.blocks().len(), kept.len());
    }
}

#[test]
fn ocr_confidence_is_that_of_the_words() {
    let mut builder = TextBuilder::new(DocumentId::of(b"t"));
    builder.begin_block();
    for (word, confidence) in [("sure", 100), ("half", 50)] {
        for c in word.chars() {
            builder.push_with_confidence(c, 0.0, 1.0, confidence);
        }
        builder.separator(' ');
    }
    let text = builder.finish();
    assert!((text.ocr_confidence(Span::new(0, 4)) - 1.0).abs() < 1e-6);
    assert!((text.ocr_confidence(Span::new(5, 9)) - 0.5).abs() < 1e-6);
    assert!((text.ocr_confidence(Span::new(0, 9)) - 0.75).abs() < 1e-6);
}
