//! What can be seen on a page is its text, and nothing else.

use std::fmt::Write as _;

use crate::common::Bench;

/// A page whose visible words end on one day, with more on it.
#[derive(Default, Clone)]
struct Leaf<'a> {
    /// Content before and after the visible words. `(HID) Tj` in it becomes [`OTHER`].
    before: &'a str,
    after: &'a str,
    /// Entries of the page and of its resources.
    page: &'a str,
    resources: &'a str,
    /// Entries of the catalog, and objects from number 6 on.
    catalog: &'a str,
    more: Vec<&'a str>,
}

const SEEN: &str = "This Agreement begins on the first day of May and ends on December 31, 2026.";
const OTHER: &str = "The term of it ends on June 30, 2039.";

fn pdf(page: &Leaf<'_>) -> Vec<u8> {
    let words = "BT /F1 11 Tf 72 700 Td (SEEN) Tj ET BT /F1 11 Tf 72 680 Td (It is made between Alder Works Limited and Birch Trading Limited.) Tj ET";
    let content = format!("{}\n{words}\n{}", page.before, page.after).replace("SEEN", SEEN).replace("HID", OTHER);
    let media = if page.page.contains("/MediaBox") { "" } else { "/MediaBox [0 0 612 792]" };
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {} >>", page.catalog),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Leaf /Parent 2 0 R {media} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {} >> {} >>",
            page.resources, page.page
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    objects.extend(page.more.iter().map(|object| object.replace("HID", OTHER)));
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
    out.into_bytes()
}

