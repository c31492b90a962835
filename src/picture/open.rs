//! Opens a picture file. Its header is checked against limits before anything is decoded.

use std::io::Cursor;
use std::ops::Range;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView as _, ImageBuffer, ImageDecoder as _,
    ImageEncoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage, SubImage,
};

use super::bounds::{Bounds, PictureError};
use super::canvas::Extent;
use super::pixels::Pixels;

/// Largest width or height in pixels; no press picture has more.
const LONGEST_EDGE: u32 = 30_000;
/// Memory that decoding may take for each pixel, in bytes: four channels of sixteen bits, and a
/// copy.
const BYTES_A_PIXEL: u64 = 16;

/// A picture file whose size is known and within limits, and which is not decoded yet.
pub struct Opened<'a> {
    bytes: &'a [u8],
    format: ImageFormat,
    bounds: Bounds,
    /// Its size as it is to be seen, after the camera's orientation is applied.
    pub extent: Extent,
    orientation: Orientation,
}

/// Reads the header of a file.
///
/// # Errors
/// It is too large, broken, or of a format that is not supported.
pub fn open(bytes: &[u8], bounds: Bounds) -> Result<Opened<'_>, PictureError> {
    if bytes.len() as u64 > bounds.bytes {
        return Err(PictureError::TooLarge(format!("{} bytes", bytes.len())));
    }
    let format = image::guess_format(bytes).map_err(|_| PictureError::Unknown)?;
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif
    ) {
        return Err(PictureError::Unknown);
    }
    let mut decoder = reader(bytes, format, bounds)
        .into_decoder()
        .map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PictureError::Broken("no pixels".to_owned()));
    }
    if width > LONGEST_EDGE
        || height > LONGEST_EDGE
        || u64::from(width) * u64::from(height) > bounds.pixels
    {
        return Err(PictureError::TooLarge(format!("{width}×{height}")));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let extent = if is_turned(orientation) {
        Extent {
            width: height,
            height: width,
        }
    } else {
        Extent { width, height }
    };
    Ok(Opened {
        bytes,
        format,
        bounds,
        extent,
        orientation,
    })
}

impl Opened<'_> {
    /// Its pixels, scaled to exactly `size`: edges that don't fit are cropped evenly, and
    /// transparent parts are put on white, as on a page. Of an animation, the first frame.
    ///
    /// # Errors
    /// The file is broken, or decoding takes more memory than its size allows.
    pub fn scaled(&self, size: Extent) -> Result<Pixels, PictureError> {
        let picture = reader(self.bytes, self.format, self.bounds)
            .decode()
            .map_err(broken)?;
        // On white before it is scaled: what is under transparent parts is not to be averaged in.
        // And of all kinds of pixels only this one is scaled, turned and cut, by code that is there
        // once.
        let seen = turned(on_white(picture), self.orientation);
        let cut = cut_to(&seen, size);
        // Shrinking averages pixels; only enlarging needs interpolation.
        let (width, height) = (size.width, size.height);
        let scaled = if cut.width() >= width && cut.height() >= height {
            imageops::thumbnail(&*cut, width, height)
        } else {
            imageops::resize(&*cut, width, height, imageops::FilterType::CatmullRom)
        };
        Ok(Pixels::new(width, height, scaled.into_raw()))
    }
}

/// The picture, shrunk to that size; averages its pixels.
pub(super) fn thumbnail(pixels: &Pixels, width: u32, height: u32) -> Pixels {
    let raw = view(pixels).map(|view| imageops::thumbnail(&view, width, height).into_raw());
    Pixels::new(width, height, raw.unwrap_or_default())
}

/// Some rows of the picture as a JPEG of this quality, of 100.
pub(super) fn encoded(pixels: &Pixels, rows: Range<u32>, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = (pixels.width(), rows.end.saturating_sub(rows.start));
    let byte = |row: u32| row as usize * width as usize * 3;
    let cut = pixels.raw().get(byte(rows.start)..byte(rows.end))?;
    let mut packed = Vec::new();
    JpegEncoder::new_with_quality(&mut packed, quality)
        .encode(cut, width, height, ExtendedColorType::Rgb8)
        .ok()?;
    Some(packed)
}

/// A picture as a PNG file.
pub(super) fn png(pixels: &Pixels) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    PngEncoder::new(&mut packed)
        .write_image(
            pixels.raw(),
            pixels.width(),
            pixels.height(),
            ExtendedColorType::Rgb8,
        )
        .ok()?;
    Some(packed)
}

/// The pixels as the crate `image` knows them.
fn view(pixels: &Pixels) -> Option<ImageBuffer<Rgb<u8>, &[u8]>> {
    ImageBuffer::from_raw(pixels.width(), pixels.height(), pixels.raw())
}

fn reader(bytes: &[u8], format: ImageFormat, bounds: Bounds) -> ImageReader<Cursor<&[u8]>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_EDGE);
    limits.max_image_height = Some(LONGEST_EDGE);
    limits.max_alloc = Some(bounds.pixels.saturating_mul(BYTES_A_PIXEL).max(16 << 20));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader
}

fn broken(error: image::ImageError) -> PictureError {
    match error {
        image::ImageError::Limits(limit) => PictureError::TooLarge(limit.to_string()),
        image::ImageError::Unsupported(_) => PictureError::Unknown,
        other => PictureError::Broken(
            other
                .to_string()
                .chars()
                .filter(|c| !c.is_control())
                .take(120)
                .collect(),
        ),
    }
}

fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

fn turned(picture: RgbImage, orientation: Orientation) -> RgbImage {
    match orientation {
        Orientation::NoTransforms => picture,
        Orientation::Rotate90 => imageops::rotate90(&picture),
        Orientation::Rotate180 => imageops::rotate180(&picture),
        Orientation::Rotate270 => imageops::rotate270(&picture),
        Orientation::FlipHorizontal => imageops::flip_horizontal(&picture),
        Orientation::FlipVertical => imageops::flip_vertical(&picture),
        Orientation::Rotate90FlipH => imageops::flip_horizontal(&imageops::rotate90(&picture)),
        Orientation::Rotate270FlipH => imageops::flip_horizontal(&imageops::rotate270(&picture)),
    }
}

/// The centre of a picture, cropped to the aspect ratio of `size`.
fn cut_to(picture: &RgbImage, size: Extent) -> SubImage<&RgbImage> {
    let (width, height) = (u64::from(picture.width()), u64::from(picture.height()));
    let (across, down) = (u64::from(size.width.max(1)), u64::from(size.height.max(1)));
    let kept_width = (height * across / down).clamp(1, width);
    let kept_height = (width * down / across).clamp(1, height);
    let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    imageops::crop_imm(
        picture,
        narrow((width - kept_width) / 2),
        narrow((height - kept_height) / 2),
        narrow(kept_width),
        narrow(kept_height),
    )
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let seen_through = picture.into_rgba8();
    let mut out = RgbImage::new(seen_through.width(), seen_through.height());
    for (to, from) in out.pixels_mut().zip(seen_through.pixels()) {
        let alpha = u32::from(from.0[3]);
        to.0 =
            [0, 1, 2].map(|i| ((u32::from(from.0[i]) * alpha + 255 * (255 - alpha)) / 255) as u8);
    }
    out
}

#[cfg(test)]
#[path = "tests/open.rs"]
pub(crate) mod tests;
