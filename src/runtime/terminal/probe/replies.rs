//! Parses the terminal's answers, and separates them from what is typed meanwhile.

/// The row, from 1, in which widths are measured. Not 1: the report of a cursor in row 1 may be the
/// same bytes as F3 with a modifier.
pub(crate) const ROW: u16 = 2;

/// Longest answer in bytes. An escape sequence without an end after that many is read to its end
/// and dropped: kept, it would fill the memory, and read as keys, it would press thousands of them.
const LONGEST: usize = 4096;

/// The answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Replies {
    /// Cursor columns, from 1, in the order of the questions for widths.
    pub(crate) columns: Vec<u16>,
    /// The terminal's name and version (XTVERSION).
    pub(crate) version: Option<String>,
    /// Secondary device attributes.
    pub(crate) secondary: Vec<u16>,
    /// The background colour (OSC 11): red, green, blue.
    pub(crate) background: Option<[u8; 3]>,
    /// The flags of the kitty keyboard protocol, if the terminal knows it.
    pub(crate) keyboard: Option<u16>,
    /// Primary device attributes, the answer to the last question.
    pub(crate) attributes: Option<Vec<u16>>,
    /// The terminal knows kitty's graphics protocol.
    pub(crate) graphics: bool,
    /// Most colours of a sixel picture.
    pub(crate) registers: Option<u16>,
    /// Largest width and height of a sixel picture, in pixels.
    pub(crate) largest: Option<[u16; 2]>,
    /// Input that is no answer: keys, mouse events and pastes.
    pub(crate) typed: Vec<u8>,
    /// The start of a sequence whose end hasn't been read.
    rest: Vec<u8>,
    /// A sequence longer than [`LONGEST`] is being read.
    overlong: Option<Overlong>,
}

/// The kinds of a sequence that is too long to be an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Overlong {
    /// A control sequence.
    Csi,
    /// A string (DCS, OSC or APC).
    Text,
}

/// What the input starts with.
enum ReplyToken {
    /// No answer, with its length in bytes.
    Typed(usize),
    /// A control sequence, with its length.
    Csi(usize),
    /// A string (DCS, OSC or APC), with its length with and without the terminator.
    Text(usize, usize),
    /// The start of a sequence whose end hasn't been read.
    Partial,
    /// The same of a sequence that is too long to be an answer.
    TooLong(Overlong),
}

impl Replies {
    /// Whether the answers that nearly all terminals give have been read.
    pub(crate) fn are_complete(&self) -> bool {
        self.version.is_some() && !self.secondary.is_empty() && self.background.is_some()
    }

    /// Parses what was read; returns whether the last answer has been read.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> bool {
        self.rest.extend_from_slice(bytes);
        let mut input = std::mem::take(&mut self.rest);
        let mut at = 0;
        while at < input.len() {
            let here = &input[at..];
            if let Some(kind) = self.overlong {
                match end_of_overlong(kind, here) {
                    Some(end) => {
                        self.overlong = None;
                        at += end;
                    }
                    // Half of a terminator, perhaps.
                    None if here.ends_with(b"\x1b") => {
                        at = input.len() - 1;
                        break;
                    }
                    None => at = input.len(),
                }
                continue;
            }
            match token(here) {
                ReplyToken::Typed(length) => {
                    self.typed.extend_from_slice(&here[..length]);
                    at += length;
                }
                ReplyToken::Csi(length) => {
                    self.csi(&here[..length]);
                    at += length;
                }
                ReplyToken::Text(length, end) => {
                    self.text(here[1], &String::from_utf8_lossy(&here[2..end]));
                    at += length;
                }
                ReplyToken::Partial => break,
                ReplyToken::TooLong(kind) => {
                    self.overlong = Some(kind);
                    // After its introducer, which would end it.
                    at += 2;
                }
            }
        }
        self.rest = input.split_off(at);
        self.attributes.is_some()
    }

    /// Called after a pause or at the end: an escape that nothing followed was the key.
    pub(crate) fn end(&mut self) {
        self.overlong = None;
        let rest = std::mem::take(&mut self.rest);
        if rest == [0x1b] {
            self.typed.extend(rest);
        }
    }

    /// Whether a paste has begun whose end hasn't been read.
    pub(crate) fn is_in_paste(&self) -> bool {
        unfinished_paste(&self.typed).is_some()
    }

    /// Removes and returns what was typed, up to the start of a character or paste whose end hasn't
    /// been read; everything if it is the `last` call.
    pub(crate) fn take_typed(&mut self, last: bool) -> Vec<u8> {
        let complete = match std::str::from_utf8(&self.typed) {
            _ if last => self.typed.len(),
            // The start of a character whose end hasn't been read.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.typed.len(),
        };
        let until = if last {
            None
        } else {
            unfinished_paste(&self.typed)
        };
        let rest = self
            .typed
            .split_off(until.map_or(complete, |at| at.min(complete)));
        std::mem::replace(&mut self.typed, rest)
    }

    fn csi(&mut self, sequence: &[u8]) {
        let (body, last) = (
            &sequence[2..sequence.len() - 1],
            sequence[sequence.len() - 1],
        );
        match (body.first(), last) {
            (Some(b'?'), b'c') => self.attributes = Some(parameters(&body[1..])),
            (Some(b'?'), b'u') => self.keyboard = parameters(&body[1..]).first().copied(),
            (Some(b'?'), b'S') => match parameters(&body[1..])[..] {
                [1, 0, registers] => self.registers = Some(registers),
                [2, 0, width, height] => self.largest = Some([width, height]),
                _ => {}
            },
            (Some(b'>'), b'c') => self.secondary = parameters(&body[1..]),
            // Answers to the questions of another program, such as the shell's prompt.
            (Some(b'?' | b'>' | b'='), _) => {}
            (_, b'R') if matches!(parameters(body)[..], [ROW, _]) => {
                self.columns.extend(parameters(body).get(1));
            }
            _ => self.typed.extend_from_slice(sequence),
        }
    }

    fn text(&mut self, kind: u8, text: &str) {
        if let (b'P', Some(version)) = (kind, text.strip_prefix(">|")) {
            self.version = Some(
                version
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(64)
                    .collect(),
            );
        } else if let (b']', Some(color)) = (kind, text.strip_prefix("11;")) {
            self.background = rgb(color);
        } else if kind == b'_' && text.starts_with("Gi=31;") {
            self.graphics = text.ends_with(";OK");
        }
    }
}

