//! 오늘의 신문: the rows of the front page. The issues of the day by how much of its print they take,
//! then the latest stories of each publisher, in the order of the subscriptions. Made of what the
//! library has, grouped as it was grouped last, so that it is there as soon as a list.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::LibraryWorker;
use super::rows::row;
use crate::app::Failure;
use crate::app::protocol::rows::{Row, Section};
use crate::news::order::Order as _;
use crate::news::{ArticleId, ArticleRow, Clean, FeedId, Filter, RowPage};
use crate::runtime::workers::stories::stored_issues;

/// How far back a day's paper reaches.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// With fewer articles than this since then, the latest are taken, however old.
const FEWEST: usize = 12;
/// Most articles that are looked at.
const MOST: usize = 1_000;
/// Most issues.
const ISSUES: usize = 7;
/// Most stories of a publisher.
const STORIES: usize = 5;
/// A subscription that lists more publishers than this is one section, not one for each of them.
const MOST_PUBLISHERS: usize = 3;

impl LibraryWorker {
    /// The rows of the front page, and how many of them are unread.
    pub(crate) fn front_rows(&self) -> Result<Vec<Row>, Failure> {
        let store = self.store()?;
        let day = |folded: bool| -> Result<Vec<ArticleRow>, Failure> {
            let filter = Filter {
                since: Timestamp::now().checked_sub(DAY).ok(),
                folded,
                ..Filter::default()
            };
            let rows = store.articles(&filter, RowPage::at(0, MOST))?;
            if rows.len() >= FEWEST {
                return Ok(rows);
            }
            let filter = Filter {
                since: None,
                ..filter
            };
            Ok(store.articles(&filter, RowPage::at(0, MOST / 10))?)
        };
        let cached = self.issue_cache.issues();
        // Nothing is grouped in this run until articles come, or issues are asked for.
        let issues: Vec<(u64, Clean)> = match cached.is_empty() {
            true => stored_issues(store),
            false => cached.iter().map(|i| (i.id.0, i.title.clone())).collect(),
        };
        let place_of = |story: ArticleId| {
            let mut issues = issues.iter().enumerate();
            let found = issues.find(|(_, (id, _))| *id == story.0);
            found.map(|(place, (_, title))| (place, title.clone()))
        };
        Ok(front_page(
            &day(false)?,
            day(true)?,
            &store.feed_titles()?,
            place_of,
        ))
    }
}

/// Puts the page together; `place_of` gives an issue's place among those of the last grouping and
/// its title: `all` with the copies that other articles stand for, `folded` without.
fn front_page(
    all: &[ArticleRow],
    folded: Vec<ArticleRow>,
    feeds: &[(FeedId, Clean)],
    place_of: impl Fn(ArticleId) -> Option<(usize, Clean)>,
) -> Vec<Row> {
    let (issues, told) = issues(all, place_of);
    let rest = folded.into_iter().filter(|r| !told.contains(&r.id));
    let mut page = in_section(issues, Section::Issues);
    for (name, filter, rows) in by_publisher(rest.collect(), feeds) {
        let unread = rows.iter().filter(|r| !r.read).count();
        let rows = rows.into_iter().take(STORIES).map(|r| {
            let mut row = row(r);
            // The heading says it.
            row.publisher = row.publisher.filter(|p| *p != name);
            row
        });
        let rows = rows.collect();
        let section = Section::Publisher {
            name,
            unread,
            filter: Box::new(filter),
        };
        page.extend(in_section(rows, section));
    }
    page
}

/// Rows with the section's heading at the first of them.
fn in_section(mut rows: Vec<Row>, section: Section) -> Vec<Row> {
    if let Some(first) = rows.first_mut() {
        first.section = Some(section);
    }
    rows
}

