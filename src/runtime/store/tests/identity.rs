//! Which deliveries are the same article.

use super::*;

#[test]
fn an_article_whose_address_only_changed_its_form_is_one() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let other = subscribed(&store, "https://b.kr/rss");
    let put = |feed, url: &str, guid: &str, title: &str| {
        let mut entry = entry(url, title, "", 0);
        entry.guid = Clean::line(guid);
        store.put_entries(feed, &[entry], at(1)).unwrap().new.len()
    };
    assert_eq!(
        put(feed, "http://www.a.kr/1", "http://www.a.kr/1", "날씨"),
        1
    );
    // Its scheme, `www.`, tracking parameters, and all of them in another feed.
    assert_eq!(
        put(feed, "https://www.a.kr/1", "https://www.a.kr/1", "날씨"),
        0
    );
    assert_eq!(
        put(
            feed,
            "https://a.kr/1",
            "https://a.kr/1?utm_campaign=z",
            "날씨"
        ),
        0
    );
    assert_eq!(put(other, "https://a.kr/1", "https://a.kr/1", "날씨"), 0);
    assert_eq!(put(feed, "https://a.kr/1/", "https://a.kr/1/", "날씨"), 0);
    assert_eq!(put(other, "https://a.kr/4/", "urn:4", "물가"), 1);
    assert_eq!(put(feed, "https://a.kr/4", "https://a.kr/4", "물가"), 0);
    // Moved to another host under the id that the feed gave it.
    assert_eq!(put(feed, "https://a.kr/2", "urn:2", "환율"), 1);
    assert_eq!(put(feed, "https://new.a.kr/2", "urn:2", "환율"), 0);
    // Another id, and another host under an id that is its address, are other articles.
    assert_eq!(put(feed, "https://a.kr/3", "urn:3", "환율"), 1);
    assert_eq!(put(feed, "https://c.kr/1", "https://c.kr/1", "날씨"), 1);
    assert_eq!(
        put(
            feed,
            "https://a.kr/1?page=2",
            "https://a.kr/1?page=2",
            "날씨"
        ),
        1
    );
}

#[test]
fn a_library_that_stored_ids_as_they_were_written_still_knows_its_articles() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let written = entry("https://a.kr/9?utm_source=rss", "제목", "", 0);
    store.put_entries(feed, &[written], at(1)).unwrap();
    let raw = ArticleId::of_content("https://a.kr/9?utm_source=rss")
        .0
        .cast_signed();
    store
        .db
        .execute("update listing set guid = ?", [raw])
        .unwrap();
    let mut again = entry("https://a.kr/9", "제목", "", 0);
    again.guid = Clean::line("https://a.kr/9?utm_source=rss");
    assert_eq!(store.put_entries(feed, &[again], at(2)).unwrap().new, []);
}

#[test]
fn an_article_keeps_its_id_whatever_its_page_calls_itself() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let listed = "https://a.kr/1?from=rss";
    store
        .put_entries(feed, &[entry(listed, "날씨", "", 0)], at(1))
        .unwrap();
    let id = ArticleId::of_url(listed);
    for (url, canonical) in [
        ("https://a.kr/1?from=rss", Some("https://a.kr/1")),
        ("https://m.a.kr/1", Some("https://a.kr/1")),
        ("https://m.a.kr/1", None),
    ] {
        let page = Article {
            canonical_url: canonical.map(Clean::line),
            ..article(url, "날씨", "비가 온다.")
        };
        store.put_article(&page, Some(id), at(2)).unwrap();
        let held = store.article(id).unwrap().unwrap();
        assert_eq!(held.id(), id, "{url} {canonical:?}");
        assert_eq!(held.text(), "비가 온다.");
        assert_eq!(held.provenance().map(|u| &**u), Some(url));
        store.scrap_put(&Scrap::of(held, at(3))).unwrap();
        assert!(store.article_row(id).unwrap().unwrap().scrapped);
        assert!(store.scrap(id).unwrap().is_some_and(|s| s.id() == id));
    }
}

#[test]
fn what_a_page_does_not_say_of_itself_stays_as_its_feed_said_it() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let mut listed = entry("https://a.kr/7", "다리", "다리가 열린다.", 5);
    let author = |name| crate::news::Byline {
        name: Clean::line(name),
        ..Default::default()
    };
    listed.article.publisher = Some(Clean::line("강물신문"));
    listed.article.section = Some(Clean::line("사회"));
    listed.article.bylines = vec![author("김견본")];
    let (id, published) = (listed.article.id(), listed.article.published);
    store.put_entries(feed, &[listed], at(6)).unwrap();
    let put = |page: &Article, second| {
        store.put_article(page, Some(id), at(second)).unwrap();
        store.article(id).unwrap().unwrap()
    };
    let mut page = article("https://a.kr/7", "다리", "다리는 내년 3월에 열린다고 한다.");
    for second in [7, 8] {
        let stored = put(&page, second);
        assert_eq!(stored.text(), page.text());
        assert_eq!(stored.publisher.as_deref(), Some("강물신문"));
        assert_eq!(stored.section.as_deref(), Some("사회"));
        assert_eq!(stored.published, published);
        assert_eq!(stored.bylines, [author("김견본")]);
    }
    page.publisher = Some(Clean::line("강물"));
    page.bylines = vec![author("이견본")];
    page.published = Some(crate::news::Stamp::new(at(1), crate::news::stamp::KST));
    let stored = put(&page, 9);
    assert_eq!(stored.publisher, page.publisher);
    assert_eq!(
        (stored.published, stored.bylines),
        (page.published, page.bylines)
    );
}
