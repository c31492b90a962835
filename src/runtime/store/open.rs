//! Opens a library: makes a new one, brings an older one up to date after copying it, and falls
//! back to reading where nothing can be written.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{CACHE, JOURNAL, Obstacle, PAGE, Store, StoreError, file_id};
use crate::runtime::system::paths;

/// The migrations, oldest first. SQLite's `user_version` is the number that a file has been
/// through.
pub(super) const SCHEMAS: &[&str] = &[
    include_str!("../../../assets/schema/1.sql"),
    include_str!("../../../assets/schema/2.sql"),
    include_str!("../../../assets/schema/3.sql"),
    include_str!("../../../assets/schema/4.sql"),
    include_str!("../../../assets/schema/5.sql"),
    include_str!("../../../assets/schema/6.sql"),
    include_str!("../../../assets/schema/7.sql"),
    include_str!("../../../assets/schema/8.sql"),
    include_str!("../../../assets/schema/9.sql"),
    include_str!("../../../assets/schema/10.sql"),
    include_str!("../../../assets/schema/11.sql"),
    include_str!("../../../assets/schema/12.sql"),
    include_str!("../../../assets/schema/13.sql"),
    include_str!("../../../assets/schema/14.sql"),
    include_str!("../../../assets/schema/15.sql"),
    include_str!("../../../assets/schema/16.sql"),
    include_str!("../../../assets/schema/17.sql"),
];

/// SQLite's `application_id` of the file: "gisa" in ASCII.
pub(super) const APPLICATION: i64 = 0x6769_7361;

/// How long to wait for another process that is writing before an operation fails as `Locked`.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How often one who waits looks whether its turn has come. SQLite's own waiting soon looks ten
/// times a second, which misses the short pauses that a refresh of many feeds makes for others.
const LOCK_POLL: Duration = Duration::from_millis(4);

/// Pages copied at a time; between two steps other connections may write.
const STEP: i32 = 4096;

/// The newest form of a library that this program knows.
pub(super) fn known_form() -> i64 {
    i64::try_from(SCHEMAS.len()).unwrap_or(i64::MAX)
}

/// The form of a library.
pub(super) fn form(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("pragma user_version")?
        .query_row([], |r| r.get(0))
}

