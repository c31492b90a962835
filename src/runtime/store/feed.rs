//! Subscriptions, and the results of fetching them.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::row;
use super::{Store, StoreError};
use crate::news::address::text_without_secrets;
use crate::news::{ArticleId, Clean, Feed, FeedId, FeedRow};

/// Seconds from now beyond which no feed can be due, since a server may ask for a week at most. A
/// later date is wrong.
const LONGEST_WAIT: i64 = 40 * 24 * 3600;

/// A subscription to be fetched, with what a conditional request needs.
#[derive(Clone, Debug, PartialEq)]
pub struct DueFeed {
    /// The subscription's id.
    pub id: FeedId,
    /// Address, title, site and folder.
    pub feed: Feed,
    /// `ETag` of the last full answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last full answer.
    pub last_modified: Option<String>,
    /// Number of consecutive failures.
    pub failures: u32,
    /// Whether it never was received: what it lists is new then, and mostly stored already else.
    pub is_new: bool,
}

/// The outcome of fetching a feed, and when to fetch it again.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedCheck {
    /// When it was fetched.
    pub at: Timestamp,
    /// When to fetch it again.
    pub due: Timestamp,
    /// `ETag` and `Last-Modified` of a full answer, or of a 304 that has one; `None` leaves those
    /// stored.
    pub validators: Option<(Option<String>, Option<String>)>,
    /// Title and site that the feed gives itself; they fill what the reader left empty.
    pub declared: Option<Feed>,
    /// The interval in seconds that the feed asks for (`ttl`).
    pub ttl: Option<i64>,
    /// The address after permanent redirects.
    pub moved: Option<String>,
    /// Until when the server asked not to be asked again (`Retry-After`).
    pub held_off: Option<Timestamp>,
    /// The error in a form for the log and the list of feeds; `None` after success.
    pub error: Option<String>,
}

/// Beginning of the keys in the table `state` under which the former addresses of feeds are kept,
/// with the feed's id as their value: who subscribes to one, or imports an old list, means the feed
/// that is there already. Unsubscribing forgets them.
const MOVED: &str = "feed moved from ";

const COLUMNS: &str =
    "id, url, title, site, folder, page, articles, unread, ok, error, failures, due, newest";

