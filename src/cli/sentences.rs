//! `tickler sentences`

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use tickler::batch::{self, Copies, Outcome};
use tickler::detect;
use tickler::detect::model::features::Vocabulary;
use tickler::detect::model::inside::{self, Cut};
use tickler::detect::value::{DutyCategory, Modality};
use tickler::pipeline::{Reader, Reading};
use tickler::source;
use tickler::text::Scans;

use super::app::App;
use super::exit::SOME_FAILED;
use super::worker;

/// Print the sentences of documents as the model sees them, one document a line: what it is trained on
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

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

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let found = source::expand(&args.paths, std::io::empty());
    let settings = app.settings.clone();
    let mut failed = !found.failures.is_empty();
    let uri = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let jobs = batch::default_jobs();
    let engines = worker::engines()?;
    let end = batch::documents(
        &found.files,
        jobs,
        Reader { settings: &settings, model: None, engines: &*engines, scans: Scans::Leave },
        Copies::Each,
        |_| false,
        uri,
        |path, outcome| {
            let written = match outcome {
                Outcome::Read(reading, _) => serde_json::to_writer(&mut app.out, &document(&reading))
                    .map_err(anyhow::Error::from)
                    .and_then(|()| Ok(app.out.write_all(b"\n")?)),
                Outcome::Failed(_, why) => {
                    failed = true;
                    app.failed(&uri(path), &why.message).map_err(Into::into)
                }
                Outcome::Known(_) | Outcome::Duplicate(_) => Ok(()),
            };
            written.map_or_else(ControlFlow::Break, |()| ControlFlow::Continue(()))
        },
    )?;
    end.map_or(Ok(()), Err)?;
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn document(reading: &Reading) -> Document {
    let (text, segments) = (&reading.text, &reading.segments);
    let vocabulary = Vocabulary::new(text, segments);
    let findings = detect::detect(text, segments);
    let mut duties = vec![Vec::new(); segments.sentences.len()];
    for duty in &findings.obligations {
        let at = segments.sentences.partition_point(|s| s.span.start() <= duty.evidence()[0].span().start());
        if let (Some(value), Some(place)) = (duty.value(), at.checked_sub(1)) {
            duties[place].push((value.modality, value.category));
        }
    }
    let candidates = inside::candidates(text, segments, &findings).into_iter().map(|c| Piece {
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
            let mut headings = segments.headed(s.clause).filter_map(|c| segments.clauses[c].heading.clone());
            Sentence {
                text: text.slice(s.span).to_owned(),
                heading: headings.next().unwrap_or_default(),
                above: headings.next().unwrap_or_default(),
                span: [s.span.start(), s.span.end()],
                clause: s.clause,
                lead_in: s.lead_in,
                attachment: segments.clauses[s.clause].attachment,
                duties: std::mem::take(&mut duties[i]),
                features: features.iter().copied().unzip(),
            }
        })
        .collect();
    Document { file_name: reading.contract.document.file_name.clone(), sentences, candidates }
}