/// A stream object with this dictionary.
fn stream(dict: &str, content: &str) -> String {
    format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// The text of a page, the words that are not part of it, and what is said of them.
fn read(bench: &Bench, page: &Leaf<'_>) -> (String, Vec<(String, String)>, String) {
    bench.write("page.pdf", pdf(page));
    let file = bench.json(&["text", "page.pdf", "--format", "json"]);
    let blocks = |page: &serde_json::Value| {
        let blocks = page["blocks"].as_array().unwrap().iter().map(|b| b["text"].as_str().unwrap().to_owned());
        blocks.collect::<Vec<_>>().join("\n")
    };
    let text = file["pages"].as_array().unwrap().iter().map(blocks).collect::<Vec<_>>().join("\n");
    let line = |h: &serde_json::Value| (h["by"].as_str().unwrap().to_owned(), h["text"].as_str().unwrap().to_owned());
    (text, file["hidden"].as_array().unwrap().iter().map(line).collect(), file["diagnostics"].to_string())
}

const LINE: &str = "BT /F1 11 Tf 72 650 Td (HID) Tj ET";

#[test]
fn words_that_nobody_sees_are_kept_apart() {
    let bench = Bench::empty();
    let image = "q 300 0 0 30 60 640 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{60} EI Q";
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /OC 6 0 R /Resources << /Font << /F1 5 0 R >> >>",
        LINE,
    );
    let cover = stream("/Type /XObject /Subtype /Form /BBox [0 0 300 30]", "1 g 0 0 300 30 re f");
    let small = stream("/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Resources << /Font << /F1 5 0 R >> >>", LINE);
    let off = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>";
    let layer = "<< /Type /OCG /Name (Notes) >>";
    let after = |after| Leaf { after, ..Leaf::default() };
    let covered = format!("{LINE} {image}");
    let site_plan = format!("{LINE} {}", image.replace("300 0 0 30 60 640", "340 0 0 300 60 370"));
    let layered = [layer, &form];
    let [gradient, mask, tiles] = [
        "/Pattern << /P << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 600 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [1] >> >> >> >>",
        "/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >>",
        "/Pattern << /P 6 0 R >>",
    ];
    let black = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Group << /S /Transparency /CS /DeviceGray >>",
        "0 g 0 0 612 792 re f",
    );
    let tile = stream(
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>",
        "1 g 0 0 9 9 re f",
    );
    let patterned = format!("{LINE} /Pattern cs /P scn 60 640 300 30 re f");
    let strips = format!(
        "{LINE} 1 g 60 646 300 2 re f 60 648 300 2 re f 60 650 300 2 re f 60 652 300 2 re f 60 654 300 2 re f 60 656 300 2 re f 60 658 300 2 re f"
    );
    let stamped = ["<< /Type /Annot /Subtype /Stamp /F 4 /Rect [60 640 360 670] /AP << /N 7 0 R >> >>", &cover];
    let cases: Vec<(&str, &str, Leaf<'_>)> = vec![
        ("off_page", "right", after("BT /F1 11 Tf 700 650 Td (HID) Tj ET")),
        ("off_page", "below", after("BT /F1 11 Tf 72 -40 Td (HID) Tj ET")),
        ("off_page", "crop", Leaf { page: "/CropBox [0 660 612 792]", ..after(LINE) }),
        ("clip", "clip", after("q 0 0 40 40 re W n BT /F1 11 Tf 72 650 Td (HID) Tj ET Q")),
        ("clip", "empty clip", after("q 72 650 0 0 re W n BT /F1 11 Tf 72 650 Td (HID) Tj ET Q")),
        ("clip", "clip of a form", Leaf { resources: "/XObject << /X 6 0 R >>", more: vec![&small], ..after("/X Do") }),
        ("cover", "box", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 1 g 60 640 300 30 re f")),
        ("cover", "black box", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 60 640 300 30 re f")),
        ("cover", "polygon", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 1 g 50 630 m 400 635 l 400 680 l 45 680 l f")),
        ("cover", "thick line", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 1 G 24 w 60 654 m 400 654 l S")),
        ("cover", "picture", after(&covered)),
        ("cover", "large picture", after(&site_plan)),
        ("cover", "annotation", Leaf { page: "/Annots [6 0 R]", more: stamped.to_vec(), ..after(LINE) }),
        ("cover", "strips", after(&strips)),
        ("cover", "gradient", Leaf { resources: gradient, ..after(&patterned) }),
        ("cover", "tiles", Leaf { resources: tiles, more: vec![&tile], ..after(&patterned) }),
        (
            "colour",
            "white gradient",
            Leaf { resources: gradient, ..after("/Pattern cs /P scn BT /F1 11 Tf 72 650 Td (HID) Tj ET") },
        ),
        (
            "colour",
            "mask",
            Leaf { resources: mask, more: vec![&black], ..after("q /G gs BT /F1 11 Tf 72 650 Td (HID) Tj ET Q") },
        ),
        ("colour", "white", after("1 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("colour", "nearly white", after("0.97 0.98 0.97 rg BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        (
            "colour",
            "white cell",
            after("0 g 50 600 400 70 re f 1 g 60 640 300 30 re f BT /F1 11 Tf 72 650 Td (HID) Tj ET"),
        ),
        ("colour", "black on black", after("60 640 300 30 re f BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("colour", "CMYK", after("0 0 0 0 k BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        (
            "transparency",
            "alpha",
            Leaf {
                resources: "/ExtGState << /G << /ca 0 >> >>",
                ..after("q /G gs BT /F1 11 Tf 72 650 Td (HID) Tj ET Q")
            },
        ),
        ("invisible", "mode 3", after("BT 3 Tr /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("invisible", "mode 7", after("q BT 7 Tr /F1 11 Tf 72 650 Td (HID) Tj ET Q")),
        ("size", "one point", after("BT /F1 1 Tf 72 650 Td (HID) Tj ET")),
        ("size", "scaled down", after("q 0.1 0 0 0.1 0 0 cm BT /F1 11 Tf 720 6500 Td (HID) Tj ET Q")),
        ("size", "squeezed", after("BT 2 Tz /F1 11 Tf 72 650 Td (HID) Tj ET")),
        (
            "layer",
            "layer",
            Leaf {
                resources: "/Properties << /L 6 0 R >>",
                catalog: off,
                more: vec![layer],
                ..after("/OC /L BDC BT /F1 11 Tf 72 650 Td (HID) Tj ET EMC")
            },
        ),
        (
            "layer",
            "form on a layer",
            Leaf { resources: "/XObject << /X 7 0 R >>", catalog: off, more: layered.to_vec(), ..after("/X Do") },
        ),
    ];
    for (by, name, page) in cases {
        let (text, hidden, told) = read(&bench, &page);
        assert!(text.contains(SEEN) && !text.contains("2039"), "{name}: {text}");
        assert_eq!(hidden, [(by.to_owned(), OTHER.to_owned())], "{name}");
        assert!(told.contains("hidden text: 9 words on page 1") && told.contains("June 30, 2039"), "{name}: {told}");
    }
}

#[test]
fn words_that_look_like_hidden_ones_are_text() {
    let bench = Bench::empty();
    let after = |after| Leaf { after, ..Leaf::default() };
    let scan = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{60} EI Q";
    let ocr = format!("{scan} BT 3 Tr /F1 11 Tf 72 650 Td (HID) Tj 0 -20 Td (HID HID) Tj 0 -20 Td (HID HID) Tj ET");
    let under =
        format!("{LINE} BT /F1 11 Tf 72 600 Td (HID) Tj 0 -20 Td (HID HID) Tj 0 -20 Td (HID HID HID) Tj ET {scan}");
    let on_picture = format!("{scan} 1 g {LINE}");
    let marker = stream(
        "/Type /XObject /Subtype /Form /BBox [60 640 360 670] /Resources << /ExtGState << /M << /BM /Multiply >> >> >>",
        "/M gs 1 1 0 rg 60 640 300 30 re f",
    );
    let plain_marker = stream("/Type /XObject /Subtype /Form /BBox [60 640 360 670]", "1 1 0 rg 60 640 300 30 re f");
    let gradient = "/Pattern << /P << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 600 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0] /C1 [0.5] >> >> >> >>";
    let multiply = "/ExtGState << /G << /BM /Multiply >> >>";
    let multiplied = format!("{LINE} q /G gs 1 g 60 640 300 30 re f Q");
    let highlight = "<< /Type /Annot /Subtype /Highlight /F 4 /Rect [60 640 360 670] /QuadPoints [60 670 360 670 60 640 360 640] /AP << /N 7 0 R >> >>";
    let cases: Vec<(&str, Leaf<'_>)> = vec![
        ("white on a dark bar", after("0.1 0.2 0.5 rg 60 640 300 30 re f 1 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("white on a thick line", after("24 w 60 654 m 400 654 l S 1 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("marked before", after("1 1 0 rg 60 640 300 30 re f 0 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("marked after", Leaf { page: "/Annots [6 0 R]", more: vec![highlight, &marker], ..after(LINE) }),
        (
            "marked by an old viewer",
            Leaf { page: "/Annots [6 0 R]", more: vec![highlight, &plain_marker], ..after(LINE) },
        ),
        ("watermark behind", Leaf { before: "0.9 g BT /F1 60 Tf 72 640 Td (DRAFT) Tj ET 0 g", ..after(LINE) }),
        ("white on a picture", after(&on_picture)),
        ("text of a scan", after(&ocr)),
        ("text under a scan", Leaf { before: &under, ..Leaf::default() }),
        ("a clip around it", after("q 60 640 300 30 re W n BT /F1 11 Tf 72 650 Td (HID) Tj ET Q")),
        (
            "a round clip around it",
            after(
                "q 10 600 m 10 800 600 800 600 600 c 600 500 10 500 10 600 c W n BT /F1 11 Tf 72 650 Td (HID) Tj ET Q",
            ),
        ),
        ("turned page", Leaf { page: "/Rotate 90 /CropBox [20 20 592 772]", ..after(LINE) }),
        ("page that begins elsewhere", Leaf { page: "/MediaBox [-100 -100 512 792]", ..after(LINE) }),
        (
            "dark gradient",
            Leaf { resources: gradient, ..after("/Pattern cs /P scn BT /F1 11 Tf 72 650 Td (HID) Tj ET") },
        ),
        ("white that lets through", Leaf { resources: multiply, ..after(&multiplied) }),
        ("small print", after("BT /F1 5 Tf 72 650 Td (HID) Tj ET")),
        ("filled white, stroked black", after("BT 2 Tr 1 g 0 G /F1 11 Tf 72 650 Td (HID) Tj ET")),
        (
            "half transparent",
            Leaf {
                resources: "/ExtGState << /G << /ca 0.5 >> >>",
                ..after("q /G gs BT /F1 11 Tf 72 650 Td (HID) Tj ET Q")
            },
        ),
        (
            "transparent box over it",
            Leaf {
                resources: "/ExtGState << /G << /ca 0.3 >> >>",
                ..after("BT /F1 11 Tf 72 650 Td (HID) Tj ET q /G gs 1 g 60 640 300 30 re f Q")
            },
        ),
        ("frame around it", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 60 640 300 30 re S")),
        ("next box touches it", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 1 g 60 620 300 31 re f")),
        (
            "letters that let colour through",
            after("q BT 7 Tr /F1 11 Tf 72 650 Td (HID) Tj ET 1 0 0 rg 0 600 600 100 re f Q"),
        ),
        ("underlined", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 72 648.5 m 250 648.5 l S")),
        ("over a rule of a table", after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 60 653 m 500 653 l S")),
        (
            "drawn twice, then covered",
            after("BT /F1 11 Tf 72 650 Td (HID) Tj ET 1 g 60 640 300 30 re f 0 g BT /F1 11 Tf 72 650 Td (HID) Tj ET"),
        ),
        (
            "on a layer that is on",
            Leaf {
                resources: "/Properties << /L 6 0 R >>",
                catalog: "/OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [7 0 R] >> >>",
                more: vec!["<< /Type /OCG /Name (Text) >>", "<< /Type /OCG /Name (Notes) >>"],
                ..after("/OC /L BDC BT /F1 11 Tf 72 650 Td (HID) Tj ET EMC")
            },
        ),
    ];
    for (name, page) in cases {
        let (text, hidden, _) = read(&bench, &page);
        assert!(text.contains("ends on June 30, 2039."), "{name}: {text}");
        assert!(hidden.is_empty(), "{name}: {hidden:?}");
    }
}

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
    ] {
        let after = struck(line);
        let (text, hidden, told) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains("It ends on March 31, 2041 for all."), "{line}: {text} {hidden:?}");
        assert_eq!(hidden, [("strike".to_owned(), "June 30, 2039".to_owned())], "{line}");
        assert!(told.contains("struck out: 3 words on page 1, not in force: \u{201c}June 30, 2039\u{201d}"), "{told}");
    }
    let note = "<< /Type /Annot /Subtype /StrikeOut /F 4 /Rect [123 647 193.5 661] /QuadPoints [123 661 193.5 661 123 647 193.5 647] >>";
    let page = Leaf { after: two, page: "/Annots [6 0 R]", more: vec![note], ..Leaf::default() };
    let (text, hidden, _) = read(&bench, &page);
    assert!(text.contains("It ends on March 31, 2041 for all.") && hidden.len() == 1, "{text} {hidden:?}");
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

#[test]
fn what_is_typed_over_a_blank_stands_in_its_line() {
    let bench = Bench::empty();
    let line = "BT /F1 11 Tf 72 650 Td (starts on _________________ and ends on _________________ at noon) Tj ET";
    let typed = |x: u32, text: &str| {
        (
            format!("<< /Type /Annot /Subtype /FreeText /F 4 /Contents ({text}) /Rect [{x} 646 {} 662] >>", x + 90),
            format!("<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /V ({text}) /Rect [{x} 646 {} 662] >>", x + 90),
        )
    };
    let (a, b) = (typed(125, "1 May 2026"), typed(300, "30 April 2028"));
    for (first, second) in [(&a.0, &b.0), (&a.1, &b.1), (&b.0, &a.1)] {
        let page = Leaf { after: line, page: "/Annots [6 0 R 7 0 R]", more: vec![first, second], ..Leaf::default() };
        let (text, ..) = read(&bench, &page);
        assert!(text.contains("starts on 1 May 2026 and ends on 30 April 2028 at noon"), "{text}");
    }
    // A list whose values are shown by other names; an empty appearance counts where it is not drawn anew.
    let list =
        a.1.replace("/FT /Tx", "/FT /Ch /Opt [[(x) (1 June 2025)] [(y) (1 May 2026)]]")
            .replace("1 May 2026) /Rect", "y) /Rect");
    let stale = b.1.replace("/F 4", "/F 4 /AP << /N 8 0 R >>");
    let empty = stream("/Type /XObject /Subtype /Form /BBox [0 0 90 16]", "/Tx BMC EMC");
    for (catalog, end) in [("/AcroForm << /Fields [6 0 R 7 0 R] /NeedAppearances true >>", "30 April 2028 "), ("", "")]
    {
        let more = vec![&*list, &*stale, &*empty];
        let page = Leaf { after: line, page: "/Annots [6 0 R 7 0 R]", catalog, more, ..Leaf::default() };
        let (text, ..) = read(&bench, &page);
        let blank = if end.is_empty() { "_________________ " } else { "" };
        assert!(text.contains(&format!("starts on 1 May 2026 and ends on {end}{blank}at noon")), "{text}");
    }
    // What is covered at the end of a line, and typed anew by the last words of the page.
    let anew = "BT /F1 11 Tf 72 650 Td (It is extended until 31 January 2033.) Tj 0 -14 Td (Nothing else is changed.) Tj ET \
        1 g 163 646 95 14 re f 0 g BT /F1 11 Tf 170 650 Td (31 January 2029.) Tj ET";
    let (text, hidden, _) = read(&bench, &Leaf { after: anew, ..Leaf::default() });
    assert!(text.contains("It is extended until 31 January 2029.\nNothing else"), "{text}");
    assert!(!text.contains("2033") && hidden.iter().all(|h| !h.1.contains('\u{fffd}')), "{text} {hidden:?}");
}

#[test]
fn lines_are_read_as_they_stand_on_the_page() {
    let bench = Bench::empty();
    let words = [
        "The", "term", "of", "it", "begins", "on", "1", "May", "2026", "and", "goes", "on", "for", "three", "years;",
        "it", "is", "renewed", "by", "one", "year", "at", "a", "time", "unless", "a", "party", "says", "no", "in",
        "writing", "at", "least", "sixty", "days", "before", "its", "end", "by", "post", "or", "by", "hand", "to",
        "the", "other", "one",
    ];
    // Each word by itself, in no order: the places are those of a page, eight to a line.
    let place = |n: usize| format!("BT /F1 9 Tf {} {} Td ({}) Tj ET ", 72 + 55 * (n % 8), 600 - 12 * (n / 8), words[n]);
    let shuffled: String = (0..words.len()).map(|n| place(n * 29 % words.len())).collect();
    let line = |n: u32| {
        format!(
            "BT /F1 9 Tf 0.9994 0.0349 -0.0349 0.9994 72 {} Tm (Line {n} of a page that was laid askew on the glass, read whole) Tj ET ",
            640 - 14 * n
        )
    };
    let askew = (0..30).map(line).collect::<Vec<_>>().concat();
    let side = "BT /F1 9 Tf 40 650 Td (Term) Tj 70 0 Td (2) Tj 20 0 Td (This Agreement begins on 1 May 2026 and continues until 31 January) Tj 0 -12 Td (2029.) Tj ET";
    let raised = "BT /F1 11 Tf 72 650 Td (It ends on 31) Tj ET BT /F1 10.7 Tf 135.6 655.4 Td (st) Tj ET BT /F1 11 Tf 144 650 Td ( January 2029.) Tj ET";
    for (name, after, want) in [
        ("in any order", &*shuffled, "goes on for three years; it is"),
        ("askew", &*askew, "Line 4 of a page that was laid askew on the glass, read whole"),
        ("beside a side head", side, "continues until 31 January 2029."),
        ("raised", raised, "It ends on 31 January 2029."),
    ] {
        bench.write("page.pdf", pdf(&Leaf { after, ..Leaf::default() }));
        let text = bench.out(&["text", "page.pdf"]);
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(want), "{name}: {text}");
    }
}

#[test]
fn hidden_words_are_found_in_the_store_and_decide_nothing() {
    let bench = Bench::empty();
    bench.write("in/white.pdf", pdf(&Leaf { after: "1 g BT /F1 11 Tf 72 650 Td (HID) Tj ET", ..Leaf::default() }));
    bench.run(&["ingest", "in"]).assert().success();
    let found = bench.json(&["search", "--hidden", "june", "2039", "--format", "json"]);
    assert_eq!((&found[0]["words"], &found[0]["page"], found.as_array().unwrap().len()), (&OTHER.into(), &1.into(), 1));
    assert_eq!(bench.json(&["search", "--hidden", "--format", "json"]).as_array().unwrap().len(), 1);
    assert!(bench.out(&["search", "--hidden", "nowhere"]).contains("Nothing found"));
    assert!(bench.out(&["search", "2039"]).contains("Nothing found"));
    assert!(bench.out(&["search", "--hidden", "2039"]).contains("in the colour of the paper"));
}

#[test]
fn text_prints_pages_layout_and_places() {
    let bench = Bench::new();
    let file = "in/cloud-msa-auto-renewal.pdf";
    let all = bench.out(&["text", file]);
    assert!(all.contains("--- page 2 ---") && all.contains("automatically renew"), "{all}");
    let third = bench.out(&["text", file, "--pages", "3"]);
    assert!(
        third.contains("--- page 3 ---") && !third.contains("--- page 2 ---") && third.contains("automatically renew")
    );
    let layout = bench.out(&["text", file, "--pages", "3", "--layout"]);
    assert!(
        layout.lines().count() > third.lines().count() && layout.lines().any(|line| line.starts_with("   ")),
        "{layout}"
    );
    assert!(bench.out(&["text", file, "--hidden"]).contains("No hidden words."));
    let json = bench.json(&["text", file, "--pages", "3", "--format", "json"]);
    let blocks = json["pages"][0]["blocks"].as_array().unwrap();
    for line in blocks.iter().flat_map(|block| block["lines"].as_array().unwrap()) {
        let words: Vec<&str> = line["words"].as_array().unwrap().iter().map(|w| w["text"].as_str().unwrap()).collect();
        let shown: Vec<&str> = line["text"].as_str().unwrap().split_whitespace().collect();
        assert_eq!(words, shown);
        let inside = |w: &serde_json::Value| {
            let (region, line) = (&w["regions"][0], &line["regions"][0]);
            region[1].as_f64() >= line[1].as_f64() && region[3].as_f64() <= line[3].as_f64()
        };
        assert!(line["words"].as_array().unwrap().iter().all(inside), "{line}");
    }
    assert_eq!(bench.run(&["text", "nowhere.pdf"]).assert().get_output().status.code(), Some(1));
    assert_eq!(bench.run(&["text", file, "--pages", "0"]).assert().get_output().status.code(), Some(2));
}
