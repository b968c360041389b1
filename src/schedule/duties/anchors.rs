//! What the times of duties are counted from: the dates that a contract gives, its anniversaries, its own years, its end.

use jiff::civil::Date;

use crate::lexicon::among;
use crate::record::value::{DateValue, Timing};
use crate::record::{Contract, Fact};

/// The date that the contract gives for what a time is counted from, and its name.
pub(super) fn known(contract: &Contract, timing: &Timing) -> Option<(&'static str, Date)> {
    if let Some(day) = timing.date {
        return Some(("Day named in the contract", day));
    }
    let anchor = timing.anchor.as_deref()?.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| anchor.contains(w));
    let day = |fact: Option<&Fact<DateValue>>| fact.and_then(Fact::value).and_then(|d| d.date());
    let effective = day(contract.effective_date.as_ref());
    let agreement = day(contract.agreement_date.as_ref());
    // "Terminates on 31 March 2027 ("the Termination Date")": the name is that of the end.
    if anchor.starts_with("termination date")
        && let Some(end) = contract.expiration_date.as_ref()
        && end.evidence().iter().any(|e| e.quote().to_ascii_lowercase().contains("termination date"))
    {
        return day(Some(end)).map(|d| ("Expiration date", d));
    }
    if has(&["effective date of expir", "effective date of terminat", "effective date of such", "termination date"]) {
        return None;
    }
    if anchor.starts_with("effective date") || anchor.starts_with("amendment effective date") {
        return effective.or(agreement).map(|d| ("Effective date", d));
    }
    if anchor.starts_with("commencement date") || anchor.starts_with("commencement of the term") {
        return effective.map(|d| ("Effective date", d));
    }
    let own = [
        "date of this agreement",
        "date hereof",
        "execution of this agreement",
        "signing of this agreement",
        "signing of the agreement",
    ];
    if own.iter().any(|w| anchor.starts_with(w)) {
        return agreement.or(effective).map(|d| ("Agreement date", d));
    }
    if is_end(&anchor) {
        return day(contract.expiration_date.as_ref()).map(|d| ("Expiration date", d));
    }
    None
}

/// Whether an anchor is the end of the contract: "end of the term", "expiry of this agreement", "expiry date".
pub(super) fn is_end(anchor: &str) -> bool {
    const NAMES: [&str; 3] = ["expiration date", "expiry date", "end date"];
    const ENDS: [&str; 4] = ["end of ", "expiration of ", "expiry of ", "last day of "];
    const WHAT: &str = "term agreement contract lease tenancy hire licence license engagement appointment employment membership \
        subscription deed policy";
    // "The period of insurance".
    const OF: &str = "insurance cover hire employment engagement tenancy appointment validity licence supply";
    // "The initial term", "the hire period", "the then-current term".
    const BETWEEN: &str =
        "the this initial fixed hire rental lease licence tenancy contract current then policy insurance cover";
    // "The date on which the licence expires".
    const RUNS_OUT: [&str; 5] =
        [" expires", " is due to expire", " is due to end", " comes to an end", " would otherwise expire"];
    if NAMES.iter().any(|name| anchor.starts_with(name)) {
        return true;
    }
    let own = anchor.trim_start_matches("the ").trim_start_matches("this ");
    let bare = |verb: &str| own.split_once(verb).is_some_and(|(what, _)| among(WHAT, what));
    if RUNS_OUT.iter().any(|verb| bare(verb)) {
        return true;
    }
    let Some(rest) = ENDS.iter().find_map(|end| anchor.strip_prefix(end)) else { return false };
    let mut words = rest.split([' ', '-', ',']).filter(|w| !w.is_empty());
    let first = words.clone().next().unwrap_or_default();
    let mut before = "";
    let noun = words.find(|w| {
        let joins = among(BETWEEN, w);
        before = if joins { w } else { before };
        !joins
    });
    let mut behind = rest.split("period of ").skip(1);
    let told = behind.next().and_then(|of| of.split([' ', ',']).next()).is_some_and(|of| among(OF, of));
    let period = noun == Some("period") && (told || !matches!(before, "" | "the" | "this"));
    let named = noun.is_some_and(|w| among(WHAT, w)) || noun.is_none() && among(WHAT, before);
    matches!(first, "the" | "this") && (named || period)
}

/// Whether the contract counts from its own start, so that the day is not left open: "each anniversary of the Effective Date".
pub(super) fn is_anniversary(timing: &Timing) -> bool {
    of_anniversary(timing).is_some_and(|of| of.is_empty() || STARTS.iter().any(|start| of.starts_with(start)))
}

/// Whether a time hangs on the anniversaries of something whose day is not known: "each anniversary of the Closing".
pub(super) fn is_strange_anniversary(timing: &Timing) -> bool {
    timing.date.is_none() && of_anniversary(timing).is_some() && !is_anniversary(timing)
}

/// The start of a contract, under its usual names.
const STARTS: [&str; 18] = [
    "effective date",
    "commencement",
    "start",
    "date of commencement",
    "date of this",
    "date of the agreement",
    "date of the contract",
    "date hereof",
    "agreement",
    "contract",
    "this ",
    "term ",
    "lease",
    "signing of",
    "execution of",
    "it",
    "that date",
    "such date",
];

/// Of what the anniversaries are that a time speaks of, in lower case; empty where that is not said.
fn of_anniversary(timing: &Timing) -> Option<String> {
    let anchor = timing.anchor.as_deref()?.to_ascii_lowercase();
    let (before, rest) = anchor.split_once("anniversar")?;
    // "The Effective Date anniversary".
    if before.contains("date") {
        return Some(String::new());
    }
    let rest = rest.trim_start_matches("ies").trim_start_matches('y').trim();
    let Some(of) = rest.strip_prefix("of ") else { return Some(String::new()) };
    Some(of.strip_prefix("the ").unwrap_or(of).to_owned())
}

/// Whether a time is counted from the beginning of a period and not from its end.
pub(super) fn is_beginning(timing: &Timing) -> bool {
    const FIRST: [&str; 5] = ["beginning", "start", "commencement", "first day", "opening"];
    let anchor = timing.anchor.as_deref().map(str::to_ascii_lowercase);
    anchor.is_some_and(|anchor| FIRST.iter().any(|word| anchor.starts_with(word)))
}

/// Whether a time is counted in years that begin with the contract: "within 30 days after the end of each Contract Year".
pub(super) fn is_own_year(timing: &Timing) -> bool {
    const YEARS: [&str; 7] = [
        "contract year",
        "lease year",
        "licence year",
        "license year",
        "agreement year",
        "policy year",
        "franchise year",
    ];
    timing.anchor.as_deref().map(str::to_ascii_lowercase).is_some_and(|a| YEARS.iter().any(|year| a.contains(year)))
}
