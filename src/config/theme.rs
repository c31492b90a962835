//! Themes as data: a role is what a thing is; a theme says how it looks.

use std::collections::BTreeMap;

use serde::Deserialize;

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
            (_, _, "xterm-kitty" | "foot" | "alacritty" | "xterm-ghostty" | "wezterm" | "contour") => Self::True,
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
pub const SHIPPED: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// The shipped theme of that name; `terminal` for any other.
    pub fn named(name: &str) -> Self {
        let (name, text) = SHIPPED.iter().find(|(n, _)| *n == name).unwrap_or(&SHIPPED[3]);
        Self { name: (*name).to_owned(), paints: toml::from_str(text).unwrap_or_default() }
    }

    /// How `role` looks; nothing special where the theme is silent.
    pub fn paint(&self, role: Role) -> Paint {
        self.paints.get(&role).cloned().unwrap_or_default()
    }

    /// The theme for the setting, what is known of the terminal's ground, and the colours it shows. Without colours
    /// or with sixteen, themes made of exact colours are of no use.
    pub fn choose(setting: &str, light_ground: Option<bool>, depth: Depth) -> Self {
        match (depth, setting, light_ground) {
            (Depth::None, _, _) => Self::named("mono"),
            (Depth::Sixteen, _, _) => Self::named("terminal"),
            (_, "auto", Some(true)) => Self::named("light"),
            (_, "auto", Some(false)) => Self::named("dark"),
            (_, "auto", None) => Self::named("terminal"),
            (_, name, _) => Self::named(name),
        }
    }

    /// The shipped theme after this one.
    pub fn next(&self) -> Self {
        let at = SHIPPED.iter().position(|(n, _)| *n == self.name).unwrap_or(0);
        Self::named(SHIPPED[(at + 1) % SHIPPED.len()].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |i: usize| {
            let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    /// WCAG 2.2 contrast ratio.
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_shipped_theme_paints_every_role() {
        for (name, text) in SHIPPED {
            let paints: BTreeMap<Role, Paint> = toml::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(paints.len(), 22, "{name}");
        }
    }

    #[test]
    fn text_reads_at_seven_to_one_or_better() {
        for name in ["dark", "light", "contrast"] {
            let theme = Theme::named(name);
            let ground = theme.paint(Role::Text).bg.unwrap();
            for role in [Role::Text, Role::Title, Role::Subhead, Role::Quote, Role::Caption, Role::Unread, Role::Popup]
            {
                let paint = theme.paint(role);
                let ratio = contrast(&paint.fg.unwrap(), paint.bg.as_deref().unwrap_or(&ground));
                assert!(ratio >= 7.0, "{name} {role:?}: {ratio:.1}");
            }
        }
    }

    #[test]
    fn even_faint_text_reads_at_four_and_a_half_to_one() {
        for name in ["dark", "light", "contrast"] {
            let theme = Theme::named(name);
            let ground = theme.paint(Role::Text).bg.unwrap();
            let fg = |r| theme.paint(r).fg.unwrap();
            for role in [Role::Dim, Role::Read, Role::Byline, Role::Link, Role::Mark, Role::Key] {
                assert!(contrast(&fg(role), &ground) >= 4.5, "{name} {role:?}");
            }
            for role in [Role::Bar, Role::Notice, Role::Error, Role::Lit] {
                assert!(contrast(&fg(role), &theme.paint(role).bg.unwrap()) >= 4.5, "{name} {role:?}");
            }
        }
    }
}
