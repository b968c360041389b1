//! Which bound of a time a date is, by the words before it: "with effect from", "until midnight on", "up to and including".
//!
//! The words are read backwards from the date. Words that only join are skipped; the first that is left decides.

use std::ops::Range;

use super::among;
use tickler_pdf::cite::Part as _;

/// What the words before a date make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The first day: "from", "commencing on". `including` where the words say that the day counts.
    Start { including: bool },
    /// The last day: "until", "through", "ends on".
    End,
    /// One of several ends: "the later of".
    Later,
    /// One of several ends: "the earlier of".
    Earlier,
    /// Only a verb stands there: "is", "shall be", "means".
    Stated,
}

/// Words that only join a bound to its date.
const JOINING: &str = "month calendar on at upon as of the day date close business midnight delivery last first and or before \
    including includes inclusive p m a am pm automatically without notice further in i ii b this following local \
    eastern central pacific mountain standard daylight est edt pst utc gmt time noon hours with effect itself both \
    morning afternoon evening night own accord running excluding but outside its their monday tuesday wednesday thursday friday saturday sunday";
const STARTS: &str = "wef from commencing commences commence commenced beginning begins begin began begun starting starts start \
    started opens opening commencement since after between arrives arrive arriving";
const ENDS: &str = "until untill till through thru to expires expire expiring expiration expiry ends end ending \
    upto terminates terminate terminating termination concludes conclude concluding extends extend extended \
    throughout finishes finish up closes lapses lapse ceases cease stop stops stopping shut shuts";
const TAKES: &str = "take takes took taking";
const STATED: &str = "is be means mean being becomes become";

/// What the date behind `left` is, if the words before it tell.
pub(crate) fn before(left: &str) -> Option<Bound> {
    match without_aside(left) {
        Some((before_it, behind_it)) => plain(&format!("{before_it} {behind_it}")),
        None => plain(left),
    }
}

/// The words around an aside between commas right before the last ones: "ends, without needing to be terminated, on".
fn without_aside(left: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 90;
    const OPENS: &str = "without unless subject whatever being and as at if with notwithstanding by";
    let (rest, behind) = left.trim_end_matches([' ', ',']).rsplit_once(',')?;
    let (before, aside) = rest.rsplit_once(',')?;
    let few = words_backwards(behind).all(|w| among(JOINING, &w) || among(STATED, &w) || among("shall will", &w));
    let first = words_backwards(aside).last().unwrap_or_default();
    let fits = few && !behind.trim().is_empty() && aside.len() <= LONGEST && among(OPENS, &first);
    (fits && !aside.contains(['.', ';', ':'])).then_some((before, behind))
}

