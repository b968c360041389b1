//! Agreements that are named where a document does something to them, and in the subject of a letter: "the Services Agreement
//! dated 1 May 2019 shall end on ..."; "assigns to the Assignee the benefit of the Lease made on ..."; "Re: Notice of non-renewal,
//! Maintenance Agreement No. SMA-2210".

use std::ops::Range;

use super::{NUMBER_AFTER, NUMBER_NEXT, dated, name};
use crate::detect::rules::change::PERHAPS;
use crate::detect::rules::pattern::{Match, floor, pattern};
use crate::detect::rules::reader::tail;
use crate::lexicon::DateStyle;
use crate::record::Part as _;

pattern!(THE, ["the/that/our/their/your (said/certain/existing/current/following)"]);
// "Terminate by mutual consent the ...", "extend the term of the ...", "assigns to the Assignee all its rights under the ...".
pattern!(ENDS, exact, r"(?i){ends_one}\s+(?:[\w'’]+\s+){0,4}$");
pattern!(RUNS_ON, exact, r"(?i){extends_one}\s+(?:[\w'’]+\s+){0,4}$");
pattern!(MOVES, exact, r"(?i){moves_one}\b[^.;]{0,90}$");
pattern!(IS_ENDED, exact, r"(?i)^[^.;]{0,140}?\s{ended_so}");
pattern!(IS_MOVED, exact, r"(?i)^[^.;]{0,140}?\s{moved_so}");
// What was agreed before is told, not done; and a schedule of exceptions ends nothing.
pattern!(
    TOLD,
    [
        "whereas ..80 $",
        "beyond/until/during ..40 $",
        "pursuant/according to ..40 $",
        "accordance with ..40 $",
        "under ..30 $",
        "except ..40 $"
    ]
);
pattern!(SUBJECT, exact, r"(?im)^[ \t]*(?:re|ref|subject|regarding|concerning)[ \t]*[:.][ \t]*");
pattern!(DEAR, exact, r"(?im)^[ \t]*dear\s[^,:\n]{1,40}[,:]?[ \t]*");
// A line that is the name of an agreement, with its date or number at once.
pattern!(
    AT_ONCE,
    exact,
    r"(?i)^(?:\s+(?:for|of)\s[^.;:,(]{3,60})?[\s,(]*(?:dated|made|no\b|number|ref|of\s+\d|entered\s+into)"
);

/// How far before a name a verb stands.
const BEFORE: usize = 110;
/// How far behind a name one stands.
const BEHIND: usize = 240;

/// The agreements to which something is done, each with the place of the word before its name. A contract of a kind of its own
/// (`is_contract`) may end another one; what it says of longer terms and of rights is its own affair.
pub(super) fn acted(head: &str, style: DateStyle, is_contract: bool) -> Vec<(usize, Range<usize>)> {
    let of = |lead: (usize, usize)| {
        let (start, at) = lead;
        let words = head.part(at..);
        let len = name(words, true).or_else(|| name(words, false))?;
        // "That the Services Agreement", "the benefit of the Services Agreement": its name begins later.
        if words.part(..len).contains("the ") {
            return None;
        }
        let end = at + len;
        let after = head.part(end..floor(head, (end + BEHIND).min(head.len())));
        let after = after.split("\n\n").next().unwrap_or(after);
        dated(after.part(..floor(after, after.len().min(110))), style)?;
        let before = tail(head.part(..start), BEFORE);
        let before = before.rsplit(['.', ';', '\n']).next().unwrap_or(before);
        let moves = MOVES.is_match(before);
        let acts = ENDS.is_match(before) || !is_contract && (RUNS_ON.is_match(before) || moves);
        let sure = |m: Match<'_>| !PERHAPS.is_match(m.as_str());
        let is_done =
            || IS_ENDED.find(after).is_some_and(sure) || !is_contract && IS_MOVED.find(after).is_some_and(sure);
        let perhaps = PERHAPS.is_match(before) || TOLD.is_match(before) && !moves;
        (!perhaps && (acts || is_done())).then_some((start, at..end))
    };
    THE.find_iter(head).map(|m| (m.start(), m.end())).filter_map(of).take(super::MOST).collect()
}

/// Whether a document is a letter.
pub(super) fn is_letter(head: &str) -> bool {
    DEAR.is_match(head)
}

