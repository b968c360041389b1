//! Names of places that have a law of their own: the US states, the provinces of Canada, the states of Australia and
//! of India, the parts of the United Kingdom and the countries that contracts name, with their adjectives ("English law").

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::DateOrder;
use tickler_pdf::cite::Part as _;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A state of a federation, a province, a territory.
    Part,
    /// A country.
    Country,
}

/// A place found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it stands, in bytes of the text searched.
    pub range: Range<usize>,
    /// Its usual English name.
    pub name: &'static str,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether the text has the adjective ("Swiss") and not the noun.
    pub adjective: bool,
}

/// States, provinces and territories.
const PARTS: &[&str] = &[
    "Alabama",
    "Alaska",
    "Arizona",
    "Arkansas",
    "California",
    "Colorado",
    "Connecticut",
    "Delaware",
    "Florida",
    "Georgia",
    "Hawaii",
    "Idaho",
    "Illinois",
    "Indiana",
    "Iowa",
    "Kansas",
    "Kentucky",
    "Louisiana",
    "Maine",
    "Maryland",
    "Massachusetts",
    "Michigan",
    "Minnesota",
    "Mississippi",
    "Missouri",
    "Montana",
    "Nebraska",
    "Nevada",
    "New Hampshire",
    "New Jersey",
    "New Mexico",
    "New York",
    "North Carolina",
    "North Dakota",
    "Ohio",
    "Oklahoma",
    "Oregon",
    "Pennsylvania",
    "Rhode Island",
    "South Carolina",
    "South Dakota",
    "Tennessee",
    "Texas",
    "Utah",
    "Vermont",
    "Virginia",
    "Washington",
    "West Virginia",
    "Wisconsin",
    "Wyoming",
    "District of Columbia",
    "Puerto Rico",
    "Guam",
    "Ontario",
    "Quebec",
    "British Columbia",
    "Alberta",
    "Manitoba",
    "Saskatchewan",
    "Nova Scotia",
    "New Brunswick",
    "Newfoundland and Labrador",
    "Newfoundland",
    "Prince Edward Island",
    "Yukon",
    "New South Wales",
    "Queensland",
    "Victoria",
    "Western Australia",
    "South Australia",
    "Tasmania",
    "Northern Territory",
    "Australian Capital Territory",
    "England and Wales",
    "England",
    "Scotland",
    "Northern Ireland",
    "Wales",
    "Hong Kong",
    "Macau",
    "Dubai International Financial Centre",
    "Abu Dhabi Global Market",
    // The states of Nigeria that contracts name.
    "Lagos State",
    "Kano State",
    "Kaduna State",
    "Rivers State",
    "Ogun State",
    "Oyo State",
    "Edo State",
    // The states of India.
    "Andhra Pradesh",
    "Arunachal Pradesh",
    "Assam",
    "Bihar",
    "Chhattisgarh",
    "Goa",
    "Gujarat",
    "Haryana",
    "Himachal Pradesh",
    "Jharkhand",
    "Karnataka",
    "Kerala",
    "Madhya Pradesh",
    "Maharashtra",
    "Manipur",
    "Meghalaya",
    "Mizoram",
    "Nagaland",
    "Odisha",
    "Punjab",
    "Rajasthan",
    "Sikkim",
    "Tamil Nadu",
    "Telangana",
    "Tripura",
    "Uttar Pradesh",
    "Uttarakhand",
    "West Bengal",
];

