//! Words by which a contract speaks of itself or of what it is about: "this Agreement", "the initial term", "your employment".

use super::among;

/// Words for the contract, and for the relation that it makes.
const NOUNS: &str = "agreement contract amendment addendum lease franchise appointment engagement venture arrangement sow \
    term deed licence license order subscription plan policy";
/// The relation alone: with "under this Agreement" behind it, it is something that the contract regulates.
const RELATIONS: &str =
    "services employment tenancy hire membership letting placement internship secondment assignment";
/// Words before a noun that make it the contract's own.
const OWN: &str = "this the said initial your our fixed contract its";
/// Words before those: what follows is done under the contract.
const UNDER: &str = "under pursuant accordance required with by";
/// Words with which a sentence about the contract begins without its name.
const IT: &str = "it";
/// Most words between "this" and the noun: "this Master Supply and Services Agreement".
const GAP: usize = 4;

/// Whether `words` speak of the contract itself, not only of something done under it.
pub(crate) fn is_own(words: &str) -> bool {
    let all: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .filter(|w| !w.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let word = |i: usize| all.get(i).map_or("", String::as_str);
    if among(IT, word(0)) && matches!(word(1), "shall" | "is" | "will" | "takes" | "comes") {
        return true;
    }
    (0..all.len()).any(|i| {
        let relation = among(RELATIONS, word(i));
        if !relation && !among(NOUNS, word(i)) {
            return word(i) == "period" && matches!(word(i.wrapping_sub(1)), "initial" | "contract");
        }
        if word(i) == "term" && i == 0 || matches!(word(i), "term" | "terms") && word(i + 1) == "of" {
            return true;
        }
        if relation && word(i + 1) == "under" {
            return false;
        }
        let from = i.saturating_sub(GAP);
        let owner = (from..i).rev().find(|&k| among(OWN, word(k)) || word(k).ends_with("'s") || word(k).ends_with('’'));
        let pursuant = |k: usize| word(k - 1) == "to" && k > 1 && word(k - 2) == "pursuant";
        owner.is_some_and(|k| k == 0 || !(among(UNDER, word(k - 1)) || pursuant(k)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects() {
        for words in [
            "This Agreement shall commence on ",
            "The initial term begins on ",
            "Your employment begins on ",
            "The tenancy commences on ",
            "The Employee's employment starts on ",
            "It shall take effect on ",
            "This Master Supply Agreement is effective from ",
            "for a term of five years commencing ",
        ] {
            assert!(is_own(words), "{words}");
        }
        for words in [
            "Her employment under this Agreement starts on ",
            "Deliveries under this Agreement begin on ",
            "The works start on ",
            "Payments required by this Agreement begin on ",
        ] {
            assert!(!is_own(words), "{words}");
        }
    }
}
