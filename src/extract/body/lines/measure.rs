//! Measures shared by the rules on lines: letters, width, the end of a sentence.

/// The letters and digits of a line in lower case, to compare lines regardless of spacing and
/// punctuation.
pub(crate) fn key(line: &str) -> String {
    line.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The width in columns as a rough measure of content: Hangul, kana and Chinese characters count 2,
/// others 1.
pub(crate) fn columns(line: &str) -> usize {
    line.chars()
        .map(|c| if c as u32 >= 0x1100 { 2 } else { 1 })
        .sum()
}

/// Whether the line ends a sentence; closing quotation marks and brackets are ignored.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let core =
        line.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]』」】》>".contains(c));
    core.ends_with(['.', '!', '?', '。', '！', '？', '…']) && !core.ends_with("www.")
}

/// Whether `c` is a Hangul syllable or a jamo on its own: ㄱ to ㅎ, ㅏ to ㅣ and the old letters to ㆎ.
pub(crate) fn is_hangul_letter(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ')
}
