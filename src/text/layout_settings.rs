//! All that the layout of a document depends on, besides the document.

use super::{Breaking, Scale, TextSize, WidthPolicy};

/// White space between and in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spacing {
    /// Rows between paragraphs.
    pub paragraph_gap: u16,
    /// Rows between the lines of a paragraph.
    pub line_gap: u16,
    /// Indent of the first line of a paragraph, in cells.
    pub first_indent: u16,
}

impl Default for Spacing {
    fn default() -> Self {
        Self {
            paragraph_gap: 1,
            line_gap: 0,
            first_indent: 0,
        }
    }
}

/// The parameters of a layout. Also the key of the layout cache, because nothing else changes a
/// layout.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The widest line, in screen columns.
    pub width: u16,
    /// The text size that the reader chose.
    pub size: TextSize,
    /// How body letters are drawn.
    pub scale: Scale,
    /// How the title's letters are drawn.
    pub title_scale: Scale,
    /// The cell widths of this terminal.
    pub policy: WidthPolicy,
    /// How readily words are broken.
    pub breaking: Breaking,
    /// White space between and in parts.
    pub spacing: Spacing,
    /// Whether lines are justified.
    pub justify: bool,
}

impl Measure {
    /// The terminal's own letters in `width` columns, all else by default.
    pub fn plain(width: u16, policy: WidthPolicy) -> Self {
        Self {
            width,
            size: TextSize::Normal,
            scale: Scale::Cells,
            title_scale: Scale::Cells,
            policy,
            breaking: Breaking::default(),
            spacing: Spacing::default(),
            justify: false,
        }
    }
}
