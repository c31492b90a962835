//! Punctuation and symbols as both languages say them, where no rule of a language comes first.

/// What a mark that no rule of a language claims becomes: a pause, a blank, or itself.
pub(super) fn mark(c: char) -> &'static str {
    match c {
        '.' | '。' => ".",
        '!' | '！' | '‼' => "!",
        '?' | '？' | '⁉' => "?",
        ',' | '，' | '、' | ';' | ':' | '：' | '；' => ", ",
        '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' | '【' | '】' | '〔' | '〕' => ", ",
        // Quotation marks are not heard, and what hangs on them stays with the word.
        '“' | '”' | '‘' | '’' | '"' | '\'' => "",
        '▲' | '△' | '▼' | '▽' | '■' | '□' | '●' | '○' | '◆' | '◇' | '▶' | '▷' | '◀' | '◁' | '※'
        | '★' | '☆' | '◎' | '☞' | '→' | '←' | '•' | '‣' | '·' | 'ㆍ' | '・' | '∙' | '…' | '⋯'
        | '—' | '―' | '|' | '\n' => ", ",
        _ => " ",
    }
}

/// Whether `c` is a letter or a digit that a voice knows: ⓒ and its like are marks.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !('\u{2460}'..='\u{24ff}').contains(&c)
}
