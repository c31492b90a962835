//! A piece of a line: some cells, the bytes of the text that they show, and how they show them.

use std::ops::Range;

use super::letter::DrawnLetter;

/// Some cells of a line and what they show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePiece {
    /// The part of the text that it shows.
    pub bytes: Range<usize>,
    /// First column, from the line's start.
    pub column: usize,
    /// Columns that it takes.
    pub columns: usize,
    /// What is in them.
    pub shape: Shape,
}

/// What a piece shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but its background.
    Blank,
    /// The terminal's own character, `width` cells wide, this far from the piece's upper left
    /// corner.
    Plain {
        /// Columns to the right.
        column: usize,
        /// Rows down.
        row: u16,
        /// Cells that the terminal takes for it.
        width: usize,
    },
    /// A letter drawn with block characters.
    Block(DrawnLetter),
    /// A run that the terminal scales: the whole escape sequence.
    Chunk(String),
}
