//! Stores and reads articles: a row for lists, and a body apart from it. A stored article is
//! recognised by its address, by the feed's id for it, or by its content.

use std::borrow::Cow;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::body;
use super::count_delta::CountDelta;
use super::delivery_filter::DeliveryFilter;
use super::incoming::{HostCache, IncomingArticle, KeyedEntry};
use super::index::{self, IndexBatch};
use super::known_keys::{ArticleKey, KnownKeys};
use super::revision;
use super::row::{self, ORDER_BITS, UnfetchedPage, key};
use super::{Store, StoreError};
use crate::extract::Profiles;
use crate::news::site::is_same_site;
use crate::news::{Added, Article, ArticleId, ArticleRow, FeedEntry, FeedId, StoredText};

impl Store {
    /// Stores the text of a page or of an opened source. `known` is the article it was opened from,
    /// if any: the page may give another address than the feed did.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_article(
        &self,
        article: &Article,
        known: Option<ArticleId>,
        now: Timestamp,
    ) -> Result<ArticleId, StoreError> {
        self.write(|step| {
            let mut incoming = IncomingArticle::of_page(article);
            incoming.id = known.unwrap_or(incoming.id);
            match place_of(step, key(incoming.id))? {
                Some(n) => {
                    revision::note(step, n, &incoming, now)?;
                    replace(step, n, &incoming)?;
                }
                None => {
                    let mut sum = CountDelta::at(now);
                    index::wait(step, insert(step, None, &incoming, now, &mut sum)?)?;
                    sum.write(step, None)?;
                }
            }
            Ok(incoming.id)
        })
    }

    /// The article, with as much of its text as is stored.
    ///
    /// # Errors
    /// `Entry` where the stored form is damaged.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>, StoreError> {
        let sql = format!(
            "select {}, b.json from article a left join body b on b.id = a.body where a.id = ?",
            row::ARTICLE_COLUMNS
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([key(id)])?;
        let Some(found) = rows.next()? else {
            return Ok(None);
        };
        let stored = found
            .get_ref(row::BEHIND_ARTICLE)?
            .as_blob_or_null()
            .unwrap_or_default();
        body::unpack(row::article_row(found)?, stored).map(Some)
    }

    /// The article as a row of a list, without its text.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn article_row(&self, id: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
        let sql = format!(
            "select {} from article a where a.id = ?",
            row::ARTICLE_COLUMNS
        );
        Ok(self
            .db
            .prepare_cached(&sql)?
            .query_row([key(id)], row::article_row)
            .optional()?)
    }

    /// Where the reader stopped reading: the number of the block, and a byte offset in it.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn position(&self, id: ArticleId) -> Result<Option<(u32, u32)>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select part, byte from article where id = ? and part is not null")?;
        Ok(query
            .query_row([key(id)], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?)
    }

    /// Stores where the reader stopped reading.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_position(&self, id: ArticleId, part: u32, byte: u32) -> Result<(), StoreError> {
        let mut set = self
            .db
            .prepare_cached("update article set part = ?2, byte = ?3 where id = ?1")?;
        set.execute(params![key(id), part, byte])?;
        Ok(())
    }

    /// At most `limit` unread articles whose page has not been fetched, newest first. Those for
    /// which fetching failed after `since` are left out.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn wanting_text(
        &self,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<UnfetchedPage>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select id, url, (select feed.url from feed where feed.id = article.feed)
             from article
             where held < 2 and read = 0 and gone = 0 and tried < ?1 and url like 'http%'
             order by n desc limit ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![since.as_second(), limit], row::unfetched_page)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Records that fetching the article's page failed.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_tried(&self, id: ArticleId, at: Timestamp) -> Result<(), StoreError> {
        self.db
            .prepare_cached("update article set tried = ?2 where id = ?1")?
            .execute([key(id), at.as_second()])?;
        Ok(())
    }
}

