//! When notices count as given (R14): "deemed received (a) upon personal delivery, (b) one business day after deposit with
//! an overnight courier, (c) three days after mailing by certified mail, (d) when sent by email".
//!
//! The clause is cut into its cases; in each case the ways to send are read, and the delay or the moment that goes with
//! them. A case that speaks of an hour of the day only says that later is the next business day (R13).

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::{Pattern, contains_fold, pattern};
use super::reader::{Reader, around, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{ordinal, periods};
use crate::record::value::{Delivery, DeliveryMethod, Effective, Notices};
use crate::record::{Confidence, Fact, Origin, Span};

// Counts as given: where the cases begin.
pattern!(
    DEEMED,
    r"\b(?:(?:deemed|considered|treated|regarded|presumed|taken)\s+(?:as\s+|to\s+(?:have\s+been|be)\s+)?(?:having\s+been\s+)?(?:(?:duly|effectively|validly|sufficiently|properly|conclusively|been|actually)\s+)*(?:given|received|delivered|effective|served|made|sent|communicated|sufficient)|(?:shall|will)\s+be(?:come)?\s+(?:deemed\s+)?effective|(?:shall|will)\s+be\s+given\s+(?:when|upon)|(?:is|are)\s+(?:deemed\s+)?(?:effective|given|received)|shall\s+take\s+effect)\b"
);
pattern!(
    NOTICE,
    r"\b(?:notices?|notifications?|communications?|documents?\s+shall|written\s+documents?)\b|\b(?:an?|any|every)\s+(?:e-?mail|letter|fax)\s+(?:is|shall|will|sent|counts)\b"
);
// Where a case begins: a number of a list, a semicolon, "or when", "or three".
pattern!(
    CASE,
    r";|\n|[\s:,](?:\(\s*(?:[a-h]|[ivx]{1,4})\s*\)|(?:[a-h]|[ivx]{1,4})\)\s)|(?:[:,;]|\b(?:or|and)\b)\s*\([1-9]\)\s|\.\s+(?:if|notices?|any|a)\b|[,\s](?:and|while)\s+(?:those|ones?)\b|[,\s](?:or|and)\s+(?:,\s*)?(?:when|upon|on\s+the|on\s+(?:receipt|delivery|transmission)|at\s+the\s+time|if|in\s+the\s+case|(?:one|two|three|four|five|six|seven|eight|nine|ten|fourteen|fifteen)\b[^,;]{0,12}\s(?:business\s+|working\s+|calendar\s+)?(?:days?|hours)|[0-9]+\s+(?:business\s+|working\s+|calendar\s+)?(?:days?|hours))\b"
);
// Where a case may begin: "upon personal delivery, one day after deposit with a courier". What names no way of its own
// belongs to the case before it: "if by courier, one day after deposit".
pattern!(
    SOFT_CASE,
    r",\s+(?:upon|when|on\s+the|on\s+(?:receipt|delivery)|(?:one|two|three|four|five|six|seven|eight|nine|ten|fourteen|fifteen)\b[^,;]{0,12}\s(?:business\s+|working\s+|calendar\s+)?(?:days?|hours)|[0-9]+\s+(?:business\s+|working\s+|calendar\s+)?(?:days?|hours))\b"
);
// Words after a length of time that make it a delay.
pattern!(
    LATER,
    r"^\W*(?:(?:\w+\W+){0,3}?(?:after|following|follows|from|later|thereafter|subsequent|since)\b|if\b|of\s+(?:\w+\s+){0,2}?(?:mail|post|deposit|dispatch|send|transmi))"
);
const METHODS: [(DeliveryMethod, &str); 6] = [
    (
        DeliveryMethod::Personal,
        r"\b(?:personal(?:ly)?\b(?:\s+(?:deliver\w*|service|served))?|in\s+person|by\s+hand|hand[\s-]+deliver\w*|hand[\s-]deliver\w*|delivered\s+by\s+hand)",
    ),
    (
        DeliveryMethod::Courier,
        r"\b(?:couriers?|overnight\s+(?:\w+\s+){0,2}?(?:mail|delivery|service|carrier|express)|next[\s-]day\s+(?:delivery|service)|express\s+(?:mail|delivery|service|carrier)|federal\s+express|fedex|fed\s+ex|ups|dhl|(?:commercial|recogni[sz]ed|overnight)\s+(?:\w+\s+){0,2}?carrier)\b",
    ),
    (
        DeliveryMethod::CertifiedMail,
        r"\b(?:(?:certified|registered|recorded)\b[^.;]{0,40}?\b(?:mail|post|letter|delivery)|(?:mail|post|letter)\b[^.;]{0,40}?\b(?:certified|registered|return\s+receipt)|special\s+delivery)\b",
    ),
    (
        DeliveryMethod::Mail,
        r"\b(?:(?:first|prepaid|regular|ordinary|pre-paid|air|u\.?s\.?|united\s+states|the|in|by)[\s-]+(?:class\s+)?(?:postal\s+service|mails?|post|airmail)|mailed|mailing|posted|posting|airmail|postmark\w*|postage)\b",
    ),
    (DeliveryMethod::Fax, r"\b(?:fax\w*|facsimile|telecop\w+|telex\w*)\b"),
    (
        DeliveryMethod::Email,
        r"\b(?:e-?\s?mail\w*|electronic(?:ally)?\s+(?:mail|transmission|transmitted|means|delivery|communication|form)|electronic\s+notice)\b",
    ),
];
static METHOD: LazyLock<Vec<(DeliveryMethod, Pattern)>> =
    LazyLock::new(|| METHODS.iter().map(|&(method, words)| (method, Pattern::new(words))).collect());
// "With a copy by email", "by another method": a way beside the one that counts.
pattern!(
    BESIDE,
    r"\((?:with|and|provided|which|followed)[^()]{0,160}\)|\b(?:with|and|provided\s+that)\s+(?:a\s+|an\s+)?(?:\w+\s+)?(?:cop(?:y|ies)|confirmation\s+copy|original)\b[^;]{0,120}|\bfollowed\s+by\b[^;]{0,100}|return\s+receipt(?:\s+requested)?|(?:confirmation|proof|evidence|acknowledge?ment|verification|written\s+confirmation|receipt)\s+(?:of\s+)?(?:\w+\s+)?(?:delivery|receipt|transmission)|(?:delivery|read)(?:/read)?\s+receipt|delivery\s+service|receipt\s+(?:requested|verified)|(?:next|same)[\s-](?:(?:business|working)[\s-])?day[\s-]delivery"
);
// "The third business day after", "the next business day", "the following day".
pattern!(
    NTH_DAY,
    r"\b(?:the\s+)?(next|following|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|fourteenth|fifteenth|[0-9]{1,2}(?:st|nd|rd|th))\s+(?:\([0-9]{1,2}(?:st|nd|rd|th)?\)\s+)?(?:full\s+|calendar\s+|succeeding\s+)?(?:(business|working|banking)\s+)?days?\b|\b(?:the\s+)?day\s+(?:after|following)\b"
);
// The moment of arrival.
pattern!(
    ARRIVES,
    r"\b(?:receipt|received|receives|recipient'?s?\s+receipt|delivered|delivery|arriv\w+|actually\s+received|hand-delivered|left\s+(?:at|there)|confirm\w*\s+receipt)\b"
);
// The moment of sending.
pattern!(
    LEAVES,
    r"\b(?:sent|sending|send|transmi\w+|dispatch\w*|despatch\w*|deposit\w*|mailed|mailing|posted|posting|emailed|e-mailed|faxed|postmark\w*|given\s+to|placed|deliver(?:ed|y|ing)\s+to\s+(?:the\s+|an?\s+|such\s+)?(?:\w+\s+){0,3}?(?:courier|carrier|post|mail|postal))\b"
);
// An hour of the day, or the hours of business.
pattern!(
    HOURS,
    r"\b(?:([0-9]{1,2}(?:[:.][0-9]{2})?\s*[ap]\.?\s?m\b\.?)|((?:normal|regular|ordinary|usual)\s+(?:business|office|working)\s+hours|business\s+hours|office\s+hours|close\s+of\s+business)|(?:not|than)\s+(?:on\s+)?a\s+business\s+day|non-business\s+day)"
);

// "At 9.00 am on the second Business Day": the hour of arrival, and no cut-off.
pattern!(AT_HOUR, r"\bat\s+[0-9]{1,2}(?:[:.][0-9]{2})?\s*[ap]\.?\s?m\b\.?,?\s+(?:\([^()]{0,30}\)\s+)?on\s+");
// "Three (or ten, if posted abroad) business days": the longer time is that of other places.
pattern!(
    ALTERNATIVE,
    r"\((?:or|and)\s+[^()]{0,90}\)|\bor\s+\w+\s*,?\s+if\s+(?:posted|sent)\s+to\s+or\s+from\s[^,;]{3,60},"
);

/// One clause that was read.
struct NoticesClause {
    notices: Notices,
    sentence: usize,
    at: Span,
    score: usize,
}

/// Finds the notices clause: of several the one that tells of the most ways, in the body before the schedules.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut best: Option<NoticesClause> = None;
    for (i, span, words) in reader.sentences() {
        if words.len() > 6_000
            || !["deemed", "effective", "considered", "given", "received", "effect"]
                .iter()
                .any(|w| contains_fold(words, w))
        {
            continue;
        }
        let Some(from) = DEEMED.find(words) else { continue };
        let headed = contains_fold(reader.heading(i), "notice");
        if !headed && !NOTICE.is_match(words) {
            continue;
        }
        let at = whole(reader, i, span);
        let clause = read_each(reader.text.slice(at), from.range());
        let Some((notices, read)) = clause else { continue };
        let score = notices.methods.len() * 2 + usize::from(headed) + usize::from(!reader.attached(i));
        let at = Span::new(at.start() + read.start, at.start() + read.end);
        if best.as_ref().is_none_or(|b| score > b.score) {
            best = Some(NoticesClause { notices, sentence: i, at, score });
        }
    }
    findings.facts.notices = best.map(|clause| {
        let raw = head(reader.text.slice(clause.at), 300);
        let own = reader.span(clause.sentence);
        let quote =
            if own.contains(clause.at) { reader.quote(clause.sentence, clause.at) } else { own.cover(clause.at) };
        let cited = reader.text.cited(clause.notices, quote);
        Fact::found("notices", cited, raw, Origin::rule("delivery.deemed"), Confidence::new(0.85))
    });
}

