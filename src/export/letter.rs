//! A draft of the notice about a renewal, an option or a break.

mod address;
mod docx;

use std::fmt::Write as _;
use std::io;

use jiff::civil::Date;

pub use address::Place;

use crate::calendar::day_in_words as day;
use crate::record::value::{DeliveryMethod, Party};
use crate::record::{Contract, Evidence, Fact, Part as _};
use crate::schedule::{EntryKind, ScheduleEntry};

/// Longest quote of a clause, in bytes.
const LONGEST: usize = 1_500;

/// What a notice brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The contract does not renew.
    NonRenewal,
    /// An option to renew is exercised, or renewal is asked for.
    Renewal,
    /// The contract ends on a break date.
    Break,
}

impl Purpose {
    /// The heading of its letter.
    const fn heading(self) -> &'static str {
        match self {
            Self::NonRenewal => "NOTICE OF NON-RENEWAL",
            Self::Renewal => "NOTICE OF RENEWAL",
            Self::Break => "NOTICE OF TERMINATION",
        }
    }

    /// All of them.
    const ALL: [Self; 3] = [Self::NonRenewal, Self::Renewal, Self::Break];
}

/// A clause of the contract, as letters cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseRef<'a> {
    /// Its number, such as `9.2`.
    pub number: Option<String>,
    /// Page on which it begins, from 1.
    pub page: u32,
    /// Its words.
    pub words: &'a str,
}

impl ClauseRef<'_> {
    /// "Section 9.2", or "the clause on page 3".
    fn name(&self) -> String {
        match &self.number {
            Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("Section {}", number.trim_end_matches('.'))
            }
            Some(number) => number.clone(),
            None => format!("the clause on page {}", self.page),
        }
    }

    /// The same with its page.
    fn on_page(&self) -> String {
        let name = self.name();
        if self.number.is_some() { format!("{name} (page {})", self.page) } else { name }
    }
}

/// Somebody who gets a notice.
#[derive(Debug, Clone)]
pub struct Addressee<'a> {
    /// The party.
    pub party: &'a Party,
    /// Where the contract says that notices to it go, and the clause that does.
    pub place: Option<(Place, ClauseRef<'a>)>,
}

impl Addressee<'_> {
    fn place(&self) -> Option<&Place> {
        self.place.as_ref().map(|(place, _)| place)
    }

    /// The address of the letter: that for notices, else that of the party.
    fn address(&self) -> Option<&str> {
        self.place().and_then(|place| place.address.as_deref()).or(self.party.address.as_deref())
    }

    /// Name and address, with whose attention it is for.
    fn block(&self) -> String {
        let missing = "[address for notices, see the notice clause]";
        let attention = self.place().and_then(|place| place.attention.as_deref());
        let attention = attention.map_or_else(String::new, |who| format!("Attention: {who}\n"));
        format!("{}\n{}\n{attention}\n", self.party.name, self.address().unwrap_or(missing))
    }

    /// From where its address is.
    fn source(&self) -> String {
        let name = &self.party.name;
        match (&self.place, self.address()) {
            (Some((Place { address: Some(_), .. }, clause)), _) => {
                format!("The address of {name} is that for notices in {}.", clause.on_page())
            }
            (Some((_, clause)), Some(_)) => format!(
                "The address of {name} is that which the contract gives with its name; whose attention it is for, {} says.",
                clause.on_page()
            ),
            (None, Some(_)) => format!(
                "The address of {name} is that which the contract gives with its name: no other one for notices was read."
            ),
            (_, None) => format!("No address of {name} was read."),
        }
    }
}

/// What a letter is made of.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// The contract, with the terms in force.
    pub contract: &'a Contract,
    /// The deadline.
    pub entry: &'a ScheduleEntry,
    /// What the notice brings about.
    pub purpose: Purpose,
    /// The last day of the term, or the break date.
    pub ends: Option<Date>,
    /// Whether it was decided to ask for other terms.
    pub renegotiates: bool,
    /// Who gives notice.
    pub from: &'a Party,
    /// Who gets it.
    pub to: Vec<Addressee<'a>>,
    /// The day of the letter.
    pub on: Date,
    /// The clause that gives the right.
    pub right: Option<ClauseRef<'a>>,
    /// The clause that says how notice is given.
    pub notices: Option<ClauseRef<'a>>,
}

/// A letter as it is drafted, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// That it is a draft.
    pub mark: String,
    /// The letter; lines are lines of it.
    pub body: String,
    /// What its sender should know, which is no part of the letter.
    pub advice: String,
}

impl Draft {
    /// All of it as text.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { mark, body, advice } = self;
        format!("{mark}\n\n{body}\n{}\n{advice}", "-".repeat(60))
    }

    /// All of it for a word processor (.docx): the mark stands on each page, and what the sender should know on a page of its
    /// own.
    ///
    /// # Errors
    /// Those of packing the file.
    pub fn docx(&self) -> io::Result<Vec<u8>> {
        docx::write(self)
    }
}

