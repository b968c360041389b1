//! One tier: "Availability between 98.0% and 99.0%: 10% of the monthly fee".

use std::ops::Range;

use super::bound;
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{head, tail};
use crate::detect::rules::service_level::cue::severities;
use crate::lexicon::{Decimal, Found, percents};
use crate::record::Part as _;
use crate::record::value::service::Bound;

/// A tier as written.
#[derive(Debug, Clone)]
pub(super) struct Tier {
    /// The severity to which it applies.
    pub(super) severity: Option<String>,
    pub(super) from: Option<Bound>,
    pub(super) to: Option<Bound>,
    /// The upper end is that of "between A and B", which does not say whether B is in.
    pub(super) loose: bool,
    pub(super) credit: Decimal,
    pub(super) unit: String,
    pub(super) per: Option<String>,
    /// What is quoted, within the sentence.
    pub(super) cited: Range<usize>,
    /// The words of the credit, within the sentence.
    pub(super) words: Range<usize>,
}

pattern!(BELOW, r"(?:\b(?:below|less\s+than|lower\s+than|under|beneath)|<)\s*(?:the\s+|a\s+)?(?:[a-z]+\s+){0,2}$");
pattern!(
    AT_MOST,
    r"(?:\b(?:at\s+or\s+below|not\s+more\s+than|no\s+more\s+than|up\s+to\s+and\s+including)|<=|=<|≤)\s*$"
);
pattern!(
    AT_LEAST,
    r"(?:\b(?:at\s+(?:least|or\s+above)|(?:not|no)\s+(?:less\s+than|below|under|lower\s+than)|(?:greater|more|higher)\s+than\s+or\s+equal\s+to|equal\s+to\s+or\s+(?:greater|more|higher)\s+than)|>=|=>|≥)\s*$"
);
pattern!(ABOVE, r"(?:\b(?:above|more\s+than|greater\s+than|higher\s+than|over|exceed\w*)|>)\s*$");
// "99.0% <= Uptime": the sign stands after the value.
pattern!(THEN_MORE, r"^\s*(?:(≤|<=)|<)\s*[a-z]");
pattern!(OR_MORE, r"^\s*(?:or\s+(?:more|higher|greater|above|better)|and\s+(?:above|higher|over))\b");
pattern!(OR_LESS, r"^\s*(?:or\s+(?:less|lower|below|worse)|and\s+(?:below|lower|under))\b");
// Between two ends.
pattern!(TO, r"^\s*(?:-|–|—|to|and|through|until|but|,)?\s*(?:to\s+|but\s+)?$");
pattern!(BETWEEN, r"\bbetween\s*(?:[a-z]+\s+)?$");
// Words of a range before its last end.
pattern!(RANGE, r"(?:\b(?:below|less\s+than|lower\s+than|under|at\s+least|above|more\s+than)|[<>≤≥])\s*$");
// Words that make a share the credit.
pattern!(
    GIVEN,
    r"(?:\b(?:credit(?:ed|s)?|rebate|reduc(?:tion|ed)|discount|refund)(?:\s+(?:you|it|the\s+\w+|\w+)\s+with|\s+with)?\s*(?:\([^()]*\)\s*)?(?:of|equals?|is|(?:shall|will)\s+be|by|[=:–-])?|\b(?:equal|equivalent)\s+to)\s*(?:(?:an?|the|additional)\s+){0,2}$"
);
// "And 20% where it is below 98%".
pattern!(FIRST, r"^[\s,;]*(?:and|or|rising\s+to)\s+(?:(?:a\s+credit\s+)?of\s+)?$");
// "Below 98%, it is 20%"; "20% if it is below 98%": the credit, named in the tier before.
pattern!(IT_IS, r",\s*(?:(?:it|this|that)\s+(?:is|(?:shall|will)\s+be|becomes|rises\s+to|increases\s+to)|with|by)\s*$");
pattern!(WHERE, r"^\s*(?:if|where|when|whenever|for)\s");
pattern!(IS_GIVEN, r"^\s*(?:is|are|shall\s+be|will\s+be)\s+(?:credited|refunded|deducted)\b");
pattern!(
    OF_FEES,
    r"^\s*(?:service\s+|sla\s+)?(?:of\s+(?:[\w'-]+\s+){0,7}?(?:fees?|charges?|rent|price|amounts?|invoice|subscription|payments?|rate)\b|credit|rebate|discount|refund|reduction)"
);
// A ceiling is no tier.
pattern!(
    CEILING,
    r"\b(?:exceed|maximum|capped|cap\b|limited\s+to|up\s+to|in\s+no\s+event|not\s+be\s+more)[^;:]{0,60}$"
);
// The most that is credited is no end of a tier.
pattern!(LIMIT, r"\b(?:not\s+(?:to\s+)?exceed|maximum|capped|limited\s+to|up\s+to\s+(?:a\s+|an\s+))[^;:%]{0,30}$");
pattern!(
    STEP,
    r"\b(?:for\s+(?:each|every)|per)\s+((?:full\s+|additional\s+|further\s+|cumulative\s+|continuous\s+)*[^.;:]{2,80}?)(?:\s+(?:below|by\s+which|in\s+which|during|that|up\s+to|for|at)\b|[.;:,]|$)"
);
// "For every 0.1% by which it falls short, 2% of the fee": the step before the credit.
pattern!(
    STEP_AHEAD,
    r"\bfor\s+(?:each|every)\s+((?:[^,;:.]|\.[0-9]){2,80}?)(?:\s+(?:below|by\s+which|in\s+which|during|that)\b|,)"
);
// "One-thirtieth (1/30) of the monthly fees".
pattern!(FRACTION, r"\(?\b1\s?/\s?([0-9]{1,3})(?:th|st|nd|rd)?\)?\s+of\b");

