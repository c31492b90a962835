//! Removes what a blog's software would have replaced by something else: Tistory's
//! `[##_Image|…_##]`, and WordPress's `[gallery ids="1,2"]`.

use std::borrow::Cow;

use memchr::memmem;

/// A longer placeholder, in bytes, is none.
const MAX_LENGTH: usize = 4096;

/// Names of WordPress's own shortcodes and those of usual page builders, which carry no words.
const SHORTCODES: [&str; 12] = [
    "caption",
    "gallery",
    "audio",
    "video",
    "playlist",
    "embed",
    "vc_",
    "et_pb_",
    "fusion_",
    "su_",
    "contact-form",
    "wp_",
];

/// `text` without placeholders.
pub(super) fn removed(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), b"[").is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('[') {
        at += found;
        match placeholder(&text[at..]) {
            Some(length) => {
                out.push_str(&text[from..at]);
                at += length;
                from = at;
            }
            None => at += 1,
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The length of the placeholder at the start of `rest`.
fn placeholder(rest: &str) -> Option<usize> {
    let mut near = MAX_LENGTH.min(rest.len());
    while !rest.is_char_boundary(near) {
        near -= 1;
    }
    let rest = &rest[..near];
    if rest.starts_with("[##_") {
        return rest.find("_##]").map(|end| end + 4);
    }
    let inner = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let is_end = inner.len() + 2 == rest.len();
    let name = SHORTCODES.iter().find(|name| inner.starts_with(**name))?;
    let end = inner.find(']')?;
    let tag = &inner[..end];
    let after = &tag[name.len()..];
    let is_whole = name.ends_with('_')
        || after.is_empty()
        || after.starts_with(|c: char| c == ' ' || c == '-' || c.is_ascii_digit());
    // `[video]` alone is a label of newspapers; a shortcode has attributes or an end.
    let is_code = is_end || tag.contains('=') || name.ends_with('_') || *name == "embed";
    (is_whole && is_code && !tag.contains('[')).then(|| rest.len() - inner.len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_go_and_words_in_brackets_stay() {
        for (text, read) in [
            (
                "<p>앞</p>[##_1C|kage@b/a.png|w=\"10\"|설명|_##]<p>뒤</p>",
                "<p>앞</p><p>뒤</p>",
            ),
            ("[##_Video|x_##][##_ImageGrid|y|z_##]끝", "끝"),
            (
                "[caption id=\"a\" width=\"3\"]사진 설명[/caption]",
                "사진 설명",
            ),
            ("[gallery ids='1,2']글[vc_row][/vc_row]", "글"),
            ("[embed]https://a.kr/1[/embed]", "https://a.kr/1"),
            (
                "[video] 오늘, [gallery] 전시, [속보] [##",
                "[video] 오늘, [gallery] 전시, [속보] [##",
            ),
            ("[captions=1] [단독]", "[captions=1] [단독]"),
        ] {
            assert_eq!(removed(text), read, "{text}");
        }
        let many = "[##_".repeat(50_000);
        assert_eq!(removed(&many).len(), many.len());
    }
}
