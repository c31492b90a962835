//! Everything that the user chose to keep: subscriptions, scraps with their notes and highlights,
//! saved searches, mute rules. Its form as text is JSON, a thing a line, and ends with a hash of
//! all before it, so that a damaged text is recognised.

use std::collections::HashSet;

use jiff::{Timestamp, ZonedDateTime};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::feed::subscribe;
use super::scrap::put;
use super::{Store, StoreError};
use crate::news::{ArticleId, Clean, Feed, Query, Scrap};

/// What the user chose to keep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Subscriptions.
    pub feeds: Vec<Feed>,
    /// Scraps.
    pub scraps: Vec<Scrap>,
    /// Names and queries of saved searches.
    pub saved: Vec<(Clean, Clean)>,
    /// Queries of mute rules.
    pub mutes: Vec<Clean>,
}

/// The first line of the text form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Heading {
    /// Version of the form; 1.
    pub(super) gisa: u32,
    /// [`Store::acts`] of the library at the time.
    pub(super) acts: u64,
    /// When the text was made.
    pub(super) made: Timestamp,
    /// Number of subscriptions.
    pub(super) feeds: usize,
    /// Number of scraps.
    pub(super) scraps: usize,
}

/// Any other line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry {
    Feed {
        url: Clean,
        title: Clean,
        site: Option<Clean>,
        folder: Option<Clean>,
        page: bool,
    },
    Scrap(Box<RawValue>),
    Saved(Clean, Clean),
    Mute(Clean),
    End(String),
}

/// Counts a change of what is kept. The count lies with it in the library, so that each copy can
/// say up to which change it goes.
pub(super) fn count_act(step: &Connection) -> Result<(), StoreError> {
    step.prepare_cached(
        "insert into state (key, json) values ('acts', '1')
         on conflict (key) do update set json = cast(cast(json as integer) + 1 as text)",
    )?
    .execute([])?;
    Ok(())
}

/// The count of [`count_act`].
pub(super) fn acts(db: &Connection) -> Result<u64, StoreError> {
    let json: Option<String> = db
        .prepare_cached("select json from state where key = 'acts'")?
        .query_row([], |r| r.get(0))
        .optional()?;
    Ok(json.and_then(|n| n.parse().ok()).unwrap_or(0))
}

impl Store {
    /// How often what is kept was changed.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn acts(&self) -> Result<u64, StoreError> {
        acts(&self.db)
    }

    /// What is kept, as text, with its heading. All of it is read in one transaction, and each
    /// scrap is parsed: what can't be read must not replace a sound copy.
    pub(super) fn kept_text(&self, made: Timestamp) -> Result<(Heading, String), StoreError> {
        let step = self.db.unchecked_transaction()?;
        let feeds: Vec<Feed> = self.feeds()?.into_iter().map(|row| row.feed).collect();
        let scraps: usize = step.query_row("select count(*) from scrap", [], |r| {
            r.get::<_, i64>(0).map(|n| usize::try_from(n).unwrap_or(0))
        })?;
        let heading = Heading {
            gisa: 1,
            acts: acts(&step)?,
            made,
            feeds: feeds.len(),
            scraps,
        };
        let mut text = serde_json::to_string(&heading)? + "\n";
        for feed in feeds {
            line(&mut text, &Entry::of_feed(feed))?;
        }
        let mut query = step.prepare("select json from scrap order by kept, id")?;
        let mut rows = query.query([])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            let json: String = row.get(0)?;
            serde_json::from_str::<Scrap>(&json)?;
            line(&mut text, &Entry::Scrap(RawValue::from_string(json)?))?;
            read += 1;
        }
        if read != scraps {
            return Err(StoreError::Corrupt("scraps are missing".to_owned()));
        }
        for saved in self.saved()? {
            line(&mut text, &Entry::Saved(saved.name, saved.query))?;
        }
        for rule in self.mutes()? {
            line(&mut text, &Entry::Mute(rule))?;
        }
        let end = Entry::End(blake3::hash(text.as_bytes()).to_hex().to_string());
        line(&mut text, &end)?;
        Ok((heading, text))
    }

    /// Adds what is kept elsewhere to the library, in one transaction. A scrap that is there is
    /// replaced. `acts` is the count from which the library goes on.
    ///
    /// # Errors
    /// The library can't be written; nothing is added then.
    pub fn adopt(&self, kept: &Kept, acts: u64) -> Result<(), StoreError> {
        self.keep(|step| {
            adopt(step, kept)?;
            step.execute(
                "insert into state (key, json) values ('acts', ?1) on conflict (key) do update
                   set json = cast(max(cast(json as integer), cast(?1 as integer)) as text)",
                [acts.to_string()],
            )?;
            Ok(())
        })?;
        let now = ZonedDateTime::now();
        for rule in &kept.mutes {
            if let Ok(query) = Query::parse(rule, &now) {
                self.mute(rule, &query)?;
            }
        }
        Ok(())
    }

    /// Stores several scraps in one transaction, which waits for the disk once.
    ///
    /// # Errors
    /// The library can't be written; none is stored then.
    pub fn scraps_put(&self, scraps: &[Scrap]) -> Result<(), StoreError> {
        self.keep(|step| scraps.iter().try_for_each(|scrap| put(step, scrap)))
    }
}

