//! Reads the databases of other readers: newsboat's `cache.db`, and that of NewsFlash and
//! eilmeldung. They are opened for reading only; what a file says is believed of its own articles
//! alone.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::Offset;
use rusqlite::{Connection, OpenFlags, Row};
use url::Url;

use super::StoreError;
use crate::extract::dates;
use crate::extract::subscriptions::SubscriptionList;
use crate::news::address::without_feed_scheme;
use crate::news::{Article, Byline, Clean, Feed, FeedEntry, Markup, Stamp};

/// The first bytes of every SQLite database.
pub const SQLITE: &[u8] = b"SQLite format 3\0";

/// Longest text of an article that is taken, in bytes.
const LONGEST_TEXT: usize = 4 << 20;
/// NewsFlash's name for what lies in no folder.
const TOP_LEVEL: &str = "NewsFlash.Toplevel";

/// Whose database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ForeignReader {
    Newsboat,
    /// NewsFlash, and eilmeldung, which is built on it.
    NewsFlash,
}

/// An open database of another reader.
#[derive(Debug)]
pub struct ForeignLibrary {
    db: Connection,
    reader: ForeignReader,
    /// The query for the articles of a feed.
    articles: String,
}

/// A subscription there, and what its articles are found by.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignFeed {
    /// The address, or whatever the other reader keeps in its place.
    pub url: String,
    /// Title and site.
    pub feed: Feed,
    /// The folders that it stands in.
    pub folders: Vec<Clean>,
    key: String,
}

/// An article there, and what the reader did with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignArticle {
    /// As a feed would have brought it.
    pub entry: FeedEntry,
    /// Whether it was read.
    pub read: bool,
    /// Whether it was marked to be kept.
    pub kept: bool,
    /// Labels: NewsFlash's tags, newsboat's flags.
    pub tags: Vec<Clean>,
}

impl ForeignFeed {
    /// The address under which [`SubscriptionList`] has it.
    pub fn address(&self) -> Clean {
        Clean::line(&without_feed_scheme(self.url.trim()))
    }
}

impl ForeignLibrary {
    /// Opens a database; `None` where it is none of a reader that is known.
    ///
    /// # Errors
    /// The file can't be read, or is damaged.
    pub fn open(path: &Path) -> Result<Option<Self>, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags)
            .map_err(StoreError::from)
            .and_then(Self::of);
        // Beside a database in WAL mode SQLite makes a file, even to read it; where it may not, the
        // database is read as it lies there.
        let Err(error) = opened else { return opened };
        let unchanging = std::path::absolute(path)
            .ok()
            .and_then(|path| Url::from_file_path(path).ok())
            .and_then(|url| {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(format!("{url}?immutable=1"), flags).ok()
            });
        unchanging.map_or(Err(error), Self::of)
    }

    fn of(db: Connection) -> Result<Option<Self>, StoreError> {
        // A file may have views and triggers of its author's; none of them may call functions.
        db.execute_batch("pragma trusted_schema = 0; pragma query_only = 1;")?;
        db.busy_timeout(std::time::Duration::from_secs(5))?;
        let has = |table: &str| columns(&db, table).map(|columns| !columns.is_empty());
        let reader = if has("rss_feed")? && has("rss_item")? {
            ForeignReader::Newsboat
        } else if has("feeds")? && has("articles")? && has("feed_mapping")? {
            ForeignReader::NewsFlash
        } else {
            return Ok(None);
        };
        let articles = match reader {
            ForeignReader::Newsboat => newsboat_articles(&columns(&db, "rss_item")?),
            ForeignReader::NewsFlash => {
                let tagged = has("taggings")? && has("tags")?;
                let apart = has("article_contents")?;
                newsflash_articles(&columns(&db, "articles")?, tagged, apart)
            }
        };
        Ok(Some(Self {
            db,
            reader,
            articles,
        }))
    }

    /// The subscriptions.
    ///
    /// # Errors
    /// The database can't be read.
    pub fn feeds(&self) -> Result<Vec<ForeignFeed>, StoreError> {
        let sql = match self.reader {
            ForeignReader::Newsboat => {
                "select rssurl, title, url, rssurl, '' from rss_feed order by rowid"
            }
            ForeignReader::NewsFlash => {
                "select f.feed_url, f.label, f.website, f.feed_id,
                   coalesce((select group_concat(c.label, char(10)) from feed_mapping m
                             join categories c on c.category_id = m.category_id
                             where m.feed_id = f.feed_id and c.category_id <> ?1), '')
                 from feeds f order by f.rowid"
            }
        };
        let mut query = self.db.prepare(sql)?;
        let read = |row: &Row<'_>| {
            let folders = text(row, 4)?;
            Ok(ForeignFeed {
                url: text(row, 0)?,
                feed: Feed {
                    title: Clean::headline(&text(row, 1)?),
                    site: Some(Clean::line(&text(row, 2)?)).filter(|site| is_web(site)),
                    ..Feed::default()
                },
                folders: folders.lines().map(Clean::headline).collect(),
                key: text(row, 3)?,
            })
        };
        let rows = match self.reader {
            ForeignReader::Newsboat => query.query_map([], read)?.collect::<Result<_, _>>()?,
            ForeignReader::NewsFlash => query
                .query_map([TOP_LEVEL], read)?
                .collect::<Result<_, _>>()?,
        };
        Ok(rows)
    }

    /// The subscriptions as a list, in the order of [`ForeignLibrary::feeds`].
    ///
    /// # Errors
    /// The database can't be read.
    pub fn list(&self) -> Result<SubscriptionList, StoreError> {
        let mut list = SubscriptionList::default();
        for found in self.feeds()? {
            list.add(&found.url, found.feed, &found.folders);
        }
        Ok(list)
    }

    /// Gives the articles of a feed to `take`, `most` at a time, the oldest first.
    ///
    /// # Errors
    /// The database can't be read, or whatever `take` fails with.
    pub fn articles(
        &self,
        feed: &ForeignFeed,
        most: usize,
        take: &mut dyn FnMut(Vec<ForeignArticle>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut query = self.db.prepare_cached(&self.articles)?;
        let mut rows = query.query([&feed.key])?;
        let mut some = Vec::new();
        while let Some(row) = rows.next()? {
            some.push(self.article(row)?);
            if some.len() >= most {
                take(std::mem::take(&mut some))?;
            }
        }
        take(some)
    }

    fn article(&self, row: &Row<'_>) -> rusqlite::Result<ForeignArticle> {
        let (guid, url) = (text(row, 0)?, text(row, 1)?);
        let published = moment(row, 4)?;
        let author = Clean::headline(&text(row, 3)?);
        let address = Some(Clean::line(&url)).filter(|url| is_web(url));
        let article = Article {
            url: address,
            title: Clean::headline(&text(row, 2)?),
            bylines: match author.is_blank() {
                true => Vec::new(),
                false => vec![Byline {
                    name: author,
                    ..Byline::default()
                }],
            },
            published,
            ..Article::default()
        };
        let content = text(row, 5)?;
        let words = text(row, 8)?;
        let tags = match self.reader {
            // Each flag is a letter, whose meaning is the reader's own.
            ForeignReader::Newsboat => words.chars().map(|c| Clean::line(&c.to_string())).collect(),
            ForeignReader::NewsFlash => words.lines().map(Clean::headline).collect::<Vec<_>>(),
        };
        Ok(ForeignArticle {
            entry: FeedEntry {
                guid: Clean::line(&guid),
                article,
                markup: Some(content.as_str())
                    .filter(|content| !content.trim().is_empty() && content.len() <= LONGEST_TEXT)
                    .map(Markup::new),
                published,
            },
            read: row.get::<_, Option<bool>>(6)?.unwrap_or(false),
            kept: row.get::<_, Option<bool>>(7)?.unwrap_or(false),
            tags: tags
                .into_iter()
                .filter(|tag: &Clean| !tag.is_blank())
                .collect(),
        })
    }
}

