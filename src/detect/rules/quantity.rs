//! The lengths of time and the days that the clauses on the life of a contract and on its payments name.
//!
//! Whether a fact has taken each of them up is settled when the contract is put together (`contract::unread`).

use std::ops::Range;
use std::sync::LazyLock;

use super::notice::runs_on;
use super::pattern::pattern;
use super::reader::Reader;
use crate::calendar::Unit;
use crate::detect::{Family, Findings, Known, Measure, Quantity};
use crate::lexicon::{Class, Reading, named_days};
use crate::phrase::{Kind, Phrases, forms};
use crate::record::{Part as _, Span};

forms!(static FAMILIES: Family = [
    Family::Renewal => "contract|first ..10-foreign renew|autorenew|newterm ..10-price|foreign|newterm @period|date", "This Agreement renews for two years.";
    Family::Renewal => "nonrenewal ..10-price|foreign @period|date", "Notice of non-renewal is given sixty days before.";
    Family::Renewal => "unless|not|option|may ..10-foreign renew|autorenew ..12-price|foreign @period", "A party may renew it by sixty days' notice.";
    Family::Renewal => "@period|date ..12-price|foreign renew|autorenew|nonrenewal ..2 contract|first|newterm", "With 60 days' notice it may renew this Agreement.";
    Family::Termination => "may ..8-not|foreign end ..14-foreign @period|date", "Either party may terminate this on thirty days' notice.",
        not "The Tenant may assign it within ten days.";
    Family::Termination => "until|unless ..6 end ..10-foreign @period|date", "Until ended by either party on two months' notice.";
    Family::Termination => "breach ..14 cure ..8 @period", "If a breach is not remedied within ten days.";
    Family::Termination => "cure ..6-foreign @period", "It fails to cure within ten days.";
    Family::Termination => "@period ..4 notice ..6-foreign end ..2 contract|thing", "It gives three months' notice to end it.";
    Family::Notice => "notice ..8-after|price|foreign @period ..6 before ..6 close|expire|end", "By notice at least thirty days before the end.";
    Family::Notice => "@period ..6 before ..3 close|expire ..2 contract|first|then|newterm", "Sixty days before the expiry of the term.";
    Family::Term => "contract ..5-foreign|price must|be|expire|end ..2 continue|from|until|expire ..4-notice|breach @period|date",
        "This Agreement shall continue for three years.", not "It pays within ten days.";
    Family::Term => "contract ..2 be ..2-foreign|not @period", "The initial term is three years.";
    Family::Term => "contract ..4-foreign continue|expire|end|until ..4-notice|breach @period|date", "This contract ends on 3 May 2027.";
]);
// A notice in a sentence on the end or the renewal of the contract, though no form says how they hang together.
forms!(static NOTICES: () = [
    () => "@period ..8-price|foreign|after before|notice", "It has thirty days' notice in writing.";
    () => "before|notice|atleast ..8-price|foreign|after @period", "Before that day it tells us, at least ten days ahead.";
]);
// The end or the renewal of the contract.
forms!(static OF_LIFE: () = [
    () => "close|expire|end ..3 contract|first|then|newterm", "Before the expiry of the term it tells us.";
    () => "contract|first|then ..4-not|breach|must expire|end|close", "At least ten days before the term ends it tells us.";
    () => "renew|renewal|autorenew|nonrenewal|newterm ..6 contract|first", "It tells us before the renewal of this lease.";
    () => "contract|thing|first ..8 renew|renewal|autorenew|nonrenewal|newterm", "Sixty days before it may extend this lease it tells us.";
]);
const LIFE: [Class; 7] =
    [Class::Renew, Class::Renewal, Class::AutoRenew, Class::NonRenewal, Class::NewTerm, Class::Close, Class::Expire];
/// Words of what somebody has to say, or may do, before an end.
const ASKS: [Class; 6] =
    [Class::Before, Class::Notice, Class::Unless, Class::Option, Class::NonRenewal, Class::NewTerm];

