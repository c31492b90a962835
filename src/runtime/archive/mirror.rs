//! The mirror: a folder of plain files that follows every change of the scraps. The library is
//! written first: a failure here is reported and loses nothing, since the next change, or the next
//! start of the program, makes up for it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use super::{Album, Folder, Form};
use crate::app::Failure;
use crate::news::ArticleId;
use crate::runtime::store::Store;

/// The mirror folder of the settings.
#[derive(Debug)]
pub struct Mirror {
    dir: PathBuf,
    form: Form,
    /// Locked while the folder is written, so that the last writer writes the latest state.
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

    /// Updates the files of these scraps from the library.
    ///
    /// # Errors
    /// The folder can't be written, or the library can't be read.
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

    /// Updates the whole folder from the library.
    ///
    /// # Errors
    /// As [`Mirror::follow`].
    pub fn follow_all(&self, store: &Store, album: &Album) -> Result<(), Failure> {
        let _turn = self.turn.lock();
        let mut folder = Folder::open(&self.dir, self.form, album)?;
        let mut held = BTreeSet::new();
        for row in store.scraps()? {
            held.insert(row.id);
            // A damaged scrap does not prevent the others from being written.
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
