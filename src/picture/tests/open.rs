//! Files as cameras, sites and enemies make them.

use super::*;
use image::codecs::gif::GifEncoder;
use image::{Frame, Rgba, RgbaImage};

const BOUNDS: Bounds = Bounds {
    bytes: 1 << 20,
    pixels: 1 << 20,
};

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| {
        if x * 2 < width {
            Rgba([250, 0, 0, 255])
        } else {
            Rgba([0, 0, 250, 255])
        }
    })
}

fn packed(picture: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgba8(picture.clone());
    let picture = if format == ImageFormat::Jpeg {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    } else {
        picture
    };
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

#[test]
fn every_kind_opens_and_is_scaled_to_the_pixel() {
    for format in [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ] {
        let bytes = packed(&halves(64, 40), format);
        let opened = open(&bytes, BOUNDS).unwrap();
        assert_eq!(
            opened.extent,
            Extent {
                width: 64,
                height: 40
            },
            "{format:?}"
        );
        for size in [(20, 12), (200, 120), (64, 1)] {
            let pixels = opened
                .scaled(Extent {
                    width: size.0,
                    height: size.1,
                })
                .unwrap();
            assert_eq!((pixels.width(), pixels.height()), size);
            let (left, right) = (pixels.colour(0, 0), pixels.colour(size.0 - 1, 0));
            assert!(
                left[0] > 200 && left[2] < 60 && right[2] > 200 && right[0] < 60,
                "{format:?} {left:?} {right:?}"
            );
        }
    }
}

#[test]
fn of_a_film_the_first_picture_is_shown() {
    let mut bytes = Vec::new();
    let mut film = GifEncoder::new(&mut bytes);
    for grey in [200, 10, 90] {
        film.encode_frame(Frame::new(RgbaImage::from_pixel(
            8,
            8,
            Rgba([grey, grey, grey, 255]),
        )))
        .unwrap();
    }
    drop(film);
    let pixels = open(&bytes, BOUNDS)
        .unwrap()
        .scaled(Extent {
            width: 4,
            height: 4,
        })
        .unwrap();
    assert!(pixels.colours().all(|c| c[0].abs_diff(200) < 8));
}

#[test]
fn what_can_be_seen_through_lies_on_white() {
    let glass = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
    let pixels = open(&packed(&glass, ImageFormat::Png), BOUNDS)
        .unwrap()
        .scaled(Extent {
            width: 4,
            height: 4,
        })
        .unwrap();
    assert!(pixels.colours().all(|c| c == [255; 3]));
}

#[test]
fn what_is_under_transparent_parts_is_not_averaged_in() {
    let lace = RgbaImage::from_fn(8, 8, |x, _| match x % 2 {
        0 => Rgba([255, 255, 255, 255]),
        _ => Rgba([0, 0, 0, 0]),
    });
    let pixels = open(&packed(&lace, ImageFormat::Png), BOUNDS)
        .unwrap()
        .scaled(Extent {
            width: 4,
            height: 4,
        })
        .unwrap();
    assert!(pixels.colours().all(|c| c == [255; 3]));
}

/// A PNG whose head claims this size; its checksum is right, its pixels are missing.
pub(crate) fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend(width.to_be_bytes());
    png.extend(height.to_be_bytes());
    png.extend([8, 6, 0, 0, 0]);
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..]);
    png.extend(crc.sum().to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    png
}

#[test]
fn a_head_that_claims_too_much_is_refused_before_anything_is_unpacked() {
    for (width, height) in [
        (100_000, 100_000),
        (100_000, 1),
        (30_000, 30_000),
        (1025, 1024),
        (u32::MAX, u32::MAX),
    ] {
        let refused = open(&claiming(width, height), BOUNDS).err();
        assert!(
            matches!(
                refused,
                Some(PictureError::TooLarge(_) | PictureError::Broken(_))
            ),
            "{width}×{height}: {refused:?}"
        );
    }
    assert!(matches!(
        open(&claiming(100_000, 100_000), BOUNDS),
        Err(PictureError::TooLarge(_))
    ));
    assert!(open(&claiming(1024, 1024), BOUNDS).is_ok());
    let many = vec![0; (1 << 20) + 1];
    assert!(matches!(
        open(&many, BOUNDS),
        Err(PictureError::TooLarge(_))
    ));
}

#[test]
fn rubbish_and_halves_of_files_are_told_not_decoded() {
    for rubbish in [
        &b""[..],
        b"<html>",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"RIFF\0\0\0\0WEBP",
        b"<svg xmlns='x'/>",
        b"BM\0\0",
    ] {
        assert!(open(rubbish, BOUNDS).is_err(), "{rubbish:?}");
    }
    for format in [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ] {
        let whole = packed(&halves(64, 40), format);
        for cut in (0..whole.len()).step_by(7) {
            if let Ok(opened) = open(&whole[..cut], BOUNDS) {
                // A JPEG that ends early shows what there is.
                let _ = opened.scaled(Extent {
                    width: 8,
                    height: 8,
                });
            }
            let mut bent = whole.clone();
            bent[cut] ^= 0x55;
            if let Ok(opened) = open(&bent, BOUNDS) {
                let _ = opened.scaled(Extent {
                    width: 8,
                    height: 8,
                });
            }
        }
    }
}

#[test]
fn a_picture_is_turned_as_its_camera_was_held() {
    // An EXIF block that says "rotated by 90°" behind the start of a JPEG.
    let mut bytes = packed(&halves(64, 40), ImageFormat::Jpeg);
    let mut exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut segment = vec![0xff, 0xe1, length[0], length[1]];
    segment.append(&mut exif);
    bytes.splice(2..2, segment);
    let opened = open(&bytes, BOUNDS).unwrap();
    assert_eq!(
        opened.extent,
        Extent {
            width: 40,
            height: 64
        }
    );
    let pixels = opened
        .scaled(Extent {
            width: 20,
            height: 32,
        })
        .unwrap();
    assert!(pixels.colour(10, 1)[0] > 200 && pixels.colour(10, 30)[2] > 200);
}
