//! The pictures and the report of the documents, made of the fixtures: `TICKLER_UPDATE_PICTURES=1 cargo test --test page
//! pictures`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use crate::browser::{Look, browse};
use crate::portfolio::{DAY, pages, portfolio};
use crate::served::Page;

/// Largest picture, in bytes.
const LARGEST: usize = 150_000;

/// Width and height of a window, in pixels.
const WINDOW: (u32, u32) = (1100, 840);

/// Shades of a colour in a picture: few of them make a small file, and look the same.
const SHADES: u8 = 15;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn updates() -> bool {
    std::env::var_os("TICKLER_UPDATE_PICTURES").is_some()
}

/// The same picture with a palette.
fn small(png: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let channels = frame.color_type.samples();
    let step = 255 / SHADES;
    let shade = |value: u8| (value.saturating_add(step / 2) / step) * step;
    let (mut palette, mut places): (Vec<u8>, BTreeMap<[u8; 3], u8>) = Default::default();
    let indexed = pixels[..frame.buffer_size()].chunks(channels).map(|pixel| {
        let colour = [shade(pixel[0]), shade(pixel[1]), shade(pixel[2])];
        *places.entry(colour).or_insert_with(|| {
            palette.extend(colour);
            u8::try_from(palette.len() / 3 - 1).expect("more than 256 colours: take fewer shades")
        })
    });
    let indexed: Vec<u8> = indexed.collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, frame.width, frame.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().unwrap().write_image_data(&indexed).unwrap();
    out
}

#[test]
fn the_documents_have_a_picture_of_each_page() {
    let docs = docs();
    let bench = portfolio();
    let pages = pages(&bench);
    if updates() {
        let page = Page::on(&bench, DAY);
        fs::create_dir_all(docs.join("pictures")).unwrap();
        browse(Look::default(), async |tab| {
            tab.size(WINDOW.0, WINDOW.1).await;
            tab.enter(&page).await;
            for (name, path) in &pages {
                tab.visit(path).await;
                fs::write(docs.join(format!("pictures/{name}.png")), small(&tab.picture().await)).unwrap();
            }
        });
    }
    let text = fs::read_to_string(docs.join("page.md")).unwrap();
    for (name, _) in &pages {
        let picture = fs::read(docs.join(format!("pictures/{name}.png"))).unwrap();
        assert!(picture.starts_with(b"\x89PNG"), "{name}");
        assert!(picture.len() <= LARGEST, "{name} has {} bytes", picture.len());
        assert!(text.contains(&format!("](pictures/{name}.png)")), "docs/page.md shows {name}");
    }
}

#[test]
fn the_documents_have_the_report_of_the_fixtures() {
    let bench = portfolio();
    bench.out(&["report", "--as-of", DAY, "--out", "report.html"]);
    let report = fs::read_to_string(bench.path("report.html")).unwrap();
    // What has changed is told with the time of this run.
    let (before, rest) = report.split_once("<h2>Changes since").unwrap();
    let (_, after) = rest.split_once("<footer>").unwrap();
    let report = format!("{before}<footer>{after}");
    let committed = docs().join("report.html");
    if updates() {
        fs::write(&committed, &report).unwrap();
    }
    let is_fresh = fs::read_to_string(&committed).is_ok_and(|text| text == report);
    assert!(is_fresh, "make docs/report.html again: TICKLER_UPDATE_PICTURES=1 cargo test --test page pictures");
}
