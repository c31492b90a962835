//! How alike two articles are: the rare words that they share, in title and lead, and in the whole
//! text where both have it; and there also, whether each tells what the other's headline says.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::copies;
use crate::summary::tokens::{Lexicon, counts, shared, weigh};

/// The title counts as often as this beside the lead.
const TITLE_IN_LEAD: usize = 4;
/// The title counts as often as this beside the text, in which the lead counts twice.
const TITLE_IN_TEXT: usize = 6;
/// Characters of a lead that are looked at.
const LEAD_LENGTH: usize = 500;
/// What counts for the likeness of two whole texts: title and lead, all of it, and how much of each
/// headline the other tells. They add up to 1, so that articles with and without their text are
/// measured alike.
const HEAD: f64 = 0.5;
const WHOLE: f64 = 0.25;
const HEADLINES: f64 = 0.25;
/// An article tells a headline where it has this much of it.
const TOLD: f64 = 0.4;
/// With fewer figures than this in a text they say nothing of what it is a copy of.
const FIGURES: usize = 3;
/// A word in more articles than this (or than a hundredth of them, if that is more) finds no
/// candidates.
const COMMON: usize = 60;
/// Candidates share rare words worth at least this much of their lengths.
const CANDIDATE: f32 = 0.04;

/// With fewer articles than this a second thread costs more than it saves.
const WORTH_A_THREAD: usize = 1_000;
/// Articles that a thread takes at a time.
const PORTION: usize = 64;

/// The words of an article, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Bags {
    /// The words of the title, each once, ordered.
    title: Vec<u32>,
    lead: Vec<(u32, u32)>,
    whole: Vec<(u32, u32)>,
    /// The runs of digits in the text, each once, ordered.
    numbers: Vec<u32>,
    /// The pieces of the text by which copies are found.
    pub(super) pieces: Vec<u32>,
}

impl Bags {
    /// Counts the stems of an article; `body` is empty where only title and lead are known.
    pub(super) fn of(lexicon: &mut Lexicon, title: &str, lead: &str, body: &[&str]) -> Self {
        let title = lexicon.stems(title);
        let cut = lead
            .char_indices()
            .nth(LEAD_LENGTH)
            .map_or(lead.len(), |(b, _)| b);
        let text = if body.is_empty() {
            std::slice::from_ref(&lead)
        } else {
            body
        };
        let pieces = copies::pieces(text.iter().copied());
        let figures = text
            .iter()
            .flat_map(|t| t.split(|c: char| !c.is_ascii_digit()))
            .filter(|f| !f.is_empty());
        let mut numbers: Vec<u32> = figures.map(|figure| lexicon.id(figure)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let lead = lexicon.stems(&lead[..cut]);
        let mut whole: Vec<u32> = body.iter().flat_map(|s| lexicon.stems(s)).collect();
        if !whole.is_empty() {
            whole.extend_from_slice(&lead);
            (0..TITLE_IN_TEXT).for_each(|_| whole.extend_from_slice(&title));
        }
        let mut head = lead;
        (0..TITLE_IN_LEAD).for_each(|_| head.extend_from_slice(&title));
        let mut title = title;
        title.sort_unstable();
        title.dedup();
        Self {
            title,
            lead: counts(head),
            whole: counts(whole),
            numbers,
            pieces,
        }
    }
}

/// A bag weighed, of length 1. Words that no other bag holds count for the length only.
#[derive(Default)]
struct Vector {
    /// Words that say what happened.
    telling: Vec<(u32, f32)>,
    /// Words that say what somebody is.
    roles: Vec<(u32, f32)>,
}

impl Vector {
    fn words(&self) -> impl Iterator<Item = (u32, f32)> {
        self.telling.iter().chain(&self.roles).copied()
    }