// A time or a day to pay, in the words of dealings.
forms!(static PAYMENTS: () = [
    () => "must|be ..4-breach|not pay|due|settle ..14-breach|act|notice|not|if within|atleast|upon|by ..2 @period|date", "The Buyer shall pay the price within 30 days.",
        not "The Buyer shall pay a price that grew in the last three years.";
    () => "must|be ..3-breach|not pay|due ..2 @period", "Invoices are payable 14 days after issue.";
    () => "invoice|money ..6-not|breach settle ..6 within|atleast|of ..2 @period", "Sums owing are settled within 14 days of demand.";
]);
// Sentences about money that is due.
pattern!(
    PAYS,
    ["pay/pays/paid/payable/payment/payments/invoice/invoices/invoiced/instalment/instalments/installments"]
);
// Times that no rule of these families is meant to read: of interest, of claims, of other people's papers.
pattern!(
    ASIDE,
    [
        "mean/means/interest/warrant*/insur*/audit*/limitation*/surviv*/indemnif*/severance/vest*/petition, force majeure",
        "liability/liable/refund*/damages/probation*/accrued, pursuant to, dated, as amended, prior agreement, of experience, years of age",
        "mediat*/arbitrat*/solicit*/shareholder*/stockholder*, consideration period, right of first refusal/offer/negotiation",
        "disclosure document, offering circular, on which this agreement was executed/signed",
    ]
);
// A time that is looked back on: "anyone whom it employed within the six months before the end".
pattern!(
    LOOKED_BACK,
    [
        "within/during/in/throughout/for the/any/each ..30 month/months/year/years/week/weeks/day/days (period) (immediately) prior/before/preceding/previous",
        "the last/preceding/previous ..30 month/months/year/years/week/weeks/days",
    ]
);

/// Words that make a clause one on the life of the contract, though no form fits it.
const GUESSES: [(Family, &[Class]); 4] = [
    (
        Family::Renewal,
        &[
            Class::Renew,
            Class::Renewal,
            Class::AutoRenew,
            Class::NonRenewal,
            Class::NewTerm,
            Class::Renewable,
            Class::Monthly,
        ],
    ),
    (Family::Termination, &[Class::End, Class::Free, Class::AnyTime]),
    (Family::Term, &[Class::Expire, Class::Close, Class::Until, Class::Continue, Class::Indefinite]),
    (Family::Notice, &[Class::Notice]),
];

/// Most quantities of a document, and most of those that are only guessed at: they must not take the place of the others.
const MOST: usize = 2_000;

/// Lists what the sentences of the contract itself name.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut guesses = 0;
    for (i, place, words) in reader.sentences() {
        if findings.quantities.len() - guesses >= MOST {
            findings.diagnostics.push(super::limited("clauses with times and days"));
            break;
        }
        if words.len() > 3_000 || reader.attached(i) {
            continue;
        }
        let phrases = reader.phrases(i);
        let stated =
            phrases.has_any(&[Class::Must, Class::May, Class::Be, Class::Until, Class::Renew, Class::AutoRenew]);
        let named = phrases.list().iter().any(|p| matches!(p.kind, Kind::Period(_) | Kind::Date));
        // What is due after an end says nothing of it.
        let on_life = phrases.has_any(&LIFE) && phrases.has_any(&ASKS) && !phrases.has(Class::After);
        let looked_back = || !phrases.has(Class::Notice) && LOOKED_BACK.is_match(words);
        if !(named || on_life) || ASIDE.is_match(words) || looked_back() {
            continue;
        }
        let pays = PAYS.is_match(words);
        let dealings = LazyLock::new(|| Phrases::of_dealings(words));
        for (at, phrase) in phrases.list().iter().enumerate() {
            let span = Span::from(phrase.range.clone()).shift(place.start());
            let Some(measure) = measure(reader, i, phrases, at, span) else { continue };
            if is_named_again(words, &phrase.range) {
                continue;
            }
            let told = || OF_LIFE.matches(phrases) && NOTICES.marks(phrases, at) && !runs_on(phrases, at);
            let due = || pays && is_due(&dealings, phrase.range.start);
            let by_form = || {
                let family = FAMILIES.marking(phrases, at).copied().or_else(|| told().then_some(Family::Notice));
                family.or_else(|| due().then_some(Family::Payment))
            };
            let family = stated.then(by_form).flatten();
            let (family, known) = match family {
                Some(family) => (family, Known::ByForm),
                None if is_short(measure) || guesses >= MOST => continue,
                None => {
                    guesses += 1;
                    guess(phrases).unwrap_or((Family::Renewal, Known::ByPlace(reader.surroundings(i))))
                }
            };
            findings.quantities.push(Quantity { family, sentence: place, words: span, measure, known, on_life });
        }
        let Some((family, known)) = guess(phrases).filter(|_| on_life && guesses < MOST) else { continue };
        for day in named_days(words) {
            guesses += 1;
            let (words, measure) = (Span::from(day.range).shift(place.start()), Measure::Named);
            findings.quantities.push(Quantity { family, sentence: place, words, measure, known, on_life });
        }
    }
}

