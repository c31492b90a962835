//! How much a run of text says, and whether it ends sentences.

/// The measure of one text node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct WordWeight {
    /// 1 for a letter and 2.2 for a Hangul syllable or an ideograph, which says as much as two or
    /// three letters.
    pub(crate) weight: f32,
    /// How many marks end a sentence, or a part of one.
    pub(crate) sentences: u32,
}

impl WordWeight {
    /// Measures text.
    pub(super) fn of(words: &str) -> Self {
        let mut weight = 0.0;
        let mut sentences = 0;
        let mut last = ' ';
        for c in words.chars() {
            weight += match c {
                '!'..='~' => 1.0,
                _ if c.is_whitespace() => {
                    if matches!(last, '.' | '?' | '!' | ',' | '"' | '”' | '다') {
                        sentences += 1;
                    }
                    // The blanks at a run's end must not hide how it ends.
                    continue;
                }
                '。' | '！' | '？' | '．' | '」' | '』' => {
                    sentences += 1;
                    2.2
                }
                '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 2.2,
                _ => 1.0,
            };
            last = c;
        }
        if matches!(last, '.' | '?' | '!' | '"' | '”' | '…') {
            sentences += 1;
        }
        Self { weight, sentences }
    }
}

#[cfg(test)]
mod tests {
    use super::WordWeight;

    #[test]
    fn syllables_weigh_more_than_letters_and_marks_end_sentences() {
        let of = |words| {
            let WordWeight { weight, sentences } = WordWeight::of(words);
            ((weight * 10.0).round(), sentences)
        };
        assert_eq!(of(" \n"), (0.0, 0));
        assert_eq!(of("ab c"), (30.0, 0));
        assert_eq!(of("가나 다. "), (76.0, 2));
        assert_eq!(of("가나다 라"), (88.0, 1));
        assert_eq!(of("漢字。"), (66.0, 1));
        assert_eq!(of("Yes, no."), (70.0, 2));
    }
}
