//! Forms: the order of phrases that gives a sentence its meaning.
//!
//! A form is written in the names of kinds and classes, apart by spaces: `contract ..6 auto renew`. `a|b` is one of two,
//! `a?` may be missing, `..6` stands for at most six phrases, `..6-a|b` for so many of which none is `a` or `b`, `^` for
//! the start of the sentence behind the number of its clause, and `@a` marks the phrase whose place the rule needs. A form
//! never reaches over a full stop or a semicolon. Each form has an example that it must match, and may have one that it
//! must not.

use std::fmt::Write as _;
use std::ops::Range;

use regex::bytes::Regex;

use super::{Kind, Phrases};
use crate::lexicon::Class;

/// A form and what it means.
#[derive(Debug)]
pub(crate) struct Form<T> {
    /// What a sentence of this form says.
    pub(crate) means: T,
    pattern: Regex,
    /// A sentence that has the form.
    #[cfg(test)]
    pub(crate) example: &'static str,
    /// A sentence that looks like it and must not match; empty without one.
    #[cfg(test)]
    pub(crate) counter: &'static str,
}

/// A table of forms: the first that fits decides.
#[derive(Debug)]
pub(crate) struct Forms<T>(Vec<Form<T>>);

impl<T> Forms<T> {
    pub(crate) fn new(forms: Vec<Form<T>>) -> Self {
        Self(forms)
    }

    /// The forms in their order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Form<T>> {
        self.0.iter()
    }

    /// Whether the phrases have any of the forms.
    pub(crate) fn matches(&self, phrases: &Phrases) -> bool {
        self.iter().any(|form| form.matches(phrases))
    }

    /// Whether any form, wherever it is found, marks phrase `i`.
    pub(crate) fn marks(&self, phrases: &Phrases, i: usize) -> bool {
        self.iter().any(|form| form.marks(phrases, i))
    }

    /// What the first form says that marks phrase `i`, wherever it is found.
    pub(crate) fn marking(&self, phrases: &Phrases, i: usize) -> Option<&T> {
        self.iter().find(|form| form.marks(phrases, i)).map(|form| &form.means)
    }

    /// The first place of the first form that the phrases have at or behind phrase `from`.
    pub(crate) fn find_at(&self, phrases: &Phrases, from: usize) -> Option<Matched> {
        self.iter().find_map(|form| form.find_at(phrases, from))
    }

    /// What the first form says that the phrases have, and the phrase that it marks.
    pub(crate) fn first(&self, phrases: &Phrases) -> Option<(&T, usize)> {
        self.iter().find_map(|form| Some((&form.means, *form.find(phrases)?.marked.first()?)))
    }
}

/// Where a form was found: indices of phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Matched {
    /// All of it.
    pub(crate) range: Range<usize>,
    /// The phrases marked with `@`, in order.
    pub(crate) marked: Vec<usize>,
}

/// Declares a table of forms: `forms!(static NAME: Meaning = [ meaning => "form", "example"; … ])`. A second sentence after
/// `not` is one that must not match. A form without an example does not compile.
macro_rules! forms {
    ($vis:vis static $name:ident: $means:ty = [$($value:expr => $form:literal, $example:literal $(, not $counter:literal)?;)*]) => {
        $vis static $name: std::sync::LazyLock<$crate::phrase::Forms<$means>> = std::sync::LazyLock::new(|| {
            $crate::phrase::Forms::new(vec![
                $($crate::phrase::Form::new($value, $form, $example, concat!($($counter)?))),*
            ])
        });
    };
}
pub(crate) use forms;

impl<T> Form<T> {
    #[cfg_attr(not(test), expect(unused_variables, reason = "examples are for tests and readers"))]
    pub(crate) fn new(means: T, form: &'static str, example: &'static str, counter: &'static str) -> Self {
        Self {
            means,
            pattern: compile(form),
            #[cfg(test)]
            example,
            #[cfg(test)]
            counter,
        }
    }

    /// The first place of the form in `phrases`.
    pub(crate) fn find(&self, phrases: &Phrases) -> Option<Matched> {
        self.find_at(phrases, 0)
    }

    /// The first place of the form at or behind phrase `from`.
    fn find_at(&self, phrases: &Phrases, from: usize) -> Option<Matched> {
        let found = self.pattern.captures_at(&phrases.symbols, from.min(phrases.symbols.len()))?;
        let marked = found.iter().skip(1).flatten().map(|m| m.start()).collect();
        Some(Matched { range: found.get(0)?.range(), marked })
    }

