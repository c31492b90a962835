//! The sources pane: its rows, its counts, folders, and subscriptions that no longer come.

use gisa::app::Change;
use gisa::app::Collection;
use gisa::app::Effect;
use gisa::app::Job;
use gisa::app::Message;
use gisa::app::Pane;
use gisa::app::protocol::change::Changed;
use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::library::LibraryOutcome;
use gisa::app::protocol::network::NetworkJob;
use gisa::app::protocol::network::RefreshScope;
use gisa::app::protocol::rows::RowsRequest;
use gisa::config::{Language, Words};
use gisa::news::Clean;
use gisa::news::FeedId;
use gisa::news::Filter;

use crate::support::screen::draw;
use crate::support::screen::row;
use crate::support::screen::text;
use crate::support::session::{Session, start};
use crate::support::sidebar::subscribed;
use crate::support::sidebar::subscribed_from;
use crate::support::sidebar::subscribed_to;

#[test]
fn the_sources_stand_beside_the_list_or_in_its_place() {
    for (width, list_too) in [(40, false), (80, false), (120, false), (200, true)] {
        let s = subscribed(width, 24);
        let g = s.model.geometry();
        assert_eq!(
            (g.sources.is_some(), g.list.is_some()),
            (true, list_too),
            "{width}"
        );
        let shown = text(&draw(&s.model));
        for word in ["안 읽은 기사", "가람일보", "경제", "하루경제", "구독하기"]
        {
            assert!(shown.contains(word), "{width}: {word}\n{shown}");
        }
        assert!(row(&draw(&s.model), 2).contains("43"), "{shown}");
    }
}

#[test]
fn a_source_is_chosen_and_shown_and_its_name_stands_over_the_list() {
    let mut s = subscribed(120, 24);
    s.keys("G k k k k");
    assert_eq!(
        s.model.sources().row().unwrap().title,
        "https://feeds.example/3.xml"
    );
    s.keys("k");
    let effects = s.keys("Enter");
    let wanted = Filter {
        feed: Some(FeedId(2)),
        ..Filter::default()
    };
    let asked = effects.iter().find_map(|e| match e {
        Effect::Start(
            _,
            Job::Library(LibraryJob::Rows(RowsRequest {
                collection: Collection::Library,
                filter,
                ..
            })),
        ) => Some(filter.clone()),
        _ => None,
    });
    assert_eq!((asked, s.model.focus()), (Some(wanted), Pane::List));
    s.settle();
    assert!(row(&draw(&s.model), 0).contains("하루경제"));
    s.keys("L");
    assert_eq!(
        s.model.sources().row().unwrap().title,
        "하루경제",
        "the keys are on the list that is shown"
    );
    s.keys("k Enter");
    assert_eq!(
        s.model.list().listing().filter.folder.as_deref(),
        Some("경제")
    );
}

#[test]
fn headings_are_passed_over_and_the_last_row_asks_for_an_address() {
    let mut s = subscribed(120, 24);
    s.keys("g g");
    let mut seen = vec![s.model.sources().row().unwrap().title.clone()];
    for _ in 0..20 {
        s.keys("j");
        seen.push(s.model.sources().row().unwrap().title.clone());
    }
    seen.dedup();
    assert!(
        !seen.contains(&"구독".to_owned()) && seen.contains(&"가람일보".to_owned()),
        "{seen:?}"
    );
    assert_eq!(seen.last().unwrap(), "구독하기…");
    s.keys("Enter");
    assert!(s.model.prompt().is_some());
}

#[test]
fn unsubscribing_takes_the_row_away_and_undo_brings_it_back() {
    let mut s = subscribed(120, 24);
    s.keys("G k k k");
    assert_eq!(
        s.model.sources().row().unwrap().title,
        "마을",
        "the last row is no subscription"
    );
    s.keys("j");
    let effects = s.keys("d");
    assert!(effects.iter().any(|e| matches!(
        e,
        Effect::Start(
            _,
            Job::Library(LibraryJob::Change(Change::Unsubscribe(FeedId(4))))
        )
    )));
    assert!(
        s.model
            .sources()
            .rows()
            .iter()
            .all(|r| r.title != "오솔골신문")
    );
    let effects = s.keys("u");
    assert!(effects.iter().any(|e| matches!(
        e,
        Effect::Start(
            _,
            Job::Library(LibraryJob::Change(Change::Resubscribe(FeedId(4))))
        )
    )));
    s.settle();
}

