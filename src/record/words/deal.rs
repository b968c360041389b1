//! Who the parties are, what they owe, and when notices and business days count.

use super::{Describe, and, capital, join};
use crate::calendar::Roll;
use crate::record::value::{
    Amends, BusinessDay, DateRoll, Delivery, DeliveryMethod, Effective, Modality, Notices, Obligation, Party,
};

/// "Acme Ltd (Customer), a Delaware corporation".
impl Describe for Party {
    fn words(&self) -> String {
        let also = (!self.aliases.is_empty()).then(|| format!("also {}", and(&self.aliases)));
        let role = join(", ", [self.role.clone(), also]);
        let role = (!role.is_empty()).then(|| format!(" ({role})"));
        let form = match (&self.entity_type, &self.jurisdiction) {
            (Some(form), Some(place)) if place.contains(" and ") => Some(format!("{} of {place}", with_article(form))),
            (Some(form), Some(place)) => Some(with_article(&format!("{place} {form}"))),
            (Some(form), None) => Some(with_article(form)),
            (None, Some(place)) => Some(format!("of {place}")),
            (None, None) => None,
        };
        let form = form.map(|form| format!(", {form}"));
        let address = self.address.as_ref().map(|address| format!("; address: {address}"));
        let us = self.is_us.map(|us| if us { "; your own company" } else { "; not your own company" }.to_owned());
        join("", [Some(self.name.clone()), role, form, address, us])
    }
}

/// "a corporation", "an Ohio corporation".
fn with_article(noun: &str) -> String {
    // "An unincorporated association" and "an unlimited company", but "a Utah corporation" and "a university".
    let vowel = noun.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']) || noun.starts_with("un");
    let an = vowel && !["unit", "univ", "union", "Euro", "euro"].iter().any(|sound| noun.starts_with(sound));
    format!("{} {noun}", if an { "an" } else { "a" })
}

/// "Supplier must deliver the monthly report within 5 business days of the end of the month".
impl Describe for Obligation {
    fn words(&self) -> String {
        let obligor = self.obligor.as_deref().unwrap_or("somebody");
        let must = match self.modality {
            Modality::Duty => "must",
            Modality::Prohibition => "must not",
        };
        let lead = capital(&format!("{obligor} {must} {}", self.action));
        let timing = self.timing.to_string();
        let timing = (!timing.is_empty()).then(|| format!(" {timing}"));
        let lead = join("", [Some(lead), timing]);
        let owed = self.obligee.as_ref().map(|to| format!("owed to {to}"));
        let about = format!("category: {}", self.category.as_str().replace('_', " "));
        join("; ", [Some(lead), self.condition.clone(), self.exception.clone(), owed, Some(about)])
    }
}

/// "A day on which banks are open in London and Singapore; holidays: gb-eng, sg".
impl Describe for BusinessDay {
    fn words(&self) -> String {
        let lead = if self.banks { "A day on which banks are open" } else { "A day on which business is done" };
        let places = (!self.places.is_empty()).then(|| format!(" in {}", and(&self.places)));
        let holidays = (!self.calendars.is_empty()).then(|| format!("; holidays: {}", self.calendars.join(", ")));
        let days: Vec<String> = self.weekend.iter().map(|d| format!("{d:?}")).collect();
        let weekend = (!days.is_empty()).then(|| format!("; weekend: {}", and(&days)));
        join("", [Some(lead.to_owned()), places, holidays, weekend])
    }
}

impl Describe for DateRoll {
    fn words(&self) -> String {
        let moves = match self.roll {
            Roll::Following => "moves to the next one",
            Roll::ModFollowing => "moves to the next one, or to the one before where that lies in the next month",
            Roll::Preceding => "moves to the one before",
            Roll::ModPreceding => "moves to the one before, or to the next one where that lies in the month before",
            Roll::Nearest => "moves to the nearest one",
            Roll::None => "does not move",
        };
        format!("A last day that is no business day {moves}")
    }
}

/// "Notice counts on receipt by hand, 3 business days after dispatch by certified mail".
impl Describe for Notices {
    fn words(&self) -> String {
        let ways: Vec<String> = self.methods.iter().map(counts).collect();
        let ways = (!ways.is_empty()).then(|| format!("Notice counts {}", ways.join(", ")));
        let late = self.cut_off.as_ref().map(|hour| {
            let hour = if hour.starts_with(|c: char| c.is_ascii_digit()) {
                hour.clone()
            } else {
                format!("the end of {hour}")
            };
            format!("after {hour} notice counts on the next business day")
        });
        let late = if ways.is_some() { late } else { late.map(|late| capital(&late)) };
        join("; ", [ways, late])
    }
}

fn counts(way: &Delivery) -> String {
    let moment = match way.after {
        Effective::Dispatch => "dispatch",
        Effective::Receipt => "receipt",
    };
    match way.delay {
        Some(delay) => format!("{delay} after {moment} {}", by_way(way.method)),
        None => format!("on {moment} {}", by_way(way.method)),
    }
}

/// A way to send notice: `by courier`.
const fn by_way(method: DeliveryMethod) -> &'static str {
    match method {
        DeliveryMethod::Personal => "by hand",
        DeliveryMethod::Courier => "by courier",
        DeliveryMethod::CertifiedMail => "by certified mail",
        DeliveryMethod::Mail => "by ordinary mail",
        DeliveryMethod::Fax => "by fax",
        DeliveryMethod::Email => "by email",
    }
}

/// "Supply Agreement (SUP-2020-17) of 2020-05-01".
impl Describe for Amends {
    fn words(&self) -> String {
        let (name, number) = match (&self.title, &self.reference) {
            (Some(title), number) => (title.clone(), number.as_ref().map(|n| format!(" ({n})"))),
            (None, Some(number)) => (number.clone(), None),
            (None, None) => ("An agreement".to_owned(), None),
        };
        join("", [Some(name), number, self.date.map(|day| format!(" of {day}"))])
    }
}
