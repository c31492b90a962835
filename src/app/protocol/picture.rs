//! What the picture workers are asked and answer.

use std::sync::Arc;

use super::failure::Failure;
use super::table::jobs;
use crate::news::Clean;
use crate::picture::{Canvas, DrawnPicture};
use crate::text::PictureFrame;

jobs! {
    /// Pictures, on threads of their own, so that no text waits for them.
    jobs PictureJob;
    /// What the picture workers answer.
    outcomes PictureOutcome;

    /// Fetches and draws a picture.
    Draw(PictureRequest) for slot: PictureSlot => Arc<DrawnPicture>,
}

/// Where a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureSlot {
    /// In the text: its index among the article's pictures.
    InText(usize),
    /// Alone on the screen.
    Zoomed,
}

/// Asks for a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureRequest {
    /// Where it will be shown.
    pub slot: PictureSlot,
    /// Its address.
    pub url: Clean,
    /// The address of the article that shows it.
    pub origin: Option<Clean>,
    /// How this terminal draws.
    pub canvas: Canvas,
    /// The cells that it may take.
    pub room: PictureFrame,
    /// The reader looks at it. Else the network is asked only after a short wait, in which the job
    /// may be cancelled.
    pub at_once: bool,
}
