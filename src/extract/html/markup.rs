//! Tags, text and sections of a piece of markup, in order, however broken: for feeds, OPML and a
//! page's head, where no tree is needed.

use crate::news::hangul::is_hangul_syllable;
use memchr::{memchr, memmem};

/// One piece of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MarkupToken<'a> {
    /// What stands between tags, entities as written.
    Text(&'a str),
    /// A start tag.
    Start {
        /// With its prefix, as written.
        name: &'a str,
        /// Names and values, entities as written.
        attrs: Vec<(&'a str, &'a str)>,
        /// `<name/>`.
        closed: bool,
        /// The whole tag.
        raw: &'a str,
    },
    /// An end tag.
    End {
        /// With its prefix, as written.
        name: &'a str,
        /// The whole tag.
        raw: &'a str,
    },
    /// What a CDATA section holds.
    Data(&'a str),
    /// A comment, a declaration, a processing instruction.
    Aside,
}

/// The pieces of `source`. Linear in its length; never fails.
pub(crate) fn tokens(source: &str) -> MarkupTokens<'_> {
    MarkupTokens {
        rest: source,
        no_data_end: false,
        no_comment_end: false,
    }
}

/// See [`tokens`].
pub(crate) struct MarkupTokens<'a> {
    rest: &'a str,
    /// An unclosed section is looked for once, not once a section.
    no_data_end: bool,
    no_comment_end: bool,
}

/// More attributes than any feed has.
const MAX_ATTRS: usize = 64;

impl<'a> MarkupTokens<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn aside(&mut self) -> Option<MarkupToken<'a>> {
        if !matches!(self.rest.as_bytes(), [_, b'!' | b'?', ..]) {
            return None;
        }
        if let Some(data) = self.rest.strip_prefix("<![CDATA[") {
            return Some(self.data(data));
        }
        if self.rest.starts_with("<!--") {
            let end = if self.no_comment_end {
                None
            } else {
                self.rest[4..].find("-->").map(|at| at + 7)
            };
            self.no_comment_end |= end.is_none();
            // An unclosed comment is dropped up to its mark only: what follows may be the feed.
            self.take(end.unwrap_or(4));
            return Some(MarkupToken::Aside);
        }
        if self.rest.starts_with("<!") {
            let length = declaration(self.rest);
            self.take(length);
            return Some(MarkupToken::Aside);
        }
        if self.rest.starts_with("<?") {
            let end = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
            self.take(end);
            return Some(MarkupToken::Aside);
        }
        None
    }

    fn data(&mut self, data: &'a str) -> MarkupToken<'a> {
        let end = if self.no_data_end {
            None
        } else {
            memmem::find(data.as_bytes(), b"]]>")
        };
        self.no_data_end |= end.is_none();
        match end {
            Some(at) => {
                self.rest = &data[at + 3..];
                MarkupToken::Data(&data[..at])
            }
            None => {
                let at = data.find("</").unwrap_or(data.len());
                self.rest = &data[at..];
                MarkupToken::Data(&data[..at])
            }
        }
    }

    fn tag(&mut self) -> Option<MarkupToken<'a>> {
        let source = self.rest;
        let (end_tag, inner) = source[1..]
            .strip_prefix('/')
            .map_or((false, &source[1..]), |r| (true, r));
        if !inner
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || is_hangul_syllable(c))
        {
            return None;
        }
        let name_end = inner
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '='))
            .unwrap_or(inner.len());
        let name = &inner[..name_end];
        let (attrs, rest, closed) = attributes(&inner[name_end..]);
        let raw = &source[..source.len() - rest.len()];
        self.rest = rest;
        Some(if end_tag {
            MarkupToken::End { name, raw }
        } else {
            MarkupToken::Start {
                name,
                attrs,
                closed,
                raw,
            }
        })
    }
}

impl<'a> Iterator for MarkupTokens<'a> {
    type Item = MarkupToken<'a>;

    fn next(&mut self) -> Option<MarkupToken<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with('<')
            && let Some(piece) = self.aside().or_else(|| self.tag())
        {
            return Some(piece);
        }
        // A `<` that opens nothing is text up to the next one.
        let skip = usize::from(self.rest.starts_with('<'));
        let end =
            memchr(b'<', &self.rest.as_bytes()[skip..]).map_or(self.rest.len(), |at| at + skip);
        Some(MarkupToken::Text(self.take(end)))
    }
}

