//! Sentences as phrases: what a clause says, with the letters between left out.
//!
//! A sentence becomes a row of [`Phrase`]s in the order of the text: lengths of time and dates with their values, words of
//! the vocabulary with their class, every other word and mark as such. Rules compare such rows with [`Form`]s, so that
//! "shall automatically renew", "will auto-renew" and "rolls over by itself" are one form.

mod form;

use std::ops::Range;

pub(crate) use form::{Form, Forms, Matched, forms};
#[cfg(test)]
pub(crate) use form::{wrong, wrong_as};

use crate::lexicon::{
    Class, DateStyle, Found, PeriodText, Words, among, classes, count, dates, is_number, ordinal, percents, periods,
};
use tickler_pdf::cite::Part as _;

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A length of time: the index of its value in [`Phrases::periods`].
    Period(usize),
    /// A date.
    Date,
    /// A share of a hundred, among dealings only.
    Share,
    /// A number that belongs to no length of time or date.
    Number,
    /// Words of the vocabulary.
    Words(Class),
    /// A capitalised word inside a sentence that no class knows: mostly a name or a role.
    Name,
    /// Any other word.
    Word,
    /// A comma, colon or dash.
    Pause,
    /// A full stop or semicolon.
    Stop,
}

/// A phrase and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its words, in bytes of the sentence.
    pub(crate) range: Range<usize>,
}

/// A sentence, read into phrases.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    /// The phrases in order.
    list: Vec<Phrase>,
    /// A symbol for each phrase, which forms are compared with.
    symbols: Vec<u8>,
    /// The lengths of time, in order.
    periods: Vec<Found<PeriodText>>,
    /// The numbers, with the index of their phrase.
    numbers: Vec<(usize, u32)>,
    /// A bit for each class that a phrase has.
    held: u128,
}

impl Phrase {
    /// Whether it is of `class`.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.kind == Kind::Words(class)
    }
}

// The bits of `Phrases::held`.
const _: () = assert!(Class::ALL.len() <= 128);

/// A word or a mark of a sentence.
struct Piece {
    range: Range<usize>,
    /// In lower case, without apostrophes; empty for a mark.
    word: String,
    kind: Kind,
}

impl Phrases {
    /// Reads a sentence; `dates` are the places of its dates.
    pub(crate) fn read(sentence: &str, dates: &[Range<usize>]) -> Self {
        Self::read_with(Words::Terms, sentence, dates, &[])
    }

    /// Reads words with the vocabulary of paying, sending and serving. Dates are not read.
    pub(crate) fn of_dealings(words: &str) -> Self {
        let shares: Vec<_> = percents(words).into_iter().map(|s| s.range).collect();
        Self::read_with(Words::Dealings, words, &[], &shares)
    }

    fn read_with(with: Words, sentence: &str, dates: &[Range<usize>], shares: &[Range<usize>]) -> Self {
        let periods = periods(sentence);
        let pieces = pieces(sentence);
        let value = |piece: &Piece| {
            let at = &piece.range;
            let date = holder(dates, |r| r, at).map(|i| (Kind::Date, dates[i].clone()));
            let share = || holder(shares, |r| r, at).map(|i| (Kind::Share, shares[i].clone()));
            let period = || {
                let i = holder(&periods, |p| &p.range, at)?;
                // "From one month to the next" is no length.
                let next = sentence.part(periods[i].range.end..);
                let next =
                    next.starts_with(" to the next") || periods[i].value.is_month() && next.starts_with(" at a time");
                let known = !next && (!periods[i].value.article || noticed(sentence, &periods[i]));
                known.then(|| (Kind::Period(i), periods[i].range.clone()))
            };
            let number = || Some((Kind::Number, whole_number(sentence, piece)?));
            date.or_else(share).or_else(period).or_else(number)
        };
        let mut out = Self {
            list: Vec::with_capacity(pieces.len()),
            symbols: Vec::with_capacity(pieces.len()),
            ..Self::default()
        };
        let mut run: Vec<&Piece> = Vec::with_capacity(pieces.len());
        let mut end = 0;
        // The letter of an item says nothing: "B. One more term is available".
        let letter = matches!(&pieces[..], [first, stop, _, ..] if first.word.len() == 1 && stop.kind == Kind::Stop
            && first.word != "i" && first.word.bytes().all(|b| b.is_ascii_alphabetic()));
        for piece in pieces.iter().skip(if letter { 2 } else { 0 }) {
            if piece.range.start < end {
                continue;
            }
            if let Some((kind, range)) = value(piece) {
                out.words(&run, with);
                run.clear();
                end = range.end;
                out.push(kind, range);
            } else if piece.word.is_empty() {
                out.words(&run, with);
                run.clear();
                out.push(piece.kind, piece.range.clone());
            } else {
                run.push(piece);
            }
        }
        out.words(&run, with);
        out.periods = periods;
        let numbers = out.list.iter().enumerate().filter(|(_, p)| p.kind == Kind::Number);
        let numbers = numbers.filter_map(|(i, p)| {
            let words = sentence.part(p.range.clone());
            // "Between the 120th and the 60th day".
            Some((i, count(words).map(|n| n.value).or_else(|| ordinal(words).map(|n| n.value))?))
        });
        out.numbers = numbers.collect();
        out
    }