fn plain(left: &str) -> Option<Bound> {
    if is_completed(left) {
        return Some(Bound::End);
    }
    let mut words = words_backwards(left);
    let mut skipped: Vec<String> = Vec::new();
    loop {
        let Some(word) = words.next() else { return listed(left, &skipped) };
        let has = |w: &str| skipped.iter().any(|s| s == w);
        let bound = match word.as_str() {
            "no" | "not" => return None,
            // "but in no event later than", "shall end no later than".
            "than" => {
                let left: Vec<String> = words.take(3).collect();
                let ends = matches!(left.as_slice(), [later, no, verb] if later == "later" && among("no not", no) && among(ENDS, verb));
                return (ends || left.iter().any(|w| w == "event" || w == "case")).then_some(Bound::End);
            }
            // "Is over on", "runs out on".
            "over" | "out" | "up" => {
                let verb = words.next().unwrap_or_default();
                let moves = among("move moves moving check checks checking", &verb);
                return (moves || among("is are be runs run running wrap wraps wrapping", &verb)).then_some(Bound::End);
            }
            // "Moves in on".
            "moves" | "move" | "moving" | "checks" if has("in") => Some(START),
            // "The agreement is good as of".
            "good" if has("as") || has("from") => Some(START),
            // "The second closing on", "the first opening and the last closing": a closing alone is an event.
            "closing" => {
                return words
                    .next()
                    .filter(|w| among("and first second third last final year term", w))
                    .map(|_| Bound::End);
            }
            // "Its expiration date set for", "the end date fixed as".
            "set" | "fixed" => noun(words.by_ref().take(NEAR)),
            "for" if words_backwards(left).skip(skipped.len() + 1).take(1).any(|w| among("set fixed", &w)) => {
                noun(words.by_ref().take(NEAR))
            }
            // "Hands them back on", "falls away on".
            "back" => return words.take(3).any(|w| among("hand hands give gives", &w)).then_some(Bound::End),
            "away" => return words.next().filter(|w| among("fall falls falling", w)).map(|_| Bound::End),
            // "When the lease terminates, which it will do on".
            "do" => return words.take(10).any(|w| w != "to" && among(ENDS, &w)).then_some(Bound::End),
            // "Stands terminated on".
            "terminated" | "determined" => {
                return words.next().filter(|w| among("stand stands", w)).map(|_| Bound::End);
            }
            // "At the latest on D"; not "the latest of".
            "latest" => {
                let at = words.by_ref().take(2).eq(["the", "at"]);
                return Some(if at { Bound::End } else { Bound::Later });
            }
            // "W.e.f. 1 April".
            "f" => return words.take(2).eq(["e", "w"]).then_some(START),
            // "with effect from", "comes into force on", "effective as of"; not "ends effective D".
            // But "ceases to have effect on D".
            "effect" | "force" if words_backwards(left).take(6).any(|w| w.starts_with("cease")) => Some(Bound::End),
            // "Takes effect D".
            "effect" if words_backwards(left).skip(skipped.len() + 1).take(1).any(|w| among(TAKES, &w)) => Some(START),
            "effect" | "force" => (has("from") || has("on") || has("as")).then_some(START),
            // "Comes into operation on".
            "off" => return words.next().filter(|w| among("kick kicks kicking", w)).map(|_| START),
            "operation" | "being" | "operative" | "existence" if !has("law") => {
                return words.next().filter(|w| among("into in become becomes", w)).map(|_| START);
            }
            "effective" if has("as") || has("from") || has("on") => Some(START),
            _ if among(STARTS, &word) => {
                Some(Bound::Start { including: ["including", "includes", "inclusive"].iter().any(|w| has(w)) })
            }
            _ if among(ENDS, &word) => Some(Bound::End),
            // "The agreement is effective D".
            _ if among(STATED, &word) && has("effective") => Some(START),
            // "The expiry date is", "the start date shall be": the noun decides.
            _ if word == ":" || word == "\t" || among(STATED, &word) => {
                Some(noun(words.by_ref().take(NEAR)).unwrap_or(Bound::Stated))
            }
            _ => choice(&word),
        };
        if bound.is_some() {
            return bound;
        }
        // "By effluxion of time on", "by operation of law on", "for good on".
        let runs_out = among("effluxion law good", &word)
            || word == "operation" && has("law")
            || word == "by" && (has("effluxion") || has("itself") || has("law"))
            || word == "for" && has("good");
        let joins =
            runs_out || among(JOINING, &word) || word == "effective" || word.bytes().all(|b| b.is_ascii_digit());
        if !joins || skipped.len() > 9 {
            return listed(left, &skipped);
        }
        skipped.push(word);
    }
}

/// "Are expected to be completed by", "is to be completed on or before", "to be fully completed and ended on the".
fn is_completed(left: &str) -> bool {
    const DONE: &str = "completed ended finished concluded gone returned";
    let mut words = words_backwards(left).take(10).skip_while(|w| among("on or before by the", w));
    words.next().is_some_and(|w| among(DONE, &w))
        && words.find(|w| !among(DONE, w) && !among("and fully", w)).is_some_and(|w| w == "be")
}

/// Whether the words before a date make it a first day.
pub(crate) fn is_start(left: &str) -> bool {
    matches!(before(left), Some(Bound::Start { .. }))
}

const START: Bound = Bound::Start { including: false };