/// Stories that several publishers carry, and the articles that tell them: in the order of the last
/// grouping, which goes by weight, then those that it did not know, those of most publishers first,
/// then the newest.
fn issues(
    all: &[ArticleRow],
    place_of: impl Fn(ArticleId) -> Option<(usize, Clean)>,
) -> (Vec<Row>, BTreeSet<ArticleId>) {
    let mut stories: BTreeMap<i64, Vec<&ArticleRow>> = BTreeMap::new();
    for row in all {
        if let Some(story) = row.story {
            stories.entry(story).or_default().push(row);
        }
    }
    let mut found: Vec<(BTreeSet<&Clean>, i64, Vec<&ArticleRow>)> = stories
        .into_iter()
        .map(|(story, rows)| {
            let publishers = rows.iter().filter_map(|r| r.publisher.as_ref()).collect();
            (publishers, story, rows)
        })
        .filter(|(publishers, ..): &(BTreeSet<&Clean>, _, _)| publishers.len() > 1)
        .collect();
    // The list has the newest first; the sort is stable, but a map was in between.
    let newest = |rows: &[&ArticleRow]| rows.first().map(|r| r.place);
    found.sort_by_cached_key(|(publishers, story, rows)| {
        let place = place_of(ArticleId(story.cast_unsigned())).map(|(place, _)| place);
        let unknown = Reverse((publishers.len(), newest(rows)));
        (place.unwrap_or(usize::MAX), unknown)
    });
    found.truncate(ISSUES);
    let told = found
        .iter()
        .flat_map(|f| f.2.iter().map(|r| r.id))
        .collect();
    let rows = found.into_iter().filter_map(|(publishers, story, rows)| {
        let newest = rows.first()?;
        let id = ArticleId(story.cast_unsigned());
        let names: Vec<&str> = publishers.iter().map(|p| &***p).collect();
        Some(Row {
            id,
            title: place_of(id).map_or_else(|| newest.title.clone(), |(_, title)| title),
            publisher: None,
            when: newest.published,
            read: rows.iter().all(|r| r.read),
            scrapped: false,
            copies: 0,
            revisions: 0,
            tags: Vec::new(),
            later: false,
            publishers: Some((names.len(), Clean::line(&names.join(", ")))),
            section: None,
            topic: None,
        })
    });
    (rows.collect(), told)
}

/// Rows by publisher, in the order of the subscriptions: name, what lists all of them, rows.
fn by_publisher(
    rows: Vec<ArticleRow>,
    feeds: &[(FeedId, Clean)],
) -> Vec<(Clean, Filter, Vec<ArticleRow>)> {
    let mut of_feed: HashMap<FeedId, BTreeSet<&Clean>> = HashMap::new();
    for row in &rows {
        if let (Some(feed), Some(publisher)) = (row.feed, &row.publisher) {
            of_feed.entry(feed).or_default().insert(publisher);
        }
    }
    let mixed: BTreeSet<FeedId> = of_feed
        .into_iter()
        .filter(|(_, publishers)| publishers.len() > MOST_PUBLISHERS)
        .map(|(feed, _)| feed)
        .collect();
    let places: HashMap<FeedId, usize> =
        feeds.iter().enumerate().map(|(at, f)| (f.0, at)).collect();
    let place = |feed: Option<FeedId>| feed.and_then(|feed| places.get(&feed).copied());
    let mut sections: Vec<(usize, Clean, Filter, Vec<ArticleRow>)> = Vec::new();
    let mut known: HashMap<(Option<FeedId>, Clean), usize> = HashMap::new();
    for row in rows {
        let at = place(row.feed).unwrap_or(feeds.len());
        let feed = feeds.get(at).filter(|f| mixed.contains(&f.0));
        let (name, filter) = match (feed, &row.publisher) {
            (Some((feed, title)), _) => {
                let filter = Filter {
                    feed: Some(*feed),
                    ..Filter::default()
                };
                (title.clone(), filter)
            }
            (None, Some(publisher)) => {
                let filter = Filter {
                    publisher: Some(publisher.clone()),
                    ..Filter::default()
                };
                (publisher.clone(), filter)
            }
            (None, None) => continue,
        };
        let key = (filter.feed, name.clone());
        match known.get(&key).and_then(|at| sections.get_mut(*at)) {
            Some(section) => {
                section.0 = section.0.min(at);
                section.3.push(row);
            }
            None => {
                known.insert(key, sections.len());
                sections.push((at, name, filter, vec![row]));
            }
        }
    }
    sections.order_by_key(|section| section.0);
    let sections = sections.into_iter();
    sections
        .map(|(_, name, filter, rows)| (name, filter, rows))
        .collect()
}

#[cfg(test)]
#[path = "tests/front.rs"]
mod tests;
