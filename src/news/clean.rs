//! Text without control characters, bidi controls or floods of invisible characters.
//!
//! Every string from outside (page, feed, file name, model) becomes a [`Clean`] once, where it
//! enters the program, and is composed to NFC there. After that no code has to check whether a
//! title can move the cursor: it can't. Control sequences are removed as a whole
//! (`news/escape.rs`), and runs of characters without ink are shortened (`news/combining.rs`).

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::combining::Flood;
use super::escape::without_sequences;

/// Cleaned text in NFC (except for compatibility ideographs). It contains no C0 or C1 control
/// character other than `\n`, no bidi control, no tag character and no byte-order mark.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Clean(Box<str>);

/// Longest headline, in characters.
const LONGEST_HEADLINE: usize = 1_000;

impl Clean {
    /// Cleans a single line: every run of white space (except no-break spaces) becomes one space,
    /// and the ends are trimmed.
    pub fn line(raw: &str) -> Self {
        if is_settled(raw) {
            return Self(raw.into());
        }
        let mut out = String::with_capacity(raw.len());
        if raw.chars().all(is_plain) {
            for word in raw
                .split(|c: char| c != '\u{a0}' && c.is_whitespace())
                .filter(|w| !w.is_empty())
            {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
        } else {
            fold_blanks(harmless(&without_sequences(raw)), &mut out);
        }
        let kept = out
            .trim_matches(|c: char| c.is_whitespace() || is_zero_width_space(c))
            .len();
        if kept != out.len() {
            out = out
                .trim_matches(|c: char| c.is_whitespace() || is_zero_width_space(c))
                .to_owned();
        }
        Self(out.into_boxed_str())
    }

    /// Like [`Clean::line`], but cut after 1,000 characters: no real headline or
    /// name is longer.
    pub fn headline(raw: &str) -> Self {
        let line = Self::line(raw);
        match line.char_indices().nth(LONGEST_HEADLINE) {
            Some((end, _)) => Self::line(&format!("{}…", &line[..end])),
            None => line,
        }
    }

    /// Cleans several lines, each as by [`Clean::line`], joined by `\n`. Empty lines at both ends
    /// are removed.
    pub fn lines(raw: &str) -> Self {
        if are_settled(raw) {
            return Self(raw.into());
        }
        let raw = without_sequences(raw);
        let joined = split_lines(&raw)
            .map(|l| Self::line(l).0.into_string())
            .collect::<Vec<_>>()
            .join("\n");
        Self(joined.trim_matches('\n').to_owned().into_boxed_str())
    }

    /// Like [`Clean::lines`], without a copy if the text is clean already.
    pub(crate) fn owned_lines(raw: String) -> Self {
        if are_settled(&raw) {
            Self(raw.into_boxed_str())
        } else {
            Self::lines(&raw)
        }
    }

    /// Cleans program text: spaces inside a line stay, a tab becomes four spaces, line ends are
    /// trimmed.
    pub fn code(raw: &str) -> Self {
        if are_settled(raw) {
            return Self(raw.into());
        }
        let raw = without_sequences(raw);
        let joined = split_lines(&raw)
            .map(|l| {
                harmless(&l.replace('\t', "    "))
                    .collect::<String>()
                    .trim_end()
                    .to_owned()
            })
            .collect::<Vec<_>>()
            .join("\n");
        Self(joined.trim_matches('\n').to_owned().into_boxed_str())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as a `String`.
    pub(crate) fn into_string(self) -> String {
        self.0.into_string()
    }

    /// A part of the text, which is clean, too. `None` if the range is not on character boundaries.
    pub fn slice(&self, range: std::ops::Range<usize>) -> Option<Self> {
        self.0.get(range).map(|s| Self(s.into()))
    }

    /// Whether it has nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// Whether cleaning this line would not change it, as is true of most text once the markup is
/// removed.
fn is_settled(raw: &str) -> bool {
    let mut blank = true;
    for c in raw.chars() {
        match c {
            // First, because most characters are of these ranges.
            '가'..='힣' | '!'..='~' => blank = false,
            ' ' if !blank => blank = true,
            ' ' | '\n' | '\t' | '\r' | '\u{a0}' | '\u{3000}' => return false,
            _ if is_plain(c) => blank = false,
            _ => return false,
        }
    }
    !blank || raw.is_empty()
}

/// Whether cleaning these lines would not change them.
fn are_settled(raw: &str) -> bool {
    let lines = !raw.starts_with('\n') && !raw.ends_with('\n');
    lines && (is_everyday(raw.as_bytes()) || raw.split('\n').all(is_settled))
}

/// Whether the lines contain only Hangul syllables, ASCII and the punctuation of everyday text
/// (quotation marks, dashes, `…`, `▲`, `■`), with single spaces between the words. All text of
/// feeds passes through here, so it decides without branches, which would be foreseen wrongly at
/// every word: 0.4 ns a byte, where a branch for each kind of letter takes 0.9. A loop that the
/// compiler vectorises took 0.3, but 3.6 in a program optimised for size, where loops are not
/// vectorised.
fn is_everyday(raw: &[u8]) -> bool {
    if !matches!(raw.first(), Some(b'!'..)) || !matches!(raw.last(), Some(b'!'..)) {
        return false;
    }
    // What the last byte, and the last two, would forbid.
    let (mut forbidden, mut one, mut two) = (0, 0, 0);
    for part in raw.chunks(64) {
        for &byte in part {
            let next = &BYTES[usize::from(byte)];
            forbidden |= two & next.third;
            two = one & next.second;
            one = next.first;
        }
        if forbidden != 0 {
            return false;
        }
    }
    one & NEVER == 0 && two & NEVER == 0
}

/// Which rules of [`is_everyday`] a byte breaks, a bit for each: a rule is broken where three bytes
/// in a row have its bit, each in its place. A rule about fewer bytes has the bits of all others.
#[derive(Clone, Copy)]
struct Broken {
    first: u16,
    second: u16,
    third: u16,
}

/// No such byte.
const NEVER: u16 = 1;

const BYTES: [Broken; 256] = {
    const BLANK: u16 = 1 << 1; // no blank after a space
    const INDENT: u16 = 1 << 2; // no space at the start of a line
    const BEFORE_FIRST: u16 = 1 << 3; // 가 is ea b0 80
    const AFTER_LAST: u16 = 1 << 4; // 힣 is ed 9e a3
    const LAST: u16 = 1 << 5;
    const MARK: u16 = 1 << 6; // e2 80, e2 96 and e2 97 alone
    const QUOTES: u16 = 1 << 7; // e2 80 90 to e2 80 a7
    const BOXES: u16 = 1 << 8; // from e2 96 a0 on
    let mut bytes = [Broken {
        first: 0,
        second: NEVER,
        third: NEVER | BLANK | INDENT | BEFORE_FIRST | AFTER_LAST | MARK,
    }; 256];
    let mut byte = 0;
    while byte < 256 {
        let broken = &mut bytes[byte];
        broken.first = match byte {
            0x20 => BLANK,
            0x0a => INDENT,
            0x21..=0x7e | 0x80..=0xbf | 0xeb | 0xec => 0,
            0xea => BEFORE_FIRST,
            0xed => AFTER_LAST | LAST,
            0xe2 => MARK | QUOTES | BOXES,
            _ => NEVER,
        };
        broken.second |= match byte {
            0x20 => BLANK | INDENT,
            0x0a => BLANK,
            _ => 0,
        };
        broken.second |= if byte < 0xb0 { BEFORE_FIRST } else { 0 };
        broken.second |= match byte {
            0x9e => LAST,
            0x9f.. => AFTER_LAST,
            _ => 0,
        };
        broken.second |= match byte {
            0x80 => QUOTES,
            0x96 => BOXES,
            0x97 => 0,
            _ => MARK,
        };
        broken.third |= if byte > 0xa3 { LAST } else { 0 };
        broken.third |= if matches!(byte, 0x90..=0xa7) {
            0
        } else {
            QUOTES
        };
        broken.third |= if byte < 0xa0 { BOXES } else { 0 };
        byte += 1;
    }
    bytes
};

/// Turns every run of white space (except no-break spaces) into one space, and drops it at the
/// start.
fn fold_blanks(chars: impl Iterator<Item = char>, out: &mut String) {
    let mut blank = false;
    for c in chars {
        if c == '\u{a0}' || !c.is_whitespace() {
            if blank && !out.is_empty() {
                out.push(' ');
            }
            blank = false;
            out.push(c);
        } else {
            blank = true;
        }
    }
}

/// Characters that composition never touches and that need no replacement: most pages hold no
/// other, and NFC costs ten times the rest of the cleaning.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t' | '\r'
        | '가'..='힣' | '一'..='\u{9fff}'
        | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{ff}' | '\u{2010}'..='\u{2027}'
        | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}' | '\u{25a0}'..='\u{25ff}')
}

/// The characters of `raw` that may be shown, in NFC, with floods of characters without ink
/// shortened.
fn harmless(raw: &str) -> impl Iterator<Item = char> + '_ {
    let mut flood = Flood::default();
    composed(raw).filter(move |&c| flood.spares(c))
}

