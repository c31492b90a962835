//! A picture in few colours: median cut, with the error of each pixel passed on to its neighbours.

use std::ops::Range;

use super::pixels::Pixels;

/// Bits of each channel that are used when colours are counted.
const BITS: u32 = 5;
/// Number of boxes in the colour space.
const BOXES: usize = 1 << (3 * BITS);

/// A picture as indices into a palette.
#[derive(Clone, PartialEq)]
pub struct Indexed {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) palette: Vec<[u8; 3]>,
    pub(super) pixels: Vec<u8>,
    /// A colour that the screen has already, so that it needs not be sent.
    pub(super) ground: Option<[u8; 3]>,
}

impl Indexed {
    /// A picture of these indices into `palette`, row by row; what is missing at their end has the
    /// first colour.
    pub fn new(width: u32, height: u32, palette: Vec<[u8; 3]>, mut pixels: Vec<u8>) -> Self {
        pixels.resize(width as usize * height as usize, 0);
        Self {
            width,
            height,
            palette,
            pixels,
            ground: None,
        }
    }

    /// The same for a screen that has this colour already. Sixels know only a hundred steps of a
    /// colour, so that the ground of a picture would differ a little from that beside it.
    pub fn on(self, ground: Option<[u8; 3]>) -> Self {
        Self { ground, ..self }
    }

    /// Its width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Its height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The colour at a place; black outside the picture.
    pub fn colour(&self, x: u32, y: u32) -> [u8; 3] {
        let at = y as usize * self.width as usize + x as usize;
        let index = self.pixels.get(at).filter(|_| x < self.width);
        let found = index.and_then(|index| self.palette.get(usize::from(*index)));
        found.copied().unwrap_or_default()
    }

    /// The part of it in these columns and rows of pixels.
    pub fn cut(&self, columns: Range<u32>, rows: Range<u32>) -> Self {
        let columns = columns.start.min(self.width)..columns.end.min(self.width);
        let rows = rows.start.min(self.height)..rows.end.min(self.height);
        let row = |y: u32| {
            let from = y as usize * self.width as usize;
            from + columns.start as usize..from + columns.end as usize
        };
        let pixels = rows
            .clone()
            .flat_map(|y| self.pixels.get(row(y)).unwrap_or_default())
            .copied()
            .collect();
        Self::new(
            columns.len() as u32,
            rows.len() as u32,
            self.palette.clone(),
            pixels,
        )
        .on(self.ground)
    }

    /// All its colours.
    pub fn pixels(&self) -> Pixels {
        let colour = |index: &u8| self.palette.get(usize::from(*index)).copied();
        let raw = self
            .pixels
            .iter()
            .flat_map(|index| colour(index).unwrap_or_default())
            .collect();
        Pixels::new(self.width, self.height, raw)
    }
}

/// Number of pixels in a box of the colour space, and the sum of their colours.
#[derive(Clone, Copy, Default)]
struct ColourCount {
    pixels: u64,
    sum: [u64; 3],
}

impl ColourCount {
    fn add(&mut self, other: &Self) {
        self.pixels += other.pixels;
        for (sum, more) in self.sum.iter_mut().zip(other.sum) {
            *sum += more;
        }
    }

    fn mean(&self) -> [u8; 3] {
        self.sum.map(|sum| (sum / self.pixels.max(1)) as u8)
    }
}

/// The picture in at most `colours` colours.
pub(super) fn indexed(picture: &Pixels, colours: u16) -> Indexed {
    let colours = usize::from(colours.clamp(2, 256));
    let mut counts = vec![ColourCount::default(); BOXES];
    for colour in picture.colours() {
        let [r, g, b] = colour.map(u64::from);
        counts[box_of(colour)].add(&ColourCount {
            pixels: 1,
            sum: [r, g, b],
        });
    }
    let palette = palette(&counts, colours);
    let nearest: Vec<u8> = (0..BOXES).map(|at| nearest(&palette, middle(at))).collect();
    let pixels = diffused(picture, &palette, &nearest);
    Indexed {
        width: picture.width(),
        height: picture.height(),
        palette,
        pixels,
        ground: None,
    }
}

fn box_of([r, g, b]: [u8; 3]) -> usize {
    let part = |c: u8| usize::from(c >> (8 - BITS));
    (part(r) << (2 * BITS)) | (part(g) << BITS) | part(b)
}

/// The colour in the middle of a box.
fn middle(at: usize) -> [u8; 3] {
    let part =
        |shift: u32| (((at >> shift) & ((1 << BITS) - 1)) << (8 - BITS)) as u8 + (1 << (7 - BITS));
    [part(2 * BITS), part(BITS), part(0)]
}

