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

/// The mark of a note that a link is, in brackets: a number directly after a word, by its role or
/// class.
pub(super) fn note_mark(dom: &Dom<'_>, at: NodeId, before: &str) -> Option<String> {
    let is_note = dom.attr(at, "role") == Some("doc-noteref")
        || dom.class(at).is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            class.contains("footnote") || class.contains("noteref")
        });
    if !is_note || before.is_empty() || dom.all(at, Tag::Sup).next().is_some() {
        return None;
    }
    let text = dom.brief(at, 20)?;
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| format!("[{text}]"))
}

/// Longer readings, in bytes of source, are text that a missing end tag left in them.
const MAX_READING: usize = 200;

/// A word with what is set over it in brackets; `None` where that is read as it comes: if it is
/// long, or holds more than words.
pub(super) fn ruby(dom: &Dom<'_>, at: NodeId) -> Option<String> {
    dom.brief(at, MAX_READING)?;
    let (mut base, mut readings) = (String::new(), String::new());
    let (mut n, end) = (at + 1, dom.end(at));
    while n < end {
        match dom.tag(n) {
            Tag::Rp => n = dom.end(n) - 1,
            Tag::Rt => {
                readings.push_str(dom.text(n).trim());
                n = dom.end(n) - 1;
            }
            Tag::Text => base.push_str(dom.words(n)),
            Tag::A | Tag::Img | Tag::Sup | Tag::Sub => return None,
            _ => {}
        }
        n += 1;
    }
    // Blanks between the tags are none of the word's.
    let is_apart = base.chars().all(|c| !c.is_ascii_alphabetic());
    let base = if is_apart {
        base.split_whitespace().collect()
    } else {
        base
    };
    Some(base + &in_brackets(&readings))
}

/// The reading or meaning over a word, in brackets after it; `None` where it is long.
pub(super) fn reading(dom: &Dom<'_>, at: NodeId) -> Option<String> {
    Some(in_brackets(dom.brief(at, MAX_READING)?.trim()))
}

/// Kana and bopomofo spell out how each of a text's characters sounds: left out, as in print for
/// grown-ups.
fn in_brackets(reading: &str) -> String {
    let is_sound = |c: char| matches!(c, '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | ' ');
    if reading.chars().all(is_sound) {
        String::new()
    } else {
        format!("({reading})")
    }
}
