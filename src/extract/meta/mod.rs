//! Reads the fields of an article that are outside its text.
//!
//! * [`jsonld`] – JSON-LD
//! * [`head`]   – `<meta>`, `<link>` and microdata
//! * [`title`]  – chooses the headline
//! * [`byline`] – recognises names, roles and e-mail addresses

pub(crate) mod byline;
pub(crate) mod head;
pub(crate) mod jsonld;
pub(crate) mod title;

pub(crate) use head::PageHead;
pub(crate) use jsonld::Described;
