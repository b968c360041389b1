//! Where a PDF keeps its signatures: fields of its form, each with a dictionary that names the bytes it covers.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::{Deserialize, Serialize};

/// Most signatures that are read; further ones are named in a remark.
pub(super) const MOST: usize = 64;
/// Most fields of a form that are looked at.
const FIELDS: usize = 10_000;
/// Deepest nesting of fields.
const DEPTH: usize = 16;

/// A place on a page, in points from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Page, from 1.
    pub page: u32,
    /// Left, top, right and bottom edge; none for a signature that is not shown, or a page that is turned.
    pub edges: Option<[f32; 4]>,
}

/// A field for a signature.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) name: String,
    pub(super) place: Option<Place>,
    /// The signature in it.
    pub(super) value: Option<&'a Dictionary>,
}

/// The fields for signatures, in the order of the form.
pub(super) fn fields(document: &Document) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    let form = document.catalog().and_then(|catalog| document.get_dict_in_dict(catalog, b"AcroForm"));
    let Ok(form) = form else { return found };
    let mut left = FIELDS;
    for field in list(document, form, b"Fields") {
        collect(document, field, &Above { name: "", signs: false, value: None }, DEPTH, &mut left, &mut found);
    }
    found
}

/// What a field inherits.
struct Above<'a, 'n> {
    name: &'n str,
    signs: bool,
    value: Option<&'a Dictionary>,
}

fn collect<'a>(
    document: &'a Document,
    field: &'a Object,
    above: &Above<'a, '_>,
    depth: usize,
    left: &mut usize,
    found: &mut Vec<Field<'a>>,
) {
    let id = field.as_reference().ok();
    let Ok(dict) = document.dereference(field).and_then(|(_, o)| o.as_dict()) else { return };
    if *left == 0 || depth == 0 {
        return;
    }
    *left -= 1;
    let own = dict.get_deref(b"T", document).and_then(Object::as_str).map(text).unwrap_or_default();
    let name = if above.name.is_empty() || own.is_empty() {
        format!("{}{own}", above.name)
    } else {
        format!("{}.{own}", above.name)
    };
    let signs = dict.get_deref(b"FT", document).and_then(Object::as_name).map_or(above.signs, |kind| kind == b"Sig");
    let value = document.get_dict_in_dict(dict, b"V").ok().or(above.value);
    let kids = list(document, dict, b"Kids");
    // Kids without a name are places where the same field is shown.
    let fields: Vec<_> = kids.iter().filter(|kid| is_named(document, kid)).collect();
    if signs && fields.is_empty() {
        let shown = kids.first().copied().unwrap_or(field);
        let place = place(document, shown, shown.as_reference().ok().or(id));
        found.push(Field { name: name.chars().filter(|c| !c.is_control()).take(200).collect(), place, value });
    }
    for kid in fields {
        collect(document, kid, &Above { name: &name, signs, value }, depth - 1, left, found);
    }
}

fn is_named(document: &Document, kid: &Object) -> bool {
    document.dereference(kid).and_then(|(_, o)| o.as_dict()).is_ok_and(|d| d.has(b"T"))
}

fn list<'a>(document: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Vec<&'a Object> {
    dict.get_deref(key, document).and_then(Object::as_array).map(|a| a.iter().collect()).unwrap_or_default()
}

/// Where a widget stands.
fn place(document: &Document, widget: &Object, id: Option<ObjectId>) -> Option<Place> {
    let dict = document.dereference(widget).ok()?.1.as_dict().ok()?;
    let pages = document.get_pages();
    let named = dict.get(b"P").and_then(Object::as_reference).ok();
    let lists = |page: &ObjectId| {
        let page = document.get_dictionary(*page);
        page.is_ok_and(|p| list(document, p, b"Annots").iter().any(|a| a.as_reference().ok() == id))
    };
    let (page, at) = pages
        .iter()
        .find(|(_, page)| Some(**page) == named)
        .or_else(|| id.and_then(|_| pages.iter().find(|(_, page)| lists(page))))?;
    Some(Place { page: *page, edges: edges(document, dict, *at) })
}

