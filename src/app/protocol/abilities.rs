//! What the terminal can do. At the start this is what was learned in earlier runs; it is updated
//! once the terminal has answered the probe.

use super::sharing::Clipboard;
use crate::config::AlertMeans;
use crate::glyph::Caps;
use crate::picture::Canvas;
use crate::text::WidthPolicy;

/// How the terminal alerts the user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertWay {
    /// The sequence; never [`AlertMeans::Auto`].
    pub means: AlertMeans,
    /// Whether the bell rings as well.
    pub bell: bool,
    /// Whether the sequence is wrapped for tmux, so that the outer terminal gets it.
    pub wrapped: bool,
}

/// What the terminal can do, combined with what the settings ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Abilities {
    /// How many cells the terminal gives each character.
    pub policy: WidthPolicy,
    /// The means it has for drawing large letters.
    pub caps: Caps,
    /// How it draws pictures: protocol, pixels per cell, limits.
    pub canvas: Canvas,
    /// Whether pictures are shown in the text, until the user toggles them.
    pub pictures: bool,
    /// How text reaches the system's clipboard.
    pub clipboard: Clipboard,
    /// How it alerts the user.
    pub alerts: AlertWay,
    /// Whether it supports hyperlinks in text (OSC 8).
    pub links: bool,
    /// Whether its background is light; `None` if it did not report its colour.
    pub light: Option<bool>,
    /// Its background colour: red, green, blue; `None` if it did not report it.
    pub ground: Option<[u8; 3]>,
    /// Whether it reports keys unambiguously (the kitty keyboard protocol), so that Ctrl-I differs
    /// from Tab, for instance.
    pub keyboard: bool,
    /// Whether it answered too late for the whole probe to finish before the first frame; the
    /// drawing thread then asks the remaining questions.
    pub late: bool,
}
