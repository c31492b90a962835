//! Pictures and recordings beside a text, where an article was taken from, and the extension
//! elements of which no value may cost the whole feed.

use crate::extract::feed::*;

const AT: &str = "https://a.kr/dir/feed.xml";

/// The entries of an RSS feed with these items.
fn rss(items: &str) -> Vec<FeedEntry> {
    let xml = format!(
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' \
         xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' \
         xmlns:podcast='https://podcastindex.org/namespace/1.0' \
         xmlns:wfw='http://wellformedweb.org/CommentAPI/'><channel><title>너른들 소식</title>{items}\
         </channel></rss>"
    );
    feed(xml.as_bytes(), None, AT).unwrap().entries
}

fn item(fields: &str) -> Article {
    let items = format!("<item><title>제목</title><link>https://a.kr/1</link>{fields}</item>");
    rss(&items).remove(0).article
}

fn enclosed(article: &Article) -> Vec<&str> {
    article.enclosures.iter().map(|e| &*e.url).collect()
}

#[test]
fn a_picture_leads_however_it_is_named() {
    for fields in [
        "<media:thumbnail url='/p.jpg'/>",
        "<media:content url='/p.jpg' type='image/jpeg'/>",
        "<media:content url='/p.jpg' medium='image'/>",
        "<media:content url='/p.jpg'/>",
        "<media:group><media:thumbnail url='https://a.kr/p.jpg'/></media:group>",
        "<enclosure url='/p.jpg' type='image/jpeg' length='9'/>",
        "<itunes:image href='/p.jpg'/>",
        "<media:content url='/film' medium='video'/><media:thumbnail url='/p.jpg'/>",
    ] {
        let article = item(fields);
        let lead = article.lead_image.as_deref();
        assert_eq!(lead, Some("https://a.kr/p.jpg"), "{fields}");
        assert_eq!(enclosed(&article), [""; 0], "{fields}");
    }
    let unnamed = item("<media:content url='https://img.a.kr/920'/>");
    assert_eq!(unnamed.lead_image.as_deref(), Some("https://img.a.kr/920"));
    let film = item("<media:content url='https://a.kr/film' medium='video'/>");
    assert_eq!(film.lead_image, None);
}

#[test]
fn a_recording_is_kept_whatever_stands_beside_it() {
    for (fields, seconds) in [
        ("<enclosure url='/e.mp3' type='audio/mpeg'/>", None),
        ("<enclosure url='/e.mp3' type='소리'/>", None),
        (
            "<enclosure url='/e.mp3' type='audio/mpeg'/><itunes:duration>32:10</itunes:duration>",
            Some(1930),
        ),
        (
            "<media:content url='/p.jpg' type='image/jpeg'/>\
             <enclosure url='/e.mp3' type='audio/mpeg'/>",
            None,
        ),
        (
            "<media:content url='/e.mp3' type='audio/mpeg' duration='95'/>\
             <enclosure url='/e.mp3' type='audio/mpeg'/>",
            Some(95),
        ),
        (
            "<media:content url='/e.mp3' type='audio/mpeg'>\
             <media:player url='https://a.kr/player'/></media:content>",
            None,
        ),
    ] {
        let article = item(fields);
        assert_eq!(enclosed(&article), ["https://a.kr/e.mp3"], "{fields}");
        assert_eq!(article.enclosures[0].seconds, seconds, "{fields}");
    }
}

#[test]
fn no_extension_element_costs_the_feed() {
    for fields in [
        "<podcast:person role='구경꾼'>홍길동</podcast:person>",
        "<media:title type='text'>그림</media:title>",
        "<media:content url='/p.jpg'><media:title/><media:description/></media:content>",
        "<media:description type='x'></media:description>",
        "<itunes:duration>99999999999999999999</itunes:duration>",
        "<itunes:title></itunes:title>",
        "<media:content url='::' duration='-1' fileSize='많음'/>",
        "<enclosure/><media:thumbnail/><itunes:image/>",
    ] {
        assert_eq!(&*item(fields).title, "제목", "{fields}");
    }
}

#[test]
fn an_author_in_parts_is_not_the_item() {
    let author = "<author><name>홍길동</name><title>부사장</title><category>임원</category>\
         <pubDate>Sun, 22 Nov 2026 09:12:00 +0900</pubDate></author>";
    for fields in [
        author.to_owned(),
        author.replace("<name>홍길동</name>", "") + author,
    ] {
        let article = item(&fields);
        let told = (
            &*article.title,
            article.published,
            article.section.as_deref(),
        );
        assert_eq!(told, ("제목", None, None), "{fields}");
    }
    assert_eq!(&*item(author).bylines[0].name, "홍길동");
    let items = "<item><title>제목</title><link>https://a.kr/1</link></item>";
    let of_channel = rss(&format!(
        "<author><name>김</name><title>국장</title></author>{items}"
    ));
    assert_eq!(
        of_channel[0].article.publisher.as_deref(),
        Some("너른들 소식")
    );
    assert_eq!(of_channel[0].article.bylines, []);
}

