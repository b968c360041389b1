#![allow(clippy::cast_possible_truncation, reason = "numbers of tests are small")]

use super::{Encoder, EncoderError};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

type Stored = (String, Dtype, Vec<usize>, Vec<u8>);

const WIDTH: usize = 20;
const HEADS: usize = 4;
const WORDS: usize = 50;
const POSITIONS: usize = 40;

/// Numbers in -1..1, the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / 8_388_608.0 - 1.0
    }
}

/// A tiny model: odd sizes, two layers.
fn model() -> Vec<Stored> {
    let mut random = Random(1);
    let mut all: Vec<Stored> = Vec::new();
    let up = 70;
    let mut add = |name: &str, dtype: Dtype, shape: &[usize], mean: f32, spread: f32| {
        let count = shape.iter().product::<usize>();
        let mut value = || mean + spread * random.next();
        let data = match dtype {
            Dtype::I8 => (0..count).map(|_| (value() as i8).cast_unsigned()).collect(),
            _ => (0..count).flat_map(|_| value().to_le_bytes()).collect(),
        };
        all.push((name.to_owned(), dtype, shape.to_vec(), data));
    };
    add("embeddings.word", Dtype::I8, &[WORDS, WIDTH], 0.0, 127.0);
    add("embeddings.word.scale", Dtype::F32, &[WORDS], 0.01, 0.005);
    add("embeddings.position", Dtype::F32, &[POSITIONS, WIDTH], 0.0, 1.0);
    add("embeddings.type", Dtype::F32, &[2, WIDTH], 0.0, 1.0);
    add("embeddings.norm.weight", Dtype::F32, &[WIDTH], 1.0, 0.5);
    add("embeddings.norm.bias", Dtype::F32, &[WIDTH], 0.0, 0.5);
    for i in 0..2 {
        let dense = [("qkv", 3 * WIDTH, WIDTH), ("output", WIDTH, WIDTH), ("up", up, WIDTH), ("down", WIDTH, up)];
        for (name, rows, depth) in dense {
            add(&format!("layers.{i}.{name}"), Dtype::I8, &[rows, depth], 0.0, 127.0);
            add(&format!("layers.{i}.{name}.scale"), Dtype::F32, &[rows], 0.003, 0.001);
            add(&format!("layers.{i}.{name}.bias"), Dtype::F32, &[rows], 0.0, 0.5);
        }
        for name in ["norm1", "norm2"] {
            add(&format!("layers.{i}.{name}.weight"), Dtype::F32, &[WIDTH], 1.0, 0.5);
            add(&format!("layers.{i}.{name}.bias"), Dtype::F32, &[WIDTH], 0.0, 0.5);
        }
    }
    all
}

fn load(stored: &[Stored], heads: usize) -> Result<Encoder, EncoderError> {
    let views = stored.iter().map(|(name, dtype, shape, data)| {
        (name.clone(), TensorView::new(*dtype, shape.clone(), data).expect("sizes agree"))
    });
    let file = safetensors::serialize(views, None).expect("serialises");
    Encoder::load(&SafeTensors::deserialize(&file).expect("tensors"), heads)
}

