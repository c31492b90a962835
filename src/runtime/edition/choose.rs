//! Chooses the articles of an edition and composes its front page and sections.

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::app::{Cause, Failure};
use crate::config::Words;
use crate::news::edition::{
    Edition, EditionArticle, EditionIssue, EditionLabels, EditionLine, EditionPlace, EditionSection,
};
use crate::news::{Article, ArticleId, Clean, Filter, Issue, PageStart, Problem, Query, RowPage};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::grouping::{GivenArticle, Grouped, group};
use crate::runtime::store::{Store, story_of};
use crate::summary;

/// How far back an edition of today reaches.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Articles further apart than this tell different stories.
const WINDOW: SignedDuration = SignedDuration::from_hours(48);
/// Most articles of the library that are looked at.
const MOST_LOOKED_AT: usize = 3_000;
/// Up to so many, stories are told by the full texts; beyond, by titles and leads.
const MOST_WHOLE: usize = 400;
/// Most issues on the front page.
const MOST_ISSUES: usize = 8;
/// Most articles of one issue; copies of a text count once.
const MOST_OF_ISSUE: usize = 4;

/// What an edition is to be made of.
pub struct EditionWish<'a> {
    /// The articles of this query; those of the last day without one.
    pub query: Option<&'a Query>,
    /// The query as it was typed, which names the edition.
    pub name: &'a str,
    /// Most articles.
    pub most: usize,
    /// Sentences of an article's short news.
    pub sentences: usize,
    /// Words of the interface.
    pub words: &'a Words,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// How pages are fetched, and which publishers may be shortened.
    pub fetch: &'a Fetch,
}

/// Makes an edition of articles of the library, without pictures. What has no text is left out.
///
/// # Errors
/// The library can't be read, or nothing in it answers the wish.
pub fn choose(store: &Store, wish: &EditionWish<'_>, cancel: &Cancel) -> Result<Edition, Failure> {
    let Grouped { issues, articles } = group_given(given(store, wish, cancel)?, wish);
    let mut shared: Vec<&Issue> = issues.iter().filter(|i| i.publishers.len() > 1).collect();
    shared.truncate(MOST_ISSUES);
    let order = in_order(&shared, &articles, wish.most);
    if order.is_empty() {
        return Err(Failure::new(Cause::EmptyEdition, wish.name));
    }
    let by_id: HashMap<ArticleId, &Article> = articles.iter().map(|(id, a)| (*id, a)).collect();
    let chosen: Vec<(ArticleId, &Article)> = order
        .iter()
        .filter_map(|id| Some((*id, *by_id.get(id)?)))
        .collect();
    Ok(compose(&chosen, &shared, wish))
}

fn group_given(given: Vec<GivenArticle>, wish: &EditionWish<'_>) -> Grouped {
    let whole = given.len() <= MOST_WHOLE;
    group(given, WINDOW, whole, wish.fetch)
}

/// The articles with a text that the wish asks for, the latest first.
fn given(
    store: &Store,
    wish: &EditionWish<'_>,
    cancel: &Cancel,
) -> Result<Vec<GivenArticle>, Failure> {
    let rows = match wish.query {
        Some(query) => store.in_order(&Filter::default(), query, MOST_LOOKED_AT, cancel)?,
        None => {
            let filter = Filter {
                since: Timestamp::now().checked_sub(DAY).ok(),
                ..Filter::default()
            };
            let page = RowPage {
                start: PageStart::Offset(0),
                limit: MOST_LOOKED_AT,
            };
            store.articles(&filter, page)?
        }
    };
    let mut given = Vec::new();
    let mut seen = HashSet::new();
    for row in rows {
        if cancel.is_cancelled() {
            return Err(Failure::new(Cause::Cancelled, ""));
        }
        let Some(mut article) = store.article(row.id)? else {
            continue;
        };
        // The list's name for a publisher is used, as in `gisa list`.
        article.publisher = row.publisher;
        let is_new = seen.insert((article.title.clone(), article.publisher.clone()));
        if is_new && has_text(&article) {
            let article = summary::without_unfinished(&article).into_owned();
            given.push((row.id, article, row.story.map(story_of)));
        }
    }
    Ok(given)
}

