//! When money is due: "within sixty (60) days of receipt of an invoice", "Net 30", "due upon receipt", "monthly in advance".
//! Wording: C5. The date of an invoice and its receipt are different beginnings, and both are kept in the words of the
//! contract.

mod forms;
mod interest;
mod next_month;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern::{contains_fold, pattern};
use super::reader::{Reader, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{Class, Found, PeriodText, named_days};
use crate::phrase::{Form, Phrase, Phrases};
use crate::record::value::payment::PaymentTerm;
use crate::record::{Confidence, Fact, Origin, Part as _, Span, Status};
use forms::{
    ALONE, AT_ONCE, Again, BELOW, DENIED, Follows, NETS, NOT_TIMES, OTHER_ACTS, PROMISED, RHYTHMS, TIMES, UNPAID,
};
use interest::late_interest;

// A sentence without any of these words says nothing of paying.
pattern!(
    PAYS,
    at_words(b""),
    r"(?:pay|paid|remit|reimburse|due|net|settle|invoic|instal|bill|fee|charge|rent|interest|credit|discharge|honou?r|salary)[a-z]*\b"
);
// "Within thirty days of the invoice date": what the time runs from.
pattern!(FROM, r"^[\s'’]*s?['’]?\s*(?:\([^()]{0,24}\)\s*){0,2}(?:net\s+)?(?:,?\s*{counted_from}\s+)?{time_runs}\b");
// A time to pay that names no beginning ends its sentence, or the next label follows.
pattern!(
    CLOSES,
    r"^[\s'’]*s?['’]?\s*(?:net\b|thereafter|in\s+accordance|(?:payment\s+)?terms\b|[\w-]+(?:\s+[\w-]+){0,2}:|[.;,\t\n]|$)"
);
// "Shall credit the difference within thirty days".
pattern!(CREDITS, ["shall/will/must credit"]);
// "Allows 30 days' credit", "on 30 day terms".
pattern!(CREDIT, r"^[\s'’]*s?['’]?\s*(?:credit|terms)\b");
pattern!(
    MONTH_END,
    r"^[\s'’]*s?['’]?\s*(?:from\s+|after\s+)?(?:the\s+)?(?:EOM\b|end\s+of\s+(?:the\s+)?month\b(?:\W*$|[.,;)]))"
);
pattern!(LOOKS_BACK, r"^\s*(?:immediately\s+)?(?:before|prior|preceding)\b");
// "The date of the invoice", and not "such sums were first invoiced".
pattern!(OF_INVOICE, ["^ ~4 invoice/invoices"]);
// The month in which the invoice came has to end first: "they start only when the month in which it was received has ended".
pattern!(
    MONTH_OVER,
    [
        "start/starts/run/runs/begin/begins/count/counts/counted/running ~2 (the) end of (the) (calendar) month",
        "start/starts/run/runs/begin/begins/count/counts/counted ~1 when/once/after ~1 month ..80 ended/over/out/ends/closed",
    ]
);
// The time that an amendment leaves, and the one that it brings: "is changed from sixty days after receipt to forty-five days".
pattern!(
    BEFORE_CHANGE,
    r"\b(?:chang|increas|reduc|lengthen|shorten|extend|alter|amend)(?:e[sd]?|ed|ing|s)?\s+from\s+$|\b(?:old|former|previous)\s+payment\s+(?:terms?|period|time)\s*[:\t]\s*$"
);
pattern!(
    CHANGED_TO,
    r"\b(?:chang|increas|reduc|lengthen|shorten|extend|alter|amend)(?:e[sd]?|ed|ing|s)?\s+from\s+[^.;]{4,90}\s+to\s+$"
);
// "(Unless agreed otherwise in the Particulars)".
pattern!(UNLESS, ["unless/except (otherwise) agreed/stated/specified/provided/shown"]);
// Terms of another contract, which nobody has made: "another engagement, for which payment … would have to be agreed".
pattern!(
    UNMADE,
    ["would ~2 be agreed/negotiated/fixed, would ~1 another/separate/different engagement/contract/agreement"]
);
// The party that pays: "the Client shall pay", "payable by the Client".
static PAYERS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    const NAME: &str = r"([A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*){0,2})";
    const PROMISES: &str = r"(?:shall|will|must|agrees\s+to|undertakes\s+to|has\s+to|is\s+(?:(?:obliged|required|bound)\s+)?to)\s+(?:\w+ly\s+)?";
    const PAYING: &str = r"(?:pay|remit|reimburse|settle|make\s+payment|have)";
    [
        format!(r"(?-u:\b)(?:[Tt]he\s+)?{NAME}\s+{PROMISES}{PAYING}(?-u:\b)"),
        format!(r"(?-u:\b)(?:payable|paid|due|payment|remitted)\s+(?:and\s+payable\s+)?by\s+(?:the\s+)?{NAME}"),
    ]
    .map(|source| Regex::new(&source).unwrap_or_else(|e| unreachable!("{e}")))
});

