//! The date that a document bears, dates beside signatures, and dates that the contract defines by name.
//!
//! Sources of the agreement date in the order of C3 (docs/rules.md): "is made and entered into as
//! of D" in the opening words; "Dated as of D" or a bare date on the title page; "executed this 5th day of …" at the
//! end; the last of the dates beside the signatures.

mod agreed;
mod name;

use jiff::civil::Date;

use super::anchor::{self, Start};
use super::pattern::{contains_fold, pattern, starts_fold};
use super::reader::{DateHit, Reader, around, head, known, tail};
use super::signed;
use crate::detect::Findings;
use crate::detect::labels::Label;
use crate::detect::named::{EVENT, MONTH};
use crate::lexicon::bound;
use crate::lexicon::label::{self, Field};
use crate::lexicon::{DateStyle, among, dates, months};
use crate::record::value::{Anchor, DateValue};
use crate::record::{Confidence, Diagnostic, Fact, Origin, Part as _, Severity, Span, Stage, Status};

// The words that join a making verb to its date: "as of the", "this", "on", "dated".
pattern!(
    JOINED,
    r#"(?:\b(?:as\s+of|as\s+at|dated?|on|this|the|effective|from|made|into|effect|date\s+of|convenience|reference|purposes)|:)[\s"“”'(\[_,:]*(?:(?:the|this|of|as|date|day)[\s"“(\[_,:]*){0,2}$"#
);
// A making verb not far before the date.
pattern!(
    MADE,
    r"\b(?:makes?|made|entered|enter|executed|concluded|signed|dated?|effective|delivered|issued|entering)\b(?:[^0-9A-Za-z]+[0-9A-Za-z&'’.-]+){0,30}[^0-9A-Za-z]*$"
);
// The opening words name the document: "This Agreement", its title, or `(the "Agreement")`.
pattern!(THIS, r#"\b(?:this|the\s+present|these)\s+(?:[\w&.,’'#/"“”-]+\s+){0,12}?{own_document}"#);
pattern!(
    HEADED,
    r"^[\W0-9]*(?:[\w&.,’'-]+\s+){0,9}?(?:agreement|contract|amendment|addendum|lease|deed|memorandum|letter)\b"
);
pattern!(CALLED, r#"\(\s*(?:the|this|hereinafter)?\s*(?:called\s+)?(?:the\s+)?["“”']+\s*agreement"#);
// The line below a title: "concluded in Tartu on 3 May 2021 between".
pattern!(UNDER_TITLE, r"^\W*(?:made|entered\s+into|concluded|executed)\b");
// A definition speaks of another document.
pattern!(
    DEFINES,
    r#"^[^A-Za-z"“”']*["“”'][^"“”']{2,60}["“”']\s*(?:\([^)]*\)\s*)?(?:means|shall\s+mean|has\s+the\s+meaning|the\s+agreement|:)"#
);
pattern!(ENDS, r"\b(?:expir\w*|terminat\w*|until|through|end(?:s|ing)?|concludes|concluding)\b");
pattern!(ONLY_EFFECTIVE, r"\beffective\b[^;]{0,40}$");
pattern!(MAKING, r"\b(?:made|entered|executed|concluded|signed|dated?|enter)\b");
// The date of another document.
pattern!(
    OTHER,
    r"{other_document}[^;]{0,160}$|:\s+an?\s+(?:[\w-]+\s+){0,4}(?:agreement|contract|lease|deed)\b[^;]{0,80}$|\bwhich\s+(?:was\s+|were\s+|the\s+parties\s+|they\s+|we\s+)[^;,]{0,60}$|\bthat\s+certain\b[^;]{0,420}$|(?:,|\band)\s+the\s+(?:[\w-]+\s+){1,6}agreement\s+(?:dated|effective)\b[^;]{0,20}$"
);
// "to the Distribution Agreement dated": the date of the agreement that is amended.
pattern!(
    OBJECT,
    r"\b(?:to|of|under|with|in|by|and|the|a|certain)\s+(?:the|that|an?|certain|such)\s+(?:[a-z][\w&.,'’-]*\s+){0,9}(?:agreement|contract|lease|plan|indenture|memorandum|letter|license)\b[^;]{0,140}$"
);
// In a document that changes another: "A First Amendment dated", "signed a lease on".
pattern!(
    INDEFINITE,
    r"(?:^\W*|\b(?:signed|made|entered\s+into|concluded|by|under|of)\s+)an?\s+(?:[\w-]+\s+){0,6}?(?:agreement|amendment|addendum|lease|contract|licen[cs]e|letter|memorandum)\b[^;]{0,80}$"
);
// "The list current at the date of this Agreement is dated": what else is dated then.
pattern!(
    THING_DATED,
    r"^\W*(?:[0-9.]+\s+)?(?:the|an?|each|any)\s+(?:[\w-]+\s+){0,3}?(?:list|policy|plan|drawing|certificate|report|specification|proposal|quotation)s?\b[^.;]{0,120}\bdated\s+$"
);
// The words of an earlier contract, cut off by the end of a line.
pattern!(EARLIER, r"\b(?:original|previous|prior|existing|replaces|supersedes)\b[^.;:]{0,160}$");
// A title that ends with its date: "Maintenance Contract for Pumps dated 3 May 2019".
pattern!(TITLED, r"^[^.;:]{0,110}\bdated\s+(?:as\s+of\s+)?$");
// A title page that says what its date is.
pattern!(DATED, r"\b(?:dated|as\s+of|made)\b|^\W*date\b");
// The whole block before a date on a title page.
pattern!(
    COVER,
    &format!(
        r#"^(?:{ABOVE_LETTER}[\s,.:–-]*(?:[\w.]+\s+){{0,4}})?(?:exhibit\s+[\w.()]+\s+|ex-[\w.()]+\s+){{0,2}}[\s"“(_-]*(?:(?:made|executed|entered\s+into|{SUBJECT})\s+)*{JOIN}*[\s:_–-]*$"#
    )
);
// What stands over a letter, in the line of its date: "ATTN, Date: 9 January 2026".
const ABOVE_LETTER: &str = r"(?:attn|attention|by\s+(?:hand|e-?mail|post|courier)|confidential|subject\s+to\s+(?:contract|lease)|without\s+prejudice)";
const SUBJECT: &str = "agreement|contract|this|is|the";
const JOIN: &str = r"(?:dated?|as\s+of|last\s+(?:updated|revised)|of|this|the|on|\s)";
// The end of the body, where parties sign.
pattern!(
    WITNESS,
    [
        "in witness whereof/hereof, have/has (caused/duly) (caused/duly) this/executed/signed, done and signed",
        "executed (as) (a) (deed) by/on/this/at, signed (and) (effective) at/on/in/this, signed and delivered",
        "agreed and/to accept, accepted and agreed",
    ]
);
/// Most dates with a name that are kept, before those under labels.
const MOST_NAMED: usize = 500;

/// Fills in the agreement date, the signature dates and the named dates.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    findings.signature_dates = signed::signatures(reader, &findings.facts.parties);
    for hit in &reader.dates {
        let before = reader.before(hit, 140);
        let name = name::behind(reader.after(hit, 110)).or_else(|| name::before(before));
        let named = name.map(|name| (name, "date.named"));
        if let Some((name, rule)) = named.or_else(|| name::start(before).map(|name| (name, "date.said"))) {
            let fact = reader.date_fact("named_date", hit, rule, 0.9);
            findings.named_dates.push((name.to_owned(), fact));
        }
        if findings.named_dates.len() >= MOST_NAMED {
            break;
        }
    }
    for field in [Field::Start, Field::OrderDate, Field::OtherDate, Field::AgreementDate, Field::Signed] {
        for (label, hit) in reader.dates_of(field) {
            let fact = reader.date_fact("named_date", hit, "date.label", 0.9);
            findings.named_dates.push((reader.text.slice(label.name).to_owned(), fact));
        }
    }
    findings.named_dates.extend(pointed(reader));
    findings.named_dates.extend(on_event(reader).chain(in_month(reader)));
    let kind = findings.facts.kind.as_ref().and_then(Fact::value);
    let changes = kind.is_some_and(|k| super::title::changes_another(k));
    // The day of the agreement that this one changes is not its own.
    let other = findings.facts.amends.as_ref().and_then(|f| f.value()?.date);
    let own = |fact: &Fact<DateValue>| other.is_none() || fact.value().and_then(|d| d.date()) != other;
    let (made, takes_effect) = opening(reader, changes, other);
    let page = labelled(reader, findings).or_else(|| title_page(reader, findings));
    let made = made.map(|made| match page.as_ref().filter(|p| disagree(&made, p) && DATED.is_match(quote(p))) {
        Some(page) => conflict(made, page, "date of the contract", findings),
        None => made,
    });
    let signed = |findings: &Findings| last_signature(findings).or_else(|| label_signed(reader));
    findings.facts.agreement_date = made
        .or(page.filter(own))
        .or_else(|| agreed::agreed(reader, findings).filter(own))
        .or_else(|| witness(reader).filter(own))
        .or_else(|| place_and_date(reader, findings).filter(own))
        .or_else(|| written_above(reader).filter(own))
        .or_else(|| signed(findings))
        .or_else(|| scheduled(reader).filter(own))
        .or(takes_effect);
    if findings.facts.agreement_date.is_none() {
        findings.facts.agreement_date = under(reader, findings, Field::OrderDate, 0.7);
    }
    let remark = findings.facts.agreement_date.as_ref().and_then(|f| remark_order(f, "date of the contract"));
    findings.diagnostics.extend(remark);
}

/// "Commencement Date means the date of closing": names that stand for the day of an event, which is not in the document.
fn on_event<'r>(reader: &'r Reader<'_>) -> impl Iterator<Item = (String, Fact<DateValue>)> + 'r {
    pattern!(
        MEANS,
        exact,
        r#"(?:^(?:(?:Clause|Section|Article)\s)?[^A-Za-z"“]*(?:[Tt]he\s+)?|\bthe\s+)["“]?((?:[A-Z][\w’'-]*\s+){1,4}Date)["”]?(?:\s+(?:(?:shall\s+)?means?|is|(?:shall|will)\s+be)|:|,?\s+(?:which|being|that)(?:\s+(?:is|shall\s+be|will\s+be))?)\s+"#
    );
    // What is settled later, by the parties or by somebody else.
    pattern!(
        LATER,
        r"^(?:fixed|set|agreed|determined|confirmed|notified|specified|stated)\s+(?:by|in|with|after|when|once)\b"
    );
    let defining = reader.sentences().filter(|(_, _, words)| words.contains("Date"));
    defining.filter_map(|(_, place, words)| {
        let found = MEANS.captures(words)?;
        let (whole, name) = (found.get(0)?, found.get(1)?.as_str());
        let event = words.part(whole.end()..);
        // "The first day of the second month that begins after possession was given".
        let counted = ["the first day of", "the last day of"].iter().any(|w| starts_fold(event, w));
        let undated = dates(words, reader.style).is_empty();
        let happens = || matches!(anchor::at(event.trim_start_matches("the ")), Some(Start::At(Anchor::Event(_))));
        let open = || LATER.is_match(event) || anchor::happens(event);
        let defined = whole.as_str().trim_end().ends_with(['n', 's']) && words.contains("mean");
        if !(undated && (counted || open()) || defined && happens()) {
            return None;
        }
        Some(without_day(reader, name, place, EVENT, 0.8))
    })
}

/// "Start date: March 2026": on which day of the month, the contract does not say.
fn in_month<'r>(reader: &'r Reader<'_>) -> impl Iterator<Item = (String, Fact<DateValue>)> + 'r {
    reader.labels.all(Field::Start).filter_map(|label| {
        let value = reader.text.slice(label.value).trim();
        let month = months(value, reader.style).into_iter().next()?;
        let alone = month.range.start == 0 && value.part(month.range.end..).trim_matches([' ', '.', ';']).is_empty();
        alone.then(|| without_day(reader, reader.text.slice(label.name), label.value, MONTH, 0.9))
    })
}

/// A name whose day the contract does not give, with the place that says so.
fn without_day(reader: &Reader<'_>, name: &str, place: Span, rule: &str, confidence: f32) -> (String, Fact<DateValue>) {
    let (cited, origin, confidence) = (reader.text.cite(place), Origin::rule(rule), Confidence::new(confidence));
    (name.to_owned(), Fact::unknown("named_date", cited, name, Status::Unresolved, origin, confidence))
}

/// Names that the next sentence gives a day: "It was certified on 4 March 2026. In this agreement that day is “Day One”".
fn pointed<'r>(reader: &'r Reader<'_>) -> impl Iterator<Item = (String, Fact<DateValue>)> + 'r {
    pattern!(
        NAMES,
        exact,
        r#"(?i:\b(?:that|this|which)\s+(?:day|date)\s+is\s+(?:(?:here(?:in)?\s+)?(?:called|known\s+as|referred\s+to\s+as)\s+)?)(?:the\s+)?["“]([A-Z][\w' -]{2,40})["”]"#
    );
    let naming = reader.sentences().filter(|(_, _, words)| words.contains(['"', '“']));
    naming.filter_map(|(i, _, words)| {
        let name = NAMES.captures(words)?.get(1)?.as_str();
        let hit = reader.dates_of_sentence(i.checked_sub(1)?).last()?;
        Some((name.to_owned(), reader.date_fact("named_date", hit, "date.named", 0.85)))
    })
}

/// Whether two facts give two different days.
fn disagree(a: &Fact<DateValue>, b: &Fact<DateValue>) -> bool {
    a.value().zip(b.value()).is_some_and(|(a, b)| a != b)
}

fn quote(fact: &Fact<DateValue>) -> &str {
    fact.evidence()[0].quote()
}

/// How far the opening words of a contract may lie from its beginning: title page, contents and confidentiality legends
/// come before them.
fn opening_end(reader: &Reader<'_>) -> usize {
    let all = reader.text.as_str().len();
    (all / 4).clamp(4_000, 30_000)
}

/// "This Agreement is made and entered into as of D": the first that does not speak of another document. And, apart, a
/// date that is only called effective: it is the date of the document when there is no other. `other` is the day of the agreement
/// that this one changes.
fn opening(
    reader: &Reader<'_>,
    changes: bool,
    other: Option<Date>,
) -> (Option<Fact<DateValue>>, Option<Fact<DateValue>>) {
    let end = opening_end(reader);
    let mut first: Option<&DateHit> = None;
    let mut effective: Option<&DateHit> = None;
    let hits = reader.dates.iter().take_while(|h| h.span.start() < end);
    for hit in hits.filter(|h| other.is_none() || known(h) != other) {
        let before = reader.before(hit, 600);
        if before.len() > 590 || !JOINED.is_match(tail(before, 60)) || !MADE.is_match(tail(before, 280)) {
            continue;
        }
        let sentence = reader.sentence(hit.sentence);
        let own_words = head(sentence, 300);
        let speaks_of_itself = [&THIS, &HEADED, &CALLED, &UNDER_TITLE].iter().any(|p| p.is_match(own_words));
        if !speaks_of_itself || DEFINES.is_match(head(sentence, 120)) || !own(before) {
            continue;
        }
        let foreign = THING_DATED.is_match(before) || changes && INDEFINITE.is_match(tail(before, 200));
        if foreign || continues_another(reader, hit) {
            continue;
        }
        let near = tail(before, 90);
        if starts(before) || is_act(before) {
            continue;
        }
        if ENDS.is_match(tail(before, 45)) {
            continue;
        }
        if ONLY_EFFECTIVE.is_match(near) && !MAKING.is_match(near) {
            effective = effective.or(Some(hit));
            continue;
        }
        match first {
            None => first = Some(hit),
            // A blank in the opening words is filled in by a later date only if that is in the same sentence.
            Some(prior) if prior.sentence == hit.sentence && known(prior).is_none() => first = Some(hit),
            Some(_) => {}
        }
        if first.is_some_and(|f| known(f).is_some()) {
            break;
        }
    }
    (
        first.map(|hit| reader.date_fact("agreement_date", hit, "date.opening", 0.96)),
        effective.map(|hit| reader.date_fact("agreement_date", hit, "date.effective", 0.72)),
    )
}

/// Whether the words before a date say that something starts on it, and not that the contract is made then.
fn starts(before: &str) -> bool {
    let near = tail(before, 40);
    let verb = ["start", "commenc", "begin", "begun"].iter().any(|v| contains_fold(near, v));
    let made = ["made", "entered", "executed", "signed"].iter().any(|v| contains_fold(near, v));
    verb && !made && bound::is_start(before)
}

/// Whether a date is that of what came before the contract: a resolution, an approval, a quotation, a request for bids.
///
/// The words that name the contract itself end the search.
fn is_act(before: &str) -> bool {
    const ACTS: &str = "approved approval adopted resolution ordinance rfp rfq rfx proposal proposals bid bids tender tenders \
        quotation quote quoted permit advertised prequalification minutes council consent";
    const OWN: &str = "agreement contract lease amendment deed made entered executed";
    const NEAR: usize = 14;
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(NEAR);
    let mut found = words.take_while(|w| !among(OWN, &w.to_ascii_lowercase()));
    found.any(|w| among(ACTS, &w.to_ascii_lowercase()))
}

/// Whether the line of a date goes on from words about an earlier contract: "replaces the original purchase" and in the
/// next line "contract, made on 6 April 1998".
pub(super) fn continues_another(reader: &Reader<'_>, hit: &DateHit) -> bool {
    let before = reader.before(hit, 100);
    let start = hit.span.start() - before.len();
    before.len() < 60 && EARLIER.is_match(tail(reader.text.as_str().part(..start).trim_end(), 240))
}

/// Whether the words before a date speak of this document, not of another one.
pub(super) fn own(before: &str) -> bool {
    pattern!(
        UNDER,
        r"\b(?:under|pursuant\s+to)\s+(?:the|that|an?|our|your)\b[^.;]{0,80}\b(?:agreement|contract|lease)\b"
    );
    let near = tail(before, 460);
    // The making verb of this document stands after any mention of the other one.
    let verb = |words: &str| {
        // "This order is made under the Agreement dated D".
        const VERBS: &str =
            "is entered into|is made|made and entered|is dated|is effective|is executed|is hereby|are entered into";
        let near = tail(words, 70).to_ascii_lowercase();
        !UNDER.is_match(tail(words, 120))
            && VERBS.split('|').any(|v| near.contains(v))
            && !words.to_ascii_lowercase().contains("reference is ")
    };
    (!OTHER.is_match(near) && !OBJECT.is_match(tail(before, 200)))
        || verb(before) && !before.to_ascii_lowercase().contains("whereas")
}

/// "Date of agreement: D", among the key terms.
fn labelled(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    under(reader, findings, Field::AgreementDate, 0.85)
}

/// "Date of agreement: D" in a schedule at the end, where nothing before it gives the date.
fn scheduled(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let own = |label: &Label| {
        let name = reader.text.slice(label.name).to_ascii_lowercase();
        ["agreement", "contract", "lease", "tenancy", "deed"].iter().any(|noun| name.contains(noun))
    };
    let found = reader.dates_of(Field::AgreementDate);
    let (_, hit) = found.into_iter().find(|(label, hit)| own(label) && known(hit).is_some())?;
    Some(reader.date_fact("agreement_date", hit, "date.label", 0.75))
}

/// The date under a label of `field` that is not one beside a signature.
fn under(reader: &Reader<'_>, findings: &Findings, field: Field, confidence: f32) -> Option<Fact<DateValue>> {
    let end = opening_end(reader);
    let found = reader.dates_of(field).into_iter().map(|(_, hit)| hit);
    // "Date" before two days in a row: each stands under a signature.
    let mut hits = found.filter(|h| known(h).is_some() && h.span.start() < end && !findings.signs_at(h.span));
    let hit = hits.find(|h| !reader.after(h, 40).starts_with('\t') || !beside_another(reader, h))?;
    Some(reader.date_fact("agreement_date", hit, "date.label", confidence))
}

/// "Made as of the date first written above", where nothing but "Effective date: D" stands above.
fn written_above(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    pattern!(
        ABOVE,
        r"\b(?:made|entered|executed|concluded|signed|dated)\b[^.;]{0,80}\b(?:day|date)\s+(?:and\s+year\s+)?(?:first\s+)?(?:(?:set\s+forth|written|stated|shown|given|mentioned|set\s+out)\s+)?above\b"
    );
    let end = opening_end(reader);
    let (i, place, _) = reader.sentences().take_while(|(_, s, _)| s.start() < end).find(|(.., s)| ABOVE.is_match(s))?;
    let starts = reader.dates_of(Field::Start);
    let own = |label: &Label| contains_fold(reader.text.slice(label.name), "effective");
    let (_, hit) = starts.into_iter().find(|(label, hit)| own(label) && known(hit).is_some())?;
    let above = hit.span.start() < place.start() && !reader.attached(i);
    above.then(|| reader.date_fact("agreement_date", hit, "date.label", 0.7))
}

/// A date that stands alone, or after "Dated as of", near the beginning.
fn title_page(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let end = opening_end(reader).min(9_000);
    let hit = reader.dates.iter().take_while(|h| h.span.start() < end).find(|hit| {
        let before = reader.before(hit, 200);
        if findings.signs_at(hit.span) && before.to_ascii_lowercase().contains("date:") {
            return false;
        }
        let behind = reader.after(hit, 60);
        // Two dates side by side stand under two signatures.
        let pair = beside_another(reader, hit);
        let after = behind.trim_start_matches(['.', ',', ' ', ')', '_', '”', '"']);
        if [Field::OtherDate, Field::End].iter().any(|&f| reader.labels.is_value(f, hit.span))
            || starts_term(reader, hit)
            || bound::is_foreign(before)
            || is_act(before)
            || THING_DATED.is_match(before)
        {
            return false;
        }
        let titled = hit.span.start() < 3_000 && TITLED.is_match(before) && after.trim().is_empty();
        let own = titled && own(before);
        !pair && (COVER.is_match(before) && (after.len() < 40 || before.len() > 4) || own)
    })?;
    Some(reader.date_fact("agreement_date", hit, "date.title_page", 0.78))
}

/// Whether another date stands in the next cell.
fn beside_another(reader: &Reader<'_>, hit: &DateHit) -> bool {
    let next = hit.span.end() + 1;
    reader.dates_of_sentence(hit.sentence).binary_search_by_key(&next, |d| d.span.start()).is_ok()
}

/// "Birmingham, 1 March 2026", a line of its own over the signatures.
fn place_and_date(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    const NEAR: usize = 400;
    const PLACE: usize = 3;
    let all = reader.text.as_str();
    let signs = |words: &str| {
        let named = findings.facts.parties.iter().filter_map(Fact::value);
        ["/s/", "by:", "signature", "signed"].iter().any(|w| contains_fold(words, w))
            || named.map(|p| p.name.to_lowercase()).any(|name| words.to_lowercase().contains(&name))
    };
    let hit = reader.dates.iter().rev().filter(|h| known(h).is_some()).find(|hit| {
        let (before, rest) = around(all, &hit.span.range(), NEAR);
        let place = before.rsplit('\n').next().unwrap_or(before);
        let line = hit.span.start() - place.len();
        let place = place.trim();
        let alone = rest.lines().next().unwrap_or("").trim_matches(['.', ' ']).is_empty();
        let names = place.split([' ', ',']).filter(|w| !w.is_empty());
        alone
            && (1..=PLACE).contains(&names.clone().count())
            && names
                .clone()
                .all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || c == '-'))
            && !names.clone().any(label::opens)
            && line > all.len() / 3
            && signs(rest)
    })?;
    Some(reader.date_fact("agreement_date", hit, "date.place", 0.8))
}

