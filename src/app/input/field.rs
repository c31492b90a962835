//! A line of text being typed. Movement and deletion are by grapheme clusters, and input is
//! composed to NFC.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::key::{Key, KeyCode};
use crate::news::Clean;

/// The longest text that can be typed, in bytes.
const LONGEST: usize = 2_000;

/// A text field with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Byte offset of the cursor, on a grapheme cluster boundary.
    cursor: usize,
}

impl Field {
    /// A field containing `text`, with the cursor at its end.
    pub fn with(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// The text as typed so far, composed to NFC.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor, and the text after it.
    pub fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Inserts text at the cursor, cleaned and reduced to one line. Separate jamo are composed into
    /// syllables.
    pub fn insert(&mut self, typed: &str) {
        // A typed blank is kept, but blanks around a pasted text are trimmed.
        let typed = if typed == " " {
            " ".to_owned()
        } else {
            Clean::line(typed).to_string()
        };
        if self.text.len() + typed.len() > LONGEST {
            return;
        }
        let (before, after) = self.text.split_at(self.cursor);
        let before: String = before.chars().chain(typed.chars()).nfc().collect();
        let cursor = before.len();
        self.text = before + after;
        // The inserted text may have joined a cluster with what follows, for instance by a
        // combining accent or a zero-width joiner.
        let ends = self.text.grapheme_indices(true).map(|(at, g)| at + g.len());
        self.cursor = std::iter::once(0)
            .chain(ends)
            .find(|end| *end >= cursor)
            .unwrap_or(self.text.len());
    }

    /// Handles a key. Returns whether the text changed.
    pub fn press(&mut self, key: Key) -> bool {
        let before = self.text.clone();
        if key.alt || (key.ctrl && matches!(key.code, KeyCode::Left | KeyCode::Right)) {
            self.by_word(key.code);
            return self.text != before;
        }
        match (key.code, key.ctrl) {
            (KeyCode::Char('a'), true) | (KeyCode::Home, _) => self.cursor = 0,
            (KeyCode::Char('e'), true) | (KeyCode::End, _) => self.cursor = self.text.len(),
            (KeyCode::Char('b'), true) | (KeyCode::Left, _) => self.cursor = self.left(),
            (KeyCode::Char('f'), true) | (KeyCode::Right, _) => self.cursor = self.right(),
            (KeyCode::Char('h'), true) | (KeyCode::Backspace, _) => {
                self.cut(self.left(), self.cursor);
            }
            (KeyCode::Char('d'), true) | (KeyCode::Delete, _) => {
                self.cut(self.cursor, self.right());
            }
            (KeyCode::Char('w'), true) => self.cut(self.word(), self.cursor),
            (KeyCode::Char('u'), true) => self.cut(0, self.cursor),
            (KeyCode::Char('k'), true) => self.cut(self.cursor, self.text.len()),
            (KeyCode::Char(c), false) => self.insert(c.encode_utf8(&mut [0; 4])),
            _ => {}
        }
        self.text != before
    }

    /// Handles Alt and a key, or Control and an arrow: the same movements by words.
    fn by_word(&mut self, code: KeyCode) {
        match code {
            KeyCode::Char('b') | KeyCode::Left => self.cursor = self.word(),
            KeyCode::Char('f') | KeyCode::Right => self.cursor = self.word_end(),
            KeyCode::Char('d') | KeyCode::Delete => self.cut(self.cursor, self.word_end()),
            KeyCode::Backspace => self.cut(self.word(), self.cursor),
            _ => {}
        }
    }

    fn left(&self) -> usize {
        self.text[..self.cursor]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.cursor
            + self.text[self.cursor..]
                .graphemes(true)
                .next()
                .map_or(0, str::len)
    }

    /// Byte offset of the beginning of the word before the cursor.
    fn word(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.rfind(char::is_whitespace).map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        })
    }

    /// Byte offset of the end of the word after the cursor.
    fn word_end(&self) -> usize {
        let after = &self.text[self.cursor..];
        let word = after
            .find(|c: char| !c.is_whitespace())
            .unwrap_or(after.len());
        let end = after[word..]
            .find(char::is_whitespace)
            .map_or(after.len(), |at| word + at);
        self.cursor + end
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(field: &mut Field, keys: &str) {
        for key in keys.split(' ') {
            field.press(key.parse().unwrap());
        }
    }

    #[test]
    fn hangul_is_cut_by_syllables_and_emoji_whole() {
        let mut field = Field::with("한국👨‍👩‍👧‍👦");
        press(&mut field, "BS");
        assert_eq!(field.text(), "한국");
        press(&mut field, "Left BS 서");
        assert_eq!(field.halves(), ("서", "국"));
        press(&mut field, "Del 울 Space 시");
        assert_eq!(field.text(), "서울 시");
        press(&mut field, "C-w");
        assert_eq!(field.text(), "서울 ");
    }

    #[test]
    fn words_are_gone_over_and_cut_whole() {
        let mut field = Field::with("서울 시청 앞");
        press(&mut field, "M-b C-Left");
        assert_eq!(field.halves(), ("서울 ", "시청 앞"));
        press(&mut field, "M-f");
        assert_eq!(field.halves(), ("서울 시청", " 앞"));
        press(&mut field, "M-BS M-d");
        assert_eq!(field.halves(), ("서울 ", ""));
        press(&mut field, "M-b M-b M-f C-Right M-d");
        assert_eq!(field.halves(), ("서울 ", ""));
    }

    #[test]
    fn the_cursor_never_stands_inside_a_cluster() {
        let mut field = Field::with("👩👧e");
        press(&mut field, "Left Left");
        field.insert("\u{200d}");
        assert!(
            matches!(field.halves(), ("👩\u{200d}👧", "e") | ("👩", "👧e")),
            "{field:?}"
        );
        press(&mut field, "End");
        field.insert("\u{301}");
        assert_eq!(field.text().chars().last(), Some('é'));
    }

    #[test]
    fn decomposed_jamo_become_syllables() {
        let mut field = Field::default();
        for jamo in ["\u{1112}", "\u{1161}", "\u{11ab}"] {
            field.insert(jamo);
        }
        assert_eq!((field.text(), field.halves().0), ("한", "한"));
    }

    #[test]
    fn pasted_escapes_and_line_ends_stay_out() {
        let mut field = Field::default();
        field.insert("https://a.kr/\u{1b}[31m\nb");
        assert_eq!(field.text(), "https://a.kr/ b");
    }
}
