//! The server's subscriptions in the library: which feed is which, new and ended ones, and their
//! folders, by the rule of [`super::merge`].

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::feed::{hide_articles, moved_from, show_articles, subscribe};
use super::journal::{self, Wish, WishField};
use super::merge::Verdict;
use super::row;
use super::{Store, StoreError};
use crate::news::same_address::other_forms;
use crate::news::{Clean, Feed, FeedId};

/// A subscription as the server has it.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteFeed {
    /// The server's id.
    pub remote: String,
    /// Address, title, site and folder.
    pub feed: Feed,
}

/// A feed of the library that is on the server.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedFeed {
    /// The feed.
    pub id: FeedId,
    /// The server's id.
    pub remote: String,
    /// Address, title, site and folder, as the library has them.
    pub feed: Feed,
    /// Whether it was unsubscribed from here.
    pub is_gone: bool,
}

/// What taking in the server's subscriptions changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenFeeds {
    /// Subscriptions that are new here.
    pub new: usize,
    /// Subscriptions that were ended elsewhere.
    pub ended: usize,
    /// Subscriptions that are in another folder now.
    pub moved: usize,
}

impl Store {
    /// The feeds that are on the server.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn linked_feeds(&self) -> Result<Vec<LinkedFeed>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select f.id, f.url, f.title, f.site, f.folder, f.page, r.remote, f.gone is not null
             from remote_feed r join feed f on f.id = r.feed where r.remote is not null",
        )?;
        let rows = query.query_map([], |r| {
            Ok(LinkedFeed {
                id: FeedId(r.get(0)?),
                feed: super::feed::feed(r)?,
                remote: r.get(6)?,
                is_gone: r.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The feed as the library has it, subscribed to or not.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn feed_named(&self, id: FeedId) -> Result<Option<Feed>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select id, url, title, site, folder, page from feed where id = ?")?;
        Ok(query.query_row([id.0], super::feed::feed).optional()?)
    }

    /// The folder of a feed that both agreed on last; empty for none.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn agreed_folder(&self, id: FeedId) -> Result<String, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select folder from remote_feed where feed = ?")?;
        let folder = query.query_row([id.0], |r| r.get(0)).optional()?;
        Ok(folder.unwrap_or_default())
    }

    /// Notes that the server has the feed, under this id and in this folder.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn link_feed(&self, id: FeedId, remote: &str, folder: &str) -> Result<(), StoreError> {
        self.write(|step| link(step, id.0, remote, folder))
    }

    /// Takes in all subscriptions of the server, in one transaction.
    ///
    /// # Errors
    /// The library can't be written; nothing is taken in then.
    pub fn take_remote_feeds(
        &self,
        feeds: &[RemoteFeed],
        now: Timestamp,
    ) -> Result<TakenFeeds, StoreError> {
        let is_usable = |feed: &&RemoteFeed| is_web(&feed.feed.url) && !feed.remote.is_empty();
        self.apply(|step| {
            let mut taken = TakenFeeds::default();
            for feed in feeds.iter().filter(is_usable) {
                take(step, feed, &mut taken)?;
            }
            end_others(step, feeds, now, &mut taken)?;
            // Fetched by the server, and well so.
            step.execute(
                "update feed set ok = ?, error = null, failures = 0, held_off = 0
                 where id in (select feed from remote_feed where remote is not null)",
                [now.as_second()],
            )?;
            Ok(taken)
        })
    }
}

/// Whether an address is one that could be fetched from here after a logout.
pub(super) fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        let begin = url.get(..scheme.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    })
}

/// Notes that the server has a feed no more, nor its articles.
pub(super) fn unlink(step: &Transaction<'_>, feed: i64) -> Result<(), StoreError> {
    step.prepare_cached("update remote_feed set remote = null where feed = ?")?
        .execute([feed])?;
    step.prepare_cached("delete from remote_article where feed = ?")?
        .execute([feed])?;
    Ok(())
}

fn link(step: &Transaction<'_>, feed: i64, remote: &str, folder: &str) -> Result<(), StoreError> {
    step.prepare_cached("update remote_feed set remote = null where remote = ?1 and feed <> ?2")?
        .execute(params![remote, feed])?;
    step.prepare_cached(
        "insert into remote_feed (feed, remote, folder) values (?1, ?2, ?3)
         on conflict (feed) do update set remote = ?2, folder = ?3",
    )?
    .execute(params![feed, remote, folder])?;
    Ok(())
}

