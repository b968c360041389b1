//! What is marked on the picture of a page.

use std::collections::HashSet;

use tickler::record::{Contract, DocumentId, Evidence, FactRef, PageRegion, Part as _, Span};
use tickler::said::find_quote;
use tickler::text::DocumentText;

use crate::cli::facts;

/// A value and the places that prove it on one page.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    /// The value.
    pub(super) fact: FactRef<'a>,
    /// Its boxes on the page as it is displayed.
    pub(super) regions: Vec<PageRegion>,
    /// The words on this page that prove it.
    pub(super) quotes: Vec<&'a str>,
    /// How far the boxes are the words.
    pub(super) place: Place,
}

/// Where the words of a value are on their page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the boxes.
    Exact,
    /// Somewhere in the boxes: the place of a whole sentence of a scan is kept, that of each of its words is not.
    Around,
    /// Not known.
    Unknown,
}

impl Mark<'_> {
    /// Leaves the boxes out, which would lie on other words.
    pub(super) fn forget(&mut self) {
        self.regions.clear();
        self.place = Place::Unknown;
    }
}

/// The values of which some proof is on `page` of `document`, in the order in which people ask for them.
pub(super) fn on_page<'a>(contract: &'a Contract, document: &DocumentId, page: u32) -> Vec<Mark<'a>> {
    facts::of(contract).into_iter().filter_map(|fact| mark(fact, document, page)).collect()
}

/// Whether a value has proof on the page.
fn mark<'a>(fact: FactRef<'a>, document: &DocumentId, page: u32) -> Option<Mark<'a>> {
    let here = |e: &&Evidence| {
        let begins = e.page() == page && !(e.quote().is_empty() && e.regions().is_empty());
        e.document() == document && (begins || e.regions().iter().any(|r| r.page == page))
    };
    let evidence: Vec<&Evidence> = fact.evidence.iter().filter(here).collect();
    let regions: Vec<PageRegion> =
        evidence.iter().flat_map(|e| e.regions()).filter(|r| r.page == page).copied().collect();
    let quotes = evidence.iter().map(|e| e.quote()).filter(|quote| !quote.is_empty()).collect();
    let place = if regions.is_empty() { Place::Unknown } else { Place::Exact };
    (!evidence.is_empty()).then_some(Mark { fact, regions, quotes, place })
}

/// Whether any words have no place yet: those that a person quoted, because a text is kept without places.
pub(super) fn lack_places(marks: &[Mark<'_>]) -> bool {
    marks.iter().any(|mark| mark.place == Place::Unknown)
}

/// Finds the places of words that people quoted: in the `text` of the file, read again, else, on a scan, in the sentences that
/// prove other values.
pub(super) fn find_places(
    marks: &mut [Mark<'_>],
    text: Option<&DocumentText>,
    contract: &Contract,
    document: &DocumentId,
    page: u32,
) {
    for mark in marks.iter_mut().filter(|mark| mark.place == Place::Unknown) {
        let on_page = |r: &PageRegion| r.page == page;
        for quote in &mark.quotes {
            let span = text.and_then(|text| {
                Some((text, find_quote(text.as_str(), |at| text.page_at(at), quote, Some(page)).ok()?))
            });
            mark.regions.extend(span.into_iter().flat_map(|(text, span)| text.regions(span)).filter(on_page));
        }
        if !mark.regions.is_empty() {
            mark.place = Place::Exact;
            continue;
        }
        let own = mark.fact.evidence.iter().find(|e| e.document() == document && e.page() == page);
        let around = own.and_then(|own| narrowest(contract, own));
        mark.regions.extend(around.into_iter().flat_map(Evidence::regions).copied().filter(on_page));
        if !mark.regions.is_empty() {
            mark.place = Place::Around;
        }
    }
}

/// The places on a page of the words that a search found: each time they are there. Words in a row that are no word of the page
/// by themselves (the excerpt of a hit by meaning) are looked for as a quote.
pub(super) fn found(text: &DocumentText, (words, quote): (&str, Option<&str>), page: u32) -> Vec<PageRegion> {
    let folded = |word: &str| word.to_lowercase();
    let wanted: HashSet<String> = words.split_whitespace().take(MOST_FOUND).map(folded).collect();
    let all = text.as_str();
    let mut spans = Vec::new();
    let mut from = None;
    // One more, so that a word at the end of the text ends, too.
    for (at, c) in all.char_indices().chain([(all.len(), ' ')]) {
        match from {
            None if c.is_alphanumeric() => from = Some(at),
            Some(start) if !c.is_alphanumeric() => {
                if wanted.contains(&folded(all.part(start..at))) {
                    spans.push(Span::new(start, at));
                }
                from = None;
            }
            _ => {}
        }
    }
    spans.extend(quote.and_then(|quote| find_quote(all, |at| text.page_at(at), quote, Some(page)).ok()));
    let on_page = spans.into_iter().filter(|span| text.page_at(span.start()) == page);
    on_page.flat_map(|span| text.regions(span)).filter(|region| region.page == page).collect()
}

/// Most words of a search that are looked for on a page.
const MOST_FOUND: usize = 32;

/// The shortest passage with known places that has the words of `own`.
fn narrowest<'a>(contract: &'a Contract, own: &Evidence) -> Option<&'a Evidence> {
    let facts = contract.facts();
    let all = facts.iter().flat_map(|fact| fact.evidence);
    let has =
        |e: &&Evidence| e.document() == own.document() && e.span().contains(own.span()) && !e.regions().is_empty();
    all.filter(has).min_by_key(|e| e.span().len())
}