/// Length of `<!…>`: a doctype's own subset in brackets belongs to it.
fn declaration(source: &str) -> usize {
    let end = source.find('>').map_or(source.len(), |at| at + 1);
    if !source[..end].contains('[') {
        return end;
    }
    source
        .find("]>")
        .map(|at| at + 2)
        .or_else(|| {
            source
                .find(']')
                .and_then(|at| source[at..].find('>').map(|g| at + g + 1))
        })
        .unwrap_or(end)
}

/// Attributes up to the tag's end, what follows it, and whether the tag closes itself.
fn attributes(mut rest: &str) -> (Vec<(&str, &str)>, &str, bool) {
    let mut attrs = Vec::new();
    let mut slash = false;
    loop {
        rest = rest.trim_start();
        match rest.chars().next() {
            None => return (attrs, rest, slash),
            Some('>') => return (attrs, &rest[1..], slash),
            // The next tag begins: this one was never closed.
            Some('<') => return (attrs, rest, slash),
            Some('/') => {
                slash = true;
                rest = &rest[1..];
                continue;
            }
            Some('=' | '"' | '\'') => {
                rest = &rest[1..];
                continue;
            }
            Some(_) => slash = false,
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = attribute_value(after.trim_start());
        }
        if attrs.len() < MAX_ATTRS {
            attrs.push((name, value));
        }
    }
}

fn attribute_value(rest: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            // A quote that is never closed ends with its tag.
            let end = quoted
                .find(quote)
                .or_else(|| quoted.find('>'))
                .unwrap_or(quoted.len());
            let next = if quoted[end..].starts_with(quote) {
                end + 1
            } else {
                end
            };
            return (&quoted[..end], &quoted[next..]);
        }
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(rest.len());
    let end = if rest[..end].ends_with('/') && rest[end..].starts_with('>') {
        end - 1
    } else {
        end
    };
    rest.split_at(end)
}

/// Text with its entities resolved: the five of XML, numbers, and `&nbsp;`.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((c, length)) = entity(rest) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character that an entity at the start of `text` stands for, and the entity's length.
pub(crate) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            numbered(code)?
        }
    };
    Some((c, end + 1))
}

/// The character of a number; those from 128 to 159, which are no letters, were meant as
/// windows-1252 has them.
fn numbered(code: u32) -> Option<char> {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(&[byte])
            .0
            .chars()
            .next(),
        _ => char::from_u32(code),
    }
}

/// Text safe between tags and in quotes of an XML document.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => {}
            _ if is_forbidden(c) => {}
            _ => out.push(c),
        }
    }
}

/// Characters that XML 1.0 does not allow at all; but what opens and ends a terminal's control
/// sequences passes, for `Clean` can take out only what it sees whole.
pub(crate) fn is_forbidden(c: char) -> bool {
    (c.is_ascii_control()
        && !matches!(
            c,
            '\n' | '\t' | '\r' | '\u{7}' | '\u{18}' | '\u{1a}' | '\u{1b}'
        ))
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_markup_is_still_pieces() {
        let got: Vec<MarkupToken<'_>> =
            tokens("a < b <x y='1' z=2 w><!-- c --><![CDATA[<d>]]></x").collect();
        assert_eq!(got[0], MarkupToken::Text("a "));
        assert_eq!(got[1], MarkupToken::Text("< b "));
        assert!(
            matches!(&got[2], MarkupToken::Start { name: "x", attrs, closed: false, .. } if attrs[..] == [("y", "1"), ("z", "2"), ("w", "")])
        );
        assert_eq!(got[4], MarkupToken::Data("<d>"));
        assert!(matches!(got[5], MarkupToken::End { name: "x", .. }));
    }

    #[test]
    fn a_doctype_takes_its_entities_with_it() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        let got: Vec<MarkupToken<'_>> = tokens(bomb).collect();
        assert_eq!(got.len(), 4);
        assert_eq!(got[0], MarkupToken::Aside);
    }

    #[test]
    fn entities_become_characters() {
        assert_eq!(
            unescape("a &amp; b &#x27;c&#39; &lt;d&gt; &unknown; &"),
            "a & b 'c' <d> &unknown; &"
        );
    }

    #[test]
    fn unclosed_things_end() {
        for source in [
            "<![CDATA[".repeat(20_000),
            "<!--".repeat(20_000),
            "<a b=\"".repeat(20_000),
            "<".repeat(20_000),
            "<!x[".repeat(2_000),
        ] {
            assert!(tokens(&source).count() <= source.len());
        }
    }
}
