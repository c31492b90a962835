//! The library in the reader: searches that are kept, mute rules, orders, marks for the whole list,
//! refreshes that nobody asked for, and another program that writes at the same time.

use gisa::app::jobs::JobKind;
use gisa::app::protocol::change::Changed;
use gisa::app::protocol::job::JobId;
use gisa::app::protocol::library::PublisherHome;
use gisa::app::protocol::library::{
    LibraryJob, LibraryOutcome, PublisherDirectory, PublisherHomeRequest,
};
use gisa::app::protocol::message::Progress;
use gisa::app::protocol::network::RefreshScope;
use gisa::app::protocol::network::{FeedTrial, NetworkJob, NetworkOutcome, RefreshReport};
use gisa::app::protocol::rows::RowsRequest;
use gisa::app::{Cause, Change, Effect, Failure, Job, JobEvent, Message, Pane};
use gisa::config::{Language, Words};
use gisa::news::{Clean, Feed, FeedId, Filter, SortOrder};

use crate::support::pages;
use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

/// What is to be kept, but for what is remembered of what was typed.
fn records(effects: &[Effect]) -> Vec<&Change> {
    effects
        .iter()
        .filter_map(|e| {
            if let Effect::Start(_, Job::Library(LibraryJob::Change(record))) = e {
                Some(record)
            } else {
                None
            }
        })
        .filter(|record| !matches!(record, Change::Prefs(_)))
        .collect()
}

/// Types into the open prompt.
fn write(s: &mut Session, words: &str) -> Vec<Effect> {
    s.tell(Message::Paste(words.to_owned()))
}

#[test]
fn a_key_goes_through_the_orders_and_the_choice_is_remembered() {
    let mut s = Session::new(120, 40);
    let effects = s.keys(",");
    assert!(effects.iter().any(
        |e| matches!(e, Effect::Start(_, Job::Library(LibraryJob::Rows(RowsRequest { filter, .. }))) if filter.order == SortOrder::Oldest)
    ));
    let is_kept = |e: &Effect| matches!(e, Effect::Start(_, Job::Library(LibraryJob::Change(Change::Prefs(p)))) if p.order == SortOrder::Oldest);
    assert!(effects.iter().any(is_kept));
    s.settle();
    assert!(s.notice().1.contains("오래된"));
    s.keys(", , ,");
    assert_eq!(s.model.start().prefs.order, SortOrder::Newest);
}

#[test]
fn marking_all_keeps_to_what_the_list_shows_and_is_undone() {
    let mut s = Session::new(120, 40);
    s.keys("/");
    write(&mut s, "도서관");
    s.keys("Enter");
    s.settle();
    let shown = s.model.list().rows().len();
    let effects = s.keys("A");
    let [Change::All(filter, Some(_), true)] = records(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*filter, Filter::default());
    assert_eq!(
        (s.model.list().rows().len(), s.model.list().unread()),
        (shown, 0),
        "the filter survives"
    );
    s.settle();
    let effects = s.keys("u");
    assert!(matches!(records(&effects)[..], [Change::ReadAgain(before)] if before.len() == shown));
    assert_eq!(s.model.list().unread(), shown);
}

#[test]
fn a_search_is_saved_shown_among_the_sources_and_forgotten() {
    let mut s = Session::new(120, 40);
    s.keys("C");
    assert!(
        s.model.prompt().is_none() && s.notice().1.contains('/'),
        "there is nothing to save yet"
    );
    s.keys("/");
    write(&mut s, "도서관 unread");
    s.keys("Enter C");
    let effects = s.keys("Enter");
    let name = Clean::line("도서관 unread");
    assert_eq!(
        records(&effects),
        [&Change::SaveSearch(name.clone(), name.clone())]
    );
    s.settle();
    assert_eq!(records(&s.keys("u")), [&Change::ForgetSearch(name)]);
}

#[test]
fn what_cannot_be_read_is_marked_and_stays_to_be_mended() {
    let mut s = Session::new(120, 24);
    s.keys("X");
    write(&mut s, "축구 publsher:연합");
    let shown = text(&draw(&s.model));
    assert!(shown.contains("모르는 항목입니다"), "{shown}");
    assert!(records(&s.keys("Enter")).is_empty() && s.model.prompt().is_some());
    s.keys("C-u");
    write(&mut s, "축구");
    let effects = s.keys("Enter");
    assert!(
        matches!(records(&effects)[..], [Change::Mute(text, _)] if **text == *"축구"),
        "{effects:?}"
    );
    s.settle();
    assert!(s.notice().1.contains("1건"), "{:?}", s.notice());
    assert_eq!(
        records(&s.keys("u")),
        [&Change::Unmute(Clean::line("축구"))]
    );
}

