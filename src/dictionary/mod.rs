//! Words as a dictionary lists them (낱말): from an eojeol in a text to the headwords that it may
//! be a form of.
//!
//! * [`headwords`] – the candidates, the likeliest first
//! * `particles` – nouns with particles and the copula; `verbs` – inflected verbs and adjectives,
//!   whose forms `inflection` takes apart
//! * `hanja` – how hanja are read, and what one of them stands for in a headline
//!
//! Made of rules and small word lists: the user's own dictionary decides which candidate exists.

mod hanja;
mod headwords;
mod inflection;
mod particles;
mod verbs;

pub use hanja::{gloss, reading};
pub use headwords::headwords;
