//! A piece of a line: some cells, the bytes of text that they show, and how.

use std::ops::Range;

use super::letter::DrawnLetter;

/// Some cells of a line, and what they show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePiece {
    /// The part of the text that it shows.
    pub bytes: Range<usize>,
    /// First column, from the line's start.
    pub column: usize,
    /// Number of columns.
    pub columns: usize,
    /// How the text is shown.
    pub shape: Shape,
}

/// How a piece shows its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Only its background.
    Blank,
    /// The terminal's own character, `width` cells wide, at an offset from the upper left corner of
    /// the piece.
    Plain {
        /// Columns to the right.
        column: usize,
        /// Rows down.
        row: u16,
        /// Cells that the terminal uses for it.
        width: usize,
    },
    /// A letter drawn with block characters.
    Block(DrawnLetter),
    /// A run that the terminal scales, as a complete escape sequence.
    Chunk(String),
    /// A part of the picture of the whole line.
    Drawn,
}
