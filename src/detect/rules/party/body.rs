//! Names of bodies in which commas and "and" join no parties: "the Mayor and Burgesses of …", "the Chancellor, Masters and
//! Scholars of …", partners of a firm, matters of a ministry; and those that have a number or a country in them: the Crown
//! "in right of" a country, owners of a strata plan, condominium corporations.

use std::sync::LazyLock;

use super::super::pattern::{Pattern, pattern};
use super::name;
use crate::record::Part as _;

// "The Chancellor, Masters and Scholars of the": the members of one corporation.
pattern!(
    MEMBERS,
    exact,
    r"^(?:(?i:the) )?(?i:{members_of_bodies}(?:, (?:the )?{members_of_bodies}){0,4},? (?:and|&) (?:the )?{members_of_bodies} of (?:the )?)"
);
// "Syndicat de copropriété", the owners of a building in Québec.
pattern!(
    SYNDICATE,
    exact,
    r"^(?i:syndicat (?:de (?:la )?copropriété|des copropriétaires)(?: (?:de|du|des|de la)\b)?) ?"
);
pattern!(MUNICIPAL, exact, r"^(?i:(?:the )?municipal corporation of (?:the )?)");
// "His Majesty the King in right of the Province of Alder".
pattern!(
    CROWN,
    exact,
    r"^(?i:(?:his|her) majesty(?:,? the (?:king|queen))?|(?:the )?(?:sovereign|crown)),? (?i:in (?:the )?right of (?:the )?(?:{crown_of} of )?)(?:[A-Z]\w+)(?: [A-Z]\w+){0,3}"
);
// "The Owners, Strata Plan LMS 1847".
pattern!(
    STRATA,
    exact,
    r"^(?i:(?:the )?owners,?(?: [-–—])? (?:of )?strata (?:corporation|plan)(?: no\.?)?) ?(?:[A-Z]{1,4} ?)?\d+[A-Z]?\b"
);
// "Condominium Corporation No. 2219", "Owners Corporation Plan No. PS 512345K".
pattern!(OWNERS, exact, r"(?i)\b(?:condominium|strata|owners'?|body) corporat(?:ion|e)$");
pattern!(NUMBER, exact, r"^ (?i:(?:plan )?(?:no\.?|number) ?)?(?:[A-Z]{1,4} ?)?\d{2,}[A-Z]?\b");
// Words that name the place of a body: "Halston", "Newton upon Tyne".
pattern!(PLACE, exact, r"^[A-Z][\w’'-]+(?: (?:(?:upon|on|and|of|the) ){0,2}[A-Z][\w’'-]+){0,4}");

// "Stone, Reed & Vale LLP", and "Harland, Wool and Co.".
pattern!(
    COMMA_LIST,
    exact,
    r"^(?:, ?[A-Z][\w.’'-]+){1,4},? (?:&|and|AND) [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){0,2}(?: \([A-Z][\w &-]{2,30}\))?,? (?i:{firm_forms})"
);
// "Bell & Daughters Tree, Turf & Snow, LLC": what a firm does.
pattern!(
    TRADES,
    exact,
    r"^(?:, ?[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?){1,4},? & [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2},? (?i:{firm_forms})"
);
// "Stone, Reed & Vale, a firm": the partners alone are the name.
pattern!(PARTNERS, exact, r"^(?:, ?[A-Z][\w’'-]+){1,4},? (?i:&|and) [A-Z][\w’'-]+");
pattern!(
    IS_FIRM,
    exact,
    r"^[\s,(]*(?i:an? (?:[a-z-]+ ){0,3}(?:partnership|firm)\b|(?:chartered |certified (?:public )?)?{partners_are}\b)"
);
pattern!(COMMA_FIRM, exact, r"^, [A-Z][\w’'-]+,? (?i:&|and) (?i:co|company|sons)\b");
// "Department for Housing, Planning and Communities".
pattern!(
    PUBLIC_LIST,
    exact,
    r"^(?:, (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)?){1,4},? (?:and|&) (?:the )?(?i:{public_matters})(?: [A-Z][a-z]+)?"
);
pattern!(MESSRS, exact, r"^(?i:m/s|messrs)\b");
pattern!(pub(super) PUBLIC_HEAD, exact, r"^(?i:the )?(?i:dep(?:artmen)?t|ministry|office|secretary|minister|bureau)\b");

// "Mill and Teme Valley Fire and Rescue Authority", "Hove and Moor University Hospitals NHS Foundation Trust".
static TWO_PLACES: LazyLock<Pattern> = LazyLock::new(|| {
    let places =
        r"(?:(?:North|South|East|West|Greater|Royal) )?[A-Z][\w’'-]+ (?:and|&) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}?";
    let body = r"fire (?:and|&) rescue (?:authority|service)|nhs (?:foundation )?trust|health board|(?:combined|police) authority";
    Pattern::exact(&format!(r"^(?:The )?{places} (?i:{body})\b"))
});
// A name in quotes before or behind its form: "Odra" spółka z o.o., SIA "Baltija".
static QUOTED: LazyLock<Pattern> = LazyLock::new(|| {
    let polish =
        r"(?:sp[óo][łl]ka|sp\.?) ?(?:z ?o\. ?o\.|z ograniczon[ąa] odpowiedzialno[śs]ci[ąa]|akcyjna|jawna|komandytowa)";
    let form = r"(?:s\.?a|sp\. ?[kj]|ltd|limited|llc|inc|gmbh|ag|o[üu]|uab|d\.?o\.?o|e?ood|jsc|kft|plc)\b\.?";
    let before = r"(?:SIA|UAB|AS|OOO|ZAO|OAO|PAO|PJSC|JSC|LLC|TOV|O[ÜU])";
    let name = r"\p{Lu}[^\x22“”„«»\n,;()]{1,40}";
    Pattern::exact(&format!(r"^(?:[\x22“„«]?{name}[\x22”“»] (?i:{polish}|{form})|{before} [\x22“„«]{name}[\x22”“»])"))
});

