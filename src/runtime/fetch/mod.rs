//! Fetches articles from a source (address, file, directory, standard input), and finds the feed of
//! a site to subscribe to.
//!
//! * [`outbound`] – which addresses of an article may be handed to browser and player
//! * [`source`] – a source into articles: gets its bytes, decides what they are, extracts
//! * [`pagination`] – all pages of an article, or its mobile version
//! * [`subscribe`] – the feed that an address leads to

pub mod outbound;
pub mod pagination;
pub mod source;
pub mod subscribe;
