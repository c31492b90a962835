//! The last check of a text before it is written to a terminal, a pipe or a standard stream. Its
//! parts were cleaned where they entered the program; this holds also where one was forgotten.

use std::borrow::Cow;

use super::clean::is_unprintable;
use super::escape::without_sequences;

/// Which control sequences a printed text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Styling {
    /// None.
    Plain,
    /// Colours, bold, dim, italic, underlined and reversed letters. Never one that moves the
    /// cursor, erases, blinks or hides: laid-out text is also read in pagers and files.
    Styled,
}

/// `text` without control sequences other than those of `styling`, without control characters
/// other than line break and tab, and without characters that turn the direction of reading.
pub fn printable(text: &str, styling: Styling) -> Cow<'_, str> {
    let is_clean = |part: &str| {
        !part
            .chars()
            .any(|c| is_unprintable(c) && c != '\n' && c != '\t')
    };
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let style = match styling {
            Styling::Styled => next_style(rest),
            Styling::Plain => None,
        };
        let (from, to) = style.unwrap_or((rest.len(), rest.len()));
        let (before, after) = (&rest[..from], &rest[to..]);
        let kept = without_sequences(before);
        out.extend(
            kept.chars()
                .filter(|&c| !is_unprintable(c) || c == '\n' || c == '\t'),
        );
        out.push_str(&rest[from..to]);
        rest = after;
    }
    Cow::Owned(out)
}

/// Where the next sequence that only sets a style begins and ends.
fn next_style(text: &str) -> Option<(usize, usize)> {
    text.match_indices("\x1b[").find_map(|(from, opening)| {
        let tail = &text[from + opening.len()..];
        let end = tail.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        let is_style = tail[end..].starts_with('m') && is_plain_style(&tail[..end]);
        is_style.then(|| (from, from + opening.len() + end + 1))
    })
}

/// Whether the parameters of a sequence set nothing but weight, slant, underline, reversal and
/// colours by name.
fn is_plain_style(parameters: &str) -> bool {
    let is_plain = |number: &str| {
        number.is_empty()
            || matches!(
                number.parse(),
                Ok(0..=4_u8 | 7 | 22..=24 | 27 | 30..=37 | 39..=47 | 49 | 90..=97 | 100..=107)
            )
    };
    parameters.split(';').all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_styles_passes_and_only_where_they_are_wanted() {
        let text =
            "\x1b[1;31m가\x1b[0m\t나\x1b[2X\x1b[5m\x1b[8m다\x1b]0;x\x07\x1b[3A\r라\u{202e}\n";
        assert_eq!(printable(text, Styling::Plain), "가\t나다라\n");
        assert_eq!(
            printable(text, Styling::Styled),
            "\x1b[1;31m가\x1b[0m\t나다라\n"
        );
        let fine = "그대로 e\u{301} 👩\u{200d}🚀 ﷽\n";
        assert!(matches!(printable(fine, Styling::Plain), Cow::Borrowed(_)));
    }

    #[test]
    fn no_piece_of_a_sequence_joins_with_another_to_one() {
        for text in [
            "\x1b\x1b[0m]0;x\x07",
            "\x1b[\x1b[0m2J",
            "\u{9b}\x1b[1m2J",
            "\x1b]0;a\x1b[1mb\x07c",
        ] {
            let out = printable(text, Styling::Styled);
            let styles_gone = out.replace("\x1b[0m", "").replace("\x1b[1m", "");
            assert!(!styles_gone.contains(['\x1b', '\u{9b}', '\x07']), "{out:?}");
        }
    }
}
