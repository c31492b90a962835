//! One exchange: what was done here becomes acts, the others' journals are read, and this machine's
//! is written. It can be ended at any moment, and is made good by the next one.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::journal::{FolderFault, Head, read_frames, read_head};
use super::own_file::{self, is_journal_name};
use super::seal::{Keyring, random};
use crate::app::Failure;
use crate::app::protocol::feature::Feature;
use crate::news::Clean;
use crate::news::order::Order as _;
use crate::runtime::archive::expanded;
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::inward_addresses;
use crate::runtime::store::{ActsTaken, MachineId, SharedAct, Store};
use crate::runtime::sync::error::SyncError;
use crate::runtime::system::paths::{private_dir, private_file};

/// Key of what the last exchange came to, in the library's state.
pub(super) const LAST: &str = "folder-last";
/// Things that become acts in one transaction.
const CAPTURED: usize = 5_000;
/// Acts that are taken in in one transaction, and their bytes.
const TAKEN: (usize, usize) = (20_000, 8 << 20);
/// How long another process of this machine is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What an exchange came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderReport {
    /// Acts of other machines that were new.
    pub received: usize,
    /// Articles, scraps and subscriptions that changed here.
    pub changed: usize,
    /// Acts that were written.
    pub sent: usize,
    /// Machines that have a journal in the folder, this one included.
    pub machines: usize,
    /// Files that were not read, or not to their end.
    pub faults: Vec<(String, FolderFault)>,
}

/// When the last exchange was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastExchange {
    pub(super) at: Timestamp,
    /// Why it failed: the name of a cause, and what it concerns; `None` where it succeeded.
    pub(super) failure: Option<(String, Clean)>,
}

/// The folder of the settings; `None` where none is set.
pub(super) fn folder_of(typed: &str) -> Option<PathBuf> {
    (!typed.trim().is_empty()).then(|| expanded(typed))
}

/// Exchanges what was done with the other machines, where a folder is set; `None` where none is.
///
/// # Errors
/// The folder is not there or can't be written, it is sealed and there is no key or another one, or
/// the library can't be written. What was done until then stays. Or this program was
/// built without syncing.
pub fn exchange(fetch: &Fetch, cancel: &Cancel) -> Result<Option<FolderReport>, Failure> {
    let Some(dir) = folder_of(&fetch.sync.folder) else {
        return Ok(None);
    };
    Feature::Sync.required()?;
    let store = Store::open(&fetch.library)?;
    if let Some(obstacle) = store.obstacle() {
        return Err(obstacle.into());
    }
    let done = run(&store, &dir, fetch, cancel);
    let done = done.map_err(|error| error.in_folder(&dir));
    let failure = done.as_ref().err();
    let failure = failure.map(|f: &Failure| (f.cause.name().to_owned(), f.subject.clone()));
    let at = Timestamp::now();
    store.state_put(LAST, &LastExchange { at, failure })?;
    done.map(Some)
}

/// Writes what was done here into the folder, and does no more: for the end of the program. Nothing
/// is done where that would take long, or ask for a passphrase.
pub fn hand_over(fetch: &Fetch) {
    let Some(dir) = folder_of(&fetch.sync.folder).filter(|dir| dir.is_dir()) else {
        return;
    };
    if !Feature::Sync.is_built() {
        return;
    }
    if !fetch.sync.key_command.is_empty() && !fetch.folder_secret.is_known() {
        return;
    }
    let written = || -> Result<(), SyncError> {
        let store = Store::open(&fetch.library)?;
        if store.obstacle().is_some() || !store.shares_acts()? {
            return Ok(());
        }
        let Some(_lock) = lock(&fetch.library, Duration::ZERO)? else {
            return Ok(());
        };
        store.capture_acts(&machine_name(), CAPTURED)?;
        let cancel = Cancel::new();
        let keyring = Keyring::new(&fetch.sync.key_command, &fetch.folder_secret, &cancel);
        may_be_written(&heads(&dir, &mut Vec::new())?, &keyring)?;
        own_file::write(&store, &dir, &keyring, &HashSet::new(), false)?;
        Ok(())
    };
    if let Err(error) = written() {
        tracing::warn!(%error, "the sync folder was not written at the end");
    }
}

