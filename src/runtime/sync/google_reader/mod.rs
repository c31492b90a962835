//! The API of Google Reader, as FreshRSS has it and others in part.
//!
//! * Articles are named by the long form of their id only: the short forms are read as decimal by
//!   some servers and as hexadecimal by others (Miniflux 2.2.6 marks article 64 for `40`, and says
//!   `OK`).
//! * State that was changed elsewhere, and edited texts, are not told: the sets of unread and
//!   starred ids are compared with what was agreed on.
//! * An answer of `[]` where an object is due means that a call is not supported, never that there
//!   is nothing; a label that the server does not know gives everything.
//!
//! `calls` has the single calls, `pull` what a sync brings, `shapes` the JSON of the answers.

mod calls;
mod pull;
mod shapes;

pub(super) use calls::{
    BATCH, log_in, mark_labelled, mark_read, mark_starred, move_feed, subscribe, subscriptions,
    unsubscribe,
};
pub(super) use pull::{PullRequest, probe, pull, unread_counts};
pub(super) use shapes::UnreadCounts;
