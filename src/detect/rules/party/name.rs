//! Names of companies and people: where one that starts here ends, and what kind it is.

mod rejected;

use super::super::pattern::pattern;
use super::{body, words};
use crate::record::Part as _;

/// What kind of name it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// Ends in a legal form: `Inc.`, `LLC`, `GmbH`.
    Company,
    /// Two to five capitalised words, none of them a word of business.
    Person,
    /// Some other capitalised words.
    Other,
}

/// Whether a word is a legal form behind which nothing more belongs to the name, except another one ("Co., Ltd."). Dots
/// and strokes do not count, save where the letters alone are a word: "a.s.".
fn is_form(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| !matches!(c, '.' | '/' | '-')).flat_map(char::to_lowercase).collect();
    words::LEGAL_FORMS.contains(bare.as_str()) || word.len() > bare.len() && words::DOTTED_FORMS.contains(bare.as_str())
}

// Forms of several words, or torn apart by spaces: "Acme, S. A. de C.V.".
pattern!(
    WIDE_FORM,
    exact,
    r"(?i)^(?:l\.?\s?l\.?\s?c\b\.?|[bns]\.\s?[avlr]\b\.?(?:\s?[blrs]\b\.?){0,2}(?:\s+de\s+c\.?\s?v\b\.?)?|ph\.\s?d\b\.?|limited\s+(?:partnership|liability\s+company)\b|national\s+association\b)"
);

/// Length of what may follow a comma and still be the name: a legal form, or what stands behind a person's name.
fn after_comma(s: &str) -> Option<usize> {
    let word = s.part(..s.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '/')).unwrap_or(s.len()));
    let bare = plain(word).replace('.', "");
    let form = is_form(word) && (word.starts_with(char::is_uppercase) || SMALL_FORM.is_match(word));
    let known = form && !words::FORMS_OF_NAMES.contains(bare.as_str()) || words::BEHIND_COMMA.contains(bare.as_str());
    WIDE_FORM.find(s).map(|m| m.end()).max(known.then_some(word.len()))
}

// "Driver and Vehicle Standards Agency": the matters of one public body.
pattern!(PUBLIC_TAIL, exact, r"^and (?i:{public_matters})(?: [A-Z][a-z]+){0,3} (?i:{public_bodies})");
pattern!(PUBLIC_MATTER, exact, r"(?i)^and (?:the )?{public_matters}");
// "and" joins these to the words before it; elsewhere it joins two names.
pattern!(JOINED, exact, r"(?i)^and\s+{joined_by_and}");
// "Centre for Design and Testing, a foundation": one word that is described cannot be told from one that belongs.
pattern!(LAST_WORD, exact, r"^(?:and|AND) [A-Z][a-z]{4,}(?:ing|tion|ment|ology|ics|ance|ence|ture),? (?:an?\b|\()");
pattern!(
    IN_NAME_PAREN,
    exact,
    r"^\((?:(?:[Nn][Oo]\.? ?)?\d{1,4}|(?:[A-Z][\w.’'&-]*)(?:[ ,/&-]+(?:[A-Z][\w.’'&-]*|of|and|de)){0,3})\)"
);
pattern!(TITLE_PAREN, exact, r"^\((?i:{titles_in_brackets})\.?\) [A-Z]");
pattern!(TITLE, exact, r"^\((?i:{titles_in_brackets})\.?\)$");
pattern!(
    CONNECTOR,
    exact,
    r"(?i)^(?:of|the|for|de|del|della|der|den|du|des|do|da|dos|la|le|les|van|von|y|e|in|at|to|et|und|zu|d|al|el|bin|binti|bte|on|&|\+|/|-|–|—|<<|>>|«|»)$"
);

fn word_end(s: &str) -> usize {
    s.find(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '“' | '”' | '[' | ']' | '{' | '_')
    })
    .unwrap_or(s.len())
}

