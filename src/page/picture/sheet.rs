//! The page of a contract as HTML: its picture with the proving words marked, and the values that they prove beside it.

use maud::{Markup, html};
use tickler::record::{FactRef, Field, PageRegion};
use tickler::text::{PageImage, Turn};

use super::super::fields::address;
use super::marks::{Mark, Place};
use crate::cli::clean::short;
use crate::cli::facts;

/// Longest quote beside the picture, in characters.
const QUOTE: usize = 240;

/// Everything that the page shows.
pub(super) struct Sheet<'a> {
    /// Path of the contract, such as `/contract/7a2c9d70`.
    pub(super) base: String,
    /// Digits of the document whose page it is, where it is not the contract's own.
    pub(super) file: Option<String>,
    pub(super) file_name: &'a str,
    pub(super) page: u32,
    pub(super) pages: u32,
    pub(super) turn: Turn,
    pub(super) marks: &'a [Mark<'a>],
    /// Whether it was opened from a search.
    pub(super) searched: bool,
    /// The places of the words that the search found.
    pub(super) found: Vec<PageRegion>,
    /// The value that was asked for.
    pub(super) chosen: Option<&'a str>,
    /// The picture, or why there is none.
    pub(super) picture: Result<&'a PageImage, String>,
    /// What to know of the boxes.
    pub(super) remark: Option<&'static str>,
}

