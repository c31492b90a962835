//! What one terminal can do: derived from its answers, stored for the next run, and turned into the
//! width policy, the canvas for pictures and so on.

use serde::{Deserialize, Serialize};

use super::environment::TerminalEnvironment;
use super::replies::Replies;
use super::terminal_table::known;
use crate::config::AlertMeans;
use crate::glyph::Caps;
use crate::picture::{Canvas, Extent, Means};
use crate::text::Mechanism;
use crate::text::{Ambiguous, Sequences, WidthPolicy};

/// Where a [`Probe`] comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProbeSource {
    /// The terminal answered.
    Probed,
    /// It answered in an earlier run.
    Cached,
    /// It didn't answer: the widths of nearly all terminals are assumed.
    #[default]
    Default,
}

/// How many cells the cursor moved after each of the [`QUESTIONS`](super::questions::QUESTIONS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Widths {
    /// ▲
    pub triangle: u16,
    /// “
    pub quote: u16,
    /// ·
    pub dot: u16,
    /// ─
    pub line: u16,
    /// ▀
    pub block: u16,
    /// ❤ with U+FE0F
    pub vs16: u16,
    /// 👍🏿
    pub skin_tone: u16,
    /// 👨‍👩‍👧
    pub family: u16,
    /// 가, ZWJ, 나: 2 where the terminal doesn't show the second syllable
    pub joined_hangul: u16,
    /// U+1FB00
    pub sextant: u16,
    /// U+1CD00; 0 where it isn't shown
    pub octant: u16,
}

impl Default for Widths {
    fn default() -> Self {
        Self {
            triangle: 1,
            quote: 1,
            dot: 1,
            line: 1,
            block: 1,
            vs16: 2,
            skin_tone: 2,
            family: 2,
            joined_hangul: 4,
            sextant: 1,
            octant: 1,
        }
    }
}

/// What one terminal can do. Stored in the library, so the names of the fields must stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Probe {
    /// Where this comes from.
    pub source: ProbeSource,
    /// The terminal's name and version as it answered (XTVERSION), else its name in the
    /// environment.
    pub terminal: String,
    /// The terminal that the tmux client runs in, as tmux names it; empty without tmux.
    pub outer: String,
    /// The version of a terminal whose name has none, from its secondary device attributes.
    pub version: Option<String>,
    /// Measured widths of characters that terminals draw differently.
    pub widths: Widths,
    /// It knows widths in the text-sizing protocol (OSC 66).
    pub sized_width: bool,
    /// It scales text in the text-sizing protocol.
    pub sized_scale: bool,
    /// It claims to show sixels.
    pub sixel: bool,
    /// It knows the kitty keyboard protocol.
    pub keyboard: bool,
    /// It knows kitty's graphics protocol.
    pub graphics: bool,
    /// Most colours of a sixel picture.
    pub registers: Option<u16>,
    /// Largest width and height of a sixel picture, in pixels.
    pub largest: Option<[u16; 2]>,
    /// tmux passes wrapped sequences through to the outer terminal.
    pub passes: bool,
    /// The outer terminal shows sixels.
    pub outer_sixel: bool,
    /// The background colour: red, green, blue.
    pub background: Option<[u8; 3]>,
    /// The locale has a character set other than UTF-8.
    pub foreign_charset: bool,
}

/// Derives the result from the answers; `None` if the last answer hasn't come.
pub(super) fn read(replies: &Replies, environment: &TerminalEnvironment) -> Option<Probe> {
    let attributes = replies.attributes.as_ref()?;
    let mut probe = Probe {
        source: ProbeSource::Probed,
        ..Probe::unanswered(environment)
    };
    if let Some(version) = &replies.version {
        probe.terminal.clone_from(version);
    }
    if let [0, version, _] = replies.secondary[..] {
        probe.version = Some(format!(
            "{}.{}.{}",
            version / 10000,
            version / 100 % 100,
            version % 100
        ));
    }
    let moved: Vec<u16> = replies
        .columns
        .iter()
        .map(|column| column.saturating_sub(1))
        .collect();
    // If all are equal, the terminal didn't move the cursor between the questions, and these are no
    // widths.
    let differ = moved.iter().any(|column| *column != moved[0]);
    if let [
        triangle,
        quote,
        dot,
        line,
        block,
        vs16,
        skin_tone,
        family,
        joined_hangul,
        sextant,
        octant,
        width,
        scale,
    ] = moved[..]
        && differ
    {
        probe.widths = Widths {
            triangle,
            quote,
            dot,
            line,
            block,
            vs16,
            skin_tone,
            family,
            joined_hangul,
            sextant,
            octant,
        };
        probe.sized_width = width == 2;
        probe.sized_scale = scale == 2;
    }
    probe.sixel = attributes.contains(&4);
    probe.background = replies.background;
    probe.keyboard = replies.keyboard.is_some();
    (probe.graphics, probe.registers, probe.largest) =
        (replies.graphics, replies.registers, replies.largest);
    Some(probe)
}

impl Probe {
    /// The result for a terminal that hasn't answered: the widths of nearly all terminals.
    pub(super) fn unanswered(environment: &TerminalEnvironment) -> Self {
        Self {
            terminal: environment.name.clone(),
            outer: environment.outer.clone(),
            passes: environment.passes,
            outer_sixel: environment.outer_sixel,
            foreign_charset: environment.has_foreign_charset,
            ..Self::default()
        }
    }

