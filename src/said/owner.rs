//! Who answers for an agreement: one named person, and another who stands in.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Said};
use crate::config::OwnerRule;
use crate::record::DocumentId;

/// How somebody came to answer for an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnedBy {
    /// Somebody said so.
    Statement,
    /// A rule of the settings says so.
    Rule,
}

/// Who answers for an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    /// Name.
    pub name: String,
    /// Who stands in.
    pub backup: Option<String>,
    /// How this came about.
    pub by: OwnedBy,
}

/// What rules ask of a contract.
#[derive(Debug, Clone, Copy)]
pub struct Traits<'a> {
    /// Where its file lies.
    pub path: &'a str,
    /// Names of its parties.
    pub parties: &'a [String],
    /// Its type, such as `lease`.
    pub kind: Option<&'a str>,
    /// Law that governs it.
    pub law: Option<&'a str>,
}

/// Who answers for the agreement of `document`: as somebody said, else as the first rule says that fits it.
#[must_use]
pub fn owner(said: &Said, rules: &[OwnerRule], document: &DocumentId, traits: Traits<'_>) -> Option<Owner> {
    let told = said.last(document, |content| match content {
        Content::Owner { owner, backup } => Some((owner, backup)),
        _ => None,
    });
    if let Some((owner, backup)) = told {
        let by = OwnedBy::Statement;
        return owner.clone().map(|name| Owner { name, backup: backup.clone(), by });
    }
    let rule = rules.iter().find(|rule| fits(rule, traits))?;
    Some(Owner { name: rule.owner.clone(), backup: rule.backup.clone(), by: OwnedBy::Rule })
}

/// Whether a contract has all that a rule asks for.
fn fits(rule: &OwnerRule, traits: Traits<'_>) -> bool {
    let holds = |wanted: &Option<String>, has: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(has);
    let within = |part: &str, whole: &str| whole.to_lowercase().contains(&part.to_lowercase());
    // A folder by its name, or by its last few folders; the file itself is none.
    let inside = |folder: &str| Path::new(traits.path).ancestors().skip(1).any(|above| above.ends_with(folder));
    holds(&rule.folder, &inside)
        && holds(&rule.party, &|party| traits.parties.iter().any(|name| within(party, name)))
        && holds(&rule.kind, &|kind| traits.kind.is_some_and(|k| k.eq_ignore_ascii_case(kind)))
        && holds(&rule.law, &|law| traits.law.is_some_and(|l| within(law, l)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;
    use crate::said::Statement;

    fn rule(field: fn(&mut OwnerRule, String), value: &str, owner: &str) -> OwnerRule {
        let mut rule = OwnerRule { owner: owner.to_owned(), ..OwnerRule::default() };
        field(&mut rule, value.to_owned());
        rule
    }

    #[test]
    fn a_statement_stands_over_the_rules_and_the_first_rule_that_fits_counts() {
        let document = DocumentId::of(b"x");
        let rules = [
            rule(|r, v| r.folder = Some(v), "contracts/it", "Ida"),
            rule(|r, v| r.party = Some(v), "acme", "Pat"),
            rule(|r, v| r.kind = Some(v), "Lease", "Lee"),
            rule(|r, v| r.law = Some(v), "new york", "Noa"),
            OwnerRule {
                owner: "Rest".to_owned(),
                kind: Some("nda".to_owned()),
                law: Some("Ohio".to_owned()),
                ..OwnerRule::default()
            },
        ];
        let acme = ["Acme Ltd".to_owned()];
        let whose = |path, parties, kind, law| {
            let traits = Traits { path, parties, kind, law };
            owner(&Said::default(), &rules, &document, traits).map(|o| o.name)
        };
        assert_eq!(whose("/home/a/contracts/it/x.pdf", &acme, None, None).as_deref(), Some("Ida"));
        assert_eq!(whose("/home/a/contracts/itx/x.pdf", &acme, None, None).as_deref(), Some("Pat"));
        assert_eq!(whose("/x.pdf", &[], Some("lease"), None).as_deref(), Some("Lee"));
        assert_eq!(whose("/x.pdf", &[], None, Some("State of New York")).as_deref(), Some("Noa"));
        assert_eq!(whose("/x.pdf", &[], Some("nda"), Some("Utah")), None);
        assert_eq!(whose("/x.pdf", &[], Some("nda"), Some("Ohio")).as_deref(), Some("Rest"));

        let says = |owner: Option<&str>| {
            let statement = Statement {
                id: 1,
                at: Timestamp::UNIX_EPOCH,
                who: None,
                why: None,
                agreement: document.clone(),
                content: Content::Owner { owner: owner.map(str::to_owned), backup: None },
            };
            let traits = Traits { path: "/x.pdf", parties: &acme, kind: None, law: None };
            super::owner(&Said::new([statement], BTreeMap::new()), &rules, &document, traits).map(|o| o.name)
        };
        assert_eq!(says(Some("Ann")).as_deref(), Some("Ann"));
        assert_eq!(says(None), None, "nobody, whatever the rules say");
    }
}