/// Stores a delivery inside a transaction that may contain several. New articles are added to
/// `fresh`, to be indexed.
pub(super) fn put_delivery(
    step: &Transaction<'_>,
    feed: FeedId,
    entries: &[FeedEntry],
    now: Timestamp,
    fresh: &mut IndexBatch,
) -> Result<Added, StoreError> {
    let (mut known, mut host_cache) = (KnownKeys::default(), HostCache::default());
    let incoming = entries
        .iter()
        .enumerate()
        .map(|(order, entry)| IncomingArticle::of_feed(entry, order, &mut host_cache));
    put_all(step, feed, incoming, now, (fresh, &mut known))
}

/// As [`put_delivery`], with a part of what a feed delivered and the number of entries before it;
/// and with the keys of all articles, to which new ones are added.
pub(super) fn put_part(
    step: &Transaction<'_>,
    feed: FeedId,
    (before, entries): (usize, &[KeyedEntry]),
    now: Timestamp,
    state: (&mut IndexBatch, &mut KnownKeys),
) -> Result<Added, StoreError> {
    let incoming = (before..)
        .zip(entries)
        .map(|(order, keyed)| keyed.incoming(order));
    put_all(step, feed, incoming, now, state)
}

fn put_all<'a>(
    step: &Transaction<'_>,
    feed: FeedId,
    all: impl Iterator<Item = IncomingArticle<'a>>,
    now: Timestamp,
    (fresh, known): (&mut IndexBatch, &mut KnownKeys),
) -> Result<Added, StoreError> {
    let (mut added, mut sum) = (Added::default(), CountDelta::at(now));
    let reader = DeliveryFilter::new(step, feed, now)?;
    let from = feed_address(step, feed)?;
    for incoming in all {
        let Some(n) = known_place(step, feed, &incoming, known)? else {
            if reader.was_pruned(step, &incoming, now)? {
                continue;
            }
            let n = insert(step, Some(feed), &incoming, now, &mut sum)?;
            known.enter(ArticleKey::Id(key(incoming.id)));
            known.enter(ArticleKey::Content(incoming.content));
            known.enter(ArticleKey::Guid(feed, incoming.guid));
            known.count_new(step)?;
            reader.mute(step, n, &incoming, now)?;
            added.new.push(incoming.id);
            fresh.put(n, &incoming.article.title, incoming.words.into_owned());
            continue;
        };
        let listed = list(step, feed, n, &incoming)?;
        known.enter(ArticleKey::Guid(feed, incoming.guid));
        let stored = StoredArticle::read(step, n)?;
        if listed && stored.gone & 2 == 0 {
            sum.list(!stored.read, stored.published);
        }
        if stored.gone & 1 > 0 {
            step.prepare_cached("update article set gone = gone & ~1 where n = ?")?
                .execute([n])?;
        }
        // Most deliveries say again what is stored.
        if stored.content == incoming.content && stored.feed == Some(feed) {
            continue;
        }
        let say = stored.say(step, (feed, &from))?;
        if matches!(say, Say::TakeOver { .. }) {
            step.prepare_cached("update article set feed = ?2 where n = ?1")?
                .execute([n, feed.0])?;
        }
        if stored.content == incoming.content {
            continue;
        }
        let has_changed = match say {
            Say::Correct | Say::TakeOver { .. } => {
                // What another feed said was not rewritten by this one.
                if say == Say::Correct {
                    revision::note(step, n, &incoming, now)?;
                }
                if say == (Say::TakeOver { drops_text: true }) {
                    drop_feed_text(step, n)?;
                }
                replace(step, n, &incoming)?;
                known.enter(ArticleKey::Content(incoming.content));
                true
            }
            Say::Gaps { text } => fill(step, n, &incoming, text)?,
        };
        if has_changed {
            reader.mute(step, n, &incoming, now)?;
            added.updated.push(row::article_id(stored.id));
        }
    }
    sum.write(step, Some(feed))?;
    Ok(added)
}

