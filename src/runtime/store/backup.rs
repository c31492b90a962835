//! Backups that the user asks for: the whole library in one SQLite file, with the pictures of its
//! scraps in a table of their own.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::open::{beside, copy, is_header};
use super::{Kept, Store, StoreError, copies, rescue};

/// The table of pictures in a backup.
const PICTURES: &str = "create table backup_picture (name text primary key, bytes blob not null)";

impl Store {
    /// Writes the library and the files `pictures` into the file `to`, which is replaced at the end
    /// only.
    ///
    /// # Errors
    /// `Open` or `Full` where `to` can't be written; it is unchanged then.
    pub fn backup_with(&self, to: &Path, pictures: &[PathBuf]) -> Result<(), StoreError> {
        let partial = beside(to, ".partial");
        let made = || -> Result<(), StoreError> {
            self.backup(&partial)?;
            let db = Connection::open(&partial)?;
            db.execute_batch("begin")?;
            db.execute_batch(PICTURES)?;
            let mut put = db.prepare("insert or ignore into backup_picture values (?, ?)")?;
            for path in pictures {
                let bytes = fs::read(path).map_err(|e| StoreError::open(path, e))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                put.execute(params![name, bytes])?;
            }
            drop(put);
            db.execute_batch("commit")?;
            drop(db);
            // Windows flushes only what was opened to be written.
            let file = fs::File::options().write(true).open(&partial);
            let file = file.and_then(|file| file.sync_all());
            file.map_err(|e| StoreError::open(to, e))?;
            fs::rename(&partial, to).map_err(|e| StoreError::open(to, e))
        };
        made().inspect_err(|_| drop(fs::remove_file(&partial)))
    }

    /// Whether the file is a library, or a backup of one.
    pub fn is_library(path: &Path) -> bool {
        use std::io::Read as _;
        let mut head = Vec::new();
        let read = fs::File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
        read.is_ok() && is_header(&head) && head.get(68..72) == Some(b"gisa")
    }

    /// Puts the backup `from` in the place of the library at `path`, and hands its pictures to
    /// `picture`. What was there is copied to `copies/before-restore-N.db` first, and a damaged
    /// library moved aside. Other programs that have the library open see the change.
    ///
    /// # Errors
    /// `Corrupt` where `from` is no backup, or damaged, `Newer`, and whatever makes the library
    /// unwritable; the library is unchanged then.
    pub fn restore(
        path: &Path,
        from: &Path,
        mut picture: impl FnMut(&[u8]) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        if !Self::is_library(from) {
            return Err(StoreError::Corrupt("no backup".to_owned()));
        }
        let mut library = match Self::open(path) {
            Err(StoreError::Corrupt(_)) => {
                rescue::put_aside(path)?;
                Self::open(path)?
            }
            other => other?,
        };
        if let Some(obstacle) = library.obstacle() {
            return Err(obstacle.into());
        }
        let partial = beside(path, &format!("-restoring-{}", std::process::id()));
        let clear = || {
            for end in ["", "-wal", "-shm", "-journal"] {
                // What isn't there need not be deleted.
                let _ = fs::remove_file(beside(&partial, end));
            }
        };
        let done = || -> Result<Self, StoreError> {
            for end in ["", "-wal"] {
                let file = beside(from, end);
                if file.exists() {
                    fs::copy(&file, beside(&partial, end))
                        .map_err(|e| StoreError::open(&file, e))?;
                }
            }
            let backup = Self::open(&partial)?;
            if !backup.check()?.is_empty() {
                return Err(StoreError::Corrupt("a damaged backup".to_owned()));
            }
            backup.take_pictures(&mut picture)?;
            if !library.is_empty()? || !library.is_kept_empty()? {
                library.backup(&free_name(path))?;
            }
            // Higher than any count before, so that the next copy is seen to be due.
            let last = copies::copies(path).iter().map(copies::acts).max();
            let acts = last.unwrap_or(0).max(library.acts()?) + 1;
            copy(&backup.db, &mut library.db)?;
            drop(backup);
            drop(library);
            let library = Self::open(path)?;
            library.adopt(&Kept::default(), acts)?;
            library.forget_former()?;
            Ok(library)
        };
        let done = done();
        clear();
        done
    }

    fn take_pictures(
        &self,
        picture: &mut impl FnMut(&[u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let table = "select count(*) from sqlite_schema where name = 'backup_picture'";
        if self.db.query_row(table, [], |r| r.get::<_, i64>(0))? == 0 {
            return Ok(());
        }
        let mut query = self.db.prepare("select bytes from backup_picture")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            picture(row.get_ref(0)?.as_blob().unwrap_or_default())?;
        }
        drop(rows);
        drop(query);
        self.db.execute_batch("drop table backup_picture")?;
        Ok(())
    }
}

/// The first free name for what a restore replaces.
fn free_name(library: &Path) -> PathBuf {
    let dir = copies::folder(library);
    let name = |n: u32| dir.join(format!("before-restore-{n}.db"));
    (1..)
        .map(name)
        .find(|path| !path.exists())
        .unwrap_or_else(|| name(0))
}
