//! Links: letters that choose them, what the terminal is told, and where an article can go.

use gisa::app::popups::Popup;
use gisa::app::popups::share_menu::Share;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::network::{NetworkJob, NetworkOutcome};
use gisa::app::protocol::ranking::{Ranking, RankingEntry};
use gisa::app::protocol::sharing::{Clipboard, Destination};
use gisa::app::{Effect, Job, Start};
use gisa::news::{Article, Block, Clean, Link, Ranked};

use gisa::app::protocol::message::{Message, Mouse, MouseKind};

use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

fn article() -> Article {
    let linked = |words: &str, url: &str| {
        Block::linked(
            Clean::line(&format!(
                "앞에 오는 글이 조금 있고 {words} 뒤에도 글이 이어져서 두 줄이 넘는 문단이다."
            )),
            vec![Link {
                start: 15,
                end: 15 + words.chars().count(),
                url: Clean::line(url),
            }],
        )
    };
    let long = "아주 긴 링크라서 한 줄에 다 들어가지 못하고 다음 줄로 넘어가는 말을 여러 낱말로 길게 적어 둔 것이다 그래서 두 줄 이상이다";
    Article {
        url: Some(Clean::line("https://garam.example/1")),
        title: Clean::line("링크가 있는 기사"),
        publisher: Some(Clean::line("가람일보")),
        published: Some(gisa::news::Stamp::new(
            "2026-11-19T09:00:00+09:00".parse().unwrap(),
            jiff::tz::offset(9),
        )),
        lang: Some(Clean::line("ko")),
        blocks: vec![
            linked("첫째 링크", "https://garam.example/가?a=1;b=2"),
            linked("나쁜 링크", "javascript:alert(1)"),
            linked(long, "https://garam.example/long"),
        ],
        most_read: vec![Ranked {
            rank: 1,
            title: Clean::line("으뜸 기사"),
            url: Clean::line("https://garam.example/top"),
        }],
        ..Article::default()
    }
}

fn reading(change: impl Fn(&mut Start)) -> Session {
    let mut from = start(90, 30);
    change(&mut from);
    let mut session = Session::cold(from, vec![article()]);
    session.settle();
    session.keys("Enter");
    session
}

/// The addresses that cells carry, with the text of those cells, in order, by name.
fn carried(session: &Session) -> Vec<(String, String, String)> {
    let mut out: Vec<(String, String, String)> = Vec::new();
    for cell in draw(&session.model).content() {
        let Some(rest) = cell.symbol().strip_prefix("\x1b]8;id=") else {
            continue;
        };
        let (name, rest) = rest.split_once(';').unwrap();
        let (url, rest) = rest.split_once("\x1b\\").unwrap();
        let letter = rest.strip_suffix("\x1b]8;;\x1b\\").unwrap();
        match out.iter_mut().find(|(n, ..)| n == name) {
            Some((_, known, words)) => {
                assert_eq!(known, url);
                words.push_str(letter);
            }
            None => out.push((name.to_owned(), url.to_owned(), letter.to_owned())),
        }
    }
    out
}

#[test]
fn a_link_has_one_name_over_all_its_rows_and_nothing_hostile_is_told() {
    for justify in [false, true] {
        let session = reading(|s| {
            s.links = true;
            s.config.reading.justify = justify;
        });
        let links = carried(&session);
        let urls: Vec<&str> = links.iter().map(|(_, url, _)| url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "https://garam.example/%EA%B0%80?a=1;b=2",
                "https://garam.example/long",
                "https://garam.example/1"
            ]
        );
        assert_eq!(links[0].2.replace(' ', ""), "첫째링크");
        assert!(
            links[1].2.starts_with("아주 긴 링크라서") && links[1].2.ends_with("이상이다"),
            "{}",
            links[1].2
        );
    }
    assert!(carried(&reading(|s| s.links = false)).is_empty());
}

#[test]
fn what_is_shown_is_the_same_with_links_and_without() {
    let plain = text(&draw(&reading(|s| s.links = false).model));
    let mut shown = draw(&reading(|s| s.links = true).model);
    for cell in &mut shown.content {
        if let Some((_, rest)) = cell
            .symbol()
            .strip_prefix("\x1b]8;")
            .and_then(|r| r.split_once("\x1b\\"))
        {
            let letter = rest.trim_end_matches("\x1b]8;;\x1b\\").to_owned();
            cell.set_symbol(&letter);
        }
    }
    assert_eq!(text(&shown), plain);
}

