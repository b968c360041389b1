//! The text stage on small files.

use std::fmt::Write as _;

use super::super::{Engine, EngineOutput, HiddenBy};

/// The bytes of a file with these objects, of which the first is the catalog.
pub(crate) fn written(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (size, start) = (objects.len() + 1, out.len());
    let _ = write!(out, "{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

fn words(y: u32, words: &str) -> String {
    format!("BT /F1 11 Tf 72 {y} Td ({words}) Tj ET\n")
}

/// A file of one page. Its font is object 5, and `more` are the objects from 6 on.
#[derive(Default)]
struct Leaf<'a> {
    content: String,
    page: &'a str,
    resources: &'a str,
    catalog: &'a str,
    more: Vec<String>,
}

impl Leaf<'_> {
    fn objects(&self) -> Vec<String> {
        let Self { page, resources, catalog, .. } = self;
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
                 /Resources << /Font << /F1 5 0 R >> {resources} >> {page} >>"
            ),
            stream("", &self.content),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        ];
        objects.extend_from_slice(&self.more);
        objects
    }

    fn read(&self) -> Read {
        read(&written(&self.objects()))
    }
}

/// What is read of a file: its text, what nobody sees, and the codes of remarks.
#[derive(Debug)]
struct Read {
    text: String,
    hidden: Vec<(HiddenBy, String)>,
    codes: Vec<String>,
}

fn read(file: &[u8]) -> Read {
    let EngineOutput { text, diagnostics, .. } = Engine::First.read(file.to_vec(), &[], &[]).unwrap();
    let text = text.map(|layout| layout.text);
    let hidden = text.iter().flat_map(|t| t.hidden().iter().map(|h| (h.by, h.text.clone()))).collect();
    let text = text.map(|t| t.as_str().to_owned()).unwrap_or_default();
    Read { text, hidden, codes: diagnostics.into_iter().map(|d| d.code).collect() }
}

