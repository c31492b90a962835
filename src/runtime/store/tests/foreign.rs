//! Databases in the forms that newsboat and NewsFlash make.

use std::path::PathBuf;

use super::super::Store;
use super::super::foreign_delivery::TakenOver;
use super::*;

const NEWSBOAT: &str = "
    create table rss_feed (rssurl varchar(1024) primary key not null, url varchar(1024) not null,
      title varchar(1024) not null, lastmodified integer(11) not null default 0,
      is_rtl integer(1) not null default 0, etag varchar(128) not null default '');
    create table rss_item (id integer primary key autoincrement not null, guid varchar(64) not null,
      title varchar(1024) not null, author varchar(1024) not null, url varchar(1024) not null,
      feedurl varchar(1024) not null, pubDate integer not null, content varchar(65535) not null,
      unread integer(1) not null, enclosure_url varchar(1024), enclosure_type varchar(1024),
      enqueued integer(1) not null default 0, flags varchar(52), deleted integer(1) not null default 0,
      base varchar(128) not null default '');
    insert into rss_feed (rssurl, url, title) values
      ('https://a.kr/rss', 'https://a.kr/', '가 신문'), ('exec:x', '', '명령');
    insert into rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted) values
      ('g1', '읽은 기사', '김견본', 'https://a.kr/1', 'https://a.kr/rss', 1700000001, '<p>첫 글이다.</p>', 0, null, 0),
      ('g2', '표시한 기사', '', 'https://a.kr/2', 'https://a.kr/rss', 1700000002, '<p>둘째 글이다.</p>', 1, 'sx', 0),
      ('g3', '지운 기사', '', 'https://a.kr/3', 'https://a.kr/rss', 1700000003, '', 1, null, 1);";

const NEWSFLASH: &str = "
    create table feeds (feed_id text primary key not null, label varchar not null, website text,
      feed_url text, icon_url text, sort_index integer);
    create table categories (category_id text primary key not null, label text not null);
    create table feed_mapping (feed_id text not null, category_id text not null, sort_index integer);
    create table tags (tag_id text primary key not null, label text not null);
    create table taggings (article_id text not null, tag_id text not null);
    insert into feeds values ('f1', '나 신문', 'https://b.kr/', 'https://b.kr/rss', null, 0);
    insert into categories values ('c1', '종합'), ('c2', '경제');
    insert into feed_mapping values ('f1', 'c1', 0), ('f1', 'c2', 0), ('f1', 'NewsFlash.Toplevel', 0);
    insert into tags values ('t1', '읽을 것');
    insert into taggings values ('n2', 't1');";

const OLDER: &str = "
    create table articles (article_id text primary key not null, title text, author text,
      feed_id text not null, url text, timestamp datetime not null, html text, summary text,
      direction integer, unread integer not null, marked integer not null,
      scraped_content text, plain_text text);
    insert into articles values
      ('n1', '읽은 기사', null, 'f1', 'https://b.kr/1', '2023-11-14 22:13:21', '<p>글.</p>', '', 0, 0, 1, null, null),
      ('n2', '별표 기사', '김견본', 'f1', 'https://b.kr/2', '2023-11-14 22:13:22', '<p>앞.</p>', '', 0, 1, 0, '<p>온 글이다.</p>', null);";

const NEWER: &str = "
    create table articles (article_id text primary key not null, title text, author text,
      feed_id text not null, url text, date text not null, synced text, summary text,
      direction integer, unread integer not null, marked integer not null);
    create table article_contents (article_id text primary key not null, html text, plain_text text,
      scraped_content text);
    insert into articles values
      ('n1', '읽은 기사', null, 'f1', 'https://b.kr/1', '2023-11-14T22:13:21Z', '', '', 0, 0, 1),
      ('n2', '별표 기사', '김견본', 'f1', 'https://b.kr/2', '2023-11-14T22:13:22Z', '', '', 0, 1, 0);
    insert into article_contents values ('n1', '<p>글.</p>', null, null),
      ('n2', '<p>앞.</p>', null, '<p>온 글이다.</p>');";

