//! Which files of the index agree with their checksums.
//!
//! Tantivy writes a file of a segment once and never changes it. So a file is read and compared with its checksum once: its
//! length and the time of its last change are kept, and the file is read again only when one of the two is another. A search
//! in a large index would spend its time on checksums otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::index::{SegmentComponent, SegmentMeta};

use crate::private::Draft;

/// The files that every segment has.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Terms,
    SegmentComponent::Store,
];

/// The file in the folder of the index that keeps what was compared.
const KEPT: &str = "checked.json";

/// A file as it was when it was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970.
    changed: u128,
}

impl Stamp {
    fn of(file: &Path) -> io::Result<Self> {
        let about = fs::metadata(file)?;
        let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        Ok(Self { bytes: about.len(), changed })
    }
}

/// Compares the files of an index with their checksums, as far as they changed since they were compared last.
///
/// # Errors
/// A file that is missing, cannot be read, or is not as it was written: searches that need it would fail or answer wrongly.
pub(super) fn check(index: &tantivy::Index, folder: &Path) -> Result<(), TantivyError> {
    let known: BTreeMap<PathBuf, Stamp> =
        fs::read(folder.join(KEPT)).ok().and_then(|kept| serde_json::from_slice(&kept).ok()).unwrap_or_default();
    let mut now = BTreeMap::new();
    for segment in index.searchable_segment_metas()? {
        for name in files(&segment) {
            let file = folder.join(&name);
            let stamp = Stamp::of(&file)
                .map_err(|error| TantivyError::SystemError(format!("{} cannot be read: {error}", file.display())))?;
            if known.get(&name) != Some(&stamp) && !index.directory().validate_checksum(&name)? {
                return Err(TantivyError::SystemError(format!("{} is not as it was written", file.display())));
            }
            now.insert(name, stamp);
        }
    }
    // In a folder that cannot be written, the next search compares them again.
    if now != known
        && let Err(error) = keep(&now, &folder.join(KEPT))
    {
        tracing::debug!(%error, "cannot keep which files of the index were compared");
    }
    Ok(())
}

/// The files of a segment, by their names in the folder of the index.
fn files(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    let deleted = segment.has_deletes().then_some(SegmentComponent::Delete);
    COMPONENTS.into_iter().chain(deleted).map(|component| segment.relative_path(component))
}

fn keep(stamps: &BTreeMap<PathBuf, Stamp>, target: &Path) -> io::Result<()> {
    let mut draft = Draft::of(target)?;
    draft.file().write_all(&serde_json::to_vec(stamps)?)?;
    draft.publish()
}
