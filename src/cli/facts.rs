//! Facts of any kind, for people.
//!
//! Records gain fields with time; here a record is walked as JSON, so that every fact in it can be shown and explained.

use serde_json::{Map, Value};
use tickler::calendar::Period;
use tickler::record::Contract;
use tickler::record::{Fact, OriginKind, Status};

/// A fact and what it says, in words.
#[derive(Debug, Clone)]
pub(super) struct View {
    /// Name of the value, such as `Effective date`.
    pub(super) label: String,
    /// The fact.
    pub(super) fact: Fact<Value>,
}

/// Fields in the order in which people ask for them; fields not named here follow.
const ORDER: [&str; 10] = [
    "title",
    "type",
    "reference",
    "amends",
    "parties",
    "agreement_date",
    "effective_date",
    "initial_term",
    "expiration_date",
    "renewal",
];

/// Keys of a composite value that say what it is, before those that say more about it.
const FIRST: [&str; 9] = ["name", "role", "kind", "method", "metric", "period", "notice_period", "obligor", "action"];

/// All facts of a contract.
pub(super) fn of(contract: &Contract) -> anyhow::Result<Vec<View>> {
    let record = serde_json::to_value(contract)?;
    let mut found: Vec<(usize, View)> = Vec::new();
    let document = record.get("document").and_then(Value::as_object);
    for (key, value) in document.into_iter().flatten().chain(record.as_object().into_iter().flatten()) {
        let place = ORDER.iter().position(|k| k == key).unwrap_or(ORDER.len());
        let values = match value {
            Value::Array(values) => values.iter().collect(),
            other => vec![other],
        };
        for value in values {
            let is_fact = ["id", "status", "confidence", "origin", "evidence"].iter().all(|k| value.get(k).is_some());
            if is_fact {
                found.push((place, View { label: label(key), fact: serde_json::from_value(value.clone())? }));
            }
        }
    }
    // Stable: facts of one field stay in the order of the text.
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, view)| view).collect())
}

fn label(key: &str) -> String {
    let one = match key {
        "parties" => "party",
        "clauses" => "clause",
        "services" => "service",
        other => other.strip_suffix('s').filter(|k| !k.ends_with('m') && *k != "amend").unwrap_or(other),
    };
    humanise(one)
}

/// `notice_period` as `Notice period`.
pub(super) fn humanise(name: &str) -> String {
    let name = name.replace('_', " ");
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl View {
    /// The value in words; why there is none, where there is none.
    pub(super) fn value(&self) -> String {
        match (self.fact.value(), self.fact.status()) {
            (Some(value), Status::Conflicting) => format!("{} (the contract also says otherwise)", say(value)),
            (Some(value), _) => say(value),
            (None, Status::Redacted) => "redacted in the document".to_owned(),
            (None, _) => "not settled by the document".to_owned(),
        }
    }

    /// Confidence as a percentage.
    pub(super) fn percent(&self) -> String {
        format!("{:.0} %", self.fact.confidence().get() * 100.0)
    }

    /// What found it.
    pub(super) fn origin(&self) -> String {
        let origin = self.fact.origin();
        match origin.kind {
            OriginKind::Rule => format!("rule {}", origin.id),
            OriginKind::Model => format!("model, {}", origin.id),
            OriginKind::RuleAndModel => format!("rule {}, and the model agrees", origin.id),
            OriginKind::Reviewer => format!("set by {}", origin.id),
        }
    }
}

/// A value of any shape in words.
fn say(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(s) => s.clone(),
        Value::Bool(b) => if *b { "yes" } else { "no" }.to_owned(),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => items.iter().map(say).collect::<Vec<_>>().join(", "),
        Value::Object(map) => say_map(map),
    }
}

fn say_map(map: &Map<String, Value>) -> String {
    if map.contains_key("iso")
        && let Ok(period) = serde_json::from_value::<Period>(Value::Object(map.clone()))
    {
        return period.to_string();
    }
    if let Some(text) = measured(map).or_else(|| signature(map)) {
        return text;
    }
    let empty = |v: &Value| v.is_null() || v.as_array().is_some_and(Vec::is_empty);
    let mut entries: Vec<(&String, &Value)> = map.iter().filter(|(_, v)| !empty(v)).collect();
    entries.sort_by_key(|(k, _)| FIRST.iter().position(|f| f == k).unwrap_or(FIRST.len()));
    let mut out = String::new();
    for (i, (key, value)) in entries.into_iter().enumerate() {
        let text = say(value);
        // What leads needs no name: "Acme Ltd; role Customer", "automatic; period 1 year".
        let text = if i == 0 && !value.is_boolean() {
            text.replace('_', " ")
        } else {
            format!("; {} {text}", key.replace('_', " "))
        };
        out.push_str(&text);
    }
    out.trim_start_matches("; ").to_owned()
}

