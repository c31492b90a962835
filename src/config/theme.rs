//! Themes as data: a role is what a thing is; a theme says how it looks.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::settings::ConfigError;

/// What a piece of the screen is. The names in TOML are these in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Body text, and the ground of everything.
    Text,
    /// What matters less.
    Dim,
    /// Headline.
    Title,
    /// 부제.
    Subhead,
    /// Heading inside the body.
    Heading,
    /// Byline and dates.
    Byline,
    /// Caption.
    Caption,
    /// Quotation.
    Quote,
    /// Link.
    Link,
    /// Scrap mark, list markers.
    Mark,
    /// An unread row of the list.
    Unread,
    /// A read one.
    Read,
    /// The selected row of the pane in focus.
    Selected,
    /// The selected row of a pane out of focus.
    SelectedAway,
    /// Top and bottom bars.
    Bar,
    /// A key's name.
    Key,
    /// Lines between panes.
    Border,
    /// … of the pane in focus.
    BorderFocus,
    /// Good news in the status line.
    Notice,
    /// Bad news in the status line.
    Error,
    /// The sentence or match that is lit.
    Lit,
    /// The four colours of highlights: each with a line or a shape of its own.
    HighlightYellow,
    /// Green.
    HighlightGreen,
    /// Blue.
    HighlightBlue,
    /// Pink.
    HighlightPink,
    /// The ground of popups.
    Popup,
}

/// How one role looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paint {
    /// `#rrggbb` or one of the eight colour names.
    pub fg: Option<String>,
    /// Likewise.
    pub bg: Option<String>,
    /// Bold.
    pub bold: bool,
    /// Faint.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background swapped.
    pub reverse: bool,
}

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    #[default]
    True,
    /// The 256 of xterm.
    Indexed,
    /// The terminal's own sixteen.
    Sixteen,
    /// None at all.
    None,
}

impl Depth {
    /// By the environment: `NO_COLOR`, `COLORTERM`, `TERM`.
    pub fn of(no_color: bool, colorterm: &str, term: &str) -> Self {
        match (no_color, colorterm, term) {
            (true, _, _) | (_, _, "dumb" | "vt100" | "vt220") => Self::None,
            (_, "truecolor" | "24bit", _) => Self::True,
            (
                _,
                _,
                "xterm-kitty" | "foot" | "alacritty" | "xterm-ghostty" | "wezterm" | "contour",
            ) => Self::True,
            (_, _, "linux" | "xterm" | "screen" | "ansi" | "") => Self::Sixteen,
            (_, _, term) if term.ends_with("-direct") => Self::True,
            _ => Self::Indexed,
        }
    }
}

/// A named set of paints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// `dark`, `light`, …
    pub name: String,
    paints: BTreeMap<Role, Paint>,
}

/// The shipped themes, in the order in which the theme key walks through them.
pub const SHIPPED: [(&str, &str); 7] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    (
        "contrast",
        include_str!("../../assets/themes/contrast.toml"),
    ),
    ("safe", include_str!("../../assets/themes/safe.toml")),
    (
        "safe-light",
        include_str!("../../assets/themes/safe-light.toml"),
    ),
    (
        "terminal",
        include_str!("../../assets/themes/terminal.toml"),
    ),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// The names that a colour can have besides `#rrggbb`.
