//! Notice that stops an automatic renewal or exercises an option: "at least sixty (60) days prior to the end of the
//! then-current term". Wording knowledge: C2.

mod day;
mod forms;
mod special;
mod window;
mod words;

use super::pattern::pattern;
use super::reader::{Reader, head, settled, tail};
use crate::calendar::{Period, Unit, month_number};
use crate::lexicon::{Class, Found, PeriodText, Reading, among, disputed_figure};
use crate::phrase::{Kind, Phrase, Phrases};
use crate::record::value::{NoticeTerm, RenewalKind, RenewalNotice};
use crate::record::{Part as _, Status};
use forms::{
    ABOUT_END, AT_END, BEFORE_END, COUNTED_ON, ENDS, NOTICES, OTHER_NOTICE, OTHER_OPTION, RENEWALS, REPLIES, STAYS,
    UNTIL_END,
};
use window::{Window, window};
use words::{
    ABOUT_FIRST, ABOUT_RENEWAL, ASKED, AT_ANY_TIME, BEFORE, COUNTED, FIXED_END, FOR_AFTER, GIVEN_BY, GIVER,
    OPTION_HOLDER, OTHER_END, RECEIVES, RENEWED_BY, REPLY_STOPS, RUNS_OUT, SENDER, TIMED,
};

/// Boxes to tick at the start of a line, and those that are empty.
const BOXES: [char; 6] = ['[', '☐', '□', '☒', '☑', '■'];
const EMPTY: [&str; 4] = ["[ ]", "[]", "☐", "□"];

/// What a clause says about notice.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    /// The ways to give it, in the order of the text.
    pub(super) ways: Vec<RenewalNotice>,
    /// The sentences that say so.
    pub(super) sentences: Vec<usize>,
    /// Why there is no period.
    pub(super) gap: Option<Status>,
    /// The words of a period whose words and figure differ.
    pub(super) disputed: Option<String>,
}

impl Notice {
    /// One way, given by `sentence`.
    pub(super) fn of(way: RenewalNotice, sentence: usize) -> Self {
        Self { ways: vec![way], sentences: vec![sentence], gap: None, disputed: None }
    }

    /// Whether the ways ask for different times.
    pub(super) fn differs(&self) -> bool {
        self.ways.windows(2).any(|w| w[0].period != w[1].period || w[0].on != w[1].on)
    }
}

/// Whether the length of time at phrase `i` is a notice period.
pub(super) fn is_notice(phrases: &Phrases, i: usize) -> bool {
    is_said(phrases, i) || window(phrases).is_some_and(|w| w.holds(i))
}

/// The same, without windows.
fn is_said(phrases: &Phrases, i: usize) -> bool {
    NOTICES.marks(phrases, i) && !is_reply(phrases, i) && !RENEWALS.marks(phrases, i)
}

/// Whether the length of time at phrase `i` is a time to answer.
pub(super) fn is_reply(phrases: &Phrases, i: usize) -> bool {
    REPLIES.marks(phrases, i) || runs_on(phrases, i)
}

/// Whether the length of time at phrase `i` runs on from a day, and is not counted back from it.
pub(super) fn runs_on(phrases: &Phrases, i: usize) -> bool {
    COUNTED_ON.marks(phrases, i)
}

/// The notice that the value of a label gives: "60 days", "minimum 30 days, maximum 90 days before the end".
pub(super) fn labelled(value: &str) -> Option<RenewalNotice> {
    let phrases = Phrases::of(value);
    let window = window(&phrases);
    let first = || phrases.lengths().find_map(|(_, p)| p.value.reading.known());
    let Some(period) = window.as_ref().map(|w| w.last).or_else(first) else {
        return day::labelled(value).map(|on| RenewalNotice { on: Some(on), ..RenewalNotice::default() });
    };
    Some(RenewalNotice { period: Some(period), window_opens: window.map(|w| w.opens), ..RenewalNotice::default() })
}

