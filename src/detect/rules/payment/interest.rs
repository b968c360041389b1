//! Interest on late payment.

use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::head;
use crate::lexicon::percents;
use crate::record::Part as _;

pattern!(
    LATE,
    r"\b(?:late|overdue|past[\s-]due|unpaid|delinquent|not\s+paid|interest|finance\s+charge|service\s+charge)\b"
);
pattern!(
    PER,
    r"^\.?\s*(?:\)\s*)?(?:simple\s+|compound\s+)?(?:interest\s+)?(?:per|a|each|for\s+each|every|/)\s*(?:calendar\s+|full\s+)?(month|annum|year|day|week)|^\s*(monthly|annual|annually|yearly)"
);
/// "1.5% per month" of a sentence about late payment.
pub(super) fn late_interest(words: &str) -> Option<String> {
    // "The unpaid balance, discounted at 3% a year": no interest.
    if !LATE.is_match(words) || words.to_ascii_lowercase().contains("discounted at") {
        return None;
    }
    percents(words).into_iter().find_map(|p| {
        let c = PER.captures(head(words.part(p.range.end..), 40))?;
        let unit = c.get(1).or(c.get(2))?.as_str().to_ascii_lowercase();
        let unit = match unit.as_str() {
            "annum" | "annual" | "annually" | "yearly" => "year",
            "monthly" => "month",
            other => other,
        };
        Some(format!("{}% per {unit}", p.value))
    })
}
