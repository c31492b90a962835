//! A line of letters as the terminal takes it: whole, or cut where something covers a part of it.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::composer::{Composed, MissingLetter};
use crate::picture::placeholder::KittyPicture;
use crate::picture::{Canvas, Indexed, Means, flat};
use crate::text::PictureFrame;

/// A line of letters as a picture.
pub struct LetterStrip {
    /// The cells that it takes.
    pub frame: PictureFrame,
    /// Letters that are missing in it.
    pub holes: Vec<MissingLetter>,
    picture: Indexed,
    cell: (u16, u16),
    means: Means,
    /// What is sent for the whole strip, once it was asked for.
    whole: OnceLock<Option<Arc<str>>>,
    /// For kitty's protocol: the picture as it is stored in the terminal.
    stored: Option<KittyPicture>,
}

impl fmt::Debug for LetterStrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LetterStrip({}×{})", self.frame.columns, self.frame.rows)
    }
}

impl LetterStrip {
    /// A strip for this terminal. `name` is its number in kitty's protocol.
    pub fn new(composed: Composed, canvas: &Canvas, name: u32) -> Self {
        let Composed { picture, holes } = composed;
        let cells = |pixels: u32, cell: u16| {
            u16::try_from(pixels / u32::from(cell.max(1))).unwrap_or(u16::MAX)
        };
        let frame = PictureFrame {
            columns: cells(picture.width(), canvas.cell.0),
            rows: cells(picture.height(), canvas.cell.1),
        };
        let is_stored = canvas.means == Means::Placed;
        Self {
            frame,
            holes,
            stored: is_stored.then(|| flat::placed(&picture, frame, name, canvas)),
            picture,
            cell: canvas.cell,
            means: canvas.means,
            whole: OnceLock::new(),
        }
    }

    /// The picture as the terminal stores it, where it does.
    pub fn stored(&self) -> Option<&KittyPicture> {
        self.stored.as_ref()
    }

    /// The sequence that draws some of its cells at the cursor; `None` if the terminal is not sent
    /// pixels that way.
    pub fn part(&self, columns: Range<u16>, rows: Range<u16>) -> Option<Arc<str>> {
        let cells = PictureFrame {
            columns: columns.end.saturating_sub(columns.start),
            rows: rows.end.saturating_sub(rows.start),
        };
        if cells == self.frame {
            let whole = || flat::sequence(&self.picture, self.means, cells).map(Arc::from);
            return self.whole.get_or_init(whole).clone();
        }
        let pixels = |cells: Range<u16>, cell: u16| {
            u32::from(cells.start) * u32::from(cell)..u32::from(cells.end) * u32::from(cell)
        };
        let part = self
            .picture
            .cut(pixels(columns, self.cell.0), pixels(rows, self.cell.1));
        flat::sequence(&part, self.means, cells).map(Arc::from)
    }

    /// Its pixels.
    pub fn picture(&self) -> &Indexed {
        &self.picture
    }

    /// About how much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        let sent = self.stored.as_ref().map_or(0, |s| s.sequence().len());
        self.picture.width() as usize * self.picture.height() as usize * 2 + sent
    }
}
