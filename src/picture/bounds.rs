//! Limits for a picture, and why it is not shown.

/// Limits for a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The most bytes of the file.
    pub bytes: u64,
    /// The most pixels, width times height.
    pub pixels: u64,
}

/// Why a picture is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More bytes, or more pixels, than the settings allow.
    #[error("too large: {0}")]
    TooLarge(String),
    /// Not a JPEG, PNG, WebP or GIF.
    #[error("not a picture that can be shown")]
    Unknown,
    /// It begins like one of these formats but can't be decoded.
    #[error("broken: {0}")]
    Broken(String),
}
