//! Parties named by labels: rows of key terms ("Customer: Acme Ltd"), a label over the name ("LESSOR", and in the next line
//! "ACME LTD"), boxes of forms ("Bill To").

mod stacked;

use super::super::pattern::pattern;
use super::Found;
use super::name::{self, NameKind};
use super::signature::cells;
use crate::detect::labels::behind_number;
use crate::lexicon::{among, label};
use crate::record::{Part as _, Span};
use crate::text::{Block, BlockKind, DocumentText};

/// Most parties that labels name.
const MOST: usize = 6;

/// Boxes of forms whose names are no roles, and the role of who stands in them.
const BOXES: &[(&str, &str)] = &[
    ("bill to", "Customer"),
    ("billed to", "Customer"),
    ("sold to", "Customer"),
    ("invoice to", "Customer"),
    ("prepared for", "Customer"),
    ("issued by", "Buyer"),
    ("contractor/offeror", "Contractor"),
    ("offeror", "Contractor"),
    ("awarded to", "Contractor"),
    ("you", "Customer"),
    ("ship to", ""),
    ("deliver to", ""),
];

/// Roles that are too often the first word of a name, or of a heading, to label one without a mark between.
const NO_LABEL: &str = "service services party school hotel venue host company group from to between and";

// The number in a register that stands behind a name: "ACN 604 341 746", "(UEN: 200312345K)".
pattern!(REGISTERED, exact, &format!(r"(?i)^[\s,]*\(?{NUMBER}(?-i:[A-Z]\b)?\)?"));
pub(super) const NUMBER: &str = r"(?:{registers})\b[^,;()\n]{0,24}?\d[\d /.-]*";
// What may follow a name that fills its line.
pattern!(
    TAIL,
    exact,
    r"^\s*(?:$|[,(\t\n·•|]|(?i:by|signed)\s*:|(?i:and|&)\s*$|(?i:as\s+agents?|(?:acting\s+)?on\s+behalf\s+of|c/o|t/a|trading\s+as)\b|of\s+\d)"
);
// The number of an identity card, behind a person: "(NRIC 650101-10-5544)".
pattern!(BRACKET, exact, r"^\s*\([^()]{0,60}(?:\([0-9A-Z]\))?[^()]{0,20}\)");
// Where a party is, and nothing else: "The Governing Body of Mill School, Kells".
pattern!(IN_PLACE, exact, r"^,\s+[A-Z][\w’'-]+(?:[ ,]+[A-Z][\w’'-]+){0,3}\s*$");
// A street number behind a person.
pattern!(STREET, exact, r"^(?:,|\s+of)\s+\d");
// "The Landlord: Name: Anna Reed".
pattern!(AGAIN, exact, r"^(?i:(?:full\s+|legal\s+)?name)\s*:\s*");
// "Mr" before a person: no part of the name.
pattern!(TITLE, exact, r"^(?i:{honorifics})\.?\s+");

/// The role that the label of a row, or the line above, gives the party whose name begins at `start`: "Customer" of
/// "Customer: Acme Ltd".
pub(super) fn of(text: &DocumentText, start: usize) -> Option<String> {
    let blocks = text.blocks();
    let i = blocks.iter().position(|b| b.span.start() <= start && start < b.span.end())?;
    let lines = lines(text, &blocks[i]);
    let n = lines.iter().position(|line| (line.start()..line.end()).contains(&start)).unwrap_or(0);
    let line = lines.get(n).copied().unwrap_or(blocks[i].span);
    let row = text.slice(line);
    let here = labels(row)
        .into_iter()
        .find(|l| (n == 0 || l.apart) && (0..8).contains(&(start - line.start()).wrapping_sub(l.value)));
    let column = row.part(..start - line.start()).matches('\t').count();
    let over = || {
        let above = match n.checked_sub(1) {
            // A line of a paragraph is most often a part of its sentence.
            Some(above) => lines.get(above).copied().filter(|&line| text.slice(line).trim_end().ends_with(':'))?,
            None => blocks[i.checked_sub(1)?].span,
        };
        let above = cells(text, above);
        role(above.get(column.min(above.len() - 1))?.text)
    };
    here.map(|l| l.role).or_else(over).filter(|role| !role.is_empty())
}

