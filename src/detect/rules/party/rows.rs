//! What rows of a form say of a party beside its name: "Client entity and state: a Minnesota corporation", "Client
//! address: 12 Mill Road".

use std::sync::LazyLock;

use super::super::pattern::Pattern;
use super::describe::{self, squeeze};
use crate::record::value::Party;
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

// "'s registered address: 12 Mill Road", behind the role.
static ROW: LazyLock<Pattern> = LazyLock::new(|| {
    let state =
        r"(?:state|jurisdiction|place|country)\s+of\s+(?:incorporation|organi[sz]ation|formation)|form\s+and\s+state";
    let entity = r"entity(?:\s+type)?(?:\s*(?:and|/|,)\s*(?:state|jurisdiction|country))?";
    let address = r"(?:registered|business|principal|mailing)?\s*address";
    let label = format!(r"(?P<entity>{entity}|{state})|(?P<address>{address})");
    Pattern::exact(&format!(r"(?i)^(?:'s|’s)?\s+(?:legal\s+)?(?:{label})\s*[:\t]\s*(?P<value>[^\t]+)$"))
});

/// Fills in what rows labelled with the party's role say of it, and returns the rows used.
///
/// What the description of the party says already stays.
pub(super) fn complete(text: &DocumentText, party: &mut Party) -> Vec<Span> {
    let Some(role) = party.role.clone().filter(|r| r.len() > 2) else { return Vec::new() };
    let mut used = Vec::new();
    for b in text.blocks().iter().take(90).filter(|b| b.page <= 3 && b.span.len() < 300) {
        let row = text.slice(b.span);
        let Some(m) = row
            .get(..role.len())
            .filter(|label| label.eq_ignore_ascii_case(&role))
            .and_then(|_| ROW.captures(row.part(role.len()..)))
        else {
            continue;
        };
        let value = m.name("value").map_or("", |m| m.as_str()).trim();
        let before = party.clone();
        if m.name("address").is_some() {
            let address = value.len() > 5 && value.contains(|c: char| c.is_ascii_digit());
            party.address = party.address.take().or_else(|| address.then(|| squeeze(value)));
        } else {
            // Read as if it stood behind the name.
            let name = "A";
            let said = describe::describe(&format!("{name}, {value}"), name.len());
            let place = || crate::lexicon::jurisdiction::first_place(value).map(|p| p.name.to_owned());
            party.jurisdiction = party.jurisdiction.take().or(said.jurisdiction).or_else(place);
            party.entity_type = party.entity_type.take().or(said.entity_type);
        }
        if *party != before {
            used.push(b.span);
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    #[test]
    fn rows_of_a_form() {
        let plain = "Client:\tAcme Tools Company\nClient entity and state:\ta Utah corporation\nClient address:\t12 Mill Road\n\
                     Vendor's state of incorporation: Ohio";
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let read = |role: &str| {
            let mut party = Party { name: "X".into(), role: Some(role.into()), ..Party::default() };
            let used = complete(&text, &mut party).len();
            (party.entity_type, party.jurisdiction, party.address, used)
        };
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(read("Client"), (some("corporation"), some("Utah"), some("12 Mill Road"), 2));
        assert_eq!(read("Vendor"), (None, some("Ohio"), None, 1));
        assert_eq!(read("Buyer"), (None, None, None, 0));
    }
}
