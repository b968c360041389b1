//! Where notices to a party go, in the words of the contract's notice clause: "If to Customer: 1 High Street, York; Attention:
//! Legal", "to the Supplier at 9 Mill Lane", "to the Buyer, marked for the attention of the Finance Director".

use std::sync::LazyLock;

use regex::Regex;

use crate::record::Part as _;
use crate::record::value::Party;

/// Longest address, in bytes.
const LONGEST: usize = 300;
/// Most lines of a block with a name and an address.
const MOST_LINES: usize = 7;

/// What ends the words that lead to an address.
const SIGNS: [&str; 7] = ["at", "to", ",", ":", "\n", "\t", "-"];

/// Where notices to a party go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The address, where the clause has one.
    pub address: Option<String>,
    /// Whose attention it is marked for.
    pub attention: Option<String>,
}

impl Place {
    /// The place that the `words` of a notice clause give for `party`; `parties` are all of them.
    #[must_use]
    pub fn of(words: &str, party: &Party, parties: &[&Party]) -> Option<Self> {
        let lead = lead(&[party])?;
        let others: Vec<&Party> = parties.iter().copied().filter(|other| other.name != party.name).collect();
        let next = lead_of_any(&others);
        lead.find_iter(words).find_map(|lead| {
            let after = words.part(lead.end()..);
            // A block of lines, or the rest of the line.
            let lines = if lead.as_str().ends_with('\n') { MOST_LINES } else { 1 };
            let after = after.match_indices('\n').nth(lines - 1).map_or(after, |(end, _)| after.part(..end));
            let end = next.as_ref().and_then(|next| next.find(after)).map_or(after.len(), |next| next.start());
            let mut place = Self::read(without_name(first_part(after.part(..end)), party))?;
            // "Notice to the Supplier 30 days before" leads to no address.
            place.address =
                place.address.filter(|_| SIGNS.iter().any(|sign| lead.as_str().trim_end_matches(' ').ends_with(sign)));
            (place != Self::default()).then_some(place)
        })
    }

    /// Reads "9 Mill Lane, York, Attention: Legal"; `None` where it says neither.
    fn read(words: &str) -> Option<Self> {
        static ATTENTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let marked = r"(?:(?:to\s+be\s+)?(?:marked|addressed)\s+)?(?:(?:for|to|with)\s+(?:the\s+)?)?";
            Regex::new(&format!(
                r"(?i)[\s,;(·]*\b{marked}(?:attention|attn)\b\.?(?:\s+(?:of|to))?[\s:]*(?:(?:the|its)\s+)?"
            ))
            .ok()
        });
        let (mut before, mut after) = (words, "");
        if let Some(found) = ATTENTION.as_ref().and_then(|attention| attention.find(words)) {
            (before, after) = (words.part(..found.start()), words.part(found.end()..));
        }
        // "Attn: Legal, 9 Mill Lane, York": the address comes second.
        let number =
            after.match_indices(", ").find(|(at, _)| after.part(at + 2..).starts_with(|c: char| c.is_ascii_digit()));
        if let Some((at, _)) = number.filter(|_| !is_address(before)) {
            (before, after) = (after.part(at + 2..), after.part(..at));
        }
        let place =
            Self { address: Some(tidy(before)).filter(|words| is_address(words)), attention: some(tidy(after)) };
        (place != Self::default()).then_some(place)
    }
}