/// Whether words ask for a notice whose length stands elsewhere: "by giving the Notice Period in writing".
pub(super) fn is_named(words: &str) -> bool {
    pattern!(
        NAMED,
        [
            "the/your/our/agreed/required/minimum/stated (agreed/required/minimum/stated) notice-period/period-of-notice",
            "notice ..30 within the (notice) window/period stated/shown/given/set-out",
        ]
    );
    NAMED.is_match(words)
}

/// The notice of the renewal clause in `sentence`: in the clause itself, else in the sentences beside it, else where
/// the contract speaks of not renewing.
pub(super) fn find(reader: &Reader<'_>, sentence: usize, kind: RenewalKind) -> Option<Notice> {
    if let Some(special) = special::find(reader, kind) {
        return Some(special);
    }
    let own = read(reader, sentence, kind, true);
    // "Unless notice is given before the end": another sentence may say how long before.
    if own.as_ref().is_some_and(is_until_end) {
        return beside(reader, sentence, kind).filter(|n| n.ways.iter().any(|w| w.period.is_some())).or(own);
    }
    match own {
        Some(notice) => Some(with_other(reader, with_next(reader, notice, kind), kind)),
        None => beside(reader, sentence, kind),
    }
}

/// The notice of the renewal clause in `sentence` where that itself gives none.
fn beside(reader: &Reader<'_>, sentence: usize, kind: RenewalKind) -> Option<Notice> {
    if let Some(notice) = from_items(reader, sentence) {
        return Some(notice);
    }
    // "Within three months after the Renewal Notice": the time hangs on a notice of the other party.
    if REPLY_STOPS.is_match(reader.sentence(sentence)) {
        return Some(Notice {
            ways: Vec::new(),
            sentences: vec![sentence],
            gap: Some(Status::Unresolved),
            disputed: None,
        });
    }
    let clause = reader.segments.sentences.get(sentence)?.section;
    let near = |i: usize| {
        reader.segments.sentences.get(i).is_some_and(|s| {
            s.section.abs_diff(clause) <= 2 && reader.span(i).start().abs_diff(reader.span(sentence).start()) < 3_500
        })
    };
    let order = [1usize, 2, 3, 4, 5, 6].into_iter().map(|d| sentence.checked_add(d));
    let back = [1usize, 2, 3].into_iter().map(|d| sentence.checked_sub(d));
    let mut beside: Vec<usize> = order.chain(back).flatten().filter(|&i| near(i)).collect();
    // The clause itself goes before its neighbours.
    beside.sort_by_key(|&i| !reader.share_section(sentence, i));
    // Of a contract without an end, each party may have a notice of its own: then neither is that of the contract.
    if kind == RenewalKind::Evergreen {
        let periods = beside.iter().filter_map(|&i| read(reader, i, kind, false)?.ways.first()?.period);
        let mut periods: Vec<Period> = periods.collect();
        periods.dedup();
        if periods.len() > 1 {
            return None;
        }
    }
    // What speaks of not renewing goes before what only stands nearer.
    let stops = beside.iter().filter(|&&i| reader.phrases(i).has(Class::NonRenewal));
    let items = |i: usize| from_items(reader, i).filter(|_| reader.phrases(i).has(Class::NonRenewal));
    let beside = stops.chain(&beside).find_map(|&i| read(reader, i, kind, false).or_else(|| items(i)));
    let found = beside.map(|n| with_next(reader, n, kind));
    let found = found.or_else(|| apart(reader, kind).find(|n| n.ways.iter().any(|w| w.period.is_some())))?;
    Some(with_other(reader, found, kind))
}

/// A notice whose times stand in items below: "exercisable by written notice: (a) not more than 180 days before expiry; (b) not
/// less than 90 days before expiry".
fn from_items(reader: &Reader<'_>, sentence: usize) -> Option<Notice> {
    const MOST: usize = 6;
    let all = &reader.segments.sentences;
    let under = |i: &usize| all.get(*i).is_some_and(|s| s.lead_in == Some(sentence));
    if !reader.phrases(sentence).has(Class::Notice) {
        return None;
    }
    let (mut way, mut sentences) = (RenewalNotice::default(), Vec::new());
    for i in (sentence + 1..).take(MOST).take_while(under) {
        let phrases = reader.phrases(i);
        let found = phrases.lengths().find(|&(at, _)| BEFORE_END.marks(phrases, at));
        let Some(period) = found.and_then(|(_, p)| p.value.reading.known()) else { continue };
        let kept = if phrases.has(Class::AtMost) { &mut way.window_opens } else { &mut way.period };
        kept.get_or_insert(period);
        sentences.push(i);
    }
    way.period?;
    Some(Notice { ways: vec![way], sentences, gap: None, disputed: None })
}