/// Splits the heaviest box at its median, repeatedly.
fn palette(counts: &[ColourCount], colours: usize) -> Vec<[u8; 3]> {
    let met: Vec<usize> = (0..BOXES).filter(|at| counts[*at].pixels > 0).collect();
    let mut boxes = vec![met];
    while boxes.len() < colours {
        let weight = |members: &Vec<usize>| {
            let (_, length) = longest_edge(members);
            let pixels: u64 = members.iter().map(|at| counts[*at].pixels).sum();
            // The square root keeps large even areas from taking all colours.
            if members.len() < 2 {
                0.0
            } else {
                (pixels as f64).sqrt() * f64::from(length)
            }
        };
        let heaviest = boxes
            .iter()
            .map(weight)
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((at, _)) = heaviest.filter(|(_, weight)| *weight > 0.0) else {
            break;
        };
        let mut members = boxes.swap_remove(at);
        let (channel, _) = longest_edge(&members);
        members.sort_by_key(|at| middle(*at)[channel]);
        let whole: u64 = members.iter().map(|at| counts[*at].pixels).sum();
        let mut passed = 0;
        let half = members.iter().position(|at| {
            passed += counts[*at].pixels;
            passed * 2 >= whole
        });
        let cut = half.map_or(1, |half| half + 1).clamp(1, members.len() - 1);
        let rest = members.split_off(cut);
        boxes.push(members);
        boxes.push(rest);
    }
    let mean = |members: &Vec<usize>| {
        let mut all = ColourCount::default();
        members.iter().for_each(|at| all.add(&counts[*at]));
        all.mean()
    };
    boxes
        .iter()
        .filter(|members| !members.is_empty())
        .map(mean)
        .collect()
}

/// The channel in which the boxes are spread most, and how far.
fn longest_edge(members: &[usize]) -> (usize, u8) {
    let mut lowest = [u8::MAX; 3];
    let mut highest = [0; 3];
    for at in members {
        let colour = middle(*at);
        for channel in 0..3 {
            lowest[channel] = lowest[channel].min(colour[channel]);
            highest[channel] = highest[channel].max(colour[channel]);
        }
    }
    let length = |channel: usize| highest[channel].saturating_sub(lowest[channel]);
    (0..3)
        .map(|channel| (channel, length(channel)))
        .max_by_key(|(_, length)| *length)
        .unwrap_or((0, 0))
}

fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let distance = |other: &[u8; 3]| {
        let apart = |i: usize| (i32::from(other[i]) - i32::from(colour[i])).pow(2);
        2 * apart(0) + 4 * apart(1) + 3 * apart(2)
    };
    let best = palette
        .iter()
        .enumerate()
        .min_by_key(|(_, other)| distance(other));
    best.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or(0)
}

/// Floyd–Steinberg dithering: the error of a pixel is distributed over neighbours that are not
/// drawn yet.
fn diffused(picture: &Pixels, palette: &[[u8; 3]], nearest: &[u8]) -> Vec<u8> {
    let width = picture.width() as usize;
    let mut out = Vec::with_capacity(width * picture.height() as usize);
    let mut here = vec![[0_i32; 3]; width + 2];
    for row in picture.rows() {
        let mut below = vec![[0_i32; 3]; width + 2];
        for (x, colour) in row.iter().enumerate() {
            let wanted = [0, 1, 2].map(|i| i32::from(colour[i]) + here[x + 1][i] / 16);
            let clamped = wanted.map(|c| c.clamp(0, 255));
            let index = nearest[box_of(clamped.map(|c| c as u8))];
            let got = palette.get(usize::from(index)).copied().unwrap_or_default();
            for i in 0..3 {
                let off = clamped[i] - i32::from(got[i]);
                here[x + 2][i] += off * 7;
                below[x][i] += off * 3;
                below[x + 1][i] += off * 5;
                below[x + 2][i] += off;
            }
            out.push(index);
        }
        here = below;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let colours = [[255, 0, 0], [4, 132, 68], [12, 12, 204]];
        let picture = Pixels::from_fn(30, 20, |x, _| colours[x as usize % 3]);
        let indexed = indexed(&picture, 256);
        let back: Vec<[u8; 3]> = indexed
            .pixels
            .iter()
            .map(|i| indexed.palette[usize::from(*i)])
            .collect();
        assert!(back.into_iter().eq(picture.colours()));
    }

    #[test]
    fn a_sweep_of_colour_keeps_to_its_palette_and_is_close() {
        let picture = Pixels::from_fn(256, 64, |x, y| [x as u8, (y * 4) as u8, 255 - x as u8]);
        for (colours, off) in [(256, 12), (16, 40), (2, 200)] {
            let indexed = indexed(&picture, colours);
            assert!(
                indexed.palette.len() <= usize::from(colours) && indexed.pixels.len() == 256 * 64
            );
            // The errors average out over a small area.
            let mean = |at: &dyn Fn(u32, u32) -> [u8; 3]| {
                let mut sum = [0_i64; 3];
                (0..16)
                    .flat_map(|x| (0..16).map(move |y| (x, y)))
                    .for_each(|(x, y)| {
                        at(x + 100, y + 20)
                            .iter()
                            .zip(&mut sum)
                            .for_each(|(c, s)| *s += i64::from(*c));
                    });
                sum.map(|s| s / 256)
            };
            let got =
                mean(&|x, y| indexed.palette[usize::from(indexed.pixels[(y * 256 + x) as usize])]);
            let wanted = mean(&|x, y| picture.colour(x, y));
            assert!(
                got.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= off),
                "{colours}: {got:?} {wanted:?}"
            );
        }
    }

    #[test]
    fn one_colour_is_one_entry() {
        let indexed = indexed(&Pixels::from_fn(3, 3, |_, _| [7, 8, 9]), 16);
        assert_eq!(
            (indexed.palette, indexed.pixels),
            (vec![[7, 8, 9]], vec![0; 9])
        );
    }
}
