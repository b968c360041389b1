//! Words by which a contract speaks of itself or of what it is about: "this Agreement", "the initial term", "your employment".

use std::ops::Range;

use super::among;
use tickler_pdf::cite::Part as _;

/// Words for the contract, and for the relation that it makes.
const NOUNS: &str = "agreement contract amendment addendum lease franchise appointment engagement venture arrangement sow \
    term deed licence license order subscription plan policy dpa nda mou msa fwc loi memorandum concession mandate";
/// The relation alone: with "under this Agreement" behind it, it is something that the contract regulates.
const RELATIONS: &str =
    "services employment tenancy hire membership letting placement internship secondment assignment";
/// Words before a noun that make it the contract's own.
const OWN: &str = "this the said initial your our fixed contract its";
/// Things of which only their owner says that they are the contract: "your job", not "the job".
const PERSONAL: &str = "job post work position";
/// Words before those: what follows is done under the contract.
const UNDER: &str = "under pursuant accordance required with by";
/// Words with which a sentence about the contract begins without its name.
const IT: &str = "it";
/// What the contract does after "it".
const IT_DOES: &str = "shall is will takes took comes came enters entered starts started begins began commences commenced \
    becomes became runs lasts continues remains ends expires was operates";
/// Most words between "this" and the noun: "this Master Supply and Services Agreement".
const GAP: usize = 4;

/// Whether `words` speak of the contract itself, not only of something done under it.
pub(crate) fn is_own(words: &str) -> bool {
    let all: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .filter(|w| !w.is_empty())
        .skip_while(|w| w.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_ascii_lowercase)
        .collect();
    let word = |i: usize| all.get(i).map_or("", String::as_str);
    if among(IT, word(0)) && among(IT_DOES, word(1)) {
        return true;
    }
    (0..all.len()).any(|i| {
        let personal = among(PERSONAL, word(i));
        let relation = among(RELATIONS, word(i));
        if !relation && !personal && !among(NOUNS, word(i)) {
            return word(i) == "period" && matches!(word(i.wrapping_sub(1)), "initial" | "contract");
        }
        if word(i) == "term" && i == 0 || matches!(word(i), "term" | "terms") && word(i + 1) == "of" {
            return true;
        }
        if relation && word(i + 1) == "under" && word(i.wrapping_sub(1)) != "your" {
            return false;
        }
        // "Employment commences on", without an article.
        if i == 0 && word(0) != "services" && relation && among(IT_DOES, word(1)) {
            return true;
        }
        let from = i.saturating_sub(GAP);
        let owner = (from..i).rev().find(|&k| among(OWN, word(k)) || word(k).ends_with("'s") || word(k).ends_with('’'));
        let owner = owner.filter(|&k| !personal || !matches!(word(k), "the" | "this"));
        let pursuant = |k: usize| word(k - 1) == "to" && k > 1 && word(k - 2) == "pursuant";
        owner.is_some_and(|k| k == 0 || !(among(UNDER, word(k - 1)) || pursuant(k)))
    })
}

/// Words that can stand before the noun of a subject.
const OWNERS: &str = "this the your our these";
/// Documents and relations that have a term.
const TERMED: &str = "agreement contract lease franchise appointment engagement venture jsma addendum amendment mou fwc \
    memorandum schedule attachment sow letter sla employment consultancy tenancy membership subscription retainer \
    arrangement placement internship secondment job post sponsorship pilot framework programme concession mandate dpa nda msa \
    facility collaboration season permission loi";
/// Of these, other things than their term are told more often: their verb and its preposition decide.
const LETTING: &str = "demise licence license hire rental grant deed order cover policy plan letting residency service \
    assignment loan booking";
/// Verbs behind a subject.
const VERBS: &str = "shall will is are has have become becomes commence commences begin begins expire expires terminate \
    terminates remain remains continue continues take takes come comes enter enters may run runs start \
    starts end ends covers be to can made lasts opens closes lapses carries stays goes began commenced started applies \
    endures subsists concludes finishes ceases spans took came entered binds operates operate lives dates holds";
/// Of these, verbs that say by themselves that it is about the time.
const LIVES: &str = "comes begins began starts started commences commenced runs lasts continues ends expires applies endures \
    subsists concludes finishes ceases takes operates lives dates opens closes stays holds";
/// Words that lead to a time, behind such a verb.
const UNTIL: &str = "perpetual indefinite for from until on through january february march april may june july august september october november december";
/// Words that only stand between a subject and its verb.
const ADVERBS: &str = "itself now first automatically hereby also hereof hereunder therefore initially";
/// Words that join a party to a relation: "the appointment of the Agent".
const JOINING: &str = "of with by between under";

/// A word and its place.
type Word<'a> = (&'a str, Range<usize>);

/// Where a sentence speaks of the contract's life: the words from "this Agreement" to its verb, each place once.
pub(crate) fn lives(sentence: &str) -> Vec<Range<usize>> {
    let words = split(sentence);
    let mut out: Vec<Range<usize>> = Vec::new();
    for i in 0..words.len() {
        let start = words[i].1.start;
        // "Cover runs from": the noun alone begins the sentence.
        let bare = i == 0 && words.get(1).is_some_and(|next| among(LIVES, next.0));
        let owned = among(OWNERS, words[i].0) && out.last().is_none_or(|r| r.end <= start);
        if owned || bare {
            let first = if bare { i } else { i + 1 };
            out.extend(subject(sentence, &words, i, first).map(|end| start..end));
        }
    }
    out
}

