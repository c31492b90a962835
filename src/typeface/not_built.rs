//! What stands for [`typeface`](crate::typeface) in a program that was built without pictures and
//! printing: no font file can be read.

use std::sync::Arc;

/// A closed line of an outline, by its corners.
pub type Contour = Vec<(f32, f32)>;

/// One face of a font file. There is none.
#[derive(Clone, Debug)]
pub enum FontFace {}

/// A glyph of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontGlyph {
    /// Its number in the font.
    pub id: u32,
    /// Its advance width, in ems.
    pub advance: f32,
}

impl FontFace {
    /// Reads nothing.
    pub fn korean(_: Vec<u8>) -> Option<Self> {
        None
    }

    /// Reads nothing.
    pub fn is_of_family(_: &[u8], _: &str) -> bool {
        false
    }

    /// The bytes of the font file, and the index of the face in it.
    pub fn bytes(&self) -> (Arc<Vec<u8>>, u32) {
        match *self {}
    }

    /// A [`Ruler`] for this face.
    pub fn ruler(&self) -> Option<Ruler<'_>> {
        match *self {}
    }
}

/// Looks up the glyphs of a face. There is none.
pub enum Ruler<'a> {
    #[doc(hidden)]
    None(std::convert::Infallible, std::marker::PhantomData<&'a ()>),
}

impl Ruler<'_> {
    /// The glyph of a character, if the face has one.
    pub fn glyph(&self, _: char) -> Option<FontGlyph> {
        None
    }

    /// The outline of a glyph.
    pub fn outline(&self, _: FontGlyph, _: f32) -> Vec<Contour> {
        Vec::new()
    }
}
