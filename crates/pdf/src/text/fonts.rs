//! Fonts that say of a digit that it is another one: a person reads what they draw, and a program what they say.

use std::collections::HashSet;

use hayro_interpret::hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Page;

use crate::cite::{Diagnostic, Severity, Stage};

/// Codes of a font that are looked at: digits come early in a font.
const CODES: u32 = 2_048;
/// So many digits in their order show in which order the digits of a font are.
const ORDER: usize = 4;
/// Pages and fonts that are looked at.
const PAGES: usize = 500;
const FONTS: usize = 200;

const NAMES: [&[u8]; 10] = [b"zero", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight", b"nine"];
/// Encodings in which the digits have the codes of ASCII.
const ENCODINGS: [&[u8]; 3] = [b"WinAnsiEncoding", b"MacRomanEncoding", b"StandardEncoding"];

/// Remarks on such fonts, each for the first page that uses it.
pub(super) fn remarks(pdf: &Pdf) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for (number, page) in (1..).zip(pdf.pages().iter().take(PAGES)) {
        for (drawn, said) in fonts(page)
            .filter(|font| font.obj_id().is_none_or(|id| seen.insert(id)))
            .filter_map(|font| contradiction(&font))
        {
            let message = format!(
                "page {number}: a font says that its digit {drawn} is a {said}; look at the numbers of the page"
            );
            let remark = Diagnostic::new("text.font_contradicts", Severity::Warning, Stage::Text, message);
            out.push(remark.on_page(number));
        }
        if seen.len() > FONTS {
            break;
        }
    }
    out
}

fn fonts<'a>(page: &Page<'a>) -> impl Iterator<Item = Dict<'a>> {
    let all = page.resources().fonts.clone();
    let names: Vec<_> = all.keys().take(FONTS).map(|name| name.to_vec()).collect();
    names.into_iter().filter_map(move |name| all.get::<Dict<'_>>(&name[..]))
}

/// A digit that a font draws, and the digit that it says it is.
fn contradiction(font: &Dict<'_>) -> Option<(u32, u32)> {
    let map = font.get::<Stream<'_>>(b"ToUnicode")?.decoded_data().ok()?;
    let map = CMap::parse(&map, |_| None)?;
    let is_composite = font.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"Type0");
    let said = |code: u32| match map.lookup_bf_string(code)? {
        BfString::Char(c) => c.to_digit(10),
        BfString::String(_) => None,
    };
    let digits: Vec<(u32, u32)> =
        (0..if is_composite { CODES } else { 256 }).filter_map(|code| Some((code, said(code)?))).collect();
    let named = if is_composite { Vec::new() } else { named(font) };
    let by_name = digits.iter().find_map(|(code, said)| {
        let (_, drawn) = named.iter().rev().find(|(named, _)| named == code)?;
        (drawn.is_some_and(|drawn| drawn != *said)).then_some((drawn.unwrap_or_default(), *said))
    });
    by_name.or_else(|| out_of_order(&digits))
}

/// The codes of which an encoding says the glyph; those that are named later count, and some are no digits.
fn named(font: &Dict<'_>) -> Vec<(u32, Option<u32>)> {
    let mut out = Vec::new();
    let encoding = font.get::<Dict<'_>>(b"Encoding");
    let base = match &encoding {
        Some(encoding) => encoding.get::<Name<'_>>(b"BaseEncoding"),
        None => font.get::<Name<'_>>(b"Encoding"),
    };
    if base.is_some_and(|base| ENCODINGS.contains(&base.as_ref())) {
        out.extend((0..10).map(|digit| (u32::from(b'0') + digit, Some(digit))));
    }
    let mut code = 0u32;
    let differences = encoding.and_then(|encoding| encoding.get::<Array<'_>>(b"Differences"));
    for part in differences.iter().flat_map(Array::iter::<Object<'_>>) {
        match part {
            Object::Number(number) => code = start(&number),
            Object::Name(name) => {
                let digit = (0u32..).zip(NAMES).find(|(_, digit)| *digit == name.as_ref());
                out.push((code, digit.map(|(digit, _)| digit)));
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}

fn start(number: &Number) -> u32 {
    u32::try_from(number.as_i64()).unwrap_or(u32::MAX)
}

/// In nearly every font the digits follow each other: one that stands in the place of another digit, and says what a third one in
/// its own place says, too, is none. A font that holds some digits only may number them anew, and says each of them once.
fn out_of_order(digits: &[(u32, u32)]) -> Option<(u32, u32)> {
    let zero = |(code, digit): &(u32, u32)| code.checked_sub(*digit);
    let agree = |base: u32| digits.iter().filter(|d| zero(d) == Some(base)).count();
    let base = digits.iter().filter_map(zero).max_by_key(|base| agree(*base))?;
    if agree(base) < ORDER || 2 * agree(base) <= digits.len() {
        return None;
    }
    let drawn = |code: u32| code.checked_sub(base).filter(|drawn| *drawn < 10);
    let said_twice = |said: u32| digits.contains(&(base + said, said));
    digits.iter().find_map(|(code, said)| {
        drawn(*code).filter(|drawn| drawn != said && said_twice(*said)).map(|drawn| (drawn, *said))
    })
}
