//! What the families that read dates and periods share: the document, its date style, and words around a place.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::pattern::pattern;
use crate::detect::hints::{Hints, Topic};
use crate::detect::labels::{Label, Labels};
use crate::lexicon::jurisdiction::date_order;
use crate::lexicon::label::{self, Field};
use crate::lexicon::{DateOrder, DateStyle, DateText, Reading, blanked, dates};
use crate::phrase::Phrases;
use crate::record::value::DateValue;
use crate::record::{Cited, Confidence, Fact, Origin, Part as _, Span, Status};
use crate::segment::Segments;
use crate::text::DocumentText;

/// Probability from which the model outweighs a rule. Nearer to an even chance, renewals were read worse with it than without.
const SURE: f32 = 0.65;

/// A document as the rules of dates, term and renewal read it.
pub(super) struct Reader<'a> {
    pub(super) text: &'a DocumentText,
    pub(super) segments: &'a Segments,
    pub(super) style: DateStyle,
    /// Places of the sentences; one whose date was cut at a full stop ("March 18. 2021") reaches to the end of the next.
    spans: Vec<Span>,
    /// Every date of the document, in order.
    pub(super) dates: Vec<DateHit>,
    /// Whether the document calls itself a non-disclosure or confidentiality agreement.
    pub(super) nda: bool,
    /// What the document says by labels.
    pub(super) labels: Labels,
    hints: Option<Hints<'a>>,
    /// The sentences as phrases, each read when it is first asked for.
    phrases: Vec<OnceCell<Phrases>>,
    /// For each sentence whether it stands in a sample or a form for later use: nothing there is of this contract.
    specimens: Vec<bool>,
}

/// A date in the text.
#[derive(Debug, Clone)]
pub(super) struct DateHit {
    /// Index of its sentence.
    pub(super) sentence: usize,
    /// Its words, within the document.
    pub(super) span: Span,
    pub(super) date: DateText,
}

// Cheap test for a sentence that may hold a date.
pattern!(
    DATEISH,
    r"(?:19|20)\s?[0-9]|[0-9]\s?[/.-]\s?[0-9A-Za-z]{1,3}\s?[/.-]\s?[0-9]{2}|day\s+of|, ?(?:20)?_|two thousand|nineteen|[0-9],? '[0-9]{2}|200 [0-9]|2 0 [0-9]"
);
// Running heads and feet that name a filing, not the contract.
pattern!(FILING, r"^source:|\b(?:8-k|10-k|10-q|s-1|20-f|6-k|f-1|s-4|10-12g|def 14a|424b[0-9]|1-a|497)(?:/a)?\b");
pattern!(
    NDA,
    [
        "non-disclosure/confidential/confidentiality/non-competition/inventions/secrecy ..80 agreement/agrmnt/undertaking/letter/covenant",
        "proprietary information ..80 agreement/agrmnt/undertaking/letter/covenant, confidentiality and $, confidential information and $, covenant not to compete",
    ]
);
pattern!(
    CUT_DATE,
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+[0-9]{1,2}(?:st|nd|rd|th)?)?\.$"
);
pattern!(
    THIS_NDA,
    r"\b(?:this|following)\s+(?:[\w-]+\s+){0,4}?(?:non-? ?disclosure|confidentiality|confidential\s+disclosure)\s"
);
// Words of a country that writes the month first, or the day first.
pattern!(
    MONTH_FIRST,
    r"delaware|california|new york|texas|nevada|florida|illinois|massachusetts|new jersey|united states|pennsylvania|virginia|georgia|ohio|colorado|\binc\b"
);
pattern!(
    DAY_FIRST,
    r"england|united kingdom|\bgmbh\b|\bplc\b|australia|singapore|hong kong|ireland|\bindia\b|france|germany|israel|\bb\.?v\.|s\.p\.a|s\.a\.r\.l|nigeria|\blagos\b|kenya|nairobi|south africa|johannesburg|cape town|ghana|uganda|tanzania|zambia|malaysia|new zealand|scotland|\bwales\b|mumbai|maharashtra|\bpune\b|bengaluru|bangalore|chennai|\bdelhi\b|pakistan|karachi|bangladesh|sri lanka|\bdubai\b|\brs\.\s?[0-9]|\binr\b|rupees|₹|\bkes\b|\bksh|₦|\bngn\b|£|\baud\b|\bzar\b|\bpty\b"
);

/// Most dates of a document, whole sentences counted: a list of payments over thirty years has some hundreds.
const MOST_DATES: usize = 5_000;