/// The last of the days under the label "Date signed", or of several in a row under "Date".
fn label_signed(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let signed = reader.dates_of(Field::Signed).into_iter().map(|(_, hit)| hit);
    let rows = reader.dates_of(Field::AgreementDate).into_iter().map(|(_, hit)| hit);
    let rows: Vec<_> = rows.filter(|hit| beside_another(reader, hit)).map(|hit| hit.sentence).collect();
    let signed = signed.chain(reader.dates.iter().filter(|hit| rows.contains(&hit.sentence)));
    let last = signed.filter(|h| known(h).is_some()).max_by_key(|h| known(h))?;
    Some(reader.date_fact("agreement_date", last, "date.last_signature", 0.8))
}

/// Whether a date is the value of "Subscription start date". The effective date often is the date of the contract too.
fn starts_term(reader: &Reader<'_>, hit: &DateHit) -> bool {
    let mut labels = reader.labels.all(Field::Start).filter(|l| l.value.contains(hit.span));
    labels.any(|l| !contains_fold(reader.text.slice(l.name), "effective"))
}

/// "Executed this 31st day of March 2001", "IN WITNESS WHEREOF … as of D".
fn witness(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let hit = reader.dates.iter().filter(|h| known(h).is_some()).find(|hit| {
        let before = reader.before(hit, 400);
        // "under the Agreement for Confidential Information executed by Acme on …" is another document.
        let other = !before.to_ascii_lowercase().contains("witness") && OBJECT.is_match(tail(before, 200));
        JOINED.is_match(tail(before, 60)) && WITNESS.is_match(before) && !other && !signed::side_by_side(reader, hit)
    })?;
    Some(reader.date_fact("agreement_date", hit, "date.witness", 0.88))
}

