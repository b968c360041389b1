//! Business days: what the contract means by them (R10), what it does with a last day that is none (R11), and whether
//! time is of the essence (R15).
//!
//! Ways in which contracts say it: "any day other than a Saturday, Sunday or a day on which (commercial) banks in X are
//! authorized or required to close"; "… or public holiday in X"; "federal holiday"; "when banks in X are open". The place
//! leads to a calendar; a definition without a known place leaves the days to the governing law.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::pattern::{contains_fold, pattern};
use super::reader::{Reader, around, head};
use crate::calendar::holidays;
use crate::calendar::{DayKind, Roll};
use crate::detect::Findings;
use crate::lexicon::{Class, among, jurisdiction};
use crate::phrase::{Phrases, forms};
use crate::record::value::{BusinessDay, DateRoll};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

const BUSINESS_DAY: &str = r"(?:business|working|banking)\s+day";
const LATER: &str = "next|following|subsequent|succeeding";
const EARLIER: &str = "preceding|previous|prior";
/// What a contract sets a time for.
const DEEDS: &str = "act|action|notice|period|right|obligation|performance|thing";

/// The verb of a definition.
const MEANS: &str = r"(?:it\s+)?means?|(?:be\s+)?construed\s+as|it\s+speaks\s+of|has\s+the\s+meaning|refers?\s+to|excludes?|(?:is|are|be)\s+(?:to\s+be\s+)?(?:understood|read|taken|regarded)\s+(?:as|to\s+(?:be|mean))|(?:is|are|be)\s+(?:(?:any|an?|each|all|the|to)\s+(?:week)?days?|monday|defined)";
/// With what a definition without a verb begins.
const DAY: &str = r"(?:week)?days?\W{1,3}(?:other|except|exclud|saturday|sunday|which|that|on|when|not|from|leaving|omitting|save|apart|without|excepting|barring)|(?:mon|satur|sun)(?:days?)?\b";

// The term and the verb that defines it.
pattern!(
    DEFINES,
    &format!(
        r"\b{BUSINESS_DAY}(?:s|\(s\))?\W{{0,3}}\s+(?:\([^()]{{0,40}}\)\s*)?(?:(?:in|under|within|for)\s+[^.;,()]{{3,40}}\s+)?(?:(?:shall|will)\s+)?(?:{MEANS})\b"
    )
);
// A definition at the start of a line: "Business Day: a day other than ...", "Working Day - any day that ...".
pattern!(
    LISTED,
    &format!(
        r"(?:^\W*(?:[0-9.]+\s+|[a-z]{{1,3}}\)\s+)?|[\n\t*;:]\W*|\b20[0-9]{{2}}\s+){BUSINESS_DAY}s?\b\W{{1,7}}(?:(?:an?|any|each|every|all)\s+)?(?:{DAY})"
    )
);
// A definition that speaks of the days of the week or of holidays.
pattern!(DAYS, r"\b(?:saturdays?|sundays?|weekends?|monday|weekdays?|holidays?|banks?|banking)\b");
pattern!(BANKS, r"\b(?:banks?|banking|federal\s+reserve)\b");
pattern!(
    FEDERAL,
    r"\b(?:(?:u\.?s\.?|united\s+states)\s+)?federal\s+(?:or\s+state\s+|legal\s+|public\s+|bank\s+)?holidays?\b"
);
pattern!(RESERVE, r"\bfederal\s+reserve\b");
// The next or the last business day, as a place to move to.
pattern!(
    MOVES,
    &format!(
        r"\b({LATER}|first|{EARLIER}|immediately)\s+(?:(?:{LATER}|{EARLIER})\s+)?(?:day\s+(?:that|which)\s+is\s+a\s+)?{BUSINESS_DAY}(?:\s+(?:immediately\s+)?(?:{EARLIER}|{LATER}|before|thereafter|after)\b)?"
    )
);
// A last day that is none.
pattern!(
    FALLS,
    &format!(
        r"\b(?:(?:not\s+(?:be\s+)?|other\s+than\s+(?:on\s+)?)a\s+{BUSINESS_DAY}|non-?\s?{BUSINESS_DAY}|saturday|sunday|weekend|holiday)\b"
    )
);
// What the clause is about: time limits in general.
pattern!(LIMITS, r"\blast\s+day\s+(?:of|for|on|to)\b|\b(?:time|period)\s+(?:period|limit|for)\b");
pattern!(
    LIMITED,
    r"\b(?:any|an?|each|such|the)\s+(?:\w+\s+){0,3}?(?:period|deadline|date|day|act|action|notice)\b[^.;]{0,160}\b(?:expir|end|fall|occur|perform|given?|taken|exercis|required|done|due|permitted|specif)"
);
// A clause about orders and support only.
pattern!(NARROW, r"\b(?:distribution|withdrawn|shipments?|orders?|purchase\s+date|ship|support|hours)\b");
// Words that widen it again: not money alone.
pattern!(
    WIDE,
    &format!(
        r"\b(?:last\s+day\s+(?:of|for)\s+(?:any|the\s+giving|giving|performing|a)|any\s+(?:\w+\s+)?(?:{DEEDS})|(?:{DEEDS})\s+(?:is|are|or|to\s+be|must|required|shall))\b"
    )
);
pattern!(
    ESSENCE,
    r"\btime\s+(?:is|shall\s+be|will\s+be|being|to\s+be|is\s+hereby\s+declared\s+to\s+be)\s+(?:strictly\s+)?of\s+the\s+essence\b"
);
// Of the whole contract, not of a delivery or a milestone.
pattern!(
    WHOLE,
    r"^\W*(?:$|under|here(?:of|under|in)|(?:(?:in|with)\s+respect\s+(?:of|to)|as\s+to|in|of|for)\s+(?:this|each|all|every|the\s+(?:performance|provisions|terms|purposes|agreement|contract|lease|essence))\b)"
);
// Words of money, and of how notices arrive: a clause about them moves no other day.
forms!(static DEALINGS: () = [
    () => "pay|due|invoice|money|late|settle|deemed", "Payment is made on the next business day.";
    () => "send|posting|fax|email|courier", "A fax counts on the next business day.";
]);

