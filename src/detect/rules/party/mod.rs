//! The contracting parties.
//!
//! Three places name them: the opening of the contract, which is the best source; the signature blocks; the section on
//! notices. A group that the contract defines ("affiliates", "the Parties") is no party unless it signs.

pub(super) mod block;
mod body;
mod deals;
mod defined;
mod describe;
mod label;
mod letter;
mod listed;
mod name;
mod offer;
mod pair;
mod preamble;
mod row;
mod rows;
mod signature;
mod signed_for;
mod used;
mod words;

use super::pattern;
use crate::lexicon::{among, ways};
use crate::record::value::Party;
use crate::record::{Cited, Confidence, Fact, Origin, Part as _, Span};
use crate::segment::Segments;
use crate::text::DocumentText;
use name::NameKind;

/// How far from the start a better spelling of a name is looked for, in bytes.
const HEAD: usize = 14_000;

/// A party's description in the text.
#[derive(Debug, Clone)]
struct Found {
    /// The description: name, form, address, defined names.
    span: Span,
    /// Length of the name at its start.
    name_len: usize,
    /// What the name looks like.
    kind: NameKind,
    /// Whether the contract defines a short name for it.
    defined: bool,
    /// Whether the name or what follows it shows that it is a party's.
    sure: bool,
    /// Rule that found it.
    rule: &'static str,
}

/// Finds the parties.
pub(super) fn parties(text: &DocumentText, _segments: &Segments) -> Vec<Fact<Party>> {
    let all = text.as_str();
    let mut list = Parties { text, out: Vec::new() };
    list.add(preamble::parties(text));
    // The weaker sources speak only where the opening does not name two parties.
    if list.settled() < 2 && label::labelled(text).len() < 2 {
        list.add(deals::parties(text));
    }
    let signed = signature::parties(text);
    let companies: Vec<Found> = signed.iter().filter(|f| f.kind == NameKind::Company).cloned().collect();
    if list.settled() < 2 && companies.len() > 2 {
        list.add(companies.clone());
    }
    if list.settled() < 2 {
        list.add(defined::defined(all));
    }
    if list.settled() < 2 {
        list.add(defined::of_pronoun(all));
    }
    if list.settled() < 2 {
        list.add(listed::parties(text));
        list.out.sort_by_key(|e| e.found.span.start());
    }
    if list.settled() < 2 {
        list.add(defined::counterpart(text).into_iter().collect());
    }
    if list.settled() < 2 {
        list.add(label::labelled(text));
        list.out.sort_by_key(|e| e.found.span.start());
    }
    if list.settled() < 2 {
        let used = used::labelled(text);
        if list.settled() + used.len() > 1 {
            list.add(used);
            list.out.sort_by_key(|e| e.found.span.start());
        }
    }
    if list.settled() < 2 {
        list.add(defined::meant(all));
    }
    if list.settled() < 2 {
        list.add(offer::offered(text));
    }
    if list.settled() < 2 {
        list.add(signed_for::with_role(text));
    }
    if list.settled() < 2 {
        list.add(signed_for::under_role(text));
    }
    if list.settled() < 2 {
        list.add(signed_for::organisations(text));
    }
    if list.settled() < 2 {
        list.add(letter::parties(text));
    }
    if list.settled() == 1 {
        list.add(defined::imprint(text).into_iter().collect());
    }
    if list.settled() < 2
        && !list.out.iter().any(|p| p.party.role.as_deref().is_some_and(|r| r.eq_ignore_ascii_case("you")))
    {
        list.add(defined::addressee(text).into_iter().collect());
    }
    if list.out.len() < 2 {
        list.add(signed.clone());
    } else if list.settled() < 2 {
        // The people who sign are the officers of those named, if badly, in the opening.
        list.add(companies);
    }
    list.confirm(&signed);
    list.drop_strays();
    list.drop_signers();
    list.label();
    list.complete();
    list.spell(all.part(..pattern::floor(all, HEAD)));
    let sure = list.beside_others();
    list.out.into_iter().zip(sure).map(|(entry, beside)| entry.into_fact(beside)).collect()
}

