//! Saves what was kept in a damaged library: from the file through SQLite, from its pages where
//! SQLite can't, and from the copies outside it. Articles are not saved, since the next refresh
//! fetches them again.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};

use super::open::beside;
use super::{Kept, Store, StoreError, copies, pages};
use crate::news::{Clean, Feed, Scrap};

/// What was saved of a damaged library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// Scraps in the new library.
    pub scraps: usize,
    /// Subscriptions in the new library.
    pub feeds: usize,
    /// The path to which the damaged file was moved; nothing of it is deleted. `None` where the
    /// library was sound but behind its copies, and was filled from one.
    pub aside: Option<PathBuf>,
}

impl Store {
    /// Whether a copy goes further than the library: its file was emptied or replaced by something
    /// else, or its journal lost changes. A restore goes on counting, so that it is not behind.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn is_behind(&self) -> Result<bool, StoreError> {
        let furthest = copies::copies(self.path()).iter().map(copies::acts).max();
        Ok(furthest.is_some_and(|acts| self.acts().is_ok_and(|own| own < acts)))
    }

    /// Whether the library was created beside copies of a former one, and the largest of these
    /// has a scrap or a subscription that the library never had or has no longer. Counts of changes
    /// don't show that: the new library has its own, which overtakes the former's.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn lacks_former(&self) -> Result<bool, StoreError> {
        self.lost().map(|lost| lost.is_some())
    }

    /// The copy that makes [`Store::lacks_former`] true, without the feeds that the library knows:
    /// one of these may have been unsubscribed from since.
    fn lost(&self) -> Result<Option<Kept>, StoreError> {
        let Some(mut kept) = copies::largest_former(self)? else {
            return Ok(None);
        };
        let mut query = self.db.prepare("select url from feed")?;
        let known: HashSet<String> = query
            .query_map([], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        kept.feeds.retain(|feed| !known.contains(&*feed.url));
        let held: HashSet<_> = self.scraps()?.into_iter().map(|row| row.id).collect();
        let lost = |scrap: &Scrap| !held.contains(&scrap.id());
        let any = !kept.feeds.is_empty() || kept.scraps.iter().any(lost);
        Ok(any.then_some(kept))
    }

    /// Adds what the furthest sound copy has to a library that [`Store::is_behind`], or else what
    /// it [lacks](Store::lacks_former) of a former one. What the library has stays, and scraps that
    /// both have are joined.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn refill(&self) -> Result<Rescued, StoreError> {
        let (mut kept, acts) = if self.is_behind()? {
            copies::furthest_sound(self.path()).unwrap_or_default()
        } else {
            (self.lost()?.unwrap_or_default(), 0)
        };
        for scrap in &mut kept.scraps {
            if let Some(held) = self.scrap(scrap.id())? {
                *scrap = held.with(scrap.clone());
            }
        }
        self.adopt(&kept, acts)?;
        self.forget_former()?;
        self.rescued(None)
    }

    /// Looks whether the library at `path` is damaged or behind its copies, and saves what can be
    /// saved. Returns `None` where it is sound; nothing is changed then.
    ///
    /// # Errors
    /// The library is of a newer form, locked, or may not be written; as [`Store::rescue`].
    pub fn rescue_if_damaged(path: &Path) -> Result<Option<Rescued>, StoreError> {
        match Self::open(path) {
            Ok(store) if store.check().is_ok_and(|troubles| troubles.is_empty()) => {
                return if store.is_behind()? || store.lacks_former()? {
                    store.refill().map(Some)
                } else {
                    Ok(None)
                };
            }
            Ok(store) => {
                if let Some(obstacle) = store.obstacle() {
                    return Err(obstacle.into());
                }
            }
            Err(
                StoreError::Corrupt(_)
                | StoreError::Entry(_)
                | StoreError::Disk(_)
                | StoreError::Sql(_),
            ) => {}
            Err(error) => return Err(error),
        }
        Self::rescue(path).map(|(_, rescued)| Some(rescued))
    }

    /// Moves a damaged library aside, creates a new one in its place, and puts into it what can
    /// still be read of the old one and of its copies.
    ///
    /// # Errors
    /// The damaged file can't be moved, or the new library can't be created or written.
    pub fn rescue(path: &Path) -> Result<(Self, Rescued), StoreError> {
        let aside = put_aside(path)?;
        let store = Self::open(path)?;
        let (kept, acts) = everything(path, &aside);
        store.adopt(&kept, acts + 1)?;
        store.forget_former()?;
        let rescued = store.rescued(Some(aside))?;
        Ok((store, rescued))
    }

    fn rescued(&self, aside: Option<PathBuf>) -> Result<Rescued, StoreError> {
        Ok(Rescued {
            scraps: self.scraps()?.len(),
            feeds: self.feeds()?.len(),
            aside,
        })
    }
}

