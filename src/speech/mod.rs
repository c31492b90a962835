//! 뉴스듣기: what is read aloud, sentence by sentence, and in which order.
//!
//! * [`normalize`] – written text as it is said, by [`korean`] and [`english`]; [`address`] for links
//!   and mailboxes, [`marks`] for punctuation, [`quantity`] and [`numerals`] for numbers in Korean,
//!   [`tables`] for units and counters
//! * [`lang`]      – [`Lang`], the language of a sentence
//! * [`player`]    – play, pause, next sentence, next article
//!
//! Pure: the voice itself is the runtime's.

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

/// How much of an article is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpeechExtent {
    /// The headline.
    Title,
    /// Headline and short news.
    Short,
    /// Headline, subheads and body.
    #[default]
    Full,
}

/// Where the words of an utterance stand in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpokenPlace {
    /// The headline.
    Title,
    /// The subhead of this index.
    Subhead(usize),
    /// In the body.
    Body {
        /// Index in `article.blocks`.
        block: usize,
        /// Item of a list, else 0.
        item: usize,
        /// Bytes of its text.
        bytes: Range<usize>,
    },
    /// The line of the short news of this index.
    Line(usize),
}

/// One sentence to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// As it is said; never empty, never begins with a mark.
    pub text: String,
    /// By a voice of this language.
    pub lang: Lang,
    /// What is lit meanwhile.
    pub place: SpokenPlace,
}

/// What is said of `article`; `short` is its short news, without which [`SpeechExtent::Short`] is the
/// headline alone.
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
            for s in summary::sentences(article) {
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

/// Where the sentences of the body stand: block, item of a list, and bytes of its text.
pub fn sentences(article: &Article) -> Vec<(usize, usize, Range<usize>)> {
    summary::sentences(article)
        .into_iter()
        .map(|s| (s.block, s.item, s.start..s.end))
        .collect()
}

#[cfg(test)]
mod tests;
