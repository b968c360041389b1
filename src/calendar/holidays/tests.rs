//! Dates of several years for each calendar, as the sources in the files give them.

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn is(id: &str, days: &[&str]) {
    for day in days {
        assert!(find(id).unwrap().on(date(day)).is_some(), "{day} in {id}");
    }
}

fn is_not(id: &str, days: &[&str]) {
    for day in days {
        assert_eq!(find(id).unwrap().on(date(day)), None, "{day} in {id}");
    }
}

/// The weekdays of a year on which a calendar has a holiday.
fn weekdays(id: &str, year: i16) -> Vec<String> {
    let days = find(id).unwrap().days().keys();
    let weekday = |d: &&Date| !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    days.filter(|d| d.year() == year).filter(weekday).map(|d| d.strftime("%m-%d").to_string()).collect()
}

#[test]
fn united_states() {
    // opm.gov, federal holidays 2021: New Year's Day 2022 was kept on 31 December 2021.
    assert_eq!(
        weekdays("us-federal", 2021),
        ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"]
    );
    assert_eq!(
        weekdays("us-federal", 2025),
        ["01-01", "01-20", "02-17", "05-26", "06-19", "07-04", "09-01", "10-13", "11-11", "11-27", "12-25"]
    );
    // Banks do not move a Saturday holiday.
    is("us-banks", &["2021-07-05", "2022-06-20", "2022-12-26", "2023-01-02"]);
    is_not("us-banks", &["2021-06-18", "2021-12-24", "2021-12-31", "2020-07-03"]);
    is("us-federal", &["2020-07-03"]);
    is_not("us-federal", &["2020-06-19"]);
}

#[test]
fn united_kingdom() {
    assert_eq!(
        weekdays("gb-eng", 2022),
        ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]
    );
    assert_eq!(weekdays("gb-eng", 2020), ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"]);
    is("gb-eng", &["2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05", "2021-12-27", "2021-12-28"]);
    is("gb-eng", &["2023-05-01", "2023-05-08", "2023-05-29"]);
    is_not("gb-eng", &["2002-05-27", "2012-05-28", "2022-05-30", "2020-05-04", "2022-01-04"]);
    assert_eq!(
        weekdays("gb-sct", 2022),
        ["01-03", "01-04", "04-15", "05-02", "06-02", "06-03", "08-01", "09-19", "11-30", "12-26", "12-27"]
    );
    is("gb-sct", &["2024-12-02".replace("12-02", "01-02").as_str(), "2025-12-01".replace("12-01", "08-04").as_str()]);
    is_not("gb-sct", &["2025-04-21", "2006-11-30"]);
    is("gb-nir", &["2024-03-18", "2025-03-17", "2025-07-14", "2026-07-13", "2023-05-08"]);
}

#[test]
fn germany_and_france() {
    assert_eq!(weekdays("de", 2024), ["01-01", "03-29", "04-01", "05-01", "05-09", "05-20", "10-03", "12-25", "12-26"]);
    is("de-by", &["2025-01-06", "2025-06-19", "2024-11-01"]);
    is("de-be", &["2024-03-08", "2025-05-08"]);
    is_not("de-be", &["2018-03-08", "2024-05-08"]);
    is("de-hh", &["2017-10-31", "2018-10-31"]);
    is_not("de-hh", &["2016-10-31"]);
    is("de-sn", &["2024-11-20", "2025-11-19"]);
    is("de-th", &["2024-09-20"]);
    assert_eq!(
        weekdays("fr", 2024),
        ["01-01", "04-01", "05-01", "05-08", "05-09", "05-20", "08-15", "11-01", "11-11", "12-25"]
    );
    is_not("fr", &["2024-03-29", "2024-12-26"]);
}

#[test]
fn canada_and_australia() {
    is("ca", &["2023-09-30".replace("09-30", "10-02").as_str(), "2025-05-19", "2022-12-27", "2024-11-11"]);
    is("ca-on", &["2008-02-18", "2025-02-17", "2024-12-26"]);
    is_not("ca-on", &["2007-02-19", "2024-11-11", "2024-09-30"]);
    is("ca-qc", &["2024-06-24", "2024-05-20", "2018-07-02", "2018-06-25"]);
    is_not("ca-qc", &["2024-12-26"]);
    is("ca-bc", &["2018-02-12", "2019-02-18", "2024-08-05", "2024-09-30"]);
    is("ca-ab", &["2024-02-19", "2024-11-11"]);
    is("au", &["2022-01-03", "2022-09-22", "2022-12-27", "2021-12-28"]);
    is("au-nsw", &["2024-06-10", "2024-10-07", "2026-04-27"]);
    is("au-vic", &["2024-03-11", "2024-11-05", "2020-10-23", "2023-09-29"]);
    is("au-qld", &["2012-10-01", "2014-10-06", "2016-10-03", "2016-05-02", "2021-04-26"]);
    is_not("au-qld", &["2014-05-05", "2016-06-13"]);
    is_not("au", &["2021-04-26"]);
}

