//! Keeps the library in step: with a server of the reader's, Miniflux by its own API, FreshRSS and
//! others by that of Google Reader; and with the reader's other machines, through a folder.
//! `docs/sync.md` says what is carried and who wins.
//!
//! Offline first: what the reader does is stored at once, with a wish in the journal of the library
//! ([`crate::runtime::store::WishField`]). A sync takes in what the server has
//! ([`crate::runtime::store::merge`] decides about conflicts), and then sends the wishes that are
//! left. Each step can be repeated, so a sync that was cut off anywhere is made good by the next.
//!
//! * `session` – one sync from beginning to end; `login` – sets up an account, and ends it
//! * `push` – sends wishes; `client` – a server of either protocol
//! * `miniflux`, `google_reader` – the protocols; `connection` – their requests; `articles` – how
//!   their articles become entries of feeds
//! * `folder` – without a server: through a folder that any file sync carries
//! * `account` – the file with address, name and password; `error` – why a sync stops

mod account;
mod articles;
mod client;
mod connection;
mod error;
mod folder;
mod google_reader;
mod login;
mod miniflux;
mod push;
mod session;

pub use account::{Account, Protocol};
pub use error::SyncError;
pub use folder::{
    FolderFault, FolderReport, FolderStatus, SeenMachine, exchange, folder_stamp, folder_status,
    hand_over,
};
pub use login::{LoginRequest, log_in, log_out};
pub use session::{LastSync, SyncReport, SyncStatus, status, sync, sync_if_set_up};
