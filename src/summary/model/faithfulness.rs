//! Checks a summary line against the article: which sentence supports it, and what it says that the
//! article does not.
//!
//! A number is confirmed where the same number with the same unit stands in the sentence most like
//! the line, or next to the same word elsewhere in the article. A 3 that counts something else
//! confirms nothing. Names must occur in the article.

use super::contradiction::{Source, contradictions};
use super::doubt::Doubt;
use crate::news::Article;
use crate::news::order::Order as _;
use crate::summary::names::KnownNames;
use crate::summary::quantity::{Quantity, quantities};
use crate::summary::tokens::{Lexicon, counts, dot, stem, weigh};
use crate::summary::{Sentence, split};

/// Least likeness (cosine, 0 to 1) of a sentence that supports a line.
const SUPPORT: f64 = 0.2;
/// How many of the most similar sentences confirm a line's numbers whatever stands next to them.
const SUPPORTERS: usize = 1;

/// The index of the sentence most like `line`; `None` where none is similar enough.
pub fn support(line: &str, sentences: &[Sentence]) -> Option<usize> {
    let likeness = likeness(line, sentences.iter().map(|s| &*s.text));
    best(&likeness).filter(|&i| likeness[i] >= SUPPORT)
}

fn likeness<'a>(line: &str, sentences: impl Iterator<Item = &'a str>) -> Vec<f64> {
    let mut lexicon = Lexicon::default();
    let even = |_| 1.0;
    let line = weigh(&counts(lexicon.grams(line, 2)), even);
    sentences
        .map(|s| dot(&line, &weigh(&counts(lexicon.grams(s, 2)), even)))
        .collect()
}

fn best(likeness: &[f64]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (i, l) in likeness.iter().enumerate() {
        if best.is_none_or(|b| *l > likeness[b]) {
            best = Some(i);
        }
    }
    best
}

/// What the article says: its title, subheads, body, captions and tables, each text with its
/// quantities.
#[derive(Debug, Default)]
pub struct Evidence {
    pieces: Vec<(String, Vec<Quantity>)>,
    /// How many of the texts are sentences of the body; the headline follows them.
    sentences: usize,
    /// The letters and digits of all texts, without blanks.
    letters: String,
    names: KnownNames,
}

impl Evidence {
    /// Collects everything that `article` says.
    pub fn of(article: &Article, sentences: &[Sentence]) -> Self {
        let beside = article.blocks.iter().map(|b| match b {
            crate::news::Block::Image { .. }
            | crate::news::Block::Table { .. }
            | crate::news::Block::Code { .. } => b.plain(),
            _ => String::new(),
        });
        let published = article
            .published
            .map(|p| p.wall())
            .map(|w| format!("{}년 {}월 {}일", w.year(), w.month(), w.day()));
        let texts = sentences
            .iter()
            .map(|s| s.text.to_string())
            .chain([article.title.to_string()])
            .chain(article.subheads.iter().map(ToString::to_string))
            .chain(published)
            .chain(beside)
            .filter(|t| !t.is_empty());
        let pieces: Vec<(String, Vec<Quantity>)> = texts
            .map(|t| {
                let q = quantities(&t);
                (t, q)
            })
            .collect();
        let names = KnownNames::of(pieces.iter().map(|p| p.0.as_str()));
        let all = pieces.iter().flat_map(|p| p.0.chars());
        Self {
            letters: all.filter(|c| c.is_alphanumeric()).collect(),
            sentences: sentences.len(),
            pieces,
            names,
        }
    }

