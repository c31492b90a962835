//! Difficulties of real feeds, each in a small feed written here.

mod broken;
mod dates;
mod media;
mod vocabularies;

use super::*;
use crate::news::{Block, ExtractionMethod};

fn rss(items: &str) -> ParsedFeed {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>견본일보 - 사회</title><link>https://news.example.kr/</link><ttl>30</ttl>{items}</channel></rss>"
    );
    feed(xml.as_bytes(), None, "https://news.example.kr/rss.xml").unwrap()
}

/// The entry with its markup read as blocks.
fn whole(entry: FeedEntry) -> FeedEntry {
    match entry.markup {
        Some(markup) => FeedEntry {
            article: with_blocks(entry.article, &markup),
            markup: None,
            ..entry
        },
        None => entry,
    }
}

fn one(item: &str) -> FeedEntry {
    whole(rss(&format!("<item>{item}</item>")).entries.remove(0))
}

fn date(written: &str) -> String {
    one(&format!(
        "<title>제목</title><link>https://a.kr/1</link>{written}"
    ))
    .published
    .map(|s| s.to_string())
    .unwrap_or_default()
}

#[test]
fn korean_dates_of_every_shape_are_one_instant() {
    for written in [
        "<pubDate>Sun, 22 Nov 2026 09:12:00 +0900</pubDate>",
        "<pubDate>Sun,22 Nov  2026 09:12:00 +0900</pubDate>",
        "<pubDate>22 11 2026 09:12:00</pubDate>",
        "<pubDate>2026-11-22 09:12:00</pubDate>",
        "<pubDate><![CDATA[2026-11-22T09:12:00]]></pubDate>",
        "<pubDate>Sun, 22 Nov 2026 09:12:00 KST</pubDate>",
        "<pubDate>Sun, 22 Nov 2026 09:12:00 +09:00</pubDate>",
        "<dc:date>2026-11-22T09:12:00+09:00</dc:date>",
        "<pubDate>2026.11.22 오전 9:12</pubDate>",
    ] {
        assert_eq!(date(written), "2026-11-22T09:12:00+09:00", "{written}");
    }
    assert_eq!(date(""), "");
    assert_eq!(date("<pubDate>어제</pubDate>"), "");
}

#[test]
fn links_in_cdata_and_with_blanks_are_read() {
    assert_eq!(
        one("<title>가</title><link><![CDATA[ https://a.kr/1?x=1&y=2 ]]></link>")
            .article
            .url
            .as_deref(),
        Some("https://a.kr/1?x=1&y=2")
    );
    assert_eq!(
        one("<title>가</title><guid>https://a.kr/2</guid>")
            .article
            .url
            .as_deref(),
        Some("https://a.kr/2")
    );
    let entry = one("<title>가</title><link>https://a.kr/3?x=1&y=2</link>");
    assert_eq!(entry.guid, Clean::line("https://a.kr/3?x=1&y=2"));
}

#[test]
fn titles_lose_their_markup_and_keep_their_signs() {
    for (written, read) in [
        ("R&amp;D 예산", "R&D 예산"),
        ("R&D 예산", "R&D 예산"),
        (
            "&amp;quot;말&amp;quot;이 &amp;#x27;씨&amp;#x27;",
            "\"말\"이 '씨'",
        ),
        ("<![CDATA[<b>굵은</b> 제목]]>", "굵은 제목"),
        ("3 < 5, 그리고 7 > 2", "3 < 5, 그리고 7 > 2"),
        ("A&nbsp;B", "A\u{a0}B"),
        ("제\u{1}목", "제목"),
    ] {
        assert_eq!(
            &*one(&format!(
                "<title>{written}</title><link>https://a.kr/1</link>"
            ))
            .article
            .title,
            read,
            "{written}"
        );
    }
}

#[test]
fn paragraphs_of_breaks_are_paragraphs() {
    let item = "<title>가</title><link>https://a.kr/1</link><description><![CDATA[첫 문단이다.<br><br>둘째 문단이다.<br/><br/>셋째.]]></description>";
    let blocks = one(item).article.blocks;
    assert_eq!(
        blocks
            .iter()
            .filter(|b| matches!(b, Block::Paragraph { .. }))
            .count(),
        3,
        "{blocks:?}"
    );
    let raw = one(
        "<title>가</title><link>https://a.kr/1</link><description><p>하나.<p>둘.</description>",
    );
    assert_eq!(raw.article.text(), "하나.\n\n둘.");
}

