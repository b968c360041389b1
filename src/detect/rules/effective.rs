//! The date from which a contract has effect, where it gives one.
//!
//! Order of C3: a defined "Effective Date"; "effective as of D" in the opening words; "shall become effective on the date
//! first written above"; "shall commence on D". A contract that only bears a date gives no effective date, with one
//! exception: a confidentiality agreement binds from the date it bears.

mod begins;
mod only;

use begins::{commencing, dealings, is_denied};

use super::anchor::SIGNED_BY_ALL;
use super::date;
use super::pattern::{contains_fold, pattern, starts_fold};
use super::reader::{DateHit, Reader, head, known, tail};
use super::{signed, term};
use crate::detect::Findings;
use crate::lexicon::label::Field;
use crate::lexicon::subject;
use crate::record::value::{Anchor, DateValue};
use crate::record::{Fact, Part as _, Status};

// `D (the "Effective Date")`, `D, the Effective Date`, `D ("Amendment Effective Date")`.
pattern!(
    NAMED_AFTER,
    r"^[\s,.;_]*(?:[0-9]{4}[\s,]*)?(?:the\s+)?[(\[]?[^()]{0,60}\beffective\s?date\b|^[\s,]*(?:which\s+date\s+)?(?:shall\s+be|is)\s+(?:the\s+)?effective"
);
// `"Effective Date" means D`, `Effective Date: D`, `Effective Date of this Agreement is 12:01 a.m. on the D`.
pattern!(
    NAMED_BEFORE,
    &format!(
        r#"effective\s+dates?\b\s*["“”'’]?\s*(?:\([^()]{{0,60}}\)\s*)?(?:{OF_CONTRACT}\s*)?{IS}\s*[:\t]?\s*(?:{NAMELY}\s+)?{CLOCK}?(?:{ON}\s+)*["“_]*$"#
    )
);
const OF_CONTRACT: &str =
    r"(?:of|for)\s+(?:this|the)\s+(?:\w+\s+){0,3}?(?:agreement|contract|lease|amendment|addendum|franchise|policy)";
