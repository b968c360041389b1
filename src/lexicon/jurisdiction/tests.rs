use super::*;

fn names(text: &str) -> Vec<&'static str> {
    places(text).into_iter().map(|p| p.name).collect()
}

#[test]
fn longest_name_wins() {
    assert_eq!(names("the State of West Virginia and the state of NEW  YORK"), ["West Virginia", "New York"]);
    assert_eq!(names("England and Wales, Northern Ireland"), ["England and Wales", "Northern Ireland"]);
    assert_eq!(names("the People’s Republic of China (PRC)"), ["China", "China"]);
}

#[test]
fn abbreviations_where_a_place_is_expected() {
    for (text, want) in [
        ("NY.", Some("New York")),
        ("Calif., without", Some("California")),
        ("N.J. law", Some("New Jersey")),
        ("WA, Australia", Some("Western Australia")),
        ("WA", Some("Washington")),
        ("in force", None),
        ("INDIA", None),
        ("or", None),
    ] {
        assert_eq!(abbreviated(text).map(|p| p.name), want, "{text}");
    }
}

#[test]
fn initials_need_capitals() {
    assert_eq!(names("U.S.A. or the UK"), ["United States", "United Kingdom"]);
    assert_eq!(names("rocky roc"), Vec::<&str>::new());
}

#[test]
fn order_of_day_and_month_by_place() {
    use DateOrder::{DayFirst, MonthFirst, Unknown};
    for (place, want) in [
        ("New York", MonthFirst),
        ("Guam", MonthFirst),
        ("United States", MonthFirst),
        ("Ontario", Unknown),
        ("Canada", Unknown),
        ("Victoria", DayFirst),
        ("England and Wales", DayFirst),
        ("Germany", DayFirst),
        ("nowhere", Unknown),
    ] {
        assert_eq!(date_order(place), want, "{place}");
    }
}

#[test]
fn adjectives_are_marked() {
    let found = places("under Swiss law");
    assert_eq!((found[0].name, found[0].adjective), ("Switzerland", true));
}
