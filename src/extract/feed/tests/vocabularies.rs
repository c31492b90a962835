//! Tests that each kind of feed gives the same fields under its own names: a table of small feeds
//! with the expected results, and the usual mistakes of each kind.

use crate::extract::feed::*;
use crate::news::Block;

const AT: &str = "https://a.kr/dir/feed.xml";

/// Title, address, text, first author and day of each article in a feed.
fn told(source: &str) -> Vec<[String; 5]> {
    let parsed = feed(source.as_bytes(), None, AT).unwrap_or_else(|e| panic!("{e}: {source}"));
    let day = |a: &Article| {
        a.published
            .map(|p| p.to_string()[..10].to_owned())
            .unwrap_or_default()
    };
    let by = |a: &Article| {
        a.bylines
            .first()
            .map(|b| b.name.to_string())
            .unwrap_or_default()
    };
    let url = |a: &Article| a.url.as_deref().unwrap_or_default().to_owned();
    parsed
        .articles()
        .map(|a| [a.title.to_string(), url(&a), a.text(), by(&a), day(&a)])
        .collect()
}

#[track_caller]
fn all_tell(kind: &str, wrap: impl Fn(&str) -> String, table: &[(&str, [&str; 5])]) {
    let mut wrong = Vec::new();
    for (item, expected) in table {
        let told = told(&wrap(item));
        if told.len() != 1 || told[0] != *expected {
            wrong.push(format!("{item}\n   want {expected:?}\n   told {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{kind}:\n{}", wrong.join("\n"));
}

fn in_rss(item: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:dublin='http://purl.org/dc/elements/1.1/' xmlns:a10='http://www.w3.org/2005/Atom' \
             xmlns:body='http://purl.org/rss/1.0/modules/content/' xmlns:m='http://search.yahoo.com/mrss' \
             xmlns:h='http://www.w3.org/1999/xhtml' xmlns:x='urn:x'><channel><title>가</title><item>{item}</item></channel></rss>"
    )
}

#[test]
fn rss_says_it_in_many_words() {
    let full = [
        "제목",
        "https://a.kr/1",
        "본문이다.",
        "홍길동",
        "2026-11-22",
    ];
    all_tell(
        "RSS",
        in_rss,
        &[
            (
                "<title>제목</title><link>https://a.kr/1</link><description>본문이다.</description><author>홍길동 기자</author><pubDate>2026-11-22</pubDate>",
                full,
            ),
            (
                "<dc:title>제목</dc:title><link>/1</link><dc:description>본문이다.</dc:description><dc:creator>홍길동</dc:creator><dc:date>2026-11-22</dc:date>",
                full,
            ),
            (
                "<dublin:title>제목</dublin:title><guid>https://a.kr/1</guid><body:encoded>본문이다.</body:encoded><dublin:creator>홍길동</dublin:creator><dublin:date>2026-11-22</dublin:date>",
                full,
            ),
            (
                "<a10:title>제목</a10:title><a10:link href='https://a.kr/1'/><a10:content type='text'>본문이다.</a10:content><a10:author><a10:name>홍길동</a10:name></a10:author><a10:published>2026-11-22</a10:published>",
                full,
            ),
            (
                "<title>제목</title><atom:link rel='alternate' href='https://a.kr/1'/><atom:link rel='self' href='https://a.kr/no'/><summary>본문이다.</summary><author><name>홍길동</name><email>hong@a.kr</email></author><published>2026-11-22</published>",
                full,
            ),
            (
                "<title>제목</title><link href='https://a.kr/1'/><body xmlns='http://www.w3.org/1999/xhtml'><p>본문이다.</p></body><itunes:author>홍길동</itunes:author><dcterms:issued>2026-11-22</dcterms:issued>",
                full,
            ),
            (
                "<media:title>제목</media:title><link>https://a.kr/1</link><h:body><h:p>본문이다.</h:p></h:body><dc:creator>홍길동</dc:creator><dcterms:created>2026-11-22</dcterms:created>",
                full,
            ),
            (
                "<m:title>제목</m:title><id>https://a.kr/1</id><m:description>본문이다.</m:description><author>홍길동</author><date>2026-11-22</date>",
                full,
            ),
            (
                "<title>제목</title><link>https://a.kr/1</link><itunes:summary>본문이다.</itunes:summary><author>hong@a.kr (홍길동)</author><issued>2026-11-22</issued>",
                full,
            ),
        ],
    );
}

#[test]
fn rss_that_says_too_much_or_too_little_is_read() {
    let full = [
        "제목",
        "https://a.kr/1",
        "본문이다.",
        "홍길동",
        "2026-11-22",
    ];
    all_tell(
        "RSS",
        in_rss,
        &[
            // Substitute elements give way to the proper ones, before and after them.
            (
                "<media:title>딴 제목</media:title><title>제목</title><media:title>또 딴 제목</media:title><link>https://a.kr/1</link><dc:description>딴 글</dc:description><description>본문이다.</description><author>홍길동</author><pubDate>2026-11-22</pubDate><dcterms:created>2001-01-01</dcterms:created>",
                full,
            ),
            // Empty elements are ignored.
            (
                "<title>제목</title><title/><link>https://a.kr/1</link><link></link><description>본문이다.</description><content:encoded> </content:encoded><author>홍길동</author><author/><pubDate>2026-11-22</pubDate><dc:date></dc:date><pubDate>모름</pubDate>",
                full,
            ),
            // Elements of the same names in other namespaces are ignored.
            (
                "<title>제목</title><x:title>딴 제목</x:title><link>https://a.kr/1</link><x:link>https://a.kr/no</x:link><description>본문이다.</description><x:description>딴 글</x:description><author>홍길동</author><pubDate>2026-11-22</pubDate><x:group><title>딴 제목</title></x:group>",
                full,
            ),
            // Elements that are never closed.
            (
                "<title>제목<link>https://a.kr/1<author>홍길동<pubDate>2026-11-22<description>본문이다.</description>",
                full,
            ),
            (
                "<title>제목</title><link href='https://a.kr/1'><description>본문이다.</description><author>홍길동</author><pubDate>2026-11-22</pubDate>",
                full,
            ),
            (
                "<image><title>로고</title><url>https://a.kr/i.png</url></image><title>제목</title><link>https://a.kr/1</link><description>본문이다.</description><author>홍길동</author><pubDate>2026-11-22</pubDate>",
                full,
            ),
            // Articles without a title, without an address, and with an identifier only.
            (
                "<link>https://a.kr/1</link><description>본문이다.</description>",
                ["본문이다.", "https://a.kr/1", "본문이다.", "", ""],
            ),
            (
                "<title>제목</title><guid isPermaLink='false'>urn:1</guid>",
                ["제목", "", "", "", ""],
            ),
            ("<guid>1</guid>", ["1", "", "", "", ""]),
            (
                "<title>A&#146;s &#8220;B&#8221; &#x26; C &hellip;</title><link>HTTPS://a.kr/1</link>",
                ["A’s “B” & C …", "https://a.kr/1", "", "", ""],
            ),
        ],
    );
}

#[test]
fn rdf_and_channels_of_old_are_rss() {
    let full = [
        "제목",
        "https://a.kr/1",
        "본문이다.",
        "홍길동",
        "2026-11-22",
    ];
    for source in [
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='https://a.kr/'><title>가</title><items><rdf:Seq><rdf:li rdf:resource='https://a.kr/1'/></rdf:Seq></items></channel><image><title>로고</title><url>https://a.kr/i.png</url></image><item rdf:about='https://a.kr/1'><title>제목</title><description>본문이다.</description><dc:creator>홍길동</dc:creator><dc:date>2026-11-22T09:12:00+09:00</dc:date></item><textinput><title>찾기</title></textinput></rdf:RDF>",
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:rss='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><rss:channel><rss:title>가</rss:title></rss:channel><rss:item><rss:title>제목</rss:title><rss:link>https://a.kr/1</rss:link><rss:description>본문이다.</rss:description><dc:creator>홍길동</dc:creator><dc:date>2026-11-22</dc:date></rss:item></r:RDF>",
        "<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>가</title></channel><item><title>제목</title><link>https://a.kr/1</link><description>본문이다.</description><author>홍길동</author><pubDate>2026-11-22</pubDate></item></rdf:RDF>",
        "<r:rss version='2.0' xmlns:r='http://backend.userland.com/rss2'><r:channel><r:title>가</r:title><r:item><r:title>제목</r:title><r:link>https://a.kr/1</r:link><r:description>본문이다.</r:description><r:author>홍길동</r:author><r:pubDate>2026-11-22</r:pubDate></r:item></r:channel></r:rss>",
        "<rss version='2.0' xmlns='http://www.w3.org/2005/Atom'><channel><title>가</title><item><title>제목</title><link>https://a.kr/1</link><description>본문이다.</description><author>홍길동</author><pubDate>2026-11-22</pubDate></item></channel></rss>",
        "<CHANNEL HREF='https://a.kr/'><TITLE>가</TITLE><ITEM HREF='https://a.kr/1' LASTMOD='2026-11-22'><TITLE>제목</TITLE><ABSTRACT>본문이다.</ABSTRACT><AUTHOR VALUE=''>홍길동</AUTHOR></ITEM></CHANNEL>",
    ] {
        assert_eq!(told(source), [full.map(str::to_owned)], "{source}");
        let parsed = feed(source.as_bytes(), None, AT).unwrap();
        assert_eq!(&*parsed.feed.title, "가", "{source}");
    }
}

#[test]
fn atom_of_every_version_is_read() {
    let full = [
        "제목",
        "https://a.kr/1",
        "본문이다.",
        "홍길동",
        "2026-11-22",
    ];
    let wrap = |entry: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='http://www.w3.org/1999/xhtml'><title>가</title><link href='https://a.kr/'/><entry>{entry}</entry></feed>"
        )
    };
    all_tell(
        "Atom",
        wrap,
        &[
            (
                "<title>제목</title><link href='/1'/><content>본문이다.</content><author><name>홍길동</name></author><published>2026-11-22T09:12:00+09:00</published>",
                full,
            ),
            (
                "<title type='html'>&lt;b&gt;제목&lt;/b&gt;</title><link rel='enclosure' href='https://a.kr/x.mp3'/><link rel='alternate' href='https://a.kr/1'/><summary type='html'>&lt;p&gt;본문이다.&lt;/p&gt;</summary><author>홍길동</author><issued>2026-11-22</issued>",
                full,
            ),
            (
                "<title type='xhtml'><x:div><x:b>제목</x:b></x:div></title><link href='https://a.kr/1'/><content type='xhtml'><x:div><x:p>본문이다.</x:p></x:div></content><dc:creator>홍길동</dc:creator><created>2026-11-22</created>",
                full,
            ),
            (
                "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>제목</div></title><link>https://a.kr/1</link><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>본문이다.</p></div></content><author><name>홍길동</name><email>h@a.kr</email></author><updated>2026-11-22</updated>",
                full,
            ),
            (
                "<title mode='base64'>7KCc66qp</title><link href='https://a.kr/1'/><content type='application/octet-stream'>67O466y47J2064ukLg==</content><author><name>홍길동</name></author><pubDate>2026-11-22</pubDate>",
                full,
            ),
            (
                "<title mode='escaped'>제목</title><link href='https://a.kr/1'/><content mode='xml' type='text/html'><p>본문이다.</p></content><author><name>홍길동</name></author><modified>2026-11-22</modified>",
                full,
            ),
            // Elements that are empty, in another place or of a type without text are ignored.
            (
                "<title>제목</title><title/><link href='https://a.kr/1'/><summary>본문이다.</summary><content type='image/png'>iVBORw0KGgo=</content><author><name>홍길동</name></author><author/><updated>2026-11-22</updated>",
                full,
            ),
            (
                "<title>제목</title><link href='https://a.kr/1'/><summary>본문이다.</summary><content src='https://a.kr/v' type='what?'>딴 글</content><author><name>홍길동</name></author><updated>2026-11-22</updated><category/>",
                full,
            ),
            (
                "<source><title>딴 곳</title><id>딴 것</id><updated>2001-01-01</updated></source><title>제목</title><id>https://a.kr/1</id><description>본문이다.</description><author><name>홍길동</name></author><dc:date>2026-11-22</dc:date>",
                full,
            ),
            (
                "<link href='https://a.kr/1'/>",
                ["a.kr/1", "https://a.kr/1", "", "", ""],
            ),
        ],
    );
    let old = "<a:feed version='0.3' xmlns:a='http://purl.org/atom/ns#'><a:title>가</a:title><a:entry><a:title>제목</a:title><a:link rel='alternate' href='https://a.kr/1'/><a:content>본문이다.</a:content><a:author><a:name>홍길동</a:name></a:author><a:issued>2026-11-22</a:issued></a:entry></a:feed>";
    assert_eq!(told(old), [full.map(str::to_owned)]);
    let alone = "<entry xmlns='http://www.w3.org/2005/Atom'><title>제목</title><link href='https://a.kr/1'/><content>본문이다.</content><author><name>홍길동</name></author><updated>2026-11-22</updated></entry>";
    assert_eq!(told(alone), [full.map(str::to_owned)]);
}