#[test]
fn the_letters_of_links_leave_their_words_whole() {
    let words = ["첫째 링크", "아주 긴 링크라서", "https://garam.example/1"];
    for width in [90, 40] {
        let mut session = reading(|start| start.screen.width = width);
        let before = text(&draw(&session.model));
        session.keys(";");
        let letters = text(&draw(&session.model));
        assert_ne!(before, letters);
        for words in words.iter().filter(|words| before.contains(**words)) {
            assert!(letters.contains(*words), "{width}: {words}\n{letters}");
        }
        assert!(before.contains(words[0]));
    }
}

#[test]
fn letters_choose_a_link_and_capitals_copy_it() {
    let mut session = reading(|_| ());
    session.keys(";");
    let mut all = session.model.hints().unwrap().all.clone();
    all.retain(|hint| hint.action.is_none());
    assert_eq!(all.len(), 3, "two of the text and the source");
    let shown = text(&draw(&session.model));
    assert!(
        all.iter()
            .all(|h| h.letters.len() == 1 && shown.contains(&h.letters))
    );
    let effects = session.keys("s");
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Start(_, Job::Network(NetworkJob::Browse(page))) if page.url.ends_with("/long"))),
        "{effects:?}"
    );
    session.keys(";");
    let effects = session.keys("A");
    assert!(
        matches!(&effects[..], [Effect::Copy(url)] if url.contains("a=1;b=2")),
        "{effects:?}"
    );
    session.keys("; Esc");
    assert!(session.model.hints().is_none());
    session.keys(";");
    session.resize(40, 12);
    assert!(session.model.hints().is_none(), "its lines are others now");
    session.resize(80, 24);
    session.keys("; ㄴ");
    assert!(
        session
            .live()
            .any(|j| matches!(j, Job::Network(NetworkJob::Browse(_)))),
        "on a Hangul layout too"
    );
}

#[test]
fn the_menu_copies_and_sends() {
    let mut session = reading(|s| {
        s.config
            .share
            .commands
            .insert("나중에".to_owned(), vec!["cat".to_owned()]);
    });
    session.keys("Y");
    let Some(Popup::Share(menu)) = session.model.popup() else {
        panic!()
    };
    assert_eq!(
        menu.rows()[..3],
        [Share::Link, Share::Title, Share::Markdown]
    );
    let shown = text(&draw(&session.model));
    assert!(
        shown.contains("나중에로 보내기") && shown.contains("파일로 저장"),
        "{shown}"
    );
    let effects = session.keys("j Enter");
    assert!(
        matches!(&effects[..], [Effect::Copy(title)] if title.as_str() == "링크가 있는 기사"),
        "{effects:?}"
    );
    let effects = session.keys("Y j j Enter");
    assert!(
        matches!(&effects[..], [Effect::Copy(link)] if link.as_str() == "[링크가 있는 기사](https://garam.example/1)"),
        "{effects:?}"
    );
    let effects = session.keys("| Enter");
    let Some(Effect::Start(_, Job::Network(NetworkJob::Share(request)))) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(
        &request.to,
        &Destination::Program("나중에".to_owned(), vec!["cat".to_owned()])
    );
    assert_eq!(&*request.parcel.url, "https://garam.example/1");
    session.answer(
        |j| matches!(j, Job::Network(NetworkJob::Share(_))),
        NetworkOutcome::Share(Ok(Clean::line("나중에"))),
    );
    assert!(session.notice().1.contains("나중에"));
}

#[test]
fn a_quotation_names_its_source() {
    let mut session = reading(|_| ());
    let screen = draw(&session.model);
    let area = session.model.geometry().text;
    let (x, y) = (area.y..area.y + area.height)
        .flat_map(|y| (area.x..area.x + area.width - 2).map(move |x| (x, y)))
        .find(|&(x, y)| screen[(x, y)].symbol() == "첫" && screen[(x + 2, y)].symbol() == "째")
        .unwrap();
    for (kind, x) in [
        (MouseKind::Press, x),
        (MouseKind::Drag, x + 7),
        (MouseKind::Release, x + 7),
    ] {
        session.tell(Message::Mouse(Mouse { kind, x, y }));
    }
    let effects = session.keys("Y j j Enter");
    let Some(Effect::Copy(quote)) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(
        quote.as_str(),
        "“첫째 링크”\n— 링크가 있는 기사, 가람일보\nhttps://garam.example/1"
    );
}

