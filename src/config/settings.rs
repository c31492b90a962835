//! The typed settings of `assets/config.toml`, one struct for each table. That file explains what
//! each setting does and which values it takes; [`super::load`] checks the ranges of numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Table;

use super::choices::{
    AmbiguousChoice, EditionForm, LanguageChoice, ListeningExtent, ModelAnswer, PaneLayout,
    PictureProtocol, PrintTarget, ScrapFormat, StartPage, Switch, ThemeChoice,
};
use super::feed_settings::FeedBook;
use super::places::Places;
use super::rules::{AlertSettings, RuleBook, RuleSettings};
use super::sources::LocalSource;
use crate::news::address::without_secrets;
use crate::text::{Breaking, Mechanism, TextSize};

/// The default key bindings.
pub const DEFAULT_KEYS: &str = include_str!("../../assets/keys.toml");

/// Key to action name, in the order of the file, by context. The order matters because hints show
/// the first key of an action.
pub type KeyTable = BTreeMap<String, Table>;

/// All settings.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The language of the interface.
    pub language: LanguageChoice,
    /// The theme.
    pub theme: ThemeChoice,
    /// How articles are laid out.
    pub reading: ReadingSettings,
    /// 숏뉴스, the summary of an article.
    pub summary: SummarySettings,
    /// 오늘의 이슈, stories told by several publishers.
    pub issues: IssueSettings,
    /// 뉴스듣기, reading aloud.
    pub speech: SpeechSettings,
    /// The arrangement of the panes.
    pub panes: PaneSettings,
    /// Scraps: their pictures, mirror folder and export.
    pub scrap: ScrapSettings,
    /// Printing.
    pub print: PrintSettings,
    /// 오늘의 신문.
    pub edition: EditionSettings,
    /// Pictures in the text.
    pub pictures: PictureSettings,
    /// Ways to send an article.
    pub share: ShareSettings,
    /// The list pane.
    pub list: ListSettings,
    /// How long articles are kept.
    pub library: LibrarySettings,
    /// What the terminal may be asked to do.
    pub terminal: TerminalSettings,
    /// The network.
    pub network: NetworkSettings,
    /// Syncing with a server.
    pub sync: SyncSettings,
    /// What is done with articles when they arrive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleSettings>,
    /// How rules alert the user.
    pub alerts: AlertSettings,
    /// User names and passwords by host, or by scheme and host.
    #[serde(default)]
    pub feeds: BTreeMap<String, FeedLogin>,
    /// Sources without a feed on the web, by their names.
    #[serde(default)]
    pub sources: BTreeMap<String, LocalSource>,
    /// Settings of single subscriptions. Not in this file: they have one of their own.
    #[serde(skip)]
    pub feed_book: FeedBook,
    /// Subscribers' logins by site.
    #[serde(default)]
    pub login: BTreeMap<String, SiteLogin>,
    /// The user's key bindings, laid over `assets/keys.toml`.
    #[serde(default)]
    pub keys: KeyTable,
    /// Where the user's file sets what.
    #[serde(skip)]
    pub places: Places,
}

/// How articles are laid out.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingSettings {
    /// The text size until the reader changes it with a key.
    pub size: TextSize,
    /// The font of letters that are drawn as pictures: the name of a family, or a file; empty for a
    /// Korean one of the system.
    pub font: String,
    /// The longest line of text, in cells.
    pub measure: u16,
    /// Where lines may break.
    pub breaking: Breaking,
    /// Blank rows between paragraphs.
    pub paragraph_gap: u8,
    /// Blank rows between lines.
    pub line_gap: u8,
    /// First-line indent in cells.
    pub first_indent: u8,
    /// Whether lines are justified to end at the same column.
    pub justify: bool,
    /// Whether the screen is linear, for screen readers and braille displays.
    pub linear: bool,
    /// Whether ▲ items written in a row inside one paragraph become a list.
    pub split_bullets: bool,
}

/// 숏뉴스, the summary of an article.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SummarySettings {
    /// The number of sentences in a summary.
    pub sentences: u8,
    /// The language model that summarises on request.
    pub model: LanguageModel,
}

