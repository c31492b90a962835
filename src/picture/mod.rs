//! Pictures: from the bytes of a file to what the terminal shows.
//!
//! * [`open`]    – bytes within bounds, decoded and scaled to whole cells, by the crate `image`; in
//!   `not_built.rs` what stands there in a program without the feature `pictures`
//! * [`pixels`]  – [`Pixels`]: what that gives · `bounds` – limits for a picture, and why it is not
//!   shown
//! * [`canvas`]  – [`Canvas`]: how this terminal draws pictures, and how large one is set
//! * [`drawn`]   – [`DrawnPicture`]: a picture ready for the screen, strip by strip
//! * [`flat`]    – the same for pictures of a few colours, such as lines of letters
//! * `sixel`, `palette`, `inline` – strips for terminals that take pixels in the stream
//! * [`placeholder`] – for kitty: sent once, shown by placeholder characters; `diacritics` –
//!   the marks that number their rows and columns
//!
//! `jpeg` makes of any picture a small file for editions, which are read elsewhere.
//!
//! Besides the terminal's own form, every picture is also kept as a grid of half blocks, which is
//! shown if something covers part of it.

mod bounds;
pub mod canvas;
mod diacritics;
pub mod drawn;
pub mod flat;
mod inline;
mod jpeg;
#[cfg(feature = "pictures")]
pub mod open;
#[cfg(not(feature = "pictures"))]
#[path = "not_built.rs"]
pub mod open;
mod palette;
pub mod pixels;
pub mod placeholder;
mod sixel;

pub use bounds::{Bounds, PictureError};
pub use canvas::{Canvas, Extent, Means};
pub use drawn::{DrawnPicture, Form};
pub use jpeg::{Jpeg, jpeg};
pub use open::open;
pub use palette::Indexed;
pub use pixels::Pixels;
