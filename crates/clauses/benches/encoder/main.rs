//! Speed and accuracy of the encoder beside candle's own matrix products, on one thread (Linux):
//!
//! `cargo bench -p tickler-clauses --bench encoder`
//!
//! Speed is CPU time over four windows of 64 and of 128 tokens; the encoders take turns and the best of their rounds counts,
//! because machines are shared. Accuracy is over sentences of the fixtures, beside candle's float product with the same
//! weights: the states of all tokens, and the probabilities that the head of the second stage gives them.
//!
//! `-- speed FILE` measures our encoder alone on the weights of a file, and `-- states FILE TOKEN…` writes its states:
//! `encoder.py` compares both with ONNX Runtime and PyTorch.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod candle;

use std::path::{Path, PathBuf};

use candle_core::Tensor;
use candle_core::quantized::GgmlDType;
use safetensors::SafeTensors;
use tickler_clauses::encoder::Encoder;
use tokenizers::Tokenizer;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::bert::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;

use candle::{Candle, floats};

/// Attention heads of the model.
const HEADS: usize = 12;
/// Tokens of the windows that are timed, windows that are read together, and rounds.
const LENGTHS: [u32; 2] = [64, 128];
const WINDOWS: usize = 4;
const ROUNDS: usize = 12;
/// The encoder takes no longer windows.
const LONGEST: usize = 128;

/// Tokens and types of each window.
type Windows<'a> = &'a [(&'a [u32], &'a [u8])];

/// An encoder under test.
struct Row<'a> {
    name: &'static str,
    encode: Box<dyn Fn(Windows<'_>) -> Vec<f32> + 'a>,
    /// CPU seconds in matrix products so far, where that is known.
    products: Box<dyn Fn() -> Option<f64> + 'a>,
}

impl<'a> Row<'a> {
    fn candle(name: &'static str, encoder: &'a Candle) -> Self {
        Self {
            name,
            encode: Box::new(|windows| encoder.encode(windows).expect("encodes")),
            products: Box::new(|| Some(encoder.products())),
        }
    }
}

/// CPU time of this thread.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches too.
    if !args.iter().any(|arg| arg == "--bench") {
        println!("nothing is measured without --bench");
        return;
    }
    // candle reads the number of its threads from the environment.
    if std::env::var_os("RAYON_NUM_THREADS").is_none_or(|n| n != "1") {
        let program = std::env::current_exe().expect("a path");
        let status = std::process::Command::new(program).args(&args).env("RAYON_NUM_THREADS", "1").status();
        assert!(status.expect("starts").success());
        return;
    }
    let args: Vec<&str> = args.iter().map(String::as_str).filter(|arg| *arg != "--bench").collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = args.get(1).map_or_else(|| root.join("models/clauses/weights.safetensors"), PathBuf::from);
    let bytes = std::fs::read(path).expect("a file of weights");
    let file = SafeTensors::deserialize(&bytes).expect("tensors");
    let ours = Encoder::load(&file, HEADS).expect("loads");
    if args.first() == Some(&"states") {
        let tokens: Vec<u32> = args[2..].iter().map(|token| token.parse().expect("a number")).collect();
        let states = ours.encode(&[(&tokens, &vec![0; tokens.len()])]).expect("encodes");
        let bytes: Vec<u8> = states.iter().flat_map(|x| x.to_le_bytes()).collect();
        std::io::Write::write_all(&mut std::io::stdout(), &bytes).expect("writes");
        return;
    }
    let q8 = Candle::load(&file, GgmlDType::Q8_0).expect("loads");
    let float = Candle::load(&file, GgmlDType::F32).expect("loads");
    let mut rows = vec![Row {
        name: "ours, int8",
        encode: Box::new(|windows| ours.encode(windows).expect("encodes")),
        products: Box::new(|| None),
    }];
    if args.is_empty() {
        rows.extend([Row::candle("candle, Q8_0", &q8), Row::candle("candle, F32", &float)]);
    }
    speed(&rows);
    if args.is_empty() {
        accuracy(&rows, &sentences(&root), &file);
    }
}

