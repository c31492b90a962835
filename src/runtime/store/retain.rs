//! What is held no longer than the settings ask for. Never scraps, never what was marked unread by
//! hand; nothing at all where nothing was asked for.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};

use super::row::first_place;
use super::{Store, StoreError};

/// How long articles are held, and how much room they may take. The default holds everything for
/// ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Days since an article was listed; 0 for no bound.
    pub days: u32,
    /// Bytes of the library; 0 for no bound.
    pub bytes: u64,
    /// Articles never read go as well.
    pub unread_too: bool,
}

/// Articles that go at once, where it is for room.
const SHARE: i64 = 500;

/// How long a name is kept after its article went and its feeds stopped to list it.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(120 * 24);

/// The name under which the clock is remembered.
const CLOCK: &str = "retention-clock";
/// A clock that went further than this since the last look may have jumped, and one that went back
/// has.
const JUMP: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Nothing goes by age before a clock that may have jumped went on for so long.
const TRUST: SignedDuration = SignedDuration::from_hours(24);

/// What is known of the clock, in seconds of the epoch.
#[derive(Serialize, Deserialize)]
struct Clock {
    /// When it was looked at last.
    seen: i64,
    /// From when on it is believed.
    trusted: i64,
}

/// Which articles may go.
const LOOSE: &str = "scrapped = 0 and chosen = 0 and (read = 1 or ?2)";

impl Store {
    /// Takes away what `retention` does not ask to be held. Answers how many articles went.
    ///
    /// # Errors
    /// The library can't be written; what went before the error stays away.
    pub fn retain(&self, retention: &Retention, now: Timestamp) -> Result<usize, StoreError> {
        let mut gone = 0;
        if retention.days > 0 && self.believes(now)? {
            let age = SignedDuration::from_hours(24 * i64::from(retention.days));
            gone += self.prune(now - age, retention.unread_too, now)?;
        }
        while retention.bytes > 0 && self.used()? > retention.bytes {
            let went = self.write(|step| {
                let last = step
                    .prepare(&format!("select n from article where n < ?1 and {LOOSE} order by n limit 1 offset ?3"))?
                    .query_row(params![i64::MAX, retention.unread_too, SHARE], |r| r.get::<_, i64>(0))
                    .optional()?;
                take_away(step, last.unwrap_or(i64::MAX), retention.unread_too, now)
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

    /// Takes away articles listed before `before` that were read, are not scrapped, and were not
    /// marked unread by hand. With `unread_too`, also those never read. Answers how many went.
    ///
    /// # Errors
    /// The library can't be written; nothing is gone then.
    pub fn prune(
        &self,
        before: Timestamp,
        unread_too: bool,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.write(|step| take_away(step, first_place(before), unread_too, now))
    }

    /// Whether the clock may decide what is too old. One that jumped, because somebody set it wrong
    /// or the machine lay about for weeks, must first go on for a day.
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

    /// Bytes of the file that are in use.
    fn used(&self) -> Result<u64, StoreError> {
        let number = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0));
        let pages = number("pragma page_count")? - number("pragma freelist_count")?;
        Ok((pages * number("pragma page_size")?).unsigned_abs())
    }
}

/// Takes away what may go of the places below `bound`, and notes the names, so that feeds that
/// still list it do not bring it back as new.
fn take_away(
    step: &Transaction<'_>,
    bound: i64,
    unread_too: bool,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let chosen = format!("select n from article where n < ?1 and {LOOSE}");
    let names = format!(
        "insert or replace into pruned (name, at)
         select id, {at} from article where n in ({chosen}) union select guid, {at} from listing where n in ({chosen})",
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

/// Lets go of the parts of the search index that tell of nothing any more.
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
