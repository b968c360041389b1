//! Wordings of service levels, all invented.

use crate::detect::Findings;
use crate::record::value::service::ServiceLevel;
use crate::record::{DocumentId, Fact};
use crate::segment::segment;
use crate::text::DocumentText;

fn findings(plain: &str) -> Findings {
    let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
    crate::detect::detect(&text, &segment(&text))
}

/// Every level as `metric comparator target unit severity`.
fn levels(plain: &str) -> Vec<String> {
    let line = |l: &ServiceLevel| {
        let word = |v: serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        let [metric, comparator, unit] =
            [serde_json::to_value(l.metric), serde_json::to_value(l.comparator), serde_json::to_value(l.unit)]
                .map(|v| word(v.unwrap_or_default()));
        let severity = l.severity.as_deref().map_or(String::new(), |s| format!(" [{s}]"));
        format!("{metric} {comparator} {} {unit}{severity}", l.target)
    };
    findings(plain).facts.service_levels.iter().filter_map(Fact::value).map(line).collect()
}

#[test]
fn availability() {
    for text in [
        "The Supplier shall ensure that the Platform is available at least 99.9% of the time in each calendar month.",
        "The Host warrants a monthly uptime of no less than 99.9 percent for the hosted servers.",
        "Provider targets a Monthly Uptime Percentage of ninety-nine point nine percent (99.9%) for the Service.",
        "System availability shall not fall below 99.9% in any month.",
        "Network availability: 99.9%",
        "Uptime target: 99.9% per month",
        "Service availability: 99.9% per annum",
        "The link shall be up 99.9 per cent of the time, measured each month.",
        "The portal will be online at least 99.9% of the time.",
        "The servers must be up and running 99.9% of the time in each quarter.",
        "The system shall be reachable for not less than 99.9 % of the time.",
        "The till network shall be working 99.9 percent of the time.",
        "Platform uptime commitment: 99.9% per month",
    ] {
        assert_eq!(levels(text), ["availability >= 99.9 percent"], "{text}");
    }
    for text in [
        "At least 75% of the votes of the shareholders is required.",
        "If availability of the Service is below 95% in three months, the Customer may terminate.",
        "Availability between 98.0% and 99.9%: 5% of the monthly fee for the Service.",
        "A service credit of 5% applies to the Service.",
        "Interest on overdue amounts of the Service: 1.5% per month",
        "Prices may go up 60% of the time.",
        "Loans shall be available up to 80% of the value of the assets.",
    ] {
        assert_eq!(levels(text), [""; 0], "{text}");
    }
}

#[test]
fn a_share_of_faults_is_one_level() {
    for text in [
        "Service level. Inkwell shall repair 95% of faults within 8 working hours in each calendar month.",
        "The Contractor shall repair at least 95% of all faults within 8 hours.",
        "Support: the Supplier shall resolve within 8 hours at least 95% of incidents.",
    ] {
        assert_eq!(levels(text), ["other >= 95 percent"], "{text}");
    }
    let tiers = "The Host shall make the Service available at least 99.95% of the time in each calendar quarter.\nIf availability is less \
        than 99.95% but at least 99.5%, Customer is entitled to a credit of 5% of the fees.";
    assert_eq!(levels(tiers), ["availability >= 99.95 percent"]);
}

#[test]
fn downtime_is_worked_out() {
    let found =
        findings("The Supplier shall keep the Service available at least 99.9% of the time in each calendar month.");
    let level = found.facts.service_levels[0].value().unwrap();
    let down = level.allowed_downtime.as_ref().unwrap();
    assert_eq!(down.minutes.to_string(), "43.2");
    assert_eq!(level.obligor.as_deref(), Some("Supplier"));
    assert_eq!(level.window.as_deref(), Some("calendar month"));
}

#[test]
fn a_restatement_adds_nothing() {
    let text = "1. The Supplier shall keep the Service available 99.5% of the time each month.\n\
        2. If the Supplier fails to meet the 99.5% uptime commitment, the Customer may ask for a credit.";
    assert_eq!(levels(text), ["availability >= 99.5 percent"]);
}

