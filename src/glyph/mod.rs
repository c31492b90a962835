//! Letters larger than a cell: embedded bitmap fonts drawn with block characters, or text that the
//! terminal scales.
//!
//! * [`ladder`] – which way to draw each of the five sizes, for what this terminal can do, and why
//! * [`line`] – one line of text as placed pieces: what a painter needs; [`piece`] – one of them
//! * [`letter`] – one letter as characters; [`font`] – its dots; [`mosaic`] – dots as characters
//! * [`protocol`] – the terminal's own scaling; [`scaled_run`] – one block of it
pub mod font;
pub mod ladder;
pub mod letter;
pub mod line;
pub mod mosaic;
pub mod piece;
mod protocol;
pub mod scaled_run;

pub use font::Font;
pub use ladder::{Caps, Reason, Room, Scales, ladder};
pub use letter::{DrawnLetter, LetterFace, draw};
pub use line::line;
pub use mosaic::Mosaic;
pub use piece::{LinePiece, Shape};
pub use scaled_run::ScaledRun;
