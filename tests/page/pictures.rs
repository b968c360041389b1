//! The pictures of docs/page.md, made of the fixtures: `TICKLER_UPDATE_PICTURES=1 cargo test --test page pictures`.

use std::fs;
use std::path::Path;

use crate::browser::{Look, browse};
use crate::portfolio::{DAY, pages, portfolio};
use crate::served::Page;

/// Largest picture, in bytes.
const LARGEST: usize = 150_000;

/// Width and height of a window, in pixels.
const WINDOW: (u32, u32) = (1100, 800);

#[test]
fn the_documents_have_a_picture_of_each_page() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let bench = portfolio();
    let pages = pages(&bench);
    if std::env::var_os("TICKLER_UPDATE_PICTURES").is_some() {
        let page = Page::on(&bench, DAY);
        fs::create_dir_all(docs.join("pictures")).unwrap();
        browse(Look::default(), async |tab| {
            tab.size(WINDOW.0, WINDOW.1).await;
            tab.go(&page.link()).await;
            for (name, path) in &pages {
                tab.visit(path).await;
                fs::write(docs.join(format!("pictures/{name}.png")), tab.picture().await).unwrap();
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
