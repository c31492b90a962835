//! Mute rules and saved searches.

use super::*;

#[test]
fn what_is_muted_is_in_no_list_and_no_count_until_its_rule_ends() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries = [
        entry("https://a.kr/1", "연예인 결혼", "", 1),
        entry("https://a.kr/2", "금리 동결", "연예 뉴스가 아니다", 2),
        entry("https://a.kr/3", "연예 대상", "", 3),
        entry("https://a.kr/4", "축구 결승", "", 4),
    ];
    store.put_entries(feed, &entries[..3], at(9)).unwrap();
    store
        .scrap_put(&Scrap::of(entries[2].article.clone(), at(9)))
        .unwrap();
    let figures = || {
        let row = &store.feeds().unwrap()[0];
        (
            titles(&store, &Filter::default()).len(),
            row.articles,
            row.unread,
            store.counts().unwrap().muted,
        )
    };
    assert_eq!(figures(), (3, 3, 3, 0));
    // Scraps stay; the body counts as well as the title.
    assert_eq!(store.mute(&Clean::line("연예"), &asked("연예")).unwrap(), 2);
    assert_eq!(titles(&store, &Filter::default()), ["연예 대상"]);
    assert_eq!(figures(), (1, 1, 1, 2));
    store
        .mute(&Clean::line("title:축구"), &asked("title:축구"))
        .unwrap();
    let more = [
        entries[3].clone(),
        entry("https://a.kr/5", "새 도서관", "", 5),
    ];
    store.put_entries(feed, &more, at(9)).unwrap();
    assert_eq!(figures(), (2, 2, 2, 3));
    let hidden: Vec<ArticleId> = entries.iter().map(|e| e.article.id()).collect();
    // What is hidden may be read meanwhile; the counts hold.
    store.mark_read(&hidden[..1], true).unwrap();
    assert!(store.unmute(&Clean::line("연예")).unwrap());
    assert!(!store.unmute(&Clean::line("연예")).unwrap());
    assert_eq!(figures(), (4, 4, 3, 1));
    assert_eq!(store.mutes().unwrap(), [Clean::line("title:축구")]);
    store.unmute(&Clean::line("title:축구")).unwrap();
    assert_eq!(figures(), (5, 5, 4, 0));
    store.feed_remove(feed, at(10)).unwrap();
    store.mute(&Clean::line("축구"), &asked("축구")).unwrap();
    store.feed_restore(feed).unwrap();
    assert_eq!(
        titles(&store, &Filter::default()).len(),
        4,
        "muted while it was unsubscribed"
    );
}

#[test]
fn searches_are_saved_by_name() {
    let (_dir, store) = fresh();
    let name = Clean::line("반도체");
    store
        .save_search(&name, &Clean::line("반도체 or HBM"))
        .unwrap();
    store
        .save_search(&Clean::line("사진"), &Clean::line("has:image"))
        .unwrap();
    store
        .save_search(&name, &Clean::line("반도체 unread"))
        .unwrap();
    let saved: Vec<(String, String)> = store
        .saved()
        .unwrap()
        .iter()
        .map(|s| (s.name.to_string(), s.query.to_string()))
        .collect();
    assert_eq!(
        saved,
        [
            ("반도체".into(), "반도체 unread".into()),
            ("사진".into(), "has:image".into())
        ]
    );
    assert!(store.forget_search(&name).unwrap() && !store.forget_search(&name).unwrap());
}
