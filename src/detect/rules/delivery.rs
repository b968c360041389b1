//! When notices count as given (R14): "deemed received (a) upon personal delivery, (b) one business day after deposit with
//! an overnight courier, (c) three days after mailing by certified mail, (d) when sent by email".
//!
//! The clause is cut into its cases; in each case the ways to send are read, and the delay or the moment that goes with
//! them. A case that speaks of an hour of the day only says that later is the next business day (R13).

mod case;
mod forms;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::pattern::{contains_fold, pattern};
use super::reader::{Reader, head, tail};
use crate::calendar::Unit;
use crate::detect::Findings;
use crate::lexicon::blanked;
use crate::phrase::{Forms, Matched, Phrases};
use crate::record::value::{Delivery, DeliveryMethod, Effective, Notices};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};
use case::Case;
use forms::{CASES, DEEMED, SOFT_CASES};

pattern!(
    NOTICE,
    r"\b(?:notices?|notifications?|communications?|documents?\s+shall|written\s+documents?)\b|\b(?:an?|any|every)\s+(?:e-?mail|letter|fax)\s+(?:is|shall|will|that|sent|posted|given|by|counts)\b"
);
// A sentence about notices, which those behind it go on about.
pattern!(OF_NOTICES, r"^\W*(?:[0-9.]+\W+)?(?:[\w'’-]+\s+){0,4}?(?:notices?|communications?)\b");
// Where a case begins: a number of a list, a semicolon, "and those".
pattern!(
    MARK,
    r";|\n|[\s:,](?:\(\s*(?:[a-h]|[ivx]{1,4})\s*\)|(?:[a-h]|[ivx]{1,4})\)\s)|(?:[:,;]|\b(?:or|and)\b)\s*\([1-9]\)\s|\.\s+(?:if|notices?|any|a|by)\b|\b(?:and|while)\s+{next_paper}"
);

/// One clause that was read.
struct NoticesClause {
    notices: Notices,
    sentence: usize,
    at: Span,
    /// Where its sentence begins to say when notice counts.
    first: usize,
    score: usize,
}

/// Finds the notices clause: of several the one that tells of the most ways, in the body before the schedules.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut best: Option<NoticesClause> = None;
    for (i, span, words) in reader.sentences() {
        if words.len() > 6_000
            || ![
                "deemed",
                "effect",
                "considered",
                "given",
                "received",
                "taken to",
                "regarded",
                "presumed",
                "treated",
                "count",
            ]
            .iter()
            .any(|w| contains_fold(words, w))
        {
            continue;
        }
        // "Notices." before the first sentence of its line is a sentence too.
        let titled = |at: usize| reader.sentence(at).len() < 20 && contains_fold(reader.sentence(at), "notices");
        // "Notices have to be in writing. One that is sent by post is treated as given two days later".
        let spoken = |at: usize| reader.share_section(at, i) && OF_NOTICES.is_match(reader.sentence(at));
        let headed = contains_fold(reader.heading(i), "notice")
            || (1..=2).any(|back| i >= back && titled(i - back))
            || (1..=3).any(|back| i >= back && spoken(i - back));
        if !headed && !NOTICE.is_match(words) {
            continue;
        }
        let Some(from) = deemed(words) else { continue };
        let first = from.start;
        let at = whole(reader, i, span);
        let clause = read_each(reader.text.slice(at), from.clone()).map(|read| (2, read));
        // What is said of all ways at once counts where nothing says more.
        let Some((each, (notices, read))) = clause.or_else(|| Some((0, on_arrival(reader, i, from)?))) else {
            continue;
        };
        let score = notices.methods.len() * each + usize::from(headed) + usize::from(!reader.attached(i));
        let at = Span::new(at.start() + read.start, at.start() + read.end);
        if best.as_ref().is_none_or(|b| score > b.score) {
            best = Some(NoticesClause { notices, sentence: i, at, first, score });
        }
    }
    findings.facts.notices = best.map(|clause| {
        let own = reader.sentence(clause.sentence).part(..clause.first);
        let ways = permitted(reader, clause.sentence, own);
        let notices = with_permitted(clause.notices, &ways, reader.text.slice(clause.at));
        let raw = head(reader.text.slice(clause.at), 300);
        let own = reader.span(clause.sentence);
        let quote =
            if own.contains(clause.at) { reader.quote(clause.sentence, clause.at) } else { own.cover(clause.at) };
        let cited = reader.text.cited(notices, quote);
        Fact::found("notices", cited, raw, Origin::rule("delivery.deemed"), Confidence::new(0.85))
    });
}

