//! What the terminal does: known from earlier runs at the start, and told again once it has
//! answered.

use super::sharing::Clipboard;
use crate::glyph::Caps;
use crate::picture::Canvas;
use crate::text::WidthPolicy;

/// What a terminal does, and what the settings make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Abilities {
    /// How wide it draws.
    pub policy: WidthPolicy,
    /// How large it can draw.
    pub caps: Caps,
    /// How it draws pictures.
    pub canvas: Canvas,
    /// Whether pictures are shown in the text, until the reader says otherwise.
    pub pictures: bool,
    /// How text gets to the clipboard.
    pub clipboard: Clipboard,
    /// It knows links in its text.
    pub links: bool,
    /// Its ground is light, where it told.
    pub light: Option<bool>,
    /// It tells keys apart that are the same bytes in the old way of sending them.
    pub keyboard: bool,
    /// It answered too late to be asked everything before the first frame: who draws asks the rest.
    pub late: bool,
}
