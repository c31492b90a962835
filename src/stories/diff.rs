//! Compares two articles on one story by sentence: what is in one and not in the other.

use crate::summary::tokens::{Lexicon, counts};

/// A sentence counts as present in the other version if one sentence there has this share of its
/// character pairs.
const HELD: f64 = 0.6;

/// The indices of sentences that are in one version only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// In the first, not in the second.
    pub only_first: Vec<usize>,
    /// In the second, not in the first.
    pub only_second: Vec<usize>,
}

/// Compares two versions, each given as its sentences. A sentence that was merely reworded counts
/// as present in both.
pub fn differences<T: AsRef<str>>(first: &[T], second: &[T]) -> Differences {
    let mut lexicon = Lexicon::default();
    let mut bags = |texts: &[T]| {
        texts
            .iter()
            .map(|t| counts(lexicon.grams(t.as_ref(), 2)))
            .collect::<Vec<_>>()
    };
    let (a, b) = (bags(first), bags(second));
    Differences {
        only_first: lacking(&a, &b),
        only_second: lacking(&b, &a),
    }
}

type Bag = Vec<(u32, u32)>;

fn lacking(these: &[Bag], those: &[Bag]) -> Vec<usize> {
    let held = |bag: &Bag| those.iter().any(|other| share(bag, other) >= HELD);
    (0..these.len())
        .filter(|&i| !these[i].is_empty() && !held(&these[i]))
        .collect()
}

/// The share of `bag` that is in `other`, 0 to 1.
fn share(bag: &Bag, other: &Bag) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < bag.len() && j < other.len() {
        match bag[i].0.cmp(&other[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += bag[i].1.min(other[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    f64::from(both) / f64::from(bag.iter().map(|(_, n)| n).sum::<u32>().max(1))
}