/// Whether a length is counted in hours: nothing that a contract lives by.
fn is_short(measure: Measure) -> bool {
    matches!(measure, Measure::Length(period) if matches!(period.unit, Unit::Minute | Unit::Hour | Unit::BusinessHour))
}

/// What a clause may be about that fits no form, by its words alone.
fn guess(phrases: &Phrases) -> Option<(Family, Known)> {
    if phrases.has_any(&[Class::Foreign, Class::Breach, Class::Force]) {
        return None;
    }
    let found = GUESSES.iter().find(|(_, classes)| phrases.has_any(classes));
    found.map(|(family, _)| (*family, Known::ByWords))
}

/// Whether a length is named once more ("prior to the end of such 60-day period"): it was read where it was named first.
fn is_named_again(words: &str, place: &Range<usize>) -> bool {
    let points = |word: &str| ["such", "that", "this", "said"].iter().any(|w| word.eq_ignore_ascii_case(w));
    let before = words.part(..place.start).split_whitespace().rev().take(2).any(points);
    let after = words.part(place.end..).trim_start();
    let kinds = ["notice ", "cure ", "review ", "written notice "];
    let after = kinds.iter().find_map(|kind| after.strip_prefix(kind)).unwrap_or(after);
    before && after.starts_with("period")
}

/// Whether what begins at byte `start` of the sentence is a time or a day to pay.
fn is_due(dealings: &Phrases, start: usize) -> bool {
    let at = dealings.list().iter().position(|p| p.range.start == start);
    at.is_some_and(|at| PAYMENTS.marks(dealings, at))
}

/// The value of a length of time or a date of sentence `i`.
fn measure(reader: &Reader<'_>, i: usize, phrases: &Phrases, at: usize, span: Span) -> Option<Measure> {
    match phrases.get(at)?.kind {
        Kind::Period(_) => match phrases.length(at)?.value.reading {
            Reading::Known(period) => Some(Measure::Length(period)),
            _ => None,
        },
        Kind::Date => {
            let hit = reader.dates_in(span).find(|d| d.sentence == i && d.span == span)?;
            hit.date.reading.known().map(Measure::Day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::{wrong, wrong_as};

    #[test]
    fn every_form_has_its_example() {
        assert_eq!(wrong(&FAMILIES), Vec::<String>::new());
        assert_eq!(wrong(&NOTICES), Vec::<String>::new());
        assert_eq!(wrong(&OF_LIFE), Vec::<String>::new());
        assert_eq!(wrong_as(&PAYMENTS, Phrases::of_dealings), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_time_of_the_contract() {
        for words in [
            "\"Fiscal Year\" means each period of twelve months.",
            "A force majeure event of ninety days.",
            "The right to audit lasts one year.",
            "A petition that is not dismissed within sixty days.",
        ] {
            assert!(ASIDE.is_match(words), "{words}");
        }
        assert!(!ASIDE.is_match("Either party may end it on sixty days' notice."));
    }

    #[test]
    fn a_length_that_is_named_once_more() {
        for (words, length, again) in [
            ("If no agreement is reached during that 30-day period, nobody is bound.", "30-day", true),
            ("It is not cured before the end of such sixty 60-day period.", "60-day", true),
            ("It takes effect at the end of such thirty-day notice period.", "thirty-day", true),
            ("A notice gives such other party a 30-day period to pay.", "30-day", false),
            ("Such notice is given thirty days before the end.", "thirty days", false),
        ] {
            let start = words.find(length).unwrap();
            assert_eq!(is_named_again(words, &(start..start + length.len())), again, "{words}");
        }
    }
}
