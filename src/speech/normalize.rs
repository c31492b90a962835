//! The spoken form of written text, by the rules of its language.
//!
//! The result contains letters, digits, blanks and the few marks that voices pause at. It never
//! begins with a mark, so a speech program can't take it for an option, and contains nothing that
//! one could take for a command.

use super::lang::Lang;
use super::{english, korean};

/// The spoken form of `text`; empty where there is nothing to read.
pub fn spoken(text: &str, lang: Lang) -> String {
    let chars: Vec<char> = text.chars().collect();
    tidy(&match lang {
        Lang::Ko => korean::say(&chars),
        Lang::En => english::say(&chars),
    })
}

/// `said` with single blanks, without repeated pauses, and with nothing but words at its start.
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
                // A pause at the end of the text is not heard.
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
