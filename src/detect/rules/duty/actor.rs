//! Who a name in a clause stands for: the parties by name, role and alias, and roles that either of them can have.

use std::ops::Range;

use super::super::pattern::{contains_fold, pattern};
use crate::lexicon::ways;
use crate::record::value::{DutyCategory, Party};
use crate::record::{Fact, Part as _};

/// Everybody at once.
pub(super) const EACH: &str = "each party";

/// The parties of a contract as its clauses call them.
#[derive(Debug, Default)]
pub(super) struct Actors {
    /// What each party is called in results: its role, else its shortest name.
    labels: Vec<String>,
    /// Names with the party each stands for, the longest first.
    names: Vec<(String, usize)>,
    /// The party that pays.
    payer: Option<usize>,
    /// The party that delivers.
    provider: Option<usize>,
    /// Who must keep a secret, as the contract calls it.
    receiver: String,
    /// Roles that the contract speaks of and no party was found to have.
    roles: Vec<String>,
}

/// Who a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// A party, by its place in the list.
    Party(usize),
    /// All parties.
    Each,
    /// A role that either party can have, as the contract calls it.
    Role(String),
}

/// A name in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) who: Who,
    pub(super) range: Range<usize>,
}

// Words for all parties, and for a role that either can have.
pattern!(GROUPS, r"{everybody}|\b(?:(?:the|a|any|each|such)\s+)?({role_of_either})");
// Words between a subject and its verb: "(and its affiliates)", "also", "and its personnel".
pattern!(
    GAP,
    r"^(?:'s?)?(?:\s*\([^()]{0,60}\))*(?:\s+and\s+(?:its|their|each\s+of\s+its)\s+[\w-]+(?:\s+(?:and|or)\s+[\w-]+)?)?(?:,[^,]{0,110},)?(?:\s+(?:{between_subject_and_verb}|[a-z]+ly\b))*[\s,]*$"
);
// Words after which a name is no subject.
pattern!(
    NO_SUBJECT,
    r"(?:\b(?:of|to|by|from|with|for|against|between|under|on|upon|through|behalf\s+of)|\band|\bor)\s+(?:the\s+)?$"
);
// What the one does who is to be paid.
pattern!(
    BILLED,
    r"\b(?:be|is|are)\s+(?:[a-z]+ly\s+)?(?:invoiced|billed|issued|carried\s+out)\b|\binvoices?\s+to\s+be\b"
);
// ... unless it is the one on whom a duty falls.
pattern!(
    FALLS_ON,
    r"\bit\s+(?:is|shall\s+be|will\s+be|falls)\s+[^,;.]{0,40}\b(?:for|to|up\s+to|on|upon|of)\s+(?:the\s+)?$"
);
/// Lines in which the parties are listed with their roles.
const TOP: usize = 30;
/// What shows that a party pays, and that it delivers.
const PAYS: &str = "pay reimburse remit";
const PROVIDES: &str = "provide deliver perform invoice";

