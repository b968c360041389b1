//! Sums of money: "£120,000", "US$ 2.4 million", "EUR 11.900,00", "sixty thousand dollars ($60,000)".

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::number::words;
use super::token::Tokens;
use super::{Decimal, Found, Reading};
use tickler_pdf::cite::Part as _;

/// What stands for a currency where only `$` is written: several countries have dollars.
pub const DOLLARS: &str = "$";

/// A sum as a contract writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// How much; blank or redacted where the sum was left out.
    pub amount: Reading<Decimal>,
    /// Code of the currency (ISO 4217), or [`DOLLARS`].
    pub currency: &'static str,
    /// Whether the words and the figures beside them differ. The words are taken, as courts do (R16).
    pub disputed: bool,
}

/// Ways to write a currency before a figure, and the currency: longer ones first.
const SIGNS: [(&str, &str); 31] = [
    ("US$", "USD"),
    ("U.S.$", "USD"),
    ("AUD$", "AUD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("CAD$", "CAD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("SG$", "SGD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("USD", "USD"),
    ("GBP", "GBP"),
    ("EUR", "EUR"),
    ("AUD", "AUD"),
    ("CAD", "CAD"),
    ("NZD", "NZD"),
    ("HKD", "HKD"),
    ("SGD", "SGD"),
    ("CHF", "CHF"),
    ("INR", "INR"),
    ("ZAR", "ZAR"),
    ("AED", "AED"),
    ("Rs.", "INR"),
    ("Rs", "INR"),
    ("$", DOLLARS),
    ("£", "GBP"),
    ("€", "EUR"),
    ("₹", "INR"),
];
/// Codes of currencies that are written in a few contracts, before or after a figure.
const CODES: [&str; 15] =
    ["JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "BRL", "MXN", "ILS", "KRW", "SAR", "QAR", "TRY"];
/// Names behind a figure or its words.
const NAMES: &str = r"(?:(?P<land>us|u\.s\.|united\s+states|american|australian|canadian|new\s+zealand|hong\s+kong|singapore)\s+)?(?P<dollars>dollars)|(?P<pounds>pounds(?:\s+sterling)?)|(?P<euros>euros?)|(?P<francs>swiss\s+francs)|(?P<rupees>(?:indian\s+)?rupees)|(?P<rand>rand)";

static SUMS: LazyLock<Regex> = LazyLock::new(|| {
    let signs = SIGNS.map(|(sign, _)| regex::escape(sign)).join("|");
    let codes = codes();
    let figure = r"[0-9]{1,3}(?:[,.'’\u{a0}\x20][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,2})?";
    let scale = r"(?:\s?(?P<scale>(?i:thousand|million|billion|mio|mn|bn)|[kKmM]))?";
    let gap = r"_{2,}|\[\s*[●•_]*\s*\]|\[\s*(?i:amount|insert[^\]]{0,30})\s*\]|\.{4,}|…{2,}";
    let source = format!(
        r"(?:^|(?P<edge>[^A-Za-z0-9$£€]))(?:(?P<sign>{signs}|{codes})\s?[$£€]?\s?(?:(?P<figure>{figure}){scale}|(?P<gap>{gap})|(?P<gone>\[\s*\*+\s*\]|\*{{3,}}|\[(?i:redacted)\]))|(?P<bare>{figure}){bare_scale}\s?(?:(?P<code>{codes}|€|£)|(?i:{NAMES})))",
        bare_scale = scale.replace("?P<scale>", "?P<bare_scale>"),
    );
    Regex::new(&source).unwrap_or_else(|e| unreachable!("{e}"))
});
// A text without any of these holds no sum.
static MONEYISH: LazyLock<Regex> = LazyLock::new(|| {
    let source = format!(r"[$£€₹]|Rs|{}|(?i:dollars|pounds|euro|rupees|francs|\brand\b)", codes());
    Regex::new(&source).unwrap_or_else(|e| unreachable!("{e}"))
});
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"^\s*(?i:{NAMES})\b")).unwrap_or_else(|e| unreachable!("{e}")));

/// The codes of all currencies, as the ways of a pattern.
fn codes() -> String {
    let signs = SIGNS.iter().map(|&(sign, _)| sign).filter(|sign| sign.bytes().all(|b| b.is_ascii_uppercase()));
    signs.chain(CODES).collect::<Vec<_>>().join("|")
}

