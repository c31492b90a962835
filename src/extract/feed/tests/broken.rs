//! Broken feeds, as old systems of Korean newspapers send them: whatever they contain must be read.

use encoding_rs::EUC_KR;

use crate::extract::feed::*;

const URL: &str = "https://news.example.kr/rss.xml";

fn item(n: u32) -> String {
    format!(
        "<item><title>기사 {n}: 뷁의 귀환</title><link>https://a.kr/{n}</link><description>본문 {n}이다.</description></item>"
    )
}

/// An RSS feed of two articles, with `head` before and `tail` after it.
fn rss(head: &str, tail: &str) -> String {
    format!(
        "{head}<rss version=\"2.0\"><channel><title>견본일보</title>{}{}</channel></rss>{tail}",
        item(1),
        item(2)
    )
}

fn titles(bytes: &[u8], charset: Option<&str>) -> Vec<String> {
    let parsed = feed(bytes, charset, URL)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(bytes)));
    parsed
        .entries
        .iter()
        .map(|e| e.article.title.to_string())
        .collect()
}

#[track_caller]
fn has_both(bytes: &[u8], charset: Option<&str>) {
    assert_eq!(
        titles(bytes, charset),
        ["기사 1: 뷁의 귀환", "기사 2: 뷁의 귀환"],
        "{}",
        String::from_utf8_lossy(bytes)
    );
}

fn old(text: &str) -> Vec<u8> {
    EUC_KR.encode(text).0.into_owned()
}

#[test]
fn charsets_that_are_declared_wrong_or_by_old_names_are_found_out() {
    let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>");
    for name in [
        "EUC-KR",
        "euc_kr",
        "ks_c_5601-1987",
        "CP949",
        "ms949",
        "x-windows-949",
        "windows-949",
        "korean",
    ] {
        has_both(&old(&rss(&declared(name), "")), None);
        has_both(&old(&rss(&declared(name), "")), Some("utf-8"));
        has_both(rss(&declared(name), "").as_bytes(), None);
    }
    for name in ["utf-8", "UTF8", "utf-8 ", "iso-8859-1", ""] {
        has_both(rss(&declared(name), "").as_bytes(), Some("euc-kr"));
        has_both(rss(&declared(name), "").as_bytes(), Some("ISO-8859-1"));
        has_both(&old(&rss(&declared(name), "")), None);
    }
    has_both(&old(&rss("", "")), None);
    has_both(
        format!("\u{feff}{}", rss(&declared("utf-8"), "")).as_bytes(),
        None,
    );
    let wide: Vec<u8> = format!("\u{feff}{}", rss(&declared("utf-16"), ""))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    has_both(&wide, None);
}

#[test]
fn what_stands_around_the_feed_is_passed_over() {
    for (head, tail) in [
        ("\r\n\n  <?xml version=\"1.0\"?>", ""),
        (
            "<br />\n<b>Warning</b>: mysql_connect() in <b>/www/rss.php</b> on line <b>3</b><br />\n<?xml version=\"1.0\"?>",
            "",
        ),
        (
            "<?xml version='1.1' encoding='utf-8' standalone='yes'?><?xml-stylesheet href='a.xsl'?><!-- <rss> -->",
            "\n<!-- 0.02 s -->",
        ),
        (
            "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>",
            "<script>x()</script></body></html>",
        ),
        ("", "\0\0\0"),
        ("Content-Type: text/xml\r\n\r\n<?xml version=\"1.0\"?>", "0"),
    ] {
        has_both(rss(head, tail).as_bytes(), None);
    }
}

#[test]
fn a_feed_that_ends_too_soon_gives_the_articles_before_the_end() {
    let whole = rss("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "");
    let second = whole.find("기사 2").unwrap();
    for cut in [
        second + 1,
        whole.find("https://a.kr/2").unwrap() + 9,
        whole.rfind("</item>").unwrap() + 3,
    ] {
        let titles = titles(&whole.as_bytes()[..cut], None);
        assert_eq!(
            titles.first().map(String::as_str),
            Some("기사 1: 뷁의 귀환"),
            "cut at {cut}"
        );
    }
    let old = old(&whole);
    assert_eq!(
        titles(&old[..old.len() / 2], None)
            .first()
            .map(String::as_str),
        Some("기사 1: 뷁의 귀환")
    );
}

#[test]
fn structure_that_is_not_as_it_should_be_is_read_as_it_was_meant() {
    let (one, two) = (item(1), item(2));
    let feeds = [
        // Articles beside the channel, as in RSS 1.0; two channels; no channel; no end tags.
        format!("<rss version='2.0'><channel><title>가</title></channel>{one}{two}</rss>"),
        format!("<rss><channel><title>가</title>{one}</channel><channel><title>나</title>{two}</channel></rss>"),
        format!("<rss>{one}{two}</rss>"),
        format!("<rss><channel><title>가</title>{}{}", one.replace("</item>", ""), two.replace("</item>", "")),
        // Upper case.
        rss("", "").replace("item>", "ITEM>").replace("title>", "TITLE>").replace("link>", "Link>"),
        // The channel's image, which has a title and a link, too.
        rss("", "").replacen(
            "<item>",
            "<image><title>로고</title><url>https://a.kr/i.gif</url><link>https://a.kr</link></image><item>",
            1,
        ),
        // CDATA sections within others, and ends without a beginning.
        rss("", "")
            .replace("<title>기사", "<title><![CDATA[<![CDATA[기사")
            .replace("귀환</title>", "귀환]]>]]></title>"),
        rss("", "").replace("</description>", "]]></description></b>"),
        rss("", "").replace("<description>", "<description></p><b>").replace("</link>", "&x=1&y=<2></link>"),
        rss("", "").replace("본문", "본\u{b}문\u{0}"),
        rss("", "").replace("<channel>", "<channel xmlns:x='a' xmlns:x='b' 1='2' =>"),
        rss("", "").replace("<item>", "<item rdf:about='x' a:b:c='d'>"),
    ];
    let wrong =
        |xml: &&String| titles(xml.as_bytes(), None) != ["기사 1: 뷁의 귀환", "기사 2: 뷁의 귀환"];
    let wrong: Vec<_> = feeds
        .iter()
        .filter(wrong)
        .map(|xml| (xml, titles(xml.as_bytes(), None)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
