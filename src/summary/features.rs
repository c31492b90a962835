//! What is measured of each sentence before ranking: its place, its likeness to the title and to
//! the other sentences, and its form.

use super::boilerplate;
use super::cues::{self, Cues};
use super::references::{is_explained, references};
use super::tokens::{Lexicon, counts, dot, shared, stem, weigh, words};
use crate::news::Form;

/// Sentences beyond this many are not ranked: comparing all pairs takes quadratic time, and live
/// blogs have thousands.
pub(crate) const MOST: usize = 200;

/// What is measured of one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Features {
    /// Never chosen: a byline, caption, copyright notice, invitation to subscribe or heading.
    pub junk: bool,
    /// Does not end as a sentence does.
    pub fragment: bool,
    /// Place among the sentences that are not junk, from 0; a fragment counts two places later.
    pub rank: f64,
    /// Likeness to the title, from 0 to 1 (the most similar sentence of the article).
    pub title: f64,
    /// How much it has in common with the other sentences, in words and in character pairs, from 0
    /// to 1.
    pub central: f64,
    /// Length in characters.
    pub length: f64,
    /// Changes the subject: begins with 한편 or meanwhile.
    pub aside: bool,
    /// Needs the sentence before it: begins with a word that refers back (그는, 이에, he), or quotes a
    /// speaker whom it does not name.
    pub pointing: bool,
    /// Is a question.
    pub question: bool,
    /// Tells a lower court's judgment where the article has a higher one's.
    pub superseded: bool,
    /// Enumerates many names, places or figures.
    pub listing: bool,
    /// Among the last two sentences that are not junk.
    pub last: bool,
    /// The first sentence under a heading.
    pub opens: bool,
    /// What its words show that it does.
    pub cues: Cues,
}

/// Features of an article's sentences, and their likeness to each other.
pub(crate) struct SentenceFeatures {
    pub(crate) features: Vec<Features>,
    /// Whether the article has a headline with words in it.
    pub(crate) titled: bool,
    /// For each sentence, the pairs of letters that it shares with the headline, as numbers in
    /// order.
    pub(crate) from_title: Vec<Vec<u32>>,
    /// Number of pairs of letters in the headline.
    pub(crate) title_pairs: usize,
    /// The market index whose close a sentence gives, where the article reports markets.
    pub(crate) closes: Vec<Option<&'static str>>,
    /// The kind of article.
    pub(crate) form: Form,
    /// The time of day that a sentence names, in minutes.
    pub(crate) times: Vec<Option<u32>>,
    /// Whether a sentence says who bought and sold.
    pub(crate) trading: Vec<bool>,
    /// For each sentence, the words that the headline doesn't explain and that can't be explained
    /// by words put in: the earlier sentences that do explain each.
    pub(crate) leans_on: Vec<Vec<Vec<usize>>>,
    grams: Vec<Vec<(u32, f64)>>,
    /// The stems of each sentence as numbers in order, without single letters.
    stems: Vec<Vec<u32>>,
}

impl SentenceFeatures {
    /// Cosine similarity of two sentences by their character pairs and triples, from 0 to 1.
    pub(crate) fn alike(&self, a: usize, b: usize) -> f64 {
        dot(&self.grams[a], &self.grams[b])
    }

