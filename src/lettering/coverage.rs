//! How much of each pixel an outline covers: the signed area between each edge and the right end of
//! its row, summed along the row (the method of font-rs and libschrift). Exact, and linear in the
//! number of edges and pixels.

/// Pixels, each with how much of it is covered: 0 to 255.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Rows from the top.
    pub pixels: Vec<u8>,
}

impl Coverage {
    /// Nothing covered.
    pub fn blank(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![0; width * height],
        }
    }

    /// What closed contours cover, by their corners in pixels from the upper left, y downwards.
    /// Whatever is outside is left out.
    pub fn of(width: usize, height: usize, contours: &[Vec<(f32, f32)>]) -> Self {
        let mut areas = Areas {
            width,
            height,
            // The last two columns take the areas of edges at the right end.
            sums: vec![0.0; (width + 2) * height],
        };
        for contour in contours {
            let ends = contour.iter().cycle().skip(1);
            contour
                .iter()
                .zip(ends)
                .for_each(|(a, b)| areas.edge(*a, *b));
        }
        let mut out = Self::blank(width, height);
        let rows = areas.sums.chunks_exact(width + 2);
        for (row, sums) in out.pixels.chunks_exact_mut(width.max(1)).zip(rows) {
            let mut sum = 0.0;
            for (pixel, more) in row.iter_mut().zip(sums) {
                sum += more;
                *pixel = (sum.abs() * 255.0 + 0.5).min(255.0) as u8;
            }
        }
        out
    }

    /// Adds another picture with its upper left corner at (`x`, `y`); whatever is outside is left
    /// out.
    pub fn add(&mut self, other: &Self, x: i32, y: i32) {
        for (row, line) in (y..).zip(other.pixels.chunks_exact(other.width.max(1))) {
            let Some(row) = usize::try_from(row).ok().filter(|row| *row < self.height) else {
                continue;
            };
            for (column, covered) in (x..).zip(line) {
                let at = usize::try_from(column).ok().filter(|at| *at < self.width);
                if let Some(at) = at {
                    let pixel = &mut self.pixels[row * self.width + at];
                    *pixel = (*pixel).max(*covered);
                }
            }
        }
    }
}

struct Areas {
    width: usize,
    height: usize,
    sums: Vec<f32>,
}

impl Areas {
    fn edge(&mut self, from: (f32, f32), to: (f32, f32)) {
        let right = self.width as f32;
        let ((x0, y0), (x1, y1), sign) = if from.1 < to.1 {
            (from, to, 1.0)
        } else {
            (to, from, -1.0)
        };
        if y1 - y0 <= f32::EPSILON || !(x0 + x1 + y0 + y1).is_finite() {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        let first = y0.max(0.0) as usize;
        let last = (y1.min(self.height as f32).max(0.0)).ceil() as usize;
        for row in first..last.min(self.height) {
            let (top, bottom) = (y0.max(row as f32), y1.min(row as f32 + 1.0));
            let down = bottom - top;
            if down <= 0.0 {
                continue;
            }
            let at = |y: f32| (x0 + (y - y0) * slope).clamp(0.0, right);
            let (a, b) = (at(top), at(bottom));
            self.span(row, a.min(b), a.max(b), down * sign);
        }
    }

    /// An edge from `left` to `right` within one row, `area` high.
    fn span(&mut self, row: usize, left: f32, right: f32, area: f32) {
        let from = row * (self.width + 2);
        let first = left.floor() as usize;
        let last = right.ceil() as usize;
        let sums = &mut self.sums[from..from + self.width + 2];
        if last <= first + 1 {
            let middle = (left + right) / 2.0 - first as f32;
            sums[first] += area * (1.0 - middle);
            sums[first + 1] += area * middle;
            return;
        }
        // Each pixel takes its share of the height, at the mean place of the edge inside it.
        let each = area / (right - left);
        for x in first..last.min(self.width + 1) {
            let (a, b) = (left.max(x as f32), right.min(x as f32 + 1.0));
            let share = each * (b - a);
            let middle = (a + b) / 2.0 - x as f32;
            sums[x] += share * (1.0 - middle);
            sums[x + 1] += share * middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rectangle_covers_its_area_and_a_hole_covers_nothing() {
        let outer = vec![(1.0, 1.0), (5.0, 1.0), (5.0, 4.5), (1.0, 4.5)];
        let inner = vec![(2.0, 2.0), (2.0, 3.0), (3.5, 3.0), (3.5, 2.0)];
        let cover = Coverage::of(6, 6, &[outer, inner]);
        let row = |y: usize| &cover.pixels[y * 6..(y + 1) * 6];
        assert_eq!(row(0), [0; 6]);
        assert_eq!(row(1), [0, 255, 255, 255, 255, 0]);
        assert_eq!(row(2), [0, 255, 0, 128, 255, 0]);
        assert_eq!(row(4), [0, 128, 128, 128, 128, 0]);
        assert_eq!(row(5), [0; 6]);
    }

    proptest! {
        #[test]
        fn a_triangle_covers_its_area_and_nothing_panics(
            corners in prop::collection::vec((-40.0_f32..80.0, -40.0_f32..80.0), 3),
            far in prop::collection::vec(any::<(f32, f32)>(), 0..6),
        ) {
            Coverage::of(20, 30, &[far]);
            let inside: Vec<_> = corners
                .iter()
                .map(|(x, y)| (x.clamp(0.0, 40.0), y.clamp(0.0, 40.0)))
                .collect();
            let cover = Coverage::of(40, 40, std::slice::from_ref(&inside));
            let [a, b, c] = [inside[0], inside[1], inside[2]];
            let area = ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs() / 2.0;
            let sum: f32 = cover.pixels.iter().map(|p| f32::from(*p) / 255.0).sum();
            prop_assert!((sum - area).abs() < 2.0 + area * 0.01, "{sum} {area}");
        }
    }
}
