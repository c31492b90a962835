//! What the library holds, as the sources pane shows it.

use super::Desk;
use crate::app::sources::Holdings;
use crate::app::{Failure, Outcome};
use crate::runtime::failures::of_store;

impl Desk {
    /// Subscriptions and counts. Where there is no store, nothing: that was told at the start.
    pub(super) fn holdings(&self) -> Result<Outcome, Failure> {
        let Ok(store) = &self.store else { return Ok(Outcome::Holdings(Box::default())) };
        let feeds = store.feeds().map_err(|e| of_store(&e))?;
        let counts = store.counts().map_err(|e| of_store(&e))?;
        let saved = store.saved().map_err(|e| of_store(&e))?;
        let mutes = store.mutes().map_err(|e| of_store(&e))?;
        Ok(Outcome::Holdings(Box::new(Holdings { feeds, counts, saved, mutes })))
    }
}
