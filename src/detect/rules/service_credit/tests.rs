//! Wordings of credits, all invented.

use crate::detect::Findings;
use crate::record::value::service::{Bound, ServiceCredit};
use crate::record::{DocumentId, Fact};
use crate::segment::segment;
use crate::text::DocumentText;

fn findings(plain: &str) -> Findings {
    let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
    crate::detect::detect(&text, &segment(&text))
}

fn line(c: &ServiceCredit) -> String {
    let end = |b: Option<Bound>, open: char, closed: char| {
        b.map_or_else(|| open.to_string(), |b| format!("{}{}", if b.inclusive { closed } else { open }, b.value))
    };
    format!("{} {} -> {} {}", end(c.from, '(', '['), end(c.to, ')', ']'), c.credit, c.unit)
}

fn credits(plain: &str) -> Vec<String> {
    findings(plain).facts.service_credits.iter().filter_map(Fact::value).map(line).collect()
}

const LEAD: &str = "The Vendor shall keep the Service available 99.9% of the time each month.\n\
    If uptime falls short, the Client receives service credits as follows:\n";

#[test]
fn tiers_in_every_dress() {
    for (text, want) in [
        ("Uptime between 99.0% and 99.9%: 5% of the monthly fee", "[99 )99.9 -> 5 percent of the monthly fee"),
        ("Availability < 99.9% but >= 99.0%: 5% credit", "[99 )99.9 -> 5 percent"),
        ("99.0% <= Uptime < 99.9%: Service Credit of 5% of monthly fees", "[99 )99.9 -> 5 percent of monthly fees"),
        ("Uptime of 95.0% to < 99.0%: 10% credit", "[95 )99 -> 10 percent"),
        ("Availability 98.0% - 98.99%\t10%", "[98 ]98.99 -> 10 percent"),
        ("Less than 95%\t50%", "( )95 -> 50 percent"),
        (
            "Uptime below 98.0%: credit equal to twenty percent (20%) of the monthly fee.",
            "( )98 -> 20 percent of the monthly fee",
        ),
        ("(b) at or below 97%: 30% of the fees", "( ]97 -> 30 percent of the fees"),
    ] {
        assert_eq!(credits(&format!("{LEAD}{text}")), [want], "{text}");
    }
}

#[test]
fn a_row_may_hold_two_tiers() {
    let row = format!("{LEAD}99.0% to under 99.9%\t5%\t98.0% to under 99.5%\t10%");
    assert_eq!(credits(&row), ["[99 )99.9 -> 5 percent", "[98 )99.5 -> 10 percent"]);
    let limit = format!(
        "{LEAD}The credit is five percent (5%) of the monthly fee for each full hour, not to exceed fifty percent (50%) of the monthly fee."
    );
    assert_eq!(credits(&limit), ["( ) -> 5 percent of the monthly fee"]);
}

