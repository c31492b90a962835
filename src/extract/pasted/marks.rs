//! Marks that a line begins with: brackets, list signs, a speaker's name.

use crate::extract::body::lines::columns;

/// `[앵커]`, `【 기자 】`, `<인터뷰>`: who speaks next.
pub(crate) fn is_bracketed(text: &str) -> bool {
    columns(text) <= 40
        && text.starts_with([
            '[', '【', '<', '〈', '(', '■', '◇', '◆', '▶', '△', '○', '●', '□',
        ])
        && text.chars().any(char::is_alphanumeric)
}

/// What an item of a list says, without its mark.
pub(crate) fn item(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['-', '*', '•', '·', '‣', '◦', '∙', '–'])?;
    rest.starts_with([' ', '\u{a0}'])
        .then(|| rest.trim())
        .filter(|r| !r.is_empty())
}

/// A bracketed mark and nothing after it: `[앵커]`.
pub(crate) fn is_bracketed_alone(text: &str) -> bool {
    is_bracketed(text) && text.ends_with([']', '】', '>', '〉', ')'])
}

/// `진행자: …`, `Q. …`, `김 의원 : …`: someone speaks.
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

/// `- "저희가 …"` is what someone said, not an item of a list.
pub(crate) fn is_quoted_item(text: &str) -> bool {
    item(text).is_some_and(|said| said.starts_with(['"', '“', '\'', '‘']))
}
