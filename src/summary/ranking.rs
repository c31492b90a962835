//! Chooses the sentences of a summary: a weighted sum of their features, taken greedily with a
//! penalty for repetition (maximal marginal relevance).

use super::features::{Features, SentenceFeatures};
use super::korean_article as article;

/// Weights of the features of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    position: f64,
    /// Number of places after which the weight of the position has fallen to 1/e.
    fading: f64,
    title: f64,
    central: f64,
    /// Length in characters below which a sentence is penalised, and the penalty at length 0.
    short: f64,
    too_short: f64,
    /// Length in characters above which a sentence is penalised, and the penalty at twice that.
    long: f64,
    too_long: f64,
}

/// Korean news: the first sentence, and those that have most in common with the others.
const KOREAN: Weights = Weights {
    position: 0.6,
    fading: 0.7,
    title: 0.15,
    central: 1.1,
    short: 50.0,
    too_short: 0.6,
    long: 150.0,
    too_long: 0.2,
};
/// English news puts the most important things first; likeness to other sentences did not improve
/// the choice.
const OTHER: Weights = Weights {
    position: 1.0,
    fading: 2.0,
    title: 0.6,
    central: 0.0,
    short: 70.0,
    too_short: 0.3,
    long: 420.0,
    too_long: 0.1,
};

/// Where sentences are chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceScope {
    /// One article.
    Article,
    /// Several articles about the same event. Each begins with the same news, so the position
    /// counts only until the first sentence is chosen.
    Versions,
}

impl ChoiceScope {
    /// Penalty per unit of likeness to a sentence that is chosen already.
    fn repeating(self) -> f64 {
        match self {
            Self::Article => 0.7,
            Self::Versions => 1.5,
        }
    }

    /// Penalty for a sentence that needs the one before it. It is higher across articles, where the
    /// sentence before is hardly ever shown too.
    fn leaning(self) -> f64 {
        match self {
            Self::Article => 0.3,
            Self::Versions => 0.6,
        }
    }
}

impl Weights {
    fn of(korean: bool) -> Self {
        if korean { KOREAN } else { OTHER }
    }

    /// The score for the sentence's position.
    fn place(&self, f: &Features, titled: bool) -> f64 {
        // Without a headline the first sentence takes over its part.
        let position = if titled {
            self.position
        } else {
            self.position + self.title
        };
        position * (-f.rank / self.fading).exp()
    }

    /// The score for everything but the position, without regard to the sentences chosen already.
    fn score(&self, f: &Features, among: ChoiceScope) -> f64 {
        let mut score = self.title * f.title + self.central * f.central;
        score -= self.too_short * (1.0 - f.length / self.short).max(0.0);
        score -= self.too_long * (f.length / self.long - 1.0).max(0.0);
        // A summary line is read without the sentence that stood before it.
        let leaning = (f.pointing, among.leaning());
        for (holds, cost) in [
            (f.fragment, 0.3),
            (f.aside, 0.3),
            leaning,
            (f.question, 0.2),
            (f.listing, 0.6),
            (f.superseded, 0.6),
        ] {
            if holds {
                score -= cost;
            }
        }
        score
    }
}

/// A sentence that can still be chosen.
struct RankedSentence {
    index: usize,
    score: f64,
    /// Likeness to the most similar sentence chosen so far, from 0 to 1.
    repeats: f64,
}

/// Penalty for a sentence of a source that has been chosen from already, so that a summary of
/// several sources is not that of one.
const SAME_SOURCE: f64 = 0.35;

/// The `count` best sentences across versions of a story, best first; `source` is the publisher, or
/// whatever else they come from, as a number.
pub(crate) fn choose_across(
    table: &SentenceFeatures,
    count: usize,
    korean: bool,
    source: impl Fn(usize) -> usize,
) -> Vec<usize> {
    let weights = Weights::of(korean);
    choose_by_weights(table, count, weights, ChoiceScope::Versions, |i| {
        Some(source(i))
    })
}

/// The `count` best sentences, best first; of equal ones the earlier. Junk is never chosen.
pub(crate) fn choose(
    table: &SentenceFeatures,
    count: usize,
    korean: bool,
    among: ChoiceScope,
) -> Vec<usize> {
    if korean && among == ChoiceScope::Article {
        return article::choose(table, count);
    }
    choose_by_weights(table, count, Weights::of(korean), among, |_| None)
}

fn choose_by_weights(
    table: &SentenceFeatures,
    count: usize,
    weights: Weights,
    among: ChoiceScope,
    source: impl Fn(usize) -> Option<usize>,
) -> Vec<usize> {
    let place = |i: usize| weights.place(&table.features[i], table.titled);
    let candidate = |index: usize| RankedSentence {
        index,
        score: place(index) + weights.score(&table.features[index], among),
        repeats: 0.0,
    };
    let mut left: Vec<RankedSentence> = (0..table.features.len())
        .filter(|&i| !table.features[i].junk)
        .map(candidate)
        .collect();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let worth = |c: &RankedSentence| c.score - among.repeating() * c.repeats;
        let mut best = 0;
        for (at, c) in left.iter().enumerate() {
            if worth(c) > worth(&left[best]) {
                best = at;
            }
        }
        let taken = left.remove(best).index;
        for c in &mut left {
            c.repeats = c.repeats.max(table.alike(taken, c.index));
            if among == ChoiceScope::Versions && chosen.is_empty() {
                c.score -= place(c.index);
            }
            if source(taken).is_some() && source(taken) == source(c.index) {
                c.score -= SAME_SOURCE;
            }
        }
        chosen.push(taken);
    }
    chosen
}
