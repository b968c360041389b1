//! Where every value comes from: spans of text, regions of pages, quotes, and facts that cannot exist without them.

mod diagnostic;
mod evidence;
mod fact;
mod id;
mod span;

pub use diagnostic::{Diagnostic, Location, Severity, Stage};
pub use evidence::{Cited, Evidence, PageRegion};
pub use fact::{Confidence, Fact, Origin, OriginKind, Status};
pub use id::{DocumentId, EntryId, FactId};
pub use span::Span;