    /// What `line` says that the article does not, in order.
    pub fn doubts(&self, line: &str) -> Vec<Doubt> {
        let likeness = likeness(line, self.pieces.iter().map(|p| p.0.as_str()));
        let mut order: Vec<usize> = (0..likeness.len()).collect();
        order.order_by(|&a, &b| likeness[b].total_cmp(&likeness[a]).then(a.cmp(&b)));
        let best = order.iter().copied().find(|&i| i < self.sentences);
        let near: Vec<usize> = order.into_iter().take(SUPPORTERS).collect();
        // A sum often follows in a sentence of its own.
        let near: Vec<usize> = near.iter().flat_map(|&i| [i, i + 1]).collect();
        let numbers = quantities(line)
            .into_iter()
            .filter(|q| !self.says(line, q, &near))
            .map(|q| Doubt::Number(line.get(q.start..q.end).unwrap_or_default().to_owned()));
        let names = self.names.unknown(line).into_iter().map(Doubt::Name);
        let denied = || {
            self.pieces
                .iter()
                .zip(&likeness)
                .any(|(p, l)| *l >= SUPPORT && denies(&p.0))
        };
        let denial = (denies(line) && !denied()).then_some(Doubt::Denial);
        let mut doubts: Vec<Doubt> = numbers.chain(names).chain(denial).collect();
        // Several sentences have several sources; lines of a model are single sentences.
        let single = !line.trim().contains('\n') && split(line).len() <= 1;
        let said = best.filter(|&i| single && likeness[i] >= SUPPORT);
        for doubt in said.map_or_else(Vec::new, |i| self.contradictions(line, i)) {
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        }
        doubts
    }

    /// What `line` says otherwise than the sentence at `source`, seen with the two sentences before
    /// it, the one behind it and the headline.
    fn contradictions(&self, line: &str, source: usize) -> Vec<Doubt> {
        let last = (source + 1).min(self.pieces.len() - 1);
        let headline = self.pieces.get(self.sentences);
        let context: Vec<&str> = self.pieces[source.saturating_sub(2)..=last]
            .iter()
            .chain(headline)
            .map(|p| p.0.as_str())
            .collect();
        let context = context.join("\n");
        contradictions(
            line,
            Source {
                sentence: &self.pieces[source].0,
                context: &context,
                letters: &self.letters,
            },
        )
    }

    /// Whether the article confirms the quantity `said`: in one of the texts `near`, or next to a
    /// word that also stands next to it in `line`.
    fn says(&self, line: &str, said: &Quantity, near: &[usize]) -> bool {
        let around = beside(line, said);
        self.pieces
            .iter()
            .enumerate()
            .any(|(i, (text, quantities))| {
                quantities.iter().filter(|q| same(q, said)).any(|q| {
                    near.contains(&i) || beside(text, q).iter().any(|w| around.contains(w))
                })
            })
    }
}

/// Whether a sentence contains a negation.
fn denies(text: &str) -> bool {
    const KOREAN: [&str; 8] = ["않", "아니", "아닌", "못하", "못한", "못했", "없다", "없었"];
    const ENGLISH: [&str; 4] = ["not", "never", "no", "cannot"];
    let english = |w: &str| {
        ENGLISH.iter().any(|no| w.eq_ignore_ascii_case(no))
            || w.ends_with("n't")
            || w.ends_with("n’t")
    };
    KOREAN.iter().any(|no| text.contains(no)) || text.split_whitespace().any(english)
}

/// Whether the article's quantity `b` confirms the line's `a`: equal values and no contradicting
/// units.
fn same(a: &Quantity, b: &Quantity) -> bool {
    a.value == b.value
        && (a.unit == b.unit || b.unit.is_none() || (a.unit.is_none() && b.unit == Some('%')))
}

/// The stems of up to two words before a quantity and of up to two after it.
fn beside(text: &str, q: &Quantity) -> Vec<String> {
    let words = |part: &str| -> Vec<String> {
        part.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 1)
            .map(|w| stem(w).to_lowercase())
            .collect()
    };
    let mut out: Vec<String> = words(text.get(..q.start).unwrap_or_default())
        .into_iter()
        .rev()
        .take(2)
        .collect();
    let rest = text.get(q.end..).unwrap_or_default();
    let rest = rest.find(char::is_whitespace).map_or("", |b| &rest[b..]);
    out.extend(words(rest).into_iter().take(2));
    out
}