fn run(
    store: &Store,
    dir: &Path,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<FolderReport, SyncError> {
    let Some(_lock) = lock(&fetch.library, PATIENCE)? else {
        // Another process of this machine does the same.
        return Ok(FolderReport::default());
    };
    if !dir.is_dir() {
        if dir.exists() {
            return Err(SyncError::File(std::io::ErrorKind::NotADirectory.into()));
        }
        // A folder that was there once is on a disk that is not; made anew, it would be another.
        let is_first = store.own_journal()?.file.is_empty();
        match dir.parent() {
            Some(parent) if is_first && parent.is_dir() => {
                private_dir(dir).map_err(SyncError::Journal)?;
            }
            _ => return Err(SyncError::NoFolder),
        }
    }
    let keyring = Keyring::new(&fetch.sync.key_command, &fetch.folder_secret, cancel);
    let mut report = FolderReport::default();
    let files = heads(dir, &mut report.faults)?;
    may_be_written(&files, &keyring)?;
    let number = || Ok::<_, std::io::Error>(MachineId(u64::from_be_bytes(random()?)));
    store.join_folder(number()?, &origin(&fetch.library), Timestamp::now())?;
    let name = machine_name();
    while store.capture_acts(&name, CAPTURED)? > 0 {
        stop_if(cancel)?;
    }
    if is_written_by_another(store, dir, &files, &keyring)? {
        tracing::warn!("another machine writes under the number of this one, which gets a new one");
        store.renew_machine(number()?)?;
        while store.capture_acts(&name, CAPTURED)? > 0 {}
    }
    let own = store.own_journal()?;
    // One's own that is damaged is written anew below.
    report.faults.retain(|(name, _)| *name != own.file);
    let present: HashSet<MachineId> = files.iter().map(|(_, head)| head.machine).collect();
    report.machines = present.len() + usize::from(!present.contains(&own.machine));
    let mut reader = JournalReader {
        store,
        keyring: &keyring,
        home_servers: fetch.home_servers,
        cancel,
        has_opened: false,
        report: &mut report,
    };
    for (name, head) in files.iter().filter(|(name, _)| *name != own.file) {
        reader.read(dir, name, head)?;
    }
    let has_opened = reader.has_opened;
    let is_sealed = |(_, fault): &(String, FolderFault)| *fault == FolderFault::Sealed;
    if !has_opened
        && report.faults.iter().any(is_sealed)
        && own_file::own_opens(store, dir, &keyring)? != Some(true)
    {
        // Sealed by another passphrase, this machine's journal would be read by nobody.
        return Err(SyncError::WrongKey);
    }
    report.sent = own_file::write(store, dir, &keyring, &present, true)?;
    let own = store.own_journal()?;
    // What a kill left of this machine's: it was read above, and the journal has all of it.
    let is_left = |name: &str, head: &Head| head.machine == own.machine && name != own.file;
    let is_faulty = |name: &str| report.faults.iter().any(|(faulty, _)| faulty == name);
    for (name, head) in &files {
        if is_left(name, head) && !is_faulty(name) {
            own_file::remove(&dir.join(name))?;
        }
    }
    let names = files.into_iter().map(|(name, _)| name).collect();
    store.forget_folder_files(&names)?;
    Ok(report)
}

fn stop_if(cancel: &Cancel) -> Result<(), SyncError> {
    match cancel.is_cancelled() {
        true => Err(crate::runtime::net::NetError::Cancelled.into()),
        false => Ok(()),
    }
}

/// The journals of the folder, and what is wrong with those that are none.
fn heads(
    dir: &Path,
    faults: &mut Vec<(String, FolderFault)>,
) -> Result<Vec<(String, Head)>, SyncError> {
    let mut files = Vec::new();
    for name in journal_names(dir)? {
        match read_head(&dir.join(&name)) {
            Ok(Ok(head)) => files.push((name, head)),
            Ok(Err(fault)) => faults.push((name, fault)),
            Err(_) => faults.push((name, FolderFault::Unreadable)),
        }
    }
    Ok(files)
}

/// Refuses to write openly beside files that are sealed: that a key is set no more, or not yet on
/// this machine, is more likely an oversight than a wish.
fn may_be_written(files: &[(String, Head)], keyring: &Keyring<'_>) -> Result<(), SyncError> {
    match !keyring.seals() && files.iter().any(|(_, head)| head.is_sealed) {
        true => Err(SyncError::SealedFolder),
        false => Ok(()),
    }
}

/// The files of the folder that are named like journals.
fn journal_names(dir: &Path) -> Result<Vec<String>, SyncError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_journal_name(&name) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            names.push(name);
        }
    }
    names.order();
    Ok(names)
}

