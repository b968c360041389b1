//! How people call a contract: whom it is with, and what it is.

use crate::detect::rules::party::is_us;
use crate::lexicon::ways;

/// Words that stay small inside a title.
const SMALL: [&str; 13] = ["a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to"];

/// The party that is not us, in short, where one of the parties is us.
#[must_use]
pub fn counterparty<S: AsRef<str>>(parties: &[S], us: &[String]) -> Option<String> {
    let is_ours = |party: &&S| is_us(party.as_ref(), us) == Some(true);
    parties.iter().find(is_ours)?;
    parties.iter().find(|party| !is_ours(party)).map(|party| short_name(party.as_ref()))
}

/// The parties that are not us, in short; all of them where nobody said who we are.
#[must_use]
pub fn others<S: AsRef<str>>(parties: &[S], us: &[String]) -> String {
    match counterparty(parties, us) {
        Some(other) => other,
        None => parties.iter().map(|party| short_name(party.as_ref())).collect::<Vec<_>>().join(" / "),
    }
}

/// A name without the form of the company, and not in capitals alone.
#[must_use]
pub fn short_name(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let forms = ways("forms_left_out");
    let is_form = |word: &&str| {
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        word.is_empty() || forms.contains(&word.as_str())
    };
    // "Hale & Co." is one name.
    while words.last().is_some_and(is_form) && words.len() > 1 && words[words.len() - 2] != "&" {
        words.pop();
    }
    plain_title(words.join(" ").trim_end_matches(','))
}

/// A title that stands in capitals alone, as one that does not.
#[must_use]
pub fn plain_title(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    if title.chars().any(char::is_lowercase) || words.len() < 2 {
        return words.join(" ");
    }
    let word = |(n, word): (usize, &&str)| {
        let small = word.to_lowercase();
        // Numbers and abbreviations such as "A.G." stay.
        if word.contains(|c: char| c.is_ascii_digit()) || word.trim_end_matches('.').contains('.') {
            (*word).to_owned()
        } else if n > 0 && SMALL.contains(&small.as_str()) {
            small
        } else {
            let mut chars = small.chars();
            // A word may begin with a bracket.
            let head: String =
                chars.by_ref().take(1 + small.chars().take_while(|c| !c.is_alphanumeric()).count()).collect();
            head.to_uppercase() + chars.as_str()
        }
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_are_called_as_people_call_them() {
        assert_eq!(short_name("WARATAH GUARD & PATROL PTY LTD"), "Waratah Guard & Patrol");
        assert_eq!(short_name("Pecan Terrace Holdings, L.L.C."), "Pecan Terrace Holdings");
        assert_eq!(short_name("MORAVEC DENTAL SYSTEMS A.G."), "Moravec Dental Systems");
        assert_eq!(short_name("Hale & Co., Ltd."), "Hale & Co.");
        assert_eq!(short_name("IBM"), "IBM");
        assert_eq!(
            plain_title("AGREEMENT FOR THE SUPPLY OF (USED) PARTS NO. 7B"),
            "Agreement for the Supply of (Used) Parts No. 7B"
        );
        assert_eq!(plain_title("Order Form for SaaS"), "Order Form for SaaS");
        let us = ["Holloway Freight Partners LLC".to_owned()];
        let parties = ["Brightwater Analytics, Inc.", "Holloway Freight Partners LLC"];
        assert_eq!(counterparty(&parties, &us).as_deref(), Some("Brightwater Analytics"));
        assert_eq!(counterparty(&parties, &[]), None);
        assert_eq!(counterparty(&["Alder, Inc.", "Birch GmbH"], &us), None);
        assert_eq!(others(&["Alder, Inc.", "Birch GmbH"], &us), "Alder / Birch");
    }
}
