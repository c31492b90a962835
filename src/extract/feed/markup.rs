//! The text of an item, kept as the feed wrote it: most is never read, and cleaning all of it cost
//! more than the rest of a refresh. Its words, for search and to recognise the item later, come
//! from one pass over the tags; blocks are made when the article is opened.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr, memchr3, memmem};

use super::angle_brackets::words_escaped;
use super::{bare_links, placeholders};
use crate::extract::body::blocks::media::{Addresses, is_picture};
use crate::extract::html::entity::resolve;
use crate::extract::html::markup::unescape;
use crate::extract::page::fragment::fragment;
use crate::news::{Block, Clean};

/// The blocks of a text.
pub(super) fn blocks(text: &str, base: Option<&str>) -> Vec<Block> {
    let (own, text) = base_of(text);
    let own = own.map(unescape);
    let base = own.as_deref().or(base);
    let mut text = spelled_out(text);
    let is_tagged = text.contains("hashtag");
    if is_tagged {
        // A page's list of tags is left out; in a post they are words of the text (Mastodon).
        text = Cow::Owned(
            text.replace("mention hashtag", "mention")
                .replace("hashtag", ""),
        );
    }
    if text.contains('<') || !text.contains('\n') {
        let mut blocks: Vec<Block> = fragment(&text, base)
            .into_iter()
            .map(bare_links::linked)
            .collect();
        if is_tagged {
            blocks.extend(missing_tags(&text, &blocks));
        }
        return blocks;
    }
    text.lines()
        .map(|l| Block::paragraph(&unescape(l)))
        .filter(|b| !b.plain().is_empty())
        .map(bare_links::linked)
        .collect()
}

/// The hashtags of a post that the cleaning took for a page's list of tags.
fn missing_tags(text: &str, blocks: &[Block]) -> Option<Block> {
    let shown: Vec<String> = blocks.iter().map(Block::plain).collect();
    let all = words(text);
    let missing: Vec<&str> = all
        .split_whitespace()
        .filter(|w| w.len() > 1 && w.starts_with('#'))
        .filter(|w| !shown.iter().any(|s| s.contains(w)))
        .take(30)
        .collect();
    (!missing.is_empty()).then(|| Block::paragraph(&missing.join(" ")))
}

/// All words of a text, nothing trimmed: they are indexed for search and identify the text.
pub(super) fn words(text: &str) -> Clean {
    words_of(&spelled_out(text))
}

/// As [`words`], and whether the text shows a picture; tracking pixels and buttons don't count.
pub(super) fn words_and_picture(text: &str, base: Option<&str>) -> (Clean, bool) {
    let text = spelled_out(text);
    (words_of(&text), shows_picture(&text, base))
}

/// The words of a text that is spelled out.
fn words_of(text: &str) -> Clean {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        push(&resolve(&rest[..at]), &mut out);
        rest = &rest[at..];
        let taken = tag(rest, &mut out);
        rest = &rest[taken..];
    }
    push(&resolve(rest), &mut out);
    out.truncate(out.trim_end().len());
    Clean::owned_lines(out)
}

