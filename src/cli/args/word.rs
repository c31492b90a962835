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