/// Words of the party that is served.
const SERVED: &str =
    "client customer buyer purchaser licensee tenant lessee company subscriber distributor sponsor employer";
/// Words of paying, and words of other acts that could have the time.
const PAYING: [Class; 3] = [Class::Pay, Class::Due, Class::Settle];
const OTHERS: [Class; 8] = {
    use Class::{Act, Breach, End, Late, Legal, Notice, Send, Update};
    [Act, Breach, End, Late, Legal, Notice, Send, Update]
};

/// A sentence that may speak of paying.
struct Clause<'a> {
    sentence: usize,
    words: &'a str,
    phrases: Phrases,
    /// Under the label "Payment terms", in a column or a line of its own.
    below: bool,
}

/// Where a term stands, as far as one goes before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// Under a label: it is what the parties filled in.
    KeyTerm,
    Clause,
    /// A clause that holds unless something else is said.
    Default,
}

/// A term on its way to a fact.
struct PaymentDraft {
    sentence: usize,
    range: Range<usize>,
    due: Option<Period>,
    from: Option<String>,
    payer: Option<String>,
    frequency: Option<String>,
    /// How often is billed, and not when is paid.
    billed: bool,
    rank: Rank,
    confidence: f32,
}

/// Finds the terms of payment.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut drafts: Vec<PaymentDraft> = Vec::new();
    let mut interest: Option<(String, usize)> = None;
    // The line with the label "Payment terms" whose value stands below it.
    let mut label: Option<usize> = None;
    for (sentence, _, words) in reader.sentences() {
        let below = label.is_some_and(|at| sentence == at + 1);
        // A bonus is no price, and what is credited is not paid: they stay among the duties.
        let credits = || CREDITS.is_match(words) && !contains_fold(words, " pay ");
        let aside = || contains_fold(words, " bonus") || UNMADE.is_match(words) || credits();
        if words.len() > 5_000 || !below && !PAYS.is_match(words) || aside() {
            continue;
        }
        interest = interest.or_else(|| late_interest(words).map(|rate| (rate, sentence)));
        let clause = Clause { sentence, words, phrases: Phrases::of_dealings(words), below };
        let labels = words.contains('\t') || words.len() < 40 && !words.trim_end().ends_with('.');
        label = Some(sentence).filter(|_| labels && clause.phrases.has(Class::Terms));
        let ways = [Clause::dated, Clause::next_month, Clause::at_once, Clause::rhythm];
        let found = ways.iter().map(|way| way(&clause)).find(|found| !found.is_empty()).unwrap_or_default();
        label = label.filter(|_| found.iter().all(|d| d.due.is_none()));
        drafts.extend(found);
    }
    settle(&mut drafts);
    let payer = role_of(findings, SERVED);
    let invoice = |d: &PaymentDraft| d.from.as_deref().is_some_and(|from| contains_fold(from, "invoice"));
    let timed = || drafts.iter().position(|d| d.due.is_some());
    let main = drafts.iter().position(invoice).or_else(timed).unwrap_or(0);
    let late = |k: usize| interest.as_ref().filter(|_| k == main);
    findings.facts.payment_terms =
        drafts.into_iter().enumerate().map(|(k, d)| fact(reader, d, late(k), payer.as_deref())).collect();
}

