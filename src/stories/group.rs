//! [`Clusterer`]: takes articles in as they arrive and groups them into stories. A story keeps its
//! id while it grows, so that what points at it (a row of a list, a row of the database) stays
//! valid.

use std::collections::{BTreeMap, HashMap};

use jiff::SignedDuration;

use super::event::{self, Clues};
use super::likeness::{ArticleVectors, WordCounts};
use super::{cluster, copies, join, speakers};
use crate::news::order::Order as _;
use crate::news::{Article, ArticleId, Clean, Form, Stamp, StoryId};
use crate::summary::tokens::Lexicon;
use crate::summary::{Sentence, TITLES};

/// A body's first sentences, this many, are its lead.
const LEAD: usize = 4;

/// An article follows the flash that announced it within this time.
const FLASH: SignedDuration = SignedDuration::from_hours(6);

/// What is added to the threshold as the pool grows from 100 to 1,000 articles.
const PER_TENFOLD: f64 = 0.07;
/// Articles of this likeness are on one subject, if of two stories.
const ON_ONE_SUBJECT: f64 = 0.06;

/// What the grouping needs of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryInput {
    /// The article's id.
    pub id: ArticleId,
    /// The publisher's name; empty if it is unknown.
    pub publisher: Clean,
    /// Headline.
    pub title: Clean,
    /// The feed's description of it, or its first sentences.
    pub lead: Clean,
    /// Its sentences, as `gisa sentences` splits them; empty if only the lead is known.
    pub body: Vec<Clean>,
    /// When it was published; an article without a date may be of a story of any time.
    pub published: Option<Stamp>,
    /// What kind of piece it is.
    pub form: Form,
}

impl StoryInput {
    /// The input for an article and its `sentences`. Without `whole`, only title and lead are used.
    pub fn of(article: &Article, sentences: &[Sentence], whole: bool) -> Self {
        let body: Vec<Clean> = sentences.iter().map(|s| s.text.clone()).collect();
        let lead = body
            .iter()
            .take(LEAD)
            .map(|s| &**s)
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            id: article.id(),
            publisher: article.publisher.clone().unwrap_or_default(),
            title: article.title.clone(),
            lead: Clean::line(&lead),
            body: if whole { body } else { Vec::new() },
            published: article.published,
            form: Form::of(article),
        }
    }
}

/// How the grouping is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// Articles published further apart than this are never joined directly.
    pub window: SignedDuration,
    /// Mean likeness, 0 to 1, from which two groups of articles are one story, in a pool of 100
    /// articles or fewer.
    pub least: f64,
}

impl Default for Policy {
    /// A window of 48 hours.
    fn default() -> Self {
        Self {
            window: SignedDuration::from_hours(48),
            least: 0.12,
        }
    }
}

impl Policy {
    /// The threshold for a pool of this size: false pairs grow with the square of the pool, so a
    /// larger one needs a higher threshold.
    fn least_among(&self, articles: usize) -> f64 {
        let tens = (articles as f64 / 100.0).max(1.0).log10();
        self.least + PER_TENFOLD * tens.min(1.0)
    }
}

/// Articles of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Stays the same from one grouping to the next.
    pub id: StoryId,
    /// Its articles, the earliest published first.
    pub articles: Vec<ArticleId>,
    /// Those of them that are copies of one text, in sets of two or more. The first of a set stands
    /// for it: the earliest that is nearly as long as the longest.
    pub copies: Vec<Vec<ArticleId>>,
}

/// An article as the clusterer keeps it: its words as numbers, not its text.
#[derive(Debug)]
pub(super) struct StoryArticle {
    pub(super) id: ArticleId,
    pub(super) publisher: Clean,
    pub(super) title: Clean,
    pub(super) published: Option<Stamp>,
    pub(super) form: Form,
    clues: Clues,
    bags: WordCounts,
}

impl StoryArticle {
    /// How much of what a front page is made of its headline has, 0 to 2.
    pub(super) fn gravity(&self) -> usize {
        self.clues.gravity()
    }
}

/// Groups articles into stories. [`Clusterer::add`] is cheap; [`Clusterer::group`] does the work.
#[derive(Debug, Default)]
pub struct Clusterer {
    policy: Policy,
    lexicon: Lexicon,
    items: Vec<StoryArticle>,
    at: HashMap<ArticleId, usize>,
    named: BTreeMap<ArticleId, StoryId>,
    pub(super) stories: Vec<Story>,
    /// For each story of [`Self::stories`], the index in [`Self::items`] of its most typical
    /// article.
    pub(super) centres: Vec<usize>,
    /// For each story of [`Self::stories`], the number of other articles that are a little like one
    /// of its own: what else is printed on its subject.
    pub(super) around: Vec<usize>,
    /// For each story of [`Self::stories`], the number of its topic: stories of one topic have one.
    pub(super) topics: Vec<usize>,
}

