//! Where words are marked, against where another program sees them on the picture.

use std::collections::BTreeMap;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::browser::{Look, Tab, browse};
use crate::common::{Bench, CONTRACTS};
use crate::served::{Page, id};

/// How far a box may be from the words, in points.
const NEAR: f64 = 2.0;

/// A box in points: left, top, right, bottom.
type Place = [f64; 4];

/// A word as tesseract reads it, with its line.
#[derive(Debug)]
struct Word {
    text: String,
    line: String,
    place: Place,
}

/// The words of a picture whose pixels are `scale` points wide.
fn read(bench: &Bench, png: &[u8], scale: f64) -> Vec<Word> {
    bench.write("page.png", png);
    let output = Command::new("tesseract")
        .arg(bench.path("page.png"))
        .env("OMP_THREAD_LIMIT", "1")
        .args(["-", "--dpi", "110", "--psm", "4", "tsv"])
        .output();
    let output = output.expect("these tests need the program tesseract: apt install tesseract-ocr");
    let table = String::from_utf8(output.stdout).unwrap();
    let word = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells.get(at)?.parse::<f64>().ok().map(|n| n * scale);
        let text = cells.get(11).map(|text| text.trim()).filter(|text| !text.is_empty())?;
        let (left, top) = (number(6)?, number(7)?);
        let place = [left, top, left + number(8)?, top + number(9)?];
        Some(Word { text: text.to_owned(), line: cells[2..5].join("."), place })
    };
    table.lines().skip(1).filter_map(word).collect()
}

fn around(words: &[Word]) -> Place {
    let all = words.iter().map(|word| word.place);
    all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]).unwrap()
}

/// The boxes that are chosen, and the picture under them, as they are shown.
async fn shown(tab: &Tab) -> (Vec<Place>, Vec<u8>, f64) {
    let script = "const done = arguments[0], img = document.querySelector('.sheet img');
        img.decode().then(() => {
            const at = img.getBoundingClientRect(), canvas = document.createElement('canvas');
            const width = Number(document.querySelector('.sheet svg').getAttribute('viewBox').split(' ')[2]);
            const points = width / at.width;
            canvas.width = img.naturalWidth; canvas.height = img.naturalHeight;
            canvas.getContext('2d').drawImage(img, 0, 0);
            const boxes = [...document.querySelectorAll('.box.chosen rect')].map(box => box.getBoundingClientRect());
            const place = box => [box.left - at.left, box.top - at.top, box.right - at.left, box.bottom - at.top];
            done({ boxes: boxes.map(box => place(box).map(n => n * points)), scale: width / img.naturalWidth,
                   png: canvas.toDataURL('image/png').split(',')[1] });
        }, why => done(String(why)));";
    let found = tab.run_async(script).await;
    let boxes = serde_json::from_value(found["boxes"].clone()).unwrap_or_else(|_| panic!("no picture: {found}"));
    (boxes, BASE64.decode(found["png"].as_str().unwrap()).unwrap(), found["scale"].as_f64().unwrap())
}

/// The values of a contract that have proof: the link to the words, and the words.
async fn proofs(tab: &Tab) -> Vec<(String, String)> {
    let script = "return [...document.querySelectorAll('td p')].filter(p => p.querySelector('q')).map(p => \
                  [p.querySelector('a').getAttribute('href'), p.querySelector('q').textContent])";
    let all: Vec<(String, String)> = serde_json::from_value(tab.run(script).await).unwrap();
    // Neighbours often rest on the same words.
    all.into_iter().step_by(2).take(5).collect()
}

#[test]
fn the_marks_lie_on_the_words() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let (mut lines, mut wrong, mut pages) = (0, Vec::new(), BTreeMap::new());
    browse(Look::default(), async |tab| {
        tab.size(1400, 1000).await;
        tab.enter(&page).await;
        for file in CONTRACTS {
            tab.visit(&format!("/contract/{}", id(&bench, file))).await;
            for (link, quote) in proofs(tab).await {
                tab.visit(&link).await;
                let (boxes, png, scale) = shown(tab).await;
                let number = link.split('?').next().unwrap().to_owned();
                let words = pages.entry(number).or_insert_with(|| read(&bench, &png, scale));
                for (words, place) in found(words, &quote) {
                    lines += 1;
                    let far = boxes.iter().map(|shown| distance(*shown, (&words, place))).fold(f64::INFINITY, f64::min);
                    if far > NEAR {
                        wrong.push(format!("{link}: {words:?} is at {place:.1?}, {far:.1} from {boxes:.1?}"));
                    }
                }
            }
        }
    });
    assert!(lines >= 8, "only {lines} lines were found by tesseract");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How far a box is from the words that it marks: at its sides, at its middle line, and where ink is outside of it. It is as
/// high as the font, and words without long letters are lower.
fn distance(shown: Place, (words, ink): (&str, Place)) -> f64 {
    let [left, top, right, bottom] = ink;
    let middle = (shown[1] + shown[3] - top - bottom).abs() / 2.0;
    // Of a full stop at the end, the other program often sees a part.
    let ends = if words.ends_with(char::is_alphanumeric) { (shown[2] - right).abs() } else { 0.0 };
    let parts = [(shown[0] - left).abs(), ends, middle, shown[1] - top, bottom - shown[3], right - shown[2]];
    let far = parts.into_iter().fold(0.0, f64::max);
    // Two lines are not one.
    if shown[3] - shown[1] > 2.0 * (bottom - top) { f64::INFINITY } else { far }
}

/// The lines of a quote where they stand once on the page: their words, and the box around their ink. A few letters may be
/// misread; the words at both ends may not.
fn found(words: &[Word], quote: &str) -> Vec<(String, Place)> {
    let quote: Vec<String> = quote.split_whitespace().map(str::to_owned).collect();
    let is_it = |at: &usize| {
        let Some(part) = words.get(*at..at + quote.len()) else { return false };
        let right = part.iter().zip(&quote).filter(|(word, wanted)| word.text == **wanted).count();
        let ends = part.first().zip(part.last()).zip(quote.first().zip(quote.last()));
        ends.is_some_and(|((a, b), (first, last))| a.text == *first && b.text == *last) && right * 10 >= quote.len() * 9
    };
    let places: Vec<usize> = (0..words.len()).filter(is_it).collect();
    let [at] = places[..] else { return Vec::new() };
    let lines = words[at..at + quote.len()].chunk_by(|a, b| a.line == b.line);
    lines.map(|line| (line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "), around(line))).collect()
}