/// Drops what is said twice: "Payment terms: net 30" on the cover says again what a clause says in full.
fn settle(drafts: &mut Vec<PaymentDraft>) {
    // "Payment terms: net 45" in the order form, and a clause with 30 days "except as stated in the order form".
    // Its time may stand there alone; from when it runs is said in the clause.
    let from = drafts.iter().find(|d| d.rank == Rank::Default && d.due.is_some()).and_then(|d| d.from.clone());
    for alone in drafts.iter_mut().filter(|d| d.rank == Rank::KeyTerm && d.due.is_some() && d.from.is_none()) {
        alone.from.clone_from(&from);
    }
    let key: Vec<Period> = drafts.iter().filter(|d| d.rank == Rank::KeyTerm).filter_map(|d| d.due).collect();
    drafts.retain(|d| d.rank != Rank::Default || key.is_empty() || d.due.is_none_or(|due| key.contains(&due)));
    let full: Vec<Period> = drafts.iter().filter(|d| d.from.is_some()).filter_map(|d| d.due).collect();
    drafts.retain(|d| d.from.is_some() || d.due.is_none_or(|due| !full.contains(&due)));
    let dated = drafts.iter().position(|d| d.due.is_some());
    // A bond paid at signature leaves the rhythm of the rent.
    let timed = drafts.iter().any(|d| d.due.is_some_and(|due| due.count > 0));
    if let Some(k) = dated
        && let Some(billed) = drafts.iter().position(|d| d.billed)
    {
        let often = drafts[billed].frequency.clone();
        drafts[k].frequency = drafts[k].frequency.take().or(often);
    }
    let mut seen: Vec<String> = drafts.iter().filter(|d| d.due.is_some()).filter_map(|d| d.frequency.clone()).collect();
    drafts.retain(|d| {
        let Some(often) = d.frequency.as_ref().filter(|_| d.due.is_none()) else { return true };
        // "The monthly charge" says what is paid; the clause on invoices says when.
        let when = ["advance", "arrear", "day"].iter().any(|w| often.contains(w))
            || often.contains(|c: char| c.is_ascii_digit());
        let new = (when || !timed) && !(seen.contains(often) || d.billed && dated.is_some());
        seen.push(often.clone());
        new
    });
}