/// The notices of the sentences, wherever they stand, that speak of not renewing or of using the option.
fn apart<'r>(reader: &'r Reader<'_>, kind: RenewalKind) -> impl Iterator<Item = Notice> + 'r {
    const LONGEST: usize = 1_500;
    let about = move |phrases: &Phrases| {
        let used = kind == RenewalKind::Option && phrases.has(Class::Exercise) && phrases.has(Class::Option);
        let used = used && !OTHER_OPTION.matches(phrases);
        phrases.has(Class::NonRenewal) || used || kind == RenewalKind::Automatic && AT_END.matches(phrases)
    };
    let sentences = reader.sentences().filter(move |&(i, _, words)| words.len() < LONGEST && about(reader.phrases(i)));
    sentences.filter_map(move |(i, ..)| read(reader, i, kind, false))
}

/// Another party with a notice of its own, in a clause farther off.
fn with_other(reader: &Reader<'_>, mut notice: Notice, kind: RenewalKind) -> Notice {
    let named = |w: &RenewalNotice| w.by.as_deref().is_some_and(|by| by != "either") && w.period.is_some();
    if let [only] = notice.ways.as_slice()
        && kind == RenewalKind::Automatic
        && named(only)
        && let Some(other) = apart(reader, kind).find(
            |n| matches!(n.ways.as_slice(), [way] if named(way) && way.by != only.by && way.period != only.period),
        )
    {
        notice.sentences.extend(other.sentences);
        notice.ways.extend(other.ways);
    }
    notice
}

/// A second party whose notice stands in the next sentence.
fn with_next(reader: &Reader<'_>, mut notice: Notice, kind: RenewalKind) -> Notice {
    let named = |w: &RenewalNotice| w.by.as_deref().is_some_and(|by| by != "either");
    let [only] = notice.ways.as_slice() else { return notice };
    let Some(&at) = notice.sentences.first() else { return notice };
    if kind == RenewalKind::Option || !named(only) {
        return notice;
    }
    if reader.share_section(at, at + 1)
        && let Some(next) = read(reader, at + 1, kind, false)
        && let [way] = next.ways.as_slice()
        && named(way)
        && way.by != only.by
    {
        notice.sentences.push(at + 1);
        notice.ways.extend(next.ways);
    }
    notice
}