#[test]
fn a_refresh_that_nobody_asked_for_comes_in_its_time_and_says_little() {
    let mut s = Session::new(120, 40);
    let at = s.model.wake().expect("the first one is due soon");
    assert!(s.tell(Message::Due).is_empty(), "not before its time");
    s.tell(Message::Clock(at));
    let due = |e: &Vec<Effect>| {
        matches!(
            e[..],
            [Effect::Start(
                _,
                Job::Network(NetworkJob::Refresh(RefreshScope::Due))
            )]
        )
    };
    assert!(due(&s.tell(Message::Due)) && s.model.wake().is_none());
    let is_told = |s: &Session| row(&draw(&s.model), 39).contains("새로 받는 중");
    assert!(!is_told(&s), "there may be nothing to fetch");
    let fetching = |(id, job): &(JobId, Job)| {
        matches!(job, Job::Network(NetworkJob::Refresh(_))).then_some(*id)
    };
    let id = s.open.iter().find_map(fetching).unwrap();
    let progress = Progress {
        done: 1,
        total: Some(3),
    };
    s.tell(Message::Job(id, JobEvent::Progress(progress)));
    assert!(is_told(&s));
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        NetworkOutcome::Refresh(Ok(RefreshReport {
            new: 0,
            feeds: 0,
            failed: 3,
            cut: 0,
        })),
    );
    assert_eq!(s.notice().1, "");
    let next = s.model.wake().unwrap();
    assert_eq!(next.duration_since(at).as_mins(), 30);
    s.tell(Message::Clock(next));
    assert!(due(&s.tell(Message::Due)));
    s.keys("j");
    s.settle();
    let chosen = s.model.list().row().unwrap().id;
    s.tell(Message::Clock(s.model.wake().unwrap()));
    s.tell(Message::Due);
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        NetworkOutcome::Refresh(Ok(RefreshReport {
            new: 7,
            feeds: 3,
            failed: 0,
            cut: 0,
        })),
    );
    assert!(s.notice().1.contains('7') && !s.notice().0);
    s.settle();
    assert_eq!(s.model.list().row().unwrap().id, chosen, "nothing jumps");
    s.tell(Message::Clock(s.model.wake().unwrap()));
    s.tell(Message::Due);
    assert!(matches!(s.keys("Esc")[..], [Effect::Cancel(_)]));
    assert!(
        s.model.wake().unwrap() > s.model.start().now,
        "what was called off does not begin again at once"
    );
    assert!(s.tell(Message::Due).is_empty());
}

#[test]
fn a_feed_that_was_read_in_part_is_reported() {
    let mut s = Session::new(120, 40);
    s.keys("R");
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        NetworkOutcome::Refresh(Ok(RefreshReport {
            new: 0,
            feeds: 12,
            failed: 0,
            cut: 1,
        })),
    );
    assert!(s.notice().1.contains("page_limit"), "{}", s.notice().1);
}

#[test]
fn what_another_program_wrote_is_shown_and_nothing_jumps() {
    let mut s = Session::new(120, 40);
    s.keys("j j");
    s.settle();
    let chosen = s.model.list().row().unwrap().id;
    assert!(matches!(
        s.tell(Message::LibraryChanged)[..],
        [Effect::Start(
            _,
            Job::Library(LibraryJob::CheckLibraryVersion)
        )]
    ));
    assert!(
        s.tell(Message::LibraryChanged).is_empty(),
        "one question is enough"
    );
    s.answer(
        |j| *j == Job::Library(LibraryJob::CheckLibraryVersion),
        LibraryOutcome::CheckLibraryVersion(Ok(false)),
    );
    s.tell(Message::LibraryChanged);
    let effects = s.answer(
        |j| *j == Job::Library(LibraryJob::CheckLibraryVersion),
        LibraryOutcome::CheckLibraryVersion(Ok(true)),
    );
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Start(_, Job::Library(LibraryJob::Rows(_)))))
    );
    s.settle();
    assert_eq!(s.model.list().row().unwrap().id, chosen);
}

#[test]
fn only_what_is_chosen_is_refreshed() {
    let mut s = Session::new(120, 40);
    let chosen = s.model.list().row().unwrap().id;
    assert!(
        matches!(&s.keys("r")[..], [Effect::Start(_, Job::Network(NetworkJob::Refresh(RefreshScope::Of(id))))] if *id == chosen)
    );
}

