//! What can be typed about what publishers rewrote.

use clap::Args;

/// `gisa changes`.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// Compare two versions of an article instead: each an address, a file, a directory or -.
    #[arg(long, required = true, num_args = 2, value_names = ["OLD", "NEW"])]
    pub between: Option<Vec<String>>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}
