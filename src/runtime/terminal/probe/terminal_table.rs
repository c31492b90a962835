//! What terminals can't be asked, looked up by name and version in `assets/terminals.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::AlertMeans;

/// What a terminal is known to do well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TerminalFeatures {
    /// Draws sextants (U+1FB00…) without gaps.
    pub(crate) sextants: bool,
    /// Draws octants (U+1CD00…) without gaps.
    pub(crate) octants: bool,
    /// Takes block characters from the font, which leaves gaps with most Korean fonts.
    pub(crate) seams: bool,
    /// Shows kitty's graphics by placeholder characters.
    pub(crate) placeholders: bool,
    /// Shows iTerm2's inline files.
    pub(crate) inline: bool,
    /// Knows links in text (OSC 8).
    pub(crate) links: bool,
    /// Puts text on the clipboard (OSC 52) unless it is set not to.
    pub(crate) clipboard: bool,
    /// The sequence by which it alerts.
    pub(crate) alerts: Option<AlertMeans>,
}

/// The table, parsed once. `None` if it is invalid, which a test excludes.
static TABLE: LazyLock<Option<TerminalTable>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../assets/terminals.toml")).ok());

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TerminalTable {
    terminal: Vec<TerminalEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TerminalEntry {
    name: String,
    sextants: Option<String>,
    octants: Option<String>,
    #[serde(default)]
    seams: bool,
    placeholders: Option<String>,
    inline: Option<String>,
    links: Option<String>,
    clipboard: Option<String>,
    alerts: Option<AlertMeans>,
}

/// The features of the terminal with this `name`, such as `kitty(0.41.1)` or `Konsole 24.12.1`.
/// `version` is used where the name has none. A terminal that is not in the table has no features.
pub(crate) fn known(name: &str, version: Option<&str>) -> TerminalFeatures {
    let name = name.to_lowercase();
    let entries = TABLE.iter().flat_map(|table| &table.terminal);
    let Some(entry) = entries
        .into_iter()
        .find(|entry| name.starts_with(&entry.name))
    else {
        return TerminalFeatures::default();
    };
    let answered = numbers(&name[entry.name.len()..]);
    let version = if answered.is_empty() {
        version.map(numbers).unwrap_or_default()
    } else {
        answered
    };
    let since = |first: &Option<String>| {
        first
            .as_deref()
            .is_some_and(|first| first == "0" || version >= numbers(first))
    };
    TerminalFeatures {
        sextants: since(&entry.sextants),
        octants: since(&entry.octants),
        seams: entry.seams,
        placeholders: since(&entry.placeholders),
        inline: since(&entry.inline),
        links: since(&entry.links),
        clipboard: since(&entry.clipboard),
        alerts: entry.alerts,
    }
}

/// The numbers of the first dotted run of digits: `(0.41.1)` → 0, 41, 1.
fn numbers(version: &str) -> Vec<u64> {
    let start = version
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(version.len());
    let digits = version[start..]
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .next()
        .unwrap_or_default();
    digits
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_versions_are_compared_as_numbers() {
        let all = TerminalFeatures {
            sextants: true,
            octants: true,
            ..TerminalFeatures::default()
        };
        let sextants = TerminalFeatures {
            sextants: true,
            ..TerminalFeatures::default()
        };
        let none = TerminalFeatures::default();
        let cases = [
            ("kitty(0.41.1)", None, all),
            ("kitty(0.26.5)", None, sextants),
            ("foot(1.21.0)", None, all),
            ("foot(1.9.2)", None, sextants),
            ("kitty", None, sextants),
            ("ghostty 1.2.0-main", None, all),
            ("VTE(8401)", None, all),
            ("VTE(7000)", None, sextants),
            ("Konsole 26.08.2", None, sextants),
            ("WezTerm 20240203-110809-5046fc22", None, sextants),
            ("alacritty", Some("0.25.0"), sextants),
            ("alacritty", Some("0.17.0"), none),
            ("alacritty", None, none),
            (
                "XTerm(398)",
                None,
                TerminalFeatures {
                    seams: true,
                    ..none
                },
            ),
            ("xterm-256color", None, none),
            ("tmux 3.5a", None, none),
            ("", None, none),
        ];
        for (name, version, expected) in cases {
            let letters = |k: TerminalFeatures| TerminalFeatures {
                placeholders: false,
                inline: false,
                links: false,
                clipboard: false,
                alerts: None,
                ..k
            };
            assert_eq!(letters(known(name, version)), expected, "{name}");
        }
    }

    #[test]
    fn pictures_and_links_are_known_by_version() {
        let cases = [
            ("kitty(0.41.1)", (true, false, true)),
            ("kitty(0.26.5)", (false, false, true)),
            ("ghostty 1.2.0", (true, false, true)),
            ("WezTerm 20240203", (false, true, true)),
            ("iTerm2 3.5.10", (false, true, true)),
            ("foot(1.21.0)", (false, false, true)),
            ("XTerm(398)", (false, false, false)),
            ("linux", (false, false, false)),
        ];
        for (name, expected) in cases {
            let k = known(name, None);
            assert_eq!((k.placeholders, k.inline, k.links), expected, "{name}");
        }
    }
}
