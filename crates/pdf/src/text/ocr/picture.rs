//! Pictures of pages: grey pixels, turned and deskewed.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize};

use super::super::turn::Turn;

/// A page as grey pixels, row by row from the top left; 0 is black.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    width: u32,
    height: u32,
    pitch: f32,
    #[serde(serialize_with = "as_bytes")]
    gray: Vec<u8>,
}

/// Pixels as one value, not as a sequence.
pub(in super::super) fn as_bytes<S: serde::Serializer>(pixels: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(pixels)
}

/// Reads formats that lend their input, as postcard does.
impl<'de> Deserialize<'de> for Picture {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Parts<'a> {
            width: u32,
            height: u32,
            pitch: f32,
            #[serde(borrow)]
            gray: &'a [u8],
        }
        let Parts { width, height, pitch, gray } = Parts::deserialize(deserializer)?;
        Self::new(width, height, pitch, gray.to_vec())
            .ok_or_else(|| serde::de::Error::custom("a picture of another size"))
    }
}

impl Picture {
    /// A picture of `width` by `height` pixels, each `pitch` points wide and high; none when `gray` has another number of
    /// pixels, or a pixel no size.
    #[must_use]
    pub fn new(width: u32, height: u32, pitch: f32, gray: Vec<u8>) -> Option<Self> {
        let whole = width as usize * height as usize == gray.len() && !gray.is_empty();
        (whole && pitch.is_finite() && pitch > 0.0).then_some(Self { width, height, pitch, gray })
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Width and height of a pixel in points.
    #[must_use]
    pub fn pitch(&self) -> f32 {
        self.pitch
    }

    /// Pixels of an inch.
    #[must_use]
    pub fn dots_per_inch(&self) -> f32 {
        72.0 / self.pitch
    }

    /// The picture as a binary PGM file.
    #[must_use]
    pub fn pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.gray);
        file
    }

    /// A picture half as wide and high, each pixel the mean of four: less to look at, and less noise.
    pub(super) fn halved(&self) -> Self {
        let (w, h) = (self.width as usize, self.height as usize);
        let (width, height) = ((w / 2).max(1), (h / 2).max(1));
        let mut gray = Vec::with_capacity(width * height);
        for y in 0..height {
            let (a, b) = (2 * y * w, (2 * y + 1).min(h - 1) * w);
            for x in 0..width {
                let (left, right) = (2 * x, (2 * x + 1).min(w - 1));
                let sum =
                    [a + left, a + right, b + left, b + right].iter().map(|i| u16::from(self.gray[*i])).sum::<u16>();
                gray.push(u8::try_from(sum / 4).unwrap_or(u8::MAX));
            }
        }
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { width: size(width), height: size(height), pitch: self.pitch * 2.0, gray }
    }

    /// Makes an area white; what of it lies outside does not matter.
    pub(super) fn whiten(&mut self, xs: Range<usize>, ys: Range<usize>) {
        let (width, height) = (self.width as usize, self.height as usize);
        let (from, to) = (xs.start.min(width), xs.end.min(width));
        for row in self.gray.chunks_exact_mut(width).take(ys.end.min(height)).skip(ys.start) {
            row[from..to].fill(u8::MAX);
        }
    }

    pub(super) fn rows(&self) -> std::slice::ChunksExact<'_, u8> {
        self.gray.chunks_exact(self.width as usize)
    }

    /// The picture turned so that lines of writing in `orientation` (0 left to right, 1 top to bottom, 2 upside
    /// down, 3 bottom to top) run left to right.
    pub(super) fn turned(&self, orientation: u8) -> Self {
        let turn = match orientation {
            0 => Turn::None,
            1 => Turn::Left,
            2 => Turn::Half,
            _ => Turn::Right,
        };
        let gray = turn.pixels::<1>(&self.gray, [self.width as usize, self.height as usize]);
        let [width, height] = turn.size([self.width, self.height]);
        Self { width, height, pitch: self.pitch, gray }
    }

    /// The picture with lines that fall by `skew` (radians, clockwise) made level; what lay outside is white.
    pub(super) fn deskewed(&self, skew: f32) -> Self {
        let (w, h) = (self.width as usize, self.height as usize);
        let (sin, cos) = skew.sin_cos();
        let (cx, cy) = (w as f32 / 2.0, h as f32 / 2.0);
        // Places in parts of a pixel, so that a step to the right is two additions.
        let (step_x, step_y) = (fixed(cos), fixed(sin));
        let mut gray = Vec::with_capacity(self.gray.len());
        for y in 0..h {
            let (dx, dy) = (0.5 - cx, y as f32 + 0.5 - cy);
            let mut at_x = fixed(cx + cos * dx - sin * dy - 0.5);
            let mut at_y = fixed(cy + sin * dx + cos * dy - 0.5);
            for _ in 0..w {
                gray.push(self.at(at_x, at_y));
                at_x += step_x;
                at_y += step_y;
            }
        }
        Self { gray, ..*self }
    }

    /// The grey at a place between pixels, in parts of a pixel.
    fn at(&self, x: i64, y: i64) -> u8 {
        let (left, top) = (x >> BITS, y >> BITS);
        let (Ok(left), Ok(top)) = (usize::try_from(left), usize::try_from(top)) else { return u8::MAX };
        let width = self.width as usize;
        if left + 1 >= width || top + 1 >= self.height as usize {
            return u8::MAX;
        }
        let (right, down) = (x & (PART - 1), y & (PART - 1));
        let mix = |row: usize| {
            let (a, b) = (i64::from(self.gray[row + left]), i64::from(self.gray[row + left + 1]));
            a * (PART - right) + b * right
        };
        let gray = (mix(top * width) * (PART - down) + mix((top + 1) * width) * down + PART * PART / 2) >> (2 * BITS);
        u8::try_from(gray).unwrap_or(u8::MAX)
    }
}

