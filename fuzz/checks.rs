//! What must hold for any input: the bodies of the fuzz targets, which `tests/fuzz` replays over the corpus.
//!
//! None may panic, and every place that they name must lie in the text, on the bounds of characters.

#![allow(dead_code, reason = "each target runs one of them")]

use jiff::civil::date;
use tickler::config::Settings;
use tickler::contract;
use tickler::index::Query;
use tickler::lexicon::{self, DateOrder, DateStyle};
use tickler::record::{DocumentId, DocumentInfo};
use tickler::segment::segment;
use tickler::text::{DocumentText, Engine, EngineOutput, Layout};
use tickler::worker::protocol::{self, Answer, Hello, Request};
use tickler::{detect, schedule};

/// The text layer: the data is what a page draws, in two fonts, one of which has no widths.
pub(crate) fn text(data: &[u8]) {
    let mut pdf = b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<<\
        /F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F2<</Type/Font/Subtype/TrueType/BaseFont/Nameless>>>>>>>> endobj\n"
        .to_vec();
    pdf.extend(format!("4 0 obj <</Length {}>> stream\n", data.len()).bytes());
    pdf.extend(data);
    pdf.extend(b"\nendstream endobj\ntrailer <</Root 1 0 R/Size 5>>\n%%EOF\n");
    if let Ok(output) = Engine::First.read(pdf, &[], &[]) {
        laid_out(&output);
    }
}

/// Sections, sentences and definitions of any text.
pub(crate) fn segments(data: &[u8]) {
    let text = plain(data);
    let segments = segment(&text);
    for section in &segments.sections {
        let _ = text.cite(section.span);
        assert!(section.parent.is_none_or(|p| p < segments.sections.len()));
    }
    for sentence in &segments.sentences {
        let _ = text.cite(sentence.span);
        assert!(sentence.section < segments.sections.len());
        assert!(sentence.lead_in.is_none_or(|s| s < segments.sentences.len()));
    }
    for definition in &segments.definitions {
        assert!(text.slice(definition.span).contains(&definition.term));
    }
}

/// The small parsers: dates, periods, numbers, percentages.
pub(crate) fn words(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    for order in [DateOrder::MonthFirst, DateOrder::DayFirst, DateOrder::Unknown] {
        inside(text, lexicon::dates(text, DateStyle::of(text, order)));
    }
    inside(text, lexicon::periods(text));
    inside(text, lexicon::percents(text));
    inside(text, lexicon::count(text));
    inside(text, lexicon::ordinal(text));
}

/// All rules, and the schedule of what they find.
pub(crate) fn record(data: &[u8]) {
    let (text, settings) = (plain(data), Settings::default());
    let info = DocumentInfo::named(DocumentId::of(data), "f.pdf");
    let findings = detect::detect(&text, &segment(&text));
    let contract = contract::assemble(info, findings, &[], &text, &settings);
    let _ = schedule::build(&contract, Some(date(2026, 1, 1)), &settings);
}

/// What a person types into the search.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Err(error) = Query::parse(&text) {
        assert!(!error.to_string().is_empty());
    }
}

/// What a worker may say to its parent, and the parent to a worker.
pub(crate) fn protocol(data: &[u8]) {
    const MOST: u64 = 1 << 20;
    let _ = protocol::receive::<Hello>(&mut &*data, MOST);
    let _ = protocol::receive::<Request>(&mut &*data, MOST);
    if let Ok(Ok(output)) = protocol::receive::<Answer<EngineOutput>>(&mut &*data, MOST) {
        laid_out(&output);
    }
}

fn plain(data: &[u8]) -> DocumentText {
    DocumentText::from_plain(DocumentId::of(data), &String::from_utf8_lossy(data))
}

fn laid_out(output: &EngineOutput) {
    let Some(Layout { text, .. }) = &output.text else { return };
    for block in text.blocks().iter().chain(text.margins()) {
        assert!(!text.cite(block.span).quote().contains('\n'));
    }
}

fn inside<T>(text: &str, found: impl IntoIterator<Item = lexicon::Found<T>>) {
    for one in found {
        assert!(text.get(one.range.clone()).is_some_and(|words| !words.is_empty()), "{:?} of {text:?}", one.range);
    }
}