/// Its pages are a placeholder, and its words are somewhere that nothing but its maker's program draws.
#[test]
fn a_dynamic_form_is_told_and_one_with_fields_is_not() {
    let codes = |catalog: &str, field: &str| {
        let more = vec![stream("", "<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"/>"), field.to_owned()];
        let content =
            words(700, "Please wait... If this message is not eventually replaced by the contents of the document,");
        Leaf { content, catalog, more, ..Leaf::default() }.read().codes
    };
    let field = "<< /FT /Tx /T (Term) /V (two years) >>";
    for dynamic in [
        "/AcroForm << /XFA 6 0 R /Fields [] >>",
        "/AcroForm << /XFA [(template) 6 0 R] >>",
        "/AcroForm << /XFA 6 0 R /Fields [7 0 R] >> /NeedsRendering true",
    ] {
        assert!(codes(dynamic, field).contains(&"text.xfa".to_owned()), "{dynamic}");
    }
    // A form whose pages are drawn, with XFA beside them, and one without XFA.
    for drawn in
        ["/AcroForm << /XFA 6 0 R /Fields [7 0 R] >>", "/AcroForm << /Fields [7 0 R] >> /NeedsRendering true", ""]
    {
        assert!(!codes(drawn, field).contains(&"text.xfa".to_owned()), "{drawn}");
    }
}

#[test]
fn streams_without_an_end_are_read_by_their_length_or_their_object() {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>";
    let leaf = Leaf {
        content: words(700, "It begins in May.") + "/X1 Do",
        resources: "/XObject << /X1 6 0 R >>",
        more: vec![stream(form, &words(680, "It ends in June."))],
        ..Leaf::default()
    };
    let whole = leaf.objects();
    assert_eq!(leaf.read().text, "It begins in May. It ends in June.");
    let length = format!("/Length {}", leaf.content.len());
    for (damage, told) in [
        ("\nendstream", "text.mended"),
        ("endstream", "text.mended"),
        ("endstream:endstreem", "text.mended"),
        ("endstream:endobj", "text.mended"),
        ("\nendstream:endstream", ""),
        ("stream\n:stream \n", ""),
        ("stream\n:stream \r\n", ""),
    ] {
        let (from, to) = damage.split_once(':').unwrap_or((damage, ""));
        for at in [3, 5] {
            for said in ["", "/Length 7000", "/Length 7 0 R"] {
                let mut objects = whole.clone();
                objects[at] = objects[at].replacen(from, to, 1);
                objects.push(leaf.content.len().to_string());
                objects[3] = objects[3].replace(if said.is_empty() { "-" } else { &length }, said);
                let found = read(&written(&objects));
                assert_eq!(found.text, "It begins in May. It ends in June.", "{damage} {at} {said}");
                assert_eq!(found.codes.first().map_or("", String::as_str), told, "{damage} {at} {said}");
            }
        }
    }
    // What cannot be mended is told.
    for at in [3, 5] {
        let mut objects = whole.clone();
        objects[at] = objects[at].replacen("stream\n", "streams\n", 1);
        assert_eq!(read(&written(&objects)).codes, ["text.lost_content"], "{at}");
    }
}

#[test]
fn only_broken_frames_are_mended() {
    let file = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        let mended = super::super::frame::mend(&mut bytes);
        (mended, bytes == text.as_bytes())
    };
    for whole in [
        "1 0 obj<</Length 6>>stream\nendobj\nendstream endobj",
        "1 0 obj<</Length 2 0 R>>stream\nendobj\nendstream endobj\n2 0 obj 6 endobj",
        "1 0 obj<</Length 9>>stream\nab\nendstream endobj",
        "1 0 obj<</A/Length/Length1 3>>stream\nab\nendstream endobj",
        "1 0 obj(>> stream of words endobj)endobj",
        "1 0 obj<<>>stream\nab",
        "stream\nab endobj",
        ">>stream\nab endobj",
        "1 0 obj<</Length 99999999999999999999>>stream\n",
    ] {
        assert_eq!(file(whole), (0, true), "{whole}");
    }
    assert_eq!(file("1 0 obj <</Length 2>> stream\nab\nendobj"), (1, false));
}

const NOTE: &str = "/Type /Annot /Rect [72 400 400 420] /AP << /N 6 0 R >>";

/// A page with these annotations, over a layer (object 7) that the default state of the file says.
fn layered(annotations: &str, state: &str) -> Leaf<'static> {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 328 20] /Resources << /Font << /F1 5 0 R >> >>";
    let leak = |text: String| -> &'static str { text.leak() };
    Leaf {
        content: words(700, "It ends in June."),
        page: leak(format!("/Annots [{annotations}]")),
        catalog: leak(format!("/OCProperties << /OCGs [7 0 R] /D << {state} >> >>")),
        more: vec![
            stream(form, "BT /F1 11 Tf 2 5 Td (It ends in July.) Tj ET"),
            "<< /Type /OCG /Name (L) /Usage << /View << /ViewState /OFF >> >> >>".to_owned(),
        ],
        ..Leaf::default()
    }
}

const OFF: &str = "/OFF [7 0 R]";
/// The layer is off on a screen, by its use.
const OFF_BY_USE: &str = "/AS [<< /Event /View /Category [/View] /OCGs [7 0 R] >>]";