#[test]
fn the_author_of_an_atom_feed_wrote_what_names_nobody() {
    let bylines = |feed_fields: &str, fields: &str| {
        let atom = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>들꽃 일기</title>{feed_fields}<entry>\
             <title>제목</title><id>urn:1</id>{fields}</entry></feed>"
        );
        let article = feed(atom.as_bytes(), None, AT)
            .unwrap()
            .entries
            .remove(0)
            .article;
        let names = article.bylines.iter().map(|by| by.name.to_string());
        names.collect::<Vec<_>>()
    };
    let person = |name: &str| format!("<author><name>{name}</name></author>");
    assert_eq!(bylines(&person("홍길동"), ""), ["홍길동"]);
    assert_eq!(bylines(&person("홍길동"), &person("김서연")), ["김서연"]);
    assert_eq!(bylines(&person("들꽃 일기"), ""), [""; 0]);
    let source = "<source><title>딴 곳</title></source>";
    assert_eq!(bylines(&person("홍길동"), source), [""; 0]);
}

#[test]
fn names_and_prefixes_are_known_wherever_they_are_declared() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>가</title><entry><title>제목</title>\
         <id>urn:1</id><link rel='alternate' type='application/json' href='/1.json'/>\
         <link rel='alternate' type='text/html' href='/1'/><content type='xhtml'>\
         <h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>하나.</h:p><h:p>둘.</h:p></h:div>\
         </content></entry><entry><title>소리</title><id>urn:2</id>\
         <content type='audio/mpeg' src='/e.mp3'/></entry></feed>";
    let read: Vec<Article> = feed(atom.as_bytes(), None, AT)
        .unwrap()
        .articles()
        .collect();
    assert_eq!(read[0].url.as_deref(), Some("https://a.kr/1"));
    assert_eq!(read[0].blocks.len(), 2, "{:?}", read[0].blocks);
    assert_eq!(enclosed(&read[1]), ["https://a.kr/e.mp3"]);
    let loud = item(
        "<ENCLOSURE URL='/e.mp3' TYPE='audio/mpeg'/>\
         <dc:language>en</dc:language><itunes:duration>95</itunes:duration>\
         <enclosure url='/e.pdf' type='application/pdf'/>",
    );
    assert_eq!(
        enclosed(&loud),
        ["https://a.kr/e.mp3", "https://a.kr/e.pdf"]
    );
    assert_eq!(loud.enclosures[0].seconds, Some(95));
    assert_eq!(loud.lang.as_deref(), Some("en"));
}

#[test]
fn what_a_text_declares_means_nothing_outside_it() {
    let drawn = "<item><title>하나</title><description><svg xmlns:dc='urn:x' xmlns:media='urn:y'/>\
         </description></item>";
    let next = "<item><title>둘</title><dc:creator>홍길동</dc:creator>\
         <media:thumbnail url='/p.jpg'/></item>";
    let article = rss(&format!("{drawn}{next}")).remove(1).article;
    assert_eq!(&*article.bylines[0].name, "홍길동");
    assert_eq!(article.lead_image.as_deref(), Some("https://a.kr/p.jpg"));
}

#[test]
fn an_aggregators_item_is_of_the_paper_that_it_names() {
    let publisher = |fields: &str| item(fields).publisher.unwrap_or_default().to_string();
    assert_eq!(publisher(""), "너른들 소식");
    assert_eq!(
        publisher("<source url='https://b.kr/rss'>가람일보</source>"),
        "가람일보"
    );
    // Not an address, and nothing.
    assert_eq!(
        publisher("<source url='https://b.kr/rss'>https://b.kr/rss</source>"),
        "너른들 소식"
    );
    assert_eq!(publisher("<source url='https://b.kr/rss'/>"), "너른들 소식");
    let planet = "<feed xmlns='http://www.w3.org/2005/Atom'><title>마을</title><entry>\
         <title>제목</title><id>urn:1</id><source><id>urn:x</id><title>들꽃 일기</title>\
         <link href='https://b.kr/'/><updated>2001-01-01T00:00:00Z</updated></source>\
         <link href='https://b.kr/1'/></entry></feed>";
    let entry = feed(planet.as_bytes(), None, AT).unwrap().entries.remove(0);
    let article = entry.article;
    assert_eq!(article.publisher.as_deref(), Some("들꽃 일기"));
    assert_eq!(article.url.as_deref(), Some("https://b.kr/1"));
    assert_eq!((&*article.title, article.published), ("제목", None));
}

#[test]
fn the_feed_of_its_comments_is_no_articles_address() {
    let comments = "<wfw:commentRss>https://a.kr/1/feed</wfw:commentRss>";
    let entry = rss(&format!("<item><title>제목</title>{comments}</item>")).remove(0);
    assert_eq!(entry.article.url, None);
    assert!(rss(&format!("<item>{comments}</item>")).is_empty());
}

#[test]
fn a_json_feed_leads_to_its_next_page() {
    let json = r#"{"items": [{"id": "1", "title": "제목", "language": "en-GB", "image": "/p.jpg",
        "attachments": [{"url": "/e.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 95}]}],
        "next_url": "?page=2", "authors": [{"name": "홍길동"}, {"name": "홍길동"}]}"#;
    let read = feed(json.as_bytes(), None, AT).unwrap();
    assert_eq!(read.next, [Clean::line("https://a.kr/dir/feed.xml?page=2")]);
    let article = &read.entries[0].article;
    assert_eq!(article.lang.as_deref(), Some("en"));
    assert_eq!(article.bylines.len(), 1);
    assert_eq!(article.lead_image.as_deref(), Some("https://a.kr/p.jpg"));
    assert_eq!(article.enclosures[0].seconds, Some(95));
}
