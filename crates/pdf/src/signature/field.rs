//! Where a PDF keeps its signatures: fields of its form, each with a dictionary that names the bytes it covers.

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, FromBytes as _, MaybeRef, Name, Object, ObjectIdentifier, Rect, String as PdfString,
};
use hayro_syntax::page::Page;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::syntax::Scanner;

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
    /// The widgets that show it.
    pub(super) widgets: Vec<ObjectIdentifier>,
    /// The field itself.
    pub(super) dict: Dict<'a>,
    /// The signature in it.
    pub(super) value: Option<Dict<'a>>,
}

/// The fields for signatures, in the order of the form.
pub(super) fn fields(pdf: &Pdf) -> Vec<Field<'_>> {
    let mut all = Fields { pdf, left: FIELDS, found: Vec::new() };
    for field in list(form(pdf).as_ref(), b"Fields") {
        all.collect(field, &Above { name: "", signs: false, value: None }, DEPTH);
    }
    all.found
}

/// The form of a document.
fn form(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?.get(b"AcroForm")
}

/// What a field inherits.
struct Above<'a, 'n> {
    name: &'n str,
    signs: bool,
    value: Option<Dict<'a>>,
}

/// The search for fields.
struct Fields<'a> {
    pdf: &'a Pdf,
    left: usize,
    found: Vec<Field<'a>>,
}

impl<'a> Fields<'a> {
    fn collect(&mut self, field: MaybeRef<Object<'a>>, above: &Above<'a, '_>, depth: usize) {
        let id = identifier(&field);
        let Some(dict) = dictionary(self.pdf, field) else { return };
        if self.left == 0 || depth == 0 {
            return;
        }
        self.left -= 1;
        let name = full_name(above.name, &dict);
        let signs = dict.get::<Name<'_>>(b"FT").map_or(above.signs, |kind| kind.as_ref() == b"Sig");
        let value = dict.get::<Dict<'_>>(b"V").or_else(|| above.value.clone());
        let kids = list(Some(&dict), b"Kids");
        let widgets =
            if kids.is_empty() { id.into_iter().collect() } else { kids.iter().filter_map(identifier).collect() };
        let first = kids.first().map(|kid| (identifier(kid), dictionary(self.pdf, copy(kid))));
        // Kids without a name are places where the same field is shown.
        let fields: Vec<_> = kids.into_iter().filter(|kid| is_named(self.pdf, kid)).collect();
        if signs && fields.is_empty() {
            let (shown_id, shown) = first.unwrap_or((None, None));
            let place = place(self.pdf, shown.as_ref().unwrap_or(&dict), shown_id.or(id));
            let name = name.chars().filter(|c| !c.is_control()).take(200).collect();
            self.found.push(Field { name, place, widgets, dict, value: value.clone() });
        }
        for kid in fields {
            self.collect(kid, &Above { name: &name, signs, value: value.clone() }, depth - 1);
        }
    }
}

/// The name of a field below `above`.
pub(super) fn full_name(above: &str, dict: &Dict<'_>) -> String {
    let own = dict.get::<PdfString<'_>>(b"T").map(|t| text(t.as_bytes())).unwrap_or_default();
    if above.is_empty() || own.is_empty() { format!("{above}{own}") } else { format!("{above}.{own}") }
}

pub(super) fn is_named(pdf: &Pdf, kid: &MaybeRef<Object<'_>>) -> bool {
    dictionary(pdf, copy(kid)).is_some_and(|d| d.contains_key(b"T"))
}

pub(super) fn copy<'a>(object: &MaybeRef<Object<'a>>) -> MaybeRef<Object<'a>> {
    match object {
        MaybeRef::Ref(id) => MaybeRef::Ref(*id),
        MaybeRef::NotRef(object) => MaybeRef::NotRef(object.clone()),
    }
}

pub(super) fn identifier(object: &MaybeRef<Object<'_>>) -> Option<ObjectIdentifier> {
    object.as_obj_ref().map(ObjectIdentifier::from)
}

/// The object itself; nothing where it is null or not defined.
pub(super) fn resolve<'a>(pdf: &'a Pdf, object: MaybeRef<Object<'a>>) -> Option<Object<'a>> {
    let object = match object {
        MaybeRef::Ref(id) => pdf.xref().get::<Object<'_>>(id.into())?,
        MaybeRef::NotRef(object) => object,
    };
    (!matches!(object, Object::Null(_))).then_some(object)
}

pub(super) fn dictionary<'a>(pdf: &'a Pdf, object: MaybeRef<Object<'a>>) -> Option<Dict<'a>> {
    resolve(pdf, object)?.into_dict()
}

/// The objects in a list of a dictionary.
pub(super) fn list<'a>(dict: Option<&Dict<'a>>, key: &[u8]) -> Vec<MaybeRef<Object<'a>>> {
    dict.and_then(|d| d.get::<Array<'a>>(key)).map(|a| a.raw_iter().collect()).unwrap_or_default()
}

/// Where a widget stands.
fn place(pdf: &Pdf, widget: &Dict<'_>, id: Option<ObjectIdentifier>) -> Option<Place> {
    let named = widget.get_ref(b"P").map(ObjectIdentifier::from);
    let lists = |page: &Page<'_>| list(Some(page.raw()), b"Annots").iter().any(|a| identifier(a) == id);
    let pages = pdf.pages();
    let at = pages
        .iter()
        .position(|page| named.is_some() && page.raw().obj_id() == named)
        .or_else(|| id.and_then(|_| pages.iter().position(lists)))?;
    Some(Place { page: u32::try_from(at + 1).ok()?, edges: edges(widget, &pages[at]) })
}

/// The rectangle of a widget as the reader sees it.
fn edges(widget: &Dict<'_>, page: &Page<'_>) -> Option<[f32; 4]> {
    if !matches!(page.rotation(), hayro_syntax::page::Rotation::None) {
        return None;
    }
    let (rect, shown) = (widget.get::<Rect>(b"Rect")?, page.intersected_crop_box());
    let edges = [rect.x0 - shown.x0, shown.y1 - rect.y1, rect.x1 - shown.x0, shown.y1 - rect.y0];
    #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
    let edges = edges.map(|e| e as f32);
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
    /// The signature as it is written: a string in hexadecimal digits, or in brackets.
    written: &'a [u8],
}

impl<'a> Covered<'a> {
    /// What the `ByteRange` of a signature names; none where it makes no sense, or leaves out more than the signature.
    pub(super) fn read(bytes: &'a [u8], range: &[usize]) -> Option<Self> {
        let [0, first, second, length] = *range else { return None };
        let end = second.checked_add(length)?;
        let parts = [bytes.get(..first)?, bytes.get(second..end)?];
        let gap = bytes.get(first..second)?;
        let written = gap.trim_ascii();
        let is_string = matches!(written, [b'<', .., b'>'] | [b'(', .., b')']);
        is_string.then_some(Self { parts, end, written })
    }

    /// The signature; none where it is not one string, or has more than `most` bytes.
    pub(super) fn signature(&self, most: usize) -> Option<Vec<u8>> {
        let [_, digits @ .., _] = self.written else { return None };
        if self.written.starts_with(b"(") {
            let mut scanner = Scanner::new(self.written, 0);
            scanner.value().filter(|item| item.range.end == self.written.len())?;
            let string = PdfString::from_bytes(self.written)?.as_bytes().to_vec();
            return (string.len() <= most).then_some(string);
        }
        let mut out = Vec::new();
        let mut half = None;
        for digit in digits.iter().filter(|b| !b.is_ascii_whitespace()) {
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