/// Whether a file has acts under the number of this machine that it did not write: the library was
/// copied, or an older state of it was brought back.
fn is_written_by_another(
    store: &Store,
    dir: &Path,
    files: &[(String, Head)],
    keyring: &Keyring<'_>,
) -> Result<bool, SyncError> {
    let own = store.own_journal()?;
    for (name, head) in files.iter().filter(|(_, head)| head.machine == own.machine) {
        let path = dir.join(name);
        if *name == own.file && fs::metadata(&path)?.len() == own.bytes {
            continue;
        }
        let key = match head.is_sealed {
            true => keyring.key(&head.nonce)?,
            false => None,
        };
        if head.is_sealed && key.is_none() {
            continue;
        }
        let mut last = 0;
        read_frames::<SyncError>(&path, (head, 0), key.as_ref(), &mut |acts| {
            let of_own = acts.iter().filter(|act| act.machine == own.machine);
            last = of_own.map(|act| act.stamp.seq).fold(last, i64::max);
            Ok(())
        })?;
        if last > own.seq {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads the others' journals.
struct JournalReader<'a> {
    store: &'a Store,
    keyring: &'a Keyring<'a>,
    home_servers: bool,
    cancel: &'a Cancel,
    /// Whether the key opened a file.
    has_opened: bool,
    report: &'a mut FolderReport,
}

impl JournalReader<'_> {
    fn read(&mut self, dir: &Path, name: &str, head: &Head) -> Result<(), SyncError> {
        let path = dir.join(name);
        let line = head.line();
        let known = self.store.folder_file(name)?;
        let from = known
            .filter(|(head, _)| *head == line)
            .map_or(0, |(_, read)| read);
        if fs::metadata(&path).is_ok_and(|m| m.len() == from) {
            return Ok(());
        }
        let key = match (head.is_sealed, self.keyring.seals()) {
            (false, false) => None,
            // What is sealed must not be told from what somebody else put beside it.
            (false, true) => return self.fail(name, FolderFault::Open),
            (true, _) => match self.keyring.key(&head.nonce)? {
                Some(key) => Some(key),
                None => return self.fail(name, FolderFault::Sealed),
            },
        };
        let mut batch = Batch::default();
        let read = read_frames::<SyncError>(&path, (head, from), key.as_ref(), &mut |acts| {
            stop_if(self.cancel)?;
            batch.add(acts);
            if batch.acts.len() >= TAKEN.0 || batch.bytes >= TAKEN.1 {
                let taken = take(self.store, &mut batch, self.home_servers)?;
                self.report.received += taken.new;
                self.report.changed += taken.changed;
            }
            Ok(())
        });
        let read = match read {
            Err(SyncError::File(_)) => return self.fail(name, FolderFault::Unreadable),
            read => read?,
        };
        self.has_opened |= head.is_sealed && read.any;
        let taken = take(self.store, &mut batch, self.home_servers)?;
        self.report.received += taken.new;
        self.report.changed += taken.changed;
        self.store.put_folder_file(name, &line, read.bytes)?;
        match read.fault {
            Some(fault) => self.fail(name, fault),
            None => Ok(()),
        }
    }

    fn fail(&mut self, name: &str, fault: FolderFault) -> Result<(), SyncError> {
        tracing::warn!(
            fault = fault.name(),
            "a file of the sync folder was not read"
        );
        self.report.faults.push((name.to_owned(), fault));
        Ok(())
    }
}

/// Acts that are taken in together.
#[derive(Default)]
struct Batch {
    acts: Vec<SharedAct>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, acts: Vec<SharedAct>) {
        let values = acts.iter().filter_map(|act| act.value.as_ref());
        self.bytes += values.map(String::len).sum::<usize>();
        self.acts.extend(acts);
    }
}

fn take(store: &Store, batch: &mut Batch, home_servers: bool) -> Result<ActsTaken, SyncError> {
    let Batch { acts, .. } = std::mem::take(batch);
    // By its spelling alone: a name that is looked up would wait for the network.
    let barred = |address: &str| {
        !home_servers
            && inward_addresses(&[address], true)
                .first()
                .is_some_and(|is| *is)
    };
    Ok(store.take_acts(&acts, Timestamp::now(), &barred)?)
}

/// Keeps other processes of this machine from exchanging at the same time; `None` where one still
/// does after `patience`.
fn lock(library: &Path, patience: Duration) -> Result<Option<File>, SyncError> {
    let file = private_file(&library.with_file_name("sync-folder.lock"), true)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// What tells a library from a copy of it: the number of its file, and that of the machine; on
/// Windows the machine's name.
fn origin(library: &Path) -> String {
    #[cfg(unix)]
    let file = fs::metadata(library).map_or(0, |about| std::os::unix::fs::MetadataExt::ino(&about));
    #[cfg(windows)]
    let file = fs::File::open(library)
        .and_then(winapi_util::file::information)
        .map_or(0, |about| about.file_index());
    #[cfg(unix)]
    let machine = fs::read_to_string("/etc/machine-id").unwrap_or_default();
    #[cfg(not(unix))]
    let machine = machine_name();
    let whole = format!("{file} {}", machine.trim());
    blake3::hash(whole.as_bytes())
        .to_hex()
        .chars()
        .take(16)
        .collect()
}

/// What this machine is called.
pub(super) fn machine_name() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    Clean::line(&name).to_string()
}