#[test]
fn times_by_severity_in_lines() {
    let text = "The parties agree as follows:\n12.3 Incident Response. The Vendor shall meet these targets:\n\
        (a) Severity 1 (Critical) - outage of the Service: initial response within one (1) hour; target resolution within eight (8) hours.\n\
        (b) Severity 2 (High): respond within 4 Business Hours, workaround or resolution within two (2) Business Days.\n\
        (c) Severity 3: Response within next business day; resolution on a best-efforts basis.";
    assert_eq!(
        levels(text),
        [
            "response_time <= 1 hour [Severity 1]",
            "resolution_time <= 8 hour [Severity 1]",
            "response_time <= 4 business_hour [Severity 2]",
            "resolution_time <= 2 business_day [Severity 2]",
            "response_time <= 1 business_day [Severity 3]",
        ]
    );
}

#[test]
fn times_below_their_severity() {
    let text = "The parties agree as follows:\n5.1 Support targets are as follows:\nCritical (P1): the Platform is down.\n\
        - Initial Response: 30 minutes (24x7).\n- Target Workaround: within 4 hours of initial response.\n\
        - Updates every two hours.\nMedium (P3): minor faults.\n- Initial Response: 8 hours (business hours)\n5.2 Fees are due in 5 days.";
    assert_eq!(
        levels(text),
        [
            "response_time <= 30 minute [Critical (P1)]",
            "restore_time <= 4 hour [Critical (P1)]",
            "response_time <= 8 business_hour [Medium (P3)]",
        ]
    );
}

#[test]
fn a_lead_in_names_one_time_or_none() {
    let one = "The Supplier shall meet these initial response times:\n- Severity 1: within 1 hour\n- Severity 2: within one business day";
    assert_eq!(levels(one), ["response_time <= 1 hour [Severity 1]", "response_time <= 1 business_day [Severity 2]"]);
    let two = "The Supplier shall meet these response and resolution times:\n- Severity 1: within 1 hour";
    assert_eq!(levels(two), [""; 0], "a response is not a resolution");
}

#[test]
fn tables() {
    let text = "Severity\tResponse Time\tResolution Time\nSeverity 1\t15 minutes\t4 hours\nSeverity 2\t1 hour\tNext business day\nSeverity 3\t8 business hours\t-";
    assert_eq!(
        levels(text),
        [
            "response_time <= 15 minute [Severity 1]",
            "resolution_time <= 4 hour [Severity 1]",
            "response_time <= 1 hour [Severity 2]",
            "resolution_time <= 1 business_day [Severity 2]",
            "response_time <= 8 business_hour [Severity 3]",
        ]
    );
    let barred = "Priority | Meaning | First response | Service restored\n1 | Branches down | 15 minutes | 4 hours\n2 | One function down | 1 hour | 8 hours";
    assert_eq!(
        levels(barred),
        [
            "response_time <= 15 minute [1]",
            "restore_time <= 4 hour [1]",
            "response_time <= 1 hour [2]",
            "restore_time <= 8 hour [2]",
        ]
    );
}

#[test]
fn what_was_measured_is_no_promise() {
    for text in [
        "Our paying customers saw an availability of 99.98% in 2025, but for free accounts it is not a target.",
        "The Platform had an uptime of 99.9% last year; neither figure is a promise.",
    ] {
        assert_eq!(levels(text), [""; 0], "{text}");
    }
}

#[test]
fn times_of_law_are_no_service_levels() {
    for text in [
        "The parties shall attempt to resolve the dispute within thirty (30) days.",
        "The Customer shall respond to the proposal within ten (10) business days.",
        "If the breach is not corrected within 48 hours, the Supplier may suspend support.",
        "The Processor shall respond to data subject requests within 72 hours.",
    ] {
        assert_eq!(levels(text), [""; 0], "{text}");
    }
}

