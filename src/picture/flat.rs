//! Pictures of a few colours, such as lines of letters, as the terminal takes them.

use super::canvas::{Canvas, Means};
use super::open::png;
use super::palette::Indexed;
use super::placeholder::KittyPicture;
use super::{inline, sixel};
use crate::text::PictureFrame;

/// The sequence that draws a picture over `cells` at the cursor; `None` where the terminal is not
/// sent pixels that way.
pub fn sequence(picture: &Indexed, means: Means, cells: PictureFrame) -> Option<String> {
    match means {
        Means::Blocks | Means::Placed => None,
        Means::Sixel => Some(sixel::strip(picture, 0..picture.height())),
        // A JPEG would blur the edges of letters, and be larger.
        Means::Inline => Some(inline::file(&png(&picture.pixels())?, cells)),
    }
}

/// The picture to be stored in the terminal under `name`.
pub fn placed(picture: &Indexed, cells: PictureFrame, name: u32, canvas: &Canvas) -> KittyPicture {
    KittyPicture::new(&picture.pixels(), cells, name, canvas.wrapped)
}
