//! Any picture as a small JPEG file, for what is read elsewhere: a format that every reading system
//! shows, of a size that suits a page, and without what the camera wrote into the original.

use super::bounds::{Bounds, PictureError};
use super::canvas::Extent;
use super::open::{encoded, open};

/// Longest edge in pixels: 200 dots an inch over the width of a printed column.
const LONGEST: u32 = 1280;
/// Shortest edge of what is a picture and not a dot for counting readers.
const SHORTEST: u32 = 32;
/// Quality of the encoder, 1 to 100.
const QUALITY: u8 = 78;

/// A JPEG file.
#[derive(Clone, Debug)]
pub struct Jpeg {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its size in pixels.
    pub extent: Extent,
}

/// The picture in `bytes` as a JPEG file of at most 1,280 pixels a side.
///
/// # Errors
/// It is no picture, exceeds the limits, or is too small to be one.
pub fn jpeg(bytes: &[u8], bounds: Bounds) -> Result<Jpeg, PictureError> {
    let opened = open(bytes, bounds)?;
    let Extent { width, height } = opened.extent;
    if width.min(height) < SHORTEST {
        return Err(PictureError::Broken(format!("{width}×{height}")));
    }
    let longest = width.max(height);
    let fit = |edge: u32| match longest > LONGEST {
        true => u32::try_from(u64::from(edge) * u64::from(LONGEST) / u64::from(longest))
            .unwrap_or(LONGEST)
            .max(1),
        false => edge,
    };
    let extent = Extent {
        width: fit(width),
        height: fit(height),
    };
    let pixels = opened.scaled(extent)?;
    let bytes = encoded(&pixels, 0..extent.height, QUALITY)
        .ok_or_else(|| PictureError::Broken(format!("{width}×{height}")))?;
    Ok(Jpeg { bytes, extent })
}

#[cfg(test)]
#[cfg(feature = "pictures")]
mod tests {
    use image::{ImageFormat, RgbaImage};

    use super::*;

    const BOUNDS: Bounds = Bounds {
        bytes: 10 << 20,
        pixels: 50_000_000,
    };

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = std::io::Cursor::new(Vec::new());
        RgbaImage::from_pixel(width, height, image::Rgba([9, 9, 9, 0]))
            .write_to(&mut out, ImageFormat::Png)
            .unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_picture_is_made_to_fit_and_what_is_none_is_refused() {
        let made = jpeg(&png(4000, 1000), BOUNDS).unwrap();
        assert_eq!((made.extent.width, made.extent.height), (1280, 320));
        let again = open(&made.bytes, BOUNDS).unwrap();
        assert_eq!(again.extent, made.extent);
        let white = again.scaled(made.extent).unwrap();
        assert!(
            white.colours().all(|p| p.iter().all(|c| *c > 250)),
            "transparent is white"
        );
        for bytes in [
            &b"<svg onload=alert(1)>"[..],
            b"",
            b"GIF89a",
            &png(1, 1),
            &png(600, 3),
        ] {
            assert!(jpeg(bytes, BOUNDS).is_err());
        }
        assert!(jpeg(&png(200, 200)[..60], BOUNDS).is_err());
    }
}