impl Clause<'_> {
    fn draft(&self, range: Range<usize>, due: Option<Period>, from: Option<String>, confidence: f32) -> PaymentDraft {
        let payer = payer(self.words, range.end);
        // "In arrears" alone does not say how often.
        let frequency = self.frequency(None, None).filter(|_| due.is_none() || self.phrases.has(Class::Rhythm));
        // "3.1 Payment terms: 21", and "Product: Fixed Payment terms: 21" where lines ran together.
        pattern!(LABEL, r"\bterms\s*(?:[:\t]|\bare\b)\s*(?:within\s+|net\s+)?$");
        let labelled = self.below
            || LABEL.is_match(tail(self.words.part(..range.start), 30))
            || self.phrases.list().iter().take(2).any(|p| p.is(Class::Terms));
        let rank = match labelled {
            true => Rank::KeyTerm,
            false if self.phrases.has(Class::Otherwise) || UNLESS.is_match(self.words) => Rank::Default,
            false => Rank::Clause,
        };
        PaymentDraft { rank, sentence: self.sentence, range, due, from, payer, frequency, billed: false, confidence }
    }

    /// "Within N days of X", "net 30".
    fn dated(&self) -> Vec<PaymentDraft> {
        let mut out: Vec<PaymentDraft> = Vec::new();
        let lengths = self.phrases.lengths().filter(|(_, p)| sized(p));
        let lengths = lengths.filter_map(|(at, p)| Some((at, p.value.reading.known()?)));
        let lengths = lengths.filter(|&(at, due)| self.is_time(at, due));
        let nets = (0..self.phrases.list().len()).filter_map(|at| {
            let due = Period::new(self.phrases.number(at).filter(|&n| (1..=366).contains(&n))?, Unit::Day);
            (self.told(NETS.iter(), at) || self.is_below(at)).then_some((at, due))
        });
        for (at, due) in lengths.chain(nets) {
            let Some(range) = self.phrases.get(at).map(|p| p.range.clone()) else { continue };
            let after = self.after(at);
            let runs = FROM.is_match(after);
            let from = if runs { anchor(after) } else { None };
            let from = self.month_over(range.end).or(from).map(|from| self.named(from, range.start));
            // The same time twice is one term, and the invoice says best from when.
            if let Some(known) = out.iter_mut().find(|d| d.due == Some(due)) {
                if from.as_deref().is_some_and(|f| f.contains("invoice")) {
                    (known.range, known.from) = (range, from);
                }
                continue;
            }
            out.push(self.draft(range, Some(due), from, if runs { 0.88 } else { 0.75 }));
        }
        out
    }

    /// The end of a month from which the time counts, where the words behind byte `at` put off its beginning.
    fn month_over(&self, at: usize) -> Option<String> {
        let behind = self.words.part(at..);
        let found = MONTH_OVER.find(behind)?.range();
        let start = found.start + contains_at(behind.part(found.clone()), "month")?;
        let words = behind.part(start..).split([';', '.', ',']).next().unwrap_or_default();
        Some(format!("end of the {}", words.trim()))
    }

    /// What the time at byte `at` runs from, with the invoice by its name: "they get them" as "they get the invoice".
    fn named(&self, from: String, at: usize) -> String {
        pattern!(PRONOUN, ["^ ~5 it/them $"]);
        // "The date it bears", "the date shown on them".
        pattern!(
            BORNE,
            [
                "^ date (that/which) it/they bears/bear/carries/carry/shows/show",
                "^ date printed/shown/stated/given on it/them"
            ]
        );
        pattern!(ITS, ["^ its/their date/issue/receipt/delivery"]);
        let before = self.phrases.list().iter().take_while(|p| p.range.end <= at);
        let Some(invoice) = before.filter(|p| p.is(Class::Invoice)).last() else { return from };
        let invoice = self.words.part(invoice.range.clone()).to_lowercase();
        if BORNE.is_match(&from) {
            return format!("date of the {invoice}");
        }
        if PRONOUN.is_match(&from) {
            let said = from.rsplit_once(' ').map_or("", |(said, _)| said);
            return format!("{said} the {invoice}");
        }
        match from.split_once(' ').filter(|_| ITS.is_match(&from)) {
            Some((_, thing)) => format!("{thing} of the {invoice}"),
            None => from,
        }
    }

    /// Whether the length of time at phrase `at` is a time to pay.
    fn is_time(&self, at: usize, due: Period) -> bool {
        // "The fees paid in the twelve months before the claim" measure a limit of liability.
        if due.unit == Unit::Month && LOOKS_BACK.is_match(self.after(at)) {
            return false;
        }
        // "Within the first five days of each month" is a window of each month, not a time that runs.
        let start = self.phrases.get(at).map_or(0, |p| p.range.start);
        if tail(self.words.part(..start), 6).trim_end().eq_ignore_ascii_case("first")
            || contains_fold(head(self.words.part(start..), 6), "first")
        {
            return false;
        }
        let phrases = &self.phrases;
        if DENIED.marks(phrases, at) || BEFORE_CHANGE.is_match(self.words.part(..start)) {
            return false;
        }
        let other = || OTHER_ACTS.marks(phrases, at) && !PROMISED.marks(phrases, at);
        // What is laid out for another is no fee.
        let expense = || {
            let both = phrases.has(Class::Expense) && phrases.has(Class::Reimburse);
            both && !phrases.has_any(&[Class::Money, Class::Invoice])
        };
        let changed =
            || CHANGED_TO.is_match(self.words.part(..start)) && phrases.has_any(&[Class::Pay, Class::Invoice]);
        let sure = TIMES.iter().filter(|f| f.means == Follows::Anything);
        let days = matches!(due.unit, Unit::Day | Unit::BusinessDay);
        days && (self.is_below(at) || changed() && FROM.is_match(self.after(at)))
            || self.told(sure, at)
            || self.told(TIMES.iter(), at) && !other() && !NOT_TIMES.marks(phrases, at) && !expense()
    }

    /// Whether phrase `at` is the value of a label above it.
    fn is_below(&self, at: usize) -> bool {
        self.below && self.told(BELOW.iter(), at)
    }

    /// Whether one of `forms` marks phrase `at`, and what must follow it does.
    fn told<'f>(&self, mut forms: impl Iterator<Item = &'f Form<Follows>>, at: usize) -> bool {
        let after = self.after(at);
        let follows = |f: &Form<Follows>| match f.means {
            Follows::Anything => true,
            Follows::Close => FROM.is_match(after) || CLOSES.is_match(after),
            Follows::Start => FROM.is_match(after),
            Follows::Invoice => FROM.is_match(after) && anchor(after).is_some_and(|from| OF_INVOICE.is_match(&from)),
        };
        forms.any(|form| form.marks(&self.phrases, at) && follows(form))
    }

    /// The words after phrase `at`; those of "30 days' credit" after the credit.
    fn after(&self, at: usize) -> &str {
        let end = self.phrases.get(at).map_or(self.words.len(), |p| p.range.end);
        let after = head(self.words.part(end..), 140);
        after.part(CREDIT.prefix_len(after)..)
    }

    /// Whether the last act that stands before byte `at` is paying.
    fn pays_before(&self, at: usize) -> bool {
        let before = self.phrases.list().iter().take_while(|p| p.range.end <= at);
        let acts = before.filter(|p| is_any(p, &PAYING) || is_any(p, &OTHERS));
        acts.last().is_some_and(|p| is_any(p, &PAYING))
    }

    /// "Due upon receipt", "50% on signature": no time at all.
    fn at_once(&self) -> Vec<PaymentDraft> {
        let phrases = &self.phrases;
        // Interest "payable on demand" is no price.
        if contains_fold(self.words, "interest")
            || phrases.has_any(&[Class::Breach, Class::Refund])
            || phrases.has(Class::Expense) && !phrases.has(Class::Money)
            || !phrases.has_any(&[Class::Pay, Class::Due, Class::Terms])
                && (phrases.has(Class::Invoice) || !phrases.has(Class::Money))
        {
            return Vec::new();
        }
        let zero = Some(Period::new(0, Unit::Day));
        let due = |at| AT_ONCE.marks(phrases, at) && !DENIED.marks(phrases, at);
        let marked = phrases.list().iter().enumerate().filter(|&(at, _)| due(at));
        let drafts = marked.map(|(_, p)| {
            let event = head(self.words.part(p.range.end..), 80);
            let end = event.find(['.', ';', ',']).unwrap_or(event.len());
            // "On signature and 50% on delivery".
            let other =
                event.part(..end).find(" and ").filter(|&and| event.part(and..end).contains(['%', '£', '$', '€']));
            let event = event.part(..other.unwrap_or(end)).trim();
            let from = (!p.is(Class::Due)).then(|| event.trim_start_matches("the ").to_owned());
            self.draft(p.range.start..p.range.end + end, zero, from, 0.7)
        });
        let mut drafts: Vec<_> = drafts.collect();
        // "Due and payable immediately upon receipt".
        if drafts.iter().any(|d| d.from.is_some()) {
            drafts.retain(|d| d.from.is_some());
        }
        drafts.dedup_by(|b, a| a.from == b.from);
        drafts
    }

    /// "Payable quarterly in advance", "by the 25th of each month": a rhythm without a time.
    fn rhythm(&self) -> Vec<PaymentDraft> {
        let phrases = &self.phrases;
        let alone = ALONE.first(phrases);
        if phrases.has_any(&[Class::Late, Class::Breach, Class::Refund, Class::Expense])
            || !phrases.has(Class::Money)
                && alone.is_none()
                && (!phrases.has(Class::Invoice) || phrases.lengths().next().is_some())
            || UNPAID.matches(phrases)
        {
            return Vec::new();
        }
        let often = RHYTHMS.first(phrases).or(alone.map(|((), at)| (&Again::Paid, at)));
        let day = self.day();
        let Some(range) = often.and_then(|(_, at)| Some(phrases.get(at)?.range.clone())).or(day.clone()) else {
            return Vec::new();
        };
        let mut draft = self.draft(range, None, None, 0.65);
        draft.frequency = self.frequency(often.map(|(_, at)| at), day);
        draft.billed = often.is_some_and(|(&again, _)| again == Again::Billed);
        vec![draft]
    }

    /// The named day on which is paid.
    fn day(&self) -> Option<Range<usize>> {
        let by_day = |d: &Found<_>| self.pays_before(d.range.start);
        named_days(self.words).into_iter().find(by_day).map(|d| d.range)
    }

    /// How often: `monthly in advance, first day of each month`; `at` is the phrase that says so, where one is known.
    fn frequency(&self, at: Option<usize>, day: Option<Range<usize>>) -> Option<String> {
        let list = self.phrases.list();
        let apart = |p: &Phrase| day.as_ref().is_none_or(|d| p.range.start < d.start || p.range.end > d.end);
        let at = at.filter(|&at| list[at].is(Class::Rhythm));
        let at = at.or_else(|| list.iter().position(|p| p.is(Class::Rhythm))).filter(|&at| apart(&list[at]));
        let near = at.map_or(0..list.len(), |k| k.saturating_sub(3)..list.len().min(k + 4));
        let when =
            list[near].iter().find(|p| p.is(Class::Advance)).filter(|_| at.is_some() || self.phrases.has(Class::Pay));
        let often = at.map(|k| &list[k]);
        let often = [often, when].into_iter().flatten().map(|p| self.words.part(p.range.clone())).collect::<Vec<_>>();
        let day = day.map_or("", |d| self.words.part(d).trim_end_matches('.')).to_owned();
        let parts: Vec<String> = [often.join(" "), day].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", ").to_ascii_lowercase())
    }
}