/// What a feed may change of an article that is stored already.
///
/// Of the feeds that list an article, one has the say: a feed of the article's own publisher before
/// those of others, and of several the one that was subscribed to first. So it does not depend on
/// which server answers first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Say {
    /// Everything, since the stored words are its own: what it says otherwise is a revision.
    Correct,
    /// Everything, in the place of a feed that has less of a say.
    TakeOver {
        /// Whether a text of that feed goes even where this one has none.
        drops_text: bool,
    },
    /// What is missing; the text only where no feed of the article's publisher lists it.
    Gaps {
        /// Whether its text counts.
        text: bool,
    },
}

/// What decides about a further delivery of a stored article.
struct StoredArticle {
    id: i64,
    content: i64,
    gone: i64,
    read: bool,
    published: Option<i64>,
    /// The feed whose words it has.
    feed: Option<FeedId>,
    url: String,
}

impl StoredArticle {
    fn read(step: &Transaction<'_>, n: i64) -> rusqlite::Result<Self> {
        step.prepare_cached(
            "select id, content, gone, read, published, feed, coalesce(url, '')
             from article where n = ?",
        )?
        .query_row([n], |r| {
            Ok(Self {
                id: r.get(0)?,
                content: r.get(1)?,
                gone: r.get(2)?,
                read: r.get(3)?,
                published: r.get(4)?,
                feed: r.get::<_, Option<i64>>(5)?.map(FeedId),
                url: r.get(6)?,
            })
        })
    }

    fn say(&self, step: &Transaction<'_>, (feed, from): (FeedId, &str)) -> rusqlite::Result<Say> {
        let is_own = is_own_feed(from, &self.url);
        let Some(first) = self.feed else {
            // Without a feed it was opened by its address, and is as its page says.
            return Ok(match is_own {
                true => Say::TakeOver { drops_text: false },
                false => Say::Gaps { text: true },
            });
        };
        if first == feed {
            return Ok(Say::Correct);
        }
        let is_first_own = is_own_feed(&feed_address(step, first)?, &self.url);
        let is_former = || {
            step.prepare_cached("select 1 from feed where id = ? and gone is not null")?
                .exists([first.0])
        };
        Ok(match (is_own, is_first_own) {
            (true, false) => Say::TakeOver { drops_text: true },
            (false, true) => Say::Gaps { text: false },
            _ if feed.0 < first.0 || is_own && is_former()? => Say::TakeOver { drops_text: false },
            _ => Say::Gaps { text: true },
        })
    }
}

/// Whether the feed at `feed` is of the site, or of the publisher, of the article at `article`. An
/// article without an address belongs to whoever listed it first.
fn is_own_feed(feed: &str, article: &str) -> bool {
    is_same_site(feed, article) || Profiles::embedded().is_same_publisher(feed, article)
}

fn feed_address(step: &Transaction<'_>, feed: FeedId) -> rusqlite::Result<String> {
    let mut query = step.prepare_cached("select url from feed where id = ?")?;
    let url = query.query_row([feed.0], |r| r.get(0)).optional()?;
    Ok(url.unwrap_or_default())
}

fn place_of(step: &Transaction<'_>, id: i64) -> Result<Option<i64>, StoreError> {
    Ok(step
        .prepare_cached("select n from article where id = ?")?
        .query_row([id], |r| r.get(0))
        .optional()?)
}