fn has_text(article: &Article) -> bool {
    let is_readable = !matches!(
        article.extraction.problem,
        Some(Problem::Empty | Problem::Front | Problem::Error | Problem::Video)
    );
    is_readable && !article.title.is_blank() && !article.text().trim().is_empty()
}

/// The articles in the order of their importance: those of the issues, then the latest.
fn in_order(issues: &[&Issue], articles: &[(ArticleId, Article)], most: usize) -> Vec<ArticleId> {
    let mut order = Vec::new();
    let mut passed: HashSet<ArticleId> = HashSet::new();
    for issue in issues {
        let own = issue
            .articles
            .iter()
            .filter(|id| issue.copy_of(**id).is_none());
        let told = issue.summary.iter().map(|line| &line.article);
        // The article of the headline, those that the front page quotes, then others.
        for id in headline(issue).iter().chain(told).chain(own) {
            let of_this = order.iter().filter(|o| issue.articles.contains(o)).count();
            if of_this < MOST_OF_ISSUE && passed.insert(*id) {
                order.push(*id);
            }
        }
        passed.extend(&issue.articles);
    }
    order.extend(
        articles
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| passed.insert(*id)),
    );
    order.truncate(most);
    order
}

/// Puts the articles into sections and writes the front page.
fn compose(chosen: &[(ArticleId, &Article)], issues: &[&Issue], wish: &EditionWish<'_>) -> Edition {
    let words = wish.words;
    let sections = sections(chosen, issues, words);
    let order: Vec<usize> = sections
        .iter()
        .flat_map(|(_, members)| members.clone())
        .collect();
    let places: HashMap<ArticleId, usize> = order
        .iter()
        .enumerate()
        .map(|(place, member)| (chosen[*member].0, place))
        .collect();
    let articles: Vec<EditionArticle> = order
        .iter()
        .enumerate()
        .map(|(place, member)| edition_article(chosen[*member].1, place, wish))
        .collect();
    let issues: Vec<EditionIssue> = issues
        .iter()
        .map(|issue| edition_issue(issue, &places, words))
        .filter(|issue| !issue.articles.is_empty())
        .collect();
    let now = Timestamp::now();
    let local = wish.zone.to_datetime(now);
    let parts = [
        ("year", local.year().to_string()),
        ("month", local.month().to_string()),
        ("day", local.day().to_string()),
    ];
    let values: Vec<(&str, &str)> = parts.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let counts = [
        ("n", articles.len().to_string()),
        ("issues", issues.len().to_string()),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let counted = if issues.is_empty() {
        "edition.counts-no-issues"
    } else {
        "edition.counts"
    };
    let text = |key: &str| Clean::line(words.get(key));
    Edition {
        title: match wish.query {
            Some(_) => Clean::headline(wish.name),
            None => text("edition.title"),
        },
        date: Clean::line(&words.fill("when.full-date", &values)),
        counts: Clean::line(&words.fill(counted, &counts)),
        made: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        lang: words.language.tag(),
        labels: EditionLabels {
            issues: text("shelf.issues"),
            no_issues: text("edition.no-issues"),
            contents: text("edition.contents"),
            short: text("edition.short"),
            top: text("edition.top"),
            beginning: text("label.beginning"),
            disclaimer: text("brief.disclaimer-print"),
        },
        issues,
        sections: sections
            .into_iter()
            .map(|(name, members)| EditionSection {
                name,
                articles: members.len(),
            })
            .collect(),
        articles,
        pictures: HashMap::new(),
    }
}

/// The sections: the issues' articles; then by the sections that the articles name where half of
/// them do, else by publishers. What stands alone comes last, together.
fn sections(
    chosen: &[(ArticleId, &Article)],
    issues: &[&Issue],
    words: &Words,
) -> Vec<(Clean, Vec<usize>)> {
    let of_issues: HashSet<ArticleId> = issues
        .iter()
        .flat_map(|i| i.articles.iter().copied())
        .collect();
    let (first, rest): (Vec<usize>, Vec<usize>) =
        (0..chosen.len()).partition(|i| of_issues.contains(&chosen[*i].0));
    let named = rest
        .iter()
        .filter(|i| section_of(chosen[**i].1).is_some())
        .count();
    let by_section = named * 2 >= rest.len();
    let name_of = |article: &Article| {
        if by_section {
            section_of(article)
        } else {
            article.publisher.clone().filter(|p| !p.is_blank())
        }
    };
    let mut groups: Vec<(Clean, Vec<usize>)> = Vec::new();
    let mut others = Vec::new();
    for member in rest {
        let Some(name) = name_of(chosen[member].1) else {
            others.push(member);
            continue;
        };
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(member),
            None => groups.push((name, vec![member])),
        }
    }
    let (groups, alone): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, m)| m.len() > 1);
    others.extend(alone.into_iter().flat_map(|(_, members)| members));
    others.sort_unstable();
    let issues = (Clean::line(words.get("shelf.issues")), first);
    let others = (Clean::line(words.get("edition.others")), others);
    std::iter::once(issues)
        .chain(groups)
        .chain([others])
        .filter(|(_, members)| !members.is_empty())
        .collect()
}

