//! Quarter turns of pages, of their pixels and of places on them.

use crate::cite::PageRegion;

/// How far a page is turned, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// By 90 degrees, to the right.
    Right,
    /// By 180 degrees.
    Half,
    /// By 270 degrees, which is 90 to the left.
    Left,
}

impl Turn {
    /// The turn by so many `degrees`, which are a multiple of 90 below 360.
    #[must_use]
    pub fn from_degrees(degrees: u16) -> Option<Self> {
        match degrees {
            0 => Some(Self::None),
            90 => Some(Self::Right),
            180 => Some(Self::Half),
            270 => Some(Self::Left),
            _ => None,
        }
    }

    /// The turn in degrees.
    #[must_use]
    pub fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Right => 90,
            Self::Half => 180,
            Self::Left => 270,
        }
    }

    /// A quarter further to the right.
    #[must_use]
    pub fn further(self) -> Self {
        match self {
            Self::None => Self::Right,
            Self::Right => Self::Half,
            Self::Half => Self::Left,
            Self::Left => Self::None,
        }
    }

    /// Width and height, in any unit, after the turn.
    #[must_use]
    pub fn size<T>(self, [width, height]: [T; 2]) -> [T; 2] {
        match self {
            Self::None | Self::Half => [width, height],
            Self::Right | Self::Left => [height, width],
        }
    }

    /// Where a box of a page of this width and height lies after the turn.
    #[must_use]
    pub fn region(self, r: PageRegion, [width, height]: [f32; 2]) -> PageRegion {
        let PageRegion { page, x0, y0, x1, y1 } = r;
        match self {
            Self::None => r,
            Self::Right => PageRegion { page, x0: height - y1, y0: x0, x1: height - y0, y1: x1 },
            Self::Half => PageRegion { page, x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 },
            Self::Left => PageRegion { page, x0: y0, y0: width - x1, x1: y1, y1: width - x0 },
        }
    }

    /// Pixels of `N` bytes, row by row, of a picture of this width and height, after the turn.
    pub(super) fn pixels<const N: usize>(self, pixels: &[u8], [w, h]: [usize; 2]) -> Vec<u8> {
        let (old, _) = pixels.as_chunks::<N>();
        let [width, height] = self.size([w, h]);
        let mut out = Vec::with_capacity(old.len());
        for y in 0..height {
            out.extend((0..width).map(|x| {
                let (from_x, from_y) = match self {
                    Self::None => (x, y),
                    Self::Right => (y, h - 1 - x),
                    Self::Half => (w - 1 - x, h - 1 - y),
                    Self::Left => (w - 1 - y, x),
                };
                old[from_y * w + from_x]
            }));
        }
        out.into_flattened()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Turn; 4] = [Turn::None, Turn::Right, Turn::Half, Turn::Left];

    #[test]
    #[expect(clippy::float_cmp, reason = "whole pixels")]
    fn pixels_and_boxes_turn_alike() {
        // One pixel of a picture of 4 by 3, and its box.
        let [w, h] = [4usize, 3];
        let mut pixels = vec![0u8; w * h * 3];
        pixels[3 * (w + 3)..3 * (w + 4)].copy_from_slice(&[7, 8, 9]);
        let place = PageRegion { page: 1, x0: 3.0, y0: 1.0, x1: 4.0, y1: 2.0 };
        for turn in ALL {
            let turned = turn.pixels::<3>(&pixels, [w, h]);
            let [width, _] = turn.size([w, h]);
            let at = turned.as_chunks::<3>().0.iter().position(|p| *p == [7, 8, 9]).unwrap();
            let region = turn.region(place, [4.0, 3.0]);
            let (x, y) = ((at % width) as f32, (at / width) as f32);
            assert_eq!([region.x0, region.y0, region.x1, region.y1], [x, y, x + 1.0, y + 1.0], "{turn:?}");
        }
    }

    #[test]
    fn four_quarters_are_a_whole() {
        for turn in ALL {
            assert_eq!(turn.further().further().further().further(), turn);
            assert_eq!(Turn::from_degrees(turn.degrees()), Some(turn));
            assert_eq!(turn.further().degrees(), (turn.degrees() + 90) % 360);
        }
        assert_eq!((Turn::from_degrees(45), Turn::from_degrees(360)), (None, None));
    }
}
