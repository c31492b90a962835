//! What can be typed about queries that are kept, and about all that a query finds.

use clap::{Args, Subcommand};

use super::MarkAs;

/// `gisa saved`.
#[derive(Debug, Args)]
pub struct SavedArgs {
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// With how many articles each finds on each of the last N days, as bars; in JSON as numbers.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: Option<u16>,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<SavedAction>,
}

/// `gisa saved …`.
#[derive(Debug, Subcommand)]
pub enum SavedAction {
    /// Save a search; one of the same name is replaced.
    Add {
        /// What it is to be called.
        name: String,
        /// The query.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// Forget a saved search.
    Remove {
        /// What it is called.
        name: String,
    },
}

/// `gisa mute`.
#[derive(Debug, Args)]
pub struct MuteArgs {
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<MuteAction>,
}

/// `gisa mute …`.
#[derive(Debug, Subcommand)]
pub enum MuteAction {
    /// Hide what the query finds, now and from now on; scraps stay.
    Add {
        /// The query.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// Show it again.
    Remove {
        /// The query, as it is listed.
        #[arg(required = true)]
        query: Vec<String>,
    },
}

/// `gisa rules`.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// One JSON object a line.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<RulesAction>,
}

/// `gisa rules …`.
#[derive(Debug, Subcommand)]
pub enum RulesAction {
    /// Show which articles of the library each rule finds, and what it would do with them. Nothing
    /// is changed.
    Test {
        /// Only among the articles that this finds.
        query: Vec<String>,
    },
}

/// `gisa mark`.
#[derive(Debug, Args)]
pub struct MarkArgs {
    /// As what.
    #[arg(value_enum)]
    pub what: MarkAs,
    /// Which articles, in the reader's query language.
    #[arg(required = true)]
    pub query: Vec<String>,
    /// With scrapped: a label for each; may be given again.
    #[arg(long = "tag", value_name = "T")]
    pub tags: Vec<String>,
}
