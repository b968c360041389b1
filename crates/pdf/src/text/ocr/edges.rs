//! What a scanner sees of a sheet that is no print: dark edges beside it, and the holes that it was punched with. Words near them
//! would be read with them.

use super::Picture;

/// Side of a cell, in points. The strokes of ordinary letters fill none.
const CELL: f32 = 2.0;
/// A cell that is darker in the mean is dark.
const DARK: usize = 110;
/// Dark cells that hang together and make less of the page than this are something printed.
const LEAST: f32 = 0.004;
/// If they make more of it, the page itself is dark.
const MOST: f32 = 0.6;

/// Least and most width of a hole, in points: those of office punches have 5.5 to 8 mm, and their brim is half dark.
const HOLE: std::ops::RangeInclusive<f32> = 10.0..=28.0;
/// How far from the edge of the page the middle of a hole is at most, in points.
const MARGIN: f32 = 60.0;
/// How far two holes of a page are apart at least, in points.
const APART: f32 = 150.0;

/// The same page without the dark areas that reach its edge, and without holes.
pub(super) fn cut(mut picture: Picture) -> Picture {
    let grid = Grid::of(&picture);
    let mut met = vec![false; grid.dark.len()];
    let areas = grid.areas(&mut met);
    let part = |cells: usize| cells as f32 / grid.dark.len() as f32;
    if part(areas.iter().map(Vec::len).sum()) > MOST {
        return picture;
    }
    let edges = areas.into_iter().filter(|area| part(area.len()) >= LEAST);
    let holes = grid.holes(&mut met);
    for cell in edges.chain(holes).flatten() {
        // The brim of a dark area is half dark.
        let from = |at: usize| at.saturating_sub(1) * grid.side;
        let to = |at: usize| (at + 2) * grid.side;
        let (x, y) = (cell % grid.width, cell / grid.width);
        picture.whiten(from(x)..to(x), from(y)..to(y));
    }
    picture
}

/// A page in cells, row by row: whether each is dark.
struct Grid {
    /// Side of a cell in pixels.
    side: usize,
    /// The same in points.
    points: f32,
    /// Cells of a row.
    width: usize,
    dark: Vec<bool>,
}

impl Grid {
    fn of(picture: &Picture) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
        let side = (CELL / picture.pitch()).round().clamp(2.0, 100.0) as usize;
        let (width, points) = ((picture.width() as usize).div_ceil(side), side as f32 * picture.pitch());
        let mut dark = Vec::new();
        let mut rows = picture.rows();
        loop {
            let band: Vec<&[u8]> = rows.by_ref().take(side).collect();
            if band.is_empty() {
                return Self { side, points, width, dark };
            }
            let mut sums = vec![(0, 0); width];
            for row in band {
                for (sum, cell) in sums.iter_mut().zip(row.chunks(side)) {
                    *sum = (sum.0 + cell.iter().map(|g| usize::from(*g)).sum::<usize>(), sum.1 + cell.len());
                }
            }
            dark.extend(sums.into_iter().map(|(gray, pixels)| gray < DARK * pixels));
        }
    }

    /// The cells of each dark area that reaches the edge.
    fn areas(&self, met: &mut [bool]) -> Vec<Vec<usize>> {
        let height = self.height();
        let is_edge = |cell: usize| {
            let (x, y) = (cell % self.width, cell / self.width);
            x == 0 || y == 0 || x + 1 == self.width || y + 1 == height
        };
        (0..self.dark.len()).filter(|cell| is_edge(*cell)).map(|start| self.area(start, met)).collect()
    }

    fn height(&self) -> usize {
        self.dark.len() / self.width
    }

    /// The dark cells that hang together with `start` and were not `met` before.
    fn area(&self, start: usize, met: &mut [bool]) -> Vec<usize> {
        let mut area = Vec::new();
        let mut left = vec![start];
        while let Some(cell) = left.pop() {
            if !self.dark[cell] || std::mem::replace(&mut met[cell], true) {
                continue;
            }
            area.push(cell);
            let (x, y) = (cell % self.width, cell / self.width);
            left.extend((x > 0).then(|| cell - 1));
            left.extend((x + 1 < self.width).then(|| cell + 1));
            left.extend((y > 0).then(|| cell - self.width));
            left.extend((y + 1 < self.height()).then(|| cell + self.width));
        }
        area
    }

    /// The cells of each hole: a dark disc near the edge, with another one of its size further along the same edge. One alone
    /// may be printed.
    fn holes(&self, met: &mut [bool]) -> Vec<Vec<usize>> {
        let mut discs = Vec::new();
        for start in 0..self.dark.len() {
            if self.dark[start] && !met[start] {
                let area = self.area(start, met);
                discs.extend(self.disc(&area).map(|disc| (disc, area)));
            }
        }
        let places: Vec<Disc> = discs.iter().map(|(disc, _)| *disc).collect();
        discs.retain(|(disc, _)| places.iter().any(|other| disc.is_with(other)));
        discs.into_iter().map(|(_, area)| area).collect()
    }

    /// The area as a disc near the edge, if it is one.
    fn disc(&self, area: &[usize]) -> Option<Disc> {
        let span = |at: &dyn Fn(usize) -> usize| {
            let (least, most) = (area.iter().map(|c| at(*c)).min()?, area.iter().map(|c| at(*c)).max()?);
            Some((least as f32 * self.points, (most + 1 - least) as f32 * self.points))
        };
        let ((x, wide), (y, high)) = (span(&|cell| cell % self.width)?, span(&|cell| cell / self.width)?);
        let filled = area.len() as f32 * self.points * self.points / (wide * high);
        let round = (wide - high).abs() <= (0.2 * wide).max(2.0 * self.points) && (0.6..0.95).contains(&filled);
        if !(HOLE.contains(&wide) && HOLE.contains(&high) && round) {
            return None;
        }
        let middle = [x + wide / 2.0, y + high / 2.0];
        let page = [self.width as f32 * self.points, self.height() as f32 * self.points];
        let near = |along: usize| middle[along].min(page[along] - middle[along]) <= MARGIN;
        (near(0) || near(1)).then_some(Disc { middle, wide })
    }
}