    /// Whether the form, wherever it is found, marks phrase `i`.
    pub(crate) fn marks(&self, phrases: &Phrases, i: usize) -> bool {
        let mut from = 0;
        while let Some(found) = self.find_at(phrases, from).filter(|m| m.range.start <= i) {
            if found.marked.contains(&i) {
                return true;
            }
            from = found.range.start + 1;
        }
        false
    }

    fn matches(&self, phrases: &Phrases) -> bool {
        self.pattern.is_match(&phrases.symbols)
    }
}

/// The symbol of a kind: values and marks have letters, classes have the bytes from 128.
pub(super) fn symbol(kind: Kind) -> u8 {
    match kind {
        Kind::Period(_) => b'P',
        Kind::Date => b'D',
        Kind::Share => b'S',
        Kind::Number => b'Q',
        Kind::Name => b'N',
        Kind::Word => b'_',
        Kind::Pause => b',',
        Kind::Stop => b';',
        Kind::Words(class) => 128 + class as u8,
    }
}

/// The symbol that a name in a form stands for.
fn named(name: &str) -> u8 {
    match name {
        "period" => b'P',
        "date" => b'D',
        "share" => b'S',
        "number" => b'Q',
        "name" => b'N',
        "word" => b'_',
        "pause" => b',',
        "stop" => b';',
        _ => {
            let class = Class::ALL.iter().find(|c| c.name() == name);
            symbol(Kind::Words(*class.unwrap_or_else(|| unreachable!("a form names the unknown class {name}"))))
        }
    }
}

/// The regular expression over symbols that a form stands for.
fn compile(form: &str) -> Regex {
    let mut out = String::from("(?-u)");
    for item in form.split_whitespace() {
        if item == "^" {
            // The number of a clause stands before its first word.
            out.push_str("^(?:Q;?)?");
            continue;
        }
        if let Some(gap) = item.strip_prefix("..") {
            let (most, without) = gap.split_once('-').unwrap_or((gap, ""));
            let _ = write!(out, "[^;{}]{{0,{most}}}?", set(without));
            continue;
        }
        let (item, optional) = item.strip_suffix('?').map_or((item, ""), |item| (item, "?"));
        let _ = match item.strip_prefix('@') {
            Some(item) => write!(out, "([{}]){optional}", set(item)),
            None => write!(out, "[{}]{optional}", set(item)),
        };
    }
    Regex::new(&out).unwrap_or_else(|e| unreachable!("{form}: {e}"))
}

/// The symbols of `a|b`, for a class of a regular expression.
fn set(names: &str) -> String {
    names.split('|').filter(|n| !n.is_empty()).fold(String::new(), |mut out, name| {
        let _ = write!(out, "\\x{:02x}", named(name));
        out
    })
}

/// The forms that do not match their example, or match the sentence that they must not.
#[cfg(test)]
pub(crate) fn wrong<T>(forms: &Forms<T>) -> Vec<String> {
    wrong_as(forms, Phrases::of)
}

/// The same, with sentences read by `read`.
#[cfg(test)]
pub(crate) fn wrong_as<T>(forms: &Forms<T>, phrases: fn(&str) -> Phrases) -> Vec<String> {
    let read = |form: &Form<T>, sentence: &str| form.matches(&phrases(sentence));
    let lacks = forms.iter().filter(|f| !read(f, f.example)).map(|f| format!("does not match: {}", f.example));
    let counter = |f: &&Form<T>| !f.counter.is_empty() && read(f, f.counter);
    lacks.chain(forms.iter().filter(counter).map(|f| format!("must not match: {}", f.counter))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_find_phrases() {
        let form = Form::new((), "contract ..3 auto @renew ..8-unless period", "", "");
        let phrases = Phrases::read("The Agreement shall automatically renew for one year.", &[]);
        let found = form.find(&phrases).unwrap();
        assert_eq!(found.range, 1..7);
        assert_eq!(phrases.get(found.marked[0]).unwrap().range, 34..39);
        for other in
            ["The Agreement renews. It is automatic.", "This Agreement automatically renews unless one year passed."]
        {
            assert!(!form.matches(&Phrases::read(other, &[])), "{other}");
        }
    }
}