// "Priority 1 and 2": of several.
pattern!(AND_NEXT, r"^\s*(?:and|or|to|&|/|,|-|–)\s*(?:[psl]-?)?[1-5](?:\s*(?:[a-z,;.:)]|$))");

/// The one severity that `words` are about.
fn severity(words: &str) -> Option<String> {
    match severities(words).as_slice() {
        [(severity, at)] if !AND_NEXT.is_match(words.part(at.end..)) => Some(severity.clone()),
        _ => None,
    }
}

/// The tiers in `words`; a sentence may hold several, cut by semicolons.
pub(super) fn read(words: &str) -> Vec<Tier> {
    let mut out = Vec::new();
    let mut from = 0;
    for part in parts(words) {
        let own = one(part).or_else(|| fraction(part));
        // What says neither of what it is a part nor for what it is given goes on with what was said.
        let bare =
            own.as_ref().is_none_or(|t| t.per.is_none() && t.from.is_none() && t.to.is_none() && t.unit == "percent");
        let shift = |r: Range<usize>| r.start + from..r.end + from;
        let further = out.last().filter(|_| bare).and_then(|before| {
            let tier = next(part, before)?;
            // The words before it are a part of its proof.
            Some(Tier { cited: before.cited.start..tier.cited.end + from, words: shift(tier.words.clone()), ..tier })
        });
        let own = own.map(|tier| Tier { cited: shift(tier.cited.clone()), words: shift(tier.words.clone()), ..tier });
        out.extend(further.or(own));
        from += part.len();
    }
    out
}

/// "5% for each full hour for Priority 1, 2% for Priority 2": what a later severity gets, in the unit and the steps of the one
/// before it.
fn next(words: &str, before: &Tier) -> Option<Tier> {
    let found = percents(words);
    let [share] = found.as_slice() else { return None };
    let severity =
        severity(words).filter(|severity| before.severity.as_ref().is_some_and(|other| other != severity))?;
    let (cited, range) = (cited(words, share.range.end), share.range.clone());
    Some(Tier { severity: Some(severity), credit: share.value, cited, words: range, ..before.clone() })
}

/// The parts of a sentence or row with a tier each: cut at semicolons, and in a row after each cell that is a credit.
fn parts(words: &str) -> Vec<&str> {
    if !words.contains('\t') {
        return words.split_inclusive(';').flat_map(told_together).collect();
    }
    let mut out = Vec::new();
    let (mut start, mut at, mut shares) = (0, 0, 0);
    for cell in words.split_inclusive('\t') {
        at += cell.len();
        let found = percents(cell);
        let alone = matches!(found.as_slice(), [one] if cell.part(..one.range.start).trim().is_empty());
        if alone && shares > 0 {
            out.push(words.part(start..at));
            (start, shares) = (at, 0);
        } else {
            shares += found.len();
        }
    }
    out.push(words.part(start..));
    out
}

