//! What a contract is worth: "Total Contract Value: £120,000", "a monthly fee of $2,000", "$150 per hour". Wording: C5.
//!
//! Each sum is judged by the words around it: whether it is a price at all, of the whole or of a time, and how far it
//! binds. A limit of liability, a sum insured, a penalty or a deposit is no price.

mod cue;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::pattern::{Captures, Pattern};
use super::reader::{Reader, head, tail};
use crate::detect::Findings;
use crate::lexicon::{DOLLARS, Found, Money, sums};
use crate::record::value::worth::{Worth, WorthKind, money};
use crate::record::{Confidence, Fact, Origin, Part as _, Span, Status};

/// What a price is paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum For {
    /// The whole contract.
    Whole,
    /// A time, of which a year has so many.
    Time(u32, &'static str),
    /// A unit.
    Unit(String),
}

/// How surely a sum is what it is taken for: the greater, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// "A fee of".
    Named,
    /// "The total fee is".
    Whole,
    /// The value of a label, or of the row of a total.
    Label,
}

/// A sum that is a price.
#[derive(Debug, Clone)]
struct Price {
    sentence: usize,
    /// Where it stands in its sentence, with how often it is paid.
    range: Range<usize>,
    money: Money,
    paid_for: For,
    kind: WorthKind,
    with_tax: Option<bool>,
    rank: Rank,
    /// The word of the price, such as `rent`: prices of one name are one price.
    name: String,
}

/// Most prices of a document that are compared.
const MOST: usize = 200;

/// Finds the value and the annual value.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut prices = Vec::new();
    let mut elsewhere = None;
    for (i, _, words) in reader.sentences() {
        if words.len() > 4_000 || prices.len() >= MOST {
            continue;
        }
        let found = sums(words);
        if found.is_empty() {
            let told = || cue::ELSEWHERE.is_match(words) && cue::OWES.is_match(words) && !cue::OTHER.is_match(words);
            elsewhere = elsewhere.or_else(|| told().then_some(i));
        } else if !cue::OTHER_CLAUSE.is_match(reader.heading(i)) {
            of_sentence(reader, i, words, &found, &mut prices);
        }
    }
    let dollars = dollars(reader, findings);
    let is = |what: fn(&For) -> bool| prices.iter().filter(|p| what(&p.paid_for)).collect::<Vec<_>>();
    let fact = |prices: Vec<&Price>, kind| settled(reader, &prices, kind, dollars);
    let whole = fact(is(|f| *f == For::Whole), "contract_value");
    let annual = fact(is(|f| matches!(f, For::Time(..))), "annual_value");
    // Rates tell what it is worth only where nothing else does.
    let rates = || is(|f| matches!(f, For::Unit(_))).first().map(|price| rate(reader, price, dollars));
    let open = |i: usize| {
        let (origin, doubt) = (Origin::rule("worth.elsewhere"), Confidence::new(0.8));
        let quote = reader.text.cite(reader.quote(i, reader.span(i)));
        Fact::unknown("contract_value", quote, head(reader.sentence(i), 200), Status::Unresolved, origin, doubt)
    };
    let known = whole.is_some() || annual.is_some();
    findings.facts.contract_value =
        whole.or_else(|| if known { None } else { rates().flatten().or_else(|| elsewhere.map(open)) });
    findings.facts.annual_value = annual;
}