/// The end of the subject whose owner is word `i`, and whose noun is `first` or a later word: behind its verb.
fn subject(sentence: &str, words: &[Word<'_>], i: usize, first: usize) -> Option<usize> {
    let near = words.len().min(i + GAP + 2);
    let at = (first..near)
        .take_while(|&k| k == first || joined(sentence.part(words[k - 1].1.end..words[k].1.start)))
        .find(|&k| {
        among(TERMED, words[k].0) || among(LETTING, words[k].0) || words[i].0 == "these" && words[k].0 == "terms"
    })?;
    // "This License Agreement": the last noun is the contract.
    let compound = |k: &usize| words.get(*k).is_some_and(|w| among(TERMED, w.0)) && among(LETTING, words[k - 1].0);
    let at =
        Some(at + 1).filter(|k| compound(k) && joined(sentence.part(words[at].1.end..words[*k].1.start))).unwrap_or(at);
    let letting = among(LETTING, words[at].0);
    // "The Contractor's licence" is a paper of the Contractor.
    if letting && words[first..at].iter().any(|w| w.0 == "s") {
        return None;
    }
    let from = behind(sentence, words[at].1.end);
    let mut verb = words.partition_point(|w| w.1.start < from);
    // "the appointment of the Agent shall", "the tenancy and this agreement end".
    let wide = words.get(verb).is_some_and(|w| among(JOINING, w.0) || matches!(w.0, "and" | "or"));
    let most = if wide { 8 } else { 3 };
    let own = (verb..words.len().min(verb + most)).take_while(|&k| !ends(sentence.part(from..words[k].1.start)));
    let own = own.take_while(|&k| wide || k == verb || among(ADVERBS, words[k - 1].0));
    verb = own.into_iter().find(|&k| among(VERBS, words[k].0))?;
    if letting {
        // "Comes to an end of its own accord on".
        let near = match words[verb].0 {
            "comes" => 8,
            "ends" | "expires" | "lapses" | "ceases" | "takes" => 6,
            // "This order is in force for".
            _ if words.get(verb + 1).is_some_and(|w| w.0 == "in")
                && words.get(verb + 2).is_some_and(|w| among("force effect", w.0)) =>
            {
                4
            }
            _ => 2,
        };
        let next = words[verb + 1..]
            .iter()
            .take(near)
            .any(|w| among(UNTIL, w.0) || w.0.starts_with(|c: char| c.is_ascii_digit()));
        let lives = matches!(words[verb].0, "is" | "shall" | "will") || among(LIVES, words[verb].0);
        if !(next && lives || among("lasts endures", words[verb].0)) {
            return None;
        }
    }
    Some(words[verb].1.end)
}

/// Behind a short bracket and an aside between commas.
fn behind(sentence: &str, mut at: usize) -> usize {
    for (open, close, most) in [('(', ')', 62), (',', ',', 162)] {
        let rest = sentence.part(at..).trim_start_matches([' ', '"', '”', '’']);
        if let Some(inside) = rest.strip_prefix(open)
            && let Some(len) = inside.find(close).filter(|&len| len < most)
        {
            at = sentence.len() - inside.len() + len + 1;
        }
    }
    at
}

/// Whether what stands between two words does not part them.
fn joined(gap: &str) -> bool {
    gap.chars().all(|c| c.is_whitespace() || "&-’'\"“”.".contains(c)) && !gap.contains(". ")
}

/// Whether words hold the end of a clause.
fn ends(gap: &str) -> bool {
    gap.contains([',', ';', '\t']) || gap.contains(". ")
}

/// The words of a sentence with their places.
fn split(sentence: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| {
            let start = at;
            at += word.len();
            at += sentence.part(at..).chars().next().map_or(0, char::len_utf8);
            (word, start..start + word.len())
        })
        .filter(|w| !w.0.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_of_contracts() {
        for (sentence, want) in [
            ("This Agreement shall commence on", "This Agreement shall"),
            ("The tenancy is from 1 March to 2 May", "The tenancy is"),
            ("The licence is for 36 months", "The licence is"),
            ("Your membership lasts a year", "Your membership lasts"),
            (
                "this Master Supply and Services Agreement (the \"MSA\") will remain",
                "this Master Supply and Services Agreement (the \"MSA\") will",
            ),
            ("This Lease, unless ended sooner, expires on", "This Lease, unless ended sooner, expires"),
            (
                "The appointment of the Agent under this deed shall continue",
                "The appointment of the Agent under this deed shall",
            ),
            ("This agreement automatically terminates", "This agreement automatically terminates"),
            ("The retainer runs for", "The retainer runs"),
            ("The order ends March 31", "The order ends"),
            ("The agreement first ends on", "The agreement first ends"),
        ] {
            assert_eq!(lives(sentence).first().map(|r| sentence.part(r.clone())), Some(want), "{sentence}");
        }
        for sentence in [
            "The licence is not exclusive",
            "under this Agreement. It is",
            "The order is accepted",
            "the parties to this Agreement",
        ] {
            assert!(lives(sentence).is_empty(), "{sentence}");
        }
    }

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
            "Your job starts on ",
            "1.2 Employment commences on ",
            "Membership starts on ",
            "Your first day of work is ",
        ] {
            assert!(is_own(words), "{words}");
        }
        for words in [
            "Her employment under this Agreement starts on ",
            "Deliveries under this Agreement begin on ",
            "The works start on ",
            "The work starts on ",
            "Services begin on ",
            "Employment under this Agreement starts on ",
            "Payments required by this Agreement begin on ",
        ] {
            assert!(!is_own(words), "{words}");
        }
    }
}