fn starts_name(word: &str) -> bool {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if c.is_uppercase() => true,
        Some('&') => word.part(1..).starts_with(char::is_uppercase),
        // 3M, 99¢ Only Stores.
        Some(c) if c.is_ascii_digit() => word.chars().any(|c| c.is_alphabetic() || c == '¢'),
        // eBay, iGo, drugstore.com; but not "and/or".
        Some(c) if c.is_lowercase() => {
            let dotted = word.trim_end_matches('.').contains('.') && word.len() > 5;
            word.chars().skip(1).any(char::is_uppercase)
                || dotted
                || word.chars().nth(1).is_some_and(|c| c.is_ascii_digit() || c == '-') && word.len() > 3
                || word.len() == 2 && word.ends_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Length in bytes of the name that begins `s`, or `None` when no name begins there.
#[must_use]
pub(super) fn name_len(s: &str) -> Option<usize> {
    if let Some(len) = body::len(s) {
        return Some(len);
    }
    let first = s.part(..word_end(s));
    let the = matches!(first, "The" | "THE");
    if s.starts_with("EX-")
        || first.contains(".htm")
        || first.contains('@')
        || first.starts_with("www.")
        || !starts_name(first) && !NUMBERED.is_match(s)
        || (!the && words::NOT_A_NAME.contains(&plain(first).as_str()) && !INITIALS.is_match(s))
    {
        return None;
    }
    let mut pos = 0;
    let mut end = 0;
    let mut count = 0;
    let mut hard = false;
    loop {
        let rest = s.part(pos..);
        let word = rest.part(..word_end(rest));
        if word.is_empty() {
            break;
        }
        // "John Stone trading as Stone Events"
        if count > 0 && NAME_ENDS.is_match(rest) {
            break;
        }
        let form = count > 0 && is_form(word) && (word.starts_with(char::is_uppercase) || SMALL_FORM.is_match(word));
        let lower = plain(word);
        // "Prairie Co-op Stores Ltd."
        let inside = || rest.part(word.len()..).trim_start_matches(' ');
        let form = form
            && !(word.contains('-')
                && words::FORMS_OF_NAMES.contains(lower.replace('-', "").as_str())
                && ends_in_form(inside()));
        if hard && lower == "of" && OF_PLACE.is_match(rest) {
            // "Mutual Insurance Corporation of America"
            end = pos + OF_PLACE.find(rest).map_or(0, |m| m.end());
            break;
        }
        if hard && !form && !SOFT_SUFFIX.is_match(word) {
            end += body::number_len(s.part(..end), s.part(end..));
            break;
        }
        if lower == "and" || lower == "or" {
            let public = PUBLIC_TAIL.is_match(rest) || body::PUBLIC_HEAD.is_match(s) && PUBLIC_MATTER.is_match(rest);
            if count == 0 || hard || !(public || JOINED.is_match(rest) || count > 2 && LAST_WORD.is_match(rest)) {
                break;
            }
        } else if lower == "of" && count > 0 && (OF_ADDRESS.is_match(rest) || is_after_capitals(s.part(..end), rest)) {
            break;
        } else if CONNECTOR.is_match(word) || count > 0 && word == "i" {
            // Taken only if a name word follows; "El Banco" and "La Mesa" begin with one.
            if count == 0 && !the && !word.starts_with(char::is_uppercase) {
                break;
            }
        } else if starts_name(word) || count == 0 || (count > 0 && word.chars().all(|c| c.is_ascii_digit())) || form {
            // A role in capitals after the name ("Acme CUSTOMER") is not met in practice; a new sentence is.
            let stops = count > 0 && !form && word.len() > 1 && words::STOPPERS.contains(&lower.as_str());
            // "Alder Contract Cleaning Limited".
            if stops && !(lower == "contract" && ends_in_form(rest)) {
                break;
            }
            count += 1;
            end = pos + word.len();
            hard = hard || form;
        } else {
            break;
        }
        pos += word.len();
        let tail = s.part(pos..);
        let Some(c) = tail.chars().next() else { break };
        // A full stop after a word of four letters or more ends a sentence, unless the word is a legal form.
        if word.ends_with('.')
            && word.len() > 2
            && !form
            && !ABBREVIATED.is_match(word)
            && !tail.part(c.len_utf8()..).trim_start().starts_with("com")
        {
            end = pos - 1;
            break;
        }
        match c {
            // "Kilcock Road, Maynooth, Co. Kildare".
            ',' if COUNTY.is_match(tail) => break,
            ',' => {
                let after = tail.part(1..).trim_start();
                let gap = tail.len() - after.len();
                if let Some(len) = after_comma(after).filter(|_| !INCORPORATED_IN.is_match(after)) {
                    pos += gap + len;
                    end = pos;
                    count += 1;
                    hard = true;
                    let next = s.part(pos..);
                    if !next.starts_with([' ', ',']) {
                        break;
                    }
                    if let Some(after) = next.strip_prefix(',').map(str::trim_start) {
                        // "Acme Co., Ltd.", "Bank, N.A., Inc."
                        if let Some(len) = after_comma(after) {
                            end = pos + (next.len() - after.len()) + len;
                        }
                        break;
                    }
                    pos += 1;
                } else if let Some(len) = (!hard).then(|| body::comma_list(s, tail, count)).flatten() {
                    pos += len;
                    end = pos;
                    if s.part(pos..).starts_with('.') {
                        end += 1;
                    }
                    // "Inc" and "L.L" may have been cut by the pattern.
                    end += s.part(end..).find(|c: char| c.is_whitespace() || c == ',' || c == '(').unwrap_or(0);
                    break;
                } else {
                    break;
                }
            }
            ' ' | '\u{a0}' => pos += c.len_utf8(),
            '\n' => {
                // The name goes on over a paragraph break only with its legal form.
                let after = tail.part(1..).trim_start();
                let next = after.part(..word_end(after));
                let torn = count == 1 && REST_BELOW.is_match(after);
                if hard || !(is_form(next) || next == "&" || torn || FORM_BELOW.is_match(after)) {
                    break;
                }
                pos += tail.len() - after.len();
            }
            _ => break,
        }
        // "CHIEF (MRS.) ADA REED".
        pos += if count < 3 { TITLE_PAREN.find(s.part(pos..)).map_or(0, |m| m.end() - 1) } else { 0 };
        // A place in brackets is part of the name: "Acme (Shanghai) Co., Ltd."
        while let Some(m) = IN_NAME_PAREN.find(s.part(pos..)) {
            let inner = m.as_str().trim_matches(['(', ')']);
            let followed = s.part(pos + m.end()..).trim_start();
            let next = plain(followed.part(..word_end(followed)));
            let role = inner.split_whitespace().all(|w| {
                words::ROLE_WORDS.contains(&plain(w).as_str()) || words::NOT_A_NAME.contains(&plain(w).as_str())
            });
            // "Mill House (Bristol) Residents Company Limited".
            let named = words::SOFT_FORMS.contains(next.as_str()) || ends_in_form(followed);
            let goes_on = is_form(&next) || named || followed.is_empty();
            // "Stone Trustees (2011) Limited"; a number behind the whole name counts the parties.
            let numbered = inner.ends_with(|c: char| c.is_ascii_digit());
            let goes_on = goes_on && !(numbered && (followed.is_empty() || hard));
            if role || !(goes_on || !numbered && PLACE_PAREN.is_match(m.as_str())) {
                break;
            }
            pos += m.end();
            end = pos;
            pos += s.part(pos..).len() - s.part(pos..).trim_start_matches(' ').len();
        }
        if pos >= s.len() {
            break;
        }
    }
    (end > 0).then(|| tidy(s.part(..end)).len()).filter(|&n| n > 1 && !rejected::is_no_name(s.part(..n), s.part(n..)))
}

pattern!(pub(super) COUNTY, exact, r"^,\s+(?:Co\.?|County)\s+(?i:{counties})\b");
// "A. K. Reed": no article.
pattern!(pub(super) INITIALS, exact, r"^[A-Z]\. ?(?:[A-Z]\. ?){1,3}[A-Z][a-zA-Z]");
pattern!(
    NAME_ENDS,
    exact,
    r"(?i)^(?:{registers}(?:\s+(?:no|number)\b\.?)?[:\s]*\d[\d ]{3,}\d|trading\s+as|operating\s+as|representing|[cdrsw]/o|o/a|t/a|[dt]/?b/?a|[af]/k/a|(?:son|wife|daughter)\s+of)\b"
);
// "Acme Limited, incorporated in England": the word describes.
pattern!(
    INCORPORATED_IN,
    exact,
    r"^incorporated\b|^(?i:incorporated\s+(?:(?:and|&)\s+registered|in|under|pursuant)\b)"
);
// "The Harbor Schools / Trust, a charity": a line of two columns ends inside the name.
pattern!(
    FORM_BELOW,
    exact,
    r"^(?:Trust|Company|Group|Bank|Association|Foundation|University)\s*[,(]|^(?:TRUST|COMPANY|GROUP|BANK|ASSOCIATION|FOUNDATION|UNIVERSITY)\s*,"
);
// "Harbor / Bratislava a.s., with its seat": one word is seldom the whole name of a company.
pattern!(REST_BELOW, exact, r"^[A-Z][a-z]+ (?:a\.s\.|s\.r\.o\.|d\.o\.o\.|S\.A\.|GmbH|AG|B\.V\.|N\.V\.)[ ,(]");
// Legal forms also written in small letters; "corporation" in small letters describes, it names nothing.
// A company whose name is its number: "2205925 Ontario Limited".
pattern!(
    OF_PLACE,
    exact,
    r"^(?i:of) (?:America|AMERICA|Pennsylvania|Delaware|Canada|New York|NEW YORK|New Jersey|California|Texas|Florida|Illinois|Ohio|Michigan|Nevada|Virginia|Puerto Rico|the United States)\b"
);
pattern!(
    NUMBERED,
    exact,
    r"^\d{2,9}(?:-\d{4})? (?:\p{Lu}[\p{L}\d.]*,?\s+){1,4}(?i:ltd|limited|ltée|inc|llc|corp|corporation|ulc)\b"
);
pattern!(
    SMALL_FORM,
    exact,
    r"^(?:inc\.?|l\.?l\.?[cp]\.?|ltd\.?|plc|gmbh|a\.s\.?|s\.p\.a\.?|s\.r\.l\.?|d\.o\.o\.?|limited|corp\.?|z\.?o\.?o\.?|sp\.|kft\.?|oy|ab|sp\.[kj]\.?|s\.k\.a\.?)$"
);
pattern!(SOFT_SUFFIX, exact, r"(?i)^(?:partnership|company|co\.?|holdings?|group|trust|&|of|\(.*|>>|»)$");
pattern!(ABBREVIATED, exact, r"(?i)^(?:(?:\p{L}\.)+|m/s\.|{short_words}\.)$");
// Where the party lives, and no part of its name: "The Mill Agency of Horizon House, Quay Road", "A. Reed of No. 7".
pattern!(
    OF_ADDRESS,
    exact,
    r"^of (?:[Nn]o\.? ?\d|\d|(?i:flat|unit|suite|plot|room|level|floor|block|shop|p\.? ?o\.?|post office|id|nric|passport|pan) |(?:(?i:the) )?(?:[A-Z][\w'’-]* ){1,4}(?i:{address_nouns}),? [A-Z0-9])"
);
pattern!(PLACE_PAREN, exact, r"(?i)^\((?:{places_in_names}\.?|no\.?\s*\d+|[ivx]+|\d+)\)$");

/// Whether a name in capitals is followed by small letters, as an address is: "ACME TOOLS of Harbor Quay".
fn is_after_capitals(name: &str, rest: &str) -> bool {
    let small = |s: &str| s.contains(char::is_lowercase);
    let next = rest.part("of ".len()..);
    let next = next.strip_prefix("the ").unwrap_or(next);
    name.len() > 4 && !small(name) && rest.starts_with("of ") && small(next.part(..word_end(next)))
}

/// Whether a few more words of a name, and then its legal form, begin `s`.
fn ends_in_form(s: &str) -> bool {
    const MOST: usize = 5;
    let line = s.split(['\n', ',', ';', '(', '"', '“']).next().unwrap_or(s);
    let mut words = line.split(' ').take(MOST).take_while(|w| starts_name(w) || matches!(*w, "&" | "and" | "of"));
    words.any(|w| is_form(w) && !words::FORMS_OF_NAMES.contains(plain(w).as_str()))
}

fn tidy(s: &str) -> &str {
    s.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '/' | '&'))
}

