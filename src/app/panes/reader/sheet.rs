//! A text as set for the reader pane, with the line at its top, and ranges of such a text.

use std::ops::Range;
use std::sync::Arc;

use crate::app::input::action::Action;
use crate::text::{Anchor, Document, Layout, Measure, PartSource, PictureFrame, Spot};

/// A text as set, and the line at its top.
#[derive(Debug)]
pub struct Sheet {
    layout: Layout,
    /// The topmost line shown.
    top: Spot,
    /// The place that the user brought to the top. It moves only when they move, so that going
    /// through other widths and sizes and back ends where it began.
    held: Anchor,
    /// The rows of the pane; 0 until they are known.
    rows: u16,
}

/// Bytes of one part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRange {
    /// The part's index in the document.
    pub part: usize,
    /// Bytes of its text.
    pub bytes: Range<usize>,
}

impl PartRange {
    /// All of the text of `part` of `document`.
    pub fn whole(part: usize, document: &Document) -> Option<Self> {
        let bytes = 0..document.parts.get(part)?.text.len();
        Some(Self { part, bytes })
    }

    /// Its first byte.
    pub fn start(&self) -> Anchor {
        Anchor {
            part: self.part,
            byte: self.bytes.start,
        }
    }
}

impl Sheet {
    /// Sets `document`, its first line at the top.
    pub fn new(document: Document, measure: &Measure) -> Self {
        let layout = Layout::new(Arc::new(document), measure.clone());
        let top = layout.first();
        let held = layout.anchor(top);
        Self {
            layout,
            top,
            held,
            rows: 0,
        }
    }

    /// Sets `document` in place of the text of `before`, whose parts stand where `moved` says: what
    /// was at the top stays there, except at the very beginning, and pictures keep their room.
    pub fn replacing(
        before: &Self,
        document: Document,
        pictures: impl Iterator<Item = usize>,
        moved: impl Fn(usize) -> usize,
        measure: &Measure,
    ) -> Self {
        let mut sheet = Self {
            rows: before.rows,
            ..Self::new(document, measure)
        };
        for part in pictures {
            sheet.layout.reserve(moved(part), before.layout.frame(part));
        }
        if before.top != before.layout.first() {
            sheet.held = Anchor {
                part: moved(before.held.part),
                ..before.held
            };
            sheet.stay();
        }
        sheet
    }

    /// The lines that the text was broken into.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The topmost line shown.
    pub fn top(&self) -> Spot {
        self.top
    }

    /// The document that is set.
    pub fn document(&self) -> &Document {
        self.layout.document()
    }

    /// The index of the first part that comes from `source`.
    pub fn part_of(&self, source: PartSource) -> Option<usize> {
        self.document()
            .parts
            .iter()
            .position(|p| p.source == source)
    }

    /// The place in the text of the topmost line shown.
    pub fn top_anchor(&self) -> Anchor {
        self.layout.anchor(self.top)
    }

    /// Brings the first line to the top.
    pub fn put_first(&mut self) {
        self.put(self.layout.first());
    }

    /// Brings the line of `anchor` to the top.
    pub fn put_anchor(&mut self, anchor: Anchor) {
        self.put(self.layout.spot(anchor));
    }

    /// Brings the line of `anchor` to the top, or as near to it as a full pane allows.
    pub fn put_anchor_in_page(&mut self, anchor: Anchor, rows: u16) {
        let spot = self.layout.spot(anchor);
        self.put(self.layout.scroll(spot, 0, rows));
    }

    /// The parts that have rows in view, from the top.
    pub fn parts_in_view(&self, rows: u16) -> Vec<usize> {
        let window = self.layout.window(self.top, rows);
        let mut parts: Vec<usize> = window.into_iter().map(|(_, spot)| spot.part).collect();
        parts.dedup();
        parts
    }

    /// Sets the text anew where the measure is another one, for a pane of so many rows.
    pub fn settle(&mut self, measure: &Measure, rows: u16) {
        let is_same = self.layout.measure() == measure;
        if !is_same {
            self.layout = Layout::new(self.layout.document().clone(), measure.clone());
        }
        if !is_same || self.rows != rows {
            self.rows = rows;
            self.stay();
        }
    }

    /// Keeps room for a picture in a part's place, or gives it back.
    pub fn reserve(&mut self, part: usize, frame: Option<PictureFrame>) {
        self.layout.reserve(part, frame);
        self.stay();
    }

