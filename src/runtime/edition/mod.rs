//! 오늘의 신문: articles of the library as a newspaper to take along.
//!
//! * [`choose`] – which articles: those of a day with its issues, or what a query finds
//! * [`pictures`] – their pictures, from the cache or the network
//! * [`output`] – the edition as a file: HTML, PDF, or EPUB (`epub`)
//! * [`audio`] – or as sound files, one an article, with a playlist

pub mod audio;
pub mod choose;
mod epub;
pub mod output;
pub mod pictures;
