//! Random edits after signing: each alters words or pictures, in one of the ways in which a file may be updated.

use std::fmt::Write as _;

use super::*;

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn odds(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

/// The last text of an object of the file.
fn object(bytes: &[u8], number: u32) -> String {
    let head = format!("\n{number} 0 obj\n");
    let start = memchr::memmem::rfind(bytes, head.as_bytes()).unwrap() + head.len();
    let end = start + memchr::memmem::find(&bytes[start..], b"endobj").unwrap();
    String::from_utf8_lossy(&bytes[start..end]).into_owned()
}

fn stream(extra: &str, data: &str) -> String {
    format!("<<{extra}/Length {}>>\nstream\n{data}\nendstream\n", data.len())
}

fn words(random: &mut Random) -> String {
    let (x, y, size, n) = (60 + random.below(200), 120 + random.below(550), 8 + random.below(8), random.below(90) + 10);
    format!("BT /F1 {size} Tf {x} {y} Td (The fee is {n} percent, and the term {n} years.) Tj ET")
}

fn over_all(random: &mut Random) -> String {
    let form =
        format!("1 1 1 rg 0 0 {} {} re f 0 g {}", 300 + random.below(300), 400 + random.below(300), words(random));
    stream("/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font 1 0 R>>", &form)
}

/// Objects that alter what the page says or shows. In these fixtures 1 is the fonts, 4 the page, 5 the catalog, 7 the page
/// tree, 8 the content, 10 the form and 11 the first field.
fn alteration(bytes: &[u8], random: &mut Random) -> (&'static str, Vec<(u32, String)>) {
    let page = object(bytes, 4);
    let swap = |from: &str, to: &str| {
        let spaced = page.replace(from, to);
        assert_ne!(spaced, page, "{from}");
        spaced
    };
    match random.below(16) {
        0 => ("other content", vec![(8, stream("", &words(random)))]),
        1 => {
            ("other stream", vec![(4, swap("/Contents 8 0 R", "/Contents 900 0 R")), (900, stream("", &words(random)))])
        }
        2 => {
            ("more", vec![(4, swap("/Contents 8 0 R", "/Contents[8 0 R 900 0 R]")), (900, stream("", &words(random)))])
        }
        3 => ("turned", vec![(4, swap("/Rotate 0", ["/Rotate 90", "/Rotate 180", "/Rotate 270"][random.below(3)]))]),
        4 => {
            let size = format!("[ 0 0 {} {} ]", 300 + random.below(200), 300 + random.below(300));
            ("cut", vec![(4, swap("[ 0 0 612 792 ]", &size))])
        }
        5 => {
            let digits = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[48/nine/eight/seven/six/five]>>>>";
            ("other digits", vec![(1, "<</F1 901 0 R/F2 901 0 R>>".to_owned()), (901, digits.to_owned())])
        }
        6 => ("other fonts", vec![(2, "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>".to_owned())]),
        7 => ("fonts changed places", vec![(1, "<</F1 3 0 R/F2 2 0 R>>".to_owned())]),
        kind @ 8..=10 => {
            let kind = match kind {
                8 => "/Subtype/Stamp",
                9 => "/Subtype/Stamp/FT/Sig",
                _ => "/Subtype/Widget/FT/Sig/T(Third)",
            };
            let stamp = format!("<</Type/Annot{kind}/F 4/Rect[0 0 612 792]/P 4 0 R/AP<</N 903 0 R>>>>");
            let page = swap("/Annots [ ", "/Annots [ 902 0 R ");
            ("painted over", vec![(4, page), (902, stamp), (903, over_all(random))])
        }
        11 => ("page twice", vec![(7, "<</Type/Pages/Count 2/Kids[4 0 R 904 0 R]>>".to_owned()), (904, page)]),
        12 => {
            let other = swap("/Contents 8 0 R", "/Contents 900 0 R").replace("/Parent 7 0 R", "/Parent 905 0 R");
            let catalog = object(bytes, 5).replace("/Pages 7 0 R", "/Pages 905 0 R");
            let tree = "<</Type/Pages/Count 1/Kids[904 0 R]>>".to_owned();
            ("other pages", vec![(5, catalog), (905, tree), (904, other), (900, stream("", &words(random)))])
        }
        13 => {
            let field = object(bytes, 10).replace("/Fields [ ", "/Fields [ 906 0 R ");
            let text =
                "<</FT/Tx/T(Fee)/V(90)/DA(/Helv 9 Tf)/Type/Annot/Subtype/Widget/F 4/Rect[80 600 400 640]/P 4 0 R>>";
            ("new field", vec![(10, field), (906, text.to_owned()), (4, swap("/Annots [ ", "/Annots [ 906 0 R "))])
        }
        14 => ("no content", vec![(4, swap("/Contents 8 0 R", ""))]),
        _ => {
            let field = object(bytes, 11);
            let grown = field.replace("/Rect [ 75 400 280 440 ]", "/Rect [ 0 0 612 792 ]");
            assert_ne!(grown, field);
            ("field grew", vec![(11, grown)])
        }
    }
}

/// Ways to write an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Table,
    Stream,
    Packed,
    Hybrid,
    TwoTables,
    OtherTable,
    Bare,
}

