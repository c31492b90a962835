//! The stories over a real library.

use jiff::Timestamp;

use super::*;
use crate::app::protocol::library::{LibraryJob, LibraryOutcome};
use crate::app::protocol::rows::{Collection, RowsRequest};
use crate::news::{Block, Feed, FeedEntry, Stamp};
use crate::news::{Filter, Query};
use crate::runtime::cancel::Cancel;
use crate::runtime::workers::library::LibraryWorker;

const WIRE: [&str; 8] = [
    "가람시는 한내강을 건너는 보행 다리를 내년 봄에 놓기 시작한다고 3일 밝혔다.",
    "다리는 길이 420m, 폭 6m로 자전거와 사람이 나란히 건널 수 있게 짓는다.",
    "공사비 312억 원은 시와 도가 절반씩 내기로 지난달 합의했다.",
    "시는 다리가 열리면 나래동에서 한내역까지 걸어서 가는 시간이 25분에서 9분으로 줄 것으로 본다.",
    "설계를 맡은 누리공방은 난간을 낮추고 바닥에 불을 넣어 밤에도 강물이 보이게 했다고 설명했다.",
    "주민 모임 강건너는 지난 4년 동안 서명 1만 2천 개를 모아 다리를 놓아 달라고 청했다.",
    "모임 대표 오다온 씨는 아이들이 큰길을 돌지 않고 학교에 가게 됐다며 반겼다.",
    "시는 이달 안에 시공할 회사를 고르고 내년 3월에 첫 삽을 뜬다.",
];

struct World {
    _dir: tempfile::TempDir,
    store: Store,
    stories: StoryWorker,
    issue_cache: IssueCache,
}

/// As the program fetches, with a publisher that wants the reader to be asked first.
fn fetch(library: std::path::PathBuf) -> Fetch {
    let profile = "publisher = \"네모\"\nhosts = [\"guarded.example\"]\nsummary = \"ask\"\n";
    let (profiles, wrong) = crate::extract::Profiles::with_user(&[("guarded", profile)]);
    assert_eq!(wrong, []);
    Fetch {
        home_servers: false,
        access: crate::runtime::net::Access::default(),
        sync: crate::config::Config::standard().sync,
        sources: Arc::default(),
        rules: std::sync::Arc::new(crate::config::Config::standard().rule_book()),
        folder_secret: Default::default(),
        offline: true,
        limit: 1 << 20,
        timeout: 5,
        profiles: Arc::new(profiles),
        library,
        retention: Default::default(),
        every: 0,
        downloads_mb: 0,
    }
}

fn world() -> World {
    let dir = tempfile::tempdir().unwrap();
    let library = dir.path().join("library.db");
    let store = Store::open(&library).unwrap();
    let issue_cache = IssueCache::default();
    let stories = StoryWorker::new(
        fetch(library),
        MemoryArticles::default(),
        issue_cache.clone(),
        SignedDuration::from_hours(48),
    );
    World {
        _dir: dir,
        store,
        stories,
        issue_cache,
    }
}

/// An article of that outlet, so many minutes old.
fn entry(outlet: &str, n: u32, minutes: i64, title: &str, texts: &[&str]) -> FeedEntry {
    let at = Timestamp::now()
        .checked_sub(SignedDuration::from_mins(minutes))
        .unwrap();
    let published = Some(Stamp::new(at, crate::news::stamp::KST));
    let article = Article {
        url: Some(Clean::line(&format!("https://{outlet}.example/{n}"))),
        publisher: Some(Clean::line(outlet)),
        title: Clean::line(title),
        published,
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        ..Article::default()
    };
    FeedEntry {
        guid: Clean::line(&format!("{outlet}-{n}")),
        article,
        markup: None,
        published,
    }
}

impl World {
    fn deliver(&self, entries: &[FeedEntry]) {
        for entry in entries {
            let outlet = entry.article.publisher.clone().unwrap();
            let feed = Feed {
                url: Clean::line(&format!("https://{outlet}.example/rss")),
                ..Feed::default()
            };
            let feed = self.store.feed_add(&feed).unwrap();
            self.store
                .put_entries(feed, std::slice::from_ref(entry), Timestamp::now())
                .unwrap();
        }
    }

    fn group(&mut self) -> bool {
        match self.stories.serve(StoryJob::Group, &Cancel::new()) {
            StoryOutcome::Group(Ok(changed)) => changed,
            other => panic!("{other:?}"),
        }
    }