/// The prices among the sums of sentence `i`.
fn of_sentence(reader: &Reader<'_>, i: usize, words: &str, found: &[Found<Money>], out: &mut Vec<Price>) {
    let header = header(reader, i, words);
    // The words that lead to the sum before, where this one takes its place.
    let mut lead: Option<String> = None;
    let mut from = 0;
    for (k, sum) in found.iter().enumerate() {
        let between = words.part(from..sum.range.start);
        from = sum.range.end;
        let mut before = match lead.take() {
            Some(earlier) if cue::BECOMES.is_match(between) || cue::TO.is_match(between) => {
                out.pop_if(|p| p.sentence == i);
                earlier
            }
            _ => clause(between).to_owned(),
        };
        let next = found.get(k + 1).map_or(words.len(), |next| next.range.start);
        // "Total price incl. VAT": this full stop ends no sentence.
        let above = if k == 0 { i.checked_sub(1).map_or("", |above| reader.sentence(above)) } else { "" };
        if cue::CUT.is_match(above) {
            before.insert_str(0, &format!("{} ", tail(above, 100)));
        }
        if let Some(cell) = header.and_then(|row| column(row, words, sum.range.start)) {
            before.insert_str(0, &format!("{cell}: "));
        }
        let after = words.part(sum.range.end..next);
        if let Some(verb) = cue::BECOMES_FROM.find(&before) {
            lead = Some(format!("{}is ", before.part(..verb.start())));
            continue;
        }
        lead = Some(before.clone());
        // A row of several sums does not say which of them is the whole.
        if k > 0
            && between.trim().is_empty()
            && let Some(last) = out.last_mut().filter(|p| p.sentence == i && p.paid_for == For::Whole)
        {
            last.money.disputed = true;
        }
        out.extend(price(i, words, sum, &before, after));
    }
}

/// The words before a sum that belong to it: those of its clause, or of its row.
fn clause(words: &str) -> &str {
    let near = tail(words, 200);
    let start = near.rfind([';', '\n']).map_or(0, |at| at + 1);
    near.part(start..)
}

/// The headings over the row of a table that sentence `i` is.
fn header<'a>(reader: &Reader<'a>, i: usize, words: &str) -> Option<&'a str> {
    const REACH: usize = 12;
    if !words.contains('\t') {
        return None;
    }
    let above = (i.saturating_sub(REACH)..i).rev().map(|j| reader.sentence(j)).take_while(|row| row.contains('\t'));
    above.filter(|row| sums(row).is_empty()).last()
}

/// The heading of the column in which a sum stands at `at` of its row; the first column names the rows.
fn column<'a>(header: &'a str, words: &str, at: usize) -> Option<&'a str> {
    let number = words.part(..at).matches('\t').count();
    let cell = header.split('\t').nth(number).filter(|_| number > 0)?.trim();
    (!cell.is_empty()).then_some(cell)
}

/// The price that a sum is.
fn price(sentence: usize, words: &str, sum: &Found<Money>, before: &str, after: &str) -> Option<Price> {
    if cue::OTHER.is_match(before) || cue::OTHER_AFTER.is_match(after) {
        return None;
    }
    let name = cue::PRICE.find_iter(before).last().map(|m| m.as_str().to_ascii_lowercase());
    let pays = cue::PAYS.is_match(before);
    if name.is_none() && !pays {
        return None;
    }
    let skipped = cue::ASIDE.prefix_len(after);
    let behind = after.part(skipped..);
    let (paid_for, len) = paid_for(before, behind)?;
    let whole = cue::WHOLE.is_match(before) || cue::WHOLE.is_match(head(after, 12));
    // Who pays a sum need not pay all of it.
    if paid_for == For::Whole && !whole && (name.is_none() || !cue::LEADS.is_match(before)) {
        return None;
    }
    let kind = match &paid_for {
        For::Unit(_) => WorthKind::Rates,
        _ if cue::CEILING.is_match(before) => WorthKind::Ceiling,
        _ if cue::ESTIMATED.is_match(before) => WorthKind::Estimated,
        _ => WorthKind::Stated,
    };
    let labelled = words.len() < 160 && before.trim_end().ends_with(':') || before.ends_with('\t');
    let rank = match (labelled, whole) {
        (true, _) if whole || matches!(paid_for, For::Time(..)) => Rank::Label,
        (_, true) => Rank::Whole,
        _ => Rank::Named,
    };
    let end = sum.range.end + if len > 0 { skipped + len } else { 0 };
    let with_tax = tax(&cue::TAX_AFTER, after).or_else(|| tax(&cue::TAX_BEFORE, before));
    let name = name.unwrap_or_default();
    let range = sum.range.start..end;
    Some(Price { sentence, range, money: sum.value, paid_for, kind, with_tax, rank, name })
}

