//! The language of a sentence, which decides how its numbers and marks are said and which voice says
//! it.

use crate::news::hangul::is_hangul_syllable;

/// The language of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Korean.
    Ko,
    /// English, and whatever else is written in Latin letters.
    En,
}

impl Lang {
    /// Its BCP 47 name.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// The language of `text`: any word in Hangul makes a sentence of a Korean article Korean;
    /// elsewhere the letters decide, and where there are none, the article.
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
