//! Decompresses response bodies. The compression is recognised by the first bytes; the
//! `Content-Encoding` counts only where those don't tell, since servers send compressed bodies
//! without it and uncompressed ones with it.

use std::io::{self, BufRead, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Largest window in bytes that a Zstandard body may need; HTTP allows no more (RFC 9659).
const WIDEST: u64 = 8 << 20;

/// Most layers of compression: one by the program that made the body, one more by its server.
const LAYERS: usize = 2;

/// The compression of a body, as far as it can be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zlib,
    Deflate,
    Brotli,
    Zstandard,
}

/// Decompresses the body that `source` reads; `label` is its `Content-Encoding`.
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
        // The label describes one layer only.
        label.clear();
    }
    Ok(body)
}

/// Size of the Brotli decoder's read buffer in bytes.
const BROTLI_BUFFER: usize = 4096;

fn packing(head: &[u8], label: &str) -> Option<Packing> {
    match head {
        [0x1f, 0x8b, 8, ..] => Some(Packing::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstandard),
        // Markup, JSON, or white space before them; no compressed body begins like that.
        [b'<' | b'{' | b'[' | b' ' | b'\n' | b'\r' | b'\t', ..] | [0xef, 0xbb, 0xbf, ..] | []
            if label != "br" =>
        {
            None
        }
        _ if label == "br" => Some(Packing::Brotli),
        // The header of zlib, whose two bytes are a 16-bit number divisible by 31.
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

/// Decompresses a Zstandard body while it is read, frame by frame.
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
        // Errors of the source are passed on; an error of the decoder means that the body is
        // broken.
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
