//! Files that mean harm, and the workers that they end.

use std::fmt::Write as _;
use std::time::Duration;

use flate2::{Compress, Compression, FlushCompress};
use tickler::record::DocumentFailure;
use tickler::signature::{DigitalSignature, Trust};
use tickler::text::{Drawn, Engine, EngineError, Engines, InProcess, PageImage, Scan, Scans, extract_with};
use tickler::worker::{Budget, Limits, Pool};

use crate::common::{Bench, CONTRACTS, fixture};

/// A PDF of these objects, numbered from 1; the first is the catalog.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.extend(format!("{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

pub(crate) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {entries} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// One page with this content, and more objects from number 5 on.
fn page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let head = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 -10400 600 800] /Contents 4 0 R /Resources << {resources} >> >>"
    );
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        head.into_bytes(),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

/// A zlib stream of `times` times `part`, made without ever holding all of it.
fn repeated(part: &[u8], times: usize) -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut chunk = Vec::with_capacity(part.len() + 1024);
    // A full flush ends on a byte and forgets what came before, so that the chunk can be repeated.
    compress.compress_vec(part, &mut chunk, FlushCompress::Full).unwrap();
    let mut out = vec![0x78, 0x9c];
    for _ in 0..times {
        out.extend(&chunk);
    }
    // An empty last block, and the checksum.
    out.extend([0x03, 0x00]);
    // Each time adds the same to the first sum, and to the second so often the first.
    let (mut a, mut b, length) = (1, 0, part.len() as u64);
    let plain: u64 = part.iter().map(|byte| u64::from(*byte)).sum();
    let weighted: u64 = (1..).zip(part.iter().rev()).map(|(weight, byte)| weight * u64::from(*byte)).sum();
    for _ in 0..times {
        b = (b + length * a + weighted) % 65_521;
        a = (a + plain) % 65_521;
    }
    out.extend(u32::try_from(b << 16 | a).unwrap().to_be_bytes());
    out
}

/// Two gibibytes of nothing in a few kilobytes.
fn bomb() -> Vec<u8> {
    let inner = repeated(&vec![0; 1 << 20], 2048);
    let outer = repeated(&inner, 1);
    page(stream("/Filter [/FlateDecode /FlateDecode]", &outer), "", Vec::new())
}

/// A file that the shell opened for the program is not open in the process that parses PDFs.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_inherits_three_streams_and_nothing_else() {
    use std::io::Read as _;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let script = format!("exec 7<Cargo.toml 9>>/dev/null; exec {:?} worker 1073741824", env!("CARGO_BIN_EXE_tickler"));
    let mut worker =
        std::process::Command::new("bash").args(["-c", &script]).stdin(OwnedFd::from(theirs)).spawn().unwrap();
    // It says hello when it is ready.
    ours.read_exact(&mut [0]).unwrap();
    let open = std::fs::read_dir(format!("/proc/{}/fd", worker.id())).unwrap();
    let targets: Vec<_> = open.map(|e| std::fs::read_link(e.unwrap().path()).unwrap()).collect();
    assert!(!targets.iter().any(|t| t.ends_with("Cargo.toml")), "{targets:?}");
    assert!(targets.len() <= 4, "the streams, and the socket once more: {targets:?}");
    drop(ours);
    worker.wait().unwrap();
}

