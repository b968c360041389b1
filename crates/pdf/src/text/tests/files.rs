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