/// `raw` in NFC, except for compatibility ideographs, which stay as they are: NFC would replace the
/// 268 Hanja that KS X 1001 lists once for each of their readings (李 as 이 and as 리).
fn composed(raw: &str) -> impl Iterator<Item = char> + '_ {
    raw.split_inclusive(is_compatibility).flat_map(|run| {
        let last = run.chars().next_back().filter(|c| is_compatibility(*c));
        let rest = &run[..run.len() - last.map_or(0, char::len_utf8)];
        rest.chars().filter_map(substitute).nfc().chain(last)
    })
}

/// Whether `c` is a CJK compatibility ideograph: canonically equivalent to another character.
pub(super) fn is_compatibility(c: char) -> bool {
    matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// What replaces a character of outside text: itself, a space, or nothing.
fn substitute(c: char) -> Option<char> {
    match c {
        '\n' | '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Terminals draw the Hangul filler as 0, 1 or 2 cells; it means a space.
        '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}' if c == '\u{3164}' || c == '\u{ffa0}' => {
            Some(' ')
        }
        _ if c.is_control() => None,
        '\u{ad}' | '\u{feff}' | '\u{34f}' | '\u{61c}' | '\u{180e}' => None,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}' => None,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        _ if (c as u32) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c) => None,
        _ => Some(c),
    }
}

