//! How a contract goes on, and how it is ended early.

use super::{Describe, capital, join, notice, or, who};
use crate::calendar::{MONTHS, NamedDay};
use crate::record::value::termination::{BreakDay, Effect, Termination, TerminationKind};
use crate::record::value::{NoticeTerm, Renewal, RenewalKind, RenewalNotice};

/// "Renews for 1 year unless either party gives 60 days' notice".
impl Describe for Renewal {
    fn words(&self) -> String {
        let ways: Vec<String> = self.ways().iter().map(given).collect();
        let ways = ways.join(", or ");
        let for_length = self.period.map_or_else(String::new, |p| format!(" for {p}"));
        let at_a_time = self.period.map_or_else(String::new, |p| format!(", {p} at a time"));
        // Set off by commas on both sides.
        let (times, comma) = match self.max_renewals {
            None => (String::new(), ""),
            Some(1) => (", at most once".to_owned(), ","),
            Some(2) => (", at most twice".to_owned(), ","),
            Some(n) => (format!(", at most {n} times"), ","),
        };
        let noticed = |link: &str| if ways.is_empty() { String::new() } else { format!("{link} {ways}") };
        let sentence = match self.kind {
            RenewalKind::Automatic => format!("Renews{for_length}{times}{}", noticed(&format!("{comma} unless"))),
            RenewalKind::Option => format!("May be renewed{for_length}{times}{}", noticed(&format!("{comma} if"))),
            RenewalKind::MutualAgreement => {
                format!("Renews{for_length}{times}{comma} only if both parties agree{}", noticed(" and"))
            }
            RenewalKind::Evergreen | RenewalKind::MonthToMonth => {
                let lead = if self.kind == RenewalKind::Evergreen { "Runs on" } else { "Runs on from month to month" };
                let end = if ways.is_empty() { " until a party ends it".to_owned() } else { noticed(" until") };
                format!("{lead}{at_a_time}{times}{end}")
            }
            RenewalKind::None => format!("Does not renew{at_a_time}{times}{}", noticed(" if")),
        };
        let condition = self.condition.as_ref().map(|condition| format!("condition: {condition}"));
        join("; ", [Some(sentence), condition])
    }
}

impl Renewal {
    /// Every way to give notice; a record of an early version has one at most, outside the list.
    fn ways(&self) -> Vec<RenewalNotice> {
        if !self.notices.is_empty() {
            return self.notices.clone();
        }
        let way = self.single();
        let said = way.by.is_some() || way.period.is_some() || way.on.is_some() || way.window_opens.is_some();
        said.then_some(way).into_iter().collect()
    }
}

/// Comparators that mean what a notice period means by itself: so long or longer.
const PLAIN: [&str; 13] = [
    "at least",
    "not less than",
    "no less than",
    "not later than",
    "no later than",
    "not fewer than",
    "no fewer than",
    "on or before",
    "minimum of",
    "upon",
    "giving",
    "by",
    "prior to",
];

/// "either party gives 60 days' notice".
fn given(way: &RenewalNotice) -> String {
    let period = way.period.map_or_else(|| "notice".to_owned(), notice);
    let on = way.on.map(|day| format!(" by {}", day.words()));
    let comparator = way.comparator.as_ref().filter(|c| !PLAIN.contains(&c.as_str()));
    let comparator = comparator.map(|c| format!(" (\u{201c}{c}\u{201d})"));
    let figure = way.figure.map(|figure| format!(" (the figure says {figure})"));
    let window = way.window_opens.map(|window| format!(", no earlier than {window} before the end"));
    let term = match way.term {
        NoticeTerm::Initial => Some(" before the end of the first term".to_owned()),
        NoticeTerm::Renewal => Some(" before the end of a renewal term".to_owned()),
        NoticeTerm::Any => None,
    };
    let lead = format!("{} gives {period}", who(way.by.as_deref()));
    join("", [Some(lead), on, comparator, figure, term, window])
}

/// "Either party may end it for breach not cured within 30 days, with 10 days' notice".
impl Describe for Termination {
    fn words(&self) -> String {
        let verb = match self.effect {
            Effect::Terminate => "end",
            Effect::Suspend => "suspend",
        };
        let event = self.event.as_ref().map(|event| event.replace('_', " "));
        let (cause, event) = match (self.kind, event) {
            (TerminationKind::Convenience, event) => ("for convenience".to_owned(), event),
            (TerminationKind::Breach, event) => ("for breach".to_owned(), event),
            (TerminationKind::Nonpayment, event) => ("for non-payment".to_owned(), event),
            (TerminationKind::Insolvency, event) => ("for insolvency".to_owned(), event),
            // A condition stands in the words of the contract; other events have a name of one word.
            (TerminationKind::Other, Some(_)) if self.event.as_ref().is_some_and(|e| e.contains(' ')) => {
                (format!("on a condition (\"{}\")", self.event.as_deref().unwrap_or_default()), None)
            }
            (TerminationKind::Other, Some(event)) => (format!("for {event}"), None),
            (TerminationKind::Other, None) => ("for another reason".to_owned(), None),
        };
        let lead = capital(&format!("{} may {verb} it {cause}", who(self.by.as_deref())));
        let event = event.map(|event| format!(" ({event})"));
        let cure = self.cure.map(|cure| format!(" not cured within {cure}"));
        let notice = self.notice.map(|period| format!(" with {}", notice(period)));
        let days: Vec<String> = self.breaks.iter().map(BreakDay::words).collect();
        let days = (!days.is_empty()).then(|| format!(" on {}", or(&days)));
        let each = self.breaks.iter().find(|day| day.each.is_some());
        let of_year = each.map(|day| {
            let from = day.after.map_or_else(String::new, |after| format!(" from {after} after the start on"));
            format!(" of any year{from}")
        });
        join("", [Some(lead), event, days, of_year, cure, notice])
    }
}

impl Describe for BreakDay {
    fn words(&self) -> String {
        let day = match (self.on, self.each, self.after) {
            (Some(day), ..) => day.to_string(),
            (None, Some(each), _) => of_each_year(each),
            (None, None, Some(after)) => format!("the day {after} after the start"),
            (None, None, None) => "a day".to_owned(),
        };
        let notice = self.notice_on.map_or_else(String::new, |on| format!(" by notice until {on}"));
        day + &notice
    }
}

/// "31 December", "the end of June".
fn of_each_year(day: NamedDay) -> String {
    let month = day.month.and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)).unwrap_or(&"");
    if day.nth < 0 { format!("the end of {month}") } else { format!("{} {month}", day.nth) }
}
