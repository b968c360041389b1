use jiff::civil::date;

use super::*;

fn one(text: &str) -> Option<DateText> {
    let style = DateStyle { order: DateOrder::MonthFirst, near: 2010 };
    let found = dates(text, style);
    assert!(found.len() <= 1, "{text}: {found:?}");
    found.first().map(|f| f.value)
}

#[test]
fn months_without_a_day() {
    let style = DateStyle { order: DateOrder::MonthFirst, near: 2010 };
    for (text, want) in [
        ("through August 2029.", Some(date(2029, 8, 1))),
        ("the end of Sept. of 2026", Some(date(2026, 9, 1))),
        ("until 31 March 2027", None),
        ("in February, 2024", Some(date(2024, 2, 1))),
        ("in February , 2024", None),
        ("on August 20, 2029", None),
        ("may 2027 units", Some(date(2027, 5, 1))),
    ] {
        assert_eq!(months(text, style).first().map(|f| f.value), want, "{text}");
    }
}

#[test]
fn weekdays_of_a_month() {
    for (text, want) in [
        ("the first Monday of December 2026", Some(date(2026, 12, 7))),
        ("the end of the last Saturday in August of the year 2029", Some(date(2029, 8, 25))),
        ("on the 2nd Tuesday in May, 2027", Some(date(2027, 5, 11))),
        ("the third Wednesday of each month of 2027", None),
        ("the last day of August 2029", None),
    ] {
        assert_eq!(one(text).and_then(|d| d.reading.known()), want, "{text}");
    }
    let style = DateStyle { order: DateOrder::MonthFirst, near: 2010 };
    assert!(months("the last Saturday in August 2029", style).is_empty());
}

#[test]
fn a_year_that_stands_with_the_last_day() {
    let style = DateStyle { order: DateOrder::MonthFirst, near: 2010 };
    for (text, want) in [
        ("being Saturday 27 March to Sunday 31 October 2027", [date(2027, 3, 27), date(2027, 10, 31)]),
        ("from October 1 through March 31, 2027", [date(2026, 10, 1), date(2027, 3, 31)]),
        ("the tour takes place 18 June - 4 July 2027", [date(2027, 6, 18), date(2027, 7, 4)]),
        ("from the 1st of May until the 30th of April 2027", [date(2026, 5, 1), date(2027, 4, 30)]),
    ] {
        let found: Vec<_> = dates(text, style).iter().filter_map(|d| d.value.reading.known()).collect();
        assert_eq!(found, want, "{text}");
    }
    assert_eq!(dates("on 1 May and on 30 September 2027", style).len(), 1);
}

#[test]
fn brackets_filled_in() {
    for (text, want) in [
        ("made on this [9th] day of [October], [2026] between", Some(date(2026, 10, 9))),
        ("on [October] [9], [2026]", Some(date(2026, 10, 9))),
        ("on [9 October 2026]", Some(date(2026, 10, 9))),
        ("on the first [1st] day of June, 2026", Some(date(2026, 6, 1))),
    ] {
        assert_eq!(one(text).and_then(|d| d.reading.known()), want, "{text}");
    }
}

#[test]
fn dots_and_two_digits() {
    for (text, want) in [
        ("01.10.26", Some(date(2026, 10, 1))),
        ("valid from 01.10.26 on", Some(date(2026, 10, 1))),
        ("on the 5th day of November (month), 2021 (year)", Some(date(2021, 11, 5))),
        ("25 March, 24 June and 29 September", None),
        ("on 1 May, 30 days after the invoice", None),
        ("until 1.4.27", Some(date(2027, 4, 1))),
        ("date of contract: 14.09.26", Some(date(2026, 9, 14))),
        ("12.10.11 Notices", None),
        ("under clause 3.1.12", None),
        ("3.1.12 Term", None),
        ("version 10.11.12.13", None),
    ] {
        assert_eq!(one(text).and_then(|d| d.reading.known()), want, "{text}");
    }
}

