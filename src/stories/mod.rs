//! 오늘의 이슈: the same story across publishers.
//!
//! * [`group`]    – [`Clusterer`]: takes articles in, groups them into stories, keeps a story's id
//!   while it grows
//! * [`likeness`] – how alike two articles are: the rare words that they share
//! * [`vectors`]  – the words of an article with their weights, and sums of them
//! * [`spelling`] – headlines spelled as the text spells them: `美` as `미국`, `張` as the full name
//! * [`event`]    – what parts two events that are told in the same words: places, forms, `amounts`
//! * [`cluster`]  – average-link clustering over these likenesses
//! * [`join`]     – joins groups that are alike as wholes, and finds those on one topic
//! * [`speakers`] – stories of what somebody said
//! * [`copies`]   – copies of a wire story, by shared five-letter pieces
//! * [`issue`]    – [`issues`]: the stories by how much of the day's print they take, each with a
//!   title, a timeline and the others on its topic; [`tell`]: their summaries in three sentences
//! * [`revisions`] – [`rewrites`]: what a publisher rewrote between two versions; `furniture` – the
//!   lines of a page that are passed over there
//! * [`diff`]     – [`differences`]: what one version has and the other lacks
//!
//! Two articles are of one story if they share enough rare words, no single word counting for more
//! than half of it: two subjects that share a name share little else.

mod amounts;
mod cluster;
mod copies;
mod diff;
mod event;
mod furniture;
mod group;
mod issue;
mod join;
mod likeness;
mod revisions;
mod speakers;
mod spelling;
mod vectors;

pub use diff::{Differences, differences};
pub use group::{Clusterer, Policy, Story, StoryInput};
pub use issue::{issues, tell};
pub use revisions::rewrites;

#[cfg(test)]
mod tests;
