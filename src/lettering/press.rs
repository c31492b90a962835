//! Makes strips and keeps those that may be shown again, and knows the strips of the current frame.
//!
//! The view writes a mark into each cell of a strip; whatever is drawn over the strip replaces the
//! marks. At the end of the frame, the cells that still have theirs show the strip.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::composer::{LetterLine, compose};
use super::fonts::LetterFonts;
use super::setting::{LineText, SetCluster, set};
use super::strip::LetterStrip;
use crate::glyph::{LinePiece, Shape};
use crate::picture::Canvas;

/// Most memory that kept strips take, in bytes, apart from those of the current frame.
const MOST_KEPT: usize = 24 << 20;
/// Most strips kept; fewer than the numbers that a picture may have in kitty's protocol.
const MOST_STRIPS: usize = 200;
/// Most pixels of all strips of a frame: about the text of a screen of 4K. In sixels these are
/// about a megabyte.
const MOST_PIXELS: usize = 5_000_000;
/// The first of the private characters that mark the cells of strips.
const FIRST_MARK: u32 = 0x10_0000;
/// Most strips in a frame.
const MOST_PLACED: usize = 0xFFF0;

/// A strip with its upper left corner on the screen. It may reach over the edge of its area.
#[derive(Clone, Debug)]
pub struct PlacedStrip {
    /// The strip.
    pub strip: Arc<LetterStrip>,
    /// Column and row.
    pub corner: (u16, u16),
}

/// Makes and keeps strips.
#[derive(Debug)]
pub struct LetterPress {
    fonts: LetterFonts,
    /// The highest byte of the strips' numbers in kitty's protocol.
    mark: u32,
    state: Mutex<PressState>,
}

impl PartialEq for LetterPress {
    /// Whether both are the same press.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

#[derive(Debug, Default)]
struct PressState {
    strips: HashMap<(LetterLine, Canvas), KeptStrip>,
    /// Frames so far.
    frame: u64,
    placed: Vec<PlacedStrip>,
    /// Pixels of the strips placed in this frame.
    pixels: usize,
}

#[derive(Debug)]
struct KeptStrip {
    strip: Arc<LetterStrip>,
    /// The lowest byte of its number.
    number: u8,
    /// The frame that showed it last.
    shown: u64,
}

impl LetterPress {
    /// A press for these fonts. `process` tells apart the programs that draw in one terminal.
    pub fn new(fonts: LetterFonts, process: u32) -> Self {
        Self {
            fonts,
            // Other marks than those of pictures, which are `process % 255 + 1`.
            mark: (process.wrapping_add(127) % 255 + 1) << 24,
            state: Mutex::default(),
        }
    }

    /// Whether it has a font; without one, letters are bitmaps.
    pub fn has_font(&self) -> bool {
        self.fonts.has_outlines()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, PressState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a frame, which has no strips yet.
    pub fn begin_frame(&self) {
        let mut state = self.state();
        state.frame += 1;
        state.pixels = 0;
        state.placed.clear();
    }

    /// The strip of a line; `None` if it can't be drawn, or would be too much for one frame.
    pub fn strip(&self, line: LetterLine, canvas: &Canvas) -> Option<Arc<LetterStrip>> {
        let mut state = self.state();
        let frame = state.frame;
        let key = (line, *canvas);
        let pixels = |strip: &LetterStrip| {
            let picture = strip.picture();
            picture.width() as usize * picture.height() as usize
        };
        if let Some(kept) = state.strips.get_mut(&key) {
            kept.shown = frame;
            let strip = kept.strip.clone();
            state.pixels += pixels(&strip);
            return Some(strip).filter(|_| state.pixels <= MOST_PIXELS);
        }
        let (columns, rows) = (
            key.0.scale.columns(key.0.policy.width(&key.0.text), 0),
            key.0.scale.rows(),
        );
        let needed =
            columns * usize::from(rows) * usize::from(canvas.cell.0) * usize::from(canvas.cell.1);
        if state.pixels + needed > MOST_PIXELS {
            return None;
        }
        let composed = compose(&self.fonts, &key.0)?;
        state.make_room();
        let number = state.free_number()?;
        let strip = Arc::new(LetterStrip::new(
            composed,
            canvas,
            self.mark | u32::from(number),
        ));
        state.pixels += pixels(&strip);
        let kept = KeptStrip {
            strip: strip.clone(),
            number,
            shown: frame,
        };
        state.strips.insert(key, kept);
        Some(strip)
    }

    /// Where the letters of a line stand, in columns; `None` where it is not drawn as a picture.
    pub fn pieces(
        &self,
        line: LineText<'_>,
        is_bold: impl Fn(usize) -> bool,
    ) -> Option<Vec<LinePiece>> {
        let set = set(&self.fonts, line, is_bold)?;
        let column = |x: f32| (x / f32::from(line.cell.0.max(1))).round() as usize;
        let piece = |cluster: &SetCluster| {
            let (left, right) = cluster.edges;
            LinePiece {
                bytes: cluster.bytes.clone(),
                column: column(left),
                columns: column(right) - column(left),
                shape: Shape::Drawn,
            }
        };
        Some(set.clusters.iter().map(piece).collect())
    }

    /// Places a strip in the frame; returns the mark for its cells, `None` if there are too many.
    pub fn place(&self, strip: Arc<LetterStrip>, corner: (u16, u16)) -> Option<char> {
        let mut state = self.state();
        if state.placed.len() >= MOST_PLACED {
            return None;
        }
        let mark = char::from_u32(FIRST_MARK + u32::try_from(state.placed.len()).ok()?);
        state.placed.push(PlacedStrip { strip, corner });
        mark
    }

    /// The strips of the frame.
    pub fn placed(&self) -> Vec<PlacedStrip> {
        self.state().placed.clone()
    }

    /// Memory that the kept strips take, in bytes, and their number.
    pub fn kept(&self) -> (usize, usize) {
        let state = self.state();
        (state.weight(), state.strips.len())
    }
}

/// The place of a strip among those of the frame, by the mark of a cell.
pub fn index_of(symbol: &str) -> Option<usize> {
    let mut characters = symbol.chars();
    let mark = u32::from(characters.next()?).checked_sub(FIRST_MARK)?;
    characters.next().is_none().then_some(mark as usize)
}

impl PressState {
    fn weight(&self) -> usize {
        self.strips.values().map(|kept| kept.strip.weight()).sum()
    }

    /// Drops the strips that were shown longest ago, until there is room for one more.
    fn make_room(&mut self) {
        let mut weight = self.weight();
        while weight > MOST_KEPT || self.strips.len() >= MOST_STRIPS {
            let old = self
                .strips
                .iter()
                .filter(|(_, kept)| kept.shown < self.frame);
            let Some(key) = old
                .min_by_key(|(_, kept)| kept.shown)
                .map(|(key, _)| key.clone())
            else {
                return;
            };
            if let Some(kept) = self.strips.remove(&key) {
                weight = weight.saturating_sub(kept.strip.weight());
            }
        }
    }

    /// A number that no kept strip has.
    fn free_number(&self) -> Option<u8> {
        (1..=u8::MAX).find(|n| self.strips.values().all(|kept| kept.number != *n))
    }
}

#[cfg(test)]
#[path = "tests/press.rs"]
mod tests;
