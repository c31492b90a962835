//! How punctuation and symbols are read in both languages, where no rule of the language precedes.

/// What replaces the mark `c`: a pause, a blank, a word, or the mark itself.
pub(super) fn mark(c: char) -> &'static str {
    match c {
        '.' | '。' => ".",
        '!' | '！' | '‼' => "!",
        '?' | '？' | '⁉' => "?",
        ',' | '，' | '、' | ';' | ':' | '：' | '；' => ", ",
        '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' | '【' | '】' | '〔' | '〕' => ", ",
        // Quotation marks are not read, and a particle after one stays attached to its word.
        '“' | '”' | '‘' | '’' | '"' | '\'' => "",
        '▲' | '△' | '▼' | '▽' | '■' | '□' | '●' | '○' | '◆' | '◇' | '▶' | '▷' | '◀' | '◁' | '※'
        | '★' | '☆' | '◎' | '☞' | '→' | '←' | '•' | '‣' | '·' | 'ㆍ' | '・' | '∙' | '…' | '⋯'
        | '—' | '―' | '|' | '\n' => ", ",
        _ => " ",
    }
}

/// Whether `c` is a letter or a digit that a voice can read. ⓒ and the like count as marks.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !('\u{2460}'..='\u{24ff}').contains(&c)
}
