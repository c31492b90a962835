//! The settings of `assets/config.toml`, typed.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::outside::{Pictures, Print, Scrap, Share};
use super::summary::{Issues, Summary};
use crate::text::{Breaking, TextSize};

/// The defaults, commented: the same file that `gisa config init` writes.
pub const DEFAULT_CONFIG: &str = include_str!("../../assets/config.toml");
/// The default keys.
pub const DEFAULT_KEYS: &str = include_str!("../../assets/keys.toml");

/// Key → action name in the order of the file, by context. A key named first is the one that hints
/// show.
pub type KeyTable = BTreeMap<String, Table>;

/// All settings.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `auto`, `ko` or `en`.
    pub language: String,
    /// `auto` or a theme's name.
    pub theme: String,
    /// How articles are set.
    pub reading: Reading,
    /// The short news.
    pub summary: Summary,
    /// 오늘의 이슈.
    pub issues: Issues,
    /// 뉴스듣기.
    pub speech: Speech,
    /// The panes side by side.
    pub panes: Panes,
    /// 스크랩.
    pub scrap: Scrap,
    /// 인쇄.
    pub print: Print,
    /// Pictures.
    pub pictures: Pictures,
    /// Where an article can be sent.
    pub share: Share,
    /// The list pane.
    pub list: List,
    /// What is held, and for how long.
    pub library: Library,
    /// What the terminal may be asked to do.
    pub terminal: Terminal,
    /// The network.
    pub network: Network,
    /// Keys laid over `assets/keys.toml`.
    #[serde(default)]
    pub keys: KeyTable,
}

/// How articles are set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// First text size.
    pub size: TextSize,
    /// Measure in cells.
    pub measure: u16,
    /// Where lines may break.
    pub breaking: Breaking,
    /// Blank lines between paragraphs.
    pub paragraph_gap: u8,
    /// Blank lines between lines.
    pub line_gap: u8,
    /// First-line indent in cells.
    pub first_indent: u8,
    /// Justified lines.
    pub justify: bool,
    /// Inline ▲ runs as a list.
    pub split_bullets: bool,
}

/// 뉴스듣기.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// Program and arguments of a voice of the reader's own; the system's where empty.
    pub command: Vec<String>,
    /// Percent of the voice's own rate.
    pub rate: u16,
    /// What is read of each article of a list: `title`, `short` or `full`.
    pub list: String,
}

/// The panes side by side.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panes {
    /// `auto`, `three`, `two`, `one` or `zen`.
    pub layout: String,
    /// Percent of the screen's width for the sources.
    pub sources_width: u8,
}

/// The list pane.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Lines of a row: 1, 2, or 3 with the first line of its short news.
    pub lines: u8,
    /// Percent of the screen's width.
    pub width: u8,
    /// Opening marks as read.
    pub read_on_open: bool,
}

/// What is held, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    /// Days that articles are held; 0 for ever.
    pub keep_days: u32,
    /// Megabytes that the library may take; 0 for no limit.
    pub keep_megabytes: u32,
    /// Articles never read go as well.
    pub forget_unread: bool,
}

/// What the terminal may be asked to do.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terminal {
    /// Use the mouse.
    pub mouse: bool,
    /// `auto`, `narrow` or `wide`.
    pub ambiguous: String,
    /// `auto` or the mechanism for large letters.
    pub letters: String,
    /// Links told to the terminal: `auto`, `on` or `off`.
    pub links: String,
}

/// The network.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Never use it.
    pub offline: bool,
    /// Limit of one page in megabytes.
    pub page_limit: u16,
    /// Seconds to wait for an answer.
    pub timeout: u16,
    /// Addresses of the open network may lead into the reader's own.
    pub home_servers: bool,
    /// After a refresh, fetch the pages of what is unread.
    pub fetch_ahead: bool,
    /// Minutes between two refreshes that nobody asked for; 0 for none.
    pub refresh_every: u16,
}

/// What is wrong with a user's settings, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct ConfigError {
    /// The file's name as the user gave it.
    pub file: String,
    /// Line, from 1; 0 where it can't be told.
    pub line: usize,
    /// The parser's words, naming the key.
    pub reason: String,
}

