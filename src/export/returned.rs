//! What comes back of an export after people, or another program, worked on it: rows, each with what it held before.

/// What a row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// An owner, and who stands in: one cell, or two.
    Assign,
    /// A decision: one cell.
    Decide(Which),
    /// That a value is right: one cell.
    Confirm {
        /// The ID of the fact.
        fact: String,
        /// The value in words.
        shown: String,
    },
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// An entry of the schedule, by its ID.
    Entry(String),
    /// The next one. With the digest of its day to act when it was exported, where that is known; empty where there was none.
    Next(Option<String>),
}

/// A row in which something may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The sheet of the workbook: `Contracts`, `Decisions` or `Review`; `None` in a CSV file.
    pub sheet: Option<&'static str>,
    /// Number of the row, or of the line, from 1.
    pub number: u32,
    /// The ID of the contract: in a workbook its first digits, in a CSV file that of the agreement.
    pub contract: String,
    /// What it asks for.
    pub wish: Wish,
    /// The cells that people fill in: the owner and perhaps the backup; or the decision; or the confirmation.
    pub cells: Vec<Typed>,
}

impl Row {
    /// Whether it is known to hold what it held when it was exported.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.cells.iter().all(|cell| cell.was.is(&cell.now) == Some(true))
    }
}

/// A cell that people fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its place, such as `O12`; in a CSV file the heading of its column.
    pub at: String,
    /// What it held when it was exported.
    pub was: Was,
    /// What it holds.
    pub now: String,
}

/// What a cell held when it was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Was {
    /// This text.
    Text(String),
    /// A text with this [`digest`].
    Digest(String),
    /// It is not known.
    Unknown,
}

impl Was {
    /// Whether it held `text`, where that is known.
    #[must_use]
    pub fn is(&self, text: &str) -> Option<bool> {
        match self {
            Self::Text(was) => Some(was == text),
            Self::Digest(was) => Some(*was == digest(text)),
            Self::Unknown => None,
        }
    }
}

/// A few digits by which a text is known again.
#[must_use]
pub fn digest(text: &str) -> String {
    blake3::hash(text.trim().as_bytes()).to_hex().chars().take(6).collect()
}

/// What cannot come back, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The sheet; `None` in a CSV file.
    pub sheet: Option<&'static str>,
    /// Number of the row, or of the line, from 1.
    pub number: u32,
    /// The place of the cell, where it is one: such as `O12`, or the heading of its column.
    pub at: Option<String>,
    /// A sentence for people.
    pub message: String,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// Rows in which something may have changed.
    pub rows: Vec<Row>,
    /// What cannot come back.
    pub flaws: Vec<Flaw>,
    /// How many rows are as they were.
    pub unchanged: usize,
    /// How many rows have no ID, because they came from elsewhere.
    pub foreign: usize,
}