/// Reads the notice in one sentence. Outside the renewal clause itself it must say that it is about the end of the term.
pub(super) fn read(reader: &Reader<'_>, i: usize, kind: RenewalKind, own: bool) -> Option<Notice> {
    let words = reader.sentence(i);
    let phrases = reader.phrases(i);
    let evergreen = kind == RenewalKind::Evergreen && RUNS_OUT.is_match(words)
        || matches!(kind, RenewalKind::Evergreen | RenewalKind::MonthToMonth)
            && !ends_otherwise(words)
            && ENDS.matches(phrases);
    // "The Buyer may exercise this option at any time by notice".
    let by_option = kind == RenewalKind::Option && phrases.has_any(&[Class::Option, Class::Exercise]);
    let bare = is_bare(phrases);
    let about_end = bare || ABOUT_END.matches(phrases);
    // "An invoice is sent 60 days before each renewal" tells nobody anything.
    // A box to tick under "notice must be given at least".
    let boxed = reader.sentence(i).trim_start().starts_with(BOXES) && i > 0 && reader.phrases(i - 1).has(Class::Notice);
    if boxed && EMPTY.iter().any(|b| words.trim_start().starts_with(b)) {
        return None;
    }
    let tells = [Class::Notice, Class::NonRenewal, Class::End, Class::Exercise, Class::Option, Class::Wish, Class::May];
    if words.len() > 6_000
        || !own && !boxed && !phrases.has_any(&tells)
        || !own && !evergreen && !by_option && (!about_end || ends_otherwise(words))
        || !own && kind == RenewalKind::Option && phrases.has(Class::NonRenewal)
        || !own && OTHER_NOTICE.matches(phrases)
        || !own && kind == RenewalKind::MonthToMonth && STAYS.matches(phrases)
    {
        return None;
    }
    let mut out = Notice { ways: Vec::new(), sentences: vec![i], gap: None, disputed: None };
    let window = window(phrases).filter(|w| !is_of_two(words, phrases, w));
    let mut givers: Vec<Option<String>> = Vec::new();
    let mut gaps = 0;
    let all: Vec<_> = phrases.lengths().collect();
    for (n, &(at, p)) in all.iter().enumerate() {
        let before = tail(words.part(..p.range.start), 90);
        let window = window.as_ref().filter(|w| w.holds(at));
        // "May apply for an extension of one year not later than 60 days before the end".
        let renewed = long(p) && all.iter().skip(n + 1).any(|&(later, _)| BEFORE_END.marks(phrases, later));
        if window.is_none() && !is_said(phrases, at)
            || renewed
            || !sized(p)
            || COUNTED.is_match(before)
            || TIMED.is_match(before)
        {
            continue;
        }
        if !own && !evergreen && !bare && window.is_none() && !BEFORE_END.marks(phrases, at) {
            continue;
        }
        // Of a window the last moment counts.
        if window.is_some() && !out.ways.is_empty() {
            continue;
        }
        let told = window.and_then(|w| phrases.get(w.last_phrase));
        let told = told.map_or(before, |phrase| tail(words.part(..phrase.range.start), 90));
        let until = all.get(n + 1).map_or(words.len(), |(_, next)| next.range.start);
        let own_giver = party_of(before, words.part(p.range.end..until));
        let term = term_of(words.part(p.range.end..until));
        if let Some(first) = out.ways.first() {
            // Two parties with two periods, or one for the first term and one for the renewals.
            let by_party = own_giver.is_some() && givers.iter().all(|g| g.is_some() && *g != own_giver);
            let by_term = first.term != NoticeTerm::Any && term != NoticeTerm::Any && first.term != term;
            if !by_party && !by_term {
                continue;
            }
        } else if gaps > 0 {
            continue;
        }
        if OTHER_END.is_match(tail(words.part(..p.range.start), 80)) && !about_end && !evergreen {
            continue;
        }
        let period = match settled(p.value.reading) {
            Ok(period) => Some(window.map_or(period, |w| w.last)),
            Err(status) => {
                out.gap = Some(status);
                gaps += 1;
                None
            }
        };
        let raw = words.part(p.range.clone());
        if p.value.disputed {
            out.disputed = Some(raw.to_owned());
        }
        givers.push(own_giver.clone());
        out.ways.push(RenewalNotice {
            by: own_giver,
            term,
            period,
            figure: period.filter(|_| p.value.disputed).and_then(|p| disputed_figure(raw, p)),
            window_opens: window.map(|w| w.opens),
            comparator: BEFORE.captures(told).and_then(|c| c.get(1)).map(|m| m.as_str().to_ascii_lowercase()),
            ..RenewalNotice::default()
        });
    }
    if out.ways.is_empty() {
        out.ways.extend(day::read(words).or_else(|| until_end(words, phrases, kind)));
    }
    finish(&mut out, words, phrases, kind);
    (!out.ways.is_empty()).then_some(out)
}

/// A notice that may be given up to the end: no time before it, and none left blank.
fn until_end(words: &str, phrases: &Phrases, kind: RenewalKind) -> Option<RenewalNotice> {
    pattern!(LENGTH, r"\b(?:days?|weeks?|months?)[’']?\s*$");
    pattern!(BLANK, r"\b(?:days|weeks?|months?)\b|__|\.\.\.|[\[\]]");
    let found =
        UNTIL_END.find_at(phrases, 0).filter(|_| matches!(kind, RenewalKind::Automatic | RenewalKind::Option))?;
    let (first, last) = (phrases.get(found.range.start)?, phrases.get(found.range.end - 1)?);
    let said = words.part(first.range.start..last.range.end);
    // "Unless we hear from you before the end of February": another end.
    let of_month =
        words.part(last.range.end..).split_whitespace().next().is_some_and(|next| month_number(next).is_some());
    // "Unless it gives ______ days' notice before the end".
    (!of_month && !BLANK.is_match(said) && !LENGTH.is_match(tail(words.part(..first.range.start), 12)))
        .then(|| RenewalNotice { period: Some(Period::new(0, Unit::Day)), ..RenewalNotice::default() })
}