/// The role that a cell names which is a label and nothing else.
fn role(cell: &str) -> Option<String> {
    let words = cell.get(behind_number(cell)..)?.trim_end_matches([':', ' ', '.', '-', '–']);
    // Forms print codes beside the names of their boxes.
    let words = words.split_once(" CODE").map_or(words, |(before, _)| before).trim();
    let known = BOXES.iter().find(|(name, _)| name.eq_ignore_ascii_case(words)).map(|(_, role)| (*role).to_owned());
    known.or_else(|| label::role(words)).filter(|_| words.len() < 50)
}

/// Whether a cell is the label of something else than a name: "City and province".
fn is_field(cell: &str) -> bool {
    const FIELDS: &str = "city and province state zip postal post code postcode address town county country telephone phone mobile fax \
        email e mail of no number contact person position website vat tax id registration abn acn date title unit reference ref";
    let mut words = cell.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.all(|w| among(FIELDS, w))
}

/// A label in a row and where its value begins.
struct Labelled {
    role: String,
    value: usize,
    /// Whether a colon or the edge of a cell stands between them.
    apart: bool,
}

/// The parties that a row labels: "Customer: Acme Ltd", the label in one cell and the name in the next, or both in one cell
/// without a mark between ("Vendor Acme, Inc.").
fn labels(row: &str) -> Vec<Labelled> {
    let mut out = Vec::new();
    let mut at = 0;
    for cell in row.split('\t') {
        let lead = behind_number(cell.trim_start()) + (cell.len() - cell.trim_start().len());
        let words = cell.part(lead..);
        // "Seller - John Byrne".
        let dash = || {
            words.split_once(" - ").or_else(|| words.split_once(" – ")).filter(|(left, _)| self::role(left).is_some())
        };
        let (label, rest) = words.split_once(':').or_else(dash).unwrap_or((words, ""));
        // "From: the Buyer | Acme Ltd": the whole cell is the label.
        let all = at + cell.len() < row.len() && self::role(words).is_some_and(|r| !r.is_empty());
        let label = if all { words } else { label };
        let value = at + lead + if all || rest.trim().is_empty() { words.len() + 1 } else { words.len() - rest.len() };
        if let Some(role) = role(label)
            && value < row.len()
        {
            let value = value + (row.part(value..).len() - row.part(value..).trim_start().len());
            // A row of labels has the names below it.
            let cell = row.part(value..).split('\t').next().unwrap_or("").trim_end();
            if !cell.ends_with(':') && self::role(cell).is_none() && !is_field(cell) {
                out.push(Labelled { role, value, apart: true });
            }
        } else if let Some((role, before)) = bracketed(words) {
            out.push(Labelled { role, value: at + lead + before, apart: true });
        } else if let Some((role, before)) = unmarked(words, row.contains('\t')) {
            out.push(Labelled { role, value: at + lead + before, apart: false });
        }
        at += cell.len() + 1;
    }
    out
}

/// The role that stands in brackets before a name, and where the name begins: "(Tenant) Anna Reed", "Me (Tenant) Anna Reed".
fn bracketed(words: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 40;
    let end = words.find(") ").filter(|&at| at < LONGEST)? + 1;
    let role = role(words.part(..end)).filter(|role| !role.is_empty() && words.part(..end).contains('('))?;
    let name = words.part(end..).trim_start();
    // "Client (Buyer) details" names no one, and a bracket behind a label only explains it.
    let outside = words.part(..words.find('(')?).trim().len() < "I / Me we".len();
    (outside && name::name_len(name).is_some()).then(|| (role, words.len() - name.len()))
}

