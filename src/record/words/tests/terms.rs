//! Renewal, termination, money and service.

use super::{YEAR, days, say, some};
use crate::calendar::{Period, Unit};
use crate::lexicon::Decimal;
use crate::record::value::payment::PaymentTerm;
use crate::record::value::price::{PriceChange, PriceChangeKind, PriceDay, Provision, ProvisionKind};
use crate::record::value::service::{
    AllowedDowntime, Bound, Comparator, CreditTerms, LevelUnit, Metric, ServiceCredit, ServiceLevel,
};
use crate::record::value::termination::{Effect, Termination, TerminationKind};
use crate::record::value::{NoticeDay, NoticeTerm, Renewal, RenewalKind, RenewalNotice};

fn notice(by: Option<&str>, period: Option<Period>) -> RenewalNotice {
    RenewalNotice {
        by: by.map(str::to_owned),
        term: NoticeTerm::Any,
        period,
        figure: None,
        on: None,
        window_opens: None,
        opens_on: None,
        comparator: some("at least"),
    }
}

fn renewal(kind: RenewalKind, ways: Vec<RenewalNotice>) -> Renewal {
    let mut renewal = Renewal::of(kind);
    renewal.set_notices(ways);
    renewal
}

#[test]
fn renewals() {
    let either = || vec![notice(Some("either"), days(60))];
    let yearly = |kind, ways| Renewal { period: Some(YEAR), ..renewal(kind, ways) };
    let october = RenewalNotice { on: NoticeDay::new(None, 10, 1), ..notice(Some("Principal"), None) };
    let window = RenewalNotice { window_opens: days(120), ..notice(Some("Distributor"), days(60)) };
    let odd = RenewalNotice {
        comparator: some("not more than"),
        figure: days(30),
        term: NoticeTerm::Initial,
        ..notice(None, Some(Period::new(1, Unit::Month)))
    };
    let later = RenewalNotice { term: NoticeTerm::Renewal, ..notice(Some("Client"), days(30)) };
    let named = RenewalNotice { on: NoticeDay::new(Some(2026), 8, 31), ..notice(None, None) };
    let old = Renewal { notice_period: days(60), notice_by: some("either"), ..Renewal::of(RenewalKind::Automatic) };
    let conditional = Renewal {
        max_renewals: Some(2),
        condition: some("provided that no default exists"),
        ..yearly(RenewalKind::Option, vec![notice(Some("Tenant"), Some(Period::new(9, Unit::Month)))])
    };
    say(&[
        (&yearly(RenewalKind::Automatic, either()), "Renews for 1 year unless either party gives 60 days' notice"),
        (&old, "Renews unless either party gives 60 days' notice"),
        (
            &Renewal { max_renewals: Some(3), ..yearly(RenewalKind::Automatic, vec![october]) },
            "Renews for 1 year, at most 3 times, unless Principal gives notice by 1 October of each year",
        ),
        (&renewal(RenewalKind::Automatic, vec![named]), "Renews unless a party gives notice by 2026-08-31"),
        (
            &renewal(RenewalKind::Automatic, vec![odd, later]),
            "Renews unless a party gives 1 month's notice (\u{201c}not more than\u{201d}) (the figure says 30 days) before the \
             end of the first term, or Client gives 30 days' notice before the end of a renewal term",
        ),
        (
            &conditional,
            "May be renewed for 1 year, at most twice, if Tenant gives 9 months' notice; condition: provided that no default \
             exists",
        ),
        (
            &renewal(RenewalKind::Option, vec![window]),
            "May be renewed if Distributor gives 60 days' notice, no earlier than 120 days before the end",
        ),
        (
            &Renewal { max_renewals: Some(1), ..yearly(RenewalKind::MutualAgreement, Vec::new()) },
            "Renews for 1 year, at most once, only if both parties agree",
        ),
        (&renewal(RenewalKind::Evergreen, either()), "Runs on until either party gives 60 days' notice"),
        (&renewal(RenewalKind::MonthToMonth, Vec::new()), "Runs on from month to month until a party ends it"),
        (&Renewal::of(RenewalKind::None), "Does not renew"),
    ]);
}

#[test]
fn terminations() {
    let right = |kind, by: Option<&str>| Termination {
        kind,
        effect: Effect::Terminate,
        by: by.map(str::to_owned),
        notice: None,
        cure: None,
        event: None,
        breaks: Vec::new(),
    };
    say(&[
        (
            &Termination { notice: days(30), ..right(TerminationKind::Convenience, Some("either")) },
            "Either party may end it for convenience with 30 days' notice",
        ),
        (
            &Termination { cure: days(30), ..right(TerminationKind::Breach, None) },
            "A party may end it for breach not cured within 30 days",
        ),
        (
            &Termination {
                effect: Effect::Suspend,
                cure: days(10),
                notice: days(5),
                ..right(TerminationKind::Nonpayment, Some("Vendor"))
            },
            "Vendor may suspend it for non-payment not cured within 10 days with 5 days' notice",
        ),
        (
            &Termination { event: some("change_of_control"), ..right(TerminationKind::Other, Some("Client")) },
            "Client may end it for change of control",
        ),
        (&right(TerminationKind::Insolvency, Some("either")), "Either party may end it for insolvency"),
    ]);
}