const IS: &str = r"(?:[:\t–-]|means?|shall\s+mean|will\s+mean|shall\s+be|will\s+be|is|of|,|as)?";
const NAMELY: &str = r"[^.;:]{0,80}\bi\.\s?e\.,?";
const CLOCK: &str = r"(?:[0-9]{1,2}:[0-9]{2}\s*[ap]\.?m\.?[^0-9;]{0,50})";
const ON: &str = r"(?:the\s+date\s+of|the|on|as\s+of|this)";
// "effective as of D", "with effect from D".
pattern!(
    EFFECTIVE,
    r"\beffect(?:ive)?\b[\s,]*(?:\b(?:as|of|from|on|at|beginning|commencing|retroactive(?:ly)?|the|this|date)\b[\s,:]*)*[_\s]*$"
);
// A sentence that says from when the contract has effect.
pattern!(
    SPEAKS,
    r"effective|in\s+effect|takes?\s+effect|commenc|\bbegin|comes?\s+into|\bstart|in(?:to)?\s+force|\bbind(?:s|ing)?\b"
);
// Effect from the date that the document bears.
pattern!(
    FROM_DATE_BORNE,
    &format!(
        r"(?:{EFFECTIVE_DATE_IS}|\beffective\s+(?:as\s+)?(?:of|on|from|upon|beginning)\s+|{{begins}}\s+(?:(?:as\s+of|on|at|upon|from|with)\s+)?|{COMMENCEMENT_IS})\s*(?:the\s+)?{{date_borne}}"
    )
);
const EFFECTIVE_DATE_IS: &str = r#"effective\s+date\b["“”'’]?\s*(?:of\s+this\s+\w+\s+)?(?:means?|shall\s+mean|shall\s+be|is|will\s+be)\s+(?:as\s+of\s+)?"#;
const COMMENCEMENT_IS: &str = r"commencement\s+date\W{1,2}means\s+";
// "The Company agrees to employ the Executive for the period commencing on the date hereof".
pattern!(
    SERVES_FOR,
    [
        "employ/employs/engage/engages/retain/retains/appoint/appoints/lease/leases/let/lets/hire/hires/provide/serve ..220 for/during (the/a) ~1 period/term"
    ]
);
// "as of the date first written above (the "Effective Date")".
pattern!(
    WRITTEN_ABOVE,
    r#"\b(?:date|day)\s+(?:and\s+year\s+)?(?:first\s+|last\s+)?(?:set\s+forth\s+|stated\s+|written\s+|above\s*|listed\s+)+(?:above|written)?[\s,]*\(?(?:the\s+)?["“”']*effective\s+date"#
);
// Effect from the last signature.
pattern!(
    FROM_SIGNATURE,
    [
        "upon/on/after/by/of (the) signature/signatures/execution/signing of/by both/all/each/every/last",
        "of/upon both/all/each/either (the) parties'/party's/parties/party signature/signatures/execution/signing",
        "(on) which (the) last/second/final/later/other (of) (the) (two) parties/party/signatory signs/signed/executes/executed",
        "of/on/upon/from (the) date/day (on) (which/when/that) you sign/accept/countersign/execute (it/this)",
        "of/on/upon/from (the) date/day/moment (on) (which/when/that) (the) last/second/final/later/other of (the) us/them/two/both/parties (parties) (to) (sign/execute) (does/signs/executes)",
        "last/second/final/later/other of (the) us/them/two/both/parties (parties) (has/have) signs/signed/executes/executed/puts/sets, party/one signing last, last in time, later/last signature",
        "date of (the) full execution, late/later/latest of the (two) date/dates, last date/signature/party, last of the parties, date (of) (the) last/later/latest",
        "day of (its/the) signature/execution/signing, date (on) (which) (it) (is) (of) (its/the) signed/signature/execution/signing/executed, signing date",
        "date this/the agreement is signed/executed, most recent (final) signature, upon the completion of the execution",
        "on/upon (full/its/the/digital/electronic) execution/signature/signing, when (it) (is/has) (been) signed/executed/countersigned",
        "date noted/set-forth/written/shown/indicated/appearing/signed below/by",
    ]
);
// The effective date of another agreement.
pattern!(
    OTHER,
    r"\b(?:previously|whereas\b[^;]{0,160}\bentered\s+into|ha(?:ving|ve|s)\s+(?:previously\s+)?entered|having\s+an\s+effective|with\s+an\s+effective|original|prior\s+agreement|as\s+amended)\b"
);
pattern!(TAKES_EFFECT, r"effective|binding|commence|begin|takes?\s+effect|in(?:to)?\s+(?:force|effect)");
// The document speaks of itself just before.
pattern!(
    THIS,
    r#"\b(?:this|these)\b|\bthe\s+agreement\b|\bmade\b|entered\s+into|signed\s+and|\("?(?:the\s+|this\s+)?["“”]agreement|\bdated\b"#
);
// The words before are those of a title, or there are none.
pattern!(HEADED, r"^[^a-z]{0,60}$|^\W*(?:[\w&.,'-]+\s+){1,12}agreement\W{0,2}\s+effective\b|^\W*it\b|^\W*$");
// "Effective 13 July 2026. Parties:", before the first clause.
pattern!(FRONT, r"^\W*effective\s+(?:date\s+)?(?:as\s+of\s+|from\s+|on\s+)?$");
const FRONT_END: usize = 1_500;
pattern!(CUE, r"effective\s?date");

