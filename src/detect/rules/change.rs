//! What an amendment says it does: "Section 9.2 is deleted in its entirety and replaced with the following", "by
//! replacing 'sixty (60) days' with 'ninety (90) days'", "the Term is hereby extended through 31 May 2027".
//!
//! Wording knowledge: C7.

mod act;
mod reword;

use jiff::civil::Date;

pub(super) use act::PERHAPS;

use super::pattern::{Match, pattern};
use crate::lexicon::bound::{self, Bound};
use crate::lexicon::{DateOrder, DateStyle, DateText, Found, dates, periods};
use crate::record::value::Amends;
use crate::record::value::change::{Change, ChangeAction};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};
use crate::segment::Segments;
use crate::text::DocumentText;

pattern!(
    TARGET,
    exact,
    r"(?i:({parts})\s+(?:no\.?\s*)?)((?:\d+(?:\.\d+)*|[A-Z]{1,3}(?:-\d+)?|[IVXL]+)(?:\.)?(?:\([\w]{1,4}\))*)"
);
// "is hereby amended and restated", "is deleted and replaced", "shall be superseded".
pattern!(
    REPLACED,
    exact,
    r"(?i)\b(?:is|are|be)\s+(?:(?:hereby|further)\s+)*(?:(?:amended|deleted|modified|revised|removed|struck)(?:\s+{entirely})?,?\s+and\s+)?(?:hereby\s+)?(?:restated|replaced|superseded|substituted)\b"
);
// "amended to read", "revised as follows".
pattern!(READS, exact, r"(?i)\b(?:amended|modified|revised)\s+(?:{entirely}\s+)?{to_read}");
// "replaced with the following", "the following clause is substituted", "in its place".
pattern!(IN_PLACE, exact, r"(?i){replaced_by}");
pattern!(DELETED, exact, r"(?i){deleted}");
// "A new Section 5.7 is added", "amended by adding", "by inserting the following".
pattern!(ADDED, exact, r"(?i){added}");
// "the Term is hereby extended through", "the expiry date is changed from A to", "the Parties extend the Initial Term".
pattern!(EXTENDED, exact, r"(?i){extended}");
// "Elects to exercise its option to renew the Lease".
pattern!(EXERCISED, exact, r"(?i){exercised}");
// What an end moves to, or by how much.
pattern!(
    TO,
    exact,
    r"(?i)^(?:\s+(?:on|at)\b|[^.;]{0,120}?\b(?:until|through|to|up\s+to\s+and\s+including|so\s+(?:that|as)|for|by)\b)"
);
pattern!(
    WHOLE,
    exact,
    r"(?i)\bamend(?:s|ed|ing)?\s+and\s+restate(?:s|d|ment)?\b|\brestate[sd]?\s+in\s+its\s+entirety\b"
);

// Cheap test for a sentence that may change something.
pattern!(TOUCHES, r"{changing}");

/// Whether a title says that all of an agreement is stated anew: "Amended and Restated Supply Agreement".
pub(super) fn restates(title: &str) -> bool {
    WHOLE.is_match(title)
}

/// The changes that a document of kind `kind`, titled `title`, makes. `amends` is the agreement that it names.
pub(super) fn changes(
    text: &DocumentText,
    segments: &Segments,
    kind: Option<&str>,
    title: Option<&str>,
    amends: Option<&Fact<Amends>>,
) -> Vec<Fact<Change>> {
    let restates = title.is_some_and(restates);
    let extends = title.is_some_and(super::title::extends_another);
    let in_subject = amends.is_some_and(|amends| amends.origin().id == "amends.subject");
    let kind = kind.filter(|kind| !in_subject || super::title::changes_another(kind));
    let is_letter = kind.is_none() && amends.is_some();
    let changes_all = restates || extends || is_letter || matches!(kind, Some("amendment" | "addendum"));
    if !changes_all && amends.is_none() {
        return Vec::new();
    }
    let refuses = || segments.sentences.iter().any(|sentence| act::refuses(text.slice(sentence.span)));
    let acts = act::Acts::of(title, is_letter, amends.is_some() && refuses());
    // An amendment also tells what its agreement is: "the Lease dated 1 May 2019, which ends on ...".
    let of_own_kind = !matches!(kind, Some("amendment" | "addendum"));
    let named = amends.filter(|_| of_own_kind).map(|amends| amends.evidence()[0].span());
    let all = text.as_str();
    let style = DateStyle::of(all, DateOrder::Unknown);
    let mut out = Vec::new();
    if restates
        && let Some(title) = title
        && let Some(at) = all.find(title).or(Some(0))
    {
        let change = Change::of(ChangeAction::Replaced, None);
        let end = super::pattern::floor(all, (at + title.len()).min(all.len()));
        out.push(fact(text, change, Span::new(at, end.max(1)), "change.restated", 0.9));
    }
    for sentence in &segments.sentences {
        let words = text.slice(sentence.span);
        let of_it = named.is_some_and(|named| sentence.span.contains(named));
        let acted = || {
            let read = if amends.is_some() && !restates { acts.read(words, of_it, style) } else { Vec::new() };
            read.into_iter().map(|(c, rule)| fact(text, c, sentence.span, rule, 0.85))
        };
        if !TOUCHES.is_match(words) || !changes_all && !of_it {
            out.extend(acted());
            continue;
        }
        let section = section(words);
        let reworded: Vec<Change> = reword::rewordings(words)
            .map(|(old, new)| Change {
                old: Some(old.to_owned()),
                new: Some(new.to_owned()),
                until: end_day(words, old, new, style),
                ..Change::of(ChangeAction::Reworded, section.clone())
            })
            .collect();
        if reworded.is_empty() {
            match change(words, section, style, restates) {
                Some((change, rule, p)) => out.push(fact(text, change, sentence.span, rule, p)),
                None => out.extend(acted()),
            }
        }
        out.extend(reworded.into_iter().map(|c| fact(text, c, sentence.span, "change.reworded", 0.9)));
    }
    settled(out)
}