/// The names of a table's columns; none where there is no such table.
fn columns(db: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare("select name from pragma_table_info(?)")?;
    let names = query.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// The first of `names` that the table has; an empty text where it has none.
fn first<'a>(columns: &[String], names: &[&'a str]) -> &'a str {
    let found = names
        .iter()
        .find(|name| columns.iter().any(|column| column == *name));
    found.copied().unwrap_or("''")
}

fn newsboat_articles(columns: &[String]) -> String {
    let flags = first(columns, &["flags"]);
    let is_there = match first(columns, &["deleted"]) {
        "''" => "1",
        _ => "deleted = 0",
    };
    format!(
        "select guid, url, title, author, pubDate, content, unread = 0, coalesce({flags}, '') <> '',
           coalesce({flags}, '')
         from rss_item where feedurl = ?1 and {is_there} order by pubDate"
    )
}

/// NewsFlash counts what is read and what is marked from 0: 0 is read, and 0 is marked. Its texts
/// moved into a table of their own, and its dates changed their name.
fn newsflash_articles(columns: &[String], tagged: bool, apart: bool) -> String {
    let date = first(columns, &["date", "timestamp"]);
    let text = match (
        apart,
        first(columns, &["scraped_content"]),
        first(columns, &["html"]),
    ) {
        (true, ..) => {
            "(select coalesce(c.scraped_content, c.html) from article_contents c
              where c.article_id = a.article_id)"
        }
        (false, "''", "''") => "summary",
        (false, "''", _) => "html",
        (false, ..) => "coalesce(scraped_content, html)",
    };
    let tags = match tagged {
        true => {
            "(select group_concat(t.label, char(10)) from taggings g
              join tags t on t.tag_id = g.tag_id where g.article_id = a.article_id)"
        }
        false => "''",
    };
    format!(
        "select a.article_id, a.url, a.title, a.author, a.{date}, {text}, a.unread = 0,
           a.marked = 0, {tags}
         from articles a where a.feed_id = ?1 order by a.{date}"
    )
}

fn is_web(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// The text of a column of whatever type; empty for null.
fn text(row: &Row<'_>, index: usize) -> rusqlite::Result<String> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(index)? {
        ValueRef::Null | ValueRef::Real(_) => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
    })
}

/// A time as seconds since 1970, or as the text of a date.
fn moment(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Stamp>> {
    let written = text(row, index)?;
    let at = match written.parse::<i64>() {
        Ok(0) => None,
        Ok(seconds) => Timestamp::from_second(seconds).ok(),
        Err(_) => {
            return Ok(dates::first(&written, Offset::UTC));
        }
    };
    Ok(at.map(|at| Stamp::new(at, Offset::UTC)))
}

#[cfg(test)]
#[path = "tests/foreign.rs"]
mod tests;