const NAMES: [&str; 17] = [
    "reset",
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

/// A theme's file: what it is laid over, and its paints.
#[derive(Deserialize)]
struct File {
    /// The shipped theme that says what this one does not.
    #[serde(default)]
    base: Option<String>,
    #[serde(flatten)]
    paints: BTreeMap<Role, Paint>,
}

impl Theme {
    /// The shipped theme of that name; `terminal` for any other.
    pub fn named(name: &str) -> Self {
        let (name, text) = SHIPPED
            .iter()
            .find(|(n, _)| *n == name)
            .unwrap_or(&SHIPPED[5]);
        Self {
            name: (*name).to_owned(),
            paints: toml::from_str(text).unwrap_or_default(),
        }
    }

    /// A reader's own theme: TOML of the shipped themes' shape. `base = "light"` names the theme
    /// that it is laid over, `dark` where it names none.
    ///
    /// # Errors
    /// Not TOML, an unknown role, base or colour; with the line.
    pub fn read(name: &str, file: &str, text: &str) -> Result<Self, ConfigError> {
        let line_at = |byte: usize| {
            text.get(..byte)
                .map_or(0, |before| before.matches('\n').count() + 1)
        };
        let wrong = |line: usize, reason: String| ConfigError {
            file: file.to_owned(),
            line,
            reason,
        };
        let own: File = toml::from_str(text).map_err(|e| {
            let reason = e.message().lines().collect::<Vec<_>>().join(" ");
            let named = reason.split('`').nth(1).and_then(|word| text.find(word));
            let at = e.span().map(|s| s.start).filter(|at| *at > 0).or(named);
            wrong(at.map_or(0, line_at), reason)
        })?;
        let base = own.base.as_deref().unwrap_or("dark");
        if !SHIPPED.iter().any(|(n, _)| *n == base) {
            return Err(wrong(
                text.find("base").map_or(0, line_at),
                format!("base: \"{base}\""),
            ));
        }
        let colours = own.paints.values().flat_map(|p| [&p.fg, &p.bg]).flatten();
        if let Some(colour) = colours.into_iter().find(|c| !is_colour(c)) {
            return Err(wrong(
                text.find(colour.as_str()).map_or(0, line_at),
                format!("\"{colour}\": #rrggbb"),
            ));
        }
        let mut theme = Self {
            name: name.to_owned(),
            ..Self::named(base)
        };
        theme.paints.extend(own.paints);
        Ok(theme)
    }

    /// How `role` looks; nothing special where the theme is silent.
    pub fn paint(&self, role: Role) -> Paint {
        self.paints.get(&role).cloned().unwrap_or_default()
    }
}

fn is_colour(name: &str) -> bool {
    let hex = |h: &str| h.len() == 6 && h.chars().all(|c| c.is_ascii_hexdigit());
    name.strip_prefix('#')
        .map_or_else(|| NAMES.contains(&name), hex)
}

/// All themes that can be chosen: the shipped ones, and the reader's own behind them.
#[derive(Clone, Debug, Default)]
pub struct Themes(Vec<Theme>);

impl Themes {
    /// With themes of the reader's own; one that is named like a shipped theme stands in its place.
    pub fn with(own: Vec<Theme>) -> Self {
        Self(own)
    }

    /// Their names, in the order in which the theme key walks through them.
    pub fn names(&self) -> Vec<String> {
        let shipped = SHIPPED.iter().map(|(n, _)| (*n).to_owned());
        let own = self
            .0
            .iter()
            .map(|t| t.name.clone())
            .filter(|n| !SHIPPED.iter().any(|(s, _)| s == n));
        shipped.chain(own).collect()
    }

    /// The theme of that name.
    pub fn named(&self, name: &str) -> Option<Theme> {
        let own = self.0.iter().find(|t| t.name == name).cloned();
        own.or_else(|| {
            SHIPPED
                .iter()
                .any(|(n, _)| *n == name)
                .then(|| Theme::named(name))
        })
    }

    /// The theme for the setting, what is known of the terminal's ground, and the colours it shows.
    /// Without colours or with sixteen, themes made of exact colours are of no use.
    pub fn choose(&self, setting: &str, light_ground: Option<bool>, depth: Depth) -> Theme {
        match (depth, setting, light_ground) {
            (Depth::None, _, _) => Theme::named("mono"),
            (Depth::Sixteen, _, _) => Theme::named("terminal"),
            (_, "auto", Some(true)) => Theme::named("light"),
            (_, "auto", Some(false)) => Theme::named("dark"),
            (_, "auto", None) => Theme::named("terminal"),
            (_, name, _) => self.named(name).unwrap_or_else(|| Theme::named(name)),
        }
    }

    /// The theme after that of the name `now`.
    pub fn after(&self, now: &str) -> Theme {
        let names = self.names();
        let at = names
            .iter()
            .position(|n| n == now)
            .map_or(0, |at| (at + 1) % names.len());
        self.named(&names[at])
            .unwrap_or_else(|| Theme::named(&names[at]))
    }
}

#[cfg(test)]
#[path = "tests/theme.rs"]
mod tests;