/// The sentence and the list that it leads in.
fn whole(reader: &Reader<'_>, i: usize, span: Span) -> Span {
    let mut at = span;
    let mut anew = METHOD.iter().any(|(_, p)| p.is_match(reader.sentence(i)));
    let leads = reader.sentence(i).trim_end().ends_with(':');
    for (next, sentence) in reader.segments.sentences.iter().enumerate().skip(i + 1).take(10) {
        let words = reader.sentence(next);
        let item = sentence.lead_in == Some(i) || leads && words.len() < 400 && starts_item(words);
        // "Notices by post are deemed received ... Notices by email are deemed received ...": one clause in sentences.
        anew &=
            !item && words.len() < 400 && ANEW.find(words).is_some_and(|m| m.start() == 0) && DEEMED.is_match(words);
        if !item && !anew || sentence.span.end() - span.start() > 3_000 {
            break;
        }
        at = at.cover(sentence.span);
    }
    at
}

/// "(a) ...", "(ii) ...", "- ...".
fn starts_item(words: &str) -> bool {
    let words = words.trim_start();
    words.starts_with(['(', '-', '•', '·']) || words.as_bytes().get(1).is_some_and(|b| matches!(b, b')' | b'.'))
}

/// Reads a clause that can say it once for each way: "notices sent by post are deemed received two days after posting and
/// notices sent by email are deemed received when sent".
fn read_each(clause: &str, first: Range<usize>) -> Option<(Notices, Range<usize>)> {
    let again = ANEW.find_iter(&clause[first.end..]).map(|m| first.end + m.start());
    let again = again
        .filter(|at| METHOD.iter().any(|(_, p)| p.is_match(&clause[..first.start])) && DEEMED.is_match(&clause[*at..]));
    let Some(at) = again.last() else { return read(clause, first) };
    let next = DEEMED.find(&clause[at..])?.range();
    let Some((more, two)) = read(&clause[at..], next) else { return read_each(&clause[..at], first) };
    let Some((mut notices, one)) = read_each(&clause[..at], first.clone()) else { return read(clause, first) };
    for delivery in more.methods {
        add(&mut notices.methods, delivery);
    }
    notices.methods.sort_by_key(|d| d.method);
    notices.cut_off = notices.cut_off.or(more.cut_off);
    Some((notices, one.start..at + two.end))
}