impl Config {
    /// The defaults.
    pub fn standard() -> Self {
        // The embedded file is checked by a test; an empty user file can't make it fail.
        Self::with_user("", "")
            .unwrap_or_else(|_| unreachable!("assets/config.toml is checked by a test"))
    }

    /// The defaults with a user's file laid over them.
    ///
    /// # Errors
    /// Not TOML, an unknown key, a wrong type, or a number out of range; with the line.
    pub fn with_user(file: &str, text: &str) -> Result<Self, ConfigError> {
        let wrong = |e: &toml::de::Error| ConfigError {
            file: file.to_owned(),
            line: e.span().map_or(0, |s| line_of(text, s.start)),
            reason: e.message().lines().collect::<Vec<_>>().join(" "),
        };
        let user: Table = toml::from_str(text).map_err(|e| wrong(&e))?;
        let mut table: Table = toml::from_str(DEFAULT_CONFIG).map_err(|e| wrong(&e))?;
        lay_over(&mut table, user);
        let config: Self = table.try_into().map_err(|e: toml::de::Error| {
            let reason = e.to_string().lines().collect::<Vec<_>>().join(" ");
            ConfigError {
                file: file.to_owned(),
                line: line_of_key(text, &reason),
                reason,
            }
        })?;
        config.check().map_err(|(key, range)| ConfigError {
            file: file.to_owned(),
            line: line_of_key(text, &format!("`{key}`")),
            reason: format!("`{key}`: {range}"),
        })?;
        Ok(config)
    }

    /// The first value out of range: its key and what it may be.
    fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let r = &self.reading;
        let rules = [
            ("measure", "20..200", (20..=200).contains(&r.measure)),
            ("paragraph_gap", "0..3", r.paragraph_gap <= 3),
            ("line_gap", "0..2", r.line_gap <= 2),
            ("first_indent", "0..8", r.first_indent <= 8),
            (
                "sentences",
                "1..5",
                (1..=5).contains(&self.summary.sentences),
            ),
            (
                "summary.model.first_word",
                "1..600",
                (1..=600).contains(&self.summary.model.first_word),
            ),
            (
                "summary.model.timeout",
                "1..600",
                (1..=600).contains(&self.summary.model.timeout),
            ),
            (
                "summary.model.max_tokens",
                "50..4000",
                (50..=4000).contains(&self.summary.model.max_tokens),
            ),
            (
                "links",
                "auto, on, off",
                ["auto", "on", "off"].contains(&self.terminal.links.as_str()),
            ),
            ("rate", "50..300", (50..=300).contains(&self.speech.rate)),
            (
                "list",
                "title, short, full",
                ["title", "short", "full"].contains(&self.speech.list.as_str()),
            ),
            (
                "scrap.form",
                "md, html, json",
                ["md", "html", "json"].contains(&self.scrap.form.as_str()),
            ),
            ("hours", "1..336", (1..=336).contains(&self.issues.hours)),
            ("lines", "1..3", (1..=3).contains(&self.list.lines)),
            (
                "layout",
                "auto, three, two, one, zen",
                ["auto", "three", "two", "one", "zen"].contains(&self.panes.layout.as_str()),
            ),
            (
                "sources_width",
                "8..40",
                (8..=40).contains(&self.panes.sources_width),
            ),
            ("width", "20..60", (20..=60).contains(&self.list.width)),
            (
                "page_limit",
                "1..200",
                (1..=200).contains(&self.network.page_limit),
            ),
            (
                "refresh_every",
                "0..1440",
                self.network.refresh_every <= 1440,
            ),
            ("keep_days", "0..36500", self.library.keep_days <= 36_500),
            (
                "timeout",
                "1..300",
                (1..=300).contains(&self.network.timeout),
            ),
            (
                "language",
                "auto, ko, en",
                ["auto", "ko", "en"].contains(&self.language.as_str()),
            ),
            (
                "ambiguous",
                "auto, narrow, wide",
                ["auto", "narrow", "wide"].contains(&self.terminal.ambiguous.as_str()),
            ),
            (
                "letters",
                "auto, protocol, octants, sextants, blocks, braille, plain",
                [
                    "auto", "protocol", "octants", "sextants", "blocks", "braille", "plain",
                ]
                .contains(&self.terminal.letters.as_str()),
            ),
        ];
        rules
            .iter()
            .chain(&self.pictures.rules())
            .find(|(_, _, holds)| !holds)
            .map_or(Ok(()), |(key, range, _)| Err((key, range)))
    }

    /// The default keys with the user's laid over them.
    pub fn key_table(&self) -> KeyTable {
        let mut keys: KeyTable = toml::from_str(DEFAULT_KEYS).unwrap_or_default();
        for (context, table) in &self.keys {
            keys.entry(context.clone())
                .or_default()
                .extend(table.clone());
        }
        keys
    }
}

