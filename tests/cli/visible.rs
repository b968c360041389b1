//! What can be seen on a page is its text, and nothing else.

use std::fmt::Write as _;

use crate::common::Bench;

/// A page whose visible words end on one day, with more on it.
#[derive(Default, Clone)]
pub(super) struct Leaf<'a> {
    /// Content before and after the visible words. `(HID) Tj` in it becomes [`OTHER`].
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    /// Entries of the page and of its resources.
    pub(super) page: &'a str,
    pub(super) resources: &'a str,
    /// Entries of the catalog, and objects from number 6 on.
    pub(super) catalog: &'a str,
    pub(super) more: Vec<&'a str>,
}

pub(super) const SEEN: &str = "This Agreement begins on the first day of May and ends on December 31, 2026.";
pub(super) const OTHER: &str = "The term of it ends on June 30, 2039.";

pub(super) fn pdf(page: &Leaf<'_>) -> Vec<u8> {
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
pub(super) fn stream(dict: &str, content: &str) -> String {
    format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// The text of a page, the words that are not part of it, and what is said of them.
pub(super) fn read(bench: &Bench, page: &Leaf<'_>) -> (String, Vec<(String, String)>, String) {
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

/// A form that writes with glyphs of its own, its font (object 7), and what characters they are (object 9). Object 8 is to draw
/// each of them.
fn of_own_glyphs() -> (String, String, String) {
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 7 0 R >> >>",
        "BT /F1 11 Tf 72 650 Td (HID) Tj ET",
    );
    let names = (32..127).map(|n| format!("/c{n} ")).collect::<Vec<_>>().concat();
    let drawings = (32..127).map(|n| format!("/c{n} 8 0 R ")).collect::<Vec<_>>().concat();
    let font = format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 900] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 /LastChar 126 \
         /Widths [{}] /Encoding << /Differences [32 {names}] >> /CharProcs << {drawings} >> /Resources << >> /ToUnicode 9 0 R >>",
        "500 ".repeat(95)
    );
    let code = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /O def /CMapType 2 def \
        1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange endcmap end end";
    (form, font, stream("", code))
}

