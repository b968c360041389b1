//! The words that decide what a clause means, in classes: renewing, ending, telling, may, must, unless.
//!
//! `vocabulary.txt` beside this file holds them as data. All of them are looked for in one pass. `dealings.txt` holds the
//! words of paying, sending and serving. It stands over the other, because a word can do one thing in a clause on renewal
//! and another in one on money: "payment" there is only something that is not renewed.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;
use tickler_pdf::cite::Part as _;

use aho_corasick::{AhoCorasick, MatchKind};

/// Declares the classes with the names that `vocabulary.txt` and the forms of rules give them.
macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident $name:literal,)*) => {
        /// What a word or a few words do in a clause.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Class { $($(#[$doc])* $class,)* }

        impl Class {
            /// Every class, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$class,)*];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$class => $name,)* }
            }
        }
    };
}

classes! {
    /// Renews, extends, prolongs, rolls over: the verb.
    Renew "renew",
    /// A renewal, an extension: the noun.
    Renewal "renewal",
    /// Renews by itself, in one word: auto-renews, evergreen.
    AutoRenew "autorenew",
    /// Not to renew, non-renewal, opting out.
    NonRenewal "nonrenewal",
    /// Continues, remains in force.
    Continue "continue",
    /// A term that follows: a new lease, further periods.
    NewTerm "newterm",
    /// By itself.
    Auto "auto",
    /// Negation.
    Not "not",
    /// What stops something.
    Unless "unless",
    /// Up to a moment or an event.
    Until "until",
    /// Before the day that is set.
    Sooner "sooner",
    /// Ruled out: a renewal that is excluded.
    Off "off",
    /// A condition.
    If "if",
    /// May, can, is entitled to.
    May "may",
    /// A right, an option, in a noun.
    Option "option",
    /// Grants, offers.
    Grant "grant",
    /// Wishes, intends.
    Wish "wish",
    /// Shall, will, must.
    Must "must",
    /// Is, are, be.
    Be "be",
    /// The contract, or its term.
    Contract "contract",
    /// What can be a contract, or something else.
    Thing "thing",
    /// All parties.
    Parties "parties",
    /// A party by its role, or either party.
    Party "party",
    /// By agreement of all.
    Mutual "mutual",
    /// Month to month.
    Monthly "monthly",
    /// Each month.
    ByMonth "bymonth",
    /// Year to year.
    Yearly "yearly",
    /// Additional, successive, another.
    Again "again",
    /// As long as something else.
    Same "same",
    /// Thereafter.
    Then "then",
    /// Without an end.
    Indefinite "indefinite",
    /// Deemed.
    Deemed "deemed",
    /// Notice, tells, in writing.
    Notice "notice",
    /// Before, in advance.
    Before "before",
    /// Within, during.
    Within "within",
    /// After, following.
    After "after",
    /// From.
    From "from",
    /// The least, or the latest.
    AtLeast "atleast",
    /// The most, or the earliest.
    AtMost "atmost",
    /// Up to a number.
    UpTo "upto",
    /// Between two lengths.
    Between "between",
    /// The end of a term, in a noun.
    Close "close",
    /// Terminates, cancels, ends.
    End "end",
    /// Expires, lapses.
    Expire "expire",
    /// The longest time in all.
    Cap "cap",
    /// The first term.
    First "first",
    /// Things that are renewed or extended beside a contract: insurance, permits.
    Foreign "foreign",
    /// Prices and their change.
    Price "price",
    /// Breach, default, insolvency, cure.
    Breach "breach",
    /// Cures, puts right.
    Cure "cure",
    /// Force majeure.
    Force "force",
    /// Owed and not paid.
    Unpaid "unpaid",
    /// Unless something else is said of the same thing.
    Otherwise "otherwise",
    /// Without a charge or a penalty.
    Gratis "gratis",
    /// For cause.
    Cause "cause",
    /// The party that the other wronged.
    Wronged "wronged",
    /// Without a reason.
    Free "free",
    /// At any time.
    AnyTime "anytime",
    /// What an early ending costs: a termination fee, rent in place of notice.
    ExitFee "exitfee",
    /// What only recalls something.
    Remind "remind",
    /// Requires, demands.
    Require "require",
    /// Exercises a right.
    Exercise "exercise",
    /// Takes, has.
    Take "take",
    /// The means.
    By "by",
    /// Can be renewed.
    Renewable "renewable",
    /// The date from which a contract counts.
    Start "start",
    /// How often.
    Once "once",
    /// An intention or a notice that is only spoken of.
    Talk "talk",
    /// Stays in possession after the end.
    Holdover "holdover",
    /// Pays, remits.
    Pay "pay",
    /// Settles, honours: other things than debts, too.
    Settle "settle",
    /// Gives back what was laid out.
    Reimburse "reimburse",
    /// Gives money back.
    Refund "refund",
    /// Due, owed.
    Due "due",
    /// An invoice, a bill.
    Invoice "invoice",
    /// Fees, rent, wages, sums.
    Money "money",
    /// What is laid out for another.
    Expense "expense",
    /// Time to pay, given to a buyer.
    Credit "credit",
    /// Less to pay.
    Discount "discount",
    /// Net.
    Net "net",
    /// The label of payment terms.
    Terms "terms",
    /// Late, overdue; interest.
    Late "late",
    /// How often.
    Rhythm "rhythm",
    /// In advance, in arrears.
    Advance "advance",
    /// At once.
    AtOnce "atonce",
    /// On, upon.
    Upon "upon",
    /// Of, in, at.
    Of "of",
    /// To.
    To "to",
    /// And, or.
    And "and",
    /// When, once.
    When "when",
    /// An event with its own day: signature, completion.
    Moment "moment",
    /// Doing something else than paying.
    Act "act",
    /// Given, served.
    Given "given",
    /// Effective, takes effect.
    Effective "effective",
    /// Receipt, delivery.
    Arrive "arrive",
    /// Sending, dispatch.
    Send "send",
    /// Posting, mailing: sending, and by mail.
    Posting "posting",
    /// By hand.
    Hand "hand",
    /// By courier.
    Courier "courier",
    /// Registered, certified, recorded.
    Registered "registered",
    /// Mail, post.
    Mail "mail",
    /// Fax.
    Fax "fax",
    /// Email.
    Email "email",
    /// A copy beside the notice that counts.
    Copy "copy",
    /// Words about the proof of delivery, which name no way.
    Proof "proof",
    /// The hours of business.
    Hours "hours",
    /// Availability, uptime: the noun.
    Availability "availability",
    /// Available, up and running.
    Available "available",
    /// Maintains, achieves; a level that is reached.
    Keep "keep",
    /// Responds, acknowledges.
    Respond "respond",
    /// Resolves, corrects.
    Resolve "resolve",
    /// Restores, repairs, works around.
    Restore "restore",
    /// Times that go with service levels and are none: updates, escalation.
    Update "update",
    /// Words around a measured time: initial, target.
    Measured "measured",
    /// Time, target.
    Time "time",
    /// An incident, a fault, a ticket.
    Fault "fault",
    /// Matters of law that have times to respond and resolve, too.
    Legal "legal",
    /// What runs as a service: a system, a platform.
    System "system",
}

