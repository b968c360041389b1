//! Shares: "available at least 99.9% of the time in each calendar month", "98% of calls answered".

use std::ops::Range;

use super::{Context, LevelDraft};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{Reader, head, tail};
use crate::lexicon::{Decimal, Found, percents};
use crate::record::value::service::{Comparator, LevelUnit, Metric};

pattern!(
    AVAILABLE,
    r"\b(?:(?:monthly|service|system|network|platform|application|annual|average|overall|minimum|target)\s+){0,2}(?:availability|up-?\s?time)(?:\s+(?:percentage|commitment|guarantee|target|level|rate))?\b|\bavailable\b|\boperational\b|\bin\s+service\b|\baccessible\b|\b(?:be|is|are|remains?|stays?)\s+(?:up|on-?line|running|reachable|working)\s+(?:and\s+\w+\s+)?(?:for\s+)?(?:at\s+least\s+|(?:not|no)\s+less\s+than\s+|a\s+minimum\s+of\s+)?$"
);
// A share that is a condition of something: a breach, a credit, a price.
pattern!(
    CONDITION,
    r"(?:\b(?:below|(?:equal\s+to\s+or\s+)above|less\s+than|lower\s+than|under|beneath|between|from|through|short\s+of)|[<>≤≥])\s*(?:the\s+|an?\s+|a\s+target\s+of\s+)?$"
);
// ... unless it must not happen.
pattern!(
    NEVER,
    r"\b(?:not|never|no)\s+(?:be\s+|fall\s+|drop\s+|go\s+)?(?:below|less\s+than|lower\s+than)\s*(?:the\s+|an?\s+)?$"
);
pattern!(
    MISSED,
    r"\b(?:fails?|failure|falls?|fell|drops?|not\s+(?:met|achieved?|meet)|misses|missed|unavailab\w+|credits?|remed(?:y|ies)|chronic|breach\w*)\b"
);
pattern!(
    PROMISE,
    r"(?:\b(?:at\s+least|not\s+less\s+than|no\s+less\s+than|minimum(?:\s+of)?|target(?:s|ing)?(?:\s+of)?|(?:uptime|availability|percentage|commitment|level|rate|time)\s+(?:of|is|at)|equal\s+to|maintain|achieve|greater\s+than|available|or\s+above|of)\s*|[≥:=\t]\s*|>=\s*|>\s*)(?:(?:an?|the|approximately|minimum|average|of)\s+)*(?:[a-z-]+\s+point\s+)?$"
);
pattern!(
    OF_TIME,
    r"^\s*(?:of\s+(?:the\s+|all\s+)?(?:time|hours|minutes|scheduled)|(?:or\s+(?:more|greater|better|higher)\s+)?(?:monthly\s+|service\s+|network\s+|system\s+)?(?:availab|uptime|up-time))"
);
// What a share can be a part of when it is no availability.
pattern!(
    OF_WORK,
    r"^\s*of\s+(?:all\s+|the\s+|such\s+|its\s+)?(?:[\w-]+\s+){0,2}?(?:calls|incidents|tickets|faults|requests|cases|orders|deliveries|shipments|inquiries|e-?mails|transactions|problems)\b"
);
pattern!(DONE, r"\b(?:solved|resolved|answered|completed|closed|handled|responded|within)\b");
pattern!(
    MONEY,
    r"^\s*(?:of\s+(?:the\s+|such\s+|its\s+|that\s+|any\s+)?(?:[\w-]+\s+){0,4}?(?:fees?|charges?|rent|price|amounts?|revenues?|invoice|value|purchase|payments?|subscription)\b|credit|discount|refund|interest)"
);
// "1.5% per month" is interest, "uptime: 99.9% per month" a level.
pattern!(A_MONTH, r"^\s*per\s+(?:month|annum)\b");
pattern!(
    RATE,
    r"\b((?:error|failure|defect|reject(?:ion)?|packet\s+loss|abandon\w*|bounce|duplicate)(?:\s+(?:call\s+)?rate)?|accuracy(?:\s+rate)?|first[\s-](?:call|contact)\s+resolution(?:\s+rate)?)\b[^.;%]{0,60}$"
);
pattern!(
    AT_MOST,
    r"\b(?:not\s+(?:to\s+)?exceed|no\s+(?:more|greater|higher)\s+than|not\s+(?:more|greater)\s+than|less\s+than|below|under|maximum(?:\s+of)?|at\s+most)\s*$|[<≤]\s*$"
);
pattern!(
    SERVICE_WORDS,
    r"\b(?:service|system|platform|network|server|software|application|hosting|hosted|site|website|production|environment|infrastructure|portal|connectiv\w+|data\s+cent\w+|uptime|up-time|availability|component)"
);
pattern!(
    WINDOW,
    r"\b(rolling\s+(?:[\w-]+\s+)?(?:\([0-9]+\)[\s-]*)?(?:day|month)s?|calendar\s+(?:month|quarter|year)|billing\s+(?:month|cycle|period)|contract\s+year|monthly|month|quarterly|quarter|annual(?:ly)?|annum|yearly|year|weekly|week|daily)\b"
);