impl Clusterer {
    /// A clusterer without articles.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            ..Self::default()
        }
    }

    /// Adds an article, or replaces the one with the same id (its text has arrived, or changed).
    pub fn add(&mut self, input: &StoryInput) {
        let body: Vec<&str> = input.body.iter().map(|s| &**s).collect();
        let bags = WordCounts::of(
            &mut self.lexicon,
            &event::without_tags(&input.title),
            &input.lead,
            &body,
        );
        let item = StoryArticle {
            id: input.id,
            publisher: input.publisher.clone(),
            title: input.title.clone(),
            published: input.published,
            form: input.form,
            clues: Clues::of(&input.title, &input.lead, input.form),
            bags,
        };
        match self.at.get(&input.id) {
            Some(&i) => self.items[i] = item,
            None => {
                self.at.insert(input.id, self.items.len());
                self.items.push(item);
            }
        }
    }

    /// Sets the id that an article's story had in an earlier run of the program, so that the story
    /// keeps it. An id known already is not overwritten.
    pub fn remember(&mut self, article: ArticleId, story: StoryId) {
        self.named.entry(article).or_insert(story);
    }

    /// Whether this article was added and not forgotten.
    pub fn contains(&self, article: ArticleId) -> bool {
        self.at.contains_key(&article)
    }

    /// The stories of the last grouping.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Removes the articles published before `then`, and their stories' ids.
    #[cfg(test)]
    pub fn forget_before(&mut self, then: jiff::Timestamp) {
        self.items
            .retain(|i| i.published.is_none_or(|p| p.at >= then));
        self.reindex();
    }

    /// Removes the articles for which `stays` is false; returns how many they were.
    pub fn retain(&mut self, stays: impl Fn(ArticleId) -> bool) -> usize {
        let before = self.items.len();
        self.items.retain(|i| stays(i.id));
        self.reindex();
        before - self.items.len()
    }

    fn reindex(&mut self) {
        self.at = self
            .items
            .iter()
            .enumerate()
            .map(|(n, i)| (i.id, n))
            .collect();
        let at = &self.at;
        self.named.retain(|id, _| at.contains_key(id));
    }

    /// The number of articles.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no articles.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The story of an article at the last grouping, or the one that was remembered for it.
    pub fn story_of(&self, article: ArticleId) -> Option<StoryId> {
        self.named.get(&article).copied()
    }

    /// Groups all articles anew and returns the stories, those of a single article included, sorted
    /// by their first article. The order in which articles were added makes no difference.
    pub fn group(&mut self) -> &[Story] {
        let roles = TITLES
            .iter()
            .copied()
            .chain(event::kinds())
            .map(|t| self.lexicon.id(t))
            .collect();
        let happening = event::happening_words().map(|w| self.lexicon.id(w));
        let happening = happening.collect();
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.order_by_key(|&i| (self.items[i].published.map(|p| p.at), self.items[i].id));
        let bags: Vec<&WordCounts> = order.iter().map(|&i| &self.items[i].bags).collect();
        let pieces: Vec<&[u32]> = order
            .iter()
            .map(|&i| self.items[i].bags.pieces.as_slice())
            .collect();
        let clues: Vec<&Clues> = order.iter().map(|&i| &self.items[i].clues).collect();
        let within = |a: usize, b: usize, most: SignedDuration| match (
            self.items[order[a]].published,
            self.items[order[b]].published,
        ) {
            (Some(a), Some(b)) => a.at.duration_since(b.at).abs() <= most,
            _ => true,
        };
        let in_time = |a: usize, b: usize| within(a, b, self.policy.window);
        let near = |a: usize, b: usize| clues[a].may_join(clues[b]) && in_time(a, b);
        let least = self.policy.least_among(order.len());
        let space = ArticleVectors::new(&bags, &clues, roles, happening, least);
        let sets = copies::sets(&pieces, |a, b| near(a, b) && space.may_be_copies(a, b));
        let edges = space.edges(near);
        let groups = cluster::average_link(&sets, &edges, least);
        let routine = |i: usize| clues[i].is_routine();
        let groups = join::joined(&space, &groups, near, routine);
        let soon = |a: usize, b: usize| near(a, b) && within(a, b, FLASH);
        let groups = speakers::settled(&space, groups, soon);
        self.topics = join::topics(&space, &groups);
        self.around = around(&groups, &edges, order.len());
        self.centres = space
            .centres(&groups)
            .into_iter()
            .map(|m| order[m])
            .collect();
        self.name(&groups, &sets, &order);
        &self.stories
    }

    /// Gives each group the story id that most of its articles had before. Where two groups claim
    /// one id (a story fell apart), the one with more such articles gets it; a group left without
    /// an id takes that of its first article whose id is free.
    fn name(&mut self, groups: &[Vec<usize>], sets: &[usize], order: &[usize]) {
        let ids: Vec<Vec<ArticleId>> = groups
            .iter()
            .map(|g| g.iter().map(|&i| self.items[order[i]].id).collect())
            .collect();
        let mut claims: Vec<(usize, StoryId, usize)> = Vec::new();
        for (g, members) in ids.iter().enumerate() {
            let mut votes: BTreeMap<StoryId, usize> = BTreeMap::new();
            for name in members.iter().filter_map(|id| self.named.get(id)) {
                *votes.entry(*name).or_default() += 1;
            }
            claims.extend(votes.into_iter().map(|(name, n)| (n, name, g)));
        }
        claims.order_by_key(|&(n, name, g)| (std::cmp::Reverse(n), name, g));
        let mut names: Vec<Option<StoryId>> = vec![None; groups.len()];
        let mut taken: BTreeMap<StoryId, usize> = BTreeMap::new();
        for (_, name, g) in claims {
            if names[g].is_none() && !taken.contains_key(&name) {
                names[g] = Some(name);
                taken.insert(name, g);
            }
        }
        for (g, members) in ids.iter().enumerate() {
            if names[g].is_none() {
                let free = members
                    .iter()
                    .map(|id| StoryId(id.0))
                    .find(|n| !taken.contains_key(n));
                let name = free.unwrap_or(StoryId(members[0].0));
                names[g] = Some(name);
                taken.insert(name, g);
            }
        }
        self.stories = ids
            .into_iter()
            .zip(names)
            .zip(groups)
            .filter_map(|((articles, name), group)| {
                let fullness = |id: &ArticleId| self.item(*id).map_or(0, |i| i.bags.pieces.len());
                let copies = copy_sets(group, &articles, sets, fullness);
                name.map(|id| Story {
                    id,
                    articles,
                    copies,
                })
            })
            .collect();
        self.named = self
            .stories
            .iter()
            .flat_map(|s| s.articles.iter().map(|a| (*a, s.id)))
            .collect();
    }

    /// The article with this id.
    pub(super) fn item(&self, article: ArticleId) -> Option<&StoryArticle> {
        self.at.get(&article).map(|&i| &self.items[i])
    }

    /// The article at this index of [`Self::items`].
    pub(super) fn nth(&self, n: usize) -> Option<&StoryArticle> {
        self.items.get(n)
    }
}

