//! The Korean text engine: widths, line breaking, layout.
//!
//! * [`scale`]    – how large letters are, in cells
//! * [`width`]    – [`WidthPolicy`]: the cells that this terminal gives a character; clipping,
//!   padding
//! * `clusters`   – grapheme clusters (UAX #29), with a fast way for Hangul and ASCII
//! * `breaks`     – 금칙 and 어절: what each character does to the boundaries beside it
//! * [`column_count`] – what a growing line costs in columns at each [`Scale`]
//! * [`wrap`]     – a text and a [`Column`] in, byte ranges of lines out
//! * [`typeset`]  – the same for paper, measured by a font
//! * [`part`]     – one part of what is to be read: its words, its role and where it comes from
//! * [`document`] – an article as parts in reading order; `bullets` makes lists of paragraphs that
//!   are runs of bullets, `table` sets tables as grids
//! * [`layout_settings`] – [`Measure`]: all that the setting of a document depends on
//! * [`sparkline`] – numbers as a row of bars
//! * [`lines`]    – one part, set in lines
//! * [`layout`]   – a document in lines, set as it is looked at; places and pages

mod breaks;
mod bullets;
mod clusters;
pub mod column_count;
pub mod document;
pub mod layout;
pub mod layout_settings;
pub mod lines;
pub mod part;
#[cfg(test)]
mod samples;
pub mod scale;
pub mod sparkline;
mod table;
pub mod typeset;
pub mod width;
pub mod wrap;

pub use column_count::{chunks, columns};
pub use document::{Document, Labels};
pub use layout::{Anchor, Layout, ReadingProgress, Spot};
pub use layout_settings::{Measure, Spacing};
pub use lines::{LineKind, PictureFrame, TextLine, spread};
pub use part::{Part, PartLink, PartRole, PartSource};
pub use scale::{FaceId, Mechanism, Scale, TextSize};
pub use width::{Ambiguous, Sequences, WidthPolicy};
pub use wrap::{Breaking, Column, wrap};
