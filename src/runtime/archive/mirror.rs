//! A folder of plain files that follows every change of the scraps. The library comes first: what
//! can't be written here is told, and nothing of a scrap is lost; the next change, or the next
//! start, makes up for it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use super::{Album, Folder, Form};
use crate::app::Failure;
use crate::news::ArticleId;
use crate::runtime::store::Store;

/// The mirror of the settings.
#[derive(Debug)]
pub struct Mirror {
    dir: PathBuf,
    form: Form,
    /// One writer at a time: whoever comes last writes what is true last.
    turn: Mutex<()>,
}

impl Mirror {
    /// The mirror in `dir`.
    pub fn new(dir: PathBuf, form: Form) -> Self {
        Self {
            dir,
            form,
            turn: Mutex::new(()),
        }
    }

    /// Brings the files of these scraps up to what the library holds.
    ///
    /// # Errors
    /// The folder can't be written, or the library not be read.
    pub fn follow(&self, store: &Store, album: &Album, ids: &[ArticleId]) -> Result<(), Failure> {
        let _turn = self.turn.lock();
        let mut folder = Folder::open(&self.dir, self.form, album)?.synced();
        for id in ids {
            match store.scrap(*id)? {
                Some(scrap) => drop(folder.put(&scrap)?),
                None => drop(folder.take(*id)?),
            }
        }
        Ok(())
    }

    /// Brings the whole folder up to what the library holds.
    ///
    /// # Errors
    /// As [`Mirror::follow`].
    pub fn follow_all(&self, store: &Store, album: &Album) -> Result<(), Failure> {
        let _turn = self.turn.lock();
        let mut folder = Folder::open(&self.dir, self.form, album)?;
        let mut held = BTreeSet::new();
        for row in store.scraps()? {
            held.insert(row.id);
            // One damaged copy does not keep the others from their files.
            if let Ok(Some(scrap)) = store.scrap(row.id) {
                folder.put(&scrap)?;
            }
        }
        for id in folder.ids().into_iter().filter(|id| !held.contains(id)) {
            folder.take(id)?;
        }
        Ok(())
    }
}
