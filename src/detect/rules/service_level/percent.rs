//! Shares: "available at least 99.9% of the time in each calendar month", "98% of calls answered".

use std::ops::Range;

use super::{Context, LevelDraft};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{Reader, head, tail};
use crate::lexicon::{Class, Decimal, Found, percents};
use crate::phrase::{Phrase, Phrases, forms};
use crate::record::Part as _;
use crate::record::value::service::{Comparator, LevelUnit, Metric};

// The level itself, told by what follows the share: "99.9% of the time", "a 99.9% uptime".
forms!(static DIRECT: () = [
    () => "@share of ..1 time", "It is up for 99.9% of all scheduled hours.";
    () => "@share ..3-pause|stop|share|of|must|be|and|number availability", "We target a 99.9% monthly uptime.";
    () => "@share ..1 available", "The site is 99.9% available.";
]);
// A share that is promised: the words right before it say so.
forms!(static PROMISES: () = [
    () => "atleast|of|keep|available|time|measured ..2-share|not|number|pause|stop @share", "The service achieves an average of 99.9%.",
        not "The price falls by 80%.";
    () => "availability @share", "Uptime 99.9%";
    () => "availability ..3-share|not|pause|stop be ..2-number @share", "The availability of the site is 99.9%.";
    () => "atleast|of|keep number ..2-share @share", "An uptime of ninety-nine point nine percent (99.9%).";
]);
// A share that is a condition of something: a breach, a credit, a price.
pattern!(
    CONDITION,
    r"(?:\b(?:below|(?:equal\s+to\s+or\s+)above|less\s+than|lower\s+than|under|beneath|between|from|through|short\s+of)|[<>≤≥])\s*(?:the\s+|an?\s+|a\s+target\s+of\s+)?$"
);
// The same after "if".
pattern!(
    IF_AT_LEAST,
    r"(?:^|[.;,]\s*)(?:if|where|when|whenever|should)\b[^.;,]{0,90}\b(?:at\s+least|(?:not|no)\s+less\s+than)\s*$"
);
// "Less than 99.9% but at least 99.5%": the second end of a condition.
pattern!(ALSO, r"^\s*,?\s*(?:but|and|or)\s[^,.;:%]{0,40}$");
// ... unless it must not happen.
pattern!(
    NEVER,
    r"\b(?:(?:not|never|no)\s+(?:be\s+|fall\s+|drop\s+|go\s+)?|(?:in|at|during)\s+no\s[^.;%]{0,90}\b(?:be|falls?|drops?|go|sinks?|dips?)\s+)(?:below|under|less\s+than|lower\s+than)\s*(?:the\s+|an?\s+)?$"
);
pattern!(
    MISSED,
    r"\b(?:fails?|failure|falls?|fell|drops?|not\s+(?:met|achieved?|meet)|misses|missed|unavailab\w+|credits?|remed(?:y|ies)|chronic|breach\w*)\b"
);
// A sign stands before the share.
pattern!(SIGN, r"[≥:=\t>]\s*$");
// What a share can be a part of when it is no availability.
pattern!(
    OF_WORK,
    r"^\s*of\s+(?:all\s+|the\s+|such\s+|its\s+)?(?:[\w-]+\s+){0,2}?(?:calls|incidents|tickets|faults|requests|cases|orders|deliveries|shipments|inquiries|e-?mails|transactions|problems)\b"
);
pattern!(
    DONE,
    r"\b(?:solved|resolved|answered|completed|closed|handled|responded|within|delivered|on\s+time|in\s+full)\b"
);
pattern!(
    MONEY,
    r"^\s*(?:of\s+(?:[\w-]+\s+){0,5}?(?:fees?|charges?|rent|price|amounts?|revenues?|invoice|value|purchase|payments?|subscription)\b|credit|discount|refund|interest)"
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
    WINDOW,
    r"\b(rolling\s+(?:[\w-]+\s+)?(?:\([0-9]+\)[\s-]*)?(?:day|month)s?|(?:calendar|billing|contract)\s+(?:month|quarter|year|cycle|period)|(?:month|quarter|year|week|annual)(?:ly)?|annum|daily)\b"
);

