//! A second reader's opinion: readers of PDFs disagree on broken files, and what one calls unchanged another may show
//! otherwise. So a reader that shares no code with the first one must find the same pages in both revisions.

use lopdf::Document;

use crate::contained;

/// Whether the second reader finds other pages in the whole file than in the revision that was signed. It has no opinion on
/// files that it cannot open.
pub(super) fn disagrees(signed: &[u8], whole: &[u8]) -> bool {
    let differ = || {
        let (old, new) = (Document::load_mem(signed).ok()?, Document::load_mem(whole).ok()?);
        if old.is_encrypted() || new.is_encrypted() {
            return None;
        }
        Some(pages(&old) != pages(&new))
    };
    contained(differ).ok().flatten().unwrap_or(false)
}

/// What each page draws, in order.
fn pages(document: &Document) -> Vec<Option<Vec<u8>>> {
    document.get_pages().values().map(|page| document.get_page_content(*page).ok()).collect()
}
