//! Rows of a collection for the list pane.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::LibraryWorker;
use crate::app::Failure;
use crate::app::panes::list::MOST_FOUND;
use crate::app::protocol::rows::{Collection, Row, RowsPage, RowsRequest};
use crate::news::{
    Article, ArticleId, ArticleRow, Block, Filter, Form, PageStart, Query, RowPage, Subject, sample,
};
use crate::runtime::cancel::Cancel;

impl LibraryWorker {
    /// The rows of a collection, and how many there are in all.
    pub(crate) fn rows(
        &mut self,
        wanted: &RowsRequest,
        cancel: &Cancel,
    ) -> Result<RowsPage, Failure> {
        let mut unread = None;
        let (mut rows, total) = match wanted.collection {
            Collection::Sample | Collection::Sources => self.own_rows(wanted),
            Collection::Scraps => self.scrap_rows(wanted)?,
            Collection::Library => {
                let (rows, total, unread_of_all) = self.library_rows(wanted, cancel)?;
                unread = Some(unread_of_all);
                (rows, total)
            }
            Collection::Front => {
                let rows = match self.front.take() {
                    Some(prepared) => prepared,
                    None => self.front_rows()?,
                };
                let total = rows.len();
                (rows, total)
            }
            Collection::Story(story) => self.story_rows(story),
            // The story worker answers for these.
            Collection::Issues => (Vec::new(), 0),
        };
        if wanted.collection != Collection::Scraps {
            self.label(&mut rows);
        }
        let unread = unread.unwrap_or_else(|| rows.iter().filter(|r| !r.read).count());
        Ok(RowsPage {
            offset: wanted.offset,
            rows,
            total,
            unread,
        })
    }

    fn own_rows(&self, wanted: &RowsRequest) -> (Vec<Row>, usize) {
        if wanted.collection == Collection::Sample && self.memory.on(Collection::Sample).is_empty()
        {
            self.memory.put(Collection::Sample, sample::edition());
        }
        let articles = self.memory.on(wanted.collection);
        let kept = self.kept();
        let rows: Vec<Row> = articles
            .iter()
            .map(|article| (article, self.own_row(article, &kept)))
            .filter(|(article, row)| {
                wanted
                    .query
                    .as_ref()
                    .is_none_or(|q| answers(q, article, row))
            })
            .map(|(_, row)| row)
            .collect();
        let total = rows.len();
        (rows.into_iter().skip(wanted.offset).collect(), total)
    }

    /// The row of an article that is not in the library.
    pub(crate) fn own_row(&self, article: &Arc<Article>, kept: &BTreeSet<ArticleId>) -> Row {
        let row = Row::of(article);
        Row {
            read: self.read.contains(&row.id),
            scrapped: kept.contains(&row.id),
            ..row
        }
    }

    /// The ids of all scrapped articles.
    pub(crate) fn kept(&self) -> BTreeSet<ArticleId> {
        let scraps = self
            .store()
            .map(|s| s.scraps().unwrap_or_default())
            .unwrap_or_default();
        scraps.iter().map(|s| s.id).collect()
    }

    /// Gives the rows of scraps their labels.
    fn label(&self, rows: &mut [Row]) {
        let Ok(store) = self.store() else { return };
        for row in rows.iter_mut().filter(|row| row.scrapped) {
            row.tags = store.labels_of(row.id).unwrap_or_default();
        }
    }

    fn scrap_rows(&self, wanted: &RowsRequest) -> Result<(Vec<Row>, usize), Failure> {
        let store = self.store()?;
        let mut rows = Vec::new();
        for scrap in store.scraps()? {
            let row = Row {
                id: scrap.id,
                title: scrap.title,
                publisher: scrap.publisher,
                when: scrap.published,
                read: true,
                scrapped: true,
                copies: 0,
                revisions: 0,
                tags: scrap.tags,
                later: false,
                publishers: None,
                section: None,
                topic: None,
            };
            let fits = match &wanted.query {
                None => true,
                Some(query) => {
                    let whole = store.scrap(row.id)?;
                    whole.is_some_and(|s| s.answers(query))
                }
            };
            if fits {
                rows.push(row);
            }
        }
        let total = rows.len();
        Ok((rows.into_iter().skip(wanted.offset).collect(), total))
    }

    /// Rows of the library, how many there are in all, and how many of these are unread.
    fn library_rows(
        &self,
        wanted: &RowsRequest,
        cancel: &Cancel,
    ) -> Result<(Vec<Row>, usize, usize), Failure> {
        let store = self.store()?;
        if let Some(query) = &wanted.query {
            let most = wanted.offset.saturating_add(wanted.limit).min(MOST_FOUND);
            let found = store.in_order(&wanted.filter, query, most, cancel)?;
            let rows: Vec<Row> = found.into_iter().map(row).collect();
            let (total, unread) = (rows.len(), rows.iter().filter(|r| !r.read).count());
            return Ok((
                rows.into_iter().skip(wanted.offset).collect(),
                total,
                unread,
            ));
        }
        let page = RowPage {
            start: PageStart::Offset(wanted.offset),
            limit: wanted.limit,
        };
        let filter = folded(&wanted.filter);
        let rows = store.articles(&filter, page)?;
        let count = |filter: &Filter| {
            let count = store.count(filter)?;
            Ok::<_, Failure>(usize::try_from(count).unwrap_or(usize::MAX))
        };
        let total = count(&filter)?;
        let unread = count(&Filter {
            unread: true,
            ..filter
        })?;
        Ok((rows.into_iter().map(row).collect(), total, unread))
    }
}

/// The filter with copies folded if it lists several publishers. A list of one publisher shows all
/// its articles.
fn folded(filter: &Filter) -> Filter {
    let of_many = filter.feed.is_none()
        && filter.publisher.is_none()
        && filter.story.is_none()
        && !filter.scrapped
        && !filter.later;
    Filter {
        folded: of_many,
        ..filter.clone()
    }
}

/// Converts a row of the store.
pub(crate) fn row(row: ArticleRow) -> Row {
    Row {
        id: row.id,
        title: row.title,
        publisher: row.publisher,
        when: row.published,
        read: row.read,
        scrapped: row.scrapped,
        copies: row.copies as usize,
        revisions: row.revisions,
        tags: Vec::new(),
        later: row.later.is_some(),
        publishers: None,
        section: None,
        topic: None,
    }
}

/// Whether an article matches a query.
fn answers(query: &Query, article: &Article, row: &Row) -> bool {
    let body = if query.reads_body() {
        article.text()
    } else {
        String::new()
    };
    query.matches(&Subject {
        form: Some(Form::of(article)),
        title: &article.title,
        body: &body,
        authors: &article.author_names(),
        url: article.address().map_or("", |url| url),
        publisher: article.publisher.as_deref().unwrap_or_default(),
        feeds: &[],
        tags: &[],
        lang: article.lang.as_deref().unwrap_or_default(),
        published: article.published.map(|p| p.at),
        first_seen: article.published.map_or(Timestamp::UNIX_EPOCH, |p| p.at),
        revised: None,
        later: false,
        read: row.read,
        scrapped: row.scrapped,
        pictured: article
            .blocks
            .iter()
            .any(|b| matches!(b, Block::Image { .. })),
    })
}