    /// Reads words that are no sentence of the document, with the dates that stand in them.
    pub(crate) fn of(words: &str) -> Self {
        let dates: Vec<_> = dates(words, DateStyle::default()).into_iter().map(|d| d.range).collect();
        Self::read(words, &dates)
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        if let Kind::Words(class) = kind {
            self.held |= 1 << class as u32;
        }
        self.symbols.push(form::symbol(kind));
        self.list.push(Phrase { kind, range });
    }

    /// Adds a run of words without marks or values between them.
    fn words(&mut self, run: &[&Piece], with: Words) {
        let mut at = 0;
        for (range, class) in classes(run.iter().map(|p| p.word.as_str()), with) {
            run[at..range.start].iter().for_each(|p| self.unclassed(p));
            self.push(Kind::Words(class), run[range.start].range.start..run[range.end - 1].range.end);
            at = range.end;
        }
        run[at..].iter().for_each(|p| self.unclassed(p));
    }

    /// Adds a word without a class: a name that says what somebody does is a party, such as "Depositor".
    fn unclassed(&mut self, piece: &Piece) {
        let kind = if piece.kind == Kind::Name && does(&piece.word) { Kind::Words(Class::Party) } else { piece.kind };
        self.push(kind, piece.range.clone());
    }

    /// The phrase with index `i`.
    pub(crate) fn get(&self, i: usize) -> Option<&Phrase> {
        self.list.get(i)
    }

    /// All phrases.
    pub(crate) fn list(&self) -> &[Phrase] {
        &self.list
    }

    /// The lengths of time that phrases stand for, with the index of their phrase.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = (usize, &Found<PeriodText>)> {
        self.list.iter().enumerate().filter_map(|(i, phrase)| match phrase.kind {
            Kind::Period(n) => self.periods.get(n).map(|p| (i, p)),
            _ => None,
        })
    }

    /// The length of time that phrase `i` stands for.
    pub(crate) fn length(&self, i: usize) -> Option<&Found<PeriodText>> {
        let Kind::Period(n) = self.list.get(i)?.kind else { return None };
        self.periods.get(n)
    }

    /// The number that phrase `i` stands for.
    pub(crate) fn number(&self, i: usize) -> Option<u32> {
        let at = self.numbers.binary_search_by_key(&i, |&(at, _)| at).ok()?;
        Some(self.numbers[at].1)
    }

    /// Whether any phrase is of `class`.
    pub(crate) fn has(&self, class: Class) -> bool {
        self.held & 1 << class as u32 != 0
    }

    /// Whether any phrase is of one of `classes`.
    pub(crate) fn has_any(&self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.has(class))
    }

    /// The phrases by their names, for messages of tests.
    #[cfg(test)]
    pub(crate) fn shape(&self) -> String {
        let name = |p: &Phrase| match p.kind {
            Kind::Words(class) => class.name().to_owned(),
            other => format!("{other:?}").to_lowercase(),
        };
        self.list.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    /// The first phrase of `class` at or behind phrase `from`.
    pub(crate) fn first(&self, class: Class, from: usize) -> Option<&Phrase> {
        self.list.iter().skip(from).find(|p| p.is(class))
    }
}

/// Index of the value that holds the words at `at`, of values in the order of the text.
fn holder<T>(values: &[T], range: impl Fn(&T) -> &Range<usize>, at: &Range<usize>) -> Option<usize> {
    let i = values.partition_point(|v| range(v).start <= at.start).checked_sub(1)?;
    (at.end <= range(&values[i]).end).then_some(i)
}

/// The place of a number of several words that begins with `piece`: "one hundred eighty (180)".
fn whole_number(sentence: &str, piece: &Piece) -> Option<Range<usize>> {
    const LONGEST: usize = 60;
    if piece.kind != Kind::Number || piece.word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = sentence.part(piece.range.start..);
    let cut = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
    let found = count(rest.part(..cut))?;
    (found.range.start == 0 && found.range.end > piece.word.len())
        .then(|| piece.range.start..piece.range.start + found.range.end)
}

