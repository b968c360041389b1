//! `tickler.toml` and the settings made from it.

mod file;
mod hook;
mod send;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::lexicon::{DOLLARS, Decimal, sum};
use crate::record::value::worth::{Worth, WorthKind, money};
use crate::record::{Contract, Fact};

pub use file::{ConfigError, SettingsFile, check_language};
pub use hook::{Hook, HookEvent};
pub use send::{Person, Remind, Secret, Send, Smtp, Tls, Webhook, WebhookFormat, is_address};

/// Which model finds clauses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ModelChoice {
    /// The model of the program.
    #[default]
    Full,
    /// Its first stage alone.
    Fast,
    /// No model: rules alone.
    None,
    /// The model in a folder.
    Folder(PathBuf),
}

impl From<String> for ModelChoice {
    fn from(name: String) -> Self {
        match name.as_str() {
            "full" => Self::Full,
            "fast" => Self::Fast,
            "none" => Self::None,
            _ => Self::Folder(name.into()),
        }
    }
}

impl From<ModelChoice> for String {
    fn from(choice: ModelChoice) -> Self {
        match choice {
            ModelChoice::Full => "full".to_owned(),
            ModelChoice::Fast => "fast".to_owned(),
            ModelChoice::None => "none".to_owned(),
            ModelChoice::Folder(folder) => folder.to_string_lossy().into_owned(),
        }
    }
}

/// Which pages are read with OCR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OcrChoice {
    /// Pages without text.
    #[default]
    Auto,
    /// No page.
    Never,
    /// Every page, for files whose own text is wrong.
    Always,
}

/// Who answers for contracts of some kind. All that it asks for must fit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnerRule {
    /// Folder in which their files lie: its name, or its last few folders, such as `contracts/it`.
    pub folder: Option<String>,
    /// Part of the name of a party.
    pub party: Option<String>,
    /// Their type, such as `lease`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Part of the name of the law that governs them.
    pub law: Option<String>,
    /// Who answers for them.
    pub owner: String,
    /// Who stands in.
    pub backup: Option<String>,
}

/// An amount in a currency, written as `USD 100,000`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Limit {
    amount: Decimal,
    currency: String,
}

impl TryFrom<String> for Limit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let found = sum(&text).filter(|found| found.range == (0..text.len()));
        let amount = found.as_ref().and_then(|found| found.value.amount.known());
        let currency = found.map(|found| found.value.currency).filter(|currency| *currency != DOLLARS);
        let bad = || format!("{text:?} is no amount with its currency, such as \"USD 100,000\"");
        amount.zip(currency).map(|(amount, code)| Self { amount, currency: code.to_owned() }).ok_or_else(bad)
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        money(&limit.currency, limit.amount)
    }
}

impl Settings {
    /// Whether what a contract is worth, in all or in a year, is more than the limit for its currency.
    #[must_use]
    pub fn is_high_value(&self, contract: &Contract) -> bool {
        let above = |worth: &Worth| {
            let is_rate = worth.kind == WorthKind::Rates;
            !is_rate && self.high_value_above.iter().any(|l| l.currency == worth.currency && worth.amount > l.amount)
        };
        [&contract.contract_value, &contract.annual_value].into_iter().flatten().filter_map(Fact::value).any(above)
    }
}

/// The settings of the user, with defaults. They are loaded once; a document is read again when they change.
///
/// Every field is a key of `tickler.toml`; all of them may be left out, and a key that is not listed here is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Names of the user's own companies, to find out which party is us: `us = ["Acme Ltd", "Acme Inc."]`.
    pub us: Vec<String>,
    /// Your name, under which what you say is kept: `me = "Ann Field"`. Without it, the name of the user of this system.
    pub me: Option<String>,
    /// Who answers for which contracts, where nobody was named with `tickler assign`; the first rule that fits counts:
    /// `[[owner]]`, then `type = "lease"` and `owner = "Lee Moss"`. A file `owners.csv` beside this one has more such rules, with
    /// the columns folder, party, type, law, owner and backup.
    pub owner: Vec<OwnerRule>,
    /// Days before a deadline at which to remind: `reminders = [90, 60, 30, 14, 7, 1]`.
    pub reminders: Vec<u32>,
    /// Who has which address, so that reminders reach people: `[[person]]`, then `name = "Ann Field"` and
    /// `email = "ann@example.com"`.
    pub person: Vec<Person>,
    /// When people are reminded, and who is told what nobody answers for: `[remind]`.
    pub remind: Remind,
    /// How reminders are delivered: `[send]`.
    pub send: Send,
    /// Where reminders are posted: `[[webhook]]`.
    pub webhook: Vec<Webhook>,
    /// Commands that `tickler hooks` runs on what is new: `[[hook]]`, then `name = "crm"`, `event = "contract"` and
    /// `command = ["/usr/local/bin/to-crm"]`.
    pub hook: Vec<Hook>,
    /// Days after the effective date at which a newly signed contract is reviewed: `review_after_days = 30`.
    pub review_after_days: u32,
    /// Values above which a contract gets a closer review after signing, in each currency that you use:
    /// `high_value_above = ["USD 100,000", "EUR 90,000"]`. The review is a list: deliverables, payment terms, and contacts
    /// for escalation.
    pub high_value_above: Vec<Limit>,
    /// Years after its first term for which a contract that renews by itself is taken to be in force:
    /// `presume_ended_after_years = 10`. After that it is presumed ended, and left out of lists unless they ask for it.
    pub presume_ended_after_years: u32,
    /// Minimum confidence, 0 to 1, of an exported value: `min_confidence = 0.5`.
    pub min_confidence: f32,
    /// Confidence, 0 to 1, below which a person should check a value: `review_below = 0.75`.
    pub review_below: f32,
    /// Calendars of holidays for contracts that name no place of business days and no law whose holidays are known:
    /// `calendar = ["us-federal"]`; `tickler calendars` lists them. Without it business days are Monday to Friday.
    pub calendar: Vec<String>,
    /// Which model finds clauses: `model = "full"`, `"fast"` (first stage only), `"none"` (rules only), or the
    /// folder of a model.
    pub model: ModelChoice,
    /// Which pages are read from their image, with the program tesseract: `ocr = "auto"` (scanned pages),
    /// `"never"` or `"always"`.
    pub ocr: OcrChoice,
    /// Language of scanned pages as tesseract names it: `ocr_language = "eng"`, or several, `"eng+deu"`.
    pub ocr_language: String,
    /// PEM file of certificates that digital signatures are checked against: `trust = "/etc/ssl/signers.pem"`. Without it
    /// no signer is trusted.
    pub trust: Option<PathBuf>,
    /// Largest file that is read, in MiB: `max_file_mib = 512`.
    pub max_file_mib: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            us: Vec::new(),
            me: None,
            owner: Vec::new(),
            reminders: vec![90, 60, 30, 14, 7, 1],
            person: Vec::new(),
            remind: Remind::default(),
            send: Send::default(),
            webhook: Vec::new(),
            hook: Vec::new(),
            review_after_days: 30,
            high_value_above: Vec::new(),
            presume_ended_after_years: 10,
            min_confidence: 0.5,
            review_below: 0.75,
            calendar: Vec::new(),
            model: ModelChoice::Full,
            ocr: OcrChoice::Auto,
            ocr_language: "eng".to_owned(),
            trust: None,
            max_file_mib: 512,
        }
    }
}
