//! Changes of prices: with an index, by a share, with a renewal, or by notice. Wording: C5.

use std::ops::Range;

use super::pattern::pattern;
use super::reader::{Reader, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{Decimal, percents, periods};
use crate::record::value::price::{PriceChange, PriceChangeKind, PriceDay};
use crate::record::{Confidence, Fact, Origin, Span};

// Words without which no price changes.
pattern!(MOVES, r"\b(?:increas|adjust|escalat|uplift|rais(?:e|ing)|indexe?d|indexation|revis)");
pattern!(MONEY, r"\b(?:fees?|rates?|prices?|pricing|rent|rentals?|charges?|compensation|salary|remuneration)\b");
// Rates that are no price.
pattern!(
    ELSE,
    r"\b(?:royalt|commission|late\s+(?:payment|fee|charge)|past\s+due|overdue|(?:accrue|bear|pay)s?\s+interest|interest\s+(?:rate|shall|at)|rate\s+of\s+interest|service\s+(?:level\s+)?credits?|penalt|hold(?:ing)?\s?-?over|ownership|shares?\b|stock\b|equity|voting|liquidated|exchange\s+rate|currenc|discount|market\s+share|(?:case|success|error)\s+rate)"
);
// "May adjust its rates", "the fees shall be increased", "an increase in the rent".
pattern!(
    CHANGES,
    r"\b(?:increas|adjust|escalat|rais|revis)\w*\s+(?:[\w'’()-]+\s+){0,8}?(?:fees?|rates?|prices?|pricing|rent|rentals?|charges?|compensation)\b|\b(?:fees?|rates?|prices?|pricing|rent|rentals?|charges?|compensation|salary|amounts?)\b[^.;]{0,90}\b(?:increas|adjust|escalat|uplift|rais|revis|index)|\b(?:fee|rate|price|rent|annual)\s+(?:increase|adjustment|escalat|uplift)"
);
pattern!(
    MAY,
    r"\b(?:may|shall|will|right\s+to|entitled\s+to|subject\s+to)\s+(?:[\w,-]+\s+){0,6}?(?:increas|adjust|escalat|rais|revis|uplift)"
);
// A sentence that goes on about the change of the one before it.
pattern!(
    GOES_ON,
    r"\b(?:such|any|the|each|annual|no|in\s+no\s+event)\s+(?:[\w-]+\s+){0,4}?(?:increase|adjustment|escalat)"
);
pattern!(
    HEADING,
    r"\b(?:price|pricing|fees?|rates?|rent)\b.{0,20}\b(?:adjust|increas|escalat|review|chang)|\bescalat|\bindexation"
);
pattern!(
    INDEX,
    r"\b(?:cpi(?:-[uw]|h)?|rpix?|hicp|ppi|consumers?['’]?\s+prices?\s+index|retail\s+prices?\s+index|producer\s+price\s+index|employment\s+cost\s+index|harmoni[sz]ed\s+index\s+of\s+consumer\s+prices)\b"
);
pattern!(
    CAP_BEFORE,
    r"\b(?:exceed(?:ing|s)?|(?:no|not|be)\s+(?:by\s+)?(?:more|greater)\s+than|more\s+than|maximum\s+(?:[\w-]+\s+){0,3}of|up\s+to|(?:lesser|lower)\s+of|capped\s+at|cap\s+of|limited\s+to)\b[^;]{0,40}$"
);
pattern!(
    FLOOR_BEFORE,
    r"\b(?:(?:greater|higher)\s+of|at\s+least|(?:no|not|be)\s+less\s+than|minimum\s+(?:[\w-]+\s+){0,3}of)\b[^;]{0,40}$"
);
pattern!(
    BY_BEFORE,
    r"\b(?:increas|escalat|adjust|uplift|rais|rise)\w*\b[^;]{0,90}\b(?:by|of|at)\s+(?:an?\s+)?(?:additional\s+|fixed\s+|further\s+)?$"
);
pattern!(
    BY_AFTER,
    r"^\s*\)?\s*(?:per\s+annum\s+|annual\s+|yearly\s+|per\s+year\s+)?(?:increase|escalat|uplift|rent\s+increase)"
);
pattern!(LESS, r"\bwhichever\s+is\s+(?:the\s+)?(?:less|lower|smaller)");
pattern!(MORE, r"\bwhichever\s+is\s+(?:the\s+)?(?:great|high|larg|more)");
pattern!(
    NEVER_DOWN,
    r"\b(?:in\s+no\s+event|never|not|no\s+event)\b[^.;]{0,60}\b(?:be\s+)?(?:decreas|reduc|less\s+than\s+the\s+(?:then|prior|previous|preceding|current|fees?|rent|price|rate))"
);
pattern!(
    YEARLY,
    r"\bannual(?:ly)?\b|\b(?:each|every|per|any|a)\s+(?:[\w-]+\s+){0,2}?year\b|\bper\s+annum\b|\byearly\b|\banniversar|\byear[\s-]over[\s-]year|\btwelve[\s-]*\(?(?:12\)?)?[\s-]+months?\s+period|\beach\s+january"
);
pattern!(
    ANNIVERSARY,
    r"\banniversar(?:y|ies)(?:\s+(?:date\s+)?of\s+(?:the\s+|this\s+)?(?:effective\s+date|commencement\s+date|start\s+date|agreement|date\s+(?:hereof|of\s+this\s+agreement)|lease\s+commencement)|\s+thereof|\s+thereafter|\s*[,.;)]|\s+(?:during|by|the|in)\b)|\b(?:beginning|start|commencement|first\s+day)\s+of\s+each\s+(?:[\w-]+\s+)?(?:contract|agreement|lease)\s+year"
);
// An anniversary of something else.
pattern!(OTHER_ANNIVERSARY, r"\banniversar(?:y|ies)\s+(?:date\s+)?of\b");
pattern!(
    JANUARY,
    r"\b(?:each|every|on|effective)\s+(?:january\s+1(?:st)?|1(?:st)?\s+(?:of\s+)?january)\b(?:\s+of\s+each|[^\d]{0,6}(?:each|every|of|,?\s*[a-z]))|\bfirst\s+day\s+of\s+(?:each|every)\s+calendar\s+year"
);
pattern!(
    RENEWAL,
    r"\b(?:each|any|every|a|the|applicable|for)\s+(?:[\w-]+\s+){0,2}?renewal\s+terms?\b|\b(?:up)?on\s+(?:[\w-]+\s+){0,3}?renewal\b|\bfor\s+renewal\s+terms"
);
pattern!(
    FIRST,
    r"\b(?:beginning|commencing|starting)\s+(?:on|with|from|upon|in|at|after)\s+(?:the\s+)?([^,;.]{5,90})|\b(?:after|following)\s+the\s+((?:first|second|third|fourth|fifth|initial)\s+[^,;.]{4,60})|\bon\s+the\s+((?:first|second|third|fourth|fifth)\s+(?:\([^)]*\)\s+)?anniversary[^,;.]{0,60})"
);
pattern!(
    NOTICE_AFTER,
    r"^[\s'’]*s?['’]?\s*(?:(?:prior|advance|advanced|written|previous|calendar|days?|of|in|such|and)[\s,'’]+){0,5}notice\b|^[\s'’]*(?:prior\s+to|before|in\s+advance\s+of)\b[^.;]{0,60}\b(?:increase|adjust|change|renew|expir|end|effective)"
);

/// A change on its way to a fact.
struct PriceDraft {
    sentence: usize,
    last: usize,
    more: Vec<usize>,
    range: Range<usize>,
    value: PriceChange,
}

/// Finds the changes of prices, in the order of the text.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut out: Vec<PriceDraft> = Vec::new();
    for (i, _, words) in reader.sentences() {
        if words.len() > 4_000 || !MOVES.is_match(words) {
            continue;
        }
        if ELSE.is_match(words) {
            continue;
        }
        let Some((value, range)) = read(words) else { continue };
        let before = out.last_mut().filter(|d| i - d.last <= 2 && GOES_ON.is_match(words));
        if let Some(draft) = before.filter(|d| fits(&d.value, &value)) {
            draft.more.push(i);
            draft.last = i;
            draft.value = joined(&draft.value, value);
            continue;
        }
        let changes = CHANGES.is_match(words) && (MAY.is_match(words) || value.percent.is_some());
        let titled = MONEY.is_match(words) && HEADING.is_match(reader.heading(i));
        let timed = value.every.is_some() || value.on.is_some() || value.notice.is_some();
        let sized = value.index.is_some() || value.percent.is_some() || value.cap.is_some() || value.floor.is_some();
        // A share alone, such as "by 25 % for each further processor", is no change over time; notice alone must be of
        // a change that a party may make.
        if (changes && timed || titled && (timed || sized)) && (sized || MAY.is_match(words)) {
            out.push(PriceDraft { sentence: i, last: i, more: Vec::new(), range, value });
        }
    }
    findings.facts.price_changes = out.into_iter().map(|d| fact(reader, d)).collect();
}