/// A service level or a credit as one reads it: "availability >= 99.9 percent", "10 percent of fees for availability from
/// 98 below 99".
fn measured(map: &Map<String, Value>) -> Option<String> {
    let get = |key: &str| map.get(key).filter(|v| !v.is_null());
    let words = |key: &str| get(key).map(|v| say(v).replace('_', " "));
    let mut out;
    if let (Some(target), Some(comparator)) = (words("target"), words("comparator")) {
        out = format!("{} {comparator} {target} {}", words("metric")?, words("unit")?);
        for (key, before) in [("severity", ", "), ("window", " per "), ("obligor", "; owed by "), ("name", "; ")] {
            if let Some(text) = words(key) {
                out.extend([before, &text]);
            }
        }
    } else {
        out = format!("{} {} for {}", words("credit")?, words("unit")?, words("metric")?);
        let bound = |key: &str, inclusive: &str, exclusive: &str| {
            let bound = get(key)?;
            let word = if bound["inclusive"].as_bool()? { inclusive } else { exclusive };
            Some(format!(" {word} {}", say(&bound["value"])))
        };
        out.extend(bound("from", "from", "above"));
        out.extend(bound("to", "up to", "below"));
        if let Some(per) = words("per") {
            out.extend([", for each ", &per]);
        }
    }
    Some(out)
}

/// A signatory as one reads it: "Alice Reed, President, for Acme Inc.; signed 2024-03-14; digital, intact, certificate
/// trusted".
fn signature(map: &Map<String, Value>) -> Option<String> {
    let get = |map: &Map<String, Value>, key: &str| map.get(key).and_then(Value::as_str).map(|w| w.replace('_', " "));
    let signed = map.get("signed").filter(|_| map.contains_key("covers_whole_file"))?;
    let mut out = get(map, "signer").unwrap_or_else(|| "somebody".to_owned());
    if let Some(title) = get(map, "title") {
        out.extend([", ", &title]);
    }
    if let Some(party) = get(map, "party") {
        out.extend([", for ", &party]);
    }
    let day = get(map, "signed_on").map_or_else(String::new, |day| format!(" {day}"));
    match signed.as_bool() {
        Some(true) => out.extend(["; signed", &day]),
        Some(false) => out += "; not signed",
        None if day.is_empty() => out += "; whether signed cannot be told",
        None => out.extend(["; dated", &day, ", whether signed cannot be told"]),
    }
    let kind = get(map, "kind")?;
    if kind != "digital" {
        return Some(if kind == "block" { out } else { format!("{out}; {kind}") });
    }
    out.extend(["; digital, ", &get(map, "integrity")?]);
    if map.get("weak") == Some(&Value::Bool(true)) {
        out += ", weak";
    }
    if let Some(certificate) = map.get("certificate").and_then(Value::as_object) {
        out.extend([", certificate ", &get(certificate, "trust")?]);
        if let Some(when) = get(certificate, "at_signing").filter(|w| w != "valid" && w != "unknown") {
            out.extend([" and ", &when, " at signing"]);
        }
        out.extend([", issued by ", &get(certificate, "issuer")?]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_read_as_words() {
        assert_eq!(say(&json!({"count": 1, "unit": "year", "iso": "P1Y"})), "1 year");
        let party = json!({"name": "Acme Ltd", "role": "Customer", "aliases": [], "address": null, "is_us": true});
        assert_eq!(say(&party), "Acme Ltd; role Customer; is us yes");
        let level = json!({"metric": "availability", "name": "Uptime", "comparator": ">=", "target": 99.9, "unit": "percent",
            "severity": null, "window": "calendar month", "obligor": "Vendor"});
        assert_eq!(say(&level), "availability >= 99.9 percent per calendar month; owed by Vendor; Uptime");
        let credit = json!({"metric": "availability", "credit": 10, "unit": "percent of fees", "per": null,
            "from": {"value": 98, "inclusive": true}, "to": {"value": 99, "inclusive": false}});
        assert_eq!(say(&credit), "10 percent of fees for availability from 98 below 99");
        assert_eq!(say(&json!({"automatic": false, "cap": 20})), "automatic no; cap 20");
        let mut signed = json!({"kind": "digital", "signed": true, "signer": "Alice Reed", "title": "President", "party": "Acme",
            "signed_on": "2024-03-14", "integrity": "intact", "covers_whole_file": true, "weak": false,
            "certificate": {"issuer": "Root", "trust": "untrusted", "at_signing": "expired"}});
        assert_eq!(
            say(&signed),
            "Alice Reed, President, for Acme; signed 2024-03-14; digital, intact, certificate untrusted and expired at signing, \
             issued by Root"
        );
        (signed["kind"], signed["signed"], signed["signed_on"]) = (json!("block"), json!(false), json!(null));
        assert_eq!(say(&signed), "Alice Reed, President, for Acme; not signed");
        let renewal = json!({"kind": "month_to_month", "notice_period": {"count": 30, "unit": "day", "iso": "P30D"}});
        assert_eq!(say(&renewal), "month to month; notice period 30 days");
    }

    #[test]
    fn labels_are_singular() {
        let names = ["parties", "terminations", "payment_terms", "governing_law", "amends", "price_changes"].map(label);
        assert_eq!(names, ["Party", "Termination", "Payment terms", "Governing law", "Amends", "Price change"]);
    }
}