#[test]
fn tiers_in_one_sentence() {
    let five = "[98 )99.9 -> 5 percent of the monthly charge";
    let mut wrong = Vec::new();
    for text in [
        "For availability below 99.9% the Client is credited 5% of the monthly charge, and below 98% it is credited 20%.",
        "If uptime is below 99.9%, the Client receives a credit of 5% of the monthly charge, and if it is below 98%, a credit of 20%.",
        "The credit is 5% of the monthly charge for availability below 99.9%, and 20% of the monthly charge below 98%.",
        "Uptime below 99.9%: 5% of the monthly charge; below 98%: 20%.",
        "Below 99.9% the credit is 5% of the monthly charge, below 98% the credit is 20%.",
        "Uptime under 99.9%: a credit of 5% of the monthly charge\nUptime under 98%: a credit of 20%",
        "Less than 99.9%\t5% of the monthly charge\nLess than 98%\t20%",
        "The Client is credited 5% of the monthly charge where availability is lower than 99.9%, or 20% where it is lower than 98%.",
        "When availability is less than 99.9%, 5% of the monthly charge is credited, and when it is less than 98%, 20% is credited.",
        "Where availability is below 99.9% the Vendor shall allow a credit of 5% of the monthly charge, and of 20% where it is below 98%.",
        "Reached for less than 99.9% but at least 98%: 5% of the monthly charge\nReached for less than 98%: 20%",
        "If availability is less than 99.9% but at least 98%, the Client is entitled to a credit of 5% of the monthly charge. If it is \
         less than 98%, the credit is 20%.",
        "Below 99.9%, the credit is 5% of the monthly charge; below 98%, it is 20%.",
        "5% of the monthly charge is credited if availability is between 98% and 99.9%; 20% if it is below 98%.",
        "A credit of 5% of the monthly charge for uptime below 99.9%, rising to 20% of the monthly charge below 98%, is due.",
    ] {
        let found = credits(&format!("{LEAD}{text}"));
        if found.len() != 2 || found[0] != five || !found[1].starts_with("( )98 -> 20 percent") {
            wrong.push(format!("{found:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_no_tier() {
    for text in [
        "Service credits in a month shall not exceed 15% of the monthly fee for the Service.",
        "The Client may terminate if uptime is below 95% in two months.",
        "The borrower's letter of credit shall cover 10% of the price.",
    ] {
        assert_eq!(credits(&format!("{LEAD}{text}")), [""; 0], "{text}");
    }
}

#[test]
fn credits_that_grow() {
    let found = findings(&format!(
        "{LEAD}The credit is equal to 2% of the monthly fee for each 30 minutes of downtime below 99.9%."
    ));
    let credit = found.facts.service_credits[0].value().unwrap();
    assert_eq!((credit.credit.to_string().as_str(), credit.per.as_deref()), ("2", Some("30 minutes of downtime")));
    let found = findings(
        "After an interruption of the Services the Licensee receives a credit of one-thirtieth (1/30) of the monthly fees for each hour.",
    );
    assert_eq!(found.facts.service_credits[0].value().unwrap().credit.to_string(), "3.333333");
}

#[test]
fn credits_for_time_beyond_an_allowance() {
    let found = findings(
        "If Downtime in a calendar month is more than four hours, the Host shall credit the Customer with 2% of the monthly charge for \
         each full hour of Downtime beyond four hours, up to 20% of the monthly charge.\nThe Customer must ask for the credit within one \
         month after the end of the month in which the Downtime occurred.",
    );
    let credit = found.facts.service_credits[0].value().unwrap();
    assert_eq!(
        (credit.credit.to_string().as_str(), credit.per.as_deref()),
        ("2", Some("full hour of Downtime beyond four hours"))
    );
    let level = found.facts.service_levels[0].value().unwrap();
    assert_eq!((level.name.as_str(), level.target.to_string().as_str()), ("Downtime", "4"));
    assert_eq!(found.facts.service_levels.len(), 1);
    let terms = found.facts.credit_terms.unwrap();
    let terms = terms.value().unwrap();
    assert_eq!(terms.claim_within.map(|p| p.to_string()).as_deref(), Some("1 month"));
    assert_eq!(terms.cap.map(|cap| cap.to_string()).as_deref(), Some("20"));
}

#[test]
fn gaps_and_overlaps_are_told() {
    let codes = |tiers: &str| -> Vec<String> {
        findings(&format!("{LEAD}{tiers}"))
            .diagnostics
            .into_iter()
            .map(|d| d.code)
            .filter(|c| c.starts_with("service_credit"))
            .collect()
    };
    assert_eq!(
        codes("Uptime between 99.0% and 99.9%: 5% credit\nUptime below 98.0%: 10% credit"),
        ["service_credit.gap"]
    );
    assert_eq!(
        codes("Uptime between 98.0% and 99.9%: 5% credit\nUptime below 99.0%: 10% credit"),
        ["service_credit.overlap"]
    );
    assert_eq!(codes("Uptime between 99.0% and 99.9%: 5% credit\nUptime below 99.0%: 10% credit"), [""; 0]);
}

#[test]
fn what_holds_for_all() {
    let text = format!(
        "{LEAD}Uptime below 99.0%: 10% of the monthly fee.\nService credits shall not exceed 20% of the monthly fee. \
         To receive a service credit, the Client must submit a request within thirty (30) days after the end of the month. \
         Service credits are the Client's sole and exclusive remedy."
    );
    let found = findings(&text);
    let fact = found.facts.credit_terms.unwrap();
    let terms = fact.value().unwrap();
    assert_eq!(terms.cap.map(|c| c.to_string()).as_deref(), Some("20"));
    assert_eq!(terms.claim_within.map(|p| p.to_string()).as_deref(), Some("30 days"));
    assert_eq!(terms.claim_from.as_deref(), Some("end of the month"));
    assert!(terms.forfeits_if_late && !terms.automatic);
    assert_eq!(terms.sole_remedy, Some(true));
    assert_eq!(fact.evidence().len(), 3);
}

#[test]
fn credits_that_nobody_need_claim() {
    for words in [
        "The Provider must apply the credit to the next invoice without a claim by the Client.",
        "Service credits are issued without the Client having to request them.",
        "Service credits are automatically applied to the next invoice.",
    ] {
        let text = format!("{LEAD}Uptime below 99.0%: 10% of the monthly fee.\n{words}");
        let terms = findings(&text).facts.credit_terms;
        assert!(terms.is_some_and(|f| f.value().is_some_and(|t| t.automatic)), "{words}");
    }
}

#[test]
fn tiers_whose_cells_ran_together() {
    let rows = "99.0% or more but below 99.9% 5%\n97.0% or more but below 99.0% 10% below 97.0% 20%";
    let want = ["[99 )99.9 -> 5 percent", "[97 )99 -> 10 percent", "( )97 -> 20 percent"];
    assert_eq!(credits(&format!("{LEAD}{rows}")), want);
}

#[test]
fn tiers_with_bars_and_steps_ahead() {
    let lines = "availability from 98.0% to 99.5%: 4% availability below 98.0%: 12%";
    assert_eq!(credits(&format!("{LEAD}{lines}")), ["[98 ]99.5 -> 4 percent", "( )98 -> 12 percent"]);
    let rows = "99.0% - 99.79% | 5%\nless than 99.0% | 10%";
    assert_eq!(credits(&format!("{LEAD}{rows}")), ["[99 ]99.79 -> 5 percent", "( )99 -> 10 percent"]);
    let text = format!(
        "{LEAD}For every 0.1% by which availability falls short, the Client receives a credit of 2% of the monthly fee."
    );
    let found = findings(&text).facts.service_credits;
    assert_eq!(found[0].value().and_then(|c| c.per.clone()).as_deref(), Some("0.1%"));
}

#[test]
fn tiers_that_say_whom_they_credit() {
    for text in [
        "If availability is at least 98.0% but below 99.9%, we credit you with 8% of that month's fee. If availability is below 98.0%, we credit you with 20% of it.",
        "If the availability is below 99.9% but not below 98.0%, the Client is credited with 8% of that month's fee, and if it is below 98.0%, with 20%.",
    ] {
        let got: Vec<String> = credits(&format!("{LEAD}{text}")).into_iter().map(|c| c.replace(" of it", "")).collect();
        assert_eq!(got, ["[98 )99.9 -> 8 percent of that month's fee", "( )98 -> 20 percent"], "{text}");
    }
}