/// What a sentence says of a change, and the words that say it; `None` where it says nothing that can be counted.
fn read(words: &str) -> Option<(PriceChange, Range<usize>)> {
    let mut value = PriceChange {
        kind: PriceChangeKind::Other,
        index: None,
        percent: None,
        cap: None,
        floor: None,
        every: None,
        on: None,
        first: None,
        notice: None,
    };
    let mut range: Option<Range<usize>> = None;
    let mut take = |r: Range<usize>| {
        range = Some(range.clone().map_or(r.clone(), |old| old.start.min(r.start)..old.end.max(r.end)));
    };
    let index = INDEX.find(words);
    if let Some(m) = index {
        value.index = Some(index_name(m.as_str(), words).to_owned());
        take(m.range());
    }
    let mut from = 0;
    for p in percents(words) {
        let before = tail(&words[from..p.range.start], 160);
        let after = head(&words[p.range.end..], 160);
        from = p.range.end;
        let hundred = p.value >= Decimal::whole(100);
        let slot = if hundred {
            continue;
        } else if MORE.is_match(after) {
            &mut value.floor
        } else if LESS.is_match(after) || CAP_BEFORE.is_match(before) {
            &mut value.cap
        } else if FLOOR_BEFORE.is_match(before) {
            &mut value.floor
        } else if BY_BEFORE.is_match(before) || BY_AFTER.is_match(after) {
            &mut value.percent
        } else {
            continue;
        };
        if slot.is_none() {
            *slot = Some(p.value);
            take(p.range);
        }
    }
    if value.index.is_some() && value.floor.is_none() && NEVER_DOWN.is_match(words) {
        value.floor = Some(Decimal::whole(0));
    }
    let all = periods(words);
    let noticed = all.iter().find(|p| {
        let unit = p
            .value
            .reading
            .known()
            .is_some_and(|p| matches!(p.unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Month));
        unit && !p.value.article && NOTICE_AFTER.is_match(head(&words[p.range.end..], 100))
    });
    if let Some(p) = noticed {
        value.notice = p.value.reading.known();
        take(p.range.clone());
    }
    value.on = day(words);
    let years =
        || all.iter().find(|p| tail(&words[..p.range.start], 8).trim_end().to_ascii_lowercase().ends_with("every"));
    value.every = match years().and_then(|p| p.value.reading.known()) {
        Some(period) => Some(period),
        None => YEARLY.is_match(words).then_some(Period::new(1, Unit::Year)),
    };
    value.first =
        FIRST.captures(words).and_then(|c| Some(c.get(1).or(c.get(2)).or(c.get(3))?.as_str().trim().to_owned()));
    value.kind = kind(&value);
    Some((value, range?))
}