/// Countries and dependencies.
const COUNTRIES: &[&str] = &[
    "Albania",
    "Algeria",
    "Angola",
    "Argentina",
    "Armenia",
    "Australia",
    "Austria",
    "Azerbaijan",
    "Bahamas",
    "Bahrain",
    "Bangladesh",
    "Barbados",
    "Belarus",
    "Belgium",
    "Belize",
    "Bermuda",
    "Bolivia",
    "Botswana",
    "Brazil",
    "British Virgin Islands",
    "Brunei",
    "Bulgaria",
    "Cambodia",
    "Cameroon",
    "Canada",
    "Cayman Islands",
    "Chile",
    "China",
    "Colombia",
    "Cook Islands",
    "Costa Rica",
    "Croatia",
    "Cuba",
    "Curacao",
    "Cyprus",
    "Czech Republic",
    "Denmark",
    "Dominican Republic",
    "Ecuador",
    "Egypt",
    "El Salvador",
    "Estonia",
    "Eswatini",
    "Ethiopia",
    "European Union",
    "Fiji",
    "Finland",
    "France",
    "Germany",
    "Ghana",
    "Gibraltar",
    "Greece",
    "Guatemala",
    "Guernsey",
    "Guyana",
    "Haiti",
    "Honduras",
    "Hungary",
    "Iceland",
    "India",
    "Indonesia",
    "Iraq",
    "Ireland",
    "Isle of Man",
    "Israel",
    "Italy",
    "Ivory Coast",
    "Jamaica",
    "Japan",
    "Jersey",
    "Jordan",
    "Kazakhstan",
    "Kenya",
    "Kuwait",
    "Laos",
    "Latvia",
    "Lebanon",
    "Lesotho",
    "Liberia",
    "Liechtenstein",
    "Lithuania",
    "Luxembourg",
    "Madagascar",
    "Malawi",
    "Malaysia",
    "Maldives",
    "Malta",
    "Marshall Islands",
    "Mauritius",
    "Mexico",
    "Moldova",
    "Monaco",
    "Mongolia",
    "Montenegro",
    "Morocco",
    "Mozambique",
    "Myanmar",
    "Namibia",
    "Nepal",
    "Netherlands",
    "New Zealand",
    "Nicaragua",
    "Nigeria",
    "North Macedonia",
    "Norway",
    "Oman",
    "Pakistan",
    "Panama",
    "Papua New Guinea",
    "Paraguay",
    "Peru",
    "Philippines",
    "Poland",
    "Portugal",
    "Qatar",
    "Romania",
    "Russia",
    "Rwanda",
    "Saint Kitts and Nevis",
    "Samoa",
    "Saudi Arabia",
    "Senegal",
    "Serbia",
    "Seychelles",
    "Sierra Leone",
    "Singapore",
    "Slovakia",
    "Slovenia",
    "South Africa",
    "South Korea",
    "Spain",
    "Sri Lanka",
    "Suriname",
    "Sweden",
    "Switzerland",
    "Taiwan",
    "Tanzania",
    "Thailand",
    "Trinidad and Tobago",
    "Tunisia",
    "Turkey",
    "Uganda",
    "Ukraine",
    "United Arab Emirates",
    "United Kingdom",
    "United States",
    "Uruguay",
    "Uzbekistan",
    "Venezuela",
    "Vietnam",
    "Yemen",
    "Zambia",
    "Zimbabwe",
];

/// Other spellings of the names above.
const SPELLINGS: &[(&str, &str)] = &[
    ("Massachussets", "Massachusetts"),
    ("Québec", "Quebec"),
    ("Wales and England", "England and Wales"),
    ("England & Wales", "England and Wales"),
    ("Great Britain", "United Kingdom"),
    ("U.K.", "United Kingdom"),
    ("UK", "United Kingdom"),
    ("People's Republic of China", "China"),
    ("People’s Republic of China", "China"),
    ("Peoples Republic of China", "China"),
    ("PRC", "China"),
    ("P.R.C.", "China"),
    ("P.R. China", "China"),
    ("P. R. China", "China"),
    ("PR China", "China"),
    ("Republic of China", "Taiwan"),
    ("R.O.C.", "Taiwan"),
    ("ROC", "Taiwan"),
    ("Hongkong", "Hong Kong"),
    ("Hong Kong SAR", "Hong Kong"),
    ("HKSAR", "Hong Kong"),
    ("Macau SAR", "Macau"),
    ("NSW", "New South Wales"),
    ("N.S.W.", "New South Wales"),
    ("N.Y.", "New York"),
    ("Eire", "Ireland"),
    ("Éire", "Ireland"),
    ("KSA", "Saudi Arabia"),
    ("ADGM", "Abu Dhabi Global Market"),
    ("Macao", "Macau"),
    ("Republic of Korea", "South Korea"),
    ("Korea", "South Korea"),
    ("Russian Federation", "Russia"),
    ("Federal Republic of Germany", "Germany"),
    ("Czechia", "Czech Republic"),
    ("Holland", "Netherlands"),
    ("Türkiye", "Turkey"),
    ("Viet Nam", "Vietnam"),
    ("DIFC", "Dubai International Financial Centre"),
    ("UAE", "United Arab Emirates"),
    ("U.A.E.", "United Arab Emirates"),
    ("United States of America", "United States"),
    ("U.S.A.", "United States"),
    ("USA", "United States"),
    ("U.S.", "United States"),
];

