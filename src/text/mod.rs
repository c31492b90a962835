//! The Korean text engine: widths, line breaking, layout.
//!
//! * [`scale`] – how large letters are, in cells
pub mod scale;
pub use scale::{FaceId, Scale, TextSize};
