//! The parts of a sentence that may each give a right to end the contract: those of several parties, and the items of a list.

use super::ACTOR;
use super::forms::{EACH, LEADS, SHARES};
use crate::detect::rules::pattern::pattern;
use crate::lexicon::Class;
use crate::phrase::Phrases;
use crate::record::Part as _;

/// The parts of a sentence that give a right to one party each.
pub(super) fn parts<'a>(words: &'a str, phrases: &Phrases) -> Vec<(usize, &'a str)> {
    // "Provided always that the Landlord may end it at once for a breach": a right of its own.
    pattern!(
        PROVISO,
        r"\bprovided,?\s+(?:(?:always|further|however),?\s+)?that(?:\s+(?:at\s+any\s+time\s+)?(?:after|following)\b[^.,;]{0,80},)?$"
    );
    const LABEL: usize = 4;
    pattern!(LATER, r";\s+(?:after\s+that|thereafter|afterwards)\b");
    let mut cuts: Vec<usize> = vec![0];
    for m in ACTOR.find_iter(words) {
        let before = words.part(..m.start()).trim_end();
        let ended = || phrases.list().iter().any(|p| p.is(Class::End) && p.range.end <= m.start());
        let proviso = PROVISO.find(before).filter(|_| ended());
        // "Walking away early: the Customer may do so": a label.
        let lists = || before.ends_with(':') && before.split(' ').count() > LABEL;
        if proviso.is_some() || before.ends_with(';') || lists() || before.ends_with("and") && ended() {
            cuts.extend(proviso.map(|p| p.start()));
            cuts.push(m.start());
        }
    }
    if cuts.len() == 1 {
        cuts.extend(LATER.find(words).map(|m| m.start() + 1));
    }
    // Roles without a capital: "the tenant may end it by 21 days' notice and the landlord by 90".
    if cuts.len() == 1 && phrases.lengths().count() > 1 {
        let all = std::iter::successors(EACH.find_at(phrases, 0), |m| EACH.find_at(phrases, m.range.start + 1));
        cuts.extend(all.skip(1).filter_map(|m| Some(phrases.get(m.range.start)?.range.start)));
        if cuts.len() == 1 {
            cuts.extend(SHARES.first(phrases).and_then(|((), at)| phrases.get(at)).map(|other| other.range.start));
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([words.len()]).collect::<Vec<_>>();
    cuts.iter().zip(ends).map(|(&a, b)| (a, words.part(a..b))).map(|(at, part)| without_exceptions(at, part)).collect()
}

/// The items of a list within one sentence, whose words before the first say that the contract ends: "shall come to an end: (a) upon
/// completion; (b) upon 30 days' notice by either party".
pub(super) fn items(words: &str) -> Vec<(usize, &str)> {
    pattern!(MARK, r"(?:^|[:;,]|\b(?:or|and))\s+\(?(?:[a-h]|[ivx]{1,4})\)\s+");
    let marks: Vec<_> = MARK.find_iter(words).collect();
    let (Some(first), true) = (marks.first(), marks.len() > 1) else { return Vec::new() };
    if !first.as_str().starts_with(':') || !LEADS.matches(&Phrases::of(words.part(..first.start()))) {
        return Vec::new();
    }
    let ends = marks.iter().skip(1).map(|m| m.start() + 1).chain([words.len()]);
    marks.iter().zip(ends).map(|(m, end)| (m.end(), words.part(m.end()..end))).collect()
}

/// A part without the exception that it opens with, and without what follows when the right was used: "Except where clause 8
/// applies, …", "…, and if it is terminated, clause 9 applies".
fn without_exceptions(at: usize, part: &str) -> (usize, &str) {
    pattern!(
        EXCEPTION,
        r"^\W*(?:[0-9.]+\W+)*(?:except|save|other\s+than|unless|(?:apart|aside)\s+from|without\s+prejudice|notwithstanding)\b(?:[^.;]|\.[0-9]){0,160}?,\s+(?:the|either|each|any|a|you|we|termination|notice|\w+\s+(?:may|shall|can|will))\s"
    );
    pattern!(
        THEN,
        r"[,;]\s*(?:and|but)\s+(?:if|where|when)\s+(?:[\w’']+\s+){1,4}?(?:so\s+)?(?:terminate|cancel|end)|[,;]\s*in\s+which\s+(?:case|event)\b"
    );
    // "Provided, however, that any such termination …", "but no such termination …", "such notice to state …".
    pattern!(
        OF_SUCH,
        r"[,;:]\s*(?:and\s+|but\s+)?(?:provided,?\s+(?:(?:however|further),?\s+)*that\s+)?(?:\([a-z0-9]\)\s*)?(?:any\s+|no\s+)?such\s+(?:terminat|notice|cancel)"
    );
    // "And when that time has run out this Agreement shall cease".
    pattern!(
        CEASES,
        r"\band\s+(?:when|once|at|on|upon)\s+[^,;]{0,60}?\b(?:agreement|lease|tenancy|contract|licence|same)\s+(?:(?:shall|will)\s+)?(?:cease|end|terminate|determine)"
    );
    // "But no premium is returned if a claim was made": what follows from an ending that was told before.
    pattern!(
        BUT_NO,
        r"\bnotice\b[^.;]{0,60}?(,\s+(?:but|and)\s+(?:no|the|any|all)\s+[^.;]*?\b(?:is|are|be)\s+(?:not\s+)?(?:returned|refunded|repaid|payable|due|charged|owed|paid)\b)"
    );
    // "Early termination of the lease. 1. If the Landlord wishes": a heading in the line of its first item.
    pattern!(RUN_IN, r"^\W*(?:[A-Za-z]+\s+){1,7}[A-Za-z]+\.\s+\(?(?:[0-9]{1,2}|[a-z])[.)]\s+");
    let title = RUN_IN.prefix_len(part);
    let (at, part) = (at + title, part.part(title..));
    let start = EXCEPTION.find(part).map_or(0, |m| {
        let whole = part.part(..m.end());
        let main = whole.rfind(',').map_or(0, |comma| comma + 1);
        part.len() - part.part(main..).trim_start().len()
    });
    // "Such termination to be effective on 31 August 2029": the day is that of the right.
    pattern!(
        ITS_DAY,
        r"^\W*(?:\w+,?\s+){0,5}?such\s+[a-z]+\s+(?:to|shall|will|must|is)\s+(?:be(?:come)?|take)\s+effect(?:ive)?\b"
    );
    let its_day = |start: usize| ITS_DAY.is_match(part.part(start..));
    let ends = [&*THEN, &OF_SUCH, &CEASES].into_iter().filter_map(|p| p.find(part)).filter(|m| !its_day(m.start()));
    let ends = ends.map(|m| m.start());
    let but = BUT_NO.captures(part).and_then(|c| c.get(1)).map(|m| m.start());
    let end = ends.chain(but).min().unwrap_or(part.len()).max(start);
    (at + start, part.part(start..end))
}