/// Reads the shares of sentence `i`.
pub(super) fn read(reader: &Reader<'_>, i: usize, context: &Context, out: &mut Vec<LevelDraft>) {
    let words = reader.sentence(i);
    let all = percents(words);
    for (k, share) in all.iter().enumerate() {
        let before = tail(&words[..share.range.start], 160);
        let after = head(&words[share.range.end..], 120);
        let never = NEVER.is_match(before);
        // Tiers of credits have ends and amounts.
        if MONEY.is_match(after)
            || A_MONTH.is_match(after) && !AVAILABLE.is_match(before)
            || !never && CONDITION.is_match(before) && !RATE.is_match(before)
        {
            continue;
        }
        let next_to_other = all.get(k + 1).is_some_and(|n| tier_gap(&words[share.range.end..n.range.start]))
            || k.checked_sub(1).is_some_and(|p| tier_gap(&words[all[p].range.end..share.range.start]));
        if next_to_other {
            continue;
        }
        let draft = if let Some(name) = availability(words, share, before, after) {
            let missed = !never && MISSED.is_match(tail(before, 120));
            // "fails to achieve at least 98 % in three months" ends the contract; it is not the level promised.
            let least = before.to_ascii_lowercase().trim_end().ends_with("at least");
            if missed && (least || !OF_TIME.is_match(after) && !restated(after)) {
                continue;
            }
            LevelDraft { passing: missed, ..base(i, words, share, Metric::Availability, name, Comparator::AtLeast) }
        } else if let Some(c) = RATE.captures(before) {
            let name = c.get(1).map_or("", |m| m.as_str());
            let lower = name.to_ascii_lowercase();
            let good = lower.contains("accuracy") || lower.contains("resolution");
            if good && !PROMISE.is_match(before) {
                continue;
            }
            if !good && !AT_MOST.is_match(before) || good && AT_MOST.is_match(before) {
                continue;
            }
            let metric = if lower.contains("error") || lower.contains("failure") || lower.contains("defect") {
                Metric::ErrorRate
            } else {
                Metric::Other
            };
            base(i, words, share, metric, name.to_owned(), if good { Comparator::AtLeast } else { Comparator::AtMost })
        } else if OF_WORK.is_match(after)
            && (super::cue::SERVICE.is_match(words) || DONE.is_match(after) || context.table.is_some())
            && !MISSED.is_match(before)
        {
            let name = head(after.trim_start().trim_start_matches("of "), 60);
            let name = name.split(['.', ';', ',', '\t']).next().unwrap_or(name);
            let name = if name.len() >= 60 { name.rsplit_once(' ').map_or(name, |n| n.0) } else { name };
            base(i, words, share, Metric::Other, name.trim().to_owned(), Comparator::AtLeast)
        } else {
            continue;
        };
        out.push(draft);
    }
}

