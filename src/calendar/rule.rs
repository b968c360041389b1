//! The rules of reading (C1 to C8) and of arithmetic (R1 to R17), as `docs/rules.md` states them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

macro_rules! rules {
    ($($rule:ident)*) => {
        /// A rule of `docs/rules.md`, written as its name there, such as `R5`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "docs/rules.md says what each rule means")]
        pub enum Rule {
            $($rule),*
        }

        impl Rule {
            /// All rules, in the order of `docs/rules.md`.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// Name of the rule, such as `R5`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$rule => stringify!($rule)),*
                }
            }
        }
    };
}

rules! {
    C1 C2 C3 C4 C5 C6 C7 C8
    R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17
}

/// What `docs/rules.md` says of a rule: a heading `### R5: Title`, the text, and a paragraph that begins with `Source: `.
#[derive(Debug, Clone, Copy, Default)]
struct Section {
    title: &'static str,
    text: &'static str,
    source: &'static str,
}

static SECTIONS: LazyLock<BTreeMap<&'static str, Section>> =
    LazyLock::new(|| sections(include_str!("../../docs/rules.md")));

fn sections(document: &'static str) -> BTreeMap<&'static str, Section> {
    let section = |part: &'static str| {
        let part = part.split_once("\n## ").map_or(part, |(part, _)| part);
        let (heading, body) = part.split_once('\n')?;
        let (id, title) = heading.split_once(": ")?;
        let (text, source) = body.split_once("\nSource: ")?;
        Some((id, Section { title: title.trim(), text: text.trim(), source: source.trim() }))
    };
    document.split("\n### ").skip(1).filter_map(section).collect()
}

impl Rule {
    /// The rule called `id`, in either case of letters.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id().eq_ignore_ascii_case(id))
    }

    /// What the rule is about, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.section().title
    }

    /// What the rule says, with its example, in Markdown.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.section().text
    }

    /// Where the rule comes from: statutes, cases, counts, in Markdown.
    #[must_use]
    pub fn source(self) -> &'static str {
        self.section().source
    }

    fn section(self) -> Section {
        // A test sees to it that each rule has a section.
        SECTIONS.get(self.id()).copied().unwrap_or_default()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