impl Actors {
    /// The parties, and from the whole text which of two pays and which delivers.
    pub(super) fn of(parties: &[Fact<Party>], text: &str) -> Self {
        let mut out = Self::default();
        for party in parties.iter().filter_map(Fact::value) {
            let index = out.labels.len();
            let short = short_name(&party.name);
            let known = |name: &str| name.chars().count() > 2 && name.starts_with(char::is_alphanumeric);
            for name in party.role.iter().chain(&party.aliases).map(String::as_str).chain([party.name.as_str(), short])
            {
                let name = name.trim().trim_start_matches("the ").trim_start_matches("The ");
                if known(name) && !out.names.iter().any(|(n, _)| n == name) {
                    out.names.push((name.to_owned(), index));
                    // "CLIENT" as defined, "Client" as used.
                    if name.len() > 3 && name.bytes().all(|b| !b.is_ascii_lowercase()) {
                        let title = title_case(name);
                        if !out.names.iter().any(|(n, _)| *n == title) {
                            out.names.push((title, index));
                        }
                    }
                }
            }
            let called = party.role.clone().or_else(|| {
                // The defined name that the contract uses most.
                let used = |name: &&String| text.matches(name.as_str()).count();
                party.aliases.iter().filter(|a| a.chars().count() > 2).max_by_key(used).cloned()
            });
            out.labels.push(called.unwrap_or_else(|| short.to_owned()));
        }
        out.names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        out.settle_sides(parties, text);
        out.add_pronouns(text);
        if out.labels.len() < 2 || parties.iter().filter_map(Fact::value).any(|p| p.role.is_none()) {
            let roles = ways("payers").iter().chain(ways("providers")).map(|r| title_case(&r.to_uppercase()));
            let roles = roles.chain(["Party A".to_owned(), "Party B".to_owned()]);
            out.roles = roles
                .filter(|r| !out.names.iter().any(|(n, _)| n.contains(r.as_str())))
                .filter(|r| text.matches(&format!("{r} shall")).nth(1).is_some())
                .collect();
        }
        out.add_labelled(text);
        let recipient = !text.contains("Receiving Party") && text.contains("Recipient");
        if recipient { "Recipient" } else { "Receiving Party" }.clone_into(&mut out.receiver);
        out
    }

    /// "Kitchen: Cherry Street Commissary, LLC" and "The Kitchen shall": a role that no list knows.
    fn add_labelled(&mut self, text: &str) {
        let bound = |name: &str| ["shall", "must", "will"].iter().any(|w| text.contains(&format!("The {name} {w}")));
        let labels = text.lines().take(TOP).filter_map(|line| line.split_once(": ")).map(|(label, _)| label.trim());
        let label = |l: &&str| {
            let plain =
                l.len() > 3 && l.split(' ').count() <= 2 && l.split(' ').all(|w| w.starts_with(char::is_uppercase));
            plain && !self.names.iter().any(|(n, _)| n.contains(*l)) && bound(l)
        };
        let found: Vec<String> = labels.filter(label).map(str::to_owned).collect();
        self.roles.extend(found.into_iter().filter(|role| !self.roles.contains(role)).collect::<Vec<_>>());
    }

    /// "You" is the party that pays and "we" the one that delivers, in contracts that speak so.
    fn add_pronouns(&mut self, text: &str) {
        let (Some(payer), Some(provider)) = (self.payer, self.provider) else { return };
        let spoken = [" you will ", " you must ", " you shall ", "You will ", "You must ", "You agree ", "ou need to "];
        if spoken.iter().map(|w| text.matches(w).count()).sum::<usize>() < 2 {
            return;
        }
        for (words, party) in [(["You", "you"], payer), (["We", "we"], provider)] {
            let new =
                words.into_iter().filter(|w| !self.names.iter().any(|(n, _)| n == w)).map(|w| (w.to_owned(), party));
            let new: Vec<_> = new.collect();
            self.names.extend(new);
        }
    }

    /// Which party pays: by its role, else by what it does in the text.
    fn settle_sides(&mut self, parties: &[Fact<Party>], text: &str) {
        let by_role = |list: &[&str]| {
            parties.iter().filter_map(Fact::value).position(|p| {
                let role = p.role.as_deref().map(str::to_ascii_lowercase);
                role.is_some_and(|r| list.iter().any(|w| r == *w))
            })
        };
        (self.payer, self.provider) = (by_role(ways("payers")), by_role(ways("providers")));
        if self.payer.is_none() && self.provider.is_none() && self.labels.len() > 1 {
            let counted = |verbs: &str| {
                let mut counts = vec![0_usize; self.labels.len()];
                for (name, party) in &self.names {
                    for (at, _) in text.match_indices(name.as_str()) {
                        let mut after = text.part(at + name.len()..).split_whitespace();
                        let verb = match after.next() {
                            Some("shall" | "will" | "must") => after.next(),
                            Some("agrees") => after.nth(1),
                            _ => None,
                        };
                        let verb = verb.unwrap_or_default();
                        counts[*party] += usize::from(verbs.split(' ').any(|v| v == verb));
                    }
                }
                let best = counts.iter().copied().max().filter(|&n| n > 0)?;
                let mut holders = counts.iter().enumerate().filter(|(_, n)| **n == best).map(|(i, _)| i);
                holders.next().filter(|_| holders.next().is_none())
            };
            (self.payer, self.provider) = (counted(PAYS), counted(PROVIDES));
            if self.payer == self.provider {
                self.provider = None;
            }
        }
        if self.labels.len() == 2 {
            self.provider = self.provider.or(self.payer.map(|p| 1 - p));
            self.payer = self.payer.or(self.provider.map(|p| 1 - p));
        }
    }