    /// Titles and copies of the folded list.
    fn folded(&self) -> Vec<(String, u32)> {
        let filter = Filter {
            folded: true,
            ..Filter::default()
        };
        let rows = self.store.articles(&filter, RowPage::at(0, 100)).unwrap();
        assert_eq!(self.store.count(&filter).unwrap(), rows.len() as u64);
        rows.into_iter()
            .map(|r| (r.title.to_string(), r.copies))
            .collect()
    }
}

/// The wire story in three outlets, the last of them with sentences of its own; and another piece
/// of news.
fn day() -> Vec<FeedEntry> {
    let own = "가람환경연대는 공사가 백로 번식지를 지난다며 노선을 50m 옮기라고 요구했다.";
    let longer = [&WIRE[..6], &[own]].concat();
    vec![
        entry("하나", 1, 90, "가람시, 한내강 보행 다리 내년 착공", &WIRE),
        entry("두리", 2, 80, "한내강 보행 다리 내년 봄 착공", &WIRE),
        entry(
            "세모",
            3,
            70,
            "한내강 다리 내년 착공…백로 서식지 논란",
            &longer,
        ),
        entry(
            "네모",
            4,
            60,
            "나래동 빵집, 백 년 화덕 박물관에 기증",
            &["나래동 빵집이 백 년 된 화덕을 박물관에 기증했다."],
        ),
    ]
}

#[test]
fn a_papers_own_sections_are_no_other_papers() {
    let mut w = world();
    for (feed, publisher) in [("all", Some("하나")), ("politics", None), ("local", None)] {
        let mut one = entry("하나", 1, 90, "가람시, 한내강 보행 다리 내년 착공", &WIRE);
        one.article.url = Some(Clean::line(&format!("https://hana.example/{feed}/1")));
        one.article.publisher = publisher.map(Clean::line);
        one.guid = Clean::line(feed);
        let feed = Feed {
            url: Clean::line(&format!("https://hana.example/rss/{feed}")),
            title: Clean::line(feed),
            ..Feed::default()
        };
        let feed = w.store.feed_add(&feed).unwrap();
        w.store.put_entries(feed, &[one], Timestamp::now()).unwrap();
    }
    w.group();
    assert_eq!(w.folded().len(), 1);
    let others: u32 = w.folded().into_iter().map(|(_, copies)| copies).sum();
    assert_eq!(others, 0);
}

#[test]
fn copies_fold_into_the_row_of_the_earliest_and_are_read_with_it() {
    let mut w = world();
    w.deliver(&day());
    assert_eq!(
        w.folded().len(),
        4,
        "nothing is folded before it was looked at"
    );
    assert!(w.group());
    assert_eq!(
        w.folded(),
        [
            ("나래동 빵집, 백 년 화덕 박물관에 기증".into(), 0),
            ("가람시, 한내강 보행 다리 내년 착공".into(), 2)
        ]
    );
    assert!(!w.group(), "nothing new, nothing to do");
    let lead = w.issue_cache.issues()[0].articles[0];
    assert_eq!(w.store.mark_read(&[lead], true).unwrap().len(), 3);
    assert_eq!(w.store.counts().unwrap().unread, 1);
    w.deliver(&[entry(
        "다섯",
        5,
        10,
        "한내강 보행 다리 내년 착공한다",
        &WIRE,
    )]);
    assert!(w.group());
    assert_eq!(w.folded().len(), 2);
    assert_eq!(
        w.store.counts().unwrap().unread,
        1,
        "a new copy of what was read is read"
    );
}

#[test]
fn a_row_counts_other_outlets_and_not_what_its_own_printed_twice() {
    let mut w = world();
    let mut day = day();
    day.push(entry(
        "하나",
        6,
        85,
        "가람시, 한내강 보행 다리 내년 착공한다",
        &WIRE,
    ));
    day.push(entry("두리", 7, 75, "한내강 보행 다리 봄에 착공", &WIRE));
    w.deliver(&day);
    assert!(w.group());
    assert_eq!(
        w.folded()
            .iter()
            .map(|(_, outlets)| *outlets)
            .collect::<Vec<_>>(),
        [0, 2],
        "{:?}",
        w.folded()
    );
}

#[test]
fn what_one_outlet_prints_twice_is_no_issue_but_has_versions() {
    let mut w = world();
    w.deliver(&[
        entry("하나", 1, 90, "가람시, 한내강 보행 다리 내년 착공", &WIRE),
        entry(
            "하나",
            2,
            60,
            "가람시, 한내강 보행 다리 내년 착공한다",
            &WIRE[1..],
        ),
    ]);
    w.group();
    let page = w.stories.rows(&Cancel::new()).unwrap();
    assert_eq!(page.rows.len(), 0);
    let first = w.issue_cache.issues()[0].articles[0];
    let versions = w.stories.versions(first, &Cancel::new()).unwrap();
    assert_eq!(versions.others.len(), 1);
    assert!(versions.others[0].own && versions.others[0].copy);
}