/// Adjectives, as in "Swiss law"; those of the US states are their names.
const ADJECTIVES: &[(&str, &str)] = &[
    ("English", "England and Wales"),
    ("British", "United Kingdom"),
    ("Scottish", "Scotland"),
    ("Scots", "Scotland"),
    ("Irish", "Ireland"),
    ("American", "United States"),
    ("Canadian", "Canada"),
    ("Australian", "Australia"),
    ("French", "France"),
    ("German", "Germany"),
    ("Dutch", "Netherlands"),
    ("Swiss", "Switzerland"),
    ("Belgian", "Belgium"),
    ("Italian", "Italy"),
    ("Spanish", "Spain"),
    ("Portuguese", "Portugal"),
    ("Austrian", "Austria"),
    ("Danish", "Denmark"),
    ("Swedish", "Sweden"),
    ("Norwegian", "Norway"),
    ("Finnish", "Finland"),
    ("Polish", "Poland"),
    ("Hungarian", "Hungary"),
    ("Greek", "Greece"),
    ("Turkish", "Turkey"),
    ("Russian", "Russia"),
    ("Israeli", "Israel"),
    ("Indian", "India"),
    ("Chinese", "China"),
    ("Japanese", "Japan"),
    ("Korean", "South Korea"),
    ("Taiwanese", "Taiwan"),
    ("Malaysian", "Malaysia"),
    ("Mexican", "Mexico"),
    ("Brazilian", "Brazil"),
    ("Luxembourgish", "Luxembourg"),
    ("South African", "South Africa"),
    ("South Australian", "South Australia"),
    ("Western Australian", "Western Australia"),
    ("Tasmanian", "Tasmania"),
    ("Victorian", "Victoria"),
    ("Albertan", "Alberta"),
    ("Rwandan", "Rwanda"),
    ("Cameroonian", "Cameroon"),
    ("Senegalese", "Senegal"),
    ("Tunisian", "Tunisia"),
    ("Algerian", "Algeria"),
    ("Jordanian", "Jordan"),
    ("Lebanese", "Lebanon"),
    ("Kuwaiti", "Kuwait"),
    ("Qatari", "Qatar"),
    ("Omani", "Oman"),
    ("Bahraini", "Bahrain"),
    ("Nepalese", "Nepal"),
    ("Peruvian", "Peru"),
    ("Uruguayan", "Uruguay"),
    ("Panamanian", "Panama"),
    ("Serbian", "Serbia"),
    ("Albanian", "Albania"),
    ("Mauritian", "Mauritius"),
    ("Malawian", "Malawi"),
    ("Fijian", "Fiji"),
    ("Northern Irish", "Northern Ireland"),
    ("Zimbabwean", "Zimbabwe"),
    ("Namibian", "Namibia"),
    ("Ethiopian", "Ethiopia"),
    ("Jamaican", "Jamaica"),
    ("Botswanan", "Botswana"),
    ("Welsh", "England and Wales"),
    ("Singaporean", "Singapore"),
    ("Emirati", "United Arab Emirates"),
    ("Kenyan", "Kenya"),
    ("Nigerian", "Nigeria"),
    ("Ghanaian", "Ghana"),
    ("Ugandan", "Uganda"),
    ("Tanzanian", "Tanzania"),
    ("Zambian", "Zambia"),
    ("Egyptian", "Egypt"),
    ("Moroccan", "Morocco"),
    ("Saudi", "Saudi Arabia"),
    ("Thai", "Thailand"),
    ("Vietnamese", "Vietnam"),
    ("Indonesian", "Indonesia"),
    ("Philippine", "Philippines"),
    ("Pakistani", "Pakistan"),
    ("Bangladeshi", "Bangladesh"),
    ("Sri Lankan", "Sri Lanka"),
    ("Argentine", "Argentina"),
    ("Chilean", "Chile"),
    ("Colombian", "Colombia"),
    ("Czech", "Czech Republic"),
    ("Slovak", "Slovakia"),
    ("Slovenian", "Slovenia"),
    ("Croatian", "Croatia"),
    ("Romanian", "Romania"),
    ("Bulgarian", "Bulgaria"),
    ("Estonian", "Estonia"),
    ("Latvian", "Latvia"),
    ("Lithuanian", "Lithuania"),
    ("Icelandic", "Iceland"),
    ("Ukrainian", "Ukraine"),
    ("Maltese", "Malta"),
    ("Cypriot", "Cyprus"),
    ("Bermudian", "Bermuda"),
];