const WAYS: [Way; 7] = [Way::Table, Way::Stream, Way::Packed, Way::Hybrid, Way::TwoTables, Way::OtherTable, Way::Bare];

fn table(entries: &[(u32, usize)]) -> String {
    let rows = entries.iter().map(|(number, at)| format!("{number} 1\n{at:010} 00000 n \n"));
    format!("xref\n{}", rows.collect::<String>())
}

/// A cross-reference stream that is object 950; the third number of an entry tells whether it is packed, and where.
fn table_stream(entries: &[(u32, u8, usize, u8)], at: usize, previous: usize) -> String {
    let mut index = String::new();
    let mut data = String::new();
    for (number, kind, second, third) in entries.iter().chain([&(950, 1, at, 0)]) {
        write!(index, "{number} 1 ").unwrap();
        write!(data, "{kind:02x}{second:08x}{third:02x}").unwrap();
    }
    let keys = format!("/Type/XRef/W[1 4 1]/Size 951/Root 5 0 R/Prev {previous}/Index[{index}]/Filter/ASCIIHexDecode");
    format!("950 0 obj\n{}endobj\n", stream(&keys, &(data + ">")))
}

fn updated(signed: &[u8], objects: &[(u32, String)], way: Way, random: &mut Random) -> Vec<u8> {
    let at = memchr::memmem::rfind(signed, b"startxref\n").unwrap() + 10;
    let previous: usize = std::str::from_utf8(&signed[at..]).unwrap().lines().next().unwrap().parse().unwrap();
    let mut out = signed.to_vec();
    let mut places = Vec::new();
    out.push(b'\n');
    let is_packed = |text: &str| way == Way::Packed && !text.contains("stream\n");
    for (number, text) in objects.iter().filter(|(_, text)| !is_packed(text)) {
        places.push((*number, out.len()));
        out.extend(format!("{number} 0 obj\n{text}\nendobj\n").bytes());
    }
    let packed: Vec<_> = objects.iter().filter(|(_, text)| is_packed(text)).collect();
    let trailer = |more: &str| format!("trailer\n<</Size 951/Root 5 0 R/Prev {previous}{more}>>\n");
    let start = out.len();
    match way {
        Way::Table => out.extend((table(&places) + &trailer("")).bytes()),
        Way::Hybrid => {
            let entries: Vec<_> = places.iter().map(|(n, at)| (*n, 1, *at, 0)).collect();
            out.extend(table_stream(&entries, start, previous).bytes());
            let second = out.len();
            out.extend((table(&[]) + &trailer(&format!("/XRefStm {start}"))).bytes());
            out.extend(format!("startxref\n{second}\n%%EOF\n").bytes());
            return out;
        }
        Way::Stream | Way::Packed => {
            let mut entries: Vec<_> = places.iter().map(|(n, at)| (*n, 1, *at, 0)).collect();
            let mut start = start;
            if !packed.is_empty() {
                let (mut head, mut body) = (String::new(), String::new());
                for (i, (number, text)) in packed.iter().enumerate() {
                    write!(head, "{number} {} ", body.len()).unwrap();
                    write!(body, "{text} ").unwrap();
                    entries.push((*number, 2, 940, u8::try_from(i).unwrap()));
                }
                let keys = format!("/Type/ObjStm/N {}/First {}", packed.len(), head.len());
                entries.push((940, 1, start, 0));
                out.extend(format!("940 0 obj\n{}endobj\n", stream(&keys, &(head + &body))).bytes());
                start = out.len();
            }
            out.extend(table_stream(&entries, start, previous).bytes());
            out.extend(format!("startxref\n{start}\n").bytes());
            out.extend(if random.odds(3) { &b""[..] } else { b"%%EOF\n" });
            return out;
        }
        Way::TwoTables => {
            out.extend((table(&places) + &trailer("")).bytes());
            out.extend(format!("startxref\n{start}\n%%EOF\nstartxref\n{previous}\n%%EOF\n").bytes());
            return out;
        }
        Way::OtherTable => {
            // The objects are there, and only a program that searches for them finds them.
            out.extend((table(&[]) + &trailer("")).bytes());
        }
        Way::Bare => return out,
    }
    let off = usize::from(random.odds(4));
    out.extend(format!("startxref\n{}\n", start - off).bytes());
    if !random.odds(3) {
        out.extend(b"%%EOF\n");
    }
    out.extend(vec![[0, b'\n', b' '][random.below(3)]; random.below(40)]);
    out
}