/// What is kept according to the damaged file `aside` of the library at `path` and its copies, and
/// the count of changes.
fn everything(path: &Path, aside: &Path) -> (Kept, u64) {
    // Before SQLite, which writes to the journal's index.
    let walked = pages::walk(aside).unwrap_or_default();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let (mut kept, mut gone, acts) = match Connection::open_with_flags(aside, flags) {
        Ok(old) => through_sqlite(&old),
        Err(_) => (Kept::default(), HashSet::new(), None),
    };
    let acts = acts.max(walked.acts);
    let copy = copies::furthest_sound(path);
    if let Some((copy, copied)) = copy {
        if acts.is_some_and(|acts| copied >= acts) {
            // Nothing was changed since. A copy is checked, and a damaged page may be readable and
            // wrong.
            return (copy, copied);
        }
        kept.fill(walked.kept);
        gone.extend(walked.gone);
        let subscribed: HashSet<Clean> = kept.feeds.iter().map(|f| f.url.clone()).collect();
        let mut copy = copy;
        copy.feeds
            .retain(|feed| subscribed.contains(&feed.url) || !gone.contains(&feed.url));
        kept.fill(copy);
        return (kept, acts.unwrap_or(0).max(copied));
    }
    kept.fill(walked.kept);
    (kept, acts.unwrap_or(0))
}

/// What SQLite can read, the addresses of feeds that were unsubscribed from, and the count of
/// changes.
fn through_sqlite(old: &Connection) -> (Kept, HashSet<Clean>, Option<u64>) {
    let clean = |r: &Row<'_>, i| -> rusqlite::Result<Option<Clean>> {
        Ok(r.get::<_, Option<String>>(i)?
            .map(|text| Clean::line(&text)))
    };
    let mut kept = Kept {
        scraps: readable(old, "select json from scrap", |r| {
            let json: String = r.get(0)?;
            Ok(serde_json::from_str::<Scrap>(&json).ok())
        }),
        ..Kept::default()
    };
    let feeds = readable(
        old,
        "select url, title, site, folder, gone is null, page from feed",
        |r| {
            let feed = Feed {
                url: clean(r, 0)?.unwrap_or_default(),
                title: clean(r, 1)?.unwrap_or_default(),
                site: clean(r, 2)?,
                folder: clean(r, 3)?,
                page: r.get(5)?,
            };
            Ok(Some((feed, r.get::<_, bool>(4)?)))
        },
    );
    let mut gone = HashSet::new();
    for (feed, subscribed) in feeds {
        if subscribed {
            kept.feeds.push(feed);
        } else {
            gone.insert(feed.url);
        }
    }
    kept.saved = readable(old, "select name, query from saved", |r| {
        Ok(clean(r, 0)?.zip(clean(r, 1)?))
    });
    kept.mutes = readable(old, "select query from mute", |r| clean(r, 0));
    // Rows before the damage are read twice where it lies in the middle.
    let mut once = Kept::default();
    once.fill(kept);
    (once, gone, super::kept::acts(old).ok())
}

/// The rows that can be read: from the first up to the damage, then from the last back to it.
fn readable<T>(
    db: &Connection,
    select: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
) -> Vec<T> {
    let mut out = Vec::new();
    for direction in ["asc", "desc"] {
        let Ok(mut query) = db.prepare(&format!("{select} order by rowid {direction}")) else {
            continue;
        };
        let Ok(mut rows) = query.query([]) else {
            continue;
        };
        let whole = loop {
            match rows.next() {
                Ok(Some(row)) => out.extend(read(row).ok().flatten()),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        if whole {
            break;
        }
    }
    out
}

/// Moves the file and its journal to the first free name beside it, and returns that name.
pub(super) fn put_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let mut n = 1;
    let aside = loop {
        let name = beside(path, &format!(".damaged-{n}"));
        if !name.exists() {
            break name;
        }
        n += 1;
    };
    for end in ["-wal", "-shm", ""] {
        let from = beside(path, end);
        if from.exists() {
            std::fs::rename(&from, beside(&aside, end)).map_err(|e| StoreError::open(&from, e))?;
        }
    }
    Ok(aside)
}

#[cfg(test)]
#[path = "tests/rescue.rs"]
mod tests;
