//! Tests on the folder of texts outside the repository: public suites and pages of real publishers,
//! which are not ours to hand on. Each is skipped where that folder is missing, and the end of
//! `cargo test` lists it then.
//!
//! * `articles`      – pages, Korean and English, with the article that a person read off each
//! * `feeds`         – suites of feeds
//! * `hostile_texts` – HTML, UTF-8 and strings that break parsers
//! * `seed`          – the pasted page that the reader was first written for
//! * `stories`       – one day of articles, grouped by hand
//! * `summaries`     – articles with the sentences that people chose

mod articles;
mod feeds;
mod hostile_texts;
mod seed;
mod stories;
mod summaries;