/// The agreements that the subject of a letter, or a line of its own, names with a date or a number. `title` is that of the document.
pub(super) fn subjects(head: &str, style: DateStyle, title: Option<&str>) -> Vec<(usize, Range<usize>)> {
    let mut out = Vec::new();
    let own = title.unwrap_or_default().to_lowercase();
    let mut at = 0;
    for line in head.split_inclusive('\n').take(40) {
        if SUBJECT.find(line).is_some() {
            at += line.len();
            continue;
        }
        let dear = DEAR.find(line).map(|dear| dear.end());
        // The layout joins the salutation and the subject below it.
        let subject = dear.map(|from| from + SUBJECT.find(line.part(from..)).map_or(0, |re| re.end()));
        let from = subject.unwrap_or(line.len() - line.trim_start().len());
        let words = line.part(from..);
        let of = |skip: usize, len: usize| {
            let (name, after) = (words.part(skip..skip + len).to_lowercase(), words.part(skip + len..));
            let about = after.trim_start().starts_with("for ");
            let whole = (name.contains(' ') || about)
                && (dear.is_some() || skip > 0 || !own.contains(&name))
                && !name.starts_with("this ")
                && !name.contains("amendment");
            (whole && (AT_ONCE.is_match(after) || NUMBER_NEXT.is_match(after)))
                .then_some((at + from + skip, at + from + skip..at + from + skip + len))
        };
        // "Letter of variation: Grounds Contract GM/23 dated 11 September 2023".
        let behind = words.split_once(": ").map_or(0, |(lead, _)| lead.len() + 2);
        let named = |skip: usize| name(words.part(skip..), true).and_then(|len| of(skip, len));
        out.extend(named(0).or_else(|| named(behind).filter(|_| behind > 0)));
        at += line.len();
    }
    for lead in SUBJECT.find_iter(head) {
        let line = head.part(lead.end()..);
        let line = line.split('\n').next().unwrap_or(line);
        let starts = line.split_inclusive([' ', ',', ':']).scan(0, |at, word| {
            let start = *at;
            *at += word.len();
            Some((start, word))
        });
        let capital = starts.filter(|(_, word)| word.starts_with(char::is_uppercase));
        let found = capital.take(super::LONGEST).find_map(|(start, _)| {
            let end = start + name(line.part(start..), true)?;
            let after = line.part(end..);
            let numbered = NUMBER_NEXT.is_match(after) || NUMBER_AFTER.is_match(after);
            // "Notice of Termination of Services Agreement": the longer name is that of the letter.
            (numbered || dated(after, style).is_some()).then_some(start..end)
        });
        out.extend(found.map(|range| (lead.start(), range.start + lead.end()..range.end + lead.end())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::DateOrder;

    #[test]
    fn names_to_which_something_is_done() {
        for words in [
            "The Services Agreement dated 2 November 2025 shall end on 31 December 2026.",
            "Ashcombe Limited assigns to Sedgeley Limited the benefit of the Services Agreement dated 2 November 2025 made with Burn.",
            "The parties confirm that the Services Agreement dated 2 November 2025 is renewed for the period from 1 May 2027.",
            "We hereby terminate the Services Agreement made on 2 November 2025.",
            "The term of the Services Agreement dated 2 November 2025 is hereby extended to 30 November 2029.",
            "The Services Agreement between the parties dated 2 November 2025 is hereby terminated.",
            "The Assignor transfers all its rights under the Services Agreement dated 2 November 2025.",
        ] {
            let found = acted(words, DateStyle::of(words, DateOrder::Unknown), false);
            let names: Vec<&str> = found.iter().map(|(_, range)| words.part(range.clone())).collect();
            assert_eq!(names, ["Services Agreement"], "{words}");
        }
        for words in [
            "The Supplier may terminate the Services Agreement dated 2 November 2025.",
            "Work was done under the Services Agreement dated 2 November 2025.",
            "In no event shall the Term extend beyond the term of the Services Agreement dated 2 November 2025.",
            "If the Services Agreement dated 2 November 2025 is terminated, this Agreement ends.",
        ] {
            assert_eq!(acted(words, DateStyle::of(words, DateOrder::Unknown), false), [], "{words}");
        }
    }

    #[test]
    fn subjects_of_letters() {
        for words in [
            "Re: Notice of non-renewal, Maintenance Agreement No. SMA-2210 dated December 10, 2023",
            "Subject: Maintenance Agreement dated 10 December 2023",
            "Dear Mr Burn, Maintenance Agreement dated 10 December 2023. We write to confirm",
            "Dear Mr Burn, Re: Maintenance Agreement dated 10 December 2023",
            "Dear Mr Burn\nLetter of variation: Maintenance Agreement MA/2023/0417 dated 10 December 2023",
            "CHANGE NOTE 4\nContract: Maintenance Agreement (MA/2023/0417), 10 December 2023",
            "To: Burn Limited\n\nMaintenance Agreement dated 10 December 2023 between Ash Limited and Burn Limited",
        ] {
            let found = subjects(words, DateStyle::of(words, DateOrder::Unknown), None);
            let names: Vec<&str> = found.iter().map(|(_, range)| words.part(range.clone())).collect();
            assert_eq!(names, ["Maintenance Agreement"], "{words}");
        }
        assert_eq!(subjects("Re: our Maintenance Agreement", DateStyle::of("", DateOrder::Unknown), None), []);
    }
}
