//! The source as html5gum reads it, with an end to tags of endless attributes.
//!
//! html5gum's states call each other from one quoted attribute to the next, so that a tag of some
//! thousand attributes would overflow the stack: 8 kB for each in a build without optimisation. Where
//! a tag has too many, the reader goes on at the tag's end.

use std::cell::Cell;
use std::convert::Infallible;

use html5gum::{Readable as _, Reader};
use memchr::memchr;

/// Reads the source. Once `is_full` is set, what is left of the tag that is being read is skipped.
pub(super) struct TagReader<'a, 'f> {
    rest: &'a [u8],
    is_full: &'f Cell<bool>,
}

impl<'a, 'f> TagReader<'a, 'f> {
    pub(super) fn new(source: &'a str, is_full: &'f Cell<bool>) -> Self {
        Self {
            rest: source.as_bytes(),
            is_full,
        }
    }

    /// The source as html5gum's own reader, which knows how to search it.
    fn plain(&mut self) -> impl Reader<Error = Infallible> + use<'a> {
        if self.is_full.take() {
            self.rest = &self.rest[attributes_end(self.rest)..];
        }
        self.rest.to_reader()
    }

    fn advance(&mut self, by: usize) -> &'a [u8] {
        let (read, rest) = self.rest.split_at(by);
        self.rest = rest;
        read
    }
}

impl Reader for TagReader<'_, '_> {
    type Error = Infallible;

    #[inline]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let byte = self.plain().read_byte()?;
        self.advance(usize::from(byte.is_some()));
        Ok(byte)
    }

    #[inline]
    fn try_read_string(&mut self, wanted: &[u8], exactly: bool) -> Result<bool, Infallible> {
        let is_read = self.plain().try_read_string(wanted, exactly)?;
        self.advance(if is_read { wanted.len() } else { 0 });
        Ok(is_read)
    }

    #[inline]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        let read = self.plain().read_until(needle, buffer)?.map(<[u8]>::len);
        Ok(read.map(|length| self.advance(length)))
    }
}

/// Where the `>` of a tag stands whose attributes `source` begins with, or the source's end.
fn attributes_end(source: &[u8]) -> usize {
    let mut at = 0;
    let mut is_value = false;
    while let Some(&byte) = source.get(at) {
        at += match byte {
            b'>' => return at,
            // A quotation mark within a name or an unquoted value opens nothing.
            b'"' | b'\'' if is_value => {
                memchr(byte, &source[at + 1..]).map_or(source.len() - at, |length| length + 2)
            }
            _ => 1,
        };
        is_value = byte == b'=' || (is_value && byte.is_ascii_whitespace());
    }
    at
}

#[cfg(test)]
mod tests {
    use super::attributes_end;

    #[test]
    fn a_tag_ends_outside_its_quotations() {
        for (source, rest) in [
            ("b c=d>x", ">x"),
            (" b=\"c>d\" e='>'>x>", ">x>"),
            ("b = '>' c=\">\"/>x", ">x"),
            ("it's=1 a\">x", ">x"),
            ("b='>", ""),
            ("", ""),
        ] {
            let end = attributes_end(source.as_bytes());
            assert_eq!(source.get(end..), Some(rest), "{source}");
        }
    }
}
