//! The sentences of documents as the clause model sees them, one document a line: what `models/train` trains on.
//!
//! `cargo run --release --example sentences -- PATH... > sentences.ndjson`
//!
//! PDFs are parsed in this process, so give it files that you trust.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Serialize;
use tickler::batch::{self, Copies, Outcome};
use tickler::config::Settings;
use tickler::detect::model::passages;
use tickler::detect::{self, cut};
use tickler::pipeline::{ReadOptions, Reading};
use tickler::record::value::{DutyCategory, Modality};
use tickler::signature::Trust;
use tickler::source;
use tickler::text::{InProcess, Scans};
use tickler_clauses::Cut;
use tickler_clauses::features::Vocabulary;

/// One document.
#[derive(Serialize)]
struct Document {
    file_name: String,
    sentences: Vec<Sentence>,
    candidates: Vec<Piece>,
}

/// Words inside a sentence that may be a clause.
#[derive(Serialize)]
struct Piece {
    cut: Cut,
    text: String,
    sentence: usize,
    confidence: f32,
}

/// One sentence.
#[derive(Serialize)]
struct Sentence {
    text: String,
    heading: String,
    above: String,
    span: [usize; 2],
    clause: usize,
    lead_in: Option<usize>,
    attachment: bool,
    /// Modality and category of the duties that rules read there.
    duties: Vec<(Modality, DutyCategory)>,
    /// Numbers of its features, and their weights.
    features: (Vec<u32>, Vec<f32>),
}

fn main() -> anyhow::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    anyhow::ensure!(!paths.is_empty(), "usage: sentences PATH...");
    let found = source::expand(&paths, std::io::empty(), source::Ask::default());
    let (settings, trust) = (Settings::default(), Trust::default());
    let options =
        ReadOptions { settings: &settings, model: None, engines: &InProcess, scans: Scans::Leave, trust: &trust };
    let uri = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let mut out = std::io::stdout().lock();
    let end = batch::documents(
        &found.files,
        batch::default_jobs(),
        options,
        Copies::Each,
        |_| false,
        uri,
        |path, outcome| {
            let written = match outcome {
                Outcome::Read(readings, _) => readings.iter().try_for_each(|reading| {
                    serde_json::to_writer(&mut out, &document(reading))?;
                    Ok(out.write_all(b"\n")?)
                }),
                Outcome::Failed(_, why) => Err(anyhow::anyhow!("{}: {}", uri(path), why.message)),
                Outcome::Known(_) | Outcome::Duplicate(_) => Ok(()),
            };
            written.map_or_else(ControlFlow::Break, |()| ControlFlow::Continue(()))
        },
    )?;
    end.map_or(Ok(()), Err)
}

fn document(reading: &Reading) -> Document {
    let (text, segments) = (&reading.text, &reading.segments);
    let passages = passages(text, segments);
    let vocabulary = Vocabulary::new(&passages);
    let findings = detect::detect(text, segments);
    let mut duties = vec![Vec::new(); segments.sentences.len()];
    for duty in &findings.facts.obligations {
        let at = segments.sentences.partition_point(|s| s.span.start() <= duty.evidence()[0].span().start());
        if let (Some(value), Some(place)) = (duty.value(), at.checked_sub(1)) {
            duties[place].push((value.modality, value.category));
        }
    }
    let candidates = cut::candidates(text, segments, &findings).into_iter().map(|c| Piece {
        cut: c.cut,
        text: text.slice(c.span).to_owned(),
        sentence: c.sentence,
        confidence: c.confidence,
    });
    let candidates = candidates.collect();
    let mut features = Vec::new();
    let sentences = (0..segments.sentences.len())
        .map(|i| {
            let s = segments.sentences[i];
            vocabulary.features(i, &mut features);
            let mut headings = segments.headed(s.section).filter_map(|c| segments.sections[c].heading.clone());
            Sentence {
                text: text.slice(s.span).to_owned(),
                heading: headings.next().unwrap_or_default(),
                above: headings.next().unwrap_or_default(),
                span: [s.span.start(), s.span.end()],
                clause: s.section,
                lead_in: s.lead_in,
                attachment: segments.sections[s.section].attachment,
                duties: std::mem::take(&mut duties[i]),
                features: features.iter().copied().unzip(),
            }
        })
        .collect();
    Document { file_name: reading.contract.document.file_name.clone(), sentences, candidates }
}
