//! Themes: a role says what something on the screen is, and a theme says how it looks.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::choices::ThemeChoice;
use super::error::{ConfigError, line_of};
use super::faults;

/// What something on the screen is. The names in TOML are these in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Body text, and the background of the whole screen.
    Text,
    /// Secondary text: dates, counts, hints.
    Dim,
    /// Headline of an article.
    Title,
    /// 부제, the lines under a headline.
    Subhead,
    /// Heading inside an article.
    Heading,
    /// Byline and dates.
    Byline,
    /// Caption of a picture.
    Caption,
    /// Quotation in an article.
    Quote,
    /// Link in an article.
    Link,
    /// Mark of a scrap, or of a list item.
    Mark,
    /// An unread row of the list.
    Unread,
    /// A row of the list that was read.
    Read,
    /// The selected row of the pane in focus.
    Selected,
    /// The selected row of a pane out of focus.
    SelectedAway,
    /// The top bars of the panes, and the line in which one types.
    Bar,
    /// The top bar of the focused pane, where several panes are in sight.
    BarFocus,
    /// Name of a key in a hint.
    Key,
    /// Divider between panes.
    Border,
    /// Divider beside the focused pane.
    BorderFocus,
    /// Message that something was done.
    Notice,
    /// Message that something failed.
    Error,
    /// Sentence being read aloud, or search match.
    Lit,
    /// Highlight in yellow. Each of the four also has its own kind of underline, so that none
    /// depends on colour alone.
    HighlightYellow,
    /// Highlight in green.
    HighlightGreen,
    /// Highlight in blue.
    HighlightBlue,
    /// Highlight in pink.
    HighlightPink,
    /// Background of popups.
    Popup,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 27] = [
        Self::Text,
        Self::Dim,
        Self::Title,
        Self::Subhead,
        Self::Heading,
        Self::Byline,
        Self::Caption,
        Self::Quote,
        Self::Link,
        Self::Mark,
        Self::Unread,
        Self::Read,
        Self::Selected,
        Self::SelectedAway,
        Self::Bar,
        Self::BarFocus,
        Self::Key,
        Self::Border,
        Self::BorderFocus,
        Self::Notice,
        Self::Error,
        Self::Lit,
        Self::HighlightYellow,
        Self::HighlightGreen,
        Self::HighlightBlue,
        Self::HighlightPink,
        Self::Popup,
    ];
}

/// How one role looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paint {
    /// `#rrggbb` or one of the colour names.
    #[serde(deserialize_with = "colour")]
    pub fg: Option<String>,
    /// The background, written as `fg` is.
    #[serde(deserialize_with = "colour")]
    pub bg: Option<String>,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is faint.
    pub dim: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// Whether it is underlined.
    pub underline: bool,
    /// Whether foreground and background are swapped.
    pub reverse: bool,
}

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    #[default]
    True,
    /// The 256 colours of xterm.
    Indexed,
    /// The terminal's own 16 colours.
    Sixteen,
    /// No colours.
    None,
}

impl Depth {
    /// The depth according to the environment variables `NO_COLOR`, `COLORTERM` and `TERM`.
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

/// The shipped themes, in the order in which the theme key cycles through them.
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

/// The key of the theme that a user's theme is laid over.
const BASE: &str = "base";

/// What a colour is: its parts, or one of these names.
const COLOURS: [&str; 18] = [
    "#rrggbb",
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

    /// Parses a user's theme, in the same TOML as the shipped ones. `base = "light"` names the
    /// theme that it is laid over; the default is `dark`.
    ///
    /// # Errors
    ///
    /// The text is not TOML, or has unknown roles, bases or colours: all of them, in their order.
    pub fn read(name: &str, file: &str, text: &str) -> Result<Self, Vec<ConfigError>> {
        let reading = faults::read::<BTreeMap<Role, Paint>>(file, text, "", BASE);
        let mut faults = reading.faults;
        let base = match reading.written.get(BASE) {
            None => "dark",
            Some(at) => {
                let base = at.get_ref().as_str().unwrap_or_default();
                if SHIPPED.iter().all(|(name, _)| *name != base) {
                    let known = SHIPPED.map(|(name, _)| format!("`{name}`")).join(", ");
                    faults.push(ConfigError {
                        file: file.to_owned(),
                        line: line_of(text, at.span().start),
                        reason: format!("unknown variant `{base}`, expected {known} in `{BASE}`"),
                    });
                }
                base
            }
        };
        if !faults.is_empty() {
            faults::sort(&mut faults);
            return Err(faults);
        }
        let mut theme = Self {
            name: name.to_owned(),
            ..Self::named(base)
        };
        theme.paints.extend(reading.value.unwrap_or_default());
        Ok(theme)
    }

    /// How `role` looks; the default if the theme does not say.
    pub fn paint(&self, role: Role) -> Paint {
        self.paints.get(&role).cloned().unwrap_or_default()
    }
}

fn colour<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(from)?;
    let hex = |h: &str| h.len() == 6 && h.chars().all(|c| c.is_ascii_hexdigit());
    let is_colour = match name.strip_prefix('#') {
        Some(parts) => hex(parts),
        None => COLOURS.contains(&&*name),
    };
    match is_colour {
        true => Ok(Some(name)),
        false => Err(D::Error::unknown_variant(&name, &COLOURS)),
    }
}

/// All available themes: the shipped ones, then the user's own.
#[derive(Clone, Debug, Default)]
pub struct Themes(Vec<Theme>);

impl Themes {
    /// The shipped themes and the user's own; one with the name of a shipped theme replaces it.
    pub fn with(own: Vec<Theme>) -> Self {
        Self(own)
    }

    /// The names, in the order in which the theme key cycles through them.
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

    /// The theme to use, from the setting, the terminal's background and its colour depth. With 16
    /// colours or none, themes with exact colours can't be used.
    pub fn choose(&self, setting: &ThemeChoice, light: Option<bool>, depth: Depth) -> Theme {
        match (depth, setting.name(), light) {
            (Depth::None, _, _) => Theme::named("mono"),
            (Depth::Sixteen, _, _) => Theme::named("terminal"),
            (_, Some(name), _) => self.named(name).unwrap_or_else(|| Theme::named(name)),
            (_, None, Some(true)) => Theme::named("light"),
            (_, None, Some(false)) => Theme::named("dark"),
            (_, None, None) => Theme::named("terminal"),
        }
    }

    /// The theme after the one called `now`.
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
