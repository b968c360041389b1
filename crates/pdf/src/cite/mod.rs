//! Where a value comes from: spans of text, regions of pages, and quotes that cannot exist without them.

mod diagnostic;
mod evidence;
mod id;
mod part;
mod span;

pub use diagnostic::{Diagnostic, DocumentFailure, Location, Severity, Stage};
pub use evidence::{Cited, Evidence, PageRegion};
pub use id::{DocumentId, EntryId, FactId};
pub use part::Part;
pub use span::Span;
