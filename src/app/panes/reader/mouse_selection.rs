//! Text chosen with the mouse, at any size: from letter to letter of the article, not from cell to
//! cell of the screen.

use std::ops::Range;

use super::sheet::Sheet;
use crate::app::Start;
use crate::app::geometry::Area;
use crate::glyph;
use crate::news::Clean;
use crate::text::{LineKind, spread};

/// A letter of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The index of its part.
    pub part: usize,
    /// Its bytes in the part's text.
    pub bytes: Range<usize>,
}

/// What is chosen: from the letter where the button went down to the one where the pointer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    from: Letter,
    to: Letter,
}

impl Selection {
    /// The letter where the button went down.
    pub fn at(letter: Letter) -> Self {
        Self {
            from: letter.clone(),
            to: letter,
        }
    }

    /// The same, as far as `letter`.
    pub fn to(&self, letter: Letter) -> Self {
        Self {
            from: self.from.clone(),
            to: letter,
        }
    }

    /// Whether it began at `letter`.
    pub fn began_at(&self, letter: &Letter) -> bool {
        self.from == *letter
    }

    /// The bytes of `part` that are chosen; `len` is the length of its text.
    pub fn bytes(&self, part: usize, len: usize) -> Range<usize> {
        let key = |l: &Letter| (l.part, l.bytes.start);
        let (first, last) = if key(&self.from) <= key(&self.to) {
            (&self.from, &self.to)
        } else {
            (&self.to, &self.from)
        };
        if part < first.part || part > last.part {
            return 0..0;
        }
        let start = if part == first.part {
            first.bytes.start
        } else {
            0
        };
        let end = if part == last.part {
            last.bytes.end
        } else {
            len
        };
        start..end.max(start)
    }

    /// The text that is chosen, as the author wrote it: lines of the screen are no lines of the
    /// text.
    pub fn text(&self, sheet: &Sheet) -> Clean {
        let parts = sheet.document().parts.iter().enumerate();
        let pieces = parts.filter_map(|(i, part)| {
            part.text
                .get(self.bytes(i, part.text.len()))
                .filter(|t| !t.is_empty())
        });
        Clean::lines(&pieces.collect::<Vec<_>>().join("\n"))
    }
}

/// The letter under the pointer, and whether it is right under it: beside a line's end its last one
/// is meant.
pub fn letter_at(
    sheet: &Sheet,
    area: Area,
    start: &Start,
    (x, y): (u16, u16),
) -> Option<(Letter, bool)> {
    let row = y.checked_sub(area.y).filter(|row| *row < area.height)?;
    let window = sheet.layout().window(sheet.top(), area.height);
    let (_, spot) = window.into_iter().rev().find(|(first, _)| *first <= row)?;
    let line = sheet.layout().line(spot);
    if line.kind != LineKind::Text {
        return None;
    }
    let from = area.x.saturating_add(line.indent);
    let column = usize::from(x.saturating_sub(from));
    let text = sheet.layout().text(spot);
    let pieces = start.pieces(sheet.layout(), spot);
    let wider = if line.slack > 0 {
        spread(text, line.slack)
    } else {
        Vec::new()
    };
    let end = |p: &glyph::LinePiece| {
        let more: u16 = wider
            .iter()
            .filter(|(at, _)| *at < p.bytes.end)
            .map(|(_, more)| *more)
            .sum();
        p.column + p.columns + usize::from(more)
    };
    let under = pieces.iter().find(|p| end(p) > column);
    let piece = under.or(pieces.last())?;
    let bytes = line.range.start + piece.bytes.start..line.range.start + piece.bytes.end;
    Some((
        Letter {
            part: spot.part,
            bytes,
        },
        under.is_some() && x >= from,
    ))
}