/// Where `word` first stands in `words`, in any case.
fn contains_at(words: &str, word: &str) -> Option<usize> {
    words.to_ascii_lowercase().find(word)
}

fn is_any(phrase: &Phrase, classes: &[Class]) -> bool {
    classes.iter().any(|&class| phrase.is(class))
}

fn sized(p: &Found<PeriodText>) -> bool {
    p.value.reading.known().is_some_and(|d| {
        !p.value.article && d.count <= 366 && matches!(d.unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Month)
    })
}

/// What a time runs from: the words after it, up to a stop.
fn anchor(after: &str) -> Option<String> {
    if MONTH_END.is_match(after) {
        return Some("end of month".to_owned());
    }
    pattern!(COUNTED, r"^[\s'’]*s?['’]?\s*(?:\([^()]{0,24}\)\s*){0,2}(?:net\s+)?(?:,?\s*{counted_from}\s+)?");
    let after = after.part(COUNTED.prefix_len(after)..);
    // A contract in capitals.
    let plain = if after.contains(char::is_lowercase) { after.to_owned() } else { after.to_lowercase() };
    let after = plain.as_str();
    let start = after.find(|c: char| c.is_ascii_lowercase() && c != 's')?;
    let mut words = after.part(start..);
    if let Some(close) = words.find(") ").filter(|&c| c < 24 && !words.part(..c).contains('(')) {
        words = words.part(close + 2..).trim_start();
    }
    let end = words.find([',', ';', '.', '(', ':']).unwrap_or(words.len());
    // "Acceptance in which to pay", "delivery by bank transfer".
    pattern!(ASIDE, ["in/within which to, by bank/direct/credit/cheque/wire, instead of"]);
    let end = ASIDE.find(words.part(..end)).map_or(end, |m| m.start());
    let words = words.part(..end).trim();
    let joins =
        ["of the ", "of ", "after the ", "after ", "from the ", "from ", "following the ", "following ", "upon "];
    let words = joins.iter().find_map(|j| words.strip_prefix(j)).unwrap_or(words);
    (!words.is_empty()).then(|| words.to_owned())
}

