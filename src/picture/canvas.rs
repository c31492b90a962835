//! How this terminal draws pictures, and how many cells one takes.

use crate::text::PictureFrame;

/// How many times larger than its own pixels a picture may be drawn; beyond that it looks blurred.
const LARGEST_SCALE: f64 = 2.0;

/// A size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Extent {
    /// The usual shape of a press picture, assumed until the picture is loaded.
    pub const USUAL: Self = Self {
        width: 1200,
        height: 800,
    };
}

/// A protocol for drawing pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Means {
    /// Half blocks: two coloured pixels in each cell.
    #[default]
    Blocks,
    /// kitty's graphics protocol with Unicode placeholders.
    Placed,
    /// Sixels.
    Sixel,
    /// iTerm2's inline images.
    Inline,
}

/// How this terminal draws pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Canvas {
    /// The protocol.
    pub means: Means,
    /// Width and height of a cell, in pixels.
    pub cell: (u16, u16),
    /// The most colours that a sixel picture may have.
    pub colours: u16,
    /// The largest picture that the terminal takes, in pixels.
    pub largest: Extent,
    /// Whether sequences have to be wrapped for tmux to pass them on.
    pub wrapped: bool,
}

impl Default for Canvas {
    fn default() -> Self {
        let largest = Extent {
            width: u32::MAX,
            height: u32::MAX,
        };
        Self {
            means: Means::Blocks,
            cell: (10, 20),
            colours: 256,
            largest,
            wrapped: false,
        }
    }
}

impl Canvas {
    /// The cells that a picture takes if at most `room` is available.
    pub fn frame(&self, extent: Extent, room: PictureFrame) -> PictureFrame {
        let (cell_width, cell_height) =
            (f64::from(self.cell.0.max(1)), f64::from(self.cell.1.max(1)));
        let (width, height) = (
            f64::from(extent.width.max(1)),
            f64::from(extent.height.max(1)),
        );
        let across = f64::from(room.columns) * cell_width;
        let down = f64::from(room.rows) * cell_height;
        let scale = [across / width, down / height, LARGEST_SCALE]
            .into_iter()
            .chain([
                f64::from(self.largest.width) / width,
                f64::from(self.largest.height) / height,
            ])
            .fold(f64::INFINITY, f64::min);
        let cells = |pixels: f64, cell: f64, most: u16| {
            ((pixels * scale / cell).round() as u16).clamp(1, most.max(1))
        };
        let columns = cells(width, cell_width, room.columns);
        let rows = cells(height, cell_height, room.rows);
        // Rounding up may make it a cell larger than the terminal accepts.
        let fits =
            |n: u16, cell: f64, most: u32| (f64::from(n) * cell <= f64::from(most)) || n == 1;
        PictureFrame {
            columns: if fits(columns, cell_width, self.largest.width) {
                columns
            } else {
                columns - 1
            },
            rows: if fits(rows, cell_height, self.largest.height) {
                rows
            } else {
                rows - 1
            },
        }
    }

    /// The size of a frame in pixels.
    pub fn pixels(&self, frame: PictureFrame) -> Extent {
        Extent {
            width: u32::from(frame.columns) * u32::from(self.cell.0.max(1)),
            height: u32::from(frame.rows) * u32::from(self.cell.1.max(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: PictureFrame = PictureFrame {
        columns: 80,
        rows: 20,
    };

    #[test]
    fn a_picture_fills_the_column_or_its_height() {
        let canvas = Canvas::default();
        assert_eq!(
            canvas.frame(
                Extent {
                    width: 1600,
                    height: 400
                },
                ROOM
            ),
            PictureFrame {
                columns: 80,
                rows: 10
            }
        );
        assert_eq!(
            canvas.frame(
                Extent {
                    width: 400,
                    height: 1600
                },
                ROOM
            ),
            PictureFrame {
                columns: 10,
                rows: 20
            }
        );
        assert_eq!(
            canvas.frame(
                Extent {
                    width: 20,
                    height: 20
                },
                ROOM
            ),
            PictureFrame {
                columns: 4,
                rows: 2
            },
            "not blown up"
        );
    }

    #[test]
    fn no_shape_is_without_a_cell_or_outside_the_room() {
        let canvas = Canvas::default();
        for extent in [
            (1, 100_000),
            (100_000, 1),
            (1, 1),
            (0, 0),
            (u32::MAX, u32::MAX),
        ] {
            let frame = canvas.frame(
                Extent {
                    width: extent.0,
                    height: extent.1,
                },
                ROOM,
            );
            assert!(
                frame.columns >= 1 && frame.rows >= 1 && frame.columns <= 80 && frame.rows <= 20,
                "{extent:?}"
            );
        }
        assert_eq!(
            canvas.frame(
                Extent::USUAL,
                PictureFrame {
                    columns: 0,
                    rows: 0
                }
            ),
            PictureFrame {
                columns: 1,
                rows: 1
            }
        );
    }

    #[test]
    fn no_picture_is_larger_than_the_terminal_takes() {
        let largest = Extent {
            width: 505,
            height: 390,
        };
        let canvas = Canvas {
            largest,
            ..Canvas::default()
        };
        let pixels = canvas.pixels(canvas.frame(
            Extent {
                width: 3000,
                height: 2400,
            },
            ROOM,
        ));
        assert!(pixels.width <= 505 && pixels.height <= 390, "{pixels:?}");
    }
}
