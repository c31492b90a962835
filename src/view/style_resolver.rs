//! Turns roles of the theme into styles, and draws short texts by the current width policy.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::letters;
use crate::app::Model;
use crate::app::geometry::Area;
use crate::config::theme::Depth;
use crate::config::{Role, Theme};
use crate::lettering::{Ink, LetterPress};
use crate::picture::Canvas;
use crate::text::{Ambiguous, Breaking, Column, Scale, WidthPolicy, wrap};

/// Resolves theme roles to terminal styles for one frame.
pub struct StyleResolver<'a> {
    theme: &'a Theme,
    depth: Depth,
    /// The cell widths of this terminal.
    pub policy: WidthPolicy,
    /// Whether only ASCII can be relied on, so that marks and lines are drawn with it.
    plain: bool,
    /// Whether the terminal supports hyperlinks (OSC 8).
    pub links: bool,
    /// How lines are drawn as pictures, where they are.
    pub lettering: Option<Lettering<'a>>,
    /// The terminal's own background, for colours that are the terminal's.
    ground: Option<[u8; 3]>,
    /// Whether the screen is linear: no boxes, bars or marks, and separators that are read out.
    linear: bool,
}

/// How lines are drawn as pictures of letters.
#[derive(Clone, Copy)]
pub struct Lettering<'a> {
    /// Makes the pictures.
    pub press: &'a LetterPress,
    /// How the terminal shows them.
    pub canvas: &'a Canvas,
}

impl<'a> StyleResolver<'a> {
    /// The resolver for the current theme, colour depth and width policy.
    pub fn of(model: &'a Model) -> Self {
        let styles = Self::new(
            &model.start().theme,
            model.start().depth,
            model.start().policy,
        );
        Self {
            plain: styles.plain || model.start().has_few_glyphs(),
            links: model.start().links,
            lettering: model.start().press.as_deref().map(|press| Lettering {
                press,
                canvas: &model.start().canvas,
            }),
            ground: model.start().ground,
            linear: model.start().is_linear(),
            ..styles
        }
    }

    /// A resolver for a theme, with a colour depth and a width policy.
    pub fn new(theme: &'a Theme, depth: Depth, policy: WidthPolicy) -> Self {
        // Where line-drawing characters are two cells wide, a line of them would have gaps.
        Self {
            theme,
            depth,
            policy,
            links: false,
            lettering: None,
            ground: None,
            linear: false,
            plain: policy.ambiguous == Ambiguous::Wide,
        }
    }

    /// The style of a role. Only `Text`, `Popup` and the bars have a background of their own.
    pub fn style(&self, role: Role) -> Style {
        let paint = self.theme.paint(role);
        let shown = |name: &Option<String>| name.as_deref().and_then(|c| colour(c, self.depth));
        let style = Style {
            fg: shown(&paint.fg),
            bg: shown(&paint.bg),
            ..Style::default()
        };
        // A background that this terminal can't show is replaced by reverse video, except for whole
        // areas.
        let is_ground = matches!(role, Role::Text | Role::Popup);
        let lost = paint.bg.is_some() && style.bg.is_none() && !is_ground;
        let modifiers = [
            (paint.bold, Modifier::BOLD),
            (paint.dim, Modifier::DIM),
            (paint.italic, Modifier::ITALIC),
            (paint.underline, Modifier::UNDERLINED),
            (paint.reverse || lost, Modifier::REVERSED),
        ];
        style.add_modifier(
            modifiers
                .into_iter()
                .filter(|(on, _)| *on)
                .map(|(_, m)| m)
                .collect(),
        )
    }

    /// The colours of a style, for letters that are drawn as a picture; `None` if it has the
    /// terminal's own background, which is not known.
    pub fn ink(&self, style: Style) -> Option<Ink> {
        let is = |modifier| style.add_modifier.contains(modifier);
        let own = |fallback| move |colour| rgb(colour).or(fallback);
        let ground = style.bg.map_or(self.ground, own(self.ground))?;
        // The terminal isn't asked for the colour of its letters: it contrasts with its background.
        let plain = if luma(ground) > 127 {
            [24; 3]
        } else {
            [224; 3]
        };
        let mut letters = style.fg.and_then(rgb).unwrap_or(plain);
        let mut behind = ground;
        if is(Modifier::REVERSED) {
            std::mem::swap(&mut letters, &mut behind);
        }
        if is(Modifier::DIM) {
            letters =
                [0, 1, 2].map(|i| ((u16::from(letters[i]) * 2 + u16::from(behind[i])) / 3) as u8);
        }
        Some(Ink {
            letters,
            ground: behind,
            bold: is(Modifier::BOLD),
            underlined: is(Modifier::UNDERLINED),
            struck: is(Modifier::CROSSED_OUT),
        })
    }

    /// The style of a popup's area.
    pub fn popup_ground(&self) -> Style {
        self.style(Role::Text).patch(self.style(Role::Popup))
    }

