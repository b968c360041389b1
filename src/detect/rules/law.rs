//! Governing law: the place whose law the contract chooses.
//!
//! Ways in which contracts say it, the surest first: "governed by (and construed in accordance with) the laws of the
//! State of X"; "construed/interpreted/enforced in accordance with the laws of X"; "the laws of X shall govern";
//! "X law"; a row "Governing law: X". A clause that only names the courts of X says nothing about the law; it is the
//! last resort, with low confidence. "Organised under the laws of" speaks of a company and "conflict of laws" of what
//! is excluded.

mod alone;
mod label;

use std::sync::LazyLock;

use super::pattern::{Pattern, ceil, contains_fold, floor, pattern};
use crate::lexicon::jurisdiction::{PlaceKind, abbreviated, places};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};
use crate::segment::Segments;
use crate::text::DocumentText;

/// A clause that may choose the law.
struct LawCandidate {
    score: i32,
    name: &'static str,
    place: Span,
    clause: Span,
    rule: &'static str,
    confidence: f32,
}

// "The laws and regulations (without its rules of conflict) in force in".
static LAWS_OF: LazyLock<Pattern> = LazyLock::new(|| {
    let laws =
        r"(?:laws?|legislation|regulations)(?:\s+and\s+(?:decisions|regulations|statutes|judicial\s+decisions))?";
    let aside = r"(?:\s*\([^()]{1,60}\))?(?:,[^,.;]{3,70},)?,?";
    let valid = r"(?:(?:then\s+|presently\s+|as\s+)?(?:{valid_laws}|with)\s+)?";
    Pattern::exact(&format!(r"(?i)\b{laws}{aside}\s+{valid}(?:of|in|for|within|under)\s+"))
});
pattern!(FILLER, exact, r#"(?i)^(?:{before_places}\.?|[\s,("“\[])*"#);
pattern!(VERB, exact, r"(?i){law_verbs}");
pattern!(SUBJECT, exact, r"(?i){governed_papers}");
pattern!(NOT_CHOICE, exact, r"(?i){no_choice}\W+(?:\w+\W+){0,4}$");
pattern!(
    COMPANY_LAW,
    exact,
    r"(?i)\b(?:duly\s+)?(?:organi[sz]ed|incorporated|formed|registered|existing|created)\b[^.;]{0,50}\bunder\b"
);
pattern!(
    LAW_AFTER,
    exact,
    r"(?i)^(?:\s+state|\s+commonwealth)?(?:\s+(?:substantive|internal|contract|domestic|civil|procedural|local|federal|common|state|commercial|and|general))*\s+laws?\b"
);
// "TX law", "N.Y. law": a place in letters that only a list of them can tell.
pattern!(SHORT_LAW, exact, r"\b(?:[A-Z]{2,3}|[A-Z]\.[A-Z]\.|[A-Z][a-z]{2,4}\.)\s+(?:[Ss]tate\s+)?[Ll]aws?\b");
// A law of one kind of thing, and not the law of a contract.
pattern!(
    OTHER_LAW,
    exact,
    r"(?i)\b(?:export|import|trade|tax|securities|customs|sanctions?|labou?r|employment|privacy|protection|control|insurance|competition|environmental|bribery|patent|copyright)(?:\s+(?:and|or|&)\s+\w+)?\s+$"
);
// "Shall apply", "decides", "are the ones to be applied", right after the law.
pattern!(
    APPLIES,
    exact,
    r"(?i)^[\s,)\]]*(?:alone\s+|only\s+)?(?:(?:shall|will|is\s+to|has\s+to|must)\s+)?(?:\w+ly\s+)?(?:appl(?:y|ies)|decides?|controls?|(?:be|is|are)\s+(?:{to_be_applied}|(?:used|observed|followed|agreed|chosen)|the\s+law\s+of\s+th(?:is|e)))\b"
);
pattern!(
    CONDITION,
    exact,
    r"(?i)\b(?:if|extent|where|unless|which|that|to\s+whom|all|any|such|other|mandatory)\b[^.;,]*$"
);
// "The law applicable to this Agreement is", "the parties choose", "takes its meaning and effect from".
static CHOSEN: LazyLock<Pattern> = LazyLock::new(|| {
    let law =
        r"(?:(?:applicable|governing|proper)\s+law|law\s+applicable)\b[^.;]{0,40}\b(?:is|be)\s+(?:the\s+|that\s+)?$";
    let own = r"\blaw\s+(?:of|for|to)\s+(?:this|the|our)\s+{governed_papers}\s+(?:is|(?:shall|will)\s+be)\s+(?:the\s+|that\s+)?$";
    let parties = r"\bparties\s+(?:hereby\s+|have\s+)?(?:choose|chosen|elect|adopt|agree\s+(?:on|to))\s+(?:the\s+)?$";
    let takes = r"\b(?:take|draw|derive|receive|get|have|ha)s?\s+{force_of_papers}\b[^.;]{0,50}\b(?:from|under|by)\s+(?:the\s+)?$";
    Pattern::exact(&format!(r"(?i)\b{law}|{own}|{parties}|{takes}"))
});
// Settling and reading a contract by a law, and not doing its work by it.
pattern!(
    BY_LAW,
    exact,
    r"(?i)\b(?:disputes?|claims?|questions?|contract|agreement|lease|deed|validity|rights|whatever|anything|everything)\b[^.;]{0,120}{settled_by_law}[^.;]{0,40}{by_law}\s+(?:the\s+)?(?:\w+\s+)?$"
);
pattern!(
    ANSWERED,
    exact,
    r"(?i)\b(?:disputes?|claims?|questions?|matters?|whatever|anything)\b[^.;]{0,120}\b(?:resolved|decided|settled|answered|judged)\s+(?:by|under)\s+(?:the\s+)?$"
);
// "Its governing law (Ohio)", "the governing law, being".
pattern!(
    NAMED,
    exact,
    r"(?i)\b(?:governing|applicable|proper)\s+law(?:\s*(?:\(|,\s+(?:being|namely|which\s+is)\s+)|\b[^.;,()]{0,50}\s(?:is|be)\s+that\s+(?:in\s+force\s+)?(?:of|in)\s+)"
);
// "Without regard to its rules of conflict, the law of": what is left out stands before.
pattern!(LEFT_OUT, exact, r"(?i)^\W*(?:without|regardless|irrespective|notwithstanding)\b[^,;.]{0,90},\s");
pattern!(COURTS, exact, r"(?i)\b(?:courts?|venue|jurisdiction|arbitrat\w+|litigat\w+)\b");
pattern!(
    HEADING,
    exact,
    r"(?i)\b(?:governing|applicable|choice|controlling)\b.{0,30}\blaw|\blaw\s+governing|\bgoverning\b|\bwhich\s+law\b|^\W*(?:[0-9.]+\s*)?law\W*$"
);

/// Finds the governing law.
pub(super) fn governing_law(text: &DocumentText, segments: &Segments) -> Option<Fact<String>> {
    let mut best: Option<LawCandidate> = None;
    let mut announced = false;
    for sentence in &segments.sentences {
        let s = text.slice(sentence.span);
        let section = segments.sections.get(sentence.section);
        let law = contains_fold(s, "law")
            || contains_fold(s, "governing")
            || contains_fold(s, "legislation")
            || contains_fold(s, "regulations of");
        let court =
            !law && (contains_fold(s, "court") || contains_fold(s, "venue") || contains_fold(s, "jurisdiction"));
        let under = section.is_some() && segments.heading(sentence.section).is_some_and(|h| HEADING.is_match(h));
        let headed = under || announced || alone::is_bare(s);
        announced = alone::announces(s);
        if !law && !court {
            if best.is_none() && headed {
                best = alone::alone(text, sentence.span);
            }
            continue;
        }
        let found = if law { chosen(text, sentence.span, headed) } else { venue(text, sentence.span) };
        let Some(mut found) = found else { continue };
        if section.is_some_and(|s| s.attachment) {
            found.score -= 3;
        }
        if headed {
            found.score += 2;
        }
        if best.as_ref().is_none_or(|b| found.score > b.score) {
            best = Some(found);
        }
    }
    let c = best?;
    let raw = text.slice(c.place).to_owned();
    Some(Fact::found(
        "governing_law",
        text.cited(c.name.to_owned(), c.clause),
        &raw,
        Origin::rule(c.rule),
        Confidence::new(c.confidence),
    ))
}

/// The choice of law in one sentence; `headed` by words about the law, a few words are enough ("English law").
fn chosen(text: &DocumentText, span: Span, headed: bool) -> Option<LawCandidate> {
    let s = text.slice(span);
    if s.len() > 6000 {
        return None;
    }
    if let Some(c) = label::labelled(text, span) {
        return Some(c);
    }
    let mut best: Option<LawCandidate> = None;
    let mut offer = |c: LawCandidate| {
        if best.as_ref().is_none_or(|b| c.score > b.score) {
            best = Some(c);
        }
    };
    for m in LAWS_OF.find_iter(s) {
        // The name of the place may stand beyond the end of a sentence that was cut at the end of a page.
        let tail = window(text, span.start() + m.end(), 200);
        let skip = FILLER.prefix_len(tail);
        let head = tail.part(..floor(tail, skip + 60));
        let Some(place) = pick(head, skip) else { continue };
        let at = Span::new(span.start() + m.end() + place.1.start(), span.start() + m.end() + place.1.end());
        let (mut score, rule, confidence) =
            judge(s, m.start(), span_end(s, m.start(), at.end() - span.start()), headed);
        // "the laws of the United States and of Kentucky": contracts are a matter of the states.
        score -= match place.0 {
            "United States" if score < 6 => 6,
            "United States" | "Canada" | "Australia" => 2,
            _ => 0,
        };
        offer(LawCandidate { score, name: place.0, place: at, clause: span.cover(at), rule, confidence });
    }
    for m in NAMED.find_iter(s) {
        let value = s.part(m.end()..);
        let Some((name, at)) = pick(value, FILLER.prefix_len(value)) else { continue };
        let place = at.shift(span.start() + m.end());
        offer(LawCandidate { score: 5, name, place, clause: span, rule: "law.governing", confidence: 0.85 });
    }
    for p in places(s).into_iter().filter(|p| LAW_AFTER.is_match(s.part(p.range.end..))) {
        let law = LAW_AFTER.prefix_len(s.part(p.range.end..));
        let (score, rule, confidence) = judge(s, p.range.start, p.range.end + law, headed);
        // "English law", "New York law": one less sure than a clause that spells it out.
        let at = Span::new(p.range.start, p.range.end).shift(span.start());
        offer(LawCandidate {
            score: score - 1,
            name: p.name,
            place: at,
            clause: span,
            rule,
            confidence: confidence - 0.02,
        });
    }
    for m in SHORT_LAW.find_iter(s) {
        let Some(p) = abbreviated(m.as_str()) else { continue };
        let (score, rule, confidence) = judge(s, m.start(), m.end(), headed);
        let at = Span::new(m.start(), m.start() + p.range.end).shift(span.start());
        offer(LawCandidate {
            score: score - 2,
            name: p.name,
            place: at,
            clause: span,
            rule,
            confidence: confidence - 0.04,
        });
    }
    best.filter(|c| c.score > 0)
}

/// The place that begins right after the filler words, preferring a state to the United States before it.
fn pick(head: &str, skip: usize) -> Option<(&'static str, Span)> {
    let found = places(head);
    let Some(first) = found.iter().position(|p| !p.adjective && p.range.start <= skip + 1) else {
        let short = abbreviated(head.get(skip..)?)?;
        return Some((short.name, Span::new(skip, skip + short.range.end)));
    };
    let mut chosen = &found[first];
    if chosen.kind == PlaceKind::Country
        && let Some(next) = found.get(first + 1)
        && next.kind == PlaceKind::Part
        && chosen.name == "United States"
        && !head.part(chosen.range.end..next.range.start).contains(['.', ';'])
    {
        chosen = next;
    }
    // "Washington, D.C."
    if chosen.name == "Washington" && head.part(chosen.range.end..).trim_start_matches([',', ' ']).starts_with("D.C") {
        return Some(("District of Columbia", Span::from(chosen.range.clone())));
    }
    Some((chosen.name, Span::from(chosen.range.clone())))
}

/// `end`, where the sentence reaches so far; the name of a place may stand beyond its end.
fn span_end(s: &str, start: usize, end: usize) -> usize {
    floor(s, end.min(s.len()).max(start))
}

/// How good the words around a mention of a law at `from..to` of `s` are.
fn judge(s: &str, from: usize, to: usize, headed: bool) -> (i32, &'static str, f32) {
    let before = s.part(ceil(s, from.saturating_sub(260))..from);
    let aside = LEFT_OUT.prefix_len(s).min(from);
    let near = s.part(ceil(s, from.saturating_sub(90).max(aside))..from);
    let after = s.part(to..floor(s, to + 220));
    if NOT_CHOICE.is_match(near) || COMPANY_LAW.is_match(near) || OTHER_LAW.is_match(near) {
        return (-1, "law.none", 0.0);
    }
    let subject = i32::from(SUBJECT.is_match(before) || SUBJECT.is_match(after));
    let lower = before.to_ascii_lowercase();
    if lower.contains("govern") {
        return (8 + subject, "law.governed_by", 0.96);
    }
    if ["constru", "interpret", "enforced"].iter().any(|w| lower.contains(w)) {
        return (7 + subject, "law.construed", 0.95);
    }
    let tail = after.to_ascii_lowercase();
    if tail.contains("govern") {
        return (6 + subject, "law.governs", 0.93);
    }
    if CHOSEN.is_match(near) {
        return (6, "law.chosen", 0.9);
    }
    // "The parties agree that it applies" is no condition.
    let agreed = near.rsplit("gree that ").next().unwrap_or(near);
    if APPLIES.is_match(after) && !CONDITION.is_match(agreed) {
        return (6, "law.applies", 0.9);
    }
    if alone::TO_WHICH.is_match(after) {
        return (6, "law.applies", 0.9);
    }
    if BY_LAW.is_match(before) || ANSWERED.is_match(before) {
        return (5, "law.in_accordance", 0.85);
    }
    if alone::PROVIDED.is_match(near) || headed && s.len() < 120 && before.trim().len() < 40 {
        return (4, "law.headed", 0.85);
    }
    if VERB.is_match(before) && subject == 1 {
        return (4, "law.subject_to", 0.75);
    }
    if VERB.is_match(after) && subject == 1 && !CONDITION.is_match(near) {
        return (3, "law.applies", 0.6);
    }
    (i32::from(subject == 1 && lower.contains("under")), "law.under", 0.4)
}

/// A clause about courts: its place is a hint of the law, no more.
fn venue(text: &DocumentText, span: Span) -> Option<LawCandidate> {
    let s = text.slice(span);
    if s.len() > 3000 || !COURTS.is_match(s) || !SUBJECT.is_match(s) {
        return None;
    }
    let lower = s.to_ascii_lowercase();
    if !["jurisdiction", "venue", "forum"].iter().any(|w| lower.contains(w)) || !lower.contains("court") {
        return None;
    }
    let p = places(s).into_iter().find(|p| !p.adjective && p.name != "United States")?;
    let at = Span::new(p.range.start, p.range.end).shift(span.start());
    Some(LawCandidate { score: -5, name: p.name, place: at, clause: span, rule: "law.venue", confidence: 0.3 })
}

fn window(text: &DocumentText, from: usize, len: usize) -> &str {
    let all = text.as_str();
    all.part(from..floor(all, from + len))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;
    use crate::segment::segment;

    fn law(plain: &str) -> Option<(String, String)> {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let fact = governing_law(&text, &segment(&text))?;
        Some((fact.value()?.clone(), fact.origin().id.clone()))
    }

    #[test]
    fn ways_to_choose_a_law() {
        let mut wrong = Vec::new();
        let cases = [
            (
                "This Agreement is governed by the laws of the State of Ohio, without regard to its conflict of laws rules.",
                "Ohio",
            ),
            (
                "This Lease shall be construed in accordance with the internal laws of the Commonwealth of Virginia.",
                "Virginia",
            ),
            ("The laws of England and Wales shall govern this Agreement.", "England and Wales"),
            ("This contract and any dispute under it are subject to Swiss law.", "Switzerland"),
            ("THIS AGREEMENT SHALL BE GOVERNED BY THE SUBSTANTIVE LAW OF THE STATE OF NEW YORK.", "New York"),
            ("This Agreement is governed by the laws of the United States and the State of Utah.", "Utah"),
            ("Governing Law:\tProvince of Ontario, Canada", "Ontario"),
            ("This Agreement shall be interpreted under the laws in force in the Province of Alberta.", "Alberta"),
            ("This Agreement shall be governed by and interpreted in accordance with California law.", "California"),
            ("This Agreement shall be governed by the law of the Federal Republic of Germany.", "Germany"),
            ("9. The laws of the Federal Republic of Germany shall apply.", "Germany"),
            ("German law applies.", "Germany"),
            ("The law applicable to this Agreement is the law of the Netherlands.", "Netherlands"),
            ("The parties choose the laws of Victoria, Australia.", "Victoria"),
            ("The law of Tasmania governs this agreement.", "Tasmania"),
            ("Massachusetts law governs.", "Massachusetts"),
            ("This Agreement shall be governed by the laws of NY.", "New York"),
            (
                "This Agreement is governed by the laws of the State of Calif., without regard to conflicts.",
                "California",
            ),
            ("This Agreement is governed by the laws of NSW and the parties submit to its courts.", "New South Wales"),
            ("This agreement is governed by the laws of the Republic of Singapore.", "Singapore"),
            ("This agreement is governed by the laws of the Hong Kong SAR.", "Hong Kong"),
            ("This agreement is governed by the law of Scotland.", "Scotland"),
            (
                "Any dispute under this agreement shall be settled in accordance with the law of the Republic of South \
                 Africa.",
                "South Africa",
            ),
            ("Governing law: Ireland", "Ireland"),
            ("Governing law: English law", "England and Wales"),
            ("Applicable law | England & Wales", "England and Wales"),
            ("Applicable Law and Jurisdiction\tNSW, Australia", "New South Wales"),
            ("Choice of law: New Zealand", "New Zealand"),
            ("Governing State: TX", "Texas"),
            ("Governed by TX law.", "Texas"),
            ("This order is governed by CA law.", "California"),
            ("This Agreement is subject to NY law.", "New York"),
            ("NSW law governs this agreement.", "New South Wales"),
            ("The parties agree that MA law applies.", "Massachusetts"),
            ("This Agreement shall be interpreted in accordance with N.Y. law.", "New York"),
            ("Governing law: TX", "Texas"),
            ("This lease is governed by FL state law.", "Florida"),
            ("Governed by Calif. law.", "California"),
        ];
        for (sentence, want) in cases {
            let got = law(sentence).map(|l| l.0);
            if got.as_deref() != Some(want) {
                wrong.push(format!("{got:?} for {sentence}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_is_not_a_choice() {
        assert_eq!(law("Acme is a corporation organised and existing under the laws of the State of Delaware."), None);
        assert_eq!(
            law("Supplier shall comply with all laws of the State of Texas in the performance of this Agreement."),
            None
        );
    }

    #[test]
    fn plain_words_for_the_choice() {
        let mut wrong = Vec::new();
        let cases = [
            ("This contract takes its meaning and effect from the laws applicable in Victoria.", "Victoria"),
            ("This agreement draws its force from the law of Kenya.", "Kenya"),
            ("This lease has effect under the laws of Ghana.", "Ghana"),
            ("Except as set out here, the terms of the Agreement, including its governing law (Ohio), apply.", "Ohio"),
            ("All terms of the master agreement, its governing law, being that of Texas, among them, apply.", "Texas"),
            ("The law of this contract is the law of Scotland.", "Scotland"),
            ("The law of Ireland is the law of this contract.", "Ireland"),
            ("This contract is to be read according to the laws of Singapore.", "Singapore"),
            ("The parties have chosen the laws of New Zealand.", "New Zealand"),
            ("Choice of law: the parties choose the law of the Grand Duchy of Luxembourg.", "Luxembourg"),
            ("If we ever fall out over this agreement, New Zealand law decides who is right.", "New Zealand"),
            (
                "In reading this Agreement the laws of the Federal Republic of Nigeria are the ones to be applied.",
                "Nigeria",
            ),
            (
                "Every question about the meaning of this deed is answered by the law of Northern Ireland.",
                "Northern Ireland",
            ),
            ("Every question about the validity of this deed falls to be answered under the law of Kenya.", "Kenya"),
            ("Applicable law NSW", "New South Wales"),
            ("Governing law Republic of Ireland", "Ireland"),
        ];
        for (sentence, want) in cases {
            let got = law(sentence).map(|l| l.0);
            if got.as_deref() != Some(want) {
                wrong.push(format!("{got:?} for {sentence}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn laws_in_passing() {
        let mut wrong = Vec::new();
        for text in [
            "The Goods are subject to the export control laws of the United Kingdom.",
            "The Supplier shall perform the Services in accordance with the laws of Kenya.",
            "To the extent that the laws of Texas apply, this Agreement limits no remedy.",
            "Each party shall keep the data protection laws of Ireland in performing this Agreement.",
            "The Trustee is appointed under the Trustee Act 2000 of England.",
            "The Supplier shall comply with NY law in its work under this Agreement.",
            "This Agreement is subject to UN law and policy.",
            "If the laws of Texas apply, this Agreement limits no remedy.",
            "Applicable law requires the Employer to keep records in Kenya.",
        ] {
            if let Some(got) = law(text) {
                wrong.push(format!("{got:?} for {text}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn courts_are_a_weak_hint() {
        let found = law("The courts of Singapore have exclusive jurisdiction over any dispute under this Agreement.");
        assert_eq!(found, Some(("Singapore".into(), "law.venue".into())));
    }

    #[test]
    fn the_choice_beats_the_mention() {
        let plain = "Acme is organised under the laws of Nevada and this Agreement binds it.\n\
                     This Agreement shall be governed by the laws of Delaware, not those of Nevada.";
        assert_eq!(law(plain), Some(("Delaware".into(), "law.governed_by".into())));
    }
}
