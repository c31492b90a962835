//! Joins groups that tell one story: average linking leaves a large story in several groups, each
//! about a side of it, since the words of single articles differ. Taken together, the groups are
//! alike.

use crate::news::order::Order as _;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cluster::average_link;
use super::likeness::ArticleVectors;

/// Cosine of the words of two groups from which they are one story.
const LEAST: f32 = 0.24;
/// The same for groups that quote one speaker.
const OF_ONE_SPEAKER: f32 = 0.18;
/// Mean bond from which groups that were joined already are joined: they have bonds with about half
/// of each other.
const MEAN: f64 = 0.12;
/// The bond of groups with members that are not near: no third group brings them together.
const CONFLICT: f64 = -1.0;
/// Rare words that stand in a headline of one and in the other.
const SHARED: usize = 3;

/// Cosine of the words of two groups from which they are on one topic, and the rare words of
/// headlines that they share at least.
const ON_TOPIC: f32 = 0.1;
const SHARED_ON_TOPIC: usize = 2;

/// A word of a group, with its weight.
#[derive(Clone, Copy)]
struct WholeWord {
    word: u32,
    weight: f32,
    /// It is a rare word of one of the group's headlines.
    in_headline: bool,
}

/// The words of a group taken together, of length 1 and ordered.
struct Whole {
    words: Vec<WholeWord>,
    /// Whom most of its headlines quote.
    speaker: Option<String>,
}

impl Whole {
    fn of(space: &ArticleVectors<'_>, members: &[usize]) -> Self {
        let mut all: Vec<(u32, f32)> = members
            .iter()
            .flat_map(|&m| space.telling(m))
            .copied()
            .collect();
        // Stable, so that the weights of a word are summed in the order of the members.
        all.sort_by_key(|(word, _)| *word);
        let heads: BTreeSet<u32> = members
            .iter()
            .flat_map(|&m| space.rare_in_title(m))
            .collect();
        let mut words: Vec<WholeWord> = all
            .chunk_by(|x, y| x.0 == y.0)
            .map(|same| WholeWord {
                word: same[0].0,
                weight: same.iter().fold(0.0, |sum, (_, w)| sum + w),
                in_headline: heads.contains(&same[0].0),
            })
            .collect();
        let norm = words.iter().map(|w| w.weight * w.weight).sum::<f32>();
        let scale = if norm > 0.0 { 1.0 / norm.sqrt() } else { 0.0 };
        words.iter_mut().for_each(|w| w.weight *= scale);
        Self {
            words,
            speaker: space.speaker(members).map(str::to_owned),
        }
    }

    /// How alike two groups are, no single word counting for more than all others together, and
    /// how many rare words of headlines they share.
    fn likeness(&self, other: &Self) -> (f32, usize) {
        let (mut i, mut j) = (0, 0);
        let (mut sum, mut most, mut shared) = (0.0_f32, 0.0_f32, 0);
        while i < self.words.len() && j < other.words.len() {
            let (x, y) = (self.words[i], other.words[j]);
            if x.word == y.word {
                let product = x.weight * y.weight;
                sum += product;
                most = most.max(product);
                shared += usize::from(x.in_headline || y.in_headline);
            }
            i += usize::from(x.word <= y.word);
            j += usize::from(y.word <= x.word);
        }
        (sum.min(2.0 * (sum - most)), shared)
    }

    /// How alike two groups are; `None` where they are not of one story.
    fn bond(&self, other: &Self) -> Option<f32> {
        let (cosine, shared) = self.likeness(other);
        let one_speaker = self.speaker.is_some() && self.speaker == other.speaker;
        if one_speaker && cosine >= OF_ONE_SPEAKER {
            return Some(cosine + LEAST);
        }
        (cosine >= LEAST && shared >= SHARED).then_some(cosine)
    }
}