impl Store {
    /// The address of the feed that delivered an article; `None` if none did.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feed_of(&self, article: ArticleId) -> Result<Option<Clean>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select feed.url from article join feed on feed.id = article.feed where article.id = ?",
        )?;
        let found = query
            .query_row([row::key(article)], |r| row::clean(r, 0))
            .optional()?;
        Ok(found.flatten())
    }

    /// Subscribes to a feed. A feed that was subscribed to before comes back with its articles.
    /// Title, site and folder are set where `feed` has them.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn feed_add(&self, feed: &Feed) -> Result<FeedId, StoreError> {
        self.keep(|step| subscribe(step, feed))
    }

    /// Subscribes to several feeds in one transaction, which waits for the disk once.
    ///
    /// # Errors
    /// The library can't be written; none is subscribed to then.
    pub fn feeds_add(&self, feeds: &[Feed]) -> Result<Vec<FeedId>, StoreError> {
        self.keep(|step| feeds.iter().map(|feed| subscribe(step, feed)).collect())
    }

    /// Puts subscriptions into folders, in one transaction; `None` for no folder.
    ///
    /// # Errors
    /// The library can't be written; none is moved then.
    pub fn file_feeds(&self, feeds: &[(FeedId, Option<Clean>)]) -> Result<(), StoreError> {
        self.keep(|step| {
            let mut put = step.prepare_cached("update feed set folder = ?2 where id = ?1")?;
            for (id, folder) in feeds {
                put.execute(params![id.0, row::text(folder.as_ref())])?;
            }
            Ok(())
        })
    }

    /// The subscription that had the address `url` before its server said that it moved for good.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feed_moved_from(&self, url: &str) -> Result<Option<FeedId>, StoreError> {
        Ok(moved_from(&self.db, url)?.map(|(id, _)| id))
    }

    /// Unsubscribes. The feed and the articles that no other feed lists are hidden everywhere,
    /// except scraps. [`Store::feed_restore`] undoes it completely.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn feed_remove(&self, id: FeedId, now: Timestamp) -> Result<(), StoreError> {
        self.keep(|step| {
            step.execute(
                "update feed set gone = ?2 where id = ?1",
                params![id.0, now.as_second()],
            )?;
            step.execute(
                "delete from state where json = ?1 and substr(key, 1, length(?2)) = ?2",
                params![id.0.to_string(), MOVED],
            )?;
            hide_articles(step, id)
        })
    }

    /// Undoes [`Store::feed_remove`].
    ///
    /// # Errors
    /// The library can't be written.
    pub fn feed_restore(&self, id: FeedId) -> Result<(), StoreError> {
        self.keep(|step| {
            step.execute("update feed set gone = null where id = ?", [id.0])?;
            show_articles(step, id)
        })
    }

    /// All subscriptions, sorted by folder and title.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feeds(&self) -> Result<Vec<FeedRow>, StoreError> {
        let sql =
            format!("select {COLUMNS} from feed where gone is null order by folder, title, id");
        let mut query = self.db.prepare_cached(&sql)?;
        let rows = query.query_map([], feed_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The ids and titles of all subscriptions, in the order of [`Store::feeds`], at a third of its
    /// cost: the first frame waits for them.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feed_titles(&self) -> Result<Vec<(FeedId, Clean)>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select id, title from feed where gone is null order by folder, title, id",
        )?;
        let rows = query.query_map([], |r| {
            Ok((FeedId(r.get(0)?), row::clean(r, 1)?.unwrap_or_default()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of subscriptions, counted no further than `most`: to count all would read all
    /// that is known of them.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feed_count(&self, most: u32) -> Result<u32, StoreError> {
        let count = "select count(*) from (select 1 from feed where gone is null limit ?)";
        Ok(self.db.query_row(count, [most], |r| r.get(0))?)
    }

    /// Whether there is, or was, a subscription with this address.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn knows_feed(&self, url: &Clean) -> Result<bool, StoreError> {
        let mut query = self.db.prepare_cached("select 1 from feed where url = ?")?;
        Ok(query.exists([&**url])?)
    }

    /// Subscriptions to be fetched at `now`, the longest overdue first; with `None`, all of them.
    /// Feeds whose server asked for a pause are left out, and those that a sync server fetches.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feeds_due(&self, now: Option<Timestamp>) -> Result<Vec<DueFeed>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select id, url, title, site, folder, page, etag, modified, failures, ok is null
             from feed
             where gone is null and (due <= ?1 or due > ?3) and (held_off <= ?2 or held_off > ?3)
               and id not in (select feed from remote_feed where remote is not null)
             order by due, id",
        )?;
        let today = Timestamp::now().as_second();
        // A later date was written while the clock was wrong, so the feed counts as due.
        let bounds = [
            now.map_or(i64::MAX, Timestamp::as_second),
            today,
            today.saturating_add(LONGEST_WAIT),
        ];
        let rows = query.query_map(bounds, |r| {
            Ok(DueFeed {
                id: FeedId(r.get(0)?),
                feed: feed(r)?,
                etag: r.get(6)?,
                last_modified: r.get(7)?,
                failures: r.get(8)?,
                is_new: r.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Subscribes to a feed, or back to one that was unsubscribed from.
pub(super) fn subscribe(step: &rusqlite::Connection, feed: &Feed) -> Result<FeedId, StoreError> {
    let moved = moved_from(step, &feed.url)?;
    let url = moved.as_ref().map_or(&*feed.url, |(_, url)| url);
    let id = step
        .prepare_cached(
            "insert into feed (url, title, site, folder, page) values (?1, ?2, ?3, ?4, ?5)
                     on conflict (url) do update set gone = null, page = ?5,
                        folder = coalesce(?4, folder),
                        site = coalesce(?3, site),
                       title = case when ?2 = '' then title else ?2 end
                     returning id",
        )?
        .query_row(
            params![
                url,
                &*feed.title,
                row::text(feed.site.as_ref()),
                row::text(feed.folder.as_ref()),
                feed.page
            ],
            |r| r.get(0).map(FeedId),
        )?;
    show_articles(step, id)?;
    Ok(id)
}

/// Stores the outcome of fetching a feed.
pub(super) fn answer(
    step: &rusqlite::Connection,
    id: FeedId,
    a: &FeedCheck,
) -> Result<(), StoreError> {
    if a.error.is_some() {
        step.prepare_cached(
            "update feed set due = ?2, error = ?3, failures = failures + 1 where id = ?1",
        )?
        .execute(params![id.0, a.due.as_second(), a.error])?;
    } else {
        step.prepare_cached(
            "update feed set due = ?2, ok = ?3, ttl = ?4, error = null, failures = 0 where id = ?1",
        )?
        .execute(params![id.0, a.due.as_second(), a.at.as_second(), a.ttl])?;
    }
    if let Some(until) = a.held_off {
        step.prepare_cached("update feed set held_off = ?2 where id = ?1")?
            .execute([id.0, until.as_second()])?;
    }
    if let Some((etag, modified)) = &a.validators {
        step.prepare_cached("update feed set etag = ?2, modified = ?3 where id = ?1")?
            .execute(params![id.0, etag, modified])?;
    }
    if let Some(declared) = &a.declared {
        step.prepare_cached(
            "update feed set
               title = case when title in ('', url) and ?2 <> '' then ?2 else title end,
               site = coalesce(site, ?3) where id = ?1",
        )?
        .execute(params![
            id.0,
            &*declared.title,
            row::text(declared.site.as_ref())
        ])?;
    }
    if let Some(moved) = &a.moved {
        let old: String =
            step.query_row("select url from feed where id = ?", [id.0], |r| r.get(0))?;
        // Where both addresses are subscribed to, both stay: the reader decides which one to keep.
        let changed = step
            .prepare_cached("update or ignore feed set url = ?2 where id = ?1")?
            .execute(params![id.0, moved])?;
        if changed > 0 && old != *moved {
            step.execute(
                "insert or replace into state (key, json) values (?, ?)",
                params![format!("{MOVED}{old}"), id.0.to_string()],
            )?;
        }
    }
    Ok(())
}

/// The subscription that had the address `url` until its server said that it moved.
pub(super) fn moved_from(
    step: &rusqlite::Connection,
    url: &str,
) -> rusqlite::Result<Option<(FeedId, String)>> {
    step.prepare_cached(
        "select f.id, f.url from state s join feed f on f.id = cast(s.json as integer)
         where s.key = ?1 and f.gone is null
           and not exists (select 1 from feed where url = ?2 and gone is null)",
    )?
    .query_row([format!("{MOVED}{url}"), url.to_owned()], |r| {
        Ok((FeedId(r.get(0)?), r.get(1)?))
    })
    .optional()
}

/// Hides the articles that no subscription lists any more, except scraps.
pub(super) fn hide_articles(step: &rusqlite::Connection, id: FeedId) -> Result<(), StoreError> {
    step.execute(
        "update article set gone = gone | 1
         where scrapped = 0 and n in (select n from listing where feed = ?1)
           and not exists (select 1 from listing l join feed f on f.id = l.feed
                           where l.n = article.n and f.gone is null)",
        [id.0],
    )?;
    Ok(())
}

pub(super) fn show_articles(step: &rusqlite::Connection, id: FeedId) -> Result<(), StoreError> {
    step.execute(
        "update article set gone = gone & ~1
         where gone & 1 and n in (select n from listing where feed = ?)",
        [id.0],
    )?;
    Ok(())
}

/// The feed in the columns 1 to 5 of a row.
pub(super) fn feed(r: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        url: row::clean(r, 1)?.unwrap_or_default(),
        // Older libraries have titles that are the feed's address.
        title: Clean::line(&text_without_secrets(
            &row::clean(r, 2)?.unwrap_or_default(),
        )),
        site: row::clean(r, 3)?,
        folder: row::clean(r, 4)?,
        page: r.get(5)?,
    })
}

fn feed_row(r: &Row<'_>) -> rusqlite::Result<FeedRow> {
    Ok(FeedRow {
        id: FeedId(r.get(0)?),
        feed: feed(r)?,
        articles: r.get::<_, i64>(6)?.unsigned_abs(),
        unread: r.get::<_, i64>(7)?.unsigned_abs(),
        last_ok: r.get::<_, Option<i64>>(8)?.map(row::instant),
        last_error: row::clean(r, 9)?,
        failures: r.get(10)?,
        due: row::instant(r.get(11)?),
        newest: r
            .get::<_, Option<i64>>(12)?
            .filter(|&t| t > 0)
            .map(row::instant),
    })
}
