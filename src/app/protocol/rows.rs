//! Rows of the list: their collection, the request for some of them, and the answer.

use std::sync::Arc;

use crate::news::{Article, ArticleId, Clean, Filter, Query, Revision, Stamp};

/// Where the rows of a list come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Collection {
    /// The articles of the sources given on the command line.
    Sources,
    /// The sample edition that comes with the program.
    #[default]
    Sample,
    /// The articles of all subscriptions.
    Library,
    /// 오늘의 신문: the day's issues, then the top stories of each publisher.
    Front,
    /// 오늘의 이슈: one row per story, not per article.
    Issues,
    /// The articles of one issue, by the story's id.
    Story(u64),
    /// The scraps.
    Scraps,
}

/// One row of the list, with only what the row shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The article's id; for an issue, the story's.
    pub id: ArticleId,
    /// Headline.
    pub title: Clean,
    /// 언론사.
    pub publisher: Option<Clean>,
    /// When the article was published.
    pub when: Option<Stamp>,
    /// Whether it was read.
    pub read: bool,
    /// Whether it is scrapped.
    pub scrapped: bool,
    /// The number of other publishers' copies of it that are folded into this row.
    pub copies: usize,
    /// How often its publisher was seen to have rewritten it.
    pub revisions: u32,
    /// Its labels, if it is a scrap.
    pub tags: Vec<Clean>,
    /// Whether it is in the read-later queue.
    pub later: bool,
    /// For an issue: how many publishers carry it, and their names. Shown instead of publisher and
    /// time.
    pub publishers: Option<(usize, Clean)>,
    /// For an issue that stands under another one on its topic, the title of that.
    pub topic: Option<Clean>,
    /// On the front page, the section that begins with this row.
    pub section: Option<Section>,
}

/// A section of the front page.
#[derive(Clone, Debug, PartialEq)]
pub enum Section {
    /// The issues of the day.
    Issues,
    /// The top stories of a publisher.
    Publisher {
        /// Its name, or the title of a subscription that lists many publishers.
        name: Clean,
        /// Its unread articles of the day.
        unread: usize,
        /// What lists all its articles.
        filter: Box<Filter>,
    },
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
            revisions: 0,
            tags: Vec::new(),
            later: false,
            publishers: None,
            section: None,
            topic: None,
        }
    }

    /// Whether it stands for one of today's issues.
    pub fn is_issue(&self) -> bool {
        self.publishers.is_some()
    }
}

/// Asks for some rows of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsRequest {
    /// The collection.
    pub collection: Collection,
    /// Which part of the library.
    pub filter: Filter,
    /// The query that articles have to match; `None` for all.
    pub query: Option<Query>,
    /// Index of the first row, from 0.
    pub offset: usize,
    /// The largest number of rows.
    pub limit: usize,
}

/// Consecutive rows of a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowsPage {
    /// Index of the first row, from 0.
    pub offset: usize,
    /// The rows from `offset` on; fewer than asked for at the end of the collection.
    pub rows: Vec<Row>,
    /// The number of rows in the whole collection.
    pub total: usize,
    /// The number of unread rows in the whole collection.
    pub unread: usize,
}

/// Names an article of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleRequest {
    /// The collection that lists it: a scrap is a copy with a text of its own.
    pub collection: Collection,
    /// The article.
    pub id: ArticleId,
}

/// An article to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedArticle {
    /// The article.
    pub article: Arc<Article>,
    /// Where reading stopped last time: the index of the document's part, and the byte in it.
    pub place: Option<(usize, usize)>,
    /// What its publisher was seen to have rewritten, the first time first.
    pub revisions: Vec<Revision>,
    /// Whether it is in the read-later queue.
    pub is_queued: bool,
}

impl From<Arc<Article>> for OpenedArticle {
    fn from(article: Arc<Article>) -> Self {
        Self {
            article,
            place: None,
            revisions: Vec::new(),
            is_queued: false,
        }
    }
}
