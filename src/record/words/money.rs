//! Payment, prices, and provisions with a time or an amount.

use super::{Describe, and, every, join, notice};
use crate::calendar::MONTHS;
use crate::record::value::payment::PaymentTerm;
use crate::record::value::price::{PriceChange, PriceChangeKind, PriceDay, Provision, ProvisionKind};
use crate::record::value::worth::{Worth, WorthKind};

/// "Customer pays within 30 days of receipt of the invoice; late interest 1.5% per month".
impl Describe for PaymentTerm {
    fn words(&self) -> String {
        let lead = self.payer.as_ref().map_or_else(|| "Payment is due".to_owned(), |payer| format!("{payer} pays"));
        let due = match (self.due, &self.from) {
            (Some(due), Some(from)) if due.count == 0 => Some(format!(" at once on {from}")),
            (Some(due), None) if due.count == 0 => Some(" at once".to_owned()),
            // "Within 30 days of it receives the invoice" is no English.
            (Some(due), Some(from)) if from.starts_with("it ") => Some(format!(" within {due} after {from}")),
            (Some(due), Some(from)) => Some(format!(" within {due} of {from}")),
            (Some(due), None) => Some(format!(" within {due}")),
            (None, Some(from)) => Some(format!(" from {from}")),
            (None, None) => None,
        };
        let between = if due.is_some() { ", " } else { " " };
        let frequency = self.frequency.as_ref().map(|rhythm| format!("{between}{rhythm}"));
        let late = self.late_interest.as_ref().map(|rate| format!("; late interest {rate}"));
        join("", [Some(lead), due, frequency, late])
    }
}

/// "GBP 24,000 without taxes (12 × GBP 2,000 per month)", "USD 150 per hour; no total is given".
impl Describe for Worth {
    fn words(&self) -> String {
        let tax = self.with_tax.map(|with| if with { " with taxes" } else { " without taxes" }.to_owned());
        let how = self.arithmetic.as_ref().map(|how| format!(" ({how})"));
        let open = (self.kind == WorthKind::Rates).then(|| "; no total is given".to_owned());
        join("", [Some(self.to_string()), tax, how, open])
    }
}

/// "Prices follow CPI-U, at most 5 % every year on the anniversary of the start, with 60 days' notice".
impl Describe for PriceChange {
    fn words(&self) -> String {
        let index = self.index.as_ref();
        let shares = [
            index.filter(|_| self.kind != PriceChangeKind::Index).cloned(),
            self.percent.map(|share| format!("{share} %")),
            self.cap.map(|cap| format!("at most {cap} %")),
            self.floor.map(|floor| format!("at least {floor} %")),
        ];
        let share = join(", ", shares);
        let lead = match self.kind {
            PriceChangeKind::Index => {
                let index = index.map_or("an index", String::as_str);
                format!("Prices follow {index}{}", if share.is_empty() { share } else { format!(", {share}") })
            }
            kind => {
                let verb = if kind == PriceChangeKind::Other { "may change" } else { "change" };
                format!("Prices {verb}{}", if share.is_empty() { share } else { format!(" by {share}") })
            }
        };
        let on = match self.on {
            Some(PriceDay::Anniversary) => " on the anniversary of the start",
            Some(PriceDay::CalendarYear) => " on 1 January",
            Some(PriceDay::Renewal) => " on the first day of a renewal term",
            Some(PriceDay::OfYear { month, day }) => &of_year(month, day),
            None if self.kind == PriceChangeKind::RenewalUplift => " when the contract renews",
            None => "",
        };
        let often = self.every.map(|period| format!(" {}", every(period)));
        let lead = join("", [Some(lead), often, Some(on.to_owned())]);
        let first = self.first.as_ref().map(|first| format!("for the first time: {first}"));
        let warned = self.notice.map(|period| format!("with {}", notice(period)));
        join(", ", [Some(lead), first, warned])
    }
}

/// " on 1 July".
fn of_year(month: i8, day: i8) -> String {
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    format!(" on {day} {name}")
}

/// "Insurance: $1,000,000 per occurrence", "Return of data: within 30 days".
impl Describe for Provision {
    fn words(&self) -> String {
        let (lead, before) = match self.kind {
            ProvisionKind::Insurance => ("Insurance", "for"),
            ProvisionKind::Audit => ("Right to audit", "for"),
            ProvisionKind::ConfidentialityTail => ("Confidentiality", "for"),
            ProvisionKind::Survival => ("Survival after the end of the contract", "for"),
            ProvisionKind::DataReturn => ("Return or deletion of data", "within"),
            ProvisionKind::Transition => ("Transition help after the end of the contract", "for"),
            ProvisionKind::MinimumCommitment => ("Minimum commitment", "for"),
            ProvisionKind::TrueUp => ("True-up", "within"),
            ProvisionKind::DisputeWindow => ("Dispute of an invoice", "within"),
            ProvisionKind::NonCompete => ("No competition", "for"),
            ProvisionKind::NonSolicitation => ("No solicitation of staff or customers", "for"),
        };
        let period = self.period.map(|period| format!("{before} {period}"));
        let often = self.every.map(|period| format!("once {}", every(period)));
        let warned = self.notice.map(|period| format!("with {}", notice(period)));
        let more = join(", ", [self.amount.clone(), period, often, warned]);
        let more = (!more.is_empty()).then(|| format!(": {more}"));
        let sections = match self.sections.as_slice() {
            [] => None,
            [one] => Some(format!("; section {one}")),
            many => Some(format!("; sections {}", and(many))),
        };
        join("", [Some(lead.to_owned()), more, sections])
    }
}
