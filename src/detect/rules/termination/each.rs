//! Ends that come again: "three months' notice expiring on 31 March, 30 June, 30 September or 31 December", "six months' notice
//! to the end of a calendar year", "on the second anniversary of the start and on each anniversary after it".

use jiff::civil::Date;

use crate::calendar::{NamedDay, Period, Unit};
use crate::detect::rules::pattern::pattern;
use crate::lexicon::named_days;
use crate::record::Part as _;
use crate::record::value::termination::BreakDay;

// What leads to the day on which a notice ends the contract.
pattern!(
    LEADS,
    r"\b(?:expir(?:e|es|ing)|end|ends|ending|terminat(?:e|es|ing)|effective|effect|to|for|as|at|on)\s+(?:(?:on|at|from|as|of|upon|to|with|effect|only|either|any)\s+)*(?:the\s+)?$"
);
pattern!(
    PERIOD_END,
    r"(?:the\s+)?\b(?:end|close|expiry|last\s+(?:calendar\s+)?day)\s+of\s+(?:an?|any|each|every|the|that|such)\s+(?:(calendar)\s+)?(?:(quarter)|(half[- ]?year)|(year))\b"
);
// "Three months' notice expiring on any anniversary of the start".
pattern!(
    TO_ANNIVERSARY,
    r"\b(?:expir(?:e|es|ing)|end|ends|ending|terminat(?:e|es|ing)|effective|effect)\s+(?:(?:on|at|from|as|of|upon|with|an?|any|each|every)\s+)+(?:\w+\s+)?anniversar(?:y|ies)\b"
);
// Every anniversary or year of the contract, or every one after the first.
pattern!(
    EACH_YEAR,
    [
        "each/every/any/an/each-and-every (subsequent/later/further/following/succeeding/such) anniversary",
        "each/every/any/a (subsequent/later/further/following/succeeding/such) contract/lease/agreement/service year",
        "anniversaries",
    ]
);
// Money and reports have days of their own.
pattern!(OTHER, ["pay/pays/paid/payable/payment/invoice/invoiced/report/reports/fee/fees/rent"]);

/// The days of each year on which alone `part` lets a notice end the contract that began on `start`; none where it names none, or
/// the end of any month.
pub(super) fn days(part: &str, start: Option<Date>) -> Vec<BreakDay> {
    let leads = |at: usize| LEADS.is_match(part.part(..at)) && !OTHER.is_match(part.part(..at));
    let period = PERIOD_END.captures(part).filter(|c| c.get(0).is_some_and(|m| leads(m.start())));
    let months: &[i8] = match &period {
        Some(c) if c.get(2).is_some() => &[3, 6, 9, 12],
        Some(c) if c.get(3).is_some() => &[6, 12],
        // A year of the contract is no calendar year.
        Some(c) if c.get(4).is_some() && c.get(1).is_some() => &[12],
        _ => &[],
    };
    let last = |&month: &i8| NamedDay { nth: -1, ..NamedDay::yearly(month, 1) };
    let mut days: Vec<NamedDay> = months.iter().map(last).collect();
    if days.is_empty() {
        let mut named = named_days(part).into_iter().filter(|found| leads(found.range.start));
        let yearly = named.find(|found| {
            let of_year = found.value.days.iter().all(|day| day.month.is_some());
            of_year && found.value.every.is_some() && found.value.offset.is_none()
        });
        days = yearly.map(|found| found.value.days).unwrap_or_default();
    }
    let mut days = days.into_iter().map(|day| BreakDay { each: Some(day), ..BreakDay::default() }).collect::<Vec<_>>();
    if days.is_empty() && TO_ANNIVERSARY.is_match(part) {
        years(part, start, &mut days);
    }
    days
}

/// Makes of a break on a day one that comes again each year from then on: "on 24 June 2027 or on any later anniversary of that date".
pub(super) fn later(part: &str, days: &mut [BreakDay]) {
    pattern!(
        ON_LATER,
        [
            "any/each/every (later/further/subsequent/following/succeeding/such) anniversary of that/such/the/this/the-same date/day",
            "any/each/every (later/further/subsequent/following/succeeding) anniversary thereof/of-it/after-it/thereafter/after-that",
            "any/each/every later/further/subsequent/following/succeeding anniversary, any/each/every anniversary thereafter",
        ]
    );
    if let [BreakDay { on: Some(on), each, notice_on: None, .. }] = days
        && ON_LATER.is_match(part)
    {
        *each = Some(NamedDay::yearly(on.month(), on.day()));
    }
}

/// Makes of a break that is counted in years one that comes again each year, where `part` says so. The day of the year is that of
/// the start.
pub(super) fn years(part: &str, start: Option<Date>, days: &mut Vec<BreakDay>) {
    let counted = days.iter().all(|day| day.after.is_some());
    let Some(start) = start.filter(|_| counted && EACH_YEAR.is_match(part)) else { return };
    let after = days.first().and_then(|day| day.after).or(Some(Period::new(1, Unit::Year)));
    let each = Some(NamedDay::yearly(start.month(), start.day()));
    *days = vec![BreakDay { after, each, ..BreakDay::default() }];
}