/// Bits of a part of a pixel.
const BITS: u32 = 16;
/// Parts of a pixel.
const PART: i64 = 1 << BITS;

/// A length in parts of a pixel.
fn fixed(pixels: f32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a place in or near the picture")]
    let parts = (pixels * PART as f32).round() as i64;
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, rows: &[&[u8]]) -> Picture {
        Picture::new(width, u32::try_from(rows.len()).unwrap(), 0.36, rows.concat()).unwrap()
    }

    #[test]
    fn a_picture_of_another_size_is_refused() {
        assert!(Picture::new(2, 2, 1.0, vec![0; 3]).is_none());
        assert!(Picture::new(0, 0, 1.0, vec![]).is_none());
        assert!(Picture::new(1, 1, 0.0, vec![0]).is_none());
        let good = picture(2, &[&[1, 2], &[3, 4]]);
        let mut carried = postcard::to_stdvec(&good).unwrap();
        assert_eq!(postcard::from_bytes::<Picture>(&carried).unwrap(), good);
        carried[0] = 9;
        assert!(postcard::from_bytes::<Picture>(&carried).is_err());
    }

    #[test]
    fn turns() {
        let upright = picture(3, &[&[1, 2, 3], &[4, 5, 6]]);
        // Written top to bottom, the first line stands at the right.
        let top_down = picture(2, &[&[4, 1], &[5, 2], &[6, 3]]);
        let bottom_up = picture(2, &[&[3, 6], &[2, 5], &[1, 4]]);
        let over = picture(3, &[&[6, 5, 4], &[3, 2, 1]]);
        assert_eq!(top_down.turned(1), upright);
        assert_eq!(over.turned(2), upright);
        assert_eq!(bottom_up.turned(3), upright);
        assert_eq!(upright.turned(0), upright);
    }

    #[test]
    fn pgm_has_a_header() {
        assert_eq!(picture(2, &[&[7, 8]]).pgm(), b"P5\n2 1\n255\n\x07\x08");
    }
}