/// Which words a sentence is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Those of terms, renewals and endings.
    Terms,
    /// The same, under those of paying, sending and serving.
    Dealings,
}

/// The automaton, and the class of each of its patterns.
struct Vocabulary {
    automaton: AhoCorasick,
    classes: Vec<Class>,
}

impl Vocabulary {
    fn of(entries: Vec<(String, Class)>) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(entries.iter().map(|(way, _)| padded(way)))
            .unwrap_or_else(|e| unreachable!("{e}"));
        Self { automaton, classes: entries.into_iter().map(|(_, class)| class).collect() }
    }
}

static TERMS: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::of(entries(include_str!("vocabulary.txt"))));
static DEALINGS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut over = entries(include_str!("dealings.txt"));
    let taken: HashSet<String> = over.iter().map(|(way, _)| way.clone()).chain(unread()).collect();
    over.extend(entries(include_str!("vocabulary.txt")).into_iter().filter(|(way, _)| !taken.contains(way)));
    Vocabulary::of(over)
});

/// The ways of `vocabulary.txt` that mean nothing among dealings.
fn unread() -> impl Iterator<Item = String> {
    let ways = include_str!("dealings.txt").split("\n\n").find_map(|paragraph| paragraph.strip_prefix("none:"));
    ways.unwrap_or_default().split(',').map(|way| way.trim().to_owned())
}

/// Every way to say something, with its class.
fn entries(source: &str) -> Vec<(String, Class)> {
    let mut out = Vec::new();
    for paragraph in source.split("\n\n") {
        let lines = paragraph.lines().filter(|line| !line.starts_with('#'));
        let text = lines.map(str::trim).collect::<Vec<_>>().join(" ");
        let Some((name, ways)) = text.split_once(':').filter(|(name, _)| *name != "none") else { continue };
        let class = Class::ALL.iter().find(|c| c.name() == name);
        let &class = class.unwrap_or_else(|| unreachable!("no class {name}"));
        let ways = ways.split(',').map(str::trim).filter(|way| !way.is_empty()).flat_map(spelled);
        out.extend(ways.flat_map(|way| inflected(&way)).map(|way| (way, class)));
    }
    out
}

