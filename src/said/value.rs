//! Values as people type them.

use serde_json::Value;

use crate::lexicon::{DOLLARS, periods, sum};
use crate::record::value::Renewal;
use crate::record::{Contract, Describe, DocumentId, DocumentInfo, Editor, Facts, Field, Many, One};

/// What is wrong with a value that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadValue {
    /// The field holds several values, and this is none that can be added.
    #[error("{field} has several values, and {text:?} is none that can be added; {hint}")]
    Several {
        /// The field.
        field: &'static str,
        /// What was typed.
        text: String,
        /// What can be said.
        hint: &'static str,
    },
    /// It is not a value of the field.
    #[error("{text:?} is no value of {field}; {hint}")]
    NotOne {
        /// The field.
        field: &'static str,
        /// What was typed.
        text: String,
        /// What a value looks like.
        hint: String,
    },
}

/// The value of `field` that `text` says, as it stands in the record. `part` names a part of it, such as `notice_period` of
/// a renewal: the other parts then are those of `contract`.
///
/// # Errors
/// [`BadValue`] when it says none.
pub fn parse(contract: &Contract, field: Field, part: Option<&str>, text: &str) -> Result<Value, BadValue> {
    let mut typed = Typed { text, part, value: Ok(Value::Null) };
    contract.clone().edit(field, &mut typed);
    typed.value
}

/// Whether a field can be set: it holds at most one value.
#[must_use]
pub fn is_settable(field: Field) -> bool {
    let mut one = IsOne(false);
    nothing().edit(field, &mut one);
    one.0
}

/// A value of a field in plain English; `None` where it is none of its values.
#[must_use]
pub fn words(field: Field, value: &Value) -> Option<String> {
    let mut told = Told { value, words: None };
    nothing().edit(field, &mut told);
    told.words
}

/// A contract of which nothing was read, for what the type of a field tells by itself.
fn nothing() -> Contract {
    Contract::new(DocumentInfo::named(DocumentId::of(&[]), ""), Facts::default(), Vec::new())
}

struct Told<'a> {
    value: &'a Value,
    words: Option<String>,
}

impl Told<'_> {
    fn tell<T: Describe>(&mut self) {
        self.words = serde_json::from_value::<T>(self.value.clone()).ok().map(|value| value.words());
    }
}

impl Editor for Told<'_> {
    fn one<T: Describe + PartialEq>(&mut self, _: Field, _: &mut One<T>) {
        self.tell::<T>();
    }

    fn many<T: Describe + PartialEq>(&mut self, _: Field, _: &mut Many<T>) {
        self.tell::<T>();
    }
}

struct IsOne(bool);

impl Editor for IsOne {
    fn one<T: Describe + PartialEq>(&mut self, _: Field, _: &mut One<T>) {
        self.0 = true;
    }

    fn many<T: Describe + PartialEq>(&mut self, _: Field, _: &mut Many<T>) {}
}

struct Typed<'a> {
    text: &'a str,
    part: Option<&'a str>,
    value: Result<Value, BadValue>,
}

impl Editor for Typed<'_> {
    fn one<T: Describe + PartialEq>(&mut self, field: Field, slot: &mut One<T>) {
        let now = slot.as_ref().and_then(|fact| fact.value());
        let found = match self.part {
            None => readings(self.text).into_iter().find_map(valid::<T>),
            Some(part) => with_part::<T>(now, part, self.text),
        };
        self.value = found.ok_or_else(|| BadValue::NotOne {
            field: field.name(),
            text: self.text.to_owned(),
            hint: hint(field, self.part),
        });
    }

    fn many<T: Describe + PartialEq>(&mut self, field: Field, _: &mut Many<T>) {
        let text = self.text.trim();
        // A party is told by its name.
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = (field == Field::parties).then(|| serde_json::json!({ "name": name, "aliases": [] }));
        let typed = serde_json::from_str::<Value>(text).ok().into_iter().chain(named);
        let found = typed.filter(|_| self.part.is_none() && !text.is_empty()).find_map(valid::<T>);
        let hint = match field {
            Field::parties => "write the name of a party",
            _ => "write it as `tickler show --format json` does, or name one by its ID and set that to none",
        };
        self.value = found.ok_or_else(|| BadValue::Several { field: field.name(), text: self.text.to_owned(), hint });
    }
}

/// What a text can be as JSON, the likeliest first.
fn readings(text: &str) -> Vec<Value> {
    let text = text.trim();
    let mut out = Vec::new();
    out.push(Value::String(text.to_owned()));
    // "month-to-month" is the name of a kind, written as the options of the program are.
    let name = text.to_lowercase().replace(['-', ' '], "_");
    out.push(Value::String(name.clone()));
    if let [found] = periods(text).as_slice()
        && let Some(period) = found.value.reading.known()
    {
        out.extend(serde_json::to_value(period));
    }
    if let Some(found) = sum(text)
        && let Some(amount) = found.value.amount.known()
    {
        let currency = if found.value.currency == DOLLARS { "USD" } else { found.value.currency };
        out.push(serde_json::json!({ "amount": amount, "currency": currency }));
    }
    match name.as_str() {
        "yes" | "true" => out.push(Value::Bool(true)),
        "no" | "false" => out.push(Value::Bool(false)),
        "" | "none" | "null" => out.push(Value::Null),
        _ => {}
    }
    out.extend(serde_json::from_str::<Value>(text));
    // A renewal of which nothing but its kind is said.
    out.push(serde_json::json!({ "kind": name }));
    out
}

