//! Where the reading of an article stopped: with its row in the store, or, for what is not stored,
//! in a short list.

use super::LibraryWorker;
use crate::app::Failure;
use crate::news::ArticleId;

/// Articles outside the store whose place is remembered, the latest.
const MOST: usize = 200;
/// Their key among the things that the program remembers.
const KEY: &str = "places";

/// Article, part, byte.
type Place = (u64, u32, u32);

impl LibraryWorker {
    /// Part and byte.
    pub(crate) fn place(&self, id: ArticleId) -> Option<(usize, usize)> {
        let store = self.store().ok()?;
        let stored = store.position(id).ok().flatten();
        let place = stored.or_else(|| {
            let places: Vec<Place> = store.state_get(KEY).ok().flatten()?;
            places
                .into_iter()
                .find(|p| p.0 == id.0)
                .map(|(_, part, byte)| (part, byte))
        })?;
        Some((place.0 as usize, place.1 as usize))
    }

    /// Remembers part and byte.
    pub(crate) fn put_place(&self, id: ArticleId, part: usize, byte: usize) -> Result<(), Failure> {
        let store = self.store()?;
        let (part, byte) = (
            u32::try_from(part).unwrap_or(0),
            u32::try_from(byte).unwrap_or(0),
        );
        if store.article_row(id)?.is_some() {
            return store.put_position(id, part, byte).map_err(Failure::from);
        }
        let mut places: Vec<Place> = store.state_get(KEY)?.unwrap_or_default();
        places.retain(|p| p.0 != id.0);
        places.insert(0, (id.0, part, byte));
        places.truncate(MOST);
        store.state_put(KEY, &places).map_err(Failure::from)
    }
}
