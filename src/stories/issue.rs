//! Today's issues: stories of two articles or more, by how much of the day's print they take, each
//! summarised in three sentences that are taken from its articles.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::group::{Clusterer, Story, StoryArticle};
use crate::news::order::Order as _;
use crate::news::{ArticleId, Clean, Form, Issue, IssueLine, Moment, RelatedIssue, StoryId};
use crate::summary::{Sentence, choose_across, shown};

/// The number of sentences of an issue's summary.
const SENTENCES: usize = 3;
/// The summary is chosen from this many articles, the earliest ones, and the first sentences of
/// each: choosing compares every pair of sentences.
const DRAWN_FROM: usize = 12;
const FIRST: usize = 12;

/// The stories of the last [`Clusterer::group`] that have two articles or more: those that take
/// most of the day's print first, among equals the one with the newest article. Their summaries are
/// empty until [`tell`] fills them.
pub fn issues(clusterer: &Clusterer) -> Vec<Issue> {
    let stories = clusterer.stories.iter().enumerate();
    let mut left: Vec<Weighed> = stories
        .filter(|(_, story)| story.articles.len() > 1)
        .map(|(n, story)| {
            let issue = issue(clusterer, story, clusterer.centres[n]);
            let around = clusterer.around[n].min(MOST_ON_SUBJECT);
            let weight = weight(clusterer, &issue) + ON_SUBJECT * around;
            let topic = clusterer.topics[n];
            Weighed {
                issue,
                weight,
                topic,
            }
        })
        .collect();
    left.order_by_key(|w| (Reverse(w.weight), Reverse(w.issue.newest()), w.issue.id));
    let mut heads: BTreeMap<usize, (StoryId, usize)> = BTreeMap::new();
    for w in &mut left {
        let (head, before) = heads.entry(w.topic).or_insert((w.issue.id, 0));
        w.issue.topic = Some(*head).filter(|head| *head != w.issue.id);
        w.weight = w.weight * 100 / (100 + FURTHER * *before);
        *before += 1;
    }
    left.order_by_key(|w| (Reverse(w.weight), Reverse(w.issue.newest()), w.issue.id));
    let mut issues: Vec<Issue> = left.into_iter().map(|w| w.issue).collect();
    relate(&mut issues);
    issues
}

/// Tells each issue of the others on its topic.
fn relate(issues: &mut [Issue]) {
    let parts: Vec<(StoryId, RelatedIssue)> = issues
        .iter()
        .map(|i| {
            let related = RelatedIssue {
                id: i.id,
                title: i.title.clone(),
                publishers: i.publishers.len(),
                articles: i.articles.clone(),
            };
            (i.head(), related)
        })
        .collect();
    for issue in issues {
        let (id, head) = (issue.id, issue.head());
        let others = parts
            .iter()
            .filter(|(topic, r)| *topic == head && r.id != id);
        issue.related = others.map(|(_, r)| r.clone()).collect();
    }
}

/// An issue on its way to its place.
struct Weighed {
    issue: Issue,
    weight: usize,
    /// The number of its topic.
    topic: usize,
}

/// By how many hundredths an issue's weight is divided further for each weightier one on its topic:
/// a front page tells of a topic once, and then of another.
const FURTHER: usize = 40;
/// What a headline's gravity counts for, in hundredths of an article.
const GRAVITY: usize = 80;

/// What each further publisher counts for beside an article, in hundredths of an article.
const PUBLISHER: usize = 80;
/// The same of a copy of a text that was counted already.
const COPY: usize = 30;

/// The same of another article on the issue's subject, and how many of them count.
const ON_SUBJECT: usize = 15;
const MOST_ON_SUBJECT: usize = 20;

/// How much of the day's print an issue takes, in hundredths of a news article: its articles by
/// their forms, copies of one text hardly, and its publishers.
fn weight(clusterer: &Clusterer, issue: &Issue) -> usize {
    let article = |id: &ArticleId| match clusterer.item(*id).map(|i| i.form) {
        _ if issue.copy_of(*id).is_some() => COPY,
        Some(Form::Release | Form::Market | Form::Photo | Form::Personnel) => 40,
        Some(Form::Column | Form::Interview | Form::Sports) => 70,
        _ => 100,
    };
    let others = issue.publishers.len().saturating_sub(1);
    let gravity = issue.articles.iter().filter_map(|id| clusterer.item(*id));
    let gravity: usize = gravity.map(StoryArticle::gravity).sum();
    let gravity = GRAVITY * gravity / issue.articles.len().max(1);
    issue.articles.iter().map(article).sum::<usize>() + PUBLISHER * others + gravity
}

fn issue(clusterer: &Clusterer, story: &Story, centre: usize) -> Issue {
    let items: Vec<&StoryArticle> = story
        .articles
        .iter()
        .filter_map(|id| clusterer.item(*id))
        .collect();
    let title = clusterer
        .nth(centre)
        .map(|i| i.title.clone())
        .unwrap_or_default();
    let publishers: BTreeSet<Clean> = items
        .iter()
        .map(|i| i.publisher.clone())
        .filter(|o| !o.is_empty())
        .collect();
    let timeline = items
        .iter()
        .map(|i| Moment {
            at: i.published,
            article: i.id,
            publisher: i.publisher.clone(),
            title: i.title.clone(),
        })
        .collect();
    let (articles, copies) = (story.articles.clone(), story.copies.clone());
    let publishers = publishers.into_iter().collect();
    Issue {
        id: story.id,
        topic: None,
        related: Vec::new(),
        title,
        publishers,
        articles,
        timeline,
        copies,
        summary: Vec::new(),
    }
}

/// Fills an issue's summary with sentences from across its articles, each with its source. Of a set
/// of copies only the first is used. `sentences` returns an article's sentences; an article without
/// any is passed over.
pub fn tell(issue: &mut Issue, sentences: impl Fn(ArticleId) -> Vec<Sentence>) {
    let mut lines: Vec<(IssueLine, Sentence)> = Vec::new();
    let own = issue
        .timeline
        .iter()
        .filter(|m| issue.copy_of(m.article).is_none());
    for moment in own.take(DRAWN_FROM) {
        let first = sentences(moment.article)
            .into_iter()
            .take(FIRST)
            .enumerate();
        lines.extend(first.map(|(source, sentence)| {
            let (place, text) = (sentence.place(), shown(&sentence, true));
            (
                IssueLine {
                    place,
                    text,
                    article: moment.article,
                    publisher: moment.publisher.clone(),
                    source,
                },
                sentence,
            )
        }));
    }
    let texts: Vec<(&str, usize, &str)> = lines
        .iter()
        .map(|(line, sentence)| (&*sentence.text, line.source, &*line.publisher))
        .collect();
    let chosen = choose_across(&issue.title, &texts, SENTENCES);
    issue.summary = chosen.into_iter().map(|i| lines[i].0.clone()).collect();
}
