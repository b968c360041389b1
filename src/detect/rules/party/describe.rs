//! What the words after a party's name say of it: legal form, place of organisation, address, defined names.

use std::sync::LazyLock;

use super::super::pattern::{Match, Pattern, floor, pattern};
use super::name;
use crate::lexicon::jurisdiction::{first_place, places};
use crate::lexicon::{among, label, ways};
use crate::record::Part as _;
use crate::record::value::Party;

pattern!(FORM, exact, r"(?i)(?:{kinds_of_company}\s+)*{companies}");
pattern!(
    UNDER_LAWS,
    exact,
    r"(?i)\b(?:under|of|by|pursuant\s+to)\s+(?:and\s+by\s+virtue\s+of\s+)?(?:the\s+)?(?:corporate\s+|applicable\s+)?laws?\s+(?:of|in)\s+|\bpolitical\s+subdivision\s+of\s+"
);
pattern!(FORMED_IN, exact, r"(?i)\b{formed}\s+(?:and\s+existing\s+)?(?:in|under)\s+");
// "with its principal office at", "whose registered address is", "residing in", "of": what stands before an address.
static ADDRESS: LazyLock<Pattern> = LazyLock::new(|| {
    let has = r"(?:having|with|has|maintains?|whose|and|at)\s+(?:its|an?|their|his|her|the)?";
    let seat = r"(?:offices?|places?\s+of\s+business|headquarters|address|residence|seat|domicile)s?";
    let is_at = r"\s*(?:is\s+|are\s+)?(?:located\s+|situated\s+)?(?:at|in|of|is|:)";
    let lives = r"(?:located|residing|situated|headquartered|based|domiciled)\s+(?:at|in)|a\s+resident\s+of";
    Pattern::exact(&format!(r"(?i)\b(?:{has}\s*[^,;()]{{0,60}}?{seat}{is_at}|{lives}|address:|of)\s*:?\s+"))
});
pattern!(QUOTED, exact, r#"[“"‟”]\s*([^“”"‟\n]{1,60}?)\s*,?[”"“]|[‘'’]{1,2}([A-Z][^‘’'“”"\n]{1,40}?),?['’]{1,2}"#);
// "hereinafter collectively referred to as the Buyer".
static REFERRED: LazyLock<Pattern> = LazyLock::new(|| {
    let here = r"(?i:(?:herein\s?after|hereafter|herein)[,\s]+)";
    let name = r"([A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*){0,2})";
    Pattern::exact(&format!(
        r"{here}(?i:(?:{{called_how}}\s+)*(?:(?:{{called}}|the)\s*(?:as|,)?\s*)*(?:the\s+)?){name}"
    ))
});
// "Acme Ltd (company number 1234567), as buyer". A trustee or an agent has another role beside it.
// "us (Acme Bank, N.A., the Lessor)".
pattern!(
    AS_ROLE,
    exact,
    r"^(?:,?\s*\([^()]*\))?,?\s+(?:as\s+(?:the\s+|an?\s+)?([A-Za-z]{4,16})\b|the\s+([A-Z][a-z]{3,15})$)"
);
pattern!(BARE_PAREN, exact, r"^(?i:the\s+|as\s+)?([A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*){0,3})$");
pattern!(
    OTHER_NAME,
    exact,
    r"(?i)(?:^|[\s,(])\s*(?:[dfa]\s*[./]?\s*[bk]\s*[./]?\s*a\b\.?|t/a\b|f/s/o|{trading_as})[:\s]+"
);

// "the Harbor Trust"; in India "M/s" stands before a firm.
pattern!(FIRM, exact, r"^(?:the |M/[sS]\.? (?:The )?)");
pattern!(
    DEGREE,
    exact,
    r"(?i),?\s+(?:m\.?\s?d|ph\.?\s?d|d\.?\s?v\.?\s?m|esq(?:uire)?|c\.?p\.?a|d\.?d\.?s|m\.?b\.?a)\.?,?$"
);
pattern!(COMPANY_NUMBER, exact, r"(?i)\bcompany\s+(?:registration\s+)?(?:no\.?|number)\s*:?\s*(?:[A-Z]{2})?\d{6,8}\b");

fn names_a_document(term: &str) -> bool {
    let t = term.to_lowercase();
    let t = t.trim_start_matches("the ").trim_start_matches("this ");
    ways("terms_of_no_party").contains(&t)
        || ["agreement", "amendment", "date", "contract", "addendum", "parties", "transaction"]
            .iter()
            .any(|w| t.ends_with(w))
}

/// Reads the description that begins with the name: `text[..name_len]` is the name, the rest speaks of it.
pub(super) fn describe(text: &str, name_len: usize) -> Party {
    let mut party = Party { name: without_degrees(clean(text.part(..name_len))), ..Party::default() };
    let rest = &take_other_names(text.part(name_len..), &mut party);
    defined_names(rest, &mut party);
    let words = outside_brackets(rest);
    if let Some(m) = FORM.find(words.part(..floor(&words, 260))) {
        party.entity_type = Some(m.as_str().to_lowercase());
        let before = words.part(..m.start());
        party.jurisdiction =
            places(before.part(before.rfind(';').map_or(0, |i| i + 1)..)).first().map(|p| p.name.to_owned());
    }
    if let Some(m) = first_of(&words, [&UNDER_LAWS, &FORMED_IN])
        && let Some(p) = first_place(words.part(m.end()..floor(&words, m.end() + 70)))
    {
        party.jurisdiction = Some(p.name.to_owned());
    }
    party.address = address(&words);
    form_of_name(rest, &words, &mut party);
    party
}

/// Takes the other names of a party out of its description: "trading as", "formerly known as". They are no defined names.
fn take_other_names(text: &str, party: &mut Party) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(m) = OTHER_NAME.find(rest) {
        let other = rest.part(m.end()..).trim_start_matches(['“', '"']);
        if let Some(n) = name::name_len(other) {
            let name = clean(other.part(..n));
            if !party.aliases.contains(&name) {
                party.aliases.push(name);
            }
            out.push_str(rest.part(..m.start()));
            rest = other.part(n..).trim_start_matches(['”', '"']);
        } else {
            out.push_str(rest.part(..m.end()));
            rest = rest.part(m.end()..);
        }
    }
    out + rest
}