/// The day of a change; `None` where the contract counts from a day that is not its own.
fn day(words: &str) -> Option<PriceDay> {
    if ANNIVERSARY.is_match(words) {
        Some(PriceDay::Anniversary)
    } else if OTHER_ANNIVERSARY.is_match(words) {
        None
    } else if JANUARY.is_match(words) {
        Some(PriceDay::CalendarYear)
    } else {
        RENEWAL.is_match(words).then_some(PriceDay::Renewal)
    }
}

fn kind(value: &PriceChange) -> PriceChangeKind {
    if value.index.is_some() {
        PriceChangeKind::Index
    } else if value.on == Some(PriceDay::Renewal) {
        PriceChangeKind::RenewalUplift
    } else if value.percent.is_some() || value.cap.is_some() || value.floor.is_some() {
        PriceChangeKind::Percent
    } else {
        PriceChangeKind::Other
    }
}

/// The short name of the index named `name` in `words`.
fn index_name(name: &str, words: &str) -> &'static str {
    let (name, words) = (name.to_ascii_lowercase(), words.to_ascii_lowercase());
    let urban = words.contains("cpi-u") || words.contains("all urban consumers");
    let wage = words.contains("cpi-w") || words.contains("wage earners");
    match name.as_str() {
        "cpih" => "CPIH",
        "rpix" => "RPIX",
        "ppi" => "PPI",
        n if n.starts_with("producer") => "PPI",
        n if n.starts_with("employment") => "ECI",
        n if n.starts_with("rpi") || n.starts_with("retail") => "RPI",
        n if n.starts_with("hicp") || n.starts_with("harmoni") => "HICP",
        _ if urban => "CPI-U",
        _ if wage => "CPI-W",
        _ => "CPI",
    }
}

