//! Notices that the library's file was written to, by this program or another: a look at two dates
//! now and then, which costs next to nothing, where the system's own way of telling differs from
//! one to the next.

use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::app::Message;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);

/// Sends a message after each time that `library` was written to.
///
/// # Errors
/// The system gives no thread.
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

/// When the library or its journal was last written to, and the journal's length.
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