/// CPU seconds for 1,000 tokens, and of these those in matrix products.
fn speed(rows: &[Row<'_>]) {
    println!("CPU s per 1,000 tokens");
    for length in LENGTHS {
        let tokens: Vec<u32> = (0..length).map(|i| (i * 7919 + 101) % 19_000).collect();
        let types = vec![0; tokens.len()];
        let batch = [(&tokens[..], &types[..]); WINDOWS];
        let mut best = vec![(f64::MAX, None); rows.len()];
        for _ in 0..ROUNDS {
            for (row, best) in rows.iter().zip(&mut best) {
                let (start, products) = (cpu_seconds(), (row.products)());
                (row.encode)(&batch);
                let took = cpu_seconds() - start;
                if took < best.0 {
                    *best = (took, products.zip((row.products)()).map(|(before, after)| after - before));
                }
            }
        }
        let each = 1000.0 / f64::from(length) / WINDOWS as f64;
        for (row, (took, products)) in rows.iter().zip(&best) {
            let part = products.map_or(String::new(), |p| {
                format!(", of these {:.3} ({:.2}x) in matrix products", p * each, p / best[0].0)
            });
            println!("{} {length}: {:.3} ({:.2}x){part}", row.name, took * each, took / best[0].0);
        }
    }
}

/// How far states and probabilities are from those of the last row.
fn accuracy(rows: &[Row<'_>], sentences: &[Vec<u32>], file: &SafeTensors<'_>) {
    let read = |row: &Row<'_>| -> Vec<Vec<f32>> {
        sentences.iter().map(|tokens| (row.encode)(&[(tokens, &vec![0; tokens.len()])])).collect()
    };
    let Some((reference, rows)) = rows.split_last() else { return };
    let expected = read(reference);
    let width = expected[0].len() / sentences[0].len();
    let expected_probabilities = probabilities(&expected, width, file);
    println!("{} sentences, beside {}", sentences.len(), reference.name);
    for row in rows {
        let states = read(row);
        let (found, wanted) = (states.concat(), expected.concat());
        let cosines = found.chunks(width).zip(wanted.chunks(width)).map(|(a, b)| {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
            dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
        });
        let (largest, mean) = difference(&found, &wanted);
        let p = difference(&probabilities(&states, width, file), &expected_probabilities);
        println!(
            "{}: states differ by {mean:.4} on average, {largest:.3} at most, lowest cosine of a token {:.5}; \
             probabilities by {:.5} on average, {:.4} at most",
            row.name,
            cosines.fold(1.0, f64::min),
            p.1,
            p.0
        );
    }
}

/// The largest difference and the mean one.
fn difference(a: &[f32], b: &[f32]) -> (f64, f64) {
    let all = a.iter().zip(b).map(|(a, b)| f64::from((a - b).abs()));
    (all.clone().fold(0.0, f64::max), all.sum::<f64>() / a.len() as f64)
}

/// Of each sentence and category, by the head of the second stage, with zero for the numbers of place.
fn probabilities(states: &[Vec<f32>], width: usize, file: &SafeTensors<'_>) -> Vec<f32> {
    let part = |name: &str| floats(file, name).expect("a tensor");
    let up = part("head.up");
    let inputs = up.dims()[0];
    let pooled = states.iter().flat_map(|states| {
        let rows = states.len() / width - 1;
        let mean = |i: usize| states[width..].iter().skip(i).step_by(width).sum::<f32>() / rows as f32;
        let mut input: Vec<f32> = (0..width).map(mean).collect();
        input.extend(&states[..width]);
        input.resize(inputs, 0.0);
        input
    });
    let head = || -> candle_core::Result<Vec<f32>> {
        let input = Tensor::from_vec(pooled.collect(), (states.len(), inputs), up.device())?;
        let middle = input.matmul(&up)?.broadcast_add(&part("head.up.bias"))?.gelu()?;
        let logits = middle.matmul(&part("head.down"))?.broadcast_add(&part("head.down.bias"))?;
        logits.flatten_all()?.to_vec1()
    };
    head().expect("sizes agree").iter().map(|z| 1.0 / (1.0 + (-z).exp())).collect()
}

/// Sentences of the fixtures that are kept as text, as windows without context.
fn sentences(root: &Path) -> Vec<Vec<u32>> {
    let vocabulary = root.join("models/clauses/vocab.txt");
    let model = WordPiece::from_file(vocabulary.to_str().expect("a path")).unk_token("[UNK]".to_owned()).build();
    let mut tokenizer = Tokenizer::new(model.expect("a vocabulary"));
    tokenizer.with_normalizer(Some(BertNormalizer::default())).expect("a normaliser");
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    let folder = std::fs::read_dir(root.join("fixtures/sources")).expect("a folder");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).expect("text");
        for line in text.lines().filter(|line| !line.starts_with('!')) {
            let words = line.trim_start_matches(['#', '^', ':', '>', ' ']).replace("**", "");
            let encoding = tokenizer.encode(words, false).expect("tokens");
            let ids = &encoding.get_ids()[..encoding.get_ids().len().min(LONGEST - 2)];
            if !ids.is_empty() {
                out.push([&[2], ids, &[3]].concat());
            }
        }
    }
    out
}
