//! Today's issues: stories by how many publishers carry them, each told in three sentences drawn from
//! its articles.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::group::{Clusterer, Item, Story};
use crate::news::{ArticleId, Clean, Issue, IssueLine, Moment};
use crate::summary::{Sentence, choose_across, shown};

/// Sentences of an issue's summary.
const SENTENCES: usize = 3;
/// Articles that the summary is drawn from, and sentences of each: a story needs no more to be
/// told.
const DRAWN_FROM: usize = 12;
const FIRST: usize = 12;

/// The stories of the last [`Clusterer::group`] that have two articles or more: those of most
/// publishers first, of equals the one with the newest article. They are not told yet: [`tell`] draws
/// their sentences.
pub fn issues(clusterer: &Clusterer) -> Vec<Issue> {
    let mut out: Vec<Issue> = clusterer
        .stories
        .iter()
        .zip(&clusterer.centres)
        .filter(|(story, _)| story.articles.len() > 1)
        .map(|(story, &centre)| issue(clusterer, story, centre))
        .collect();
    out.sort_by_cached_key(|i| (Reverse(i.publishers.len()), Reverse(i.newest()), i.id));
    out
}

fn issue(clusterer: &Clusterer, story: &Story, centre: usize) -> Issue {
    let items: Vec<&Item> = story
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
        title,
        publishers,
        articles,
        timeline,
        copies,
        summary: Vec::new(),
    }
}

/// Draws an issue's sentences across its articles, each with its source; of a set of copies only
/// the first is read. `sentences` gives an article's sentences (none is fine).
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
    let texts: Vec<(&str, usize)> = lines
        .iter()
        .map(|(line, sentence)| (&*sentence.text, line.source))
        .collect();
    let chosen = choose_across(&issue.title, &texts, SENTENCES);
    issue.summary = chosen.into_iter().map(|i| lines[i].0.clone()).collect();
}
