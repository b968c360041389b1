use super::*;
use crate::calendar::{Period, Unit};
use crate::record::testing::{contract, fact, running};
use crate::record::value::{DutyCategory, Modality, Obligation, Renewal, RenewalKind, Timing, TimingKind};
use crate::schedule::{build, life, until};

fn monthly(every: u32) -> Obligation {
    let every = Some(Period::new(every, Unit::Month));
    let timing =
        Timing { kind: TimingKind::Recurring, every, anchor: Some("anniversary".to_owned()), ..Timing::default() };
    let (modality, category) = (Modality::Duty, DutyCategory::Payment);
    let action = "pay".to_owned();
    Obligation { obligor: None, obligee: None, modality, action, condition: None, exception: None, category, timing }
}

/// Contracts of all kinds of renewal, with and without what recurs.
fn contracts() -> Vec<Contract> {
    let kinds = [
        RenewalKind::None,
        RenewalKind::Automatic,
        RenewalKind::Option,
        RenewalKind::Evergreen,
        RenewalKind::MonthToMonth,
        RenewalKind::MutualAgreement,
    ];
    let mut out = vec![contract()];
    for (kind, months) in kinds.into_iter().flat_map(|kind| [1, 12].map(|months| (kind, months))) {
        let renewal = Renewal {
            period: Some(Period::new(months, Unit::Month)),
            notice_period: Some(Period::new(45, Unit::Day)),
            window_opens: Some(Period::new(90, Unit::Day)),
            ..Renewal::of(kind)
        };
        let plain = running(date(2024, 2, 29), Period::new(1, Unit::Year), renewal);
        let obligations = [1, 3, 12].map(|every| fact("obligation", monthly(every), "notice must be given")).to_vec();
        out.push(Contract { obligations, ..plain.clone() });
        out.push(plain);
    }
    out
}

#[test]
fn a_digest_holds_for_as_long_as_it_says() {
    let settings = Settings::default();
    let mut reused = 0;
    for contract in contracts() {
        for made in [date(2023, 12, 1), date(2024, 12, 31), date(2025, 2, 28), date(2036, 6, 1)] {
            let digest = Digest::of(&contract, &[], made, made, &settings);
            let digest: Digest = postcard::from_bytes(&postcard::to_stdvec(&digest).unwrap()).unwrap();
            assert!(digest.serves(made, made.saturating_add(366.days())));
            for (today, ahead) in (0..100).step_by(7).flat_map(|n| [0, 100, 366].map(|ahead| (n, ahead))) {
                let today = made.saturating_add(today.days());
                let goal = today.saturating_add(ahead.days());
                if !digest.serves(today, goal) {
                    continue;
                }
                reused += 1;
                let all = until(&contract, &[], today, goal, &settings);
                let told: Vec<_> = digest.until(goal).into_iter().map(|e| (e.id.clone(), digest.label(e))).collect();
                let expected: Vec<_> = all.iter().map(|e| (e.id.clone(), e.label.as_str())).collect();
                assert_eq!(told, expected, "made {made}, today {today}, until {goal}");
                let due: Vec<Date> = all.iter().filter(|e| e.kind.is_duty()).map(|e| e.act_by).collect();
                assert_eq!(digest.due(None, goal), due, "made {made}, today {today}, until {goal}");
                let near = (today, today.saturating_add(30.days()));
                let due: Vec<Date> = due.into_iter().filter(|day| *day >= near.0 && *day <= near.1).collect();
                assert_eq!(digest.due(Some(near), goal), due);
                let others = all.iter().filter(|e| !e.kind.is_duty()).map(|e| &e.id);
                assert!(digest.without_duties(goal).into_iter().map(|e| &e.id).eq(others));
                assert_eq!(digest.open(goal), open(&contract, &all));
                assert_eq!(digest.is_over(goal), life(&contract, &all, today, &settings).state.is_over());
                let now = build(&contract, Some(today), &settings);
                assert_eq!(digest.glance(today, |_| true).life, life(&contract, &now, today, &settings));
            }
        }
    }
    assert!(reused > 1_000, "{reused}");
}
