//! Written text as it is said: the way in, and what both languages share.
//!
//! What comes out holds letters, digits, blanks and the few marks that a voice makes pauses of. It
//! never begins with a mark, so no voice can take it for an option, and holds nothing that a voice
//! could take for a command of its own.

use super::address::address;
use super::{Lang, english, korean};

/// What is said for `text`; empty where there is nothing to say.
pub fn spoken(text: &str, lang: Lang) -> String {
    let chars: Vec<char> = text.chars().collect();
    tidy(&match lang {
        Lang::Ko => korean::say(&chars),
        Lang::En => english::say(&chars),
    })
}

/// A link, mailbox or host that begins at `at`: what is said, and one past its end.
pub(super) fn address_at(chars: &[char], at: usize, lang: Lang) -> Option<(String, usize)> {
    let inside = |c: &char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | ',')
    };
    if !chars[at].is_ascii_alphanumeric() || (at > 0 && inside(&chars[at - 1])) {
        return None;
    }
    let run: String = chars[at..].iter().take_while(|c| inside(c)).collect();
    address(&run, lang).map(|(said, length)| (said, at + length))
}

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

/// Blanks folded, pauses thinned, nothing but words at the beginning.
fn tidy(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    for c in said.chars() {
        match c {
            ' ' => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            ',' | '.' | '!' | '?' => {
                let before = out.trim_end().len();
                match out[..before].chars().next_back() {
                    None | Some('.' | '!' | '?') => {}
                    Some(',') => {
                        out.truncate(before - 1);
                        out.push(c);
                    }
                    Some(_) => {
                        out.truncate(before);
                        out.push(c);
                    }
                }
            }
            _ => {
                if out.is_empty() && !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥')
                {
                    continue;
                }
                // A pause is heard only between words.
                if out.ends_with(',') && !c.is_ascii_digit() {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    let kept = out.trim_end_matches([' ', ',']).len();
    out.truncate(kept);
    if out.chars().any(char::is_alphanumeric) {
        out
    } else {
        String::new()
    }
}
