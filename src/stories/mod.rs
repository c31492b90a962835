//! 오늘의 이슈: the same story across publishers.
//!
//! * [`Clusterer`]   – takes articles as they come, groups them, keeps a story's name while it
//!   grows
//! * [`issues`]      – the stories by how many publishers carry them, each with a title and a
//!   timeline; [`tell`] – in three sentences
//! * [`differences`] – what one version has and the other lacks
//!
//! Two articles are of one story where they share enough rare words, no single word counting for
//! more than half of it (two subjects that share a name share little else). Copies of a wire story
//! are found by their five-letter pieces.

mod diff;

mod cluster;
mod copies;
mod group;
mod issue;
mod likeness;

pub use diff::{Differences, differences};
pub use group::{Clusterer, Policy, Story, StoryInput};
pub use issue::{issues, tell};

#[cfg(test)]
mod tests;