#[test]
fn ireland_netherlands_new_zealand_south_africa() {
    // citizensinformation.ie, public holidays in Ireland.
    assert_eq!(weekdays("ie", 2024), ["01-01", "02-05", "04-01", "05-06", "06-03", "08-05", "10-28", "12-25", "12-26"]);
    is("ie", &["2027-02-01", "2030-02-01", "2022-03-18", "2023-02-06"]);
    is_not("ie", &["2022-02-07", "2030-02-04", "2024-03-29"]);
    is("ie-banks", &["2024-03-29", "2027-02-01"]);
    // Algemene termijnenwet.
    assert_eq!(weekdays("nl", 2026), ["01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25"]);
    is("nl", &["2012-04-30", "2024-05-20"]);
    // employment.govt.nz, dates of public holidays.
    assert_eq!(
        weekdays("nz", 2022),
        ["01-03", "01-04", "02-07", "04-15", "04-18", "04-25", "06-06", "06-24", "09-26", "10-24", "12-26", "12-27"]
    );
    is("nz", &["2026-07-10", "2021-04-26", "2050-07-15"]);
    is_not("nz", &["2010-04-26", "2011-02-07"]);
    // gov.za, public holidays.
    assert_eq!(
        weekdays("za", 2023),
        ["01-02", "03-21", "04-07", "04-10", "04-27", "05-01", "06-16", "08-09", "09-25", "12-15", "12-25", "12-26"]
    );
    is("za", &["2022-12-27", "2016-12-27", "2024-05-29", "2021-12-27"]);
}

#[test]
fn emirates_and_the_states_of_australia() {
    is("ae", &["2024-04-10", "2025-12-01", "2025-12-02", "2026-05-27", "2023-12-01"]);
    is_not("ae", &["2025-12-03", "2024-12-01"]);
    assert!(find("ae").unwrap().doubts(2030).unwrap().contains("moon"));
    is("au-wa", &["2024-09-23", "2025-09-29", "2026-04-27", "2024-03-04", "2024-06-03"]);
    is("au-sa", &["2025-03-10", "2005-05-16", "2024-06-10", "2024-10-07"]);
    is("au-tas", &["2024-03-11", "2024-06-10", "2010-04-06"]);
    is("au-nt", &["2024-05-06", "2024-08-05", "2027-04-26"]);
    is("au-act", &["2024-03-11", "2025-06-02", "2024-05-27", "2026-04-27", "2024-10-07"]);
    is_not("au-tas", &["2025-10-06", "2024-10-07"]);
    for (place, id) in [("Perth", "au-wa"), ("Adelaide", "au-sa"), ("Hobart", "au-tas"), ("Darwin", "au-nt")] {
        assert_eq!(of_place(place, false).map(Holidays::id), Some(id));
    }
    assert_eq!(of_place("Dublin", true).map(Holidays::id), Some("ie-banks"));
}

#[test]
fn moon_dependent_days() {
    is("sg", &["2023-01-24", "2024-02-12", "2024-05-22", "2022-07-11", "2025-10-20", "2015-08-07"]);
    is(
        "hk",
        &[
            "2010-04-06",
            "2012-10-02",
            "2015-04-07",
            "2019-05-13",
            "2021-04-06",
            "2022-09-12",
            "2024-02-13",
            "2026-04-07",
            "2022-12-27",
            "2022-12-26",
            "2025-05-05",
        ],
    );
    is("in", &["2024-01-26", "2025-03-14", "2025-10-20", "2024-12-25"]);
    let singapore = find("sg").unwrap();
    assert_eq!(singapore.doubts(2026), None);
    assert!(singapore.doubts(2040).unwrap().contains("Chinese New Year"));
    assert!(find("us-federal").unwrap().doubts(2060).unwrap().contains("2050"));
}

#[test]
fn files_are_sound() {
    let mut ids: Vec<_> = all().iter().map(Holidays::id).collect();
    assert!(ids.len() >= 30);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all().len(), "an identity stands twice");
    let mut places: Vec<_> = places().collect();
    let count = places.len();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), count, "a place stands twice");
    for calendar in all() {
        assert!(!calendar.source().is_empty());
        for other in calendar.extends.iter().chain(&calendar.banks) {
            assert!(find(other).is_some(), "{other}");
        }
        for day in &calendar.days {
            assert_eq!(day.on.is_none(), !day.dates.is_empty(), "{}", day.name);
            assert_eq!(day.on.is_some(), day.on.as_deref().and_then(Recurrence::parse).is_some(), "{}", day.name);
        }
    }
    assert_eq!(of_place("New York", false).map(Holidays::id), Some("us-federal"));
    assert_eq!(of_place("New York", true).map(Holidays::id), Some("us-banks"));
    assert_eq!(of_place("London", true).map(Holidays::id), Some("gb-eng"));
    assert!(of_place("Atlantis", false).is_none());
}

proptest! {
    #[test]
    fn substitutes_are_weekdays(year in 2000_i16..=2050, at in 0_usize..100) {
        let calendar = &all()[at % all().len()];
        let days: Vec<_> = calendar.days().iter().filter(|(d, _)| d.year() == year).collect();
        prop_assert!((3..30).contains(&days.len()), "{} has {} in {year}", calendar.id(), days.len());
        for (day, name) in days {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            prop_assert!(!(weekend && name.contains("(observed)")), "{} {day}", calendar.id());
        }
    }
}
