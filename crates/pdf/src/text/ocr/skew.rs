//! Orientation and skew of a scanned page, found from the pixels alone.

use serde::{Deserialize, Serialize};

use super::Picture;

/// How the lines of writing of a page are rotated: by quarter turns, and by a small angle besides.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Rotation {
    /// Quarter turns, clockwise: lines run left to right (0), top to bottom (1), upside down (2), bottom to top (3).
    pub orientation: u8,
    /// The small angle, in radians, clockwise.
    pub skew: f32,
}

impl Rotation {
    /// Where a place of the upright page, `width` by `height` in any unit, lies on the page as it is displayed.
    pub(in super::super) fn displayed(self, (x, y): (f32, f32), width: f32, height: f32) -> (f32, f32) {
        let (sin, cos) = self.skew.sin_cos();
        let (cx, cy) = (width / 2.0, height / 2.0);
        let (dx, dy) = (x - cx, y - cy);
        let (x, y) = if self.skew == 0.0 { (x, y) } else { (cx + cos * dx - sin * dy, cy + sin * dx + cos * dy) };
        match self.orientation {
            1 => (height - y, x),
            2 => (width - x, height - y),
            3 => (y, width - x),
            _ => (x, y),
        }
    }
}

/// Largest skew that is looked for, in steps of [`STEP`].
const STEPS: i16 = 140;
/// A twentieth of a degree: half a pixel over half a line.
const STEP: f32 = 0.05 * std::f32::consts::PI / 180.0;
/// Steps between the angles of the first look.
const COARSE: usize = 10;
/// Less ink than this part of a page is dust.
const DUST: f32 = 0.0005;
/// Ink is darker than paper by this much.
const CONTRAST: f64 = 40.0;

/// The dark pixels of a page.
pub(super) struct Ink {
    points: Vec<(f32, f32)>,
    /// Width and height in pixels.
    size: (f32, f32),
}

impl Ink {
    /// Looks at half of the resolution, which evens out noise.
    pub(super) fn of(picture: &Picture) -> Self {
        let small = picture.halved();
        let dark = threshold(&small);
        let mut points = Vec::new();
        for (y, row) in small.rows().enumerate() {
            points.extend(row.iter().enumerate().filter(|(_, g)| **g < dark).map(|(x, _)| (x as f32, y as f32)));
        }
        Self { points, size: (small.width() as f32, small.height() as f32) }
    }

    /// Whether there is nothing to read.
    pub(super) fn is_blank(&self) -> bool {
        (self.points.len() as f32) < DUST * self.size.0 * self.size.1
    }

    /// The skew of lines that run across the page, and how clearly they stand apart.
    pub(super) fn across(&self) -> (f32, f32) {
        self.best(|(x, y)| (x, y), self.size)
    }

    /// The same of lines that run up or down the page.
    pub(super) fn upward(&self) -> (f32, f32) {
        let (w, h) = self.size;
        // As the page looks when `orientation` 1 is turned upright.
        self.best(|(x, y)| (y, w - 1.0 - x), (h, w))
    }

    fn best(&self, place: impl Fn((f32, f32)) -> (f32, f32), size: (f32, f32)) -> (f32, f32) {
        let points: Vec<(f32, f32)> = self.points.iter().map(|p| place(*p)).collect();
        let clearest = |steps: &mut dyn Iterator<Item = i16>| {
            // Of equals the one nearest to level.
            let rated = steps.map(|n| (n, clearness(&points, f32::from(n) * STEP, size)));
            rated.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.abs().cmp(&a.0.abs()))).unwrap_or((0, 0.0))
        };
        let (near, _) = clearest(&mut (-STEPS..=STEPS).step_by(COARSE));
        let reach = i16::try_from(COARSE).unwrap_or(0);
        let (best, clear) = clearest(&mut (near - reach..=near + reach));
        (f32::from(best) * STEP, clear)
    }
}

/// How clearly lines and the space between them stand apart, when the page is read at an angle: the change of ink from
/// one row of pixels to the next.
fn clearness(points: &[(f32, f32)], skew: f32, (width, height): (f32, f32)) -> f32 {
    let (sin, cos) = skew.sin_cos();
    let shift = width * sin.abs();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row of the page")]
    let row = |v: f32| v.max(0.0) as usize;
    let mut rows = vec![0.0f32; row(height + 2.0 * shift) + 2];
    for (x, y) in points {
        if let Some(bin) = rows.get_mut(row(y * cos - x * sin + shift)) {
            *bin += 1.0;
        }
    }
    rows.windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum::<f32>() / points.len().max(1) as f32
}

