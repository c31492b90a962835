//! Jobs of the picture workers and their results.

use std::sync::Arc;

use super::failure::Failure;
use super::table::jobs;
use crate::news::{ArticleId, Clean};
use crate::picture::{Canvas, DrawnPicture};
use crate::text::PictureFrame;

jobs! {
    /// Pictures, on threads of their own, so that loading text never waits for them.
    jobs PictureJob;
    /// The results of the picture workers' jobs.
    outcomes PictureOutcome;

    /// Fetches and draws a picture.
    Draw(PictureRequest) for slot: PictureSlot => Arc<DrawnPicture>,
}

/// Where a picture is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureSlot {
    /// In the text: the index among the article's pictures.
    InText(usize),
    /// Alone on the screen.
    Zoomed,
}

/// Asks for a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureRequest {
    /// Where it will be displayed.
    pub slot: PictureSlot,
    /// The picture's address.
    pub url: Clean,
    /// The article that shows it.
    pub article: Option<ArticleId>,
    /// Where that was read from ([`Article::origin`]); `None` where it is a file of the reader's
    /// that names no address, so that its pictures may be files too.
    pub origin: Option<Clean>,
    /// How this terminal draws pictures.
    pub canvas: Canvas,
    /// The largest frame that it may fill, in cells.
    pub room: PictureFrame,
    /// Whether the user is looking at its place now. Otherwise the download starts after a short
    /// wait, during which the job may be cancelled by scrolling on.
    pub at_once: bool,
}