#[test]
fn another_text_of_the_same_outlet_is_no_version() {
    let mut w = world();
    let mut day = day();
    let other =
        "가람시가 내년 봄 한내강에 보행 다리를 놓는다고 하자 상인들은 손님이 늘 것이라며 반겼다.";
    let more = "다리는 길이 420m로 나래동과 한내역을 잇고 공사비는 312억 원이 든다.";
    day.push(entry(
        "하나",
        6,
        50,
        "한내강 보행 다리 내년 착공에 상인들 반색",
        &[other, more],
    ));
    day.push(entry(
        "두리",
        7,
        40,
        "한내강 보행 다리 내년 봄 착공(종합)",
        &WIRE,
    ));
    w.deliver(&day);
    w.group();
    let issues = w.issue_cache.issues();
    let titles: Vec<&str> = issues[0].timeline.iter().map(|m| &*m.title).collect();
    assert_eq!(titles.len(), 5, "{titles:?}");
    let found = |outlet: &str, title: &str| {
        let moments = &issues[0].timeline;
        let it = moments.iter().find(|m| m.title.contains(title)).unwrap();
        assert_eq!(&*it.publisher, outlet);
        it.article
    };
    let mut versions = |id| {
        let versions = w.stories.versions(id, &Cancel::new()).unwrap();
        let shown = versions.others.iter();
        shown
            .map(|v| (v.moment.publisher.to_string(), v.own))
            .collect::<Vec<_>>()
    };
    let one = versions(found("하나", "가람시, 한내강"));
    assert_eq!(one, [("세모".into(), false), ("두리".into(), false)]);
    let own = versions(found("두리", "(종합)"));
    assert_eq!(own[0], ("두리".into(), true));
    assert!(
        own[1..]
            .iter()
            .all(|(outlet, own)| outlet != "두리" && !own)
    );
}

#[test]
fn versions_of_what_one_outlet_alone_tells_twice_are_none() {
    let mut w = world();
    w.deliver(&[
        entry(
            "하나",
            1,
            90,
            "가람시, 한내강 보행 다리 내년 착공",
            &WIRE[..3],
        ),
        entry(
            "하나",
            2,
            60,
            "가람시 한내강 보행 다리 내년 착공에 반색",
            &["가람시가 한내강 보행 다리를 내년에 착공한다고 하자 상인들이 반겼다."],
        ),
    ]);
    w.group();
    for n in 1..=2 {
        let id = ArticleId::of_url(&format!("https://하나.example/{n}"));
        let failure = w.stories.versions(id, &Cancel::new()).unwrap_err();
        assert_eq!(failure.cause, Cause::NoVersions);
    }
}

#[test]
fn copies_stand_for_themselves_where_the_one_that_stood_for_them_is_gone() {
    let mut w = world();
    w.deliver(&day());
    w.group();
    let feed = w
        .store
        .feeds()
        .unwrap()
        .into_iter()
        .find(|f| f.feed.url.contains("하나"))
        .unwrap();
    w.store.feed_remove(feed.id, Timestamp::now()).unwrap();
    assert_eq!(w.folded().len(), 3);
    w.group();
    assert_eq!(
        w.folded().iter().map(|f| f.1).sum::<u32>(),
        1,
        "and fold anew"
    );
}

#[test]
fn a_story_goes_on_under_its_name_in_the_next_run() {
    let mut w = world();
    w.deliver(&day());
    w.group();
    let name = w.issue_cache.issues()[0].id;
    let issue_cache = IssueCache::default();
    let mut later = StoryWorker::new(
        w.stories.fetch.clone(),
        MemoryArticles::default(),
        issue_cache.clone(),
        SignedDuration::from_hours(48),
    );
    w.deliver(&[entry(
        "여섯",
        6,
        120,
        "가람시 보행 다리, 한내강에 놓는다",
        &WIRE[..4],
    )]);
    later.update(&Cancel::new()).unwrap();
    let issues = issue_cache.issues();
    assert_eq!(
        (issues.len(), issues[0].id, issues[0].articles.len()),
        (1, name, 4)
    );
}

#[test]
fn the_front_page_of_the_next_run_has_the_same_titles() {
    let mut w = world();
    w.deliver(&day());
    w.group();
    let issue = w.issue_cache.issues()[0].clone();
    let library = || Store::open(&w.stories.fetch.library).map_err(Failure::from);
    let titles = |worker: &LibraryWorker| -> Vec<Clean> {
        let rows = worker.front_rows().unwrap().into_iter();
        rows.filter(Row::is_issue).map(|row| row.title).collect()
    };
    let next = LibraryWorker::new(library(), Vec::new());
    assert_eq!(titles(&next), std::slice::from_ref(&issue.title));
    w.store.state_put(TITLES, &0).unwrap();
    assert!(
        !titles(&next).contains(&issue.title),
        "its newest article does not lead"
    );
}