/// The key of an entry that is stored already.
pub(super) fn known_place(
    step: &Transaction<'_>,
    feed: FeedId,
    incoming: &IncomingArticle<'_>,
    known: &KnownKeys,
) -> Result<Option<i64>, StoreError> {
    for guid in std::iter::once(&incoming.guid).chain(incoming.old_guids.iter()) {
        if !known.may_have(ArticleKey::Guid(feed, *guid)) {
            continue;
        }
        let by_guid = step
            .prepare_cached("select n from listing where feed = ? and guid = ?")?
            .query_row([feed.0, *guid], |r| r.get(0))
            .optional()?;
        if by_guid.is_some() {
            return Ok(by_guid);
        }
    }
    let mut by_address = None;
    for id in std::iter::once(&key(incoming.id)).chain(incoming.other_ids.iter()) {
        if by_address.is_none() && known.may_have(ArticleKey::Id(*id)) {
            by_address = place_of(step, *id)?;
        }
    }
    let content = ArticleKey::Content(incoming.content);
    if by_address.is_some() || !incoming.is_telling() || !known.may_have(content) {
        return Ok(by_address);
    }
    let mut query = step.prepare_cached("select n from article where content = ? limit 1")?;
    Ok(query
        .query_row([incoming.content], |r| r.get(0))
        .optional()?)
}

/// Records that `feed` lists the article with the key `n`; returns whether it did not before.
fn list(
    step: &Transaction<'_>,
    feed: FeedId,
    n: i64,
    incoming: &IncomingArticle<'_>,
) -> Result<bool, StoreError> {
    let mut list =
        step.prepare_cached("insert or ignore into listing (feed, n, guid) values (?, ?, ?)")?;
    Ok(list.execute(params![feed.0, n, incoming.guid])? > 0)
}

fn insert(
    step: &Transaction<'_>,
    feed: Option<FeedId>,
    incoming: &IncomingArticle<'_>,
    now: Timestamp,
    sum: &mut CountDelta,
) -> Result<i64, StoreError> {
    let article = incoming.article;
    // An article dated in the future would stay on top of the list until that date, so the present
    // counts instead; likewise for one without a date.
    let listed = incoming
        .published
        .map_or(now, |p| p.at.min(now))
        .as_second()
        .max(0);
    let n = free_place(
        step,
        (listed << ORDER_BITS) | i64::from(0xffff - incoming.order.min(0xffff)) << 8,
    )?;
    let body = if incoming.stored_text == StoredText::Headline {
        None
    } else {
        Some(put_body(step, incoming)?)
    };
    let (published, zone) = row::unstamp(incoming.published);
    step.prepare_cached(
        "insert into article (n, id, content, feed, publisher, title, url, lang, published, zone,
           seen, pictured, held, body)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        n,
        key(incoming.id),
        incoming.content,
        feed.map(|f| f.0),
        row::text(article.publisher.as_ref()),
        &*article.title,
        row::text(article.address()),
        row::text(article.lang.as_ref()),
        published,
        zone,
        now.as_second(),
        incoming.is_pictured,
        incoming.stored_text as i64,
        body
    ])?;
    sum.enter();
    if let Some(feed) = feed {
        list(step, feed, n, incoming)?;
        sum.list(true, published);
    }
    super::shared::meet(step, incoming.id, article.address()).map(|()| n)
}