#[test]
fn annotations_that_nobody_sees_are_told_and_not_read() {
    let layer = "/OC 7 0 R";
    for (kind, state, by) in [
        (format!("/Subtype /Stamp {layer}"), OFF, HiddenBy::Layer),
        (format!("/Subtype /FreeText {layer}"), OFF, HiddenBy::Layer),
        (format!("/Subtype /Widget /FT /Tx /T (x) /V (It ends in July.) {layer}"), OFF, HiddenBy::Layer),
        (format!("/Subtype /Stamp {layer}"), OFF_BY_USE, HiddenBy::Layer),
        ("/Subtype /Stamp /OC << /Type /OCMD /VE [/Not 7 0 R] >>".to_owned(), "", HiddenBy::Layer),
        ("/Subtype /Popup".to_owned(), "", HiddenBy::Invisible),
        ("/Subtype /FreeText /F 2".to_owned(), "", HiddenBy::Invisible),
        ("/Subtype /Stamp /F 32".to_owned(), "", HiddenBy::Invisible),
    ] {
        let found = layered(&format!("<< {NOTE} {kind} >>"), state).read();
        assert_eq!(found.text, "It ends in June.", "{kind}");
        assert_eq!(found.hidden, [(by, "It ends in July.".to_owned())], "{kind}");
    }
    let mut of_its_own = layered(&format!("<< {NOTE} /Subtype /Stamp >>"), OFF);
    of_its_own.more[0] = of_its_own.more[0].replace("/Subtype /Form", "/Subtype /Form /OC 7 0 R");
    assert_eq!(of_its_own.read().hidden, [(HiddenBy::Layer, "It ends in July.".to_owned())]);
    let without_look = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (In July.) /F 2 /Rect [72 400 400 420] >>";
    assert_eq!(layered(without_look, "").read().hidden, [(HiddenBy::Invisible, "In July.".to_owned())]);
    // One that is shown is read, also beside one that is not.
    let beside = format!("<< {NOTE} /Subtype /Stamp >> << {NOTE} /Subtype /Popup /Rect [72 300 400 320] >>");
    for shown in [format!("<< {NOTE} /Subtype /Stamp /OC 7 0 R >>"), beside] {
        assert!(layered(&shown, "").read().text.ends_with("It ends in July."), "{shown}");
    }
    // What is not seen covers nothing.
    let mut cover =
        layered("<< /Type /Annot /Subtype /Square /Rect [0 0 612 792] /OC 7 0 R /AP << /N 6 0 R >> >>", OFF);
    cover.more[0] = stream("/Type /XObject /Subtype /Form /BBox [0 0 612 792]", "1 g 0 0 612 792 re f");
    assert_eq!((cover.read().text, cover.read().hidden), ("It ends in June.".to_owned(), vec![]));
}

#[test]
fn layers_follow_their_use_and_their_conditions() {
    let read = |layer: &str, state: &str| {
        let mut leaf = layered("", state);
        let more = words(600, "It ends in July.");
        let _ = writeln!(leaf.content, "/OC /P0 BDC 1 g 60 690 300 30 re f 0 g {more} EMC");
        leaf.resources = format!("/Properties << /P0 {layer} >>").leak();
        leaf.more.push("<< /Type /OCMD /VE [/Not 7 0 R] >>".to_owned());
        leaf.more.push("<< /Type /OCMD /VE [/And [/Not 7 0 R] [/Or 7 0 R 7 0 R]] >>".to_owned());
        leaf.more.push("<< /Type /OCMD /VE [/Or [/Not 7 0 R] 7 0 R] >>".to_owned());
        leaf.more.push("<< /Type /OCMD /OCGs [7 0 R] /P /AllOff >>".to_owned());
        leaf.read()
    };
    let usage_of_print = OFF_BY_USE.replace("/Event /View", "/Event /Print");
    for (layer, state, is_seen) in [
        ("7 0 R", "", true),
        ("7 0 R", OFF, false),
        ("7 0 R", OFF_BY_USE, false),
        ("7 0 R", &usage_of_print, true),
        ("8 0 R", "", false),
        ("8 0 R", OFF, true),
        ("9 0 R", "", false),
        ("10 0 R", "", true),
        ("11 0 R", "", false),
        ("11 0 R", OFF, true),
    ] {
        let found = read(layer, state);
        let hidden = |by| found.hidden.iter().filter(|h| h.0 == by).map(|h| h.1.as_str()).collect::<Vec<_>>();
        if is_seen {
            assert_eq!(found.text, "It ends in July.", "{layer} {state}");
            assert_eq!(hidden(HiddenBy::Cover), ["It ends in June."], "{layer} {state}");
        } else {
            assert_eq!(found.text, "It ends in June.", "{layer} {state}");
            assert_eq!(hidden(HiddenBy::Layer), ["It ends in July."], "{layer} {state}");
        }
    }
}