impl<'a> Reader<'a> {
    /// `law` is the place whose law governs the contract: it settles the order of day and month where no date of the
    /// document does (R16), and after it the countries that the document names.
    pub(super) fn new(
        text: &'a DocumentText,
        segments: &'a Segments,
        law: Option<&str>,
        hints: Option<Hints<'a>>,
    ) -> Self {
        let all = text.as_str();
        let by_law = law.map_or(DateOrder::Unknown, date_order);
        let by_words = || match (MONTH_FIRST.find_iter(all).take(50).count(), DAY_FIRST.find_iter(all).take(50).count())
        {
            (us, other) if us > 2 * other => DateOrder::MonthFirst,
            (us, other) if other > 2 * us => DateOrder::DayFirst,
            _ => DateOrder::Unknown,
        };
        let default = if by_law == DateOrder::Unknown { by_words() } else { by_law };
        let style = DateStyle::of(all, default);
        let spans = whole_sentences(text, segments);
        let specimens = specimens(text, segments, spans.len());
        let mut dates_found = Vec::new();
        for (i, &span) in spans.iter().enumerate().filter(|&(i, _)| !specimens[i]) {
            let words = text.slice(span);
            if dates_found.len() >= MOST_DATES {
                break;
            }
            if !DATEISH.is_match(words) || words.len() < 400 && FILING.is_match(words) {
                continue;
            }
            dates_found.extend(dates(words, style).into_iter().map(|d| DateHit {
                sentence: i,
                span: Span::from(d.range).shift(span.start()),
                date: d.value,
            }));
        }
        let early = segments.sentences.iter().take(15).map(|s| text.slice(s.span));
        let nda = early.clone().any(|s| s.len() < 140 && NDA.is_match(s))
            || early.take(12).any(|s| THIS_NDA.is_match(head(s, 200)));
        let phrases = vec![OnceCell::new(); spans.len()];
        let mut labels = Labels::of(text);
        if specimens.contains(&true) {
            let sentence = |at: usize| spans.partition_point(|s| s.start() <= at).saturating_sub(1);
            labels.retain(|label| !specimens[sentence(label.name.start())]);
        }
        Self { text, segments, style, spans, dates: dates_found, nda, labels, hints, phrases, specimens }
    }

