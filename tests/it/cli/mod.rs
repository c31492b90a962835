//! The command line as people script it: the real program, its standard streams, its exit codes.
//!
//! * `articles` – the commands that take an article
//! * `streams`  – pipes, folders, wrong sources, wrong usage and settings
//! * `upkeep`   – settings, doctor, scraps, completions and the manual

mod articles;
mod streams;
mod upkeep;

use gisa::news::{Article, write};

use crate::support::sandbox::Sandbox;

/// The text without blanks: what is left when lines are broken elsewhere.
fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

fn json_file(sandbox: &Sandbox, name: &str, article: &Article) -> String {
    sandbox.file(name, write::json(article).to_string())
}
