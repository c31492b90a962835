//! How alike two articles are: the rare words that they share, in title and lead, and in the whole text where both have it.

use crate::brief::tokens::{Lexicon, counts, weigh};

/// The title counts as often as this beside the lead.
const TITLE_IN_LEAD: usize = 4;
/// The title counts as often as this beside the text, in which the lead counts twice.
const TITLE_IN_TEXT: usize = 6;
/// Characters of a lead that are looked at.
const LEAD_LENGTH: usize = 500;
/// Whole texts are more alike than leads, of one story or not; this brings both to one measure.
const WITH_TEXT: f64 = 0.45;
/// A word in more articles than this (or than a hundredth of them, if that is more) finds no candidates.
const COMMON: usize = 60;
/// Candidates share rare words worth at least this much of their lengths.
const CANDIDATE: f64 = 0.04;

/// The words of an article, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Bags {
    lead: Vec<(u32, u32)>,
    whole: Vec<(u32, u32)>,
}

impl Bags {
    /// Counts the stems of an article; `body` is empty where only title and lead are known.
    pub(super) fn of(lexicon: &mut Lexicon, title: &str, lead: &str, body: &[&str]) -> Self {
        let title = lexicon.stems(title);
        let cut = lead.char_indices().nth(LEAD_LENGTH).map_or(lead.len(), |(b, _)| b);
        let lead = lexicon.stems(&lead[..cut]);
        let mut whole: Vec<u32> = body.iter().flat_map(|s| lexicon.stems(s)).collect();
        if !whole.is_empty() {
            whole.extend_from_slice(&lead);
            (0..TITLE_IN_TEXT).for_each(|_| whole.extend_from_slice(&title));
        }
        let mut head = lead;
        (0..TITLE_IN_LEAD).for_each(|_| head.extend_from_slice(&title));
        Self { lead: counts(head), whole: counts(whole) }
    }
}

type Vector = Vec<(u32, f64)>;

/// The articles of one grouping as vectors.
pub(super) struct Space {
    lead: Vec<Vector>,
    whole: Vec<Vector>,
    df: Vec<u32>,
    /// Words that say what somebody is, not what happened.
    roles: Vec<u32>,
}

impl Space {
    /// Weighs the words by how few of `bags` hold them. `roles` are words that only say what somebody is.
    pub(super) fn new(bags: &[&Bags], mut roles: Vec<u32>) -> Self {
        roles.sort_unstable();
        let (lead, df) = vectors(bags.iter().map(|b| b.lead.as_slice()));
        let (whole, _) = vectors(bags.iter().map(|b| b.whole.as_slice()));
        Self { lead, whole, df, roles }
    }

    /// The one of `members` that is nearest to their middle, the first of equals.
    pub(super) fn centre(&self, members: &[usize]) -> Option<usize> {
        let near =
            |&m: &usize| members.iter().map(|&o| crate::brief::tokens::dot(&self.lead[m], &self.lead[o])).sum::<f64>();
        let mut best: Option<(usize, f64)> = None;
        for m in members {
            let n = near(m);
            if best.is_none_or(|(_, b)| n > b) {
                best = Some((*m, n));
            }
        }
        best.map(|(m, _)| m)
    }

    /// Pairs (a < b) that `may` be of one story and share enough rare words to be looked at, with their likeness, 0 to 1:
    /// the cosine of title and lead; where both have their text, the scaled sum with its cosine.
    pub(super) fn edges(&self, may: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize, f64)> {
        let mut rare = Rare::new(self);
        let mut lead = Spread::new(&self.lead);
        let mut whole = Spread::new(&self.whole);
        let mut edges = Vec::new();
        for b in 0..self.lead.len() {
            lead.hold(&self.lead[b]);
            whole.hold(&self.whole[b]);
            for a in rare.sharing(b, &self.lead[b]).into_iter().filter(|&a| may(a, b)) {
                let head = lead.cosine(&self.lead[a], &self.roles);
                let texts = !self.whole[a].is_empty() && !self.whole[b].is_empty();
                let likeness =
                    if texts { (head + whole.cosine(&self.whole[a], &self.roles)) * WITH_TEXT } else { head };
                edges.push((a, b, likeness));
            }
            lead.drop(&self.lead[b]);
            whole.drop(&self.whole[b]);
        }
        edges
    }
}

