//! Settings that take one of a few words. Serde reads them, so a wrong word is refused with the
//! words that are allowed, and the code that uses a setting matches on a type.

use serde::{Deserialize, Serialize};

use crate::text::Ambiguous;

/// `language`: the language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LanguageChoice {
    /// Follow the locale in the environment.
    #[default]
    Auto,
    /// Korean.
    Ko,
    /// English.
    En,
}

/// `theme`: any word but `auto` is a theme's name, shipped or the reader's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum ThemeChoice {
    /// Light or dark, whichever the terminal's background is.
    #[default]
    Auto,
    /// The theme of this name.
    Named(String),
}

impl From<String> for ThemeChoice {
    fn from(word: String) -> Self {
        if word == "auto" {
            Self::Auto
        } else {
            Self::Named(word)
        }
    }
}

impl From<ThemeChoice> for String {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::Auto => "auto".to_owned(),
            ThemeChoice::Named(name) => name,
        }
    }
}

impl ThemeChoice {
    /// The theme's name, where one was given.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Auto => None,
            Self::Named(name) => Some(name),
        }
    }
}

/// A feature that is on, off, or left to what the terminal can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// Decided from what is known of the terminal.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl Switch {
    /// Whether the feature is on, where `automatic` answers for [`Switch::Auto`].
    pub fn is_on(self, automatic: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Auto => automatic(),
            Self::On => true,
            Self::Off => false,
        }
    }
}

/// `terminal.ambiguous`: the width of East Asian ambiguous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AmbiguousChoice {
    /// As the terminal answers when asked.
    #[default]
    Auto,
    /// One cell.
    Narrow,
    /// Two cells.
    Wide,
}

impl AmbiguousChoice {
    /// The width that was set; `None` where the terminal decides.
    pub fn width(self) -> Option<Ambiguous> {
        match self {
            Self::Auto => None,
            Self::Narrow => Some(Ambiguous::Narrow),
            Self::Wide => Some(Ambiguous::Wide),
        }
    }
}

/// `pictures.means`: the protocol that draws pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureProtocol {
    /// The best that the terminal says it understands.
    #[default]
    Auto,
    /// kitty's graphics protocol, placed by placeholder characters.
    Kitty,
    /// Sixel.
    Sixel,
    /// iTerm2's inline images.
    Iterm2,
    /// Half blocks in two colours, which every terminal shows.
    Blocks,
}

/// `speech.list`: how much of each article is read aloud when a list is listened to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListeningExtent {
    /// The headline.
    Title,
    /// Headline and short news.
    #[default]
    Short,
    /// The whole article.
    Full,
}

/// `scrap.form`: the format of files that scraps are exported to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ScrapFormat {
    /// Markdown with front matter.
    #[default]
    Md,
    /// HTML.
    Html,
    /// JSON.
    Json,
}

/// `panes.layout`: how many panes stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PaneLayout {
    /// As many as the screen's width allows.
    #[default]
    Auto,
    /// Sources, list and reader.
    Three,
    /// List and reader.
    Two,
    /// One at a time.
    One,
    /// The article alone, without bars.
    Zen,
}

/// `print.to`: where an article is printed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum PrintTarget {
    /// A printer where the system has one, else a PDF file.
    #[default]
    Auto,
    /// A PDF file.
    Pdf,
    /// A text file.
    Text,
    /// The printer of this name.
    Printer(String),
}

impl From<String> for PrintTarget {
    fn from(word: String) -> Self {
        match word.as_str() {
            "auto" => Self::Auto,
            "pdf" => Self::Pdf,
            "text" => Self::Text,
            _ => Self::Printer(word),
        }
    }
}

impl From<PrintTarget> for String {
    fn from(target: PrintTarget) -> Self {
        match target {
            PrintTarget::Auto => "auto".to_owned(),
            PrintTarget::Pdf => "pdf".to_owned(),
            PrintTarget::Text => "text".to_owned(),
            PrintTarget::Printer(name) => name,
        }
    }
}
