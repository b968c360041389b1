//! The places where signatures are shown that were made after the first one.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::ObjectIdentifier;

use super::{field, range};

/// The widgets of the signatures that were made after the first one. Who signed first has not seen what they show.
pub(crate) fn later_widgets(pdf: &Pdf) -> HashSet<ObjectIdentifier> {
    let end = |field: &field::Field<'_>| range(field.value.as_ref()?).map(|[_, _, from, length]| from + length);
    let signed: Vec<_> =
        field::fields(pdf).into_iter().filter_map(|field| Some((end(&field)?, field.widgets))).collect();
    let first = signed.iter().map(|(end, _)| *end).min();
    signed.into_iter().filter(|(end, _)| Some(*end) > first).flat_map(|(_, widgets)| widgets).collect()
}
