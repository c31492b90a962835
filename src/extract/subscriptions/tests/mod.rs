//! Lists in the forms of each reader.

use super::*;
use crate::news::Clean;
use crate::news::Query;

fn read(text: &str) -> SubscriptionList {
    subscriptions(text).unwrap_or_default()
}

/// Address, title and folder of each feed.
fn feeds(list: &SubscriptionList) -> Vec<(&str, &str, Option<&str>)> {
    let feeds = list.feeds.iter();
    feeds
        .map(|f| (&*f.url, &*f.title, f.folder.as_deref()))
        .collect()
}

#[test]
fn newsboats_urls_are_read_with_labels_titles_and_searches() {
    let list = read(
        "# 주석\nhttps://a.kr/rss \"~가 신문\" 종합 \"늦게 볼 것\"\nhttps://b.kr/rss !정책\n\nfeed:https://c.kr/rss\n\
         \"query:안 읽음:unread = \\\"yes\\\"\"\n\"query:복잡:author = \\\"김\\\"\" 검색\n\
         \"exec:~/bin/feed.sh 1\" 종합\nfilter:~/bin/clean.py:https://d.kr/rss\nfile:///home/a/feed.xml\n",
    );
    assert_eq!(
        feeds(&list),
        [
            ("https://a.kr/rss", "가 신문", Some("종합")),
            ("https://b.kr/rss", "https://b.kr/rss", Some("정책")),
            ("https://c.kr/rss", "https://c.kr/rss", None),
        ]
    );
    assert_eq!(list.elsewhere.len(), 1);
    assert_eq!(
        (list.elsewhere[0].0, &*list.elsewhere[0].1),
        (0, "늦게 볼 것")
    );
    assert_eq!(list.searches.len(), 1);
    assert_eq!(
        (&*list.searches[0].0, &*list.searches[0].1),
        ("안 읽음", "unread")
    );
    assert_eq!(list.left.len(), 4, "{:?}", list.left);
}

#[test]
fn searches_are_said_where_our_language_can() {
    let now: jiff::ZonedDateTime = "2026-11-29T09:00[Asia/Seoul]".parse().unwrap();
    for (expression, query) in [
        ("unread = \"yes\"", Some("unread")),
        ("unread == \"no\"", Some("read")),
        ("unread != \"yes\"", Some("read")),
        (
            "title =~ \"금리 인상|물가\"",
            Some("(title:\"금리 인상\" or title:\"물가\")"),
        ),
        ("title !~ \"광고\"", Some("-title:\"광고\"")),
        (
            "unread = \"yes\" and ( content =~ \"금리\" or feedtitle =~ \".*경제.*\" )",
            Some("unread (body:\"금리\" or feed:\"경제\")"),
        ),
        ("age < 3", Some("after:3d")),
        ("age between 2:7", Some("after:7d before:2d")),
        ("unread=\"yes\" and age<=1", Some("unread after:1d")),
        ("title = \"정확히\"", None),
        ("title =~ \"a[bc]+\"", None),
        ("flags # \"s\"", None),
        ("tags # \"뉴스\"", None),
        ("unread = \"yes\" and", None),
        ("( unread = \"yes\"", None),
        ("\"", None),
    ] {
        let said = newsboat_query::search(&format!("이름:{expression}"));
        assert_eq!(said.as_ref().map(|(_, q)| &**q), query, "{expression}");
        if let Some((_, query)) = said {
            assert!(Query::parse(&query, &now).is_ok(), "{query}");
        }
    }
}

#[test]
fn newsrafts_feeds_are_read_with_sections() {
    let list = read(
        "https://a.kr/rss \"가 신문\"\n@ 경제 소식 < reload-period 60\nhttps://b.kr/rss \"나 신문\" < reload-period 30\n\
         https://c.kr/rss\n@ Global\n$(gemget -sq gemini://d.kr/) \"라\"\nhttps://e.kr/rss {reload-period 5}\n",
    );
    assert_eq!(
        feeds(&list),
        [
            ("https://a.kr/rss", "가 신문", None),
            ("https://b.kr/rss", "나 신문", Some("경제 소식")),
            ("https://c.kr/rss", "https://c.kr/rss", Some("경제 소식")),
            ("https://e.kr/rss", "https://e.kr/rss", None),
        ]
    );
    assert_eq!(list.left.len(), 1);
    let titled = read("https://a.kr/rss \"가 신문\"\nhttps://b.kr/rss\n");
    assert_eq!(feeds(&titled)[0], ("https://a.kr/rss", "가 신문", None));
}

