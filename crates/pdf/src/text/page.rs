//! Pages, and how their text lies on them.

use serde::{Deserialize, Serialize};

use super::Rotation;
use crate::cite::PageRegion;

/// A page upright, as its text is read, in PDF points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageInfo {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// How the text is rotated on the page as it is displayed.
    pub rotation: Rotation,
}

impl PageInfo {
    /// The boxes, on the page as displayed, of one box on the upright page. Several for a skewed line, so that they
    /// cover its words and not the lines around it.
    pub(super) fn boxes(&self, r: PageRegion) -> Vec<PageRegion> {
        if self.rotation == Rotation::default() {
            return vec![r];
        }
        let drift = (r.x1 - r.x0) * self.rotation.skew.tan().abs();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
        let parts = (drift / (TALLER * (r.y1 - r.y0)).max(0.1)).ceil().clamp(1.0, 64.0) as u16;
        let step = (r.x1 - r.x0) / f32::from(parts);
        let part = |n: u16| {
            let (x0, x1) = (r.x0 + step * f32::from(n), r.x0 + step * f32::from(n + 1));
            let corners = [(x0, r.y0), (x1, r.y0), (x0, r.y1), (x1, r.y1)];
            let corners = corners.map(|p| self.rotation.displayed(p, self.width, self.height));
            let (xs, ys) = (corners.map(|p| p.0), corners.map(|p| p.1));
            let least = |v: [f32; 4]| v.into_iter().fold(f32::MAX, f32::min);
            let most = |v: [f32; 4]| v.into_iter().fold(f32::MIN, f32::max);
            PageRegion { page: r.page, x0: least(xs), y0: least(ys), x1: most(xs), y1: most(ys) }
        };
        (0..parts).map(part).collect()
    }

    /// The box on this upright page of a box on the same page turned another way, both by whole quarters.
    pub(super) fn place_from(&self, other: &Self, r: PageRegion) -> PageRegion {
        let (width, height) = (other.width, other.height);
        let corners = [(r.x0, r.y0), (r.x1, r.y1)].map(|p| {
            let (x, y) = other.rotation.displayed(p, width, height);
            match self.rotation.orientation {
                1 => (y, self.height - x),
                2 => (self.width - x, self.height - y),
                3 => (self.width - y, x),
                _ => (x, y),
            }
        });
        let ([left, right], [top, bottom]) = (corners.map(|p| p.0), corners.map(|p| p.1));
        let (x0, x1) = (left.min(right), left.max(right));
        PageRegion { page: r.page, x0, y0: top.min(bottom), x1, y1: top.max(bottom) }
    }
}

/// A box of a skewed line is this part of its height taller than the line, at most.
const TALLER: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skewed_line_has_boxes_that_cover_it_and_little_more() {
        let line = PageRegion { page: 1, x0: 72.0, y0: 300.0, x1: 540.0, y1: 310.0 };
        let level = PageInfo { width: 612.0, height: 792.0, rotation: Rotation::default() };
        assert_eq!(level.boxes(line), [line]);
        let skewed = PageInfo { rotation: Rotation { orientation: 0, skew: 0.035 }, ..level };
        let boxes = skewed.boxes(line);
        assert!(boxes.len() > 2 && boxes.iter().all(|b| b.y1 - b.y0 < 15.6), "{boxes:?}");
        // It falls to the right, and the boxes meet.
        assert!(boxes.windows(2).all(|w| w[1].y0 > w[0].y0 && w[1].x0 < w[0].x1 + 0.5), "{boxes:?}");
        let side = PageInfo { rotation: Rotation { orientation: 1, skew: 0.0 }, ..level };
        assert_eq!(side.boxes(line), [PageRegion { page: 1, x0: 482.0, y0: 72.0, x1: 492.0, y1: 540.0 }]);
    }

    #[test]
    fn a_box_of_another_direction_lies_where_it_is_displayed() {
        let page = |orientation: u8| {
            let (width, height) = if orientation % 2 == 1 { (792.0, 612.0) } else { (612.0, 792.0) };
            PageInfo { width, height, rotation: Rotation { orientation, skew: 0.0 } }
        };
        let region = PageRegion { page: 1, x0: 72.0, y0: 300.0, x1: 140.0, y1: 310.0 };
        for (to, from) in (0..4).flat_map(|to| (0..4).map(move |from| (to, from))) {
            let placed = page(to).place_from(&page(from), region);
            assert_eq!(page(to).boxes(placed), page(from).boxes(region), "{to} {from}");
        }
    }
}
