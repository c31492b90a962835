//! Classes of characters that splitting sentences and comparing them both ask about.

use crate::news::hangul::is_hangul_syllable;

/// Whether `c` ends sentences.
pub(crate) fn terminates(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '‼' | '⁉')
}

/// Whether `c` is a letter or a digit. The table of Unicode's letters is slow to ask, and most are
/// Hangul here.
pub(crate) fn is_letter(c: char) -> bool {
    is_hangul_syllable(c) || c.is_alphanumeric()
}