    /// Whether it has this word.
    fn holds(&self, word: u32) -> bool {
        let has = |words: &[(u32, f32)]| words.binary_search_by_key(&word, |(t, _)| *t).is_ok();
        has(&self.telling) || has(&self.roles)
    }
}

/// The articles of one grouping as vectors.
pub(super) struct Space<'a> {
    bags: &'a [&'a Bags],
    lead: Vec<Vector>,
    whole: Vec<Vector>,
    df: Vec<u32>,
    /// What a word is worth in title and lead, and in a whole text: the fewer hold it, the more.
    worth_in_lead: Vec<f64>,
    worth: Vec<f64>,
    /// Likeness from which a pair counts for a story.
    least: f64,
}

impl<'a> Space<'a> {
    /// Weighs the words by how few of `bags` hold them. `roles` are words that only say what
    /// somebody is; pairs that are less alike than `least` are no reason for a story.
    pub(super) fn new(bags: &'a [&'a Bags], mut roles: Vec<u32>, least: f64) -> Self {
        roles.sort_unstable();
        let heads = Words::of(bags.iter().map(|b| b.lead.as_slice()));
        let texts = Words::of(bags.iter().map(|b| b.whole.as_slice()));
        let lead = bags.iter().map(|b| heads.vector(&b.lead, &roles)).collect();
        let whole = bags
            .iter()
            .map(|b| texts.vector(&b.whole, &roles))
            .collect();
        Self {
            bags,
            lead,
            whole,
            df: heads.df,
            worth_in_lead: heads.worth,
            worth: texts.worth,
            least,
        }
    }

    /// For each of `groups` the member that is nearest to their middle, the first of equals.
    pub(super) fn centres(&self, groups: &[Vec<usize>]) -> Vec<usize> {
        let mut middle = Spread::new(&self.lead);
        groups
            .iter()
            .map(|members| self.centre(members, &mut middle))
            .collect()
    }

    /// The centre of one group. `middle` is empty before and after.
    fn centre(&self, members: &[usize], middle: &mut Spread) -> usize {
        members.iter().for_each(|&m| middle.add(&self.lead[m]));
        let mut best = (members[0], f32::MIN);
        // Each of two is as near as the other.
        for &m in members.iter().filter(|_| members.len() > 2) {
            let near = middle.product(&self.lead[m]);
            if near > best.1 {
                best = (m, near);
            }
        }
        members.iter().for_each(|&m| middle.clear(&self.lead[m]));
        best.0
    }

    /// Pairs (a < b) that `may` be of one story and share enough rare words to be looked at, with
    /// their likeness, 0 to 1: the cosine of title and lead; where both have their text, weighed
    /// with its cosine and with [`Self::headlines`]. In no order: threads share the work.
    pub(super) fn edges(
        &self,
        may: impl Fn(usize, usize) -> bool + Sync,
    ) -> Vec<(usize, usize, f64)> {
        let (all, rare) = (self.lead.len(), Rare::of(self));
        let threads = if all < WORTH_A_THREAD {
            1
        } else {
            thread::available_parallelism().map_or(1, NonZero::get)
        };
        // The later ones have more to be compared with, so everybody gets some of all.
        let next = AtomicUsize::new(0);
        let work = || {
            let (mut lead, mut whole) = (Spread::new(&self.lead), Spread::new(&self.whole));
            let (mut sums, mut found) = (vec![0.0; all], Vec::new());
            loop {
                let from = next.fetch_add(PORTION, Ordering::Relaxed);
                if from >= all {
                    return found;
                }
                for b in from..all.min(from + PORTION) {
                    self.edges_to(
                        b,
                        &may,
                        &rare,
                        (&mut lead, &mut whole, &mut sums),
                        &mut found,
                    );
                }
            }
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            let rest = others
                .into_iter()
                .flat_map(|t| t.join().unwrap_or_else(|panic| resume_unwind(panic)));
            own.into_iter().chain(rest).collect()
        })
    }

    /// The pairs of article `b` with earlier ones, put to `edges`.
    fn edges_to(
        &self,
        b: usize,
        may: &impl Fn(usize, usize) -> bool,
        rare: &Rare<'_>,
        (lead, whole, sums): (&mut Spread, &mut Spread, &mut [f32]),
        edges: &mut Vec<(usize, usize, f64)>,
    ) {
        lead.add(&self.lead[b]);
        whole.add(&self.whole[b]);
        for a in rare
            .sharing(b, &self.lead[b], sums)
            .into_iter()
            .filter(|&a| may(a, b))
        {
            let head = lead.cosine(&self.lead[a]);
            let texts = !self.bags[a].whole.is_empty() && !self.bags[b].whole.is_empty();
            let likeness = if texts {
                let all = whole.cosine(&self.whole[a]);
                HEAD * head + WHOLE * all + HEADLINES * self.headlines(a, b, whole)
            } else {
                head
            };
            if likeness < self.least || !self.of_one_form(a, b) {
                edges.push((a, b, likeness));
            }
        }
        lead.clear(&self.lead[b]);
        whole.clear(&self.whole[b]);
    }

    /// Whether two articles that share much of their text may be copies: they have their figures in
    /// common, and one tells what the other's headline says. What is filled into one form (of the
    /// weather, of the stock exchange) does not.
    pub(super) fn may_be_copies(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.bags[a], self.bags[b]);
        let fewer = a.numbers.len().min(b.numbers.len());
        if fewer >= FIGURES && shared(&a.numbers, &b.numbers) * 2 < fewer {
            return false;
        }
        let whole = !a.whole.is_empty() && !b.whole.is_empty();
        let worth = if whole {
            &self.worth
        } else {
            &self.worth_in_lead
        };
        let told = |title: &[u32], by: &Bags| {
            let words = if whole { &by.whole } else { &by.lead };
            title.is_empty()
                || share(title, worth, |t| {
                    words.binary_search_by_key(&t, |(word, _)| *word).is_ok()
                }) >= TOLD
        };
        told(&a.title, b) || told(&b.title, a)
    }

    /// Whether two articles share their text and tell of different things.
    fn of_one_form(&self, a: usize, b: usize) -> bool {
        !self.may_be_copies(a, b) && copies::is_copy(&self.bags[a].pieces, &self.bags[b].pieces)
    }

    /// How much of the headline of each of two articles stands in the other's text, by what its
    /// words are worth: the smaller share. A round-up of the day holds the words of many a story;
    /// its headline is in none of them. `text` is that of `b`.
    fn headlines(&self, a: usize, b: usize, text: &Spread) -> f64 {
        let in_b = share(&self.bags[a].title, &self.worth, |t| text.holds(t));
        in_b.min(share(&self.bags[b].title, &self.worth, |t| {
            self.whole[a].holds(t)
        }))
    }
}

