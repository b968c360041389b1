//! Words on a page that are not part of its text: those that nobody sees, and those that are struck out.

use serde::{Deserialize, Serialize};

use super::glyph::FreeGlyph;
use super::normalise::{Spelling, spell};
use crate::cite::{Diagnostic, PageRegion, Severity, Stage};

/// Why words do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenBy {
    /// They stand outside of the page, or of the part of it that is shown.
    OffPage,
    /// They are clipped away.
    Clip,
    /// Something that was drawn later lies over them.
    Cover,
    /// Their colour is that of what is beneath them.
    Colour,
    /// They are fully transparent.
    Transparency,
    /// They are drawn in the invisible mode, and no scan is behind them, or belong to an annotation that is not shown.
    Invisible,
    /// They are too small to be read.
    Size,
    /// They are on a layer that is switched off.
    Layer,
    /// A line goes through them.
    Strike,
    /// A signature shows them that was made after the first one: who signed first has not seen them.
    Later,
    /// They stand at a slant. They can be seen, and are not read.
    Slant,
}

impl HiddenBy {
    /// How people say it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::OffPage => "off the page",
            Self::Clip => "clipped away",
            Self::Cover => "covered",
            Self::Colour => "in the colour of the paper",
            Self::Transparency => "transparent",
            Self::Invisible => "invisible",
            Self::Size => "too small",
            Self::Layer => "on a layer that is off",
            Self::Strike => "struck out",
            Self::Later => "shown by a later signature",
            Self::Slant => "at a slant",
        }
    }
}

/// Words of one line that do not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hidden {
    /// Why not.
    pub by: HiddenBy,
    /// The words, with one space between them.
    pub text: String,
    /// Where they stand on the page as displayed; it may lie outside of the page.
    pub region: PageRegion,
}

/// A gap wider than this part of the size separates words.
const WORD_GAP: f32 = 0.2;
/// A gap wider than this many sizes ends a line.
const LINE_GAP: f32 = 4.0;
/// Most characters that a remark quotes.
const QUOTED: usize = 240;
/// Most pages that get a remark of their own.
const PAGES: usize = 12;

/// Fewer characters are no page of text.
const PAGE: usize = 200;

/// Where most letters of a page are tiny, the whole page was made smaller, and they are no words that somebody hid.
pub(super) fn small_pages(glyphs: &mut [FreeGlyph]) {
    let tiny = |g: &FreeGlyph| g.hidden == Some(HiddenBy::Size);
    if glyphs.len() >= PAGE && glyphs.iter().filter(|g| tiny(g)).count() * 2 > glyphs.len() {
        glyphs.iter_mut().filter(|g| tiny(g)).for_each(|g| g.hidden = None);
    }
}

/// The lines of the glyphs that do not count, in content order.
pub(super) fn lines(glyphs: &[FreeGlyph]) -> Vec<Hidden> {
    let mut out: Vec<Hidden> = Vec::new();
    let mut last: Option<FreeGlyph> = None;
    for glyph in glyphs {
        let Some(by) = glyph.hidden else { continue };
        let spelling = spell(glyph.c);
        if spelling == Spelling::Nothing {
            continue;
        }
        let (along, across) = last.map_or((f32::MAX, f32::MAX), |last| last.to(glyph));
        let goes_on = across.abs() < 0.5 && (-1.0..LINE_GAP).contains(&along);
        if let Some(line) = out.last_mut().filter(|line| goes_on && line.by == by) {
            if along > WORD_GAP {
                push_space(&mut line.text);
            }
            put(&mut line.text, spelling);
            line.region = cover(line.region, place(glyph));
        } else {
            let mut text = String::new();
            put(&mut text, spelling);
            out.push(Hidden { by, text, region: place(glyph) });
        }
        last = Some(*glyph);
    }
    for line in &mut out {
        line.text.truncate(line.text.trim_end().len());
        let region = <(u32, f64, f64, f64, f64)>::from(line.region);
        // Rounded as everywhere, so that it is the same after a way through a pipe.
        line.region = PageRegion::from(region);
    }
    out.retain(|line| line.text.chars().any(char::is_alphanumeric));
    out
}

