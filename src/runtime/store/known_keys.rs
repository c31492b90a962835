//! Which keys no stored article has, so that a large refresh need not ask the database.
//!
//! An article that is new costs seven searches that find nothing: by the feed's id for it, by five
//! forms of its address, by its text. The keys are hashes, and each search goes to another page of
//! an index: the larger the library, the longer it takes. A Bloom filter of all keys answers nearly
//! all of them from memory. It is made once a refresh has brought so many new articles that reading
//! the keys pays.

use rusqlite::Transaction;

use super::StoreError;
use crate::news::FeedId;

/// New articles from which on the filter may be made.
const FEWEST: usize = 1024;

/// It is made once there is one new article for so many stored ones. Reading the keys of these
/// takes about as long as the searches for one that is new.
const STORED_FOR_ONE: usize = 48;

/// Bits of the filter for each key. Of a thousand keys that no article has, it then lets about five
/// pass.
const BITS: usize = 16;

/// A key by which a stored article is recognised.
#[derive(Clone, Copy, Debug)]
pub(super) enum ArticleKey {
    /// The article's id.
    Id(i64),
    /// The hash of its text.
    Content(i64),
    /// The hash of a feed's id for it.
    Guid(FeedId, i64),
}

impl ArticleKey {
    /// A hash of the key in which all bits differ.
    fn hash(self) -> u64 {
        let (salt, key) = match self {
            Self::Id(id) => (1, id),
            Self::Content(content) => (2, content),
            Self::Guid(feed, guid) => (3 + feed.0.cast_unsigned(), guid),
        };
        let mixed =
            (key.cast_unsigned() ^ salt.rotate_left(40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    }
}

/// The keys of the stored articles, for the transactions of one refresh.
#[derive(Debug, Default)]
pub struct KnownKeys {
    filter: Option<Filter>,
    /// New articles since it could last have been made.
    new: usize,
    /// The library's `data_version`: another one means that another connection has written.
    version: i64,
}

impl KnownKeys {
    /// To be called at the start of a transaction: forgets the keys if another connection may have
    /// added some.
    pub(super) fn begin(&mut self, step: &Transaction<'_>) -> Result<(), StoreError> {
        let version = step
            .prepare_cached("pragma data_version")?
            .query_row([], |r| r.get(0))?;
        if version != self.version {
            *self = Self {
                version,
                ..Self::default()
            };
        }
        Ok(())
    }

    /// Whether a stored article may have this key; never `false` where one has it.
    pub(super) fn may_have(&self, key: ArticleKey) -> bool {
        self.filter
            .as_ref()
            .is_none_or(|filter| filter.may_have(key))
    }

    /// Adds a key that a stored article has from now on.
    pub(super) fn enter(&mut self, key: ArticleKey) {
        if let Some(filter) = &mut self.filter {
            filter.enter(key);
        }
    }

    /// Counts a new article, after it was stored; makes the filter, or a larger one, where it pays.
    pub(super) fn count_new(&mut self, step: &Transaction<'_>) -> Result<(), StoreError> {
        self.new += 1;
        let is_due = match &self.filter {
            Some(filter) => filter.room == 0,
            None => self.new.is_multiple_of(FEWEST),
        };
        if !is_due {
            return Ok(());
        }
        let stored: i64 = step
            .prepare_cached("select shown from tally")?
            .query_row([], |r| r.get(0))?;
        let stored = usize::try_from(stored).unwrap_or(0);
        if self.filter.is_some() || self.new.saturating_mul(STORED_FOR_ONE) >= stored {
            self.filter = Some(Filter::of(step, stored)?);
        }
        Ok(())
    }
}

/// A set of keys that may seem to have a few more. Each key sets four bits of one word.
#[derive(Debug)]
struct Filter {
    words: Vec<u64>,
    /// How many more keys it takes before it lets too many pass.
    room: usize,
}

impl Filter {
    /// The keys of all articles; `stored` is about their number.
    fn of(step: &Transaction<'_>, stored: usize) -> Result<Self, StoreError> {
        // Three keys each, and as many again.
        let keys = (stored + 8 * FEWEST) * 6;
        let mut filter = Self {
            words: vec![0; (keys * BITS / 64).next_power_of_two()],
            room: keys,
        };
        let mut articles = step.prepare_cached("select id, content from article")?;
        let mut rows = articles.query([])?;
        while let Some(row) = rows.next()? {
            filter.enter(ArticleKey::Id(row.get(0)?));
            filter.enter(ArticleKey::Content(row.get(1)?));
        }
        let mut listings = step.prepare_cached("select feed, guid from listing")?;
        let mut rows = listings.query([])?;
        while let Some(row) = rows.next()? {
            filter.enter(ArticleKey::Guid(FeedId(row.get(0)?), row.get(1)?));
        }
        Ok(filter)
    }

    /// The word of a key, and its bits there.
    fn place(&self, key: ArticleKey) -> (usize, u64) {
        let hash = key.hash();
        let word = (hash >> 32) as usize & (self.words.len() - 1);
        let bits = (0..4).fold(0, |bits, i| bits | 1 << (hash >> (6 * i) & 63));
        (word, bits)
    }

    fn may_have(&self, key: ArticleKey) -> bool {
        let (word, bits) = self.place(key);
        self.words[word] & bits == bits
    }

    fn enter(&mut self, key: ArticleKey) {
        let (word, bits) = self.place(key);
        self.words[word] |= bits;
        self.room = self.room.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::ArticleId;
    use crate::runtime::store::row::key;

    #[test]
    fn a_key_that_was_entered_is_never_denied_and_few_others_pass() {
        let mut filter = Filter {
            words: vec![0; (3000 * BITS / 64_usize).next_power_of_two()],
            room: 3000,
        };
        let keys = |from: usize| {
            (from..from + 1000).flat_map(|n| {
                let hash = key(ArticleId::of_content(&n.to_string()));
                let feed = FeedId(i64::try_from(n % 7).unwrap());
                [
                    ArticleKey::Id(hash),
                    ArticleKey::Content(hash),
                    ArticleKey::Guid(feed, hash),
                ]
            })
        };
        keys(0).for_each(|key| filter.enter(key));
        assert_eq!(filter.room, 0);
        assert!(keys(0).all(|key| filter.may_have(key)));
        let passed = keys(1000).filter(|key| filter.may_have(*key)).count();
        assert!(passed < 60, "{passed} of 3000");
    }
}
