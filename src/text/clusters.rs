//! Grapheme clusters, fast: which characters are always clusters of their own, and UAX #29 for all
//! others.

use unicode_segmentation::UnicodeSegmentation as _;

/// Whether there is always a cluster boundary between `c` and any other such character. `false` in
/// doubt; those characters are left to [`cluster_end`].
pub(super) const fn is_simple(c: char) -> bool {
    matches!(c,
        // Latin; neither CR nor the soft hyphen
        '\0'..='\u{c}' | '\u{e}'..='\u{ac}' | '\u{ae}'..='\u{2ff}'
        | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' // Greek, Cyrillic
        | '\u{1e00}'..='\u{1fff}'
        // general punctuation
        | '\u{2000}'..='\u{200b}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{205f}'
        | '\u{2070}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}' // symbols
        | '\u{2e80}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{a4cf}' // CJK
        | '\u{ac00}'..='\u{d7a3}' // Hangul
        | '\u{f900}'..='\u{fb1d}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9d}' | '\u{ffa1}'..='\u{ffef}'
        | '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}' // pictographs; not the skin tones
        | '\u{20000}'..='\u{323af}')
}

/// The end of the cluster that starts at `at`, which must itself be a cluster boundary of `text`.
pub(super) fn cluster_end(text: &str, at: usize) -> usize {
    at + text[at..].graphemes(true).next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_characters_never_join_each_other() {
        // One of each kind that a cluster rule could join: syllables LV and LVT, letters,
        // pictographs, Indic-free.
        let witnesses = ['a', '가', '각', '漢', '👨', '❤', ' ', '"', 'ㅋ', '㊗'];
        assert!(witnesses.iter().all(|&w| is_simple(w)));
        for c in ('\0'..=char::MAX).filter(|&c| is_simple(c)) {
            for w in witnesses.into_iter().chain([c]) {
                for pair in [format!("{c}{w}"), format!("{w}{c}")] {
                    assert_eq!(
                        pair.graphemes(true).count(),
                        2,
                        "{pair:?} U+{:04X}",
                        c as u32
                    );
                }
            }
        }
    }
}