#[test]
fn the_whole_list_is_kept_under_a_label_at_once() {
    let mut s = Session::new(120, 40);
    s.keys("* t");
    write(&mut s, "읽을 것");
    let effects = s.keys("Enter");
    let tag = Some(Clean::line("읽을 것"));
    assert_eq!(
        records(&effects),
        [&Change::ScrapAll(Filter::default(), None, tag)]
    );
    let ids: Vec<_> = s.model.list().rows().iter().map(|r| r.id).collect();
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::Change(Change::ScrapAll(..)))),
        LibraryOutcome::Change(Ok(Changed::ScrappedAll(ids.clone(), Vec::new()))),
    );
    assert!(s.notice().1.contains(&ids.len().to_string()));
    s.settle();
    assert_eq!(
        records(&s.keys("u")),
        [&Change::UnscrapAll(ids, Vec::new())]
    );
}

fn outlet(title: &str, subject: &str, url: &str) -> Feed {
    let line = Clean::line;
    Feed {
        url: line(url),
        title: line(title),
        folder: Some(line(subject)),
        ..Feed::default()
    }
}

#[test]
fn publishers_are_filtered_as_one_types_and_what_was_chosen_stays() {
    let mut s = Session::new(100, 30);
    s.keys("g p");
    s.answer(
        |j| *j == Job::Library(LibraryJob::Publishers),
        LibraryOutcome::Publishers(Ok(PublisherDirectory {
            publishers: vec![
                outlet("강물일보", "종합", "https://river.example/rss"),
                outlet("새벽신문", "종합", "https://dawn.example/rss"),
                outlet("하루경제", "경제", "https://day.example/rss"),
            ],
            subscribed: Vec::new(),
        })),
    );
    s.keys("Space / 하 루");
    let shown = text(&draw(&s.model));
    assert!(
        shown.contains("하루경제") && shown.contains("경제"),
        "{shown}"
    );
    assert!(
        !shown.contains("새벽신문") && !shown.contains("종합"),
        "{shown}"
    );
    s.keys("Enter Space /");
    s.keys("Esc");
    let shown = text(&draw(&s.model));
    assert_eq!(shown.matches("[x]").count(), 2, "{shown}");
    // What an initial consonant or a subject says is found, too; nothing found is no trouble.
    s.keys("/ 종 합");
    let shown = text(&draw(&s.model));
    assert!(
        shown.contains("새벽신문") && !shown.contains("하루경제"),
        "{shown}"
    );
    s.keys("x x Enter Space j");
    assert!(!text(&draw(&s.model)).contains("[x]"));
    // Syllables that an input method put together are no keys: they begin a name.
    s.keys("/ Esc 하 루");
    let shown = text(&draw(&s.model));
    assert!(
        shown.contains("하루경제") && !shown.contains("새벽신문"),
        "{shown}"
    );
}

#[test]
fn publishers_in_the_language_of_the_interface_come_first() {
    for (language, first, subjects) in [
        (
            Language::Korean,
            ["강물일보", "하루경제", "The Tide"],
            ["종합", "과학·IT"],
        ),
        (
            Language::English,
            ["The Tide", "강물일보", "하루경제"],
            ["General", "Science and technology"],
        ),
    ] {
        let mut start = start(100, 30);
        start.words = Words::of(language);
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys("g p");
        s.answer(
            |j| *j == Job::Library(LibraryJob::Publishers),
            LibraryOutcome::Publishers(Ok(PublisherDirectory {
                publishers: vec![
                    outlet("강물일보", "종합", "https://river.example/rss"),
                    outlet("하루경제", "과학·IT", "https://day.example/rss"),
                    outlet("The Tide", "World", "https://tide.example/rss"),
                ],
                subscribed: Vec::new(),
            })),
        );
        let shown = text(&draw(&s.model));
        let places = first.map(|name| shown.find(&format!("[ ] {name}")));
        assert!(places.is_sorted() && places[0].is_some(), "{shown}");
        assert!(subjects.iter().all(|name| shown.contains(name)), "{shown}");
    }
}