fn payer(words: &str, end: usize) -> Option<String> {
    let words = head(words, words.len().min(end + 80));
    let named = PAYERS.iter().filter_map(|p| p.captures(words)?.get(1)).min_by_key(regex::Match::start)?;
    let name = named.as_str().trim_end_matches(['.', ',', '\'', '’']);
    let lower = name.to_ascii_lowercase();
    (!["fees", "payment", "invoice", "all", "such", "it"].contains(&lower.as_str())).then(|| name.to_owned())
}

/// The role of the party that one of `words`, in their order, is a part of: who pays or serves where the clause names nobody.
pub(super) fn role_of(findings: &Findings, words: &str) -> Option<String> {
    let parties = || findings.facts.parties.iter().filter_map(Fact::value).filter_map(|p| p.role.as_deref());
    words.split(' ').find_map(|w| parties().find(|r| r.to_ascii_lowercase().contains(w))).map(str::to_owned)
}

fn fact(reader: &Reader<'_>, d: PaymentDraft, late: Option<&(String, usize)>, role: Option<&str>) -> Fact<PaymentTerm> {
    let whole = reader.span(d.sentence);
    let words = reader.sentence(d.sentence);
    let stop = d.range.end + head(words.part(d.range.end..), 160).find(['.', ';', ',']).unwrap_or(0);
    let start = stop - tail(words.part(..stop), 500).len();
    let raw = words.part(d.range.clone());
    let value = PaymentTerm {
        payer: d.payer.or_else(|| role.map(str::to_owned)),
        due: d.due,
        from: d.from,
        frequency: d.frequency,
        late_interest: late.map(|(rate, _)| rate.clone()),
    };
    let cited = reader.text.cited(value, Span::new(whole.start() + start, whole.start() + stop));
    let fact = Fact::found("payment_term", cited, raw, Origin::rule("payment.due"), Confidence::new(d.confidence));
    // "Within thirty (45) days".
    let disputed = reader.phrases(d.sentence).lengths().any(|(_, p)| p.range == d.range && p.value.disputed);
    let fact = if disputed { fact.with_status(Status::Conflicting) } else { fact };
    let apart = late.filter(|(_, i)| *i != d.sentence);
    apart.map(|&(_, i)| reader.text.cite(reader.quote(i, reader.span(i)))).into_iter().fold(fact, Fact::with_evidence)
}