/// The first grey that is no ink: what parts ink from paper best (Otsu's method: the largest variance between the two),
/// or 0 where the page is all alike.
fn threshold(picture: &Picture) -> u8 {
    let mut counts = [0u32; 256];
    for gray in picture.rows().flatten() {
        counts[usize::from(*gray)] += 1;
    }
    let total: f64 = counts.iter().map(|n| f64::from(*n)).sum();
    let sum: f64 = (0..).zip(&counts).map(|(gray, n): (u32, _)| f64::from(gray) * f64::from(*n)).sum();
    let (mut below, mut below_sum, mut best) = (0.0, 0.0, (0u8, -1.0, (0.0, 0.0)));
    for (gray, n) in (0u8..=255).zip(&counts) {
        below += f64::from(*n);
        below_sum += f64::from(gray) * f64::from(*n);
        if below == 0.0 || below >= total {
            continue;
        }
        let (dark, light) = (below_sum / below, (sum - below_sum) / (total - below));
        let variance = below * (total - below) * (light - dark) * (light - dark);
        if variance > best.1 {
            best = (gray, variance, (dark, light));
        }
    }
    let (dark, light) = best.2;
    if light - dark < CONTRAST { 0 } else { best.0.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of broken lines, 16 pixels apart.
    fn lines() -> Picture {
        let (w, h) = (600u32, 800u32);
        let mut gray = vec![230u8; (w * h) as usize];
        for y in (60..740).filter(|y| y % 16 < 6) {
            for x in (60..540).filter(|x| (x + 7 * (y / 16)) % 23 < 17) {
                gray[(y * w + x) as usize] = 20;
            }
        }
        Picture::new(w, h, 0.36, gray).unwrap()
    }

    #[test]
    fn skew_is_found_and_removed() {
        for degrees in [-3.0f32, -0.8, 0.0, 1.5, 4.0] {
            // What is level falls by an angle when the page is turned by it.
            let scan = lines().deskewed(-degrees.to_radians());
            let (skew, _) = Ink::of(&scan).across();
            assert!((skew.to_degrees() - degrees).abs() < 0.21, "{degrees}: {}", skew.to_degrees());
            let (left, _) = Ink::of(&scan.deskewed(skew)).across();
            assert!(left.to_degrees().abs() < 0.21, "{degrees}: {} left", left.to_degrees());
        }
    }

    #[test]
    fn lines_that_run_up_the_page_are_told_from_those_across() {
        let upright = lines();
        let clear = |p: &Picture| (Ink::of(p).across().1, Ink::of(p).upward().1);
        let (across, upward) = clear(&upright);
        assert!(across > 2.0 * upward, "{across} {upward}");
        let (across, upward) = clear(&upright.turned(1));
        assert!(upward > 2.0 * across, "{across} {upward}");
        // The skew is that of the turned page.
        let scan = upright.deskewed(0.02);
        let turned = scan.turned(3);
        assert!((Ink::of(&turned).upward().0 - Ink::of(&scan).across().0).abs() < 0.002);
    }

    #[test]
    fn an_empty_page_is_blank() {
        let empty = Picture::new(400, 400, 0.36, vec![250; 160_000]).unwrap();
        assert!(Ink::of(&empty).is_blank());
        let grain = (0..160_000u32).map(|i| u8::try_from(235 + i * 7919 % 20).unwrap()).collect();
        assert!(Ink::of(&Picture::new(400, 400, 0.36, grain).unwrap()).is_blank());
        assert!(!Ink::of(&lines()).is_blank());
    }

    #[test]
    fn places_lead_back_to_the_page_as_displayed() {
        let close = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01;
        // An upright page of 200 by 100, of which the top left corner is looked for.
        let of = |orientation| Rotation { orientation, skew: 0.0 }.displayed((0.0, 0.0), 200.0, 100.0);
        assert_eq!([of(0), of(1), of(2), of(3)], [(0.0, 0.0), (100.0, 0.0), (200.0, 100.0), (0.0, 200.0)]);
        let skewed = Rotation { orientation: 0, skew: 0.1 };
        let (_, right) = skewed.displayed((200.0, 50.0), 200.0, 100.0);
        let (_, left) = skewed.displayed((0.0, 50.0), 200.0, 100.0);
        assert!(right > left + 19.0, "clockwise: the right end lies lower");
        assert!(close(skewed.displayed((100.0, 50.0), 200.0, 100.0), (100.0, 50.0)));
    }
}
