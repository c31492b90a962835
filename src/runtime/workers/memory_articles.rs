//! Articles that are not in the store: the sample edition, and what the command line named. The
//! desk fills the collections; workers read them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::app::Collection;
use crate::news::{Article, ArticleId};

type Collections = HashMap<Collection, Vec<Arc<Article>>>;

/// The collections, shared between threads.
#[derive(Clone, Debug, Default)]
pub struct MemoryArticles(Arc<Mutex<Collections>>);

impl MemoryArticles {
    /// Fills a collection.
    pub fn put(&self, collection: Collection, articles: Vec<Article>) {
        self.collections()
            .insert(collection, articles.into_iter().map(Arc::new).collect());
    }

    /// What stands on a collection.
    pub fn on(&self, collection: Collection) -> Vec<Arc<Article>> {
        self.collections()
            .get(&collection)
            .cloned()
            .unwrap_or_default()
    }

    /// What stands on any.
    pub fn all(&self) -> Vec<Arc<Article>> {
        self.collections().values().flatten().cloned().collect()
    }

    /// The article of that name.
    pub fn find(&self, id: ArticleId) -> Option<Arc<Article>> {
        self.collections()
            .values()
            .flatten()
            .find(|a| a.id() == id)
            .cloned()
    }

    fn collections(&self) -> MutexGuard<'_, Collections> {
        // A thread that panicked while it held them left them as they were.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
