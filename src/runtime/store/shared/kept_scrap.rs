//! What acts say of a scrap, and the scrap that they make.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::act::ActField;
use super::names::{NameKind, drop_name, put_name, things_of};
use super::values::{best_text, latest_value, winning};
use super::words::{has_words, words};
use crate::news::address::without_secrets;
use crate::news::json;
use crate::news::order::Order as _;
use crate::news::{Article, ArticleId, Clean, Highlight, Scrap};
use crate::runtime::store::mark::mark_scrapped;
use crate::runtime::store::scrap::put_as_it_is;
use crate::runtime::store::{StoreError, row};

/// The value of an act that scraps.
#[derive(Debug, Serialize, Deserialize)]
struct Scrapped {
    kept: Timestamp,
    /// The article without its text.
    article: Value,
}

/// What a scrap of this library is, as values of acts.
pub(super) struct ScrapFacts {
    pub(super) scrap: String,
    /// `None` where there is no text: an act of another machine that brought one stays then.
    pub(super) text: Option<String>,
    note: BTreeMap<String, String>,
    tags: BTreeMap<String, String>,
    highlights: BTreeMap<String, String>,
    kept: Timestamp,
}

impl ScrapFacts {
    pub(super) fn of(scrap: &Scrap) -> Result<Self, StoreError> {
        let article = &scrap.article;
        let head = Article {
            blocks: Vec::new(),
            related: Vec::new(),
            most_read: Vec::new(),
            ..article.clone()
        };
        let text = match article.blocks.is_empty() {
            true => None,
            false => Some(shareable(article)?.to_string()),
        };
        let note = scrap.note.as_ref().filter(|note| !note.is_blank());
        let highlights = scrap.highlights.iter().map(|highlight| {
            let value = serde_json::to_string(highlight)?;
            Ok((passage(highlight)?, value))
        });
        Ok(Self {
            scrap: serde_json::to_string(&Scrapped {
                kept: scrap.kept,
                article: shareable(&head)?,
            })?,
            text,
            note: note
                .map(|note| Ok((String::new(), serde_json::to_string(note)?)))
                .into_iter()
                .collect::<Result<_, StoreError>>()?,
            tags: scrap
                .tags
                .iter()
                .map(|tag| (tag.to_string(), "1".to_owned()))
                .collect(),
            highlights: highlights.collect::<Result<_, StoreError>>()?,
            kept: scrap.kept,
        })
    }

    /// What is written or marked, as values by their parts.
    pub(super) fn words(&self, field: ActField) -> &BTreeMap<String, String> {
        match field {
            ActField::Tag => &self.tags,
            ActField::Highlight => &self.highlights,
            _ => &self.note,
        }
    }

    /// Whether an act before says something else. What is known of an article beside its text
    /// matters only where there is none.
    pub(super) fn differs_from(&self, before: &str) -> bool {
        let kept = serde_json::from_str::<Scrapped>(before).map(|before| before.kept);
        kept.ok() != Some(self.kept) || self.text.is_none() && before != self.scrap
    }
}

/// The name of a highlight: a hash of its passage, so that another note or colour is a change of
/// the same highlight.
fn passage(highlight: &Highlight) -> Result<String, StoreError> {
    let (from, until) = (
        serde_json::to_string(&highlight.from)?,
        serde_json::to_string(&highlight.until)?,
    );
    Ok(ArticleId::of_parts(&["highlight ", &from, &until, &highlight.quote]).to_string())
}

/// An article as it may leave the machine: without user names, passwords and keys in its addresses.
fn shareable(article: &Article) -> Result<Value, StoreError> {
    let mut shape = serde_json::to_value(article)?;
    redact(&mut shape, false);
    Ok(shape)
}

/// The address of a picture keeps its parameters, without which it would not be shown.
fn redact(shape: &mut Value, is_picture: bool) {
    match shape {
        Value::String(text) if text.starts_with("http://") || text.starts_with("https://") => {
            let is_shown = !is_picture || has_login(text);
            let redacted = is_shown.then(|| without_secrets(text).into_owned());
            if let Some(redacted) = redacted.filter(|redacted| redacted != text) {
                *text = redacted;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, is_picture)),
        Value::Object(fields) => {
            let is_image = fields.get("kind").is_some_and(|kind| kind == "image");
            for (key, value) in fields.iter_mut() {
                redact(value, is_image || key == "lead_image");
            }
        }
        _ => {}
    }
}

fn has_login(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.contains('@')
}

