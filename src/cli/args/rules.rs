//! What can be typed about queries that are kept, and about all that a query finds.

use clap::{Args, Subcommand};

use super::MarkAs;

/// `gisa saved`.
#[derive(Debug, Args)]
pub struct SavedArgs {
    /// Print JSON, one object per line.
    #[arg(long)]
    pub json: bool,
    /// Also show how many articles each found on each of the last N days, as bars (in JSON, as
    /// numbers).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: Option<u16>,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<SavedAction>,
}

/// `gisa saved …`.
#[derive(Debug, Subcommand)]
pub enum SavedAction {
    /// Save a search. Replaces one of the same name.
    Add {
        /// A name for it.
        name: String,
        /// The query.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// Delete a saved search.
    Remove {
        /// Its name.
        name: String,
    },
}

/// `gisa mute`.
#[derive(Debug, Args)]
pub struct MuteArgs {
    /// Print JSON, one object per line.
    #[arg(long)]
    pub json: bool,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<MuteAction>,
}

/// `gisa mute …`.
#[derive(Debug, Subcommand)]
pub enum MuteAction {
    /// Hide what the query finds from now on. Clippings stay.
    Add {
        /// The query.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// Show it again.
    Remove {
        /// The query, exactly as listed.
        #[arg(required = true)]
        query: Vec<String>,
    },
}

/// `gisa rules`.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// Print JSON, one object per line.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<RulesAction>,
}

/// `gisa rules …`.
#[derive(Debug, Subcommand)]
pub enum RulesAction {
    /// Show which articles in the library each rule finds and what it would do with them. Changes
    /// nothing.
    Test {
        /// Only among the articles this query finds.
        query: Vec<String>,
    },
}

/// `gisa mark`.
#[derive(Debug, Args)]
pub struct MarkArgs {
    /// What to mark them as.
    #[arg(value_enum)]
    pub what: MarkAs,
    /// Which articles, as a query.
    #[arg(required = true)]
    pub query: Vec<String>,
    /// With scrapped: a tag for each. Can be repeated.
    #[arg(long = "tag", value_name = "T")]
    pub tags: Vec<String>,
}
