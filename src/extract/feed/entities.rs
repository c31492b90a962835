//! Resolves the entities that a feed declares in its doctype.

use std::borrow::Cow;
use std::collections::HashMap;

/// A doctype is looked for within this many bytes of the start.
const WITHIN: usize = 16 << 10;
/// Longer entities, in bytes, are ignored.
const MAX_ENTITY_BYTES: usize = 200;
/// The most bytes by which entities may lengthen a feed, against entity bombs.
const MAX_GROWTH: usize = 256 << 10;

/// `source` with its own entities resolved. Their values are inserted as text: tags and entities in
/// them have no effect.
pub(super) fn resolved(source: &str) -> Cow<'_, str> {
    let mut head = WITHIN.min(source.len());
    while !source.is_char_boundary(head) {
        head -= 1;
    }
    let Some(doctype) = source[..head]
        .find("<!DOCTYPE")
        .filter(|at| source[*at..head].contains("<!ENTITY"))
    else {
        return Cow::Borrowed(source);
    };
    let declared = declared(&source[doctype..head]);
    let mut room = MAX_GROWTH;
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|b| b == b';');
        match end.and_then(|end| Some((end, *declared.get(&rest[1..end])?))) {
            Some((end, value)) if value.len() <= room => {
                room -= value.len();
                out.push_str(value);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn declared(doctype: &str) -> HashMap<&str, &str> {
    let one = |declaration: &'_ str| -> Option<(usize, usize, usize)> {
        let name = declaration.len() - declaration.trim_start().len();
        let name_end = name + declaration[name..].find(char::is_whitespace)?;
        let quoted = declaration[name_end..].trim_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let from = declaration.len() - quoted.len() + 1;
        Some((name_end, from, from + declaration[from..].find(quote)?))
    };
    let mut found = HashMap::new();
    for declaration in doctype.split("<!ENTITY").skip(1) {
        let Some((name_end, from, to)) = one(declaration) else {
            continue;
        };
        let value = &declaration[from..to];
        if value.len() <= MAX_ENTITY_BYTES && !value.contains(['&', '<', '%']) {
            found.entry(declaration[..name_end].trim()).or_insert(value);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_inserted_as_text_only() {
        let feed = "<!DOCTYPE rss [<!ENTITY co \"가람 신문\"><!ENTITY x '<b>'><!ENTITY y \"&co;\">\
            <!ENTITY % z \"q\">]><t>&co; &x; &y; &z; &amp; &</t>";
        let read = resolved(feed);
        assert!(
            read.ends_with("<t>가람 신문 &x; &y; &z; &amp; &</t>"),
            "{read}"
        );
        let plain = "<rss>&co; <!ENTITY co 'x'></rss>";
        assert_eq!(resolved(plain), plain);
    }

    #[test]
    fn growth_of_a_feed_is_bounded() {
        let word = "가".repeat(60);
        let feed = format!(
            "<!DOCTYPE r [<!ENTITY a '{word}'>]><t>{}</t>",
            "&a;".repeat(200_000)
        );
        assert!(resolved(&feed).len() < feed.len() + MAX_GROWTH);
    }
}
