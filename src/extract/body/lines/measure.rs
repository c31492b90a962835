//! Measures shared by the rules on lines: letters, width, the end of a sentence.

pub(crate) use crate::extract::meta::title::letters as key;

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
