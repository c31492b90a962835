//! The query language of list, filter, search, bulk commands and saved searches.
//!
//! ```text
//! 반도체 "금리 인상"            both, anywhere in headline or text; also inside longer words
//! title:총선 -body:광고         only in the headline; not in the text (also: not, !)
//! publisher:한겨레 or feed:경제  either; ( ) groups; juxtaposition binds closer than or
//! unread read scrapped today has:image lang:ko tag:읽을것
//! after:2026-11-01 before:7d   from that day on; older than seven days
//! author:강나루 url:/economy/    by that author (기자:); with that in its address (주소:)
//! words:300.. words:..100      of at least, of at most so many words (길이:)
//! /금리 (인상|인하)/            headline or text matches the regular expression
//! changed: changed:today       rewritten by its publisher; that was seen since that day
//! form:column form:사진          pieces of this form (형식:)
//! sort:oldest                  no condition: the order (정렬:)
//! ```
//! Fields have Korean names, too (제목: 본문: 언론사: 피드: 태그: 이후: 이전: 언어: 고침:). A word in
//! quotes is always text. Letters are compared without case, accents and width, digits without
//! being raised or lowered, and Hangul without spaces (from three syllables on).
//!
//! `parse` reads a query, `names` are the fields and words that it knows; `fold` brings text into
//! the form in which it is compared.

mod fold;
pub mod names;
mod parse;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::ops::Range;

use jiff::Timestamp;

use super::{Form, SortOrder};

pub use fold::{fold, fold_clean, grams};
pub use parse::{QueryError, QueryErrorKind};

/// Which part of an article is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The headline or the body.
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

/// A condition, or a combination of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// All of them must match; without any, everything matches.
    And(Vec<Node>),
    /// At least one must match.
    Or(Vec<Node>),
    /// It must not match.
    Not(Box<Node>),
    /// Contains this text, folded as by [`fold`].
    Text(Scope, String),
    /// The publisher's name contains this text, folded.
    Publisher(String),
    /// The name of one of its authors contains this text, folded.
    Author(String),
    /// Its address contains this text, folded.
    Url(String),
    /// Its body has a number of words in this range.
    Words {
        /// The fewest.
        from: usize,
        /// One more than the most.
        until: usize,
    },
    /// Its headline or body matches a regular expression.
    Pattern(Pattern),
    /// The title or address of a feed that lists it contains this text, folded.
    Feed(String),
    /// One of its labels is this text, folded.
    Tag(String),
    /// It is a piece of this form.
    Form(Form),
    /// Its language code starts with this.
    Lang(String),
    /// It is read, or unread.
    Read(bool),
    /// It is a scrap.
    Scrapped,
    /// It is in the read-later queue.
    Later,
    /// It has a picture.
    Pictured,
    /// Its publisher was seen to have rewritten it at this Unix time or later.
    Revised(i64),
    /// Its date is in this range. With `dated`, only the publisher's date counts; otherwise the
    /// date when this library first saw it counts if there is none.
    Within {
        /// First second, as a Unix time.
        from: i64,
        /// The second after the last one.
        until: i64,
        /// Whether the publisher's date is required.
        dated: bool,
    },
}

/// A regular expression, in the syntax of the crate `regex`, whatever the case of letters. It takes
/// time linear in the length of a text.
#[derive(Clone, Debug)]
pub struct Pattern(regex::Regex);

impl Pattern {
    /// Compiles an expression; `None` where it is none, or would take too much memory.
    fn new(expression: &str) -> Option<Self> {
        let mut builder = regex::RegexBuilder::new(expression);
        let built = builder
            .case_insensitive(true)
            .size_limit(LARGEST_PATTERN)
            .dfa_size_limit(LARGEST_PATTERN);
        built.build().ok().map(Self)
    }
}

/// Most bytes that a compiled expression may take.
const LARGEST_PATTERN: usize = 1 << 20;

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Pattern {}

impl std::hash::Hash for Pattern {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    root: Node,
    sort: Option<SortOrder>,
}

impl Default for Query {
    /// A query without conditions, which everything matches.
    fn default() -> Self {
        Self {
            root: Node::And(Vec::new()),
            sort: None,
        }
    }
}

/// What a query is matched against. Title and body must be composed, as `Clean` is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// Headline.
    pub title: &'a str,
    /// Plain text of the body; may be empty if [`Query::reads_body`] is false.
    pub body: &'a str,
    /// The publisher.
    pub publisher: &'a str,
    /// Names of its authors; may be empty if [`Query::reads_authors`] is false.
    pub authors: &'a [String],
    /// Its address.
    pub url: &'a str,
    /// Titles and addresses of the feeds that list it.
    pub feeds: &'a [String],
    /// The reader's labels.
    pub tags: &'a [String],
    /// What kind of piece it is; may be `None` if [`Query::reads_form`] is false.
    pub form: Option<Form>,
    /// Language code (BCP 47).
    pub lang: &'a str,
    /// When it was published, according to the publisher.
    pub published: Option<Timestamp>,
    /// When this library first saw it.
    pub first_seen: Timestamp,
    /// When its publisher was last seen to have rewritten it.
    pub revised: Option<Timestamp>,
    /// Whether it is read.
    pub read: bool,
    /// Whether it is a scrap.
    pub scrapped: bool,
    /// Whether it is in the read-later queue.
    pub later: bool,
    /// Whether it has a picture.
    pub pictured: bool,
}

