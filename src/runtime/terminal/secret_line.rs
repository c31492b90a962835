//! A line that is typed without being shown: a password.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Longest line, in bytes.
const LONGEST: u64 = 4096;

/// Reads one line from standard input; on a terminal, without showing what is typed. `None` where
/// the reader pressed Ctrl+C or Ctrl+D.
///
/// # Errors
/// Standard input can't be read.
pub fn read() -> io::Result<Option<String>> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().take(LONGEST).read_line(&mut line)?;
        return Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()));
    }
    enable_raw_mode()?;
    let typed = typed(io::stdin().lock().bytes());
    disable_raw_mode()?;
    typed
}

/// The line that these bytes are, as a terminal sends them while it shows nothing.
fn typed(bytes: impl Iterator<Item = io::Result<u8>>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut is_escaped = false;
    for byte in bytes {
        let byte = byte?;
        if is_escaped {
            // The sequence of a key that types no letter ends with a letter or ~.
            is_escaped = !(byte.is_ascii_alphabetic() && byte != b'O' || byte == b'~');
            continue;
        }
        match byte {
            b'\r' | b'\n' => break,
            3 | 4 => return Ok(None),
            // Backspace takes a character of several bytes as a whole.
            8 | 127 => while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {},
            21 => line.clear(),
            0x1b => is_escaped = true,
            _ if byte < 0x20 => {}
            _ if line.len() as u64 >= LONGEST => {}
            _ => line.push(byte),
        }
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_line_whatever_keys_are_pressed() {
        let line = |text: &str| typed(text.bytes().map(Ok)).unwrap();
        for (keys, expected) in [
            ("secret\rmore", Some("secret")),
            ("비밀\u{7f}번호\n", Some("비번호")),
            ("a\u{7f}\u{7f}b", Some("b")),
            ("wrong\u{15}right\r", Some("right")),
            ("a\u{1b}[Db\u{1b}OAc\u{1b}[3~d\r", Some("abcd")),
            ("abc\u{3}", None),
            (" blanks stay \r", Some(" blanks stay ")),
        ] {
            assert_eq!(line(keys).as_deref(), expected, "{keys:?}");
        }
    }
}
