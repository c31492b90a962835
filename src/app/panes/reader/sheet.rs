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
        Self { layout, top, held }
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
        let mut sheet = Self::new(document, measure);
        for part in pictures {
            sheet.layout.reserve(moved(part), before.layout.frame(part));
        }
        if before.top != before.layout.first() {
            sheet.held = Anchor {
                part: moved(before.held.part),
                ..before.held
            };
            sheet.top = sheet.layout.spot(sheet.held);
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

    /// Sets the text anew where the measure is another one; the text at the top stays at the top,
    /// or as near to it as a full pane allows.
    pub fn settle(&mut self, measure: &Measure, rows: u16) {
        if self.layout.measure() != measure {
            self.layout = Layout::new(self.layout.document().clone(), measure.clone());
            self.top = self.layout.scroll(self.layout.spot(self.held), 0, rows);
        }
    }

    /// Keeps room for a picture in a part's place, or gives it back; the text at the top stays at
    /// the top.
    pub fn reserve(&mut self, part: usize, frame: Option<PictureFrame>) {
        self.layout.reserve(part, frame);
        self.top = self.layout.spot(self.held);
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
