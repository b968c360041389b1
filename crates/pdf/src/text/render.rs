//! Pictures of single pages: for the program that reads scans, for the comparison of revisions, and for people.

use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::Pdf;
use hayro_syntax::page::{Page, Rotation};

use super::image::{PageBoxes, PageImage};
use super::ocr::Picture;

/// Pixels of a point: 200 dots an inch, which is what offices scan with.
const SCALE: f32 = 200.0 / 72.0;
/// Most pixels of the longer side: an A4 page at 300 dots an inch. Some scans come in pages of many feet.
const LONGEST: f32 = 3508.0;

/// Page `number`, counted from 1, of a PDF in grey; none when there is no such page, or it has no size.
pub(super) fn page(pdf: &Pdf, number: u32) -> Option<Picture> {
    let page = pdf.pages().get(number.checked_sub(1)? as usize)?;
    let (width, height) = page.render_dimensions();
    let scale = SCALE.min(LONGEST / width.max(height));
    let map = draw(page, scale)?;
    // The weights of Rec. 601, in parts of 256.
    let gray = |p: &hayro::vello_cpu::color::PremulRgba8| {
        let sum = 77 * u32::from(p.r) + 150 * u32::from(p.g) + 29 * u32::from(p.b);
        u8::try_from(sum >> 8).unwrap_or(u8::MAX)
    };
    let pixels = map.data().iter().map(gray).collect();
    Picture::new(u32::from(map.width()), u32::from(map.height()), 1.0 / scale, pixels)
}

/// Pixels of a point for people: 110 dots an inch, at which small print can be read.
const SEEN: f32 = 110.0 / 72.0;
/// Most pixels of such a picture, in all and of a side: more than a page of the size A3 has.
const MOST: f32 = 4_000_000.0;
const LONGEST_SEEN: f32 = 4000.0;

/// Page `number`, counted from 1, for people; none when there is no such page, or it has no size.
pub(super) fn image(pdf: &Pdf, number: u32) -> Option<PageImage> {
    let page = pdf.pages().get(number.checked_sub(1)? as usize)?;
    let boxes = boxes(page);
    let (width, height) = page.render_dimensions();
    let bound = (LONGEST_SEEN / width.max(height)).min((MOST / (width * height)).sqrt());
    let scale = (SEEN * boxes.unit).min(bound);
    let map = draw(page, scale)?;
    let colour = map.data().iter().any(|p| p.r != p.g || p.g != p.b);
    let pixels = if colour {
        map.data().iter().flat_map(|p| [p.r, p.g, p.b]).collect()
    } else {
        map.data().iter().map(|p| p.g).collect()
    };
    PageImage::new([u32::from(map.width()), u32::from(map.height())], scale, boxes, colour, pixels)
}

fn boxes(page: &Page<'_>) -> PageBoxes {
    #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
    let edges = |r: hayro_syntax::object::Rect| [r.x0, r.y0, r.x1, r.y1].map(|v| v as f32);
    let rotate = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    };
    let unit = page.raw().get::<f32>(b"UserUnit").filter(|unit| unit.is_finite() && *unit > 0.0).unwrap_or(1.0);
    PageBoxes { rotate, crop: edges(page.intersected_crop_box()), media: edges(page.media_box()), unit }
}

/// A page in colour, with so many pixels to a point; none where it has no size.
pub(super) fn draw(page: &Page<'_>, scale: f32) -> Option<Pixmap> {
    let (width, height) = page.render_dimensions();
    // A page narrower than a pixel cannot be drawn.
    if !(scale.is_finite() && width * scale >= 1.0 && height * scale >= 1.0) {
        return None;
    }
    let interpreter = InterpreterSettings::default();
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    Some(hayro::render(page, &RenderCache::new(), &interpreter, &RenderSettings::default(), &pixmap))
}