    /// The style of a row of a popup.
    pub fn popup_row(&self, is_selected: bool) -> Style {
        let ground = self.popup_ground();
        if is_selected {
            ground.patch(self.style(Role::Selected))
        } else {
            ground
        }
    }

    /// Character and style of a cell with a picture in half blocks, from its upper and lower
    /// colour. With few colours, a character whose density matches the brightness.
    pub fn pixels(&self, [upper, lower]: [[u8; 3]; 2]) -> (&'static str, Style) {
        let shown = |[r, g, b]: [u8; 3]| match self.depth {
            Depth::True => Some(Color::Rgb(r, g, b)),
            Depth::Indexed => Some(Color::Indexed(nearest(u32::from_be_bytes([0, r, g, b])))),
            Depth::Sixteen | Depth::None => None,
        };
        let mean = [0, 1, 2].map(|i| upper[i] / 2 + lower[i] / 2);
        match (shown(upper), shown(lower)) {
            (Some(fg), Some(bg)) if !self.plain => ("▀", Style::new().fg(fg).bg(bg)),
            (Some(_), Some(_)) => (
                " ",
                Style {
                    bg: shown(mean),
                    ..Style::default()
                },
            ),
            _ => {
                let [r, g, b] = mean.map(usize::from);
                (
                    RAMP[(299 * r + 587 * g + 114 * b) * (RAMP.len() - 1) / 255_000],
                    Style::default(),
                )
            }
        }
    }

    /// The style of a placeholder cell of a picture stored in the terminal: the foreground colour
    /// is the picture's id.
    pub fn placeholder(&self, name: u8) -> Style {
        Style::new().fg(Color::Indexed(name))
    }

    /// The character of the divider between panes.
    pub fn bar(&self) -> &'static str {
        if self.plain { "|" } else { "│" }
    }

    /// Draws the divider between two panes.
    pub fn line_down(&self, buf: &mut Buffer, divider: Area) {
        for y in divider.y..divider.y + divider.height {
            self.put(buf, (divider.x, y), 1, self.bar(), self.style(Role::Border));
        }
    }

    /// The character of a scroll bar's thumb.
    pub fn thumb(&self) -> &'static str {
        if self.plain { "#" } else { "┃" }
    }

    /// The mark of an unread article.
    pub fn unread(&self) -> &'static str {
        if self.plain { "*" } else { "●" }
    }

    /// The mark of the source or row that another pane shows.
    pub fn here(&self) -> &'static str {
        if self.plain { "-" } else { "•" }
    }

    /// The mark of a scrap.
    pub fn scrap(&self) -> &'static str {
        if self.plain { "+" } else { "★" }
    }

    /// Whether the screen is linear.
    pub fn is_linear(&self) -> bool {
        self.linear
    }

    /// Corners and edges of a popup: top left, top right, bottom left, bottom right, horizontal,
    /// vertical.
    pub fn box_lines(&self) -> [&'static str; 6] {
        if self.plain {
            ["+", "+", "+", "+", "-", "|"]
        } else {
            ["╭", "╮", "╰", "╯", "─", "│"]
        }
    }

    /// Draws `text` at (`x`, `y`), shortened with an ellipsis to `width` cells. Returns its width.
    /// On a linear screen, what only separates or points is written so that it is read out.
    pub fn put(
        &self,
        buf: &mut Buffer,
        at: (u16, u16),
        width: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        match self.linear {
            true => self.put_as_it_is(buf, at, width, &spoken(text), style),
            false => self.put_as_it_is(buf, at, width, text, style),
        }
    }

    /// As [`Self::put`], with a publisher's words, which are not changed.
    pub fn put_as_it_is(
        &self,
        buf: &mut Buffer,
        (x, y): (u16, u16),
        width: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        let cut = self.policy.ellipsis(text, usize::from(width));
        let area = Rect {
            x,
            y,
            width,
            height: 1,
        }
        .intersection(buf.area);
        letters::paint(buf, area, x, y, &cut, Scale::Cells, &self.policy, |_| style);
        u16::try_from(self.policy.width(&cut))
            .unwrap_or(width)
            .min(width)
    }

    /// As many of the hints as fit, none of them shortened. The first is kept longest, then the
    /// last two: help and the way out.
    pub fn hints(&self, hints: &str, room: u16) -> String {
        let mut parts: Vec<&str> = hints.split(" · ").collect();
        while parts.len() > 1 && self.policy.width(&parts.join(" · ")) > usize::from(room) {
            parts.remove(parts.len().saturating_sub(3).max(1));
        }
        parts.join(" · ")
    }

    /// Draws `text` over the lines of `area`, broken at words.
    pub fn paragraph(&self, buf: &mut Buffer, area: Rect, text: &str, style: Style) {
        for (y, line) in (area.top()..area.bottom()).zip(self.lines(text, area.width)) {
            self.put(buf, (area.x, y), area.width, line, style);
        }
    }

    /// Breaks `text` into lines of at most `width` columns.
    pub fn lines<'t>(&self, text: &'t str, width: u16) -> Vec<&'t str> {
        let column = Column {
            width: usize::from(width),
            first: 0,
            rest: 0,
            scale: Scale::Cells,
            policy: self.policy,
            breaking: Breaking::Eojeol,
        };
        wrap(text, &column)
            .into_iter()
            .filter_map(|line| text.get(line))
            .collect()
    }
}

