//! The panes: sources, list and reader; how many stand side by side, how wide, and which has the
//! keys.

use gisa::app::geometry::Panes;
use gisa::app::protocol::change::Changed;
use gisa::app::protocol::library::SidebarData;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::message::{Mouse, MouseKind};
use gisa::app::protocol::network::{NetworkJob, RefreshScope};
use gisa::app::protocol::rows::RowsRequest;
use gisa::app::{Change, Collection, Effect, Job, Message, Outcome, Pane};
use gisa::news::{Clean, Counts, Feed, FeedId, FeedRow, Filter};

use crate::support::pages;
use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

fn feed(id: i64, title: &str, folder: Option<&str>, unread: u64) -> FeedRow {
    let url = Clean::line(&format!("https://feeds.example/{id}.xml"));
    FeedRow {
        id: FeedId(id),
        feed: Feed {
            url,
            title: Clean::line(title),
            folder: folder.map(Clean::line),
            ..Feed::default()
        },
        articles: 40,
        unread,
        last_ok: None,
        last_error: (id == 3).then(|| Clean::line("busy: feeds.example answered 429")),
        failures: u32::from(id == 3),
        due: "2026-11-20T12:00:00+09:00".parse().unwrap(),
        newest: None,
    }
}

/// The contents of the sources pane, as changed by `change`.
fn sidebar_outcome(change: impl Fn(&mut SidebarData)) -> Outcome {
    let feeds = vec![
        feed(1, "가람일보", None, 12),
        feed(2, "하루경제", Some("경제"), 30),
        feed(3, "", Some("경제"), 1),
        feed(4, "오솔골신문", Some("마을"), 0),
    ];
    let counts = Counts {
        articles: 160,
        unread: 43,
        scraps: 2,
        later: 0,
        muted: 0,
    };
    let mut data = SidebarData {
        feeds,
        counts,
        ..SidebarData::default()
    };
    change(&mut data);
    LibraryOutcome::Sidebar(Ok(Box::new(data))).into()
}

/// A run with four subscriptions and the sources in view.
fn subscribed(width: u16, height: u16) -> Session {
    subscribed_to(width, height, |_| {})
}

/// The same, with what the sources pane shows changed by `change`.
fn subscribed_to(width: u16, height: u16, change: impl Fn(&mut SidebarData)) -> Session {
    let mut s = Session::cold(start(width, height), pages::edition());
    // Where the sources are in view from the start, they are asked for at once.
    answer_sidebar(&mut s, &change);
    s.settle();
    s.keys("L");
    answer_sidebar(&mut s, &change);
    s
}

/// Answers what asks for the contents of the sources pane, where something does.
fn answer_sidebar(s: &mut Session, change: impl Fn(&mut SidebarData)) {
    let is_sidebar = |job: &Job| *job == Job::Library(LibraryJob::Sidebar);
    if s.open.iter().any(|(_, job)| is_sidebar(job)) {
        s.answer(is_sidebar, sidebar_outcome(change));
    }
}

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
fn keys_go_from_pane_to_pane_as_they_stand() {
    let mut s = Session::new(200, 40);
    for (key, focus) in [
        ("h", Pane::Sources),
        ("h", Pane::Sources),
        ("Tab", Pane::List),
        ("Tab", Pane::Reader),
        ("h", Pane::List),
        ("S-Tab", Pane::Sources),
        ("Enter", Pane::List),
        ("L", Pane::Sources),
        ("L", Pane::List),
        ("L", Pane::Sources),
        ("q", Pane::List),
        ("L", Pane::Sources),
        ("Esc", Pane::List),
    ] {
        s.keys(key);
        s.settle();
        assert_eq!(s.model.focus(), focus, "{key}");
    }
}