/// The value as a field of this type has it, when it is one.
fn valid<T: Describe>(value: Value) -> Option<Value> {
    let value: T = serde_json::from_value(value).ok()?;
    serde_json::to_value(value).ok()
}

/// The value of now with one part changed.
fn with_part<T: Describe>(now: Option<&T>, part: &str, text: &str) -> Option<Value> {
    let base = now.map_or_else(|| Some(Value::Object(serde_json::Map::new())), |now| serde_json::to_value(now).ok())?;
    let object = base.as_object()?;
    if now.is_some() && !object.contains_key(part) {
        return None;
    }
    readings(text).into_iter().find_map(|reading| {
        let mut object = object.clone();
        object.insert(part.to_owned(), reading.clone());
        let value = valid::<T>(Value::Object(object))?;
        // What the type does not know it leaves out; what is left out was not set.
        (value.get(part).is_some_and(|set| !set.is_null() || reading.is_null())).then(|| consistent(value, part))
    })
}

/// A renewal says its notice twice: the strictest, and all ways. A person who sets it means the one way that there is.
fn consistent(value: Value, part: &str) -> Value {
    const NOTICE: [&str; 5] = ["notice_period", "notice_by", "notice_on", "window_opens", "comparator"];
    if !NOTICE.contains(&part) {
        return value;
    }
    let Ok(mut renewal) = serde_json::from_value::<Renewal>(value.clone()) else { return value };
    let way = renewal.single();
    renewal.set_notices(vec![way]);
    serde_json::to_value(renewal).unwrap_or(value)
}

/// What a value of the field looks like.
fn hint(field: Field, part: Option<&str>) -> String {
    let example = match (field, part) {
        (Field::renewal, None) => {
            "write its kind (automatic, option, mutual-agreement, evergreen, month-to-month or none), or set a part, such as \
             renewal.notice_period"
        }
        (Field::renewal, Some("kind")) => {
            "write automatic, option, mutual-agreement, evergreen, month-to-month or none"
        }
        (Field::renewal, Some("period" | "notice_period" | "window_opens")) => {
            "write a length of time, such as '60 days'"
        }
        (Field::renewal, Some(_)) => {
            "the parts of a renewal are kind, period, max_renewals, notice_period, notice_by, notice_on, window_opens and \
             condition"
        }
        (Field::initial_term, _) => "write a length of time, such as '3 years' or '18 months'",
        (Field::expiration_date | Field::effective_date | Field::agreement_date, _) => {
            "write a date as YYYY-MM-DD, or perpetual"
        }
        (Field::contract_value | Field::annual_value, _) => "write an amount with its currency, such as 'GBP 120,000'",
        (Field::execution, _) => "write signed, partially-signed, unsigned or unknown",
        (Field::time_of_essence, _) => "write yes or no",
        _ => "write it as `tickler show --format json` does",
    };
    example.to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::record::testing::{contract, running};
    use crate::record::value::RenewalKind;

    #[test]
    fn values_as_people_type_them() {
        let year = Period::new(1, Unit::Year);
        let contract = running(date(2025, 1, 1), year, Renewal::of(RenewalKind::Automatic));
        let says = |field, part, text: &str| parse(&contract, field, part, text);
        assert_eq!(says(Field::expiration_date, None, "2027-05-01").unwrap(), "2027-05-01");
        assert_eq!(says(Field::expiration_date, None, "perpetual").unwrap(), "perpetual");
        assert_eq!(says(Field::initial_term, None, "three (3) years").unwrap()["iso"], "P3Y");
        assert_eq!(says(Field::governing_law, None, "New York").unwrap(), "New York");
        assert_eq!(says(Field::time_of_essence, None, "yes").unwrap(), true);
        assert_eq!(says(Field::renewal, None, "month-to-month").unwrap()["kind"], "month_to_month");
        let value = says(Field::contract_value, None, "GBP 120,000").unwrap();
        assert_eq!((&value["amount"], &value["currency"]), (&120_000.0.into(), &"GBP".into()));
        let notice = says(Field::renewal, Some("notice_period"), "90 days").unwrap();
        assert_eq!((&notice["kind"], &notice["notice_period"]["iso"]), (&"automatic".into(), &"P90D".into()));
        assert_eq!(notice["notices"][0]["period"]["iso"], "P90D");
        assert_eq!(says(Field::renewal, Some("max_renewals"), "2").unwrap()["max_renewals"], 2);
        for (field, part, text) in [
            (Field::expiration_date, None, "next spring"),
            (Field::initial_term, None, "long"),
            (Field::renewal, None, "sometimes"),
            (Field::renewal, Some("colour"), "red"),
            (Field::renewal, Some("notice_period"), "soon"),
            (Field::parties, None, " "),
            (Field::obligations, None, "pay"),
        ] {
            assert!(says(field, part, text).is_err(), "{text}");
        }
        assert_eq!(says(Field::parties, None, "Acme Ltd").unwrap()["name"], "Acme Ltd");
        assert!(is_settable(Field::renewal) && !is_settable(Field::parties));
    }

    #[test]
    fn a_part_of_a_value_that_was_not_read_needs_the_others() {
        assert!(parse(&contract(), Field::renewal, Some("notice_period"), "90 days").is_err());
        assert!(parse(&contract(), Field::renewal, Some("kind"), "option").is_ok());
    }
}
