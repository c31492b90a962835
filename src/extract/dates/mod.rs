//! Reads dates as newspapers and feeds write them.
//!
//! * [`scan`]  – all dates in a line, by tokens: for pasted text and feeds
//! * [`parse`] – the one date of an element or a label on a page, in several languages
//! * [`event`] – dates of what an article announces
//! * [`home_zone`] – the zone of times that state none
//! * [`feed`]  – forms that only feeds use, such as packed digits
//!
//! [`parse`] and [`scan`] are separate because they err on different sides: a label on a page is
//! known to be a date, a line of text is not.

pub(crate) mod event;
pub(super) mod feed;
pub(crate) mod home_zone;
pub(crate) mod parse;
mod scan;

pub(crate) use scan::MONTHS;
pub use scan::{all, first};

#[cfg(test)]
mod tests;
