//! Articles as they come, and the stories that they make. A story keeps its name while it grows.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::likeness::{Bags, Space};
use super::{cluster, copies};
use crate::news::{Article, ArticleId, Clean, Stamp, StoryId};
use crate::summary::tokens::Lexicon;
use crate::summary::{Sentence, TITLES};

/// Sentences of a body that count as its lead.
const LEAD: usize = 4;

/// What the grouping needs of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryInput {
    /// Its name.
    pub id: ArticleId,
    /// Who prints it.
    pub publisher: Clean,
    /// Headline.
    pub title: Clean,
    /// What a feed tells of it, or its first sentences.
    pub lead: Clean,
    /// Its sentences, as `gisa sentences` counts them; empty where only the lead is known.
    pub body: Vec<Clean>,
    /// When it was published.
    pub published: Option<Stamp>,
}

impl StoryInput {
    /// What an article tells, with its `sentences`. Without `whole`, title and lead are all that is
    /// looked at.
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
        }
    }
}

/// How the grouping is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// Articles further apart than this are of different stories.
    pub window: SignedDuration,
    /// Mean likeness from which groups of articles are one story, in a pool of 100.
    pub least: f64,
}

impl Default for Policy {
    /// 48 hours.
    fn default() -> Self {
        Self {
            window: SignedDuration::from_hours(48),
            least: 0.12,
        }
    }
}

impl Policy {
    /// False pairs grow with the square of the pool, so a larger one asks for more.
    fn least_among(&self, articles: usize) -> f64 {
        let tens = (articles as f64 / 100.0).max(1.0).log10();
        self.least + 0.02 * tens.min(2.0)
    }
}

/// Articles of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its name.
    pub id: StoryId,
    /// Its articles in the order in which they came.
    pub articles: Vec<ArticleId>,
    /// Those of them that are copies of one text, in sets of two and more, each led by the one that
    /// stands for it: the earliest that is nearly as full as the fullest.
    pub copies: Vec<Vec<ArticleId>>,
}

/// An article as it is kept here: its words as numbers, not its text.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: ArticleId,
    pub(super) publisher: Clean,
    pub(super) title: Clean,
    pub(super) published: Option<Stamp>,
    bags: Bags,
}

/// Groups articles into stories. Adding is cheap; [`Clusterer::group`] brings the stories up to
/// date.
#[derive(Debug, Default)]
pub struct Clusterer {
    policy: Policy,
    lexicon: Lexicon,
    items: Vec<Item>,
    at: HashMap<ArticleId, usize>,
    named: BTreeMap<ArticleId, StoryId>,
    pub(super) stories: Vec<Story>,
    /// For each story of [`Self::stories`], its member nearest the middle.
    pub(super) centres: Vec<usize>,
}

impl Clusterer {
    /// One without articles.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            ..Self::default()
        }
    }

    /// Takes an article in; one of the same name is replaced (its text has arrived, or changed).
    pub fn add(&mut self, input: &StoryInput) {
        let body: Vec<&str> = input.body.iter().map(|s| &**s).collect();
        let bags = Bags::of(&mut self.lexicon, &input.title, &input.lead, &body);
        let item = Item {
            id: input.id,
            publisher: input.publisher.clone(),
            title: input.title.clone(),
            published: input.published,
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

    /// Tells under which name an article's story went in an earlier run, so that it goes on under
    /// that name.
    pub fn remember(&mut self, article: ArticleId, story: StoryId) {
        self.named.entry(article).or_insert(story);
    }

    /// Whether it holds this article.
    pub fn holds(&self, article: ArticleId) -> bool {
        self.at.contains_key(&article)
    }

    /// The stories of the last grouping.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Forgets the articles published before `then`, and the names of stories that have none left.
    pub fn forget_before(&mut self, then: Timestamp) {
        self.items
            .retain(|i| i.published.is_none_or(|p| p.at >= then));
        self.reindex();
    }

    /// Forgets all articles but those that `stays` names; gives how many went.
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

    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The story that an article was in at the last grouping.
    pub fn story_of(&self, article: ArticleId) -> Option<StoryId> {
        self.named.get(&article).copied()
    }

    /// Brings the stories up to date: all of them, those of a single article included, by their
    /// first article. What was added in another order is grouped the same way.
    pub fn group(&mut self) -> &[Story] {
        let roles = TITLES.iter().map(|t| self.lexicon.id(t)).collect();
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|&i| (self.items[i].published.map(|p| p.at), self.items[i].id));
        let bags: Vec<&Bags> = order.iter().map(|&i| &self.items[i].bags).collect();
        let pieces: Vec<&[u32]> = order
            .iter()
            .map(|&i| self.items[i].bags.pieces.as_slice())
            .collect();
        let near = |a: usize, b: usize| match (
            self.items[order[a]].published,
            self.items[order[b]].published,
        ) {
            (Some(a), Some(b)) => a.at.duration_since(b.at).abs() <= self.policy.window,
            _ => true,
        };
        let least = self.policy.least_among(order.len());
        let space = Space::new(&bags, roles, least);
        let sets = copies::sets(&pieces, |a, b| near(a, b) && space.may_be_copies(a, b));
        let edges = space.edges(near);
        let groups = cluster::average_link(&sets, &edges, least);
        self.centres = space
            .centres(&groups)
            .into_iter()
            .map(|m| order[m])
            .collect();
        self.name(&groups, &sets, &order);
        &self.stories
    }

    /// Names the groups: each takes the name that most of its articles bear already, the larger
    /// claim first.
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
        claims.sort_unstable_by_key(|&(n, name, g)| (std::cmp::Reverse(n), name, g));
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

    /// What is kept of an article.
    pub(super) fn item(&self, article: ArticleId) -> Option<&Item> {
        self.at.get(&article).map(|&i| &self.items[i])
    }

    /// What is kept of the `n`th article.
    pub(super) fn nth(&self, n: usize) -> Option<&Item> {
        self.items.get(n)
    }
}

/// A text with this share of the pieces of the fullest of its copies may stand for them.
const NEARLY_FULL: f64 = 0.75;

/// The articles of a group that are copies of one text, in sets of two and more, the one that
/// stands for each set first.
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