/// Reads the shares of sentence `i`.
pub(super) fn read(reader: &Reader<'_>, i: usize, context: &Context, out: &mut Vec<LevelDraft>) {
    let words = reader.sentence(i);
    // What was measured, or is no promise: "our paying customers saw an availability of 99.98% in 2025".
    pattern!(
        NO_PROMISE,
        [
            "saw/had/enjoyed/recorded an/the/a ~2 availability/uptime of",
            "not a target/promise/guarantee/commitment, neither/no figure ~3 target/promise/guarantee/commitment",
        ]
    );
    let all = percents(words);
    if all.is_empty() || NO_PROMISE.is_match(words) {
        return;
    }
    let phrases = Phrases::of_dealings(words);
    for (k, share) in all.iter().enumerate() {
        let at = phrases.list().partition_point(|p| p.range.start < share.range.start);
        let named = name(words, &phrases, at);
        let before = tail(words.part(..share.range.start), 160);
        let after = head(words.part(share.range.end..), 120);
        let never = NEVER.is_match(before);
        // Tiers of credits have ends and amounts.
        if MONEY.is_match(after)
            || A_MONTH.is_match(after) && named.is_none()
            || !never && CONDITION.is_match(before) && !RATE.is_match(before)
        {
            continue;
        }
        // "If availability is at least 98% but below 99.5%, we credit": an end of a tier.
        if MISSED.is_match(words) && IF_AT_LEAST.is_match(before) {
            continue;
        }
        let next_to_other = all.get(k + 1).is_some_and(|n| tier_gap(words.part(share.range.end..n.range.start)))
            || k.checked_sub(1).is_some_and(|p| tier_gap(words.part(all[p].range.end..share.range.start)));
        let second_end = || {
            let p = k.checked_sub(1).map(|p| &all[p].range)?;
            let goes_on = ALSO.is_match(words.part(p.end..share.range.start));
            (goes_on && CONDITION.is_match(tail(words.part(..p.start), 160))).then_some(())
        };
        if next_to_other || second_end().is_some() {
            continue;
        }
        let direct = DIRECT.marks(&phrases, at);
        let promised = || PROMISES.marks(&phrases, at) || SIGN.is_match(before);
        // "× 100%" belongs to a formula.
        let formula = before.trim_end().ends_with(['×', '*', 'x']);
        let level = !formula
            && (Decimal::whole(50)..=Decimal::whole(100)).contains(&share.value)
            && (direct
                || named.is_some() && (promised() || never) && phrases.has_any(&[Class::System, Class::Availability]));
        let name = if level { defined(words.part(share.range.end..)).map(str::to_owned).or(named) } else { None };
        let after_it = || phrases.list()[at..].iter().find(|p| NAMES.iter().any(|&class| p.is(class)));
        let name = name.or_else(|| after_it().filter(|_| level).map(|p| called(words, p)));
        let draft = if let Some(name) = name {
            let missed = !never && MISSED.is_match(tail(before, 120));
            // "fails to achieve at least 98 % in three months" ends the contract; it is not the level promised.
            let least = before.to_ascii_lowercase().trim_end().ends_with("at least");
            if missed && (least || !direct && !restated(after)) {
                continue;
            }
            LevelDraft { passing: missed, ..base(i, words, share, Metric::Availability, name, Comparator::AtLeast) }
        } else if let Some(c) = RATE.captures(before) {
            let name = c.get(1).map_or("", |m| m.as_str());
            let lower = name.to_ascii_lowercase();
            let good = lower.contains("accuracy") || lower.contains("resolution");
            if good == AT_MOST.is_match(before) || good && !promised() {
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

/// Whether a time is that in which a share of some work must be done: "repair 95% of faults within 8 hours".
pub(super) fn has_share_of_work(words: &str, time: &Range<usize>) -> bool {
    pattern!(TO_SHARE, r"^\s*(?:(?:for|in|to|on|of)\s+)?(?:at\s+least\s+)?$");
    let of_work = |share: &Found<Decimal>| OF_WORK.is_match(head(words.part(share.range.end..), 120));
    let apart = |gap: &str| gap.len() > 90 || gap.contains([';', '.', '%']);
    percents(words).iter().filter(|share| of_work(share)).any(|share| {
        let (at, end) = (share.range.start, share.range.end);
        if end <= time.start {
            !apart(words.part(end..time.start))
        } else {
            at >= time.end && TO_SHARE.is_match(words.part(time.end..at))
        }
    })
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

/// Availability, by a noun or by an adjective.
const NAMES: &[Class] = &[Class::Availability, Class::Available];

/// What a phrase calls the availability: an adjective is no name.
fn called(words: &str, phrase: &Phrase) -> String {
    if phrase.is(Class::Available) { "availability".to_owned() } else { words.part(phrase.range.clone()).to_owned() }
}

/// What the words before phrase `at` call the availability.
fn name(words: &str, phrases: &Phrases, at: usize) -> Option<String> {
    let before = &phrases.list()[..at];
    let last = before.iter().rposition(|p| NAMES.iter().any(|&class| p.is(class)))?;
    if before[last].is(Class::Available) {
        return Some(called(words, &before[last]));
    }
    // "Monthly platform availability".
    let adjective = |p: &&Phrase| [Class::Rhythm, Class::System, Class::Measured, Class::Time].iter().any(|&c| p.is(c));
    let more = before[..last].iter().rev().take(2).take_while(adjective).count();
    Some(words.part(before[last - more].range.start..before[last].range.end).to_owned())
}

/// A term in quotes and brackets that names an availability.
fn defined(after: &str) -> Option<&str> {
    let open = after.find('"').filter(|&i| after.part(..i).trim_end().ends_with(['(', 'e', 'a', 'n']) && i < 400)?;
    let term = after.part(open + 1..).split('"').next()?;
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
    let near = window(head(words.part(range.end..), 160)).or_else(|| window(tail(words.part(..range.start), 120)));
    let start = range.start - tail(words.part(..range.start), 400).len();
    let end = range.end + quote_end(words.part(range.end..));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong_as;

    #[test]
    fn every_form_has_its_example() {
        for forms in [&*DIRECT, &PROMISES] {
            assert_eq!(wrong_as(forms, Phrases::of_dealings), [""; 0]);
        }
    }
}
