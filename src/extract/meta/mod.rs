//! The fields of an article that stand outside its text, and how the sources are ranked where they
//! disagree.
//!
//! * [`jsonld`] – the description for machines
//! * [`head`]   – `<meta>`, `<link>` and microdata
//! * [`title`], [`byline`] – one kind of field each

pub(crate) mod byline;
pub(crate) mod head;
pub(crate) mod jsonld;
pub(crate) mod title;

pub(crate) use head::PageHead;
pub(crate) use jsonld::Described;
