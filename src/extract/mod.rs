//! Bytes in, news out. (being written)

pub mod lines;
pub mod plain;
pub mod when;
