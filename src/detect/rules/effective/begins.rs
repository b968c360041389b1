//! A day on which something begins: the contract, the work of a person, what the contract is about.

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{DateHit, Reader, known, tail};
use super::{LEAVES, OTHER};
use crate::lexicon::{bound, subject};
use crate::record::value::DateValue;
use crate::record::{Fact, Part as _};

// "Shall not take effect on D".
pattern!(
    NOT_BEGUN,
    [
        "not/never ~2 begin/commence/start/run/apply/take-effect/come/enter ..40 $",
        "not/never ~1 be/become effective/binding/valid/operative/in-force ..24 $",
    ]
);
// What a letter of employment says to its reader: "You will start work with us on", "Your start date will be".
pattern!(
    YOUR_START,
    [
        "look/looking forward ..20 joining (us/the) ..30 on $, you (will/shall) commence/start/begin/join/report ..62 on $, you (will/shall) join (us/the) (company/team) on $",
        "employee/executive (shall/will) join/joins/commence/commences/start/starts ..30 on $",
        "your start/starting/commencement date is/will-be/shall-be $, your first day (of) (work/employment) (with) (the/us) (company) is/will-be/shall-be $",
    ]
);
// What the contract is about begins: a person is engaged, a service is provided, a right is granted from a day.
pattern!(
    DEALINGS_START,
    [
        "engages/engaged/employs/employed/hires ..90 (with-effect) from/on $, engages/employs/hires/retains/appoints ..140 effective (as-of/on/from) $, is appointed/engaged/employed ..30 from $, hereby appoints/retains ..90 with effect from/on $",
        "offer (of) employment/appointment ..30 starting/commencing/beginning (from/on) $",
        "offer/offers/offering you ..140 w.e.f./wef/with-effect-from $, appoint/appoints you ..90 w.e.f./wef/with-effect-from $",
        "your employment ..30 began/begins/started/starts (on) $, employment with ..40 began/begins/started/starts (on) $",
        "services will/shall/are-to be provided/supplied/delivered/performed/rendered ..20 from/as-from/as-of/starting/beginning (on) $",
        "start/begin/commence (to) work ..50 on/from/starting/as-of (on) $",
        "start/begin/commence (to) provide/providing/supply/supplying/perform/performing/render/rendering ..20 services ..20 on/from (on) $",
        "take/takes up (the/your/his/her) post/duties/role/position/appointment/office ..40 on/from/with-effect-from $",
        "day one of the/this contract/agreement/term/project is $",
        "^ cover ..40 commences/begins/starts/attaches (on/at/from) $, rights granted ..40 begin/start (to) (run) (on) $",
        "licence/license/hire/rental/lease/subscription/service/contract period begins/begin/starts/runs/commences/is (from/on) $",
        "appointment/engagement/employment/contract/agreement/order is effective (on/from/as-of) $",
    ]
);

/// Whether the words before a date deny that anything begins then. What does not begin before a day begins on it.
pub(super) fn is_denied(before: &str) -> bool {
    const BOUNDS: [&str; 6] = ["until", "before", "prior", "earlier", "sooner", "but"];
    NOT_BEGUN.find(tail(before, 80)).is_some_and(|m| !BOUNDS.iter().any(|bound| contains_fold(m.as_str(), bound)))
}

/// "The term of this Agreement shall commence on D".
pub(super) fn commencing(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let hit = reader.dates.iter().find(|hit| {
        let before = reader.before(hit, 260);
        // An earlier date of the sentence had words of its own.
        let own = reader.dates_of_sentence(hit.sentence);
        let last = own[..own.partition_point(|d| d.span.start() < hit.span.start())].last();
        let near = tail(before, last.map_or(260, |d| hit.span.start() - d.span.end()));
        // A period of continuous employment began before the contract.
        let earlier = contains_fold(near, "continuous");
        let ours = begins(tail(before, 80)) && subject::is_own(before) || YOUR_START.is_match(bare(tail(before, 160)));
        ours && !earlier && !is_denied(near) && !reader.attached(hit.sentence)
    })?;
    Some(reader.date_fact("effective_date", hit, "effective.commences", 0.9))
}

/// "The Company engages Anna Reed with effect from D": what the contract is about begins, on one day only.
pub(super) fn dealings(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let starts = |hit: &&DateHit| {
        let before = reader.before(hit, 200);
        let other = contains_fold(before, "continuous")
            || is_denied(before)
            || LEAVES.is_match(before)
            || OTHER.is_match(before);
        DEALINGS_START.is_match(bare(tail(before, 160))) && !other && !bound::is_foreign(before)
    };
    let mut all = reader.dates.iter().filter(|h| !reader.attached(h.sentence) && known(h).is_some()).filter(starts);
    let first = all.next()?;
    let alone = all.all(|other| known(other) == known(first));
    alone.then(|| reader.date_fact("effective_date", first, "effective.dealings", 0.6))
}

/// Words before a date, without the day of the week: "Your first day will be Wednesday, D".
pub(super) fn bare(before: &str) -> &str {
    pattern!(WEEKDAY, r"(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?$");
    before.part(..WEEKDAY.find(before).map_or(before.len(), |m| m.start()))
}

/// Whether the words before a date say that something begins on it: "starts on", "comes into force on", "is valid from".
fn begins(before: &str) -> bool {
    let verbs = [
        "first day",
        "opens",
        "commenc",
        "begin",
        "start",
        "take effect",
        "into effect",
        "takes effect",
        "force",
        "in effect",
        "valid",
        "operative",
        "operation",
        "operates",
        "applies",
        "binds",
    ];
    bound::is_start(before) && verbs.iter().any(|v| contains_fold(tail(before, 50), v))
}
