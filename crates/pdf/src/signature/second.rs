//! A second reader's opinion: readers of PDFs disagree on broken files, and what one calls unchanged another may show
//! otherwise. So a reader that shares no code with the first one must find the same pages in both revisions.

use lopdf::Document;

use crate::contained;

/// Whether the second reader finds other pages in the whole file than in the revision that was signed. It has no opinion on
/// files that it cannot open.
pub(super) fn disagrees(signed: &[u8], whole: &[u8]) -> bool {
    let differ = || {
        let open = |bytes| Document::load_mem(bytes).ok().filter(|document| !document.is_encrypted());
        let (old, new) = (open(signed)?, open(whole)?);
        Some(pages(&old).ne(pages(&new)))
    };
    contained(differ).ok().flatten().unwrap_or(false)
}

/// What each page draws, in order.
fn pages(document: &Document) -> impl Iterator<Item = Option<Vec<u8>>> {
    document.page_iter().map(|page| document.get_page_content(page).ok())
}
