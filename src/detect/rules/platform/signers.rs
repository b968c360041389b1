//! Who shall sign and who has, by the two ways in which certificates are written: a sentence an event ("Document e-signed
//! by NAME (MAIL)"), or a card a person (name, mail, "Signed: DAY").

use std::ops::Range;

use jiff::civil::Date;

use super::super::pattern::{Pattern, pattern};
use super::super::reader::{head, tail};
use crate::lexicon::{DateOrder, DateStyle, dates};
use crate::record::{Part as _, Span};

pattern!(
    SIGNED_BY,
    exact,
    r"(?i)\b(?:e-?signed|signed|approved)\s+by\s*:?\s+(?:([^()<>\t\n:@]{2,80}?)?\s*[(<]\s*)?([\w.+-]+@[\w-]+\.[\w.-]*\w)"
);
pattern!(SIGNED_IT, exact, r"(?i)\bsigned\s+the\s+document\b[^@\n]{0,80}?([\w.+-]+@[\w-]+\.[\w.-]*\w)");
pattern!(
    DECLINED_BY,
    exact,
    r"(?i)\b(?:declined|rejected)\s+by\s*:?\s+(?:([^()<>\t\n:@]{2,80}?)?\s*[(<]\s*)?([\w.+-]+@[\w-]+\.[\w.-]*\w)"
);
pattern!(
    MAILED_TO,
    exact,
    r"(?i)\be-?mailed\s+to\s+(?:([^()<>\t\n:@]{2,80}?)?\s*[(<]\s*)?([\w.+-]+@[\w-]+\.[\w.-]*\w)\s*[)>]?\s+for\s+(?:e-?)?(?:signature|signing|approval)"
);
pattern!(SENT_TO, exact, r"(?i)\bsent\s+for\s+signature\s+to\s+((?:[^.\n]|\.\w|\n){3,600}?)\s+(?:from|by)\s+[\w.+-]+@");
pattern!(NAMED, exact, r"(?i)\b([^()<>\t\n:@,]{2,80}?)\s*[(<]\s*([\w.+-]+@[\w-]+\.[\w.-]*\w)");
pattern!(
    ENTERED,
    exact,
    r"(?i)\bsigner\s+([\w.+-]+@[\w-]+\.[\w.-]*\w)\s+entered\s+name\s+at\s+signing\s+as\s+([^()\t\n:@]{2,80})"
);
pattern!(MAIL, exact, r"[\w.+-]+@[\w-]+\.[\w.-]*\w");
pattern!(SIGNATURE_DATE, exact, r"(?i)^\W*(?:signature\s+date|signed\s+on|date)\s*:");
pattern!(SIGNED_ON, exact, r"(?i)\bsigned\s*:\s*[^\t\n]{6,40}");
pattern!(DECLINED_ON, exact, r"(?i)\bdeclined\s*:\s*[^\t\n]{6,40}");
pattern!(FORMAT, exact, r"(?i)\b(?:(MM)\s*[/.-]\s*DD|(DD)\s*[/.-]\s*MM)\b");
pattern!(AMERICAN, exact, r"(?i)\b\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}\b[\s|]*\d{1,2}:\d\d(?::\d\d)?\s*[ap]m\b");
// Where the people begin who sign, and those who only get copies.
pattern!(SIGNER_EVENTS, exact, r"(?i)\bsigner\s+events\b|\bsignature\s+certificate\b");
pattern!(
    OTHER_EVENTS,
    exact,
    r"(?i)\b(?:(?:editor|agent|intermediary|certified)\s+delivery|carbon\s+copy|witness|notary|envelope\s+summary)\s+events\b"
);
pattern!(
    NO_NAME,
    [
        "event/events/signature/timestamp/timestamps/status/via/e-mail/signer/signers/verified/disclosure/offered/adoption",
        "style/level/authentication/accepted/completed/none/recipient/verification/page/original/location",
    ]
);
pattern!(
    COMPLETE,
    exact,
    r"(?i)\bstatus\s*:?\W{0,4}(?:completed|signed|executed|finished)\b|\bagreement\s+completed\b|\bdocument\s+has\s+been\s+completed\b|\bcompleted\s+by\s+all\s+parties\b"
);
pattern!(
    PENDING,
    exact,
    r"(?i)\bstatus\s*:?\W{0,4}(?:sent|delivered|out\s+for|waiting|awaiting|pending|in\s+progress|partially|declined|rejected|voided|expired|cancell?ed|created)\b"
);