#[test]
fn the_clipboard_is_reached_by_the_way_that_works() {
    let mut system = reading(|s| s.clipboard = Clipboard::System);
    assert!(matches!(
        &system.keys("y")[..],
        [Effect::Start(_, Job::Network(NetworkJob::Copy(_)))]
    ));
    let mut unsure = reading(|s| s.clipboard = Clipboard::Unsure);
    assert!(matches!(&unsure.keys("y")[..], [Effect::Copy(_)]));
    assert!(unsure.notice().1.contains("xclip"), "{:?}", unsure.notice());
}

#[test]
fn rankings_are_shown_as_whose_they_are_and_open() {
    let mut session = reading(|_| ());
    session.keys("M");
    let entry = |rank, title: &str, opened| RankingEntry {
        rank,
        title: Clean::line(title),
        url: Clean::line(&format!("https://garam.example/{title}")),
        id: None,
        opened,
    };
    let seen = article().published;
    let theirs = Ranking {
        publisher: Some(Clean::line("가람일보")),
        seen,
        entries: vec![entry(1, "으뜸 기사", None), entry(2, "버금 기사", None)],
    };
    let own = Ranking {
        publisher: None,
        seen: None,
        entries: vec![entry(1, "자주 연 기사", Some(7))],
    };
    session.answer(
        |j| matches!(j, Job::Library(LibraryJob::MostRead)),
        LibraryOutcome::MostRead(Ok(vec![theirs, own])),
    );
    let shown = text(&draw(&session.model));
    for words in [
        "가람일보의 순위 · 어제",
        " 2 버금 기사",
        "내가 많이 연 기사",
        "7번",
    ] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
    session.keys("G Enter");
    assert!(session.live().any(
        |j| matches!(j, Job::Network(NetworkJob::Page(request)) if request.url.ends_with("자주 연 기사"))
    ));
    session.keys("M");
    session.answer(
        |j| matches!(j, Job::Library(LibraryJob::MostRead)),
        LibraryOutcome::MostRead(Ok(Vec::new())),
    );
    assert!(text(&draw(&session.model)).contains("순위가 없습니다"));
}

#[test]
fn a_ranking_is_remembered_once_and_only_while_it_is_news() {
    let kept = |session: &Session| {
        session
            .open
            .iter()
            .filter(|(_, j)| {
                matches!(
                    j,
                    Job::Library(LibraryJob::Change(gisa::app::Change::Ranking(_)))
                )
            })
            .count()
    };
    let mut session = reading(|_| ());
    assert_eq!(kept(&session), 1);
    session.keys("Esc Enter Esc Enter");
    assert_eq!(kept(&session), 1, "once for each time that it is opened");
    let old = reading(|s| s.now = "2026-11-23T12:00:00+09:00".parse().unwrap());
    assert_eq!(kept(&old), 0, "four days old");
}

fn mouse(session: &mut Session, kind: MouseKind, (x, y): (u16, u16)) -> Vec<Effect> {
    session.tell(Message::Mouse(Mouse { kind, x, y }))
}

/// The cells of the screen that carry this address, by row.
fn cells_of(session: &Session, url: &str) -> Vec<(u16, u16)> {
    let screen = draw(&session.model);
    let all = (0..screen.area.height).flat_map(|y| (0..screen.area.width).map(move |x| (x, y)));
    all.filter(|at| screen[*at].symbol().contains(&format!(";{url}\x1b")))
        .collect()
}

