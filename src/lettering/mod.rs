//! Lines of text as pictures of letters, for terminals that show pictures: real letters at every
//! size, where the terminal itself has only one.
//!
//! * [`fonts`] – where the letters come from: faces of the system, else the embedded bitmaps
//! * [`coverage`] – outlines to how much of each pixel they cover
//! * [`composer`] – a line of text to a picture: where letters stand, in which colours
//! * [`strip`] – [`LetterStrip`]: that picture, cut and put as the terminal takes it
//! * [`press`] – [`LetterPress`]: strips that were made already, and those of the current frame
//!
//! The line breaker counts cells and knows nothing of this: a strip is exactly as many cells wide
//! as [`crate::text::Scale::Drawn`] says, and its letters stand in the boxes that they would have
//! in cells, so that a pointer finds them.

pub mod composer;
pub mod coverage;
pub mod fonts;
pub mod press;
pub mod strip;

pub use composer::{Ink, LetterLine};
pub use fonts::LetterFonts;
pub use press::{LetterPress, PlacedStrip};
pub use strip::LetterStrip;
