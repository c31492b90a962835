//! Notices writes to the library's file by any process. It polls two modification times, which
//! costs next to nothing, since file notifications differ from system to system.

use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::app::Message;

/// Time between two polls.
const PAUSE: Duration = Duration::from_secs(2);

/// Sends a message whenever `library` was written to.
///
/// # Errors
/// The thread can't be started.
pub fn watch(library: PathBuf, inbox: SyncSender<Message>) -> std::io::Result<()> {
    thread::Builder::new().name("watch".into()).spawn(move || {
        let mut last = written(&library);
        loop {
            thread::sleep(PAUSE);
            let now = written(&library);
            if now != last {
                last = now;
                if inbox.send(Message::LibraryChanged).is_err() {
                    return;
                }
            }
        }
    })?;
    Ok(())
}

/// When the library and its journal were last written to, and the length of the journal in bytes.
fn written(library: &Path) -> (Option<SystemTime>, Option<SystemTime>, u64) {
    let mut journal = library.as_os_str().to_owned();
    journal.push("-wal");
    let (file, journal) = (
        std::fs::metadata(library),
        std::fs::metadata(PathBuf::from(journal)),
    );
    let date =
        |m: &std::io::Result<std::fs::Metadata>| m.as_ref().ok().and_then(|m| m.modified().ok());
    (
        date(&file),
        date(&journal),
        journal.as_ref().map_or(0, std::fs::Metadata::len),
    )
}