/// What reads a page ends with the program that asked for it, also when that is killed.
#[cfg(target_os = "linux")]
#[test]
fn a_tied_program_ends_with_its_parent() {
    let bench = Bench::new();
    let pid = bench.path("pid");
    // The shell is the parent: it is killed while the tied program sleeps.
    let tickler = env!("CARGO_BIN_EXE_tickler");
    let script = format!("{tickler:?} tied $$ sh -c 'echo $$ >{}; sleep 100' & wait", pid.display());
    let mut parent = std::process::Command::new("bash").args(["-c", &script]).spawn().unwrap();
    let started = || std::fs::read_to_string(&pid).ok().filter(|text| text.ends_with('\n'));
    let id = loop {
        match started() {
            Some(id) => break id.trim().to_owned(),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    assert!(std::path::Path::new(&format!("/proc/{id}")).exists());
    parent.kill().unwrap();
    parent.wait().unwrap();
    let gone = || {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        stat.is_empty() || stat.contains(") Z ")
    };
    let ended = (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        gone()
    });
    assert!(ended, "process {id} outlived its parent");
    // One that is not there is told as shells tell it.
    let missing = format!("{tickler:?} tied $$ /nowhere/tesseract & wait $!");
    let status = std::process::Command::new("bash").args(["-c", &missing]).status().unwrap();
    assert_eq!(status.code(), Some(127));
}

/// A file of some kilobytes whose text is one sentence of dates, and the record that is kept of it.
#[test]
fn a_sentence_of_dates_costs_seconds_and_keeps_the_contract() {
    let mut content = String::from("BT /F1 8 Tf 11 TL 40 770 Td (This Agreement is governed by the laws of Texas.) ' ");
    for i in 0..1_000 {
        let dates: Vec<String> = (0..6)
            .map(|k| format!("effective {}/{}/20{:02}", (i + k) % 12 + 1, (i * k) % 9 + 1, (i + k) % 30))
            .collect();
        write!(content, "({}) ' ", dates.join(" ")).unwrap();
    }
    content.push_str("ET");
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec();
    let bytes = page(stream("", content.as_bytes()), "/Font << /F1 5 0 R >>", vec![font]);
    let bench = Bench::new();
    let file = bench.path("dates.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = bench.process(&["extract", "--no-model", "--format", "ndjson", file.to_str().unwrap()]).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    let record = String::from_utf8(out.stdout).unwrap();
    assert!(record.contains("segment.long_sentence") && record.contains("detect.limited"), "{record:.300}");
}

/// Forms of which each draws the next one twice: 2 to the 40th drawings.
fn forms() -> Vec<u8> {
    let form = |next: usize| {
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>");
        stream(&entries, b"/F Do /F Do")
    };
    page(stream("", b"/F Do /F Do"), "/XObject << /F 5 0 R >>", (6..46).map(form).collect())
}

/// Hundreds of megabytes of lines that are drawn.
fn operators() -> Vec<u8> {
    let lines = b"0 0 m 600 800 l S\n".repeat(4096);
    page(stream("/Filter /FlateDecode", &repeated(&lines, 4096)), "", Vec::new())
}

/// Brackets in brackets, more than any stack holds.
fn brackets() -> Vec<u8> {
    page(stream("", &b"[".repeat(4_000_000)), "", Vec::new())
}

fn pool(limits: Limits) -> Pool {
    Pool::start(assert_cmd::cargo::cargo_bin!("tickler").to_owned(), vec!["worker".into()], limits).unwrap()
}

/// Time enough for a busy machine; what is left is the limit that a test is about.
fn roomy() -> Limits {
    let budget = Budget { cpu_seconds: 60, wall: Duration::from_mins(5) };
    Limits { first: budget, second: budget, render: budget, ..Limits::default() }
}

fn code(lost: Result<tickler::text::EngineOutput, EngineError>) -> String {
    lost.unwrap_err().into_diagnostic().code
}

#[test]
fn hostile_files_are_set_aside_and_the_rest_is_read() {
    let bench = Bench::new();
    let hostile = [("bomb", bomb()), ("forms", forms()), ("operators", operators()), ("brackets", brackets())];
    for (name, content) in &hostile {
        bench.write(&format!("in/{name}.pdf"), content);
    }
    let output = bench.run(&["ingest", "in", "--format", "json"]).assert().code(1).get_output().clone();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["new"], CONTRACTS.len(), "{summary}");
    let codes: Vec<_> = summary["failed"].as_array().unwrap().iter().map(|f| (&f["uri"], &f["code"])).collect();
    assert_eq!(codes.len(), hostile.len(), "{codes:?}");
    let of = |name: &str| {
        let found = codes.iter().find(|(uri, _)| uri.as_str().unwrap().ends_with(name));
        found.unwrap().1.as_str().unwrap().to_owned()
    };
    // Which limit is met first depends on the machine.
    assert!(["worker.memory", "worker.time"].contains(&of("bomb.pdf").as_str()), "{codes:?}");
    assert_eq!(of("forms.pdf"), "worker.time");

    let output = bench.run(&["extract", "in/bomb.pdf", &format!("in/{}", CONTRACTS[0])]).assert().code(1);
    let output = output.get_output();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("bomb.pdf: the first PDF engine"), "{said}");
}