#[test]
fn w_walks_through_the_layouts_that_fit_and_each_is_remembered() {
    for (width, layouts) in [
        (
            200,
            &[
                Panes::Two,
                Panes::Stacked,
                Panes::One,
                Panes::Zen,
                Panes::Three,
            ][..],
        ),
        (
            120,
            &[
                Panes::Stacked,
                Panes::One,
                Panes::Zen,
                Panes::Three,
                Panes::Two,
            ],
        ),
        (80, &[Panes::One, Panes::Zen, Panes::Two, Panes::Stacked]),
        (40, &[Panes::One, Panes::Zen, Panes::Stacked]),
    ] {
        let mut s = Session::new(width, 24);
        for panes in layouts {
            let effects = s.keys("w");
            assert_eq!(s.model.start().prefs.panes, Some(*panes), "{width}");
            assert!(
                matches!(&effects[0], Effect::Start(_, Job::Library(LibraryJob::Change(Change::Prefs(p)))) if p.panes == Some(*panes))
            );
            assert!(!s.notice().1.is_empty());
        }
    }
}

#[test]
fn the_list_above_the_article_comes_back_as_it_was_left() {
    let mut s = Session::new(80, 24);
    s.keys("j j");
    s.settle();
    let before = text(&draw(&s.model));
    assert!(row(&draw(&s.model), 1).contains("골목 음악회"), "{before}");
    s.keys("Enter");
    s.settle();
    let reading = draw(&s.model);
    assert!(
        row(&reading, 4).contains("Garam Post"),
        "the chosen one is in sight"
    );
    // A click on the list means the row that is drawn there.
    let press = |y| {
        Message::Mouse(Mouse {
            kind: MouseKind::Press,
            x: 4,
            y,
        })
    };
    s.tell(press(1));
    assert_eq!(s.model.list().selected(), 1);
    s.settle();
    s.keys("j");
    s.settle();
    let after = text(&draw(&s.model));
    let title = |shown: &str| shown.lines().nth(2).unwrap().to_owned();
    assert_eq!(title(&after), title(&before));
}

#[test]
fn from_100_columns_the_list_stays_beside_twenty_syllables() {
    for (width, is_beside) in [(100, false), (200, true)] {
        let mut s = Session::reading(width, 50, 0);
        s.keys("+");
        assert_eq!(s.model.geometry().list.is_some(), is_beside, "{width}");
    }
    let mut s = Session::reading(200, 50, 0);
    s.keys("+ + +");
    assert!(
        s.model.geometry().list.is_none(),
        "no room at the largest size"
    );
}

#[test]
fn zen_is_the_article_alone_and_is_left_as_it_was_entered() {
    let mut s = Session::reading(120, 24, 1);
    s.keys("z");
    assert!(s.model.geometry().reader_bar.is_none());
    s.keys("z");
    assert!(s.model.geometry().reader_bar.is_some());
    s.keys("w w w");
    assert_eq!(
        (s.model.start().prefs.panes, s.model.geometry().reader_bar),
        (Some(Panes::Zen), None)
    );
    s.keys("q");
    assert!(s.model.geometry().list.is_some());
    s.keys("Enter z");
    assert!(s.model.geometry().reader_bar.is_some() && s.model.geometry().list.is_some());
}