/// What a sum is paid for, and how many bytes behind it say so.
fn paid_for(before: &str, behind: &str) -> Option<(For, usize)> {
    if let Some(often) = cue::RHYTHM_AFTER.find(behind) {
        let time = time(often.as_str());
        // "Per user per month" and "per month per user" are prices of users.
        let rest = behind.part(often.end()..).trim_start();
        return Some(match cue::UNIT.captures(rest) {
            Some(found) => {
                let unit = format!("{} per {}", unit(&found)?, name_of(&time));
                (For::Unit(unit), behind.len() - rest.len() + found.get(0)?.end())
            }
            None => (time, often.end()),
        });
    }
    if let Some(found) = cue::UNIT.captures(behind) {
        let (unit, len) = (unit(&found)?, found.get(0)?.end());
        let rest = behind.part(len..).trim_start();
        return Some(match cue::RHYTHM_AFTER.find(rest) {
            Some(often) => {
                let unit = format!("{unit} per {}", name_of(&time(often.as_str())));
                (For::Unit(unit), behind.len() - rest.len() + often.end())
            }
            None => (For::Unit(unit.to_owned()), len),
        });
    }
    let often = cue::RHYTHM_BEFORE.find_iter(before).filter(|place| {
        let (left, right) = (before.part(..place.start()), before.part(place.end()..));
        !cue::PAID_SO.is_match(left) && !cue::PARTS.is_match(right)
    });
    let often = often.last().map(|place| time(place.as_str()));
    let unit =
        || cue::UNIT_BEFORE.captures(before).and_then(|found| Some(For::Unit(found.get(1)?.as_str().to_owned())));
    Some((often.or_else(unit).unwrap_or(For::Whole), 0))
}

/// The unit that [`cue::UNIT`] found.
fn unit<'t>(found: &Captures<'t>) -> Option<&'t str> {
    found.get(1).or(found.get(2)).map(|unit| unit.as_str())
}

/// The time that words such as "per calendar month" or "annually" name.
fn time(words: &str) -> For {
    let words = words.to_ascii_lowercase();
    let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
    match () {
        // Nobody works each hour of a year.
        () if has(&["hour", "hr"]) => For::Unit("hour".to_owned()),
        () if has(&["day", "daily"]) => For::Unit("day".to_owned()),
        () if has(&["fortnight"]) => For::Time(26, "fortnight"),
        () if has(&["quarter"]) => For::Time(4, "quarter"),
        () if has(&["week"]) => For::Time(52, "week"),
        () if has(&["month", "pcm", "p.c.m", " mo", "/mo"]) => For::Time(12, "month"),
        () => For::Time(1, "year"),
    }
}

fn name_of(time: &For) -> &str {
    match time {
        For::Time(_, name) => name,
        For::Unit(name) => name,
        For::Whole => "contract",
    }
}

/// Whether taxes are in a sum, as the words of `pattern` say.
fn tax(pattern: &Pattern, words: &str) -> Option<bool> {
    let found = pattern.captures(words)?;
    Some(found.get(1).is_none())
}