impl Letter<'_> {
    /// The draft.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mark = format!("DRAFT of {}. Compare it with the contract before you send it.", self.on);
        Draft { mark, body: self.body(), advice: self.advice() }
    }

    fn body(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}\n{}\n", self.from.name, self.from.address.as_deref().unwrap_or("[your address]"));
        out.extend(self.to.iter().map(Addressee::block));
        let _ = writeln!(out, "{}\n", day(self.on));
        let ways: Vec<&str> =
            self.entry.send_by.iter().filter_map(|s| s.method).map(DeliveryMethod::in_words).collect();
        if !ways.is_empty() {
            let _ = writeln!(out, "[{}]\n", ways.join(", or "));
        }
        let title = text(self.contract.document.title.as_ref()).unwrap_or("Agreement");
        let dated = self.contract.agreement_date.as_ref().or(self.contract.effective_date.as_ref());
        let dated = dated.and_then(|f| f.value()?.date()).map_or_else(String::new, |d| format!(" dated {}", day(d)));
        let reference = text(self.contract.document.reference.as_ref());
        let reference = reference.map_or_else(String::new, |r| format!(" (reference {r})"));
        let _ = writeln!(out, "{}\n{title}{dated}{reference}\n", self.purpose.heading());
        let others: Vec<String> = self.to.iter().map(|to| with_role(to.party)).collect();
        let (us, them) = (with_role(self.from), others.join(" and "));
        let _ =
            writeln!(out, "We refer to the {title}{dated}{reference} between {us} and {them} (the \"Agreement\").\n");
        let _ = writeln!(out, "{}\n", self.demand());
        if self.renegotiates {
            out += "We are willing to go on under other terms, and ask you to discuss them with us. Until they are agreed in writing \
                    this notice stands.\n\n";
        }
        if let Some(clause) = &self.notices {
            let _ = writeln!(out, "This notice is given as {} of the Agreement provides.", clause.name());
        }
        out += "Please confirm in writing that you have received it.\n\nYours faithfully,\n\n\n______________________________\n";
        let _ = writeln!(out, "For {}\nName and title:", self.from.name);
        out
    }

    /// What is demanded.
    fn demand(&self) -> String {
        let under = self
            .right
            .as_ref()
            .map_or_else(String::new, |clause| format!("Under {} of the Agreement, ", clause.name()));
        let we = if under.is_empty() { "We" } else { "we" };
        match (self.purpose, self.ends) {
            (Purpose::NonRenewal, Some(end)) => format!(
                "{under}{we} give you notice that we do not wish the Agreement to renew. It ends on {}, the last day of its \
                 current term.",
                day(end)
            ),
            (Purpose::NonRenewal, None) => {
                format!(
                    "{under}{we} give you notice that we do not wish the Agreement to renew. It ends with its current term."
                )
            }
            (Purpose::Renewal, Some(end)) => format!(
                "{under}{we} give you notice that we renew the Agreement for a further term, which follows the term that ends \
                 on {}.",
                day(end)
            ),
            (Purpose::Renewal, None) => {
                format!("{under}{we} give you notice that we renew the Agreement for a further term.")
            }
            (Purpose::Break, Some(end)) => {
                format!("{under}{we} give you notice that the Agreement ends on {}.", day(end))
            }
            (Purpose::Break, None) => format!("{under}{we} give you notice that we end the Agreement."),
        }
    }

    /// What the sender should know.
    fn advice(&self) -> String {
        let entry = self.entry;
        let mut out = "For the sender, no part of the letter:\n".to_owned();
        let _ = writeln!(out, "* It must be sent by {} and count as given by {}.", entry.act_by, entry.date);
        for way in entry.send_by.iter().filter_map(|s| Some((s.method?, s.date))) {
            let _ = writeln!(out, "  {}: send it by {}.", way.0.in_words(), way.1);
        }
        if self.renegotiates {
            out += "* It was decided to renegotiate: the letter says so, and has its effect unless other terms are agreed.\n";
        }
        if entry.send_by.is_empty() {
            out += "  The contract does not say when notices count: allow for the time on the way.\n";
        }
        if self.from.address.is_none() {
            let _ = writeln!(out, "* No address of {} was read.", self.from.name);
        }
        for to in &self.to {
            let _ = writeln!(out, "* {}", to.source());
        }
        for (what, clause) in [("gives the right", &self.right), ("says how notice is given", &self.notices)] {
            match clause {
                Some(clause) => {
                    let _ = writeln!(
                        out,
                        "* The clause that {what} (page {}):\n  \"{}\"",
                        clause.page,
                        shortened(clause.words)
                    );
                }
                None => {
                    let _ = writeln!(out, "* No clause that {what} was found.");
                }
            }
        }
        out += "* An address that the other party has told since goes before the one above.\n";
        out
    }
}

fn with_role(party: &Party) -> String {
    party.role.as_ref().map_or_else(|| party.name.clone(), |role| format!("{} (\"{role}\")", party.name))
}

fn text(fact: Option<&Fact<String>>) -> Option<&str> {
    fact.and_then(|f| f.value()).map(String::as_str)
}

/// The words in one line, cut where they are too many.
fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() > LONGEST { format!("{} ...", line.part(..LONGEST)) } else { line }
}

/// The proof of the right that a deadline is about, and of how notice is given.
#[must_use]
pub fn proofs<'a>(contract: &'a Contract, entry: &ScheduleEntry) -> (Option<&'a Evidence>, Option<&'a Evidence>) {
    let right = match entry.kind {
        EntryKind::BreakDeadline => {
            let right = contract.terminations.iter().find(|f| entry.facts.contains(f.id()));
            // What runs on until somebody ends it says so where it speaks of its renewal.
            let renewal = contract.renewal.as_ref().filter(|f| entry.facts.contains(f.id()));
            right.and_then(|f| f.evidence().first()).or_else(|| renewal.and_then(|f| f.evidence().first()))
        }
        _ => contract.renewal.as_ref().and_then(|f| f.evidence().first()),
    };
    let notices = contract.notices.as_ref().and_then(|f| f.evidence().first());
    (right, notices)
}
