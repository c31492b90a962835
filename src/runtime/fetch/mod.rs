//! Fetches articles from a source (address, file, directory, standard input), and finds the feed of
//! a site to subscribe to.

pub mod pagination;
pub mod source;
pub mod subscribe;
