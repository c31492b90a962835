//! The panes: how many stand side by side, how wide, and which has the keys.

use gisa::app::Change;
use gisa::app::Collection;
use gisa::app::Effect;
use gisa::app::Job;
use gisa::app::Message;
use gisa::app::Pane;
use gisa::app::geometry::Panes;
use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::message::Mouse;
use gisa::app::protocol::message::MouseKind;
use gisa::text::Mechanism;

use crate::support::pages;
use crate::support::screen::draw;
use crate::support::screen::row;
use crate::support::screen::text;
use crate::support::session::{Session, start};

use crate::support::sidebar::subscribed;

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
    let list_is_beside = |width, wish, keys| {
        let mut start = start(width, 50);
        start.caps.wish = wish;
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys("Enter");
        s.settle();
        s.keys(keys);
        s.model.geometry().list.is_some()
    };
    assert!(!list_is_beside(100, Mechanism::Protocol, "+"));
    assert!(list_is_beside(200, Mechanism::Protocol, "+"));
    assert!(
        !list_is_beside(200, Mechanism::Protocol, "+ + +"),
        "no room at the largest size"
    );
    // In the columns beside the list these letters would not fit at all.
    for keys in ["+", "+ +"] {
        assert!(!list_is_beside(100, Mechanism::Blocks, keys), "{keys}");
    }
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
