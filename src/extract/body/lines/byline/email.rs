//! Finds e-mail addresses in a line of text.

use crate::news::Clean;

/// The e-mail address of a line that contains nothing else.
pub(crate) fn address(line: &str) -> Option<Clean> {
    let (found, rest) = email(line);
    found.filter(|_| !rest.chars().any(char::is_alphanumeric))
}

/// The first e-mail address in a text, and the text without it.
pub(super) fn email(text: &str) -> (Option<Clean>, String) {
    let Some(at) = text.find('@') else {
        return (None, text.to_owned());
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let start = text[..at].rfind(|c| !is_part(c)).map_or(0, |i| {
        i + text[i..].chars().next().map_or(1, char::len_utf8)
    });
    let end = text[at + 1..]
        .find(|c| !is_part(c))
        .map_or(text.len(), |i| at + 1 + i);
    let address = text[start..end].trim_matches(['.', '-', '_']);
    let sound = address
        .find('@')
        .is_some_and(|a| a > 0 && address[a + 1..].contains('.'));
    if !sound {
        return (None, text.to_owned());
    }
    (
        Some(Clean::line(address)),
        format!("{} {}", &text[..start], &text[end..]),
    )
}
