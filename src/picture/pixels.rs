//! The pixels of a picture, as the forms for the terminal are made from them.

/// Rows of pixels, three bytes each: red, green, blue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    width: u32,
    height: u32,
    raw: Vec<u8>,
}

impl Pixels {
    /// A picture of these bytes, row by row; what is missing at their end is black.
    pub fn new(width: u32, height: u32, mut raw: Vec<u8>) -> Self {
        raw.resize(width as usize * height as usize * 3, 0);
        Self { width, height, raw }
    }

    /// Its width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Its height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes of all pixels.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The colours, row by row.
    pub fn colours(&self) -> impl Iterator<Item = [u8; 3]> {
        self.raw.as_chunks().0.iter().copied()
    }

    /// The rows from the top, each with its colours.
    pub fn rows(&self) -> impl Iterator<Item = &[[u8; 3]]> {
        let pixels = self.raw.as_chunks().0;
        pixels.chunks_exact(self.width.max(1) as usize)
    }

    /// The colour at a place; black outside the picture.
    pub fn colour(&self, x: u32, y: u32) -> [u8; 3] {
        let at = y as usize * self.width as usize + x as usize;
        let inside = x < self.width;
        let found = self.raw.as_chunks().0.get(at).filter(|_| inside);
        found.copied().unwrap_or_default()
    }
}

#[cfg(test)]
impl Pixels {
    /// A picture with the colour that `colour` gives for each column and row.
    pub(crate) fn from_fn(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Self {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let raw = places.flat_map(|(x, y)| colour(x, y)).collect();
        Self::new(width, height, raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_outside_is_black_and_missing_bytes_are_too() {
        let short = Pixels::new(2, 2, vec![9; 9]);
        assert_eq!(short.raw().len(), 12);
        assert_eq!(short.colour(0, 1), [9; 3]);
        for (x, y) in [(1, 1), (2, 0), (0, 2), (u32::MAX, u32::MAX)] {
            assert_eq!(short.colour(x, y), [0; 3], "{x} {y}");
        }
        assert_eq!(short.rows().count(), 2);
        assert_eq!(short.colours().count(), 4);
    }
}
