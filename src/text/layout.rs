//! A document laid out in lines, part by part as needed.
//!
//! Opening an article costs only the layout of its first screen, because a part is laid out when
//! one of its lines is first asked for. A position that is to be kept is an [`Anchor`] (in the
//! text); a [`Spot`] is a line of one layout and is only valid for it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::document::Document;
use super::layout_settings::Measure;
use super::lines::{self, LineKind, PictureFrame, Set, TextLine};
use super::part::Part;

/// A position in the text of a document, valid for every layout of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// Index of the part.
    pub part: usize,
    /// Byte offset in its text. Offsets past the end mean the space below the part, one for each
    /// row.
    pub byte: usize,
}

/// A line of one layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Index of the part.
    pub part: usize,
    /// Index of the line in it.
    pub line: usize,
}

/// How much of a document has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingProgress {
    /// Bytes of text up to the last visible line.
    pub seen: usize,
    /// Bytes of text in the whole document.
    pub total: usize,
}

/// A document laid out in lines.
#[derive(Debug)]
pub struct Layout {
    document: Arc<Document>,
    measure: Measure,
    sets: Vec<OnceLock<Set>>,
    /// Parts that are shown as a picture, with its size.
    frames: BTreeMap<usize, PictureFrame>,
    /// Bytes of text before each part; the last entry is the total.
    bytes: Vec<usize>,
    blank: TextLine,
}

impl Layout {
    /// A layout in which no part has been laid out yet.
    pub fn new(document: Arc<Document>, measure: Measure) -> Self {
        let mut bytes = Vec::with_capacity(document.parts.len() + 1);
        bytes.push(0);
        let mut total = 0;
        for part in &document.parts {
            total += part.text.len();
            bytes.push(total);
        }
        let sets = document.parts.iter().map(|_| OnceLock::new()).collect();
        Self {
            document,
            measure,
            sets,
            frames: BTreeMap::new(),
            bytes,
            blank: TextLine::blank(),
        }
    }

    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The measure that it is laid out for.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// A part of the document.
    pub fn part(&self, index: usize) -> Option<&Part> {
        self.document.parts.get(index)
    }

    /// The space reserved for a picture in place of a part.
    pub fn frame(&self, part: usize) -> Option<PictureFrame> {
        self.frames.get(&part).copied()
    }

    /// Reserves space for a picture in place of a part, or shows the part's text again. Lines of
    /// other parts stay as they are; a [`Spot`] in this part may then be another line.
    pub fn reserve(&mut self, part: usize, frame: Option<PictureFrame>) {
        if let Some(set) = self
            .sets
            .get_mut(part)
            .filter(|_| self.frames.get(&part).copied() != frame)
        {
            *set = OnceLock::new();
            match frame {
                Some(frame) => self.frames.insert(part, frame),
                None => self.frames.remove(&part),
            };
        }
    }

    fn set(&self, part: usize) -> Option<&Set> {
        let cell = self.sets.get(part)?;
        let words = self.part(part)?;
        let next = self.part(part + 1).map(|p| p.role);
        Some(cell.get_or_init(|| match self.frame(part) {
            Some(frame) => lines::picture(words, next, frame, &self.measure),
            None => lines::set(words, next, &self.measure),
        }))
    }

    /// The end of a part, after which offsets mean the space below it. Each row of a picture counts
    /// as at least one byte.
    fn end(&self, part: usize) -> usize {
        let words = self.part(part).map_or(0, |p| p.text.len());
        words.max(self.frame(part).map_or(0, |f| f.rows.into()))
    }

    fn lines(&self, part: usize) -> &[TextLine] {
        self.set(part).map_or(&[], |s| &s.lines)
    }

    /// The line at `spot`; a blank one if there is none.
    pub fn line(&self, spot: Spot) -> &TextLine {
        self.lines(spot.part).get(spot.line).unwrap_or(&self.blank)
    }

    /// The text of a line.
    pub fn text(&self, spot: Spot) -> &str {
        let line = self.line(spot);
        let composed = line
            .composed
            .and_then(|i| self.set(spot.part)?.composed.get(i as usize));
        match (composed, line.kind) {
            (Some(text), _) => text,
            (None, LineKind::Text) => self
                .part(spot.part)
                .and_then(|p| p.text.get(line.range.clone()))
                .unwrap_or_default(),
            _ => "",
        }
    }

    /// The first line.
    pub fn first(&self) -> Spot {
        Spot::default()
    }

    /// The last line.
    pub fn last(&self) -> Spot {
        let part = self.sets.len().saturating_sub(1);
        Spot {
            part,
            line: self.lines(part).len().saturating_sub(1),
        }
    }

    /// The next line.
    pub fn next(&self, spot: Spot) -> Option<Spot> {
        if spot.line + 1 < self.lines(spot.part).len() {
            return Some(Spot {
                part: spot.part,
                line: spot.line + 1,
            });
        }
        (spot.part + 1 < self.sets.len()).then_some(Spot {
            part: spot.part + 1,
            line: 0,
        })
    }

    /// The previous line.
    pub fn prev(&self, spot: Spot) -> Option<Spot> {
        if spot.line > 0 {
            return Some(Spot {
                part: spot.part,
                line: spot.line - 1,
            });
        }
        let part = spot.part.checked_sub(1)?;
        Some(Spot {
            part,
            line: self.lines(part).len().saturating_sub(1),
        })
    }

