//! Ends that come again: "three months' notice expiring on 31 March, 30 June, 30 September or 31 December", "six months' notice
//! to the end of a calendar year".

use crate::calendar::NamedDay;
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
// Money and reports have days of their own.
pattern!(OTHER, ["pay/pays/paid/payable/payment/invoice/invoiced/report/reports/fee/fees/rent"]);

/// Whether a notice ends the contract on an anniversary of its start alone.
pub(super) fn is_to_anniversary(part: &str) -> bool {
    TO_ANNIVERSARY.is_match(part)
}

/// The days of each year on which alone `part` lets a notice end the contract; none where it names none, or the end of any
/// month.
pub(super) fn days(part: &str) -> Vec<BreakDay> {
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
    days.into_iter().map(|day| BreakDay { each: Some(day), ..BreakDay::default() }).collect()
}