/// How much of a headline is told, by what its words are worth.
fn share(title: &[u32], worth: &[f64], told: impl Fn(u32) -> bool) -> f64 {
    let worth = |t: u32| worth.get(t as usize).copied().unwrap_or(0.0);
    let all: f64 = title.iter().map(|&t| worth(t)).sum();
    let there: f64 = title.iter().filter(|&&t| told(t)).map(|&t| worth(t)).sum();
    if all > 0.0 { there / all } else { 0.0 }
}

/// An index of rare words: for each, the articles that hold it, in their order, and its weight
/// there.
struct Rare<'a> {
    df: &'a [u32],
    common: u32,
    postings: Vec<Vec<(u32, f32)>>,
}

impl<'a> Rare<'a> {
    fn of(space: &'a Space<'_>) -> Self {
        let common = u32::try_from(COMMON.max(space.lead.len() / 100)).unwrap_or(u32::MAX);
        let mut rare = Self {
            df: &space.df,
            common,
            postings: vec![Vec::new(); space.df.len()],
        };
        for (a, vector) in (0_u32..).zip(&space.lead) {
            for (t, w) in vector
                .words()
                .filter(|(t, _)| space.df[*t as usize] <= common)
            {
                rare.postings[t as usize].push((a, w));
            }
        }
        rare
    }