/// One change of the whole stands for all that say the same, that with a day before others. What is extended does not end: its new
/// end is that of the extension.
fn settled(mut changes: Vec<Fact<Change>>) -> Vec<Fact<Change>> {
    let is = |fact: &Fact<Change>, action| fact.value().is_some_and(|c| c.action == action);
    if changes.iter().any(|c| is(c, ChangeAction::Extended)) {
        changes.retain(|c| !is(c, ChangeAction::Ended));
    }
    // "For a further twelve months. It will accordingly run until D": one extension, and its day.
    let to_a_day = |c: &Fact<Change>| c.value().is_some_and(|c| c.until.is_some());
    if changes.iter().any(|c| is(c, ChangeAction::Extended) && to_a_day(c)) {
        changes.retain(|c| !is(c, ChangeAction::Extended) || to_a_day(c));
    }
    for action in [ChangeAction::Ended, ChangeAction::Begun, ChangeAction::PartyReplaced] {
        let all: Vec<usize> = (0..changes.len()).filter(|&i| is(&changes[i], action)).collect();
        let kept = all.iter().copied().find(|&i| to_a_day(&changes[i])).or(all.first().copied());
        let mut at = 0;
        changes.retain(|c| {
            at += 1;
            !is(c, action) || Some(at - 1) == kept
        });
    }
    changes
}

/// The day to which `new` moves the end of the term, where `old` is the former one and the sentence speaks of an end.
fn end_day(words: &str, old: &str, new: &str, style: DateStyle) -> Option<Date> {
    let day = |quoted: &str| {
        let found = dates(quoted, style).into_iter().next().filter(|d| d.value.other.is_none())?;
        (found.range.len() + 4 >= quoted.len()).then(|| found.value.reading.known())?
    };
    let to = day(new).filter(|_| day(old).is_some() || old.to_ascii_lowercase().ends_with("date"))?;
    let around = words.replace(new, "");
    let ends = ["term", "expir", "terminat", "end", "ends", "ending", "duration"];
    let speaks = |w: &str| ends[3..].contains(&w) || ends[..3].iter().any(|e| w.starts_with(e)) && w != "terms";
    around.to_ascii_lowercase().split(|c: char| !c.is_alphanumeric()).any(speaks).then_some(to)
}

fn fact(text: &DocumentText, change: Change, span: Span, rule: &str, confidence: f32) -> Fact<Change> {
    let raw = change.section.clone().or_else(|| change.new.clone()).unwrap_or_default();
    Fact::found("change", text.cited(change, span), &raw, Origin::rule(rule), Confidence::new(confidence))
}

/// The operative words come before the text that they bring: what follows a colon is that text.
fn lead(words: &str) -> &str {
    words.split(':').next().unwrap_or(words)
}

/// The section that a sentence speaks of.
fn section(words: &str) -> Option<String> {
    // "Article 1. In Article 12 of the Contract": the first is the number of the clause itself.
    pattern!(OWN, r"^\W*(?:article|clause|section|paragraph)\s+[0-9ivx]+\s*[.:]\s+");
    let lead = lead(words);
    TARGET.captures(lead.part(OWN.prefix_len(lead)..)).or_else(|| TARGET.captures(lead)).and_then(|c| {
        let (word, number) = (c.get(1)?.as_str(), c.get(2)?.as_str().trim_end_matches('.'));
        let attached = ["ex", "sch", "app", "ann", "att"].iter().any(|w| word.to_lowercase().starts_with(w));
        Some(if attached { format!("{word} {number}") } else { number.to_owned() })
    })
}