/// Whether a notice may be given up to the end.
fn is_until_end(notice: &Notice) -> bool {
    notice.ways.iter().all(|w| w.period.is_some_and(|p| p.count == 0))
}

/// Whether a line gives a notice and nothing else: "Notice 90 days".
fn is_bare(phrases: &Phrases) -> bool {
    const MOST: usize = 5;
    let list = phrases.list();
    let led = list.first().is_some_and(|p| p.is(Class::Notice) || p.is(Class::NonRenewal));
    led && list.len() <= MOST && phrases.lengths().count() == 1 && !phrases.has_any(&[Class::Cure, Class::After])
}

/// Who gives the notice, and about which terms, once all ways of a sentence are known.
fn finish(out: &mut Notice, words: &str, phrases: &Phrases, kind: RenewalKind) {
    let [only] = out.ways.as_mut_slice() else {
        // Two parties with times of their own before the end of "the then current term": that is every term.
        if out.ways.windows(2).all(|w| w[0].term == w[1].term) {
            out.ways.iter_mut().for_each(|w| w.term = NoticeTerm::Any);
        }
        // Every way was told apart by its party or its term; the parties of the latter are those of the sentence.
        if out.ways.iter().all(|w| w.by.is_none()) {
            let by = giver(words, kind);
            out.ways.iter_mut().for_each(|w| w.by.clone_from(&by));
        }
        return;
    };
    let option = kind == RenewalKind::Option;
    // "If you want to stop this service, write to us".
    let leaves = phrases.has(Class::Wish) && phrases.has(Class::End);
    let held = |_: &String| option || leaves || phrases.has(Class::NonRenewal);
    only.by = giver(words, kind).or_else(|| only.by.take()).or_else(|| holder(phrases, words).filter(held));
    // One way that names the first term only is the way for every term, unless the contract gives another.
    only.term = NoticeTerm::Any;
}

/// The party that a part of a sentence names before what it may do: `either`, or its words.
pub(super) fn holder(phrases: &Phrases, words: &str) -> Option<String> {
    let list = phrases.list();
    let is_one = |p: &Phrase, of: &[Class]| of.iter().any(|&class| p.is(class));
    let right = list.iter().position(|p| is_one(p, &[Class::May, Class::Must, Class::Option, Class::Wish]));
    let before = &list[..right.unwrap_or(list.len())];
    let parties = before.iter().filter(|p| is_one(p, &[Class::Party, Class::Parties]));
    // "The Purchaser, by notice sent to the Supplier, may".
    let told = |p: &&Phrase| {
        let left = words.part(..p.range.start).trim_end();
        left.strip_suffix(" the").unwrap_or(left).ends_with("sent to")
    };
    let names: Vec<&str> = parties.filter(|p| !told(p)).map(|p| words.part(p.range.clone())).collect();
    let Some(lower) = names.first().map(|name| name.to_ascii_lowercase()) else {
        // "The Maker may": a role that the vocabulary does not know.
        let role = before.last().filter(|p| p.kind == Kind::Name && right.is_some())?;
        return Some(words.part(role.range.clone()).to_owned()).filter(|name| is_name(name));
    };
    let unowned = |name: &str| name.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    // "The Act, with the Tenant's right to".
    let owner = before
        .last()
        .zip(names.last())
        .filter(|(p, name)| words.part(p.range.clone()) == **name && unowned(name) != **name);
    if let Some((_, name)) = owner {
        return Some(unowned(name));
    }
    let all = ["either", "each", "any", "both", "the parties", "parties", "a party", "party", "one"];
    if names.len() > 1 || all.iter().any(|word| lower.starts_with(word)) {
        return Some("either".to_owned());
    }
    names.first().map(|name| unowned(name))
}