#[test]
fn the_fuller_of_summary_and_content_wins() {
    let item = "<title>가</title><link>https://a.kr/1</link><description>짧다</description><content:encoded><![CDATA[<p>훨씬 긴 본문이 여기에 있다.</p>]]></content:encoded>";
    let entry = one(item);
    assert_eq!(entry.article.text(), "훨씬 긴 본문이 여기에 있다.");
    assert_eq!(entry.article.extraction.method, ExtractionMethod::Feed);
}

#[test]
fn the_channel_gives_title_site_and_wish() {
    let parsed = rss("");
    assert_eq!(&*parsed.feed.title, "견본일보 - 사회");
    assert_eq!(
        parsed.feed.site.as_deref(),
        Some("https://news.example.kr/")
    );
    assert_eq!(parsed.ttl, Some(30));
    let entry = rss("<item><title>가</title><link>https://a.kr/1</link><author>홍길동 기자 hong@example.com</author><category>사회</category></item>").entries.remove(0);
    assert_eq!(entry.article.publisher.as_deref(), Some("견본일보"));
    assert_eq!(entry.article.section.as_deref(), Some("사회"));
    assert_eq!(
        (
            &*entry.article.bylines[0].name,
            entry.article.bylines[0].email.as_deref()
        ),
        ("홍길동", Some("hong@example.com"))
    );
}

#[test]
fn broken_feeds_give_what_they_hold() {
    for xml in [
        "junk\n<?xml version='1.0'?><rss version='2.0'><channel><title>가</title><item><title>나</title><link>https://a.kr/1</link></item>",
        "<rss><channel><title>가<item><title>나</title><link>https://a.kr/1</link></item></channel></rss>",
        "<rss version='0.94'><channel><item><title>나</title><link>https://a.kr/1</link><description>a < b & c</wrong></description></item></channel></rss>",
        "<rss version='2.0'><channel><item><title><![CDATA[나</title><link>https://a.kr/1</link></item></channel></rss>",
        "<rss version='2.0'><channel><item><media:thumbnail url=https://a.kr/i.jpg /><title>나</title><link>https://a.kr/1</link></item></channel></rss>",
        "<rss version='2.0' xml:base='::'><channel><item a='1' a='2'><title>나</title><link>https://a.kr/1</link></item></channel></rss>",
    ] {
        let parsed =
            feed(xml.as_bytes(), None, "https://a.kr/rss").unwrap_or_else(|e| panic!("{xml}: {e}"));
        assert_eq!(
            parsed.entries.first().map(|e| &*e.article.title),
            Some("나"),
            "{xml}"
        );
    }
}

#[test]
fn other_kinds_of_feed_are_read() {
    let atom = "<feed><title>A</title><link rel='next' href='https://a.org/2'/><entry><title>T</title><id>i</id><link href='https://a.org/1'/><content type='html'>&lt;p&gt;B&lt;/p&gt;</content><updated>2026-11-22T00:00:00Z</updated></entry></feed>";
    let parsed = feed(atom.as_bytes(), None, "https://a.org/feed").unwrap();
    assert_eq!(
        (
            &*parsed.entries[0].guid,
            whole(parsed.entries[0].clone()).article.text().as_str()
        ),
        ("i", "B")
    );
    assert_eq!(parsed.next, [Clean::line("https://a.org/2")]);
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"https://a.org/1","title":"T","content_html":"<p>B</p>"}]}"#;
    assert_eq!(
        &*feed(json.as_bytes(), None, "https://a.org/f.json")
            .unwrap()
            .entries[0]
            .article
            .title,
        "T"
    );
}

#[test]
fn what_is_no_feed_says_so() {
    assert_eq!(feed(b"  ", None, "https://a.org/"), Err(FeedError::Empty));
    assert_eq!(
        feed(b"<!doctype html><html><body>hi", None, "https://a.org/"),
        Err(FeedError::Page)
    );
    assert!(matches!(
        feed(b"{\"a\":1}", None, "not an address"),
        Err(FeedError::Unknown(_))
    ));
    assert!(matches!(
        feed(b"\x00\x01\x02 what", None, "https://a.org/"),
        Err(FeedError::Unknown(_))
    ));
}

