//! What can be asked of a dictionary.

use clap::Args;

/// `gisa word`.
#[derive(Debug, Args)]
pub struct WordArgs {
    /// The word as it stands, with its particles and endings.
    pub eojeol: String,
    /// The sentence it stands in.
    #[arg(long, value_name = "TEXT")]
    pub sentence: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gisa words`.
#[derive(Debug, Args)]
pub struct WordsArgs {
    /// Print JSON, one object per line.
    #[arg(long)]
    pub json: bool,
    /// Write a card for each to a file that Anki can import.
    #[arg(long, value_name = "FILE.txt", conflicts_with = "json")]
    pub anki: Option<std::path::PathBuf>,
    /// Delete them all.
    #[arg(long, conflicts_with_all = ["json", "anki"])]
    pub forget: bool,
}