#[test]
fn a_subscription_that_is_shown_is_refreshed_alone() {
    let mut s = subscribed(120, 24);
    s.keys("G k k k k k Enter");
    s.settle();
    let refresh = NetworkJob::Refresh(RefreshScope::Feed(FeedId(2)));
    assert!(matches!(&s.keys("r")[..], [Effect::Start(_, Job::Network(job))] if *job == refresh));
}

#[test]
fn counts_are_asked_for_again_after_a_change_and_only_where_they_are_seen() {
    let mut s = Session::new(200, 24);
    s.settle();
    s.keys("m");
    assert!(
        s.live().all(|j| *j != Job::Library(LibraryJob::Sidebar)),
        "not before the change is kept"
    );
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::Change(_))),
        LibraryOutcome::Change(Ok(Changed::Marked(Vec::new()))),
    );
    assert!(s.live().any(|j| *j == Job::Library(LibraryJob::Sidebar)));
    let mut s = Session::new(120, 24);
    s.keys("m");
    s.settle();
    s.keys("m");
    s.answer(
        |j| matches!(j, Job::Library(LibraryJob::Change(_))),
        LibraryOutcome::Change(Ok(Changed::Marked(Vec::new()))),
    );
    assert!(s.live().all(|j| *j != Job::Library(LibraryJob::Sidebar)));
}

#[test]
fn a_feed_that_does_not_come_keeps_its_count_and_says_why() {
    let mut s = subscribed(100, 24);
    let shown = text(&draw(&s.model));
    let ailing = shown
        .lines()
        .find(|l| l.contains('!'))
        .unwrap_or_else(|| panic!("no mark\n{shown}"));
    assert!(ailing.contains("! 1"), "{ailing}");
    s.keys("G");
    for _ in 0..12 {
        if s.model
            .sources()
            .row()
            .is_some_and(|r| r.feed == Some(FeedId(3)))
        {
            break;
        }
        s.keys("k");
    }
    let told = s
        .model
        .notice()
        .as_ref()
        .map(|n| n.text.clone())
        .unwrap_or_default();
    assert!(
        told.contains("너무 잦다") && told.contains("3.xml"),
        "{told}"
    );
    s.keys("k");
    assert!(s.model.notice().is_none());
}

#[test]
fn dead_feeds_have_a_row_of_their_own_with_what_to_do() {
    let rows = |s: &Session| -> Vec<String> {
        let rows = s.model.sources().rows().iter();
        rows.map(|row| row.title.clone()).collect()
    };
    let mut s = subscribed(120, 24);
    assert!(!rows(&s).contains(&"오지 않는 구독".to_owned()));
    s.keys("g d");
    assert!(s.model.popup().is_none());
    assert!(text(&draw(&s.model)).contains("오래 소식이 끊긴 구독은 없습니다."));
    let mut s = subscribed_to(120, 24, |data| {
        let dead = &mut data.feeds[1];
        dead.last_ok = Some("2026-10-01T00:00:00Z".parse().unwrap());
        dead.last_error = Some(Clean::line("no-page"));
        dead.feed.site = Some(Clean::line("https://dead.example/"));
    });
    s.keys("g g");
    while s.model.sources().row().unwrap().title != "오지 않는 구독" {
        s.keys("j");
    }
    assert_eq!(s.model.sources().row().unwrap().count, Some(1));
    s.keys("Enter");
    let screen = text(&draw(&s.model));
    assert!(screen.contains("50일째 받지 못했습니다."), "{screen}");
    // Fetched again.
    let effects = s.keys("Enter");
    let refreshed = |e: &Effect| {
        matches!(
            e,
            Effect::Start(
                _,
                Job::Network(NetworkJob::Refresh(RefreshScope::Feed(FeedId(2))))
            )
        )
    };
    assert!(effects.iter().any(refreshed), "{effects:?}");
    // A new address, with the site to begin with; the name above the choices is passed over.
    s.keys("g d k j Enter");
    assert_eq!(
        s.model.prompt().unwrap().field().text(),
        "https://dead.example/"
    );
    s.keys("Esc g d G");
    let effects = s.keys("Enter");
    let ended = |e: &Effect| {
        matches!(
            e,
            Effect::Start(
                _,
                Job::Library(LibraryJob::Change(Change::Unsubscribe(FeedId(2))))
            )
        )
    };
    assert!(effects.iter().any(ended), "{effects:?}");
    let effects = s.keys("u");
    let back = |e: &Effect| {
        matches!(
            e,
            Effect::Start(
                _,
                Job::Library(LibraryJob::Change(Change::Resubscribe(FeedId(2))))
            )
        )
    };
    assert!(effects.iter().any(back), "{effects:?}");
}