/// The label that begins a cell without a mark behind it, and where the name begins; `table` where the row has other cells.
fn unmarked(words: &str, table: bool) -> Option<(String, usize)> {
    let spaces = words.match_indices(' ').map(|(at, _)| at).take(3);
    spaces.filter_map(|at| Some((role(words.part(..at))?, at))).find_map(|(role, at)| {
        let name = words.part(at..).trim_start();
        let fits = !role.is_empty() && name.starts_with(char::is_uppercase) && !among(NO_LABEL, words.part(..at));
        let alone = || name::name_len(name).is_some_and(|n| is_organisation(name.part(..n)) && ends(name.part(n..)));
        (fits && (table || alone())).then(|| (role, words.len() - name.len()))
    })
}

/// Length of the number in a register that begins `tail`.
pub(super) fn registered_len(tail: &str) -> usize {
    REGISTERED.prefix_len(tail)
}

/// Whether a line ends behind the name, or goes on with what describes the party.
pub(super) fn ends(tail: &str) -> bool {
    TAIL.is_match(tail.part(REGISTERED.prefix_len(tail)..))
}

/// Whether a name is that of an organisation.
pub(super) fn is_organisation(name: &str) -> bool {
    name::kind(name) == NameKind::Company || is_public(name)
}

/// Whether a name is that of a public body: "Ministry of Works", "Mill Valley Council".
pub(super) fn is_public(name: &str) -> bool {
    const HEADS: &str =
        "ministry department office city county state town borough government municipality republic secretary";
    const ENDS: &str = "agency authority council commission department inspectorate ministry university academy college \
        gallery hospital library museum society";
    let words: Vec<&str> = name.split_whitespace().filter(|w| !w.eq_ignore_ascii_case("the")).collect();
    let of = |pair: &[&str]| among("of for", pair[1]);
    // "Ministry of Works", "Nevada Department of Wildlife".
    let headed = words.len() > 2 && among(HEADS, words[0]) && of(&words[..2])
        || words.windows(2).any(|pair| among("department ministry", pair[0]) && of(pair));
    headed || words.len() > 1 && words.last().is_some_and(|w| among(ENDS, w))
}

/// Those of one kind named behind the first one, whose name has `len` bytes: "Otto Lindqvist and Ana Reed".
pub(super) fn joined(rest: &str, len: usize, kind: NameKind) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = len;
    loop {
        at += BRACKET.prefix_len(rest.part(at..));
        let marks = [", and ", " and ", " & ", ", ", "; "];
        let Some(mark) = marks.iter().find(|mark| rest.part(at..).starts_with(**mark)) else { break };
        let next = rest.part(at + mark.len()..);
        let title = TITLE.prefix_len(next);
        let next = next.part(title..);
        let Some(len) = name::name_len(next).filter(|&len| name::kind(next.part(..len)) == kind) else {
            break;
        };
        out.push((at + mark.len() + title, len));
        at += mark.len() + title + len;
    }
    out
}

pub(super) fn found(at: usize, name: &str, whole: usize) -> Found {
    let (name_len, kind) = (name.len(), name::kind(name));
    let span = Span::new(at, at + whole.max(name_len));
    Found { span, name_len, kind, defined: true, sure: true, rule: "party.label" }
}

/// The lines of a block that the layout joined to one paragraph, or the whole of another.
pub(super) fn lines(text: &DocumentText, block: &Block) -> Vec<Span> {
    if block.kind == BlockKind::Paragraph { text.lines(block.span) } else { vec![block.span] }
}