    /// The widths of ambiguous characters and emoji on this terminal. Ambiguous characters count as
    /// wide where at least two of the three measured ones are.
    pub fn policy(&self) -> WidthPolicy {
        let widths = &self.widths;
        let wide = [widths.triangle, widths.quote, widths.dot]
            .iter()
            .filter(|width| **width == 2)
            .count()
            >= 2;
        let emoji_sequence = match (widths.skin_tone > 2, widths.family > 2) {
            (false, false) => Sequences::Joined,
            (false, true) => Sequences::Tones,
            (true, false) => Sequences::Links,
            (true, true) => Sequences::Apart,
        };
        WidthPolicy {
            ambiguous: if wide {
                Ambiguous::Wide
            } else {
                Ambiguous::Narrow
            },
            emoji_vs16: if widths.vs16 == 1 { 1 } else { 2 },
            emoji_sequence,
        }
    }

    /// How large letters can be drawn. [`Caps::wish`] and [`Caps::pictures`] are left to the
    /// settings.
    pub fn caps(&self) -> Caps {
        let name = if self.outer.is_empty() {
            &self.terminal
        } else {
            &self.outer
        };
        let known = known(
            name,
            self.version.as_deref().filter(|_| self.outer.is_empty()),
        );
        Caps {
            scaling: self.sized_width && self.sized_scale,
            pictures: false,
            octants: known.octants && self.widths.octant == 1,
            sextants: known.sextants && self.widths.sextant == 1,
            blocks_are_wide: self.widths.block == 2 || self.widths.line == 2,
            seams: known.seams,
            // Three cells for ▲ mean that the terminal shows each byte of its UTF-8 as a character.
            // The fonts of the Linux console have at most 512 glyphs.
            unicode: self.widths.triangle <= 2 && !self.foreign_charset && self.terminal != "linux",
            wish: Mechanism::Auto,
        }
    }

    /// How pictures are drawn. `cell` is the size of a cell in pixels, if known: iTerm2's protocol
    /// and sixels need it.
    pub fn canvas(&self, cell: Option<(u16, u16)>) -> Canvas {
        let is_inside = !self.outer.is_empty();
        let name = if is_inside {
            &self.outer
        } else {
            &self.terminal
        };
        let known = known(name, self.version.as_deref().filter(|_| !is_inside));
        let sixel = self.sixel && cell.is_some() && (!is_inside || self.outer_sixel);
        let means = if known.placeholders && (self.graphics || (is_inside && self.passes)) {
            Means::Placed
        } else if known.inline && !is_inside && cell.is_some() {
            Means::Inline
        } else if sixel {
            Means::Sixel
        } else {
            Means::Blocks
        };
        self.canvas_by(means, cell)
    }

    /// Whether it knows links in text (OSC 8).
    pub fn links(&self) -> bool {
        let is_inside = !self.outer.is_empty();
        let name = if is_inside {
            &self.outer
        } else {
            &self.terminal
        };
        known(name, self.version.as_deref().filter(|_| !is_inside)).links
    }

    /// The sequence by which it is known to alert, else its bell. In tmux, what the outer terminal
    /// knows, where tmux passes it through.
    pub fn alerts(&self) -> AlertMeans {
        let is_inside = !self.outer.is_empty();
        if is_inside && !self.passes {
            return AlertMeans::Bell;
        }
        let name = if is_inside {
            &self.outer
        } else {
            &self.terminal
        };
        let known = known(name, self.version.as_deref().filter(|_| !is_inside));
        known.alerts.unwrap_or(AlertMeans::Bell)
    }

    /// Whether it is known to put text on the clipboard (OSC 52). Not in tmux, which by default
    /// doesn't pass that on.
    pub fn takes_clipboard(&self) -> bool {
        self.outer.is_empty() && known(&self.terminal, self.version.as_deref()).clipboard
    }

    /// As [`Probe::canvas`], with means that are given.
    pub fn canvas_by(&self, means: Means, cell: Option<(u16, u16)>) -> Canvas {
        let standard = Canvas::default();
        let largest = self
            .largest
            .filter(|_| means == Means::Sixel && self.outer.is_empty());
        Canvas {
            means,
            cell: cell.unwrap_or(standard.cell),
            colours: self.registers.unwrap_or(standard.colours).clamp(2, 256),
            largest: largest.map_or(standard.largest, |[width, height]| Extent {
                width: u32::from(width).max(16),
                height: u32::from(height).max(16),
            }),
            wrapped: !self.outer.is_empty(),
        }
    }

    /// Whether the background is light, by its luma (Rec. 601); `None` if the terminal
    /// hasn't reported its colour.
    pub fn is_light(&self) -> Option<bool> {
        let [red, green, blue] = self.background?.map(u32::from);
        Some(299 * red + 587 * green + 114 * blue > 127_500)
    }

    /// The rows of `gisa doctor`: keys of the interface texts, and values that need no translation.
    pub fn describe(&self, caps: &Caps) -> Vec<(&'static str, String)> {
        let policy = self.policy();
        let (mechanism, reason) = caps.mechanism();
        let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        let is = |value: bool| if value { "yes" } else { "no" }.to_owned();
        let background = self
            .background
            .map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}"));
        let rows = [
            ("doctor.answer", self.terminal.clone()),
            ("doctor.outer", self.outer.clone()),
            ("doctor.source", name(&self.source)),
            (
                "doctor.letters",
                format!("{} ({})", name(&mechanism), reason.key()),
            ),
            ("doctor.sized-width", is(self.sized_width)),
            ("doctor.sized-scale", is(self.sized_scale)),
            ("doctor.octants", is(caps.octants)),
            ("doctor.sextants", is(caps.sextants)),
            ("doctor.sixel", is(self.sixel)),
            ("doctor.keyboard", is(self.keyboard)),
            ("doctor.pictures", name(&self.canvas(Some((1, 1))).means)),
            ("doctor.background", background.unwrap_or_default()),
            (
                "doctor.emoji",
                format!("{} {}", policy.emoji_vs16, name(&policy.emoji_sequence)),
            ),
        ];
        rows.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}
