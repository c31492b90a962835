//! What can be saved from a damaged file: scraps first, then subscriptions. Articles come again by
//! themselves.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};

use super::{Store, StoreError};
use crate::news::{Clean, Feed, Scrap};

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// Scraps that could be read.
    pub scraps: usize,
    /// Subscriptions that could be read.
    pub feeds: usize,
    /// Where the damaged file lies now; nothing of it is deleted.
    pub aside: PathBuf,
}

impl Store {
    /// Puts a damaged library aside, begins a new one in its place, and carries over what can still
    /// be read.
    ///
    /// # Errors
    /// Where the file cannot be moved, or the new one not be written.
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

/// Rows that can be read: from the front to the damage, then from the back to it.
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

/// Moves the file, with the journal that belongs to it, to the first free name beside it.
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