/// Finds what the contract says about business days and time limits.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let (mut defined, mut moved, mut essence) = (None, None, None);
    for (i, span, words) in reader.sentences() {
        if words.len() > 6_000 {
            continue;
        }
        let days = contains_fold(words, " day");
        if days && defined.is_none() {
            defined = definition(reader, i, span, words);
        }
        if days && moved.is_none() {
            moved = roll(reader, i, span, words);
        }
        if essence.is_none() && contains_fold(words, "essence") {
            essence = of_the_essence(reader, i, span, words);
        }
    }
    (findings.facts.business_day, findings.facts.date_roll, findings.facts.time_of_essence) = (defined, moved, essence);
}

fn definition(reader: &Reader<'_>, i: usize, span: Span, words: &str) -> Option<Fact<BusinessDay>> {
    let verb = DEFINES.find(words).filter(|m| !another_term(words.part(..m.start())));
    let found = verb.or_else(|| LISTED.find(words))?;
    let body = body(words.part(found.end()..));
    if !DAYS.is_match(body) {
        return None;
    }
    let banks = BANKS.is_match(body);
    let (mut calendars, mut places) = (Vec::<String>::new(), Vec::<String>::new());
    let mut add = |place: &str, calendar: Option<&'static holidays::Holidays>| {
        if !places.iter().any(|p| p == place) {
            places.push(place.to_owned());
        }
        let id = calendar.map(|c| c.id().to_owned());
        calendars.extend(id.filter(|id| !calendars.contains(id)));
    };
    for (place, calendar) in named(body, banks) {
        add(place, calendar);
    }
    // "English bank holidays".
    for place in jurisdiction::places(body).into_iter().filter(|p| p.adjective) {
        if let Some(calendar) = holidays::of_place(place.name, banks) {
            add(place.name, Some(calendar));
        }
    }
    // Countries whose holidays are not known are named all the same: the derivation says that they are left out.
    for unknown in jurisdiction::places(body).into_iter().filter(|p| holidays::of_place(p.name, banks).is_none()) {
        add(unknown.name, None);
    }
    if let Some(m) = FEDERAL.find(body) {
        add(m.as_str(), holidays::find("us-federal"));
    } else if let Some(m) = RESERVE.find(body) {
        add(m.as_str(), holidays::find("us-banks"));
    }
    let weekend = weekend(words.part(found.start()..found.end() + body.len()));
    let value = BusinessDay { calendars, places, banks, weekend };
    let raw = words.part(found.start()..found.end() + body.len());
    let at = Span::new(found.start(), found.end() + body.len()).shift(span.start());
    let sure = if value.calendars.is_empty() { 0.8 } else { 0.95 };
    let cited = reader.text.cited(value, reader.quote(i, at));
    Some(Fact::found("business_day", cited, raw, Origin::rule("business_day.defined"), Confidence::new(sure)))
}

