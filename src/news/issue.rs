//! 오늘의 이슈: a story that several articles report, and the versions of an article.

use std::fmt;
use std::ops::Range;

use super::{ArticleId, Clean, Stamp};
use crate::news::order::Order as _;

/// The position of a sentence in an article: block, item of that block, bytes in its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Index in `article.blocks`.
    pub block: usize,
    /// Index of the item in a list, otherwise 0.
    pub item: usize,
    /// Byte range in the text of that block or item.
    pub bytes: Range<usize>,
}

/// The identifier of a story, taken from the article that it started with. It stays the same while
/// the story grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub u64);

impl fmt::Display for StoryId {
    /// Sixteen hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A sentence of an issue's summary, with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueLine {
    /// The sentence.
    pub text: Clean,
    /// The article that it was taken from.
    pub article: ArticleId,
    /// The publisher of that article.
    pub publisher: Clean,
    /// Index of the sentence in that article.
    pub source: usize,
    /// Where it is in the article's text.
    pub place: Passage,
}

/// An article in the timeline of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When it was published; `None` if unknown.
    pub at: Option<Stamp>,
    /// The article.
    pub article: ArticleId,
    /// The article's publisher.
    pub publisher: Clean,
    /// Its headline.
    pub title: Clean,
}

/// Another issue on the topic of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedIssue {
    /// Its story's identifier.
    pub id: StoryId,
    /// Its title.
    pub title: Clean,
    /// The number of publishers that carry it.
    pub publishers: usize,
    /// Its articles, the earliest first.
    pub articles: Vec<ArticleId>,
}

/// A story reported by two or more articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The story's identifier.
    pub id: StoryId,
    /// The weightiest issue on its topic, under which it stands; `None` if that is this one.
    pub topic: Option<StoryId>,
    /// The other issues on its topic, the weightiest first.
    pub related: Vec<RelatedIssue>,
    /// The headline of its most typical article.
    pub title: Clean,
    /// The publishers in this library that carry it, each once, sorted by name.
    pub publishers: Vec<Clean>,
    /// Its articles, the earliest first.
    pub articles: Vec<ArticleId>,
    /// The same articles with time, publisher and headline.
    pub timeline: Vec<Moment>,
    /// Sets of copies of one text. The first of a set is the article that stands for the others.
    pub copies: Vec<Vec<ArticleId>>,
    /// Sentences from the articles, with their places; empty until it is summarised.
    pub summary: Vec<IssueLine>,
}

/// The issues with those of a topic together: under each that stands on its own, in its order, the
/// others on its topic.
pub fn by_topic<'a>(issues: impl Iterator<Item = &'a Issue>) -> Vec<&'a Issue> {
    let mut out: Vec<(usize, &Issue)> = Vec::new();
    let mut heads: Vec<StoryId> = Vec::new();
    for issue in issues {
        let head = issue.head();
        let place = heads.iter().position(|h| *h == head).unwrap_or_else(|| {
            heads.push(head);
            heads.len() - 1
        });
        out.push((place, issue));
    }
    out.order_by_key(|(place, _)| *place);
    out.into_iter().map(|(_, issue)| issue).collect()
}

impl Issue {
    /// The issue at the head of its topic.
    pub fn head(&self) -> StoryId {
        self.topic.unwrap_or(self.id)
    }

    /// Whether it may be shown as an issue: not if a single known publisher carries all of it.
    pub fn is_shared(&self) -> bool {
        self.publishers.len() != 1
    }

    /// The article that stands for `article`, of which it is a copy; `None` if it stands for
    /// itself.
    pub fn copy_of(&self, article: ArticleId) -> Option<ArticleId> {
        let set = self.copies.iter().find(|set| set.contains(&article))?;
        set.first().copied().filter(|first| *first != article)
    }

    /// The publisher of the article that stands for `article`, or its headline if the publisher is
    /// unknown; `None` if `article` is no copy.
    pub fn copied_from(&self, article: ArticleId) -> Option<&Clean> {
        let first = self.copy_of(article)?;
        let moment = self.timeline.iter().find(|m| m.article == first)?;
        Some(if moment.publisher.is_empty() {
            &moment.title
        } else {
            &moment.publisher
        })
    }

    /// When its newest article was published.
    pub fn newest(&self) -> Option<Stamp> {
        self.timeline.iter().filter_map(|m| m.at).max()
    }
}

/// Another article on the same story, compared with the open one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The article.
    pub moment: Moment,
    /// Whether it is a copy of the same text.
    pub copy: bool,
    /// Whether the publisher of the open article published it: its own later or earlier version.
    pub own: bool,
    /// Sentences that are only in this version.
    pub added: Vec<(Clean, Passage)>,
    /// Sentences that are only in the open article.
    pub lacking: Vec<(Clean, Passage)>,
}

/// All versions of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The story that they belong to.
    pub story: StoryId,
    /// The article that they are compared with.
    pub base: Moment,
    /// The other versions: those of its own publisher first, then copies of its text, then the
    /// rest, each by time of publication.
    pub others: Vec<Version>,
}
