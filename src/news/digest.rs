//! 숏뉴스: the few sentences that carry an article.

use serde::{Deserialize, Serialize};

use super::Clean;

/// How a digest was made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// The page's own summary.
    Page,
    /// Our extractive summary, offline.
    Local,
    /// A language model of this name.
    Llm(Clean),
}

impl std::fmt::Display for Method {
    /// `page`, `local` or `llm:MODEL`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page => f.write_str("page"),
            Self::Local => f.write_str("local"),
            Self::Llm(model) => write!(f, "llm:{model}"),
        }
    }
}

/// One sentence of a digest.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DigestLine {
    /// The words.
    pub text: Clean,
    /// Index of the sentence in `gisa sentences` that it was taken from, or that best supports it.
    pub source: Option<usize>,
    /// It stands in for a line of a model's that did not keep to the article.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
}

/// The short news of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// In reading order.
    pub sentences: Vec<DigestLine>,
    /// How it was made.
    pub method: Method,
    /// The article is too short to shorten; the sentences are all of it.
    pub whole: bool,
}