    /// Brings the text that was at the top there again, or as near to it as a full pane allows.
    fn stay(&mut self) {
        self.top = self
            .layout
            .scroll(self.layout.spot(self.held), 0, self.rows);
    }

    /// Brings a line to the top.
    fn put(&mut self, top: Spot) {
        self.top = top;
        self.held = self.layout.anchor(top);
    }

    /// Moves by an action; `rows` is the pane's height.
    pub fn go(&mut self, action: Action, count: usize, rows: u16) {
        let lines = isize::try_from(count).unwrap_or(isize::MAX);
        let layout = &self.layout;
        let top = match action {
            Action::Down => layout.scroll(self.top, lines, rows),
            Action::Up => layout.scroll(self.top, -lines, rows),
            Action::HalfPageDown => layout.scroll(self.top, lines * half(rows), rows),
            Action::HalfPageUp => layout.scroll(self.top, -lines * half(rows), rows),
            Action::PageDown => (0..count).fold(self.top, |top, _| layout.page(top, rows, true)),
            Action::PageUp => (0..count).fold(self.top, |top, _| layout.page(top, rows, false)),
            Action::First => layout.first(),
            Action::Last => layout.bottom(rows),
            _ => self.top,
        };
        self.put(top);
    }

    /// Brings the line of `anchor` into view, a third down where it has to scroll.
    pub fn show(&mut self, anchor: Anchor, rows: u16) {
        let spot = self.layout.spot(anchor);
        if !self
            .layout
            .window(self.top, rows)
            .iter()
            .any(|(_, s)| *s == spot)
        {
            // Counted in rows: a line of large letters has many.
            let third = u16::try_from(half(rows) * 2 / 3).unwrap_or(0);
            let (mut top, mut above) = (spot, 0_u16);
            while let Some(line) = self.layout.prev(top) {
                above = above.saturating_add(self.layout.line(line).rows);
                if above > third {
                    break;
                }
                top = line;
            }
            self.put(top);
        }
    }

    /// Brings a stretch of text into view, its beginning before its end.
    pub fn show_range(&mut self, range: &PartRange, rows: u16) {
        for byte in [range.bytes.end.saturating_sub(1), range.bytes.start] {
            self.show(
                Anchor {
                    part: range.part,
                    byte,
                },
                rows,
            );
        }
    }
}

fn half(rows: u16) -> isize {
    (rows / 2).max(1) as isize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Clean;
    use crate::text::{Part, PartRole, WidthPolicy};

    /// The rows of the pane that lines stand in.
    fn filled(sheet: &Sheet, rows: u16) -> u16 {
        let window = sheet.layout.window(sheet.top, rows);
        let height = |spot: Spot| sheet.layout.line(spot).rows;
        window.into_iter().map(|(_, spot)| height(spot)).sum()
    }

    #[test]
    fn the_end_of_a_text_fills_the_pane_whatever_becomes_smaller() {
        let words = "다리를 놓자는 말은 네 해 전부터 나왔다. ".repeat(6);
        let part = |role| Part::new(role, Clean::line(&words), PartSource::Other);
        let mut parts: Vec<Part> = (0..20).map(|_| part(PartRole::Paragraph)).collect();
        parts.insert(15, part(PartRole::Image));
        let measure = |width| Measure::plain(width, WidthPolicy::default());
        let frame = |rows| Some(PictureFrame { columns: 30, rows });
        let mut sheet = Sheet::new(Document { parts }, &measure(20));
        sheet.settle(&measure(20), 20);
        sheet.reserve(15, frame(12));
        sheet.go(Action::Last, 1, 20);
        let held = sheet.top_anchor();
        // Other letters, a smaller picture, none, and a taller pane.
        sheet.settle(&measure(80), 20);
        assert!(filled(&sheet, 20) >= 18, "{}", filled(&sheet, 20));
        sheet.reserve(15, frame(4));
        assert!(filled(&sheet, 20) >= 18, "{}", filled(&sheet, 20));
        sheet.reserve(15, None);
        assert!(filled(&sheet, 20) >= 18, "{}", filled(&sheet, 20));
        sheet.settle(&measure(80), 40);
        assert!(filled(&sheet, 40) >= 38, "{}", filled(&sheet, 40));
        // And back.
        sheet.settle(&measure(20), 20);
        sheet.reserve(15, frame(12));
        assert_eq!(sheet.top_anchor(), held);
    }
}
