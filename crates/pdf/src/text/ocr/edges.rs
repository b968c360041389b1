//! What a scanner sees beside the sheet of paper: dark edges, which words near them would be read with.

use super::Picture;

/// Side of a cell, in points. The strokes of ordinary letters fill none.
const CELL: f32 = 2.0;
/// A cell that is darker in the mean is dark.
const DARK: usize = 110;
/// Dark cells that hang together and make less of the page than this are something printed.
const LEAST: f32 = 0.004;
/// If they make more of it, the page itself is dark.
const MOST: f32 = 0.6;

/// The same page without the dark areas that reach its edge.
pub(super) fn cut(mut picture: Picture) -> Picture {
    let grid = Grid::of(&picture);
    let areas = grid.areas();
    let part = |cells: usize| cells as f32 / grid.dark.len() as f32;
    if part(areas.iter().map(Vec::len).sum()) > MOST {
        return picture;
    }
    for cell in areas.iter().filter(|area| part(area.len()) >= LEAST).flatten() {
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
    /// Cells of a row.
    width: usize,
    dark: Vec<bool>,
}

impl Grid {
    fn of(picture: &Picture) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
        let side = (CELL / picture.pitch()).round().clamp(2.0, 100.0) as usize;
        let width = (picture.width() as usize).div_ceil(side);
        let mut dark = Vec::new();
        let mut rows = picture.rows();
        loop {
            let band: Vec<&[u8]> = rows.by_ref().take(side).collect();
            if band.is_empty() {
                return Self { side, width, dark };
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
    fn areas(&self) -> Vec<Vec<usize>> {
        let height = self.dark.len() / self.width;
        let is_edge = |cell: usize| {
            let (x, y) = (cell % self.width, cell / self.width);
            x == 0 || y == 0 || x + 1 == self.width || y + 1 == height
        };
        let mut met = vec![false; self.dark.len()];
        let mut areas = Vec::new();
        for start in (0..self.dark.len()).filter(|cell| is_edge(*cell)) {
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
                left.extend((y + 1 < height).then(|| cell + self.width));
            }
            areas.push(area);
        }
        areas
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
}
