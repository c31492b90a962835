//! The short news (숏뉴스): splitting an article into sentences, choosing the few that summarise it,
//! and checking a language model's summary against the article.
//!
//! * [`sentences`], [`quotation_marks`], [`abbreviations`] – where sentences end, above all in
//!   Korean news
//! * [`finished`] – what may be quoted of a text that is cut
//! * [`extractive`] – the summary made of the article's own sentences
//! * [`ranking`], [`features`], [`cues`], [`boilerplate`] – which sentences are chosen
//! * [`korean_article`] – the choice for one Korean article
//! * [`standalone`] – how a sentence reads without its neighbours
//! * [`shorten`], [`references`] – what is left out of a line, and what is put in
//! * [`names`], [`quantity`] – the names and quantities that a text mentions
//! * [`model::faithfulness`] – whether a line says only what the article says
//! * [`model::prompt`], [`model::prompt_injection`] – the request to a language model and the check
//!   of its answer
//! * [`model::quote`] – the mode in which a model may only delete words
//! * [`model::stream`] – the model's answer as it arrives
//! * [`turns`] – who asks and who answers in a transcript
//! * [`subjects`] – which words are the subject of a clause
//! * [`characters`], [`tokens`] – classes of characters, words and stems
//!
//! Pure: the same article always gives the same summary.

mod abbreviations;
mod boilerplate;
pub(crate) mod characters;
mod cues;
pub mod extractive;
pub mod model;
mod quotation_marks;
mod ranking;
mod references;
mod shorten;
mod standalone;
mod subjects;
mod turns;

mod features;
mod finished;
mod korean_article;
mod names;
mod quantity;
pub mod sentences;
pub(crate) mod tokens;

#[cfg(test)]
mod tests;

pub(crate) use extractive::choose_across;
pub use extractive::{DEFAULT_COUNT, answering, page, summarize, summarize_sentences};
pub use finished::{finished, without_unfinished};
pub use model::doubt::Doubt;
pub use model::faithfulness::{Evidence, support};
pub(crate) use names::TITLES;
pub use sentences::{Sentence, sentence_at, sentences, split};
pub(crate) use standalone::shown;