/// The ways that an entry with alternatives stands for: "tell/write (to) us" is tell us, tell to us, write us, write to us.
fn spelled(entry: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in entry.split(' ') {
        let (words, optional) = match word.strip_prefix('(').and_then(|w| w.strip_suffix(')')) {
            Some(words) => (words, true),
            None => (word, false),
        };
        let longer = |start: &String| {
            let space = if start.is_empty() { "" } else { " " };
            words.split('/').map(|next| format!("{start}{space}{next}")).collect::<Vec<_>>()
        };
        let mut next: Vec<String> = out.iter().flat_map(longer).collect();
        if optional {
            next.append(&mut out);
        }
        out = next;
    }
    out
}

/// The forms of an entry: "extend+" is extend, extends, extended, extending.
fn inflected(way: &str) -> Vec<String> {
    let Some(mark) = way.find(['+', '*']) else { return vec![way.to_owned()] };
    let (base, rest) = (way.part(..mark), way.part(mark + 1..));
    let forms = if way.part(mark..).starts_with('*') {
        let last = base.part(base.len() - 1..);
        let double = format!("{base}{last}");
        vec![
            base.to_owned(),
            format!("{base}s"),
            format!("{base}ed"),
            format!("{base}ing"),
            format!("{double}ed"),
            format!("{double}ing"),
        ]
    } else if let Some(stem) = base.strip_suffix('e') {
        vec![base.to_owned(), format!("{base}s"), format!("{base}d"), format!("{stem}ing")]
    } else if let Some(stem) = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o'])) {
        vec![base.to_owned(), format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing")]
    } else {
        vec![base.to_owned(), format!("{base}s"), format!("{base}ed"), format!("{base}ing")]
    };
    forms.into_iter().map(|form| form + rest).collect()
}

/// Words with a space on either side of each, so that a match begins and ends with a word, and two matches can stand
/// side by side.
fn padded(way: &str) -> String {
    way.split(' ').flat_map(|word| [" ", word, " "]).collect()
}

/// The class of the longest ways of saying something among `words` (lower case, without marks), from left to right:
/// indices of the words, and the class.
#[must_use]
pub fn classes<'a>(words: impl IntoIterator<Item = &'a str>, with: Words) -> Vec<(Range<usize>, Class)> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for word in words {
        starts.push(text.len());
        text.push(' ');
        text.push_str(word);
        text.push(' ');
    }
    let index = |at: usize| starts.partition_point(|&start| start < at);
    let Vocabulary { automaton, classes } = match with {
        Words::Terms => &*TERMS,
        Words::Dealings => &*DEALINGS,
    };
    automaton.find_iter(&text).map(|m| (index(m.start())..index(m.end()), classes[m.pattern().as_usize()])).collect()
}

#[cfg(test)]
mod tests {
    use super::Class::{AutoRenew, Contract, End, Monthly, Must, Unless};
    use super::*;

    #[test]
    fn every_class_has_words_and_no_word_two_classes() {
        let files = [include_str!("vocabulary.txt"), include_str!("dealings.txt")].map(entries);
        for class in Class::ALL {
            assert!(files.iter().flatten().any(|(_, c)| c == class), "{class:?}");
        }
        for entries in files {
            for (i, (way, class)) in entries.iter().enumerate() {
                let other = entries[..i].iter().find(|(w, c)| w == way && c != class);
                assert_eq!(other, None, "{class:?}");
            }
        }
    }

    #[test]
    fn ways_are_words() {
        for (way, class) in [include_str!("vocabulary.txt"), include_str!("dealings.txt")].into_iter().flat_map(entries)
        {
            assert!(
                way.split(' ').all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric)),
                "{class:?}: {way}"
            );
        }
    }

    #[test]
    fn entries_with_alternatives() {
        assert_eq!(spelled("tell/write (to) us"), ["tell to us", "write to us", "tell us", "write us"]);
        assert_eq!(spelled("at a time"), ["at a time"]);
    }

    #[test]
    fn the_longest_way_counts() {
        let words = "the lease will auto renew unless cancelled month to month";
        let found: Vec<_> = classes(words.split(' '), Words::Terms).into_iter().map(|(_, class)| class).collect();
        assert_eq!(found, [Contract, Must, AutoRenew, Unless, End, Monthly]);
    }
}