// The date is that of an end.
pattern!(
    ENDED,
    r"\b(?:(?:may|shall|will|can)\s+(?:\w+\s+)?|(?:option|right|elect|elects|election|entitled)\s+(?:\w+\s+){0,3}?to\s+)(?:terminate|cancel|end|surrender)\b[^;]{0,120}$"
);
// The end of an employment, not the start of a contract.
pattern!(
    LEAVES,
    r"\b(?:terminat(?:ion|ed?)|retire(?:ment|d?)|resign(?:ation|ed?)|separation)\b[^.;]{0,90}\beffective\s+(?:as\s+of\s+|on\s+)?$"
);
// "4. Effective D, Landlord agrees to modify the fee": what one clause brings.
pattern!(CLAUSE, r"^\W*[0-9]+(?:\.[0-9]+)*[.)]?\s+effective\s+(?:as\s+of\s+|on\s+)?$");
// What costs more from a day: "It steps up to 222,000 with effect from D".
pattern!(
    PRICED,
    [
        "rent/price/prices/fee/fees/charge/charges/salary/wage/wages, step/steps/rise/rises/increase/increases up/to/by/once"
    ]
);
// A label and nothing else before the date.
pattern!(LABEL, r"^\W*effective\s+date\s*[:\t]\s*$");
pattern!(MEANS, r#"["“”]effective\s+date["“”]\s+(?:means|shall\s+mean|is|shall\s+be)\s+(?:the\s+)?$"#);
// The parties agree from a date: "effective as of D, you and the Company agree as follows", or one engages the other from then.
pattern!(
    AGREE,
    r"^[\s,]*[^.;]{0,80}\bagrees?\b|^[\s,]*[^.;]{0,120}\b(?:hereby\s+)?(?:retains|engages|appoints|employs|hires)\b"
);
// "A and B agree as follows effective D".
pattern!(AGREED, r"\bagree\b[^.;]{0,40}$");
// The first of several signatures.
pattern!(EARLIER, r"\b(?:earli(?:er|est)|first)\s+(?:of\s+)?(?:the\s+)?(?:two\s+)?(?:dates?|signatures?)\b");
// The last of several signatures, not any execution.
pattern!(LAST, r"\b(?:it|all|both|last|later|latest|recent|completion|full)\b");
// A letter greets its addressee.
pattern!(GREETING, r"\n\s*(?:dear\b|ladies\b|gentlem[ae]n\b)");
pattern!(EMPLOYED, r"\bemployment\b");

/// Fills in the effective date.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut found = named(reader, findings)
        .or_else(|| stated(reader))
        .or_else(|| signature_label(reader, findings))
        .or_else(|| labelled(reader, findings))
        .or_else(|| referred(reader, findings))
        .or_else(|| commencing(reader))
        .or_else(|| term_start(reader, findings));
    // A blank in the opening words does not hide a start that the contract dates further on.
    if found.as_ref().is_none_or(|f| f.value().is_none()) {
        found = commencement_date(reader, findings).or_else(|| begun(reader, findings)).or(found);
    }
    findings.facts.effective_date = found
        .or_else(|| confidentiality(reader, findings))
        .or_else(|| undefined(reader, findings))
        .or_else(|| dealings(reader))
        .or_else(|| only::headed(reader))
        .or_else(|| only::opened(reader))
        .or_else(|| only::delivered(reader))
        .or_else(|| only::anchored(findings))
        .or_else(|| only::only(reader, findings));
    // Said of the date of the contract already where both rest on the same words.
    let same = |a: &Fact<DateValue>, b: &Fact<DateValue>| a.evidence()[0] == b.evidence()[0];
    let date = findings.facts.effective_date.as_ref();
    let fresh = date.filter(|f| !findings.facts.agreement_date.as_ref().is_some_and(|a| same(a, f)));
    let remark = fresh.and_then(|f| date::remark_order(f, "effective date"));
    findings.diagnostics.extend(remark);
}

/// A date that is called the effective date. The body comes before the schedules, a date before a blank.
///
/// Where a row of a table or a line of the head gives one date and a clause another, the clause has the force.
fn named(reader: &Reader<'_>, findings: &mut Findings) -> Option<Fact<DateValue>> {
    let mut best: Option<(u8, &DateHit)> = None;
    let mut label: Option<&DateHit> = None;
    // One sentence may hold many dates; it is searched once.
    let mut cued = (usize::MAX, false);
    for hit in &reader.dates {
        if cued.0 != hit.sentence {
            cued = (hit.sentence, CUE.is_match(reader.sentence(hit.sentence)));
        }
        if !cued.1 {
            continue;
        }
        let before = reader.before(hit, 250);
        // "... to D (six months from the Effective Date)" gives D no name.
        let named = NAMED_AFTER.find(reader.after(hit, 110)).is_some_and(|m| {
            !["from the eff", "after the eff", "of the eff"].iter().any(|w| contains_fold(m.as_str(), w))
        });
        let called = named || NAMED_BEFORE.is_match(tail(before, 160));
        if !called || of_another(before) || LEAVES.is_match(before) {
            continue;
        }
        // "Effective Date: D" alone in its line.
        if LABEL.is_match(before) && !reader.attached(hit.sentence) && known(hit).is_some() {
            label = label.or(Some(hit));
        }
        let rank = 2 * u8::from(reader.attached(hit.sentence)) + u8::from(known(hit).is_none());
        if best.is_none_or(|(r, _)| rank < r) {
            best = Some((rank, hit));
        }
    }
    let fact = |hit: &DateHit| reader.date_fact("effective_date", hit, "effective.named", 0.97);
    let clause = |hit: &&DateHit| {
        let before = reader.before(hit, 300);
        let after = NAMED_AFTER.is_match(reader.after(hit, 110)) && subject::is_own(before);
        (after || MEANS.is_match(before)) && known(hit).is_some() && !OTHER.is_match(before)
    };
    if let Some(label) = label
        && let Some(other) = reader.dates.iter().filter(|h| !reader.attached(h.sentence)).find(clause)
        && known(label) != known(other)
    {
        return Some(date::conflict(fact(other), &fact(label), "effective date", findings));
    }
    best.map(|(_, hit)| fact(hit))
}