    /// The articles before `b` that share rare words worth [`CANDIDATE`] with it. `sums` is room
    /// for all articles, zero before and after.
    fn sharing(&self, b: usize, vector: &Vector, sums: &mut [f32]) -> Vec<usize> {
        let mut touched: Vec<u32> = Vec::new();
        for (t, w) in vector
            .words()
            .filter(|(t, _)| self.df[*t as usize] <= self.common)
        {
            for &(a, v) in self.postings[t as usize]
                .iter()
                .take_while(|(a, _)| (*a as usize) < b)
            {
                let sum = &mut sums[a as usize];
                if *sum == 0.0 {
                    touched.push(a);
                }
                *sum += v * w;
            }
        }
        touched.sort_unstable();
        let enough = |&a: &u32| std::mem::take(&mut sums[a as usize]) >= CANDIDATE;
        touched
            .into_iter()
            .filter(enough)
            .map(|a| a as usize)
            .collect()
    }
}

/// A vector, or a sum of some, laid out by word, so that many others can be compared with it by
/// looking up instead of merging.
struct Spread {
    weight: Vec<f32>,
}

impl Spread {
    fn new(vectors: &[Vector]) -> Self {
        let words = vectors
            .iter()
            .flat_map(Vector::words)
            .map(|(t, _)| t as usize + 1)
            .max()
            .unwrap_or(0);
        Self {
            weight: vec![0.0; words],
        }
    }

    fn add(&mut self, vector: &Vector) {
        vector
            .words()
            .for_each(|(t, w)| self.weight[t as usize] += w);
    }

    fn clear(&mut self, vector: &Vector) {
        vector
            .words()
            .for_each(|(t, _)| self.weight[t as usize] = 0.0);
    }

    /// Whether what is held has this word.
    fn holds(&self, word: u32) -> bool {
        self.weight.get(word as usize).is_some_and(|w| *w > 0.0)
    }

    /// The sum of products with what is held.
    fn product(&self, other: &Vector) -> f32 {
        other
            .words()
            .map(|(t, w)| self.weight[t as usize] * w)
            .sum()
    }

    /// The cosine with what is held, in which no single word counts for more than all others
    /// together. A name and the role that goes with it (`강나루 의원`) are one word in this.
    fn cosine(&self, other: &Vector) -> f64 {
        let (mut telling, mut most) = (0.0_f32, 0.0_f32);
        for &(t, w) in &other.telling {
            let product = self.weight[t as usize] * w;
            telling += product;
            most = most.max(product);
        }
        let roles: f32 = other
            .roles
            .iter()
            .map(|&(t, w)| self.weight[t as usize] * w)
            .sum();
        f64::from((telling + roles).min(2.0 * (telling - most)))
    }
}

/// How many articles hold each word, and what it is worth for that.
struct Words {
    df: Vec<u32>,
    worth: Vec<f64>,
}

impl Words {
    fn of<'a>(bags: impl Iterator<Item = &'a [(u32, u32)]>) -> Self {
        let mut df: Vec<u32> = Vec::new();
        let mut n = 0.0;
        for bag in bags {
            n += f64::from(u8::from(!bag.is_empty()));
            if let Some(&(most, _)) = bag.last()
                && df.len() <= most as usize
            {
                df.resize(most as usize + 1, 0);
            }
            bag.iter().for_each(|&(t, _)| df[t as usize] += 1);
        }
        let worth = df
            .iter()
            .map(|&d| ((n + 1.0) / (f64::from(d) + 0.5)).ln())
            .collect();
        Self { df, worth }
    }

    /// A bag as a vector of length 1; `roles` are ordered.
    fn vector(&self, bag: &[(u32, u32)], roles: &[u32]) -> Vector {
        let mut vector = Vector::default();
        for (t, w) in weigh(bag, |t| self.worth[t as usize]) {
            let part = if roles.binary_search(&t).is_ok() {
                &mut vector.roles
            } else {
                &mut vector.telling
            };
            if self.df[t as usize] > 1 {
                part.push((t, w as f32));
            }
        }
        vector
    }
}
