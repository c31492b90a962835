//! Settings that take one of a few words. Serde parses them, so that an unknown word is rejected
//! with a list of the valid ones, and the code matches on an enum.

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

/// `theme`: any word other than `auto` is the name of a theme, shipped or the user's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum ThemeChoice {
    /// A light or a dark theme, depending on the terminal's background.
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
    /// The theme's name; `None` for [`ThemeChoice::Auto`].
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Auto => None,
            Self::Named(name) => Some(name),
        }
    }
}

/// A feature that is on, off, or depends on what the terminal supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// Depends on what is known about the terminal.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl Switch {
    /// Whether the feature is on; `automatic` decides for [`Switch::Auto`].
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
    /// As measured by asking the terminal.
    #[default]
    Auto,
    /// One cell.
    Narrow,
    /// Two cells.
    Wide,
}

impl AmbiguousChoice {
    /// The width that was set; `None` if the terminal decides.
    pub fn width(self) -> Option<Ambiguous> {
        match self {
            Self::Auto => None,
            Self::Narrow => Some(Ambiguous::Narrow),
            Self::Wide => Some(Ambiguous::Wide),
        }
    }
}

/// `pictures.means`: the protocol for drawing pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureProtocol {
    /// The best that the terminal reports.
    #[default]
    Auto,
    /// kitty's graphics protocol with Unicode placeholders.
    Kitty,
    /// Sixel.
    Sixel,
    /// iTerm2's inline images.
    Iterm2,
    /// Half blocks in two colours, which every terminal can show.
    Blocks,
}

/// `summary.model.answer`: what the model may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelAnswer {
    /// Sentences of the article with words left out.
    #[default]
    Quote,
    /// Sentences of its own, each checked against the article.
    Free,
}

/// `speech.list`: how much of each article is read aloud when a whole list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListeningExtent {
    /// The headline.
    Title,
    /// Headline and summary.
    #[default]
    Short,
    /// The whole article.
    Full,
}

/// `scrap.form`: the format of exported scraps.
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

/// `list.start`: what is shown first, where nothing was named on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StartPage {
    /// 오늘의 신문 once there are three subscriptions, before that the list.
    #[default]
    Auto,
    /// 오늘의 신문.
    Front,
    /// The list of all articles.
    List,
}

/// `panes.layout`: how many panes are side by side.
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
    /// The list above the reader.
    Stacked,
    /// One at a time.
    One,
    /// The article alone, without bars.
    Zen,
}

/// `edition.form`: what an edition is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EditionForm {
    /// A book for reading systems (EPUB 3).
    #[default]
    Epub,
    /// Pages of A4.
    Pdf,
    /// One HTML page.
    Html,
    /// A folder of sound files.
    Audio,
}

impl EditionForm {
    /// The ending of its file's name; empty for a folder.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Audio => "",
        }
    }
}

/// `print.to`: where printed articles go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum PrintTarget {
    /// A printer if the system has one, else a PDF file.
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