/// The parties that labels name: those of rows, and else those under their labels.
pub(super) fn labelled(text: &DocumentText) -> Vec<Found> {
    // Longest paragraph that is a row, and longest of rows that the layout joined, in bytes.
    const SHORT: usize = 400;
    const JOINED: usize = 1_600;
    let mut out: Vec<Found> = Vec::new();
    // "Contractor: James Brook Grounds Management": nothing but the label says that it is a party.
    let mut plain: Vec<Found> = Vec::new();
    // The heading over the names that follow it: "Member details".
    let mut under: Option<Heading> = None;
    let blocks = text.blocks().iter().take(90).filter(|b| b.page <= 3 && b.span.len() < JOINED);
    // Labels also begin the lines that the layout joined to one paragraph.
    let places: Vec<(&Block, Span)> = blocks
        .flat_map(|b| {
            let whole = (b.span.len() < SHORT).then_some(b.span);
            let lines = lines(text, b).into_iter().filter(|line| line.len() < b.span.len());
            whole.into_iter().chain(lines).map(move |line| (b, line))
        })
        .collect();
    for (n, &(b, line)) in places.iter().enumerate() {
        let s = text.slice(line);
        under = headed(s, under.take()).or_else(|| {
            let below = places.iter().skip(n + 1).take(3).map(|&(_, line)| text.slice(line));
            over_card(s, below)
        });
        // In a long paragraph, a role at the edge of a line is most often a word of its sentence.
        let sure = |l: &Labelled| b.span.len() < SHORT || l.apart;
        let own: Vec<Labelled> = under.as_mut().map_or_else(Vec::new, |heading| heading.name_rows(s));
        for label in labels(s).into_iter().filter(sure).chain(own) {
            let at = label.value + AGAIN.prefix_len(s.part(label.value..));
            let at = at + TITLE.prefix_len(s.part(at..));
            let rest = s.part(at..);
            let Some(len) = name::name_len(rest) else { continue };
            let (name, kind) = (rest.part(..len), name::kind(rest.part(..len)));
            // "Venue: The Shed, 18 Foundry Court" is where, not who.
            if among("venue hotel school club gym", &label.role)
                && !is_organisation(name)
                && STREET.is_match(rest.part(len..))
            {
                continue;
            }
            let weak = b.kind == BlockKind::Paragraph && !is_public(name) || label.role.is_empty();
            if kind == NameKind::Other && weak || !label.apart && !is_organisation(name) {
                let ends = rest.trim_end().len() == len
                    || IN_PLACE.is_match(rest.part(len..))
                    || [" (", " ·", " •", " |"].iter().any(|mark| rest.part(len..).starts_with(mark));
                let alone = label.apart && !label.role.is_empty() && name.contains(' ') && ends;
                plain.extend(alone.then(|| found(line.start() + at, name, len)));
                continue;
            }
            // The rest of the cell describes the party: "Acme, Inc., a Delaware corporation".
            let described = rest.find('\t').unwrap_or(rest.len());
            let more = match kind {
                NameKind::Person => joined(rest, len, NameKind::Person),
                NameKind::Company => joined(rest, len, NameKind::Company),
                NameKind::Other => Vec::new(),
            };
            let at = line.start() + at;
            out.push(found(at, name, if more.is_empty() { described } else { len }));
            out.extend(more.into_iter().map(|(skip, len)| found(at + skip, rest.part(skip..skip + len), len)));
        }
    }
    out.extend(stacked::parties(text));
    // Where labels name another party too.
    if out.len() + plain.len() > 1 {
        out.extend(plain);
    }
    // A paragraph of several rows was read whole and by its lines.
    let places: Vec<Span> = out.iter().map(|f| f.span).collect();
    out.retain(|f| {
        let holds = |s: &Span| f.span.start() < s.start() && s.start() < f.span.end();
        let shorter = |s: &Span| s.start() == f.span.start() && s.end() < f.span.end();
        !(places.iter().any(holds) && places.iter().any(shorter))
    });
    out.sort_by_key(|f| f.span.start());
    out.dedup_by_key(|f| f.span.start());
    out.truncate(MOST);
    out
}

/// A heading over the details of a party.
struct Heading {
    role: String,
    /// The label of the name under it, once there was one: "Trading name" under "Legal name" is no other party.
    label: Option<String>,
}

