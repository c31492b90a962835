//! What the readers of script state share: the article they find, and the keys that hold a body.

use std::sync::LazyLock;

use crate::extract::meta::Described;
use crate::news::word_list;

const WORDS: &str = include_str!("../../../../assets/words/field_names.txt");

/// Keys that hold an article's text, the most reliable first.
pub(super) static BODIES: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "bodies"));
/// Shorter strings, in bytes, are not the text of an article.
pub(super) const MIN_BODY_BYTES: usize = 120;

/// An article found in a script.
#[derive(Debug, Default)]
pub(crate) struct ScriptArticle {
    /// How many other texts stood under the same key: one of many may be part of a list.
    pub(super) peers: usize,
    /// Its text as HTML.
    pub(crate) html: String,
    /// Its fields, as far as the object with the text has them.
    pub(crate) described: Described,
    /// Index of the body's key in [`BODIES`]; 0 is the most reliable.
    pub(super) rank: usize,
}

/// Appends an element with `content`; `tag` may have attributes.
pub(super) fn wrap(html: &mut String, tag: &str, content: &str) {
    if content.trim().is_empty() {
        return;
    }
    let name = tag.split(' ').next().unwrap_or(tag);
    html.push_str(&format!("<{tag}>{content}</{name}>"));
}
