//! 숏뉴스: an article's sentences, the few that carry it, and the checks that keep a model's words to
//! the article.
//!
//! * [`sentences`] – where sentences end, in Korean news first of all
//! * [`extractive`] – the short news itself, each line tied to the sentence it came from
//! * [`ranking`], [`features`], [`boilerplate`] – which sentences are chosen; [`standalone`] – how one
//!   reads without its neighbours
//! * [`model::faithfulness`] – whether a line keeps to the article
//! * [`model::prompt`]  – what a model is asked, and what is made of its answer
//! * [`model::stream`]  – that answer as it arrives
//! * [`characters`], [`tokens`] – classes of characters, words and stems
//!
//! Pure: the same article gives the same short news, everywhere and always.

mod abbreviations;
mod boilerplate;
pub(crate) mod characters;
pub mod extractive;
pub mod model;
mod quotation_marks;
mod ranking;
mod standalone;

mod features;
mod names;
mod quantity;
pub mod sentences;
pub(crate) mod tokens;

#[cfg(test)]
mod tests;

pub(crate) use extractive::choose_across;
pub use extractive::{DEFAULT_COUNT, page, summarize, summarize_sentences};
pub use model::faithfulness::{Doubt, Evidence, support};
pub(crate) use names::TITLES;
pub use sentences::{Sentence, sentences, split};
pub(crate) use standalone::shown;
