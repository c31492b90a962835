//! kitty's graphics protocol: a picture is sent once under a number, and placeholder characters in
//! a colour that encodes that number show it. They are ordinary cells, so popups, scrolling and
//! other programs' output treat them as text.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::diacritics::MARKS;
use super::pixels::Pixels;
use crate::text::PictureFrame;

/// The placeholder character for a cell of a picture.
pub const PLACEHOLDER: char = '\u{10EEEE}';
/// Characters of encoded data in one sequence; kitty accepts at most 4096.
const CHUNK: usize = 4096;

/// A picture that is stored in the terminal.
#[derive(Clone, PartialEq)]
pub struct KittyPicture {
    name: u32,
    sequence: Arc<str>,
}

impl KittyPicture {
    pub(super) fn new(pixels: &Pixels, frame: PictureFrame, name: u32, wrapped: bool) -> Self {
        Self {
            name,
            sequence: sequence(pixels, frame, name, wrapped).into(),
        }
    }

    /// Its number in the terminal.
    pub fn name(&self) -> u32 {
        self.name
    }

    /// The sequence that sends it to the terminal, which does not show it yet.
    pub fn sequence(&self) -> &str {
        &self.sequence
    }

    /// The placeholder of one of its cells.
    pub fn cell(&self, column: u16, row: u16) -> String {
        let mark = |n: u16| MARKS.get(usize::from(n)).copied().unwrap_or(MARKS[0]);
        [
            PLACEHOLDER,
            mark(row),
            mark(column),
            mark(u16::from(self.name.to_be_bytes()[0])),
        ]
        .iter()
        .collect()
    }

    /// The text colour that encodes its number: one of the 256 palette colours, which no
    /// multiplexer changes.
    pub fn colour(&self) -> u8 {
        self.name.to_be_bytes()[3]
    }
}

/// A number for the `count`th picture of the process `process`. The lowest byte is a colour, the
/// highest a mark that differs between processes, so that two programs in panes of one window don't
/// collide.
pub fn name(process: u32, count: u64) -> u32 {
    // 1..=255: nothing is drawn for a number whose colour is 0.
    let low = (count % 255) as u32 + 1;
    ((process % 255 + 1) << 24) | low
}

/// The sequence that deletes a picture from the terminal's memory.
pub fn forget(name: u32, wrapped: bool) -> String {
    passed(&format!("\x1b_Ga=d,d=I,i={name},q=2\x1b\\"), wrapped)
}

/// A sequence, wrapped to pass through tmux if that is in between.
fn passed(sequence: &str, wrapped: bool) -> String {
    if wrapped {
        format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
    } else {
        sequence.to_owned()
    }
}

fn sequence(pixels: &Pixels, frame: PictureFrame, name: u32, wrapped: bool) -> String {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory can't fail.
    let _ = packer.write_all(pixels.raw());
    let data = STANDARD.encode(packer.finish().unwrap_or_default());
    let mut out = String::with_capacity(data.len() + data.len() / 64);
    let chunks: Vec<&[u8]> = data.as_bytes().chunks(CHUNK).collect();
    for (index, chunk) in chunks.iter().enumerate() {
        let more = u8::from(index + 1 < chunks.len());
        let mut one = String::from("\x1b_G");
        if index == 0 {
            let (width, height) = (pixels.width(), pixels.height());
            let (columns, rows) = (frame.columns, frame.rows);
            let _ = write!(
                one,
                "a=T,U=1,i={name},f=24,o=z,s={width},v={height},c={columns},r={rows},"
            );
        }
        let _ = write!(
            one,
            "q=2,m={more};{}\x1b\\",
            std::str::from_utf8(chunk).unwrap_or_default()
        );
        out.push_str(&passed(&one, wrapped));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn picture() -> Pixels {
        Pixels::from_fn(90, 80, |x, y| {
            [(x * y % 251) as u8, (x ^ y) as u8, (x * 7 + y * 13) as u8]
        })
    }

    #[test]
    fn what_is_sent_is_the_picture() {
        let sent = KittyPicture::new(
            &picture(),
            PictureFrame {
                columns: 9,
                rows: 4,
            },
            0x0100_0007,
            false,
        );
        let mut data = String::new();
        for (i, part) in sent.sequence().split("\x1b_G").skip(1).enumerate() {
            let (keys, chunk) = part
                .strip_suffix("\x1b\\")
                .unwrap()
                .split_once(';')
                .unwrap();
            assert!(chunk.len() <= CHUNK);
            assert_eq!(
                keys.contains("a=T,U=1,i=16777223,f=24,o=z,s=90,v=80,c=9,r=4"),
                i == 0,
                "{keys}"
            );
            data.push_str(chunk);
        }
        let mut pixels = Vec::new();
        flate2::read::ZlibDecoder::new(&*STANDARD.decode(data).unwrap())
            .read_to_end(&mut pixels)
            .unwrap();
        assert_eq!(pixels, picture().raw());
        assert!(sent.sequence().contains("m=0;") && sent.sequence().contains("m=1;"));
    }

    #[test]
    fn through_tmux_every_sequence_is_wrapped() {
        let sent = KittyPicture::new(
            &picture(),
            PictureFrame {
                columns: 9,
                rows: 4,
            },
            5,
            true,
        );
        let parts: Vec<&str> = sent.sequence().split("\x1bPtmux;").skip(1).collect();
        assert!(parts.len() > 1);
        assert!(
            parts
                .iter()
                .all(|p| p.starts_with("\x1b\x1b_G") && p.ends_with("\x1b\x1b\\\x1b\\"))
        );
        assert!(forget(5, true).starts_with("\x1bPtmux;\x1b\x1b_Ga=d"));
    }

    #[test]
    fn numbers_have_a_colour_and_a_mark() {
        for (process, count) in [(0, 0), (1, 254), (255, 255), (70_000, 1_000)] {
            let name = name(process, count);
            assert!(name.to_be_bytes()[3] > 0 && name.to_be_bytes()[0] > 0);
        }
        assert_ne!(name(1, 1), name(1, 2));
        let placed = KittyPicture {
            name: 0x0200_0003,
            sequence: "".into(),
        };
        assert_eq!(placed.cell(1, 0), "\u{10EEEE}\u{305}\u{30D}\u{30E}");
    }
}
