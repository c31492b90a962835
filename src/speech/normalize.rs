//! Written text as it is said: picks the rules of the language, then tidies what they give.
//!
//! What comes out holds letters, digits, blanks and the few marks that a voice makes pauses of. It
//! never begins with a mark, so no voice can take it for an option, and holds nothing that a voice
//! could take for a command of its own.

use super::lang::Lang;
use super::{english, korean};

/// What is said for `text`; empty where there is nothing to say.
pub fn spoken(text: &str, lang: Lang) -> String {
    let chars: Vec<char> = text.chars().collect();
    tidy(&match lang {
        Lang::Ko => korean::say(&chars),
        Lang::En => english::say(&chars),
    })
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