/// A party and where it was found.
struct Entry {
    key: String,
    party: Party,
    found: Found,
    evidence: Vec<crate::record::Evidence>,
    /// Whether a signature block names it too.
    signed: bool,
}

impl Entry {
    /// `beside`: another party is sure.
    fn into_fact(self, beside: bool) -> Fact<Party> {
        let raw = self.party.name.clone();
        let confidence = confidence(&self.found, self.signed, beside);
        let mut evidence = self.evidence.into_iter();
        // The first piece is made with the entry.
        let first = evidence.next().expect("an entry has evidence");
        let fact = Fact::found("party", Cited::new(self.party, first), &raw, Origin::rule(self.found.rule), confidence);
        evidence.fold(fact, Fact::with_evidence)
    }
}

/// The parties found so far, each once.
struct Parties<'t> {
    text: &'t DocumentText,
    out: Vec<Entry>,
}

impl Parties<'_> {
    fn add(&mut self, found: Vec<Found>) {
        for f in found {
            let words = self.text.slice(f.span);
            let mut party = describe::describe(words, f.name_len.min(words.len()));
            if matches!(f.rule, "party.label" | "party.preamble") && party.role.is_none() {
                party.role = label::of(self.text, f.span.start());
                if f.rule == "party.label" && party.role.is_none() {
                    party.role = used::role(self.text, f.span.start());
                }
            }
            if f.rule == "party.addressee" {
                party.role = defined::addressed_as(self.text.as_str());
            }
            if f.rule == "party.means" {
                party.role = defined::term(self.text.as_str().part(..f.span.start()));
            }
            if f.rule == "party.offer" {
                let role = if f.kind == NameKind::Company { "Employer" } else { "Employee" };
                party.role.get_or_insert_with(|| role.to_owned());
            }
            let key = key(&party.name);
            // A short form of a party that is already there is the same one.
            let known = self.out.iter().any(|e| {
                e.key == key
                    || f.rule != "party.preamble"
                        && (f.kind != NameKind::Company || e.found.kind != NameKind::Company)
                        && (e.key.starts_with(&key) || key.starts_with(&e.key))
                    || f.kind == NameKind::Person && is_same_person(&e.party.name, &party.name)
            });
            if !key.is_empty() && !known {
                self.out.push(Entry { key, party, evidence: vec![self.text.cite(f.span)], signed: false, found: f });
            }
        }
    }

    /// Adds the signature block of a party to its evidence.
    fn confirm(&mut self, signed: &[Found]) {
        for s in signed {
            let name = key(&describe::clean(self.text.slice(s.span)));
            if let Some(e) = self.out.iter_mut().find(|e| e.key == name && e.found.span != s.span) {
                let evidence = self.text.cite(s.span);
                e.signed = true;
                if e.evidence.len() < 2 {
                    e.evidence.push(evidence);
                }
            }
        }
        // "between Acme and Harbor" signed by "ACME TOOLS, INC.": the signature has the full name.
        let short = |e: &&mut Entry| match e.found.kind {
            NameKind::Company => false,
            NameKind::Person => !e.party.name.contains(' '),
            // The opening that defines a party gives its name in full.
            NameKind::Other => !e.found.defined || !e.party.name.contains(' '),
        };
        for e in self.out.iter_mut().filter(short) {
            let fuller = signed.iter().find(|s| {
                let name = key(&describe::clean(self.text.slice(s.span)));
                s.kind == NameKind::Company && name.len() > e.key.len() && name.starts_with(&e.key)
            });
            if let Some(s) = fuller {
                let short = std::mem::replace(&mut e.party.name, describe::clean(self.text.slice(s.span)));
                e.party.aliases.push(short);
                e.evidence.push(self.text.cite(s.span));
                e.signed = true;
            }
        }
    }

    /// How many of the parties are more than capitalised words behind "between", which a heading or the middle of a
    /// sentence may hold too: only these keep the weaker sources silent.
    fn settled(&self) -> usize {
        self.out.iter().filter(|e| e.found.defined || e.found.sure || e.found.kind != NameKind::Other).count()
    }

    /// For each party whether it is a person or a public body, or has a role, and stands at the top beside another party:
    /// "between Acme Ltd and Anna Reed".
    fn beside_others(&self) -> Vec<bool> {
        const OPENING: usize = 3_000;
        let sure = |e: &Entry| e.found.kind == NameKind::Company || e.found.defined || e.signed;
        let beside = |(i, e): (usize, &Entry)| {
            let others = self.out.iter().enumerate().filter(|&(n, _)| n != i).any(|(_, other)| sure(other));
            let shown = e.found.kind == NameKind::Person || e.party.role.is_some() || label::is_public(&e.party.name);
            shown && e.found.span.start() < OPENING && others
        };
        self.out.iter().enumerate().map(beside).collect()
    }

    /// Who signs for a company behind its label is no party: "Customer: Acme Ltd" at the top, and under the clauses "Customer: A.
    /// Reed, director".
    fn drop_signers(&mut self) {
        const CLAUSE: usize = 60;
        let all = self.text.as_str();
        let company = |e: &&Entry| e.found.kind == NameKind::Company && e.party.role.is_some();
        let companies: Vec<(Option<String>, usize)> =
            self.out.iter().filter(company).map(|e| (e.party.role.clone(), e.found.span.end())).collect();
        let signs = |e: &Entry| {
            let start = e.found.span.start();
            // "Tenant: Anna Reed, Managing Member".
            let behind = all.part(start + e.found.name_len..);
            let office = behind.strip_prefix(", ").is_some_and(signature::is_office);
            companies.iter().any(|(role, end)| {
                let between = all.part((*end).min(start)..start);
                let same = role.as_deref().zip(e.party.role.as_deref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
                same && (office && *end < start
                    || between.lines().any(|line| line.len() > CLAUSE && line.ends_with('.')))
            })
        };
        self.out.retain(|e| e.found.rule != "party.label" || e.found.kind != NameKind::Person || !signs(e));
    }

    /// Beside two parties that are companies or defined, capitalised words that nothing describes are not a third.
    fn drop_strays(&mut self) {
        let stray = |e: &Entry| {
            e.found.rule == "party.preamble"
                && e.found.kind == NameKind::Other
                && !e.found.defined
                && !e.found.sure
                && !e.signed
        };
        if self.out.iter().filter(|e| e.found.defined || e.found.kind == NameKind::Company).count() > 1 {
            self.out.retain(|e| !stray(e));
        }
        // "Consultant: S. Vale" on a form is who sold it, and "Artist: M. Bell" made what is lent, where two others are its
        // parties.
        let helps = |e: &Entry| {
            let role = e.party.role.as_deref().unwrap_or_default();
            // "Broker: Acme Advisers LLP (paid by us)" brought two others together.
            let brought = among("broker introducer", &role.to_ascii_lowercase());
            e.found.rule == "party.label"
                && (e.found.kind == NameKind::Person || brought)
                && among(
                    "consultant agent broker introducer manager operator artist author photographer designer producer",
                    &role.to_ascii_lowercase(),
                )
        };
        if self.out.iter().filter(|e| !helps(e)).count() > 1 {
            self.out.retain(|e| e.signed || !helps(e));
        }
    }

    /// Gives a party that the opening names without a role that of the row which names it too: "Employer: Acme Ltd".
    fn label(&mut self) {
        if self.out.iter().all(|e| e.party.role.is_some()) {
            return;
        }
        let rows: Vec<(String, Span)> = label::labelled(self.text)
            .into_iter()
            .map(|f| (key(self.text.slice(f.span).part(..f.name_len)), f.span))
            .collect();
        for e in self.out.iter_mut().filter(|e| e.party.role.is_none()) {
            let role = |(_, span): &(String, Span)| label::of(self.text, span.start());
            e.party.role = rows.iter().filter(|(name, _)| *name == e.key).find_map(role);
        }
    }

    /// Adds what rows of a form say of a party.
    fn complete(&mut self) {
        for e in &mut self.out {
            let rows = rows::complete(self.text, &mut e.party);
            e.evidence.extend(rows.into_iter().map(|row| self.text.cite(row)));
        }
    }

    /// Gives a name in capitals, from a cover or a signature, the spelling that it has in running text.
    fn spell(&mut self, head: &str) {
        // Offsets stay the same: only ASCII letters change.
        let lower = head.to_ascii_lowercase();
        for e in &mut self.out {
            // The opening that defines a party is the authority on its spelling.
            let opening = e.found.rule == "party.preamble" && e.found.defined;
            if opening || e.party.name.chars().any(char::is_lowercase) || e.party.name.len() < 6 {
                continue;
            }
            let wanted = e.party.name.to_ascii_lowercase();
            let at = lower.match_indices(&wanted).map(|(at, _)| at).find(|&at| {
                let s = head.part(at..at + wanted.len());
                let whole = !head.part(at + wanted.len()..).starts_with(char::is_alphanumeric);
                whole && s.starts_with(char::is_uppercase) && s.chars().filter(|c| c.is_lowercase()).count() > 2
            });
            if let Some(at) = at {
                head.part(at..at + wanted.len()).clone_into(&mut e.party.name);
                e.evidence.push(self.text.cite(Span::new(at, at + wanted.len())));
            }
        }
    }
}