/// The heading that holds from a line on: that of the line ("Member details", "Principal"), none where it heads something
/// else, and otherwise the one `before`.
fn headed(line: &str, before: Option<Heading>) -> Option<Heading> {
    pattern!(SIGNS, exact, r"(?i)^\W*(?:signature|signed(?:\s+by)?)\s*:|^/s/|^executed\b");
    const LONGEST: usize = 40;
    const CLAUSE: usize = 60;
    // "1.1 Landlord".
    let words = line.part(behind_number(line)..).trim_end_matches([':', ' ']);
    // What a clause says, or a signature, is no longer a party's details.
    if line.len() > CLAUSE && line.ends_with('.') && !line.contains(['\t', ':']) || SIGNS.is_match(line) {
        return None;
    }
    let details = ["details", "particulars", "information"].iter().find_map(|end| {
        let at = words.len().checked_sub(end.len()).filter(|&at| words.is_char_boundary(at))?;
        words
            .part(at..)
            .eq_ignore_ascii_case(end)
            .then(|| words.part(..at).trim_end().trim_end_matches("'s").trim_end_matches("'S"))
    });
    let alone = Some(words).filter(|w| w.len() < LONGEST && !w.contains([':', '\t']) && !among(NO_LABEL, w));
    let role = details.or(alone).and_then(label::named_role);
    if role.is_none() && details.is_none() {
        return before;
    }
    role.map(|role| Heading { role, label: None })
}

/// The heading of a card with a name and an address: "Business Location Owner", and in the next lines "Name: Gulf Laundry",
/// "Address: 12 Mill Road".
fn over_card<'t>(line: &str, mut below: impl Iterator<Item = &'t str>) -> Option<Heading> {
    const WORDS: usize = 5;
    pattern!(NAME, r"^(?:legal\s+|full\s+|company\s+)*name\s*[:\t]");
    pattern!(
        REACHED,
        r"^(?:(?:business|registered|postal|street|e-?mail|contact|phone)\s+)*(?:address|e-?mail|phone|telephone|contact)\s*[:\t]"
    );
    let words = line.trim();
    let short =
        words.starts_with(char::is_uppercase) && words.split(' ').count() <= WORDS && !words.contains([':', '\t', '.']);
    let card =
        short && below.next().is_some_and(|line| NAME.is_match(line)) && below.any(|line| REACHED.is_match(line));
    let role = card.then(|| words.rsplit(' ').next().and_then(label::named_role).unwrap_or_else(|| words.to_owned()));
    role.map(|role| Heading { role, label: None })
}

impl Heading {
    /// The names of a row under the heading: "Name: Anna Reed | Name: Otto Vale".
    fn name_rows(&mut self, row: &str) -> Vec<Labelled> {
        let mut at = 0;
        let cells: Vec<&str> = row.split('\t').collect();
        if cells.len() < 2 || !cells.iter().all(|cell| cell.contains(':')) {
            return self.name_row(row).into_iter().collect();
        }
        let mut out = Vec::new();
        for cell in cells {
            let found = self.name_row(cell);
            out.extend(found.map(|l| Labelled { value: l.value + at, ..l }));
            at += cell.len() + 1;
        }
        out
    }

    /// "Full name | Anna Reed" under the heading that tells whose details follow.
    fn name_row(&mut self, row: &str) -> Option<Labelled> {
        const WORDS: &str = "name names full legal company business first last and surname trading as registered entity \
            organisation organization of individual contact s or entity person";
        let known = |w: &str| w.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || among(WORDS, w));
        let (label, value) = row.split_once(['\t', ':']).or_else(|| {
            // "Full name Anna Reed", with nothing between.
            let words = row.match_indices(' ').map(|(at, _)| at).take_while(|&at| known(row.part(..at)));
            words.last().map(|at| row.split_at(at)).filter(|(label, _)| label.contains(' '))
        })?;
        let label = label.trim().to_ascii_lowercase();
        let names = label.contains("name") || label == "trading as";
        let same = self.label.as_ref().is_none_or(|other| *other == label);
        let value = row.len() - value.trim_start().len();
        if !names || !same || !known(&label) || value >= row.len() {
            return None;
        }
        // Who answers for a company is not the party.
        let name = row.part(value..);
        let person = name::name_len(name).is_some_and(|n| name::kind(name.part(..n)) == NameKind::Person);
        let answers = label.contains("contact") && person && !is_public(name.part(..name::name_len(name)?));
        self.label = Some(label);
        (!answers).then(|| Labelled { role: self.role.clone(), value, apart: true })
    }
}