/// The match that begins first.
fn first_of<'t>(text: &'t str, patterns: [&Pattern; 2]) -> Option<Match<'t>> {
    patterns.into_iter().filter_map(|p| p.find(text)).min_by_key(Match::start)
}

/// A person's name without the academic degrees behind it.
fn without_degrees(mut name: String) -> String {
    while let Some(m) = DEGREE.find(&name) {
        name.truncate(m.start());
    }
    name
}

/// Legal forms that a name's last words imply, with the words for them: the longest first.
const SUFFIXES: &[(&str, &str)] = &[
    ("designated activity company", "designated activity company"),
    ("pty ltd", "proprietary limited company"),
    ("pty limited", "proprietary limited company"),
    ("plc", "public limited company"),
    ("llc", "limited liability company"),
    ("llp", "limited liability partnership"),
    ("lp", "limited partnership"),
    ("gmbh", "GmbH"),
    ("ag", "AG"),
    ("bv", "B.V."),
    ("nv", "N.V."),
];

/// Puts in the form that the name itself shows, where the words after it name none, or only "company"; and the country
/// of a German, Austrian or Swiss company from the end of its address.
fn form_of_name(rest: &str, words: &str, party: &mut Party) {
    if party.entity_type.as_deref().is_some_and(|t| t != "company") {
        return;
    }
    let name = party.name.to_lowercase().replace(['.', ','], "");
    let ends = |form: &str| name.strip_suffix(form).is_some_and(|before| before.ends_with(' '));
    if let Some((_, form)) = SUFFIXES.iter().find(|(suffix, _)| ends(suffix)) {
        party.entity_type = Some((*form).to_owned());
        if matches!(*form, "GmbH" | "AG") && party.jurisdiction.is_none() {
            let near = words.part(..floor(words, 240));
            let country = ["Germany", "Austria", "Switzerland"].iter().find(|c| near.contains(&format!(", {c}")));
            party.jurisdiction = country.map(|c| (*c).to_owned());
        }
    } else if ends("limited") || ends("ltd") {
        // "Ltd" is a private company's in the United Kingdom and Ireland; elsewhere other companies bear it too.
        let british = match party.jurisdiction.as_deref() {
            Some(place) => ["England", "Wales", "Scotland", "Northern Ireland", "Ireland", "United Kingdom"]
                .iter()
                .any(|p| place.contains(p)),
            None => COMPANY_NUMBER.is_match(rest.part(..floor(rest, 120))),
        };
        if british && !ends("co ltd") && !ends("co limited") {
            party.entity_type = Some("private limited company".to_owned());
        }
    }
}

