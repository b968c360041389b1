//! Pictures of pages for people, who look at the words that prove a value.

use png::{BitDepth, ColorType, Compression, Encoder};
use serde::{Deserialize, Deserializer, Serialize};

use super::turn::Turn;

/// A page as it is displayed: its pixels, and what leads from a place on the page to a pixel.
///
/// A worker gives pixels and no file, so that nothing that parsed a PDF decides which bytes a browser has to read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageImage {
    width: u32,
    height: u32,
    scale: f32,
    boxes: PageBoxes,
    colour: bool,
    #[serde(serialize_with = "super::ocr::as_bytes")]
    pixels: Vec<u8>,
}

/// What the file says of a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageBoxes {
    /// Its `Rotate`: 0, 90, 180 or 270 degrees clockwise.
    pub rotate: u16,
    /// What of it is displayed: left, bottom, right and top edge of its crop box inside its media box, in its own units.
    pub crop: [f32; 4],
    /// The whole of it.
    pub media: [f32; 4],
    /// Size of its unit in points, mostly 1.
    pub unit: f32,
}

impl PageBoxes {
    /// Whether the page is displayed as it lies in the file: not rotated, and nothing cut off.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "a page without a crop box has its media box")]
    pub fn is_plain(&self) -> bool {
        self.rotate == 0 && self.crop == self.media
    }
}

/// Reads formats that lend their input, as postcard does.
impl<'de> Deserialize<'de> for PageImage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Parts<'a> {
            width: u32,
            height: u32,
            scale: f32,
            boxes: PageBoxes,
            colour: bool,
            #[serde(borrow)]
            pixels: &'a [u8],
        }
        let Parts { width, height, scale, boxes, colour, pixels } = Parts::deserialize(deserializer)?;
        Self::new([width, height], scale, boxes, colour, pixels.to_vec())
            .ok_or_else(|| serde::de::Error::custom("a picture of another size"))
    }
}

impl PageImage {
    /// A picture of `size` pixels, row by row from the top left, of which so many make one unit of the page: three bytes each
    /// in `colour`, one in grey. None when there is another number of them.
    pub(super) fn new(
        [width, height]: [u32; 2],
        scale: f32,
        boxes: PageBoxes,
        colour: bool,
        pixels: Vec<u8>,
    ) -> Option<Self> {
        let bytes = (width as usize).checked_mul(height as usize)?.checked_mul(if colour { 3 } else { 1 })?;
        let whole = bytes == pixels.len() && bytes > 0;
        (whole && scale.is_finite() && scale > 0.0).then_some(Self { width, height, scale, boxes, colour, pixels })
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        [self.width, self.height]
    }

    /// Width and height in the units in which regions of evidence are given: points, unless the page has a unit of its own.
    #[must_use]
    pub fn size(&self) -> [f32; 2] {
        [self.width as f32 / self.scale, self.height as f32 / self.scale]
    }

    /// What the file says of the page.
    #[must_use]
    pub fn boxes(&self) -> PageBoxes {
        self.boxes
    }

    /// The picture, turned, as a PNG file.
    ///
    /// # Errors
    /// Those of the encoder: there is no memory.
    pub fn png(&self, turn: Turn) -> Result<Vec<u8>, png::EncodingError> {
        let size = [self.width as usize, self.height as usize];
        let turned = match turn {
            Turn::None => None,
            _ if self.colour => Some(turn.pixels::<3>(&self.pixels, size)),
            _ => Some(turn.pixels::<1>(&self.pixels, size)),
        };
        let [width, height] = turn.size(self.pixels());
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, width, height);
        encoder.set_color(if self.colour { ColorType::Rgb } else { ColorType::Grayscale });
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(turned.as_deref().unwrap_or(&self.pixels))?;
        writer.finish()?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::{PageRegion, Span};
    use crate::text::{Engine, Engines as _, InProcess, written};

    /// One page with these entries; `x` and `y` are where its only words begin, which go in direction `turn` (a matrix).
    fn pdf(entries: &str, turn: &str, [x, y]: [f32; 2], paint: &str) -> Vec<u8> {
        let content = format!("{paint} BT /F1 12 Tf {turn} {x} {y} Tm (H\\(gj\\) Notice\\)) Tj ET");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> {entries} >>"),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        ];
        written(&objects)
    }

    /// The picture, by rows, in grey.
    fn decoded(file: &[u8]) -> (usize, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let step = if info.color_type == ColorType::Rgb { 3 } else { 1 };
        (info.width as usize, pixels.iter().step_by(step).copied().collect())
    }

    /// Edges of what is dark, in the unit of the page.
    fn dark(image: &PageImage, turn: Turn) -> [f32; 4] {
        let (width, pixels) = decoded(&image.png(turn).unwrap());
        let dark = || pixels.iter().enumerate().filter(|(_, g)| **g < 230).map(|(i, _)| (i % width, i / width));
        let (xs, ys) = (|| dark().map(|p| p.0), || dark().map(|p| p.1));
        let [Some(left), Some(top)] = [xs().min(), ys().min()] else { panic!("a blank page: {:?}", image.boxes()) };
        let edges = [left, top, xs().max().unwrap() + 1, ys().max().unwrap() + 1];
        let unit = image.size()[0] / image.pixels()[0] as f32;
        edges.map(|n| n as f32 * unit)
    }

