//! Classes of characters that splitting sentences and comparing them both ask about.

/// Whether `c` ends sentences.
pub(crate) fn terminates(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '‼' | '⁉')
}

/// Whether `c` is a Hangul syllable.
pub(crate) fn hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether `c` is a letter or a digit. The table of Unicode's letters is slow to ask, and most are
/// Hangul here.
pub(crate) fn is_letter(c: char) -> bool {
    hangul(c) || c.is_alphanumeric()
}