fn address(words: &str) -> Option<String> {
    const ENDS: &str =
        " and its|, hereinafter| hereinafter|, and represented|, represented|, acting|, on behalf| who |, as |. ";
    let m = ADDRESS.find(words)?;
    let tail = words.part(m.end()..);
    let stop = tail.find(['(', ';']).unwrap_or(tail.len());
    let mut address = tail.part(..stop);
    for end in ENDS.split('|') {
        if let Some(i) = address.find(end)
            && (end != ". " || i > 25)
        {
            address = address.part(..i);
        }
    }
    let address = squeeze(address.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':')));
    let looks_right = address.len() > 5
        && address.len() < 240
        && address.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (looks_right && (address.contains(|c: char| c.is_ascii_digit()) || !m.as_str().trim().eq_ignore_ascii_case("of")))
        .then_some(address)
}

/// Puts the names that the contract defines for the party into `role` and `aliases`.
fn defined_names(rest: &str, party: &mut Party) {
    let mut terms: Vec<String> = Vec::new();
    for m in QUOTED.captures_iter(rest) {
        if let Some(t) = m.get(1).or_else(|| m.get(2)) {
            terms.push(squeeze(t.as_str().trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ' '))));
        }
    }
    for m in REFERRED.captures_iter(rest) {
        terms.extend(m.get(1).map(|m| m.as_str().trim_end_matches('.').to_owned()));
    }
    if terms.is_empty() {
        for inner in brackets(rest) {
            // "The (Indian) Companies Act" defines nothing.
            if let Some(m) = BARE_PAREN.captures(inner.trim()).filter(|_| places(inner).is_empty()) {
                terms.extend(m.get(1).map(|m| m.as_str().to_owned()));
            }
        }
    }
    let as_role = AS_ROLE.captures(rest).and_then(|m| label::named_role(m.get(1).or_else(|| m.get(2))?.as_str()));
    if terms.is_empty() && as_role.is_some() {
        const BESIDE: &str = "trustee agent nominee guardian principal member employee";
        party.role = as_role.filter(|role| !among(BESIDE, &role.to_ascii_lowercase()));
        return;
    }
    let other_names = party.aliases.len();
    for term in terms {
        let term = term.trim_start_matches("the ").trim_start_matches("The ").to_owned();
        if term.is_empty()
            || names_a_document(&term)
            || !term.starts_with(char::is_alphanumeric)
            || party.aliases.contains(&term)
        {
            continue;
        }
        party.aliases.push(term);
    }
    let defined = &party.aliases[other_names..];
    let role = defined.iter().position(|t| name::is_role(t)).or_else(|| (!defined.is_empty()).then_some(0));
    let role = role.map(|i| other_names + i);
    if let Some(i) = role {
        party.role = Some(party.aliases.remove(i));
    }
}

/// The contents of the brackets of `s`, innermost ignored.
fn brackets(s: &str) -> impl Iterator<Item = &str> {
    s.split('(').skip(1).filter_map(|part| part.split_once(')').map(|(inner, _)| inner))
}

