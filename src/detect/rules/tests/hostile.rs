//! Texts that no contract holds: letters of many scripts at any place, and one thing over and over.

use std::time::Duration;

use proptest::prelude::*;
use rustix::time::{ClockId, clock_gettime};

use super::super::family;
use crate::config::Settings;
use crate::contract::assemble;
use crate::detect::{Findings, detect};
use crate::record::testing::document;
use crate::record::{Contract, DocumentId};
use crate::segment::segment;
use crate::text::DocumentText;

#[path = "../../../../benches/growth/shapes.rs"]
mod shapes;

use shapes::{SHAPES, grown};

/// Letters, marks and words whose length in bytes, case or width misleads: accents, Greek, Cyrillic, Arabic, Chinese, an
/// emoji of several characters, combining marks, the Greek question mark, ligatures, and letters that grow or shrink when
/// their case changes.
const FOREIGN: [&str; 40] = [
    "é",
    "É",
    "Ö",
    "Société Générale",
    "Ωmega",
    "Η σύμβαση",
    "ς",
    "Россия",
    "Ё",
    "شركة",
    "عقد",
    "合同",
    "株式会社",
    "한국",
    "😀",
    "👩\u{200d}⚖\u{fe0f}",
    "e\u{301}",
    "\u{301}",
    "\u{37e}",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{feff}",
    "\u{ad}",
    "İ",
    "İstanbul",
    "ı",
    "ß",
    "ẞ",
    "ﬁ",
    "ŉ",
    "\u{212a}",
    "Å",
    "’",
    "“",
    "”",
    "–",
    "…",
    "½",
    "№ ",
];

fn read(plain: &str) -> Contract {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    let findings = detect(&text, &segment(&text));
    assemble(document(DocumentId::of(plain.as_bytes())), findings, &[], &text, &Settings::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Contract words of every kind, with foreign letters put between and in place of their characters.
    #[test]
    fn no_script_costs_a_family(
        shapes in proptest::collection::vec(0..SHAPES.len(), 1..4),
        at in proptest::collection::vec((any::<prop::sample::Index>(), 0..FOREIGN.len(), any::<bool>()), 1..60),
    ) {
        let plain: String = shapes.iter().map(|&i| grown(&SHAPES[i], SHAPES[i].1.len() + 160)).collect();
        let mut characters: Vec<String> = plain.chars().map(String::from).collect();
        for (place, foreign, instead) in at {
            let i = place.index(characters.len());
            if instead {
                characters[i].clear();
            }
            characters[i].insert_str(0, FOREIGN[foreign]);
        }
        let plain = characters.concat();
        let failed: Vec<_> = read(&plain).diagnostics.into_iter().filter(|d| d.code == "detect.failed").collect();
        prop_assert!(failed.is_empty(), "{failed:?}\n{plain}");
    }
}

#[test]
fn a_family_that_panics_is_lost_alone() {
    let mut findings = Findings::default();
    family("renewal", &mut findings, |_| panic!("index {}", 1));
    family("payment", &mut findings, |findings| findings.facts.parties.clear());
    let told: Vec<_> = findings.diagnostics.iter().map(|d| (d.code.as_str(), d.message.contains("renewal"))).collect();
    assert_eq!(told, [("detect.failed", true)]);
}

/// Processor time to read a text of this shape.
fn time(name: &str, size: usize) -> Duration {
    let shape = SHAPES.iter().find(|s| s.0 == name).unwrap();
    let plain = grown(shape, size);
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let start = now();
    read(&plain);
    now().saturating_sub(start)
}

/// `benches/growth` measures every shape and larger texts.
#[test]
fn work_grows_with_the_text() {
    for name in ["dates", "dates_labelled", "items", "items_led_in", "quotes", "signatures", "duties", "rows"] {
        time(name, 1_000);
        let (small, large) = (time(name, 25_000), time(name, 100_000));
        // Four times the text; a loop inside a loop would take sixteen times as long.
        assert!(large < small * 8 + Duration::from_millis(200), "{name}: {small:?}, {large:?}");
    }
}

#[test]
fn a_sentence_without_end_is_cut_and_told() {
    let words = "the supplier considers the matter and ".repeat(2_000);
    let plain = format!("This Agreement is made on 1 June 2026.\n{words}\nThis Agreement is governed by Irish law.");
    let contract = read(&plain);
    let cut: Vec<_> = contract.diagnostics.iter().filter(|d| d.code == "segment.long_sentence").collect();
    assert_eq!(cut.len(), 1);
    assert!(contract.governing_law.is_some(), "what stands behind it is read");
    let word = format!("This Agreement is made on 1 June 2026.\n{}", "é".repeat(40_000));
    assert!(read(&word).diagnostics.iter().any(|d| d.code == "segment.long_sentence"));
}
