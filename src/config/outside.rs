//! Settings of what comes in as a picture, and of what is kept, printed or sent.

use std::collections::BTreeMap;

use serde::Deserialize;

/// 스크랩.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scrap {
    /// Pictures are kept with the article.
    pub pictures: bool,
    /// A folder of plain files that follows the scraps; empty for none.
    pub mirror: String,
    /// Form of files where none is named: `md`, `html` or `json`.
    pub form: String,
    /// Where scraps are exported to; `gisa` in the reader's documents where empty.
    pub folder: String,
}

/// 인쇄.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// `auto`, `pdf`, `text`, or a printer's name.
    pub to: String,
    /// Where PDFs and text files go; `gisa` in the reader's documents where empty.
    pub folder: String,
}

/// Where an article can be sent.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Where files are saved; the reader's downloads where empty.
    pub folder: String,
    /// Program and arguments that mail; the system's where empty.
    pub mail: Vec<String>,
    /// Programs and arguments by their names in the menu.
    pub commands: BTreeMap<String, Vec<String>>,
}

/// Pictures.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pictures {
    /// `auto`, `on` or `off`.
    pub show: String,
    /// `auto` or how they are drawn.
    pub means: String,
    /// Most rows of one, percent of the pane.
    pub height: u8,
    /// Limit of one file in megabytes.
    pub max_mb: u16,
    /// Limit of one picture in millions of pixels.
    pub max_megapixels: u16,
    /// Megabytes of pictures kept on disk.
    pub cache_mb: u16,
    /// Program and arguments that show one; the system's where empty.
    pub viewer: Vec<String>,
}

impl Pictures {
    /// Keys, what each may be, and whether it is.
    pub(super) fn rules(&self) -> [(&'static str, &'static str, bool); 6] {
        let means = ["auto", "kitty", "sixel", "iterm2", "blocks"];
        [
            (
                "show",
                "auto, on, off",
                ["auto", "on", "off"].contains(&self.show.as_str()),
            ),
            (
                "means",
                "auto, kitty, sixel, iterm2, blocks",
                means.contains(&self.means.as_str()),
            ),
            ("height", "10..100", (10..=100).contains(&self.height)),
            ("max_mb", "1..100", (1..=100).contains(&self.max_mb)),
            (
                "max_megapixels",
                "1..400",
                (1..=400).contains(&self.max_megapixels),
            ),
            ("cache_mb", "0..10000", self.cache_mb <= 10_000),
        ]
    }
}
