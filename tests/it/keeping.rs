//! Highlights, notes, labels, export and print by keys, on the pure program.

use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::network::{NetworkJob, NetworkOutcome, PageCheck, Printout};
use gisa::app::{Cause, Change, Collection, Effect, Failure, Job, Pane, Start};
use gisa::news::{Colour, PageObservation, PageState};
use gisa::text::TextSize;

use crate::support::pages;
use crate::support::screen::{draw, text};
use crate::support::session::{Session, start};

fn scrap(s: &Session) -> &gisa::news::Scrap {
    s.model.annotations().scrap().expect("no scrap")
}

fn quotes(s: &Session) -> Vec<String> {
    scrap(s)
        .highlights
        .iter()
        .map(|h| h.quote.to_string())
        .collect()
}

fn annotations(effects: &[Effect]) -> usize {
    effects
        .iter()
        .filter(|e| {
            matches!(
                e,
                Effect::Start(_, Job::Library(LibraryJob::Change(Change::Annotate(..))))
            )
        })
        .count()
}

const FIRST: &str = "가람시 오솔골에서 열린 골목 음악회에 19일 저녁 주민 300여 명이 모였다.";

#[test]
fn a_highlight_on_an_article_that_is_no_scrap_makes_it_one_and_both_are_undone() {
    let mut s = Session::reading(120, 40, 0);
    let effects = s.keys("e Enter");
    assert!(
        matches!(
            &effects[..],
            [
                Effect::Start(_, Job::Library(LibraryJob::Change(Change::Scrap(_)))),
                Effect::Start(_, Job::Library(LibraryJob::Change(Change::Annotate(..))))
            ]
        ),
        "{effects:?}"
    );
    s.settle();
    assert_eq!(quotes(&s), [FIRST]);
    assert!(s.model.list().rows()[0].scrapped);
    s.keys("Esc u");
    s.settle();
    assert!(quotes(&s).is_empty() && s.model.list().rows()[0].scrapped);
    s.keys("u");
    s.settle();
    assert!(s.model.annotations().scrap().is_none() && !s.model.list().rows()[0].scrapped);
}

#[test]
fn highlights_are_chosen_stretched_coloured_noted_and_removed_by_keys() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("e v j Tab Enter");
    s.settle();
    assert!(
        quotes(&s)[0].starts_with(FIRST) && quotes(&s)[0].ends_with("자리는 모자랐다."),
        "{:?}",
        quotes(&s)
    );
    assert_eq!(scrap(&s).highlights[0].colour, Colour::Green);
    s.keys("j w Enter");
    s.settle();
    assert_eq!(quotes(&s).len(), 2);
    s.keys("n Tab");
    s.settle();
    assert_eq!(
        scrap(&s).highlights[0].colour,
        Colour::Blue,
        "the one under the choice"
    );
    s.keys("c 다 시 Enter");
    s.settle();
    assert_eq!(scrap(&s).highlights[0].note.as_deref(), Some("다시"));
    s.keys("d");
    s.settle();
    assert_eq!(quotes(&s).len(), 1);
    s.keys("u u");
    s.settle();
    assert_eq!(
        (quotes(&s).len(), scrap(&s).highlights[0].note.clone()),
        (2, None),
        "remove and note are taken back"
    );
}

#[test]
fn a_highlight_stands_where_it_was_at_every_size_and_after_leaving() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("e j Enter Esc");
    s.settle();
    let lit = |s: &Session| -> String {
        let buffer = draw(&s.model);
        let yellow = gisa::config::Theme::named("dark")
            .paint(gisa::config::Role::HighlightYellow)
            .bg
            .unwrap();
        let ground =
            ratatui::style::Color::from_u32(u32::from_str_radix(&yellow[1..], 16).unwrap());
        let area = buffer.area;
        let cells = (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y)));
        cells
            .filter(|at| buffer[*at].bg == ground)
            .map(|at| buffer[at].symbol().to_owned())
            .collect::<Vec<_>>()
            .concat()
    };
    let letters = |t: String| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let quote: String = letters(quotes(&s)[0].clone());
    assert!(quote.starts_with("오전부터내린비로"), "{quote}");
    for (width, height) in [(120, 40), (60, 50), (40, 30), (200, 50)] {
        s.resize(width, height);
        assert_eq!(letters(lit(&s)), quote, "{width}×{height}");
    }
    s.keys("J");
    s.settle();
    assert_eq!(lit(&s), "");
    s.keys("K");
    s.settle();
    assert_eq!(letters(lit(&s)), quote);
    while s.model.start().prefs.sizes.get("test") != Some(&TextSize::XLarge) {
        assert!(!s.keys("+").is_empty(), "the size grows");
    }
    s.keys("e n Esc");
    s.resize(200, 50);
    assert!(!lit(&s).is_empty(), "in letters larger than a cell too");
}