    /// What a result calls somebody.
    pub(super) fn label(&self, who: &Who) -> String {
        match who {
            Who::Party(i) => self.labels.get(*i).cloned().unwrap_or_default(),
            Who::Each => EACH.to_owned(),
            Who::Role(name) => name.clone(),
        }
    }

    /// Everybody named in `words`, in order.
    pub(super) fn mentions(&self, words: &str) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        // The longer name has been taken already: "Service Provider" before "Provider".
        for (name, party) in &self.names {
            add_named(words, name, &Who::Party(*party), &mut out);
        }
        // "The customer" of a contract that defines "Customer".
        if !out.iter().any(|m| matches!(m.who, Who::Party(_))) {
            for (name, party) in self.names.iter().filter(|(n, _)| !n.contains(' ') && n.len() > 3) {
                add_named(words, &format!("the {}", name.to_ascii_lowercase()), &Who::Party(*party), &mut out);
            }
        }
        for role in &self.roles {
            add_named(words, role, &Who::Role(role.clone()), &mut out);
        }
        if ["part", "reci", "disc"].iter().any(|w| contains_fold(words, w)) {
            for found in GROUPS.captures_iter(words) {
                let (Some(all), role) = (found.get(0), found.get(1).map(|m| titled(m.as_str()))) else { continue };
                let skipped = |text: &str| ["other", "such"].iter().any(|w| text.to_ascii_lowercase().starts_with(w));
                if overlaps(&out, &all.range()) || skipped(role.as_deref().unwrap_or(all.as_str())) {
                    continue;
                }
                out.push(Mention { who: role.map_or(Who::Each, Who::Role), range: all.range() });
            }
        }
        out.sort_by_key(|m| m.range.start);
        out
    }

    /// The subject of a verb: the last name in the words `before` it, when only words that can part them stand between.
    pub(super) fn subject(&self, before: &str) -> Option<Mention> {
        let last = self.mentions(before).into_iter().rev().find(|m| GAP.is_match(before.part(m.range.end..)))?;
        let lead = before.part(..last.range.start);
        if NO_SUBJECT.is_match(lead) && !FALLS_ON.is_match(lead) {
            // "Acme and Beta shall" binds both; "payments to Acme shall" binds nobody named here.
            let joined = lead.trim_end().trim_end_matches("the").trim_end();
            let joins = joined.ends_with(" and") || joined.ends_with(" or");
            let first = self.mentions(lead).pop().filter(|m| joins && joined.len() <= m.range.end + 5)?;
            let who = if first.who == last.who { last.who } else { Who::Each };
            return Some(Mention { who, range: first.range.start..last.range.end });
        }
        Some(last)
    }

    /// Who is bound by a clause that names nobody, from what it is about.
    pub(super) fn unnamed(&self, category: DutyCategory, words: &str) -> Option<Who> {
        let party = |p: Option<usize>| p.map(Who::Party);
        match category {
            DutyCategory::Payment if BILLED.is_match(words) => party(self.provider),
            DutyCategory::Payment => party(self.payer),
            // A licensee or distributor reports what it sold.
            DutyCategory::Reporting if self.payer.is_some_and(|p| self.sells(p)) => party(self.payer),
            DutyCategory::Delivery
            | DutyCategory::Support
            | DutyCategory::Reporting
            | DutyCategory::Insurance
            | DutyCategory::DataProtection
            | DutyCategory::Transition => party(self.provider),
            DutyCategory::Governance | DutyCategory::Notice => Some(Who::Each),
            DutyCategory::Confidentiality => Some(Who::Role(self.receiver())),
            DutyCategory::Audit | DutyCategory::Compliance | DutyCategory::Records | DutyCategory::Other => None,
        }
    }

    /// Whether a party pays for what it sells on.
    fn sells(&self, party: usize) -> bool {
        self.labels.get(party).is_some_and(|label| ways("sellers").iter().any(|w| label.eq_ignore_ascii_case(w)))
    }

    /// The other of two parties.
    pub(super) fn other(&self, who: &Who) -> Option<Who> {
        match who {
            Who::Party(i) if self.labels.len() == 2 => Some(Who::Party(1 - i.min(&1))),
            _ => None,
        }
    }

    /// What the contract calls the one who must keep a secret.
    pub(super) fn receiver(&self) -> String {
        self.receiver.clone()
    }

    /// To whom `who` owes: the one other party that a clause names, else the other of two parties.
    pub(super) fn opposite(&self, who: &Who, named: &[Mention]) -> Option<String> {
        let other = |m: &&Mention| m.who != *who && matches!(m.who, Who::Party(_));
        match who {
            Who::Party(i) => match named.iter().find(other) {
                Some(m) => Some(self.label(&m.who)),
                None if self.labels.len() == 2 => self.labels.get(1 - i.min(&1)).cloned(),
                // Of three or more, the one that pays and the one that delivers face each other.
                None => {
                    let other = if self.payer == Some(*i) { self.provider } else { self.payer };
                    let faces = [self.payer, self.provider].contains(&Some(*i));
                    other.filter(|o| faces && o != i).and_then(|o| self.labels.get(o).cloned())
                }
            },
            Who::Each => (self.labels.len() == 2).then(|| "the other party".to_owned()),
            Who::Role(role) => match role.as_str() {
                "Receiving Party" | "Recipient" => Some("Disclosing Party".to_owned()),
                _ => None,
            },
        }
    }
}

