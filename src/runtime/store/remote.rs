//! The server's articles in the library: takes in what the server says of them by the rule of
//! [`super::merge`], without that counting as acts of the reader's, and notes what was confirmed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::article::{known_place, put_delivery, replace};
use super::incoming::{HostCache, IncomingArticle};
use super::index::IndexBatch;
use super::journal::{self, Wish, WishField};
use super::known_keys::KnownKeys;
use super::merge::{Verdict, first_meeting};
use super::remote_feeds::unlink;
use super::revision;
use super::row::{self, key};
use super::rule;
use super::scrap;
use super::{Store, StoreError};
use crate::news::order::Order as _;
use crate::news::{ArticleId, Clean, FeedEntry, FeedId, Scrap};

/// Articles of one headline in one feed, of different addresses, are the same one where they were
/// published within so many seconds of each other.
const SAME_TIME: i64 = 60;

/// An article as the server has it. What is `None` was not said.
#[derive(Clone, Debug, Default)]
pub struct RemoteArticle {
    /// The server's id.
    pub remote: i64,
    /// Its feed and what that says, where the article is new or was edited.
    pub entry: Option<(FeedId, FeedEntry)>,
    /// Whether it is read.
    pub read: Option<bool>,
    /// Whether it is starred.
    pub star: Option<bool>,
    /// Its labels.
    pub tags: Option<Vec<Clean>>,
    /// When its state was last changed, in milliseconds since 1970 by this machine's clock.
    pub changed: Option<i64>,
}

/// The state of one of the server's articles that both agreed on last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedState {
    /// The server's id.
    pub remote: i64,
    /// The article; `None` where it is not held here.
    pub article: Option<ArticleId>,
    /// Whether it is read.
    pub read: bool,
    /// Whether it is starred.
    pub star: bool,
    /// Its labels, sorted.
    pub tags: Vec<Clean>,
}

/// What taking in the server's articles changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Articles that are new here.
    pub new: usize,
    /// Articles whose text changed.
    pub edited: usize,
    /// Marks and labels that changed.
    pub marks: usize,
}