/// Whether a sentence ends the contract for a reason, or at any time. "At any time before the end of the term" is a
/// matter of renewal.
fn ends_otherwise(words: &str) -> bool {
    OTHER_END.find_iter(words).any(|m| {
        let rest = head(words.part(m.end()..), 100);
        !(AT_ANY_TIME.is_match(m.as_str()) && FIXED_END.is_match(rest))
    })
}

/// The party whose period this is, where each has its own.
fn party_of(before: &str, after: &str) -> Option<String> {
    let given = GIVEN_BY.iter().find_map(|pattern| pattern.captures(before));
    let found = given.or_else(|| FOR_AFTER.captures(head(after, 90)))?;
    let name = found.iter().skip(1).flatten().next()?.as_str();
    is_name(name).then(|| name.to_owned())
}

/// Whether the two times of a window are those of two parties: "180 days (in the case of the Supplier) or 60 days (in the case of
/// the Distributor)".
fn is_of_two(words: &str, phrases: &Phrases, window: &Window) -> bool {
    let [Some(a), Some(b)] = window.phrases.map(|i| phrases.get(i)) else { return false };
    let [first, second] = [words.part(a.range.end..b.range.start), words.part(b.range.end..)];
    party_of("", first).zip(party_of("", second)).is_some_and(|(a, b)| a != b)
}

/// Which terms the words after a period speak of.
fn term_of(after: &str) -> NoticeTerm {
    let after = head(after, 160);
    match (ABOUT_FIRST.is_match(after), ABOUT_RENEWAL.is_match(after)) {
        (true, false) => NoticeTerm::Initial,
        (false, true) => NoticeTerm::Renewal,
        _ => NoticeTerm::Any,
    }
}

fn sized(p: &Found<PeriodText>) -> bool {
    match p.value.reading {
        Reading::Known(period) => {
            period.count > 0 && !matches!(period.unit, Unit::Hour | Unit::Minute | Unit::BusinessHour)
        }
        _ => true,
    }
}

/// Whether a length is one of years.
fn long(p: &Found<PeriodText>) -> bool {
    matches!(p.value.reading, Reading::Known(period) if period.unit == Unit::Year)
}

/// Who gives the notice: `either`, or a role or name.
fn giver(words: &str, kind: RenewalKind) -> Option<String> {
    // "The Landlord shall on the request of the Tenant grant a new lease".
    if kind == RenewalKind::Option
        && let Some(name) = ASKED.captures(words).and_then(|c| c.iter().skip(1).flatten().next())
        && is_name(name.as_str())
    {
        return Some(name.as_str().to_owned());
    }
    let holds = matches!(kind, RenewalKind::Option | RenewalKind::MonthToMonth | RenewalKind::Evergreen);
    let held = || RENEWED_BY.captures(words).or_else(|| OPTION_HOLDER.captures(words));
    let captured = if holds { held() } else { None };
    let captured = captured.or_else(|| GIVER.captures(words))?;
    if captured.len() > 2 && captured.get(1).is_some() {
        return Some("either".to_owned());
    }
    // "Unless the Supplier has received the Buyer's notice": it is the other one that gives it.
    let behind = captured.get(0).map_or("", |m| words.part(m.end()..));
    let captured = if RECEIVES.is_match(behind) { SENDER.captures(behind)? } else { captured };
    let name = captured.iter().skip(1).flatten().next()?.as_str().trim_end_matches(['.', ',', '’', '\'']);
    let plain = name.to_ascii_lowercase();
    if plain.ends_with("party") || plain.ends_with("parties") {
        return Some("either".to_owned());
    }
    is_name(name).then(|| name.to_owned())
}

/// Whether capitalised words can be a party.
fn is_name(name: &str) -> bool {
    const NONE: &str = "a an this agreement term terms section the renewal such it initial notice party expiration expiry \
        either each any contract effective extension if";
    let first = name.split_whitespace().next().unwrap_or_default();
    !among(NONE, first)
}