/// The same model in double precision, without any of the tricks.
fn reference(stored: &[Stored], tokens: &[u32], types: &[u8]) -> Vec<f64> {
    let get = |name: &str| -> Vec<f64> {
        let (_, dtype, _, data) = stored.iter().find(|tensor| tensor.0 == name).expect("is there");
        match dtype {
            Dtype::I8 => data.iter().map(|byte| f64::from(byte.cast_signed())).collect(),
            _ => data.as_chunks().0.iter().map(|bytes| f64::from(f32::from_le_bytes(*bytes))).collect(),
        }
    };
    let norm = |rows: &mut Vec<f64>, name: &str| {
        let (weight, bias) = (get(&format!("{name}.weight")), get(&format!("{name}.bias")));
        for row in rows.chunks_mut(WIDTH) {
            let mean = row.iter().sum::<f64>() / WIDTH as f64;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / WIDTH as f64;
            for (i, x) in row.iter_mut().enumerate() {
                *x = (*x - mean) / (variance + 1e-12).sqrt() * weight[i] + bias[i];
            }
        }
    };
    let dense = |rows: &[f64], name: &str| -> Vec<f64> {
        let (weights, scale, bias) = (get(name), get(&format!("{name}.scale")), get(&format!("{name}.bias")));
        let depth = weights.len() / scale.len();
        let one = |row: &[f64], i: usize| {
            let weights = &weights[i * depth..][..depth];
            row.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() * scale[i] + bias[i]
        };
        rows.chunks(depth).flat_map(|row| (0..scale.len()).map(|i| one(row, i)).collect::<Vec<_>>()).collect()
    };
    let (words, scale) = (get("embeddings.word"), get("embeddings.word.scale"));
    let (positions, kinds) = (get("embeddings.position"), get("embeddings.type"));
    let mut states = Vec::new();
    for (at, (&token, &kind)) in tokens.iter().zip(types).enumerate() {
        let (token, kind) = (token as usize, usize::from(kind));
        let word = |i: usize| words[token * WIDTH + i] * scale[token];
        states.extend((0..WIDTH).map(|i| word(i) + positions[at * WIDTH + i] + kinds[kind * WIDTH + i]));
    }
    norm(&mut states, "embeddings.norm");
    let (count, size) = (tokens.len(), WIDTH / HEADS);
    for layer in 0..2 {
        let name = |part: &str| format!("layers.{layer}.{part}");
        let qkv = dense(&states, &name("qkv"));
        let at = |token: usize, part: usize, i: usize| qkv[(token * 3 + part) * WIDTH + i];
        let mut attended = vec![0.0; count * WIDTH];
        for (token, head) in (0..count).flat_map(|token| (0..HEADS).map(move |head| (token, head))) {
            let columns = head * size..(head + 1) * size;
            let score = |other: usize| columns.clone().map(|i| at(token, 0, i) * at(other, 1, i)).sum::<f64>();
            let weights: Vec<f64> = (0..count).map(|other| (score(other) / (size as f64).sqrt()).exp()).collect();
            for i in columns.clone() {
                let sum: f64 = (0..count).map(|other| weights[other] * at(other, 2, i)).sum();
                attended[token * WIDTH + i] = sum / weights.iter().sum::<f64>();
            }
        }
        let add = |states: &mut [f64], more: &[f64]| states.iter_mut().zip(more).for_each(|(x, y)| *x += y);
        add(&mut states, &dense(&attended, &name("output")));
        norm(&mut states, &name("norm1"));
        let mut hidden = dense(&states, &name("up"));
        for x in &mut hidden {
            *x *= 0.5 * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (*x + 0.044_715 * x.powi(3))).tanh());
        }
        add(&mut states, &dense(&hidden, &name("down")));
        norm(&mut states, &name("norm2"));
    }
    states
}

#[test]
fn states_agree_with_double_precision() {
    let stored = model();
    let encoder = load(&stored, HEADS).expect("loads");
    assert_eq!(encoder.width(), WIDTH);
    for count in [1_u32, 2, 7, 40] {
        let tokens: Vec<u32> = (0..count).map(|i| i * 13 % 50).collect();
        let types: Vec<u8> = (0..count).map(|i| u8::from(i > 4)).collect();
        let states = encoder.encode(&[(&tokens, &types)]).expect("encodes");
        let expected = reference(&stored, &tokens, &types);
        assert_eq!(states.len(), expected.len());
        let errors = states.iter().zip(&expected).map(|(x, y)| (f64::from(*x) - y).abs());
        let worst = errors.fold(0.0, f64::max);
        assert!(worst < 0.08, "{count}: {worst}");
    }
}

