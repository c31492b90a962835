//! Cuts a large feed into smaller ones while it is being received, so that neither it nor its
//! articles have to be in memory as a whole.

use memchr::{memchr, memmem};

/// What comes before the first entry of a feed may be as long as this, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// The end tags after which a feed is cut.
const ENDS: [&[u8]; 2] = [b"</item>", b"</entry>"];

/// The beginning of a feed that is cut, which each piece needs: it names the charset, the language
/// and the namespaces.
#[derive(Debug, Default)]
pub struct FeedPieces {
    /// Everything before the first entry.
    head: Vec<u8>,
    /// It can't be cut: it is no XML, or written in a way that is not recognised.
    is_whole: bool,
}

impl FeedPieces {
    /// Takes the complete entries off the front of `body`, as a feed of their own. `None` where
    /// there are none.
    pub fn take(&mut self, body: &mut Vec<u8>) -> Option<Vec<u8>> {
        if self.is_whole {
            return None;
        }
        let end =
            last_end(body).filter(|end| !self.head.is_empty() || self.find_head(&body[..*end]));
        let Some(end) = end else {
            // An entry larger than a piece is waited for, a feed without entries is not.
            self.is_whole = self.head.is_empty();
            return None;
        };
        let from = if body.starts_with(&self.head) {
            self.head.len()
        } else {
            0
        };
        let mut piece = Vec::with_capacity(self.head.len() + end - from);
        piece.extend_from_slice(&self.head);
        piece.extend_from_slice(&body[from..end]);
        body.drain(..end);
        Some(piece)
    }

    /// The last piece: what was not taken, made a feed again.
    pub fn finish(self, rest: &mut Vec<u8>) {
        rest.splice(..0, self.head);
    }

    /// Finds what comes before the first entry.
    fn find_head(&mut self, body: &[u8]) -> bool {
        let body = &body[..body.len().min(LONGEST_HEAD)];
        let is_xml =
            body.trim_ascii_start().starts_with(b"<") || body.starts_with(b"\xef\xbb\xbf<");
        let starts = ["<item", "<entry"].map(|start| memmem::find(body, start.as_bytes()));
        match starts.into_iter().flatten().min() {
            Some(start) if is_xml => {
                self.head = body[..start].to_vec();
                true
            }
            _ => false,
        }
    }
}

/// Where the last complete entry of `bytes` ends. End tags within CDATA and comments don't count.
fn last_end(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut last) = (0, None);
    while let Some(open) = memchr(b'<', &bytes[at..]) {
        at += open;
        let rest = &bytes[at..];
        let skipped = [(&b"<![CDATA["[..], &b"]]>"[..]), (b"<!--", b"-->")]
            .into_iter()
            .find(|(start, _)| rest.starts_with(start));
        if let Some((start, end)) = skipped {
            // What has no end yet comes with the next piece.
            let Some(length) = memmem::find(&rest[start.len()..], end) else {
                return last;
            };
            at += start.len() + length + end.len();
            continue;
        }
        match ENDS.iter().find(|end| rest.starts_with(end)) {
            Some(end) => {
                at += end.len();
                last = Some(at);
            }
            None => at += 1,
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::feed::feed;
    use crate::news::FeedEntry;

    fn rss(items: &str) -> Vec<u8> {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
             <title>너른들 소식</title><language>ko</language>{items}</channel></rss>"
        )
        .into_bytes()
    }

    fn atom(items: &str) -> Vec<u8> {
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>너른들</title>{items}</feed>")
            .into_bytes()
    }

    /// What is read of a feed that is received `step` bytes at a time.
    fn entries_in_pieces(bytes: &[u8], step: usize) -> (usize, Vec<FeedEntry>) {
        let (mut pieces, mut body) = (FeedPieces::default(), Vec::new());
        let (mut count, mut entries) = (1, Vec::new());
        for chunk in bytes.chunks(step) {
            body.extend_from_slice(chunk);
            if let Some(piece) = pieces.take(&mut body) {
                count += 1;
                entries.extend(feed(&piece, None, "https://a.kr/rss").unwrap().entries);
            }
        }
        pieces.finish(&mut body);
        // After the last entry there may be nothing but end tags.
        entries.extend(feed(&body, None, "https://a.kr/rss").unwrap().entries);
        (count, entries)
    }

    #[test]
    fn the_pieces_of_a_feed_hold_what_it_holds() {
        let items: String = (0..40)
            .map(|n| {
                format!(
                    "<item><title>들꽃 {n}</title><link>https://a.kr/{n}</link>\
                     <pubDate>Sun, 22 Nov 2026 09:{n:02}:00 +0900</pubDate><content:encoded>\
                     <![CDATA[<p>꽃 이름 {n}. 예: </item> 와 <!-- </p>]]></content:encoded></item>\n\
                     <!-- </item> -->"
                )
            })
            .collect();
        let entries: String = (0..40)
            .map(|n| {
                format!(
                    "<entry><title>들꽃 {n}</title><id>urn:{n}</id><link href=\"https://a.kr/{n}\"/>\
                     <updated>2026-11-22T09:{n:02}:00Z</updated><content>글 {n}</content></entry>"
                )
            })
            .collect();
        for bytes in [rss(&items), atom(&entries)] {
            let whole = feed(&bytes, None, "https://a.kr/rss").unwrap().entries;
            assert_eq!(whole.len(), 40);
            for step in [1500, 2000, 4001] {
                let (count, entries) = entries_in_pieces(&bytes, step);
                assert!(count > 2, "{count} pieces of {step} bytes");
                assert_eq!(entries, whole, "{step}");
            }
        }
    }

    #[test]
    fn what_is_no_feed_of_entries_stays_whole() {
        let json = "{\"title\": \"<item>\", \"items\": [\"</item>\"]}".repeat(20);
        let page = "<!doctype html><p>글</p>".repeat(20);
        let wide: Vec<u8> = String::from_utf8(rss("<item></item>"))
            .unwrap()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [json.as_bytes(), page.as_bytes(), &wide, b"", b"<"] {
            let (mut pieces, mut body) = (FeedPieces::default(), bytes.to_vec());
            assert_eq!(pieces.take(&mut body), None);
            body.extend_from_slice(b"<item></item>");
            assert_eq!(pieces.take(&mut body), None);
            pieces.finish(&mut body);
            assert_eq!(&body[..bytes.len()], bytes);
        }
    }

    #[test]
    fn an_entry_that_has_no_end_yet_is_waited_for() {
        let mut pieces = FeedPieces::default();
        let mut body = rss("<item><title>하나</title></item><item><title>둘");
        body.truncate(body.len() - "</channel></rss>".len());
        assert!(pieces.take(&mut body).is_some());
        assert_eq!(pieces.take(&mut body), None);
        body.extend_from_slice("</title></item>".as_bytes());
        let second = pieces.take(&mut body).unwrap();
        let read = feed(&second, None, "https://a.kr/rss").unwrap();
        assert_eq!(read.entries.len(), 1);
        assert_eq!(&*read.entries[0].article.title, "둘");
        assert_eq!(&*read.feed.title, "너른들 소식");
    }
}