/// The position of a paste whose end hasn't been read.
fn unfinished_paste(typed: &[u8]) -> Option<usize> {
    let last = |mark: &[u8]| typed.windows(mark.len()).rposition(|w| w == mark);
    let begin = last(b"\x1b[200~")?;
    last(b"\x1b[201~")
        .is_none_or(|end| end < begin)
        .then_some(begin)
}

fn token(input: &[u8]) -> ReplyToken {
    let full = input.len() > LONGEST;
    match input {
        [0x1b, b'[', rest @ ..] => {
            match rest.iter().position(|byte| (0x40..=0x7e).contains(byte)) {
                Some(end) => ReplyToken::Csi(end + 3),
                None if full => ReplyToken::TooLong(Overlong::Csi),
                None => ReplyToken::Partial,
            }
        }
        [0x1b, b'P' | b']' | b'_', rest @ ..] => {
            let bell = rest
                .iter()
                .position(|byte| *byte == 0x07)
                .map(|end| ReplyToken::Text(end + 3, end + 2));
            let string = rest
                .windows(2)
                .position(|pair| pair == b"\x1b\\")
                .map(|end| ReplyToken::Text(end + 4, end + 2));
            match (bell, string) {
                (Some(ReplyToken::Text(b, be)), Some(ReplyToken::Text(s, se))) => {
                    if b < s {
                        ReplyToken::Text(b, be)
                    } else {
                        ReplyToken::Text(s, se)
                    }
                }
                (Some(found), _) | (_, Some(found)) => found,
                _ if full => ReplyToken::TooLong(Overlong::Text),
                _ => ReplyToken::Partial,
            }
        }
        [0x1b] => ReplyToken::Partial,
        _ => ReplyToken::Typed(1),
    }
}

/// The position after an overlong sequence, of which `input` is the next part; `None` if it has no
/// end there. Another escape cuts it off (ECMA-48) and begins what follows.
fn end_of_overlong(kind: Overlong, input: &[u8]) -> Option<usize> {
    let ends = |byte: &u8| match kind {
        Overlong::Csi => *byte == 0x1b || (0x40..=0x7e).contains(byte),
        Overlong::Text => matches!(byte, 0x1b | 0x07),
    };
    let at = input.iter().position(ends)?;
    Some(match (&input[at..], kind) {
        ([0x1b], Overlong::Text) => return None,
        ([0x1b, b'\\', ..], Overlong::Text) => at + 2,
        ([0x1b, ..], _) => at,
        _ => at + 1,
    })
}

fn parameters(body: &[u8]) -> Vec<u16> {
    body.split(|byte| *byte == b';')
        .map(|part| std::str::from_utf8(part).ok()?.parse::<u16>().ok())
        .map_while(|n| n)
        .collect()
}