/// "Anna Reed", "Anna B. Reed" and "A. Reed".
fn is_same_person(a: &str, b: &str) -> bool {
    let ends = |name: &str| Some((name.split(' ').next()?.to_lowercase(), name.rsplit(' ').next()?.to_lowercase()));
    let initial = |name: &str| {
        name.split(' ').count() == 3 && name.split(' ').nth(1).is_some_and(|w| w.trim_end_matches('.').len() == 1)
    };
    let short = |a: &str, b: &str| {
        let (Some((first, last)), Some((given, family))) = (ends(a), ends(b)) else { return false };
        let letter = first.trim_end_matches('.');
        a.split(' ').count() == 2 && letter.len() == 1 && given.starts_with(letter) && last == family
    };
    ends(a) == ends(b) && (initial(a) && b.split(' ').count() == 2 || initial(b) && a.split(' ').count() == 2)
        || short(a, b)
        || short(b, a)
}

fn confidence(f: &Found, signed: bool, beside: bool) -> Confidence {
    let base: f32 = match f.rule {
        "party.preamble" if !f.defined && !signed && beside => 0.55,
        // A bare name that nothing describes, defines or signs is more often a word of the sentence than a party.
        "party.preamble" if !f.defined && !signed && f.kind != NameKind::Company => 0.4,
        "party.subject" if !f.defined => 0.37,
        "party.signature" if f.kind == NameKind::Other && !signed => 0.4,
        "party.addressee" if f.kind != NameKind::Company && !beside => 0.4,
        "party.preamble" => 0.8,
        "party.subject" | "party.signature" => 0.7,
        _ => 0.55,
    };
    let signed = if signed { 0.03 } else { 0.0 };
    let named = if f.kind == NameKind::Company { 0.08 } else { 0.0 };
    let defined = if f.defined { 0.08 } else { 0.0 };
    Confidence::new(base + named + defined + signed)
}

/// A name without case, punctuation and legal form, to see that two are the same.
#[must_use]
pub fn key(name: &str) -> String {
    let folded: String = name.to_lowercase().replace(['.', '\'', '’'], "").replace(|c: char| !c.is_alphanumeric(), " ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    // Legal forms that two spellings of one name need not share.
    let forms = ways("forms_left_out");
    // Initials set apart: "Harbor S A".
    if let [.., last, end] = words[..]
        && last.len() == 1
        && end.len() == 1
        && let Some(form) = forms.iter().find(|f| f.len() == 2 && f.starts_with(last) && f.ends_with(end))
    {
        words.truncate(words.len() - 2);
        words.push(form);
    }
    while words.len() > 1 && words.last().is_some_and(|w| forms.contains(w)) {
        words.pop();
    }
    words.retain(|w| !matches!(*w, "the" | "and"));
    words.concat()
}

/// Whether a party is one of the user's own companies: `None` when the user named none.
#[must_use]
pub fn is_us(name: &str, us: &[String]) -> Option<bool> {
    let wanted = key(name);
    (!us.is_empty()).then(|| us.iter().any(|u| key(u) == wanted && !wanted.is_empty()))
}

#[cfg(test)]
mod tests;