/// Adds the places of `name`, as whole words where nobody has been found.
fn add_named(words: &str, name: &str, who: &Who, out: &mut Vec<Mention>) {
    for (at, found) in words.match_indices(name) {
        let range = at..at + found.len();
        let whole = !words.part(..at).ends_with(|c: char| c.is_alphanumeric() || c == '-')
            && !words.part(range.end..).starts_with(char::is_alphanumeric);
        if whole && !overlaps(out, &range) {
            out.push(Mention { who: who.clone(), range });
        }
    }
}

fn overlaps(found: &[Mention], range: &Range<usize>) -> bool {
    found.iter().any(|m| m.range.start < range.end && range.start < m.range.end)
}

/// A name without its legal form: "Acme Tools, Inc." as "Acme Tools".
fn short_name(name: &str) -> &str {
    const FORMS: &str = "inc corp ltd llc llp lp co plc gmbh ag sa bv nv limited corporation incorporated company pty \
        sarl spa as (pty)";
    let mut short = name.trim();
    while let Some((rest, last)) = short.rsplit_once(' ') {
        let form = last.replace(['.', ',', '/'], "").to_ascii_lowercase();
        if !FORMS.split(' ').any(|f| f == form) {
            break;
        }
        short = rest.trim_end_matches([',', ' ']);
    }
    short
}

fn title_case(name: &str) -> String {
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().map_or_else(String::new, |c| c.to_string() + &chars.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// "receiving party" as "Receiving Party".
fn titled(role: &str) -> String {
    let role = title_case(&role.to_uppercase());
    role.strip_suffix("Parties").map_or(role.clone(), |r| format!("{r}Party"))
}