/// "Below 99.9% it is credited 5%, and below 98% 20%": cut where one tier is told and shares enough for another follow.
fn told_together(words: &str) -> Vec<&str> {
    pattern!(AFTER_COMMA, r",\s|\sand\s");
    // "From 98.0% to 99.5%: 4% availability below 98.0%: 12%": lines that ran together.
    pattern!(CUT, r",\s|\s(?:(?:availability|uptime)\s+)?(?:below|under|less\s+than|from|between|at\s+least)\s");
    let (mut out, mut start) = (Vec::new(), 0);
    // "A credit of 5%, and of 10% where it is below 99%".
    pattern!(AND_OF, r",\s+and\s+(?:a\s+credit\s+)?of\s+[0-9]");
    if let Some(at) = AND_OF.find(words).map(|m| m.start())
        && one(words.part(..at)).is_some()
        && one(words.part(at..)).is_some()
    {
        return vec![words.part(..at), words.part(at..)];
    }
    for at in AFTER_COMMA.find_iter(words).map(|m| m.start()) {
        let is_told = |part: &str| severity(part).is_some() && percents(part).len() == 1;
        if is_told(words.part(start..at)) && !severities(words.part(at..)).is_empty() {
            out.push(words.part(start..at));
            start = at;
        }
    }
    if start == 0 && percents(words).len() > 3 {
        for at in CUT.find_iter(words).map(|m| m.start()) {
            let ends = at > start && one(words.part(start..at)).is_some_and(|t| t.from.is_some() || t.to.is_some());
            if ends && one(words.part(at..)).is_some_and(|t| t.from.is_some() || t.to.is_some()) {
                out.push(words.part(start..at));
                start = at;
            }
        }
    }
    out.push(words.part(start..));
    out
}

fn one(words: &str) -> Option<Tier> {
    let all = percents(words);
    let credit = credit(words, &all)?;
    let given = &all[credit];
    let (mut from, mut to, mut loose) = (None, None, false);
    let per = STEP.captures(words.part(given.range.end..));
    let per = per.or_else(|| STEP_AHEAD.captures(words.part(..given.range.start)));
    let per = per.and_then(|c| c.get(1)).map(|m| m.as_str().trim().to_owned());
    for (k, p) in all.iter().enumerate().filter(|(k, _)| *k != credit) {
        let before = tail(words.part(..p.range.start), 60);
        let after = head(words.part(p.range.end..), 40);
        let near = tail(before, 12).to_ascii_lowercase();
        if near.contains("each") || near.contains("every") || LIMIT.is_match(before) {
            continue;
        }
        let next = all.get(k + 1).filter(|_| k + 1 != credit);
        let previous = k.checked_sub(1).filter(|&j| j != credit).map(|j| &all[j]);
        if AT_MOST.is_match(before) {
            to = Some(bound(p.value, true));
        } else if AT_LEAST.is_match(before) {
            from = Some(bound(p.value, true));
        } else if BELOW.is_match(before) {
            to = Some(bound(p.value, false));
        } else if ABOVE.is_match(before) {
            from = Some(bound(p.value, false));
        } else if let Some(c) = THEN_MORE.captures(after) {
            from = Some(bound(p.value, c.get(1).is_some()));
        } else if OR_MORE.is_match(after) {
            from = Some(bound(p.value, true));
        } else if OR_LESS.is_match(after) {
            to = Some(bound(p.value, true));
        } else if next.is_some_and(|n| ends(words.part(p.range.end..n.range.start))) || BETWEEN.is_match(before) {
            from = Some(bound(p.value, true));
        } else if previous.is_some_and(|n| TO.is_match(words.part(n.range.end..p.range.start))) {
            to = Some(bound(p.value, true));
            loose = true;
        }
    }
    // "Between 99.9% and 99.0%", said from the top.
    if let (Some(a), Some(b)) = (from, to)
        && a.value > b.value
    {
        (from, to) = (Some(bound(b.value, true)), Some(bound(a.value, true)));
    }
    let severity = severity(words);
    let sure = from.is_some() || to.is_some() || per.is_some() || severity.is_some();
    sure.then(|| Tier {
        severity,
        from,
        to,
        loose,
        credit: given.value,
        unit: unit(words.part(given.range.end..)),
        per,
        cited: cited(words, given.range.end),
        words: given.range.clone(),
    })
}