struct Place {
    dir: tempfile::TempDir,
    store: Store,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("library.db")).unwrap();
        Self { dir, store }
    }

    fn database(&self, statements: &[&str]) -> PathBuf {
        let path = self.dir.path().join("cache.db");
        let db = Connection::open(&path).unwrap();
        for statement in statements {
            db.execute_batch(statement).unwrap();
        }
        path
    }

    fn take_over(&self, path: &Path) -> (SubscriptionList, TakenOver) {
        let library = ForeignLibrary::open(path).unwrap().unwrap();
        let list = library.list().unwrap();
        let mut taken = TakenOver::default();
        let now = Timestamp::now();
        for feed in library.feeds().unwrap() {
            let held = list.feeds.iter().find(|f| *f.url == *feed.url);
            let Some(held) = held else { continue };
            let id = self.store.feed_add(held).unwrap();
            library
                .articles(&feed, 1, &mut |some| {
                    taken += self.store.take_over(id, &some, now)?;
                    Ok(())
                })
                .unwrap();
        }
        (list, taken)
    }
}

#[test]
fn newsboats_cache_brings_texts_what_was_read_and_flags() {
    let place = Place::new();
    let path = place.database(&[NEWSBOAT]);
    let (list, taken) = place.take_over(&path);
    assert_eq!((list.feeds.len(), list.left.len()), (1, 1));
    assert_eq!(&*list.feeds[0].title, "가 신문");
    let all = TakenOver {
        new: 2,
        read: 1,
        kept: 1,
    };
    assert_eq!(taken, all);
    let row = &place.store.feeds().unwrap()[0];
    assert_eq!((row.articles, row.unread), (2, 1));
    let scraps = place.store.scraps().unwrap();
    let scrap = place.store.scrap(scraps[0].id).unwrap().unwrap();
    assert_eq!(scrap.article.text(), "둘째 글이다.");
    assert_eq!(
        scrap.tags.iter().map(|t| &**t).collect::<Vec<_>>(),
        ["s", "x"]
    );
    assert_eq!(scrap.kept.as_second(), 1_700_000_002);
    assert_eq!(
        place.take_over(&path).1,
        TakenOver::default(),
        "twice adds nothing"
    );
}

#[test]
fn newsflashs_database_is_read_in_its_older_and_its_newer_form() {
    for form in [OLDER, NEWER] {
        let place = Place::new();
        let path = place.database(&[NEWSFLASH, form]);
        let (list, taken) = place.take_over(&path);
        assert_eq!(list.feeds[0].folder.as_deref(), Some("종합"));
        assert_eq!(&*list.elsewhere[0].1, "경제");
        let all = TakenOver {
            new: 2,
            read: 1,
            kept: 1,
        };
        assert_eq!(taken, all);
        let scraps = place.store.scraps().unwrap();
        let scrap = place.store.scrap(scraps[0].id).unwrap().unwrap();
        assert_eq!(scrap.article.text(), "온 글이다.");
        assert_eq!(&*scrap.tags[0], "읽을 것");
        assert_eq!(
            scrap.article.published.unwrap().at.as_second(),
            1_700_000_002
        );
        assert_eq!(place.take_over(&path).1, TakenOver::default());
    }
}

#[test]
fn a_text_that_is_here_and_what_was_read_here_stay() {
    let place = Place::new();
    let path = place.database(&[NEWSBOAT]);
    place.take_over(&path);
    let id = ArticleIds::of(&place.store);
    place.store.mark_read(&id, true).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("update rss_item set content = '<p>고친 글.</p>', unread = 1")
        .unwrap();
    assert_eq!(place.take_over(&path).1, TakenOver::default());
    assert_eq!(place.store.feeds().unwrap()[0].unread, 0);
}

/// The articles of a library.
struct ArticleIds;

impl ArticleIds {
    fn of(store: &Store) -> Vec<crate::news::ArticleId> {
        let all = crate::news::RowPage::at(0, 100);
        let rows = store
            .articles(&crate::news::Filter::default(), all)
            .unwrap();
        rows.iter().map(|row| row.id).collect()
    }
}

#[test]
fn other_databases_are_none() {
    let place = Place::new();
    assert!(ForeignLibrary::open(place.store.path()).unwrap().is_none());
    let path = place.dir.path().join("half.db");
    std::fs::write(&path, [SQLITE, &[7; 500]].concat()).unwrap();
    assert!(!matches!(ForeignLibrary::open(&path), Ok(Some(_))));
}
