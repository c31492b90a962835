//! Today's issues: stories by how many outlets carry them, each told in three sentences drawn from its articles.

use std::collections::BTreeSet;

use super::group::{Clusterer, Item, Story, StoryId};
use crate::brief::{choose_across, shown};
use crate::news::{ArticleId, Clean, Stamp};

/// Sentences of an issue's summary.
const SENTENCES: usize = 3;
/// Articles that the summary is drawn from, and sentences of each: a story needs no more to be told.
const DRAWN_FROM: usize = 12;
const FIRST: usize = 12;

/// A sentence of an issue's summary and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueLine {
    /// The words.
    pub text: Clean,
    /// The article that says so.
    pub article: ArticleId,
    /// Who prints it.
    pub outlet: Clean,
    /// Index into the article's sentences.
    pub source: usize,
}

/// An article in the timeline of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When it was published, where known.
    pub at: Option<Stamp>,
    /// The article.
    pub article: ArticleId,
    /// Who prints it.
    pub outlet: Clean,
    /// Its headline.
    pub title: Clean,
}

/// A story of two articles or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The story's name.
    pub id: StoryId,
    /// Headline of the article nearest to the middle of them all.
    pub title: Clean,
    /// Who prints it, each once, by name. Counted here, not in the world.
    pub outlets: Vec<Clean>,
    /// Its articles, the earliest first.
    pub articles: Vec<ArticleId>,
    /// The same with hour, outlet and headline.
    pub timeline: Vec<Moment>,
    /// Sets of copies of one text.
    pub copies: Vec<Vec<ArticleId>>,
    /// Sentences drawn from the articles, with their places.
    pub summary: Vec<IssueLine>,
}

/// The stories of the last [`Clusterer::group`] that have two articles or more: those of most outlets first, of equals
/// the one with the newest article. `sentences` gives an article's sentences for the summary (none is fine).
pub fn issues(clusterer: &Clusterer, sentences: impl Fn(ArticleId) -> Vec<Clean>) -> Vec<Issue> {
    let mut out: Vec<Issue> = clusterer
        .stories
        .iter()
        .zip(&clusterer.centres)
        .filter(|(story, _)| story.articles.len() > 1)
        .map(|(story, &centre)| issue(clusterer, story, centre, &sentences))
        .collect();
    out.sort_by_key(|i| {
        let newest = i.timeline.iter().filter_map(|m| m.at).max();
        (std::cmp::Reverse(i.outlets.len()), std::cmp::Reverse(newest), i.id)
    });
    out
}

fn issue(clusterer: &Clusterer, story: &Story, centre: usize, sentences: &impl Fn(ArticleId) -> Vec<Clean>) -> Issue {
    let items: Vec<&Item> = story.articles.iter().filter_map(|id| clusterer.item(*id)).collect();
    let title = clusterer.nth(centre).map(|i| i.title.clone()).unwrap_or_default();
    let outlets: BTreeSet<Clean> = items.iter().map(|i| i.outlet.clone()).filter(|o| !o.is_empty()).collect();
    let timeline = items
        .iter()
        .map(|i| Moment { at: i.published, article: i.id, outlet: i.outlet.clone(), title: i.title.clone() })
        .collect();
    let summary = summary(story, &items, &title, sentences);
    let (articles, copies) = (story.articles.clone(), story.copies.clone());
    Issue { id: story.id, title, outlets: outlets.into_iter().collect(), articles, timeline, copies, summary }
}

/// Three sentences across the articles; of a set of copies only the first is read.
fn summary(
    story: &Story,
    items: &[&Item],
    title: &Clean,
    sentences: &impl Fn(ArticleId) -> Vec<Clean>,
) -> Vec<IssueLine> {
    let repeats: BTreeSet<ArticleId> = story.copies.iter().flat_map(|set| set.iter().skip(1).copied()).collect();
    let mut lines: Vec<IssueLine> = Vec::new();
    for item in items.iter().filter(|i| !repeats.contains(&i.id)).take(DRAWN_FROM) {
        let of_item = sentences(item.id).into_iter().take(FIRST).enumerate();
        lines.extend(of_item.map(|(source, text)| IssueLine {
            text,
            article: item.id,
            outlet: item.outlet.clone(),
            source,
        }));
    }
    let texts: Vec<(&str, usize)> = lines.iter().map(|l| (&*l.text, l.source)).collect();
    let chosen = choose_across(title, &texts, SENTENCES);
    chosen.into_iter().map(|i| IssueLine { text: shown(&lines[i].text, true), ..lines[i].clone() }).collect()
}
