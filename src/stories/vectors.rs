//! Words with weights: an article's as a vector of length 1, sums of these with a place for every
//! word, and the worth of a word by how few articles hold it.

use crate::summary::tokens::weigh;

/// An article's words with weights, normalised to length 1. Words that no other article holds count
/// for the length, but are left out, as no product has them.
#[derive(Default)]
pub(super) struct WordVector {
    /// Words that say what happened.
    pub(super) telling: Vec<(u32, f32)>,
    /// Words that say what somebody is (의원, 대표).
    pub(super) roles: Vec<(u32, f32)>,
}

impl WordVector {
    pub(super) fn words(&self) -> impl Iterator<Item = (u32, f32)> {
        self.telling.iter().chain(&self.roles).copied()
    }

    /// Whether the article has this word, and shares it with another.
    pub(super) fn contains(&self, word: u32) -> bool {
        let has = |words: &[(u32, f32)]| words.binary_search_by_key(&word, |(t, _)| *t).is_ok();
        has(&self.telling) || has(&self.roles)
    }
}

/// A vector, or a sum of several, with a place for every word, so that many others can be compared
/// with it by index instead of by merging sorted lists.
pub(super) struct DenseVector {
    weight: Vec<f32>,
}

impl DenseVector {
    pub(super) fn new(vectors: &[WordVector]) -> Self {
        let words = vectors
            .iter()
            .flat_map(WordVector::words)
            .map(|(t, _)| t as usize + 1)
            .max()
            .unwrap_or(0);
        Self {
            weight: vec![0.0; words],
        }
    }

    pub(super) fn add(&mut self, vector: &WordVector) {
        vector
            .words()
            .for_each(|(t, w)| self.weight[t as usize] += w);
    }

    pub(super) fn clear(&mut self, vector: &WordVector) {
        vector
            .words()
            .for_each(|(t, _)| self.weight[t as usize] = 0.0);
    }

    /// Whether the weight of this word is not zero.
    pub(super) fn contains(&self, word: u32) -> bool {
        self.weight.get(word as usize).is_some_and(|w| *w > 0.0)
    }

    /// The dot product.
    pub(super) fn product(&self, other: &WordVector) -> f32 {
        other
            .words()
            .map(|(t, w)| self.weight[t as usize] * w)
            .sum()
    }

    /// The cosine, in which no single word counts for more than all others together: two subjects
    /// that share a name share little else. A name and the role that goes with it (`강나루 의원`) are
    /// one word in this, so roles are no part of "all others".
    pub(super) fn cosine(&self, other: &WordVector) -> f64 {
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

/// Document frequency of each word, and its inverse, which is the word's worth.
pub(super) struct WordWorths {
    pub(super) df: Vec<u32>,
    pub(super) worth: Vec<f64>,
}

impl WordWorths {
    pub(super) fn of<'a>(bags: impl Iterator<Item = &'a [(u32, u32)]>) -> Self {
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

    /// A bag of words as a vector of length 1; `roles` are sorted.
    pub(super) fn vector(&self, bag: &[(u32, u32)], roles: &[u32]) -> WordVector {
        let mut vector = WordVector::default();
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