/// The weekend of a definition, where it is not Saturday and Sunday: "other than Friday and Saturday", "Sunday to Thursday",
/// "any day other than a Sunday".
fn weekend(definition: &str) -> Vec<DayKind> {
    use DayKind::{Friday, Saturday, Sunday, Thursday};
    pattern!(SPAN, r"\b(monday|sunday|saturday)s?\s*(?:to|through|until|-|–)\s*(thursday|friday|saturday)\b");
    if let Some(found) = SPAN.captures(definition) {
        let word = |i: usize| found.get(i).map_or_else(String::new, |m| m.as_str().to_ascii_lowercase());
        return match (word(1).as_str(), word(2).as_str()) {
            ("sunday", "thursday") => vec![Friday, Saturday],
            ("saturday", "thursday") => vec![Friday],
            ("monday", "saturday") => vec![Sunday],
            _ => Vec::new(),
        };
    }
    let days = [("thursday", Thursday), ("friday", Friday), ("saturday", Saturday), ("sunday", Sunday)];
    let named: Vec<DayKind> = days.into_iter().filter(|(w, _)| contains_fold(definition, w)).map(|(_, d)| d).collect();
    let usual =
        named.is_empty() || named == [Saturday, Sunday] || named == [Saturday] || contains_fold(definition, "weekend");
    if usual { Vec::new() } else { named }
}

/// Whether the words before make it another term: "Japan Business Day", "non-business day".
fn another_term(lead: &str) -> bool {
    // "In this Agreement business day means", "where it says business day it means".
    const LEADS: &str = "agreement contract lease deed clause licence license says say mentions term expression";
    let before = lead.trim_end_matches([' ', '"', '“', '\'', '‘', '*']);
    // "A business day is", "references to business days are to".
    let article = before.rsplit([' ', ',']).next().unwrap_or_default().to_ascii_lowercase();
    if matches!(article.as_str(), "a" | "the" | "to" | "any" | "each") {
        return false;
    }
    if among(LEADS, &article) {
        return false;
    }
    let joined = before.chars().next_back().is_some_and(char::is_alphanumeric) && lead.ends_with(' ');
    before.ends_with('-') || joined && !numbered(before)
}

/// "1.3", "(a)": the number of a clause before the term.
fn numbered(before: &str) -> bool {
    let last = before.rsplit([' ', '\t']).next().unwrap_or_default();
    last.len() <= 8 && last.bytes().all(|b| b.is_ascii_digit() || b".()".contains(&b))
}

/// The definition itself: up to the next one that begins in the same sentence.
fn body(after: &str) -> &str {
    let after = head(after, 500);
    let end = after.find([';', '"', '“']).unwrap_or(after.len());
    after.part(..end).trim_end()
}