/// A page of words in a file whose catalog, page and further objects (from number 5 on) say more.
fn carrying(catalog: &str, page: &str, more: &[&str]) -> Vec<u8> {
    let words =
        b"BT /F1 9 Tf 60 700 Td (This Agreement is made as of March 3, 2021 between Alder Inc. and Birch Ltd.) Tj ET";
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {page} /Resources << /Font << /F1 << \
             /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        .into_bytes(),
        stream("", words),
    ];
    objects.extend(more.iter().map(|object| object.as_bytes().to_vec()));
    pdf(&objects)
}

#[test]
fn what_a_file_would_do_is_said_and_not_done() {
    let script = "<< /S /JavaScript /JS (app.alert(1)) >>";
    let launch = "<< /S /Launch /F (/bin/sh) >>";
    let chain = format!("<< /S /GoTo /D [3 0 R /Fit] /Next [{script} {launch}] >>");
    let (both, none) = ("JavaScript, a command that starts a program", Vec::new());
    let cases: [(String, String, Vec<&str>, &str, &str); 7] = [
        (format!("/OpenAction {script}"), String::new(), none.clone(), "text.active_content", "JavaScript;"),
        (format!("/AA << /WC {script} >>"), String::new(), none.clone(), "text.active_content", "JavaScript;"),
        (
            format!("/Names << /JavaScript << /Names [(a) {script}] >> >>"),
            String::new(),
            none.clone(),
            "text.active_content",
            "JavaScript;",
        ),
        (String::new(), format!("/AA << /O {launch} >>"), none.clone(), "text.active_content", "starts a program"),
        (
            String::new(),
            format!("/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A {chain} >>]"),
            none.clone(),
            "text.active_content",
            both,
        ),
        (
            "/Names << /EmbeddedFiles << /Kids [5 0 R] >> >>".to_owned(),
            String::new(),
            vec!["<< /Names [(a) 4 0 R (b) 4 0 R] >>"],
            "text.attachment",
            "2 files",
        ),
        // An action whose next one is itself.
        (
            "/OpenAction 5 0 R".to_owned(),
            String::new(),
            vec!["<< /S /ImportData /Next 5 0 R >>"],
            "text.active_content",
            "imports data",
        ),
    ];
    for (catalog, page, more, code, words) in cases {
        let output = Engine::First.read(carrying(&catalog, &page, &more), &[], &[]).unwrap();
        let said: Vec<_> = output.diagnostics.iter().map(|d| (d.code.as_str(), d.message.as_str())).collect();
        assert!(matches!(said[..], [(c, m)] if c == code && m.contains(words)), "{catalog} {page}: {said:?}");
        assert!(output.text.unwrap().text.as_str().contains("March 3, 2021"));
    }
    // A link to a page or a site does nothing by itself.
    let link = "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://example.com) >> >>]";
    assert!(Engine::First.read(carrying("", link, &[]), &[], &[]).unwrap().diagnostics.is_empty());
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let pool = pool(roomy());
    for name in CONTRACTS {
        let bytes = std::fs::read(fixture(name)).unwrap();
        for engine in [Engine::First, Engine::Second] {
            let (here, there) = (InProcess.read(engine, &bytes, &[]).unwrap(), pool.read(engine, &bytes, &[]).unwrap());
            // White space has no edges, and so is not equal to itself.
            assert!(format!("{here:?}") == format!("{there:?}"), "{name}, {engine}");
        }
    }
}