/// The interface's words without separators, arrows and marks that are shapes only.
pub(super) fn spoken(text: &str) -> Cow<'_, str> {
    if !text.contains(['·', '→', '←', '↔', '●', '★', '▲', '▼', '•', '…', '│'])
    {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace(" · ", ", ")
        .replace(" → ", ": ")
        .replace(" ↔ ", ", ")
        .replace(['●', '★', '▲', '▼', '•', '│', '→', '←'], " ");
    Cow::Owned(text)
}

/// Characters from dark to bright, for a dark background.
const RAMP: [&str; 10] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"];

/// A theme's colour in the nearest form that this terminal can show.
fn colour(name: &str, depth: Depth) -> Option<Color> {
    let hex = name
        .strip_prefix('#')
        .and_then(|h| u32::from_str_radix(h, 16).ok());
    match (hex, depth) {
        (_, Depth::None) => None,
        (None, _) => name.parse().ok(),
        (Some(rgb), Depth::True) => Some(Color::from_u32(rgb)),
        (Some(rgb), Depth::Indexed) => Some(Color::Indexed(nearest(rgb))),
        (Some(_), Depth::Sixteen) => None,
    }
}

/// A colour of the terminal in red, green and blue; the usual ones of xterm for the first sixteen.
/// `None` for the terminal's own foreground or background.
fn rgb(colour: Color) -> Option<[u8; 3]> {
    let index = match colour {
        Color::Rgb(r, g, b) => return Some([r, g, b]),
        Color::Indexed(index) => index,
        Color::Reset => return None,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    let level = |n: u8| [0_u8, 95, 135, 175, 215, 255][usize::from(n % 6)];
    Some(match index {
        0..=15 => XTERM[usize::from(index)],
        16..=231 => {
            let n = index - 16;
            [level(n / 36), level(n / 6), level(n)]
        }
        232.. => [(index - 232) * 10 + 8; 3],
    })
}

/// The first sixteen colours as xterm has them.
const XTERM: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// How bright a colour is (Rec. 601).
fn luma([r, g, b]: [u8; 3]) -> u32 {
    (299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000
}

/// The nearest colour in the cube (16–231) and the greys (232–255) of the 256 colours.
fn nearest(rgb: u32) -> u8 {
    let [_, r, g, b] = rgb.to_be_bytes();
    let level = |c: u8| [0_u8, 95, 135, 175, 215, 255].map(|l| l.abs_diff(c));
    let closest = |c: u8| {
        level(c)
            .into_iter()
            .enumerate()
            .min_by_key(|(_, d)| *d)
            .map_or(0, |(i, _)| i as u8)
    };
    let cube = [r, g, b].map(closest);
    let grey = (r / 3 + g / 3 + b / 3).saturating_sub(3) / 10;
    let distance = |candidate: [u8; 3]| -> u32 {
        candidate
            .iter()
            .zip([r, g, b])
            .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
            .sum()
    };
    let as_levels = cube.map(|i| [0_u8, 95, 135, 175, 215, 255][usize::from(i)]);
    let as_grey = [grey.min(23) * 10 + 8; 3];
    if distance(as_grey) < distance(as_levels) {
        232 + grey.min(23)
    } else {
        16 + 36 * cube[0] + 6 * cube[1] + cube[2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_the_nearest_of_256() {
        assert_eq!(nearest(0x00_0000), 16);
        assert_eq!(nearest(0xff_ffff), 231);
        assert_eq!(nearest(0xff_0000), 196);
        assert!(
            (232..=236).contains(&nearest(0x17_191d)),
            "{}",
            nearest(0x17_191d)
        );
    }

    #[test]
    fn no_colour_means_none() {
        assert_eq!(colour("#ffffff", Depth::None), None);
        assert_eq!(colour("yellow", Depth::Sixteen), Some(Color::Yellow));
    }

    #[test]
    fn what_a_ground_tells_is_told_without_colours_too() {
        for (name, _) in crate::config::theme::SHIPPED {
            let theme = Theme::named(name);
            for depth in [Depth::None, Depth::Sixteen] {
                let styles = StyleResolver::new(&theme, depth, WidthPolicy::default());
                let plain = styles.style(Role::Text);
                for role in [
                    Role::Selected,
                    Role::SelectedAway,
                    Role::Bar,
                    Role::Notice,
                    Role::Error,
                    Role::Lit,
                ] {
                    let style = styles.style(role);
                    let told = |s: Style| (s.add_modifier, s.bg.is_some());
                    assert_ne!(told(style), told(plain), "{name} {depth:?} {role:?}");
                }
            }
        }
    }
}
