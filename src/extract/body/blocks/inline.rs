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

/// What a raised or lowered text is in plain characters: 10⁶, CO₂, the mark of a note in brackets.
/// `None` where it needs none: ordinals, abbreviations.
pub(super) fn raised(dom: &Dom<'_>, at: NodeId) -> Option<String> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉";
    let text = dom.brief(at, 40)?;
    let text = text.trim();
    let (digits, plus, minus) = match dom.tag(at) {
        Tag::Sup => (RAISED, '⁺', '⁻'),
        _ => (LOWERED, '₊', '₋'),
    };
    let is_note = dom.tag(at) == Tag::Sup && dom.all(at, Tag::A).next().is_some();
    if is_note {
        let is_bracketed = text.starts_with(['[', '(', '*', '†']);
        return Some(if is_bracketed {
            text.to_owned()
        } else {
            format!("[{text}]")
        });
    }
    let plain = |c: char| match c {
        '0'..='9' => digits.chars().nth(c.to_digit(10)? as usize),
        '+' => Some(plus),
        '-' | '−' | '–' => Some(minus),
        'n' if dom.tag(at) == Tag::Sup && text.len() == 1 => Some('ⁿ'),
        _ => None,
    };
    text.chars()
        .map(plain)
        .collect::<Option<String>>()
        .filter(|t| !t.is_empty())
}
