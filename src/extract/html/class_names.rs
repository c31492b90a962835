//! The words that a page's author put into `class` and `id`, and into the attributes that modern
//! templates have for tests.

use super::dom::{Dom, NodeId};

/// Calls `see(whole, part)` for each word of an element's class and id: the class name in lower
/// case, and each of its parts between hyphens, underscores, digits and humps.
pub(crate) fn each(dom: &Dom<'_>, id: NodeId, mut see: impl FnMut(&str, &str)) {
    for (name, value) in dom.attrs(id) {
        let names = matches!(name.len(), 2 | 5 | 11 | 14)
            && ["class", "id", "data-testid", "data-component"]
                .iter()
                .any(|n| name.eq_ignore_ascii_case(n));
        if !names || value.len() > 600 {
            continue;
        }
        for whole in value.split_ascii_whitespace() {
            if whole.bytes().any(|b| b.is_ascii_uppercase()) {
                let lower = whole.to_ascii_lowercase();
                parts(whole, &lower, |part| see(&lower, part));
            } else {
                parts(whole, whole, |part| see(whole, part));
            }
        }
    }
}

/// The parts of `whole` (`lower` is the same in lower case): `articleBody_txt2` has `article`,
/// `body`, `txt`.
fn parts(whole: &str, lower: &str, mut see: impl FnMut(&str)) {
    let bytes = whole.as_bytes();
    let mut from = 0;
    for at in 0..=bytes.len() {
        let edge = match bytes.get(at) {
            None => true,
            Some(b) if !b.is_ascii_alphabetic() && b.is_ascii() => {
                if from < at {
                    see(&lower[from..at]);
                }
                from = at + 1;
                continue;
            }
            Some(b) => at > from && b.is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase(),
        };
        if edge && from < at {
            see(&lower[from..at]);
            from = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_fall_into_words() {
        let dom = Dom::parse("<div class='articleBody_txt2 ad-box' id=가나Related>");
        let mut seen = Vec::new();
        each(&dom, 1, |_, part| seen.push(part.to_owned()));
        assert_eq!(seen, ["article", "body", "txt", "ad", "box", "가나related"]);
    }
}