impl Store {
    /// Opens the library at `path`; creates file, directory and tables where they are missing. One
    /// that can't be written, for want of permission or of space, is opened for reading, and
    /// [`Store::obstacle`] says why.
    ///
    /// # Errors
    /// [`StoreError::Open`] or [`StoreError::ReadOnly`] where the directory or file can't be used,
    /// `Corrupt` where the file is damaged or no library, `Newer` where a newer version of the
    /// program wrote it (nothing is changed then), `Locked`, `Full`.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let error = match Self::open_for_writing(path) {
            Ok(store) => return Ok(store),
            Err(error) => error,
        };
        let obstacle = match &error {
            StoreError::ReadOnly => Obstacle::ReadOnly,
            StoreError::Full => Obstacle::Full,
            // On a full disk SQLite can't make the shared memory beside the file, and calls that
            // an I/O error.
            StoreError::Disk(_) if is_full_beside(path) => Obstacle::Full,
            _ => return Err(error),
        };
        if path.metadata().map_or(0, |about| about.len()) == 0 {
            return Err(error);
        }
        match Self::open_for_reading(path, obstacle) {
            Ok(store) => Ok(store),
            Err(other @ (StoreError::Newer { .. } | StoreError::Corrupt(_))) => Err(other),
            Err(_) => Err(error),
        }
    }

    /// A library in memory, for tests and benches.
    ///
    /// # Errors
    /// `Sql` if a migration fails, which is a bug.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::ready(Connection::open_in_memory()?, Path::new(""))
    }

    fn open_for_writing(path: &Path) -> Result<Self, StoreError> {
        if let Some(dir) = path.parent() {
            paths::private_dir(dir).map_err(|e| StoreError::open(dir, e))?;
        }
        match paths::private_file(path, true) {
            // Windows says the same of a folder.
            Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied && path.is_file() => {
                return Err(StoreError::ReadOnly);
            }
            other => drop(other.map_err(|e| StoreError::open(path, e))?),
        }
        check_header(path)?;
        Self::ready(Connection::open(path)?, path)
    }

    /// Opens an existing library without writing beside it.
    fn open_for_reading(path: &Path, obstacle: Obstacle) -> Result<Self, StoreError> {
        check_header(path)?;
        let mut db = readable(path, obstacle)?;
        db.busy_handler(Some(wait_for_turn))?;
        let (found, known) = (form(&db)?, known_form());
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        let db = if found == known {
            db
        } else {
            // An older form is brought up to date where that costs no disk.
            let mut memory = Connection::open_in_memory()?;
            copy(&db, &mut memory)?;
            memory
        };
        let mut store = Self {
            db,
            path: path.to_path_buf(),
            file: None,
            obstacle: None,
            notes_arrivals: false,
        };
        store.migrate()?;
        store
            .db
            .execute_batch("pragma query_only = on; pragma temp_store = memory;")?;
        store.db.set_prepared_statement_cache_capacity(64);
        store.file = file_id(path);
        store.obstacle = Some(obstacle);
        Ok(store)
    }

    fn ready(mut db: Connection, path: &Path) -> Result<Self, StoreError> {
        db.busy_handler(Some(wait_for_turn))?;
        db.set_prepared_statement_cache_capacity(64);
        // Applies to new files only. A page of 8 KiB holds several bodies and halves the system
        // calls of 4 KiB. With larger pages, a delivery of articles of all dates would rewrite
        // nearly every page.
        db.execute_batch(&format!("pragma page_size = {PAGE}"))?;
        let mut store = Self {
            db,
            path: path.to_path_buf(),
            file: file_id(path),
            obstacle: None,
            notes_arrivals: false,
        };
        store.migrate()?;
        // After `user_version` was checked: this is the first statement that may write to the file.
        store.db.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = normal;
             pragma foreign_keys = on; pragma temp_store = memory;",
        )?;
        store.cache(CACHE, JOURNAL)?;
        Ok(store)
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        let known = known_form();
        let found = form(&self.db)?;
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found == known {
            return Ok(());
        }
        let path = self.db.path().unwrap_or_default().to_owned();
        let step = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have migrated the file while this one waited for the lock.
        let found = form(&step)?;
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found == known {
            return Ok(());
        }
        if found == 0
            && step.query_row("select count(*) from sqlite_schema", [], |r| {
                r.get::<_, i64>(0)
            })? > 0
        {
            return Err(StoreError::Corrupt(
                "a database of another program".to_owned(),
            ));
        }
        if found > 0 && !path.is_empty() {
            // The lock keeps other writers out meanwhile, so that the copy misses nothing.
            copy_before(Path::new(&path), found)?;
        }
        bring_up(&step, found)?;
        if found == 0 && !path.is_empty() {
            super::copies::note_former(&step, &self.path)?;
        }
        step.commit()?;
        Ok(())
    }
}

/// Applies the migrations that come after the form `found`.
fn bring_up(step: &Transaction<'_>, found: i64) -> Result<(), StoreError> {
    for sql in SCHEMAS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "user_version", known_form())?;
    step.pragma_update(None, "application_id", APPLICATION)?;
    Ok(())
}

/// Copies a library of an older form to `copies/library-form-N.db` before it is migrated. The copy
/// of an earlier attempt is replaced.
fn copy_before(path: &Path, found: i64) -> Result<(), StoreError> {
    let dir = super::copies::folder(path);
    paths::private_dir(&dir).map_err(|e| StoreError::open(&dir, e))?;
    let to = dir.join(format!("library-form-{found}.db"));
    let from = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    copy_to_file(&from, &to)
}

/// Copies a library to the file `to`, checked and flushed to the disk; replaces what was there.
pub(super) fn copy_to_file(from: &Connection, to: &Path) -> Result<(), StoreError> {
    let partial = to.with_extension("partial");
    let gone = |path: &Path| match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::open(path, e)),
        _ => Ok(()),
    };
    gone(&partial)?;
    let made = || -> Result<(), StoreError> {
        let file = paths::private_file(&partial, true).map_err(|e| StoreError::open(to, e))?;
        let mut db = Connection::open(&partial)?;
        copy(from, &mut db)?;
        // A file that is moved about must not depend on a journal beside it.
        db.execute_batch("pragma journal_mode = delete; pragma synchronous = full;")?;
        let troubles: String = db.query_row("pragma quick_check(1)", [], |r| r.get(0))?;
        if troubles != "ok" {
            return Err(StoreError::Corrupt(troubles));
        }
        drop(db);
        file.sync_all().map_err(|e| StoreError::open(to, e))?;
        std::fs::rename(&partial, to).map_err(|e| StoreError::open(to, e))
    };
    made().inspect_err(|_| drop(gone(&partial)))
}

