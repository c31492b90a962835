//! Words as a dictionary lists them (낱말): from an eojeol in a text to the headwords that it may
//! be a form of.
//!
//! * [`headwords`] – the candidates, the likeliest first
//! * `particles` – nouns with particles and the copula; `verbs` – inflected verbs and adjectives,
//!   whose forms `inflection` takes apart
//! * [`stardict`] – the user's own dictionaries: what their files say; [`looked_up`] – a word that
//!   was looked up, and its form for flash cards
//! * `hanja` – how hanja are read, and what one of them stands for in a headline
//!
//! Made of rules and small word lists: the user's own dictionary decides which candidate exists.

mod hanja;
mod headwords;
mod inflection;
pub mod looked_up;
mod particles;
pub mod stardict;
mod verbs;

pub use hanja::{gloss, reading};
pub use headwords::headwords;
pub use looked_up::{LookedUp, WordEntry, flash_cards};