/// The places in a definition, with their calendars; of "New York, New York" or "London, England" the first.
fn named(body: &str, banks: bool) -> Vec<(&'static str, Option<&'static holidays::Holidays>)> {
    static PLACES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| holidays::places().collect());
    let mut out: Vec<(&'static str, Option<&'static holidays::Holidays>)> = Vec::new();
    let mut last_end = None;
    let mut at = 0;
    while let Some(start) = body.part(at..).find(|c: char| c.is_ascii_uppercase()).map(|n| n + at) {
        let fresh = start == 0 || !body.as_bytes()[start - 1].is_ascii_alphanumeric();
        let rest = body.part(start..);
        let ends = rest.char_indices().skip(1).filter(|(_, c)| !c.is_alphanumeric()).map(|(n, _)| n).take(8);
        let longest =
            ends.chain(std::iter::once(rest.len())).filter_map(|n| PLACES.get(rest.part(..n).trim_end())).last();
        let Some(place) = longest.filter(|_| fresh) else {
            at = start + 1;
            continue;
        };
        // What follows a place after a comma only says where that place is.
        let within = last_end.is_some_and(|end: usize| {
            matches!(
                body.part(end..start).trim(),
                "," | "(" | ", the" | ", State of" | "in" | ", in" | "in the" | "of the"
            )
        });
        if !within {
            out.push((place, holidays::of_place(place, banks)));
        }
        at = start + place.len();
        last_end = Some(at);
    }
    out
}

fn roll(reader: &Reader<'_>, i: usize, span: Span, words: &str) -> Option<Fact<DateRoll>> {
    let found = MOVES.captures(words)?;
    let whole = found.get(0)?;
    if !FALLS.is_match(words) || !LIMITS.is_match(words) && !LIMITED.is_match(words) {
        return None;
    }
    let phrases = Phrases::of_dealings(words);
    // A clause on when notices arrive: its next business day is that of delivery.
    let delivery = phrases.has(Class::Deemed) && phrases.has_any(&[Class::Given, Class::Arrive])
        || phrases.has_any(&[Class::Send, Class::Posting, Class::Fax, Class::Email, Class::Courier]);
    let narrow = DEALINGS.matches(&phrases) || NARROW.is_match(words);
    if delivery || narrow && !WIDE.is_match(words) {
        return None;
    }
    let word = found.get(1).map_or("", |m| m.as_str()).to_ascii_lowercase();
    let second = whole.as_str().to_ascii_lowercase();
    let back = ["preceding", "previous", "prior", "before"].iter().any(|w| second.contains(w));
    let (_, after) = around(words, &whole.range(), 160);
    let other_month =
        contains_fold(after, "month") && (contains_fold(after, "unless") || contains_fold(after, "except"));
    let roll = match (back, other_month) {
        (false, false) if word == "prior" => return None,
        (false, false) => Roll::Following,
        (false, true) => Roll::ModFollowing,
        (true, false) => Roll::Preceding,
        (true, true) => Roll::ModPreceding,
    };
    let at = Span::from(whole.range()).shift(span.start());
    let cited = reader.text.cited(DateRoll { roll }, reader.quote(i, at));
    let rule = Origin::rule("business_day.roll");
    Some(Fact::found("date_roll", cited, whole.as_str(), rule, Confidence::new(0.85)))
}

fn of_the_essence(reader: &Reader<'_>, i: usize, span: Span, words: &str) -> Option<Fact<bool>> {
    let found = ESSENCE.find(words)?;
    let (_, after) = around(words, &found.range(), 120);
    if !WHOLE.is_match(after.trim_end_matches(['.', ' '])) {
        return None;
    }
    let at = Span::from(found.range()).shift(span.start());
    let cited = reader.text.cited(true, reader.quote(i, at));
    let rule = Origin::rule("business_day.essence");
    Some(Fact::found("time_of_essence", cited, found.as_str(), rule, Confidence::new(0.9)))
}

#[cfg(test)]
mod tests {
    use crate::detect::{Findings, detect};
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn read(plain: &str) -> Findings {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        detect(&text, &segment(&text))
    }