/// Whether `c` must not reach a terminal: a control character, one that turns the direction of
/// reading, or one that is no text at all.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control() || !is_plain(c) && substitute(c).is_none()
}

fn is_zero_width_space(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{200d}' | '\u{200c}')
}

fn split_lines(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(['\n', '\u{2028}', '\u{2029}', '\u{85}'])
        .map(|l| l.strip_suffix('\r').unwrap_or(l))
}

impl Deref for Clean {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl From<&str> for Clean {
    /// As [`Clean::lines`].
    fn from(raw: &str) -> Self {
        Self::lines(raw)
    }
}

impl<'de> Deserialize<'de> for Clean {
    /// What comes back from a file or a pipe is cleaned again, as several lines with their indents
    /// kept.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::code(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::combining::{ALIKE_KEPT, LINKS_KEPT, MARKS_KEPT};

    #[test]
    fn escape_sequences_lose_their_teeth() {
        assert_eq!(&*Clean::line("가\u{1b}[31m나\u{9b}2J\u{7}다\0"), "가나다");
        assert_eq!(&*Clean::line("가\u{1b}]0;x\u{7}나 [31m 다"), "가나 [31m 다");
        assert_eq!(&*Clean::lines("가\u{1b}_G\nAAAA\u{1b}\\\n나"), "가\n나");
        assert_eq!(&*Clean::code("  가\u{1b}[1m\tb"), "  가    b");
        assert_eq!(&*Clean::line("a\u{202e}b\u{2066}c\u{200f}"), "abc");
    }

    #[test]
    fn no_headline_is_endless() {
        assert_eq!(&*Clean::headline(" 첫차\n앞당긴다 "), "첫차 앞당긴다");
        let cut = Clean::headline(&"가나 ".repeat(1_000_000));
        assert!(
            cut.chars().count() <= LONGEST_HEADLINE + 1 && cut.ends_with('…'),
            "{}",
            cut.len()
        );
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(&*Clean::line("\u{1112}\u{1161}\u{11ab}글"), "한글");
    }

    #[test]
    fn hanja_stay_as_they_were_written() {
        assert_eq!(
            &*Clean::line("\u{f9e1} 총리, \u{674e}"),
            "\u{f9e1} 총리, \u{674e}"
        );
        assert_eq!(
            &*Clean::line("\u{1112}\u{1161}\u{f9e1}\u{1112}\u{1161}\u{11ab}"),
            "하\u{f9e1}한"
        );
    }

