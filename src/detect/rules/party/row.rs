//! Persons who are named in a row, and are one party: "Robert and Lisa Carmody", "Ada Reed and Otto Vale (together the "Tenant")".

use super::super::pattern::pattern;
use super::name::NameKind;
use super::{Found, label};
use crate::record::{Part as _, Span};

// The number of an identity card or a passport: "(ID 9304150182085)".
pattern!(pub(super) NUMBERED, exact, r"^\s*\([^()]{0,40}\d{4}[^()]{0,20}\)");

/// Joins the given name of one person to the name of the other where one family name stands for both, beside another party:
/// "Robert and Lisa Carmody ("Landlord") and Kim Osei ("Tenant")". Of two alone, the single word may be a company's name.
pub(super) fn couples(all: &str, out: &mut Vec<Found>) {
    let pair = |w: &[Found]| {
        let (a, b) = (&w[0], &w[1]);
        let name = all.part(a.span.start()..a.span.start() + a.name_len);
        let between = all.part(a.span.start() + a.name_len..b.span.start()).trim();
        let given = name.len() > 2 && name.chars().all(char::is_alphabetic) && name.chars().any(char::is_lowercase);
        given && !a.sure && matches!(between, "and" | "&" | "And" | "AND") && b.kind == NameKind::Person
    };
    while out.len() > 2
        && let Some(i) = out.windows(2).position(pair)
    {
        let first = out.remove(i);
        let second = &mut out[i];
        second.name_len += second.span.start() - first.span.start();
        second.span = Span::new(first.span.start(), second.span.end());
    }
}

/// Gives persons who are named in a row the words behind the last of them: "Ada Reed and Otto Vale (together the "Tenant")".
pub(super) fn together(all: &str, out: &mut [Found]) {
    for i in (1..out.len()).rev() {
        let (a, b) = (&out[i - 1], &out[i]);
        let end = a.span.start() + a.name_len;
        let between = all.part(end..b.span.start());
        let between = between.part(NUMBERED.prefix_len(between)..).trim();
        let row = matches!(between, "" | "," | "and" | "&" | ", and") && b.span.len() > b.name_len;
        if row && a.kind == NameKind::Person && b.kind == NameKind::Person && b.defined {
            let span = Span::new(a.span.start(), b.span.end());
            out[i - 1] = Found { span, defined: true, sure: true, ..a.clone() };
        }
    }
}

/// Whether `after` begins with persons named in a row, and words that define them as one party.
pub(super) fn of_persons(after: &str, first: usize) -> bool {
    pattern!(GROUP, exact, r"(?i)^[\s,]*\(?\s*(?:together|jointly|collectively|each|both|all|hereinafter)\b");
    let more = label::joined(after, first, NameKind::Person);
    more.last().is_some_and(|&(at, len)| GROUP.is_match(after.part(at + len..)))
}

/// Whether `after` begins with persons joined by "and", and a bracket behind the last of them defines them.
pub(super) fn are_defined(after: &str, first: usize) -> bool {
    pattern!(CALLED, exact, r#"^[^.;()\n]{0,60}\([^()"“]{0,40}["“]"#);
    let more = label::joined(after, first, NameKind::Person);
    more.last().is_some_and(|&(at, len)| CALLED.is_match(after.part(at + len..)))
}