    /// What there is so much of that the rest was not read.
    pub(super) fn full(&self) -> Vec<&'static str> {
        let dates = (self.dates.len() >= MOST_DATES).then_some("dates");
        let labels = self.labels.is_full().then_some("labelled values");
        dates.into_iter().chain(labels).collect()
    }

    /// Sentence `i` as phrases.
    pub(super) fn phrases(&self, i: usize) -> &Phrases {
        static NONE: LazyLock<Phrases> = LazyLock::new(Phrases::default);
        let Some(cell) = self.phrases.get(i) else { return &NONE };
        cell.get_or_init(|| {
            let start = self.span(i).start();
            let dates = self.dates_of_sentence(i).iter();
            let dates: Vec<_> = dates.map(|d| d.span.start() - start..d.span.end() - start).collect();
            Phrases::read(&without_examples(self.sentence(i)), &dates)
        })
    }

    /// What the model adds to the score of a rule that reads sentence `i` as a clause on `topic`; 0 without a model.
    ///
    /// An attachment can have a term of its own, and the model does not know of which it reads.
    pub(super) fn hint(&self, i: usize, topic: Topic) -> i32 {
        match self.hints.and_then(|h| h.of(i, topic)) {
            Some(p) if p >= 0.2 && self.attached(i) => 0,
            Some(p) if p >= SURE => 3,
            Some(p) if p >= 0.2 => 1,
            Some(p) if p < 0.01 => -2,
            _ => 0,
        }
    }

    /// The sentences in order, with their index and words, without those of samples.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, Span, &'a str)> + '_ {
        let own = self.spans.iter().enumerate().filter(|&(i, _)| !self.specimens[i]);
        own.map(|(i, &span)| (i, span, self.text.slice(span)))
    }

    pub(super) fn sentence(&self, i: usize) -> &'a str {
        self.spans.get(i).map_or("", |&span| self.text.slice(span))
    }

    pub(super) fn span(&self, i: usize) -> Span {
        self.spans.get(i).copied().unwrap_or(Span::new(0, 0))
    }

    /// The date with which the value of a label begins.
    pub(super) fn labelled(&self, label: &Label) -> Option<&DateHit> {
        let within = self.dates_in(label.value).next()?;
        let left = self.text.as_str().part(label.value.start()..within.span.start());
        label::leads(left).then_some(within)
    }

    /// The dates inside `place`.
    pub(super) fn dates_in(&self, place: Span) -> impl Iterator<Item = &DateHit> {
        // A sentence with a cut date reaches into the next one.
        let first = self.sentence_at(place.start()).saturating_sub(1);
        let from = self.dates.partition_point(|d| d.sentence < first);
        let near = self.dates[from..].iter().take_while(move |d| self.span(d.sentence).start() < place.end());
        near.filter(move |d| place.contains(d.span))
    }

    /// The dates of sentence `i`.
    pub(super) fn dates_of_sentence(&self, i: usize) -> &[DateHit] {
        let from = self.dates.partition_point(|d| d.sentence < i);
        let to = self.dates.partition_point(|d| d.sentence <= i);
        &self.dates[from..to]
    }

    /// The dates under the labels of `field`, those in attachments last.
    pub(super) fn dates_of(&self, field: Field) -> Vec<(&Label, &DateHit)> {
        let mut found: Vec<_> = self.labels.all(field).filter_map(|l| Some((l, self.labelled(l)?))).collect();
        found.sort_by_key(|(_, hit)| self.attached(hit.sentence));
        found
    }

    /// The sentence in which `at` lies, or the last one before it.
    pub(super) fn sentence_at(&self, at: usize) -> usize {
        self.spans.partition_point(|s| s.start() <= at).saturating_sub(1)
    }

    /// Whether two sentences stand in one section.
    pub(super) fn share_section(&self, a: usize, b: usize) -> bool {
        let section = |i: usize| self.segments.sentences.get(i).map(|s| s.section);
        section(a) == section(b)
    }

    /// The heading over sentence `i`.
    pub(super) fn heading(&self, i: usize) -> &'a str {
        self.segments.sentences.get(i).and_then(|s| self.segments.heading(s.section)).unwrap_or("")
    }

    /// What stands around sentence `i`: its section, where that is short, else the sentences beside it.
    pub(super) fn surroundings(&self, i: usize) -> Span {
        const SHORT: usize = 2_000;
        const BESIDE: usize = 2;
        let section = self.segments.sentences.get(i).and_then(|s| self.segments.sections.get(s.section));
        let section = section.map(|s| s.span).filter(|span| span.len() <= SHORT && span.contains(self.span(i)));
        section.unwrap_or_else(|| {
            self.span(i.saturating_sub(BESIDE)).cover(self.span((i + BESIDE).min(self.spans.len() - 1)))
        })
    }

    /// Whether sentence `i` stands in a schedule or exhibit of the contract.
    ///
    /// An exhibit that begins with the document is the label under which the whole contract was filed.
    pub(super) fn attached(&self, i: usize) -> bool {
        attachment(self.text, self.segments, i).is_some()
    }

    /// Words of the sentence before the date, at most `n` bytes.
    pub(super) fn before(&self, hit: &DateHit, n: usize) -> &'a str {
        let start = self.span(hit.sentence).start();
        tail(self.text.as_str().part(start..hit.span.start().max(start)), n)
    }

    /// Words of the sentence after the date, at most `n` bytes.
    pub(super) fn after(&self, hit: &DateHit, n: usize) -> &'a str {
        let end = self.span(hit.sentence).end();
        head(self.text.as_str().part(hit.span.end()..end.max(hit.span.end())), n)
    }

    /// A fact for the date `hit`, proved by its sentence; unknown where the text has a gap, conflicting where day and
    /// month can change places.
    pub(super) fn date_fact(&self, kind: &str, hit: &DateHit, rule: &str, confidence: f32) -> Fact<DateValue> {
        let raw = self.text.slice(hit.span);
        let around = self.quote(hit.sentence, hit.span);
        let origin = Origin::rule(rule);
        match settled(hit.date.reading) {
            Ok(date) => {
                let cited = self.text.cited(DateValue::On(date), around);
                if hit.date.other.is_some() {
                    let fact = Fact::found(kind, cited, raw, origin, Confidence::new(confidence * 0.6));
                    fact.with_status(Status::Conflicting)
                } else {
                    Fact::found(kind, cited, raw, origin, Confidence::new(confidence))
                }
            }
            Err(status) => {
                Fact::unknown(kind, self.text.cite(around), raw, status, origin, Confidence::new(confidence))
            }
        }
    }

    /// The value of `fact` as a finding of another kind: the last signature date as the agreement date. Proof, and how
    /// far the date is settled, stay the same.
    pub(super) fn restate<T: Clone>(fact: &Fact<T>, kind: &str, rule: &str, confidence: f32) -> Fact<T> {
        let evidence = fact.evidence()[0].clone();
        let (origin, confidence) = (Origin::rule(rule), Confidence::new(confidence));
        match fact.value() {
            Some(value) => {
                let out = Fact::found(kind, Cited::new(value.clone(), evidence), fact.raw(), origin, confidence);
                if fact.status() == Status::Found { out } else { out.with_status(fact.status()) }
            }
            None => Fact::unknown(kind, evidence, fact.raw(), fact.status(), origin, confidence),
        }
    }

    /// The sentence as proof; of a very long one, the part around `span`.
    pub(super) fn quote(&self, sentence: usize, span: Span) -> Span {
        let whole = self.span(sentence);
        if whole.len() <= 600 || !whole.contains(span) {
            return whole;
        }
        let words = self.text.as_str();
        let start = whole.start().max(span.start().saturating_sub(300));
        let end = whole.end().min(span.end() + 200);
        let start = if start == whole.start() { start } else { word_edge(words, start, span.start()) };
        let end = if end == whole.end() {
            end
        } else {
            span.end() + head(words.part(span.end()..whole.end()), end - span.end()).len()
        };
        Span::new(start, end)
    }
}

