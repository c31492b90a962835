//! Converts between SQLite's values and the program's types.

use jiff::Timestamp;
use jiff::tz::Offset;
use rusqlite::{Row, types::Value};

use crate::news::{ArticleId, ArticleRow, Clean, FeedId, ListPosition, Stamp, StoredText};

/// An unread article whose page has not been fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfetchedPage {
    /// The article.
    pub id: ArticleId,
    /// The address of its page.
    pub url: Clean,
    /// The address of the feed that delivered it, if any.
    pub feed: Option<Clean>,
}

macro_rules! columns {
    ($copies:literal) => {
        concat!(
            "a.id, a.n, a.feed, ",
            "coalesce(a.publisher, (select title from feed f where f.id = a.feed)), ",
            "a.title, a.url, a.published, a.zone, a.seen, ",
            "a.read, a.scrapped, a.held, a.pictured, a.story, ",
            $copies,
            ", a.revisions, a.revised, a.later"
        )
    };
}

/// The columns that [`article_row`] reads, from `article a`.
pub(super) const ARTICLE_COLUMNS: &str = columns!("0");
/// The same columns and the number of other publishers among the article's copies, for lists. Where
/// one of the two names no publisher, what came by the same feed or stands on the same host is the
/// publisher's own: it may have a feed for each of its sections.
pub(super) const LISTED_COLUMNS: &str = columns!(
    "(select count(distinct coalesce(c.publisher, (select title from feed f where f.id = c.feed)))
       from article c
       where c.copy = a.id and c.gone = 0
        and coalesce(c.publisher, (select title from feed f where f.id = c.feed), '')
          is not coalesce(a.publisher, (select title from feed f where f.id = a.feed), '')
        and not ((c.publisher is null or a.publisher is null)
          and (c.feed is a.feed
            or substr(c.url, 1, 8 + instr(substr(c.url, 9) || '/', '/'))
              is substr(a.url, 1, 8 + instr(substr(a.url, 9) || '/', '/')))))"
);

/// The number of these columns: the index of the first column behind them.
pub(super) const BEHIND_ARTICLE: usize = 18;

/// The article in a row of [`ARTICLE_COLUMNS`].
pub(super) fn article_row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: article_id(row.get(0)?),
        place: ListPosition(row.get(1)?),
        feed: row.get::<_, Option<i64>>(2)?.map(FeedId),
        publisher: clean(row, 3)?,
        title: clean(row, 4)?.unwrap_or_default(),
        url: clean(row, 5)?,
        published: stamp(row.get(6)?, row.get(7)?),
        first_seen: instant(row.get(8)?),
        read: row.get(9)?,
        scrapped: row.get(10)?,
        stored_text: stored_text(row.get(11)?),
        pictured: row.get(12)?,
        story: row.get(13)?,
        copies: row.get(14)?,
        revisions: row.get(15)?,
        revised: row.get::<_, Option<i64>>(16)?.map(instant),
        later: row.get::<_, Option<i64>>(17)?.and_then(micros),
    })
}

/// The page in a row of an article's id, its address and that of its feed.
pub(super) fn unfetched_page(row: &Row<'_>) -> rusqlite::Result<UnfetchedPage> {
    Ok(UnfetchedPage {
        id: article_id(row.get(0)?),
        url: clean(row, 1)?.unwrap_or_default(),
        feed: clean(row, 2)?,
    })
}

/// The time of stored microseconds; `None` in a file that was tampered with.
pub(super) fn micros(stored: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(stored).ok()
}

/// The article with a stored id. SQLite's integers are signed; the bits are the same.
pub(super) fn article_id(stored: i64) -> ArticleId {
    ArticleId(stored.cast_unsigned())
}

/// The stored form of an article's id; the inverse of [`article_id`].
pub(super) fn key(id: ArticleId) -> i64 {
    id.0.cast_signed()
}

pub(super) fn clean(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Clean>> {
    Ok(row
        .get_ref(column)?
        .as_str_or_null()
        .unwrap_or_default()
        .map(Clean::from))
}

/// The time of stored seconds. They are out of range only in a file that was tampered with.
pub(super) fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(super) fn stamp(seconds: Option<i64>, zone: Option<i32>) -> Option<Stamp> {
    let at = Timestamp::from_second(seconds?).ok()?;
    Some(Stamp::new(
        at,
        zone.and_then(|z| Offset::from_seconds(z).ok())
            .unwrap_or(Offset::UTC),
    ))
}

/// Seconds since the epoch, and the zone's offset, of a stamp.
pub(super) fn unstamp(stamp: Option<Stamp>) -> (Option<i64>, Option<i32>) {
    (
        stamp.map(|s| s.at.as_second()),
        stamp.map(|s| s.offset().seconds()),
    )
}

pub(super) fn stored_text(stored: i64) -> StoredText {
    match stored {
        2 => StoredText::Page,
        1 => StoredText::Feed,
        _ => StoredText::Headline,
    }
}

pub(super) fn text(value: Option<&Clean>) -> Value {
    value.map_or(Value::Null, |v| Value::Text(v.to_string()))
}

/// Number of low bits of an article's key: 16 for its order in the feed, 8 to tell equal ones
/// apart.
pub(super) const ORDER_BITS: u32 = 24;

/// The lowest key of an article listed at `at` or later. A key has the time in seconds in its upper
/// bits, so that the primary key alone sorts the list by date.
pub(super) fn first_place(at: Timestamp) -> i64 {
    at.as_second().max(0) << ORDER_BITS
}
