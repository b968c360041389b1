//! Notice that stops an automatic renewal or exercises an option: "at least sixty (60) days prior to the end of the
//! then-current term". Wording knowledge: C2.

mod words;

use super::reader::{Reader, around, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::value::RenewalKind;
use crate::lexicon::{Found, PeriodText, Reading, periods};
use crate::provenance::Status;
use words::{AFTER, BEFORE, COUNTED, ENDS, GIVEN_BY, GIVER, OPENS, OPTION_HOLDER, OTHER_END, RENEWALISH, REPLY, STOPS, TIMED};

/// What a clause says about notice.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    /// How long before the end.
    pub(super) period: Option<Period>,
    /// Earliest moment, counted back from the end.
    pub(super) window_opens: Option<Period>,
    /// Who gives it.
    pub(super) by: Option<String>,
    /// Words before the period.
    pub(super) comparator: Option<String>,
    /// The sentence that says so.
    pub(super) sentence: usize,
    /// Why there is no period.
    pub(super) gap: Option<Status>,
    /// Words and figure differ.
    pub(super) disputed: bool,
    /// Each party has another period.
    pub(super) differs: bool,
}

/// Whether a period is the time to answer a notice.
pub(super) fn is_reply(after: &str) -> bool {
    REPLY.is_match(after)
}

/// Whether the words around a period make it a notice period.
pub(super) fn is_notice(before: &str, after: &str) -> bool {
    if is_reply(after) {
        return false;
    }
    AFTER.is_match(after)
        || BEFORE.is_match(before)
            && ENDS.is_match(after)
            && after.trim_start().starts_with(|c: char| c.is_ascii_lowercase())
            && !after.trim_start().starts_with("term")
            && {
                let words = head(after, 50).to_ascii_lowercase();
                ["prior", "before", "notice", "advance"].iter().any(|w| words.contains(w))
            }
}

/// The notice of the renewal clause in `sentence`: in the clause itself, else in the sentences beside it.
pub(super) fn find(reader: &Reader<'_>, sentence: usize, kind: RenewalKind) -> Option<Notice> {
    if let Some(notice) = read(reader, sentence, kind, true) {
        return Some(notice);
    }
    let clause = reader.segments.sentences.get(sentence)?.clause;
    let near = |i: usize| {
        reader.segments.sentences.get(i).is_some_and(|s| {
            s.clause.abs_diff(clause) <= 2 && reader.span(i).start().abs_diff(reader.span(sentence).start()) < 3_500
        })
    };
    let order = [1usize, 2, 3, 4, 5, 6].into_iter().map(|d| sentence.checked_add(d));
    let back = [1usize, 2, 3].into_iter().map(|d| sentence.checked_sub(d));
    order.chain(back).flatten().filter(|&i| near(i)).find_map(|i| read(reader, i, kind, false))
}

/// Reads the notice in one sentence. Outside the renewal clause itself it must say that it is about the end of the term.
fn read(reader: &Reader<'_>, i: usize, kind: RenewalKind, own: bool) -> Option<Notice> {
    let words = reader.sentence(i);
    if words.len() > 6_000
        || !own && (!RENEWALISH.is_match(words) || OTHER_END.is_match(words))
        || !STOPS.is_match(words)
    {
        return None;
    }
    let mut out: Option<Notice> = None;
    let mut window = None;
    let mut giver_of_first = None;
    for p in periods(words) {
        let (before, after) = around(words, &p.range, 90);
        if !is_notice(before, after) || !sized(&p) || COUNTED.is_match(before) || TIMED.is_match(before) {
            continue;
        }
        if OPENS.is_match(before) {
            window = p.value.reading.known();
            continue;
        }
        let own_giver = GIVEN_BY.captures(before).and_then(|c| c.get(1)).map(|m| m.as_str().to_ascii_lowercase());
        if let Some(first) = &mut out {
            // Two parties with two periods: neither is the period of the contract.
            if own_giver.is_some() && giver_of_first.is_some() && own_giver != giver_of_first {
                first.differs |= first.period != p.value.reading.known();
            }
            continue;
        }
        giver_of_first = own_giver;
        // Written about something else than the end of the term: a price change, a breach.
        if !own && !ENDS.is_match(after) {
            continue;
        }
        if OTHER_END.is_match(tail(&words[..p.range.start], 80)) && !RENEWALISH.is_match(head(after, 120)) {
            continue;
        }
        let (period, gap) = match p.value.reading {
            Reading::Known(period) => (Some(period), None),
            Reading::Blank => (None, Some(Status::Unresolved)),
            Reading::Redacted => (None, Some(Status::Redacted)),
        };
        let comparator = BEFORE.captures(before).and_then(|c| c.get(1)).map(|m| m.as_str().to_ascii_lowercase());
        out = Some(Notice {
            period,
            window_opens: None,
            by: giver(words, kind),
            comparator,
            sentence: i,
            gap,
            disputed: p.value.disputed,
            differs: false,
        });
    }
    out.map(|n| {
        if n.differs {
            Notice { period: None, by: None, comparator: None, ..n }
        } else {
            Notice { window_opens: window, ..n }
        }
    })
}

fn sized(p: &Found<PeriodText>) -> bool {
    match p.value.reading {
        Reading::Known(period) => {
            !p.value.article
                && period.count > 0
                && !matches!(period.unit, Unit::Hour | Unit::Minute | Unit::BusinessHour)
        }
        _ => true,
    }
}

/// Who gives the notice: `either`, or a role or name.
fn giver(words: &str, kind: RenewalKind) -> Option<String> {
    let captured = if kind == RenewalKind::Option { OPTION_HOLDER.captures(words) } else { None };
    let captured = captured.or_else(|| GIVER.captures(words))?;
    if captured.len() > 2 && captured.get(1).is_some() {
        return Some("either".to_owned());
    }
    let name = captured.iter().skip(1).flatten().next()?.as_str().trim_end_matches(['.', ',', '’', '\'']);
    let plain = name.to_ascii_lowercase();
    if plain.ends_with("party") || plain.ends_with("parties") {
        return Some("either".to_owned());
    }
    let none = ["this", "agreement", "term", "section", "the", "renewal", "such", "it", "initial"];
    (!none.iter().any(|n| plain.starts_with(n))).then(|| name.to_owned())
}
