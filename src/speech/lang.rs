//! The language of a sentence: it decides how numbers and marks are read and which voice reads.

use crate::news::hangul::is_hangul_syllable;

/// The language in which a sentence is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Korean.
    Ko,
    /// English, and everything else in Latin letters.
    En,
}

impl Lang {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// The language of `text`. In a Korean article (`korean`) any Hangul makes a sentence Korean;
    /// elsewhere it takes a syllable for every three Latin letters. A text without letters has the
    /// article's.
    pub fn of(text: &str, korean: bool) -> Self {
        let hangul = text.chars().filter(|c| is_hangul_syllable(*c)).count();
        let latin = text.chars().filter(char::is_ascii_alphabetic).count();
        let is_korean = match (hangul, latin) {
            (0, 0) => korean,
            (0, _) => false,
            (h, l) => korean || h * 3 >= l,
        };
        if is_korean { Self::Ko } else { Self::En }
    }
}
