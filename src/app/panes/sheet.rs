//! A text as set for the reader pane, with the line at its top, and ranges of such a text.

use std::ops::Range;
use std::sync::Arc;

use crate::app::input::action::Action;
use crate::text::{Anchor, Document, Layout, Measure, PictureFrame, Spot};

/// A text as set, and the line at its top.
#[derive(Debug)]
pub struct Sheet {
    /// The lines.
    pub layout: Layout,
    /// The topmost line shown.
    pub top: Spot,
    /// The place that the reader brought to the top. It moves only when they move, so that going
    /// through other widths and sizes and back ends where it began.
    pub held: Anchor,
}

/// Bytes of one part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRange {
    /// The part's index in the document.
    pub part: usize,
    /// Bytes of its text.
    pub bytes: Range<usize>,
}

impl Sheet {
    /// Sets `document`, its first line at the top.
    pub fn new(document: Document, measure: &Measure) -> Self {
        let layout = Layout::new(Arc::new(document), measure.clone());
        let top = layout.first();
        let held = layout.anchor(top);
        Self { layout, top, held }
    }

    /// Sets the text anew where the measure is another one; the text at the top stays at the top.
    pub fn settle(&mut self, measure: &Measure) {
        if self.layout.measure() != measure {
            self.layout = Layout::new(self.layout.document().clone(), measure.clone());
            self.top = self.layout.spot(self.held);
        }
    }

    /// Keeps room for a picture in a part's place, or gives it back; the text at the top stays at
    /// the top.
    pub fn reserve(&mut self, part: usize, frame: Option<PictureFrame>) {
        self.layout.reserve(part, frame);
        self.top = self.layout.spot(self.held);
    }

    /// Brings a line to the top.
    pub fn put(&mut self, top: Spot) {
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