/// The sums in `text`, in order.
#[must_use]
pub fn sums(text: &str) -> Vec<Found<Money>> {
    if !MONEYISH.is_match(text) {
        return Vec::new();
    }
    let mut out: Vec<Found<Money>> = SUMS.captures_iter(text).filter_map(|c| figures(&c)).collect();
    for spelt in in_words(text) {
        join(&mut out, spelt, text);
    }
    out
}

/// The one sum that `text` is, such as `GBP 120,000`.
#[must_use]
pub fn sum(text: &str) -> Option<Found<Money>> {
    match sums(text).as_slice() {
        [one] if text.part(..one.range.start).trim().is_empty() => Some(one.clone()),
        _ => None,
    }
}

/// The sum of a match in figures.
fn figures(found: &Captures<'_>) -> Option<Found<Money>> {
    let whole = found.get(0)?;
    let range = whole.start() + found.name("edge").map_or(0, |edge| edge.len())..whole.end();
    let currency = found.name("sign").or(found.name("code")).map_or_else(|| named(found), |c| coded(c.as_str()))?;
    let amount = if let Some(figure) = found.name("figure").or(found.name("bare")) {
        let scale = found.name("scale").or(found.name("bare_scale")).map_or("", |s| s.as_str());
        Reading::Known(decimal(figure.as_str(), scale)?)
    } else if found.name("gone").is_some() {
        Reading::Redacted
    } else {
        Reading::Blank
    };
    Some(Found { value: Money { amount, currency, disputed: false }, range })
}

/// The currency of a sign or code.
fn coded(written: &str) -> Option<&'static str> {
    let sign = SIGNS.iter().find(|(sign, _)| *sign == written).map(|&(_, code)| code);
    sign.or_else(|| CODES.iter().find(|code| **code == written).copied())
}

/// The currency of a name, such as "Australian dollars".
fn named(found: &Captures<'_>) -> Option<&'static str> {
    let has = |name| found.name(name).is_some();
    if has("dollars") {
        let land = found.name("land").map_or(String::new(), |land| land.as_str().to_ascii_lowercase());
        return Some(match land.get(..1) {
            None => DOLLARS,
            Some("a") if land.starts_with("au") => "AUD",
            Some("c") => "CAD",
            Some("n") => "NZD",
            Some("h") => "HKD",
            Some("s") => "SGD",
            Some(_) => "USD",
        });
    }
    let names = [("pounds", "GBP"), ("euros", "EUR"), ("francs", "CHF"), ("rupees", "INR"), ("rand", "ZAR")];
    names.into_iter().find(|(name, _)| has(name)).map(|(_, code)| code)
}

/// A figure with its scale: `1,250,000.00`, `11.900,00`, `250'000`, `12,50,000`, `2.4` of millions.
fn decimal(figure: &str, scale: &str) -> Option<Decimal> {
    let last = figure.rfind([',', '.']);
    // What stands behind the last mark is a part of one if it is short, and a group of thousands if it has three digits.
    let (whole, part) = match last {
        Some(at) if figure.len() - at <= 3 => (figure.part(..at), figure.part(at + 1..)),
        _ => (figure, ""),
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let millionths: i64 = format!("{digits}{part:0<6}").parse().ok()?;
    let times = match scale.to_ascii_lowercase().as_str() {
        "" => 1,
        "thousand" | "k" => 1_000,
        "million" | "mio" | "mn" | "m" => 1_000_000,
        _ => 1_000_000_000,
    };
    Some(Decimal::from_millionths(millionths.checked_mul(times)?))
}

/// Sums that are spelt out: "sixty thousand pounds".
fn in_words(text: &str) -> Vec<Found<Money>> {
    if !NAMED_ANYWHERE.is_match(text) {
        return Vec::new();
    }
    let tokens = Tokens::of(text);
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let Some((number, next)) = spelt(&tokens, i) else {
            i += 1;
            continue;
        };
        let Some(first) = tokens.get(i) else { break };
        let end = tokens.end(next - 1);
        if let Some(name) = NAMED.captures(text.part(end..))
            && let Some(currency) = named(&name)
            && let Some(millionths) = i64::try_from(number).ok().and_then(|n| n.checked_mul(1_000_000))
        {
            let amount = Reading::Known(Decimal::from_millionths(millionths));
            let range = first.start..end + name.get(0).map_or(0, |m| m.end());
            out.push(Found { value: Money { amount, currency, disputed: false }, range });
        }
        i = next;
    }
    out
}

static NAMED_ANYWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:hundred|thousand|million)\b.{0,80}?(?:dollars|pounds|euro|francs|rupees|rand)")
        .unwrap_or_else(|e| unreachable!("{e}"))
});