/// The sentences, with those put together again that were cut inside a date.
fn whole_sentences(text: &DocumentText, segments: &Segments) -> Vec<Span> {
    let mut spans: Vec<Span> = segments.sentences.iter().map(|s| s.span).collect();
    for i in 1..spans.len() {
        let next = text.slice(spans[i]);
        if next.starts_with("19") || next.starts_with("20") {
            let (last, next) = (spans[i - 1], spans[i]);
            if last.end() <= next.start()
                && next.start() - last.end() <= 2
                && CUT_DATE.is_match(tail(text.slice(last), 20))
            {
                spans[i - 1] = last.cover(next);
            }
        }
    }
    spans
}

/// The first word boundary at or after `at`, at most `limit`.
fn word_edge(text: &str, at: usize, limit: usize) -> usize {
    (at..limit).find(|&i| text.is_char_boundary(i) && text.as_bytes()[i] == b' ').map_or(limit, |i| i + 1)
}

/// At most the first `n` bytes of `text`, cut at a character.
pub(super) fn head(text: &str, n: usize) -> &str {
    let mut end = n.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.part(..end)
}

/// At most the last `n` bytes of `text`, cut at a character.
pub(in crate::detect) fn tail(text: &str, n: usize) -> &str {
    let mut start = text.len().saturating_sub(n);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.part(start..)
}

/// The schedule or exhibit in which sentence `i` stands: the index of its section.
fn attachment(text: &DocumentText, segments: &Segments, i: usize) -> Option<usize> {
    let mut at = segments.sentences.get(i)?.section;
    let clause = |at: usize| segments.sections.get(at).filter(|c| c.attachment);
    clause(at)?;
    while let Some(parent) = clause(at).and_then(|c| c.parent).filter(|&p| p < at && clause(p).is_some()) {
        at = parent;
    }
    (clause(at)?.span.start() > text.as_str().len() / 8).then_some(at)
}

/// For each of the first `count` sentences whether it stands in an attachment that calls itself a sample, or a form for
/// later use.
fn specimens(text: &DocumentText, segments: &Segments, count: usize) -> Vec<bool> {
    pattern!(
        SPECIMEN,
        [
            "^ ..60 sample/specimen/illustrative/pro-forma/template ~4 order/agreement/form/contract/invoice/notice/lease/certificate",
            "^ ..60 form of ~5 order/agreement/contract/invoice/notice/lease/certificate, ..90 for illustration/illustrative/example (purposes) only",
        ]
    );
    const TITLE: usize = 200;
    let all = text.as_str();
    let is_one = |at: usize| {
        let start = segments.sections.get(at).map_or(0, |c| c.span.start());
        // A contract that was filed as an exhibit may call itself a form.
        start > all.len() / 3 && SPECIMEN.is_match(head(all.part(start..), TITLE))
    };
    let mut known: HashMap<usize, bool> = HashMap::new();
    let mut titled = |at: usize| *known.entry(at).or_insert_with(|| is_one(at));
    (0..count).map(|i| attachment(text, segments, i).is_some_and(&mut titled)).collect()
}

/// A sentence with its examples in brackets blanked: "renews for the same period (e.g., a monthly plan by the month)". What is
/// said of the example is not said of the contract.
fn without_examples(words: &str) -> Cow<'_, str> {
    pattern!(EXAMPLE, r"\(\s*(?:e\.\s?g\.|for\s+example|for\s+instance)[^()]{0,200}\)");
    if !words.contains('(') {
        return Cow::Borrowed(words);
    }
    Cow::Owned(blanked(words, EXAMPLE.find_iter(words).map(|m| m.range())))
}

/// The words before and after `range`, at most `n` bytes each.
pub(super) fn around<'a>(text: &'a str, range: &Range<usize>, n: usize) -> (&'a str, &'a str) {
    (tail(text.part(..range.start), n), head(text.part(range.end..), n))
}

/// A value, or why the text does not give it.
pub(super) fn settled<T>(reading: Reading<T>) -> Result<T, Status> {
    match reading {
        Reading::Known(value) => Ok(value),
        Reading::Blank => Err(Status::Unresolved),
        Reading::Redacted => Err(Status::Redacted),
    }
}

/// The known date of a hit.
pub(super) fn known(hit: &DateHit) -> Option<Date> {
    hit.date.reading.known()
}