/// The further limb of a choice: "the later of (a) the end of the season and (b)".
fn listed(left: &str, skipped: &[String]) -> Option<Bound> {
    if !skipped.iter().any(|w| w == "and" || w == "or") {
        return None;
    }
    let mut choices = words_backwards(left).take(40).take_while(|w| w != ";").filter_map(|w| choice(&w));
    choices.next()
}

/// The bound of a word that chooses between several.
fn choice(word: &str) -> Option<Bound> {
    match word {
        "later" | "latest" => Some(Bound::Later),
        "earlier" | "earliest" | "sooner" => Some(Bound::Earlier),
        _ => None,
    }
}

/// How many words before a verb are searched for the noun that names the bound.
const NEAR: usize = 6;

/// The bound that a noun names; `words` run backwards: "the start date shall", "the last day of the tenancy".
fn noun(words: impl Iterator<Item = String>) -> Option<Bound> {
    let mut day = false;
    for word in words {
        match word.as_str() {
            "start" | "commencement" | "effective" | "starting" | "from" | "since" | "arrival" => return Some(START),
            // "It starts on the delivery date, which is D".
            "starts" | "begins" | "commences" | "delivery" | "installation" | "handover" | "activation" => {
                return Some(START);
            }
            "first" if day => return Some(START),
            "end" | "expiry" | "expiration" | "termination" | "ending" | "departure" | "ish" => {
                return Some(Bound::End);
            }
            "last" | "final" if day => return Some(Bound::End),
            _ => day = word == "day",
        }
    }
    None
}

/// The words of `left` from its end, in lower case; a colon and a tab are words of their own.
fn words_backwards(left: &str) -> impl Iterator<Item = String> + '_ {
    let mut end = left.len();
    std::iter::from_fn(move || {
        loop {
            let head =
                left.part(..end).trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':' && c != '\t' && c != ';');
            let last = head.chars().next_back()?;
            let start = if last.is_alphanumeric() {
                let cut = head.char_indices().rfind(|(_, c)| !c.is_alphanumeric());
                cut.map_or(0, |(i, c)| i + c.len_utf8())
            } else {
                head.len() - last.len_utf8()
            };
            end = start;
            // The colon of a time, "11:59", is no colon.
            if last == ':' && left.part(head.len()..).starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            return Some(head.part(start..).to_ascii_lowercase());
        }
    })
}

/// Whether the date behind `left` is that of a passport, a birth, an offer: of something that only is mentioned.
pub(crate) fn is_foreign(left: &str) -> bool {
    const THINGS: &str = "passport born birth driving visa permit certificate quote quotation proposal offer tender \
    insurance registered incorporated version revision edition printed";
    const NEAR: usize = 14;
    // "The original Expiration Date of 2 December 2027": another one has taken its place.
    let near = || words_backwards(left).take(4);
    if near().any(|w| w == "original") && near().any(|w| among("expiration expiry termination", &w)) {
        return true;
    }
    let words: Vec<String> = words_backwards(left).take(NEAR + 1).take_while(|w| w != ";").collect();
    words.iter().take(NEAR).enumerate().any(|(i, w)| {
        // "The Seller may offer invoices", "We permit the Guest": verbs.
        let next = i.checked_sub(1).and_then(|i| words.get(i)).map_or("", String::as_str);
        let modal = words.get(i + 1).is_some_and(|w| among("may shall will can must to not we you they", w));
        let verb =
            among("offer permit quote tender", w) && (modal || among("the a an mr mrs ms him her them you us", next));
        // "Period of insurance": the insurance is the contract.
        let own = w == "insurance" && (next == "period" || words[i..].iter().take(3).any(|w| w == "period"));
        // "Licence of the vehicle expires".
        let of_vehicle =
            || words.iter().any(|w| w == "vehicle") && words.iter().any(|w| among("licence license registration", w));
        // "The term of the Prime Lease is to expire": that of the lease above this one.
        let above = w == "lease" && words.get(i + 1).is_some_and(|w| among("prime superior overriding head", w));
        above || among(THINGS, w) && !verb && !own || w == "vehicle" && of_vehicle()
    })
}

