//! The last few layouts, so that going back to an article or a size costs nothing.

use std::sync::Arc;

use super::layout::Layout;
use super::measure::Measure;
use crate::news::ArticleId;

/// Which document of an article a layout shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sheet {
    /// The whole article.
    Article,
    /// Its digest.
    Digest,
}

/// What a layout is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LayoutKey {
    /// The article.
    pub article: ArticleId,
    /// A hash of its content: a changed article is another one here.
    pub revision: u64,
    /// Which document of it.
    pub sheet: Sheet,
    /// What it is set for.
    pub measure: Measure,
}

/// A small cache that drops what was used longest ago.
#[derive(Debug)]
pub struct LayoutCache {
    most: usize,
    /// Latest first.
    entries: Vec<(LayoutKey, Arc<Layout>)>,
}

impl LayoutCache {
    /// An empty cache of at most `most` layouts.
    pub fn new(most: usize) -> Self {
        Self { most, entries: Vec::new() }
    }

    /// The layout under `key`, made by `make` where it is not there.
    pub fn get(&mut self, key: &LayoutKey, make: impl FnOnce() -> Layout) -> Arc<Layout> {
        if let Some(index) = self.entries.iter().position(|(k, _)| k == key) {
            self.entries[..=index].rotate_right(1);
        } else {
            self.entries.truncate(self.most.saturating_sub(1));
            self.entries.insert(0, (key.clone(), Arc::new(make())));
        }
        Arc::clone(&self.entries[0].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Document, WidthPolicy};

    fn key(revision: u64, width: u16) -> LayoutKey {
        let measure = Measure::plain(width, WidthPolicy::default());
        LayoutKey { article: ArticleId(1), revision, sheet: Sheet::Article, measure }
    }

    #[test]
    fn what_was_used_longest_ago_goes() {
        let mut cache = LayoutCache::new(2);
        let mut made = 0;
        let mut get = |cache: &mut LayoutCache, key: &LayoutKey| {
            cache.get(key, || {
                made += 1;
                Layout::new(Arc::new(Document::default()), key.measure.clone())
            });
            made
        };
        assert_eq!(get(&mut cache, &key(1, 40)), 1);
        assert_eq!(get(&mut cache, &key(1, 60)), 2);
        assert_eq!(get(&mut cache, &key(1, 40)), 2);
        assert_eq!(get(&mut cache, &key(2, 40)), 3, "a changed article is another one");
        assert_eq!(get(&mut cache, &key(1, 40)), 3);
        assert_eq!(get(&mut cache, &key(1, 60)), 4, "dropped");
    }
}