fn take(
    step: &Transaction<'_>,
    given: &RemoteFeed,
    taken: &mut TakenFeeds,
) -> Result<(), StoreError> {
    let server = given.feed.folder.as_deref().unwrap_or_default();
    let agreed: Option<(i64, String)> = step
        .prepare_cached("select feed, folder from remote_feed where remote = ?")?
        .query_row([&given.remote], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((feed, base)) = agreed else {
        return meet(step, given, taken);
    };
    // An address that the server follows to another is the same subscription.
    step.prepare_cached("update or ignore feed set url = ?2 where id = ?1 and url <> ?2")?
        .execute(params![feed, &*given.feed.url])?;
    let wish = journal::wish_for(step, WishField::Folder, feed)?;
    let verdict = journal::decide(
        &base,
        &server.to_owned(),
        wish.as_ref(),
        |wish: &Wish| wish.value.clone(),
        None,
    );
    if verdict == Verdict::Take {
        put_in_folder(step, feed, server)?;
        taken.moved += 1;
    }
    if let Some(wish) = wish.filter(|_| verdict != Verdict::Keep) {
        journal::forget(step, &wish)?;
    }
    link(step, feed, &given.remote, server)
}

/// A subscription that the library does not know as the server's yet: one of its own, or a new one.
fn meet(
    step: &Transaction<'_>,
    given: &RemoteFeed,
    taken: &mut TakenFeeds,
) -> Result<(), StoreError> {
    let server = given.feed.folder.as_deref().unwrap_or_default();
    let known = same_feed(step, &given.feed.url)?;
    let Some((feed, is_gone)) = known else {
        let id = subscribe(step, &given.feed)?;
        taken.new += 1;
        return link(step, id.0, &given.remote, server);
    };
    let wish = journal::wish_for(step, WishField::Subscribed, feed)?;
    match wish {
        // It is to be ended there.
        Some(wish) if !wish.is_set() => {}
        wish => {
            if let Some(wish) = wish {
                journal::forget(step, &wish)?;
            }
            if is_gone {
                step.prepare_cached("update feed set gone = null where id = ?")?
                    .execute([feed])?;
                show_articles(step, FeedId(feed))?;
                taken.new += 1;
            }
        }
    }
    let is_wished = journal::wish_for(step, WishField::Folder, feed)?.is_some();
    if !server.is_empty() && !is_wished {
        put_in_folder(step, feed, server)?;
    }
    link(step, feed, &given.remote, server)
}

/// The feed with this address in one of its forms, and whether it was unsubscribed from; one that
/// is subscribed to comes first.
pub(super) fn same_feed(
    step: &Transaction<'_>,
    url: &str,
) -> Result<Option<(i64, bool)>, StoreError> {
    let mut forms = vec![url.to_owned()];
    forms.extend(other_forms(url));
    let slashed: Vec<String> = forms
        .iter()
        .map(|form| match form.strip_suffix('/') {
            Some(bare) => bare.to_owned(),
            None => format!("{form}/"),
        })
        .collect();
    forms.extend(slashed);
    let mut found = None;
    for form in &forms {
        let mut query =
            step.prepare_cached("select id, gone is not null from feed where url = ?")?;
        let feed = query
            .query_row([form], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, bool>(1)?)))
            .optional()?;
        let feed = match feed {
            Some(feed) => Some(feed),
            None => moved_from(step, form)?.map(|(id, _)| (id.0, false)),
        };
        match feed {
            Some((id, false)) => return Ok(Some((id, false))),
            other => found = found.or(other),
        }
    }
    Ok(found)
}

fn put_in_folder(step: &Transaction<'_>, feed: i64, folder: &str) -> Result<(), StoreError> {
    let folder = Some(Clean::line(folder)).filter(|folder| !folder.is_blank());
    step.prepare_cached("update feed set folder = ?2 where id = ?1")?
        .execute(params![feed, row::text(folder.as_ref())])?;
    Ok(())
}

/// Ends the subscriptions that the server had and has no more.
fn end_others(
    step: &Transaction<'_>,
    feeds: &[RemoteFeed],
    now: Timestamp,
    taken: &mut TakenFeeds,
) -> Result<(), StoreError> {
    let listed: BTreeSet<&str> = feeds.iter().map(|feed| feed.remote.as_str()).collect();
    let mut query =
        step.prepare_cached("select feed, remote from remote_feed where remote is not null")?;
    let known: Vec<(i64, String)> = query
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (feed, _) in known
        .iter()
        .filter(|(_, remote)| !listed.contains(&**remote))
    {
        unlink(step, *feed)?;
        match journal::wish_for(step, WishField::Subscribed, *feed)? {
            // Wanted back here: it is subscribed to anew.
            Some(wish) if wish.is_set() => continue,
            Some(wish) => journal::forget(step, &wish)?,
            None => {}
        }
        if let Some(wish) = journal::wish_for(step, WishField::Folder, *feed)? {
            journal::forget(step, &wish)?;
        }
        let ended = step
            .prepare_cached("update feed set gone = ?2 where id = ?1 and gone is null")?
            .execute([*feed, now.as_second()])?;
        if ended > 0 {
            hide_articles(step, FeedId(*feed))?;
            taken.ended += 1;
        }
    }
    Ok(())
}