#[test]
fn a_mailbox_beside_any_sign_is_read() {
    for (written, name) in [
        ("홍길동·hong@a.kr", "홍길동"),
        ("hong@a.kr…홍길동 기자", "홍길동"),
        ("“hong@a.kr”", ""),
        ("홍길동\u{a0}hong@a.kr", "홍길동"),
        ("①hong@a.kr②", ""),
    ] {
        for element in ["author", "dc:creator"] {
            let item = format!(
                "<title>가</title><link>https://a.kr/1</link><{element}>{written}</{element}>"
            );
            let by = one(&item).article.bylines;
            assert!(
                name.is_empty() || by.first().is_some_and(|b| b.name.contains(name)),
                "{element} {written}: {by:?}"
            );
        }
    }
    let channel =
        rss("<managingEditor>편집·a@b.kr</managingEditor><webMaster>“a@b.kr”</webMaster>");
    assert!(channel.entries.is_empty());
}

#[test]
fn bombs_and_depths_end() {
    let lol: String = (0..30)
        .map(|i| format!("<!ENTITY l{} \"&l{i};&l{i};&l{i};&l{i};\">", i + 1))
        .collect();
    let bomb = format!(
        "<!DOCTYPE r [<!ENTITY l0 \"lol\">{lol}]><rss version='2.0'><channel><item><title>&l30;</title><link>https://a.kr/1</link></item></channel></rss>"
    );
    let parsed = feed(bomb.as_bytes(), None, "https://a.kr/").unwrap();
    assert!(parsed.entries[0].article.title.len() < 100);
    for deep in [
        "<a>".repeat(1_000_000),
        "<feed>".repeat(200_000),
        "<item><title>".repeat(100_000),
        "&".repeat(300_000),
        "]]>".repeat(100_000),
    ] {
        let xml = format!(
            "<rss version='2.0'><channel><item><title>가</title><link>https://a.kr/1</link></item>{deep}"
        );
        assert!(feed(xml.as_bytes(), None, "https://a.kr/").is_ok());
    }
}

#[test]
fn long_texts_are_the_same_however_they_are_written() {
    let body =
        "<p>새 도서관이 문을 열었다. 책 &amp; 빛을 나눈다.</p><p>둘째 문단이다.</p>".repeat(3);
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;");
    let written = [
        format!("<description><![CDATA[{body}]]></description>"),
        format!("<description>{escaped}</description>"),
        format!("<content:encoded>{escaped}</content:encoded><description>짧다</description>"),
        format!("<description>{body}</description>"),
        format!("<description> <![CDATA[{body}]]> </description>"),
    ];
    let told = written.map(|words| {
        let xml = format!("<rss version='2.0'><channel><title>t</title><item><link>https://a.kr/1</link>{words}</item></channel></rss>");
        let entry = feed(xml.as_bytes(), None, "https://a.kr/rss").unwrap().entries.remove(0);
        whole(entry).article.text()
    });
    assert!(
        told[0].contains("책 & 빛") && told[0].contains("둘째"),
        "{}",
        told[0]
    );
    assert!(told.iter().all(|t| *t == told[0]), "{told:?}");
}

#[test]
fn a_feed_that_writes_our_own_mark_gains_nothing() {
    let long = "글 ".repeat(100);
    let xml = format!(
        "<rss version='2.0'><channel><title>t</title><item><link>https://a.kr/1</link><title>\u{f8f1}0\u{f8f1}</title>\
         <description>{long}</description></item><item><link>https://a.kr/2</link><description>\u{f8f1}99\u{f8f1}</description></item></channel></rss>"
    );
    let articles: Vec<Article> = feed(xml.as_bytes(), None, "https://a.kr/rss")
        .unwrap()
        .articles()
        .collect();
    assert_eq!(articles.len(), 2);
    assert!(!articles[0].title.contains('글') && !articles[1].text().contains('글'));
}

#[test]
fn an_address_that_stands_for_a_headline_has_no_secret() {
    for item in [
        "<title>https://me:tief@a.kr/1?token=tief</title><link>https://a.kr/1</link>",
        "<link>https://me:tief@a.kr/1?token=tief</link>",
        "<link>https://a.kr/1</link><description>https://a.kr/1?token=tief</description>",
    ] {
        let title = one(item).article.title;
        assert!(
            title.contains("a.kr/1") && !title.contains("tief"),
            "{title}"
        );
    }
    let name = super::entry::outlet("https://a.kr/rss?key=tief").unwrap();
    assert!(
        name.contains("a.kr/rss") && !name.contains("tief"),
        "{name}"
    );
    // Words that only look like one stay.
    let kept = one("<title>주소 https://a.kr/1 와 token=2</title><link>https://a.kr/1</link>");
    assert_eq!(&*kept.article.title, "주소 https://a.kr/1 와 token=2");
}