/// The change that one sentence makes to `section`, other than of single words.
fn change(
    words: &str,
    section: Option<String>,
    style: DateStyle,
    restates: bool,
) -> Option<(Change, &'static str, f32)> {
    let lead = lead(words);
    if let Some(verb) = EXTENDED.find(words)
        && let Some(to) = TO.find(words.part(verb.end()..))
    {
        let after = words.part(verb.end() + to.end()..);
        // "Extended for one year, and, therefore, the term shall continue through D".
        let near = |d: &Found<DateText>| {
            let left = after.part(..d.range.start);
            left.len() < 80 || left.len() < 260 && bound::before(left) == Some(Bound::End)
        };
        // "Extended for two years, commencing on A and continuing to B".
        let starts = |d: &Found<DateText>| bound::is_start(after.part(..d.range.start));
        let day = dates(after, style).into_iter().find(|d| !starts(d)).filter(near);
        let until = day.and_then(|d| d.value.reading.known().filter(|_| d.value.other.is_none()));
        let period = periods(after).into_iter().next().filter(|p| p.range.start < 60 && !p.value.article);
        let by = period.and_then(|p| p.value.reading.known()).filter(|_| until.is_none());
        if until.is_some() || by.is_some() {
            let change = Change { until, by, ..Change::of(ChangeAction::Extended, section) };
            return Some((change, "change.extended", 0.85));
        }
    }
    let perhaps = |verb: &Match<'_>| PERHAPS.is_match(words.part(..verb.start() + "exercise".len()));
    if let Some(verb) = EXERCISED.find(words).filter(|verb| !perhaps(verb)) {
        let after = words.part(verb.end()..);
        let ends = |d: &Found<DateText>| bound::before(after.part(..d.range.start)) == Some(Bound::End);
        let day = dates(after, style).into_iter().find(ends).filter(|d| d.value.other.is_none());
        let until = day.and_then(|d| d.value.reading.known());
        let by = periods(after).into_iter().find_map(|p| p.value.reading.known()).filter(|_| until.is_none());
        if until.is_some() || by.is_some() {
            let change = Change { until, by, ..Change::of(ChangeAction::Extended, None) };
            return Some((change, "change.exercised", 0.85));
        }
    }
    // Without a section named, "amended as follows" only leads in the changes.
    let section = section?;
    if [&REPLACED, &READS, &IN_PLACE].iter().any(|form| form.is_match(lead)) {
        return (!restates).then(|| (Change::of(ChangeAction::Replaced, Some(section)), "change.replaced", 0.9));
    }
    if ADDED.is_match(lead) {
        return Some((Change::of(ChangeAction::Added, Some(section)), "change.added", 0.85));
    }
    if DELETED.is_match(lead) {
        return Some((Change::of(ChangeAction::Deleted, Some(section)), "change.deleted", 0.85));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::record::DocumentId;

    fn read(words: &str) -> Vec<Change> {
        let plain = format!("AMENDMENT NO. 1\n{words}\n");
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), &plain);
        let segments = crate::segment::segment(&text);
        let found = changes(&text, &segments, Some("amendment"), Some("AMENDMENT NO. 1"), None);
        found.into_iter().filter_map(|f| f.value().cloned()).collect()
    }

    fn one(words: &str) -> (ChangeAction, Option<String>) {
        let mut found = read(words);
        assert_eq!(found.len(), 1, "{words}: {found:?}");
        let Change { action, section, .. } = found.remove(0);
        (action, section)
    }

    #[test]
    fn sections() {
        use ChangeAction::{Added, Deleted, Replaced};
        let at = |s: &str| Some(s.to_owned());
        for (words, action, section) in [
            ("Section 9.2 of the Agreement is hereby deleted in its entirety.", Deleted, "9.2"),
            ("Clause 4(b) is deleted in its entirety and replaced with the following: \"Fees\".", Replaced, "4(b)"),
            ("Section 2 of the Lease is hereby amended and restated to read as follows:", Replaced, "2"),
            ("Article IV shall be amended to read in its entirety as set out below.", Replaced, "IV"),
            ("Exhibit A is hereby replaced by the Exhibit A attached to this Amendment.", Replaced, "Exhibit A"),
            ("Article 1. In Article 12 of the Contract, \"one\" shall read \"two\".", ChangeAction::Reworded, "12"),
            ("A new Section 5.7 is hereby added after Section 5.6.", Added, "5.7"),
            ("Section 5 is amended by adding the following sentence at its end.", Added, "5"),
        ] {
            assert_eq!(one(words), (action, at(section)), "{words}");
        }
        assert!(read("Except as amended hereby, Section 9.2 remains in full force and effect.").is_empty());
        assert!(read("The parties wish to amend the Agreement as follows:").is_empty());
    }

    #[test]
    fn words() {
        let found =
            read("Section 12.1 is amended by deleting “sixty (60) days” and replacing it with “ninety (90) days”.");
        assert_eq!(found[0].action, ChangeAction::Reworded);
        assert_eq!(found[0].section.as_deref(), Some("12.1"));
        assert_eq!(found[0].old.as_deref(), Some("sixty (60) days"));
        assert_eq!(found[0].new.as_deref(), Some("ninety (90) days"));
        let found = read("In Section 3, \"Net 30\" is hereby replaced by \"Net 45\".");
        assert_eq!((found[0].old.as_deref(), found[0].new.as_deref()), (Some("Net 30"), Some("Net 45")));
        let found =
            read("In clause 5 the word “one” is replaced by “two”, and the words “a year” are replaced by “a month”.");
        let new: Vec<_> = found.iter().filter_map(|c| c.new.as_deref()).collect();
        assert_eq!(new, ["two", "a month"]);
    }

    #[test]
    fn terms() {
        assert!(read("The Tenant may exercise its option to renew for five years ending 31 May 2027.").is_empty());
        let found = read("The Term of the Agreement is hereby extended through May 31, 2027.");
        assert_eq!(found[0].until, Some(jiff::civil::date(2027, 5, 31)));
        for words in [
            "Section 2 is amended by deleting “May 31, 2026” and replacing it with “May 31, 2027” as the date on which it ends.",
            "In clause 3 (Term) the words “31 May 2026” are replaced with “31 May 2027”.",
            "The reference to “31 May 2026” in the definition of “Expiration Date” is replaced by “31 May 2027”.",
            "The term has been extended for one additional year, and, therefore, the term of the contract shall continue through May 31, 2027.",
            "The term, which was to end May 31, 2026, is extended through May 31, 2027.",
            "The expiry date in clause 1 is changed from 31 May 2026 to 31 May 2027.",
            "The parties extend the term of the Agreement until 31 May 2027.",
            "The end date shall be moved to 31 May 2027.",
            "The Lease is hereby further extended up to and including May 31, 2027.",
            "The termination date is hereby amended to 31 May 2027.",
            "The tenancy is prolonged to 31 May 2027.",
            "The term is hereby extended for an additional year, so that it now ends on 31 May 2027.",
            "The term of this Agreement is extended for a year, commencing on 1 June 2026 and continuing to and including 31 May 2027.",
            "We postpone the end date to 31 May 2027.",
            "By this letter we agree that the term of the Lease is extended for two years, so that it will expire on 31 May 2027.",
            "Clause 1.1 is varied so that the initial term ends on 31 May 2027 instead of 31 May 2026.",
            "Clause 3 of the Lease is amended such that the Contract expires on 31 May 2027.",
            "The Lease would have ended on 31 May 2026; it shall remain in force to and including 31 May 2027.",
            "The Agreement will accordingly continue until 31 May 2027.",
            "The Tenant elects to exercise its option to renew under Section 3.2 for five years ending 31 May 2027.",
            "We hereby exercise our right to extend the Contract for the period from 1 June 2026 to 31 May 2027.",
            "The licence shall now run until 31 May 2027 in place of 31 May 2026.",
            "The Services Agreement dated 2 November 2025 is renewed for the period from 1 June 2026 to 31 May 2027.",
            "Clause 2 of that agreement, on the end of the term, shall be read as if “31 May 2026” were “31 May 2027”.",
            "The term of the Services Agreement dated 2 November 2025 is hereby extended to 31 May 2027 on the same terms.",
            "The parties change the expiry date from 31 May 2026 to 31 May 2027.",
        ] {
            let until = read(words).first().and_then(|c| c.until);
            assert_eq!(until, Some(jiff::civil::date(2027, 5, 31)), "{words}");
        }
        let found = read("The Parties hereby extend the Initial Term of the Lease for an additional two (2) years.");
        assert_eq!(found[0].by, Some(Period::new(2, Unit::Year)));
        assert_eq!(found[0].action, ChangeAction::Extended);
    }

    #[test]
    fn a_restatement_replaces_all() {
        let plain = "AMENDED AND RESTATED SUPPLY AGREEMENT\nThis Agreement amends and restates the earlier one.\n";
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let segments = crate::segment::segment(&text);
        let found = changes(&text, &segments, Some("supply"), Some("AMENDED AND RESTATED SUPPLY AGREEMENT"), None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value().map(|c| (c.action, c.section.clone())), Some((ChangeAction::Replaced, None)));
    }
}