#[test]
fn a_click_on_any_row_of_a_link_opens_it_and_beside_it_opens_nothing() {
    for justify in [false, true] {
        let mut session = reading(|s| {
            s.links = true;
            s.config.reading.justify = justify;
        });
        let cells = cells_of(&session, "https://garam.example/long");
        let rows: std::collections::BTreeSet<u16> = cells.iter().map(|(_, y)| *y).collect();
        assert!(rows.len() > 1, "it wraps");
        let click = |session: &mut Session, at| {
            assert_eq!(mouse(session, MouseKind::Press, at), []);
            mouse(session, MouseKind::Release, at)
        };
        for y in &rows {
            let own: Vec<u16> = cells
                .iter()
                .filter(|(_, row)| row == y)
                .map(|(x, _)| *x)
                .collect();
            for x in [own[0], own[own.len() / 2], own[own.len() - 1]] {
                let effects = click(&mut session, (x, *y));
                let opened = matches!(&effects[..], [Effect::Start(_, Job::Network(NetworkJob::Browse(page)))] if page.url.ends_with("/long"));
                assert!(opened, "{justify} {x},{y}: {effects:?}");
            }
        }
        let (first, y) = cells[0];
        assert_eq!(
            click(&mut session, (first - 3, y)),
            [],
            "the word before it"
        );
        let margin = session.model.geometry().text.x - 1;
        assert_eq!(click(&mut session, (margin, y)), [], "the margin");
        // A drag that begins on it copies.
        mouse(&mut session, MouseKind::Press, (first, y));
        mouse(&mut session, MouseKind::Drag, (first + 6, y));
        let effects = mouse(&mut session, MouseKind::Release, (first + 6, y));
        assert!(matches!(&effects[..], [Effect::Copy(_)]), "{effects:?}");
    }
}

#[test]
fn a_click_on_a_hostile_link_does_nothing() {
    let mut session = reading(|_| ());
    let screen = draw(&session.model);
    let y = (0..30)
        .find(|y| row(&screen, *y).contains("나쁜 링크"))
        .unwrap();
    let before = row(&screen, y)
        .split("나쁜 링크")
        .next()
        .unwrap()
        .to_owned();
    let x = u16::try_from(gisa::text::WidthPolicy::default().width(&before)).unwrap() + 2;
    mouse(&mut session, MouseKind::Press, (x, y));
    assert_eq!(mouse(&mut session, MouseKind::Release, (x, y)), []);
}

#[test]
fn a_click_on_a_row_of_a_menu_does_what_it_says() {
    let mut session = reading(|_| ());
    let at = |session: &Session, words: &str| {
        let screen = draw(&session.model);
        let y = (0..30)
            .find(|y| row(&screen, *y).contains(words))
            .unwrap_or_else(|| panic!("{}", text(&screen)));
        (45, y)
    };
    session.keys("Y");
    let place = at(&session, "제목 복사");
    let effects = mouse(&mut session, MouseKind::Press, place);
    assert!(
        matches!(&effects[..], [Effect::Copy(title)] if title.as_str() == "링크가 있는 기사"),
        "{effects:?}"
    );
    session.keys("Y");
    let place = at(&session, "복사와 공유");
    assert_eq!(
        mouse(&mut session, MouseKind::Press, place),
        [],
        "the frame is no row"
    );
    assert!(session.model.popup().is_some());
    mouse(&mut session, MouseKind::Press, (0, 0));
    assert!(session.model.popup().is_none());
    session.keys("M");
    let entries: Vec<RankingEntry> = (1..=3)
        .map(|rank| RankingEntry {
            rank,
            title: Clean::line(&format!("기사 {rank}")),
            url: Clean::line(&format!("https://garam.example/{rank}")),
            id: None,
            opened: None,
        })
        .collect();
    let ranking = Ranking {
        publisher: Some(Clean::line("가람일보")),
        seen: article().published,
        entries,
    };
    session.answer(
        |j| matches!(j, Job::Library(LibraryJob::MostRead)),
        LibraryOutcome::MostRead(Ok(vec![ranking])),
    );
    let place = at(&session, "가람일보의 순위");
    mouse(&mut session, MouseKind::Press, place);
    assert!(session.model.popup().is_some(), "a heading opens nothing");
    let place = at(&session, "2 기사 2");
    mouse(&mut session, MouseKind::Press, place);
    assert!(session.live().any(
        |j| matches!(j, Job::Network(NetworkJob::Page(request)) if request.url.ends_with("/2"))
    ));
}
