//! What the tests share: our source as code, a program in a directory of its own, pages and
//! articles that we wrote, a session of the pure model, and screens as text.

#[cfg(unix)]
pub(crate) mod hostile;
pub(crate) mod imports;
pub(crate) mod outside;
pub(crate) mod pages;
#[cfg(unix)]
pub(crate) mod pty;
pub(crate) mod sandbox;
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod sidebar;
pub(crate) mod skip;
pub(crate) mod skip_record;
pub(crate) mod source;
pub(crate) mod sync_server;
#[cfg(unix)]
pub(crate) mod wire;
