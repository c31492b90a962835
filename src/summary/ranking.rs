//! Which sentences carry the article: a weighted sum of what speaks for each, taken greedily so
//! that none repeats another.

use super::features::{Features, SentenceFeatures};

/// What each reason counts for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    position: f64,
    /// Places after which the position counts for a third.
    fading: f64,
    title: f64,
    central: f64,
    /// Characters below which a sentence is too short to stand alone, and what no length at all
    /// costs.
    short: f64,
    too_short: f64,
    /// Characters above which it is too long to read.
    long: f64,
}

/// Korean news: the first sentence, and those that say what the others come back to.
const KOREAN: Weights = Weights {
    position: 0.6,
    fading: 0.7,
    title: 0.15,
    central: 1.1,
    short: 50.0,
    too_short: 0.6,
    long: 230.0,
};
/// English news tells the most important things first; ties to other sentences add nothing to that.
const OTHER: Weights = Weights {
    position: 1.0,
    fading: 2.0,
    title: 0.6,
    central: 0.0,
    short: 70.0,
    too_short: 0.3,
    long: 420.0,
};

/// Where sentences are chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceScope {
    /// The sentences of one article.
    Article,
    /// Those of several articles that tell the same. Each begins with the same news, so that a
    /// first place speaks for a sentence only until one is chosen.
    Versions,
}

impl ChoiceScope {
    /// What likeness to a sentence already chosen costs.
    fn repeating(self) -> f64 {
        match self {
            Self::Article => 0.7,
            Self::Versions => 1.5,
        }
    }

    /// What it costs a sentence to lean on the one before it, which of several articles is hardly
    /// ever shown.
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

    /// What the sentence's place speaks for it.
    fn place(&self, f: &Features, titled: bool) -> f64 {
        // Without a headline the first sentence says what the headline would.
        let position = if titled {
            self.position
        } else {
            self.position + self.title
        };
        position * (-f.rank / self.fading).exp()
    }

    /// What else speaks for the sentence, taken alone.
    fn score(&self, f: &Features, among: ChoiceScope) -> f64 {
        let mut score = self.title * f.title + self.central * f.central;
        score -= self.too_short * (1.0 - f.length / self.short).max(0.0);
        score -= 0.1 * (f.length / self.long - 1.0).max(0.0);
        // A line is read without what stood before it, so one that leans on it must be worth it.
        let leaning = (f.pointing, among.leaning());
        for (holds, cost) in [
            (f.fragment, 0.3),
            (f.aside, 0.3),
            leaning,
            (f.question, 0.2),
            (f.listing, 0.6),
        ] {
            if holds {
                score -= cost;
            }
        }
        score
    }
}

/// A sentence that may be chosen.
struct RankedSentence {
    index: usize,
    score: f64,
    /// Likeness to the most alike of those that are chosen.
    repeats: f64,
}

/// The `count` sentences that carry the article, best first; ties go to the earlier one. Junk is
/// never among them.
pub(crate) fn choose(
    table: &SentenceFeatures,
    count: usize,
    korean: bool,
    among: ChoiceScope,
) -> Vec<usize> {
    let weights = Weights::of(korean);
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
        }
        chosen.push(taken);
    }
    chosen
}
