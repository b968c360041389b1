//! The fields of a contract, in the order of the record: the one place where they are listed.
//!
//! A new field is one row here and, as its shape is published, a line in `schema/record.schema.json`, which a test of
//! `export/schema.rs` writes. `generate.rs` has the grammar of a row and makes the rest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::column::{Column, agreement, cell, list, page, part, quote, signed, status, value, variant};
use super::facts::{Editor, FactRef, Folder, Many, One, Sieve, Slot};
use super::generate::{fields, fold, is_folded};
use super::value::change::Change;
use super::value::payment::PaymentTerm;
use super::value::price::{PriceChange, Provision, ProvisionKind};
use super::value::service::{CreditTerms, ServiceCredit, ServiceLevel};
use super::value::signature::{Execution, Signature};
use super::value::termination::Termination;
use super::value::worth::Worth;
use super::value::{Amends, BusinessDay, Clause, DateRoll, DateValue, Notices, Obligation, Party, Renewal};
use super::{Diagnostic, DocumentInfo};
use crate::calendar::Period;

fields! {
    document {
        /// Title of the contract as printed on it.
        title as "title": One<String>, "Title", csv: { "title" => value };
        /// Kind of contract, such as `msa`, `nda`, `lease`.
        kind as "type": One<String>, "Type", csv: { "type" => value };
        /// The contract's own reference number.
        reference as "reference": One<String>, "Reference", csv: { "reference" => value };
    }
    contract {
        /// The contracting parties.
        parties: Many<Party>, "Party", fold: keep, csv: { "parties" => |f| list(f, |p| Some(p.name.clone())) };
        /// Date that the document bears.
        agreement_date: One<DateValue>, "Agreement date", fold: keep, csv: { "agreement_date" => value };
        /// Date from which it has effect, where it gives one.
        effective_date: One<DateValue>, "Effective date", fold: keep, csv: { "effective_date" => value };
        /// End of the initial term: start + length (the corresponding day), or the date stated.
        expiration_date: One<DateValue>, "Expiration date", fold: displace, csv: {
            "expiration_date" => |f| part(f, |end| end.date()),
            "expiration_status" => status,
            "expiration_quote" => quote,
            "expiration_page" => page,
        };
        /// Length of the initial term.
        initial_term: One<Period>, "Initial term", fold: displace, csv: { "initial_term" => value };
        /// What happens at its end.
        renewal: One<Renewal>, "Renewal", fold: displace, csv: {
            "renewal_kind" => |f| part(f, |r| Some(variant(&r.kind))),
            "renewal_period" => |f| part(f, |r| r.period),
            "max_renewals" => |f| part(f, |r| r.max_renewals),
            "notice_period" => |f| part(f, |r| r.notice_period),
            "notice_by" => |f| part(f, |r| r.notice_by.clone()),
            "renewal_status" => status,
            "renewal_quote" => quote,
            "renewal_page" => page,
        };
        /// What the parties must do or must not do.
        #[serde(default)]
        // Duties add up: those of the agreement go only with the section that states them.
        obligations: Many<Obligation>, "Obligation", fold: add;
        /// Rights to end or suspend early.
        #[serde(default)]
        terminations: Many<Termination>, "Termination",
            fold: join(|a, b| (a.kind, a.effect, &a.by) == (b.kind, b.effect, &b.by));
        /// What it is worth in all.
        contract_value: One<Worth>, "Contract value", fold: displace, csv: {
            "contract_value" => |f| part(f, |w| Some(w.amount)),
            "contract_value_currency" => |f| part(f, |w| Some(w.currency.clone())),
            "contract_value_kind" => |f| part(f, |w| Some(variant(&w.kind))),
            "contract_value_quote" => quote,
            "contract_value_page" => page,
        };
        /// What is paid in a year.
        annual_value: One<Worth>, "Annual value", fold: displace, csv: {
            "annual_value" => |f| part(f, |w| Some(w.amount)),
            "annual_value_currency" => |f| part(f, |w| Some(w.currency.clone())),
            "annual_value_kind" => |f| part(f, |w| Some(variant(&w.kind))),
            "annual_value_quote" => quote,
            "annual_value_page" => page,
        };
        /// When money is due.
        #[serde(default)]
        payment_terms: Many<PaymentTerm>, "Payment terms", fold: join(|a, b| a.payer == b.payer && a.due.is_some() == b.due.is_some());
        /// How prices change.
        #[serde(default)]
        price_changes: Many<PriceChange>, "Price change", fold: join(|a, b| a.kind == b.kind);
        /// Provisions with a time or an amount, such as insurance and audits.
        #[serde(default)]
        // Policies differ in what they cover: those of an amendment add up, as those of a contract do.
        provisions: Many<Provision>, "Provision",
            fold: join(|a, b| a.kind == b.kind && a.kind != ProvisionKind::Insurance);
        /// Promised levels of service.
        #[serde(default)]
        service_levels: Many<ServiceLevel>, "Service level",
            fold: join(|a, b| (a.metric, &a.severity) == (b.metric, &b.severity));
        /// Credits for missing them.
        #[serde(default)]
        service_credits: Many<ServiceCredit>, "Service credit", fold: join(|a, b| a.metric == b.metric);
        /// What holds for all credits.
        credit_terms: One<CreditTerms>, "Credit terms", fold: displace;
        /// Law that governs the contract.
        governing_law: One<String>, "Governing law", fold: displace, csv: { "governing_law" => value };
        /// What it means by a business day.
        business_day: One<BusinessDay>, "Business day", fold: displace;
        /// What happens to a last day that is no business day.
        date_roll: One<DateRoll>, "Date roll", fold: displace;
        /// When notices count as given.
        notices: One<Notices>, "Notices", fold: displace;
        /// That time is of the essence: what is late is lost.
        time_of_essence: One<bool>, "Time of the essence", fold: displace;
        /// The agreement that this document amends.
        amends: One<Amends>, "Amends", fold: keep, csv: { "amends" => |f| part(f, agreement) };
        /// What it changes there.
        #[serde(default)]
        changes: Many<Change>, "Change", fold: keep;
        /// Earlier agreements whose place it takes.
        #[serde(default)]
        replaces: Many<Amends>, "Replaces", fold: keep;
        /// How far it has been signed; null without a signature block or digital signature.
        execution: One<Execution>, "Execution", fold: keep, csv: { "execution" => value };
        /// Its signatories: signature blocks and digital signatures.
        #[serde(default)]
        signatures: Many<Signature>, "Signature", fold: keep, csv: { "signed_by" => |f| list(f, signed) };
        /// Clauses that the model found, by category; the confidence is the model's calibrated probability.
        #[serde(default)]
        clauses: Many<Clause>, "Clause", fold: add;
    }
}