/// Lays `over` on `base`, table by table.
fn lay_over(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte)
        .map_or(0, |before| before.matches('\n').count() + 1)
}

/// The line that sets what `reason` is about: "unknown field `KEY` … in `TABLE`", "… in
/// `TABLE.KEY`", or "`KEY`" alone; 0 where none does.
fn line_of_key(text: &str, reason: &str) -> usize {
    let Some(first) = reason.split('`').nth(1) else {
        return 0;
    };
    let place = reason
        .rsplit_once(" in `")
        .map(|(_, place)| place.trim_end().trim_end_matches('`'));
    let wanted = match place {
        Some(table) if reason.starts_with("unknown field") => format!("{table}.{first}"),
        Some(key) => key.to_owned(),
        None => first.to_owned(),
    };
    let loose = place.is_none() && !reason.starts_with("unknown field");
    let mut table = String::new();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        let set = if let Some(header) = line.strip_prefix('[') {
            table = header
                .split(']')
                .next()
                .unwrap_or_default()
                .trim_start_matches('[')
                .trim()
                .to_owned();
            table == wanted || table.split('.').next() == Some(&wanted)
        } else {
            let key = line
                .split('=')
                .next()
                .unwrap_or_default()
                .trim()
                .replace('"', "");
            let path = if table.is_empty() {
                key.clone()
            } else {
                format!("{table}.{key}")
            };
            path == wanted || path.starts_with(&format!("{wanted}.")) || (loose && key == wanted)
        };
        if set {
            return number;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_defaults_parse() {
        let config = Config::standard();
        assert_eq!(config.reading.measure, 80);
        assert!(config.key_table().contains_key("reader"));
    }

    #[test]
    fn a_user_file_changes_only_what_it_names() {
        let config = Config::with_user("c", "[reading]\nmeasure = 60\n").unwrap();
        assert_eq!(config.reading.measure, 60);
        assert_eq!(config.summary, Config::standard().summary);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line_and_name() {
        let error = Config::with_user("c.toml", "theme = \"dark\"\n\n[reading]\nmesure = 60\n")
            .unwrap_err();
        assert_eq!(
            (error.line, error.reason.contains("mesure")),
            (4, true),
            "{error}"
        );
    }

    #[test]
    fn a_value_out_of_range_is_refused_with_its_line() {
        let error = Config::with_user("c.toml", "[summary]\nsentences = 9\n").unwrap_err();
        assert_eq!(error.to_string(), "c.toml:2: `sentences`: 1..5");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_with_its_line_in_its_own_table() {
        let user = "# width = 3\n[list]\nwidth = 30\n[reading]\nsize = \"huge\"\n";
        let error = Config::with_user("c.toml", user).unwrap_err();
        assert_eq!(
            (error.line, error.reason.contains("`reading.size`")),
            (5, true),
            "{error}"
        );
        for (user, line) in [
            ("[list]\nwidth = 30\n[reading]\nwidth = 30\n", 4),
            ("theme = \"dark\"\n\n[redaing]\n", 3),
            ("reading.justify = 1\n", 1),
            ("\nlist = 3\n", 2),
        ] {
            let error = Config::with_user("c.toml", user).unwrap_err();
            assert_eq!(error.line, line, "{error}");
        }
    }

    #[test]
    fn broken_toml_is_refused_with_its_line() {
        assert_eq!(
            Config::with_user("c", "a = 1\nb = = 2\n").unwrap_err().line,
            2
        );
    }
}
