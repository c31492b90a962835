//! Reads HTML that is all content, without a page around it.

use super::candidates;
use super::node_flags::NodeFlags;
use crate::extract::body::blocks::media::Addresses;
use crate::extract::body::{blocks, trim};
use crate::extract::html::{Dom, ROOT, parse};
use crate::news::Block;

/// The blocks of HTML that is all content, such as the text of a feed entry. Relative links are
/// joined to `base`.
pub fn fragment(html: &str, base: Option<&str>) -> Vec<Block> {
    let html = parse(html);
    let dom = Dom::of(&html);
    let mut flags = NodeFlags::of(&dom);
    candidates::settle(&dom, &mut flags);
    trim::content(blocks::read(&dom, &[ROOT], &flags, &Addresses::new(base)))
}