/// Updates a stored article. Its stored text never gets less: a feed's summary does not replace the
/// text of the page.
pub(super) fn replace(
    step: &Transaction<'_>,
    n: i64,
    incoming: &IncomingArticle<'_>,
) -> Result<(), StoreError> {
    let (held, body): (i64, Option<i64>) = step
        .prepare_cached("select held, body from article where n = ?")?
        .query_row([n], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let article = incoming.article;
    let body = if incoming.stored_text == StoredText::Headline
        || incoming.stored_text < row::stored_text(held)
    {
        body
    } else if let Some(body) = body {
        step.prepare_cached("update body set json = ? where id = ?")?
            .execute(params![incoming.body(step, Some(body))?, body])?;
        Some(body)
    } else {
        Some(put_body(step, incoming)?)
    };
    // The hash is that of the text last delivered by the feed, so that after the page was fetched
    // the feed's unchanged text does not count as a change.
    let content = (incoming.stored_text != StoredText::Page).then_some(incoming.content);
    let (published, zone) = row::unstamp(incoming.published);
    step.prepare_cached(
        "update article set content = coalesce(?2, content),
           publisher = coalesce(?3, publisher),
           title = case when ?4 = '' then title else ?4 end,
           lang = coalesce(?5, lang), published = coalesce(?6, published),
           zone = coalesce(?7, zone),
           pictured = max(pictured, ?8), held = max(held, ?9), body = ?10 where n = ?1",
    )?
    .execute(params![
        n,
        content,
        row::text(article.publisher.as_ref()),
        &*article.title,
        row::text(article.lang.as_ref()),
        published,
        zone,
        incoming.is_pictured,
        incoming.stored_text as i64,
        body
    ])?;
    index::wait(step, n)
}

/// Takes away the text that a feed gave; that of a page stays.
fn drop_feed_text(step: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    let mut body = step.prepare_cached(
        "delete from body where id = (select body from article where n = ?1 and held = ?2)",
    )?;
    if body.execute(params![n, StoredText::Feed as i64])? > 0 {
        step.prepare_cached("update article set body = null, held = 0 where n = ?")?
            .execute([n])?;
    }
    Ok(())
}

/// Fills what a stored article lacks from another site's feed, its text only if `text`. Returns
/// whether that gave it a text.
fn fill(
    step: &Transaction<'_>,
    n: i64,
    incoming: &IncomingArticle<'_>,
    text: bool,
) -> Result<bool, StoreError> {
    let article = incoming.article;
    let (published, zone) = row::unstamp(incoming.published);
    step.prepare_cached(
        "update article set lang = coalesce(lang, ?2),
           zone = case when published is null then ?4 else zone end,
           published = coalesce(published, ?3)
         where n = ?1 and (lang is null and ?2 is not null
           or published is null and ?3 is not null)",
    )?
    .execute(params![
        n,
        row::text(article.lang.as_ref()),
        published,
        zone
    ])?;
    if !text || incoming.stored_text == StoredText::Headline {
        return Ok(false);
    }
    let lacks_text: bool = step
        .prepare_cached("select body is null from article where n = ?")?
        .query_row([n], |r| r.get(0))?;
    if lacks_text {
        let (title, publisher) = step
            .prepare_cached("select title, publisher from article where n = ?")?
            .query_row([n], |r| Ok((row::clean(r, 0)?, row::clean(r, 1)?)))?;
        let filled = Article {
            title: title.unwrap_or_default(),
            publisher,
            bylines: Vec::new(),
            ..article.clone()
        };
        let markup = incoming.markup();
        let incoming = IncomingArticle {
            article: &filled,
            markup: markup.as_deref(),
            packed: None,
            words: Cow::default(),
            other_ids: Cow::default(),
            old_guids: Cow::default(),
            ..*incoming
        };
        let body = put_body(step, &incoming)?;
        step.prepare_cached("update article set body = ?2, held = max(held, ?3) where n = ?1")?
            .execute([n, body, incoming.stored_text as i64])?;
        index::wait(step, n)?;
    }
    Ok(lacks_text)
}

/// The first free key from `base` on. The 256 keys that begin with `base` are for articles of the
/// same second and order; where they are taken, the next 256 are tried.
fn free_place(step: &Transaction<'_>, mut base: i64) -> Result<i64, StoreError> {
    let mut last =
        step.prepare_cached("select max(n) from article where n >= ?1 and n < ?1 + 256")?;
    loop {
        match last.query_row([base], |r| r.get::<_, Option<i64>>(0))? {
            None => return Ok(base),
            Some(n) if n + 1 < base + 256 => return Ok(n + 1),
            Some(_) => base += 256,
        }
    }
}

fn put_body(step: &Transaction<'_>, incoming: &IncomingArticle<'_>) -> Result<i64, StoreError> {
    step.prepare_cached("insert into body (json) values (?)")?
        .execute([incoming.body(step, None)?])?;
    Ok(step.last_insert_rowid())
}

#[cfg(test)]
#[path = "tests/ownership.rs"]
mod tests;
