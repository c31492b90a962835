//! The settings of `assets/config.toml`, typed: one struct for each of its tables. What each
//! setting does and which values it takes is written there; the ranges of numbers are checked in
//! [`super::load`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Table;

use super::choices::{
    AmbiguousChoice, LanguageChoice, ListeningExtent, PaneLayout, PictureProtocol, PrintTarget,
    ScrapFormat, Switch, ThemeChoice,
};
use crate::text::{Breaking, Mechanism, TextSize};

/// The default keys.
pub const DEFAULT_KEYS: &str = include_str!("../../assets/keys.toml");

/// Key → action name in the order of the file, by context. The order matters: hints show the first
/// key of an action.
pub type KeyTable = BTreeMap<String, Table>;

/// All settings.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The language of the interface.
    pub language: LanguageChoice,
    /// The colours.
    pub theme: ThemeChoice,
    /// How articles are set.
    pub reading: ReadingSettings,
    /// The short news.
    pub summary: SummarySettings,
    /// 오늘의 이슈.
    pub issues: IssueSettings,
    /// 뉴스듣기.
    pub speech: SpeechSettings,
    /// The panes side by side.
    pub panes: PaneSettings,
    /// 스크랩.
    pub scrap: ScrapSettings,
    /// 인쇄.
    pub print: PrintSettings,
    /// Pictures in the text.
    pub pictures: PictureSettings,
    /// Where an article can be sent.
    pub share: ShareSettings,
    /// The list pane.
    pub list: ListSettings,
    /// How long articles are kept.
    pub library: LibrarySettings,
    /// What the terminal may be asked to do.
    pub terminal: TerminalSettings,
    /// The network.
    pub network: NetworkSettings,
    /// The user's keys, laid over `assets/keys.toml`.
    #[serde(default)]
    pub keys: KeyTable,
}

/// How articles are set.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingSettings {
    /// The text size until the reader changes it with a key.
    pub size: TextSize,
    /// The longest line, in cells.
    pub measure: u16,
    /// Where lines may break.
    pub breaking: Breaking,
    /// Blank lines between paragraphs.
    pub paragraph_gap: u8,
    /// Blank lines between lines.
    pub line_gap: u8,
    /// First-line indent in cells.
    pub first_indent: u8,
    /// Whether lines are justified.
    pub justify: bool,
    /// Whether ▲ items written in a row inside one paragraph become a list.
    pub split_bullets: bool,
}

/// The short news.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SummarySettings {
    /// The number of sentences.
    pub sentences: u8,
    /// A language model that writes it on request.
    pub model: LanguageModel,
}

/// A language model behind an OpenAI-compatible chat endpoint. Holds no secret: only where the key
/// is to be had.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageModel {
    /// Address up to, but not including, `/chat/completions`; empty for none.
    pub url: String,
    /// The model's name there.
    pub model: String,
    /// The environment variable that holds the key; empty for none.
    pub key_env: String,
    /// Program and arguments that print the key on their first line; empty for none.
    pub key_command: Vec<String>,
    /// Seconds to wait for the first word.
    pub first_word: u16,
    /// Seconds to wait for the whole answer.
    pub timeout: u16,
    /// The answer's limit in tokens.
    pub max_tokens: u32,
}

impl LanguageModel {
    /// Whether the settings name a model at all.
    pub fn is_set(&self) -> bool {
        !self.url.trim().is_empty() && !self.model.trim().is_empty()
    }
}

/// 오늘의 이슈.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct IssueSettings {
    /// Articles that appeared more than this many hours apart are never one issue.
    pub hours: u16,
}

/// 뉴스듣기.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SpeechSettings {
    /// Program and arguments that speak; empty for the system's speech program.
    pub command: Vec<String>,
    /// Percent of the voice's own rate.
    pub rate: u16,
    /// How much of each article is read when a list is listened to.
    pub list: ListeningExtent,
}

/// The panes side by side.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PaneSettings {
    /// How many panes stand side by side.
    pub layout: PaneLayout,
    /// Width of the sources pane, percent of the screen.
    pub sources_width: u8,
}

/// 스크랩.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ScrapSettings {
    /// Whether an article's pictures are kept with its scrap.
    pub pictures: bool,
    /// A folder of plain files that is kept in step with the scraps; empty for none.
    pub mirror: String,
    /// The format of exported files where the command names none.
    pub form: ScrapFormat,
    /// Where scraps are exported to; empty for `gisa` in the user's documents.
    pub folder: String,
}

/// 인쇄.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PrintSettings {
    /// A printer or a kind of file.
    pub to: PrintTarget,
    /// Where PDF and text files go; empty for `gisa` in the user's documents.
    pub folder: String,
}

/// Pictures in the text.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSettings {
    /// Whether pictures are shown from the start.
    pub show: Switch,
    /// How they are drawn.
    pub means: PictureProtocol,
    /// The tallest picture, in percent of the pane's rows.
    pub height: u8,
    /// Limit of one file in megabytes.
    pub max_mb: u16,
    /// Limit of one picture in millions of pixels.
    pub max_megapixels: u16,
    /// Megabytes of pictures kept on disk.
    pub cache_mb: u16,
    /// Program and arguments that open a picture; empty for the system's own.
    pub viewer: Vec<String>,
}

/// Where an article can be sent.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ShareSettings {
    /// Where articles are saved as files; empty for the user's downloads.
    pub folder: String,
    /// Program and arguments that write a mail; empty for the system's own.
    pub mail: Vec<String>,
    /// Programs with arguments, by their names in the menu.
    pub commands: BTreeMap<String, Vec<String>>,
}

/// The list pane.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ListSettings {
    /// Lines of a row: 1, 2, or 3 with the first line of the short news.
    pub lines: u8,
    /// Width of the pane, percent of the screen.
    pub width: u8,
    /// Whether opening an article marks it as read.
    pub read_on_open: bool,
}

/// How long articles are kept. Scraps, and what was marked as unread by hand, always stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LibrarySettings {
    /// Days that articles are kept; 0 for ever.
    pub keep_days: u32,
    /// Megabytes that the library may take; 0 for no limit.
    pub keep_megabytes: u32,
    /// Whether articles that were never read are removed too.
    pub forget_unread: bool,
}

/// What the terminal may be asked to do.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TerminalSettings {
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The width of East Asian ambiguous characters.
    pub ambiguous: AmbiguousChoice,
    /// How large letters are drawn.
    pub letters: Mechanism,
    /// Whether links in the text are sent to the terminal (OSC 8).
    pub links: Switch,
}

/// The network.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkSettings {
    /// Never use it.
    pub offline: bool,
    /// Limit of one page in megabytes.
    pub page_limit: u16,
    /// Seconds to wait for an answer.
    pub timeout: u16,
    /// Whether redirects and links of public sites are followed into the user's own network.
    pub home_servers: bool,
    /// Whether the pages of unread articles are fetched after a refresh.
    pub fetch_ahead: bool,
    /// Minutes between automatic refreshes; 0 for none.
    pub refresh_every: u16,
}

impl Config {
    /// All settings as TOML, which reads back as the same settings.
    ///
    /// # Errors
    /// A value that TOML can't write. The settings hold none, as a test shows.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
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