/// Length of the name of such a body, where one begins `s`.
pub(super) fn len(s: &str) -> Option<usize> {
    if let Some(m) =
        [&CROWN, &STRATA].into_iter().find_map(|p| p.find(s)).or_else(|| TWO_PLACES.find(s).or_else(|| QUOTED.find(s)))
    {
        return Some(m.end());
    }
    let lead = MEMBERS.prefix_len(s).max(SYNDICATE.prefix_len(s)).max(MUNICIPAL.prefix_len(s));
    if lead == 0 {
        return None;
    }
    let of = s.part(lead..);
    // A city alone is no party's name, and here it is the end of one.
    let rest = name::name_len(of).or_else(|| PLACE.find(of).map(|m| m.end()));
    rest.map(|rest| lead + rest)
}

/// Whether a name is that of such a body.
pub(super) fn is_body(name: &str) -> bool {
    len(name).is_some()
}

/// Length of the number behind the name of a corporation of owners.
pub(super) fn number_len(name: &str, rest: &str) -> usize {
    if OWNERS.is_match(name) { NUMBER.prefix_len(rest) } else { 0 }
}

/// Length of a list behind a comma that belongs to the name `s`, of which `count` words are read: the partners of a firm,
/// the matters of a ministry.
pub(super) fn comma_list(s: &str, tail: &str, count: usize) -> Option<usize> {
    let firm = || COMMA_LIST.find(tail).or_else(|| COMMA_FIRM.find(tail));
    let public = || PUBLIC_LIST.find(tail).filter(|_| PUBLIC_HEAD.is_match(s));
    let partners = || {
        PARTNERS
            .find(tail)
            .filter(|m| IS_FIRM.is_match(tail.part(m.end()..)) || m.as_str().contains('&') && MESSRS.is_match(s))
    };
    let found = match count {
        1 => firm().or_else(partners),
        2 if MESSRS.is_match(s) => firm().or_else(partners),
        // Two words alone may be a person, and a company behind the comma.
        2 if !s.part(..s.len() - tail.len()).contains('&') => None,
        2..6 => TRADES.find(tail),
        _ => None,
    };
    found.or_else(public).map(|m| m.end())
}

#[cfg(test)]
mod tests {
    use super::super::name::{NameKind, kind, name_len};
    use super::*;

    #[test]
    fn bodies() {
        let cases = [
            (
                "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EASTLAND, whose",
                "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EASTLAND",
            ),
            (
                "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EASTLAND of The Old Schools, Mill Lane",
                "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EASTLAND",
            ),
            (
                "The Mayor and Burgesses of the London Borough of Hartley (the",
                "The Mayor and Burgesses of the London Borough of Hartley",
            ),
            ("Lord Mayor, Aldermen and Burgesses of Newton, of", "Lord Mayor, Aldermen and Burgesses of Newton"),
            ("Mayor and City Council of Halston, a municipal corporation", "Mayor and City Council of Halston"),
            ("The Dean and Chapter of Mill Minster (the", "The Dean and Chapter of Mill Minster"),
            ("President and Fellows of Stone College, a charity", "President and Fellows of Stone College"),
            ("His Majesty the King in right of Canada, as represented", "His Majesty the King in right of Canada"),
            (
                "HER MAJESTY THE QUEEN IN RIGHT OF THE PROVINCE OF ALBERTA as",
                "HER MAJESTY THE QUEEN IN RIGHT OF THE PROVINCE OF ALBERTA",
            ),
            ("The Sovereign in right of New Zealand acting by", "The Sovereign in right of New Zealand"),
            ("The Owners, Strata Plan LMS 1847, of", "The Owners, Strata Plan LMS 1847"),
            ("The Owners - Strata Plan No. 71822 (the", "The Owners - Strata Plan No. 71822"),
            ("Owners Corporation Plan No. PS 512345K of", "Owners Corporation Plan No. PS 512345K"),
            ("MILL STANDARD CONDOMINIUM CORPORATION NO. 2219\n(the", "MILL STANDARD CONDOMINIUM CORPORATION NO. 2219"),
            ("Syndicat de copropriété Les Saules, of", "Syndicat de copropriété Les Saules"),
        ];
        for (text, want) in cases {
            assert_eq!(name_len(text).map(|n| text.part(..n)), Some(want), "{text}");
            assert_eq!(kind(want), NameKind::Company, "{want}");
        }
    }

    #[test]
    fn offices_alone_are_no_bodies() {
        for text in ["The Mayor, Anna Reed", "Provost and Reed LLP", "The Company and the President of Acme"] {
            assert!(!is_body(text), "{text}");
        }
    }
}