/// A language model behind an OpenAI-compatible chat endpoint. The settings hold no secret, only
/// where to find the API key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageModel {
    /// The address without `/chat/completions`; empty if there is no model.
    pub url: String,
    /// The name of the model at that endpoint.
    pub model: String,
    /// The environment variable that holds the API key; empty for none.
    pub key_env: String,
    /// The command that prints the API key on its first line, as program and arguments; empty for
    /// none.
    pub key_command: Vec<String>,
    /// Seconds to wait for the first word of the answer.
    pub first_word: u16,
    /// Seconds to wait for the whole answer.
    pub timeout: u16,
    /// The longest answer, in tokens.
    pub max_tokens: u32,
    /// Whether the model may only shorten the article's sentences, or write its own.
    pub answer: ModelAnswer,
}

impl LanguageModel {
    /// Whether a model is configured.
    pub fn is_set(&self) -> bool {
        !self.url.trim().is_empty() && !self.model.trim().is_empty()
    }
}

/// 오늘의 이슈, stories told by several publishers.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct IssueSettings {
    /// Articles published more than this many hours apart are never grouped into one issue.
    pub hours: u16,
}

/// 뉴스듣기, reading aloud.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SpeechSettings {
    /// The speech command, as program and arguments; empty for the system's speech program.
    pub command: Vec<String>,
    /// The command that writes speech into a WAV file, as program and arguments; empty for the
    /// system's speech program.
    pub file_command: Vec<String>,
    /// The rate in percent of the voice's normal one.
    pub rate: u16,
    /// How much of each article is read when a whole list is.
    pub list: ListeningExtent,
}

/// The arrangement of the panes.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PaneSettings {
    /// How many panes are side by side.
    pub layout: PaneLayout,
    /// Width of the sources pane, in percent of the screen.
    pub sources_width: u8,
}

/// Scraps: their pictures, mirror folder and export.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ScrapSettings {
    /// Whether an article's pictures are stored with its scrap.
    pub pictures: bool,
    /// A folder in which every scrap is mirrored as a plain file; empty for none.
    pub mirror: String,
    /// The format of exported files, unless the command names one.
    pub form: ScrapFormat,
    /// The folder that scraps are exported to; empty for `gisa` in the user's documents.
    pub folder: String,
}

/// Printing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PrintSettings {
    /// The printer or the kind of file to print to.
    pub to: PrintTarget,
    /// The folder for PDF and text files; empty for `gisa` in the user's documents.
    pub folder: String,
}

/// 오늘의 신문: articles to take along.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EditionSettings {
    /// The form in which the reader writes it.
    pub form: EditionForm,
    /// The folder that the reader writes it to; empty for `gisa` in the user's documents.
    pub folder: String,
    /// The largest number of articles.
    pub articles: u16,
    /// Whether pictures are taken along.
    pub pictures: bool,
    /// The command that sends it on, as program and arguments.
    pub send: Vec<String>,
}

/// Pictures in the text.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSettings {
    /// Whether pictures are shown at the start.
    pub show: Switch,
    /// The protocol for drawing them.
    pub means: PictureProtocol,
    /// The greatest height of a picture, in percent of the pane's rows.
    pub height: u8,
    /// The largest picture file, in megabytes.
    pub max_mb: u16,
    /// The largest picture, in millions of pixels.
    pub max_megapixels: u16,
    /// The size of the picture cache on disk, in megabytes.
    pub cache_mb: u16,
    /// The command that opens a picture, as program and arguments; empty for the system's viewer.
    pub viewer: Vec<String>,
}

/// Ways to send an article.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ShareSettings {
    /// The folder that articles are saved to; empty for the user's downloads.
    pub folder: String,
    /// The command that writes a mail, as program and arguments; empty for the system's mail
    /// program.
    pub mail: Vec<String>,
    /// The command that plays a recording or film, as program and arguments; empty for the browser.
    pub player: Vec<String>,
    /// Further commands, as program and arguments, by their names in the menu.
    pub commands: BTreeMap<String, Vec<String>>,
}

/// The list pane.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ListSettings {
    /// Lines in each row: 1, 2, or 3, the third being the first line of the summary.
    pub lines: u8,
    /// Width of the pane, in percent of the screen.
    pub width: u8,
    /// Whether opening an article marks it as read.
    pub read_on_open: bool,
    /// What the program shows first.
    pub start: StartPage,
}

/// How long articles are kept. Scraps, and articles marked as unread by hand, are never removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LibrarySettings {
    /// Days that articles are kept; 0 for no limit.
    pub keep_days: u32,
    /// The largest size of the library in megabytes; 0 for no limit.
    pub keep_megabytes: u32,
    /// Whether unread articles are removed as well.
    pub forget_unread: bool,
}

