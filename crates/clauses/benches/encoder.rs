//! Speed of the encoder on one thread, in tokens per CPU second (Linux), on the weights of a file:
//!
//! `cargo bench -p tickler-clauses --bench encoder -- both models/clauses/weights.safetensors`, or `int8` or `f32` alone.
//! `benches/encoder.py` runs it beside ONNX Runtime and compares the states that `states int8|f32 FILE TOKEN…` writes.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use safetensors::SafeTensors;
use tickler_clauses::encoder::{Encoder, Precision};

/// Windows that are read together.
const WINDOWS: usize = 4;

/// CPU time of this thread.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").collect();
    if let [_, states, precision, path, tokens @ ..] = &args[..]
        && states == "states"
    {
        let file = std::fs::read(path).expect("file");
        let precision = if precision == "int8" { Precision::Int8 } else { Precision::F32 };
        let encoder = Encoder::load(&SafeTensors::deserialize(&file).expect("tensors"), 12, precision).expect("loads");
        let tokens: Vec<u32> = tokens.iter().map(|token| token.parse().expect("a number")).collect();
        let states = encoder.encode(&[(&tokens, &vec![0; tokens.len()])]).expect("encodes");
        let bytes: Vec<u8> = states.iter().flat_map(|x| x.to_le_bytes()).collect();
        std::io::Write::write_all(&mut std::io::stdout(), &bytes).expect("writes");
        return;
    }
    // `cargo test` runs benches too, to see that they work: without weights there is nothing to measure.
    let [_, which, path] = &args[..] else {
        println!("name a precision and a file of weights: both models/clauses/weights.safetensors");
        return;
    };
    let file = std::fs::read(path).expect("file");
    let tensors = SafeTensors::deserialize(&file).expect("tensors");
    for (name, precision) in [("int8", Precision::Int8), ("f32", Precision::F32)] {
        if which != "both" && which != name {
            continue;
        }
        let encoder = Encoder::load(&tensors, 12, precision).expect("loads");
        for length in [64_u32, 128] {
            let tokens: Vec<u32> = (0..length).map(|i| (i * 7919 + 101) % 19_000).collect();
            let types = vec![0; tokens.len()];
            let batch = [(&tokens[..], &types[..]); WINDOWS];
            for _ in 0..3 {
                encoder.encode(&batch).expect("encodes");
            }
            let (mut best, mut total, mut count) = (f64::MAX, 0.0, 0);
            while total < 1.5 {
                let start = cpu_seconds();
                for _ in 0..2 {
                    encoder.encode(&batch).expect("encodes");
                }
                let took = cpu_seconds() - start;
                (best, total, count) = (f64::min(best, took), total + took, count + 2 * WINDOWS);
            }
            let rate = |seconds: f64, windows: usize| f64::from(length) * windows as f64 / seconds;
            println!(
                "{name} {length}: {:.0} tokens per CPU s (best 8 windows {:.0})",
                rate(total, count),
                rate(best, 2 * WINDOWS)
            );
        }
    }
}
