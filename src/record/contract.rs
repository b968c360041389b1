//! The shape of a contract record. The JSON Schema that `tickler schema` prints is made from these types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::record::value::change::Change;
use crate::record::value::payment::PaymentTerm;
use crate::record::value::price::{PriceChange, Provision};
use crate::record::value::service::{CreditTerms, ServiceCredit, ServiceLevel};
use crate::record::value::signature::{Execution, Signature};
use crate::record::value::termination::Termination;
use crate::record::value::{Amends, BusinessDay, Clause, DateRoll, DateValue, Notices, Obligation, Party, Renewal};
use crate::record::{Confidence, Diagnostic, DocumentId, Fact};

/// Where the text of a document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextSource {
    /// Text in the file.
    Embedded,
    /// Optical character recognition.
    Ocr,
    /// Some pages of each.
    Mixed,
}

/// How scanned pages were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OcrInfo {
    /// The pages, from 1.
    pub pages: Vec<u32>,
    /// Mean certainty of their words, 0 to 1. The confidence of each value counts those of its own evidence.
    pub confidence: Confidence,
    /// Name and version of the program that read them.
    pub program: String,
}

/// The file that a record speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentInfo {
    /// BLAKE3 of the bytes.
    pub id: DocumentId,
    /// Name of the file, without its folder.
    pub file_name: String,
    /// Where it was read, as a path.
    pub uri: String,
    /// SHA-256 of the bytes, for other systems.
    pub sha256: String,
    /// Number of pages.
    pub pages: u32,
    /// Title of the contract as printed on it.
    pub title: Option<Fact<String>>,
    /// Kind of contract, such as `msa`, `nda`, `lease`.
    #[serde(rename = "type")]
    pub kind: Option<Fact<String>>,
    /// The contract's own reference number.
    pub reference: Option<Fact<String>>,
    /// Program that made the file, from its metadata.
    pub producer: Option<String>,
    /// Where the text came from.
    pub text_source: TextSource,
    /// How scanned pages were read; null when there are none, or none was read.
    #[serde(default)]
    pub ocr: Option<OcrInfo>,
}

/// Everything read from one contract document. Lists are in the order of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contract {
    /// The file.
    pub document: DocumentInfo,
    /// The contracting parties.
    pub parties: Vec<Fact<Party>>,
    /// Date that the document bears.
    pub agreement_date: Option<Fact<DateValue>>,
    /// Date from which it has effect, where it gives one.
    pub effective_date: Option<Fact<DateValue>>,
    /// End of the initial term: start + length (the corresponding day), or the date stated.
    pub expiration_date: Option<Fact<DateValue>>,
    /// Length of the initial term.
    pub initial_term: Option<Fact<Period>>,
    /// What happens at its end.
    pub renewal: Option<Fact<Renewal>>,
    /// What the parties must do or must not do.
    #[serde(default)]
    pub obligations: Vec<Fact<Obligation>>,
    /// Rights to end or suspend early.
    #[serde(default)]
    pub terminations: Vec<Fact<Termination>>,
    /// When money is due.
    #[serde(default)]
    pub payment_terms: Vec<Fact<PaymentTerm>>,
    /// How prices change.
    #[serde(default)]
    pub price_changes: Vec<Fact<PriceChange>>,
    /// Provisions with a time or an amount, such as insurance and audits.
    #[serde(default)]
    pub provisions: Vec<Fact<Provision>>,
    /// Promised levels of service.
    #[serde(default)]
    pub service_levels: Vec<Fact<ServiceLevel>>,
    /// Credits for missing them.
    #[serde(default)]
    pub service_credits: Vec<Fact<ServiceCredit>>,
    /// What holds for all credits.
    pub credit_terms: Option<Fact<CreditTerms>>,
    /// Law that governs the contract.
    pub governing_law: Option<Fact<String>>,
    /// What it means by a business day.
    pub business_day: Option<Fact<BusinessDay>>,
    /// What happens to a last day that is no business day.
    pub date_roll: Option<Fact<DateRoll>>,
    /// When notices count as given.
    pub notices: Option<Fact<Notices>>,
    /// That time is of the essence: what is late is lost.
    pub time_of_essence: Option<Fact<bool>>,
    /// The agreement that this document amends.
    pub amends: Option<Fact<Amends>>,
    /// What it changes there.
    #[serde(default)]
    pub changes: Vec<Fact<Change>>,
    /// How far it has been signed; null without a signature block or digital signature.
    pub execution: Option<Fact<Execution>>,
    /// Its signatories: signature blocks and digital signatures.
    #[serde(default)]
    pub signatures: Vec<Fact<Signature>>,
    /// Clauses that the model found, by category; the confidence is the model's calibrated probability.
    #[serde(default)]
    pub clauses: Vec<Fact<Clause>>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}