/// How far a person has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Was sent the contract.
    Asked,
    /// Said no.
    Declined,
    /// Has signed.
    Signed,
}

/// Somebody who shall sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) mail: String,
    pub(super) name: Option<String>,
    pub(super) state: State,
    /// The day of signing.
    pub(super) day: Option<Date>,
    /// The words that say so; those of the last event stand last.
    pub(super) spans: Vec<Span>,
}

/// What one certificate says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// In the order in which they are named first.
    pub(super) people: Vec<Person>,
    /// Whether all have signed, where the certificate says.
    pub(super) complete: Option<bool>,
}

/// Reads the text of a certificate.
pub(super) fn read(text: &str) -> Read {
    let style = style(text);
    let mut people = events(text, style);
    if people.is_empty() {
        people = cards(text, style);
    }
    Read { people, complete: complete(text) }
}

/// The status that is named first is that of the whole; further down stand those of its parts.
fn complete(text: &str) -> Option<bool> {
    let at = |p: &Pattern| p.find(text).map(|m| m.start());
    match (at(&COMPLETE), at(&PENDING)) {
        (Some(done), Some(open)) => Some(done < open),
        (Some(_), None) => Some(true),
        (None, open) => open.map(|_| false),
    }
}

/// Platforms write the day as they like, whatever the contract does.
fn style(text: &str) -> DateStyle {
    if let Some(c) = FORMAT.captures(text) {
        let order = if c.get(1).is_some() { DateOrder::MonthFirst } else { DateOrder::DayFirst };
        return DateStyle { order, ..DateStyle::of(text, order) };
    }
    // Hours before and after noon go with the month first.
    let default = if AMERICAN.is_match(text) { DateOrder::MonthFirst } else { DateOrder::Unknown };
    DateStyle::of(text, default)
}

/// The one day that the first date of some words can mean.
fn day(words: &str, style: DateStyle) -> Option<(Date, Range<usize>)> {
    let first = dates(words, style).into_iter().next()?;
    let known = first.value.reading.known().filter(|_| first.value.other.is_none())?;
    Some((known, first.range))
}

/// People by sentences about them.
fn events(text: &str, style: DateStyle) -> Vec<Person> {
    let mut out: Vec<Person> = Vec::new();
    let mut note = |mail: &str, name: Option<&str>, state: State, span: Span, day: Option<Date>| {
        let name = name.map(str::trim).filter(|n| is_name(n)).map(str::to_owned);
        let mail = mail.to_ascii_lowercase();
        let found = out.iter().position(|p| p.mail == mail).unwrap_or_else(|| {
            out.push(Person { mail, name: None, state, day: None, spans: Vec::new() });
            out.len() - 1
        });
        let person = &mut out[found];
        person.name = person.name.take().or(name);
        // Nobody who has signed is only asked, in whatever order events are listed.
        if state != State::Asked || person.state == State::Asked {
            person.state = state;
            person.spans.push(span);
        } else {
            person.spans.insert(0, span);
        }
        person.day = day.or(person.day);
    };
    for c in MAILED_TO.captures_iter(text) {
        let Some((all, mail)) = c.get(0).zip(c.get(2)) else { continue };
        note(mail.as_str(), c.get(1).map(|m| m.as_str()), State::Asked, Span::from(all.range()), None);
    }
    for c in SENT_TO.captures_iter(text) {
        let Some(list) = c.get(1) else { continue };
        for p in NAMED.captures_iter(list.as_str()) {
            let (Some(name), Some(mail)) = (p.get(1), p.get(2)) else { continue };
            let name = name.as_str().trim();
            let name = name.strip_prefix("and ").unwrap_or(name);
            let span = Span::from(mail.range()).cover(Span::from(p.get(1).map_or(0..0, |m| m.range())));
            note(mail.as_str(), Some(name), State::Asked, span.shift(list.start()), None);
        }
    }
    for (pattern, state) in [(&SIGNED_BY, State::Signed), (&DECLINED_BY, State::Declined)] {
        for c in pattern.captures_iter(text) {
            let Some((all, mail)) = c.get(0).zip(c.get(2)) else { continue };
            let (span, day) = dated(text, all.range(), style);
            note(mail.as_str(), c.get(1).map(|m| m.as_str()), state, span, day.filter(|_| state == State::Signed));
        }
    }
    for c in SIGNED_IT.captures_iter(text) {
        let Some((all, mail)) = c.get(0).zip(c.get(1)) else { continue };
        let (span, day) = dated(text, all.range(), style);
        note(mail.as_str(), None, State::Signed, span, day);
    }
    for c in ENTERED.captures_iter(text) {
        let (Some(mail), Some(name)) = (c.get(1), c.get(2)) else { continue };
        let mail = mail.as_str().to_ascii_lowercase();
        if let Some(person) = out.iter_mut().find(|p| p.mail == mail && p.name.is_none()) {
            person.name = Some(name.as_str().trim().to_owned()).filter(|n| is_name(n));
        }
    }
    out
}

