//! How alike two articles are: the rare words that they share, in title and lead, and in the whole text where both have it.

use crate::brief::tokens::{Lexicon, counts, weigh};

/// The title counts as often as this beside the lead.
const TITLE_IN_LEAD: usize = 4;
/// The title counts as often as this beside the text, in which the lead counts twice.
const TITLE_IN_TEXT: usize = 6;
/// Characters of a lead that are looked at.
const LEAD_LENGTH: usize = 500;
/// Whole texts are more alike than leads, of one story or not; this brings both to one measure.
const WITH_TEXT: f64 = 0.4;
/// A word in more articles than this (or than a hundredth of them, if that is more) finds no candidates.
const COMMON: usize = 60;
/// Candidates share rare words worth at least this much of their lengths.
const CANDIDATE: f64 = 0.03;

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
}

impl Space {
    /// Weighs the words by how few of `bags` hold them.
    pub(super) fn new(bags: &[&Bags]) -> Self {
        let (lead, df) = vectors(bags.iter().map(|b| b.lead.as_slice()));
        let (whole, _) = vectors(bags.iter().map(|b| b.whole.as_slice()));
        Self { lead, whole, df }
    }

    /// 0 to 1: the cosine of title and lead; where both have their text, the scaled sum with its cosine.
    pub(super) fn alike(&self, a: usize, b: usize) -> f64 {
        let lead = even(&self.lead[a], &self.lead[b]);
        if self.whole[a].is_empty() || self.whole[b].is_empty() {
            lead
        } else {
            (lead + even(&self.whole[a], &self.whole[b])) * WITH_TEXT
        }
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

    /// Pairs (a < b) that share enough rare words to be looked at closely.
    pub(super) fn candidates(&self) -> Vec<(usize, usize)> {
        let n = self.lead.len();
        let common = COMMON.max(n / 100);
        let mut postings: Vec<Vec<(u32, f64)>> = vec![Vec::new(); self.df.len()];
        let mut found = Vec::new();
        let mut sum = vec![0.0_f64; n];
        let mut touched: Vec<usize> = Vec::new();
        for (b, vector) in self.lead.iter().enumerate() {
            for &(t, w) in vector.iter().filter(|(t, _)| self.df[*t as usize] as usize <= common) {
                for &(a, v) in &postings[t as usize] {
                    if sum[a as usize] == 0.0 {
                        touched.push(a as usize);
                    }
                    sum[a as usize] += v * w;
                }
                postings[t as usize].push((u32::try_from(b).unwrap_or(u32::MAX), w));
            }
            touched.sort_unstable();
            for a in touched.drain(..) {
                if std::mem::take(&mut sum[a]) >= CANDIDATE {
                    found.push((a, b));
                }
            }
        }
        found
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

/// The cosine, in which no single word counts for more than all others together.
fn even(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum, mut most) = (0, 0, 0.0_f64, 0.0_f64);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let product = a[i].1 * b[j].1;
                sum += product;
                most = most.max(product);
                i += 1;
                j += 1;
            }
        }
    }
    sum.min(2.0 * (sum - most))
}