    #[test]
    fn definitions_lead_to_calendars() {
        let mut wrong = Vec::new();
        let cases: [(&str, &[&str]); 36] = [
            (
                "In this agreement a Business Day is to be understood as any day on which clearing banks in Dublin are open.",
                &["ie-banks"],
            ),
            (
                "Where this agreement says business day it means Monday to Friday, without the days on which the banks in New York City are closed by law.",
                &["us-banks"],
            ),
            (
                "Working Day - any day, leaving out Saturdays, Sundays and public holidays, on which the banks in Dublin are open.",
                &["ie-banks"],
            ),
            ("Dated: 1 February 2027 Working Day - any day that is not a public holiday in Scotland.", &["gb-sct"]),
            ("4. A Working Day is a weekday that is not a public holiday in Scotland.", &["gb-sct"]),
            ("Business days exclude Saturdays, Sundays and public holidays in England.", &["gb-eng"]),
            ("Working Day\tMonday to Friday, excluding public holidays in England", &["gb-eng"]),
            ("Business Day – weekdays except public holidays in Ireland", &["ie"]),
            ("A working day is Monday to Friday, excluding bank holidays in Scotland.", &["gb-sct"]),
            ("\"Banking Day\" means a day on which banks in Singapore are open.", &["sg"]),
            ("(c) Business Day: any day except a Saturday, Sunday or public holiday in South Africa;", &["za"]),
            ("Working Days: Monday to Friday inclusive, excluding English bank holidays.", &["gb-eng"]),
            (
                "In this Agreement, a business day is any day other than a Saturday, Sunday or public holiday in South Africa.",
                &["za"],
            ),
            (
                "References to business days are to days other than Saturdays, Sundays and public holidays in England.",
                &["gb-eng"],
            ),
            (
                "Business Day: a day other than a Saturday, Sunday or public holiday in England when banks in London are \
                 open for business.",
                &["gb-eng"],
            ),
            ("**Working Day** – any day other than Saturday, Sunday and public holidays in Ireland", &["ie"]),
            (
                "Business Day - any day (other than a Saturday or Sunday) on which banks are open in Dublin.",
                &["ie-banks"],
            ),
            ("Business Day\tA day other than a Saturday, a Sunday or a public holiday in New Zealand", &["nz"]),
            (
                "1.1 Business Days: Monday to Friday, excluding public holidays in the Republic of South Africa.",
                &["za"],
            ),
            (
                "\"Business Day\" means a day other than a Saturday, Sunday or public holiday in the Netherlands.",
                &["nl"],
            ),
            (
                "\"Business Day\" means a day that is not a Saturday, Sunday or public holiday in Perth, Western Australia.",
                &["au-wa"],
            ),
            ("Business Day means any day other than a weekend or public holiday in Dubai.", &["ae"]),
            (
                "\"Business Day\" means any day other than a Saturday, a Sunday or a day on which commercial banks in New \
                 York, New York are authorized or required by law to be closed.",
                &["us-banks"],
            ),
            (
                "1.2 \"Business Day\" means a day (other than a Saturday, Sunday or public holiday in England) when banks \
                 in London are open for business.",
                &["gb-eng"],
            ),
            ("\"Business Day\" means a day other than a Saturday, Sunday or federal holiday.", &["us-federal"]),
            ("\"Business Day\" shall mean any weekday on which the Federal Reserve Bank is open.", &["us-banks"]),
            ("\"Working Days\" means days other than Saturdays, Sundays and bank holidays in Scotland.", &["gb-sct"]),
            (
                "\"Business Day\" means a day on which banks are open in Frankfurt am Main and London, England.",
                &["de-he", "gb-eng"],
            ),
            (
                "Business Day means a day that is not a Saturday, Sunday or public holiday in Victoria, Australia.",
                &["au-vic"],
            ),
            (
                "\"Business Day\" is any day except a Saturday, a Sunday or a day on which banks are closed in the City of \
                 Toronto, Province of Ontario.",
                &["ca-on"],
            ),
            (
                "\"Business Day\" means a day other than a Saturday, Sunday or gazetted public holiday in Singapore.",
                &["sg"],
            ),
            ("\"Business Day\" means any day other than a weekend or a general holiday in Hong Kong.", &["hk"]),
            ("\"Business Day\" means a day on which banks in the State of Delaware may open.", &["us-banks"]),
            (
                "\"Business Day\" means a day on which banks in Ontario in Canada and in Tokyo, Japan are open.",
                &["ca-on"],
            ),
            ("\"Business Day\" means Monday to Friday, holidays excepted.", &[]),
            ("\"Business Day\" means a weekday on which banks in Tokyo are open.", &[]),
        ];
        for (text, want) in cases {
            let got = read(text).facts.business_day.and_then(|f| f.value().map(|b| b.calendars.clone()));
            if got.as_deref().is_none_or(|g| g != want) {
                wrong.push(format!("{got:?} for {text}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        let japan = read("\"Business Day\" means a day on which banks in London and in Tokyo, Japan are open.");
        assert_eq!(japan.facts.business_day.unwrap().value().unwrap().places, ["London", "Japan"]);
        for none in [
            "\"Japan Business Day\" means a day on which banks in Tokyo and New York are open.",
            "Each Business Day the Supplier shall report.",
            "\"Business Day\" means the day shown in Exhibit A.",
        ] {
            assert!(read(none).facts.business_day.is_none(), "{none}");
        }
    }

    #[test]
    fn every_form_has_its_example() {
        assert_eq!(crate::phrase::wrong_as(&super::DEALINGS, super::Phrases::of_dealings), [""; 0]);
    }

    #[test]
    fn weekends_of_the_contract() {
        use crate::calendar::DayKind::{Friday, Saturday, Sunday};
        for (text, want) in [
            (
                "\"Business Day\" means any day other than Friday, Saturday and public holidays in Dubai.",
                vec![Friday, Saturday],
            ),
            ("\"Working Day\" means Sunday to Thursday, excluding public holidays in the UAE.", vec![Friday, Saturday]),
            ("\"Working Day\" means any day other than a Sunday or a public holiday in India.", vec![Sunday]),
            ("Working Day: Sunday to Thursday, excluding public holidays in Dubai.", vec![Friday, Saturday]),
            ("\"Business Day\" means Monday to Friday, holidays excepted.", vec![]),
            ("\"Business Day\" means a day other than a Saturday, Sunday or public holiday in England.", vec![]),
        ] {
            let fact = read(text).facts.business_day.unwrap_or_else(|| panic!("{text}"));
            assert_eq!(fact.value().unwrap().weekend, want, "{text}");
        }
    }

    #[test]
    fn clauses_that_move_a_last_day() {
        for (text, want) in [
            (
                "If the last day of any period falls on a day that is not a Business Day, the period runs until the next \
                 Business Day.",
                "FOLLOWING",
            ),
            (
                "Where any date on which an act is to be performed falls on a Saturday, Sunday or legal holiday, the act \
                 shall be performed on the next succeeding business day.",
                "FOLLOWING",
            ),
            (
                "If the last day for giving any notice is not a Business Day, notice must be given on the immediately \
                 preceding Business Day.",
                "PRECEDING",
            ),
            (
                "If any date specified here falls on a day other than a Business Day, it becomes the next Business Day \
                 unless that day falls in the next calendar month.",
                "MODFOLLOWING",
            ),
        ] {
            let fact = read(text).facts.date_roll.unwrap_or_else(|| panic!("{text}"));
            assert_eq!(fact.value().unwrap().roll.as_str(), want, "{text}");
        }
        for none in [
            "If the date for any payment is not a Business Day, payment shall be made on the next Business Day.",
            "A notice sent by email after 5:00 p.m. or on a day that is not a Business Day is deemed received on the next \
             Business Day.",
            "If the due date is not a business day, the due date is the next business day.",
            "Support answers on the next Business Day if a call comes on a weekend.",
        ] {
            assert!(read(none).facts.date_roll.is_none(), "{none}");
        }
    }

    #[test]
    fn time_is_of_the_essence() {
        for text in [
            "Time is of the essence of this Agreement.",
            "Time shall be of the essence.",
            "Time is of the essence with respect to all matters under this Agreement.",
        ] {
            assert!(read(text).facts.time_of_essence.is_some(), "{text}");
        }
        for text in [
            "Time is of the essence with respect to critical milestones.",
            "Time shall not be of the essence of this Agreement.",
        ] {
            assert!(read(text).facts.time_of_essence.is_none(), "{text}");
        }
    }
}