#[test]
fn no_colour_is_told_by_colour_alone() {
    let mut start = start(120, 60);
    start.theme = gisa::config::Theme::named("mono");
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    s.keys("Enter");
    s.settle();
    s.keys("e Enter j Tab Enter");
    s.settle();
    s.keys("Esc");
    let screen = text(&draw(&s.model));
    let words = s.model.start().words.clone();
    s.keys("G");
    let end = text(&draw(&s.model));
    for key in ["colour.yellow", "colour.green"] {
        let name = words.get(key).to_owned();
        assert!(
            screen.contains(&name) || end.contains(&name),
            "{name} in\n{screen}\n{end}"
        );
    }
    let mut looks = Vec::new();
    for role in [
        gisa::config::Role::HighlightYellow,
        gisa::config::Role::HighlightGreen,
        gisa::config::Role::HighlightBlue,
        gisa::config::Role::HighlightPink,
    ] {
        for theme in ["mono", "dark", "light", "contrast", "terminal"] {
            let paint = gisa::config::Theme::named(theme).paint(role);
            looks.push((
                theme,
                paint.underline,
                paint.bold,
                paint.italic,
                paint.reverse,
            ));
        }
    }
    let count = looks.len();
    looks.sort_unstable();
    looks.dedup();
    assert_eq!(
        looks.len(),
        count,
        "two colours of a theme differ by colour alone"
    );
}

#[test]
fn the_list_of_scraps_shows_their_labels() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("T 경 제 Enter");
    s.settle();
    s.keys("S");
    s.settle();
    let shown = text(&draw(&s.model));
    assert!(shown.contains("#경제"), "{shown}");
}

#[test]
fn every_list_shows_labels_at_once_and_takes_them_away() {
    for collection in [Collection::Library, Collection::Sample] {
        let start = Start {
            collection,
            ..start(120, 40)
        };
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys("T 경 제 Enter");
        s.settle();
        let shown = |s: &Session| text(&draw(&s.model)).contains("#경제");
        assert!(shown(&s), "{collection:?}");
        s.keys("T C-u Enter");
        s.settle();
        assert!(!shown(&s), "{collection:?}: taken away");
        s.keys("u");
        s.settle();
        assert!(shown(&s), "{collection:?}: and back");
        s.keys("s");
        s.settle();
        assert!(!shown(&s), "{collection:?}: no scrap any more");
    }
}

#[test]
fn a_label_typed_behind_others_is_one_of_its_own() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("T m 2 - t a g Enter");
    s.settle();
    s.keys("T 가 Enter");
    s.settle();
    let tags: Vec<&str> = scrap(&s).tags.iter().map(|t| &**t).collect();
    assert_eq!(tags, ["m2-tag", "가"]);
}

#[test]
fn notes_and_labels_are_typed_completed_and_undone() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("c 읽 을 Space 것 Enter");
    s.settle();
    assert_eq!(scrap(&s).note.as_deref(), Some("읽을 것"));
    s.keys("T # 경 제 , Space 문 화 Enter");
    s.settle();
    assert_eq!(
        scrap(&s).tags.iter().map(|t| &**t).collect::<Vec<_>>(),
        ["경제", "문화"]
    );
    s.keys("J");
    s.settle();
    s.keys("T 경");
    s.settle();
    s.keys("Tab Enter");
    s.settle();
    assert_eq!(
        scrap(&s).tags.iter().map(|t| &**t).collect::<Vec<_>>(),
        ["경제"],
        "completed from labels in use"
    );
    s.keys("u u");
    s.settle();
    assert!(s.model.annotations().scrap().is_none(), "label, then scrap");
    s.keys("K");
    s.settle();
    s.keys("u");
    s.settle();
    assert!(scrap(&s).tags.is_empty() && scrap(&s).note.is_some());
    let screen = text(&draw(&s.model));
    assert!(screen.contains("메모: 읽을 것"), "{screen}");
}

#[test]
fn a_change_that_cannot_be_kept_is_taken_off_the_screen_again() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("s");
    s.settle();
    let undos = s.model.undo().len();
    let effects = s.keys("c 글 Enter");
    assert_eq!(annotations(&effects), 1);
    s.refuse(
        |j| matches!(j, Job::Library(LibraryJob::Change(Change::Annotate(..)))),
        Failure::new(Cause::DiskFull, ""),
    );
    assert_eq!(
        (scrap(&s).note.clone(), s.model.undo().len(), s.notice().0),
        (None, undos, true)
    );
    s.settle();
    assert_eq!(scrap(&s).note, None);
}

#[test]
fn the_place_in_the_text_is_the_articles_own_whatever_stands_above_it() {
    let mut s = Session::reading(80, 24, 1);
    s.keys("C-d C-d");
    let (top, place) = (s.top(), s.model.reader().place());
    s.keys("s");
    s.settle();
    assert_eq!(
        (s.top(), s.model.reader().place()),
        (top.clone(), place),
        "what is put above moves nothing"
    );
    s.keys("q j k Enter");
    s.settle();
    assert_eq!((s.top(), s.model.reader().place()), (top, place));
}

