//! What the words in class names and ids mean. The words are in `class_names.txt`.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use crate::news::word_list;

const WORDS: &str = include_str!("../../../assets/words/class_names.txt");

/// The article's text.
pub(super) const BODY: u8 = 1;
/// A second headline.
pub(super) const SUBHEAD: u8 = 2;
/// Hidden by the style sheet.
pub(super) const HIDDEN: u8 = 4;
/// Does not belong to the article.
pub(super) const JUNK: u8 = 8;
/// A field of the article that is not its text, such as the author or the date.
pub(super) const FIELD: u8 = 16;
/// A list of other articles.
pub(super) const LINKS: u8 = 32;
/// What readers wrote.
pub(super) const COMMENTS: u8 = 64;
/// A dialog about cookies.
pub(super) const CONSENT: u8 = 128;

/// Word to the meanings it has, as bits. One hash lookup for a word takes the place of a comparison
/// with each list, and every class name of a page is looked up.
type Meanings = HashMap<&'static str, u8>;

static NAMES: LazyLock<Meanings> = LazyLock::new(|| {
    meanings(&[
        ("whole: body", BODY),
        ("whole: subhead", SUBHEAD),
        ("whole: hidden", HIDDEN),
        ("whole: junk", JUNK),
        ("part or whole: field", FIELD),
    ])
});

static PARTS: LazyLock<Meanings> = LazyLock::new(|| {
    meanings(&[
        ("part: junk", JUNK),
        ("part or whole: field", FIELD),
        ("part: links", LINKS),
        ("part: comments", JUNK | COMMENTS),
        ("part: consent", JUNK | CONSENT),
    ])
});

fn meanings(lists: &[(&str, u8)]) -> Meanings {
    let mut all = Meanings::new();
    for (heading, meaning) in lists {
        for word in word_list::section(WORDS, heading) {
            *all.entry(word).or_default() |= meaning;
        }
    }
    all
}

/// The meanings of a whole class name or id in lower case, as bits.
pub(super) fn of_name(name: &str) -> u8 {
    let listed = NAMES.get(name).copied().unwrap_or_default();
    if listed == 0 && is_subtitle(name) {
        return SUBHEAD;
    }
    listed
}

/// Whether a name says subtitle after the name of what has it, as in `cover_sub_title`.
fn is_subtitle(name: &str) -> bool {
    ["subtitle", "sub_title", "sub-title"].iter().any(|word| {
        name.strip_suffix(word)
            .is_some_and(|rest| rest.ends_with(['-', '_']))
    })
}

/// The meanings of one part of a class name or id in lower case, as bits.
pub(super) fn of_part(part: &str) -> u8 {
    PARTS.get(part).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_all_the_meanings_of_its_lists() {
        assert_eq!(of_name("article-body"), BODY);
        assert_eq!(of_part("copyright"), JUNK | FIELD);
        assert_eq!(of_name("copyright"), FIELD);
        assert_eq!(of_part("headline"), 0);
        assert_eq!(of_name("cover_sub_title"), SUBHEAD);
        assert_eq!(of_name("nosubtitle"), 0);
    }
}