/// Joins those of `groups` that tell one story, by the mean of the bonds between them, as articles
/// are grouped: a story that grew by joining would else be alike to more and more, as its words
/// become those of all. Only groups of two and more without a `routine` piece are looked at, and
/// two with members that are not `near` keep apart what they are joined with. Groups and their
/// members stay ordered.
pub(super) fn joined(
    space: &ArticleVectors<'_>,
    groups: &[Vec<usize>],
    near: impl Fn(usize, usize) -> bool,
    routine: impl Fn(usize) -> bool,
) -> Vec<Vec<usize>> {
    let wholes: BTreeMap<usize, Whole> = groups
        .iter()
        .enumerate()
        .filter(|(_, g)| g.len() > 1 && !g.iter().any(|&m| routine(m)))
        .map(|(n, g)| (n, Whole::of(space, g)))
        .collect();
    let may = |a: usize, b: usize| {
        groups[a]
            .iter()
            .all(|&x| groups[b].iter().all(|&y| near(x, y)))
    };
    let bonds: Vec<(usize, usize, f64)> = candidates(space, &wholes, SHARED)
        .into_iter()
        .filter_map(|(a, b)| {
            let bond = wholes[&a].bond(&wholes[&b])?;
            let bond = if may(a, b) { f64::from(bond) } else { CONFLICT };
            Some((a, b, bond))
        })
        .collect();
    let apart: Vec<usize> = (0..groups.len()).collect();
    let mut joined: Vec<Vec<usize>> = average_link(&apart, &bonds, MEAN)
        .into_iter()
        .map(|of_one| {
            let mut members: Vec<usize> = of_one
                .into_iter()
                .flat_map(|g| &groups[g])
                .copied()
                .collect();
            members.sort_unstable();
            members
        })
        .collect();
    joined.order_by_key(|g| g[0]);
    joined
}

/// For each of `groups` the number of its topic: stories of two articles and more that are a little
/// alike as wholes are parts of one topic, by the mean of their likenesses. A group on its own is
/// its own topic.
pub(super) fn topics(space: &ArticleVectors<'_>, groups: &[Vec<usize>]) -> Vec<usize> {
    let wholes: BTreeMap<usize, Whole> = groups
        .iter()
        .enumerate()
        .filter(|(_, g)| g.len() > 1)
        .map(|(n, g)| (n, Whole::of(space, g)))
        .collect();
    let bonds: Vec<(usize, usize, f64)> = candidates(space, &wholes, SHARED_ON_TOPIC)
        .into_iter()
        .map(|(a, b)| (a, b, wholes[&a].likeness(&wholes[&b])))
        .filter(|(_, _, (_, shared))| *shared >= SHARED_ON_TOPIC)
        .map(|(a, b, (cosine, _))| (a, b, f64::from(cosine)))
        .collect();
    let apart: Vec<usize> = (0..groups.len()).collect();
    let mut topic_of = apart.clone();
    for topic in average_link(&apart, &bonds, f64::from(ON_TOPIC)) {
        topic.iter().for_each(|&g| topic_of[g] = topic[0]);
    }
    topic_of
}

/// Pairs of groups of which one has enough rare words of the other's headlines, or that quote one
/// speaker.
fn candidates(
    space: &ArticleVectors<'_>,
    wholes: &BTreeMap<usize, Whole>,
    least: usize,
) -> Vec<(usize, usize)> {
    // For each rare word the groups before that hold it, and whether in a headline.
    let mut holders: HashMap<u32, Vec<(usize, bool)>> = HashMap::new();
    let mut quoting: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    let groups = wholes.keys().next_back().map_or(0, |last| last + 1);
    let (mut counts, mut touched) = (vec![0_usize; groups], Vec::new());
    for (&b, whole) in wholes {
        let mut count = |a: usize, n: usize| {
            if counts[a] == 0 {
                touched.push(a);
            }
            counts[a] += n;
        };
        for own in whole.words.iter().filter(|w| space.is_rare(w.word)) {
            let before = holders.entry(own.word).or_default();
            let shared = before.iter().filter(|(_, head)| *head || own.in_headline);
            shared.for_each(|(a, _)| count(*a, 1));
            before.push((b, own.in_headline));
        }
        if let Some(name) = &whole.speaker {
            let others = quoting.entry(name).or_default();
            others.iter().for_each(|&a| count(a, least));
            others.push(b);
        }
        touched.sort_unstable();
        let enough = |a: &usize| std::mem::take(&mut counts[*a]) >= least;
        out.extend(touched.drain(..).filter(enough).map(|a| (a, b)));
    }
    out
}