impl Store {
    /// The states of all articles of the server, as both agreed on them last.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn agreed_states(&self) -> Result<Vec<AgreedState>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select remote, article, read, star, tags from remote_article")?;
        let rows = query.query_map([], |r| {
            let article: i64 = r.get(1)?;
            Ok(AgreedState {
                remote: r.get(0)?,
                article: (article != 0).then(|| row::article_id(article)),
                read: r.get(2)?,
                star: r.get(3)?,
                tags: sorted(labels(r.get_ref(4)?.as_str().unwrap_or_default())),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The server's ids of an article; several where the server has it from several feeds.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn remotes_of(&self, article: ArticleId) -> Result<Vec<i64>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select remote from remote_article where article = ?")?;
        let rows = query.query_map([key(article)], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes in articles as the server has them, in one transaction. `scrap_starred`: an article
    /// that is starred on the server becomes a scrap.
    ///
    /// # Errors
    /// The library can't be written; nothing is taken in then.
    pub fn take_remote(
        &self,
        articles: &[RemoteArticle],
        scrap_starred: bool,
        now: Timestamp,
    ) -> Result<Taken, StoreError> {
        if articles.is_empty() {
            return Ok(Taken::default());
        }
        self.apply(|step| {
            let mut taken = Taken::default();
            let arrived = deliver(step, articles, now, &mut taken)?;
            if self.notes_arrivals {
                rule::note(step, &arrived)?;
            }
            for article in articles {
                let mut meeting = Meeting {
                    store: self,
                    step,
                    scrap_starred,
                    now,
                    taken: &mut taken,
                };
                meeting.take(article)?;
            }
            Ok(taken)
        })
    }

    /// Forgets the server's articles that are read and neither starred nor labelled, and that the
    /// library does not hold: retention took them, or they never came.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn forget_remote(&self) -> Result<(), StoreError> {
        const LOST: &str = "from remote_article where read = 1 and star = 0 and tags = '[]'
             and not exists (select 1 from article where id = remote_article.article)";
        let mut any = self
            .db
            .prepare_cached(&format!("select 1 {LOST} limit 1"))?;
        if !any.exists([])? {
            return Ok(());
        }
        self.write(|step| {
            step.execute(&format!("delete {LOST}"), [])?;
            Ok(())
        })
    }

    /// Notes that the server has these values now: they are agreed on, and the wishes are gone,
    /// unless the reader has wished for something else meanwhile.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn grant(&self, wishes: &[&Wish]) -> Result<(), StoreError> {
        if wishes.is_empty() {
            return Ok(());
        }
        self.write(|step| {
            for wish in wishes {
                let sql = match wish.field {
                    WishField::Read => "update remote_article set read = ?2 where article = ?1",
                    WishField::Star => "update remote_article set star = ?2 where article = ?1",
                    WishField::Tags => "update remote_article set tags = ?2 where article = ?1",
                    WishField::Folder => "update remote_feed set folder = ?2 where feed = ?1",
                    // `link_feed` has noted the server's id.
                    WishField::Subscribed if wish.is_set() => {
                        journal::forget(step, wish)?;
                        continue;
                    }
                    WishField::Subscribed => {
                        unlink(step, wish.id)?;
                        journal::forget(step, wish)?;
                        continue;
                    }
                };
                step.prepare_cached(sql)?
                    .execute(params![wish.id, wish.value])?;
                journal::forget(step, wish)?;
            }
            Ok(())
        })
    }

    /// Runs `work` as one transaction whose changes are the server's and not the reader's, so that
    /// they become no wishes.
    pub(super) fn apply<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|step| {
            step.execute("update sync_state set applying = 1", [])?;
            let out = work(step)?;
            step.execute("update sync_state set applying = 0", [])?;
            Ok(out)
        })
    }
}

/// Stores the texts of the articles that bring one, and notes which article of the library each of
/// the server's is. Returns the articles that are new or changed.
fn deliver(
    step: &Transaction<'_>,
    articles: &[RemoteArticle],
    now: Timestamp,
    taken: &mut Taken,
) -> Result<Vec<ArticleId>, StoreError> {
    let mut arrived = Vec::new();
    let mut by_feed: BTreeMap<FeedId, Vec<(i64, &FeedEntry)>> = BTreeMap::new();
    for article in articles {
        if let Some((feed, entry)) = &article.entry {
            by_feed
                .entry(*feed)
                .or_default()
                .push((article.remote, entry));
        }
    }
    let mut fresh = IndexBatch::default();
    let mut host_cache = HostCache::default();
    for (feed, given) in by_feed {
        let (mut entries, mut remotes) = (Vec::new(), Vec::new());
        for (remote, entry) in given {
            let incoming = IncomingArticle::of_feed(entry, 0, &mut host_cache);
            let place = known_place(step, feed, &incoming, &KnownKeys::default())?;
            let known = match place {
                Some(_) => None,
                None => place_of_remote(step, remote)?,
            };
            if let Some(n) = known {
                // Edited, and its address too.
                revision::note(step, n, &incoming, now)?;
                replace(step, n, &incoming)?;
                taken.edited += 1;
                let id = step
                    .prepare_cached("select id from article where n = ?")?
                    .query_row([n], |r| r.get(0))?;
                arrived.push(row::article_id(id));
            } else if place.is_none()
                && let Some(id) = same_headline(step, feed, entry)?
            {
                link(step, remote, feed, id)?;
            } else {
                entries.push(entry.clone());
                remotes.push(remote);
            }
        }
        let added = put_delivery(step, feed, &entries, now, &mut fresh)?;
        taken.new += added.new.len();
        taken.edited += added.updated.len();
        arrived.extend(added.new.iter().chain(&added.updated));
        for (entry, remote) in entries.iter().zip(remotes) {
            let incoming = IncomingArticle::of_feed(entry, 0, &mut host_cache);
            // Retention took it away before: remembered, so that it is not asked for again.
            let id = match known_place(step, feed, &incoming, &KnownKeys::default())? {
                Some(n) => step
                    .prepare_cached("select id from article where n = ?")?
                    .query_row([n], |r| r.get(0))?,
                None => 0,
            };
            link(step, remote, feed, id)?;
        }
    }
    fresh.enter(step)?;
    Ok(arrived)
}

/// Notes that the server's article is the one with the stored id `article`. What is agreed on is
/// not known yet where the two meet for the first time: -1.
fn link(step: &Transaction<'_>, remote: i64, feed: FeedId, article: i64) -> Result<(), StoreError> {
    step.prepare_cached(
        "insert into remote_article (remote, article, read, star, feed) values (?1, ?2, -1, -1, ?3)
         on conflict (remote) do update set article = ?2, feed = ?3",
    )?
    .execute([remote, article, feed.0])?;
    Ok(())
}

fn place_of_remote(step: &Transaction<'_>, remote: i64) -> Result<Option<i64>, StoreError> {
    Ok(step
        .prepare_cached(
            "select a.n from remote_article r join article a on a.id = r.article
             where r.remote = ?",
        )?
        .query_row([remote], |r| r.get(0))
        .optional()?)
}

/// The stored id of an article of the feed with the same headline and time, which came here by
/// another address.
fn same_headline(
    step: &Transaction<'_>,
    feed: FeedId,
    entry: &FeedEntry,
) -> Result<Option<i64>, StoreError> {
    let Some(published) = entry.published.or(entry.article.published) else {
        return Ok(None);
    };
    if entry.article.title.is_blank() {
        return Ok(None);
    }
    let at = published.at.as_second();
    let near = (at - SAME_TIME, at + SAME_TIME);
    // By its place an article of that time is found without a look at all articles of the feed.
    let (from, to) = (
        near.0.max(0) << row::ORDER_BITS,
        (near.1.max(0) + 1) << row::ORDER_BITS,
    );
    Ok(step
        .prepare_cached(
            "select a.id from article a join listing l on l.n = a.n and l.feed = ?1
             where a.n between ?2 and ?3 and a.title = ?4 and a.published between ?5 and ?6
             limit 1",
        )?
        .query_row(
            params![feed.0, from, to, &*entry.article.title, near.0, near.1],
            |r| r.get(0),
        )
        .optional()?)
}

/// One article of the server meeting the library's.
struct Meeting<'a, 's> {
    store: &'a Store,
    step: &'a Transaction<'s>,
    scrap_starred: bool,
    now: Timestamp,
    taken: &'a mut Taken,
}

/// What is stored of one of the server's articles: ours, and what was agreed on (`None` on the
/// first meeting).
struct Agreed {
    article: i64,
    read: Option<bool>,
    star: Option<bool>,
    tags: Vec<Clean>,
}

impl Meeting<'_, '_> {
    fn take(&mut self, given: &RemoteArticle) -> Result<(), StoreError> {
        let mut query = self.step.prepare_cached(
            "select article, read, star, tags from remote_article where remote = ?",
        )?;
        let agreed = query
            .query_row([given.remote], |r| {
                let mark = |stored: i64| (stored >= 0).then_some(stored > 0);
                Ok(Agreed {
                    article: r.get(0)?,
                    read: mark(r.get(1)?),
                    star: mark(r.get(2)?),
                    tags: sorted(labels(r.get_ref(3)?.as_str().unwrap_or_default())),
                })
            })
            .optional()?;
        let Some(agreed) = agreed else { return Ok(()) };
        let is_first = agreed.read.is_none();
        let mut tags_text = None;
        if let Some(read) = given.read {
            self.take_read(&agreed, read, given.changed)?;
        }
        if let Some(tags) = &given.tags {
            let tags = sorted(tags.clone());
            self.take_tags(&agreed, &tags, is_first, given.changed)?;
            // In the scrap's order, so that storing the scrap again is no act.
            let kept = self.store.scrap(row::article_id(agreed.article))?;
            let kept = kept.filter(|kept| sorted(kept.tags.clone()) == tags);
            tags_text = Some(stored(kept.as_ref().map_or(&tags, |kept| &kept.tags)));
        }
        if let Some(star) = given.star {
            let tags = given.tags.clone().map_or(agreed.tags.clone(), sorted);
            self.take_star(&agreed, star, &tags, given.changed)?;
        }
        self.step
            .prepare_cached(
                "update remote_article set
                   read = case when ?2 is not null then ?2 when read < 0 then 0 else read end,
                   star = case when ?3 is not null then ?3 when star < 0 then 0 else star end,
                   tags = coalesce(?4, tags) where remote = ?1",
            )?
            .execute(params![given.remote, given.read, given.star, tags_text])?;
        Ok(())
    }

