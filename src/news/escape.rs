//! Removes terminal control sequences from outside text as a whole: of `ESC]0;x BEL` no letter is
//! left.

use std::borrow::Cow;

/// Bytes up to which a string command (OSC, DCS, APC …) opened by ESC is removed. Of a longer one
/// only its beginning is removed, and the rest is kept as text.
const LONGEST: usize = 64 << 10;
/// The same limit for one opened by a C1 character, smaller because wrongly decoded text contains
/// such characters by accident.
const LONGEST_C1: usize = 4 << 10;
/// Most parameter and intermediate characters of a CSI sequence.
const PARAMETERS: usize = 256;

/// Whether `c` opens a sequence.
fn opens(c: char) -> bool {
    matches!(
        c,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}' | '\u{9e}' | '\u{9f}'
    )
}

/// `raw` without its control sequences.
pub(super) fn without_sequences(raw: &str) -> Cow<'_, str> {
    let Some(first) = raw.find(opens) else {
        return Cow::Borrowed(raw);
    };
    let mut out = String::with_capacity(raw.len());
    let mut ends = Ends {
        raw,
        bell: 0,
        other: 0,
    };
    let mut at = first;
    out.push_str(&raw[..first]);
    while let Some(n) = raw[at..].find(opens) {
        out.push_str(&raw[at..at + n]);
        at += n;
        at += sequence(&raw[at..], at, &mut ends);
    }
    out.push_str(&raw[at..]);
    Cow::Owned(out)
}

/// Length in bytes of the sequence at the start of `rest`, which is at `at` in the text; at least
/// that of its first character.
fn sequence(rest: &str, at: usize, ends: &mut Ends<'_>) -> usize {
    let mut chars = rest.chars();
    let first = chars.next().unwrap_or('\0');
    let one = first.len_utf8();
    match first {
        '\u{9b}' => one + csi(&rest[one..]).unwrap_or(0),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => {
            let end = ends
                .after(at + one, first == '\u{9d}')
                .filter(|end| end.from - at <= LONGEST_C1);
            let end = end.filter(|end| !rest[..end.from - at].contains('\n'));
            end.map_or(one, |end| end.to - at)
        }
        _ => {
            // Terminals execute control characters inside a sequence and then continue with it.
            let gap = rest[1..]
                .bytes()
                .take_while(|b| matches!(b, 0..=0x06 | 0x7f))
                .count();
            let body = 1 + gap;
            match rest.as_bytes().get(body) {
                Some(b'[') => {
                    let tail = &rest[body + 1..];
                    // Broken off by another character; its parameters are removed all the same.
                    body + 1 + csi(tail).unwrap_or_else(|| parameters(tail))
                }
                Some(sign @ (b']' | b'P' | b'X' | b'^' | b'_' | b'k')) => {
                    let end = ends
                        .after(at + body + 1, *sign == b']')
                        .filter(|end| end.from - at <= LONGEST);
                    end.map_or_else(
                        || body + 1 + head(&rest[body + 1..], *sign),
                        |end| end.to - at,
                    )
                }
                Some(_) => body + short(&rest[body..]),
                None => body,
            }
        }
    }
}

/// Length in bytes of parameters, intermediates and final character; `None` if another character
/// breaks the sequence off.
fn csi(tail: &str) -> Option<usize> {
    let bytes = tail.as_bytes();
    let middle = bytes
        .iter()
        .take(PARAMETERS)
        .take_while(|b| matches!(b, 0x20..=0x3f | 0..=0x06 | 0x7f))
        .count();
    matches!(bytes.get(middle), Some(0x40..=0x7e)).then_some(middle + 1)
}

/// Length in bytes of the parameters alone.
fn parameters(tail: &str) -> usize {
    tail.bytes()
        .take(PARAMETERS)
        .take_while(|b| matches!(b, 0x30..=0x3f))
        .count()
}

/// Length in bytes of the number and `;` at the start of an OSC command without an end, else 0.
fn head(tail: &str, sign: u8) -> usize {
    let digits = tail.bytes().take(8).take_while(u8::is_ascii_digit).count();
    if sign == b']' && tail.as_bytes().get(digits) == Some(&b';') {
        digits + 1
    } else {
        0
    }
}

/// Length in bytes of the rest of a short sequence, such as `(B` or `c`; 0 if it is not one.
fn short(tail: &str) -> usize {
    let middle = tail
        .bytes()
        .take(3)
        .take_while(|b| matches!(b, 0x20..=0x2f))
        .count();
    match tail.as_bytes().get(middle) {
        Some(0x30..=0x7e) => middle + 1,
        _ => 0,
    }
}

/// The end of a string command.
struct SequenceEnd {
    /// Its first byte.
    from: usize,
    /// The byte after its last one.
    to: usize,
}

/// Finds the ends of string commands. Each stretch of the text is searched only once.
struct Ends<'a> {
    raw: &'a str,
    /// Position of the first bell at or after the last place that was asked for.
    bell: usize,
    other: usize,
}

