//! What a clause of renewal speaks of: the contract, or something else that can be renewed.

use super::forms::STOPPABLE;
use super::length::plausible;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::lexicon::{Class, Found, PeriodText, among};
use crate::phrase::{Kind, Phrase, Phrases};
use crate::record::Part as _;
use crate::record::value::RenewalKind;

/// What a sentence says is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The contract, or its term.
    Contract,
    /// The contract stands farther off in the clause.
    Far,
    /// Something else: insurance, a deadline.
    Other,
    /// Nothing that tells.
    Unknown,
}

/// What the verb at phrase `verb` renews: its object close behind it, else what stands before it in the clause.
///
/// In a contract whose title calls it a policy, that is what `of_policy` says.
pub(super) fn subject(phrases: &Phrases, words: &str, verb: usize, of_policy: bool) -> Subject {
    const BEHIND: usize = 7;
    const BEFORE: usize = 25;
    const NEAR: usize = 10;
    const THING: usize = 6;
    let list = phrases.list();
    if of_another(list, words, verb) || of_a_time_to_act(phrases, words, verb) || of_a_doer(list, words, verb) {
        return Subject::Other;
    }
    // "Two more years are added to it": the new term stands where else the verb does.
    let verbal = list.get(verb).is_some_and(|p| p.is(Class::Renew) || p.is(Class::Continue));
    let behind = if verbal { 2 } else { THING };
    let policy = |p: &Phrase| of_policy && contains_fold(words.part(p.range.clone()), "policy");
    let what = |p: &Phrase| match p.kind {
        Kind::Words(Class::Foreign) if policy(p) => Some(Subject::Contract),
        Kind::Words(Class::Contract | Class::First | Class::NewTerm | Class::AutoRenew) => Some(Subject::Contract),
        Kind::Words(Class::Foreign | Class::Cure) => Some(Subject::Other),
        Kind::Stop => Some(Subject::Unknown),
        _ => None,
    };
    // "Renews for twelve months at the same payment".
    let measured = |i: usize| i > 0 && list[i - 1].is(Class::Same) && list[i].is(Class::Foreign);
    let near = (verb..list.len().min(verb + BEHIND)).filter(|&i| !measured(i));
    let object = near.map(|i| &list[i]).find_map(what);
    if let Some(said @ (Subject::Contract | Subject::Other)) = object {
        return said;
    }
    let doer = list[..verb].iter().rev().take(BEFORE).enumerate().find_map(|(far, p)| Some((far, what(p)?)));
    match doer {
        Some((far, Subject::Contract)) if far >= NEAR => Subject::Far,
        Some((_, said)) if said != Subject::Unknown => said,
        // "It renews", "to renew it": what the clause before spoke of.
        _ if list[verb.saturating_sub(THING)..list.len().min(verb + behind)].iter().any(|p| p.is(Class::Thing)) => {
            Subject::Far
        }
        _ if renews_for(list, verb) => Subject::Far,
        // "Keeps the contract from carrying on".
        _ if verb.checked_sub(1).is_some_and(|i| list[i].is(Class::NonRenewal)) => Subject::Far,
        _ => Subject::Unknown,
    }
}

/// Whether the contract before the verb is another one, of which a party is the owner: "the Supplier's warehouse lease renews",
/// "the Agency's licence under the Act is renewed".
fn of_another(list: &[Phrase], words: &str, verb: usize) -> bool {
    const NEAR: usize = 12;
    pattern!(OWNER, r"['’]s\s+(?:own\s+)?$");
    pattern!(GIVEN, r"^\s+(?:under|with|from)\s");
    pattern!(OWNED, r"['’]s\s+(?:own\s+)?([a-z]+)\s+$");
    const OWN: &str = "initial first current then annual yearly monthly renewal subscription service";
    let near = list[..verb].iter().rev().take(NEAR).find(|p| p.is(Class::Contract));
    near.is_some_and(|p| {
        let left = words.part(..p.range.start);
        let owned = OWNED.captures(left).and_then(|c| c.get(1));
        let given = || OWNER.is_match(left) && GIVEN.is_match(words.part(p.range.end..));
        owned.map_or_else(given, |kind| !among(OWN, kind.as_str()))
    })
}

/// "After the term the Supplier continues to provide the services for three months": a party goes on doing something.
fn of_a_doer(list: &[Phrase], words: &str, verb: usize) -> bool {
    pattern!(TO_DO, r"^\s+to\s+([a-z]+)\b");
    let Some(p) = list.get(verb).filter(|p| p.is(Class::Continue)) else { return false };
    let done = TO_DO.captures(words.part(p.range.end..)).and_then(|c| c.get(1));
    let doer = list[..verb].iter().rev().find(|p| !p.is(Class::Must) && !p.is(Class::May) && p.kind != Kind::Word);
    done.is_some_and(|verb| !among("be run renew apply", verb.as_str()))
        && doer.is_some_and(|p| p.is(Class::Party) || p.is(Class::Parties) || p.kind == Kind::Name)
}

