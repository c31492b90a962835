//! 인쇄: a document on pages, as text with form feeds or as a PDF.
//!
//! * [`text`] – pages of plain text
//! * [`page`] – lines of a document placed on pages, in points
//! * [`edition`] – an edition of many articles on pages: front page, contents, sections
//! * [`pdf`]  – those pages as a PDF whose text can be searched
//!
//! Pure: fonts come in and files go out as bytes.

pub mod edition;
pub mod page;
pub mod pdf;
pub mod text;
