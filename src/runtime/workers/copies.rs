//! Copies what is kept while the reader runs, on a thread of its own and at a quiet moment.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::runtime::store::{Store, StoreError, copy_if_changed, copy_if_due, copy_is_pressing};

/// Time between two looks. One costs a query of a row.
const PAUSE: Duration = Duration::from_secs(10);

/// Starts the thread. It ends with the program.
///
/// # Errors
/// The thread can't be started.
pub fn start(library: PathBuf) -> std::io::Result<()> {
    let spawned = thread::Builder::new().name("copies".into()).spawn(move || {
        let (mut store, mut last) = (None, None);
        loop {
            thread::sleep(PAUSE);
            if let Err(error) = look(&library, &mut store, &mut last) {
                tracing::warn!(%error, "copy");
                store = None;
            }
        }
    });
    spawned.map(drop)
}

/// Makes a copy if something was changed, but nothing since the last look; however lately, where
/// the last copy lacks much.
fn look(
    library: &Path,
    store: &mut Option<Store>,
    last: &mut Option<u64>,
) -> Result<(), StoreError> {
    if !library.is_file() {
        *store = None;
        return Ok(());
    }
    let store = match store {
        Some(store) => store,
        None => store.insert(Store::open(library)?),
    };
    let acts = store.acts()?;
    let quiet = last.replace(acts) == Some(acts);
    if quiet || copy_is_pressing(store)? {
        copy_if_changed(store)?;
    }
    Ok(())
}

/// Makes a copy at the end of the reader, where it takes little time or is due.
pub fn finish(library: &Path) {
    if !library.is_file() {
        return;
    }
    let done = Store::open(library).and_then(|store| copy_if_due(&store));
    if let Err(error) = done {
        tracing::warn!(%error, "copy");
    }
}