/// Whether the words between two dates make them a range: "through", "–", "and ending on", "to and including".
///
/// `left` are the words before the first date: after "between" an "and" is enough.
pub(crate) fn is_range(left: &str, between: &str) -> bool {
    const WORDS: &str = "noon must inclusive including up on the shall will is at midnight of day close business and it both runs run \
    running continues continuing continue terminate automatically shall a date dates last are be by or before expected \
    scheduled due planned";
    const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
    const TO: &str = "to through thru until till upto ending ends end expiring expires expire terminating terminates terminate \
    concluding finishes finish finishing closes closing completed stop stops stopping shuts shut over wrap wraps";
    // The words that name the contract again: "starts on A and the first term closes on B".
    const AGAIN: &str = "first initial term it this agreement contract lease tenancy which then";
    // What tells of something else, or only of a case that may arise.
    const OTHER: &str = "not no may can if where unless should payment paid price rent fee fees invoice invoices \
    interest notice warranty report reports";
    const LONGEST: usize = 140;
    if between.len() > LONGEST || between.contains(['.', ';', '\t']) {
        return false;
    }
    let starts = is_start(left);
    // "With effect from A and this Agreement shall remain valid till B", "from A, the day of the first delivery, to B".
    if starts && before(between) == Some(Bound::End) && !words_backwards(between).any(|word| among(OTHER, &word)) {
        return true;
    }
    if between.len() > 80 {
        return false;
    }
    // "Between Friday, 23 March and Saturday, 24 March" are days of a meeting.
    let between_days = words_backwards(between).any(|word| among(WEEKDAYS, &word));
    let mut bound = starts && !between_days && left.to_ascii_lowercase().contains("between");
    let mut empty = true;
    for word in words_backwards(between) {
        empty = false;
        if among(TO, &word) {
            bound = true;
        } else if !(among(WORDS, &word) || among(WEEKDAYS, &word) || starts && among(AGAIN, &word)) {
            return false;
        }
    }
    bound || empty && !between.trim().is_empty() && between.trim().chars().all(|c| "-–—~→".contains(c))
}

