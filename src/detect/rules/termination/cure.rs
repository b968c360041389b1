//! Times to cure: how long the other party has to put a breach or a late payment right.

use super::forms::{CURES, ENDS_ON, LEFT_UNDONE, OVERDUE};
use super::{RIGHT, SUSPEND, TERMINATE, actor, is_unpaid, right};
use crate::calendar::{Period, Unit};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{head, tail};
use crate::lexicon::{Class, Found, PeriodText};
use crate::phrase::Phrases;
use crate::record::Part as _;
use crate::record::value::termination::{Effect, Termination, TerminationKind};

pattern!(WRONG, r"\b(?:breach\w*|default\w*|violat\w+|fail\w*|non-?compliance|non-?performance|infraction)\b");
pattern!(
    AFTER_NOTICE,
    [
        "^ (s) after/of/from/following ~8 notice/notification/reminder/demand/letter, ^ (s) after being/having ~1 notified/told/reminded",
        "^ (s) after/of/from/following ~5 due date, ^ (s) after/of/from/following ~4 when/becoming/applicable/falls/fell/becomes/became due",
        "^ (s) after/of/from ~4 on which/when it was/is/becomes/became/fell/falls due",
    ]
);
// "Defaults for two months and does not remedy it within ten days": the first is no time to cure.
pattern!(LASTED, ["for $, for more than $, for a period of $"]);
// "Three defaults within any twelve months", "not likely to be remedied within ninety days" give no time to cure.
pattern!(NO_TIME, ["any $, any period of $, likely to ..60 $"]);
pattern!(
    OR_IF,
    r"\bor\s+(?:\([a-z0-9]{1,4}\)\s*)?(?:if|where|commits?|you|it|they|the\s+(?:other|tenant|lessee|customer|buyer|client))\b|;\s*(?:or\s+)?\(?[a-z0-9]{1,3}\)\s"
);
// A time to cure, though the wrong is that nothing was paid.
pattern!(CURED, ["cured/remedied/corrected/rectified within $"]);
pattern!(OTHER, ["any other breach/default/failure/violation"]);
pattern!(OR_WITHIN, r"^[^.;]{0,60}\bor\s+within\s");

/// The times to cure that a sentence gives.
pub(super) fn find(
    phrases: &Phrases,
    own: &str,
    above: Option<&Phrases>,
    lead: &str,
    heading: &str,
    out: &mut Vec<(Termination, usize)>,
) {
    let all: Vec<_> = phrases.lengths().collect();
    let suspension = SUSPEND.is_match(own) && !TERMINATE.is_match(own);
    let overdue = |at: usize| !suspension && OVERDUE.marks(phrases, at);
    let cures = |k: usize| all.get(k).is_some_and(|&(at, _)| CURES.marks(phrases, at) || overdue(at));
    let scene = format!("{lead} {own}");
    let wrong = WRONG.is_match(&scene) || is_unpaid(&scene) || phrases.has_any(&[Class::Unpaid, Class::Breach]);
    let ends = TERMINATE.is_match(&scene)
        || SUSPEND.is_match(&scene)
        || OTHERWISE.is_match(own)
        || DEFAULTS.is_match(lead)
        || HEADING.is_match(heading);
    let by_phrase = phrases.has(Class::End) || above.is_some_and(|l| l.has(Class::End));
    if !ends && !by_phrase {
        return;
    }
    for (k, &(_, p)) in all.iter().enumerate() {
        let Some(period) = p.value.reading.known().filter(|_| sized(p)) else { continue };
        let before = tail(own.part(..p.range.start), 320);
        let after = head(own.part(p.range.end..), 160);
        let unpaid_for = is_unpaid(tail(before, 110))
            && !CURED.is_match(before)
            && AFTER_NOTICE.is_match(after)
            && (by_phrase || WRONG_END.is_match(&scene));
        // "Fails to pay within 45 days after the due date, and fails to cure within 15 days": the second is the time to cure.
        let settled = cures(k + 1)
            && !all.get(k + 1).is_some_and(|(_, next)| OR_IF.is_match(own.part(p.range.end..next.range.start)));
        let named = cures(k) && !((unpaid_for || LASTED.is_match(before)) && settled);
        let beside = k > 0 && cures(k - 1) && PAYMENT.is_match(head(after, 80));
        // "Failure to pay within ten days after notice, or within twenty days after notice any other sum".
        let other = k > 0
            && out.last().is_some_and(|(right, end)| right.cure.is_some() && *end == all[k - 1].1.range.end)
            && OR_WITHIN.is_match(own.part(all[k - 1].1.range.end..p.range.start))
            && !RIGHT.is_match(own.part(all[k - 1].1.range.end..p.range.start));
        if !(named || beside || other || unpaid_for && !settled)
            || !wrong && !phrases.has(Class::Cure)
            || is_waiting(before, after)
            || NO_TIME.is_match(before)
        {
            continue;
        }
        // "If the rent is unpaid for 21 days or if a breach is not remedied within 28 days".
        let before = OR_IF.find_iter(before).last().map_or(before, |m| before.part(m.end()..));
        // "Five days for late payment, and for any other breach it is thirty days".
        let before = OTHER
            .find_iter(before)
            .last()
            .filter(|_| k > 0 && cures(k - 1))
            .map_or(before, |m| before.part(m.start()..));
        let inside = before.rfind('(') > before.rfind(')');
        let clause = head(after, 110).split(';').next().unwrap_or_default();
        // "Except for non-payment, which must be cured within five days": another time.
        let clause = clause.split(", except").next().unwrap_or_default();
        let wider =
            if inside { format!("{before} {clause}") } else { format!("{} {}", outside(before), outside(clause)) };
        let kind = if is_unpaid(&wider) { TerminationKind::Nonpayment } else { TerminationKind::Breach };
        let suspends = SUSPEND.is_match(&wider) || suspension;
        let effect = if suspends { Effect::Suspend } else { Effect::Terminate };
        // The right itself may stand in the next sentence.
        let by = if phrases.has(Class::End) || ends { actor(own, own.len()) } else { None };
        let by = by.or_else(|| actor(lead, lead.len()));
        let notice = notice_of_end(phrases, k);
        out.push((Termination { by, effect, notice, cure: Some(period), ..right(kind) }, p.range.end));
    }
}

