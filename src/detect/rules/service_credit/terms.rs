//! What holds for all credits: the cap, the time to claim, and whether they are the only remedy.

use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{Reader, head, tail};
use crate::lexicon::{percents, periods};
use crate::record::value::service::CreditTerms;
use crate::record::{Confidence, Fact, Origin, Part as _};

pattern!(
    CAP,
    r"\b(?:not\s+(?:to\s+)?exceed|no\s+more\s+than|maximum(?:\s+of)?|capped\s+at|cap\s+of|limited\s+to|up\s+to)\s+(?:an?\s+|the\s+)?(?:[a-z]+\s+){0,3}$"
);
pattern!(CLAIM, r"\b(?:request|claim|submit|ask(?:s|ed)?\s+for|notif(?:y|ies)|appl(?:y|ies)\s+for|written\s+notice)");
pattern!(
    LOST,
    r"\b(?:forfeit|waive|lapse|lose\s+the\s+right|no\s+longer\s+be\s+entitled|expire|deemed\s+to\s+have|to\s+receive\s+(?:a\s+|any\s+)?service\s+credits?|must\b)"
);
pattern!(
    SOLE,
    r"\b(not\s+(?:be\s+)?(?:the\s+)?)?(?:sole|exclusive|only)\s+(?:and\s+exclusive\s+)?(?:monetary\s+|financial\s+)?remed"
);
pattern!(
    BESIDE,
    r"\bprimary\s+remedy|\bnot\s+(?:be\s+)?(?:the\s+|its\s+|\w+'s\s+)?(?:sole|exclusive)|\bin\s+addition\s+to\s+(?:any|all)\s+other\s+(?:rights|remed)"
);
pattern!(
    AUTOMATIC,
    r"\bautomatically\s+(?:be\s+)?(?:appl|credit|issue|deduct|grant)|\b(?:appl|credit|issue|deduct|grant)\w*\b[^.;]{0,80}?\bwithout\s+(?:\w+\s+){0,5}?(?:claim|request|application|asking|ask)\b"
);

/// Reads the sentences that speak of credits, and those right below each; `tiers` says whether any credit was found.
pub(super) fn read(reader: &Reader<'_>, spoken: &[usize], tiers: bool) -> Option<Fact<CreditTerms>> {
    let mut terms = CreditTerms::default();
    let mut proof: Vec<usize> = Vec::new();
    for &i in spoken {
        let words = reader.sentence(i);
        let before = terms.clone();
        if terms.cap.is_none() {
            let cap = percents(words).into_iter().find(|p| {
                CAP.is_match(tail(words.part(..p.range.start), 60))
                    && head(words.part(p.range.end..), 12).trim_start().starts_with("of ")
            });
            terms.cap = cap.map(|p| p.value);
        }
        if terms.claim_within.is_none() && CLAIM.is_match(words) {
            let found = periods(words).into_iter().find(|p| {
                let after = head(words.part(p.range.end..), 40)
                    .trim_start_matches(['\'', '\u{2019}', 's', ' '])
                    .to_ascii_lowercase();
                tail(words.part(..p.range.start), 24).to_ascii_lowercase().contains("within")
                    && ["of ", "after", "following", "from"].iter().any(|w| after.starts_with(w))
            });
            if let Some(p) = found {
                terms.claim_within = p.value.reading.known();
                terms.claim_from = Some(anchor(words.part(p.range.end..)));
                terms.forfeits_if_late = LOST.is_match(words);
            }
        }
        if let Some(c) = SOLE.captures(words) {
            terms.sole_remedy = Some(c.get(1).is_none() && !BESIDE.is_match(words));
        } else if terms.sole_remedy.is_none() && BESIDE.is_match(words) {
            terms.sole_remedy = Some(false);
        }
        terms.automatic |= AUTOMATIC.is_match(words);
        if terms != before {
            proof.push(i);
        }
    }
    let (&first, rest) = proof.split_first()?;
    if !tiers && terms.cap.is_none() && terms.claim_within.is_none() && terms.sole_remedy.is_none() {
        return None;
    }
    let cited = reader.text.cited(terms, reader.quote(first, reader.span(first)));
    let raw = reader.sentence(first);
    let origin = Origin::rule("service_credit.terms");
    let fact = Fact::found("credit_terms", cited, raw, origin, Confidence::new(0.85));
    Some(rest.iter().fold(fact, |fact, &i| fact.with_evidence(reader.text.cite(reader.quote(i, reader.span(i))))))
}

/// What a time runs from: the words after it up to a stop, without the joining word.
fn anchor(after: &str) -> String {
    let words = head(after, 120).trim_start_matches(['\'', '\u{2019}', ' ']);
    let end = words.find([',', ';', '.', '(']).unwrap_or(words.len());
    let words = words.part(..end).trim();
    let words = ["of ", "after ", "following ", "from "].iter().find_map(|w| words.strip_prefix(w)).unwrap_or(words);
    words.trim_start_matches("the ").to_owned()
}
