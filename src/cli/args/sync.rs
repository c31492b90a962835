//! What can be typed about syncing with a server or through a folder.

use clap::{Args, Subcommand};

/// `gisa sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do instead of syncing.
    #[command(subcommand)]
    pub action: Option<SyncAction>,
}

/// `gisa sync …`.
#[derive(Debug, Subcommand)]
pub enum SyncAction {
    /// Set up the server to sync with: Miniflux, FreshRSS, or another with the Google Reader API.
    Login(LoginArgs),
    /// Show which server and folder are used, when they were last synced, and what is still to be
    /// sent.
    Status,
    /// Forget the server. Subscriptions and articles stay; what was not sent is dropped.
    Logout,
}

/// `gisa sync login`.
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// Address of the server. The password comes from sync.password_command in the settings, or
    /// else is asked for without being shown, or read from standard input.
    pub address: String,
    /// Your user name there. If left out, you are asked for it.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}
