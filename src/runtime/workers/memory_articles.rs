//! Articles that are not in the store: the sample edition, and what the command line named. The
//! desk fills the shelves; workers read them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::app::Shelf;
use crate::news::{Article, ArticleId};

type Shelves = HashMap<Shelf, Vec<Arc<Article>>>;

/// The shelves, shared between threads.
#[derive(Clone, Debug, Default)]
pub struct Stock(Arc<Mutex<Shelves>>);

impl Stock {
    /// Fills a shelf.
    pub fn put(&self, shelf: Shelf, articles: Vec<Article>) {
        self.shelves()
            .insert(shelf, articles.into_iter().map(Arc::new).collect());
    }

    /// What stands on a shelf.
    pub fn on(&self, shelf: Shelf) -> Vec<Arc<Article>> {
        self.shelves().get(&shelf).cloned().unwrap_or_default()
    }

    /// What stands on any.
    pub fn all(&self) -> Vec<Arc<Article>> {
        self.shelves().values().flatten().cloned().collect()
    }

    /// The article of that name.
    pub fn find(&self, id: ArticleId) -> Option<Arc<Article>> {
        self.shelves()
            .values()
            .flatten()
            .find(|a| a.id() == id)
            .cloned()
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        // A thread that panicked while it held them left them as they were.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
