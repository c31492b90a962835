//! Bodies packed as Zstandard, which the library below hands over as they came.

use std::io::{self, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The widest window that a server may ask for: no more is allowed in HTTP (RFC 9659).
const WIDEST: u64 = 8 << 20;

/// A body, unpacked as it is read, frame after frame.
pub(super) struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    begun: bool,
}

impl<R: Read> Zstd<R> {
    pub(super) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WIDEST);
        Self { source, decoder, begun: false }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // What the source says of itself is for the caller; a fault in the packing is a fault of the body.
        let broken = |error: &dyn std::error::Error| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
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
            self.decoder.init(first.as_slice().chain(&mut self.source)).map_err(|e| broken(&e))?;
            self.begun = true;
        }
    }
}
