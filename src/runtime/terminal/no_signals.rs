//! What stands for [`signals`](super::signals) where there are none (Windows): Ctrl-C comes as a
//! key while the reader is open, and ends a command by itself.

use std::sync::mpsc::SyncSender;

use crate::app::Message;
use crate::runtime::cancel::Cancel;

/// Watches for nothing.
///
/// # Errors
/// Never.
pub fn watch(_: SyncSender<Message>) -> std::io::Result<()> {
    Ok(())
}

/// Does nothing: the system ends the command.
///
/// # Errors
/// Never.
pub fn cancel_at_end(_: &Cancel) -> std::io::Result<()> {
    Ok(())
}

/// Does nothing: a program can't be stopped there and continued.
pub(super) fn stop_this_process() {}
