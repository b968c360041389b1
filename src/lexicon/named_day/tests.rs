use super::*;

/// The days in short: `5` of each month, `-1b` the last business day, `03-25` of the year, `+15` after the end.
fn say(text: &str) -> String {
    let one = |d: &NamedDay| {
        let kind = match d.of {
            DayKind::Day => String::new(),
            DayKind::BusinessDay => "b".to_owned(),
            other => format!("{other:?}").chars().take(3).collect::<String>().to_lowercase(),
        };
        d.month.map_or_else(|| format!("{}{kind}", d.nth), |m| format!("{m:02}-{:02}{kind}", d.nth))
    };
    let all = named_days(text).into_iter().map(|found| {
        let n = found.value;
        let mut words: Vec<String> = n.days.iter().map(one).collect();
        words.extend(n.offset.map(|p| format!("+{p}")));
        format!("{} | {}", words.join(" "), n.every.map_or("?".to_owned(), |p| p.to_string()))
    });
    all.collect::<Vec<_>>().join("; ")
}

#[test]
fn days_by_the_names_of_feasts() {
    for (text, want) in [
        ("at Lady Day and Michaelmas", "03-25 09-29 | 6 months"),
        ("on Michaelmas Day, 29 September, in each year", "09-29 | 1 year"),
        ("yearly at Michaelmas", "09-29 | ?"),
        ("on 29 September (Michaelmas) in each year", "09-29 | 1 year"),
        ("at Whitsunday (28 May) and Martinmas (28 November)", "05-28 11-28 | 6 months"),
        ("at Whitsunday (15 May) and Martinmas (11 November)", "05-15 11-11 | 6 months"),
        ("at Candlemas, Whitsunday, Lammas and Martinmas", "02-28 05-28 08-28 11-28 | 3 months"),
        ("on Lady Day, Midsummer Day, Michaelmas and Christmas Day", "03-25 06-24 09-29 12-25 | 3 months"),
        ("closed on Christmas Day and New Year's Day", ""),
        ("the lady pays at Whitsun", ""),
    ] {
        assert_eq!(say(text), want, "{text}");
    }
}

#[test]
fn lists_of_days_in_other_words() {
    for (text, want) in [
        ("half each April 15 and half each November 15", "04-15 11-15 | 1 year"),
        ("on the last day of January, of April, of July and of October", "01--1 04--1 07--1 10--1 | 3 months"),
        (
            "on the 20th day of the second month of the calendar quarter to which it belongs",
            "02-20 05-20 08-20 11-20 | 3 months",
        ),
        ("in arrears, on the 5th day of the month after.", "5 | 1 month"),
        ("by the 20th of the month preceding each quarter", "03-20 06-20 09-20 12-20 | 3 months"),
        ("on the 15th day of the month before the start of each calendar year", "12-15 | 1 year"),
        ("by the 19th of the month after deduction", ""),
    ] {
        assert_eq!(say(text), want, "{text}");
    }
}

#[test]
fn days_of_the_month() {
    for (text, want) in [
        ("on the first day of each month", "1 | 1 month"),
        ("on or before the 5th day of each calendar month", "5 | 1 month"),
        ("by the tenth (10th) day of every month", "10 | 1 month"),
        ("by the 25th of each month", "25 | 1 month"),
        ("on the twenty-fifth day of each and every month", "25 | 1 month"),
        ("on the 1st and 15th of each month", "1 15 | 1 month"),
        ("the fifteenth (15th) day and the last day of the month", "15 -1 | 1 month"),
        ("on the last day of the month", "-1 | 1 month"),
        ("on the last working day of each month", "-1b | 1 month"),
        ("by the third Business Day of each calendar month", "3b | 1 month"),
        ("on the first Monday in each month", "1mon | 1 month"),
        ("on day 5 of each month", "5 | 1 month"),
        ("on or before the 10th day of each English calendar month", "10 | 1 month"),
        ("by the 7th of every Gregorian calendar month", "7 | 1 month"),
        ("by the 10th day of the following month", "10 | 1 month"),
        ("by the 25th of the month that follows", "25 | 1 month"),
        ("by the 10th of the month following each calendar month", "10 | 1 month"),
        ("on the first day of each calendar quarter", "01-01 04-01 07-01 10-01 | 3 months"),
        ("on the last business day of each quarter", "03--1b 06--1b 09--1b 12--1b | 3 months"),
        ("by the 15th day of the month following the end of each quarter", "01-15 04-15 07-15 10-15 | 3 months"),
        ("on the last day of each calendar year", "12--1 | 1 year"),
        ("on the 15th day after the end of each month", "+15 days | 1 month"),
        ("by the tenth Business Day following the close of each calendar quarter", "+10 business days | 3 months"),
        ("monthly, in advance, on the 1st", "1 | ?"),
        ("monthly on the last Business Day, without deduction", "-1b | ?"),
        ("by the end of each month", "-1 | 1 month"),
        ("at the beginning of every calendar quarter", "01-01 04-01 07-01 10-01 | 3 months"),
    ] {
        assert_eq!(say(text), want, "{text}");
    }
}

