//! The one language of list, filter, search, bulk commands and saved searches.
//!
//! ```text
//! 반도체 "금리 인상"            both, anywhere in headline or text; also inside longer words
//! title:총선 -body:광고         only in the headline; not in the text (also: not, !)
//! publisher:한겨레 or feed:경제  either; ( ) groups; juxtaposition binds closer than or
//! unread read scrapped today has:image lang:ko tag:읽을것
//! after:2026-11-01 before:7d   from that day on; older than seven days
//! ```
//! The fields answer to Korean names too (제목: 본문: 언론사: 피드: 태그: 이후: 이전: 언어:). A word in quotes is
//! always text.

mod fold;
mod parse;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::ops::Range;

use jiff::Timestamp;

pub use fold::{fold, fold_clean, grams};
pub use parse::{QueryError, QueryErrorKind};

/// Where a text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Headline or body.
    Anywhere,
    /// The headline.
    Title,
    /// The body.
    Body,
}

impl Scope {
    fn reaches(self, part: Self) -> bool {
        self == Self::Anywhere || part == Self::Anywhere || self == part
    }
}

/// One condition, or several tied together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// All of them; of none, always true.
    And(Vec<Node>),
    /// At least one.
    Or(Vec<Node>),
    /// The contrary.
    Not(Box<Node>),
    /// This text, folded as by [`fold`], as a substring.
    Text(Scope, String),
    /// The publisher's name holds this, folded.
    Publisher(String),
    /// The title or address of a feed that lists it holds this, folded.
    Feed(String),
    /// One of its labels is this, folded.
    Tag(String),
    /// Its language starts so.
    Lang(String),
    /// Read, or unread.
    Read(bool),
    /// Scrapped.
    Scrapped,
    /// It holds a picture.
    Pictured,
    /// Dated in this range of seconds; `dated` asks for a date of its publisher's, else the day we
    /// first saw it will do.
    Within {
        /// First second.
        from: i64,
        /// One past the last.
        until: i64,
        /// A date that its publisher gave.
        dated: bool,
    },
}

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    root: Node,
}

impl Default for Query {
    /// Asks for nothing in particular: everything answers.
    fn default() -> Self {
        Self {
            root: Node::And(Vec::new()),
        }
    }
}

/// What a query is asked about; title and body composed, as `Clean` is.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Headline.
    pub title: &'a str,
    /// Plain text of the body; may be empty where [`Query::reads_body`] says no.
    pub body: &'a str,
    /// 언론사.
    pub publisher: &'a str,
    /// Titles and addresses of the feeds that list it.
    pub feeds: &'a [String],
    /// Its labels.
    pub tags: &'a [String],
    /// BCP 47.
    pub lang: &'a str,
    /// By its publisher.
    pub published: Option<Timestamp>,
    /// By this library.
    pub first_seen: Timestamp,
    /// Read.
    pub read: bool,
    /// Scrapped.
    pub scrapped: bool,
    /// It holds a picture.
    pub pictured: bool,
}

impl Query {
    /// Reads a query as of `now`, whose zone says where a day begins.
    ///
    /// # Errors
    /// What is wrong, and which bytes of `input` it concerns.
    pub fn parse(input: &str, now: &jiff::Zoned) -> Result<Self, QueryError> {
        Ok(Self {
            root: parse::parse(input, now)?,
        })
    }

    /// What answers at least one of `queries`; nothing, where there is none.
    pub fn any(queries: Vec<Self>) -> Self {
        Self {
            root: Node::Or(queries.into_iter().map(|q| q.root).collect()),
        }
    }

    /// The conditions.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether it asks for anything at all.
    pub fn is_empty(&self) -> bool {
        matches!(&self.root, Node::And(parts) if parts.is_empty())
    }

    /// Whether the body is needed to answer it.
    pub fn reads_body(&self) -> bool {
        self.root
            .any(&|n| matches!(n, Node::Text(scope, _) if *scope != Scope::Title))
    }

    /// Whether feeds are asked for by name.
    pub fn reads_feeds(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Feed(_)))
    }

    /// Whether labels are asked for.
    pub fn reads_tags(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Tag(_)))
    }

    /// Whether `subject` is what was asked for.
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        let folded = Folded {
            subject,
            title: OnceCell::new(),
            body: OnceCell::new(),
        };
        folded.holds(&self.root)
    }

    /// The byte ranges of `text` to light up, in order, none touching another; `part` says what
    /// `text` is.
    pub fn spans(&self, text: &str, part: Scope) -> Vec<Range<usize>> {
        let mut needles = Vec::new();
        wanted(&self.root, part, &mut needles);
        fold::spans(text, &needles)
    }
}

impl Node {
    fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|p| p.any(test)),
            Self::Not(part) => part.any(test),
            leaf => test(leaf),
        }
    }
}

/// Texts that are asked for, not those asked against.
fn wanted<'a>(node: &'a Node, part: Scope, out: &mut Vec<&'a str>) {
    match node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|p| wanted(p, part, out)),
        Node::Text(scope, needle) if scope.reaches(part) => out.push(needle),
        _ => {}
    }
}

/// A subject, and its folded texts once they were needed.
struct Folded<'a> {
    subject: &'a Subject<'a>,
    title: OnceCell<String>,
    body: OnceCell<String>,
}

impl Folded<'_> {
    fn holds(&self, node: &Node) -> bool {
        let s = self.subject;
        match node {
            Node::And(parts) => parts.iter().all(|p| self.holds(p)),
            Node::Or(parts) => parts.iter().any(|p| self.holds(p)),
            Node::Not(part) => !self.holds(part),
            Node::Text(scope, needle) => {
                (scope.reaches(Scope::Title)
                    && self
                        .title
                        .get_or_init(|| fold_clean(s.title))
                        .contains(needle))
                    || (scope.reaches(Scope::Body)
                        && self
                            .body
                            .get_or_init(|| fold_clean(s.body))
                            .contains(needle))
            }
            Node::Publisher(name) => fold(s.publisher).contains(name),
            Node::Feed(name) => s.feeds.iter().any(|f| fold(f).contains(name)),
            Node::Tag(tag) => s.tags.iter().any(|t| fold(t) == *tag),
            Node::Lang(lang) => fold(s.lang).starts_with(lang),
            Node::Read(read) => s.read == *read,
            Node::Scrapped => s.scrapped,
            Node::Pictured => s.pictured,
            Node::Within { from, until, dated } => {
                let date = if *dated {
                    s.published
                } else {
                    s.published.or(Some(s.first_seen))
                };
                date.is_some_and(|d| (*from..*until).contains(&d.as_second()))
            }
        }
    }
}
