//! Dates as newspapers and feeds write them.
//!
//! * [`scan`]  – all dates of a line, by tokens: pasted text, and feeds
//! * [`parse`] – the one date of an element or a label on a page, in many languages
//! * [`feed`]  – shapes that only feeds have: packed digits, what programs print by default
//!
//! [`parse`] and [`scan`] are two because they err on different sides: a label on a page is known
//! to be a date, a line of a text is not.

pub(super) mod feed;
pub(crate) mod parse;
mod scan;

pub(crate) use scan::MONTHS;
pub use scan::{all, first};

#[cfg(test)]
mod tests;
