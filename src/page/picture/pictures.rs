//! Pictures of pages, drawn in a worker and kept for a while.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tickler::record::DocumentId;
use tickler::source::{self, NotAsRead};
use tickler::text::{DocumentText, EngineError, Engines, PageImage, Scans, extract_with};

/// Pictures that are kept: the page and its picture are two requests, and people turn pages and go back.
const KEPT: usize = 6;

/// Draws pages of the files that documents were read from.
#[derive(Debug)]
pub(crate) struct Pictures {
    engines: Box<dyn Engines>,
    /// Largest file in bytes.
    limit: u64,
    /// The last ones. Its lock is held while one is drawn, so that requests do not start a worker each, and the second
    /// request for a picture waits for the first.
    kept: Mutex<VecDeque<Kept>>,
}

#[derive(Debug)]
struct Kept {
    document: DocumentId,
    page: u32,
    picture: Arc<PageImage>,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoPicture {
    /// The file is not what was read.
    #[error("The file cannot be shown: {0}.")]
    File(#[from] NotAsRead),
    /// The page cannot be drawn.
    #[error("The page cannot be drawn: {0}.")]
    Page(#[from] EngineError),
}

impl Pictures {
    /// Pictures drawn by `engines`, of files of at most so many bytes.
    pub(crate) fn new(engines: Box<dyn Engines>, limit: u64) -> Self {
        Self { engines, limit, kept: Mutex::default() }
    }

    /// Page `page` of `document`, whose file is at one of `paths`.
    pub(super) fn page(&self, document: &DocumentId, paths: &[String], page: u32) -> Result<Arc<PageImage>, NoPicture> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|k| k.document == *document && k.page == page)
            && let Some(found) = kept.remove(at)
        {
            let picture = Arc::clone(&found.picture);
            kept.push_back(found);
            return Ok(picture);
        }
        let bytes = source::original(document, paths, self.limit)?;
        let picture = Arc::new(self.engines.image(&bytes, page)?);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(Kept { document: document.clone(), page, picture: Arc::clone(&picture) });
        Ok(picture)
    }

    /// The text of the file with its places, without what is read from scans. None where the file cannot be read.
    pub(super) fn text(&self, document: &DocumentId, paths: &[String]) -> Option<DocumentText> {
        let bytes = source::original(document, paths, self.limit).ok()?;
        extract_with(&bytes, &*self.engines, Scans::Leave).ok().map(|extraction| extraction.text)
    }
}