/// Whether the words between two shares make them the ends of one tier.
fn ends(gap: &str) -> bool {
    TO.is_match(gap) || gap.len() < 24 && (BELOW.is_match(gap) || AT_MOST.is_match(gap)) && !gap.contains([':', '\t'])
}

/// Which of the shares is the credit: the one that is of the fees, that follows "credit of", or that stands alone after
/// the others.
fn credit(words: &str, all: &[Found<Decimal>]) -> Option<usize> {
    let open = |p: &Found<Decimal>| !CEILING.is_match(tail(words.part(..p.range.start), 80));
    let by = |f: &dyn Fn(&Found<Decimal>) -> bool| {
        all.iter().position(|p| open(p) && p.value <= Decimal::whole(100) && f(p))
    };
    by(&|p| OF_FEES.is_match(head(words.part(p.range.end..), 110)))
        .or_else(|| by(&|p| GIVEN.is_match(tail(words.part(..p.range.start), 50))))
        .or_else(|| {
            by(&|p| {
                let (before, after) = (words.part(..p.range.start), head(words.part(p.range.end..), 40));
                let bare = all.len() > 1 && before.trim_matches([' ', ',', ';', '(']).is_empty();
                FIRST.is_match(before)
                    || IS_GIVEN.is_match(after)
                    || all.len() > 1 && IT_IS.is_match(before)
                    || bare && WHERE.is_match(after)
            })
        })
        .or_else(|| {
            let last = all.last().filter(|p| all.len() > 1 && open(p))?;
            let cell = words.part(..last.range.start).trim_end().ends_with([':', '\t', '=', '-', '–', '—', '|'])
                || words.part(..last.range.start).ends_with('\t');
            let alone = words.part(last.range.end..).trim_matches([' ', '.', ';', ')']).len() < 12;
            let gap = words.part(all[all.len() - 2].range.end..last.range.start);
            let apart = gap.contains([':', '\t', '=', '|']);
            // "97.0% or more but below 99.0% 10%": cells that ran together.
            let cell = cell || gap.trim().is_empty() && RANGE.is_match(words.part(..all[all.len() - 2].range.start));
            (cell && alone && (apart || last.value < Decimal::whole(51))).then_some(all.len() - 1)
        })
}

/// What the credit is a part of: `percent of the monthly fee`.
fn unit(after: &str) -> String {
    const ENDS: &str = " for each| for every| for availab| for uptime| per | if | where | when | in the event| below| under | is credited| is knocked| is taken| is deducted| comes off";
    let words = head(after, 140).trim_start();
    let words = words.strip_prefix("credit ").unwrap_or(words);
    let end = words.find(['.', ';', ':', ',', '\t', '(']).unwrap_or(words.len());
    let words = words.part(..end);
    let end = ENDS.split('|').filter_map(|w| words.find(w)).min().unwrap_or(words.len());
    let base = words.part(..end).trim();
    if base.starts_with("of ") { format!("percent {base}") } else { "percent".to_owned() }
}

/// The words quoted: from the beginning, at most 400 bytes before the credit, to the next stop after it.
fn cited(words: &str, end: usize) -> Range<usize> {
    let after = head(words.part(end..), 160);
    let stop = after.find([';', '.', '\t']).unwrap_or(after.len());
    let start = end - tail(words.part(..end), 400).len();
    let lead = words.part(start..end).len() - words.part(start..end).trim_start().len();
    start + lead..end + after.part(..stop).trim_end().len()
}

/// A credit as a fraction of a fee for each unit of time.
fn fraction(words: &str) -> Option<Tier> {
    let c = FRACTION.captures(words)?;
    let (all, n) = (c.get(0)?, c.get(1)?.as_str().parse::<i64>().ok()?);
    let after = words.part(all.end()..);
    let per = STEP.captures(after)?.get(1)?.as_str().trim().to_owned();
    if n == 0 || !words.to_ascii_lowercase().contains("credit") {
        return None;
    }
    Some(Tier {
        severity: severity(words),
        from: None,
        to: None,
        loose: false,
        credit: Decimal::from_millionths(100_000_000 / n),
        unit: unit(&format!(" of {}", after.trim_start())),
        per: Some(per),
        cited: cited(words, all.end()),
        words: all.range(),
    })
}
