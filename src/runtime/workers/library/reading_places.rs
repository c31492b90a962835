//! Where the reader stopped reading an article: stored in the article's row, or in a short list for
//! articles that are not in the library.

use super::LibraryWorker;
use crate::app::Failure;
use crate::news::ArticleId;

/// Most articles outside the library whose place is stored; the least recent is dropped.
const MOST: usize = 200;
/// The key of that list in the library's table `state`.
const KEY: &str = "places";

/// Article id, number of the part, byte offset in the part.
type Place = (u64, u32, u32);

impl LibraryWorker {
    /// The place in an article: number of the part, byte offset in it.
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

    /// Stores the place in an article: number of the part, byte offset in it.
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
