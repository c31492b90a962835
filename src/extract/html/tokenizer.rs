//! Source → start tags, end tags and text, as ranges. Every step consumes what it looked at, so a
//! pass is linear.

use super::tag::Tag;

/// What stands next in the source. Ranges are byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HtmlToken {
    /// Text; `raw` where character references do not count.
    Text { from: usize, to: usize, raw: bool },
    /// `<name`; the attributes have been handed to the sink.
    Start { tag: Tag, closed: bool },
    /// `</name>`.
    End { tag: Tag },
}

/// Attributes past this many on one element are not kept.
const ATTRS_KEPT: usize = 48;

/// Reads tokens from `source`.
pub(crate) struct Tokenizer<'a> {
    source: &'a str,
    at: usize,
    /// The raw-text element whose content comes next.
    inside: Option<Tag>,
    /// Attributes of the last start tag: name and value ranges.
    pub(crate) attrs: Vec<[u32; 4]>,
    /// The name of the last tag, where its kind is `Other`.
    pub(crate) name: [u32; 2],
}

impl<'a> Tokenizer<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            inside: None,
            attrs: Vec::with_capacity(ATTRS_KEPT),
            name: [0, 0],
        }
    }

    /// The next token; `None` at the end of the source.
    pub(crate) fn next(&mut self) -> Option<HtmlToken> {
        if let Some(tag) = self.inside.take()
            && let Some(text) = self.raw_text(tag)
        {
            return Some(text);
        }
        loop {
            let rest = self.source.get(self.at..).filter(|r| !r.is_empty())?;
            let open = rest.bytes().take(1).next() == Some(b'<');
            match rest.as_bytes().get(1) {
                Some(c) if open && c.is_ascii_alphabetic() => return Some(self.start_tag()),
                Some(b'/') if open => {
                    if let Some(end) = self.end_tag() {
                        return Some(end);
                    }
                }
                Some(b'!' | b'?') if open => self.skip_declaration(rest),
                _ => return Some(self.text(rest, usize::from(open))),
            }
        }
    }

    /// Text up to the next `<` that can open a tag; `skip` bytes are text whatever they are.
    fn text(&mut self, rest: &str, skip: usize) -> HtmlToken {
        let len = rest[skip..].find('<').map_or(rest.len(), |n| n + skip);
        let from = self.at;
        self.at += len;
        HtmlToken::Text {
            from,
            to: self.at,
            raw: false,
        }
    }

    fn skip_declaration(&mut self, rest: &str) {
        let close = if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            match comment
                .strip_prefix("->")
                .or_else(|| comment.strip_prefix('>'))
            {
                Some(left) => Some(rest.len() - left.len()),
                // `--!>` ends one too.
                None => comment.match_indices("--").find_map(|(n, _)| {
                    match comment.as_bytes().get(n + 2..) {
                        Some([b'>', ..]) => Some(n + 7),
                        Some([b'!', b'>', ..]) => Some(n + 8),
                        _ => None,
                    }
                }),
            }
        } else if rest.starts_with("<![CDATA[") {
            rest.find("]]>").map(|n| n + 3)
        } else {
            rest.find('>').map(|n| n + 1)
        };
        self.at += close.unwrap_or(rest.len());
    }

    /// Content of a raw-text element up to its end tag, which is left for the next call.
    fn raw_text(&mut self, tag: Tag) -> Option<HtmlToken> {
        let rest = &self.source[self.at..];
        let name = tag.name();
        let closes = |n: usize| {
            let tail = rest.as_bytes()[n..].get(2..2 + name.len());
            let after = rest.as_bytes().get(n + 2 + name.len());
            tail.is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes()))
                && after.is_none_or(|b| !b.is_ascii_alphanumeric())
        };
        let len = rest
            .match_indices("</")
            .map(|(n, _)| n)
            .find(|n| closes(*n))
            .unwrap_or(rest.len());
        let from = self.at;
        self.at += len;
        (len > 0).then_some(HtmlToken::Text {
            from,
            to: self.at,
            raw: true,
        })
    }

    fn end_tag(&mut self) -> Option<HtmlToken> {
        let rest = &self.source[self.at..];
        let len = rest.find('>').map_or(rest.len(), |n| n + 1);
        let name = name_of(&rest[2..]);
        self.name = span(self.at + 2, name.len());
        self.at += len;
        (!name.is_empty()).then(|| HtmlToken::End { tag: Tag::of(name) })
    }

    fn start_tag(&mut self) -> HtmlToken {
        let name = name_of(&self.source[self.at + 1..]);
        let tag = Tag::of(name);
        self.name = span(self.at + 1, name.len());
        self.at += 1 + name.len();
        self.attrs.clear();
        let closed = self.attributes();
        if tag.is_raw() && !closed {
            self.inside = Some(tag);
        }
        HtmlToken::Start { tag, closed }
    }

    /// Reads attributes up to and with `>`; true where the tag closes itself.
    fn attributes(&mut self) -> bool {
        let bytes = self.source.as_bytes();
        let mut closed = false;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'>' => {
                    self.at += 1;
                    return closed;
                }
                b'/' => {
                    closed = true;
                    self.at += 1;
                }
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => {
                    closed = false;
                    self.attribute(bytes);
                }
            }
        }
        closed
    }

    fn attribute(&mut self, bytes: &[u8]) {
        let start = self.at;
        // A leading `=` belongs to the name, so that at least one byte is consumed.
        let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
        let name = 1 + bytes[start + 1..]
            .iter()
            .position(stop)
            .unwrap_or(bytes.len() - start - 1);
        self.at = start + name;
        let gap = bytes[self.at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
        let mut value = span(self.at, 0);
        if bytes.get(self.at + gap) == Some(&b'=') {
            self.at += gap + 1;
            self.at += bytes[self.at..]
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
            value = self.value(bytes);
        }
        if self.attrs.len() < ATTRS_KEPT {
            let [from, to] = span(start, name);
            self.attrs.push([from, to, value[0], value[1]]);
        }
    }

    fn value(&mut self, bytes: &[u8]) -> [u32; 2] {
        let rest = &self.source[self.at..];
        if let Some(&quote @ (b'"' | b'\'')) = bytes.get(self.at) {
            let len = rest[1..].find(char::from(quote)).unwrap_or(rest.len() - 1);
            let value = span(self.at + 1, len);
            self.at = (self.at + len + 2).min(bytes.len());
            return value;
        }
        let len = rest
            .bytes()
            .position(|b| b.is_ascii_whitespace() || b == b'>')
            .unwrap_or(rest.len());
        let value = span(self.at, len);
        self.at += len;
        value
    }
}

/// The name at the start of `rest`.
fn name_of(rest: &str) -> &str {
    let stop = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    &rest[..rest.bytes().position(stop).unwrap_or(rest.len())]
}

/// A range of the source; sources are far below 4 GB.
fn span(from: usize, len: usize) -> [u32; 2] {
    let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    [cut(from), cut(from + len)]
}
