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
pub const SHIPPED: [(&str, &str); 7] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("safe", include_str!("../../assets/themes/safe.toml")),
    ("safe-light", include_str!("../../assets/themes/safe-light.toml")),
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
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
        let (name, text) = SHIPPED.iter().find(|(n, _)| *n == name).unwrap_or(&SHIPPED[5]);
        Self { name: (*name).to_owned(), paints: toml::from_str(text).unwrap_or_default() }
    }

    /// A reader's own theme: TOML of the shipped themes' shape. `base = "light"` names the theme that it is laid over,
    /// `dark` where it names none.
    ///
    /// # Errors
    /// Not TOML, an unknown role, base or colour; with the line.
    pub fn read(name: &str, file: &str, text: &str) -> Result<Self, ConfigError> {
        let line_at = |byte: usize| text.get(..byte).map_or(0, |before| before.matches('\n').count() + 1);
        let wrong = |line: usize, reason: String| ConfigError { file: file.to_owned(), line, reason };
        let own: File = toml::from_str(text).map_err(|e| {
            let reason = e.message().lines().collect::<Vec<_>>().join(" ");
            let named = reason.split('`').nth(1).and_then(|word| text.find(word));
            let at = e.span().map(|s| s.start).filter(|at| *at > 0).or(named);
            wrong(at.map_or(0, line_at), reason)
        })?;
        let base = own.base.as_deref().unwrap_or("dark");
        if !SHIPPED.iter().any(|(n, _)| *n == base) {
            return Err(wrong(text.find("base").map_or(0, line_at), format!("base: \"{base}\"")));
        }
        let colours = own.paints.values().flat_map(|p| [&p.fg, &p.bg]).flatten();
        if let Some(colour) = colours.into_iter().find(|c| !is_colour(c)) {
            return Err(wrong(text.find(colour.as_str()).map_or(0, line_at), format!("\"{colour}\": #rrggbb")));
        }
        let mut theme = Self { name: name.to_owned(), ..Self::named(base) };
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
    name.strip_prefix('#').map_or_else(|| NAMES.contains(&name), hex)
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
        let own = self.0.iter().map(|t| t.name.clone()).filter(|n| !SHIPPED.iter().any(|(s, _)| s == n));
        shipped.chain(own).collect()
    }

    /// The theme of that name.
    pub fn named(&self, name: &str) -> Option<Theme> {
        let own = self.0.iter().find(|t| t.name == name).cloned();
        own.or_else(|| SHIPPED.iter().any(|(n, _)| *n == name).then(|| Theme::named(name)))
    }

    /// The theme for the setting, what is known of the terminal's ground, and the colours it shows. Without colours
    /// or with sixteen, themes made of exact colours are of no use.
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
        let at = names.iter().position(|n| n == now).map_or(0, |at| (at + 1) % names.len());
        self.named(&names[at]).unwrap_or_else(|| Theme::named(&names[at]))
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

    const ALL: [Role; 22] = [
        Role::Text,
        Role::Dim,
        Role::Title,
        Role::Subhead,
        Role::Heading,
        Role::Byline,
        Role::Caption,
        Role::Quote,
        Role::Link,
        Role::Mark,
        Role::Unread,
        Role::Read,
        Role::Selected,
        Role::SelectedAway,
        Role::Bar,
        Role::Key,
        Role::Border,
        Role::BorderFocus,
        Role::Notice,
        Role::Error,
        Role::Lit,
        Role::Popup,
    ];

    /// What is read at length, and what is chosen: 7:1 (WCAG 1.4.6). What is glanced at: 4.5:1. Lines: they may be faint.
    fn least(role: Role) -> f64 {
        match role {
            Role::Border | Role::BorderFocus => 1.0,
            Role::Dim | Role::Byline | Role::Read | Role::Link | Role::Mark | Role::Key => 4.5,
            Role::Notice | Role::Error => 4.5,
            _ => 7.0,
        }
    }

    /// A line a theme and role: the ratio on its own ground, the theme's where it has none.
    fn figures(name: &str) -> Vec<(Role, f64)> {
        let theme = Theme::named(name);
        let (ground, ink) = (theme.paint(Role::Text).bg.unwrap(), theme.paint(Role::Text).fg.unwrap());
        let ratio = |role: Role| {
            let paint = theme.paint(role);
            contrast(paint.fg.as_deref().unwrap_or(&ink), paint.bg.as_deref().unwrap_or(&ground))
        };
        ALL.iter().map(|role| (*role, ratio(*role))).collect()
    }

    #[test]
    fn every_role_of_the_themes_with_colours_of_their_own_reads() {
        let mut table = String::new();
        for name in ["dark", "light", "contrast", "safe", "safe-light"] {
            for (role, ratio) in figures(name) {
                assert!(ratio >= least(role), "{name} {role:?}: {ratio:.1}");
                table.push_str(&format!("{name:10} {:13} {ratio:5.1}\n", format!("{role:?}")));
            }
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("contrast", table);
        });
    }

    #[test]
    fn what_is_chosen_and_every_bar_reads_over_marks_and_keys_too() {
        for name in ["dark", "light", "contrast", "safe", "safe-light"] {
            let theme = Theme::named(name);
            let ink = |role: Role| theme.paint(role).fg.or(theme.paint(Role::Text).fg).unwrap();
            let ground = |role: Role| theme.paint(role).bg.unwrap();
            for (role, on) in [
                (Role::Unread, Role::SelectedAway),
                (Role::Text, Role::Popup),
                (Role::Key, Role::Popup),
                (Role::Dim, Role::Popup),
            ] {
                let fg = theme.paint(on).fg.filter(|_| on != Role::Popup).unwrap_or_else(|| ink(role));
                let ratio = contrast(&fg, &ground(on));
                assert!(ratio >= 4.5, "{name} {role:?} on {on:?}: {ratio:.1}");
            }
        }
    }

    /// Brightness as seen without one kind of cones (Viénot, Brettel and Mollon 1999), from linear light.
    fn seen_without(hex: &str, red_cones: bool) -> [f64; 3] {
        let linear = |i: usize| (f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0).powf(2.2);
        let (r, g, b) = (linear(1), linear(3), linear(5));
        let l = 17.8824 * r + 43.5161 * g + 4.11935 * b;
        let m = 3.45565 * r + 27.1554 * g + 3.86714 * b;
        let s = 0.0299566 * r + 0.184309 * g + 1.46709 * b;
        let (l, m) = if red_cones { (2.02344 * m - 2.52581 * s, m) } else { (l, 0.494207 * l + 1.24827 * s) };
        [
            0.080_944_447_9 * l - 0.130_504_409 * m + 0.116_721_066 * s,
            -0.010_248_533_5 * l + 0.054_019_326_6 * m - 0.113_614_708 * s,
            -0.000_365_296_938 * l - 0.004_121_614_69 * m + 0.693_511_405 * s,
        ]
    }

    #[test]
    fn good_and_bad_news_differ_for_eyes_without_red_or_green_cones() {
        for name in ["safe", "safe-light"] {
            let theme = Theme::named(name);
            let [good, bad, lit] = [Role::Notice, Role::Error, Role::Lit].map(|r| theme.paint(r).bg.unwrap());
            for red in [true, false] {
                for (a, b) in [(&good, &bad), (&good, &lit)] {
                    let (a, b) = (seen_without(a, red), seen_without(b, red));
                    let apart: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart > 0.2, "{name}: {apart:.2}");
                }
            }
        }
    }

    #[test]
    fn a_theme_of_ones_own_says_only_what_differs_and_is_refused_with_its_line() {
        let mine = Theme::read("mine", "mine.toml", "base = \"light\"\nlink = { fg = \"#123456\" }\n").unwrap();
        assert_eq!(mine.paint(Role::Link).fg.as_deref(), Some("#123456"));
        assert_eq!(mine.paint(Role::Text), Theme::named("light").paint(Role::Text));
        for (text, line, word) in [
            ("\ntxet = { fg = \"#000000\" }\n", 2, "txet"),
            ("text = { fg = \"#00000\" }\n", 1, "#00000"),
            ("dim = {}\ntext = { fg = \"rot\" }\n", 2, "rot"),
            ("base = \"blue\"\n", 1, "blue"),
            ("text = {\n", 1, ""),
        ] {
            let error = Theme::read("x", "x.toml", text).unwrap_err();
            assert!(error.line == line && error.reason.contains(word), "{text:?}: {error}");
        }
        let themes = Themes::with(vec![mine]);
        assert_eq!(themes.names().last().map(String::as_str), Some("mine"));
        assert_eq!((themes.after("mono").name, themes.after("mine").name), ("mine".to_owned(), "dark".to_owned()));
    }
}
