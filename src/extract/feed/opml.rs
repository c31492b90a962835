//! Reads and writes subscriptions as OPML 2.0, the format that all feed readers exchange.

use crate::extract::html::markup::{MarkupToken, escape, tokens, unescape};
use crate::extract::subscriptions::subscription_list::SubscriptionList;
use crate::news::order::Order as _;
use crate::news::{Clean, Feed};

/// Folders nested deeper than this are merged.
const MAX_DEPTH: usize = 16;

/// Why a file could not be read as a list of subscriptions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpmlError {
    /// It has no `<opml>` or `<outline>` element.
    #[error("not an OPML file")]
    NotOpml,
    /// An OPML file without a single feed address.
    #[error("the OPML file contains no feeds")]
    NoFeeds,
}

/// The feeds of an OPML file in its order, each once. The names of nested folders are joined by
/// ` / `.
///
/// # Errors
/// As [`list`].
pub fn parse(text: &str) -> Result<Vec<Feed>, OpmlError> {
    let feeds = list(text)?.feeds;
    match feeds.is_empty() {
        true => Err(OpmlError::NoFeeds),
        false => Ok(feeds),
    }
}

/// As [`parse`], with the further folders in which feeds stand. A feed that stands in none is put
/// by its `category`, if it has one.
///
/// # Errors
/// [`OpmlError`] if the file is not OPML or has no feeds. Broken markup is read as far as possible.
pub fn list(text: &str) -> Result<SubscriptionList, OpmlError> {
    let mut list = SubscriptionList::default();
    // The name of each open outline; `None` for a feed, which is not a folder.
    let mut open: Vec<Option<Clean>> = Vec::new();
    let (mut is_opml, mut has_end) = (false, true);
    for token in tokens(text.trim_start_matches('\u{feff}')) {
        match token {
            MarkupToken::Start {
                name,
                attrs,
                closed,
                ..
            } if name.eq_ignore_ascii_case("outline") => {
                is_opml = true;
                let value = |key: &str| {
                    attrs
                        .iter()
                        .find(|(k, _)| k.eq_ignore_ascii_case(key))
                        .map(|(_, v)| Clean::line(&unescape(v)))
                        .filter(|value| !value.is_blank())
                };
                let title = value("title").or_else(|| value("text")).unwrap_or_default();
                let kind = value("type").unwrap_or_default().to_lowercase();
                let is_feed = matches!(&*kind, "rss" | "atom" | "feed" | "rdf");
                let url = value("xmlUrl").or_else(|| value("url").filter(|_| is_feed));
                match url {
                    Some(url) => {
                        let feed = Feed {
                            title,
                            site: value("htmlUrl"),
                            // FreshRSS reads the links of a page by a path of its own.
                            page: matches!(&*kind, "page" | "html+xpath"),
                            ..Feed::default()
                        };
                        let folders: Vec<Clean> = match folder(&open) {
                            Some(folder) => vec![folder],
                            None => categories(value("category").as_deref().unwrap_or_default()),
                        };
                        list.add(&url, feed, &folders);
                        if !closed {
                            open.push(None);
                        }
                    }
                    None if !closed => open.push(Some(title)),
                    None => {}
                }
            }
            MarkupToken::Start { name, closed, .. } if name.eq_ignore_ascii_case("opml") => {
                is_opml = true;
                has_end = closed;
            }
            MarkupToken::End { name, .. } if name.eq_ignore_ascii_case("opml") => has_end = true,
            MarkupToken::End { name, .. } if name.eq_ignore_ascii_case("outline") => {
                drop(open.pop());
            }
            _ => {}
        }
    }
    // Half a tag, or no end of what it says it is. Outlines alone, without the element around them,
    // say nothing of their end.
    list.is_cut = !has_end || text.rfind('<') > text.rfind('>');
    match (is_opml, list.is_empty()) {
        (false, _) => Err(OpmlError::NotOpml),
        (true, true) => Err(OpmlError::NoFeeds),
        (true, false) => Ok(list),
    }
}