/// For each of `groups`, the number of the `n` articles outside it that are a little like one in
/// it.
fn around(groups: &[Vec<usize>], edges: &[(usize, usize, f64)], n: usize) -> Vec<usize> {
    let mut group_of = vec![0; n];
    for (g, members) in groups.iter().enumerate() {
        members.iter().for_each(|&m| group_of[m] = g);
    }
    let mut pairs: Vec<(usize, usize)> = edges
        .iter()
        .filter(|(a, b, likeness)| *likeness >= ON_ONE_SUBJECT && group_of[*a] != group_of[*b])
        .flat_map(|&(a, b, _)| [(group_of[a], b), (group_of[b], a)])
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut out = vec![0; groups.len()];
    pairs.into_iter().for_each(|(g, _)| out[g] += 1);
    out
}

/// A text with this share of the shingles of the longest of its copies may stand for them.
const NEARLY_FULL: f64 = 0.75;

/// The articles of a group that are copies of one text, in sets of two or more, each with the one
/// that stands for it first.
fn copy_sets(
    group: &[usize],
    articles: &[ArticleId],
    sets: &[usize],
    fullness: impl Fn(&ArticleId) -> usize,
) -> Vec<Vec<ArticleId>> {
    let mut by_set: BTreeMap<usize, Vec<ArticleId>> = BTreeMap::new();
    for (&i, &id) in group.iter().zip(articles) {
        by_set.entry(sets[i]).or_default().push(id);
    }
    let mut out: Vec<Vec<ArticleId>> = by_set.into_values().filter(|set| set.len() > 1).collect();
    for set in &mut out {
        let fullest = set.iter().map(&fullness).max().unwrap_or(0);
        let lead = set
            .iter()
            .position(|id| fullness(id) as f64 >= NEARLY_FULL * fullest as f64)
            .unwrap_or(0);
        set[..=lead].rotate_right(1);
    }
    out
}
