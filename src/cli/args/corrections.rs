//! What can be typed about what publishers rewrote.

use clap::Args;

/// `gisa changes`.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// Which articles in the library, as a query. If left out, all.
    pub query: Vec<String>,
    /// Compare two versions of an article instead. Each is an address, a file, a folder, or - for
    /// standard input.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "query")]
    pub between: Option<Vec<String>>,
    /// At most this many articles.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print JSON: one object for two versions, one per line for articles in the library.
    #[arg(long)]
    pub json: bool,
    /// With --json: also show passwords and tokens in addresses.
    #[arg(long, requires = "json")]
    pub secrets: bool,
}