// "Harbor Lux S.à r.l", "Harbor S.p. A.": a form that spaces tear apart.
pattern!(SPACED_FORM, exact, r"(?i)\b(?:s\.?\s?(?:a|\x{e0})\.?\s?r\.?\s?l|s\.\s?p\.\s?a|s\.\s?a)\b");

/// What kind of name `name` is.
#[must_use]
pub(super) fn kind(name: &str) -> NameKind {
    let words: Vec<&str> = name.split([' ', ',', '\n']).filter(|w| !w.is_empty() && !TITLE.is_match(w)).collect();
    if body::is_body(name)
        || words.len() > 1 && words[1..].iter().any(|w| is_form(w)) && !HONOUR.is_match(words[words.len() - 1])
    {
        return NameKind::Company;
    }
    if SPACED_FORM.is_match(name) {
        return NameKind::Company;
    }
    // Indian contracts put "M/s" before a firm.
    let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let first = lower.first().map_or("", |w| w.trim_end_matches('.'));
    if first == "m/s" && words.len() > 1 || lower.ends_with(&["credit".to_owned(), "union".to_owned()]) {
        return NameKind::Company;
    }
    let soft = |w: &String| words::SOFT_FORMS.contains(w.as_str()) || w == "co.";
    if lower.iter().any(soft) {
        let strong = lower.iter().any(|w| words::STRONG_FORMS.contains(w.as_str()));
        return if strong { NameKind::Company } else { NameKind::Other };
    }
    let personal = (2..=5).contains(&words.len())
        && words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-')));
    if personal && !name.contains(" of ") { NameKind::Person } else { NameKind::Other }
}

pattern!(HONOUR, exact, r"(?i)^(?:m\.?d\.?|ph\.?d\.?|jr\.?|sr\.?|esq\.?|cpa|iii?|iv)$");

/// Whether `word` alone names a role, such as `Customer`.
#[must_use]
pub(super) fn is_role(term: &str) -> bool {
    term.split_whitespace()
        .all(|w| words::ROLE_WORDS.contains(&plain(w).as_str()) || plain(w) == "a" || plain(w) == "b")
}

#[cfg(test)]
mod tests;