/// An index of rare words, filled as the articles go by.
struct Rare<'a> {
    df: &'a [u32],
    common: u32,
    postings: Vec<Vec<(u32, f64)>>,
    sum: Vec<f64>,
}

impl<'a> Rare<'a> {
    fn new(space: &'a Space) -> Self {
        let n = space.lead.len();
        let common = u32::try_from(COMMON.max(n / 100)).unwrap_or(u32::MAX);
        Self { df: &space.df, common, postings: vec![Vec::new(); space.df.len()], sum: vec![0.0; n] }
    }

    /// The earlier articles that share rare words worth [`CANDIDATE`] with article `b`, which is taken in.
    fn sharing(&mut self, b: usize, vector: &[(u32, f64)]) -> Vec<usize> {
        let mut touched: Vec<u32> = Vec::new();
        for &(t, w) in vector.iter().filter(|(t, _)| self.df[*t as usize] <= self.common) {
            for &(a, v) in &self.postings[t as usize] {
                let sum = &mut self.sum[a as usize];
                if *sum == 0.0 {
                    touched.push(a);
                }
                *sum += v * w;
            }
            self.postings[t as usize].push((u32::try_from(b).unwrap_or(u32::MAX), w));
        }
        touched.sort_unstable();
        let enough = |&a: &u32| std::mem::take(&mut self.sum[a as usize]) >= CANDIDATE;
        touched.into_iter().filter(enough).map(|a| a as usize).collect()
    }
}

/// One vector laid out by word, so that many others can be compared with it by looking up instead of merging.
struct Spread {
    weight: Vec<f64>,
}

impl Spread {
    fn new(vectors: &[Vector]) -> Self {
        let words = vectors.iter().filter_map(|v| v.last()).map(|l| l.0 as usize + 1).max().unwrap_or(0);
        Self { weight: vec![0.0; words] }
    }

    fn hold(&mut self, vector: &[(u32, f64)]) {
        vector.iter().for_each(|&(t, w)| self.weight[t as usize] = w);
    }

    fn drop(&mut self, vector: &[(u32, f64)]) {
        vector.iter().for_each(|&(t, _)| self.weight[t as usize] = 0.0);
    }

    /// The cosine with what is held, in which no single word counts for more than all others together. A name and the role
    /// that goes with it (`강나루 의원`) are one word in this.
    fn cosine(&self, other: &[(u32, f64)], roles: &[u32]) -> f64 {
        let (mut sum, mut telling, mut most) = (0.0_f64, 0.0_f64, 0.0_f64);
        for &(t, w) in other {
            let product = self.weight[t as usize] * w;
            sum += product;
            if product > 0.0 && roles.binary_search(&t).is_err() {
                telling += product;
                most = most.max(product);
            }
        }
        sum.min(2.0 * (telling - most))
    }
}

/// TF-IDF vectors of length 1 and the document frequencies.
fn vectors<'a>(bags: impl Iterator<Item = &'a [(u32, u32)]> + Clone) -> (Vec<Vector>, Vec<u32>) {
    let mut df: Vec<u32> = Vec::new();
    let mut n = 0.0;
    for bag in bags.clone() {
        n += f64::from(u8::from(!bag.is_empty()));
        if let Some(&(most, _)) = bag.last()
            && df.len() <= most as usize
        {
            df.resize(most as usize + 1, 0);
        }
        bag.iter().for_each(|&(t, _)| df[t as usize] += 1);
    }
    let idf: Vec<f64> = df.iter().map(|&d| ((n + 1.0) / (f64::from(d) + 0.5)).ln()).collect();
    (bags.map(|bag| weigh(bag, |t| idf[t as usize])).collect(), df)
}