#[test]
fn maintenance_and_other_rates() {
    assert_eq!(levels("Planned maintenance shall not exceed eight (8) hours per calendar month."), ["other <= 8 hour"]);
    assert_eq!(
        levels("The error rate of the Service shall not exceed 0.5% in any month."),
        ["error_rate <= 0.5 percent"]
    );
    assert_eq!(levels("The help desk shall answer 90% of calls within 30 seconds."), ["other >= 90 percent"]);
}

#[test]
fn levels_in_other_words() {
    let mut wrong = Vec::new();
    for (text, want) in [
        ("The Supplier guarantees 99.9% uptime measured monthly.", "availability >= 99.9 percent"),
        (
            "Availability of the platform shall be no less than 99.5 per cent in each month.",
            "availability >= 99.5 percent",
        ),
        ("The service is available 99.8% of scheduled hours.", "availability >= 99.8 percent"),
        ("The Provider shall maintain a system availability of 99.95%.", "availability >= 99.95 percent"),
        ("Uptime\t99.9%", "availability >= 99.9 percent"),
        (
            "The website will be accessible for a minimum of 98.5% of the time each quarter.",
            "availability >= 98.5 percent",
        ),
        ("The Contractor shall answer at least 80% of calls within 20 seconds.", "other >= 80 percent"),
        ("The Supplier delivers 95% of orders on time and in full.", "other >= 95 percent"),
        ("The Contractor shall repair each fault within 8 hours of a report.", "restore_time <= 8 hour"),
        ("The Vendor acknowledges each ticket within 15 minutes.", "response_time <= 15 minute"),
        (
            "Priority 1 incidents: response 30 minutes, resolution 4 hours.",
            "response_time <= 30 minute [Priority 1]; resolution_time <= 4 hour [Priority 1]",
        ),
        ("P2 faults: fix within 2 Business Days.", "resolution_time <= 2 business_day [P2]"),
        ("Critical incidents: target response time 1 hour", "response_time <= 1 hour [Critical incidents]"),
        ("The service is available 24x7 except for scheduled maintenance.", ""),
        ("The Customer may terminate if availability falls below 95% in three months.", ""),
    ] {
        let found = levels(text).join("; ");
        if found != want {
            wrong.push(format!("{found} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_first_cell_that_ran_together_and_ends_of_tiers() {
    let table =
        "Severity\tResponse time\tResolution time\nSeverity 1 20 minutes\t3 hours\nSeverity 2\t2 hours\t12 hours";
    let want = [
        "response_time <= 20 minute [Severity 1]",
        "resolution_time <= 3 hour [Severity 1]",
        "response_time <= 2 hour [Severity 2]",
        "resolution_time <= 12 hour [Severity 2]",
    ];
    assert_eq!(levels(table), want);
    assert_eq!(levels("If availability is at least 98.0% but below 99.5%, we credit you with 8% of the fee."), [""; 0]);
    let line = "When the line goes dead, the Carrier shall have service restored within 5 hours of the report.";
    assert_eq!(levels(line), ["restore_time <= 5 hour"]);
}

#[test]
fn rows_that_ran_together() {
    let want = [
        "response_time <= 15 minute [P1]",
        "resolution_time <= 4 hour [P1]",
        "response_time <= 1 hour [P2]",
        "resolution_time <= 2 business_day [P2]",
    ];
    for text in [
        "Priority What it means Response Resolution P1 whole site down 15 minutes 4 hours P2 one team stands still 1 hour 2 working days",
        "Severity Response time Resolution time\nP1 Total outage 15 minutes 4 hours\nP2 Partial outage 1 hour 2 working days",
    ] {
        assert_eq!(levels(text), want, "{text}");
    }
    // A third time in a row belongs to nobody knows which name.
    let open = "Priority Response Resolution P1 down for 2 hours 15 minutes 4 hours P2 slow 1 hour 8 hours";
    assert!(levels(open).len() < 3, "{:?}", levels(open));
}