impl Sheet<'_> {
    /// A link to a page of the same file.
    fn link(&self, page: u32, turn: Turn, fact: Option<&str>, mark: bool) -> String {
        let place = if mark { "#mark" } else { "" };
        self.address(&page.to_string(), turn, fact) + place
    }

    /// The address of a page, or of its picture, by its `name`.
    fn address(&self, name: &str, turn: Turn, fact: Option<&str>) -> String {
        let turn = if turn == Turn::None { String::new() } else { turn.degrees().to_string() };
        let (fact, file) = (fact.unwrap_or_default(), self.file.as_deref().unwrap_or_default());
        address(&format!("{}/page/{name}", self.base), &[("fact", fact), ("turn", &turn), ("file", file)])
    }

    fn is_chosen(&self, mark: &Mark<'_>) -> bool {
        self.chosen == Some(mark.fact.id.as_str())
    }

    pub(super) fn markup(&self) -> Markup {
        html! {
            div class="proof" {
                section class="proof-facts" aria-labelledby="on-this-page" {
                    h2 id="on-this-page" { "On this page" }
                    (self.facts())
                }
                section class="proof-page" aria-labelledby="the-page" {
                    h2 id="the-page" class="hidden" { "Picture of the page" }
                    (self.steps())
                    @match &self.picture {
                        Ok(image) => (self.picture(image)),
                        Err(why) => p class="notice" role="status" { (why) },
                    }
                    @if self.searched && self.found.is_empty() { p class="hint" { "Where the words that were found are on the page is not known." } }
                    @if let Some(remark) = self.remark { p class="hint" { (remark) } }
                }
            }
        }
    }

    /// Links to other pages, and to this one turned.
    fn steps(&self) -> Markup {
        let step = |page: u32, rel: &str, words: &str| {
            html! { a rel=(rel) href=(self.link(page, self.turn, self.chosen, false)) { (words) } }
        };
        html! {
            nav class="steps" aria-label="Pages of the file" {
                @if self.page > 1 { (step(self.page - 1, "prev", "Previous page")) }
                @else { span class="off" { "Previous page" } }
                span { "Page " (self.page) " of " (self.pages) }
                @if self.page < self.pages { (step(self.page + 1, "next", "Next page")) }
                @else { span class="off" { "Next page" } }
                @if self.picture.is_ok() {
                    a class="turn" href=(self.link(self.page, self.turn.further(), self.chosen, false)) { "Turn to the right" }
                }
            }
        }
    }

    fn picture(&self, image: &PageImage) -> Markup {
        let [width, height] = self.turn.size(image.size());
        let [across, down] = self.turn.size(image.pixels());
        let source = self.address(&format!("{}.png", self.page), self.turn, None);
        html! {
            div class="sheet" {
                img src=(source) width=(across) height=(down) alt=(self.alt());
                // What it says is in the list and in the text of the picture.
                svg viewBox={ "0 0 " (tenths(width)) " " (tenths(height)) } preserveAspectRatio="none" aria-hidden="true" {
                    @if !self.found.is_empty() { g class="box found" { (self.rectangles(&self.found, image.size(), true)) } }
                    @for mark in self.marks.iter().filter(|mark| self.is_drawn(mark)) { (self.boxes(mark, image.size())) }
                }
            }
        }
    }

    /// Duties and clauses cover most of a page: they are drawn when they are chosen.
    fn is_drawn(&self, mark: &Mark<'_>) -> bool {
        is_key(&mark.fact) || self.is_chosen(mark)
    }

    fn boxes(&self, mark: &Mark<'_>, size: [f32; 2]) -> Markup {
        let chosen = self.is_chosen(mark);
        let title = format!("{}: {}", mark.fact.field.label(), facts::value(&mark.fact));
        let around = if mark.place == Place::Around { " around" } else { "" };
        let class = if chosen { format!("box chosen{around}") } else { format!("box{around}") };
        html! {
            a class=(class) href=(self.link(self.page, self.turn, Some(mark.fact.id.as_str()), true)) tabindex="-1" {
                title { (short(&title, QUOTE)) }
                (self.rectangles(&mark.regions, size, chosen))
            }
        }
    }

    /// Boxes; that the page opens at the first of them, where it is asked for.
    fn rectangles(&self, regions: &[PageRegion], size: [f32; 2], first: bool) -> Markup {
        html! {
            @for (i, region) in regions.iter().enumerate() {
                @let PageRegion { x0, y0, x1, y1, .. } = self.turn.region(*region, size);
                rect id=[(first && i == 0).then_some("mark")] x=(tenths(x0)) y=(tenths(y0))
                    width=(tenths(x1 - x0)) height=(tenths(y1 - y0)) {}
            }
        }
    }

    /// The picture in words.
    fn alt(&self) -> String {
        let chosen = self.marks.iter().find(|mark| self.is_chosen(mark) && !mark.regions.is_empty());
        let marked = chosen.map_or_else(String::new, |mark| {
            let words = mark
                .quotes
                .first()
                .map_or_else(String::new, |quote| format!(": \u{201c}{}\u{201d}", short(quote, QUOTE)));
            format!("; the words for {} are marked{words}", mark.fact.field.label())
        });
        let found = if self.found.is_empty() { "" } else { "; the words that were found are marked" };
        format!("Page {} of {}{found}{marked}", self.page, short(self.file_name, QUOTE))
    }

    /// The values, key ones first; duties and clauses are many, and folded away.
    fn facts(&self) -> Markup {
        let is = |field: Field| move |mark: &&Mark<'_>| mark.fact.field == field;
        let key: Vec<&Mark<'_>> = self.marks.iter().filter(|mark| is_key(&mark.fact)).collect();
        let groups = [("Duties", Field::obligations), ("Clauses", Field::clauses)];
        html! {
            @if key.is_empty() { p class="hint" { "No key value is proved by this page." } }
            @else { ul class="marks" { @for mark in key { (self.fact(mark)) } } }
            @for (words, field) in groups {
                @let marks: Vec<&Mark<'_>> = self.marks.iter().filter(is(field)).collect();
                @if !marks.is_empty() {
                    details open[marks.iter().any(|mark| self.is_chosen(mark))] {
                        summary { (words) " (" (marks.len()) ")" }
                        ul class="marks" { @for mark in marks { (self.fact(mark)) } }
                    }
                }
            }
        }
    }

    fn fact(&self, mark: &Mark<'_>) -> Markup {
        let chosen = self.is_chosen(mark);
        let link = self.link(self.page, self.turn, Some(mark.fact.id.as_str()), true);
        html! {
            li class=[chosen.then_some("chosen")] {
                a href=(link) aria-current=[chosen.then_some("true")] {
                    span class="label" { (mark.fact.field.label()) } " "
                    span class="value" { (short(&facts::value(&mark.fact), QUOTE)) }
                }
                @for quote in &mark.quotes { q { (short(quote, QUOTE)) } }
                @if let Some(hint) = hint(mark) { p class="hint" { (hint) } }
            }
        }
    }
}

/// What to know of the boxes of a value.
fn hint(mark: &Mark<'_>) -> Option<&'static str> {
    match mark.place {
        Place::Exact => None,
        Place::Around => Some("Of these words of a scan, only the place of the sentence is known."),
        Place::Unknown => Some("Where these words are on the page is not known."),
    }
}

fn is_key(fact: &FactRef<'_>) -> bool {
    !matches!(fact.field, Field::obligations | Field::clauses)
}

/// A length in points, as evidence has it.
fn tenths(points: f32) -> String {
    let text = format!("{points:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
