//! Exchanges with the reader's other machines while the reader runs, on a thread of its own: soon
//! after the start, soon after something was done here or came there, and every so often. A folder
//! that is slow or gone holds up nothing but this thread.

use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::app::{Cause, Failure, Message};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::{Store, StoreError};
use crate::runtime::sync::{exchange, folder_stamp, hand_over};

/// Time between two looks, which is also how long something must have been left alone.
const PAUSE: Duration = Duration::from_secs(5);
/// The first look comes when the list is painted.
const FIRST: Duration = Duration::from_secs(1);
/// The longest time between two exchanges.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// How long the end of the program waits for the folder.
const LAST: Duration = Duration::from_secs(2);

/// Starts the thread, where a folder is set. It ends with the program. Why an exchange failed goes
/// to `inbox`, once until there is another reason or an exchange succeeds.
///
/// # Errors
/// The thread can't be started.
pub fn start(fetch: Fetch, inbox: SyncSender<Message>) -> std::io::Result<()> {
    if fetch.sync.folder.trim().is_empty() || !fetch.sync.with_refresh {
        return Ok(());
    }
    let follow = move || {
        thread::sleep(FIRST);
        let mut watch = FolderWatch::default();
        loop {
            if watch.is_due(&fetch) {
                let failure = exchange(&fetch, &Cancel::new()).err();
                watch.note(&fetch);
                if let Some(failure) = watch.news(failure)
                    && inbox.send(Message::FolderFailed(failure)).is_err()
                {
                    return;
                }
            }
            thread::sleep(PAUSE);
        }
    };
    thread::Builder::new()
        .name("folder".into())
        .spawn(follow)
        .map(drop)
}

/// What tells whether an exchange is due.
#[derive(Default)]
struct FolderWatch {
    /// When the last exchange was.
    last: Option<Instant>,
    /// The changes that were waiting at the last look.
    waiting: u64,
    /// The state of the folder after the last exchange.
    stamp: Option<(usize, u64, Option<SystemTime>)>,
    /// Why the last exchange failed.
    failure: Option<Failure>,
}

impl FolderWatch {
    fn is_due(&mut self, fetch: &Fetch) -> bool {
        if self.last.is_none_or(|last| last.elapsed() > LONGEST) {
            return true;
        }
        if self.failure.as_ref().is_some_and(is_about_passphrase) {
            return false;
        }
        let waiting = changes(fetch).unwrap_or_default();
        let is_quiet = std::mem::replace(&mut self.waiting, waiting) == waiting;
        waiting > 0 && is_quiet || folder_stamp(&fetch.sync) != self.stamp
    }

    /// The failure of an exchange, unless the one before failed for the same reason.
    fn news(&mut self, failure: Option<Failure>) -> Option<Failure> {
        let before = std::mem::replace(&mut self.failure, failure);
        self.failure
            .clone()
            .filter(|now| before.as_ref() != Some(now))
    }

    fn note(&mut self, fetch: &Fetch) {
        self.last = Some(Instant::now());
        self.waiting = 0;
        self.stamp = folder_stamp(&fetch.sync);
    }
}

/// Whether trying again soon would only run the command for the passphrase again, which may open a
/// window each time.
fn is_about_passphrase(failure: &Failure) -> bool {
    matches!(
        failure.cause,
        Cause::SyncKey | Cause::SyncKeyMissing | Cause::SyncKeySlow | Cause::SyncWrongKey
    )
}

/// How many changes are in no journal yet. None without a library, which is not made for this.
fn changes(fetch: &Fetch) -> Result<u64, StoreError> {
    if !fetch.library.is_file() {
        return Ok(0);
    }
    Store::open(&fetch.library)?.unshared_changes()
}

/// Writes what was done last into the folder, at the end of the reader.
pub fn finish(fetch: Fetch) {
    if fetch.sync.folder.trim().is_empty() || !fetch.sync.with_refresh || !fetch.library.is_file() {
        return;
    }
    let (done, is_done) = sync_channel(1);
    let hand_over = move || {
        hand_over(&fetch);
        let _ = done.send(());
    };
    let spawned = thread::Builder::new()
        .name("folder-last".into())
        .spawn(hand_over);
    if spawned.is_ok() && is_done.recv_timeout(LAST) == Err(RecvTimeoutError::Timeout) {
        tracing::warn!("the sync folder took too long at the end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_once_and_again_after_a_success() {
        let mut watch = FolderWatch::default();
        let gone = Failure::new(Cause::SyncFolder, "/stick");
        let key = Failure::new(Cause::SyncKey, "pass");
        assert_eq!(watch.news(Some(gone.clone())), Some(gone.clone()));
        assert_eq!(watch.news(Some(gone.clone())), None);
        assert_eq!(watch.news(Some(key.clone())), Some(key.clone()));
        assert_eq!(watch.news(None), None);
        assert_eq!(watch.news(Some(gone.clone())), Some(gone.clone()));
        assert!(is_about_passphrase(&key) && !is_about_passphrase(&gone));
    }
}