    /// Share of the words of the shorter of two sentences that the other has too, from 0 to 1.
    pub(crate) fn overlap(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.stems[a], &self.stems[b]);
        shared(a, b) as f64 / a.len().min(b.len()).max(1) as f64
    }

    /// Measures the first [`MOST`] of `sentences`; `prose(i)` is false for a heading.
    pub(crate) fn new(
        title: &str,
        sentences: &[&str],
        prose: impl Fn(usize) -> bool,
        korean: bool,
        form: Form,
    ) -> Self {
        let sentences = &sentences[..sentences.len().min(MOST)];
        let mut features: Vec<Features> = sentences
            .iter()
            .map(|s| measure(s, korean, form, title))
            .collect();
        for (i, f) in features.iter_mut().enumerate() {
            f.junk |= !prose(i);
        }
        let overruled = sentences.iter().any(|s| boilerplate::is_appeal(s));
        for (f, s) in features.iter_mut().zip(sentences) {
            f.superseded = overruled && boilerplate::is_first_instance(s);
        }
        place(&mut features);
        mark_edges(&mut features);
        let (from_title, title_pairs) = shared_with_title(title, sentences);
        let leans_on = leans_on(title, sentences);
        let titled = title.contains(char::is_alphanumeric);
        let (grams, title) = gram_vectors(title, sentences);
        for (f, t) in features.iter_mut().zip(to_one(&title)) {
            f.title = t;
        }
        let mut lexicon = Lexicon::default();
        let stems = sentences.iter().map(|s| lexicon.long_stems(s)).collect();
        let words = centrality(sentences, &features, |s| lexicon.stems(s));
        let pairs = centrality(sentences, &features, |s| lexicon.grams(s, 2));
        for ((f, w), p) in features.iter_mut().zip(words).zip(pairs) {
            f.central = (2.0 * w + p) / 3.0;
        }
        Self {
            features,
            titled,
            from_title,
            title_pairs,
            closes: sentences.iter().map(|s| cues::index_close(s)).collect(),
            form,
            times: sentences.iter().map(|s| cues::time_of_day(s)).collect(),
            trading: sentences.iter().map(|s| cues::is_trading(s)).collect(),
            leans_on,
            grams,
            stems,
        }
    }
}

fn measure(text: &str, korean: bool, form: Form, title: &str) -> Features {
    let length = text.chars().count();
    let cues = Cues::of(text, form, title);
    Features {
        junk: cues.meeting || boilerplate::is_junk(text, length, korean),
        fragment: boilerplate::is_fragment(text, korean),
        length: length as f64,
        aside: boilerplate::starts_aside(text),
        pointing: boilerplate::points_back(text) || boilerplate::hides_speaker(text, korean),
        listing: boilerplate::counts_up(text),
        cues,
        question: text.trim_end_matches(['"', '”', '’', '\'']).ends_with('?'),
        ..Features::default()
    }
}

fn place(features: &mut [Features]) {
    let mut rank = 0.0;
    for f in features.iter_mut() {
        if f.junk || f.fragment {
            f.rank = rank + 2.0;
        } else {
            f.rank = rank;
            rank += 1.0;
        }
    }
}

/// A line of fewer characters than this that is no sentence is taken for a heading.
pub(crate) const HEADING: f64 = 45.0;

/// Sentences at the start that can describe a scene.
const SCENE: usize = 4;

/// Marks the sentences under headings, at the end, and of the scene at the start.
fn mark_edges(features: &mut [Features]) {
    let heads: Vec<bool> = features
        .iter()
        .map(|f| (f.junk || f.fragment) && f.length < HEADING)
        .collect();
    for (f, head) in features.iter_mut().skip(1).zip(heads) {
        f.opens = head;
    }
    // Where the author speaks at the start, what comes before is the scene that he describes.
    let scene = features.iter().take(SCENE).rposition(|f| f.cues.author);
    features
        .iter_mut()
        .take(scene.unwrap_or(0))
        .for_each(|f| f.cues.author = true);
    let news = features.iter_mut().rev().filter(|f| !f.junk);
    news.take(2).for_each(|f| f.last = true);
}

