//! HTML that is all content, without a page around it.

use super::node_flags::Marks;
use super::score;
use crate::extract::body::blocks::media::Addresses;
use crate::extract::body::{blocks, trim};
use crate::extract::html::{Dom, ROOT};
use crate::news::Block;

/// The blocks of a piece of HTML that is all content, such as a feed's. `base` joins relative
/// links.
pub fn fragment(html: &str, base: Option<&str>) -> Vec<Block> {
    let dom = Dom::parse(html);
    let mut marks = Marks::of(&dom);
    score::settle(&dom, &mut marks);
    trim::content(blocks::read(&dom, &[ROOT], &marks, &Addresses::new(base)))
}
