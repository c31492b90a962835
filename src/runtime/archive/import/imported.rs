//! What became of the entries of an import.

use crate::app::Failure;
use crate::news::ArticleId;

/// The result of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// The scraps that the files have, in their order, each once.
    pub ids: Vec<ArticleId>,
    /// How many of them were not there before.
    pub new: usize,
    /// How many were there, and gained something.
    pub changed: usize,
    /// How many have no text.
    pub textless: usize,
    /// Entries that lead to no page of the web: bookmarklets, pages of the browser.
    pub not_web: usize,
    /// The failures of files and entries that could not be read.
    pub failures: Vec<Failure>,
    /// How many more entries could not be read.
    pub unreported: usize,
}