/// The latest of the dates beside the signatures: the contract exists once the last party has signed.
fn last_signature(findings: &Findings) -> Option<Fact<DateValue>> {
    signed::last(&findings.signature_dates).map(|f| Reader::restate(f, "agreement_date", "date.last_signature", 0.8))
}

/// A remark where day and month of `fact` can change places (R16): the record holds one reading, the remark both.
pub(super) fn remark_order(fact: &Fact<DateValue>, what: &str) -> Option<Diagnostic> {
    let date = fact.value().and_then(|d| d.date()).filter(|_| fact.status() == Status::Conflicting)?;
    let style = DateStyle { near: date.year(), ..DateStyle::default() };
    let other = dates(fact.raw(), style).first()?.value.other?;
    let message = format!("the {what} {:?} is {date} with the month first, and {other} with the day first", fact.raw());
    let span = fact.evidence()[0].span();
    Some(Diagnostic::new("date.order_open", Severity::Warning, Stage::Detect, message).at(span))
}

/// `winner` with the evidence of `loser`, which gives another date for the same thing, and the remark that says so.
pub(super) fn conflict(
    winner: Fact<DateValue>,
    loser: &Fact<DateValue>,
    what: &str,
    findings: &mut Findings,
) -> Fact<DateValue> {
    let day = |f: &Fact<DateValue>| f.value().map(ToString::to_string).unwrap_or_default();
    let message =
        format!("the {what} is {} in one place and {} in another; the first is taken", day(&winner), day(loser));
    let remark = Diagnostic::new("date.conflicting", Severity::Warning, Stage::Detect, message);
    findings.diagnostics.push(remark.at(loser.evidence()[0].span()));
    winner.with_evidence(loser.evidence()[0].clone()).with_status(Status::Conflicting)
}
