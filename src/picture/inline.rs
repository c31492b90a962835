//! Inline image files, in iTerm2's protocol.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::open::encoded;
use super::pixels::Pixels;
use crate::text::PictureFrame;

/// JPEG quality of a strip, of 100.
const QUALITY: u8 = 85;

/// Some rows of pixels as an inline file, stretched over `cells`.
pub(super) fn strip(picture: &Pixels, rows: Range<u32>, cells: PictureFrame) -> Option<String> {
    let rows = rows.start.min(picture.height())..rows.end.min(picture.height());
    if rows.is_empty() {
        return None;
    }
    Some(file(&encoded(picture, rows, QUALITY)?, cells))
}

/// An image file, stretched over `cells`.
pub(super) fn file(packed: &[u8], cells: PictureFrame) -> String {
    let (columns, rows) = (cells.columns, cells.rows);
    let head = format!(
        "size={};width={columns};height={rows};preserveAspectRatio=0;doNotMoveCursor=1",
        packed.len()
    );
    format!(
        "\x1b]1337;File=inline=1;{head}:{}\x07",
        STANDARD.encode(packed)
    )
}

#[cfg(test)]
#[cfg(feature = "pictures")]
mod tests {
    use super::*;

    #[test]
    fn a_strip_is_a_picture_of_those_rows_alone() {
        let picture = Pixels::from_fn(16, 64, |_, y| [if y < 32 { 250 } else { 5 }; 3]);
        let escape = strip(
            &picture,
            32..64,
            PictureFrame {
                columns: 2,
                rows: 2,
            },
        )
        .unwrap();
        let (head, data) = escape.split_once(':').unwrap();
        assert!(head.contains("width=2;height=2"));
        let back =
            image::load_from_memory(&STANDARD.decode(data.trim_end_matches('\x07')).unwrap())
                .unwrap()
                .into_rgb8();
        assert_eq!(back.dimensions(), (16, 32));
        assert!(back.pixels().all(|p| p.0[0] < 30), "the dark half");
        assert_eq!(
            strip(
                &picture,
                64..70,
                PictureFrame {
                    columns: 2,
                    rows: 1
                }
            ),
            None
        );
    }
}