/// Which features of the terminal are used.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TerminalSettings {
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// The width of East Asian ambiguous characters.
    pub ambiguous: AmbiguousChoice,
    /// The mechanism for drawing large letters.
    pub letters: Mechanism,
    /// Whether links are sent to the terminal as hyperlinks (OSC 8).
    pub links: Switch,
}

/// The network.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkSettings {
    /// Whether the network is never used.
    pub offline: bool,
    /// The largest page, in megabytes.
    pub page_limit: u16,
    /// Seconds to wait for an answer.
    pub timeout: u16,
    /// Whether redirects and links from public sites may lead into the user's own network.
    pub home_servers: bool,
    /// Whether a refresh also fetches the pages of unread articles.
    pub fetch_ahead: bool,
    /// Megabytes that recordings and films fetched ahead may take in all.
    pub downloads_mb: u32,
    /// Whether opening an article of which the feed gave only the beginning fetches its page.
    pub fetch_on_open: bool,
    /// Minutes between automatic refreshes; 0 for none.
    pub refresh_every: u16,
    /// The address of the proxy; `auto` for that of the environment, `none` for none.
    pub proxy: String,
    /// Hosts that are asked without the proxy: a name, `*.` and a name, or `*`.
    pub no_proxy: Vec<String>,
}

/// Syncing with a server, whose address and user name are those of `gisa sync login`, and through a
/// folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SyncSettings {
    /// Whether a refresh in the reader syncs too.
    pub with_refresh: bool,
    /// Whether new subscriptions are made on the server too.
    pub new_feeds: bool,
    /// Whether an article that is starred on the server becomes a scrap.
    pub scrap_starred: bool,
    /// The command that prints the password on its first line, as program and arguments; empty
    /// where the password is stored at the login.
    pub password_command: Vec<String>,
    /// The folder through which machines keep in step; empty for none.
    pub folder: String,
    /// The command that prints the passphrase of what lies in the folder, as program and arguments;
    /// empty where it lies there openly.
    pub key_command: Vec<String>,
    /// Whether an account is set up. Not in the file: it is found out when the program starts.
    #[serde(skip)]
    pub has_account: bool,
}

/// The user name and password for a host, for feeds and pages that need them. The settings hold no
/// secret, only where to find it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FeedLogin {
    /// The user name; empty where only a password is needed.
    #[serde(default)]
    pub user: String,
    /// The command that prints the password on its first line, as program and arguments.
    pub password_command: Vec<String>,
}

/// A subscriber's login, which goes to one site alone, by https alone.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteLogin {
    /// The command that prints the value of a `Cookie` header on its first line, as program and
    /// arguments; empty for none.
    pub cookie_command: Vec<String>,
    /// A header with its value, as `Name: value`; empty for none. A secret.
    pub header: String,
    /// The path of a file with cookies in the form of Netscape's cookies.txt; empty for none.
    pub cookies: String,
}

impl std::fmt::Debug for SiteLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SiteLogin")
            .field("cookie_command", &self.cookie_command)
            .field("cookies", &self.cookies)
            .finish_non_exhaustive()
    }
}

impl SiteLogin {
    /// The login with the value of its header masked.
    fn masked(&self) -> Self {
        let name = self.header.split(':').next().unwrap_or_default();
        let header = match self.header.is_empty() {
            true => String::new(),
            false => format!("{name}: ***"),
        };
        Self {
            header,
            ..self.clone()
        }
    }
}

impl Config {
    /// All settings as TOML, which parses back to the same settings, except that a proxy is shown
    /// without its user name and password, and a header of a login without its value.
    ///
    /// # Errors
    /// A value can't be written as TOML. A test shows that no setting has such a value.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let mut shown = self.clone();
        for login in shown.login.values_mut() {
            *login = login.masked();
        }
        shown.network.proxy = without_secrets(&self.network.proxy).into_owned();
        toml::to_string(&shown)
    }

    /// The rules for arriving articles, with what their alerts need.
    pub fn rule_book(&self) -> RuleBook {
        RuleBook {
            rules: self.rules.clone(),
            alerts: self.alerts.clone(),
            story_hours: self.issues.hours,
        }
    }

    /// The default key bindings with the user's laid over them.
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