/// A number in words from token `i`, with millions: "two million five hundred thousand".
fn spelt(tokens: &Tokens<'_>, i: usize) -> Option<(u64, usize)> {
    let (first, at) = words(tokens, i)?;
    if !tokens.is_word(at, &["million"]) {
        return Some((first, at));
    }
    let millions = first.checked_mul(1_000_000)?;
    let rest = at + 1 + usize::from(tokens.is_word(at + 1, &["and"]));
    let (rest, next) = words(tokens, rest).unwrap_or((0, at + 1));
    Some((millions.checked_add(rest)?, next))
}

/// Puts a sum in words among those in figures. "Sixty thousand dollars ($60,000)" is one sum.
fn join(out: &mut Vec<Found<Money>>, spelt: Found<Money>, text: &str) {
    let beside = |a: &Range<usize>, b: &Range<usize>| {
        let between = if a.end <= b.start { a.end..b.start } else { return false };
        between.len() <= 3 && text.part(between).chars().all(|c| c.is_whitespace() || "([".contains(c))
    };
    let own = &spelt.range;
    if out.iter().any(|f| f.range.start < own.end && own.start < f.range.end) {
        return;
    }
    if let Some(figure) = out.iter_mut().find(|f| beside(own, &f.range)) {
        figure.value.disputed = figure.value.amount != spelt.value.amount;
        figure.value.amount = spelt.value.amount;
        let closed = usize::from(text.part(figure.range.end..).starts_with([')', ']']));
        figure.range = own.start..figure.range.end + closed;
    } else if let Some(figure) = out.iter_mut().find(|f| beside(&f.range, own)) {
        figure.value.disputed = figure.value.amount != spelt.value.amount;
        figure.value.amount = spelt.value.amount;
        figure.range.end = own.end;
    } else {
        let at = out.partition_point(|f| f.range.start < own.start);
        out.insert(at, spelt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_as_they_are_written() {
        for (text, amount, currency) in [
            ("£120,000", "120000", "GBP"),
            ("US$96,000.50", "96000.5", "USD"),
            ("USD 2.4 million", "2400000", "USD"),
            ("EUR 11.900,00", "11900", "EUR"),
            ("CHF 250'000", "250000", "CHF"),
            ("ZAR 18 500", "18500", "ZAR"),
            ("Rs. 12,50,000", "1250000", "INR"),
            ("12k EUR", "12000", "EUR"),
            ("€7,500", "7500", "EUR"),
            ("4,500 Australian dollars", "4500", "AUD"),
            ("$150", "150", "$"),
            ("0.05 USD", "0.05", "USD"),
            ("sixty thousand pounds sterling", "60000", "GBP"),
            ("one hundred twenty thousand dollars ($120,000)", "120000", "$"),
            ("two million five hundred thousand euros", "2500000", "EUR"),
            ("$1.2bn", "1200000000", "$"),
        ] {
            let found = sums(text);
            let [one] = found.as_slice() else { panic!("{text}: {found:?}") };
            let read = one.value.amount.known().map(|a| a.to_string());
            assert_eq!((read.as_deref(), one.value.currency), (Some(amount), currency), "{text}");
            assert_eq!(one.range, 0..text.len(), "{text}");
        }
    }

    #[test]
    fn sums_that_are_not_there() {
        let read = |text: &str| sums(text).first().map(|f| f.value.amount);
        assert_eq!(read("a fee of $____ per year"), Some(Reading::Blank));
        assert_eq!(read("£[      ] per annum"), Some(Reading::Blank));
        assert_eq!(read("USD [***]"), Some(Reading::Redacted));
        for text in ["30 days", "section 4.2", "clause 12 A$", "the EUR", "99.9%", "round 3 pounded it"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn words_prevail_over_figures() {
        let found = sums("fifty thousand dollars ($5,000)");
        assert_eq!(found.len(), 1);
        assert!(found[0].value.disputed);
        assert_eq!(found[0].value.amount, Reading::Known(Decimal::whole(50_000)));
    }
}