#[test]
fn publishers_are_chosen_by_subject_tried_at_once_and_the_dead_say_so() {
    let mut s = Session::new(100, 30);
    assert!(matches!(
        s.keys("g p")[..],
        [Effect::Start(_, Job::Library(LibraryJob::Publishers))]
    ));
    let outlets = vec![
        outlet("강물일보", "종합", "https://river.example/rss"),
        outlet("새벽신문", "종합", "https://dawn.example/rss"),
        outlet("하루경제", "경제", "https://day.example/rss"),
    ];
    let known = vec![outlets[0].url.clone()];
    s.answer(
        |j| *j == Job::Library(LibraryJob::Publishers),
        LibraryOutcome::Publishers(Ok(PublisherDirectory {
            publishers: outlets.clone(),
            subscribed: known,
        })),
    );
    let shown = text(&draw(&s.model));
    for word in ["종합", "경제", "구독 중", "Space"] {
        assert!(shown.contains(word), "{word}\n{shown}");
    }
    assert!(
        s.keys("Space").is_empty(),
        "what is subscribed to is not chosen again"
    );
    let tried = |e: &[Effect], url: &str| matches!(e, [Effect::Start(_, Job::Network(NetworkJob::TryFeed(trial)))] if *trial.address == *url);
    assert!(tried(&s.keys("j Space"), "https://dawn.example/rss"));
    s.refuse(
        |j| matches!(j, Job::Network(NetworkJob::TryFeed(_))),
        Failure::new(Cause::Unreachable, "dawn.example"),
    );
    assert!(
        text(&draw(&s.model)).contains("dawn.example: 서버에"),
        "{}",
        text(&draw(&s.model))
    );
    let whole = Failure::new(Cause::Unreachable, "dawn.example").sentence(&s.model.start().words);
    assert!(
        s.model
            .notice()
            .as_ref()
            .is_some_and(|n| n.bad && n.text == whole),
        "with what to do: {:?}",
        s.model.notice()
    );
    assert!(tried(&s.keys("j Space"), "https://day.example/rss"));
    assert!(text(&draw(&s.model)).contains("확인하는 중"));
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::TryFeed(_))),
        NetworkOutcome::TryFeed(
            outlets[2].url.clone(),
            Ok(FeedTrial {
                articles: 24,
                newest: None,
            }),
        ),
    );
    assert!(text(&draw(&s.model)).contains("24건"));
    let effects = s.keys("Enter");
    assert_eq!(
        records(&effects),
        [&Change::SubscribeAll(vec![outlets[2].clone()])],
        "the dead one is left out"
    );
    let kept = LibraryOutcome::Change(Ok(Changed::SubscribedAll(vec![FeedId(7)])));
    let effects = s.answer(
        |j| matches!(j, Job::Library(LibraryJob::Change(Change::SubscribeAll(_)))),
        kept,
    );
    assert!(effects.iter().any(|e| matches!(
        e,
        Effect::Start(_, Job::Network(NetworkJob::Refresh(RefreshScope::Due)))
    )));
    assert_eq!(
        records(&s.keys("u")),
        [&Change::UnsubscribeAll(vec![FeedId(7)])]
    );
}

#[test]
fn a_publisher_has_a_home_with_its_articles_its_site_and_its_feeds() {
    let mut s = Session::new(100, 30);
    let publisher = s.model.list().row().unwrap().publisher.clone().unwrap();
    let effects = s.keys("H");
    assert!(
        effects.iter().any(
            |e| matches!(e, Effect::Start(_, Job::Library(LibraryJob::PublisherHome(PublisherHomeRequest { publisher: p, .. }))) if *p == publisher)
        )
    );
    let home = PublisherHome {
        publisher,
        site: Some(Clean::line("https://river.example/")),
        articles: (120, 7),
        feeds: vec![(FeedId(3), Clean::line("강물 전체"))],
        offers: vec![outlet("강물 경제", "경제", "https://river.example/eco")],
    };
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::PublisherHome(_))),
        LibraryOutcome::PublisherHome(Ok(Box::new(home.clone()))),
    );
    let shown = text(&draw(&s.model));
    for word in [
        "120건",
        "river.example",
        "구독 끊기: 강물 전체",
        "구독하기: 강물 경제",
    ] {
        assert!(shown.contains(word), "{word}\n{shown}");
    }
    assert!(matches!(
        s.keys("j Enter")[..],
        [Effect::Start(_, Job::Network(NetworkJob::Browse(_)))]
    ));
    assert_eq!(s.model.list().listing().filter.publisher, None);
    s.keys("H");
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::PublisherHome(_))),
        LibraryOutcome::PublisherHome(Ok(Box::new(home.clone()))),
    );
    s.keys("Enter");
    let listed = s.model.list().listing().filter.publisher.clone();
    assert_eq!(
        listed,
        Some(home.publisher.clone()),
        "its first row lists its articles"
    );
    s.keys("q");
    s.settle();
    s.keys("H");
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::PublisherHome(_))),
        LibraryOutcome::PublisherHome(Ok(Box::new(home))),
    );
    assert_eq!(
        records(&s.keys("j j j Enter")),
        [&Change::Unsubscribe(FeedId(3))]
    );
    assert_eq!(records(&s.keys("u")), [&Change::Resubscribe(FeedId(3))]);
}