/// Pairs of ranges in `dates`, given by their places in `text`: each first date that the next one bounds.
pub(crate) fn ranges(text: &str, dates: &[Range<usize>]) -> Vec<usize> {
    let pair = |i: &usize| {
        let (Some(a), Some(b)) = (dates.get(*i), dates.get(i + 1)) else { return false };
        text.get(a.end..b.start).is_some_and(|between| is_range(text.part(..a.start), between))
    };
    (0..dates.len()).filter(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        let start = Some(Bound::Start { including: false });
        let including = Some(Bound::Start { including: true });
        for (left, want) in [
            ("with effect from ", start),
            ("for twelve months beginning on and including ", including),
            ("from and including ", including),
            ("starts on and includes ", including),
            ("commencing on the ", start),
            ("which shall take effect on ", start),
            ("comes into force on ", start),
            ("is effective as of ", start),
            ("until midnight on ", Some(Bound::End)),
            ("up to and including ", Some(Bound::End)),
            ("and shall expire at 11:59 p.m. on ", Some(Bound::End)),
            ("ends on [", Some(Bound::End)),
            ("through ", Some(Bound::End)),
            ("ends on the later of ", Some(Bound::Later)),
            ("until the earlier of (a) ", Some(Bound::Earlier)),
            ("The expiry date is ", Some(Bound::End)),
            ("The Start Date shall be ", start),
            ("The term of this Agreement shall be ", Some(Bound::Stated)),
            (
                "terminates on the later of: (a) the conclusion of the season and (b) the last day in ",
                Some(Bound::Later),
            ),
            ("shall end five years after the launch, but in no event later than ", Some(Bound::End)),
            ("shall be effective on ", start),
            ("shall terminate effective ", Some(Bound::End)),
            ("dated ", None),
            ("no later than ", None),
            ("The Agreement is effective ", start),
            ("Your job starts on Monday ", start),
            ("Your first day of work is ", start),
            ("The last day of the tenancy shall be ", Some(Bound::End)),
            ("The final day of the term is ", Some(Bound::End)),
            ("and the first term closes ", Some(Bound::End)),
            ("and are expected to be completed by ", Some(Bound::End)),
            ("The agreement is over on ", Some(Bound::End)),
            ("The licence runs out on ", Some(Bound::End)),
            ("and ends with it, at the latest on ", Some(Bound::End)),
            ("shall stand terminated on ", Some(Bound::End)),
            ("The licence ends by itself on ", Some(Bound::End)),
            ("The agreement was terminated on ", None),
            ("The order takes effect ", start),
            ("shall come into operation on ", start),
            ("Services kick off on Monday, ", start),
            ("and wrap up on Friday, ", Some(Bound::End)),
            ("and shuts on ", Some(Bound::End)),
            ("The first payment is ", Some(Bound::Stated)),
            ("She moves in on ", start),
            ("and moves out on ", Some(Bound::End)),
            ("Arrival is on ", start),
            ("and departure is on ", Some(Bound::End)),
            ("This contract is good as of ", start),
            ("The base term starts running on ", start),
            ("for three years, the first opening on ", start),
            ("and the third closing on ", Some(Bound::End)),
            ("The closing takes place on ", None),
            ("and ends by operation of law on ", Some(Bound::End)),
            ("It closes for good at the end of the ", Some(Bound::End)),
            ("and ends, without needing to be terminated, on ", Some(Bound::End)),
            ("Your last day of work, and the last day that is paid, will be Friday, ", Some(Bound::End)),
            ("must be gone when the lease terminates, which it will do on the ", Some(Bound::End)),
            ("and to be fully completed and ended on the ", Some(Bound::End)),
            ("shall stand determined on the afternoon of the ", Some(Bound::End)),
            ("to (but excluding) the ", Some(Bound::End)),
            ("until the earlier of the weighing in or the outside date of ", Some(Bound::Earlier)),
            ("The end date of the agreement becomes ", Some(Bound::End)),
            ("and hands them back on ", Some(Bound::End)),
            ("and falls away on ", Some(Bound::End)),
        ] {
            assert_eq!(before(left), want, "{left}");
        }
    }

    #[test]
    fn dates_of_something_else() {
        for left in [
            "holder of British passport no. 540918227 valid until ",
            "Quote valid until: ",
            "born on ",
            "Form version ",
            "The permit is valid until ",
            "This offer is open until ",
        ] {
            assert!(is_foreign(left), "{left}");
        }
        for left in [
            "The engagement runs from ",
            "This Agreement is valid until ",
            "The Seller may offer invoices from ",
            "We permit Mr Shaw to live in the flat from ",
        ] {
            assert!(!is_foreign(left), "{left}");
        }
    }

    #[test]
    fn pairs_of_dates() {
        for (left, between) in [
            ("shall be ", " through "),
            ("is ", " - "),
            ("from ", " – "),
            ("for the period ", " to "),
            ("commencing ", " and ending "),
            ("runs from ", " until "),
            ("between ", " and "),
            ("from ", " up to and including "),
            ("commences on ", " and shall end on "),
            ("commences on ", ", and expires on "),
            ("Service starts ", " and the first term closes "),
            ("The Services will begin on ", " and are expected to be completed by "),
            ("The works start on ", " and are to be completed on or before "),
            ("commence ", " and are scheduled to be completed by "),
            ("The tenancy begins on ", " and this agreement ends on "),
            ("with effect from ", " and this Agreement shall remain valid till "),
            ("From ", ", the day of the first delivery, to "),
            ("Commencing on ", ", and for two years thence, that is until "),
            ("She moves in on ", " and moves out on "),
            ("the first opening on ", " and the third closing on "),
            ("from (and including) ", " to (but excluding) "),
        ] {
            assert!(is_range(left, between), "{left}A{between}B");
        }
        for (left, between) in [
            ("is dated ", " and "),
            ("on ", ", "),
            ("is dated ", " and this agreement ends on "),
            ("on ", " and is amended on "),
            ("from ", ". It ends "),
            ("starts on ", " and the first invoice is open until "),
            ("from ", " and may be cancelled up to "),
        ] {
            assert!(!is_range(left, between), "{left}A{between}B");
        }
    }
}
