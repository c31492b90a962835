//! Who uses the folder, and when there was the last exchange.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use super::exchange::{LAST, LastExchange, folder_of};
use super::journal::read_head;
use super::own_file::is_journal_name;
use crate::app::Failure;
use crate::config::SyncSettings;
use crate::news::Clean;
use crate::runtime::store::{MachineId, Store};

/// A machine that uses the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenMachine {
    /// Its number, which its file is named after.
    pub machine: MachineId,
    /// What it calls itself.
    pub name: Clean,
    /// Whether it is this one.
    pub is_own: bool,
    /// Whether its clock was seen to be ahead.
    pub is_ahead: bool,
    /// When its journal was last written; `None` where it has none in the folder.
    pub written: Option<Timestamp>,
}

/// How far the library is in step with the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderStatus {
    /// The folder.
    pub folder: PathBuf,
    /// Whether it is there.
    pub is_there: bool,
    /// Whether what is written there is sealed.
    pub is_sealed: bool,
    /// The machines, this one first.
    pub machines: Vec<SeenMachine>,
    /// When the last exchange was, and why it failed if it did: the name of a cause, and what it
    /// concerns.
    pub last: Option<(Timestamp, Option<(String, Clean)>)>,
    /// Things that were changed here since.
    pub pending: u64,
    /// Subscriptions that stay on this machine, since their addresses have passwords or keys.
    pub unshared_feeds: usize,
}

/// How far the library is in step with the folder; `None` where none is set.
///
/// # Errors
/// The library can't be read.
pub fn folder_status(
    library: &Path,
    settings: &SyncSettings,
) -> Result<Option<FolderStatus>, Failure> {
    let Some(folder) = folder_of(&settings.folder) else {
        return Ok(None);
    };
    let store = Store::open(library)?;
    let mut written: HashMap<MachineId, Timestamp> = HashMap::new();
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let at = entry.metadata().and_then(|about| about.modified());
        if is_journal_name(&entry.file_name().to_string_lossy())
            && let (Ok(Ok(head)), Ok(at)) = (read_head(&entry.path()), at)
            && let Ok(at) = Timestamp::try_from(at)
        {
            let last = written.entry(head.machine).or_insert(at);
            *last = at.max(*last);
        }
    }
    let machines = store
        .known_machines()?
        .into_iter()
        .map(|known| SeenMachine {
            machine: known.machine,
            name: Clean::line(&known.name),
            is_own: known.is_own,
            is_ahead: known.is_ahead,
            written: written.get(&known.machine).copied(),
        });
    let last: Option<LastExchange> = store.state_get(LAST)?;
    Ok(Some(FolderStatus {
        is_there: folder.is_dir(),
        is_sealed: !settings.key_command.is_empty(),
        machines: machines.collect(),
        last: last.map(|last| (last.at, last.failure)),
        pending: store.unshared_changes()?,
        unshared_feeds: store.unshared_feeds()?,
        folder,
    }))
}

/// How many journals the folder has, their size in bytes, and when the last of them was written:
/// where that is another than before, something came. `None` where no folder is set.
pub fn folder_stamp(settings: &SyncSettings) -> Option<(usize, u64, Option<SystemTime>)> {
    let folder = folder_of(&settings.folder)?;
    let mut stamp = (0, 0, None);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Ok(about) = entry.metadata()
            && is_journal_name(&entry.file_name().to_string_lossy())
        {
            stamp.0 += 1;
            stamp.1 += about.len();
            stamp.2 = stamp.2.max(about.modified().ok());
        }
    }
    Some(stamp)
}
