//! The words that a page's author put into `class` and `id`, and into the attributes that modern
//! templates have for tests.

use super::dom::{Dom, NodeId};

/// Calls `see(whole, part)` for each word of an element's class and id: the class name in lower
/// case, and each of its parts between hyphens, underscores, digits and humps. What a build or an
/// editor made up (`css-1ad9x2`, `SE-51AD9907`) has no words.
pub(crate) fn each(dom: &Dom<'_>, id: NodeId, mut see: impl FnMut(&str, &str)) {
    for name in of(dom, id) {
        words(name, &mut see);
    }
}

/// The class names and ids of an element.
pub(crate) fn of<'a>(dom: &Dom<'a>, id: NodeId) -> impl Iterator<Item = &'a str> + use<'a> {
    let for_tests = |name| dom.has_data(id).then(|| dom.attr(id, name)).flatten();
    [
        dom.class(id),
        dom.own_id(id),
        for_tests("data-component"),
        for_tests("data-testid"),
    ]
    .into_iter()
    .flatten()
    .filter(|value| value.len() <= 600)
    .flat_map(str::split_ascii_whitespace)
}

/// Calls `see(whole, part)` for each word of a class name, as [`each`] does.
pub(crate) fn words(name: &str, mut see: impl FnMut(&str, &str)) {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        let lower = name.to_ascii_lowercase();
        parts(name, &lower, |part| see(&lower, part));
    } else {
        parts(name, name, |part| see(name, part));
    }
}

/// Words of fewer letters than this turn up in made-up names by chance: one UUID of eighteen holds
/// `ad` between two digits.
const LONG: usize = 5;

/// The words of `whole` (`lower` is the same in lower case): `articleBody_txt2` has `article`,
/// `body`, `txt`.
fn parts(whole: &str, lower: &str, mut see: impl FnMut(&str)) {
    let is_edge = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    if !whole
        .bytes()
        .any(|b| !b.is_ascii_lowercase() && b.is_ascii())
    {
        return see(lower);
    }
    let made_up = has_digit(whole) && whole.split(is_edge).any(is_made_up);
    let mut from = 0;
    for (nth, segment) in whole.split(is_edge).enumerate() {
        let segment_lower = &lower[from..from + segment.len()];
        from += segment.len() + 1;
        // `ad__3ad9X` is an advertisement; of a made-up name's further parts only long words count.
        let doubtful = made_up && (nth > 0 || has_digit(segment));
        segment_parts(segment, segment_lower, doubtful, &mut see);
    }
}

/// The words of a part between hyphens or underscores.
fn segment_parts(segment: &str, lower: &str, doubtful: bool, see: &mut impl FnMut(&str)) {
    let bytes = segment.as_bytes();
    let is_hump = |at: usize| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase();
    let humped = (1..bytes.len()).any(is_hump);
    let mut from = 0;
    for at in 0..=bytes.len() {
        let digit = bytes.get(at).is_some_and(u8::is_ascii_digit);
        let edge = at == bytes.len() || digit || (at > from && is_hump(at));
        if edge && from < at {
            let part = &lower[from..at];
            // `hkAdXq` is no advertisement, `topAd` is.
            let chance = doubtful || (humped && !others_are_words(lower, from, at));
            if !chance || part.len() >= LONG {
                see(part);
            }
        }
        if edge {
            from = at + usize::from(digit);
        }
    }
}

/// Whether a part between hyphens or underscores was made up: digits stand before letters, as in
/// `1ad9x2`, other than in sizes (`300x250`).
fn is_made_up(segment: &str) -> bool {
    segment.as_bytes().windows(2).enumerate().any(|(at, pair)| {
        let size = pair[1].eq_ignore_ascii_case(&b'x')
            && segment
                .as_bytes()
                .get(at + 2)
                .is_some_and(u8::is_ascii_digit);
        pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic() && !size
    })
}

fn has_digit(name: &str) -> bool {
    name.bytes().any(|b| b.is_ascii_digit())
}

/// Whether what stands beside `lower[from..to]` in a name with humps are words that names are made
/// of.
fn others_are_words(lower: &str, from: usize, to: usize) -> bool {
    let is_word = |rest: &str| {
        rest.is_empty()
            || LAYOUT
                .iter()
                .any(|w| rest.starts_with(w) || rest.ends_with(w))
    };
    let digits = |c: char| c.is_ascii_digit();
    is_word(lower[..from].trim_matches(digits)) && is_word(lower[to..].trim_matches(digits))
}

/// What stands beside a short word in a name with humps.
const LAYOUT: [&str; 60] = [
    "aside", "area", "article", "author", "bar", "body", "bottom", "box", "btn", "button", "card",
    "center", "cont", "desktop", "detail", "entry", "event", "fixed", "float", "foot", "frame",
    "google", "group", "head", "image", "info", "inner", "item", "label", "left", "link", "list",
    "main", "menu", "mobile", "naver", "native", "news", "outer", "page", "post", "right", "roll",
    "section", "side", "site", "slot", "space", "sticky", "story", "text", "title", "top", "unit",
    "video", "view", "widget", "wing", "wrap", "zone",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_fall_into_words() {
        let html =
            crate::extract::html::parse("<div class='articleBody_txt2 ad-box' id=가나Related>");
        let dom = Dom::of(&html);
        let mut seen = Vec::new();
        each(&dom, 4, |_, part| seen.push(part.to_owned()));
        assert_eq!(seen, ["article", "body", "txt", "ad", "box", "가나related"]);
    }

    fn parts_of(name: &str) -> Vec<String> {
        let mut seen = Vec::new();
        parts(name, &name.to_ascii_lowercase(), |part| {
            seen.push(part.to_owned());
        });
        seen
    }

    #[test]
    fn made_up_names_have_no_short_words() {
        for name in [
            "SE-51AD9907-DF43",
            "css-1ad9x2",
            "Foo__3ad9X",
            "sc-hkAdXq",
            "c3c9ad41-77ad-4ad8-ad12-0123456789ad",
        ] {
            assert!(!parts_of(name).contains(&"ad".to_owned()), "{name}");
        }
    }

    #[test]
    fn written_names_keep_them() {
        for name in [
            "ad",
            "ad1",
            "ad_728",
            "ad300x250",
            "top-ad-2",
            "topAd",
            "AdBox",
            "adTop1",
            "ad__3ad9X",
        ] {
            assert!(parts_of(name).contains(&"ad".to_owned()), "{name}");
        }
        assert!(parts_of("sidebar__3ad9X").contains(&"sidebar".to_owned()));
    }
}
