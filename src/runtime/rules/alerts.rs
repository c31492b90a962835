//! Which articles the user is alerted of: each story once, whoever prints it, and nothing in quiet
//! hours.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use super::{command, headline};
use crate::app::Failure;
use crate::app::protocol::rules::{Alert, RuleReport};
use crate::config::{FeedBook, FeedSettings, QuietHours, RuleBook};
use crate::news::{ArticleId, ArticleRow, Filter, PageStart, RowPage};
use crate::runtime::store::{Store, StoreError};
use crate::stories::{Clusterer, Policy, StoryInput};
use crate::summary;

/// Most alerts after one refresh; the last one says how many more there are.
const MOST: usize = 5;

/// Most articles of one refresh that are compared with one another. What more arrives at once is
/// alerted of as it comes.
const MOST_COMPARED: usize = 200;

/// The latest articles of the library, this many, are compared too: how rare a word is decides how
/// much it tells, and a few articles don't tell that.
const POOL: usize = 400;

/// Puts into `report` what the user is to be alerted of: `news`, and articles that were corrected.
/// An alert of a correction is another one than that of the news.
pub(super) fn choose(
    store: &Store,
    book: &RuleBook,
    feeds: &FeedBook,
    (news, corrections): (&[ArticleRow], &[ArticleRow]),
    now: &ZonedDateTime,
    report: &mut RuleReport,
) -> Result<(), Failure> {
    let quiet = QuietHours::parse(&book.alerts.quiet);
    let is_quiet = quiet.is_some_and(|hours| hours.contains(now.time()));
    let mut chosen: Vec<&ArticleRow> = Vec::new();
    for (rows, corrected) in [(news, false), (corrections, true)] {
        let mut seen = BTreeSet::new();
        let rows: Vec<&ArticleRow> = rows.iter().filter(|row| seen.insert(row.id)).collect();
        let told = told_stories(store, book, &rows, corrected, now.timestamp())?;
        let ids: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
        let claimed = store.claim_alerts(&ids, corrected, now.timestamp())?;
        let is_new = |row: &&&ArticleRow| claimed.contains(&row.id) && !told.contains(&row.id);
        chosen.extend(rows.iter().filter(is_new));
    }
    if is_quiet {
        return Ok(());
    }
    let is_left_alone = |row: &ArticleRow| -> Result<bool, StoreError> {
        let feed = store.feed_of(row.id)?;
        let own = feed.as_ref().and_then(|feed| feeds.of(feed));
        let quiet = own.and_then(FeedSettings::quiet_hours);
        Ok(quiet.is_some_and(|hours| hours.contains(now.time())))
    };
    let mut told = Vec::new();
    for row in chosen {
        if !is_left_alone(row)? {
            told.push(row);
        }
    }
    let chosen = told;
    let own = &book.alerts.command;
    for row in chosen.iter().take(MOST) {
        report.alerts.push(Alert {
            title: headline(row),
            publisher: row.publisher.clone().unwrap_or_default(),
        });
        if !own.is_empty() {
            report.commands.push(command("alerts.command", own, row));
        }
    }
    report.more_alerts = chosen.len().saturating_sub(MOST);
    Ok(())
}

/// Those of `rows` that tell a story of which the user was alerted before, or is by an earlier one
/// of them.
fn told_stories(
    store: &Store,
    book: &RuleBook,
    rows: &[&ArticleRow],
    corrected: bool,
    now: Timestamp,
) -> Result<BTreeSet<ArticleId>, StoreError> {
    let mut told = BTreeSet::new();
    if rows.is_empty() {
        return Ok(told);
    }
    let window = SignedDuration::from_hours(i64::from(book.story_hours));
    let before = store.alerted(corrected, now - window, MOST_COMPARED)?;
    if before.is_empty() && rows.len() == 1 {
        return Ok(told);
    }
    let page = RowPage {
        start: PageStart::Offset(0),
        limit: POOL,
    };
    let latest = store.articles(&Filter::default(), page)?;
    let ids = rows.iter().take(MOST_COMPARED).map(|row| row.id);
    let ids: BTreeSet<ArticleId> = ids
        .chain(before.iter().copied())
        .chain(latest.iter().map(|row| row.id))
        .collect();
    let mut clusterer = Clusterer::new(Policy {
        window,
        ..Policy::default()
    });
    for id in ids {
        if let (Some(article), Some(row)) = (store.article(id)?, store.article_row(id)?) {
            let input = StoryInput::of(&article, &summary::sentences(&article), true);
            clusterer.add(&StoryInput {
                id,
                publisher: row.publisher.unwrap_or_default(),
                published: row.published.or(article.published),
                ..input
            });
        }
    }
    let before: BTreeSet<ArticleId> = before.into_iter().collect();
    for story in clusterer.group() {
        let mut is_told = story.articles.iter().any(|id| before.contains(id));
        for row in rows.iter().filter(|row| story.articles.contains(&row.id)) {
            if is_told {
                told.insert(row.id);
            }
            is_told = true;
        }
    }
    Ok(told)
}
