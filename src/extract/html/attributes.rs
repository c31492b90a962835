//! Bounds the attributes of a tag before the parser sees them: it compares each attribute's name
//! with all before it, which takes twelve seconds for 200,000 of them.

use std::borrow::Cow;

use memchr::memchr;

/// Attributes of a tag past this many are cut. Nothing here knows scripts from markup, so the bound
/// is far above any tag's and any `a<b` in a script.
const MOST: usize = 1024;

/// A page is cut where its tags, each read from its `<` to its `>`, come to more than this many
/// times the page: they stand in each other's attributes then. Real pages stay under 2.
const MOST_OVERLAP: usize = 16;

/// `source` with a bounded number of attributes in each tag; borrowed where there is nothing to cut.
pub(super) fn within_bounds(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut kept = String::new();
    let (mut done, mut at) = (0, 0);
    let mut budget = (source.len() + 4096) * MOST_OVERLAP;
    while let Some(open) = memchr(b'<', &bytes[at..]).map(|n| at + n) {
        at = open + 1;
        let name = at + usize::from(bytes.get(at) == Some(&b'/'));
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (end, whole) = attributes(bytes, name);
        if budget < end - open {
            kept.push_str(&source[done..open]);
            return Cow::Owned(kept);
        }
        budget -= end - open;
        if !whole {
            kept.push_str(&source[done..end]);
            done = memchr(b'>', &bytes[end..]).map_or(bytes.len(), |n| end + n);
            at = done;
        }
    }
    if done == 0 {
        return Cow::Borrowed(source);
    }
    kept.push_str(&source[done..]);
    Cow::Owned(kept)
}

/// Reads the tag whose name begins at `at`. Gives where it ends and true, or where its attribute
/// past [`MOST`] begins and false.
fn attributes(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut count = 0;
    // The name counts as one attribute.
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return (at + 1, true),
            b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => at += 1,
            _ if count > MOST => return (at, false),
            _ => {
                count += 1;
                at = attribute(bytes, at);
            }
        }
    }
    (at, true)
}

/// One past the attribute that begins at `at`.
fn attribute(bytes: &[u8], at: usize) -> usize {
    let end_of = |from: usize, stop: fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|b| stop(*b)).unwrap_or(rest.len())
    };
    // A leading `=` belongs to the name.
    let name_end = end_of(at + 1, |b| matches!(b, b'/' | b'>' | b'=') || is_blank(b));
    let sign = end_of(name_end, |b| !is_blank(b));
    if bytes.get(sign) != Some(&b'=') {
        return name_end;
    }
    let value = end_of(sign + 1, |b| !is_blank(b));
    match bytes.get(value) {
        Some(&quote @ (b'"' | b'\'')) => {
            memchr(quote, &bytes[value + 1..]).map_or(bytes.len(), |n| value + 1 + n + 1)
        }
        _ => end_of(value, |b| b == b'>' || is_blank(b)),
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_without_floods_stay_as_they_are() {
        for page in [
            "<a href='x>y' b=\"<c d>\" e = f checked/>a < b</a>",
            "<",
            "<a",
            "<a b='",
            "</a b=c",
            "1 <2> 3",
        ] {
            assert!(matches!(within_bounds(page), Cow::Borrowed(p) if p == page));
        }
    }

    #[test]
    fn attributes_past_the_bound_are_cut_up_to_the_tags_end() {
        let page = format!("<p>x<div {} z='1>'>y</div>", "a=b ".repeat(MOST + 200));
        let cut = within_bounds(&page);
        assert_eq!(cut.matches("a=b").count(), MOST);
        assert!(
            cut.starts_with("<p>x<div a=b") && cut.ends_with("y</div>"),
            "{cut}"
        );
    }

    #[test]
    fn tags_in_each_others_attributes_end_the_page() {
        let page = format!("<p>x{}", "<a b=\"<a c='".repeat(20_000));
        assert!(within_bounds(&page).len() < page.len());
    }
}