impl Ends<'_> {
    /// The first end at or after `at`. A bell counts as one if `bell` is true, or if there is no
    /// other.
    fn after(&mut self, at: usize, bell: bool) -> Option<SequenceEnd> {
        let length = self.raw.len();
        if self.bell < at {
            self.bell = self.raw[at..].find('\u{7}').map_or(length, |n| at + n);
        }
        if self.other < at {
            let ends = |c: char| matches!(c, '\u{1b}' | '\u{9c}' | '\u{18}' | '\u{1a}');
            self.other = self.raw[at..].find(ends).map_or(length, |n| at + n);
        }
        let from = if bell {
            self.bell.min(self.other)
        } else {
            self.other
        };
        let from = if from == length { self.bell } else { from };
        let rest = self.raw.get(from..).filter(|r| !r.is_empty())?;
        // Any ESC ends it, but only that of `ESC \` belongs to it.
        let own = match rest.chars().next() {
            Some('\u{1b}') if rest.as_bytes().get(1) == Some(&b'\\') => 2,
            Some('\u{1b}') | None => 0,
            Some(c) => c.len_utf8(),
        };
        Some(SequenceEnd {
            from,
            to: from + own,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_sequences_go_and_what_stands_beside_them_stays() {
        for (raw, left) in [
            ("가\u{1b}[31;1m나\u{1b}[0m다", "가나다"),
            ("가\u{1b}]0;x\u{7}나", "가나"),
            (
                "가\u{1b}]8;;https://a.kr\u{1b}\\링크\u{1b}]8;;\u{1b}\\나",
                "가링크나",
            ),
            ("가\u{1b}]52;c;QUJD\u{9c}나", "가나"),
            ("가\u{1b}Pq#0;2;0;0;0~~\u{1b}\\나", "가나"),
            (
                "가\u{1b}_Gf=100;AAAA\u{1b}\\나\u{1b}^p\u{1b}\\다\u{1b}Xs\u{1b}\\라",
                "가나다라",
            ),
            ("가\u{1b}ktitle\u{1b}\\나", "가나"),
            (
                "가\u{1b}Ptmux;\u{1b}\u{1b}]52;c;QQ==\u{7}\u{1b}\\나",
                "가나",
            ),
            (
                "가\u{1b}(B나\u{1b}c다\u{1b}#8라\u{1b}%G마\u{1b}7바",
                "가나다라마바",
            ),
            ("가\u{9b}2J나\u{9d}0;x\u{9c}다\u{90}q\u{9c}라", "가나다라"),
            ("가\u{1b}\0[\0 3q나", "가나"),
            ("가\u{1b}[?1049h나\u{1b}[>4;2m다\u{1b}[1 q라", "가나다라"),
            ("가\u{1b}]0;x\u{18}나", "가나"),
        ] {
            assert_eq!(without_sequences(raw), left, "{raw:?}");
        }
    }

    #[test]
    fn what_never_ends_or_is_no_sequence_keeps_its_text() {
        for (raw, left) in [
            (
                "[31m 은 빨강이고 ]0; 은 제목이다 (B",
                "[31m 은 빨강이고 ]0; 은 제목이다 (B",
            ),
            ("가\u{1b}]0;나 다", "가나 다"),
            ("가\u{1b}[31나", "가나"),
            ("가\u{1b}나", "가나"),
            ("가\u{1b}", "가"),
            ("가\u{1b}[", "가"),
            ("â€\u{9d} 따옴표", "â€ 따옴표"),
            ("\u{90}첫 줄\n둘째 줄\u{9c}", "첫 줄\n둘째 줄\u{9c}"),
        ] {
            assert_eq!(without_sequences(raw), left, "{raw:?}");
        }
        let long = format!("\u{1b}]0;{}\u{7}끝", "긴 글 ".repeat(LONGEST));
        assert!(
            without_sequences(&long).ends_with('끝') && without_sequences(&long).len() > LONGEST
        );
    }

    #[test]
    fn floods_of_heads_cost_one_pass() {
        for head in [
            "\u{1b}",
            "\u{1b}]",
            "\u{1b}P",
            "\u{9d}",
            "\u{1b}[",
            "\u{1b}]0;a\u{7}",
            "\u{1b}[;;;;",
        ] {
            let flood = head.repeat(200_000);
            assert!(without_sequences(&flood).len() <= flood.len());
        }
    }

    proptest! {
        #[test]
        fn nothing_but_pieces_of_the_text_is_left(
            raw in "[ -~가나\u{1b}\u{7}\u{9b}\u{9d}\u{90}\u{9c}\n\u{18}]{0,60}",
        ) {
            let left = without_sequences(&raw).into_owned();
            prop_assert!(!left.contains(opens));
            let mut source = raw.chars();
            prop_assert!(left.chars().all(|c| source.any(|s| s == c)), "{raw:?} {left:?}");
        }
    }
}
