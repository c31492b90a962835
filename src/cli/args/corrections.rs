//! What can be typed about what publishers rewrote.

use clap::Args;

/// `gisa changes`.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// Of which articles of the library, in the reader's query language; of all without it.
    pub query: Vec<String>,
    /// Compare two versions of an article instead: each an address, a file, a directory or -.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "query")]
    pub between: Option<Vec<String>>,
    /// So many articles at most.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// As JSON: one object for two versions, one a line for articles of the library.
    #[arg(long)]
    pub json: bool,
    /// With --json: show passwords and tokens of addresses too.
    #[arg(long, requires = "json")]
    pub secrets: bool,
}
