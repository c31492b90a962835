//! Inline lists: splits a paragraph such as `▲ 하나 ▲ 둘 ▲ 셋` into items.

use super::part::{Part, PartLink, PartRole, PartSource};

/// Marks that newspapers put before items.
const MARKS: [char; 12] = ['▲', '△', '▶', '▷', '■', '□', '◆', '◇', '●', '○', '•', '※'];

/// The fewest items that make a list.
const FEWEST: usize = 3;

/// The part itself, or the text before its first item and its items as parts.
pub(super) fn split(part: Part) -> Vec<Part> {
    let starts = match (part.role, part.source) {
        (PartRole::Paragraph, PartSource::Block(_)) => starts(&part.text),
        _ => Vec::new(),
    };
    if starts.len() < FEWEST {
        return vec![part];
    }
    let mut out = Vec::with_capacity(starts.len() + 1);
    let ends = starts.iter().skip(1).copied().chain([part.text.len()]);
    if starts[0] > 0 {
        out.extend(piece(&part, 0..starts[0]));
    }
    for (item, (&start, end)) in starts.iter().zip(ends).enumerate() {
        let mark = part.text[start..].chars().next().map_or(0, char::len_utf8);
        let Some(mut piece) = piece(&part, start + mark..end) else {
            continue;
        };
        piece.role = PartRole::Item;
        if let PartSource::Block(block) = part.source {
            piece.source = PartSource::Item { block, item };
        }
        out.push(piece.marked(&part.text[start..start + mark]));
    }
    out
}

/// Where the items of the most frequent mark start. Only marks at the start of a word count.
fn starts(text: &str) -> Vec<usize> {
    let at_word = |&(at, c): &(usize, char)| {
        MARKS.contains(&c)
            && text[..at]
                .chars()
                .next_back()
                .is_none_or(|b| b.is_whitespace() || ".,:;".contains(b))
    };
    let marks: Vec<(usize, char)> = text.char_indices().filter(at_word).collect();
    let count = |mark: char| marks.iter().filter(|(_, c)| *c == mark).count();
    let Some(mark) = MARKS.into_iter().rev().max_by_key(|&m| count(m)) else {
        return Vec::new();
    };
    marks
        .into_iter()
        .filter(|(_, c)| *c == mark)
        .map(|(at, _)| at)
        .collect()
}

/// A range of a part's text as a part of its own, trimmed, with its links.
fn piece(part: &Part, range: std::ops::Range<usize>) -> Option<Part> {
    let raw = part.text.get(range.clone())?;
    let start = range.start + (raw.len() - raw.trim_start().len());
    let end = start + raw.trim().len();
    let mut out = Part::new(part.role, part.text.slice(start..end)?, part.source);
    out.links = part
        .links
        .iter()
        .filter(|l| l.range.start >= start && l.range.end <= end)
        .map(|l| PartLink {
            range: l.range.start - start..l.range.end - start,
            url: l.url.clone(),
        })
        .collect();
    (!out.text.is_blank()).then_some(out)
}