/// Where `words` say that a notice counts as given.
fn deemed(words: &str) -> Option<Range<usize>> {
    let phrases = Phrases::of_dealings(words);
    let start = |m: &Matched| m.marked.first().copied();
    let found = DEEMED.iter().filter_map(|form| form.find(&phrases)).min_by_key(|m| (start(m), m.range.end))?;
    let list = phrases.list();
    Some(list[start(&found)?].range.start..list[found.range.end - 1].range.end)
}

/// "Notices are effective when received": the ways stand in the sentence above, or in the one below.
fn on_arrival(reader: &Reader<'_>, i: usize, from: Range<usize>) -> Option<(Notices, Range<usize>)> {
    pattern!(
        SENT,
        r"^\W*(?:it|they)\s+(?:may|can|must|shall|is|are)\b[^.;]{0,60}\b(?:sent|given|delivered|served|made)\b"
    );
    let (after, delay) = Case::of(reader.sentence(i)).effect().filter(|(after, _)| *after == Effective::Receipt)?;
    let beside = |at: usize, said: &super::pattern::Pattern| {
        let words = Some(reader.sentence(at)).filter(|w| reader.share_section(at, i) && w.len() <= 1_500)?;
        said.is_match(words).then(|| Case::of(words).methods()).filter(|ways| !ways.is_empty())
    };
    let ways = i.checked_sub(1).and_then(|at| beside(at, &NOTICE)).or_else(|| beside(i + 1, &SENT))?;
    let methods: Vec<_> = ways.into_iter().map(|method| Delivery { method, after, delay }).collect();
    (!methods.is_empty()).then_some((Notices { methods, ..Notices::default() }, from))
}

/// The ways in which notices may be sent: those of the sentence that says so, in the words before "deemed" or above them.
fn permitted(reader: &Reader<'_>, i: usize, own: &str) -> Vec<DeliveryMethod> {
    let above = (1..=3).filter_map(|back| i.checked_sub(back)).take_while(|&at| reader.share_section(at, i));
    let above = above.map(|at| reader.sentence(at)).filter(|words| words.len() <= 1_500 && !TIMED.is_match(words));
    // "Addressed as stated above (the Contractor: attention Manager; the Principal: …), and delivered by hand".
    pattern!(ASIDES, r"\([^()]*\)");
    let permits = |words: &&str| {
        let plain = blanked(words, ASIDES.find_iter(words).map(|m| m.range()));
        NOTICE.is_match(&plain) && PERMITS.is_match(&plain)
    };
    let said = std::iter::once(own).chain(above).find(permits);
    said.map(|words| Case::of(words).methods()).unwrap_or_default()
}

// "Notices must be in writing and be delivered by hand", "may only be sent by registered post".
pattern!(
    PERMITS,
    r"\b(?:must|shall|should|may|can|will|(?:is|are|has|have|need|ought)\s+to)\b[^.;]{0,300}?\b(?:sent|send|given?|delivered|deliver|served?|made|handed|left|dispatched|posted|transmitted|forwarded|addressed)\b[^.;]*\b(?:by|via|through|in\s+person|personally|using)\b"
);

// A sentence that says when notices count, and not how they may be sent.
pattern!(TIMED, r"\b(?:deemed|considered|presumed|treated|regarded|taken\s+to|effective|count\s+as)\b");

/// Adds the permitted ways of which the clause says nothing of their own: they count on arrival.
///
/// "By hand or by registered post. Deemed received on delivery or, if posted, two days after": the post is the registered one.
fn with_permitted(mut notices: Notices, permitted: &[DeliveryMethod], clause: &str) -> Notices {
    use DeliveryMethod::{CertifiedMail, Mail};
    let told = |notices: &Notices, way| notices.methods.iter().any(|d| d.method == way);
    let registered_only = permitted.contains(&CertifiedMail) && !permitted.contains(&Mail);
    if registered_only && !told(&notices, CertifiedMail) && !ORDINARY.is_match(clause) {
        notices.methods.iter_mut().filter(|d| d.method == Mail).for_each(|d| d.method = CertifiedMail);
    }
    for &method in permitted {
        if !told(&notices, method) {
            notices.methods.push(Delivery { method, after: Effective::Receipt, delay: None });
        }
    }
    notices.methods.sort_by_key(|d| d.method);
    notices
}

// Post that is told from the registered one.
pattern!(
    ORDINARY,
    r"\b(?:ordinary|regular|first[\s-]class|pre-?paid|normal|surface|air)\s+(?:[\w-]+\s+)?(?:post|mail)\b|\bairmail\b"
);