/// The name of the section that an article names: of a path, its first part.
fn section_of(article: &Article) -> Option<Clean> {
    let section = article.section.as_deref()?;
    let first = section
        .split(['>', '|', '/', '›', '·', ','])
        .find(|p| !p.trim().is_empty())?;
    let name = Clean::line(first);
    // What is longer than a name is a path or a sentence.
    (!name.is_blank() && name.chars().count() <= 20).then_some(name)
}

fn edition_article(article: &Article, place: usize, wish: &EditionWish<'_>) -> EditionArticle {
    let may_shorten = wish.fetch.may_shorten(article, false).is_ok();
    let short = summary::page(article)
        .or_else(|| may_shorten.then(|| summary::summarize(article, wish.sentences)))
        .filter(|summary| !summary.whole);
    let sentences: Vec<_> = summary::sentences(article)
        .iter()
        .map(summary::Sentence::place)
        .collect();
    let lines = short.into_iter().flat_map(|summary| summary.sentences);
    EditionArticle {
        short: lines
            .map(|line| EditionLine {
                text: line.text,
                publisher: Clean::default(),
                place: line
                    .source
                    .filter(|s| *s < sentences.len())
                    .map(|sentence| EditionPlace {
                        article: place,
                        sentence: Some(sentence),
                    }),
            })
            .collect(),
        sentences,
        article: article.clone(),
    }
}

fn edition_issue(issue: &Issue, places: &HashMap<ArticleId, usize>, words: &Words) -> EditionIssue {
    let names: Vec<&str> = issue.publishers.iter().map(|p| &**p).collect();
    let n = names.len().to_string();
    let publishers = words.fill(
        "issue.outlets",
        &[("n", &n), ("outlets", &names.join(", "))],
    );
    let lines = issue.summary.iter().map(|line| EditionLine {
        text: line.text.clone(),
        publisher: line.publisher.clone(),
        place: places.get(&line.article).map(|article| EditionPlace {
            article: *article,
            sentence: Some(line.source),
        }),
    });
    let ids = headline(issue)
        .into_iter()
        .chain(issue.articles.iter().copied());
    let mut articles: Vec<usize> = Vec::new();
    for place in ids.filter_map(|id| places.get(&id)) {
        if !articles.contains(place) {
            articles.push(*place);
        }
    }
    EditionIssue {
        title: issue.title.clone(),
        publishers: Clean::line(&publishers),
        lines: lines.collect(),
        articles,
    }
}

/// The article whose headline is the issue's.
fn headline(issue: &Issue) -> Option<ArticleId> {
    let found = issue.timeline.iter().find(|m| m.title == issue.title)?;
    Some(issue.copy_of(found.article).unwrap_or(found.article))
}