/// Abbreviations that name a place only where one is expected ("the laws of NY"): elsewhere they are words, such as "IN" and
/// "OR". Where a stop belongs to them it may be left out.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("AL Ala", "Alabama"),
    ("AK", "Alaska"),
    ("AZ Ariz", "Arizona"),
    ("AR Ark", "Arkansas"),
    ("CA Cal Calif", "California"),
    ("CO Colo", "Colorado"),
    ("CT Conn", "Connecticut"),
    ("DE Del", "Delaware"),
    ("FL Fla", "Florida"),
    ("GA Ga", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL Ill", "Illinois"),
    ("IN Ind", "Indiana"),
    ("IA", "Iowa"),
    ("KS Kan", "Kansas"),
    ("KY Ky", "Kentucky"),
    ("LA La", "Louisiana"),
    ("ME", "Maine"),
    ("MD Md", "Maryland"),
    ("MA Mass", "Massachusetts"),
    ("MI Mich", "Michigan"),
    ("MN Minn", "Minnesota"),
    ("MS Miss", "Mississippi"),
    ("MO Mo", "Missouri"),
    ("MT Mont", "Montana"),
    ("NE Neb", "Nebraska"),
    ("NV Nev", "Nevada"),
    ("NH N.H", "New Hampshire"),
    ("NJ N.J", "New Jersey"),
    ("NM N.M", "New Mexico"),
    ("NY N.Y", "New York"),
    ("NC N.C", "North Carolina"),
    ("ND N.D", "North Dakota"),
    ("OH", "Ohio"),
    ("OK Okla", "Oklahoma"),
    ("OR Ore", "Oregon"),
    ("PA Pa Penn", "Pennsylvania"),
    ("RI R.I", "Rhode Island"),
    ("SC S.C", "South Carolina"),
    ("SD S.D", "South Dakota"),
    ("TN Tenn", "Tennessee"),
    ("TX Tex", "Texas"),
    ("UT", "Utah"),
    ("VT Vt", "Vermont"),
    ("VA Va", "Virginia"),
    ("WA Wash", "Washington"),
    ("WV W.Va", "West Virginia"),
    ("WI Wis", "Wisconsin"),
    ("WY Wyo", "Wyoming"),
    ("DC D.C", "District of Columbia"),
    ("PR P.R", "Puerto Rico"),
    ("BC B.C", "British Columbia"),
    ("QLD Qld", "Queensland"),
    ("VIC Vic", "Victoria"),
    ("TAS Tas", "Tasmania"),
    ("ACT", "Australian Capital Territory"),
];