/// The rectangle of a widget as the reader sees it.
fn edges(document: &Document, widget: &Dictionary, page: ObjectId) -> Option<[f32; 4]> {
    let numbers = |o: &Object| -> Option<[f32; 4]> {
        let items = document.dereference(o).ok()?.1.as_array().ok()?;
        let values: Vec<f32> = items.iter().filter_map(|n| document.dereference(n).ok()?.1.as_float().ok()).collect();
        values.try_into().ok()
    };
    let [a, b, c, d] = numbers(widget.get(b"Rect").ok()?)?;
    let inherited = |key: &[u8]| {
        let mut at = document.get_dictionary(page).ok()?;
        for _ in 0..DEPTH {
            if let Ok(value) = at.get(key) {
                return Some(value);
            }
            at = document.get_dict_in_dict(at, b"Parent").ok()?;
        }
        None
    };
    if inherited(b"Rotate").and_then(|o| o.as_i64().ok()).is_some_and(|turn| turn % 360 != 0) {
        return None;
    }
    let [left, y0, _, y1] = numbers(inherited(b"CropBox").or_else(|| inherited(b"MediaBox"))?)?;
    let top = y0.max(y1);
    let edges = [a.min(c) - left, top - b.max(d), a.max(c) - left, top - b.min(d)];
    (edges[2] > edges[0] && edges[3] > edges[1] && edges.iter().all(|e| e.is_finite())).then_some(edges)
}

/// A text string of the file.
pub(super) fn text(raw: &[u8]) -> String {
    let text = crate::text::text_string(raw);
    text.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}

/// The bytes that a signature covers: two pieces, and between them nothing but the signature itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Covered<'a> {
    pub(super) parts: [&'a [u8]; 2],
    /// End of the second part.
    pub(super) end: usize,
    /// The signature in hexadecimal digits.
    digits: &'a [u8],
}

impl<'a> Covered<'a> {
    /// What the `ByteRange` of a signature names; none where it makes no sense, or leaves out more than the signature.
    pub(super) fn read(bytes: &'a [u8], signature: &Dictionary, document: &Document) -> Option<Self> {
        let range = signature.get_deref(b"ByteRange", document).and_then(Object::as_array).ok()?;
        let range: Vec<usize> = range.iter().filter_map(|n| usize::try_from(n.as_i64().ok()?).ok()).collect();
        let [0, first, second, length] = range[..] else { return None };
        let end = second.checked_add(length)?;
        let parts = [bytes.get(..first)?, bytes.get(second..end)?];
        let gap = bytes.get(first..second)?;
        let digits = gap.trim_ascii().strip_prefix(b"<")?.strip_suffix(b">")?;
        Some(Self { parts, end, digits })
    }

    /// The signature; none where its digits are not, or are more than `most` bytes.
    pub(super) fn signature(&self, most: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut half = None;
        for digit in self.digits.iter().filter(|b| !b.is_ascii_whitespace()) {
            let digit = u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
            match half.take() {
                None => half = Some(digit),
                Some(high) => out.push(high << 4 | digit),
            }
            if out.len() > most {
                return None;
            }
        }
        Some(out)
    }
}

/// A moment as a PDF writes it, `D:20240314093000+01'00'`, and the day where it was written.
pub(super) fn moment(raw: &[u8]) -> Option<(Option<Timestamp>, Date)> {
    let text = std::str::from_utf8(raw).ok()?.trim();
    let text = text.strip_prefix("D:").unwrap_or(text);
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let date = Date::new(text.get(..4)?.parse().ok()?, number(4, 6)?, number(6, 8)?).ok()?;
    let time = || {
        let at: DateTime = date.at(number(8, 10)?, number(10, 12)?, number(12, 14).unwrap_or(0), 0);
        let zone = text.get(14..)?;
        let sign = match zone.chars().next()? {
            'Z' => return Offset::UTC.to_timestamp(at).ok(),
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let (hours, minutes) = (zone.get(1..3)?.parse::<i64>().ok()?, zone.get(4..6).and_then(|m| m.parse().ok()));
        let offset = SignedDuration::from_mins(sign * (hours * 60 + minutes.unwrap_or(0i64)));
        Offset::UTC.to_timestamp(at).ok()?.checked_sub(offset).ok()
    };
    let valid = [number(8, 10).unwrap_or(0), number(10, 12).unwrap_or(0), number(12, 14).unwrap_or(0)];
    let valid = (0..24).contains(&valid[0]) && valid[1..].iter().all(|n| (0..60).contains(n));
    Some((valid.then(time).flatten(), date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let read = |text: &str| moment(text.as_bytes()).map(|(t, d)| (t.map(|t| t.to_string()), d.to_string()));
        let want = |time: &str, day: &str| Some((Some(time.to_owned()), day.to_owned()));
        assert_eq!(read("D:20240314093000+00'00'"), want("2024-03-14T09:30:00Z", "2024-03-14"));
        // The day is the one of the signer's own clock.
        assert_eq!(read("D:20240314013000+10'30'"), want("2024-03-13T15:00:00Z", "2024-03-14"));
        assert_eq!(read("20240314093000Z"), want("2024-03-14T09:30:00Z", "2024-03-14"));
        assert_eq!(read("D:20240314"), Some((None, "2024-03-14".to_owned())));
        assert_eq!(read("D:20240314996000Z"), Some((None, "2024-03-14".to_owned())));
        assert_eq!(read("D:2024"), None);
        assert_eq!(read("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}"), None);
    }
}