#[test]
fn what_was_found_is_lit_in_the_article_and_holds_nobody_up() {
    let mut s = Session::new(120, 40);
    let word = s
        .model
        .list()
        .row()
        .unwrap()
        .title
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    s.keys("/");
    write(&mut s, &word);
    s.keys("Enter");
    s.settle();
    s.keys("Enter");
    s.settle();
    let find = s.model.reader().find().expect("the article holds the word");
    assert!(!find.hits().is_empty());
    s.keys("n");
    assert_eq!(
        s.model.reader().find().unwrap().at(),
        0,
        "n goes to the first"
    );
    s.keys("q");
    assert_eq!(
        s.model.focus(),
        gisa::app::Pane::List,
        "one step back is enough"
    );
}

#[test]
fn the_short_news_answers_the_search_in_force() {
    let mut s = Session::new(120, 40);
    s.keys("Enter");
    s.settle();
    let article = s.model.reader().article().cloned().unwrap();
    let body = article.text();
    let words = body.split(|c: char| !c.is_alphanumeric());
    let mut rare = words.filter(|w| w.chars().count() > 2 && body.matches(w).count() == 1);
    let word = rare.next_back().unwrap().to_owned();
    s.keys("v");
    s.settle();
    let all = text(&draw(&s.model));
    assert!(!s.model.reader().short_news().answers_search());
    s.keys("v q /");
    write(&mut s, &word);
    s.keys("Enter");
    s.settle();
    s.keys("Enter");
    s.settle();
    s.keys("v");
    s.settle();
    let news = s.model.reader().short_news();
    assert!(news.answers_search());
    let lines = &news.summary().unwrap().sentences;
    assert!(!lines.is_empty() && lines.iter().all(|l| l.text.contains(&word)));
    let shown = text(&draw(&s.model));
    let said = s.model.start().words.get("brief.method.search");
    assert!(shown.contains(said) && !all.contains(said), "{shown}");
    // Without the search it is the short news again.
    s.keys("q / C-u Enter");
    s.settle();
    s.keys("Enter v v");
    s.settle();
    assert!(!s.model.reader().short_news().answers_search());
}

#[test]
fn what_the_status_line_says_of_esc_is_what_esc_does_while_reading() {
    let mut s = Session::new(100, 30);
    s.keys("j Enter");
    assert_eq!(s.model.focus(), Pane::Reader);
    assert!(matches!(
        s.keys("R")[..],
        [Effect::Start(_, Job::Network(NetworkJob::Refresh(_)))]
    ));
    assert!(text(&draw(&s.model)).contains("Esc 멈춤"));
    assert!(s.keys("Esc").iter().any(|e| matches!(e, Effect::Cancel(_))));
    s.refuse(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        Failure::new(Cause::Cancelled, ""),
    );
    assert_eq!(s.model.focus(), Pane::Reader, "what is read stays");
    assert!(!text(&draw(&s.model)).contains("Esc 멈춤"));
    s.keys("Esc");
    assert_eq!(s.model.focus(), Pane::List);
    // q leaves at once, and lets the refresh go on.
    s.keys("Enter R");
    s.keys("q");
    assert!(s.model.focus() == Pane::List && s.model.jobs().is_busy(JobKind::Refresh));
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Refresh(_))),
        NetworkOutcome::Refresh(Ok(RefreshReport {
            new: 0,
            feeds: 0,
            failed: 2,
            cut: 0,
        })),
    );
    assert!(
        text(&draw(&s.model)).contains("네트워크"),
        "nothing came at all"
    );
}

#[test]
fn a_reporter_is_followed_with_one_key_and_an_undo_forgets_the_search() {
    let s = Session::new(120, 40);
    // The article of the edition that names a reporter.
    let named = (0..4).find(|n| !s.article(*n).bylines.is_empty()).unwrap();
    let author = s.article(named).bylines[0].name.clone();
    let mut s = Session::reading(120, 40, named);
    let effects = s.keys("@");
    let saved = records(&effects);
    let [Change::SaveSearch(name, query)] = &saved[..] else {
        panic!("{saved:?}");
    };
    assert!(name.contains(&*author), "{name}");
    assert!(query.contains(&format!("기자:\"{author}\"")), "{query}");
    assert!(s.notice().1.contains(&**name), "{:?}", s.notice());
    s.settle();
    assert_eq!(records(&s.keys("u")), [&Change::ForgetSearch(name.clone())]);
}
