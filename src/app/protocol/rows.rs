//! Rows of the list: where they come from, which are asked for, and what comes.

use std::sync::Arc;

use crate::news::{Article, ArticleId, Clean, Filter, Query, Stamp};

/// Where the rows of a list come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Collection {
    /// The sources named on the command line.
    Sources,
    /// The sample edition.
    #[default]
    Sample,
    /// All subscriptions.
    Library,
    /// 오늘의 이슈: one row per story.
    Issues,
    /// The articles of one issue.
    Story(u64),
    /// The scraps.
    Scraps,
}

/// One article of the list, with no more than its row shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The article; of an issue, the story's id.
    pub id: ArticleId,
    /// Headline.
    pub title: Clean,
    /// 언론사.
    pub publisher: Option<Clean>,
    /// When it was published.
    pub when: Option<Stamp>,
    /// The reader opened it before.
    pub read: bool,
    /// It is scrapped.
    pub scrapped: bool,
    /// Other publishers' copies of it that are folded into this row.
    pub copies: usize,
    /// Of an issue: how many publishers carry it, and their names. Shown instead of publisher and
    /// time.
    pub publishers: Option<(usize, Clean)>,
}

impl Row {
    /// The row of an unread article that is not scrapped.
    pub fn of(article: &Article) -> Self {
        Self {
            id: article.id(),
            title: article.title.clone(),
            publisher: article.publisher.clone(),
            when: article.published,
            read: false,
            scrapped: false,
            copies: 0,
            publishers: None,
        }
    }
}

/// Asks for some rows of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsRequest {
    /// The collection.
    pub collection: Collection,
    /// Which part of the library.
    pub filter: Filter,
    /// Only articles that match this query.
    pub query: Option<Query>,
    /// Index of the first row wanted.
    pub offset: usize,
    /// How many rows at most.
    pub limit: usize,
}

/// Rows that follow each other in a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowsPage {
    /// Index of the first of them.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many rows the whole collection has.
    pub total: usize,
    /// How many of the whole collection are unread.
    pub unread: usize,
}

/// Names an article of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleRequest {
    /// Where it is listed: a scrap is the copy that was made of the article.
    pub collection: Collection,
    /// The article.
    pub id: ArticleId,
}

/// An article to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedArticle {
    /// The article.
    pub article: Arc<Article>,
    /// Where its reading stopped: part of the document, and byte in it.
    pub place: Option<(usize, usize)>,
}

impl From<Arc<Article>> for OpenedArticle {
    fn from(article: Arc<Article>) -> Self {
        Self {
            article,
            place: None,
        }
    }
}