#[test]
fn json_feeds_are_read_as_far_as_they_go() {
    let full = [
        "제목",
        "https://a.kr/1",
        "본문이다.",
        "홍길동",
        "2026-11-22",
    ];
    let item = r#"{"id":1,"url":"/1","title":"제목","content_text":"본문이다.","author":{"name":"홍길동"},"date_published":"2026-11-22"}"#;
    let head = r#"{"version":"https://jsonfeed.org/version/1.1","title":"가","items":["#;
    for source in [
        format!("{head}{item}]}}"),
        format!("\u{feff}\n {head}{item}]}}"),
        // Version 1, no version, and nothing but the items.
        format!("{}{item}]}}", head.replace("1.1", "1")),
        format!(r#"{{"items":[{item}]}}"#),
        format!(r#"{{"title":null,"authors":[],"home_page_url":7,"items":[3,{item},null,"x"]}}"#),
        // As 1.1 has it; without a name of its own; with a name that is its address.
        format!(
            "{head}{}]}}",
            item.replace(r#""author":{"name":"홍길동"}"#, r#""authors":["홍길동"]"#)
        ),
        format!("{head}{}]}}", item.replace(r#""id":1,"#, "")),
        format!(
            "{head}{}]}}",
            item.replace(r#""id":1,"url":"/1""#, r#""id":"https://a.kr/1""#)
        ),
        format!("{head}{}]}}", item.replace("content_text", "content_html")),
        format!(
            "{head}{}]}}",
            item.replace(
                r#""content_text":"본문이다.""#,
                r#""summary":"본문이다.","attachments":[{"url":"x"}]"#
            )
        ),
        // The feed is cut off.
        format!("{head}{item},{{\"id\":2,\"title\":\"잘린"),
        format!("{head}{item}"),
    ] {
        assert_eq!(told(&source), [full.map(str::to_owned)], "{source}");
    }
    let plain = format!(r#"{head}{{"id":"1","content_text":"a < b & c <i>d\n둘째 줄"}}]}}"#);
    assert_eq!(told(&plain)[0][2], "a < b & c <i>d\n\n둘째 줄");
    for none in [
        "{}",
        "{\"items\":{}}",
        "{\"items\":[",
        "{",
        "{\"title\":\"x\",\"items\":3}",
    ] {
        assert!(
            matches!(feed(none.as_bytes(), None, AT), Err(FeedError::Unknown(_))),
            "{none}"
        );
    }
    assert!(told(&format!("{head}]}}")).is_empty());
}

#[test]
fn a_feed_without_articles_is_a_feed() {
    for source in [
        "<rss/>",
        "<rss version='2.0'></rss>",
        "<rss version='0.91'>\n</rss",
        "<?xml version='1.0'?><!DOCTYPE rss SYSTEM 'http://my.netscape.com/publish/formats/rss-0.91.dtd'><rss version='0.91'><channel/></rss>",
        "<rdf:RDF/>",
        "<feed/>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>가</title></feed>",
        "<channel></channel>",
    ] {
        assert!(told(source).is_empty(), "{source}");
    }
}

#[test]
fn bytes_of_any_charset_are_read() {
    let text = "<?xml version='1.0'?><rss version='2.0'><channel><item><title>제목 뷁</title><link>https://a.kr/1</link></item></channel></rss>";
    let wide = |mark: &str| format!("{mark}{text}");
    let le16 = |t: &str| {
        t.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let be16 = |t: &str| {
        t.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<u8>>()
    };
    let le32 = |t: &str| {
        t.chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect::<Vec<u8>>()
    };
    let be32 = |t: &str| {
        t.chars()
            .flat_map(|c| u32::from(c).to_be_bytes())
            .collect::<Vec<u8>>()
    };
    let bom = "\u{feff}";
    for bytes in [
        le16(text),
        be16(text),
        le16(&wide(bom)),
        be16(&wide(bom)),
        le32(text),
        be32(text),
        le32(&wide(bom)),
        be32(&wide(bom)),
        wide(bom).into_bytes(),
    ] {
        let parsed = feed(&bytes, None, AT).unwrap_or_else(|e| panic!("{e}: {:?}", &bytes[..8]));
        assert_eq!(
            &*parsed.entries[0].article.title,
            "제목 뷁",
            "{:?}",
            &bytes[..8]
        );
    }
}

#[test]
fn links_are_relative_to_what_the_feed_says() {
    let links = |xml: &str| -> Vec<String> {
        let article = feed(xml.as_bytes(), None, AT)
            .unwrap()
            .articles()
            .next()
            .unwrap();
        let of = |block: &crate::news::Block| match block {
            crate::news::Block::Paragraph { links, .. } => {
                links.iter().map(|l| l.url.to_string()).collect()
            }
            _ => Vec::new(),
        };
        article
            .url
            .iter()
            .map(ToString::to_string)
            .chain(article.blocks.iter().flat_map(of))
            .collect()
    };
    let entry = |feed: &str, entry: &str, content: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' {feed}><entry {entry}><title>가</title><link href='x'/>\
             <content type='html' {content}>&lt;p&gt;글 &lt;a href='y'&gt;고리&lt;/a&gt;&lt;/p&gt;</content></entry></feed>"
        )
    };
    for (xml, expected) in [
        (
            entry("", "", ""),
            ["https://a.kr/dir/x", "https://a.kr/dir/y"],
        ),
        (
            entry("xml:base='https://b.kr/'", "", ""),
            ["https://b.kr/x", "https://b.kr/y"],
        ),
        (
            entry("xml:base='https://b.kr/'", "xml:base='sub/'", ""),
            ["https://b.kr/sub/x", "https://b.kr/sub/y"],
        ),
        (
            entry("xml:base='https://b.kr/'", "", "xml:base='/c/'"),
            ["https://b.kr/x", "https://b.kr/c/y"],
        ),
        (
            entry("xml:base='::'", "", ""),
            ["https://a.kr/dir/x", "https://a.kr/dir/y"],
        ),
    ] {
        assert_eq!(links(&xml), expected, "{xml}");
    }
    let rss = "<rss version='2.0' xml:base='https://b.kr/'><channel><item><link>x</link><description>&lt;a href='y'&gt;고리&lt;/a&gt; 글</description></item></channel></rss>";
    assert_eq!(links(rss), ["https://b.kr/x", "https://b.kr/y"]);
}

#[test]
fn what_names_several_articles_names_none() {
    let feed = |item: &dyn Fn(usize) -> String| {
        let items: String = (0..4)
            .map(|i| format!("<item><title>제목 {i}</title>{}</item>", item(i)))
            .collect();
        let xml = format!("<rss version='2.0'><channel>{items}</channel></rss>");
        let parsed = super::feed(xml.as_bytes(), None, AT).unwrap();
        parsed
            .entries
            .into_iter()
            .map(|e| {
                (
                    e.guid.to_string(),
                    e.article.url.unwrap_or_default().to_string(),
                )
            })
            .collect()
    };
    let one_name: Vec<_> =
        feed(&|i| format!("<link>https://a.kr/{i}</link><guid>https://a.kr/</guid>"));
    assert_eq!(
        one_name[2],
        ("https://a.kr/2".to_owned(), "https://a.kr/2".to_owned())
    );
    let one_address: Vec<_> =
        feed(&|i| format!("<link>https://a.kr/</link><guid isPermaLink='false'>회 {i}</guid>"));
    assert_eq!(
        one_address[2],
        ("회 2".to_owned(), "https://a.kr/#%ED%9A%8C+2".to_owned())
    );
    // Two entries with one address: the second is a repetition of the first.
    let twice: Vec<_> = feed(&|i| format!("<link>https://a.kr/{}</link><guid>{i}</guid>", i / 2));
    assert_eq!(twice[3], ("3".to_owned(), "https://a.kr/1".to_owned()));
    // Without identifiers they cannot be told apart.
    let nothing: Vec<_> = feed(&|_| "<link>https://a.kr/</link>".to_owned());
    assert_eq!(
        nothing[2],
        ("https://a.kr/".to_owned(), "https://a.kr/".to_owned())
    );
}

#[test]
fn what_an_item_brings_beside_its_text_is_kept() {
    let rss = |item: &str| {
        format!(
            "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' \
             xmlns:fb='http://rssnamespace.org/feedburner/ext/1.0'><channel><title>x</title>\
             <item><title>t</title>{item}</item></channel></rss>"
        )
    };
    let read = |item: &str| {
        let feed = feed(rss(item).as_bytes(), None, "https://a.kr/rss").unwrap();
        feed.articles().next().unwrap()
    };
    let talk = read(
        "<guid isPermaLink='false'>e7</guid><description>첫 줄 이야기\n둘째 줄 이야기</description>\
         <enclosure url='https://a.kr/e7.m4a' type='audio/mp4'/>",
    );
    assert_eq!(talk.url.as_deref(), Some("https://a.kr/e7.m4a"));
    let last = talk.blocks.last().unwrap();
    assert!(matches!(last, Block::Embed { url, .. } if &**url == "https://a.kr/e7.m4a"));
    assert_eq!(talk.blocks.len(), 3);
    let counted = read(
        "<link>https://count.er/~3/x</link><fb:origLink>https://a.kr/own?a=1&amp;b=2</fb:origLink>",
    );
    assert_eq!(counted.url.as_deref(), Some("https://a.kr/own?a=1&b=2"));
    for inward in [
        "javascript:1",
        "http://10.0.0.1/x",
        "http://nas.local/x",
        "http://[::1]/x",
        "/x",
    ] {
        let item = format!("<link>https://a.kr/true</link><fb:origLink>{inward}</fb:origLink>");
        assert_eq!(
            read(&item).url.as_deref(),
            Some("https://a.kr/true"),
            "{inward}"
        );
    }
    let post = read(
        "<link>https://a.kr/@x/1</link><description>&lt;p&gt;새 글입니다. &lt;a href='https://a.kr/tags/k' \
         class='mention hashtag' rel='tag'&gt;#&lt;span&gt;집값&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;\
         &lt;p&gt;&lt;a href='https://a.kr/tags/m' class='mention hashtag' rel='tag'&gt;#&lt;span&gt;\
         마당&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;</description><media:content \
         url='https://a.kr/p.png' type='image/png' medium='image'><media:description type='plain'>\
         마당의 감나무</media:description></media:content>",
    );
    assert!(post.text().contains("#집값"), "{:?}", post.blocks);
    assert!(post.text().contains("#마당"), "{:?}", post.blocks);
    let shown = |b: &Block| {
        matches!(b, Block::Image { url, caption: Some(words), .. }
            if &**url == "https://a.kr/p.png" && &**words == "마당의 감나무")
    };
    assert!(post.blocks.iter().any(shown), "{:?}", post.blocks);
}

#[test]
fn atom_says_whether_a_text_is_markup() {
    let entry = |fields: &str| {
        let atom = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>https://a.kr/1</id>\
             {fields}</entry></feed>"
        );
        let read = feed(atom.as_bytes(), None, "https://a.kr/atom").unwrap();
        read.articles().next().unwrap()
    };
    for (title, read) in [
        (
            "<title>&lt;b&gt;굵게&lt;/b&gt; 쓰는 법</title>",
            "<b>굵게</b> 쓰는 법",
        ),
        ("<title type='text'>A &amp;amp; B</title>", "A &amp; B"),
        (
            "<title type='html'>&lt;u&gt;가&lt;/u&gt; &amp;amp; &lt;Cats&gt;</title>",
            "가 & <Cats>",
        ),
        (
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>가 <em>나</em> &lt;p&gt;</div></title>",
            "가 나 <p>",
        ),
    ] {
        assert_eq!(&*entry(title).title, read, "{title}");
    }
    for (body, read) in [
        (
            "<summary>태그 &lt;b&gt;는&lt;/b&gt; 굵다</summary>",
            "태그 <b>는</b> 굵다",
        ),
        (
            "<summary type='text'>&lt;p&gt;글자&lt;/p&gt;</summary>",
            "<p>글자</p>",
        ),
        (
            "<summary>&lt;p&gt;문단이다.&lt;/p&gt;</summary>",
            "문단이다.",
        ),
        (
            "<content type='html'>&lt;b&gt;굵다&lt;/b&gt;</content>",
            "굵다",
        ),
    ] {
        assert_eq!(entry(body).text(), read, "{body}");
    }
}