fn push_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

fn put(text: &mut String, spelling: Spelling) {
    match spelling {
        Spelling::One(c) => text.push(c),
        Spelling::Many(s) => text.push_str(s),
        Spelling::Space => push_space(text),
        Spelling::SoftHyphen | Spelling::Nothing => {}
    }
}

fn place(glyph: &FreeGlyph) -> PageRegion {
    let [x0, y0, x1, y1] = glyph.bounds(-0.2, 0.8);
    PageRegion { page: 0, x0, y0, x1, y1 }
}

fn cover(a: PageRegion, b: PageRegion) -> PageRegion {
    PageRegion { page: a.page, x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }
}

/// How words of a sort are told.
struct Sort {
    code: &'static str,
    severity: Severity,
    what: &'static str,
    note: &'static str,
}

const UNSEEN: Sort = Sort { code: "text.hidden", severity: Severity::Warning, what: "hidden text", note: "" };
const STRUCK: Sort =
    Sort { code: "text.struck", severity: Severity::Warning, what: "struck out", note: ", not in force" };
/// Honest signers show their names so.
const LATER: Sort = Sort {
    code: "text.later",
    severity: Severity::Info,
    what: "shown by a later signature",
    note: ", which the first signer has not seen",
};

const SLANTED: Sort =
    Sort { code: "text.slanted", severity: Severity::Warning, what: "not read, at a slant", note: "" };

/// What is said of the words that do not count: a remark for each page and sort, the first of them with the words.
pub(super) fn remarks(hidden: &[Hidden]) -> Vec<Diagnostic> {
    let is_told_as = |line: &Hidden| match line.by {
        HiddenBy::Strike => STRUCK.code,
        HiddenBy::Later => LATER.code,
        HiddenBy::Slant => SLANTED.code,
        _ => UNSEEN.code,
    };
    let of = |sort: &Sort| hidden.iter().filter(|line| is_told_as(line) == sort.code).collect::<Vec<_>>();
    [UNSEEN, STRUCK, LATER, SLANTED].iter().flat_map(|sort| told(sort, &of(sort))).collect()
}

fn told(sort: &Sort, hidden: &[&Hidden]) -> Vec<Diagnostic> {
    let Sort { code, severity, what, note } = *sort;
    let mut pages: Vec<(u32, Vec<&Hidden>)> = Vec::new();
    for line in hidden {
        let page = line.region.page;
        match pages.iter().position(|(of, _)| *of == page) {
            Some(at) => pages[at].1.push(line),
            None if pages.len() <= PAGES => pages.push((page, vec![line])),
            // The rest is counted together.
            None => pages[PAGES].1.push(line),
        }
    }
    let remark = |message: String| Diagnostic::new(code, severity, Stage::Text, message);
    let words = |n: usize| if n == 1 { "1 word".to_owned() } else { format!("{n} words") };
    let count = |lines: &[&Hidden]| lines.iter().map(|line| line.text.split(' ').count()).sum::<usize>();
    let mut out = Vec::new();
    for (i, (page, lines)) in pages.iter().enumerate() {
        let n = words(count(lines));
        if i == PAGES {
            out.push(remark(format!("{what}: {n} more on other pages; `tickler text --hidden` prints them")));
            continue;
        }
        let mut why: Vec<HiddenBy> = lines.iter().map(|line| line.by).collect();
        why.sort_unstable();
        why.dedup();
        let why: Vec<&str> = why.into_iter().map(HiddenBy::words).collect();
        let why = if code == UNSEEN.code { format!(" ({})", why.join(", ")) } else { String::new() };
        let quote = quote(lines);
        out.push(remark(format!("{what}: {n} on page {page}{note}{why}: \u{201c}{quote}\u{201d}")).on_page(*page));
    }
    out
}

fn quote(lines: &[&Hidden]) -> String {
    let mut out = String::new();
    for c in lines.iter().enumerate().flat_map(|(i, line)| (i > 0).then_some(' ').into_iter().chain(line.text.chars()))
    {
        if out.chars().count() >= QUOTED {
            out.push('\u{2026}');
            break;
        }
        out.push(c);
    }
    out
}