#[test]
fn payments() {
    let due = |payer: Option<&str>, due: Option<Period>, from: Option<&str>| PaymentTerm {
        payer: payer.map(str::to_owned),
        due,
        from: from.map(str::to_owned),
        frequency: None,
        late_interest: None,
    };
    say(&[
        (
            &PaymentTerm {
                late_interest: some("1.5% per month"),
                ..due(Some("Customer"), days(30), Some("receipt of the invoice"))
            },
            "Customer pays within 30 days of receipt of the invoice; late interest 1.5% per month",
        ),
        (
            &due(Some("Client"), days(15), Some("it receives a complete invoice")),
            "Client pays within 15 days after it receives a complete invoice",
        ),
        (&due(None, days(0), Some("receipt")), "Payment is due at once on receipt"),
        (
            &PaymentTerm { frequency: some("monthly in arrears"), ..due(Some("Tenant"), days(10), None) },
            "Tenant pays within 10 days, monthly in arrears",
        ),
        (&PaymentTerm { frequency: some("each month"), ..due(None, None, None) }, "Payment is due each month"),
    ]);
}

#[test]
fn prices_and_provisions() {
    let price = |kind| PriceChange {
        kind,
        index: None,
        percent: None,
        cap: None,
        floor: None,
        every: None,
        on: None,
        first: None,
        notice: None,
    };
    let provision = |kind| Provision { kind, period: None, notice: None, every: None, amount: None, sections: vec![] };
    let indexed = PriceChange {
        index: some("CPI-U"),
        cap: Some(Decimal::whole(5)),
        floor: Some(Decimal::whole(0)),
        every: Some(YEAR),
        on: Some(PriceDay::Anniversary),
        first: some("the second year"),
        notice: days(60),
        ..price(PriceChangeKind::Index)
    };
    let outliving = |sections: &[&str]| Provision {
        sections: sections.iter().map(|s| (*s).to_owned()).collect(),
        ..provision(ProvisionKind::Survival)
    };
    say(&[
        (
            &indexed,
            "Prices follow CPI-U, at most 5 %, at least 0 % every year on the anniversary of the start, for the first time: \
             the second year, with 60 days' notice",
        ),
        (&PriceChange { percent: Some(Decimal::whole(3)), ..price(PriceChangeKind::Percent) }, "Prices change by 3 %"),
        (
            &PriceChange {
                cap: Some(Decimal::whole(4)),
                on: Some(PriceDay::Renewal),
                ..price(PriceChangeKind::RenewalUplift)
            },
            "Prices change by at most 4 % on the first day of a renewal term",
        ),
        (&PriceChange { notice: days(90), ..price(PriceChangeKind::Other) }, "Prices may change, with 90 days' notice"),
        (
            &Provision {
                amount: some("$1,000,000 per occurrence"),
                period: Some(Period::new(2, Unit::Year)),
                ..provision(ProvisionKind::Insurance)
            },
            "Insurance: $1,000,000 per occurrence, for 2 years",
        ),
        (
            &Provision { every: Some(YEAR), notice: days(10), ..provision(ProvisionKind::Audit) },
            "Right to audit: once every year, with 10 days' notice",
        ),
        (
            &Provision { period: days(30), ..provision(ProvisionKind::DataReturn) },
            "Return or deletion of data: within 30 days",
        ),
        (&outliving(&["5"]), "Survival after the end of the contract; section 5"),
        (&outliving(&["1", "5.4", "11"]), "Survival after the end of the contract; sections 1, 5.4 and 11"),
    ]);
}

#[test]
fn service_levels_and_credits() {
    let level = |metric, name: &str| ServiceLevel {
        metric,
        name: name.to_owned(),
        comparator: Comparator::AtMost,
        target: Decimal::whole(1),
        unit: LevelUnit::BusinessHour,
        severity: None,
        window: None,
        obligor: None,
        allowed_downtime: None,
    };
    let uptime = ServiceLevel {
        comparator: Comparator::AtLeast,
        target: Decimal::from_millionths(99_900_000),
        unit: LevelUnit::Percent,
        window: some("calendar month"),
        obligor: some("Vendor"),
        allowed_downtime: Some(AllowedDowntime {
            minutes: Decimal::from_millionths(43_200_000),
            derivation: String::new(),
        }),
        ..level(Metric::Availability, "Monthly uptime")
    };
    let credit = ServiceCredit {
        severity: None,
        metric: Metric::Availability,
        from: Some(Bound { value: Decimal::whole(98), inclusive: true }),
        to: Some(Bound { value: Decimal::whole(99), inclusive: false }),
        credit: Decimal::whole(10),
        unit: "percent of the monthly fee".to_owned(),
        per: some("full hour"),
    };
    let terms = CreditTerms {
        cap: Some(Decimal::whole(20)),
        claim_within: days(30),
        claim_from: some("end of that month"),
        forfeits_if_late: true,
        sole_remedy: Some(true),
        automatic: false,
    };
    say(&[
        (
            &uptime,
            "Monthly uptime (availability): at least 99.9 % per calendar month; owed by Vendor; 43.2 minutes of downtime allowed",
        ),
        (
            &ServiceLevel { severity: some("Severity 1"), ..level(Metric::ResponseTime, "Response time") },
            "Response time for Severity 1: at most 1 business hour",
        ),
        (
            &ServiceLevel { unit: LevelUnit::Count, comparator: Comparator::Equal, ..level(Metric::Other, "visits") },
            "Visits: exactly 1",
        ),
        (&credit, "10 percent of the monthly fee for availability of at least 98 and below 99, for each full hour"),
        (
            &ServiceCredit { from: None, to: None, per: None, ..credit.clone() },
            "10 percent of the monthly fee for availability",
        ),
        (
            &terms,
            "Credits: at most 20 % of the fees; to be claimed within 30 days of end of that month; lost if claimed late; the \
             only remedy; not said to be paid without a claim",
        ),
        (
            &CreditTerms { automatic: true, sole_remedy: Some(false), ..CreditTerms::default() },
            "Credits: not said to be lost if claimed late; not the only remedy; paid without a claim",
        ),
    ]);
}