    #[test]
    fn blanks_fold_but_no_break_space_stays() {
        assert_eq!(
            &*Clean::line("  가\t\n 나\u{a0}다 \u{200b}"),
            "가 나\u{a0}다"
        );
        assert_eq!(&*Clean::lines("\n\n가  나 \r\n\n다\n"), "가 나\n\n다");
        assert_eq!(&*Clean::code("fn a()\n\tb\t \n"), "fn a()\n    b");
    }

    #[test]
    fn floods_of_what_makes_no_ink_are_cut() {
        let most = 2 + MARKS_KEPT + ALIKE_KEPT + LINKS_KEPT;
        for unit in [
            "\u{301}",
            "\u{200b}",
            "\u{200c}",
            "\u{200d}",
            "\u{2060}",
            "\u{fe0f}",
            "\u{1100}",
            "\u{1161}",
            "\u{11a8}",
            "\u{1f3ff}",
            "\u{600}",
            "\u{e0061}",
            "\u{e0100}",
            "\u{200b}\u{301}",
            "\u{94d}",
        ] {
            let flooded = Clean::line(&format!("가{}나", unit.repeat(500)));
            assert!(
                flooded.starts_with(['가', '각']) && flooded.ends_with('나'),
                "{unit:?}"
            );
            assert!(
                flooded.chars().count() <= most,
                "{unit:?}: {}",
                flooded.chars().count()
            );
        }
        // A chain of joiners falls into pieces; its pictures stay.
        let chain = Clean::line(&"👩\u{200d}".repeat(500));
        assert_eq!(chain.chars().filter(|c| *c == '👩').count(), 500);
        let longest = unicode_segmentation::UnicodeSegmentation::graphemes(&*chain, true)
            .map(str::len)
            .max();
        assert!(longest < Some(100), "{longest:?}");
        for kept in [
            "👨\u{200d}👩\u{200d}👧\u{200d}👦",
            "👍🏿",
            "स्त्र्य",
            "ế",
            "\u{a960}\u{1161}\u{d7cb}",
            "❤\u{fe0f}",
        ] {
            assert_eq!(&*Clean::line(kept), kept);
        }
    }

    #[test]
    fn the_short_way_cleans_as_the_long_way_does() {
        for raw in [
            "  가 나\t다\r\n “라” … 한자 漢字 ",
            "a\u{a0}b · c – d",
            "①②ㄱㅏ ▲ 1㎡",
            "é e\u{301}",
            "힘 “라” … 힣 ■ —",
            "가  나",
            "가\u{2028}나 \u{200f}다",
            "\u{a960}\u{1161} \u{d7b0}",
            "ꥠ나다 ⓐ 가가",
        ] {
            let long = Clean::line(&format!("{raw}\u{feff}"));
            assert_eq!(Clean::line(raw), long);
        }
    }

    #[test]
    fn everyday_text_is_known_by_its_bytes() {
        for text in ["가 힣 a~!", "“가”‐‧ … ▲■◆\n\n나", "!", "각갛\n깋"] {
            assert!(is_everyday(text.as_bytes()), "{text:?}");
        }
        for text in [
            "",
            " 가",
            "가 ",
            "\n가",
            "가  나",
            "가 \n나",
            "가\n 나",
            "가\t나",
            "가\u{7f}",
            "가\u{abff}",
            "가\u{d7a4}",
            "가\u{2028}",
            "가─",
            "가漢",
            "é",
            "가\u{a0}나",
            "가\r\n나",
        ] {
            assert!(!is_everyday(text.as_bytes()), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn cleaning_changes_no_everyday_text(raw in "([가-힣ힰa-z! \n\u{80}-\u{97f}“▲█]|\\PC){0,9}") {
            let is_clean = || raw.split('\n').all(is_settled);
            proptest::prop_assert!(!is_everyday(raw.as_bytes()) || is_clean());
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for raw in [
            "가\u{301}\u{301}\u{301}\u{301}\u{301}나",
            " a \u{3164} b ",
            "\u{1112}\u{1161}\r\n\u{feff}x",
        ] {
            let once = Clean::lines(raw);
            assert_eq!(Clean::lines(&once), once);
        }
    }
}