// The next kind of notice of which a clause says when it counts.
pattern!(
    ANEW,
    r"(?:^|(?:[;.,]|\band\b|\bwhile\b|\bwhereas\b)\s+)(?:(?:an?|any|all|each|those|ones?)\s+)?(?:notices?|communications?|those|e-?mails?|letters?|fax(?:es)?|sent)\s"
);
// Post as a way, and not as the moment of posting.
pattern!(BY_POST, r"\b(?:by|in|the)\s+(?:[\w.-]+\s+){0,3}(?:post|mail)s?\b");
// The one way that a sentence is about.
pattern!(
    SENT_BY,
    r"\b(?:notices?|communications?|documents?|letters?)\s+(?:(?:sent|given|delivered|made|served)\s+)?by\s[^.;]*$"
);

/// Reads a clause whose words "deemed given" stand at `from`, and says where the cases stand.
fn read(clause: &str, from: Range<usize>) -> Option<(Notices, Range<usize>)> {
    let after = &clause[from.end..];
    let mut cuts: Vec<usize> = CASE.find_iter(after).chain(SOFT_CASE.find_iter(after)).map(|m| m.start()).collect();
    cuts.extend([0, after.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut notices = Notices::default();
    let mut end = from.end;
    // "Deemed given when: (a) delivered personally; (b) sent by courier": the lead says no more than the verb does.
    // "Deemed given upon receipt: (a) ...": it speaks for every case.
    let mut lead = None;
    let (mut before, mut pending): (Vec<DeliveryMethod>, bool) = (Vec::new(), false);
    for (n, pair) in cuts.windows(2).enumerate() {
        let case = &after[pair[0]..pair[1]];
        let case = &without(&AT_HOUR, &without(&ALTERNATIVE, case));
        let plain = without(&BESIDE, case);
        let found: Vec<DeliveryMethod> = methods(case, &plain);
        let effect = effect(&plain);
        if let Some(hour) = cut_off(case) {
            notices.cut_off.get_or_insert(hour);
        }
        // "A notice sent by fax is deemed received on the next day": the way stands before.
        let found = if n == 0 && found.is_empty() && effect.is_some() { sent_by(clause, &from) } else { found };
        if n == 0 && found.is_empty() {
            // "Deemed given three days after: ..." would be odd; "upon the earlier of: ..." says nothing.
            lead = effect;
        }
        // "Upon confirmation of receipt of a facsimile": where nothing else is said, these words are the moment.
        let told = effect.or(lead).or_else(|| self::effect(case));
        let Some((effect, delay)) = told else {
            (before, pending) = (found, true);
            continue;
        };
        // A delay without a way of its own belongs to the ways just named, as any moment does to ways that have none yet.
        // "One sent by registered post, five days after posting": posting is how it is sent there.
        let same =
            found == [DeliveryMethod::Mail] && before == [DeliveryMethod::CertifiedMail] && !BY_POST.is_match(case);
        let continues = (found.is_empty() || same) && SOFT_CASE.find(case).is_some_and(|m| m.start() == 0);
        let delayed = effect == Effective::Dispatch && delay.is_some_and(|d| d.count > 0);
        let found = if continues && (delayed || pending) { before.clone() } else { found };
        for &method in &found {
            add(&mut notices.methods, of(method, effect, delay, &plain));
            end = from.end + pair[1];
        }
        (before, pending) = (found, false);
    }
    for delivery in turned(clause, &from) {
        add(&mut notices.methods, delivery);
    }
    // "If sent by courier, notice is deemed received on the next business day": the way stands before.
    if notices.methods.is_empty() {
        let before = tail(&clause[..from.start], 600);
        let before = before.rsplit(['.', ';']).next().unwrap_or(before);
        let plain = without(&BESIDE, before);
        let (effect, delay) = effect(&without(&BESIDE, &without(&AT_HOUR, head(after, 160))))?;
        for method in methods(before, &plain) {
            add(&mut notices.methods, of(method, effect, delay, &plain));
        }
        end = clause.len();
    }
    // "Notices sent by recorded delivery are deemed received two days after posting": posting is how it is sent there.
    if let [only] = notices.methods.as_mut_slice()
        && only.method == DeliveryMethod::Mail
        && SENT_BY.is_match(&clause[..from.start])
        && !BY_POST.is_match(after)
    {
        let before = &clause[..from.start];
        let named = methods(before, &without(&BESIDE, before));
        if let [way] = named.as_slice() {
            only.method = *way;
        }
    }
    notices.methods.sort_by_key(|d| d.method);
    (!notices.methods.is_empty()).then_some((notices, from.start..end))
}

/// The ways of the notices that the words before "deemed given" are about.
fn sent_by(clause: &str, from: &Range<usize>) -> Vec<DeliveryMethod> {
    let before = &clause[..from.start];
    if SENT_BY.is_match(before) { methods(before, &without(&BESIDE, before)) } else { Vec::new() }
}

/// "Two days after it is sent, an email is taken as received": the delay stands before too.
fn turned(clause: &str, from: &Range<usize>) -> Vec<Delivery> {
    let before = clause[..from.start].rsplit(['.', ';']).next().unwrap_or_default().trim_start();
    let plain = without(&BESIDE, before);
    if delay(&plain).is_none_or(|(_, at)| at.start > 12) {
        return Vec::new();
    }
    let Some((effect, delay)) = effect(&plain) else { return Vec::new() };
    methods(before, &plain).into_iter().map(|method| of(method, effect, delay, &plain)).collect()
}

/// What a case says about one of its ways. What is handed over by hand counts then, whatever else the case delays.
fn of(method: DeliveryMethod, after: Effective, delay: Option<Period>, case: &str) -> Delivery {
    if method == DeliveryMethod::Personal && ARRIVES.is_match(case) {
        return Delivery { method, after: Effective::Receipt, delay: None };
    }
    Delivery { method, after, delay }
}

/// Keeps one entry a way: the one with the longer delay, which is the safer.
fn add(methods: &mut Vec<Delivery>, new: Delivery) {
    let days =
        |d: &Delivery| d.delay.map_or(0, |p| p.count.saturating_mul(if p.unit == Unit::BusinessDay { 3 } else { 2 }));
    match methods.iter_mut().find(|d| d.method == new.method) {
        Some(known) if days(&new) > days(known) => *known = new,
        Some(_) => {}
        None => methods.push(new),
    }
}

/// The text with the matches of `pattern` blanked out.
fn without(pattern: &Pattern, text: &str) -> String {
    let mut out = text.to_owned();
    for m in pattern.find_iter(text) {
        out.replace_range(m.range(), &" ".repeat(m.range().len()));
    }
    out
}

/// The ways that a case names. Certified mail is told by words that [`BESIDE`] takes away ("return receipt requested").
fn methods(case: &str, plain: &str) -> Vec<DeliveryMethod> {
    let named = |method: DeliveryMethod| {
        let pattern = METHOD.iter().find(|(m, _)| *m == method).map(|(_, p)| p);
        pattern.is_some_and(|p| p.is_match(plain) || method == DeliveryMethod::CertifiedMail && p.is_match(case))
    };
    let mut found: Vec<DeliveryMethod> = METHOD.iter().map(|&(m, _)| m).filter(|&m| named(m)).collect();
    // "Certified mail, postage prepaid", "overnight mail", "electronic mail" are not ordinary mail as well.
    let others = [DeliveryMethod::CertifiedMail, DeliveryMethod::Courier, DeliveryMethod::Email];
    if found.iter().any(|m| others.contains(m)) {
        found.retain(|&m| m != DeliveryMethod::Mail);
    }
    found
}

/// When a case takes effect: on arrival, or how long after what.
fn effect(case: &str) -> Option<(Effective, Option<Period>)> {
    let zero = Period::new(0, Unit::Day);
    let arrives = ARRIVES.find(case).map(|m| m.start());
    let leaves = LEAVES.find(case).map(|m| m.start());
    let same_day = match (arrives, leaves) {
        (Some(a), Some(l)) if l <= a => Some((Effective::Dispatch, Some(zero), l)),
        (Some(a), _) => Some((Effective::Receipt, None, a)),
        (None, Some(l)) => Some((Effective::Dispatch, Some(zero), l)),
        (None, None) => None,
    };
    let Some((period, at)) = delay(case) else { return same_day.map(|(e, d, _)| (e, d)) };
    // "When sent, or on the next business day if sent after 5 p.m.": the moment holds, the hour is a cut-off.
    if HOURS.is_match(case) && period.count == 1 {
        return same_day.map(|(e, d, _)| (e, d));
    }
    let (_, after) = around(case, &at, 60);
    let receipt = ARRIVES.find(after).map(|m| m.start());
    let sending = LEAVES.find(after).map(|m| m.start());
    // "Five days after receipt" is not a delay that sending earlier can make good.
    let on_receipt = matches!((receipt, sending), (Some(r), s) if s.is_none_or(|s| r < s) && r < 24);
    Some(if on_receipt && !after.contains("deposit") {
        (Effective::Receipt, Some(period))
    } else {
        (Effective::Dispatch, Some(period))
    })
}

/// The delay of a case and its place.
fn delay(case: &str) -> Option<(Period, Range<usize>)> {
    let days = |unit| matches!(unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Hour | Unit::BusinessHour);
    let counted = periods(case).into_iter().find_map(|p| {
        let period = p.value.reading.known().filter(|p| days(p.unit))?;
        if !LATER.is_match(head(&case[p.range.end..], 40)) {
            return None;
        }
        // Hours go on by the day: 24 hours after sending is the next day.
        let period = match period.unit {
            Unit::Hour => Period::new(period.count.div_ceil(24), Unit::Day),
            Unit::BusinessHour => Period::new(1, Unit::BusinessDay),
            _ => period,
        };
        // Longer than a month is the time of something else.
        (period.count <= 30).then_some((period, p.range))
    });
    let nth = NTH_DAY.captures(case).and_then(|found| {
        let whole = found.get(0)?.range();
        let unit = if found.get(2).is_some() { Unit::BusinessDay } else { Unit::Day };
        let count = match found.get(1).map(|m| m.as_str().to_ascii_lowercase()).as_deref() {
            None | Some("next" | "following") => 1,
            Some(word) => ordinal(word)?.value,
        };
        Some((Period::new(count, unit), whole))
    });
    match (counted, nth) {
        (Some(a), Some(b)) if b.1.start < a.1.start => Some(b),
        (a, b) => a.or(b),
    }
}

fn cut_off(case: &str) -> Option<String> {
    let found = HOURS.captures(case)?;
    let hour = found.get(1).or(found.get(2))?.as_str();
    Some(hour.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use crate::calendar::Unit;
    use crate::detect::{Findings, detect};
    use crate::record::DocumentId;
    use crate::record::value::{DeliveryMethod, Effective, Notices};
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn read(plain: &str) -> Findings {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        detect(&text, &segment(&text))
    }

    fn notices(plain: &str) -> Notices {
        read(plain).facts.notices.and_then(|f| f.value().cloned()).unwrap_or_else(|| panic!("{plain}"))
    }

    /// The table in short: `courier 1b` is one business day after dispatch, `personal r` on receipt.
    fn table(plain: &str) -> String {
        let say = |n: &Notices| {
            let one = |d: &crate::record::value::Delivery| {
                let name = serde_json::to_value(d.method).unwrap().as_str().unwrap().to_owned();
                let delay = d.delay.map_or(String::new(), |p| {
                    format!("{}{}", p.count, if p.unit == Unit::BusinessDay { "b" } else { "d" })
                });
                format!("{name} {}{delay}", if d.after == Effective::Receipt { "r" } else { "" })
            };
            n.methods.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        say(&notices(plain))
    }

    #[test]
    fn tables_of_delivery() {
        let mut wrong = Vec::new();
        for (text, want) in [
            (
                "Notices shall be in writing and shall be deemed received (a) upon personal delivery, (b) one (1) business \
                 day after deposit with an overnight courier, (c) three (3) days after mailing by certified mail, return \
                 receipt requested, or (d) when sent by email with confirmation of transmission.",
                "personal r, courier 1b, certified_mail 3d, email 0d",
            ),
            (
                "All notices hereunder shall be deemed given: (i) when delivered by hand; (ii) on the fifth day after \
                 mailing, if mailed; (iii) on the next business day after sending, if sent by overnight courier.",
                "personal r, courier 1b, mail 5d",
            ),
            (
                "Any notice is deemed to have been duly given on the second (2nd) Business Day after posting if sent by \
                 first-class post, or on receipt if delivered by courier.",
                "courier r, mail 2b",
            ),
            (
                "Every notice shall be deemed effective three days after mailing if sent by registered mail, or when \
                 received if sent by facsimile, courier or personal delivery.",
                "personal r, courier r, certified_mail 3d, fax r",
            ),
            (
                "Notices will be deemed given upon personal delivery, one (1) day after deposit with express courier, upon \
                 confirmation of receipt of facsimile, or five (5) days after deposit in the mail.",
                "personal r, courier 1d, mail 5d, fax r",
            ),
            (
                "A notice is deemed received, if sent by courier, two days after dispatch; if by fax, when sent; if by \
                 hand, on delivery, upon at least ten days' notice of a change of address.",
                "personal r, courier 2d, fax 0d",
            ),
            (
                "Notices are deemed given (i) when delivered by hand, or (ii) one day after delivery to a reputable overnight \
                 carrier.",
                "personal r, courier 1d",
            ),
            (
                "Notices shall be effective upon receipt if delivered by hand or sent by overnight courier.",
                "personal r, courier r",
            ),
            (
                "Notices are deemed given when: (a) delivered personally; (b) sent by a recognised overnight courier; or \
                 (c) sent by certified or registered mail, postage prepaid.",
                "personal r, courier 0d, certified_mail 0d",
            ),
            (
                "A notice shall be deemed given on the date of transmission when sent by facsimile, and 48 hours after \
                 posting when sent by prepaid post.",
                "mail 2d, fax 0d",
            ),
            (
                "A notice is treated as received: (a) if left at the address by hand, when it is left there; (b) if sent by \
                 pre-paid first-class post, at 9.00 am on the second Business Day after posting; or (c) if sent by email, \
                 at 9.00 am on the next Business Day after transmission.",
                "personal r, mail 2b, email 1b",
            ),
            (
                "Notices are deemed given three (3) days after deposit in the U.S. mail, or one business day after being \
                 sent by overnight courier.",
                "courier 1b, mail 3d",
            ),
            ("Any notice sent by post shall be deemed served 48 hours after posting.", "mail 2d"),
            (
                "Any notice is deemed received: (a) if sent by pre-paid first-class post or other next working day delivery \
                 service, at 9.00 am on the second Business Day after posting; (b) if sent by email, when sent.",
                "mail 2b, email 0d",
            ),
            (
                "Notice by email is deemed received at 10.00 a.m. on the first Business Day following the day of sending.",
                "email 1b",
            ),
            (
                "A notice delivered by hand is received on delivery, and a notice sent by post on the second Working Day \
                 after posting.",
                "mail 2b",
            ),
            (
                "Notices sent by recorded delivery are deemed received on the second Business Day after posting and notices \
                 sent by email are deemed received when sent.",
                "certified_mail 2b, email 0d",
            ),
            (
                "Notices sent by first class post are deemed received on the third Business Day after posting. Notices sent by \
                 email are deemed received one Business Day after they are sent.",
                "mail 3b, email 1b",
            ),
            (
                "Notices by hand are deemed received on delivery. Notices by post are deemed received two days after posting. \
                 Notices by email are deemed received when sent.",
                "personal r, mail 2d, email 0d",
            ),
            (
                "A notice sent by post is presumed received on the seventh day after posting. An email is deemed received on \
                 the next business day after it is sent.",
                "mail 7d, email 1b",
            ),
            (
                "Any letter sent by courier is deemed given two days after dispatch. Any communication by fax is deemed given \
                 when transmitted.",
                "courier 2d, fax 0d",
            ),
            (
                "A notice sent by fax is presumed to have been received on the first business day after transmission; one \
                 sent by courier, on the third business day after it is handed to the courier.",
                "courier 3b, fax 1b",
            ),
            (
                "A notice sent by email is deemed received one business day after sending; one sent by registered post, five \
                 days after posting.",
                "certified_mail 5d, email 1b",
            ),
            (
                "Notices given by courier are deemed received two days after dispatch, and those by email, when sent.",
                "courier 2d, email 0d",
            ),
            (
                "Two business days after it is sent, an email is taken as received; four business days after it is posted, a \
                 letter is.",
                "mail 4b, email 2b",
            ),
            ("Three days after posting, a letter is deemed to have been received.", "mail 3d"),
            (
                "One working day after dispatch by courier, a notice is treated as given; five days after mailing by \
                 registered post, likewise.",
                "courier 1b, certified_mail 5d",
            ),
            ("On the second business day after transmission, a notice sent by fax is deemed received.", "fax 2b"),
            (
                "Notices handed over personally are deemed given when so delivered, and a notice sent by fax is deemed given on \
                 the next Business Day after it is sent. A notice by telephone is deemed given to nobody.",
                "personal r, fax 1b",
            ),
            (
                "A notice is taken to be received: (a) if posted, three (or seven if posted to or from overseas) Business \
                 Days after posting; (b) if emailed, when sent.",
                "mail 3b, email 0d",
            ),
        ] {
            let got = read(text).facts.notices.map_or(String::new(), |_| table(text));
            if got != want {
                wrong.push(format!("{got} for {text}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_list_below_its_lead() {
        let text = "14. NOTICES\nAll notices shall be in writing and shall be deemed to have been given:\n(a) when delivered \
                    by hand;\n(b) when received if sent by courier;\n(c) on the third Business Day after mailing by \
                    certified mail.\n15. GENERAL\nThis is the whole agreement.";
        assert_eq!(table(text), "personal r, courier r, certified_mail 3b");
    }

    #[test]
    fn hours_are_a_cut_off() {
        let n = notices(
            "Notices shall be deemed received on the date sent by email if sent during normal business hours of the \
             recipient, and on the next Business Day if sent after normal business hours.",
        );
        assert_eq!(n.methods.len(), 1);
        assert_eq!((n.methods[0].method, n.methods[0].delay.map(|p| p.count)), (DeliveryMethod::Email, Some(0)));
        assert_eq!(n.cut_off.as_deref(), Some("normal business hours"));
        let n = notices(
            "Notices shall be deemed given on the day of sending if sent by fax before 5:00 p.m., or on the next business \
             day if sent by fax after 5:00 p.m.",
        );
        assert_eq!((n.methods[0].delay.map(|p| p.count), n.cut_off.as_deref()), (Some(0), Some("5:00 p.m.")));
    }

    #[test]
    fn what_is_no_notices_clause() {
        for text in [
            "Payment shall be deemed received when the bank has credited the account by electronic transmission.",
            "All notices shall be in writing and sent by certified mail to the addresses below.",
            "Notices shall be given in writing by certified mail or by a courier that obtains a receipt.",
            "The Products shall be deemed delivered when given to the courier.",
            "Orders sent by email are deemed received when the Supplier confirms them by email.",
        ] {
            assert!(read(text).facts.notices.is_none(), "{text}");
        }
    }
}
