//! How long a renewal term is.

use std::ops::Range;

use jiff::civil::Date;

use super::RenewalCandidate;
use super::forms::{EACH_OPTION, FROM_YEAR_TO_YEAR, LENGTH_BEFORE, NEW_LENGTH, NEXT_LIKE_FIRST, OTHER_LENGTH};
use crate::calendar::{self, Period, Unit};
use crate::detect::Findings;
use crate::detect::rules::notice;
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{Reader, head};
use crate::lexicon::{Class, Found, PeriodText, Reading};
use crate::phrase::{Phrase, Phrases};
use crate::record::value::{Anchor, EndOf, RenewalKind, TermEnd};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

// The first term is named behind its length.
pattern!(
    FIRST_NAMED,
    r#"^[^.;]{0,60}\(\s*(?:the\s+)?["“”']+\s*initial\s+(?:term|period)|^\s*(?:initial\s+(?:term|period)|following\s+(?:the\s+)?(?:renewal|receipt|such|notice))"#
);

/// The length of a renewal term and its words, before byte `within` of the sentence.
pub(super) fn renewal_period(
    words: &str,
    phrases: &Phrases,
    verb: usize,
    within: usize,
    kind: RenewalKind,
    findings: &Findings,
) -> Option<(Reading<Period>, Range<usize>)> {
    let place = |i: usize| phrases.get(i).map_or(0..0, |p| p.range.clone());
    match kind {
        RenewalKind::None | RenewalKind::Evergreen => return None,
        RenewalKind::MonthToMonth => return Some((Reading::Known(Period::new(1, Unit::Month)), place(verb))),
        _ => {}
    }
    let usable = |i: usize, p: &Found<PeriodText>| {
        p.range.end <= within
            && (!notice::is_notice(phrases, i) && !notice::is_reply(phrases, i) || NEW_LENGTH.marks(phrases, i))
            && !FIRST_NAMED.is_match(head(words.part(p.range.end..), 90))
            && !OTHER_LENGTH.marks(phrases, i)
            && plausible(p)
    };
    let each = EACH_OPTION.first(phrases).and_then(|((), i)| Some((i, phrases.length(i)?)));
    if let Some((_, p)) = each.filter(|(i, p)| kind == RenewalKind::Option && usable(*i, p)) {
        return Some((p.value.reading, p.range.clone()));
    }
    let behind = |class: Class| phrases.first(class, verb).map(|p| p.range.clone());
    let after_verb = phrases.lengths().filter(|(i, _)| *i >= verb).find(|(i, p)| usable(*i, p));
    let after_verb = after_verb.map(|(_, p)| (p.value.reading, p.range.clone()));
    // "The monthly rent", "the monthly payment" is no length.
    let priced = |i: usize| phrases.get(i + 1).is_some_and(|p| p.is(Class::Price) || p.is(Class::Foreign));
    let by_month = phrases.list().iter().enumerate().skip(verb).find(|(i, p)| p.is(Class::ByMonth) && !priced(*i));
    let by_month = by_month.map(|(_, p)| p.range.clone());
    let (yearly, monthly) = (behind(Class::Yearly), by_month.or_else(|| behind(Class::Monthly)));
    let fixed = |range: Option<Range<usize>>, unit| range.map(|r| (Reading::Known(Period::new(1, unit)), r));
    let named = [after_verb, fixed(yearly, Unit::Year), fixed(monthly, Unit::Month)];
    if let Some(first) = named.into_iter().flatten().filter(|(_, r)| r.end <= within).min_by_key(|(_, r)| r.start) {
        return Some(first);
    }
    let named = || NEXT_LIKE_FIRST.iter().find_map(|form| form.find(phrases)).map(|m| place(m.range.end - 1));
    if let Some(range) = behind(Class::Same).or_else(named)
        && let Some(period) = initial(findings)
    {
        return Some((Reading::Known(period), range));
    }
    // "Goes on for the next school year", "for the next season": seasons come once a year.
    let of_a_year = |p: &&Phrase| {
        let named = words.part(p.range.clone()).trim_end_matches('s');
        p.is(Class::Yearly) || p.is(Class::NewTerm) && (named.ends_with("year") || named.ends_with("season"))
    };
    if let Some(yearly) = phrases.list().iter().find(of_a_year) {
        return Some((Reading::Known(Period::new(1, Unit::Year)), yearly.range.clone()));
    }
    // "Successive one-year terms shall follow automatically": the length stands before the verb.
    let named = LENGTH_BEFORE.iter().filter_map(|form| form.find(phrases)).flat_map(|m| m.marked);
    let named: Vec<usize> = named.filter(|&i| i <= verb).collect();
    let before = phrases.lengths().filter(|(i, _)| named.contains(i)).find(|(i, p)| usable(*i, p));
    before.map(|(_, p)| (p.value.reading, p.range.clone()))
}