/// "Such fifteen (15) day period shall be automatically extended": a time to put something right.
fn of_a_time_to_act(phrases: &Phrases, words: &str, verb: usize) -> bool {
    const NEAR: usize = 6;
    let behind = |p: &Found<PeriodText>| words.part(p.range.end..).trim_start().starts_with("period");
    let near = |i: usize| i < verb && i + NEAR >= verb;
    phrases.lengths().any(|(i, p)| near(i) && behind(p) && !plausible(p))
}

/// "May renew for three years", "otherwise goes on for a year": the verb has no object, so that it is the contract that is renewed.
fn renews_for(list: &[Phrase], verb: usize) -> bool {
    const NEAR: usize = 4;
    let free = verb.checked_sub(1).and_then(|i| list.get(i)).is_some_and(|p| p.is(Class::May) || p.is(Class::Unless));
    let behind = list.iter().skip(verb + 1).take(NEAR).take_while(|p| p.kind != Kind::Name && p.kind != Kind::Pause);
    free && behind.into_iter().any(|p| matches!(p.kind, Kind::Period(_)) || p.is(Class::Once) || p.is(Class::Yearly))
}

/// "We charge your card and you have it for one more year": what is had once more is the contract.
pub(super) fn once_more(words: &str, phrases: &Phrases, verb: usize) -> bool {
    pattern!(MORE, ["more/further/another/additional/extra"]);
    let length =
        phrases.get(verb).filter(|p| matches!(p.kind, Kind::Period(_)) || p.is(Class::Yearly) || p.is(Class::Again));
    length.is_some_and(|p| MORE.is_match(words.part(p.range.clone())))
}

/// Whether a sentence that names no contract speaks of one: of an option for some time, of going on by the month, of
/// renewal as a label.
pub(super) fn plain(phrases: &Phrases, verb: usize, kind: RenewalKind) -> bool {
    const NEAR: usize = 8;
    let timed = || phrases.lengths().next().is_some();
    // Beside an option, rent that was paid and the like stand often.
    let near = if kind == RenewalKind::Option { verb.saturating_sub(NEAR)..verb + NEAR } else { 0..usize::MAX };
    let near = phrases.list().iter().take(near.end).skip(near.start);
    !near.into_iter().any(|p| p.is(Class::Foreign) || p.is(Class::Price))
        && match kind {
            RenewalKind::Option => {
                let asks = phrases.has(Class::Require) && phrases.has(Class::Renewal);
                let again = phrases
                    .get(verb)
                    .is_some_and(|p| p.is(Class::Again) || p.is(Class::Continue) || p.is(Class::Grant));
                (asks || again || phrases.has(Class::Option)) && timed()
            }
            RenewalKind::MonthToMonth => phrases.has(Class::Monthly),
            RenewalKind::None => true,
            RenewalKind::Automatic => {
                let lead = [Class::Renewal, Class::Renew, Class::Auto];
                // "The automatic one-year renewal".
                let itself = || phrases.has(Class::Auto) && phrases.has(Class::Renewal) && timed();
                let leads = |p: &Phrase| lead.iter().any(|&class| p.is(class));
                // "Maintenance is renewed for a year unless cancelled".
                let stoppable = || phrases.has(Class::Renew) && timed() && STOPPABLE.matches(phrases);
                // "Three years and thereafter from year to year", behind a label.
                let years = || phrases.has(Class::Then) && phrases.lengths().next().is_some_and(|(i, _)| i < 5);
                phrases.has(Class::Deemed) || phrases.get(0).is_some_and(leads) || years() || itself() || stoppable()
            }
            // "Before it runs out the two shall talk in good faith about an extension".
            RenewalKind::MutualAgreement => {
                phrases.has(Class::Before) && (phrases.has(Class::Expire) || phrases.has(Class::Close))
            }
            RenewalKind::Evergreen => false,
        }
}
/// Whether a length counts from the start and the word behind it brings nothing more: "for a period of 24 months thereafter,
/// unless ended earlier".
pub(super) fn is_counted(phrases: &Phrases, then: usize) -> bool {
    let is = |i: usize, class: Class| phrases.get(i).is_some_and(|p| p.is(class));
    is(then, Class::Then)
        && phrases.lengths().any(|(i, _)| i + 1 == then)
        && !(then..phrases.list().len()).any(|i| is(i, Class::Until))
}

/// Whether the terms that are named are words and no time: "the additional terms in Schedule 2".
pub(super) fn stipulates(words: &str, phrases: &Phrases, verb: usize) -> bool {
    pattern!(
        SAID,
        r"^(?:additional|further|new|fresh)\s+terms\s+(?:and\s+conditions|(?:set\s+out|contained|stated|specified|listed|attached)?\s*(?:in|to|under)\s+(?:the\s+|any\s+)?(?:schedule|annex|appendix|exhibit|attachment|part|clause|section|order))\b"
    );
    phrases.get(verb).is_some_and(|p| SAID.is_match(words.part(p.range.start..)))
}
