//! A language model's part in the short news.
//!
//! * [`prompt`] – the request, and the check of the answer line by line
//! * [`prompt_injection`] – sentences of an article that address the model
//! * [`faithfulness`] – whether a line says only what the article says
//! * [`stream`] – the answer as it arrives over HTTP

pub mod faithfulness;
pub mod prompt;
pub(crate) mod prompt_injection;
pub mod stream;