/// Copies everything from one database to another, in one transaction of the latter.
pub(super) fn copy(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let backup = Backup::new(from, to)?;
    let start = Instant::now();
    loop {
        match backup.step(STEP)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if start.elapsed() > LOCK_TIMEOUT => {
                return Err(StoreError::Locked);
            }
            StepResult::More => {}
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Waits a little for another connection that is writing; `false` once it has taken too long.
fn wait_for_turn(tries: i32) -> bool {
    thread_local! {
        static SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
    }
    let now = Instant::now();
    if tries == 0 {
        SINCE.set(Some(now));
    }
    let waited = SINCE.get().map_or(Duration::ZERO, |since| now - since);
    if waited >= LOCK_TIMEOUT {
        return false;
    }
    std::thread::sleep(LOCK_POLL.min(Duration::from_millis(1 + waited.as_millis() as u64)));
    true
}

/// A connection that only reads, by the first way that works.
fn readable(path: &Path, obstacle: Obstacle) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let tried = |db: Connection| {
        db.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))
            .map(|()| db)
    };
    let error = match Connection::open_with_flags(path, flags).and_then(tried) {
        Ok(db) => return Ok(db),
        Err(error) => error,
    };
    let journal = beside(path, "-wal");
    if journal.metadata().map_or(0, |about| about.len()) == 0 {
        // Without a journal the file is all there is, and needs no shared memory beside it.
        let address = url::Url::from_file_path(std::path::absolute(path).unwrap_or_default())
            .map_err(|()| error)?;
        let address = format!("{address}?immutable=1");
        return Ok(Connection::open_with_flags(address, flags).and_then(tried)?);
    }
    if obstacle == Obstacle::Full {
        // With the file to itself, SQLite keeps the index of the journal in memory.
        let alone = Connection::open(path).and_then(|db| {
            db.execute_batch("pragma locking_mode = exclusive")?;
            tried(db)
        });
        if let Ok(db) = alone {
            return Ok(db);
        }
    }
    copied(path, &journal)
}

/// The library with its journal, read through a copy in the folder for temporary files, into
/// memory.
fn copied(path: &Path, journal: &Path) -> Result<Connection, StoreError> {
    let dir = std::env::temp_dir().join(format!("gisa-reading-{}", std::process::id()));
    let read = || -> Result<Connection, StoreError> {
        paths::private_dir(&dir).map_err(|e| StoreError::open(&dir, e))?;
        let file = dir.join("library.db");
        for (from, to) in [(path, file.clone()), (journal, beside(&file, "-wal"))] {
            std::fs::copy(from, &to).map_err(|e| StoreError::open(&to, e))?;
            let mut mode = to
                .metadata()
                .map_err(|e| StoreError::open(&to, e))?
                .permissions();
            #[expect(
                clippy::permissions_set_readonly_false,
                reason = "in a folder of the owner's alone"
            )]
            mode.set_readonly(false);
            std::fs::set_permissions(&to, mode).map_err(|e| StoreError::open(&to, e))?;
        }
        let mut memory = Connection::open_in_memory()?;
        copy(&Connection::open(&file)?, &mut memory)?;
        Ok(memory)
    };
    let db = read();
    // What can't be deleted is the system's to clear.
    let _ = std::fs::remove_dir_all(&dir);
    db
}

/// Refuses a file whose header can't be a library's, which SQLite would take for something else: a
/// wrong version number for a newer program's file, a wrong format number for a read-only one.
fn check_header(path: &Path) -> Result<(), StoreError> {
    use std::io::Read as _;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
    read.map_err(|e| StoreError::open(path, e))?;
    if head.is_empty() || is_header(&head) {
        Ok(())
    } else {
        Err(StoreError::Corrupt("the header is overwritten".to_owned()))
    }
}

/// Whether these 100 bytes can begin a library.
pub(super) fn is_header(head: &[u8]) -> bool {
    let number = |at: usize| {
        head.get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    let form = i64::from(number(60));
    head.len() >= 100
        && head.starts_with(b"SQLite format 3\0")
        && head.get(18..20).is_some_and(|v| v.iter().all(|n| (1..=2).contains(n)))
        && head.get(21..24) == Some(&[64, 32, 32])
        && number(44) <= 4
        && number(56) <= 3
        // A newer form is believed only of a file that says whose it is.
        && (form <= known_form() || i64::from(number(68)) == APPLICATION && form < 100_000)
}

/// Whether a file of a few pages can't be written beside `path` for want of space.
fn is_full_beside(path: &Path) -> bool {
    let trial = beside(path, &format!("-space-{}", std::process::id()));
    let written = std::fs::write(&trial, vec![0; 64 << 10]);
    let _ = std::fs::remove_file(&trial);
    written.is_err_and(|e| matches!(StoreError::open(path, e), StoreError::Full))
}

/// The path with `end` appended.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

#[cfg(test)]
#[path = "tests/open.rs"]
mod tests;
