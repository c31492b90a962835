//! What all readers of scripts share: the article they find, and the keys under which a body
//! stands.

use crate::extract::meta::Described;

/// Keys that hold an article's text, the surest first.
pub(super) const BODIES: [&str; 16] = [
    "contentHtml",
    "articleBody",
    "bodyHtml",
    "body_html",
    "contentsHtml",
    "articleContent",
    "article_content",
    "newsContent",
    "htmlContent",
    "content_html",
    "newsBody",
    "artCont",
    "contents",
    "content",
    "body",
    "description_html",
];
/// A shorter string is no article.
pub(super) const SHORTEST: usize = 120;
/// An article found in script: its text as HTML, and what stands beside it.
#[derive(Debug, Default)]
pub(crate) struct ScriptArticle {
    pub(crate) html: String,
    pub(crate) described: Described,
    /// Place of the body's key in [`BODIES`]; 0 is the surest.
    pub(super) rank: usize,
}

/// Appends an element; `tag` may carry attributes.
pub(super) fn wrap(html: &mut String, tag: &str, content: &str) {
    if content.trim().is_empty() {
        return;
    }
    let name = tag.split(' ').next().unwrap_or(tag);
    html.push_str(&format!("<{tag}>{content}</{name}>"));
}