#[test]
fn a_scrap_whose_page_changed_says_so_and_x_shows_both() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("s q S");
    s.settle();
    s.keys("Enter");
    s.settle();
    let copy = s.model.reader().article().cloned().unwrap();
    let effects = s.keys("x");
    assert!(
        matches!(
            &effects[..],
            [Effect::Start(_, Job::Network(NetworkJob::CheckPage(_)))]
        ),
        "{effects:?}"
    );
    let mut page = (*copy).clone();
    page.blocks.truncate(1);
    let observation = PageObservation {
        at: s.model.start().now,
        state: PageState::Changed,
    };
    let check = PageCheck {
        id: copy.id(),
        observation,
        article: Some(page.clone().into()),
    };
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::CheckPage(_))),
        NetworkOutcome::CheckPage(Ok(check)),
    );
    assert_eq!(s.model.reader().article().map(|a| &**a), Some(&page));
    let words = s.model.start().words.clone();
    assert!(
        text(&draw(&s.model)).contains(words.get("kept.today").split('·').next().unwrap().trim())
    );
    s.keys("x");
    assert_eq!(
        s.model.reader().article().map(|a| &**a),
        Some(&*copy),
        "the copy is as it was"
    );
    let screen = text(&draw(&s.model));
    assert!(
        screen.contains("⚠") && screen.contains("x 지금"),
        "{screen}"
    );
    assert_eq!(scrap(&s).article, *copy);
}

#[test]
fn export_and_print_say_where_it_went() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("E");
    for c in "/tmp/x.md".chars() {
        s.keys(&c.to_string());
    }
    let effects = s.keys("Enter");
    assert!(
        matches!(&effects[..], [Effect::Start(_, Job::Network(NetworkJob::Export(export))), ..] if export.path == "/tmp/x.md"),
        "{effects:?}"
    );
    s.settle();
    assert!(s.notice().1.contains("/tmp/x.md"), "{:?}", s.notice());
    s.keys("P");
    let path = "/home/a/gisa/기사.pdf".to_owned();
    s.answer(
        |j| matches!(j, Job::Network(NetworkJob::Print(_))),
        NetworkOutcome::Print(Ok(Printout::Pdf(path.clone()))),
    );
    assert!(!s.notice().0 && s.notice().1.contains(&path));
    s.keys("P");
    s.refuse(
        |j| matches!(j, Job::Network(NetworkJob::Print(_))),
        Failure::new(Cause::PrinterFailed, "lp: busy"),
    );
    assert!(s.notice().0 && s.notice().1.contains("lp: busy"));
}

#[test]
fn choosing_text_leaves_the_panes_as_they_are() {
    let mut s = Session::new(120, 40);
    s.keys("Enter e");
    s.settle();
    assert!(s.model.annotations().selection().is_some() && s.model.focus() == Pane::Reader);
    s.keys("+ + Esc");
    s.settle();
    assert!(
        s.model.annotations().selection().is_none() && s.model.focus() == Pane::Reader,
        "Esc leaves the mode, not the article"
    );
    s.keys("e q");
    assert_eq!(
        (s.model.annotations().selection().is_none(), s.model.focus()),
        (true, Pane::Reader)
    );
}

#[test]
fn pictures_stay_with_their_parts_whatever_stands_above_them() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("i");
    s.settle();
    let parts = |s: &Session| -> Vec<usize> {
        let body = s.model.reader().body().unwrap();
        let parts = &body.document().parts;
        let shots = s.model.reader().pictures().in_text();
        assert!(!shots.is_empty());
        for (part, shot) in shots {
            assert_eq!(parts[*part].url.as_ref(), Some(&shot.url), "part {part}");
            // Its picture can't be had, so that it keeps no room; and no other part does.
            assert!((0..parts.len()).all(|p| p == *part || body.layout().frame(p).is_none()));
        }
        shots.keys().copied().collect()
    };
    let before = parts(&s);
    s.keys("T 책 Enter");
    s.settle();
    assert_eq!(
        parts(&s),
        before.iter().map(|p| p + 1).collect::<Vec<_>>(),
        "a line of labels stands above"
    );
    s.keys("u");
    s.settle();
    assert_eq!(parts(&s), before);
}

#[test]
fn nothing_is_told_as_kept_before_it_is() {
    let mut session = Session::reading(100, 30, 0);
    let told = |session: &Session| {
        session
            .model
            .notice()
            .as_ref()
            .is_some_and(|n| n.text.contains("스크랩했습니다"))
    };
    session.keys("s");
    assert!(!told(&session), "it is on its way to the disk");
    session.settle();
    assert!(told(&session));
}