#[test]
fn a_worker_that_outgrows_its_memory_is_replaced() {
    let pool = pool(Limits { memory: 320 << 20, ..roomy() });
    let good = std::fs::read(fixture(CONTRACTS[0])).unwrap();
    assert_eq!(code(pool.read(Engine::First, &bomb(), &[])), "worker.memory");
    assert!(pool.read(Engine::First, &good, &[]).unwrap().text.is_some());
}

#[test]
fn a_worker_that_does_not_end_is_replaced() {
    let mut limits = roomy();
    limits.first.cpu_seconds = 1;
    limits.second.wall = Duration::ZERO;
    let pool = pool(limits);
    let good = std::fs::read(fixture(CONTRACTS[0])).unwrap();
    assert_eq!(code(pool.read(Engine::First, &forms(), &[])), "worker.time", "processor time");
    assert_eq!(code(pool.read(Engine::Second, &good, &[])), "worker.time", "time that passes");
    assert!(pool.read(Engine::First, &good, &[]).unwrap().text.is_some());
}

#[test]
fn a_worker_that_says_too_much_is_not_listened_to() {
    let pool = pool(Limits { answer: 1000, ..roomy() });
    let good = std::fs::read(fixture(CONTRACTS[0])).unwrap();
    assert_eq!(code(pool.read(Engine::First, &good, &[])), "worker.output");
    // Both engines say too much: the reason of the first is told.
    let DocumentFailure { diagnostic } = extract_with(&good, &pool, Scans::Leave).unwrap_err();
    assert!(diagnostic.message.contains("the first PDF engine"), "{}", diagnostic.message);
}

/// An engine that is lost on every file, and another that reads all.
#[derive(Debug)]
struct FirstLost;

impl Engines for FirstLost {
    fn read(&self, engine: Engine, bytes: &[u8], scans: &[Scan]) -> Result<tickler::text::EngineOutput, EngineError> {
        match engine {
            Engine::First => pool(Limits { answer: 1000, ..roomy() }).read(engine, bytes, scans),
            Engine::Second => InProcess.read(engine, bytes, scans),
        }
    }

    fn render(&self, bytes: &[u8], page: u32) -> Result<Drawn, EngineError> {
        InProcess.render(bytes, page)
    }

    fn image(&self, bytes: &[u8], page: u32) -> Result<PageImage, EngineError> {
        InProcess.image(bytes, page)
    }

    fn signatures(&self, bytes: &[u8], trust: &Trust) -> Result<Vec<DigitalSignature>, EngineError> {
        InProcess.signatures(bytes, trust)
    }
}

#[test]
fn the_second_engine_reads_what_ends_the_first() {
    let good = std::fs::read(fixture(CONTRACTS[0])).unwrap();
    let read = extract_with(&good, &FirstLost, Scans::Leave).unwrap();
    let codes: Vec<_> = read.diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert!(codes.contains(&"worker.output") && codes.contains(&"text.second_engine"), "{codes:?}");
}

#[test]
fn a_program_that_is_no_worker_is_an_error() {
    let start = |path: &str| Pool::start(path.into(), Vec::new(), Limits::default());
    assert!(start("/nowhere/tickler").unwrap_err().to_string().contains("cannot start"));
    assert!(start("/bin/false").unwrap_err().to_string().contains("did not start well"));
}

#[test]
fn doctor_says_what_holds_the_workers() {
    let bench = Bench::empty();
    assert!(bench.out(&["doctor"]).contains("each PDF in a process of its own"));
    let reading = bench.json(&["doctor", "--format", "json"])["reading"].as_str().unwrap().to_owned();
    assert!(reading.contains("no files, no network"), "{reading}");
    assert!(bench.out(&["doctor"]).contains("Network    refused by the operating system"));
}
