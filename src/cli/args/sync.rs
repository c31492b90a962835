//! What can be typed about syncing with a server or through a folder.

use clap::{Args, Subcommand};

/// `gisa sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// As JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do instead of syncing.
    #[command(subcommand)]
    pub action: Option<SyncAction>,
}

/// `gisa sync …`.
#[derive(Debug, Subcommand)]
pub enum SyncAction {
    /// Set up the server to sync with: Miniflux, FreshRSS, or another with the API of Google
    /// Reader.
    Login(LoginArgs),
    /// Tell which server and folder it is, when it was last synced with, and what is still to be
    /// sent.
    Status,
    /// Forget the server. Subscriptions and articles stay, and what was not sent is dropped.
    Logout,
}

/// `gisa sync login`.
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// The server's address. The password is asked for without showing it, or read from standard
    /// input, unless sync.password_command of the settings gives it.
    pub address: String,
    /// The user's name there; asked for where not given.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}
