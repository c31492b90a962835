//! Deletes articles that the settings don't ask to keep. Scraps, the read-later queue and articles
//! marked as unread by hand are never deleted; by default nothing is.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};

use super::row::first_place;
use super::{Store, StoreError};
use crate::news::FeedId;

/// How long articles are kept, and how much space they may take. The default keeps everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Days to keep an article after it was listed; 0 for no limit.
    pub days: u32,
    /// Size limit of the library in bytes; 0 for no limit.
    pub bytes: u64,
    /// Whether articles that were never read are deleted too.
    pub unread_too: bool,
}

/// Articles deleted in one step while the library is over its size limit.
const SHARE: i64 = 500;

/// How long the id of a deleted article is remembered after its feeds stopped listing it.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(120 * 24);

/// The key under which the state of the clock is stored.
const CLOCK: &str = "retention-clock";
/// If the clock went further than this since the last check it may have jumped; if it went back, it
/// has.
const JUMP: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a clock that may have jumped must go on before articles are deleted by age again.
const TRUST: SignedDuration = SignedDuration::from_hours(24);

/// The state of the clock, in seconds since the epoch.
#[derive(Serialize, Deserialize)]
struct Clock {
    /// When it was last read.
    seen: i64,
    /// From when on it is trusted.
    trusted: i64,
}

/// The SQL condition for articles that may be deleted.
const LOOSE: &str = "scrapped = 0 and chosen = 0 and later is null and (read = 1 or ?2)";

impl Store {
    /// Deletes what `retention` does not ask to keep. Returns the number of articles deleted.
    ///
    /// # Errors
    /// The library can't be written; articles deleted before the error stay deleted.
    pub fn retain(&self, retention: &Retention, now: Timestamp) -> Result<usize, StoreError> {
        let mut gone = 0;
        if retention.days > 0 && self.believes(now)? {
            let age = SignedDuration::from_hours(24 * i64::from(retention.days));
            gone += self.prune(now - age, retention.unread_too, now)?;
        }
        while retention.bytes > 0 && self.used()? > retention.bytes {
            let went = self.write(|step| {
                let last = step
                    .prepare(&format!(
                        "select n from article where n < ?1 and {LOOSE}
                         order by n limit 1 offset ?3"
                    ))?
                    .query_row(params![i64::MAX, retention.unread_too, SHARE], |r| {
                        r.get::<_, i64>(0)
                    })
                    .optional()?;
                take_away(
                    step,
                    (last.unwrap_or(i64::MAX), ""),
                    retention.unread_too,
                    now,
                )
            })?;
            gone += went;
            if went == 0 {
                break;
            }
        }
        if gone > 0 {
            self.write(|step| {
                forget_segments(step)?;
                step.execute(
                    "delete from pruned where at < ?",
                    [(now - REMEMBERED).as_second()],
                )?;
                Ok(())
            })?;
        }
        Ok(gone)
    }

    /// Deletes articles listed before `before` that were read, are not scrapped, and were not
    /// marked as unread by hand. With `unread_too`, also those never read. Returns the number
    /// deleted.
    ///
    /// # Errors
    /// The library can't be written; nothing is deleted then.
    pub fn prune(
        &self,
        before: Timestamp,
        unread_too: bool,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.write(|step| take_away(step, (first_place(before), ""), unread_too, now))
    }

    /// As [`Store::retain`], for the articles of one subscription that are older than so many days.
    ///
    /// # Errors
    /// The library can't be written; nothing is deleted then.
    pub fn retain_feed(
        &self,
        feed: FeedId,
        days: u32,
        unread_too: bool,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        if !self.believes(now)? {
            return Ok(0);
        }
        let age = SignedDuration::from_hours(24 * i64::from(days));
        let only = format!(" and feed = {}", feed.0);
        let bound = first_place(now - age);
        self.write(|step| take_away(step, (bound, &only), unread_too, now))
    }

    /// Whether the clock may decide what is too old. One that jumped, because it was set wrong or
    /// the machine was off for weeks, must first run for a day.
    fn believes(&self, now: Timestamp) -> Result<bool, StoreError> {
        let now = now.as_second();
        let before = self.state_get::<Clock>(CLOCK)?.unwrap_or(Clock {
            seen: now,
            trusted: now,
        });
        let jumped = now < before.seen || now - before.seen > JUMP.as_secs();
        let trusted = if jumped {
            now + TRUST.as_secs()
        } else {
            before.trusted
        };
        self.state_put(CLOCK, &Clock { seen: now, trusted })?;
        Ok(now >= trusted)
    }

    /// The bytes of the file that are in use.
    fn used(&self) -> Result<u64, StoreError> {
        let number = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0));
        let pages = number("pragma page_count")? - number("pragma freelist_count")?;
        Ok((pages * number("pragma page_size")?).unsigned_abs())
    }
}

/// Deletes articles that may be deleted with keys below `bound`, and remembers their ids, so that
/// feeds that still list them don't bring them back as new.
fn take_away(
    step: &Transaction<'_>,
    (bound, only): (i64, &str),
    unread_too: bool,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let chosen = format!("select n from article where n < ?1 and {LOOSE}{only}");
    let names = format!(
        "insert or replace into pruned (name, at)
         select id, {at} from article where n in ({chosen})
         union select guid, {at} from listing where n in ({chosen})",
        at = now.as_second()
    );
    let bounds = params![bound, unread_too];
    step.execute(&names, bounds)?;
    for sql in [
        format!("delete from body where id in (select body from article where n in ({chosen}))"),
        format!("delete from pending where n in ({chosen})"),
        format!("delete from listing where n in ({chosen})"),
    ] {
        step.execute(&sql, bounds)?;
    }
    Ok(step.execute(
        &format!("delete from article where n in ({chosen})"),
        bounds,
    )?)
}

/// Deletes segments of the search index whose articles are all deleted.
fn forget_segments(step: &Transaction<'_>) -> Result<(), StoreError> {
    let mut segments = step.prepare("select id, places from segment")?;
    let mut held = step.prepare("select 1 from article where n = ?")?;
    let mut empty = Vec::new();
    let mut rows = segments.query([])?;
    while let Some(row) = rows.next()? {
        let (places, _) = row
            .get_ref(1)?
            .as_blob()
            .unwrap_or_default()
            .as_chunks::<8>();
        let mut any = false;
        for place in places {
            any |= held.exists([i64::from_le_bytes(*place)])?;
            if any {
                break;
            }
        }
        if !any {
            empty.push(row.get::<_, i64>(0)?);
        }
    }
    for id in empty {
        super::index::forget(step, id)?;
    }
    Ok(())
}