/// Whether the words before a date speak of another agreement. "This Agreement is made between A and B, with an Effective
/// Date of D" does not.
fn of_another(before: &str) -> bool {
    let with = |m: &str| starts_fold(m, "with an") || starts_fold(m, "having an");
    OTHER
        .find(before)
        .is_some_and(|m| !(with(m.as_str()) && starts_fold(before.trim_start(), "this ") && date::own(before)))
}

/// "effective as of D", said of this contract.
fn stated(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    let early = reader.text.as_str().len() / 4;
    let hit = reader.dates.iter().find(|hit| {
        let before = reader.before(hit, 300);
        EFFECTIVE.is_match(tail(before, 80))
            && (hit.span.start() < early.clamp(4_000, 20_000)
                || subject::is_own(before)
                || contains_fold(before, "signed and effective"))
            && !reader.attached(hit.sentence)
            && !OTHER.is_match(before)
            && !CLAUSE.is_match(before)
            && !PRICED.is_match(tail(before, 80))
            && !before.ends_with("was effective ")
            && !ENDED.is_match(before)
            && !is_denied(before)
            && (THIS.is_match(before)
                || HEADED.is_match(before)
                || hit.span.start() < FRONT_END && FRONT.is_match(before)
                || AGREED.is_match(before)
                || AGREE.is_match(reader.after(hit, 160)))
            && date::own(before)
            && !date::continues_another(reader, hit)
    })?;
    Some(reader.date_fact("effective_date", hit, "effective.as_of", 0.85))
}

// A time in which something must not be done, or can be looked at, is not that of the contract, and other papers have starts of
// their own: "each of the Supply Agreement and the Warrant is effective as of the date hereof".
pattern!(
    NOT_OURS,
    [
        "each of the ~6 agreement/lease/licence/license/warrant/plan and ..60 $",
        "standstill/restricted/restriction/lock-up/lockup/blackout/exclusivity/no-shop/inspection/diligence period ..40 $",
        "during/throughout the/a period $",
    ]
);

