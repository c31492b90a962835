//! The vocabulary: what the program works with, as plain values.
//!
//! * [`clean`]   – [`Clean`], the only text that may travel past the edge; `escape` removes
//!   terminal sequences from it, `combining` limits characters that take no space of their own;
//!   [`printable`] – the last check of what is printed
//! * [`address`] – how an address is shown: no host passes for another; `address_secret` – what
//!   in it is a secret
//! * [`hangul`]  – what a Hangul syllable is; `word_list` – reads the word lists of `assets/words`
//! * [`stamp`]   – [`Stamp`], an instant that remembers the zone it was written in
//! * [`article`] – [`Article`] and its [`Block`]s, in the shape of `gisa extract --format json`;
//!   [`extraction`] – [`Extraction`]: how it was obtained; [`block_marks`] – spans of letters and
//!   items of lists inside a block
//! * [`cut`]     – whether a text is only a beginning, and where its words end
//! * [`dead_feed`] – [`FeedDeath`]: a subscription that no longer brings anything
//! * [`edition`] – [`edition::Edition`]: articles as a newspaper to take along
//! * [`form`]    – [`Form`]: what kind of piece an article is; `form_rules` recognises it
//! * [`enclosure`] – [`Enclosure`]: a recording, film or file that an item brings along
//! * [`feed`]    – [`Feed`] and [`FeedEntry`]: what a subscription promises before its pages are
//!   read
//! * [`scrap`]   – [`Scrap`]: an article kept with a copy of its own
//! * [`highlight`] – [`Highlight`]: a stretch of it that the reader marked
//! * [`library`] – the light rows that lists are made of, and the filters that ask for them
//! * [`query`]   – the one language of find and filter
//! * [`summary`]  – [`Summary`]: the short news of an article; [`issue`] – [`Issue`]: a story
//!   across publishers
//! * [`revision`] – [`Revision`]: what a publisher rewrote after publication
//! * [`sample`]  – the sample edition, for a reader that has no feeds yet
//! * `order` – sorting where time does not count
//! * [`site`]    – which site an address belongs to, by the list in `public_suffix`;
//!   [`same_address`] – the one form of addresses that differ in scheme, `www` or tracking
//!   parameters
//! * [`write`]   – an article as text, JSON, Markdown and HTML
//!
//! Knows nothing of the network, the clock, the disk or the screen.

pub mod address;
mod address_secret;
pub mod article;
pub mod block_marks;
pub mod clean;
mod combining;
pub mod cut;
pub mod dead_feed;
pub mod edition;
pub mod enclosure;
mod escape;
pub mod extraction;
pub mod feed;
pub mod form;
mod form_rules;
pub mod hangul;
pub mod highlight;
pub mod issue;
pub mod json;
pub mod library;
pub(crate) mod order;
pub mod printable;
mod public_suffix;
pub mod query;
pub mod revision;
pub mod same_address;
pub mod sample;
pub mod scrap;
pub mod site;
pub mod stamp;
pub mod summary;
pub(crate) mod word_list;
pub mod write;

pub use article::{Article, ArticleId, Block, Byline, Link, Ranked, Related};
pub use block_marks::{ItemMark, Span, SpanStyle};
pub use clean::Clean;
pub use cut::CutEnd;
pub use dead_feed::FeedDeath;
pub use enclosure::{Enclosure, Medium};
pub use extraction::{Extraction, ExtractionMethod, PageKind, Problem};
pub use feed::{Feed, FeedEntry, Markup};
pub use form::Form;
pub use highlight::{Colour, Highlight, Point};
pub use issue::{
    Issue, IssueLine, Moment, Passage, RelatedIssue, StoryId, Version, Versions, by_topic,
};
pub use library::{
    Added, ArticleRow, Counts, FeedId, FeedRow, Filter, ListPosition, PageStart, QueuePlace,
    RowPage, SavedId, SavedSearch, ScrapRow, SortOrder, StoredText,
};
pub use query::{Query, Scope, Subject};
pub use revision::{Revision, Rewrite, RewriteKind, word_differences};
pub use scrap::{Annotation, PageObservation, PageState, Picture, Scrap};
pub use stamp::Stamp;
pub use summary::{Method, Summary, SummaryLine};
