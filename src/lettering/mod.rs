//! Lines of text as pictures of letters, for terminals that show pictures: real letters at every
//! size, where the terminal itself has only one.
//!
//! * [`fonts`] – where the letters come from: faces of the system, else the embedded bitmaps
//! * [`coverage`] – outlines to how much of each pixel they cover
//! * [`setting`] – where the letters of a line stand
//! * [`composer`] – a line of text to a picture, in its colours
//! * [`strip`] – [`LetterStrip`]: that picture, cut and put as the terminal takes it
//! * [`press`] – [`LetterPress`]: strips that were made already, and those of the current frame
//!
//! The line breaker counts cells and knows nothing of this: a strip is exactly as many cells wide
//! as [`crate::text::Scale::Drawn`] says. Inside it letters stand where their font sets them;
//! [`LetterPress::pieces`] tells a pointer where.

pub mod composer;
pub mod coverage;
pub mod fonts;
pub mod press;
pub mod setting;
pub mod strip;

pub use composer::{Ink, LetterLine};
pub use fonts::LetterFonts;
pub use press::{LetterPress, PlacedStrip};
pub use setting::LineText;
pub use strip::LetterStrip;