#[test]
fn fonts_that_say_other_digits_than_they_draw_are_told() {
    let codes = |encoding: &str, map: &[(u32, char)]| {
        let pairs: Vec<_> = map.iter().map(|(code, c)| format!("<{code:02x}> <{:04x}>\n", u32::from(*c))).collect();
        let pairs = pairs.concat();
        let map =
            format!("1 begincodespacerange <00> <ff> endcodespacerange {} beginbfchar\n{pairs}endbfchar", map.len());
        let leaf = Leaf { content: words(700, "It ends in 2026."), more: vec![stream("", &map)], ..Leaf::default() };
        let mut objects = leaf.objects();
        objects[4] = format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R {encoding} >>");
        read(&written(&objects)).codes
    };
    let told = ["text.font_contradicts"];
    let ordered: Vec<(u32, char)> = (0x30..0x3a).zip('0'..='9').collect();
    let lies: Vec<(u32, char)> = ordered.iter().map(|(code, c)| (*code, if *c == '6' { '9' } else { *c })).collect();
    let names = "/Encoding << /Differences [1 /two /zero /six] >>";
    assert_eq!(codes("", &ordered), [""; 0]);
    assert_eq!(codes("", &lies), told);
    assert_eq!(codes("/Encoding /WinAnsiEncoding", &[(0x36, '9'), (0x32, '2')]), told);
    assert_eq!(codes(names, &[(1, '2'), (2, '0'), (3, '6')]), [""; 0]);
    assert_eq!(codes(names, &[(1, '2'), (2, '0'), (3, '9')]), told);
    // Digits without an order, and a second set of them, are nothing to tell.
    assert_eq!(codes("", &[(1, '2'), (2, '0'), (3, '6'), (4, '1')]), [""; 0]);
    let twice: Vec<(u32, char)> = ordered.iter().copied().chain((0x60..0x6a).zip('0'..='9')).collect();
    assert_eq!(codes("", &twice), [""; 0]);
}

#[test]
fn another_number_of_pages_than_the_file_says_is_told() {
    let mut objects = Leaf { content: words(700, "It ends in June."), ..Leaf::default() }.objects();
    assert_eq!(read(&written(&objects)).codes, [""; 0]);
    objects[1] = objects[1].replace("/Kids [3 0 R]", "/Kids [3 0 R 6 0 R]");
    objects.push(objects[2].clone());
    assert_eq!(read(&written(&objects)).codes, ["text.page_count"]);
}

#[test]
fn values_that_no_page_shows_are_told() {
    let form = |more: &str, page: &'static str| {
        let catalog = "/AcroForm << /Fields [6 0 R] >>";
        let rect = "/Subtype /Widget /Rect [72 400 300 420] /F 4";
        let more = vec![
            format!("<< /FT /Tx /T (Term) {more} >>"),
            format!("<< /Parent 6 0 R {rect} >>"),
            format!("<< /Parent 6 0 R /T (x) /V (Ten years.) {rect} >>"),
        ];
        Leaf { content: words(700, "It ends in June."), catalog, page, more, ..Leaf::default() }.read()
    };
    for (field, page, is_told) in [
        ("/V (Ten years.)", "", true),
        ("/V (Ten years.) /Kids [7 0 R]", "", true),
        ("/Kids [8 0 R]", "", true),
        ("/V ()", "", false),
        ("/V (Ten years.) /Kids [7 0 R]", "/Annots [7 0 R]", false),
        ("/Kids [8 0 R]", "/Annots [8 0 R]", false),
        ("/V (Ten years.) /Subtype /Widget /Rect [72 400 300 420]", "/Annots [6 0 R]", false),
    ] {
        let found = form(field, page);
        assert_eq!(found.codes == ["text.hidden_field"], is_told, "{field} {page}: {found:?}");
        assert_eq!(found.text.contains("Ten"), !page.is_empty(), "{field} {page}: {found:?}");
    }
}