#[test]
fn what_is_added_and_alters_nothing_is_no_change() {
    for name in ["rsa-pkcs1", "timestamped", "two-signatures"] {
        let signed = file(name);
        for way in [Way::Table, Way::Stream, Way::Packed] {
            // The same page once more, and a page that lists no more than before.
            let bytes = updated(&signed, &[(4, object(&signed, 4))], way, &mut Random(1));
            for found in signatures(&bytes, &Trust::default(), &[]) {
                assert_eq!(found.integrity, Integrity::Intact, "{name} {way:?}: {:?}", found.problem);
                assert!(!found.covers_whole_file, "{name}");
            }
        }
        for padding in [&b"\n\n"[..], &[0; 600], b" \r\n\0"] {
            let found = signatures(&[&signed, padding].concat(), &Trust::default(), &[]);
            assert!(found.iter().all(|s| s.integrity == Integrity::Intact), "{name}");
        }
    }
}

#[test]
fn random_edits_are_never_intact() {
    let files = ["rsa-pkcs1", "rsa-pss", "two-signatures"].map(|name| (name, file(name)));
    for seed in 0..112 {
        let mut random = Random(seed * 7 + 1);
        let (name, signed) = &files[random.below(files.len())];
        let (kind, objects) = alteration(signed, &mut random);
        let way = WAYS[usize::try_from(seed).unwrap() % WAYS.len()];
        let found = signatures(&updated(signed, &objects, way, &mut random), &Trust::default(), &[]);
        let told: Vec<_> = found.iter().map(|s| (s.integrity, s.problem.as_deref())).collect();
        assert!(
            !found.is_empty() && found.iter().all(|s| s.integrity != Integrity::Intact),
            "{seed} {name} {kind} {way:?}: {told:?}"
        );
        if way == Way::Table && kind == "other content" {
            assert!(told[0].1.unwrap().contains("page 1: \""), "{told:?}");
        }
    }
}