fn shows_picture(text: &str, base: Option<&str>) -> bool {
    let mut addresses = None;
    let mut rest = text;
    while let Some(at) = memchr(b'<', rest.as_bytes()).filter(|_| rest.len() > 4) {
        rest = &rest[at..];
        let name = rest.get(1..).unwrap_or_default();
        let is_image = ["img", "amp-img"].iter().any(|n| {
            name.get(..n.len())
                .is_some_and(|p| p.eq_ignore_ascii_case(n))
        });
        let end = if is_image { end_of_tag(rest) } else { 1 };
        if is_image
            && is_picture(
                &rest[..end],
                addresses.get_or_insert_with(|| Addresses::new(base)),
            )
        {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

/// The base address at the start of a text, which [`super::texts`] writes, and the text after.
fn base_of(text: &str) -> (Option<&str>, &str) {
    let parted = text
        .strip_prefix("<base href=\"")
        .and_then(|rest| rest.split_once("\">"));
    parted.map_or((None, text), |(base, rest)| (Some(base), rest))
}

/// The text with markup that was escaped twice unescaped once, and with words in angle brackets
/// escaped.
fn spelled_out(text: &str) -> Cow<'_, str> {
    let twice = !text.contains('<')
        && ["&lt;p", "&lt;br", "&lt;div", "&lt;img"]
            .iter()
            .any(|t| text.contains(t));
    let text = if twice {
        Cow::Owned(unescape(text))
    } else {
        Cow::Borrowed(text)
    };
    let text = then(text, placeholders::removed);
    then(text, words_escaped)
}

/// `text` after `step`, which copies only what it changes.
fn then<'t>(text: Cow<'t, str>, step: fn(&str) -> Cow<'_, str>) -> Cow<'t, str> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => match step(&text) {
            Cow::Borrowed(_) => Cow::Owned(text),
            Cow::Owned(changed) => Cow::Owned(changed),
        },
    }
}

const BLANKS: [char; 4] = [' ', '\n', '\t', '\r'];

/// Appends text with each run of white space as one blank, or as one line break if it contains or
/// follows one.
fn push(text: &str, out: &mut String) {
    let inner = text.trim_start_matches(BLANKS);
    gap(&text[..text.len() - inner.len()], out);
    let words = inner.trim_end_matches(BLANKS);
    if is_tight(words.as_bytes()) {
        out.push_str(words);
    } else {
        let mut rest = words;
        while let Some(at) = rest.find(BLANKS) {
            out.push_str(&rest[..at]);
            let next = rest[at..].trim_start_matches(BLANKS);
            gap(&rest[at..rest.len() - next.len()], out);
            rest = next;
        }
        out.push_str(rest);
    }
    gap(&inner[words.len()..], out);
}

/// Whether all white space is single blanks, as in nearly all text.
fn is_tight(words: &[u8]) -> bool {
    static TWO_BLANKS: LazyLock<memmem::Finder<'static>> =
        LazyLock::new(|| memmem::Finder::new(b"  "));
    memchr3(b'\n', b'\t', b'\r', words).is_none() && TWO_BLANKS.find(words).is_none()
}

/// Adds the separator for a run of white space.
fn gap(blanks: &str, out: &mut String) {
    if !blanks.is_empty() {
        blank(if blanks.contains('\n') { '\n' } else { ' ' }, out);
    }
}

/// Appends a gap unless there is one; a line break replaces a blank.
fn blank(gap: char, out: &mut String) {
    match out.as_bytes().last() {
        None | Some(b'\n') => {}
        Some(b' ') if gap == '\n' => {
            out.pop();
            out.push('\n');
        }
        Some(b' ') => {}
        Some(_) => out.push(gap),
    }
}

/// Skips the tag at the start of `rest`, and its content if that is not text. Returns the number of
/// bytes that were skipped.
fn tag(rest: &str, out: &mut String) -> usize {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or(rest.len(), |at| at + 7);
    }
    let inner = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        out.push('<');
        return 1;
    }
    let length = end_of_tag(rest);
    let name = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .map_or(inner, |end| &inner[..end]);
    let is = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    if is(&[
        "script", "style", "template", "svg", "noscript", "select", "button", "iframe", "object",
    ]) && inner.len() + 1 == rest.len()
        && !rest[..length].ends_with("/>")
    {
        return length + after_end(&rest[length..], name);
    }
    if !is(&INLINE) {
        blank('\n', out);
    }
    length
}

/// Elements that don't separate words.
const INLINE: [&str; 24] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "sup", "sub", "mark", "small", "big",
    "code", "abbr", "cite", "del", "ins", "strike", "q", "wbr", "bdi", "tt",
];

