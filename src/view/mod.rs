//! (being written)
pub mod letters;