/// The currency of a plain `$`: that of the country whose law governs the contract, if it has dollars.
fn dollars(reader: &Reader<'_>, findings: &Findings) -> &'static str {
    const LANDS: [(&str, &str); 11] = [
        ("Canada", "CAD"),
        ("Ontario", "CAD"),
        ("British Columbia", "CAD"),
        ("Alberta", "CAD"),
        ("Australia", "AUD"),
        ("New Zealand", "NZD"),
        ("Singapore", "SGD"),
        ("Hong Kong", "HKD"),
        ("New South Wales", "AUD"),
        ("Victoria", "AUD"),
        ("Queensland", "AUD"),
    ];
    let law = findings.facts.governing_law.as_ref().and_then(Fact::value);
    let of_law = |law: &String| LANDS.iter().find(|(land, _)| law.contains(land)).map(|&(_, c)| c);
    let text = reader.text.as_str();
    let named =
        [("U.S. dollars", "USD"), ("US dollars", "USD"), ("Canadian dollars", "CAD"), ("Australian dollars", "AUD")];
    let said = named.into_iter().find(|(name, _)| text.contains(name)).map(|(_, code)| code);
    said.or_else(|| law.and_then(of_law)).unwrap_or("USD")
}

/// The one price among several: the surest, and whether others of its kind contradict it.
fn settled(reader: &Reader<'_>, prices: &[&Price], field: &str, dollars: &'static str) -> Option<Fact<Worth>> {
    // What is paid counts more than an estimate, and an estimate more than the most that may be paid.
    let all = || prices.iter().copied();
    let best = all().rev().max_by_key(|p| (std::cmp::Reverse(p.kind), p.rank))?;
    let like = |p: &Price| (p.kind, p.rank) == (best.kind, best.rank) && (p.name == best.name || p.name.is_empty());
    let rivals: Vec<&Price> = all().filter(|p| like(p) && p.money.amount != best.money.amount).collect();
    // Of a sum with and a sum without taxes, that without them is the price.
    let rival = rivals.iter().copied().find(|p| p.with_tax == best.with_tax);
    let conflict = rival.is_some() || best.money.disputed;
    let net = rivals.into_iter().find(|p| p.with_tax == Some(false) && best.with_tax != Some(false));
    let best = net.unwrap_or(best);
    let confidence = match best.rank {
        Rank::Label => 0.9,
        Rank::Whole => 0.85,
        Rank::Named => 0.78,
    };
    let fact = fact(reader, best, field, dollars, confidence);
    // Of several prices for several things none is the whole.
    if conflict && best.rank == Rank::Named && best.paid_for == For::Whole {
        return Some(fact.opened());
    }
    if !conflict || fact.value().is_none() {
        return Some(fact);
    }
    let fact = fact.with_status(Status::Conflicting).with_confidence(Confidence::new(confidence * 0.6));
    // Both are shown, so that a person can say which one counts.
    let other = rival.map(|rival| reader.text.cite(reader.quote(rival.sentence, place(reader, rival))));
    Some(match other {
        Some(other) if !fact.evidence().contains(&other) => fact.with_evidence(other),
        _ => fact,
    })
}

/// A price of a unit, where only such prices are known.
fn rate(reader: &Reader<'_>, price: &Price, dollars: &'static str) -> Option<Fact<Worth>> {
    price.money.amount.known()?;
    Some(fact(reader, price, "contract_value", dollars, 0.78))
}

/// Where a price stands in the text.
fn place(reader: &Reader<'_>, price: &Price) -> Span {
    Span::from(price.range.clone()).shift(reader.span(price.sentence).start())
}

fn fact(reader: &Reader<'_>, price: &Price, field: &str, dollars: &'static str, confidence: f32) -> Fact<Worth> {
    let place = place(reader, price);
    let quote = reader.quote(price.sentence, place);
    let raw = reader.text.slice(place);
    let (origin, confidence) = (Origin::rule("worth.price"), Confidence::new(confidence));
    let amount = match super::reader::settled(price.money.amount) {
        Ok(amount) => amount,
        Err(status) => return Fact::unknown(field, reader.text.cite(quote), raw, status, origin, confidence),
    };
    let currency = if price.money.currency == DOLLARS { dollars } else { price.money.currency };
    let (amount, arithmetic) = match &price.paid_for {
        For::Time(times, name) if *times > 1 => {
            (amount.saturating_mul(*times), Some(format!("{times} × {} per {name}", money(currency, amount))))
        }
        _ => (amount, None),
    };
    let unit = if let For::Unit(unit) = &price.paid_for { Some(unit.clone()) } else { None };
    let computed = arithmetic.is_some();
    let currency = currency.to_owned();
    let worth = Worth { amount, currency, kind: price.kind, unit, with_tax: price.with_tax, arithmetic };
    let fact = Fact::found(field, reader.text.cited(worth, quote), raw, origin, confidence);
    if computed { fact.with_status(Status::Computed) } else { fact }
}