/// The pairs of letters that each sentence shares with the headline, and how many the headline has.
fn shared_with_title(title: &str, sentences: &[&str]) -> (Vec<Vec<u32>>, usize) {
    let mut lexicon = Lexicon::default();
    let mut pairs = |text: &str| {
        let stems: Vec<String> = words(text).map(|w| stem(&w).to_owned()).collect();
        let mut pairs = lexicon.grams(&stems.join(" "), 2);
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let title = pairs(title);
    let mut shared = |text: &&str| {
        let mut own = pairs(text);
        own.retain(|p| title.binary_search(p).is_ok());
        own
    };
    (sentences.iter().map(&mut shared).collect(), title.len())
}

/// For each sentence, its words that nothing can be put in for and the headline doesn't explain:
/// which earlier sentences explain each.
fn leans_on(title: &str, sentences: &[&str]) -> Vec<Vec<Vec<usize>>> {
    let one = |i: usize| {
        references(sentences[i], &sentences[..i], title)
            .into_iter()
            .filter(|r| r.words.is_none() && !is_explained(r, title))
            .map(|r| (0..i).filter(|&j| is_explained(&r, sentences[j])).collect())
            .collect()
    };
    (0..sentences.len()).map(one).collect()
}

/// Scales `values` so that the largest is 1.
fn to_one(values: &[f64]) -> Vec<f64> {
    let most = values.iter().copied().fold(0.0, f64::max);
    values
        .iter()
        .map(|v| if most > 0.0 { v / most } else { 0.0 })
        .collect()
}

/// Each sentence as a vector of character pairs and triples, and each one's likeness to the title.
fn gram_vectors(title: &str, sentences: &[&str]) -> (Vec<Vec<(u32, f64)>>, Vec<f64>) {
    let mut lexicon = Lexicon::default();
    let bags: Vec<Vec<(u32, u32)>> = sentences
        .iter()
        .map(|s| counts(lexicon.grams(s, 3)))
        .collect();
    let title = counts(lexicon.grams(title, 3));
    let mut df: Vec<f64> = Vec::new();
    for &(t, _) in bags.iter().flatten().chain(&title) {
        let t = t as usize;
        if df.len() <= t {
            df.resize(t + 1, 0.0);
        }
    }
    for &(t, _) in bags.iter().flatten() {
        df[t as usize] += 1.0;
    }
    let n = sentences.len() as f64;
    let idf = |t: u32| ((n + 1.0) / (df[t as usize] + 0.5)).ln();
    let grams: Vec<Vec<(u32, f64)>> = bags.iter().map(|b| weigh(b, idf)).collect();
    let title = weigh(&title, idf);
    let alike = grams.iter().map(|g| dot(g, &title)).collect();
    (grams, alike)
}

/// Damping factor and number of iterations of PageRank.
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 40;

/// PageRank over the graph of sentences that share tokens, from 0 to 1 (TextRank: Mihalcea and
/// Tarau 2004). The weight of an edge is the number of shared tokens divided by the sum of the
/// logarithms of both lengths.
fn centrality(
    sentences: &[&str],
    features: &[Features],
    mut tokens: impl FnMut(&str) -> Vec<u32>,
) -> Vec<f64> {
    let sets: Vec<Vec<u32>> = sentences
        .iter()
        .zip(features)
        .map(|(s, f)| {
            let mut set = if f.junk { Vec::new() } else { tokens(s) };
            set.sort_unstable();
            set.dedup();
            set
        })
        .collect();
    let n = sets.len();
    let mut ties = vec![0.0; n * n];
    let mut out = vec![0.0; n];
    for i in 0..n {
        for j in i + 1..n {
            let common = shared(&sets[i], &sets[j]);
            if common > 0 {
                let w = common as f64 / (ln1(sets[i].len()) + ln1(sets[j].len()));
                ties[i * n + j] = w;
                ties[j * n + i] = w;
                out[i] += w;
                out[j] += w;
            }
        }
    }
    to_one(&walk(&ties, &out))
}

fn ln1(n: usize) -> f64 {
    (n as f64 + 1.0).ln()
}

fn walk(ties: &[f64], out: &[f64]) -> Vec<f64> {
    let n = out.len();
    let mut rank = vec![1.0; n];
    for _ in 0..ROUNDS {
        let share: Vec<f64> = rank
            .iter()
            .zip(out)
            .map(|(r, o)| if *o > 0.0 { r / o } else { 0.0 })
            .collect();
        rank = (0..n)
            .map(|i| {
                let got: f64 = ties[i * n..(i + 1) * n]
                    .iter()
                    .zip(&share)
                    .map(|(t, s)| t * s)
                    .sum();
                1.0 - DAMPING + DAMPING * got
            })
            .collect();
    }
    rank.iter()
        .zip(out)
        .map(|(r, o)| if *o > 0.0 { *r } else { 0.0 })
        .collect()
}