/// The place that `text` begins with in an abbreviation, and its end. "WA" is Western Australia where Australia follows.
#[must_use]
pub fn abbreviated(text: &str) -> Option<Place> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '.').unwrap_or(text.len());
    let word = text.part(..end).trim_end_matches('.');
    let (_, name) = ABBREVIATIONS.iter().find(|(forms, _)| forms.split(' ').any(|f| f == word))?;
    let rest = text.part(end..).trim_start_matches([',', ' ']);
    let name = if word == "WA" && rest.starts_with("Australia") { "Western Australia" } else { *name };
    Some(Place { range: 0..word.len(), name, kind: PlaceKind::Part, adjective: false })
}

struct Lexicon {
    pattern: Regex,
    names: HashMap<String, (&'static str, PlaceKind, bool)>,
}

static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let kind_of = |name: &str| if PARTS.contains(&name) { PlaceKind::Part } else { PlaceKind::Country };
    for &name in PARTS.iter().chain(COUNTRIES) {
        names.insert(name.to_lowercase(), (name, kind_of(name), false));
    }
    for &(spelling, name) in SPELLINGS {
        names.insert(spelling.to_lowercase(), (name, kind_of(name), false));
    }
    for &(adjective, name) in ADJECTIVES {
        names.insert(adjective.to_lowercase(), (name, kind_of(name), true));
    }
    let mut keys: Vec<&str> = names.keys().map(String::as_str).collect();
    // The longest first, so that "New York" is not cut short and "West Virginia" is not Virginia.
    keys.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    let words: Vec<String> =
        keys.iter().map(|k| regex::escape(k).replace(r"\ ", r"\s+").replace(' ', r"\s+")).collect();
    let pattern = Regex::new(&format!(r"(?i)(?-u:\b)(?:{})(?:$|(?-u:\b)|[^A-Za-z])", words.join("|"))).ok()?;
    Some(Lexicon { pattern, names })
});

/// All places named in `text`, in order. Letters of either case count, except that a short form such as `UK` or
/// `ROC` must be in capitals.
#[must_use]
pub fn places(text: &str) -> Vec<Place> {
    let Some(lexicon) = LEXICON.as_ref() else { return Vec::new() };
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(m) = lexicon.pattern.find_at(text, from) {
        // The pattern may take one character more than the name, to see where a name with a final stop ends.
        let mut end = m.end();
        let mut hit = None;
        for trim in [0, 1] {
            let cut = m.as_str().chars().rev().take(trim).map(char::len_utf8).sum::<usize>();
            let key = squeeze(m.as_str().part(..m.len() - cut));
            if let Some(found) = lexicon.names.get(&key) {
                end = m.end() - cut;
                hit = Some(*found);
                break;
            }
        }
        if let Some((name, kind, adjective)) = hit {
            let written = text.part(m.start()..end);
            let initials = written.len() <= 6 && written.chars().filter(|c| c.is_alphabetic()).count() <= 4;
            if !initials || name.len() <= 4 || written.chars().all(|c| !c.is_lowercase()) {
                out.push(Place { range: m.start()..end, name, kind, adjective });
            }
        }
        from = end.max(m.start() + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
    }
    out
}

/// The first place named in `text`; adjectives do not count.
#[must_use]
pub fn first_place(text: &str) -> Option<Place> {
    places(text).into_iter().find(|p| !p.adjective)
}

/// How people in `place` write a numeric date: month first in the United States, day first in the other countries.
/// Canada and the Philippines write both; what is no place says nothing.
#[must_use]
pub fn date_order(place: &str) -> DateOrder {
    let Some(found) = first_place(place) else { return DateOrder::Unknown };
    // The parts are listed country by country.
    let at = |name: &str| PARTS.iter().position(|p| *p == name);
    match at(found.name) {
        Some(i) if Some(i) < at("Ontario") => DateOrder::MonthFirst,
        Some(i) if Some(i) < at("New South Wales") => DateOrder::Unknown,
        None if matches!(found.name, "United States") => DateOrder::MonthFirst,
        None if matches!(found.name, "Canada" | "Philippines") => DateOrder::Unknown,
        _ => DateOrder::DayFirst,
    }
}

fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests;
