//! Settings: TOML in, values out. The files in `assets/` are the defaults; a user's file is laid
//! over them.
//!
//! * [`settings`] – the settings, one struct for each table of the file
//! * [`choices`]  – settings that take one of a few words
//! * [`load`]     – parses and checks a user's file; `faults` – all that is wrong in one, `error` –
//!   one such thing; `places` – where its values stand; `proxy` – addresses of proxies
//! * [`sources`]  – sources without a feed on the web; [`feed_settings`] – settings of single
//!   subscriptions
//! * [`rules`]    – rules for arriving articles, and alerts
//! * [`words`]    – all texts of the interface, in Korean and English
//! * [`particle`] – the Korean particle that fits a word
//! * [`theme`]    – roles and their colours
//!
//! Nothing here reads a file: `runtime` and `cli` pass the text in.

pub mod choices;
mod error;
mod faults;
pub mod feed_settings;
pub mod load;
pub mod particle;
mod places;
mod proxy;
pub mod rules;
pub mod settings;
pub mod sources;
pub mod theme;
pub mod words;

pub use choices::{
    EditionForm, LanguageChoice, ListeningExtent, ModelAnswer, PaneLayout, PictureProtocol,
    PrintTarget, ScrapFormat, StartPage, Switch, ThemeChoice,
};
pub use error::ConfigError;
pub use feed_settings::{
    FeedBook, FeedSettings, SETTINGS, SettingError, SettingErrorKind, SourceBook,
};
pub use places::Places;
pub use rules::{AlertMeans, AlertSettings, QuietHours, RuleAct, RuleBook, RuleSettings, RuleStep};
pub use settings::{
    Config, EditionSettings, FeedLogin, LanguageModel, LibrarySettings, NetworkSettings,
    PictureSettings, PrintSettings, ScrapSettings, ShareSettings, SiteLogin, SpeechSettings,
    SyncSettings,
};
pub use sources::{LOCAL, LocalSource};
pub use theme::{Depth, Paint, Role, Theme, Themes};
pub use words::{Language, Words};