/// Whether a word names one who does something: "grazier", "depositor", "grantee".
fn does(word: &str) -> bool {
    const THINGS: &str = "september october november december winter summer easter another number register charter \
        chapter letter matter counter container trailer computer server router corridor sector factor quarter transfer \
        tender sensor boiler timber center copper border manner corner folder header footer filter together however \
        committee guarantee coffee degree senior junior superior whether whichever further former monitor elevator \
        generator reactor tractor vector exterior interior";
    const ENDS: [&str; 3] = ["er", "or", "ee"];
    word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end)) && !among(THINGS, word)
}

/// Whether "a month" is a length of time: before words of notice it is, and behind words of renewing.
fn noticed(sentence: &str, period: &Found<PeriodText>) -> bool {
    let before = sentence.part(..period.range.start);
    let verb = before.trim_end().strip_suffix(" for").or(before.trim_end().strip_suffix(" by"));
    // "Renewed for a year", "we renew you for a year", "renews by itself for a year", "auto-renews for a year".
    let mut verbs = verb.into_iter().flat_map(|left| left.rsplit([' ', '-']).take(4));
    if verbs.any(|verb| ["renew", "extend", "prolong", "lengthen"].iter().any(|stem| verb.starts_with(stem))) {
        return true;
    }
    let next = sentence.part(period.range.end..).trim_start_matches(['\'', '’', 's', ' ']);
    [
        "notice",
        "written",
        "prior",
        "previous",
        "before",
        "advance",
        "in advance",
        "clear",
        "each time",
        "at a time",
        "after receiving",
    ]
    .iter()
    .any(|word| next.starts_with(word))
}

/// Words and marks of a sentence. Short brackets without a length of time are left out: they repeat a number, or name a
/// term.
fn pieces(sentence: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(sentence.len() / 5);
    let mut at = 0;
    while let Some(c) = sentence.part(at..).chars().next() {
        let start = at;
        at += c.len_utf8();
        if c.is_alphanumeric() {
            let mut word = word(sentence, &mut at);
            let inside = out.last().is_some_and(|p| p.kind != Kind::Stop);
            // "Every May 1" is no permission.
            if inside && sentence.part(start..at) == "May" {
                word.clear();
                word.push_str("maius");
            }
            let kind = match c {
                '0'..='9' => Kind::Number,
                _ if is_number(&word) => Kind::Number,
                _ if c.is_uppercase() && inside => Kind::Name,
                _ => Kind::Word,
            };
            out.push(Piece { range: start..at, word, kind });
            continue;
        }
        if c == '(' {
            at += aside(sentence.part(at..)).unwrap_or(0);
        }
        let kind = match c {
            // The point of "9.00" or "No. 3" ends no clause.
            '.' if sentence.part(at..).starts_with(char::is_alphanumeric) => continue,
            '.' | ';' | '!' | '?' | '\t' => Kind::Stop,
            ',' | ':' | '–' | '—' => Kind::Pause,
            _ => continue,
        };
        out.push(Piece { range: start..at, word: String::new(), kind });
    }
    out
}

/// The word that goes on at `at`, in lower case; "party's" is the word "party".
fn word(sentence: &str, at: &mut usize) -> String {
    let start = *at - sentence.part(..*at).chars().next_back().map_or(0, char::len_utf8);
    let rest = sentence.part(start..);
    let len = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).unwrap_or(rest.len());
    *at = start + len;
    if rest.part(..len).bytes().all(|b| b.is_ascii_alphanumeric()) {
        return rest.part(..len).to_ascii_lowercase();
    }
    let word: String = rest.part(..len).to_lowercase().replace('’', "'");
    word.strip_suffix("'s").unwrap_or(&word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Length of a short bracket whose inside is left out, with its end.
fn aside(rest: &str) -> Option<usize> {
    const LONGEST: usize = 60;
    let end = rest.find([')', '('])?;
    let inside = rest.part(..end);
    let short = end <= LONGEST && rest.part(end..).starts_with(')');
    (short && periods(inside).is_empty()).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(sentence: &str) -> String {
        Phrases::read(sentence, &[]).shape()
    }

    #[test]
    fn names_of_what_somebody_does_are_parties() {
        assert_eq!(kinds("If the Depositor asks the Storer in December"), "if word party require word party word name");
        assert_eq!(kinds("every May 1, from one month to the next"), "word name number pause from monthly");
    }

    #[test]
    fn a_clause_in_phrases() {
        assert_eq!(
            kinds("The Lease will auto-renew for 1 year unless cancelled on sixty (60) days’ notice."),
            "word contract must autorenew word period(0) unless end word period(1) notice stop"
        );
        assert_eq!(kinds("Either Party’s option"), "party option");
        assert_eq!(
            kinds(
                "It renews for a year, not more than one hundred eighty (180) nor less than ninety (90) days before."
            ),
            "thing renew word period(0) pause atmost number atleast period(1) before stop"
        );
    }
}