    fn take_read(
        &mut self,
        agreed: &Agreed,
        server: bool,
        changed: Option<i64>,
    ) -> Result<(), StoreError> {
        let wish = journal::wish_for(self.step, WishField::Read, agreed.article)?;
        let here: Option<(bool, bool)> = self
            .step
            .prepare_cached("select read, chosen from article where id = ?")?
            .query_row([agreed.article], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        let Some((here, chosen)) = here else {
            return Ok(());
        };
        let Some(base) = agreed.read else {
            let met = first_meeting(here, server, chosen);
            if wish.is_none() && met != server {
                self.wish(WishField::Read, agreed.article, flag(met))?;
            } else if wish.is_none() && met != here {
                self.mark(agreed.article, met)?;
            }
            return Ok(());
        };
        match journal::decide(&base, &server, wish.as_ref(), Wish::is_set, changed) {
            Verdict::Keep => Ok(()),
            Verdict::Granted => self.granted(wish),
            Verdict::Take => {
                self.granted(wish)?;
                if here != server {
                    self.mark(agreed.article, server)?;
                }
                // Read in one feed is read in the others that list it.
                let others: bool = self
                    .step
                    .prepare_cached(
                        "select count(*) > 1 and sum(read = ?2) < count(*) - 1
                         from remote_article where article = ?1",
                    )?
                    .query_row(params![agreed.article, server], |r| r.get(0))?;
                if others {
                    self.wish(WishField::Read, agreed.article, flag(server))?;
                }
                Ok(())
            }
        }
    }

    fn take_star(
        &mut self,
        agreed: &Agreed,
        server: bool,
        tags: &[Clean],
        changed: Option<i64>,
    ) -> Result<(), StoreError> {
        let wish = journal::wish_for(self.step, WishField::Star, agreed.article)?;
        let Some(base) = agreed.star else {
            let is_kept: bool = self
                .step
                .prepare_cached("select 1 from article where id = ? and scrapped = 1")?
                .exists([agreed.article])?;
            if wish.is_none() && is_kept && !server {
                self.wish(WishField::Star, agreed.article, "1")?;
            } else if wish.is_none() && server {
                self.keep(agreed.article, tags)?;
            }
            return Ok(());
        };
        match journal::decide(&base, &server, wish.as_ref(), Wish::is_set, changed) {
            Verdict::Keep => Ok(()),
            Verdict::Granted => self.granted(wish),
            Verdict::Take => {
                self.granted(wish)?;
                self.taken.marks += 1;
                // A scrap is never taken away by a server: the star is a field of its own.
                if server {
                    self.keep(agreed.article, tags)?;
                }
                Ok(())
            }
        }
    }

    fn take_tags(
        &mut self,
        agreed: &Agreed,
        server: &[Clean],
        is_first: bool,
        changed: Option<i64>,
    ) -> Result<(), StoreError> {
        let wish = journal::wish_for(self.step, WishField::Tags, agreed.article)?;
        let Some(mut kept) = self.store.scrap(row::article_id(agreed.article))? else {
            return match journal::decide(
                &agreed.tags,
                &server.to_vec(),
                wish.as_ref(),
                of_wish,
                changed,
            ) {
                Verdict::Keep => Ok(()),
                _ => self.granted(wish),
            };
        };
        let here = sorted(kept.tags.clone());
        if is_first {
            let both = sorted(here.iter().chain(server).cloned().collect());
            if wish.is_none() && both != server {
                self.wish(WishField::Tags, agreed.article, &stored(&both))?;
            }
            if wish.is_some() || both == here {
                return Ok(());
            }
            kept.tags = both;
        } else {
            match journal::decide(
                &agreed.tags,
                &server.to_vec(),
                wish.as_ref(),
                of_wish,
                changed,
            ) {
                Verdict::Keep => return Ok(()),
                Verdict::Granted => return self.granted(wish),
                Verdict::Take => self.granted(wish)?,
            }
            if here == server {
                return Ok(());
            }
            // What stays keeps its place.
            kept.tags.retain(|tag| server.contains(tag));
            let new = server.iter().filter(|tag| !here.contains(tag)).cloned();
            kept.tags.extend(new);
        }
        self.taken.marks += 1;
        scrap::put(self.step, &kept)
    }

    /// Makes a scrap with these labels of an article that is starred, unless it is one or is not
    /// wanted.
    fn keep(&mut self, article: i64, tags: &[Clean]) -> Result<(), StoreError> {
        let id = row::article_id(article);
        if !self.scrap_starred || self.store.scrap(id)?.is_some() {
            return Ok(());
        }
        let Some(found) = self.store.article(id)? else {
            return Ok(());
        };
        let mut new = Scrap::of(found, self.now);
        new.tags = tags.to_vec();
        // A page may give itself another address than the row has; the scrap is that row's.
        if new.id() == id {
            scrap::put_as_it_is(self.step, &new)?;
        }
        Ok(())
    }

    fn mark(&mut self, article: i64, read: bool) -> Result<(), StoreError> {
        self.taken.marks += 1;
        self.step
            .prepare_cached("update article set read = ?2, chosen = 1 - ?2 where id = ?1")?
            .execute(params![article, read])?;
        Ok(())
    }

    fn wish(&self, field: WishField, article: i64, value: &str) -> Result<(), StoreError> {
        journal::add(self.step, field, article, value, self.now.as_millisecond())
    }

    fn granted(&self, wish: Option<Wish>) -> Result<(), StoreError> {
        wish.map_or(Ok(()), |wish| journal::forget(self.step, &wish))
    }
}

fn of_wish(wish: &Wish) -> Vec<Clean> {
    sorted(labels(&wish.value))
}

fn flag(set: bool) -> &'static str {
    if set { "1" } else { "0" }
}

/// Labels from their stored form, a JSON array.
pub(super) fn labels(stored: &str) -> Vec<Clean> {
    serde_json::from_str(stored).unwrap_or_default()
}

fn sorted(mut tags: Vec<Clean>) -> Vec<Clean> {
    tags.order();
    tags.dedup();
    tags
}

fn stored(tags: &[Clean]) -> String {
    serde_json::to_string(tags).unwrap_or_else(|_| "[]".to_owned())
}

#[cfg(test)]
#[path = "tests/remote.rs"]
mod tests;