/// Makes a scrap what the acts say of it; returns whether that changed anything. `changed` are the
/// fields of which another act counts now.
pub(super) fn bring_scrap(
    step: &Transaction<'_>,
    thing: i64,
    changed: &BTreeSet<ActField>,
) -> Result<bool, StoreError> {
    let Some(mut win) = winning(step, ActField::Scrap, thing, "")? else {
        return Ok(false);
    };
    // It was taken away by a machine that had not seen all that is written on it.
    let stays_by_words = win.value.is_none() && has_words(step, thing)?;
    if stays_by_words {
        match latest_value(step, ActField::Scrap, thing)? {
            Some(latest) => win = latest,
            None => return Ok(false),
        }
    }
    let ids = things_of(step, NameKind::Article, thing)?;
    let mut held: Option<(i64, String)> = None;
    for id in &ids {
        let json = step
            .prepare_cached("select json from scrap where id = ?")?
            .query_row([id], |r| r.get(0))
            .optional()?;
        held = held.or(json.map(|json| (*id, json)));
    }
    let Some(value) = win.value else {
        let Some((id, _)) = held else {
            return Ok(false);
        };
        step.prepare_cached("delete from scrap where id = ?")?
            .execute([id])?;
        mark_scrapped(step, row::article_id(id), false)?;
        return Ok(true);
    };
    let Ok(scrapped) = serde_json::from_str::<Scrapped>(&value) else {
        return Ok(false);
    };
    let held = match held {
        // One that can't be read is left as it is, for `gisa doctor`.
        Some((id, json)) => match serde_json::from_str::<Scrap>(&json) {
            Ok(scrap) => Some((id, scrap)),
            Err(_) => return Ok(false),
        },
        None => None,
    };
    let mut scrap = match &held {
        Some((_, scrap)) => scrap.clone(),
        None => match json::of_value(&scrapped.article) {
            Ok(head) => Scrap::of(head, scrapped.kept),
            Err(_) => return Ok(false),
        },
    };
    if let Some((id, scrap)) = &held
        && !scrap.article.blocks.is_empty()
        && latest_value(step, ActField::Text, thing)?.is_none()
    {
        // The machine that had shared the text took it away.
        step.prepare_cached(
            "insert or ignore into folder_touched
             values ('text', ?, cast(unixepoch('subsec') * 1000 as integer))",
        )?
        .execute([id])?;
    }
    scrap.kept = scrapped.kept;
    if held.is_none() || changed.contains(&ActField::Text) {
        take_text(step, thing, &mut scrap)?;
    }
    let id = match (&held, ids.first()) {
        (Some((id, _)), _) => Some(*id),
        (None, Some(id)) => Some(*id),
        (None, None) => None,
    };
    if let Some(id) = id {
        scrap.article = known_as(step, scrap.article, id, held.as_ref().map(|(_, s)| s))?;
    }
    let note = words(step, ActField::Note, thing)?.into_values().next();
    scrap.note = note.and_then(|json| serde_json::from_str(&json).ok());
    let tags = words(step, ActField::Tag, thing)?;
    let tags: Vec<Clean> = tags.keys().map(|tag| Clean::line(tag)).collect();
    // What stays keeps its place.
    scrap.tags.retain(|tag| tags.contains(tag));
    for tag in tags {
        if !tag.is_blank() && !scrap.tags.contains(&tag) {
            scrap.tags.push(tag);
        }
    }
    let highlights = words(step, ActField::Highlight, thing)?;
    scrap.highlights = highlights
        .values()
        .filter_map(|json| serde_json::from_str(json).ok())
        .collect();
    scrap
        .highlights
        .order_by(|a, b| (a.from, a.until, &a.quote).cmp(&(b.from, b.until, &b.quote)));
    if held.as_ref().is_some_and(|(_, before)| *before == scrap) {
        return Ok(false);
    }
    let new = row::key(scrap.id());
    // Before it is stored, which would name it by its address here.
    put_name(step, NameKind::Article, thing, new)?;
    put_as_it_is(step, &scrap)?;
    if let Some((old, _)) = held
        && old != new
    {
        // Without an address it is known by its text, which is another one now.
        step.prepare_cached("delete from scrap where id = ?")?
            .execute(params![old])?;
        mark_scrapped(step, row::article_id(old), false)?;
        drop_name(step, NameKind::Article, old)?;
    }
    Ok(true)
}

/// Gives a scrap the text of the act that counts, where that has one.
fn take_text(step: &Transaction<'_>, thing: i64, scrap: &mut Scrap) -> Result<(), StoreError> {
    let text = best_text(step, thing)?;
    let article = text.and_then(|json| serde_json::from_str::<Article>(&json).ok());
    if let Some(article) = article.filter(|article| !article.blocks.is_empty()) {
        scrap.article = article;
    }
    Ok(())
}

/// The article under the id by which this library knows it: its address here may have what is not
/// shared, or be another form of it.
fn known_as(
    step: &Transaction<'_>,
    article: Article,
    id: i64,
    held: Option<&Scrap>,
) -> Result<Article, StoreError> {
    if row::key(article.id()) == id {
        return Ok(article);
    }
    if let Some(held) = held {
        return Ok(Article {
            url: held.article.url.clone(),
            canonical_url: held.article.canonical_url.clone(),
            ..article
        });
    }
    let listed = step
        .prepare_cached("select url from article where id = ?")?
        .query_row([id], |r| row::clean(r, 0))
        .optional()?
        .flatten();
    Ok(article.known_at(row::article_id(id), listed))
}
