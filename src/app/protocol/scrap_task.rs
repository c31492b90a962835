//! Work on scraps that the program asks of the world, and what becomes of it.

use std::sync::Arc;

use crate::news::{Article, ArticleId, Clean, Look, Scrap};

/// Work on scraps.
#[derive(Clone, Debug, PartialEq)]
pub enum Errand {
    /// The scrap of this article.
    Scrap(ArticleId),
    /// The labels that are in use.
    Labels,
    /// Short news and pictures for these scraps, and the mirror folder brought up to them.
    Tend(Vec<ArticleId>),
    /// Write to this place: a folder, or a file whose ending says the form.
    Export(Exported, String),
    /// Put on paper.
    Print(Arc<Article>),
    /// Look at the page of this scrap again.
    Look(ArticleId, Clean),
}

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
pub enum Exported {
    /// These scraps.
    Scraps(Vec<ArticleId>),
    /// An article that is no scrap.
    Article(Arc<Article>),
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// The scrap asked for.
    Scrap(ArticleId, Option<Box<Scrap>>),
    /// The labels in use, the commonest first.
    Labels(Vec<Clean>),
    /// These scraps are in order.
    Tended(Vec<ArticleId>),
    /// So many files were written to this place; so many were left alone since the reader had
    /// changed them.
    Exported(usize, usize, String),
    /// It went to this printer, or where nothing is named, to the usual one.
    Printed(String),
    /// There is no printer: it is a file now, at this place. The font says whether it is a PDF.
    Paper(String, bool),
    /// The page of a scrap as it is today, where it says something else.
    Looked(ArticleId, Look, Option<Arc<Article>>),
}
