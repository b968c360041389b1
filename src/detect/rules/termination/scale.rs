//! Notice by length of service: "Notice to be given by the Employer", and under it a line for each length: "up to two years'
//! service - one week".

use super::{Termination, fact, right};
use crate::calendar::{Period, Unit};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::Reader;
use crate::lexicon::{Class, among, periods};
use crate::phrase::{Phrases, forms};
use crate::record::value::termination::TerminationKind;
use crate::record::{Fact, Part as _};

// A job: only there notice grows with time.
pattern!(
    JOB,
    r"\b(?:(?:years?|months?|length)['’]?s?['’]?\s+(?:of\s+)?(?:continuous\s+)?service|employ\w*|probation\w*|resign\w*)\b"
);

// The words over such lines.
forms!(static OVER: () = [
    () => "^ ..4-not|if|breach notice ..6-not|if|breach|stop|period party", "Notice of termination to be given by the employer",
        not "If the notice fails the employer decides.";
    () => "^ ..4-not|if|breach notice ..4-not|if|breach|stop|period end ..3 contract", "Period of notice to terminate your employment:";
    () => "^ ..3 may ..2-not end ..4-if|breach|period notice ..2 pause", "This Agreement may be terminated by either party giving written notice as follows:";
]);

// Words over such lines that leave the notice itself to them: "on written notice of not less than:".
forms!(static OPEN: () = [
    () => "^ ..4-not|if|breach may ..3-not end ..4-if|breach|period notice ..4-stop|period", "Either party may terminate this contract on written notice of not less than:";
]);

// A line that begins with the length and goes on with the service that asks for it.
forms!(static LENGTH: () = [
    () => "^ pause? atleast? @period pause? if|after|until|within|word|then", "one week, if the Employee has been employed for six months or less";
]);

// A line that begins with the notice.
forms!(static ITEM: () = [
    () => "^ pause? @period ..1 notice word|if|within|after|until", "One week's notice for employees employed for less than one year";
    () => "^ pause? @period pause? if|within|after|until", "two weeks, if the Employee has been employed for more than six months";
]);

/// The rights that such lines give.
pub(super) fn find(reader: &Reader<'_>) -> Vec<(Termination, Fact<Termination>)> {
    const LONGEST_ITEM: usize = 240;
    const SHORT: usize = 60;
    let mut out = Vec::new();
    let mut over: Option<Over> = None;
    let mut section = None;
    let mut job = false;
    for (i, _, words) in reader.sentences() {
        let own = reader.segments.sentences.get(i).map(|s| (s.section, s.lead_in));
        let lead = own.and_then(|(_, lead)| lead);
        let list = lead.and_then(|lead| Over::of(reader.phrases(lead), reader.sentence(lead)));
        if own != section {
            // The items of a list may be sections of their own.
            let heading = || Over::of(&Phrases::of(reader.heading(i)), reader.heading(i));
            over = if lead.is_some() { list } else { heading() };
            section = own;
        } else if list.as_ref().is_some_and(|list| list.open) {
            over = list;
        }
        let opened = over.as_ref().is_some_and(|over| over.open);
        let item = || (words.len() < LONGEST_ITEM).then(|| item(words, reader.phrases(i), opened)).flatten();
        match (&over, item()) {
            (Some(over), Some((period, end))) if job || over.job || JOB.is_match(words) => {
                job = true;
                let by = over.by.clone().or_else(|| named(reader.phrases(i), words));
                let right = Termination { by, notice: Some(period), ..right(TerminationKind::Convenience) };
                let fact = fact(reader, i, &right, end);
                out.push((right, fact));
            }
            // "Under one month - nil" stands among them.
            _ if words.len() < SHORT && over.is_some() && !reader.phrases(i).has(Class::Notice) => {}
            _ => over = Over::of(reader.phrases(i), words),
        }
    }
    out
}

/// What the words over the lines say.
struct Over {
    /// Who gives the notice.
    by: Option<String>,
    job: bool,
    /// Whether the lines themselves need not speak of notice.
    open: bool,
}

impl Over {
    fn of(phrases: &Phrases, words: &str) -> Option<Self> {
        const LONGEST: usize = 120;
        let plain = words.len() < LONGEST && phrases.lengths().next().is_none();
        let open = plain && words.trim_end().ends_with(':') && OPEN.matches(phrases);
        let heads = open || plain && OVER.matches(phrases);
        heads.then(|| Self { by: named(phrases, words), job: JOB.is_match(words), open })
    }
}

/// The only party that words name.
fn named(phrases: &Phrases, words: &str) -> Option<String> {
    let mut parties = phrases.list().iter().filter(|p| p.is(Class::Party));
    let one = parties.next().filter(|_| parties.next().is_none())?;
    let name = words.part(one.range.clone()).to_lowercase();
    Some(if name.starts_with("either") { "either".to_owned() } else { name })
}

/// The notice of a line, at its beginning or its end, and where it ends.
fn item(words: &str, phrases: &Phrases, open: bool) -> Option<(Period, usize)> {
    const MARKS: [&str; 5] = [" - ", " – ", " — ", ": ", "\t"];
    if let Some(((), at)) = ITEM.first(phrases).or_else(|| LENGTH.first(phrases).filter(|_| open)) {
        let found = phrases.length(at)?;
        return Some((found.value.reading.known()?, found.range.end));
    }
    let at = MARKS.iter().filter_map(|mark| Some(words.rfind(mark)? + mark.len())).max()?;
    let found = periods(words.part(at..)).into_iter().next()?;
    let lead = words.part(at..at + found.range.start);
    let leads = lead.split_whitespace().all(|w| among("at least not less than a minimum of", w));
    let period = found.value.reading.known().filter(|p| matches!(p.unit, Unit::Day | Unit::Week | Unit::Month))?;
    leads.then_some((period, at + found.range.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong;

    #[test]
    fn every_form_has_its_example() {
        assert_eq!(wrong(&OVER), [""; 0]);
        assert_eq!(wrong(&ITEM), [""; 0]);
        assert_eq!(wrong(&OPEN), [""; 0]);
        assert_eq!(wrong(&LENGTH), [""; 0]);
    }
}
