//! Recognises what a line begins with: brackets, list markers, a speaker's name.

use crate::extract::body::lines::columns;

/// Whether a line names the next speaker or is a marked heading: `[앵커]`, `【 기자 】`, `■ 배경`.
pub(crate) fn is_bracketed(text: &str) -> bool {
    columns(text) <= 40
        && text.starts_with([
            '[', '【', '<', '〈', '(', '■', '◇', '◆', '▶', '△', '○', '●', '□',
        ])
        && text.chars().any(char::is_alphanumeric)
}

/// The text of a list item without its marker, or `None` for other lines.
pub(crate) fn item(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['-', '*', '•', '·', '‣', '◦', '∙', '–'])?;
    rest.starts_with([' ', '\u{a0}'])
        .then(|| rest.trim())
        .filter(|r| !r.is_empty())
}

/// Whether a line is a bracketed mark and nothing else: `[앵커]`.
pub(crate) fn is_bracketed_alone(text: &str) -> bool {
    is_bracketed(text) && text.ends_with([']', '】', '>', '〉', ')'])
}

/// Whether a line is something that a speaker says: `진행자: …`, `Q. …`, `김 의원 : …`.
pub(crate) fn is_spoken(text: &str) -> bool {
    if text.starts_with("Q.")
        || text.starts_with("A.")
        || text.starts_with("Q ")
        || text.starts_with("― ")
        || text.starts_with("— ")
    {
        return true;
    }
    let head: String = text.chars().take(24).collect();
    head.split_once([':', '：']).is_some_and(|(who, said)| {
        let who = who.trim();
        !who.is_empty()
            && who.split_whitespace().count() <= 4
            && !who.ends_with(|c: char| c.is_ascii_digit())
            && !said.starts_with("//")
    })
}

/// Whether a dash introduces a quotation and not a list item: `- "저희가 …"`.
pub(crate) fn is_quoted_item(text: &str) -> bool {
    item(text).is_some_and(|said| said.starts_with(['"', '“', '\'', '‘']))
}
