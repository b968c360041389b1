//! The kind of renewal that one sentence gives.

use super::asked::ASKED;
use super::forms::{AGREED, BY_ITSELF, CHARGED, CHOICES, DATED, KINDS, Meaning, RUNS_ON, STOPPABLE, WHETHER};
use super::subject::{self, once_more};
use super::{CERTAIN, limit};
use crate::lexicon::{Class, Found, PeriodText};
use crate::phrase::{Forms, Kind, Matched, Phrase, Phrases};
use crate::record::value::RenewalKind;

/// The phrase of what a line denies: "Option to renew: none".
fn denial(phrases: &Phrases) -> Option<usize> {
    const LINE: usize = 8;
    let all = phrases.list();
    let last = all.iter().rfind(|p| p.kind != Kind::Stop)?;
    let named = [Class::Renew, Class::Renewal, Class::NewTerm, Class::AutoRenew];
    let denied = all.len() <= LINE && last.is(Class::Not) && !phrases.has_any(&[Class::If, Class::Unless, Class::May]);
    let verb = all.iter().position(|p| named.iter().any(|&class| p.is(class)));
    verb.filter(|_| denied)
}

/// "Unless so renewed, it shall automatically expire": what happens by itself is the end.
fn expires(phrases: &Phrases, found: &Matched) -> bool {
    let behind = phrases.list().get(found.range.end - 1..).unwrap_or_default();
    let ends = |p: &Phrase| p.is(Class::Expire) || p.is(Class::End) || p.is(Class::Close);
    // "Continue automatically following the end of the minimum term" is no end.
    let near = behind.iter().skip(1).take(2).take_while(|p| !p.is(Class::After) && !p.is(Class::Before));
    behind.first().is_some_and(|p| p.is(Class::Auto)) && near.into_iter().any(ends)
}

/// The kind that a sentence gives, in the order of C1, how strong it is, and the phrase of the verb.
pub(super) fn kind(phrases: &Phrases, words: &str) -> Option<(Meaning, usize)> {
    if let Some(verb) = denial(phrases) {
        return Some((Meaning { kind: RenewalKind::None, score: CERTAIN }, verb));
    }
    let said = KINDS.iter().find_map(|form| {
        let found = form.find(phrases)?;
        let before = &phrases.list()[..found.range.start];
        // A notice, or a condition, may speak of not renewing.
        // "When it is over it ends without notice; it shall not be renewed": what stands before a stop is another clause.
        let clause = before.iter().rev().take_while(|p| p.kind != Kind::Stop);
        let mut spoken = clause.map(|p| p.is(Class::Notice) || p.is(Class::Talk) || p.is(Class::If));
        // "If the Tenant stays, no month-to-month tenancy comes about".
        let periodic = found.marked.first().and_then(|&i| phrases.get(i)).is_some_and(|p| p.is(Class::Monthly));
        // "Shall not by itself be deemed a renewal term".
        let denied = || {
            let near = before.iter().rev().take(6).take_while(|p| p.kind != Kind::Stop && !p.is(Class::Notice));
            let near: Vec<&Phrase> = near.collect();
            // "If you do not, this Agreement will automatically renew".
            let alone = |i: usize| i > 0 && near[i - 1].kind == Kind::Pause;
            near.iter().enumerate().any(|(i, p)| p.is(Class::Not) && !alone(i))
        };
        let void = match form.means.kind {
            // "No extension is valid unless signed by both parties".
            RenewalKind::None => {
                !periodic && spoken.any(|said| said) || phrases.has(Class::Unless) && phrases.has(Class::Mutual)
            }
            RenewalKind::Automatic => denied() || expires(phrases, &found),
            // "Shall not be entitled to a periodic tenancy"; not "without a new agreement it is a periodic tenancy".
            RenewalKind::MonthToMonth => {
                denied() && !before.iter().any(|p| p.is(Class::If))
                    || found.marked.first().is_some_and(|&verb| DATED.marks(phrases, verb))
            }
            _ => false,
        };
        (!void).then_some((form.means, *found.marked.first()?))
    });
    if said.is_some() {
        return said;
    }
    let first = |forms: &Forms<Meaning>| forms.first(phrases).map(|(&means, verb)| (means, verb));
    // "It decides whether the agreement goes on".
    let open = |&(_, verb): &(Meaning, usize)| {
        let before =
            phrases.list()[..verb].iter().rev().take(5).take_while(|p| !matches!(p.kind, Kind::Stop | Kind::Pause));
        !before.into_iter().any(|p| p.is(Class::Talk))
    };
    let told = |&(_, verb): &(Meaning, usize)| !WHETHER.marks(phrases, verb);
    let charged = || first(&CHARGED).filter(|&(_, verb)| once_more(words, phrases, verb));
    let by_itself = first(&BY_ITSELF).or_else(charged).filter(open);
    let agreed = first(&AGREED).filter(|&(_, verb)| !subject::stipulates(words, phrases, verb));
    let choice = first(&CHOICES).or_else(|| first(&ASKED)).filter(told);
    let stoppable = STOPPABLE.matches(phrases);
    if choice.is_none() && (agreed.is_none() || stoppable) && by_itself.is_some() {
        return by_itself;
    }
    // "May be extended by mutual agreement" also reads as an option: the agreement of both is the stronger condition.
    let runs_on = first(&RUNS_ON).filter(|(meaning, verb)| {
        // Without a first term there is nothing to go on after: such a contract is perpetual from the start.
        let long = |p: &Found<PeriodText>| p.value.reading.known().is_some_and(|p| p.months().is_some());
        meaning.kind == RenewalKind::Evergreen
            && !subject::is_counted(phrases, *verb)
            && (phrases.has(Class::First)
                || phrases.list().iter().take(2).any(|p| p.is(Class::After) || p.is(Class::Then))
                || phrases.list()[..*verb].iter().any(|p| p.is(Class::Until))
                || phrases.lengths().any(|(i, p)| i < *verb && long(p)))
    });
    agreed.or(choice).or(runs_on).or_else(|| limit::counted_options(phrases, words))
}