/// Whether the words between two shares join them to one tier: "99.0% and 99.9%", "99% - 99.9%".
fn tier_gap(gap: &str) -> bool {
    let gap = gap.trim();
    gap.len() < 40
        && (matches!(gap, "-" | "–" | "—" | "to" | "and" | "through" | "but" | "or")
            || gap.contains(['<', '>', '≤', '≥', ':', '=']))
}

/// "the 99.9% uptime commitment": the level, said again.
fn restated(after: &str) -> bool {
    let lower = head(after.trim_start(), 40).to_ascii_lowercase();
    ["uptime", "availab", "monthly", "service level", "target", "commitment"].iter().any(|w| lower.starts_with(w))
}

/// The name of the availability that a share is the target of.
fn availability(words: &str, share: &Found<Decimal>, before: &str, after: &str) -> Option<String> {
    let value = share.value;
    if value < Decimal::whole(50) || value > Decimal::whole(100) {
        return None;
    }
    let direct = OF_TIME.is_match(after);
    let named = AVAILABLE.find_iter(before).last();
    if !direct && (named.is_none() || !PROMISE.is_match(before) && !NEVER.is_match(before)) {
        return None;
    }
    if !SERVICE_WORDS.is_match(words) && !direct {
        return None;
    }
    if named.is_none() && !AVAILABLE.is_match(after) {
        return None;
    }
    // "available 99.9% of the time (the "Uptime Commitment")": the name that the contract defines.
    if let Some(defined) = defined(&words[share.range.end..]) {
        return Some(defined.to_owned());
    }
    let name = named.or_else(|| AVAILABLE.find(after))?.as_str();
    let plain = ["available", "be", "is", "are", "remain", "remains", "stay", "stays"];
    let first = name.split(' ').next().unwrap_or(name).to_ascii_lowercase();
    let name = if plain.contains(&first.as_str()) { "availability" } else { name };
    Some(name.to_owned())
}

/// A term in quotes and brackets that names an availability.
fn defined(after: &str) -> Option<&str> {
    let open = after.find('"').filter(|&i| after[..i].trim_end().ends_with(['(', 'e', 'a', 'n']) && i < 400)?;
    let term = after[open + 1..].split('"').next()?;
    let lower = term.to_ascii_lowercase();
    (term.len() < 60 && (lower.contains("availab") || lower.contains("uptime"))).then_some(term)
}

/// The time over which a level is measured, as `words` say it.
pub(super) fn window(words: &str) -> Option<String> {
    let found = WINDOW.find(words)?.as_str().to_ascii_lowercase();
    let text = found.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(
        match text.as_str() {
            "monthly" => "month",
            "quarterly" => "quarter",
            "annual" | "annually" | "annum" | "yearly" => "year",
            "weekly" => "week",
            "daily" => "day",
            other => other,
        }
        .to_owned(),
    )
}

fn base(
    i: usize,
    words: &str,
    share: &Found<Decimal>,
    metric: Metric,
    name: String,
    comparator: Comparator,
) -> LevelDraft {
    let range: Range<usize> = share.range.clone();
    // The window stands after the share, or before it: "a monthly uptime of 99.9%".
    let near = window(head(&words[range.end..], 160)).or_else(|| window(tail(&words[..range.start], 120)));
    let start = range.start - tail(&words[..range.start], 400).len();
    let end = range.end + quote_end(&words[range.end..]);
    LevelDraft {
        metric,
        name,
        comparator,
        target: share.value,
        unit: LevelUnit::Percent,
        severity: None,
        window: near,
        sentence: i,
        cited: start..end,
        words: range,
        rule: "service_level.share",
        confidence: if metric == Metric::Availability { 0.92 } else { 0.75 },
        passing: false,
        row: false,
    }
}

/// How much of what follows a share belongs to its quote: up to the next stop.
fn quote_end(after: &str) -> usize {
    let part = head(after, 160);
    part.find([',', ';', '.', '(', '\t']).unwrap_or(0)
}
