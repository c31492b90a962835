//! A picture prepared for the terminal.

use std::fmt;
use std::ops::Range;

use super::bounds::PictureError;
use super::canvas::{Canvas, Extent, Means};
use super::open::{Opened, thumbnail};
use super::palette::{Indexed, indexed};
use super::pixels::Pixels;
use super::placeholder::KittyPicture;
use super::{inline, sixel};
use crate::text::PictureFrame;

/// A picture prepared for this terminal.
#[derive(Clone, PartialEq)]
pub struct DrawnPicture {
    /// The cells that it takes.
    pub frame: PictureFrame,
    /// The size of the original file, in pixels.
    pub extent: Extent,
    /// The terminal that it was drawn for.
    pub canvas: Canvas,
    /// Two colours for each cell, upper and lower, row by row.
    cells: Vec<[[u8; 3]; 2]>,
    /// The form that the terminal draws, if it can do better than half blocks.
    pub form: Form,
}

/// A form that the terminal shows better than half blocks.
#[derive(Clone, PartialEq)]
pub enum Form {
    /// None; the picture is drawn with half blocks.
    Blocks,
    /// For kitty: placeholder characters.
    Placed(KittyPicture),
    /// Sixels, which can be cut to any rows, and the height of a cell in pixels.
    Sixel(Indexed, u16),
    /// Inline files, which can be cut to any rows, and the height of a cell in pixels.
    Inline(Pixels, u16),
}

impl fmt::Debug for DrawnPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "DrawnPicture({}×{})",
            self.frame.columns, self.frame.rows
        )
    }
}

impl DrawnPicture {
    /// Draws an opened picture to fit `room`. `name` identifies it in the terminal.
    ///
    /// # Errors
    /// As [`Opened::scaled`].
    pub fn new(
        opened: &Opened<'_>,
        canvas: &Canvas,
        room: PictureFrame,
        name: u32,
    ) -> Result<Self, PictureError> {
        let frame = canvas.frame(opened.extent, room);
        let pixels = opened.scaled(canvas.pixels(frame))?;
        let form = match canvas.means {
            Means::Blocks => Form::Blocks,
            Means::Placed => Form::Placed(KittyPicture::new(&pixels, frame, name, canvas.wrapped)),
            Means::Sixel => Form::Sixel(indexed(&pixels, canvas.colours), canvas.cell.1.max(1)),
            Means::Inline => Form::Inline(pixels.clone(), canvas.cell.1.max(1)),
        };
        Ok(Self {
            frame,
            extent: opened.extent,
            canvas: *canvas,
            cells: half_blocks(&pixels, frame),
            form,
        })
    }

    /// The upper and the lower colour of a cell.
    pub fn colours(&self, column: u16, row: u16) -> [[u8; 3]; 2] {
        let at = usize::from(row) * usize::from(self.frame.columns) + usize::from(column);
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// The sequence that draws some rows of cells; `None` if the terminal is not sent pixels that
    /// way.
    pub fn strip(&self, rows: Range<u16>) -> Option<String> {
        let of_cells = |height: u16| {
            u32::from(rows.start) * u32::from(height)..u32::from(rows.end) * u32::from(height)
        };
        match &self.form {
            Form::Blocks | Form::Placed(_) => None,
            Form::Sixel(picture, height) => Some(sixel::strip(picture, of_cells(*height))),
            Form::Inline(picture, height) => {
                let cells = PictureFrame {
                    columns: self.frame.columns,
                    rows: rows.end.saturating_sub(rows.start),
                };
                inline::strip(picture, of_cells(*height), cells)
            }
        }
    }
}

fn half_blocks(pixels: &Pixels, frame: PictureFrame) -> Vec<[[u8; 3]; 2]> {
    let (columns, rows) = (u32::from(frame.columns), u32::from(frame.rows));
    let small = thumbnail(pixels, columns, rows * 2);
    (0..rows)
        .flat_map(|y| (0..columns).map(move |x| (x, y)))
        .map(|(x, y)| [small.colour(x, 2 * y), small.colour(x, 2 * y + 1)])
        .collect()
}