/// The sentence and the list that it leads in.
fn whole(reader: &Reader<'_>, i: usize, span: Span) -> Span {
    let mut at = span;
    let mut anew = !Case::of(reader.sentence(i)).methods().is_empty();
    let own_lead = reader.segments.sentences.get(i).and_then(|s| s.lead_in);
    let said = reader.sentence(i).trim_end();
    let leads = [":", "as follows."].iter().any(|end| said.ends_with(end))
        || said.contains('\t')
        || !said.ends_with('.') && !starts_item(said);
    for (next, sentence) in reader.segments.sentences.iter().enumerate().skip(i + 1).take(10) {
        let words = reader.sentence(next);
        // "(a) A letter counts as given two days after posting; (b) an email counts as given when sent".
        let beside = own_lead.is_some() && sentence.lead_in == own_lead && deemed(words).is_some();
        let item = beside || sentence.lead_in == Some(i) || leads && words.len() < 400 && starts_item(words);
        // "Notices by post are deemed received ... Notices by email are deemed received ...": one clause in sentences.
        anew &=
            !item && words.len() < 400 && ANEW.find(words).is_some_and(|m| m.start() == 0) && deemed(words).is_some();
        if !item && !anew || sentence.span.end() - span.start() > 3_000 {
            break;
        }
        at = at.cover(sentence.span);
    }
    at
}

/// "(a) ...", "(ii) ...", "- ...", "First class post: ...".
fn starts_item(words: &str) -> bool {
    let words = words.trim_start();
    let label = words.split([':', '\t', '–']).next().filter(|label| label.len() < words.len() && label.len() < 60);
    if label.is_some_and(|label| !Case::of(label).methods().is_empty()) {
        return true;
    }
    words.starts_with(['(', '-', '•', '·']) || words.as_bytes().get(1).is_some_and(|b| matches!(b, b')' | b'.'))
}

/// Reads a clause that can say it once for each way: "notices sent by post are deemed received two days after posting and
/// notices sent by email are deemed received when sent".
fn read_each(clause: &str, first: Range<usize>) -> Option<(Notices, Range<usize>)> {
    let again = ANEW.find_iter(clause.part(first.end..)).map(|m| first.end + m.start());
    let named = !Case::of(clause.part(..first.start)).methods().is_empty();
    let Some((at, next)) = again.filter(|_| named).filter_map(|at| Some((at, deemed(clause.part(at..))?))).last()
    else {
        return read(clause, first);
    };
    let Some((more, two)) = read(clause.part(at..), next) else { return read_each(clause.part(..at), first) };
    let Some((mut notices, one)) = read_each(clause.part(..at), first.clone()) else { return read(clause, first) };
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
    r"(?:^|(?:[;.,]|\band\b|\bwhile\b|\bwhereas\b)\s+)(?:(?:an?|any|all|each|those|ones?)\s+)?(?:[a-z]+ed\s+)?{papers_sent}\s|(?:^|\.\s)(?:if\s+)?{sent_so}[^.;:]{0,60}:"
);
// Post as a way, and not as the moment of posting.
pattern!(BY_POST, r"\b(?:by|in|the)\s+(?:[\w.-]+\s+){0,3}(?:post|mail)s?\b");
// The one way that a sentence is about.
pattern!(
    SENT_BY,
    r"\b(?:notices?|communications?|documents?|letters?|service|(?:what|anything|whatever)\s+is)\s+(?:{sent_by}\s+)?by\s[^.;]*$|(?:^|[.;])\W*(?:\w+\s+)?(?:e-?mails?|letters?|fax(?:es)?)\s[^.;,]*$"
);
// The one way of a clause that has several: "when sent by courier, it takes effect".
pattern!(WHEN_SENT, r"(?:^|[.;])\W*(?:when|if|where)\s+(?:it\s+is\s+)?{sent_by}\s+by\s[^.;,]*$");
// "By certified mail: the notice then counts", "by certified mail, in which case it counts".
pattern!(LED_BY, r"(?:^|[.;])\W*by\s[^.;:]{2,60}:[^.;]*$|\bby\s[^.;]{2,80}\bin\s+which\s+(?:case|event)\s[^.;]*$");

/// Where the cases of `after` begin, in order, and whether each is one that may belong to the case before it.
fn cuts(after: &str) -> Vec<(usize, bool)> {
    let phrases = Phrases::of_dealings(after);
    let marked = |forms: &Forms<()>, soft: bool| -> Vec<(usize, bool)> {
        let all = phrases.list().iter().enumerate().filter(|&(i, _)| forms.marks(&phrases, i));
        all.map(|(_, p)| (p.range.start, soft)).collect()
    };
    let mut cuts: Vec<_> = MARK.find_iter(after).map(|m| (m.start(), false)).collect();
    cuts.extend(marked(&CASES, false));
    cuts.extend(marked(&SOFT_CASES, true));
    cuts.extend([(0, false), (after.len(), false)]);
    cuts.sort_unstable();
    cuts.dedup_by_key(|cut| cut.0);
    cuts
}