/// "Commences on 1 January and continues from year to year": its first term is a year, where nothing else is said.
pub(super) fn first_year(
    reader: &Reader<'_>,
    findings: &Findings,
    best: &RenewalCandidate,
    like: &[usize],
) -> Option<Fact<TermEnd>> {
    let year = Period::new(1, Unit::Year);
    let mut said = like.iter().chain([&best.sentence]);
    let continues = said.any(|&i| FROM_YEAR_TO_YEAR.matches(reader.phrases(i)));
    if !findings.term_ends.is_empty() || !continues || best.period != Some(Reading::Known(year)) {
        return None;
    }
    let calendar = reader.sentence(best.sentence).to_ascii_lowercase().contains("calendar year");
    let to = if calendar { EndOf::Year } else { EndOf::Day };
    // To the end of the year in which it starts, or for a year from its start.
    let period = if calendar { Period::new(0, Unit::Year) } else { year };
    let end = TermEnd::After { period, anchor: Anchor::Unstated, to };
    let span = Span::from(best.words.clone()).shift(reader.span(best.sentence).start());
    let cited = reader.text.cited(end, reader.quote(best.sentence, span));
    Some(Fact::found("term", cited, reader.text.slice(span), Origin::rule("term.yearly"), Confidence::new(0.7)))
}

/// Renewal terms last months or years; a few days are something else.
pub(super) fn plausible(p: &Found<PeriodText>) -> bool {
    match p.value.reading {
        Reading::Known(p) => match p.unit {
            Unit::Year | Unit::Month | Unit::Quarter => (1..=600).contains(&p.count),
            Unit::Week => p.count >= 2,
            Unit::Day => p.count >= 28,
            _ => false,
        },
        _ => true,
    }
}

/// The length of the first term: said, or from its first to its last day.
fn initial(findings: &Findings) -> Option<Period> {
    let said = findings.term_ends.iter().find_map(|t| match t.value() {
        Some(TermEnd::After { period, .. }) => Some(*period),
        _ => None,
    });
    said.or_else(|| {
        let start = findings.facts.effective_date.as_ref()?.value()?.date()?;
        let ends = findings.term_ends.iter().filter_map(Fact::value);
        let mut ends = ends.filter_map(|end| if let TermEnd::On(day) = end { Some(*day) } else { None });
        whole_months(start, ends.next()?)
    })
}

/// The months from the first day of a term to its last: 1 July 2026 to 30 June 2028 are 24.
fn whole_months(start: Date, last: Date) -> Option<Period> {
    const LONGEST: u32 = 600;
    let next = last.tomorrow().ok()?;
    let months = (1..=LONGEST).map(|n| Period::new(n, Unit::Month));
    let mut ends = months.map(|p| (p, calendar::add(start, p))).take_while(|(_, end)| end.is_some_and(|e| e <= next));
    let (period, _) = ends.find(|(_, end)| *end == Some(next) || *end == Some(last))?;
    Some(if period.count % 12 == 0 { Period::new(period.count / 12, Unit::Year) } else { period })
}