fn adopt(step: &Transaction<'_>, kept: &Kept) -> Result<(), StoreError> {
    for feed in &kept.feeds {
        subscribe(step, feed)?;
    }
    for scrap in &kept.scraps {
        put(step, scrap)?;
    }
    let mut save = step.prepare("insert or ignore into saved (name, query) values (?, ?)")?;
    for (name, query) in &kept.saved {
        save.execute([&**name, &**query])?;
    }
    Ok(())
}

impl Kept {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.feeds.is_empty()
            && self.scraps.is_empty()
            && self.saved.is_empty()
            && self.mutes.is_empty()
    }

    /// Adds what is missing from `other`, which is older or less certain, each thing once.
    pub fn fill(&mut self, other: Self) {
        let mut feeds: HashSet<Clean> = self.feeds.iter().map(|f| f.url.clone()).collect();
        let mut scraps: HashSet<ArticleId> = self.scraps.iter().map(Scrap::id).collect();
        let mut saved: HashSet<Clean> = self.saved.iter().map(|s| s.0.clone()).collect();
        let mut mutes: HashSet<Clean> = self.mutes.iter().cloned().collect();
        let new = other.feeds.into_iter();
        self.feeds
            .extend(new.filter(|feed| feeds.insert(feed.url.clone())));
        let new = other.scraps.into_iter();
        self.scraps
            .extend(new.filter(|scrap| scraps.insert(scrap.id())));
        let new = other.saved.into_iter();
        self.saved.extend(new.filter(|s| saved.insert(s.0.clone())));
        let new = other.mutes.into_iter();
        self.mutes
            .extend(new.filter(|rule| mutes.insert(rule.clone())));
    }

    /// Reads the text form, and its count of acts. `None` where a byte of it is not as it was
    /// written.
    pub fn parse(text: &str) -> Option<(Self, u64)> {
        let body = text.strip_suffix('\n')?;
        let (before, _) = body.rsplit_once('\n')?;
        let end = body.get(before.len() + 1..)?;
        let whole = text.get(..=before.len())?;
        match serde_json::from_str(end).ok()? {
            Entry::End(hash) if hash == *blake3::hash(whole.as_bytes()).to_hex() => {}
            _ => return None,
        }
        let mut lines = before.lines();
        let heading: Heading = serde_json::from_str(lines.next()?).ok()?;
        let mut kept = Self::default();
        for line in lines {
            match serde_json::from_str(line).ok()? {
                Entry::Feed {
                    url,
                    title,
                    site,
                    folder,
                    page,
                } => kept.feeds.push(Feed {
                    url,
                    title,
                    site,
                    folder,
                    page,
                }),
                Entry::Scrap(json) => kept.scraps.push(serde_json::from_str(json.get()).ok()?),
                Entry::Saved(name, query) => kept.saved.push((name, query)),
                Entry::Mute(query) => kept.mutes.push(query),
                Entry::End(_) => return None,
            }
        }
        Some((kept, heading.acts))
    }
}

impl Entry {
    fn of_feed(feed: Feed) -> Self {
        let Feed {
            url,
            title,
            site,
            folder,
            page,
        } = feed;
        Self::Feed {
            url,
            title,
            site,
            folder,
            page,
        }
    }
}

fn line(text: &mut String, entry: &Entry) -> Result<(), StoreError> {
    text.push_str(&serde_json::to_string(entry)?);
    text.push('\n');
    Ok(())
}
