//! What stands before a name of the opening: marks, numbers, labels, a party left blank.

use std::sync::LazyLock;

use super::super::super::pattern::{Pattern, floor, pattern};
use super::super::name;
use super::begins::is_filled_in;
use super::{LONGEST, STOP};
use crate::lexicon::label;
use crate::record::Part as _;

// What stands before a name: marks, numbers, joining words, titles.
static LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    let number = r"\(\s*(?:[ivx]{1,4}|\d{1,2}|[a-h])\s*\)|(?:[ivx]{1,4}|\d{1,2}|[a-h])[.)](?:\s|$)";
    let party = r"party\s+(?:[ab]|one|two|of\s+the\s+(?:first|second|third)\s+part)\s*[:,]?";
    let said = r"the\s+(?:undersigned|parties|company|covenanter)\s*[:,]|(?-i:the)|professional\s+\w+,|-\s*and\s*-";
    let words = r"{before_parties}|{honorifics}\.?";
    Pattern::exact(&format!(
        r"(?i)^(?:[\s,;:.“\x22–—•·*-]+|(?:{words}|{said}|{party})(?:[\s,]|$)|{number}|\((?:{{titles_in_brackets}})\.?\))+"
    ))
});
pattern!(
    LABEL,
    exact,
    r"^(?:the\s+)?(?:[A-Z][A-Za-z]+(?:[ \t]+[A-Z]?[A-Za-z]+){0,2})\s*(?:\(\s*[“\x22]?[A-Za-z ]+[”\x22]?\s*\))?\s*:\s*"
);
// The role before the name: `The "Tenant" Anna Reed`.
pattern!(ROLE_FIRST, exact, r#"^(?:[Tt]he\s+)?["“]\s*([A-Z][A-Za-z ]{2,24}?)\s*["”][\s:,–-]*"#);
pattern!(BLANK, exact, r#"^(?:\[[^\]]{0,60}\]|_{2,}|\*{2,})[^;"]{0,120}?(?:\([^)]{0,80}\))?\s*[,;]?\s*(?:and|AND)\s"#);

/// Where the first name stands, at `start` or after a label or number there.
pub(super) fn first_name(all: &str, start: usize) -> Option<usize> {
    let window = all.part(start..floor(all, start + 260));
    let mut at = skip_lead(window);
    // A party left blank or redacted, and then the other one: "________ ("Employee") and Acme, Inc.".
    if let Some(m) = BLANK.find(window.part(at..)) {
        at += m.end();
        at += skip_lead(window.part(at..));
    }
    name::name_len(all.part(start + at..floor(all, start + at + LONGEST))).map(|_| start + at)
}

/// Length of the numbers, labels and little words before a name.
pub(super) fn skip_lead(s: &str) -> usize {
    let mut at = 0;
    loop {
        let before = at;
        at += LEAD.prefix_len(s.part(at..));
        if let Some(initials) = initials(s, at) {
            return initials;
        }
        let label = LABEL.prefix_len(s.part(at..));
        if label > 0 && label < 50 && !STOP.is_match(s.part(at..)) {
            at += label;
        }
        let role = ROLE_FIRST
            .captures(s.part(at..))
            .filter(|c| c.get(1).is_some_and(|role| label::named_role(role.as_str()).is_some()));
        at += role.and_then(|c| c.get(0)).map_or(0, |m| m.end());
        at += role_line(s.part(at..)) + usize::from(is_filled_in(s.part(at..)));
        if at == before {
            return at;
        }
    }
}

/// Length of a line that holds a role and nothing else, over the name: "FRANCHISOR" and below "Acme Kitchens, owner of".
fn role_line(s: &str) -> usize {
    pattern!(LINE, exact, r"^(?:THE )?([A-Z][A-Za-z ]{2,24}?)[ \t]*:?[ \t]*\n\s*");
    let line = LINE.captures(s).filter(|c| c.get(1).is_some_and(|role| label::named_role(role.as_str()).is_some()));
    line.and_then(|c| c.get(0)).map_or(0, |m| m.end())
}

/// Where the initials of a name begin that were taken for the letters of a list before `at`: "A. K. Reed".
fn initials(s: &str, at: usize) -> Option<usize> {
    pattern!(LETTERS, exact, r"(?:[A-IVX]\. ?){1,3}$");
    let letters = LETTERS.find(s.part(..at))?.start();
    name::INITIALS.is_match(s.part(letters..)).then_some(letters)
}