#[test]
fn forms() {
    for (text, y, m, d) in [
        ("January 5, 2024", 2024, 1, 5),
        ("January 5th, 2024", 2024, 1, 5),
        ("JANUARY 05, 2024", 2024, 1, 5),
        ("Jan. 5, 2024", 2024, 1, 5),
        ("5 January 2024", 2024, 1, 5),
        ("5th January 2024", 2024, 1, 5),
        ("the 5th day of January, 2024", 2024, 1, 5),
        ("this 5 day of January. 2024", 2024, 1, 5),
        ("this first day of July, 2017", 2017, 7, 1),
        ("this 1st day of March, two thousand and twenty-four", 2024, 3, 1),
        ("this twenty-first day of May, nineteen hundred and ninety-nine", 1999, 5, 21),
        ("the 1st of Sept. 2005", 2005, 9, 1),
        ("01/02/2024", 2024, 1, 2),
        ("2/10/14", 2014, 2, 10),
        ("13/07/05", 2005, 7, 13),
        ("31.01.2024", 2024, 1, 31),
        ("1.4.2011", 2011, 4, 1),
        ("2024-06-04", 2024, 6, 4),
        ("12-23-2019", 2019, 12, 23),
        ("3-14-18", 2018, 3, 14),
        ("4-Jun-12", 2012, 6, 4),
        ("9/9/97", 1997, 9, 9),
        ("20t h day of December 2018", 2018, 12, 20),
        ("1s t day of March , 2018", 2018, 3, 1),
        ("Janu ary 5 , 2024", 2024, 1, 5),
        ("June 3, 2 0 14", 2014, 6, 3),
        ("9th day of September 200 5", 2005, 9, 9),
        ("March 18. 2021", 2021, 3, 18),
        ("November 1st, 2017", 2017, 11, 1),
        ("April 15 , 2010", 2010, 4, 15),
        ("22 Dec. 2017", 2017, 12, 22),
        ("October 1,1996", 1996, 10, 1),
        ("5. January 2024", 2024, 1, 5),
        ("May 22 2000", 2000, 5, 22),
        ("2024/01/05", 2024, 1, 5),
        ("the 20 March day of 1998", 1998, 3, 20),
        ("the 2nd day of the month of May, 2019", 2019, 5, 2),
        ("this third day of June in the year of our Lord two thousand and four", 2004, 6, 3),
        ("made the 17th day of January, A.D. 2025.", 2025, 1, 17),
    ] {
        let got = one(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(got.reading, Reading::Known(date(y, m, d)), "{text}");
    }
}

#[test]
fn gaps() {
    for text in [
        "June __, 2012",
        "June ___, 20__",
        "[ ] day of [ ], 2020",
        "the ____ day of _______________2000",
        "this day of , 19",
        "__________, 2015",
        "March [●], 2019",
        "30th day of April, 20__",
    ] {
        assert_eq!(one(text).map(|d| d.reading), Some(Reading::Blank), "{text}");
    }
    assert_eq!(one("May [***], 2019").map(|d| d.reading), Some(Reading::Redacted));
}

#[test]
fn no_dates() {
    for text in [
        "Section 3.1.12",
        "may 5 percent",
        "30 days of March",
        "call 555-12-1234",
        "in March 2004 alone",
        "1/2",
        "10.1",
    ] {
        assert_eq!(one(text), None, "{text}");
    }
}

#[test]
fn order_of_a_document() {
    let style = |t: &str| DateStyle::of(t, DateOrder::Unknown);
    assert_eq!(style("on 25/12/2019 and 01/02/2020").order, DateOrder::DayFirst);
    assert_eq!(style("on 12/25/98").order, DateOrder::MonthFirst);
    assert_eq!(style("on 1/2/98").order, DateOrder::Unknown);
    assert_eq!(style("in 1998, 1999 and 1999").near, 1999);
    let found = dates("1/2/98", style("1998: 1/2/98"));
    assert_eq!(found[0].value.reading, Reading::Known(date(1998, 1, 2)));
    assert_eq!(found[0].value.other, Some(date(1998, 2, 1)));
    let row = dates("1 September 15, 2024", style("2024"));
    assert_eq!(row.iter().map(|d| d.value.reading).collect::<Vec<_>>(), [Reading::Known(date(2024, 9, 15))]);
}

#[test]
fn days_whose_year_another_date_gives() {
    let style = DateStyle { order: DateOrder::MonthFirst, near: 2010 };
    for (text, want) in [
        ("commencing on July 1, 2026 and ending on the following June 30", Some(date(2027, 6, 30))),
        ("from 1 April 2026 to 31 March of the following year", Some(date(2027, 3, 31))),
        ("from 1 July 2026 until 30th April of the next calendar year", Some(date(2027, 4, 30))),
        ("starting 5 January 2026 and ending 31 December of that year", Some(date(2026, 12, 31))),
        ("begins on 1 March 2026 and ends on 30 September of the same calendar year", Some(date(2026, 9, 30))),
        ("from 1 October 2026 until 31 March next following", Some(date(2027, 3, 31))),
        ("from 1 July 2026 and on each following 1 July", None),
        ("from 1 July 2026, the rent being due on 1 May", None),
        ("ends on the following June 30", None),
    ] {
        let found = dates(text, style);
        assert_eq!(found.get(1).and_then(|d| d.value.reading.known()), want, "{text}: {found:?}");
    }
}