    /// The box of the words, as evidence has it.
    fn words(file: &[u8]) -> PageRegion {
        let text = InProcess.read(Engine::First, file, &[]).unwrap().text.unwrap().text;
        let regions = text.regions(Span::new(0, text.as_str().len()));
        assert_eq!(regions.len(), 1, "{regions:?}");
        regions[0]
    }

    const UPRIGHT: &str = "1 0 0 1";

    #[test]
    fn boxes_of_evidence_lie_on_the_words_of_the_picture() {
        let sideways = ("0 1 -1 0", [300.0, 200.0]);
        for (entries, (turn, place)) in [
            ("/MediaBox [0 0 612 792]", (UPRIGHT, [72.0, 700.0])),
            ("/MediaBox [0 0 612 792] /Rotate 90", (UPRIGHT, [72.0, 700.0])),
            ("/MediaBox [0 0 612 792] /Rotate 180", (UPRIGHT, [72.0, 700.0])),
            ("/MediaBox [0 0 612 792] /Rotate 270", sideways),
            ("/MediaBox [-50 -30 562 762] /CropBox [10 40 500.5 700.25]", (UPRIGHT, [72.0, 600.0])),
            ("/MediaBox [-50 -30 562 762] /CropBox [10 40 500.5 700.25] /Rotate 90", sideways),
            ("/MediaBox [0 0 306 396] /UserUnit 2", (UPRIGHT, [72.0, 300.0])),
            ("/MediaBox [0 0 9000 9000]", (UPRIGHT, [72.0, 8000.0])),
        ] {
            let file = pdf(entries, turn, place, "");
            let (image, region) = (InProcess.image(&file, 1).unwrap(), words(&file));
            for turn in [Turn::None, Turn::Right, Turn::Half, Turn::Left] {
                let PageRegion { x0, y0, x1, y1, .. } = turn.region(region, image.size());
                let found = dark(&image, turn);
                let slack = 2.0_f32.max(1.5 * image.size()[0] / image.pixels()[0] as f32);
                for (told, found) in [x0, y0, x1, y1].iter().zip(found) {
                    assert!((told - found).abs() < slack, "{entries} {turn:?}: {region:?}, but {found:?}");
                }
            }
        }
    }

    #[test]
    fn a_picture_is_as_large_as_the_page_needs() {
        let image = |entries: &str| InProcess.image(&pdf(entries, UPRIGHT, [20.0, 20.0], ""), 1).unwrap();
        let letter = image("/MediaBox [0 0 612 792] /Rotate 90");
        assert_eq!((letter.pixels(), letter.boxes().rotate, letter.boxes().is_plain()), ([1210, 935], 90, false));
        assert!((letter.size()[0] - 792.0).abs() < 1.0);
        // A page that counts in inches is drawn as large, and none is larger than can be looked at.
        let inches = image("/MediaBox [0 0 8.5 11] /UserUnit 72");
        assert_eq!((inches.pixels(), inches.boxes().unit), ([935, 1210], 72.0));
        for size in ["14400 14400", "100 20000", "40 20000"] {
            let [width, height] = image(&format!("/MediaBox [0 0 {size}]")).pixels();
            assert!(width.max(height) <= 4000 && width * height <= 4_000_000, "{width} by {height}");
        }
        let cut = image("/MediaBox [0 0 612 792] /CropBox [100 100 300 9000]").boxes();
        assert_eq!((cut.crop, cut.media), ([100.0, 100.0, 300.0, 792.0], [0.0, 0.0, 612.0, 792.0]));
    }

    #[test]
    fn colours_are_shown_and_grey_takes_less() {
        let image =
            |paint: &str| InProcess.image(&pdf("/MediaBox [0 0 90 90]", UPRIGHT, [9.0, 9.0], paint), 1).unwrap();
        assert!(!image("").colour);
        let red = image("1 0 0 rg 0 0 90 90 re f 0 g");
        assert!(red.colour && red.pixels[..3] == [255, 0, 0]);
        assert!(red.png(Turn::Right).unwrap().starts_with(b"\x89PNG"));
    }

    #[test]
    fn a_page_that_is_not_there_is_an_error() {
        let file = pdf("/MediaBox [0 0 90 90]", UPRIGHT, [9.0, 9.0], "");
        for (file, page) in [(&file[..], 0), (&file[..], 2), (b"%PDF-1.7", 1)] {
            assert_eq!(InProcess.image(file, page).unwrap_err().into_diagnostic().code, "render.failed");
        }
    }

    #[test]
    fn pixels_of_another_number_are_no_picture() {
        let boxes = PageBoxes { rotate: 0, crop: [0.0; 4], media: [0.0; 4], unit: 1.0 };
        let image = |size, scale, colour, n| PageImage::new(size, scale, boxes, colour, vec![0; n]);
        let whole = image([2, 3], 1.5, true, 18).unwrap();
        let sent = postcard::to_stdvec(&whole).unwrap();
        assert_eq!(postcard::from_bytes::<PageImage>(&sent).unwrap(), whole);
        for (size, scale, colour, n) in [
            ([2, 3], 1.5, true, 6),
            ([2, 3], 0.0, false, 6),
            ([2, 3], f32::NAN, false, 6),
            ([0, 3], 1.0, false, 0),
            ([u32::MAX, u32::MAX], 1.0, true, 3),
        ] {
            assert_eq!(image(size, scale, colour, n), None, "{size:?} {scale}");
        }
    }
}
