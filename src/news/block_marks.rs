//! How the words of a block are set: bold or struck words of a paragraph, and the numbers and the
//! depth of a list's items. A reader that knows nothing of them still has all words.

use std::ops::Range;

use crate::news::order::Order as _;
use serde::{Deserialize, Serialize};

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpanStyle {
    /// Heavy type.
    Bold,
    /// Slanted type.
    Italic,
    /// Type of fixed width: names in programs, commands.
    Code,
    /// Struck out: what was deleted, or holds no longer.
    Struck,
    /// Raised words that have no raised letters of their own, such as `ᵗʰ`.
    Sup,
    /// Lowered words that have no lowered letters of their own.
    Sub,
}

/// Words of a text that are set differently. Offsets count Unicode scalar values from the start of
/// the text; spans of one style don't overlap, those of different styles may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Index of the first character.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
    /// How they are set.
    pub style: SpanStyle,
}

/// Spans with offsets in bytes, in order; those outside the text are left out.
pub fn in_bytes(text: &str, spans: &[Span]) -> Vec<(Range<usize>, SpanStyle)> {
    if spans.is_empty() {
        return Vec::new();
    }
    let starts: Vec<usize> = text
        .char_indices()
        .map(|(byte, _)| byte)
        .chain([text.len()])
        .collect();
    let mut out: Vec<(Range<usize>, SpanStyle)> = spans
        .iter()
        .filter_map(|span| {
            let bytes = *starts.get(span.start)?..*starts.get(span.end)?;
            (!bytes.is_empty()).then_some((bytes, span.style))
        })
        .collect();
    out.order_by_key(|(bytes, _)| (bytes.start, bytes.end));
    out
}

/// Where an item of a list stands in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemMark {
    /// How many lists the item's list stands in, at most [`ItemMark::DEEPEST`].
    #[serde(default, skip_serializing_if = "is_top")]
    pub depth: u8,
    /// Its number; a bullet where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde calls"
)]
fn is_top(depth: &u8) -> bool {
    *depth == 0
}

impl ItemMark {
    /// Items that stand deeper are shown at this depth.
    pub const DEEPEST: u8 = 5;

    /// The number with its full stop, or the `bullet`.
    pub fn label(self, bullet: &str) -> String {
        match self.number {
            Some(number) => format!("{number}."),
            None => bullet.to_owned(),
        }
    }
}

/// The marks of `count` items, of which `marks` says what a plain list doesn't.
pub fn item_marks(
    ordered: bool,
    count: usize,
    marks: &[ItemMark],
) -> impl Iterator<Item = ItemMark> {
    (0..count).map(move |item| {
        marks.get(item).copied().unwrap_or_else(|| ItemMark {
            depth: 0,
            number: ordered.then(|| i64::try_from(item).unwrap_or(i64::MAX - 1) + 1),
        })
    })
}

/// `marks` without what a plain list says as well: nothing where the items are numbered from 1, or
/// have bullets, and none stands in another.
pub fn beyond_plain(ordered: bool, marks: Vec<ItemMark>) -> Vec<ItemMark> {
    if item_marks(ordered, marks.len(), &[]).eq(marks.iter().copied()) {
        Vec::new()
    } else {
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_list_needs_no_marks() {
        let of = |numbers: &[i64]| -> Vec<ItemMark> {
            let mark = |n: &i64| ItemMark {
                depth: 0,
                number: Some(*n),
            };
            numbers.iter().map(mark).collect()
        };
        assert!(beyond_plain(true, of(&[1, 2, 3])).is_empty());
        assert_eq!(beyond_plain(true, of(&[3, 7])), of(&[3, 7]));
        assert_eq!(beyond_plain(false, of(&[1])), of(&[1]));
        let shown: Vec<String> = item_marks(true, 3, &of(&[3]))
            .map(|mark| mark.label("-"))
            .collect();
        assert_eq!(shown, ["3.", "2.", "3."]);
    }
}
