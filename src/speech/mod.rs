//! Reading aloud (뉴스듣기): which sentences are read in which order, and their spoken form.
//!
//! * [`normalize`] – the spoken form of written text, by [`korean`] and [`english`]; [`address`]
//!   for links and mail addresses, [`marks`] for punctuation, [`quantity`] and [`numerals`] for
//!   numbers in Korean, [`tables`] for units and counters
//! * [`lang`] – [`Lang`], the language of a sentence
//! * [`player`] – play, pause, next sentence, next article
//!
//! Pure: the voices are in [`crate::runtime`].

mod address;
mod english;
mod korean;
mod lang;
mod marks;
pub mod normalize;
mod numerals;
pub mod player;
mod quantity;
mod tables;

use std::ops::Range;

use crate::news::{Article, Summary};
use crate::summary;
pub use lang::Lang;
use normalize::spoken;

/// How much of an article is read aloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpeechExtent {
    /// The headline.
    Title,
    /// The headline and the summary.
    Short,
    /// The headline, subheads and body.
    #[default]
    Full,
}

/// The place in the article that an utterance reads from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpokenPlace {
    /// The headline.
    Title,
    /// The subhead of this index.
    Subhead(usize),
    /// A part of the body.
    Body {
        /// Index into `article.blocks`.
        block: usize,
        /// Index of the item in a list; 0 for other blocks.
        item: usize,
        /// Byte range in the text of the block or item.
        bytes: Range<usize>,
    },
    /// The line of the summary of this index.
    Line(usize),
}

/// A sentence to be read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// The spoken form. Never empty, and never begins with a mark.
    pub text: String,
    /// The language of the voice.
    pub lang: Lang,
    /// The place that is highlighted while the sentence is read.
    pub place: SpokenPlace,
}

/// The utterances for `article`. `short` is its summary, without which [`SpeechExtent::Short`] is
/// the headline alone.
pub fn utterances(
    article: &Article,
    what: SpeechExtent,
    short: Option<&Summary>,
) -> Vec<Utterance> {
    let korean = article.is_korean();
    let mut out = Vec::new();
    let mut put = |text: &str, place: SpokenPlace| {
        let lang = Lang::of(text, korean);
        let text = spoken(text, lang);
        if !text.is_empty() {
            out.push(Utterance { text, lang, place });
        }
    };
    put(&article.title, SpokenPlace::Title);
    match what {
        SpeechExtent::Title => {}
        SpeechExtent::Short => {
            for (i, line) in short
                .iter()
                .flat_map(|summary| &summary.sentences)
                .enumerate()
            {
                put(&line.text, SpokenPlace::Line(i));
            }
        }
        SpeechExtent::Full => {
            for (i, subhead) in article.subheads.iter().enumerate() {
                put(subhead, SpokenPlace::Subhead(i));
            }
            for s in summary::finished(article) {
                put(
                    &s.text,
                    SpokenPlace::Body {
                        block: s.block,
                        item: s.item,
                        bytes: s.start..s.end,
                    },
                );
            }
        }
    }
    out
}

/// The sentences of the body as (block, item of a list, byte range in its text).
pub fn sentences(article: &Article) -> Vec<(usize, usize, Range<usize>)> {
    summary::sentences(article)
        .into_iter()
        .map(|s| (s.block, s.item, s.start..s.end))
        .collect()
}

#[cfg(test)]
mod tests;