/// An event with its day, which stands behind it, or before it in a column of its own.
fn dated(text: &str, event: Range<usize>, style: DateStyle) -> (Span, Option<Date>) {
    let closed = event.end + usize::from(text.part(event.end..).starts_with([')', '>']));
    let span = Span::new(event.start, closed);
    let after = head(text.part(closed..), 90);
    let behind = || {
        let (day, range) = day(after, style)?;
        // The day of the next event is not that of this one.
        let next = after.part(..range.start).contains('@');
        (!next).then(|| (span.cover(Span::new(closed + range.start, closed + range.end)), Some(day)))
    };
    if SIGNATURE_DATE.is_match(after)
        && let Some(found) = behind()
    {
        return found;
    }
    let before = tail(text.part(..event.start), 60);
    let from = event.start - before.len();
    let label = before.to_ascii_lowercase().rfind("signed");
    let ahead = label.and_then(|l| {
        let (day, _) = day(before.part(l..), style)?;
        Some((Span::new(from + l, closed), Some(day)))
    });
    ahead.or_else(behind).unwrap_or((span, None))
}

/// People by cards. Only those count whom the certificate lists as signers.
fn cards(text: &str, style: DateStyle) -> Vec<Person> {
    let Some(start) = SIGNER_EVENTS.find(text).map(|m| m.end()) else { return Vec::new() };
    let end = OTHER_EVENTS.find_at(text, start).map_or(text.len(), |m| m.start());
    let part = text.part(start..end);
    let mut out: Vec<Person> = Vec::new();
    let mut from = 0;
    for mail in MAIL.find_iter(part) {
        let mut person = Person {
            mail: mail.as_str().to_ascii_lowercase(),
            name: None,
            state: State::Asked,
            day: None,
            spans: vec![Span::from(mail.range()).shift(start)],
        };
        if let Some(name) = name_before(part, from, mail.start()) {
            person.name = Some(part.part(name.range()).to_owned());
            person.spans.insert(0, name.shift(start));
        }
        from = mail.end();
        if !out.iter().any(|p| p.mail == person.mail) {
            out.push(person);
        }
    }
    let signed: Vec<Range<usize>> = SIGNED_ON.find_iter(part).map(|m| m.range()).collect();
    // In order where each has an event; else each event is of the card above it.
    let each = signed.len() == out.len();
    let owner = |n: usize, at: usize, out: &[Person]| {
        if each { Some(n) } else { out.iter().rposition(|p| p.spans[0].start() < at + start) }
    };
    for (n, range) in signed.iter().enumerate() {
        let Some(owner) = owner(n, range.start, &out) else { continue };
        let person = &mut out[owner];
        (person.state, person.day) = (State::Signed, day(part.part(range.clone()), style).map(|d| d.0));
        person.spans.push(Span::from(range.clone()).shift(start));
    }
    for m in DECLINED_ON.find_iter(part) {
        if let Some(person) = out.iter_mut().rfind(|p| p.spans[0].start() < m.start() + start) {
            person.state = State::Declined;
            person.spans.push(Span::from(m.range()).shift(start));
        }
    }
    out
}

/// The name in one of the cells before the mail address that stands at `at`.
fn name_before(part: &str, from: usize, at: usize) -> Option<Span> {
    let before = part.part(from..at);
    let mut end = before.len();
    for cell in before.rsplit(['\t', '\n']).take(5) {
        let begin = end - cell.len();
        end = begin.saturating_sub(1);
        let cell = cell.trim_end().strip_suffix("Email:").unwrap_or(cell);
        let lead = cell.len() - cell.trim_start().len();
        let name = cell.trim();
        if is_name(name) {
            return Some(Span::new(from + begin + lead, from + begin + lead + name.len()));
        }
    }
    None
}

fn is_name(words: &str) -> bool {
    let letters = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | ','));
    letters && (2..60).contains(&words.chars().count()) && words.split(' ').count() < 7 && !NO_NAME.is_match(words)
}