/// A dark disc.
#[derive(Debug, Clone, Copy)]
struct Disc {
    /// Its middle in points from the left and from the top.
    middle: [f32; 2],
    /// Its width in points.
    wide: f32,
}

impl Disc {
    /// Whether another one is of the same punch: as large, and in one line with it across or down the page.
    fn is_with(&self, other: &Self) -> bool {
        let away = [0, 1].map(|along| (self.middle[along] - other.middle[along]).abs());
        let in_line = away[0].min(away[1]) <= 12.0 && away[0].max(away[1]) >= APART;
        in_line && (self.wide - other.wide).abs() <= 0.25 * self.wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 100 by 140 points in which `dark` tells the dark pixels, after the cut.
    fn after(dark: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let (w, h) = (200, 280);
        let gray = (0..w * h).map(|i| if dark(i % w, i / w) { 20 } else { 250 }).collect();
        let cut = cut(Picture::new(w, h, 0.5, gray).unwrap());
        let places = cut.rows().zip(0..).flat_map(|(row, y)| row.iter().zip(0..).map(move |(g, x)| (*g, x, y)));
        places.filter(|(g, ..)| *g < 128).map(|(_, x, y)| (x, y)).collect()
    }

    fn count(dark: impl Fn(u32, u32) -> bool) -> usize {
        (0..280u32).map(|y| (0..200u32).filter(|x| dark(*x, y)).count()).sum()
    }

    #[test]
    fn dark_edges_go_and_print_stays() {
        let print = |x: u32, y: u32| (60..140).contains(&x) && (60..200).contains(&y) && y % 10 < 3;
        let printed = count(print);
        // Along one side, slanting, and all around.
        assert_eq!(after(|x, y| x < 14 || print(x, y)).len(), printed);
        assert_eq!(after(|x, y| x < 30 - y / 10 || print(x, y)).len(), printed);
        assert_eq!(after(|x, y| !(20..180).contains(&x) || !(20..250).contains(&y) || print(x, y)).len(), printed);
    }

    #[test]
    fn what_is_printed_to_the_edge_stays() {
        // A rule across the page, a mark in its corner, a picture inside, and white letters on a dark page.
        for dark in [
            (&|_: u32, y: u32| y == 100) as &dyn Fn(u32, u32) -> bool,
            &|x, y| x < 8 && y < 8,
            &|x, y| (40..160).contains(&x) && (40..160).contains(&y),
            &|x, y| !((60..140).contains(&x) && (60..200).contains(&y) && y % 10 < 3),
        ] {
            assert_eq!(after(dark).len(), count(dark));
        }
    }

    /// A page of 200 by 600 points with `dark` discs (middle and radius in points), after the cut: how many pixels are dark.
    fn discs_left(discs: &[(f32, f32, f32)]) -> usize {
        let is_dark = |x: f32, y: f32| discs.iter().any(|(a, b, r)| (x - a).powi(2) + (y - b).powi(2) < r * r);
        let (w, h) = (400u16, 1200u16);
        let pixel = |x: u16, y: u16| if is_dark(f32::from(x) / 2.0, f32::from(y) / 2.0) { 20 } else { 250 };
        let gray = (0..h).flat_map(|y| (0..w).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
        let cut = cut(Picture::new(w.into(), h.into(), 0.5, gray).unwrap());
        cut.rows().flatten().filter(|g| **g < 128).count()
    }

    #[test]
    fn holes_go_and_what_is_printed_round_stays() {
        // Two of one punch, and four, down the left side; askew; along the top.
        assert_eq!(discs_left(&[(34.0, 200.0, 8.0), (34.0, 427.0, 8.0)]), 0);
        assert_eq!(discs_left(&[(30.0, 80.0, 8.5), (30.0, 307.0, 8.5), (32.0, 534.0, 8.5)]), 0);
        assert_eq!(discs_left(&[(28.0, 200.0, 8.0), (36.0, 427.0, 8.0)]), 0);
        assert_eq!(discs_left(&[(20.0, 34.0, 8.0), (180.0, 34.0, 8.0)]), 0);
        // A mark alone, bullets of a list, discs of two sizes, and discs in the text.
        let alone: &[(f32, f32, f32)] = &[(34.0, 200.0, 8.0)];
        for stays in [
            alone,
            &[(34.0, 200.0, 3.0), (34.0, 427.0, 3.0)],
            &[(34.0, 200.0, 8.0), (34.0, 427.0, 13.0)],
            &[(100.0, 200.0, 8.0), (100.0, 427.0, 8.0)],
            &[(34.0, 200.0, 8.0), (34.0, 260.0, 8.0)],
        ] {
            assert!(discs_left(stays) > 40, "{stays:?}");
        }
    }
}
