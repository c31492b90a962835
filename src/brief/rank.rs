//! Which sentences carry the article: a weighted sum of what speaks for each, taken greedily so that none repeats another.

use super::features::{Features, Table};

/// What each reason counts for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    position: f64,
    /// Places after which the position counts for a third.
    fading: f64,
    title: f64,
    central: f64,
    /// Characters below which a sentence is too short to stand alone, and what no length at all costs.
    short: f64,
    too_short: f64,
    /// Characters above which it is too long to read.
    long: f64,
}

/// Korean news: the first sentence, and those that say what the others come back to.
const KOREAN: Weights =
    Weights { position: 0.6, fading: 1.0, title: 0.2, central: 1.2, short: 50.0, too_short: 0.6, long: 230.0 };
/// English news tells the most important things first; ties to other sentences add nothing to that.
const OTHER: Weights =
    Weights { position: 1.0, fading: 2.0, title: 0.6, central: 0.0, short: 70.0, too_short: 0.3, long: 420.0 };

/// What likeness to a sentence already chosen costs, among the sentences of one article, and of several that tell the
/// same.
pub(super) const REPEATING: f64 = 1.0;
pub(super) const REPEATING_ACROSS: f64 = 1.5;

impl Weights {
    pub(super) fn of(korean: bool) -> Self {
        if korean { KOREAN } else { OTHER }
    }

    /// What speaks for the sentence, taken alone.
    pub(super) fn score(&self, f: &Features, titled: bool) -> f64 {
        // Without a headline the first sentence says what the headline would.
        let position = if titled { self.position } else { self.position + self.title };
        let mut score = position * (-f.rank / self.fading).exp() + self.title * f.title + self.central * f.central;
        score -= self.too_short * (1.0 - f.length / self.short).max(0.0);
        score -= 0.1 * (f.length / self.long - 1.0).max(0.0);
        for (holds, cost) in [(f.fragment, 0.3), (f.aside, 0.1), (f.pointing, 0.1), (f.question, 0.2)] {
            if holds {
                score -= cost;
            }
        }
        score
    }
}

/// The `count` sentences that carry the article, best first; ties go to the earlier one. Junk is never among them.
pub(super) fn choose(table: &Table, count: usize, korean: bool, repeating: f64) -> Vec<usize> {
    let weights = Weights::of(korean);
    let mut left: Vec<(usize, f64, f64)> = table
        .features
        .iter()
        .enumerate()
        .filter(|(_, f)| !f.junk)
        .map(|(i, f)| (i, weights.score(f, table.titled), 0.0))
        .collect();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let mut best = 0;
        for (at, (_, score, repeats)) in left.iter().enumerate() {
            if score - repeating * repeats > left[best].1 - repeating * left[best].2 {
                best = at;
            }
        }
        let (i, _, _) = left.remove(best);
        for (j, _, repeats) in &mut left {
            *repeats = repeats.max(table.alike(i, *j));
        }
        chosen.push(i);
    }
    chosen
}