fn outside_brackets(s: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\n' | '\t' if depth == 0 => out.push(' '),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// One space between words, nothing around them.
pub(super) fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ends of names that keep their full stop.
const ABBREVIATED: [&str; 13] =
    ["inc.", "corp.", "co.", "ltd.", "jr.", "sr.", "bhd.", "ltda.", "lda.", "bros.", "cia.", "assn.", "esq."];

/// A name without what belongs to the sentence around it.
pub(super) fn clean(name: &str) -> String {
    let mut s = squeeze(name).replace(" ,", ",");
    s.drain(..FIRM.prefix_len(&s));
    let cut = s
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '*' | '_'))
        .to_owned();
    // "Odra" spółka z o.o.
    let cut = if cut.contains(['"', '“', '”', '„']) { cut.replace(['"', '“', '”', '„'], "") } else { cut };
    let abbreviated = ABBREVIATED.iter().any(|e| cut.to_lowercase().ends_with(e));
    let dotted = cut.rsplit(' ').next().is_some_and(|w| w.matches('.').count() > 1);
    if cut.ends_with('.') && !abbreviated && !dotted { cut.trim_end_matches('.').to_owned() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(s: &str) -> Party {
        describe(s, name::name_len(s).unwrap())
    }

    #[test]
    fn reads_a_description() {
        let p = read(
            "Acme Tools, Inc., a Delaware corporation with offices at 12 Mill Road, Newark, New Jersey (“Acme” or the “Supplier”)",
        );
        assert_eq!(p.name, "Acme Tools, Inc.");
        assert_eq!(p.entity_type.as_deref(), Some("corporation"));
        assert_eq!(p.jurisdiction.as_deref(), Some("Delaware"));
        assert_eq!(p.address.as_deref(), Some("12 Mill Road, Newark, New Jersey"));
        assert_eq!(p.role.as_deref(), Some("Supplier"));
        assert_eq!(p.aliases, ["Acme"]);
    }

    #[test]
    fn reads_the_law_of_organisation() {
        let p = read("Harbor Oy, a company organised under the laws of Finland, hereinafter referred to as Buyer");
        assert_eq!(p.jurisdiction.as_deref(), Some("Finland"));
        assert_eq!(p.role.as_deref(), Some("Buyer"));
    }

    #[test]
    fn forms_that_names_show() {
        let form = |s| read(s).entity_type;
        assert_eq!(
            form("Acme Lifts Limited (company number 08123476) of Unit 7").as_deref(),
            Some("private limited company")
        );
        assert_eq!(form("Acme Plc, a company registered in Scotland").as_deref(), Some("public limited company"));
        assert_eq!(form("Acme Ltd., of 12 Mill Road").as_deref(), None);
        let p = read("Acme Antriebe GmbH, Am Wehr 1, 72770 Reutlingen, Germany");
        assert_eq!((p.entity_type.as_deref(), p.jurisdiction.as_deref()), (Some("GmbH"), Some("Germany")));
    }

    #[test]
    fn keeps_the_trade_name_apart() {
        let p = read("Reed Works, LLC d/b/a Reed Paper (the “Vendor”)");
        assert_eq!((p.name.as_str(), p.role.as_deref()), ("Reed Works, LLC", Some("Vendor")));
        assert_eq!(p.aliases, ["Reed Paper"]);
        let p = read(
            "Fen Foods Pty Limited (ACN 612 440 917), formerly known as Swan Smallgoods Pty Ltd, trading as \"Black Swan \
             Provedores\", of 31 Stewart Street, Richmond, Victoria (Buyer)",
        );
        assert_eq!((p.name.as_str(), p.role.as_deref()), ("Fen Foods Pty Limited", Some("Buyer")));
        assert_eq!(p.aliases, ["Swan Smallgoods Pty Ltd", "Black Swan Provedores"]);
        assert_eq!(p.address.as_deref(), Some("31 Stewart Street, Richmond, Victoria"));
    }
}
