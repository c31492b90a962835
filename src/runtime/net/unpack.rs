//! Bodies as they were before their server packed them. How they are packed is told by their first
//! bytes; the label counts only where those say nothing: servers send packed bodies without a
//! label, and plain ones with one.

use std::io::{self, BufRead, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The widest window that a server may ask for: no more is allowed in HTTP (RFC 9659).
const WIDEST: u64 = 8 << 20;

/// Packed once by a program, and once more by its server.
const LAYERS: usize = 2;

/// How a body is packed, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zlib,
    Deflate,
    Brotli,
    Zstandard,
}

/// The body behind `source`, whose `Content-Encoding` is `label`.
pub(super) fn unpacked<'a>(source: impl Read + 'a, label: &str) -> io::Result<Box<dyn Read + 'a>> {
    let mut body: Box<dyn Read + 'a> = Box::new(source);
    let mut label = label.to_ascii_lowercase();
    for _ in 0..LAYERS {
        let mut source = BufReader::new(body);
        let packing = packing(source.fill_buf()?, &label);
        body = match packing {
            Some(Packing::Gzip) => Box::new(MultiGzDecoder::new(source)),
            Some(Packing::Zlib) => Box::new(ZlibDecoder::new(source)),
            Some(Packing::Deflate) => Box::new(DeflateDecoder::new(source)),
            Some(Packing::Brotli) => Box::new(Decompressor::new(source, BROTLI_BUFFER)),
            Some(Packing::Zstandard) => Box::new(Zstd::new(source)),
            None => return Ok(Box::new(source)),
        };
        // A label tells of one layer.
        label.clear();
    }
    Ok(body)
}

/// Bytes that the decoder of Brotli takes at a time.
const BROTLI_BUFFER: usize = 4096;

fn packing(head: &[u8], label: &str) -> Option<Packing> {
    match head {
        [0x1f, 0x8b, 8, ..] => Some(Packing::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstandard),
        // Markup, JSON, or blanks before them: no packing begins so.
        [b'<' | b'{' | b'[' | b' ' | b'\n' | b'\r' | b'\t', ..] | [0xef, 0xbb, 0xbf, ..] | []
            if label != "br" =>
        {
            None
        }
        _ if label == "br" => Some(Packing::Brotli),
        // A checksum over the two bytes of the head.
        [cmf, flags, ..]
            if label == "deflate"
                && cmf & 15 == 8
                && (u16::from(*cmf) << 8 | u16::from(*flags)) % 31 == 0 =>
        {
            Some(Packing::Zlib)
        }
        _ if label == "deflate" => Some(Packing::Deflate),
        _ => None,
    }
}

/// A body, unpacked as it is read, frame after frame.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    begun: bool,
}

impl<R: Read> Zstd<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WIDEST);
        Self {
            source,
            decoder,
            begun: false,
        }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // What the source says of itself is for the caller; a fault in the packing is a fault of
        // the body.
        let broken = |error: &dyn std::error::Error| {
            io::Error::new(io::ErrorKind::InvalidData, error.to_string())
        };
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(out);
            }
            if self.begun && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|e| broken(&e))?;
                continue;
            }
            let mut first = [0];
            if self.source.read(&mut first)? == 0 {
                return Ok(0);
            }
            self.decoder
                .init(first.as_slice().chain(&mut self.source))
                .map_err(|e| broken(&e))?;
            self.begun = true;
        }
    }
}
