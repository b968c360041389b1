//! What was decided or sent for a deadline that is on another day now, because somebody corrected what it hangs on, or another
//! version of the file was read.

use jiff::civil::Date;

use super::EntrySaid;
use crate::record::{Confidence, Contract, Evidence, FactId, Field, ReviewItem, ReviewReason, Span};
use crate::schedule::{Dated, ScheduleEntry};

/// Which of the entries with their keys somebody spoke of who named a `key`, and the day to act by. That day counts: where
/// terms were numbered anew, what was said stays with it. The day comes back where no entry has it any more.
pub(super) fn meant<'k, E: Dated>(keyed: &'k [(String, &E)], key: &'k str, act_by: Date) -> (&'k str, Option<Date>) {
    let on_day = || keyed.iter().filter(|(_, entry)| entry.act_by() == act_by).map(|(key, _)| key.as_str());
    let kind = |key: &'k str| key.split('/').next();
    if on_day().any(|found| found == key) {
        return (key, None);
    }
    let numbered_anew = on_day().find(|found| kind(found) == kind(key));
    numbered_anew.map_or((key, Some(act_by)), |found| (found, None))
}

/// What a person should look at of what was said of an `entry`; `None` where there is no such entry any more.
pub(super) fn to_review(
    contract: &Contract,
    said: &EntrySaid,
    entry: Option<&ScheduleEntry>,
    today: Date,
) -> Vec<ReviewItem> {
    let decided = said.decision.as_ref().and_then(|one| {
        Some((one.decided_for?, format!("decided: {}", one.decision.as_str()), "say it again for that day"))
    });
    let sent = said.notice.as_ref().and_then(|one| {
        let what = format!("notice sent on {} {}", one.on, one.way.in_words());
        Some((one.sent_for?, what, one.timely.as_str()))
    });
    let facts = contract.facts();
    let fact = entry.and_then(|entry| facts.iter().find(|fact| entry.facts.contains(fact.id)));
    let item = |(day, what, then): (Date, String, &str)| {
        let raw = match entry {
            Some(entry) => format!("{what}, to act by {day}; that day is now {}: {then}", entry.act_by),
            // What has passed needs nobody.
            None if day < today => return None,
            None => format!("{what}, to act by {day}; there is no such day any more"),
        };
        let lost = || FactId::of(&contract.document.id, "decision", Span::new(0, 0), &raw);
        Some(ReviewItem {
            fact: fact.map_or_else(lost, |fact| fact.id.clone()),
            field: fact.map_or(Field::renewal, |fact| fact.field).name().to_owned(),
            reason: ReviewReason::ToldOtherwise,
            confidence: Confidence::new(1.0),
            page: fact.and_then(|fact| fact.evidence.first()).map_or(1, Evidence::page),
            raw,
        })
    };
    decided.into_iter().chain(sent).filter_map(item).collect()
}
