//! What can be asked of a dictionary.

use clap::Args;

/// `gisa word`.
#[derive(Debug, Args)]
pub struct WordArgs {
    /// The word, with its particles and endings.
    pub eojeol: String,
    /// The sentence that it stands in.
    #[arg(long, value_name = "TEXT")]
    pub sentence: Option<String>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gisa words`.
#[derive(Debug, Args)]
pub struct WordsArgs {
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// Write them into a file that Anki imports, a card for each.
    #[arg(long, value_name = "FILE.txt", conflicts_with = "json")]
    pub anki: Option<std::path::PathBuf>,
    /// Forget them all.
    #[arg(long, conflicts_with_all = ["json", "anki"])]
    pub forget: bool,
}