/// Whether `more` says nothing else about what `value` already says.
fn fits(value: &PriceChange, more: &PriceChange) -> bool {
    let same = |a: Option<Decimal>, b: Option<Decimal>| a.is_none() || b.is_none() || a == b;
    same(value.percent, more.percent)
        && same(value.cap, more.cap)
        && same(value.floor, more.floor)
        && (value.index.is_none() || more.index.is_none() || value.index == more.index)
}

fn joined(value: &PriceChange, more: PriceChange) -> PriceChange {
    let value = value.clone();
    let mut both = PriceChange {
        kind: value.kind,
        index: value.index.or(more.index),
        percent: value.percent.or(more.percent),
        cap: value.cap.or(more.cap),
        floor: value.floor.or(more.floor),
        every: value.every.or(more.every),
        on: value.on.or(more.on),
        first: value.first.or(more.first),
        notice: value.notice.or(more.notice),
    };
    both.kind = kind(&both);
    both
}

fn fact(reader: &Reader<'_>, d: PriceDraft) -> Fact<PriceChange> {
    let whole = reader.span(d.sentence);
    let raw = &reader.sentence(d.sentence)[d.range.clone()];
    let place = Span::new(whole.start() + d.range.start, whole.start() + d.range.end);
    let (rule, sure) = match d.value.kind {
        PriceChangeKind::Index => ("price.index", 0.8),
        PriceChangeKind::Percent => ("price.percent", 0.8),
        PriceChangeKind::RenewalUplift => ("price.renewal", 0.75),
        PriceChangeKind::Other => ("price.notice", 0.65),
    };
    let cited = reader.text.cited(d.value, reader.quote(d.sentence, place));
    let fact = Fact::found("price_change", cited, raw, Origin::rule(rule), Confidence::new(sure));
    d.more.into_iter().fold(fact, |f, i| f.with_evidence(reader.text.cite(reader.quote(i, reader.span(i)))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn changes(plain: &str) -> Vec<String> {
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let found = crate::detect::detect(&text, &segment(&text)).facts.price_changes;
        let line = |c: &PriceChange| {
            let part = |name: &str, v: Option<String>| v.map_or_else(String::new, |v| format!("; {name} {v}"));
            format!(
                "{:?} {c}{}{}{}{}",
                c.kind,
                part("every", c.every.map(|p| p.to_string())),
                part("on", c.on.map(|d| format!("{d:?}"))),
                part("first", c.first.clone()),
                part("notice", c.notice.map(|p| p.to_string())),
            )
        };
        found.iter().filter_map(Fact::value).map(line).collect()
    }

    #[test]
    fn each_form() {
        for (text, want) in [
            (
                "On each anniversary of the Effective Date the Fees shall be increased by the lesser of the change in the CPI-U and three percent (3%).",
                "Index by CPI-U, at most 3 %; every 1 year; on Anniversary",
            ),
            (
                "The Rent shall be adjusted annually with the Retail Price Index, but in no event shall the Rent be decreased.",
                "Index by RPI, at least 0 %; every 1 year",
            ),
            (
                "The annual fee will increase by 4% on January 1 of each year.",
                "Percent by 4 %; every 1 year; on CalendarYear",
            ),
            (
                "Beginning on the second anniversary of the Commencement Date, the Base Rent shall increase by two percent (2%) per annum.",
                "Percent by 2 %; every 1 year; on Anniversary; first second anniversary of the Commencement Date",
            ),
            (
                "For each Renewal Term the Supplier may increase the prices by no more than 7% over the preceding term on 90 days' written notice.",
                "RenewalUplift at most 7 %; on Renewal; notice 90 days",
            ),
            (
                "Seller may change or adjust its prices upon sixty (60) days' prior written notice to Buyer.",
                "Other ; notice 60 days",
            ),
            (
                "Vendor may adjust its rates annually on 45 days' notice. Any such increase shall not exceed five percent (5%).",
                "Percent at most 5 %; every 1 year; notice 45 days",
            ),
        ] {
            assert_eq!(changes(text), [want], "{text}");
        }
    }

    #[test]
    fn other_rates() {
        for text in [
            "Late payments bear interest at a rate of 1.5% per month, increased annually by 2%.",
            "The royalty rate shall increase by 1% each year.",
            "The fee shall be increased by 25% for each additional processor.",
            "During a holdover the rent is increased to 150% of the last annual rent.",
            "The service credit shall increase by 5% each year of the fees.",
        ] {
            assert_eq!(changes(text), [""; 0], "{text}");
        }
    }
}
