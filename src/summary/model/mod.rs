//! A language model's part in the short news.
//!
//! * [`prompt`] – the request, and the check of the answer line by line
//! * [`prompt_injection`] – sentences of an article that address the model
//! * [`faithfulness`] – whether a line says only what the article says
//! * [`quote`] – the mode in which the model may only delete words of numbered sentences
//! * [`doubt`] – what a line says otherwise than the article
//! * `contradiction` – what a line says otherwise than the sentence that supports it
//! * `tense` – what is told as past, and what is still to come
//! * [`stream`] – the answer as it arrives over HTTP

mod contradiction;
pub mod doubt;
pub mod faithfulness;
pub mod prompt;
pub(crate) mod prompt_injection;
pub mod quote;
pub mod stream;
mod tense;
