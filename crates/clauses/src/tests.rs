//! The real loading path with a tiny model made here, and the real weights on the fixtures.

use std::collections::BTreeMap;
use std::path::Path;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, serialize_to_file};
use serde_json::json;

use super::features::BUCKETS;
use super::*;

const CATEGORIES: [&str; 3] = ["Governing Law", "Parties", "Insurance"];
const WIDTH: usize = 32;

/// Numbers that look random and are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 40) as f32 / 16_777_216.0) - 0.5
    }
}

/// Tensors by name: type, sizes and bytes.
#[derive(Default)]
struct Store(BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>);

impl Store {
    fn floats(&mut self, name: &str, shape: &[usize], mut value: impl FnMut() -> f32) {
        let bytes = (0..shape.iter().product()).flat_map(|_| value().to_le_bytes()).collect();
        self.0.insert(name.to_owned(), (Dtype::F32, shape.to_vec(), bytes));
    }

    #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
    fn bytes(&mut self, name: &str, shape: &[usize], numbers: &mut Numbers) {
        let bytes = (0..shape.iter().product()).map(|_| ((numbers.next() * 250.0) as i8).cast_unsigned()).collect();
        self.0.insert(name.to_owned(), (Dtype::I8, shape.to_vec(), bytes));
    }

    fn dense(&mut self, name: &str, rows: usize, columns: usize, numbers: &mut Numbers) {
        self.bytes(name, &[rows, columns], numbers);
        self.floats(&format!("{name}.scale"), &[rows], || 0.002);
        self.floats(&format!("{name}.bias"), &[rows], || numbers.next());
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), &[WIDTH], || 1.0);
        self.floats(&format!("{name}.bias"), &[WIDTH], || 0.0);
    }
}

/// A model of one layer with random weights.
fn tiny(folder: &Path) {
    let mut pieces: Vec<String> = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map(str::to_owned).to_vec();
    pieces.extend(('a'..='z').flat_map(|c| [c.to_string(), format!("##{c}")]));
    pieces.extend(["the", "law", "of", "agreement"].map(str::to_owned));
    let c = CATEGORIES.len();
    let mut n = Numbers(7);
    let mut store = Store::default();
    store.bytes("first.weights", &[BUCKETS as usize, c], &mut n);
    store.floats("first.scale", &[c], || 0.05);
    store.floats("first.bias", &[c], || -1.0);
    store.floats("first.idf", &[BUCKETS as usize], || 1.0);
    store.bytes("embeddings.word", &[pieces.len(), WIDTH], &mut n);
    store.floats("embeddings.word.scale", &[pieces.len()], || 0.01);
    store.floats("embeddings.position", &[172, WIDTH], || n.next());
    store.floats("embeddings.type", &[2, WIDTH], || n.next());
    store.norm("embeddings.norm");
    store.dense("layers.0.qkv", 3 * WIDTH, WIDTH, &mut n);
    store.dense("layers.0.output", WIDTH, WIDTH, &mut n);
    store.norm("layers.0.norm1");
    store.dense("layers.0.up", 64, WIDTH, &mut n);
    store.dense("layers.0.down", WIDTH, 64, &mut n);
    store.norm("layers.0.norm2");
    store.floats("head.up", &[2 * WIDTH + 6, 256], || n.next() * 0.2);
    store.floats("head.up.bias", &[256], || 0.0);
    store.floats("head.down", &[256, c], || n.next() * 0.2);
    store.floats("head.down.bias", &[c], || 0.0);
    store.floats("meaning", &[WIDTH, WIDTH], || n.next());
    store.floats("meaning.bias", &[WIDTH], || 0.0);
    for name in ["full.read", "full.unread", "full.cuts", "fast.unread", "fast.cuts"] {
        // Trees of one question: is the second feature above zero?
        store.0.insert(format!("stack.{name}.feature"), (Dtype::I8, vec![2, 1], vec![1, 1]));
        store.floats(&format!("stack.{name}.limit"), &[2, 1], || 0.0);
        store.floats(&format!("stack.{name}.leaf"), &[2, 2], || n.next());
    }
    let views = store.0.iter().map(|(k, (t, shape, bytes))| (k, TensorView::new(*t, shape.clone(), bytes).unwrap()));
    serialize_to_file(views, None, &folder.join("weights.safetensors")).unwrap();
    std::fs::write(folder.join("vocab.txt"), pieces.join("\n")).unwrap();
    let shared = json!({"features": {"first": 0.3, "second": 0.7, "rank": -0.1}, "bias": [0.0, 0.1, -0.2], "slope": [0.0, 0.1, 0.0]});
    manifest(folder, 3, &json!({"fast": {"unread": shared}, "full": {"read": shared, "unread": shared}}));
}