/// "shall be effective on the date first above written", "effective upon the last signature".
fn referred(reader: &Reader<'_>, findings: &mut Findings) -> Option<Fact<DateValue>> {
    let agreement = findings.facts.agreement_date.clone();
    let agreement = agreement.as_ref();
    for (i, _, words) in reader.sentences() {
        if !SPEAKS.is_match(words) || reader.attached(i) {
            continue;
        }
        // "Takes effect on the date of the signature of the Licensor", "when the Consultant countersigns it".
        let one = TAKES_EFFECT.is_match(words).then(|| signed::by_one(reader, findings, words)).flatten();
        if let Some(date) = one {
            let fact = Reader::restate(date, "effective_date", "effective.signature", 0.62);
            return Some(fact.with_evidence(reader.text.cite(reader.quote(i, reader.span(i)))));
        }
        let terms =
            ["the clauses ", "these clauses ", "these terms "].iter().any(|w| contains_fold(head(words, 40), w));
        let borne = FROM_DATE_BORNE.find_iter(words).any(|m| {
            let left = words.part(..m.start());
            if NOT_OURS.is_match(left) {
                return false;
            }
            let own = subject::is_own(tail(left, 160)) || SERVES_FOR.is_match(left);
            let lives = || subject::lives(words.part(..m.end())).last().is_some_and(|r| r.end >= m.start());
            own || lives() || CUE.is_match(m.as_str()) || contains_fold(m.as_str(), "commencement date")
        }) || WRITTEN_ABOVE.is_match(words);
        if let Some(date) = agreement.filter(|_| borne) {
            let fact = Reader::restate(date, "effective_date", "effective.date_borne", 0.78);
            return Some(fact.with_evidence(reader.text.cite(reader.quote(i, reader.span(i)))));
        }
        if !(CUE.is_match(words) || terms || subject::is_own(head(words, 200))) {
            continue;
        }
        if let Some(m) = FROM_SIGNATURE.find(words).or_else(|| SIGNED_BY_ALL.find(words))
            && (TAKES_EFFECT.is_match(m.as_str())
                || TAKES_EFFECT.is_match(tail(words.part(..m.start()), 80))
                || CUE.is_match(words.part(m.end()..)))
        {
            let clause = reader.text.cite(reader.quote(i, reader.span(i)));
            let restate = |f: &Fact<DateValue>| Reader::restate(f, "effective_date", "effective.last_signature", 0.62);
            // One party's date is not the last while another's is open.
            if let Some(open) = signed::waiting(&findings.signature_dates).filter(|_| LAST.is_match(m.as_str())) {
                return Some(restate(open).with_evidence(clause));
            }
            let first = EARLIER.is_match(words).then(|| signed::first(&findings.signature_dates)).flatten();
            if let Some(first) = first {
                return Some(restate(first).with_evidence(clause));
            }
            let last = signed::last(&findings.signature_dates);
            // Signatures dated long before the contract that they are under: a slip of the pen in one of the two.
            if let Some(last) = last
                && let Some(made) = agreement.filter(|a| a.status() == Status::Found && years_before(last, a))
            {
                let (made, last) = (restate(made).with_evidence(clause), last.clone());
                return Some(date::conflict(made, &last, "date of signature", findings));
            }
            return Some(restate(last.or(agreement)?).with_evidence(clause));
        }
    }
    None
}

/// Whether `earlier` is more than a year before `later`.
fn years_before(earlier: &Fact<DateValue>, later: &Fact<DateValue>) -> bool {
    let day = |f: &Fact<DateValue>| f.value().and_then(|d| d.date());
    day(earlier).zip(day(later)).is_some_and(|(a, b)| (b - a).get_days() > 366)
}

