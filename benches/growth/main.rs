//! Whether the time to read a text stays in proportion to its length, whatever it holds: segments, rules and record, no
//! model.
//!
//! `cargo bench --bench growth -- [--sizes 100000,400000,3000000] [SHAPE...]`
//!
//! Each shape grows through the sizes; the exponent is that of the line through the logarithms of size and time. Exits
//! with 1 when an exponent is over [`MOST`], or the largest text takes longer than [`LONGEST`].

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod shapes;

use std::process::ExitCode;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use shapes::{SHAPES, Shape, grown};
use tickler::config::Settings;
use tickler::contract::assemble;
use tickler::detect::detect;
use tickler::record::{DocumentId, DocumentInfo};
use tickler::segment::segment;
use tickler::text::DocumentText;

/// Largest exponent that counts as in proportion.
const MOST: f64 = 1.15;
/// Longest time for the largest text.
const LONGEST: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let mut sizes = vec![100_000, 300_000, 1_000_000, 3_000_000];
    let mut names: Vec<String> = Vec::new();
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    while let Some(argument) = arguments.next() {
        if argument == "--sizes" {
            let given = arguments.next().unwrap_or_default();
            sizes = given.split(',').filter_map(|n| n.parse().ok()).collect();
        } else {
            names.push(argument);
        }
    }
    let wanted = |shape: &&Shape| names.is_empty() || names.iter().any(|n| n == shape.0);
    let mut good = true;
    // Patterns are compiled at their first use.
    time(&grown(&SHAPES[0], 20_000));
    for shape in SHAPES.iter().filter(wanted) {
        let times: Vec<Duration> = sizes.iter().map(|&size| time(&grown(shape, size))).collect();
        let exponent = exponent(&sizes, &times);
        let fine = exponent <= MOST && times.last().is_none_or(|last| *last <= LONGEST);
        good &= fine;
        let shown: Vec<String> = times.iter().map(|t| format!("{:9.3}", t.as_secs_f64())).collect();
        let mark = if fine { "" } else { "  <" };
        println!("{:24} {} s  {exponent:5.2}{mark}", shape.0, shown.join(" "));
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Processor time for one text.
fn time(plain: &str) -> Duration {
    let id = DocumentId::of(plain.as_bytes());
    let text = DocumentText::from_plain(id.clone(), plain);
    let info = DocumentInfo::named(id, "grown.pdf");
    let start = now();
    let findings = detect(&text, &segment(&text));
    std::hint::black_box(assemble(info, findings, &[], &text, &Settings::default()));
    now().saturating_sub(start)
}

fn now() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// Slope of the line through the logarithms, by least squares.
fn exponent(sizes: &[usize], times: &[Duration]) -> f64 {
    let points: Vec<(f64, f64)> =
        sizes.iter().zip(times).map(|(&s, t)| ((s as f64).ln(), t.as_secs_f64().max(1e-6).ln())).collect();
    let n = points.len() as f64;
    let (sx, sy) = points.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let (mx, my) = (sx / n, sy / n);
    let (xy, xx) = points.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + (x - mx) * (y - my), b + (x - mx).powi(2)));
    if xx == 0.0 { 1.0 } else { xy / xx }
}
