//! Saves what can be read of a damaged library: scraps first, then subscriptions. Articles are not
//! saved, since the next refresh fetches them again.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};

use super::{Store, StoreError};
use crate::news::{Clean, Feed, Scrap};

/// What was saved of a damaged library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// Scraps in the new library.
    pub scraps: usize,
    /// Subscriptions in the new library.
    pub feeds: usize,
    /// The path to which the damaged file was moved; nothing of it is deleted.
    pub aside: PathBuf,
}

impl Store {
    /// Moves a damaged library aside, creates a new one in its place, and copies what can still be
    /// read.
    ///
    /// # Errors
    /// The damaged file can't be moved, or the new library can't be created or written.
    pub fn rescue(path: &Path) -> Result<(Self, Rescued), StoreError> {
        let aside = put_aside(path)?;
        let store = Self::open(path)?;
        let mut rescued = Rescued {
            scraps: 0,
            feeds: 0,
            aside,
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let Ok(old) = Connection::open_with_flags(&rescued.aside, flags) else {
            return Ok((store, rescued));
        };
        let scraps = readable(&old, "select json from scrap", "rowid", |r| {
            let json: String = r.get(0)?;
            Ok(serde_json::from_str::<Scrap>(&json).ok())
        });
        for scrap in scraps {
            store.scrap_put(&scrap)?;
        }
        let feeds = readable(
            &old,
            "select url, title, site, folder from feed where gone is null",
            "rowid",
            |r| {
                let text = |i| {
                    Ok::<_, rusqlite::Error>(
                        r.get::<_, Option<String>>(i)?.map(|t| Clean::line(&t)),
                    )
                };
                Ok(text(0)?.map(|url| (url, text(1), text(2), text(3))))
            },
        );
        for (url, title, site, folder) in feeds {
            let feed = Feed {
                url,
                title: title?.unwrap_or_default(),
                site: site?,
                folder: folder?,
                ..Feed::default()
            };
            store.feed_add(&feed)?;
        }
        rescued.scraps = store.scraps()?.len();
        rescued.feeds = store.feeds()?.len();
        Ok((store, rescued))
    }
}

/// The rows that can be read: from the first up to the damage, then from the last back to it.
fn readable<T>(
    db: &Connection,
    select: &str,
    order: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
) -> Vec<T> {
    let mut out = Vec::new();
    for direction in ["asc", "desc"] {
        let Ok(mut query) = db.prepare(&format!("{select} order by {order} {direction}")) else {
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
fn put_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let beside = |from: &Path, end: &str| {
        let mut name = from.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
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
