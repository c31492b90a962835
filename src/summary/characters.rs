//! Classes of characters shared by the splitting and the comparing of sentences.

use crate::news::hangul::is_hangul_syllable;

/// Whether `c` can end a sentence.
pub(crate) fn terminates(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '‼' | '⁉')
}

/// Whether `c` is a letter or a digit. Hangul is tested first because it is the most frequent here
/// and the lookup in Unicode's table is slow.
pub(crate) fn is_letter(c: char) -> bool {
    is_hangul_syllable(c) || c.is_alphanumeric()
}