/// The number of bytes up to the end of the open element `name`; 0 if it is never closed.
fn after_end(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = memmem::find(&rest.as_bytes()[from..], b"</") {
        let at = from + at;
        let closes = rest
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name));
        if closes {
            return at + end_of_tag(&rest[at..]);
        }
        from = at + 2;
    }
    0
}

/// The length in bytes of the tag at the start of `rest`. A `>` in quotes doesn't end it, unless
/// the quotes are never closed.
fn end_of_tag(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let Some(first) = memchr(b'>', bytes) else {
        return rest.len();
    };
    let mut quote = None;
    // A tag without an end in 8 KiB is broken.
    for (at, &b) in bytes.iter().enumerate().take(8192) {
        match (quote, b) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    first + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Article;

    #[test]
    fn words_are_those_between_the_tags() {
        for (markup, read) in [
            (
                "<p>첫  문단이다.</p>\n<p>둘째 <b>굵</b>은 글.</p>",
                "첫 문단이다.\n둘째 굵은 글.",
            ),
            ("하나<br>둘<br/><br />셋", "하나\n둘\n셋"),
            (
                "&quot;말&quot; &#xD55C;&#44544; R&amp;D A&nbsp;B &hellip; &nope; & 끝",
                "\"말\" 한글 R&D A\u{a0}B … &nope; & 끝",
            ),
            (
                "<속보> 3 < 5 <img alt='a > b' src=x> 끝",
                "<속보> 3 < 5\n끝",
            ),
            (
                "앞<script>if (a < b) { x() }</script>뒤<!-- <p>숨은 글</p> -->끝<style>p{}</style>",
                "앞뒤끝",
            ),
            (
                "&lt;p&gt;두 번&lt;/p&gt;&lt;p&gt;감쌌다&lt;/p&gt;",
                "두 번\n감쌌다",
            ),
            ("줄\n\n  하나\n둘", "줄\n하나\n둘"),
            ("\u{1112}\u{1161}\u{11ab}글 \u{202e}꼬리", "한글 꼬리"),
            (
                "<ul><li>가</li><li>나</li></ul><script>안 닫힌",
                "가\n나\n안 닫힌",
            ),
            ("<p", ""),
            ("", ""),
        ] {
            assert_eq!(&*words(markup), read, "{markup}");
        }
    }

    // The search index must contain everything that a reader sees.
    #[test]
    fn every_word_of_the_blocks_is_among_the_words() {
        let markup = "<h2>제목</h2><p>본문 <a href='https://a.kr'>고리</a>와 <em>강조</em>, A&amp;B.</p>\
            <figure><img src='https://a.kr/a.jpg'>\
                      <figcaption>사진 설명</figcaption></figure><blockquote><p>옮긴 말</p></blockquote>\
                      <table><tr><td>칸</td><td>둘</td></tr></table>\
                      <ol><li>첫째</li></ol><pre>글  꼴</pre>";
        let article = Article {
            blocks: blocks(markup, None),
            ..Article::default()
        };
        let all = words(markup);
        for word in article.text().split_whitespace() {
            assert!(all.contains(word), "{word} is not in {all:?}");
        }
    }

    #[test]
    fn trackers_and_buttons_are_not_pictures() {
        let is_pictured = |text, base| words_and_picture(text, base).1;
        assert!(is_pictured(
            "<p>글</p><IMG class=x SRC='//a.kr/photo.jpg'>",
            None
        ));
        assert!(is_pictured(
            "&lt;p&gt;&lt;img src=&quot;https://a.kr/b.png&quot;&gt;",
            None
        ));
        assert!(is_pictured(
            "<img src='/a.jpg' alt='1 > 0'>",
            Some("https://a.kr/1")
        ));
        for none in [
            "<img src='https://a.kr/1.gif' width=1 height=1>",
            "<img src='data:x'>",
            "<image>",
            "img",
            "<img",
            "글 < <",
        ] {
            assert!(!is_pictured(none, None), "{none}");
        }
    }
}
