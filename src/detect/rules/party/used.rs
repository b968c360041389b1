//! Parties of rows whose labels name no role that is known, but that the clauses use as one: "Boarder: Tidy Kennels Limited", and
//! below "The Boarder shall keep records".

use super::super::pattern::pattern;
use super::Found;
use super::label::{self, found, lines};
use super::name;
use crate::lexicon::{among, label as labels};
use crate::record::Part as _;
use crate::text::DocumentText;

/// Most parties that such labels name.
const MOST: usize = 4;

// The label of a row: "Boarder: ", "Seed grower: ".
pattern!(ROW, exact, r"^([A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)?)\s*[:\t]\s*");

/// Who does something under contracts of others, or is looked after, and no party.
const OTHERS: &str = "surveyor engineer architect auditor bank insurer broker agent arbitrator expert valuer solicitor mediator \
    accountant adjudicator inspector monitor manager administrator supervisor investigator notary witness plant site \
    project building vessel system product venue works";

/// The organisations in rows whose labels do something in the clauses.
pub(super) fn labelled(text: &DocumentText) -> Vec<Found> {
    const BLOCKS: usize = 40;
    let rows = text.blocks().iter().take(BLOCKS).filter(|b| b.page <= 2).flat_map(|b| lines(text, b));
    let named = rows.filter_map(|line| {
        let row = text.slice(line);
        let value = ROW.prefix_len(row);
        let rest = row.part(value..);
        let len = name::name_len(rest)?;
        let party = label::is_organisation(rest.part(..len)) && label::ends(rest.part(len..));
        let role = ROW.captures(row)?.get(1)?.as_str();
        (party && labels::role(role).is_none() && acts(text.as_str(), role))
            .then(|| found(line.start() + value, rest.part(..len), len))
    });
    named.take(MOST).collect()
}

/// The label in front of the name that begins at `start`.
pub(super) fn role(text: &DocumentText, start: usize) -> Option<String> {
    let before = text.as_str().part(..start);
    let row = before.part(before.rfind('\n').map_or(0, |at| at + 1)..);
    let label = ROW.captures(row).filter(|_| ROW.prefix_len(row) == row.len())?;
    Some(label.get(1)?.as_str().to_owned()).filter(|label| !among("name names", label))
}

/// Whether the clauses give a label duties or rights, as only a party has them.
fn acts(all: &str, label: &str) -> bool {
    const DUTIES: [&str; 18] = [
        "shall",
        "must",
        "will",
        "may",
        "agrees",
        "undertakes",
        "pays",
        "lets",
        "keeps",
        "supplies",
        "provides",
        "tells",
        "takes",
        "delivers",
        "sells",
        "buys",
        "gives",
        "does not",
    ];
    let other = label.split([' ', '-']).any(|w| among(OTHERS, w));
    // "The Boarder shall", and "Boarder shall" where a sentence begins.
    let begins = |duty: &str| ["he ", ". ", "\n"].iter().any(|lead| all.contains(&format!("{lead}{label} {duty} ")));
    !other && DUTIES.iter().any(|duty| begins(duty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    fn names(plain: &str) -> Vec<(String, Option<String>)> {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let named = labelled(&text).into_iter();
        named.map(|f| (text.slice(f.span).to_owned(), role(&text, f.span.start()))).collect()
    }

    #[test]
    fn labels_that_clauses_use() {
        let plain = "POWER\nGenerator: Acme Grid Ltd\nOfftaker: Harbor Power plc, company number 1234567\nSurveyor: Mill Ltd\nMill \
                     name: Quay Ltd\n1. The Generator shall deliver power, and the Offtaker must pay. The Surveyor shall report.";
        let some = |name: &str, role: &str| (name.to_owned(), Some(role.to_owned()));
        assert_eq!(names(plain), [some("Acme Grid Ltd", "Generator"), some("Harbor Power plc", "Offtaker")]);
        assert!(names("Generator: Acme Grid Ltd\n1. Power is delivered.").is_empty());
    }
}