/// Runs `folder NAME` in the palette; the changes of folders that it asks for.
fn filed(s: &mut Session, name: &str) -> Vec<(i64, Option<String>)> {
    s.keys(":");
    for c in format!("folder {name}").chars() {
        let key = if c == ' ' {
            "Space".to_owned()
        } else {
            c.to_string()
        };
        s.keys(&key);
    }
    moved(&s.keys("Enter"))
}

fn moved(effects: &[Effect]) -> Vec<(i64, Option<String>)> {
    let changes = effects.iter().filter_map(|e| match e {
        Effect::Start(_, Job::Library(LibraryJob::Change(Change::FileFeeds(feeds)))) => Some(feeds),
        _ => None,
    });
    let owned =
        |(id, folder): &(FeedId, Option<Clean>)| (id.0, folder.as_ref().map(|f| f.to_string()));
    changes.flatten().map(owned).collect()
}

#[test]
fn feeds_move_into_folders_and_folders_are_renamed_and_u_undoes_it() {
    // `settle` answers with sources of its own, so each case has a session.
    let choose = |title: &str| {
        let mut s = subscribed(120, 24);
        s.keys("g g");
        for _ in 0..30 {
            if s.model.sources().row().unwrap().title == title {
                return s;
            }
            s.keys("j");
        }
        panic!("no row {title}");
    };
    let mut s = choose("가람일보");
    let name = |text: &str| Some(text.to_owned());
    assert_eq!(filed(&mut s, "경제"), [(1, name("경제"))]);
    assert!(text(&draw(&s.model)).contains("가람일보 → 폴더 경제"));
    assert_eq!(moved(&s.keys("u")), [(1, None)]);
    let mut s = choose("경제");
    assert_eq!(
        filed(&mut s, "살림 돈"),
        [(2, name("살림 돈")), (3, name("살림 돈"))]
    );
    assert_eq!(moved(&s.keys("u")), [(2, name("경제")), (3, name("경제"))]);
    let mut s = choose("오솔골신문");
    assert_eq!(filed(&mut s, "-"), [(4, None)]);
    // Neither a feed nor a folder.
    let mut s = subscribed(120, 24);
    s.keys("g g");
    assert_eq!(filed(&mut s, "경제"), []);
}

#[test]
fn a_wrong_setting_stays_in_its_prompt_until_it_is_right_or_given_up() {
    let kept = |effects: &[Effect]| -> Option<String> {
        effects.iter().find_map(|e| match e {
            Effect::Start(_, Job::Network(NetworkJob::KeepFeedSettings(request))) => {
                Some(request.settings.line())
            }
            _ => None,
        })
    };
    for (width, height) in [(40, 15), (80, 24), (120, 40)] {
        let mut s = subscribed(width, height);
        s.keys("G k k E");
        for (typed, told) in [("evry=30", "every, keep_days"), ("every=soon", "5..10080")] {
            s.keys("C-u");
            s.tell(Message::Paste(typed.to_owned()));
            assert_eq!(kept(&s.keys("Enter")), None);
            let shown = text(&draw(&s.model)).replace('\n', "");
            assert!(s.model.prompt().is_some(), "{typed}");
            assert!(shown.contains(told), "{width}: {typed}\n{shown}");
        }
        // What is typed on corrects the line; it is no command.
        s.keys("C-u");
        s.tell(Message::Paste("order=oldest".to_owned()));
        assert_eq!(kept(&s.keys("Enter")).as_deref(), Some("order=oldest"));
        assert!(s.model.prompt().is_none());
    }
}

#[test]
fn their_own_names_are_whole_beside_two_other_panes() {
    for language in [Language::Korean, Language::English] {
        let mut start = start(120, 40);
        start.words = Words::of(language);
        let mut s = subscribed_from(start, |_| {});
        let has_three = |s: &Session| {
            let places = s.model.geometry();
            places.sources.is_some() && places.list.is_some() && places.reader.is_some()
        };
        for _ in 0..8 {
            if !has_three(&s) {
                s.keys("w");
            }
        }
        assert!(has_three(&s));
        let shown = text(&draw(&s.model));
        let words = Words::of(language);
        for key in [
            "front",
            "unread",
            "all",
            "issues",
            "scraps",
            "outlets",
            "subscribe",
        ] {
            let name = words.get(&format!("source.{key}")).to_owned();
            assert!(shown.contains(&name), "{name}\n{shown}");
        }
    }
}
