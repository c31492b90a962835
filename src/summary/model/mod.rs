//! A language model's part in the short news: what it is asked, and what its answer is held to.

pub mod faithfulness;
pub mod prompt;
pub(crate) mod prompt_injection;
pub mod stream;
