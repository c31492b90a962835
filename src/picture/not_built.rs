//! What stands for [`open`](super::open) in a program that was built without pictures: nothing can
//! be opened, so that the rest is never reached.

use std::marker::PhantomData;
use std::ops::Range;

use super::bounds::{Bounds, PictureError};
use super::canvas::Extent;
use super::pixels::Pixels;

/// A picture file. There is none.
pub struct Opened<'a> {
    /// Its size.
    pub extent: Extent,
    bytes: PhantomData<&'a [u8]>,
}

/// Refuses every file.
///
/// # Errors
/// Always [`PictureError::Unknown`].
pub fn open(_: &[u8], _: Bounds) -> Result<Opened<'_>, PictureError> {
    Err(PictureError::Unknown)
}

impl Opened<'_> {
    /// Its pixels, which there are none of.
    ///
    /// # Errors
    /// Always [`PictureError::Unknown`].
    pub fn scaled(&self, _: Extent) -> Result<Pixels, PictureError> {
        Err(PictureError::Unknown)
    }
}

pub(super) fn thumbnail(_: &Pixels, width: u32, height: u32) -> Pixels {
    Pixels::new(width, height, Vec::new())
}

pub(super) fn encoded(_: &Pixels, _: Range<u32>, _: u8) -> Option<Vec<u8>> {
    None
}

pub(super) fn png(_: &Pixels) -> Option<Vec<u8>> {
    None
}