#[test]
fn dividers_move_with_keys_and_with_the_mouse_and_stop_at_the_least_widths() {
    let mut s = Session::new(200, 24);
    let line = |s: &Session| s.model.geometry().divider.unwrap().x;
    let sources_line = |s: &Session| s.model.geometry().sources_divider.unwrap().x;
    let before = line(&s);
    s.keys("3 )");
    assert!(line(&s) > before + 4, "{before} {}", line(&s));
    s.keys("C-Left (");
    assert!(line(&s) > before && line(&s) < before + 6);
    let before = sources_line(&s);
    s.keys("L )");
    assert!(sources_line(&s) > before);
    s.keys("9 9 (");
    s.keys(")");
    assert!(
        sources_line(&s) > s.model.geometry().sources.unwrap().x + 16,
        "one key back is one step back"
    );

    let mouse = |s: &mut Session, kind, x| s.tell(Message::Mouse(Mouse { kind, x, y: 5 }));
    for target in [60_u16, 90, 110, 0, 199] {
        let x = line(&s);
        mouse(&mut s, MouseKind::Press, x);
        mouse(&mut s, MouseKind::Drag, target);
        let effects = mouse(&mut s, MouseKind::Release, target);
        assert!(
            matches!(
                &effects[..],
                [Effect::Start(
                    _,
                    Job::Library(LibraryJob::Change(Change::Prefs(_)))
                )]
            ),
            "{effects:?}"
        );
        let g = s.model.geometry();
        let (least, most) = (g.list.unwrap().x + 24, 200 - 41);
        assert!(
            line(&s).abs_diff(target.clamp(least, most)) <= 2,
            "{} for {target}",
            line(&s)
        );
    }
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer_and_a_click_opens_a_source() {
    let mut s = subscribed(200, 24);
    s.keys("q");
    let g = s.model.geometry();
    let at = |area: gisa::app::geometry::Area| (area.x + 3, area.y + 1);
    let wheel = |s: &mut Session, (x, y), kind| s.tell(Message::Mouse(Mouse { kind, x, y }));
    let chosen = s.model.sources().selected();
    wheel(&mut s, at(g.sources.unwrap()), MouseKind::WheelDown);
    assert_ne!(s.model.sources().selected(), chosen);
    assert_eq!(
        (s.model.focus(), s.model.list().selected()),
        (Pane::List, 0)
    );
    wheel(&mut s, at(g.list.unwrap()), MouseKind::WheelDown);
    assert_eq!(s.model.list().selected(), 1);
    let (x, y) = at(g.sources.unwrap());
    let scraps = s
        .model
        .sources()
        .rows()
        .iter()
        .position(|r| r.title == "스크랩")
        .unwrap();
    let y = y - 1 + u16::try_from(scraps).unwrap();
    s.tell(Message::Mouse(Mouse {
        kind: MouseKind::Press,
        x,
        y,
    }));
    assert_eq!(
        (s.model.list().collection(), s.model.focus()),
        (Collection::Scraps, Pane::List)
    );
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
fn the_list_comes_back_as_it_was_left() {
    let mut s = Session::new(60, 12);
    s.keys("G");
    s.settle();
    let top = s.model.list().top();
    s.keys("Enter");
    s.settle();
    s.keys("q L q");
    assert_eq!(s.model.list().top(), top);
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
        told.contains("너무 자주") && told.contains("3.xml"),
        "{told}"
    );
    s.keys("k");
    assert!(s.model.notice().is_none());
}

#[test]
fn a_long_headline_goes_on_in_the_second_line_before_publisher_and_time() {
    use crate::support::screen::{draw, text};
    let policy = gisa::text::WidthPolicy::default();
    for (width, height) in [(80, 24), (100, 30), (120, 40), (200, 50)] {
        let session = Session::new(width, height);
        let list = session.model.geometry().list.unwrap();
        let drawn = text(&draw(&session.model));
        let rows: Vec<&str> = drawn.lines().skip(usize::from(list.y)).collect();
        let room = usize::from(list.width) - 3;
        for (index, row) in session.model.list().rows().iter().enumerate() {
            let Some(pair) = rows.get(2 * index..2 * index + 2) else {
                break;
            };
            let skip = |line: &str| -> String {
                let mut cells = 0;
                line.chars()
                    .filter(|c| {
                        cells += policy.width(&c.to_string());
                        cells > usize::from(list.x) && cells <= usize::from(list.x + list.width)
                    })
                    .collect()
            };
            let shown = skip(pair[0]) + &skip(pair[1]);
            let letters = |text: &str| -> String {
                text.chars()
                    .filter(|c| !c.is_whitespace() && !"●>★".contains(*c))
                    .collect()
            };
            let title = letters(&row.title);
            let cells = policy.width(&row.title);
            if cells <= room || cells + 16 <= 2 * room {
                assert!(letters(&shown).contains(&title), "{width}: {shown:?}");
            } else {
                let begun: String = title.chars().take((room + room / 3) / 2).collect();
                assert!(
                    letters(&shown).contains(&begun),
                    "{width}: {begun} in {shown:?}"
                );
            }
        }
    }
}

#[test]
fn an_article_that_was_opened_alone_has_the_whole_width() {
    let mut opened = crate::support::session::start(120, 40);
    opened.collection = gisa::app::Collection::Sources;
    let one = vec![crate::support::pages::edition().remove(0)];
    let mut session = Session::cold(opened, one);
    session.settle();
    let places = session.model.geometry();
    assert!(places.list.is_none(), "{places:?}");
    assert_eq!(places.reader.unwrap().width, 120);
    session.keys("q");
    assert!(session.model.geometry().list.is_some());
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