/// The time after which the contract can be ended because a wrong was not put right that the sentence before asks to put right:
/// "may be required to remedy the breach. Unless it has done so within 28 days, the other may terminate".
pub(super) fn undone(before: &Phrases, phrases: &Phrases, own: &str, out: &mut Vec<(Termination, usize)>) {
    pattern!(
        DONE_SO,
        [
            "do/does/did/done so/this/that/it, is/was/be/been/not done, comply/complies/complied within/with",
            "put it/this/that/matters right, fail/fails/failing to do, heed*/met the/such/that notice/request/demand",
        ]
    );
    let asked = DONE_SO.is_match(own) && before.has(Class::Cure) && before.has_any(&[Class::Breach, Class::Unpaid]);
    let found = phrases.lengths().find(|&(at, p)| asked && sized(p) && LEFT_UNDONE.marks(phrases, at));
    let Some((period, end)) = found.and_then(|(_, p)| Some((p.value.reading.known()?, p.range.end))) else { return };
    let kind = if before.has(Class::Breach) { TerminationKind::Breach } else { TerminationKind::Nonpayment };
    out.push((Termination { by: actor(own, own.len()), cure: Some(period), ..right(kind) }, end));
}

/// The notice on which the contract ends once a breach was not put right in the `k`th length of a sentence: "may end it on 7
/// days' notice if the fee is not paid within 14 days".
fn notice_of_end(phrases: &Phrases, k: usize) -> Option<Period> {
    let mut others = phrases.lengths().enumerate().filter(|&(n, _)| n != k);
    let found = others.find(|&(_, (at, _))| ENDS_ON.marks(phrases, at) && !CURES.marks(phrases, at))?;
    found.1.1.value.reading.known()
}

/// `words` without what stands in brackets.
fn outside(words: &str) -> String {
    let mut depth = 0_u32;
    words
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

// "(or ten (10) days in the case of non-payment)" beside another time to cure.
pattern!(
    PAYMENT,
    r"^\s*(?:for|in\s+(?:the\s+)?(?:case|event)\s+of|in\s+respect\s+of)\s+(?:an?\s+|any\s+)?(?:[\w-]+\s+){0,2}?(?:non-?payment|payment|monetary)"
);

// What follows from not paying.
pattern!(WRONG_END, r"\b(?:terminat|suspen|material\s+breach|event\s+of\s+default|default|late\s+fees?)");
// Times to cure that stand without the words that end a contract.
pattern!(
    OTHERWISE,
    r"\b(?:cure\s+period|event\s+of\s+default|in\s+(?:default|breach)|(?:material|substantial|fundamental|serious)(?:ly)?\s+(?:breach|default)|be\s+a\s+default|late\s+fees?|release\s+of\s+(?:the\s+)?source)"
);

// The heading over a wrong whose time to cure its sentence gives.
pattern!(HEADING, ["terminat*, default/defaults, breach/breaches"]);

// Above a list of wrongs: the right to end stands in another clause.
pattern!(
    DEFAULTS,
    [
        "event/events of default, following ~3 default/defaults, in default if/when/where, default under this",
        "constitute/constitutes/classified/considered/deemed/be ~4 default/defaults, following ~3 breach/breaches of",
    ]
);

/// Times of other things near words of cure: notice to end, time to begin a cure.
fn is_waiting(before: &str, after: &str) -> bool {
    pattern!(BEGIN, r"\b(?:upon|giving|with|on|least)\s+(?:at\s+least\s+|not\s+less\s+than\s+)?$");
    pattern!(
        NOTICE,
        r"^[\s'’]*s?['’]?\s*(?:prior\s+)?(?:advance\s+)?(?:written\s+)?notice\b(?:[^.;]{0,40}\b(?:of\s+terminat|to\s+terminat|terminat))?"
    );
    pattern!(
        TO_CURE,
        r"\b(?:to\s+(?:cure|remedy)|cure\s+period|and\s+(?:an?\s+)?opportunity|without\s+cure|(?:not\s+(?:been\s+)?|un)(?:cured|remedied)|within\s+(?:that|the\s+said|this|such|the\s+same)\s+(?:time|period))"
    );
    BEGIN.is_match(tail(before, 40)) && NOTICE.is_match(after) && !TO_CURE.is_match(after)
}

fn sized(p: &Found<PeriodText>) -> bool {
    p.value
        .reading
        .known()
        .is_some_and(|p: Period| p.count > 0 && !matches!(p.unit, Unit::Year | Unit::Quarter | Unit::Minute))
}