#[test]
fn sfeeds_script_is_read() {
    let list = read(
        "#sfeedpath=\"$HOME/.sfeed/feeds\"\nfeeds() {\n\t# feed <name> <feedurl> [basesiteurl] [encoding]\n\
         \tfeed \"가 신문\" \"https://a.kr/rss\" \"https://a.kr\" \"cp949\"\n  feed 'b' 'https://b.kr/rss' # 둘\n\
         #\tfeed \"c\" \"https://c.kr/rss\"\n}\n",
    );
    assert_eq!(
        feeds(&list),
        [
            ("https://a.kr/rss", "가 신문", None),
            ("https://b.kr/rss", "b", None)
        ]
    );
    assert_eq!(list.feeds[0].site.as_deref(), Some("https://a.kr"));
}

#[test]
fn plain_lists_and_json_are_read_and_other_texts_are_not() {
    let list = read("\u{feff}https://a.kr/rss\r\nhttps://b.kr/rss\r\n");
    assert_eq!(list.feeds.len(), 2);
    let list = read("https://a.kr/rss\nb.kr/rss\n내 목록\nhttps://c.kr/rss\n");
    assert_eq!(list.feeds.len(), 2);
    let left: Vec<&str> = list.left.iter().map(|line| &**line).collect();
    assert_eq!(left, ["b.kr/rss", "내 목록"]);
    let list = read(
        r#"{"subscriptions":[{"id":"feed/https://a.kr/rss","title":"가","categories":[{"id":"user/-/label/종합","label":"종합"},{"label":"둘째"}],"htmlUrl":"https://a.kr"}]}"#,
    );
    assert_eq!(feeds(&list), [("https://a.kr/rss", "가", Some("종합"))]);
    assert_eq!(list.elsewhere.len(), 1);
    for other in [
        "",
        "오늘은 맑다.\n내일은 흐리다.\n",
        "{\"a\":1}",
        "<html><p>글</p></html>",
        "url,title\nx,y\n",
    ] {
        assert_eq!(subscriptions(other), None, "{other}");
    }
}

#[test]
fn opml_of_every_reader_is_read() {
    let list = read(
        "<?xml version=\"1.0\"?><opml version=\"2.0\"><head/><body>\
         <outline text=\"종합\"><outline type=\"rss\" text=\"가\" xmlUrl=\"feed://a.kr/rss\"/></outline>\
         <outline text=\"경제\"><outline type=\"rss\" text=\"가\" xmlUrl=\"http://a.kr/rss\"/></outline>\
         <outline type=\"rss\" text=\"나\" xmlUrl=\"https://b.kr/rss\" category=\"/뉴스/세계,둘째\"/>\
         <outline type=\"atom\" text=\"다\" url=\"https://c.kr/rss\"/>\
         <outline type=\"link\" text=\"집\" url=\"https://c.kr/\"/></body></opml>",
    );
    assert_eq!(
        feeds(&list),
        [
            ("http://a.kr/rss", "가", Some("종합")),
            ("https://b.kr/rss", "나", Some("뉴스 / 세계")),
            ("https://c.kr/rss", "다", None),
        ]
    );
    let further: Vec<(usize, &str)> = list.elsewhere.iter().map(|(n, f)| (*n, &**f)).collect();
    assert_eq!(further, [(0, "경제"), (1, "둘째")]);
}

#[test]
fn an_outline_that_ends_in_the_middle_says_so() {
    let whole = "<opml version=\"2.0\"><body><outline text=\"강\" xmlUrl=\"https://a.kr/rss\"/>\n\
                 <outline text=\"언덕\" xmlUrl=\"https://b.kr/rss\"/></body></opml>\n";
    assert!(!subscriptions(whole).unwrap().is_cut);
    for end in ["</opml>", "<outline text=\"언덕", "xmlUrl=\"https://b"] {
        let cut = &whole[..whole.find(end).unwrap()];
        let list = subscriptions(cut).unwrap();
        assert!(list.is_cut && !list.feeds.is_empty(), "{cut}");
    }
    let alone = "<outline text=\"강\" xmlUrl=\"https://a.kr/rss\"/>";
    assert!(!subscriptions(alone).unwrap().is_cut);
}

#[test]
fn an_address_whose_secret_is_hidden_is_left_out_and_named() {
    for url in [
        "https://a.kr/rss?token=…",
        "https://a.kr/rss?x=1&amp;key=%E2%80%A6",
        "https://a.kr/private/…/feed.xml",
    ] {
        let list = read(&format!(
            "<opml><outline text='가' xmlUrl='{url}'/>\
             <outline text='나' xmlUrl='https://b.kr/rss?q=가…나'/></opml>"
        ));
        assert_eq!(feeds(&list), [("https://b.kr/rss?q=가…나", "나", None)]);
        assert_eq!(list.hidden, [Clean::line(&url.replace("&amp;", "&"))]);
    }
}

#[test]
fn a_slash_at_the_end_makes_no_second_feed() {
    let list = read("https://b.example/feed\nhttps://b.example/feed/\nhttps://b.example/feeds/\n");
    let urls: Vec<&str> = feeds(&list).iter().map(|feed| feed.0).collect();
    assert_eq!(urls, ["https://b.example/feed", "https://b.example/feeds/"]);
}
