//! The palette and the search in help: everything that can be done is found by its name, in both
//! languages.

use gisa::app::input::action::Action;
use gisa::app::popups::Popup;
use gisa::app::protocol::library::LibraryJob;
use gisa::app::protocol::rows::RowsRequest;
use gisa::app::{Change, Effect, Job, Message, Pane};
use gisa::config::{Language, Words};

use crate::support::pages;
use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

fn write(s: &mut Session, text: &str) {
    s.tell(Message::Paste(text.to_owned()));
}

fn found(s: &Session) -> Vec<String> {
    match s.model.popup() {
        Some(Popup::Palette(palette)) => palette.found().iter().map(|e| e.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// A run with the interface in `language`.
fn speaking(language: Language) -> Session {
    let mut start = start(120, 40);
    start.words = Words::of(language);
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    s
}

#[test]
fn every_action_is_found_first_by_its_whole_name_in_either_language() {
    let languages = [Language::Korean, Language::English];
    for shown in languages {
        let own = Words::of(shown);
        let mut s = speaking(shown);
        for action in Action::ALL.iter().filter(|a| **a != Action::Palette) {
            let key = format!("action.{}", action.name());
            let names = languages.map(|l| Words::of(l).get(&key).to_owned());
            for name in names.iter().map(String::as_str).chain([action.name()]) {
                s.keys(":");
                write(&mut s, name);
                let first: Vec<String> = found(&s).into_iter().take(3).collect();
                assert!(
                    first.contains(&own.get(&key).to_owned()),
                    "{shown:?}: {name} finds {first:?}"
                );
                s.keys("Esc");
                assert!(s.model.popup().is_none());
            }
        }
    }
}

#[test]
fn parts_and_initials_find_too_and_the_keys_are_shown() {
    let mut s = Session::new(120, 40);
    for (typed, name) in [
        ("스크랩함", "스크랩함 보기"),
        ("ㅅㄴㅅ", "숏뉴스 · 본문 바꾸기"),
        ("zen", "기사만 보기"),
    ] {
        s.keys(":");
        write(&mut s, typed);
        assert_eq!(found(&s).first().map(String::as_str), Some(name), "{typed}");
        s.keys("Esc");
    }
    s.keys(":");
    write(&mut s, "스크랩함");
    let shown = text(&draw(&s.model));
    let line = shown.lines().find(|l| l.contains("스크랩함 보기")).unwrap();
    assert!(line.contains(" S "), "{line}");
}

#[test]
fn the_chosen_entry_is_done() {
    let mut s = Session::new(120, 40);
    s.keys(":");
    write(&mut s, "zen");
    s.keys("Enter");
    assert!(s.model.popup().is_none() && s.model.is_zen() && s.model.focus() == Pane::Reader);
    s.settle();
    s.keys("q :");
    write(&mut s, "toggle-read");
    let effects = s.keys("Enter");
    assert!(
        matches!(
            effects[..],
            [Effect::Start(_, Job::Library(LibraryJob::Change(_)))]
        ),
        "{effects:?}"
    );
    s.keys(": j k");
    assert_eq!(s.model.list().selected(), 0, "letters go into the line");
    s.keys("C-w Down Down Up PgDn C-p");
    let Some(Popup::Palette(palette)) = s.model.popup() else {
        panic!()
    };
    assert_eq!(palette.picker().selected, 10);
    s.keys("Esc");
}

#[test]
fn a_query_is_completed_word_by_word_and_filters() {
    let mut s = Session::new(120, 40);
    s.keys(":");
    write(&mut s, "fil");
    s.keys("Tab");
    write(&mut s, "다리 unr");
    assert!(
        found(&s).contains(&"filter 다리 unread".to_owned()),
        "{:?}",
        found(&s)
    );
    s.keys("Down Tab");
    let effects = s.keys("Enter");
    assert!(
        matches!(
            &effects[..],
            [
                ..,
                Effect::Start(
                    _,
                    Job::Library(LibraryJob::Rows(RowsRequest { query: Some(_), .. }))
                )
            ]
        ),
        "{effects:?}"
    );
    assert_eq!(
        (s.model.list().query(), s.model.prompt().is_none()),
        ("다리 unread", true)
    );
    s.settle();
    s.keys("Esc :");
    write(&mut s, "찾기 title:");
    s.keys("Enter");
    assert!(
        s.model.prompt().is_some(),
        "what can't be read is there to be put right"
    );
}

fn kept(effects: &[Effect]) -> Option<&Change> {
    effects.iter().find_map(|e| match e {
        Effect::Start(_, Job::Library(LibraryJob::Change(record)))
            if !matches!(record, Change::Prefs(_)) =>
        {
            Some(record)
        }
        _ => None,
    })
}

#[test]
fn all_that_a_query_finds_is_marked_kept_labelled_hidden_and_saved_by_a_line() {
    let mut s = Session::new(120, 40);
    let mut run = |line: &str| {
        s.keys(":");
        write(&mut s, line);
        let effects = s.keys("Enter");
        let record = kept(&effects).cloned();
        s.settle();
        (record, s.notice().1.to_owned())
    };
    let library = gisa::news::Filter::default();
    for (line, read) in [
        ("mark-read 다리", true),
        ("읽음 다리", true),
        ("mark-unread 다리", false),
    ] {
        let (record, said) = run(line);
        let Some(Change::All(filter, Some(_), is_read)) = record else {
            panic!("{line}: {record:?}")
        };
        assert_eq!((filter, is_read), (library.clone(), read), "{line}");
        assert!(said.contains("4건"), "{said}");
    }
    let (record, _) = run("스크랩 unread title:다리");
    assert!(
        matches!(record, Some(Change::ScrapAll(_, Some(_), None))),
        "{record:?}"
    );
    let (record, _) = run("tag \"읽을 것\" 다리");
    assert!(
        matches!(&record, Some(Change::ScrapAll(_, Some(_), Some(tag))) if tag.as_str() == "읽을 것"),
        "{record:?}"
    );
    let (record, _) = run("mute 골목");
    assert!(
        matches!(&record, Some(Change::Mute(text, _)) if text.as_str() == "골목"),
        "{record:?}"
    );
    let (record, said) = run("저장 다리들 title:다리 unread");
    let saved = |r: &Change| matches!(r, Change::SaveSearch(n, q) if &**n == "다리들" && &**q == "title:다리 unread");
    assert!(
        record.as_ref().is_some_and(saved) && said.contains("다리들"),
        "{record:?}"
    );
}

#[test]
fn what_changes_much_needs_its_query_and_never_goes_before_an_action_of_that_name() {
    let mut s = Session::new(120, 40);
    for typed in ["스크랩", "scrap", "스크랩 취소", "mute"] {
        s.keys(":");
        write(&mut s, typed);
        let Some(Popup::Palette(palette)) = s.model.popup() else {
            panic!()
        };
        let first = &palette.found()[0].does;
        assert!(
            !matches!(
                first,
                gisa::app::popups::palette::entries::Does::Command(..)
            ),
            "{typed}: {first:?}"
        );
        s.keys("Esc");
    }
    // Without a query, or with one that can't be read, the line is there to be put right, and
    // nothing is done.
    for typed in ["tag 읽을것", "mark-read (다리", "save 이름", "mute title:"] {
        s.keys(":");
        write(&mut s, typed);
        let effects = s.keys("Enter");
        assert_eq!(kept(&effects), None, "{typed}");
        assert!(
            s.notice().0 && s.notice().1.contains("⟨!⟩"),
            "{typed}: {:?}",
            s.notice()
        );
        let Some(Popup::Palette(palette)) = s.model.popup() else {
            panic!("{typed}")
        };
        assert_eq!(palette.picker().field.text(), typed);
        s.keys("Esc");
    }
    // The words of a query are offered below what was typed: Enter does no more than that.
    s.keys(":");
    write(&mut s, "mark-read un");
    assert_eq!(
        found(&s)[..2],
        ["mark-read un".to_owned(), "mark-read unread".to_owned()]
    );
}

#[test]
fn what_was_typed_is_there_after_a_restart_but_notes_are_not() {
    let mut s = Session::new(120, 40);
    s.keys("/");
    write(&mut s, "다리");
    let effects = s.keys("Enter");
    let Some(Effect::Start(_, Job::Library(LibraryJob::Change(Change::Prefs(prefs))))) =
        effects.last()
    else {
        panic!("{effects:?}")
    };
    let json = serde_json::to_string(prefs).unwrap();
    let mut start = start(120, 40);
    start.prefs = serde_json::from_str(&json).unwrap();
    let mut again = Session::cold(start, pages::edition());
    again.settle();
    again.keys("/ C-u Up");
    assert_eq!(
        again.model.prompt().as_ref().unwrap().field().text(),
        "다리"
    );
    again.keys("Esc c");
    write(&mut again, "나만 볼 것");
    again.keys("Enter");
    again.settle();
    let kept = serde_json::to_string(&again.model.start().prefs).unwrap();
    assert!(
        kept.contains("다리") && !kept.contains("나만 볼 것"),
        "{kept}"
    );
    for n in 0..80 {
        again.keys("/ C-u");
        write(&mut again, &format!("말{n}"));
        again.keys("Enter");
        again.settle();
    }
    let kept: usize = again.model.start().prefs.typed.values().map(Vec::len).sum();
    assert_eq!(kept, 50, "bounded");
}

#[test]
fn sources_and_themes_are_found_as_well() {
    let mut s = Session::new(120, 40);
    s.keys(":");
    write(&mut s, "theme li");
    s.keys("Down Enter");
    assert_eq!(s.model.start().theme.name, "light");
    s.keys(":");
    write(&mut s, "색 또렷하게");
    s.keys("Enter");
    assert_eq!(s.model.start().theme.name, "contrast");
    s.keys(":");
    write(&mut s, "theme 파랑");
    s.keys("Enter");
    assert!(s.notice().0 && s.notice().1.contains("파랑"));
    s.keys(":");
    write(&mut s, "모든 기사");
    assert_eq!(found(&s).first().map(String::as_str), Some("모든 기사"));
}

#[test]
fn nothing_that_answers_is_said_and_done_is_nothing() {
    let mut s = Session::new(80, 24);
    s.keys(":");
    write(&mut s, "없는일이다");
    assert!(text(&draw(&s.model)).contains(s.model.start().words.get("palette.nothing")));
    assert_eq!(s.keys("Enter"), []);
}

#[test]
fn help_shows_the_pane_first_and_searches_all_of_it() {
    for (keys, heading) in [
        ("", "목록에서"),
        ("Enter", "기사에서"),
        ("L", "구독 칸에서"),
    ] {
        let mut s = Session::new(80, 24);
        s.keys(keys);
        s.settle();
        s.keys("?");
        let shown = text(&draw(&s.model));
        let first = shown.lines().nth(1).unwrap();
        assert!(first.contains(heading), "{shown}");
    }
    let mut s = Session::new(80, 24);
    for (typed, line) in [
        ("스크랩함", "스크랩함 보기"),
        ("copy-link", "주소 복사"),
        ("C-d", "반 쪽 아래로"),
    ] {
        s.keys("? /");
        write(&mut s, typed);
        let shown = text(&draw(&s.model));
        assert!(
            shown.contains(line) && !shown.contains("기사만 보기"),
            "{typed}: {shown}"
        );
        s.keys("Enter j Esc");
        assert!(s.model.popup().is_none());
    }
    s.keys("? / x Esc");
    assert!(s.model.popup().is_some(), "the first Esc ends the search");
}

#[test]
fn a_click_does_what_a_row_of_the_palette_says() {
    use gisa::app::protocol::message::{Mouse, MouseKind};
    let mut s = Session::new(120, 40);
    let name = s.model.start().words.get("action.help").to_owned();
    s.keys(":");
    write(&mut s, "key");
    let screen = draw(&s.model);
    let at = (0..40).find(|y| row(&screen, *y).contains(&name));
    s.tell(Message::Mouse(Mouse {
        kind: MouseKind::Press,
        x: 40,
        y: at.unwrap(),
    }));
    assert!(matches!(s.model.popup(), Some(Popup::Help(_))));
    s.tell(Message::Mouse(Mouse {
        kind: MouseKind::Press,
        x: 0,
        y: 0,
    }));
    assert!(s.model.popup().is_none());
}

/// Ordinary words, and what each is expected to find first: the name of an action, or a command.
const ORDINARY: [(&str, &str); 110] = [
    ("검색", "find"),
    ("찾기", "find"),
    ("테마", "next-theme"),
    ("배경", "next-theme"),
    ("색상", "next-theme"),
    ("다크", "theme dark"),
    ("다크모드", "theme dark"),
    ("야간모드", "theme dark"),
    ("밝게", "theme light"),
    ("라이트", "theme light"),
    ("북마크", "scrap"),
    ("즐겨찾기", "scrap"),
    ("나중에", "later"),
    ("별표", "scrap"),
    ("보관함", "scraps"),
    ("요약", "short-news"),
    ("세줄요약", "short-news"),
    ("새로고침", "refresh"),
    ("업데이트", "refresh"),
    ("동기화", "refresh"),
    ("글꼴", "size-popup"),
    ("폰트", "size-popup"),
    ("확대", "larger"),
    ("축소", "smaller"),
    ("이미지", "pictures"),
    ("그림", "pictures"),
    ("종료", "quit"),
    ("나가기", "quit"),
    ("끄기", "quit"),
    ("추가", "subscribe"),
    ("등록", "subscribe"),
    ("삭제", "remove"),
    ("지우기", "remove"),
    ("구독취소", "remove"),
    ("필터", "filter"),
    ("전체화면", "zen"),
    ("집중", "zen"),
    ("뒤로", "back"),
    ("뒤로가기", "back"),
    ("맨위", "first"),
    ("위로", "first"),
    ("맨아래", "last"),
    ("음성", "listen"),
    ("낭독", "listen"),
    ("오디오", "listen"),
    ("핫키", "help"),
    ("단축키", "help"),
    ("사용법", "help"),
    ("순위", "most-read"),
    ("인기", "most-read"),
    ("헤드라인", "issues"),
    ("트렌드", "issues"),
    ("언론사", "outlets"),
    ("신문사", "outlets"),
    ("피드", "sources"),
    ("폴더", "sources"),
    ("숨기기", "mute"),
    ("차단", "mute"),
    ("형광펜", "highlight"),
    ("밑줄", "highlight"),
    ("라벨", "labels"),
    ("노트", "note"),
    ("프린트", "print"),
    ("공유", "share"),
    ("복사", "copy-link"),
    ("브라우저", "open-original"),
    ("전문", "full-text"),
    ("정렬", "sort-order"),
    ("실행취소", "undo"),
    ("레이아웃", "next-layout"),
    ("search", "find"),
    ("dark", "theme dark"),
    ("night", "theme dark"),
    ("bookmark", "scrap"),
    ("favorite", "scrap"),
    ("star", "scrap"),
    ("later", "later"),
    ("clip", "scrap"),
    ("clippings", "scraps"),
    ("summary", "short-news"),
    ("tldr", "short-news"),
    ("font", "size-popup"),
    ("zoom", "larger"),
    ("image", "pictures"),
    ("photos", "pictures"),
    ("delete", "remove"),
    ("unsubscribe", "remove"),
    ("top", "first"),
    ("bottom", "last"),
    ("reload", "refresh"),
    ("update", "refresh"),
    ("exit", "quit"),
    ("add", "subscribe"),
    ("feeds", "sources"),
    ("shortcuts", "help"),
    ("hotkeys", "help"),
    ("fullscreen", "zen"),
    ("browser", "open-original"),
    ("url", "copy-link"),
    ("copy", "copy-link"),
    ("audio", "listen"),
    ("speak", "listen"),
    ("trending", "issues"),
    ("popular", "most-read"),
    ("compare", "versions"),
    ("hide", "mute"),
    ("annotate", "note"),
    ("underline", "highlight"),
    ("theme", "next-theme"),
    ("newest", "sort-order"),
];

#[test]
fn ordinary_words_find_what_they_mean_first_in_either_language() {
    for shown in [Language::Korean, Language::English] {
        let words = Words::of(shown);
        let mut s = speaking(shown);
        for (typed, meant) in ORDINARY {
            let name = match Action::named(meant) {
                Some(action) => words.get(&format!("action.{}", action.name())).to_owned(),
                None => meant.to_owned(),
            };
            s.keys(":");
            write(&mut s, typed);
            let found = found(&s);
            let first = found.first().unwrap();
            assert!(
                *first == name || first.starts_with(&format!("{name} · ")),
                "{shown:?}: {typed} finds {found:?}"
            );
            s.keys("Esc");
        }
    }
}

#[test]
fn an_empty_palette_opens_on_what_people_do() {
    let mut s = Session::new(120, 40);
    s.keys(":");
    let first: Vec<String> = found(&s).into_iter().take(12).collect();
    let words = Words::of(Language::Korean);
    for wanted in ["find", "refresh", "outlets", "short-news", "scrap"] {
        let name = words.get(&format!("action.{wanted}")).to_owned();
        assert!(first.contains(&name), "{wanted}: {first:?}");
    }
    for movement in ["down", "up", "half-page-down", "page-up"] {
        let name = words.get(&format!("action.{movement}")).to_owned();
        assert!(!first.contains(&name), "{movement}: {first:?}");
    }
}

#[test]
fn a_word_for_the_dark_theme_turns_it_on() {
    let mut s = Session::new(120, 40);
    s.keys("t :");
    assert_ne!(s.model.start().theme.name, "dark");
    write(&mut s, "다크모드");
    s.keys("Enter");
    assert_eq!(s.model.start().theme.name, "dark");
}

#[test]
fn the_sample_edition_says_that_a_search_does_not_change_it() {
    let sample = || {
        let mut start = start(120, 40);
        start.collection = gisa::app::Collection::Sample;
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s
    };
    let words = Words::of(Language::Korean);
    for line in ["scrap 자전거", "tag 새것 자전거", "mark-read 자전거"] {
        let mut s = sample();
        s.keys(":");
        write(&mut s, line);
        s.keys("Enter");
        s.settle();
        assert_eq!(s.notice().1, words.get("notice.sample-fixed"), "{line}");
    }
    // Nor is a paper made of it.
    let mut s = sample();
    s.keys(".");
    s.settle();
    assert_eq!(s.notice().1, words.get("notice.sample-front"));
    assert_eq!(s.model.list().collection(), gisa::app::Collection::Sample);
}

#[test]
fn renaming_is_found_and_so_are_the_sizes() {
    for shown in [Language::Korean, Language::English] {
        let mut s = speaking(shown);
        for typed in ["이름", "이름 바꾸기", "rename", "rename folder"] {
            s.keys(":");
            write(&mut s, typed);
            assert_eq!(found(&s)[0], "folder · 폴더 …", "{shown:?}: {typed}");
            // It is completed, so that the name can be typed.
            s.keys("Enter");
            let Some(Popup::Palette(palette)) = s.model.popup() else {
                panic!("{typed}: closed")
            };
            assert_eq!(palette.picker().field.text(), "folder ");
            s.keys("Esc");
        }
        s.keys(":");
        write(&mut s, "밝");
        assert_eq!(
            found(&s),
            ["theme light"],
            "{shown:?}: a word that is begun"
        );
        s.keys("Esc");
        let words = Words::of(shown);
        s.keys(":");
        write(&mut s, "size");
        for action in ["size-popup", "larger", "smaller"] {
            let name = words.get(&format!("action.{action}")).to_owned();
            assert!(found(&s).contains(&name), "{shown:?}: {:?}", found(&s));
        }
        s.keys("Esc");
    }
}
