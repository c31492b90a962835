//! How words inside a paragraph are set: bold, struck, raised.

use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::SpanStyle;

/// The styles of a text node, by the elements around it within its block element.
pub(super) fn styles(dom: &Dom<'_>, at: NodeId) -> impl Iterator<Item = SpanStyle> {
    let mut found = [None; 6];
    for tag in dom.ancestors(at).map(|up| dom.tag(up)) {
        let style = match tag {
            // What a list of definitions defines.
            Tag::B | Tag::Strong | Tag::Dt => SpanStyle::Bold,
            Tag::I | Tag::Em | Tag::Cite => SpanStyle::Italic,
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => SpanStyle::Code,
            Tag::Del | Tag::S | Tag::Strike => SpanStyle::Struck,
            // Those that have raised letters of their own are written with these instead.
            Tag::Sup => SpanStyle::Sup,
            Tag::Sub => SpanStyle::Sub,
            _ if tag.is_block() => break,
            _ => continue,
        };
        found[style as usize] = Some(style);
        if tag.is_block() {
            break;
        }
    }
    found.into_iter().flatten()
}

/// The reading or meaning over a word, in brackets after it. Kana and bopomofo spell out
/// how each of a text's characters sounds: left out, as in print for grown-ups.
pub(super) fn reading(dom: &Dom<'_>, at: NodeId) -> Option<String> {
    let text = dom.brief(at, 200)?;
    let text = text.trim();
    let is_sound = |c: char| matches!(c, '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | ' ');
    (!text.chars().all(is_sound)).then(|| format!("({text})"))
}