/// Reads a clause whose words "deemed given" stand at `from`, and says where the cases stand.
fn read(clause: &str, from: Range<usize>) -> Option<(Notices, Range<usize>)> {
    let after = clause.part(from.end..);
    let cuts = cuts(after);
    let mut notices = Notices::default();
    let mut end = from.end;
    // "Deemed given when: (a) delivered personally; (b) sent by courier": the lead says no more than the verb does.
    // "Deemed given upon receipt: (a) ...": it speaks for every case.
    let mut lead = None;
    let (mut before, mut pending): (Vec<DeliveryMethod>, bool) = (Vec::new(), false);
    for (n, pair) in cuts.windows(2).enumerate() {
        let case = Case::of(after.part(pair[0].0..pair[1].0));
        let effect = case.effect();
        if let Some(hour) = case.cut_off() {
            notices.cut_off.get_or_insert(hour);
        }
        let mut found = case.methods();
        if n == 0 && found.is_empty() {
            // "A notice sent by fax is deemed received on the next day": the way stands before.
            // "Deemed given three days after: ..." would be odd; "upon the earlier of: ..." says nothing.
            found = if effect.is_some() { sent_by(clause, &from) } else { found };
            lead = if found.is_empty() { effect } else { None };
        }
        // "Notices sent by recorded delivery are deemed received two days after posting": posting is how it is sent there.
        if n == 0 && found == [DeliveryMethod::Mail] {
            let ways = sent_by(clause, &from);
            // "By certified mail, in which case they are deemed given three days after deposit in the mail".
            let certified = ways == [DeliveryMethod::CertifiedMail];
            if certified || !ways.is_empty() && !BY_POST.is_match(case.words()) {
                found = ways;
            }
        }
        // "Upon confirmation of receipt of a facsimile": where nothing else is said, these words are the moment.
        let told = effect.or(lead).or_else(|| case.proved());
        let Some((effect, delay)) = told else {
            (before, pending) = (found, true);
            continue;
        };
        // A delay without a way of its own belongs to the ways just named, as any moment does to ways that have none yet.
        // "One sent by registered post, five days after posting": posting is how it is sent there.
        let same = found == [DeliveryMethod::Mail]
            && before == [DeliveryMethod::CertifiedMail]
            && !BY_POST.is_match(case.words());
        let continues = (found.is_empty() || same) && pair[0].1;
        let delayed = effect == Effective::Dispatch && delay.is_some_and(|d| d.count > 0);
        let found = if continues && (delayed || pending) { before.clone() } else { found };
        for &method in &found {
            add(&mut notices.methods, case.of_way(method, effect, delay));
            end = from.end + pair[1].0;
        }
        (before, pending) = (found, false);
    }
    for delivery in turned(clause, &from) {
        add(&mut notices.methods, delivery);
    }
    // "If sent by courier, notice is deemed received on the next business day": the way stands before.
    if notices.methods.is_empty() {
        let before = tail(clause.part(..from.start), 600);
        let before = Case::of(before.rsplit(['.', ';']).next().unwrap_or(before));
        let (effect, delay) = Case::of(head(after, 160)).effect()?;
        for method in before.methods() {
            add(&mut notices.methods, before.of_way(method, effect, delay));
        }
        end = clause.len();
    }
    notices.methods.sort_by_key(|d| d.method);
    (!notices.methods.is_empty()).then_some((notices, from.start..end))
}

/// The ways of the notices that the words before "deemed given" are about.
fn sent_by(clause: &str, from: &Range<usize>) -> Vec<DeliveryMethod> {
    let before = clause.part(..from.start);
    if let Some(one) = WHEN_SENT.find(before) {
        return Case::of(before.part(one.start()..)).methods();
    }
    if SENT_BY.is_match(before) || LED_BY.is_match(before) { Case::of(before).methods() } else { Vec::new() }
}

/// "Two days after it is sent, an email is taken as received": the delay stands before too.
fn turned(clause: &str, from: &Range<usize>) -> Vec<Delivery> {
    let before = clause.part(..from.start).rsplit(['.', ';']).next().unwrap_or_default().trim_start();
    let case = Case::of(before);
    if case.delay().is_none_or(|(_, at)| at.start > 12) {
        return Vec::new();
    }
    let Some((effect, delay)) = case.effect() else { return Vec::new() };
    case.methods().into_iter().map(|method| case.of_way(method, effect, delay)).collect()
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