/// The words that lead to what is said of any of `parties`: "if to the Supplier:", "notices to Acme Limited", "to Acme at".
fn lead(parties: &[&Party]) -> Option<Regex> {
    let of = |party: &&Party| {
        let name = party.name.split(',').next().unwrap_or_default().to_owned();
        let names = [Some(name), Some(party.name.clone()), party.role.clone()].into_iter().flatten();
        names.chain(party.aliases.iter().cloned()).filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    let mut names: Vec<String> = parties.iter().flat_map(of).map(|name| regex::escape(&name)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let leads = r"(?:if\s+(?:(?:given|sent|addressed)\s+)?to|notices?\s+(?:to|for)|to|for|in\s+the\s+case\s+of)";
    let names = names.join("|").replace(' ', r"\s+");
    Regex::new(&format!(
        r"(?i)\b{leads}\s+(?:the\s+)?(?:{names})\b(?:\s*\([^)\n]{{0,60}}\))?(?:[\s,:–-]*(?:at|to)\s|[,:\n\t–-]*\s*)"
    ))
    .ok()
}

fn lead_of_any(parties: &[&Party]) -> Option<Regex> {
    if parties.is_empty() { None } else { lead(parties) }
}

/// The words up to the end of their part of a list or their sentence.
fn first_part(words: &str) -> &str {
    let end_of_sentence = |at: &usize| {
        let (before, after) = (words.part(..*at), words.part(at + 1..));
        let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        // "Acme Inc. 12 High St." goes on.
        last.len() > 4 && after.chars().find(|c| !c.is_whitespace()).is_none_or(char::is_uppercase)
    };
    let sentence = words.match_indices('.').map(|(at, _)| at).find(end_of_sentence);
    let end = words.find(';').into_iter().chain(words.find("with a copy")).chain(sentence).min().unwrap_or(words.len());
    words.part(..end.min(LONGEST))
}

/// The words without the party's own name, with which a block begins.
fn without_name<'w>(words: &'w str, party: &Party) -> &'w str {
    let mut rest = words.trim_start();
    for part in party.name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let inner = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if inner.part(..part.len()).to_lowercase() != part.to_lowercase() {
            return words.trim_start();
        }
        rest = inner.part(part.len()..);
    }
    rest.trim_start_matches(['.', ',', ' ', '\n', '\t'])
}

/// Whether words are an address: they hold a number that is no length of time, or a place for mails.
fn is_address(words: &str) -> bool {
    let is_time = |word: &str| {
        ["day", "days", "month", "months", "year", "years", "hours"].iter().any(|time| word.eq_ignore_ascii_case(time))
    };
    let begins = words.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    let numbered =
        words.contains(|c: char| c.is_ascii_digit()) && !words.split(|c: char| !c.is_alphanumeric()).any(is_time);
    begins && numbered || words.contains('@')
}

/// The lines without what leads to what follows.
fn tidy(words: &str) -> String {
    let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let lines = lines.trim_end_matches(" and").trim_end_matches(" or");
    lines.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '·' | '(' | ')')).to_owned()
}

fn some(words: String) -> Option<String> {
    Some(words).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, role: &str) -> Party {
        Party { name: name.to_owned(), role: Some(role.to_owned()), ..Party::default() }
    }

    fn read(words: &str) -> [Option<(Option<String>, Option<String>)>; 2] {
        let (acme, harbor) = (party("Acme Trading, Inc.", "Supplier"), party("Harbor Limited", "Customer"));
        let both = [&acme, &harbor];
        both.map(|one| Place::of(words, one, &both).map(|place| (place.address, place.attention)))
    }

    #[test]
    fn places_of_notices() {
        let some = |address: &str, attention: &str| {
            let some = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
            Some((some(address), some(attention)))
        };
        let mill = some("9 Mill Lane, York YO1 7EP", "Legal");
        for (words, acme, harbor) in [
            (
                "Notices must be in writing, to the addresses below.\nIf to Supplier:\nAcme Trading, Inc.\n9 Mill Lane, York YO1 \
                 7EP\nAttention: Legal\nIf to Customer:\nHarbor Limited\n1 Quay Street\nHull HU1 2AA",
                mill.clone(),
                some("1 Quay Street\nHull HU1 2AA", ""),
            ),
            (
                "Notices are sent by courier: to the Customer at 1 Quay Street, Hull, Attention: the Secretary; and to the Supplier \
                 at 9 Mill Lane, York YO1 7EP, Attn: Legal. A notice takes effect on dispatch.",
                mill.clone(),
                some("1 Quay Street, Hull", "Secretary"),
            ),
            (
                "Notices to Supplier\tAttn: Legal, 9 Mill Lane, York YO1 7EP\nNotices to Customer\tcontracts@harbor.example\n\
                 Fees\nStudent\t6,400",
                mill.clone(),
                some("contracts@harbor.example", ""),
            ),
            (
                "Any notice is sent by post: if to the Supplier, to its registered office marked for the attention of the Finance \
                 Director; if to Harbor Limited, to 1 Quay Street, Hull.",
                some("", "Finance Director"),
                some("1 Quay Street, Hull", ""),
            ),
            (
                "The Customer gives notice to the Supplier in writing. The Supplier gives notice to the Customer.",
                None,
                None,
            ),
            (
                "Notice to the Supplier, 30 days before the end of the Term, and to the Customer 2 Business Days later.",
                None,
                None,
            ),
        ] {
            assert_eq!(read(words), [acme, harbor], "{words}");
        }
    }
}