/// Parses `rgb:1e1e/1e1e/2e2e`, which has one to four digits a colour.
fn rgb(color: &str) -> Option<[u8; 3]> {
    let digits = color
        .strip_prefix("rgb:")
        .or_else(|| color.strip_prefix("rgba:"))?;
    let mut parts = digits.split('/').map(|part| {
        let most = 16u32
            .checked_pow(u32::try_from(part.len()).ok()?)?
            .checked_sub(1)
            .filter(|most| *most > 0)?;
        u8::try_from(u32::from_str_radix(part, 16).ok()?.checked_mul(255)? / most).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITTY: &[u8] = b"\x1b[2;2R\x1b[2;3R\x1bP>|kitty(0.41.1)\x1b\\\x1b[>1;4000;41c\x1b[?0u\
        \x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;4;22c";

    #[test]
    fn answers_are_read_wherever_they_are_cut() {
        let mut whole = Replies::default();
        assert!(whole.feed(KITTY));
        assert_eq!((&whole.columns[..], whole.keyboard), (&[2, 3][..], Some(0)));
        assert_eq!(whole.version.as_deref(), Some("kitty(0.41.1)"));
        assert_eq!(whole.secondary, [1, 4000, 41]);
        assert_eq!(whole.background, Some([0x1e, 0x1e, 0x2e]));
        assert_eq!(whole.attributes.as_deref(), Some(&[62, 4, 22][..]));
        assert!(whole.typed.is_empty());
        for cut in 0..KITTY.len() {
            let mut parts = Replies::default();
            assert!(!parts.feed(&KITTY[..cut]));
            assert!(parts.feed(&KITTY[cut..]), "cut at {cut}");
            assert_eq!(parts, whole);
        }
    }

    #[test]
    fn keys_typed_meanwhile_are_kept_in_order() {
        let mut replies = Replies::default();
        replies.feed("j\x1b[2;2R한\x1b[A\x1b[1;5R\x1b]11;rgb:ff/ff/ff\x07q\x1b[?6c\x1b".as_bytes());
        replies.end();
        assert_eq!(
            String::from_utf8_lossy(&replies.typed),
            "j한\x1b[A\x1b[1;5Rq\x1b"
        );
        assert_eq!(
            (replies.columns, replies.background),
            (vec![2], Some([255, 255, 255]))
        );
    }

    #[test]
    fn what_is_typed_is_handed_on_in_whole_letters_and_whole_pastes() {
        let mut replies = Replies::default();
        let mut fed = |bytes: &[u8]| {
            replies.feed(bytes);
            String::from_utf8(replies.take_typed(false)).unwrap()
        };
        let letter = "한".as_bytes();
        assert_eq!(fed(b"j"), "j");
        assert_eq!(
            (fed(&letter[..2]), fed(&letter[2..])),
            (String::new(), "한".to_owned())
        );
        assert_eq!(
            (fed(b"k\x1b[20"), fed(b"0~dd")),
            ("k".to_owned(), String::new())
        );
        assert_eq!(fed(b"D\x1b[201~q"), "\x1b[200~ddD\x1b[201~q");
        assert_eq!(fed(b"\x1b[200~dd"), "");
        assert!(replies.is_in_paste());
        assert_eq!(replies.take_typed(true), b"\x1b[200~dd");
    }

    #[test]
    fn what_is_said_of_pictures_is_read() {
        let mut replies = Replies::default();
        replies.feed(b"\x1b_Gi=31;OK\x1b\\\x1b[?1;0;256S\x1b[?2;0;1000;900S\x1b[?62;4c");
        assert!(replies.graphics && replies.typed.is_empty());
        assert_eq!(
            (replies.registers, replies.largest),
            (Some(256), Some([1000, 900]))
        );
        let mut replies = Replies::default();
        replies.feed(b"\x1b_Gi=31;ENOTSUP:no\x1b\\\x1b[?1;3;0S\x1b[?2;3;0S\x1b[?6c");
        assert!(!replies.graphics && replies.typed.is_empty());
        assert_eq!((replies.registers, replies.largest), (None, None));
    }

    #[test]
    fn strange_answers_are_swallowed_or_kept_but_never_grow() {
        let mut replies = Replies::default();
        replies.feed(b"\x1b[?2026;2$y\x1b]4;0;rgb:0/0/0\x1b\\\x1bP1$r0m\x1b\\\x1b[>84;0;0c");
        assert!(replies.typed.is_empty());
        for _ in 0..10 {
            replies.feed(&[b'\x1b', b']'].repeat(1000));
        }
        assert!(replies.rest.len() <= LONGEST + 2);
        for (begin, end) in [
            ("\x1bP>|", "\x1b\\"),
            ("\x1b]11;rgb:", "\x07"),
            ("\x1b_Gi=31;", "\x1b\\"),
            ("\x1b[2;", "R"),
        ] {
            let mut replies = Replies::default();
            replies.feed(begin.as_bytes());
            for _ in 0..2048 {
                replies.feed(&[b'7'; 1024]);
                assert!(replies.rest.len() <= LONGEST + 1024, "{begin:?}");
            }
            for byte in end.bytes() {
                replies.feed(&[byte]);
            }
            replies.feed(b"j\x1b[?62c");
            assert_eq!(replies.typed, b"j", "{begin:?}");
            assert!(replies.attributes.is_some());
        }
        for strange in [
            "\x1b]11;rgb:/\x07",
            "\x1b]11;rgb:zz/1/1\x07",
            "\x1b]11;#fff\x07",
            "\x1b[R",
            "\x1b[2;99999R",
            "\x1b[;;c",
        ] {
            let mut replies = Replies::default();
            replies.feed(strange.as_bytes());
            assert_eq!(
                (replies.background, replies.columns.len()),
                (None, 0),
                "{strange:?}"
            );
        }
    }
}
