use tickler::calendar::Rule;

use crate::common::{Bench, DAY};

#[test]
fn a_rule_is_printed_without_a_store() {
    let bench = Bench::empty();
    let text = bench.out(&["explain", "--rule", "R5"]);
    assert!(text.starts_with("R5  End of term\n\n"), "{text}");
    assert!(text.contains("\n  *  A stated end is the last day of the term in both readings.\n"), "{text}");
    assert!(text.contains("\n  Example: ") && text.contains("\n  Source: "), "{text}");
    assert!(!text.contains("**"), "{text}");
    assert_eq!(bench.out(&["explain", "--rule", "r5"]), text);
    let json = bench.json(&["explain", "--rule", "r5", "--format", "json"]);
    let expected = serde_json::json!({
        "id": "R5", "title": Rule::R5.title(), "text": Rule::R5.text(), "source": Rule::R5.source()
    });
    assert_eq!(json, expected);
    assert!(!bench.path("store").exists());
}

#[test]
fn all_rules_are_listed() {
    let bench = Bench::empty();
    let text = bench.out(&["explain", "--rule", "ALL"]);
    assert_eq!(text.lines().count(), Rule::ALL.len());
    let json = bench.json(&["explain", "--rule", "all", "--format", "json"]);
    for (i, rule) in Rule::ALL.iter().enumerate() {
        assert!(text.contains(&format!("  {rule:<3}  {}\n", rule.title())), "{text}");
        assert_eq!(json[i]["id"], rule.id());
        let one = bench.out(&["explain", "--rule", rule.id()]);
        assert!(one.starts_with(&format!("{rule}  {}\n", rule.title())), "{one}");
    }
}

#[test]
fn an_unknown_rule_is_refused_with_the_known_ones() {
    let bench = Bench::empty();
    let (code, message) = bench.fails(&["explain", "--rule", "R99"]);
    assert_eq!(code, 2);
    assert!(Rule::ALL.iter().all(|rule| message.contains(rule.id())), "{message}");
    assert_eq!(bench.fails(&["explain"]).0, 2);
    assert_eq!(bench.fails(&["explain", "0123456789abcdef", "--rule", "R5"]).0, 2);
}

#[test]
fn the_rules_of_a_date_have_titles() {
    let bench = Bench::ingested();
    let entries = bench.json(&["schedule", "--all", "--as-of", DAY, "--format", "json"]);
    for entry in entries.as_array().unwrap().iter().filter(|e| !e["act_by"].is_null()) {
        let text = bench.out(&["explain", entry["id"].as_str().unwrap(), "--as-of", DAY]);
        let (_, legend) = text.split_once("\nRules\n").unwrap();
        assert!(legend.contains("`tickler explain --rule "), "{text}");
        for rule in Rule::ALL.iter().filter(|rule| text.contains(&format!("({rule})"))) {
            assert!(legend.contains(&format!("  {rule:<3}  {}\n", rule.title())), "{rule}: {text}");
        }
    }
}
