//! Sixels: bands of six pixel rows, drawn one colour after another.

use std::fmt::Write as _;
use std::ops::Range;

use super::palette::Indexed;

/// Pixel rows in a band.
const BAND: u32 = 6;

/// Some pixel rows of a picture as a sixel image of exactly that height.
pub(super) fn strip(picture: &Indexed, rows: Range<u32>) -> String {
    let rows = rows.start.min(picture.height)..rows.end.min(picture.height);
    let width = picture.width as usize;
    let mut out = String::with_capacity(width * rows.len() / 2 + 4096);
    // Pixels that are not painted are left as they are (P2 = 1), because the last band may be
    // taller than the picture.
    let _ = write!(
        out,
        "\x1bP0;1;0q\"1;1;{};{}",
        picture.width,
        rows.end.saturating_sub(rows.start)
    );
    for (index, [r, g, b]) in picture.palette.iter().enumerate() {
        let percent = |c: u8| (u32::from(c) * 100 + 127) / 255;
        let _ = write!(
            out,
            "#{index};2;{};{};{}",
            percent(*r),
            percent(*g),
            percent(*b)
        );
    }
    let mut bits = vec![0_u8; picture.palette.len().max(1) * width];
    let mut present = vec![false; picture.palette.len().max(1)];
    let mut top = rows.start;
    while top < rows.end {
        let height = BAND.min(rows.end - top);
        for row in 0..height {
            let from = (top + row) as usize * width;
            for (x, index) in picture
                .pixels
                .get(from..from + width)
                .unwrap_or_default()
                .iter()
                .enumerate()
            {
                let index = usize::from(*index);
                present[index] = true;
                bits[index * width + x] |= 1 << row;
            }
        }
        let mut first = true;
        for index in 0..present.len() {
            let is_there =
                picture.palette.get(index).copied() == picture.ground && picture.ground.is_some();
            if !std::mem::take(&mut present[index]) || is_there {
                continue;
            }
            if !std::mem::take(&mut first) {
                out.push('$');
            }
            let _ = write!(out, "#{index}");
            let line = &mut bits[index * width..(index + 1) * width];
            runs(line, &mut out);
            line.fill(0);
        }
        out.push('-');
        top += height;
    }
    out.push_str("\x1b\\");
    out
}

/// One colour of a band; empty pixels at its end are left out.
fn runs(line: &[u8], out: &mut String) {
    let end = line
        .iter()
        .rposition(|bits| *bits != 0)
        .map_or(0, |last| last + 1);
    let mut at = 0;
    while at < end {
        let bits = line[at];
        let run = line[at..end].iter().take_while(|b| **b == bits).count();
        let sign = char::from(b'?' + bits);
        if run > 3 {
            let _ = write!(out, "!{run}{sign}");
        } else {
            (0..run).for_each(|_| out.push(sign));
        }
        at += run;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes sixels into pixels by (x, y).
    fn decode(sixel: &str) -> (usize, usize, Vec<Option<u8>>) {
        let body = sixel
            .strip_prefix("\x1bP0;1;0q\"")
            .unwrap()
            .strip_suffix("\x1b\\")
            .unwrap();
        let size: Vec<usize> = body
            .split('#')
            .next()
            .unwrap()
            .split(';')
            .map(|n| n.parse().unwrap())
            .collect();
        let (width, height) = (size[2], size[3]);
        let mut pixels = vec![None; width * (height + 6)];
        let (mut x, mut band, mut colour) = (0, 0, 0);
        let mut chars = body[body.find('#').unwrap()..].chars().peekable();
        let number = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            let mut n = 0;
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                n = n * 10 + digit as usize;
                chars.next();
            }
            n
        };
        while let Some(c) = chars.next() {
            let mut run = 1;
            let sign = match c {
                '#' => {
                    colour = number(&mut chars) as u8;
                    while chars.peek() == Some(&';') {
                        chars.next();
                        number(&mut chars);
                    }
                    continue;
                }
                '$' => {
                    x = 0;
                    continue;
                }
                '-' => {
                    (x, band) = (0, band + 1);
                    continue;
                }
                '!' => {
                    run = number(&mut chars);
                    chars.next().unwrap()
                }
                sign => sign,
            };
            for _ in 0..run {
                for row in (0..6).filter(|row| (sign as u8 - b'?') >> row & 1 == 1) {
                    pixels[(band * 6 + row) * width + x] = Some(colour);
                }
                x += 1;
            }
        }
        (width, height, pixels)
    }

    #[test]
    fn any_rows_of_a_picture_come_out_as_they_were() {
        let (width, height) = (37_u32, 41_u32);
        let pixels: Vec<u8> = (0..width * height).map(|i| (i * i % 7) as u8).collect();
        let palette = (0..7).map(|i| [i * 30, 255 - i * 20, 7]).collect();
        let picture = Indexed {
            width,
            height,
            palette,
            pixels,
            ground: None,
        };
        for rows in [0..41, 0..19, 19..38, 7..8, 38..41, 40..99, 5..5] {
            let (w, h, got) = decode(&strip(&picture, rows.clone()));
            let rows = rows.start.min(height)..rows.end.min(height);
            assert_eq!((w, h), (width as usize, rows.len()));
            let wanted =
                &picture.pixels[(rows.start * width) as usize..(rows.end * width) as usize];
            assert!(
                got.iter().zip(wanted).all(|(a, b)| *a == Some(*b)),
                "{rows:?}"
            );
            assert!(
                got[wanted.len()..].iter().all(Option::is_none),
                "nothing below"
            );
        }
    }
}
