//! Articles that are not in the library: the sample edition, and those of sources named on the
//! command line. Shared by the workers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::app::Collection;
use crate::news::{Article, ArticleId};

type Collections = HashMap<Collection, Vec<Arc<Article>>>;

/// The collections, shared between threads.
#[derive(Clone, Debug, Default)]
pub struct MemoryArticles(Arc<Mutex<Collections>>);

impl MemoryArticles {
    /// Replaces the articles of a collection.
    pub fn put(&self, collection: Collection, articles: Vec<Article>) {
        self.collections()
            .insert(collection, articles.into_iter().map(Arc::new).collect());
    }

    /// The articles of a collection.
    pub fn on(&self, collection: Collection) -> Vec<Arc<Article>> {
        self.collections()
            .get(&collection)
            .cloned()
            .unwrap_or_default()
    }

    /// The articles of all collections.
    pub fn all(&self) -> Vec<Arc<Article>> {
        self.collections().values().flatten().cloned().collect()
    }

    /// The article with this id.
    pub fn find(&self, id: ArticleId) -> Option<Arc<Article>> {
        self.collections()
            .values()
            .flatten()
            .find(|a| a.id() == id)
            .cloned()
    }

    fn collections(&self) -> MutexGuard<'_, Collections> {
        // A thread that panicked while holding the lock can't have left them inconsistent.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