impl Query {
    /// Parses a query as of `now`, whose time zone says when a day begins.
    ///
    /// # Errors
    /// [`QueryError`] if `input` is not a query: what is wrong, and in which bytes.
    pub fn parse(input: &str, now: &jiff::ZonedDateTime) -> Result<Self, QueryError> {
        let (root, sort) = parse::parse(input, now)?;
        Ok(Self { root, sort })
    }

    /// A query that matches what at least one of `queries` matches; nothing if there are none.
    pub fn any(queries: Vec<Self>) -> Self {
        Self {
            root: Node::Or(queries.into_iter().map(|q| q.root).collect()),
            sort: None,
        }
    }

    /// A query that matches what both match.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            root: Node::And(vec![self.root, other.root]),
            sort: self.sort.or(other.sort),
        }
    }

    /// The conditions.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The order that it asks for.
    pub fn sort(&self) -> Option<SortOrder> {
        self.sort
    }

    /// Whether it has no condition; it may ask for an order still.
    pub fn is_empty(&self) -> bool {
        matches!(&self.root, Node::And(parts) if parts.is_empty())
    }

    /// Whether the body is needed to match it.
    pub fn reads_body(&self) -> bool {
        self.root.any(&|n| match n {
            Node::Text(scope, _) => *scope != Scope::Title,
            Node::Words { .. } | Node::Pattern(_) => true,
            _ => false,
        })
    }

    /// Whether it has a condition on authors.
    pub fn reads_authors(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Author(_)))
    }

    /// Whether it has a condition on the kind of piece.
    pub fn reads_form(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Form(_)))
    }

    /// Whether it has a condition on feeds.
    pub fn reads_feeds(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Feed(_)))
    }

    /// Whether it has a condition on what publishers rewrote.
    pub fn reads_revisions(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Revised(_)))
    }

    /// Whether it has a condition on labels.
    pub fn reads_tags(&self) -> bool {
        self.root.any(&|n| matches!(n, Node::Tag(_)))
    }

    /// Whether `subject` matches.
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        let folded = Folded {
            subject,
            title: OnceCell::new(),
            body: OnceCell::new(),
        };
        folded.matches(&self.root)
    }

    /// The byte ranges of `text` to highlight as matches, in order, merged where they touch. `part`
    /// says which part of an article `text` is.
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

/// Collects the texts that are searched for; negated ones are left out.
fn wanted<'a>(node: &'a Node, part: Scope, out: &mut Vec<&'a str>) {
    match node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|p| wanted(p, part, out)),
        Node::Text(scope, needle) if scope.reaches(part) => out.push(needle),
        _ => {}
    }
}

/// A subject with its folded texts, which are made when they are first needed.
struct Folded<'a> {
    subject: &'a Subject<'a>,
    title: OnceCell<String>,
    body: OnceCell<String>,
}

impl Folded<'_> {
    fn matches(&self, node: &Node) -> bool {
        let s = self.subject;
        match node {
            Node::And(parts) => parts.iter().all(|p| self.matches(p)),
            Node::Or(parts) => parts.iter().any(|p| self.matches(p)),
            Node::Not(part) => !self.matches(part),
            Node::Text(scope, needle) => {
                (scope.reaches(Scope::Title)
                    && fold::contains(self.title.get_or_init(|| fold_clean(s.title)), needle))
                    || (scope.reaches(Scope::Body)
                        && fold::contains(self.body.get_or_init(|| fold_clean(s.body)), needle))
            }
            Node::Author(name) => s.authors.iter().any(|a| fold(a).contains(name)),
            Node::Url(part) => fold(s.url).contains(part),
            Node::Words { from, until } => {
                (*from..*until).contains(&s.body.split_whitespace().count())
            }
            Node::Pattern(pattern) => pattern.0.is_match(s.title) || pattern.0.is_match(s.body),
            Node::Publisher(name) => fold(s.publisher).contains(name),
            Node::Feed(name) => s.feeds.iter().any(|f| fold(f).contains(name)),
            Node::Tag(tag) => s.tags.iter().any(|t| fold(t) == *tag),
            Node::Form(form) => s.form == Some(*form),
            Node::Lang(lang) => fold(s.lang).starts_with(lang),
            Node::Read(read) => s.read == *read,
            Node::Scrapped => s.scrapped,
            Node::Later => s.later,
            Node::Pictured => s.pictured,
            Node::Revised(since) => s.revised.is_some_and(|at| at.as_second() >= *since),
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
