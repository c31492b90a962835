//! 오늘의 이슈: the same story across publishers.
//!
//! * [`group`]    – [`Clusterer`]: takes articles in, groups them into stories, keeps a story's id
//!   while it grows
//! * [`likeness`] – how alike two articles are: the rare words that they share
//! * [`cluster`]  – average-link clustering over these likenesses
//! * [`copies`]   – copies of a wire story, by shared five-letter pieces
//! * [`issue`]    – [`issues`]: the stories by how many publishers carry them, each with a title
//!   and a timeline; [`tell`]: their summaries in three sentences
//! * [`diff`]     – [`differences`]: what one version has and the other lacks
//!
//! Two articles are of one story if they share enough rare words, no single word counting for more
//! than half of it: two subjects that share a name share little else.

mod diff;
mod event;

mod cluster;
mod copies;
mod group;
mod issue;
mod join;
mod likeness;

pub use diff::{Differences, differences};
pub use group::{Clusterer, Policy, Story, StoryInput};
pub use issue::{issues, tell};

#[cfg(test)]
mod tests;
