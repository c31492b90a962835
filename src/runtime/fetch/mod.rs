//! From something named (address, file, directory, standard input) to articles, and from a site to a subscription.

pub mod pagination;
pub mod source;
pub mod subscribe;