/// "Enters into force on the Effective Date", which nothing defines: then the date that the contract bears is meant.
fn undefined(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    pattern!(DEFINED, r#"["“]\s*effective\s+date\s*["”]|effective\s+date\W{0,3}(?:means|:|\t|is\b|shall)"#);
    pattern!(
        FROM,
        [
            "enter/enters/entering/come/comes into force/effect (as) (of/on/upon/from/at) the effective-date",
            "take/takes effect (as) (of/on/upon/from/at) the effective-date, in force from the effective-date",
            "commence/commences/begin/begins/start/starts (as) (of/on/upon/from/at) the effective-date",
        ]
    );
    let date = findings.facts.agreement_date.as_ref()?;
    let all = reader.text.as_str();
    let (i, ..) = reader.sentences().filter(|(i, ..)| !reader.attached(*i)).find(|(_, _, words)| {
        CUE.is_match(words)
            && FROM.find(words).is_some_and(|m| {
                subject::is_own(tail(words.part(..m.start()), 120)) && !words.part(m.end()..).starts_with(" of ")
            })
    })?;
    let fact = || Reader::restate(date, "effective_date", "effective.date_borne", 0.55);
    (!DEFINED.is_match(all)).then(|| fact().with_evidence(reader.text.cite(reader.quote(i, reader.span(i)))))
}

/// "Effective date: date of last signature below": the last of the signatures, or the one that waits for its date.
fn signature_label(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    const LONGEST: usize = 80;
    let mut labels = reader.labels.all(Field::Start);
    let label = labels.find(|l| {
        l.value.len() <= LONGEST
            && contains_fold(reader.text.slice(l.name), "effective")
            && FROM_SIGNATURE.is_match(reader.text.slice(l.value))
    })?;
    let dates = &findings.signature_dates;
    let date = signed::waiting(dates).or_else(|| signed::last(dates))?;
    let fact = Reader::restate(date, "effective_date", "effective.last_signature", 0.62);
    Some(fact.with_evidence(reader.text.cite(label.value)))
}

/// "Start date: D" among the key terms.
fn labelled(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let found = reader.dates_of(Field::Start);
    let Some((_, hit)) = found.iter().find(|(_, hit)| known(hit).is_some()) else { return said(reader, findings) };
    let sure = if reader.attached(hit.sentence) { 0.6 } else { 0.85 };
    Some(reader.date_fact("effective_date", hit, "effective.label", sure))
}

/// "The commencement date shall be D".
fn said(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let own = |f: &&Fact<DateValue>| !reader.attached(reader.sentence_at(f.evidence()[0].span().start()));
    let named = findings.named_dates.iter().map(|(_, f)| f);
    let start = named.filter(|f| f.origin().id == "date.said" && f.value().is_some()).find(own)?;
    Some(Reader::restate(start, "effective_date", "effective.commences", 0.85))
}

/// The day from which the term counts: "a term of twelve months from 1 July 2026".
fn term_start(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let amends = findings.facts.kind.as_ref().and_then(|k| k.value()).is_some_and(|k| super::title::changes_another(k));
    // An addendum of particulars names no other document.
    let amends = amends && findings.facts.amends.is_some() || reader.labels.get(Field::FormerEnd).is_some();
    let clause = findings.term_ends.first()?.evidence()[0].span();
    // An amendment tells the former term too; what it sets itself "shall be from D".
    let before = |f: &Fact<DateValue>| reader.text.slice(clause).split(f.raw()).next().unwrap_or("");
    let set = |f: &Fact<DateValue>| {
        let left = before(f);
        ["shall be from", "shall run from", "will be from", "will run from", "shall be"]
            .iter()
            .any(|w| contains_fold(tail(left, 24), w))
    };
    let starts = findings.named_dates.iter().map(|(_, f)| f).filter(|f| f.origin().id == "term.start");
    let start = starts.clone().find(|f| f.evidence()[0].span() == clause);
    let start = start.filter(|f| (!amends || set(f)) && !is_denied(before(f)))?;
    Some(Reader::restate(start, "effective_date", "effective.term_start", 0.75))
}

/// A defined "Commencement Date" or "Start Date". In an employment contract that binds before, it only starts the work.
fn commencement_date(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let starts = ["commencement date", "start date", "term commencement date", "contract start date"];
    let named = findings.named_dates.iter().filter(|(_, f)| f.value().is_some());
    let (_, date) = named.clone().find(|(name, fact)| {
        starts.iter().any(|s| name.eq_ignore_ascii_case(s))
            && !EMPLOYED.is_match(reader.text.slice(fact.evidence()[0].span()))
    })?;
    Some(Reader::restate(date, "effective_date", "effective.commencement_date", 0.6))
}

/// "This agreement will continue from the Billing Date": the day that the contract gives under that name.
fn begun(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let Anchor::Named(name) = term::begun(reader)? else { return None };
    let dated = findings.named_dates.iter().filter(|(_, f)| f.value().is_some());
    let (_, date) = dated.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(&name))?;
    Some(Reader::restate(date, "effective_date", "effective.commences", 0.6))
}

/// A confidentiality agreement has no start of its own: it binds from the date it bears.
///
/// The date over a letter is only when it was written. A letter takes effect when the other side signs: from the date
/// that it puts beside its signature, where there is one; the date over the letter is given with little confidence.
fn confidentiality(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let date = findings.facts.agreement_date.as_ref().filter(|_| reader.nda)?;
    let restate = |f: &Fact<DateValue>, sure| Reader::restate(f, "effective_date", "effective.confidentiality", sure);
    if date.origin().id != "date.title_page" {
        return Some(restate(date, 0.85));
    }
    if !GREETING.is_match(head(reader.text.as_str(), 6_000)) {
        return Some(restate(date, 0.65));
    }
    let later = signed::last(&findings.signature_dates)
        .filter(|s| s.value().zip(date.value()).is_some_and(|(s, d)| s.date() > d.date()) && !years_before(date, s));
    Some(later.map_or_else(|| restate(date, 0.6), |signed| restate(signed, 0.6)))
}

#[cfg(test)]
mod tests;