#[test]
fn days_of_the_year() {
    for (text, want) in [
        ("no later than March 31 of each year", "03-31 | 1 year"),
        ("annually on or before October 1", "10-01 | ?"),
        ("on or before October 1 annually", "10-01 | 1 year"),
        ("every 1 May", "05-01 | 1 year"),
        ("by 30 September each year", "09-30 | 1 year"),
        ("on the 1st day of July in every year", "07-01 | 1 year"),
        ("on the last day of February in each calendar year", "02--1 | 1 year"),
        ("on January 1, April 1, July 1 and October 1", "01-01 04-01 07-01 10-01 | 3 months"),
        ("on 25 March, 24 June, 29 September and 25 December in each year", "03-25 06-24 09-29 12-25 | 3 months"),
        ("on 30 June and 31 December in every year", "06-30 12-31 | 6 months"),
        ("by April 10 and December 10 of each year", "04-10 12-10 | 1 year"),
        ("on the usual quarter days", "03-25 06-24 09-29 12-25 | 3 months"),
        ("on each Scottish quarter day", "02-28 05-28 08-28 11-28 | 3 months"),
        ("on each anniversary of 1 April 2026", "04-01 | 1 year"),
        ("upon every anniversary of June 1, 2026, by", "06-01 | 1 year"),
        // A whole month is due by its last day.
        ("in April and October of each year", "04--1 10--1 | 6 months"),
        ("in January, April, July and October each year", "01--1 04--1 07--1 10--1 | 3 months"),
        ("every March", "03--1 | 1 year"),
        ("in the months of June and December annually", "06--1 12--1 | 6 months"),
        ("in May and November", "05--1 11--1 | ?"),
        ("the last day of March, June, September and December in each year", "03--1 06--1 09--1 12--1 | 3 months"),
        ("the end of March and September in every year", "03--1 09--1 | 6 months"),
        ("by the 7th of April, July, October and January", "04-07 07-07 10-07 01-07 | 3 months"),
        ("on the first day of each January and July", "01-01 07-01 | 6 months"),
        ("on the first Monday of January and July", "01-01mon 07-01mon | 6 months"),
        ("on the third Thursday in October of each year", "10-03thu | 1 year"),
        ("by the 10th day of the first month of each quarter", "01-10 04-10 07-10 10-10 | 3 months"),
        ("on the 7th (seventh) day of each month", "7 | 1 month"),
        ("each of them due on the 3rd day of its month", "3 | 1 month"),
        ("within the first five (5) days of each month", "5 | 1 month"),
        ("within the first ten days of every calendar month", "10 | 1 month"),
    ] {
        assert_eq!(say(text), want, "{text}");
    }
}

#[test]
fn what_is_no_named_day() {
    for text in [
        "on March 31, 2026",
        "in March 2026",
        "in April and October 2026",
        "in May",
        "the parties in may cases",
        "by 30 June 2026 and 31 December 2026",
        "the first party shall pay",
        "on the last day of the Term",
        "on the first anniversary of the Effective Date",
        "the parties may 30 days later meet",
        "within 15 days after the end of each month",
        "on the first day of each Lease Year",
        "the 20th of the month following receipt of the invoice",
        "a second notice of 10 days",
        "on the 5th floor of the building",
        "in each month",
        "the first quarterly payment",
        "of the following year",
        "by the end of March 2027",
    ] {
        assert_eq!(say(text), "", "{text}");
    }
}