#[test]
fn a_window_has_the_same_states_in_any_company() {
    let (long, short): (Vec<u32>, [u32; 3]) = ((0..40).collect(), [7, 8, 9]);
    let windows: [(&[u32], &[u8]); 3] = [(&short, &[0, 0, 1]), (&long, &[0; 40]), (&[3], &[1])];
    let encoder = load(&model(), HEADS).expect("loads");
    assert!(encoder.encode(&[]).expect("nothing to do").is_empty());
    let together = encoder.encode(&windows).expect("encodes");
    let alone: Vec<f32> = windows.iter().flat_map(|window| encoder.encode(&[*window]).expect("encodes")).collect();
    assert_eq!(together, alone);
}

#[test]
fn windows_that_do_not_fit_are_errors() {
    let encoder = load(&model(), HEADS).expect("loads");
    assert!(matches!(encoder.encode(&[(&[], &[])]), Err(EncoderError::Window { limit: POSITIONS, .. })));
    assert!(matches!(encoder.encode(&[(&[1; 41], &[0; 41])]), Err(EncoderError::Window { .. })));
    assert!(matches!(encoder.encode(&[(&[1, 2], &[0])]), Err(EncoderError::Window { .. })));
    assert!(matches!(
        encoder.encode(&[(&[1, 50], &[0, 0])]),
        Err(EncoderError::Token { token: 50, vocabulary: WORDS })
    ));
    assert!(matches!(encoder.encode(&[(&[u32::MAX], &[0])]), Err(EncoderError::Token { .. })));
    assert!(matches!(encoder.encode(&[(&[1], &[2])]), Err(EncoderError::TokenType(2))));
}

#[test]
fn files_that_do_not_fit_are_errors() {
    let stored = model();
    for heads in [0, 3, 21, usize::MAX] {
        assert!(matches!(load(&stored, heads), Err(EncoderError::Heads { .. })), "{heads}");
    }
    for at in 0..stored.len() {
        let name = stored[at].0.clone();
        let mut without = stored.clone();
        without.remove(at);
        // Without the tensor that starts a layer, the layers end before it.
        match load(&without, HEADS) {
            Err(EncoderError::Missing(missing)) => assert_eq!(missing, name),
            other => assert!(other.is_ok() && name == "layers.1.qkv", "{name}"),
        }
        let mut changed = stored.clone();
        let (_, dtype, shape, data) = &mut changed[at];
        shape[0] += 1;
        data.resize(shape.iter().product::<usize>() * if *dtype == Dtype::I8 { 1 } else { 4 }, 0);
        match load(&changed, HEADS) {
            Err(EncoderError::Shape { .. }) => {}
            other => assert!(other.is_ok() && name == "embeddings.position", "{name}"),
        }
        changed[at].2.push(1);
        assert!(matches!(load(&changed, HEADS), Err(EncoderError::Shape { .. })), "{name}");
        let mut empty = stored.clone();
        empty[at].2[0] = 0;
        empty[at].3.clear();
        assert!(matches!(load(&empty, HEADS), Err(EncoderError::Shape { .. })), "{name}");
        let mut other = stored.clone();
        let bytes = other[at].3.len();
        (other[at].1, other[at].2) = (Dtype::U8, vec![bytes]);
        assert!(matches!(load(&other, HEADS), Err(EncoderError::Type { .. })), "{name}");
        if stored[at].1 == Dtype::F32 {
            let mut infinite = stored.clone();
            infinite[at].3[..4].copy_from_slice(&f32::INFINITY.to_le_bytes());
            assert!(matches!(load(&infinite, HEADS), Err(EncoderError::NotFinite(_))), "{name}");
        }
    }
}

#[test]
fn an_encoder_can_be_shared_among_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let encoder = load(&model(), HEADS).expect("loads");
    shared(&encoder);
    let one = encoder.encode(&[(&[1, 2, 3], &[0, 0, 1])]).expect("encodes");
    let others: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| encoder.encode(&[(&[1, 2, 3], &[0, 0, 1])]))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(others.into_iter().all(|other| other.expect("encodes") == one));
}