/// The folders of `category="/a/b,c"`, as OPML 2.0 has it.
fn categories(written: &str) -> Vec<Clean> {
    let paths = written.split(',').map(|path| {
        let names: Vec<&str> = path
            .split('/')
            .map(str::trim)
            .filter(|n| !n.is_empty())
            .collect();
        Clean::line(&names.join(" / "))
    });
    paths.filter(|folder| !folder.is_blank()).collect()
}

fn folder(open: &[Option<Clean>]) -> Option<Clean> {
    let names: Vec<&str> = open
        .iter()
        .take(MAX_DEPTH)
        .flatten()
        .map(|n| &**n)
        .filter(|n| !n.is_empty())
        .collect();
    (!names.is_empty()).then(|| Clean::line(&names.join(" / ")))
}

/// The feeds as an OPML file. Those of a folder are grouped, and folders come in the order of their
/// first feed.
pub fn write(feeds: &[Feed]) -> String {
    write_with_left(feeds, &[])
}

/// As [`write`], with a comment for each feed that was left out, by its title.
pub fn write_with_left(feeds: &[Feed], left: &[Clean]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head>\
         <title>gisa</title></head>\n<body>\n",
    );
    for title in left {
        // Two hyphens would end the comment in the eyes of some readers.
        out.push_str("<!-- ");
        escape(&title.replace('-', "‐"), &mut out);
        out.push_str(" -->\n");
    }
    let mut folders: Vec<Option<&Clean>> = Vec::new();
    let mut placed = std::collections::HashSet::new();
    for feed in feeds {
        if placed.insert(feed.folder.as_ref()) {
            folders.push(feed.folder.as_ref());
        }
    }
    let mut inside: std::collections::HashMap<Option<&Clean>, Vec<&Feed>> =
        std::collections::HashMap::new();
    for feed in feeds {
        inside.entry(feed.folder.as_ref()).or_default().push(feed);
    }
    // Nested folders are written inside their parents, also if a parent has no feeds itself.
    let parts = |folder: Option<&Clean>| {
        folder
            .map(|f| f.split(" / ").map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let mut ordered: Vec<(Vec<String>, Option<&Clean>)> =
        folders.into_iter().map(|f| (parts(f), f)).collect();
    let all = ordered.clone();
    let place = |path: &[String]| {
        all.iter().position(|(p, _)| {
            if path.is_empty() {
                p.is_empty()
            } else {
                p.starts_with(path)
            }
        })
    };
    ordered.order_by_key(|(path, _)| {
        (1..=path.len().max(1))
            .map(|n| place(&path[..n.min(path.len())]))
            .collect::<Vec<_>>()
    });
    let mut open: Vec<String> = Vec::new();
    for (path, folder) in ordered {
        let shared = open.iter().zip(&path).take_while(|(a, b)| a == b).count();
        out.push_str(&"</outline>\n".repeat(open.len() - shared));
        for name in &path[shared..] {
            out.push_str("<outline");
            attribute(&mut out, "text", name);
            attribute(&mut out, "title", name);
            out.push_str(">\n");
        }
        for feed in inside.get(&folder).into_iter().flatten() {
            outline(&mut out, feed);
        }
        open = path;
    }
    out.push_str(&"</outline>\n".repeat(open.len()));
    out.push_str("</body>\n</opml>\n");
    out
}

fn outline(out: &mut String, feed: &Feed) {
    out.push_str("<outline");
    attribute(out, "type", if feed.page { "page" } else { "rss" });
    attribute(out, "text", &feed.title);
    attribute(out, "title", &feed.title);
    attribute(out, "xmlUrl", &feed.url);
    if let Some(site) = &feed.site {
        attribute(out, "htmlUrl", site);
    }
    out.push_str("/>\n");
}

fn attribute(out: &mut String, key: &str, value: &str) {
    out.push(' ');
    out.push_str(key);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// The built-in list of publishers' feeds, by subject: for the choice at the first start, and to
/// find the feed of a known site.
pub fn outlets() -> Vec<Feed> {
    parse(include_str!("../../../assets/feeds.opml")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str, title: &str, folder: Option<&str>) -> Feed {
        Feed {
            url: Clean::line(url),
            title: Clean::line(title),
            folder: folder.map(Clean::line),
            ..Feed::default()
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut feeds = vec![
            feed(
                "https://a.kr/rss?x=1&y=\"2\"",
                "가 <나> & \"다\"",
                Some("종합"),
            ),
            feed("https://b.kr/rss", "라", Some("종합")),
            feed("https://c.kr/rss", "마", Some("경제 / 증권")),
            feed("https://d.kr/rss", "바", None),
        ];
        feeds[0].site = Some(Clean::line("https://a.kr/"));
        feeds[1].page = true;
        assert_eq!(parse(&write(&feeds)), Ok(feeds));
    }

    #[test]
    fn a_folder_is_written_once_with_all_that_is_in_it() {
        let feeds = [
            feed("https://a.kr/1", "하나", Some("종합 / 경제")),
            feed("https://a.kr/2", "둘", None),
            feed("https://a.kr/3", "셋", Some("English")),
            feed("https://a.kr/4", "넷", Some("종합")),
            feed("https://a.kr/5", "다섯", Some("종합 / 경제")),
            feed("https://a.kr/6", "여섯", Some("종합 / 사회")),
        ];
        let text = write(&feeds);
        for name in ["종합", "경제", "사회", "English"] {
            assert_eq!(
                text.matches(&format!("text=\"{name}\"")).count(),
                1,
                "{text}"
            );
        }
        let mut back = parse(&text).unwrap();
        back.sort_by(|a, b| a.url.cmp(&b.url));
        assert_eq!(back, feeds);
    }

    #[test]
    fn other_readers_files_are_read() {
        let text = "<?xml version='1.0'?><OPML version='1.0'><body><outline text='뉴스'>\
            <outline text='A &amp; B' type='rss' xmlURL='https://a.kr/rss'></outline>\
            <outline xmlUrl='https://b.kr/rss' text=''/></outline>\
            <outline title='C' xmlUrl=https://c.kr/rss />\
            <outline text='A' xmlUrl='https://a.kr/rss'/></body>";
        let feeds = parse(text).unwrap();
        let told: Vec<(&str, Option<&str>)> = feeds
            .iter()
            .map(|f| (&*f.title, f.folder.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("A & B", Some("뉴스")),
                ("https://b.kr/rss", Some("뉴스")),
                ("C", None)
            ]
        );
    }

    #[test]
    fn a_page_that_fresh_rss_reads_is_a_page() {
        let text = "<opml xmlns:frss='https://freshrss.org/opml' version='2.0'><body>\
            <outline text='소식' type='HTML+XPath' xmlUrl='https://a.kr/list' \
             frss:xPathItem='//li'/><outline text='강' type='rss' xmlUrl='https://a.kr/rss'/>\
            </body></opml>";
        let pages: Vec<bool> = parse(text).unwrap().iter().map(|feed| feed.page).collect();
        assert_eq!(pages, [true, false]);
    }

    #[test]
    fn other_files_are_rejected() {
        assert_eq!(parse("<rss/>"), Err(OpmlError::NotOpml));
        assert_eq!(parse(""), Err(OpmlError::NotOpml));
        assert_eq!(
            parse("<opml><body><outline text='가'/></body></opml>"),
            Err(OpmlError::NoFeeds)
        );
        assert_eq!(
            parse(&"<outline text='가'>".repeat(100_000)),
            Err(OpmlError::NoFeeds)
        );
    }

    #[test]
    fn the_built_in_feeds_are_valid() {
        let outlets = outlets();
        assert!(outlets.len() >= 60, "{}", outlets.len());
        for feed in &outlets {
            assert!(
                feed.url.starts_with("https://") || feed.url.starts_with("http://"),
                "{feed:?}"
            );
            assert!(
                feed.folder.is_some() && !feed.title.is_blank() && feed.site.is_some(),
                "{feed:?}"
            );
        }
        let has_english = outlets
            .iter()
            .filter(|f| f.folder.as_deref() == Some("English"))
            .count();
        assert!(has_english >= 6);
    }
}