#[test]
fn a_prepared_front_page_is_the_one_that_is_asked_for_and_serves_once() {
    let mut w = world();
    w.deliver(&day());
    w.group();
    let cancel = Cancel::new();
    let worker = |first| {
        let library = Store::open(&w.stories.fetch.library).map_err(Failure::from);
        let mut worker = LibraryWorker::new(library, Vec::new()).beginning_with(first);
        worker.prepare();
        worker
    };
    let rows = |worker: &mut LibraryWorker| {
        let request = RowsRequest {
            collection: Collection::Front,
            filter: Filter::default(),
            query: None,
            offset: 0,
            limit: 100,
        };
        match worker.serve(LibraryJob::Rows(request), &cancel) {
            LibraryOutcome::Rows(Ok(page)) => page,
            other => panic!("{other:?}"),
        }
    };
    let unprepared = rows(&mut worker(Collection::Library));
    assert_eq!(rows(&mut worker(Collection::Front)), unprepared);
    // What comes later is seen: after the first answer, and after anything else that was asked.
    let (mut asked, mut changed) = (worker(Collection::Front), worker(Collection::Front));
    rows(&mut asked);
    changed.serve(LibraryJob::CheckLibraryVersion, &cancel);
    w.store
        .mark_found(&Filter::default(), &Query::default(), true)
        .unwrap();
    for worker in [&mut asked, &mut changed] {
        assert_eq!(rows(worker).unread, 0);
    }
}

#[test]
fn an_issue_is_told_with_places_that_hold_its_words() {
    let mut w = world();
    w.deliver(&day());
    w.group();
    let id = ArticleId(w.issue_cache.issues()[0].id.0);
    let issue = w.stories.summarised_issue(id).unwrap();
    assert_eq!(issue.publishers.len(), 3);
    assert!(!issue.summary.is_empty());
    for line in &issue.summary {
        let article = w.store.article(line.article).unwrap().unwrap();
        let Block::Paragraph { text, .. } = &article.blocks[line.place.block] else {
            panic!()
        };
        assert!(text[line.place.bytes.clone()].ends_with(&*line.text));
    }
    let lines = w.stories.first_lines(&[id], &Cancel::new());
    assert_eq!(lines, [(id, issue.summary[0].text.clone())]);
    let gone = w.stories.summarised_issue(ArticleId(1));
    assert_eq!(gone.unwrap_err().cause, Cause::Gone);
}

#[test]
fn no_sentence_is_drawn_from_a_publisher_that_wants_the_reader_to_be_asked() {
    let mut w = world();
    let mut day = day();
    for entry in &mut day[..3] {
        entry.article.url = Some(Clean::line(&format!(
            "https://guarded.example/{}",
            entry.guid
        )));
    }
    w.deliver(&day);
    w.group();
    let id = ArticleId(w.issue_cache.issues()[0].id.0);
    let issue = w.stories.summarised_issue(id).unwrap();
    assert_eq!(
        (issue.summary.len(), issue.timeline.len()),
        (0, 3),
        "its articles can be read all the same"
    );
}

#[test]
fn versions_differ_by_what_one_has_and_the_other_lacks() {
    let mut w = world();
    w.deliver(&day());
    w.group();
    let base = w.issue_cache.issues()[0].articles[0];
    let versions = w.stories.versions(base, &Cancel::new()).unwrap();
    assert_eq!(versions.others.len(), 2);
    let [same, other] = &versions.others[..] else {
        panic!()
    };
    assert!(same.copy && same.added.is_empty() && same.lacking.is_empty());
    assert!(other.copy);
    assert!(other.added.len() == 1 && other.added[0].0.contains("백로 번식지"));
    assert_eq!(
        other.lacking.iter().map(|l| &*l.0).collect::<Vec<_>>(),
        &WIRE[6..]
    );
    let alone = ArticleId::of_url("https://네모.example/4");
    assert_eq!(
        w.stories.versions(alone, &Cancel::new()).unwrap_err().cause,
        Cause::NoVersions
    );
}

#[test]
fn what_nobody_waits_for_any_more_is_left() {
    let mut w = world();
    w.deliver(&day());
    let cancel = Cancel::new();
    cancel.cancel();
    assert_eq!(
        w.stories.update(&cancel).unwrap_err().cause,
        Cause::Cancelled
    );
    assert!(w.group(), "and done when it is asked for again");
}
