//! What excludes an article of a delivery: mute rules, and that retention deleted it before.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;
use super::incoming::IncomingArticle;
use super::row::key;
use super::stored_queries::MuteRules;
use crate::news::{FeedId, Form, Subject};

/// What excludes an article of a delivery from being shown or stored: mute rules, and articles
/// deleted before.
pub(super) struct DeliveryFilter {
    rules: MuteRules,
    /// Title and address of the feed, against which queries are checked.
    feed: [String; 1],
    /// Whether retention has ever deleted an article.
    pruned: bool,
}

impl DeliveryFilter {
    pub(super) fn new(
        step: &Transaction<'_>,
        feed: FeedId,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let rules = MuteRules::at(step, now)?;
        let mut name = step.prepare_cached("select title || ' ' || url from feed where id = ?")?;
        let feed = [name
            .query_row([feed.0], |r| r.get(0))
            .optional()?
            .unwrap_or_default()];
        Ok(Self {
            rules,
            feed,
            pruned: step
                .prepare_cached("select 1 from pruned limit 1")?
                .exists([])?,
        })
    }

    /// Whether retention deleted this article before. That is remembered for as long as its feed
    /// lists it.
    pub(super) fn was_pruned(
        &self,
        step: &Transaction<'_>,
        incoming: &IncomingArticle<'_>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if !self.pruned {
            return Ok(false);
        }
        let mut seen = step.prepare_cached("update pruned set at = ?2 where name = ?1")?;
        let names = [key(incoming.id), incoming.guid];
        for name in names.iter().chain(incoming.old_guids.iter()) {
            if seen.execute(params![name, now.as_second()])? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Hides the article with the key `n` where a mute rule matches it.
    pub(super) fn mute(
        &self,
        step: &Transaction<'_>,
        n: i64,
        incoming: &IncomingArticle<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.rules.is_empty() {
            return Ok(());
        }
        let article = incoming.article;
        let subject = Subject {
            title: &article.title,
            body: &incoming.words,
            publisher: article.publisher.as_deref().unwrap_or_default(),
            authors: &article.author_names(),
            url: article.address().map_or("", |u| u),
            feeds: &self.feed,
            form: Some(Form::of(article)),
            lang: article.lang.as_deref().unwrap_or_default(),
            published: incoming.published.map(|p| p.at),
            first_seen: now,
            pictured: incoming.is_pictured,
            ..Subject::default()
        };
        if self.rules.hide(&subject) {
            step.prepare_cached("update article set gone = gone | 2 where n = ? and scrapped = 0")?
                .execute([n])?;
        }
        Ok(())
    }
}