fn manifest(folder: &Path, format: u32, stack: &serde_json::Value) {
    let hash = |name: &str| blake3::hash(&std::fs::read(folder.join(name)).unwrap()).to_hex().to_string();
    let manifest = json!({
        "format": format, "name": "tiny-1", "categories": CATEGORIES, "heads": 2, "threshold": 0.0, "stack": stack,
        "files": {"vocab.txt": hash("vocab.txt"), "weights.safetensors": hash("weights.safetensors")},
    });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

/// Probabilities of every sentence, row after row of categories, then those of two candidates for a party.
fn probabilities(model: &Model) -> Vec<f32> {
    let section = |heading, parent| Section { heading, parent, attachment: false };
    let passage = |text, section| Passage { text, section, lead_in: None, opens_section: false };
    let document = Passages {
        sections: vec![section(None, None), section(Some("Law"), None), section(Some("Insurance"), None)],
        passages: vec![
            passage("SUPPLY AGREEMENT", 0),
            passage("This Agreement is made as of March 1, 2021 between Acme, Inc. and Bolt LLC.", 0),
            passage("The law of Texas governs this Agreement.", 1),
            passage("It binds both parties.", 1),
            passage("Supplier shall carry insurance of $1,000,000.", 2),
        ],
    };
    let judgement = model.judge(&document).unwrap();
    let party = |words| Candidate { cut: Cut::Party, words, passage: 1, confidence: 0.9 };
    let words = model.words(&[party("Acme, Inc."), party("Bolt LLC")], 1, &judgement);
    judgement.probabilities.into_iter().chain(words).collect()
}

#[test]
fn a_model_is_read_from_a_folder_and_scores_every_sentence() {
    let folder = tempfile::tempdir().unwrap();
    tiny(folder.path());
    let full = Model::read(folder.path(), Effort::Full).unwrap();
    assert_eq!(full.name(), "tiny-1");
    let found = probabilities(&full);
    assert_eq!(found.len(), 5 * CATEGORIES.len() + 2, "a probability for every sentence and candidate");
    assert!(found.iter().all(|p| (0.0..=1.0).contains(p)) && found.iter().any(|p| (p - found[0]).abs() > 1e-4));
    let law = full.embed("the law").unwrap().unwrap();
    let bytes: Vec<u8> = full.embed("the law").unwrap().unwrap().bytes().collect();
    assert!((law.similarity(&bytes) - 1.0).abs() < 1e-6 && bytes.len() == WIDTH);
    assert_ne!(full.embed("insurance").unwrap().unwrap(), law);
    let again = Model::read(folder.path(), Effort::Full).unwrap();
    assert_eq!(probabilities(&again), found, "the same again");
    let here = std::thread::scope(|s| s.spawn(|| probabilities(&full)).join().unwrap());
    assert_eq!(here, found, "the same on another thread");
    let fast = Model::read(folder.path(), Effort::Fast).unwrap();
    assert_eq!(fast.embed("the law").unwrap(), None);
    let fast = probabilities(&fast);
    assert_eq!(fast.len(), found.len());
    assert_ne!(fast, found, "the second stage has a say");
}

#[test]
fn a_model_that_is_not_whole_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let read = || Model::read(folder.path(), Effort::Full).unwrap_err();
    assert!(matches!(read(), ModelError::Read { .. }));
    tiny(folder.path());
    let weights = folder.path().join("weights.safetensors");
    let mut bytes = std::fs::read(&weights).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&weights, bytes).unwrap();
    let error = read();
    assert!(matches!(&error, ModelError::Hash { file } if file == "weights.safetensors"), "{error}");
    // Whole by its hash, but for another version, or with a stack for other categories.
    manifest(folder.path(), 9, &json!({}));
    assert!(matches!(read(), ModelError::Format { found: 9 }));
    let short = json!({"unread": {"features": {}, "bias": [0.0], "slope": [0.0]}});
    manifest(folder.path(), 3, &json!({"fast": short, "full": short}));
    assert!(matches!(read(), ModelError::Tensor(_)));
}