    /// The line that contains a position in the text.
    pub fn spot(&self, anchor: Anchor) -> Spot {
        let Some(set) = self.set(anchor.part) else {
            return self.last();
        };
        let Some(last) = set.filled.checked_sub(1) else {
            return Spot {
                part: anchor.part,
                line: 0,
            };
        };
        if let Some(below) = anchor.byte.checked_sub(self.end(anchor.part) + 1) {
            let line = last
                .saturating_add(below)
                .saturating_add(1)
                .min(set.lines.len() - 1);
            return Spot {
                part: anchor.part,
                line,
            };
        }
        let filled = &set.lines[..set.filled];
        let after = filled
            .partition_point(|l| l.range.start <= anchor.byte)
            .max(1);
        // All lines of one row of a grid start at the same byte; [`Self::anchor`] tells them apart
        // by adding their index.
        let start = filled[after - 1].range.start;
        let group = filled[..after].partition_point(|l| l.range.start < start);
        let line = group
            .saturating_add(anchor.byte.saturating_sub(start))
            .min(after - 1);
        Spot {
            part: anchor.part,
            line,
        }
    }

    /// The position in the text where a line starts.
    pub fn anchor(&self, spot: Spot) -> Anchor {
        let Some(set) = self.set(spot.part) else {
            return Anchor::default();
        };
        if spot.line >= set.filled {
            return Anchor {
                part: spot.part,
                byte: self.end(spot.part) + 1 + (spot.line - set.filled),
            };
        }
        let start = set.lines[spot.line].range.start;
        let group = set.lines[..set.filled].partition_point(|l| l.range.start < start);
        Anchor {
            part: spot.part,
            byte: start + (spot.line - group),
        }
    }

    /// The lines that fit completely into `rows` rows from `top` on, each with its first row.
    pub fn window(&self, top: Spot, rows: u16) -> Vec<(u16, Spot)> {
        let mut out = Vec::new();
        let (mut at, mut row) = (Some(top).filter(|_| !self.sets.is_empty()), 0_u16);
        while let Some(spot) = at {
            let line = self.line(spot);
            if row.saturating_add(line.letters()) > rows {
                break;
            }
            out.push((row, spot));
            row = row.saturating_add(line.rows);
            at = self.next(spot);
        }
        out
    }

    /// The top line for which `below` is the last line that fits into `rows` rows; `below` itself
    /// if it does not fit.
    fn top_for(&self, below: Spot, rows: u16) -> Spot {
        let mut top = below;
        let mut used = self.line(below).letters();
        while let Some(above) = self.prev(top) {
            used = used.saturating_add(self.line(above).rows);
            if used > rows {
                break;
            }
            top = above;
        }
        top
    }

    /// The top line that puts the end of the document at the bottom of a pane of `rows` rows.
    pub fn bottom(&self, rows: u16) -> Spot {
        self.top_for(self.last(), rows)
    }

    /// The top line after scrolling by `lines` lines (down if positive), at most to
    /// [`Self::bottom`].
    pub fn scroll(&self, top: Spot, lines: isize, rows: u16) -> Spot {
        let mut at = top;
        if lines == 0 {
            return top.min(self.bottom(rows));
        }
        if lines < 0 {
            for _ in 0..lines.unsigned_abs() {
                let Some(above) = self.prev(at) else { break };
                at = above;
            }
            return at;
        }
        let bottom = self.bottom(rows);
        for _ in 0..lines.unsigned_abs() {
            match self.next(at) {
                Some(below) if at < bottom => at = below,
                _ => break,
            }
        }
        at
    }

    /// The top line after a page `down` or up; one line of the old page stays visible.
    pub fn page(&self, top: Spot, rows: u16, down: bool) -> Spot {
        if down {
            let last = self.window(top, rows).last().map_or(top, |&(_, spot)| spot);
            let next = if last > top {
                last
            } else {
                self.next(top).unwrap_or(top)
            };
            return next.min(self.bottom(rows)).max(top);
        }
        let above = self.top_for(top, rows);
        if above < top {
            above
        } else {
            self.prev(top).unwrap_or(top)
        }
    }

    /// The progress of a reader who sees `rows` rows from `top` on.
    pub fn progress(&self, top: Spot, rows: u16) -> ReadingProgress {
        let total = self.bytes.last().copied().unwrap_or(0);
        let Some(&(_, last)) = self.window(top, rows).last() else {
            return ReadingProgress {
                seen: self.bytes.get(top.part).copied().unwrap_or(total),
                total,
            };
        };
        let seen = if self.next(last).is_none() {
            total
        } else {
            self.bytes.get(last.part).copied().unwrap_or(total) + self.line(last).range.end
        };
        ReadingProgress { seen, total }
    }

    /// Bytes of text above a line. The count does not depend on what has been laid out.
    pub fn bytes_above(&self, spot: Spot) -> usize {
        let total = self.bytes.last().copied().unwrap_or(0);
        self.bytes.get(spot.part).copied().unwrap_or(total) + self.line(spot).range.start
    }
}

#[cfg(test)]
#[path = "tests/layout.rs"]
mod tests;