pub(super) const LINE: &str = "BT /F1 11 Tf 72 650 Td (HID) Tj ET";

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
    let [white, dark] =
        ["FF", "00"].map(|grey| format!("q 400 0 0 30 60 640 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID {grey}> EI Q"));
    let [on_white, on_black] = [format!("{white} 1 g {LINE}"), format!("{dark} 0 g {LINE}")];
    let halves = format!("{LINE} 60 640 300 13 re f 60 653 300 14 re f");
    let slanted = format!("{LINE} 1 G 34 w 40 648 m 400 656 l S");
    let on_gradient = format!("q /Pattern cs /P scn 60 640 300 30 re f Q 1 g {LINE}");
    let hole = format!("q 0 0 612 792 re 60 640 300 30 re W* n {LINE} Q");
    let (form_of_own, font, code) = of_own_glyphs();
    let no_ink = [&*form_of_own, &font, "<< /Length 8 >>\nstream\n500 0 d0\nendstream", &code];
    let field = |rest: &str| format!("<< /Type /Annot /Subtype /Widget /FT /Tx /T (End) /V (HID) {rest} >>");
    let [flat, away, password] =
        ["/Rect [72 650 72 650]", "/Rect [-500 640 -100 660]", "/Ff 8192 /Rect [72 640 400 660]"].map(field);
    let note = "<< /Type /Annot /Subtype /FreeText /F 4 /Rect [72 650 72 650] /Contents (HID) >>";
    let annotated = |object| Leaf { page: "/Annots [6 0 R]", more: vec![object], ..Leaf::default() };
    let cases: Vec<(&str, &str, Leaf<'_>)> = vec![
        ("colour", "white on a white picture", after(&on_white)),
        ("colour", "black on a black picture", after(&on_black)),
        ("colour", "white on a white gradient", Leaf { resources: gradient, ..after(&on_gradient) }),
        ("colour", "light grey", after("0.9 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("cover", "two halves", after(&halves)),
        ("cover", "slanted line", after(&slanted)),
        ("clip", "clip with a hole", after(&hole)),
        (
            "invisible",
            "glyphs without ink",
            Leaf { resources: "/XObject << /X 6 0 R >>", more: no_ink.to_vec(), ..after("/X Do") },
        ),
        ("size", "field without a place", annotated(&flat)),
        ("off_page", "field off the page", annotated(&away)),
        ("invisible", "password", annotated(&password)),
        ("size", "note without a place", annotated(note)),
        (
            "transparency",
            "faint",
            Leaf {
                resources: "/ExtGState << /G << /ca 0.1 >> >>",
                ..after("q /G gs BT /F1 11 Tf 72 650 Td (HID) Tj ET Q")
            },
        ),
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
fn the_text_of_a_blank_scan_is_no_contract() {
    let bench = Bench::empty();
    let scan = |pixels: &str| format!("q 612 0 0 792 0 0 cm BI /W 8 /H 2 /CS /G /BPC 8 /F /AHx ID {pixels}> EI Q");
    let (blank, printed) = (scan(&"FF".repeat(16)), scan(&"FF30".repeat(8)));
    let layer = "BT 3 Tr /F1 11 Tf 72 650 Td (HID) Tj 0 -20 Td (HID HID) Tj 0 -20 Td (HID HID HID) Tj ET";
    for (before, is_text) in [(&blank, false), (&printed, true)] {
        let (text, hidden, _) = read(&bench, &Leaf { before, after: layer, ..Leaf::default() });
        assert!(text.contains(SEEN) && text.contains("2039") == is_text, "{text}");
        assert_eq!(
            hidden.iter().filter(|(by, _)| by == "invisible").count(),
            if is_text { 0 } else { 3 },
            "{hidden:?}"
        );
    }
}

#[test]
fn words_that_look_like_hidden_ones_are_text() {
    let bench = Bench::empty();
    let after = |after| Leaf { after, ..Leaf::default() };
    let scan = "q 612 0 0 792 0 0 cm BI /W 8 /H 2 /CS /G /BPC 8 /F /AHx ID 60306030603060303060306030603060> EI Q";
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
    let (form, font, code) = of_own_glyphs();
    let drawing = stream("", "500 0 d0 50 0 100 700 re f");
    let inked = [&*form, &font, &drawing, &code];
    let highlight = "<< /Type /Annot /Subtype /Highlight /F 4 /Rect [60 640 360 670] /QuadPoints [60 670 360 670 60 640 360 640] /AP << /N 7 0 R >> >>";
    let cases: Vec<(&str, Leaf<'_>)> = vec![
        ("white on a dark bar", after("0.1 0.2 0.5 rg 60 640 300 30 re f 1 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("white on a slanted line", after("0 G 34 w 40 648 m 400 656 l S 1 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
        ("glyphs of its own", Leaf { resources: "/XObject << /X 6 0 R >>", more: inked.to_vec(), ..after("/X Do") }),
        ("grey", after("0.75 g BT /F1 11 Tf 72 650 Td (HID) Tj ET")),
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
fn words_at_a_slant_are_told() {
    let bench = Bench::empty();
    let body = (0..20)
        .map(|n| format!("BT /F1 9 Tf 72 {} Td (A line of words that runs level over the page) Tj ET ", 600 - 12 * n))
        .collect::<Vec<_>>()
        .concat();
    for (cos, sin) in [(0.996, 0.087), (0.866, 0.5), (0.707, 0.707)] {
        let after = format!(
            "{body} BT /F1 11 Tf {cos} {sin} -{sin} {cos} 72 60 Tm (HID) Tj ET BT /F1 40 Tf {cos} {sin} -{sin} {cos} 480 60 Tm (DRAFT) Tj ET"
        );
        let (text, hidden, told) = read(&bench, &Leaf { after: &after, ..Leaf::default() });
        assert!(text.contains(SEEN) && !text.contains("2039"), "{sin}: {text}");
        assert_eq!(hidden, [("slant".to_owned(), OTHER.to_owned())], "{sin}");
        assert!(told.contains("not read, at a slant: 9 words on page 1") && !told.contains("hidden text"), "{told}");
    }
    // A page that is askew as a whole is read.
    let line = |n: u32| {
        format!(
            "BT /F1 9 Tf 0.985 0.174 -0.174 0.985 {} {} Tm (Line {n} of a page that lay at ten degrees on the glass) Tj ET ",
            80 + 2 * n,
            560 - 14 * n
        )
    };
    let askew = (0..30).map(line).collect::<Vec<_>>().concat();
    let (text, hidden, _) = read(&bench, &Leaf { after: &askew, ..Leaf::default() });
    assert!(
        text.contains("Line 4 of a page that lay at ten degrees on the glass") && hidden.is_empty(),
        "{text} {hidden:?}"
    );
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
